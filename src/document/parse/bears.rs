//! Bearings with a degree sign, and the north from which they are counted.

use super::items::Meaning;
use super::lexicon::Tag;
use super::reader::Reader;
use crate::document::description::{BearingReference, Direction, Heading, StatedAngle, StatedBearing};

impl Reader<'_> {
    /// The angle at an item, below 360°, and the item after it.
    pub(super) fn angle_at(&self, i: usize) -> Option<(StatedAngle, usize)> {
        let token = self.items.get(i)?.token;
        let got = super::angle::angle(&self.tokens[token..]).filter(|got| got.value.value_deg() < 360.0)?;
        let end = token + got.used;
        let next = (i..self.items.len()).find(|at| self.items[*at].token >= end).unwrap_or(self.items.len());
        Some((got.value, next))
    }

    /// The north that words just before or after a bearing state: "a magnetic bearing of", "45° (magnetic)", "45° true".
    pub(super) fn north_beside(&mut self, from: usize, next: usize) -> Option<BearingReference> {
        let is_between = |at: usize| {
            matches!(self.meaning(at), Some(Meaning::Mark('(' | ',')))
                || matches!(self.tag(at), Some(Tag::Skip | Tag::From | Tag::Of | Tag::On | Tag::At | Tag::Direction))
        };
        let north = |at: usize| match self.tag(at) {
            Some(Tag::North(north)) => Some((*north, at)),
            _ => None,
        };
        let after = (next..next + 4).take_while(|at| *at == next || is_between(*at - 1)).find_map(north);
        let before = (from.saturating_sub(2)..from + 1).find_map(north);
        let (north, at) = before.or(after)?;
        self.note("north", super::place::word(&north), at, at + 1, 0.9);
        Some(north)
    }

    /// "runs 337½° true for 2 km": a bearing without a noun.
    pub(super) fn bare_bearing(&mut self, i: usize) -> Option<usize> {
        let before = i.checked_sub(1)?;
        let is_said =
            matches!(self.tag(before), Some(Tag::Run)) || matches!(self.meaning(before), Some(Meaning::Wind(..)));
        let (angle, next) = self.angle_at(i).filter(|_| is_said && self.draft.point.is_none())?;
        let reference = self.north_beside(i, next);
        self.note("bearing", format!("{:.4}", angle.value_deg()), i, next, 0.9);
        let bearing = StatedBearing { angle, quadrant: None, reference };
        self.draft.clause.directions.push(Direction {
            heading: Heading::Bearing(bearing),
            general: false,
            approx: false,
        });
        Some(next)
    }
}

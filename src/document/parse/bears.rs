//! Bearings with a degree sign, and the north from which they are counted.

use super::items::Meaning;
use super::lexicon::Tag;
use super::place::{describe, metric};
use super::reader::Reader;
use crate::document::description::{
    BearingReference, Direction, Heading, LengthKind, StatedAngle, StatedBearing, StatedLength, Tie,
};

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

    /// Whether a word for a bearing is at an item.
    pub(super) fn is_bearing_word(&self, i: usize) -> bool {
        let names = ["azimut", "азимут", "acimut", "bearing", "дирекционн", "дирекційн"];
        names.iter().any(|name| self.low(i).starts_with(name))
    }

    /// "127°30′ to the beacon … to mark 8": the item after an object to which a bearing is taken, if the leg ends at
    /// another point.
    pub(super) fn after_target(&self, i: usize) -> Option<usize> {
        let is_to = |at: usize| self.is(at, &Tag::To);
        let target = self.phrase(i + 1).filter(|_| is_to(i) && self.point(i + 1).is_none())?;
        let mut next = target.next;
        // "the beacon on Mount Ala".
        if self.is(next, &Tag::On)
            && let Some(place) = self.phrase(next + 1)
        {
            next = place.next;
        }
        let ends = (next..self.items.len()).any(|at| is_to(at) && self.point(at + 1).is_some());
        ends.then_some(next)
    }

    /// "bears 127°30′ from the lighthouse, distant 312 m", "on a bearing of 127°30′ from the beacon at a distance of
    /// 312 m": a tie whose distance follows its reference, or stands before it.
    pub(super) fn bearing_before_tie(&mut self, i: usize) -> Option<usize> {
        let is_said = self.is_bearing_word(i) || self.low(i) == "bears";
        if !is_said || self.draft.point.is_none() && !self.leg_ends() {
            return None;
        }
        let at = (i + 1..i + 4).find(|at| matches!(self.meaning(*at), Some(Meaning::Number)))?;
        let (angle, mut next) = self.angle_at(at)?;
        let after_angle = next;
        while matches!(self.tag(next), Some(Tag::North(_))) || self.mark(next, &['(', ')']) {
            next += 1;
        }
        if !matches!(self.tag(next), Some(Tag::From | Tag::Of)) {
            return None;
        }
        let reference = self.phrase(next + 1)?;
        let mut start = reference.next;
        while self.mark(start, &[','])
            || self.is_skip(start)
            || matches!(self.tag(start), Some(Tag::Distance | Tag::On | Tag::At | Tag::And))
        {
            start += 1;
        }
        // "312 m on a bearing of 127° from the beacon".
        let mut before = i;
        while before > 0
            && (self.is_skip(before - 1) || matches!(self.tag(before - 1), Some(Tag::On | Tag::At | Tag::Along)))
        {
            before -= 1;
        }
        let ahead = || {
            let first = before.saturating_sub(3);
            (first..before).find_map(|at| self.measure(at).filter(|measure| measure.next == before))
        };
        let (measure, end) = match self.measure(start) {
            Some(measure) => {
                let end = measure.next;
                (measure, end)
            }
            None => (ahead()?, reference.next),
        };
        let north = self.north_beside(at, after_angle);
        let bearing = StatedBearing { angle, quadrant: None, reference: north };
        let said = format!(
            "{} m {:.4} {}",
            metric(measure.length.metres()),
            bearing.azimuth_deg(),
            describe(&reference.landmark)
        );
        let name = self.tie_field();
        self.note(&name, said, i, end, measure.confidence);
        let distance = StatedLength { kind: Some(LengthKind::Straight), ..measure.length };
        let direction = Direction { heading: Heading::Bearing(bearing), general: false, approx: false };
        let tie = Tie { distance: Some(distance), direction: Some(direction), from: reference.landmark };
        self.location().ties.push(tie);
        Some(end)
    }

    /// "at an azimuth of 157°32′".
    pub(super) fn azimuth(&mut self, i: usize) -> Option<usize> {
        if let Some(next) = self.bearing_before_tie(i) {
            return Some(next);
        }
        if !self.is_bearing_word(i) || self.draft.point.is_some() {
            return None;
        }
        let at = (i + 1..i + 4).find(|at| matches!(self.meaning(*at), Some(Meaning::Number)))?;
        let (angle, next) = self.angle_at(at)?;
        // "1.5 km from the church on a bearing of 127°": the direction of the tie.
        let of_tie = self.tied.is_some_and(|end| {
            (end..i).all(|at| matches!(self.tag(at), Some(Tag::Skip | Tag::On | Tag::At)) || self.mark(at, &[',']))
        });
        let degrees = angle.value_deg();
        let reference = self.north_beside(i, next);
        let bearing = StatedBearing { angle, quadrant: None, reference };
        if of_tie && let Some(tie) = self.location().ties.last_mut().filter(|tie| tie.direction.is_none()) {
            tie.direction = Some(Direction { heading: Heading::Bearing(bearing), general: false, approx: false });
            let shown = format!(" {degrees:.4} ");
            if let Some(field) = self.draft.fields.last_mut() {
                field.value = field.value.replacen(" - ", &shown, 1);
            }
            self.knows(i, next);
            return Some(next);
        }
        let general = i > 0 && self.is(i - 1, &Tag::General);
        self.note("bearing", format!("{degrees:.4}"), i, next, 0.95);
        self.draft.clause.directions.push(Direction { heading: Heading::Bearing(bearing), general, approx: false });
        Some(self.after_target(next).unwrap_or(next))
    }
}

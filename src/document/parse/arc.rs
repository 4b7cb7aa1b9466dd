//! Arcs of circles: the side to which they turn, their radius, and their central angle.

use super::lexicon::Tag;
use super::place::{metric, word};
use super::reader::Reader;
use crate::document::description::{Hand, StatedArc};

impl Reader<'_> {
    /// The arc that the leg follows, up to the words on its end.
    pub(super) fn arc(&mut self, i: usize) -> usize {
        let text = self.printed(i, i + 1).to_lowercase();
        let said = if text.contains("right") {
            Some(Hand::Right)
        } else if text.contains("left") {
            Some(Hand::Left)
        } else {
            None
        };
        let limit = self.items.len().min(i + 20);
        let ends = |at: usize| {
            self.mark(at, &[';'])
                || matches!(self.tag(at), Some(Tag::To | Tag::Reach))
                    && (self.point(at + 1).is_some() || self.phrase(at + 1).is_some())
        };
        let limit = (i + 1..limit).find(|at| ends(*at)).unwrap_or(limit);
        let beside = (i.saturating_sub(2)..limit).find_map(|at| match self.tag(at) {
            Some(Tag::Hand(hand)) => Some(*hand),
            _ => None,
        });
        let hand = said.or(beside);
        let mut arc = StatedArc { hand, radius: None, central_angle: None };
        let mut at = i + 1;
        while at < limit {
            if arc.radius.is_none()
                && let Some(measure) = self.measure(at)
            {
                self.note("radius", metric(measure.length.metres()), at, measure.next, measure.confidence);
                at = measure.next;
                arc.radius = Some(measure.length);
            } else if self.is(at, &Tag::CentralAngle) {
                let mut start = at + 1;
                while self.is(start, &Tag::Of) || self.is_skip(start) {
                    start += 1;
                }
                let token = self.items.get(start).map_or(0, |item| item.token);
                if let Some(got) = super::angle::angle(&self.tokens[token..]) {
                    let end = token + got.used;
                    let next = self.items.iter().position(|item| item.token >= end).unwrap_or(self.items.len());
                    self.note("central-angle", format!("{}", got.value.value_deg()), start, next, got.confidence);
                    arc.central_angle = Some(got.value);
                    at = next;
                    break;
                }
                at += 1;
            } else {
                at += 1;
            }
        }
        if let Some(hand) = arc.hand {
            self.note("turn", word(&hand), i, i + 1, 0.95);
        }
        self.part().arc = Some(arc);
        at
    }
}

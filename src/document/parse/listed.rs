//! Numbers of points: ordinals, lists, pairs.

use super::items::Meaning;
use super::lexicon::Tag;
use super::reader::Reader;
use crate::document::description::{PointKind, PointRef, Via};

impl Reader<'_> {
    /// "37th boundary point", "37-й пограничный знак".
    pub(super) fn point_by_ordinal(&self, i: usize) -> Option<(PointRef, usize)> {
        let Some(Meaning::Number) = self.meaning(i) else { return None };
        let ending = i + 1 + usize::from(self.mark(i + 1, &['-']));
        let is_joined = self.items.get(ending)?.span.start <= self.items[i].span.end + 1;
        let is_ending = match self.lexicon.language {
            "en" => matches!(self.low(ending), "st" | "nd" | "rd" | "th"),
            _ => ending > i + 1 && self.low(ending).chars().count() <= 3,
        };
        let Some(Tag::Point(kind)) = self.tag(ending + 1) else { return None };
        let id = self.low(i);
        (is_joined && is_ending && id.bytes().all(|byte| byte.is_ascii_digit()))
            .then(|| (PointRef::new(*kind, id), ending + 2))
    }

    /// "points 57, 122 and 130": the kind, the numbers, and the item after them.
    pub(super) fn points_listed(&self, i: usize) -> Option<(PointKind, Vec<String>, usize)> {
        let mut at = i;
        while self.is_skip(at) {
            at += 1;
        }
        let Some(Tag::Point(kind)) = self.tag(at) else { return None };
        let is_number = |(id, _): &(String, usize)| id.chars().any(|c| c.is_ascii_digit());
        let (first, mut next) = self.id(at + 1).filter(is_number)?;
        let mut ids = vec![first];
        loop {
            let mut more = next;
            while self.mark(more, &[',']) || self.is(more, &Tag::And) {
                more += 1;
            }
            let Some((id, after)) = self.id(more).filter(is_number).filter(|_| more > next) else { break };
            ids.push(id);
            next = after;
        }
        Some((*kind, ids, next))
    }

    /// Points through which the leg runs.
    pub(super) fn via_points(&mut self, i: usize, from: usize) -> Option<usize> {
        let (kind, ids, next) = self.points_listed(i)?;
        self.note("via", ids.join(" "), from, next, 0.9);
        let vias = ids.into_iter().map(|id| Via { point: Some(PointRef::new(kind, id)), landmark: None });
        self.part().via.extend(vias);
        Some(next)
    }

    /// "Between boundary marks 33 and 34": both ends of the leg.
    pub(super) fn between_points(&mut self, i: usize) -> Option<usize> {
        let (kind, ids, next) = self.points_listed(i + 1)?;
        let [from, to] = ids.as_slice() else { return None };
        self.set_from(PointRef::new(kind, from.clone()), i, next);
        self.set_to(PointRef::new(kind, to.clone()), i, next);
        Some(next)
    }
}

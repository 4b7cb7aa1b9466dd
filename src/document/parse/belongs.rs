//! Objects that belong to a territory: "Islands Nos. 1, 2 and 5 belong to X; islands Nos. 3 and 4 belong to Y".

use super::items::Meaning;
use super::lexicon::Tag;
use super::place::describe;
use super::reader::Reader;
use crate::document::description::{Landmark, LeftOnSide};

impl Reader<'_> {
    /// Objects with numbers before their verb, and the territory after it; the verb of a further group may be left out.
    pub(super) fn belonging(&mut self, i: usize) -> Option<usize> {
        let is_next = self.draft.clause.parts.last().is_some_and(|part| !part.leaves.is_empty());
        let mut start = i;
        while self.is_skip(start) || self.is(start, &Tag::This) {
            start += 1;
        }
        let Some(Tag::Obj(class)) = self.tag(start).cloned() else { return None };
        let (mut what, mut at) = (Vec::new(), start + 1);
        while let Some((id, next)) = self.id(at).filter(|(id, _)| id.chars().any(|c| c.is_ascii_digit())) {
            what.push(Landmark::of_class(class).named(self.words(&id)));
            at = next;
            let and = self.is(at, &Tag::And) || self.mark(at, &[',']);
            at += usize::from(and && self.id(at + 1).is_some());
        }
        if what.is_empty() {
            let (name, next) = self.name(at)?;
            what.push(Landmark::of_class(class).named(self.words(&name)));
            at = next;
        }
        // The area of an island, also in brackets.
        if self.is(at, &Tag::Area) && matches!(self.tag(at + 2), Some(Tag::AreaUnit(_))) {
            at += 3;
        }
        if self.mark(at, &['(']) {
            at = (at + 1..self.items.len().min(at + 10)).find(|at| self.mark(*at, &[')']))? + 1;
        }
        let elided = is_next && self.mark(at, &['-', '–', '—']) && self.is(at + 1, &Tag::To);
        if !self.is(at, &Tag::Belongs) && !elided {
            return None;
        }
        at += 1 + usize::from(elided);
        while self.is_skip(at) {
            at += 1;
        }
        let (name, next) = self.name(at)?;
        let territory = self.words(&name);
        for what in what {
            self.note("leaves", format!("{} | {name}", describe(&what)), i, next, 0.9);
            self.part().leaves.push(LeftOnSide { what, territory: territory.clone(), ..LeftOnSide::default() });
        }
        Some(next)
    }

    /// Whether objects may begin here that belong to a territory.
    pub(super) fn may_belong(&self, i: usize) -> bool {
        let says = |item: &super::items::Item| item.meaning == Meaning::Tag(Tag::Belongs);
        let begins = i == self.draft.first || i > 0 && self.mark(i - 1, &[',', ';']) || i > 0 && self.is_skip(i - 1);
        begins && self.items.iter().any(says)
    }
}

//! Objects that belong to a territory: "Islands Nos. 1, 2 and 5 belong to X; islands Nos. 3 and 4 belong to Y".

use super::lexicon::Tag;
use super::place::describe;
use super::reader::Reader;
use crate::document::description::{Landmark, LandmarkClass, LeftOnSide};

impl Reader<'_> {
    /// Objects with numbers or names before their verb, and the territory after it; the verb of a further group may be
    /// left out.
    pub(super) fn belonging(&mut self, i: usize) -> Option<usize> {
        let is_next = self.draft.clause.parts.last().is_some_and(|part| !part.leaves.is_empty());
        let mut start = i;
        while self.is_skip(start) || self.is(start, &Tag::This) {
            start += 1;
        }
        let (what, mut at) = self.belongings(start)?;
        // The area of an island, also in brackets.
        if self.is(at, &Tag::Area) && matches!(self.tag(at + 2), Some(Tag::AreaUnit(_))) {
            at += 3;
        }
        if self.mark(at, &['(']) {
            at = (at + 1..self.items.len().min(at + 10)).find(|at| self.mark(*at, &[')']))? + 1;
        }
        let dash = usize::from(self.mark(at, &['-', '–', '—']));
        let elided = is_next && self.is(at + dash, &Tag::To) && (dash > 0 || self.lexicon.language == "en");
        let remains = self.is(at, &Tag::Remains) && i == self.draft.first;
        if !self.is(at, &Tag::Belongs) && !elided && !remains {
            return None;
        }
        at += 1 + if elided { dash } else { 0 };
        while self.is_skip(at) || matches!(self.tag(at), Some(Tag::Territory | Tag::Of | Tag::On)) {
            at += 1;
        }
        let (name, next) = self.territory_name(at)?;
        let territory = self.words(&name);
        for what in what {
            self.note("leaves", format!("{} | {name}", describe(&what)), i, next, 0.9);
            self.part().leaves.push(LeftOnSide { what, territory: territory.clone(), ..LeftOnSide::default() });
        }
        Some(next)
    }

    /// "Islands Nos. 1, 2 and 5", "the islands Long and Round", "Gull Island": the objects, and the item after them.
    pub(super) fn belongings(&self, i: usize) -> Option<(Vec<Landmark>, usize)> {
        let Some(Tag::Obj(class)) = self.tag(i).cloned() else {
            // A name that ends with its noun.
            let (name, next) = self.name(i)?;
            let Some(Tag::Obj(class)) = self.tag(next - 1).cloned() else { return None };
            return Some((vec![Landmark::of_class(class).named(self.words(&name))], next));
        };
        let (mut what, mut at) = (Vec::new(), i + 1);
        while let Some((id, next)) = self.id(at).filter(|(id, _)| id.chars().any(|c| c.is_ascii_digit())) {
            what.push(Landmark::of_class(class).named(self.words(&id)));
            at = next;
            let and = self.is(at, &Tag::And) || self.mark(at, &[',']);
            at += usize::from(and && self.id(at + 1).is_some());
        }
        if !what.is_empty() {
            return Some((what, at));
        }
        at += usize::from(self.is(at, &Tag::Of));
        while let Some((name, next)) = self.name(at) {
            what.push(Landmark::of_class(class).named(self.words(&name)));
            at = next;
            let more = at + usize::from(self.mark(at, &[',']));
            let more = more + usize::from(self.is(more, &Tag::And));
            if more == at || self.name(more).is_none() {
                break;
            }
            at = more;
        }
        (!what.is_empty()).then_some((what, at))
    }

    /// "острова № 1 и 2": islands by their numbers, and the item after them.
    pub(super) fn numbered_objects(&self, i: usize) -> Option<(Vec<Landmark>, usize)> {
        let mut at = i;
        while self.is_skip(at) {
            at += 1;
        }
        let is_island = self.is(at, &Tag::Obj(LandmarkClass::Island));
        let is_number =
            |what: &Landmark| what.name.0.values().all(|name| name.bytes().all(|byte| byte.is_ascii_digit()));
        self.belongings(at).filter(|(what, _)| is_island && what.iter().all(is_number))
    }

    /// "Alpha", "the Republic of Alpha", "Республике Казахстан".
    fn territory_name(&self, i: usize) -> Option<(String, usize)> {
        // "Западной стороне".
        let by_wind = || self.is_capital_wind(i).then(|| i + 1 + usize::from(self.low(i + 1).starts_with("сторон")));
        let mut next = self.name(i).map(|(_, next)| next).or_else(by_wind)?;
        while self.is(next, &Tag::Of) {
            let mut at = next + 1;
            while self.is_skip(at) {
                at += 1;
            }
            let Some((_, after)) = self.name(at) else { break };
            next = after;
        }
        Some((self.printed(i, next).to_owned(), next))
    }

    /// Whether objects may begin here that belong to a territory.
    pub(super) fn may_belong(&self, i: usize) -> bool {
        let follows = |before: usize| {
            self.mark(before, &[',', ';', '.'])
                || self.is_skip(before)
                || self.is(before, &Tag::And)
                || self.low(before) == "а"
        };
        let begins = i == self.draft.first || i == self.after_label() || i > 0 && follows(i - 1);
        self.allots && begins
    }
}

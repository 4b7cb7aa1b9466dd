//! Features that a leg crosses, runs through, and leaves on one side.

use super::items::Meaning;
use super::landmark::Phrase;
use super::leg::State;
use super::lexicon::Tag;
use super::place::describe;
use super::reader::{Of, Reader};
use super::side::LineSide;
use crate::document::description::{
    ClauseCrossing, FeatureLine, Landmark, LandmarkClass, LeftOnSide, LengthUnit, Passing, StatedLength, Via, Which,
};

/// Objects left on a side that have the words of the whole statement, at most.
const MOST_OF_ONE_SPAN: usize = 16;

impl Reader<'_> {
    pub(super) fn crosses(&mut self, i: usize, not: bool, state: &mut State) -> usize {
        self.knows(i, i + 1);
        // "a point where one line intersects another".
        if self.lexicon.language == "en" && (self.of != Of::Leg || self.draft.point.is_some()) {
            return i + 1;
        }
        // "across Lake X": through it.
        if self.low(i) == "across"
            && let Some(lake) = self.phrase(i + 1).filter(|phrase| phrase.landmark.class == Some(LandmarkClass::Lake))
        {
            return self.along(i + 1, lake, state);
        }
        let twice = self.printed(i, i + 1).to_lowercase().contains("дважды");
        let mut at = i + 1;
        let mut any = false;
        while let Some(mut phrase) = self.phrase(at) {
            let shown = self.described(&phrase.landmark);
            if twice {
                phrase.landmark.count = Some(2);
            }
            let next = self.ends_of_way(phrase.next).unwrap_or(phrase.next);
            self.note(if not { "crosses-not" } else { "crosses" }, shown, i, next, 0.9);
            self.part().crosses.push(ClauseCrossing { what: phrase.landmark, ties: Vec::new(), not });
            any = true;
            at = next;
            let mut more = at + 1;
            while self.is_skip(more) {
                more += 1;
            }
            let list = (self.is(at, &Tag::And) || self.mark(at, &[','])) && matches!(self.tag(more), Some(Tag::Obj(_)));
            if !list {
                break;
            }
            at = more;
        }
        if !any {
            // "crosses the thalweg": a line of an unnamed river.
            let line = (at..at + 2).find(|at| matches!(self.tag(*at), Some(Tag::Line(FeatureLine::Thalweg))));
            if let Some(line) = line.filter(|line| *line == at || self.is_skip(at)) {
                self.note(if not { "crosses-not" } else { "crosses" }, "thalweg", i, line + 1, 0.85);
                let what = Landmark::of_class(LandmarkClass::Thalweg);
                self.part().crosses.push(ClauseCrossing { what, ties: Vec::new(), not });
                any = true;
                at = line + 1;
            }
        }
        // "crossing point 2622".
        if !any
            && !not
            && let Some(next) = self.via_points(at, i)
        {
            return next;
        }
        if !any && self.is(at, &Tag::It) {
            let what = Landmark { anaphora: true, ..Default::default() };
            // "вдоль дороги, не пересекая ее": what the line follows.
            let followed = describe(&self.last_followed());
            let shown = if followed.is_empty() { self.described(&what) } else { format!(" = {followed}") };
            self.note(if not { "crosses-not" } else { "crosses" }, shown, i, at + 1, 0.85);
            self.part().crosses.push(ClauseCrossing { what, ties: Vec::new(), not });
            at += 1;
        }
        state.crossing = any;
        if self.of == Of::From {
            self.of = Of::Leg;
        }
        at.max(i + 1)
    }

    pub(super) fn via(&mut self, i: usize) -> usize {
        self.knows(i, i + 1);
        if let Some(next) = self.via_points(i + 1, i) {
            return next;
        }
        let mut at = i + 1;
        let mut from = i;
        while let Some(phrase) = self.phrase(at) {
            if phrase.landmark.class.is_none() && phrase.landmark.name.is_empty() {
                break;
            }
            self.note("via", describe(&phrase.landmark), from, phrase.next, 0.85);
            at = phrase.next;
            from = at;
            let class = phrase.landmark.class;
            let height_list = class == Some(LandmarkClass::Height) || phrase.landmark.height.is_some();
            self.part().via.push(Via { point: None, landmark: Some(phrase.landmark) });
            // Coordinates of a via point in brackets.
            if self.mark(at, &['(']) && matches!(self.meaning(at + 1), Some(Meaning::Position(_))) {
                let of = self.of;
                self.of = Of::To;
                if let Some(Meaning::Position(position)) = self.meaning(at + 1).cloned() {
                    self.positioned(at + 1, position);
                }
                self.of = of;
                at += 2 + usize::from(self.mark(at + 2, &[')']));
            }
            let mut next = at;
            while self.mark(next, &[',']) || self.is(next, &Tag::And) {
                next += 1;
            }
            if height_list
                && next > at
                && matches!(self.meaning(next), Some(Meaning::Number))
                && let Some(value) = self.style.decimal(self.low(next), true)
            {
                let mut landmark = Landmark { class, ..Landmark::default() };
                landmark.height = Some(StatedLength { value, unit: LengthUnit::Metre, kind: None, approx: false });
                self.note("via", describe(&landmark), next, next + 1, 0.85);
                self.part().via.push(Via { point: None, landmark: Some(landmark) });
                at = next + 1;
                // The last of a list.
                while (self.mark(at, &[',']) || self.is(at, &Tag::And))
                    && matches!(self.meaning(at + 1), Some(Meaning::Number))
                    && !matches!(self.tag(at + 2), Some(Tag::Unit(_)))
                    && let Some(value) = self.style.decimal(self.low(at + 1), true)
                {
                    let height = StatedLength { value, unit: LengthUnit::Metre, kind: None, approx: false };
                    let landmark = Landmark { class, height: Some(height), ..Landmark::default() };
                    self.note("via", describe(&landmark), at + 1, at + 2, 0.85);
                    self.part().via.push(Via { point: None, landmark: Some(landmark) });
                    at += 2;
                }
                break;
            }
            let named = matches!(self.meaning(next), Some(Meaning::Word | Meaning::Tag(Tag::Skip))) && next > at;
            let object = next > at && matches!(self.tag(next), Some(Tag::Obj(_)));
            if !(named || object) || self.name(next).is_none() && !object && !self.is_skip(next) {
                break;
            }
            at = next;
        }
        at.max(i + 1)
    }

    pub(super) fn adjoining(&mut self, i: usize) -> usize {
        self.knows(i, i + 1);
        // The neighbour's name extends to the next word with a meaning.
        let mut at = i + 1;
        while matches!(self.meaning(at), Some(Meaning::Word)) || matches!(self.tag(at), Some(Tag::Obj(_) | Tag::Skip)) {
            at += 1;
        }
        self.note("adjoining", self.printed(i + 1, at), i, at, 0.8);
        at
    }

    /// Objects left on one side.
    pub(super) fn leaves(&mut self, i: usize) -> usize {
        self.knows(i, i + 1);
        if self.is(i, &Tag::Remains) {
            return self.remains(i);
        }
        let mut at = i + 1;
        let mut any = false;
        let mut meant = None;
        loop {
            let mut what = Vec::new();
            // "leaves in French territory point 2420": the territory first.
            let mut territory = self.territory(at);
            if let Some((_, next)) = territory {
                at = next;
            }
            // "leaving to Roumania the railway … and to Hungary the villages of …".
            if territory.is_none()
                && let Some((name, next)) = self.given_to(at)
            {
                at = next;
                territory = Some((self.words(&name), next));
            }
            let start = at;
            if let Some((numbered, next)) = self.numbered_objects(at) {
                what.extend(numbered);
                at = next;
            }
            let is_listed = !what.is_empty();
            let (mut in_list, mut spans) = (false, Vec::new());
            while !is_listed && let Some(phrase) = self.phrase_or_point(at) {
                spans.push((at, phrase.next));
                at = phrase.next;
                let mut landmark = phrase.landmark;
                if territory.is_none() && !landmark.territory.is_empty() {
                    territory = Some((std::mem::take(&mut landmark.territory), at));
                }
                what.push(landmark);
                let more = self.is(at, &Tag::And) && !self.is(at + 1, &Tag::Which(Which::Latter));
                let goes_on = more && self.phrase_or_point(at + 1).is_some();
                // Looked at once, from the first comma to the end of the list.
                in_list = in_list || territory.is_none() && self.is_list_of_objects(at);
                let next_of_list = in_list && self.mark(at, &[',']);
                if !goes_on && !next_of_list {
                    break;
                }
                at += 1;
            }
            if what.is_empty() && self.is(at, &Tag::It) {
                meant = Some(self.last_followed());
                what.extend(meant.clone());
                at += 1;
            }
            // An elided verb: "остальные - на территории".
            at += usize::from(self.mark(at, &['-', '–', '—']));
            let participle = at;
            while self.is(at, &Tag::Run)
                || self.is_skip(at) && !self.is(at + 1, &Tag::Obj(LandmarkClass::Other)) && at < participle + 2
            {
                at += 1;
            }
            if territory.is_none() {
                territory = self.territory(at).or_else(|| self.territory(participle));
                if let Some((_, next)) = &territory {
                    at = *next;
                }
            }
            let mut to_the = None;
            let mut hand = None;
            // "leaving the station in Hungary".
            if territory.is_none()
                && !what.is_empty()
                && let Some((name, next)) = self.in_territory(at)
            {
                territory = Some((self.words(&name), next));
                at = next;
            }
            if territory.is_none() {
                match self.side(at) {
                    Some((LineSide::Wind(wind), next)) => (to_the, at) = (Some(wind), next),
                    Some((LineSide::Hand(found), next)) => (hand, at) = (Some(found), next),
                    None if self.is(at, &Tag::To) => {
                        // "to Burmah", "à la France".
                        let mut named = at + 1;
                        while self.is_skip(named) {
                            named += 1;
                        }
                        if let Some((name, next)) = self.name(named) {
                            territory = Some((self.words(&name), next));
                            at = next;
                        }
                    }
                    None => {}
                }
            }
            // "the road running from this village to X to the east".
            if territory.is_none() && to_the.is_none() && hand.is_none() && !what.is_empty() {
                let limit = self.items.len().min(at + 14);
                let stop = (at..limit).find(|i| self.mark(*i, &[',', ';'])).unwrap_or(limit);
                let found =
                    (at..stop).rev().find_map(|i| match (self.tag(i), self.meaning(i + 1), self.meaning(i + 2)) {
                        (Some(Tag::To), Some(Meaning::Wind(wind, _)), _) => Some((*wind, i + 2)),
                        (Some(Tag::To), Some(Meaning::Tag(Tag::Skip)), Some(Meaning::Wind(wind, _))) => {
                            Some((*wind, i + 3))
                        }
                        _ => None,
                    });
                if let Some((wind, next)) = found {
                    to_the = Some(wind);
                    at = next;
                }
            }
            if what.is_empty() || territory.is_none() && to_the.is_none() && hand.is_none() {
                at = if any { start } else { at.max(i + 1) };
                break;
            }
            let territory = territory.map(|(words, _)| words).unwrap_or_default();
            // Each object of a list has its own words: with those of the whole list, fields would grow with its square.
            let many = in_list || what.len() > MOST_OF_ONE_SPAN;
            if many {
                self.knows(i, at);
            }
            for (number, what) in what.into_iter().enumerate() {
                let (from, to) = match many {
                    true => spans.get(number).copied().unwrap_or((i, i + 1)),
                    false => (i, at),
                };
                let meant_by = self.former_or_latter(&what).map_or(String::new(), |one| format!(" = {one}"));
                let said = format!(
                    "{}{meant_by} | {}{}",
                    describe(&what),
                    territory.get(self.lexicon.language).unwrap_or_default(),
                    to_the.map_or(String::new(), |wind| format!("{wind:?}"))
                );
                self.note("leaves", said, from, to, 0.9);
                // The field resolves "it"; the tree keeps the text's reference.
                let it = what.anaphora && what.which.is_none() && Some(&what) == meant.as_ref();
                let what = if it { Landmark { anaphora: true, ..Landmark::default() } } else { what };
                self.part().leaves.push(LeftOnSide { what, territory: territory.clone(), to_the, hand, shared: false });
            }
            any = true;
            // ", остальные - на территории …", "and the latter to …".
            let mut next = at;
            while self.mark(next, &[',']) || self.is(next, &Tag::And) || self.is_skip(next) || self.low(next) == "а" {
                next += 1;
            }
            let object = self.phrase_or_point(next).filter(|object| object.landmark.class.is_some());
            let is_object = matches!(self.tag(next), Some(Tag::Which(_) | Tag::Ordinal(_)))
                || self.is_allotted(next)
                || self.given_to(next).is_some()
                || object.is_some_and(|object| self.side(object.next).is_some());
            if next == at || !is_object {
                break;
            }
            at = next;
        }
        if self.of == Of::From {
            self.of = Of::Leg;
        }
        at.max(i + 1)
    }

    /// "to Roumania the railway", "to Austria Lackenbach": the territory, and the item of the object after it.
    fn given_to(&self, i: usize) -> Option<(String, usize)> {
        if !self.is(i, &Tag::To) || self.lexicon.language != "en" || self.point(i + 1).is_some() {
            return None;
        }
        let (name, next) = self.name(i + 1)?;
        if self.phrase_or_point(next).is_some_and(|phrase| phrase.landmark.class.is_some()) {
            return Some((name, next));
        }
        // Two names: the second is that of the object.
        let is_word = |at: usize| matches!(self.meaning(at), Some(Meaning::Word));
        (next > i + 2 && is_word(i + 1) && is_word(i + 2)).then(|| (self.printed(i + 1, i + 2).to_owned(), i + 2))
    }

    /// Whether an object starts here and a territory follows it: the second of "leaving A in X and B in Y".
    fn is_allotted(&self, i: usize) -> bool {
        if let Some((_, next)) = self.numbered_objects(i) {
            return self.territory(next + usize::from(self.mark(next, &['-', '–', '—']))).is_some();
        }
        let Some(mut phrase) = self.phrase_or_point(i) else { return false };
        // "острова Малый и Песчаный - на территории".
        while self.is(phrase.next, &Tag::And)
            && !matches!(self.tag(phrase.next + 1), Some(Tag::To | Tag::Which(_)))
            && let Some(more) = self.phrase_or_point(phrase.next + 1)
        {
            phrase.next = more.next;
            phrase.landmark.territory = more.landmark.territory;
        }
        // "… and Rattersdorf to Austria", "… et le village de Saint-Georges au sud".
        let is_island = phrase.landmark.class == Some(LandmarkClass::Island);
        if self.is(phrase.next, &Tag::To) && (is_island || !phrase.landmark.name.is_empty()) {
            let mut at = phrase.next + 1;
            while self.is_skip(at) {
                at += 1;
            }
            return self.point(at).is_none()
                && (self.name(at).is_some() || matches!(self.meaning(at), Some(Meaning::Wind(..))));
        }
        let mut at = phrase.next + usize::from(self.mark(phrase.next, &['-', '–', '—']));
        while self.is_skip(at) {
            at += 1;
        }
        phrase.landmark.class.is_some() && (!phrase.landmark.territory.is_empty() || self.territory(at).is_some())
    }

    pub(super) fn phrase_or_point(&self, i: usize) -> Option<Phrase> {
        if let Some((point, next)) = self.point(i) {
            let name = point.id.map(|id| self.words(&id)).unwrap_or_default();
            let landmark = Landmark::of_class(LandmarkClass::Point).named(name);
            return Some(Phrase { landmark, next, ..Phrase::default() });
        }
        self.phrase(i).filter(|phrase| phrase.next > i)
    }

    /// Resolves "the former" or "the latter": one of the two objects between which the line runs.
    fn former_or_latter(&self, what: &Landmark) -> Option<String> {
        let nth = match what.which.as_ref()? {
            Which::Former => 0,
            Which::Latter => 1,
            _ => return None,
        };
        let between = self.draft.clause.parts.iter().rev().find(|part| part.between.len() == 2)?;
        Some(describe(&between.between[nth]))
    }

    /// "passing between its right bank and the island of X".
    pub(super) fn passes_between(&mut self, i: usize) -> usize {
        let Some(first) = self.phrase(i + 1) else { return i + 1 };
        let bank = first.bank.map(|bank| super::place::word(&bank));
        let mut what = vec![first.landmark];
        let mut next = first.next;
        let and = next;
        if self.is(and, &Tag::And)
            && let Some(second) = self.phrase(and + 1)
        {
            what.push(second.landmark);
            next = second.next;
        }
        let all: Vec<String> = what.iter().map(describe).collect();
        let said =
            format!("between {} {}", bank.map_or(String::new(), |bank| format!("{bank} bank")), all.join(" and "));
        self.note("passes", said, i, next, 0.85);
        self.part().passes.push(Passing { what, side: None, distance: None });
        next
    }

    /// "this path and these buildings being left in X territory": objects before their allotment.
    pub(super) fn subjects_left(&mut self, i: usize) -> Option<usize> {
        let mut what = Vec::new();
        let mut at = i;
        while self.is(at, &Tag::This) {
            let phrase = self.phrase(at).filter(|phrase| phrase.landmark.class.is_some())?;
            at = phrase.next;
            what.push(phrase.landmark);
            at += usize::from(self.is(at, &Tag::And) && self.is(at + 1, &Tag::This));
        }
        if what.is_empty() || !self.is(at, &Tag::Remains) {
            return None;
        }
        let (territory, next) = self.allotted_to(at)?;
        for what in what {
            let shown = self.described(&what);
            let said = format!("{shown} | {}", territory.get(self.lexicon.language).unwrap_or_default());
            self.note("leaves", said, i, next, 0.85);
            self.part().leaves.push(LeftOnSide { what, territory: territory.clone(), ..LeftOnSide::default() });
        }
        Some(next)
    }

    /// Resolves "it": the object that the line followed or crossed last.
    pub(super) fn last_followed(&self) -> Landmark {
        let last = self.draft.clause.parts.iter().rev().find_map(|part| part.along.last());
        let mut landmark = last.cloned().unwrap_or_default();
        landmark.anaphora = true;
        landmark
    }

    /// "…, which remains in the territory of X"; "this path being left in X territory".
    pub(super) fn remains(&mut self, i: usize) -> usize {
        let Some((territory, next)) = self.allotted_to(i) else { return i + 1 };
        let meant = self.last_followed();
        let what = Landmark { anaphora: true, ..Landmark::default() };
        self.note(
            "leaves",
            format!("{} | {}", describe(&meant), territory.get(self.lexicon.language).unwrap_or_default()),
            i,
            next,
            0.8,
        );
        self.part().leaves.push(LeftOnSide { what, territory, ..LeftOnSide::default() });
        next
    }

    /// The territory after "remains", "being left in", and the item after it.
    fn allotted_to(&self, i: usize) -> Option<(crate::document::description::Words, usize)> {
        let start = if self.is(i + 1, &Tag::Territory) || !matches!(self.meaning(i + 1), Some(Meaning::Word)) {
            i + 1
        } else {
            i
        };
        self.territory(start).or_else(|| {
            let at = i + 1 + usize::from(self.is(i + 1, &Tag::On));
            let mut end = at;
            while matches!(self.meaning(end), Some(Meaning::Word)) {
                end += 1;
            }
            (self.is(end, &Tag::Territory) && end > at).then(|| (self.words(self.printed(at, end)), end + 1))
        })
    }
}

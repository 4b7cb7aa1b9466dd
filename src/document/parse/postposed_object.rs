//! Objects and points in postpositional languages.

use super::items::Meaning;
use super::leg::follow_of;
use super::lexicon::Tag;
use super::place::{describe, is_linear, word};
use super::postposed::{Case, State, case};
use super::reader::{Of, Reader};
use crate::document::description::{
    ClauseCrossing, ClausePart, Follow, Landmark, LandmarkClass, LiesOn, PointKind, PointRef, Via, Which,
};

impl Reader<'_> {
    /// A name or adjectives before an object, and the item at which they start.
    pub(super) fn before_object(&self, i: usize) -> (Landmark, usize) {
        let mut landmark = Landmark::default();
        let mut start = i;
        while start > 0 {
            let at = start - 1;
            match self.meaning(at) {
                Some(Meaning::Word) if self.items[at].capital && landmark.name.is_empty() => {
                    let mut first = at;
                    while first > 0
                        && matches!(self.meaning(first - 1), Some(Meaning::Word))
                        && self.items[first - 1].capital
                    {
                        first -= 1;
                    }
                    landmark.name = self.words(self.printed(first, start));
                    start = first;
                }
                Some(Meaning::Tag(Tag::Unnamed)) => {
                    landmark.unnamed = true;
                    start = at;
                }
                Some(Meaning::Tag(Tag::This)) => {
                    landmark.anaphora = true;
                    start = at;
                }
                Some(Meaning::Tag(Tag::Ordinal(number))) => {
                    landmark.which = Some(Which::Ordinal(*number));
                    start = at;
                }
                _ => break,
            }
        }
        (landmark, start)
    }

    pub(super) fn post_object(&mut self, i: usize, class: LandmarkClass, state: &mut State) -> usize {
        let (mut landmark, start) = self.before_object(i);
        landmark.class = Some(class);
        let mut at = i + 1;
        let mut of: Vec<Landmark> = Vec::new();
        // "the roads' fork": objects in the genitive before the last.
        while let Some(Tag::Obj(next)) = self.tag(at).cloned() {
            if case(&self.inflected(at - 1)) == Case::From
                || is_linear(Some(next)) && !matches!(next, LandmarkClass::Watershed | LandmarkClass::Ridge)
            {
                break;
            }
            of.push(std::mem::take(&mut landmark));
            landmark = Landmark { class: Some(next), ..Landmark::default() };
            at += 1;
        }
        landmark.of = of;
        let mut end = case(&self.inflected(at - 1));
        if landmark.anaphora {
            self.note("anaphora", self.printed(start, at), start, at, 0.85);
        }
        // Heights before the noun: "1204,3 և 1311,0 նիշերով բարձունքներով".
        if !state.heights.is_empty() && matches!(class, LandmarkClass::Height) {
            for (height, from) in std::mem::take(&mut state.heights) {
                let one = Landmark { class: Some(LandmarkClass::Height), height: Some(height), ..Landmark::default() };
                self.note("via", describe(&one), from, at, 0.9);
                self.part().via.push(Via { point: None, landmark: Some(one) });
            }
            return at;
        }
        // The line of the object, after it.
        let mut line = None;
        if let Some(Tag::Line(found)) = self.tag(at).cloned() {
            line = Some(found);
            at += 1;
            end = case(&self.inflected(at - 1));
            if self.inflected(at - 1) == "ilə" {
                end = Case::By;
            }
        } else if let Some(Tag::Bank(bank)) = self.tag(at).cloned() {
            at += 1;
            if !state.to {
                self.post_follow(landmark, None, start, at);
                self.part().bank = Some(bank);
                self.part().follow = Some(Follow::Bank);
                self.note("bank", word(&bank), at - 1, at, 0.9);
                return at;
            }
            self.location().on.push(LiesOn { landmark, line: None, bank: Some(bank) });
            return at;
        }
        let by = matches!(self.tag(at), Some(Tag::Along)) || self.low(at) == "ilə";
        if by {
            at += 1;
            end = Case::By;
        }
        // A tie: the object in the ablative before a distance.
        if end == Case::From && self.measure(at).is_some() {
            state.reference = Some((landmark, start));
            return at;
        }
        if matches!(self.tag(at), Some(Tag::Until)) && end == Case::To {
            self.post_to_object(landmark, start, at + 1);
            return at + 1;
        }
        // "yolu keçir": a verb of motion with an object in the accusative.
        let over = self.low(at).starts_with("keç")
            && ["u", "ü", "ı", "i"].iter().any(|vowel| self.inflected(at - 1).ends_with(vowel))
            && !self.is(at, &Tag::NotCross);
        if matches!(self.tag(at), Some(Tag::Cross | Tag::NotCross)) || over {
            let not = self.is(at, &Tag::NotCross);
            self.note(if not { "crosses-not" } else { "crosses" }, describe(&landmark), start, at + 1, 0.9);
            self.part().crosses.push(ClauseCrossing { what: landmark, ties: Vec::new(), not });
            return at + 1;
        }
        // "Qazaxlı kəndini Azərbaycan ərazisində saxlamaqla", "գյուղը թողնելով Հայաստանի տարածքում".
        if self.is_left(at) {
            state.left = Some(landmark);
            return at;
        }
        if self.is(at, &Tag::Via) || end == Case::From && self.is(at, &Tag::Via) {
            self.note("via", describe(&landmark), start, at + 1, 0.85);
            self.part().via.push(Via { point: None, landmark: Some(landmark) });
            return at + 1;
        }
        let before_from = self.draft.clause.from.is_none() && !self.has_content();
        let place = matches!(
            class,
            LandmarkClass::Mouth
                | LandmarkClass::Confluence
                | LandmarkClass::Source
                | LandmarkClass::Summit
                | LandmarkClass::Intersection
        );
        if end == Case::From && before_from && place {
            self.note("from", format!("{} {}", describe(&landmark), self.printed(i, at)), 0, at, 0.75);
            self.draft.clause.from = Some(PointRef { kind: PointKind::Point, id: None });
            self.draft.clause.from_location.at.push(landmark);
            return at;
        }
        let on = self.is(at, &Tag::On) || end == Case::At;
        at += usize::from(self.is(at, &Tag::On));
        let located = self.is(at, &Tag::Located) || on;
        if end == Case::By && !state.to {
            let sure = line.is_some() || by || follow_of(class).is_some() || class == LandmarkClass::Summit;
            if sure {
                self.post_follow(landmark, line, start, at);
            }
            return at;
        }
        if state.to || located || before_from && matches!(end, Case::To | Case::At) {
            let at_place = !is_linear(Some(class)) && line.is_none();
            let of = if state.to { Of::To } else { Of::From };
            self.of = of;
            let name = match (of, at_place) {
                (Of::To, true) => "to-at",
                (Of::To, false) => "to-on",
                (_, true) => "from-at",
                (_, false) => "from-on",
            };
            let genitive_only = end == Case::Of && !on && !self.leads_to_point(at);
            if genitive_only || end == Case::From {
                self.of = Of::Leg;
                return at;
            }
            self.note(name, describe(&landmark), start, at, 0.85);
            if let Some(line) = line {
                self.note("to-line", word(&line), start, at, 0.9);
            }
            // An unnamed river whose line locates a point is the one named before.
            landmark.anaphora |= line.is_some() && landmark.name.is_empty() && landmark.of.is_empty();
            let location = self.location();
            if at_place {
                location.at.push(landmark);
            } else {
                location.on.push(LiesOn { landmark, line, bank: None });
            }
            self.of = Of::Leg;
            return at;
        }
        if end == Case::To {
            state.named.push((landmark, end, start, at));
        }
        at
    }

    /// Whether the object before an item is left to a territory, named before the verb or after it.
    fn is_left(&self, at: usize) -> bool {
        let named = |mut at: usize| {
            let first = at;
            while matches!(self.meaning(at), Some(Meaning::Word)) && at < first + 4 {
                at += 1;
            }
            (at > first && self.is(at, &Tag::Territory)).then_some(at + 1)
        };
        match self.is(at, &Tag::Leaves) {
            true => named(at + 1).is_some(),
            false => named(at).is_some_and(|next| self.is(next, &Tag::Leaves)),
        }
    }

    /// Whether a point with its number follows: "բարձունքի գագաթի թիվ 7 սահմանակետին".
    pub(super) fn leads_to_point(&self, i: usize) -> bool {
        (i..i + 4).any(|at| matches!(self.tag(at), Some(Tag::Point(_))))
            && matches!(self.tag(i), Some(Tag::NumberPrefix))
    }

    pub(super) fn post_follow(
        &mut self,
        mut landmark: Landmark,
        line: Option<crate::document::description::FeatureLine>,
        from: usize,
        to: usize,
    ) {
        let follow = match landmark.class {
            Some(LandmarkClass::Summit) => Some(Follow::Ridge),
            Some(class) => follow_of(class),
            None if line.is_some() => Some(Follow::River),
            None => Some(Follow::Other),
        };
        let Some(follow) = follow else { return };
        if self.draft.clause.parts.last().is_some_and(|part| part.follow.is_some()) {
            self.draft.clause.parts.push(ClausePart::default());
        }
        self.note("follow", word(&follow), from, to, if follow == Follow::Other { 0.6 } else { 0.9 });
        self.note("along", describe(&landmark), from, to, 0.9);
        if let Some(line) = line {
            self.note("line", word(&line), from, to, 0.9);
        }
        if landmark.class == Some(LandmarkClass::Watershed) && !landmark.of.is_empty() {
            landmark.unnamed |= landmark.of.iter().any(|of| of.unnamed);
        }
        let part = self.part();
        part.follow = Some(follow);
        part.line = line;
        part.along.push(landmark);
    }

    pub(super) fn post_to_object(&mut self, landmark: Landmark, from: usize, to: usize) {
        self.note("to", describe(&landmark), from, to, 0.85);
        self.draft.clause.to = Some(PointRef { kind: PointKind::Point, id: None });
        self.draft.clause.to_location.at.push(landmark);
    }

    pub(super) fn post_point(&mut self, from: usize, point: usize, id: Option<String>, state: &mut State) -> usize {
        let Some(Tag::Point(kind)) = self.tag(point).cloned() else { return from + 1 };
        let end = case(&self.inflected(point));
        let next = point + 1;
        // "թիվ 2-6 սահմանակետերով".
        if end == Case::By {
            if let Some(id) = &id {
                let ids: Vec<String> = match id
                    .split_once('-')
                    .and_then(|(a, b)| Some((a.parse::<u32>().ok()?, b.parse::<u32>().ok()?)))
                {
                    Some((a, b)) if a < b && b - a < 1000 => (a..=b).map(|n| n.to_string()).collect(),
                    _ => vec![id.clone()],
                };
                self.note("via", ids.join(" "), from, next, 0.93);
                let vias = ids.into_iter().map(|id| Via { point: Some(PointRef::new(kind, id)), landmark: None });
                self.part().via.extend(vias);
            }
            return next;
        }
        let reference = PointRef { kind, id };
        let value = reference.id.clone().unwrap_or_else(|| word(&kind));
        if end == Case::From {
            if self.has_content() || self.draft.clause.to.is_some() {
                self.flush(from);
                *state = State::default();
            }
            self.note("from", value, from, next, 0.95);
            self.draft.clause.from = Some(reference);
        } else {
            self.note("to", value, from, next, 0.95);
            self.draft.clause.to = Some(reference);
            state.to = true;
        }
        next
    }
}

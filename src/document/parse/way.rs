//! The features that a leg follows.

use super::items::{Meaning, WindForm};
use super::landmark::Phrase;
use super::leg::{State, follow_of};
use super::lexicon::Tag;
use super::place::{describe, word};
use super::reader::{Of, Reader};
use crate::document::description::{ClausePart, FeatureLine, Follow, LandmarkClass, Stream};

impl Reader<'_> {
    pub(super) fn stream(&mut self, i: usize, stream: Stream) -> usize {
        // "вниз по течению реки Керак": the river follows in the genitive.
        let phrase = self
            .phrase(i + 1)
            .filter(|phrase| phrase.landmark.class.and_then(follow_of) == Some(Follow::River) && self.of == Of::Leg);
        if let Some(phrase) = phrase {
            self.note("stream", word(&stream), i, i + 1, 0.95);
            let next = self.along(i + 1, phrase, &mut State::default());
            self.part().stream = Some(stream);
            return next;
        }
        self.note("stream", word(&stream), i, i + 1, 0.95);
        self.part().stream = Some(stream);
        if self.part().follow == Some(Follow::Other) {
            self.known_as(Follow::River, Some(LandmarkClass::River));
        }
        if self.part().follow.is_none() && self.lexicon.language == "en" && self.part().line.is_some() {
            self.part().follow = Some(Follow::River);
        }
        i + 1
    }

    /// "ascends", "up": along a river, upstream; on land, a statement on the profile.
    pub(super) fn slope(&mut self, i: usize, tag: &Tag, state: &mut State) -> usize {
        self.knows(i, i + 1);
        if self.of != Of::Leg && self.leg_ends() {
            return i + 1;
        }
        let stream = if *tag == Tag::Ascend { Stream::Up } else { Stream::Down };
        let mut at = i + 1;
        while self.is_skip(at) || self.is(at, &Tag::Along) {
            at += 1;
        }
        if self.is(at, &Tag::To) {
            return at;
        }
        match self.phrase(at) {
            Some(phrase) => {
                // "follows the line of that river down the boundary of X": the river's stream, then another part.
                if phrase.landmark.class == Some(LandmarkClass::Boundary)
                    && let Some(part) = self.draft.clause.parts.last_mut()
                    && part.follow == Some(Follow::River)
                    && part.stream.is_none()
                {
                    part.stream = Some(stream);
                    self.note("stream", word(&stream), i, i + 1, 0.8);
                }
                if phrase.landmark.class == Some(LandmarkClass::Slope)
                    && self.draft.clause.parts.last().is_some_and(|part| part.follow.is_some())
                {
                    let words = self.words(self.printed(i, phrase.next));
                    self.note("profile", self.printed(i, phrase.next), i, phrase.next, 0.8);
                    self.part().profile = words;
                    return phrase.next;
                }
                let water = phrase.line.is_some() || phrase.landmark.class.and_then(follow_of) == Some(Follow::River);
                if water && phrase.landmark.class.is_none_or(|class| follow_of(class) == Some(Follow::River)) {
                    state.stream = Some(stream);
                }
                self.along(at, phrase, state)
            }
            None => i + 1,
        }
    }

    pub(super) fn straight_if_unsaid(&mut self) {
        if self.draft.clause.parts.iter().all(|part| part.follow.is_none() && part.arc.is_none()) {
            self.part().follow = Some(Follow::Straight);
        }
    }

    /// Starts a part of the leg if the last one already follows a feature.
    pub(super) fn new_part(&mut self, state: &mut State) {
        let full = self.draft.clause.parts.last().is_some_and(|part| {
            part.follow.is_some() || state.parted && !part.directions.is_empty() && part.length.is_some()
        });
        if full {
            self.draft.clause.parts.push(ClausePart::default());
        }
        state.parted = false;
    }

    pub(super) fn follow(&mut self, i: usize, follow: Follow, state: &mut State) -> usize {
        if follow != Follow::ToBeFixed && self.of != Of::Leg && (self.leg_ends() || self.draft.point.is_some()) {
            return self.object(i, &Tag::Skip, state);
        }
        let now = self.draft.clause.parts.last().and_then(|part| part.follow);
        // "straight up a steep slope": a statement on the profile.
        let uphill = (i.saturating_sub(3)..i).any(|at| matches!(self.tag(at), Some(Tag::Ascend | Tag::Descend)));
        if follow == Follow::Slope && now.is_some() && uphill {
            let words = self.printed(i, i + 1);
            self.note("profile", words, i, i + 1, 0.8);
            self.part().profile = self.words(words);
            return i + 1;
        }
        if !state.parted
            && (now == Some(follow) && matches!(follow, Follow::Straight | Follow::Parallel | Follow::MapLine)
                || now.is_some() && follow == Follow::Curve)
        {
            self.knows(i, i + 1);
            return i + 1;
        }
        self.new_part(state);
        state.crossing = false;
        self.note("follow", word(&follow), i, i + 1, 0.95);
        self.part().follow = Some(follow);
        if follow == Follow::Midway && self.printed(i, i + 1).to_lowercase().starts_with("nearly") {
            self.part().approx = true;
            self.note("approx", "nearly", i, i + 1, 0.9);
        }
        if i > 0 && self.is(i - 1, &Tag::Approx) {
            self.part().approx = true;
            self.note("approx", "roughly", i - 1, i, 0.9);
        }
        if matches!(follow, Follow::Parallel | Follow::Meridian) {
            self.numbered_line(i, follow);
        }
        let mut next = i + 1;
        if follow == Follow::Arc {
            return self.arc(i);
        }
        if matches!(
            follow,
            Follow::Offset | Follow::Midway | Follow::Marks | Follow::Skirt | Follow::Meander | Follow::SlopeFoot
        ) {
            while self.is(next, &Tag::Of) || self.is_skip(next) || self.is(next, &Tag::Between) {
                next += 1;
            }
            if let Some(phrase) = self.phrase(next) {
                next = phrase.next;
                self.note("along", describe(&phrase.landmark), i + 1, next, 0.9);
                if follow == Follow::Midway {
                    let mut both = vec![phrase.landmark];
                    let second = self.second_name(&mut next);
                    if let Some(second) = &second {
                        self.note("along", describe(second), i + 1, next, 0.9);
                    }
                    both.extend(second);
                    self.part().between = both;
                } else {
                    self.part().side = phrase.landmark.side;
                    self.part().along.push(phrase.landmark);
                }
            }
        }
        next
    }

    /// The second of two names joined by "and".
    pub(super) fn second_name(&self, next: &mut usize) -> Option<crate::document::description::Landmark> {
        if !self.is(*next, &Tag::And) {
            return None;
        }
        let phrase = self.phrase(*next + 1)?;
        *next = phrase.next;
        Some(phrase.landmark)
    }

    /// A phrase with a feature that the leg follows.
    pub(super) fn along(&mut self, from: usize, phrase: Phrase, state: &mut State) -> usize {
        let next = phrase.next;
        let landmark = phrase.landmark;
        let class = landmark.class;
        let of_side = matches!(class, Some(LandmarkClass::Side | LandmarkClass::Edge))
            .then(|| landmark.of.first().cloned())
            .flatten();
        let object = of_side.clone().unwrap_or_else(|| landmark.clone());
        let follow = if phrase.course && object.class.is_none() {
            Some(Follow::River)
        } else if phrase.bank.is_some() {
            Some(Follow::Bank)
        } else if object.class.is_none() && phrase.line.is_some_and(|line| !matches!(line, FeatureLine::Edge)) {
            Some(Follow::River)
        } else {
            object.class.and_then(follow_of)
        };
        let Some(follow) = follow else {
            return if landmark.anaphora { next } else { from + 1 };
        };
        state.crossing = false;
        // "down the river X, along its middle": the line of the same part.
        if object.anaphora
            && object.class.is_none()
            && object.name.is_empty()
            && !state.parted
            && let (Some(line), Some(part)) = (phrase.line, self.draft.clause.parts.last_mut())
            && part.follow == Some(follow)
            && part.line.is_none()
        {
            part.line = Some(line);
            let shown = self.described(&object);
            self.note("anaphora", shown, from, next, 0.85);
            self.note("line", word(&line), from, next, 0.93);
            return next;
        }
        // "follows the river X upstream along its left bank": the bank of that river.
        if object.class.is_none()
            && object.name.is_empty()
            && object.of.is_empty()
            && !state.parted
            && let (Some(bank), Some(part)) = (phrase.bank, self.draft.clause.parts.last_mut())
            && part.follow == Some(Follow::River)
            && part.bank.is_none()
            && part.line.is_none()
        {
            part.bank = Some(bank);
            part.follow = Some(Follow::Bank);
            let stated = self.draft.fields.iter_mut().rev().find(|field| field.field == "follow");
            stated.into_iter().for_each(|field| field.value = word(&Follow::Bank));
            self.note("bank", word(&bank), from, next, 0.93);
            return next;
        }
        let is_named_before = object.name.is_empty()
            && object.of.is_empty()
            && !object.unnamed
            && !state.parted
            && self.draft.clause.parts.last().is_some_and(|part| part.follow == Some(Follow::Other));
        if is_named_before {
            self.known_as(follow, object.class);
            self.knows(from, next);
            return next;
        }
        // "then continues along the same ridge": the part continues.
        let same = object.anaphora && self.printed(from, next).to_lowercase().contains("same");
        if same && self.draft.clause.parts.last().is_some_and(|part| part.follow == Some(follow)) {
            let shown = self.described(&object);
            self.note("anaphora", shown, from, next, 0.85);
            return next;
        }
        // A repetition: "up … along the ridge" of the same part is one statement.
        // "with mean high water upstream and on the right bank of X" is one statement.
        let open = self.draft.clause.parts.last().is_some_and(|part| {
            part.line.is_some()
                && part.bank.is_none()
                && part.along.iter().all(|along| along.class.is_none() && along.name.is_empty())
        });
        if open && phrase.bank.is_some() {
            self.draft.fields.retain(|field| field.field != "follow" && field.field != "along");
            if let Some(part) = self.draft.clause.parts.last_mut() {
                part.along.clear();
                part.follow = None;
            }
        }
        self.new_part(state);
        self.note("follow", word(&follow), from, next, 0.93);
        let shown = self.described(&object);
        self.note("along", shown, from, next, 0.9);
        if let Some(meant) = std::iter::once(&object).chain(&object.of).find(|one| one.anaphora).cloned() {
            let shown = self.described(&meant);
            self.note("anaphora", shown, from, next, 0.85);
        }
        if let Some(line) = phrase.line {
            self.note("line", word(&line), from, next, 0.93);
        }
        if let Some(bank) = phrase.bank {
            self.note("bank", word(&bank), from, next, 0.95);
        }
        let side = landmark.side.or(object.side);
        if let Some(side) = side {
            self.note("side-of-feature", format!("{side:?}"), from, next, 0.9);
        }
        let stream = state.stream.take();
        if let Some(stream) = stream {
            self.note("stream", word(&stream), from.saturating_sub(1), next, 0.9);
        }
        let mut object = object;
        if side.is_some() {
            object.side = None;
        }
        // "ascends one of the ranges leading to the peak of X": the end of the leg, unless the text states another.
        if matches!(follow, Follow::Ridge | Follow::Spur)
            && self.printed(from, next).contains("leading to")
            && let Some(summit) = object.of.last().filter(|of| of.class == Some(LandmarkClass::Summit)).cloned()
            && self.draft.clause.to.is_none()
        {
            let shown = describe(&summit);
            self.note("to", shown, from, next, 0.7);
        }
        let between = follow == Follow::Watershed && object.of.len() > 1;
        let part = self.part();
        part.follow = Some(follow);
        part.line = part.line.or(phrase.line).or(of_side.is_some().then_some(FeatureLine::Edge));
        part.bank = phrase.bank;
        part.side = side;
        part.stream = part.stream.or(stream);
        if between {
            part.between = std::mem::take(&mut object.of);
        }
        part.along.push(object);
        next
    }

    /// "follows the Ana for 2 km": a feature known only by its name.
    fn follow_named(&mut self, i: usize, phrase: Phrase, state: &mut State) -> usize {
        if self.draft.clause.parts.last().is_some_and(|part| part.follow.is_some()) && !state.parted {
            return i;
        }
        self.new_part(state);
        self.note("follow", word(&Follow::Other), i, phrase.next, 0.6);
        self.note("along", describe(&phrase.landmark), i, phrase.next, 0.8);
        let part = self.part();
        part.follow = Some(Follow::Other);
        part.along.push(phrase.landmark);
        phrase.next
    }

    /// "…, measured along the river", "… downstream": what the feature known by its name is.
    fn known_as(&mut self, follow: Follow, class: Option<LandmarkClass>) {
        let Some(part) = self.draft.clause.parts.last_mut() else { return };
        part.follow = Some(follow);
        if let Some(along) = part.along.last_mut() {
            along.class = class;
            let shown = describe(along);
            if let Some(field) = self.draft.fields.iter_mut().rfind(|field| field.field == "along") {
                field.value = shown;
            }
        }
        if let Some(field) = self.draft.fields.iter_mut().rfind(|field| field.field == "follow") {
            field.value = word(&follow);
        }
    }

    pub(super) fn object(&mut self, i: usize, tag: &Tag, state: &mut State) -> usize {
        let mut at = i;
        let mut at_place = false;
        let mut near = false;
        let mut preposition = false;
        let mut led = false;
        while at < i + 4 {
            match self.tag(at) {
                Some(Tag::On) => preposition = true,
                Some(Tag::At) => (preposition, at_place) = (true, true),
                Some(Tag::Near) => (preposition, near) = (true, true),
                Some(Tag::Along | Tag::FollowVerb) => led = true,
                Some(Tag::Skip) => {}
                _ => break,
            }
            at += 1;
        }
        // "follows on the east the path".
        let mut on_side = None;
        if led
            && preposition
            && let Some(Meaning::Wind(wind, WindForm::Noun)) = self.meaning(at).cloned()
        {
            on_side = Some(wind);
            at += 1;
            preposition = false;
            while self.is_skip(at) {
                at += 1;
            }
        }
        // "folgt diesem abwärts": the river named before.
        if led && self.is(at, &Tag::This) && matches!(self.tag(at + 1), Some(Tag::Stream(_))) {
            let mut what = self.recent.last().cloned().unwrap_or_default();
            what.anaphora = true;
            return self.along(
                at,
                Phrase {
                    landmark: crate::document::description::Landmark { class: Some(LandmarkClass::River), ..what },
                    next: at + 1,
                    ..Phrase::default()
                },
                state,
            );
        }
        let bounded = self.is(at, &Tag::Subject)
            && self.phrase(at).is_some_and(|phrase| phrase.landmark.class == Some(LandmarkClass::Boundary))
            && led;
        let starts = bounded
            || matches!(
                self.meaning(at),
                Some(
                    Meaning::Tag(
                        Tag::Obj(_)
                            | Tag::Line(_)
                            | Tag::Bank(_)
                            | Tag::This
                            | Tag::It
                            | Tag::Unnamed
                            | Tag::Ordinal(_)
                            | Tag::Count(_)
                            | Tag::Between
                            | Tag::Course
                    ) | Meaning::Word
                        | Meaning::Wind(..)
                )
            );
        if !starts {
            return self.skip_to(i, at);
        }
        if preposition
            && (self.draft.point.is_some() || self.of != Of::Leg)
            && let Some(Tag::Line(line)) = self.tag(at).cloned()
            && self.phrase(at).is_none()
        {
            self.lies_on_line(line, i, at + 1);
            return at + 1;
        }
        let Some(mut phrase) = self.phrase(at) else {
            let is_same = led && !self.is_over() && self.line_of_same(at);
            return self.skip_to(i, at + usize::from(is_same));
        };
        phrase.landmark.side = phrase.landmark.side.or(on_side);
        let course = phrase.course && !phrase.landmark.name.is_empty();
        let usable = course
            || phrase.landmark.class.is_some()
            || phrase.line.is_some()
            || phrase.bank.is_some()
            || led && !phrase.landmark.name.is_empty();
        if !usable {
            return self.skip_to(i, at);
        }
        let of_from = preposition && self.draft.clause.from.is_some() && !self.has_way() && self.has_articles();
        let located = self.of != Of::Leg || self.draft.point.is_some() || of_from;
        if located || preposition && self.is_over() {
            let next = phrase.next;
            if preposition
                || phrase.line.is_some()
                || phrase.bank.is_some()
                || self.draft.point.is_none()
                || matches!(tag, Tag::Obj(_))
            {
                self.lies(phrase, at_place, near, at);
                self.knows(i, next);
            }
            return next;
        }
        if course && self.draft.point.is_none() {
            self.knows(i, at);
            return self.along(at, phrase, state);
        }
        if led && phrase.landmark.class.is_none() && phrase.line.is_none() && phrase.bank.is_none() {
            return if self.is(i, &Tag::FollowVerb) { self.follow_named(at, phrase, state) } else { at };
        }
        if preposition && !matches!(self.lexicon.language, "ru" | "uk") && phrase.bank.is_none() || self.is_over() {
            self.knows(i, at);
            return phrase.next;
        }
        self.knows(i, at);
        self.along(at, phrase, state)
    }
}

//! Starts and ends of legs, and independent statements on points.

use super::items::{Meaning, WindForm};
use super::landmark::Phrase;
use super::leg::State;
use super::lexicon::Tag;
use super::place::{describe, word};
use super::reader::{Of, Reader, ordinal};
use crate::document::description::{Landmark, LandmarkClass, Passing, PointClause, PointKind, PointRef, Via};

impl Reader<'_> {
    pub(super) fn set_from(&mut self, point: PointRef, from: usize, to: usize) -> usize {
        self.note("from", point.id.clone().unwrap_or_else(|| word(&point.kind)), from, to, 0.97);
        self.draft.clause.from = Some(point);
        self.of = Of::Leg;
        // "границ X, Y и Z": the territories whose boundaries meet.
        if self.is(to, &Tag::Obj(LandmarkClass::Boundary)) {
            let end = (to..self.items.len().min(to + 30))
                .find(|i| matches!(self.tag(*i), Some(Tag::Subject | Tag::Run | Tag::Located)))
                .unwrap_or(to);
            return end;
        }
        to
    }

    pub(super) fn set_to(&mut self, point: PointRef, from: usize, to: usize) -> usize {
        self.note("to", point.id.clone().unwrap_or_else(|| word(&point.kind)), from, to, 0.97);
        self.draft.ends_first = self.draft.clause.from.is_some() && !self.has_way() && !self.leg_ends();
        self.draft.clause.to = Some(point);
        to
    }

    pub(super) fn from(&mut self, i: usize, state: &mut State) -> usize {
        self.knows(i, i + 1);
        if let Some((point, next)) = self.point(i + 1) {
            // "The last section, 1.03 km, runs from mark 8": only its length stands before.
            let clause = &self.draft.clause;
            let is_length = clause.from.is_none()
                && clause.parts.is_empty()
                && clause.directions.is_empty()
                && i > 0
                && matches!(self.tag(i - 1), Some(Tag::Run | Tag::Subject));
            if self.has_way() && !is_length || self.leg_ends() || self.draft.point.is_some() {
                self.flush(i);
                *state = State::default();
            }
            return self.set_from(point, i, next);
        }
        // "от точки, расположенной …", "from a point with …": a point without a number.
        let mut at = i + 1;
        while self.is_skip(at) || self.is(at, &Tag::This) {
            at += 1;
        }
        // "from this mark to the next": the text does not identify them.
        if matches!(self.tag(at), Some(Tag::Point(_))) && self.is(at + 1, &Tag::To) && self.is(at - 1, &Tag::This) {
            self.note("anaphora", self.printed(at - 1, at + 1), at - 1, at + 1, 0.85);
            return at + 1;
        }
        if matches!(self.tag(at), Some(Tag::Point(_)))
            && !self.has_way()
            && !self.leg_ends()
            && self.draft.point.is_none()
        {
            self.knows(i, at + 1);
            self.of = Of::From;
            let is_tripoint = self.is(at, &Tag::Point(PointKind::Tripoint));
            if is_tripoint {
                self.note("from", word(&PointKind::Tripoint), i, at + 1, 0.9);
                self.note("point-kind", "tripoint", at, at + 1, 0.9);
            }
            let kind = if is_tripoint { PointKind::Tripoint } else { PointKind::Point };
            self.draft.clause.from = Some(PointRef { kind, id: None });
            return at + 1;
        }
        if let (Some(number), Some(Tag::Point(kind))) =
            (ordinal(self.lexicon.language, self.low(i + 1)), self.tag(i + 2).cloned())
        {
            return self.set_from(PointRef::new(kind, number.to_string()), i, i + 3);
        }
        if self.has_way() || self.leg_ends() || self.draft.point.is_some() {
            return i + 1;
        }
        match self.phrase(i + 1) {
            Some(phrase) => {
                self.note("from", describe(&phrase.landmark), i, phrase.next, 0.85);
                let next = phrase.next;
                self.draft.clause.from = Some(PointRef { kind: PointKind::Point, id: phrase.id.clone() });
                self.of = Of::From;
                self.lies(phrase, true, false, i + 1);
                self.of = Of::Leg;
                next
            }
            None => i + 1,
        }
    }

    pub(super) fn to(&mut self, i: usize, state: &mut State) -> usize {
        self.knows(i, i + 1);
        let mut at = i + 1;
        while self.is_skip(at) && !matches!(self.low(at), "line") {
            at += 1;
        }
        // "to the south of X".
        if let Some(Meaning::Wind(wind, form)) = self.meaning(at).cloned() {
            if form != WindForm::Adjective
                && self.is(at + 1, &Tag::Of)
                && let Some(phrase) = self.phrase(at + 2)
            {
                self.note("passes", format!("{wind:?} {}", describe(&phrase.landmark)), i, phrase.next, 0.85);
                let mut next = phrase.next;
                self.part().passes.push(Passing { what: vec![phrase.landmark], side: Some(wind), distance: None });
                // "… and of point 1358".
                if self.is(next, &Tag::And)
                    && self.is(next + 1, &Tag::Of)
                    && let Some(more) = self.phrase_or_point(next + 2)
                {
                    self.note("passes", format!("{wind:?} {}", describe(&more.landmark)), next, more.next, 0.85);
                    next = more.next;
                    self.part().passes.push(Passing { what: vec![more.landmark], side: Some(wind), distance: None });
                }
                return next;
            }
            // "to the north shore of Lake X": a side of an object.
            let of_side = self.lexicon.language == "en"
                && matches!(self.tag(at + 1), Some(Tag::Obj(_) | Tag::Line(_) | Tag::Bank(_)));
            if form != WindForm::Adjective && !of_side {
                return self.wind(at, wind, form, state);
            }
        }
        if let Some((point, next)) = self.point(i + 1) {
            self.of = Of::Leg;
            return self.set_to(point, i, next);
        }
        // "to the meridian 44°10′ E": the position follows.
        if matches!(self.meaning(at + 1), Some(Meaning::Position(_))) && self.low(at) == "meridian" {
            self.knows(at, at + 1);
            self.of = Of::To;
            return at + 1;
        }
        if matches!(self.tag(i + 1), Some(Tag::Point(_))) && self.mark(i + 2, &[',']) {
            self.of = Of::To;
            return i + 3;
        }
        // "Station 255 to 256": the previous point is the start of the leg.
        let bare = self.draft.point.as_ref().is_some_and(|point| point.location.is_empty() && point.point.id.is_some());
        if let Some((id, next)) =
            self.id(i + 1).filter(|_| bare && matches!(self.meaning(i + 1), Some(Meaning::Number)))
            && let Some(point) = self.draft.point.take()
        {
            self.draft
                .fields
                .iter_mut()
                .filter(|field| field.field == "point")
                .for_each(|field| field.field = "from".to_owned());
            let kind = point.point.kind;
            self.draft.clause.from = Some(point.point);
            return self.set_to(PointRef::new(kind, id), i, next);
        }
        let plain_point = |at: usize| matches!(self.tag(at), Some(Tag::Point(_)));
        if plain_point(at) {
            // "to a point situated …".
            self.knows(at, at + 1);
            self.of = Of::To;
            if self.draft.clause.to.is_none() {
                self.draft.clause.to = Some(PointRef { kind: PointKind::Point, id: None });
            }
            // "to the marker of X", "to a point height 364".
            if self.is(at + 1, &Tag::Of)
                && let Some((name, next)) = self.name(at + 2)
            {
                self.note("to", name.clone(), i, next, 0.85);
                let named = Landmark::of_class(LandmarkClass::BoundaryMark).named(self.words(&name));
                self.location().at.push(named);
                return next;
            }
            if matches!(self.tag(at + 1), Some(Tag::Height | Tag::Obj(LandmarkClass::Height)))
                && let Some((height, next)) = self.height(at + 1)
            {
                self.note("to-height", height.value.digits(), at + 1, next, 0.9);
                self.location().height = Some(height);
                return next;
            }
            if self.low(at + 1) == "marked"
                && let Some((id, next)) = self.id(at + 2)
            {
                return self.set_to(PointRef::new(PointKind::Point, id), i, next);
            }
            return at + 1;
        }
        match self.phrase(i + 1) {
            Some(phrase) => self.end_at(i, phrase),
            None => i + 1,
        }
    }

    pub(super) fn end_at(&mut self, i: usize, phrase: Phrase) -> usize {
        let next = phrase.next;
        // The end read before is only a via point.
        let through = self.low(i) != "на"
            && self.draft.clause.to.as_ref().is_some_and(|to| to.id.is_none())
            && self.draft.clause.to_location.ties.is_empty();
        if through && phrase.id.is_none() && self.of == Of::Leg {
            let location = std::mem::take(&mut self.draft.clause.to_location);
            let passed = location.at.into_iter().chain(location.on.into_iter().map(|on| on.landmark));
            let vias: Vec<Via> = passed.map(|landmark| Via { point: None, landmark: Some(landmark) }).collect();
            self.part().via.extend(vias);
            for field in
                self.draft.fields.iter_mut().filter(|field| matches!(field.field.as_str(), "to" | "to-at" | "to-on"))
            {
                field.field = "via".to_owned();
            }
        }
        let letter = phrase.landmark.name.0.values().next().filter(|name| name.chars().count() == 1).cloned();
        if let Some(id) = phrase.id.clone().or(letter.filter(|_| self.lexicon.language == "en")) {
            self.set_to(PointRef::new(PointKind::Point, id), i, next);
        } else {
            let shown = self.described(&phrase.landmark);
            self.note("to", shown, i, next, 0.8);
            if self.draft.clause.to.is_none() {
                self.draft.clause.to = Some(PointRef { kind: PointKind::Point, id: None });
            }
        }
        self.of = Of::To;
        self.lies(phrase, false, false, i + 1);
        self.of = Of::Leg;
        // Its number in brackets.
        if self.mark(next, &['('])
            && matches!(self.meaning(next + 1), Some(Meaning::Number))
            && self.mark(next + 2, &[')'])
        {
            let (id, kind) = (self.low(next + 1).to_owned(), PointKind::Point);
            return self.set_to(PointRef::new(kind, id), next, next + 3);
        }
        next
    }

    /// A point named by itself: the subject of a sentence, or the name of the point just reached.
    pub(super) fn point_named(&mut self, i: usize) -> usize {
        let Some(tag) = self.tag(i).cloned() else { return i + 1 };
        let named = self.point(i);
        let in_leg = self.has_way() || self.leg_ends() || self.draft.clause.from.is_some();
        if self.draft.point.is_none() && in_leg {
            self.knows(i, i + 1);
            // "(point B)" after the location of a point.
            if let Some((point, next)) = named {
                let unnamed = |point: &Option<PointRef>| point.as_ref().is_none_or(|point| point.id.is_none());
                if !self.has_way() && !self.leg_ends() && unnamed(&self.draft.clause.from) {
                    return self.set_from(point, i, next);
                }
                if unnamed(&self.draft.clause.to) {
                    return self.set_to(point, i, next);
                }
                return next;
            }
            if tag == Tag::Point(PointKind::Tripoint) && !self.leg_ends() && !self.has_way() {
                self.note("point-kind", "tripoint", i, i + 1, 0.9);
                self.draft.clause.from = Some(PointRef { kind: PointKind::Tripoint, id: None });
            }
            if tag == Tag::Point(PointKind::Tripoint) && self.leg_ends() {
                self.note("point-kind", "tripoint", i, i + 1, 0.9);
                self.draft.clause.to = Some(PointRef { kind: PointKind::Tripoint, id: None });
            }
            return i + 1;
        }
        let kind = match tag {
            Tag::Point(kind) => kind,
            Tag::StartPoint => PointKind::Start,
            _ => return i + 1,
        };
        let mut point = self.draft.point.take().unwrap_or_else(|| PointClause {
            point: PointRef { kind: PointKind::Point, id: None },
            start: false,
            meeting: Vec::new(),
            by_separate_treaty: false,
            location: Default::default(),
        });
        let next = named.as_ref().map_or(i + 1, |(_, next)| *next);
        if i > 0 && self.is(i - 1, &Tag::This) {
            self.note("anaphora", self.printed(i - 1, next), i - 1, next, 0.9);
            match self.before.clone() {
                Some(before) if before == "tripoint" => point.point.kind = PointKind::Tripoint,
                before => point.point.id = before.filter(|id| id.chars().any(|c| c.is_ascii_digit())),
            }
            if point.point.kind == PointKind::Tripoint {
                self.note("point", "tripoint", i - 1, next, 0.8);
                self.draft.point = Some(point);
                return next;
            }
        }
        point.start |= kind == PointKind::Start;
        if kind != PointKind::Start
            || named.as_ref().is_some_and(|(point, _)| point.id.is_some())
            || point.point.id.is_none() && point.point.kind == PointKind::Point
        {
            point.point.kind = kind;
        }
        if let Some(id) = named.and_then(|(point, _)| point.id) {
            point.point.id = Some(id);
        }
        let value = point.point.id.clone().unwrap_or_else(|| word(&kind));
        let is_said = self.draft.fields.iter().any(|field| field.field == "point" && field.value == value);
        if is_said {
            self.knows(i, next);
        } else {
            self.note("point", value, i, next, 0.95);
        }
        if kind == PointKind::Tripoint {
            self.note("point-kind", "tripoint", i, next, 0.95);
        }
        let mut next = next;
        if kind == PointKind::Tripoint {
            // The territories that meet.
            while let Some((name, after)) = self.state(next) {
                self.note("meeting", name.clone(), next, after, 0.85);
                point.meeting.push(self.words(&name));
                next = after;
                while self.mark(next, &[',']) || self.is(next, &Tag::And) {
                    next += 1;
                }
            }
        }
        self.draft.point = Some(point);
        next
    }

    /// A state in a list: capitalised words, with lower-case ones inside.
    pub(super) fn state(&self, i: usize) -> Option<(String, usize)> {
        let mut at = i;
        while self.items.get(at).is_some_and(|item| item.capital && !matches!(item.meaning, Meaning::Mark(_))) {
            at += 1;
        }
        (at > i).then(|| (self.printed(i, at).to_owned(), at))
    }
}

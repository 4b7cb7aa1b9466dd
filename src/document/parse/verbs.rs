//! Several verbs of one sentence: what the line leaves, and where one verb ends a leg and the next begins another.

use super::items::Meaning;
use super::leg::State;
use super::lexicon::Tag;
use super::place::{describe, word};
use super::reader::{Of, Reader};
use crate::document::description::{Follow, Passing, PointKind, PointRef, StatedAngle};

impl Reader<'_> {
    /// Whether a verb in a finite form is at an item; participles describe what stands before them.
    fn is_finite(&self, i: usize) -> bool {
        let says = matches!(
            self.tag(i),
            Some(Tag::Run | Tag::FollowVerb | Tag::Turns | Tag::Ascend | Tag::Descend | Tag::Cross | Tag::Quits)
        );
        let low = self.low(i);
        says && match self.lexicon.language {
            "en" => low.ends_with('s') && !matches!(low, "across" | "as" | "is"),
            "ru" => ["ет", "ёт", "ит", "ется", "ится"].iter().any(|end| low.ends_with(end)),
            "uk" => ["йде", "іде", "ить", "ться", "ає", "ує"].iter().any(|end| low.ends_with(end)),
            _ => false,
        }
    }

    /// "… to the river Ala, follows its middle", "… at point 44 and runs": another leg begins with its verb.
    pub(super) fn begins_by_verb(&self, i: usize) -> bool {
        if !self.leg_ends() || self.draft.ends_first || self.draft.point.is_some() || !self.is_finite(i) {
            return false;
        }
        let mut at = i;
        while at > 0 && (matches!(self.tag(at - 1), Some(Tag::Subject | Tag::It)) || self.is_skip(at - 1)) {
            at -= 1;
        }
        at > 0 && (self.is(at - 1, &Tag::And) || self.mark(at - 1, &[',']))
    }

    /// "along the 49th parallel": its degrees.
    pub(super) fn numbered_line(&mut self, i: usize, follow: Follow) {
        let before = i.checked_sub(1).filter(|at| matches!(self.meaning(*at), Some(Meaning::Number)));
        let Some((at, degrees)) = before.and_then(|at| Some((at, self.style.decimal(self.low(at), false)?))) else {
            return;
        };
        let name = if follow == Follow::Parallel { "latitude" } else { "longitude" };
        self.note(name, degrees.digits().to_owned(), at, i + 1, 0.9);
        self.part().degrees = Some(StatedAngle { degrees, minutes: None, seconds: None });
    }

    /// Ends the leg before a verb that begins another.
    pub(super) fn next_verb(&mut self, i: usize, state: &mut State) {
        if self.begins_by_verb(i) {
            self.flush(i);
            *state = State::default();
            self.draft.here = true;
        }
    }

    /// A point after a preposition, which may hold its noun: "at point 44", "в точке 44".
    pub(super) fn point_at(&self, i: usize) -> Option<(PointRef, usize)> {
        let holds_noun = self.is(i, &Tag::At) && self.printed(i, i + 1).to_lowercase().ends_with("точке");
        let by_noun = || self.id(i + 1).filter(|_| holds_noun);
        let named = |(id, next)| (PointRef::new(PointKind::Point, id), next);
        self.point(i + 1).or_else(|| by_noun().map(named))
    }

    /// "leaves the river at point 44 and …": the feature is followed no farther; the place is where the leg ends, or
    /// where the first one begins.
    pub(super) fn quits(&mut self, i: usize) -> Option<usize> {
        let feature = self.phrase(i + 1).filter(|feature| feature.next > i + 1)?;
        let at = feature.next;
        let is_place = matches!(self.tag(at), Some(Tag::At | Tag::On));
        let goes_on = |at: usize| {
            let next = at + usize::from(self.is(at, &Tag::And) || self.mark(at, &[',']));
            next > at && self.is_finite(next)
        };
        if is_place && let Some((point, next)) = self.point_at(at) {
            self.knows(i, next);
            let begins = self.draft.clause.from.is_none() && !self.has_way() && !self.leg_ends();
            let next = if begins { self.set_from(point, at, next) } else { self.set_to(point, at, next) };
            self.draft.ends_first = false;
            return Some(next);
        }
        if is_place
            && let Some(place) = self.phrase(at + 1).filter(|place| place.landmark.class.is_some())
            && goes_on(place.next)
        {
            let next = place.next;
            self.knows(i, next);
            if self.draft.clause.to.is_none() {
                self.draft.clause.to = Some(PointRef { kind: PointKind::Point, id: None });
            }
            self.of = Of::To;
            self.lies(place, true, false, at + 1);
            self.of = Of::Leg;
            return Some(next);
        }
        // A verb of allotment is followed by a territory or a side instead.
        (goes_on(at) || self.is(i, &Tag::Quits)).then(|| {
            self.knows(i, at);
            at
        })
    }

    /// "in the direction of X", "в направлении на устье": towards it, not along it.
    pub(super) fn direction_of(&mut self, i: usize) -> usize {
        self.knows(i, i + 1);
        let start = match self.lexicon.language {
            "en" if self.low(i) == "direction" && self.is(i + 1, &Tag::Of) => i + 2,
            "ru" | "uk" if matches!(self.tag(i + 1), Some(Tag::On | Tag::To | Tag::Of)) => i + 2,
            "ru" | "uk" => i + 1,
            _ => return i + 1,
        };
        let target = self.phrase(start).filter(|target| self.point(start).is_none() && target.landmark.class.is_some());
        target.map_or(i + 1, |target| target.next)
    }

    /// "follows the median line", of the river or lake named before.
    pub(super) fn line_of_same(&mut self, i: usize) -> bool {
        let Some(Tag::Line(line)) = self.tag(i).cloned() else { return false };
        let waters = [Follow::River, Follow::Lake, Follow::Canal].map(Some);
        let Some(part) = self.draft.clause.parts.last_mut() else { return false };
        if !waters.contains(&part.follow) || part.line.is_some() || part.bank.is_some() {
            return false;
        }
        part.line = Some(line);
        self.note("line", word(&line), i, i + 1, 0.9);
        true
    }

    /// Whether the line begins at a point after this preposition: "начинается в точке 1", "В точке 18 граница …".
    pub(super) fn begins_at(&self, i: usize) -> bool {
        let starts = ["начина", "почина", "begin", "start"];
        let is_said = i > 0 && starts.iter().any(|start| self.low(i - 1).starts_with(start));
        let clause = &self.draft.clause;
        (is_said || i == self.draft.first && self.is(i, &Tag::At))
            && clause.from.is_none()
            && self.draft.point.is_none()
            && !self.has_way()
            && !self.leg_ends()
            && self.point_at(i).is_some()
    }

    /// "… the road 300 m from mark 5 and the railway 700 m from mark 5": whether another crossing follows.
    pub(super) fn crosses_more(&self, i: usize) -> bool {
        let object = self.phrase(i + 1).filter(|object| object.landmark.class.is_some());
        object.is_some_and(|object| self.measure(object.next).is_some() && self.tie_end(object.next).is_some())
    }

    /// "обходя с запада хутор": the side on which the line passes an object.
    pub(super) fn skirts(&mut self, i: usize) -> Option<usize> {
        if !matches!(self.low(i), "обходя" | "огибая" | "обходячи" | "огинаючи") {
            return None;
        }
        let mut at = i + 1;
        at += usize::from(matches!(self.tag(at), Some(Tag::From | Tag::Of | Tag::On)));
        let side = match self.meaning(at) {
            Some(Meaning::Wind(wind, _)) => Some(*wind),
            _ => None,
        };
        at += usize::from(side.is_some());
        let object = self.phrase(at).filter(|object| object.next > at)?;
        let shown = side.map_or(String::new(), |side| format!("{side:?} "));
        self.note("passes", format!("{shown}{}", describe(&object.landmark)), i, object.next, 0.85);
        self.part().passes.push(Passing { what: vec![object.landmark], side, distance: None });
        Some(object.next)
    }
}

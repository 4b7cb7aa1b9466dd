//! The grammar of legs in languages with prepositions.

use super::classes::is_road;
use super::items::Meaning;
use super::lexicon::Tag;
use super::place::describe;
use super::reader::{Of, Reader, ordinal};
use crate::document::description::{
    ClausePart, Direction, Follow, Heading, Landmark, LandmarkClass, LeftOnSide, PointClause, PointKind, PointRef,
    StatedAngle, StatedBearing, Stream, Via,
};

/// The kind of feature followed along an object of a class.
pub(super) fn follow_of(class: LandmarkClass) -> Option<Follow> {
    use LandmarkClass as C;
    Some(match class {
        C::River | C::Stream | C::IntermittentStream | C::RiverBranch | C::Backwater | C::Thalweg => Follow::River,
        C::Canal | C::Ditch => Follow::Canal,
        C::Lake | C::Pond | C::Reservoir => Follow::Lake,
        C::Marsh => Follow::Marsh,
        C::Bank | C::Shore => Follow::Bank,
        C::Watershed => Follow::Watershed,
        C::Ridge | C::Range => Follow::Ridge,
        C::Spur => Follow::Spur,
        C::Slope => Follow::Slope,
        C::SlopeFoot => Follow::SlopeFoot,
        C::Contour => Follow::Contour,
        C::Gully => Follow::Gully,
        C::Ravine | C::Gorge | C::Valley => Follow::Ravine,
        class if is_road(class) => Follow::Road,
        C::Railway => Follow::Railway,
        C::Forest | C::ForestEdge => Follow::ForestEdge,
        C::ForestCut => Follow::ForestCut,
        C::ForestBlock => Follow::ForestBlock,
        C::Shelterbelt => Follow::Shelterbelt,
        C::Scrub => Follow::ScrubEdge,
        C::Field | C::FieldDivision => Follow::FieldDivision,
        C::Farmland => Follow::Farmland,
        C::Dam | C::Embankment => Follow::Dam,
        C::Fence | C::Wall => Follow::Fence,
        C::Parcel => Follow::ParcelEdge,
        C::Boundary => Follow::OtherBoundary,
        _ => return None,
    })
}

/// The context set by the preceding words.
#[derive(Debug, Default)]
pub(super) struct State {
    pub general: bool,
    /// "passing": the next distance is that at which the line passes.
    pub passing: bool,
    /// The previous phrase was a crossing.
    pub crossing: bool,
    /// "at a distance of".
    pub straight: bool,
    /// "ascends" or "descends", before its object.
    pub stream: Option<Stream>,
    /// A new part starts with the next followed feature.
    pub parted: bool,
}

impl Reader<'_> {
    /// The current part of the leg.
    pub(super) fn part(&mut self) -> &mut ClausePart {
        let parts = &mut self.draft.clause.parts;
        if parts.is_empty() {
            parts.push(ClausePart::default());
        }
        let last = parts.len() - 1;
        &mut parts[last]
    }

    pub(super) fn leg_ends(&self) -> bool {
        self.draft.clause.to.is_some() || !self.draft.clause.to_location.is_empty()
    }

    /// Whether what follows belongs to the end of the leg: "from point 10 to point 11 along …" goes on with the way.
    pub(super) fn is_over(&self) -> bool {
        self.leg_ends() && !self.draft.ends_first
    }

    pub(super) fn has_way(&self) -> bool {
        let clause = &self.draft.clause;
        !clause.parts.is_empty() || !clause.directions.is_empty() || clause.length.is_some()
    }

    /// Parses legs and points from all items.
    pub(super) fn legs(&mut self) {
        let mut state = State::default();
        let mut i = self.after_label();
        self.knows(0, i);
        while i < self.items.len() {
            self.next_verb(i, &mut state);
            let next = self.step(i, &mut state);
            i = next.max(i + 1);
        }
        self.columns();
    }

    pub(super) fn step(&mut self, i: usize, state: &mut State) -> usize {
        let Some(meaning) = self.meaning(i).cloned() else { return i + 1 };
        match meaning {
            Meaning::Position(position) => self.positioned(i, position),
            Meaning::Bearing(bearing) => self.first_tie(i).unwrap_or_else(|| {
                let reference = self.north_beside(i, i + 1);
                let bearing = StatedBearing { reference, ..bearing };
                self.note("bearing", format!("{:.4}", bearing.azimuth_deg()), i, i + 1, 0.95);
                self.straight_if_unsaid();
                let direction = Direction { heading: Heading::Bearing(bearing), general: false, approx: false };
                self.draft.clause.directions.push(direction);
                i + 1
            }),
            Meaning::Wind(wind, form) => self.wind(i, wind, form, state),
            Meaning::Number => match self.bare_bearing(i) {
                Some(next) => next,
                None => self.number(i, state),
            },
            Meaning::Mark(';') => {
                if self.leg_ends() && self.draft.point.is_none() && !self.denies(i + 1) {
                    self.flush(i + 1);
                    *state = State::default();
                }
                i + 1
            }
            Meaning::Mark(_) => i + 1,
            Meaning::Word => match self.may_belong(i).then(|| self.belonging(i)).flatten() {
                Some(next) => next,
                None => self.word(i),
            },
            Meaning::Tag(tag) => match self.may_belong(i).then(|| self.belonging(i)).flatten() {
                Some(next) => next,
                None => self.tagged(i, &tag, state),
            },
        }
    }

    /// A tie by bearing; at the start of a sentence it locates a point.
    pub(super) fn first_tie(&mut self, i: usize) -> Option<usize> {
        let alone = self.draft.fields.is_empty() && self.draft.point.is_none();
        if alone {
            let point = PointRef { kind: PointKind::Point, id: None };
            let location = Default::default();
            self.draft.point =
                Some(PointClause { point, start: false, meeting: Vec::new(), by_separate_treaty: false, location });
        }
        let found = self.bearing_tie(i);
        if found.is_none() && alone {
            self.draft.point = None;
        }
        found
    }

    pub(super) fn word(&mut self, i: usize) -> usize {
        if let Some(next) = self.azimuth(i).or_else(|| self.skirts(i)) {
            return next;
        }
        if self.leads(i) && self.has_way() && !self.leg_ends() {
            return self.lead_end(i);
        }
        // A number in words before a unit; an ordinal before a point.
        if self.measure(i).is_some() {
            return self.number(i, &mut State::default());
        }
        if let Some(number) = ordinal(self.lexicon.language, self.low(i))
            && let Some(Tag::Point(kind)) = self.tag(i + 1).cloned()
        {
            let of_from = i > 0 && self.is(i - 1, &Tag::From);
            let point = PointRef::new(kind, number.to_string());
            return if of_from { self.set_from(point, i, i + 2) } else { self.set_to(point, i, i + 2) };
        }
        if self.draft.fields.is_empty()
            && self.leads_list(i)
            && let Some((id, next)) = self.id(i)
        {
            self.draft.point = Some(PointClause {
                point: PointRef::new(PointKind::Point, id.clone()),
                start: false,
                meeting: Vec::new(),
                by_separate_treaty: false,
                location: Default::default(),
            });
            self.note("point", id, i, next, 0.85);
            return next;
        }
        // A bare name in a location: "at Leo Pargial".
        i + 1
    }

    /// Whether an id precedes coordinates: a row of a list.
    pub(super) fn leads_list(&self, i: usize) -> bool {
        self.id(i).is_some_and(|(_, next)| matches!(self.meaning(next), Some(Meaning::Position(_))))
    }

    pub(super) fn tagged(&mut self, i: usize, tag: &Tag, state: &mut State) -> usize {
        match tag {
            Tag::From
                if self.low(i) == "leaving"
                    && (self.has_way() || (i + 1..i + 3).any(|at| matches!(self.tag(at), Some(Tag::Which(_))))) =>
            {
                self.leaves(i)
            }
            Tag::From | Tag::Of if self.of != Of::Leg && !self.begins_leg(i) => i + 1,
            Tag::From => self.from(i, state),
            Tag::Here => {
                if self.has_way() || self.leg_ends() || self.draft.point.is_some() {
                    self.flush(i);
                    *state = State::default();
                }
                self.draft.here = true;
                self.note("anaphora", self.printed(i, i + 1), i, i + 1, 0.9);
                i + 1
            }
            Tag::Then => {
                self.knows(i, i + 1);
                // "It then follows …": from where the sentence before ends.
                self.draft.here |= !self.has_way() && !self.leg_ends() && self.draft.point.is_none();
                if self.runs_through(i) {
                    state.parted = false;
                } else if self.leg_ends() && self.draft.point.is_none() {
                    self.flush(i);
                    *state = State::default();
                    self.draft.here = true;
                } else {
                    if !self.is_over() {
                        self.post_part();
                    }
                    state.parted = true;
                }
                i + 1
            }
            // The ties after it are those of the end.
            Tag::To | Tag::Reach => {
                state.crossing = false;
                self.to(i, state)
            }
            Tag::Close => {
                self.draft.clause.to = Some(PointRef { kind: PointKind::Start, id: self.id(i + 1).map(|(id, _)| id) });
                let next = self.id(i + 1).map_or(i + 1, |(_, next)| next);
                self.note("to", "start", i, next, 0.95);
                self.note("closes", "true", i, next, 0.95);
                next
            }
            Tag::Point(_) if state.passing && self.has_way() && self.points_listed(i).is_some() => {
                self.via_points(i, i).unwrap_or(i + 1)
            }
            Tag::Point(_) | Tag::StartPoint | Tag::TripointWord => self.point_named(i),
            Tag::Located => self.located(i),
            Tag::Run | Tag::Turns => self.runs(i, tag, state),
            Tag::Subject => {
                self.knows(i, i + 1);
                if self.of == Of::From
                    || self.of == Of::To && !self.draft.fields.is_empty() && self.draft.clause.to.is_none()
                {
                    self.of = Of::Leg;
                }
                i + 1
            }
            Tag::General => {
                state.general = true;
                self.knows(i, i + 1);
                i + 1
            }
            Tag::For | Tag::Distance => {
                state.straight = *tag == Tag::Distance;
                // "The distance from mark 57 to mark 58 is …".
                self.draft.is_chord |= state.straight && self.draft.fields.is_empty() && self.is(i + 1, &Tag::From);
                self.knows(i, i + 1);
                i + 1
            }
            Tag::Stream(stream) => {
                let next = self.stream(i, *stream);
                // The river named with its stream starts the new part.
                state.parted &= next == i + 1;
                next
            }
            Tag::Ascend | Tag::Descend => self.slope(i, tag, state),
            Tag::Follow(follow) => self.follow(i, *follow, state),
            Tag::NotStraight => {
                self.part().not_straight = true;
                self.note("not-straight", "true", i, i + 1, 0.95);
                i + 1
            }
            Tag::Cross | Tag::NotCross => self.crosses(i, *tag == Tag::NotCross, state),
            Tag::Not => self.negated(i, state),
            Tag::Quits => self.quits(i).unwrap_or(i + 1),
            Tag::Leaves if self.low(i) == "leaves" || self.low(i) == "залишає" => match self.quits(i) {
                Some(next) => next,
                None => self.leaves(i),
            },
            Tag::Leaves | Tag::Remains => self.leaves(i),
            Tag::Via => self.via(i),
            Tag::At if i == self.draft.first && self.point(i + 1).is_some() && !self.has_way() => self.from(i, state),
            Tag::At | Tag::On | Tag::Near | Tag::Approx if self.begins_at(i) => match self.point_at(i) {
                Some((point, next)) => self.set_from(point, i, next),
                None => i + 1,
            },
            Tag::And if state.crossing && self.crosses_more(i) => self.crosses(i, false, state),
            Tag::At
                if self.leg_ends()
                    && self.draft.clause.to.as_ref().is_none_or(|to| to.id.is_none())
                    && self.point(i + 1).is_some() =>
            {
                self.to(i, state)
            }
            Tag::Skip if matches!(self.low(i), "a" | "one") && self.measure(i).is_some() => self.number(i, state),
            Tag::TurnAngle => self.turn(i),
            Tag::RightAngle => {
                self.note("turn", "90", i, i + 1, 0.9);
                let angle = StatedAngle {
                    degrees: "90".parse().unwrap_or_else(|_| crate::document::description::Decimal::rounded(90.0, 0)),
                    minutes: None,
                    seconds: None,
                };
                let heading = Heading::Turn { angle, hand: None };
                self.draft.clause.directions.push(Direction { heading, general: false, approx: false });
                i + 1
            }
            Tag::Rest => {
                let words = self.words(self.printed(i, i + 1));
                self.draft.clause.unresolved = words;
                self.note("unresolved", self.printed(i, i + 1), i, i + 1, 0.9);
                i + 1
            }
            Tag::Shared => {
                let allotment = LeftOnSide { shared: true, ..LeftOnSide::default() };
                self.part().leaves.push(allotment);
                self.note("shared", "true", i, i + 1, 0.9);
                i + 1
            }
            Tag::Adjoining => self.adjoining(i),
            Tag::Into => match self.phrase(i + 1) {
                Some(phrase) => {
                    self.note("then", describe(&phrase.landmark), i, phrase.next, 0.9);
                    let mut part =
                        ClausePart { follow: phrase.landmark.class.and_then(follow_of), ..ClausePart::default() };
                    part.along.push(phrase.landmark);
                    self.draft.clause.parts.push(part);
                    phrase.next
                }
                None => i + 1,
            },
            Tag::Area => self.area(i),
            Tag::Direction => self.direction_of(i),
            Tag::Between if state.passing => self.passes_between(i),
            Tag::Between if self.draft.fields.is_empty() => match self.between_points(i) {
                Some(next) => next,
                None => self.object(i, tag, state),
            },
            // "по дирекционному углу 271°14′".
            Tag::North(_) if self.is_bearing_word(i) => self.azimuth(i).unwrap_or(i + 1),
            Tag::North(_) | Tag::Belongs | Tag::Tributary | Tag::Beyond => i + 1,
            Tag::This if self.has_way() && self.lexicon.language == "en" => match self.subjects_left(i) {
                Some(next) => next,
                None => self.object(i, tag, state),
            },
            _ => self.object(i, tag, state),
        }
    }

    /// Whether a point with its number follows, so that a leg starts.
    pub(super) fn begins_leg(&self, i: usize) -> bool {
        self.is(i, &Tag::From) && self.point(i + 1).is_some() && self.draft.point.is_none()
    }

    pub(super) fn located(&mut self, i: usize) -> usize {
        if self.low(i) == "is" || self.low(i) == "being" {
            return i + 1;
        }
        self.knows(i, i + 1);
        if self.is(i + 1, &Tag::Territory) {
            return i + 1;
        }
        if self.locates_object(i)
            && let Some(next) = self.tie_end(self.distance_start(i + 1))
        {
            return next;
        }
        self.of = if self.draft.point.is_some() {
            Of::Point
        } else if self.leg_ends() {
            Of::To
        } else if self.draft.clause.from.is_some() && !self.has_way() {
            Of::From
        } else if self.has_way() {
            Of::To
        } else {
            self.of
        };
        i + 1
    }

    /// Whether "situated" tells where an object on the way is, not where the leg ends: "the path leading to the barns
    /// situated 200 m from X". The noun may be unknown.
    fn locates_object(&self, i: usize) -> bool {
        if !self.has_way() || self.leg_ends() || self.draft.point.is_some() {
            return false;
        }
        let mut at = i;
        while at > 0 && (self.mark(at - 1, &[',']) || self.is_skip(at - 1)) {
            at -= 1;
        }
        if !(at > 0 && matches!(self.meaning(at - 1), Some(Meaning::Word | Meaning::Tag(Tag::Obj(_))))) {
            return false;
        }
        let in_phrase = |at: usize| {
            matches!(
                self.meaning(at),
                Some(
                    Meaning::Word
                        | Meaning::Number
                        | Meaning::Mark(_)
                        | Meaning::Tag(Tag::Obj(_) | Tag::Skip | Tag::Unnamed | Tag::This | Tag::Count(_))
                )
            )
        };
        let before = (0..at).rev().find(|at| !in_phrase(*at));
        // "to the barns situated …": the leg ends there, unless a road leads there.
        let leads = |at: usize| self.leads(at.saturating_sub(1)) || self.leads(at.saturating_sub(2));
        before.is_none_or(|at| !matches!(self.tag(at), Some(Tag::To | Tag::Reach)) || leads(at))
    }

    /// The item of a distance after its prepositions: "на відстані", "в".
    fn distance_start(&self, i: usize) -> usize {
        let mut at = i;
        while at < i + 3 && (matches!(self.tag(at), Some(Tag::On | Tag::At | Tag::Distance)) || self.is_skip(at)) {
            at += 1;
        }
        at
    }

    /// "to a point height 364, then continues along the same ridge": a via point, not the end of the leg.
    fn runs_through(&mut self, i: usize) -> bool {
        let same = (i + 1..i + 7)
            .any(|at| self.is(at, &Tag::This) && self.low(at) == "same" || self.printed(at, at + 1) == "the same");
        let clause = &mut self.draft.clause;
        let bare = clause.to.as_ref().is_some_and(|to| to.id.is_none()) && clause.to_location.height.is_some();
        if !same || !bare {
            return false;
        }
        clause.to = None;
        let location = std::mem::take(&mut clause.to_location);
        let landmark = Landmark { height: location.height, ..Landmark::of_class(LandmarkClass::Height) };
        self.part().via.push(Via { point: None, landmark: Some(landmark) });
        for field in self.draft.fields.iter_mut().filter(|field| field.field == "to-height") {
            field.field = "via".to_owned();
        }
        self.of = Of::Leg;
        true
    }

    pub(super) fn runs(&mut self, i: usize, tag: &Tag, state: &mut State) -> usize {
        self.knows(i, i + 1);
        state.passing = self.low(i) == "passing" || self.low(i) == "passes";
        if *tag == Tag::Turns {
            if self.leg_ends() && self.draft.point.is_none() {
                self.flush(i);
                self.draft.here = true;
            } else if self.draft.clause.length.is_some() && !self.draft.clause.parts.is_empty() {
                state.parted = true;
            }
        }
        if self.of == Of::From {
            self.of = Of::Leg;
        }
        i + 1
    }

    pub(super) fn skip_to(&mut self, i: usize, at: usize) -> usize {
        self.knows(i, at.max(i + 1));
        at.max(i + 1)
    }
}

//! Directions, lengths, angles and lists of numbers.

use super::items::{Meaning, WindForm};
use super::leg::State;
use super::lexicon::Tag;
use super::measure::Measure;
use super::place::{describe, metric};
use super::reader::{Of, Reader};
use crate::document::description::{
    ClausePart, Direction, Follow, Heading, LengthKind, Passing, PointClause, PointKind, PointRef, StatedAngle,
    StatedBearing, StatedLength,
};

impl Reader<'_> {
    pub(super) fn wind(
        &mut self,
        i: usize,
        wind: crate::document::description::Wind,
        form: WindForm,
        state: &mut State,
    ) -> usize {
        // "на севере" is where, "на север" whereto.
        let place = ["севере", "юге", "востоке", "западе", "півночі", "півдні", "сході", "заході"];
        if form == WindForm::Noun && place.iter().any(|place| self.low(i).ends_with(place)) {
            return i + 1;
        }
        // "(with a hollow to the west)": describes the shape of an object.
        if self.of == Of::Leg && self.is_bracketed(i) {
            return i + 1;
        }
        if self.of != Of::Leg {
            // The side of an object, or its location.
            if let Some(phrase) = self.phrase(i).filter(|phrase| phrase.landmark.class.is_some()) {
                let next = phrase.next;
                self.lies(phrase, false, false, i);
                return next;
            }
            if self.is(i + 1, &Tag::Of) {
                return i + 1;
            }
            if form != WindForm::Toward || self.leg_ends() {
                return i + 1;
            }
        }
        // "Северной и Южной сторонами" are names.
        let is_named = self.items[i].capital && i > 0 && self.lexicon.language != "en";
        let direct = self.is(i + 1, &Tag::Direction) || self.is(i + 1, &Tag::And) && !is_named;
        if form == WindForm::Adjective && !direct {
            if let Some(phrase) = self.phrase(i).filter(|phrase| phrase.landmark.class.is_some()) {
                return self.along(i, phrase, state);
            }
            return i + 1;
        }
        // "N.W. by W.": a point of the compass between two winds.
        if self.low(i + 1) == "by"
            && let Some(Meaning::Wind(toward, _)) = self.meaning(i + 2).cloned()
            && !self.is(i + 3, &Tag::Of)
        {
            let turned = (toward.azimuth_deg() - wind.azimuth_deg() + 540.0).rem_euclid(360.0) - 180.0;
            let middle = wind.azimuth_deg() + 11.25 * turned.signum();
            let [from_deg, to_deg] = [-5.625, 5.625].map(|half| (middle + half).rem_euclid(360.0));
            let text = self.words(self.printed(i, i + 3));
            self.note("direction", format!("{from_deg} to {to_deg}"), i, i + 3, 0.9);
            let heading = Heading::Range { from_deg, to_deg, text };
            self.draft.clause.directions.push(Direction { heading, general: state.general, approx: false });
            return i + 3;
        }
        // "south and south-westerly".
        let mut winds = vec![wind];
        let mut next = i + 1;
        while self.is(next, &Tag::And) || self.mark(next, &[',']) {
            let Some(Meaning::Wind(more, _)) = self.meaning(next + 1) else { break };
            winds.push(*more);
            next += 2;
        }
        next += usize::from(self.is(next, &Tag::Direction));
        if self.is(next, &Tag::Of) && self.lexicon.language == "en" {
            // "slightly to the south of west".
            if let Some(Meaning::Wind(base, _)) = self.meaning(next + 1).cloned() {
                let text = self.words(self.printed(i.saturating_sub(3), next + 2));
                let turned = (wind.azimuth_deg() - base.azimuth_deg() + 540.0).rem_euclid(360.0) - 180.0;
                let (a, b) = (base.azimuth_deg(), base.azimuth_deg() + 22.5 * turned.signum());
                let (from_deg, to_deg) = if turned < 0.0 { (b, a) } else { (a, b) };
                self.note("direction", format!("{from_deg} to {to_deg}"), i, next + 2, 0.8);
                self.draft.clause.directions.push(Direction {
                    heading: Heading::Range { from_deg, to_deg, text },
                    general: false,
                    approx: true,
                });
                return next + 2;
            }
            // "East of point 15 the boundary …": where the statement holds.
            if i == self.draft.first
                && let Some((_, next)) = self.point(next + 1)
            {
                return next;
            }
            // "south of the village": how the line passes it, or a location.
            if let Some(phrase) = self.phrase(next + 1) {
                let after = phrase.next;
                if self.has_way() || self.draft.clause.from.is_some() {
                    self.note("passes", format!("{wind:?} {}", describe(&phrase.landmark)), i, after, 0.7);
                    self.part().passes.push(Passing { what: vec![phrase.landmark], side: Some(wind), distance: None });
                } else {
                    self.knows(i, after);
                }
                return after;
            }
        }
        let approx = i > 0 && self.is(i - 1, &Tag::Approx) || i > 1 && self.is(i - 2, &Tag::Approx);
        if approx {
            self.note("approx", "about", i - 1, next, 0.9);
        }
        let heading = if winds.len() == 1 { Heading::Wind(wind) } else { Heading::Winds(winds.clone()) };
        let value = winds.iter().map(|wind| format!("{wind:?}")).collect::<Vec<_>>().join(" ");
        self.note(if winds.len() == 1 { "wind" } else { "winds" }, value, i, next, 0.95);
        if state.general {
            self.note("direction-kind", "general", i, next, 0.95);
        }
        let direction = Direction { heading, general: std::mem::take(&mut state.general), approx };
        let of_part = state.parted || !self.draft.clause.directions.is_empty();
        if of_part && !self.draft.clause.directions.is_empty() {
            if self
                .draft
                .clause
                .parts
                .last()
                .is_none_or(|part| !part.directions.is_empty() || part.follow.is_some() && state.parted)
            {
                self.draft.clause.parts.push(ClausePart::default());
                state.parted = false;
            }
            self.part().directions.push(direction);
        } else {
            self.draft.clause.directions.push(direction);
        }
        next
    }

    /// Whether a bracket opened shortly before an item closes after it.
    fn is_bracketed(&self, i: usize) -> bool {
        let opens = (i.saturating_sub(8)..i).rev().find(|at| self.mark(*at, &['(', ')']));
        opens.is_some_and(|at| self.mark(at, &['('])) && (i + 1..i + 8).any(|at| self.mark(at, &[')']))
    }

    pub(super) fn number(&mut self, i: usize, state: &mut State) -> usize {
        let crossing = state.crossing;
        if let Some(next) = self.tie(i, state.passing, crossing) {
            state.straight = false;
            return next;
        }
        // A row of a list of coordinates.
        if self.draft.fields.is_empty() && self.leads_list_after_dot(i) {
            return self.row(i);
        }
        let Some(measure) = self.measure(i) else { return i + 1 };
        if i > 0 && self.is(i - 1, &Tag::Height) {
            return self.height_of_point(i, measure);
        }
        // A pillar "1.5 m high".
        if self.low(measure.next) == "high" && self.draft.point.is_some() {
            return measure.next + 1;
        }
        if self.is_of_unknown(i, measure.next) {
            return measure.next;
        }
        if let Some(next) = self.beside_it(measure.next) {
            return next;
        }
        // "1 482 metres above sea level", "(587,3 м)" after a name: a height.
        if self.is(measure.next, &Tag::Tall) {
            let next = measure.next;
            return self.height_of_point(i, measure).max(next + 1);
        }
        if self.mark(i.wrapping_sub(1), &['(']) && self.mark(measure.next, &[')']) && self.follows_name(i - 1) {
            return measure.next;
        }
        if self.draft.clause.parts.is_empty()
            && self.draft.clause.directions.iter().any(|direction| matches!(direction.heading, Heading::Turn { .. }))
        {
            self.straight_if_unsaid();
            self.note("follow", "straight", i, measure.next, 0.7);
        }
        let approx = self.approx_around(i, measure.next);
        let kind = if state.straight && self.of != Of::Leg { LengthKind::Straight } else { LengthKind::Along };
        state.straight = false;
        let is_distant = i > 0 && matches!(self.tag(i - 1), Some(Tag::Distance));
        if self.draft.point.is_some() && (self.of != Of::Leg || is_distant) {
            return measure.next;
        }
        let metres = measure.length.metres();
        let length = StatedLength { kind: Some(kind), approx, ..measure.length };
        if self.draft.is_chord && self.draft.clause.chord.is_none() {
            self.note("chord", metric(metres), i, measure.next, measure.confidence);
            self.draft.clause.chord = Some(StatedLength { kind: Some(LengthKind::Straight), ..length });
            return measure.next;
        }
        if approx {
            self.note("approx", "about", i, measure.next, 0.9);
        }
        if kind == LengthKind::Straight && self.place_of() != Of::Leg {
            // "opposite the tip of an island at a distance of 0.5 km".
            self.note("near-distance", metric(metres), i, measure.next, measure.confidence);
            return measure.next;
        }
        // "at a uniform distance of 50 m from the centre line".
        if let Some(part) = self
            .draft
            .clause
            .parts
            .last_mut()
            .filter(|part| part.follow == Some(Follow::Offset) && part.offset.is_none())
        {
            part.offset = Some(StatedLength { kind: Some(LengthKind::Straight), ..length });
            let side = self.side_of_way(measure.next);
            let next = side.map_or(measure.next, |(_, next)| next);
            self.note("offset", metric(metres), i, next, measure.confidence);
            if let Some((side, _)) = side {
                self.note("side-of-feature", format!("{side:?}"), measure.next, next, 0.9);
                self.part().side = Some(side);
            }
            return next;
        }
        if self.draft.clause.length.is_none() && self.draft.clause.parts.iter().all(|part| part.length.is_none()) {
            self.note("length", metric(metres), i, measure.next, measure.confidence);
            self.draft.clause.length = Some(length);
        } else {
            // Of several lengths, each is that of a part.
            self.note("part-length", metric(metres), i, measure.next, measure.confidence);
            if let Some(whole) = self.draft.clause.length.take() {
                let first = self.draft.clause.parts.first_mut();
                if let Some(first) = first.filter(|first| first.length.is_none()) {
                    first.length = Some(whole);
                }
            }
            self.part().length = Some(length);
        }
        measure.next
    }

    /// "в точке с отметкой уреза воды 324 м": the height of the point just named, never the length of the leg.
    fn height_of_point(&mut self, i: usize, measure: Measure) -> usize {
        let field = match self.place_of() {
            Of::From => "from-height",
            Of::Point => "point-height",
            Of::To | Of::Leg if self.leg_ends() => "to-height",
            Of::To | Of::Leg => return measure.next,
        };
        self.note(field, measure.length.value.digits(), i - 1, measure.next, measure.confidence);
        self.location().height = Some(StatedLength { kind: None, ..measure.length });
        measure.next
    }

    /// "10 metres to the north of it", beside a feature that the line does not follow: the item after it.
    fn beside_it(&self, i: usize) -> Option<usize> {
        let mut at = i;
        while at < i + 4 && (self.is_skip(at) || matches!(self.tag(at), Some(Tag::To | Tag::On))) {
            at += 1;
        }
        let is_offset = self.draft.clause.parts.last().is_some_and(|part| part.follow == Some(Follow::Offset));
        let is_beside = matches!(self.meaning(at), Some(Meaning::Wind(..)))
            && self.is(at + 1, &Tag::Of)
            && self.is(at + 2, &Tag::It);
        (is_beside && !is_offset).then_some(at + 3)
    }

    /// Whether a distance is one from an object with an unknown noun, "200 m from the barns": not the length of the leg.
    fn is_of_unknown(&self, i: usize, next: usize) -> bool {
        let mut before = i;
        while before > 0 && (self.is_skip(before - 1) || self.is(before - 1, &Tag::Approx)) {
            before -= 1;
        }
        let is_length = before > 0 && self.is(before - 1, &Tag::For);
        let mut at = next + 1;
        while self.is_skip(at) || self.is(at, &Tag::This) {
            at += 1;
        }
        let follows =
            matches!(self.tag(next), Some(Tag::From | Tag::Of)) && !matches!(self.low(next), "of" | "с" | "со");
        let unknown = matches!(self.meaning(at), Some(Meaning::Word))
            || matches!(self.tag(at), Some(Tag::Line(_) | Tag::Subject | Tag::It))
            || self.of != Of::Leg && self.point(at).is_none() && !matches!(self.meaning(at), Some(Meaning::Number));
        !is_length && follows && unknown
    }

    /// "50 metres to the north of it", "севернее её оси": the side of the way on which the line runs.
    fn side_of_way(&self, i: usize) -> Option<(crate::document::description::Wind, usize)> {
        let mut at = i;
        while self.is(at, &Tag::To) || self.is_skip(at) || self.is(at, &Tag::On) {
            at += 1;
        }
        let Some(Meaning::Wind(wind, form)) = self.meaning(at).cloned() else { return None };
        let of = matches!(self.tag(at + 1), Some(Tag::Of | Tag::From));
        if !of && form != WindForm::Comparative {
            return None;
        }
        let mut next = at + 1 + usize::from(of);
        while self.is_skip(next) || matches!(self.tag(next), Some(Tag::This | Tag::It | Tag::Line(_))) {
            next += 1;
        }
        Some((wind, next))
    }

    /// Whether a name or a noun of relief is before an item.
    pub(super) fn follows_name(&self, i: usize) -> bool {
        use crate::document::description::LandmarkClass as C;
        let Some(before) = i.checked_sub(1) else { return false };
        let high = [C::Summit, C::Height, C::Hill, C::Mountain, C::Saddle, C::Pass].map(Tag::Obj);
        matches!(self.meaning(before), Some(Meaning::Word)) && self.items[before].capital
            || high.iter().any(|tag| self.is(before, tag))
    }

    pub(super) fn leads_list_after_dot(&self, i: usize) -> bool {
        self.mark(i + 1, &['.']) && matches!(self.meaning(i + 2), Some(Meaning::Position(_)))
            || matches!(self.meaning(i + 1), Some(Meaning::Position(_)))
    }

    pub(super) fn row(&mut self, i: usize) -> usize {
        let id = self.low(i).to_owned();
        self.draft.point = Some(PointClause {
            point: PointRef::new(PointKind::Point, id.clone()),
            start: false,
            meeting: Vec::new(),
            by_separate_treaty: false,
            location: Default::default(),
        });
        self.note("point", id, i, i + 1, 0.85);
        i + 1
    }

    pub(super) fn turn(&mut self, i: usize) -> usize {
        let Some(value) = self.items.get(i + 1).and_then(|item| self.style.decimal(&item.low, false)) else {
            return i + 1;
        };
        let next = i + 2 + usize::from(self.is(i + 2, &Tag::DegreeUnit));
        self.note("turn", value.digits().to_owned(), i, next, 0.95);
        let angle = StatedAngle { degrees: value, minutes: None, seconds: None };
        let turn = Direction { heading: Heading::Turn { angle, hand: None }, general: false, approx: false };
        self.draft.clause.directions.push(turn);
        // The following wind is the direction after the turn.
        let on = next + usize::from(self.is(next, &Tag::On));
        if let Some(Meaning::Wind(wind, _)) = self.meaning(on).cloned() {
            self.note("wind", format!("{wind:?}"), on, on + 1, 0.95);
            self.draft.clause.directions.push(Direction {
                heading: Heading::Wind(wind),
                general: false,
                approx: false,
            });
            return on + 1;
        }
        next
    }

    pub(super) fn area(&mut self, i: usize) -> usize {
        self.knows(i, i + 1);
        let (Some(Meaning::Number), Some(Tag::AreaUnit(unit))) =
            (self.meaning(i + 1).cloned(), self.tag(i + 2).cloned())
        else {
            return i + 1;
        };
        let metres2 = self.style.decimal(self.low(i + 1), false).map(|value| value.value() * unit.square_metres());
        if let Some(metres2) = metres2 {
            self.note("area", format!("{metres2}"), i, i + 3, 0.95);
        }
        i + 3
    }

    /// Three numbers at the end of a clause: degrees, minutes and a distance in the columns of a schedule.
    pub(super) fn columns(&mut self) {
        let end =
            self.items.len() - usize::from(self.items.last().is_some_and(|item| item.meaning == Meaning::Mark('.')));
        let Some(first) = end.checked_sub(3) else { return };
        let numbers: Vec<String> = (first..end)
            .filter(|i| matches!(self.meaning(*i), Some(Meaning::Number)))
            .map(|i| self.low(i).to_owned())
            .collect();
        let [degrees, minutes, distance] = numbers.as_slice() else { return };
        let whole = |text: &str| text.parse::<u32>().ok();
        let (Some(d), Some(m), Some(_)) = (whole(degrees), whole(minutes), whole(distance)) else { return };
        if d >= 360 || m >= 60 || self.draft.fields.is_empty() {
            return;
        }
        let (Ok(degrees), Ok(minutes), Ok(value)) = (degrees.parse(), minutes.parse(), distance.parse()) else {
            return;
        };
        let angle = StatedAngle { degrees, minutes: Some(minutes), seconds: None };
        self.note("bearing", format!("{:.4}", angle.value_deg()), first, first + 2, 0.7);
        let bearing = StatedBearing { angle, quadrant: None, reference: None };
        self.draft.clause.directions.push(Direction {
            heading: Heading::Bearing(bearing),
            general: false,
            approx: false,
        });
        let chord = StatedLength {
            value,
            unit: crate::document::description::LengthUnit::Foot,
            kind: Some(LengthKind::Straight),
            approx: false,
        };
        self.note("chord", metric(chord.metres()), first + 2, first + 3, 0.6);
        self.draft.clause.chord = Some(chord);
    }
}

//! Legs, and points stated by themselves.

use super::engine::{Engine, Got, Match, Phrase, Value};
use super::place::length;
use crate::document::description::{
    Clause, ClauseCrossing, ClausePart, Direction, Follow, Hand, Landmark, LandmarkClass, LeftOnSide, LengthKind,
    LengthUnit, PointClause, PointKind, PointLocation, PointRef, SideStatement, StatedLength, Statement, Via, Words,
};
use crate::document::parse::leg::follow_of;
use crate::document::parse::place::{describe, word};
use crate::document::write::Case;
use std::rc::Rc;

/// Greatest number of parts of a leg that are tried.
const MOST_PARTS: usize = 8;

pub(super) fn boxed(statement: Statement) -> Value {
    Value::Statement(Box::new(statement))
}

impl Engine<'_> {
    pub(super) fn read(&mut self, phrase: Phrase, at: usize) -> Vec<Got> {
        match phrase {
            Phrase::PointName(case) => self.point_name(case, at),
            Phrase::Situated(case) => self.situated(case, at),
            Phrase::Place => self.place(at),
            Phrase::PlaceItem => self.place_item(at),
            Phrase::Object(case) => self.object(case, at),
            Phrase::Bare(case) => self.bare(case, at),
            Phrase::Plain(case) => self.plain_object(case, at),
            Phrase::Simple(case) => self.simple(case, at),
            Phrase::Owned(case) => self.owned(case, at),
            Phrase::Upon => self.upon(at),
            Phrase::Objects(case) => self.objects(Phrase::Object(case), at),
            Phrase::Together => self.together(at),
            Phrase::Class(form) => self.class(form, at),
            Phrase::Name => self.name(at),
            Phrase::Heading => self.heading(at),
            Phrase::Names => self.names(Phrase::Name, at),
            Phrase::Territory => self.territory(at),
            Phrase::States => self.names(Phrase::Territory, at),
            Phrase::Line(form) => self.line(form, at),
            Phrase::Bank(form) => self.bank(form, at),
            Phrase::Stream => self.stream(at),
            Phrase::Number => self.number(at),
            Phrase::Numbers => self.numbers(at),
            Phrase::Unit => self.unit(at),
            Phrase::Wind(form) => self.wind(form, at),
            Phrase::Angle => self.angle(at),
            Phrase::Id if at < self.len() => vec![Got::new(Value::Text(self.printed(at, at + 1)), at + 1)],
            Phrase::Id => Vec::new(),
            Phrase::Direction => or_nothing(self.direction(at), at),
            Phrase::Along(of_several) => self.along(of_several, at),
            Phrase::Parts => self.parts(at),
            Phrase::WholePart => self.whole_part(at),
            Phrase::Extras => self.extras(at),
            Phrase::Via => self.vias(at),
            Phrase::Left => self.left(at),
            Phrase::It => {
                let found = self.message("it", 0, at, &|_| Phrase::Name);
                found.into_iter().map(|found| Got::new(Value::Nothing, found.end)).collect()
            }
            Phrase::Length(message) => or_nothing(self.length(message, at), at),
            Phrase::Leg => self.leg(at),
        }
    }

    /// All readings of the whole sentence.
    pub(super) fn statements(&mut self) -> Vec<Got> {
        let mut out = self.phrased(Phrase::Leg, 0);
        let slot = |name: &str| if name == "leg" { Phrase::Leg } else { Phrase::Territory };
        for found in self.message("sides", 0, 0, &slot) {
            out.extend(with_sides(found));
        }
        for found in self.message("start", 0, 0, &|_| Phrase::Situated(Case::Nominative)) {
            let Some(Value::Point(point, location)) = found.get("point").cloned() else { continue };
            out.push(found.into_got(boxed(Statement::Point(PointClause { start: true, ..alone(point, location) }))));
        }
        let slot = |name: &str| if name == "place" { Phrase::Place } else { Phrase::PointName(Case::Nominative) };
        for found in self.message("lies", 0, 0, &slot) {
            let (Some(Value::Point(point, _)), Some(Value::Location(location))) =
                (found.get("point").cloned(), found.get("place").cloned())
            else {
                continue;
            };
            let id = point.id.clone().unwrap_or_default();
            let mut got = found.into_got(boxed(Statement::Point(alone(point, location))));
            for mark in &mut got.marks {
                mark.field = match mark.field {
                    "on" => "point-on",
                    "at" => "point-at",
                    "near" => "point-near",
                    "line" => "point-line",
                    "tie" => "point-tie",
                    other => other,
                };
            }
            out.push(got.marked("point", id, 0));
        }
        for (message, by_separate_treaty) in [("tripoint", false), ("tripoint-treaty", true)] {
            let slot = |name: &str| if name == "states" { Phrase::States } else { Phrase::PointName(Case::Nominative) };
            for found in self.message(message, 0, 0, &slot) {
                let (Some(Value::Point(point, _)), Some(Value::ManyWords(meeting))) =
                    (found.get("point").cloned(), found.get("states").cloned())
                else {
                    continue;
                };
                let point = PointRef { kind: PointKind::Tripoint, ..point };
                let id = point.id.clone().unwrap_or_default();
                let names: Vec<String> = meeting.iter().flat_map(|name| name.0.values().cloned()).collect();
                let location = PointLocation::default();
                let clause = PointClause { meeting, by_separate_treaty, ..alone(point, location) };
                let mut got = found.into_got(boxed(Statement::Point(clause)));
                got = got.marked("point", id, 0).marked("point-kind", "tripoint", 0);
                for name in names {
                    got = got.marked("meeting", name, 0);
                }
                out.push(got);
            }
        }
        let end = self.len();
        out.retain(|got| got.end == end);
        out
    }

    fn leg(&mut self, at: usize) -> Vec<Got> {
        let mut out = Vec::new();
        for message in ["leg-straight", "leg-river", "leg-ridge", "leg-way", "leg-compound"] {
            let of_several = message == "leg-compound";
            let slot = |name: &str| match name {
                "from" => Phrase::Situated(Case::Ablative),
                "to" => Phrase::Situated(Case::Dative),
                "direction" => Phrase::Direction,
                "length" => Phrase::Length("length"),
                "length-river" => Phrase::Length("length-river"),
                "extras" => Phrase::Extras,
                _ if of_several => Phrase::Parts,
                _ => Phrase::Along(false),
            };
            for found in self.message(message, 0, at, &slot) {
                out.extend(leg_of(found, at));
            }
            // "In a straight line" is also a way of the other frames; the first frame is that of the writer.
            if !self.long_names && !out.is_empty() {
                break;
            }
        }
        out
    }

    /// The feature followed.
    fn along(&mut self, of_several: bool, at: usize) -> Vec<Got> {
        let mut out = Vec::new();
        let river = if of_several { "along-river-part" } else { "along-river" };
        let slot = |name: &str| match name {
            "line" => Phrase::Line(0),
            "bank" => Phrase::Bank(0),
            "stream" => Phrase::Stream,
            "n" => Phrase::Number,
            "unit" => Phrase::Unit,
            _ => Phrase::Objects(Case::Genitive),
        };
        for message in
            [river, "along-bank", "along-shore", "along-ridge", "along-watershed", "along-edge", "along-offset"]
        {
            for found in self.message(message, 0, at, &slot) {
                out.extend(part_of(message, found, at));
            }
        }
        for found in self.message("along-way", 0, at, &|_| Phrase::Objects(Case::Along)) {
            out.extend(part_of("along-way", found, at));
        }
        for message in ["straight", "along-list"] {
            for found in self.message(message, 0, at, &|_| Phrase::Name) {
                out.extend(part_of(message, found, at));
            }
        }
        out
    }

    /// The parts of a compound leg, each with its features.
    fn parts(&mut self, at: usize) -> Vec<Got> {
        let then = self.then();
        let mut open: Vec<Rc<Got>> = self.phrase(Phrase::WholePart, at).to_vec();
        let mut out = Vec::new();
        for _ in 0..MOST_PARTS {
            let mut longer = Vec::new();
            for begun in &open {
                if !then.iter().enumerate().all(|(i, word)| self.low(begun.end + i) == word) {
                    continue;
                }
                for next in self.phrase(Phrase::WholePart, begun.end + then.len()).iter() {
                    let (Value::Parts(a), Value::Parts(b)) = (&begun.value, &next.value) else { continue };
                    let marks = [begun.marks.as_slice(), next.marks.as_slice()].concat();
                    let parts = [a.as_slice(), b.as_slice()].concat();
                    longer.push(Got { value: Value::Parts(parts), end: next.end, cost: begun.cost + next.cost, marks });
                }
            }
            longer.sort_by_key(|got: &Got| got.cost);
            longer.truncate(64);
            out.extend(longer.iter().cloned());
            if longer.is_empty() {
                break;
            }
            open = longer.into_iter().map(Rc::new).collect();
        }
        out
    }

    fn whole_part(&mut self, at: usize) -> Vec<Got> {
        let mut out = Vec::new();
        for along in self.phrase(Phrase::Along(true), at).iter() {
            let Value::Part(part) = &along.value else { continue };
            for extras in self.phrase(Phrase::Extras, along.end).iter() {
                let mut part = (**part).clone();
                meets(&mut part, &extras.value);
                let marks = [along.marks.as_slice(), extras.marks.as_slice()].concat();
                let cost = along.cost + extras.cost;
                out.push(Got { value: Value::Parts(vec![part]), end: extras.end, cost, marks });
            }
        }
        out
    }

    /// Features that a part runs through, crosses and leaves on one side, in text order.
    fn extras(&mut self, at: usize) -> Vec<Got> {
        let mut out = vec![Got::new(Value::Extras(Vec::new(), Vec::new(), Vec::new()), at)];
        for (message, phrase, field) in [
            ("via", Phrase::Via, "via"),
            ("crossing", Phrase::Objects(Case::Accusative), "crosses"),
            ("leaving", Phrase::Left, "leaves"),
        ] {
            let mut more = Vec::new();
            for begun in &out {
                for found in self.message(message, 0, begun.end, &|_| phrase) {
                    more.extend(extended(begun, found, field, begun.end));
                }
            }
            out.extend(more);
        }
        out
    }

    /// A list of members separated by commas and an "and": each parsable prefix of it.
    fn listed(
        &mut self,
        at: usize,
        member: impl Fn(&mut Self, usize) -> Vec<Got>,
        joined: impl Fn(&Got, &Got) -> Option<Got>,
    ) -> Vec<Got> {
        let and = self.joint();
        let mut out: Vec<Got> = Vec::new();
        let mut open = member(self, at);
        while !open.is_empty() {
            let mut longer = Vec::new();
            for begun in open {
                let last = and.iter().enumerate().all(|(i, word)| self.low(begun.end + i) == word);
                let next = begun.end + if last { and.len() } else { 0 };
                if (last || self.parted(begun.end)) && next < self.len() {
                    longer.extend(member(self, next).iter().filter_map(|more| joined(&begun, more)));
                }
                out.push(begun);
            }
            longer.sort_by_key(|got: &Got| got.cost);
            longer.truncate(64);
            open = longer;
        }
        out
    }

    /// Objects and heights that a part runs through.
    fn vias(&mut self, at: usize) -> Vec<Got> {
        let case = if self.code() == "az" { Case::Ablative } else { Case::Accusative };
        self.listed(
            at,
            |this, at| this.via_member(case, at),
            |begun, more| {
                let (Value::Objects(a), Value::Objects(b)) = (&begun.value, &more.value) else { return None };
                let objects = [a.as_slice(), b.as_slice()].concat();
                Some(Got { cost: begun.cost + more.cost, ..Got::new(Value::Objects(objects), more.end) })
            },
        )
    }

    fn via_member(&mut self, case: Case, at: usize) -> Vec<Got> {
        let mut out = Vec::new();
        for found in self.message("heights", 0, at, &|_| Phrase::Numbers) {
            let Some(Value::Numbers(numbers)) = found.get("list").cloned() else { continue };
            let height = |value| Landmark {
                height: Some(StatedLength { value, unit: LengthUnit::Metre, kind: None, approx: false }),
                ..Landmark::of_class(LandmarkClass::Height)
            };
            let all = numbers.into_iter().map(height).collect();
            out.push(found.into_got(Value::Objects(all)));
        }
        for got in self.phrase(Phrase::Object(case), at).iter() {
            let Value::Object(object) = &got.value else { continue };
            out.push(Got { value: Value::Objects(vec![object.clone()]), ..(**got).clone() });
        }
        out
    }

    /// Objects left on one side: several objects, each in a territory.
    fn left(&mut self, at: usize) -> Vec<Got> {
        self.listed(at, Self::left_member, |begun, more| {
            let (Value::Extras(_, _, a), Value::Extras(_, _, b)) = (&begun.value, &more.value) else { return None };
            let value = Value::Extras(Vec::new(), Vec::new(), [a.as_slice(), b.as_slice()].concat());
            let marks = [begun.marks.as_slice(), more.marks.as_slice()].concat();
            Some(Got { value, end: more.end, cost: begun.cost + more.cost, marks })
        })
    }

    fn left_member(&mut self, at: usize) -> Vec<Got> {
        let mut out = Vec::new();
        // "it": the feature followed.
        for found in self.message("left-in", 0, at, &|name| if name == "what" { Phrase::It } else { Phrase::Territory })
        {
            out.extend(allotment(found, Landmark { anaphora: true, ..Landmark::default() }, at));
        }
        let slot = |name: &str| if name == "what" { Phrase::Object(Case::Accusative) } else { Phrase::Territory };
        for found in self.message("left-in", 0, at, &slot) {
            if let Some(what) = found.object("what") {
                out.extend(allotment(found, what, at));
            }
        }
        out
    }
}

fn allotment(found: Match, what: Landmark, at: usize) -> Option<Got> {
    let territory = found.words("territory")?;
    let name = territory.0.values().next().cloned().unwrap_or_default();
    let said = format!("{} | {name}", describe(&what));
    let one = LeftOnSide { what, territory, ..LeftOnSide::default() };
    Some(found.into_got(Value::Extras(Vec::new(), Vec::new(), vec![one])).marked("leaves", said, at))
}

fn or_nothing(mut found: Vec<Got>, at: usize) -> Vec<Got> {
    found.push(Got::new(Value::Nothing, at));
    found
}

fn alone(point: PointRef, location: PointLocation) -> PointClause {
    PointClause { point, start: false, meeting: Vec::new(), by_separate_treaty: false, location }
}

/// Adds a feature to a part.
pub(super) fn extended(begun: &Got, found: Match, field: &'static str, at: usize) -> Option<Got> {
    let Value::Extras(mut via, mut crosses, mut leaves) = begun.value.clone() else { return None };
    let mut said: Vec<String> = Vec::new();
    match found.get("what")?.clone() {
        Value::Objects(objects) if field == "via" => {
            said.extend(objects.iter().map(describe));
            via.extend(objects.into_iter().map(|object| Via { point: None, landmark: Some(object) }));
        }
        Value::Objects(objects) => {
            said.extend(objects.iter().map(describe));
            crosses.extend(objects.into_iter().map(|what| ClauseCrossing { what, ties: Vec::new(), not: false }));
        }
        Value::Extras(_, _, left) => leaves.extend(left),
        _ => return None,
    }
    let mut got = found.into_got(Value::Extras(via, crosses, leaves));
    for words in said {
        got = got.marked(field, words, at);
    }
    got.cost += begun.cost;
    got.marks.splice(0..0, begun.marks.iter().cloned());
    Some(got)
}

fn meets(part: &mut ClausePart, extras: &Value) {
    if let Value::Extras(via, crosses, leaves) = extras {
        (part.via, part.crosses, part.leaves) = (via.clone(), crosses.clone(), leaves.clone());
    }
}

/// The part from a message on the feature followed.
fn part_of(message: &str, found: Match, at: usize) -> Option<Got> {
    let along = found.objects("what").unwrap_or_default();
    let class = along.first().and_then(|object| object.class);
    // Other texts use the same frames for other objects: "the axis of the dam", "along the shelterbelt".
    let usual = class.and_then(follow_of);
    let is_usual = match message {
        "along-river" | "along-river-part" => {
            matches!(usual, None | Some(Follow::River | Follow::Canal | Follow::Lake | Follow::Marsh | Follow::Bank))
        }
        "along-way" => class.is_none() || matches!(usual, Some(Follow::Road | Follow::Railway)),
        _ => true,
    };
    if !is_usual {
        return None;
    }
    let mut part = ClausePart { stream: found.stream(), ..ClausePart::default() };
    part.line = if let Some(Value::Line(line)) = found.get("line") { Some(*line) } else { None };
    part.bank = if let Some(Value::Bank(bank)) = found.get("bank") { Some(*bank) } else { None };
    let follow = match message {
        "along-river" | "along-river-part" => match class {
            Some(LandmarkClass::Canal | LandmarkClass::Ditch) => Follow::Canal,
            _ => Follow::River,
        },
        "along-bank" | "along-shore" => Follow::Bank,
        "along-ridge" => Follow::Ridge,
        "along-watershed" => Follow::Watershed,
        "along-edge" if class == Some(LandmarkClass::Forest) => Follow::ForestEdge,
        "along-edge" => Follow::ParcelEdge,
        "along-offset" => {
            part.offset = length(&found, LengthKind::Straight);
            Follow::Offset
        }
        "along-list" => Follow::CoordinateList,
        "straight" => Follow::Straight,
        _ if class == Some(LandmarkClass::Railway) => Follow::Railway,
        _ => Follow::Road,
    };
    part.follow = Some(follow);
    let said: Vec<String> = along.iter().map(describe).collect();
    part.along = along;
    let (line, bank) = (part.line, part.bank);
    let mut got = found.into_got(Value::Part(Box::new(part))).marked("follow", word(&follow), at);
    for one in said {
        got = got.marked("along", one, at);
    }
    if let Some(line) = line {
        got = got.marked("line", word(&line), at);
    }
    if let Some(bank) = bank {
        got = got.marked("bank", word(&bank), at);
    }
    Some(got)
}

/// The leg from a match.
fn leg_of(found: Match, at: usize) -> Option<Got> {
    let point = |slot: &str| match found.get(slot) {
        Some(Value::Point(point, location)) => Some((point.clone(), location.clone())),
        _ => None,
    };
    let ((from, from_location), (to, to_location)) = (point("from")?, point("to")?);
    let mut parts = match found.get("along") {
        Some(Value::Part(part)) => vec![(**part).clone()],
        Some(Value::Parts(parts)) => parts.clone(),
        _ => vec![ClausePart { follow: Some(Follow::Straight), ..ClausePart::default() }],
    };
    if let (Some(extras), [only]) = (found.get("extras"), parts.as_mut_slice()) {
        meets(only, extras);
    }
    let directions: Vec<Direction> = match found.get("direction") {
        Some(Value::Direction(direction)) => vec![direction.clone()],
        _ => Vec::new(),
    };
    let length = ["length", "length-river"].iter().find_map(|slot| match found.get(slot) {
        Some(Value::Length(length)) => Some(length.clone()),
        _ => None,
    });
    let is_straight = found.get("along").is_none();
    let clause = Clause {
        from: Some(from),
        from_location,
        parts,
        directions,
        length,
        to: Some(to),
        to_location,
        ..Clause::default()
    };
    let mut got = found.into_got(boxed(Statement::Leg(clause)));
    if is_straight {
        got = got.marked("follow", "straight", at);
    }
    Some(got)
}

/// A leg with the territories on its sides.
fn with_sides(found: Match) -> Option<Got> {
    let Some(Value::Statement(statement)) = found.get("leg") else { return None };
    let Statement::Leg(mut leg) = (**statement).clone() else { return None };
    let (left, right) = (found.words("left")?, found.words("right")?);
    let shown = |words: &Words| words.0.values().next().cloned().unwrap_or_default();
    let said = [("left", shown(&left)), ("right", shown(&right))];
    let begin = match found.slots.iter().find(|(name, _)| *name == "leg") {
        Some((_, got)) => got.end,
        None => 0,
    };
    let of = |hand: Hand, territory: Words| SideStatement { hand: Some(hand), territory, ..SideStatement::default() };
    leg.sides = vec![of(Hand::Left, left), of(Hand::Right, right)];
    let mut got = found.into_got(boxed(Statement::Leg(leg)));
    for (hand, name) in said {
        got = got.marked("side", format!("{hand}: {name}"), begin);
    }
    Some(got)
}

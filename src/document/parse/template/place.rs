//! Points, their locations, and short phrases: numbers, winds, lines.

use super::engine::{Engine, Got, Match, Phrase, Value};
use crate::document::description::{
    BankSide, BearingReference, Decimal, Direction, FeatureLine, Heading, LengthKind, LengthUnit, LiesOn, PointKind,
    PointLocation, PointRef, StatedAngle, StatedBearing, StatedLength, Stream, Tie, Wind,
};
use crate::document::parse::place::{describe, metric, word};
use crate::document::parse::token::folded;
use crate::document::write::Case;
use crate::text::Tongue;
use rustc_hash::FxHashMap;
use std::rc::Rc;

/// The messages of points with their kinds.
const POINTS: [(&str, PointKind); 6] = [
    ("point", PointKind::Point),
    ("point-turning", PointKind::Turning),
    ("point-node", PointKind::Node),
    ("point-mark", PointKind::Mark),
    ("point-start", PointKind::Start),
    ("point-end", PointKind::End),
];

/// The lines of objects used in papers.
const LINES: [FeatureLine; 8] = [
    FeatureLine::Middle,
    FeatureLine::Median,
    FeatureLine::Thalweg,
    FeatureLine::MainFairway,
    FeatureLine::MainBranchMiddle,
    FeatureLine::Bed,
    FeatureLine::Axis,
    FeatureLine::Centre,
];

/// A kind of short phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Small {
    Unit,
    Line,
    Bank,
    Stream,
    Wind,
}

/// Short phrases with their values, by kind, form and first word.
pub(super) struct SmallWords(FxHashMap<(Small, usize, String), Meanings>);

/// Words with their values.
type Meanings = Vec<(Vec<String>, Value)>;

impl SmallWords {
    pub fn of(tongue: Tongue) -> Self {
        let mut all: Vec<(Small, String, Value)> = vec![
            (Small::Unit, "km".to_owned(), Value::Unit(LengthUnit::Kilometre)),
            (Small::Unit, "m".to_owned(), Value::Unit(LengthUnit::Metre)),
            (Small::Stream, "stream-up".to_owned(), Value::Stream(Stream::Up)),
            (Small::Stream, "stream-down".to_owned(), Value::Stream(Stream::Down)),
        ];
        all.extend(LINES.map(|line| (Small::Line, line.message().to_owned(), Value::Line(line))));
        all.extend([BankSide::Left, BankSide::Right].map(|b| (Small::Bank, b.message().to_owned(), Value::Bank(b))));
        all.extend(Wind::ALL.map(|wind| (Small::Wind, format!("wind-{wind:?}"), Value::Wind(wind))));
        let mut out: FxHashMap<(Small, usize, String), Meanings> = FxHashMap::default();
        for (kind, message, value) in all {
            for form in 0..2 {
                let said = tongue.form(&message, form, &[]);
                let words: Vec<String> = said.split_whitespace().map(folded).collect();
                if let Some(first) = words.first().cloned() {
                    out.entry((kind, form, first)).or_default().push((words, value.clone()));
                }
            }
        }
        SmallWords(out)
    }

    /// All words.
    pub fn words(&self) -> impl Iterator<Item = &String> {
        self.0.values().flatten().flat_map(|(words, _)| words)
    }
}

impl Engine<'_> {
    /// A point by its kind and number.
    pub(super) fn point_name(&mut self, case: Case, at: usize) -> Vec<Got> {
        let form = match (self.code(), case) {
            ("en", _) | (_, Case::Nominative) => 0,
            ("ru", _) | (_, Case::Ablative) => 1,
            _ => 2,
        };
        let mut out = Vec::new();
        for (message, kind) in POINTS {
            for found in self.message(message, form, at, &|_| Phrase::Id) {
                let Some(Value::Text(id)) = found.get("id").cloned() else { continue };
                let point = PointRef::new(kind, id);
                out.push(found.into_got(Value::Point(point, PointLocation::default())));
            }
        }
        if let Some((kind, next)) = self.meanings.point(at).filter(|(_, next)| out.is_empty() && *next < self.len()) {
            let id = self.printed(next, next + 1);
            if id.chars().any(|c| c.is_ascii_digit()) {
                out.push(Got::new(Value::Point(PointRef::new(kind, id), PointLocation::default()), next + 1));
            }
        }
        out
    }

    /// A point with its location, if stated.
    pub(super) fn situated(&mut self, case: Case, at: usize) -> Vec<Got> {
        let (field, tie) = match case {
            Case::Ablative => ("from", "from-"),
            Case::Nominative => ("point", "point-"),
            _ => ("to", "to-"),
        };
        let mut out = Vec::new();
        let own = self.phrase(Phrase::PointName(case), at);
        for got in own.iter() {
            let Value::Point(point, _) = &got.value else { continue };
            out.push(noted((**got).clone(), field, point, at));
        }
        let slot = |name: &str| if name == "place" { Phrase::Place } else { Phrase::PointName(case) };
        let mut all = self.message("situated", 0, at, &slot);
        let language = self.language;
        if language.grammar.of_message("situated", 0) != language.grammar.of_message("situated-on", 0) {
            all.extend(self.message("situated-on", 0, at, &slot));
        }
        for found in all {
            let (Some(Value::Point(point, _)), Some(Value::Location(location))) =
                (found.get("point").cloned(), found.get("place").cloned())
            else {
                continue;
            };
            let mut got = found.into_got(Value::Point(point.clone(), location));
            for mark in &mut got.marks {
                mark.field = of_end(mark.field, tie);
            }
            out.push(noted(got, field, &point, at));
        }
        out
    }

    /// "in the middle of that river, 0.34 km north-north-west of the bridge".
    pub(super) fn place(&mut self, at: usize) -> Vec<Got> {
        let mut out: Vec<Got> = Vec::new();
        let mut open: Vec<Got> = self.phrase(Phrase::PlaceItem, at).iter().map(|got| (**got).clone()).collect();
        while !open.is_empty() {
            let mut longer = Vec::new();
            for begun in open {
                if self.parted(begun.end) && begun.end < self.len() {
                    for next in self.phrase(Phrase::PlaceItem, begun.end).iter() {
                        longer.extend(joined(&begun, next));
                    }
                }
                out.push(begun);
            }
            longer.sort_by_key(|got: &Got| got.cost);
            longer.truncate(64);
            open = longer;
        }
        out
    }

    /// One statement on where a point lies.
    pub(super) fn place_item(&mut self, at: usize) -> Vec<Got> {
        let mut out = Vec::new();
        for (message, line) in
            [("on-line", None), ("on-bank", None), ("on-ridge", None), ("on-way", Some(FeatureLine::Axis))]
        {
            let slot = |name: &str| match name {
                "line" => Phrase::Line(1),
                "bank" => Phrase::Bank(1),
                _ => Phrase::Upon,
            };
            for found in self.message(message, 0, at, &slot) {
                let Some(landmark) = found.object("what") else { continue };
                let line = match found.get("line") {
                    Some(Value::Line(line)) => Some(*line),
                    _ => line,
                };
                let bank = match found.get("bank") {
                    Some(Value::Bank(bank)) => Some(*bank),
                    _ => None,
                };
                let (said, is_pointed_at) = (describe(&landmark), landmark.anaphora);
                let on = LiesOn { landmark, line, bank };
                let location = PointLocation { on: vec![on], ..PointLocation::default() };
                let mut got = found.into_got(Value::Location(location));
                if is_pointed_at {
                    got = got.marked("anaphora", said.clone(), at);
                }
                if let Some(line) = line {
                    got = got.marked("line", word(&line), at);
                }
                out.push(got.marked("on", said, at));
            }
        }
        for (message, is_near) in [("at", false), ("near", true)] {
            for found in self.message(message, 0, at, &|_| Phrase::Object(Case::Genitive)) {
                let Some(landmark) = found.object("what") else { continue };
                let said = describe(&landmark);
                let mut location = PointLocation::default();
                if is_near { &mut location.near } else { &mut location.at }.push(landmark);
                let field = if is_near { "near" } else { "at" };
                out.push(found.into_got(Value::Location(location)).marked(field, said, at));
            }
        }
        for (message, approx) in
            [("tie", false), ("tie-approx", true), ("tie-azimuth", false), ("tie-azimuth-approx", true)]
        {
            let slot = |name: &str| match name {
                "n" => Phrase::Number,
                "unit" => Phrase::Unit,
                "wind" => Phrase::Wind(1),
                "angle" => Phrase::Angle,
                _ => Phrase::Object(Case::Ablative),
            };
            for found in self.message(message, 0, at, &slot) {
                out.extend(tie(found, approx, at));
            }
        }
        out
    }

    /// A direction of a leg.
    pub(super) fn direction(&mut self, at: usize) -> Vec<Got> {
        let mut out = Vec::new();
        for (message, general) in [
            ("direction", false),
            ("direction-general", true),
            ("direction-azimuth", false),
            ("direction-azimuth-general", true),
        ] {
            let slot = |name: &str| if name == "wind" { Phrase::Wind(0) } else { Phrase::Angle };
            for found in self.message(message, 0, at, &slot) {
                let (heading, field, said) = match (found.get("wind"), found.angle()) {
                    (Some(Value::Wind(wind)), _) => (Heading::Wind(*wind), "wind", format!("{wind:?}")),
                    (_, Some(angle)) => {
                        let said = format!("{:.4}", angle.value_deg());
                        (Heading::Bearing(bearing(angle)), "bearing", said)
                    }
                    _ => continue,
                };
                let direction = Direction { heading, general, approx: false };
                let mut got = found.into_got(Value::Direction(direction)).marked(field, said, at);
                if general {
                    got = got.marked("direction-kind", "general", at);
                }
                out.push(got);
            }
        }
        out
    }

    /// The length of a leg.
    pub(super) fn length(&mut self, message: &'static str, at: usize) -> Vec<Got> {
        let slot = |name: &str| if name == "n" { Phrase::Number } else { Phrase::Unit };
        let mut out = Vec::new();
        for found in self.message(message, 0, at, &slot) {
            let Some(length) = length(&found, LengthKind::Along) else { continue };
            let said = metric(length.metres());
            out.push(found.into_got(Value::Length(length)).marked("length", said, at));
        }
        out
    }

    pub(super) fn number(&self, at: usize) -> Vec<Got> {
        let printed = self.low(at);
        let digits = if self.code() == "en" { printed.to_owned() } else { printed.replace(',', ".") };
        match digits.parse::<Decimal>() {
            Ok(number) if !digits.starts_with('-') => vec![Got::new(Value::Number(number), at + 1)],
            _ => Vec::new(),
        }
    }

    /// Numbers in a list.
    pub(super) fn numbers(&mut self, at: usize) -> Vec<Got> {
        let of = |(members, end): (Vec<Rc<Got>>, usize)| {
            let number =
                |got: &Rc<Got>| if let Value::Number(number) = &got.value { Some(number.clone()) } else { None };
            Got::new(Value::Numbers(members.iter().filter_map(number).collect()), end)
        };
        self.list(Phrase::Number, at).into_iter().map(of).collect()
    }

    /// A short phrase of a kind in a form.
    fn small(&self, kind: Small, form: usize, at: usize) -> Vec<Got> {
        let found = self.language.small.0.get(&(kind, form, self.low(at).to_owned()));
        let fits = |words: &Vec<String>| words.iter().enumerate().all(|(i, word)| self.low(at + i) == word);
        let fitting = found.into_iter().flatten().filter(|(words, _)| fits(words));
        fitting.map(|(words, value)| Got::new(value.clone(), at + words.len())).collect()
    }

    pub(super) fn unit(&self, at: usize) -> Vec<Got> {
        let other = self.meanings.unit(at).map(|(unit, end)| Got::new(Value::Unit(unit), end));
        or_other(self.small(Small::Unit, 0, at), other)
    }

    pub(super) fn line(&self, form: usize, at: usize) -> Vec<Got> {
        self.small(Small::Line, form, at)
    }

    pub(super) fn bank(&self, form: usize, at: usize) -> Vec<Got> {
        self.small(Small::Bank, form, at)
    }

    /// Upstream or downstream, or nothing.
    pub(super) fn stream(&self, at: usize) -> Vec<Got> {
        let mut out = Vec::new();
        for got in self.small(Small::Stream, 0, at) {
            let said = if let Value::Stream(stream) = &got.value { word(stream) } else { String::new() };
            out.push(got.marked("stream", said, at));
        }
        out.push(Got::new(Value::Nothing, at));
        out
    }

    pub(super) fn wind(&self, form: usize, at: usize) -> Vec<Got> {
        let other = self.meanings.wind(at).map(|(wind, end)| Got::new(Value::Wind(wind), end));
        or_other(self.small(Small::Wind, form, at), other)
    }

    /// "157°32′10,5″".
    pub(super) fn angle(&self, at: usize) -> Vec<Got> {
        let read = |text: &str| -> Option<StatedAngle> {
            let part = |text: &str| {
                let digits = text.replace(',', ".");
                let whole = digits.split('.').next().map_or(0, str::len);
                // Minutes and seconds below ten have a leading zero, which is not a digit of the number.
                let bare = if whole == 2 { digits.strip_prefix('0').unwrap_or(&digits) } else { &digits };
                bare.parse::<Decimal>().ok()
            };
            let (degrees, rest) = text.split_once('°')?;
            let degrees = degrees.replace(',', ".").parse().ok()?;
            let (minutes, rest) = match rest.split_once('′') {
                Some((minutes, rest)) => (Some(part(minutes)?), rest),
                None => (None, rest),
            };
            let (seconds, rest) = match rest.split_once('″') {
                Some((seconds, rest)) => (Some(part(seconds)?), rest),
                None => (None, rest),
            };
            rest.is_empty().then_some(StatedAngle { degrees, minutes, seconds })
        };
        read(self.low(at)).map(|angle| Got::new(Value::Angle(angle), at + 1)).into_iter().collect()
    }
}

/// The words of messages, else another word of the same meaning.
fn or_other(found: Vec<Got>, other: Option<Got>) -> Vec<Got> {
    if found.is_empty() { other.into_iter().collect() } else { found }
}

/// A stated direction; its north is a convention of the whole.
pub(super) fn bearing(angle: StatedAngle) -> StatedBearing {
    StatedBearing { angle, quadrant: None, reference: None::<BearingReference> }
}

/// The length of a match with its number and unit.
pub(super) fn length(found: &Match, kind: LengthKind) -> Option<StatedLength> {
    Some(StatedLength { value: found.number("n")?, unit: found.unit()?, kind: Some(kind), approx: false })
}

fn noted(got: Got, field: &'static str, point: &PointRef, at: usize) -> Got {
    let named = got.marks.iter().map(|mark| mark.from).min().unwrap_or(got.end);
    let said = point.id.clone().unwrap_or_else(|| word(&point.kind));
    let mut got = got.marked(field, said, at);
    // The name of a point precedes its location or, in postpositional languages, follows it.
    if let Some(mark) = got.marks.last_mut().filter(|_| named > at) {
        mark.to = named;
    }
    if point.kind == PointKind::Start && field == "to" {
        got = got.marked("closes", "true", at);
    }
    got
}

pub(super) fn of_end(field: &'static str, end: &str) -> &'static str {
    match (field, end) {
        ("on", "from-") => "from-on",
        ("on", "point-") => "point-on",
        ("on", _) => "to-on",
        ("at", "from-") => "from-at",
        ("at", "point-") => "point-at",
        ("at", _) => "to-at",
        ("near", "from-") => "from-near",
        ("near", "point-") => "point-near",
        ("near", _) => "to-near",
        ("line", "from-") => "from-line",
        ("line", "point-") => "point-line",
        ("line", _) => "to-line",
        ("tie", "from-") => "from-tie",
        ("tie", "point-") => "point-tie",
        ("tie", _) => "to-tie",
        (other, _) => other,
    }
}

/// A place with one more statement on it; what it lies on stands first.
pub(super) fn joined(begun: &Got, next: &Got) -> Option<Got> {
    let (Value::Location(a), Value::Location(b)) = (&begun.value, &next.value) else { return None };
    let mut location = a.clone();
    location.on.extend(b.on.iter().cloned());
    location.at.extend(b.at.iter().cloned());
    location.near.extend(b.near.iter().cloned());
    location.ties.extend(b.ties.iter().cloned());
    let marks = [begun.marks.as_slice(), next.marks.as_slice()].concat();
    Some(Got { value: Value::Location(location), end: next.end, cost: begun.cost + next.cost, marks })
}

fn tie(found: Match, approx: bool, at: usize) -> Option<Got> {
    let from = found.object("what")?;
    let (heading, said) = match (found.get("wind"), found.angle()) {
        (Some(Value::Wind(wind)), _) => (Heading::Wind(*wind), format!("{wind:?}")),
        (_, Some(angle)) => {
            let said = format!("{:.4}", angle.value_deg());
            (Heading::Bearing(bearing(angle)), said)
        }
        _ => return None,
    };
    let distance = StatedLength { approx, ..length(&found, LengthKind::Straight)? };
    let said = format!("{} m {said} {}", metric(distance.metres()), describe(&from));
    let direction = Direction { heading, general: false, approx: false };
    let tie = Tie { distance: Some(distance), direction: Some(direction), from };
    let location = PointLocation { ties: vec![tie], ..PointLocation::default() };
    Some(found.into_got(Value::Location(location)).marked("tie", said, at))
}

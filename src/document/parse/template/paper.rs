//! The head and the end of a written paper: headings, conventions, rules, totals.

use super::engine::{Engine, Got, Mark, Match, Phrase, Value};
use super::place::length;
use crate::document::description::{
    AreaUnit, Authority, BearingReference, Conventions, LengthKind, Rule, StatedArea, StatedLength, StraightEdge,
    Total, UndeterminedMeeting, WindCount, Words,
};
use crate::document::parse::place::metric;
use crate::document::parse::token::folded;
use crate::document::write::Case;

/// A part of a paper started by a heading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::document::parse) enum HeadPart {
    Parties,
    Basis,
    Definitions,
    Sources,
    Rules,
    Totals,
    Catalogue,
    Sheets,
    Signatures,
}

/// Messages of headings.
const HEADINGS: [(&str, HeadPart); 9] = [
    ("parties", HeadPart::Parties),
    ("basis", HeadPart::Basis),
    ("definitions", HeadPart::Definitions),
    ("sources", HeadPart::Sources),
    ("rules", HeadPart::Rules),
    ("totals", HeadPart::Totals),
    ("annex-catalogue", HeadPart::Catalogue),
    ("annex-sheets", HeadPart::Sheets),
    ("signatures", HeadPart::Signatures),
];

/// The definition of the line, and the rule on the banks of rivers.
const SURFACE: &str = "surface";
const BANKS: &str = "banks";

/// Messages that are whole paragraphs.
pub(super) const WHOLES: [&str; 11] = {
    let mut all = [SURFACE; 11];
    let mut i = 0;
    while i < HEADINGS.len() {
        all[i] = HEADINGS[i].0;
        i += 1;
    }
    all[HEADINGS.len()] = BANKS;
    all
};

/// The content of a paragraph from the head or the end of a paper.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::document::parse) enum Read {
    Title(Words),
    Heading(HeadPart),
    Sector(Words, Option<StatedLength>),
    Conventions(Conventions),
    Rule(Rule),
    Totals(Vec<Total>),
}

const AUTHORITIES: [(&str, Authority); 4] = [
    ("authority-text", Authority::Text),
    ("authority-coordinates", Authority::Coordinates),
    ("authority-map", Authority::Map),
    ("authority-marks", Authority::Marks),
];

impl Engine<'_> {
    /// The message of which the paragraph consists, and its text.
    fn whole_message(&self) -> Option<(&'static str, &str)> {
        let fits = |words: &[String]| {
            !words.is_empty()
                && words.len() == self.len()
                && words.iter().enumerate().all(|(i, word)| self.low(i) == word)
        };
        let found = self.language.wholes.iter().find(|(_, _, words)| fits(words));
        found.map(|(message, said, _)| (*message, said.as_str()))
    }

    fn whole(&self, field: &'static str, value: impl Into<String>) -> Vec<Mark> {
        vec![Mark { field, value: value.into(), from: 0, to: self.len() }]
    }

    /// Parses the paragraph as a part of a paper other than a clause.
    pub(super) fn of_paper(&mut self) -> Option<(Read, Vec<Mark>)> {
        if let Some((message, said)) = self.whole_message() {
            let rule = |rule: Rule, name: &str| Some((Read::Rule(rule), self.whole("rule", name)));
            return match message {
                SURFACE => rule(Rule::LineAndSurface, "line-and-surface"),
                BANKS => rule(Rule::BanksDownstream, "banks-downstream"),
                _ => {
                    let (_, part) = HEADINGS.iter().find(|(heading, _)| *heading == message)?;
                    Some((Read::Heading(*part), self.whole("heading", said)))
                }
            };
        }
        if let Some(order) = self.precedence() {
            let rule = Rule::Precedence(order);
            let said = crate::document::parse::rule::name(&rule);
            return Some((Read::Rule(rule), self.whole("rule", said)));
        }
        if let Some(found) = self.undetermined() {
            return Some(found);
        }
        self.title().or_else(|| self.sector()).or_else(|| self.totals()).or_else(|| self.conventions())
    }

    /// The usual title, of a line or a ring.
    fn title(&mut self) -> Option<(Read, Vec<Mark>)> {
        let end = self.len();
        let fits = ["title", "title-ring"]
            .into_iter()
            .any(|message| self.message(message, 0, 0, &|_| Phrase::Heading).iter().any(|found| found.end == end));
        let text = self.printed(0, end);
        fits.then(|| (Read::Title(Words::of(self.code(), text.clone())), self.whole("heading", text)))
    }

    /// "Sector 2. A – B (length 12.3 km)".
    fn sector(&mut self) -> Option<(Read, Vec<Mark>)> {
        let end = self.len();
        let plain = self.message("sector", 0, 0, &|name| if name == "n" { Phrase::Number } else { Phrase::Heading });
        let words = |found: &Match| found.words("heading");
        // The longest heading before a length, else the whole text.
        let language = self.language;
        let tail = language.grammar.of_message("sector-length", 0).first()?;
        let after = tail.len() - 1;
        if let Some(start) = end.checked_sub(after) {
            let mut heads: Vec<&Match> = plain.iter().filter(|found| found.end == start).collect();
            if let Some(found) = heads.pop() {
                let slot = |name: &str| if name == "unit" { Phrase::Unit } else { Phrase::Number };
                let tail: super::pattern::Pattern = tail[1..].to_vec();
                if let Some(last) = self.fits(&tail, start, &slot).filter(|last| last.end == end) {
                    let length = StatedLength {
                        value: last.number("length")?,
                        unit: last.unit()?,
                        kind: Some(LengthKind::Along),
                        approx: false,
                    };
                    let mut marks = self.whole("heading", words(found)?.0.values().next()?.clone());
                    let value = metric(length.metres());
                    marks.push(Mark { field: "section-length", value, from: start, to: end });
                    return Some((Read::Sector(words(found)?, Some(length)), marks));
                }
            }
        }
        let found = plain.into_iter().find(|found| found.end == end)?;
        let heading = words(&found)?;
        let marks = self.whole("heading", heading.0.values().next()?.clone());
        Some((Read::Sector(heading, None), marks))
    }

    /// Consecutive sentences with totals.
    fn totals(&mut self) -> Option<(Read, Vec<Mark>)> {
        let slot = |name: &str| match name {
            "unit" => Phrase::Unit,
            _ => Phrase::Number,
        };
        let mut at = 0;
        let (mut totals, mut marks) = (Vec::new(), Vec::new());
        while at < self.len() {
            let mut read = None;
            for message in
                ["total-length", "total-sum", "total-land", "total-rivers", "total-lakes", "total-ring", "total-points"]
            {
                let Some(found) = self.message(message, 0, at, &slot).into_iter().next() else { continue };
                let along = length(&found, LengthKind::Along);
                let (more, value) = match (message, along) {
                    ("total-points", _) => {
                        let number = found.number("n")?;
                        let said = number.digits().to_owned();
                        (vec![Total::Points(number)], said)
                    }
                    ("total-ring", Some(along)) => {
                        let area = StatedArea { value: found.number("area")?, unit: AreaUnit::Hectare, approx: false };
                        let said = metric(along.metres());
                        let value = format!("{}", area.square_metres());
                        marks.push(Mark { field: "total-area", value, from: at, to: found.end });
                        (vec![Total::Area(area), Total::Perimeter(along)], said)
                    }
                    (_, Some(along)) => {
                        let said = metric(along.metres());
                        let total = match message {
                            "total-length" => Total::Length(along),
                            "total-sum" => Total::SumOfLegs(along),
                            "total-land" => Total::Land(along),
                            "total-rivers" => Total::Rivers(along),
                            _ => Total::Lakes(along),
                        };
                        (vec![total], said)
                    }
                    _ => continue,
                };
                let field = if message == "total-ring" { "total-length" } else { message };
                marks.push(Mark { field, value, from: at, to: found.end });
                read = Some((more, found.end));
                break;
            }
            let (more, end) = read?;
            totals.extend(more);
            at = end;
        }
        (!totals.is_empty()).then_some((Read::Totals(totals), marks))
    }

    /// Sentences on the conventions for numbers and words.
    fn conventions(&mut self) -> Option<(Read, Vec<Mark>)> {
        let slot = |name: &str| match name {
            "unit" => Phrase::Unit,
            "datum" => Phrase::Name,
            _ => Phrase::Number,
        };
        let mut at = 0;
        let mut read = Conventions::default();
        let mut marks = Vec::new();
        while at < self.len() {
            let mut end = None;
            for message in [
                "winds-8",
                "winds-16",
                "winds-degrees",
                "lengths",
                "datum",
                "edge-lonlat",
                "edge-geodesic",
                "edge-rhumb",
                "accuracy",
            ] {
                // A name of several words ends where the next sentence starts: the longest name that leaves one.
                let found = self.message(message, 0, at, &slot);
                let Some(found) = self.best(found) else { continue };
                match message {
                    "winds-8" => read.winds = Some(WindCount::Eight),
                    "winds-16" => read.winds = Some(WindCount::Sixteen),
                    "lengths" => read.unit = found.unit(),
                    "datum" => {
                        read.datum = found.words("datum").and_then(|words| words.0.into_values().next());
                    }
                    "edge-lonlat" => read.edge = Some(StraightEdge::Lonlat),
                    "edge-geodesic" => read.edge = Some(StraightEdge::Geodesic),
                    "edge-rhumb" => read.edge = Some(StraightEdge::Rhumb),
                    "accuracy" => {
                        read.accuracy =
                            length(&found, LengthKind::Straight).map(|length| StatedLength { kind: None, ..length });
                    }
                    _ => {}
                }
                if message.starts_with("winds") {
                    read.north = Some(BearingReference::True);
                }
                marks.push(Mark { field: "convention", value: message.to_owned(), from: at, to: found.end });
                end = Some(found.end);
                break;
            }
            at = end?;
        }
        (at > 0).then_some((Read::Conventions(read), marks))
    }

    /// Of several matches, the one followed by the end of the text or of a sentence.
    fn best(&self, found: Vec<Match>) -> Option<Match> {
        let ends = |end: usize| {
            let last = end.checked_sub(1).and_then(|last| self.chunks.get(last));
            last.is_some_and(|chunk| self.text[chunk.span.end..].starts_with(['.', '։']))
        };
        found.into_iter().find(|found| ends(found.end))
    }

    /// "Where the documents differ, they prevail in this order: …".
    fn precedence(&mut self) -> Option<Vec<Authority>> {
        let end = self.len();
        let found = self.message("precedence", 0, 0, &|_| Phrase::Heading);
        let found = found.into_iter().find(|found| found.end == end)?;
        let list = found.words("list")?.0.into_values().next()?;
        let named = |part: &str| {
            let low = folded(part.trim());
            let is = |message: &str| folded(&self.language.tongue.say(message, &[])) == low;
            AUTHORITIES.iter().find(|(message, _)| is(message)).map(|(_, authority)| *authority)
        };
        list.split(',').map(named).collect()
    }

    /// An object of which the accuracy does not determine where the line meets it.
    fn undetermined(&mut self) -> Option<(Read, Vec<Mark>)> {
        let last = crate::document::write::last_of_stretch(self.code());
        let slot = |name: &str| match name {
            "from" => Phrase::PointName(Case::Ablative),
            "to" => Phrase::PointName(last),
            "n" => Phrase::Number,
            "unit" => Phrase::Unit,
            _ => Phrase::Object(Case::Accusative),
        };
        let end = self.len();
        let mut all = self.message("met-between", 0, 0, &slot);
        all.extend(self.message("met-undetermined", 0, 0, &slot));
        let cost = |found: &Match| found.slots.iter().map(|(_, got)| got.cost).sum::<usize>();
        let found = all.into_iter().filter(|found| found.end == end).min_by_key(cost)?;
        let point = |slot: &str| match found.get(slot) {
            Some(Value::Point(point, _)) => Some(point.clone()),
            _ => None,
        };
        let between = point("from").zip(point("to")).map(|(from, to)| [from, to]);
        let accuracy = StatedLength { kind: None, ..length(&found, LengthKind::Straight)? };
        let rule = Rule::Undetermined(Box::new(UndeterminedMeeting { what: found.object("what")?, accuracy, between }));
        let said = crate::document::parse::rule::name(&rule);
        Some((Read::Rule(rule), self.whole("rule", said)))
    }

    /// Words up to any end, the shortest first.
    pub(super) fn heading(&self, at: usize) -> Vec<Got> {
        let words = |end: usize| Value::Words(Words::of(self.code(), self.printed(at, end)));
        (at + 1..=self.len()).map(|end| Got { cost: end - at, ..Got::new(words(end), end) }).collect()
    }
}

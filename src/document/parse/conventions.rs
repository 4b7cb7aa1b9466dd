//! Conventions of a whole document: its rose of winds, unit, datum, north, and number formats.

use super::lexicon::Lexicon;
use super::number::NumberStyle;
use super::segment::Paragraph;
use super::{InferredFact, ParseOptions, ParsedClause};
use crate::document::description::{
    BearingReference, Description, Direction, Heading, LengthUnit, StatedLength, Statement, StraightEdge, Wind,
    WindCount,
};

/// The number format of a document, by language.
pub(super) struct Styles {
    point_is_thousands: bool,
    comma_decimals: bool,
}

impl Styles {
    /// Infers the formats from every number with a unit of metres.
    pub fn of(text: &str, paragraphs: &[Paragraph]) -> Self {
        let (mut three, mut other, mut comma_short) = (0, 0, 0);
        for paragraph in paragraphs {
            let tokens = super::token::tokens(text, paragraph.span.clone());
            for pair in tokens.windows(2) {
                let metres = matches!(pair[1].low.as_str(), "m" | "м" | "метров" | "metara" | "meters" | "metres");
                let number = &pair[0];
                if number.kind != super::token::TokenKind::Number {
                    continue;
                }
                if let Some((_, decimals)) = number.low.split_once('.').filter(|_| metres) {
                    if decimals.len() == 3 { three += 1 } else { other += 1 }
                }
                if let Some((_, decimals)) = number.low.split_once(',') {
                    comma_short += usize::from(decimals.len() != 3);
                }
            }
        }
        Styles { point_is_thousands: three > 0 && other == 0, comma_decimals: comma_short > 0 }
    }

    pub fn of_language(&self, lexicon: &Lexicon) -> NumberStyle {
        NumberStyle {
            comma_is_decimal: lexicon.decimal_comma || self.comma_decimals && lexicon.language != "en",
            point_is_thousands: self.point_is_thousands,
        }
    }
}

pub(super) fn fact(about: &str, value: impl Into<String>, evidence: impl Into<String>, stated: bool) -> InferredFact {
    InferredFact { about: about.to_owned(), value: value.into(), evidence: evidence.into(), stated }
}

/// Words that name a datum.
const DATUMS: [(&str, &str); 8] = [
    ("wgs 84", "WGS 84"),
    ("wgs-84", "WGS 84"),
    ("wgs84", "WGS 84"),
    ("ск-42", "Pulkovo 1942"),
    ("pulkovo 1942", "Pulkovo 1942"),
    ("пулково 1942", "Pulkovo 1942"),
    ("panama-colon datum", "Panama-Colon"),
    ("itrf", "ITRF"),
];

/// Words that name a north.
const NORTHS: [(&str, BearingReference); 10] = [
    ("true meridian", BearingReference::True),
    ("true north", BearingReference::True),
    ("(true)", BearingReference::True),
    ("истинный азимут", BearingReference::True),
    ("magnetic", BearingReference::Magnetic),
    ("магнитный азимут", BearingReference::Magnetic),
    ("магнитный азимут", BearingReference::Magnetic),
    ("grid north", BearingReference::Grid),
    ("grid bearing", BearingReference::Grid),
    ("дирекционный угол", BearingReference::Grid),
];

/// Infers the conventions of a document, and adds them to the tree.
pub(super) fn infer(
    text: &str,
    clauses: &[ParsedClause],
    description: &mut Description,
    options: &ParseOptions,
) -> Vec<InferredFact> {
    let mut facts = Vec::new();
    let lower = text.to_lowercase();
    let said = description.conventions.clone();
    let rule = || "a rule of the text states it".to_owned();
    let stated_winds = said.winds.filter(|_| options.winds.is_none());
    if let Some(count) = stated_winds {
        facts.push(fact("winds", super::place::word(&count), rule(), true));
    } else if let Some((count, evidence)) = winds(description, options) {
        facts.push(fact("winds", super::place::word(&count), evidence, options.winds.is_some()));
        description.conventions.winds = Some(count);
    }
    if let Some(unit) = said.unit {
        facts.push(fact("unit", super::place::word(&unit), rule(), true));
    } else if let Some((unit, count, all)) = unit(description) {
        facts.push(fact("unit", super::place::word(&unit), format!("{count} of {all} lengths are in it"), false));
        description.conventions.unit = Some(unit);
    }
    if let Some(datum) = said.datum {
        facts.push(fact("datum", datum, rule(), true));
    } else if let Some((words, datum)) = DATUMS.iter().find(|(words, _)| lower.contains(words)) {
        facts.push(fact("datum", *datum, format!("the text names it: {words}"), true));
        description.conventions.datum = Some((*datum).to_owned());
    }
    if let Some(north) = said.north {
        facts.push(fact("north", super::place::word(&north), rule(), true));
    } else if bearings(description).iter().any(Option::is_some) {
        // Bearings with a north of their own: of the whole only if it is the same for all.
        let all = bearings(description);
        if let Some(north) = all[0].filter(|north| all.iter().all(|other| *other == Some(*north))) {
            facts.push(fact("north", super::place::word(&north), "every bearing states it", true));
            description.conventions.north = Some(north);
        }
    } else if let Some((words, north)) = NORTHS.iter().find(|(words, _)| lower.contains(words)) {
        facts.push(fact("north", super::place::word(north), format!("the text names it: {words}"), true));
        description.conventions.north = Some(*north);
    }
    let edge = [
        ("geodesic line", StraightEdge::Geodesic),
        ("геодезических линий", StraightEdge::Geodesic),
        ("геодезическая линия", StraightEdge::Geodesic),
        ("геодезической линии", StraightEdge::Geodesic),
        ("rhumb line", StraightEdge::Rhumb),
        ("loxodrom", StraightEdge::Rhumb),
        ("локсодром", StraightEdge::Rhumb),
    ];
    if let Some(edge) = said.edge {
        facts.push(fact("edge", super::place::word(&edge), rule(), true));
    } else if let Some((words, edge)) = edge.iter().find(|(words, _)| lower.contains(words)) {
        facts.push(fact("edge", super::place::word(edge), format!("the text names it: {words}"), true));
        description.conventions.edge = Some(*edge);
    }
    let approx = clauses.iter().flat_map(|clause| &clause.fields).filter(|field| field.field == "approx").count();
    if approx > 0 {
        facts.push(fact("approximate", approx.to_string(), "values that the text calls approximate", false));
    }
    facts
}

fn directions(description: &Description) -> Vec<Direction> {
    let mut out = Vec::new();
    let ties = |location: &crate::document::description::PointLocation| {
        location.ties.iter().filter_map(|tie| tie.direction.clone()).collect::<Vec<_>>()
    };
    for section in &description.sections {
        for statement in &section.statements {
            match statement {
                Statement::Leg(leg) => {
                    out.extend(leg.directions.iter().cloned());
                    out.extend(leg.parts.iter().flat_map(|part| part.directions.iter().cloned()));
                    out.extend(ties(&leg.from_location));
                    out.extend(ties(&leg.to_location));
                }
                Statement::Point(point) => out.extend(ties(&point.location)),
                _ => {}
            }
        }
    }
    out
}

/// The north of each bearing of a leg or tie, if stated.
fn bearings(description: &Description) -> Vec<Option<BearingReference>> {
    let all = directions(description).into_iter();
    all.filter_map(|direction| match direction.heading {
        Heading::Bearing(bearing) => Some(bearing.reference),
        _ => None,
    })
    .collect()
}

fn winds(description: &Description, options: &ParseOptions) -> Option<(WindCount, String)> {
    if let Some(winds) = options.winds {
        return Some((winds, "stated by the caller".to_owned()));
    }
    let mut all: Vec<Wind> = Vec::new();
    for direction in directions(description) {
        match direction.heading {
            Heading::Wind(wind) => all.push(wind),
            Heading::Winds(winds) => all.extend(winds),
            _ => {}
        }
    }
    let sixteenths = all.iter().filter(|wind| **wind as u8 % 2 == 1).count();
    let eighths = all.iter().filter(|wind| **wind as u8 % 4 == 2).count();
    match (all.len(), sixteenths, eighths) {
        (0, ..) => None,
        (count, 1.., _) => {
            Some((WindCount::Sixteen, format!("{sixteenths} of {count} winds are compounds of three words")))
        }
        (count, 0, 1..) => {
            Some((WindCount::Eight, format!("{eighths} of {count} winds are compounds of two words, none of three")))
        }
        (count, ..) if count >= 8 => Some((WindCount::Four, format!("all of {count} winds are single words"))),
        (count, ..) => {
            Some((WindCount::Eight, format!("{count} winds, none of them a compound: too few to tell four from eight")))
        }
    }
}

fn unit(description: &Description) -> Option<(LengthUnit, usize, usize)> {
    let of = |length: &StatedLength| length.unit;
    let all: Vec<LengthUnit> = description
        .legs()
        .flat_map(|(_, leg)| {
            leg.length.iter().map(of).chain(leg.parts.iter().filter_map(|part| part.length.as_ref().map(of)))
        })
        .collect();
    let count = |unit: LengthUnit| all.iter().filter(|other| **other == unit).count();
    let most = all.iter().copied().max_by_key(|unit| count(*unit))?;
    Some((most, count(most), all.len()))
}

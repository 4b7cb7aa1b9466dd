//! Rules, totals and headings: sentences that do not describe legs.

use super::lexicon::Tag;
use super::reader::Reader;
use super::{Made, ParsedField};
use crate::document::description::{Authority, LengthKind, LengthUnit, Rule, StatedLength, Statement};
use std::ops::Range;

/// Groups of words; a sentence must have one word of each group.
type Signs = &'static [&'static [&'static str]];

#[derive(Clone, Copy)]
enum Sort {
    LineAndSurface,
    DescriptionAndMap,
    Precedence,
    WaterFixed,
    WaterMobile,
    WaterMiddle,
    LakeStraight,
    Banks,
    Adjustment,
    ClearStrip,
    LostMark,
    ClosedRing,
    ThroughNumbering,
    LengthsAlong,
    Other,
}

const SIGNS: [(Sort, Signs); 36] = [
    (Sort::LineAndSurface, &[&["vertical surface"], &["line"]]),
    (Sort::LineAndSurface, &[&["вертикальная поверхность", "вертикальна поверхня"]]),
    (Sort::LineAndSurface, &[&["ուղղահայաց մակերև"]]),
    (Sort::LineAndSurface, &[&["şaquli səth"]]),
    (Sort::DescriptionAndMap, &[&["description"], &["map"], &["border shall be", "boundary shall be"]]),
    (
        Sort::Precedence,
        &[
            &["prevail", "shall be conclusive"],
            &["text", "description", "map", "coordinates"],
            &["difference", "divergence", "discrepan", "conflict", "inconsisten"],
        ],
    ),
    (Sort::Precedence, &[&["fara fede", "farà fede", "fa fede", "prevale"], &["testo"], &["carte", "mappa"]]),
    (
        Sort::Precedence,
        &[
            &["преимущественную силу", "имеет приоритет", "приоритет имеет", "преобладает"],
            &["описани", "карт", "координат", "текст"],
        ],
    ),
    (Sort::WaterFixed, &[&["не перемещается", "не переміщується"]]),
    (Sort::WaterFixed, &[&["չի տեղաշարժվում"]]),
    (Sort::WaterFixed, &[&["yerini dəyişmir", "yerdəyişmə olmur"]]),
    (
        Sort::WaterFixed,
        &[&["shall not move", "does not move", "shall remain where it is"], &["river", "water", "banks", "bed"]],
    ),
    (Sort::WaterMobile, &[&["follow natural changes", "follows natural changes"]]),
    (Sort::Adjustment, &[&["adjust"], &["commission", "every"], &["boundary", "border", "line"]]),
    (
        Sort::WaterMiddle,
        &[
            &["судноплавних", "судоходных", "navigable"],
            &["фарватер", "тальвег", "fairway", "thalweg"],
            &["несудноплавн", "несудоход", "not navigable", "non-navigable", "унавигац"],
        ],
    ),
    (
        Sort::WaterMiddle,
        &[
            &["lies along a river", "follows a river"],
            &["shall lie along", "shall follow", "runs along"],
            &["centre", "middle"],
        ],
    ),
    (Sort::LakeStraight, &[&["на озерах"], &["по прямой линии, соединяющей", "по прямій лінії, що з'єднує"]]),
    (Sort::LakeStraight, &[&["on lakes"], &["straight line"]]),
    (Sort::Banks, &[&["left and right bank"], &["downstream"]]),
    (Sort::ClearStrip, &[&["полосу очистки", "полоса очистки", "clear strip", "cleared strip", "смуга очищення"]]),
    (Sort::LostMark, &[&["obliterated", "lost"], &["recovered"], &["mark", "monument"]]),
    (Sort::LostMark, &[&["утраченн"], &["восстанавлив"], &["знак"]]),
    (Sort::ClosedRing, &[&["замкнутого контура"], &["начальной точки"]]),
    (Sort::ClosedRing, &[&["list of points", "closed ring", "closed contour"], &["first point"], &["end", "repeat"]]),
    (Sort::ThroughNumbering, &[&["сквозная нумерация", "наскрізна нумерація", "one series"]]),
    (Sort::LengthsAlong, &[&["lengths are along the line"]]),
    (Sort::LengthsAlong, &[&["протяженность указана вдоль линии"]]),
    (Sort::LengthsAlong, &[&["երկարությունները"], &["գծի երկայնքով", "սահմանագծի երկայնքով"]]),
    (Sort::LengthsAlong, &[&["uzunluqlar"], &["xətt boyunca"]]),
    (Sort::Other, &[&["directions are stated", "направления указаны", "coordinates are in", "координаты указаны"]]),
    (Sort::Other, &[&["a straight line is", "прямой является линия", "positions of the line are accurate"]]),
    (
        Sort::Other,
        &[
            &["положение линии известно", "ուղղությունները տրված են", "istiqamətlər"],
            &["м", "румб", "առ", "ռ", "külək", "rumb"],
        ],
    ),
    (Sort::Other, &[&["կոորդինատները", "koordinatlar"], &["wgs 84"]]),
    (Sort::Other, &[&["relyefin səciyyəvi nöqtə"]]),
    (Sort::Other, &[&["характерным точкам и линиям рельефа", "характерних точках і лініях рельєфу"]]),
    (Sort::Other, &[&["artificial changes"], &["shall not affect"]]),
];

/// Titles and headings.
const HEADINGS: [Signs; 5] = [
    &[&["протокол-описани", "протокол-опис"]],
    &[&["protokol-təsvir"]],
    &[&["արձանագրություն-նկարագր"]],
    &[&["protocol-description"], &["line", "border", "boundary"]],
    &[&["հատվածով"], &["հյուսիսից", "հարավից", "արևելքից", "արևմուտքից"]],
];

fn fits(signs: Signs, low: &str) -> bool {
    signs.iter().all(|group| group.iter().any(|words| low.contains(words)))
}

/// Parses a rule, totals or a heading; `None` if the sentence describes a leg or a point.
pub(super) fn read(reader: &Reader<'_>, span: Range<usize>) -> Option<Vec<Made>> {
    let low = super::token::folded(&reader.text[span.clone()]);
    let low = low.split_whitespace().collect::<Vec<_>>().join(" ");
    let found: Vec<Sort> = SIGNS.iter().filter(|(_, signs)| fits(signs, &low)).map(|(sort, _)| *sort).collect();
    if !found.is_empty() {
        let mut out = Vec::new();
        for sort in found {
            let rule = rule(reader, sort, &low, span.clone());
            out.push(made(
                Statement::Rule(rule.clone()),
                span.clone(),
                vec![field(reader, "rule", name(&rule), span.clone(), 0.9)],
            ));
        }
        out.dedup_by(|a, b| a.fields == b.fields);
        return Some(out);
    }
    if HEADINGS.iter().any(|signs| fits(signs, &low)) {
        let fields = vec![field(reader, "heading", reader.text[span.clone()].trim().to_owned(), span.clone(), 0.9)];
        let mut one = made(Statement::Text(reader.words(&reader.text[span.clone()])), span, fields);
        one.heading = true;
        return Some(vec![one]);
    }
    super::totals::read(reader, &low, &span).or_else(|| section_total(reader, &low, span))
}

pub(super) fn made(statement: Statement, span: Range<usize>, fields: Vec<ParsedField>) -> Made {
    Made { statement, span, fields, unparsed: Vec::new(), starts_at: None, heading: false }
}

pub(super) fn field(
    reader: &Reader<'_>,
    field: &str,
    value: String,
    span: Range<usize>,
    confidence: f64,
) -> ParsedField {
    ParsedField {
        field: field.to_owned(),
        value,
        span: [span.start, span.end],
        text: reader.text[span].to_owned(),
        confidence,
    }
}

/// "Граница … проходит от точки 1 до точки 90 протяженностью 9952,91 м": the heading of a section with its total.
fn section_total(reader: &Reader<'_>, low: &str, span: Range<usize>) -> Option<Vec<Made>> {
    let totals = [
        "протяженность границы",
        "протяженностью",
        "загальна довжина",
        "total length",
        "ümumi uzunluğu",
        "ընդհանուր երկարությունը",
        "общая протяженность",
    ];
    let heads = totals.iter().any(|words| low.contains(words));
    let leg = ["направлени", "direction", "напрямку"].iter().any(|words| low.contains(words));
    // A leg says along what it runs.
    let follows = |i: usize| match reader.tag(i) {
        Some(Tag::Follow(_) | Tag::Stream(_)) => true,
        Some(Tag::Along) => reader.phrase(i + 1).is_some(),
        _ => false,
    };
    let leg = leg || (0..reader.items.len()).any(follows);
    if !heads || leg {
        return None;
    }
    let at = (0..reader.items.len()).find(|i| reader.measure(*i).is_some())?;
    let measure = reader.measure(at)?;
    let bounds = |i: usize| reader.items.get(i).map_or(span.clone(), |item| item.span.clone());
    let length = StatedLength { kind: Some(LengthKind::Along), ..measure.length };
    let mut fields = vec![field(
        reader,
        "total-length",
        super::place::metric(length.metres()),
        bounds(at).start..bounds(measure.next - 1).end,
        0.9,
    )];
    let mut points = Vec::new();
    for i in 0..reader.items.len() {
        if let Some((point, next)) = reader.point(i).filter(|_| points.len() < 2)
            && let Some(id) = point.id
            && points.last() != Some(&id)
        {
            let name = if points.is_empty() { "from" } else { "to" };
            fields.push(field(reader, name, id.clone(), bounds(i).start..bounds(next - 1).end, 0.9));
            points.push(id);
        }
    }
    let total = crate::document::description::Total::Length(length);
    Some(vec![made(Statement::Totals(vec![total]), span, fields)])
}

fn rule(reader: &Reader<'_>, sort: Sort, low: &str, span: Range<usize>) -> Rule {
    match sort {
        Sort::LineAndSurface => Rule::LineAndSurface,
        Sort::DescriptionAndMap => Rule::DescriptionAndMap,
        Sort::Precedence => Rule::Precedence(precedence(low)),
        Sort::WaterFixed => Rule::WaterFixed,
        Sort::WaterMobile => Rule::WaterMobile,
        Sort::WaterMiddle => Rule::WaterMiddle,
        Sort::LakeStraight => Rule::LakeStraight,
        Sort::Banks => Rule::BanksDownstream,
        Sort::Adjustment => Rule::Adjustment { years: years(reader) },
        Sort::ClearStrip => clear_strip(reader).unwrap_or_else(|| Rule::Other(reader.words(&reader.text[span]))),
        Sort::LostMark => Rule::LostMark,
        Sort::ClosedRing => Rule::ClosedRing,
        Sort::ThroughNumbering => Rule::ThroughNumbering,
        Sort::LengthsAlong => Rule::LengthsAlong,
        Sort::Other => Rule::Other(reader.words(&reader.text[span])),
    }
}

/// Documents in order of precedence: by nearness to the verb, with four times the distance for those after it.
fn precedence(low: &str) -> Vec<Authority> {
    let names: [(&[&str], Authority); 4] = [
        (&["text", "description", "testo", "текст", "описани"], Authority::Text),
        (&["map", "carte", "mappa", "карт"], Authority::Map),
        (&["coordinates", "co-ordinates", "coordinate", "координат"], Authority::Coordinates),
        (&["marks", "pillars", "знак", "termini"], Authority::Marks),
    ];
    let verbs = [
        "prevail",
        "conclusive",
        "fara fede",
        "farà fede",
        "fa fede",
        "prevale",
        "преимущественную силу",
        "приоритет",
        "преобладает",
    ];
    let verb = verbs.iter().filter_map(|verb| low.find(verb)).next().unwrap_or(low.len());
    let mut all: Vec<(usize, Authority)> = names
        .iter()
        .filter_map(|(words, authority)| {
            let near = |at: usize| if at < verb { verb - at } else { 4 * (at - verb) };
            words
                .iter()
                .flat_map(|word| low.match_indices(word).map(|(at, _)| near(at)))
                .min()
                .map(|near| (near, *authority))
        })
        .collect();
    all.sort_by_key(|(near, _)| *near);
    all.into_iter().map(|(_, authority)| authority).collect()
}

fn years(reader: &Reader<'_>) -> Option<u32> {
    let at = reader.tokens.iter().position(|token| token.low.starts_with("year") || token.low.starts_with("лет"))?;
    let before = reader.tokens.get(at.checked_sub(1)?)?;
    before.low.parse().ok().or_else(|| super::number::in_words(std::slice::from_ref(before)).map(|(years, _)| years))
}

fn clear_strip(reader: &Reader<'_>) -> Option<Rule> {
    let mut lengths = (0..reader.items.len())
        .filter_map(|i| reader.measure(i))
        .map(|measure| measure.length)
        .filter(|length| length.unit == LengthUnit::Metre);
    let width = lengths.next()?;
    Some(Rule::ClearStrip { width, each_side: lengths.next() })
}

/// The rule in one line.
pub(super) fn name(rule: &Rule) -> String {
    match rule {
        Rule::Precedence(order) => {
            let order: Vec<String> = order.iter().map(super::place::word).collect();
            format!("precedence: {}", order.join(" > "))
        }
        Rule::Adjustment { years } => {
            format!("adjustment{}", years.map_or(String::new(), |years| format!(": every {years} years")))
        }
        Rule::ClearStrip { width, each_side } => {
            let side = each_side.as_ref().map_or(String::new(), |side| format!(", {} m on each side", side.metres()));
            format!("clear-strip: {} m{side}", width.metres())
        }
        Rule::Undetermined(one) => {
            let ends = one.between.iter().flatten().filter_map(|point| point.id.clone()).collect::<Vec<_>>();
            let between = if ends.is_empty() { String::new() } else { format!(" between {}", ends.join(" and ")) };
            format!("undetermined{between}: {} ± {} m", super::place::describe(&one.what), one.accuracy.metres())
        }
        Rule::Other(_) => "other".to_owned(),
        plain => super::place::word(plain),
    }
}

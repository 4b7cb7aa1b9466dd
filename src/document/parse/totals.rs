//! Totals in a sentence of their own: "The total length of the boundary is 12.35 km, of which 4.20 km along rivers."

use super::items::Meaning;
use super::lexicon::Tag;
use super::place::metric;
use super::reader::Reader;
use super::rule::{field, made};
use super::{Made, ParsedField};
use crate::document::description::{LengthKind, StatedLength, Statement, Total};
use std::ops::Range;

/// Phrases for the length of the whole line.
const WHOLE: [&str; 24] = [
    "total length",
    "length of the boundary",
    "length of the border",
    "length of the frontier",
    "length of the state border",
    "length of the line",
    "length of the boundary line",
    "общая протяженность",
    "общая длина",
    "протяженность границы",
    "протяженность государственной границы",
    "протяженность линии",
    "длина границы",
    "длина государственной границы",
    "загальна довжина",
    "загальна протяжність",
    "довжина кордону",
    "протяжність кордону",
    "довжина державного кордону",
    "протяжність державного кордону",
    "ընդհանուր երկարությունը",
    "սահմանագծի երկարությունը",
    "ümumi uzunluğu",
    "sərhəd xəttinin uzunluğu",
];

/// What a part of the line runs along.
#[derive(Clone, Copy)]
enum TotalPart {
    Land,
    Rivers,
    Lakes,
    /// A kind that has no total of its own.
    Other,
}

/// The beginnings of words for it.
const PARTS: [(TotalPart, &[&str]); 4] = [
    (TotalPart::Land, &["land", "overland", "сухопутн", "суше", "суші", "суходол", "ցամաք", "quru"]),
    (TotalPart::Rivers, &["river", "рек", "реч", "річ", "рік", "գետ", "çay"]),
    (TotalPart::Lakes, &["lake", "озер", "լիճ", "լճ", "göl"]),
    (TotalPart::Other, &["sea", "морск", "морю", "морськ", "canal", "канал", "road", "дорог"]),
];

fn part(low: &str) -> Option<TotalPart> {
    PARTS.iter().find(|(_, starts)| starts.iter().any(|start| low.starts_with(start))).map(|(part, _)| *part)
}

/// The number of items within which the phrase for the whole begins.
const BEGINS: usize = 5;

/// Parses totals; `None` if the sentence describes a leg or a section.
pub(super) fn read(reader: &Reader<'_>, low: &str, span: &Range<usize>) -> Option<Vec<Made>> {
    // "The boundary is 8.80 km long."
    let long =
        ["boundary is ", "border is ", "frontier is ", "line is "].iter().filter_map(|phrase| low.find(phrase)).min();
    let long = long.filter(|_| low.contains(" long") || low.contains(" in length"));
    let start = WHOLE.iter().filter_map(|phrase| low.find(phrase)).min().or(long)?;
    if low[..start].split_whitespace().count() > BEGINS {
        return None;
    }
    let count = reader.items.len();
    let is_point = |i: usize| matches!(reader.tag(i), Some(Tag::Point(_))) && reader.point(i).is_some();
    let is_way =
        |i: usize| matches!(reader.tag(i), Some(Tag::Direction | Tag::Stream(_) | Tag::Leaves | Tag::Follow(_)));
    if (0..count).any(|i| is_point(i) || is_way(i)) {
        return None;
    }
    let (mut totals, mut fields): (Vec<Total>, Vec<ParsedField>) = (Vec::new(), Vec::new());
    let (mut i, mut before) = (0, 0);
    while i < count {
        let Some(measure) = reader.measure(i) else {
            i += 1;
            continue;
        };
        let ends = |at: &usize| reader.mark(*at, &[',', ';', ':', '(']) || reader.is(*at, &Tag::And);
        // The words of the length: those before it, else those after it.
        let first = (before..i).rev().find(|at| ends(at)).map_or(before, |at| at + 1);
        let last = (measure.next..count)
            .find(|at| ends(at) || matches!(reader.meaning(*at), Some(Meaning::Number)))
            .unwrap_or(count);
        let words = |range: Range<usize>| range.map(|at| reader.low(at)).find_map(part);
        let of = words(first..i).or_else(|| words(measure.next..last));
        let length = StatedLength {
            kind: Some(LengthKind::Along),
            approx: reader.approx_around(i, measure.next),
            ..measure.length
        };
        let bytes = reader.items[i].span.start..reader.items[measure.next - 1].span.end;
        let (name, total) = match of {
            None if totals.is_empty() => ("total-length", Some(Total::Length(length.clone()))),
            Some(TotalPart::Land) => ("total-land", Some(Total::Land(length.clone()))),
            Some(TotalPart::Rivers) => ("total-rivers", Some(Total::Rivers(length.clone()))),
            Some(TotalPart::Lakes) => ("total-lakes", Some(Total::Lakes(length.clone()))),
            _ => ("", None),
        };
        if let Some(total) = total {
            fields.push(field(reader, name, metric(length.metres()), bytes, 0.9));
            totals.push(total);
        }
        (i, before) = (measure.next, measure.next);
    }
    (!totals.is_empty()).then(|| vec![made(Statement::Totals(totals), span.clone(), fields)])
}

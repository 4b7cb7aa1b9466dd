//! Tests totals, and texts in several languages against each other.

use super::stated::StatedLeg;
use super::{AuditResult, Finding, Verdict, stated};
use crate::document::description::{Decimal, StatedLength, Statement, Total};
use crate::document::parse::{ClauseKind, ParsedText, plain_metres as metric};
use std::collections::HashMap;

/// Tests stated totals against the sums of the legs: those of a section against its own legs, others against all.
pub(super) fn totals(text: &ParsedText, language: &str, legs: &[StatedLeg<'_>], results: &mut Vec<AuditResult>) {
    let clauses = text.clauses.iter().filter(|clause| clause.kind == ClauseKind::Totals);
    for clause in clauses.filter(|clause| clause.language == language) {
        let [section, place] = clause.place;
        let statement = text.description.sections.get(section).and_then(|section| section.statements.get(place));
        let (totals, is_whole) = match statement {
            Some(Statement::Totals(totals)) => (totals, false),
            // Totals of the whole are outside the sections.
            _ => (&text.description.totals, true),
        };
        let has_own = !is_whole && legs.iter().any(|leg| leg.clause.place[0] == section);
        let own = legs.iter().filter(|leg| !has_own || leg.clause.place[0] == section);
        let own: Vec<&StatedLeg<'_>> = own.collect();
        for (nth, total) in totals.iter().enumerate() {
            let (name, finding) = match total {
                Total::Length(total) | Total::Perimeter(total) => ("total-length", summed(total, &lengths(&own))),
                Total::SumOfLegs(total) => ("total-sum", summed(total, &lengths(&own))),
                Total::Points(count) => ("total-points", counted(count, &own)),
                _ => continue,
            };
            let fields = clause.fields.iter().filter(|field| field.field == name || field.field == "total-length");
            let span = fields.clone().find(|field| field.field == name).or(fields.clone().nth(nth));
            results.push(AuditResult {
                text: text.path.clone(),
                clause: clause.clause,
                span: span.map_or(clause.span, |field| field.span),
                point_from: None,
                point_to: None,
                field: "total".to_owned(),
                verdict: finding.verdict,
                stated: finding.stated,
                expected: finding.expected,
                tolerance: finding.tolerance,
                rule: finding.rule,
                place: None,
            });
        }
    }
}

fn lengths<'l>(legs: &[&'l StatedLeg<'_>]) -> Vec<Option<&'l StatedLength>> {
    legs.iter().map(|leg| leg.length()).collect()
}

/// Tests a number of points against the ends of the legs.
fn counted(stated: &Decimal, legs: &[&StatedLeg<'_>]) -> Finding {
    let mut names: Vec<&String> = legs.iter().flat_map(|leg| [&leg.from, &leg.to]).flatten().collect();
    names.sort();
    names.dedup();
    if legs.is_empty() || legs.iter().any(|leg| leg.from.is_none() || leg.to.is_none()) {
        return Finding::not_tested(stated.digits(), "a leg does not say between which points it runs");
    }
    let verdict = if stated.value() == names.len() as f64 { Verdict::Agree } else { Verdict::Contradict };
    let (stated, expected) = (stated.digits().to_owned(), names.len().to_string());
    Finding { verdict, stated, expected, tolerance: None, rule: "points at which legs begin and end".to_owned() }
}

/// Tests a total against the sum of its parts: exactly by their digits, else by their rounding intervals.
fn summed(total: &StatedLength, lengths: &[Option<&StatedLength>]) -> Finding {
    let stated = format!("{} m", metric(total.metres()));
    let missing = lengths.iter().filter(|length| length.is_none()).count();
    if lengths.is_empty() || missing > 0 {
        return Finding::not_tested(stated, format!("{missing} of {} legs state no length", lengths.len()));
    }
    let known: Vec<&StatedLength> = lengths.iter().flatten().copied().collect();
    let sum: f64 = known.iter().map(|length| length.metres()).sum();
    let half: f64 = known.iter().map(|length| length.half_unit_m()).sum();
    let off = (total.metres() - sum).abs();
    let tolerance = half + total.half_unit_m();
    let verdict = match () {
        () if off <= total.half_unit_m() + 1e-6 => Verdict::Agree,
        () if off <= tolerance + 1e-6 => Verdict::Rounding,
        () => Verdict::Contradict,
    };
    let rule = format!("sum of {} stated lengths, within their rounding", known.len());
    Finding { verdict, stated, expected: format!("{} m", metric(sum)), tolerance: Some(tolerance), rule }
}

/// A field, the names of the fields from which it was read, and its value.
type Said = (&'static str, &'static [&'static str], String);

/// The statements of a leg that must be equal in every language.
fn said(leg: &StatedLeg<'_>) -> Vec<Said> {
    let directions: Vec<String> = leg.directions().iter().map(|direction| format!("{:?}", direction.heading)).collect();
    let streams: Vec<String> =
        leg.leg.parts.iter().filter_map(|part| part.stream).map(|stream| format!("{stream:?}")).collect();
    let follows: Vec<String> =
        leg.leg.parts.iter().filter_map(|part| part.follow).map(|follow| format!("{follow:?}")).collect();
    let ties: Vec<String> = leg
        .leg
        .to_location
        .ties
        .iter()
        .map(|tie| {
            format!(
                "{} {}",
                tie.distance.as_ref().map_or(String::new(), |d| metric(d.metres())),
                tie.direction.as_ref().map_or(String::new(), |d| format!("{:?}", d.heading))
            )
        })
        .collect();
    vec![
        ("length", &["length"], leg.length().map_or(String::new(), |length| metric(length.metres()))),
        ("wind", &["wind", "winds", "bearing"], directions.join(", ")),
        ("stream", &["stream"], streams.join(", ")),
        ("follow", &["follow"], follows.join(", ")),
        ("tie", &["to-tie"], ties.join(", ")),
    ]
}

/// Tests that legs between the same points in several texts or languages agree.
pub(super) fn languages(texts: &[ParsedText]) -> Vec<AuditResult> {
    let mut out = Vec::new();
    let mut first: HashMap<(String, String), (usize, String, Vec<Said>)> = HashMap::new();
    for (at, text) in texts.iter().enumerate() {
        for leg in stated::legs(text) {
            let (Some(from), Some(to)) = (leg.from.clone(), leg.to.clone()) else { continue };
            let this = said(&leg);
            let language = leg.clause.language.clone();
            let key = (from.clone(), to.clone());
            let Some((other, of, those)) = first.get(&key) else {
                first.insert(key, (at, language, this));
                continue;
            };
            if *other == at && *of == language {
                continue;
            }
            let mut differs = false;
            let mut add = |field: &str, names: &[&str], verdict: Verdict, stated: String, expected: String| {
                let span = leg
                    .clause
                    .fields
                    .iter()
                    .find(|known| names.contains(&known.field.as_str()))
                    .map_or(leg.clause.span, |known| known.span);
                out.push(AuditResult {
                    text: text.path.clone(),
                    clause: leg.clause.clause,
                    span,
                    point_from: Some(from.clone()),
                    point_to: Some(to.clone()),
                    field: "language".to_owned(),
                    verdict,
                    stated,
                    expected,
                    tolerance: None,
                    rule: format!("{field}: the texts in {of} and {language} say the same"),
                    place: None,
                });
            };
            for ((field, names, mine), (_, _, theirs)) in this.iter().zip(those) {
                if mine != theirs {
                    differs = true;
                    add(field, names, Verdict::Contradict, mine.clone(), theirs.clone());
                }
            }
            if !differs {
                add("leg", &[], Verdict::Agree, String::new(), String::new());
            }
        }
    }
    out
}

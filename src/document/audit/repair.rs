//! Proposed readings of damaged numbers, with the evidence for them. None is applied.

use super::stated::StatedLeg;
use super::traverse;
use crate::document::parse::{ParsedText, plain_metres as metric};
#[cfg(feature = "schema")]
use schemars::JsonSchema;
use serde::Serialize;

/// A proposed reading.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
pub struct RepairProposal {
    /// The file of the text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Number of the clause.
    pub clause: usize,
    /// Byte range of the printed text: first byte, and byte after the last.
    pub span: [usize; 2],
    /// The printed text.
    pub printed: String,
    /// The proposed reading.
    pub proposed: String,
    /// The evidence for it.
    pub evidence: String,
}

/// Readings with less confidence come from damaged forms.
const DAMAGED: f64 = 0.7;

/// Lengths with which a ring would close.
pub(super) fn of_legs(text: &ParsedText, legs: &[StatedLeg<'_>]) -> Vec<RepairProposal> {
    let mut out = Vec::new();
    for (at, metres, closed) in traverse::closing(legs) {
        let leg = &legs[at];
        let Some(length) = leg.length() else { continue };
        let field = leg.clause.fields.iter().find(|field| field.field == "length");
        let factor = metres / length.metres();
        let value = length.value.value() * factor;
        let area = traverse::stated_area(&legs[legs.len() - 1]).map_or(String::new(), |(stated, _)| {
            format!(" and encloses {:.0} m², as stated ({stated:.0} m²)", closed.area_m2)
        });
        out.push(RepairProposal {
            text: text.path.clone(),
            clause: leg.clause.clause,
            span: field.map_or(leg.clause.span, |field| field.span),
            printed: length.value.digits().to_owned(),
            proposed: metric(value),
            evidence: format!("the ring then closes within {} m{area}", metric(closed.misclosure)),
        });
    }
    out
}

/// Numbers read from damaged forms.
pub(super) fn of_fields(text: &ParsedText) -> Vec<RepairProposal> {
    let mut out = Vec::new();
    for clause in &text.clauses {
        let damaged = clause.fields.iter().filter(|field| field.confidence < DAMAGED && !field.value.is_empty());
        let numeric = damaged.filter(|field| {
            field.field.ends_with("position")
                || field.field.ends_with("tie")
                || matches!(field.field.as_str(), "length" | "bearing")
        });
        for field in numeric.filter(|field| !field.field.contains("near")) {
            out.push(RepairProposal {
                text: text.path.clone(),
                clause: clause.clause,
                span: field.span,
                printed: field.text.clone(),
                proposed: field.value.clone(),
                evidence: neighbours(text, &field.value)
                    .unwrap_or_else(|| "the only reading with parts in their ranges".to_owned()),
            });
        }
    }
    out
}

/// The distance of a corrected position from the nearest sound position of the text.
fn neighbours(text: &ParsedText, value: &str) -> Option<String> {
    let position = |value: &str| {
        let (latitude, longitude) = value.split_once(' ')?;
        Some(geo::Coord { x: longitude.parse().ok()?, y: latitude.parse().ok()? })
    };
    let here = position(value)?;
    let sound = text
        .clauses
        .iter()
        .flat_map(|clause| &clause.fields)
        .filter(|field| field.field.ends_with("position") && field.confidence >= DAMAGED);
    let distances = sound.filter_map(|field| position(&field.value)).map(|there| crate::earth::distance_m(here, there));
    let nearest = distances.min_by(f64::total_cmp)?;
    Some(format!("the nearest other position of the text is {:.1} km away", nearest / 1000.0))
}

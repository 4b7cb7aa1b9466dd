//! Totals of a ledger, and their check.

use super::sides::{Holders, Sides};
use super::{Balance, LedgerPiece, PairTotal, TerritoryTotal};
use crate::earth::polygon_area_m2;
use crate::model::{Warning, WarningCode};
use crate::topology::enclosed;
use geo::Polygon;
use rayon::prelude::*;
use std::collections::BTreeMap;

/// Difference in m² up to which a ledger is balanced.
const BALANCED_M2: f64 = 1.0;
/// Residual in m² from which a territory is reported as self-crossing.
const CROSSED_M2: f64 = 0.01;

/// Names of the holders before and after, and their numbers.
type Pair<'a> = (Option<&'a str>, Option<&'a str>, [&'a [u32]; 2]);

pub(super) fn by_pair(pieces: &[LedgerPiece]) -> Vec<PairTotal> {
    let mut totals: BTreeMap<Pair<'_>, PairTotal> = BTreeMap::new();
    for piece in pieces {
        let key = (piece.from.as_deref(), piece.to.as_deref(), numbers(piece));
        let total = totals.entry(key).or_insert_with(|| PairTotal {
            from: piece.from.clone(),
            to: piece.to.clone(),
            pieces: 0,
            area_m2: 0.0,
            area_km2: 0.0,
            area_error_m2: None,
            slivers: 0,
            sliver_area_m2: 0.0,
            residual_m2: None,
        });
        if piece.sliver {
            total.slivers += 1;
            total.sliver_area_m2 += piece.area_m2;
        } else {
            total.pieces += 1;
            total.area_m2 += piece.area_m2;
            total.area_km2 = total.area_m2 / 1e6;
            total.area_error_m2 = piece.area_error_m2.map(|error| error.hypot(total.area_error_m2.unwrap_or(0.0)));
        }
    }
    totals.into_values().collect()
}

/// The territories that hold a piece before and after.
pub(super) fn numbers(piece: &LedgerPiece) -> [&[u32]; 2] {
    [&piece.holders[0].numbers, &piece.holders[1].numbers]
}

/// Land that passes to a territory and from it.
#[derive(Debug, Clone, Copy, Default)]
struct Passes {
    to_it_m2: f64,
    from_it_m2: f64,
    is_named: bool,
}

pub(super) fn by_territory(
    pieces: &[LedgerPiece],
    sides: &Sides<'_>,
    warnings: &mut Vec<Warning>,
) -> Vec<TerritoryTotal> {
    let whole = |edition: usize, number: usize, area_m2: fn(&[Polygon]) -> f64| {
        let territory = sides.territory(edition, number as u32).filter(|territory| !territory.meta.clipped)?;
        Some(area_m2(territory.parts()))
    };
    let mut totals = vec![Passes::default(); sides.ids().len()];
    for piece in pieces {
        let [from, to] = numbers(piece);
        for number in from {
            totals[*number as usize].from_it_m2 += piece.area_m2;
            totals[*number as usize].is_named = true;
        }
        for number in to {
            totals[*number as usize].to_it_m2 += piece.area_m2;
            totals[*number as usize].is_named = true;
        }
    }
    let total = |(number, Passes { to_it_m2, from_it_m2, is_named }): (usize, Passes)| {
        let id = sides.id(number as u32);
        // A proposal may name a territory that is not in the data.
        if !is_named && [0, 1].iter().all(|edition| sides.territory(*edition, number as u32).is_none()) {
            return (None, None);
        }
        let mut warning = None;
        let difference_m2 = to_it_m2 - from_it_m2;
        let measured = |area_m2: fn(&[Polygon]) -> f64| {
            let (before, after) = (whole(0, number, area_m2), whole(1, number, area_m2));
            (before, after, before.zip(after).map(|(before, after)| after - before - difference_m2))
        };
        let (mut before_m2, mut after_m2, mut residual_m2) = measured(outlined_m2);
        if residual_m2.is_some_and(|residual_m2| residual_m2.abs() > BALANCED_M2) {
            let enclosed = measured(enclosed_m2);
            let differ = |a: Option<f64>, b: Option<f64>| a.zip(b).is_some_and(|(a, b)| (a - b).abs() > CROSSED_M2);
            if differ(before_m2, enclosed.0) || differ(after_m2, enclosed.1) {
                warning = Some(crosses_itself(id, residual_m2.unwrap_or(0.0)));
            }
            (before_m2, after_m2, residual_m2) = enclosed;
        }
        let total = TerritoryTotal {
            territory: id.to_owned(),
            to_it_m2,
            from_it_m2,
            difference_m2,
            difference_km2: difference_m2 / 1e6,
            before_m2,
            after_m2,
            residual_m2,
        };
        (Some(total), warning)
    };
    let (totals, crossing): (Vec<_>, Vec<_>) = totals.into_par_iter().enumerate().map(total).unzip();
    warnings.extend(crossing.into_iter().flatten());
    totals.into_iter().flatten().collect()
}

fn outlined_m2(parts: &[Polygon]) -> f64 {
    parts.par_iter().map(polygon_area_m2).sum()
}

/// The area enclosed by an odd number of rings: differs from the sum only if rings cross.
fn enclosed_m2(parts: &[Polygon]) -> f64 {
    outlined_m2(&enclosed(parts))
}

fn crosses_itself(id: &str, residual_m2: f64) -> Warning {
    let message = format!(
        "{id}: an outline that crosses itself has no single area: signed, its loops differ by {:.1} m² from the land that \
         an odd number of rings enclose, which is what the ledger counts; `check` says where it crosses",
        residual_m2.abs()
    );
    Warning { code: WarningCode::Ring, message, feature: Some(id.to_owned()) }
}

/// Warnings for pieces with several holders before, or after if that does not result from a proposal.
pub(super) fn held_by_several(pieces: &[LedgerPiece], sides: &Sides<'_>) -> Vec<Warning> {
    let mut warnings = Vec::new();
    for (edition, name) in [(0, "BEFORE"), (1, "AFTER")] {
        let mut areas: BTreeMap<&[u32], (f64, &Holders)> = BTreeMap::new();
        for piece in pieces.iter().filter(|_| edition == 0 || !sides.after.is_empty()) {
            let holders = &piece.holders[edition];
            if holders.numbers.len() > 1 {
                areas.entry(&holders.numbers).or_insert((0.0, holders)).0 += piece.area_m2;
            }
        }
        for (area_m2, holders) in areas.into_values() {
            let all = holders.name().unwrap_or_default();
            let message = format!(
                "{name}: {} territories hold the same {:.3} km² among the land listed; it stands under `{all}`, and counts \
                 for each of them",
                holders.numbers.len(),
                area_m2 / 1e6
            );
            warnings.push(Warning { code: WarningCode::Overlap, message, feature: Some(all.to_owned()) });
        }
    }
    warnings
}

pub(super) fn balance(pieces: &[LedgerPiece], territories: &[TerritoryTotal], pairs: &[PairTotal]) -> Balance {
    // Each side is summed separately: territories, and land without a holder.
    let nobody = |side: usize| -> f64 {
        pieces.iter().filter(|piece| numbers(piece)[side].is_empty()).map(|piece| piece.area_m2).sum()
    };
    // Land with several holders counts once for each of them: subtracts the surplus.
    let repeated = |side: usize| -> f64 {
        pieces.iter().map(|piece| numbers(piece)[side].len().saturating_sub(1) as f64 * piece.area_m2).sum()
    };
    let received_m2 = territories.iter().map(|t| t.to_it_m2).sum::<f64>() + nobody(1) - repeated(1);
    let ceded_m2 = territories.iter().map(|t| t.from_it_m2).sum::<f64>() + nobody(0) - repeated(0);
    let residuals = territories.iter().map(|t| t.residual_m2).chain(pairs.iter().map(|pair| pair.residual_m2));
    let greatest_residual_m2 = residuals.flatten().map(f64::abs).reduce(f64::max);
    let difference_m2 = received_m2 - ceded_m2;
    let balanced = difference_m2.abs() <= BALANCED_M2 && greatest_residual_m2.unwrap_or(0.0) <= BALANCED_M2;
    Balance { received_m2, ceded_m2, difference_m2, greatest_residual_m2, balanced }
}

//! Totals of a ledger, and their proof.

use super::land::Sides;
use super::{Balance, LedgerPiece, PairTotal, TerritoryTotal};
use crate::earth::polygon_area_m2;
use crate::model::{Territory, Warning, WarningCode};
use crate::topology::enclosed;
use geo::Polygon;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Difference in m² up to which a ledger is balanced.
const BALANCED_M2: f64 = 1.0;
/// Difference in m² from which an outline is said to cross itself.
const CROSSED_M2: f64 = 0.01;

pub(super) fn by_pair(pieces: &[LedgerPiece]) -> Vec<PairTotal> {
    let mut totals: BTreeMap<(Option<&str>, Option<&str>), PairTotal> = BTreeMap::new();
    for piece in pieces {
        let total = totals.entry((piece.from.as_deref(), piece.to.as_deref())).or_insert_with(|| PairTotal {
            from: piece.from.clone(),
            to: piece.to.clone(),
            pieces: 0,
            area_m2: 0.0,
            area_km2: 0.0,
            area_error_m2: None,
            slivers: 0,
            sliver_area_m2: 0.0,
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

pub(super) fn by_territory(pieces: &[LedgerPiece], sides: &Sides, warnings: &mut Vec<Warning>) -> Vec<TerritoryTotal> {
    let whole = |edition: &[Territory], id: &str, area_m2: fn(&[Polygon]) -> f64| {
        let territory = edition.iter().find(|t| t.meta.id == id && !t.meta.clipped)?;
        Some(area_m2(&territory.parts))
    };
    // A proposal may name somebody whom the territories do not hold.
    let mut totals: BTreeMap<&str, [f64; 2]> = sides.ids().iter().map(|id| (id.as_str(), [0.0; 2])).collect();
    for piece in pieces {
        for (end, held) in [&piece.to, &piece.from].into_iter().enumerate() {
            for id in held.iter().flat_map(|ids| ids.split(" + ")) {
                totals.entry(id).or_default()[end] += piece.area_m2;
            }
        }
    }
    let total = |(id, [to_it_m2, from_it_m2]): (&str, [f64; 2])| {
        let mut warning = None;
        let difference_m2 = to_it_m2 - from_it_m2;
        let measured = |area_m2: fn(&[Polygon]) -> f64| {
            let (before, after) = (whole(&sides.before, id, area_m2), whole(&sides.after, id, area_m2));
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
        (total, warning)
    };
    let totals: Vec<(&str, [f64; 2])> = totals.into_iter().collect();
    let (totals, crossing): (Vec<_>, Vec<_>) = totals.into_par_iter().map(total).unzip();
    warnings.extend(crossing.into_iter().flatten());
    totals
}

fn outlined_m2(parts: &[Polygon]) -> f64 {
    parts.par_iter().map(polygon_area_m2).sum()
}

/// The land that an odd number of rings enclose: the same, but where rings cross.
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

pub(super) fn balance(pieces: &[LedgerPiece], territories: &[TerritoryTotal]) -> Balance {
    // Each side summed for itself: by territory, and nobody's share.
    let nobody = |end: fn(&LedgerPiece) -> &Option<Arc<str>>| -> f64 {
        pieces.iter().filter(|piece| end(piece).is_none()).map(|piece| piece.area_m2).sum()
    };
    // Land that several held or hold counts once for each of them, so once too often for each but the first.
    let repeated = |end: fn(&LedgerPiece) -> &Option<Arc<str>>| -> f64 {
        let several = |piece: &LedgerPiece| end(piece).as_deref().map_or(0, |ids| ids.matches(" + ").count());
        pieces.iter().map(|piece| several(piece) as f64 * piece.area_m2).sum()
    };
    let received_m2 = territories.iter().map(|t| t.to_it_m2).sum::<f64>() + nobody(|p| &p.to) - repeated(|p| &p.to);
    let ceded_m2 = territories.iter().map(|t| t.from_it_m2).sum::<f64>() + nobody(|p| &p.from) - repeated(|p| &p.from);
    let greatest_residual_m2 = territories.iter().filter_map(|t| t.residual_m2).map(f64::abs).reduce(f64::max);
    let difference_m2 = received_m2 - ceded_m2;
    let balanced = difference_m2.abs() <= BALANCED_M2 && greatest_residual_m2.unwrap_or(0.0) <= BALANCED_M2;
    Balance { received_m2, ceded_m2, difference_m2, greatest_residual_m2, balanced }
}

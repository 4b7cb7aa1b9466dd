//! Checks the land of each pair against the outlines.
//!
//! A territory that holds land both before and after does not change its area, so that its area cannot reveal an error
//! there.

use super::sides::Sides;
use super::total::numbers;
use super::{LedgerPiece, PairTotal};
use crate::earth::polygon_area_m2;
use crate::topology::{Arrangement, BoxIndex, box_of, edges};
use geo::{BoundingRect, Coord, Polygon};
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Computes the residual of each pair with a territory that is a holder both before and after.
///
/// # Method
/// The land of those pairs is overlaid with the outlines of all their holders, edition by edition, without skipping
/// edges that are equal in both. Land with a stated holder must lie within the holder's outline, and other land outside
/// it: the residual of a pair is the greatest area of any holder that is missing or in excess.
pub(super) fn measure_anew(pairs: &mut [PairTotal], pieces: &[LedgerPiece], sides: &Sides<'_>) {
    let is_shared = |piece: &LedgerPiece| {
        let [from, to] = numbers(piece);
        from.iter().any(|t| to.contains(t))
    };
    let key = |from: &Option<Arc<str>>, to: &Option<Arc<str>>| (from.clone(), to.clone());
    let mut shared: FxHashMap<_, Vec<&LedgerPiece>> = FxHashMap::default();
    for piece in pieces.iter().filter(|piece| is_shared(piece)) {
        shared.entry(key(&piece.from, &piece.to)).or_default().push(piece);
    }
    if shared.is_empty() {
        return;
    }
    let of_pairs = pairs.iter_mut().filter_map(|pair| Some((shared.remove(&key(&pair.from, &pair.to))?, pair)));
    let (lands, mut pairs): (Vec<Vec<&LedgerPiece>>, Vec<&mut PairTotal>) = of_pairs.unzip();
    for edition in [0, 1] {
        if edition == 1 && sides.after.is_empty() {
            continue;
        }
        for (pair, residual_m2) in pairs.iter_mut().zip(residuals_m2(&lands, sides, edition)) {
            pair.residual_m2 = Some(pair.residual_m2.unwrap_or(0.0).max(residual_m2));
        }
    }
}

/// Area of each pair's land that differs from an edition. Labels: twice a territory's number, twice a pair's number
/// plus one.
fn residuals_m2(lands: &[Vec<&LedgerPiece>], sides: &Sides<'_>, edition: usize) -> Vec<f64> {
    let holders: BTreeSet<u32> = lands.iter().flatten().flat_map(|piece| numbers(piece)[edition]).copied().collect();
    let polygons = || lands.iter().flatten().flat_map(|piece| &piece.polygons);
    let outlines = polygons().filter_map(|polygon| polygon.bounding_rect());
    let boxes = BoxIndex::new(outlines.map(|rect| ((rect.min(), rect.max()), 0)));
    let mut all = Vec::new();
    for &number in &holders {
        let parts = sides.territory(edition, number).map_or(&[][..], |territory| territory.parts());
        let is_near = |part: &&Polygon| part.bounding_rect().is_some_and(|rect| boxes.touches(rect.min(), rect.max()));
        for part in parts.iter().filter(is_near) {
            all.extend(edges(std::slice::from_ref(part), 2 * number));
        }
    }
    for (number, land) in lands.iter().enumerate() {
        for piece in land {
            all.extend(edges(&piece.polygons, 2 * number as u32 + 1));
        }
    }
    let is_far = |edge: [Coord; 2]| {
        let (low, high) = box_of(edge);
        !boxes.touches(low, high)
    };
    let quiet = |ends: [Coord; 2], _: &[(u32, bool)]| is_far(ends);
    let whole_m2 = |land: &Vec<&LedgerPiece>| land.iter().map(|piece| piece.area_m2).sum::<f64>();
    // Where the overlay fails, nothing is confirmed.
    let Ok(arrangement) = Arrangement::new(&all, quiet, |_| false) else { return lands.iter().map(whole_m2).collect() };
    let land = arrangement.land(|labels| {
        let pair = labels.iter().find(|label| *label % 2 == 1)?;
        let held: Vec<u32> = labels.iter().filter(|label| *label % 2 == 0).map(|label| label / 2).collect();
        Some((pair / 2, held))
    });
    let mut found_m2: FxHashMap<(u32, u32), f64> = FxHashMap::default();
    for ((pair, held), polygons) in land {
        let area_m2: f64 = polygons.iter().map(polygon_area_m2).sum();
        held.into_iter().for_each(|territory| *found_m2.entry((pair, territory)).or_default() += area_m2);
    }
    let residual_m2 = |(pair, land): (usize, &Vec<&LedgerPiece>)| {
        let (said, whole_m2) = (numbers(land[0])[edition], whole_m2(land));
        let off = holders.iter().map(|territory| {
            let found_m2 = found_m2.get(&(pair as u32, *territory)).copied().unwrap_or(0.0);
            (found_m2 - if said.contains(territory) { whole_m2 } else { 0.0 }).abs()
        });
        off.fold(0.0, f64::max)
    };
    lands.iter().enumerate().map(residual_m2).collect()
}

//! The land of each pair, measured anew on the outlines.
//!
//! What a territory holds both before and after changes its area by nothing, so that its own area proves nothing of it.

use super::sides::Sides;
use super::total::numbers;
use super::{LedgerPiece, PairTotal};
use crate::earth::polygon_area_m2;
use crate::topology::{Arrangement, BoxIndex, edges};
use geo::{BoundingRect, Coord, Polygon};
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Fills in the residual of each pair whose land somebody holds both before and after.
///
/// # Method
/// The land of those pairs is laid over each edition's outlines of the territories that hold any of it. None of these
/// outlines is left out as alike in both editions. Of land that a territory is said to hold, all must be within its outline,
/// and of other land nothing: the residual of a pair is the most that any of them lacks or has too much.
pub(super) fn measure_anew(pairs: &mut [PairTotal], pieces: &[LedgerPiece], sides: &Sides) {
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

/// Of the land of each pair what is not as an edition has it. Labels: twice a territory's number, twice a pair's plus one.
fn residuals_m2(lands: &[Vec<&LedgerPiece>], sides: &Sides, edition: usize) -> Vec<f64> {
    let holders: BTreeSet<u32> = lands.iter().flatten().flat_map(|piece| numbers(piece)[edition]).copied().collect();
    let polygons = || lands.iter().flatten().flat_map(|piece| &piece.polygons);
    let outlines = polygons().filter_map(|polygon| polygon.bounding_rect());
    let boxes = BoxIndex::new(outlines.map(|rect| ((rect.min(), rect.max()), 0)));
    let mut all = Vec::new();
    for &number in &holders {
        let parts = sides.territory(edition, number).map_or(&[][..], |territory| &territory.parts);
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
    let is_far = |[a, b]: [Coord; 2]| {
        let (low, high) = (Coord { x: a.x.min(b.x), y: a.y.min(b.y) }, Coord { x: a.x.max(b.x), y: a.y.max(b.y) });
        !boxes.touches(low, high)
    };
    let quiet = |ends: [Coord; 2], _: &[(u32, bool)]| is_far(ends);
    let whole_m2 = |land: &Vec<&LedgerPiece>| land.iter().map(|piece| piece.area_m2).sum::<f64>();
    // Where it cannot be measured, nothing is proven.
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

//! Vertices of one side on the other side's edge: T-junctions.

use super::SegmentIndex;
use super::fabric::Use;
use crate::earth::LocalPlane;
use geo::Coord;
use rayon::prelude::*;
use rustc_hash::FxHashMap;

/// Side of the cells in degrees by which edges far from any other territory are left out.
const CELL_DEG: f64 = 0.05;

/// Cuts edges without a partner at vertices of other territories that lie on them within `tolerance_m`, and sorts.
pub(super) fn at_junctions(positions: &[Coord], uses: &mut Vec<Use>, territory_of: &[u32], tolerance_m: f64) {
    let lonely: Vec<usize> = lonely_uses(uses);
    let near = in_company(positions, uses, &lonely, territory_of, tolerance_m);
    if near.is_empty() {
        return;
    }
    let edge = |u: &Use| [positions[u.low as usize], positions[u.high as usize]];
    let index = SegmentIndex::new(near.iter().map(|&i| (edge(&uses[i]), i as u32)));
    let cuts: Vec<(usize, Vec<u32>)> = near
        .par_iter()
        .filter_map(|&i| {
            let cuts = cuts_of(i, &index, positions, uses, territory_of, tolerance_m);
            (!cuts.is_empty()).then_some((i, cuts))
        })
        .collect();
    if cuts.is_empty() {
        return;
    }
    let mut pieces = Vec::new();
    for (i, cuts) in &cuts {
        let u = uses[*i];
        let mut last = u.low;
        for &next in cuts.iter().chain([&u.high]) {
            let piece = if u.forward { Use::new(last, next, u.polygon) } else { Use::new(next, last, u.polygon) };
            pieces.extend(piece);
            last = next;
        }
    }
    let mut keep = vec![true; uses.len()];
    cuts.iter().for_each(|(i, _)| keep[*i] = false);
    let mut kept = keep.into_iter();
    uses.retain(|_| kept.next().unwrap_or(true));
    uses.extend(pieces);
    uses.par_sort_unstable();
}

fn lonely_uses(uses: &[Use]) -> Vec<usize> {
    let mut lonely = Vec::new();
    let mut start = 0;
    for edge in uses.chunk_by(|a, b| (a.low, a.high) == (b.low, b.high)) {
        if edge.iter().all(|u| u.forward == edge[0].forward) {
            lonely.extend(start..start + edge.len());
        }
        start += edge.len();
    }
    lonely
}

/// Those of the lonely uses that have one of another territory in their own or a touching cell.
fn in_company(
    positions: &[Coord],
    uses: &[Use],
    lonely: &[usize],
    territory_of: &[u32],
    tolerance_m: f64,
) -> Vec<usize> {
    const SEVERAL: u32 = u32::MAX;
    let mut cells: FxHashMap<(i32, i32), u32> = FxHashMap::default();
    let territory = |i: usize| territory_of[uses[i].polygon as usize];
    let ends = |i: usize| [positions[uses[i].low as usize], positions[uses[i].high as usize]];
    for &i in lonely {
        for_cells(ends(i), tolerance_m, |cell| {
            let holder = cells.entry(cell).or_insert(territory(i));
            if *holder != territory(i) {
                *holder = SEVERAL;
            }
        });
    }
    lonely
        .iter()
        .copied()
        .filter(|&i| {
            let mut company = false;
            for_cells(ends(i), tolerance_m, |cell| company |= cells.get(&cell) == Some(&SEVERAL));
            company
        })
        .collect()
}

/// The cells that an edge touches when it is widened by a tolerance; long edges go piece by piece.
pub(super) fn for_cells(edge: [Coord; 2], tolerance_m: f64, mut visit: impl FnMut((i32, i32))) {
    let d = edge[1] - edge[0];
    let pieces = (d.x.abs().max(d.y.abs()) / CELL_DEG).ceil().max(1.0) as usize;
    let wide = LocalPlane::at(edge[0]).degrees(tolerance_m);
    let cell = |degrees: f64| (degrees / CELL_DEG).floor() as i32;
    for i in 0..pieces {
        let (a, b) = (edge[0] + d * (i as f64 / pieces as f64), edge[0] + d * ((i + 1) as f64 / pieces as f64));
        for x in cell(a.x.min(b.x) - wide.x)..=cell(a.x.max(b.x) + wide.x) {
            for y in cell(a.y.min(b.y) - wide.y)..=cell(a.y.max(b.y) + wide.y) {
                visit((x, y));
            }
        }
    }
}

/// Numbers of the positions at which use `i` is to be cut, from its low end to its high end.
fn cuts_of(
    i: usize,
    index: &SegmentIndex,
    positions: &[Coord],
    uses: &[Use],
    territory_of: &[u32],
    tolerance_m: f64,
) -> Vec<u32> {
    let u = uses[i];
    let (from, to) = (positions[u.low as usize], positions[u.high as usize]);
    let plane = LocalPlane::at(from);
    let wide = plane.degrees(tolerance_m);
    let (low, high) = (
        Coord { x: from.x.min(to.x) - wide.x, y: from.y.min(to.y) - wide.y },
        Coord { x: from.x.max(to.x) + wide.x, y: from.y.max(to.y) + wide.y },
    );
    let mut cuts: Vec<(f64, u32)> = Vec::new();
    for (_, other) in index.touching(low, high) {
        let other = uses[other as usize];
        if territory_of[other.polygon as usize] == territory_of[u.polygon as usize] {
            continue;
        }
        for end in [other.low, other.high] {
            if end == u.low || end == u.high {
                continue;
            }
            let (share, distance) = plane.nearest_on_edge(positions[end as usize], from, to);
            if share > 0.0 && share < 1.0 && distance <= tolerance_m {
                cuts.push((share, end));
            }
        }
    }
    cuts.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    cuts.dedup_by_key(|cut| cut.1);
    cuts.into_iter().map(|(_, number)| number).collect()
}

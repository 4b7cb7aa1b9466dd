//! Which edges come near an edge of another territory?

use crate::earth::LocalPlane;
use geo::Coord;
use rayon::prelude::*;

/// Edges in a run: as many as stand together in the list, near each other, of one territory.
const RUN: usize = 24;
/// Greatest extent in degrees of a run of more than one edge.
const WIDEST_DEG: f64 = 0.2;

/// An edge (lon, lat in degrees) with its territory.
pub(super) type Owned = (u32, [Coord; 2]);

/// South-west and north-east corners.
type Box2 = (Coord, Coord);

/// Edges that follow each other in a list.
struct Run {
    start: usize,
    end: usize,
    territory: u32,
    outline: Box2,
}

/// Returns every pair of edges of different territories whose boxes, widened by `tolerance_m`, touch; as places in the
/// list, in ascending order, the earlier territory's edge first.
///
/// # Method
/// A sweep over the boxes of runs from west to east, then over the edges of runs that touch. Edges that stand together
/// in the list should lie together on the ground: the runs then are short.
pub(super) fn pairs(edges: &[Owned], tolerance_m: f64) -> Vec<(u32, u32)> {
    let mut runs = runs(edges, tolerance_m);
    runs.par_sort_unstable_by(|a, b| a.outline.0.x.total_cmp(&b.outline.0.x).then(a.start.cmp(&b.start)));
    let runs = &runs;
    let mut pairs: Vec<(u32, u32)> = (0..runs.len())
        .into_par_iter()
        .with_min_len(64)
        .flat_map_iter(|i| {
            let to_the_east = runs[i + 1..].iter().take_while(move |b| b.outline.0.x <= runs[i].outline.1.x);
            let near =
                to_the_east.filter(move |b| b.territory != runs[i].territory && touch(runs[i].outline, b.outline));
            near.flat_map(move |b| between(edges, &runs[i], b, tolerance_m))
        })
        .collect();
    pairs.par_sort_unstable();
    pairs
}

fn runs(edges: &[Owned], tolerance_m: f64) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::with_capacity(edges.len() / (RUN / 2));
    for (i, &(territory, edge)) in edges.iter().enumerate() {
        let outline = box_of(edge);
        if let Some(run) = runs.last_mut().filter(|run| run.territory == territory && run.end - run.start < RUN) {
            let joined = join(run.outline, outline);
            if joined.1.x - joined.0.x <= WIDEST_DEG && joined.1.y - joined.0.y <= WIDEST_DEG {
                (run.outline, run.end) = (joined, i + 1);
                continue;
            }
        }
        runs.push(Run { start: i, end: i + 1, territory, outline });
    }
    runs.par_iter_mut().for_each(|run| run.outline = widened(run.outline, tolerance_m));
    runs
}

/// Pairs of edges of two runs whose boxes touch.
fn between(edges: &[Owned], a: &Run, b: &Run, tolerance_m: f64) -> Vec<(u32, u32)> {
    let (a, b) = if a.territory < b.territory { (a, b) } else { (b, a) };
    let near: Vec<usize> = (b.start..b.end).filter(|&j| touch(box_of(edges[j].1), a.outline)).collect();
    let mut pairs = Vec::new();
    for i in a.start..a.end {
        let outline = box_of(edges[i].1);
        if touch(outline, b.outline) {
            let outline = widened(outline, tolerance_m);
            let touching = near.iter().filter(|&&j| touch(outline, box_of(edges[j].1)));
            pairs.extend(touching.map(|&j| (i as u32, j as u32)));
        }
    }
    pairs
}

/// The box of an edge.
pub(super) fn box_of([a, b]: [Coord; 2]) -> Box2 {
    (Coord { x: a.x.min(b.x), y: a.y.min(b.y) }, Coord { x: a.x.max(b.x), y: a.y.max(b.y) })
}

fn join(a: Box2, b: Box2) -> Box2 {
    (Coord { x: a.0.x.min(b.0.x), y: a.0.y.min(b.0.y) }, Coord { x: a.1.x.max(b.1.x), y: a.1.y.max(b.1.y) })
}

/// A box and everything within twice the tolerance of it: a degree is shorter farther from the equator.
fn widened((low, high): Box2, tolerance_m: f64) -> Box2 {
    if tolerance_m == 0.0 {
        return (low, high);
    }
    let farthest = if -low.y > high.y { low } else { high };
    let wide = LocalPlane::at(farthest).degrees(2.0 * tolerance_m);
    (low - wide, high + wide)
}

fn touch(a: Box2, b: Box2) -> bool {
    a.0.x <= b.1.x && b.0.x <= a.1.x && a.0.y <= b.1.y && b.0.y <= a.1.y
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(64) })]

        #[test]
        fn every_pair_near_each_other_and_no_other(
            edges in prop::collection::vec((0..4_u32, 0.0..3.0_f64, 40.0..42.0_f64, -0.1..0.1_f64, -0.1..0.1_f64), 0..120),
            long in prop::bool::ANY,
        ) {
            let mut edges: Vec<Owned> = edges
                .into_iter()
                .map(|(t, x, y, dx, dy)| (t, [Coord { x, y }, Coord { x: x + dx, y: y + dy }]))
                .collect();
            if long {
                edges.push((7, [Coord { x: -180.0, y: 41.0 }, Coord { x: 180.0, y: 41.0 }]));
            }
            let found = pairs(&edges, 0.0);
            let mut expected = Vec::new();
            for (i, a) in edges.iter().enumerate() {
                for (j, b) in edges.iter().enumerate() {
                    if a.0 < b.0 && touch(box_of(a.1), box_of(b.1)) {
                        expected.push((i as u32, j as u32));
                    }
                }
            }
            prop_assert_eq!(&found, &expected);
            let wider = pairs(&edges, 500.0);
            prop_assert!(found.iter().all(|pair| wider.binary_search(pair).is_ok()));
        }
    }
}

//! Which edges come near an edge of another territory?

use crate::earth::LocalPlane;
use geo::Coord;
use rayon::prelude::*;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

/// Edges in a run: as many as stand together in the list, near each other, of one territory.
const RUN: usize = 24;
/// Edges whose runs one core finds at a time.
const BLOCK: usize = 1 << 15;
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

/// Returns every pair among so many edges that are of different territories and whose boxes, widened by `tolerance_m`,
/// touch: in ascending order, the earlier territory's edge first.
///
/// # Method
/// In strips of latitude a sweep over the boxes of runs from west to east, then over the edges of runs that touch. Edges
/// that stand together in the list should lie together on the ground: the runs then are short.
/// Nothing where more boxes than so many are beside each other.
pub(super) fn pairs_within(
    count: usize,
    edge: impl Fn(usize) -> Owned + Sync,
    tolerance_m: f64,
    most: usize,
) -> Option<Vec<(u32, u32)>> {
    let blocks = (0..count).into_par_iter().step_by(BLOCK);
    let mut runs: Vec<Run> =
        blocks.flat_map_iter(|from| runs(from..count.min(from + BLOCK), &edge, tolerance_m)).collect();
    runs.par_sort_unstable_by(|a, b| a.outline.0.x.total_cmp(&b.outline.0.x).then(a.start.cmp(&b.start)));
    let mut strips: Vec<Vec<&Run>> = vec![Vec::new(); STRIPS];
    for run in &runs {
        strips[strip(run.outline.0.y)..=strip(run.outline.1.y)].iter_mut().for_each(|strip| strip.push(run));
    }
    let seen = AtomicUsize::new(0);
    let in_strip = |(number, runs): (usize, &Vec<&Run>)| {
        let mut pairs = Vec::new();
        for (i, a) in runs.iter().enumerate() {
            let (before, mut beside) = (pairs.len(), 0);
            for b in runs[i + 1..].iter().take_while(|b| b.outline.0.x <= a.outline.1.x) {
                beside += 1;
                // Runs in several strips meet in the southernmost that both are in.
                let here = || strip(a.outline.0.y.max(b.outline.0.y)) == number;
                if a.territory != b.territory && touch(a.outline, b.outline) && here() {
                    between(&edge, a, b, tolerance_m, &mut pairs);
                }
            }
            let more = pairs.len() - before + beside;
            if seen.fetch_add(more, Relaxed).saturating_add(more) > most {
                break;
            }
        }
        pairs
    };
    let mut pairs: Vec<(u32, u32)> = strips.par_iter().enumerate().flat_map_iter(in_strip).collect();
    if seen.load(Relaxed) > most {
        return None;
    }
    pairs.par_sort_unstable();
    Some(pairs)
}

/// Strips of latitude, one for each half degree.
const STRIPS: usize = 361;

fn strip(lat: f64) -> usize {
    ((lat + 90.0) * 2.0).clamp(0.0, (STRIPS - 1) as f64) as usize
}

fn runs(stretch: std::ops::Range<usize>, edge: &impl Fn(usize) -> Owned, tolerance_m: f64) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::with_capacity(stretch.len() / (RUN / 2));
    for i in stretch {
        let (territory, ends) = edge(i);
        let outline = box_of(ends);
        if let Some(run) = runs.last_mut().filter(|run| run.territory == territory && run.end - run.start < RUN) {
            let joined = join(run.outline, outline);
            if joined.1.x - joined.0.x <= WIDEST_DEG && joined.1.y - joined.0.y <= WIDEST_DEG {
                (run.outline, run.end) = (joined, i + 1);
                continue;
            }
        }
        runs.push(Run { start: i, end: i + 1, territory, outline });
    }
    runs.iter_mut().for_each(|run| run.outline = widened(run.outline, tolerance_m));
    runs
}

/// Pairs of edges of two runs whose boxes touch.
fn between(edge: &impl Fn(usize) -> Owned, a: &Run, b: &Run, tolerance_m: f64, pairs: &mut Vec<(u32, u32)>) {
    let (a, b) = if a.territory < b.territory { (a, b) } else { (b, a) };
    let outline = |i: usize| box_of(edge(i).1);
    let mut near = [0; RUN];
    let mut count = 0;
    for j in (b.start..b.end).filter(|&j| touch(outline(j), a.outline)) {
        near[count] = j;
        count += 1;
    }
    for i in a.start..a.end {
        let own = outline(i);
        if count > 0 && touch(own, b.outline) {
            let own = widened(own, tolerance_m);
            let touching = near[..count].iter().filter(|&&j| touch(own, outline(j)));
            pairs.extend(touching.map(|&j| (i as u32, j as u32)));
        }
    }
}

/// The box of an edge.
#[inline]
pub(super) fn box_of([a, b]: [Coord; 2]) -> Box2 {
    (Coord { x: a.x.min(b.x), y: a.y.min(b.y) }, Coord { x: a.x.max(b.x), y: a.y.max(b.y) })
}

#[inline]
pub(super) fn join(a: Box2, b: Box2) -> Box2 {
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

#[inline]
pub(super) fn touch(a: Box2, b: Box2) -> bool {
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
            let all = |tolerance_m: f64| pairs_within(edges.len(), |i| edges[i], tolerance_m, usize::MAX).unwrap();
            let found = all(0.0);
            let mut expected = Vec::new();
            for (i, a) in edges.iter().enumerate() {
                for (j, b) in edges.iter().enumerate() {
                    if a.0 < b.0 && touch(box_of(a.1), box_of(b.1)) {
                        expected.push((i as u32, j as u32));
                    }
                }
            }
            prop_assert_eq!(&found, &expected);
            let wider = all(500.0);
            prop_assert!(found.iter().all(|pair| wider.binary_search(pair).is_ok()));
        }
    }
}

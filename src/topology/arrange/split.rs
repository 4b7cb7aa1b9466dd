//! Splits a polygon by lines.

use super::noding::{Edge, joined, node, rounded};
use super::sets::Sets;
use super::{NodingError, edges, grids, ring};
use crate::model::DisjointSets;
use crate::topology::edge_bvh::EdgeBvh;
use crate::topology::half_edges::{HalfEdgeStars, origin, simple_loops};
use crate::topology::intern::{number_all, plain};
use geo::{Coord, Polygon};
use rustc_hash::FxHashMap;

/// Label of the polygon's own edges.
const LAND: u32 = 0;
const NONE: u32 = u32::MAX;

/// Splits a polygon by lines and returns the pieces grouped by side, in planar longitude and latitude.
///
/// Each edge of a line comes with the number of its run. Two pieces are on one side if a path through the land from one
/// to the other crosses each run an even number of times. Where a run that ends on another makes this depend on the
/// path, each piece is a side of its own. Dangling ends of lines inside the land divide nothing.
///
/// # Method
/// All edges are noded as for [`Arrangement`](super::Arrangement). Edges of lines with the same face on both sides are
/// removed; the faces of the remaining half-edge graph are traced.
///
/// # Errors
/// [`NodingError`] if no grid gives a consistent result.
pub fn split(land: &Polygon, lines: &[([Coord; 2], u32)]) -> Result<Vec<Vec<Polygon>>, NodingError> {
    let of_land = edges(std::slice::from_ref(land), LAND).map(|edge| ([edge.from, edge.to], LAND));
    // One label for each edge of a line, so that coincident lines do not cancel.
    let of_lines = lines.iter().enumerate().map(|(i, (edge, _))| (*edge, i as u32 + 1));
    let all: Vec<([Coord; 2], u32)> = of_land.chain(of_lines).collect();
    let mut unsettled = NodingError([f64::NAN; 2]);
    for grid in grids(all.iter().map(|(edge, _)| *edge)) {
        match on_grid(&all, lines, grid) {
            Ok(sides) => return Ok(sides),
            Err(error) => unsettled = error,
        }
    }
    Err(unsettled)
}

fn on_grid(
    all: &[([Coord; 2], u32)],
    lines: &[([Coord; 2], u32)],
    grid: Option<f64>,
) -> Result<Vec<Vec<Polygon>>, NodingError> {
    let mut sets = Sets::new();
    let list = all.iter().flat_map(|(edge, _)| edge.map(|p| plain(rounded(p, grid)))).collect();
    let (numbers, mut positions) = number_all(list);
    let whole = all.iter().zip(numbers.chunks(2)).filter(|(_, ends)| ends[0] != ends[1]);
    let whole = whole.map(|((_, label), ends)| Edge {
        low: ends[0].min(ends[1]),
        high: ends[0].max(ends[1]),
        toggles: sets.number(&[*label]),
        quiet: false,
    });
    let whole: Vec<Edge> = whole.collect();
    let mut edges = joined(whole, &mut sets);
    let here = positions.first().map_or([f64::NAN; 2], |p| [p.x, p.y]);
    if !node(&mut edges, &mut positions, &mut sets, grid) {
        return Err(NodingError(here));
    }
    let is_land = |sets: &Sets, edge: &Edge| sets.get(edge.toggles).first() == Some(&LAND);
    let (_, cycle_of) = cycles(&edges, &positions);
    let mut number = 0..;
    edges.retain(|edge| {
        let i: usize = number.next().unwrap_or_default();
        is_land(&sets, edge) || cycle_of[2 * i] != cycle_of[2 * i + 1]
    });
    let (stars, cycle_of) = cycles(&edges, &positions);
    let face_of_cycle = faces(&edges, &positions, &stars, &cycle_of);
    let face_of = |half: u32| face_of_cycle[cycle_of[half as usize] as usize];
    let everywhere = |i: usize| Some(u32::from(is_land(&sets, &edges[i])));
    let Some(is_inside) = spread(&edges, &face_of, &[0], everywhere, |a, b| a ^ b) else {
        return Err(NodingError(here));
    };
    let crossed: Vec<u128> = edges
        .iter()
        .map(|edge| {
            let labels = sets.get(edge.toggles).iter().filter(|label| **label != LAND);
            let mut all: Vec<u32> = labels.map(|label| lines[*label as usize - 1].1).collect();
            all.sort_unstable();
            all.dedup();
            all.into_iter().fold(0, |set, run| set ^ key(run))
        })
        .collect();
    let mut inside: Vec<u32> = is_inside.iter().filter(|(_, state)| **state == 1).map(|(face, _)| *face).collect();
    inside.sort_unstable();
    let within = |i: usize| (!is_land(&sets, &edges[i]) && is_inside[&face_of(2 * i as u32)] == 1).then(|| crossed[i]);
    let sides = spread(&edges, &face_of, &inside, within, |a, b| a ^ b);
    // The side of each face inside the land.
    let side = |face: u32| (is_inside[&face] == 1).then(|| sides.as_ref().map_or(face.into(), |sides| sides[&face]));
    Ok(outlines(&edges, &positions, &stars, |half| side(face_of(half))))
}

/// The hash key of a run. A set of runs is the exclusive or of their keys: a run crossed twice cancels, and sets of any
/// size compare in constant time; two different sets collide with a probability of 2⁻¹²⁸.
fn key(run: u32) -> u128 {
    // SplitMix64 (Steele, Lea and Flood 2014, Fast splittable pseudorandom number generators).
    let half = |at: u64| {
        let z = (2 * u64::from(run) + at + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        u128::from(z ^ (z >> 31))
    };
    (half(0) << 64) | half(1)
}

/// The half-edges around each position, and for each half-edge the number of the cycle around its left face.
fn cycles(edges: &[Edge], positions: &[Coord]) -> (HalfEdgeStars, Vec<u32>) {
    let stars = HalfEdgeStars::new(edges, positions);
    let (mut cycle_of, mut count) = (vec![NONE; 2 * edges.len()], 0);
    for start in 0..2 * edges.len() as u32 {
        let mut half = start;
        if cycle_of[half as usize] != NONE {
            continue;
        }
        while cycle_of[half as usize] == NONE {
            cycle_of[half as usize] = count;
            half = stars.next(half, edges);
        }
        count += 1;
    }
    (stars, cycle_of)
}

/// The face of each cycle, by the number of one of its cycles; 0 is the unbounded face.
fn faces(edges: &[Edge], positions: &[Coord], stars: &HalfEdgeStars, cycle_of: &[u32]) -> Vec<u32> {
    let count = cycle_of.iter().max().map_or(0, |last| last + 1);
    // Face 0, then one for each cycle.
    let mut face = DisjointSets::new(count as usize + 1);
    let index = EdgeBvh::new(edges.len(), |i| edges[i].ends(positions), |_| false);
    let mut westmost: FxHashMap<u32, u32> = FxHashMap::default();
    let mut sets = DisjointSets::new(positions.len());
    for edge in edges {
        sets.unite(edge.low, edge.high);
    }
    let is_before = |a: u32, b: u32| {
        let (p, q) = (positions[a as usize], positions[b as usize]);
        p.x.total_cmp(&q.x).then(p.y.total_cmp(&q.y)).is_lt()
    };
    for end in edges.iter().flat_map(|edge| [edge.low, edge.high]) {
        let first = westmost.entry(sets.root(end)).or_insert(end);
        if is_before(end, *first) {
            *first = end;
        }
    }
    for node in westmost.into_values() {
        let outer = 1 + cycle_of[stars.before_west(node, edges, positions) as usize];
        let around = index.first_west(positions[node as usize], None).map_or(0, |edge| {
            let [low, high] = edges[edge as usize].ends(positions);
            // Going south, east is on the left.
            1 + cycle_of[(2 * edge + u32::from(low.y < high.y)) as usize]
        });
        face.unite(outer, around);
    }
    (1..=count).map(|cycle| face.root(cycle)).collect()
}

/// Propagates a state over faces, starting from the default and changed by each edge crossed; `None` where it depends
/// on the path. `change` returns what an edge changes, or `None` if it may not be crossed.
fn spread<S: Copy + Default + PartialEq>(
    edges: &[Edge],
    face_of: &impl Fn(u32) -> u32,
    starts: &[u32],
    change: impl Fn(usize) -> Option<S>,
    changed: impl Fn(S, S) -> S,
) -> Option<FxHashMap<u32, S>> {
    let mut beside: FxHashMap<u32, Vec<(u32, S)>> = FxHashMap::default();
    for i in 0..edges.len() {
        let Some(change) = change(i) else { continue };
        let (left, right) = (face_of(2 * i as u32), face_of(2 * i as u32 + 1));
        beside.entry(left).or_default().push((right, change));
        beside.entry(right).or_default().push((left, change));
    }
    let mut states = FxHashMap::default();
    for &start in starts {
        if states.contains_key(&start) {
            continue;
        }
        states.insert(start, S::default());
        let mut waiting = vec![start];
        while let Some(face) = waiting.pop() {
            let state = states[&face];
            for &(other, change) in beside.get(&face).map_or(&[][..], Vec::as_slice) {
                let next = changed(state, change);
                match states.get(&other) {
                    Some(known) if *known != next => return None,
                    Some(_) => {}
                    None => {
                        states.insert(other, next);
                        waiting.push(other);
                    }
                }
            }
        }
    }
    Some(states)
}

/// The land on each side as polygons; `side` returns the side on the left of a half-edge if that is land.
fn outlines(
    edges: &[Edge],
    positions: &[Coord],
    stars: &HalfEdgeStars,
    side: impl Fn(u32) -> Option<u128>,
) -> Vec<Vec<Polygon>> {
    let mut used = vec![false; 2 * edges.len()];
    let mut rings: FxHashMap<u128, Vec<Vec<Coord>>> = FxHashMap::default();
    let mut order = Vec::new();
    for start in 0..2 * edges.len() as u32 {
        let Some(side) = side(start).filter(|_| !used[start as usize]) else { continue };
        let (mut half, mut nodes) = (start, Vec::new());
        while !used[half as usize] {
            used[half as usize] = true;
            nodes.push(origin(edges, half));
            half = stars.next(half, edges);
        }
        let place = |ring: &[u32]| ring.iter().chain(ring.first()).map(|&n| positions[n as usize]).collect();
        let of_side = rings.entry(side).or_insert_with(|| {
            order.push(side);
            Vec::new()
        });
        simple_loops(&nodes, |ring| of_side.push(place(ring)));
    }
    let polygons = order.into_iter().filter_map(|side| rings.remove(&side)).map(ring::polygons);
    polygons.filter(|polygons| !polygons.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo::{Area, LineString};

    fn line(points: &[(f64, f64)]) -> Vec<Coord> {
        points.iter().map(|&(x, y)| Coord { x, y }).collect()
    }

    /// Areas by side, sorted, of a polygon split by runs.
    fn areas(land: &Polygon, runs: &[&[(f64, f64)]]) -> Vec<f64> {
        let lines: Vec<([Coord; 2], u32)> = runs
            .iter()
            .enumerate()
            .flat_map(|(i, run)| line(run).windows(2).map(|e| ([e[0], e[1]], i as u32)).collect::<Vec<_>>())
            .collect();
        let sides = split(land, &lines).expect("it settles");
        let mut areas: Vec<f64> = sides.iter().map(|side| side.iter().map(Area::unsigned_area).sum()).collect();
        areas.sort_by(f64::total_cmp);
        areas
    }

    fn square(low: f64, high: f64) -> LineString {
        LineString(line(&[(low, low), (high, low), (high, high), (low, high), (low, low)]))
    }

    #[test]
    fn lines_through_and_lines_that_end() {
        let land = Polygon::new(square(0.0, 4.0), vec![]);
        assert_eq!(areas(&land, &[&[(-1.0, 1.0), (5.0, 1.0)]]), [4.0, 12.0]);
        assert_eq!(areas(&land, &[&[(-1.0, 1.0), (3.0, 1.0)]]), [16.0]);
        assert_eq!(areas(&land, &[&[(1.0, 1.0), (3.0, 1.0)]]), [16.0]);
        assert_eq!(areas(&land, &[&[(0.0, 0.0), (4.0, 0.0)]]), [16.0]);
        assert_eq!(areas(&land, &[&[(5.0, 0.0), (5.0, 4.0)]]), [16.0]);
        // Two sides of one winding run, and three of two runs.
        assert_eq!(areas(&land, &[&[(-1.0, 1.0), (5.0, 1.0), (5.0, 2.0), (-1.0, 2.0)]]), [4.0, 12.0]);
        assert_eq!(areas(&land, &[&[(-1.0, 1.0), (5.0, 1.0)], &[(5.0, 2.0), (-1.0, 2.0)]]), [4.0, 4.0, 8.0]);
        // The same line twice.
        let twice: [&[(f64, f64)]; 2] = [&[(-1.0, 1.0), (5.0, 1.0)], &[(5.0, 1.0), (-1.0, 1.0)]];
        assert_eq!(areas(&land, &twice), [4.0, 12.0]);
    }

    #[test]
    fn three_that_meet_and_rings() {
        let land = Polygon::new(square(0.0, 4.0), vec![]);
        let three: [&[(f64, f64)]; 3] =
            [&[(-1.0, 2.0), (2.0, 2.0)], &[(5.0, 2.0), (2.0, 2.0)], &[(2.0, 5.0), (2.0, 2.0)]];
        assert_eq!(areas(&land, &three), [4.0, 4.0, 8.0]);
        let ring = [(1.0, 1.0), (3.0, 1.0), (3.0, 3.0), (1.0, 3.0), (1.0, 1.0)];
        assert_eq!(areas(&land, &[&ring]), [4.0, 12.0]);
        // A line across a polygon with a hole: shell to hole alone divides nothing.
        let holed = Polygon::new(square(0.0, 4.0), vec![square(1.0, 3.0)]);
        assert_eq!(areas(&holed, &[&[(-1.0, 2.0), (2.0, 2.0)]]), [12.0]);
        assert_eq!(areas(&holed, &[&[(-1.0, 2.0), (2.0, 2.0), (5.0, 2.0)]]), [6.0, 6.0]);
    }
}

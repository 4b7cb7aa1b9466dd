//! Borders whose two sides do not coincide: stretches of two outlines within a tolerance of each other.

use super::chain;
use super::coverage_graph::CoverageGraph;
use super::edge_box;
use super::edge_bvh::EdgeBvh;
use super::intern::PositionNumbering;
use super::on_edge::vertices_near_edges;
use super::span::span;
use crate::earth::{LocalPlane, line_length_m, point_along};
use crate::model::meeting_pairs;
use geo::Coord;
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

/// Average number of touching boxes per box at which nearby edges are found by their ends instead.
const BESIDE: usize = 24;

/// One side of a border whose sides do not coincide.
#[derive(Debug, Clone, PartialEq)]
pub struct NearRun {
    /// Lines along the outline of the part, its interior on the left.
    pub lines: Vec<Vec<Coord>>,
    /// Their ellipsoidal length in metres.
    pub length_m: f64,
    /// For each line, its length in metres less the stretches at its ends that are within the tolerance only because
    /// the two outlines meet or cross there: outlines that diverge at an angle θ stay within it for tolerance / sin θ.
    /// Not above 0 where the outlines do nothing else.
    pub beside_m: Vec<f64>,
}

/// Shares (0 to 1) of an unpartnered edge between which it is near an edge of another part.
struct Span {
    edge: u32,
    other: u32,
    from: f64,
    to: f64,
    /// At either end of the span, the length in metres within the tolerance that results from diverging at that end's
    /// angle.
    partings_m: [f64; 2],
}

/// A stretch of an outline, with that length at either end.
type OutlineStretch = ([Coord; 2], [f64; 2]);

/// Returns, for each ordered pair of parts of different territories, the stretches of the first one's outline without a
/// coinciding partner that run within `tolerance_m` of such stretches of the second one's.
///
/// # Method
/// Distances are accurate to 1e-4: computed in the tangent plane at the middle of an edge, for long edges as geodesics.
/// Pairs of edges in the same direction, with their interiors on the same side, are competing claims to the same land,
/// not a border: they are left out.
///
/// # Examples
/// ```
/// use merestone::geo::{Rect, coord};
/// use merestone::model::{InvalidGeometry, Territory};
/// use merestone::topology::{CoverageGraph, near_runs};
/// # let square = |id: &str, west: f64| {
/// #     Territory::new(id, [Rect::new(coord! { x: west, y: 45.0 }, coord! { x: west + 1.0, y: 46.0 }).to_polygon()])
/// # };
/// let territories = [square("a", 10.0)?, square("b", 11.0001)?]; // about 8 m apart
/// let graph = CoverageGraph::new(&territories);
/// assert!(near_runs(&graph, 5.0).is_empty());
/// assert!(near_runs(&graph, 10.0)[&(0, 1)].length_m > 111_000.0);
/// # Ok::<(), InvalidGeometry>(())
/// ```
pub fn near_runs(graph: &CoverageGraph, tolerance_m: f64) -> BTreeMap<(u32, u32), NearRun> {
    near_runs_of(graph, graph.unmatched_edges(), tolerance_m, false)
}

/// The same, restricted to edges whose land only one territory claims (where several do, on the same side, there is no
/// border yet), and without pairs of edges that meet at an end and diverge at once.
pub fn undisputed_near_runs(graph: &CoverageGraph, tolerance_m: f64) -> BTreeMap<(u32, u32), NearRun> {
    let mut edges = graph.unmatched_edges().to_vec();
    let ends = |e: &(u32, u32, u32)| (e.1, e.2);
    edges.par_sort_unstable_by_key(|e| (ends(e), e.0));
    let territory = |e: &(u32, u32, u32)| graph.parts[e.0 as usize].territory;
    let alone = edges.par_chunk_by(|a, b| ends(a) == ends(b));
    let alone = alone.filter(|same| same.iter().all(|e| territory(e) == territory(&same[0])));
    let alone: Vec<(u32, u32, u32)> = alone.flat_map_iter(|same| same.iter().copied()).collect();
    near_runs_of(graph, &alone, tolerance_m, true)
}

fn near_runs_of(
    graph: &CoverageGraph,
    open: &[(u32, u32, u32)],
    tolerance_m: f64,
    leave_out_partings: bool,
) -> BTreeMap<(u32, u32), NearRun> {
    let part = |i: usize| open[i].0;
    let ends = |i: usize| [graph.position(open[i].1), graph.position(open[i].2)];
    let territory = |i: usize| graph.parts[part(i) as usize].territory;
    let surroundings = |i: usize| {
        let (low, high) = edge_box::box_of(ends(i));
        let nearer_pole = if low.y.abs() > high.y.abs() { low } else { high };
        let wide = LocalPlane::at(nearer_pole).degrees(tolerance_m);
        [low - wide, high + wide]
    };
    let of_pair = |i: usize, j: usize, spans: &mut Vec<Span>| {
        if territory(i) == territory(j) || (leave_out_partings && part_at_once(ends(i), ends(j), tolerance_m)) {
            return;
        }
        for (edge, other) in [(i, j), (j, i)] {
            let ([from, to], beside) = (ends(edge), ends(other));
            let plane = LocalPlane::at(point_along(from, to, 0.5));
            if same_way(&plane, [from, to], beside) {
                continue;
            }
            if let Some((start, end)) = span([from, to], beside, tolerance_m) {
                let parting = |share: f64| parting_m(&plane, [from, to], beside, share, tolerance_m);
                let partings_m = [parting(start), parting(end)];
                spans.push(Span { edge: edge as u32, other: part(other), from: start, to: end, partings_m });
            }
        }
    };
    let index = EdgeBvh::new(open.len(), surroundings, |_| true).of(|i| territory(i) as u32);
    let few = index.pairs_of_few_boxes(BESIDE, of_pair);
    let mut spans: Vec<Span> = few.unwrap_or_else(|| {
        let pairs = near_pairs(graph, open, tolerance_m, !leave_out_partings);
        let spans_of = |(i, j): (u32, u32)| {
            let mut spans = Vec::new();
            of_pair(i as usize, j as usize, &mut spans);
            spans
        };
        pairs.into_par_iter().flat_map_iter(spans_of).collect()
    });
    spans.par_sort_unstable_by(|a, b| {
        (a.edge, a.other).cmp(&(b.edge, b.other)).then(a.from.total_cmp(&b.from)).then(a.to.total_cmp(&b.to))
    });
    let pieces: Vec<((u32, u32), OutlineStretch)> = spans
        .chunk_by(|a, b| (a.edge, a.other) == (b.edge, b.other))
        .flat_map(|spans| {
            let first = spans[0].edge as usize;
            let (pair, edge) = ((part(first), spans[0].other), ends(first));
            merged(spans)
                .into_iter()
                .map(move |(from, to, partings)| (pair, ([at(edge, from), at(edge, to)], partings)))
        })
        .collect();
    let mut by_pair: BTreeMap<(u32, u32), Vec<OutlineStretch>> = BTreeMap::new();
    for (pair, piece) in pieces {
        by_pair.entry(pair).or_default().push(piece);
    }
    by_pair.into_iter().map(|(pair, pieces)| (pair, join(&pieces))).collect()
}

/// Pairs of edges within the tolerance of each other, in ascending order; those near only at a common end are included
/// only if `at_ends`.
///
/// # Method
/// Such edges cross, or an end of one is within the tolerance of the other.
fn near_pairs(graph: &CoverageGraph, open: &[(u32, u32, u32)], tolerance_m: f64, at_ends: bool) -> Vec<(u32, u32)> {
    /// Margin for the difference between the tangent planes at the vertex and at the edge.
    const WIDER: f64 = 1.01;
    let ends: Vec<[u32; 2]> = open.iter().map(|&(_, from, to)| [from, to]).collect();
    let positions = ends.iter().map(|ends| ends.map(|end| graph.position(end)));
    let mut pairs = meeting_pairs(positions, usize::MAX).unwrap_or_default();
    let mut leaving: Vec<(u32, u32)> =
        ends.iter().enumerate().flat_map(|(edge, ends)| ends.map(|end| (end, edge as u32))).collect();
    leaving.par_sort_unstable();
    let mut vertices: Vec<u32> = leaving.iter().map(|(vertex, _)| *vertex).collect();
    vertices.dedup();
    let at = |vertex: u32| {
        let first = leaving.partition_point(|(other, _)| *other < vertex);
        leaving[first..].iter().take_while(move |(other, _)| *other == vertex).map(|(_, edge)| *edge)
    };
    let hits = vertices_near_edges(&graph.positions, &vertices, &ends, WIDER * tolerance_m);
    pairs.extend(hits.iter().flat_map(|hit| at(hit.vertex).map(|edge| (edge.min(hit.edge), edge.max(hit.edge)))));
    if at_ends {
        let of_vertex = |&vertex: &u32| {
            let edges: Vec<u32> = at(vertex).collect();
            let pairs = |(i, a): (usize, &u32)| edges[i + 1..].iter().map(|b| (*a, *b)).collect::<Vec<_>>();
            edges.iter().enumerate().flat_map(pairs).collect::<Vec<_>>()
        };
        pairs.extend(vertices.iter().flat_map(of_vertex));
    }
    pairs.par_sort_unstable();
    pairs.dedup();
    pairs.retain(|(a, b)| a != b);
    pairs
}

fn join(pieces: &[OutlineStretch]) -> NearRun {
    let mut interner = PositionNumbering::default();
    let edges: Vec<(u32, u32)> =
        pieces.iter().map(|([a, b], _)| (interner.number(*a), interner.number(*b))).filter(|(a, b)| a != b).collect();
    let lines = chain(&edges, &interner.positions);
    let mut partings: [FxHashMap<[u64; 2], f64>; 2] = Default::default();
    let key = |c: Coord| [c.x.to_bits(), c.y.to_bits()];
    for (ends, at_ends) in pieces {
        for end in 0..2 {
            partings[end].insert(key(ends[end]), at_ends[end]);
        }
    }
    let lengths: Vec<f64> = lines.iter().map(|line| line_length_m(line)).collect();
    let parting = |end: usize, at: Coord| partings[end].get(&key(at)).copied().unwrap_or(0.0);
    let beside = |(line, length_m): (&Vec<Coord>, &f64)| match line[..] {
        [first, .., last] if first != last => length_m - parting(0, first) - parting(1, last),
        _ => *length_m,
    };
    let beside_m = lines.iter().zip(&lengths).map(beside).collect();
    NearRun { lines, length_m: lengths.iter().sum(), beside_m }
}

/// Merges touching spans of one edge.
fn merged(spans: &[Span]) -> Vec<(f64, f64, [f64; 2])> {
    let mut merged: Vec<(f64, f64, [f64; 2])> = Vec::new();
    for &Span { from, to, partings_m, .. } in spans {
        match merged.last_mut() {
            Some(last) if from <= last.1 => {
                if to > last.1 {
                    (last.1, last.2[1]) = (to, partings_m[1]);
                }
            }
            _ => merged.push((from, to, partings_m)),
        }
    }
    merged
}

/// Whether two edges meet at an end, at such an angle that both leave the tolerance of the other.
fn part_at_once(edge: [Coord; 2], other: [Coord; 2], tolerance_m: f64) -> bool {
    let ways = edge.iter().enumerate().flat_map(|(i, at)| {
        let same = other.iter().enumerate().filter(move |(_, end)| *end == at);
        same.map(move |(j, _)| (*at, edge[1 - i] - *at, other[1 - j] - *at))
    });
    ways.into_iter().any(|(at, d, e)| {
        let plane = LocalPlane::at(at);
        let (d, e) = (plane.to_m(at + d), plane.to_m(at + e));
        let shorter_m = d.x.hypot(d.y).min(e.x.hypot(e.y));
        let sine = (d.x * e.y - d.y * e.x) / (d.x.hypot(d.y) * e.x.hypot(e.y));
        shorter_m * if d.x * e.x + d.y * e.y < 0.0 { 1.0 } else { sine.abs() } > tolerance_m
    })
}

/// Where an edge leaves the tolerance of another at a share, the length in metres from where, at that angle, the two
/// would meet; 0 at the edge's own ends.
fn parting_m(plane: &LocalPlane, edge: [Coord; 2], other: [Coord; 2], share: f64, tolerance_m: f64) -> f64 {
    if share <= 0.0 || share >= 1.0 {
        return 0.0;
    }
    let (a, b) = (plane.to_m(edge[0]), plane.to_m(edge[1]));
    let (c, d) = (plane.to_m(other[0]), plane.to_m(other[1]));
    let dot = |p: Coord, q: Coord| p.x * q.x + p.y * q.y;
    let (u, v, p) = (b - a, d - c, a + (b - a) * share);
    let along = (dot(p - c, v) / dot(v, v)).clamp(0.0, 1.0);
    let off = p - (c + v * along);
    let rate = dot(off, u).abs() / (dot(off, off) * dot(u, u)).sqrt();
    tolerance_m / rate
}

fn at(edge: [Coord; 2], share: f64) -> Coord {
    match share {
        0.0 => edge[0],
        1.0 => edge[1],
        _ => point_along(edge[0], edge[1], share),
    }
}

/// Whether two edges have the same direction, to within 60°; true if one has no length.
fn same_way(plane: &LocalPlane, edge: [Coord; 2], other: [Coord; 2]) -> bool {
    let [u, v] = [edge, other].map(|[from, to]| plane.to_m(to) - plane.to_m(from));
    let lengths = u.x.hypot(u.y) * v.x.hypot(v.y);
    lengths == 0.0 || u.x * v.x + u.y * v.y > 0.5 * lengths
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Meta, Territory};
    use geo::{LineString, Polygon};
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(64) })]

        /// Triangles in a square of 200 m, some with a common corner.
        #[test]
        fn every_pair_within_the_tolerance_is_found(
            corners in prop::collection::vec([(0..20_i32, 0..20_i32), (0..20, 0..20), (0..20, 0..20)], 2..24),
            common in prop::bool::ANY, tolerance_m in prop::sample::select(vec![1.0, 15.0, 60.0]),
        ) {
            let at = |(x, y): (i32, i32)| Coord { x: 45.0 + f64::from(x) * 1e-4, y: 40.0 + f64::from(y) * 1e-4 };
            let triangle = |[a, b, c]: [(i32, i32); 3]| {
                let a = if common { (7, 9) } else { a };
                let twice = (b.0 - a.0) * (c.1 - a.1) - (b.1 - a.1) * (c.0 - a.0);
                let ring = if twice > 0 { [a, b, c, a] } else { [a, c, b, a] };
                (twice != 0).then(|| Polygon::new(LineString(ring.map(at).to_vec()), vec![]))
            };
            let shapes = corners.iter().filter_map(|corners| triangle(*corners)).enumerate();
            let territories: Vec<Territory> = shapes
                .map(|(number, part)| {
                    let meta = Meta { id: number.to_string(), ..Meta::default() };
                    Territory::from_parts_unchecked(meta, vec![part])
                })
                .collect();
            let graph = CoverageGraph::new(&territories);
            let open = graph.unmatched_edges();
            let ends = |i: usize| [graph.position(open[i].1), graph.position(open[i].2)];
            let all = near_pairs(&graph, open, tolerance_m, true);
            let apart = near_pairs(&graph, open, tolerance_m, false);
            for i in 0..open.len() {
                for j in 0..open.len() {
                    if i == j || span(ends(i), ends(j), tolerance_m).is_none() {
                        continue;
                    }
                    let pair = (i.min(j) as u32, i.max(j) as u32);
                    prop_assert!(all.binary_search(&pair).is_ok(), "{:?} {:?}", ends(i), ends(j));
                    if !part_at_once(ends(i), ends(j), tolerance_m) {
                        prop_assert!(apart.binary_search(&pair).is_ok(), "{:?} {:?}", ends(i), ends(j));
                    }
                }
            }
        }
    }
}

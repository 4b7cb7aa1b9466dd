//! T-junction noding: cuts edges at vertices that lie on them, and removes edges that bound nothing.

use super::cells::NearCells;
use super::edge_runs::{EXACTLY_M, Edges};
use super::on_edge::{Hit, vertices_on_edges};
use super::uses::{Rings, Use, merge, of_edges, same_edge};
use geo::Coord;
use rayon::prelude::*;
use std::ops::Range;

/// An edge that rings of one polygon use in opposite directions: a spike if it is one ring, an edge common to two holes
/// otherwise. Both its sides are the same, so that it bounds no land.
pub(super) struct CancelledEdge {
    pub rings: [u32; 2],
    pub ends: [u32; 2],
}

/// Result of noding.
#[derive(Default)]
pub(super) struct Nodes {
    /// Vertices at which an edge was cut.
    pub junctions: Vec<u32>,
    /// Edges that bounded no land and were removed.
    pub folded: Vec<CancelledEdge>,
    /// By position: whether unpartnered edges that end there may meet unpartnered edges of another territory; empty if
    /// unknown.
    pub near_other_territory: Vec<bool>,
}

/// Removes edges that bound no land and cuts edges at vertices within the tolerance; the uses stay sorted. Takes the
/// polygon of each ring and the territory of each polygon.
///
/// # Method
/// Unpartnered edges are tested against all vertices, and their vertices against all edges: a claim may start inside an
/// edge that two others share. For polygons with other polygons in their holes, all edges and vertices near those holes
/// are tested: there a polygon may touch itself at an edge that has its partner. A vertex cuts an edge only if a ring
/// other than the edge's own comes near there, or if it is exactly on the edge: self-contact of a ring within the
/// tolerance is kept as drawn.
pub(super) fn at_junctions(
    positions: &[Coord],
    uses: &mut Vec<Use>,
    rings: &Rings,
    (polygon_of, territory_of): (&[u32], &[u32]),
    several: &[bool],
    tolerance_m: f64,
) -> Nodes {
    let made = uses.len();
    let mut nodes = Nodes { folded: fold(uses, polygon_of), ..Nodes::default() };
    let beside_holes = beside_holes(positions, rings, polygon_of, several);
    let mut beside: Vec<u32> = beside_holes.iter().filter_map(|u| edge_of(uses, u)).map(|edge| edge.start).collect();
    beside.sort_unstable();
    beside.dedup();
    let mut at_hole = vec![false; if beside_holes.is_empty() { 0 } else { positions.len() }];
    for end in beside_holes.iter().flat_map(|u| [u.low, u.high]).filter(|end| several[*end as usize]) {
        at_hole[end as usize] = true;
    }
    let is_used = made == rings.numbers.len() && nodes.folded.is_empty();
    let unused = if is_used { Vec::new() } else { unused(uses, positions.len()) };
    let territory_of: Vec<u32> = polygon_of.iter().map(|polygon| territory_of[*polygon as usize]).collect();
    let edges = Edges {
        positions,
        uses,
        several,
        beside_holes: &beside,
        at_hole: &at_hole,
        unused: &unused,
        territory_of: &territory_of,
    };
    let hits = match edges.near(tolerance_m) {
        Some(found) => {
            nodes.near_other_territory = found.near_other_territory;
            found.hits
        }
        None => hits_by_cells(edges, tolerance_m),
    };
    if hits.is_empty() {
        return nodes;
    }
    let cuts = cuts(uses, &hits, positions.len());
    nodes.junctions = cuts.iter().map(|cut| cut.at).collect();
    cut(uses, cuts);
    let folded = fold(uses, polygon_of);
    if !nodes.near_other_territory.is_empty() {
        // The remainders of folded edges have lost their partners.
        folded.iter().flat_map(|f| f.ends).for_each(|end| nodes.near_other_territory[end as usize] = true);
    }
    nodes.folded.extend(folded);
    nodes
}

/// Vertices on edges as [`Edges::near`] finds them, by a grid: for edges of any length and order.
fn hits_by_cells(all: Edges<'_>, tolerance_m: f64) -> Vec<Hit> {
    let Edges { positions, uses, .. } = all;
    let ends = |edge: &Range<u32>| [uses[edge.start as usize].low, uses[edge.start as usize].high];
    let at = |number: u32| positions[number as usize];
    let mut edges = edges_of(uses, is_unmatched);
    let lonely: Vec<[u32; 2]> = edges.iter().map(ends).collect();
    let mut kinds = vec![Vertex::default(); positions.len()];
    lonely.iter().flatten().for_each(|&end| kinds[end as usize].is_unmatched = true);
    kinds.iter_mut().zip(all.at_hole).for_each(|(kind, &is_at_hole)| kind.is_at_hole = is_at_hole);
    let near = NearCells::of(positions, &lonely, tolerance_m);
    if let Some(near) = &near {
        edges.extend(edges_of(uses, |edge| !is_unmatched(edge) && near.touch([at(edge[0].low), at(edge[0].high)])));
    }
    let is_beside = |edge: u32| all.beside_holes.binary_search(&edge).is_ok();
    edges.extend(all.beside_holes.iter().map(|&start| edge_from(uses, start)));
    edges.par_sort_unstable_by_key(|edge| edge.start);
    edges.dedup();
    let is_vertex = |number: &u32| {
        let kind = kinds[*number as usize];
        kind.is_unmatched || kind.is_at_hole || near.as_ref().is_some_and(|near| near.hold(at(*number)))
    };
    let vertices: Vec<u32> = (0..positions.len() as u32).into_par_iter().filter(is_vertex).collect();
    let all_ends: Vec<[u32; 2]> = edges.iter().map(ends).collect();
    let mut hits = vertices_on_edges(positions, &vertices, &all_ends, tolerance_m);
    hits.iter_mut().for_each(|hit| hit.edge = edges[hit.edge as usize].start);
    // An edge with a partner is tested against unpartnered vertices only, and near holes against itself.
    hits.retain(|hit| {
        let vertex = kinds[hit.vertex as usize];
        vertex.is_unmatched || is_unmatched(uses_from(uses, hit.edge)) || (vertex.is_at_hole && is_beside(hit.edge))
    });
    hits
}

/// Positions that no edge has.
fn unused(uses: &[Use], positions: usize) -> Vec<u32> {
    let mut is_used = vec![false; positions];
    uses.iter().flat_map(|u| [u.low, u.high]).for_each(|end| is_used[end as usize] = true);
    (0..positions as u32).filter(|number| !is_used[*number as usize]).collect()
}

/// Classification of a vertex.
#[derive(Clone, Copy, Default)]
struct Vertex {
    /// At an end of an unpartnered edge.
    is_unmatched: bool,
    /// On several rings, at a hole that contains other polygons.
    is_at_hole: bool,
}

/// Removes pairs of opposite uses of one edge by one polygon.
fn fold(uses: &mut Vec<Use>, polygon_of: &[u32]) -> Vec<CancelledEdge> {
    let polygon = |u: &Use| polygon_of[u.owner() as usize];
    let found: Vec<[u32; 2]> = of_edges(uses, |start, edge, found| {
        // Backward uses come first, and rings in the order of their polygons.
        let (mut back, mut forth) = (0, edge.partition_point(|u| !u.forward()));
        let forward = forth;
        while back < forward && forth < edge.len() {
            let (a, b) = (polygon(&edge[back]), polygon(&edge[forth]));
            if a == b {
                found.push([start + back as u32, start + forth as u32]);
            }
            back += usize::from(a <= b);
            forth += usize::from(b <= a);
        }
    });
    let folded = |pair: &[u32; 2]| {
        let [back, forth] = pair.map(|place| uses[place as usize]);
        CancelledEdge { rings: [back.owner(), forth.owner()], ends: [back.low, back.high] }
    };
    let folded = found.iter().map(folded).collect();
    let mut gone = found.concat();
    gone.sort_unstable();
    take_away(uses, gone.into_iter());
    folded
}

/// Removes the uses at these indices, given in ascending order.
fn take_away(uses: &mut Vec<Use>, places: impl Iterator<Item = u32>) {
    let mut places = places.map(|place| place as usize).peekable();
    let Some(&(mut end)) = places.peek() else { return };
    while let Some(place) = places.next() {
        let kept = place + 1..places.peek().copied().unwrap_or(uses.len());
        end += kept.len();
        uses.copy_within(kept.clone(), end - kept.len());
    }
    uses.truncate(end);
}

/// Whether an edge has land on one side only.
fn is_unmatched(edge: &[Use]) -> bool {
    // Backward uses come first.
    edge[0].forward() == edge[edge.len() - 1].forward()
}

/// Index ranges of the uses of selected edges.
fn edges_of(uses: &[Use], is_asked: impl Fn(&[Use]) -> bool + Sync) -> Vec<Range<u32>> {
    of_edges(uses, |start, edge, out| {
        if is_asked(edge) {
            out.push(start..start + edge.len() as u32);
        }
    })
}

/// Index range of the uses of an edge, if there are any.
fn edge_of(uses: &[Use], edge: &Use) -> Option<Range<u32>> {
    let start = uses.partition_point(|u| (u.low, u.high) < (edge.low, edge.high));
    uses.get(start).filter(|u| same_edge(u, edge)).map(|_| edge_from(uses, start as u32))
}

/// Index range of the uses of the edge whose first use has this index.
fn edge_from(uses: &[Use], start: u32) -> Range<u32> {
    start..start + uses_from(uses, start).len() as u32
}

/// The uses of the edge whose first use has this index.
fn uses_from(uses: &[Use], start: u32) -> &[Use] {
    let first = &uses[start as usize];
    let rest = &uses[start as usize..];
    &rest[..rest.iter().take_while(|u| same_edge(u, first)).count()]
}

/// Edges of polygons that have other polygons in their holes, as far as they come near the box of all those holes.
fn beside_holes(positions: &[Coord], rings: &Rings, polygon_of: &[u32], several: &[bool]) -> Vec<Use> {
    let mut found = Vec::new();
    let mut first = 0;
    for polygon in polygon_of.chunk_by(|a, b| a == b) {
        let own = first..first + polygon.len();
        first = own.end;
        let numbers = |ring: usize| rings.numbers[rings.places(ring)].iter();
        let filled = |ring: &usize| numbers(*ring).any(|&number| several[number as usize]);
        let held = own.clone().skip(1).filter(filled).flat_map(numbers).map(|&number| positions[number as usize]);
        let Some((low, high)) = held.map(|at| (at, at)).reduce(super::edge_box::join) else { continue };
        let near = |u: &Use| {
            let outline = super::edge_box::box_of([u.low, u.high].map(|end| positions[end as usize]));
            super::edge_box::touch(outline, (low, high))
        };
        found.extend(own.flat_map(|ring| rings.edges(ring)).filter(near));
    }
    found
}

/// A cut of a use at a vertex.
pub(super) struct Cut {
    pub of: u32,
    pub share: f64,
    pub at: u32,
}

/// The cuts of edges at vertices on them, where another ring comes near.
fn cuts(uses: &[Use], hits: &[Hit], positions: usize) -> Vec<Cut> {
    let of_edge = |edge: u32| uses_from(uses, edge);
    let mut hit = vec![false; positions];
    hits.iter().for_each(|h| hit[h.vertex as usize] = true);
    // The rings through each vertex, and those with an edge near it.
    let mut coming: Vec<(u32, u32)> = of_edges(uses, |_, edge, out| {
        for end in [edge[0].low, edge[0].high].into_iter().filter(|end| hit[*end as usize]) {
            out.extend(edge.iter().map(|u| (end, u.owner())));
        }
    });
    let outer = |h: &Hit| [of_edge(h.edge).first(), of_edge(h.edge).last()];
    coming.par_extend(hits.par_iter().flat_map_iter(|h| outer(h).into_iter().flatten().map(|u| (h.vertex, u.owner()))));
    coming.par_sort_unstable();
    coming.dedup();
    let others = |h: &Hit| {
        let edge = of_edge(h.edge);
        let (back, forth) = edge.split_at(edge.partition_point(|u| !u.forward()));
        let owns = |ring: u32| [back, forth].iter().any(|side| side.binary_search_by_key(&ring, Use::owner).is_ok());
        let start = coming.partition_point(|(vertex, _)| *vertex < h.vertex);
        coming[start..].iter().take_while(|(vertex, _)| *vertex == h.vertex).any(|(_, ring)| !owns(*ring))
    };
    let cutting = hits.par_iter().filter(|h| h.distance_m <= EXACTLY_M || others(h));
    let each = |h: Hit| edge_from(uses, h.edge).map(move |of| Cut { of, share: h.share, at: h.vertex });
    cutting.flat_map_iter(|h| each(*h)).collect()
}

/// Cuts uses; they stay sorted.
pub(super) fn cut(uses: &mut Vec<Use>, mut cuts: Vec<Cut>) {
    cuts.par_sort_unstable_by(|a, b| a.of.cmp(&b.of).then(a.share.total_cmp(&b.share)).then(a.at.cmp(&b.at)));
    let mut pieces = Vec::with_capacity(2 * cuts.len());
    for cuts in cuts.chunk_by(|a, b| a.of == b.of) {
        let u = uses[cuts[0].of as usize];
        let mut last = u.low;
        for next in cuts.iter().map(|cut| cut.at).chain([u.high]) {
            let (from, to) = if u.forward() { (last, next) } else { (next, last) };
            pieces.extend(Use::new(from, to, u.owner()));
            last = next;
        }
    }
    take_away(uses, cuts.chunk_by(|a, b| a.of == b.of).map(|cuts| cuts[0].of));
    pieces.par_sort_unstable();
    merge(uses, &pieces);
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Marks numbers that occur more than once.
    fn several(rings: &[Vec<u32>], positions: usize) -> Vec<bool> {
        let mut count = vec![0; positions];
        rings.iter().flatten().for_each(|&number| count[number as usize] += 1);
        count.into_iter().map(|count| count > 1).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(512) })]

        /// Rings through positions on or slightly off a grid: both search methods cut the same edges, and edges that
        /// cross those of other rings are marked.
        #[test]
        fn by_runs_is_by_cells(
            shifts in prop::collection::vec(prop::sample::select(vec![0.0, 0.0, 4e-7, 3e-6, 4e-12]), 36),
            walks in prop::collection::vec(prop::collection::vec((0..6_u32, 0..6_u32), 3..12), 1..7),
            dense in any::<bool>(),
        ) {
            let at = |number: usize| {
                let (x, y) = ((number % 6) as f64, (number / 6) as f64);
                Coord { x: 20.0 + x * 1e-3 + shifts[number], y: 50.0 + y * 1e-3 + shifts[35 - number] }
            };
            let positions: Vec<Coord> = (0..36).map(at).collect();
            let rings: Vec<Vec<u32>> = walks.iter().map(|walk| {
                let walk = walk.iter().map(|&(x, y)| if dense { y * 6 + x } else { (y * 6 + x) / 2 * 2 });
                let mut ring: Vec<u32> = walk.collect();
                ring.dedup();
                ring
            }).collect();
            let starts = rings.iter().scan(0, |end, ring| { *end += ring.len(); Some(*end) });
            let starts: Vec<usize> = std::iter::once(0).chain(starts).collect();
            let several = several(&rings, positions.len());
            // Every other ring, from the first, is a shell; the ring after it is its hole.
            let polygon_of: Vec<u32> = (0..rings.len() as u32).map(|ring| ring / 2).collect();
            let all = Rings { numbers: rings.concat(), starts };
            let mut uses = all.sorted();
            fold(&mut uses, &polygon_of);
            let holes = beside_holes(&positions, &all, &polygon_of, &several);
            let mut beside: Vec<u32> = holes.iter().filter_map(|u| edge_of(&uses, u)).map(|edge| edge.start).collect();
            beside.sort_unstable();
            beside.dedup();
            let mut at_hole = vec![false; positions.len()];
            holes.iter().flat_map(|u| [u.low, u.high]).for_each(|end| at_hole[end as usize] = several[end as usize]);
            let unused = unused(&uses, positions.len());
            let edges = Edges {
                positions: &positions, uses: &uses, several: &several, beside_holes: &beside, at_hole: &at_hole, unused: &unused,
                territory_of: &polygon_of,
            };
            let cut = |hits: &[Hit]| {
                let mut cuts: Vec<(u32, u32, f64)> =
                    cuts(&uses, hits, positions.len()).iter().map(|cut| (cut.of, cut.at, cut.share)).collect();
                cuts.sort_by_key(|cut| (cut.0, cut.1));
                cuts
            };
            let found = edges.near(0.16).expect("few edges");
            prop_assert_eq!(cut(&found.hits), cut(&hits_by_cells(edges, 0.16)));
            let lonely = edges_of(&uses, is_unmatched);
            for (i, a) in lonely.iter().enumerate() {
                for b in &lonely[i + 1..] {
                    let [a, b] = [a, b].map(|edge| uses[edge.start as usize]);
                    let ends = |u: Use| [u.low, u.high].map(|end| positions[end as usize]);
                    let crosses = matches!(super::super::meet(ends(a), ends(b)), super::super::Meeting::At { proper: true, .. });
                    if crosses && polygon_of[a.owner() as usize] != polygon_of[b.owner() as usize] {
                        prop_assert!([a.low, a.high, b.low, b.high].iter().all(|end| found.near_other_territory[*end as usize]));
                    }
                }
            }
        }
    }
}

//! Vertices on the inside of edges (T-junctions), and edges that bound nothing.

use super::cells::NearCells;
use super::on_edge::{Hit, vertices_on_edges};
use super::uses::{Rings, Use, same_edge, stretches};
use geo::Coord;
use rayon::prelude::*;
use rustc_hash::FxHashSet;
use std::ops::Range;

/// Nearer than this a vertex is on an edge whatever else is there: rounding of the last bits.
const EXACTLY_M: f64 = 1e-6;

/// An edge that rings of one polygon use in opposite senses. Of one ring it is a spike, of two holes the wall between them:
/// it has the same on both its sides and bounds no land.
pub(super) struct Folded {
    pub rings: [u32; 2],
    pub ends: [u32; 2],
}

/// What was found where edges were cut.
#[derive(Default)]
pub(super) struct Nodes {
    /// Vertices at which an edge was cut.
    pub junctions: Vec<u32>,
    /// Edges that bounded nothing and are gone.
    pub folded: Vec<Folded>,
}

/// Takes away what bounds nothing and cuts edges at vertices that lie on them within the tolerance; the uses are in order
/// before and after.
///
/// # Method
/// Edges without a partner are held against all vertices, and their vertices against all edges: a claim may begin on the
/// inside of an edge that two others share. Of polygons in whose holes others lie, so are all edges and vertices near those
/// holes: there a polygon touches itself on an edge that has its partner. A vertex cuts an edge only if another ring than the
/// edge's own comes near there, or if it is on it exactly: what a ring does with itself within the tolerance stays as it was
/// drawn.
pub(super) fn at_junctions(
    positions: &[Coord],
    uses: &mut Vec<Use>,
    rings: &Rings,
    polygon_of: &[u32],
    several: &[bool],
    tolerance_m: f64,
) -> Nodes {
    let mut nodes = Nodes { folded: fold(uses, polygon_of), ..Nodes::default() };
    let ends = |edge: &Range<u32>| [uses[edge.start as usize].low, uses[edge.start as usize].high];
    let at = |number: u32| positions[number as usize];
    let mut edges = edges_of(uses, is_lonely);
    let lonely: Vec<[u32; 2]> = edges.iter().map(ends).collect();
    let mut kinds = vec![Vertex::default(); positions.len()];
    lonely.iter().flatten().for_each(|&end| kinds[end as usize].is_lonely = true);
    let beside_holes = beside_holes(positions, rings, polygon_of, several);
    let beside: Vec<Range<u32>> = beside_holes.iter().filter_map(|u| edge_of(uses, u)).collect();
    for end in beside_holes.iter().flat_map(|u| [u.low, u.high]).filter(|end| several[*end as usize]) {
        kinds[end as usize].is_beside_hole = true;
    }
    let near = NearCells::of(positions, &lonely, tolerance_m);
    if let Some(near) = &near {
        edges.extend(edges_of(uses, |edge| !is_lonely(edge) && near.touch([at(edge[0].low), at(edge[0].high)])));
    }
    edges.extend(beside.iter().cloned());
    edges.par_sort_unstable_by_key(|edge| edge.start);
    edges.dedup();
    let is_vertex = |number: &u32| {
        let kind = kinds[*number as usize];
        kind.is_lonely || kind.is_beside_hole || near.as_ref().is_some_and(|near| near.hold(at(*number)))
    };
    let vertices: Vec<u32> = (0..positions.len() as u32).into_par_iter().filter(is_vertex).collect();
    let beside: FxHashSet<u32> = beside.iter().map(|edge| edge.start).collect();
    let all_ends: Vec<[u32; 2]> = edges.iter().map(ends).collect();
    let mut hits = vertices_on_edges(positions, &vertices, &all_ends, tolerance_m);
    // What has its partner is held against what has none, and against itself beside holes.
    hits.retain(|hit| {
        let (edge, vertex) = (&edges[hit.edge as usize], kinds[hit.vertex as usize]);
        vertex.is_lonely
            || is_lonely(&uses[edge.start as usize..edge.end as usize])
            || (vertex.is_beside_hole && beside.contains(&edge.start))
    });
    if hits.is_empty() {
        return nodes;
    }
    let cuts = cuts(uses, &edges, &hits, positions.len());
    nodes.junctions = cuts.iter().map(|cut| cut.at).collect();
    cut(uses, cuts);
    nodes.folded.extend(fold(uses, polygon_of));
    nodes
}

/// Where a vertex stands.
#[derive(Clone, Copy, Default)]
struct Vertex {
    /// At the end of an edge without a partner.
    is_lonely: bool,
    /// On several rings, at a hole in which others lie.
    is_beside_hole: bool,
}

/// Takes uses in opposite senses of one edge by one polygon away, two by two.
fn fold(uses: &mut Vec<Use>, polygon_of: &[u32]) -> Vec<Folded> {
    let polygon = |u: &Use| polygon_of[u.owner() as usize];
    let of_stretch = |stretch: Range<usize>| {
        let (mut found, mut start) = (Vec::new(), stretch.start as u32);
        for edge in uses[stretch].chunk_by(same_edge) {
            if edge.len() > 1 {
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
            }
            start += edge.len() as u32;
        }
        found
    };
    let found: Vec<[u32; 2]> = stretches(uses).into_par_iter().flat_map_iter(of_stretch).collect();
    let folded = |pair: &[u32; 2]| {
        let [back, forth] = pair.map(|place| uses[place as usize]);
        Folded { rings: [back.owner(), forth.owner()], ends: [back.low, back.high] }
    };
    let folded = found.iter().map(folded).collect();
    let mut gone = found.concat();
    gone.sort_unstable();
    take_away(uses, gone.into_iter());
    folded
}

/// Removes the uses at these places, which are in ascending order.
fn take_away(uses: &mut Vec<Use>, places: impl Iterator<Item = u32>) {
    let mut places = places.peekable();
    if places.peek().is_some() {
        let mut number = 0..;
        uses.retain(|_| places.next_if_eq(&number.next().unwrap_or_default()).is_none());
    }
}

/// Whether an edge has land on one side only.
fn is_lonely(edge: &[Use]) -> bool {
    // Backward uses come first.
    edge[0].forward() == edge[edge.len() - 1].forward()
}

/// Edges that are asked for: where their uses stand.
fn edges_of(uses: &[Use], is_asked: impl Fn(&[Use]) -> bool + Sync) -> Vec<Range<u32>> {
    let of_stretch = |stretch: Range<usize>| {
        let (mut found, mut start) = (Vec::new(), stretch.start as u32);
        for edge in uses[stretch].chunk_by(same_edge) {
            let end = start + edge.len() as u32;
            if is_asked(edge) {
                found.push(start..end);
            }
            start = end;
        }
        found
    };
    stretches(uses).into_par_iter().flat_map_iter(of_stretch).collect()
}

/// Where the uses of an edge stand, if it is used.
fn edge_of(uses: &[Use], edge: &Use) -> Option<Range<u32>> {
    let start = uses.partition_point(|u| (u.low, u.high) < (edge.low, edge.high));
    let count = uses[start..].iter().take_while(|u| same_edge(u, edge)).count();
    (count > 0).then_some(start as u32..(start + count) as u32)
}

/// The edges of polygons in whose holes others lie, as far as they come near the box round all those holes.
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

/// A place where a use is to be cut.
pub(super) struct Cut {
    pub of: u32,
    pub share: f64,
    pub at: u32,
}

/// The cuts of edges at vertices that lie on them, where another ring comes near.
fn cuts(uses: &[Use], edges: &[Range<u32>], hits: &[Hit], positions: usize) -> Vec<Cut> {
    let of_edge = |edge: u32| &uses[edges[edge as usize].start as usize..edges[edge as usize].end as usize];
    let mut hit = vec![false; positions];
    hits.iter().for_each(|h| hit[h.vertex as usize] = true);
    // The rings at each vertex, and those of which an edge comes near.
    let ends = |u: &Use| [(u.low, u.owner()), (u.high, u.owner())];
    let mut coming: Vec<(u32, u32)> =
        uses.par_iter().flat_map_iter(ends).filter(|(end, _)| hit[*end as usize]).collect();
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
    let each = |h: Hit| edges[h.edge as usize].clone().map(move |of| Cut { of, share: h.share, at: h.vertex });
    cutting.flat_map_iter(|h| each(*h)).collect()
}

/// Cuts uses; they are in order before and after.
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

/// Puts sorted uses among others, from the back.
fn merge(uses: &mut Vec<Use>, pieces: &[Use]) {
    let (mut have, mut more) = (uses.len(), pieces.len());
    uses.extend_from_slice(pieces);
    while more > 0 {
        let piece = pieces[more - 1];
        if have > 0 && uses[have - 1] > piece {
            uses[have + more - 1] = uses[have - 1];
            have -= 1;
        } else {
            uses[have + more - 1] = piece;
            more -= 1;
        }
    }
}

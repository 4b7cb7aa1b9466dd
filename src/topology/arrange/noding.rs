//! Edges are cut until they meet only at their ends.

use super::Sets;
use crate::topology::intern::Interner;
use crate::topology::{Meeting, SegmentIndex, meet};
use geo::Coord;
use geo::algorithm::kernels::{Kernel, Orientation, RobustKernel};
use rayon::prelude::*;

/// An edge between two numbered positions, with the set of labels that change across it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Edge {
    pub low: u32,
    pub high: u32,
    pub toggles: u32,
    /// It separates the same on either side in all layers, so nothing can differ along it.
    pub quiet: bool,
}

/// Rounds after which noding gives up.
const ROUNDS: usize = 40;

/// Cuts edges wherever an edge that is not quiet meets another; `grid` rounds the positions of crossings.
/// Returns whether it came to an end.
pub(super) fn node(edges: &mut Vec<Edge>, interner: &mut Interner, sets: &mut Sets, grid: Option<f64>) -> bool {
    let mut fresh: Vec<bool> = edges.iter().map(|edge| !edge.quiet).collect();
    for _ in 0..ROUNDS {
        let positions = &interner.positions;
        let ends = |edge: &Edge| [positions[edge.low as usize], positions[edge.high as usize]];
        let index = SegmentIndex::new(edges.iter().enumerate().map(|(i, edge)| (ends(edge), i as u32)));
        let found: Vec<(u32, Cut)> = (0..edges.len())
            .into_par_iter()
            .filter(|&i| fresh[i])
            .flat_map_iter(|i| {
                let (low, high) = corners(ends(&edges[i]));
                let others = index.touching(low, high).map(|(_, j)| j as usize);
                let once = |&j: &usize| j != i && (!fresh[j] || i < j) && !(edges[i].quiet && edges[j].quiet);
                others.filter(once).flat_map(|j| cuts(i, j, edges, positions)).collect::<Vec<_>>()
            })
            .collect();
        if found.is_empty() {
            return true;
        }
        let mut cuts: Vec<(u32, u32)> = Vec::with_capacity(found.len());
        for (edge, cut) in found {
            let number = match cut {
                Cut::Vertex(number) => number,
                Cut::Crossing(position) => interner.number(rounded(position, grid)),
            };
            if number != edges[edge as usize].low && number != edges[edge as usize].high {
                cuts.push((edge, number));
            }
        }
        if cuts.is_empty() {
            return false;
        }
        cuts.sort_unstable();
        cuts.dedup();
        fresh = split(edges, &cuts, &interner.positions, sets);
    }
    false
}

/// Where an edge is to be cut.
enum Cut {
    Vertex(u32),
    Crossing(Coord),
}

pub(super) fn rounded(position: Coord, grid: Option<f64>) -> Coord {
    grid.map_or(position, |g| Coord { x: (position.x / g).round() * g, y: (position.y / g).round() * g })
}

pub(super) fn corners([a, b]: [Coord; 2]) -> (Coord, Coord) {
    (Coord { x: a.x.min(b.x), y: a.y.min(b.y) }, Coord { x: a.x.max(b.x), y: a.y.max(b.y) })
}

fn cuts(i: usize, j: usize, edges: &[Edge], positions: &[Coord]) -> Vec<(u32, Cut)> {
    // In the order of their positions, so that a crossing has one position however the layers are given.
    let before = |a: &Coord, b: &Coord| a.x.total_cmp(&b.x).then(a.y.total_cmp(&b.y)).is_le();
    let ends = |e: Edge| {
        let (p, q) = (positions[e.low as usize], positions[e.high as usize]);
        if before(&p, &q) { [p, q] } else { [q, p] }
    };
    let key = |i: usize| ends(edges[i]).map(|p| [p.x, p.y]);
    let (i, j) = if key(i) <= key(j) { (i, j) } else { (j, i) };
    let (a, b) = (edges[i], edges[j]);
    let (ea, eb) = (ends(a), ends(b));
    match meet(ea, eb) {
        Meeting::Apart => Vec::new(),
        Meeting::At { share, proper: true } => {
            let at = crossing(ea, share);
            vec![(i as u32, Cut::Crossing(at)), (j as u32, Cut::Crossing(at))]
        }
        _ => {
            let mut out = Vec::new();
            for (number, edge, line, n) in [(i, a, ea, [b.low, b.high]), (j, b, eb, [a.low, a.high])] {
                for end in n.into_iter().filter(|end| *end != edge.low && *end != edge.high) {
                    if strictly_on(positions[end as usize], line) {
                        out.push((number as u32, Cut::Vertex(end)));
                    }
                }
            }
            out
        }
    }
}

/// Counted from the nearer end, which loses the fewest digits.
fn crossing([from, to]: [Coord; 2], share: f64) -> Coord {
    let d = to - from;
    if share <= 0.5 { from + d * share } else { to - d * (1.0 - share) }
}

fn strictly_on(p: Coord, line: [Coord; 2]) -> bool {
    let (low, high) = corners(line);
    p.x >= low.x
        && p.x <= high.x
        && p.y >= low.y
        && p.y <= high.y
        && RobustKernel::orient2d(line[0], line[1], p) == Orientation::Collinear
}

/// Replaces edges by their pieces and joins those that have become one; returns which are new.
fn split(edges: &mut Vec<Edge>, cuts: &[(u32, u32)], positions: &[Coord], sets: &mut Sets) -> Vec<bool> {
    let mut pieces: Vec<(Edge, bool)> = Vec::with_capacity(edges.len() + cuts.len());
    let mut cuts = cuts.chunk_by(|a, b| a.0 == b.0).peekable();
    for (i, &edge) in edges.iter().enumerate() {
        let Some(at) = cuts.next_if(|at| at[0].0 as usize == i) else {
            pieces.push((edge, false));
            continue;
        };
        let (from, to) = (positions[edge.low as usize], positions[edge.high as usize]);
        let along = |number: u32| {
            let (d, p) = (to - from, positions[number as usize] - from);
            d.x * p.x + d.y * p.y
        };
        let mut numbers: Vec<u32> = at.iter().map(|(_, number)| *number).collect();
        numbers.sort_by(|a, b| along(*a).total_cmp(&along(*b)).then(a.cmp(b)));
        let mut last = edge.low;
        for next in numbers.into_iter().chain([edge.high]) {
            pieces.push((Edge { low: last.min(next), high: last.max(next), ..edge }, true));
            last = next;
        }
    }
    pieces.sort_unstable();
    edges.clear();
    let mut fresh = Vec::with_capacity(pieces.len());
    for same in pieces.chunk_by(|a, b| (a.0.low, a.0.high) == (b.0.low, b.0.high)) {
        let toggles = same.iter().fold(0, |set, (edge, _)| sets.xor(set, edge.toggles));
        if toggles != 0 {
            edges.push(Edge { toggles, quiet: same.iter().all(|(edge, _)| edge.quiet), ..same[0].0 });
            fresh.push(same.iter().any(|(_, new)| *new));
        }
    }
    fresh
}

//! Edges are cut until they meet only at their ends.

use super::Sets;
use crate::topology::intern::{number_all, plain};
use crate::topology::packed::Packed;
use crate::topology::{Meeting, meet};
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

impl Edge {
    /// The positions of its ends, the lower number first.
    pub fn ends(&self, positions: &[Coord]) -> [Coord; 2] {
        [positions[self.low as usize], positions[self.high as usize]]
    }
}

/// Rounds after which noding gives up.
const ROUNDS: usize = 40;

/// Cuts edges wherever an edge that is not quiet meets another; `grid` rounds the positions of crossings.
/// Returns whether it came to an end.
pub(super) fn node(edges: &mut Vec<Edge>, positions: &mut Vec<Coord>, sets: &mut Sets, grid: Option<f64>) -> bool {
    let mut fresh: Vec<bool> = edges.iter().map(|edge| !edge.quiet).collect();
    for round in 0..ROUNDS {
        let found = meetings(edges, positions, &fresh, round > 0);
        if found.is_empty() {
            return true;
        }
        let crossings = found.iter().filter_map(|(_, cut)| match cut {
            Cut::Crossing(position) => Some(plain(rounded(*position, grid))),
            Cut::Vertex(_) => None,
        });
        // Those that have a number keep it: they stand before.
        let known = positions.len();
        positions.extend(crossings);
        let (numbers, numbered) = number_all(std::mem::take(positions));
        *positions = numbered;
        let mut crossings = numbers[known..].iter();
        let mut cuts: Vec<(u32, u32)> = Vec::with_capacity(found.len());
        for (edge, cut) in found {
            let number = match cut {
                Cut::Vertex(number) => number,
                Cut::Crossing(_) => *crossings.next().expect("each crossing was given a number"),
            };
            if number != edges[edge as usize].low && number != edges[edge as usize].high {
                cuts.push((edge, number));
            }
        }
        if cuts.is_empty() {
            return false;
        }
        cuts.par_sort_unstable();
        cuts.dedup();
        fresh = split(edges, &cuts, positions, sets);
    }
    false
}

/// Where fresh edges and others are to be cut because they meet.
fn meetings(edges: &[Edge], positions: &[Coord], fresh: &[bool], later: bool) -> Vec<(u32, Cut)> {
    let ends = |edge: u32| edges[edge as usize].ends(positions);
    let all = || 0..edges.len() as u32;
    // After the first round few edges are new as a rule, and only what touches them can meet them.
    let near: Vec<u32> = if later {
        let new: Vec<u32> = all().filter(|&i| fresh[i as usize]).collect();
        let new = Packed::new(new.len(), |i| ends(new[i]), |_| true);
        all().into_par_iter().filter(|&i| fresh[i as usize] || new.touches(ends(i))).collect()
    } else {
        all().collect()
    };
    let index = Packed::new(near.len(), |i| ends(near[i]), |i| fresh[near[i] as usize]);
    index.pairs(|i, j, out| {
        let (i, j) = (near[i] as usize, near[j] as usize);
        let (a, b) = (edges[i], edges[j]);
        if (fresh[i] || fresh[j]) && !(a.quiet && b.quiet) {
            cuts(i, j, edges, positions, out);
        }
    })
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

fn cuts(i: usize, j: usize, edges: &[Edge], positions: &[Coord], out: &mut Vec<(u32, Cut)>) {
    // In the order of their positions, so that a crossing has one position however the layers are given.
    let before = |a: &Coord, b: &Coord| a.x.total_cmp(&b.x).then(a.y.total_cmp(&b.y)).is_le();
    let ends = |e: &Edge| {
        let [p, q] = e.ends(positions);
        if before(&p, &q) { [p, q] } else { [q, p] }
    };
    let key = |i: usize| ends(&edges[i]).map(|p| [p.x, p.y]);
    let (i, j) = if key(i) <= key(j) { (i, j) } else { (j, i) };
    let (a, b) = (edges[i], edges[j]);
    let (ea, eb) = (ends(&a), ends(&b));
    match meet(ea, eb) {
        Meeting::Apart => {}
        Meeting::At { share, proper: true } => {
            let at = crossing(ea, share);
            out.extend([(i as u32, Cut::Crossing(at)), (j as u32, Cut::Crossing(at))]);
        }
        _ => {
            for (number, edge, line, n) in [(i, a, ea, [b.low, b.high]), (j, b, eb, [a.low, a.high])] {
                for end in n.into_iter().filter(|end| *end != edge.low && *end != edge.high) {
                    if strictly_on(positions[end as usize], line) {
                        out.push((number as u32, Cut::Vertex(end)));
                    }
                }
            }
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
    pieces.par_sort_unstable();
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

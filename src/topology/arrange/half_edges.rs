//! Half-edges around each position, sorted by direction (the rotation system of the planar graph).

use super::noding::Edge;
use geo::Coord;
use geo::algorithm::kernels::{Kernel, Orientation, RobustKernel};
use std::cmp::Ordering;

/// Half-edges (2·edge from low to high, 2·edge + 1 back) by origin, counter-clockwise.
pub(super) struct HalfEdgeStars {
    starts: Vec<u32>,
    halves: Vec<u32>,
    /// Index of each half-edge in `halves`.
    place: Vec<u32>,
}

/// The position where a half-edge begins.
pub(super) fn origin(edges: &[Edge], half: u32) -> u32 {
    let edge = edges[half as usize / 2];
    if half.is_multiple_of(2) { edge.low } else { edge.high }
}

/// The position where a half-edge ends.
pub(super) fn target(edges: &[Edge], half: u32) -> u32 {
    origin(edges, half ^ 1)
}

impl HalfEdgeStars {
    pub fn new(edges: &[Edge], positions: &[Coord]) -> Self {
        let mut starts = vec![0u32; positions.len() + 1];
        let all = || 0..2 * edges.len() as u32;
        for half in all() {
            starts[origin(edges, half) as usize + 1] += 1;
        }
        for i in 1..starts.len() {
            starts[i] += starts[i - 1];
        }
        let mut next = starts.clone();
        let mut halves = vec![0u32; 2 * edges.len()];
        for half in all() {
            let at = &mut next[origin(edges, half) as usize];
            halves[*at as usize] = half;
            *at += 1;
        }
        for (node, range) in starts.windows(2).enumerate() {
            // Two directions are always in cyclic order.
            if range[1] - range[0] < 3 {
                continue;
            }
            let centre = positions[node];
            halves[range[0] as usize..range[1] as usize].sort_by(|&a, &b| {
                let to = |half| positions[target(edges, half) as usize];
                around(centre, to(a), to(b))
            });
        }
        let mut place = vec![0u32; halves.len()];
        for (at, &half) in halves.iter().enumerate() {
            place[half as usize] = at as u32;
        }
        HalfEdgeStars { starts, halves, place }
    }

    /// Half-edges with this origin.
    pub fn at(&self, node: u32) -> &[u32] {
        &self.halves[self.starts[node as usize] as usize..self.starts[node as usize + 1] as usize]
    }

    /// The last half-edge, counter-clockwise, before the direction just north of due west.
    pub fn before_west(&self, node: u32, edges: &[Edge], positions: &[Coord]) -> u32 {
        let half_edges = self.at(node);
        let centre = positions[node as usize];
        let to = |half: u32| positions[target(edges, half) as usize];
        let passed = |half: &u32| first_half(centre, to(*half)) || to(*half).y > centre.y;
        let order = |a: &u32, b: &u32| around(centre, to(*a), to(*b));
        let last = half_edges
            .iter()
            .copied()
            .filter(passed)
            .max_by(order)
            .or_else(|| half_edges.iter().copied().max_by(order));
        last.expect("an edge begins in each position that is asked for")
    }

    /// The next half-edge clockwise around the origin of this one.
    pub fn clockwise(&self, half: u32, edges: &[Edge]) -> u32 {
        let node = origin(edges, half) as usize;
        let at = self.place[half as usize];
        self.halves[if at == self.starts[node] { self.starts[node + 1] - 1 } else { at - 1 } as usize]
    }
}

/// Whether a direction is in the half-turn from just past due south, counter-clockwise, to due north.
fn first_half(centre: Coord, p: Coord) -> bool {
    p.x > centre.x || (p.x == centre.x && p.y > centre.y)
}

/// Compares two directions from a position, counter-clockwise from just past due south, exactly.
pub fn around(centre: Coord, a: Coord, b: Coord) -> Ordering {
    first_half(centre, b).cmp(&first_half(centre, a)).then_with(|| match RobustKernel::orient2d(centre, a, b) {
        Orientation::CounterClockwise => Ordering::Less,
        Orientation::Clockwise => Ordering::Greater,
        Orientation::Collinear => Ordering::Equal,
    })
}

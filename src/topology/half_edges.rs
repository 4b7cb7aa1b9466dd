//! Half-edges around each position, sorted by direction (the rotation system of a planar graph), and the closed walks
//! along them.

use geo::Coord;
use geo::algorithm::kernels::{Kernel, Orientation, RobustKernel};
use rustc_hash::FxHashMap;
use std::cmp::Ordering;

/// An edge of a planar graph between two numbered positions.
pub(super) trait GraphEdge {
    /// Numbers of its first and its last position.
    fn numbers(&self) -> [u32; 2];
}

/// Half-edges (2·edge from its first to its last position, 2·edge + 1 back) by origin, counter-clockwise.
///
/// Edges must meet only at their ends; the order of directions is decided exactly.
pub(super) struct HalfEdgeStars {
    starts: Vec<u32>,
    halves: Vec<u32>,
    /// Index of each half-edge in `halves`.
    place: Vec<u32>,
}

/// The position where a half-edge begins.
pub(super) fn origin<E: GraphEdge>(edges: &[E], half: u32) -> u32 {
    edges[half as usize / 2].numbers()[half as usize % 2]
}

/// The position where a half-edge ends.
pub(super) fn target<E: GraphEdge>(edges: &[E], half: u32) -> u32 {
    origin(edges, half ^ 1)
}

impl HalfEdgeStars {
    pub fn new<E: GraphEdge>(edges: &[E], positions: &[Coord]) -> Self {
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
    pub fn before_west<E: GraphEdge>(&self, node: u32, edges: &[E], positions: &[Coord]) -> u32 {
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

    /// The half-edge that follows this one along the face on its left.
    pub fn next<E: GraphEdge>(&self, half: u32, edges: &[E]) -> u32 {
        self.clockwise(half ^ 1, edges)
    }

    /// The next half-edge clockwise around the origin of this one.
    pub fn clockwise<E: GraphEdge>(&self, half: u32, edges: &[E]) -> u32 {
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

/// Splits a closed walk at repeated positions and passes each simple loop to `found`.
pub(super) fn simple_loops(walk: &[u32], mut found: impl FnMut(&[u32])) {
    if passes_each_once(walk) {
        return if walk.len() > 2 {
            found(walk)
        };
    }
    let mut path = Vec::<u32>::new();
    let mut at: FxHashMap<u32, usize> = FxHashMap::default();
    for &node in walk {
        if let Some(&start) = at.get(&node) {
            path[start..].iter().for_each(|n| {
                at.remove(n);
            });
            if path.len() - start > 2 {
                found(&path[start..]);
            }
            path.truncate(start);
        }
        at.insert(node, path.len());
        path.push(node);
    }
    if path.len() > 2 {
        found(&path);
    }
}

fn passes_each_once(walk: &[u32]) -> bool {
    if walk.len() <= 16 {
        return walk.iter().enumerate().all(|(i, node)| !walk[..i].contains(node));
    }
    let mut sorted = walk.to_vec();
    sorted.sort_unstable();
    sorted.windows(2).all(|pair| pair[0] != pair[1])
}

//! Faces of a planar graph of directed edges (half-edge structure).

use geo::Coord;
use rustc_hash::FxHashMap;

/// An edge with `net` more territories on its left than on its right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct NetEdge {
    pub from: u32,
    pub to: u32,
    /// Positive.
    pub net: i32,
    /// A part whose interior is on the left.
    pub part: u32,
    /// Whether parts of several territories have their interior on the left.
    pub several: bool,
}

/// Half-edges linked into the cycles around faces. Side 2e is the left of edge e, side 2e+1 its right.
pub(super) struct Faces<'a> {
    pub edges: &'a [NetEdge],
    next: Vec<u32>,
    /// Face of each side; faces are numbered from 0.
    pub face_of: Vec<u32>,
    /// One side of each face.
    pub first: Vec<u32>,
}

impl<'a> Faces<'a> {
    /// Links the sides of noded edges (edges that meet only at their ends).
    pub fn new(edges: &'a [NetEdge], positions: &[Coord]) -> Self {
        // Sides by start position.
        let mut ends = vec![0_u32; positions.len() + 1];
        edges.iter().flat_map(|edge| [edge.from, edge.to]).for_each(|node| ends[node as usize + 1] += 1);
        for node in 1..ends.len() {
            ends[node] += ends[node - 1];
        }
        let mut leaving = vec![0_u32; 2 * edges.len()];
        for (side, node) in edges.iter().flat_map(|edge| [edge.from, edge.to]).enumerate() {
            let end = &mut ends[node as usize];
            leaving[*end as usize] = side as u32;
            *end += 1;
        }
        let mut faces = Faces { edges, next: vec![0; 2 * edges.len()], face_of: Vec::new(), first: Vec::new() };
        let mut rest = leaving.as_mut_slice();
        let mut start = 0;
        for (node, end) in ends[..positions.len()].iter().enumerate() {
            let (sides, behind) = rest.split_at_mut((end - start) as usize);
            (rest, start) = (behind, *end);
            let at = positions[node];
            if sides.len() > 2 {
                let angle = |side: u32| {
                    let d = positions[faces.end(side) as usize] - at;
                    d.y.atan2(d.x)
                };
                sides.sort_by(|a, b| angle(*a).total_cmp(&angle(*b)).then(a.cmp(b)));
            }
            // The successor of the side opposite to `side` is the next one clockwise.
            for (i, &side) in sides.iter().enumerate() {
                faces.next[(side ^ 1) as usize] = sides[(i + sides.len() - 1) % sides.len()];
            }
        }
        faces.face_of = vec![u32::MAX; 2 * edges.len()];
        for side in 0..2 * edges.len() as u32 {
            if faces.face_of[side as usize] == u32::MAX {
                let number = faces.first.len() as u32;
                faces.first.push(side);
                let mut at = side;
                while faces.face_of[at as usize] == u32::MAX {
                    faces.face_of[at as usize] = number;
                    at = faces.next[at as usize];
                }
            }
        }
        faces
    }

    /// The sides around a face, in order.
    pub fn around(&self, face: usize) -> impl Iterator<Item = u32> {
        let first = self.first[face];
        let rest = std::iter::successors(Some(self.next[first as usize]), |s| Some(self.next[*s as usize]));
        std::iter::once(first).chain(rest.take_while(move |s| *s != first))
    }

    /// Number of the start position of a side, directed with its face on the left.
    pub fn start(&self, side: u32) -> u32 {
        let edge = &self.edges[(side / 2) as usize];
        if side & 1 == 0 { edge.from } else { edge.to }
    }

    fn end(&self, side: u32) -> u32 {
        self.start(side ^ 1)
    }

    /// Depth (number of territories) of each face, given the depth right of some edges, one for each connected
    /// component.
    pub fn depths(&self, known: impl Iterator<Item = (u32, i32)>) -> Vec<Option<i32>> {
        let mut depths: Vec<Option<i32>> = vec![None; self.first.len()];
        let mut todo: Vec<usize> = Vec::new();
        for (edge, depth) in known {
            let face = self.face_of[2 * edge as usize + 1] as usize;
            if depths[face].is_none() {
                depths[face] = Some(depth);
                todo.push(face);
            }
        }
        while let Some(face) = todo.pop() {
            let Some(depth) = depths[face] else { continue };
            for side in self.around(face) {
                let net = self.edges[(side / 2) as usize].net;
                let across = self.face_of[(side ^ 1) as usize] as usize;
                if depths[across].is_none() {
                    depths[across] = Some(if side & 1 == 0 { depth - net } else { depth + net });
                    todo.push(across);
                }
            }
        }
        depths
    }

    /// The cycle around a face as simple rings, split at repeated positions.
    pub fn rings(&self, face: usize, positions: &[Coord]) -> Vec<Vec<Coord>> {
        let mut rings = Vec::new();
        let mut path: Vec<u32> = Vec::new();
        let mut place: FxHashMap<u32, usize> = FxHashMap::default();
        let loop_: Vec<u32> = self.around(face).map(|side| self.start(side)).collect();
        for &node in loop_.iter().chain(loop_.first()) {
            if let Some(&since) = place.get(&node) {
                let ring: Vec<Coord> = path[since..].iter().chain([&node]).map(|&n| positions[n as usize]).collect();
                path[since + 1..].iter().for_each(|n| {
                    place.remove(n);
                });
                path.truncate(since + 1);
                if ring.len() > 3 {
                    rings.push(ring);
                }
            } else {
                place.insert(node, path.len());
                path.push(node);
            }
        }
        rings
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_squares_that_overlap() {
        // (0,0)-(2,2) and (1,1)-(3,3), cut where they cross: at (2,1) and (1,2).
        let positions: Vec<Coord> = [(0, 0), (2, 0), (2, 1), (2, 2), (1, 2), (0, 2), (1, 1), (3, 1), (3, 3), (1, 3)]
            .map(|(x, y)| Coord { x: f64::from(x), y: f64::from(y) })
            .to_vec();
        let ring = |nodes: &[u32], part: u32| -> Vec<NetEdge> {
            (0..nodes.len())
                .map(|i| NetEdge { from: nodes[i], to: nodes[(i + 1) % nodes.len()], net: 1, part, several: false })
                .collect()
        };
        let edges = [ring(&[0, 1, 2, 3, 4, 5], 0), ring(&[6, 2, 7, 8, 9, 4], 1)].concat();
        let faces = Faces::new(&edges, &positions);
        let depths = faces.depths(std::iter::once((0, 0)));
        let mut all: Vec<i32> = depths.iter().flatten().copied().collect();
        all.sort_unstable();
        assert_eq!(all, [0, 1, 1, 2]);
        let both = depths.iter().position(|d| *d == Some(2)).unwrap();
        assert_eq!(faces.rings(both, &positions)[0].len(), 5);
    }
}

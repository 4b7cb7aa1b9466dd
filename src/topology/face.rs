//! Faces of a planar graph of directed edges.

use super::half_edges::{GraphEdge, HalfEdgeStars, origin, simple_loops};
use geo::Coord;

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

impl GraphEdge for NetEdge {
    fn numbers(&self) -> [u32; 2] {
        [self.from, self.to]
    }
}

/// The faces between noded edges (edges that meet only at their ends). Side 2e is the left of edge e, side 2e+1 its
/// right: the side of a face is the half-edge that has it on the left.
pub(super) struct Faces<'a> {
    pub edges: &'a [NetEdge],
    stars: HalfEdgeStars,
    /// Face of each side; faces are numbered from 0.
    pub face_of: Vec<u32>,
    /// One side of each face.
    pub first: Vec<u32>,
}

impl<'a> Faces<'a> {
    /// Follows the cycle around every face.
    pub fn new(edges: &'a [NetEdge], positions: &[Coord]) -> Self {
        let stars = HalfEdgeStars::new(edges, positions);
        let mut faces = Faces { edges, stars, face_of: vec![u32::MAX; 2 * edges.len()], first: Vec::new() };
        for side in 0..2 * edges.len() as u32 {
            let number = faces.first.len() as u32;
            let mut at = side;
            while faces.face_of[at as usize] == u32::MAX {
                faces.face_of[at as usize] = number;
                at = faces.stars.next(at, edges);
            }
            if faces.face_of[side as usize] == number {
                faces.first.push(side);
            }
        }
        faces
    }

    /// The sides around a face, in order.
    pub fn around(&self, face: usize) -> impl Iterator<Item = u32> {
        let first = self.first[face];
        let rest = std::iter::successors(Some(first), |side| Some(self.stars.next(*side, self.edges)));
        std::iter::once(first).chain(rest.skip(1).take_while(move |side| *side != first))
    }

    /// Number of the start position of a side, directed with its face on the left.
    pub fn start(&self, side: u32) -> u32 {
        origin(self.edges, side)
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

    /// The cycle around a face as simple closed rings, split at repeated positions.
    pub fn rings(&self, face: usize, positions: &[Coord]) -> Vec<Vec<Coord>> {
        let walk: Vec<u32> = self.around(face).map(|side| self.start(side)).collect();
        let mut rings = Vec::new();
        simple_loops(&walk, |ring| {
            rings.push(ring.iter().chain(ring.first()).map(|&number| positions[number as usize]).collect());
        });
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

//! Faces of a planar graph of directed edges.

use super::half_edges::{GraphEdge, HalfEdgeStars, origin, simple_loops};
use geo::Coord;
use rayon::prelude::*;
use std::ops::Range;

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

/// Edges per parallel task.
const BLOCK: usize = 1 << 14;

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
    /// Follows the cycle around every face, in parallel. Each range of edges is a connected component.
    pub fn new(edges: &'a [NetEdge], components: &[Range<usize>], positions: &[Coord]) -> Self {
        let stars = HalfEdgeStars::new(edges, positions);
        let mut face_of = vec![u32::MAX; 2 * edges.len()];
        // Components with about as many edges as a task takes.
        let (mut blocks, mut rest, mut start) = (Vec::new(), face_of.as_mut_slice(), 0);
        for component in components {
            if component.end - start >= BLOCK || component.end == edges.len() {
                let (block, other) = rest.split_at_mut(2 * (component.end - start));
                blocks.push((2 * start as u32, block));
                (rest, start) = (other, component.end);
            }
        }
        let follow = |(start, face_of): &mut (u32, &mut [u32])| {
            let mut first = Vec::new();
            for side in 0..face_of.len() {
                let (number, mut at) = (first.len() as u32, side);
                while face_of[at] == u32::MAX {
                    face_of[at] = number;
                    at = (stars.next(at as u32 + *start, edges) - *start) as usize;
                }
                if face_of[side] == number {
                    first.push(side as u32 + *start);
                }
            }
            first
        };
        let firsts: Vec<Vec<u32>> = blocks.par_iter_mut().map(follow).collect();
        let numbers = firsts.iter().scan(0, |next, first| Some(std::mem::replace(next, *next + first.len() as u32)));
        let numbers: Vec<u32> = numbers.collect();
        blocks.into_par_iter().zip(numbers).for_each(|((_, face_of), number)| {
            face_of.iter_mut().for_each(|face| *face += number);
        });
        Faces { edges, stars, face_of, first: firsts.concat() }
    }

    /// The faces of each component of edges; faces are in the order of the components.
    pub fn by_component(&self, components: &[Range<usize>]) -> Vec<Range<usize>> {
        let mut start = 0;
        let faces = |edges: &Range<usize>| {
            let count = self.first[start..].iter().take_while(|side| (**side as usize) < 2 * edges.end).count();
            start += count;
            start - count..start
        };
        components.iter().map(faces).collect()
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

    /// Adds to a list the depth (number of territories) of each face of a connected component, given the depth right of
    /// one of its edges; `None` where it cannot be determined.
    pub fn depths(&self, faces: Range<usize>, (edge, depth): (u32, i32), depths: &mut Vec<Option<i32>>) {
        let (start, known) = (faces.start, depths.len());
        depths.resize(known + faces.len(), None);
        let depths = &mut depths[known..];
        let face_of = |side: u32| self.face_of[side as usize] as usize - start;
        let [left, right] = [2 * edge, 2 * edge + 1].map(face_of);
        depths[right] = Some(depth);
        // The usual case: one outline.
        if faces.len() == 2 && left != right {
            depths[left] = Some(depth + self.edges[edge as usize].net);
            return;
        }
        let mut todo = vec![right];
        while let Some(face) = todo.pop() {
            let Some(depth) = depths[face] else { continue };
            for side in self.around(start + face) {
                let net = self.edges[(side / 2) as usize].net;
                let across = face_of(side ^ 1);
                if depths[across].is_none() {
                    depths[across] = Some(if side & 1 == 0 { depth - net } else { depth + net });
                    todo.push(across);
                }
            }
        }
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
        let component = 0..edges.len();
        let faces = Faces::new(&edges, std::slice::from_ref(&component), &positions);
        let mut depths = Vec::new();
        faces.depths(0..faces.first.len(), (0, 0), &mut depths);
        let mut all: Vec<i32> = depths.iter().flatten().copied().collect();
        all.sort_unstable();
        assert_eq!(all, [0, 1, 1, 2]);
        let both = depths.iter().position(|d| *d == Some(2)).unwrap();
        assert_eq!(faces.rings(both, &positions)[0].len(), 5);
    }
}

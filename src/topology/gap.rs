//! How far apart are two outlines?

use super::space_tree::SpaceTree;
use crate::earth::{distance_m, point_along, to_space_m};
use geo::Coord;

/// An outline made ready for asking distances: edges with their ends in space.
pub struct Outline {
    /// Edges, (lon, lat) in degrees.
    edges: Vec<[Coord; 2]>,
    space: SpaceTree,
}

/// The shortest way between two outlines.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Gap {
    /// Ellipsoidal distance in metres.
    pub distance_m: f64,
    /// Its end on the first outline (lon, lat in degrees).
    pub from: Coord,
    /// Its end on the second.
    pub to: Coord,
}

impl Outline {
    /// Makes an outline of lines or rings.
    pub fn new<'a>(lines: impl IntoIterator<Item = &'a [Coord]>) -> Self {
        let (mut edges, mut chords) = (Vec::new(), Vec::new());
        for line in lines {
            edges.extend(line.windows(2).map(|edge| [edge[0], edge[1]]));
            // Each position once, though two edges have it.
            let mut points = line.iter().map(|&position| to_space_m(position));
            let mut last = points.next().unwrap_or_default();
            chords.extend(points.map(|point| [std::mem::replace(&mut last, point), point]));
        }
        Outline { edges, space: SpaceTree::new(chords) }
    }

    /// Corners of its box in space, in metres.
    pub fn bounds(&self) -> ([f64; 3], [f64; 3]) {
        self.space.bounds().into()
    }

    /// Least straight distance in metres that two outlines can have, by their boxes.
    pub fn at_least_m(&self, other: &Outline) -> f64 {
        let ((low, high), (other_low, other_high)) = (self.bounds(), other.bounds());
        let apart = |axis: usize| (low[axis] - other_high[axis]).max(other_low[axis] - high[axis]).max(0.0);
        (0..3).map(|axis| apart(axis).powi(2)).sum::<f64>().sqrt()
    }

    /// Returns the shortest way to another outline.
    ///
    /// # Method
    /// The nearest pair of edges is found in space, where each edge is a chord; the answer is the geodesic between
    /// the nearest positions of the pair. Boxes over runs of edges of either outline leave out what cannot be nearer.
    pub fn gap_to(&self, other: &Outline) -> Option<Gap> {
        if self.edges.is_empty() || other.edges.is_empty() {
            return None;
        }
        let (mine, theirs) = self.space.nearest_pair(&other.space);
        let (s, t) = nearest_shares(self.space.chords()[mine], other.space.chords()[theirs]);
        let from = point_along(self.edges[mine][0], self.edges[mine][1], s);
        let to = point_along(other.edges[theirs][0], other.edges[theirs][1], t);
        Some(Gap { distance_m: distance_m(from, to), from, to })
    }
}

fn between([a, b]: [[f64; 3]; 2], share: f64) -> [f64; 3] {
    std::array::from_fn(|axis| a[axis] + (b[axis] - a[axis]) * share)
}

fn dot(a: [f64; 3], b: [f64; 3]) -> f64 {
    a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
}

fn minus(a: [f64; 3], b: [f64; 3]) -> [f64; 3] {
    std::array::from_fn(|axis| a[axis] - b[axis])
}

/// Squared distance from a point to a chord, in m², and the share along the chord.
pub(super) fn squared_to(point: [f64; 3], chord: [[f64; 3]; 2]) -> (f64, f64) {
    let (d, w) = (minus(chord[1], chord[0]), minus(point, chord[0]));
    let length = dot(d, d);
    let share = if length > 0.0 { (dot(w, d) / length).clamp(0.0, 1.0) } else { 0.0 };
    let off = minus(point, between(chord, share));
    (dot(off, off), share)
}

/// Shares along two chords of their nearest points.
fn nearest_shares(a: [[f64; 3]; 2], b: [[f64; 3]; 2]) -> (f64, f64) {
    let (u, v, w) = (minus(a[1], a[0]), minus(b[1], b[0]), minus(a[0], b[0]));
    let (uu, uv, vv, uw, vw) = (dot(u, u), dot(u, v), dot(v, v), dot(u, w), dot(v, w));
    let det = uu * vv - uv * uv;
    let inner = (det > 0.0).then(|| (((uv * vw - vv * uw) / det), ((uu * vw - uv * uw) / det)));
    // Inside both, or at an end of one of them.
    let ends = [
        (0.0, squared_to(a[0], b).1),
        (1.0, squared_to(a[1], b).1),
        (squared_to(b[0], a).1, 0.0),
        (squared_to(b[1], a).1, 1.0),
    ];
    let squared = |&(s, t): &(f64, f64)| {
        let off = minus(between(a, s), between(b, t));
        dot(off, off)
    };
    let inside = inner.filter(|(s, t)| (0.0..=1.0).contains(s) && (0.0..=1.0).contains(t));
    ends.into_iter().chain(inside).min_by(|p, q| squared(p).total_cmp(&squared(q))).unwrap_or((0.0, 0.0))
}

pub(super) fn squared_between(a: [[f64; 3]; 2], b: [[f64; 3]; 2]) -> f64 {
    let (s, t) = nearest_shares(a, b);
    let off = minus(between(a, s), between(b, t));
    dot(off, off)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(points: &[(f64, f64)]) -> Vec<Coord> {
        points.iter().map(|&(x, y)| Coord { x, y }).collect()
    }

    #[test]
    fn a_vertex_against_the_inside_of_an_edge() {
        let edge = line(&[(45.0, 40.0), (45.02, 40.0)]);
        let corner = line(&[(45.01, 40.01), (45.01, 40.02)]);
        let gap = Outline::new([edge.as_slice()]).gap_to(&Outline::new([corner.as_slice()])).unwrap();
        // 0.01° of the meridian at 40° N is 1 110.36 m (GeographicLib, 40.00 45.01 to 40.01 45.01).
        assert!((gap.distance_m - 1_110.36).abs() < 0.1, "{gap:?}");
    }

    #[test]
    fn across_the_antimeridian() {
        let (a, b) = (line(&[(179.99, 0.0), (179.99, 0.1)]), line(&[(-179.99, 0.0), (-179.99, 0.1)]));
        let gap = Outline::new([a.as_slice()]).gap_to(&Outline::new([b.as_slice()])).unwrap();
        assert!((gap.distance_m - 2_226.39).abs() < 0.1);
    }
}

//! How far apart are two outlines?

use super::index::SpaceIndex;
use crate::earth::{distance_m, point_along, to_space_m};
use geo::Coord;
use std::sync::OnceLock;

/// An outline made ready for asking distances: edges with their ends in space.
pub struct Outline {
    /// Edges, (lon, lat) in degrees.
    edges: Vec<[Coord; 2]>,
    space: Vec<[[f64; 3]; 2]>,
    low: [f64; 3],
    high: [f64; 3],
    index: OnceLock<SpaceIndex>,
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

/// Products of edge counts up to which every pair is tried.
const EVERY_PAIR: usize = 4096;

impl Outline {
    /// Makes an outline of lines or rings.
    pub fn new<'a>(lines: impl IntoIterator<Item = &'a [Coord]>) -> Self {
        let edges: Vec<[Coord; 2]> = lines.into_iter().flat_map(|l| l.windows(2).map(|e| [e[0], e[1]])).collect();
        let space: Vec<_> = edges.iter().map(|edge| edge.map(to_space_m)).collect();
        let (mut low, mut high) = ([f64::INFINITY; 3], [f64::NEG_INFINITY; 3]);
        for point in space.iter().flatten() {
            for axis in 0..3 {
                low[axis] = low[axis].min(point[axis]);
                high[axis] = high[axis].max(point[axis]);
            }
        }
        Outline { edges, space, low, high, index: OnceLock::new() }
    }

    /// Corners of its box in space, in metres.
    pub fn bounds(&self) -> ([f64; 3], [f64; 3]) {
        (self.low, self.high)
    }

    /// Least straight distance in metres that two outlines can have, by their boxes.
    pub fn at_least_m(&self, other: &Outline) -> f64 {
        let apart = |axis: usize| (self.low[axis] - other.high[axis]).max(other.low[axis] - self.high[axis]).max(0.0);
        (0..3).map(|axis| apart(axis).powi(2)).sum::<f64>().sqrt()
    }

    /// Returns the shortest way to another outline.
    ///
    /// # Method
    /// The nearest pair of edges is found in space, where each edge is a chord; the answer is the geodesic between
    /// the nearest positions of the pair. Between large outlines a near pair is found first, by going to and fro, and
    /// then only edges that can be nearer are tried, out of an index of the larger one.
    pub fn gap_to(&self, other: &Outline) -> Option<Gap> {
        if self.edges.is_empty() || other.edges.is_empty() {
            return None;
        }
        if self.edges.len() > other.edges.len() {
            return other.gap_to(self).map(|gap| Gap { from: gap.to, to: gap.from, ..gap });
        }
        let (mine, theirs) = if self.edges.len() * other.edges.len() <= EVERY_PAIR {
            self.nearest_pair(other, 0..other.edges.len(), (f64::INFINITY, (0, 0)))
        } else {
            self.nearest_by_index(other)
        };
        let (s, t) = nearest_shares(self.space[mine], other.space[theirs]);
        let from = point_along(self.edges[mine][0], self.edges[mine][1], s);
        let to = point_along(other.edges[theirs][0], other.edges[theirs][1], t);
        Some(Gap { distance_m: distance_m(from, to), from, to })
    }

    /// The nearest pair among these edges of the other outline, if nearer than what is known: squared m, pair.
    fn nearest_pair(
        &self,
        other: &Outline,
        theirs: impl Iterator<Item = usize>,
        known: (f64, (usize, usize)),
    ) -> (usize, usize) {
        let (mut squared, mut pair) = known;
        for j in theirs {
            let (middle, half) = ball(other.space[j]);
            for (i, edge) in self.space.iter().enumerate() {
                let (own_middle, own_half) = ball(*edge);
                let off = minus(own_middle, middle);
                // No nearer than the balls around the two edges.
                let least = (dot(off, off).sqrt() - half - own_half).max(0.0);
                if least * least < squared {
                    let found = squared_between(*edge, other.space[j]);
                    if found < squared {
                        (squared, pair) = (found, (i, j));
                    }
                }
            }
        }
        pair
    }

    fn nearest_by_index(&self, other: &Outline) -> (usize, usize) {
        let index = other.index.get_or_init(|| SpaceIndex::new(&other.space));
        // A near pair first: from one end to the nearest edge, and back, while it gets nearer.
        let (mut squared, mut pair) = (f64::INFINITY, (0, 0));
        let mut from = self.space[0][0];
        for _ in 0..8 {
            let theirs = index.nearest(from).1 as usize;
            let mine = self.nearest_pair(other, std::iter::once(theirs), (f64::INFINITY, (0, theirs))).0;
            let found = squared_between(self.space[mine], other.space[theirs]);
            if found >= squared {
                break;
            }
            (squared, pair) = (found, (mine, theirs));
            from = between(self.space[mine], nearest_shares(self.space[mine], other.space[theirs]).0);
        }
        // Whatever is nearer lies within that distance of the ball around this outline.
        let (middle, radius) = ball([self.low, self.high]);
        let mut reach: Vec<usize> = index.within(middle, squared.sqrt() + radius).map(|j| j as usize).collect();
        reach.sort_unstable();
        if reach.len().saturating_mul(self.edges.len()) <= EVERY_PAIR * 64 {
            return self.nearest_pair(other, reach.into_iter(), (squared, pair));
        }
        for (i, edge) in self.space.iter().enumerate() {
            let (found, j) = index.nearest_to_chord(*edge, squared);
            if found < squared {
                (squared, pair) = (found, (i, j as usize));
            }
        }
        pair
    }
}

/// Middle of a chord or box, and half its length.
fn ball(ends: [[f64; 3]; 2]) -> ([f64; 3], f64) {
    let d = minus(ends[1], ends[0]);
    (between(ends, 0.5), dot(d, d).sqrt() / 2.0)
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
    fn many_edges_give_what_every_pair_gives() {
        let wave = |lat: f64, phase: f64, n: usize| -> Vec<Coord> {
            (0..n)
                .map(|i| Coord { x: 45.0 + i as f64 * 0.01, y: lat + 0.05 * (i as f64 * 0.7 + phase).sin() })
                .collect()
        };
        let (a, b) = (wave(40.0, 0.0, 90), wave(40.2, 1.0, 120));
        let (a, b) = (Outline::new([a.as_slice()]), Outline::new([b.as_slice()]));
        let (i, j) = a.nearest_pair(&b, 0..b.edges.len(), (f64::INFINITY, (0, 0)));
        let by_pairs = squared_between(a.space[i], b.space[j]).sqrt();
        let by_index = a.gap_to(&b).unwrap().distance_m;
        assert!((by_pairs - by_index).abs() < 1e-4 * by_pairs, "{by_pairs} {by_index}");
    }

    #[test]
    fn across_the_antimeridian() {
        let (a, b) = (line(&[(179.99, 0.0), (179.99, 0.1)]), line(&[(-179.99, 0.0), (-179.99, 0.1)]));
        let gap = Outline::new([a.as_slice()]).gap_to(&Outline::new([b.as_slice()])).unwrap();
        assert!((gap.distance_m - 2_226.39).abs() < 0.1);
    }
}

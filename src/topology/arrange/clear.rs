//! Floating-point filter for noding with rounded crossings: finds meetings of edges that rounding cannot change.

use super::noding::Edge;
use geo::Coord;
use rayon::prelude::*;

/// Bound, in rounding steps, on the drift of pieces from their original edge after all rounds of cutting.
const DRIFT: f64 = 64.0;
/// Least sine of the angle between two edges that counts as a clear crossing.
const ANGLE: f64 = 1e-4;

/// Bounds on the drift of pieces from their original edges, for positions rounded to a grid.
#[derive(Debug, Clone, Copy)]
pub(super) struct Drift {
    grid: f64,
}

impl Drift {
    pub fn new(grid: Option<f64>) -> Self {
        Drift { grid: grid.unwrap_or(0.0) }
    }

    /// Greatest drift of a piece along either axis at a coordinate.
    pub fn at(&self, value: f64) -> f64 {
        DRIFT * (value.abs() * f64::EPSILON + self.grid)
    }

    /// Twice the greatest drift over all positions.
    pub fn greatest(&self, positions: &[Coord]) -> f64 {
        let farthest = positions.par_iter().map(|p| p.x.abs().max(p.y.abs())).reduce(|| 0.0, f64::max);
        2.0 * self.at(farthest)
    }

    /// Distance above which two edges stay disjoint whatever their drift.
    fn apart(&self, edges: [[Coord; 2]; 2]) -> f64 {
        let farthest = edges.iter().flatten().fold(0.0, |far, p| f64::max(far, p.x.abs().max(p.y.abs())));
        4.0 * self.at(farthest)
    }

    /// Distance along an edge from a clear crossing within which the crossing edge may come too close.
    fn about_a_crossing(&self, edge: [Coord; 2]) -> f64 {
        self.apart([edge, edge]) / ANGLE
    }

    /// Whether two edges stay disjoint, or meet in exactly one common position, once each is cut where it crosses
    /// others. Edges that share an end are recognised by the numbers of their ends.
    pub fn leaves(&self, (a, b): (&Edge, &Edge), positions: &[Coord]) -> bool {
        let (line, other) = (a.ends(positions), b.ends(positions));
        let (d, e) = (line[1] - line[0], other[1] - other[0]);
        let (long, other_long) = (d.x.hypot(d.y), e.x.hypot(e.y));
        let turn = cross(d, e);
        let parts = turn.abs() > ANGLE * long * other_long;
        let shared = [a.low == b.low, a.low == b.high, a.high == b.low, a.high == b.high];
        if let Some(end) = shared.iter().position(|same| *same) {
            // Clear angle at the shared end, or the edges continue each other.
            let same_way = if end == 0 || end == 3 { 1.0 } else { -1.0 };
            return parts || (d.x * e.x + d.y * e.y) * same_way < 0.0;
        }
        let near = self.apart([line, other]);
        let off = |from: Coord, way: Coord, long: f64, p: Coord| {
            let off = cross(way, p - from);
            if off > near * long { 1 } else { -i32::from(off < -near * long) }
        };
        let of_other = other.map(|p| off(line[0], d, long, p));
        let of_line = line.map(|p| off(other[0], e, other_long, p));
        let is_beside = |[p, q]: [i32; 2]| p * q > 0;
        let crosses = |[p, q]: [i32; 2]| p * q < 0;
        is_beside(of_other) || is_beside(of_line) || (crosses(of_other) && crosses(of_line) && parts)
    }

    /// Whether the positions of a chain along one edge are so far apart that an edge crossing at one of them stays
    /// clear of the next.
    pub fn spaced(&self, chain: &[u32], positions: &[Coord]) -> bool {
        let at = |number: u32| positions[number as usize];
        let [first, .., last] = chain else { return true };
        let least = self.about_a_crossing([at(*first), at(*last)]);
        chain.windows(2).all(|pair| {
            let d = at(pair[1]) - at(pair[0]);
            d.x.abs().max(d.y.abs()) > least
        })
    }
}

fn cross(a: Coord, b: Coord) -> f64 {
    a.x * b.y - a.y * b.x
}

//! Decision problem of the Fréchet distance: whether two walkers can traverse two lines with a leash of a given length.

use crate::earth::{LocalPlane, to_geocentric_m};
use crate::topology::chord::{Point, dot, length, minus};
use geo::Coord;

/// How distances between positions are computed.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Metric {
    /// In the tangent plane at one of them: edges straight in lon/lat are straight; for distances of kilometres.
    Planes,
    /// Through space: edges are chords, which deviate by metres; for long distances.
    Space,
}

/// A line: its positions, the tangent plane at each, and the same in space.
pub(super) struct Curve {
    positions: Vec<Coord>,
    planes: Vec<LocalPlane>,
    points: Vec<Point>,
    metric: Metric,
}

impl Curve {
    pub fn new(positions: Vec<Coord>, metric: Metric) -> Self {
        let planes = positions.iter().map(|p| LocalPlane::at(*p)).collect();
        let points = positions.iter().map(|p| to_geocentric_m(*p)).collect();
        Curve { positions, planes, points, metric }
    }

    pub fn positions(&self) -> &[Coord] {
        &self.positions
    }

    /// The vector in metres from a vertex to a vertex of another curve.
    fn vector(&self, vertex: usize, other: &Curve, to: usize) -> Point {
        match self.metric {
            Metric::Planes => {
                let off = self.planes[vertex].to_m(other.positions[to]);
                [off.x, off.y, 0.0]
            }
            Metric::Space => minus(other.points[to], self.points[vertex]),
        }
    }

    /// Distance in metres from a vertex to a vertex of another curve.
    pub fn distance_m(&self, vertex: usize, other: &Curve, to: usize) -> f64 {
        length(self.vector(vertex, other, to))
    }

    /// Number of edges.
    fn edges(&self) -> usize {
        self.positions.len() - 1
    }

    /// Simplifies the curve: drops vertices within a distance in metres of the last kept one, which displaces it by no
    /// more.
    pub fn simplified(&self, within_m: f64) -> Curve {
        let last = self.positions.len() - 1;
        let mut kept = vec![0];
        for i in 1..last {
            if self.distance_m(kept[kept.len() - 1], self, i) > within_m {
                kept.push(i);
            }
        }
        kept.push(last);
        Curve {
            positions: kept.iter().map(|&i| self.positions[i]).collect(),
            planes: kept.iter().map(|&i| self.planes[i]).collect(),
            points: kept.iter().map(|&i| self.points[i]).collect(),
            metric: self.metric,
        }
    }

    /// Shares (0 to 1) of an edge of another curve within the leash of a vertex; edge numbers wrap around a ring.
    fn beside(&self, vertex: usize, other: &Curve, edge: usize, leash_m: f64) -> Option<Span> {
        let edge = edge % other.edges();
        let (from, to) = (self.vector(vertex, other, edge), self.vector(vertex, other, edge + 1));
        let way = minus(to, from);
        let squared = dot(way, way);
        let far = dot(from, from) - leash_m * leash_m;
        if squared == 0.0 {
            return (far <= 0.0).then_some((0.0, 1.0));
        }
        let half = -dot(from, way);
        let root = half * half - squared * far;
        if root < 0.0 {
            return None;
        }
        let root = root.sqrt();
        let (low, high) = (((half - root) / squared).max(0.0), ((half + root) / squared).min(1.0));
        // Ends count as reached if within rounding.
        let (low, high) = (if low < END { 0.0 } else { low }, if high > 1.0 - END { 1.0 } else { high });
        (low <= high).then_some((low, high))
    }
}

/// Range of shares along an edge.
type Span = (f64, f64);

/// Shares nearer to an end than this count as the end.
const END: f64 = 1e-12;

/// A sweep through the free-space diagram of two curves (Alt & Godau 1995), row by row; only reachable intervals are
/// kept.
pub(super) struct FreeSpace<'c> {
    pub a: &'c Curve,
    pub b: &'c Curve,
    pub leash_m: f64,
    /// Remaining limit on visited cells.
    pub cells: usize,
}

/// The limit on cells was exceeded.
pub(super) struct TooMany;

impl FreeSpace<'_> {
    /// Whether both walkers can get from end to end.
    pub fn open(&mut self) -> Result<bool, TooMany> {
        let (n, m) = (self.a.edges(), self.b.edges());
        let ends = [(0, 0), (n, m)];
        if !ends.into_iter().all(|(i, j)| self.a.distance_m(i, self.b, j) <= self.leash_m) {
            return Ok(false);
        }
        let start = self.climb(0, 0, 0.0, m);
        // How far the first walker gets while the second waits.
        let mut waits = true;
        let mut left = start;
        for i in 0..n {
            let bottom =
                if waits { self.b.beside(0, self.a, i, self.leash_m).filter(|span| span.0 == 0.0) } else { None };
            waits = bottom.is_some_and(|span| span.1 == 1.0);
            left = self.row(i, &left, bottom, m)?;
            if left.is_empty() && !waits {
                return Ok(false);
            }
        }
        Ok(left.last().is_some_and(|(j, span)| *j == m - 1 && span.1 == 1.0))
    }

    /// Whether the walkers can get once round both rings, the first from its first vertex, the second from any
    /// position.
    pub fn closed(&mut self) -> Result<bool, TooMany> {
        let m = self.b.edges();
        for (lowest, highest) in self.starts() {
            let mut from = lowest;
            // A lower start reaches everything that a higher one reaches. A start whose walk ends too high therefore
            // shows where the next start may be.
            for _ in 0..STARTS {
                let start = (from as usize).min(2 * m);
                let mut left = self.climb(0, start, from - start as f64, start + m + 1);
                for i in 0..self.a.edges() {
                    left = self.row(i, &left, None, 3 * m)?;
                    if left.is_empty() {
                        break;
                    }
                }
                let round = m as f64;
                let ends = left.iter().map(|(j, span)| (*j as f64 + span.0 - round, *j as f64 + span.1 - round));
                let least = ends
                    .filter(|(_, high)| *high >= lowest - SAME)
                    .map(|(low, _)| low)
                    .find(|low| *low <= highest + SAME);
                match least {
                    Some(low) if low <= from + SAME => return Ok(true),
                    Some(low) => from = low,
                    None => break,
                }
            }
        }
        Ok(false)
    }

    /// Stretches of the second ring within the leash of the first one's start, each as lowest and highest position.
    fn starts(&self) -> Vec<(f64, f64)> {
        let m = self.b.edges();
        let mut out: Vec<(f64, f64)> = Vec::new();
        for j in 0..m {
            let Some((low, high)) = self.a.beside(0, self.b, j, self.leash_m) else { continue };
            let (low, high) = (j as f64 + low, j as f64 + high);
            match out.last_mut() {
                Some(last) if last.1 >= low => last.1 = high,
                _ => out.push((low, high)),
            }
        }
        // Joins stretches across the second ring's start.
        if out.len() > 1 && out[0].0 == 0.0 && out[out.len() - 1].1 == m as f64 {
            let first = out.remove(0);
            if let Some(last) = out.last_mut() {
                last.1 = m as f64 + first.1;
            }
        }
        out
    }

    /// What the second walker reaches from a position on, while the first waits at a vertex.
    fn climb(&self, vertex: usize, edge: usize, share: f64, end: usize) -> Vec<(usize, Span)> {
        let mut out = Vec::new();
        let mut from = share;
        for j in edge..end {
            let Some(span) = self.a.beside(vertex, self.b, j, self.leash_m) else { break };
            if span.0 > from + SAME || span.1 < from {
                break;
            }
            out.push((j, (from.max(span.0), span.1)));
            if span.1 < 1.0 {
                break;
            }
            from = 0.0;
        }
        out
    }

    /// Propagates what is reachable at the start of an edge of the first curve to its end.
    fn row(
        &mut self,
        i: usize,
        left: &[(usize, Span)],
        bottom: Option<Span>,
        end: usize,
    ) -> Result<Vec<(usize, Span)>, TooMany> {
        let mut right = Vec::with_capacity(left.len() + 1);
        let (mut below, mut next) = (bottom, 0);
        let mut j = if bottom.is_some() { 0 } else { left.first().map_or(end, |(j, _)| *j) };
        while j < end {
            self.cells = self.cells.checked_sub(1).ok_or(TooMany)?;
            let here = left.get(next).filter(|(at, _)| *at == j).map(|(_, span)| *span);
            next += usize::from(here.is_some());
            let reached = |free: Option<Span>, whole: bool, from: Option<Span>| {
                let (low, high) = free?;
                let low = if whole { low } else { low.max(from?.0) };
                (low <= high).then_some((low, high))
            };
            let to_right = reached(self.a.beside(i + 1, self.b, j, self.leash_m), below.is_some(), here);
            let vertex = j % self.b.edges() + 1;
            let to_top = reached(self.b.beside(vertex, self.a, i, self.leash_m), here.is_some(), below);
            right.extend(to_right.map(|span| (j, span)));
            below = to_top;
            j = if below.is_some() { j + 1 } else { left.get(next).map_or(end, |(at, _)| *at) };
        }
        Ok(right)
    }
}

/// Positions of a ring closer than this, in edges, count as one.
const SAME: f64 = 1e-9;
/// Greatest number of starts tried for a stretch.
const STARTS: usize = 32;

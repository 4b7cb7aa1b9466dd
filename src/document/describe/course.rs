//! The path of a sector: chainage, turning points, sides.

use crate::earth::{LocalPlane, azimuth_deg, distance_m, edge_length_as};
use crate::model::Edges;
use crate::topology::SegmentIndex;
use geo::Coord;

/// A path with its chainages.
pub(super) struct Path {
    /// Positions (lon, lat in degrees).
    pub points: Vec<Coord>,
    /// Metres from the first.
    pub chainage: Vec<f64>,
}

impl Path {
    pub(super) fn new(points: Vec<Coord>, edges: Edges) -> Self {
        let mut chainage = Vec::with_capacity(points.len());
        let mut sum = 0.0;
        for (i, at) in points.iter().enumerate() {
            if i > 0 {
                sum += edge_length_as(points[i - 1], *at, edges);
            }
            chainage.push(sum);
        }
        Path { points, chainage }
    }

    pub(super) fn length_m(&self) -> f64 {
        self.chainage.last().copied().unwrap_or(0.0)
    }

    pub(super) fn is_ring(&self) -> bool {
        self.points.len() > 3 && self.points.first() == self.points.last()
    }

    /// Length between two vertices in metres.
    pub(super) fn between_m(&self, from: usize, to: usize) -> f64 {
        self.chainage[to] - self.chainage[from]
    }

    /// Azimuth of the geodesic between two vertices; none between equal positions.
    pub(super) fn azimuth_deg(&self, from: usize, to: usize) -> Option<f64> {
        (self.points[from] != self.points[to]).then(|| azimuth_deg(self.points[from], self.points[to]))
    }

    pub(super) fn chord_m(&self, from: usize, to: usize) -> f64 {
        distance_m(self.points[from], self.points[to])
    }

    /// Greatest distance of the path between two vertices from the straight line between them, in metres.
    pub(super) fn deviation_m(&self, from: usize, to: usize) -> f64 {
        let [a, b] = [self.points[from], self.points[to]];
        self.points[from..=to].iter().map(|&at| off_m(at, a, b)).fold(0.0, f64::max)
    }

    /// The vertex nearest to a chainage, strictly between two others.
    pub(super) fn vertex_near(&self, chainage_m: f64, from: usize, to: usize) -> Option<usize> {
        let inner = from + 1..to;
        let off = |i: &usize| (self.chainage[*i] - chainage_m).abs();
        let at = inner.start + self.chainage[inner.clone()].partition_point(|&c| c < chainage_m);
        [at.wrapping_sub(1), at].into_iter().filter(|i| inner.contains(i)).min_by(|a, b| off(a).total_cmp(&off(b)))
    }

    /// The vertices kept by a simplification within a tolerance (Douglas and Peucker 1973), including the first and
    /// last.
    pub(super) fn simplified(&self, tolerance_m: f64) -> Vec<usize> {
        let last = self.points.len() - 1;
        let mut keep = vec![false; self.points.len()];
        (keep[0], keep[last]) = (true, true);
        let mut open = vec![(0, last)];
        while let Some((from, to)) = open.pop() {
            let [a, b] = [self.points[from], self.points[to]];
            let far = (from + 1..to).map(|i| (i, off_m(self.points[i], a, b))).max_by(|a, b| a.1.total_cmp(&b.1));
            if let Some((at, _)) = far.filter(|(_, off)| *off > tolerance_m) {
                keep[at] = true;
                open.extend([(from, at), (at, to)]);
            }
        }
        (0..=last).filter(|&i| keep[i]).collect()
    }
}

/// Distance in metres of a position from a straight line between two others.
fn off_m(at: Coord, a: Coord, b: Coord) -> f64 {
    LocalPlane::at(at).nearest_on_edge(at, a, b).1
}

/// The edges of all sectors, spatially indexed, to determine on which side of the line a position is.
pub(super) struct Sides<'p> {
    paths: &'p [Path],
    /// Indices of sector and edge.
    edges: Vec<(usize, usize)>,
    index: SegmentIndex,
}

/// The nearest edge of the line.
#[derive(Debug, Clone, Copy)]
pub(super) struct NearestEdge {
    pub sector: usize,
    pub edge: usize,
    pub distance_m: f64,
    /// Whether the position is on the left, looking along the line.
    pub left: bool,
}

impl<'p> Sides<'p> {
    pub(super) fn new(paths: &'p [Path]) -> Self {
        let of_path = |(s, path): (usize, &Path)| (0..path.points.len() - 1).map(move |i| (s, i)).collect::<Vec<_>>();
        let edges: Vec<(usize, usize)> = paths.iter().enumerate().flat_map(of_path).collect();
        let ends = |&(s, i): &(usize, usize)| [paths[s].points[i], paths[s].points[i + 1]];
        let numbered = edges.iter().zip(0_u32..).map(|(edge, n)| (ends(edge), n));
        let index = SegmentIndex::new(numbered);
        Sides { paths, edges, index }
    }

    /// The nearest edge within `within_m` metres.
    pub(super) fn nearest(&self, at: Coord, within_m: f64) -> Option<NearestEdge> {
        let plane = LocalPlane::at(at);
        let mut reach_m = (within_m / 16.0).max(50.0).min(within_m);
        loop {
            let reach = plane.degrees(reach_m);
            let found =
                self.index.touching(at - reach, at + reach).map(|([a, b], n)| (plane.nearest_on_edge(at, a, b), n));
            let best = found.min_by(|(a, n), (b, m)| a.1.total_cmp(&b.1).then(n.cmp(m)));
            match best {
                Some(((share, distance_m), n)) if distance_m <= reach_m => {
                    let (sector, edge) = self.edges[n as usize];
                    return Some(NearestEdge { sector, edge, distance_m, left: self.is_left(at, sector, edge, share) });
                }
                _ if reach_m >= within_m => return None,
                _ => reach_m = (reach_m * 4.0).min(within_m),
            }
        }
    }

    /// Whether the line comes within `within_m` metres of a position.
    pub(super) fn is_within(&self, at: Coord, within_m: f64) -> bool {
        self.edges_within(at, within_m).next().is_some()
    }

    /// Sector and edge of each edge within `within_m` metres of a position.
    pub(super) fn edges_within(&self, at: Coord, within_m: f64) -> impl Iterator<Item = (usize, usize)> {
        let plane = LocalPlane::at(at);
        let reach = plane.degrees(within_m);
        let found = self.index.touching(at - reach, at + reach);
        let near = found.filter(move |([a, b], _)| plane.nearest_on_edge(at, *a, *b).1 <= within_m);
        near.map(|(_, n)| self.edges[n as usize])
    }

    /// Whether a position is on the left of its nearest edge; if a vertex is nearest, both edges there determine the
    /// side.
    fn is_left(&self, at: Coord, sector: usize, edge: usize, share: f64) -> bool {
        let points = &self.paths[sector].points;
        let left_of = |i: usize| cross(points[i], points[i + 1], at) > 0.0;
        let closed = points.first() == points.last();
        let edges = points.len() - 1;
        let pair = match share {
            s if s <= 0.0 && edge > 0 => Some((edge - 1, edge)),
            s if s <= 0.0 && closed => Some((edges - 1, edge)),
            s if s >= 1.0 && edge + 1 < edges => Some((edge, edge + 1)),
            s if s >= 1.0 && closed => Some((edge, 0)),
            _ => None,
        };
        match pair {
            // At a left turn, the left side is left of both edges.
            Some((a, b)) if cross(points[a], points[a + 1], points[b + 1]) > 0.0 => left_of(a) && left_of(b),
            Some((a, b)) => left_of(a) || left_of(b),
            None => left_of(edge),
        }
    }
}

/// Twice the signed area of a triangle, positive if the third position is on the left.
pub(super) fn cross(a: Coord, b: Coord, at: Coord) -> f64 {
    (b.x - a.x) * (at.y - a.y) - (b.y - a.y) * (at.x - a.x)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(points: &[(f64, f64)]) -> Path {
        Path::new(points.iter().map(|&p| Coord::from(p)).collect(), Edges::Lonlat)
    }

    #[test]
    fn sides_hold_at_sharp_turns() {
        let paths = [path(&[(10.0, 45.0), (10.01, 45.0), (10.0, 45.001)])];
        let sides = Sides::new(&paths);
        let left = |x: f64, y: f64| sides.nearest(Coord { x, y }, 5000.0).expect("it is near").left;
        assert!(!left(10.012, 45.0) && !left(10.011, 45.0003) && !left(10.005, 44.999) && left(10.005, 45.0002));
    }

    #[test]
    fn simplification_keeps_what_is_farther_than_the_tolerance() {
        let zigzag = path(&[(10.0, 45.0), (10.01, 45.00005), (10.02, 45.001), (10.03, 45.0), (10.04, 45.0)]);
        assert_eq!(zigzag.simplified(1000.0), [0, 4]);
        assert_eq!(zigzag.simplified(40.0), [0, 1, 2, 3, 4]);
        assert_eq!(zigzag.simplified(60.0), [0, 2, 4]);
    }
}

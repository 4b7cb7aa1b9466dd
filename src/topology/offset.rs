//! How far is a place from a line?

use super::index::SpaceIndex;
use crate::earth::{LocalPlane, distance_m, edge_length_m, point_along, to_space_m};
use geo::Coord;

/// Greatest length in metres of the chords that stand for edges: their sagitta is 2 cm.
const CHORD_M: f64 = 1000.0;

/// Less than this is rounding of positions.
const NONE_M: f64 = 1e-6;

/// Nearer to a pole than this, planes of longitude and latitude measure nothing.
const ROUND_A_POLE_DEG: f64 = 89.0;

/// A way is not halved nearer to its ends than this.
const LEAST_SHARE: f64 = 1e-6;

/// Lines made ready for asking what is nearest.
pub struct Nearest {
    edges: Vec<[Coord; 2]>,
    index: SpaceIndex,
}

impl Nearest {
    /// Gathers the edges of lines; none if there is no edge.
    pub fn new<'a>(lines: impl IntoIterator<Item = &'a [Coord]>) -> Option<Self> {
        let mut edges = Vec::new();
        for edge in lines.into_iter().flat_map(|line| line.windows(2)) {
            let pieces = (edge_length_m(edge[0], edge[1]) / CHORD_M).ceil().max(1.0) as usize;
            let at = |i: usize| match i {
                0 => edge[0],
                _ if i == pieces => edge[1],
                _ => point_along(edge[0], edge[1], i as f64 / pieces as f64),
            };
            edges.extend((0..pieces).map(|i| [at(i), at(i + 1)]));
        }
        let space: Vec<_> = edges.iter().map(|edge| edge.map(to_space_m)).collect();
        (!edges.is_empty()).then(|| Nearest { index: SpaceIndex::new(&space), edges })
    }

    /// Ellipsoidal distance in metres from a position to the nearest position of the lines, and that position.
    ///
    /// # Method
    /// The nearest edge is found in space; the place on it in a plane that touches the ellipsoid at `position`; the
    /// distance is the geodesic. Right to 1e-4 of itself.
    pub fn to(&self, position: Coord) -> (f64, Coord) {
        let (_, _, nearest) = self.edge(position);
        let distance_m = if nearest == position { 0.0 } else { distance_m(position, nearest) };
        (if distance_m < NONE_M { 0.0 } else { distance_m }, nearest)
    }

    /// The most that the distance can be anywhere on a straight way between two positions, and the share of the way at which
    /// to halve it for a better bound.
    ///
    /// The distance from one edge is convex along the way, so it is nowhere greater than at the ends; the edges nearest
    /// to either end give two such bounds. Where these edges follow each other, the way is best halved beside the vertex
    /// between: either half then runs along one edge.
    pub fn at_most(&self, from: Coord, to: Coord) -> (f64, f64) {
        let plane = LocalPlane::at((from + to) / 2.0);
        let nearest = [from, to].map(|end| self.edges[self.edge(end).0].map(|p| beside(p, end)));
        let bound = |[a, b]: [Coord; 2]| {
            let distance_m = |p: Coord| plane.nearest_on_edge(p, a, b).1;
            distance_m(from).max(distance_m(to))
        };
        let at_vertex = between(nearest).map(|vertex| plane.nearest_on_edge(vertex, from, to).0);
        let share = at_vertex.filter(|share| (LEAST_SHARE..=1.0 - LEAST_SHARE).contains(share)).unwrap_or(0.5);
        (bound(nearest[0]).min(bound(nearest[1])), share)
    }

    /// Whether a position lies on the left of the lines, by the edge nearest to it; none on the line, and beyond the
    /// end of a line.
    ///
    /// # Method
    /// The sign of the angle from the edge to the position; at a vertex from the sum of the directions of both edges.
    pub fn is_left(&self, position: Coord) -> Option<bool> {
        let (number, share, nearest) = self.edge(position);
        let plane = LocalPlane::at(position);
        let direction = |[from, to]: [Coord; 2]| {
            let d = plane.to_m(to) - plane.to_m(from);
            d / d.x.hypot(d.y)
        };
        let [from, to] = self.edges[number];
        let joined = |end: fn(&[Coord; 2]) -> Coord, at: Coord| self.edges.iter().find(|edge| end(edge) == at);
        let along = match share {
            0.0 => direction(*joined(|edge| edge[1], from)?) + direction([from, to]),
            1.0 => direction(*joined(|edge| edge[0], to)?) + direction([from, to]),
            _ => direction([from, to]),
        };
        let off = plane.to_m(position) - plane.to_m(nearest);
        let turn = along.x * off.y - along.y * off.x;
        (turn != 0.0).then_some(turn > 0.0)
    }

    /// The nearest edge, the share along it and the place.
    fn edge(&self, position: Coord) -> (usize, f64, Coord) {
        let number = self.index.nearest(to_space_m(position)).1 as usize;
        let [from, to] = self.edges[number].map(|end| beside(end, position));
        let share = if position.y.abs() > ROUND_A_POLE_DEG {
            share_in_space(to_space_m(position), [from, to].map(to_space_m))
        } else {
            LocalPlane::at(position).nearest_on_edge(position, from, to).0
        };
        let nearest = match share {
            0.0 => from,
            1.0 => to,
            _ => point_along(from, to, share),
        };
        // Back to where longitudes are written.
        let lon = if nearest.x.abs() > 180.0 { nearest.x - 360.0_f64.copysign(nearest.x) } else { nearest.x };
        (number, share, Coord { x: lon, ..nearest })
    }
}

/// The same place with its longitude within half a turn of another's: across the antimeridian it is as near.
fn beside(p: Coord, other: Coord) -> Coord {
    Coord { x: p.x - 360.0 * ((p.x - other.x) / 360.0).round(), ..p }
}

/// Share along a chord of the place nearest to a point.
fn share_in_space(p: [f64; 3], [from, to]: [[f64; 3]; 2]) -> f64 {
    let dot = |a: [f64; 3], b: [f64; 3]| a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
    let less = |a: [f64; 3], b: [f64; 3]| [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
    let way = less(to, from);
    let squared = dot(way, way);
    if squared > 0.0 { (dot(less(p, from), way) / squared).clamp(0.0, 1.0) } else { 0.0 }
}

/// The position that two edges have in common, on whichever side of the antimeridian.
fn between([first, second]: [[Coord; 2]; 2]) -> Option<Coord> {
    if first == second {
        return None;
    }
    let near = |p: Coord, q: Coord| {
        let (p, q) = (to_space_m(p), to_space_m(q));
        (0..3).all(|axis| (p[axis] - q[axis]).abs() < NONE_M)
    };
    first.into_iter().find(|&p| second.into_iter().any(|q| near(p, q)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(points: &[(f64, f64)]) -> Vec<Coord> {
        points.iter().map(|&(x, y)| Coord { x, y }).collect()
    }

    #[test]
    fn across_the_antimeridian_it_is_as_near() {
        let other = line(&[(180.0, 60.0), (180.0, 61.0)]);
        let nearest = Nearest::new([other.as_slice()]).unwrap();
        for lat in [60.0, 60.004, 60.3337, 60.99] {
            assert_eq!(nearest.to(Coord { x: -180.0, y: lat }).0, 0.0, "{lat}");
            // 0.001° of longitude at 60° N is 55.80 m (GeographicLib).
            let (off_m, at) = nearest.to(Coord { x: -179.999, y: 60.0 });
            assert!((off_m - 55.80).abs() < 0.01 && at.x.abs() == 180.0, "{off_m} {at:?}");
        }
        let (most_m, _) = nearest.at_most(Coord { x: -179.999, y: 60.1 }, Coord { x: -179.999, y: 60.105 });
        assert!((most_m - 55.6).abs() < 0.3, "{most_m}");
    }

    #[test]
    fn over_the_pole_it_is_as_near() {
        let other = line(&[(20.0, 89.5), (20.0, 90.0)]);
        let nearest = Nearest::new([other.as_slice()]).unwrap();
        // 0.001° of latitude at the pole is 111.69 m (GeographicLib).
        let (off_m, _) = nearest.to(Coord { x: -160.0, y: 89.999 });
        assert!((off_m - 111.69).abs() < 0.01, "{off_m}");
    }

    #[test]
    fn a_way_is_halved_beside_the_vertex() {
        let other = line(&[(45.0, 40.0), (45.003, 40.0), (45.006, 40.001)]);
        let nearest = Nearest::new([other.as_slice()]).unwrap();
        let (most_m, share) = nearest.at_most(Coord { x: 45.0, y: 40.0 }, Coord { x: 45.006, y: 40.001 });
        assert!(most_m > 50.0 && (share - 0.478).abs() < 0.005, "{most_m} {share}");
    }
}

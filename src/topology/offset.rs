//! How far is a place from a line?

use super::index::SpaceIndex;
use crate::earth::{LocalPlane, distance_m, edge_length_m, point_along, to_space_m};
use geo::Coord;
use rustc_hash::FxHashMap;
use std::sync::OnceLock;

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
    /// Number of the line of each edge.
    lines: Vec<u32>,
    index: SpaceIndex,
    /// An edge that begins, and one that ends, in each position.
    joints: OnceLock<[Joints; 2]>,
}

/// Edges by the bits of a position.
type Joints = FxHashMap<[u64; 2], u32>;

impl Nearest {
    /// Gathers the edges of lines; none if there is no edge.
    pub fn new<'a>(lines: impl IntoIterator<Item = &'a [Coord]>) -> Option<Self> {
        let (mut edges, mut numbers) = (Vec::new(), Vec::new());
        for (number, line) in lines.into_iter().enumerate() {
            edges.extend(line.windows(2).flat_map(|edge| chords([edge[0], edge[1]])));
            numbers.resize(edges.len(), number as u32);
        }
        let space: Vec<_> = edges.iter().map(|edge| edge.map(to_space_m)).collect();
        (!edges.is_empty()).then(|| Nearest {
            index: SpaceIndex::new(&space),
            edges,
            lines: numbers,
            joints: OnceLock::new(),
        })
    }

    /// Numbers of the lines, in the order given, that are as near to a position as the nearest, in ascending order.
    pub fn nearest_lines(&self, position: Coord) -> Vec<usize> {
        let mut least_m = None;
        let near = self
            .index
            .nearest_first(to_space_m(position))
            .take_while(|(squared, _)| squared.sqrt() <= *least_m.get_or_insert(squared.sqrt()) + NONE_M);
        let mut found: Vec<usize> = near.map(|(_, edge)| self.lines[edge as usize] as usize).collect();
        found.sort_unstable();
        found.dedup();
        found
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
        let key = |p: Coord| [p.x.to_bits(), p.y.to_bits()];
        let joints = self.joints.get_or_init(|| {
            [0, 1].map(|end| {
                let mut joints = Joints::default();
                let numbered = self.edges.iter().zip(0..);
                numbered.for_each(|(edge, number)| _ = joints.entry(key(edge[end])).or_insert(number));
                joints
            })
        });
        let joined = |end: usize, at: Coord| joints[end].get(&key(at)).map(|&number| self.edges[number as usize]);
        let along = match share {
            0.0 => direction(joined(1, self.edges[number][0])?) + direction([from, to]),
            1.0 => direction(joined(0, self.edges[number][1])?) + direction([from, to]),
            _ => direction([from, to]),
        };
        let off = plane.to_m(position) - plane.to_m(nearest);
        let turn = along.x * off.y - along.y * off.x;
        (turn != 0.0).then_some(turn > 0.0)
    }

    /// The nearest edge, the share along it and the place.
    fn edge(&self, position: Coord) -> (usize, f64, Coord) {
        let number = self.index.nearest(to_space_m(position)).1 as usize;
        let (share, nearest) = nearest_on(position, self.edges[number].map(|end| beside(end, position)));
        (number, share, written(nearest))
    }
}

/// Edges so short that they are as good as straight in space.
fn chords([from, to]: [Coord; 2]) -> impl Iterator<Item = [Coord; 2]> {
    let pieces = (edge_length_m(from, to) / CHORD_M).ceil().max(1.0) as usize;
    let at = move |i: usize| match i {
        0 => from,
        _ if i == pieces => to,
        _ => point_along(from, to, i as f64 / pieces as f64),
    };
    (0..pieces).map(move |i| [at(i), at(i + 1)])
}

/// Where a way comes nearest to a position.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct OnWay {
    /// Number of the way.
    pub way: u32,
    /// Ellipsoidal distance in metres.
    pub distance_m: f64,
    /// Chainage along the way in metres.
    pub chainage_m: f64,
}

/// Ways with chainages, made ready for asking which of them is within reach of a place.
pub struct Ways {
    /// Edges with the number of their way and the chainage of their start.
    edges: Vec<([Coord; 2], u32, f64)>,
    index: Option<SpaceIndex>,
}

impl Ways {
    /// Gathers runs of ways, each with the number of its way and the chainage of its start in metres.
    pub fn new<'a>(runs: impl IntoIterator<Item = (u32, f64, &'a [Coord])>) -> Self {
        let mut edges = Vec::new();
        for (way, mut done_m, run) in runs {
            for edge in run.windows(2) {
                edges.extend(chords([edge[0], edge[1]]).map(|c| (c, way, done_m + edge_length_m(edge[0], c[0]))));
                done_m += edge_length_m(edge[0], edge[1]);
            }
        }
        let space: Vec<_> = edges.iter().map(|(edge, ..)| edge.map(to_space_m)).collect();
        Ways { index: (!edges.is_empty()).then(|| SpaceIndex::new(&space)), edges }
    }

    /// The way within so many metres of a position; none where there is none, or more than one.
    pub fn only_within(&self, position: Coord, within_m: f64) -> Option<OnWay> {
        let mut nearest = self.index.as_ref()?.nearest_first(to_space_m(position)).map(|(_, edge)| edge as usize);
        let place = |edge: usize| {
            let ([from, to], way, start_m) = self.edges[edge];
            let (share, at) = nearest_on(position, [from, to].map(|end| beside(end, position)));
            let chainage_m = start_m + share * edge_length_m(from, to);
            OnWay { way, distance_m: distance_m(position, written(at)), chainage_m }
        };
        let first = place(nearest.next()?);
        if first.distance_m > within_m {
            return None;
        }
        let other = nearest.find(|&edge| self.edges[edge].1 != first.way).map(place);
        other.is_none_or(|other| other.distance_m > within_m).then_some(first)
    }
}

/// Back to where longitudes are written.
fn written(p: Coord) -> Coord {
    Coord { x: if p.x.abs() > 180.0 { p.x - 360.0_f64.copysign(p.x) } else { p.x }, ..p }
}

/// Share along an edge of the place nearest to a position, and that place.
fn nearest_on(position: Coord, [from, to]: [Coord; 2]) -> (f64, Coord) {
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
    (share, nearest)
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

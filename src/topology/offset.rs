//! Distance from a position to lines.

use super::chord::{between, dot, length, minus};
use super::envelope::{Arc, arcs_of, lower};
use super::index::SpaceIndex;
use crate::earth::edges::beside;
use crate::earth::{
    LocalPlane, distance_m, edge_distance_m, edge_length_m, line_length_m, point_along, to_geocentric_m,
};
use crate::model::Memo;
use geo::Coord;
use rustc_hash::FxHashMap;

/// Greatest length in metres of the chords that replace edges; their sagitta is 2 cm.
const CHORD_M: f64 = 1000.0;
/// Limit on the number of chords: this many per edge, and [`CHORDS`] more. Lines of thousands of kilometres get longer
/// chords.
const CHORDS_PER_EDGE: usize = 32;
const CHORDS: usize = 100_000;

/// Distances below this, in metres, are rounding of positions.
pub(crate) const NONE_M: f64 = 1e-6;

/// Beyond this latitude a plane of longitude and latitude is not usable.
const ROUND_A_POLE_DEG: f64 = 89.0;

/// Where lines are this many times farther away than a path is long, the distance along it is taken as linear.
const EVEN: f64 = 1000.0;
/// Least length of a path that is subdivided.
const LEAST_WAY_M: f64 = 1e-3;
/// Greatest number of edges in one envelope.
const MANY: usize = 48;
/// Allowance for the deviation of chords from edges.
const CHORD_SLACK_M: f64 = 1.0;

/// Lines indexed for nearest-position queries.
pub struct Nearest {
    edges: Vec<[Coord; 2]>,
    /// Number of the line of each edge.
    lines: Vec<u32>,
    index: SpaceIndex,
    /// For each position, an edge that starts there, and one that ends there.
    joints: Memo<[Joints; 2]>,
}

/// Edges by the bits of a position.
type Joints = FxHashMap<[u64; 2], u32>;

impl Nearest {
    /// Indexes the edges of lines, (lon, lat) in degrees; `None` without edges.
    pub fn new<'a>(lines: impl IntoIterator<Item = &'a [Coord]>) -> Option<Self> {
        let lines: Vec<&[Coord]> = lines.into_iter().collect();
        let longest_m = chord_m(&lines);
        let (mut edges, mut numbers) = (Vec::new(), Vec::new());
        for (number, line) in lines.into_iter().enumerate() {
            edges.extend(line.windows(2).flat_map(|edge| chords([edge[0], edge[1]], longest_m)));
            numbers.resize(edges.len(), number as u32);
        }
        let space: Vec<_> = edges.iter().map(|edge| edge.map(to_geocentric_m)).collect();
        (!edges.is_empty()).then(|| Nearest {
            index: SpaceIndex::new(&space),
            edges,
            lines: numbers,
            joints: Memo::new(),
        })
    }

    /// Indices of the lines nearest to a position, all of them if several are equally near, in ascending order.
    pub fn nearest_lines(&self, position: Coord) -> Vec<usize> {
        let mut least_m = None;
        let near = self
            .index
            .nearest_first(to_geocentric_m(position))
            .take_while(|(squared, _)| squared.sqrt() <= *least_m.get_or_insert(squared.sqrt()) + NONE_M);
        let mut found: Vec<usize> = near.map(|(_, edge)| self.lines[edge as usize] as usize).collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    /// Ellipsoidal distance in metres from a position to the nearest position of the lines, and that position (lon, lat
    /// in degrees).
    ///
    /// # Method
    /// The nearest edge is found in geocentric coordinates, the position on it in the tangent plane of the ellipsoid at
    /// `position`; the distance is the geodesic, with a relative error of 1e-4.
    pub fn to(&self, position: Coord) -> (f64, Coord) {
        let (_, _, nearest) = self.edge(position);
        (apart_m(position, nearest), nearest)
    }

    /// Ellipsoidal distance in metres from a position to the nearest position of the lines, as by
    /// [`edge_distance_m`](crate::earth::edge_distance_m()) (1e-9) on the nearest edge.
    pub fn distance_m(&self, position: Coord) -> f64 {
        let number = self.index.nearest(to_geocentric_m(position)).1 as usize;
        let [from, to] = self.edges[number].map(|end| beside(end, position));
        let metres = edge_distance_m(position, from, to).0;
        if metres < NONE_M { 0.0 } else { metres }
    }

    /// The number of the edge nearest to a position, for [`along`](Self::along), and the ellipsoidal distance in metres.
    pub fn nearest_edge(&self, position: Coord) -> (usize, f64) {
        let (number, _, nearest) = self.edge(position);
        (number, apart_m(position, nearest))
    }

    /// The distance along a straight path of a few kilometres at most, as consecutive arcs in closed form; `nearest`
    /// are the edges nearest to its ends.
    ///
    /// # Method
    /// Works in the tangent plane at the middle of the path. Candidates are the edges no farther than the greatest
    /// distance of the better of the two `nearest` edges; their lower envelope is computed. With many candidates, the
    /// path is halved. If the lines are a thousand times farther away than the path is long, the distance is taken as
    /// linear between the ends: it changes no faster than the position along the path, so that the mean has a relative
    /// error of at most 2.5e-4.
    pub fn along(&self, from: Coord, to: Coord, nearest: [usize; 2]) -> Vec<Arc> {
        let mut out = Vec::new();
        self.add_along([from, to], nearest, 0.0, &mut out);
        out
    }

    fn add_along(&self, [from, to]: [Coord; 2], nearest: [usize; 2], start_m: f64, out: &mut Vec<Arc>) {
        let plane = LocalPlane::at((from + to) / 2.0);
        let (a, b) = (plane.to_m(from), plane.to_m(to));
        let length_m = (b - a).x.hypot((b - a).y);
        if length_m == 0.0 {
            return;
        }
        let edge = |number: usize| self.edges[number].map(|end| plane.to_m(beside(end, from)));
        let distance_m = |p: Coord, number: usize| plane_distance_m(p, edge(number));
        let ends = [distance_m(a, nearest[0]), distance_m(b, nearest[1])];
        let polar = from.y.abs().max(to.y.abs()) > ROUND_A_POLE_DEG;
        if polar || ends[0].min(ends[1]) > EVEN * length_m || length_m < LEAST_WAY_M {
            let ends = if polar { [from, to].map(|end| self.to(end).0) } else { ends };
            out.push(Arc::even(start_m, start_m + length_m, ends));
            return;
        }
        let most_m = nearest.map(|n| distance_m(a, n).max(distance_m(b, n)));
        let middle = (from + to) / 2.0;
        let path = [from, to].map(to_geocentric_m);
        let sagitta_m = length(minus(to_geocentric_m(middle), between(path, 0.5)));
        // Relative error of the plane: 1e-4; error of the chords: centimetres.
        let reach_m = most_m[0].min(most_m[1]) * 1.001 + CHORD_SLACK_M + 2.0 * sagitta_m;
        let Some(near) = self.index.beside(path, reach_m, MANY) else {
            let half = self.nearest_edge(middle).0;
            self.add_along([from, middle], [nearest[0], half], start_m, out);
            self.add_along([middle, to], [half, nearest[1]], start_m + length_m / 2.0, out);
            return;
        };
        let u = (b - a) / length_m;
        let in_frame = |p: Coord| {
            let off = p - a;
            Coord { x: off.x * u.x + off.y * u.y, y: off.y * u.x - off.x * u.y }
        };
        let mut arcs = Vec::new();
        for number in near.into_iter().map(|n| n as usize).chain(nearest) {
            arcs_of(edge(number).map(in_frame), length_m, &mut arcs);
        }
        out.extend(lower(&arcs, length_m).into_iter().map(|arc| arc.shifted(start_m)));
    }

    /// Whether a position is on the left of the lines, by the edge nearest to it; `None` on the line and beyond the end
    /// of a line.
    ///
    /// # Method
    /// The sign of the angle from the edge to the position; at a vertex, from the sum of the directions of both edges.
    pub fn is_left(&self, position: Coord) -> Option<bool> {
        let (number, share, nearest) = self.edge(position);
        let plane = LocalPlane::at(position);
        let direction = |[from, to]: [Coord; 2]| {
            let d = plane.to_m(to) - plane.to_m(from);
            d / d.x.hypot(d.y)
        };
        let [from, to] = self.edges[number];
        let key = |p: Coord| [p.x.to_bits(), p.y.to_bits()];
        let joints = self.joints.get(|| {
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

    /// The nearest edge, the share along it (0 to 1) and the nearest position.
    fn edge(&self, position: Coord) -> (usize, f64, Coord) {
        let number = self.index.nearest(to_geocentric_m(position)).1 as usize;
        let (share, nearest) = nearest_on(position, self.edges[number].map(|end| beside(end, position)));
        (number, share, written(nearest))
    }
}

/// Greatest length in metres of the chords for these lines.
pub(crate) fn chord_m(lines: &[&[Coord]]) -> f64 {
    let length_m: f64 = lines.iter().map(|line| line_length_m(line)).sum();
    let edges: usize = lines.iter().map(|line| line.len()).sum();
    CHORD_M.max(length_m / (CHORDS_PER_EDGE * edges + CHORDS) as f64)
}

/// Divides an edge into pieces of at most `longest_m` metres, practically straight in space.
fn chords([from, to]: [Coord; 2], longest_m: f64) -> impl Iterator<Item = [Coord; 2]> {
    let pieces = (edge_length_m(from, to) / longest_m).ceil().max(1.0) as usize;
    let at = move |i: usize| match i {
        0 => from,
        _ if i == pieces => to,
        _ => point_along(from, to, i as f64 / pieces as f64),
    };
    (0..pieces).map(move |i| [at(i), at(i + 1)])
}

/// The nearest position along one of several lines.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RouteHit {
    /// Number of the line.
    pub way: u32,
    /// Ellipsoidal distance in metres.
    pub distance_m: f64,
    /// Chainage along the line in metres.
    pub chainage_m: f64,
}

/// Lines with chainages, indexed for proximity queries.
pub struct RouteIndex {
    /// Edges with the number of their line and the chainage of their start in metres.
    edges: Vec<([Coord; 2], u32, f64)>,
    index: Option<SpaceIndex>,
}

impl RouteIndex {
    /// Indexes runs: the number of their line, the chainage of the run's start in metres, and its positions.
    pub fn new<'a>(runs: impl IntoIterator<Item = (u32, f64, &'a [Coord])>) -> Self {
        let runs: Vec<(u32, f64, &[Coord])> = runs.into_iter().collect();
        let longest_m = chord_m(&runs.iter().map(|(.., run)| *run).collect::<Vec<_>>());
        let mut edges = Vec::new();
        for (way, mut done_m, run) in runs {
            for edge in run.windows(2) {
                edges.extend(
                    chords([edge[0], edge[1]], longest_m).map(|c| (c, way, done_m + edge_length_m(edge[0], c[0]))),
                );
                done_m += edge_length_m(edge[0], edge[1]);
            }
        }
        let space: Vec<_> = edges.iter().map(|(edge, ..)| edge.map(to_geocentric_m)).collect();
        RouteIndex { index: (!edges.is_empty()).then(|| SpaceIndex::new(&space)), edges }
    }

    /// The line within `within_m` metres of a position; `None` if there is none, or more than one.
    pub fn only_within(&self, position: Coord, within_m: f64) -> Option<RouteHit> {
        let mut nearest = self.index.as_ref()?.nearest_first(to_geocentric_m(position)).map(|(_, edge)| edge as usize);
        let place = |edge: usize| {
            let ([from, to], way, start_m) = self.edges[edge];
            let (share, at) = nearest_on(position, [from, to].map(|end| beside(end, position)));
            let chainage_m = start_m + share * edge_length_m(from, to);
            RouteHit { way, distance_m: distance_m(position, written(at)), chainage_m }
        };
        let first = place(nearest.next()?);
        if first.distance_m > within_m {
            return None;
        }
        let other = nearest.find(|&edge| self.edges[edge].1 != first.way).map(place);
        other.is_none_or(|other| other.distance_m > within_m).then_some(first)
    }
}

/// Normalises a longitude to ±180°.
fn written(p: Coord) -> Coord {
    Coord { x: if p.x.abs() > 180.0 { p.x - 360.0_f64.copysign(p.x) } else { p.x }, ..p }
}

/// The position of an edge nearest to another position, and its share along the edge.
fn nearest_on(position: Coord, [from, to]: [Coord; 2]) -> (f64, Coord) {
    let share = if position.y.abs() > ROUND_A_POLE_DEG {
        share_in_space(to_geocentric_m(position), [from, to].map(to_geocentric_m))
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

/// Share along a chord of its point nearest to another point.
fn share_in_space(p: [f64; 3], [from, to]: [[f64; 3]; 2]) -> f64 {
    let less = |a: [f64; 3], b: [f64; 3]| [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
    let way = less(to, from);
    let squared = dot(way, way);
    if squared > 0.0 { (dot(less(p, from), way) / squared).clamp(0.0, 1.0) } else { 0.0 }
}

fn apart_m(from: Coord, to: Coord) -> f64 {
    let apart_m = if from == to { 0.0 } else { distance_m(from, to) };
    if apart_m < NONE_M { 0.0 } else { apart_m }
}

fn plane_distance_m(p: Coord, [a, b]: [Coord; 2]) -> f64 {
    let (v, w) = (b - a, p - a);
    let squared = v.x * v.x + v.y * v.y;
    let share = if squared > 0.0 { ((w.x * v.x + w.y * v.y) / squared).clamp(0.0, 1.0) } else { 0.0 };
    (w.x - share * v.x).hypot(w.y - share * v.y)
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
        let way = [Coord { x: -179.999, y: 60.1 }, Coord { x: -179.999, y: 60.105 }];
        let arcs = nearest.along(way[0], way[1], way.map(|end| nearest.nearest_edge(end).0));
        assert!(arcs.iter().all(|arc| (arc.at(arc.from_m) - 55.6).abs() < 0.3), "{arcs:?}");
    }

    #[test]
    fn over_the_pole_it_is_as_near() {
        let other = line(&[(20.0, 89.5), (20.0, 90.0)]);
        let nearest = Nearest::new([other.as_slice()]).unwrap();
        // 0.001° of latitude at the pole is 111.69 m (GeographicLib).
        let (off_m, _) = nearest.to(Coord { x: -160.0, y: 89.999 });
        assert!((off_m - 111.69).abs() < 0.01, "{off_m}");
    }
}

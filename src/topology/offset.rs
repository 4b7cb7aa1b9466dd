//! How far is a place from a line?

use super::envelope::{Arc, arcs_of, lower};
use super::index::SpaceIndex;
use crate::earth::{LocalPlane, distance_m, edge_length_m, line_length_m, point_along, to_geocentric_m};
use geo::Coord;
use rustc_hash::FxHashMap;
use std::sync::OnceLock;

/// Greatest length in metres of the chords that stand for edges: their sagitta is 2 cm.
const CHORD_M: f64 = 1000.0;
/// There are no more than so many chords for each edge, and [`CHORDS`] besides: the chords of lines that are thousands of
/// kilometres long are longer.
const CHORDS_PER_EDGE: usize = 32;
const CHORDS: usize = 100_000;

/// Less than this is rounding of positions.
pub(crate) const NONE_M: f64 = 1e-6;

/// Nearer to a pole than this, planes of longitude and latitude measure nothing.
const ROUND_A_POLE_DEG: f64 = 89.0;

/// From lines so many times farther than it is long, the distance of a way is taken to change evenly.
const EVEN: f64 = 1000.0;
/// A shorter way is not taken apart.
const LEAST_WAY_M: f64 = 1e-3;
/// More edges than this are not held against each other at once.
const MANY: usize = 48;
/// What chords that stand for edges may be off, with some room.
const CHORD_SLACK_M: f64 = 1.0;

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
            joints: OnceLock::new(),
        })
    }

    /// Numbers of the lines, in the order given, that are as near to a position as the nearest, in ascending order.
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

    /// Ellipsoidal distance in metres from a position to the nearest position of the lines, and that position.
    ///
    /// # Method
    /// The nearest edge is found in space; the place on it in a plane that touches the ellipsoid at `position`; the
    /// distance is the geodesic. Right to 1e-4 of itself.
    pub fn to(&self, position: Coord) -> (f64, Coord) {
        let (_, _, nearest) = self.edge(position);
        (apart_m(position, nearest), nearest)
    }

    /// The number of the edge nearest to a position, for [`along`](Self::along), and the ellipsoidal distance in metres.
    pub fn nearest_edge(&self, position: Coord) -> (usize, f64) {
        let (number, _, nearest) = self.edge(position);
        (number, apart_m(position, nearest))
    }

    /// The distance along a straight way of no more than some kilometres, in arcs of closed form that follow each other;
    /// `nearest` are the edges nearest to its ends.
    ///
    /// # Method
    /// In a plane that touches the ellipsoid in the middle of the way. Edges that can be nearest anywhere on it are those
    /// no farther than the nearer of the two edges gets; of these the lower envelope is taken. Many edges: the way is
    /// halved. Where the lines are a thousand times farther than the way is long, the distance goes evenly from end to
    /// end: it changes no faster than the way goes on, so that the mean is right to 2.5e-4 of itself.
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
        // The plane is right to 1e-4, chords of edges to centimetres.
        let reach_m = (most_m[0].min(most_m[1]) + length_m / 2.0) * 1.001 + CHORD_SLACK_M;
        let middle = (from + to) / 2.0;
        let near = self.index.within(to_geocentric_m(middle), reach_m);
        if near.len() > MANY {
            let half = self.nearest_edge(middle).0;
            self.add_along([from, middle], [nearest[0], half], start_m, out);
            self.add_along([middle, to], [half, nearest[1]], start_m + length_m / 2.0, out);
            return;
        }
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
        let number = self.index.nearest(to_geocentric_m(position)).1 as usize;
        let (share, nearest) = nearest_on(position, self.edges[number].map(|end| beside(end, position)));
        (number, share, written(nearest))
    }
}

/// Length in metres of the pieces into which edges are cut before their distances are asked for.
pub(crate) fn chord_m(lines: &[&[Coord]]) -> f64 {
    let length_m: f64 = lines.iter().map(|line| line_length_m(line)).sum();
    let edges: usize = lines.iter().map(|line| line.len()).sum();
    CHORD_M.max(length_m / (CHORDS_PER_EDGE * edges + CHORDS) as f64)
}

/// The pieces of an edge, none longer than so many metres: they are as good as straight in space.
fn chords([from, to]: [Coord; 2], longest_m: f64) -> impl Iterator<Item = [Coord; 2]> {
    let pieces = (edge_length_m(from, to) / longest_m).ceil().max(1.0) as usize;
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
        Ways { index: (!edges.is_empty()).then(|| SpaceIndex::new(&space)), edges }
    }

    /// The way within so many metres of a position; none where there is none, or more than one.
    pub fn only_within(&self, position: Coord, within_m: f64) -> Option<OnWay> {
        let mut nearest = self.index.as_ref()?.nearest_first(to_geocentric_m(position)).map(|(_, edge)| edge as usize);
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

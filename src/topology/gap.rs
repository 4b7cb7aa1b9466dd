//! Shortest distance between two outlines.

use super::chord_bvh::{ChordBvh, InSpace, Point};
use super::segment::{Meeting, meet};
use crate::earth::{distance_m, point_along, to_geocentric_m};
use geo::Coord;

/// Greatest distance in metres of a piece of an outline from its chord in space; longer pieces are halved.
const PIECE_M: f64 = 1.0;
/// Accuracy in metres of the distance between two edges.
const WITHIN_M: f64 = 1e-3;
/// Distances below this, in metres, count as 0.
const NOTHING_M: f64 = 1e-6;

/// An outline, indexed for distance queries.
pub struct Outline(ChordBvh<Piece>);

/// A piece of an edge that is straight in lon/lat.
#[derive(Debug, Clone, Copy)]
struct Piece {
    /// Its ends, (lon, lat) in degrees.
    ends: [Coord; 2],
    /// The same in geocentric coordinates, in metres.
    chord: [Point; 2],
    /// Upper bound of its distance from the chord, in metres.
    off_m: f64,
}

/// The shortest connection between two outlines.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Gap {
    /// Ellipsoidal distance in metres.
    pub distance_m: f64,
    /// Its end on the first outline (lon, lat in degrees).
    pub from: Coord,
    /// Its end on the second outline (lon, lat in degrees).
    pub to: Coord,
}

impl Outline {
    /// Builds an outline from lines or rings, (lon, lat) in degrees.
    pub fn new<'a>(lines: impl IntoIterator<Item = &'a [Coord]>) -> Self {
        let mut pieces = Vec::new();
        for line in lines {
            // Converts each position once, although two edges share it.
            let mut in_space = line.iter().map(|&position| to_geocentric_m(position));
            let mut last = in_space.next().unwrap_or_default();
            for (edge, next) in line.windows(2).zip(in_space) {
                Piece::new([edge[0], edge[1]], [std::mem::replace(&mut last, next), next]).cut(PIECE_M, &mut pieces);
            }
        }
        Outline(ChordBvh::new(pieces))
    }

    /// Corners of its bounding box in geocentric coordinates, in metres.
    pub fn bounds(&self) -> (Point, Point) {
        self.0.bounds().into()
    }

    /// Lower bound of the straight-line distance in metres between two outlines, from their boxes.
    pub fn at_least_m(&self, other: &Outline) -> f64 {
        let ((low, high), (other_low, other_high)) = (self.bounds(), other.bounds());
        let apart = |axis: usize| (low[axis] - other_high[axis]).max(other_low[axis] - high[axis]).max(0.0);
        (0..3).map(|axis| apart(axis).powi(2)).sum::<f64>().sqrt()
    }

    /// Returns the shortest connection to another outline; its distance is 0 where they cross or touch.
    ///
    /// # Method
    /// Edges are straight in lon/lat. Each is divided into pieces within a metre of their chords in space. A hierarchy
    /// of bounding boxes excludes pairs that cannot be nearest; the others are halved until their chords give the
    /// straight-line distance between the curves to a millimetre. The result is the geodesic between the positions
    /// found. Straight-line distances rank pairs as geodesic ones do to 6e-6 at 1 000 km, and without error at shorter
    /// distances.
    pub fn gap_to(&self, other: &Outline) -> Option<Gap> {
        self.gap_below(other, f64::INFINITY)
    }

    /// The same if shorter than a limit in metres; a connection that is not may still be returned.
    pub fn gap_below(&self, other: &Outline, limit_m: f64) -> Option<Gap> {
        // The same computation from either side, so that the result is symmetric.
        if self.bounds() <= other.bounds() {
            return self.way_to(other, limit_m);
        }
        other.way_to(self, limit_m).map(|gap| Gap { from: gap.to, to: gap.from, ..gap })
    }

    /// The search. It is valid because no geodesic is shorter than the straight line between its ends.
    fn way_to(&self, other: &Outline, limit_m: f64) -> Option<Gap> {
        let mut near = NearPairs::default();
        self.0.nearest(&other.0, limit_m, |mine, theirs, best| near.add(mine, theirs, best));
        let (from, to) = near.nearest()?;
        let distance_m = distance_m(from, to);
        Some(Gap { distance_m: if distance_m < NOTHING_M { 0.0 } else { distance_m }, from, to })
    }
}

/// Candidate pairs of pieces, by the distance bounds from their chords.
#[derive(Default)]
struct NearPairs {
    /// Lower bound of the distance of each pair in metres, and the pair.
    pairs: Vec<(f64, Piece, Piece)>,
    /// Number of pairs after the list was last pruned.
    kept: usize,
    /// A common position of both outlines.
    met: Option<Coord>,
}

impl NearPairs {
    /// Adds a candidate pair nearer than `best`; returns the upper bound of its distance where that is less than
    /// `best`.
    fn add(&mut self, a: &Piece, b: &Piece, best: f64) -> Option<f64> {
        let Chords { chord_m, off_m, .. } = Chords::of(a, b);
        let least_m = chord_m - off_m;
        if least_m >= best {
            return None;
        }
        if chord_m <= off_m + NOTHING_M
            && let Some(at) = meeting(a, b)
        {
            self.met = Some(at);
            return Some(0.0);
        }
        let most_m = chord_m + off_m;
        if self.pairs.len() > 2 * self.kept + 16 {
            let limit = best.min(most_m);
            self.pairs.retain(|(least_m, ..)| *least_m < limit);
            self.kept = self.pairs.len();
        }
        self.pairs.push((least_m, *a, *b));
        (most_m < best).then_some(most_m)
    }

    /// The nearest positions of the outlines, to [`WITHIN_M`].
    fn nearest(mut self) -> Option<(Coord, Coord)> {
        if let Some(at) = self.met {
            return Some((at, at));
        }
        self.pairs.sort_by(|p, q| p.0.total_cmp(&q.0));
        let (mut best, mut ends) = (f64::INFINITY, None);
        for (_, a, b) in self.pairs.into_iter() {
            if let Some((found_m, from, to)) = nearest(a, b, best) {
                (best, ends) = (found_m, Some((from, to)));
            }
        }
        ends
    }
}

impl InSpace for Piece {
    fn bounds(&self) -> [Point; 2] {
        let [a, b] = self.chord;
        [
            std::array::from_fn(|axis| a[axis].min(b[axis]) - self.off_m),
            std::array::from_fn(|axis| a[axis].max(b[axis]) + self.off_m),
        ]
    }
}

impl Piece {
    fn new(ends: [Coord; 2], chord: [Point; 2]) -> Self {
        Piece { ends, chord, off_m: off_chord_m(ends, chord) }
    }

    fn halves(&self) -> [Piece; 2] {
        let middle = point_along(self.ends[0], self.ends[1], 0.5);
        let in_space = to_geocentric_m(middle);
        [([self.ends[0], middle], [self.chord[0], in_space]), ([middle, self.ends[1]], [in_space, self.chord[1]])]
            .map(|(ends, chord)| Piece::new(ends, chord))
    }

    /// Halves the piece until every half is within `off_m` metres of its chord.
    fn cut(self, off_m: f64, out: &mut Vec<Piece>) {
        if self.off_m <= off_m {
            out.push(self);
        } else {
            self.halves().into_iter().for_each(|half| half.cut(off_m, out));
        }
    }
}

/// Upper bound, in metres, of the distance between an edge straight in lon/lat and its chord in space.
///
/// A curve of length s whose curvature is at most κ keeps within s²κ/8 of its chord, and within s/2. The normal curvature
/// of the ellipsoid is below 1/6 335 km; the geodesic curvature of such an edge is tan φ · sin α · (1 + cos² α) / R, α being
/// its azimuth, and the factor of tan φ is at most 1.09.
fn off_chord_m([a, b]: [Coord; 2], chord: [Point; 2]) -> f64 {
    const LEAST_RADIUS_M: f64 = 6_335_000.0;
    const GREATEST_RADIUS_M: f64 = 6_400_000.0;
    /// Up to this extent, below 80° of latitude, a curve is less than a thousandth longer than its chord.
    const SHORT_DEG: f64 = 0.5;
    let (low, high) = (a.y.abs().min(b.y.abs()), a.y.abs().max(b.y.abs()));
    let (d_lon, d_lat) = ((b.x - a.x).abs(), (b.y - a.y).abs());
    if d_lon.max(d_lat) <= SHORT_DEG && high <= 80.0 {
        // On the ellipsoid the tangent of the latitude is less than 1.007 of z over the distance from the axis.
        let squared_slope = |p: Point| 1.02 * p[2] * p[2] / (p[0] * p[0] + p[1] * p[1]);
        let curvature =
            (1.0 + 1.09 * 1.09 * squared_slope(chord[0]).max(squared_slope(chord[1]))).sqrt() / LEAST_RADIUS_M;
        let d = minus(chord[1], chord[0]);
        return 1.002 * dot(d, d) * curvature / 8.0;
    }
    // The equator is farther from the axis than either end, where the edge crosses it.
    let widest = if a.y * b.y < 0.0 { 1.0 } else { low.to_radians().cos() };
    let along_m = GREATEST_RADIUS_M * d_lat.to_radians();
    let length_m = along_m.hypot(GREATEST_RADIUS_M * widest * d_lon.to_radians());
    let steepness = if high < 90.0 { high.to_radians().tan() } else { f64::INFINITY };
    let curvature = (1.0_f64).hypot(1.09 * steepness) / LEAST_RADIUS_M;
    if length_m == 0.0 { 0.0 } else { (length_m * length_m * curvature / 8.0).min(length_m / 2.0) }
}

/// The nearest points of the chords of two pieces.
struct Chords {
    /// Shares (0 to 1) along the two chords.
    shares: (f64, f64),
    /// Distance in metres.
    chord_m: f64,
    /// Upper bound of the difference, in metres, between this and the distance of the pieces.
    off_m: f64,
}

impl Chords {
    fn of(a: &Piece, b: &Piece) -> Self {
        let (s, t) = nearest_shares(a.chord, b.chord);
        let chord_m = length(minus(between(a.chord, s), between(b.chord, t)));
        Chords { shares: (s, t), chord_m, off_m: a.off_m + b.off_m }
    }
}

/// A common position of two pieces; crossing and touching are decided exactly.
fn meeting(a: &Piece, b: &Piece) -> Option<Coord> {
    match meet(a.ends, b.ends) {
        Meeting::At { share, .. } | Meeting::Along { from: share, .. } => {
            Some(point_along(a.ends[0], a.ends[1], share))
        }
        Meeting::Apart => None,
    }
}

/// The straight-line distance between two pieces, if less than `best`, and the nearest positions: halves them until
/// their chords are close enough to the pieces.
fn nearest(a: Piece, b: Piece, best: f64) -> Option<(f64, Coord, Coord)> {
    let (mut best, mut found, mut waiting) = (best, None, vec![(a, b)]);
    while let Some((a, b)) = waiting.pop() {
        let Chords { shares: (s, t), chord_m, off_m } = Chords::of(&a, &b);
        if chord_m - off_m >= best {
            continue;
        }
        if chord_m <= off_m + NOTHING_M
            && let Some(at) = meeting(&a, &b)
        {
            return Some((0.0, at, at));
        }
        let (from, to) = (along(a.ends, s), along(b.ends, t));
        let is_straight = off_m <= WITHIN_M;
        let distance_m = if is_straight { chord_m } else { length(minus(to_geocentric_m(from), to_geocentric_m(to))) };
        if distance_m < best {
            (best, found) = (distance_m, Some((distance_m, from, to)));
        }
        if !is_straight && chord_m - off_m < best - WITHIN_M {
            let mut halves = if a.off_m >= b.off_m { a.halves().map(|a| (a, b)) } else { b.halves().map(|b| (a, b)) };
            // The half that contains the chord's nearest point comes first.
            if (if a.off_m >= b.off_m { s } else { t }) < 0.5 {
                halves.reverse();
            }
            waiting.extend(halves);
        }
    }
    found
}

/// A position along an edge; exact at its ends.
fn along([from, to]: [Coord; 2], share: f64) -> Coord {
    if share == 1.0 { to } else { point_along(from, to, share) }
}

fn length(a: Point) -> f64 {
    dot(a, a).sqrt()
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

/// Shares along two chords at their nearest points.
fn nearest_shares(a: [Point; 2], b: [Point; 2]) -> (f64, f64) {
    /// For chords closer to parallel than this, nearest points at an end are accurate to rounding.
    const PARALLEL: f64 = 1e-12;
    let (u, v, w) = (minus(a[1], a[0]), minus(b[1], b[0]), minus(a[0], b[0]));
    let (uu, uv, vv, uw, vw) = (dot(u, u), dot(u, v), dot(v, v), dot(u, w), dot(v, w));
    let det = uu * vv - uv * uv;
    if det > PARALLEL * uu * vv {
        let (s, t) = ((uv * vw - vv * uw) / det, (uu * vw - uv * uw) / det);
        if (0.0..=1.0).contains(&s) && (0.0..=1.0).contains(&t) {
            return (s, t);
        }
    }
    // One of the nearest points is an end.
    let (mut least, mut shares) = (f64::INFINITY, (0.0, 0.0));
    for (s, point) in [(0.0, a[0]), (1.0, a[1])] {
        let (squared, t) = squared_to(point, b);
        if squared < least {
            (least, shares) = (squared, (s, t));
        }
    }
    for (t, point) in [(0.0, b[0]), (1.0, b[1])] {
        let (squared, s) = squared_to(point, a);
        if squared < least {
            (least, shares) = (squared, (s, t));
        }
    }
    shares
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

    fn gap_m(a: &[(f64, f64)], b: &[(f64, f64)]) -> f64 {
        Outline::new([line(a).as_slice()]).gap_to(&Outline::new([line(b).as_slice()])).unwrap().distance_m
    }

    #[test]
    fn a_long_edge_is_the_curve_and_not_its_chord() {
        // 0.05° north of the middle of an edge along 49° N: the meridian between (GeographicLib, 49 5 to 49.05 5).
        let gap = gap_m(&[(0.0, 49.0), (10.0, 49.0)], &[(5.0, 49.05), (5.0, 50.0)]);
        assert!((gap - 5_560.511).abs() < 0.01, "{gap}");
        // South of the equator likewise (GeographicLib, −49 5 to −49.05 5).
        let gap = gap_m(&[(0.0, -49.0), (10.0, -49.0)], &[(5.0, -49.05), (5.0, -50.0)]);
        assert!((gap - 5_560.511).abs() < 0.01, "{gap}");
    }

    #[test]
    fn what_crosses_or_touches_is_at_0() {
        let diagonal = [(0.0, 40.0), (20.0, 60.0)];
        for other in [
            // Crosses far from any vertex, touches at a vertex, touches an edge with its end, runs along.
            [(0.0, 60.0), (20.0, 40.0)],
            [(20.0, 60.0), (25.0, 61.0)],
            [(10.0, 50.0), (12.0, 50.0)],
            [(5.0, 45.0), (15.0, 55.0)],
        ] {
            assert_eq!(gap_m(&diagonal, &other), 0.0, "{other:?}");
        }
        // Across the antimeridian, with longitudes of opposite signs.
        assert_eq!(gap_m(&[(180.0, 10.0), (180.0, 20.0)], &[(-180.0, 15.0), (-170.0, 15.0)]), 0.0);
    }

    #[test]
    fn along_a_pole_and_a_whole_parallel() {
        // The pole as an edge has no length; 0.5° of the meridian are 55 846.975 m there (GeographicLib, 89.5 0 to 90 0).
        let gap = gap_m(&[(-180.0, 90.0), (180.0, 90.0)], &[(-180.0, 89.5), (180.0, 89.5)]);
        assert!((gap - 55_846.975).abs() < 0.01, "{gap}");
    }
}

//! Shortest distance between two outlines.

use super::chord::{Point, between, dot, length, minus, nearest_shares};
use super::chord_bvh::{ChordBvh, InSpace};
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
pub struct Outline(ChordBvh<StraightPiece>);

/// A piece of an edge that is straight in lon/lat.
#[derive(Debug, Clone, Copy)]
struct StraightPiece {
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
                StraightPiece::new([edge[0], edge[1]], [std::mem::replace(&mut last, next), next])
                    .cut(PIECE_M, &mut pieces);
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
struct NearPairs<'a> {
    /// Lower bound of the distance of each pair in metres, and the pair.
    pairs: Vec<(f64, &'a StraightPiece, &'a StraightPiece)>,
    /// Number of pairs after the list was last pruned.
    kept: usize,
    /// A common position of both outlines.
    met: Option<Coord>,
}

impl<'a> NearPairs<'a> {
    /// Adds a candidate pair nearer than `best`; returns the upper bound of its distance where that is less than
    /// `best`.
    fn add(&mut self, a: &'a StraightPiece, b: &'a StraightPiece, best: f64) -> Option<f64> {
        let chords = Chords::of(a, b);
        if chords.least_m() >= best {
            return None;
        }
        if let Some(at) = chords.meeting(a, b) {
            self.met = Some(at);
            return Some(0.0);
        }
        let most_m = chords.most_m();
        if self.pairs.len() > 2 * self.kept + 16 {
            let limit = best.min(most_m);
            self.pairs.retain(|(least_m, ..)| *least_m < limit);
            self.kept = self.pairs.len();
        }
        self.pairs.push((chords.least_m(), a, b));
        (most_m < best).then_some(most_m)
    }

    /// The nearest positions of the outlines, to [`WITHIN_M`].
    fn nearest(mut self) -> Option<(Coord, Coord)> {
        if let Some(at) = self.met {
            return Some((at, at));
        }
        self.pairs.sort_by(|p, q| p.0.total_cmp(&q.0));
        let (mut best, mut ends) = (f64::INFINITY, None);
        for (least_m, a, b) in self.pairs {
            if least_m >= best {
                break;
            }
            if let Some((found_m, from, to)) = nearest(*a, *b, best) {
                (best, ends) = (found_m, Some((from, to)));
            }
        }
        ends
    }
}

impl InSpace for StraightPiece {
    fn bounds(&self) -> [Point; 2] {
        let [a, b] = self.chord;
        [
            std::array::from_fn(|axis| a[axis].min(b[axis]) - self.off_m),
            std::array::from_fn(|axis| a[axis].max(b[axis]) + self.off_m),
        ]
    }
}

impl StraightPiece {
    fn new(ends: [Coord; 2], chord: [Point; 2]) -> Self {
        StraightPiece { ends, chord, off_m: off_chord_m(ends, chord) }
    }

    fn halves(&self) -> [StraightPiece; 2] {
        self.parts(0.5)
    }

    /// The two parts of the piece on either side of a share (0 to 1).
    fn parts(&self, share: f64) -> [StraightPiece; 2] {
        let middle = point_along(self.ends[0], self.ends[1], share);
        let in_space = to_geocentric_m(middle);
        [([self.ends[0], middle], [self.chord[0], in_space]), ([middle, self.ends[1]], [in_space, self.chord[1]])]
            .map(|(ends, chord)| StraightPiece::new(ends, chord))
    }

    /// How the distance increases from the end at `share`, where it has the direction `apart` × `scale`; `None` where the
    /// piece is not flat enough to tell.
    fn slope_from(&self, share: f64, apart: Point, scale: f64) -> Option<Slope> {
        let d = minus(self.chord[1], self.chord[0]);
        let (length_m, inward) = (length(d), if share == 0.0 { 1.0 } else { -1.0 });
        let along_m = dot(d, apart) * scale * inward;
        let deviates_m = AT_END * self.off_m;
        (self.off_m <= FLAT * length_m).then_some(Slope { spare_m: along_m - deviates_m, along_m, length_m })
    }

    /// Halves the piece until every half is within `off_m` metres of its chord.
    fn cut(self, off_m: f64, out: &mut Vec<StraightPiece>) {
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
    shares: [f64; 2],
    /// Distance in metres.
    chord_m: f64,
    /// Upper bounds in metres of the distance of either piece from its chord, at the nearest points.
    off_m: [f64; 2],
    /// Upper bounds in metres of what the distance of the pieces can be less for the deviation of either one.
    less_m: [f64; 2],
    /// Upper bound in metres of the sum of the distances of the pieces from their chords.
    apart_m: f64,
}

/// Factor, for a curve at most `off` from its chord, of its distance at a share x from either end: below 4 `off` x, and
/// a fortieth more for the difference between arc and chord.
const AT_END: f64 = 4.1;
/// Greatest ratio of that distance to the length of the chord for which the factor holds.
const FLAT: f64 = 0.01;

impl Chords {
    /// # Method
    /// The distance of two chords as a function of the shares along them is convex, and the pieces deviate from them by
    /// at most [`AT_END`] × `off` × share from an end. Where the nearest point is an end from which the distance
    /// increases at least at this rate, no other point of that piece is nearer. Where it increases less, the direction
    /// between the nearest points, tilted by the missing slope, gives the bound: a plane that the rest of the piece
    /// cannot cross.
    fn of(a: &StraightPiece, b: &StraightPiece) -> Self {
        let (s, t) = nearest_shares(a.chord, b.chord);
        let apart = minus(between(a.chord, s), between(b.chord, t));
        let chord_m = length(apart);
        let pieces = [(a, s), (b, t)];
        let is_end = |share: f64| share == 0.0 || share == 1.0;
        let off_m = pieces.map(|(piece, share)| if is_end(share) { 0.0 } else { piece.off_m });
        let mut chords =
            Chords { shares: [s, t], chord_m, off_m, less_m: [a.off_m, b.off_m], apart_m: a.off_m + b.off_m };
        if chord_m > chords.apart_m {
            let slopes = [(a, s, 1.0), (b, t, -1.0)].map(|(piece, share, sign)| {
                is_end(share).then(|| piece.slope_from(share, apart, sign / chord_m)).flatten()
            });
            chords.less_m = less_m(chord_m, slopes, chords.less_m);
        }
        chords
    }

    /// Lower bound of the distance of the pieces in metres.
    fn least_m(&self) -> f64 {
        self.chord_m - self.less_m[0] - self.less_m[1]
    }

    /// Upper bound of the distance of the pieces in metres.
    fn most_m(&self) -> f64 {
        self.chord_m + self.off_m[0] + self.off_m[1]
    }

    /// A common position of the pieces, where they are near enough to have one.
    fn meeting(&self, a: &StraightPiece, b: &StraightPiece) -> Option<Coord> {
        if self.chord_m <= self.apart_m + NOTHING_M { meeting(a, b) } else { None }
    }
}

/// How the distance increases along a piece from the end that is nearest.
#[derive(Clone, Copy)]
struct Slope {
    /// Its rate along the chord less the rate at which the piece may deviate from it, in metres for the whole chord.
    spare_m: f64,
    /// The rate along the chord.
    along_m: f64,
    /// Length of the chord in metres.
    length_m: f64,
}

/// What the distance of two pieces can be less than that of their chords, for the deviation of either one; `off_m` are
/// the bounds without slopes.
fn less_m(chord_m: f64, slopes: [Option<Slope>; 2], off_m: [f64; 2]) -> [f64; 2] {
    let mut less_m = off_m;
    for (less_m, slope) in less_m.iter_mut().zip(&slopes) {
        if slope.is_some_and(|slope| slope.spare_m >= 0.0) {
            *less_m = 0.0;
        }
    }
    if let [Some(a), Some(b)] = slopes {
        for (short, other, place) in [(a, b, 0), (b, a, 1)] {
            if short.spare_m < 0.0
                && let Some(tilt) = tilt(&short)
                && other.spare_m >= 2.0 * tilt * other.length_m
            {
                less_m[place] = less_m[place].min(chord_m * (1.0 - (1.0 - tilt * tilt).sqrt()));
            }
        }
    }
    less_m
}

/// Sine of the angle by which the direction between the nearest points must be tilted, so that the distance along it
/// increases as fast as the piece may deviate; `None` where that is no small angle.
fn tilt(slope: &Slope) -> Option<f64> {
    let across_m = (slope.length_m.powi(2) - slope.along_m.powi(2)).max(0.0).sqrt();
    let sine = -2.0 * slope.spare_m / across_m;
    let rate_m = slope.along_m * (1.0 - sine * sine).max(0.0).sqrt() + across_m * sine;
    (sine < 0.5 && rate_m >= slope.along_m - slope.spare_m).then_some(sine)
}

/// A common position of two pieces; crossing and touching are decided exactly.
fn meeting(a: &StraightPiece, b: &StraightPiece) -> Option<Coord> {
    match meet(a.ends, b.ends) {
        Meeting::At { share, .. } | Meeting::Along { from: share, .. } => {
            Some(point_along(a.ends[0], a.ends[1], share))
        }
        Meeting::Apart => None,
    }
}

/// The straight-line distance between two pieces, if less than `best`, and the nearest positions: halves them until
/// their chords are close enough to the pieces.
fn nearest(a: StraightPiece, b: StraightPiece, best: f64) -> Option<(f64, Coord, Coord)> {
    let (mut best, mut found, mut waiting) = (best, None, vec![(a, b)]);
    while let Some((a, b)) = waiting.pop() {
        let chords = Chords::of(&a, &b);
        if chords.least_m() >= best {
            continue;
        }
        if let Some(at) = chords.meeting(&a, &b) {
            return Some((0.0, at, at));
        }
        let [s, t] = chords.shares;
        let (from, to) = (along(a.ends, s), along(b.ends, t));
        let is_straight = chords.off_m[0] + chords.off_m[1] <= WITHIN_M;
        let distance_m =
            if is_straight { chords.chord_m } else { length(minus(to_geocentric_m(from), to_geocentric_m(to))) };
        if distance_m < best {
            (best, found) = (distance_m, Some((distance_m, from, to)));
        }
        if chords.least_m() < best - WITHIN_M {
            let first = chords.less_m[0] >= chords.less_m[1];
            let share = if first { s } else { t };
            let at = if (0.1..=0.9).contains(&share) { share } else { 0.5 };
            let mut parts = if first { a.parts(at).map(|a| (a, b)) } else { b.parts(at).map(|b| (a, b)) };
            // The part that contains the chord's nearest point comes first.
            if share < at {
                parts.reverse();
            }
            waiting.extend(parts);
        }
    }
    found
}

/// A position along an edge; exact at its ends.
fn along([from, to]: [Coord; 2], share: f64) -> Coord {
    if share == 1.0 { to } else { point_along(from, to, share) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn line(points: &[(f64, f64)]) -> Vec<Coord> {
        points.iter().map(|&(x, y)| Coord { x, y }).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(256) })]

        /// Chains of two edges each, 20 m to 200 km long, at all latitudes.
        #[test]
        fn no_two_positions_are_nearer(
            at in (-170.0..170.0_f64, -89.0..89.0_f64), size in -4.0..0.3_f64,
            offs in prop::collection::vec((-1.0..1.0_f64, -1.0..1.0_f64), 6),
        ) {
            const STEPS: u32 = 60;
            let size = 10.0_f64.powf(size);
            let line = |offs: &[(f64, f64)], away: f64| -> Vec<Coord> {
                let place = |&(x, y): &(f64, f64)| Coord {
                    x: at.0 + size * (x + away) / at.1.to_radians().cos(),
                    y: (at.1 + size * y).clamp(-90.0, 90.0),
                };
                offs.iter().map(place).collect()
            };
            let lines = [line(&offs[..3], 0.0), line(&offs[3..], 1.5)];
            let [first, second] = &lines;
            let gap = Outline::new([first.as_slice()]).gap_to(&Outline::new([second.as_slice()])).unwrap();
            let positions = lines.each_ref().map(|line| -> Vec<Point> {
                let of_edge = |edge: &[Coord]| {
                    let [a, b] = [edge[0], edge[1]];
                    (0..=STEPS).map(move |i| to_geocentric_m(point_along(a, b, f64::from(i) / f64::from(STEPS))))
                };
                line.windows(2).flat_map(of_edge).collect()
            });
            let pairs = positions[0].iter().flat_map(|&p| positions[1].iter().map(move |&q| length(minus(p, q))));
            let least_m = pairs.fold(f64::INFINITY, f64::min);
            let found_m = length(minus(to_geocentric_m(gap.from), to_geocentric_m(gap.to)));
            prop_assert!(found_m <= least_m + WITHIN_M, "{found_m} {least_m} {lines:?}");
        }
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

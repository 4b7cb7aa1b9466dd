//! The Fréchet distance of paired stretches.

use super::couple::pairs;
use super::free_space::{Curve, FreeSpace, Metric, TooMany};
use crate::earth::{edge_length_m, point_along, ring_area_m2};
use geo::Coord;
use rayon::prelude::*;

/// Greatest length in metres of an edge that is treated as straight in a plane.
const STRAIGHT_M: f64 = 20_000.0;
/// Distance in metres up to which planes are accurate to 1e-5.
const NEAR_M: f64 = 5000.0;
/// Relative width of the interval at which bisection stops.
const NARROW: f64 = 1e-4;
/// Width in metres below which bisection stops.
const NARROW_M: f64 = 1e-4;
/// Allowance for rounding, in metres.
const ROUNDING_M: f64 = 1e-6;
/// Limit on free-space cells visited for one leash length: this many per vertex, and a constant.
const CELLS_PER_VERTEX: usize = 12;
const CELLS: usize = 2_000_000;

/// The Fréchet distance of two lines, stretch by stretch.
pub(super) struct Coupled {
    pub distance_m: Option<f64>,
    pub step_m: Option<f64>,
    /// Whether each stretch has a counterpart.
    pub paired_a: Vec<bool>,
    pub paired_b: Vec<bool>,
}

pub(super) fn frechet(a: &[Vec<Coord>], b: &[Vec<Coord>]) -> Coupled {
    let pairs = pairs(a, b);
    let found: Vec<(f64, f64)> = pairs.par_iter().map(|&(i, j)| of_pair(&a[i], &b[j])).collect();
    let greatest = |pick: fn(&(f64, f64)) -> f64| found.iter().map(pick).reduce(f64::max);
    let (mut paired_a, mut paired_b) = (vec![false; a.len()], vec![false; b.len()]);
    for &(i, j) in &pairs {
        (paired_a[i], paired_b[j]) = (true, true);
    }
    Coupled { distance_m: greatest(|f| f.0), step_m: greatest(|f| f.1), paired_a, paired_b }
}

/// Fréchet distance of one pair, and by how much it may be less.
///
/// Both stretches are first normalised (independent of direction and, for rings, of the start) and ordered, so that the
/// result is symmetric in the two lines.
fn of_pair(a: &[Coord], b: &[Coord]) -> (f64, f64) {
    let closed = a.first() == a.last();
    let (a, b) = (written(a, closed), written(b, closed));
    let key = |run: &[Coord]| run.iter().map(|c| (c.x, c.y)).collect::<Vec<_>>();
    let (a, b) = if key(&b) < key(&a) { (b, a) } else { (a, b) };
    let b = beside(b, &a);
    let mut turned = b.clone();
    turned.reverse();
    let search = |metric| {
        let curve = |run: &[Coord]| curve(run, metric);
        Search { a: curve(&a), both: [curve(&b), curve(&turned)], closed }.distance_m()
    };
    let near = search(Metric::Planes);
    if near.0 <= NEAR_M {
        return near;
    }
    let (chord_m, step_m) = search(Metric::Space);
    (ground_m(chord_m), step_m)
}

/// The distance on the ground of a straight line through the earth: the sphere's radius differs from the ellipsoid's by a
/// few thousandths, and the distance from the chord by as much of their difference.
fn ground_m(chord_m: f64) -> f64 {
    const RADIUS_M: f64 = 6_371_008.8;
    2.0 * RADIUS_M * (chord_m / 2.0 / RADIUS_M).min(1.0).asin()
}

/// Normalises a stretch: from its lesser end; a ring counter-clockwise from its least vertex.
fn written(run: &[Coord], closed: bool) -> Vec<Coord> {
    let mut run = run.to_vec();
    run.dedup();
    let least = |p: &Coord, q: &Coord| p.x.total_cmp(&q.x).then(p.y.total_cmp(&q.y));
    if !closed || run.len() < 3 {
        let turned: Vec<Coord> = run.iter().rev().copied().collect();
        let less = run.iter().zip(&turned).map(|(p, q)| least(p, q)).find(|o| o.is_ne());
        return if less == Some(std::cmp::Ordering::Greater) { turned } else { run };
    }
    if ring_area_m2(&run) < 0.0 {
        run.reverse();
    }
    run.pop();
    let first = (0..run.len()).min_by(|&i, &j| least(&run[i], &run[j])).unwrap_or(0);
    run.rotate_left(first);
    run.extend(run.first().copied());
    run
}

/// Shifts the longitudes of a stretch to the same side of ±180° as another's.
fn beside(mut run: Vec<Coord>, other: &[Coord]) -> Vec<Coord> {
    let middle = |run: &[Coord]| {
        let (low, high) = run.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(l, h), c| (l.min(c.x), h.max(c.x)));
        (low + high) / 2.0
    };
    let turns = 360.0 * ((middle(&run) - middle(other)) / 360.0).round();
    run.iter_mut().for_each(|c| c.x -= turns);
    run
}

/// Vertices, with intermediate positions on long edges.
fn curve(run: &[Coord], metric: Metric) -> Curve {
    let mut out = vec![run[0]];
    for edge in run.windows(2) {
        let pieces = (edge_length_m(edge[0], edge[1]) / STRAIGHT_M).ceil().max(1.0) as usize;
        out.extend((1..pieces).map(|i| point_along(edge[0], edge[1], i as f64 / pieces as f64)));
        out.push(edge[1]);
    }
    Curve::new(out, metric)
}

/// The search for the shortest leash, with the second curve in both directions.
struct Search {
    a: Curve,
    both: [Curve; 2],
    closed: bool,
}

impl Search {
    /// Bisection; curves are simplified by a sixteenth of the remaining interval, which the bounds take into account.
    fn distance_m(&self) -> (f64, f64) {
        let (mut low, mut high) = (self.at_least_m(), f64::INFINITY);
        if matches!(self.reaches(low + ROUNDING_M, 0.0), Ok(true)) {
            return (low, 0.0);
        }
        let mut leash_m = low.max(0.01);
        while high.is_infinite() {
            let coarse_m = leash_m / 16.0;
            match self.reaches(leash_m, coarse_m) {
                Ok(false) => low = low.max(leash_m - 2.0 * coarse_m),
                // Too many cells: undecided, but longer leashes allow more simplification.
                Err(TooMany) => {}
                Ok(true) => high = leash_m + 2.0 * coarse_m,
            }
            leash_m *= 2.0;
        }
        while high - low > (NARROW * high).max(NARROW_M) {
            let (middle_m, coarse_m) = ((low + high) / 2.0, (high - low) / 16.0);
            match self.reaches(middle_m, coarse_m) {
                Ok(true) => high = high.min(middle_m + 2.0 * coarse_m),
                Ok(false) => low = low.max(middle_m - 2.0 * coarse_m),
                Err(TooMany) => break,
            }
        }
        (high, high - low)
    }

    /// Lower bound: the ends of open stretches are matched to each other.
    fn at_least_m(&self) -> f64 {
        if self.closed {
            return 0.0;
        }
        let ends = |curve: &Curve| {
            let [last, other] = [&self.a, curve].map(|curve| curve.positions().len() - 1);
            self.a.distance_m(0, curve, 0).max(self.a.distance_m(last, curve, other))
        };
        ends(&self.both[0]).min(ends(&self.both[1]))
    }

    fn reaches(&self, leash_m: f64, coarse_m: f64) -> Result<bool, TooMany> {
        let vertices = self.a.positions().len() + self.both[0].positions().len();
        let simple = |curve: &Curve| curve.simplified(coarse_m);
        let a = simple(&self.a);
        let mut cells = CELLS_PER_VERTEX * vertices + CELLS;
        for b in &self.both {
            let b = simple(b);
            let mut space = FreeSpace { a: &a, b: &b, leash_m, cells };
            if if self.closed { space.closed()? } else { space.open()? } {
                return Ok(true);
            }
            cells = space.cells;
        }
        Ok(false)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_and_its_parallel() {
        let line = |y: f64| vec![Coord { x: 45.0, y }, Coord { x: 45.2, y }];
        let mut back = line(40.01);
        back.reverse();
        // 0.01° of latitude at 40° N: 1 110.35 m.
        for other in [line(40.01), back] {
            let found = frechet(&[line(40.0)], &[other]);
            assert!((found.distance_m.unwrap_or(0.0) - 1110.4).abs() < 0.5, "{:?}", found.distance_m);
        }
    }

    #[test]
    fn going_back_counts() {
        // Same point sets, so the Hausdorff distance is 0; b runs to the end, back to the middle and to the end again.
        let at = |x: f64| Coord { x, y: 40.0 };
        let a = vec![at(45.0), at(45.1)];
        let b = vec![at(45.0), at(45.08), at(45.02), at(45.1)];
        let found = frechet(&[a], &[b]).distance_m.unwrap_or(0.0);
        // Half of 0.06° along 40° N: 2 561.8 m.
        assert!((found - 2561.8).abs() < 1.0, "{found}");
    }

    fn ring(n: usize, first: usize, radius_deg: f64) -> Vec<Coord> {
        let angle = |i: usize| ((i + first) % n) as f64 / n as f64 * std::f64::consts::TAU;
        let spoke = |i: usize| radius_deg * (1.0 + 0.3 * ((i + first) % n % 3) as f64);
        (0..=n).map(|i| Coord { x: 45.0 + spoke(i) * angle(i).cos(), y: 40.0 + spoke(i) * angle(i).sin() }).collect()
    }

    #[test]
    fn a_ring_may_start_anywhere_in_either_sense() {
        let plain = frechet(&[ring(12, 0, 0.1)], &[ring(12, 0, 0.101)]).distance_m;
        for start in 1..12 {
            let mut other = ring(12, start, 0.101);
            assert_eq!(frechet(&[ring(12, 0, 0.1)], &[other.clone()]).distance_m, plain, "{start}");
            other.reverse();
            assert_eq!(frechet(&[other], &[ring(12, 12 - start, 0.1)]).distance_m, plain, "{start}");
        }
        // 0.0016° at the longest spokes: 136 m eastward, 178 m northward.
        assert!((130.0..180.0).contains(&plain.unwrap_or(0.0)), "{plain:?}");
    }

    #[test]
    fn a_ring_drawn_from_the_middle_of_a_side_is_the_same_ring() {
        let at = |x: f64, y: f64| Coord { x: 45.0 + x, y: 40.0 + y };
        let a = vec![at(0.0, 0.0), at(0.1, 0.0), at(0.1, 0.1), at(0.0, 0.1), at(0.0, 0.0)];
        let b = vec![at(0.05, 0.0), at(0.1, 0.0), at(0.1, 0.1), at(0.0, 0.1), at(0.0, 0.0), at(0.05, 0.0)];
        assert_eq!(frechet(&[a], &[b]).distance_m, Some(0.0));
    }
}

//! Distance from a straight path to the nearest of several edges, as a piecewise closed-form function (lower envelope),
//! in a plane.

use geo::Coord;

/// Squared distances that differ by less, in m², count as equal.
const ALIKE_M2: f64 = 1e-9;
/// Least step in metres between arcs.
const LEAST_M: f64 = 1e-6;

/// A stretch of a path along which the same point or the same edge is nearest.
///
/// At `s` metres along the path the squared distance is `(k s + c)²` to an edge and `(s − m)² + h²` to a point.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Arc {
    /// Start, in metres along the path.
    pub from_m: f64,
    /// End, in metres along the path.
    pub to_m: f64,
    distance: Distance,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Distance {
    /// `|k s + c|`
    Edge { k: f64, c: f64 },
    /// `√((s − m)² + h²)`, stored as h².
    Place { m: f64, h2: f64 },
}

impl Arc {
    /// An arc along which the distance in metres changes linearly between two values.
    pub fn even(from_m: f64, to_m: f64, distances_m: [f64; 2]) -> Self {
        let k = if to_m > from_m { (distances_m[1] - distances_m[0]) / (to_m - from_m) } else { 0.0 };
        Arc { from_m, to_m, distance: Distance::Edge { k, c: distances_m[0] - k * from_m } }
    }

    /// The same distance function on another stretch.
    pub fn between(self, from_m: f64, to_m: f64) -> Self {
        Arc { from_m, to_m, ..self }
    }

    /// The same arc with its path coordinate shifted by `by_m` metres.
    pub fn shifted(self, by_m: f64) -> Self {
        let distance = match self.distance {
            Distance::Edge { k, c } => Distance::Edge { k, c: c - k * by_m },
            Distance::Place { m, h2 } => Distance::Place { m: m + by_m, h2 },
        };
        Arc { from_m: self.from_m + by_m, to_m: self.to_m + by_m, distance }
    }

    /// The distance in metres at `s` metres along the path.
    pub fn at(&self, s: f64) -> f64 {
        match self.distance {
            Distance::Edge { k, c } => (k * s + c).abs(),
            Distance::Place { m, h2 } => ((s - m) * (s - m) + h2).sqrt(),
        }
    }

    /// The distance integrated along the arc, in m².
    pub fn integral_m2(&self) -> f64 {
        let (from, to) = (self.from_m, self.to_m);
        match self.distance {
            Distance::Edge { k, c } => {
                let (a, b) = (k * from + c, k * to + c);
                if a * b >= 0.0 {
                    (a.abs() + b.abs()) / 2.0 * (to - from)
                } else {
                    // Changes sign: two triangles.
                    (a * a + b * b) / (2.0 * k.abs())
                }
            }
            Distance::Place { m, h2 } => {
                let h = h2.sqrt();
                let whole = |x: f64| {
                    let far = (x * x + h2).sqrt();
                    let rest = if h > 1e-9 { h2 * (x / h).asinh() } else { 0.0 };
                    (x * far + rest) / 2.0
                };
                whole(to - m) - whole(from - m)
            }
        }
    }

    /// Path coordinates inside the arc at which the distance equals a value in metres.
    pub fn passes(&self, distance_m: f64) -> impl Iterator<Item = f64> + use<> {
        let found = match self.distance {
            Distance::Edge { k, c } => [(distance_m - c) / k, (-distance_m - c) / k],
            Distance::Place { m, h2 } => {
                let off = (distance_m * distance_m - h2).sqrt();
                [m - off, m + off]
            }
        };
        let (from, to) = (self.from_m + LEAST_M, self.to_m - LEAST_M);
        found.into_iter().filter(move |s| (from..=to).contains(s))
    }

    /// The path coordinate of the least distance, if it is inside the arc.
    pub fn foot(&self) -> Option<f64> {
        let s = match self.distance {
            Distance::Edge { k, c } => -c / k,
            Distance::Place { m, .. } => m,
        };
        (self.from_m + LEAST_M..=self.to_m - LEAST_M).contains(&s).then_some(s)
    }

    /// Coefficients of s², s and 1 in the squared distance.
    fn square(&self) -> [f64; 3] {
        match self.distance {
            Distance::Edge { k, c } => [k * k, 2.0 * k * c, c * c],
            Distance::Place { m, h2 } => [1.0, -2.0 * m, m * m + h2],
        }
    }
}

/// Appends the arcs of one edge, in a frame in which the path is the x axis from 0 to `length_m`.
pub(super) fn arcs_of([p, q]: [Coord; 2], length_m: f64, out: &mut Vec<Arc>) {
    let v = q - p;
    let squared = v.x * v.x + v.y * v.y;
    let mut add = |from: f64, to: f64, distance: Distance| {
        let (from_m, to_m) = (from.max(0.0), to.min(length_m));
        if from_m < to_m {
            out.push(Arc { from_m, to_m, distance });
        }
    };
    let place = |c: Coord| Distance::Place { m: c.x, h2: c.y * c.y };
    if squared == 0.0 {
        return add(0.0, length_m, place(p));
    }
    let size = squared.sqrt();
    let edge = Distance::Edge { k: v.y / size, c: (p.y * v.x - p.x * v.y) / size };
    // `s` at which the foot of the perpendicular reaches an end of the edge.
    let at_end = |c: Coord| c.x + c.y * v.y / v.x;
    if v.x.abs() <= 1e-12 * size {
        // The path is perpendicular to the edge: the foot is constant.
        let share = -(p.y * v.y) / squared;
        return add(
            0.0,
            length_m,
            if share <= 0.0 {
                place(p)
            } else if share >= 1.0 {
                place(q)
            } else {
                edge
            },
        );
    }
    let (first, last) = if v.x > 0.0 { (p, q) } else { (q, p) };
    let (enters, leaves) = (at_end(first), at_end(last));
    add(f64::NEG_INFINITY, enters, place(first));
    add(enters, leaves, edge);
    add(leaves, f64::INFINITY, place(last));
}

/// The lower envelope of arcs: the least distance at each `s` from 0 to `length_m`.
pub(super) fn lower(arcs: &[Arc], length_m: f64) -> Vec<Arc> {
    let mut out: Vec<Arc> = Vec::new();
    let mut s = 0.0;
    while s < length_m {
        let probe = (s + LEAST_M).min(length_m);
        let here = arcs.iter().filter(|arc| arc.from_m <= s && arc.to_m > s);
        let least = here.min_by(|a, b| {
            let (p, q) = (a.at(s), b.at(s));
            if (p * p - q * q).abs() <= ALIKE_M2 { a.at(probe).total_cmp(&b.at(probe)) } else { p.total_cmp(&q) }
        });
        let Some(least) = least else { break };
        let mut end = least.to_m;
        for arc in arcs.iter().filter(|arc| arc.to_m > s + LEAST_M) {
            if arc.from_m < end
                && let Some(below) = falls_below(arc, least, s.max(arc.from_m), end.min(arc.to_m), s + LEAST_M)
            {
                end = end.min(below);
            }
        }
        out.push(least.between(s, end));
        s = if length_m - end < LEAST_M { length_m } else { end };
    }
    if let Some(last) = out.last_mut() {
        last.to_m = length_m;
    }
    out
}

/// The first `s` in `from..=to`, at least `least`, at which one arc falls below another.
fn falls_below(arc: &Arc, other: &Arc, from: f64, to: f64, least: f64) -> Option<f64> {
    let (p, q) = (arc.square(), other.square());
    let [a, b, c] = [p[0] - q[0], p[1] - q[1], p[2] - q[2]];
    let at = |s: f64| (a * s + b) * s + c;
    let bottom = (a > 0.0).then(|| (-b / (2.0 * a)).clamp(from, to));
    let lowest = bottom.map_or(f64::INFINITY, at).min(at(from)).min(at(to));
    if lowest > -ALIKE_M2 {
        return None;
    }
    if at(from) < -ALIKE_M2 {
        return Some(from.max(least)).filter(|s| *s <= to);
    }
    // Roots of the difference, in the numerically stable form.
    let root = (b * b - 4.0 * a * c).max(0.0).sqrt();
    let sum = -0.5 * (b + root.copysign(b));
    let mut roots = [sum / a, c / sum];
    roots.sort_by(f64::total_cmp);
    let falling = |s: &f64| (2.0 * a * *s + b) <= 0.0;
    // If both are equal at the start, rounding may put the root before it.
    let inside = |s: &f64| (from - LEAST_M..=to).contains(s);
    let fall =
        roots.into_iter().filter(inside).find(falling).or((at(from) < ALIKE_M2 && falling(&from)).then_some(from));
    fall.map(|s| s.max(least)).filter(|s| *s <= to)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(x: f64, y: f64) -> Coord {
        Coord { x, y }
    }

    fn distance(p: Coord, [a, b]: [Coord; 2]) -> f64 {
        let (v, w) = (b - a, p - a);
        let squared = v.x * v.x + v.y * v.y;
        let share = if squared > 0.0 { ((w.x * v.x + w.y * v.y) / squared).clamp(0.0, 1.0) } else { 0.0 };
        (w.x - share * v.x).hypot(w.y - share * v.y)
    }

    fn envelope(edges: &[[Coord; 2]], length_m: f64) -> Vec<Arc> {
        let mut arcs = Vec::new();
        edges.iter().for_each(|edge| arcs_of(*edge, length_m, &mut arcs));
        lower(&arcs, length_m)
    }

    #[test]
    fn through_an_edge_the_distance_has_two_triangles() {
        // An edge that crosses the path from 10 m on one side to 10 m on the other over 100 m: 5 m on average.
        let found = envelope(&[[at(-1000.0, -210.0), at(1000.0, 190.0)]], 100.0);
        let whole: f64 = found.iter().map(Arc::integral_m2).sum();
        let steps = 100_000;
        let sum: f64 = (0..steps)
            .map(|i| distance(at((i as f64 + 0.5) / 1000.0, 0.0), [at(-1000.0, -210.0), at(1000.0, 190.0)]))
            .sum();
        assert!((whole - sum / 1000.0).abs() < 1e-3, "{whole} {sum}");
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(300) })]

        #[test]
        fn the_envelope_is_the_least_distance(
            edges in prop::collection::vec(((-50.0..150.0_f64, -60.0..60.0_f64), (-50.0..150.0_f64, -60.0..60.0_f64)), 1..12),
        ) {
            let edges: Vec<[Coord; 2]> = edges.into_iter().map(|(a, b)| [at(a.0, a.1), at(b.0, b.1)]).collect();
            let found = envelope(&edges, 100.0);
            prop_assert_eq!((found[0].from_m, found[found.len() - 1].to_m), (0.0, 100.0));
            for pair in found.windows(2) {
                prop_assert_eq!(pair[0].to_m, pair[1].from_m);
            }
            for i in 0..=1000 {
                let s = f64::from(i) / 10.0;
                let wanted = edges.iter().map(|edge| distance(at(s, 0.0), *edge)).fold(f64::INFINITY, f64::min);
                let arc = found.iter().find(|arc| arc.to_m >= s).expect("they cover the way");
                prop_assert!((arc.at(s) - wanted).abs() < 1e-4, "{} {} {}", s, arc.at(s), wanted);
            }
            let steps = 20_000;
            let wanted: f64 = (0..steps)
                .map(|i| at((i as f64 + 0.5) / 200.0, 0.0))
                .map(|p| edges.iter().map(|edge| distance(p, *edge)).fold(f64::INFINITY, f64::min) / 200.0)
                .sum();
            let whole: f64 = found.iter().map(Arc::integral_m2).sum();
            prop_assert!((whole - wanted).abs() < 1e-3 * wanted + 1e-2, "{} {}", whole, wanted);
        }
    }
}

//! Shares of an edge between which it is within a distance of another edge.

use crate::earth::{LocalPlane, edge_distance_m, point_along};
use geo::Coord;

/// Lower bound of the radius of curvature of the ellipsoid, in metres.
const LEAST_RADIUS_M: f64 = 6_335_000.0;
/// Relative error of planar distances that is acceptable for tolerances of some metres.
const GOOD: f64 = 1e-4;
/// Greatest error bound with which a plane is used; beyond, it gives no bounds.
const MOST_OFF: f64 = 0.5;
/// Accuracy in metres of the ends of a span.
const WITHIN_M: f64 = 1e-7;
/// Rounding of distances in metres.
const ROUNDING_M: f64 = 1e-7;
/// Share of the interval that each step of golden-section search keeps.
const GOLDEN: f64 = 0.618_033_988_749_894_9;

/// Upper bound of the relative error of distances within `within_m` metres of a latitude, measured in the tangent plane
/// there.
///
/// Between the plane's latitude and that of the positions compared, the length of a degree of longitude changes by tan
/// φ per radian, that of a degree of latitude by less than 1/50. Half of the change enters the distance; the bound
/// allows twice as much.
pub(super) fn nearness_error(lat: f64, within_m: f64) -> f64 {
    let radians = within_m / LEAST_RADIUS_M;
    let steepest = (lat.abs().to_radians() + radians).min(std::f64::consts::FRAC_PI_2).tan();
    (radians * (steepest + 0.05)).min(1.0)
}

/// Shares (0 to 1) of an edge between which it is within the distance of any of the others, in ascending order,
/// disjoint.
///
/// # Method
/// In the tangent plane at the middle of the edge, the plane's error bound gives spans that are certainly within the
/// distance and spans that may be. Only where these differ is the distance computed on the ellipsoid.
pub(super) fn spans(edge: [Coord; 2], others: &[[Coord; 2]], within_m: f64) -> Vec<(f64, f64)> {
    let (plane, half_m, error) = plane_of(edge, within_m);
    let bounds = |other: &[Coord; 2]| Bounds::new((&plane, half_m, error), edge, *other, within_m);
    let bounds: Vec<Bounds> = others.iter().filter_map(bounds).collect();
    let mut sure = apart(bounds.iter().filter_map(|b| b.least).collect());
    let beyond = |b: &&Bounds| {
        let around = sure.get(sure.partition_point(|s| s.1 < b.most.1));
        around.is_none_or(|s| s.0 > b.most.0)
    };
    let found: Vec<(f64, f64)> = bounds.iter().filter(beyond).filter_map(|b| b.exact(edge, within_m)).collect();
    if found.is_empty() {
        return sure;
    }
    sure.extend(found);
    apart(sure)
}

/// Shares of an edge between which it is within the distance of another, if any; computed in the tangent plane at its
/// middle if that is accurate to 1e-4.
pub(super) fn span(edge: [Coord; 2], other: [Coord; 2], within_m: f64) -> Option<(f64, f64)> {
    let (plane, half_m, error) = plane_of(edge, within_m);
    if error <= GOOD {
        return span_within(&plane, edge, other, within_m);
    }
    Bounds::new((&plane, half_m, error), edge, other, within_m)?.exact(edge, within_m)
}

/// The tangent plane at the middle of an edge, half the edge's length in metres, and an upper bound of the relative
/// error of distances from the edge up to a limit.
fn plane_of(edge: [Coord; 2], within_m: f64) -> (LocalPlane, f64, f64) {
    let middle = point_along(edge[0], edge[1], 0.5);
    let plane = LocalPlane::at(middle);
    let half = plane.to_m(edge[1]);
    let half_m = half.x.hypot(half.y);
    (plane, half_m, nearness_error(middle.y, half_m + within_m))
}

/// Sorts spans and merges those that touch.
fn apart(mut spans: Vec<(f64, f64)>) -> Vec<(f64, f64)> {
    spans.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
    let mut out: Vec<(f64, f64)> = Vec::with_capacity(spans.len());
    for (from, to) in spans {
        match out.last_mut() {
            Some(last) if from <= last.1 => last.1 = last.1.max(to),
            _ => out.push((from, to)),
        }
    }
    out
}

/// Bounds, from a plane, of the span within a distance of another edge.
struct Bounds {
    other: [Coord; 2],
    /// Certainly contains the span.
    most: (f64, f64),
    /// Certainly lies in the span.
    least: Option<(f64, f64)>,
    /// Length of the edge in metres in the plane.
    length_m: f64,
}

impl Bounds {
    fn new(
        (plane, half_m, error): (&LocalPlane, f64, f64),
        edge: [Coord; 2],
        other: [Coord; 2],
        within_m: f64,
    ) -> Option<Self> {
        let length_m = 2.0 * half_m;
        if error >= MOST_OFF {
            return Some(Bounds { other, most: (0.0, 1.0), least: None, length_m });
        }
        let most = span_within(plane, edge, other, within_m * (1.0 + error) + ROUNDING_M)?;
        let surely_m = Some(within_m * (1.0 - error) - ROUNDING_M).filter(|m| *m > 0.0);
        let least = surely_m.and_then(|surely_m| span_within(plane, edge, other, surely_m));
        Some(Bounds { other, most, least, length_m })
    }

    /// The span on the ellipsoid, if any: the roots of the distance less the limit.
    fn exact(&self, edge: [Coord; 2], within_m: f64) -> Option<(f64, f64)> {
        let over_m = |share: f64| {
            let at = if share == 1.0 { edge[1] } else { point_along(edge[0], edge[1], share) };
            edge_distance_m(at, self.other[0], self.other[1]).0 - within_m
        };
        let inside = match self.least {
            Some(least) => least,
            None => self.inside(&over_m).map(|share| (share, share))?,
        };
        let end = |outer: f64, inner: f64| self.root(&over_m, outer, inner);
        let (from, to) = (end(self.most.0, inside.0), end(self.most.1, inside.1));
        (from < to).then_some((from, to))
    }

    /// A share within the distance, by golden-section search: the distance along an edge has a single minimum.
    fn inside(&self, over_m: &impl Fn(f64) -> f64) -> Option<f64> {
        let (mut low, mut high) = self.most;
        let (mut a, mut b) = (high - (high - low) * GOLDEN, low + (high - low) * GOLDEN);
        let (mut at_a, mut at_b) = (over_m(a), over_m(b));
        while at_a > 0.0 && at_b > 0.0 && (high - low) * self.length_m > WITHIN_M.sqrt() {
            if at_a <= at_b {
                (high, b, at_b) = (b, a, at_a);
                a = high - (high - low) * GOLDEN;
                at_a = over_m(a);
            } else {
                (low, a, at_a) = (a, b, at_b);
                b = low + (high - low) * GOLDEN;
                at_b = over_m(b);
            }
        }
        [(a, at_a), (b, at_b), (low, over_m(low)), (high, over_m(high))].into_iter().find(|s| s.1 <= 0.0).map(|s| s.0)
    }

    /// The share between an outer one (outside, or an end of the edge) and an inner one at which the distance equals
    /// the limit: regula falsi, Illinois variant.
    fn root(&self, over_m: &impl Fn(f64) -> f64, outer: f64, inner: f64) -> f64 {
        let (mut out, mut at_out) = (outer, over_m(outer));
        if at_out <= 0.0 || out == inner {
            return out;
        }
        let (mut inside, mut at_in) = (inner, over_m(inner).min(0.0));
        let mut last_out = None;
        while (out - inside).abs() * self.length_m > WITHIN_M {
            let secant = inside + (out - inside) * (at_in / (at_in - at_out));
            // Where rounding prevents progress: bisect.
            let middle = (out + inside) / 2.0;
            let next = if secant == inside || secant == out || last_out.is_none() { middle } else { secant };
            if next == inside || next == out {
                break;
            }
            let at = over_m(next);
            if at > 0.0 {
                (out, at_out) = (next, at);
                if last_out == Some(true) {
                    at_in /= 2.0;
                }
                last_out = Some(true);
            } else {
                (inside, at_in) = (next, at);
                if last_out == Some(false) {
                    at_out /= 2.0;
                }
                last_out = Some(false);
            }
        }
        inside
    }
}

/// Shares of `edge` between which it is within the tolerance of `other`, if any.
///
/// The tolerance zone of an edge (a rectangle with a disc at either end) is convex: the result is one span, from the
/// least to the greatest share in any of the three.
fn span_within(plane: &LocalPlane, edge: [Coord; 2], other: [Coord; 2], tolerance_m: f64) -> Option<(f64, f64)> {
    let (start, u) = (plane.to_m(edge[0]), plane.to_m(edge[1]) - plane.to_m(edge[0]));
    let ends = other.map(|c| plane.to_m(c));
    let v = ends[1] - ends[0];
    let dot = |a: Coord, b: Coord| a.x * b.x + a.y * b.y;
    let in_disc = |centre: Coord| {
        let off = start - centre;
        let (a, half_b, c) = (dot(u, u), dot(u, off), dot(off, off) - tolerance_m * tolerance_m);
        let root = (half_b * half_b - a * c).sqrt();
        (!root.is_nan()).then(|| ((-half_b - root) / a, (-half_b + root) / a))
    };
    // Shares at which `value + share * change` is between `low` and `high`.
    let between = |value: f64, change: f64, low: f64, high: f64| {
        let (a, b) = ((low - value) / change, (high - value) / change);
        match change {
            0.0 if (low..=high).contains(&value) => (f64::NEG_INFINITY, f64::INFINITY),
            0.0 => (f64::INFINITY, f64::NEG_INFINITY),
            _ => (a.min(b), a.max(b)),
        }
    };
    let along = v / dot(v, v).sqrt();
    let across = Coord { x: -along.y, y: along.x };
    let off = start - ends[0];
    let beside = between(dot(off, along), dot(u, along), 0.0, dot(v, v).sqrt());
    let near = between(dot(off, across), dot(u, across), -tolerance_m, tolerance_m);
    let in_rectangle = Some((beside.0.max(near.0), beside.1.min(near.1))).filter(|(from, to)| from <= to);
    let spans = [in_disc(ends[0]), in_disc(ends[1]), in_rectangle].into_iter().flatten();
    let (from, to) = spans.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)))?;
    let (from, to) = (from.max(0.0), to.min(1.0));
    (from < to).then_some((from, to))
}

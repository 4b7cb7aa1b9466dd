//! Stretches of a path along a river, a road, a ridge or an edge.

use super::context::{Around, WayKind};
use super::course::{Path, cross};
use crate::document::description::{BankSide, Hand, Stream};
use crate::earth::{LocalPlane, point_along};
use crate::model::Bounds;
use geo::Coord;
use rustc_hash::FxHashMap;

/// Greatest number of samples of an edge.
const MOST_SAMPLES: usize = 64;
/// Least length of a stretch in tolerances: a line that merely crosses a way is near it for less.
const SHORTEST: f64 = 3.0;
/// Least mean cosine of the angle between the path and the way.
const ALIGNED: f64 = 0.7;

/// Position of a path relative to a way that it follows.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Lies {
    /// On it.
    On,
    /// Parallel to it, at a constant distance in metres.
    Beside(f64),
    /// On a bank of it.
    Bank(BankSide),
}

/// A stretch along a way.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Stretch {
    pub way: u32,
    pub from_m: f64,
    pub to_m: f64,
    pub lies: Lies,
    /// Upstream or downstream, for a river.
    pub stream: Stream,
    /// The side of the path on which the way is, if it is farther than the accuracy on one side throughout.
    pub hand: Option<Hand>,
}

/// Statistics of a way over consecutive samples.
struct Open {
    last: usize,
    from_m: f64,
    to_m: f64,
    count: f64,
    aligned: f64,
    /// Distances from the way, positive on its left.
    low_m: f64,
    high_m: f64,
    sum_m: f64,
    /// Samples with the way on the left of the path, minus those with it on the right.
    hands: f64,
}

impl Open {
    /// Empty statistics, from a sample on.
    fn at(number: usize, chainage_m: f64, signed_m: f64) -> Self {
        Open {
            last: number,
            from_m: chainage_m,
            to_m: chainage_m,
            count: 0.0,
            aligned: 0.0,
            low_m: signed_m,
            high_m: signed_m,
            sum_m: 0.0,
            hands: 0.0,
        }
    }
}

/// A position of the path.
struct Sample {
    at: Coord,
    chainage_m: f64,
    edge: [Coord; 2],
}

/// Greatest search distance in metres.
fn reach_m(around: &Around, tolerance_m: f64) -> f64 {
    around.ways.iter().map(|way| way.width_m / 2.0 + tolerance_m).fold(3.0 * tolerance_m, f64::max)
}

/// The box of a path, with a margin.
pub(super) fn bounds(paths: &[Path], margin_m: f64) -> Bounds {
    let mut out = [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];
    for at in paths.iter().flat_map(|path| &path.points) {
        out = [out[0].min(at.x), out[1].min(at.y), out[2].max(at.x), out[3].max(at.y)];
    }
    let far = if out[1].abs() > out[3].abs() { out[1] } else { out[3] };
    let margin = LocalPlane::at(Coord { x: out[0], y: far }).degrees(margin_m);
    [out[0] - margin.x, out[1] - margin.y, out[2] + margin.x, out[3] + margin.y]
}

/// Stretches of a path, by their starts.
pub(super) fn stretches(path: &Path, around: &Around, tolerance_m: f64, accuracy_m: f64) -> Vec<Stretch> {
    if !around.has_ways() {
        return Vec::new();
    }
    let mut out = Vec::new();
    let mut open: FxHashMap<(u32, bool), Open> = FxHashMap::default();
    let reach = reach_m(around, tolerance_m);
    let mut number = 0_usize;
    for_each_sample(path, tolerance_m, |sample| {
        number += 1;
        let plane = LocalPlane::at(sample.at);
        let box_ = plane.degrees(reach);
        let mut nearest: FxHashMap<u32, (f64, [Coord; 2])> = FxHashMap::default();
        for (edge, way) in around.edges(sample.at - box_, sample.at + box_) {
            let off = plane.nearest_on_edge(sample.at, edge[0], edge[1]).1;
            let known = nearest.entry(way).or_insert((off, edge));
            if off < known.0 {
                *known = (off, edge);
            }
        }
        for (way, (off_m, edge)) in nearest {
            let beside_m = match around.ways[way as usize].kind {
                WayKind::Road => 3.0 * tolerance_m,
                WayKind::River => around.ways[way as usize].width_m / 2.0 + tolerance_m,
                WayKind::Ridge | WayKind::Parcel => 0.0,
            };
            for (is_on, within_m) in [(true, tolerance_m), (false, beside_m)] {
                if off_m <= within_m {
                    let seen = NearbyWay { number, sample: &sample, off_m, edge, plane: &plane };
                    take(&mut open, &mut out, around, (way, is_on), &seen, [tolerance_m, accuracy_m]);
                }
            }
        }
    });
    for (key, one) in open {
        out.extend(close(around, key, &one, tolerance_m, accuracy_m));
    }
    // A path on a way is not also parallel to it.
    let on: Vec<(u32, f64, f64)> =
        out.iter().filter(|s| s.lies == Lies::On).map(|s| (s.way, s.from_m, s.to_m)).collect();
    let mut of_way: FxHashMap<u32, Vec<(f64, f64)>> = FxHashMap::default();
    for (way, from, to) in on {
        of_way.entry(way).or_default().push((from, to));
    }
    out.retain(|stretch| {
        let is_on = |&(from, to): &(f64, f64)| {
            to.min(stretch.to_m) - from.max(stretch.from_m) > 0.5 * (stretch.to_m - stretch.from_m)
        };
        stretch.lies == Lies::On || !of_way.get(&stretch.way).is_some_and(|all| all.iter().any(is_on))
    });
    out.sort_by(|a, b| a.from_m.total_cmp(&b.from_m).then(a.to_m.total_cmp(&b.to_m)).then(a.way.cmp(&b.way)));
    out
}

/// Calls a function with the vertices and with positions between them, a tolerance apart.
fn for_each_sample(path: &Path, tolerance_m: f64, mut call: impl FnMut(Sample)) {
    for i in 0..path.points.len() - 1 {
        let edge = [path.points[i], path.points[i + 1]];
        let length = path.between_m(i, i + 1);
        let pieces = ((length / tolerance_m).ceil() as usize).clamp(1, MOST_SAMPLES);
        for piece in 0..pieces + usize::from(i + 2 == path.points.len()) {
            let share = piece as f64 / pieces as f64;
            let at = point_along(edge[0], edge[1], share);
            call(Sample { at, chainage_m: path.chainage[i] + share * length, edge });
        }
    }
}

/// A way relative to a sample.
struct NearbyWay<'s> {
    number: usize,
    sample: &'s Sample,
    off_m: f64,
    edge: [Coord; 2],
    plane: &'s LocalPlane,
}

fn take(
    open: &mut FxHashMap<(u32, bool), Open>,
    out: &mut Vec<Stretch>,
    around: &Around,
    key: (u32, bool),
    seen: &NearbyWay<'_>,
    [tolerance_m, accuracy_m]: [f64; 2],
) {
    let NearbyWay { number, sample, off_m, edge, plane } = *seen;
    let direction = |[a, b]: [Coord; 2]| plane.to_m(b) - plane.to_m(a);
    let (u, v) = (direction(sample.edge), direction(edge));
    let cosine = (u.x * v.x + u.y * v.y) / (u.x.hypot(u.y) * v.x.hypot(v.y)).max(f64::MIN_POSITIVE);
    let signed_m = if cross(edge[0], edge[1], sample.at) < 0.0 { -off_m } else { off_m };
    let share = plane.nearest_on_edge(sample.at, edge[0], edge[1]).0;
    let foot = point_along(edge[0], edge[1], share);
    let hand = if cross(sample.edge[0], sample.edge[1], foot) > 0.0 { 1.0 } else { -1.0 };
    let one = open.entry(key).or_insert_with(|| Open::at(number, sample.chainage_m, signed_m));
    if one.last + 1 < number {
        let done = std::mem::replace(one, Open::at(number, sample.chainage_m, signed_m));
        out.extend(close(around, key, &done, tolerance_m, accuracy_m));
    }
    one.last = number;
    one.to_m = sample.chainage_m;
    one.count += 1.0;
    one.aligned += cosine;
    one.low_m = one.low_m.min(signed_m);
    one.high_m = one.high_m.max(signed_m);
    one.sum_m += signed_m;
    one.hands += hand;
}

/// The stretch of a way, if it is long enough and aligned with the path.
fn close(around: &Around, (way, is_on): (u32, bool), one: &Open, tolerance_m: f64, accuracy_m: f64) -> Option<Stretch> {
    let (length, mean) = (one.to_m - one.from_m, one.sum_m / one.count);
    if length < SHORTEST * tolerance_m || (one.aligned / one.count).abs() < ALIGNED {
        return None;
    }
    let is_one_sided = one.low_m > accuracy_m || one.high_m < -accuracy_m;
    let lies = match (is_on, around.ways[way as usize].kind) {
        (true, _) => Lies::On,
        (false, WayKind::River) if is_one_sided && mean.abs() > tolerance_m => {
            Lies::Bank(if mean > 0.0 { BankSide::Left } else { BankSide::Right })
        }
        (false, WayKind::Road) if is_one_sided && mean.abs() > tolerance_m && one.high_m - one.low_m <= tolerance_m => {
            Lies::Beside(mean.abs())
        }
        _ => return None,
    };
    Some(Stretch {
        way,
        from_m: one.from_m,
        to_m: one.to_m,
        lies,
        stream: if one.aligned > 0.0 { Stream::Down } else { Stream::Up },
        hand: is_one_sided.then_some(if one.hands > 0.0 { Hand::Left } else { Hand::Right }),
    })
}

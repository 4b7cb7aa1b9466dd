//! Offsets along a line from another line.

use super::{CompareRun, Side, Worst};
use crate::earth::{edge_length_m, line_length_m, point_along};
use crate::topology::{NONE_M, Nearest, chord_m, wrapped, wrapped_lines};
use geo::Coord;
use rayon::prelude::*;

/// Length of a bin in metres of chainage.
const BIN_M: f64 = 10_000.0;
/// Edges processed at a time, which bounds memory.
const BLOCK: usize = 1 << 14;
/// Offsets in metres up to which a plane has a relative error of at most 1e-4, up to 85° of latitude.
const FAR_M: f64 = 100.0;
/// Edges per parallel task.
const FEW: usize = 64;

/// Summary of the offsets along one line.
pub(in crate::question) struct Profile {
    pub length_m: f64,
    /// The offset integrated along the line, in m².
    pub integral: f64,
    /// Length in metres beyond the tolerance.
    pub apart_m: f64,
    pub worst: Worst,
    pub runs: Vec<CompareRun>,
    pub bins: Vec<CompareRun>,
    pub samples: Vec<(Side, f64, f64)>,
}

/// A vertex or an intermediate position, with the nearest edge of the other line.
struct ProfilePoint {
    position: Coord,
    chainage_m: f64,
    edge: usize,
    offset_m: f64,
}

/// A position on the line, with its offset.
#[derive(Clone, Copy)]
struct Sample {
    position: Coord,
    chainage_m: f64,
    offset_m: f64,
}

/// A piece of the line inside one bin, either wholly within the tolerance or wholly beyond it.
struct Span {
    from: Sample,
    to: Sample,
    /// The offset integrated along it, in m².
    integral: f64,
    agrees: bool,
}

pub(in crate::question) fn profile(runs: &[Vec<Coord>], other: &Nearest, tolerance_m: f64, line: Side) -> Profile {
    let length_m: f64 = runs.iter().map(|run| line_length_m(run)).sum();
    let step_m = chord_m(&runs.iter().map(Vec::as_slice).collect::<Vec<_>>());
    let mut out = Profile {
        length_m,
        integral: 0.0,
        apart_m: 0.0,
        worst: worst_of(line, runs[0][0], 0.0, other),
        runs: Vec::new(),
        bins: Vec::new(),
        samples: Vec::new(),
    };
    let (mut chainage_m, mut farthest) = (0.0, None::<Sample>);
    for run in runs {
        let places = places(run, step_m, &mut chainage_m, other);
        let mut starts = true;
        for first in (0..places.len().saturating_sub(1)).step_by(BLOCK) {
            let ways = first..(places.len() - 1).min(first + BLOCK);
            let spans: Vec<Vec<Span>> = ways
                .into_par_iter()
                .with_min_len(FEW)
                .map(|i| spans(&places[i], &places[i + 1], other, tolerance_m))
                .collect();
            for span in spans.into_iter().flatten() {
                for end in [span.from, span.to] {
                    // The distance from a single edge is convex: its maximum is at an end of the span.
                    if farthest.is_none_or(|farthest| end.offset_m > farthest.offset_m) {
                        farthest = Some(end);
                    }
                }
                out.add(&span, line, starts);
                starts = false;
            }
        }
    }
    if let Some(farthest) = farthest {
        out.worst = worst_of(line, farthest.position, farthest.chainage_m, other);
    }
    for run in out.runs.iter_mut().chain(&mut out.bins) {
        let length_m = run.to_m - run.from_m;
        run.mean_m /= length_m;
        run.agree_share = (run.agree_share / length_m).clamp(0.0, 1.0);
        run.courses = wrapped_lines(std::mem::take(&mut run.courses));
    }
    out
}

impl Profile {
    fn add(&mut self, span: &Span, line: Side, starts: bool) {
        let &Span { from, to, integral, agrees } = span;
        let length_m = to.chainage_m - from.chainage_m;
        self.integral += integral;
        self.apart_m += if agrees { 0.0 } else { length_m };
        let fresh = || CompareRun {
            line,
            from_m: from.chainage_m,
            to_m: from.chainage_m,
            agree_share: 0.0,
            mean_m: 0.0,
            greatest_m: 0.0,
            courses: vec![vec![from.position]],
        };
        let bin = |chainage_m: f64| (chainage_m / BIN_M) as usize;
        let middle_m = (from.chainage_m + to.chainage_m) / 2.0;
        let goes_on = |last: &CompareRun| !starts && (last.agree_share > 0.0) == agrees;
        if !self.runs.last().is_some_and(goes_on) {
            self.runs.push(fresh());
        }
        if self.bins.last().is_none_or(|last| bin((last.from_m + last.to_m) / 2.0) != bin(middle_m)) {
            self.bins.push(fresh());
        }
        for run in [self.runs.last_mut(), self.bins.last_mut()].into_iter().flatten() {
            run.to_m = to.chainage_m;
            run.mean_m += integral;
            run.agree_share += if agrees { length_m } else { 0.0 };
            run.greatest_m = run.greatest_m.max(from.offset_m).max(to.offset_m);
            run.courses[0].push(to.position);
        }
        if starts {
            self.samples.push((line, from.chainage_m, from.offset_m));
        }
        self.samples.push((line, to.chainage_m, to.offset_m));
    }
}

fn worst_of(line: Side, position: Coord, chainage_m: f64, other: &Nearest) -> Worst {
    let (offset_m, nearest) = other.to(position);
    let (position, nearest) = (wrapped(position), wrapped(nearest));
    Worst { line, position: [position.x, position.y], nearest: [nearest.x, nearest.y], chainage_m, offset_m }
}

/// Vertices, with intermediate positions no farther apart than the step.
fn places(run: &[Coord], step_m: f64, chainage_m: &mut f64, other: &Nearest) -> Vec<ProfilePoint> {
    let mut out = vec![(run[0], *chainage_m)];
    for edge in run.windows(2) {
        let length_m = edge_length_m(edge[0], edge[1]);
        if length_m == 0.0 {
            continue;
        }
        let pieces = (length_m / step_m).ceil().max(1.0) as usize;
        for i in 1..=pieces {
            let share = i as f64 / pieces as f64;
            let position = if i == pieces { edge[1] } else { point_along(edge[0], edge[1], share) };
            out.push((position, *chainage_m + share * length_m));
        }
        *chainage_m += length_m;
    }
    let place = |(position, chainage_m)| {
        let (edge, offset_m) = other.nearest_edge(position);
        ProfilePoint { position, chainage_m, edge, offset_m }
    };
    out.into_par_iter().with_min_len(FEW).map(place).collect()
}

/// The stretch from one place to the next, split where another edge becomes the nearest, where the offset passes the
/// tolerance, and at the end of a bin.
fn spans(from: &ProfilePoint, to: &ProfilePoint, other: &Nearest, tolerance_m: f64) -> Vec<Span> {
    let arcs = other.along(from.position, to.position, [from.edge, to.edge]);
    let (Some(first), Some(last)) = (arcs.first(), arcs.last()) else { return Vec::new() };
    let way_m = last.to_m;
    // Offsets are those of the plane; large ones are scaled to the geodesic distances at both ends.
    let scale = |geodesic_m: f64, plane_m: f64| if plane_m > FAR_M { geodesic_m / plane_m } else { 1.0 };
    let scales = [scale(from.offset_m, first.at(0.0)), scale(to.offset_m, last.at(way_m))];
    let scale = (scales[0] + scales[1]) / 2.0;
    let length_m = to.chainage_m - from.chainage_m;
    let offset_m = |plane_m: f64, share: f64| {
        let metres = plane_m * (scales[0] + share * (scales[1] - scales[0]));
        if metres < NONE_M { 0.0 } else { metres }
    };
    let ends_m = ((from.chainage_m / BIN_M) as usize + 1..=(to.chainage_m / BIN_M) as usize).map(|n| n as f64 * BIN_M);
    let bins: Vec<f64> = ends_m.map(|m| (m - from.chainage_m) / length_m * way_m).collect();
    let mut out = Vec::with_capacity(arcs.len());
    let mut start = Sample { position: from.position, chainage_m: from.chainage_m, offset_m: from.offset_m };
    for arc in &arcs {
        let inside = |s: &f64| *s > arc.from_m && *s < arc.to_m;
        let mut cuts: Vec<f64> = arc.passes(tolerance_m / scale).chain(arc.foot()).collect();
        cuts.extend(bins.iter().copied().filter(inside));
        cuts.sort_by(f64::total_cmp);
        cuts.push(arc.to_m);
        let mut begin = arc.from_m;
        for end in cuts.into_iter().filter(|end| *end > arc.from_m) {
            let (share, piece) = (end / way_m, arc.between(begin, end));
            let stop = if end == way_m {
                Sample { position: to.position, chainage_m: to.chainage_m, offset_m: to.offset_m }
            } else {
                Sample {
                    position: point_along(from.position, to.position, share),
                    chainage_m: from.chainage_m + share * length_m,
                    offset_m: offset_m(arc.at(end), share),
                }
            };
            let middle = (begin + end) / 2.0;
            let nowhere = start.offset_m == 0.0 && stop.offset_m == 0.0;
            let scale = scales[0] + (middle / way_m) * (scales[1] - scales[0]);
            // Converts metres of the plane to metres of the line.
            let integral = if nowhere { 0.0 } else { piece.integral_m2() * scale * length_m / way_m };
            let agrees = offset_m(arc.at(middle), middle / way_m) <= tolerance_m + NONE_M;
            out.push(Span { from: start, to: stop, integral, agrees });
            (begin, start) = (end, stop);
        }
    }
    out
}

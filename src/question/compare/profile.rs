//! Offsets along a line from another.

use super::{CompareRun, Side, Worst};
use crate::earth::{edge_length_m, line_length_m, point_along};
use crate::topology::Nearest;
use geo::Coord;
use rayon::prelude::*;

/// Greatest step in metres between samples, on lines of up to 2 000 km.
const STEP_M: f64 = 50.0;
/// Chainage of a bin in metres.
const BIN_M: f64 = 10_000.0;

/// What offsets along one line come to.
pub(in crate::question) struct Profile {
    pub length_m: f64,
    /// The offset integrated along the line, in m².
    pub integral: f64,
    /// Length beyond the tolerance.
    pub apart_m: f64,
    pub worst: Worst,
    pub runs: Vec<CompareRun>,
    pub bins: Vec<CompareRun>,
    pub samples: Vec<(Side, f64, f64)>,
}

/// A place on the line.
#[derive(Clone, Copy)]
struct Sample {
    position: Coord,
    chainage_m: f64,
    offset_m: f64,
}

pub(in crate::question) fn profile(runs: &[Vec<Coord>], other: &Nearest, tolerance_m: f64, line: Side) -> Profile {
    let length_m: f64 = runs.iter().map(|run| line_length_m(run)).sum();
    let step_m = STEP_M.max(length_m / 40_000.0);
    let mut out = Profile {
        length_m,
        integral: 0.0,
        apart_m: 0.0,
        worst: worst_of(line, runs[0][0], 0.0, other),
        runs: Vec::new(),
        bins: Vec::new(),
        samples: Vec::new(),
    };
    let mut chainage_m = 0.0;
    for run in runs {
        let places = places(run, step_m, &mut chainage_m);
        let samples: Vec<Sample> = places
            .into_par_iter()
            .map(|(position, chainage_m)| Sample { position, chainage_m, offset_m: other.to(position).0 })
            .collect();
        refine_worst(&samples, other, &mut out.worst);
        let cut = with_ends(&samples, other, tolerance_m);
        let mut starts = true;
        for pair in cut.windows(2) {
            out.add(pair, tolerance_m, line, starts);
            starts = false;
        }
        out.samples.extend(samples.iter().map(|s| (line, s.chainage_m, s.offset_m)));
    }
    for run in out.runs.iter_mut().chain(&mut out.bins) {
        let length_m = run.to_m - run.from_m;
        run.mean_m /= length_m;
        run.agree_share = (run.agree_share / length_m).clamp(0.0, 1.0);
    }
    out
}

impl Profile {
    /// Adds a piece between two samples: within the tolerance throughout or nowhere, and within one bin.
    fn add(&mut self, pair: &[Sample], tolerance_m: f64, line: Side, starts: bool) {
        let (from, to) = (pair[0], pair[1]);
        let length_m = to.chainage_m - from.chainage_m;
        let integral = length_m * (from.offset_m + to.offset_m) / 2.0;
        let agree =
            agrees(from.offset_m.min(to.offset_m), tolerance_m) && agrees(from.offset_m.max(to.offset_m), tolerance_m);
        self.integral += integral;
        self.apart_m += if agree { 0.0 } else { length_m };
        let fresh = || CompareRun {
            line,
            from_m: from.chainage_m,
            to_m: from.chainage_m,
            agree_share: 0.0,
            mean_m: 0.0,
            greatest_m: 0.0,
            course: vec![from.position],
        };
        let bin = |chainage_m: f64| (chainage_m / BIN_M) as usize;
        let middle_m = (from.chainage_m + to.chainage_m) / 2.0;
        let goes_on = |last: &CompareRun| !starts && (last.agree_share > 0.0) == agree;
        if !self.runs.last().is_some_and(goes_on) {
            self.runs.push(fresh());
        }
        if self.bins.last().is_none_or(|last| bin((last.from_m + last.to_m) / 2.0) != bin(middle_m)) {
            self.bins.push(fresh());
        }
        for run in [self.runs.last_mut(), self.bins.last_mut()].into_iter().flatten() {
            run.to_m = to.chainage_m;
            run.mean_m += integral;
            run.agree_share += if agree { length_m } else { 0.0 };
            run.greatest_m = run.greatest_m.max(from.offset_m).max(to.offset_m);
            run.course.push(to.position);
        }
    }
}

/// A hair more than the tolerance still agrees: ends of runs lie on it.
fn agrees(offset_m: f64, tolerance_m: f64) -> bool {
    offset_m <= tolerance_m + 2e-3
}

fn worst_of(line: Side, position: Coord, chainage_m: f64, other: &Nearest) -> Worst {
    let (offset_m, nearest) = other.to(position);
    Worst { line, position: [position.x, position.y], nearest: [nearest.x, nearest.y], chainage_m, offset_m }
}

/// Vertices, and places between them no farther apart than the step, with their chainages.
fn places(run: &[Coord], step_m: f64, chainage_m: &mut f64) -> Vec<(Coord, f64)> {
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
    out
}

/// Samples with those put between at which the tolerance or a bin's end is passed.
fn with_ends(samples: &[Sample], other: &Nearest, tolerance_m: f64) -> Vec<Sample> {
    let mut out: Vec<Sample> = Vec::with_capacity(samples.len());
    for pair in samples.windows(2) {
        let (from, to) = (pair[0], pair[1]);
        out.push(from);
        let at = |share: f64| between(from, to, share, other);
        let mut shares = Vec::new();
        if (from.offset_m <= tolerance_m) != (to.offset_m <= tolerance_m) {
            let (mut low, mut high) = (0.0, 1.0);
            while (high - low) * (to.chainage_m - from.chainage_m) > 1e-3 {
                let middle = (low + high) / 2.0;
                if (at(middle).offset_m <= tolerance_m) == (from.offset_m <= tolerance_m) {
                    low = middle;
                } else {
                    high = middle;
                }
            }
            shares.push((low + high) / 2.0);
        }
        let end_m = (from.chainage_m / BIN_M).floor() * BIN_M + BIN_M;
        if end_m > from.chainage_m && end_m < to.chainage_m {
            shares.push((end_m - from.chainage_m) / (to.chainage_m - from.chainage_m));
        }
        shares.sort_by(f64::total_cmp);
        out.extend(shares.into_iter().map(at));
    }
    out.extend(samples.last());
    out
}

fn between(from: Sample, to: Sample, share: f64, other: &Nearest) -> Sample {
    let position = point_along(from.position, to.position, share);
    let chainage_m = from.chainage_m + share * (to.chainage_m - from.chainage_m);
    Sample { position, chainage_m, offset_m: other.to(position).0 }
}

/// Between two samples the offset may exceed both; halving goes on where [`Nearest::at_most`] leaves room for more than
/// the worst found, and for no more than half the sum of both offsets and the way between.
fn refine_worst(samples: &[Sample], other: &Nearest, worst: &mut Worst) {
    let line = worst.line;
    if let Some(greatest) = samples.iter().max_by(|a, b| a.offset_m.total_cmp(&b.offset_m))
        && greatest.offset_m > worst.offset_m
    {
        *worst = worst_of(line, greatest.position, greatest.chainage_m, other);
    }
    let mut waiting: Vec<(Sample, Sample)> = samples.windows(2).map(|pair| (pair[0], pair[1])).collect();
    while let Some((from, to)) = waiting.pop() {
        // The plane in which bounds are taken is right to 1e-4 of itself.
        let enough_m = worst.offset_m + 0.01 + 2e-4 * worst.offset_m;
        let way_m = to.chainage_m - from.chainage_m;
        if (from.offset_m + to.offset_m + way_m) / 2.0 <= enough_m {
            continue;
        }
        let (most_m, share) = other.at_most(from.position, to.position);
        if most_m <= enough_m {
            continue;
        }
        let middle = between(from, to, share, other);
        if middle.offset_m > worst.offset_m {
            *worst = worst_of(line, middle.position, middle.chainage_m, other);
        }
        waiting.push((from, middle));
        waiting.push((middle, to));
    }
}

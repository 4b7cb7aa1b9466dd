//! Comparison of two versions of a line: offsets, Hausdorff and Fréchet distance, agreement within a tolerance.

mod couple;
mod frechet;
mod free_space;
pub(super) mod profile;

use crate::earth::line_length_m;
use crate::model::{Answer, EdgeModel, Edges, Provenance, Warning, WarningCode};
use crate::topology::{Nearest, join_runs, wrapped};
use frechet::frechet;
use geo::Coord;
use profile::{Profile, profile};
#[cfg(feature = "schema")]
use schemars::JsonSchema;
use serde::Serialize;

/// Comparison of two versions of a line.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[non_exhaustive]
pub struct CompareReport {
    /// Label of the first line.
    pub a: String,
    /// Label of the second line.
    pub b: String,
    /// Ellipsoidal length of the first in metres.
    pub length_a_m: f64,
    /// Ellipsoidal length of the second in metres.
    pub length_b_m: f64,
    /// Hausdorff distance in metres: the greatest distance of a position on either line from the other.
    pub hausdorff_m: f64,
    /// Fréchet distance in metres: the shortest leash with which two walkers traverse both lines from end to end; the
    /// greatest over the stretches with a counterpart.
    pub frechet_m: Option<f64>,
    /// Width in metres of the final bisection interval: the Fréchet distance may be less by this much.
    pub frechet_step_m: Option<f64>,
    /// Mean distance in metres of a position on either line from the other.
    pub mean_offset_m: f64,
    /// Share (0 to 1) of both lengths within the tolerance of the other line.
    pub agree_share: f64,
    /// The tolerance in metres.
    pub tolerance_m: f64,
    /// The position of greatest distance.
    pub worst: Worst,
    /// Stretches of agreement and disagreement along each line.
    pub runs: Vec<CompareRun>,
    /// Offsets along each line, every 10 km of chainage.
    pub per_10_km: Vec<CompareRun>,
    /// Stretches of one line without a counterpart in the other.
    pub unmatched: Vec<Unmatched>,
    /// The Hausdorff limit to test, in metres.
    pub within_m: Option<f64>,
    /// Whether the Hausdorff distance is within that limit.
    pub within: Option<bool>,
    /// Breakpoints of the offset function, for a chart: line, chainage and offset in metres.
    #[serde(skip)]
    pub samples: Vec<(Side, f64, f64)>,
}

/// One of the two lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Side {
    /// The first.
    A,
    /// The second.
    B,
}

impl Side {
    /// The word used in reports.
    pub const fn word(self) -> &'static str {
        match self {
            Side::A => "a",
            Side::B => "b",
        }
    }
}

/// The position on either line that is farthest from the other.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
pub struct Worst {
    /// The line on which it is.
    pub line: Side,
    /// Longitude and latitude in degrees.
    pub position: [f64; 2],
    /// The nearest position (lon, lat in degrees) of the other line.
    pub nearest: [f64; 2],
    /// Chainage along its line in metres.
    pub chainage_m: f64,
    /// Ellipsoidal distance between the two positions in metres.
    pub offset_m: f64,
}

/// A stretch of one line and its distance from the other.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
pub struct CompareRun {
    /// The line on which it is.
    pub line: Side,
    /// Chainage of its start in metres; it continues through the stretches of a line in order.
    pub from_m: f64,
    /// Chainage of its end in metres.
    pub to_m: f64,
    /// Share (0 to 1) of it within the tolerance; 1 or 0 for a run.
    pub agree_share: f64,
    /// Mean distance from the other line in metres.
    pub mean_m: f64,
    /// Greatest distance in metres.
    pub greatest_m: f64,
    /// Its course, in several lines where it crosses ±180°.
    #[serde(skip)]
    pub courses: Vec<Vec<Coord>>,
}

/// A stretch of one line without a counterpart in the other.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
pub struct Unmatched {
    /// The line on which it is.
    pub line: Side,
    /// Chainage of its start in metres.
    pub from_m: f64,
    /// Its length in metres.
    pub length_m: f64,
    /// Its first position (lon, lat in degrees).
    pub position: [f64; 2],
}

/// A version of a line: its label and its runs.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Version {
    /// Its label in the report.
    pub label: String,
    /// Its course (lon, lat in degrees), in one or more runs; runs that touch end to end are joined.
    pub runs: Vec<Vec<Coord>>,
    /// The kind of edge of its source.
    pub edges: Edges,
    /// The accuracy of its positions in metres, where its source states one.
    pub position_accuracy_m: Option<f64>,
}

impl Version {
    /// A version with this course; nothing is known of its accuracy.
    pub fn new(label: impl Into<String>, runs: Vec<Vec<Coord>>) -> Self {
        Version { label: label.into(), runs, edges: Edges::default(), position_accuracy_m: None }
    }
}

/// Options of [`compare`].
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct CompareOptions {
    /// Offset in metres within which the versions agree.
    pub tolerance_m: f64,
}

impl CompareOptions {
    /// Options with a tolerance in metres.
    pub fn within(tolerance_m: f64) -> Self {
        CompareOptions { tolerance_m }
    }
}

impl Default for CompareOptions {
    /// 100 m.
    fn default() -> Self {
        CompareOptions { tolerance_m: 100.0 }
    }
}

/// A version of a line has no length, so that there is nothing to compare.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{version} has no length")]
#[non_exhaustive]
pub struct NoLength {
    /// The label of the version.
    pub version: String,
}

/// What both versions state; the kind of edge is that of the first.
fn provenance(a: &Version, b: &Version) -> Provenance {
    let position_accuracy_m = [a, b].into_iter().filter_map(|version| version.position_accuracy_m).reduce(f64::max);
    Provenance { edges: EdgeModel::Kind(a.edges), position_accuracy_m, ..Provenance::default() }
}

/// Compares two versions of a line.
///
/// # Earth and units
/// WGS 84; metres; edges straight in lon/lat; offsets are geodesics to the nearest position of the other line.
///
/// # Method
/// Every edge is split where another edge of the other line becomes the nearest; between splits the offset is the
/// distance from a single edge or vertex, whose integral, passages of the tolerance and maximum have closed forms in
/// the tangent plane of the ellipsoid. Means, shares and the Hausdorff distance therefore do not depend on the density
/// of vertices. Only where the lines are a thousand times farther apart than an edge is long, the offset is taken as
/// linear along it (2.5e-4). Offsets below a micrometre count as 0. Means and shares are weighted by length, over both
/// lines.
///
/// For the Fréchet distance (continuous; Alt & Godau 1995) stretches of the two lines are paired by the corners of
/// their boxes, the nearest first, and traversed in either direction; rings from their best start. Bisection, with
/// curves simplified by less than the remaining interval (Driemel, Har-Peled & Wenk 2012), to a relative width of 1e-4.
///
/// Swapping the lines only swaps the columns; a line compared with itself gives 0 and agrees throughout. The start of a
/// ring, the direction of a run and the order of runs have no effect.
///
/// Near-linear. Where lines are far apart and dense, the Fréchet distance is bisected less far: see `frechet_step_m`.
/// It is not reliable within a degree of a pole.
///
/// # Examples
/// ```
/// use merestone::geo::coord;
/// use merestone::question::{CompareOptions, Version, compare};
/// let line = |lon: f64| vec![coord! { x: lon, y: 45.0 }, coord! { x: lon, y: 46.0 }];
/// let version = |lon: f64| Version::new(lon.to_string(), vec![line(lon)]);
/// let same = compare(&version(10.0), &version(10.0), &CompareOptions::default())?.report;
/// assert_eq!((same.hausdorff_m, same.agree_share), (0.0, 1.0));
/// let apart = compare(&version(10.0), &version(10.001), &CompareOptions::default())?.report;
/// assert!(apart.hausdorff_m > 78.0 && apart.agree_share == 1.0); // 79 m apart, within the tolerance of 100 m
/// # Ok::<(), merestone::question::NoLength>(())
/// ```
pub fn compare(a: &Version, b: &Version, options: &CompareOptions) -> Result<Answer<CompareReport>, NoLength> {
    let tolerance_m = options.tolerance_m;
    let (runs_a, runs_b) = (join_runs(&a.runs), join_runs(&b.runs));
    let near = |runs: &[Vec<Coord>]| Nearest::new(runs.iter().map(Vec::as_slice));
    let without = |version: &Version| NoLength { version: version.label.clone() };
    let near_a = near(&runs_a).ok_or_else(|| without(a))?;
    let near_b = near(&runs_b).ok_or_else(|| without(b))?;
    let (of_a, of_b) = rayon::join(
        || profile(&runs_a, &near_b, tolerance_m, Side::A),
        || profile(&runs_b, &near_a, tolerance_m, Side::B),
    );
    if let Some((version, _)) = [(a, of_a.length_m), (b, of_b.length_m)].iter().find(|(_, length_m)| *length_m == 0.0) {
        return Err(without(version));
    }
    let worst = if of_b.worst.offset_m > of_a.worst.offset_m { of_b.worst } else { of_a.worst };
    let both_m = of_a.length_m + of_b.length_m;
    let coupled = frechet(&runs_a, &runs_b);
    let mut unmatched = lonely(&runs_a, &coupled.paired_a, Side::A);
    unmatched.extend(lonely(&runs_b, &coupled.paired_b, Side::B));
    // If every stretch has a counterpart, the Fréchet distance is at least the Hausdorff distance; planes err by up to
    // 1e-4. Otherwise both are equal where they differ by rounding only.
    let as_far = |m: f64| unmatched.is_empty() || (worst.offset_m - m).abs() < ROUNDING * m;
    let frechet_m = coupled.distance_m.map(|m| if as_far(m) { m.max(worst.offset_m) } else { m });
    let warnings = warnings(&unmatched, a, b);
    let join = |pick: fn(&mut Profile) -> &mut Vec<CompareRun>, of_a: &mut Profile, of_b: &mut Profile| {
        let mut all = std::mem::take(pick(of_a));
        all.append(pick(of_b));
        all
    };
    let (mut of_a, mut of_b) = (of_a, of_b);
    let report = CompareReport {
        a: a.label.clone(),
        b: b.label.clone(),
        length_a_m: of_a.length_m,
        length_b_m: of_b.length_m,
        hausdorff_m: worst.offset_m,
        frechet_m,
        frechet_step_m: coupled.step_m,
        mean_offset_m: (of_a.integral + of_b.integral) / both_m,
        agree_share: 1.0 - (of_a.apart_m + of_b.apart_m) / both_m,
        tolerance_m,
        worst,
        runs: join(|p| &mut p.runs, &mut of_a, &mut of_b),
        per_10_km: join(|p| &mut p.bins, &mut of_a, &mut of_b),
        unmatched,
        within_m: None,
        within: None,
        samples: of_a.samples.into_iter().chain(of_b.samples).collect(),
    };
    Ok(Answer::new(report, provenance(a, b).within(tolerance_m), warnings))
}

/// Relative difference below which the Fréchet and the Hausdorff distance are the same.
const ROUNDING: f64 = 1e-6;

fn lonely(runs: &[Vec<Coord>], paired: &[bool], line: Side) -> Vec<Unmatched> {
    let mut from_m = 0.0;
    let mut out = Vec::new();
    for (run, paired) in runs.iter().zip(paired) {
        let length_m = line_length_m(run);
        if !paired {
            out.push(Unmatched { line, from_m, length_m, position: wrapped(run[0]).into() });
        }
        from_m += length_m;
    }
    out
}

fn warnings(unmatched: &[Unmatched], a: &Version, b: &Version) -> Vec<Warning> {
    let mut out = Vec::new();
    for (side, label, other) in [(Side::A, &a.label, &b.label), (Side::B, &b.label, &a.label)] {
        let of: Vec<&Unmatched> = unmatched.iter().filter(|u| u.line == side).collect();
        if !of.is_empty() {
            let km = of.iter().map(|u| u.length_m).sum::<f64>() / 1000.0;
            let message = format!(
                "{} stretches of {label} ({km:.1} km) have no counterpart in {other}; the Fréchet distance leaves \
                 them out",
                of.len()
            );
            out.push(Warning { code: WarningCode::Note, message, feature: None });
        }
    }
    out
}

//! Do two versions of a line agree, and where do they part?

mod couple;
mod frechet;
mod free_space;
pub(super) mod profile;

use crate::earth::line_length_m;
use crate::model::{Warning, WarningCode};
use crate::topology::{Nearest, join_runs};
use frechet::frechet;
use geo::Coord;
use profile::{Profile, profile};
#[cfg(feature = "schema")]
use schemars::JsonSchema;
use serde::Serialize;

/// How two versions of a line lie to each other.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[non_exhaustive]
pub struct CompareReport {
    /// The first line, as it was asked for.
    pub a: String,
    /// The second.
    pub b: String,
    /// Ellipsoidal length of the first in metres.
    pub length_a_m: f64,
    /// Ellipsoidal length of the second.
    pub length_b_m: f64,
    /// Hausdorff distance in metres: the farthest that a place on either line is from the other.
    pub hausdorff_m: f64,
    /// Fréchet distance in metres: the shortest leash with which two walkers get from end to end, the greatest over the
    /// stretches that have a counterpart.
    pub frechet_m: Option<f64>,
    /// The step in metres to which the Fréchet distance was narrowed down: it may be less by so much.
    pub frechet_step_m: Option<f64>,
    /// Mean distance of a place on either line from the other, in metres.
    pub mean_offset_m: f64,
    /// Share (0 to 1) of both lengths within the tolerance of the other line.
    pub agree_share: f64,
    /// The tolerance in metres.
    pub tolerance_m: f64,
    /// Where they are farthest apart.
    pub worst: Worst,
    /// Stretches of agreement and disagreement along each line.
    pub runs: Vec<CompareRun>,
    /// Offsets along each line, every 10 km of chainage.
    pub per_10_km: Vec<CompareRun>,
    /// Stretches of one line that have no counterpart in the other.
    pub unmatched: Vec<Unmatched>,
    /// The greatest Hausdorff distance asked for, in metres.
    pub within_m: Option<f64>,
    /// Whether that is met.
    pub within: Option<bool>,
    /// Offsets where they bend, for a chart: line, chainage and offset in metres.
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

/// The place on either line that is farthest from the other.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
pub struct Worst {
    /// The line it is on.
    pub line: Side,
    /// Longitude and latitude in degrees.
    pub position: [f64; 2],
    /// The nearest position of the other line.
    pub nearest: [f64; 2],
    /// Distance along its line, in metres.
    pub chainage_m: f64,
    /// Ellipsoidal distance between the two in metres.
    pub offset_m: f64,
}

/// A stretch of one line and how far it is from the other.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
pub struct CompareRun {
    /// The line it is on.
    pub line: Side,
    /// Chainage of its start in metres; it runs through the stretches of a line in order.
    pub from_m: f64,
    /// Chainage of its end.
    pub to_m: f64,
    /// Share (0 to 1) of it within the tolerance; 1 or 0 for a run.
    pub agree_share: f64,
    /// Mean distance from the other line in metres.
    pub mean_m: f64,
    /// Greatest distance.
    pub greatest_m: f64,
    /// Its course.
    #[serde(skip)]
    pub course: Vec<Coord>,
}

/// A stretch of one line that has no counterpart in the other.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
pub struct Unmatched {
    /// The line it is on.
    pub line: Side,
    /// Chainage of its start in metres.
    pub from_m: f64,
    /// Its length.
    pub length_m: f64,
    /// Where it begins.
    pub position: [f64; 2],
}

/// One of the two lines: what to call it, and its runs.
#[derive(Debug, Clone, PartialEq)]
pub struct Version {
    /// What to call it.
    pub label: String,
    /// Its course, in one or more runs; runs that touch end to end are joined.
    pub runs: Vec<Vec<Coord>>,
}

/// Returns how two versions of a line lie to each other; none where either has no length.
///
/// # Earth and units
/// WGS 84; metres; edges straight in lon/lat; offsets are geodesics to the nearest place of the other line.
///
/// # Method
/// Every edge is cut where another edge of the other line comes to be nearest; between such places the offset is that from
/// one edge or one place, whose integral, passages of the tolerance and greatest value have closed forms, in a plane that
/// touches the ellipsoid there. So means, shares and the Hausdorff distance do not depend on how long edges are. Only where
/// the lines are a thousand times farther apart than an edge is long, the offset is taken to change evenly along it
/// (2.5e-4). Less than a micrometre is none. Means and shares are weighted by length, over both lines.
///
/// For the Fréchet distance (continuous; Alt & Godau 1995) stretches of the two lines are paired by the corners of their
/// boxes, the nearest first, and walked in either sense; rings from wherever it is best. It is narrowed down by halves, with
/// curves simplified by less than is left to narrow (Driemel, Har-Peled & Wenk 2012), to 1e-4 of itself.
///
/// # Guarantees
/// Swapping the lines swaps the columns and nothing else; a line compared with itself gives 0 and agrees throughout. Where
/// a ring starts, the sense of a run and the order of runs change nothing.
///
/// # Limitations and cost
/// Near-linear. Where lines are far apart and dense the Fréchet distance is narrowed down less, as `frechet_step_m` says. It
/// is not right within a degree of a pole.
///
/// # Examples
/// ```
/// use merestone::geo::coord;
/// use merestone::question::{Version, compare};
/// let line = |lon: f64| vec![coord! { x: lon, y: 45.0 }, coord! { x: lon, y: 46.0 }];
/// let version = |lon: f64| Version { label: lon.to_string(), runs: vec![line(lon)] };
/// let (same, _) = compare(&version(10.0), &version(10.0), 1.0).expect("both have a length");
/// assert_eq!((same.hausdorff_m, same.agree_share), (0.0, 1.0));
/// let (apart, _) = compare(&version(10.0), &version(10.001), 100.0).expect("both have a length");
/// assert!(apart.hausdorff_m > 78.0 && apart.agree_share == 1.0); // 79 m apart, within the tolerance
/// ```
pub fn compare(a: &Version, b: &Version, tolerance_m: f64) -> Option<(CompareReport, Vec<Warning>)> {
    let (runs_a, runs_b) = (join_runs(&a.runs), join_runs(&b.runs));
    let near = |runs: &[Vec<Coord>]| Nearest::new(runs.iter().map(Vec::as_slice));
    let (near_a, near_b) = (near(&runs_a)?, near(&runs_b)?);
    let (of_a, of_b) = rayon::join(
        || profile(&runs_a, &near_b, tolerance_m, Side::A),
        || profile(&runs_b, &near_a, tolerance_m, Side::B),
    );
    if of_a.length_m == 0.0 || of_b.length_m == 0.0 {
        return None;
    }
    let worst = if of_b.worst.offset_m > of_a.worst.offset_m { of_b.worst } else { of_a.worst };
    let both_m = of_a.length_m + of_b.length_m;
    let coupled = frechet(&runs_a, &runs_b);
    let mut unmatched = lonely(&runs_a, &coupled.paired_a, Side::A);
    unmatched.extend(lonely(&runs_b, &coupled.paired_b, Side::B));
    // Where every stretch has a counterpart it cannot be less; planes and geodesics may differ by 1e-4.
    let frechet_m = coupled.distance_m.map(|m| if unmatched.is_empty() { m.max(worst.offset_m) } else { m });
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
    Some((report, warnings))
}

fn lonely(runs: &[Vec<Coord>], paired: &[bool], line: Side) -> Vec<Unmatched> {
    let mut from_m = 0.0;
    let mut out = Vec::new();
    for (run, paired) in runs.iter().zip(paired) {
        let length_m = line_length_m(run);
        if !paired {
            out.push(Unmatched { line, from_m, length_m, position: [run[0].x, run[0].y] });
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

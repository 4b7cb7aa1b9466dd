//! Where do boundary marks stand along a line, what are they called, and does each see the next?

mod measured;
mod number;
mod place;
mod run;
mod sight;

pub(crate) use measured::posts;
pub use measured::{MarkResidual, MeasuredMarks};
pub use number::Numbering;
pub(crate) use number::of_place as number_of_mark;

use super::HeightAt;
use crate::earth::edges::beside;
use crate::earth::{azimuth_deg, distance_m};
use crate::model::{Answer, Content, Meta, Place, Provenance, Warning, WarningCode};
use crate::topology::wrapped;
use geo::Coord;
use place::Station;
use run::{Beside, MeasuredRun, key};
use rustc_hash::FxHashMap;
#[cfg(feature = "schema")]
use schemars::JsonSchema;
use serde::Serialize;
use thiserror::Error;

/// No more marks than this are placed: a greatest distance of centimetres is a slip.
const MOST_MARKS: usize = 1_000_000;

/// What a mark is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum BoundaryMarkKind {
    /// Put in so that marks are near enough to each other, or see each other.
    Intermediate,
    /// At an end, a turning or a crossing.
    Main,
    /// A pair of posts on the banks of a river that the line follows.
    RiverPair,
    /// Where three lines meet.
    Junction,
}

impl BoundaryMarkKind {
    /// The word in files and tables.
    pub const fn word(self) -> &'static str {
        match self {
            BoundaryMarkKind::Intermediate => "intermediate",
            BoundaryMarkKind::Main => "main",
            BoundaryMarkKind::RiverPair => "river-pair",
            BoundaryMarkKind::Junction => "junction",
        }
    }
}

/// How marks are placed and numbered.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct MarkOptions {
    /// A turning sharper than so many degrees gets a mark.
    pub turn_deg: f64,
    /// The greatest length of line between two marks, in metres.
    pub max_spacing_m: f64,
    /// How they are numbered.
    pub numbering: Numbering,
    /// A junction or an existing mark so many metres from the line is one on it.
    pub within_m: f64,
    /// The line follows a river where it is within so many metres of it and runs along it.
    pub river_within_m: f64,
    /// How far the posts on the banks stand from the line, in metres; a river's property `width_m` adds its half.
    pub setback_m: f64,
    /// Height in metres above the ground of the instrument and of what it is to see.
    pub eye_m: f64,
    /// Distance in metres between the heights that are read along a line of sight.
    pub sight_step_m: f64,
}

impl Default for MarkOptions {
    fn default() -> Self {
        MarkOptions {
            turn_deg: 30.0,
            max_spacing_m: 1000.0,
            numbering: Numbering::default(),
            within_m: 10.0,
            river_within_m: 50.0,
            setback_m: 10.0,
            eye_m: 2.0,
            sight_step_m: 15.0,
        }
    }
}

/// What marks are placed by, beside the line.
#[derive(Default, Clone, Copy)]
#[non_exhaustive]
pub struct MarkBasis<'a> {
    /// Roads and other routes whose crossings get a mark.
    pub roads: &'a [Content],
    /// Rivers: crossings get a mark, and where the line follows one, marks are pairs on the banks.
    pub rivers: &'a [Content],
    /// Places where three lines meet.
    pub junctions: &'a [Place],
    /// Marks that stand: they keep place and number. Of those whose `status` is `lost` or `destroyed` only the number is kept,
    /// and not used again.
    pub existing: &'a [Place],
    /// Heights in metres; without them nothing is said of sight.
    pub heights: Option<HeightAt<'a>>,
}

/// Boundary marks along lines.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[non_exhaustive]
pub struct MarkReport {
    /// How they are numbered.
    pub numbering: Numbering,
    /// Turnings sharper than so many degrees have a mark.
    pub turn_deg: f64,
    /// The greatest length of line between two marks, in metres.
    pub max_spacing_m: f64,
    /// Line by line.
    pub lines: Vec<MarkedLine>,
    /// The marks, in the order of the lines.
    pub marks: Vec<Mark>,
    /// From mark to mark.
    pub legs: Vec<MarkLeg>,
    /// What was measured against what is planned, where that was asked.
    pub measured: Option<MeasuredMarks>,
}

/// A line with the marks on it.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
pub struct MarkedLine {
    /// Id of the line.
    pub line: String,
    /// Its ellipsoidal length in metres.
    pub length_m: f64,
    /// Number of marks on it, those included that it shares with another line.
    pub marks: usize,
    /// The greatest length of line between two of them, in metres.
    pub longest_m: f64,
    /// Number of legs without sight from mark to mark; null where no heights were given.
    pub without_sight: Option<usize>,
}

/// A boundary mark.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
pub struct Mark {
    /// Its number.
    pub number: String,
    /// What it is.
    pub kind: BoundaryMarkKind,
    /// Why it stands there.
    pub why: String,
    /// Id of the line, or of the first of several.
    pub line: String,
    /// Distance along the line from its start, in metres.
    pub chainage_m: f64,
    /// Longitude and latitude in degrees, of a pair on the line between the posts.
    pub position: [f64; 2],
    /// Territory on the left.
    pub left: Option<String>,
    /// Territory on the right.
    pub right: Option<String>,
    /// Of a pair, longitude and latitude in degrees of the post on the left.
    pub left_post: Option<[f64; 2]>,
    /// Of a pair, longitude and latitude in degrees of the post on the right.
    pub right_post: Option<[f64; 2]>,
    /// Height of the ground in metres, where it is known.
    pub height_m: Option<f64>,
    /// Whether it stood before.
    pub existing: bool,
}

/// The line from one mark to the next.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
pub struct MarkLeg {
    /// Id of the line.
    pub line: String,
    /// Number of the mark.
    pub from: String,
    /// Number of the next.
    pub to: String,
    /// Azimuth of the geodesic between them in degrees, clockwise from north.
    pub azimuth_deg: f64,
    /// Its length in metres.
    pub distance_m: f64,
    /// Length of the line between them in metres.
    pub path_m: f64,
    /// Whether the one sees the other; null where a height is not known.
    pub sight: Option<bool>,
}

/// Why marks cannot be placed.
#[derive(Debug, Clone, PartialEq, Error)]
#[non_exhaustive]
pub enum MarkError {
    /// There is no line.
    #[error("there is no line to mark")]
    NoLine,
    /// Two marks have one number.
    #[error("two existing marks have the number {number} ({:.6}, {:.6} and {:.6}, {:.6})", at[0][0], at[0][1], at[1][0], at[1][1])]
    Twice {
        /// The number.
        number: String,
        /// Longitude and latitude in degrees of the two.
        at: [[f64; 2]; 2],
    },
    /// There would be too many.
    #[error("a mark every {spacing_m} m makes {marks} marks; at most {MOST_MARKS} are placed")]
    Many {
        /// The greatest length between two, in metres.
        spacing_m: f64,
        /// How many there would be.
        marks: u64,
    },
}

/// Returns where marks stand along lines, with their numbers, and the legs from mark to mark.
///
/// # Earth and units
/// WGS 84; lengths along the edges as they are read, distances and azimuths of geodesics.
///
/// # Method
/// Marks stand at the ends of lines, at vertices where the direction turns by more than `turn_deg`, where three lines meet,
/// where roads and rivers cross, and where marks stand already. Between two of them the line is divided into as few equal
/// lengths as keep within `max_spacing_m`. Where the line follows a river, a mark is a pair of posts, at right angles to the
/// line. With heights, a leg has sight if the ground nowhere rises above the line from eye to eye, curvature of the earth and
/// refraction (coefficient 0.13) included; one without gets a mark half-way along the line, again and again until there is
/// sight or 40 m are left. A mark that two lines share is one.
///
/// # Errors
/// No line, two existing marks of one number, more than a million marks.
///
/// # Guarantees
/// No leg is longer along the line than `max_spacing_m`. No two marks have one number. Existing marks keep theirs, and numbers of
/// lost ones are not used again.
///
/// # Examples
/// ```
/// use merestone::geo::line_string;
/// use merestone::model::{Content, Line};
/// use merestone::question::{MarkBasis, MarkOptions, marks};
/// let line = Line::new("l", [line_string![(x: 10.0, y: 45.0), (x: 10.0, y: 45.02), (x: 10.02, y: 45.02)]])?;
/// let report = marks(&[Content::Lines(vec![line])], &MarkBasis::default(), &MarkOptions::default())?.report;
/// // 2.2 km to the turning in three lengths, and 1.6 km in two.
/// assert_eq!(report.marks.len(), 6);
/// assert!(report.legs.iter().all(|leg| leg.path_m <= 1000.0));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn marks(
    contents: &[Content],
    basis: &MarkBasis<'_>,
    options: &MarkOptions,
) -> Result<Answer<MarkReport>, MarkError> {
    let runs = run::runs_of(contents);
    if runs.is_empty() {
        return Err(MarkError::NoLine);
    }
    let many: f64 = runs.iter().map(|run| (run.length_m() / options.max_spacing_m).ceil()).sum();
    if many > MOST_MARKS as f64 {
        return Err(MarkError::Many { spacing_m: options.max_spacing_m, marks: many as u64 });
    }
    // Longitudes of runs continue beyond ±180°.
    let height = |at: Coord| basis.heights.and_then(|height| height(wrapped(at)));
    let basis = &MarkBasis { heights: basis.heights.map(|_| &height as HeightAt<'_>), ..*basis };
    let mut warnings = Vec::new();
    let standing = number::standing(basis.existing, &mut warnings)?;
    let beside = Beside::new(&runs, basis, &standing.places, options, &mut warnings);
    let mut placed = Placed { marks: Vec::new(), fixed: Vec::new(), known: FxHashMap::default() };
    let mut chains: Vec<Vec<(usize, f64)>> = Vec::new();
    for (number, run) in runs.iter().enumerate() {
        let stations = place::stations(run, number, &beside, basis, options);
        let chain = stations.into_iter().map(|station| {
            let chainage_m = station.chainage_m;
            (placed.add(run, station, basis, options), chainage_m)
        });
        chains.push(chain.collect());
    }
    let Placed { mut marks, fixed, .. } = placed;
    let sectors: Vec<usize> = sectors(&runs, &chains, marks.len());
    number::number(&mut marks, &fixed, &chains, &sectors, &standing, options.numbering);
    let (legs, lines) = legs(&runs, &chains, &marks, basis, options);
    let report = MarkReport {
        numbering: options.numbering,
        turn_deg: options.turn_deg,
        max_spacing_m: options.max_spacing_m,
        lines,
        marks,
        legs,
        measured: None,
    };
    Ok(Answer::new(report, Provenance::of(contents.iter().flat_map(Content::metas)), warnings))
}

impl MarkReport {
    /// Compares what was measured with what is planned, by number.
    ///
    /// # Method
    /// A measured place is the mark of its `number`, else of its id; of a pair, `12 left` and `12 right`. Outliers are residuals
    /// greater than three times 1.4826 times the median residual, of five or more.
    pub fn compare(&mut self, places: &[Place]) {
        self.measured = Some(measured::compare(&self.marks, places));
    }
}

/// Marks on their way, each once.
struct Placed {
    marks: Vec<Mark>,
    /// The number of each that has one.
    fixed: Vec<Option<String>>,
    known: FxHashMap<[u64; 2], usize>,
}

impl Placed {
    fn add(&mut self, run: &MeasuredRun<'_>, station: Station, basis: &MarkBasis<'_>, options: &MarkOptions) -> usize {
        let at = station.position;
        if let Some(&known) = self.known.get(&key(at)) {
            let mark = &mut self.marks[known];
            mark.kind = mark.kind.max(station.kind);
            return known;
        }
        let post =
            |side: f64| station.river.map(|half_m| run.beside(station.edge, at, side * (half_m + options.setback_m)));
        self.marks.push(Mark {
            number: String::new(),
            kind: station.kind,
            why: station.why.join("; "),
            line: run.id.to_owned(),
            chainage_m: station.chainage_m,
            position: wrapped(at).into(),
            left: run.left.map(str::to_owned),
            right: run.right.map(str::to_owned),
            left_post: station.posts.map(|posts| posts[0]).or_else(|| post(1.0)),
            right_post: station.posts.map(|posts| posts[1]).or_else(|| post(-1.0)),
            height_m: basis.heights.and_then(|height| height(at)),
            existing: station.fixed.is_some(),
        });
        self.fixed.push(station.fixed);
        self.known.insert(key(at), self.marks.len() - 1);
        self.marks.len() - 1
    }
}

/// The number of the line, from 1, to which each mark belongs: runs of one line are one.
fn sectors(runs: &[MeasuredRun<'_>], chains: &[Vec<(usize, f64)>], marks: usize) -> Vec<usize> {
    let mut sectors = vec![0; marks];
    for (run, chain) in runs.iter().zip(chains).rev() {
        chain.iter().for_each(|(mark, _)| sectors[*mark] = run.line + 1);
    }
    sectors
}

fn legs(
    runs: &[MeasuredRun<'_>],
    chains: &[Vec<(usize, f64)>],
    marks: &[Mark],
    basis: &MarkBasis<'_>,
    options: &MarkOptions,
) -> (Vec<MarkLeg>, Vec<MarkedLine>) {
    let (mut legs, mut lines) = (Vec::<MarkLeg>::new(), Vec::<MarkedLine>::new());
    for (run, chain) in runs.iter().zip(chains) {
        let first_leg = legs.len();
        let mut pairs: Vec<(usize, usize, f64)> =
            chain.windows(2).map(|pair| (pair[0].0, pair[1].0, pair[1].1 - pair[0].1)).collect();
        if let (true, Some(last)) = (run.is_ring(), chain.last()) {
            pairs.push((last.0, chain[0].0, run.length_m() + chain[0].1 - last.1));
        }
        for (from, to, path_m) in pairs {
            let [a, b] = [from, to].map(|mark| Coord::from(marks[mark].position));
            // The shorter way across ±180°.
            let b = beside(b, a);
            legs.push(MarkLeg {
                line: run.id.to_owned(),
                from: marks[from].number.clone(),
                to: marks[to].number.clone(),
                azimuth_deg: azimuth_deg(a, b),
                distance_m: distance_m(a, b),
                path_m,
                sight: basis.heights.and_then(|height| sight::sees(a, b, height, options)),
            });
        }
        let own = &legs[first_leg..];
        let longest_m = own.iter().map(|leg| leg.path_m).fold(0.0, f64::max);
        let without = basis.heights.map(|_| own.iter().filter(|leg| leg.sight == Some(false)).count());
        match lines.last_mut().filter(|last| last.line == run.id) {
            Some(last) => {
                last.length_m += run.length_m();
                last.marks += chain.len();
                last.longest_m = last.longest_m.max(longest_m);
                last.without_sight = last.without_sight.zip(without).map(|(a, b)| a + b);
            }
            None => lines.push(MarkedLine {
                line: run.id.to_owned(),
                length_m: run.length_m(),
                marks: chain.len(),
                longest_m,
                without_sight: without,
            }),
        }
    }
    (legs, lines)
}

/// What is said of a mark that is no use.
fn told(meta: &Meta, message: String) -> Warning {
    Warning { code: WarningCode::Note, message: format!("{}: {message}", meta.id), feature: Some(meta.id.clone()) }
}

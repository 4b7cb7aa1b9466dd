//! Is a feature certainly inside a territory, or does the accuracy of positions not tell?

mod against;
mod area;
mod band;
mod certain;
mod shape;

pub use band::{AccuracyTerm, MAP_ACCURACY_MM};
pub use certain::{CertainPart, CertaintyReport, LineBand, certain_areas, certain_lengths, certain_sides, line_band};

use super::pieces::LineSplitter;
use crate::model::{Answer, Content, Line, Meta, Provenance, Territory, UncertainRule, Warning, WarningCode};
use crate::topology::clean;
use against::Against;
use band::Bands;
use geo::Coord;
use rayon::prelude::*;
#[cfg(feature = "schema")]
use schemars::JsonSchema;
use serde::Serialize;
use std::borrow::Cow;

/// What `undecidable` means, for the method of an answer.
pub const UNDECIDABLE: &str = "the feature comes as near to the line as the accuracy of both times the number of sigmas, or \
     nearer (1 sigma; root of the sum of squares of what both state, of the map and of the line drawn on it; a datum \
     operation common to both cancels), or is a chain of waypoints; unknown: an accuracy is not stated and the rest does not decide";

/// What the accuracy of positions lets be said of a feature.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum DecisionVerdict {
    /// It lies on one side of every line, farther from it than the accuracy.
    Inside,
    /// It certainly reaches into several territories.
    Divided,
    /// The accuracy does not tell.
    Undecidable,
    /// An accuracy is not stated, and the rest does not decide.
    Unknown,
}

impl DecisionVerdict {
    /// Its word in answers.
    pub const fn word(self) -> &'static str {
        match self {
            DecisionVerdict::Inside => "inside",
            DecisionVerdict::Divided => "divided",
            DecisionVerdict::Undecidable => "undecidable",
            DecisionVerdict::Unknown => "unknown",
        }
    }
}

/// A part of a line, or of the outline of an area, that is certain or not.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
pub struct DecidedLength {
    /// Ids of the territories that hold it, joined by ` + `; none where nobody does, or where it is undecidable.
    pub territory: Option<String>,
    /// Whether it is certain.
    pub certain: bool,
    /// Its ellipsoidal length in metres.
    pub length_m: f64,
}

/// What is decided of a feature.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
pub struct Decision {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: Option<String>,
    /// `point`, `line` or `area`.
    pub shape: &'static str,
    /// What can be said.
    pub verdict: DecisionVerdict,
    /// Ids of the territories in which its positions lie as they are given, joined by ` + `, several by `, `; none where
    /// nobody holds the land.
    pub territory: Option<String>,
    /// Ids of the territories that it may lie in or not, being near their lines, in alphabetical order.
    pub open: Vec<String>,
    /// Ellipsoidal distance in metres from the nearest line; 0 where it meets one.
    pub distance_m: Option<f64>,
    /// The accuracy in metres (1 sigma) of the feature and the line together, as far as it is stated.
    pub accuracy_m: f64,
    /// How it was obtained.
    pub formula: String,
    /// Whether both accuracies are stated: if not, the band may be wider.
    #[serde(skip)]
    pub complete: bool,
    /// The distance in metres up to which nothing is decided.
    pub band_m: f64,
    /// The accuracy in metres (1 sigma) of both together below which the feature is decided; none where it meets the line.
    pub deciding_m: Option<f64>,
    /// The accuracy in metres (1 sigma) of the feature alone below which it is decided, all else as it is; none where
    /// nothing of the feature could decide it.
    pub own_deciding_m: Option<f64>,
    /// Of a line its length, of an area its perimeter, in metres.
    pub length_m: Option<f64>,
    /// How much of that is undecidable, in metres.
    pub undecidable_m: Option<f64>,
    /// Of that length what is certain by territory, then what is not.
    pub lengths: Vec<DecidedLength>,
    /// Its positions: of a line in stretches with their territories, certain or not.
    #[serde(skip)]
    pub drawn: Drawn,
}

/// The geometry of a decided feature.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Drawn {
    /// A point.
    Point(Coord),
    /// Stretches of a line or of the outline of an area.
    Stretches(Vec<DecidedStretch>),
}

/// A stretch that is certain, or not.
#[derive(Debug, Clone, PartialEq)]
pub struct DecidedStretch {
    /// Ids of the territories that hold it.
    pub territory: Option<String>,
    /// Whether it is certain.
    pub certain: bool,
    /// Its course.
    pub course: Vec<Coord>,
}

/// How many features have each verdict.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
pub struct DecisionCounts {
    /// Certainly inside.
    pub inside: usize,
    /// Certainly in several territories.
    pub divided: usize,
    /// Not decidable.
    pub undecidable: usize,
    /// Not known.
    pub unknown: usize,
}

/// What the accuracy of positions decides of features.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[non_exhaustive]
pub struct DecideReport {
    /// Of how many sigmas the band is wide.
    pub sigmas: f64,
    /// What was added for the map: its accuracy, and half the width of the line drawn on it.
    pub map_terms: Vec<AccuracyTerm>,
    /// How many features have each verdict.
    pub counts: DecisionCounts,
    /// Feature by feature.
    pub features: Vec<Decision>,
}

/// What features are held against.
#[derive(Debug, Clone, PartialEq)]
pub enum DecideAgainst {
    /// Territories.
    Territories(Vec<Territory>),
    /// Lines with territories on their left and right.
    Lines(Vec<Line>),
}

impl DecideAgainst {
    /// The common attributes of its features, in order.
    pub fn metas(&self) -> Vec<&Meta> {
        match self {
            DecideAgainst::Territories(all) => all.iter().map(|territory| &territory.meta).collect(),
            DecideAgainst::Lines(all) => all.iter().map(|line| &line.meta).collect(),
        }
    }
}

/// What else is known of features and lines.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct DecideOptions {
    /// Accuracy of positions in metres (1 sigma) of what states none: of the feature, of the line, or of both together.
    pub accuracy_m: Option<f64>,
    /// Denominator of the scale of the map that the line is taken from.
    pub scale: Option<u32>,
    /// Accuracy of that map in millimetres of its paper.
    pub map_accuracy_mm: f64,
    /// Width in millimetres of the line drawn on the map.
    pub line_width_mm: Option<f64>,
    /// Of how many sigmas the band is wide.
    pub sigmas: f64,
    /// Languages of names, best first.
    pub languages: Vec<String>,
}

impl Default for DecideOptions {
    /// What the data state, one sigma, no map.
    fn default() -> Self {
        DecideOptions {
            accuracy_m: None,
            scale: None,
            map_accuracy_mm: MAP_ACCURACY_MM,
            line_width_mm: None,
            sigmas: 1.0,
            languages: Vec::new(),
        }
    }
}

/// Returns, feature by feature, whether it is certainly inside a territory or the accuracy of positions does not tell.
///
/// # Earth and units
/// WGS 84; metres of geodesics on its ellipsoid.
///
/// # Method
/// The accuracy of a feature against a line is the root of the sum of squares of what both state, of datum operations that
/// they do not share, of the map (its accuracy in millimetres times the scale) and of the line drawn on it (half its width,
/// evenly distributed: divided by √3; JCGM 100:2008, 4.3.7). A point is undecidable within so many sigmas of an outline.
/// Lines, and outlines of areas, are cut where they meet outlines and where they come within that distance; a line is
/// inside where all of it is certain in one territory, divided where parts of it are certain in several. An area is inside
/// where its outline is, and no line runs within it; it is divided where its land beyond the bands has several holders. The definition is that of [`UNCERTAIN`](super::UNCERTAIN).
///
/// # Guarantees
/// Without errors the answer is the exact one; a smaller accuracy never changes what is decided.
///
/// # Limitations and cost
/// Beyond the ends of a line nothing tells its sides: that is undecidable. Near-linear.
///
/// # Examples
/// ```
/// # use merestone::{geo::{Rect, coord}, model::{InvalidGeometry, Territory}};
/// # let square = |id: &str, west: f64| {
/// #     Territory::new(id, [Rect::new(coord! { x: west, y: 45.0 }, coord! { x: west + 1.0, y: 46.0 }).to_polygon()])
/// # };
/// use merestone::model::{Content, Place};
/// use merestone::question::{DecideAgainst, DecideOptions, DecisionVerdict, decide};
/// let against = DecideAgainst::Territories(vec![square("a", 10.0)?, square("b", 11.0)?]);
/// let hut = Place::new("hut", coord! { x: 10.999, y: 45.5 })?; // 78.2 m from the line
/// let mut options = DecideOptions::default();
/// options.accuracy_m = Some(50.0);
/// let ask = |options: &DecideOptions| decide(&[Content::Places(vec![hut.clone()])], &against, options).report.features[0].verdict;
/// assert_eq!(ask(&options), DecisionVerdict::Inside);
/// options.scale = Some(200_000); // 0.5 mm of it are 100 m
/// assert_eq!(ask(&options), DecisionVerdict::Undecidable);
/// # Ok::<(), InvalidGeometry>(())
/// ```
pub fn decide(contents: &[Content], against: &DecideAgainst, options: &DecideOptions) -> Answer<DecideReport> {
    let provenance = Provenance::of(contents.iter().flat_map(Content::metas).chain(against.metas()));
    let provenance = Provenance { uncertain: Some(UncertainRule::Verdict), ..provenance };
    let bands = Bands::new(options);
    let (against, mut warnings) = match against {
        DecideAgainst::Territories(all) => {
            let cleaned = clean(all);
            let territories = cleaned.territories.into_iter().map(Cow::into_owned).collect();
            (Cow::Owned(DecideAgainst::Territories(territories)), cleaned.warnings)
        }
        DecideAgainst::Lines(_) => (Cow::Borrowed(against), Vec::new()),
    };
    let splitter = match &*against {
        DecideAgainst::Territories(all) => Some(LineSplitter::new(all)),
        DecideAgainst::Lines(_) => None,
    };
    let against = Against::new(&against, splitter.as_ref(), &bands);
    let all: Vec<(&Meta, shape::Shape<'_>)> = contents.iter().flat_map(shape::shapes).collect();
    let features: Vec<Decision> =
        all.par_iter().map(|(meta, shape)| shape::decided(meta, shape, &against, options)).collect();
    let mut counts = DecisionCounts::default();
    for feature in &features {
        *match feature.verdict {
            DecisionVerdict::Inside => &mut counts.inside,
            DecisionVerdict::Divided => &mut counts.divided,
            DecisionVerdict::Undecidable => &mut counts.undecidable,
            DecisionVerdict::Unknown => &mut counts.unknown,
        } += 1;
    }
    if counts.unknown > 0 {
        let message = format!("the accuracy of {} features, or of the lines by them, is not stated", counts.unknown);
        warnings.push(Warning { code: WarningCode::Uncertain, message, feature: None });
    }
    let report = DecideReport { sigmas: options.sigmas, map_terms: bands.map_terms(), counts, features };
    Answer::new(report, provenance, warnings)
}

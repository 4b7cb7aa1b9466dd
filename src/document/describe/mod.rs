//! Builds the syntax tree of a description from the geometry of a line.

mod class;
mod context;
mod course;
mod follow;
mod heading;
mod leg;
mod line;
mod marks;
mod met;
mod number;
mod place;
#[cfg(feature = "plates")]
mod references;
mod sector;
mod uncertain;
mod water;

pub use context::DescriptionContext;
pub use heading::Compass;
pub use line::{DescribeError, DescriptionLine};
#[cfg(feature = "plates")]
pub(in crate::document) use references::{Reference, references};

use crate::document::description::{
    Authority, BearingReference, Conventions, Decimal, Description, DescriptionSource, LengthKind, LengthUnit, Rule,
    StatedLength, StraightEdge, Total, WindCount, Words,
};
use crate::document::{Course, TurningPoint};
use crate::earth::area_error_m2;
use crate::model::{Answer, EdgeModel, Edges, Place, Provenance, Warning, WarningCode};
use crate::topology::wrapped;
use course::{Path, Sides};
use geo::{Coord, LineString, Polygon};
use number::{Rounding, hectares};
#[cfg(feature = "schema")]
use schemars::JsonSchema;
use sector::Writer;
use serde::Serialize;

/// Assumed accuracy in metres of lines that state none.
const USUAL_ACCURACY_M: f64 = 5.0;

/// Options of a description.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct DescribeOptions {
    /// Tolerance in metres of the simplification whose kept vertices are the turning points; `None`: all vertices.
    pub simplify_m: Option<f64>,
    /// Marks whose nearest vertices are the turning points.
    pub marks: Option<Vec<Place>>,
    /// Style of directions.
    pub compass: Compass,
    /// Whether legs along rivers state a general direction in addition to the stream.
    pub river_directions: bool,
    /// Kilometres or metres.
    pub unit: LengthUnit,
    /// Decimals of lengths; `None`: by the accuracy of the line.
    pub decimals: Option<u8>,
    /// Scale denominator of the source: half a millimetre at that scale is the least tolerance.
    pub scale: Option<u32>,
    /// Greatest number of ties of a point.
    pub ties: usize,
    /// Greatest length of a tie in metres.
    pub tie_reach_m: f64,
    /// Distance from the line in metres within which places are named as left on one side.
    pub leave_m: f64,
    /// Order of precedence of documents, the strongest first; not stated if empty.
    pub precedence: Vec<Authority>,
    /// The number of the first point.
    pub first_number: u32,
    /// Whether a separate treaty of the three states determines tripoints.
    pub tripoint_by_treaty: bool,
}

impl Default for DescribeOptions {
    /// All vertices, 16 winds, kilometres, three ties within 3 km, places within 500 m.
    fn default() -> Self {
        DescribeOptions {
            simplify_m: None,
            marks: None,
            compass: Compass::Winds(WindCount::Sixteen),
            river_directions: false,
            unit: LengthUnit::Kilometre,
            decimals: None,
            scale: None,
            ties: 3,
            tie_reach_m: 3000.0,
            leave_m: 500.0,
            precedence: Vec::new(),
            first_number: 1,
            tripoint_by_treaty: true,
        }
    }
}

/// The description of a line, and the numbers on which it is based.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[non_exhaustive]
pub struct DescriptionReport {
    /// Codes of the languages of the text.
    pub languages: Vec<String>,
    /// The syntax tree of the text.
    pub description: Description,
    /// The legs in order.
    pub legs: Vec<DescribedLeg>,
    /// Length of the line in metres, not rounded.
    pub length_m: f64,
    /// Metres along rivers.
    pub river_m: f64,
    /// Area enclosed by a ring in m².
    pub area_m2: Option<f64>,
    /// Accuracy of the line in metres, if stated.
    pub accuracy_m: Option<f64>,
    /// Tolerance in metres within which the line follows a river, road, ridge or edge.
    pub tolerance_m: f64,
    /// The text of each statement, by language, in the order of the tree.
    pub paragraphs: Vec<Words>,
    /// All points of the annexed catalogue.
    #[serde(skip)]
    pub courses: Vec<Course>,
}

/// A leg and its numbers.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[non_exhaustive]
pub struct DescribedLeg {
    /// Number of the sector, from 1.
    pub sector: usize,
    /// The point where it starts.
    pub from: String,
    /// The point where it ends.
    pub to: String,
    /// The features that it follows, part by part.
    pub follow: String,
    /// Length along the line in metres, not rounded.
    pub length_m: f64,
    /// Geodesic distance between its ends in metres.
    pub chord_m: f64,
    /// Azimuth of the geodesic between its ends in degrees; none between equal positions.
    pub azimuth_deg: Option<f64>,
    /// The length stated in the text, in metres.
    pub stated_length_m: f64,
    /// The wind stated in the text.
    pub wind: Option<String>,
    /// Whether the accuracy of its ends leaves the stated direction undecided.
    pub direction_uncertain: bool,
    /// Its vertices (lon, lat in degrees).
    #[serde(skip)]
    pub course: Vec<Coord>,
}

/// Describes a line, sector by sector.
///
/// # Earth and units
/// WGS 84; positions (lon, lat) in degrees. Lengths are measured along the edges of the stated kind, azimuths and ties
/// are those of geodesics.
///
/// # Method
/// A leg follows a river or road if it does so on nine tenths of its length, or a ridge or edge on eight tenths, within
/// a tolerance of 1.5 times the accuracy of the line, or half a millimetre at the scale of the source if that is more.
/// Otherwise it is straight, or mixed of up to three parts of at least a fifth each, or cut. A stretch must be at least
/// three tolerances long, so that features merely crossed are not followed. A way whose positions are less accurate than
/// the tolerance is not followed; it is crossed on a leg if it passes from one side to the other, from farther than twice
/// the error of both to farther than that, and all edges between belong to the leg. Otherwise a rule says that the place
/// is undetermined. The positions of rivers must be in downstream order. Straight legs state the direction of the geodesic between their ends; others a general direction,
/// if the path is at most 1.5 times its chord and its halves differ by at most 90°. Lengths are rounded once, half away
/// from zero; totals are those of unrounded lengths. A thalweg is stated only if the source of the river states it.
///
/// # Errors
/// [`DescribeError`] for lines without length or without territories on both sides, and for marks too far from the
/// line.
///
/// # Examples
/// ```
/// use merestone::document::{DescribeOptions, DescriptionContext, DescriptionLine, describe};
/// use merestone::document::description::Words;
/// use merestone::geo::coord;
///
/// let mut line = DescriptionLine::new("line", vec![coord! { x: 10.0, y: 45.0 }, coord! { x: 10.0, y: 45.01 }]);
/// (line.left, line.right) = (Some(Words::of("en", "Westland")), Some(Words::of("en", "Eastland")));
/// let report = describe(&[line], &DescriptionContext::default(), &DescribeOptions::default())?.report;
/// let leg = &report.legs[0];
/// assert_eq!((leg.wind.as_deref(), leg.stated_length_m), (Some("N"), 1110.0)); // 1111.4 m by GeographicLib
/// # Ok::<(), merestone::document::DescribeError>(())
/// ```
pub fn describe(
    lines: &[DescriptionLine],
    context: &DescriptionContext,
    options: &DescribeOptions,
) -> Result<Answer<DescriptionReport>, DescribeError> {
    let edges = lines.first().map_or(Edges::Lonlat, |line| line.edges);
    let lines = line::ordered(line::valid(lines.to_vec())?);
    let mut warnings = Vec::new();
    let accuracy_m = lines.iter().filter_map(|line| line.accuracy_m).reduce(f64::max);
    let known_m = accuracy_m.unwrap_or(USUAL_ACCURACY_M);
    let by_scale = options.scale.map_or(0.0, |scale| f64::from(scale) * 0.0005);
    let tolerance_m = (1.5 * known_m).max(by_scale).max(0.01);
    let paths: Vec<Path> = lines.iter().map(|line| Path::new(line.points.clone(), line.edges)).collect();
    let sides = Sides::new(&paths);
    let margin_m = options.tie_reach_m.max(options.leave_m).max(3.0 * tolerance_m) * 1.05;
    let around = context::Around::new(context, follow::bounds(&paths, margin_m), tolerance_m);
    let rounding = Rounding::new(options.unit, accuracy_m, options.decimals);
    let mut writer = Writer::new(&lines, &paths, &sides, &around, context, options, rounding, tolerance_m, known_m);
    for sector in 0..lines.len() {
        writer.sector(sector)?;
    }
    writer.undetermined(&mut warnings);
    let written = writer.finish(&mut warnings);
    if accuracy_m.is_none() {
        let message = format!("the line states no accuracy of its positions: {USUAL_ACCURACY_M} m is assumed");
        warnings.push(Warning { code: WarningCode::Note, message, feature: None });
    }
    let length_m: f64 = paths.iter().map(Path::length_m).sum();
    let area_m2 = ring_area_m2(&lines);
    let totals = totals(&written, &lines, rounding, length_m, area_m2, accuracy_m);
    let parties = parties(&lines);
    let mut rules = vec![Rule::LineAndSurface];
    if written.names_banks {
        rules.push(Rule::BanksDownstream);
    }
    if !options.precedence.is_empty() {
        rules.push(Rule::Precedence(options.precedence.clone()));
    }
    rules.extend(written.undetermined.iter().map(|one| Rule::Undetermined(Box::new(one.clone()))));
    let description = Description {
        parties,
        conventions: conventions(&lines, options, accuracy_m),
        sources: sources(&lines),
        rules,
        sections: written.sections,
        totals,
        catalogue: written.catalogue,
        ..Description::default()
    };
    let report = DescriptionReport {
        languages: Vec::new(),
        description,
        legs: written.legs,
        length_m,
        river_m: written.river_m,
        area_m2,
        accuracy_m,
        tolerance_m,
        paragraphs: Vec::new(),
        courses: written.courses,
    };
    let provenance = Provenance {
        edges: EdgeModel::Kind(edges),
        tolerance_m: Some(tolerance_m),
        position_accuracy_m: accuracy_m,
        ..Provenance::default()
    };
    Ok(Answer::new(report, provenance, warnings))
}

/// The territories on both sides, in the order of their codes.
fn parties(lines: &[DescriptionLine]) -> Vec<Words> {
    let both = |line: &DescriptionLine| {
        let code = |i: usize| line.territory_ids.get(i).cloned().unwrap_or_default();
        [(code(0), line.left.clone()), (code(1), line.right.clone())]
    };
    let mut parties: Vec<(String, Words)> =
        lines.iter().flat_map(both).filter_map(|(code, name)| Some((code, name?))).collect();
    parties.sort();
    parties.dedup();
    parties.into_iter().map(|(_, name)| name).collect()
}

fn ring_area_m2(lines: &[DescriptionLine]) -> Option<f64> {
    let [ring] = lines else { return None };
    (ring.points.len() > 3 && ring.points.first() == ring.points.last())
        .then(|| crate::earth::ring_area_as(&ring.points, ring.edges).abs())
}

fn conventions(lines: &[DescriptionLine], options: &DescribeOptions, accuracy_m: Option<f64>) -> Conventions {
    let edges = lines.first().map_or(Edges::Lonlat, |line| line.edges);
    let is_one = lines.iter().all(|line| line.edges == edges);
    let edge = match edges {
        Edges::Lonlat => StraightEdge::Lonlat,
        Edges::Geodesic => StraightEdge::Geodesic,
        Edges::Rhumb => StraightEdge::Rhumb,
    };
    let metres = |m: f64| {
        let decimals = if m < 1.0 { 2 } else { 0 };
        StatedLength { value: Decimal::rounded(m, decimals), unit: LengthUnit::Metre, kind: None, approx: false }
    };
    Conventions {
        winds: match options.compass {
            Compass::Winds(winds) => Some(winds),
            Compass::Degrees => None,
        },
        unit: Some(options.unit),
        north: Some(BearingReference::True),
        datum: Some("WGS 84".to_owned()),
        edge: Some(edge).filter(|_| is_one),
        accuracy: accuracy_m.map(metres),
    }
}

fn sources(lines: &[DescriptionLine]) -> Vec<DescriptionSource> {
    let mut out: Vec<DescriptionSource> = Vec::new();
    for line in lines {
        let Some(source) = &line.source else { continue };
        let source = DescriptionSource { name: Words::of("en", source.clone()), date: line.date.clone() };
        if !out.contains(&source) {
            out.push(source);
        }
    }
    out
}

fn totals(
    written: &sector::Written,
    lines: &[DescriptionLine],
    rounding: Rounding,
    length_m: f64,
    area_m2: Option<f64>,
    accuracy_m: Option<f64>,
) -> Vec<Total> {
    let mut totals = Vec::new();
    let whole = rounding.along(length_m);
    match area_m2 {
        Some(area_m2) => {
            let ring = Polygon::new(LineString(lines[0].points.clone()), Vec::new());
            let error = accuracy_m.map(|accuracy| area_error_m2(&[ring], accuracy));
            totals.extend([Total::Area(hectares(area_m2, error)), Total::Perimeter(whole.clone())]);
        }
        None => totals.push(Total::Length(whole.clone())),
    }
    // Rounded to the last digit of the total: a sum with other digits is a different number.
    let sum = rounding.length(written.printed_m, LengthKind::Along, false);
    if sum != whole {
        totals.push(Total::SumOfLegs(sum));
    }
    if written.river_m > 0.0 {
        totals.push(Total::Rivers(rounding.along(written.river_m)));
    }
    if written.lake_m > 0.0 {
        totals.push(Total::Lakes(rounding.along(written.lake_m)));
    }
    let land_m = length_m - written.river_m - written.lake_m;
    if written.river_m + written.lake_m > 0.0 && land_m > 0.5 {
        totals.push(Total::Land(rounding.along(land_m)));
    }
    totals.push(Total::Points(Decimal::rounded(written.points as f64, 0)));
    totals
}

/// A point of the annexed catalogue.
fn turning_point(position: Coord, number: String) -> TurningPoint {
    TurningPoint {
        position: wrapped(position),
        number: Some(number),
        name: None,
        height_m: None,
        source: None,
        given: None,
    }
}

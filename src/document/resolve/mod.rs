//! Which position of a point prevails where text, coordinates, map and marks differ.

mod rules;
mod sources;

pub use sources::{MapLine, ResolveSources};

use super::description::Authority;
use crate::earth::{Operation, azimuth_deg, distance_m};
use crate::model::{Answer, EdgeModel, Provenance, Warning, WarningCode};
use crate::topology::wrapped;
use geo::Coord;
#[cfg(feature = "schema")]
use schemars::JsonSchema;
use serde::Serialize;
use sources::{Statement, StatementsByPoint};
use thiserror::Error;

/// The position that prevails, point by point.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[non_exhaustive]
pub struct ResolveReport {
    /// The order of precedence that was asked for, the strongest first.
    pub precedence: Vec<Authority>,
    /// The order that the text itself states, if it states one.
    pub precedence_of_text: Option<Vec<Authority>>,
    /// The points, in the order of the documents.
    pub points: Vec<ResolvedPoint>,
    /// Positions that do not prevail.
    pub rejected: Vec<RejectedPosition>,
    /// Documents that state no position of a point.
    pub silent: Vec<SilentDocument>,
    /// Points by the document that prevails.
    pub counts: Vec<PrevailingCount>,
}

/// A point and its position.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
pub struct ResolvedPoint {
    /// Its number or letter.
    pub point: String,
    /// The document that prevails; null if none states a position.
    pub prevails: Option<Authority>,
    /// Longitude and latitude in degrees.
    pub position: Option<[f64; 2]>,
    /// Where that document states it.
    pub stated: Option<String>,
    /// Number of documents that state a position.
    pub documents: usize,
    /// Greatest distance in metres of a position that does not prevail; null if there is none.
    pub greatest_m: Option<f64>,
    /// Why this document prevails.
    pub rule: String,
}

/// A position that does not prevail.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
pub struct RejectedPosition {
    /// The point.
    pub point: String,
    /// The document.
    pub document: Authority,
    /// Longitude and latitude in degrees.
    pub position: [f64; 2],
    /// Where the document states it.
    pub stated: String,
    /// Distance in metres from the position that prevails.
    pub distance_m: f64,
    /// Azimuth in degrees from the position that prevails; null if they are one.
    pub azimuth_deg: Option<f64>,
    /// Why it does not prevail.
    pub rule: String,
}

/// A document that states no position of a point.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
pub struct SilentDocument {
    /// The point.
    pub point: String,
    /// The document.
    pub document: Authority,
    /// Why it states none.
    pub why: String,
}

/// Number of points whose position is that of a document.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
pub struct PrevailingCount {
    /// The document; null where none states a position.
    pub prevails: Option<Authority>,
    /// Number of points.
    pub points: usize,
}

/// Options of [`resolve`].
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct ResolveOptions {
    /// The order of precedence, the strongest first: asked for, never assumed.
    pub precedence: Vec<Authority>,
    /// The operation for positions that a text states in Pulkovo 1942.
    pub operation: Operation,
}

/// Documents that cannot be put in an order.
#[derive(Debug, Clone, PartialEq, Error)]
#[non_exhaustive]
pub enum ResolveError {
    /// There is no order of precedence.
    #[error("no order of precedence is given{}", of_text.as_ref().map_or_else(String::new, |order| format!("; the text states {}", listed(order))))]
    NoPrecedence {
        /// The order that the text states.
        of_text: Option<Vec<Authority>>,
    },
    /// A document stands twice in the order.
    #[error("{} stands twice in the order of precedence", .0.word())]
    TwiceInOrder(Authority),
    /// A document is given and has no place in the order.
    #[error("{} are given and have no place in the order of precedence", .0.word())]
    NotInOrder(Authority),
    /// Fewer than two documents are given.
    #[error("{0} documents are given: there is nothing to resolve")]
    TooFew(usize),
    /// A document states two positions of one point.
    #[error("{document}: point {point} has two positions, {distance_m:.2} m apart: {first} and {second}", document = document.word())]
    TwoPositions {
        /// The document.
        document: Authority,
        /// The point.
        point: String,
        /// Where the first is stated.
        first: String,
        /// Where the second is stated.
        second: String,
        /// Their distance in metres.
        distance_m: f64,
    },
    /// No document names a point.
    #[error("no document names a point by a number or letter")]
    NoPoints,
}

/// An order of precedence in words.
fn listed(order: &[Authority]) -> String {
    order.iter().map(|authority| authority.word()).collect::<Vec<_>>().join(", ")
}

/// Returns, point by point, the position that prevails under an order of precedence, and by how much the others differ.
///
/// For whether a text agrees with its line see [`audit`](super::audit::audit()).
///
/// # Earth and units
/// WGS 84 (lon, lat in degrees); metres and azimuths of geodesics.
///
/// # Method
/// A point is the same in two documents if it has the same number or letter. Of each point the first document in the order
/// that states a position prevails, and the next ones are rejected, with their distance and azimuth from it. Nothing is
/// averaged, adjusted or derived: a text gives a position only where it states coordinates, not where it states lengths,
/// directions or objects. A map gives the numbered points that it has; of a line without numbers, the position on it nearest to
/// that of the strongest other document: a line fixes where it runs, not where on it a point lies.
///
/// # Errors
/// [`ResolveError`].
///
/// # Examples
/// ```
/// use merestone::document::description::Authority;
/// use merestone::document::{Course, ResolveOptions, ResolveSources, TurningPoint, resolve};
/// use merestone::geo::coord;
/// use merestone::model::Place;
/// let point = |number: &str, lat: f64| TurningPoint {
///     position: coord! { x: 10.0, y: lat }, number: Some(number.into()), name: None, height_m: None, source: None, given: None,
/// };
/// let mut sources = ResolveSources::default();
/// sources.coordinates = Some(vec![Course { id: "line".into(), points: vec![point("1", 45.0), point("2", 45.1)] }]);
/// sources.marks = Some(vec![Place::new("2", coord! { x: 10.0, y: 45.1001 })?]);
/// let mut options = ResolveOptions::default();
/// options.precedence = vec![Authority::Marks, Authority::Coordinates];
/// let report = resolve(&sources, &options)?.report;
/// assert_eq!(report.points[0].prevails, Some(Authority::Coordinates)); // there is no mark 1
/// assert_eq!(report.points[1].prevails, Some(Authority::Marks));
/// assert!((report.rejected[0].distance_m - 11.11).abs() < 0.01);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn resolve(sources: &ResolveSources, options: &ResolveOptions) -> Result<Answer<ResolveReport>, ResolveError> {
    let of_text = sources.precedence_of_text();
    let order = &options.precedence;
    if order.is_empty() {
        return Err(ResolveError::NoPrecedence { of_text });
    }
    if let Some((_, twice)) = order.iter().enumerate().find(|(at, one)| order[..*at].contains(one)) {
        return Err(ResolveError::TwiceInOrder(*twice));
    }
    let given = sources.given();
    if let Some(document) = given.iter().find(|document| !order.contains(document)) {
        return Err(ResolveError::NotInOrder(*document));
    }
    if given.len() < 2 {
        return Err(ResolveError::TooFew(given.len()));
    }
    let gathered = StatementsByPoint::of(sources, &options.operation)?;
    if gathered.points.is_empty() {
        return Err(ResolveError::NoPoints);
    }
    let ruling = of_text.as_deref().filter(|stated| rules::agree(stated, order));
    let mut report = ResolveReport {
        precedence: order.clone(),
        precedence_of_text: of_text.clone(),
        points: Vec::with_capacity(gathered.points.len()),
        rejected: Vec::new(),
        silent: Vec::new(),
        counts: Vec::new(),
    };
    for point in &gathered.points {
        let statements = statements(point, order, sources, &gathered, &mut report.silent);
        enter(point, &statements, order, ruling, &mut report);
    }
    let documents = order.iter().copied().map(Some).chain([None]);
    let count = |of: Option<Authority>| report.points.iter().filter(|point| point.prevails == of).count();
    report.counts = documents.map(|prevails| PrevailingCount { prevails, points: count(prevails) }).collect();
    let mut warnings = gathered.warnings;
    if let Some(stated) = of_text.as_deref().filter(|stated| !rules::agree(stated, order)) {
        let message = format!("the text states the order {}; asked for is {}", listed(stated), listed(order));
        warnings.push(Warning { code: WarningCode::Note, message, feature: None });
    }
    let provenance = Provenance { edges: EdgeModel::GeodesicByPosition, ..Provenance::default() };
    Ok(Answer::new(report, provenance, warnings))
}

/// The positions of a point, in the order of precedence; documents without one are listed.
fn statements(
    point: &str,
    order: &[Authority],
    sources: &ResolveSources,
    gathered: &StatementsByPoint,
    silent: &mut Vec<SilentDocument>,
) -> Vec<(Authority, Statement)> {
    let own = |document: &Authority| gathered.of_point(*document, point);
    let mut out = Vec::new();
    for document in order {
        let found = match own(document) {
            Err(_) if *document == Authority::Map && sources.map.is_some() => {
                // The line alone: where the strongest other document says that the point lies.
                let mut others = order.iter().filter(|other| **other != Authority::Map);
                let by = others.find_map(|other| Some((other, own(other).ok()?)));
                gathered.on_the_line(point, by.map(|(other, statement)| (*other, statement)))
            }
            found => found,
        };
        match found {
            Ok(statement) => out.push((*document, statement)),
            Err(why) => silent.push(SilentDocument { point: point.to_owned(), document: *document, why }),
        }
    }
    out
}

fn enter(
    point: &str,
    statements: &[(Authority, Statement)],
    order: &[Authority],
    ruling: Option<&[Authority]>,
    report: &mut ResolveReport,
) {
    let at = |position: Coord| -> [f64; 2] { wrapped(position).into() };
    let Some(((prevails, first), rest)) = statements.split_first() else {
        report.points.push(ResolvedPoint {
            point: point.to_owned(),
            prevails: None,
            position: None,
            stated: None,
            documents: 0,
            greatest_m: None,
            rule: "no document states a position".to_owned(),
        });
        return;
    };
    let mut greatest_m: Option<f64> = None;
    for (document, statement) in rest {
        let far_m =
            if first.position == statement.position { 0.0 } else { distance_m(first.position, statement.position) };
        greatest_m = Some(greatest_m.map_or(far_m, |most| most.max(far_m)));
        report.rejected.push(RejectedPosition {
            point: point.to_owned(),
            document: *document,
            position: at(statement.position),
            stated: statement.stated.clone(),
            distance_m: far_m,
            azimuth_deg: (far_m > 0.0).then(|| azimuth_deg(first.position, statement.position)),
            rule: rules::over(*prevails, *document, ruling),
        });
    }
    report.points.push(ResolvedPoint {
        point: point.to_owned(),
        prevails: Some(*prevails),
        position: Some(at(first.position)),
        stated: Some(first.stated.clone()),
        documents: statements.len(),
        greatest_m,
        rule: rules::of_point(*prevails, order, statements.len(), ruling),
    });
}

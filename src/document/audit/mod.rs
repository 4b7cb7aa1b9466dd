//! Tests the text of a description against the geometry of its line, and for consistency.
//!
//! Every statement gets a verdict and the rule by which it was tested. Statements that cannot be tested are listed,
//! with the reason.

mod against;
mod annex;
mod bearing;
mod ground;
mod languages;
mod leg;
mod order;
mod repair;
mod sector;
mod side;
mod stated;
mod tie;
mod traverse;
mod whole;

pub use repair::RepairProposal;

use super::Course;
use super::description::{Conventions, WindCount};
use super::parse::{ClauseKind, ParsedClause, ParsedText};
use crate::model::{Answer, EdgeModel, Edges, Provenance};
use against::Against;
use geo::Coord;
use ground::MeasuredLine;
use rustc_hash::FxHashSet;
#[cfg(feature = "schema")]
use schemars::JsonSchema;
use serde::Serialize;
use stated::StatedLeg;

/// The result of testing a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// It agrees, within half a unit of its last digit.
    Agree,
    /// It agrees within the accuracy of the data, or is one unit off.
    Rounding,
    /// The data are insufficient to decide; the rule states why.
    Undecidable,
    /// It does not agree.
    Contradict,
    /// There are no data to test it against; the rule states which are missing.
    NotTested,
}

impl Verdict {
    /// The verdict on a value that is off by so much: within half a unit of its last digit, within the tolerance, or beyond.
    pub(crate) fn of(off: f64, half_unit: f64, tolerance: f64) -> Self {
        match () {
            () if off <= half_unit => Verdict::Agree,
            () if off <= tolerance => Verdict::Rounding,
            () => Verdict::Contradict,
        }
    }
}

/// A statement and its verdict.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
pub struct AuditResult {
    /// The file of the text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Number of the clause in its text, from 1.
    pub clause: usize,
    /// Byte range of the statement in the text: first byte, and byte after the last.
    pub span: [usize; 2],
    /// Start of the leg.
    pub point_from: Option<String>,
    /// End of the leg.
    pub point_to: Option<String>,
    /// What is tested (`clause`: nothing, because the clause is not understood): `length`, `chord`, `wind`, `bearing`, `stream`, `side`, `tie`, `mark`, `order`, `via`, `closure`,
    /// `area`, `total`, `catalogue` (a value of the annexed catalogue), `language`.
    pub field: String,
    /// The verdict.
    pub verdict: Verdict,
    /// What the text states.
    pub stated: String,
    /// The value computed from the data.
    pub expected: String,
    /// The tolerance, in metres, degrees or square metres.
    pub tolerance: Option<f64>,
    /// The rule, and the reason.
    pub rule: String,
    /// Its position: the midpoint of the leg, or the point.
    #[serde(skip)]
    pub place: Option<Coord>,
}

/// Number of statements by verdict.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
pub struct AuditTotals {
    /// Statements that agree.
    pub agree: usize,
    /// Statements that agree within the accuracy of the data.
    pub rounding: usize,
    /// Statements for which the data are insufficient.
    pub undecidable: usize,
    /// Statements that do not agree.
    pub contradict: usize,
    /// Statements that were not tested.
    pub not_tested: usize,
}

/// The report of an audit.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[non_exhaustive]
pub struct AuditReport {
    /// The verdicts in the order of the clauses.
    pub results: Vec<AuditResult>,
    /// Their totals.
    pub totals: AuditTotals,
    /// The wind rose used.
    pub winds: Option<WindCount>,
    /// Readings that would resolve a contradiction or restore a damaged number; none is applied.
    pub repairs: Vec<RepairProposal>,
}

/// An object against which ties and sides are tested.
#[derive(Debug, Clone, PartialEq)]
pub struct AuditPlace {
    /// Its names.
    pub names: Vec<String>,
    /// Its kind, as the data call it.
    pub kind: Option<String>,
    /// Longitude and latitude in degrees.
    pub position: Coord,
}

/// A line, or a sector of one.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct AuditLine {
    /// Its points with their numbers, where a catalogue gives them.
    pub course: Course,
    /// The kind of edges between consecutive points, if known; by default that stated in the text, else geodesics.
    pub edges: Option<Edges>,
    /// The territory on its left, and other names of it.
    pub left: Vec<String>,
    /// The territory on its right, and other names of it.
    pub right: Vec<String>,
}

impl AuditLine {
    /// A line known only by its points.
    pub fn new(course: Course) -> Self {
        AuditLine { course, edges: None, left: Vec::new(), right: Vec::new() }
    }

    /// The reversed line, with its sides exchanged.
    fn turned(&self) -> Self {
        let mut turned = self.clone();
        turned.course.points.reverse();
        std::mem::swap(&mut turned.left, &mut turned.right);
        turned
    }
}

/// The data against which a text is tested.
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct AuditGround {
    /// The line, sector by sector.
    pub lines: Vec<AuditLine>,
    /// Objects that the text may name.
    pub places: Vec<AuditPlace>,
    /// Rivers, each downstream.
    pub rivers: Vec<Vec<Coord>>,
}

/// Options of an audit.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct AuditOptions {
    /// Accuracy of the positions in metres.
    pub accuracy_m: f64,
    /// Share by which the length of a winding line may differ, since it depends on the scale of its survey.
    pub generalisation: f64,
    /// Whether to propose readings for contradictions.
    pub repair: bool,
}

impl Default for AuditOptions {
    /// Positions as given, 2 % for winding lines, no proposals.
    fn default() -> Self {
        AuditOptions { accuracy_m: 0.0, generalisation: 0.02, repair: false }
    }
}

/// Tests texts against a line and against each other.
///
/// # Earth and units
/// Positions: WGS 84 (lon, lat in degrees). Lengths are measured along the edges between consecutive points, azimuths
/// are those of geodesics on the WGS 84 ellipsoid between the ends of a leg.
///
/// # Method
/// The legs of a section are tested against the sector of the line, and in the direction, that best fits their lengths
/// and directions. A point is matched by its number, else by its order in the text, else by lengths and directions.
///
/// # Examples
/// ```
/// use merestone::document::audit::{AuditGround, AuditOptions, Verdict, audit};
/// use merestone::document::parse::{ParseOptions, parse};
/// let text = "From point 1 the boundary runs south-east for 1.00 km to point 2. From point 2 it runs north for 1.00 km to point 4.";
/// let read = parse(text, &ParseOptions::default())?;
/// let report = audit(&[read], &AuditGround::default(), &AuditOptions::default()).report;
/// assert_eq!(report.totals.contradict, 0); // nothing to test against, and no gap
/// # Ok::<(), merestone::document::parse::NoDescription>(())
/// ```
pub fn audit(texts: &[ParsedText], against: &AuditGround, options: &AuditOptions) -> Answer<AuditReport> {
    let mut report = AuditReport::default();
    let known = Against::new(against);
    // Each line in both directions.
    let lines: Vec<[AuditLine; 2]> = against.lines.iter().map(|line| [line.clone(), line.turned()]).collect();
    for text in texts {
        let mut results = Vec::new();
        let mut annex = annex::Annex::of(text);
        let places = annex.places();
        // Columns in several languages describe one line each.
        for language in &text.languages {
            let mut all = stated::legs(text);
            all.retain(|leg| leg.clause.language == *language);
            let mut measured = whole::Measured::default();
            for (range, line) in sector::assigned(text, &all, &lines, &places, options) {
                let legs = &all[range];
                // Of several directions that with the fewest contradictions.
                let faced: Vec<_> = match line.is_empty() {
                    true => vec![(None, None)],
                    false => line.into_iter().map(|(line, ground)| (Some(line), Some(ground))).collect(),
                };
                let heard = faced.into_iter().map(|(line, ground)| {
                    let (against, contradicted) = (&known, FxHashSet::default());
                    let mut court =
                        AuditRun { text, against, line, options, ground, legs, results: Vec::new(), contradicted };
                    let winds = bearing::rose(&court);
                    court.hear(winds);
                    (court, winds)
                });
                let count = |court: &AuditRun<'_>| {
                    court.results.iter().filter(|result| result.verdict == Verdict::Contradict).count()
                };
                let Some((mut court, winds)) = heard.min_by_key(|(court, _)| count(court)) else { continue };
                report.winds = report.winds.or(winds);
                annex.locate(&court);
                measured.add(&court);
                results.append(&mut court.results);
            }
            whole::totals(text, language, &all, &measured, options, &mut results);
            if options.repair {
                report.repairs.extend(repair::of_legs(text, &all));
            }
        }
        annex.test(text, options, &mut results);
        if options.repair {
            report.repairs.extend(repair::of_fields(text));
        }
        results.extend(text.clauses.iter().filter(|clause| clause.kind == ClauseKind::Text).map(not_understood(text)));
        results.sort_by_key(|result| (result.clause, result.span[0]));
        report.results.append(&mut results);
    }
    report.results.extend(languages::languages(texts));
    for result in &report.results {
        let count = match result.verdict {
            Verdict::Agree => &mut report.totals.agree,
            Verdict::Rounding => &mut report.totals.rounding,
            Verdict::Undecidable => &mut report.totals.undecidable,
            Verdict::Contradict => &mut report.totals.contradict,
            Verdict::NotTested => &mut report.totals.not_tested,
        };
        *count += 1;
    }
    let provenance = Provenance { edges: EdgeModel::GeodesicByPoint, ..Provenance::default() };
    Answer::new(report, provenance.within(options.accuracy_m), Vec::new())
}

impl AuditReport {
    /// Number of clauses that match no rule of the parser.
    pub fn not_understood(&self) -> usize {
        self.results.iter().filter(|result| result.field == NOT_UNDERSTOOD).count()
    }

    /// Whether no statement could be tested or found untestable.
    pub fn is_empty(&self) -> bool {
        self.results.len() == self.not_understood()
    }
}

/// The field of a clause that matches no rule of the parser.
const NOT_UNDERSTOOD: &str = "clause";
/// Greatest number of characters shown of it.
const MOST_SHOWN: usize = 60;

/// The result for a clause that matches no rule of the parser.
fn not_understood(text: &ParsedText) -> impl Fn(&ParsedClause) -> AuditResult + '_ {
    |clause| {
        let mut stated: String = clause.text.split_whitespace().collect::<Vec<_>>().join(" ");
        if let Some((end, _)) = stated.char_indices().nth(MOST_SHOWN) {
            stated.truncate(end);
            stated.push('…');
        }
        AuditResult {
            text: text.path.clone(),
            clause: clause.clause,
            span: clause.span,
            point_from: None,
            point_to: None,
            field: NOT_UNDERSTOOD.to_owned(),
            verdict: Verdict::NotTested,
            stated,
            expected: String::new(),
            tolerance: None,
            rule: "no rule understands these words".to_owned(),
            place: None,
        }
    }
}

/// An audit in progress: a text and its data.
struct AuditRun<'a> {
    text: &'a ParsedText,
    against: &'a Against<'a>,
    /// The sector of the legs, in their direction.
    line: Option<&'a AuditLine>,
    options: &'a AuditOptions,
    ground: Option<MeasuredLine<'a>>,
    legs: &'a [StatedLeg<'a>],
    results: Vec<AuditResult>,
    /// Clauses of which something contradicts its data.
    contradicted: FxHashSet<usize>,
}

/// The result of one test.
struct Finding {
    verdict: Verdict,
    stated: String,
    expected: String,
    tolerance: Option<f64>,
    rule: String,
}

impl Finding {
    fn not_tested(stated: impl Into<String>, why: impl Into<String>) -> Self {
        Finding {
            verdict: Verdict::NotTested,
            stated: stated.into(),
            expected: String::new(),
            tolerance: None,
            rule: why.into(),
        }
    }
}

impl AuditResult {
    /// The verdict on a statement outside the legs.
    fn of(text: &ParsedText, clause: &ParsedClause, span: [usize; 2], field: &str, finding: Finding) -> Self {
        AuditResult {
            text: text.path.clone(),
            clause: clause.clause,
            span,
            point_from: None,
            point_to: None,
            field: field.to_owned(),
            verdict: finding.verdict,
            stated: finding.stated,
            expected: finding.expected,
            tolerance: finding.tolerance,
            rule: finding.rule,
            place: None,
        }
    }
}

impl AuditRun<'_> {
    fn conventions(&self) -> &Conventions {
        &self.text.description.conventions
    }

    /// Tests every statement.
    fn hear(&mut self, winds: Option<WindCount>) {
        for at in 0..self.legs.len() {
            self.marks(at);
            self.length(at);
            self.directions(at, winds);
            self.streams(at);
            self.sides(at);
            self.ties(at, winds);
            self.vias(at);
        }
        self.tied_points(winds);
        self.order();
        self.closure();
    }

    /// Records a finding on a field of a leg.
    fn enter(&mut self, at: usize, field: &str, of: &[&str], nth: usize, finding: Finding) {
        let leg = &self.legs[at];
        let fields = leg.clause.fields.iter().filter(|known| of.contains(&known.field.as_str()));
        let span =
            fields.clone().nth(nth).or_else(|| fields.clone().next_back()).map_or(leg.clause.span, |field| field.span);
        let place = self.ground.as_ref().and_then(|ground| ground.place(leg));
        if finding.verdict == Verdict::Contradict {
            self.contradicted.insert(leg.clause.clause);
        }
        self.results.push(AuditResult {
            text: self.text.path.clone(),
            clause: leg.clause.clause,
            span,
            point_from: leg.from.clone(),
            point_to: leg.to.clone(),
            field: field.to_owned(),
            verdict: finding.verdict,
            stated: finding.stated,
            expected: finding.expected,
            tolerance: finding.tolerance,
            rule: finding.rule,
            place,
        });
    }

    /// Whether a finding on a leg is already a contradiction.
    fn contradicted(&self, at: usize) -> bool {
        self.contradicted.contains(&self.legs[at].clause.clause)
    }
}

//! Tests the annexed catalogue of coordinates: positions against the line, points against the text, azimuths and
//! distances against the positions.

use super::ground::Places;
use super::{AuditOptions, AuditResult, AuditRun, Finding, Verdict};
use crate::document::description::{StatedAngle, StatedCoordinate};
use crate::document::parse::{AnnexRow, ParsedClause, ParsedText, annexed, plain_metres as metric};
use crate::document::stating::turned_deg;
use crate::earth::{Axis, Dms, LocalPlane, azimuth_deg, distance_m};
use geo::Coord;
use rustc_hash::{FxHashMap, FxHashSet};

/// Allowance for numerical error, in metres.
const EXACT_M: f64 = 1e-4;
/// Allowance for numerical error, in degrees.
const EXACT_DEG: f64 = 1e-8;

/// The annexed catalogue of a text.
pub(super) struct Annex<'a> {
    rows: Vec<AnnexRow<'a>>,
    /// The points of the line with the numbers of the rows.
    on_line: Vec<Option<Coord>>,
    /// Whether there is a line.
    has_line: bool,
    /// Numbers of the points at which legs begin and end.
    named: FxHashSet<String>,
    /// Whether every leg says between which points it runs.
    complete: bool,
}

/// A position as stated, with half a unit of its last digits in metres.
#[derive(Clone, Copy)]
struct Stated {
    at: Coord,
    rounding_m: f64,
}

impl Stated {
    fn of([(latitude, _), (longitude, _)]: &[(StatedCoordinate, &ParsedClause); 2]) -> Self {
        let at = Coord { x: longitude.value_deg(), y: latitude.value_deg() };
        let half = Coord { x: longitude.angle.half_unit_deg(), y: latitude.angle.half_unit_deg() };
        let half = LocalPlane::at(at).to_m(at + half);
        Stated { at, rounding_m: half.x.hypot(half.y) }
    }
}

impl<'a> Annex<'a> {
    pub fn of(text: &'a ParsedText) -> Self {
        let rows = annexed(text);
        let on_line = vec![None; rows.len()];
        Annex { rows, on_line, has_line: false, named: FxHashSet::default(), complete: true }
    }

    /// The stated positions by the numbers of their points.
    pub fn places(&self) -> Places {
        let place = |row: &AnnexRow<'_>| {
            let stated = Stated::of(&row.position);
            (row.point.0.to_owned(), (stated.at, stated.rounding_m))
        };
        self.rows.iter().map(place).collect()
    }

    /// Finds the rows on the line of some legs.
    pub fn locate(&mut self, court: &AuditRun<'_>) {
        for leg in court.legs {
            self.complete &= leg.from.is_some() && leg.to.is_some();
            self.named.extend([&leg.from, &leg.to].into_iter().flatten().filter(|name| *name != "start").cloned());
        }
        let Some(ground) = &court.ground else { return };
        self.has_line = true;
        for (row, found) in self.rows.iter().zip(&mut self.on_line) {
            *found = found.or_else(|| ground.position(row.point.0));
        }
    }

    /// Tests every value.
    pub fn test(&self, text: &ParsedText, options: &AuditOptions, results: &mut Vec<AuditResult>) {
        let mut add = |row: &AnnexRow<'_>, clause: &ParsedClause, field: &str, finding: Finding, place: Coord| {
            let result = AuditResult::of(text, clause, clause.span, field, finding);
            results.push(AuditResult { point_from: Some(row.point.0.to_owned()), place: Some(place), ..result });
        };
        let stated: Vec<Stated> = self.rows.iter().map(|row| Stated::of(&row.position)).collect();
        // Azimuths and distances beside a wrong position are tested from the line.
        let mut right = stated.clone();
        for (at, row) in self.rows.iter().enumerate() {
            let (clause, finding) = match self.on_line[at] {
                Some(there) => {
                    let (clause, finding) = positioned(row, stated[at], there, options.accuracy_m);
                    if finding.verdict == Verdict::Contradict {
                        right[at].at = there;
                    }
                    (clause, finding)
                }
                None => {
                    let why = if self.has_line { "the point is not on the line" } else { "no line is given" };
                    (row.position[0].1, Finding::not_tested(shown(row), why))
                }
            };
            add(row, clause, "catalogue", finding, stated[at].at);
        }
        for (row, clause, finding) in self.points(&stated) {
            add(row, clause, "mark", finding, Stated::of(&row.position).at);
        }
        for (at, row) in self.rows.iter().enumerate() {
            let Some(next) = right.get(at + 1) else { continue };
            for (clause, finding) in onward(row, right[at], *next) {
                add(row, clause, "catalogue", finding, stated[at].at);
            }
        }
    }

    /// Tests that the catalogue has each point of the text once, and no other.
    fn points(&self, stated: &[Stated]) -> Vec<(&AnnexRow<'a>, &'a ParsedClause, Finding)> {
        let mut out = Vec::new();
        let mut known: FxHashMap<&str, Coord> = FxHashMap::default();
        let listed: FxHashSet<&str> = self.rows.iter().map(|row| row.point.0).collect();
        let mut missing: Vec<&String> = self.named.iter().filter(|name| !listed.contains(name.as_str())).collect();
        missing.sort();
        let contradicts = |stated: &str, expected: String, rule: &str| Finding {
            verdict: Verdict::Contradict,
            stated: stated.to_owned(),
            expected,
            tolerance: None,
            rule: rule.to_owned(),
        };
        for (row, stated) in self.rows.iter().zip(stated) {
            let (name, clause) = row.point;
            let before = *known.entry(name).or_insert(stated.at);
            let like = missing.first().map_or(String::new(), |name| format!("{name}?"));
            if before != stated.at {
                out.push((row, clause, contradicts(name, like, "the catalogue has each point once")));
            } else if self.complete && !self.named.contains(name) && !missing.is_empty() {
                out.push((row, clause, contradicts(name, like, "every point of the catalogue is one of the text")));
            }
        }
        if let (true, Some(last), false) = (out.is_empty(), self.rows.last(), missing.is_empty()) {
            let names: Vec<&str> = missing.iter().map(|name| name.as_str()).collect();
            let finding = contradicts("", names.join(", "), "every point of the text is in the catalogue");
            out.push((last, last.point.1, finding));
        }
        out
    }
}

fn shown(row: &AnnexRow<'_>) -> String {
    row.position.iter().map(|(_, clause)| clause.text.trim()).collect::<Vec<_>>().join(" ")
}

/// Tests a position against that of the line; the finding is one on the coordinate that is farther off.
fn positioned<'a>(row: &AnnexRow<'a>, stated: Stated, there: Coord, accuracy_m: f64) -> (&'a ParsedClause, Finding) {
    let off_m = distance_m(stated.at, there);
    let tolerance = stated.rounding_m + accuracy_m;
    let verdict = match () {
        () if off_m <= stated.rounding_m + EXACT_M => Verdict::Agree,
        () if off_m <= tolerance + EXACT_M => Verdict::Rounding,
        () => Verdict::Contradict,
    };
    let apart = LocalPlane::at(there).to_m(stated.at);
    let [(latitude, above), (longitude, beside)] = &row.position;
    let (clause, degrees, axis, coordinate) = if apart.x.abs() > apart.y.abs() {
        (*beside, there.x, Axis::Longitude, longitude)
    } else {
        (*above, there.y, Axis::Latitude, latitude)
    };
    let (stated, clause) = match verdict {
        Verdict::Contradict => (clause.text.trim().to_owned(), clause),
        _ => (shown(row), *above),
    };
    let decimals = coordinate.angle.seconds.as_ref().map_or(2, |seconds| seconds.decimals().min(9) as u8);
    let expected = format!("{}, {} m away", Dms::of(degrees, decimals).written(axis), metric(off_m));
    let rule = "position of the point on the line, within half a unit and the accuracy of the positions".to_owned();
    (clause, Finding { verdict, stated, expected, tolerance: Some(tolerance), rule })
}

/// Tests azimuth and distance to the next point.
fn onward<'a>(row: &AnnexRow<'a>, from: Stated, to: Stated) -> Vec<(&'a ParsedClause, Finding)> {
    let metres = distance_m(from.at, to.at);
    let rounding_m = from.rounding_m + to.rounding_m;
    let verdict =
        |off: f64, half: f64, tolerance: f64, exact: f64| Verdict::of(off, half + exact, half + tolerance + exact);
    let mut out = Vec::new();
    if let Some((angle, clause)) = &row.azimuth {
        let azimuth = azimuth_deg(from.at, to.at).rem_euclid(360.0);
        let doubt = rounding_m.atan2(metres).to_degrees();
        let half = StatedAngle::half_unit_deg(angle);
        let verdict = verdict(turned_deg(angle.value_deg(), azimuth).abs(), half, doubt, EXACT_DEG);
        let decimals = angle.seconds.as_ref().map_or(0, |seconds| seconds.decimals().min(9) as u8);
        out.push((
            *clause,
            Finding {
                verdict,
                stated: clause.text.trim().to_owned(),
                expected: Dms::of(azimuth, decimals).written(Axis::Azimuth),
                tolerance: Some(half + doubt),
                rule: "azimuth from the position of the point to that of the next".to_owned(),
            },
        ));
    }
    if let Some((distance, clause)) = &row.distance {
        let half = distance.half_unit();
        let verdict = verdict((distance.value() - metres).abs(), half, rounding_m, EXACT_M);
        out.push((
            *clause,
            Finding {
                verdict,
                stated: format!("{} m", distance.digits()),
                expected: format!("{} m", metric(metres)),
                tolerance: Some(half + rounding_m),
                rule: "distance from the position of the point to that of the next".to_owned(),
            },
        ));
    }
    out
}

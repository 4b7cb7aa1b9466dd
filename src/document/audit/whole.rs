//! Tests totals and lengths of sectors, against the sums of the legs and against the line.

use super::leg::EXACT_M;
use super::stated::StatedLeg;
use super::{AuditOptions, AuditResult, AuditRun, Finding, Verdict};
use crate::document::description::{Decimal, Follow, StatedArea, StatedLength, Statement, Total};
use crate::document::parse::{ClauseKind, ParsedText, plain_metres as metric};
use crate::document::stating::length_doubt_m;
use crate::earth::{area_error_m2, ring_area_as};
use geo::{Coord, LineString, Polygon};
use rustc_hash::{FxHashMap, FxHashSet};

/// Lengths and areas of the line.
#[derive(Default)]
pub(super) struct Measured {
    /// The length of each leg along the line, and whether it winds, by its clause.
    legs: FxHashMap<usize, (f64, bool)>,
    /// Areas in square metres that rings enclose, with their standard errors.
    rings: Vec<(f64, f64)>,
    /// The length along the line of each leg whose stated length contradicts it, by its clause.
    wrong: FxHashMap<usize, f64>,
    /// Whether legs are missing or out of order.
    has_gaps: bool,
}

impl Measured {
    /// Adds the legs of a sector, unless one of them contradicts the line: its length is then not that of the text.
    pub fn add(&mut self, court: &AuditRun<'_>) {
        let Some(ground) = &court.ground else { return };
        if ground.closed {
            let ring: Vec<Coord> = ground.points.iter().map(|point| point.position).collect();
            let area_m2 = ring_area_as(&ring, ground.edges).abs();
            let error_m2 = area_error_m2(&[Polygon::new(LineString(ring), Vec::new())], court.options.accuracy_m);
            self.rings.push((area_m2, error_m2));
        }
        let contradicts = |field: &'static str| {
            let results = court.results.iter().filter(|result| result.verdict == Verdict::Contradict);
            results.filter(move |result| result.field == field).map(|result| result.clause)
        };
        self.has_gaps |= contradicts("order").next().is_some();
        let wrong: FxHashSet<usize> = contradicts("length").collect();
        for leg in court.legs.iter().filter(|leg| wrong.contains(&leg.clause.clause)) {
            if let Some(stretch) = ground.stretch(leg) {
                self.wrong.insert(leg.clause.clause, stretch.path_m);
            }
        }
        if !court.contradicted.is_empty() {
            return;
        }
        for leg in court.legs {
            if let Some(stretch) = ground.stretch(leg) {
                self.legs.insert(leg.clause.clause, (stretch.path_m, leg.winds()));
            }
        }
    }

    /// Tests a length against that of the line along some legs.
    fn along(&self, stated: &StatedLength, legs: &[&StatedLeg<'_>], options: &AuditOptions) -> Option<Finding> {
        let known: Option<Vec<(f64, bool)>> =
            legs.iter().map(|leg| self.legs.get(&leg.clause.clause).copied()).collect();
        let known = known.filter(|known| !known.is_empty())?;
        let sum = |all: bool| known.iter().filter(|(_, winds)| all || *winds).map(|(path, _)| path).sum::<f64>();
        let (metres, winding) = (sum(true), options.generalisation * sum(false));
        let half = stated.half_unit_m();
        let about = if stated.approx { 0.1 * stated.metres() } else { 0.0 };
        let tolerance = half + length_doubt_m(options.accuracy_m) + winding + about;
        let off = (stated.metres() - metres).abs();
        let verdict = Verdict::of(off, half + EXACT_M, tolerance + EXACT_M);
        Some(Finding {
            verdict,
            stated: format!("{} m", metric(stated.metres())),
            expected: format!("{} m", metric(metres)),
            tolerance: Some(tolerance),
            rule: "length of the line along the legs".to_owned(),
        })
    }

    /// Tests a total against the sum of its parts: exactly by their digits, else by their rounding intervals. A length
    /// that contradicts the line is found at its leg; that of the line may stand for it here.
    fn summed(&self, total: &StatedLength, legs: &[&StatedLeg<'_>]) -> Finding {
        let as_stated = self.sum(total, legs, &FxHashMap::default());
        match self.wrong.is_empty() {
            true => as_stated,
            false => looser(as_stated, self.sum(total, legs, &self.wrong)),
        }
    }

    /// Tests a total against the sum of its parts, some of them with other lengths, by their clauses.
    fn sum(&self, total: &StatedLength, legs: &[&StatedLeg<'_>], others: &FxHashMap<usize, f64>) -> Finding {
        let stated = format!("{} m", metric(total.metres()));
        let known: Vec<(f64, f64)> = legs
            .iter()
            .filter_map(|leg| {
                let length = leg.length()?;
                let path = others.get(&leg.clause.clause).copied();
                Some((path.unwrap_or_else(|| length.metres()), length.half_unit_m()))
            })
            .collect();
        let missing = legs.len() - known.len();
        if legs.is_empty() || missing > 0 {
            return Finding::not_tested(stated, format!("{missing} of {} legs state no length", legs.len()));
        }
        let sum: f64 = known.iter().map(|(metres, _)| metres).sum();
        let half: f64 = known.iter().map(|(_, half)| half).sum();
        let off = (total.metres() - sum).abs();
        let tolerance = half + total.half_unit_m();
        let verdict = Verdict::of(off, total.half_unit_m() + 1e-6, tolerance + 1e-6);
        if verdict == Verdict::Contradict && self.has_gaps {
            return Finding::not_tested(stated, "legs are missing or out of order");
        }
        let rule = format!("sum of {} stated lengths, within their rounding", known.len());
        Finding { verdict, stated, expected: format!("{} m", metric(sum)), tolerance: Some(tolerance), rule }
    }

    /// Tests the length along rivers or lakes: the sum over the legs that follow them, if no leg follows them in part.
    fn along_water(&self, total: &StatedLength, legs: &[&StatedLeg<'_>], waters: &[Follow]) -> Option<Finding> {
        let follows = |leg: &StatedLeg<'_>| {
            let parts = leg.leg.parts.iter().map(|part| part.follow.is_some_and(|follow| waters.contains(&follow)));
            let parts: Vec<bool> = parts.collect();
            (parts.contains(&true), parts.contains(&false))
        };
        let own: Vec<&StatedLeg<'_>> = legs.iter().copied().filter(|leg| follows(leg).0).collect();
        let is_mixed = own.iter().any(|leg| follows(leg).1);
        // A leg that states only a wind may follow anything.
        let is_open = legs.iter().any(|leg| leg.leg.parts.iter().all(|part| part.follow.is_none()));
        if own.is_empty() || is_mixed {
            return None;
        }
        let finding = self.summed(total, &own);
        let is_short = finding.verdict == Verdict::Contradict && is_open && total.metres() > sum_m(&own);
        Some(match is_short {
            true => Finding::not_tested(finding.stated, "some legs do not say what they follow"),
            false => finding,
        })
    }

    /// Tests an area against that of the ring.
    fn area(&self, stated: &StatedArea) -> Finding {
        let shown = format!("{} m²", metric(stated.square_metres()));
        let [(area_m2, error_m2)] = self.rings.as_slice() else {
            let why = if self.rings.is_empty() { "no ring is given" } else { "several rings are given" };
            return Finding::not_tested(shown, why);
        };
        let half = stated.half_unit_m2();
        let about = if stated.approx { 0.1 * stated.square_metres() } else { 0.0 };
        let tolerance = half + 2.0 * error_m2 + about;
        let off = (stated.square_metres() - area_m2).abs();
        let verdict = Verdict::of(off, half * (1.0 + 1e-9), tolerance);
        let rule = "the area that the ring encloses, within half a unit and two standard errors of it".to_owned();
        Finding { verdict, stated: shown, expected: format!("{area_m2:.1} m²"), tolerance: Some(tolerance), rule }
    }
}

/// Tests stated totals: those of a section against its own legs, others against all; and the lengths in the headings of
/// sectors.
pub(super) fn totals(
    text: &ParsedText,
    language: &str,
    legs: &[StatedLeg<'_>],
    measured: &Measured,
    options: &AuditOptions,
    results: &mut Vec<AuditResult>,
) {
    sectors(text, language, legs, measured, options, results);
    let clauses = text.clauses.iter().filter(|clause| clause.kind == ClauseKind::Totals);
    for clause in clauses.filter(|clause| clause.language == language) {
        let [section, place] = clause.place;
        let statement = text.description.sections.get(section).and_then(|section| section.statements.get(place));
        let (totals, is_whole) = match statement {
            Some(Statement::Totals(totals)) => (totals, false),
            // Totals of the whole are outside the sections.
            _ => (&text.description.totals, true),
        };
        let has_own = !is_whole && legs.iter().any(|leg| leg.clause.place[0] == section);
        let own = legs.iter().filter(|leg| !has_own || leg.clause.place[0] == section);
        let own: Vec<&StatedLeg<'_>> = own.collect();
        for (nth, total) in totals.iter().enumerate() {
            let (name, finding) = match total {
                Total::Length(total) | Total::Perimeter(total) => {
                    ("total-length", stricter(measured.summed(total, &own), measured.along(total, &own, options)))
                }
                Total::SumOfLegs(total) => ("total-sum", measured.summed(total, &own)),
                Total::Points(count) => ("total-points", counted(count, &own)),
                Total::Area(area) => ("total-area", measured.area(area)),
                Total::Rivers(rivers) => {
                    // Legs along a bank are counted, or not.
                    let waters = [Follow::River, Follow::Meander, Follow::Canal, Follow::Bank];
                    let all = [&waters[..], &waters[..3]].map(|waters| measured.along_water(rivers, &own, waters));
                    match all.into_iter().flatten().reduce(looser) {
                        Some(finding) => ("total-rivers", finding),
                        None => continue,
                    }
                }
                Total::Lakes(lakes) => match measured.along_water(lakes, &own, &[Follow::Lake]) {
                    Some(finding) => ("total-lakes", finding),
                    None => continue,
                },
                Total::Land(land) => match on_land(land, totals) {
                    Some(finding) => ("total-land", finding),
                    None => continue,
                },
                _ => continue,
            };
            let fields = clause.fields.iter().filter(|field| field.field == name || field.field == "total-length");
            let span = fields.clone().find(|field| field.field == name).or(fields.clone().nth(nth));
            let kind = if name == "total-area" { "area" } else { "total" };
            let span = span.map_or(clause.span, |field| field.span);
            results.push(AuditResult::of(text, clause, span, kind, finding));
        }
    }
}

/// Tests the lengths in the headings of sectors.
fn sectors(
    text: &ParsedText,
    language: &str,
    legs: &[StatedLeg<'_>],
    measured: &Measured,
    options: &AuditOptions,
    results: &mut Vec<AuditResult>,
) {
    for clause in text.clauses.iter().filter(|clause| clause.kind == ClauseKind::Heading) {
        let section = clause.place[0];
        let Some(field) = clause.fields.iter().find(|field| field.field == "section-length") else { continue };
        let Some(stated) = text.description.sections.get(section).and_then(|section| section.length.as_ref()) else {
            continue;
        };
        let own: Vec<&StatedLeg<'_>> = legs.iter().filter(|leg| leg.clause.place[0] == section).collect();
        // A heading in several languages is one statement.
        if own.is_empty() || text.languages.first().is_some_and(|first| first != language) {
            continue;
        }
        let finding = stricter(measured.summed(stated, &own), measured.along(stated, &own, options));
        results.push(AuditResult::of(text, clause, field.span, "total", finding));
    }
}

fn rank(finding: &Finding) -> usize {
    match finding.verdict {
        Verdict::Contradict => 0,
        Verdict::Rounding => 1,
        Verdict::Undecidable => 2,
        Verdict::Agree => 3,
        Verdict::NotTested => 4,
    }
}

/// Of two readings of one statement the one that it passes better.
fn looser(one: Finding, other: Finding) -> Finding {
    if rank(&one) % 4 >= rank(&other) % 4 { one } else { other }
}

/// Of two tests of one statement the one that it passes less well.
fn stricter(sum: Finding, line: Option<Finding>) -> Finding {
    match line {
        Some(line) if rank(&line) <= rank(&sum) => line,
        Some(line) if line.verdict == Verdict::Agree && sum.verdict == Verdict::Rounding => line,
        _ => sum,
    }
}

/// Tests the length on land: that of the line without its rivers and lakes.
fn on_land(land: &StatedLength, totals: &[Total]) -> Option<Finding> {
    let mut whole = None;
    let mut water: Vec<&StatedLength> = Vec::new();
    for total in totals {
        match total {
            Total::Length(length) | Total::Perimeter(length) => whole = Some(length),
            Total::Rivers(length) | Total::Lakes(length) => water.push(length),
            _ => {}
        }
    }
    let whole = whole.filter(|_| !water.is_empty())?;
    let metres = whole.metres() - water.iter().map(|length| length.metres()).sum::<f64>();
    let tolerance = [land, whole].into_iter().chain(water).map(StatedLength::half_unit_m).sum::<f64>();
    let off = (land.metres() - metres).abs();
    let verdict = Verdict::of(off, EXACT_M, tolerance + EXACT_M);
    Some(Finding {
        verdict,
        stated: format!("{} m", metric(land.metres())),
        expected: format!("{} m", metric(metres)),
        tolerance: Some(tolerance),
        rule: "length of the line without its rivers and lakes".to_owned(),
    })
}

/// The sum of the stated lengths of legs, in metres.
fn sum_m(legs: &[&StatedLeg<'_>]) -> f64 {
    legs.iter().filter_map(|leg| leg.length()).map(StatedLength::metres).sum()
}

/// Tests a number of points against the ends of the legs.
fn counted(stated: &Decimal, legs: &[&StatedLeg<'_>]) -> Finding {
    let mut names: Vec<&String> = legs.iter().flat_map(|leg| [&leg.from, &leg.to]).flatten().collect();
    names.sort();
    names.dedup();
    if legs.is_empty() || legs.iter().any(|leg| leg.from.is_none() || leg.to.is_none()) {
        return Finding::not_tested(stated.digits(), "a leg does not say between which points it runs");
    }
    let verdict = if stated.value() == names.len() as f64 { Verdict::Agree } else { Verdict::Contradict };
    let (stated, expected) = (stated.digits().to_owned(), names.len().to_string());
    Finding { verdict, stated, expected, tolerance: None, rule: "points at which legs begin and end".to_owned() }
}

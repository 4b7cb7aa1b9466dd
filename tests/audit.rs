//! Audits of descriptions: seeded faults are located, and real documents give the correct answers.

#[path = "audit/annexed.rs"]
mod annexed;
#[path = "audit/faults.rs"]
mod faults;
#[path = "audit/languages.rs"]
mod languages;
#[path = "audit/numeric.rs"]
mod numeric;
#[path = "audit/reworded.rs"]
mod reworded;

use merestone::document::audit::{AuditGround, AuditLine, AuditOptions, AuditReport, AuditResult, Verdict, audit};
use merestone::document::parse::{ParseOptions, ParsedText, parse};
use merestone::document::{Course, TurningPoint};
use merestone::geo::Coord;

fn read(text: &str) -> ParsedText {
    parse(text, &ParseOptions::default()).unwrap_or_else(|error| panic!("{error}: {text}"))
}

/// A line of numbered points; longitude first.
fn course(points: &[(&str, f64, f64)]) -> Course {
    let point = |(number, lon, lat): &(&str, f64, f64)| TurningPoint {
        position: Coord { x: *lon, y: *lat },
        number: Some((*number).to_owned()),
        name: None,
        height_m: None,
        source: None,
        given: None,
    };
    Course { id: "line".to_owned(), points: points.iter().map(point).collect() }
}

fn on(course: Course) -> AuditGround {
    let mut ground = AuditGround::default();
    ground.lines = vec![AuditLine::new(course)];
    ground
}

fn of<'a>(report: &'a AuditReport, field: &str) -> Vec<&'a AuditResult> {
    report.results.iter().filter(|result| result.field == field).collect()
}

fn contradictions(report: &AuditReport) -> Vec<&AuditResult> {
    report.results.iter().filter(|result| result.verdict == Verdict::Contradict).collect()
}

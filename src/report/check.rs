//! Rendering of `check` reports.

use super::{Cell, Records, Rendering, Table, properties};
use crate::io::{feature, line_geometry, point_geometry, polygon_geometry};
use crate::model::{Finding, FindingGeometry, Severity};
use crate::question::CheckReport;
use serde_json::Value;

impl Rendering for CheckReport {
    const COMMAND: &'static str = "check";

    fn tables(&self) -> Vec<Table> {
        let (errors, warnings) = (self.count(Severity::Error), self.count(Severity::Warning));
        let many = |count: usize, word: &str| format!("{count} {word}{}", if count == 1 { "" } else { "s" });
        let findings = Table {
            title: format!("{}, {}", many(errors, "error"), many(warnings, "warning")),
            columns: vec![
                "severity", "code", "file", "feature", "other", "pointer", "lon", "lat", "area_m2", "width_m", "count",
                "message",
            ],
            rows: self.findings.iter().map(row).collect(),
        };
        vec![findings]
    }

    fn records(&self) -> Vec<Records<'_>> {
        vec![Records::of("findings", &self.findings).with_columns(&FIELDS)]
    }

    fn summary(&self) -> Value {
        // Findings without a position are not features.
        let placeless = self.findings.iter().filter(|finding| matches!(finding.spot, FindingGeometry::Nowhere));
        serde_json::to_value(placeless.collect::<Vec<_>>()).unwrap_or_default()
    }

    fn features(&self) -> Vec<Value> {
        let drawn = |(number, finding): (usize, &Finding)| {
            let geometry = match &finding.spot {
                FindingGeometry::Nowhere => return None,
                FindingGeometry::At(at) => point_geometry(*at),
                FindingGeometry::Lines(lines) => line_geometry(lines),
                FindingGeometry::Land(land) => polygon_geometry(land),
            };
            Some(feature(Some(format!("finding/{}", number + 1)), geometry, properties(finding)))
        };
        self.findings.iter().enumerate().filter_map(drawn).collect()
    }
}

/// Columns of the table of findings if it has no rows.
const FIELDS: [&str; 9] = ["file", "feature", "other", "pointer", "lon", "lat", "code", "severity", "message"];

fn row(finding: &Finding) -> Vec<Cell> {
    let measure = finding.measure.unwrap_or_default();
    let [lon, lat] = finding.position.map_or([None, None], |position| position.map(Some));
    vec![
        Cell::text(finding.severity.word()),
        Cell::text(finding.code.word()),
        Cell::text(&finding.file),
        Cell::maybe(finding.feature.as_deref()),
        Cell::maybe(finding.other.as_deref()),
        Cell::maybe(finding.pointer.as_deref()),
        Cell::number(lon, 6),
        Cell::number(lat, 6),
        Cell::number(measure.area_m2, 1),
        Cell::number(measure.width_m, 1),
        Cell::number(measure.count.map(|count| count as f64), 0),
        Cell::text(&finding.message),
    ]
}

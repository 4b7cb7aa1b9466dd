//! Rendering of `evidence` reports.

use super::{Cell, Records, Rendering, Table};
use crate::io::{feature, line_geometry};
use crate::question::EvidenceReport;
use serde_json::Value;

/// Placeholder for a missing source.
const NO_SOURCE: &str = "(no source)";

impl Rendering for EvidenceReport {
    const COMMAND: &'static str = "evidence";

    fn tables(&self) -> Vec<Table> {
        let count = |n: usize| Cell::number(n as f64, 0);
        let share = |share: f64| Cell::number(share, 3);
        let in_source = self.rows.iter().any(|row| row.status_in_source.is_some());
        let rows = self.rows.iter().map(|row| {
            let mut cells = vec![
                Cell::text(row.source.as_deref().unwrap_or(NO_SOURCE)),
                Cell::text(row.class.word()),
                Cell::text(row.status),
            ];
            cells.extend(in_source.then(|| Cell::maybe(row.status_in_source.as_deref())));
            cells.extend([
                Cell::number(row.position_accuracy_m, 0),
                Cell::maybe(row.date.as_deref()),
                count(row.stretches),
                Cell::metres(row.length_m),
                share(row.share),
            ]);
            cells
        });
        let mut columns = vec!["source", "class", "status"];
        columns.extend(in_source.then_some("status_in_source"));
        columns.extend(["position_accuracy_m", "date", "stretches", "length_m", "share"]);
        let by_source = Table { title: "By source".into(), columns, rows: rows.collect() };
        let rows = self
            .classes
            .iter()
            .map(|c| vec![Cell::text(c.class.word()), count(c.stretches), Cell::metres(c.length_m), share(c.share)])
            .chain([
                vec![Cell::text("agreed"), Cell::Empty, Cell::metres(self.agreed_m), share(self.agreed_share)],
                vec![Cell::text("all"), count(self.stretches), Cell::metres(self.length_m), share(1.0)],
            ]);
        let by_class = Table {
            title: "By kind of source, and what could be called agreed".into(),
            columns: vec!["class", "stretches", "length_m", "share"],
            rows: rows.collect(),
        };
        let mut tables = vec![by_source, by_class];
        if !self.without_source.is_empty() {
            let rows = self.without_source.iter().map(|s| {
                vec![
                    Cell::text(&s.id),
                    Cell::metres(s.length_m),
                    Cell::number(s.position[0], 5),
                    Cell::number(s.position[1], 5),
                ]
            });
            let columns = vec!["id", "length_m", "lon", "lat"];
            tables.push(Table { title: "Without a source".into(), columns, rows: rows.collect() });
        }
        if !self.flagged.is_empty() {
            let rows = self.flagged.iter().map(|s| {
                vec![
                    Cell::text(&s.id),
                    Cell::text(&s.flag),
                    Cell::text(&s.value),
                    Cell::metres(s.length_m),
                    Cell::number(s.position[0], 5),
                    Cell::number(s.position[1], 5),
                ]
            });
            let columns = vec!["id", "flag", "value", "length_m", "lon", "lat"];
            tables.push(Table { title: "Marked as disputed or to be repaired".into(), columns, rows: rows.collect() });
        }
        tables
    }

    fn records(&self) -> Vec<Records<'_>> {
        vec![
            Records::of("sources", &self.rows),
            Records::of("classes", &self.classes),
            Records::of("without_source", &self.without_source),
            Records::of("flagged", &self.flagged),
        ]
    }

    fn features(&self) -> Vec<Value> {
        let stretch = |(row, id, runs): &(usize, String, Vec<Vec<geo::Coord>>)| {
            let mut properties = super::properties(&self.rows[*row]);
            for total in ["stretches", "share"] {
                properties.remove(total);
            }
            let length_m: f64 = runs.iter().map(|run| crate::earth::line_length_m(run)).sum();
            properties.insert("length_m".into(), length_m.into());
            feature(Some(id.clone()), line_geometry(runs), properties)
        };
        self.courses.iter().map(stretch).collect()
    }
}

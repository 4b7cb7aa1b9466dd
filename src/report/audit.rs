//! Rendering of audits.

use super::{Cell, Records, Rendering, Table, rounded};
use crate::document::audit::{AuditReport, AuditResult, Verdict};
use crate::io::feature;
use serde_json::Value;

impl Rendering for AuditReport {
    const COMMAND: &'static str = "audit";

    fn tables(&self) -> Vec<Table> {
        let all = [vec![self.total_table()], self.result_tables(), vec![self.repair_table()]].concat();
        all.into_iter().filter(|table| !table.rows.is_empty()).collect()
    }

    fn records(&self) -> Vec<Records<'_>> {
        let columns = [
            "text",
            "clause",
            "span",
            "point_from",
            "point_to",
            "field",
            "verdict",
            "stated",
            "expected",
            "tolerance",
            "rule",
        ];
        vec![
            Records::rows("results", self.results.iter().map(super::parse::spanned).collect()).with_columns(&columns),
            Records::rows("repairs", self.repairs.iter().map(super::parse::spanned).collect())
                .with_columns(&["text", "clause", "span", "printed", "proposed", "evidence"]),
        ]
    }

    fn summary(&self) -> Value {
        super::without(self, &["results"])
    }

    /// The positions of the verdicts: midpoints of legs, and points.
    fn features(&self) -> Vec<Value> {
        let placed = self.results.iter().enumerate().filter_map(|(at, result)| Some((at, result, result.place?)));
        let one = |(at, result, place): (usize, &AuditResult, geo::Coord)| {
            feature(
                Some(format!("{}/{}", result.clause, at + 1)),
                rounded::point([place.x, place.y]),
                super::parse::spanned(result),
            )
        };
        placed.map(one).collect()
    }
}

impl AuditReport {
    fn total_table(&self) -> Table {
        let totals = [
            ("agree", self.totals.agree),
            ("rounding", self.totals.rounding),
            ("undecidable", self.totals.undecidable),
            ("contradict", self.totals.contradict),
            ("not-tested", self.totals.not_tested),
        ];
        let rows = totals.map(|(word, count)| vec![Cell::text(word), Cell::number(count as f64, 0)]).to_vec();
        Table { title: "Verdicts".to_owned(), columns: vec!["verdict", "statements"], rows }
    }

    /// A table for each verdict other than agreement, the most serious first: the reasons have room beside them.
    fn result_tables(&self) -> Vec<Table> {
        let verdicts = [
            (Verdict::Contradict, "Contradictions"),
            (Verdict::Undecidable, "Undecidable"),
            (Verdict::Rounding, "Agree within the accuracy of the data"),
            (Verdict::NotTested, "Not tested"),
        ];
        verdicts.map(|(verdict, title)| self.result_table(verdict, title)).into()
    }

    fn result_table(&self, verdict: Verdict, title: &str) -> Table {
        let rows = self.results.iter().filter(|result| result.verdict == verdict).map(|result| {
            let leg = match (&result.point_from, &result.point_to) {
                (Some(from), Some(to)) => Some(format!("{from}–{to}")),
                (from, to) => from.as_ref().or(to.as_ref()).cloned(),
            };
            vec![
                Cell::number(result.clause as f64, 0),
                Cell::maybe(leg.as_deref()),
                Cell::text(&result.field),
                Cell::text(&result.stated),
                Cell::text(&result.expected),
                Cell::text(&result.rule),
            ]
        });
        let columns = vec!["clause", "points", "field", "stated", "expected", "rule"];
        Table { title: title.to_owned(), columns, rows: rows.collect() }
    }

    fn repair_table(&self) -> Table {
        let rows = self.repairs.iter().map(|repair| {
            vec![
                Cell::number(repair.clause as f64, 0),
                Cell::text(&repair.printed),
                Cell::text(&repair.proposed),
                Cell::text(&repair.evidence),
            ]
        });
        let columns = vec!["clause", "printed", "proposed", "evidence"];
        Table { title: "Readings proposed, none applied".to_owned(), columns, rows: rows.collect() }
    }
}

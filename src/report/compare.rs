//! Rendering of `compare` reports.

use super::{Cell, Record, Records, Rendering, Table, rounded};
use crate::io::feature;
use crate::question::{CompareReport, CompareRun};
use serde_json::{Map, Value};

impl Rendering for CompareReport {
    const COMMAND: &'static str = "compare";

    fn tables(&self) -> Vec<Table> {
        let mut tables = vec![
            self.summary(),
            runs_table("Runs of agreement and disagreement", &self.runs),
            runs_table("Every 10 km", &self.per_10_km),
        ];
        if !self.unmatched.is_empty() {
            let rows = self.unmatched.iter().map(|u| {
                vec![
                    Cell::text(u.line.word()),
                    Cell::metres(u.from_m),
                    Cell::metres(u.length_m),
                    Cell::number(u.position[0], 6),
                    Cell::number(u.position[1], 6),
                ]
            });
            tables.push(Table {
                title: "Without a counterpart".into(),
                columns: vec!["line", "from_m", "length_m", "lon", "lat"],
                rows: rows.collect(),
            });
        }
        tables
    }

    fn records(&self) -> Vec<Records<'_>> {
        let mut summary = super::properties(self);
        for list in ["runs", "per_10_km", "unmatched"] {
            summary.remove(list);
        }
        vec![
            Records::rows("summary", vec![summary]),
            Records::rows("runs", self.runs.iter().map(run_fields).collect()),
            Records::rows("per_10_km", self.per_10_km.iter().map(run_fields).collect()),
            Records::of("unmatched", &self.unmatched),
        ]
    }

    fn summary(&self) -> Value {
        super::without(self, &["runs", "worst"])
    }

    fn features(&self) -> Vec<Value> {
        let runs = self.runs.iter().enumerate().map(|(number, run)| {
            let id = format!("run/{}", number + 1);
            feature(Some(id), rounded::courses(&run.courses), run_fields(run))
        });
        let worst = Map::from_iter([
            ("what".to_owned(), Value::from("worst")),
            ("line".to_owned(), self.worst.line.word().into()),
            ("offset_m".to_owned(), self.worst.offset_m.into()),
            ("chainage_m".to_owned(), self.worst.chainage_m.into()),
        ]);
        runs.chain([feature(Some("worst".to_owned()), rounded::point(self.worst.position), worst)]).collect()
    }
}

impl CompareReport {
    fn summary(&self) -> Table {
        let row = |what: &str, value: Cell, unit: &str| vec![Cell::text(what), value, Cell::text(unit)];
        let mut rows = vec![
            row("length of a", Cell::metres(self.length_a_m), "m"),
            row("length of b", Cell::metres(self.length_b_m), "m"),
            row("Hausdorff distance", Cell::number(self.hausdorff_m, 2), "m"),
            row("Fréchet distance", Cell::number(self.frechet_m, 2), "m"),
            row("mean offset", Cell::number(self.mean_offset_m, 2), "m"),
            row("tolerance", Cell::number(self.tolerance_m, 2), "m"),
            row("share within the tolerance", Cell::number(self.agree_share, 4), ""),
            row("greatest offset", Cell::number(self.worst.offset_m, 2), "m"),
            row("  on line", Cell::text(self.worst.line.word()), ""),
            row("  at chainage", Cell::metres(self.worst.chainage_m), "m"),
            row("  longitude", Cell::number(self.worst.position[0], 6), "°"),
            row("  latitude", Cell::number(self.worst.position[1], 6), "°"),
        ];
        if let (Some(within_m), Some(within)) = (self.within_m, self.within) {
            let answer = if within { "met" } else { "not met" };
            rows.push(row(&format!("Hausdorff distance within {within_m} m"), Cell::text(answer), ""));
        }
        let title = format!("a: {} · b: {}", self.a, self.b);
        Table { title, columns: vec!["measure", "value", "unit"], rows }
    }
}

fn run_fields(run: &CompareRun) -> Record {
    let mut fields = super::properties(run);
    fields.insert("length_m".into(), (run.to_m - run.from_m).into());
    fields
}

fn runs_table(title: &str, runs: &[CompareRun]) -> Table {
    let rows = runs.iter().map(|run| {
        vec![
            Cell::text(run.line.word()),
            Cell::metres(run.from_m),
            Cell::metres(run.to_m),
            Cell::metres(run.to_m - run.from_m),
            Cell::number(run.agree_share, 3),
            Cell::number(run.mean_m, 1),
            Cell::number(run.greatest_m, 1),
        ]
    });
    Table {
        title: title.into(),
        columns: vec!["line", "from_m", "to_m", "length_m", "agree_share", "mean_m", "greatest_m"],
        rows: rows.collect(),
    }
}

//! Rendering of `decide` reports.

use super::{Cell, Records, Rendering, Table, rounded};
use crate::io::{feature, point_geometry};
use crate::question::{DecideReport, Decision, Drawn};
use serde_json::{Map, Value};

impl Rendering for DecideReport {
    const COMMAND: &'static str = "decide";

    fn tables(&self) -> Vec<Table> {
        let metres = |m: Option<f64>| Cell::measure(m, 1);
        let rows = self.features.iter().map(|d| {
            vec![
                Cell::text(&d.id),
                Cell::maybe(d.name.as_deref()),
                Cell::text(d.shape),
                Cell::text(d.verdict.word()),
                Cell::maybe(d.territory.as_deref()),
                Cell::list(&d.open),
                metres(d.distance_m),
                metres(Some(d.band_m)),
                metres(d.deciding_m),
                metres(d.own_deciding_m),
            ]
        });
        let columns = vec![
            "id",
            "name",
            "shape",
            "verdict",
            "territory",
            "open",
            "distance_m",
            "band_m",
            "deciding_m",
            "own_deciding_m",
        ];
        let mut tables = vec![Table { title: "Decisions".into(), columns, rows: rows.collect() }];
        let lengths: Vec<Vec<Cell>> = self.features.iter().flat_map(lengths).collect();
        if !lengths.is_empty() {
            let columns = vec!["id", "shape", "territory", "certain", "length_m"];
            let title = "Lengths of lines, and of outlines of areas".into();
            tables.push(Table { title, columns, rows: lengths });
        }
        let mut formulas: Vec<&str> = self.features.iter().map(|d| d.formula.as_str()).collect();
        formulas.sort_unstable();
        formulas.dedup();
        let count = |formula: &str| self.features.iter().filter(|d| d.formula == formula).count();
        let rows = formulas.into_iter().map(|f| vec![Cell::text(f), Cell::number(count(f) as f64, 0)]);
        let title = format!("Accuracy of a feature and the line together (1 sigma; the band is {} sigma)", self.sigmas);
        tables.push(Table { title, columns: vec!["formula", "features"], rows: rows.collect() });
        let counts = [
            ("inside", self.counts.inside),
            ("divided", self.counts.divided),
            ("undecidable", self.counts.undecidable),
            ("unknown", self.counts.unknown),
        ];
        let rows = counts.into_iter().map(|(word, n)| vec![Cell::text(word), Cell::number(n as f64, 0)]);
        tables.push(Table { title: "Verdicts".into(), columns: vec!["verdict", "features"], rows: rows.collect() });
        tables
    }

    fn records(&self) -> Vec<Records<'_>> {
        let lengths = self.features.iter().flat_map(|decision| {
            decision.lengths.iter().map(move |length| {
                let mut row = Map::from_iter([("id".to_owned(), Value::from(decision.id.clone()))]);
                row.extend(super::properties(length));
                row
            })
        });
        vec![
            Records::rows("features", self.features.iter().map(row).collect()),
            Records::rows("lengths", lengths.collect()),
        ]
    }

    fn summary(&self) -> Value {
        super::without(self, &["features"])
    }

    fn features(&self) -> Vec<Value> {
        self.features.iter().flat_map(drawn).collect()
    }
}

/// The scalars of a decision; its lengths are a list of their own.
fn row(decision: &Decision) -> Map<String, Value> {
    let mut row = super::properties(decision);
    row.remove("lengths");
    row
}

fn lengths(decision: &Decision) -> Vec<Vec<Cell>> {
    let one = |length: &crate::question::DecidedLength| {
        vec![
            Cell::text(&decision.id),
            Cell::text(decision.shape),
            Cell::maybe(length.territory.as_deref()),
            Cell::truth(length.certain),
            Cell::metres(length.length_m),
        ]
    };
    decision.lengths.iter().map(one).collect()
}

/// A point; a line in stretches that are certain or not.
fn drawn(decision: &Decision) -> Vec<Value> {
    match &decision.drawn {
        Drawn::Point(at) => vec![feature(Some(decision.id.clone()), point_geometry(*at), row(decision))],
        Drawn::Stretches(all) => {
            let one = |(number, stretch): (usize, &crate::question::DecidedStretch)| {
                let mut properties = row(decision);
                properties.insert("territory".into(), stretch.territory.clone().into());
                properties.insert("certain".into(), stretch.certain.into());
                properties.insert("length_m".into(), crate::earth::line_length_m(&stretch.course).into());
                properties.remove("undecidable_m");
                let id = format!("{}/{}", decision.id, number + 1);
                feature(Some(id), rounded::line(std::slice::from_ref(&stretch.course)), properties)
            };
            all.iter().filter(|stretch| stretch.course.len() > 1).enumerate().map(one).collect()
        }
    }
}

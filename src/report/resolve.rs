//! Rendering of `resolve` reports.

use super::{Cell, Records, Rendering, Table, rounded};
use crate::document::{RejectedPosition, ResolveReport, ResolvedPoint};
use crate::io::feature;
use serde_json::Value;

impl Rendering for ResolveReport {
    const COMMAND: &'static str = "resolve";

    fn tables(&self) -> Vec<Table> {
        let mut tables = vec![self.point_table()];
        if !self.rejected.is_empty() {
            tables.push(self.rejected_table());
        }
        if !self.silent.is_empty() {
            let rows = self.silent.iter().map(|silent| {
                vec![Cell::text(&silent.point), Cell::text(silent.document.word()), Cell::text(&silent.why)]
            });
            tables.push(Table {
                title: "Documents without a position".into(),
                columns: vec!["point", "document", "why"],
                rows: rows.collect(),
            });
        }
        let word = |document: Option<crate::document::description::Authority>| document.map(|document| document.word());
        let rows = self.counts.iter().filter(|count| count.points > 0 || count.prevails.is_some());
        let rows = rows.map(|count| {
            vec![Cell::text(word(count.prevails).unwrap_or("none")), Cell::number(count.points as f64, 0)]
        });
        let title = "Points by the document that prevails".into();
        tables.push(Table { title, columns: vec!["prevails", "points"], rows: rows.collect() });
        tables
    }

    fn records(&self) -> Vec<Records<'_>> {
        vec![
            Records::of("points", &self.points),
            Records::of("rejected", &self.rejected),
            Records::of("silent", &self.silent),
            Records::of("counts", &self.counts),
        ]
    }

    fn summary(&self) -> Value {
        super::without(self, &["points", "rejected"])
    }

    fn features(&self) -> Vec<Value> {
        let placed = |point: &ResolvedPoint| {
            let position = point.position?;
            let mut properties = super::properties(point);
            properties.insert("what".into(), "prevails".into());
            Some(feature(Some(point.point.clone()), rounded::point(position), properties))
        };
        let rejected = |one: &RejectedPosition| {
            let mut properties = super::properties(one);
            properties.insert("what".into(), "rejected".into());
            let id = format!("{}/{}", one.point, one.document.word());
            feature(Some(id), rounded::point(one.position), properties)
        };
        self.points.iter().filter_map(placed).chain(self.rejected.iter().map(rejected)).collect()
    }
}

impl ResolveReport {
    fn point_table(&self) -> Table {
        let rows = self.points.iter().map(|point| {
            vec![
                Cell::text(&point.point),
                Cell::text(point.prevails.map_or("none", |document| document.word())),
                Cell::number(point.position.map(|at| at[0]), 7),
                Cell::number(point.position.map(|at| at[1]), 7),
                Cell::number(point.documents as f64, 0),
                Cell::number(point.greatest_m, 2),
                Cell::maybe(point.stated.as_deref()),
                Cell::text(&point.rule),
            ]
        });
        let columns = vec!["point", "prevails", "lon", "lat", "documents", "greatest_m", "stated", "rule"];
        let order: Vec<&str> = self.precedence.iter().map(|document| document.word()).collect();
        let title = format!("Positions that prevail; order: {}", order.join(", "));
        Table { title, columns, rows: rows.collect() }
    }

    fn rejected_table(&self) -> Table {
        let rows = self.rejected.iter().map(|one| {
            vec![
                Cell::text(&one.point),
                Cell::text(one.document.word()),
                Cell::number(one.distance_m, 2),
                Cell::number(one.azimuth_deg, 1),
                Cell::number(one.position[0], 7),
                Cell::number(one.position[1], 7),
                Cell::text(&one.stated),
                Cell::text(&one.rule),
            ]
        });
        let columns = vec!["point", "document", "distance_m", "azimuth_deg", "lon", "lat", "stated", "rule"];
        Table { title: "Rejected, from the position that prevails".into(), columns, rows: rows.collect() }
    }
}

//! Rendering of `describe` reports as tables and rows. The module `paper` renders the paper itself.

use super::{Cell, Records, Rendering, Table};
use crate::document::{DescribedLeg, DescriptionReport};
use crate::earth::shortest_runs;
use crate::io::{feature, line_geometry};
use serde_json::Value;

impl Rendering for DescriptionReport {
    const COMMAND: &'static str = "describe";

    fn tables(&self) -> Vec<Table> {
        let row = |leg: &DescribedLeg| {
            vec![
                Cell::number(leg.sector as f64, 0),
                Cell::text(&leg.from),
                Cell::text(&leg.to),
                Cell::text(&leg.follow),
                Cell::text(leg.wind.clone().unwrap_or_default()),
                Cell::number(leg.azimuth_deg, 2),
                Cell::number(leg.length_m, 1),
                Cell::number(leg.chord_m, 1),
                Cell::number(leg.stated_length_m, 1),
                Cell::truth(leg.direction_uncertain),
            ]
        };
        let columns = vec![
            "sector",
            "from",
            "to",
            "follow",
            "wind",
            "azimuth_deg",
            "length_m",
            "chord_m",
            "stated_length_m",
            "direction_uncertain",
        ];
        vec![Table { title: "Legs".into(), columns, rows: self.legs.iter().map(row).collect() }]
    }

    fn records(&self) -> Vec<Records<'_>> {
        vec![Records::of("legs", &self.legs)]
    }

    /// The tree, the text and the totals.
    fn summary(&self) -> Value {
        super::without(self, &["legs"])
    }

    /// The legs as lines.
    fn features(&self) -> Vec<Value> {
        let leg = |leg: &DescribedLeg| {
            let id = format!("{}/{}–{}", leg.sector, leg.from, leg.to);
            feature(Some(id), line_geometry(&shortest_runs(&leg.course)), super::properties(leg))
        };
        self.legs.iter().map(leg).collect()
    }
}

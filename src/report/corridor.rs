//! Rendering of `corridor` reports.

use super::{Cell, Record, Records, Rendering, Table, route};
use crate::io::{feature, line_geometry};
use crate::question::{Alternative, CorridorReport, NearStretch, SharedStretch};
use serde_json::Value;

impl Rendering for CorridorReport {
    const COMMAND: &'static str = "corridor";

    fn tables(&self) -> Vec<Table> {
        let mut tables = vec![self.alternatives_table(), self.ground_table(), self.lengths_table()];
        tables.extend([self.shared_table(), self.near_table()]);
        tables.retain(|table| !table.rows.is_empty());
        tables
    }

    fn records(&self) -> Vec<Records<'_>> {
        let lengths = self.alternatives.iter().flat_map(|row| route::length_records(&row.territories)).collect();
        let of_route = |row: &Alternative, fields: Record| {
            let mut out = Record::from_iter([("route".to_owned(), Value::from(row.route.clone()))]);
            out.extend(fields);
            out
        };
        let crossings = self.alternatives.iter().flat_map(|row| {
            row.territories.crossings.iter().map(move |crossing| of_route(row, super::properties(crossing)))
        });
        let heights = self.alternatives.iter().flat_map(|row| {
            row.heights.iter().map(move |[chainage_m, height_m]| {
                let fields = [("chainage_m", *chainage_m), ("height_m", *height_m)];
                of_route(row, fields.into_iter().map(|(key, value)| (key.to_owned(), value.into())).collect())
            })
        });
        vec![
            Records::rows("alternatives", self.alternatives.iter().map(fields).collect()),
            Records::rows("lengths", lengths),
            Records::rows("crossings", crossings.collect()),
            Records::of("shared", &self.shared),
            Records::of("near_line", &self.near_line),
            Records::rows("heights", heights.collect()),
        ]
    }

    fn features(&self) -> Vec<Value> {
        let of = |row: &Alternative| {
            let runs: Vec<_> = row.territories.pieces.iter().flat_map(|piece| piece.runs.clone()).collect();
            feature(Some(row.route.clone()), line_geometry(&joined(runs)), fields(row))
        };
        self.alternatives.iter().map(of).collect()
    }
}

/// Merges runs that start at the end of the previous one.
fn joined(runs: Vec<Vec<geo::Coord>>) -> Vec<Vec<geo::Coord>> {
    let mut out: Vec<Vec<geo::Coord>> = Vec::new();
    for run in runs {
        match out.last_mut().filter(|last| last.last() == run.first()) {
            Some(last) => last.extend(&run[1..]),
            None => out.push(run),
        }
    }
    out
}

/// The figures of an alternative, without its lists.
fn fields(row: &Alternative) -> Record {
    let ratio = row.published_ratio.as_ref();
    let mut fields = Record::new();
    for (key, value) in super::properties(row) {
        if key == "heights" || key.starts_with("territories") {
            continue;
        }
        if !key.starts_with("published_ratio") {
            fields.insert(key, value);
        } else if !fields.contains_key("published_ratio_min") {
            fields.insert("published_ratio_min".to_owned(), ratio.map(|share| share.low).into());
            fields.insert("published_ratio_max".to_owned(), ratio.map(|share| share.high).into());
        }
    }
    fields
}

impl CorridorReport {
    fn alternatives_table(&self) -> Table {
        let rows = self.alternatives.iter().map(|row| {
            let counts = row.crossings;
            let text = |text: &Option<String>| Cell::text(text.as_deref().unwrap_or_default());
            let count = |number: usize| Cell::number(number as f64, 0);
            vec![
                Cell::number(row.rank.map(|rank| rank as f64), 0),
                Cell::text(&row.route),
                text(&row.mode),
                text(&row.status),
                Cell::measure(row.length_m / 1000.0, 3),
                Cell::text(row.published_length_km.as_ref().map(ToString::to_string).unwrap_or_default()),
                Cell::text(row.published_ratio.as_ref().map(route::ratio).unwrap_or_default()),
                Cell::number(100.0 * row.schematic_share, 0),
                Cell::number(row.in_enclaves_m / 1000.0, 3),
                count(counts.certain),
                count(counts.uncertain),
                count(counts.unknown),
                Cell::number(row.near_line_m / 1000.0, 3),
                Cell::number(row.shared_m / 1000.0, 3),
            ]
        });
        let title = format!(
            "Alternatives, by {}{}; near a line: within {} m; shared: within {} m of another",
            self.ranked_by,
            if self.descending { ", the greatest first" } else { "" },
            self.line_within_m,
            self.shared_within_m,
        );
        Table {
            title,
            columns: vec![
                "rank",
                "route",
                "mode",
                "status",
                "length_km",
                "published_km",
                "ratio",
                "schematic_percent",
                "in_enclaves_km",
                "certain",
                "uncertain",
                "unknown",
                "near_line_km",
                "shared_km",
            ],
            rows: rows.collect(),
        }
    }

    fn ground_table(&self) -> Table {
        let rows = self.alternatives.iter().map(|row| {
            let metres = |value: Option<f64>| Cell::number(value, 0);
            vec![
                Cell::text(&row.route),
                metres(row.lowest_m),
                metres(row.highest_m),
                metres(row.climb_m),
                metres(row.descent_m),
                Cell::number(row.steepest_percent, 1),
                Cell::number(row.settlements as f64, 0),
                Cell::number(row.population.map(|people| people as f64), 0),
                Cell::number(row.without_population as f64, 0),
            ]
        });
        let accuracy = self.height_accuracy_m.map_or(String::new(), |m| format!(", good to {m} m"));
        let heights = self
            .height_step_m
            .map_or("no heights known".to_owned(), |step| format!("heights every {step} m{accuracy}"));
        Table {
            title: format!("Ground ({heights}) and settlements within {} km", self.settlements_within_m / 1000.0),
            columns: vec![
                "route",
                "lowest_m",
                "highest_m",
                "climb_m",
                "descent_m",
                "steepest_percent",
                "settlements",
                "population",
                "without_figure",
            ],
            rows: rows.collect(),
        }
    }

    fn lengths_table(&self) -> Table {
        let reports: Vec<_> = self.alternatives.iter().map(|row| row.territories.clone()).collect();
        route::lengths_table(&reports)
    }

    fn near_table(&self) -> Table {
        let row = |stretch: &NearStretch| {
            vec![
                Cell::text(&stretch.route),
                Cell::number(stretch.from_m / 1000.0, 3),
                Cell::number(stretch.to_m / 1000.0, 3),
                Cell::measure(stretch.length_m / 1000.0, 3),
            ]
        };
        Table {
            title: format!("Stretches within {} m of a line between territories", self.line_within_m),
            columns: vec!["route", "from_km", "to_km", "length_km"],
            rows: self.near_line.iter().map(row).collect(),
        }
    }

    fn shared_table(&self) -> Table {
        let row = |stretch: &SharedStretch| {
            vec![
                Cell::text(&stretch.route),
                Cell::text(&stretch.other),
                Cell::number(stretch.from_m / 1000.0, 3),
                Cell::number(stretch.to_m / 1000.0, 3),
                Cell::measure(stretch.length_m / 1000.0, 3),
            ]
        };
        Table {
            title: "Shared stretches".into(),
            columns: vec!["route", "other", "from_km", "to_km", "length_km"],
            rows: self.shared.iter().map(row).collect(),
        }
    }
}

//! Rendering of `corridor` reports.

use super::{Cell, Record, Records, Rendering, Table, rounded, route};
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

    fn summary(&self) -> Value {
        let mut summary = super::without(self, &[]);
        // The figures of an alternative are those of its feature.
        for alternative in summary["alternatives"].as_array_mut().into_iter().flatten().filter_map(Value::as_object_mut)
        {
            alternative.retain(|key, value| matches!(key.as_str(), "route" | "territories") || value.is_array());
        }
        summary
    }

    fn features(&self) -> Vec<Value> {
        let of = |row: &Alternative| {
            let runs: Vec<_> = row
                .territories
                .pieces
                .iter()
                .flat_map(|piece| piece.runs.iter().map(|run| rounded::stretch(run)))
                .collect();
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
            let mut cells = vec![
                Cell::number(row.rank.map(|rank| rank as f64), 0),
                Cell::text(&row.route),
                text(&row.mode),
                text(&row.status),
                Cell::metres(row.length_m),
            ];
            cells.extend(Cell::published(row.published_length_km.as_ref(), 1));
            cells.extend(Cell::published(row.published_ratio.as_ref(), 3));
            cells.extend([
                Cell::number(row.schematic_share, 3),
                Cell::metres(row.in_enclaves_m),
                count(counts.certain),
                count(counts.uncertain),
                count(counts.unknown),
                Cell::metres(row.near_line_m),
                Cell::metres(row.shared_m),
            ]);
            cells
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
                "length_m",
                "published_min_km",
                "published_max_km",
                "published_ratio_min",
                "published_ratio_max",
                "schematic_share",
                "in_enclaves_m",
                "crossings_certain",
                "crossings_uncertain",
                "crossings_unknown",
                "near_line_m",
                "shared_m",
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
            title: format!("Ground ({heights}) and settlements within {} m", self.settlements_within_m),
            columns: vec![
                "route",
                "lowest_m",
                "highest_m",
                "climb_m",
                "descent_m",
                "steepest_percent",
                "settlements",
                "population",
                "without_population",
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
                Cell::metres(stretch.from_m),
                Cell::metres(stretch.to_m),
                Cell::metres(stretch.length_m),
            ]
        };
        Table {
            title: format!("Stretches within {} m of a line between territories", self.line_within_m),
            columns: vec!["route", "from_m", "to_m", "length_m"],
            rows: self.near_line.iter().map(row).collect(),
        }
    }

    fn shared_table(&self) -> Table {
        let row = |stretch: &SharedStretch| {
            vec![
                Cell::text(&stretch.route),
                Cell::text(&stretch.other),
                Cell::metres(stretch.from_m),
                Cell::metres(stretch.to_m),
                Cell::metres(stretch.length_m),
            ]
        };
        Table {
            title: "Shared stretches".into(),
            columns: vec!["route", "other", "from_m", "to_m", "length_m"],
            rows: self.shared.iter().map(row).collect(),
        }
    }
}

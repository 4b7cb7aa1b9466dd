//! Rendering of `convert` reports.

use super::{Cell, Rendering, Table};
use crate::io::{ConvertReport, feature, point_geometry};
use geo::Coord;
use serde_json::{Map, Value};

impl Rendering for ConvertReport {
    const COMMAND: &'static str = "convert";

    fn tables(&self) -> Vec<Table> {
        let steps = self.steps.iter().enumerate().map(|(number, step)| {
            vec![
                Cell::number((number + 1) as f64, 0),
                Cell::text(&step.step),
                Cell::maybe(step.parameters.as_deref()),
                match step.accuracy_m {
                    Some(0.0) => Cell::text("exact"),
                    Some(metres) => Cell::text(format!("{metres} m")),
                    None => Cell::text("unknown"),
                },
                Cell::maybe(step.area_of_use.as_deref()),
            ]
        });
        let steps = Table {
            title: format!("From {} to {}", self.from, self.to),
            columns: vec!["no", "step", "parameters", "accuracy", "area_of_use"],
            rows: steps.collect(),
        };
        let middle = self.middle.iter().map(|middle| {
            let pair = |[x, y]: [f64; 2]| {
                let decimals = if x.abs() <= 180.0 && y.abs() <= 90.0 { 8 } else { 3 };
                [Cell::number(x, decimals), Cell::number(y, decimals)]
            };
            let moved = [Cell::number(middle.moved_m, 3), Cell::number(middle.azimuth_deg, 1)];
            pair(middle.from).into_iter().chain(pair(middle.to)).chain(moved).collect()
        });
        let middle = Table {
            title: "The point in the middle, and how far the datum operation moves it".into(),
            columns: vec!["from_east", "from_north", "to_east", "to_north", "moved_m", "azimuth_deg"],
            rows: middle.collect(),
        };
        let layers = self.layers.iter().map(|layer| {
            let count = |n: usize| Cell::number(n as f64, 0);
            vec![Cell::text(&layer.name), count(layer.features), count(layer.positions)]
        });
        let layers =
            Table { title: "Layers".into(), columns: vec!["layer", "features", "positions"], rows: layers.collect() };
        let losses = Table {
            title: "What the output cannot hold".into(),
            columns: vec!["loss"],
            rows: self.losses.iter().map(|loss| vec![Cell::text(loss)]).collect(),
        };
        [steps, middle, layers, losses].into_iter().filter(|table| !table.rows.is_empty()).collect()
    }

    fn features(&self) -> Vec<Value> {
        let point = |[x, y]: [f64; 2]| {
            let properties = Map::from_iter([("what".to_owned(), Value::from("the point in the middle"))]);
            feature(Some("middle".to_owned()), point_geometry(Coord { x, y }), properties)
        };
        let geographic = |at: &[f64; 2]| at[0].abs() <= 180.0 && at[1].abs() <= 90.0;
        self.middle.iter().map(|middle| middle.to).filter(geographic).map(point).collect()
    }
}

//! Rendering of `diff` reports.

use super::{Cell, Record, Records, Rendering, Table, rounded};
use crate::io::{feature, point_geometry, polygon_geometry};
use crate::question::{
    DiffReport, Difference, DifferenceKind, DrawnDifference, DrawnGeometry, LayerCounts, Moved, Scalar,
};
use serde_json::{Value, json};

impl Rendering for DiffReport {
    const COMMAND: &'static str = "diff";

    fn tables(&self) -> Vec<Table> {
        let mut tables = vec![self.layer_table()];
        // A feature of one edition alone may be compared with all of the other.
        let is_alone = |d: &Difference| matches!(d.change, DifferenceKind::Added | DifferenceKind::Gone);
        let of_values = |d: &&Difference| d.moved.is_none() || is_alone(d);
        let rows: Vec<Vec<Cell>> = self.differences.iter().filter(of_values).map(value_row).collect();
        if !rows.is_empty() {
            let columns = vec!["layer", "id", "name", "change", "field", "old", "new"];
            tables.push(Table { title: "Added, gone, and other values".into(), columns, rows });
        }
        let moved: Vec<Vec<Cell>> =
            self.differences.iter().filter_map(|d| Some(moved_row(d, d.moved.as_ref()?))).collect();
        if !moved.is_empty() {
            let title = if moved.len() == self.differences.iter().filter(|d| d.moved.is_some() && is_alone(d)).count() {
                "Geometry that differs".into()
            } else {
                "Geometry that moved".into()
            };
            tables.push(Table { title, columns: MOVED_COLUMNS.to_vec(), rows: moved });
        }
        let land: Vec<Vec<Cell>> = self.land_rows().collect();
        if !land.is_empty() {
            let columns = vec!["layer", "from", "to", "pieces", "area_km2", "slivers", "sliver_area_m2"];
            tables.push(Table { title: "Land that passes".into(), columns, rows: land });
        }
        tables
    }

    fn records(&self) -> Vec<Records<'_>> {
        let pieces = self.land.iter().flat_map(|land| {
            land.pieces.iter().map(|piece| with_layer(land.layer.as_deref(), super::properties(piece)))
        });
        let pairs = self
            .land
            .iter()
            .flat_map(|land| land.pairs.iter().map(|pair| with_layer(land.layer.as_deref(), super::properties(pair))));
        let differences = Records::on_demand("differences", self.differences.len(), |at| record(&self.differences[at]));
        vec![
            differences.with_columns(&FIELDS),
            Records::of("layers", &self.layers),
            Records::rows("pairs", pairs.collect()),
            Records::rows("pieces", pieces.collect()),
        ]
    }

    fn summary(&self) -> Value {
        let mut summary = super::without(self, &["differences", "land"]);
        let of_manifest = |d: &&Difference| d.id.is_none();
        summary["differences"] = json!(self.differences.iter().filter(of_manifest).collect::<Vec<_>>());
        let pairs = |land: &crate::question::LayerLand| json!({ "layer": land.layer, "pairs": land.pairs });
        summary["land"] = json!(self.land.iter().map(pairs).collect::<Vec<_>>());
        summary
    }

    fn features(&self) -> Vec<Value> {
        let mut out: Vec<Value> = self.drawn.iter().enumerate().map(drawn).collect();
        for land in &self.land {
            for (number, piece) in land.pieces.iter().enumerate() {
                let id = format!("{}land/{}", prefix(land.layer.as_deref()), number + 1);
                let mut properties = with_layer(land.layer.as_deref(), super::properties(piece));
                properties.insert("edition".into(), "both".into());
                properties.insert("changes".into(), "passes".into());
                out.push(feature(Some(id), rounded::land(&piece.polygons), properties));
            }
        }
        out
    }
}

/// Columns of the list of differences where it has no rows.
const FIELDS: [&str; 9] = ["layer", "id", "name", "shape", "change", "field", "old", "new", "matched_by"];

const MOVED_COLUMNS: [&str; 12] = [
    "layer",
    "id",
    "name",
    "shape",
    "greatest_m",
    "mean_m",
    "old_length_m",
    "new_length_m",
    "old_differs_m",
    "new_differs_m",
    "old_area_km2",
    "new_area_km2",
];

fn prefix(layer: Option<&str>) -> String {
    layer.map_or_else(String::new, |layer| format!("{layer}/"))
}

fn with_layer(layer: Option<&str>, row: Record) -> Record {
    let mut out = Record::new();
    out.insert("layer".into(), layer.into());
    out.extend(row);
    out
}

/// A difference as a row, the same columns for every kind.
fn record(difference: &Difference) -> Record {
    let mut row = super::properties(difference);
    row.shift_remove("moved");
    row.retain(|name, _| !name.starts_with("moved_"));
    let moved = difference.moved.as_ref();
    let number = |pick: fn(&Moved) -> Option<f64>| Value::from(moved.and_then(pick));
    row.insert("greatest_m".into(), number(|m| Some(m.greatest_m)));
    row.insert("mean_m".into(), number(|m| Some(m.mean_m)));
    row.insert("lon".into(), moved.map(|m| super::degrees(m.position[0])).into());
    row.insert("lat".into(), moved.map(|m| super::degrees(m.position[1])).into());
    row.insert("old_length_m".into(), number(|m| m.old_length_m));
    row.insert("new_length_m".into(), number(|m| m.new_length_m));
    row.insert("old_differs_m".into(), number(|m| m.old_differs_m));
    row.insert("new_differs_m".into(), number(|m| m.new_differs_m));
    row.insert("old_area_km2".into(), number(|m| m.old_area_km2));
    row.insert("new_area_km2".into(), number(|m| m.new_area_km2));
    row
}

fn value_row(d: &Difference) -> Vec<Cell> {
    let value = |value: &Option<Scalar>| value.as_ref().map_or(Cell::Empty, |value| Cell::text(value.to_string()));
    vec![
        Cell::maybe(d.layer.as_deref()),
        Cell::maybe(d.id.as_deref()),
        Cell::maybe(d.name.as_deref()),
        Cell::text(d.change.word()),
        Cell::maybe(d.field.as_deref()),
        value(&d.old),
        value(&d.new),
    ]
}

fn moved_row(d: &Difference, moved: &Moved) -> Vec<Cell> {
    vec![
        Cell::maybe(d.layer.as_deref()),
        Cell::maybe(d.id.as_deref()),
        Cell::maybe(d.name.as_deref()),
        Cell::maybe(d.shape),
        Cell::number(moved.greatest_m, 2),
        Cell::number(moved.mean_m, 2),
        Cell::metres(moved.old_length_m),
        Cell::metres(moved.new_length_m),
        Cell::metres(moved.old_differs_m),
        Cell::metres(moved.new_differs_m),
        Cell::measure(moved.old_area_km2, 4),
        Cell::measure(moved.new_area_km2, 4),
    ]
}

fn drawn((number, drawn): (usize, &DrawnDifference)) -> Value {
    let geometry = match &drawn.geometry {
        DrawnGeometry::Lines(lines) if drawn.moved.is_some() => rounded::courses(lines),
        DrawnGeometry::Lines(lines) => crate::io::line_geometry(lines),
        DrawnGeometry::Land(parts) => polygon_geometry(parts),
        DrawnGeometry::Point(at) => point_geometry(*at),
    };
    let words: Vec<&str> = drawn.changes.iter().map(|change: &DifferenceKind| change.word()).collect();
    let mut properties = Record::new();
    properties.insert("layer".into(), drawn.layer.clone().into());
    properties.insert("feature".into(), drawn.id.clone().into());
    properties.insert("name".into(), drawn.name.clone().into());
    properties.insert("shape".into(), drawn.shape.into());
    properties.insert("edition".into(), drawn.edition.word().into());
    properties.insert("changes".into(), words.join("; ").into());
    if let Some(moved) = &drawn.moved {
        let differs_m = match drawn.edition {
            crate::question::DrawnEdition::Old => moved.old_differs_m,
            _ => moved.new_differs_m,
        };
        properties.insert("greatest_m".into(), moved.greatest_m.into());
        properties.insert("mean_m".into(), moved.mean_m.into());
        properties.insert("differs_m".into(), differs_m.into());
    }
    let id = format!("{}{}/{}/{}", prefix(drawn.layer.as_deref()), drawn.id, drawn.edition.word(), number + 1);
    feature(Some(id), geometry, properties)
}

impl DiffReport {
    fn layer_table(&self) -> Table {
        let count = |n: usize| Cell::number(n as f64, 0);
        let row = |l: &LayerCounts| {
            vec![
                Cell::maybe(l.layer.as_deref()),
                Cell::number(l.old_features.map(|n| n as f64), 0),
                Cell::number(l.new_features.map(|n| n as f64), 0),
                count(l.unchanged),
                count(l.redrawn),
                count(l.changed),
                count(l.added),
                count(l.gone),
            ]
        };
        let verdict = if self.same { "no difference" } else { "differences" };
        Table {
            title: format!("old: {} · new: {} · {verdict}", self.old, self.new),
            columns: vec!["layer", "old_features", "new_features", "unchanged", "redrawn", "changed", "added", "gone"],
            rows: self.layers.iter().map(row).collect(),
        }
    }

    fn land_rows(&self) -> impl Iterator<Item = Vec<Cell>> + '_ {
        let who = |id: Option<&str>| Cell::text(id.unwrap_or("nobody"));
        self.land.iter().flat_map(move |land| {
            land.pairs.iter().map(move |pair| {
                vec![
                    Cell::maybe(land.layer.as_deref()),
                    who(pair.from.as_deref()),
                    who(pair.to.as_deref()),
                    Cell::number(pair.pieces as f64, 0),
                    Cell::measure(pair.area_km2, 4),
                    Cell::number(pair.slivers as f64, 0),
                    Cell::measure(pair.sliver_area_m2, 1),
                ]
            })
        })
    }
}

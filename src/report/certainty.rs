//! Rendering of what is certain of the features of an answer.

use super::{Cell, Record, Table, rounded};
use crate::io::{feature, point_geometry, polygon_geometry};
use crate::question::{CertainPart, CertaintyReport};
use serde_json::Value;

/// The table of certain lengths, areas and points, if there are any.
pub(super) fn table<'r>(all: impl Iterator<Item = &'r CertaintyReport>) -> Option<Table> {
    let rows: Vec<Vec<Cell>> = all.flat_map(|report| &report.parts).map(row).collect();
    let columns =
        vec!["id", "shape", "certain", "territory", "length_m", "area_km2", "distance_m", "band_m", "formula"];
    (!rows.is_empty()).then(|| Table { title: "Certain, and what cannot be told".into(), columns, rows })
}

fn row(part: &CertainPart) -> Vec<Cell> {
    vec![
        Cell::text(&part.id),
        Cell::text(part.shape),
        Cell::text(part.certain.map_or("unknown".to_owned(), |certain| certain.to_string())),
        Cell::maybe(part.territory.as_deref()),
        Cell::metres(part.length_m),
        Cell::measure(part.area_km2, 4),
        Cell::number(part.distance_m, 1),
        Cell::number(part.band_m, 1),
        Cell::text(&part.formula),
    ]
}

/// The same for programs.
pub(super) fn records<'r>(all: impl Iterator<Item = &'r CertaintyReport>) -> Vec<Record> {
    all.flat_map(|report| &report.parts).map(super::properties).collect()
}

/// The geometry of what is certain and what is not.
pub(super) fn features<'r>(all: impl Iterator<Item = &'r CertaintyReport>) -> Vec<Value> {
    let with_geometry = all.flat_map(|report| &report.parts).enumerate().filter_map(|(number, part)| {
        let geometry = match part.position {
            Some(at) => point_geometry(at),
            None if !part.courses.is_empty() => rounded::line(&part.courses),
            None if !part.land.is_empty() => polygon_geometry(&part.land),
            None => return None,
        };
        let mut properties = Record::from_iter([("what".to_owned(), Value::from("certainty"))]);
        properties.extend(super::properties(part));
        Some(feature(Some(format!("{}/certainty/{}", part.id, number + 1)), geometry, properties))
    });
    with_geometry.collect()
}

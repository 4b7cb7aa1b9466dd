//! Rendering of `enclaves` reports.

use super::{Cell, Records, Rendering, Table};
use crate::io::{feature, polygon_geometry};
use crate::question::EnclaveReport;
use serde_json::Value;

impl Rendering for EnclaveReport {
    const COMMAND: &'static str = "enclaves";

    fn tables(&self) -> Vec<Table> {
        let columns = vec![
            "territory",
            "part",
            "name",
            "kind",
            "enclave_in",
            "is_exclave",
            "area_km2",
            "area_error_km2",
            "published_min_km2",
            "published_max_km2",
            "neighbours",
            "perimeter_m",
            "gap_to_parent_m",
            "nearest_route",
            "nearest_route_m",
            "gap_to_main_m",
            "order",
            "centre_lon",
            "centre_lat",
        ];
        let rows = self.rows.iter().map(|row| {
            let [area, area_error] = Cell::areas(row.area_km2, row.area_error_km2, 2);
            let [published_min, published_max] = Cell::published(row.published_area_km2.as_ref(), 2);
            vec![
                Cell::text(&row.territory),
                Cell::number(row.part as f64, 0),
                Cell::maybe(row.name.as_deref()),
                Cell::text(if row.incomplete {
                    format!("{} (incomplete)", row.kind.word())
                } else {
                    row.kind.word().into()
                }),
                Cell::maybe(row.enclave_in.as_deref()),
                Cell::truth(row.is_exclave),
                area,
                area_error,
                published_min,
                published_max,
                Cell::list(&row.neighbours),
                Cell::metres(row.perimeter_m),
                Cell::metres(row.gap_to_parent_m),
                Cell::maybe(row.nearest_route.as_ref().map(|n| n.route.as_str())),
                Cell::metres(row.nearest_route.as_ref().map(|n| n.distance_m)),
                Cell::metres(row.gap_to_main_m),
                Cell::number(row.order.map(f64::from), 0),
                Cell::number(row.centre[0], 5),
                Cell::number(row.centre[1], 5),
            ]
        });
        let parts = Table { title: "Parts of territories".into(), columns, rows: rows.collect() };
        std::iter::once(parts).chain(certain_table(self)).collect()
    }

    fn records(&self) -> Vec<Records<'_>> {
        vec![Records::of("parts", &self.rows)]
    }

    fn summary(&self) -> Value {
        Value::Null
    }

    fn features(&self) -> Vec<Value> {
        let rows = self.rows.iter();
        rows.map(|row| {
            feature(
                Some(format!("{}/{}", row.territory, row.part)),
                polygon_geometry(&row.polygons),
                super::properties(row),
            )
        })
        .collect()
    }
}

/// Areas that are certain, if they were asked for.
fn certain_table(report: &EnclaveReport) -> Option<Table> {
    let rows: Vec<Vec<Cell>> = report
        .rows
        .iter()
        .filter(|row| row.band_m.is_some())
        .map(|row| {
            vec![
                Cell::text(&row.territory),
                Cell::number(row.part as f64, 0),
                Cell::maybe(row.name.as_deref()),
                Cell::measure(row.area_km2, 4),
                Cell::measure(row.certain_area_km2, 4),
                Cell::measure(row.undecided_area_km2, 4),
                Cell::number(row.band_m, 1),
                Cell::maybe(row.band_formula.as_deref()),
            ]
        })
        .collect();
    let columns = vec![
        "territory",
        "part",
        "name",
        "area_km2",
        "certain_area_km2",
        "undecided_area_km2",
        "band_m",
        "band_formula",
    ];
    (!rows.is_empty()).then(|| Table { title: "Certain, and what cannot be told".into(), columns, rows })
}

//! Rendering of `info` reports.

use super::{Cell, Records, Rendering, Table};
use crate::io::{feature, polygon_geometry};
use crate::model::as_polygons;
use crate::question::InfoReport;
use serde_json::Value;

/// The place of the column of levels, after `kind`.
const LEVEL: usize = 4;

impl Rendering for InfoReport {
    const COMMAND: &'static str = "info";

    fn tables(&self) -> Vec<Table> {
        let bounds = |b: Option<[f64; 4]>| (0..4).map(move |i| Cell::number(b.map(|b| b[i]), 4));
        let layers = self.layers.iter().map(|l| {
            let mut row = vec![
                Cell::text(&l.id),
                Cell::text(l.role.map(|role| format!("{role:?}").to_lowercase()).unwrap_or_default()),
                Cell::number(l.features as f64, 0),
                Cell::number(l.positions as f64, 0),
            ];
            row.extend(bounds(l.bounds));
            row.extend([
                Cell::maybe(l.date.as_deref()),
                Cell::number(l.position_accuracy_m, 0),
                Cell::maybe(l.source.as_deref()),
            ]);
            row
        });
        let layers = Table {
            title: self.dataset.clone().unwrap_or_default(),
            columns: vec![
                "id",
                "role",
                "features",
                "positions",
                "west",
                "south",
                "east",
                "north",
                "date",
                "position_accuracy_m",
                "source",
            ],
            rows: layers.collect(),
        };
        let has_levels = self.features.iter().any(|f| f.level.is_some());
        let features = self.features.iter().map(|f| {
            let [area, area_error] = Cell::areas(f.area_km2, f.area_error_km2, 2);
            let mut row = vec![
                Cell::text(&f.id),
                Cell::maybe(f.name.as_deref()),
                Cell::text(f.noun),
                Cell::maybe(f.kind.as_deref()),
                Cell::number(f.parts as f64, 0),
                Cell::number(f.positions as f64, 0),
                area,
                area_error,
                Cell::metres(f.length_m),
            ];
            row.extend(bounds(f.bounds));
            row.extend([Cell::maybe(f.method), Cell::number(f.position_accuracy_m, 0)]);
            if has_levels {
                row.insert(LEVEL, Cell::maybe(f.level.as_deref()));
            }
            row
        });
        let mut features = Table {
            title: "Features".into(),
            columns: vec![
                "id",
                "name",
                "noun",
                "kind",
                "parts",
                "positions",
                "area_km2",
                "area_error_km2",
                "length_m",
                "west",
                "south",
                "east",
                "north",
                "method",
                "position_accuracy_m",
            ],
            rows: features.collect(),
        };
        if has_levels {
            features.columns.insert(LEVEL, "level");
        }
        if self.features.is_empty() { vec![layers] } else { vec![features, layers] }
    }

    fn records(&self) -> Vec<Records<'_>> {
        let layers = Records::of("layers", &self.layers);
        if self.features.is_empty() { vec![layers] } else { vec![Records::of("features", &self.features), layers] }
    }

    fn summary(&self) -> Value {
        let mut summary = super::without(self, &[]);
        // What has a place is a feature.
        let drawn = if self.features.is_empty() { "layers" } else { "features" };
        if let Some(list) = summary[drawn].as_array_mut() {
            list.retain(|one| one["bounds"].is_null());
        }
        summary
    }

    fn features(&self) -> Vec<Value> {
        let outlined = self.features.iter().filter_map(|f| Some((f.bounds?, f.id.clone(), super::properties(f))));
        let layers = self.layers.iter().filter_map(|l| Some((l.bounds?, l.id.clone(), super::properties(l))));
        let boxes: Vec<_> = if self.features.is_empty() { layers.collect() } else { outlined.collect() };
        boxes
            .into_iter()
            .map(|(bounds, id, properties)| feature(Some(id), polygon_geometry(&as_polygons(bounds)), properties))
            .collect()
    }
}

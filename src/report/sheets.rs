//! Rendering of `sheets` reports.

use super::{Cell, Record, Records, Rendering, Table, rounded};
use crate::earth::{Axis, Dms};
use crate::io::feature;
use crate::question::{SheetReport, SheetRow};
use serde_json::Value;

impl Rendering for SheetReport {
    const COMMAND: &'static str = "sheets";

    fn tables(&self) -> Vec<Table> {
        let mut tables = vec![self.sheet_table()];
        let mut ids: Vec<&str> = self.features.iter().map(|f| f.feature.as_str()).collect();
        ids.dedup();
        if ids.len() > 1 {
            tables.push(self.feature_table());
        }
        tables
    }

    fn records(&self) -> Vec<Records<'_>> {
        let sheets = self.sheets.iter().map(|row| self.fields(row)).collect();
        vec![Records::rows("sheets", sheets), Records::of("features", &self.features)]
    }

    fn summary(&self) -> Value {
        super::without(self, &["sheets"])
    }

    /// Sheet outlines, usable as a layer of a plate.
    fn features(&self) -> Vec<Value> {
        let frame = |row: &SheetRow| {
            let mut properties = self.fields(row);
            properties.insert("name".into(), row.sheet.clone().into());
            properties.insert("kind".into(), "map sheet".into());
            properties.insert("scale".into(), self.scale.into());
            feature(Some(row.sheet.clone()), rounded::land(&row.frame), properties)
        };
        self.sheets.iter().map(frame).collect()
    }
}

impl SheetReport {
    /// A sheet as a row; its corners are the outline of the feature.
    fn fields(&self, row: &SheetRow) -> Record {
        let mut fields = super::properties(row);
        fields.remove("wgs84_corners");
        fields
    }

    fn sheet_table(&self) -> Table {
        let points = self.sheets.iter().any(|row| row.points > 0);
        let length = self.sheets.iter().any(|row| row.length_m.is_some());
        let area = self.sheets.iter().any(|row| row.area_m2.is_some());
        let mut columns = vec!["sheet"];
        for (there, column) in [(points, "points"), (length, "length_m"), (area, "area_m2")] {
            columns.extend(there.then_some(column));
        }
        columns.extend(["pulkovo_west", "pulkovo_south", "pulkovo_east", "pulkovo_north"]);
        let rows = self.sheets.iter().map(|row| {
            let mut cells = vec![Cell::text(&row.sheet)];
            cells.extend(points.then(|| Cell::number(row.points as f64, 0)));
            cells.extend(length.then(|| Cell::metres(row.length_m)));
            cells.extend(area.then(|| Cell::measure(row.area_m2, 0)));
            let axes = [Axis::Longitude, Axis::Latitude, Axis::Longitude, Axis::Latitude];
            // Sheet edges are multiples of half a minute.
            let sides = row.pulkovo_bounds_deg.iter().zip(axes);
            cells.extend(sides.map(|(deg, axis)| Cell::text(Dms::of(*deg, 0).written(axis))));
            cells
        });
        let title = format!("Sheets 1:{}, frames in Pulkovo 1942", self.scale);
        Table { title, columns, rows: rows.collect() }
    }

    fn feature_table(&self) -> Table {
        let rows = self.features.iter().map(|f| {
            vec![Cell::text(&f.feature), Cell::text(&f.sheet), Cell::metres(f.length_m), Cell::measure(f.area_m2, 0)]
        });
        let columns = vec!["feature", "sheet", "length_m", "area_m2"];
        Table { title: "By feature".into(), columns, rows: rows.collect() }
    }
}

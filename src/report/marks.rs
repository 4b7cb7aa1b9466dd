//! Rendering of `marks` reports.

use super::{Cell, Records, Rendering, Table};
use crate::io::{feature, point_geometry};
use crate::question::{Mark, MarkReport, posts};
use geo::Coord;
use serde_json::Value;

impl Rendering for MarkReport {
    const COMMAND: &'static str = "marks";

    fn tables(&self) -> Vec<Table> {
        let mut tables = vec![self.mark_table(), self.leg_table(), self.line_table()];
        if let Some(measured) = &self.measured {
            let rows = measured.residuals.iter().map(|residual| {
                vec![
                    Cell::text(&residual.number),
                    Cell::number(residual.east_m, 3),
                    Cell::number(residual.north_m, 3),
                    Cell::number(residual.distance_m, 3),
                    Cell::truth(residual.outlier),
                ]
            });
            let title = match measured.rms_m {
                Some(rms_m) => format!("Measured minus planned; root mean square {rms_m:.3} m"),
                None => "Measured minus planned".to_owned(),
            };
            let columns = vec!["number", "east_m", "north_m", "distance_m", "outlier"];
            tables.push(Table { title, columns, rows: rows.collect() });
            let lists = [("not measured", &measured.not_measured), ("not planned", &measured.not_planned)];
            let rows: Vec<Vec<Cell>> = lists
                .iter()
                .flat_map(|(what, all)| all.iter().map(move |number| vec![Cell::text(number), Cell::text(*what)]))
                .collect();
            tables.push(Table { title: "Without a counterpart".into(), columns: vec!["number", "what"], rows });
        }
        tables.retain(|table| !table.rows.is_empty());
        tables
    }

    fn records(&self) -> Vec<Records<'_>> {
        let mut lists =
            vec![Records::of("marks", &self.marks), Records::of("legs", &self.legs), Records::of("lines", &self.lines)];
        lists.extend(self.measured.iter().map(|measured| Records::of("residuals", &measured.residuals)));
        lists
    }

    fn summary(&self) -> Value {
        super::without(self, &["marks"])
    }

    /// The marks as points, of a pair its posts.
    fn features(&self) -> Vec<Value> {
        self.marks.iter().flat_map(points).collect()
    }
}

fn points(mark: &Mark) -> Vec<Value> {
    let point = |(id, at): (String, [f64; 2])| {
        let at = at.map(super::flat::degrees);
        let mut properties = super::properties(mark);
        for key in ["lon", "lat", "left_post_lon", "left_post_lat", "right_post_lon", "right_post_lat"] {
            properties.shift_remove(key);
        }
        properties.insert("number".into(), id.clone().into());
        feature(Some(id), point_geometry(Coord { x: at[0], y: at[1] }), properties)
    };
    posts(mark).into_iter().map(point).collect()
}

impl MarkReport {
    fn mark_table(&self) -> Table {
        let several = self.lines.len() > 1;
        let heights = self.marks.iter().any(|mark| mark.height_m.is_some());
        let mut columns = vec!["number", "kind"];
        columns.extend(several.then_some("line"));
        columns.extend(["chainage_m", "lon", "lat"]);
        columns.extend(heights.then_some("height_m"));
        columns.push("why");
        let rows = self.marks.iter().map(|mark| {
            let mut cells = vec![Cell::text(&mark.number), Cell::text(mark.kind.word())];
            cells.extend(several.then(|| Cell::text(&mark.line)));
            cells.push(Cell::metres(mark.chainage_m));
            cells.extend(mark.position.map(|degrees| Cell::number(degrees, 6)));
            cells.extend(heights.then(|| Cell::measure(mark.height_m, 1)));
            cells.push(Cell::text(&mark.why));
            cells
        });
        Table { title: "Marks".into(), columns, rows: rows.collect() }
    }

    fn leg_table(&self) -> Table {
        let sight = self.legs.iter().any(|leg| leg.sight.is_some());
        let mut columns = vec!["from", "to", "azimuth_deg", "distance_m", "path_m"];
        columns.extend(sight.then_some("sight"));
        let rows = self.legs.iter().map(|leg| {
            let mut cells = vec![Cell::text(&leg.from), Cell::text(&leg.to), Cell::number(leg.azimuth_deg, 4)];
            cells.extend([Cell::number(leg.distance_m, 2), Cell::number(leg.path_m, 2)]);
            cells.extend(sight.then(|| Cell::text(leg.sight.map_or("not known".to_owned(), |seen| seen.to_string()))));
            cells
        });
        Table { title: "From mark to mark".into(), columns, rows: rows.collect() }
    }

    fn line_table(&self) -> Table {
        let sight = self.lines.iter().any(|line| line.without_sight.is_some());
        let mut columns = vec!["line", "length_m", "marks", "longest_m"];
        columns.extend(sight.then_some("without_sight"));
        let rows = self.lines.iter().map(|line| {
            let mut cells = vec![Cell::text(&line.line), Cell::metres(line.length_m)];
            cells.extend([Cell::number(line.marks as f64, 0), Cell::number(line.longest_m, 1)]);
            cells.extend(sight.then(|| Cell::number(line.without_sight.map(|count| count as f64), 0)));
            cells
        });
        Table { title: "By line".into(), columns, rows: rows.collect() }
    }
}

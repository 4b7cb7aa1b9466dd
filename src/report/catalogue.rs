//! Rendering of catalogues of turning points.

use super::{Cell, Records, Rendering, Table};
use crate::document::{Catalogue, CatalogueRow, CoordinateColumns};
use crate::earth::antimeridian::on_east_side;
use crate::earth::shortest_runs;
use crate::io::{feature, line_geometry, point_geometry};
use geo::Coord;
use serde_json::{Map, Value, json};

impl Rendering for Catalogue {
    const COMMAND: &'static str = "catalogue";

    fn tables(&self) -> Vec<Table> {
        vec![self.point_table(), self.line_table()]
    }

    /// The columns of the table, the defining ones first, with the decimals of the defining positions.
    fn records(&self) -> Vec<Records<'_>> {
        vec![Records::of_table("points", &self.point_table()), Records::of_table("lines", &self.line_table())]
    }

    fn summary(&self) -> Value {
        super::without(self, &["points"])
    }

    /// The lines, each with the properties that reproduce its catalogue, and the points.
    fn features(&self) -> Vec<Value> {
        let lines = self.lines.iter().filter_map(|line| {
            let points: Vec<&CatalogueRow> = self.points.iter().filter(|point| point.line == line.line).collect();
            // One place, with either sign of 180°.
            let place = |i: usize| (on_east_side(points[i].position.x), points[i].position.y);
            let repeats = |i: usize| i > 0 && place(i) == place(i - 1);
            let course: Vec<Coord> = (0..points.len()).filter(|&i| !repeats(i)).map(|i| points[i].position).collect();
            // A single distinct place is not a line.
            if course.len() < 2 {
                return None;
            }
            let kept: Vec<Value> = points.iter().enumerate().map(|(i, point)| kept(point, repeats(i))).collect();
            let catalogue = json!({
                "line": line.line,
                "positions": self.positions,
                "dms_decimals": self.dms_decimals,
                "operation": self.operation,
                "points": kept,
            });
            let properties = Map::from_iter([
                ("id".to_owned(), Value::from(line.line.clone())),
                ("kind".to_owned(), "boundary".into()),
                ("length_m".to_owned(), line.length_m.into()),
                ("catalogue".to_owned(), catalogue.to_string().into()),
            ]);
            Some(feature(Some(line.line.clone()), line_geometry(&shortest_runs(&course)), properties))
        });
        let points = self.points.iter().map(|point| {
            let mut properties = super::properties(point);
            let shown = point.name.clone().unwrap_or_else(|| point.number.clone());
            properties.insert("name".into(), shown.into());
            properties.insert("kind".into(), "turning point".into());
            feature(Some(format!("{}/{}", point.line, point.number)), point_geometry(point.position), properties)
        });
        lines.chain(points).collect()
    }
}

/// The properties that reproduce a catalogue row: `at` is the printed position; `repeats` marks one equal to the
/// previous.
fn kept(point: &CatalogueRow, repeats: bool) -> Value {
    let texts = [
        ("number", Some(&point.number)),
        ("name", point.name.as_ref()),
        ("height_m", point.height_m.as_ref()),
        ("source", point.source.as_ref()),
    ];
    let mut kept: Map<String, Value> =
        texts.into_iter().filter_map(|(key, text)| Some((key.to_owned(), text?.clone().into()))).collect();
    let Coord { x, y } = point.given.coordinates;
    kept.insert("at".to_owned(), json!([x, y]));
    kept.extend(point.given.zone.map(|zone| ("zone".to_owned(), zone.written().into())));
    kept.extend(repeats.then(|| ("repeats".to_owned(), true.into())));
    Value::Object(kept)
}

impl Catalogue {
    fn point_table(&self) -> Table {
        // The defining columns come first, because the import takes the first.
        let mut order = vec![self.positions];
        order.extend(CoordinateColumns::ALL.into_iter().filter(|positions| *positions != self.positions));
        let mut columns = vec!["line", "number", "name"];
        columns.extend(order.iter().flat_map(|positions| headings(*positions)));
        columns.extend(["azimuth", "distance_m", "chainage_m", "height_m", "source"]);
        let rows = self.points.iter().map(|point| {
            let mut cells =
                vec![Cell::text(&point.line), Cell::text(&point.number), Cell::maybe(point.name.as_deref())];
            cells.extend(order.iter().flat_map(|positions| self.cells(point, *positions)));
            cells.extend([
                Cell::maybe(point.azimuth.as_deref()),
                self.metres(point.distance_m),
                self.metres(Some(point.chainage_m)),
                Cell::maybe(point.height_m.as_deref()),
                Cell::maybe(point.source.as_deref()),
            ]);
            cells
        });
        Table { title: self.title(), columns, rows: rows.collect() }
    }

    fn title(&self) -> String {
        let what = match self.positions {
            CoordinateColumns::Wgs84 => "WGS 84 latitude and longitude",
            CoordinateColumns::Pulkovo => "Pulkovo 1942 latitude and longitude",
            CoordinateColumns::GaussKruger => "Gauss–Krüger x (north) and y (east)",
            CoordinateColumns::Utm => "UTM easting and northing",
        };
        format!(
            "Turning points; the positions are {what} as printed, the rest follows; printing moved points by up to {:.3} m, \
             {:.3} m on average",
            self.rounding_loss_m, self.mean_rounding_loss_m
        )
    }

    fn metres(&self, metres: Option<f64>) -> Cell {
        metres.map_or(Cell::Empty, |metres| Cell::Fixed(metres, self.metre_decimals))
    }

    fn cells(&self, point: &CatalogueRow, positions: CoordinateColumns) -> Vec<Cell> {
        match positions {
            CoordinateColumns::Wgs84 => vec![Cell::text(&point.wgs84_latitude), Cell::text(&point.wgs84_longitude)],
            CoordinateColumns::Pulkovo => {
                vec![Cell::text(&point.pulkovo_1942_latitude), Cell::text(&point.pulkovo_1942_longitude)]
            }
            CoordinateColumns::GaussKruger => vec![
                Cell::Fixed(f64::from(point.gk_zone), 0),
                self.metres(Some(point.gk_x_m)),
                self.metres(Some(point.gk_y_m)),
            ],
            CoordinateColumns::Utm => vec![
                Cell::maybe(point.utm_zone.as_deref()),
                self.metres(point.utm_easting_m),
                self.metres(point.utm_northing_m),
            ],
        }
    }

    fn line_table(&self) -> Table {
        let rows = self.lines.iter().map(|line| {
            let points = Cell::Fixed(line.points as f64, 0);
            vec![Cell::text(&line.line), points, self.metres(Some(line.length_m))]
        });
        Table { title: "Lines".into(), columns: vec!["line", "points", "length_m"], rows: rows.collect() }
    }
}

fn headings(positions: CoordinateColumns) -> Vec<&'static str> {
    match positions {
        CoordinateColumns::Wgs84 => vec!["wgs84_latitude", "wgs84_longitude"],
        CoordinateColumns::Pulkovo => vec!["pulkovo_1942_latitude", "pulkovo_1942_longitude"],
        CoordinateColumns::GaussKruger => vec!["gk_zone", "gk_x_m", "gk_y_m"],
        CoordinateColumns::Utm => vec!["utm_zone", "utm_easting_m", "utm_northing_m"],
    }
}

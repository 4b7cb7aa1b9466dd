//! Text tables with positions in columns, or with a column of geometries as text.

use super::{ForeignLayer, layer, wkb, wkt};
use crate::earth::{Axis, parse_angle, parse_metres};
use crate::io::convert::{Position, Shape, shape_of_json};
use crate::io::frame::System;
use crate::io::id_fields::named;
use crate::io::rows::{self, Cells};
use crate::io::{FeatureLabel, GeometryDimension, Limits, Problem, ReadError};
use geo::Coord;
use serde_json::{Map, Value};

/// Headings of coordinate column pairs, east and north, normalised by [`plain`].
const PAIRS: [(&str, &str); 21] = [
    ("lon", "lat"),
    ("longitude", "latitude"),
    ("lng", "lat"),
    ("long", "lat"),
    ("easting", "northing"),
    ("east", "north"),
    ("e", "n"),
    ("x", "y"),
    ("lon_deg", "lat_deg"),
    ("lon_dd", "lat_dd"),
    ("long_dd", "lat_dd"),
    ("longitude_dd", "latitude_dd"),
    ("долгота", "широта"),
    ("easting_m", "northing_m"),
    ("x_m", "y_m"),
    ("point_x", "point_y"),
    ("x_coord", "y_coord"),
    ("xcoord", "ycoord"),
    ("rechtswert", "hochwert"),
    ("est", "nord"),
    ("восток", "север"),
];
/// Headings of a height column, besides a pair.
const HEIGHTS: [&str; 6] = ["z", "height", "height_m", "ele", "elevation", "point_z"];

/// Normalises a heading: lower case, without a unit in brackets, words joined: "Lon (deg)" is "lon".
fn plain(heading: &str) -> String {
    let bare = heading.split(['(', '[']).next().unwrap_or_default().trim().to_lowercase();
    bare.replace([' ', '-', '.'], "_")
}

/// Encoding of a geometry in a cell.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Written {
    Wkt,
    Wkb,
    Json,
}

impl Written {
    fn of(cell: &str) -> Option<Self> {
        let json = || cell.trim_start().starts_with('{') && cell.contains("\"coordinates\"");
        if wkt::looks_like(cell) {
            Some(Written::Wkt)
        } else if wkb::looks_like(cell) {
            Some(Written::Wkb)
        } else {
            json().then_some(Written::Json)
        }
    }
}

enum PositionColumns {
    Geometry(usize),
    Pair(usize, usize, Option<usize>),
}

/// Whether a text appears to be a table with positions, judged by its beginning.
pub(super) fn looks_like(text: &str) -> bool {
    let is_said = text.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("sep="));
    let start: Vec<&str> = text.lines().take(if is_said { 3 } else { 2 }).collect();
    if start.len() < 2 || !is_said && !start[0].contains([',', ';', '\t', '|']) && !start[1].contains("((") {
        return false;
    }
    let Ok(cells) = rows::cells(&start.join("\n")) else { return false };
    place(&cells, Limits::DEFAULT).is_some()
}

/// Parses a table into a layer. The separator is the most frequent in the heading of comma, semicolon, tab and bar.
///
/// # Method
/// The geometry column is the one whose first filled cell is a geometry: well-known text, well-known binary in
/// hexadecimal, or a GeoJSON geometry; of several such columns, the first with polygons, else with lines. Without such
/// a column positions are read from a pair of columns recognised by headings: plain numbers, numbers with decimal
/// commas and thousands separators, or degrees in any notation.
pub(super) fn read(text: &str, path: &str, name: &str, limits: Limits) -> Result<ForeignLayer, ReadError> {
    let broken = |why: String| ReadError::new(path, Problem::Csv(why));
    let cells = rows::cells(text).map_err(broken)?;
    let place = place(&cells, limits).ok_or_else(|| ReadError::new(path, Problem::NoPlace(cells.headings.clone())))?;
    let taken = |column: usize| match place {
        PositionColumns::Geometry(at) => at == column,
        PositionColumns::Pair(x, y, z) => column == x || column == y || Some(column) == z,
    };
    let numeric: Vec<bool> = (0..cells.headings.len())
        .map(|column| {
            let mut filled = cells.column(column).filter(|cell| !cell.is_empty()).peekable();
            filled.peek().is_some() && filled.all(|cell| number(cell).is_some())
        })
        .collect();
    let mut layer = layer(name);
    let mut srid: Option<Option<u32>> = None;
    for (index, record) in cells.rows.iter().enumerate() {
        let cell = |column: usize| record.get(column).map(|cell| cell.trim()).unwrap_or_default();
        let mut properties = Map::new();
        for (column, heading) in cells.headings.iter().enumerate().filter(|(column, _)| !taken(*column)) {
            let cell = record.get(column).map(String::as_str).unwrap_or_default();
            let value = match (cell.is_empty(), numeric[column]) {
                (true, _) => Value::Null,
                (_, true) => number(cell).unwrap_or(Value::Null),
                // Nested values, as written by this program and OGR.
                _ if cell.starts_with(['{', '[']) => {
                    serde_json::from_str(cell).unwrap_or_else(|_| Value::String(cell.to_owned()))
                }
                _ => Value::String(cell.to_owned()),
            };
            properties.insert(heading.clone(), value);
        }
        let wrong = |problem| {
            let feature = Some(FeatureLabel { index, id: named(&properties) });
            ReadError { feature, ..ReadError::new(path, problem) }
        };
        let shape = match place {
            PositionColumns::Geometry(column) if cell(column).is_empty() => Ok(None),
            PositionColumns::Geometry(column) => match geometry(cell(column), limits) {
                Ok(read) => {
                    layer.arcs += read.arcs;
                    layer.measures += usize::from(read.measures);
                    if *srid.get_or_insert(read.srid) != read.srid {
                        return Err(wrong(Problem::Csv("its SRID differs from that of the rows before".into())));
                    }
                    Ok(read.shape)
                }
                Err(problem) => Err(problem),
            },
            PositionColumns::Pair(x, y, _) if cell(x).is_empty() && cell(y).is_empty() => Ok(None),
            PositionColumns::Pair(x, y, z) => {
                let at = |column: usize, axis| coordinate(cell(column), &cells.headings[column], axis);
                let height = z.filter(|z| !cell(*z).is_empty()).map(|z| at(z, Axis::Azimuth)).transpose();
                height.and_then(|z| {
                    let at = Coord { x: at(x, Axis::Longitude)?, y: at(y, Axis::Latitude)? };
                    Ok(Some(Shape::Point(Position { at, z })))
                })
            }
        };
        let shape = shape.map_err(wrong);
        layer.push(None, properties, shape);
    }
    layer.declared = srid.flatten().filter(|srid| *srid > 0).map(|srid| System::parse(&format!("EPSG:{srid}")));
    Ok(layer)
}

fn place(cells: &Cells, limits: Limits) -> Option<PositionColumns> {
    let first = |column: usize| cells.column(column).find(|cell| !cell.trim().is_empty());
    let written = |column: &usize| first(*column).filter(|cell| Written::of(cell).is_some());
    let of_points_last = |column: &usize| {
        let kinds = written(column).and_then(|cell| geometry(cell, limits).ok()?.shape).map(|shape| shape.kinds());
        let rank = |kind| kinds.as_ref().is_some_and(|kinds| kinds.contains(&kind));
        (!rank(GeometryDimension::Polygons), !rank(GeometryDimension::Lines))
    };
    let columns: Vec<usize> = (0..cells.headings.len()).filter(|column| written(column).is_some()).collect();
    // A single candidate is not examined further.
    let found =
        if columns.len() > 1 { columns.iter().copied().min_by_key(of_points_last) } else { columns.first().copied() };
    // A column with a geometry heading but no geometry is reported as a geometry column.
    const CALLED: [&str; 5] = ["wkt", "geometry", "geom", "the_geom", "wkt_geom"];
    let find = |word: &str| cells.headings.iter().position(|heading| plain(heading) == word);
    if let Some(column) = found {
        return Some(PositionColumns::Geometry(column));
    }
    let pair = PAIRS.iter().find_map(|(x, y)| find(x).zip(find(y)));
    match pair {
        Some((x, y)) => Some(PositionColumns::Pair(x, y, HEIGHTS.iter().find_map(|word| find(word)))),
        None => CALLED.iter().find_map(|word| find(word)).map(PositionColumns::Geometry),
    }
}

fn geometry(cell: &str, limits: Limits) -> Result<wkt::Read, Problem> {
    match Written::of(cell) {
        Some(Written::Wkb) => wkb::read(cell, limits),
        Some(Written::Json) => {
            let value = crate::io::parse::parse(cell, limits).map_err(|error| Problem::Csv(error.to_string()))?;
            Ok(wkt::Read { shape: Some(shape_of_json(&value)?), srid: None, arcs: 0, measures: false })
        }
        _ => wkt::read(cell, limits),
    }
}

/// A coordinate: a plain number, degrees in common notations, or metres with decimal commas and thousands separators.
fn coordinate(text: &str, heading: &str, axis: Axis) -> Result<f64, Problem> {
    if let Some(value) = text.parse::<f64>().ok().filter(|value| value.is_finite()) {
        return Ok(value);
    }
    let metres = parse_metres(text).map(|metres| metres.value);
    let angle = parse_angle(text, Some(axis)).ok().filter(|_| axis != Axis::Azimuth).map(|angle| angle.degrees);
    // The heading decides which notation is tried first.
    let in_degrees = heading.to_lowercase().starts_with(['l', 'д', 'ш']);
    let value = if in_degrees { angle.or(metres) } else { metres.or(angle) };
    value.ok_or_else(|| Problem::Csv(format!("{heading}: \"{text}\" is no coordinate")))
}

/// A cell as a number, if the number would be formatted as the cell: codes with a leading zero stay text.
fn number(cell: &str) -> Option<Value> {
    let digits = cell.strip_prefix('-').unwrap_or(cell);
    let leading_zero = digits.len() > 1 && digits.starts_with('0') && !digits.starts_with("0.");
    if leading_zero || !digits.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    match serde_json::from_str::<Value>(cell) {
        Ok(value @ Value::Number(_)) => Some(value),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shapes(text: &str) -> Vec<Option<Shape>> {
        let layer = read(text, "t.csv", "t", Limits::DEFAULT).unwrap_or_else(|error| panic!("{error}"));
        layer.table.rows.into_iter().map(|row| row.shape).collect()
    }

    fn point(x: f64, y: f64) -> Option<Shape> {
        Some(Shape::Point(Position { at: Coord { x, y }, z: None }))
    }

    #[test]
    fn geometries_in_any_column_by_what_it_holds() {
        for text in [
            "id,WKT\n1,POINT (1 2)\n",
            "id,geom\n1,POINT (1 2)\n",
            "id;anything\n1;\"SRID=4326;POINT(1 2)\"\n",
            "wkt_geom\tid\nPoint (1 2)\t1\n",
            "id,the_geom\n1,0101000020E6100000000000000000F03F0000000000000040\n",
            "id,.geo\n1,\"{\"\"type\"\":\"\"Point\"\",\"\"coordinates\"\":[1,2]}\"\n",
            "x,y,shape\n7,8,POINT (1 2)\n",
            "id,bytea\n1,\\x0101000000000000000000F03F0000000000000040\n",
            "id,hex\n1,0x00000000013FF00000000000004000000000000000\n",
            "id,ewkb\n1,0020000001000010E63FF00000000000004000000000000000\n",
            "sep=;\nid;geom\n1;POINT (1 2)\n",
            "id|geom\n1|POINT (1 2)\n",
            "POINT_X,POINT_Y\n1,2\n",
            "Nr;Hochwert;Rechtswert\n1;2,0;1,0\n",
            "Lon (deg),Lat [deg]\n1,2\n",
        ] {
            assert_eq!(shapes(text), [point(1.0, 2.0)], "{text}");
            assert!(looks_like(text), "{text}");
        }
        assert!(!looks_like("a word, and another\nno table at all\n"));
    }

    #[test]
    fn of_several_columns_of_geometries_the_one_with_polygons() {
        let land = "\"POLYGON ((0 0,1 0,0 1,0 0))\"";
        for text in [format!("a,b\nPOINT (0 0),{land}\n"), format!("b,a\n{land},POINT (0 0)\n")] {
            let layer = read(&text, "t.csv", "t", Limits::DEFAULT).expect("it is one");
            let row = &layer.table.rows[0];
            assert!(matches!(row.shape, Some(Shape::Polygon(_))), "{text}");
            assert_eq!(row.properties["a"], "POINT (0 0)");
        }
    }

    #[test]
    fn numbers_as_offices_write_them() {
        let text = "Nr;X;Y\n1;5 540 123,45;5 430 234,10\n2;5.540.223,45;5’430’334,10\n";
        assert_eq!(shapes(text), [point(5_540_123.45, 5_430_234.10), point(5_540_223.45, 5_430_334.10)]);
        assert_eq!(shapes("lat;lon\n40°30′N;45,25\n"), [point(45.25, 40.5)]);
        assert_eq!(shapes("E,N\n1e3,2.5\n"), [point(1000.0, 2.5)]);
        let three = "LATDEG,LATMIN,LATSEC,LONGDEG,LONGMIN,LONGSEC\n-31,30,0,168,15,0\n-0,30,0,0,0,0\n";
        assert_eq!(shapes(three), [point(168.25, -31.5), point(0.0, -0.5)]);
    }

    #[test]
    fn a_system_by_its_number_is_declared_once() {
        let layer = read("g\n\"SRID=3857;POINT(1 2)\"\n", "t.csv", "t", Limits::DEFAULT).expect("it is one");
        assert_eq!(layer.declared, Some(System::parse("EPSG:3857")));
        assert!(
            read("g\n\"SRID=3857;POINT(1 2)\"\n\"SRID=4326;POINT(1 2)\"\n", "t.csv", "t", Limits::DEFAULT).is_err()
        );
    }
}

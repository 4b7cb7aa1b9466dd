//! Well-known text. The one door to the `wkt` crate.

use super::super::Problem;
use super::table::{Position, Shape};
use geo::Coord;
use wkt::types;

/// A geometry of well-known text.
pub(super) fn read(text: &str) -> Result<Shape, Problem> {
    // PostGIS puts the system's number before the geometry.
    let text = text.split_once(';').filter(|(head, _)| head.trim_start().starts_with("SRID=")).map_or(text, |t| t.1);
    let parsed: wkt::Wkt<f64> =
        text.parse().map_err(|reason: &'static str| Problem::Csv(format!("is no well-known text: {reason}")))?;
    shape(&parsed)
}

fn shape(geometry: &wkt::Wkt<f64>) -> Result<Shape, Problem> {
    use wkt::Wkt::*;
    let empty = || Problem::Csv("the geometry is empty".into());
    Ok(match geometry {
        Point(g) => Shape::Point(position(g.coord().ok_or_else(empty)?)?),
        MultiPoint(g) => {
            let points = g.points().iter().filter_map(|p| p.coord()).map(position);
            Shape::MultiPoint(points.collect::<Result<_, _>>()?)
        }
        LineString(g) => Shape::Line(line(g)?),
        MultiLineString(g) => Shape::MultiLine(g.line_strings().iter().map(line).collect::<Result<_, _>>()?),
        Polygon(g) => Shape::Polygon(rings(g)?),
        MultiPolygon(g) => Shape::MultiPolygon(g.polygons().iter().map(rings).collect::<Result<_, _>>()?),
        GeometryCollection(g) => Shape::Collection(g.geometries().iter().map(shape).collect::<Result<_, _>>()?),
    })
}

fn position(coord: &types::Coord<f64>) -> Result<Position, Problem> {
    let numbers = [Some(coord.x), Some(coord.y), coord.z];
    if numbers.iter().flatten().any(|n| !n.is_finite()) {
        return Err(Problem::NotFinite);
    }
    Ok(Position { at: Coord { x: coord.x, y: coord.y }, z: coord.z })
}

fn line(line: &types::LineString<f64>) -> Result<Vec<Position>, Problem> {
    let positions = line.coords().iter().map(position).collect::<Result<Vec<_>, _>>()?;
    if positions.len() < 2 { Err(Problem::ShortLine(positions.len())) } else { Ok(positions) }
}

fn rings(polygon: &types::Polygon<f64>) -> Result<Vec<Vec<Position>>, Problem> {
    polygon.rings().iter().map(line).collect()
}

/// A geometry as well-known text, numbers whole.
pub(super) fn write(shape: &Shape) -> String {
    let z = if shape.has_z() { " Z" } else { "" };
    let (word, body) = match shape {
        Shape::Point(at) => ("POINT", list(&[*at], z)),
        Shape::MultiPoint(all) => ("MULTIPOINT", nested(all, |at| list(&[*at], z))),
        Shape::Line(line) => ("LINESTRING", list(line, z)),
        Shape::MultiLine(lines) => ("MULTILINESTRING", nested(lines, |line| list(line, z))),
        Shape::Polygon(all) => ("POLYGON", nested(all, |ring| list(ring, z))),
        Shape::MultiPolygon(all) => ("MULTIPOLYGON", nested(all, |polygon| nested(polygon, |ring| list(ring, z)))),
        Shape::Collection(shapes) => return format!("GEOMETRYCOLLECTION {}", nested(shapes, write)),
    };
    format!("{word}{z} {body}")
}

fn nested<T>(items: &[T], write: impl Fn(&T) -> String) -> String {
    format!("({})", items.iter().map(write).collect::<Vec<_>>().join(","))
}

fn list(line: &[Position], z: &str) -> String {
    nested(line, |position| {
        let Position { at, z: height } = position;
        if z.is_empty() {
            format!("{} {}", at.x + 0.0, at.y + 0.0)
        } else {
            format!("{} {} {}", at.x + 0.0, at.y + 0.0, height.unwrap_or_default() + 0.0)
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_there_and_back() {
        for text in [
            "POINT (45.25 40)",
            "POINT Z (45.25 40 1200.5)",
            "MULTIPOINT ((45 40),(46 41))",
            "LINESTRING (45 40,46 41)",
            "MULTILINESTRING ((45 40,46 41),(1 2,3 4))",
            "POLYGON ((0 0,9 0,9 9,0 0),(5 1,5 2,6 2,5 1))",
            "MULTIPOLYGON (((0 0,9 0,9 9,0 0)),((20 0,29 0,29 9,20 0)))",
            "GEOMETRYCOLLECTION (POINT (1 2),LINESTRING (1 2,3 4))",
        ] {
            assert_eq!(read(text).map(|shape| write(&shape)).expect(text), text);
        }
        assert_eq!(read("SRID=4326;POINT(1 2)").map(|s| write(&s)).expect("EWKT"), "POINT (1 2)");
        for text in ["POINT (1)", "", "POINT EMPTY", "LINESTRING (1 2)", "CIRCLE (1 2)"] {
            assert!(read(text).is_err(), "{text}");
        }
    }
}

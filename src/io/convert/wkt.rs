//! Geometries as well-known text.

use super::table::{Position, Shape};

/// A geometry as well-known text, with full precision.
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
    use super::super::super::foreign::read_wkt;
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
            let shape = read_wkt(text, Default::default()).expect(text).shape.expect(text);
            assert_eq!(write(&shape), text);
        }
    }
}

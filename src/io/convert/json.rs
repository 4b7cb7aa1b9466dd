//! GeoJSON and GeoJSON sequences: every member of a feature, every height.

use super::super::geojson;
use super::super::parse::reader;
use super::super::{FeatureLabel, Problem, ReadError};
use super::table::{Position, Row, Shape, Table};
use geo::Coord;
use serde_json::{Map, Number, Value};

/// A GeoJSON text as a layer, and the name in its `crs` member.
pub(super) fn read(text: &str, path: &str, name: &str) -> Result<(Table, Option<String>), ReadError> {
    let mut table = Table { name: name.to_owned(), rows: Vec::new(), known: Default::default() };
    let mut crs = None;
    let records = text.replace('\u{1e}', "\n");
    let documents = reader(&records).map_err(|_| complaint(text, path))?;
    for document in documents.into_iter::<Value>() {
        let Ok(mut document) = document else { return Err(complaint(text, path)) };
        if let Some(declared) = document.pointer("/crs/properties/name").and_then(Value::as_str) {
            crs = Some(declared.to_owned());
        }
        match document.get("type").and_then(Value::as_str) {
            Some("FeatureCollection") => {
                let Some(Value::Array(features)) = document.get_mut("features").map(Value::take) else {
                    return Err(complaint(text, path));
                };
                for feature in features {
                    push(&mut table, feature, path)?;
                }
            }
            Some("Feature") => push(&mut table, document, path)?,
            Some(_) => push(&mut table, serde_json::json!({"type": "Feature", "geometry": document}), path)?,
            None => return Err(complaint(text, path)),
        }
    }
    if table.rows.is_empty() && text.trim().is_empty() {
        return Err(ReadError::new(path, Problem::Empty));
    }
    Ok((table, crs))
}

/// What the strict reader has against a text that is no GeoJSON.
fn complaint(text: &str, path: &str) -> ReadError {
    let input = crate::model::Input { path: path.to_owned(), sha256: String::new(), features: 0, datum: None };
    match geojson::read(text.as_bytes(), input) {
        Err(error) => error,
        Ok(_) => ReadError::new(path, Problem::NotGeojson { reason: "it holds no features".into() }),
    }
}

fn push(table: &mut Table, mut feature: Value, path: &str) -> Result<(), ReadError> {
    let index = table.rows.len();
    let id = feature.get_mut("id").map(Value::take).filter(|id| !id.is_null());
    let shown = id.as_ref().map(|id| id.as_str().map_or_else(|| id.to_string(), str::to_owned));
    let wrong = |problem| ReadError {
        feature: Some(FeatureLabel { index, id: shown.clone() }),
        ..ReadError::new(path, problem)
    };
    if feature.get("type").and_then(Value::as_str) != Some("Feature") {
        return Err(wrong(Problem::NotGeojson { reason: "it is no feature".into() }));
    }
    let shape = match feature.get("geometry") {
        None | Some(Value::Null) => None,
        Some(geometry) => Some(shape(geometry).map_err(wrong)?),
    };
    let properties = match feature.get_mut("properties").map(Value::take) {
        Some(Value::Object(members)) => members,
        _ => Map::new(),
    };
    table.rows.push(Row { id, shape, properties });
    Ok(())
}

/// A GeoJSON geometry.
pub(in crate::io) fn shape(geometry: &Value) -> Result<Shape, Problem> {
    let kind = geometry.get("type").and_then(Value::as_str).unwrap_or_default();
    if kind == "GeometryCollection" {
        let shapes = items(geometry.get("geometries"))?;
        return Ok(Shape::Collection(shapes.iter().map(shape).collect::<Result<_, _>>()?));
    }
    let coordinates = geometry.get("coordinates");
    Ok(match kind {
        "Point" => Shape::Point(position(coordinates.unwrap_or(&Value::Null))?),
        "MultiPoint" => Shape::MultiPoint(positions(coordinates)?),
        "LineString" => Shape::Line(line(coordinates)?),
        "MultiLineString" => Shape::MultiLine(each(coordinates, line)?),
        "Polygon" => Shape::Polygon(each(coordinates, ring)?),
        "MultiPolygon" => Shape::MultiPolygon(each(coordinates, |rings| each(rings, ring))?),
        other => return Err(Problem::NotGeojson { reason: format!("\"{other}\" is no type of geometry") }),
    })
}

fn items(value: Option<&Value>) -> Result<&Vec<Value>, Problem> {
    value.and_then(Value::as_array).ok_or_else(|| Problem::NotGeojson { reason: "coordinates are no list".into() })
}

fn each<T>(value: Option<&Value>, read: impl Fn(Option<&Value>) -> Result<T, Problem>) -> Result<Vec<T>, Problem> {
    items(value)?.iter().map(|item| read(Some(item))).collect()
}

fn position(value: &Value) -> Result<Position, Problem> {
    let numbers = items(Some(value))?;
    let number = |value: &Value| value.as_f64().filter(|n| n.is_finite()).ok_or(Problem::NotFinite);
    let [x, y, rest @ ..] = numbers.as_slice() else { return Err(Problem::ShortPosition(numbers.len())) };
    let z = rest.first().map(number).transpose()?;
    Ok(Position { at: Coord { x: number(x)?, y: number(y)? }, z })
}

fn positions(value: Option<&Value>) -> Result<Vec<Position>, Problem> {
    items(value)?.iter().map(position).collect()
}

fn line(value: Option<&Value>) -> Result<Vec<Position>, Problem> {
    let line = positions(value)?;
    if line.len() < 2 { Err(Problem::ShortLine(line.len())) } else { Ok(line) }
}

fn ring(value: Option<&Value>) -> Result<Vec<Position>, Problem> {
    let ring = positions(value)?;
    let ends = ring.first().zip(ring.last()).filter(|_| ring.len() >= 4);
    let (first, last) = ends.ok_or(Problem::ShortRing(ring.len()))?;
    if first.at != last.at {
        let pair = |p: &Position| (p.at.x, p.at.y);
        return Err(Problem::OpenRing { first: pair(first), last: pair(last) });
    }
    Ok(ring)
}

/// The layers as one FeatureCollection with foreign members, one feature a line.
pub(super) fn write(tables: &[Table], members: &Map<String, Value>) -> String {
    let features: Vec<Value> = tables.iter().flat_map(|table| &table.rows).map(feature).collect();
    geojson::feature_collection(&features, members)
}

/// The layers as features, one a line.
pub(super) fn write_sequence(tables: &[Table]) -> String {
    tables.iter().flat_map(|table| &table.rows).map(|row| format!("{}\n", feature(row))).collect()
}

fn feature(row: &Row) -> Value {
    let mut members = Map::from_iter([("type".to_owned(), Value::from("Feature"))]);
    if let Some(id) = &row.id {
        members.insert("id".into(), id.clone());
    }
    members.insert("geometry".into(), row.shape.as_ref().map_or(Value::Null, geometry));
    members.insert("properties".into(), Value::Object(row.properties.clone()));
    Value::Object(members)
}

fn geometry(shape: &Shape) -> Value {
    let (kind, coordinates) = match shape {
        Shape::Point(at) => ("Point", point(at)),
        Shape::MultiPoint(all) => ("MultiPoint", list(all, point)),
        Shape::Line(line) => ("LineString", list(line, point)),
        Shape::MultiLine(lines) => ("MultiLineString", list(lines, |line| list(line, point))),
        Shape::Polygon(rings) => ("Polygon", polygon(rings)),
        Shape::MultiPolygon(all) => ("MultiPolygon", list(all, |rings| polygon(rings))),
        Shape::Collection(shapes) => {
            return serde_json::json!({"type": "GeometryCollection", "geometries": list(shapes, geometry)});
        }
    };
    serde_json::json!({"type": kind, "coordinates": coordinates})
}

fn list<T>(items: &[T], write: impl Fn(&T) -> Value) -> Value {
    Value::Array(items.iter().map(write).collect())
}

fn point(position: &Position) -> Value {
    let number = |n: f64| Number::from_f64(n).map_or(Value::Null, Value::Number);
    let Position { at, z } = position;
    Value::Array([at.x, at.y].into_iter().chain(*z).map(number).collect())
}

/// Rings by the right-hand rule: the shell counter-clockwise, holes clockwise (RFC 7946, 3.1.6).
fn polygon(rings: &[Vec<Position>]) -> Value {
    let turned = rings.iter().enumerate().map(|(number, ring)| {
        let counter_clockwise = twice_area(ring) > 0.0;
        if counter_clockwise == (number == 0) {
            list(ring, point)
        } else {
            Value::Array(ring.iter().rev().map(point).collect())
        }
    });
    Value::Array(turned.collect())
}

fn twice_area(ring: &[Position]) -> f64 {
    let Some(origin) = ring.first() else { return 0.0 };
    ring.windows(2)
        .map(|pair| {
            let (a, b) = (pair[0].at - origin.at, pair[1].at - origin.at);
            a.x * b.y - b.x * a.y
        })
        .sum()
}

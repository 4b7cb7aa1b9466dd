//! GeoJSON and GeoJSON sequences, preserving every member of a feature and every height.

use super::super::direct::{self, Cursor, Fallback, Nest, Parts};
use super::super::geojson;
use super::super::id_fields::own_id;
use super::super::parse::reader;
use super::super::plain::json_line;
use super::super::{FeatureLabel, Limits, Problem, ReadError, sequence};
use super::table::{Position, Row, Shape, Table};
use geo::Coord;
use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::{Map, Value};

/// Parses a GeoJSON text into a layer, and returns the name in its `crs` member.
pub(super) fn read(text: &str, path: &str, name: &str, limits: Limits) -> Result<(Table, Option<String>), ReadError> {
    let complaint = || complaint(text, path, limits);
    let mut table = Table { name: name.to_owned(), rows: Vec::new(), known: Default::default() };
    let mut crs = None;
    let spaced = sequence::spaced(text);
    let documents = reader(&spaced, limits).map_err(|_| complaint())?;
    for document in documents.into_iter::<Value>() {
        let Ok(mut document) = document else { return Err(complaint()) };
        if let Some(declared) = declared_crs(&document) {
            crs = Some(declared);
        }
        match document.get("type").and_then(Value::as_str) {
            Some("FeatureCollection") => {
                let Some(Value::Array(features)) = document.get_mut("features").map(Value::take) else {
                    return Err(complaint());
                };
                for feature in features {
                    push(&mut table, feature, path)?;
                }
            }
            Some("Feature") => push(&mut table, document, path)?,
            Some(_) => push(&mut table, serde_json::json!({"type": "Feature", "geometry": document}), path)?,
            None => return Err(complaint()),
        }
    }
    if table.rows.is_empty() && text.trim().is_empty() {
        return Err(ReadError::new(path, Problem::Empty));
    }
    Ok((table, crs))
}

/// The strict reader's error for a text that is not GeoJSON.
fn complaint(text: &str, path: &str, limits: Limits) -> ReadError {
    let input = crate::model::Input::new(path, "");
    match geojson::read(text.as_bytes(), input, sequence::may_be(path, text.as_bytes()), limits) {
        Err(error) => error,
        Ok(_) => ReadError::new(path, Problem::NotGeojson { reason: "it holds no features".into() }),
    }
}

fn push(table: &mut Table, feature: Value, path: &str) -> Result<(), ReadError> {
    let index = table.rows.len();
    let row = row(feature).map_err(|(id, problem)| {
        let id = id.as_ref().map(own_id);
        ReadError { feature: Some(FeatureLabel { index, id }), ..ReadError::new(path, problem) }
    })?;
    table.rows.push(row);
    Ok(())
}

/// Parses a GeoJSON feature; an error comes with its `id`.
pub(super) fn row(mut feature: Value) -> Result<Row, (Option<Value>, Problem)> {
    let id = feature.get_mut("id").map(Value::take).filter(|id| !id.is_null());
    if feature.get("type").and_then(Value::as_str) != Some("Feature") {
        return Err((id, Problem::NotGeojson { reason: "it is no feature".into() }));
    }
    let shape = match feature.get("geometry").filter(|geometry| !geometry.is_null()).map(shape).transpose() {
        Ok(shape) => shape,
        Err(problem) => return Err((id, problem)),
    };
    let properties = match feature.get_mut("properties").map(Value::take) {
        Some(Value::Object(members)) => members,
        _ => Map::new(),
    };
    Ok(Row { id, shape, properties })
}

/// A feature from the fast reader.
pub(super) fn direct_row(parts: Parts<'_, Position>) -> Result<Row, Fallback> {
    let closed = |ring: &Vec<Position>| ring.len() >= 4 && ring[0].at == ring[ring.len() - 1].at;
    let shape = match (parts.kind, parts.coordinates) {
        (b"Point", Nest::Position(position)) => Shape::Point(position),
        (b"MultiPoint", Nest::Positions(all)) => Shape::MultiPoint(all),
        (b"LineString", Nest::Positions(line)) if line.len() >= 2 => Shape::Line(line),
        (b"MultiLineString", Nest::Rings(lines)) if lines.iter().all(|line| line.len() >= 2) => Shape::MultiLine(lines),
        (b"Polygon", Nest::Rings(rings)) if rings.iter().all(closed) => Shape::Polygon(rings),
        (b"MultiPolygon", Nest::Polygons(all)) if all.iter().flatten().all(closed) => Shape::MultiPolygon(all),
        _ => return Err(Fallback),
    };
    let id = parts.id.map(serde_json::from_slice::<Value>).transpose().map_err(|_| Fallback)?;
    Ok(Row { id: id.filter(|id| !id.is_null()), shape: Some(shape), properties: parts.properties })
}

impl direct::Position for Position {
    #[inline]
    fn read(cursor: &mut Cursor<'_>) -> Result<Self, Fallback> {
        cursor.position().map(|(at, z)| Position { at, z })
    }
}

/// The name in the `crs` member of a document.
pub(super) fn declared_crs(document: &Value) -> Option<String> {
    document.get("crs").and_then(geojson::crs_name)
}

/// Parses a GeoJSON geometry.
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

/// Writes a feature as GeoJSON.
pub(in crate::io) fn write(row: &Row) -> Vec<u8> {
    json_line(&Feature(row)).into_bytes()
}

struct Feature<'a>(&'a Row);

impl Serialize for Feature<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut members = serializer.serialize_map(None)?;
        members.serialize_entry("type", "Feature")?;
        if let Some(id) = &self.0.id {
            members.serialize_entry("id", id)?;
        }
        members.serialize_entry("geometry", &self.0.shape.as_ref().map(Geometry))?;
        members.serialize_entry("properties", &self.0.properties)?;
        members.end()
    }
}

struct Geometry<'a>(&'a Shape);

impl Serialize for Geometry<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        fn members<S: Serializer>(
            to: S,
            kind: &str,
            member: &'static str,
            of: impl Serialize,
        ) -> Result<S::Ok, S::Error> {
            let mut members = to.serialize_map(Some(2))?;
            members.serialize_entry("type", kind)?;
            members.serialize_entry(member, &of)?;
            members.end()
        }
        let to = serializer;
        match self.0 {
            Shape::Point(at) => members(to, "Point", "coordinates", At(at)),
            Shape::MultiPoint(all) => members(to, "MultiPoint", "coordinates", List(all, At)),
            Shape::Line(line) => members(to, "LineString", "coordinates", List(line, At)),
            Shape::MultiLine(lines) => {
                members(to, "MultiLineString", "coordinates", List(lines, |line| List(line, At)))
            }
            Shape::Polygon(rings) => members(to, "Polygon", "coordinates", Rings(rings)),
            Shape::MultiPolygon(all) => members(to, "MultiPolygon", "coordinates", List(all, |rings| Rings(rings))),
            Shape::Collection(shapes) => members(to, "GeometryCollection", "geometries", List(shapes, Geometry)),
        }
    }
}

struct List<'a, T, W>(&'a [T], fn(&'a T) -> W);

impl<T, W: Serialize> Serialize for List<'_, T, W> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(self.1))
    }
}

struct At<'a>(&'a Position);

impl Serialize for At<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Position { at, z } = self.0;
        serializer.collect_seq([at.x, at.y].into_iter().chain(*z))
    }
}

/// Rings oriented by the right-hand rule: shell counter-clockwise, holes clockwise (RFC 7946, 3.1.6).
struct Rings<'a>(&'a [Vec<Position>]);

impl Serialize for Rings<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let turned = |(number, ring): (usize, &'_ Vec<Position>)| {
            let counter_clockwise = twice_area(ring) > 0.0;
            let mut ring = ring.clone();
            if counter_clockwise != (number == 0) {
                ring.reverse();
            }
            Ring(ring)
        };
        serializer.collect_seq(self.0.iter().enumerate().map(turned))
    }
}

struct Ring(Vec<Position>);

impl Serialize for Ring {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(At))
    }
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

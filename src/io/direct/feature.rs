//! Parses a feature of a collection, with its coordinates directly into rings.

use super::cursor::{Cursor, Fallback};
use super::position::{Nest, Position, list};
use crate::io::geometry_issue::members_once;
use crate::io::id_fields::digits;
use crate::io::parse::parse;
use crate::io::{Limits, RawFeature, RawGeometry};
use geo::Coord;
use serde_json::{Map, Number, Value};

/// Reads features one after the other; reuses a buffer for positions.
pub(in crate::io) struct PartsReader<P> {
    gathered: Vec<P>,
}

impl<P> Default for PartsReader<P> {
    fn default() -> Self {
        PartsReader { gathered: Vec::new() }
    }
}

/// The parts of an ordinary feature: only these and a bounding box.
pub(in crate::io) struct Parts<'a, P> {
    /// The type of its geometry.
    pub kind: &'a [u8],
    pub coordinates: Nest<P>,
    pub properties: Map<String, Value>,
    /// The text of its `id` member.
    pub id: Option<&'a [u8]>,
}

/// The members of a feature read so far.
struct Members<'a, P> {
    kind: Option<&'a [u8]>,
    geometry: Option<(&'a [u8], Nest<P>)>,
    properties: Option<Map<String, Value>>,
    id: Option<&'a [u8]>,
    bbox: Option<()>,
}

fn once<T>(slot: &mut Option<T>, value: T) -> Result<(), Fallback> {
    if slot.replace(value).is_some() { Err(Fallback) } else { Ok(()) }
}

impl<P: Position> PartsReader<P> {
    /// The next feature.
    pub fn parts<'a>(&mut self, cursor: &mut Cursor<'a>) -> Result<Parts<'a, P>, Fallback> {
        let mut members = Members { kind: None, geometry: None, properties: None, id: None, bbox: None };
        cursor.expect(b'{')?;
        loop {
            match cursor.key()? {
                b"type" => once(&mut members.kind, cursor.string()?)?,
                b"geometry" => {
                    let geometry = self.geometry(cursor)?;
                    once(&mut members.geometry, geometry)?;
                }
                b"properties" => once(&mut members.properties, properties(cursor.value()?)?)?,
                b"id" => once(&mut members.id, cursor.value()?)?,
                b"bbox" => once(&mut members.bbox, boxed(cursor)?)?,
                _ => return Err(Fallback),
            }
            if !cursor.more(b'}')? {
                break;
            }
        }
        match members {
            Members {
                kind: Some(b"Feature"),
                geometry: Some((kind, coordinates)),
                properties: Some(properties),
                id,
                ..
            } => Ok(Parts { kind, coordinates, properties, id }),
            _ => Err(Fallback),
        }
    }

    fn geometry<'a>(&mut self, cursor: &mut Cursor<'a>) -> Result<(&'a [u8], Nest<P>), Fallback> {
        let (mut kind, mut nest) = (None, None);
        cursor.expect(b'{')?;
        loop {
            match cursor.key()? {
                b"type" => once(&mut kind, cursor.string()?)?,
                b"coordinates" => {
                    let coordinates = Nest::read(cursor, &mut self.gathered)?;
                    once(&mut nest, coordinates)?;
                }
                _ => return Err(Fallback),
            }
            if !cursor.more(b'}')? {
                break;
            }
        }
        Ok((kind.ok_or(Fallback)?, nest.ok_or(Fallback)?))
    }
}

/// The same as a raw feature; its pointer is left empty.
pub(super) fn raw(parts: Parts<'_, Coord>) -> Result<RawFeature, Fallback> {
    let mut geometry = RawGeometry::default();
    geometry.type_name = match (parts.kind, parts.coordinates) {
        (b"Point", Nest::Position(position)) => {
            geometry.points.push(position);
            "Point"
        }
        (b"MultiPoint", Nest::Positions(positions)) => {
            geometry.points = positions;
            "MultiPoint"
        }
        (b"LineString", Nest::Positions(line)) if line.len() >= 2 => {
            geometry.lines.push(line);
            "LineString"
        }
        (b"MultiLineString", Nest::Rings(lines)) if lines.iter().all(|line| line.len() >= 2) => {
            geometry.lines = lines;
            "MultiLineString"
        }
        (b"Polygon", Nest::Rings(rings)) if rings.iter().all(|ring| ring.len() >= 4) => {
            geometry.polygons.push(rings);
            "Polygon"
        }
        (b"MultiPolygon", Nest::Polygons(polygons)) if polygons.iter().flatten().all(|ring| ring.len() >= 4) => {
            geometry.polygons = polygons;
            "MultiPolygon"
        }
        _ => return Err(Fallback),
    };
    let id = parts.id.map(id).transpose()?;
    Ok(RawFeature { id, properties: parts.properties, geometry, pointer: String::new() })
}

/// Bytes as UTF-8 text.
pub(in crate::io) fn text_of(bytes: &[u8]) -> Result<&str, Fallback> {
    std::str::from_utf8(bytes).map_err(|_| Fallback)
}

/// Properties: null, or an object without duplicate keys.
fn properties(text: &[u8]) -> Result<Map<String, Value>, Fallback> {
    if text == b"null" {
        return Ok(Map::new());
    }
    let text = text_of(text)?;
    if !members_once(text) {
        return Err(Fallback);
    }
    parse(text, Limits::DEFAULT).map_err(|_| Fallback)
}

fn id(text: &[u8]) -> Result<String, Fallback> {
    if text.starts_with(b"\"") {
        return serde_json::from_slice(text).map_err(|_| Fallback);
    }
    serde_json::from_slice::<Number>(text).map(|number| digits(&number)).map_err(|_| Fallback)
}

/// Skips a bounding box of four or six numbers.
fn boxed(cursor: &mut Cursor<'_>) -> Result<(), Fallback> {
    let numbers = list(cursor, |cursor| {
        cursor.space();
        cursor.number()
    })?;
    if matches!(numbers.len(), 4 | 6) { Ok(()) } else { Err(Fallback) }
}

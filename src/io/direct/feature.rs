//! A feature of a collection, its coordinates read straight into rings.

use super::cursor::{Cursor, Unusual};
use crate::io::oddity::members_once;
use crate::io::parse::parse;
use crate::io::{RawFeature, RawGeometry};
use geo::Coord;
use serde_json::{Map, Number, Value};

/// Coordinates by how deep they are nested: what they are only the type says, which may stand behind them.
enum Nest {
    Position(Coord),
    Positions(Vec<Coord>),
    Rings(Vec<Vec<Coord>>),
    Polygons(Vec<Vec<Vec<Coord>>>),
}

/// Reads features one after the other; keeps the memory that positions are gathered in.
#[derive(Default)]
pub(super) struct Features {
    gathered: Vec<Coord>,
}

/// The members of a feature that have come.
#[derive(Default)]
struct Members<'a> {
    kind: Option<&'a [u8]>,
    geometry: Option<RawGeometry>,
    properties: Option<Map<String, Value>>,
    id: Option<String>,
    bbox: bool,
}

fn once<T>(slot: &mut Option<T>, value: T) -> Result<(), Unusual> {
    if slot.replace(value).is_some() { Err(Unusual) } else { Ok(()) }
}

impl Features {
    /// The feature that comes next; its pointer is left empty.
    pub fn feature(&mut self, cursor: &mut Cursor<'_>) -> Result<RawFeature, Unusual> {
        let mut members = Members::default();
        cursor.expect(b'{')?;
        loop {
            match cursor.key()? {
                b"type" => once(&mut members.kind, cursor.string()?)?,
                b"geometry" => {
                    let geometry = self.geometry(cursor)?;
                    once(&mut members.geometry, geometry)?;
                }
                b"properties" => once(&mut members.properties, properties(cursor.value()?)?)?,
                b"id" => once(&mut members.id, id(cursor.value()?)?)?,
                b"bbox" if !members.bbox => {
                    boxed(cursor)?;
                    members.bbox = true;
                }
                _ => return Err(Unusual),
            }
            if !cursor.more(b'}')? {
                break;
            }
        }
        match members {
            Members { kind: Some(b"Feature"), geometry: Some(geometry), properties: Some(properties), id, .. } => {
                Ok(RawFeature { id, properties, geometry, pointer: String::new() })
            }
            _ => Err(Unusual),
        }
    }

    fn geometry(&mut self, cursor: &mut Cursor<'_>) -> Result<RawGeometry, Unusual> {
        let (mut kind, mut nest) = (None, None);
        cursor.expect(b'{')?;
        loop {
            match cursor.key()? {
                b"type" => once(&mut kind, cursor.string()?)?,
                b"coordinates" => {
                    let coordinates = self.nest(cursor)?;
                    once(&mut nest, coordinates)?;
                }
                _ => return Err(Unusual),
            }
            if !cursor.more(b'}')? {
                break;
            }
        }
        let mut geometry = RawGeometry::default();
        geometry.type_name = match (kind.ok_or(Unusual)?, nest.ok_or(Unusual)?) {
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
            _ => return Err(Unusual),
        };
        Ok(geometry)
    }

    /// Coordinates, as deep as their first brackets say. Nothing in them is empty.
    fn nest(&mut self, cursor: &mut Cursor<'_>) -> Result<Nest, Unusual> {
        let mut ahead = Cursor::new(cursor.bytes, cursor.at);
        let mut depth = 0;
        while ahead.take(b'[') {
            depth += 1;
        }
        Ok(match depth {
            1 => Nest::Position(position(cursor)?),
            2 => Nest::Positions(self.positions(cursor)?),
            3 => Nest::Rings(list(cursor, |cursor| self.positions(cursor))?),
            4 => Nest::Polygons(list(cursor, |cursor| list(cursor, |cursor| self.positions(cursor)))?),
            _ => return Err(Unusual),
        })
    }

    fn positions(&mut self, cursor: &mut Cursor<'_>) -> Result<Vec<Coord>, Unusual> {
        self.gathered.clear();
        cursor.expect(b'[')?;
        loop {
            let position = position(cursor)?;
            self.gathered.push(position);
            if !cursor.more(b']')? {
                return Ok(self.gathered.as_slice().to_vec());
            }
        }
    }
}

fn list<T>(
    cursor: &mut Cursor<'_>,
    mut item: impl FnMut(&mut Cursor<'_>) -> Result<T, Unusual>,
) -> Result<Vec<T>, Unusual> {
    let mut out = Vec::new();
    cursor.expect(b'[')?;
    loop {
        out.push(item(cursor)?);
        if !cursor.more(b']')? {
            return Ok(out);
        }
    }
}

/// A position within ±180°, ±90°; a height is read and left out.
#[inline]
fn position(cursor: &mut Cursor<'_>) -> Result<Coord, Unusual> {
    cursor.expect(b'[')?;
    let at = cursor.two_numbers()?;
    if cursor.more(b']')? {
        cursor.space();
        cursor.number()?;
        cursor.expect(b']')?;
    }
    if at.x.abs() <= 180.0 && at.y.abs() <= 90.0 { Ok(at) } else { Err(Unusual) }
}

/// Properties that are an object without a member that stands twice, or null.
fn properties(text: &[u8]) -> Result<Map<String, Value>, Unusual> {
    if text == b"null" {
        return Ok(Map::new());
    }
    let text = std::str::from_utf8(text).map_err(|_| Unusual)?;
    if !members_once(text) {
        return Err(Unusual);
    }
    parse(text).map_err(|_| Unusual)
}

fn id(text: &[u8]) -> Result<String, Unusual> {
    if text.starts_with(b"\"") {
        return serde_json::from_slice(text).map_err(|_| Unusual);
    }
    serde_json::from_slice::<Number>(text).map(|number| number.to_string()).map_err(|_| Unusual)
}

/// Goes over a bounding box of four or six numbers.
fn boxed(cursor: &mut Cursor<'_>) -> Result<(), Unusual> {
    let numbers = list(cursor, |cursor| {
        cursor.space();
        cursor.number()
    })?;
    if matches!(numbers.len(), 4 | 6) { Ok(()) } else { Err(Unusual) }
}

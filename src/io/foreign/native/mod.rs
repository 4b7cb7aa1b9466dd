//! GeoParquet; KML, GPX and Shapefiles without GDAL: the same features, identifiers and properties as through OGR's drivers.
//!
//! Builds with GDAL read these formats through OGR, except KML with tracks of several pieces: there the driver LIBKML of GDAL 3.6
//! crashes.

mod dbf;
mod gpx;
mod kml;
mod prj;
mod shapefile;
mod xml;

#[cfg(all(test, feature = "gdal"))]
mod tests;

use super::ForeignLayer;
#[cfg(feature = "parquet")]
use super::geoparquet;
use crate::io::convert::{Position, Shape};
use crate::io::frame::Reading;
use crate::io::geojson::push_geometry;
use crate::io::moved::moved;
use crate::io::{FeatureLabel, Problem, RawLayer, ReadError, zip};
use crate::model::{Input, Role, WarningCode};
use geo::{Coord, LineString, MultiLineString, MultiPoint, MultiPolygon, Point, Polygon};
use serde_json::Value;
use std::collections::HashSet;

/// A format that is read here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    Kml,
    Gpx,
    Shapefile,
    #[cfg(feature = "parquet")]
    GeoParquet,
}

/// Number of bytes in which the root element is searched.
const START: usize = 1 << 16;

fn format(path: &str, bytes: &[u8]) -> Option<Format> {
    // A file of an archive comes with the whole archive.
    if zip::is_archive(bytes) {
        return path.to_lowercase().ends_with(".shp").then_some(Format::Shapefile);
    }
    if bytes.starts_with(&shapefile::MAGIC) {
        return Some(Format::Shapefile);
    }
    #[cfg(feature = "parquet")]
    if bytes.starts_with(geoparquet::MAGIC) {
        return Some(Format::GeoParquet);
    }
    let start = String::from_utf8_lossy(&bytes[..bytes.len().min(START)]);
    let name = |tag: &str| tag.split(|c: char| c.is_whitespace() || c == '>' || c == '/').next().map(str::to_owned);
    let first = start.split('<').skip(1).find(|tag| !tag.starts_with(['?', '!']));
    let first = first.filter(|_| start.trim_start_matches('\u{feff}').trim_start().starts_with('<')).and_then(name)?;
    match first.rsplit(':').next()? {
        "kml" => Some(Format::Kml),
        "gpx" => Some(Format::Gpx),
        "Document" | "Folder" | "Placemark" if path.to_lowercase().ends_with(".kml") => Some(Format::Kml),
        _ => None,
    }
}

/// Whether this build reads a file here: any format of this module without GDAL, with it only KML that
/// crashes GDAL's driver.
pub(in crate::io) fn is_native(path: &str, bytes: &[u8]) -> bool {
    const ELEMENT: &[u8; 10] = b"MultiTrack";
    // In UTF-8 or UTF-16.
    let holds = || {
        let is_word = |at: &[u8], step: usize| at.iter().step_by(step).eq(ELEMENT);
        bytes.windows(10).any(|at| is_word(at, 1)) || bytes.windows(19).any(|at| at[1] == 0 && is_word(at, 2))
    };
    let crashes_driver = |format: Format| format == Format::Kml && holds();
    let only_here = |format: Format| match format {
        #[cfg(feature = "parquet")]
        Format::GeoParquet => true,
        format => crashes_driver(format),
    };
    format(path, bytes).is_some_and(|format| cfg!(not(feature = "gdal")) || only_here(format))
}

/// All layers of a file; `None` if it is of no format that is read here. `name` is the default layer name. Layers that
/// repeat the positions of others ([`is_again`]) are filled if `wanted` names them.
///
/// # Errors
/// With the feature, and the line and column or the byte, of the fault.
pub(in crate::io) fn read(
    (path, name): (&str, &str),
    bytes: &[u8],
    wanted: Option<&str>,
    frame: Reading<'_>,
) -> Option<Result<Vec<ForeignLayer>, ReadError>> {
    Some(match format(path, bytes)? {
        Format::Kml => kml::read(bytes, (path, name), frame.encoding, frame.limits),
        Format::Gpx => gpx::read(bytes, path, wanted, frame),
        Format::Shapefile => shapefile::read(bytes, (path, name), frame).map(|layer| vec![layer]),
        #[cfg(feature = "parquet")]
        Format::GeoParquet => {
            geoparquet::read(bytes, (path, name), frame.from.is_some(), frame.limits).map(|layer| vec![layer])
        }
    })
}

/// A raw layer of a file, as through OGR: the named layer; else the first with features of the geometry type that a role
/// needs; of KML and GPX, whose layers are folders or geometry types of one map, all such layers.
///
/// # Errors
/// As [`read`]; there is no layer of that name.
pub(in crate::io) fn raw(
    (path, name): (&str, &str),
    bytes: &[u8],
    (wanted, role): (Option<&str>, Option<Role>),
    input: Input,
    frame: Reading<'_>,
) -> Option<Result<RawLayer, ReadError>> {
    let is_map = matches!(format(path, bytes)?, Format::Kml | Format::Gpx);
    let layers = match read((path, name), bytes, wanted, frame)? {
        Ok(layers) => layers,
        Err(error) => return Some(Err(error)),
    };
    Some(raw_of(path, layers, is_map, (wanted, role), input, frame))
}

fn raw_of(
    path: &str,
    layers: Vec<ForeignLayer>,
    is_map: bool,
    (wanted, role): (Option<&str>, Option<Role>),
    input: Input,
    frame: Reading<'_>,
) -> Result<RawLayer, ReadError> {
    let names: Vec<String> = layers.iter().map(|layer| layer.table.name.clone()).collect();
    let indices = match wanted.map(|name| names.iter().position(|have| have == name)) {
        Some(Some(index)) => vec![index],
        Some(None) if names.len() > 1 => {
            let id = wanted.unwrap_or_default().to_owned();
            return Err(ReadError::new(path, Problem::UnknownLayer { id, layers: names }));
        }
        _ if names.len() > 1 => holding(&layers, role, is_map),
        _ => vec![0],
    };
    let mut taken: Vec<ForeignLayer> = Vec::with_capacity(indices.len());
    let mut chosen = indices.iter().peekable();
    for (index, layer) in layers.into_iter().enumerate() {
        if chosen.next_if_eq(&&index).is_some() {
            taken.push(layer);
        }
    }
    let Some(first) = taken.first() else { return Err(ReadError::new(path, Problem::Nothing("layers"))) };
    let declared = first.declared.clone();
    let way = frame.to_wgs84(path, declared.as_ref())?;
    let mut raw = RawLayer { layer: Some(first.table.name.clone()), ..RawLayer::empty(input) };
    raw.short_way = is_map;
    raw.edges = first.edges;
    let (mut short, mut measures, mut notes, mut remarks) = (0, 0, Vec::new(), Vec::new());
    for layer in taken {
        let before = raw.features.len();
        let in_file = |error: ReadError| {
            let feature = error.feature.map(|label| FeatureLabel { index: label.index + before, ..label });
            ReadError { feature, ..error }
        };
        let invalid: Vec<ReadError> = layer.invalid.into_iter().map(in_file).collect();
        let wrong: HashSet<usize> = invalid.iter().filter_map(|error| Some(error.feature.as_ref()?.index)).collect();
        raw.invalid.extend(invalid);
        short += layer.short;
        measures += layer.measures;
        notes.extend(layer.notes);
        remarks.extend(layer.remarks);
        for row in layer.table.rows {
            let told = raw.warnings.len();
            let is_wrong = wrong.contains(&raw.features.len());
            let geometry = row.shape.as_ref().map(geometry);
            let moved = |geometry| if way.is_identity() { Ok(geometry) } else { moved(geometry, &way) };
            push_geometry(&mut raw, row.properties, geometry.map(moved).transpose());
            if is_wrong {
                // Reported with all invalid features.
                raw.warnings.truncate(told);
            }
        }
    }
    notes.into_iter().for_each(|note| raw.warn(WarningCode::Encoding, None, note));
    remarks.into_iter().for_each(|remark| raw.warn(WarningCode::Note, None, remark));
    raw.warnings.extend(super::told(path, &names[0], 0, measures));
    if short > 0 {
        let message =
            format!("{path}: {short} recorded pieces of fewer than two positions are left out: they have no length");
        raw.warn(WarningCode::Note, None, message);
    }
    if wanted.is_none() && names.len() > 1 {
        let read = indices.iter().map(|&index| format!("\"{}\"", names[index])).collect::<Vec<_>>().join(" and ");
        let verb = if indices.len() == 1 { "is" } else { "are" };
        let message = format!("{path} has {} layers ({}); {read} {verb} read", names.len(), names.join(", "));
        raw.warn(WarningCode::Note, None, message);
    }
    raw.input.datum = way.note();
    raw.noise_m = way.noise_m();
    raw.warnings.extend(way.warnings(path));
    if let Some(message) = frame.overruled(path, declared.as_ref()) {
        raw.warn(WarningCode::Datum, None, message);
    }
    if declared.is_none() && frame.from.is_none() {
        let message = format!("{path} names no coordinate reference system; it is read as WGS 84");
        raw.warn(WarningCode::Datum, None, message);
    }
    raw.input.features = raw.features.len();
    Ok(raw)
}

/// Whether a layer repeats the points of routes or tracks.
pub(in crate::io) fn is_again(name: &str) -> bool {
    matches!(name, "route_points" | "track_points")
}

/// Indices of the layers with features of the geometry type that a role needs, as `ogr/layers.rs` selects them.
fn holding(layers: &[ForeignLayer], role: Option<Role>, is_map: bool) -> Vec<usize> {
    let indices_of = |holds: &dyn Fn(&ForeignLayer) -> bool| -> Vec<usize> {
        let layers = layers.iter().enumerate().filter(|(_, layer)| !is_again(&layer.table.name));
        layers.filter_map(|(index, layer)| holds(layer).then_some(index)).collect()
    };
    let mut found = indices_of(&|layer| {
        layer.table.rows.iter().any(|row| row.shape.as_ref().is_some_and(|shape| fits(shape, role)))
    });
    if found.is_empty() {
        found = indices_of(&|layer| !layer.table.rows.is_empty());
        found.truncate(1);
    }
    if !is_map {
        found.truncate(1);
    }
    if found.is_empty() { vec![0] } else { found }
}

fn fits(shape: &Shape, role: Option<Role>) -> bool {
    let point = matches!(shape, Shape::Point(_) | Shape::MultiPoint(_));
    let line = matches!(shape, Shape::Line(_) | Shape::MultiLine(_));
    match role {
        None => true,
        Some(Role::Place | Role::Mark) => point,
        Some(Role::Line | Role::River | Role::Route) => line || matches!(shape, Shape::Collection(_)),
        Some(Role::Territory | Role::Water | Role::Proposal) => !point && !line,
        Some(Role::Relief) => false,
    }
}

/// A geometry without heights.
fn geometry(shape: &Shape) -> geo::Geometry {
    fn run(line: &[Position]) -> LineString {
        LineString(line.iter().map(|position| position.at).collect())
    }
    fn polygon(rings: &[Vec<Position>]) -> Polygon {
        let mut rings = rings.iter().map(|ring| run(ring).0);
        let shell = rings.next().unwrap_or_default();
        // `Polygon::new` would close open rings, which are errors to report.
        unclosed(shell, rings.collect())
    }
    match shape {
        Shape::Point(position) => Point(position.at).into(),
        Shape::MultiPoint(all) => MultiPoint(all.iter().map(|position| Point(position.at)).collect()).into(),
        Shape::Line(line) => run(line).into(),
        Shape::MultiLine(lines) => MultiLineString(lines.iter().map(|line| run(line)).collect()).into(),
        Shape::Polygon(rings) => polygon(rings).into(),
        Shape::MultiPolygon(all) => MultiPolygon(all.iter().map(|rings| polygon(rings)).collect()).into(),
        Shape::Collection(parts) => geo::Geometry::GeometryCollection(parts.iter().map(geometry).collect()),
    }
}

fn unclosed(shell: Vec<Coord>, holes: Vec<Vec<Coord>>) -> Polygon {
    Polygon::new(LineString(shell), holes.into_iter().map(LineString).collect())
}

/// Gives every position a height if any has one: 0 m where none is stated.
fn with_heights(shape: &mut Shape) {
    let mut any = false;
    let _ = shape.each(&mut |position| {
        any |= position.z.is_some();
        Ok::<(), ()>(())
    });
    if any {
        let _ = shape.each(&mut |position| {
            position.z.get_or_insert(0.0);
            Ok::<(), ()>(())
        });
    }
}

/// Geometries as one: of one simple type a geometry of that type with several parts, else a collection.
fn together(parts: Vec<Shape>) -> Option<Shape> {
    if parts.is_empty() {
        return None;
    }
    macro_rules! all {
        ($kind:ident, $several:ident) => {
            if parts.iter().all(|part| matches!(part, Shape::$kind(_))) {
                let inner = |part| if let Shape::$kind(inner) = part { Some(inner) } else { None };
                return Some(Shape::$several(parts.into_iter().filter_map(inner).collect()));
            }
        };
    }
    all!(Point, MultiPoint);
    all!(Line, MultiLine);
    all!(Polygon, MultiPolygon);
    Some(Shape::Collection(parts))
}

/// Parses nested properties, which are written as JSON text in formats without nesting.
fn nested(text: &str) -> Value {
    if text.starts_with(['{', '[']) {
        return serde_json::from_str(text).unwrap_or_else(|_| text.into());
    }
    text.into()
}

/// A date, with or without a time, of XML Schema, as RFC 3339 with whole seconds; a time without a zone is taken as UTC.
fn time(text: &str) -> Option<String> {
    let text = text.trim();
    let (date, clock) = text.split_once('T').map_or((text, None), |(date, clock)| (date, Some(clock)));
    let mut parts = date.split('-').map(|part| part.parse::<u32>().ok());
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let days = match month {
        2 => 28 + u32::from(leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    if parts.next().is_some() || !(1..=days).contains(&day) {
        return None;
    }
    let Some(clock) = clock else { return Some(format!("{year:04}-{month:02}-{day:02}T00:00:00+00:00")) };
    let (clock, zone) = match clock.find(['Z', '+', '-']) {
        Some(at) => clock.split_at(at),
        None => (clock, "Z"),
    };
    let mut parts = clock.split(':');
    let (hour, minute) = (parts.next()?.parse::<u32>().ok()?, parts.next()?.parse::<u32>().ok()?);
    let second = parts.next()?.parse::<f64>().ok().filter(|second| (0.0..60.0).contains(second))?.floor();
    if parts.next().is_some() || hour > 23 || minute > 59 {
        return None;
    }
    let zone = match zone {
        "Z" => "+00:00".to_owned(),
        _ => {
            let (hours, minutes) = zone[1..].split_once(':')?;
            let (hours, minutes) = (hours.parse::<u32>().ok()?, minutes.parse::<u32>().ok()?);
            // OGR keeps quarters of an hour.
            format!("{}{hours:02}:{:02}", &zone[..1], minutes / 15 * 15)
        }
    };
    Some(format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}{zone}"))
}

//! Foreign formats with built-in readers: text tables, TopoJSON, Esri JSON, GeoParquet; without GDAL also KML, GPX and
//! Shapefiles.

mod arc;
mod csv;
mod esri;
#[cfg(feature = "parquet")]
mod geoparquet;
#[cfg(feature = "parquet")]
pub(super) use geoparquet::bytes_of as geoparquet_of;
#[cfg(feature = "formats")]
mod native;
mod topojson;
mod wkb;
mod wkt;

pub(super) use arc::TOLERANCE;
#[cfg(feature = "gdal")]
pub(super) use arc::string as arcs;
#[cfg(feature = "formats")]
pub(super) use native::{is_again, is_native, raw as native_raw, read as read_native};
pub(super) use wkb::read_bytes as read_wkb;
#[cfg(test)]
pub(super) use wkt::read as read_wkt;

use super::antimeridian;
use super::convert::{FeaturePipeline, Row, Seen, Shape, Table};
use super::frame::{Reading, System};
use super::id_fields::own_id;
use super::parse::parse;
use super::refused;
use super::{FeatureLabel, Limits, Problem, RawFeature, RawGeometry, RawLayer, ReadError};
use crate::model::{Edges, Input, Role, Warning, WarningCode};
use serde_json::{Map, Value};
use std::collections::HashSet;

/// A layer, with its declared system.
#[derive(Debug, Default)]
pub(super) struct ForeignLayer {
    pub table: Table,
    pub declared: Option<System>,
    /// Number of arcs that were densified.
    pub arcs: usize,
    /// Number of geometries whose measures (M) were dropped.
    pub measures: usize,
    /// Number of recorded pieces with fewer than two positions, which are dropped.
    pub short: usize,
    /// Notes on its text encoding.
    pub notes: Vec<String>,
    /// Other notes.
    pub remarks: Vec<String>,
    /// The kind of edges that it states, if they are not straight in longitude and latitude.
    pub edges: Option<Edges>,
    /// Errors of invalid features, which have no geometry here.
    pub invalid: Vec<ReadError>,
}

impl ForeignLayer {
    /// Adds a feature; without a geometry if that is invalid.
    fn push(&mut self, id: Option<Value>, properties: Map<String, Value>, shape: Result<Option<Shape>, ReadError>) {
        let shape = shape.unwrap_or_else(|error| {
            self.invalid.push(error);
            None
        });
        self.table.rows.push(Row { id, shape, properties });
    }
}

/// A layer without features.
fn layer(name: &str) -> ForeignLayer {
    let table = Table { name: name.to_owned(), rows: Vec::new(), known: Default::default() };
    ForeignLayer { table, ..ForeignLayer::default() }
}

/// A foreign format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ForeignFormat {
    Table,
    TopoJson,
    EsriJson,
}

/// Number of bytes in which format-specific words are searched.
const START: usize = 1 << 16;

/// Words typical of such documents and rare in others.
const WORDS: [&str; 6] = [
    "\"Topology\"",
    "\"geometryType\"",
    "\"spatialReference\"",
    "\"attributes\"",
    "\"objectIdFieldName\"",
    "\"error\"",
];

/// Whether the beginning or end of a document contains such words, and the beginning none typical of GeoJSON: only then
/// is it parsed to detect its format.
pub(super) fn may_be_other_json(bytes: &[u8]) -> bool {
    let parts = [&bytes[..bytes.len().min(START)], &bytes[bytes.len().saturating_sub(START / 16)..]];
    let holds =
        |part: &[u8], word: &str| part.windows(word.len()).any(|here| here[0] == b'"' && here == word.as_bytes());
    !holds(parts[0], "\"FeatureCollection\"") && WORDS.iter().any(|word| parts.iter().any(|part| holds(part, word)))
}

/// The format of a file, if it is one of these.
pub(super) fn kind(path: &str, bytes: &[u8], limits: Limits) -> Option<ForeignFormat> {
    let extension = path.rsplit_once('.').map(|(_, extension)| extension.to_lowercase());
    let first = bytes.iter().find(|byte| !byte.is_ascii_whitespace())?;
    if *first == b'{' {
        if !may_be_other_json(bytes) {
            return None;
        }
        let text = std::str::from_utf8(bytes).ok()?;
        let members: Map<String, Value> = match parse(text, limits) {
            Ok(members) => members,
            Err(error) => refused::outline(text, &error, limits)?,
        };
        return if topojson::is_one(&members) {
            Some(ForeignFormat::TopoJson)
        } else {
            esri::is_one(&members).then_some(ForeignFormat::EsriJson)
        };
    }
    match extension.as_deref() {
        Some("csv" | "tsv") if *first != b'[' => Some(ForeignFormat::Table),
        _ if *first == b'<' || bytes[..bytes.len().min(START)].contains(&0) => None,
        _ => {
            let start = &bytes[..bytes.len().min(START)];
            // Not split inside a character.
            let end = start.iter().rposition(|byte| *byte == b'\n').map_or(start.len(), |at| at + 1);
            let start = std::str::from_utf8(&start[..end]).ok()?;
            csv::looks_like(start).then_some(ForeignFormat::Table)
        }
    }
}

/// Reads the layers of a file; `name` is the default layer name.
///
/// # Errors
/// With the position of the fault.
pub(super) fn read(
    kind: ForeignFormat,
    bytes: &[u8],
    (path, name): (&str, &str),
    limits: Limits,
) -> Result<Vec<ForeignLayer>, ReadError> {
    let text = std::str::from_utf8(bytes)
        .map_err(|error| ReadError::new(path, Problem::NotUtf8 { byte: error.valid_up_to() }))?;
    if kind == ForeignFormat::Table {
        return csv::read(text, path, name, limits).map(|layer| vec![layer]);
    }
    let document: Value = parse(text, limits).map_err(|error| {
        refused::fault(path, text, &error, limits).unwrap_or_else(|| {
            let problem = Problem::NotJson { reason: error.to_string(), line: error.line(), column: error.column() };
            ReadError::new(path, problem)
        })
    })?;
    match kind {
        ForeignFormat::TopoJson => topojson::read(&document, path),
        _ => esri::read(&document, path, name),
    }
}

/// Warnings about arcs and measures, one sentence each.
pub(super) fn told(path: &str, name: &str, arcs: usize, measures: usize) -> Vec<Warning> {
    let warn = |message: String| Warning { code: WarningCode::Note, message, feature: None };
    let arcs =
        (arcs > 0).then(|| format!("{path}: layer {name}: {arcs} arcs are followed by chains within {TOLERANCE}"));
    let measures =
        (measures > 0).then(|| format!("{path}: layer {name}: measures (M) of {measures} geometries are left out"));
    arcs.into_iter().chain(measures).map(warn).collect()
}

/// One of the layers as a raw layer: the named one, else the first with geometry that fits the role.
///
/// # Errors
/// There is no layer of that name, or a position is impossible in its system.
pub(super) fn raw(
    (kind, layers): (ForeignFormat, Vec<ForeignLayer>),
    (wanted, role): (Option<&str>, Option<Role>),
    input: Input,
    frame: Reading<'_>,
) -> Result<RawLayer, ReadError> {
    let path = input.path.clone();
    let names: Vec<String> = layers.iter().map(|layer| layer.table.name.clone()).collect();
    let fits =
        |layer: &ForeignLayer| layer.table.rows.iter().any(|row| row.shape.as_ref().is_some_and(|s| serves(s, role)));
    let index = match wanted.map(|name| names.iter().position(|have| have == name)) {
        Some(Some(index)) => index,
        Some(None) if names.len() > 1 => {
            let id = wanted.unwrap_or_default().to_owned();
            return Err(ReadError::new(path, Problem::UnknownLayer { id, layers: names }));
        }
        _ => layers.iter().position(fits).unwrap_or(0),
    };
    let Some(layer) = layers.into_iter().nth(index) else {
        return Err(ReadError::new(path, Problem::Nothing("layers")));
    };
    let ForeignLayer { table, declared, arcs, measures, invalid, .. } = layer;
    let way = frame.to_wgs84(&path, declared.as_ref())?;
    let mut raw = RawLayer { layer: Some(table.name.clone()), invalid, ..RawLayer::empty(input) };
    raw.warnings.extend(told(&path, &table.name, arcs, measures));
    let wrong_already: HashSet<usize> =
        raw.invalid.iter().filter_map(|error| Some(error.feature.as_ref()?.index)).collect();
    if wanted.is_none() && names.len() > 1 {
        let message = format!("{path} has {} layers ({}); \"{}\" is read", names.len(), names.join(", "), table.name);
        raw.warn(WarningCode::Note, None, message);
    }
    if kind == ForeignFormat::Table && declared.is_none() && frame.from.is_none() {
        let message = format!("{path} names no coordinate reference system; it is read as WGS 84");
        raw.warn(WarningCode::Datum, None, message);
    }
    let (pipeline, mut seen) = (FeaturePipeline::unsigned(way), Seen::new());
    for (index, mut row) in table.rows.into_iter().enumerate() {
        let id = row.id.as_ref().map(own_id);
        let shown = id.clone().or_else(|| super::id_fields::named(&row.properties));
        let properties = std::mem::take(&mut row.properties);
        let mut is_wrong = wrong_already.contains(&index);
        let shape = pipeline.go(row, &mut seen).map(|row| row.and_then(|row| row.shape)).unwrap_or_else(|problem| {
            is_wrong = true;
            let feature = Some(FeatureLabel { index, id: shown.clone() });
            raw.invalid.push(ReadError { feature, ..ReadError::new(&path, problem) });
            None
        });
        let geometry = shape.map_or_else(nothing, |shape| flat(&shape));
        if is_wrong {
            // Reported with all invalid features.
        } else if geometry.points.is_empty() && geometry.lines.is_empty() && geometry.polygons.is_empty() {
            let name = shown.unwrap_or_else(|| index.to_string());
            raw.warn(WarningCode::NoGeometry, Some(name), format!("feature {index} has no coordinates"));
        }
        raw.features.push(RawFeature { id, properties, geometry, pointer: String::new() });
    }
    raw.input.datum = pipeline.way.note();
    raw.noise_m = pipeline.way.noise_m();
    raw.warnings.extend(pipeline.way.warnings(&path));
    raw.warnings.extend(seen.told(&path));
    if let Some(message) = frame.overruled(&path, declared.as_ref()) {
        raw.warn(WarningCode::Datum, None, message);
    }
    raw.input.features = raw.features.len();
    Ok(raw)
}

fn nothing() -> RawGeometry {
    RawGeometry { type_name: "feature without geometry", ..RawGeometry::default() }
}

/// Whether a geometry is of a kind that a role needs.
fn serves(shape: &Shape, role: Option<Role>) -> bool {
    use crate::io::GeometryDimension::{Lines, Points, Polygons};
    let wanted = match role {
        None => return true,
        Some(Role::Line | Role::River | Role::Route) => Lines,
        Some(Role::Place | Role::Mark) => Points,
        Some(Role::Territory | Role::Water | Role::Proposal) => Polygons,
        Some(Role::Relief) => return false,
    };
    shape.kinds().contains(&wanted)
}

/// A geometry without heights, sorted by dimension.
fn flat(shape: &Shape) -> RawGeometry {
    let line = |line: &Vec<super::convert::Position>| line.iter().map(|position| position.at).collect::<Vec<_>>();
    let type_name = match shape {
        Shape::Point(_) => "Point",
        Shape::MultiPoint(_) => "MultiPoint",
        Shape::Line(_) => "LineString",
        Shape::MultiLine(_) => "MultiLineString",
        Shape::Polygon(_) => "Polygon",
        Shape::MultiPolygon(_) => "MultiPolygon",
        Shape::Collection(_) => "GeometryCollection",
    };
    let mut geometry = RawGeometry { type_name, ..RawGeometry::default() };
    let mut parts = Vec::new();
    shape.simple(&mut parts);
    for part in parts {
        match part {
            Shape::Point(position) => geometry.points.push(position.at),
            Shape::Line(run) => geometry.lines.push(line(&run)),
            Shape::Polygon(rings) => geometry.polygons.push(rings.iter().map(line).collect()),
            _ => {}
        }
    }
    geometry
}

/// A geometry cut at ±180° if it continues beyond; `None` if it does not.
pub(super) fn cut_at_180(shape: &Shape) -> Option<Shape> {
    let beyond = |line: &[super::convert::Position]| line.iter().any(|at| antimeridian::is_beyond(at.at.x));
    let one = |mut all: Vec<_>, many: fn(Vec<_>) -> Shape, single: fn(_) -> Shape| match all.len() {
        1 => all.pop().map(single),
        _ => Some(many(all)),
    };
    let mut out = match shape {
        Shape::Point(at) if antimeridian::is_beyond(at.at.x) => return Some(Shape::Point(antimeridian::point(*at))),
        Shape::MultiPoint(all) if beyond(all) => {
            return Some(Shape::MultiPoint(all.iter().map(|at| antimeridian::point(*at)).collect()));
        }
        Shape::Line(line) if beyond(line) => return one(antimeridian::line(line), Shape::MultiLine, Shape::Line),
        Shape::MultiLine(lines) if lines.iter().any(|line| beyond(line)) => {
            return Some(Shape::MultiLine(lines.iter().flat_map(|line| antimeridian::line(line)).collect()));
        }
        Shape::Polygon(rings) if rings.iter().any(|ring| beyond(ring)) => antimeridian::polygon(rings),
        Shape::MultiPolygon(all) if all.iter().flatten().any(|ring| beyond(ring)) => {
            all.iter().flat_map(|rings| antimeridian::polygon(rings)).collect()
        }
        Shape::Collection(parts) => {
            let cut: Vec<Option<Shape>> = parts.iter().map(cut_at_180).collect();
            let any = cut.iter().any(Option::is_some);
            let all = cut.into_iter().zip(parts).map(|(cut, part)| cut.unwrap_or_else(|| part.clone()));
            return any.then(|| Shape::Collection(all.collect()));
        }
        _ => return None,
    };
    match (out.len(), shape) {
        (1, Shape::Polygon(_)) => out.pop().map(Shape::Polygon),
        _ => Some(Shape::MultiPolygon(out)),
    }
}

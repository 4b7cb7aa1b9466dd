//! Reads any format of OGR. The only module that uses GDAL.

mod gdal_input;
mod geopackage;
mod heights;
mod layers;
mod mapinfo;
mod near;
mod operation;
mod osm;
mod proj;
mod settings;
mod table;
mod texts;
mod write;

pub(super) use heights::heights;
pub(super) use proj::Proj;
pub use settings::silence_gdal;
pub(super) use table::read_tables;
pub(super) use write::write;

use super::antimeridian;
use super::foreign::told;
use super::frame::{CrsTransform, Reading};
use super::moved::moved;
use super::text_fields::{FieldTexts, How, Settled};
use super::unknown::looks_like;
use super::zip;
use super::{Limits, Problem, RawLayer, ReadError, geojson};
use crate::model::{Input, Role, WarningCode};
use gdal::vector::{Feature, FieldValue, Layer, LayerAccess, OGRFieldType};
use gdal::{DatasetOptions, GdalOpenFlags};
use gdal_input::GdalInput;
use geo::{LineString, MultiPolygon, Polygon};
use serde_json::{Map, Number, Value};
use settings::Settings;
use std::io::Read;

/// Local virtual file systems of GDAL.
const LOCAL: [&str; 2] = ["/vsigzip/", "/vsizip/"];

/// Drivers that read only the given file and its companions (`.dbf`, `.prj` …): none that connects
/// to a server, follows references to other files (VRT) or fetches a schema.
const DRIVERS: [&str; 47] = [
    "AVCBin",
    "AVCE00",
    "CAD",
    "CSV",
    "DGN",
    "DXF",
    "EDIGEO",
    "ESRI Shapefile",
    "ESRIJSON",
    "FlatGeobuf",
    "GML",
    "GPKG",
    "GPX",
    "GeoJSON",
    "GeoJSONSeq",
    "GeoRSS",
    "Geoconcept",
    "Idrisi",
    "Interlis 1",
    "Interlis 2",
    "JML",
    "JSONFG",
    "KML",
    "LIBKML",
    "LVBAG",
    "MBTiles",
    "MVT",
    "MapInfo File",
    "MapML",
    "ODS",
    "OGR_GMT",
    "OGR_SDTS",
    "OSM",
    "OpenFileGDB",
    "Parquet",
    "S57",
    "SOSI",
    "SQLite",
    "SXF",
    "Selafin",
    "TIGER",
    "TopoJSON",
    "UK .NTF",
    "VDV",
    "VFK",
    "WAsP",
    "XLSX",
];

/// Whether a path leads to the network, or into a network file system.
pub(super) fn is_remote(path: &str) -> bool {
    path.starts_with("/vsi") && !LOCAL.iter().any(|local| path.starts_with(local))
}

/// The input entry of a remote file.
pub(super) fn remote(path: &str) -> Input {
    Input::new(path, "unknown")
}

/// The warning for a remote file.
pub(super) fn no_hash(path: &str) -> String {
    format!("{path} is read by GDAL from afar: no hash of its bytes is taken, and they may change")
}

/// Reads a layer of a file: the named one; in an OpenStreetMap extract the one for `shape`; else the first with
/// features of that geometry type; for formats whose layers are folders or geometry types, all such layers.
pub(super) fn read(
    path: &str,
    bytes: &[u8],
    (wanted, shape): (Option<&str>, Option<Role>),
    input: Input,
    frame: Reading<'_>,
) -> Result<RawLayer, ReadError> {
    let wrong = |problem| ReadError::new(path, problem);
    let failed = |error: gdal::errors::GdalError| wrong(Problem::Ogr(error.to_string()));
    is_local(path, frame)?;
    let gdal_input = GdalInput::of(path, bytes, frame)?;
    let is_osm = osm::is_osm(gdal_input.bytes);
    let unknown = |_| wrong(unknown_format(gdal_input.bytes, frame.limits));
    let _settings = Settings::reading(frame.limits).map_err(failed)?;
    let opened = |how| FieldTexts::open(&gdal_input.path, how, is_osm, frame.limits).map_err(unknown);
    let mut texts = FieldTexts::of(&opened(How::Declared)?, gdal_input.encoding);
    let dataset = opened(texts.how)?;
    let names: Vec<String> = dataset.layers().map(|layer| layer.name()).collect();
    let by_shape = is_osm.then(|| names.iter().position(|have| have == osm_layer(shape))).flatten();
    // The word after `#` names a layer, or a feature of the only layer.
    let indices = match (wanted.map(|name| names.iter().position(|have| have == name)), by_shape) {
        (Some(Some(index)), _) | (_, Some(index)) => vec![index],
        (Some(None), _) if names.len() > 1 => {
            let id = wanted.unwrap_or_default().to_owned();
            return Err(wrong(Problem::UnknownLayer { id, layers: names }));
        }
        _ if names.len() > 1 => layers::holding(&dataset, shape),
        _ => vec![0],
    };
    let mut layer = dataset.layer(indices[0]).map_err(failed)?;
    let declared = layer.spatial_ref().and_then(|crs| proj::system(&crs));
    let way = frame.to_wgs84(path, declared.as_ref())?;
    let mut raw = RawLayer { layer: Some(layer.name()), ..RawLayer::empty(input) };
    let (mut arcs, mut short) = (0, 0);
    for (number, &index) in indices.iter().enumerate() {
        if number > 0 {
            layer = dataset.layer(index).map_err(failed)?;
        }
        let fields = Fields::of(&dataset, &layer);
        raw.short_way = matches!(fields.own, Own::Kml | Own::Gpx);
        read_features(&mut layer, &fields, &mut raw, &way, (&mut arcs, &mut short));
    }
    gdal_input.notes.iter().for_each(|note| raw.warn(WarningCode::Encoding, None, note.clone()));
    let settle = texts.settle(path, raw.features.iter_mut().map(|feature| &mut feature.properties));
    match settle {
        Settled::As(notes) => notes.into_iter().for_each(|note| raw.warn(WarningCode::Encoding, None, note)),
        // The declared encoding is wrong: reads the bytes instead.
        Settled::Again => {
            texts.how = How::Bytes;
            let dataset = opened(texts.how)?;
            let mut again: Vec<Map<String, Value>> = Vec::with_capacity(raw.features.len());
            for &index in &indices {
                let mut layer = dataset.layer(index).map_err(failed)?;
                let fields = Fields::of(&dataset, &layer);
                again.extend(layer.features().map(|feature| properties(&feature, &fields)));
            }
            if let Settled::As(notes) = texts.settle(path, again.iter_mut()) {
                notes.into_iter().for_each(|note| raw.warn(WarningCode::Encoding, None, note));
            }
            raw.features.iter_mut().zip(again).for_each(|(feature, properties)| feature.properties = properties);
        }
    }
    raw.warnings.extend(told(path, &layer.name(), arcs, 0));
    if short > 0 {
        let message =
            format!("{path}: {short} recorded pieces of fewer than two positions are left out: they have no length");
        raw.warn(WarningCode::Note, None, message);
    }
    if is_osm {
        raw.features.iter_mut().for_each(|feature| osm::spread(&mut feature.properties));
    } else if wanted.is_none() && names.len() > 1 {
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

/// Whether GDAL has a driver of this name.
#[cfg(test)]
pub(super) fn has_driver(name: &str) -> bool {
    gdal::DriverManager::get_driver_by_name(name).is_ok()
}

/// Whether OGR may open it: a local file, or one in memory.
fn is_local(path: &str, frame: Reading<'_>) -> Result<(), ReadError> {
    if is_remote(path) && frame.memory.is_none() && !frame.limits.network {
        return Err(ReadError::new(path, Problem::NeedsNetwork("only local files are read")));
    }
    Ok(())
}

/// The error if no permitted driver recognises the format.
fn unknown_format(bytes: &[u8], limits: Limits) -> Problem {
    let start = [b"<OGRVRT".as_slice(), b"<VRTDataset", b"PG:", b"<OGRWFS", b"<WFS"];
    let leads_on = start.iter().any(|start| bytes.trim_ascii_start().starts_with(start));
    if zip::is_archive(bytes) {
        return Problem::EmptyArchive;
    }
    match limits.network {
        false if leads_on => Problem::NeedsNetwork("none of the drivers that read local files alone knows the format"),
        _ => Problem::UnknownFormat(looks_like(bytes)),
    }
}

fn open(path: &str, options: Option<&[&str]>, limits: Limits) -> gdal::errors::Result<gdal::Dataset> {
    let packed = !path.starts_with("/vsi") && is_packed(path);
    let path = if packed { format!("/vsigzip/{path}") } else { path.to_owned() };
    let options = DatasetOptions {
        allowed_drivers: (!limits.network).then_some(&DRIVERS),
        open_flags: GdalOpenFlags::GDAL_OF_VECTOR | GdalOpenFlags::GDAL_OF_READONLY,
        open_options: options,
        ..DatasetOptions::default()
    };
    gdal::Dataset::open_ex(path, options)
}

/// Opens an OpenStreetMap extract, plain or compressed, with our own configuration.
fn open_osm(path: &str, limits: Limits) -> gdal::errors::Result<gdal::Dataset> {
    const SETTINGS: &str = "/vsimem/merestone-osmconf.ini";
    gdal::vsi::create_mem_file(SETTINGS, osm::CONFIGURATION.as_bytes().to_vec())?;
    let options = format!("CONFIG_FILE={SETTINGS}");
    open(path, Some(&[&options]), limits)
}

/// Whether a file is compressed with gzip, whatever its name.
fn is_packed(path: &str) -> bool {
    let mut start = [0; 2];
    std::fs::File::open(path).and_then(|mut file| file.read_exact(&mut start)).is_ok() && start == [0x1f, 0x8b]
}

/// The layer of an OpenStreetMap extract with such features.
fn osm_layer(role: Option<Role>) -> &'static str {
    match role {
        Some(Role::Line | Role::Route) => "lines",
        Some(Role::Place | Role::Mark) => "points",
        _ => "multipolygons",
    }
}

fn read_features(
    layer: &mut Layer<'_>,
    fields: &Fields,
    raw: &mut RawLayer,
    way: &CrsTransform,
    (arcs, short): (&mut usize, &mut usize),
) {
    for feature in layer.features() {
        let flat = |geometry: &gdal::vector::Geometry| {
            // The model has no heights, and OGR treats points with height as another type.
            let mut flat = geometry.clone();
            flat.flatten_to_2d();
            // `to_geo` does not support curves and surfaces.
            flat.to_geo().ok().or_else(|| table::stroked(&flat, arcs))
        };
        let mut geometry = feature.geometry().filter(|g| !g.is_empty()).and_then(flat);
        if let (Own::Gpx, Some(geo::Geometry::MultiLineString(pieces))) = (fields.own, &mut geometry) {
            *short += without_short(&mut pieces.0, |piece| piece.0.len());
        }
        let geometry = geometry.map(|geometry| if fields.own == Own::Kml { unwrap_rings(geometry) } else { geometry });
        let moved = |geometry| if way.is_identity() { Ok(geometry) } else { moved(geometry, way) };
        geojson::push_geometry(raw, properties(&feature, fields), geometry.map(moved).transpose());
    }
}

/// Unwraps polygons so that edges take the shorter way: KML need not cut them at ±180°, and globes draw them so.
fn unwrap_rings(geometry: geo::Geometry) -> geo::Geometry {
    let polygon = |polygon: Polygon| {
        let (shell, holes) = polygon.into_inner();
        let mut rings: Vec<Vec<geo::Coord>> = std::iter::once(shell).chain(holes).map(|ring| ring.0).collect();
        antimeridian::unwrap_rings(&mut rings);
        let mut rings = rings.into_iter().map(LineString);
        let shell = rings.next().unwrap_or_else(|| LineString(Vec::new()));
        Polygon::new(shell, rings.collect())
    };
    match geometry {
        geo::Geometry::Polygon(one) => polygon(one).into(),
        geo::Geometry::MultiPolygon(all) => MultiPolygon(all.0.into_iter().map(polygon).collect()).into(),
        other => other,
    }
}

/// Removes pieces of a track with fewer than two positions, and returns their number: receivers start a piece at each
/// start, even if no second position follows.
fn without_short<T>(pieces: &mut Vec<T>, positions: impl Fn(&T) -> usize) -> usize {
    let all = pieces.len();
    pieces.retain(|piece| positions(piece) > 1);
    all - pieces.len()
}

/// The fields of a layer, as they are read.
struct Fields {
    names: Vec<(String, OGRFieldType::Type)>,
    /// Convention of the format's own, mostly empty fields.
    own: Own,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Own {
    Kml,
    Gpx,
    /// Other formats that omit fields without a value.
    Sparse,
    Other,
}

impl Fields {
    fn of(dataset: &gdal::Dataset, layer: &Layer<'_>) -> Self {
        let own = match dataset.driver().short_name().as_str() {
            "LIBKML" | "KML" => Own::Kml,
            "GPX" => Own::Gpx,
            "DXF" | "FlatGeobuf" => Own::Sparse,
            _ => Own::Other,
        };
        Fields { names: layer.defn().fields().map(|field| (field.name(), field.field_type())).collect(), own }
    }

    /// The property for a field: without the driver's own conventions.
    fn property(&self, name: &str) -> String {
        match (self.own, name) {
            (Own::Kml, "Name" | "Description") => name.to_lowercase(),
            (Own::Gpx, _) => name.strip_prefix("ogr_").unwrap_or(name).to_owned(),
            _ => name.to_owned(),
        }
    }

    /// Fields with binary values, which properties cannot hold.
    fn binary(&self) -> Vec<&str> {
        let binary = self.names.iter().filter(|(_, kind)| *kind == OGRFieldType::OFTBinary);
        binary.map(|(name, _)| name.as_str()).collect()
    }
}

fn properties(feature: &Feature<'_>, fields: &Fields) -> Map<String, Value> {
    let mut out = Map::new();
    for (index, (name, kind)) in fields.names.iter().enumerate().filter(|(_, field)| field.1 != OGRFieldType::OFTBinary)
    {
        // An unset field is read as 0 or nothing; its text is empty in both cases.
        let as_text = || feature.field_as_string(index).ok().flatten().unwrap_or_default();
        let value = match feature.field(index) {
            Ok(Some(FieldValue::StringValue(text))) if text.is_empty() && fields.own != Own::Other => continue,
            Ok(Some(FieldValue::StringValue(text))) => nested(text),
            Ok(Some(FieldValue::IntegerValue(n))) if is_kml_default(fields, name, n) => continue,
            Ok(Some(FieldValue::IntegerValue(0) | FieldValue::Integer64Value(0))) if as_text().is_empty() => continue,
            Ok(Some(FieldValue::RealValue(n))) if n == 0.0 && as_text().is_empty() => continue,
            Ok(Some(FieldValue::IntegerValue(n))) => n.into(),
            Ok(Some(FieldValue::Integer64Value(n))) => n.into(),
            Ok(Some(FieldValue::RealValue(n))) => Number::from_f64(n).map_or(Value::Null, Value::Number),
            Ok(Some(FieldValue::StringListValue(list))) => list.into(),
            Ok(Some(FieldValue::IntegerListValue(list))) => list.into(),
            Ok(Some(FieldValue::Integer64ListValue(list))) => list.into(),
            Ok(Some(FieldValue::RealListValue(list))) => list.into(),
            Ok(Some(FieldValue::DateValue(date))) => date.to_string().into(),
            Ok(Some(FieldValue::DateTimeValue(time))) => format!("{time:?}").into(),
            Ok(None) => Value::Null,
            // Times of day, and unset dates.
            Err(_) if *kind == OGRFieldType::OFTTime => as_text().into(),
            Err(_) => continue,
        };
        out.insert(fields.property(name), value);
    }
    out
}

/// Default values by which the KML driver marks unset fields.
fn is_kml_default(fields: &Fields, name: &str, value: i32) -> bool {
    let default = [("tessellate", -1), ("visibility", -1), ("extrude", 0), ("drawOrder", 0)];
    fields.own == Own::Kml && default.contains(&(name, value))
}

/// Parses nested properties, which OGR writes as JSON text in formats without nesting.
fn nested(text: String) -> Value {
    if text.starts_with(['{', '[']) {
        return serde_json::from_str(&text).unwrap_or(Value::String(text));
    }
    Value::String(text)
}

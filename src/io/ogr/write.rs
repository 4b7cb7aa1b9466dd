//! Writes layers in OGR's formats.

use super::geopackage;
use super::settings::{Settings, last_failure};
use crate::earth::Crs;
use crate::io::convert::{FieldKind, Format, Position, Row, Shape, Table};
use crate::io::frame::System;
use gdal::errors::{GdalError, Result};
use gdal::raster::RasterCreationOptions;
use gdal::spatial_ref::{AxisMappingStrategy, SpatialRef};
use gdal::vector::{
    Defn, Feature, FieldDefn, Geometry, Layer, LayerAccess, LayerOptions, OGRFieldType, OGRwkbGeometryType as Wkb,
    geometry_type_set_z,
};
use gdal::{Dataset, DriverManager};
use serde_json::Value;
use std::io::{Read, Seek, SeekFrom};
use std::path::Path;

/// The fixed date for formats that record one, so that output is reproducible.
const DAY: &str = "2000-01-01";

/// Writes layers adapted to the format into a new file.
pub(in crate::io) fn write(
    path: &Path,
    format: Format,
    tables: &[Table],
    system: &System,
    progress: &dyn Fn(u64),
) -> Result<()> {
    let _settings = Settings::writing(&format!("{DAY}T00:00:00.000Z"))?;
    let mut dataset = match format {
        Format::GeoPackage => geopackage::write(path, tables, system, progress)?,
        _ => write_layers(path, format, tables, system, progress)?,
    };
    dataset.flush_cache()?;
    // Formats that are flushed on closing report failures only then.
    last_failure();
    dataset.close()?;
    match last_failure() {
        Some(message) => Err(GdalError::BadArgument(message)),
        None if !has_its_end(path, format) => Err(GdalError::BadArgument("it was not written to its end".into())),
        None => Ok(()),
    }
}

fn write_layers(
    path: &Path,
    format: Format,
    tables: &[Table],
    system: &System,
    progress: &dyn Fn(u64),
) -> Result<Dataset> {
    let (driver, options): (&str, &[&str]) = match format {
        Format::Shapefile => ("ESRI Shapefile", &[]),
        Format::Kml => ("KML", &["NameField=name", "DescriptionField=description"]),
        Format::FlatGeobuf => ("FlatGeobuf", &[]),
        Format::Gpx => ("GPX", &["GPX_USE_EXTENSIONS=YES"]),
        Format::Dxf => ("DXF", &[]),
        Format::GeoPackage | Format::GeoParquet | Format::GeoJson | Format::GeoJsonSeq | Format::Csv => {
            return Err(GdalError::BadArgument(format!("{} is not written here", format.name())));
        }
    };
    let driver = DriverManager::get_driver_by_name(driver)?;
    let options: RasterCreationOptions = options.iter().copied().collect();
    let mut dataset = driver.create_with_band_type_with_options::<u8, _>(path, 0, 0, 0, &options)?;
    let srs = spatial_ref(system)?;
    for table in tables {
        write_table(&mut dataset, format, table, &srs, progress)?;
    }
    Ok(dataset)
}

/// Whether a text file is complete: GDAL does not report failures on a full disk.
fn has_its_end(path: &Path, format: Format) -> bool {
    let end = match format {
        Format::Kml => "</kml>",
        Format::Gpx => "</gpx>",
        Format::Dxf => "EOF",
        _ => return true,
    };
    let tail = || -> std::io::Result<Vec<u8>> {
        let mut file = std::fs::File::open(path)?;
        let length = file.metadata()?.len();
        file.seek(SeekFrom::Start(length.saturating_sub(64)))?;
        let mut tail = Vec::new();
        file.read_to_end(&mut tail)?;
        Ok(tail)
    };
    tail().is_ok_and(|tail| String::from_utf8_lossy(&tail).trim_end().ends_with(end))
}

pub(super) fn spatial_ref(system: &System) -> Result<SpatialRef> {
    let definition = match system {
        System::Ours(crs) if *crs == Crs::wgs84() => "EPSG:4326",
        System::Ours(crs) => crs.id(),
        System::Other { definition, .. } => definition,
    };
    let mut srs = SpatialRef::from_definition(definition)?;
    srs.set_axis_mapping_strategy(AxisMappingStrategy::TraditionalGisOrder);
    Ok(srs)
}

fn write_table(
    dataset: &mut Dataset,
    format: Format,
    table: &Table,
    srs: &SpatialRef,
    progress: &dyn Fn(u64),
) -> Result<()> {
    let fields = table.fields();
    let last_update = format!("DBF_DATE_LAST_UPDATE={DAY}");
    let options: &[&str] = if format == Format::Shapefile { &["ENCODING=UTF-8", &last_update] } else { &[] };
    let (kind, _) = layer_type(table, format);
    let options = LayerOptions { name: &table.name, srs: Some(srs), ty: kind, options: Some(options) };
    let layer = dataset.create_layer(options)?;
    for (name, kind) in fields.iter().filter(|_| format != Format::Dxf) {
        if layer.defn().field_index(name).is_err() {
            let small = format == Format::Kml && *kind == FieldKind::Integer && fits_32_bits(table, name);
            let field = FieldDefn::new(name, if small { OGRFieldType::OFTInteger } else { ogr_type(*kind) })?;
            field.add_to_layer(&layer)?;
        }
    }
    write_rows(&layer, table, format, progress)
}

/// The names of columns that GeoPackage reserves, where fields have them.
pub(super) fn layer_options(fields: &[(String, FieldKind)]) -> Vec<String> {
    let has = |name: &str| fields.iter().any(|(field, _)| field.eq_ignore_ascii_case(name));
    let mut options = Vec::new();
    if has("fid") {
        options.push(if has("ogc_fid") { "FID=gpkg_fid".to_owned() } else { "FID=ogc_fid".to_owned() });
    }
    if has("geom") {
        let name = if has("geometry") { "GEOMETRY_NAME=gpkg_geom" } else { "GEOMETRY_NAME=geometry" };
        options.push(name.to_owned());
    }
    options
}

/// Writes the rows of a table into its layer.
pub(super) fn write_rows(layer: &Layer<'_>, table: &Table, format: Format, progress: &dyn Fn(u64)) -> Result<()> {
    let (_, multi) = layer_type(table, format);
    let defn = Defn::from_layer(layer);
    for (index, row) in table.rows.iter().enumerate() {
        write_row(layer, &defn, row, multi, format)?;
        if index % 1000 == 0 {
            progress(index as u64);
        }
    }
    Ok(())
}

/// Whether a field's numbers fit 32 bits: KML stores larger ones only as text.
fn fits_32_bits(table: &Table, field: &str) -> bool {
    let numbers = table.rows.iter().filter_map(|row| row.properties.get(field)).filter_map(Value::as_i64);
    numbers.into_iter().all(|number| i32::try_from(number).is_ok())
}

fn write_row(layer: &Layer<'_>, defn: &Defn, row: &Row, multi: bool, format: Format) -> Result<()> {
    let mut feature = Feature::new(defn)?;
    for (name, value) in &row.properties {
        let Ok(at) = defn.field_index(if format == Format::Dxf && name == "layer" { "Layer" } else { name }) else {
            continue;
        };
        match value {
            Value::Null => feature.set_field_null(at)?,
            Value::Bool(value) => feature.set_field_integer(at, i32::from(*value))?,
            Value::Number(number) => match number.as_i64() {
                Some(whole) => feature.set_field_integer64(at, whole)?,
                None => feature.set_field_double(at, number.as_f64().unwrap_or(f64::NAN))?,
            },
            Value::String(text) => feature.set_field_string(at, text)?,
            nested => feature.set_field_string(at, &nested.to_string())?,
        }
    }
    if let Some(shape) = &row.shape {
        feature.set_geometry(if multi { geometry(&shape.clone().multi())? } else { geometry(shape)? })?;
    }
    feature.create(layer)
}

const fn ogr_type(kind: FieldKind) -> OGRFieldType::Type {
    match kind {
        FieldKind::Bool => OGRFieldType::OFTInteger,
        FieldKind::Integer => OGRFieldType::OFTInteger64,
        FieldKind::Real => OGRFieldType::OFTReal,
        FieldKind::Date => OGRFieldType::OFTDate,
        FieldKind::DateTime => OGRFieldType::OFTDateTime,
        FieldKind::Text | FieldKind::Nested => OGRFieldType::OFTString,
    }
}

/// The layer type for all its geometries, and whether single ones become multi-geometries.
pub(super) fn layer_type(table: &Table, format: Format) -> (Wkb::Type, bool) {
    let mut types: Vec<Wkb::Type> = table.rows.iter().filter_map(|row| row.shape.as_ref()).map(wkb_type).collect();
    types.sort_unstable();
    types.dedup();
    let z = table.rows.iter().any(|row| row.shape.as_ref().is_some_and(Shape::has_z));
    let (kind, multi) = match types.as_slice() {
        [] => (Wkb::wkbNone, false),
        [one] => (*one, false),
        [Wkb::wkbPoint, Wkb::wkbMultiPoint] => (Wkb::wkbMultiPoint, true),
        [Wkb::wkbLineString, Wkb::wkbMultiLineString] => (Wkb::wkbMultiLineString, true),
        [Wkb::wkbPolygon, Wkb::wkbMultiPolygon] => (Wkb::wkbMultiPolygon, true),
        _ => (Wkb::wkbUnknown, false),
    };
    match format {
        // Shapefile types do not distinguish single and multi-geometries, except points.
        Format::Shapefile if kind == Wkb::wkbMultiLineString => (with_z(Wkb::wkbLineString, z), false),
        Format::Shapefile if kind == Wkb::wkbMultiPolygon => (with_z(Wkb::wkbPolygon, z), false),
        Format::Gpx if multi || kind == Wkb::wkbLineString => (Wkb::wkbMultiLineString, true),
        Format::Dxf => (Wkb::wkbUnknown, false),
        _ => (with_z(kind, z), multi),
    }
}

fn with_z(kind: Wkb::Type, z: bool) -> Wkb::Type {
    if z && kind != Wkb::wkbNone { geometry_type_set_z(kind) } else { kind }
}

const fn wkb_type(shape: &Shape) -> Wkb::Type {
    match shape {
        Shape::Point(_) => Wkb::wkbPoint,
        Shape::MultiPoint(_) => Wkb::wkbMultiPoint,
        Shape::Line(_) => Wkb::wkbLineString,
        Shape::MultiLine(_) => Wkb::wkbMultiLineString,
        Shape::Polygon(_) => Wkb::wkbPolygon,
        Shape::MultiPolygon(_) => Wkb::wkbMultiPolygon,
        Shape::Collection(_) => Wkb::wkbGeometryCollection,
    }
}

fn geometry(shape: &Shape) -> Result<Geometry> {
    let z = shape.has_z();
    match shape {
        Shape::Point(position) => path(Wkb::wkbPoint, std::slice::from_ref(position), z),
        Shape::Line(line) => path(Wkb::wkbLineString, line, z),
        Shape::Polygon(rings) => {
            nested(with_z(Wkb::wkbPolygon, z), rings.iter().map(|ring| path(Wkb::wkbLinearRing, ring, z)))
        }
        Shape::Collection(shapes) => nested(with_z(Wkb::wkbGeometryCollection, z), shapes.iter().map(geometry)),
        multi => {
            let mut parts = Vec::new();
            multi.simple(&mut parts);
            nested(with_z(wkb_type(multi), z), parts.iter().map(geometry))
        }
    }
}

fn nested(kind: Wkb::Type, parts: impl Iterator<Item = Result<Geometry>>) -> Result<Geometry> {
    let mut all = Geometry::empty(kind)?;
    for part in parts {
        all.add_geometry(part?)?;
    }
    Ok(all)
}

fn path(kind: Wkb::Type, line: &[Position], z: bool) -> Result<Geometry> {
    let mut path = Geometry::empty(if kind == Wkb::wkbLinearRing { kind } else { with_z(kind, z) })?;
    for position in line {
        let (x, y) = position.at.x_y();
        match position.z {
            _ if !z => path.add_point_2d((x, y)),
            height => path.add_point((x, y, height.unwrap_or_default())),
        }
    }
    Ok(path)
}

//! Tables of Arrow with a column of GeoArrow, by the Arrow C stream interface: well-known binary, or the native types.

use crate::fault::{Class, Fault, Result};
use crate::{native, value};
use arrow_array::cast::AsArray;
use arrow_array::ffi_stream::{FFI_ArrowArrayStream, RecordBatchStreamReader};
use arrow_array::{Array, ArrayRef, RecordBatch, RecordBatchReader};
use arrow_schema::{DataType, Field, Schema};
use library::io::{Limits, MemoryFile};
use pyo3::prelude::*;
use pyo3::types::PyCapsule;
use serde_json::{Map, Value};

/// The keys of a field that say its extension type (Arrow columnar format, "Extension types").
const NAME: &str = "ARROW:extension:name";
const METADATA: &str = "ARROW:extension:metadata";
/// The name of the capsule with a stream (Arrow PyCapsule interface).
const CAPSULE: &std::ffi::CStr = c"arrow_array_stream";
/// The key of a schema's metadata with those of GeoParquet.
const GEO: &str = "geo";
/// The column in which pandas writes an index without a name.
const INDEX: &str = "__index_level_0__";

/// The reference system that a column states.
pub enum Crs {
    /// WGS 84, longitude first.
    Wgs84,
    /// Another, by its code.
    Code(String),
    /// One without a code.
    Nameless,
    /// None is stated.
    None,
}

impl Crs {
    /// By authority and code.
    pub fn of_authority(id: Option<(String, String)>) -> Self {
        match id {
            Some((authority, code)) if code == "CRS84" || (authority == "EPSG" && code == "4326") => Crs::Wgs84,
            Some((authority, code)) if authority == "EPSG" => Crs::Code(format!("EPSG:{code}")),
            _ => Crs::Nameless,
        }
    }

    /// As the metadata of GeoArrow state it: PROJJSON, or an authority's code.
    fn of_metadata(crs: &Value) -> Self {
        let code = |id: &Value| {
            let code = match &id["code"] {
                Value::String(code) => code.clone(),
                code => code.to_string(),
            };
            Some((id["authority"].as_str()?.to_owned(), code))
        };
        match crs {
            Value::Null => Crs::None,
            Value::String(text) => match text.split_once(':') {
                Some((authority, code)) if !text.contains(['[', '{']) => {
                    Crs::of_authority(Some((authority.to_uppercase(), code.to_owned())))
                }
                _ => Crs::Nameless,
            },
            other => Crs::of_authority(code(&other["id"])),
        }
    }
}

/// A table as a file in memory, with what its column of geometries states.
pub struct Table {
    pub file: MemoryFile<'static>,
    pub crs: Crs,
    /// Whether edges are declared to be great circles.
    pub spherical: bool,
}

/// A table that is still to be read.
pub struct Stream {
    reader: RecordBatchStreamReader,
    name: String,
    found: Found,
}

/// The column of geometries of a table.
struct Found {
    column: usize,
    encoding: Encoding,
    /// What its metadata state: `crs`, `edges`.
    crs: Crs,
    spherical: bool,
    /// The columns that are no properties.
    left_out: Vec<usize>,
}

#[derive(Clone, Copy)]
enum Encoding {
    Wkb,
    Native(native::Kind),
}

fn wrong_type(name: &str, message: impl std::fmt::Display) -> Fault {
    let hint =
        "give a column of GeoArrow: geoarrow.wkb, or points, lines or polygons; of a GeoDataFrame: gdf.to_arrow()";
    Fault::new(Class::Input, "arrow-type", format!("{name}: {message}"), hint)
}

impl Stream {
    /// The stream of an object that exports one; `active` is the wanted column of geometries, where there are several.
    pub fn of(object: &Bound<'_, PyAny>, name: &str, active: Option<String>) -> PyResult<Self> {
        let capsule = object.call_method0("__arrow_c_stream__")?;
        let capsule = capsule.cast::<PyCapsule>()?;
        let pointer = capsule.pointer_checked(Some(CAPSULE))?.cast::<FFI_ArrowArrayStream>();
        // SAFETY: a capsule of this name holds a stream (checked), which this moves out and leaves released.
        let stream = unsafe { FFI_ArrowArrayStream::from_raw(pointer.as_ptr()) };
        let reader = RecordBatchStreamReader::try_new(stream).map_err(|error| wrong_type(name, error))?;
        let found = Found::in_schema(&reader.schema(), active).map_err(|why| wrong_type(name, why))?;
        Ok(Stream { found, name: name.to_owned(), reader })
    }

    /// Reads it, batch by batch.
    pub fn read(self, limits: Limits) -> Result<Table> {
        let Found { column, encoding, crs, spherical, left_out } = self.found;
        let mut failed: Option<Fault> = None;
        let mut read = 0;
        let name = self.name.as_str();
        let batches = self.reader.map_while(|batch| match batch {
            Ok(batch) => Some(batch),
            Err(error) => {
                failed = Some(wrong_type(name, error));
                None
            }
        });
        let mut wrong: Option<Fault> = None;
        let rows = batches.flat_map(|batch| {
            let before = read;
            read += batch.num_rows();
            rows_of(&batch, (column, encoding, &left_out), name, before)
        });
        let rows = rows.map_while(|row| row.map_err(|error| wrong = Some(error)).ok());
        let file = MemoryFile::from_wkb(self.name.clone(), rows, limits)?;
        match wrong.or(failed) {
            Some(fault) => Err(fault),
            None => Ok(Table { file, crs, spherical }),
        }
    }
}

impl Found {
    /// By the extension types of GeoArrow, by the metadata of GeoParquet, or by its name.
    fn in_schema(schema: &Schema, active: Option<String>) -> std::result::Result<Self, String> {
        let fields = || schema.fields().iter().map(AsRef::as_ref).enumerate();
        let geo: Value =
            schema.metadata().get(GEO).and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default();
        let marked: Vec<(usize, &Field)> = fields().filter(|(_, field)| is_geometry(field)).collect();
        let of_geo = |field: &Field| geo["columns"].get(field.name());
        let listed = || fields().map(|(_, field)| format!("{} ({})", field.name(), field.data_type()));
        let (column, field) = match (active, marked.as_slice()) {
            (Some(active), _) => fields()
                .find(|(_, field)| *field.name() == active)
                .ok_or_else(|| format!("no column is called {active}; its columns are {}", joined(listed())))?,
            (None, [one]) => *one,
            (None, []) => fields()
                .find(|(_, field)| of_geo(field).is_some() && geo["primary_column"] == **field.name())
                .ok_or_else(|| format!("no column is of GeoArrow; its columns are {}", joined(listed())))?,
            (None, several) => {
                let names = several.iter().map(|(_, field)| field.name().clone());
                return Err(format!("several columns are of GeoArrow: {}", joined(names)));
            }
        };
        let left_out = fields().filter(|(_, field)| is_geometry(field) || of_geo(field).is_some());
        let left_out = left_out.map(|(at, _)| at).chain([column]).collect();
        let (encoding, metadata) = match of_geo(field).filter(|_| !is_geometry(field)) {
            Some(stated) => (encoding("geoarrow.wkb", field)?, stated.clone()),
            None => {
                let name = field.metadata().get(NAME).map_or("geoarrow.wkb", String::as_str);
                let stated = field.metadata().get(METADATA).map_or("", String::as_str);
                (encoding(name, field)?, serde_json::from_str(stated).unwrap_or_default())
            }
        };
        // In GeoParquet, a column without a system is in WGS 84.
        let is_plain = of_geo(field).is_some_and(|stated| stated.get("crs").is_none()) && !is_geometry(field);
        let crs = if is_plain { Crs::Wgs84 } else { Crs::of_metadata(&metadata["crs"]) };
        Ok(Found { column, encoding, crs, spherical: metadata["edges"] == "spherical", left_out })
    }
}

fn joined(names: impl Iterator<Item = String>) -> String {
    names.collect::<Vec<_>>().join(", ")
}

fn is_geometry(field: &Field) -> bool {
    let name = field.metadata().get(NAME).map_or("", String::as_str);
    name.starts_with("geoarrow.") || name == "ogc.wkb"
}

fn encoding(name: &str, field: &Field) -> std::result::Result<Encoding, String> {
    let is_binary = matches!(field.data_type(), DataType::Binary | DataType::LargeBinary | DataType::BinaryView);
    match name {
        "geoarrow.wkb" | "ogc.wkb" if is_binary => Ok(Encoding::Wkb),
        _ => match native::Kind::of(name).filter(|kind| kind.fits(field.data_type())) {
            Some(kind) => Ok(Encoding::Native(kind)),
            None => Err(format!("column {} is {name} in {}, which is not read", field.name(), field.data_type())),
        },
    }
}

type Row = Result<(Map<String, Value>, Option<Vec<u8>>)>;

/// The rows of a batch; `before` rows were read before.
fn rows_of(
    batch: &RecordBatch,
    (geometry, encoding, left_out): (usize, Encoding, &[usize]),
    name: &str,
    before: usize,
) -> Vec<Row> {
    let schema = batch.schema();
    let is_property = |(at, field): &(usize, &std::sync::Arc<Field>)| !left_out.contains(at) && field.name() != INDEX;
    let columns: std::result::Result<Vec<(&str, value::Column)>, String> = schema
        .fields()
        .iter()
        .enumerate()
        .filter(is_property)
        .map(|(at, field)| Ok((field.name().as_str(), value::Column::of(field.name(), batch.column(at))?)))
        .collect();
    let columns = match columns {
        Ok(columns) => columns,
        Err(why) => return vec![Err(wrong_type(name, why))],
    };
    let shapes = batch.column(geometry);
    let row = |row: usize| {
        let properties = columns.iter().map(|(name, column)| ((*name).to_owned(), column.value(row))).collect();
        let wkb = match encoding {
            Encoding::Wkb => bytes_of(shapes, row),
            Encoding::Native(kind) => native::wkb(shapes, row, kind),
        };
        if wkb.as_deref().is_some_and(is_nowhere) {
            let hint = "drop such rows: gdf[~gdf.geometry.is_empty], or set their geometry to None";
            let message = format!("{name}: feature {}: a point has no coordinates: they are not numbers", before + row);
            return Err(Fault::new(Class::Geometry, "not-finite", message, hint).at(name, before + row));
        }
        Ok((properties, wkb))
    };
    (0..batch.num_rows()).map(row).collect()
}

fn bytes_of(column: &ArrayRef, row: usize) -> Option<Vec<u8>> {
    if column.is_null(row) {
        return None;
    }
    Some(match column.data_type() {
        DataType::Binary => column.as_binary::<i32>().value(row).to_vec(),
        DataType::LargeBinary => column.as_binary::<i64>().value(row).to_vec(),
        _ => column.as_binary_view().value(row).to_vec(),
    })
}

/// Whether it is a point whose coordinates are not numbers, as well-known binary writes an empty one.
fn is_nowhere(wkb: &[u8]) -> bool {
    let Some((order, rest)) = wkb.split_first() else { return false };
    let number = |bytes: &[u8]| {
        let bytes: [u8; 4] = bytes.try_into().ok()?;
        Some(if *order == 0 { u32::from_be_bytes(bytes) } else { u32::from_le_bytes(bytes) })
    };
    let real = |bytes: &[u8]| {
        let bytes: [u8; 8] = bytes.try_into().ok()?;
        Some(if *order == 0 { f64::from_be_bytes(bytes) } else { f64::from_le_bytes(bytes) })
    };
    let Some(kind) = rest.get(..4).and_then(number).filter(|kind| (kind & 0x0fff_ffff) % 1000 == 1) else {
        return false;
    };
    let at = if kind & 0x2000_0000 == 0 { 4 } else { 8 };
    rest.get(at..at + 8).and_then(real).is_some_and(f64::is_nan)
}

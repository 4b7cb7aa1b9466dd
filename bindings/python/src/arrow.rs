//! Tables of Arrow with a column of GeoArrow, by the Arrow C stream interface: well-known binary, or the native types.

use crate::fault::{Class, Fault, Result};
use crate::{native, value};
use arrow_array::cast::AsArray;
use arrow_array::ffi_stream::{FFI_ArrowArrayStream, RecordBatchStreamReader};
use arrow_array::{Array, ArrayRef, RecordBatch, RecordBatchReader};
use arrow_schema::{DataType, Field};
use library::io::{Limits, MemoryFile};
use pyo3::prelude::*;
use pyo3::types::PyCapsule;
use serde_json::{Map, Value};

/// The keys of a field that say its extension type (Arrow columnar format, "Extension types").
const NAME: &str = "ARROW:extension:name";
const METADATA: &str = "ARROW:extension:metadata";
/// The name of the capsule with a stream (Arrow PyCapsule interface).
const CAPSULE: &std::ffi::CStr = c"arrow_array_stream";
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
    /// Position of the column of geometries, with its type.
    geometry: (usize, Encoding),
    metadata: Value,
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
        let schema = reader.schema();
        let all: Vec<(usize, &Field)> =
            schema.fields().iter().map(AsRef::as_ref).enumerate().filter(|(_, field)| is_geometry(field)).collect();
        let chosen = match (all.as_slice(), active) {
            ([one], _) => *one,
            (several, Some(active)) if several.iter().any(|(_, field)| *field.name() == active) => {
                *several.iter().find(|(_, field)| *field.name() == active).expect("it is among them")
            }
            ([], _) => {
                let columns = schema.fields().iter().map(|field| format!("{} ({})", field.name(), field.data_type()));
                let columns = columns.collect::<Vec<_>>().join(", ");
                return Err(wrong_type(name, format!("no column is of GeoArrow; its columns are {columns}")).into());
            }
            (several, _) => {
                let names = several.iter().map(|(_, field)| field.name().as_str()).collect::<Vec<_>>().join(", ");
                return Err(wrong_type(name, format!("several columns are of GeoArrow: {names}")).into());
            }
        };
        let encoding = encoding(chosen.1).map_err(|why| wrong_type(name, why))?;
        let stated = chosen.1.metadata().get(METADATA).map_or("", String::as_str);
        let metadata = serde_json::from_str(stated).unwrap_or_default();
        let geometry = (chosen.0, encoding);
        Ok(Stream { geometry, metadata, name: name.to_owned(), reader })
    }

    /// Reads it, batch by batch.
    pub fn read(self, limits: Limits) -> Result<Table> {
        let (crs, spherical) = (Crs::of_metadata(&self.metadata["crs"]), self.metadata["edges"] == "spherical");
        let mut failed: Option<Fault> = None;
        let mut read = 0;
        let (name, geometry) = (self.name.as_str(), self.geometry);
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
            rows_of(&batch, geometry, name, before)
        });
        let rows = rows.map_while(|row| row.map_err(|error| wrong = Some(error)).ok());
        let file = MemoryFile::from_wkb(self.name.clone(), rows, limits)?;
        match wrong.or(failed) {
            Some(fault) => Err(fault),
            None => Ok(Table { file, crs, spherical }),
        }
    }
}

fn is_geometry(field: &Field) -> bool {
    let name = field.metadata().get(NAME).map_or("", String::as_str);
    name.starts_with("geoarrow.") || name == "ogc.wkb"
}

fn encoding(field: &Field) -> std::result::Result<Encoding, String> {
    let name = field.metadata().get(NAME).map_or("", String::as_str);
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
fn rows_of(batch: &RecordBatch, geometry: (usize, Encoding), name: &str, before: usize) -> Vec<Row> {
    let schema = batch.schema();
    let is_property = |(at, field): &(usize, &std::sync::Arc<Field>)| {
        *at != geometry.0 && !is_geometry(field) && field.name() != INDEX
    };
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
    let shapes = batch.column(geometry.0);
    let row = |row: usize| {
        let properties = columns.iter().map(|(name, column)| ((*name).to_owned(), column.value(row))).collect();
        let wkb = match geometry.1 {
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

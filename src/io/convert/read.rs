//! A file of any format as layers, as they are.

use super::super::bytes::{PACKED, read_bytes, sha256, unpack};
use super::super::frame::System;
use super::super::{Frame, Problem, ReadError};
use super::streamed::Streamed;
use super::table::Table;
use super::{Layers, Progress, csv, json};
use crate::model::{Input, Warning, WarningCode};
use std::path::Path;

/// Layers with the systems they declare.
pub(super) struct Read {
    pub layers: Layers,
    pub declared: Vec<Option<System>>,
    pub input: Input,
    pub warnings: Vec<Warning>,
    pub losses: Vec<String>,
}

impl Read {
    fn of(input: Input) -> Self {
        let layers = Layers::Held(Vec::new());
        Read { layers, declared: Vec::new(), input, warnings: Vec::new(), losses: Vec::new() }
    }

    /// The layer of a file that is gone through; the hash of its bytes is not yet known.
    pub fn streamed(path: &str, file: Streamed) -> Self {
        let declared = vec![file.declared.as_deref().map(System::parse)];
        let input = Input::new(path, "");
        Read { layers: Layers::Streamed(Box::new(file)), declared, ..Read::of(input) }
    }

    fn push(&mut self, table: Table, declared: Option<System>) {
        if let Layers::Held(tables) = &mut self.layers {
            tables.push(table);
            self.declared.push(declared);
        }
    }

    pub fn warn(&mut self, code: WarningCode, message: String) {
        self.warnings.push(Warning { code, message, feature: None });
    }
}

pub(super) fn read(path: &str, layer: Option<&str>, frame: &Frame, progress: Progress<'_>) -> Result<Read, ReadError> {
    #[cfg(feature = "gdal")]
    if super::super::ogr::is_remote(path) {
        let input = super::super::ogr::remote(path);
        let mut read = by_ogr(path, &[], layer, frame, Read::of(input), progress)?;
        read.warn(WarningCode::Note, super::super::ogr::no_hash(path));
        return Ok(read);
    }
    let bytes = read_bytes(path)?;
    let input = Input::new(path, sha256(&bytes));
    let mut read = Read::of(input);
    let packed = bytes.starts_with(&PACKED);
    let unpacked = if packed { unpack(&bytes).map_err(|problem| ReadError::new(path, problem))? } else { bytes };
    let plain = unpacked.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&unpacked);
    let extension = unpacked_path(path, packed).extension().map(|e| e.to_string_lossy().to_lowercase());
    let extension = extension.unwrap_or_default();
    let name = layer_name(path, packed);
    let first = plain.iter().find(|byte| !byte.is_ascii_whitespace());
    let native = match (first, extension.as_str()) {
        (None, _) => return Err(ReadError::new(path, Problem::Empty)),
        (Some(b'{' | 0x1e), _) => Some(false),
        (_, "geojson" | "json" | "geojsonl" | "geojsons" | "geojsonseq" | "jsonl" | "ndjson") => Some(false),
        (_, "csv" | "tsv") => Some(true),
        _ => None,
    };
    let Some(is_csv) = native else { return by_ogr(path, plain, layer, frame, read, progress) };
    if let Some(id) = layer.filter(|id| *id != name) {
        return Err(ReadError::new(path, Problem::UnknownLayer { id: id.to_owned(), layers: vec![name] }));
    }
    let text = std::str::from_utf8(plain).map_err(|error| {
        let at = error.valid_up_to();
        ReadError::new(path, Problem::NotUtf8 { byte: at })
    })?;
    if is_csv {
        read.push(csv::read(text, path, &name)?, None);
        if frame.from.is_none() {
            read.warn(WarningCode::Datum, format!("{path} names no coordinate reference system; it is read as WGS 84"));
        }
    } else {
        let (table, crs) = json::read(text, path, &name)?;
        read.push(table, crs.map(|crs| System::parse(&crs)));
    }
    Ok(read)
}

/// What the layer of a file without layers of its own is called.
pub(super) fn layer_name(path: &str, packed: bool) -> String {
    let stem = unpacked_path(path, packed).file_stem().filter(|_| path != "-");
    stem.map_or_else(|| "layer".to_owned(), |stem| stem.to_string_lossy().into())
}

/// The path without what says that the file is packed.
fn unpacked_path(path: &str, packed: bool) -> &Path {
    Path::new(path.strip_suffix(".gz").filter(|_| packed).unwrap_or(path))
}

#[cfg(feature = "gdal")]
fn by_ogr(
    path: &str,
    bytes: &[u8],
    layer: Option<&str>,
    frame: &Frame,
    mut read: Read,
    progress: Progress<'_>,
) -> Result<Read, ReadError> {
    let tell = |done| progress("reading", done, None);
    for layer in super::super::ogr::read_tables(path, bytes, layer, &tell)? {
        let name = layer.table.name.clone();
        if layer.arcs > 0 {
            read.losses.push(format!("layer {name}: {} geometries with arcs become chains", layer.arcs));
        }
        if layer.measures > 0 {
            read.losses.push(format!("layer {name}: measures (M) of {} geometries are left out", layer.measures));
        }
        for field in &layer.binary {
            read.losses.push(format!("layer {name}: the bytes of the field {field} are left out"));
        }
        let has_shape = layer.table.rows.iter().any(|row| row.shape.is_some());
        if layer.system.is_none() && frame.from.is_none() && has_shape {
            read.warn(
                WarningCode::Datum,
                format!("{path}: layer {name} names no coordinate reference system; it is read as WGS 84"),
            );
        }
        read.push(layer.table, layer.system);
    }
    Ok(read)
}

#[cfg(not(feature = "gdal"))]
fn by_ogr(path: &str, _: &[u8], _: Option<&str>, _: &Frame, _: Read, _: Progress<'_>) -> Result<Read, ReadError> {
    Err(ReadError::new(path, Problem::NeedsGdal))
}

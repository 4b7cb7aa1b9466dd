//! Reads a file of any format into layers, unchanged.

use super::super::bytes::{PACKED, read_bytes, sha256, unpack};
use super::super::foreign::{self, ForeignFormat, ForeignLayer};
use super::super::frame::{Reading, System};
use super::super::geojson;
use super::super::source::{self, Form, Source};
use super::super::zip::Member;
use super::super::{Problem, ReadError};
use super::streamed::Streamed;
use super::table::Table;
use super::{Layers, Progress, json};
use crate::model::{Input, Warning, WarningCode};
use std::borrow::Cow;
use std::path::Path;

/// Layers with their declared systems.
pub(super) struct ReadLayers {
    pub layers: Layers,
    pub declared: Vec<Option<System>>,
    pub input: Input,
    pub warnings: Vec<Warning>,
    pub losses: Vec<String>,
}

impl ReadLayers {
    fn of(input: Input) -> Self {
        let layers = Layers::Held(Vec::new());
        ReadLayers { layers, declared: Vec::new(), input, warnings: Vec::new(), losses: Vec::new() }
    }

    /// The layer of a streamed file; the hash of its bytes is not known yet.
    pub fn streamed(path: &str, file: Streamed) -> Self {
        let declared = vec![file.declared.as_deref().map(System::parse)];
        let input = Input::new(path, "");
        ReadLayers { layers: Layers::Streamed(Box::new(file)), declared, ..ReadLayers::of(input) }
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

pub(super) fn read(
    path: &str,
    layer: Option<&str>,
    frame: Reading<'_>,
    progress: Progress<'_>,
) -> Result<ReadLayers, ReadError> {
    #[cfg(feature = "gdal")]
    if super::super::ogr::is_remote(path) {
        let input = super::super::ogr::remote(path);
        let mut read = by_ogr(path, &[], layer, frame, ReadLayers::of(input), progress)?;
        read.warn(WarningCode::Note, super::super::ogr::no_hash(path));
        return Ok(read);
    }
    read_held(path, read_bytes(path, frame.limits)?.into(), layer, frame.at(path), progress)
}

/// Reads a file from its bytes.
pub(super) fn read_held(
    path: &str,
    bytes: Cow<'_, [u8]>,
    layer: Option<&str>,
    frame: Reading<'_>,
    progress: Progress<'_>,
) -> Result<ReadLayers, ReadError> {
    let input = Input::new(path, sha256(&bytes));
    let mut read = ReadLayers::of(input);
    let unpacked = if bytes.starts_with(&PACKED) {
        Cow::Owned(unpack(&bytes, frame.limits).map_err(|problem| ReadError::new(path, problem))?)
    } else {
        bytes
    };
    let members = source::members(path, &unpacked, frame)?;
    if members.is_empty() {
        return source_into(Source::of(path.into(), unpacked, frame)?, layer, frame, read, progress);
    }
    let chosen: Vec<&Member> = match layer {
        Some(_) => vec![source::chosen(path, &members, layer)?.0],
        None => members.iter().collect(),
    };
    for member in chosen {
        let inner = layer.filter(|name| *name != member.stem() && *name != member.name);
        read = source_into(source::member(path, &unpacked, member, frame)?, inner, frame, read, progress)?;
    }
    Ok(read)
}

/// Reads the layers of a decompressed file.
fn source_into(
    source: Source<'_>,
    layer: Option<&str>,
    frame: Reading<'_>,
    mut read: ReadLayers,
    progress: Progress<'_>,
) -> Result<ReadLayers, ReadError> {
    let Source { path, name, bytes, form, notes } = source;
    notes.into_iter().for_each(|note| read.warn(WarningCode::Encoding, note));
    let layers = match form {
        #[cfg(feature = "formats")]
        Form::Other if foreign::is_native(&path, &bytes) => {
            return natively((&path, &name), &bytes, layer, frame, read);
        }
        Form::Other => return by_ogr(&path, &bytes, layer, frame, read, progress),
        Form::Foreign(kind) => foreign::read(kind, &bytes, (&path, &name), frame.limits)?,
        Form::Json => {
            let text = geojson::text(&bytes, &path)?;
            let (table, crs) = json::read(text, &path, &name, frame.limits)?;
            let declared = crs.map(|crs| System::parse(&crs));
            vec![ForeignLayer { table, declared, ..ForeignLayer::default() }]
        }
    };
    let is_table = form == Form::Foreign(ForeignFormat::Table);
    foreign_into(layers, (&path, layer), &mut read, |one| {
        let is_told = is_table && frame.from.is_none() && one.declared.is_none();
        is_told.then(|| format!("{path} names no coordinate reference system; it is read as WGS 84"))
    })?;
    Ok(read)
}

/// Takes the named layer, or all of them, with what is said of a layer without a system.
///
/// # Errors
/// There is no layer of that name; a feature is invalid.
fn foreign_into(
    layers: Vec<ForeignLayer>,
    (path, layer): (&str, Option<&str>),
    read: &mut ReadLayers,
    without_system: impl Fn(&ForeignLayer) -> Option<String>,
) -> Result<(), ReadError> {
    let names: Vec<String> = layers.iter().map(|layer| layer.table.name.clone()).collect();
    if let Some(id) = layer.filter(|id| !names.iter().any(|name| name == id)) {
        return Err(ReadError::new(path, Problem::UnknownLayer { id: id.to_owned(), layers: names }));
    }
    for mut one in layers.into_iter().filter(|one| layer.is_none_or(|id| id == one.table.name)) {
        if let Some(first) = std::mem::take(&mut one.invalid).into_iter().next() {
            return Err(first);
        }
        std::mem::take(&mut one.notes).into_iter().for_each(|note| read.warn(WarningCode::Encoding, note));
        std::mem::take(&mut one.remarks).into_iter().for_each(|remark| read.warn(WarningCode::Note, remark));
        without_system(&one).into_iter().for_each(|message| read.warn(WarningCode::Datum, message));
        let name = &one.table.name;
        if one.edges.is_some() {
            read.losses.push(format!(
                "layer {name}: its edges were great circles, and are straight in longitude and latitude now"
            ));
        }
        if one.arcs > 0 {
            read.losses.push(arcs_lost(name, one.arcs));
        }
        if one.measures > 0 {
            read.losses.push(measures_lost(name, one.measures));
        }
        if one.short > 0 {
            read.losses.push(short_lost(name, one.short));
        }
        read.push(one.table, one.declared);
    }
    Ok(())
}

fn arcs_lost(layer: &str, arcs: usize) -> String {
    format!("layer {layer}: {arcs} arcs become chains within {}", foreign::TOLERANCE)
}

fn measures_lost(layer: &str, measures: usize) -> String {
    format!("layer {layer}: measures (M) of {measures} geometries are left out")
}

/// The layer name of a file whose format has no layers.
pub(super) fn layer_name(path: &str, packed: bool) -> String {
    let unpacked = Path::new(path.strip_suffix(".gz").filter(|_| packed).unwrap_or(path));
    let stem = unpacked.file_stem().filter(|_| path != "-");
    stem.map_or_else(|| "layer".to_owned(), |stem| stem.to_string_lossy().into())
}

/// Reads the layers of KML, GPX and Shapefiles without OGR: the named layer, or all non-empty layers.
#[cfg(feature = "formats")]
fn natively(
    (path, name): (&str, &str),
    bytes: &[u8],
    layer: Option<&str>,
    frame: Reading<'_>,
    mut read: ReadLayers,
) -> Result<ReadLayers, ReadError> {
    let mut layers = match foreign::read_native((path, name), bytes, layer, frame) {
        Some(layers) => layers?,
        None => Vec::new(),
    };
    if layer.is_none() && layers.len() > 1 {
        layers.retain(|one| !one.table.rows.is_empty() && !foreign::is_again(&one.table.name));
    }
    foreign_into(layers, (path, layer), &mut read, |one| {
        let has_shape = one.table.rows.iter().any(|row| row.shape.is_some());
        let is_told = one.declared.is_none() && frame.from.is_none() && has_shape;
        is_told.then(|| undeclared(path, &one.table.name))
    })?;
    Ok(read)
}

#[cfg(feature = "gdal")]
fn by_ogr(
    path: &str,
    bytes: &[u8],
    layer: Option<&str>,
    frame: Reading<'_>,
    mut read: ReadLayers,
    progress: Progress<'_>,
) -> Result<ReadLayers, ReadError> {
    let tell = |done| progress("reading", done, None);
    for layer in super::super::ogr::read_tables(path, bytes, (layer, frame), &tell)? {
        let name = layer.table.name.clone();
        layer.notes.into_iter().for_each(|note| read.warn(WarningCode::Encoding, note));
        if layer.arcs > 0 {
            read.losses.push(arcs_lost(&name, layer.arcs));
        }
        if layer.measures > 0 {
            read.losses.push(measures_lost(&name, layer.measures));
        }
        if layer.short > 0 {
            read.losses.push(short_lost(&name, layer.short));
        }
        for field in &layer.binary {
            read.losses.push(format!("layer {name}: the bytes of the field {field} are left out"));
        }
        let has_shape = layer.table.rows.iter().any(|row| row.shape.is_some());
        if layer.system.is_none() && frame.from.is_none() && has_shape {
            read.warn(WarningCode::Datum, undeclared(path, &name));
        }
        read.push(layer.table, layer.system);
    }
    Ok(read)
}

/// Reads the layers of a format that builds with GDAL read through OGR.
#[cfg(not(feature = "gdal"))]
fn by_ogr(
    path: &str,
    _: &[u8],
    _: Option<&str>,
    _: Reading<'_>,
    _: ReadLayers,
    _: Progress<'_>,
) -> Result<ReadLayers, ReadError> {
    Err(ReadError::new(path, Problem::NeedsGdal))
}

fn short_lost(layer: &str, short: usize) -> String {
    format!("layer {layer}: {short} recorded pieces of fewer than two positions are left out")
}

#[cfg(feature = "formats")]
fn undeclared(path: &str, layer: &str) -> String {
    format!("{path}: layer {layer} names no coordinate reference system; it is read as WGS 84")
}

//! Reads one file of any format as a raw layer.

use super::bytes::{Chunked, PACKED, read_bytes, sha256, unpack};
use super::frame::{Reading, System, rewrite};
use super::geometry_issue::issues;
use super::source::{self, Form, Source};
use super::{Problem, RawLayer, ReadError, direct, foreign, geojson, sequence};
use crate::model::{Input, Role, WarningCode};
use std::borrow::Cow;

/// Reads a file or standard input (`-`): GeoJSON, plain or gzipped, and with GDAL any format of OGR.
pub(super) fn read_file(
    path: &str,
    ogr_layer: Option<&str>,
    role: Option<Role>,
    frame: Reading<'_>,
) -> Result<RawLayer, ReadError> {
    #[cfg(feature = "gdal")]
    if super::ogr::is_remote(path) {
        let mut layer = super::ogr::read(path, &[], (ogr_layer, role), super::ogr::remote(path), frame)?;
        layer.warn(WarningCode::Note, None, super::ogr::no_hash(path));
        return Ok(layer);
    }
    if let Some(layer) = read_in_chunks(path, frame) {
        return Ok(layer);
    }
    let bytes = read_bytes(path, frame.limits)?;
    read_held(path, &bytes, (ogr_layer, role), frame.at(path))
}

/// Reads a GeoJSON file in chunks, so that its text is never in memory as a whole; `None` if the file is something
/// else or has an error, which reading it at once reports.
fn read_in_chunks(path: &str, frame: Reading<'_>) -> Option<RawLayer> {
    let mut bytes = frame.is_plain().then(|| Chunked::open(path, frame.limits))??;
    let set_pointer = |layer: &mut RawLayer, ()| {
        let index = layer.features.len() - 1;
        let feature = layer.features.last_mut()?;
        if feature.pointer.is_empty() {
            feature.pointer = format!("{}/coordinates", geojson::geometry_pointer(index));
        }
        Some(())
    };
    let mut layer = direct::stream(&mut bytes, &Input::new(path, ""), |_| Some(()), set_pointer)?;
    layer.input.sha256 = bytes.sha256();
    Some(layer)
}

/// Reads a file from its bytes, with their hash.
pub(super) fn read_held(
    path: &str,
    bytes: &[u8],
    wanted: (Option<&str>, Option<Role>),
    frame: Reading<'_>,
) -> Result<RawLayer, ReadError> {
    // Hashes and parses in parallel.
    let (sha256, layer) = rayon::join(|| sha256(bytes), || read_format(path, bytes, wanted, frame));
    let mut layer = layer?;
    layer.input.sha256 = sha256;
    Ok(layer)
}

/// Reads bytes of any format; the hash is not computed.
pub(super) fn read_format(
    path: &str,
    bytes: &[u8],
    wanted: (Option<&str>, Option<Role>),
    frame: Reading<'_>,
) -> Result<RawLayer, ReadError> {
    let unpacked = if bytes.starts_with(&PACKED) {
        Cow::Owned(unpack(bytes, frame.limits).map_err(|problem| ReadError::new(path, problem))?)
    } else {
        Cow::Borrowed(bytes)
    };
    let members = source::members(path, &unpacked, frame)?;
    if members.is_empty() {
        return read_source(Source::of(path.into(), unpacked, frame)?, path, wanted, frame);
    }
    let (member, note) = source::chosen(path, &members, wanted.0)?;
    // A name that selected the file is not a layer in it.
    let inner = wanted.0.filter(|name| *name != member.stem() && *name != member.name);
    let mut layer = read_source(source::member(path, &unpacked, member, frame)?, path, (inner, wanted.1), frame)?;
    if inner.is_none() {
        layer.layer = Some(member.stem().to_owned());
    }
    note.into_iter().for_each(|note| layer.warn(WarningCode::Note, None, note));
    Ok(layer)
}

/// Reads a decompressed file; reports use the name given by the user.
fn read_source(
    source: Source<'_>,
    named: &str,
    wanted: (Option<&str>, Option<Role>),
    frame: Reading<'_>,
) -> Result<RawLayer, ReadError> {
    let Source { path, name, bytes, form, notes } = source;
    let input = Input::new(path.to_string(), "");
    let mut layer = match form {
        Form::Json => read_geojson(&bytes, input, frame)?,
        Form::Foreign(kind) => {
            foreign::raw((kind, foreign::read(kind, &bytes, (&path, &name), frame.limits)?), wanted, input, frame)?
        }
        Form::Other => other_format((&path, &name), &bytes, input, wanted, frame)?,
    };
    named.clone_into(&mut layer.input.path);
    notes.into_iter().for_each(|note| layer.warn(WarningCode::Encoding, None, note));
    Ok(layer)
}

/// Reads GeoJSON, transformed to WGS 84 from the system in its `crs` member or given by the user, with a note of the
/// operation.
fn read_geojson(bytes: &[u8], input: Input, frame: Reading<'_>) -> Result<RawLayer, ReadError> {
    let path = input.path.clone();
    let may_be_sequence = sequence::may_be(&path, bytes);
    let mut refused = None;
    if frame.is_plain() {
        match geojson::read(bytes, input.clone(), may_be_sequence, frame.limits) {
            Err(error) if matches!(error.problem, Problem::OtherCrs(_)) => refused = Some(error),
            read => return read,
        }
    }
    let text = sequence::collected(geojson::text(bytes, &path)?, may_be_sequence);
    let declared = geojson::declared_crs(&text, frame.limits).map(|name| System::parse(&name));
    // A system declared by a single feature does not apply to the file.
    if let Some(error) = refused.filter(|_| declared.is_none()) {
        return Err(error);
    }
    let way = frame.to_wgs84(&path, declared.as_ref())?;
    let rewritten = rewrite(&text, &path, &way, frame.limits)?;
    let in_wgs84 = rewritten.as_ref().map_or(&*text, |rewritten| &rewritten.text);
    let mut layer = geojson::read_by_crate(in_wgs84, Input { datum: way.note(), ..input }, frame.limits)?;
    layer.add_invalid(rewritten.map(|rewritten| rewritten.invalid).unwrap_or_default());
    layer.noise_m = way.noise_m();
    layer.warnings.extend(way.warnings(&path));
    if let Some(message) = frame.overruled(&path, declared.as_ref()) {
        layer.warn(WarningCode::Datum, None, message);
    }
    // Rewriting has removed issues of the text: reports them here.
    for sentence in issues(&text, frame.limits) {
        layer.warn(WarningCode::Member, None, sentence);
    }
    Ok(layer)
}

#[cfg_attr(not(feature = "formats"), allow(unused_variables))]
fn other_format(
    (path, name): (&str, &str),
    bytes: &[u8],
    input: Input,
    (ogr_layer, role): (Option<&str>, Option<Role>),
    frame: Reading<'_>,
) -> Result<RawLayer, ReadError> {
    #[cfg(feature = "formats")]
    if foreign::is_native(path, bytes)
        && let Some(layer) = foreign::native_raw((path, name), bytes, (ogr_layer, role), input.clone(), frame)
    {
        return layer;
    }
    #[cfg(feature = "gdal")]
    {
        super::ogr::read(path, bytes, (ogr_layer, role), input, frame)
    }
    #[cfg(not(feature = "gdal"))]
    {
        // Formats that no build reads: GDAL would not help.
        let hopeless = super::unknown::looks_like(bytes).filter(|what| super::unknown::is_for_nobody(*what));
        Err(ReadError::new(path, hopeless.map_or(Problem::NeedsGdal, |what| Problem::UnknownFormat(Some(what)))))
    }
}

//! Detects the form of a decompressed file, and converts its text to UTF-8 if a built-in reader handles it.

use super::bytes::{PACKED, unpack};
use super::foreign::{self, ForeignFormat};
use super::text::{in_utf8, narrowed, wide_name};
use super::zip::{self, Member};
use super::{Limits, Problem, ReadError, Reading, sequence};
use std::borrow::Cow;
use std::path::Path;

/// The reader for a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// GeoJSON, or a text apparently meant as GeoJSON.
    Json,
    /// A foreign format with a built-in reader.
    Foreign(ForeignFormat),
    /// Any format of OGR.
    Other,
}

/// A file, or one in an archive.
pub(super) struct Source<'b> {
    /// Its path in messages, which OGR opens.
    pub path: Cow<'b, str>,
    /// The default name of its layer.
    pub name: String,
    /// Its bytes, decompressed; text without a byte order mark.
    pub bytes: Cow<'b, [u8]>,
    pub form: Form,
    /// Notes on corrections of its encoding.
    pub notes: Vec<String>,
}

impl<'b> Source<'b> {
    /// A plain file.
    ///
    /// # Errors
    /// Its bytes are not text in the given or apparent encoding.
    pub fn of(path: Cow<'b, str>, bytes: Cow<'b, [u8]>, frame: Reading<'_>) -> Result<Self, ReadError> {
        let name = layer_name(&path);
        let mut notes = Vec::new();
        let mut bytes = match wide_name(&bytes) {
            Some(wide) if !path.ends_with(".shp") => {
                notes.push(format!("{path} is text in {wide}, where UTF-8 is the rule; it is read as that"));
                Cow::Owned(narrowed(&bytes, &path)?.into_owned())
            }
            _ => bytes,
        };
        let first = bytes.iter().find(|byte| !byte.is_ascii_whitespace());
        let is_text = first.is_some_and(|first| *first != b'<') && !bytes[..bytes.len().min(1024)].contains(&0);
        if is_text && notes.is_empty() && frame.encoding.is_some() {
            bytes = Cow::Owned(in_utf8(&bytes, &path, frame.encoding)?.into_owned());
        }
        if bytes.starts_with(b"\xef\xbb\xbf") {
            notes.push(format!("{path} begins with a byte order mark; it is ignored"));
            bytes = match bytes {
                Cow::Borrowed(bytes) => Cow::Borrowed(&bytes[3..]),
                Cow::Owned(mut bytes) => Cow::Owned(bytes.split_off(3)),
            };
        }
        let form = form(&path, &bytes, frame.limits);
        Ok(Source { path, name, bytes, form, notes })
    }
}

/// The files of an archive that may be layers; empty if the bytes are not an archive, or are a format of their own.
///
/// # Errors
/// The archive is truncated.
pub(super) fn members(path: &str, bytes: &[u8], frame: Reading<'_>) -> Result<Vec<Member>, ReadError> {
    let own = [".xlsx", ".ods"].iter().any(|end| path.to_lowercase().ends_with(end));
    let is_inner = path.starts_with("/vsi") && frame.memory.is_none();
    if own || is_inner || !zip::is_archive(bytes) { Ok(Vec::new()) } else { zip::layers(bytes, path) }
}

/// A file of an archive.
///
/// # Errors
/// It cannot be unpacked.
pub(super) fn member<'b>(
    path: &str,
    archive: &'b [u8],
    member: &Member,
    frame: Reading<'_>,
) -> Result<Source<'b>, ReadError> {
    let inner = zip::inner_path(path, &member.name);
    if form_of_name(&member.name) == Some(Form::Other) {
        // OGR unpacks its formats itself; from memory if the archive is not a file. Without it, companions are needed.
        let held = frame.memory.is_some() || cfg!(not(feature = "gdal"));
        let bytes = if held { Cow::Borrowed(archive) } else { Cow::default() };
        let name = member.stem().to_owned();
        return Ok(Source { path: Cow::Owned(inner), name, bytes, form: Form::Other, notes: Vec::new() });
    }
    let bytes = member.bytes(archive, &inner, frame.limits)?;
    let bytes = if bytes.starts_with(&PACKED) {
        unpack(&bytes, frame.limits).map_err(|problem| ReadError::new(&inner, problem))?
    } else {
        bytes
    };
    let name = member.stem().to_owned();
    Ok(Source { name, ..Source::of(Cow::Owned(inner), Cow::Owned(bytes), frame)? })
}

/// The requested file of an archive: by name, else the first. Returns a note if there are several.
///
/// # Errors
/// None of several has that name.
pub(super) fn chosen<'m>(
    path: &str,
    members: &'m [Member],
    wanted: Option<&str>,
) -> Result<(&'m Member, Option<String>), ReadError> {
    let named =
        wanted.and_then(|wanted| members.iter().find(|member| member.stem() == wanted || member.name == wanted));
    let names = || members.iter().map(|member| member.stem().to_owned()).collect::<Vec<_>>();
    match (named, members) {
        (Some(member), _) | (None, [member]) => Ok((member, None)),
        (None, [first, ..]) if wanted.is_none() => {
            let names = names();
            let note =
                format!("{path} holds {} files ({}); \"{}\" is read", names.len(), names.join(", "), first.stem());
            Ok((first, Some(note)))
        }
        _ => {
            let id = wanted.unwrap_or_default().to_owned();
            Err(ReadError::new(path, Problem::UnknownLayer { id, layers: names() }))
        }
    }
}

/// The layer name of a file whose format has no layers.
fn layer_name(path: &str) -> String {
    let stem = Path::new(path.strip_suffix(".gz").unwrap_or(path)).file_stem().filter(|_| path != "-");
    stem.map_or_else(|| "layer".to_owned(), |stem| stem.to_string_lossy().into())
}

/// The form of a file in an archive, if its name determines it.
fn form_of_name(name: &str) -> Option<Form> {
    let extension = name.rsplit_once('.').map(|(_, extension)| extension.to_lowercase())?;
    (!zip::TEXT_LAYERS.contains(&extension.as_str())).then_some(Form::Other)
}

fn form(path: &str, bytes: &[u8], limits: Limits) -> Form {
    if let Some(kind) = foreign::kind(path, bytes, limits) {
        return Form::Foreign(kind);
    }
    let plain = path.strip_suffix(".gz").unwrap_or(path);
    let extension = Path::new(plain).extension().map(|extension| extension.to_string_lossy().to_lowercase());
    let is_named = |words: &[&str]| extension.as_deref().is_some_and(|extension| words.contains(&extension));
    match bytes.iter().find(|byte| !byte.is_ascii_whitespace()) {
        None | Some(b'{') => Form::Json,
        Some(_) if sequence::may_be(path, bytes) || is_named(&["geojson", "json", "topojson"]) => Form::Json,
        // Formats of numbers and text lines may start like JSON.
        Some(first) if !is_named(&["dxf", "mif", "e00", "gmt", "txt"]) && looks_like_json(*first, bytes) => Form::Json,
        Some(_) => Form::Other,
    }
}

/// Whether bytes that do not start with an object appear to be meant as JSON.
fn looks_like_json(first: u8, bytes: &[u8]) -> bool {
    matches!(first, b'[' | b'"' | b'-' | b'0'..=b'9')
        || [b"true".as_slice(), b"false", b"null"].iter().any(|w| bytes.starts_with(w))
}

//! Zip archives (PKWARE APPNOTE 6.3.3, sections 4.3 to 4.5): listing, and extraction of one file. Not implemented:
//! encryption, multi-part archives, archives above 4 GiB.

use super::bytes::inflate;
use super::{Limits, Problem, ReadError};

/// A file in an archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Member {
    /// Its path in the archive.
    pub name: String,
    method: u16,
    encrypted: bool,
    packed: usize,
    /// Its size unpacked, as the list of files states it.
    size: usize,
    header: usize,
}

/// Extensions of single-file layers whose text this program decodes, even if OGR reads them.
pub(super) const TEXT_LAYERS: [&str; 13] = [
    "geojson",
    "json",
    "topojson",
    "geojsonl",
    "geojsons",
    "geojsonseq",
    "jsonl",
    "ndjson",
    "csv",
    "tsv",
    "kml",
    "gpx",
    "gml",
];

/// Extensions of other files that are layers themselves, not companions.
const OTHER_LAYERS: [&str; 9] = ["shp", "gpkg", "tab", "mif", "fgb", "dxf", "e00", "osm", "sqlite"];

/// Archive extensions that GDAL recognises.
const ARCHIVES: [&str; 6] = [".zip", ".kmz", ".dwf", ".ods", ".xlsx", ".xlsm"];

/// GDAL's path of a file in an archive.
pub(super) fn inner_path(archive: &str, name: &str) -> String {
    let lower = archive.to_lowercase();
    match ARCHIVES.iter().any(|end| lower.ends_with(end)) {
        true => format!("/vsizip/{archive}/{name}"),
        false => format!("/vsizip/{{{archive}}}/{name}"),
    }
}

/// Whether bytes are a zip archive.
pub(super) fn is_archive(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04")
}

/// The files of an archive that may be layers, in order; a `.gdb` folder is one.
///
/// # Errors
/// It is truncated or of an unsupported kind.
pub(super) fn layers(bytes: &[u8], path: &str) -> Result<Vec<Member>, ReadError> {
    let all =
        members(bytes).ok_or_else(|| ReadError::new(path, Problem::Archive("its list of files cannot be read")))?;
    let mut layers: Vec<Member> = Vec::new();
    for mut member in all {
        // Skips metadata added by macOS.
        if member.name.split('/').any(|part| part == "__MACOSX" || part.starts_with("._")) {
            continue;
        }
        if let Some(at) = member.name.find(".gdb/") {
            member.name.truncate(at + 4);
            if !layers.iter().any(|layer| layer.name == member.name) {
                layers.push(member);
            }
            continue;
        }
        let extension = member.name.rsplit_once('.').map(|(_, extension)| extension.to_lowercase());
        if extension.is_some_and(|extension| TEXT_LAYERS.iter().chain(&OTHER_LAYERS).any(|known| *known == extension)) {
            layers.push(member);
        }
    }
    Ok(layers)
}

/// The bytes of the named file in an archive; `None` if there is none.
///
/// # Errors
/// The archive is truncated, or the file cannot be decompressed.
pub(super) fn member_bytes(bytes: &[u8], name: &str, path: &str, limits: Limits) -> Result<Option<Vec<u8>>, ReadError> {
    let all =
        members(bytes).ok_or_else(|| ReadError::new(path, Problem::Archive("its list of files cannot be read")))?;
    let found = all.iter().find(|member| member.name == name);
    found.map(|member| member.bytes(bytes, path, limits)).transpose()
}

/// The bytes of the file beside another one in an archive, with its name but this extension: `path` is the other's, in
/// the archive, as [`inner_path`] makes it.
///
/// # Errors
/// The archive is truncated, or the file cannot be decompressed.
#[cfg(feature = "formats")]
pub(super) fn companion(
    bytes: &[u8],
    path: &str,
    extension: &str,
    limits: Limits,
) -> Result<Option<Vec<u8>>, ReadError> {
    let all =
        members(bytes).ok_or_else(|| ReadError::new(path, Problem::Archive("its list of files cannot be read")))?;
    let stem = path.rsplit_once('.').map_or(path, |(stem, _)| stem);
    let is_it = |member: &&Member| {
        let (own, end) = member.name.rsplit_once('.').unwrap_or((&member.name, ""));
        end.eq_ignore_ascii_case(extension) && stem.strip_suffix(own).is_some_and(|archive| archive.ends_with('/'))
    };
    // Of a file of the same name in a folder above, the name is shorter.
    let found = all.iter().filter(is_it).max_by_key(|member| member.name.len());
    found.map(|member| member.bytes(bytes, path, limits)).transpose()
}

/// A little-endian number of two or four bytes.
fn number(bytes: &[u8], at: usize, size: usize) -> Option<usize> {
    Some(bytes.get(at..at + size)?.iter().rev().fold(0, |sum, byte| sum << 8 | usize::from(*byte)))
}

fn members(bytes: &[u8]) -> Option<Vec<Member>> {
    // The end record, before a comment of up to 64 KiB.
    let from = bytes.len().saturating_sub(22 + 0xffff);
    let end = from + bytes[from..].windows(4).rposition(|four| four == b"PK\x05\x06")?;
    let (count, mut at) = (number(bytes, end + 10, 2)?, number(bytes, end + 16, 4)?);
    let mut members = Vec::new();
    for _ in 0..count {
        if bytes.get(at..at + 4)? != b"PK\x01\x02" {
            return None;
        }
        let [name, extra, comment] = [28, 30, 32].map(|field| number(bytes, at + field, 2).unwrap_or_default());
        let flags = number(bytes, at + 8, 2)?;
        let raw = bytes.get(at + 46..at + 46 + name)?;
        members.push(Member {
            name: String::from_utf8_lossy(raw).into_owned(),
            method: number(bytes, at + 10, 2)? as u16,
            encrypted: flags & 1 == 1,
            packed: number(bytes, at + 20, 4)?,
            size: number(bytes, at + 24, 4)?,
            header: number(bytes, at + 42, 4)?,
        });
        at += 46 + name + extra + comment;
    }
    Some(members)
}

impl Member {
    /// Its bytes.
    ///
    /// # Errors
    /// The archive breaks off, is encrypted, or packed by something else than Deflate.
    pub fn bytes(&self, archive: &[u8], path: &str, limits: Limits) -> Result<Vec<u8>, ReadError> {
        let wrong = |problem| ReadError::new(path, problem);
        if self.encrypted {
            return Err(wrong(Problem::Archive("it is encrypted")));
        }
        if self.size as u64 > limits.max_bytes() {
            return Err(wrong(Problem::TooLarge(limits.max_gib)));
        }
        let broken = || wrong(Problem::Archive("it breaks off"));
        let field = |at: usize| number(archive, self.header + at, 2).ok_or_else(broken);
        let start = self.header + 30 + field(26)? + field(28)?;
        let packed = archive.get(start..start.saturating_add(self.packed)).ok_or_else(broken)?;
        match self.method {
            0 => Ok(packed.to_vec()),
            8 => inflate(packed, limits).map_err(wrong),
            _ => Err(wrong(Problem::Archive("it is packed by another method than Deflate"))),
        }
    }

    /// Its name without folders and extension.
    pub fn stem(&self) -> &str {
        let name = self.name.rsplit('/').next().unwrap_or(&self.name);
        name.rsplit_once('.').map_or(name, |(stem, _)| stem)
    }
}

//! Zip archives from strangers (PKWARE APPNOTE 6.3.3): the whole archive is checked against rules before a file of it is
//! unpacked. Not implemented: encryption, multi-part archives, zip64.

use super::inflate::DeflateDecoder;
use super::pack::{Packing, pack};
use std::collections::HashMap;
use std::io::Read;

/// A file of an archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArchiveFile {
    /// Its path in the archive, with `/` between folders.
    pub path: String,
    /// Its bytes, unpacked.
    pub bytes: Vec<u8>,
}

/// Limits of reading an archive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct ArchiveLimits {
    /// Greatest size of all files together, unpacked, in bytes.
    pub max_bytes: u64,
    /// Greatest number of files.
    pub max_files: usize,
    /// Greatest ratio of the size of a file to its packed size; files below 1 MiB are exempt.
    pub max_ratio: u64,
}

impl Default for ArchiveLimits {
    /// 1 GiB, 10 000 files, 200 to 1.
    fn default() -> Self {
        ArchiveLimits { max_bytes: 1 << 30, max_files: 10_000, max_ratio: 200 }
    }
}

/// An archive that is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}{problem}", entry.as_ref().map_or(String::new(), |entry| format!("\"{entry}\": ")))]
#[non_exhaustive]
pub struct ArchiveError {
    /// The file in the archive, as its list names it; `None` where the archive as a whole is refused.
    pub entry: Option<String>,
    /// The reason.
    pub problem: ArchiveProblem,
}

impl ArchiveError {
    /// An error about the archive, or about one of its entries.
    pub fn new(entry: Option<String>, problem: ArchiveProblem) -> Self {
        ArchiveError { entry, problem }
    }
}

/// Why an archive is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ArchiveProblem {
    /// The bytes do not begin as a zip archive does.
    #[error("it is no zip archive")]
    NotArchive,
    /// The list of files, or a file, is incomplete.
    #[error("the archive breaks off or its list of files is damaged")]
    Truncated,
    /// A multi-part archive or zip64.
    #[error("the archive is of an unsupported kind ({0})")]
    Unsupported(&'static str),
    /// A file is encrypted.
    #[error("the file is encrypted")]
    Encrypted,
    /// A file is packed by an unsupported method.
    #[error("the file is packed by method {0}, neither stored nor Deflate")]
    Method(u16),
    /// The name is not UTF-8, or empty, or has control characters.
    #[error("the name is empty or has characters that names of files must not have")]
    Name,
    /// The path begins at the root of a disk.
    #[error("the path is absolute")]
    Absolute,
    /// The path leads out of its folder.
    #[error("the path has a part \"..\" or \".\"")]
    Traversal,
    /// The name means something else on some systems: a backslash, a colon, a space or dot at the end, a device.
    #[error("the name does not mean the same file on every system ({0})")]
    Portable(&'static str),
    /// The entry is a link or a device.
    #[error("the entry is a link or a device, not a file")]
    Special,
    /// Two files have one name.
    #[error("two files have this name")]
    Duplicate,
    /// Two names differ in the case of letters only.
    #[error("the name differs from \"{0}\" in the case of letters only")]
    Case(String),
    /// A name is that of a file and of a folder.
    #[error("the name is that of a file and of a folder")]
    FileAndFolder,
    /// The file is an archive itself.
    #[error("the file is itself an archive")]
    Nested,
    /// A file is unpacked to more than the ratio permits.
    #[error("the file would grow {0} times when unpacked, more than the permitted {1}")]
    Ratio(u64, u64),
    /// All files together exceed the limit.
    #[error("unpacked, all files have {0} bytes, more than the permitted {1}")]
    TooLarge(u64, u64),
    /// There are more files than the limit.
    #[error("the archive has {0} files, more than the permitted {1}")]
    TooMany(usize, usize),
    /// The list of files contradicts the header of a file.
    #[error("the list of files contradicts the file's own header")]
    Contradiction,
    /// Files share bytes of the archive.
    #[error("the file shares bytes of the archive with another one")]
    Overlap,
    /// The file is not as long as the list states.
    #[error("the file cannot be unpacked to the size that the list of files states")]
    Size,
}

/// Files of at most this size are exempt from the limit of the ratio.
const SMALL_BYTES: u64 = 1 << 20;
/// A file unpacked in memory must hold at most this.
const FOUR_GIB: u64 = u32::MAX as u64;

/// An entry of the list of files.
struct ArchiveEntry {
    path: String,
    method: u16,
    flags: u16,
    packed: u64,
    size: u64,
    header: u64,
    crc: u32,
    /// Type bits of the Unix mode, 0 if the archive states none.
    unix_type: u16,
}

/// Returns the files of an archive, in the order of its list; entries of folders are omitted.
///
/// All rules are applied to the list of files before a file is unpacked, and a file is unpacked to at most the size that
/// the list states. The checksum of zip is not verified: what must not change has a stronger hash.
///
/// # Errors
/// The archive is truncated, of an unsupported kind, above a limit, or breaks a rule of [`ArchiveProblem`].
///
/// # Example
/// ```
/// use merestone::io::{ArchiveLimits, ArchiveProblem, read_archive, write_archive};
///
/// let archive = write_archive(&[("data/line.geojson", b"{}")]).unwrap();
/// assert_eq!(read_archive(&archive, &ArchiveLimits::default()).unwrap()[0].path, "data/line.geojson");
/// let refused = read_archive(&archive[..40], &ArchiveLimits::default()).unwrap_err();
/// assert_eq!(refused.problem, ArchiveProblem::Truncated);
/// ```
pub fn read_archive(bytes: &[u8], limits: &ArchiveLimits) -> Result<Vec<ArchiveFile>, ArchiveError> {
    let mut entries = list(bytes, limits)?;
    for entry in &entries {
        check_entry(entry, limits)?;
    }
    check_names(entries.iter().map(|entry| entry.path.as_str()))?;
    let total: u64 = entries.iter().map(|entry| entry.size).sum();
    if total > limits.max_bytes {
        return Err(whole(ArchiveProblem::TooLarge(total, limits.max_bytes)));
    }
    check_overlaps(&entries, bytes)?;
    entries.retain(|entry| !entry.path.ends_with('/'));
    entries.iter().map(|entry| unpacked(entry, bytes)).collect()
}

/// Returns an archive of files, uncompressed, in their order, without times and owners: the same files give the same
/// bytes everywhere.
///
/// # Errors
/// The names break a rule of [`ArchiveProblem`], or the files exceed 4 GiB or 65 535 in number.
pub fn write_archive(files: &[(&str, &[u8])]) -> Result<Vec<u8>, ArchiveError> {
    for (path, bytes) in files {
        name_problem(path).map_or(Ok(()), |problem| Err(of(path, problem)))?;
        if is_nested(path, bytes) {
            return Err(of(path, ArchiveProblem::Nested));
        }
    }
    check_names(files.iter().map(|(path, _)| *path))?;
    if files.len() > usize::from(u16::MAX) {
        return Err(whole(ArchiveProblem::TooMany(files.len(), u16::MAX.into())));
    }
    // The headers of a file have 76 bytes and twice its name.
    let total: u64 = files.iter().map(|(path, bytes)| bytes.len() as u64 + 76 + 2 * path.len() as u64).sum();
    if total > FOUR_GIB - 22 {
        return Err(whole(ArchiveProblem::TooLarge(total, FOUR_GIB)));
    }
    Ok(pack(files, Packing::Stored))
}

/// Why a path must not stand in an archive; `None` if it may.
///
/// A good path is relative, has no part `.` or `..`, and means the same file on every system.
pub fn name_problem(path: &str) -> Option<ArchiveProblem> {
    const DEVICES: [&str; 6] = ["con", "prn", "aux", "nul", "com", "lpt"];
    if path.is_empty() || path.len() > 1024 || path.chars().any(char::is_control) {
        return Some(ArchiveProblem::Name);
    }
    let drive = path.as_bytes().get(1) == Some(&b':') && path.starts_with(|c: char| c.is_ascii_alphabetic());
    if path.starts_with(['/', '\\']) || drive {
        return Some(ArchiveProblem::Absolute);
    }
    if path.split(['/', '\\']).any(|part| part == ".." || part == ".") {
        return Some(ArchiveProblem::Traversal);
    }
    if path.contains(['\\', ':', '*', '?', '"', '<', '>', '|']) {
        return Some(ArchiveProblem::Portable("one of \\ : * ? \" < > |"));
    }
    for part in path.split('/') {
        if part.is_empty() {
            return Some(ArchiveProblem::Name);
        }
        if part.ends_with([' ', '.']) || part.starts_with(' ') {
            return Some(ArchiveProblem::Portable("a space at an end, or a dot at the end"));
        }
        let stem = part.split('.').next().unwrap_or(part).to_lowercase();
        let numbered = stem.len() == 4 && stem.ends_with(|c: char| c.is_ascii_digit()) && stem.is_ascii();
        let word = if numbered { &stem[..3] } else { stem.as_str() };
        let device = DEVICES.iter().any(|device| *device == word && (numbered == ["com", "lpt"].contains(device)));
        if device {
            return Some(ArchiveProblem::Portable("the name of a device"));
        }
    }
    None
}

fn whole(problem: ArchiveProblem) -> ArchiveError {
    ArchiveError { entry: None, problem }
}

fn of(entry: &str, problem: ArchiveProblem) -> ArchiveError {
    ArchiveError { entry: Some(entry.to_owned()), problem }
}

/// A little-endian number of two or four bytes.
fn number(bytes: &[u8], at: u64, size: usize) -> Result<u64, ArchiveError> {
    let at = usize::try_from(at).unwrap_or(usize::MAX);
    let field = at.checked_add(size).and_then(|end| bytes.get(at..end));
    let field = field.ok_or_else(|| whole(ArchiveProblem::Truncated))?;
    Ok(field.iter().rev().fold(0, |sum, byte| sum << 8 | u64::from(*byte)))
}

/// The list of files (APPNOTE 4.3.12, 4.3.16), which must fill the archive up to its end record.
fn list(bytes: &[u8], limits: &ArchiveLimits) -> Result<Vec<ArchiveEntry>, ArchiveError> {
    if !bytes.starts_with(b"PK\x03\x04") && !bytes.starts_with(b"PK\x05\x06") {
        return Err(whole(ArchiveProblem::NotArchive));
    }
    // The end record, before a comment of up to 64 KiB that ends the archive.
    let from = bytes.len().saturating_sub(22 + 0xffff);
    let is_end = |at: &usize| {
        bytes[*at..].starts_with(b"PK\x05\x06")
            && number(bytes, *at as u64 + 20, 2).is_ok_and(|comment| at + 22 + comment as usize == bytes.len())
    };
    let end = (from..bytes.len().saturating_sub(21)).rev().find(is_end);
    let end = end.ok_or_else(|| whole(ArchiveProblem::Truncated))? as u64;
    let [disk, first_disk, here, count] = [4, 6, 8, 10].map(|field| number(bytes, end + field, 2).unwrap_or(0));
    let (length, start) = (number(bytes, end + 12, 4)?, number(bytes, end + 16, 4)?);
    if disk != 0 || first_disk != 0 || here != count {
        return Err(whole(ArchiveProblem::Unsupported("several parts")));
    }
    if count == 0xffff || length == FOUR_GIB || start == FOUR_GIB {
        return Err(whole(ArchiveProblem::Unsupported("zip64")));
    }
    if start + length != end {
        return Err(whole(ArchiveProblem::Truncated));
    }
    let count = count as usize;
    if count > limits.max_files {
        return Err(whole(ArchiveProblem::TooMany(count, limits.max_files)));
    }
    let (mut entries, mut at) = (Vec::new(), start);
    for _ in 0..count {
        if number(bytes, at, 4)? != 0x0201_4b50 {
            return Err(whole(ArchiveProblem::Truncated));
        }
        let [name, extra, comment] = [28, 30, 32].map(|field| number(bytes, at + field, 2));
        let (name, extra, comment) = (name?, extra?, comment?);
        let raw = bytes.get(at as usize + 46..(at + 46 + name) as usize);
        let raw = raw.ok_or_else(|| whole(ArchiveProblem::Truncated))?;
        let path =
            String::from_utf8(raw.to_vec()).map_err(|_| of(&String::from_utf8_lossy(raw), ArchiveProblem::Name))?;
        // Made on Unix (3) or macOS (19): the upper half of the attributes is the mode.
        let made_on = number(bytes, at + 5, 1)?;
        let mode = if [3, 19].contains(&made_on) { number(bytes, at + 40, 2)? as u16 } else { 0 };
        entries.push(ArchiveEntry {
            path,
            method: number(bytes, at + 10, 2)? as u16,
            flags: number(bytes, at + 8, 2)? as u16,
            crc: number(bytes, at + 16, 4)? as u32,
            packed: number(bytes, at + 20, 4)?,
            size: number(bytes, at + 24, 4)?,
            header: number(bytes, at + 42, 4)?,
            unix_type: mode & 0xf000,
        });
        at += 46 + name + extra + comment;
    }
    if at != end { Err(whole(ArchiveProblem::Truncated)) } else { Ok(entries) }
}

/// The rules for a single entry.
fn check_entry(entry: &ArchiveEntry, limits: &ArchiveLimits) -> Result<(), ArchiveError> {
    const FOLDER: u16 = 0x4000;
    const REGULAR: u16 = 0x8000;
    let wrong = |problem| Err(of(&entry.path, problem));
    let folder = entry.path.strip_suffix('/');
    if let Some(problem) = name_problem(folder.unwrap_or(&entry.path)) {
        return wrong(problem);
    }
    let permitted = if folder.is_some() { [0, FOLDER] } else { [0, REGULAR] };
    if !permitted.contains(&entry.unix_type) || (folder.is_some() && entry.size > 0) {
        return wrong(ArchiveProblem::Special);
    }
    if entry.flags & 1 == 1 {
        return wrong(ArchiveProblem::Encrypted);
    }
    if entry.packed == FOUR_GIB || entry.size == FOUR_GIB || entry.header == FOUR_GIB {
        return wrong(ArchiveProblem::Unsupported("zip64"));
    }
    match entry.method {
        0 if entry.packed != entry.size => return wrong(ArchiveProblem::Size),
        0 | 8 => {}
        method => return wrong(ArchiveProblem::Method(method)),
    }
    let ratio = entry.size / entry.packed.max(1);
    if entry.size > SMALL_BYTES && ratio > limits.max_ratio {
        return wrong(ArchiveProblem::Ratio(ratio, limits.max_ratio));
    }
    Ok(())
}

/// The rules for names among each other: none twice, none the same but for case, none a file and a folder.
fn check_names<'a>(paths: impl Iterator<Item = &'a str>) -> Result<(), ArchiveError> {
    // By the name in lower case: the name, and whether it is a folder.
    let mut seen: HashMap<String, (&str, bool)> = HashMap::new();
    for path in paths {
        let name = path.trim_end_matches('/');
        let folders = name.match_indices('/').map(|(at, _)| (&name[..at], true));
        for (part, is_folder) in folders.chain([(name, path.ends_with('/'))]) {
            let Some((other, was_folder)) = seen.insert(part.to_lowercase(), (part, is_folder)) else { continue };
            let problem = match (other == part, was_folder, is_folder) {
                (true, true, true) => continue,
                (true, false, false) => ArchiveProblem::Duplicate,
                (true, ..) => ArchiveProblem::FileAndFolder,
                (false, ..) => ArchiveProblem::Case(other.to_owned()),
            };
            return Err(of(path, problem));
        }
    }
    Ok(())
}

/// The bytes of an entry in the archive, after its own header, which must agree with the list.
fn packed<'a>(entry: &ArchiveEntry, bytes: &'a [u8]) -> Result<(&'a [u8], u64), ArchiveError> {
    let field = |at: u64, size: usize| number(bytes, entry.header + at, size);
    let (name, extra) = (field(26, 2)?, field(28, 2)?);
    let start = entry.header + 30 + name + extra;
    let own_name = bytes.get(entry.header as usize + 30..(entry.header + 30 + name) as usize);
    // With bit 3, checksum and sizes follow the file.
    let deferred = entry.flags & 8 != 0;
    let agrees = field(0, 4)? == 0x0403_4b50
        && own_name == Some(entry.path.as_bytes())
        && field(6, 2)? as u16 == entry.flags
        && field(8, 2)? as u16 == entry.method
        && (deferred || (field(14, 4)? as u32, field(18, 4)?, field(22, 4)?) == (entry.crc, entry.packed, entry.size));
    if !agrees {
        return Err(of(&entry.path, ArchiveProblem::Contradiction));
    }
    let end = start + entry.packed;
    let data = bytes.get(start as usize..end as usize).ok_or_else(|| of(&entry.path, ArchiveProblem::Truncated))?;
    Ok((data, end))
}

/// Every file has bytes of its own, before the list of files.
fn check_overlaps(entries: &[ArchiveEntry], bytes: &[u8]) -> Result<(), ArchiveError> {
    let mut spans = Vec::new();
    for entry in entries {
        spans.push((entry.header, packed(entry, bytes)?.1, entry));
    }
    spans.sort_by_key(|(start, end, _)| (*start, *end));
    match spans.windows(2).find(|pair| pair[0].1 > pair[1].0) {
        Some(pair) => Err(of(&pair[1].2.path, ArchiveProblem::Overlap)),
        None => Ok(()),
    }
}

/// Archives that a bundle may hold: papers as word processors write them.
const PAPER: &str = ".docx";

fn unpacked(entry: &ArchiveEntry, archive: &[u8]) -> Result<ArchiveFile, ArchiveError> {
    let (data, _) = packed(entry, archive)?;
    let bytes = if entry.method == 0 {
        data.to_vec()
    } else {
        let mut bytes = Vec::new();
        let read = DeflateDecoder::new(data).take(entry.size + 1).read_to_end(&mut bytes);
        if read.is_err() || bytes.len() as u64 != entry.size {
            return Err(of(&entry.path, ArchiveProblem::Size));
        }
        bytes
    };
    if is_nested(&entry.path, &bytes) {
        return Err(of(&entry.path, ArchiveProblem::Nested));
    }
    Ok(ArchiveFile { path: entry.path.clone(), bytes })
}

/// Whether a file is an archive that must not stand in an archive. Papers in DOCX may.
fn is_nested(path: &str, bytes: &[u8]) -> bool {
    let is_archive = [&b"PK\x03\x04"[..], b"PK\x05\x06", b"PK\x07\x08"].iter().any(|magic| bytes.starts_with(magic));
    is_archive && !path.to_lowercase().ends_with(PAPER)
}

//! Bytes of inputs: read at once or in chunks, decompressed, within limits, with their hash.

use super::inflate::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};
use super::{Limits, Problem, ReadError, sequence};
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// Magic number of gzip (RFC 1952).
pub(super) const PACKED: [u8; 2] = [0x1f, 0x8b];

/// Bytes of a chunk, unless a feature needs more.
const STRETCH: usize = 8 << 20;

/// The bytes of a file or of standard input (`-`).
pub(super) fn read_bytes(path: &str, limits: Limits) -> Result<Vec<u8>, ReadError> {
    let wrong = |problem| ReadError::new(path, problem);
    if path == "-" {
        return within_limit(&mut std::io::stdin().lock(), 0, limits).map_err(wrong);
    }
    if Path::new(path).is_dir() {
        let database = path.trim_end_matches('/').to_lowercase().ends_with(".gdb");
        return if database { folder_bytes(path, limits).map_err(wrong) } else { Err(wrong(Problem::Folder)) };
    }
    let mut file = File::open(archive(path)).map_err(|e| wrong(Problem::Unreadable(e)))?;
    let size = file.metadata().map_or(0, |about| about.len());
    within_limit(&mut file, size, limits).map_err(wrong)
}

/// The bytes of all files of a folder that is a single database, ordered by name: the input of its hash.
fn folder_bytes(path: &str, limits: Limits) -> Result<Vec<u8>, Problem> {
    let entries = std::fs::read_dir(path).and_then(Iterator::collect::<std::io::Result<Vec<_>>>);
    let mut files: Vec<_> = entries.map_err(Problem::Unreadable)?.into_iter().map(|entry| entry.path()).collect();
    files.retain(|file| file.is_file());
    files.sort();
    let mut all: Box<dyn Read> = Box::new(std::io::empty());
    for file in files {
        all = Box::new(all.chain(File::open(file).map_err(Problem::Unreadable)?));
    }
    within_limit(&mut all, 0, limits)
}

/// The bytes of a source, if within the limit; `size` is the expected number.
pub(super) fn within_limit(from: &mut dyn Read, size: u64, limits: Limits) -> Result<Vec<u8>, Problem> {
    let mut bytes = Vec::new();
    // Reserves the memory at once if possible, to avoid copies while growing. One more byte detects the end.
    let _ = bytes.try_reserve_exact(size.min(limits.max_bytes()) as usize + 1);
    from.take(limits.max_bytes() + 1).read_to_end(&mut bytes).map_err(Problem::Unreadable)?;
    if bytes.len() as u64 > limits.max_bytes() { Err(Problem::TooLarge(limits.max_gib)) } else { Ok(bytes) }
}

/// The archive itself, if a path leads into one (`/vsizip/folder.zip/layer.shp`).
fn archive(path: &str) -> &Path {
    let inner = ["/vsizip/", "/vsigzip/"].iter().find_map(|start| path.strip_prefix(start));
    let Some(inner) = inner else { return Path::new(path) };
    Path::new(inner).ancestors().find(|part| part.is_file()).unwrap_or(Path::new(inner))
}

pub(super) fn unpack(bytes: &[u8], limits: Limits) -> Result<Vec<u8>, Problem> {
    within_limit(&mut MultiGzDecoder::new(bytes), 0, limits)
}

/// Decompresses a raw Deflate stream (RFC 1951), as in archives.
pub(super) fn inflate(bytes: &[u8], limits: Limits) -> Result<Vec<u8>, Problem> {
    within_limit(&mut DeflateDecoder::new(bytes), 0, limits)
}

/// Decompresses a zlib stream (Deflate with header and checksum, RFC 1950), as in TIFF.
pub(super) fn inflate_zlib(bytes: &[u8], limits: Limits) -> Result<Vec<u8>, Problem> {
    within_limit(&mut ZlibDecoder::new(bytes), 0, limits)
}

/// The SHA-256 of bytes, in hexadecimal.
pub(super) fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A plain or gzip-compressed file, read in chunks.
pub(super) struct Chunked {
    flow: Flow,
    /// Limit on further bytes, decompressed.
    left: u64,
    /// Expected number of further bytes; 0 if the file is compressed.
    expected: u64,
}

enum Flow {
    Plain(Hashed),
    Packed(Box<MultiGzDecoder<Hashed>>),
}

/// The bytes of a file, hashed while they are read.
struct Hashed {
    file: File,
    hash: Sha256,
}

impl Read for Hashed {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let count = self.file.read(into)?;
        self.hash.update(&into[..count]);
        Ok(count)
    }
}

impl Chunked {
    /// Opens a file; `None` if it is not a regular file, cannot be opened, or begins neither as a JSON object or record
    /// nor as gzip: reading it at once reports why.
    pub fn open(path: &str, limits: Limits) -> Option<Self> {
        // A pipe must be opened once only.
        let is_file = path != "-" && std::fs::metadata(path).is_ok_and(|about| about.is_file());
        let mut file = is_file.then(|| File::open(path).ok())??;
        let mut start = [0; 2];
        let packed = file.read_exact(&mut start).is_ok() && start == PACKED;
        let may_be_features =
            packed || start[0].is_ascii_whitespace() || [b'{', sequence::SEPARATOR].contains(&start[0]);
        std::io::Seek::rewind(&mut file).ok().filter(|()| may_be_features)?;
        let expected = if packed { 0 } else { file.metadata().map_or(0, |about| about.len()) };
        let bytes = Hashed { file, hash: Sha256::new() };
        let flow = if packed { Flow::Packed(Box::new(MultiGzDecoder::new(bytes))) } else { Flow::Plain(bytes) };
        Some(Chunked { flow, left: limits.max_bytes(), expected })
    }

    /// Whether it is compressed.
    pub fn is_packed(&self) -> bool {
        matches!(self.flow, Flow::Packed(_))
    }

    /// Appends the next bytes, at least `least` unless the file ends; returns their number, 0 at the end. `None` if
    /// they cannot be read or exceed the limit.
    pub fn next(&mut self, text: &mut Vec<u8>, least: usize) -> Option<usize> {
        let most = STRETCH.max(least) as u64;
        // One more byte detects the end.
        text.reserve(most.min(self.expected) as usize + 1);
        let count = match &mut self.flow {
            Flow::Plain(bytes) => bytes.take(most).read_to_end(text),
            Flow::Packed(bytes) => bytes.take(most).read_to_end(text),
        };
        let count = count.ok()?;
        self.left = self.left.checked_sub(count as u64)?;
        self.expected = self.expected.saturating_sub(count as u64);
        Some(count)
    }

    /// The hash of the file's bytes, in hexadecimal, after all of them were read.
    pub fn sha256(self) -> String {
        let Hashed { hash, .. } = match self.flow {
            Flow::Plain(bytes) => bytes,
            Flow::Packed(bytes) => bytes.into_inner(),
        };
        hex(&hash.finalize())
    }
}

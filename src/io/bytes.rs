//! The bytes of inputs: at once or one stretch after the other, unpacked, within limits, with their hash.

use super::inflate::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};
use super::{Limits, Problem, ReadError};
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// How a gzip file begins (RFC 1952).
pub(super) const PACKED: [u8; 2] = [0x1f, 0x8b];

/// Bytes of a stretch, unless what is in it needs more.
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

/// The bytes of all files of a folder that is one database, by their names: what its hash is taken of.
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

/// The bytes of a source, if they are not more than may be read; `size` is how many it is likely to have.
pub(super) fn within_limit(from: &mut dyn Read, size: u64, limits: Limits) -> Result<Vec<u8>, Problem> {
    let mut bytes = Vec::new();
    // Room at once, where there is any: growing would move what has come. One byte more tells the end.
    let _ = bytes.try_reserve_exact(size.min(limits.max_bytes()) as usize + 1);
    from.take(limits.max_bytes() + 1).read_to_end(&mut bytes).map_err(Problem::Unreadable)?;
    if bytes.len() as u64 > limits.max_bytes() { Err(Problem::TooLarge(limits.max_gib)) } else { Ok(bytes) }
}

/// The file itself, where a path leads into an archive (`/vsizip/folder.zip/layer.shp`).
fn archive(path: &str) -> &Path {
    let inner = ["/vsizip/", "/vsigzip/"].iter().find_map(|start| path.strip_prefix(start));
    let Some(inner) = inner else { return Path::new(path) };
    Path::new(inner).ancestors().find(|part| part.is_file()).unwrap_or(Path::new(inner))
}

pub(super) fn unpack(bytes: &[u8], limits: Limits) -> Result<Vec<u8>, Problem> {
    within_limit(&mut MultiGzDecoder::new(bytes), 0, limits)
}

/// Unpacks a bare stream of Deflate (RFC 1951), as archives hold it.
pub(super) fn inflate(bytes: &[u8], limits: Limits) -> Result<Vec<u8>, Problem> {
    within_limit(&mut DeflateDecoder::new(bytes), 0, limits)
}

/// Unpacks a stream of Deflate with its head and checksum (zlib, RFC 1950), as TIFF holds it.
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

/// A plain file, packed by gzip or not, read stretch by stretch.
pub(super) struct Stretched {
    flow: Flow,
    /// Bytes that may still come, unpacked.
    left: u64,
}

enum Flow {
    Plain(Hashed),
    Packed(Box<MultiGzDecoder<Hashed>>),
}

/// The bytes of a file, hashed as they go by.
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

impl Stretched {
    /// Opens a file; nothing where it is none or cannot be opened, which reading it at once explains.
    pub fn open(path: &str, limits: Limits) -> Option<Self> {
        let file = Some(path).filter(|path| *path != "-").and_then(|path| File::open(path).ok());
        let mut file = file.filter(|file| file.metadata().is_ok_and(|about| about.is_file()))?;
        let mut start = [0; 2];
        let packed = file.read_exact(&mut start).is_ok() && start == PACKED;
        std::io::Seek::rewind(&mut file).ok()?;
        let bytes = Hashed { file, hash: Sha256::new() };
        let flow = if packed { Flow::Packed(Box::new(MultiGzDecoder::new(bytes))) } else { Flow::Plain(bytes) };
        Some(Stretched { flow, left: limits.max_bytes() })
    }

    /// Whether it is packed.
    pub fn is_packed(&self) -> bool {
        matches!(self.flow, Flow::Packed(_))
    }

    /// Puts the bytes that follow behind those there are, `least` or more of them unless the file ends; returns how many
    /// came, none at the end. Nothing where they cannot be read, or are more than may be read.
    pub fn next(&mut self, text: &mut Vec<u8>, least: usize) -> Option<usize> {
        let most = STRETCH.max(least) as u64;
        let count = match &mut self.flow {
            Flow::Plain(bytes) => bytes.take(most).read_to_end(text),
            Flow::Packed(bytes) => bytes.take(most).read_to_end(text),
        };
        let count = count.ok()?;
        self.left = self.left.checked_sub(count as u64)?;
        Some(count)
    }

    /// The hash of the file's bytes, in hexadecimal, once all have come.
    pub fn sha256(self) -> String {
        let Hashed { hash, .. } = match self.flow {
            Flow::Plain(bytes) => bytes,
            Flow::Packed(bytes) => bytes.into_inner(),
        };
        hex(&hash.finalize())
    }
}

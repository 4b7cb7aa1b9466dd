//! Where GDAL opens an input: the file itself, or its bytes in GDAL's memory if GDAL cannot access or decode the file.

use crate::io::frame::Reading;
use crate::io::text::{Xml, xml_in_utf8};
use crate::io::{Encoding, ReadError, zip};
use std::sync::atomic::{AtomicUsize, Ordering};

/// An input while GDAL reads it.
pub(super) struct GdalInput<'b> {
    /// The path that GDAL opens.
    pub path: String,
    /// The bytes for format detection; empty for a file in an archive, which GDAL unpacks.
    pub bytes: &'b [u8],
    /// Warnings about its text encoding.
    pub notes: Vec<String>,
    /// The encoding given by the user, if it was not applied yet.
    pub encoding: Option<Encoding>,
    _memory: Option<Memory>,
}

/// A file in a folder of its own in GDAL's memory; dropped with this value, together with companions that a driver
/// adds.
struct Memory {
    folder: String,
    path: String,
}

impl Memory {
    fn new(bytes: &[u8], name: &str) -> Self {
        static NUMBER: AtomicUsize = AtomicUsize::new(0);
        let folder = format!("/vsimem/merestone-{}", NUMBER.fetch_add(1, Ordering::Relaxed));
        let path = format!("{folder}/{name}");
        // A failure here is detected when it is opened.
        let _ = gdal::vsi::create_mem_file(&path, bytes.to_vec());
        Memory { folder, path }
    }
}

impl Drop for Memory {
    fn drop(&mut self) {
        for name in gdal::vsi::read_dir(&self.folder, true).unwrap_or_default() {
            let _ = gdal::vsi::unlink_mem_file(format!("{}/{}", self.folder, name.display()));
        }
    }
}

impl<'b> GdalInput<'b> {
    /// The input with this path and these decompressed bytes: inputs in memory (including files of an archive there),
    /// and XML in an encoding that GDAL's parser does not support, are copied to GDAL's memory.
    ///
    /// # Errors
    /// It is XML that is not text in the given or declared encoding.
    pub fn of(path: &str, bytes: &'b [u8], frame: Reading<'_>) -> Result<Self, ReadError> {
        let encoding = frame.encoding;
        if let Some(Xml { text, note }) = xml_in_utf8(bytes, path, encoding)? {
            let memory = Memory::new(&text, "layer.xml");
            let notes = note.into_iter().collect();
            return Ok(GdalInput { path: memory.path.clone(), bytes, notes, encoding: None, _memory: Some(memory) });
        }
        let notes = Vec::new();
        let Some(name) = frame.memory else {
            return Ok(GdalInput { path: path.to_owned(), bytes, notes, encoding, _memory: None });
        };
        let inner = path.strip_prefix(&zip::inner_path(name, ""));
        let (memory, path, bytes): (_, _, &[u8]) = match inner {
            // The archive's own bytes are passed.
            Some(member) if zip::is_archive(bytes) => {
                let memory = Memory::new(bytes, "archive.zip");
                let path = format!("/vsizip/{}/{member}", memory.path);
                (memory, path, &[])
            }
            _ => {
                let memory = Memory::new(bytes, &file_name(inner.unwrap_or(name), bytes));
                let path = memory.path.clone();
                (memory, path, bytes)
            }
        };
        Ok(GdalInput { path, bytes, notes, encoding, _memory: Some(memory) })
    }
}

/// The name under which drivers find a file in memory and name its layer: its own, without folders.
fn file_name(name: &str, bytes: &[u8]) -> String {
    match name.rsplit(['/', '\\']).next().unwrap_or_default() {
        "" | "-" | "." | ".." => format!("layer.{}", extension(bytes)),
        own => own.to_owned(),
    }
}

/// The extension that drivers expect for bytes without a name.
fn extension(bytes: &[u8]) -> &'static str {
    let starts: [(&[u8], &str); 2] = [(b"SQLite format 3", "gpkg"), (b"fgb", "fgb")];
    starts.iter().find(|(start, _)| bytes.starts_with(start)).map_or("bin", |(_, extension)| extension)
}

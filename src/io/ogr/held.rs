//! Where GDAL opens an input: the file itself, or its bytes in memory where GDAL cannot come to them or cannot read them.

use crate::io::text::{Xml, xml_in_utf8};
use crate::io::{Encoding, ReadError, zip};
use std::sync::atomic::{AtomicUsize, Ordering};

/// An input for as long as GDAL reads it.
pub(super) struct Held {
    /// What GDAL opens.
    pub path: String,
    /// What a reader must know of the encoding of its text.
    pub notes: Vec<String>,
    /// The encoding that the user says, where it has not been applied.
    pub encoding: Option<Encoding>,
    _memory: Option<Memory>,
}

/// A file in memory, by its path.
struct Memory(String);

impl Memory {
    fn new(bytes: Vec<u8>, extension: &str) -> Self {
        static NUMBER: AtomicUsize = AtomicUsize::new(0);
        let path = format!("/vsimem/merestone-{}.{extension}", NUMBER.fetch_add(1, Ordering::Relaxed));
        // Where it fails, opening it does.
        let _ = gdal::vsi::create_mem_file(&path, bytes);
        Memory(path)
    }
}

impl Drop for Memory {
    fn drop(&mut self) {
        let _ = gdal::vsi::unlink_mem_file(&self.0);
    }
}

impl Held {
    /// The input of that path and these bytes, unpacked: standard input (`-`, and files of an archive there) and XML in
    /// an encoding that GDAL's parser does not know are held in memory.
    ///
    /// # Errors
    /// It is XML that is not text in the encoding that is said or declared.
    pub fn of(path: &str, bytes: &[u8], encoding: Option<Encoding>) -> Result<Self, ReadError> {
        let (mut notes, mut said) = (Vec::new(), encoding);
        let memory = if let Some(Xml { text, note }) = xml_in_utf8(bytes, path, encoding)? {
            notes.extend(note);
            said = None;
            Some(Memory::new(text, "xml"))
        } else if path == "-" {
            Some(Memory::new(bytes.to_vec(), extension(bytes)))
        } else {
            path.starts_with(zip::IN_STDIN).then(|| Memory::new(bytes.to_vec(), "zip"))
        };
        let path = match (&memory, path.strip_prefix(zip::IN_STDIN)) {
            (Some(Memory(archive)), Some(member)) if archive.ends_with(".zip") => format!("/vsizip/{archive}{member}"),
            (Some(Memory(file)), _) => file.clone(),
            (None, _) => path.to_owned(),
        };
        Ok(Held { path, notes, encoding: said, _memory: memory })
    }
}

/// The extension by which a driver looks for bytes that have no name.
fn extension(bytes: &[u8]) -> &'static str {
    let starts: [(&[u8], &str); 2] = [(b"SQLite format 3", "gpkg"), (b"fgb", "fgb")];
    starts.iter().find(|(start, _)| bytes.starts_with(start)).map_or("bin", |(_, extension)| extension)
}

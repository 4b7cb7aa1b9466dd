//! Formats of several files, written beside their place and moved there together.

use super::super::{WriteError, check_target};
use std::fs::File;
use std::io;
use std::path::Path;

/// Files of a Shapefile that an earlier one of the same name may have left, and that would not fit the new one.
const STALE: [&str; 6] = ["qix", "sbn", "sbx", "idm", "ind", "qpj"];

/// Lets `write` make the file, and whatever it puts beside it, in a folder of its own, and moves all of them to their place;
/// the named file comes last.
pub(super) fn write_files(path: &Path, write: impl FnOnce(&Path) -> Result<(), String>) -> Result<(), WriteError> {
    let wrong = |cause| WriteError { path: path.display().to_string(), cause };
    check_target(path)?;
    let name = path.file_name().unwrap_or_default();
    let folder = path.with_file_name(format!(".{}.{}.partial", name.to_string_lossy(), std::process::id()));
    let done = std::fs::create_dir(&folder).and_then(|()| {
        write(&folder.join(name)).map_err(io::Error::other)?;
        let mut made: Vec<_> = std::fs::read_dir(&folder)?.collect::<io::Result<Vec<_>>>()?;
        made.sort_by_key(|entry| (entry.file_name() == name, entry.file_name()));
        if !made.iter().any(|entry| entry.file_name() == name) {
            return Err(io::Error::other("nothing was written"));
        }
        // On the disk before they take the old ones' place.
        for entry in &made {
            File::open(entry.path())?.sync_all()?;
        }
        for entry in &made {
            std::fs::rename(entry.path(), path.with_file_name(entry.file_name()))?;
        }
        if made.len() > 1 {
            for extension in STALE.iter().map(|e| path.with_extension(e)).filter(|old| old.is_file()) {
                std::fs::remove_file(extension)?;
            }
        }
        Ok(())
    });
    // The first error is the one to tell; a partial folder that cannot be removed changes nothing of it.
    let _ = std::fs::remove_dir_all(&folder);
    done.map_err(wrong)
}

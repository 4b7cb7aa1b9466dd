//! Formats of several files, written to a temporary folder and renamed together.

use super::super::{WriteError, check_target};
use std::fs::File;
use std::io;
use std::path::Path;

/// Companion files of an earlier Shapefile with the same name, which would not match the new one.
const STALE: [&str; 6] = ["qix", "sbn", "sbx", "idm", "ind", "qpj"];

/// Lets `write` create the file and its companions in a temporary folder, and moves all of them to their destination;
/// the named file is moved last.
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
        // Synced to disk before they replace the old files.
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
    // The first error is reported; failure to remove the partial folder is ignored.
    let _ = std::fs::remove_dir_all(&folder);
    done.map_err(wrong)
}

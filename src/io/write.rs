//! Output files that are never half-written.

use super::WriteError;
use std::io::Write;
use std::path::Path;

/// Writes a file beside its place and renames it there, so that a reader finds the old file or the new one, whole.
///
/// # Errors
/// The path and the system's reason; nothing is left behind.
pub fn write_file(path: &Path, bytes: &[u8]) -> Result<(), WriteError> {
    let wrong = |cause| WriteError { path: path.display().to_string(), cause };
    check_target(path)?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let beside = path.with_file_name(format!(".{name}.{}.partial", std::process::id()));
    let written = std::fs::File::create(&beside)
        .and_then(|mut file| file.write_all(bytes).and_then(|()| file.sync_all()))
        .and_then(|()| std::fs::rename(&beside, path));
    written.map_err(|cause| {
        // The first error is the one to tell; a partial file that cannot be removed changes nothing of it.
        let _ = std::fs::remove_file(&beside);
        wrong(cause)
    })
}

/// Says before the work begins whether a file can be put there.
pub fn check_target(path: &Path) -> Result<(), WriteError> {
    let wrong = |cause| WriteError { path: path.display().to_string(), cause };
    if path.is_dir() {
        return Err(wrong(std::io::Error::new(std::io::ErrorKind::IsADirectory, "it is a folder")));
    }
    match path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        Some(folder) if !folder.is_dir() => {
            let reason = format!("the folder {} does not exist", folder.display());
            Err(wrong(std::io::Error::new(std::io::ErrorKind::NotFound, reason)))
        }
        _ => Ok(()),
    }
}

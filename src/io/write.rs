//! Writes output files atomically.

use std::fs::{File, Metadata};
use std::io::{BufWriter, Error, ErrorKind, IntoInnerError, Write};
use std::path::{Path, PathBuf};

/// An output that cannot be written.
#[derive(Debug, thiserror::Error)]
#[error("{path}: cannot be written: {cause}")]
pub struct WriteError {
    /// The path as the user gave it.
    pub path: String,
    /// The cause.
    #[source]
    pub cause: Error,
}

/// Writes a file to a temporary path and renames it, so that readers find either the old or the complete new file.
///
/// A link is followed, and its target replaced; a file keeps its permissions. A path that is not a regular file
/// (`/dev/stdout`, a pipe) is written to directly.
///
/// # Errors
/// The path and the system's error; no partial file remains.
pub fn write_file(path: &Path, bytes: &[u8]) -> Result<(), WriteError> {
    write_through(path, |out| out.write_all(bytes))
}

/// The same for the output of `write`, as a stream.
pub(super) fn write_through(
    path: &Path,
    write: impl FnOnce(&mut dyn Write) -> std::io::Result<()>,
) -> Result<(), WriteError> {
    let wrong = |cause| WriteError { path: path.display().to_string(), cause };
    check_target(path)?;
    let there = std::fs::metadata(path).ok();
    if there.as_ref().is_some_and(|there| !there.is_file()) {
        let written = File::options().write(true).open(path).and_then(|to| {
            let mut to = BufWriter::new(to);
            write(&mut to).and_then(|()| to.flush())
        });
        return written.map_err(wrong);
    }
    let place = destination(path);
    let name = place.file_name().unwrap_or_default().to_string_lossy();
    let beside = place.with_file_name(format!(".{name}.{}.partial", std::process::id()));
    let written = fill(&beside, write, there.as_ref()).and_then(|()| std::fs::rename(&beside, &place));
    written.map_err(|cause| {
        // The first error is reported; failure to remove the partial file is ignored.
        let _ = std::fs::remove_file(&beside);
        wrong(cause)
    })
}

fn fill(
    beside: &Path,
    write: impl FnOnce(&mut dyn Write) -> std::io::Result<()>,
    like: Option<&Metadata>,
) -> std::io::Result<()> {
    let file = File::create(beside)?;
    if let Some(like) = like {
        file.set_permissions(like.permissions())?;
    }
    let mut to = BufWriter::with_capacity(1 << 20, file);
    write(&mut to)?;
    to.into_inner().map_err(IntoInnerError::into_error)?.sync_all()
}

/// The resolved path; if it does not exist yet, the path itself.
fn destination(path: &Path) -> PathBuf {
    std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned())
}

/// Checks before work begins whether a file can be written there.
pub fn check_target(path: &Path) -> Result<(), WriteError> {
    let wrong = |cause| WriteError { path: path.display().to_string(), cause };
    if path.is_dir() {
        return Err(wrong(Error::new(ErrorKind::IsADirectory, "it is a folder")));
    }
    match path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        Some(folder) if !folder.is_dir() => {
            let reason = format!("the folder {} does not exist", folder.display());
            Err(wrong(Error::new(ErrorKind::NotFound, reason)))
        }
        _ => Ok(()),
    }
}

//! The files that a bundle is made of.

use super::SealFault;
use crate::cli::error::CliError;
use merestone::document::seal::is_private_key;
use merestone::io::{ArchiveError, Problem, ReadError, name_problem};
use std::collections::BTreeMap;
use std::io::Read;
use std::path::{Path, PathBuf};

/// Files by their paths from the folder, with `/` between folders.
pub type Files = BTreeMap<String, Vec<u8>>;

/// The bytes of a file, if within a limit.
pub fn file(path: &Path, max_bytes: u64) -> Result<Vec<u8>, CliError> {
    let shown = path.display().to_string();
    let unreadable = |cause| ReadError::new(&shown, Problem::Unreadable(cause));
    if path.is_dir() {
        return Err(ReadError::new(&shown, Problem::Folder).into());
    }
    let mut bytes = Vec::new();
    let from = std::fs::File::open(path).map_err(unreadable)?;
    from.take(max_bytes + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() as u64 > max_bytes {
        return Err(SealFault::TooLarge { path: shown, gib: max_bytes >> 30 }.into());
    }
    Ok(bytes)
}

/// The files of a folder and of the folders in it; names that begin with a dot are left out and counted.
///
/// # Errors
/// A file is a link, a private key, or has a name that an archive must not have; or all exceed the limit.
pub fn folder(root: &Path, max_bytes: u64) -> Result<(Files, usize), CliError> {
    let mut walk = FolderWalk { root, files: Files::new(), hidden: 0, max_bytes, left: max_bytes, strict: true };
    walk.folder(root)?;
    Ok((walk.files, walk.hidden))
}

/// The files that commands have left in a temporary folder, hidden ones too.
pub fn remains(root: &Path, max_bytes: u64) -> Result<Files, CliError> {
    let mut walk = FolderWalk { root, files: Files::new(), hidden: 0, max_bytes, left: max_bytes, strict: false };
    walk.folder(root)?;
    Ok(walk.files)
}

struct FolderWalk<'a> {
    root: &'a Path,
    files: Files,
    hidden: usize,
    max_bytes: u64,
    left: u64,
    /// Whether hidden files are left out and keys refused.
    strict: bool,
}

impl FolderWalk<'_> {
    fn folder(&mut self, folder: &Path) -> Result<(), CliError> {
        let unreadable =
            |cause| CliError::from(ReadError::new(folder.display().to_string(), Problem::Unreadable(cause)));
        let entries = std::fs::read_dir(folder).map_err(unreadable)?;
        let mut paths: Vec<PathBuf> =
            entries.map(|entry| entry.map(|entry| entry.path())).collect::<Result<_, _>>().map_err(unreadable)?;
        paths.sort();
        for path in paths {
            let shown = path.display().to_string();
            if self.strict && path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.')) {
                self.hidden += 1;
                continue;
            }
            let kind = std::fs::symlink_metadata(&path).map_err(unreadable)?.file_type();
            if kind.is_dir() {
                self.folder(&path)?;
            } else if kind.is_file() {
                self.file(&path, shown)?;
            } else {
                return Err(SealFault::Link(shown).into());
            }
        }
        Ok(())
    }

    fn file(&mut self, path: &Path, shown: String) -> Result<(), CliError> {
        let inner = path.strip_prefix(self.root).unwrap_or(path);
        let parts: Vec<String> = inner.iter().map(|part| part.to_string_lossy().into_owned()).collect();
        let name = parts.join("/");
        let lossy = inner.to_str().is_none();
        let problem = name_problem(&name).or(lossy.then_some(merestone::io::ArchiveProblem::Name));
        if let Some(problem) = problem {
            let error = ArchiveError::new(Some(name), problem);
            return Err(SealFault::Name { folder: self.root.display().to_string(), error }.into());
        }
        let bytes = file(path, self.left).map_err(|error| match error {
            CliError::Seal(SealFault::TooLarge { path, .. }) => {
                CliError::Seal(SealFault::TooLarge { path, gib: self.max_bytes >> 30 })
            }
            other => other,
        })?;
        if self.strict && is_private_key(&bytes) {
            return Err(SealFault::PrivateKey(shown).into());
        }
        self.left -= bytes.len() as u64;
        self.files.insert(name, bytes);
        Ok(())
    }
}

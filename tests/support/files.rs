//! Files of the repository.

use std::path::{Path, PathBuf};

/// The root of the repository.
pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Files below a folder or the file itself, sorted, as paths relative to the root with `/`.
pub fn below(start: &str) -> Vec<String> {
    let mut found = Vec::new();
    gather(&root(), &root().join(start), &mut found);
    found.sort();
    found
}

fn gather(root: &Path, at: &Path, found: &mut Vec<String>) {
    if at.is_dir() {
        for entry in std::fs::read_dir(at).expect("a folder of the repository can be read").flatten() {
            gather(root, &entry.path(), found);
        }
    } else if let Ok(relative) = at.strip_prefix(root)
        && at.is_file()
    {
        found.push(relative.to_string_lossy().replace('\\', "/"));
    }
}

/// The text of a file of the repository.
pub fn text(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

//! Data beside the repository that the tests use where it is there.

use std::path::PathBuf;

/// A file or folder of `../shared/data`; where it is missing the test says so and has nothing to do.
pub fn shared(path: &str) -> Option<PathBuf> {
    let there = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/data").join(path);
    if !there.exists() {
        eprintln!("skipped: {} is not there", there.display());
        return None;
    }
    Some(there)
}

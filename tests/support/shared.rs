//! Optional test data outside the repository.

use std::path::PathBuf;

/// A file or folder of `../shared/data`; `None` and a message where it is missing, so the test is skipped.
pub fn shared(path: &str) -> Option<PathBuf> {
    let there = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/data").join(path);
    if !there.exists() {
        eprintln!("skipped: {} is not there", there.display());
        return None;
    }
    Some(there)
}

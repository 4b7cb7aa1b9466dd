//! `seal`: bundles, signatures, and archives from strangers.
#![cfg(unix)]

#[path = "seal/archives.rs"]
mod archives;
#[path = "seal/bundles.rs"]
mod bundles;
#[path = "seal/rebuilt.rs"]
mod rebuilt;
#[path = "seal/signatures.rs"]
mod signatures;

pub use crate::files::{SQUARES, refused, run};
use std::path::Path;
use std::process::Output;
use tempfile::TempDir;

/// A folder `talks` with a layer, a text and a command line.
pub fn talks() -> TempDir {
    let folder = TempDir::new().expect("a folder");
    let talks = folder.path().join("talks");
    std::fs::create_dir_all(talks.join("papers")).expect("it can be made");
    std::fs::copy(SQUARES, talks.join("land.geojson")).expect("it can be copied");
    write(&talks.join("papers/minutes.md"), "# Minutes\n");
    write(&talks.join("commands.txt"), "# the answer\nborders land.geojson -o out/borders.csv\n");
    folder
}

pub fn write(path: &Path, text: &str) {
    std::fs::write(path, text).expect("it can be written");
}

/// Runs a command that must end with a code.
pub fn ends(folder: &Path, arguments: &[&str], code: i32) -> Output {
    let output = run(folder, arguments);
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(code), "{arguments:?}: {said}{}", String::from_utf8_lossy(&output.stdout));
    output
}

/// The answer as JSON.
pub fn answer(output: &Output) -> serde_json::Value {
    serde_json::from_slice(&output.stdout).expect("the answer is JSON")
}

/// The files of the answer, as `path state`.
pub fn states(answer: &serde_json::Value) -> Vec<String> {
    let files = answer["results"]["files"].as_array().expect("files");
    let word = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    files.iter().map(|file| format!("{} {}", word(&file["path"]), word(&file["state"]))).collect()
}

//! File-system conditions: unusual inputs and failing outputs.
#![cfg(unix)]

#[cfg(feature = "plates")]
#[path = "files/dossier.rs"]
mod dossier;
#[path = "files/inputs.rs"]
mod inputs;
#[path = "files/memory.rs"]
mod memory;
#[path = "files/outputs.rs"]
mod outputs;
#[path = "files/reach.rs"]
mod reach;
#[path = "files/request.rs"]
mod request;

use std::path::Path;
use std::process::{Command, Output};

pub const SQUARES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cmd/answers.in/squares.geojson");

/// The program, prepared to start in a folder.
pub fn merestone(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin("merestone"));
    command.current_dir(folder).args(arguments);
    command
}

pub fn run(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = assert_cmd::Command::from_std(merestone(folder, arguments));
    command.timeout(crate::always::DEADLINE).output().expect("it starts")
}

/// Asserts a refusal: one `error:` that contains `why`, one `hint:`, and nothing on standard output.
pub fn refused(output: &Output, why: &str) {
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(output.stdout.is_empty(), "something on standard output");
    assert!(said.lines().filter(|line| line.starts_with("error: ")).count() == 1 && said.contains(why), "{said}");
    assert!(said.lines().any(|line| line.starts_with("hint: ")), "{said}");
}

/// Every command that reads territories from a file.
pub fn readers(file: &str) -> Vec<Vec<&str>> {
    vec![
        vec!["info", file],
        vec!["borders", file],
        vec!["enclaves", file],
        vec!["route", "southern-railway", "--territories", file],
        vec!["compare", file, "lines/ring-karki"],
        vec!["ledger", file, "states"],
        vec!["severance", file],
        vec!["evidence", file],
        vec!["check", file],
        vec!["map", "--layer", file, "-o", "plate.svg"],
    ]
}

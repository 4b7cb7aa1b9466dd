//! Files larger than memory: streaming commands need constant memory.
#![cfg(target_os = "linux")]

use super::merestone;
use std::fmt::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

/// Writable memory that a run may have, in KiB.
const LIMIT_KIB: u32 = 112 << 10;
/// Positions per feature.
const POSITIONS: usize = 4000;

/// Distant features, each a ring of half a megabyte, formatted as editors format JSON.
fn features(count: usize) -> impl Iterator<Item = String> {
    let space = format!("\n{}", " ".repeat(40));
    (0..count).map(move |number| {
        let (x, y) = ((number % 60) as f64 * 2.0 - 60.0, (number / 60 % 30) as f64 * 2.0 - 30.0);
        let mut ring = String::new();
        for position in 0..=POSITIONS {
            let angle = std::f64::consts::TAU * (position % POSITIONS) as f64 / POSITIONS as f64;
            let comma = if position == 0 { "" } else { "," };
            let _ = write!(ring, "{comma}[{space}{:.14},{space}{:.14}]", x + 0.5 * angle.cos(), y + 0.5 * angle.sin());
        }
        format!(
            r#"{{"type":"Feature","properties":{{"id":"f{number}"}},"geometry":{{"type":"Polygon","coordinates":[[{ring}]]}}}}"#
        )
    })
}

/// Runs the program within the limit.
fn within_limit(folder: &Path, arguments: &[&str], input: Stdio) -> Output {
    let mut shell = Command::new("sh");
    shell.args(["-c", &format!("ulimit -d {LIMIT_KIB}; exec \"$0\" \"$@\"")]);
    shell.arg(merestone(folder, &[]).get_program()).args(arguments).current_dir(folder);
    // Two threads, because the limit accounts for two chunks.
    shell.env("RAYON_NUM_THREADS", "2").stdin(input).output().expect("a shell is there")
}

#[test]
fn streaming_memory_is_independent_of_file_size() {
    let folder = TempDir::new().expect("a folder");
    let at = |name: &str| folder.path().join(name);
    for count in [20, 200] {
        let all: Vec<String> = features(count).collect();
        let collection = format!("{{\"type\":\"FeatureCollection\",\"features\":[\n{}\n]}}\n", all.join(",\n"));
        std::fs::write(at("in.geojson"), collection).expect("it can be written");
        std::fs::write(at("in.geojsonl"), all.join("\n")).expect("it can be written");
        for command in [
            vec!["info", "in.geojson"],
            vec!["info", "in.geojsonl"],
            vec!["convert", "in.geojson", "out.geojsonl"],
            vec!["convert", "in.geojsonl", "out.geojson"],
            vec!["convert", "in.geojson", "out.csv"],
            vec!["check", "in.geojson", "--coverage", "none"],
            vec!["check", "in.geojsonl", "--coverage", "none"],
        ] {
            let output = within_limit(folder.path(), &command, Stdio::null());
            let said = String::from_utf8_lossy(&output.stderr);
            assert!(output.status.success(), "{count}, {command:?}: {:?} {said}", output.status);
        }
    }
    // The limit is effective: standard input is read into memory.
    for command in [vec!["info", "-"], vec!["convert", "-", "held.geojson"], vec!["check", "-", "--coverage", "none"]] {
        let input = std::fs::File::open(at("in.geojson")).expect("it is there");
        let output = within_limit(folder.path(), &command, input.into());
        assert!(!output.status.success(), "{command:?}: {LIMIT_KIB} KiB are enough for all of the file at once");
    }
    assert!(!at("held.geojson").exists());
}

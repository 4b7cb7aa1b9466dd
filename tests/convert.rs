//! `convert`: round trips of every format, datum rules, refusals, lossy conversions.

#[path = "convert/datum.rs"]
mod datum;
#[path = "convert/foreign.rs"]
pub mod foreign;
#[cfg(feature = "gdal")]
#[path = "convert/formats.rs"]
mod formats;
#[cfg(feature = "parquet")]
#[path = "convert/geoparquet.rs"]
mod geoparquet;
#[cfg(feature = "gdal")]
#[path = "convert/inputs.rs"]
mod inputs;
#[path = "convert/native.rs"]
mod native;
#[cfg(feature = "gdal")]
#[path = "convert/others.rs"]
mod others;

use assert_cmd::Command;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

/// Runs the program in a folder; returns standard output and standard error.
#[track_caller]
fn run(folder: &Path, arguments: &[&str]) -> (String, String) {
    let out = command(folder, arguments).output().expect("the program runs");
    let (stdout, stderr) = (String::from_utf8_lossy(&out.stdout), String::from_utf8_lossy(&out.stderr));
    assert!(out.status.success(), "{arguments:?}: {stderr}");
    (stdout.into_owned(), stderr.into_owned())
}

/// Runs the program, asserts that it refuses, and returns the error.
#[track_caller]
fn refused(folder: &Path, arguments: &[&str]) -> String {
    let out = command(folder, arguments).output().expect("the program runs");
    let stderr = String::from_utf8_lossy(&out.stderr).into_owned();
    assert_eq!(out.status.code(), Some(2), "{arguments:?}: {stderr}");
    assert!(stderr.starts_with("error: ") && stderr.contains("\nhint: "), "{stderr}");
    stderr
}

fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::cargo_bin("merestone").expect("the program is built");
    command.current_dir(folder).args(arguments);
    command
}

/// A folder with a file in it.
fn folder_with(name: &str, text: &str) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join(name);
    std::fs::write(&path, text).expect("the file is written");
    (folder, path)
}

fn read(folder: &Path, name: &str) -> Value {
    let text = std::fs::read_to_string(folder.join(name)).expect(name);
    serde_json::from_str(&text).expect("it is JSON")
}

/// Coordinates of the first feature.
fn first(document: &Value) -> Vec<f64> {
    let mut coordinates = &document["features"][0]["geometry"]["coordinates"];
    while coordinates[0].is_array() {
        coordinates = &coordinates[0];
    }
    coordinates.as_array().expect("a position").iter().map(|n| n.as_f64().expect("a number")).collect()
}

/// One feature of each kind, single and multi, with names in Armenian, Azerbaijani and Russian.
pub fn collection(kinds: &[&str]) -> String {
    let geometry = |kind: &str| match kind {
        "Point" => json!([45.1234567891, 40.5]),
        "MultiPoint" => json!([[45.0, 40.0], [45.5, 40.25]]),
        "LineString" => json!([[45.0, 40.0], [45.5, 40.25], [46.0, 40.0]]),
        "MultiLineString" => json!([[[45.0, 40.0], [45.5, 40.25]], [[46.0, 39.0], [46.5, 39.5]]]),
        "Polygon" => json!([
            [[45.0, 40.0], [46.0, 40.0], [46.0, 41.0], [45.0, 40.0]],
            [[45.75, 40.25], [45.75, 40.5], [45.875, 40.375], [45.75, 40.25]]
        ]),
        _ => json!([
            [[[45.0, 40.0], [46.0, 40.0], [46.0, 41.0], [45.0, 40.0]]],
            [[[47.0, 40.0], [48.0, 40.0], [48.0, 41.0], [47.0, 40.0]]]
        ]),
    };
    let names = ["Արծվաշեն", "Başkənd; Əskipara", "Башкенд, «Ёлка»"];
    let features = kinds.iter().enumerate().map(|(i, kind)| {
        json!({"type": "Feature", "geometry": {"type": kind, "coordinates": geometry(kind)},
            "properties": {"id": format!("f{i}"), "name": names[i % 3], "count": i, "share": 0.25, "none": null}})
    });
    json!({"type": "FeatureCollection", "features": features.collect::<Vec<_>>()}).to_string()
}

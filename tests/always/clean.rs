//! `check` finds no fault in any GeoJSON that the program writes.

use super::{answered, copy_files, merestone};
use std::path::Path;
use tempfile::TempDir;

/// Questions on the embedded data, including every command that writes GeoJSON.
const EMBEDDED: [&[&str]; 26] = [
    &["info"],
    &["info", "states"],
    &["info", "soviet"],
    &["info", "places"],
    &["route", "routes"],
    &["route", "southern-railway", "--through", "syunik"],
    &["enclaves"],
    &["borders"],
    &["borders", "--pair", "ARM,IRN", "--tolerance", "200"],
    &["borders", "--pair", "ARM,AZE", "--by-scale"],
    &["compare", "lines/ring-artsvashen", "small-scale.geojson"],
    &["compare", "enclaves/artsvashen", "enclaves/artsvashen"],
    &["ledger", "states", "enclaves-as-held"],
    &["ledger", "states", "enclaves-restored"],
    &["severance", "enclaves-as-held"],
    &["severance", "enclaves-restored"],
    &["severance", "lines/ring-karki"],
    &["evidence", "lines"],
    &["catalogue", "lines"],
    &["catalogue", "lines/ring-karki", "--positions", "gauss-kruger", "--dms-decimals", "0"],
    &["describe", "lines/arm-aze-2024"],
    &["sheets", "states", "--scale", "200000"],
    &["sheets", "lines/ring-karki", "--scale", "25000"],
    &["sheets", "J-38-6-Г"],
    &["check", "states", "small-scale.geojson"],
    &["check", "overlap.geojson", "winding.geojson"],
];

/// Files in other formats that `convert` writes as GeoJSON.
const OTHERS: [&str; 4] = ["squares.csv", "squares.geojsonl", "squares.gpkg", "squares.kml"];

/// Writes all outputs into a folder.
fn written(folder: &Path) {
    for (number, question) in EMBEDDED.into_iter().enumerate() {
        let file = format!("{number:02}-{}.geojson", question[0]);
        answered(&mut merestone(folder, &[question, &["--format", "geojson", "--output", &file, "-q"]].concat()));
    }
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
    let mut layers: Vec<_> = std::fs::read_dir(data).expect("the data are there").flatten().map(|e| e.path()).collect();
    layers.retain(|path| path.extension().is_some_and(|extension| extension == "geojson"));
    layers.sort();
    for path in layers {
        let (name, path) = (path.file_name().expect("a file").to_string_lossy(), path.display().to_string());
        answered(&mut merestone(folder, &["convert", &path, &format!("layer-{name}"), "-q"]));
    }
    let native = |file: &&str| cfg!(feature = "gdal") || file.ends_with("csv") || file.ends_with("geojsonl");
    for file in OTHERS.into_iter().filter(native) {
        answered(&mut merestone(folder, &["convert", "squares.geojson", file, "-q"]));
        answered(&mut merestone(folder, &["convert", file, &format!("of-{file}.geojson"), "-q"]));
    }
    answered(&mut merestone(folder, &["demo", "--output", ".", "--dpi", "40"]));
}

#[test]
fn check_finds_no_fault_in_written_geojson() {
    let folder = TempDir::new().expect("a folder");
    copy_files(folder.path());
    let inputs = names(folder.path());
    written(folder.path());
    let mut outputs = names(folder.path());
    outputs.retain(|name| name.ends_with(".geojson") && !inputs.contains(name));
    assert!(outputs.len() > EMBEDDED.len() + 12, "{outputs:?}");
    let files: Vec<&str> = outputs.iter().map(String::as_str).collect();
    let check = ["check", "--coverage", "each", "--format", "csv"];
    let found = answered(&mut merestone(folder.path(), &[&check, files.as_slice()].concat()));
    let findings = String::from_utf8_lossy(&found.stdout);
    assert_eq!(found.status.code(), Some(0), "{findings}{}", String::from_utf8_lossy(&found.stderr));
}

fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).expect("a folder").flatten();
    let mut names: Vec<String> = entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

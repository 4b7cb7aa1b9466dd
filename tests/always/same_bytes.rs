//! The same inputs give the same bytes: in any locale, time zone and working folder, on any number of threads.

use super::{FORMATS, QUESTIONS, answered, copy_files, merestone};
use merestone::map::PlateSpec;
use std::collections::BTreeMap;
use std::path::Path;
use tempfile::TempDir;

/// Two environments that differ in every respect.
const SURROUNDINGS: [[(&str, &str); 5]; 2] = [
    [("LC_ALL", "C"), ("TZ", "UTC"), ("RAYON_NUM_THREADS", "1"), ("COLUMNS", "40"), ("HOME", "/")],
    [("LC_ALL", "tr_TR.UTF-8"), ("TZ", "Asia/Yerevan"), ("RAYON_NUM_THREADS", "5"), ("COLUMNS", "250"), ("HOME", "/x")],
];

/// Commands that write files.
const WRITERS: [&[&str]; 8] = [
    &[
        "map",
        "--layer",
        "squares.geojson",
        "--layer",
        "road.geojson:role=route",
        "-o",
        "m.svg",
        "-o",
        "m.png",
        "-o",
        "m.pdf",
        "--dpi",
        "60",
    ],
    &["map", "--profile", "southern-railway", "-o", "p.svg", "-o", "p.png", "--dpi", "60"],
    &["compare", "lines/ring-artsvashen", "small-scale.geojson", "--chart", "c.svg"],
    &["man", "pages"],
    &["borders", "squares.geojson", "--format", "geojson", "--output", "b.geojson"],
    &["catalogue", "lines/ring-karki", "--gpx", "points.gpx"],
    &["demo", "--output", "tour", "--dpi", "50"],
    &["schema", "borders"],
];

/// Outputs of `convert` in every format; a Shapefile has several files.
const CONVERTED: [&str; 9] =
    ["of.geojson", "of.geojsonl", "of.csv", "of.gpkg", "of.shp", "of.kml", "of.fgb", "of.gpx", "of.dxf"];

/// Everything that a run in this environment prints and writes, by command.
fn all(folder: &Path, surroundings: &[(&str, &str)]) -> BTreeMap<String, Vec<u8>> {
    copy_files(folder);
    let before = files(folder);
    let mut said = BTreeMap::new();
    let mut ask = |arguments: &[&str]| {
        let output = answered(merestone(folder, arguments).envs(surroundings.iter().copied()));
        said.insert(format!("{arguments:?}, printed"), output.stdout);
        said.insert(format!("{arguments:?}, warned"), output.stderr);
    };
    for question in QUESTIONS {
        FORMATS.iter().for_each(|format| ask(&[question, &["--format", format]].concat()));
    }
    for command in WRITERS.into_iter().chain([&["schema"] as &[_], &["man"], &["map", "--list"]]) {
        ask(command);
    }
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        ask(&["completions", shell]);
    }
    for file in CONVERTED.iter().filter(|file| cfg!(feature = "gdal") || file.contains("json") || file.ends_with("csv"))
    {
        ask(&["convert", "road.geojson", file, "--explain"]);
    }
    // The demo draws the other two.
    for preset in PlateSpec::preset_names().into_iter().filter(|name| !["overview", "syunik-routes"].contains(name)) {
        let files = ["svg", "png", "pdf"].map(|format| format!("{preset}.{format}"));
        ask(&["map", preset, "-o", &files[0], "-o", &files[1], "-o", &files[2], "--dpi", "40"]);
    }
    said.extend(files(folder).into_iter().filter(|(name, _)| !before.contains_key(name)));
    said
}

fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
        let (path, name) = (entry.path(), entry.file_name().to_string_lossy().into_owned());
        if path.is_dir() {
            found.extend(files(&path).into_iter().map(|(inner, bytes)| (format!("{name}/{inner}"), bytes)));
        } else {
            found.insert(name, std::fs::read(&path).expect("it can be read"));
        }
    }
    found
}

#[test]
fn same_inputs_same_bytes() {
    let folders = [TempDir::new().expect("a folder"), TempDir::with_prefix("ünlike ").expect("a folder")];
    let said: Vec<_> = folders.iter().zip(SURROUNDINGS).map(|(folder, around)| all(folder.path(), &around)).collect();
    assert_eq!(said[0].keys().collect::<Vec<_>>(), said[1].keys().collect::<Vec<_>>());
    // Table, JSON, CSV, GeoJSON and Markdown of each question, output and warnings; then the files.
    assert!(said[0].len() > 2 * 5 * QUESTIONS.len() + 20, "only {} outputs", said[0].len());
    let different: Vec<&String> = said[0].keys().filter(|asked| said[0][*asked] != said[1][*asked]).collect();
    assert!(different.is_empty(), "{different:#?}");
    let folder = folders[0].path().display().to_string();
    for (asked, bytes) in &said[0] {
        let named = String::from_utf8_lossy(bytes).contains(&folder);
        assert!(!named, "{asked}: names the working folder, which nobody typed");
        let printed = asked.ends_with("printed") || asked.ends_with("warned");
        assert!(!printed || !bytes.contains(&0x1b), "{asked}: a colour without a terminal");
    }
}

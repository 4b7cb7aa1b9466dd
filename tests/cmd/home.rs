//! Layers of the embedded dataset are not used for questions about other places.

use assert_cmd::Command;
use std::path::Path;
use tempfile::TempDir;

fn merestone(folder: &Path, arguments: &[&str]) -> assert_cmd::assert::Assert {
    Command::cargo_bin("merestone").expect("the program is built").current_dir(folder).args(arguments).assert()
}

fn errors(run: &assert_cmd::assert::Assert) -> String {
    String::from_utf8(run.get_output().stderr.clone()).expect("it is text")
}

/// A road near Rostov-on-Don, the land around it, and half of that land.
fn folder() -> TempDir {
    let folder = TempDir::new().expect("a folder");
    let collection = |features: &[(&str, &str)]| {
        let feature = |(id, geometry): &(&str, &str)| {
            format!(r#"{{"type": "Feature", "properties": {{"id": "{id}"}}, "geometry": {geometry}}}"#)
        };
        let features: Vec<String> = features.iter().map(feature).collect();
        format!(r#"{{"type": "FeatureCollection", "features": [{}]}}"#, features.join(","))
    };
    let road = r#"{"type": "LineString", "coordinates": [[39.2, 47.2], [40.1, 47.4]]}"#;
    let west = r#"{"type": "Polygon", "coordinates": [[[39, 47], [39.7, 47], [39.7, 48], [39, 48], [39, 47]]]}"#;
    let east = r#"{"type": "Polygon", "coordinates": [[[39.7, 47], [41, 47], [41, 48], [39.7, 48], [39.7, 47]]]}"#;
    let whole = r#"{"type": "Polygon", "coordinates": [[[39, 47], [41, 47], [41, 48], [39, 48], [39, 47]]]}"#;
    for (name, text) in [
        ("road.geojson", collection(&[("road", road)])),
        ("land.geojson", collection(&[("west", west), ("east", east)])),
        ("later.geojson", collection(&[("west", whole)])),
    ] {
        std::fs::write(folder.path().join(name), text).expect("it can be written");
    }
    folder
}

#[test]
fn a_road_beyond_the_dataset_is_not_held_against_its_states() {
    let folder = folder();
    let run = merestone(folder.path(), &["route", "road.geojson"]).code(2).stdout("");
    let told = errors(&run);
    assert!(
        told.contains("road.geojson") && told.contains("hint: name the territories there: --territories"),
        "{told}"
    );
    // It would be in the dataset's states with its axes exchanged: a hint, but no reason to refuse it.
    assert!(told.contains("--axes yx"), "{told}");
    let stated = errors(&merestone(folder.path(), &["route", "road.geojson", "--axes", "xy"]).code(2));
    assert!(stated.contains("--territories") && !stated.contains("--axes"), "{stated}");
    let run = merestone(folder.path(), &["route", "road.geojson", "--territories", "land.geojson", "--format", "csv"]);
    let run = run.success();
    let answer = String::from_utf8_lossy(&run.get_output().stdout).into_owned();
    assert!(answer.contains("west") && answer.contains("east"), "{answer}");
}

#[test]
fn a_profile_beyond_the_dataset_needs_its_territories() {
    let folder = folder();
    let profile = ["map", "--profile", "road.geojson", "-o", "x.svg"];
    let told = errors(&merestone(folder.path(), &profile).code(2));
    assert!(told.contains("--territories"), "{told}");
    merestone(folder.path(), &[&profile[..], &["--territories", "land.geojson"]].concat()).success();
    let strip = std::fs::read_to_string(folder.path().join("x.svg")).expect("it was written");
    assert!(strip.contains("\"west\"") && strip.contains("\"east\""), "{strip}");
}

#[test]
fn a_plate_finds_the_territories_of_its_routes_among_its_own_layers() {
    let folder = folder();
    let plate = "[crossings]\nterritories = \"land\"\n[[layers]]\nid = \"land\"\nfile = \"land.geojson\"\n\
                 [[layers]]\nid = \"roads\"\nfile = \"road.geojson\"\nrole = \"route\"\n";
    std::fs::write(folder.path().join("own.toml"), plate).expect("it can be written");
    merestone(folder.path(), &["map", "own.toml", "-o", "own.svg"]).success();
    let svg = std::fs::read_to_string(folder.path().join("own.svg")).expect("it was written");
    assert!(svg.contains("west → east"), "the crossing is listed");
    let unnamed = plate.replace("territories = \"land\"\n", "");
    std::fs::write(folder.path().join("unnamed.toml"), unnamed).expect("it can be written");
    // Unnamed, they are the only territories of the plate.
    merestone(folder.path(), &["map", "unnamed.toml", "-o", "x.svg"]).success();
    let svg = std::fs::read_to_string(folder.path().join("x.svg")).expect("it was written");
    assert!(svg.contains("west → east"), "the crossing is listed");
}

#[test]
fn a_ledger_beyond_the_dataset_names_none_of_its_places() {
    let folder = folder();
    let run = merestone(folder.path(), &["ledger", "land.geojson", "later.geojson", "--format", "json"]).success();
    let answer: serde_json::Value = serde_json::from_slice(&run.get_output().stdout).expect("JSON");
    let inputs = answer["inputs"].as_array().expect("a list");
    assert!(inputs.iter().all(|input| !input["path"].as_str().expect("a path").starts_with("embedded:")), "{inputs:?}");
    assert!(errors(&run).contains("its places and routes are not asked about"), "{}", errors(&run));
}

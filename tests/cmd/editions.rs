//! `diff`, `status` and `resolve` on the embedded dataset and against the commands whose figures they repeat.

use assert_cmd::Command;
use serde_json::{Map, Value, json};
use std::path::{Path, PathBuf};
use tempfile::TempDir;

fn merestone(folder: &Path, arguments: &[&str]) -> std::process::Output {
    let mut command = Command::cargo_bin("merestone").expect("the program is built");
    command.current_dir(folder).args(arguments).output().expect("it runs")
}

fn answer(folder: &Path, arguments: &[&str]) -> Value {
    let output = merestone(folder, &[arguments, &["--json", "--quiet"]].concat());
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{arguments:?}: {said}"))
}

fn data() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data")
}

/// The embedded dataset as a folder, with each layer rewritten.
fn rewritten(folder: &Path, rewrite: impl Fn(&str, &mut Value)) {
    std::fs::create_dir_all(folder).expect("a folder");
    for entry in std::fs::read_dir(data()).expect("the data").flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let to = folder.join(&name);
        if name.ends_with(".geojson") {
            let text = std::fs::read_to_string(entry.path()).expect("it is text");
            let mut layer: Value = serde_json::from_str(&text).expect("it is JSON");
            rewrite(&name, &mut layer);
            std::fs::write(to, layer.to_string()).expect("it can be written");
        } else if name == "dataset.toml" || name.ends_with(".tif") {
            std::fs::copy(entry.path(), to).expect("it can be copied");
        }
    }
}

/// The same collection in another order, direction and spelling.
fn respelt(layer: &mut Value) {
    let features = layer["features"].as_array_mut().expect("features");
    features.reverse();
    for feature in features {
        let geometry = &mut feature["geometry"];
        match geometry["type"].as_str() {
            Some("LineString") => geometry["coordinates"].as_array_mut().expect("a line").reverse(),
            Some("MultiLineString") => {
                let runs = geometry["coordinates"].as_array_mut().expect("lines");
                runs.reverse();
                runs.iter_mut().for_each(|run| run.as_array_mut().expect("a line").reverse());
            }
            Some("Polygon") => geometry["coordinates"].as_array_mut().expect("rings").iter_mut().for_each(turned),
            Some("MultiPolygon") => {
                let parts = geometry["coordinates"].as_array_mut().expect("parts");
                parts.reverse();
                parts.iter_mut().flat_map(|part| part.as_array_mut().expect("rings")).for_each(turned);
            }
            _ => {}
        }
        let is_line = geometry["type"].as_str().is_some_and(|kind| kind.ends_with("LineString"));
        let properties = feature["properties"].as_object_mut().expect("properties");
        let mut other: Vec<(String, Value)> = std::mem::take(properties).into_iter().collect();
        other.reverse();
        for (name, value) in &mut other {
            if is_line {
                *name = match name.as_str() {
                    "left" => "right".to_owned(),
                    "right" => "left".to_owned(),
                    _ => std::mem::take(name),
                };
            }
            if let Some(number) = value.as_i64() {
                *value = json!(number as f64);
            }
        }
        other.push(("absent".to_owned(), Value::Null));
        *properties = Map::from_iter(other);
    }
}

/// A ring that starts elsewhere and runs the other way.
fn turned(ring: &mut Value) {
    let positions = ring.as_array_mut().expect("a ring");
    positions.pop();
    let third = positions.len() / 3;
    positions.rotate_left(third);
    positions.reverse();
    positions.push(positions[0].clone());
}

#[test]
fn a_dataset_in_another_order_direction_and_spelling_does_not_differ() {
    let folder = TempDir::new().expect("a folder");
    rewritten(&folder.path().join("other"), |_, layer| respelt(layer));
    let output = merestone(folder.path(), &["diff", &data().display().to_string(), "other", "--json", "--quiet"]);
    let report: Value = serde_json::from_slice(&output.stdout).expect("it is JSON");
    assert_eq!(report["results"]["differences"], json!([]));
    assert_eq!(output.status.code(), Some(0));
    let layers = report["results"]["layers"].as_array().expect("layers");
    let unchanged: u64 = layers.iter().map(|layer| layer["unchanged"].as_u64().expect("a number")).sum();
    assert!(layers.len() > 8 && unchanged > 300, "{layers:?}");
}

#[cfg(feature = "gdal")]
#[test]
fn another_format_of_a_layer_does_not_differ() {
    let folder = TempDir::new().expect("a folder");
    for layer in ["lines", "enclaves", "routes", "places", "provinces"] {
        for file in ["layer.geojson", "layer.gpkg", "layer.csv", "layer.fgb"] {
            let written = merestone(folder.path(), &["convert", layer, file, "--quiet"]);
            if written.status.code() != Some(0) {
                panic!("{layer}, {file}: {}", String::from_utf8_lossy(&written.stderr));
            }
            let report = answer(folder.path(), &["diff", layer, file]);
            assert_eq!(report["results"]["differences"], json!([]), "{layer}, {file}");
            std::fs::remove_file(folder.path().join(file)).expect("it was written");
        }
    }
}

#[test]
fn every_change_of_a_dataset_is_found() {
    let folder = TempDir::new().expect("a folder");
    let changed = folder.path().join("changed");
    rewritten(&changed, |name, layer| {
        let features = layer["features"].as_array_mut().expect("features");
        let find = |features: &mut Vec<Value>, id: &str| {
            features.iter().position(|feature| feature["properties"]["id"] == id).expect("it is there")
        };
        match name {
            "lines.geojson" => {
                let at = find(features, "arm-tur");
                features[at]["properties"]["status"] = json!("demarcated");
                // One vertex 0.001° further north.
                let vertex = &mut features[at]["geometry"]["coordinates"][700];
                vertex[1] = json!(vertex[1].as_f64().expect("a latitude") + 0.001);
                let at = find(features, "ring-karki");
                features[at]["properties"]["id"] = json!("ring-3");
                features[at]["id"] = json!("ring-3");
                let at = find(features, "geo-tur");
                features.remove(at);
            }
            "places.geojson" => {
                let at = find(features, "v-kirants");
                features[at]["properties"]["name"]["en"] = json!("Kirants village");
                let lon = features[at]["geometry"]["coordinates"][0].as_f64().expect("a longitude");
                features[at]["geometry"]["coordinates"][0] = json!(lon + 0.01);
            }
            _ => {}
        }
    });
    let manifest = std::fs::read_to_string(changed.join("dataset.toml")).expect("it was copied");
    let manifest = manifest.replacen("version = \"1.0.0\"", "version = \"1.1.0\"", 1);
    let water = manifest.find("[[layer]]\nid = \"water\"").expect("there is water");
    let next = manifest[water + 9..].find("[[layer]]").map_or(manifest.len(), |next| water + 9 + next);
    let manifest = format!("{}{}", &manifest[..water], &manifest[next..]);
    std::fs::write(changed.join("dataset.toml"), manifest).expect("it can be written");
    let output = merestone(folder.path(), &["diff", &data().display().to_string(), "changed", "--json", "--quiet"]);
    assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
    let report: Value = serde_json::from_slice(&output.stdout).expect("it is JSON");
    let all = report["results"]["differences"].as_array().expect("a list");
    let text = |value: &Value| value.as_str().unwrap_or("-").to_owned();
    let mut found: Vec<[String; 4]> =
        all.iter().map(|d| [&d["layer"], &d["id"], &d["change"], &d["field"]].map(text)).collect();
    found.sort();
    let mut expected = [
        ["-", "-", "manifest", "version"],
        ["lines", "arm-tur", "moved", "-"],
        ["lines", "arm-tur", "status", "status"],
        ["lines", "geo-tur", "gone", "-"],
        ["lines", "ring-karki", "id", "id"],
        ["places", "v-kirants", "moved", "-"],
        ["places", "v-kirants", "renamed", "name:en"],
        ["water", "-", "layer-gone", "-"],
    ]
    .map(|row| row.map(str::to_owned));
    expected.sort();
    assert_eq!(found, expected);
    let moved = |id: &str| {
        let of = all.iter().find(|d| d["id"] == id && d["change"] == "moved").expect("it moved");
        of["moved"].clone()
    };
    // 0.01° of longitude at 41.04737° N is 840.7 m (pyproj Geod, WGS 84).
    let metres = moved("v-kirants")["greatest_m"].as_f64().expect("a number");
    assert!((metres - 840.75).abs() < 0.1, "{metres}");
    // The vertex moved by 111.05 m; the nearest position of the old line is no farther.
    let line = moved("arm-tur");
    let greatest_m = line["greatest_m"].as_f64().expect("a number");
    assert!(greatest_m > 20.0 && greatest_m <= 111.1, "{line}");
    let differs_m = line["new_differs_m"].as_f64().expect("a number");
    assert!(differs_m > 100.0 && differs_m < 5000.0, "{line}");
}

#[test]
fn lines_and_land_have_the_figures_of_compare_and_ledger() {
    let folder = TempDir::new().expect("a folder");
    let [old, new] = ["states[id in (ARM, AZE)]", "states-2026[id in (ARM, AZE)]"];
    let diff = &answer(folder.path(), &["diff", old, new])["results"];
    let ledger = &answer(folder.path(), &["ledger", old, new])["results"];
    let pairs = |of: &Value| -> Vec<(String, String, f64)> {
        let text = |value: &Value| value.as_str().unwrap_or("-").to_owned();
        let all = of.as_array().expect("pairs").iter();
        let mut all: Vec<_> =
            all.map(|p| (text(&p["from"]), text(&p["to"]), p["area_km2"].as_f64().expect("km²"))).collect();
        all.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.cmp(&b.1)));
        all
    };
    assert_eq!(pairs(&diff["land"][0]["pairs"]), pairs(&ledger["pairs"]));
    let diff = &answer(folder.path(), &["diff", "lines/ring-karki", "enclaves/karki", "--tolerance", "1"])["results"];
    let shapes: Vec<&str> =
        diff["differences"].as_array().expect("a list").iter().filter_map(|d| d["change"].as_str()).collect();
    // A line and an area of other ids are not one feature.
    assert!(shapes.contains(&"gone") && shapes.contains(&"added"), "{shapes:?}");
    std::fs::write(
        folder.path().join("survey.geojson"),
        std::fs::read(data().parent().expect("the package").join("tests/examples/help.in/survey.geojson"))
            .expect("it is there"),
    )
    .expect("it can be written");
    let (a, b) = ("lines/arm-aze-main", "survey.geojson");
    let diff = &answer(folder.path(), &["diff", a, b, "--tolerance", "100"])["results"];
    let moved = diff["differences"].as_array().expect("a list").iter().find(|d| d["change"] == "moved");
    let moved = &moved.expect("another survey is elsewhere")["moved"];
    let compare = &answer(folder.path(), &["compare", a, b, "--tolerance", "100"])["results"];
    for (of_diff, of_compare) in
        [("greatest_m", "hausdorff_m"), ("mean_m", "mean_offset_m"), ("old_length_m", "length_a_m")]
    {
        assert_eq!(moved[of_diff], compare[of_compare], "{of_diff}");
    }
}

#[cfg(feature = "plates")]
#[test]
fn a_picture_shows_only_what_differs() {
    let folder = TempDir::new().expect("a folder");
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cmd/diff.in");
    let path = |name: &str| cases.join(name).display().to_string();
    let target = folder.path().join("changes.svg");
    let picture = target.display().to_string();
    let output = merestone(folder.path(), &["diff", &path("old.geojson"), &path("new.geojson"), "-o", &picture, "-q"]);
    assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
    let svg = std::fs::read_to_string(&target).expect("it was written");
    assert!(svg.starts_with("<?xml") || svg.starts_with("<svg"));
    assert!(String::from_utf8_lossy(&output.stdout).contains("Geometry that moved"));
    // Without a difference there is no picture.
    std::fs::remove_file(&target).expect("it is there");
    let output = merestone(folder.path(), &["diff", &path("old.geojson"), &path("spelt.geojson"), "-o", &picture]);
    assert_eq!(output.status.code(), Some(0));
    assert!(!target.exists() && String::from_utf8_lossy(&output.stderr).contains("nothing on the ground differs"));
}

#[test]
fn the_lengths_of_2024_are_measured_and_published() {
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cmd/status.in");
    let arguments = ["status", "lines/arm-aze-2024", "--log", "meetings.csv", "--initial", "undefined"];
    let results = &answer(&cases, &arguments)["results"];
    let number = |value: &Value| value.as_f64().expect("a number");
    // 1.9 + 4.9 + 5.8 = 12.6 of 12.7 km.
    let last = results["history"].as_array().expect("rows").iter().rfind(|row| row["status"] == "delimited");
    let last = last.expect("delimited in 2024");
    assert_eq!((last["date"].as_str(), number(&last["published_km"])), (Some("2024-05-15"), 12.6));
    assert!((number(&last["published_share_min"]) - 12.6 / 12.7).abs() < 1e-9);
    // Measured on the estimated course (pyproj Geod: 4289.1, 5965.8 and 2056.4 m, 12 311.3 m together).
    assert!((number(&last["length_m"]) - 12_311.3).abs() < 0.5 && number(&last["share"]) == 1.0);
    let entries = results["entries"].as_array().expect("entries");
    for (entry, (published, measured_m)) in entries[1..].iter().zip([(4.9, 4289.1), (5.8, 5965.8), (1.9, 2056.4)]) {
        assert_eq!(number(&entry["published_km"]), published);
        assert!((number(&entry["length_m"]) - measured_m).abs() < 0.5, "{entry}");
        let rounding = number(&entry["difference_m"]) - (number(&entry["length_m"]) - 1000.0 * published);
        assert!(rounding.abs() < 1e-6);
    }
    // The whole stretch was agreed a month before, and stands no more as such.
    assert_eq!((entries[0]["status"].as_str(), number(&entries[0]["standing_m"])), (Some("agreed"), 0.0));
    let of_date = |date: &str| {
        let rows = results["history"].as_array().expect("rows").iter().filter(|row| row["date"] == date);
        rows.map(|row| number(&row["length_m"])).sum::<f64>()
    };
    for date in ["2024-04-19", "2024-05-15"] {
        assert!((of_date(date) - number(&results["length_m"])).abs() < 1e-6, "{date}");
    }
}

#[cfg(feature = "plates")]
#[test]
fn a_chart_states_every_meeting() {
    let folder = TempDir::new().expect("a folder");
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cmd/status.in");
    for ending in ["svg", "png", "pdf"] {
        let target = folder.path().join(format!("status.{ending}"));
        let (picture, log) = (target.display().to_string(), ["--log", "meetings.csv", "--initial", "undefined"]);
        for language in ["en", "ru", "hy", "az"] {
            let arguments = [&["status", "lines/arm-aze-2024", "-q", "-o", &picture, "--lang", language][..], &log];
            let output = merestone(&cases, &arguments.concat());
            assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
            assert!(String::from_utf8_lossy(&output.stdout).contains("2024-05-15"));
            assert!(std::fs::metadata(&target).is_ok_and(|file| file.len() > 5000), "{ending}");
        }
    }
}

/// The catalogue of a line, a text with coordinates, and marks: distances are those of pyproj (Geod, WGS 84).
#[test]
fn the_strongest_document_with_a_position_prevails_and_the_others_are_measured() {
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cmd/resolve.in");
    let documents =
        ["--text", "text.txt", "--coordinates", "catalogue.csv", "--map", "map.geojson", "--marks", "marks.geojson"];
    let ask = |order: &str| answer(&cases, &[&["resolve", "--precedence", order][..], &documents].concat());
    let results = &ask("text,coordinates,map,marks")["results"];
    let of = |point: &str, list: &str| -> Vec<Value> {
        let all = results[list].as_array().expect("a list").iter();
        all.filter(|row| row["point"] == point).cloned().collect()
    };
    let prevails = |point: &str| of(point, "points")[0]["prevails"].clone();
    // The text gives coordinates of point 1 alone.
    assert_eq!(
        (prevails("1"), prevails("2"), prevails("3")),
        (json!("text"), json!("coordinates"), json!("coordinates"))
    );
    assert_eq!(prevails("4"), json!("map"));
    let by_document = |document: &str| {
        of("1", "rejected").into_iter().find(|row| row["document"] == document).expect("it is rejected")
    };
    for (document, distance_m, azimuth_deg) in [("coordinates", 11.12, 0.0), ("marks", 15.21, 90.0)] {
        let row = by_document(document);
        assert!((row["distance_m"].as_f64().expect("metres") - distance_m).abs() < 0.01, "{row}");
        assert!((row["azimuth_deg"].as_f64().expect("degrees") - azimuth_deg).abs() < 0.1, "{row}");
    }
    let silent = of("2", "silent");
    let why = |document: &str| silent.iter().find(|row| row["document"] == document).map(|row| row["why"].clone());
    assert!(
        why("text").is_some_and(|why| why.as_str().is_some_and(|why| why.contains("no coordinates"))),
        "{silent:?}"
    );
    assert_eq!(why("marks"), Some(json!("the mark is lost")));
    // Another order: the same positions, another one of them prevails, unchanged.
    let other = ask("marks,coordinates,text,map");
    let first = &other["results"]["points"][0];
    assert_eq!((&first["prevails"], &first["position"]), (&json!("marks"), &json!([20.0002, 47.0])));
}

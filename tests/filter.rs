//! Features selected by their properties: in references, by `--where`, and territories of several levels.

use serde_json::{Value, json};
use std::path::Path;
use std::process::Output;
use tempfile::TempDir;

fn run(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = std::process::Command::new(assert_cmd::cargo::cargo_bin("merestone"));
    command.current_dir(folder).args(arguments).output().expect("it starts")
}

fn answer(folder: &Path, arguments: &[&str]) -> Value {
    let output = run(folder, &[arguments, &["--format", "json", "-q"]].concat());
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("an answer is JSON")
}

fn refused(folder: &Path, arguments: &[&str]) -> String {
    let output = run(folder, arguments);
    assert_eq!(output.status.code(), Some(2));
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn square(id: &str, level: &str, west: f64, width: f64) -> Value {
    let ring = [[west, 10.0], [west + width, 10.0], [west + width, 11.0], [west, 11.0], [west, 10.0]];
    json!({"type": "Feature", "properties": {"code": id, "admin_level": level, "people": 100.0 * width},
           "geometry": {"type": "Polygon", "coordinates": [ring]}})
}

/// A state, its two districts, and the two communes of each, all overlapping, as in an OpenStreetMap extract.
fn levels() -> TempDir {
    let folder = TempDir::new().expect("a folder");
    let mut features =
        vec![square("state", "2", 0.0, 4.0), square("west", "6", 0.0, 2.0), square("east", "6", 2.0, 2.0)];
    features.extend((0..4).map(|i| square(&format!("c{i}"), "8", f64::from(i), 1.0)));
    let collection = json!({"type": "FeatureCollection", "features": features});
    std::fs::write(folder.path().join("a.geojson"), collection.to_string()).expect("it can be written");
    folder
}

fn pairs(answer: &Value) -> Vec<String> {
    let rows = answer["results"].as_array().or(answer["results"]["rows"].as_array()).expect("rows");
    rows.iter().map(|row| format!("{}–{}", row["a"].as_str().unwrap_or(""), row["b"].as_str().unwrap_or(""))).collect()
}

#[test]
fn territories_of_several_levels_are_refused_with_the_way_to_select_one() {
    let folder = levels();
    for command in ["borders", "enclaves"] {
        let said = refused(folder.path(), &[command, "a.geojson"]);
        assert!(said.contains("1 of level 2, 2 of level 6, 4 of level 8 (admin_level)"), "{said}");
        assert!(said.contains("--where \"admin_level = 8\""), "{said}");
    }
    // All of them, if all are selected.
    let all = answer(folder.path(), &["enclaves", "a.geojson", "--where", "admin_level"]);
    assert_eq!(all["inputs"][0]["features"], 7);
}

/// Sums, lists of outlines and coverages would have the same land several times.
#[test]
fn mixed_levels_are_refused_by_every_question_on_outlines() {
    let folder = levels();
    let route = json!({"type": "Feature", "properties": {"id": "r"},
        "geometry": {"type": "LineString", "coordinates": [[0.5, 10.2], [3.5, 10.7]]}});
    std::fs::write(folder.path().join("r.geojson"), route.to_string()).expect("it can be written");
    let ends = ["--via", "0.5,10.2", "--via", "3.5,10.7", "--territories", "a.geojson"];
    let trace = [&["trace", "--network", "r.geojson"][..], &ends].concat();
    let asked: [&[&str]; 11] = [
        &["evidence", "a.geojson"],
        &["sheets", "a.geojson"],
        &["catalogue", "a.geojson"],
        &["marks", "a.geojson"],
        &["describe", "a.geojson"],
        &["compare", "a.geojson", "a.geojson"],
        &["decide", "r.geojson", "--territories", "a.geojson"],
        &["route", "r.geojson", "--territories", "a.geojson"],
        &["corridor", "r.geojson", "--territories", "a.geojson", "--heights", "none"],
        &["evidence", "a.geojson", "--shared", "a.geojson[admin_level=8]"],
        &trace,
    ];
    for arguments in asked {
        let said = refused(folder.path(), arguments);
        assert!(said.contains("1 of level 2, 2 of level 6, 4 of level 8 (admin_level)"), "{arguments:?}: {said}");
        assert!(said.contains("--where \"admin_level = 8\""), "{arguments:?}: {said}");
    }
    for command in ["evidence", "sheets", "catalogue", "marks"] {
        for selected in [&["a.geojson[admin_level=8]"][..], &["a.geojson", "--where", "admin_level"]] {
            answer(folder.path(), &[&[command], selected].concat());
        }
    }
    #[cfg(feature = "plates")]
    {
        let strip = ["map", "--profile", "r.geojson", "--territories", "a.geojson", "-o", "p.svg"];
        let said = refused(folder.path(), &strip);
        assert!(said.contains("select one: FILE[admin_level=8]"), "{said}");
        assert!(!folder.path().join("p.svg").exists());
        let eight = ["map", "--profile", "r.geojson", "--territories", "a.geojson[admin_level=8]", "-o", "p.svg"];
        let output = run(folder.path(), &eight);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
}

/// Each feature has its own row: the levels are stated.
#[test]
fn mixed_levels_are_stated_where_each_territory_is_answered_by_itself() {
    let folder = levels();
    let stated = |answer: &Value| {
        let message = answer["warnings"][0]["message"].as_str().unwrap_or_default().to_owned();
        message.contains("1 of level 2, 2 of level 6, 4 of level 8")
    };
    let info = answer(folder.path(), &["info", "a.geojson"]);
    assert!(stated(&info), "{info}");
    let rows = info["results"]["features"].as_array().expect("rows");
    let of: Vec<_> = rows.iter().map(|row| row["level"].as_str().unwrap_or_default()).collect();
    assert_eq!(of, ["2", "6", "6", "8", "8", "8", "8"]);
    let table = run(folder.path(), &["info", "a.geojson", "-q"]);
    assert!(String::from_utf8_lossy(&table.stdout).lines().any(|line| line.contains(" level ")), "a column");
    let decide = answer(folder.path(), &["decide", "a.geojson", "--territories", "a.geojson[admin_level=2]"]);
    assert!(stated(&decide), "{decide}");
    assert_eq!(decide["results"]["features"].as_array().map(Vec::len), Some(7));
    // One level is not remarkable.
    let one = answer(folder.path(), &["info", "a.geojson[admin_level=8]"]);
    assert_eq!(one["warnings"], json!([]));
    // A sequence of features is read in chunks.
    let text = std::fs::read_to_string(folder.path().join("a.geojson")).expect("it is there");
    let all: Value = serde_json::from_str(&text).expect("JSON");
    let lines: Vec<String> = all["features"].as_array().expect("features").iter().map(Value::to_string).collect();
    std::fs::write(folder.path().join("s.geojsonl"), lines.join("\n")).expect("it can be written");
    assert!(stated(&answer(folder.path(), &["info", "s.geojsonl"])));
}

#[test]
fn one_level_is_answered_and_the_answer_says_which() {
    let folder = levels();
    let asked = [
        answer(folder.path(), &["borders", "a.geojson", "--where", "admin_level = 8"]),
        answer(folder.path(), &["borders", "a.geojson[admin_level=8]"]),
        answer(folder.path(), &["borders", "a.geojson[admin_level in (8) and people < 101]"]),
    ];
    for answer in &asked {
        assert_eq!(pairs(answer), ["c0–c1", "c1–c2", "c2–c3"]);
    }
    assert_eq!(asked[0]["method"]["selection"], "a.geojson: admin_level = 8");
    assert_eq!(asked[0]["inputs"][0]["selection"], "admin_level = 8");
    // Both at once: all conditions must hold.
    let both = answer(folder.path(), &["borders", "a.geojson[code != c0]", "--where", "admin_level = 8"]);
    assert_eq!(pairs(&both), ["c1–c2", "c2–c3"]);
}

#[test]
fn messages_keep_the_numbers_of_the_file() {
    let folder = levels();
    let text = std::fs::read_to_string(folder.path().join("a.geojson")).expect("it is there");
    // The ring of the last commune is made self-crossing.
    let broken = text.replace(
        "[[3.0,10.0],[4.0,10.0],[4.0,11.0],[3.0,11.0],[3.0,10.0]]",
        "[[3.0,10.0],[4.0,11.0],[4.0,10.0],[3.0,11.0],[3.0,10.0]]",
    );
    assert_ne!(text, broken);
    std::fs::write(folder.path().join("b.geojson"), broken).expect("it can be written");
    let said = refused(folder.path(), &["borders", "b.geojson[admin_level=8]"]);
    assert!(said.contains("feature 6 (c3)"), "{said}");
    // Features that are not selected are not validated.
    assert_eq!(pairs(&answer(folder.path(), &["borders", "b.geojson[admin_level=6]"])), ["east–west"]);
}

#[test]
fn a_filter_that_nothing_passes_or_that_is_none_is_an_error() {
    let folder = levels();
    let said = refused(folder.path(), &["borders", "a.geojson[admin_level=9]"]);
    assert!(said.contains("a.geojson: no feature passes admin_level = 9"), "{said}");
    let said = refused(folder.path(), &["borders", "a.geojson", "--where", "admin_level ="]);
    assert!(said.contains("gives no value to compare with"), "{said}");
    let said = refused(folder.path(), &["check", "a.geojson", "--where", "admin_level = 8"]);
    assert!(said.contains("check looks at whole files"), "{said}");
}

#[test]
fn embedded_layers_go_into_files_by_their_names() {
    let folder = TempDir::new().expect("a folder");
    let list = run(folder.path(), &["convert", "--list"]);
    assert!(String::from_utf8_lossy(&list.stdout).lines().any(|line| line.starts_with("states ")));
    assert!(
        run(
            folder.path(),
            &["convert", "places", "-o", "places.csv", "-q", "--where", "kind in (village, town)", "--lang", "ru,en"]
        )
        .status
        .success()
    );
    let csv = std::fs::read_to_string(folder.path().join("places.csv")).expect("it was written");
    let heading = csv.lines().next().unwrap_or_default();
    for column in ["name", "name_en", "name_ru"] {
        assert!(heading.split(',').any(|have| have == column), "{heading}");
    }
    let said = refused(folder.path(), &["convert", "places", "none.csv", "--where", "kind = nothing"]);
    assert!(said.contains("no feature passes kind = nothing") && !folder.path().join("none.csv").exists(), "{said}");
    assert!(run(folder.path(), &["convert", "states", "states.geojson", "-q"]).status.success());
    let ours = answer(folder.path(), &["borders", "states.geojson"]);
    let embedded = answer(folder.path(), &["borders", "states"]);
    // A file of states alone has no layer of units to name the parts by.
    let mut embedded = embedded["results"].clone();
    for row in embedded.as_array_mut().expect("rows") {
        for component in row["components"].as_array_mut().expect("components") {
            let component = component.as_object_mut().expect("a component");
            component.retain(|key, _| !key.ends_with("_part_name"));
        }
    }
    assert_eq!(ours["results"], embedded);
}

/// An OpenStreetMap extract of a whole state, if the shared data are available.
#[cfg(feature = "gdal")]
#[test]
fn communes_of_an_extract_are_told_from_their_state() {
    let extract = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/network/liechtenstein.osm.pbf");
    if !extract.exists() {
        eprintln!("skipped: ../shared is absent");
        return;
    }
    let folder = TempDir::new().expect("a folder");
    let layer = format!("{}#multipolygons", extract.display());
    let said = refused(folder.path(), &["enclaves", &format!("{layer}[boundary=administrative]")]);
    assert!(said.contains("several levels of administration"), "{said}");
    let communes = answer(folder.path(), &["enclaves", &format!("{layer}[admin_level=8]"), "--id-field", "name"]);
    let mut names: Vec<&str> =
        communes["results"].as_array().expect("rows").iter().filter_map(|row| row["territory"].as_str()).collect();
    names.dedup();
    assert_eq!(names.len(), 11, "{names:?}");
}

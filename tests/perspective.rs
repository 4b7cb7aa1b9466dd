//! `--as-of` and `--view`: the embedded dataset on four days, and features that parties see differently.
#![cfg(unix)]

#[cfg(feature = "plates")]
#[path = "perspective/plates.rs"]
mod plates;

use crate::files::{refused, run};
use crate::support::files;
use serde_json::Value;
use std::path::Path;
use tempfile::TempDir;

fn answer(folder: &Path, arguments: &[&str]) -> Value {
    let output = run(folder, &[arguments, &["--json", "--quiet"]].concat());
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("the answer is JSON")
}

/// Kilometres between the two states on a day, the ids of both, and what the answer says of its layer.
fn border(day: &str) -> (String, f64, String) {
    let said = answer(Path::new("."), &["borders", "states", "--as-of", day]);
    let is_pair = |row: &&Value| {
        let [a, b] = [&row["a"], &row["b"]].map(|id| id.as_str().unwrap_or_default().to_uppercase());
        a.starts_with("ARM") && b.starts_with("AZE")
    };
    let rows = said["results"].as_array().expect("rows").clone();
    let row = rows.iter().find(is_pair).expect("the states touch").clone();
    let pair = format!("{}–{}", row["a"].as_str().expect("an id"), row["b"].as_str().expect("an id"));
    (
        pair,
        row["length_m"].as_f64().expect("a length") / 1000.0,
        said["method"]["selection"].as_str().expect("by what").into(),
    )
}

/// Kilometres of the line between the two states by status.
fn status(day: &str, status: &str) -> f64 {
    let said = answer(Path::new("."), &["evidence", "lines", "--between", "ARM,AZE", "--as-of", day]);
    let rows = said["results"]["rows"].as_array().expect("rows").clone();
    let length = |row: &Value| row["length_m"].as_f64().expect("a length") / 1000.0;
    rows.iter().filter(|row| row["status"] == status).map(length).sum()
}

/// 1988: the republics; 2018 and 15 May 2024: one course, of which a section is delimited from that day on; 2026: the
/// later edition.
#[test]
fn the_embedded_dataset_answers_each_day_differently() {
    let soviet = border("1988");
    let by = |found: &(String, f64, String), layer: &str| found.2.starts_with(&format!("embedded:{layer}: valid on "));
    assert!(soviet.0 == "armenian-ssr–azerbaijan-ssr" && by(&soviet, "soviet"), "{soviet:?}");
    let before = border("2018");
    assert!(before.0 == "ARM–AZE" && by(&before, "states"), "{before:?}");
    assert_eq!(border("2024-05-15").1, before.1);
    let later = border("2026");
    assert!(later.0 == "ARM–AZE" && by(&later, "states-2026"), "{later:?}");
    // The edition of 2026 draws none of the enclaves.
    assert!((before.1 - 983.7).abs() < 0.1 && (later.1 - 929.1).abs() < 0.1, "{before:?} {later:?}");
    let whole = status("2018", "undefined");
    assert_eq!((status("2018", "delimited"), status("2024-05-14", "delimited")), (0.0, 0.0));
    for day in ["2024-05-15", "2026"] {
        let (delimited, undefined) = (status(day, "delimited"), status(day, "undefined"));
        assert!((delimited - 12.3).abs() < 0.1, "{day}: {delimited}");
        assert!((delimited + undefined - whole).abs() < 1e-6, "{day}: {delimited} + {undefined}, {whole}");
    }
}

#[test]
fn the_answer_says_which_layer_answers_and_of_when_it_is() {
    let told =
        |day: &str| String::from_utf8_lossy(&run(Path::new("."), &["borders", "--as-of", day]).stderr).into_owned();
    assert!(told("1988").contains("on 1988-12-31 the layer soviet (of 1988) answers for it"));
    assert!(told("1995").contains("the data are of 2018, after 1995-12-31"));
    assert!(!told("2018").contains("the data are of"));
    let ids = |day: &str| -> Vec<String> {
        let layers = answer(Path::new("."), &["info", "--as-of", day])["results"]["layers"].clone();
        layers.as_array().expect("layers").iter().map(|layer| layer["id"].as_str().expect("an id").to_owned()).collect()
    };
    assert!(ids("1988").contains(&"soviet".to_owned()) && !ids("2018").contains(&"soviet".to_owned()));
}

#[test]
fn what_is_not_valid_then_is_refused() {
    for (arguments, why) in [
        (&["info", "soviet", "--as-of", "2018"][..], "is not valid on 2018-12-31, but from 1988-01-01 to 1988-12-31"),
        (&["borders", "soviet", "--as-of", "1987-12-31"], "is not valid on 1987-12-31"),
        (&["info", "soviet/nkao", "--as-of", "2018"], "is not valid on 2018-12-31"),
        (&["info", "states", "--as-of", "yesterday"], "a day or a year of the calendar"),
        (&["info", "states", "--as-of", "2023-02-29"], "a day or a year of the calendar"),
        (&["info", "states", "--view", ""], "the code of a party, or neutral"),
        (&["info", "states", "--view", "ARN"], "has no party \"ARN\", only ARM, AZE"),
        (&["map", "overview", "--view", "ARN", "-o", "never.svg"], "has no party \"ARN\""),
        (&["diff", "lines", "--views", "ARM"], "give two views"),
        (&["diff", "lines", "--views", "ARM,arm"], "the two views are the same"),
        (&["diff", "lines", "states", "--views", "ARM,AZE"], "cannot be used with"),
        (&["diff", "lines", "--view", "ARM", "--views", "ARM,AZE"], "cannot be used with"),
        (&["diff", "lines", "--views", "ARM,AZF"], "has no party \"AZF\""),
        (&["check", "states", "--as-of", "2018"], "check looks at whole files"),
    ] {
        refused(&run(Path::new("."), arguments), why);
    }
}

/// Each party's line, one that both accept, one that nobody else accepts, and one that a party disputes.
fn lines() -> TempDir {
    let folder = TempDir::new().expect("a folder");
    let line = |id: &str, lat: f64, more: &str| {
        format!(
            "{{\"type\":\"Feature\",\"properties\":{{\"id\":\"{id}\"{more}}},\"geometry\":{{\"type\":\"LineString\",\
             \"coordinates\":[[45,{lat}],[46,{lat}]]}}}}"
        )
    };
    let all = [
        line("common", 40.0, ""),
        line("of-a", 41.0, ",\"asserted_by\":\"A\""),
        line("of-b", 42.0, ",\"asserted_by\":\"B\""),
        line("agreed", 43.0, ",\"asserted_by\":\"A\",\"accepted_by\":[\"B\"]"),
        line("disputed", 44.0, ",\"disputed_by\":\"B\""),
        line("old", 44.5, ",\"valid_to\":\"1990\""),
    ];
    let text = format!("{{\"type\":\"FeatureCollection\",\"features\":[{}]}}", all.join(","));
    std::fs::write(folder.path().join("lines.geojson"), text).expect("it can be written");
    folder
}

fn seen(folder: &Path, options: &[&str]) -> Vec<String> {
    let said = answer(folder, &[&["info", "lines.geojson"], options].concat());
    let features = said["results"]["features"].as_array().expect("features").clone();
    features.iter().map(|row| row["id"].as_str().expect("an id").to_owned()).collect()
}

#[test]
fn a_view_selects_what_a_party_asserts_or_accepts() {
    let folder = lines();
    let see = |options: &[&str]| seen(folder.path(), options);
    assert_eq!(see(&["--view", "A"]), ["common", "of-a", "agreed", "disputed", "old"]);
    assert_eq!(see(&["--view", "B"]), ["common", "of-b", "agreed", "old"]);
    assert_eq!(see(&["--view", "neutral"]), ["common", "agreed", "old"]);
    assert_eq!(see(&["--view", "neutral", "--as-of", "2000"]), ["common", "agreed"]);
    assert_eq!(see(&["--where", "id != old", "--view", "b"]), ["common", "of-b", "agreed"]);
    assert_eq!(see(&[]).len(), 6);
    let said = answer(folder.path(), &["info", "lines.geojson", "--view", "A"]);
    assert_eq!(said["method"]["selection"], "lines.geojson: view A");
}

#[test]
fn a_converted_file_has_the_view() {
    let folder = lines();
    let output =
        run(folder.path(), &["convert", "lines.geojson", "neutral.geojson", "--view", "neutral", "--as-of", "1995"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = std::fs::read_to_string(folder.path().join("neutral.geojson")).expect("it was written");
    assert_eq!(text.matches("\"Feature\"").count(), 2, "{text}");
}

/// The embedded dataset has nothing that one party alone asserts: every view is the same, and no party is favoured.
#[test]
fn every_view_of_the_embedded_dataset_is_the_same() {
    let see = |view: &str| {
        let mut said = answer(Path::new("."), &["evidence", "lines", "--between", "ARM,AZE", "--view", view]);
        said["method"].take();
        said["inputs"].take();
        said["warnings"].take();
        said
    };
    let neutral = see("neutral");
    assert_eq!(see("ARM"), neutral);
    assert_eq!(see("AZE"), neutral);
}

/// Every command that reads features takes both options; those that read none of parties say so.
#[test]
fn data_without_the_properties_are_told_and_read() {
    let folder = TempDir::new().expect("a folder");
    let square = include_str!("cmd/answers.in/squares.geojson");
    std::fs::write(folder.path().join("squares.geojson"), square).expect("it can be written");
    for command in ["info", "borders", "enclaves", "evidence", "sheets", "decide"] {
        let mut arguments = vec![command, "squares.geojson", "--view", "A", "--as-of", "2000", "--format", "csv"];
        if command == "decide" {
            arguments.extend(["--territories", "squares.geojson"]);
        }
        let output = run(folder.path(), &arguments);
        let told = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{command}: {told}");
        assert!(told.contains("no feature states asserted_by, accepted_by, disputed_by"), "{command}: {told}");
        let plain = run(folder.path(), &[&arguments[..2], &arguments[6..], &["--quiet"]].concat());
        assert_eq!(output.stdout, plain.stdout, "{command}");
    }
}

#[test]
fn a_validity_that_is_no_date_is_told() {
    let folder = TempDir::new().expect("a folder");
    let point = "{\"type\":\"Feature\",\"properties\":{\"id\":\"p\",\"valid_from\":\"about 1920\"},\"geometry\":\
                 {\"type\":\"Point\",\"coordinates\":[45,40]}}";
    std::fs::write(folder.path().join("p.geojson"), point).expect("it can be written");
    let output = run(folder.path(), &["info", "p.geojson", "--as-of", "1900"]);
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && told.contains("a validity that is no date (\"about 1920\")"), "{told}");
}

/// The first and the last position of a line.
fn ends(feature: &Value) -> String {
    let positions = feature["geometry"]["coordinates"].as_array().expect("a line");
    format!("{}–{}", positions[0], positions[positions.len() - 1])
}

/// The differences of two views, in JSON and on the ground.
#[test]
fn views_part_only_where_they_do() {
    let folder = claims();
    let output = run(folder.path(), &["diff", "claims.geojson", "--views", "A,B", "--format", "geojson", "--quiet"]);
    assert_eq!(output.status.code(), Some(1));
    let said: Value = serde_json::from_slice(&output.stdout).expect("GeoJSON");
    let features = said["features"].as_array().expect("features");
    let drawn = |edition: &str| -> Vec<String> {
        let of = features.iter().filter(|feature| feature["properties"]["edition"] == edition);
        of.map(ends).collect()
    };
    // The stretch between the vertices where they part, and the line that B disputes.
    assert_eq!(drawn("old"), ["[45.2,40.01]–[45.4,40.0]", "[45.45,40.02]–[45.5,40.14]"]);
    assert_eq!(drawn("new"), ["[45.2,40.01]–[45.4,40.0]"]);
    // Without an order of the views the same places part.
    let output = run(folder.path(), &["diff", "claims.geojson", "--views", "B,A", "--json", "--quiet"]);
    let said: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let of = said["results"]["differences"].as_array().expect("a list").iter().map(|one| one["change"].clone());
    assert_eq!(of.filter(|change| change == "added" || change == "moved").count(), 2);
    // A view that sees nothing is a view.
    let output = run(folder.path(), &["diff", "claims.geojson#ridge", "--views", "A,B", "--quiet"]);
    assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
}

/// Lines of two parties with different ids and few vertices in common: what both have is not drawn.
#[test]
fn a_course_that_both_views_have_does_not_part_whatever_its_id() {
    let folder = TempDir::new().expect("a folder");
    let line = |id: &str, party: &str, course: &str| {
        format!(
            "{{\"type\":\"Feature\",\"properties\":{{\"id\":\"{id}\",\"asserted_by\":\"{party}\"}},\"geometry\":\
             {{\"type\":\"LineString\",\"coordinates\":{course}}}}}"
        )
    };
    let all = [
        line("a", "A", "[[45,40],[45.1,40],[45.1,40.1],[45.1,40.2]]"),
        line("b", "B", "[[45,40],[45.1,40],[45.2,40],[45.3,40],[45.4,40]]"),
    ];
    let text = format!("{{\"type\":\"FeatureCollection\",\"features\":[{}]}}", all.join(","));
    std::fs::write(folder.path().join("two.geojson"), text).expect("it can be written");
    let output = run(folder.path(), &["diff", "two.geojson", "--views", "A,B", "--format", "geojson", "--quiet"]);
    let said: Value = serde_json::from_slice(&output.stdout).expect("GeoJSON");
    let drawn: Vec<String> = said["features"].as_array().expect("features").iter().map(ends).collect();
    assert_eq!(drawn, ["[45.1,40.0]–[45.1,40.2]", "[45.1,40.0]–[45.4,40.0]"]);
}

/// The embedded dataset has nothing on which its parties part.
#[test]
fn the_views_of_the_embedded_lines_do_not_part() {
    let output = run(Path::new("."), &["diff", "lines", "--views", "ARM,AZE", "--quiet"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
}

/// A folder with the example of claims.
fn claims() -> TempDir {
    let folder = TempDir::new().expect("a folder");
    let text = files::text("tests/examples/help.in/claims.geojson");
    std::fs::write(folder.path().join("claims.geojson"), text).expect("it can be written");
    folder
}

#[test]
fn a_bundle_may_run_commands_of_a_day_and_a_view() {
    let folder = TempDir::new().expect("a folder");
    let data = folder.path().join("talks");
    std::fs::create_dir(&data).expect("it can be made");
    std::fs::copy(files::root().join("tests/examples/help.in/claims.geojson"), data.join("claims.geojson"))
        .expect("a copy");
    let line = "info claims.geojson --view A --as-of 2021 -o a.json";
    for arguments in [&["seal", "talks", "-o", "talks.zip", "--command", line][..], &["seal", "--rebuild", "talks.zip"]]
    {
        let output = run(folder.path(), arguments);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
}

//! Answers for other tools: GeoJSON, CSV and GeoPackage contain scalars, with the names and units of the JSON answer.

use super::{QUESTIONS, answered, copy_files, merestone};
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::Path;
use tempfile::TempDir;

/// Questions on the embedded data whose answers have lists, ranges, objects and positions.
const NESTED: [&[&str]; 8] = [
    &["enclaves"],
    &["borders"],
    &["borders", "--pair", "ARM,AZE", "--by-scale"],
    &["route", "m2"],
    &["ledger", "states", "enclaves-as-held"],
    &["severance", "lines/arm-aze-main"],
    &["check", "states"],
    &["compare", "lines/ring-karki", "enclaves/karki"],
];

fn questions() -> impl Iterator<Item = &'static [&'static str]> {
    QUESTIONS.into_iter().chain(NESTED)
}

fn answer(folder: &Path, question: &[&str], format: &str) -> String {
    let output = answered(&mut merestone(folder, &[question, &["--format", format, "-q"]].concat()));
    String::from_utf8(output.stdout).expect("answers are text")
}

fn parsed(folder: &Path, question: &[&str], format: &str) -> Value {
    serde_json::from_str(&answer(folder, question, format)).expect("it is JSON")
}

#[test]
fn features_have_scalars_ids_and_boxes() {
    let folder = TempDir::new().expect("a folder");
    copy_files(folder.path());
    for question in questions() {
        let collection = parsed(folder.path(), question, "geojson");
        let features = collection["features"].as_array().expect("features");
        let mut ids = BTreeSet::new();
        for feature in features {
            let properties = feature["properties"].as_object().expect("properties");
            for (name, value) in properties {
                assert!(!value.is_array() && !value.is_object(), "{question:?}: {name} is nested: {value}");
                let negative_zero = value.as_f64().is_some_and(|number| number == 0.0 && number.is_sign_negative());
                assert!(!negative_zero, "{question:?}: {name} is -0");
            }
            assert!(feature["bbox"].is_array(), "{question:?}: a feature without a box");
            assert!(feature["id"].is_string(), "{question:?}: a feature without an id");
            assert!(ids.insert(feature["id"].to_string()), "{question:?}: two features are {}", feature["id"]);
            // A catalogue states its positions in minutes and seconds, and GeoJSON has exactly these.
            if question[0] != "catalogue" {
                let long = with_more_than_seven_decimals(&feature["geometry"]["coordinates"]);
                assert_eq!(long, None, "{question:?}: {}", feature["id"]);
            }
        }
        assert_eq!(collection["bbox"].is_array(), !features.is_empty(), "{question:?}");
    }
}

fn with_more_than_seven_decimals(coordinates: &Value) -> Option<f64> {
    match coordinates {
        Value::Array(list) => list.iter().find_map(with_more_than_seven_decimals),
        number => number.as_f64().filter(|number| (number * 1e7).round() / 1e7 != *number),
    }
}

/// Columns of tables that are no member of the answer: numbers of rows, words that state a member, both ends of a leg.
const OF_TABLES: [&str; 10] =
    ["no", "what", "line_of", "measure", "value", "unit", "how", "step", "statements", "points"];

#[test]
fn the_columns_of_tables_have_the_names_and_units_of_the_other_formats() {
    let folder = TempDir::new().expect("a folder");
    copy_files(folder.path());
    // The answers of `parse` are trees, of which a table shows the words; `check` states only the measures that there are.
    for question in questions().filter(|question| !["check", "convert", "parse"].contains(&question[0])) {
        let mut names = BTreeSet::new();
        gather(&parsed(folder.path(), question, "json")["results"], &mut names);
        answered(&mut merestone(folder.path(), &[question, &["-q", "-o", "lists/"]].concat()));
        for list in std::fs::read_dir(folder.path().join("lists")).expect("the folder was made").flatten() {
            let text = std::fs::read_to_string(list.path()).expect("it was written");
            names.extend(text.lines().next().unwrap_or_default().split(',').map(str::to_owned));
        }
        std::fs::remove_dir_all(folder.path().join("lists")).expect("it can be removed");
        let table = answer(folder.path(), question, "table");
        let lines: Vec<&str> = table.lines().collect();
        for (heading, rule) in lines.iter().zip(&lines[1..]).filter(|(_, rule)| rule.starts_with("──")) {
            let columns: Vec<&str> = heading.split_whitespace().collect();
            assert_eq!(columns.len(), rule.split_whitespace().count(), "{question:?}: {heading}");
            for column in columns {
                assert!(
                    names.contains(column) || OF_TABLES.contains(&column),
                    "{question:?}: the column {column} is not one of {names:?}"
                );
            }
        }
        assert!(!table.split_whitespace().any(|word| word == "yes"), "{question:?}: a truth is not `yes`\n{table}");
    }
}

#[test]
fn names_and_units_are_those_of_json() {
    let folder = TempDir::new().expect("a folder");
    copy_files(folder.path());
    // Names that a row has for nested values, and for numbers that a list states of its members.
    let of_rows = ["lon", "lat", "west", "south", "east", "north"];
    for question in questions().filter(|question| question[0] != "catalogue" && question[0] != "convert") {
        let mut names = BTreeSet::new();
        gather(&parsed(folder.path(), question, "json")["results"], &mut names);
        if names.is_empty() {
            // An answer without rows.
            continue;
        }
        let csv = answer(folder.path(), question, "csv");
        for column in csv.lines().next().unwrap_or_default().split(',') {
            let stem = column.strip_suffix("_lon").or(column.strip_suffix("_lat")).unwrap_or(column);
            let figure = column.strip_prefix("published_").is_some();
            // A member of an object is prefixed with the name of the object.
            let of_object = |name: &String| {
                column
                    .strip_prefix(name.as_str())
                    .and_then(|rest| rest.strip_prefix('_'))
                    .is_some_and(|rest| names.contains(rest) || of_rows.contains(&rest))
            };
            let known = names.contains(stem)
                || names.iter().any(of_object)
                || of_rows.iter().any(|name| column.ends_with(name))
                || figure;
            let of_parent =
                ["nearest_route_m", "share", "territory", "from_m", "to_m", "without_rings_m", "rings", "length_m"];
            assert!(
                known || of_parent.contains(&column),
                "{question:?}: {column} is not of the JSON answer: {names:?}"
            );
            assert!(figure || !column.ends_with("_km"), "{question:?}: {column}: lengths are in metres");
        }
    }
}

fn gather(value: &Value, names: &mut BTreeSet<String>) {
    match value {
        Value::Object(members) => {
            for (name, value) in members {
                names.insert(name.clone());
                gather(value, names);
            }
        }
        Value::Array(list) => list.iter().for_each(|value| gather(value, names)),
        _ => {}
    }
}

#[test]
fn the_statement_of_geojson_does_not_repeat_its_features() {
    let folder = TempDir::new().expect("a folder");
    copy_files(folder.path());
    for (question, held) in [
        (&["enclaves"][..], None),
        (&["ledger", "states", "enclaves-as-held"], Some("pieces")),
        (&["catalogue", "lines/ring-karki"], Some("points")),
        (&["sheets", "lines/ring-karki"], Some("sheets")),
    ] {
        let collection = parsed(folder.path(), question, "geojson");
        let statement = &collection["merestone"];
        assert!(statement["method"].is_object() && statement["inputs"].is_array(), "{question:?}");
        match held {
            None => assert!(statement["results"].is_null(), "{question:?}"),
            Some(list) => {
                assert!(statement["results"].is_object() && statement["results"][list].is_null(), "{question:?}")
            }
        }
    }
}

/// Of no object of the statement are all scalars those of one feature.
#[test]
fn the_statement_of_geojson_states_nothing_twice() {
    let folder = TempDir::new().expect("a folder");
    copy_files(folder.path());
    for question in questions() {
        let collection = parsed(folder.path(), question, "geojson");
        let features = collection["features"].as_array().expect("features");
        let mut objects = Vec::new();
        objects_of(&collection["merestone"]["results"], &mut objects);
        for object in objects {
            let scalars: Vec<_> =
                object.iter().filter(|(_, v)| !v.is_null() && !v.is_array() && !v.is_object()).collect();
            let held_by = |feature: &&Value| scalars.iter().all(|(name, value)| feature["properties"][name] == **value);
            let repeated = features.iter().find(held_by).filter(|_| scalars.len() > 1);
            assert!(repeated.is_none(), "{question:?}: {object:?} is stated by {repeated:?}");
        }
    }
}

fn objects_of<'a>(value: &'a Value, all: &mut Vec<&'a serde_json::Map<String, Value>>) {
    match value {
        Value::Object(members) => {
            all.push(members);
            members.values().for_each(|value| objects_of(value, all));
        }
        Value::Array(list) => list.iter().for_each(|value| objects_of(value, all)),
        _ => {}
    }
}

#[test]
fn the_ending_of_output_names_the_format() {
    let folder = TempDir::new().expect("a folder");
    copy_files(folder.path());
    let borders = ["borders", "squares.geojson", "-q"];
    for (ending, format) in
        [("geojson", "geojson"), ("json", "json"), ("csv", "csv"), ("md", "markdown"), ("txt", "table")]
    {
        let file = format!("a.{ending}");
        answered(&mut merestone(folder.path(), &[&borders[..], &["-o", &file]].concat()));
        let written = std::fs::read_to_string(folder.path().join(&file)).expect("it was written");
        assert_eq!(written, answer(folder.path(), &borders[..2], format), "{ending}");
    }
    // The option overrides the file extension; --json is short for it.
    answered(&mut merestone(folder.path(), &[&borders[..], &["-o", "b.csv", "-f", "json"]].concat()));
    let written = std::fs::read_to_string(folder.path().join("b.csv")).expect("it was written");
    assert_eq!(written, answer(folder.path(), &borders[..2], "json"));
    let short = answered(&mut merestone(folder.path(), &[&borders[..], &["--json"]].concat()));
    assert_eq!(String::from_utf8_lossy(&short.stdout), written);
    let refused = merestone(folder.path(), &[&borders[..], &["-o", "a.parquet"]].concat()).output().expect("it starts");
    let said = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(refused.status.code() == Some(2) && said.contains(".geojson .json .csv"), "{said}");
    assert!(!folder.path().join("a.parquet").exists());
}

#[test]
fn a_folder_takes_a_file_for_each_list() {
    let folder = TempDir::new().expect("a folder");
    answered(&mut merestone(folder.path(), &["severance", "lines/ring-karki", "-q", "-o", "lists/"]));
    let mut names: Vec<String> = std::fs::read_dir(folder.path().join("lists"))
        .expect("the folder was made")
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    assert_eq!(names, ["cuts.csv", "kinds.csv", "land.csv", "only_route_cut.csv", "routes.csv", "settlements.csv"]);
    let first = std::fs::read_to_string(folder.path().join("lists/settlements.csv")).expect("it was written");
    assert_eq!(first, answer(folder.path(), &["severance", "lines/ring-karki"], "csv"));
}

/// OGR's own command reads the program's output, if it is installed.
#[test]
fn a_geopackage_has_layers_tables_types_and_styles() {
    let folder = TempDir::new().expect("a folder");
    let file = folder.path().join("answer.gpkg");
    answered(&mut merestone(folder.path(), &["enclaves", "-q", "-o", "answer.gpkg"]));
    let first = std::fs::read(&file).expect("it was written");
    assert!(first.starts_with(b"SQLite format 3\0") && &first[68..72] == b"GPKG");
    answered(&mut merestone(folder.path(), &["enclaves", "-q", "-o", "answer.gpkg"]));
    assert!(std::fs::read(&file).expect("it was written") == first, "the same answer gives the same bytes");
    let Ok(info) = std::process::Command::new("ogrinfo").arg("-so").arg("-al").arg(&file).output() else {
        eprintln!("skipped: ogrinfo is not installed");
        return;
    };
    let said = String::from_utf8_lossy(&info.stdout).into_owned() + &String::from_utf8_lossy(&info.stderr);
    for line in [
        "Layer name: enclaves_polygons",
        "is_exclave: Integer(Boolean)",
        "nearest_route_m: Real",
        "neighbours: String",
        "Layer name: parts",
        "Layer name: layer_styles",
        "EPSG",
    ] {
        assert!(said.contains(line), "{line}:\n{said}");
    }
    assert!(!said.contains("Warning") && !said.contains("ERROR"), "{said}");
    // JSON is JSON: the positions of a catalogue as they are printed.
    answered(&mut merestone(folder.path(), &["catalogue", "lines/ring-karki", "-q", "-o", "points.gpkg"]));
    let info =
        std::process::Command::new("ogrinfo").args(["-so", "-al"]).arg(folder.path().join("points.gpkg")).output();
    let info = info.expect("it ran before");
    let said = String::from_utf8_lossy(&info.stdout).into_owned() + &String::from_utf8_lossy(&info.stderr);
    assert!(said.contains("catalogue: String(JSON)"), "{said}");
    assert!(!said.contains("Warning") && !said.contains("ERROR"), "{said}");
}

#[test]
fn a_limit_shortens_tables() {
    let folder = TempDir::new().expect("a folder");
    let limited = answered(&mut merestone(folder.path(), &["enclaves", "-q", "--limit", "3"]));
    let text = String::from_utf8(limited.stdout).expect("text");
    let rows = text.lines().skip(3).take_while(|line| !line.starts_with('…')).count();
    assert!(rows == 3 && text.contains("… 25 more rows"), "{text}");
}

/// Every question on a terminal of 80 columns, simulated by `script`, if it is installed: answers and warnings; what a
/// hint says to type stays in one line.
#[test]
fn the_first_screen_of_every_question_fits_the_terminal() {
    let folder = TempDir::new().expect("a folder");
    copy_files(folder.path());
    let program = assert_cmd::cargo::cargo_bin("merestone");
    for question in questions().chain([&["convert", "--list"][..]]) {
        let words: Vec<String> = question.iter().map(|word| format!("'{word}'")).collect();
        let line = format!("stty columns 80 rows 24; {} {}", program.display(), words.join(" "));
        let Ok(output) =
            std::process::Command::new("script").args(["-qec", &line, "/dev/null"]).current_dir(folder.path()).output()
        else {
            eprintln!("skipped: script is not installed");
            return;
        };
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        let shown = |line: &str| line.rsplit('\r').find(|part| !part.is_empty()).unwrap_or_default().to_owned();
        let free = |line: &String| line.starts_with("hint: ") || line.starts_with('|') || line.contains('\u{1b}');
        let lines = text.lines().map(shown).filter(|line| !free(line));
        let widest = lines.map(|line| line.trim_end().chars().count()).max();
        assert!(widest > Some(30) && widest <= Some(80), "{question:?}: {widest:?} columns\n{text}");
    }
}

/// What an answer is asked for stays in the table: where it is too wide, other columns are omitted.
#[test]
fn a_narrow_table_keeps_the_figures_that_were_asked_for() {
    let folder = TempDir::new().expect("a folder");
    copy_files(folder.path());
    let program = assert_cmd::cargo::cargo_bin("merestone");
    for (question, kept) in [
        ("route southern-railway --through syunik", &["length_m", "published_"][..]),
        ("corridor m2 tatev-bypass", &["length_m", "published_"]),
        ("borders", &["length_m"]),
        ("evidence lines", &["length_m"]),
        ("check winding.geojson --no-reference", &["message"]),
        ("catalogue lines/ring-karki", &["latitude", "longitude", "distance_", "chainage_"]),
    ] {
        let line = format!("stty columns 80 rows 24; {} {question} -q", program.display());
        let Ok(output) =
            std::process::Command::new("script").args(["-qec", &line, "/dev/null"]).current_dir(folder.path()).output()
        else {
            eprintln!("skipped: script is not installed");
            return;
        };
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        let heading: String = text.lines().take_while(|line| !line.starts_with('─')).collect();
        assert!(kept.iter().all(|column| heading.contains(column)), "{question}: {kept:?}\n{text}");
    }
}

#[test]
fn warnings_come_after_the_answer_one_of_each_kind() {
    let folder = TempDir::new().expect("a folder");
    let short = answered(&mut merestone(folder.path(), &["enclaves"]));
    let long = answered(&mut merestone(folder.path(), &["enclaves", "--verbose"]));
    let all = answered(&mut merestone(folder.path(), &["enclaves", "--warnings", "all"]));
    assert_eq!(long, all);
    let count = |output: &std::process::Output| String::from_utf8_lossy(&output.stderr).lines().count();
    assert!(count(&short) < count(&long), "{} {}", count(&short), count(&long));
    assert!(String::from_utf8_lossy(&short.stderr).contains("--verbose prints every warning"));
}

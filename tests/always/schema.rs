//! Every JSON answer validates against its published schema.

use super::{QUESTIONS, answered, copy_files, merestone};
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// The schema of a command in `schemas/`.
fn published(command: &str) -> Value {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(format!("schemas/{command}.schema.json"));
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_json::from_str(&text).expect("a schema is JSON")
}

fn listed() -> Vec<String> {
    let list = answered(&mut merestone(Path::new("."), &["schema"]));
    String::from_utf8(list.stdout).expect("text").lines().map(str::to_owned).collect()
}

#[test]
fn what_is_published_is_what_the_program_prints() {
    let listed = listed();
    assert!(listed.len() >= 9, "{listed:?}");
    for command in &listed {
        let printed = answered(&mut merestone(Path::new("."), &["schema", command]));
        let printed = String::from_utf8(printed.stdout).expect("text");
        let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(format!("schemas/{command}.schema.json"));
        // `MERESTONE_BLESS=1 cargo test --test program` updates them.
        if std::env::var_os("MERESTONE_BLESS").is_some() {
            std::fs::write(&path, &printed).expect("it can be written");
        }
        let there = std::fs::read_to_string(&path).unwrap_or_default();
        assert_eq!(there, printed, "schemas/{command}.schema.json is out of date: `make schemas`");
    }
}

#[test]
fn what_is_published_of_trees_validates_them() {
    let printed = answered(&mut merestone(Path::new("."), &["schema", "description"]));
    let printed = String::from_utf8(printed.stdout).expect("text");
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("schemas/description.schema.json");
    if std::env::var_os("MERESTONE_BLESS").is_some() {
        std::fs::write(&path, &printed).expect("it can be written");
    }
    let there = std::fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(there, printed, "schemas/description.schema.json is out of date: `make schemas`");
    let schema = published("description");
    assert_eq!(schema["$id"], "merestone/description/1");
    let validator = jsonschema::validator_for(&schema).expect("it is a schema");
    let arguments = ["describe", "lines/ring-karki", "--simplify", "150", "--lang", "en,ru,hy,az", "--json", "-q"];
    let output = answered(&mut merestone(Path::new("."), &arguments));
    let answer: Value = serde_json::from_slice(&output.stdout).expect("it is JSON");
    let tree = &answer["results"]["description"];
    assert!(tree["sections"][0]["statements"].as_array().is_some_and(|all| all.len() > 10), "{tree}");
    let wrong: Vec<String> = validator.iter_errors(tree).map(|error| error.to_string()).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    // An unknown member is refused.
    let mut other = tree.clone();
    other["sections"][0]["statements"][1]["leg"]["nothing"] = serde_json::json!(1);
    assert!(!validator.is_valid(&other));
}

#[test]
fn every_answer_validates_against_its_schema() {
    let folder = TempDir::new().expect("a folder");
    copy_files(folder.path());
    let mut seen = BTreeSet::new();
    for question in QUESTIONS {
        let validator = jsonschema::validator_for(&published(question[0])).expect("it is a schema");
        for format in ["json", "geojson"] {
            let output = answered(&mut merestone(folder.path(), &[question, &["--format", format, "-q"]].concat()));
            let mut answer: Value = serde_json::from_slice(&output.stdout).expect("it is JSON");
            if format == "geojson" {
                // The foreign member has the answer without `results`, which are the features.
                assert_eq!(answer["type"], "FeatureCollection");
                let mut inner = answer["merestone"].take();
                assert_eq!(inner["schema"], format!("merestone/{}/1", question[0]));
                assert!(inner.as_object_mut().expect("an object").contains_key("method"));
                continue;
            }
            let wrong: Vec<String> =
                validator.iter_errors(&answer).map(|error| format!("{}: {error}", error.instance_path())).collect();
            assert!(wrong.is_empty(), "{question:?}: {}", wrong.join("\n"));
        }
        seen.insert(question[0].to_owned());
    }
    assert_eq!(seen, listed().into_iter().collect(), "every schema has an answer that is held against it");
}

#[test]
fn schema_rejects_invalid_answers() {
    let folder = TempDir::new().expect("a folder");
    copy_files(folder.path());
    let output = answered(&mut merestone(folder.path(), &["borders", "squares.geojson", "--format", "json"]));
    let answer: Value = serde_json::from_slice(&output.stdout).expect("it is JSON");
    let validator = jsonschema::validator_for(&published("borders")).expect("it is a schema");
    assert!(validator.is_valid(&answer));
    for pointer in ["/schema", "/method/earth", "/inputs/0/sha256", "/results", "/warnings"] {
        let mut wrong = answer.clone();
        *wrong.pointer_mut(pointer).expect("it is there") = Value::Bool(true);
        assert!(!validator.is_valid(&wrong), "{pointer} may be anything");
    }
    let mut more = answer.clone();
    more["results"][0]["length_of_a_guess"] = 1.into();
    assert!(!validator.is_valid(&more), "a field that no schema names");
}

//! Names, ids, provenance and neutral wording.

use super::{files, select};
use merestone::io::Dataset;
use merestone::model::{Content, Meta, Place, Role};
use std::collections::HashSet;

fn metas(content: &Content) -> Vec<&Meta> {
    match content {
        Content::Territories(list) => list.iter().map(|f| &f.meta).collect(),
        Content::Lines(list) => list.iter().map(|f| &f.meta).collect(),
        Content::Routes(list) => list.iter().map(|f| &f.meta).collect(),
        Content::Places(list) => list.iter().map(|f| &f.meta).collect(),
        Content::Pieces(list) => list.iter().map(|f| &f.meta).collect(),
    }
}

#[test]
fn every_layer_and_feature_states_its_provenance() {
    let dataset = Dataset::embedded();
    let mut layers = HashSet::new();
    for info in dataset.layers() {
        assert!(layers.insert(info.id.clone()), "{} twice", info.id);
        for (what, text) in [
            ("source", &info.source),
            ("licence", &info.licence),
            ("attribution", &info.attribution),
            ("date", &info.date),
            ("datum_operation", &info.datum_operation),
        ] {
            assert!(!text.trim().is_empty(), "{} has no {what}", info.id);
        }
        assert!(info.position_accuracy_m > 0.0, "{}", info.id);
        let (layer, warnings) = dataset.layer(&info.id, None).unwrap_or_else(|error| panic!("{error}"));
        assert!(warnings.is_empty(), "{}: {warnings:?}", info.id);
        let metas = metas(&layer.content);
        assert_eq!(metas.len(), layer.input.features, "{}", info.id);
        let mut ids = HashSet::new();
        for meta in metas {
            assert!(ids.insert(meta.id.clone()), "{}/{} twice", info.id, meta.id);
            assert!(meta.evidence.source.is_some(), "{}/{}", info.id, meta.id);
            assert!(meta.evidence.position_accuracy_m.is_some_and(|m| m > 0.0), "{}/{}", info.id, meta.id);
        }
    }
    for id in ["states", "lines", "soviet", "provinces", "enclaves", "routes", "water", "places"] {
        assert!(layers.contains(id), "no layer {id}");
    }
}

#[test]
fn every_place_has_its_name_in_four_languages() {
    for place in select::<Place>("places") {
        for language in ["en", "hy", "az", "ru"] {
            let name = place.meta.name.get(language).unwrap_or_default();
            assert!(!name.trim().is_empty(), "{} in {language}", place.meta.id);
        }
    }
}

/// Whether a letter belongs to the script of a language.
fn in_script(language: &str, letter: char) -> bool {
    match language {
        "hy" => ('\u{0530}'..='\u{058f}').contains(&letter) || ('\u{fb13}'..='\u{fb17}').contains(&letter),
        "ru" => ('\u{0400}'..='\u{04ff}').contains(&letter),
        // Latin with its Azerbaijani letters.
        _ => letter.is_ascii() || ('\u{00c0}'..='\u{024f}').contains(&letter) || "Əə".contains(letter),
    }
}

#[test]
fn names_are_written_in_their_own_script() {
    let dataset = Dataset::embedded();
    for info in dataset.layers() {
        let (layer, _) = dataset.layer(&info.id, None).unwrap_or_else(|error| panic!("{error}"));
        for meta in metas(&layer.content) {
            for (language, name) in &meta.name.texts {
                let letters: Vec<char> = name.chars().filter(|c| c.is_alphabetic()).collect();
                // A road number may be in Latin; a whole name may not.
                let own = letters.iter().filter(|&&c| in_script(language, c)).count();
                assert!(2 * own > letters.len(), "{}/{} in {language}: {name}", info.id, meta.id);
                if ["en", "az"].contains(&language.as_str()) {
                    assert_eq!(own, letters.len(), "{}/{} in {language}: {name}", info.id, meta.id);
                }
            }
            for code in &meta.name.transliterated {
                assert!(meta.name.texts.contains_key(code), "{}/{}: {code} is no language of it", info.id, meta.id);
            }
        }
    }
}

#[test]
fn lines_name_territories_on_both_sides() {
    let states: HashSet<String> =
        select::<merestone::model::Territory>("states").into_iter().map(|t| t.meta.id).collect();
    for line in select::<merestone::model::Line>("lines").iter().filter(|l| l.meta.id.starts_with("arm-aze")) {
        let sides = [line.left.as_deref(), line.right.as_deref()];
        assert!(sides.iter().flatten().all(|side| states.contains(*side)), "{}: {sides:?}", line.meta.id);
        assert!(sides.contains(&Some("ARM")) && sides.contains(&Some("AZE")), "{}: {sides:?}", line.meta.id);
        assert_ne!(line.status, merestone::model::Status::Unspecified, "{}", line.meta.id);
    }
}

/// Words of a text, lower case.
fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase)
}

#[test]
fn ids_and_names_say_route() {
    let dataset = Dataset::embedded();
    for info in dataset.layers().iter().filter(|info| info.role != Role::Water) {
        let (layer, _) = dataset.layer(&info.id, None).unwrap_or_else(|error| panic!("{error}"));
        for meta in metas(&layer.content) {
            let texts = std::iter::once(&meta.id).chain(meta.name.texts.values());
            for text in texts {
                let partial = text.to_lowercase();
                let bad = ["corridor", "коридор", "միջանցք", "dəhliz"].iter().any(|word| partial.contains(word));
                assert!(!bad, "{}: {text}", info.id);
            }
        }
    }
}

#[test]
fn wording_is_neutral() {
    let taking = ["gains", "loses", "returns", "occupied", "liberated", "annexed"];
    let published = files::below("data").into_iter().filter(|p| p.ends_with(".geojson") || p.ends_with(".md"));
    let pages = ["README.md", "ARCHITECTURE.md", "CHANGELOG.md"].map(str::to_owned);
    let manual = files::below("docs").into_iter();
    for path in
        published.chain(pages).chain(manual).chain(files::below("maps").into_iter().filter(|p| p.ends_with(".toml")))
    {
        let Ok(text) = std::fs::read_to_string(files::root().join(&path)) else { continue };
        let found: Vec<String> = words(&text).filter(|word| taking.contains(&word.as_str())).collect();
        assert!(found.is_empty(), "{path}: {found:?}");
    }
}

#[test]
fn help_takes_no_side() {
    let taking = ["gains", "loses", "occupied", "liberated", "annexed", "corridor"];
    for command in ["", "info", "route", "enclaves", "borders", "map", "demo"] {
        let mut program = assert_cmd::Command::cargo_bin("merestone").expect("the program is built");
        let output = program.args(Some(command).filter(|c| !c.is_empty())).arg("--help").output().expect("it runs");
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(output.status.success() && text.len() > 200, "{command}: {text}");
        // The list of commands names the one that compares alternatives; its description is neutral.
        let text = text.replacen("\n  corridor ", "\n  ", 1);
        let found: Vec<String> = words(&text).filter(|word| taking.contains(&word.as_str())).collect();
        assert!(found.is_empty(), "{command} --help: {found:?}");
    }
}

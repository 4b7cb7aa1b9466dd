//! Every message in every language, with the same variables, and no unused message.

use super::{FILES, Message, Voice, bundle, said};
use fluent_bundle::FluentResource;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// The messages of a file with the variables of each.
fn messages(text: &str) -> BTreeMap<String, BTreeSet<String>> {
    let (mut all, mut name): (BTreeMap<String, BTreeSet<String>>, String) = Default::default();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        if let Some((start, _)) = line.split_once(" =").filter(|_| line.starts_with(|c: char| c.is_ascii_lowercase())) {
            start.clone_into(&mut name);
            assert!(all.insert(name.clone(), BTreeSet::new()).is_none(), "{name} comes twice");
        }
        let values = line.split('$').skip(1);
        let values =
            values.map(|rest| rest.chars().take_while(|c| c.is_alphanumeric() || *c == '-').collect::<String>());
        if let Some(known) = all.get_mut(&name) {
            known.extend(values);
        }
    }
    all
}

/// The message names that the comments of a file list as missing.
fn missing(text: &str) -> BTreeSet<&str> {
    text.lines().filter_map(|line| line.strip_prefix("# missing: ")).map(str::trim).collect()
}

#[test]
fn every_message_is_in_every_language_or_listed_as_missing() {
    let english = messages(FILES[0].1);
    for (language, text) in FILES {
        FluentResource::try_new(text.to_owned()).unwrap_or_else(|(_, errors)| panic!("{language}: {errors:?}"));
        let (own, missing) = (messages(text), missing(text));
        for (name, values) in &english {
            let there = own.get(name);
            assert!(there.is_some() != missing.contains(name.as_str()), "{language}: {name}");
            assert!(there.is_none_or(|own| own == values), "{language}: {name} takes {there:?}, not {values:?}");
        }
        let stray: Vec<&String> = own.keys().filter(|name| !english.contains_key(*name)).collect();
        assert!(stray.is_empty(), "{language}: {stray:?} are in no other language");
        let stray: Vec<&&str> = missing.iter().filter(|name| !english.contains_key(**name)).collect();
        assert!(stray.is_empty(), "{language}: {stray:?} are missing nowhere");
    }
}

fn sources(folder: &Path, all: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("the sources are there") {
        let path = entry.expect("the sources are there").path();
        if path.is_dir() {
            sources(&path, all);
        } else if path.extension().is_some_and(|end| end == "rs") && !path.ends_with("text/tests.rs") {
            all.push(path);
        }
    }
}

#[test]
fn every_message_is_said_and_nothing_else() {
    let mut files = Vec::new();
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut files);
    let mut used = BTreeSet::new();
    for file in files {
        let text = std::fs::read_to_string(&file).expect("a source can be read");
        let names = text.split("Message(\"").skip(1).filter_map(|rest| rest.split('"').next());
        used.extend(names.map(str::to_owned));
    }
    let known: BTreeSet<String> = messages(FILES[0].1).into_keys().collect();
    assert_eq!(used, known);
}

#[test]
fn english_is_said_once_for_all_languages_that_lack_a_message() {
    let say = |languages: &[&str]| {
        let all: Vec<String> = languages.iter().map(|&language| language.to_owned()).collect();
        Voice::each(&all).map(|voice| voice.say(Message("legend"), &[]).unwrap_or_default()).collect::<Vec<_>>()
    };
    assert_eq!(say(&["en", "ka", "uk"]), ["Legend", "", ""]);
    assert_eq!(say(&["ka", "en", "uk"]), ["Legend", "", ""]);
    assert_eq!(say(&["ru", "ka", "uk"]), ["Условные обозначения", "Legend", ""]);
    assert_eq!(say(&["ru", "ka", "en"]), ["Условные обозначения", "", "Legend"]);
    assert_eq!(say(&["hy", "ru"]), ["Պայմանական նշաններ", "Условные обозначения"]);
}

#[test]
fn values_are_written_as_they_are_given() {
    for text in ["12.30", "+0.12", "−1", "1 000", "7", "0.10", "1e3", "inf", "38"] {
        let bundle = bundle("en", "it = <{ $x }>").expect("it is Fluent");
        assert_eq!(said(&bundle, "it", &[("x", text)]).as_deref(), Some(format!("<{text}>").as_str()));
    }
}

/// Plural categories are those of Unicode (CLDR) for cardinal numbers.
#[test]
fn messages_choose_by_number_and_by_case() {
    let text = "points = { $n ->\n [one] { $n } точка\n [few] { $n } точки\n *[other] { $n } точек\n }\n\
                -line = { $case ->\n *[nominative] линия\n [genitive] линии\n }\n\
                of = от { -line(case: \"genitive\") }\n";
    let russian = bundle("ru", text).expect("it is Fluent");
    let points = |n: &str| said(&russian, "points", &[("n", n)]).expect("it is there");
    assert_eq!(["1", "2", "5", "21"].map(points), ["1 точка", "2 точки", "5 точек", "21 точка"]);
    assert_eq!(said(&russian, "of", &[]).as_deref(), Some("от линии"));
    let text = "points = { $n ->\n [one] one\n *[other] other\n }\n";
    for (language, [none, one, half]) in
        [("az", ["other", "one", "other"]), ("hy", ["one", "one", "one"]), ("en", ["other", "one", "other"])]
    {
        let bundle = bundle(language, text).expect("it is Fluent");
        let points = |n: &str| said(&bundle, "points", &[("n", n)]).expect("it is there");
        assert_eq!(["0", "1", "1.5"].map(points), [none, one, half], "{language}");
    }
}

//! No border is built in: names and codes of the embedded dataset's places occur only in its own module.

use super::files;

/// Codes of parties, as written.
const CODES: [&str; 2] = ["ARM", "AZE"];

/// Names of states and places, in any case.
const NAMES: [&str; 20] = [
    "armenia",
    "azerbaijan",
    "naxçıvan",
    "naxcivan",
    "nakhchivan",
    "nakhichevan",
    "karabakh",
    "nkao",
    "syunik",
    "tavush",
    "qazax",
    "karki",
    "kərki",
    "artsvashen",
    "başkənd",
    "tigranashen",
    "yaradullu",
    "barxudarlı",
    "əskipara",
    "askipara",
];

/// Languages of the dataset's names, as string literals.
const LANGUAGES: [&str; 2] = ["\"az\"", "\"hy\""];

/// Files in which such words are permitted, with the reason.
const ALLOWED: [(&str, &str); 10] = [
    ("src/dataset", "the embedded dataset"),
    ("src/cli/demo.rs", "the tour of the embedded dataset, built with it"),
    ("src/text/", "a file of messages and rules of capitals for each language"),
    ("src/document/parse/", "a lexicon for each language"),
    ("src/document/write/", "the grammar of clauses in each language"),
    ("src/report/paper/", "tables of papers in each language"),
    ("src/earth/datum/", "areas of use in the words of the EPSG dataset"),
    ("src/question/border.rs", "doc example on the embedded dataset"),
    ("src/question/sheets/mod.rs", "doc example on the embedded dataset"),
    ("src/cli/", "examples of help, which the tests run on the embedded dataset"),
];

/// The text of a source file; for commands, without the examples of their help.
fn text(path: &str) -> String {
    let text = files::text(path);
    let Some((before, rest)) = text.split_once("after_help = \"").filter(|_| path.starts_with("src/cli/")) else {
        return text;
    };
    let end = rest.match_indices('"').find(|(at, _)| !rest[..*at].ends_with('\\')).map_or(rest.len(), |(at, _)| at);
    format!("{before}{}", &rest[end..])
}

/// The words of the list that occur in a text.
fn found(text: &str) -> Vec<&str> {
    let lower = text.to_lowercase();
    let words = |text: &str| text.split(|c: char| !c.is_alphanumeric()).map(str::to_owned).collect::<Vec<_>>();
    let (exact, any) = (words(text), words(&lower));
    let codes = CODES.into_iter().filter(|code| exact.iter().any(|word| word == code));
    let names = NAMES.into_iter().filter(|name| any.iter().any(|word| word == &name.to_lowercase()));
    let languages = LANGUAGES.into_iter().filter(|literal| text.contains(literal));
    codes.chain(names).chain(languages).collect()
}

#[test]
fn no_border_is_built_into_the_engine() {
    let mut wrong = Vec::new();
    for path in files::below("src").into_iter().filter(|path| path.ends_with(".rs")) {
        let of_help = |allowed: &&str| *allowed == "src/cli/";
        if ALLOWED.iter().any(|(allowed, _)| path.starts_with(allowed) && !of_help(allowed)) {
            continue;
        }
        let text = text(&path);
        wrong.extend(found(&text).into_iter().map(|word| format!("{path}: {word}")));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_exception_is_needed() {
    let paths: Vec<String> = files::below("src").into_iter().filter(|path| path.ends_with(".rs")).collect();
    for (allowed, why) in ALLOWED {
        let mut below = paths.iter().filter(|path| path.starts_with(allowed));
        assert!(below.any(|path| !found(&files::text(path)).is_empty()), "{allowed}: no longer needed ({why})");
    }
}

#[test]
fn words_are_found_whole_and_in_any_case() {
    assert_eq!(found("let id = \"ARM\"; // an arm of Syunik"), ["ARM", "syunik"]);
    assert_eq!(found("match language { \"hy\" => Armenian, _ => hydrography }"), ["\"hy\""]);
    assert!(found("alarm, blaze, harmony").is_empty());
}

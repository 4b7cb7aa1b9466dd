//! The library reports problems; only `cli` names options, and it has a hint for each kind of error.

use super::files;

/// A command-line option in a text: two hyphens before a letter, at the start or after a character that is not part of
/// a word.
fn option(line: &str) -> Option<&str> {
    let at = line.match_indices("--").map(|(at, _)| at).find(|&at| {
        line[at + 2..].starts_with(|c: char| c.is_ascii_lowercase())
            && !line[..at].ends_with(|c: char| c.is_alphanumeric() || c == '-' || c == '!')
    })?;
    Some(&line[at..])
}

#[test]
fn no_text_of_the_library_names_an_option() {
    let sources = files::below("src")
        .into_iter()
        .filter(|path| path.ends_with(".rs") && !path.starts_with("src/cli") && path != "src/main.rs");
    let mut found = Vec::new();
    for path in sources {
        let text = files::text(&path);
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        for (number, line) in code.lines().enumerate() {
            let line = line.trim_start();
            if !line.starts_with("//") && option(line).is_some() {
                found.push(format!("{path}:{}: {line}", number + 1));
            }
        }
    }
    assert!(found.is_empty(), "{found:#?}");
    assert!(option("say --from EPSG:1").is_some() && option("a -- b, x--y").is_none());
}

/// Names of the variants of a public enum in a source.
fn variants(source: &str, name: &str) -> Vec<String> {
    let start = source.find(&format!("pub enum {name} {{")).unwrap_or_else(|| panic!("{name}"));
    let body = &source[start..];
    let body = &body[..body.find("\n}").expect("the end of the enum")];
    let lines = body.lines().skip(1).filter(|line| line.starts_with("    ") && !line.starts_with("     "));
    let named = lines.map(str::trim).filter(|line| line.starts_with(|c: char| c.is_ascii_uppercase()));
    named.map(|line| line[..line.find(|c: char| !c.is_alphanumeric()).unwrap_or(line.len())].to_owned()).collect()
}

#[test]
fn every_kind_of_error_has_a_remedy() {
    let mut missing = Vec::new();
    for (library, name, cli) in [
        ("src/io/error.rs", "Problem", "src/cli/hints/read.rs"),
        ("src/map/error.rs", "MapError", "src/cli/hints/plate.rs"),
        ("src/map/spec/error.rs", "SpecError", "src/cli/hints/plate.rs"),
    ] {
        let remedies = files::text(cli);
        let all = variants(&files::text(library), name);
        assert!(all.len() >= 3, "{name}: {all:?}");
        let has = |variant: &String| remedies.split(|c: char| !c.is_alphanumeric()).any(|word| word == variant);
        missing.extend(all.into_iter().filter(|variant| !has(variant)).map(|variant| format!("{name}::{variant}")));
    }
    assert!(missing.is_empty(), "no remedy in src/cli/hints: {missing:?}");
}

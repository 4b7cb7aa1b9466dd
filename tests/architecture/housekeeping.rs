//! File sizes, `unwrap`, and words that must not be in a public repository.

use super::{files, source};

const LONGEST: usize = 500;

#[test]
fn no_file_is_longer_than_the_style_allows() {
    let folders = ["src", "tests", "benches", "examples", "data", "fuzz/fuzz_targets", "bindings"];
    let code =
        folders.iter().flat_map(|folder| files::below(folder)).filter(|p| p.ends_with(".rs") || p.ends_with(".py"));
    let mut lengths = Vec::new();
    for path in code.chain(["build.rs".to_owned()]) {
        lengths.push((files::text(&path).lines().count(), path));
    }
    let too_long: Vec<_> = lengths.iter().filter(|(lines, _)| *lines > LONGEST).collect();
    assert!(too_long.is_empty(), "{too_long:?}");
}

#[test]
fn nothing_unwraps_outside_tests() {
    let mut wrong = Vec::new();
    for source in source::all() {
        let bad = |word: &str| matches!(word, "unwrap" | "unwrap_unchecked" | "todo" | "unimplemented" | "dbg");
        wrong.extend(
            source
                .words()
                .filter(|(_, word, after)| bad(word) && after.starts_with(['(', '!']))
                .map(|(before, word, _)| format!("{}:{}: {word}", source.path, before.lines().count())),
        );
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn sources_come_from_the_public_index_only() {
    let public = ["registry+https://github.com", "/rust-lang/crates", ".io-index"].concat();
    for line in files::text("Cargo.lock").lines().filter(|line| line.starts_with("source = ")) {
        assert_eq!(line, format!("source = \"{public}\""));
    }
}

/// Words specific to one machine, and package hosts other than the public registries.
fn private() -> Vec<String> {
    let pieces: [&[&str]; 11] = [
        &["/wo", "rk/"],
        &["/tmp", "/wt"],
        &["/ho", "me/"],
        &["/ro", "ot/"],
        &["C:", "\\Users"],
        &["local", "host"],
        &["127.0", ".0.1"],
        &["arti", "factory"],
        &["registry", ".npmjs"],
        &["index.crates", ".io"],
        &["pypi", ".org"],
    ];
    pieces.iter().map(|words| words.concat()).collect()
}

#[test]
fn no_machine_and_no_package_host_is_named() {
    let needles = private();
    let mut wrong = Vec::new();
    for path in tracked() {
        let Ok(text) = std::fs::read_to_string(files::root().join(&path)) else { continue };
        let found = needles.iter().filter(|needle| text.contains(needle.as_str()));
        wrong.extend(found.map(|needle| format!("{path}: {needle}")));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Files of the repository: those tracked by git, otherwise all files in its folders.
fn tracked() -> Vec<String> {
    let listed = std::process::Command::new("git").args(["ls-files"]).current_dir(files::root()).output();
    let listed = listed.ok().filter(|out| out.status.success() && !out.stdout.is_empty());
    match listed {
        Some(out) => String::from_utf8_lossy(&out.stdout).lines().map(str::to_owned).collect(),
        None => ["src", "tests", "data", "maps", "tools", "Cargo.toml", "Makefile", "README.md", "build.rs"]
            .iter()
            .flat_map(|start| files::below(start))
            .collect(),
    }
}

//! Module dependencies, as in ARCHITECTURE.md.

use super::source::{self, Source};
use std::collections::BTreeSet;

/// The modules of the library and the modules that each may use.
const MAY_USE: [(&str, &[&str]); 12] = [
    ("earth", &["model"]),
    ("model", &["earth"]),
    ("io", &["model", "earth"]),
    ("topology", &["model", "earth"]),
    ("question", &["construct", "io", "topology", "model", "earth"]),
    ("inputs", &["io", "map", "question", "model"]),
    ("construct", &["io", "topology", "model", "earth"]),
    ("text", &[]),
    ("map", &["question", "topology", "model", "earth", "text"]),
    ("dataset", &["map", "io", "model"]),
    ("document", &["map", "question", "topology", "model", "earth", "text"]),
    ("report", &["question", "document", "io", "model", "earth", "text"]),
];

/// The only item of `model` that `earth` may use: the kind of an edge, which is an attribute of layers and a parameter
/// of measures.
const EARTH_TAKES: [&str; 1] = ["Edges"];

/// Modules that a file names through `crate::`, and through `super::` in the module's `mod.rs`.
fn used(source: &Source) -> BTreeSet<String> {
    let mut used = BTreeSet::new();
    let top = source.path.matches('/').count() == 1 || source.path.ends_with(&format!("/{}/mod.rs", source.module()));
    for (before, word, after) in source.words() {
        if (word == "crate" || (top && word == "super")) && after.starts_with("::") && !before.ends_with('$') {
            used.extend(first_names(&after[2..]));
        }
    }
    used
}

/// The first names of a path or of a `{list, of::paths}`.
fn first_names(path: &str) -> Vec<String> {
    let name = |text: &str| text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    let Some(list) = path.strip_prefix('{') else { return vec![name(path)] };
    let (mut names, mut depth, mut fresh) = (Vec::new(), 0, true);
    for (at, c) in list.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => fresh = true,
            c if fresh && !c.is_whitespace() => {
                names.push(name(&list[at..]));
                fresh = false;
            }
            _ => {}
        }
    }
    names
}

#[test]
fn modules_use_only_what_the_design_lets_them() {
    let mut wrong = Vec::new();
    for source in source::all() {
        let module = source.module();
        if ["lib", "main", "cli"].contains(&module) {
            continue;
        }
        let Some((_, may_use)) = MAY_USE.iter().find(|(name, _)| *name == module) else {
            wrong.push(format!("{}: no module {module} in the design", source.path));
            continue;
        };
        for other in used(&source) {
            if other != module && !may_use.contains(&other.as_str()) {
                wrong.push(format!("{}: {module} may not use {other}", source.path));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn earth_uses_only_edges_of_the_model() {
    let mut taken = BTreeSet::new();
    for source in source::all().iter().filter(|source| source.module() == "earth") {
        for (before, _, after) in source.words().filter(|(_, word, _)| *word == "model") {
            if before.ends_with("crate::") && after.starts_with("::") {
                taken.extend(first_names(&after[2..]));
            }
        }
    }
    assert_eq!(taken, EARTH_TAKES.map(str::to_owned).into());
}

#[test]
fn the_command_line_sees_the_public_api_only() {
    let mut wrong = Vec::new();
    for source in source::all().iter().filter(|source| ["main", "cli"].contains(&source.module())) {
        let inner = used(source).into_iter().filter(|name| !["cli", "error", "common"].contains(&name.as_str()));
        wrong.extend(inner.map(|name| format!("{}: names {name}", source.path)));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    for source in source::all().iter().filter(|source| !["main", "cli"].contains(&source.module())) {
        let names_itself = source.words().any(|(_, word, after)| word == "merestone" && after.starts_with("::"));
        assert!(!names_itself, "{}: the library calls itself `crate`", source.path);
    }
}

/// Functions that change the host process or depend on its environment: printing, exiting, environment variables,
/// GDAL's process-wide configuration. Permitted only in the command line and in [`silence_gdal`], which programs call.
const OF_THE_PROCESS: [&str; 12] = [
    "println",
    "eprintln",
    "print",
    "eprint",
    "dbg",
    "stdout",
    "stderr",
    "exit",
    "abort",
    "env",
    "set_config_option",
    "clear_config_option",
];

#[test]
fn the_library_leaves_the_process_alone() {
    let mut wrong = Vec::new();
    for source in source::all()
        .iter()
        .filter(|source| !["main", "cli"].contains(&source.module()) && !source.path.ends_with("/tests.rs"))
    {
        // `env!` is evaluated at compile time.
        let is_one =
            |word: &str, after: &str| OF_THE_PROCESS.contains(&word) && !(word == "env" && after.starts_with('!'));
        wrong.extend(
            source
                .words()
                .filter(|(_, word, after)| is_one(word, after))
                .map(|(before, word, _)| format!("{}:{}: {word}", source.path, before.matches('\n').count() + 1)),
        );
        let handlers = source.words().filter(|(_, word, _)| *word == "set_error_handler").count();
        let expected = usize::from(source.path == "src/io/ogr/settings.rs");
        if handlers != expected {
            wrong.push(format!("{}: sets {handlers} error handlers of GDAL", source.path));
        }
        if source.path.starts_with("src/io/") && source.words().any(|(_, word, _)| word.starts_with("Atomic")) {
            let counts_names = source.path == "src/io/ogr/gdal_input.rs" || source.path == "src/io/direct/pieces.rs";
            assert!(counts_names, "{}: limits and options are values, not shared state", source.path);
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_dependency_cycles_except_earth_and_edges() {
    for (module, uses) in MAY_USE {
        for other in uses {
            let (_, back) = MAY_USE.iter().find(|(name, _)| name == other).expect("every name is listed");
            let known = [module, other].contains(&"earth") && [module, other].contains(&"model");
            assert!(known || !back.contains(&module), "{module} and {other}");
        }
    }
}

#[test]
fn lists_of_paths_are_read() {
    assert_eq!(first_names("{earth::length, model::{Line, Name}, io}; x"), ["earth", "model", "io"]);
    assert_eq!(first_names("earth::length;"), ["earth"]);
}

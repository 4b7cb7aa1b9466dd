//! One file or folder per foreign crate.

use super::files;
use super::source::{self, Source};

/// A foreign crate (or its name in code) and the paths that may use it.
const DOORS: [(&str, &[&str]); 38] = [
    ("petgraph", &["src/construct/graph.rs"]),
    ("arrow_array", &["src/io/foreign/geoparquet"]),
    ("arrow_schema", &["src/io/foreign/geoparquet"]),
    ("bytes", &["src/io/foreign/geoparquet"]),
    ("parquet", &["src/io/foreign/geoparquet"]),
    ("quick_xml", &["src/io/foreign/native/xml.rs"]),
    ("rstar", &["src/topology/index.rs"]),
    ("gdal", &["src/io/ogr"]),
    ("geojson", &["src/io/geojson.rs"]),
    ("toml", &["src/io/manifest.rs", "src/io/operation.rs", "src/map/spec"]),
    ("csv", &["src/report/csv.rs", "src/io/rows.rs", "src/io/convert/csv.rs"]),
    ("encoding_rs", &["src/io/text.rs"]),
    ("sha2", &["src/io/bytes.rs", "src/document/seal/digest.rs"]),
    ("base64", &["src/report/dossier/page.rs", "src/document/seal/armor.rs", "src/map/export/outline.rs"]),
    ("flate2", &["src/io/inflate.rs"]),
    ("ed25519_dalek", &["src/document/seal/key.rs", "src/document/seal/signature.rs"]),
    ("strsim", &["src/model/name.rs"]),
    ("unicode_width", &["src/report/table.rs"]),
    ("plotters", &["src/map/canvas"]),
    ("plotters_backend", &["src/map/canvas"]),
    ("resvg", &["src/map/export"]),
    ("usvg", &["src/map/export"]),
    ("tiny_skia", &["src/map/export"]),
    ("krilla", &["src/map/export"]),
    ("krilla_svg", &["src/map/export"]),
    ("png", &["src/map/export"]),
    ("dejavu", &["src/map/fonts"]),
    ("harfrust", &["src/map/fonts"]),
    ("skrifa", &["src/map/fonts"]),
    ("ttf2woff2", &["src/map/export"]),
    ("ttf_parser", &["src/map/fonts"]),
    ("fluent_bundle", &["src/text"]),
    ("clap", &["src/main.rs", "src/cli"]),
    ("indicatif", &["src/cli"]),
    ("rusqlite", &["src/report/geopackage.rs"]),
    ("terminal_size", &["src/cli/answer.rs"]),
    ("clap_complete", &["src/cli/completions.rs"]),
    ("clap_mangen", &["src/cli/man.rs"]),
];

/// Crates allowed anywhere: common types and traits.
const EVERYWHERE: [&str; 7] = ["geo", "rayon", "rustc-hash", "schemars", "serde", "serde_json", "thiserror"];

/// Names through which `geo` exposes the overlay engine.
const OVERLAY: [&str; 6] = ["BooleanOps", "bool_ops", "i_overlay", "unary_union", "OpType", "Buffer"];

/// Whether a file uses the foreign crate, rather than a module with the same name.
fn names(source: &Source, krate: &str) -> bool {
    let own = source.words().any(|(before, word, after)| {
        let declared = before.ends_with("mod ") && after.starts_with(';');
        let imported = ["super::", "self::", "crate::", "report::", "io::"].iter().any(|p| before.ends_with(p));
        let in_list = before.rsplit(';').next().is_some_and(|statement| {
            statement.trim_start().starts_with("use super::{") || statement.trim_start().starts_with("use merestone")
        });
        word == krate && (declared || imported || in_list)
    });
    source.words().any(|(before, word, after)| {
        let root = before.ends_with("::") && !before.trim_end_matches("::").ends_with(|c: char| c.is_alphanumeric());
        let path = after.starts_with("::") && !before.ends_with("::");
        let whole = before.ends_with("use ") && after.starts_with([';', ' ']);
        word == krate && (root || (!own && (path || whole)))
    })
}

#[test]
fn each_foreign_crate_has_one_door() {
    let mut wrong = Vec::new();
    for source in source::all() {
        for (krate, doors) in DOORS {
            if !doors.iter().any(|door| source.path.starts_with(door)) && names(&source, krate) {
                wrong.push(format!("{}: {krate} belongs behind {}", source.path, doors.join(" or ")));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_door_is_used() {
    let sources = source::all();
    let optional = ["tiny_skia", "ttf_parser", "indicatif"];
    for (krate, doors) in DOORS.iter().filter(|(krate, _)| !optional.contains(krate)) {
        let behind = sources.iter().filter(|s| doors.iter().any(|door| s.path.starts_with(door)));
        let used = behind.filter(|s| names(s, krate)).count();
        assert!(used > 0, "nothing behind {} names {krate}", doors.join(" or "));
    }
}

#[test]
fn the_overlay_engine_has_one_door() {
    for source in source::all().iter().filter(|source| source.path != "src/topology/overlay.rs") {
        let named: Vec<&str> = source.words().map(|(_, word, _)| word).filter(|word| OVERLAY.contains(word)).collect();
        assert!(named.is_empty(), "{}: {named:?} belong behind topology/overlay.rs", source.path);
    }
}

/// A worker of rayon that waits for its subtasks takes up other tasks: one that asks for the value that is being computed
/// would wait for itself.
#[test]
fn values_computed_on_first_use_wait_for_nobody() {
    for source in source::all().iter().filter(|source| source.path != "src/model/memo.rs") {
        let named = source.words().any(|(_, word, _)| word == "OnceLock");
        assert!(!named, "{}: model/memo.rs has the value computed on first use", source.path);
    }
}

#[test]
fn every_dependency_has_its_place() {
    let manifest: toml::Table = files::text("Cargo.toml").parse().expect("Cargo.toml is TOML");
    for name in manifest["dependencies"].as_table().expect("there are dependencies").keys() {
        let word = name.replace('-', "_");
        let placed = EVERYWHERE.contains(&name.as_str()) || DOORS.iter().any(|(krate, _)| *krate == word);
        assert!(placed, "{name} has no door: give it a line in DOORS (tests/architecture/doors.rs)");
    }
}

#[test]
fn module_with_the_same_name_is_not_the_crate() {
    let source = |code: &str| Source { path: "src/x.rs".into(), code: code.into() };
    assert!(names(&source("use csv::Writer;"), "csv"));
    assert!(names(&source("let w = ::csv::Writer;"), "csv"));
    assert!(names(&source("let w = csv::Writer;"), "csv"));
    assert!(!names(&source("use super::{Problem, csv}; fn f() { csv::write() }"), "csv"));
    assert!(names(&source("use super::{Problem, csv}; fn f() { ::csv::write() }"), "csv"));
    assert!(!names(&source("mod csv; pub use self::csv::csv;"), "csv"));
}

//! The package for a registry: complete for the build, and within the size limit.

use crate::support::files;
use std::collections::BTreeSet;
use std::path::{Component, Path, PathBuf};
use std::process::Command;

/// Size limit of crates.io in bytes.
const LARGEST: u64 = 10_000_000;

/// `cargo package`, which neither builds nor queries a registry.
fn package(folder: &Path, more: &[&str]) -> String {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["package", "--no-verify", "--offline", "--allow-dirty", "--quiet", "--target-dir"]).arg(folder);
    let done = cargo.args(more).current_dir(files::root()).output().expect("cargo runs");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8(done.stdout).expect("paths are text")
}

/// A path without `.` and `..`, with `/`.
fn plain(path: &Path) -> String {
    let mut out = PathBuf::new();
    for component in path.components() {
        match component {
            Component::ParentDir => drop(out.pop()),
            Component::CurDir => {}
            other => out.push(other),
        }
    }
    out.to_string_lossy().replace('\\', "/")
}

/// Files included by a source file through a literal path.
fn taken_in(path: &str) -> impl Iterator<Item = String> {
    let text = files::text(path);
    let folder = Path::new(path).parent().unwrap_or(Path::new("")).to_owned();
    let mut found = Vec::new();
    for before in ["include_str!(\"", "include_bytes!(\"", "#[path = \""] {
        found.extend(text.split(before).skip(1).filter_map(|rest| rest.split('"').next()).map(str::to_owned));
    }
    found.into_iter().map(move |file| plain(&folder.join(file)))
}

#[test]
fn the_package_holds_what_the_build_needs_and_no_more_than_a_registry_takes() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let listed = package(folder.path(), &["--list"]);
    let listed: BTreeSet<String> = listed.lines().map(|path| path.replace('\\', "/")).collect();
    let sources = ["src", "build", "build.rs", "examples", "benches"].into_iter().flat_map(files::below);
    let sources: Vec<String> = sources.filter(|path| path.ends_with(".rs")).collect();
    let mut needed: BTreeSet<String> = sources.iter().flat_map(|path| taken_in(path)).collect();
    assert!(needed.len() > 10, "{needed:?}");
    needed.extend(sources);
    needed.extend(files::below("data").into_iter().filter(|path| path.ends_with(".geojson")));
    needed.extend(["Cargo.lock", "LICENSE-APACHE", "LICENSE-MIT", "README.md", "data/dataset.toml"].map(str::to_owned));
    let missing: Vec<&String> = needed.difference(&listed).collect();
    assert!(missing.is_empty(), "{missing:?}");
    package(folder.path(), &[]);
    let archive = format!("package/merestone-{}.crate", env!("CARGO_PKG_VERSION"));
    let bytes = std::fs::metadata(folder.path().join(archive)).expect("it was made").len();
    assert!(bytes <= LARGEST, "{bytes} bytes");
}

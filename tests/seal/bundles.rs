//! Bundles are made, the same everywhere, of what may be in one.

use super::{answer, ends, refused, run, states, talks, write};
use std::path::Path;
use std::process::Command;
use tempfile::TempDir;

fn bundle(folder: &Path) -> Vec<u8> {
    std::fs::read(folder.join("talks.zip")).expect("a bundle")
}

#[test]
fn two_machines_make_equal_bundles() {
    let (one, two) = (talks(), talks());
    // Another order of writing, other times, and an output that stands there already.
    std::fs::create_dir(two.path().join("talks/out")).expect("it can be made");
    ends(&two.path().join("talks"), &["borders", "land.geojson", "-o", "out/borders.csv"], 0);
    let text = std::fs::read(two.path().join("talks/land.geojson")).expect("it is there");
    std::fs::remove_file(two.path().join("talks/land.geojson")).expect("it is there");
    std::fs::write(two.path().join("talks/land.geojson"), text).expect("it can be written");
    write(&two.path().join("talks/.DS_Store"), "of one machine");
    let said = ends(one.path(), &["seal", "talks", "-o", "talks.zip", "--json"], 0);
    ends(two.path(), &["seal", "talks", "-o", "talks.zip", "--quiet"], 0);
    assert!(bundle(one.path()) == bundle(two.path()), "the bundles differ");
    let paths = ["commands.txt", "land.geojson", "out/borders.csv", "papers/minutes.md"];
    assert_eq!(states(&answer(&said)), paths.map(|path| format!("{path} unchanged")));
    assert_eq!(answer(&said)["results"]["files"][2]["command"], 1);
    assert!(answer(&said)["results"]["files"][1]["canonical_sha256"].is_string());
}

/// The hash and the list are what standard tools compute of the archive.
#[test]
fn other_programs_read_a_bundle() {
    let folder = talks();
    let said = ends(folder.path(), &["seal", "talks", "-o", "talks.zip", "--json"], 0);
    let script = "import hashlib, json, sys, zipfile\n\
                  archive = zipfile.ZipFile(sys.argv[1])\n\
                  assert archive.testzip() is None\n\
                  text = archive.read('manifest.json')\n\
                  files = json.loads(text)['files']\n\
                  names = ['content/' + f['path'] for f in files] + ['manifest.json']\n\
                  assert names == archive.namelist() == sorted(names), archive.namelist()\n\
                  for f in files:\n\
                  \x20   data = archive.read('content/' + f['path'])\n\
                  \x20   assert hashlib.sha256(data).hexdigest() == f['sha256'] and len(data) == f['bytes'], f\n\
                  print(hashlib.sha256(text).hexdigest(), end='')";
    let python = Command::new("python3").args(["-c", script, "talks.zip"]).current_dir(folder.path()).output();
    let Ok(python) = python else { return eprintln!("skipped: there is no python3") };
    assert!(python.status.success(), "{}", String::from_utf8_lossy(&python.stderr));
    assert_eq!(answer(&said)["results"]["hash"], String::from_utf8_lossy(&python.stdout).as_ref());
}

#[test]
fn the_embedded_dataset_is_sealed_with_its_sources() {
    let folder = TempDir::new().expect("a folder");
    let line = "borders states -o borders.csv";
    let said = ends(folder.path(), &["seal", "-o", "talks.zip", "--command", line, "--json"], 0);
    let states = states(&answer(&said));
    for path in ["SOURCES.md", "dataset.toml", "relief.tif", "states.geojson", "borders.csv"] {
        assert!(states.contains(&format!("{path} unchanged")), "{path}: {states:?}");
    }
    let rebuilt = ends(folder.path(), &["seal", "--rebuild", "talks.zip", "--json"], 0);
    assert_eq!(answer(&rebuilt)["results"]["commands"][0]["same"], true);
    assert_eq!(answer(&rebuilt)["results"]["hash"], answer(&said)["results"]["hash"]);
}

#[test]
fn one_changed_coordinate_changes_the_hash_and_another_spelling_does_not_change_the_content() {
    let folder = talks();
    let file = folder.path().join("talks/land.geojson");
    let seal = || answer(&ends(folder.path(), &["seal", "talks", "-o", "talks.zip", "--json"], 0))["results"].clone();
    let first = seal();
    let text = std::fs::read_to_string(&file).expect("it is there");
    write(&file, &text.replace(": ", ":  "));
    let spelled = seal();
    assert_ne!(first["hash"], spelled["hash"]);
    assert_eq!(first["files"][1]["canonical_sha256"], spelled["files"][1]["canonical_sha256"]);
    let moved = text.replacen("[45, 40]", "[45, 40.0000001]", 1);
    assert_ne!(moved, text);
    write(&file, &moved);
    assert_ne!(first["files"][1]["canonical_sha256"], seal()["files"][1]["canonical_sha256"]);
}

#[test]
fn a_key_is_never_sealed() {
    for key in [
        "-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----\n",
        "# mine\n-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n",
        "-----BEGIN RSA PRIVATE KEY-----\nAAAA\n",
    ] {
        let folder = talks();
        write(&folder.path().join("talks/papers/north.key"), key);
        refused(&run(folder.path(), &["seal", "talks", "-o", "talks.zip"]), "north.key is a private key");
        assert!(!folder.path().join("talks.zip").exists());
    }
}

#[test]
fn what_cannot_be_sealed_is_refused_and_nothing_is_written() {
    let refuse = |prepare: &dyn Fn(&Path), arguments: &[&str], why: &str| {
        let folder = talks();
        prepare(&folder.path().join("talks"));
        refused(&run(folder.path(), &[&["seal"], arguments].concat()), why);
        assert!(!folder.path().join("talks.zip").exists(), "{why}");
    };
    let nothing = |_: &Path| {};
    let sealed = ["talks", "-o", "talks.zip"];
    let link = |talks: &Path| std::os::unix::fs::symlink("land.geojson", talks.join("link")).expect("a link");
    refuse(&link, &sealed, "is a link");
    refuse(&|talks| write(&talks.join("Land.geojson"), "{}"), &sealed, "in the case of letters only");
    refuse(&|talks| write(&talks.join("ab:c"), "x"), &sealed, "not mean the same file on every system");
    refuse(&|talks| write(&talks.join("inner.zip"), "PK\u{3}\u{4}"), &sealed, "itself an archive");
    refuse(&|talks| write(&talks.join("dataset.toml"), "id = 1"), &sealed, "dataset.toml");
    refuse(&nothing, &["talks"], "none is named");
    refuse(&nothing, &["talks", "-o", "talks.tar"], "a bundle is a zip archive");
    refuse(&nothing, &["talks", "-o", "talks/talks.zip"], "is in the folder that is sealed");
    refuse(&nothing, &["nowhere", "-o", "talks.zip"], "nowhere");
    refuse(&nothing, &["talks/land.geojson", "-o", "talks.zip"], "is no folder");
    let empty = |talks: &Path| std::fs::create_dir(talks.join("empty")).expect("a folder");
    refuse(&empty, &["talks/empty", "-o", "talks.zip"], "has no files");
}

#[test]
fn command_lines_are_tested_before_they_run() {
    for (line, why) in [
        ("borders land.geojson > out.csv", "commands.txt:1: \">\" is for a shell"),
        ("rm -rf land.geojson", "\"rm\" is no command that a bundle may run"),
        ("seal . -o x.zip", "\"seal\" is no command that a bundle may run"),
        ("borders ../secret.geojson -o out.csv", "leads out of the folder"),
        ("borders land.geojson -o /tmp/out.csv", "leads out of the folder"),
        ("borders land.geojson -o out.csv --allow-network", "is not for a bundle"),
        ("borders nowhere.geojson -o out.csv", "the command failed"),
        ("borders land.geojson", "writes no file"),
        ("borders land.geojson -o out.csv\nborders land.geojson -o out.csv", "written by two commands"),
        // An output must not be made from itself.
        ("convert land.geojson -o land.geojson", "the command failed"),
    ] {
        let folder = talks();
        write(&folder.path().join("talks/commands.txt"), line);
        std::fs::copy(super::SQUARES, folder.path().join("secret.geojson")).expect("it can be copied");
        refused(&run(folder.path(), &["seal", "talks", "-o", "talks.zip"]), why);
        assert!(!folder.path().join("talks.zip").exists(), "{line}");
    }
}

#[test]
fn an_output_that_its_command_does_not_make_is_not_sealed() {
    let folder = talks();
    std::fs::create_dir(folder.path().join("talks/out")).expect("it can be made");
    write(&folder.path().join("talks/out/borders.csv"), "of another edition\n");
    let said = ends(folder.path(), &["seal", "talks", "-o", "talks.zip", "--json"], 1);
    assert!(states(&answer(&said)).contains(&"out/borders.csv changed".to_owned()));
    assert!(!folder.path().join("talks.zip").exists());
}

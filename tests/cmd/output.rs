//! Files are written completely or not at all.

use assert_cmd::Command;
use std::path::Path;
use tempfile::TempDir;

const SQUARES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cmd/answers.in/squares.geojson");

fn merestone(folder: &Path, arguments: &[&str]) -> assert_cmd::assert::Assert {
    Command::cargo_bin("merestone").expect("the program is built").current_dir(folder).args(arguments).assert()
}

fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).expect("a folder").flatten();
    let mut names: Vec<String> = entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn answer_is_written_completely_and_nothing_is_printed() {
    let folder = TempDir::new().expect("a folder");
    for format in ["table", "json", "csv", "geojson", "markdown"] {
        let printed = merestone(folder.path(), &["borders", SQUARES, "--format", format]).success();
        merestone(folder.path(), &["borders", SQUARES, "--format", format, "--output", "out"]).success().stdout("");
        let written = std::fs::read(folder.path().join("out")).expect("it was written");
        assert_eq!(written, printed.get_output().stdout, "{format}");
        assert_eq!(names(folder.path()), ["out"], "nothing is left beside it");
    }
}

#[test]
fn failed_run_keeps_the_old_file() {
    let folder = TempDir::new().expect("a folder");
    std::fs::write(folder.path().join("out.json"), "yesterday's").expect("it can be written");
    for reference in ["missing.geojson", "nobody"] {
        let run = merestone(folder.path(), &["borders", reference, "--format", "json", "--output", "out.json"]);
        run.code(2).stdout("");
        let left = std::fs::read_to_string(folder.path().join("out.json")).expect("it is still there");
        assert_eq!(left, "yesterday's");
        assert_eq!(names(folder.path()), ["out.json"]);
    }
}

#[test]
fn a_run_that_fails_makes_no_file() {
    let folder = TempDir::new().expect("a folder");
    merestone(folder.path(), &["route", SQUARES, "--output", "out.csv"]).code(2).stdout("");
    assert!(names(folder.path()).is_empty());
}

#[cfg(unix)]
#[test]
fn a_folder_that_may_not_be_written_is_an_error() {
    use std::os::unix::fs::PermissionsExt;
    let folder = TempDir::new().expect("a folder");
    std::fs::set_permissions(folder.path(), std::fs::Permissions::from_mode(0o555)).expect("it is ours");
    // The superuser may write anywhere.
    if std::fs::write(folder.path().join("probe"), "").is_ok() {
        eprintln!("skipped: this user may write into a read-only folder");
        return;
    }
    let target = folder.path().join("out.csv").display().to_string();
    let run = merestone(Path::new("/"), &["borders", SQUARES, "--output", &target]).code(2);
    let said = String::from_utf8_lossy(&run.get_output().stderr).into_owned();
    assert!(said.starts_with("error: ") && said.contains("\nhint: "), "{said}");
}

#[test]
fn geojson_that_was_written_is_read_again() {
    let folder = TempDir::new().expect("a folder");
    let enclave = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cmd/answers.in/enclave.geojson");
    merestone(folder.path(), &["enclaves", enclave, "--format", "geojson", "--output", "parts.geojson"]).success();
    let asked = ["borders", "parts.geojson", "--format", "csv", "--quiet"];
    let again = merestone(folder.path(), &asked).success();
    let text = String::from_utf8_lossy(&again.get_output().stdout).into_owned();
    // Four parts as four territories: the adjacent squares, and the two rings.
    assert_eq!(text.lines().count(), 1 + 3, "{text}");
}

#[test]
fn the_same_question_gives_the_same_bytes() {
    let folder = TempDir::new().expect("a folder");
    let asked = ["enclaves", "--format", "json"];
    let first = merestone(folder.path(), &asked).success().get_output().clone();
    let second = merestone(folder.path(), &asked).success().get_output().clone();
    assert!(first.stdout == second.stdout && first.stderr == second.stderr);
    assert!(first.stdout.len() > 1000);
}

#[test]
fn closed_standard_output_is_no_error() {
    use std::process::{Command, Stdio};
    let program = assert_cmd::cargo::cargo_bin("merestone");
    let mut run = Command::new(program)
        .args(["info", "places", "--format", "json"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it starts");
    drop(run.stdout.take());
    let output = run.wait_with_output().expect("it ends");
    assert!(output.status.success(), "{:?}: {}", output.status, String::from_utf8_lossy(&output.stderr));
}

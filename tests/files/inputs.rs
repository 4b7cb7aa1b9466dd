//! Folders, pipes, broken links, unreadable files, compressed files with any name.

use super::{SQUARES, merestone, readers, refused, run};
use assert_cmd::cargo::cargo_bin;
use std::io::Write;
use std::path::Path;
use tempfile::TempDir;

/// Every command refuses the file; `check` lists that it is unreadable, with the same exit code.
fn each_refuses(folder: &Path, file: &str, why: &str) {
    for command in readers(file) {
        let mut output = run(folder, &command);
        if command[0] == "check" {
            assert!(String::from_utf8_lossy(&output.stdout).contains("unreadable"));
            output.stdout.clear();
        }
        refused(&output, why);
    }
}

#[test]
fn a_folder_is_no_file() {
    let folder = TempDir::new().expect("a folder");
    std::fs::create_dir(folder.path().join("land.geojson")).expect("it can be made");
    each_refuses(folder.path(), "land.geojson", "folder");
}

#[test]
fn broken_link_is_an_error() {
    let folder = TempDir::new().expect("a folder");
    std::os::unix::fs::symlink("gone.geojson", folder.path().join("land.geojson")).expect("it can be made");
    each_refuses(folder.path(), "land.geojson", "land.geojson: cannot be read");
}

#[test]
fn unreadable_file_is_an_error() {
    use std::os::unix::fs::PermissionsExt;
    let folder = TempDir::new().expect("a folder");
    let path = folder.path().join("land.geojson");
    std::fs::copy(SQUARES, &path).expect("it can be copied");
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o000)).expect("it is ours");
    if std::fs::read(&path).is_err() {
        return each_refuses(folder.path(), "land.geojson", "land.geojson: cannot be read");
    }
    // This user may read every file; another one may not.
    std::fs::set_permissions(folder.path(), std::fs::Permissions::from_mode(0o755)).expect("it is ours");
    let mut other = std::process::Command::new("setpriv");
    other.args(["--reuid", "65534", "--regid", "65534", "--clear-groups"]).arg(cargo_bin("merestone"));
    let output = other.current_dir(folder.path()).args(["borders", "land.geojson"]).output();
    let said = output.as_ref().map(|output| String::from_utf8_lossy(&output.stderr).into_owned()).unwrap_or_default();
    match output {
        Ok(output) if !said.starts_with("setpriv:") => refused(&output, "land.geojson: cannot be read"),
        _ => eprintln!("skipped: this user may read every file, and no other one can start the program"),
    }
}

#[test]
fn a_pipe_is_read_to_its_end() {
    for command in ["borders", "check", "info"] {
        let folder = TempDir::new().expect("a folder");
        let made = std::process::Command::new("mkfifo").arg(folder.path().join("land")).status();
        assert!(made.expect("mkfifo is there").success());
        let writer = std::thread::spawn({
            let pipe = folder.path().join("land");
            move || std::fs::write(pipe, std::fs::read(SQUARES).expect("it is there"))
        });
        let piped = run(folder.path(), &[command, "./land", "--format", "csv"]);
        writer.join().expect("it wrote").expect("it wrote");
        let plain = run(folder.path(), &[command, SQUARES, "--format", "csv"]);
        assert_eq!(piped.status.code(), plain.status.code(), "{command}: {}", String::from_utf8_lossy(&piped.stderr));
        let named = |out: &[u8]| String::from_utf8_lossy(out).replace(SQUARES, "./land");
        assert_eq!(named(&piped.stdout), named(&plain.stdout), "{command}");
    }
}

#[test]
fn compressed_content_is_read_whatever_its_name() {
    let folder = TempDir::new().expect("a folder");
    let packed = gzip(&std::fs::read(SQUARES).expect("it is there"));
    let plain = run(folder.path(), &["borders", SQUARES, "--format", "csv"]).stdout;
    for name in ["land.geojson", "land.geojson.gz", "land.txt", "land.json.bin"] {
        std::fs::write(folder.path().join(name), &packed).expect("it can be written");
        let output = run(folder.path(), &["borders", name, "--format", "csv"]);
        assert!(output.status.success(), "{name}: {}", String::from_utf8_lossy(&output.stderr));
        assert_eq!(output.stdout, plain, "{name}");
        let checked = run(folder.path(), &["check", name, "--no-reference", "--format", "csv"]);
        assert!(checked.status.success(), "{name}: {}", String::from_utf8_lossy(&checked.stdout));
    }
    // Truncated: refused, whatever its name.
    std::fs::write(folder.path().join("cut.geojson"), &packed[..packed.len() / 2]).expect("it can be written");
    each_refuses(folder.path(), "cut.geojson", "cut.geojson: cannot be read");
}

#[test]
fn standard_input_may_be_closed_or_empty() {
    let folder = TempDir::new().expect("a folder");
    let output = merestone(folder.path(), &["borders", "-"]).stdin(std::process::Stdio::null()).output();
    refused(&output.expect("it starts"), "empty");
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut child = std::process::Command::new("gzip")
        .args(["-c", "-n"])
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .spawn()
        .expect("gzip is there");
    let mut input = child.stdin.take().expect("a pipe");
    let bytes = bytes.to_vec();
    let writer = std::thread::spawn(move || input.write_all(&bytes));
    let output = child.wait_with_output().expect("it ends");
    writer.join().expect("it wrote").expect("it wrote");
    output.stdout
}

#[test]
fn names_with_every_kind_of_letter_are_read() {
    let folder = TempDir::new().expect("a folder");
    for name in
        ["UPPER.GEOJSON", "with spaces «Սյունիք».geojson", "-dash.geojson", "per%20cent.geojson", "a\\#b.geojson"]
    {
        let on_disk = name.replace("\\#", "#");
        std::fs::copy(SQUARES, folder.path().join(&on_disk)).expect("it can be copied");
        let named = if name.starts_with('-') { format!("./{name}") } else { name.to_owned() };
        let output = run(folder.path(), &["borders", &named, "--quiet"]);
        assert!(output.status.success(), "{name}: {}", String::from_utf8_lossy(&output.stderr));
    }
}

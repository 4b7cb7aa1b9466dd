//! Full disks, closed pipes, kills during a write, outputs that are not regular files.

use super::{SQUARES, merestone, refused, run};
use std::process::Stdio;
use tempfile::TempDir;

const LAND: [&str; 4] = ["borders", SQUARES, "--format", "json"];

fn with<'a>(more: &[&'a str]) -> Vec<&'a str> {
    LAND.iter().copied().chain(more.iter().copied()).collect()
}

#[test]
fn missing_folder_is_an_error_before_reading() {
    let folder = TempDir::new().expect("a folder");
    // The input is missing too: the error names the folder, so nothing was read before.
    for command in [
        vec!["info", "gone.geojson", "--output", "no/out"],
        vec!["route", "gone.geojson", "--output", "no/out"],
        vec!["borders", "gone.geojson", "--output", "no/out"],
        vec!["enclaves", "gone.geojson", "--output", "no/out"],
        vec!["compare", "gone.geojson", "gone.geojson", "--output", "no/out"],
        vec!["compare", "gone.geojson", "gone.geojson", "--chart", "no/out.svg"],
        vec!["ledger", "gone.geojson", "gone.geojson", "--output", "no/out"],
        vec!["severance", "gone.geojson", "--output", "no/out"],
        vec!["evidence", "gone.geojson", "--output", "no/out"],
        vec!["check", "gone.geojson", "--output", "no/out"],
        vec!["map", "--layer", "gone.geojson", "--output", "no/out.svg"],
    ] {
        let output = run(folder.path(), &command);
        refused(&output, "the folder no does not exist");
    }
    assert_eq!(std::fs::read_dir(folder.path()).expect("a folder").count(), 0);
}

#[test]
fn a_kill_at_any_moment_leaves_the_old_file_or_the_new_one() {
    killed_again_and_again(&with(&["--output", "out.json"]), "out.json", 60);
}

/// Native formats are written feature by feature, those of OGR by its drivers in a temporary folder.
#[test]
fn kill_during_conversion_leaves_no_partial_file() {
    let places = concat!(env!("CARGO_MANIFEST_DIR"), "/data/places.geojson");
    for out in ["out.geojson", "out.csv"] {
        killed_again_and_again(&["convert", places, out, "--quiet"], out, 30);
    }
    if cfg!(feature = "gdal") {
        killed_again_and_again(&["convert", places, "out.fgb", "--quiet"], "out.fgb", 20);
    }
}

/// Kills a run that replaces a file, at several moments around the write.
fn killed_again_and_again(arguments: &[&str], out: &str, times: u32) {
    let folder = TempDir::new().expect("a folder");
    let out = folder.path().join(out);
    let began = std::time::Instant::now();
    assert!(run(folder.path(), arguments).status.success());
    let whole_run = began.elapsed();
    let new = std::fs::read(&out).expect("it was written");
    let old = vec![b'o'; 100_000];
    let (mut kept, mut replaced) = (0, 0);
    // Adaptive delay: most kills happen around the write.
    let mut wait = whole_run / 4;
    for step in 0..times {
        std::fs::write(&out, &old).expect("it can be written");
        let mut child = merestone(folder.path(), arguments).stderr(Stdio::null()).spawn().expect("it starts");
        std::thread::sleep(wait);
        // SIGKILL; the process may have ended.
        let _ = child.kill();
        child.wait().expect("it ends");
        let left = std::fs::read(&out).expect("there is always a file");
        assert!(left == old || left == new, "half a file of {} bytes after {step}", left.len());
        let early = left == old;
        (kept, replaced) = if early { (kept + 1, replaced) } else { (kept, replaced + 1) };
        wait = if early { wait * 9 / 8 } else { wait * 7 / 8 };
    }
    assert!(kept > 0 && replaced > 0, "the kills came {kept} times before and {replaced} times after the write");
}

#[test]
fn a_full_disk_is_an_error() {
    let folder = TempDir::new().expect("a folder");
    let Ok(full) = std::fs::File::options().write(true).open("/dev/full") else {
        eprintln!("skipped: there is no /dev/full");
        return;
    };
    let output = merestone(folder.path(), &LAND).stdout(full).output().expect("it starts");
    refused(&output, "standard output: ");
    let output = run(folder.path(), &with(&["--output", "/dev/full"]));
    refused(&output, "/dev/full: cannot be written");
    use std::os::unix::fs::FileTypeExt;
    let device = std::fs::metadata("/dev/full").expect("it is still there").file_type();
    assert!(device.is_char_device(), "the device was replaced by a file");
}

#[test]
fn a_limit_on_sizes_leaves_the_old_file() {
    let folder = TempDir::new().expect("a folder");
    std::fs::write(folder.path().join("out.json"), "yesterday's").expect("it can be written");
    // The shell's limit counts blocks of 512 bytes or 1 KiB; the answer is larger than either.
    let script = "ulimit -f 1; exec \"$0\" info places --format json --output out.json";
    let output = std::process::Command::new("sh")
        .args(["-c", script])
        .arg(assert_cmd::cargo::cargo_bin("merestone"))
        .current_dir(folder.path())
        .output()
        .expect("a shell is there");
    assert!(!output.status.success());
    assert_eq!(std::fs::read_to_string(folder.path().join("out.json")).expect("it is there"), "yesterday's");
}

/// A file size limit simulates a full disk during a write.
#[test]
fn conversion_on_a_full_disk_leaves_the_old_file() {
    let folder = TempDir::new().expect("a folder");
    let natives = ["out.geojson", "out.csv"].as_slice();
    let formats = ["out.gpkg", "out.shp", "out.kml", "out.fgb", "out.gpx", "out.dxf"].as_slice();
    let places = concat!(env!("CARGO_MANIFEST_DIR"), "/data/places.geojson");
    for file in natives.iter().chain(formats.iter().filter(|_| cfg!(feature = "gdal"))) {
        std::fs::write(folder.path().join(file), "yesterday's").expect("it can be written");
        // The signal of the limit is ignored, as a full disk sends none: the write itself fails.
        let script = "trap '' XFSZ; ulimit -f 8; exec \"$0\" convert \"$1\" \"$2\" --quiet";
        let output = std::process::Command::new("sh")
            .args(["-c", script])
            .arg(assert_cmd::cargo::cargo_bin("merestone"))
            .args([places, file])
            .current_dir(folder.path())
            .output()
            .expect("a shell is there");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.code() == Some(2) && said.starts_with("error: "), "{file}: {:?} {said}", output.status);
        let left = std::fs::read_to_string(folder.path().join(file)).expect("it is there");
        assert_eq!(left, "yesterday's", "{file}: {said}");
        std::fs::remove_file(folder.path().join(file)).expect("it is there");
    }
    let left: Vec<_> = std::fs::read_dir(folder.path()).expect("a folder").flatten().collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn a_closed_pipe_ends_the_run_quietly() {
    let folder = TempDir::new().expect("a folder");
    for arguments in
        [vec!["info", "places", "--format", "json"], vec!["--help"], vec!["completions", "bash"], vec!["man"]]
    {
        let mut command = merestone(folder.path(), &arguments);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts");
        drop(child.stdout.take());
        let output = child.wait_with_output().expect("it ends");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success() && !said.contains("panicked"), "{arguments:?}: {said}");
    }
}

/// Two squares that nearly share a side: every command has a warning for them.
#[test]
fn answer_is_written_when_warnings_cannot_be() {
    let folder = TempDir::new().expect("a folder");
    let square = |id: &str, x: f64| {
        format!(
            r#"{{"type":"Feature","id":"{id}","properties":{{}},"geometry":{{"type":"Polygon","coordinates":[[[{x},40],[{},40],[{},41],[{x},41],[{x},40]],[[1,1],[1,2],[2,2],[2,1],[1,1]]]}}}}"#,
            x + 1.0,
            x + 1.0
        )
    };
    let text = format!(r#"{{"type":"FeatureCollection","features":[{},{}]}}"#, square("a", 45.0), square("b", 45.99));
    std::fs::write(folder.path().join("two.geojson"), text).expect("it can be written");
    let commands: [&[&str]; 5] = [
        &["info", "two.geojson"],
        &["enclaves", "two.geojson"],
        &["borders", "two.geojson"],
        &["check", "two.geojson", "--no-reference"],
        &["convert", "two.geojson"],
    ];
    for command in commands {
        let is_conversion = command[0] == "convert";
        let arguments = |out: &'static str| {
            let end: &[&str] = if is_conversion { &[out] } else { &["--format", "json", "--output", out] };
            [command, end].concat().into_iter().map(str::to_owned).collect::<Vec<String>>()
        };
        let start = |out: &'static str| {
            let arguments = arguments(out);
            merestone(folder.path(), &arguments.iter().map(String::as_str).collect::<Vec<_>>())
        };
        let heard = start("heard.geojson").output().expect("it starts");
        let expected = std::fs::read(folder.path().join("heard.geojson")).expect("it is there");
        // A closed pipe; a full device; a slow reader.
        let mut child = start("closed.geojson").stderr(Stdio::piped()).spawn().expect("it starts");
        drop(child.stderr.take());
        assert_eq!(child.wait().expect("it ends").code(), heard.status.code(), "{command:?}");
        assert_eq!(std::fs::read(folder.path().join("closed.geojson")).expect("it is there"), expected, "{command:?}");
        if let Ok(full) = std::fs::File::options().write(true).open("/dev/full") {
            let status = start("full.geojson").stderr(full).status().expect("it starts");
            assert_eq!(status.code(), heard.status.code(), "{command:?}");
            assert_eq!(
                std::fs::read(folder.path().join("full.geojson")).expect("it is there"),
                expected,
                "{command:?}"
            );
        }
        let child = start("slow.geojson").stderr(Stdio::piped()).spawn().expect("it starts");
        std::thread::sleep(std::time::Duration::from_millis(100));
        let output = child.wait_with_output().expect("it ends");
        assert_eq!((output.status.code(), output.stderr), (heard.status.code(), heard.stderr), "{command:?}");
        assert_eq!(std::fs::read(folder.path().join("slow.geojson")).expect("it is there"), expected, "{command:?}");
    }
}

#[test]
fn devices_and_pipes_are_written_in_place() {
    let folder = TempDir::new().expect("a folder");
    let plain = run(folder.path(), &LAND).stdout;
    let through = run(folder.path(), &with(&["--output", "/dev/stdout"]));
    assert!(through.status.success(), "{}", String::from_utf8_lossy(&through.stderr));
    assert_eq!(through.stdout, plain);
    let pipe = folder.path().join("pipe");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().expect("mkfifo is there").success());
    let reader = std::thread::spawn({
        let pipe = pipe.clone();
        move || std::fs::read(pipe)
    });
    assert!(run(folder.path(), &with(&["--output", "pipe"])).status.success());
    assert_eq!(reader.join().expect("it read").expect("it read"), plain);
}

#[test]
fn a_link_stays_a_link_and_a_file_keeps_its_permissions() {
    use std::os::unix::fs::PermissionsExt;
    let folder = TempDir::new().expect("a folder");
    let at = |name: &str| folder.path().join(name);
    std::fs::create_dir(at("elsewhere")).expect("it can be made");
    std::fs::write(at("elsewhere/real.json"), "old").expect("it can be written");
    std::fs::set_permissions(at("elsewhere/real.json"), std::fs::Permissions::from_mode(0o640)).expect("it is ours");
    std::os::unix::fs::symlink("elsewhere/real.json", at("out.json")).expect("it can be made");
    assert!(run(folder.path(), &with(&["--output", "out.json"])).status.success());
    assert!(at("out.json").is_symlink());
    assert_eq!(std::fs::read(at("elsewhere/real.json")).expect("it is there"), run(folder.path(), &LAND).stdout);
    let mode = std::fs::metadata(at("elsewhere/real.json")).expect("it is there").permissions().mode();
    assert_eq!(mode & 0o777, 0o640);
    let beside = std::fs::read_dir(at("elsewhere")).expect("a folder").count();
    assert_eq!(beside, 1, "nothing is left beside it");
}

//! Optional output in addition to answers: shell completions, styles, progress.

use super::{SQUARES, run};
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

/// Completions offered by bash for the last of these words.
fn offered(folder: &Path, words: &[&str]) -> Option<Vec<String>> {
    let program = assert_cmd::cargo::cargo_bin("merestone");
    let path = format!("{}:{}", program.parent()?.display(), std::env::var("PATH").ok()?);
    let script = format!(
        "source <(COMPLETE=bash merestone) && COMP_WORDS=({}) && COMP_CWORD={} && COMP_TYPE=9 && \
         _clap_complete_merestone merestone '{}' '{}' && printf '%s\\n' \"${{COMPREPLY[@]}}\"",
        words.iter().map(|word| format!("'{word}'")).collect::<Vec<_>>().join(" "),
        words.len() - 1,
        words[words.len() - 1],
        words[words.len() - 2]
    );
    let output = Command::new("bash").args(["-c", &script]).current_dir(folder).env("PATH", path).output().ok()?;
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Some(String::from_utf8_lossy(&output.stdout).lines().map(|line| line.trim().to_owned()).collect())
}

#[test]
fn bash_offers_ids_layers_presets_and_files() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("southern-road.geojson"), "{}").expect("written");
    let Some(found) = offered(folder.path(), &["merestone", "route", "sou"]) else {
        eprintln!("skipped: no bash");
        return;
    };
    assert_eq!(found, ["southern-railway", "southern-road.geojson"]);
    let of = |words: &[&str]| offered(folder.path(), words).expect("bash is there");
    assert!(of(&["merestone", "corridor", "m2", "tatev"]).contains(&"tatev-bypass".to_owned()));
    assert!(of(&["merestone", "severance", "enclaves-"]).contains(&"enclaves-restored".to_owned()));
    assert_eq!(of(&["merestone", "trace", "--avoid", "AR"]), ["ARM"]);
    assert_eq!(of(&["merestone", "map", "soviet"]), ["soviet-1988"]);
    assert_eq!(of(&["merestone", "corri"]), ["corridor"]);
}

#[test]
fn styles_stand_beside_geojson() {
    let folder = tempfile::tempdir().expect("a folder");
    let asked = ["enclaves", SQUARES, "-q", "-o", "answer.geojson", "--style", "qml,sld"];
    assert!(run(folder.path(), &asked).status.success());
    let read = |name: &str| std::fs::read_to_string(folder.path().join(name)).expect(name);
    let (qml, sld) = (read("answer.qml"), read("answer.sld"));
    assert!(qml.starts_with("<!DOCTYPE qgis") && qml.contains("type=\"fill\""), "{qml}");
    assert!(sld.contains("<PolygonSymbolizer>") && sld.contains("StyledLayerDescriptor version=\"1.0.0\""), "{sld}");
    // With several geometry types, one file each; the classes are those of the data.
    let asked = ["info", "routes", "-q", "-o", "routes.geojson", "--style", "sld"];
    assert!(run(folder.path(), &asked).status.success());
    let routes = read("routes.sld");
    let features: serde_json::Value = serde_json::from_str(&read("routes.geojson")).expect("JSON");
    for feature in features["features"].as_array().expect("features") {
        if let Some(status) = feature["properties"]["status"].as_str() {
            assert!(routes.contains(&format!("<ogc:Literal>{status}</ogc:Literal>")), "{status}: {routes}");
        }
    }
    for text in [&sld, &routes] {
        let open = text.matches("<Rule>").count();
        assert!(open > 0 && open == text.matches("</Rule>").count());
    }
    let refused = run(folder.path(), &["enclaves", SQUARES, "--style", "qml"]);
    super::refused(&refused, "beside a file of GeoJSON");
}

/// An answer to input that arrives slowly on standard input.
fn slowly(folder: &Path, script: &str) -> std::process::Output {
    let program = assert_cmd::cargo::cargo_bin("merestone").display().to_string();
    let mut child = Command::new("sh")
        .args(["-c", script])
        .env("PROGRAM", program)
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it starts");
    let text = std::fs::read(SQUARES).expect("the file is there");
    let mut stdin = child.stdin.take().expect("it is piped");
    stdin.write_all(&text[..text.len() / 2]).expect("it reads");
    std::thread::sleep(Duration::from_millis(2500));
    stdin.write_all(&text[text.len() / 2..]).expect("it reads");
    drop(stdin);
    child.wait_with_output().expect("it ends")
}

#[test]
fn progress_is_shown_on_request_and_harms_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::copy(SQUARES, folder.path().join("squares.geojson")).expect("copied");
    let same = |output: &std::process::Output| String::from_utf8_lossy(&output.stdout).into_owned();
    let asked = slowly(folder.path(), "exec \"$PROGRAM\" enclaves - --progress -f csv");
    let said = String::from_utf8_lossy(&asked.stderr).into_owned();
    assert!(asked.status.success() && said.contains("progress: reading - … "), "{said}");
    // By default it is shown only on a terminal; never with `--quiet`.
    for script in ["exec \"$PROGRAM\" enclaves - -f csv", "exec \"$PROGRAM\" enclaves - -q -f csv"] {
        let output = slowly(folder.path(), script);
        assert!(output.status.success() && !String::from_utf8_lossy(&output.stderr).contains("reading"), "{script}");
        assert_eq!(same(&output), same(&asked));
    }
    // Closed, or full.
    for stderr in ["2>&-", "2>/dev/full"] {
        let output = slowly(folder.path(), &format!("\"$PROGRAM\" enclaves - --progress -f csv {stderr}"));
        assert_eq!((output.status.code(), same(&output)), (Some(0), same(&asked)), "{stderr}");
    }
    let terminal = Command::new("script").args(["-qec", "true", "/dev/null"]).output();
    if !terminal.is_ok_and(|output| output.status.success()) {
        eprintln!("skipped: no terminal to be had from `script`");
        return;
    }
    // On a terminal the line is removed before the answer.
    let program = assert_cmd::cargo::cargo_bin("merestone");
    let command = format!("(cat; sleep 2.5) < squares.geojson | {} enclaves - -o answer.csv", program.display());
    let mut script = Command::new("script");
    script.args(["-qec", &command, "/dev/null"]).current_dir(folder.path()).stdin(Stdio::null());
    let output = script.output().expect("it starts");
    let shown = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(shown.contains("\r\u{1b}[2K\u{1b}[?7lreading - …"), "{shown:?}");
    assert!(shown.rfind("\r\u{1b}[2K").expect("taken away") > shown.rfind(" s\u{1b}").expect("shown"), "{shown:?}");
    assert!(folder.path().join("answer.csv").exists());
}

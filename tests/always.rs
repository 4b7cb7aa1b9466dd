//! Invariants of every command and format: identical bytes in any environment, and JSON that matches its schema.

#[path = "always/clean.rs"]
mod clean;
#[path = "always/help.rs"]
mod help;
#[path = "always/same_bytes.rs"]
mod same_bytes;
#[path = "always/scalars.rs"]
mod scalars;
#[path = "always/schema.rs"]
mod schema;

use assert_cmd::Command;
use std::path::{Path, PathBuf};
use std::process::Output;
use std::time::Duration;

pub const FORMATS: [&str; 5] = ["table", "json", "csv", "geojson", "markdown"];

/// Input files of the commands, copied into every working folder.
const FILES: [&str; 19] = [
    "tests/cmd/answers.in/enclave.geojson",
    "tests/cmd/answers.in/overlap.geojson",
    "tests/cmd/answers.in/road.geojson",
    "tests/cmd/answers.in/squares.geojson",
    "tests/cmd/check.in/winding.geojson",
    "tests/cmd/trace.in/land.geojson",
    "tests/cmd/trace.in/roads.geojson",
    "tests/readme/small-scale.geojson",
    "tests/examples/help.in/described.geojson",
    "tests/examples/help.in/description.txt",
    "tests/seal/sealed.zip",
    "tests/cmd/diff.in/old.geojson",
    "tests/cmd/diff.in/new.geojson",
    "tests/cmd/status.in/two.geojson",
    "tests/cmd/status.in/overlap.csv",
    "tests/cmd/resolve.in/text.txt",
    "tests/cmd/resolve.in/catalogue.csv",
    "tests/cmd/resolve.in/map.geojson",
    "tests/cmd/resolve.in/marks.geojson",
];

/// Every question, many of them on the embedded dataset.
pub const QUESTIONS: [&[&str]; 33] = [
    &["info"],
    &["info", "places"],
    &["info", "squares.geojson"],
    &["route", "road.geojson", "--territories", "squares.geojson"],
    &["route", "southern-railway", "--through", "syunik"],
    &["enclaves", "enclave.geojson"],
    &["borders", "squares.geojson"],
    &["compare", "lines/ring-artsvashen", "small-scale.geojson", "--tolerance", "100", "--within", "500"],
    &["ledger", "squares.geojson", "overlap.geojson", "--sliver", "50"],
    &["severance", "lines/ring-karki", "--territories", "squares.geojson", "--features", "road.geojson"],
    &["decide", "v-kirants", "v-karki", "m2", "--scale", "100000"],
    &["decide", "road.geojson", "--territories", "squares.geojson", "--accuracy", "50"],
    &["evidence", "lines", "--between", "ARM,AZE"],
    &["convert", "squares.geojson", "--explain", "--to", "EPSG:28408"],
    &["catalogue", "lines/ring-karki"],
    &["describe", "lines/ring-karki", "--lang", "en,hy"],
    &["parse", "description.txt"],
    &["audit", "description.txt", "--line", "described.geojson"],
    &["marks", "lines/ring-karki", "--max-spacing", "500"],
    &["sheets", "lines/ring-karki"],
    &["corridor", "m2", "tatev-bypass"],
    &["seal", "--verify", "sealed.zip"],
    &[
        "trace",
        "--network",
        "roads.geojson",
        "--territories",
        "land.geojson",
        "--via",
        "10,45",
        "--via",
        "10.25,45",
        "--bridge",
        "10",
    ],
    &["diff", "old.geojson", "new.geojson"],
    &["diff", "squares.geojson", "overlap.geojson"],
    &["route", "lachin-road", "--through", "syunik", "--band"],
    &["enclaves", "enclave.geojson", "--band=100"],
    &["severance", "lines/ring-karki", "--territories", "squares.geojson", "--features", "road.geojson", "--band=500"],
    &["evidence", "lines", "--as-of", "2018", "--view", "neutral"],
    &["status", "two.geojson", "--log", "overlap.csv"],
    &[
        "resolve",
        "--precedence",
        "text,coordinates,map,marks",
        "--text",
        "text.txt",
        "--coordinates",
        "catalogue.csv",
        "--map",
        "map.geojson",
        "--marks",
        "marks.geojson",
    ],
    &["check", "winding.geojson", "overlap.geojson", "--no-reference"],
    &["check", "small-scale.geojson"],
];

pub fn copy_files(to: &Path) {
    for file in FILES {
        let from = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(file);
        std::fs::copy(&from, to.join(from.file_name().expect("a file"))).expect("it can be copied");
    }
}

/// A run that takes longer is ended, and its test fails; it is far above what any run takes.
pub const DEADLINE: Duration = Duration::from_secs(300);

/// The program, prepared to start in a folder.
pub fn merestone(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::cargo_bin("merestone").expect("the program is built");
    command.current_dir(folder).args(arguments).timeout(DEADLINE);
    command
}

/// Runs a command and asserts that it answered (exit code 0 or 1).
pub fn answered(command: &mut Command) -> Output {
    let output = command.output().expect("it starts");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(matches!(output.status.code(), Some(0 | 1)), "{command:?}: {said}");
    output
}

/// Commands that `--help` lists.
pub fn commands() -> Vec<String> {
    let help = answered(&mut merestone(Path::new("."), &["-h"]));
    let help = String::from_utf8(help.stdout).expect("help is text");
    let list = help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    let word = |line: &str| line.strip_prefix("  ").filter(|l| !l.starts_with(' ')).map(first_word);
    list.filter_map(word).filter(|word| word != "help").collect()
}

fn first_word(line: &str) -> String {
    line.split_whitespace().next().unwrap_or_default().to_owned()
}

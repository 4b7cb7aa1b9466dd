//! Memory and instructions of a command grow about linearly with the input, whatever its shape.
//!
//! A row of [`ROWS`] is a shape (`growth/shapes.rs`), its number of elements at the smallest of three sizes, and a
//! command line: `{}` is the input file; the answer goes to `{answer}.json` unless the line has its own `-o`. The tests
//! bound the peak of memory and the total of allocations, counted by an allocator of this binary. `cargo test --release
//! --test growth -- --ignored` bounds instructions too, if valgrind is installed.

#[path = "growth/allocator.rs"]
mod allocator;
#[allow(dead_code)]
#[path = "../src/cli/mod.rs"]
mod cli;
#[path = "growth/shapes.rs"]
mod shapes;

use clap::Parser;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Greatest exponent of growth over a factor of four in size.
const MOST: f64 = 1.3;
/// Tables, pools and buffers independent of the input: less than this is not significant.
const FLOOR: f64 = 2e6;

/// Shape, elements at the smallest size (the largest has four times as many), command line.
const ROWS: &[(&str, usize, &str)] = &[
    ("collinear", 8000, "borders {}"),
    ("collinear", 8000, "check {} --no-reference"),
    ("comb", 4000, "check {} --no-reference"),
    ("dups", 1000, "check {} --no-reference"),
    ("fan", 500, "check {} --no-reference"),
    ("partsdup", 1000, "check {} --no-reference"),
    ("spiral", 4000, "check {} --no-reference"),
    ("star", 8000, "check {} --no-reference"),
    ("zigzag", 7500, "check {} --no-reference"),
    ("comb", 4000, "borders {}"),
    ("cross", 200, "borders {}"),
    ("dups", 1000, "borders {}"),
    ("fan", 1000, "borders {}"),
    ("features", 1000, "compare {} {}"),
    ("holesfilled", 2000, "borders {}"),
    ("lines2", 1000, "severance {} --routes {}"),
    ("partsdup", 1000, "borders {}"),
    ("segs", 1000, "compare {} {}"),
    ("spiral", 4000, "compare {} {}"),
    ("spiral", 16000, "borders {}"),
    ("stack", 1000, "borders {}"),
    ("star", 8000, "borders {}"),
    ("zigzag", 500, "compare {} {}"),
    ("features", 2000, "map --layer {} -o {answer}.svg -q"),
    ("islets", 1000, "map --layer {} -o {answer}.svg -q"),
    ("zigzag", 2000, "map --layer {} -o {answer}.svg -q"),
    ("dups", 1000, "enclaves {}"),
    ("fan", 1000, "enclaves {}"),
    ("features", 2000, "enclaves {}"),
    ("nested", 1000, "enclaves {}"),
    ("stack", 1000, "enclaves {}"),
    ("dups", 1000, "ledger {} {}"),
    ("features", 2000, "ledger {} {}"),
    ("stack", 500, "ledger {} {}"),
];

/// Writes the file of a shape at a size and returns the command line for it.
fn prepared(folder: &Path, shape: &str, size: usize, line: &str) -> Vec<String> {
    let file: PathBuf = folder.join(format!("{shape}-{size}.geojson"));
    std::fs::write(&file, shapes::text(shape, size)).expect("the folder can be written to");
    let line = if line.contains(" -o ") { line.to_owned() } else { format!("{line} -q -o {{answer}}.json") };
    let (file, answer) = (file.to_string_lossy(), folder.join("answer"));
    line.split(' ').map(|word| word.replace("{}", &file).replace("{answer}", &answer.to_string_lossy())).collect()
}

/// Runs a command; exit code 0 or 1.
fn run(words: &[String]) {
    let arguments =
        cli::Arguments::try_parse_from(std::iter::once("merestone").chain(words.iter().map(String::as_str)))
            .unwrap_or_else(|error| panic!("{words:?}: {error}"));
    if let Err(error) = cli::run(arguments) {
        panic!("{words:?}: {error}");
    }
}

/// Exponent of growth from the smallest size to four times that.
fn exponent(small: f64, large: f64) -> f64 {
    (large.max(FLOOR) / small.max(FLOOR)).ln() / 4_f64.ln()
}

/// A single test, so that no other thread allocates.
#[test]
fn memory_grows_with_the_input() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut wrong = Vec::new();
    for &(shape, smallest, line) in ROWS {
        let sizes = [smallest, 2 * smallest, 4 * smallest];
        // The first run initialises static tables.
        run(&prepared(folder.path(), shape, smallest / 4, line));
        let took = sizes.map(|size| {
            let words = prepared(folder.path(), shape, size, line);
            allocator::counted(|| run(&words))
        });
        let peak = exponent(took[0].peak as f64, took[2].peak as f64);
        let asked = exponent(took[0].asked as f64, took[2].asked as f64);
        println!("{shape:12} {line:30} peak {peak:.2} all {asked:.2} {took:?}");
        if peak > MOST || asked > MOST {
            wrong.push(format!("{shape}: {line}: peak grows by {peak:.2}, all bytes by {asked:.2}: {took:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Instructions of the program, counted by valgrind.
#[test]
#[ignore = "needs valgrind, and some minutes"]
fn instructions_grow_with_the_input() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let counted = |words: &[String]| {
        let mut command = Command::new("valgrind");
        command.args(["--tool=callgrind", "--callgrind-out-file=/dev/null"]).arg(env!("CARGO_BIN_EXE_merestone"));
        let output = command.args(words).output().expect("valgrind is installed");
        let said = String::from_utf8_lossy(&output.stderr);
        let line = said.lines().find(|line| line.contains("Collected :")).unwrap_or_else(|| panic!("{said}"));
        line.rsplit(' ').next().and_then(|count| count.parse::<f64>().ok()).expect("a number of instructions")
    };
    let mut wrong = Vec::new();
    for &(shape, smallest, line) in ROWS {
        let idle = counted(&prepared(folder.path(), shape, 4, line));
        let took = [smallest, 2 * smallest, 4 * smallest]
            .map(|size| counted(&prepared(folder.path(), shape, size, line)) - idle);
        let work = exponent(took[0], took[2]);
        println!("{shape:12} {line:30} instructions {work:.2} {took:?}");
        if work > MOST {
            wrong.push(format!("{shape}: {line}: instructions grow by {work:.2}: {took:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

//! The plates in `maps/` are snapshots: the program must draw them identically.

use super::preset;
use merestone::map::PlateSpec;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// Resolution of the committed pictures, as in the Makefile.
const DPI: f64 = 100.0;

fn committed(file: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("maps").join(file)
}

/// A text with every number rounded to 0.05 mm, to ignore the last digits of another platform.
fn rounded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut number = String::new();
    for c in text.chars().chain(['\n']) {
        if c.is_ascii_digit() || c == '.' {
            number.push(c);
            continue;
        }
        match number.parse::<f64>() {
            Ok(value) => write!(out, "{:.1}", (value * 20.0).round() / 20.0).expect("a String takes all"),
            Err(_) => out.push_str(&number),
        }
        number.clear();
        out.push(c);
    }
    out
}

/// Lines that differ at the same place.
fn difference(expected: &str, actual: &str) -> String {
    let mut out = String::new();
    let (mut a, mut b) = (expected.lines(), actual.lines());
    for line in 1.. {
        match (a.next(), b.next()) {
            (None, None) => break,
            (x, y) if x == y => {}
            (x, y) => writeln!(out, "line {line}\n- {}\n+ {}", x.unwrap_or(""), y.unwrap_or("")).expect("it takes all"),
        }
    }
    out
}

#[test]
fn every_preset_is_drawn_as_its_golden_svg() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/maps");
    let mut differing = Vec::new();
    for name in PlateSpec::preset_names() {
        let sheet = preset(name);
        let golden = std::fs::read_to_string(committed(&format!("{name}.svg"))).expect("it is committed");
        let (expected, actual) = (rounded(&golden), rounded(&sheet.outline_svg()));
        if expected != actual {
            std::fs::create_dir_all(&folder).expect("target/ can be written");
            let texts = [
                ("expected", &golden),
                ("actual", &sheet.outline_svg()),
                ("difference", &difference(&expected, &actual)),
            ];
            for (kind, text) in texts {
                std::fs::write(folder.join(format!("{name}.{kind}.svg")), text).expect("target/ can be written");
            }
            differing.push(name);
        }
    }
    assert!(
        differing.is_empty(),
        "{differing:?} differ from maps/: see target/maps/, and `make maps` where it is meant"
    );
}

#[test]
fn the_committed_plates_are_what_the_program_draws_to_the_byte() {
    let mut differing = Vec::new();
    for name in PlateSpec::preset_names() {
        let sheet = preset(name);
        let same = |file: String, bytes: &[u8]| std::fs::read(committed(&file)).is_ok_and(|known| known == bytes);
        if !same(format!("{name}.svg"), sheet.outline_svg().as_bytes()) {
            differing.push(format!("{name}.svg"));
        }
        if !same(format!("{name}.png"), &sheet.png(DPI).expect("a picture")) {
            differing.push(format!("{name}.png"));
        }
    }
    assert!(differing.is_empty(), "{differing:?} are not what the program draws: `make maps` makes them again");
}

#[test]
fn rounding_keeps_what_is_no_number() {
    assert_eq!(rounded("M1.234 .99l-.02 3"), "M1.2 1.0l-0.0 3.0\n");
}

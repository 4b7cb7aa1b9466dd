//! The programs in `examples/`, which use only the library.

use crate::support::files;
use std::error::Error;
use std::io::Write;

/// A program, with its `main` left out of the count of what is used.
macro_rules! program {
    ($name:ident, $path:literal) => {
        #[allow(dead_code)]
        #[path = $path]
        mod $name;
    };
}

program!(crossings, "../examples/crossings.rs");
program!(enclaves, "../examples/enclaves.rs");
program!(four_corners, "../examples/four_corners.rs");
program!(memory, "../examples/memory.rs");
#[cfg(feature = "plates")]
program!(plate, "../examples/plate.rs");
program!(proposals, "../examples/proposals.rs");

type Run = fn(&mut dyn Write) -> Result<(), Box<dyn Error>>;

/// The output of a program.
fn written(run: Run) -> String {
    let mut out = Vec::new();
    run(&mut out).unwrap_or_else(|error| panic!("{error}"));
    String::from_utf8(out).expect("it writes text")
}

#[test]
fn pairs_across_a_quadripoint_touch_in_it_alone() {
    let text = written(four_corners::run);
    let lines: Vec<&str> = text.lines().collect();
    // A degree of longitude at 37° north in closed form, and the meridian to either side by quadrature: 89 011.672 m,
    // 110 968.304 m and 110 987.044 m.
    let expected = [
        "Arizona and Colorado: touch at -109.05, 37",
        "Arizona and New Mexico: 110.968 km",
        "Arizona and Utah: 89.012 km",
        "Colorado and New Mexico: 89.012 km",
        "Colorado and Utah: 110.987 km",
        "New Mexico and Utah: touch at -109.05, 37",
    ];
    assert_eq!(lines, expected);
}

#[test]
fn every_enclave_has_its_host_and_measures() {
    let text = written(enclaves::run);
    assert_eq!(text.lines().count(), 6, "{text}");
    for line in text.lines() {
        assert!(
            !line.starts_with("unnamed") && line.contains(" km² (standard error ") && !line.contains("unknown"),
            "{line}"
        );
    }
    assert!(text.contains(": of ARM in AZE, 39.43 km²"), "{text}");
    assert!(text.contains(": of AZE in ARM, 8.37 km²"), "{text}");
}

#[test]
fn routes_cross_between_different_territories() {
    let text = written(crossings::run);
    assert!(text.contains("southern-railway: 304.7 km (indicative)"), "{text}");
    let crossings: Vec<&str> = text.lines().filter(|line| line.starts_with("  km ")).collect();
    assert!(crossings.len() > 4, "{text}");
    for line in crossings {
        let (_, passage) = line.split_once(": ").expect("a chainage");
        let (from, rest) = passage.split_once(" to ").expect("two sides");
        assert!(!rest.starts_with(&format!("{from} at")), "{line}");
    }
}

#[test]
fn both_proposals_balance() {
    let text = written(proposals::run);
    assert_eq!(text.matches("balanced: true").count(), 2, "{text}");
    for side in ["ARM", "AZE"] {
        assert_eq!(text.matches(&format!("  {side}: ")).count(), 2, "{text}");
    }
}

#[cfg(feature = "plates")]
#[test]
fn a_plate_is_drawn_from_its_specification() {
    let svg = written(plate::run);
    assert!(svg.starts_with("<svg") || svg.starts_with("<?xml"), "{}", &svg[..60]);
    assert!(svg.contains("States and boundary lines"));
}

#[test]
fn bytes_in_memory_are_a_file() {
    // The meridian's arc from 37° to 40° north by GeographicLib: 333 018.055 m.
    let expected = "warning: states.csv names no coordinate reference system; it is read as WGS 84\n\
        Colorado and Kansas: 333.018 km\n";
    assert_eq!(written(memory::run), expected);
}

#[test]
fn every_program_is_declared_documented_and_run() {
    let (manifest, page) = (files::text("Cargo.toml"), files::text("docs/library.md"));
    let tests = include_str!("programs.rs");
    let programs = files::below("examples");
    assert_eq!(programs.len(), 6, "{programs:?}");
    for path in programs {
        let name = path.trim_start_matches("examples/").trim_end_matches(".rs");
        assert!(manifest.contains(&format!("name = \"{name}\"")), "{path}: not in Cargo.toml");
        assert!(page.contains(&format!("--example {name}")), "{path}: not in docs/library.md");
        assert!(tests.contains(&format!("program!({name}, ")), "{path}: not run");
    }
}

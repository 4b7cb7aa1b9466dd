//! Results against PROJ, GEOS and GeographicLib (tests/reference/README.md).

#[path = "reference/azimuthal.rs"]
mod azimuthal;
#[path = "reference/dataset.rs"]
mod dataset;
#[path = "reference/datum.rs"]
mod datum;
#[path = "reference/equal_earth.rs"]
mod equal_earth;
#[path = "reference/geodesics.rs"]
mod geodesics;
#[path = "reference/geographiclib.rs"]
mod geographiclib;
#[path = "reference/measures.rs"]
mod measures;
#[path = "reference/rhumb.rs"]
mod rhumb;
#[path = "reference/widths.rs"]
mod widths;

use geo::Coord;
use serde_json::Value;

/// Reference values of `make.py` under this key.
fn expected(key: &str) -> Vec<Value> {
    let value: Value = serde_json::from_str(include_str!("reference/expected.json")).expect("make.py writes JSON");
    let rows = value[key].as_array().unwrap_or_else(|| panic!("no rows {key}")).clone();
    assert!(!rows.is_empty(), "{key}");
    rows
}

fn number(row: &Value, key: &str) -> f64 {
    row[key].as_f64().unwrap_or_else(|| panic!("no number {key} in {row}"))
}

fn text<'a>(row: &'a Value, key: &str) -> &'a str {
    row[key].as_str().unwrap_or_else(|| panic!("no text {key} in {row}"))
}

fn coord(value: &Value) -> Coord {
    Coord { x: value[0].as_f64().expect("longitude"), y: value[1].as_f64().expect("latitude") }
}

/// Asserts agreement with the reference within an absolute or a relative tolerance.
#[track_caller]
fn agree(what: &str, measured: f64, oracle: f64, absolute: f64, relative: f64) {
    let tolerance = absolute.max(relative * oracle.abs());
    assert!((measured - oracle).abs() <= tolerance, "{what}: {measured}, the oracle says {oracle} (± {tolerance})");
}

//! Demarcation documents: coordinate catalogues and sheets of the Soviet map.

#[path = "papers/catalogue.rs"]
mod catalogue;
#[cfg(feature = "plates")]
#[path = "papers/described.rs"]
mod described;
#[cfg(feature = "plates")]
#[path = "papers/model_clauses.rs"]
mod model_clauses;
#[cfg(feature = "plates")]
#[path = "papers/protocols.rs"]
mod protocols;
#[path = "papers/round_trip.rs"]
mod round_trip;
#[path = "papers/sheets.rs"]
mod sheets;
#[cfg(feature = "plates")]
#[path = "papers/told.rs"]
mod told;
#[cfg(feature = "plates")]
#[path = "papers/uncertain.rs"]
mod uncertain;
#[cfg(feature = "plates")]
#[path = "papers/waters.rs"]
mod waters;

use merestone::io::{Dataset, Found, ReadOptions, Reference};
use serde_json::Value;

/// Reads a reference of the embedded dataset.
fn found(reference: &str) -> Found {
    let found = Dataset::embedded().select_any(&Reference::parse(reference), &ReadOptions::default());
    found.unwrap_or_else(|error| panic!("{error}"))
}

/// Reference values of `tests/reference/papers.py` (PROJ and GeographicLib) under this key.
fn reference(key: &str) -> Vec<Value> {
    let all: Value = serde_json::from_str(include_str!("reference/papers.json")).expect("papers.py writes JSON");
    let rows = all[key].as_array().expect("an array").clone();
    assert!(!rows.is_empty());
    rows
}

fn number(row: &Value, key: &str) -> f64 {
    row[key].as_f64().unwrap_or_else(|| panic!("no number {key} in {row}"))
}

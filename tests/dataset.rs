//! The embedded dataset: the numbers that must come out, and what its files promise.

#[path = "dataset/names.rs"]
mod names;
#[path = "dataset/numbers.rs"]
mod numbers;
#[path = "dataset/routes.rs"]
mod routes;
#[path = "dataset/soviet.rs"]
mod soviet;

use crate::support::files;
use merestone::io::{Dataset, ReadOptions, Reference, Shape};
use merestone::model::Territory;

/// The features that a reference names.
fn select<T: Shape>(reference: &str) -> Vec<T> {
    let selected = Dataset::embedded().select(&Reference::parse(reference), &ReadOptions::default());
    selected.unwrap_or_else(|error| panic!("{error}")).features
}

/// The territory of that id in a layer.
fn territory(layer: &str, id: &str) -> Territory {
    select::<Territory>(&format!("{layer}/{id}")).pop().expect("it was selected")
}

/// Asserts that a measured value is within a range about the expected one.
fn near(what: &str, measured: f64, expected: f64, tolerance: f64) {
    assert!((measured - expected).abs() <= tolerance, "{what}: {measured} instead of {expected} ± {tolerance}");
}

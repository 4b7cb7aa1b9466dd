//! The embedded dataset: reference figures, and completeness of its files.

#[path = "dataset/edition.rs"]
mod edition;
#[path = "dataset/names.rs"]
mod names;
#[path = "dataset/numbers.rs"]
mod numbers;
#[path = "dataset/part_names.rs"]
mod part_names;
#[path = "dataset/relief.rs"]
mod relief;
#[path = "dataset/rivers.rs"]
mod rivers;
#[path = "dataset/routes.rs"]
mod routes;
#[path = "dataset/soviet.rs"]
mod soviet;
#[path = "dataset/towns.rs"]
mod towns;

use crate::support::files;
use merestone::io::{Dataset, ReadOptions, Reference, Shape};
use merestone::model::Territory;

/// Reads the features of a reference.
fn select<T: Shape>(reference: &str) -> Vec<T> {
    let selected = Dataset::embedded().select(&Reference::parse(reference), &ReadOptions::default());
    selected.unwrap_or_else(|error| panic!("{error}")).features
}

/// The territory with this id in a layer.
fn territory(layer: &str, id: &str) -> Territory {
    select::<Territory>(&format!("{layer}/{id}")).pop().expect("it was selected")
}

/// Asserts that a measured value is within a tolerance of the expected one.
fn near(what: &str, measured: f64, expected: f64, tolerance: f64) {
    assert!((measured - expected).abs() <= tolerance, "{what}: {measured} instead of {expected} ± {tolerance}");
}

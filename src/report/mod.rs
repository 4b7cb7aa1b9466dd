//! Report structs as text: tables, CSV, JSON, GeoJSON.
//!
//! To render a new report: implement [`Rendering`] in a file here named after its question.

mod border;
mod catalogue;
mod cell;
mod check;
mod compare;
mod convert;
mod csv;
mod enclave;
mod evidence;
mod geojson;
mod gpx;
mod info;
mod json;
mod ledger;
mod route;
#[cfg(feature = "schema")]
mod schema;
mod severance;
mod sheets;
mod table;

pub use self::cell::{Cell, LongTable, Table};
pub use self::csv::csv;
pub use self::geojson::geojson;
pub use self::gpx::gpx;
pub use self::json::json;
#[cfg(feature = "schema")]
pub use self::schema::{schema, schema_names};
pub use self::table::{markdown, table};

use crate::model::{Accuracy, DatumNote, Envelope, Input, MethodNote, SCHEMA_VERSION, Warning};
use serde::Serialize;
use serde_json::{Map, Value};

/// A report that can be printed in every format.
pub trait Rendering: Serialize {
    /// The command that gives it.
    const COMMAND: &'static str;

    /// The report as tables for a reader; the first is the one that CSV holds.
    fn tables(&self) -> Vec<Table>;

    /// The first table where it may have millions of rows: CSV then makes them as it writes them.
    fn long_table(&self) -> Option<LongTable<'_>> {
        None
    }

    /// The report as GeoJSON features.
    fn features(&self) -> Vec<Value>;
}

/// Puts a report into its envelope.
pub fn envelope<R: Rendering>(
    results: R,
    inputs: Vec<Input>,
    mut method: MethodNote,
    warnings: Vec<Warning>,
) -> Envelope<R> {
    let notes: Vec<&DatumNote> = inputs.iter().filter_map(|input| input.datum.as_ref()).collect();
    state_datum(&mut method, &notes);
    method.ids = ids(&inputs);
    method.incomplete = incomplete(&inputs);
    Envelope {
        schema: format!("merestone/{}/{SCHEMA_VERSION}", R::COMMAND),
        tool: env!("CARGO_PKG_NAME").to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        command: R::COMMAND.to_owned(),
        inputs,
        method,
        results,
        warnings,
    }
}

/// What the features of the files are called by, file by file where it differs; of an answer on a dataset's layers, the
/// layers'.
fn ids(inputs: &[Input]) -> Option<String> {
    let is_file = |input: &&Input| !input.path.starts_with(EMBEDDED);
    let files: Vec<(&str, &str)> =
        inputs.iter().filter(is_file).filter_map(|input| Some((input.path.as_str(), input.ids.as_deref()?))).collect();
    match files.as_slice() {
        [] => inputs.iter().find_map(|input| input.ids.clone()),
        [(_, first), rest @ ..] if rest.iter().all(|(_, rule)| rule == first) => Some((*first).to_owned()),
        all => Some(all.iter().map(|(path, rule)| format!("{path}: {rule}")).collect::<Vec<_>>().join("; ")),
    }
}

/// What the paths of the embedded layers begin with.
const EMBEDDED: &str = "embedded:";

/// How many features of which files are missing from the answer.
fn incomplete(inputs: &[Input]) -> Option<String> {
    let left_out = inputs.iter().filter(|input| input.left_out > 0);
    let all: Vec<String> = left_out
        .map(|input| format!("{} of {} features of {} are left out", input.left_out, input.features, input.path))
        .collect();
    (!all.is_empty()).then(|| all.join("; "))
}

/// An input that came from another datum says more than its layer's own word, and its operation adds to the error of
/// its positions.
fn state_datum(method: &mut MethodNote, notes: &[&DatumNote]) {
    let mut operations: Vec<&str> = notes.iter().map(|note| note.operation.as_str()).collect();
    operations.dedup();
    if !operations.is_empty() {
        method.datum_operation = operations.join("; ");
    }
    let mut edges: Vec<&str> = notes.iter().filter_map(|note| note.edges.as_deref()).collect();
    edges.dedup();
    edges.iter().for_each(|edges| method.edges.push_str(&format!("; {edges}")));
    let mut crossed = notes.iter().filter(|note| note.crosses_datums()).peekable();
    if crossed.peek().is_none() {
        return;
    }
    let accuracies: Option<Vec<f64>> = crossed.map(|note| note.accuracy_m).collect();
    method.accuracy = match accuracies {
        Some(all) => Accuracy::of(method.accuracy.source_m, all.into_iter().reduce(f64::max)),
        None => Accuracy {
            position_accuracy_m: None,
            method: "not known: nobody states the accuracy of the datum operation".to_owned(),
            ..method.accuracy.clone()
        },
    };
}

/// The fields of a serialisable value, for a feature's properties.
fn properties<T: Serialize>(value: &T) -> Map<String, Value> {
    match serde_json::to_value(value) {
        Ok(Value::Object(map)) => map,
        _ => Map::new(),
    }
}

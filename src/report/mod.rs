//! Renders reports as tables, Markdown, CSV, JSON, GeoJSON and GPX.
//!
//! To add a report, implement [`Rendering`] in a file here named after its question.

mod audit;
mod border;
mod catalogue;
mod cell;
mod certainty;
mod check;
mod compare;
mod convert;
mod corridor;
mod csv;
mod decide;
mod describe;
mod diff;
#[cfg(all(feature = "plates", feature = "formats"))]
mod dossier;
mod enclave;
mod evidence;
mod flat;
mod geojson;
#[cfg(feature = "gdal")]
mod geopackage;
mod gpx;
mod info;
mod json;
mod ledger;
mod marks;
#[cfg(feature = "plates")]
mod paper;
mod parse;
mod records;
mod resolve;
mod rounded;
mod route;
#[cfg(feature = "schema")]
mod schema;
#[cfg(feature = "seal")]
mod seal;
mod severance;
mod sheets;
mod sld;
mod status;
mod style;
mod table;
#[cfg(feature = "network")]
mod trace;

pub use self::cell::{Cell, Table};
pub use self::csv::{csv, csv_files};
#[cfg(all(feature = "plates", feature = "formats"))]
pub use self::dossier::{Dossier, DossierPlate, DossierSection, dossier};
pub use self::geojson::geojson;
#[cfg(feature = "gdal")]
pub use self::geopackage::{GeoPackageError, geopackage};
pub use self::gpx::gpx;
pub use self::json::json;
#[cfg(feature = "plates")]
pub use self::paper::{paper_docx, paper_html, paper_markdown};
pub use self::records::{Record, Records};
#[cfg(feature = "schema")]
pub use self::schema::{schema, schema_names};
pub use self::sld::{StyleForm, styles};
pub use self::table::{TableOptions, markdown, table};

use self::flat::degrees;
use crate::model::{Accuracy, DatumNote, Envelope, Input, MethodNote, SCHEMA_VERSION, Warning};
use serde::Serialize;
use serde_json::{Map, Value};

/// A report that renders in every format.
pub trait Rendering: Serialize + Sized {
    /// The command of the report.
    const COMMAND: &'static str;

    /// The report as tables for a reader.
    fn tables(&self) -> Vec<Table>;

    /// The report as lists of rows for programs, with the names and units of the JSON answer; CSV on one stream
    /// contains only the first list. By default, the lists of the serialised report.
    fn records(&self) -> Vec<Records<'_>> {
        records::lists_of(self, Self::COMMAND)
    }

    /// The results that are not in the features: totals, lists without geometry. In GeoJSON it is the member `results`
    /// of `merestone`; null omits it.
    fn summary(&self) -> Value {
        serde_json::to_value(self).unwrap_or_default()
    }

    /// The report as GeoJSON features; properties are scalars, ids are stable.
    fn features(&self) -> Vec<Value>;
}

/// Wraps a report in its envelope.
pub fn envelope<R: Rendering>(
    results: R,
    inputs: Vec<Input>,
    mut method: MethodNote,
    warnings: Vec<Warning>,
) -> Envelope<R> {
    let notes: Vec<&DatumNote> = inputs.iter().filter_map(|input| input.datum.as_ref()).collect();
    state_datum(&mut method, &notes);
    method.ids = ids(&inputs);
    method.selection = selection(&inputs);
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

/// States the source of feature identifiers, by file if it differs; for layers of a dataset, that of the layers.
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

/// Prefix of the paths of embedded layers.
const EMBEDDED: &str = "embedded:";

/// States which features of which files a filter selected.
fn selection(inputs: &[Input]) -> Option<String> {
    let filtered = |input: &Input| Some(format!("{}: {}", input.path, input.selection.as_ref()?));
    let all: Vec<String> = inputs.iter().filter_map(filtered).collect();
    (!all.is_empty()).then(|| all.join("; "))
}

/// States how many features of which files were omitted.
fn incomplete(inputs: &[Input]) -> Option<String> {
    let left_out = inputs.iter().filter(|input| input.left_out > 0);
    let all: Vec<String> = left_out
        .map(|input| format!("{} of {} features of {} are left out", input.left_out, input.features, input.path))
        .collect();
    (!all.is_empty()).then(|| all.join("; "))
}

/// Records the datum operation of each transformed input; its accuracy is added to that of the positions.
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

/// A serialised report without some of its members.
fn without<T: Serialize>(report: &T, members: &[&str]) -> Value {
    let mut value = serde_json::to_value(report).unwrap_or_default();
    if let Some(fields) = value.as_object_mut() {
        members.iter().for_each(|member| {
            fields.shift_remove(*member);
        });
    }
    value
}

/// The fields of a serialisable value as feature properties: scalars only.
fn properties<T: Serialize>(value: &T) -> Map<String, Value> {
    flat::row(value)
}

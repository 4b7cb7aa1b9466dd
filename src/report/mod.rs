//! Report structs as text: tables, CSV, JSON, GeoJSON.
//!
//! To render a new report: implement [`Rendering`] in a file here named after its question.

mod border;
mod catalogue;
mod cell;
mod check;
mod compare;
mod csv;
mod enclave;
mod evidence;
mod geojson;
mod gpx;
mod info;
mod json;
mod ledger;
mod route;
mod severance;
mod sheets;
mod table;

pub use self::cell::{Cell, Table};
pub use self::csv::csv;
pub use self::geojson::geojson;
pub use self::gpx::gpx;
pub use self::json::json;
pub use self::table::{markdown, table};

use crate::model::{Envelope, Input, MethodNote, SCHEMA_VERSION, Warning};
use serde::Serialize;
use serde_json::{Map, Value};

/// A report that can be printed in every format.
pub trait Rendering: Serialize {
    /// The command that gives it.
    const COMMAND: &'static str;

    /// The report as tables for a reader; the first is the one that CSV holds.
    fn tables(&self) -> Vec<Table>;

    /// The report as GeoJSON features.
    fn features(&self) -> Vec<Value>;
}

/// Puts a report into its envelope.
pub fn envelope<R: Rendering>(
    results: R,
    inputs: Vec<Input>,
    method: MethodNote,
    warnings: Vec<Warning>,
) -> Envelope<R> {
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

/// The fields of a serialisable value, for a feature's properties.
fn properties<T: Serialize>(value: &T) -> Map<String, Value> {
    match serde_json::to_value(value) {
        Ok(Value::Object(map)) => map,
        _ => Map::new(),
    }
}

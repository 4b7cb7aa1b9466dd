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
mod html;
mod info;
mod json;
mod ledger;
mod marks;
mod method;
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
pub use self::html::html;
pub use self::json::json;
#[cfg(feature = "plates")]
pub use self::paper::{paper_docx, paper_html, paper_markdown};
pub use self::records::{Record, Records};
#[cfg(feature = "schema")]
pub use self::schema::{schema, schema_names};
pub use self::sld::{StyleForm, styles};
pub use self::table::{TableOptions, markdown, table};

use self::flat::degrees;
use crate::model::{Answer, Envelope, SCHEMA_VERSION};
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

/// Wraps an answer in its envelope.
///
/// # Examples
/// ```
/// use merestone::geo::coord;
/// use merestone::model::{Content, Place};
/// use merestone::question::{SheetOptions, sheets};
/// use merestone::report::envelope;
/// let place = Place::new("place", coord! { x: 37.6, y: 55.7 })?;
/// let answer = envelope(sheets(&[Content::Places(vec![place])], &SheetOptions::default())?);
/// assert_eq!((answer.schema.as_str(), answer.method.edges.as_str()), ("merestone/sheets/1", "lonlat"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn envelope<R: Rendering>(answer: Answer<R>) -> Envelope<R> {
    Envelope {
        schema: format!("merestone/{}/{SCHEMA_VERSION}", R::COMMAND),
        tool: env!("CARGO_PKG_NAME").to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        command: R::COMMAND.to_owned(),
        method: method::note(&answer.provenance),
        inputs: answer.provenance.inputs,
        results: answer.report,
        warnings: answer.warnings,
    }
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

//! JSON Schemas of the reports.
//!
//! Reports derive `JsonSchema` and `Serialize`. To publish one, add a line to [`SCHEMAS`] and run `make schemas`.

use super::Rendering;
use crate::document::audit::AuditReport;
use crate::document::description::{DESCRIPTION_SCHEMA, Description};
use crate::document::parse::ParseReport;
use crate::document::seal::SealReport;
use crate::document::{Catalogue, DescriptionReport, ResolveReport};
use crate::io::ConvertReport;
use crate::model::{Envelope, SCHEMA_VERSION};
use crate::question::{
    BorderReport, CheckReport, CompareReport, CorridorReport, DecideReport, DiffReport, EnclaveReport, EvidenceReport,
    InfoReport, LedgerReport, MarkReport, RouteReport, SeveranceReport, SheetReport, StatusReport, TraceReport,
};
use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema};
use serde_json::{Value, json};

/// A command and the function that builds its schema.
type SchemaEntry = (&'static str, fn() -> Value);

/// The commands with JSON output and their schemas.
const SCHEMAS: [SchemaEntry; 23] = [
    entry::<AuditReport>(),
    entry::<BorderReport>(),
    entry::<Catalogue>(),
    entry::<CheckReport>(),
    entry::<CompareReport>(),
    entry::<ConvertReport>(),
    entry::<CorridorReport>(),
    entry::<DecideReport>(),
    entry::<DescriptionReport>(),
    entry::<DiffReport>(),
    entry::<EnclaveReport>(),
    entry::<EvidenceReport>(),
    entry::<InfoReport>(),
    entry::<LedgerReport>(),
    entry::<MarkReport>(),
    entry::<ParseReport>(),
    entry::<ResolveReport>(),
    entry::<Vec<RouteReport>>(),
    entry::<SealReport>(),
    entry::<SeveranceReport>(),
    entry::<SheetReport>(),
    entry::<StatusReport>(),
    entry::<TraceReport>(),
];

const fn entry<R: Rendering + JsonSchema>() -> SchemaEntry {
    (R::COMMAND, of::<R>)
}

/// Commands with a schema, in alphabetical order.
pub fn schema_names() -> Vec<&'static str> {
    SCHEMAS.iter().map(|(name, _)| *name).collect()
}

/// Returns the JSON Schema (draft 2020-12) of a command's `--format json`, or of the syntax tree `description` of
/// descriptions; `None` for an unknown name.
///
/// Objects have no members other than those named. The foreign member `merestone` of GeoJSON answers has the same
/// schema without `results`.
pub fn schema(command: &str) -> Option<String> {
    let made = match command {
        TREE => tree(),
        _ => SCHEMAS.iter().find(|(name, _)| *name == command)?.1(),
    };
    Some(serde_json::to_string_pretty(&made).expect("schemas have string keys") + "\n")
}

/// The name of the schema of the syntax tree.
const TREE: &str = "description";

/// The schema of the syntax tree that `describe` and `parse` give.
fn tree() -> Value {
    let settings = SchemaSettings::draft2020_12().for_serialize().with_transform(close as fn(&mut Schema));
    let mut schema = settings.into_generator().into_root_schema_for::<Description>().to_value();
    schema["$id"] = json!(DESCRIPTION_SCHEMA);
    schema["title"] = json!("Syntax tree of the description of a line");
    schema
}

fn of<R: Rendering + JsonSchema>() -> Value {
    let settings = SchemaSettings::draft2020_12().for_serialize().with_transform(close as fn(&mut Schema));
    let mut schema = settings.into_generator().into_root_schema_for::<Envelope<R>>().to_value();
    let name = R::COMMAND;
    schema["title"] = json!(format!("Answer of merestone {name}"));
    schema["properties"]["schema"] = json!({ "const": format!("merestone/{name}/{SCHEMA_VERSION}") });
    schema["properties"]["command"] = json!({ "const": name });
    schema
}

/// Forbids additional properties in every object with named properties.
fn close(schema: &mut Schema) {
    schemars::transform::transform_subschemas(&mut close, schema);
    if schema.get("properties").is_some() && schema.get("additionalProperties").is_none() {
        schema.insert("additionalProperties".to_owned(), Value::Bool(false));
    }
}

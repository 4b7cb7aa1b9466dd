//! The answer as one JSON object.

use crate::model::Envelope;
use serde::Serialize;

/// Returns the envelope as indented JSON with a line end.
pub fn json<R: Serialize>(answer: &Envelope<R>) -> String {
    serde_json::to_string_pretty(answer).expect("reports have string keys and finite numbers") + "\n"
}

//! JSON output: the envelope as one object.

use crate::io::json_indented;
use crate::model::Envelope;
use serde::Serialize;

/// Returns the envelope as indented JSON with a final line feed.
pub fn json<R: Serialize>(answer: &Envelope<R>) -> String {
    json_indented(answer) + "\n"
}

//! What a feature rests on: its source, date, method and accuracy.

use super::DatumNote;
#[cfg(feature = "schema")]
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// How the coordinates of a feature came about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Method {
    /// Measured on the ground.
    Surveyed,
    /// Drawn off a map or from described points.
    Digitised,
    /// A chain of known places joined by straight edges: lengths are indicative.
    Waypoints,
    /// A plain figure of the right size in the right place.
    Schematic,
    /// From general map knowledge.
    Estimated,
}

impl Method {
    /// The word used in files.
    pub const fn word(self) -> &'static str {
        match self {
            Method::Surveyed => "surveyed",
            Method::Digitised => "digitised",
            Method::Waypoints => "waypoints",
            Method::Schematic => "schematic",
            Method::Estimated => "estimated",
        }
    }

    /// The method of that word, if it is one.
    pub fn from_word(word: &str) -> Option<Self> {
        use Method::*;
        [Surveyed, Digitised, Waypoints, Schematic, Estimated].into_iter().find(|m| m.word() == word)
    }
}

/// A published figure: one value, or a range where published figures disagree.
#[derive(Debug, Clone, PartialEq)]
pub struct Published {
    /// Least published value, in the unit that the property's name states.
    pub low: f64,
    /// Greatest published value.
    pub high: f64,
    /// Who published it.
    pub source: Option<String>,
}

impl Published {
    /// Whether a measured value lies within the published ones, give or take a relative tolerance.
    pub fn agrees_with(&self, measured: f64, relative: f64) -> bool {
        measured >= self.low * (1.0 - relative) && measured <= self.high * (1.0 + relative)
    }
}

impl Serialize for Published {
    /// A number, or `[low, high]` where published figures disagree.
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.low == self.high {
            serializer.serialize_f64(self.low)
        } else {
            [self.low, self.high].serialize(serializer)
        }
    }
}

#[cfg(feature = "schema")]
impl JsonSchema for Published {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Published".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "description": "A published figure, or the least and the greatest where published figures disagree.",
            "anyOf": [
                { "type": "number" },
                { "type": "array", "items": { "type": "number" }, "minItems": 2, "maxItems": 2 },
            ],
        })
    }
}

impl std::fmt::Display for Published {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.low == self.high { write!(f, "{}", self.low) } else { write!(f, "{}–{}", self.low, self.high) }
    }
}

/// The source of a feature. What a feature lacks it has taken from its layer.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
pub struct Evidence {
    /// Where the coordinates come from.
    pub source: Option<String>,
    /// Date of the data, as the source writes it (ISO 8601 where known).
    pub date: Option<String>,
    /// How the coordinates came about.
    pub method: Option<Method>,
    /// Accuracy of positions in metres. Never a ± on a length.
    pub position_accuracy_m: Option<f64>,
    /// Whose view it is, where the parties differ.
    pub asserted_by: Option<String>,
    /// How the coordinates came to WGS 84, where the file has them in another system.
    #[serde(skip)]
    #[cfg_attr(feature = "schema", schemars(skip))]
    pub datum: Option<Arc<DatumNote>>,
}

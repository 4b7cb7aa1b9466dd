//! Provenance of a feature: source, date, method and accuracy.

use super::DatumNote;
#[cfg(feature = "schema")]
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// How coordinates were obtained.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Method {
    /// Measured on the ground.
    Surveyed,
    /// Digitised from a map or from described points.
    Digitised,
    /// A chain of waypoints joined by straight edges: lengths are indicative.
    Waypoints,
    /// A schematic shape of the right size at the right place.
    Schematic,
    /// Estimated from general map knowledge.
    Estimated,
    /// Computed from other data, such as a river from heights.
    Derived,
}

impl Method {
    /// The word in files.
    pub const fn word(self) -> &'static str {
        match self {
            Method::Surveyed => "surveyed",
            Method::Digitised => "digitised",
            Method::Waypoints => "waypoints",
            Method::Schematic => "schematic",
            Method::Estimated => "estimated",
            Method::Derived => "derived",
        }
    }

    /// Returns the method with this word in files.
    pub fn from_word(word: &str) -> Option<Self> {
        use Method::*;
        [Surveyed, Digitised, Waypoints, Schematic, Estimated, Derived].into_iter().find(|m| m.word() == word)
    }
}

/// A published figure: one value, or a range where published figures disagree.
#[derive(Debug, Clone, PartialEq)]
pub struct Published {
    /// Smallest published value, in the unit of the property's name.
    pub low: f64,
    /// Largest published value.
    pub high: f64,
    /// Who published it.
    pub source: Option<String>,
}

impl Published {
    /// Whether a measured value is in the published range, within a relative tolerance.
    pub fn agrees_with(&self, measured: f64, relative: f64) -> bool {
        measured >= self.low * (1.0 - relative) && measured <= self.high * (1.0 + relative)
    }

    /// A measured value as a share of the published one, the least first; `None` if a published value is not above 0.
    pub fn ratio_of(&self, measured: f64) -> Option<Published> {
        let share = |published: f64| (published > 0.0).then(|| measured / published);
        Some(Published { low: share(self.high)?, high: share(self.low)?, source: None })
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

/// Provenance of a feature. Values that the feature lacks come from its layer.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
pub struct Evidence {
    /// Source of the coordinates.
    pub source: Option<String>,
    /// Date of the data, as the source writes it (ISO 8601 where known).
    pub date: Option<String>,
    /// How the coordinates were obtained.
    pub method: Option<Method>,
    /// Positional accuracy in metres. It is not an error of a length.
    pub position_accuracy_m: Option<f64>,
    /// The party that asserts it, where parties differ.
    pub asserted_by: Option<String>,
    /// How the coordinates were transformed to WGS 84, where the file has another system.
    #[serde(skip)]
    #[cfg_attr(feature = "schema", schemars(skip))]
    pub datum: Option<Arc<DatumNote>>,
}

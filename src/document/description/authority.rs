//! Documents in an order of precedence.

#[cfg(feature = "schema")]
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A document in an order of precedence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Authority {
    /// The text of the description.
    Text,
    /// The catalogue of coordinates.
    Coordinates,
    /// The map.
    Map,
    /// The marks on the ground.
    Marks,
}

impl Authority {
    /// All documents.
    pub const ALL: [Authority; 4] = [Authority::Text, Authority::Coordinates, Authority::Map, Authority::Marks];

    /// The word in files and on the command line.
    pub const fn word(self) -> &'static str {
        match self {
            Authority::Text => "text",
            Authority::Coordinates => "coordinates",
            Authority::Map => "map",
            Authority::Marks => "marks",
        }
    }

    /// Returns the document with this word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|authority| authority.word() == word)
    }
}

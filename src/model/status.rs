//! Delimitation status of a line.

#[cfg(feature = "schema")]
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Delimitation status of a line. Province, state and raion are kinds, not statuses.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// Marked on the ground.
    Demarcated,
    /// Described and mapped by both sides.
    Delimited,
    /// Agreed, not yet described in detail.
    Agreed,
    /// Not delimited; the course is approximate.
    Undefined,
    /// The parties claim different courses.
    Disputed,
    /// A line of actual control.
    ControlLine,
    /// A historical line.
    Historical,
    /// A proposed line.
    Proposed,
    /// Not stated by the source.
    #[default]
    Unspecified,
}

impl Status {
    /// All statuses, in legend order.
    pub const ALL: [Status; 9] = [
        Status::Demarcated,
        Status::Delimited,
        Status::Agreed,
        Status::Undefined,
        Status::Disputed,
        Status::ControlLine,
        Status::Historical,
        Status::Proposed,
        Status::Unspecified,
    ];

    /// The word in files.
    pub const fn word(self) -> &'static str {
        match self {
            Status::Demarcated => "demarcated",
            Status::Delimited => "delimited",
            Status::Agreed => "agreed",
            Status::Undefined => "undefined",
            Status::Disputed => "disputed",
            Status::ControlLine => "control-line",
            Status::Historical => "historical",
            Status::Proposed => "proposed",
            Status::Unspecified => "unspecified",
        }
    }

    /// Returns the status with this word in files.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.word() == word)
    }
}

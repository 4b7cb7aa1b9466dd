//! The status of a line: one list everywhere.

#[cfg(feature = "schema")]
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How far a stretch of line is settled. Province, state and raion are kinds, not statuses.
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
    /// Not delimited; its course is approximate.
    Undefined,
    /// Claimed differently by its sides.
    Disputed,
    /// A line of actual control.
    ControlLine,
    /// A line of the past.
    Historical,
    /// A line that somebody proposes.
    Proposed,
    /// The source did not say.
    #[default]
    Unspecified,
}

impl Status {
    /// Every status, in the order in which legends list them.
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

    /// The word used in files.
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

    /// The status of that word, if it is one.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.word() == word)
    }
}

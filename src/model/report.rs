//! What every report has: its inputs, how it was obtained, its warnings.

use super::{Accuracy, Input};
#[cfg(feature = "schema")]
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The version in the `schema` member of every JSON answer: `merestone/<command>/1`.
pub const SCHEMA_VERSION: u32 = 1;

/// How the numbers of a report were obtained.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
pub struct MethodNote {
    /// Ellipsoid and kind of measure.
    pub earth: String,
    /// How edges run between positions.
    pub edges: String,
    /// The territories asked against, if any.
    pub territories: Option<String>,
    /// Distance within which two lines count as one, in metres, where the question uses one.
    pub tolerance_m: Option<f64>,
    /// The datum operation of the inputs.
    pub datum_operation: String,
    /// How good their positions are.
    pub accuracy: Accuracy,
    /// What the features of the inputs are called by: a property, their own `id`, or their numbers in the file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ids: Option<String>,
    /// What is missing from the answer because inputs were left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub incomplete: Option<String>,
    /// What the error of an area means, in answers that state one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub area_error: Option<String>,
    /// What `uncertain` means, in answers that say it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub uncertain: Option<String>,
}

/// A stable word for each kind of warning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum WarningCode {
    /// Lengths along a chain of waypoints only indicate the true ones.
    Indicative,
    /// The feature is cut at the frame of the data.
    Incomplete,
    /// The source itself has something to say of the feature.
    Note,
    /// Two territories claim the same land.
    Overlap,
    /// Several pieces of a proposal name the same land.
    OverlappingProposals,
    /// Two sides of a border coincide only in pieces.
    NotCoincident,
    /// A feature has no geometry or no coordinates.
    NoGeometry,
    /// Positions carry more than longitude and latitude.
    ExtraCoordinates,
    /// A ring was not closed exactly.
    UnclosedRing,
    /// Holes beside their shell, rings without area, polygons of one part that share edges, or the like.
    Ring,
    /// A member that RFC 7946 does not want where it stands.
    Member,
    /// The bytes are not quite what they should be (byte order mark …).
    Encoding,
    /// An edge spans more than half the globe.
    Antimeridian,
    /// Published figures differ from the measured one.
    Published,
    /// A crossing lies closer to the line than the positions' accuracy.
    Uncertain,
    /// Two columns of a table contradict each other.
    Disagrees,
    /// Several parts of a territory are equally large, and none is its main part alone.
    EqualParts,
    /// Several features share an identifier.
    DuplicateId,
    /// Features are called by their numbers in the file.
    Numbered,
    /// A feature that is invalid was left out.
    LeftOut,
    /// The datum operation or the coordinate system may not be what was meant.
    Datum,
    /// Latitude and longitude may be exchanged.
    Axes,
    /// Something changes between two recorded pieces, where nothing is recorded.
    Gap,
}

/// Something the reader of an answer must know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
pub struct Warning {
    /// What kind of thing.
    pub code: WarningCode,
    /// One sentence.
    pub message: String,
    /// The feature it is about.
    pub feature: Option<String>,
}

/// An answer in its envelope.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
pub struct Envelope<R> {
    /// `merestone/<command>/1`.
    pub schema: String,
    /// The program.
    pub tool: String,
    /// Its version.
    pub version: String,
    /// The command that was asked.
    pub command: String,
    /// The files that went into the answer.
    pub inputs: Vec<Input>,
    /// How it was obtained.
    pub method: MethodNote,
    /// The answer.
    pub results: R,
    /// What its reader must know.
    pub warnings: Vec<Warning>,
}

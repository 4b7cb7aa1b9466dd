//! Parts common to all reports: inputs, method and warnings.

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
    /// The territories of the query, if any.
    pub territories: Option<String>,
    /// Distance in metres within which two lines count as coincident, where the analysis uses one.
    pub tolerance_m: Option<f64>,
    /// The datum operation of the inputs.
    pub datum_operation: String,
    /// Positional accuracy of the inputs.
    pub accuracy: Accuracy,
    /// The source of feature identifiers: a property, their own `id`, or their numbers in the file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ids: Option<String>,
    /// Which features of which inputs a filter selected.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub selection: Option<String>,
    /// What is missing from the answer because inputs were left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub incomplete: Option<String>,
    /// Meaning of the error of an area, in answers that state one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub area_error: Option<String>,
    /// Meaning of `uncertain`, in answers that state it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub uncertain: Option<String>,
}

/// A stable code for each kind of warning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum WarningCode {
    /// Lengths along a chain of waypoints are indicative.
    Indicative,
    /// The feature is clipped at the extent of the data.
    Incomplete,
    /// A remark of the source on the feature.
    Note,
    /// Two territories overlap.
    Overlap,
    /// Several pieces of a proposal overlap.
    OverlappingProposals,
    /// Two files cover the same land: each coverage is checked by itself.
    SeparateCoverages,
    /// Two sides of a border coincide only in parts.
    NotCoincident,
    /// A feature has no geometry or no coordinates.
    NoGeometry,
    /// Positions carry more than longitude and latitude.
    ExtraCoordinates,
    /// A ring was not closed exactly.
    UnclosedRing,
    /// Holes outside their shell, rings without area, polygons of one part that share edges, or similar.
    Ring,
    /// A member that RFC 7946 does not allow in this place.
    Member,
    /// An encoding fault (byte order mark …).
    Encoding,
    /// An edge spans more than half the globe.
    Antimeridian,
    /// A published figure differs from the measured one.
    Published,
    /// A crossing is closer to the line than the accuracy of the positions.
    Uncertain,
    /// Two columns of a table contradict each other.
    Disagrees,
    /// Several parts of a territory share the largest area, so it has no main part.
    EqualParts,
    /// Several features share an identifier.
    DuplicateId,
    /// Features are identified by their numbers in the file.
    Numbered,
    /// An invalid feature was left out.
    LeftOut,
    /// The datum operation or the coordinate system may be wrong.
    Datum,
    /// Longitude and latitude may be swapped.
    Axes,
    /// An attribute changes between two recorded pieces, in a stretch without a record.
    Gap,
}

/// A warning of an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
pub struct Warning {
    /// The kind of warning.
    pub code: WarningCode,
    /// One sentence.
    pub message: String,
    /// The feature concerned.
    pub feature: Option<String>,
}

/// An answer in its envelope.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
pub struct Envelope<R> {
    /// `merestone/<command>/1`.
    pub schema: String,
    /// The name of the program.
    pub tool: String,
    /// The version of the program.
    pub version: String,
    /// The command.
    pub command: String,
    /// The input files.
    pub inputs: Vec<Input>,
    /// How the results were obtained.
    pub method: MethodNote,
    /// The report of the command.
    pub results: R,
    /// Warnings.
    pub warnings: Vec<Warning>,
}

impl<R> Envelope<R> {
    /// The same statement of tool, inputs, method and warnings, with no results.
    pub fn without_results(&self) -> Envelope<()> {
        Envelope {
            schema: self.schema.clone(),
            tool: self.tool.clone(),
            version: self.version.clone(),
            command: self.command.clone(),
            inputs: self.inputs.clone(),
            method: self.method.clone(),
            results: (),
            warnings: self.warnings.clone(),
        }
    }
}

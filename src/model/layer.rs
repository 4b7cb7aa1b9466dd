//! Layers: features of one role and one source.

use super::{Bounds, Line, Meta, Method, Piece, Place, Route, Territory};
use geo::{Coord, LineString, Polygon};
#[cfg(feature = "schema")]
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The role of the features of a layer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Territories: polygons with an administration, present or past.
    Territory,
    /// Boundary lines.
    Line,
    /// Roads, railways and other routes.
    Route,
    /// Settlements, stations, passes, tripoints.
    Place,
    /// Boundary pillars.
    Mark,
    /// Lakes and wide rivers, drawn on plates.
    Water,
    /// Rivers: lines, drawn on plates.
    River,
    /// Pieces of land in a proposal.
    Proposal,
    /// Heights of the ground on a grid: a layer without features.
    Relief,
}

/// The curve between two consecutive positions.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Edges {
    /// Straight in longitude and latitude (RFC 7946, 3.1.1).
    #[default]
    Lonlat,
    /// The geodesic: the shortest line on the ellipsoid.
    Geodesic,
    /// The rhumb line: constant azimuth.
    Rhumb,
}

impl Edges {
    /// The word in files and reports.
    pub const fn word(self) -> &'static str {
        match self {
            Edges::Lonlat => "lonlat",
            Edges::Geodesic => "geodesic",
            Edges::Rhumb => "rhumb",
        }
    }
}

/// The manifest entry of a layer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct LayerInfo {
    /// Identifier, unique in the dataset.
    pub id: String,
    /// The role of its features.
    pub role: Role,
    /// File name, relative to the manifest.
    pub file: String,
    /// Source of the data.
    pub source: String,
    /// Licence of the data.
    pub licence: String,
    /// The attribution text that the licence requires on every output.
    pub attribution: String,
    /// Date of the data.
    pub date: String,
    /// The datum operation from the source system to WGS 84.
    pub datum_operation: String,
    /// Positional accuracy in metres.
    pub position_accuracy_m: f64,
    /// Accuracy of heights in metres, of a relief.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vertical_accuracy_m: Option<f64>,
    /// How edges run.
    #[serde(default)]
    pub edges: Edges,
    /// How the coordinates were obtained.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub method: Option<Method>,
    /// First day (or year) of validity.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_from: Option<String>,
    /// Last day (or year) of validity.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_to: Option<String>,
    /// The layer of which this is an edition of another date, with the same ids: its features are named with the layer
    /// alone (`states-2030/A`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edition_of: Option<String>,
    /// The layer in whose place this one answers at dates of its validity, with other ids.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stands_for: Option<String>,
    /// Who proposes it, for a proposal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proposed_by: Option<String>,
    /// A remark on the layer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// How the coordinates of a file were transformed to WGS 84.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
pub struct DatumNote {
    /// The coordinate reference system of the file, by id and name.
    pub crs: String,
    /// The datum operation with its parameters, accuracy and area of use; "none" where the datums are the same.
    pub operation: String,
    /// Accuracy of the operation in metres, where one is stated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accuracy_m: Option<f64>,
    /// Treatment of edges that are straight in the file's system but not in WGS 84 longitude and latitude.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edges: Option<String>,
    /// Whether a datum operation was applied; no part of an answer.
    #[serde(skip)]
    pub crosses_datums: bool,
}

impl LayerInfo {
    /// Returns a manifest entry that states only the file.
    pub fn bare(id: &str, role: Role, file: &str) -> Self {
        LayerInfo {
            id: id.to_owned(),
            role,
            file: file.to_owned(),
            source: file.to_owned(),
            licence: "licence not stated".to_owned(),
            attribution: "attribution not stated".to_owned(),
            date: "date not stated".to_owned(),
            datum_operation: "none: read as WGS 84".to_owned(),
            position_accuracy_m: f64::NAN,
            vertical_accuracy_m: None,
            edges: Edges::Lonlat,
            method: None,
            valid_from: None,
            valid_to: None,
            edition_of: None,
            stands_for: None,
            proposed_by: None,
            note: None,
        }
    }

    /// Source, date, attribution and licence on one line.
    pub fn credit(&self) -> String {
        format!("{} ({}). {}. {}", self.source, self.date, self.attribution, self.licence)
    }
}

/// An input file of an answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
pub struct Input {
    /// The path as the user gave it, or `embedded:LAYER`.
    pub path: String,
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
    /// Number of features in it.
    pub features: usize,
    /// The source of feature identifiers: a property, their own `id`, or their numbers in the file; absent in answers
    /// without identifiers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ids: Option<String>,
    /// Number of invalid features left out.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub left_out: usize,
    /// The filter that its features passed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub selection: Option<String>,
    /// How its coordinates were transformed to WGS 84, where the file has another system.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub datum: Option<DatumNote>,
    /// West, south, east and north of its positions in degrees, where they were read; no part of an answer.
    #[serde(skip)]
    pub bounds: Option<Bounds>,
    /// Whether something states the order of its axes: a dataset that it belongs to, its own reference system, or the
    /// user; no part of an answer.
    #[serde(skip)]
    pub axes_stated: bool,
    /// Whether it is a layer of the embedded dataset; no part of an answer.
    #[serde(skip)]
    pub is_embedded: bool,
}

impl Input {
    /// Returns an input with only its path and hash.
    pub fn new(path: impl Into<String>, sha256: impl Into<String>) -> Self {
        Input {
            path: path.into(),
            sha256: sha256.into(),
            features: 0,
            ids: None,
            left_out: 0,
            selection: None,
            datum: None,
            bounds: None,
            axes_stated: false,
            is_embedded: false,
        }
    }
}

fn is_zero(count: &usize) -> bool {
    *count == 0
}

/// The features of a layer, by role.
#[derive(Debug, Clone, PartialEq)]
pub enum Content {
    /// Role `territory` or `water`.
    Territories(Vec<Territory>),
    /// Role `line` or `river`.
    Lines(Vec<Line>),
    /// Role `route`.
    Routes(Vec<Route>),
    /// Role `place` or `mark`.
    Places(Vec<Place>),
    /// Role `proposal`.
    Pieces(Vec<Piece>),
}

impl Content {
    /// The lines of the features: runs of lines and routes, rings of polygons; points have none.
    pub fn courses(&self) -> Vec<(&Meta, Vec<&[Coord]>)> {
        fn rings(parts: &[Polygon]) -> Vec<&[Coord]> {
            let rings = parts.iter().flat_map(|part| std::iter::once(part.exterior()).chain(part.interiors()));
            rings.map(|ring| ring.0.as_slice()).collect()
        }
        fn runs(runs: &[LineString]) -> Vec<&[Coord]> {
            runs.iter().map(|run| run.0.as_slice()).collect()
        }
        match self {
            Content::Lines(lines) => lines.iter().map(|l| (&l.meta, runs(&l.runs))).collect(),
            Content::Routes(routes) => routes.iter().map(|r| (&r.meta, runs(&r.runs))).collect(),
            Content::Territories(territories) => territories.iter().map(|t| (&t.meta, rings(t.parts()))).collect(),
            Content::Pieces(pieces) => pieces.iter().map(|p| (&p.meta, rings(&p.parts))).collect(),
            Content::Places(_) => Vec::new(),
        }
    }

    /// The common attributes of each feature, in order.
    pub fn metas(&self) -> Vec<&Meta> {
        match self {
            Content::Territories(all) => all.iter().map(|f| &f.meta).collect(),
            Content::Lines(all) => all.iter().map(|f| &f.meta).collect(),
            Content::Routes(all) => all.iter().map(|f| &f.meta).collect(),
            Content::Places(all) => all.iter().map(|f| &f.meta).collect(),
            Content::Pieces(all) => all.iter().map(|f| &f.meta).collect(),
        }
    }
}

/// A layer with its features.
#[derive(Debug, Clone, PartialEq)]
pub struct Layer {
    /// Its manifest entry.
    pub info: LayerInfo,
    /// Its input file.
    pub input: Input,
    /// Its features.
    pub content: Content,
}

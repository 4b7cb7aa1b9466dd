//! Layers: features of one role from one source.

use super::{Bounds, Line, Meta, Method, Piece, Place, Route, Territory};
use geo::{Coord, LineString, Polygon};
#[cfg(feature = "schema")]
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What the features of a layer are for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Polygons that somebody governs or governed.
    Territory,
    /// Stretches of boundary.
    Line,
    /// Roads, railways and other ways.
    Route,
    /// Settlements, stations, passes, tripoints.
    Place,
    /// Boundary pillars.
    Mark,
    /// Lakes and wide rivers, for plates.
    Water,
    /// Land that a proposal concerns.
    Proposal,
}

/// How the edge between two neighbouring positions runs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Edges {
    /// Straight in longitude and latitude (RFC 7946, 3.1.1).
    #[default]
    Lonlat,
    /// The shortest line on the ellipsoid.
    Geodesic,
    /// The line of constant azimuth.
    Rhumb,
}

impl Edges {
    /// The word used in files and reports.
    pub const fn word(self) -> &'static str {
        match self {
            Edges::Lonlat => "lonlat",
            Edges::Geodesic => "geodesic",
            Edges::Rhumb => "rhumb",
        }
    }
}

/// What a dataset's manifest says of a layer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct LayerInfo {
    /// Identifier, unique in the dataset.
    pub id: String,
    /// What its features are for.
    pub role: Role,
    /// File name, relative to the manifest.
    pub file: String,
    /// Where the data come from.
    pub source: String,
    /// Licence of the data.
    pub licence: String,
    /// The words that the licence wants on every output.
    pub attribution: String,
    /// Date of the data.
    pub date: String,
    /// The datum operation that brought the data to WGS 84.
    pub datum_operation: String,
    /// Accuracy of positions in metres.
    pub position_accuracy_m: f64,
    /// How edges run.
    #[serde(default)]
    pub edges: Edges,
    /// How the coordinates came about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub method: Option<Method>,
    /// First day (or year) of validity.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_from: Option<String>,
    /// Last day (or year) of validity.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_to: Option<String>,
    /// Who proposes it, for a proposal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proposed_by: Option<String>,
    /// A remark on the whole layer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// How a file's coordinates came to WGS 84.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
pub struct DatumNote {
    /// The coordinate reference system of the file, by id and name.
    pub crs: String,
    /// The operation between the datums with its parameters, accuracy and area of use; "none" where there is one datum.
    pub operation: String,
    /// Accuracy of the operation in metres, where one is stated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accuracy_m: Option<f64>,
    /// What became of edges that are straight in the file's system and not in WGS 84's longitude and latitude.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edges: Option<String>,
}

impl DatumNote {
    /// Whether an operation between two datums was needed.
    pub fn crosses_datums(&self) -> bool {
        !self.operation.starts_with("none")
    }
}

impl LayerInfo {
    /// A layer of which nothing is stated but its file.
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
            edges: Edges::Lonlat,
            method: None,
            valid_from: None,
            valid_to: None,
            proposed_by: None,
            note: None,
        }
    }

    /// Source, date, attribution and licence in one line.
    pub fn credit(&self) -> String {
        format!("{} ({}). {}. {}", self.source, self.date, self.attribution, self.licence)
    }
}

/// A file that went into an answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
pub struct Input {
    /// The path as the user gave it, or `embedded:LAYER`.
    pub path: String,
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
    /// Number of features in it.
    pub features: usize,
    /// What its features are called by: a property, their own `id`, or their numbers in the file; none where no answer
    /// calls them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ids: Option<String>,
    /// Number of features that were left out because they are invalid.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub left_out: usize,
    /// How its coordinates came to WGS 84, where they were in another system.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub datum: Option<DatumNote>,
    /// West, south, east and north of its positions in degrees, where they were read; no part of an answer.
    #[serde(skip)]
    pub bounds: Option<Bounds>,
    /// Whether something states the order of its axes: a dataset that it belongs to, its own reference system, or the
    /// user; no part of an answer.
    #[serde(skip)]
    pub axes_stated: bool,
}

impl Input {
    /// A file of which nothing is known yet but its path and hash.
    pub fn new(path: impl Into<String>, sha256: impl Into<String>) -> Self {
        Input {
            path: path.into(),
            sha256: sha256.into(),
            features: 0,
            ids: None,
            left_out: 0,
            datum: None,
            bounds: None,
            axes_stated: false,
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
    /// Role `line`.
    Lines(Vec<Line>),
    /// Role `route`.
    Routes(Vec<Route>),
    /// Role `place` or `mark`.
    Places(Vec<Place>),
    /// Role `proposal`.
    Pieces(Vec<Piece>),
}

impl Content {
    /// The courses of the features: runs of lines and routes, outlines of polygons; points have none.
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
            Content::Territories(territories) => territories.iter().map(|t| (&t.meta, rings(&t.parts))).collect(),
            Content::Pieces(pieces) => pieces.iter().map(|p| (&p.meta, rings(&p.parts))).collect(),
            Content::Places(_) => Vec::new(),
        }
    }

    /// What every feature of it has, in order.
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
    /// What the manifest says of it.
    pub info: LayerInfo,
    /// The file it was read from.
    pub input: Input,
    /// Its features.
    pub content: Content,
}

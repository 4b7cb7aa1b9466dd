//! Differences between two editions of a dataset, a layer or a file, by meaning.

mod canonical;
mod edition;
mod layer;
mod moved;
mod pair;
mod properties;

pub use edition::{DiffEdition, DiffLayer};
pub use moved::Moved;
pub use pair::MatchedBy;

use crate::model::{Answer, Content, Provenance, Warning, WarningCode};
use crate::question::{LedgerPiece, PairTotal};
use crate::topology::NodingError;
use geo::{Coord, Polygon};
#[cfg(feature = "schema")]
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;
use std::fmt;

/// What differs between two editions.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[non_exhaustive]
pub struct DiffReport {
    /// Label of the old edition.
    pub old: String,
    /// Label of the new edition.
    pub new: String,
    /// Whether nothing differs.
    pub same: bool,
    /// Distance in metres up to which a position counts as not moved.
    pub tolerance_m: f64,
    /// Features by layer.
    pub layers: Vec<LayerCounts>,
    /// Every difference, one for each layer, feature or property that differs.
    pub differences: Vec<Difference>,
    /// Land that passes, by layer of territories.
    pub land: Vec<LayerLand>,
    /// The features that differ, for a map.
    #[serde(skip)]
    pub drawn: Vec<DrawnDifference>,
}

/// The features of a layer in both editions.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
pub struct LayerCounts {
    /// Id of the layer; null for a file.
    pub layer: Option<String>,
    /// Number of features in the old edition; null if the layer is new.
    pub old_features: Option<usize>,
    /// Number of features in the new edition; null if the layer is gone.
    pub new_features: Option<usize>,
    /// Features without a difference.
    pub unchanged: usize,
    /// Those of them whose course or outline is the same within the tolerance, but not vertex by vertex.
    pub redrawn: usize,
    /// Features with a difference in both editions.
    pub changed: usize,
    /// Features in the new edition only.
    pub added: usize,
    /// Features in the old edition only.
    pub gone: usize,
}

/// What a difference is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum DifferenceKind {
    /// A field of the manifest has another value.
    Manifest,
    /// A layer is in the new edition only.
    LayerAdded,
    /// A layer is in the old edition only.
    LayerGone,
    /// A grid of heights has other bytes.
    Heights,
    /// A feature is in the new edition only.
    Added,
    /// A feature is in the old edition only.
    Gone,
    /// A feature has another identifier.
    Id,
    /// A feature has another name.
    Renamed,
    /// A feature has another status.
    Status,
    /// Another property has another value.
    Property,
    /// A feature is of another kind of geometry: a point, a line or an area.
    Shape,
    /// The geometry moved.
    Moved,
}

impl DifferenceKind {
    /// The word used in reports.
    pub const fn word(self) -> &'static str {
        match self {
            DifferenceKind::Manifest => "manifest",
            DifferenceKind::LayerAdded => "layer-added",
            DifferenceKind::LayerGone => "layer-gone",
            DifferenceKind::Heights => "heights",
            DifferenceKind::Added => "added",
            DifferenceKind::Gone => "gone",
            DifferenceKind::Id => "id",
            DifferenceKind::Renamed => "renamed",
            DifferenceKind::Status => "status",
            DifferenceKind::Property => "property",
            DifferenceKind::Shape => "shape",
            DifferenceKind::Moved => "moved",
        }
    }
}

/// One difference.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
pub struct Difference {
    /// Id of the layer; null for a file, or for the manifest itself.
    pub layer: Option<String>,
    /// Id of the feature, in the old edition if it is there; null for a layer.
    pub id: Option<String>,
    /// Name of the feature.
    pub name: Option<String>,
    /// `area`, `line` or `point`, in the new edition if it is there.
    pub shape: Option<&'static str>,
    /// What differs.
    pub change: DifferenceKind,
    /// The property or field of the manifest; members of objects are named `object:member`.
    pub field: Option<String>,
    /// Its old value; null if it was absent.
    pub old: Option<Scalar>,
    /// Its new value; null if it is absent.
    pub new: Option<Scalar>,
    /// How the feature was recognised in the other edition; null if it is in one only.
    pub matched_by: Option<MatchedBy>,
    /// How far its geometry moved.
    pub moved: Option<Moved>,
}

/// A value of a property: a text, a number or a truth; a list as JSON text.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(untagged)]
pub enum Scalar {
    /// A truth.
    Truth(bool),
    /// A whole number.
    Whole(i64),
    /// A number.
    Number(f64),
    /// A text.
    Text(String),
}

impl Scalar {
    pub(super) fn of(value: &Value) -> Self {
        match value {
            Value::Bool(truth) => Scalar::Truth(*truth),
            Value::Number(number) => match (number.as_i64(), number.as_f64()) {
                (Some(whole), _) => Scalar::Whole(whole),
                // A number with a fraction of zero is whole: 1.0 is 1.
                (None, Some(number)) if number.fract() == 0.0 && number.abs() < 1e15 => Scalar::Whole(number as i64),
                (None, Some(number)) if !value.is_u64() => Scalar::Number(number),
                _ => Scalar::Text(number.to_string()),
            },
            Value::String(text) => Scalar::Text(text.clone()),
            other => Scalar::Text(other.to_string()),
        }
    }
}

impl fmt::Display for Scalar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Scalar::Truth(truth) => truth.fmt(f),
            Scalar::Whole(number) => number.fmt(f),
            Scalar::Number(number) => number.fmt(f),
            Scalar::Text(text) => text.fmt(f),
        }
    }
}

/// Land that passes between the territories of a layer.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
pub struct LayerLand {
    /// Id of the layer; null for a file.
    pub layer: Option<String>,
    /// Totals by pair of territories.
    pub pairs: Vec<PairTotal>,
    /// The pieces.
    pub pieces: Vec<LedgerPiece>,
}

/// The edition of a geometry on a map of differences.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum DrawnEdition {
    /// The old one.
    Old,
    /// The new one.
    New,
    /// The same in both.
    Both,
}

impl DrawnEdition {
    /// The word used in reports.
    pub const fn word(self) -> &'static str {
        match self {
            DrawnEdition::Old => "old",
            DrawnEdition::New => "new",
            DrawnEdition::Both => "both",
        }
    }
}

/// What a map shows of a difference.
#[derive(Debug, Clone, PartialEq)]
pub enum DrawnGeometry {
    /// Lines, or the stretches of lines and outlines that differ.
    Lines(Vec<Vec<Coord>>),
    /// Whole areas.
    Land(Vec<Polygon>),
    /// A point.
    Point(Coord),
}

/// A feature that differs, in one edition or, where its geometry is the same, in both.
#[derive(Debug, Clone, PartialEq)]
pub struct DrawnDifference {
    /// Id of the layer.
    pub layer: Option<String>,
    /// Id of the feature in this edition.
    pub id: String,
    /// Its name.
    pub name: Option<String>,
    /// `area`, `line` or `point`.
    pub shape: &'static str,
    /// The edition.
    pub edition: DrawnEdition,
    /// What differs.
    pub changes: Vec<DifferenceKind>,
    /// How far its geometry moved.
    pub moved: Option<Moved>,
    /// What is drawn.
    pub geometry: DrawnGeometry,
}

/// Options of [`diff`].
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct DiffOptions {
    /// Distance in metres up to which a position counts as not moved; by default rounding alone (1 µm).
    pub tolerance_m: f64,
    /// Languages of names, best first.
    pub languages: Vec<String>,
    /// Whether a line or outline that one edition alone has is compared with all of the other edition: only its stretches
    /// that no course of the other has are drawn, and their length is stated. For views of parties, who call their own
    /// courses by other ids.
    pub alone: bool,
}

/// Returns what differs between two editions: layers, fields of the manifest, features, properties and geometry.
///
/// For one line in two versions with offsets by chainage see [`compare`](super::compare()); for land with settlements and
/// routes on it see [`ledger`](super::ledger()).
///
/// # Earth and units
/// WGS 84; metres and km²; edges straight in lon/lat.
///
/// # Method
/// Features are matched by id, then by equal geometry, then, where they have no ids, by equal properties, then by positions
/// in common (more than half of those of one of them). Geometry is compared in a canonical form in which the start of a
/// ring (least rotation, Booth 1980), the direction of rings and lines, the order of parts, repeated and closing positions
/// and the sign of zero have no effect; a reversed line has its `left` and `right` exchanged. Properties are compared by
/// value: order of keys, spelling of numbers, absent and empty values, nested values and their form in tables (JSON text, or
/// columns `name:en`) have no effect.
///
/// Where the canonical forms differ, lines and outlines are compared as by [`compare`](super::compare()): greatest (Hausdorff)
/// and mean distance, and the length of the stretches beyond the tolerance. Within the tolerance they are the same, however
/// many vertices they have. Land that passes between territories of a layer of territories is that of
/// [`ledger`](super::ledger()), with matched territories under their old ids.
///
/// # Errors
/// As [`ledger`](super::ledger()).
///
/// # Guarantees
/// An edition does not differ from itself, nor from itself in another order, direction, spelling or format. Exchanging the
/// editions exchanges `old` and `new`, `added` and `gone`, and nothing else.
///
/// # Limitations and cost
/// Near-linear in the number of positions. Features without geometry are not compared. Heights are compared by the hash of
/// their file.
///
/// # Examples
/// ```
/// use merestone::geo::line_string;
/// use merestone::model::{Content, InvalidGeometry, Line};
/// use merestone::question::{DiffEdition, DiffLayer, DiffOptions, DifferenceKind, diff};
/// let edition = |label: &str, north: f64| -> Result<DiffEdition<'static>, InvalidGeometry> {
///     let line = Line::new("border", [line_string![(x: 10.0, y: 45.0), (x: 11.0, y: north)]])?;
///     Ok(DiffEdition::of_layer(label, DiffLayer::new(None, vec![Content::Lines(vec![line])])))
/// };
/// let same = diff(&edition("a", 45.0)?, &edition("b", 45.0)?, &DiffOptions::default())?.report;
/// assert!(same.same);
/// let report = diff(&edition("a", 45.0)?, &edition("b", 45.001)?, &DiffOptions::default())?.report;
/// let moved = report.differences[0].moved.as_ref().expect("the line moved");
/// assert_eq!(report.differences[0].change, DifferenceKind::Moved);
/// assert!((moved.greatest_m - 111.1).abs() < 0.1); // 0.001° of latitude at its end
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn diff(
    old: &DiffEdition<'_>,
    new: &DiffEdition<'_>,
    options: &DiffOptions,
) -> Result<Answer<DiffReport>, NodingError> {
    let mut report = DiffReport {
        old: old.label.clone(),
        new: new.label.clone(),
        same: true,
        tolerance_m: options.tolerance_m,
        layers: Vec::new(),
        differences: Vec::new(),
        land: Vec::new(),
        drawn: Vec::new(),
    };
    let mut warnings = Vec::new();
    report.differences.extend(edition::of_manifests(old, new));
    for (before, after) in edition::layers(old, new) {
        layer::compare(before, after, options, &mut report, &mut warnings)?;
    }
    report.differences.extend(edition::of_heights(old, new));
    report.same = report.differences.is_empty();
    let redrawn: usize = report.layers.iter().map(|layer| layer.redrawn).sum();
    if redrawn > 0 {
        let message = format!(
            "{redrawn} features have other vertices on the same course within {} m: no difference",
            if options.tolerance_m > 0.0 { options.tolerance_m } else { crate::topology::NONE_M }
        );
        warnings.push(Warning { code: WarningCode::Note, message, feature: None });
    }
    let contents = || [old, new].into_iter().flat_map(DiffEdition::contents);
    let provenance =
        Provenance::of(contents().flat_map(Content::metas)).within(Some(options.tolerance_m).filter(|m| *m > 0.0));
    Ok(Answer::new(report, provenance, warnings))
}

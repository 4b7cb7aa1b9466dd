//! Summary of a dataset or file.

use crate::earth::{area_error_m2, line_length_as, polygon_area_as};
use crate::model::{Answer, Bounds, Provenance, bounds_of, bounds_of_positions};
use crate::model::{Content, Layer, LayerInfo, Line, Meta, Piece, Place, Role, Route, Territory};
use crate::topology::dissolved;
use geo::{BoundingRect, LineString, Polygon};
use rayon::prelude::*;
#[cfg(feature = "schema")]
use schemars::JsonSchema;
use serde::Serialize;

/// Summary of a dataset, or of the features that a reference names.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[non_exhaustive]
pub struct InfoReport {
    /// Title and version of the dataset; null for a file.
    pub dataset: Option<String>,
    /// One summary per layer.
    pub layers: Vec<LayerSummary>,
    /// Features, if a single layer or file was requested.
    pub features: Vec<FeatureInfo>,
}

/// Summary of a layer.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
pub struct LayerSummary {
    /// Id of the layer, or path of the file.
    pub id: String,
    /// The role of its features; null for a plain file.
    pub role: Option<Role>,
    /// Number of features.
    pub features: usize,
    /// Number of positions.
    pub positions: usize,
    /// West, south, east, north in degrees; west is greater than east where the box spans ±180° (RFC 7946, 5.2).
    pub bounds: Option<Bounds>,
    /// Source of the data.
    pub source: Option<String>,
    /// Licence of the data.
    pub licence: Option<String>,
    /// Date of the data.
    pub date: Option<String>,
    /// Accuracy of positions in metres.
    pub position_accuracy_m: Option<f64>,
    /// Accuracy of heights in metres, of a layer of heights.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vertical_accuracy_m: Option<f64>,
    /// The datum operation that transformed the data to WGS 84.
    pub datum_operation: Option<String>,
    /// A remark on the layer.
    pub note: Option<String>,
}

/// Summary of a feature.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
pub struct FeatureInfo {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: Option<String>,
    /// Its kind, as stated by the source.
    pub kind: Option<String>,
    /// Administrative level of a territory, where the file states levels ([`Meta::level`]).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub level: Option<String>,
    /// `territory`, `line`, `route`, `place` or `proposal`.
    pub noun: &'static str,
    /// Number of parts of a territory, or of runs of a line.
    pub parts: usize,
    /// Number of positions.
    pub positions: usize,
    /// Ellipsoidal area in km², for territories.
    pub area_km2: Option<f64>,
    /// Standard error of the area in km², from the accuracy of positions: see [`area_error_m2`].
    pub area_error_km2: Option<f64>,
    /// Ellipsoidal length in metres, for lines and routes.
    pub length_m: Option<f64>,
    /// West, south, east, north in degrees; west is greater than east where the box spans ±180° (RFC 7946, 5.2).
    pub bounds: Option<Bounds>,
    /// How its coordinates were obtained.
    pub method: Option<&'static str>,
    /// Accuracy of positions in metres.
    pub position_accuracy_m: Option<f64>,
    /// A remark.
    pub note: Option<String>,
}

/// Options of [`info`].
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct InfoOptions {
    /// The name of the layer or file.
    pub label: String,
    /// The manifest entry, for a layer of a dataset.
    pub layer: Option<LayerInfo>,
    /// Languages of names, best first.
    pub languages: Vec<String>,
}

/// Returns a summary of the features of a layer or file, and of each feature.
///
/// # Examples
/// ```
/// use merestone::geo::coord;
/// use merestone::model::{Content, Place};
/// use merestone::question::{InfoOptions, info};
/// let place = Place::new("summit", coord! { x: 7.66, y: 45.98 })?;
/// let report = info(&[Content::Places(vec![place])], &InfoOptions::default()).report;
/// assert_eq!((report.layers[0].features, report.features[0].id.as_str()), (1, "summit"));
/// # Ok::<(), merestone::model::InvalidGeometry>(())
/// ```
pub fn info(contents: &[Content], options: &InfoOptions) -> Answer<InfoReport> {
    let features = contents.iter().flat_map(|content| info_features(content, &options.languages)).collect();
    let report = InfoReport::of_features(options.label.clone(), options.layer.as_ref(), features);
    let provenance = Provenance::of(contents.iter().flat_map(Content::metas));
    Answer::new(report, Provenance { area_error: true, ..provenance }, Vec::new())
}

/// Returns a summary of each layer of a dataset, which states the accuracy of each.
pub fn info_dataset(title: &str, layers: &[Layer]) -> Answer<InfoReport> {
    let inputs = layers.iter().map(|layer| layer.input.clone()).collect();
    let layers = layers
        .iter()
        .map(|layer| summary(layer.info.id.clone(), Some(&layer.info), &info_features(&layer.content, &[])))
        .collect();
    let report = InfoReport { dataset: Some(title.to_owned()), layers, features: Vec::new() };
    Answer::new(report, Provenance { inputs, ..Provenance::default() }, Vec::new())
}

/// Returns the summary of a layer of heights: its bounds and number of nodes; it has no features.
pub fn info_heights(id: String, info: &LayerInfo, nodes: usize, bounds: Bounds) -> LayerSummary {
    LayerSummary { positions: nodes, bounds: Some(bounds), ..summary(id, Some(info), &[]) }
}

/// Returns a summary of each feature; names in the first of `languages` that has one.
///
/// # Examples
/// ```
/// use merestone::geo::coord;
/// use merestone::model::{Content, Place};
/// let place = Place::new("summit", coord! { x: 7.66, y: 45.98 })?;
/// let rows = merestone::question::info_features(&Content::Places(vec![place]), &[]);
/// assert_eq!((rows[0].id.as_str(), rows[0].positions), ("summit", 1));
/// # Ok::<(), merestone::model::InvalidGeometry>(())
/// ```
pub fn info_features(content: &Content, languages: &[String]) -> Vec<FeatureInfo> {
    match content {
        Content::Territories(list) => {
            list.par_iter().map(|t: &Territory| polygons("territory", &t.meta, t.parts(), languages)).collect()
        }
        Content::Pieces(list) => {
            list.iter().map(|p: &Piece| polygons("proposal", &p.meta, &p.parts, languages)).collect()
        }
        Content::Lines(list) => list.iter().map(|l: &Line| runs("line", &l.meta, &l.runs, languages)).collect(),
        Content::Routes(list) => list.iter().map(|r: &Route| runs("route", &r.meta, &r.runs, languages)).collect(),
        Content::Places(list) => list.iter().map(|p: &Place| place(p, languages)).collect(),
    }
}

impl InfoReport {
    /// A report on the features of one layer or file.
    pub fn of_features(id: String, info: Option<&LayerInfo>, features: Vec<FeatureInfo>) -> Self {
        InfoReport { dataset: None, layers: vec![summary(id, info, &features)], features }
    }
}

fn summary(id: String, info: Option<&LayerInfo>, features: &[FeatureInfo]) -> LayerSummary {
    LayerSummary {
        id,
        role: info.map(|i| i.role),
        features: features.len(),
        positions: features.iter().map(|f| f.positions).sum(),
        bounds: bounds_of(features.iter().filter_map(|f| f.bounds)),
        source: info.map(|i| i.source.clone()),
        licence: info.map(|i| i.licence.clone()),
        date: info.map(|i| i.date.clone()),
        position_accuracy_m: info.map(|i| i.position_accuracy_m),
        vertical_accuracy_m: info.and_then(|i| i.vertical_accuracy_m),
        datum_operation: info.map(|i| i.datum_operation.clone()),
        note: info.and_then(|i| i.note.clone()),
    }
}

fn row(noun: &'static str, meta: &Meta, languages: &[String]) -> FeatureInfo {
    FeatureInfo {
        id: meta.id.clone(),
        name: meta.name.best(languages).map(str::to_owned),
        kind: meta.kind.clone(),
        level: None,
        noun,
        parts: 1,
        positions: 1,
        area_km2: None,
        area_error_km2: None,
        length_m: None,
        bounds: None,
        method: meta.evidence.method.map(|method| method.word()),
        position_accuracy_m: meta.evidence.position_accuracy_m,
        note: meta.note.clone(),
    }
}

fn polygons(noun: &'static str, meta: &Meta, parts: &[Polygon], languages: &[String]) -> FeatureInfo {
    // Parts in parallel; sums are in the order of the parts, independent of the number of threads.
    let measured: Vec<_> = parts
        .par_iter()
        .map(|part| (polygon_area_as(part, meta.edges), positions(part), part.bounding_rect()))
        .collect();
    let rects = measured.iter().filter_map(|(.., rect)| *rect);
    FeatureInfo {
        level: meta.level().map(|(_, level)| level),
        parts: parts.len(),
        positions: measured.iter().map(|(_, positions, _)| positions).sum(),
        area_km2: Some(measured.iter().map(|(area_m2, ..)| area_m2).sum::<f64>() / 1e6),
        area_error_km2: meta
            .evidence
            .position_accuracy_m
            .map(|accuracy_m| area_error_m2(&dissolved(parts), accuracy_m) / 1e6),
        bounds: bounds_of(rects.map(|r| [r.min().x, r.min().y, r.max().x, r.max().y])),
        ..row(noun, meta, languages)
    }
}

fn positions(part: &Polygon) -> usize {
    std::iter::once(part.exterior()).chain(part.interiors()).map(|ring| ring.0.len().saturating_sub(1)).sum()
}

fn runs(noun: &'static str, meta: &Meta, runs: &[LineString], languages: &[String]) -> FeatureInfo {
    FeatureInfo {
        parts: runs.len(),
        positions: runs.iter().map(|run| run.0.len()).sum(),
        length_m: Some(runs.iter().map(|run| line_length_as(&run.0, meta.edges)).sum()),
        bounds: bounds_of(runs.iter().filter_map(|run| bounds_of_positions(run.0.iter().copied()))),
        ..row(noun, meta, languages)
    }
}

fn place(place: &Place, languages: &[String]) -> FeatureInfo {
    FeatureInfo { bounds: bounds_of_positions([place.position]), ..row("place", &place.meta, languages) }
}

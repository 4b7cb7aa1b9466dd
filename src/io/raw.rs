//! Layers as a file has them, before they are held against what a role needs.

use super::{FeatureLabel, Problem, ReadError};
use crate::model::{Input, Warning, WarningCode};
use geo::Coord;
use serde_json::{Map, Value};

/// Coordinates of a feature, (lon, lat) in degrees, sorted by dimension; any of the three may be empty.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RawGeometry {
    /// What the file calls it.
    pub type_name: &'static str,
    /// Positions.
    pub points: Vec<Coord>,
    /// Lines.
    pub lines: Vec<Vec<Coord>>,
    /// Polygons: rings, the shell first.
    pub polygons: Vec<Vec<Vec<Coord>>>,
}

/// A feature as the file has it.
#[derive(Debug, Clone, PartialEq)]
pub struct RawFeature {
    /// The feature's own `id` member.
    pub id: Option<String>,
    /// Its properties.
    pub properties: Map<String, Value>,
    /// Its coordinates.
    pub geometry: RawGeometry,
    /// JSON pointer to its coordinates, for messages; empty where the file is not JSON.
    pub pointer: String,
}

/// A file's features, with what was noticed on the way in.
#[derive(Debug, Clone, PartialEq)]
pub struct RawLayer {
    /// The file.
    pub input: Input,
    /// The layer's own name, where the format has named layers.
    pub layer: Option<String>,
    /// Whether lines go the shorter way round at ±180°, as tracks of GPX and KML do; RFC 7946 binds GeoJSON alone.
    pub short_way: bool,
    /// How far, in metres, rings that touch in the file may lie apart or across each other here, by the way to WGS 84.
    pub noise_m: f64,
    /// Its features, in order.
    pub features: Vec<RawFeature>,
    /// What was noticed.
    pub warnings: Vec<Warning>,
}

/// Properties that identify a feature, in the order in which they are tried.
const ID_FIELDS: [&str; 5] = ["id", "shapeISO", "ISO_A3", "A3", "name"];

impl RawLayer {
    /// A layer without a name whose features are to come.
    pub(super) fn empty(input: Input) -> Self {
        RawLayer { input, layer: None, short_way: false, noise_m: 0.0, features: Vec::new(), warnings: Vec::new() }
    }

    /// Returns an identifier for each feature: the property `field` where one is asked for, else the first of
    /// the feature's `id`, `id`, `shapeISO`, `ISO_A3`, `A3`, `name` that all have and no two share, else the position.
    pub fn ids(&self, field: Option<&str>) -> Result<Vec<String>, ReadError> {
        if let Some(field) = field {
            return self.features.iter().enumerate().map(|(i, f)| self.named_id(i, f, field)).collect();
        }
        let own = self.unique(|feature| feature.id.clone());
        let by_property = || ID_FIELDS.iter().find_map(|name| self.unique(|f| f.properties.get(*name).and_then(plain)));
        let positions = || (0..self.features.len()).map(|i| i.to_string()).collect();
        Ok(own.or_else(by_property).unwrap_or_else(positions))
    }

    fn named_id(&self, index: usize, feature: &RawFeature, field: &str) -> Result<String, ReadError> {
        feature.properties.get(field).and_then(plain).ok_or_else(|| ReadError {
            feature: Some(FeatureLabel { index, id: feature.id.clone() }),
            ..ReadError::new(&self.input.path, Problem::NoIdField(field.to_owned()))
        })
    }

    fn unique(&self, id: impl Fn(&RawFeature) -> Option<String>) -> Option<Vec<String>> {
        let ids: Vec<String> = self.features.iter().map(id).collect::<Option<_>>()?;
        let mut seen = std::collections::HashSet::new();
        ids.iter().all(|id| seen.insert(id.as_str())).then_some(ids)
    }

    /// Warns where the positions lie in the region of the embedded dataset only with their axes exchanged. They may be
    /// meant where they are: 40° E 45° N is a place in Russia.
    pub(super) fn doubt_axes(&mut self) {
        let geometries = || self.features.iter().map(|feature| &feature.geometry);
        let lines = geometries().flat_map(|g| g.lines.iter().chain(g.polygons.iter().flatten()));
        let points = geometries().flat_map(|g| &g.points);
        if let Some(message) = doubtful_axes(&self.input.path, points.chain(lines.flatten()).copied()) {
            self.warn(WarningCode::Axes, None, message);
        }
    }

    pub(super) fn warn(&mut self, code: WarningCode, feature: Option<String>, message: impl Into<String>) {
        self.warnings.push(Warning { code, message: message.into(), feature });
    }
}

/// South-west and north-east corners of the embedded dataset (lon, lat).
const REGION: (Coord, Coord) = (Coord { x: 42.0, y: 37.0 }, Coord { x: 51.0, y: 43.0 });

/// Whether a position lies in the region of the embedded dataset with its axes exchanged, and not as it stands.
fn in_region_exchanged(at: Coord) -> bool {
    let (low, high) = REGION;
    let within = |at: Coord| low.x <= at.x && at.x <= high.x && low.y <= at.y && at.y <= high.y;
    !within(at) && within(Coord { x: at.y, y: at.x })
}

/// Whether all positions of a geometry lie in that region only with their axes exchanged.
pub(super) fn exchanged(geometry: &RawGeometry) -> bool {
    let lines = geometry.lines.iter().chain(geometry.polygons.iter().flatten());
    geometry.points.iter().chain(lines.flatten()).all(|at| in_region_exchanged(*at))
}

/// What to say of positions (lon, lat) none of which lies in the region as it stands, and all with their axes exchanged.
pub(super) fn doubtful_axes(path: &str, positions: impl Iterator<Item = Coord>) -> Option<String> {
    let mut first = None;
    for at in positions {
        if !in_region_exchanged(at) {
            return None;
        }
        first = first.or(Some(at));
    }
    let at = first?;
    let place = format!(
        "{path}: no position lies between 42° and 51° E, 37° and 43° N as it stands ([{}, {}] is the first)",
        at.x, at.y
    );
    Some(format!(
        "{place}, and all do with latitude and longitude exchanged; if the file has latitude first: --axes yx"
    ))
}

/// What a feature is called in messages before all of its file are known.
pub(super) fn named(properties: &Map<String, Value>) -> Option<String> {
    ID_FIELDS.iter().find_map(|field| properties.get(*field).and_then(plain))
}

fn plain(value: &Value) -> Option<String> {
    match value {
        Value::String(text) if !text.is_empty() => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

//! Layers as a file has them, before they are held against what a role needs.

use super::identity::{Identity, Says};
use super::{Problem, ReadError};
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
#[derive(Debug)]
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
    /// How many features have gone by of which none is kept.
    pub not_kept: usize,
    /// What was noticed. A warning of a feature calls it by its number until `identify`.
    pub warnings: Vec<Warning>,
    /// What is wrong with features that cannot serve; in their places stand features without coordinates.
    pub invalid: Vec<ReadError>,
}

impl RawLayer {
    /// A layer without a name whose features are to come.
    pub(super) fn empty(input: Input) -> Self {
        RawLayer {
            input,
            layer: None,
            short_way: false,
            noise_m: 0.0,
            features: Vec::new(),
            not_kept: 0,
            warnings: Vec::new(),
            invalid: Vec::new(),
        }
    }

    /// Gives every feature its id, by the property `field` where one is asked for; the input and the warnings say so.
    ///
    /// # Errors
    /// No feature has the field asked for.
    pub(super) fn identify(&mut self, field: Option<&str>) -> Result<Identity, ReadError> {
        let says: Vec<Says<'_>> = self.features.iter().map(|f| (f.id.as_deref(), &f.properties)).collect();
        let mut identity = Identity::of(&self.input.path, &says, field)?;
        self.call(&mut identity, |number| number);
        Ok(identity)
    }

    /// Calls the features of warnings by their ids; `place` is where a feature of the file stands in the list of these.
    pub(super) fn call(&mut self, identity: &mut Identity, place: impl Fn(usize) -> usize) {
        self.input.ids = Some(identity.rule.clone());
        for warning in &mut self.warnings {
            let Some(number) = warning.feature.as_ref().and_then(|number| number.parse::<usize>().ok()) else {
                continue;
            };
            if let Some(id) = identity.ids.get(place(number)) {
                warning.feature = Some(id.clone());
                let label = identity.label(place(number), number);
                warning.message = warning.message.replace(&format!("feature {number} "), &format!("{label} "));
            }
        }
        self.warnings.append(&mut identity.warnings);
    }

    /// How many features of the file have gone by: the number of the next.
    pub(super) fn gone_by(&self) -> usize {
        self.not_kept + self.features.len()
    }

    /// Refuses the layer where features are invalid, or leaves these out and says so.
    ///
    /// # Errors
    /// The first feature that is invalid, with how many there are.
    pub(super) fn settle(&mut self, skip_invalid: bool) -> Result<(), ReadError> {
        let mut invalid = std::mem::take(&mut self.invalid);
        let number = |error: &ReadError| error.feature.as_ref().map(|feature| feature.index);
        invalid.sort_by_key(number);
        invalid.dedup_by_key(|error| number(error));
        self.input.left_out = invalid.len();
        if !skip_invalid {
            let counts = (invalid.len(), self.features.len());
            // Where all are of another shape or in another system, nothing is wrong with any one of them.
            let of_file = |problem: &Problem| {
                matches!(problem, Problem::WrongShape { .. } | Problem::Swapped { .. } | Problem::Projected { .. })
            };
            let one_by_one = invalid.first().is_some_and(|first| counts.0 < counts.1 || !of_file(&first.problem));
            let affected = one_by_one.then_some(counts);
            return invalid.into_iter().next().map_or(Ok(()), |first| Err(ReadError { affected, ..first }));
        }
        for error in invalid {
            let feature = error.feature.as_ref().and_then(|feature| feature.id.clone());
            self.warn(
                WarningCode::LeftOut,
                feature,
                format!("{error}; the feature is left out: the answer is incomplete"),
            );
        }
        Ok(())
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

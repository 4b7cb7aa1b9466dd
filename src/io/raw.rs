//! Layers as a file has them, before they are held against what a role needs.

use super::identity::{Identity, Says};
use super::{Filter, Problem, ReadError};
use crate::model::{Input, Warning, WarningCode, bounds_of_positions};
use geo::Coord;
use serde_json::{Map, Value};
use std::collections::HashSet;

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
    /// Its lines and polygons as the file has them, where they go on beyond ±180° and are cut there.
    pub(super) uncut: Option<Box<RawGeometry>>,
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
    /// Numbers in the file of the features that a filter kept; without a filter none, and all features are there.
    pub numbers: Option<Vec<usize>>,
    /// What is wrong with features that cannot serve; in their places stand features without coordinates.
    pub invalid: Vec<ReadError>,
}

impl RawGeometry {
    /// Every position, (lon, lat) in degrees.
    pub(super) fn positions(&self) -> impl Iterator<Item = Coord> {
        let lines = self.lines.iter().chain(self.polygons.iter().flatten());
        self.points.iter().chain(lines.flatten()).copied()
    }
}

impl RawLayer {
    /// A layer without a name whose features are to come.
    pub(crate) fn empty(input: Input) -> Self {
        RawLayer {
            input,
            layer: None,
            short_way: false,
            noise_m: 0.0,
            features: Vec::new(),
            not_kept: 0,
            numbers: None,
            warnings: Vec::new(),
            invalid: Vec::new(),
        }
    }

    /// Gives every feature its id, by the property `field` where one is asked for; the input and the warnings say so. The
    /// input also gets the box that its positions span.
    ///
    /// # Errors
    /// No feature has the field asked for.
    pub(super) fn identify(&mut self, field: Option<&str>) -> Result<Identity, ReadError> {
        let says: Vec<Says<'_>> = self.features.iter().map(|f| (f.id.as_deref(), &f.properties)).collect();
        let mut identity = Identity::of(&self.input.path, &says, field)?;
        match self.numbers.clone() {
            None => self.call(&mut identity, |number| number),
            Some(numbers) => {
                identity.number_by(&numbers);
                self.call(&mut identity, |number| numbers.binary_search(&number).unwrap_or(usize::MAX));
            }
        }
        Ok(identity)
    }

    /// Number in the file of the feature at a place of the list.
    pub(super) fn number(&self, place: usize) -> usize {
        self.numbers.as_ref().and_then(|numbers| numbers.get(place)).copied().unwrap_or(place)
    }

    /// Keeps the features that pass a filter; the input says which.
    ///
    /// # Errors
    /// None passes.
    pub(super) fn keep(&mut self, filter: &Filter) -> Result<(), ReadError> {
        if filter.is_empty() {
            return Ok(());
        }
        let passes: Vec<bool> =
            self.features.iter().map(|feature| filter.holds(feature.id.as_deref(), &feature.properties)).collect();
        let numbers: Vec<usize> =
            (0..passes.len()).filter(|&place| passes[place]).map(|place| self.number(place)).collect();
        if numbers.is_empty() {
            return Err(ReadError::new(&self.input.path, Problem::NonePasses { filter: filter.to_string() }));
        }
        let mut place = 0..;
        self.features.retain(|_| place.next().is_some_and(|place| passes[place]));
        let is_kept = |number: usize| numbers.binary_search(&number).is_ok();
        self.warnings.retain(|warning| {
            let number = warning.feature.as_ref().and_then(|number| number.parse::<usize>().ok());
            number.is_none_or(is_kept)
        });
        self.invalid.retain(|error| error.feature.as_ref().is_none_or(|feature| is_kept(feature.index)));
        let stated = match self.input.selection.take() {
            None => filter.to_string(),
            Some(before) => format!("{before} and {filter}"),
        };
        self.input.selection = Some(stated);
        self.numbers = Some(numbers);
        Ok(())
    }

    /// Calls the features of warnings by their ids; `place` is where a feature of the file stands in the list of these.
    pub(super) fn call(&mut self, identity: &mut Identity, place: impl Fn(usize) -> usize) {
        self.input.ids = Some(identity.rule.clone());
        self.input.bounds = bounds_of_positions(self.features.iter().flat_map(|feature| feature.geometry.positions()));
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

    /// Adds what is wrong with features that another reader has left without coordinates: that they have none is not the
    /// news.
    pub(super) fn add_invalid(&mut self, invalid: Vec<ReadError>) {
        let numbers: HashSet<String> =
            invalid.iter().filter_map(|error| Some(error.feature.as_ref()?.index.to_string())).collect();
        let is_of = |warning: &Warning| warning.feature.as_ref().is_some_and(|feature| numbers.contains(feature));
        self.warnings.retain(|warning| warning.code != WarningCode::NoGeometry || !is_of(warning));
        self.invalid.extend(invalid);
    }

    /// Takes what is wrong with features, in their order, the first of each, and whether all are of another shape or in
    /// another system: then nothing is wrong with any one of them.
    pub(super) fn take_invalid(&mut self) -> (Vec<ReadError>, bool) {
        let mut invalid = std::mem::take(&mut self.invalid);
        let number = |error: &ReadError| error.feature.as_ref().map(|feature| feature.index);
        invalid.sort_by_key(number);
        invalid.dedup_by_key(|error| number(error));
        self.input.left_out = invalid.len();
        let of_file = |problem: &Problem| {
            use Problem::*;
            matches!(
                problem,
                WrongShape { .. } | Swapped { .. } | Projected { .. } | Misfit { .. } | NoTransform { .. }
            )
        };
        let all = invalid.len() == self.features.len();
        let is_of_file = all && invalid.first().is_some_and(|first| of_file(&first.problem));
        (invalid, is_of_file)
    }

    /// Refuses the layer where features are invalid, or leaves these out and says so.
    ///
    /// # Errors
    /// The first feature that is invalid, with how many there are.
    pub(super) fn settle(&mut self, skip_invalid: bool) -> Result<(), ReadError> {
        let (invalid, is_of_file) = self.take_invalid();
        if !skip_invalid {
            let affected = (!is_of_file).then_some((invalid.len(), self.features.len()));
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

    pub(super) fn warn(&mut self, code: WarningCode, feature: Option<String>, message: impl Into<String>) {
        self.warnings.push(Warning { code, message: message.into(), feature });
    }
}

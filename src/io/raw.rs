//! Layers as in a file, before validation against a role.

use super::as_of::Statements;
use super::identity::{Identity, Says};
use super::{Filter, Problem, ReadError};
use crate::model::{Edges, Input, Warning, WarningCode, bounds_of_positions};
use geo::Coord;
use serde_json::{Map, Value};
use std::collections::HashSet;

/// Coordinates of a feature, (lon, lat) in degrees, sorted by dimension; any of the three may be empty.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RawGeometry {
    /// The geometry type in the file.
    pub type_name: &'static str,
    /// Positions.
    pub points: Vec<Coord>,
    /// Lines.
    pub lines: Vec<Vec<Coord>>,
    /// Polygons: rings, the shell first.
    pub polygons: Vec<Vec<Vec<Coord>>>,
    /// Its original lines and polygons, if they continue beyond ±180° and were cut there.
    pub(super) uncut: Option<Box<RawGeometry>>,
}

/// A feature as in the file.
#[derive(Debug, Clone, PartialEq)]
pub struct RawFeature {
    /// The feature's own `id` member.
    pub id: Option<String>,
    /// Its properties.
    pub properties: Map<String, Value>,
    /// Its coordinates.
    pub geometry: RawGeometry,
    /// JSON pointer to its coordinates, for messages; empty if the file is not JSON.
    pub pointer: String,
}

/// A file's features, with warnings.
#[derive(Debug)]
pub struct RawLayer {
    /// The file.
    pub input: Input,
    /// The layer's own name, if the format has named layers.
    pub layer: Option<String>,
    /// Whether lines take the shorter way across ±180°, as tracks of GPX and KML do; RFC 7946 applies only to GeoJSON.
    pub short_way: bool,
    /// The kind of edges that the file states, if they are not straight in longitude and latitude.
    pub edges: Option<Edges>,
    /// Bound in metres on gaps or overlaps of rings that touch in the file, from the transformation to WGS 84.
    pub noise_m: f64,
    /// Its features, in order.
    pub features: Vec<RawFeature>,
    /// Number of features read but not kept.
    pub not_kept: usize,
    /// Warnings. A feature is denoted by its number until `identify`.
    pub warnings: Vec<Warning>,
    /// Numbers in the file of the features that a filter kept; `None` without a filter.
    pub numbers: Option<Vec<usize>>,
    /// Errors of invalid features, which are represented by features without coordinates.
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
    /// A layer without a name or features.
    pub(crate) fn empty(input: Input) -> Self {
        RawLayer {
            input,
            layer: None,
            short_way: false,
            edges: None,
            noise_m: 0.0,
            features: Vec::new(),
            not_kept: 0,
            numbers: None,
            warnings: Vec::new(),
            invalid: Vec::new(),
        }
    }

    /// Gives every feature its id, by the property `field` if requested; updates the input and the warnings. The
    /// input also gets the bounding box of its positions.
    ///
    /// # Errors
    /// No feature has the requested field.
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

    /// Number in the file of the feature at an index of the list.
    pub(super) fn number(&self, place: usize) -> usize {
        self.numbers.as_ref().and_then(|numbers| numbers.get(place)).copied().unwrap_or(place)
    }

    /// Keeps the features that pass a filter, and records that in the input.
    ///
    /// # Errors
    /// None passes.
    pub(super) fn keep(&mut self, filter: &Filter) -> Result<(), ReadError> {
        self.retain_some(filter).map(|_| ())
    }

    /// The same; returns what the features state of parties and days.
    ///
    /// # Errors
    /// None passes.
    pub(super) fn retain_some(&mut self, filter: &Filter) -> Result<Statements, ReadError> {
        let statements = self.retain(filter);
        if self.features.is_empty() && !filter.is_empty() {
            return Err(ReadError::new(&self.input.path, Problem::NonePasses { filter: filter.to_string() }));
        }
        Ok(statements)
    }

    /// The same, although none may pass.
    pub(super) fn retain(&mut self, filter: &Filter) -> Statements {
        let mut statements = Statements::default();
        if filter.is_empty() {
            return statements;
        }
        if filter.day().is_some() || filter.view().is_some() {
            self.features.iter().for_each(|feature| statements.take(&feature.properties));
            let remarks = statements.remarks(&self.input.path, filter.day(), filter.view());
            remarks.into_iter().for_each(|remark| self.warn(WarningCode::Note, None, remark));
        }
        let passes: Vec<bool> =
            self.features.iter().map(|feature| filter.holds(feature.id.as_deref(), &feature.properties)).collect();
        let numbers: Vec<usize> =
            (0..passes.len()).filter(|&place| passes[place]).map(|place| self.number(place)).collect();
        let mut place = 0..;
        self.features.retain(|_| place.next().is_some_and(|place| passes[place]));
        self.features.iter_mut().for_each(|feature| filter.turn_back(&mut feature.properties));
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
        statements
    }

    /// Replaces feature numbers in warnings by ids; `place` maps a number in the file to the index in the list.
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

    /// Number of features of the file read so far: the number of the next one.
    pub(super) fn gone_by(&self) -> usize {
        self.not_kept + self.features.len()
    }

    /// Adds errors of features that another reader has left without coordinates, and removes the warnings that these
    /// have none.
    pub(super) fn add_invalid(&mut self, invalid: Vec<ReadError>) {
        let numbers: HashSet<String> =
            invalid.iter().filter_map(|error| Some(error.feature.as_ref()?.index.to_string())).collect();
        let is_of = |warning: &Warning| warning.feature.as_ref().is_some_and(|feature| numbers.contains(feature));
        self.warnings.retain(|warning| warning.code != WarningCode::NoGeometry || !is_of(warning));
        self.invalid.extend(invalid);
    }

    /// Takes the errors of invalid features, in order, the first of each, and whether all have a wrong geometry type or
    /// system: then the file is at fault, not a single feature.
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

    /// Rejects the layer if features are invalid, or drops these with a warning.
    ///
    /// # Errors
    /// The first invalid feature, with their number.
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

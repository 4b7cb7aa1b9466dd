//! Processing of a feature between its file and the output.

use super::super::foreign::cut_at_180;
use super::super::frame::CrsTransform;
use super::super::{Filter, Problem};
use super::DATUM_FIELD;
use super::table::{GeometryDimension, Position, Row, Shape};
use crate::model::{Sample, Warning, WarningCode};
use geo::Coord;
use serde_json::{Map, Value};
use std::cell::OnceCell;

/// Message on features beyond ±180°.
const WRAPPED: &str = "what does is read 360° further, and cut at ±180° where it goes across";

/// Number of positions that suffices to locate a layer.
const SAMPLE: usize = 4000;

/// The processing of every feature of a layer.
pub(in crate::io) struct FeaturePipeline {
    /// The transformation of its positions.
    pub way: CrsTransform,
    /// Whether features record the datum operation.
    signs: bool,
    /// That operation, once a position was transformed by it.
    signed: OnceCell<String>,
    /// The kind of geometry to keep, if not all.
    only: Option<GeometryDimension>,
    /// The features to keep.
    filter: Filter,
    /// Languages of names, best first, if a multilingual name is converted to text fields.
    languages: Option<Vec<String>>,
}

/// Statistics on a layer's positions as in the file.
pub(in crate::io) struct Seen {
    low: Coord,
    high: Coord,
    /// Sample of the positions.
    pub sample: Sample,
    /// Number of features that were cut at ±180° or shifted from beyond it.
    wrapped: usize,
}

impl Seen {
    pub fn new() -> Self {
        let (low, high) = (Coord { x: f64::MAX, y: f64::MAX }, Coord { x: f64::MIN, y: f64::MIN });
        Seen { low, high, sample: Sample::new(SAMPLE), wrapped: 0 }
    }

    fn take(&mut self, at: Coord) {
        self.low = Coord { x: self.low.x.min(at.x), y: self.low.y.min(at.y) };
        self.high = Coord { x: self.high.x.max(at.x), y: self.high.y.max(at.y) };
        self.sample.take(&[at]);
    }

    /// The warning for the user, if any.
    pub fn told(&self, path: &str) -> Option<Warning> {
        let message = match self.wrapped {
            0 => return None,
            1 => format!("{path}: 1 feature lies beyond ±180°; {WRAPPED}"),
            count => format!("{path}: {count} features lie beyond ±180°; {WRAPPED}"),
        };
        Some(Warning { code: WarningCode::Antimeridian, message, feature: None })
    }

    /// The centre of the positions' extent.
    pub fn middle(&self) -> Option<Coord> {
        (self.low.x <= self.high.x).then(|| (self.low + self.high) / 2.0)
    }
}

impl FeaturePipeline {
    pub fn new(way: CrsTransform, only: Option<GeometryDimension>) -> Self {
        let signs = way.chain().operation().is_some() || way.by_proj();
        FeaturePipeline { way, signs, signed: OnceCell::new(), only, filter: Filter::default(), languages: None }
    }

    /// Adds a filter, and converts multilingual names to text fields if languages are given.
    pub fn selecting(self, filter: &Filter, languages: Option<&[String]>) -> Self {
        FeaturePipeline { filter: filter.clone(), languages: languages.map(<[String]>::to_vec), ..self }
    }

    /// A pipeline whose features do not record the datum operation.
    pub fn unsigned(way: CrsTransform) -> Self {
        FeaturePipeline { signs: false, ..FeaturePipeline::new(way, None) }
    }

    /// Transforms a feature to the output's system; `None` if it is not kept.
    ///
    /// # Errors
    /// A position is impossible in the file's system.
    pub fn go(&self, mut row: Row, seen: &mut Seen) -> Result<Option<Row>, Problem> {
        if !self.filter.holds(row.id.as_ref().and_then(Value::as_str), &row.properties) {
            return Ok(None);
        }
        self.filter.turn_back(&mut row.properties);
        if let Some(languages) = &self.languages {
            names_as_fields(&mut row.properties, languages);
        }
        if let Some(shape) = &mut row.shape {
            self.shape(shape, seen)?;
        }
        if let Some(cut) = row.shape.as_ref().filter(|_| self.way.ends_geographic()).and_then(cut_at_180) {
            seen.wrapped += 1;
            row.shape = Some(cut);
        }
        self.sign(&mut row);
        Ok(match self.only {
            Some(kind) => row.only(kind),
            None => Some(row),
        })
    }

    fn shape(&self, shape: &mut Shape, seen: &mut Seen) -> Result<(), Problem> {
        let mut point = |position: &mut Position| {
            seen.take(position.at);
            position.at = self.way.apply(position.at)?;
            Ok(())
        };
        match shape {
            Shape::Point(position) => point(position),
            Shape::MultiPoint(positions) => positions.iter_mut().try_for_each(point),
            Shape::Line(line) => self.line(line, seen),
            Shape::MultiLine(lines) | Shape::Polygon(lines) => {
                lines.iter_mut().try_for_each(|line| self.line(line, seen))
            }
            Shape::MultiPolygon(polygons) => polygons.iter_mut().flatten().try_for_each(|line| self.line(line, seen)),
            Shape::Collection(shapes) => shapes.iter_mut().try_for_each(|shape| self.shape(shape, seen)),
        }
    }

    /// Transforms a line or ring, densifying its edges where they bend; heights are interpolated.
    fn line(&self, line: &mut Vec<Position>, seen: &mut Seen) -> Result<(), Problem> {
        line.iter().for_each(|position| seen.take(position.at));
        if self.way.is_identity() {
            return line.iter_mut().try_for_each(|position| {
                position.at = self.way.apply(position.at)?;
                Ok(())
            });
        }
        let before = std::mem::take(line);
        let coords: Vec<Coord> = before.iter().map(|position| position.at).collect();
        self.way.course(&coords, |edge, share, at| {
            let z = match (before[edge].z, share, before.get(edge + 1).and_then(|next| next.z)) {
                (z, 0.0, _) => z,
                (Some(from), share, Some(to)) => Some(from + (to - from) * share),
                _ => None,
            };
            line.push(Position { at, z });
        })
    }

    /// Records the datum operation in a feature, after those that it already states.
    fn sign(&self, row: &mut Row) {
        if !self.signs || row.shape.is_none() {
            return;
        }
        let operation = self.signed.get_or_init(|| self.way.note().map(|note| note.operation).unwrap_or_default());
        let before = row.properties.get(DATUM_FIELD).and_then(Value::as_str).filter(|text| !text.is_empty());
        let text = before.map_or_else(|| operation.clone(), |before| format!("{before}; {operation}"));
        row.properties.insert(DATUM_FIELD.to_owned(), Value::String(text));
    }
}

/// Converts a multilingual name to `name`, in the best of the requested languages, and `name_LANGUAGE` for each.
fn names_as_fields(properties: &mut Map<String, Value>, languages: &[String]) {
    let texts = |names: &Map<String, Value>| !names.is_empty() && names.values().all(Value::is_string);
    if !properties.get("name").and_then(Value::as_object).is_some_and(texts) {
        return;
    }
    for (key, value) in std::mem::take(properties) {
        match value {
            Value::Object(names) if key == "name" => {
                let best = languages.iter().find_map(|language| names.get(language)).or_else(|| names.values().next());
                properties.insert(key, best.cloned().unwrap_or(Value::Null));
                for (language, name) in names {
                    properties.entry(format!("name_{}", language.replace('-', "_"))).or_insert(name);
                }
            }
            value => {
                properties.entry(key).or_insert(value);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_name_in_several_languages_becomes_fields_of_text() {
        let mut row =
            json!({"id": "a", "name": {"de": "Feld", "en": "Field"}, "kind": "town"}).as_object().cloned().unwrap();
        names_as_fields(&mut row, &["fr".to_owned(), "en".to_owned()]);
        let expected = json!({"id": "a", "name": "Field", "name_de": "Feld", "name_en": "Field", "kind": "town"});
        assert_eq!(Value::Object(row).to_string(), expected.to_string());
    }
}

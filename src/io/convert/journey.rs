//! What becomes of a feature between its file and the output.

use super::super::Problem;
use super::super::foreign::cut_at_180;
use super::super::frame::Way;
use super::DATUM_FIELD;
use super::table::{Kind, Position, Row};
use crate::model::{Sample, Warning, WarningCode};
use geo::Coord;
use serde_json::Value;

/// What becomes of features beyond ±180°.
const WRAPPED: &str = "what does is read 360° further, and cut at ±180° where it goes across";

/// Enough positions to see where a layer lies.
const SAMPLE: usize = 4000;

/// What is done with every feature of a layer.
pub(in crate::io) struct Journey {
    /// The way of its positions.
    pub way: Way,
    /// The datum operation, where features say by which they came.
    signed: Option<String>,
    /// The kind of geometry that is kept, if not all is.
    only: Option<Kind>,
}

/// What was seen of a layer's positions as the file has them.
pub(in crate::io) struct Seen {
    low: Coord,
    high: Coord,
    /// Positions spread over all.
    pub sample: Sample,
    /// Features that were cut at ±180°, or moved there from beyond.
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

    /// What a reader must know of it.
    pub fn told(&self, path: &str) -> Option<Warning> {
        let message = match self.wrapped {
            0 => return None,
            1 => format!("{path}: 1 feature lies beyond ±180°; {WRAPPED}"),
            count => format!("{path}: {count} features lie beyond ±180°; {WRAPPED}"),
        };
        Some(Warning { code: WarningCode::Antimeridian, message, feature: None })
    }

    /// The position in the middle.
    pub fn middle(&self) -> Option<Coord> {
        (self.low.x <= self.high.x).then(|| (self.low + self.high) / 2.0)
    }
}

impl Journey {
    pub fn new(way: Way, only: Option<Kind>) -> Self {
        let crosses = way.chain().operation().is_some() || way.by_proj();
        let signed = way.note().filter(|_| crosses).map(|note| note.operation);
        Journey { way, signed, only }
    }

    /// The same for features that do not say by which operation they came.
    pub fn unsigned(way: Way) -> Self {
        Journey { signed: None, ..Journey::new(way, None) }
    }

    /// Brings a feature to the output's system; nothing where it is none of those that are kept.
    ///
    /// # Errors
    /// A position does not fit the file's system.
    pub fn go(&self, mut row: Row, seen: &mut Seen) -> Result<Option<Row>, Problem> {
        if let Some(shape) = &mut row.shape {
            shape.each(&mut |position: &mut Position| {
                seen.take(position.at);
                position.at = self.way.apply(position.at)?;
                Ok(())
            })?;
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

    /// Writes the datum operation into a feature; one that it carries already stays before it.
    fn sign(&self, row: &mut Row) {
        let Some(operation) = &self.signed else { return };
        let before = row.properties.get(DATUM_FIELD).and_then(Value::as_str).filter(|text| !text.is_empty());
        let text = before.map_or_else(|| operation.clone(), |before| format!("{before}; {operation}"));
        row.properties.insert(DATUM_FIELD.to_owned(), Value::String(text));
    }
}

//! Fast GeoJSON reader: an ordinary FeatureCollection, parsed in parallel.
//!
//! Its results equal those of the `geojson` crate, bit for bit. An unusual feature is parsed by the crate individually.
//! A text that is not a FeatureCollection, is nested deeper than [`Limits::DEFAULT`] allows, or contains an error is
//! parsed by the crate as a whole, so that every error is reported with its position. [`read`](super::geojson::read)
//! uses both.

mod cursor;
mod feature;
mod number;
mod pieces;
mod position;
mod stream;

use super::geojson::{self, CrateFeature};
use super::geometry_issue::issues;
use super::{Limits, RawFeature, RawLayer};
use crate::model::{Input, WarningCode};
pub(super) use cursor::{Cursor, Fallback};
pub(super) use feature::{Parts, PartsReader, text_of};
use geo::Coord;
pub(super) use number::pair;
pub(super) use pieces::Form;
pub(super) use position::{Nest, Position};
#[cfg(test)]
use stream::Next;
pub(super) use stream::{Features, stream};

/// A feature as read.
enum ReadFeature {
    Directly(RawFeature),
    /// By the crate, with the issues of its text.
    ByCrate(CrateFeature, Vec<String>),
}

/// Reads a FeatureCollection, or if `may_be_sequence` the records of a sequence; `None` if the text is something else
/// or contains an error.
///
/// # Method
/// The text is split where a feature seems to start; the pieces are read in parallel. Each must end where
/// the next one starts; if not, that was not the start of a feature, and the fast reader gives up.
/// The text around the features is parsed as an empty collection.
pub(super) fn read(bytes: &[u8], input: &Input, may_be_sequence: bool) -> Option<RawLayer> {
    let (form, first) = start(bytes, may_be_sequence)?;
    let (features, end) = pieces::read(bytes, first..bytes.len(), form, &feature).ok()?;
    let mut layer = match form {
        Form::Collection => around(&bytes[..first], &bytes[end..], input)?,
        Form::Sequence => RawLayer::empty(input.clone()),
    };
    layer.features.reserve(features.len());
    let mut odd = Vec::new();
    for (index, feature) in features.into_iter().enumerate() {
        match feature {
            ReadFeature::Directly(feature) => {
                let pointer = format!("{}/coordinates", geojson::geometry_pointer(index));
                layer.features.push(RawFeature { pointer, ..feature });
            }
            ReadFeature::ByCrate(feature, sentences) => {
                feature.push(&mut layer);
                odd.extend(sentences.into_iter().map(|sentence| format!("/features/{index}{sentence}")));
            }
        }
    }
    odd.into_iter().for_each(|sentence| layer.warn(WarningCode::Member, None, sentence));
    layer.input.features = layer.features.len();
    Some(layer)
}

/// Parses the text around the features as an empty collection.
fn around(before: &[u8], after: &[u8], input: &Input) -> Option<RawLayer> {
    let shell = [before, after].concat();
    let shell = std::str::from_utf8(&shell).ok()?;
    let layer = geojson::read_by_crate(shell, input.clone(), Limits::DEFAULT).ok()?;
    (layer.features.is_empty() && issues(shell, Limits::DEFAULT).is_empty()).then_some(layer)
}

/// The form of the features in a text, and the offset of the first one.
fn start(bytes: &[u8], may_be_sequence: bool) -> Option<(Form, usize)> {
    if let Ok(first) = features_start(bytes) {
        return Some((Form::Collection, first));
    }
    let mut cursor = Cursor::new(bytes, 0);
    cursor.separators();
    (may_be_sequence && cursor.peek() == b'{').then_some((Form::Sequence, cursor.at))
}

/// Offset of the first feature of a collection: after the opening bracket of the root's `features`.
fn features_start(bytes: &[u8]) -> Result<usize, Fallback> {
    let mut cursor = Cursor::new(bytes, 0);
    cursor.expect(b'{')?;
    loop {
        let key = cursor.key()?;
        if key == b"features" {
            cursor.expect(b'[')?;
            cursor.space();
            return if cursor.peek() == b'{' { Ok(cursor.at) } else { Err(Fallback) };
        }
        cursor.value()?;
        if !cursor.more(b'}')? {
            return Err(Fallback);
        }
    }
}

/// The next feature, by the fast reader or the crate.
fn feature(reader: &mut PartsReader<Coord>, cursor: &mut Cursor<'_>) -> Result<ReadFeature, Fallback> {
    cursor.space();
    let start = cursor.at;
    if let Ok(feature) = reader.parts(cursor).and_then(feature::raw) {
        return Ok(ReadFeature::Directly(feature));
    }
    cursor.at = start;
    let text = text_of(cursor.value()?)?;
    let feature = CrateFeature::read(text).ok_or(Fallback)?;
    Ok(ReadFeature::ByCrate(feature, issues(text, Limits::DEFAULT)))
}

#[cfg(test)]
mod tests;

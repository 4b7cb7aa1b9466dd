//! The short way through GeoJSON: a FeatureCollection as nearly every file has it, read on all cores at once.
//!
//! What it reads is read as the `geojson` crate reads it, bit for bit. A feature that is out of the ordinary goes to the
//! crate by itself; a text that is no FeatureCollection, is nested deeper than [`Limits::DEFAULT`] allows, or holds an
//! error, goes to it as a whole, so that every error is told with its place. [`read`](super::geojson::read) is the door to both.

mod cursor;
mod feature;
mod number;
mod pieces;
mod position;
mod stream;

use super::geojson::{self, CrateFeature};
use super::oddity::oddities;
use super::{Limits, RawFeature, RawLayer};
use crate::model::{Input, WarningCode};
pub(super) use cursor::{Cursor, Unusual};
pub(super) use feature::{Parts, PartsReader, text_of};
use geo::Coord;
pub(super) use number::pair;
pub(super) use pieces::Form;
pub(super) use position::{Nest, Position};
#[cfg(test)]
use stream::Next;
pub(super) use stream::{Features, stream};

/// A feature as it was read.
enum Read {
    Directly(RawFeature),
    /// By the crate, with what is odd about its text.
    ByCrate(CrateFeature, Vec<String>),
}

/// Reads a FeatureCollection, or where it `may_be_sequence` the records of one; nothing where the text is something else or
/// cannot be read without an error.
///
/// # Method
/// The text is cut into pieces where the next feature seems to begin; the pieces are read at once. Each ends where it
/// finds the beginning of the next one; where it does not, what seemed a beginning was none, and the text is given up.
/// What stands around the features is read as a collection that has none.
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
            Read::Directly(feature) => {
                let pointer = format!("{}/coordinates", geojson::geometry_pointer(index));
                layer.features.push(RawFeature { pointer, ..feature });
            }
            Read::ByCrate(feature, sentences) => {
                feature.push(&mut layer);
                odd.extend(sentences.into_iter().map(|sentence| format!("/features/{index}{sentence}")));
            }
        }
    }
    odd.into_iter().for_each(|sentence| layer.warn(WarningCode::Member, None, sentence));
    layer.input.features = layer.features.len();
    Some(layer)
}

/// What stands around the features, read as a collection that has none.
fn around(before: &[u8], after: &[u8], input: &Input) -> Option<RawLayer> {
    let shell = [before, after].concat();
    let shell = std::str::from_utf8(&shell).ok()?;
    let layer = geojson::read_by_crate(shell, input.clone(), Limits::DEFAULT).ok()?;
    (layer.features.is_empty() && oddities(shell, Limits::DEFAULT).is_empty()).then_some(layer)
}

/// How features stand in a text, and where the first of them begins.
fn start(bytes: &[u8], may_be_sequence: bool) -> Option<(Form, usize)> {
    if let Ok(first) = features_start(bytes) {
        return Some((Form::Collection, first));
    }
    let mut cursor = Cursor::new(bytes, 0);
    cursor.separators();
    (may_be_sequence && cursor.peek() == b'{').then_some((Form::Sequence, cursor.at))
}

/// Where the first feature of a collection begins: behind the opening bracket of the root's `features`.
fn features_start(bytes: &[u8]) -> Result<usize, Unusual> {
    let mut cursor = Cursor::new(bytes, 0);
    cursor.expect(b'{')?;
    loop {
        let key = cursor.key()?;
        if key == b"features" {
            cursor.expect(b'[')?;
            cursor.space();
            return if cursor.peek() == b'{' { Ok(cursor.at) } else { Err(Unusual) };
        }
        cursor.value()?;
        if !cursor.more(b'}')? {
            return Err(Unusual);
        }
    }
}

/// The feature that comes next, by whoever can read it.
fn feature(reader: &mut PartsReader<Coord>, cursor: &mut Cursor<'_>) -> Result<Read, Unusual> {
    cursor.space();
    let start = cursor.at;
    if let Ok(feature) = reader.parts(cursor).and_then(feature::raw) {
        return Ok(Read::Directly(feature));
    }
    cursor.at = start;
    let text = text_of(cursor.value()?)?;
    let feature = CrateFeature::read(text).ok_or(Unusual)?;
    Ok(Read::ByCrate(feature, oddities(text, Limits::DEFAULT)))
}

#[cfg(test)]
mod tests;

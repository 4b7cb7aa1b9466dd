//! Reads features in chunks: of a chunk only the results stay in memory.

use super::pieces::{self, Form, One, last_start};
use super::{Cursor, Fallback, PartsReader, ReadFeature, around, feature, start};
use crate::io::bytes::Chunked;
use crate::io::foreign::may_be_other_json;
use crate::io::geojson::CrateFeature;
use crate::io::{RawFeature, RawLayer, sequence};
use crate::model::{Input, WarningCode};
use geo::Coord;

/// A source of text in chunks.
pub(in crate::io) trait Next: Send {
    /// Appends the next bytes, at least `least` unless the text ends; returns their number, 0 at the end. `None` if
    /// they cannot be read.
    fn next(&mut self, text: &mut Vec<u8>, least: usize) -> Option<usize>;
}

impl Next for Chunked {
    fn next(&mut self, text: &mut Vec<u8>, least: usize) -> Option<usize> {
        Chunked::next(self, text, least)
    }
}

/// A text with features, of which the first chunk has been read.
pub(in crate::io) struct Features<'n> {
    next: &'n mut dyn Next,
    text: Vec<u8>,
    start: usize,
    /// The form of the features.
    pub form: Form,
    /// The text before the first feature.
    pub before: Vec<u8>,
}

impl<'n> Features<'n> {
    /// Starts to read a text that is a collection or, if it does not start as one and its first chunk
    /// permits, a sequence. `None` if its features are not found.
    pub fn begin(next: &'n mut dyn Next, may_be_sequence: impl Fn(&[u8]) -> bool) -> Option<Self> {
        let mut text = Vec::new();
        next.next(&mut text, 0)?;
        let (form, start) = start(&text, may_be_sequence(&text))?;
        let before = text[..start].to_vec();
        Some(Features { next, text, start, form, before })
    }

    /// Whether its first chunk contains words of other JSON formats with features.
    pub fn may_be_other_json(&self) -> bool {
        may_be_other_json(&self.text)
    }

    /// Reads the features in parallel, and passes on the results of each chunk, in order, with the chunk's text;
    /// returns the text after the last feature. `None` if something cannot be read, or
    /// the receiver stops.
    ///
    /// # Method
    /// While one core reads the next chunk, the others parse this one, up to the apparent start of its last feature. A
    /// feature longer than a chunk doubles the size of the next one.
    pub fn each<S: Default, T: Send>(
        self,
        one: &impl One<S, T>,
        mut take: impl FnMut(&[u8], Vec<T>) -> Option<()>,
    ) -> Option<Vec<u8>> {
        let Features { next, mut text, mut start, form, .. } = self;
        let (mut more, mut ahead) = (true, Vec::new());
        loop {
            let end = if more { last_start(&text, start) } else { Some(text.len()) };
            let least = if end.is_some() { 0 } else { text.len() };
            let (came, read) = rayon::join(
                || if more { next.next(&mut ahead, least) } else { Some(0) },
                || end.map(|end| pieces::read(&text, start..end, form, one)),
            );
            let was_last = !more;
            more = came? > 0;
            if let Some(read) = read {
                let (made, end) = read.ok()?;
                take(&text, made)?;
                start = end;
            }
            if was_last {
                return Some(text.split_off(start));
            }
            text.drain(..start);
            start = 0;
            text.append(&mut ahead);
        }
    }
}

/// A feature that has been read.
enum Step<T> {
    Directly(RawFeature, T),
    ByCrate(CrateFeature, Vec<String>),
}

/// Reads features as [`read`](super::read) does. `keep` extracts data from each feature, on any core; `took`
/// receives these in file order, while the feature is the last one of its layer and may be removed. `None`
/// if the text is something else, contains an error, or either asks for reading the file as a whole.
pub(in crate::io) fn stream<T: Send>(
    next: &mut dyn Next,
    input: &Input,
    keep: impl Fn(&mut RawFeature) -> Option<T> + Sync,
    mut took: impl FnMut(&mut RawLayer, T) -> Option<()>,
) -> Option<RawLayer> {
    let features = Features::begin(next, |text| sequence::may_be(&input.path, text))?;
    let (form, before) = (features.form, features.before.clone());
    let mut layer = RawLayer::empty(input.clone());
    let mut odd = Vec::new();
    let make = |reader: &mut PartsReader<Coord>, cursor: &mut Cursor<'_>| -> Result<Step<T>, Fallback> {
        Ok(match feature(reader, cursor)? {
            ReadFeature::Directly(mut feature) => {
                let kept = keep(&mut feature).ok_or(Fallback)?;
                Step::Directly(feature, kept)
            }
            ReadFeature::ByCrate(feature, sentences) => Step::ByCrate(feature, sentences),
        })
    };
    let mut take = |step| {
        let kept = match step {
            Step::Directly(feature, kept) => {
                layer.features.push(feature);
                kept
            }
            Step::ByCrate(feature, sentences) => {
                let index = layer.gone_by();
                feature.push(&mut layer);
                odd.extend(sentences.into_iter().map(|sentence| format!("/features/{index}{sentence}")));
                keep(layer.features.last_mut()?)?
            }
        };
        took(&mut layer, kept)
    };
    let after = features.each(&make, |_, steps| steps.into_iter().try_for_each(&mut take))?;
    if form == Form::Collection {
        layer.warnings.splice(0..0, around(&before, &after, input)?.warnings);
    }
    odd.into_iter().for_each(|sentence| layer.warn(WarningCode::Member, None, sentence));
    layer.input.features = layer.gone_by();
    Some(layer)
}

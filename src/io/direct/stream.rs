//! Features read stretch by stretch: of a stretch that was read, only what was made of its features stays in memory.

use super::pieces::{self, Form, One, last_start};
use super::{Cursor, PartsReader, Read, Unusual, around, feature, start};
use crate::io::bytes::Stretched;
use crate::io::foreign::may_be_other_json;
use crate::io::geojson::CrateFeature;
use crate::io::{RawFeature, RawLayer, sequence};
use crate::model::{Input, WarningCode};
use geo::Coord;

/// Where the bytes of a text come from, stretch by stretch.
pub(in crate::io) trait Next: Send {
    /// Puts the bytes that follow, so many at least unless the text ends, behind what there is; returns how many they are,
    /// none at the end. Nothing where they cannot be had.
    fn next(&mut self, text: &mut Vec<u8>, least: usize) -> Option<usize>;
}

impl Next for Stretched {
    fn next(&mut self, text: &mut Vec<u8>, least: usize) -> Option<usize> {
        Stretched::next(self, text, least)
    }
}

/// A text with features whose first stretch is there.
pub(in crate::io) struct Features<'n> {
    next: &'n mut dyn Next,
    text: Vec<u8>,
    start: usize,
    /// How the features stand in it.
    pub form: Form,
    /// What stands before the first of them.
    pub before: Vec<u8>,
}

impl<'n> Features<'n> {
    /// Begins to read a text that is a collection, or a sequence where it does not begin as a collection does and, by its
    /// first stretch, may be one. Nothing where its features are not found.
    pub fn begin(next: &'n mut dyn Next, may_be_sequence: impl Fn(&[u8]) -> bool) -> Option<Self> {
        let mut text = Vec::new();
        next.next(&mut text, 0)?;
        let (form, start) = start(&text, may_be_sequence(&text))?;
        let before = text[..start].to_vec();
        Some(Features { next, text, start, form, before })
    }

    /// Whether its first stretch holds words of other formats that have features.
    pub fn may_be_other_json(&self) -> bool {
        may_be_other_json(&self.text)
    }

    /// Reads the features, several at once, and hands over what is made of those of a stretch, in their order, with the
    /// text in which they stand; returns what stands behind the last of them. Nothing where something cannot be read, or
    /// whoever takes them wants no more.
    ///
    /// # Method
    /// While one core fetches the next stretch, the others read this one up to where its last feature seems to begin. A
    /// feature that is longer than a stretch makes the next one as long as all that there is of it.
    pub fn each<S: Default, T: Send>(
        self,
        one: &impl One<S, T>,
        mut take: impl FnMut(&[u8], Vec<T>) -> Option<()>,
    ) -> Option<Vec<u8>> {
        let Features { next, mut text, mut start, form, .. } = self;
        let mut more = true;
        loop {
            let end = if more { last_start(&text, start) } else { Some(text.len()) };
            let mut ahead = Vec::new();
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

/// A feature that has come.
enum Step<T> {
    Directly(RawFeature, T),
    ByCrate(CrateFeature, Vec<String>),
}

/// Reads features as [`read`](super::read) does; `keep` takes of each feature what is wanted of it, on any core, and `took`
/// receives that in the order of the file, when the feature is the last of its layer: it may take it out again. Nothing
/// where the text is something else, cannot be read without an error, or either wants the file read as a whole.
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
    let make = |reader: &mut PartsReader<Coord>, cursor: &mut Cursor<'_>| -> Result<Step<T>, Unusual> {
        Ok(match feature(reader, cursor)? {
            Read::Directly(mut feature) => {
                let kept = keep(&mut feature).ok_or(Unusual)?;
                Step::Directly(feature, kept)
            }
            Read::ByCrate(feature, sentences) => Step::ByCrate(feature, sentences),
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

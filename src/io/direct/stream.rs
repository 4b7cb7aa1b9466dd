//! A collection read stretch by stretch: of what was read, only what is kept of each feature stays in memory.

use super::pieces::{self, last_start};
use super::{Read, around, features_start};
use crate::io::geojson::CrateFeature;
use crate::io::{RawFeature, RawLayer};
use crate::model::{Input, WarningCode};

/// A layer whose features have given their coordinates away, with what was kept of each.
pub(in crate::io) struct Kept<T> {
    pub layer: RawLayer,
    pub kept: Vec<T>,
}

/// A feature that has come.
enum Step<T> {
    Directly(RawFeature, T),
    ByCrate(CrateFeature, Vec<String>),
}

/// Reads a FeatureCollection as [`read`](super::read) does; `keep` takes of each feature what is wanted of it. Nothing
/// where the text is something else, cannot be read without an error, or `keep` wants the file read as a whole.
///
/// `next` puts the bytes that follow behind what there is, and says how many they are: none at the end.
///
/// # Method
/// While one core fetches the next stretch, the others read this one up to where its last feature seems to begin.
pub(in crate::io) fn stream<T: Send>(
    mut next: impl FnMut(&mut Vec<u8>) -> Option<usize> + Send,
    input: &Input,
    keep: impl Fn(&mut RawFeature) -> Option<T> + Sync,
) -> Option<Kept<T>> {
    let mut text = Vec::new();
    next(&mut text)?;
    let mut start = features_start(&text).ok()?;
    let before = text[..start].to_vec();
    let layer = RawLayer { input: input.clone(), layer: None, features: Vec::new(), warnings: Vec::new() };
    let mut all = Kept { layer, kept: Vec::new() };
    let (mut odd, mut more) = (Vec::new(), true);
    let make = |read: Read| match read {
        Read::Directly(mut feature) => keep(&mut feature).map(|kept| Step::Directly(feature, kept)),
        Read::ByCrate(feature, sentences) => Some(Step::ByCrate(feature, sentences)),
    };
    loop {
        let end = if more { last_start(&text, start) } else { Some(text.len()) };
        let mut ahead = Vec::new();
        let (came, read) = rayon::join(
            || if more { next(&mut ahead) } else { Some(0) },
            || end.map(|end| pieces::read(&text, start..end, &make)),
        );
        let was_last = !more;
        more = came? > 0;
        if let Some(read) = read {
            let (steps, end) = read.ok()?;
            for step in steps {
                all.take(step, &keep, &mut odd)?;
            }
            start = end;
        }
        if was_last {
            break;
        }
        text.drain(..start);
        start = 0;
        text.append(&mut ahead);
    }
    let shell = around(&before, &text[start..], input)?;
    all.layer.warnings.splice(0..0, shell.warnings);
    odd.into_iter().for_each(|sentence| all.layer.warn(WarningCode::Member, None, sentence));
    all.layer.input.features = all.layer.features.len();
    Some(all)
}

impl<T> Kept<T> {
    fn take(
        &mut self,
        step: Step<T>,
        keep: &impl Fn(&mut RawFeature) -> Option<T>,
        odd: &mut Vec<String>,
    ) -> Option<()> {
        let index = self.layer.features.len();
        let kept = match step {
            Step::Directly(feature, kept) => {
                self.layer.features.push(feature);
                kept
            }
            Step::ByCrate(feature, sentences) => {
                feature.push(&mut self.layer).ok()?;
                odd.extend(sentences.into_iter().map(|sentence| format!("/features/{index}{sentence}")));
                keep(self.layer.features.last_mut()?)?
            }
        };
        self.kept.push(kept);
        Some(())
    }
}

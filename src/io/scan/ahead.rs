//! Parses features of a collection in parallel.

use super::document::feature;
use super::json::{Json, Slip};
use super::{Scan, ScanFeature};
use crate::model::Finding;
use rayon::prelude::*;
use std::ops::Range;

/// Bytes of features per batch.
const BATCH: usize = 8 << 20;

/// A feature with its findings.
struct Item {
    feature: (ScanFeature, Vec<Finding>),
    slips: Vec<(Slip, usize)>,
}

/// Reads the items of the current array, positioned before the first item, and stops after the last one
/// that is valid JSON; returns their number.
///
/// # Method
/// Brackets determine the ends of items. While the ends in one batch are searched, the items of the previous batch are
/// parsed in parallel. An item whose parsed end differs is not JSON, and reading stops there.
pub(super) fn read(json: &mut Json<'_>, scan: &mut Scan) -> usize {
    let mut places = json.from(json.at());
    let (mut batch, mut count) = (places.batch(), 0);
    while !batch.is_empty() {
        let path = scan.input.path.as_str();
        let number = scan.features.len();
        let (next, items) = rayon::join(
            || places.batch(),
            || -> Vec<Option<Item>> {
                batch.par_iter().enumerate().map(|(i, place)| item(json, place, number + i, path)).collect()
            },
        );
        for (item, place) in items.into_iter().zip(batch) {
            let Some(Item { feature, slips }) = item else { return count };
            scan.take(feature);
            json.slips.extend(slips);
            json.go_to(place.end);
            count += 1;
        }
        batch = next;
    }
    count
}

fn item(json: &Json<'_>, place: &Range<usize>, number: usize, path: &str) -> Option<Item> {
    let mut own = json.from(place.start);
    let node = own.value(2).ok()?;
    (own.at() == place.end).then(|| Item {
        feature: feature(&node, format!("/features/{number}"), path, true),
        slips: std::mem::take(&mut own.slips),
    })
}

impl Json<'_> {
    /// The byte ranges of the next items of an array.
    fn batch(&mut self) -> Vec<Range<usize>> {
        let (mut places, begin) = (Vec::new(), self.at());
        while self.at() - begin < BATCH {
            let Some(end) = self.past() else { break };
            places.push(self.at()..end);
            self.go_to(end);
            if !self.take(b',') {
                break;
            }
        }
        places
    }
}

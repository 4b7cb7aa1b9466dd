//! Lines and points around marks, spatially indexed.

use crate::earth::LocalPlane;
use crate::topology::SegmentIndex;
use geo::Coord;

/// Edges of features, each known by its number.
pub(super) struct EdgesAround {
    index: SegmentIndex,
    /// Number of the feature of each edge; edges of a run follow each other.
    features: Vec<usize>,
}

impl EdgesAround {
    /// Of runs, each with the number of its feature.
    pub(super) fn new<'a>(runs: impl IntoIterator<Item = (usize, &'a [Coord])>) -> Self {
        let (mut edges, mut features) = (Vec::new(), Vec::new());
        for (feature, run) in runs {
            for edge in run.windows(2) {
                edges.push(([edge[0], edge[1]], u32::try_from(features.len()).unwrap_or(u32::MAX)));
                features.push(feature);
            }
        }
        EdgesAround { index: SegmentIndex::new(edges), features }
    }

    /// The stretches that touch the box of half side `reach_m` around a position, in their direction.
    pub(super) fn near(&self, at: Coord, reach_m: f64) -> Vec<(usize, Vec<Coord>)> {
        let reach = LocalPlane::at(at).degrees(reach_m);
        let mut found: Vec<([Coord; 2], u32)> = self.index.touching_across(at - reach, at + reach).collect();
        found.sort_by_key(|(_, number)| *number);
        found.dedup_by_key(|(_, number)| *number);
        let mut out: Vec<(usize, Vec<Coord>)> = Vec::new();
        let mut last: Option<u32> = None;
        for ([a, b], number) in found {
            let feature = self.features[number as usize];
            let goes_on = last.is_some_and(|last| last + 1 == number);
            match out.last_mut() {
                Some((of, run)) if goes_on && *of == feature && run.last() == Some(&a) => run.push(b),
                _ => out.push((feature, vec![a, b])),
            }
            last = Some(number);
        }
        out
    }
}

//! Outlines of different territories that cross: they hold the same land.

use super::fabric::Fabric;
use super::{Meeting, company, meet};
use rayon::prelude::*;

impl Fabric {
    /// Pairs of territories whose outlines cross, earlier one first.
    ///
    /// # Method
    /// A crossing involves an edge without a partner, as a rule; so only such edges are held against each other.
    pub fn crossing_pairs(&self) -> Vec<(usize, usize)> {
        let open = self.open_edges();
        let owned = |i: usize| {
            let (part, from, to) = open[i];
            (self.parts[part as usize].territory as u32, [self.position(from), self.position(to)])
        };
        let crossing = |&(a, b): &(u32, u32)| {
            let ((ours, edge), (theirs, other)) = (owned(a as usize), owned(b as usize));
            let proper = matches!(meet(edge, other), Meeting::At { proper: true, .. });
            proper.then_some((ours as usize, theirs as usize))
        };
        let mut pairs: Vec<(usize, usize)> =
            company::pairs(open.len(), owned, 0.0).par_iter().filter_map(crossing).collect();
        pairs.sort_unstable();
        pairs.dedup();
        pairs
    }
}

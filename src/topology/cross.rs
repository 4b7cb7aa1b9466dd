//! Outlines of different territories that run along each other on the same side or cross: they hold the same land.

use super::fabric::Fabric;
use super::uses::Use;
use super::{Meeting, company, meet};
use rayon::prelude::*;

/// Territories of which every two are named where all hold the same land; of more, the pairs would outgrow the input.
const MOST_IN_A_PAIR: usize = 16;

/// Territories that hold the same land along an edge.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SameSide {
    /// Earlier one first.
    pub pairs: Vec<(usize, usize)>,
    /// More than 16 at once, in ascending order.
    pub crowds: Vec<Vec<usize>>,
}

impl Fabric {
    /// Territories that have land on the same side of an edge: they overlap along it.
    ///
    /// Edges shorter than twice [`COINCIDENT_M`](super::COINCIDENT_M) say nothing: within it, vertices that mean the same place may stand in
    /// either order.
    pub fn same_side(&self) -> SameSide {
        let long = |edge: &&[Use]| self.is_long(edge[0].low, edge[0].high);
        let sides = |edge: &[Use]| {
            let (back, forth) = edge.split_at(edge.partition_point(|u| !u.forward()));
            [back, forth].map(|side| {
                let mut all: Vec<usize> = side.iter().map(|u| self.territory_of_use(u) as usize).collect();
                all.dedup();
                all
            })
        };
        let several = self.repeated_edges().filter(|edge| edge.len() > 2 || edge[0].forward() == edge[1].forward());
        let mut sides: Vec<Vec<usize>> =
            several.filter(long).flat_map_iter(sides).filter(|all| all.len() > 1).collect();
        sides.par_sort_unstable();
        sides.dedup();
        let mut found = SameSide::default();
        for all in sides {
            if all.len() > MOST_IN_A_PAIR {
                found.crowds.push(all);
                continue;
            }
            for (i, &a) in all.iter().enumerate() {
                found.pairs.extend(all[i + 1..].iter().map(|&b| (a, b)));
            }
        }
        found.pairs.sort_unstable();
        found.pairs.dedup();
        found
    }

    /// Pairs of territories whose outlines cross, earlier one first; none where edges lie beside each other so often that
    /// looking at each pair would outgrow the input.
    ///
    /// # Method
    /// A crossing involves an edge without a partner, as a rule; so only such edges are held against each other.
    pub fn crossing_pairs(&self) -> Option<Vec<(usize, usize)>> {
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
        let near = company::pairs_within(open.len(), owned, 0.0, COMPANY * open.len() + MANY)?;
        let mut pairs: Vec<(usize, usize)> = near.par_iter().filter_map(crossing).collect();
        pairs.par_sort_unstable();
        pairs.dedup();
        Some(pairs)
    }
}

/// Neighbours that an edge may have, and how many more there may be in all.
const COMPANY: usize = 32;
const MANY: usize = 1 << 18;

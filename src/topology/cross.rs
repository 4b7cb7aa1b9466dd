//! Outlines of different territories that run along each other on the same side or cross: they hold the same land.

use super::cells::CellOwners;
use super::fabric::Fabric;
use super::packed::Packed;
use super::uses::Use;
use super::{Meeting, meet};
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
        let sides = |edge: &[Use]| {
            let (back, forth) = edge.split_at(edge.partition_point(|u| !u.forward()));
            [back, forth].map(|side| {
                let mut all: Vec<usize> = side.iter().map(|u| self.territory_of_use(u) as usize).collect();
                all.dedup();
                all
            })
        };
        let mut sides: Vec<Vec<usize>> = self.of_repeated(|edge, out| {
            let several = edge.len() > 2 || edge[0].forward() == edge[1].forward();
            if several && self.is_long(edge[0].low, edge[0].high) {
                out.extend(sides(edge).into_iter().filter(|all| all.len() > 1));
            }
        });
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

    /// Pairs of territories whose outlines cross, earlier one first; none where edges cross so often that the list would outgrow
    /// the input.
    ///
    /// # Method
    /// A crossing involves an edge without a partner, as a rule; so only such edges are held against each other, each once
    /// though several territories have it.
    pub fn crossing_pairs(&self) -> Option<Vec<(usize, usize)>> {
        let open = self.open_edges();
        let territory = |&(part, ..): &(u32, u32, u32)| self.parts[part as usize].territory;
        let ends_of = |edge: &[(u32, u32, u32)]| [self.position(edge[0].1), self.position(edge[0].2)];
        // The edges of several stand apart from one another.
        let owner_of = |edge: &[(u32, u32, u32)]| if edge.len() == 1 { territory(&edge[0]) as u32 } else { APART };
        let all = || open.chunk_by(|a, b| (a.1, a.2) == (b.1, b.2));
        // Most run along coasts where nobody else is.
        let in_company = |end: u32| self.in_company[end as usize];
        let owners = match self.in_company.is_empty() {
            true => CellOwners::of(all().map(|edge| (owner_of(edge), ends_of(edge)))),
            false => None,
        };
        let is_near = |edge: &&[(u32, u32, u32)]| match &owners {
            _ if edge.len() > 1 => true,
            Some(owners) => owners.are_several(ends_of(edge)),
            None => self.in_company.is_empty() || (in_company(edge[0].1) && in_company(edge[0].2)),
        };
        let edges: Vec<&[(u32, u32, u32)]> = all().filter(is_near).collect();
        let ends = |i: usize| ends_of(edges[i]);
        let index = Packed::new(edges.len(), ends, |_| true).of(|i| match owner_of(edges[i]) {
            APART => u32::MAX,
            owner => owner,
        });
        let pairs = index.meeting(CROSSINGS * open.len() + MANY, |i, j, pairs| {
            let (ours, theirs) = (territory(&edges[i][0]), territory(&edges[j][0]));
            let alone = edges[i].len() + edges[j].len() == 2;
            let ([(_, a, b), ..], [(_, c, d), ..]) = (edges[i], edges[j]) else { return };
            // What has an end in common crosses nowhere.
            if a == c || a == d || b == c || b == d {
                return;
            }
            if !(alone && ours == theirs) && matches!(meet(ends(i), ends(j)), Meeting::At { proper: true, .. }) {
                let all = edges[i].iter().flat_map(|a| edges[j].iter().map(move |b| (territory(a), territory(b))));
                pairs.extend(all.filter(|(a, b)| a != b).map(|(a, b)| (a.min(b), a.max(b))));
            }
        });
        pairs.map(|mut pairs: Vec<(usize, usize)>| {
            pairs.par_sort_unstable();
            pairs.dedup();
            pairs
        })
    }
}

/// Stands for several territories.
const APART: u32 = u32::MAX - 2;
/// Crossings that an edge may have, and how many more there may be in all.
const CROSSINGS: usize = 32;
const MANY: usize = 1 << 18;

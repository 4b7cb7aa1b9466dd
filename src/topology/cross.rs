//! Territories that overlap: their outlines cross, or run along each other with land on the same side.

use super::cells::CellOwners;
use super::coverage_graph::CoverageGraph;
use super::edge_bvh::EdgeBvh;
use super::uses::{Use, of_edges};
use super::{Meeting, meet};
use geo::Coord;
use rayon::prelude::*;

/// Up to this many territories on one side of an edge, each pair is listed; above it the pairs would outgrow the input.
const MOST_IN_A_PAIR: usize = 16;

/// Territories that cover the same land along an edge.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SameSide {
    /// Pairs of territories, the earlier one first.
    pub pairs: Vec<(usize, usize)>,
    /// Groups of more than 16 territories, in ascending order.
    pub crowds: Vec<Vec<usize>>,
}

impl CoverageGraph {
    /// Territories with land on the same side of an edge: they overlap along it.
    ///
    /// Ignores edges shorter than twice [`COINCIDENT_M`](super::COINCIDENT_M): within that distance, vertices meant to
    /// be the same point may occur in either order.
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

    /// Pairs of territories whose outlines cross, the earlier one first; `None` where edges cross so often that the
    /// list would outgrow the input.
    ///
    /// # Method
    /// As a rule a crossing involves an edge without a partner. Only such edges are tested against each other, and an
    /// edge that several territories use is tested once.
    pub fn crossing_pairs(&self) -> Option<Vec<(usize, usize)>> {
        let territory = |&(part, ..): &(u32, u32, u32)| self.parts[part as usize].territory;
        let ends_of = |edge: &[(u32, u32, u32)]| [self.position(edge[0].1), self.position(edge[0].2)];
        // An edge of several territories has no single owner.
        let owner_of = |edge: &[(u32, u32, u32)]| if edge.len() == 1 { territory(&edge[0]) as u32 } else { APART };
        let open = self.unmatched_near_others(owner_of, ends_of);
        let edges: Vec<&[(u32, u32, u32)]> = open.chunk_by(same_ends).collect();
        let ends = |i: usize| ends_of(edges[i]);
        let index = EdgeBvh::new(edges.len(), ends, |_| true).of(|i| match owner_of(edges[i]) {
            APART => u32::MAX,
            owner => owner,
        });
        let pairs = index.meeting(CROSSINGS * self.count_of_unmatched() + MANY, |i, j, pairs| {
            let (ours, theirs) = (territory(&edges[i][0]), territory(&edges[j][0]));
            let alone = edges[i].len() + edges[j].len() == 2;
            let ([(_, a, b), ..], [(_, c, d), ..]) = (edges[i], edges[j]) else { return };
            // Edges with a common end do not cross elsewhere.
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

    /// Unmatched edges without those, mostly along coasts, that have no edges of other territories nearby.
    fn unmatched_near_others(
        &self,
        owner_of: impl Fn(&[(u32, u32, u32)]) -> u32,
        ends_of: impl Fn(&[(u32, u32, u32)]) -> [Coord; 2],
    ) -> Vec<(u32, u32, u32)> {
        let near_other_territory = |end: u32| self.near_other_territory[end as usize];
        if !self.near_other_territory.is_empty() {
            let unmatched = self.unmatched();
            return of_edges(&self.uses, |_, edge, out| {
                let is_near =
                    edge.len() > 1 || (near_other_territory(edge[0].low) && near_other_territory(edge[0].high));
                if is_near && unmatched.holds(edge) {
                    out.extend(edge.iter().map(|u| self.directed(u)));
                }
            });
        }
        let all = || self.unmatched_edges().chunk_by(same_ends);
        let owners = CellOwners::of(all().map(|edge| (owner_of(edge), ends_of(edge))));
        let is_near = |edge: &&[(u32, u32, u32)]| {
            edge.len() > 1 || owners.as_ref().is_none_or(|owners| owners.are_several(ends_of(edge)))
        };
        all().filter(is_near).flatten().copied().collect()
    }
}

fn same_ends(a: &(u32, u32, u32), b: &(u32, u32, u32)) -> bool {
    (a.1, a.2) == (b.1, b.2)
}

/// Owner of an edge that several territories use.
const APART: u32 = u32::MAX - 2;
/// Crossings allowed per edge, on average, and a constant allowance.
const CROSSINGS: usize = 32;
const MANY: usize = 1 << 18;

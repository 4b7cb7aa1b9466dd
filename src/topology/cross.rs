//! Outlines of different territories that cross: they hold the same land.

use super::fabric::Fabric;
use super::node::for_cells;
use super::{Meeting, SegmentIndex, meet};
use geo::Coord;
use rayon::prelude::*;
use rustc_hash::FxHashMap;

impl Fabric {
    /// Pairs of territories whose outlines cross, earlier one first.
    ///
    /// # Method
    /// A crossing involves an edge without a partner, as a rule; so only edges in cells where such an edge meets
    /// another territory are held against each other.
    pub fn crossing_pairs(&self) -> Vec<(usize, usize)> {
        let open: Vec<(usize, [Coord; 2])> = self
            .open_edges()
            .map(|(part, from, to)| (self.parts[part as usize].territory, [self.position(from), self.position(to)]))
            .collect();
        let mut cells: FxHashMap<(i32, i32), (usize, bool)> = FxHashMap::default();
        for &(territory, edge) in &open {
            for_cells(edge, 0.0, |cell| {
                let holder = cells.entry(cell).or_insert((territory, false));
                holder.1 |= holder.0 != territory;
            });
        }
        let company = |edge: [Coord; 2]| {
            let mut company = false;
            for_cells(edge, 0.0, |cell| company |= cells.get(&cell).is_some_and(|(_, several)| *several));
            company
        };
        let near: Vec<(usize, [Coord; 2])> = open.into_par_iter().filter(|(_, edge)| company(*edge)).collect();
        let index = SegmentIndex::new(near.iter().enumerate().map(|(i, (_, edge))| (*edge, i as u32)));
        let mut pairs: Vec<(usize, usize)> = near
            .par_iter()
            .flat_map_iter(|&(territory, edge)| {
                let low = Coord { x: edge[0].x.min(edge[1].x), y: edge[0].y.min(edge[1].y) };
                let high = Coord { x: edge[0].x.max(edge[1].x), y: edge[0].y.max(edge[1].y) };
                let others = index.touching(low, high).map(|(other, i)| (other, near[i as usize].0));
                others
                    .filter(|&(other, theirs)| {
                        territory < theirs && matches!(meet(edge, other), Meeting::At { proper: true, .. })
                    })
                    .map(|(_, theirs)| (territory, theirs))
                    .collect::<Vec<_>>()
            })
            .collect();
        pairs.sort_unstable();
        pairs.dedup();
        pairs
    }
}

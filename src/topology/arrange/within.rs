//! Finds quiet edges (whose sides agree in all layers) inside land that differs.

use super::noding::Edge;
use super::{Arrangement, EdgeBvh};
use crate::model::DisjointSets;
use geo::Coord;
use rayon::prelude::*;

/// Quiet edges near land that may differ, joined (union-find) where they meet away from all edges that are not quiet.
/// The land along a group either differs everywhere or nowhere.
struct Groups<'a> {
    arrangement: &'a Arrangement,
    far: &'a [Edge],
    /// By position: whether an edge that is not quiet ends there.
    is_loud: &'a [bool],
    sets: DisjointSets,
    /// Whether the land around a group differs, where known, by the root of the group.
    differs: Vec<Option<bool>>,
}

impl Arrangement {
    /// The numbers of quiet edges (those of `far` are numbered after the arrangement's own) inside land that differs.
    /// `outlines` are the boxes of the components of edges that are not quiet; `index` holds all edges.
    pub(super) fn quiet_within(
        &self,
        far: &[Edge],
        index: &EdgeBvh,
        outlines: &[[Coord; 2]],
        is_loud: &[bool],
        differs: &impl Fn(&[u32]) -> bool,
    ) -> Vec<usize> {
        let boxes = EdgeBvh::new(outlines.len(), |i| outlines[i], |_| false);
        let of = |number: usize| self.edges.get(number).unwrap_or_else(|| &far[number - self.edges.len()]);
        let is_about = |&number: &usize| of(number).quiet && boxes.touches(of(number).ends(&self.positions));
        let about: Vec<usize> = (0..self.edges.len() + far.len()).into_par_iter().filter(is_about).collect();
        if about.is_empty() {
            return about;
        }
        let count = self.positions.len();
        let (sets, differs_of) = (DisjointSets::new(count), vec![None; count]);
        let mut groups = Groups { arrangement: self, far, is_loud, sets, differs: differs_of };
        about.iter().for_each(|&number| groups.join(number));
        about.iter().for_each(|&number| groups.learn(number, differs));
        groups.ask_to_the_west(&about, index, differs);
        about.into_iter().filter(|&number| groups.of(number, differs) == Some(true)).collect()
    }
}

impl Groups<'_> {
    fn edge(&self, number: usize) -> Edge {
        let own = &self.arrangement.edges;
        own.get(number).copied().unwrap_or_else(|| self.far[number - own.len()])
    }

    /// The end of an edge that belongs to its group; `None` where both ends lie on edges that are not quiet.
    fn end(&self, number: usize) -> Option<u32> {
        let edge = self.edge(number);
        [edge.low, edge.high].into_iter().find(|end| !self.is_loud[*end as usize])
    }

    fn join(&mut self, number: usize) {
        let edge = self.edge(number);
        if [edge.low, edge.high].iter().all(|end| !self.is_loud[*end as usize]) {
            self.sets.unite(edge.low, edge.high);
        }
    }

    /// Whether the land beside an edge differs, if the edge has labels.
    fn labelled(&self, number: usize, differs: &impl Fn(&[u32]) -> bool) -> Option<bool> {
        let state = self.arrangement.left.get(2 * number).copied().flatten()?;
        Some(differs(self.arrangement.sets.get(state)))
    }

    fn learn(&mut self, number: usize, differs: &impl Fn(&[u32]) -> bool) {
        if let (Some(end), Some(known)) = (self.end(number), self.labelled(number, differs)) {
            let root = self.sets.root(end);
            self.differs[root as usize] = Some(known);
        }
    }

    fn of(&mut self, number: usize, differs: &impl Fn(&[u32]) -> bool) -> Option<bool> {
        match self.end(number) {
            Some(end) => {
                let root = self.sets.root(end);
                self.differs[root as usize]
            }
            None => self.labelled(number, differs),
        }
    }

    /// Resolves groups without labels by a ray due west, from west to east: whatever lies further west is known by
    /// then.
    fn ask_to_the_west(&mut self, about: &[usize], index: &EdgeBvh, differs: &impl Fn(&[u32]) -> bool) {
        let at = |node: u32| self.arrangement.positions[node as usize];
        let ends = about.iter().flat_map(|&number| {
            let edge = self.edge(number);
            [edge.low, edge.high]
        });
        let mut nodes: Vec<u32> = ends.filter(|end| !self.is_loud[*end as usize]).collect();
        nodes.par_sort_unstable_by(|a, b| {
            let (p, q) = (at(*a), at(*b));
            p.x.total_cmp(&q.x).then(p.y.total_cmp(&q.y)).then(a.cmp(b))
        });
        for node in nodes {
            let root = self.sets.root(node) as usize;
            if self.differs[root].is_none() {
                let first = index.first_west(self.arrangement.positions[node as usize], None);
                self.differs[root] = Some(first.is_some_and(|number| self.east_of(number as usize, about, differs)));
            }
        }
    }

    /// Whether the land just east of an edge differs; false for a quiet edge that is not near any differing land.
    fn east_of(&mut self, number: usize, about: &[usize], differs: &impl Fn(&[u32]) -> bool) -> bool {
        let edge = self.edge(number);
        if edge.quiet {
            return about.binary_search(&number).is_ok() && self.of(number, differs) == Some(true);
        }
        let [low, high] = edge.ends(&self.arrangement.positions);
        // Going south, east is on the left.
        let state = self.arrangement.left[2 * number + usize::from(low.y < high.y)];
        state.is_some_and(|state| differs(self.arrangement.sets.get(state)))
    }
}

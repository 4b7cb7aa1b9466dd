//! A route cut wherever it meets the outline of a territory.

use crate::earth::{edge_length_as, point_along};
use crate::model::{EdgeTree, Edges, Territory, Whereabouts};
use crate::topology::{BoxIndex, Meeting, meet};
use geo::{BoundingRect, Coord, LineString, Polygon};
use rayon::prelude::*;
use std::sync::OnceLock;

/// A piece of a route between two places where it meets an outline.
#[derive(Debug, Clone)]
pub(super) struct Cut {
    /// Chainage of its start and end in metres.
    pub from_m: f64,
    pub to_m: f64,
    /// Its course.
    pub line: Vec<Coord>,
    /// Territories whose inside it is in.
    pub inside: Vec<usize>,
    /// Territories along whose outline it runs; `true` where the interior is on its left.
    pub along: Vec<(usize, bool)>,
    /// Whether it begins a run of the route.
    pub starts_run: bool,
}

/// A stretch of an edge along an outline: shares from and to, territory, whether its interior is on the left.
type Beside = (f64, f64, usize, bool);

/// Outlines of territories made ready for cutting routes, once for all of them.
pub(super) struct Cutter<'a> {
    /// Territory and polygon of each part, in the order of the territories.
    parts: Vec<(usize, &'a Polygon)>,
    boxes: BoxIndex,
    /// The edges of each part, put into a tree when a route comes near; interior on the left.
    trees: Vec<OnceLock<EdgeTree<'a>>>,
}

impl<'a> Cutter<'a> {
    /// Gathers the parts of the territories. Linear in their positions that any route comes near.
    pub fn new(territories: &'a [Territory]) -> Self {
        let parts: Vec<(usize, &Polygon)> = territories
            .iter()
            .enumerate()
            .flat_map(|(number, t)| t.parts.iter().map(move |part| (number, part)))
            .collect();
        let corners = |(i, (_, part)): (usize, &(usize, &Polygon))| {
            part.bounding_rect().map(|rect| ((rect.min(), rect.max()), i as u32))
        };
        let boxes: Vec<_> = parts.par_iter().enumerate().filter_map(corners).collect();
        let trees = parts.iter().map(|_| OnceLock::new()).collect();
        Cutter { parts, boxes: BoxIndex::new(boxes), trees }
    }

    fn tree(&self, part: u32) -> &EdgeTree<'a> {
        self.trees[part as usize].get_or_init(|| EdgeTree::of(self.parts[part as usize].1))
    }

    /// Visits the edges whose boxes touch the box between two corners, with their territories.
    pub fn touching(&self, low: Coord, high: Coord, visit: &mut impl FnMut([Coord; 2], usize)) {
        for part in self.boxes.touching(low, high) {
            let (tree, territory) = (self.tree(part), self.parts[part as usize].0);
            tree.touching(low, high, &mut |edge| visit(edge, territory));
        }
    }

    /// Cuts the runs of a route, in order; pieces join end to end within a run. Chainage is that of edges as they are read.
    pub fn cut(&self, runs: &[LineString], edges: Edges) -> Vec<Cut> {
        let (mut cuts, mut chainage_m) = (Vec::new(), 0.0);
        for run in runs {
            self.cut_run((&run.0, edges), &mut chainage_m, &mut cuts);
        }
        cuts
    }

    fn cut_run(&self, (run, edges): (&[Coord], Edges), chainage_m: &mut f64, cuts: &mut Vec<Cut>) {
        let mut open: Option<Cut> = None;
        let mut starts_run = true;
        for edge in run.windows(2).map(|e| [e[0], e[1]]).filter(|e| e[0] != e[1]) {
            let (shares, along) = self.meetings(edge);
            let length_m = edge_length_as(edge[0], edge[1], edges);
            let mut start = 0.0;
            for &end in shares.iter().filter(|s| **s > 0.0 && **s < 1.0).chain([&1.0]) {
                // A meeting at the very start of the edge, or a stretch along a line, begins a new piece.
                let meets_start = shares.contains(&start);
                let beside: Vec<(usize, bool)> = along
                    .iter()
                    .filter(|(from, to, ..)| *from <= start && end <= *to)
                    .map(|&(_, _, t, left)| (t, left))
                    .collect();
                if meets_start || open.is_none() {
                    cuts.extend(open.take());
                    let middle = point_along(edge[0], edge[1], (start + end) / 2.0);
                    let begin = point_along(edge[0], edge[1], start);
                    let from_m = *chainage_m + if start > 0.0 { edge_length_as(edge[0], begin, edges) } else { 0.0 };
                    let inside = self.holding(middle, &beside);
                    open = Some(Cut { from_m, to_m: from_m, line: vec![begin], inside, along: beside, starts_run });
                    starts_run = false;
                }
                if let Some(cut) = open.as_mut() {
                    let stop = if end == 1.0 { edge[1] } else { point_along(edge[0], edge[1], end) };
                    cut.line.push(stop);
                    cut.to_m = *chainage_m + if end == 1.0 { length_m } else { edge_length_as(edge[0], stop, edges) };
                }
                start = end;
            }
            // A meeting at the end of the edge closes the piece there.
            if shares.contains(&1.0) {
                cuts.extend(open.take());
            }
            *chainage_m += length_m;
        }
        cuts.extend(open);
    }

    /// Shares at which an edge meets outlines, in order, and stretches along them: (from, to, territory, left).
    fn meetings(&self, edge: [Coord; 2]) -> (Vec<f64>, Vec<Beside>) {
        let low = Coord { x: edge[0].x.min(edge[1].x), y: edge[0].y.min(edge[1].y) };
        let high = Coord { x: edge[0].x.max(edge[1].x), y: edge[0].y.max(edge[1].y) };
        let (mut shares, mut along) = (Vec::new(), Vec::new());
        self.touching(low, high, &mut |other, territory| match meet(edge, other) {
            Meeting::Apart => {}
            Meeting::At { share, .. } => shares.push(share),
            Meeting::Along { from, to } => {
                shares.extend([from, to]);
                let (u, v) = (edge[1] - edge[0], other[1] - other[0]);
                along.push((from, to, territory, u.x * v.x + u.y * v.y > 0.0));
            }
        });
        shares.sort_by(f64::total_cmp);
        shares.dedup();
        along.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.2.cmp(&b.2)).then(a.3.cmp(&b.3)));
        (shares, along)
    }

    /// Territories whose inside holds a position, those that it is known to lie beside left out.
    fn holding(&self, position: Coord, beside: &[(usize, bool)]) -> Vec<usize> {
        let near = self.boxes.touching(position, position);
        let of = |part: &u32| self.parts[*part as usize].0;
        let not_beside = |t: &usize| beside.iter().all(|(other, _)| other != t);
        let holds = |parts: &[u32]| {
            let places: Vec<Whereabouts> = parts.iter().map(|&part| self.tree(part).locate(position)).collect();
            let inside = places.iter().filter(|place| **place == Whereabouts::Inside).count();
            // Between two parts that share an edge it is inside neither.
            inside % 2 == 1 && !places.contains(&Whereabouts::OnLine)
        };
        near.chunk_by(|a, b| of(a) == of(b))
            .filter(|parts| not_beside(&of(&parts[0])) && holds(parts))
            .map(|parts| of(&parts[0]))
            .collect()
    }
}

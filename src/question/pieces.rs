//! A route cut wherever it meets the outline of a territory.

use crate::earth::{edge_length_m, point_along};
use crate::model::{Bands, Territory, Whereabouts};
use crate::topology::{Meeting, SegmentIndex, meet};
use geo::{BoundingRect, Coord, LineString};

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

/// Outlines of territories made ready for cutting routes.
pub(super) struct Cutter<'a> {
    territories: &'a [Territory],
    /// Edges near the route, interior on the left, and their territory.
    edges: Vec<([Coord; 2], usize)>,
    pub index: SegmentIndex,
    bands: Vec<Option<Bands>>,
}

impl<'a> Cutter<'a> {
    /// Gathers what lies near the route.
    pub fn new(territories: &'a [Territory], runs: &[LineString], margin_deg: f64) -> Self {
        let mut low = Coord { x: f64::INFINITY, y: f64::INFINITY };
        let mut high = Coord { x: f64::NEG_INFINITY, y: f64::NEG_INFINITY };
        for position in runs.iter().flat_map(|run| &run.0) {
            low = Coord { x: low.x.min(position.x - margin_deg), y: low.y.min(position.y - margin_deg) };
            high = Coord { x: high.x.max(position.x + margin_deg), y: high.y.max(position.y + margin_deg) };
        }
        let mut edges = Vec::new();
        let mut bands = Vec::with_capacity(territories.len());
        for (number, territory) in territories.iter().enumerate() {
            let near: Vec<_> = territory.parts.iter().filter(|part| touches(part.bounding_rect(), low, high)).collect();
            let rings =
                || near.iter().flat_map(|p| std::iter::once(p.exterior()).chain(p.interiors())).map(|r| r.0.as_slice());
            for edge in rings().flat_map(|ring| ring.windows(2)) {
                let apart = edge[0].x.max(edge[1].x) < low.x
                    || edge[0].x.min(edge[1].x) > high.x
                    || edge[0].y.max(edge[1].y) < low.y
                    || edge[0].y.min(edge[1].y) > high.y;
                if !apart {
                    edges.push(([edge[0], edge[1]], number));
                }
            }
            bands.push((!near.is_empty()).then(|| Bands::new(rings().collect::<Vec<_>>())));
        }
        let index = SegmentIndex::new(edges.iter().enumerate().map(|(i, (edge, _))| (*edge, i as u32)));
        Cutter { territories, edges, index, bands }
    }

    /// Cuts the runs of a route, in order; pieces join end to end within a run.
    pub fn cut(&self, runs: &[LineString]) -> Vec<Cut> {
        let (mut cuts, mut chainage_m) = (Vec::new(), 0.0);
        for run in runs {
            self.cut_run(&run.0, &mut chainage_m, &mut cuts);
        }
        cuts
    }

    fn cut_run(&self, run: &[Coord], chainage_m: &mut f64, cuts: &mut Vec<Cut>) {
        let mut open: Option<Cut> = None;
        let mut starts_run = true;
        for edge in run.windows(2).map(|e| [e[0], e[1]]).filter(|e| e[0] != e[1]) {
            let (shares, along) = self.meetings(edge);
            let length_m = edge_length_m(edge[0], edge[1]);
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
                    let from_m = *chainage_m + if start > 0.0 { edge_length_m(edge[0], begin) } else { 0.0 };
                    let inside = self.holding(middle, &beside);
                    open = Some(Cut { from_m, to_m: from_m, line: vec![begin], inside, along: beside, starts_run });
                    starts_run = false;
                }
                if let Some(cut) = open.as_mut() {
                    let stop = if end == 1.0 { edge[1] } else { point_along(edge[0], edge[1], end) };
                    cut.line.push(stop);
                    cut.to_m = *chainage_m + if end == 1.0 { length_m } else { edge_length_m(edge[0], stop) };
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
        for (other, number) in self.index.touching(low, high) {
            match meet(edge, other) {
                Meeting::Apart => {}
                Meeting::At { share, .. } => shares.push(share),
                Meeting::Along { from, to } => {
                    shares.extend([from, to]);
                    let (u, v) = (edge[1] - edge[0], other[1] - other[0]);
                    along.push((from, to, self.edges[number as usize].1, u.x * v.x + u.y * v.y > 0.0));
                }
            }
        }
        shares.sort_by(f64::total_cmp);
        shares.dedup();
        along.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.2.cmp(&b.2)).then(a.3.cmp(&b.3)));
        (shares, along)
    }

    fn holding(&self, position: Coord, beside: &[(usize, bool)]) -> Vec<usize> {
        let not_beside = |t: &usize| beside.iter().all(|(other, _)| other != t);
        (0..self.territories.len())
            .filter(not_beside)
            .filter(|&t| self.bands[t].as_ref().is_some_and(|bands| bands.locate(position) == Whereabouts::Inside))
            .collect()
    }
}

fn touches(rect: Option<geo::Rect>, low: Coord, high: Coord) -> bool {
    rect.is_some_and(|r| r.min().x <= high.x && r.max().x >= low.x && r.min().y <= high.y && r.max().y >= low.y)
}

//! Splits a route at the outlines of territories.

use crate::earth::{LocalPlane, edge_length_as, edge_length_m, point_along};
use crate::model::{EdgeTree, Edges, Location, Memo, Territory, interior_point};
use crate::topology::{BoxIndex, CoverageGraph, Leg, Meeting, chain, legs, meet};
use geo::{BoundingRect, Coord, LineString, Polygon};
use rayon::prelude::*;
use rustc_hash::FxHashSet;
use std::borrow::{Borrow, Cow};
use std::cmp::Ordering;

/// A piece of a route between two meetings with outlines.
#[derive(Debug, Clone)]
pub(super) struct Cut {
    /// Chainage of its start and end in metres.
    pub from_m: f64,
    pub to_m: f64,
    /// Its course.
    pub line: Vec<Coord>,
    /// Territories that cover the land on its left and on its right, by number. They differ if it runs along an
    /// outline.
    pub left: Vec<usize>,
    pub right: Vec<usize>,
}

impl Cut {
    /// Whether it runs exactly along a line, with different holders on either side.
    pub fn is_on_border(&self) -> bool {
        self.left != self.right
    }
}

/// Runs of a route joined end to end into lines, in their order and direction along the line.
pub(super) struct Course<'a> {
    pub lines: Vec<Vec<Cow<'a, [Coord]>>>,
    /// Whether the order or direction of runs differs from the file.
    pub put_in_order: bool,
}

impl<'a> Course<'a> {
    pub fn new(runs: &'a [LineString]) -> Self {
        let runs: Vec<&[Coord]> = runs.iter().map(|run| run.0.as_slice()).collect();
        let legs = legs(&runs);
        let put_in_order =
            !legs.iter().flatten().is_sorted_by(|a, b| a.0 < b.0) || legs.iter().flatten().any(|leg| leg.1);
        let of = |&(run, turned): &Leg| match turned {
            true => Cow::Owned(runs[run].iter().rev().copied().collect()),
            false => Cow::Borrowed(runs[run]),
        };
        Course { lines: legs.iter().map(|line| line.iter().map(of).collect()).collect(), put_in_order }
    }
}

/// Positions 0.1 mm west and east of one on ±180°, where the land on either side is looked up; `None` elsewhere.
pub(super) fn beside_180(position: Coord) -> Option<[Coord; 2]> {
    const BESIDE_DEG: f64 = 1e-9;
    let beside = [180.0 - BESIDE_DEG, BESIDE_DEG - 180.0].map(|x| Coord { x, ..position });
    (position.x.abs() == 180.0).then_some(beside)
}

/// Holders of both sides, plus those whose outline runs here with their land on this side.
fn with_those_beside(inside: &[usize], beside: &[(usize, bool)], side: bool) -> Vec<usize> {
    let on_it = beside.iter().filter(|(_, left)| *left == side).map(|(territory, _)| *territory);
    let mut all: Vec<usize> = inside.iter().copied().chain(on_it).collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// A stretch of an edge along an outline: shares from and to, territory, whether its interior is on the left.
type Beside = (f64, f64, usize, bool);

/// Meetings closer than this, in metres, are merged: coincident outlines are met at one position despite rounding, with
/// no land between.
const SAME_M: f64 = 1e-6;
/// The same as an upper limit on the share of an edge, for short edges.
const MOST_SAME: f64 = 1e-6;

/// Sorts shares, merges those closer than `same`, and snaps stretches to them.
fn settle(shares: &mut Vec<f64>, along: &mut Vec<Beside>, same: f64) {
    shares.sort_by(f64::total_cmp);
    let mut places: Vec<f64> = Vec::with_capacity(shares.len());
    for &share in shares.iter() {
        let share = if share <= same {
            0.0
        } else if share >= 1.0 - same {
            1.0
        } else {
            share
        };
        if places.last().is_none_or(|last| share - last > same) {
            places.push(share);
        }
    }
    let place = |share: f64| {
        let after = places.partition_point(|place| *place <= share);
        let near = places[after.saturating_sub(1)..].iter().copied().take(2);
        near.min_by(|a, b| (a - share).abs().total_cmp(&(b - share).abs())).unwrap_or(share)
    };
    along.iter_mut().for_each(|(from, to, ..)| (*from, *to) = (place(*from), place(*to)));
    along.retain(|(from, to, ..)| from < to);
    *shares = places;
}

/// Outlines of territories, indexed for splitting routes.
pub(super) struct LineSplitter<'a> {
    /// Territory and polygon of each part, in territory order.
    parts: Vec<(usize, &'a Polygon)>,
    boxes: BoxIndex,
    /// Index of the edges of each part, built when a route comes near; interior on the left.
    trees: Vec<Memo<EdgeTree<'a>>>,
    /// The outline of each territory, built on demand.
    outlines: Vec<Memo<Vec<Vec<Coord>>>>,
}

impl<'a> LineSplitter<'a> {
    /// Collects the parts of the territories. Linear in the positions of parts near a route.
    pub fn new<T: Borrow<Territory>>(territories: &'a [T]) -> Self {
        let parts: Vec<(usize, &Polygon)> = territories
            .iter()
            .map(Borrow::borrow)
            .enumerate()
            .flat_map(|(number, t)| t.parts().iter().map(move |part| (number, part)))
            .collect();
        let corners = |(i, (_, part)): (usize, &(usize, &Polygon))| {
            part.bounding_rect().map(|rect| ((rect.min(), rect.max()), i as u32))
        };
        let boxes: Vec<_> = parts.par_iter().enumerate().filter_map(corners).collect();
        let trees = Memo::several(parts.len());
        let outlines = Memo::several(territories.len());
        LineSplitter { parts, boxes: BoxIndex::new(boxes), trees, outlines }
    }

    /// The edge index of a part.
    pub fn tree(&self, part: u32) -> &EdgeTree<'a> {
        self.trees[part as usize].get(|| EdgeTree::of(self.parts[part as usize].1))
    }

    /// Calls `visit` with the edges whose boxes touch the box between two corners, and their territories.
    pub fn touching(&self, low: Coord, high: Coord, visit: &mut impl FnMut([Coord; 2], usize)) {
        for part in self.boxes.touching(low, high) {
            let (tree, territory) = (self.tree(part), self.parts[part as usize].0);
            tree.touching(low, high, &mut |edge| visit(edge, territory));
        }
    }

    /// Parts of territories within this many metres of a box, and perhaps some beyond.
    pub fn parts_near(&self, (low, high): (Coord, Coord), within_m: f64) -> Vec<u32> {
        let wide = |lat: f64| LocalPlane::at(Coord { x: 0.0, y: lat }).degrees(1.1 * within_m);
        let (x, y) = (wide(low.y).x.max(wide(high.y).x).min(360.0), wide(low.y).y);
        let (low, high) = (Coord { x: low.x - x, y: low.y - y }, Coord { x: high.x + x, y: high.y + y });
        let mut found = Vec::new();
        for turn in [0.0, -360.0, 360.0] {
            let moved = |p: Coord| Coord { x: p.x + turn, ..p };
            if turn == 0.0 || (high.x > 180.0 && turn < 0.0) || (low.x < -180.0 && turn > 0.0) {
                found.extend(self.boxes.touching(moved(low), moved(high)));
            }
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    /// Territories with this position on their outline.
    pub fn on_outline(&self, position: Coord) -> Vec<usize> {
        let mut near = self.boxes.touching(position, position);
        near.retain(|&part| self.tree(part).locate(position) == Location::OnLine);
        let mut found: Vec<usize> = near.into_iter().map(|part| self.territory(part)).collect();
        found.dedup();
        found
    }

    /// Territories that contain a position; `None` for a position on an outline. On ±180° the land on both sides counts,
    /// at a pole that around it.
    pub fn holders_of(&self, position: Coord) -> Option<Vec<usize>> {
        if position.y.abs() == 90.0 {
            let around = |octant: i32| Coord { x: f64::from(45 * octant) - 157.5, y: position.y * (1.0 - 1e-11) };
            let mut all = (0..8).map(|octant| self.holding(around(octant), &[]));
            let first = all.next()?;
            return all.all(|other| other == first).then_some(first);
        }
        let Some(sides) = beside_180(position) else {
            return self.on_outline(position).is_empty().then(|| self.holding(position, &[]));
        };
        let [west, east] = sides.map(|at| self.holding(at, &[]));
        let on_it = [180.0, -180.0].map(|x| self.on_outline(Coord { x, ..position }));
        let continues = west == east && on_it.iter().flatten().all(|territory| west.contains(territory));
        continues.then_some(west)
    }

    /// Whether edges of a part may not bound its territory: the part's box touches that of another part of it, ±180° or
    /// a pole.
    pub fn may_continue(&self, part: u32) -> bool {
        let (territory, polygon) = self.parts[part as usize];
        let Some(rect) = polygon.bounding_rect() else { return false };
        let (low, high) = (rect.min(), rect.max());
        let is_other = |other: u32| other != part && self.territory(other) == territory;
        low.x <= -180.0
            || high.x >= 180.0
            || low.y <= -90.0
            || high.y >= 90.0
            || self.boxes.touching_lazily(low, high).any(is_other)
    }

    /// The outline of a territory: without edges between its own parts, without those along ±180° beyond which it
    /// continues, and without those along a pole, which have no length.
    pub fn outline(&self, territory: usize) -> &[Vec<Coord>] {
        self.outlines[territory].get(|| {
            let first = self.parts.partition_point(|(other, _)| *other < territory);
            let own = self.parts[first..].iter().take_while(|(other, _)| *other == territory);
            let parts = own.map(|(_, polygon)| (*polygon).clone()).collect();
            let land = Territory::from_parts_unchecked(Default::default(), parts);
            let graph = CoverageGraph::new(std::slice::from_ref(&land));
            let latitudes = |from: u32, to: u32| {
                let [a, b] = [from, to].map(|end| graph.position(end).y);
                [a.min(b), a.max(b)].map(f64::to_bits)
            };
            let inner: FxHashSet<_> = graph.inner_seams().map(|(_, south, north)| latitudes(south, north)).collect();
            let bounds = |&(from, to): &(u32, u32)| {
                let [a, b] = [from, to].map(|end| graph.position(end));
                let is_on = |value: f64, limit: f64| value.abs() == limit;
                let is_inner = is_on(a.x, 180.0) && a.x == b.x && inner.contains(&latitudes(from, to));
                !(is_inner || is_on(a.y, 90.0) && a.y == b.y)
            };
            let edges: Vec<(u32, u32)> = graph.outlines().map(|(_, from, to)| (from, to)).filter(bounds).collect();
            chain(&edges, &graph.positions)
        })
    }

    /// The outlines of all territories as runs, each with the number of its territory.
    pub fn outlines(&self) -> Vec<(usize, &[Coord])> {
        let runs = |territory: usize| self.outline(territory).iter().map(move |run| (territory, run.as_slice()));
        (0..self.outlines.len()).flat_map(runs).collect()
    }

    /// A place inside each part that touches a box.
    pub fn insides_in(&self, low: Coord, high: Coord) -> Vec<Coord> {
        let parts = self.boxes.touching(low, high).into_iter();
        parts.filter_map(|part| Some(interior_point(self.parts[part as usize].1)?.0)).collect()
    }

    /// Number of the territory that a part is of.
    pub fn territory(&self, part: u32) -> usize {
        self.parts[part as usize].0
    }

    /// Splits a line of runs that join end to end, from a start chainage in metres; edges as the data define them.
    pub fn cut<'r>(&self, runs: impl IntoIterator<Item = &'r [Coord]>, edges: Edges, from_m: f64) -> Vec<Cut> {
        let (mut cuts, mut chainage_m) = (Vec::new(), from_m);
        for run in runs {
            self.cut_run((run, edges), &mut chainage_m, &mut cuts);
        }
        cuts
    }

    fn cut_run(&self, (run, edges): (&[Coord], Edges), chainage_m: &mut f64, cuts: &mut Vec<Cut>) {
        let mut open: Option<Cut> = None;
        for edge in run.windows(2).map(|e| [e[0], e[1]]).filter(|e| e[0] != e[1]) {
            let (shares, along) = self.meetings(edge);
            let length_m = edge_length_as(edge[0], edge[1], edges);
            let mut start = 0.0;
            for &end in shares.iter().filter(|s| **s > 0.0 && **s < 1.0).chain([&1.0]) {
                // A meeting exactly at the start of the edge, or a stretch along a line, starts a new piece.
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
                    let [left, right] = [true, false].map(|side| with_those_beside(&inside, &beside, side));
                    open = Some(Cut { from_m, to_m: from_m, line: vec![begin], left, right });
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

    /// Shares at which an edge meets outlines, sorted, and stretches along them: (from, to, territory, left).
    fn meetings(&self, edge: [Coord; 2]) -> (Vec<f64>, Vec<Beside>) {
        let low = Coord { x: edge[0].x.min(edge[1].x), y: edge[0].y.min(edge[1].y) };
        let high = Coord { x: edge[0].x.max(edge[1].x), y: edge[0].y.max(edge[1].y) };
        let (mut shares, mut along) = (Vec::new(), Vec::new());
        // Along the antimeridian the other side's land has the opposite sign.
        let on_antimeridian = edge[0].x.abs() == 180.0 && edge[0].x == edge[1].x;
        let turn = if on_antimeridian { -2.0 * edge[0].x } else { 0.0 };
        for turn in [0.0, turn].into_iter().take(1 + usize::from(on_antimeridian)) {
            let moved = |p: Coord| Coord { x: p.x + turn, ..p };
            let edge = edge.map(moved);
            self.touching(moved(low), moved(high), &mut |other, territory| match meet(edge, other) {
                Meeting::Apart => {}
                Meeting::At { share, .. } => shares.push(share),
                Meeting::Along { from, to } => {
                    shares.extend([from, to]);
                    let (u, v) = (edge[1] - edge[0], other[1] - other[0]);
                    along.push((from, to, territory, u.x * v.x + u.y * v.y > 0.0));
                }
            });
        }
        if !shares.is_empty() {
            settle(&mut shares, &mut along, (SAME_M / edge_length_m(edge[0], edge[1])).min(MOST_SAME));
        }
        along.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.2.cmp(&b.2)).then(a.3.cmp(&b.3)));
        (shares, along)
    }

    /// Territories that strictly contain a position, except those known to have an outline beside it.
    pub fn holding(&self, position: Coord, beside: &[(usize, bool)]) -> Vec<usize> {
        let near = self.boxes.touching(position, position);
        let of = |part: &u32| self.parts[*part as usize].0;
        let not_beside = |t: &usize| beside.iter().all(|(other, _)| other != t);
        let holds = |parts: &[u32]| {
            let places: Vec<Location> = parts.iter().map(|&part| self.tree(part).locate(position)).collect();
            let inside = places.iter().filter(|place| **place == Location::Inside).count();
            // On an edge shared by two parts it is inside neither.
            inside % 2 == 1 && !places.contains(&Location::OnLine)
        };
        near.chunk_by(|a, b| of(a) == of(b))
            .filter(|parts| not_beside(&of(&parts[0])) && holds(parts))
            .map(|parts| of(&parts[0]))
            .collect()
    }
}

/// Territories to which each piece of a line counts, by the rule documented in [`route`](super::route()).
pub(super) fn owners(cuts: &[Cut]) -> Vec<&[usize]> {
    // Holders of the next piece that is not on a line.
    let mut after = vec![None; cuts.len()];
    for i in (0..cuts.len().saturating_sub(1)).rev() {
        after[i] = if cuts[i + 1].is_on_border() { after[i + 1] } else { Some(cuts[i + 1].left.as_slice()) };
    }
    let mut owners: Vec<&[usize]> = Vec::with_capacity(cuts.len());
    for (cut, after) in cuts.iter().zip(after) {
        let (left, right) = (cut.left.as_slice(), cut.right.as_slice());
        owners.push(match (left.is_empty(), right.is_empty()) {
            (true, _) => right,
            (_, true) => left,
            _ => {
                let before = owners.last().and_then(|known| side_of(known, left, right));
                before.or_else(|| after.and_then(|known| side_of(known, left, right))).unwrap_or(left)
            }
        });
    }
    owners
}

/// The side (left or right) that has more in common with known holders; `None` if equal.
fn side_of<'c>(known: &[usize], left: &'c [usize], right: &'c [usize]) -> Option<&'c [usize]> {
    let lacks = |side: &[usize], other: &[usize]| {
        side.iter().filter(|t| !other.contains(t)).filter(|t| !known.contains(t)).count()
            + other.iter().filter(|t| !side.contains(t)).filter(|t| known.contains(t)).count()
    };
    match lacks(left, right).cmp(&lacks(right, left)) {
        Ordering::Less => Some(left),
        Ordering::Greater => Some(right),
        Ordering::Equal => None,
    }
}

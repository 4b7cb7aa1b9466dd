//! Bounding-volume hierarchy of edges: intersecting pairs, nearest edge, point in polygon.

use super::Bounds;
use super::slabs::{Budget, Spent, meeting_pairs, pairs_with_a_common_end};
use super::y_band_index::{Location, RayEdge, ray_east};
use crate::earth::LocalPlane;
use geo::{Coord, Polygon};
use rayon::prelude::*;

/// Edges per leaf.
const LEAF: usize = 8;
/// Children per inner node.
const FAN: usize = 4;
/// Level at which pair search splits into tasks: 8192 edges.
const TASK_LEVEL: usize = 5;

/// Average number of touching boxes per box at which meeting edges are found by slabs instead.
const BESIDE: usize = 16;

/// An edge in a tree.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TreeEdge {
    /// Index of its line, in input order.
    pub line: usize,
    /// Index of the edge along its line, from 0.
    pub number: usize,
    /// Its ends (lon, lat in degrees).
    pub ends: [Coord; 2],
}

/// Packed tree of bounding boxes over runs of consecutive edges.
///
/// Consecutive edges are near each other, so runs have small boxes and need no sorting. The tree borrows the lines and
/// holds eight bytes per edge.
pub struct EdgeTree<'a> {
    lines: Vec<&'a [Coord]>,
    runs: Vec<LeafEdges<'a>>,
    levels: Vec<Vec<Bounds>>,
}

/// A unit of parallel pair search.
enum Task {
    Within(usize, usize),
    Between(usize, usize, usize),
}

/// Consecutive edges.
struct LeafEdges<'a> {
    line: u32,
    first: u32,
    /// The vertices, one more than there are edges.
    ends: &'a [Coord],
}

impl LeafEdges<'_> {
    fn edge(&self, i: usize) -> [Coord; 2] {
        [self.ends[i], self.ends[i + 1]]
    }
}

impl<'a> EdgeTree<'a> {
    /// Builds the tree over the edges of lines (lon, lat in degrees). Linear in their number.
    ///
    /// # Examples
    /// ```
    /// use geo::Coord;
    /// use merestone::model::EdgeTree;
    /// let equator = [Coord { x: 0.0, y: 0.0 }, Coord { x: 1.0, y: 0.0 }];
    /// let tree = EdgeTree::new([&equator[..]]);
    /// let at = Coord { x: 0.5, y: 0.001 }; // 110.574 m north: a (1 − e²) · π/180 000
    /// assert!((tree.nearest_m(at, 1000.0).ok_or("within 1 km")? - 110.574).abs() < 0.001);
    /// assert_eq!(tree.nearest_m(at, 100.0), None);
    /// # Ok::<(), &str>(())
    /// ```
    pub fn new(lines: impl IntoIterator<Item = &'a [Coord]>) -> Self {
        let lines: Vec<&[Coord]> = lines.into_iter().collect();
        let mut runs = Vec::with_capacity(lines.iter().map(|line| line.len() / LEAF + 1).sum());
        for (number, &line) in lines.iter().enumerate() {
            for first in (0..line.len().saturating_sub(1)).step_by(LEAF) {
                let ends = &line[first..line.len().min(first + LEAF + 1)];
                runs.push(LeafEdges { line: number as u32, first: first as u32, ends });
            }
        }
        let around = |run: &LeafEdges<'_>| run.ends.iter().map(|&end| box_of([end, end])).fold(NOTHING, join);
        let mut levels: Vec<Vec<Bounds>> = Vec::with_capacity(runs.len().max(1).ilog(FAN) as usize + 2);
        levels.push(runs.iter().map(around).collect());
        while levels[levels.len() - 1].len() > 1 {
            let below = &levels[levels.len() - 1];
            levels.push(below.chunks(FAN).map(|run| run.iter().copied().fold(NOTHING, join)).collect());
        }
        EdgeTree { lines, runs, levels }
    }

    /// Builds the tree over the edges of a polygon, ring by ring.
    pub fn of(polygon: &'a Polygon) -> Self {
        let rings = std::iter::once(polygon.exterior()).chain(polygon.interiors());
        EdgeTree::new(rings.map(|ring| ring.0.as_slice()))
    }

    /// Candidate pairs: applies `keep` to every pair of edges that meet, neighbours included, and to some that do not, the
    /// earlier edge first, and returns what it keeps. Parallel; the order does not depend on the number of threads.
    ///
    /// # Method
    /// Tests pairs whose boxes touch; where long edges give too many of them, a search by slabs.
    pub fn pairs<T: Send>(&self, keep: impl Fn(TreeEdge, TreeEdge) -> Option<T> + Sync) -> Vec<T> {
        let budget = Budget::new(BESIDE * self.runs.len());
        let found = self.pairs_of_boxes(TASK_LEVEL, &budget, &keep);
        if budget.is_exceeded() { self.pairs_of_slabs(keep) } else { found }
    }

    fn pairs_of_slabs<T: Send>(&self, keep: impl Fn(TreeEdge, TreeEdge) -> Option<T> + Sync) -> Vec<T> {
        let of_run = |run: usize| (0..self.runs[run].ends.len() - 1).map(move |i| self.edge(run, i));
        let edges: Vec<TreeEdge> = (0..self.runs.len()).flat_map(of_run).collect();
        let ends: Vec<[Coord; 2]> = edges.iter().map(|edge| edge.ends).collect();
        let mut pairs = meeting_pairs(ends.iter().copied(), usize::MAX).unwrap_or_default();
        pairs.extend(pairs_with_a_common_end(&ends));
        pairs.par_sort_unstable();
        pairs.dedup();
        pairs.into_par_iter().filter_map(|(a, b)| keep(edges[a as usize], edges[b as usize])).collect()
    }

    fn pairs_of_boxes<T: Send>(
        &self,
        task_level: usize,
        budget: &Budget,
        keep: impl Fn(TreeEdge, TreeEdge) -> Option<T> + Sync,
    ) -> Vec<T> {
        let mut tasks = Vec::new();
        if !self.runs.is_empty() {
            self.take_apart(task_level, self.levels.len() - 1, 0, &mut tasks);
        }
        let of_task = |task: Task| {
            let mut out = Vec::new();
            let Some(spent) = budget.share() else { return out };
            let mut visit = |a, b| out.extend(keep(a, b));
            match task {
                Task::Within(level, node) => self.within(level, node, &spent, &mut visit),
                Task::Between(level, a, b) => self.between(level, a, b, &spent, &mut visit),
            };
            out
        };
        tasks.into_par_iter().flat_map_iter(of_task).collect()
    }

    /// Collects the tasks of pair search below a node, in sequential order.
    fn take_apart(&self, task_level: usize, level: usize, node: usize, tasks: &mut Vec<Task>) {
        if level <= task_level {
            return tasks.push(Task::Within(level, node));
        }
        let children = self.children(level, node);
        for a in children.clone() {
            self.take_apart(task_level, level - 1, a, tasks);
            tasks.extend((a + 1..children.end).map(|b| Task::Between(level - 1, a, b)));
        }
    }

    /// Whether an edge is within `within_m` metres of a position.
    pub fn is_near(&self, at: Coord, within_m: f64) -> bool {
        let plane = LocalPlane::at(at);
        let (wide, mut near) = (plane.degrees(within_m), false);
        self.touching(at - wide, at + wide, &mut |[from, to]| {
            near |= plane.nearest_on_edge(at, from, to).1 <= within_m
        });
        near
    }

    /// Visits every edge whose bounding box intersects the box between two corners, in input order.
    pub fn touching(&self, low: Coord, high: Coord, visit: &mut impl FnMut([Coord; 2])) {
        let wanted = [low.x, low.y, high.x, high.y];
        self.visit(&|node| touch(node, &wanted), &mut |edge| {
            visit(edge);
            true
        });
    }

    /// Adds the edges whose bounding boxes intersect the box between two corners to a list, and stops once this is longer
    /// than `most`; returns whether it has them all.
    pub fn few_touching(&self, low: Coord, high: Coord, most: usize, list: &mut Vec<[Coord; 2]>) -> bool {
        let wanted = [low.x, low.y, high.x, high.y];
        self.visit(&|node| touch(node, &wanted), &mut |edge| {
            list.push(edge);
            list.len() <= most
        });
        list.len() <= most
    }

    /// Visits every run of consecutive edges whose bounding box intersects the box between two corners, in input order,
    /// with its positions and its box; consecutive runs of one line come as one where their box `is_clear`.
    pub fn runs_touching(
        &self,
        (low, high): (Coord, Coord),
        is_clear: &impl Fn(Coord, Coord) -> bool,
        visit: &mut impl FnMut(&'a [Coord], (Coord, Coord)),
    ) {
        if !self.runs.is_empty() {
            self.runs_below(self.levels.len() - 1, 0, &[low.x, low.y, high.x, high.y], is_clear, visit);
        }
    }

    fn runs_below(
        &self,
        level: usize,
        node: usize,
        wanted: &Bounds,
        is_clear: &impl Fn(Coord, Coord) -> bool,
        visit: &mut impl FnMut(&'a [Coord], (Coord, Coord)),
    ) {
        let outline @ [west, south, east, north] = self.levels[level][node];
        if !touch(&outline, wanted) {
            return;
        }
        let (first, last) = self.runs_of(level, node);
        let (low, high) = (Coord { x: west, y: south }, Coord { x: east, y: north });
        if level == 0 || (first.line == last.line && is_clear(low, high)) {
            let (from, to) = (first.first as usize, last.first as usize + last.ends.len());
            return visit(&self.lines[first.line as usize][from..to], (low, high));
        }
        self.children(level, node).for_each(|child| self.runs_below(level - 1, child, wanted, is_clear, visit));
    }

    /// Whether the bounding box of any edge intersects the box between two corners.
    pub fn touch_box(&self, low: Coord, high: Coord) -> bool {
        let (wanted, mut found) = ([low.x, low.y, high.x, high.y], false);
        self.visit(&|node| touch(node, &wanted), &mut |_| {
            found = true;
            false
        });
        found
    }

    /// Locates a box relative to closed rings; `None` where the bounding box of an edge intersects it.
    pub fn side_of_box(&self, (low, high): (Coord, Coord)) -> Option<Location> {
        (!self.touch_box(low, high)).then(|| self.locate(low))
    }

    /// Locates a position (lon, lat in degrees) relative to the closed rings in the tree; even-odd rule, exact.
    ///
    /// # Method
    /// Ray casting due east. Consecutive edges of one line in a box east of the position cross the ray an odd number of
    /// times if and only if exactly one end of that run is north of it; therefore only boxes around the position's
    /// longitude are searched.
    pub fn locate(&self, position: Coord) -> Location {
        if self.runs.is_empty() {
            return Location::Outside;
        }
        match self.crosses_oddly(self.levels.len() - 1, 0, position) {
            None => Location::OnLine,
            Some(true) => Location::Inside,
            Some(false) => Location::Outside,
        }
    }

    /// Whether the edges under a node cross the ray due east of a position an odd number of times; `None` if the
    /// position is on one of them.
    fn crosses_oddly(&self, level: usize, node: usize, position: Coord) -> Option<bool> {
        let [west, south, east, north] = self.levels[level][node];
        if position.y < south || position.y > north || position.x > east {
            return Some(false);
        }
        if position.x < west
            && let Some([from, to]) = self.ends_of(level, node)
        {
            return Some((from.y <= position.y) != (to.y <= position.y));
        }
        let mut odd = false;
        if level > 0 {
            for child in self.children(level, node) {
                odd ^= self.crosses_oddly(level - 1, child, position)?;
            }
            return Some(odd);
        }
        for edge in self.runs[node].ends.windows(2) {
            odd ^= match ray_east(position, [edge[0], edge[1]]) {
                RayEdge::OriginOnEdge => return None,
                RayEdge::Crosses => true,
                RayEdge::Misses => false,
            };
        }
        Some(odd)
    }

    /// Start and end of the edges under a node, if they belong to one line.
    fn ends_of(&self, level: usize, node: usize) -> Option<[Coord; 2]> {
        let (first, last) = self.runs_of(level, node);
        (first.line == last.line).then(|| [first.ends[0], last.ends[last.ends.len() - 1]])
    }

    /// The first and the last run under a node.
    fn runs_of(&self, level: usize, node: usize) -> (&LeafEdges<'a>, &LeafEdges<'a>) {
        let size = FAN.pow(level as u32);
        (&self.runs[node * size], &self.runs[((node + 1) * size).min(self.runs.len()) - 1])
    }

    /// Returns the distance in metres from a position to the nearest edge if it is below `limit_m`, in the tangent
    /// plane of the position.
    pub fn nearest_m(&self, from: Coord, limit_m: f64) -> Option<f64> {
        let mut best = limit_m;
        if !self.runs.is_empty() {
            self.nearer(self.levels.len() - 1, 0, (from, &LocalPlane::at(from)), &mut best);
        }
        (best < limit_m).then_some(best)
    }

    fn nearer(&self, level: usize, node: usize, (from, plane): (Coord, &LocalPlane), best: &mut f64) {
        if level == 0 {
            for edge in self.runs[node].ends.windows(2) {
                *best = best.min(plane.nearest_on_edge(from, edge[0], edge[1]).1);
            }
            return;
        }
        let mut below = [(f64::INFINITY, 0); FAN];
        for (slot, child) in below.iter_mut().zip(self.children(level, node)) {
            *slot = (box_distance_m(&self.levels[level - 1][child], from, plane), child);
        }
        below.sort_by(|a, b| a.0.total_cmp(&b.0));
        for (distance_m, child) in below {
            if distance_m < *best {
                self.nearer(level - 1, child, (from, plane), best);
            }
        }
    }

    /// Visits every edge within `within_m` metres of a position, measured as by [`nearest_m`](Self::nearest_m).
    pub fn near(&self, from: Coord, within_m: f64, visit: &mut impl FnMut([Coord; 2])) {
        let plane = LocalPlane::at(from);
        self.visit(&|node| box_distance_m(node, from, &plane) <= within_m, &mut |edge| {
            if plane.nearest_on_edge(from, edge[0], edge[1]).1 <= within_m {
                visit(edge);
            }
            true
        });
    }

    /// Visits the edges in matching boxes until the visitor returns false.
    fn visit(&self, wanted: &impl Fn(&Bounds) -> bool, visit: &mut impl FnMut([Coord; 2]) -> bool) {
        self.visit_runs(wanted, &mut |run| {
            let mut edges = run.ends.windows(2).map(|edge| [edge[0], edge[1]]);
            edges.all(|edge| !wanted(&box_of(edge)) || visit(edge))
        });
    }

    /// Visits the runs in matching boxes until the visitor returns false.
    fn visit_runs(&self, wanted: &impl Fn(&Bounds) -> bool, visit: &mut impl FnMut(&LeafEdges<'a>) -> bool) {
        if !self.runs.is_empty() {
            self.visit_below(self.levels.len() - 1, 0, wanted, visit);
        }
    }

    fn visit_below(
        &self,
        level: usize,
        node: usize,
        wanted: &impl Fn(&Bounds) -> bool,
        visit: &mut impl FnMut(&LeafEdges<'a>) -> bool,
    ) -> bool {
        if !wanted(&self.levels[level][node]) {
            return true;
        }
        if level == 0 {
            return visit(&self.runs[node]);
        }
        self.children(level, node).all(|child| self.visit_below(level - 1, child, wanted, visit))
    }

    /// Visits the pairs under a node; returns whether the search continues.
    fn within(&self, level: usize, node: usize, spent: &Spent<'_>, visit: &mut impl FnMut(TreeEdge, TreeEdge)) -> bool {
        if level == 0 {
            self.within_run(node, visit);
            return true;
        }
        let children = self.children(level, node);
        children.clone().all(|a| {
            self.within(level - 1, a, spent, visit)
                && (a + 1..children.end).all(|b| self.between(level - 1, a, b, spent, visit))
        })
    }

    fn between(
        &self,
        level: usize,
        a: usize,
        b: usize,
        spent: &Spent<'_>,
        visit: &mut impl FnMut(TreeEdge, TreeEdge),
    ) -> bool {
        let (box_a, box_b) = (&self.levels[level][a], &self.levels[level][b]);
        if !touch(box_a, box_b) {
            return true;
        }
        if level == 0 {
            self.between_runs(a, b, visit);
            return spent.go_on();
        }
        self.children(level, a)
            .filter(|&child| touch(&self.levels[level - 1][child], box_b))
            .all(|child| self.children(level, b).all(|other| self.between(level - 1, child, other, spent, visit)))
    }

    fn within_run(&self, run: usize, visit: &mut impl FnMut(TreeEdge, TreeEdge)) {
        for i in 0..self.runs[run].ends.len() - 1 {
            let own = box_of(self.runs[run].edge(i));
            for j in i + 1..self.runs[run].ends.len() - 1 {
                if touch(&own, &box_of(self.runs[run].edge(j))) {
                    visit(self.edge(run, i), self.edge(run, j));
                }
            }
        }
    }

    fn between_runs(&self, a: usize, b: usize, visit: &mut impl FnMut(TreeEdge, TreeEdge)) {
        let other = &self.levels[0][b];
        for i in 0..self.runs[a].ends.len() - 1 {
            let own = box_of(self.runs[a].edge(i));
            if !touch(&own, other) {
                continue;
            }
            for j in 0..self.runs[b].ends.len() - 1 {
                if touch(&own, &box_of(self.runs[b].edge(j))) {
                    visit(self.edge(a, i), self.edge(b, j));
                }
            }
        }
    }

    fn edge(&self, run: usize, i: usize) -> TreeEdge {
        let run = &self.runs[run];
        TreeEdge { line: run.line as usize, number: run.first as usize + i, ends: run.edge(i) }
    }

    /// Children of an inner node.
    fn children(&self, level: usize, node: usize) -> std::ops::Range<usize> {
        node * FAN..((node + 1) * FAN).min(self.levels[level - 1].len())
    }
}

const NOTHING: Bounds = [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];

#[inline]
fn box_of([a, b]: [Coord; 2]) -> Bounds {
    [a.x.min(b.x), a.y.min(b.y), a.x.max(b.x), a.y.max(b.y)]
}

/// Distance in metres from a position to a box, in a tangent plane.
fn box_distance_m(node: &Bounds, from: Coord, plane: &LocalPlane) -> f64 {
    let nearest = Coord { x: from.x.clamp(node[0], node[2]), y: from.y.clamp(node[1], node[3]) };
    let off = plane.to_m(nearest);
    off.x.hypot(off.y)
}

#[inline]
fn join(a: Bounds, b: Bounds) -> Bounds {
    [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])]
}

#[inline]
fn touch(a: &Bounds, b: &Bounds) -> bool {
    a[0] <= b[2] && b[0] <= a[2] && a[1] <= b[3] && b[1] <= a[3]
}

#[cfg(test)]
mod tests;

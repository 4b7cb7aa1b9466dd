//! Bounding-volume hierarchy over edges: box queries, candidate pairs, and the first edge due west.

use crate::model::Bounds;
use crate::model::{Budget, meeting_pairs};
use geo::Coord;
use geo::algorithm::kernels::{Kernel, Orientation, RobustKernel};
use rayon::prelude::*;

/// Edges per leaf.
const LEAF: usize = 8;
/// Children per inner node.
const FAN: usize = 4;
/// Average number of touching boxes per box at which meeting edges are found by slabs instead.
const BESIDE: usize = 16;
/// Parallel tasks in the search for pairs.
const TASKS: usize = 2048;
/// Edges per parallel task.
const BLOCK: usize = 1 << 16;

/// A bounding-volume hierarchy over edges.
///
/// Consecutive touching edges form a leaf; leaves are sorted along a Hilbert curve through their centres, and inner
/// nodes group neighbours along it. Near-linear; the sort covers an eighth of the number of edges.
pub(super) struct EdgeBvh {
    edges: Vec<[Coord; 2]>,
    /// Indices of the edges in the caller's list.
    numbers: Vec<u32>,
    /// First edge of each leaf.
    starts: Vec<u32>,
    levels: Vec<Vec<Bounds>>,
    /// By edge: whether it is active.
    is_active: Vec<bool>,
    /// By node: whether any edge under it is active.
    active: Vec<Vec<bool>>,
    /// Greatest distance in degrees between the boxes of a pair.
    within: f64,
    /// By node: the owner of all edges under it, or [`SEVERAL`]; empty if owners are not used.
    owners: Vec<Vec<u32>>,
}

/// In place of an owner: edges of several owners.
const SEVERAL: u32 = u32::MAX;

/// Consecutive edges that touch.
#[derive(Clone, Copy)]
struct LeafRun {
    start: u32,
    end: u32,
    outline: Bounds,
    active: bool,
}

/// Runs in an index range of the caller's list.
fn runs(
    stretch: std::ops::Range<usize>,
    edge: &impl Fn(usize) -> [Coord; 2],
    is_active: &impl Fn(usize) -> bool,
) -> Vec<LeafRun> {
    let mut runs: Vec<LeafRun> = Vec::with_capacity(stretch.len() / LEAF * 2);
    for i in stretch {
        let (outline, active) = (box_of(&edge(i)), is_active(i));
        match runs.last_mut() {
            Some(run) if (run.end - run.start) < LEAF as u32 && touch(&run.outline, &outline) => {
                run.outline = join(run.outline, outline);
                run.end += 1;
                run.active |= active;
            }
            _ => runs.push(LeafRun { start: i as u32, end: i as u32 + 1, outline, active }),
        }
    }
    runs
}

#[derive(Clone, Copy)]
enum Task {
    Within(usize, usize),
    Between(usize, usize, usize),
}

impl EdgeBvh {
    /// Packs `count` edges; only pairs with at least one active edge are searched.
    pub fn new(
        count: usize,
        edge: impl Fn(usize) -> [Coord; 2] + Sync,
        is_active: impl Fn(usize) -> bool + Sync,
    ) -> Self {
        let blocks = (0..count).into_par_iter().step_by(BLOCK);
        let runs: Vec<LeafRun> =
            blocks.flat_map_iter(|from| runs(from..count.min(from + BLOCK), &edge, &is_active)).collect();
        let whole = runs.iter().map(|run| run.outline).fold(NOTHING, join);
        let mut order: Vec<(u32, u32)> =
            runs.par_iter().enumerate().map(|(i, run)| (along_curve(&run.outline, &whole), i as u32)).collect();
        order.par_sort_unstable();
        let runs: Vec<LeafRun> = order.into_par_iter().map(|(_, run)| runs[run as usize]).collect();
        let numbers: Vec<u32> = runs.par_iter().flat_map_iter(|run| run.start..run.end).collect();
        let edges = numbers.par_iter().map(|i| edge(*i as usize)).collect();
        let active_edges = numbers.par_iter().map(|i| is_active(*i as usize)).collect();
        let ends = runs.iter().scan(0, |end, run| {
            *end += run.end - run.start;
            Some(*end)
        });
        let starts = std::iter::once(0).chain(ends).collect();
        let mut levels: Vec<Vec<Bounds>> = vec![runs.par_iter().map(|run| run.outline).collect()];
        let mut active: Vec<Vec<bool>> = vec![runs.par_iter().map(|run| run.active).collect()];
        while levels[levels.len() - 1].len() > 1 {
            let top = levels.len() - 1;
            levels.push(levels[top].par_chunks(FAN).map(|boxes| boxes.iter().copied().fold(NOTHING, join)).collect());
            active.push(active[top].par_chunks(FAN).map(|flags| flags.iter().any(|flag| *flag)).collect());
        }
        EdgeBvh { edges, numbers, starts, levels, is_active: active_edges, active, within: 0.0, owners: Vec::new() }
    }

    /// The same, but the boxes of a pair may be up to `within` degrees apart.
    pub fn within(self, within: f64) -> Self {
        EdgeBvh { within, ..self }
    }

    /// The same, but skips pairs under two nodes whose edges all have the same owner.
    pub fn of(self, owner: impl Fn(usize) -> u32 + Sync) -> Self {
        let one = |owners: &[u32]| if owners.iter().all(|other| *other == owners[0]) { owners[0] } else { SEVERAL };
        let own: Vec<u32> = self.numbers.par_iter().map(|edge| owner(*edge as usize)).collect();
        let mut owners: Vec<Vec<u32>> =
            vec![self.starts.windows(2).map(|leaf| one(&own[leaf[0] as usize..leaf[1] as usize])).collect()];
        while owners.len() < self.levels.len() {
            owners.push(owners[owners.len() - 1].chunks(FAN).map(one).collect());
        }
        EdgeBvh { owners, ..self }
    }

    /// Whether all edges under two nodes have the same owner.
    fn is_of_one(&self, level: usize, a: usize, b: usize) -> bool {
        let Some(owners) = self.owners.get(level) else { return false };
        owners[a] == owners[b] && owners[a] != SEVERAL
    }

    /// Calls `visit` with the number of every edge whose box touches the box between two corners.
    pub fn touching(&self, low: Coord, high: Coord, mut visit: impl FnMut(usize)) {
        let wanted = [low.x, low.y, high.x, high.y];
        let mut waiting = Vec::from_iter(self.top());
        while let Some((level, node)) = waiting.pop() {
            if touch(&self.levels[level][node], &wanted) {
                if level == 0 {
                    let here = self.children(0, node).filter(|&e| touch(&box_of(&self.edges[e]), &wanted));
                    here.for_each(|e| visit(self.numbers[e] as usize));
                }
                waiting.extend(self.below(level, node));
            }
        }
    }

    /// Whether the box of any edge touches that of this edge.
    pub fn touches(&self, edge: [Coord; 2]) -> bool {
        let wanted = box_of(&edge);
        let mut waiting = Vec::from_iter(self.top());
        while let Some((level, node)) = waiting.pop() {
            if touch(&self.levels[level][node], &wanted) {
                if level == 0 && self.children(0, node).any(|e| touch(&box_of(&self.edges[e]), &wanted)) {
                    return true;
                }
                waiting.extend(self.below(level, node));
            }
        }
        false
    }

    /// Calls `keep` for every candidate pair: edges whose boxes touch, or are within the set distance, and of which at
    /// least one is active. It receives their numbers, the lower one first. The order of results does not depend on the
    /// number of threads.
    pub fn pairs<T: Send>(&self, keep: impl Fn(usize, usize, &mut Vec<T>) + Sync) -> Vec<T> {
        self.pairs_of_boxes(&Budget::unlimited(), &keep)
    }

    /// The same for every pair of edges that meet other than at a common end, and for some that do not; `None` if there
    /// are more than `most`. If long edges give too many candidate boxes, pairs are found by slabs.
    pub fn meeting<T: Send>(&self, most: usize, keep: impl Fn(usize, usize, &mut Vec<T>) + Sync) -> Option<Vec<T>> {
        self.pairs_of_few_boxes(BESIDE, &keep).or_else(|| {
            let of_pair = |(a, b): (u32, u32)| {
                let [a, b] = [a, b].map(|place| self.numbers[place as usize] as usize);
                let mut out = Vec::new();
                keep(a.min(b), a.max(b), &mut out);
                out
            };
            let pairs = meeting_pairs(self.edges.iter().copied(), most)?;
            Some(pairs.into_par_iter().flat_map_iter(of_pair).collect())
        })
    }

    /// The result of [`pairs`](Self::pairs); `None` where boxes touch more than `each` others on average.
    pub fn pairs_of_few_boxes<T: Send>(
        &self,
        each: usize,
        keep: impl Fn(usize, usize, &mut Vec<T>) + Sync,
    ) -> Option<Vec<T>> {
        let budget = Budget::new(each * self.levels[0].len());
        let found = self.pairs_of_boxes(&budget, &keep);
        (!budget.is_exceeded()).then_some(found)
    }

    fn pairs_of_boxes<T: Send>(&self, budget: &Budget, keep: &(impl Fn(usize, usize, &mut Vec<T>) + Sync)) -> Vec<T> {
        let mut tasks: Vec<Task> = self.top().map(|(level, node)| Task::Within(level, node)).into_iter().collect();
        while tasks.len() < TASKS {
            let before = tasks.len();
            let mut finer = Vec::with_capacity(4 * before);
            let mut went = false;
            for task in tasks {
                went |= self.split(task, &mut finer);
            }
            tasks = finer;
            if !went {
                break;
            }
        }
        let parts: Vec<Vec<T>> = tasks
            .into_par_iter()
            .map(|task| {
                let (mut out, mut waiting, mut finer) = (Vec::new(), vec![task], Vec::new());
                let Some(spent) = budget.share() else { return out };
                while let Some(task) = waiting.pop() {
                    if self.split(task, &mut finer) {
                        waiting.extend(finer.drain(..).rev());
                    } else {
                        finer.clear();
                        self.in_leaves(task, keep, &mut out);
                        if !spent.go_on() {
                            break;
                        }
                    }
                }
                out
            })
            .collect();
        parts.into_iter().flatten().collect()
    }

    fn top(&self) -> Option<(usize, usize)> {
        (!self.edges.is_empty()).then(|| (self.levels.len() - 1, 0))
    }

    /// The child nodes of a node.
    fn below(&self, level: usize, node: usize) -> impl Iterator<Item = (usize, usize)> {
        let children = if level > 0 { self.children(level, node) } else { 0..0 };
        children.map(move |child| (level - 1, child))
    }

    /// Indices of the children of a node; at level 0 those of its edges.
    fn children(&self, level: usize, node: usize) -> std::ops::Range<usize> {
        match level {
            0 => self.starts[node] as usize..self.starts[node + 1] as usize,
            _ => node * FAN..((node + 1) * FAN).min(self.levels[level - 1].len()),
        }
    }

    /// Splits a task; returns false if it is a pair of leaves, which is kept.
    fn split(&self, task: Task, out: &mut Vec<Task>) -> bool {
        match task {
            Task::Within(0, _) | Task::Between(0, ..) => {
                out.push(task);
                false
            }
            Task::Within(level, node) => {
                let children = self.children(level, node);
                for a in children.clone() {
                    if self.active[level - 1][a] && !self.is_of_one(level - 1, a, a) {
                        out.push(Task::Within(level - 1, a));
                    }
                    out.extend((a + 1..children.end).filter_map(|b| self.between(level - 1, a, b)));
                }
                true
            }
            Task::Between(level, a, b) => {
                for a in self.children(level, a) {
                    out.extend(self.children(level, b).filter_map(|b| self.between(level - 1, a, b)));
                }
                true
            }
        }
    }

    fn between(&self, level: usize, a: usize, b: usize) -> Option<Task> {
        let (boxes, active) = (&self.levels[level], &self.active[level]);
        ((active[a] || active[b]) && self.near(&boxes[a], &boxes[b]) && !self.is_of_one(level, a, b))
            .then_some(Task::Between(level, a, b))
    }

    fn in_leaves<T>(&self, task: Task, keep: &impl Fn(usize, usize, &mut Vec<T>), out: &mut Vec<T>) {
        let mut pair = |i: usize, j: usize| {
            if !(self.is_active[i] || self.is_active[j]) {
                return;
            }
            let (i, j) = (self.numbers[i] as usize, self.numbers[j] as usize);
            keep(i.min(j), i.max(j), out);
        };
        match task {
            Task::Within(level, node) => {
                let edges = self.children(level, node);
                for i in edges.clone() {
                    let outline = box_of(&self.edges[i]);
                    let others = (i + 1..edges.end).filter(|&j| self.near(&outline, &box_of(&self.edges[j])));
                    others.for_each(|j| pair(i, j));
                }
            }
            Task::Between(level, a, b) => {
                let other = self.levels[level][b];
                for i in self.children(level, a) {
                    let outline = box_of(&self.edges[i]);
                    if self.near(&outline, &other) {
                        let others = self.children(level, b).filter(|&j| self.near(&outline, &box_of(&self.edges[j])));
                        others.for_each(|j| pair(i, j));
                    }
                }
            }
        }
    }

    fn near(&self, a: &Bounds, b: &Bounds) -> bool {
        near(a, b, self.within)
    }

    /// Number of the first edge crossed by a ray that runs due west, just north of a position; beyond the edge
    /// `beyond`, if given.
    ///
    /// An edge with an end at the position does not count as crossed. Edges crossed at the same place, to rounding, are
    /// ordered exactly if they meet only at their ends.
    pub fn first_west(&self, from: Coord, beyond: Option<[Coord; 2]>) -> Option<u32> {
        let beyond = beyond.map(upward);
        let mut best: Option<([Coord; 2], u32)> = None;
        let mut waiting = Vec::from_iter(self.top());
        while let Some((level, node)) = waiting.pop() {
            let [west, south, east, north] = self.levels[level][node];
            let hidden = best.is_some_and(|(edge, _)| east < edge[0].x.min(edge[1].x));
            if west > from.x || south > from.y || north <= from.y || hidden {
                continue;
            }
            if level > 0 {
                let first = waiting.len();
                waiting.extend(self.below(level, node));
                // The easternmost is visited next.
                waiting[first..].sort_by(|a, b| self.levels[a.0][a.1][2].total_cmp(&self.levels[b.0][b.1][2]));
                continue;
            }
            for i in self.children(0, node) {
                let edge = upward(self.edges[i]);
                let crossed = edge[0].y <= from.y && from.y < edge[1].y;
                if crossed
                    && RobustKernel::orient2d(edge[0], edge[1], from) == Orientation::Clockwise
                    && beyond.is_none_or(|limit| edge != limit && is_west(edge, limit, from.y))
                    && best.is_none_or(|(nearest, _)| is_west(nearest, edge, from.y))
                {
                    best = Some((edge, self.numbers[i]));
                }
            }
        }
        best.map(|(_, number)| number)
    }
}

fn upward([a, b]: [Coord; 2]) -> [Coord; 2] {
    if a.y <= b.y { [a, b] } else { [b, a] }
}

/// Whether one edge that crosses a latitude is west of another just north of it.
fn is_west(e: [Coord; 2], f: [Coord; 2], lat: f64) -> bool {
    let at = |[low, high]: [Coord; 2]| low.x + (lat - low.y) / (high.y - low.y) * (high.x - low.x);
    let off = at(f) - at(e);
    if off.abs() > 1e-9 {
        return off > 0.0;
    }
    let side = |line: [Coord; 2], p: Coord| RobustKernel::orient2d(line[0], line[1], p);
    let first = |lower: Orientation, upper: Orientation| if lower == Orientation::Collinear { upper } else { lower };
    let (found, west) = if e[0].y >= f[0].y {
        (first(side(f, e[0]), side(f, e[1])), Orientation::CounterClockwise)
    } else {
        (first(side(e, f[0]), side(e, f[1])), Orientation::Clockwise)
    };
    if found == Orientation::Collinear {
        // Collinear edges that were not noded: ordered by their ends, so that each is visited.
        let key = |[low, high]: [Coord; 2]| [low.x, low.y, high.x, high.y];
        return key(e) < key(f);
    }
    found == west
}

/// Index of the centre of a box along a Hilbert curve of 2³² steps through another box.
pub(super) fn along_curve(outline: &Bounds, whole: &Bounds) -> u32 {
    let share = |axis: usize| {
        let middle = (outline[axis] + outline[axis + 2]) / 2.0;
        ((middle - whole[axis]) / (whole[axis + 2] - whole[axis]).max(f64::MIN_POSITIVE) * 65_535.0) as u32
    };
    let (mut x, mut y, mut place) = (share(0), share(1), 0u32);
    for bit in (0..16).rev() {
        let (right, up) = ((x >> bit) & 1, (y >> bit) & 1);
        place = (place << 2) | ((3 * right) ^ up);
        if up == 0 {
            if right == 1 {
                (x, y) = (!x, !y);
            }
            (x, y) = (y, x);
        }
    }
    place
}

const NOTHING: Bounds = [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];

fn box_of([a, b]: &[Coord; 2]) -> Bounds {
    [a.x.min(b.x), a.y.min(b.y), a.x.max(b.x), a.y.max(b.y)]
}

fn join(a: Bounds, b: Bounds) -> Bounds {
    [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])]
}

fn touch(a: &Bounds, b: &Bounds) -> bool {
    a[0] <= b[2] && b[0] <= a[2] && a[1] <= b[3] && b[1] <= a[3]
}

fn near(a: &Bounds, b: &Bounds, within: f64) -> bool {
    a[0] <= b[2] + within && b[0] <= a[2] + within && a[1] <= b[3] + within && b[1] <= a[3] + within
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::topology::{Meeting, meet};
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(64) })]

        #[test]
        fn pairs_and_touching_are_those_of_trying_all(
            ends in prop::collection::vec((0.0..4.0_f64, 40.0..42.0_f64, -0.3..0.3_f64, -0.3..0.3_f64), 0..150),
            every in 1..5_usize, within in prop::sample::select(vec![0.0, 0.07]),
        ) {
            let edges: Vec<[Coord; 2]> =
                ends.iter().map(|&(x, y, dx, dy)| [Coord { x, y }, Coord { x: x + dx, y: y + dy }]).collect();
            let edge_bvh = EdgeBvh::new(edges.len(), |i| edges[i], |i| i % every == 0);
            let edge_bvh = edge_bvh.within(within);
            let mut found = edge_bvh.pairs(|i, j, out| out.push((i, j)));
            found.sort_unstable();
            let all = |i: usize| (i + 1..edges.len()).map(move |j| (i, j));
            let expected: Vec<(usize, usize)> = (0..edges.len())
                .flat_map(all)
                .filter(|(i, j)| i % every == 0 || j % every == 0)
                .filter(|(i, j)| near(&box_of(&edges[*i]), &box_of(&edges[*j]), within))
                .collect();
            prop_assert_eq!(found, expected);
            for edge in &edges {
                prop_assert!(edge_bvh.touches(*edge));
            }
            let far = [Coord { x: 9.0, y: 40.0 }, Coord { x: 9.0, y: 41.0 }];
            prop_assert!(!edge_bvh.touches(far));
        }

        #[test]
        fn the_ray_meets_upright_edges_one_after_another(
            places in prop::collection::vec(0.0..9.0_f64, 1..60), lat in 0.01..0.99_f64,
        ) {
            let edge = |i: usize| [Coord { x: places[i], y: 1.0 }, Coord { x: places[i], y: 0.0 }];
            let edge_bvh = EdgeBvh::new(places.len(), edge, |_| true);
            let from = Coord { x: 10.0, y: lat };
            let (mut met, mut at) = (Vec::new(), edge_bvh.first_west(from, None));
            while let Some(number) = at {
                met.push(places[number as usize]);
                at = edge_bvh.first_west(from, Some(edge(number as usize)));
            }
            let mut expected = places.clone();
            expected.sort_by(|a, b| b.total_cmp(a));
            expected.dedup();
            prop_assert_eq!(met, expected);
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(4) })]

        /// Diagonals of a square whose boxes all touch: pairs of one owner are skipped, of the others those that meet
        /// are found.
        #[test]
        fn long_edges_that_meet_are_found_and_few_others(
            offs in prop::collection::vec((-0.4..0.4_f64, 0.0..1e-3_f64, 0..3_u32), 800..900),
        ) {
            let edge = |i: usize| [Coord { x: offs[i].0, y: 0.0 }, Coord { x: 9.0 + offs[i].0 + offs[i].1, y: 9.0 }];
            let owner = |i: usize| offs[i].2;
            let edge_bvh = EdgeBvh::new(offs.len(), edge, |_| true).of(owner);
            let few = edge_bvh.pairs_of_few_boxes(BESIDE, |i, j, out| out.push((i, j)));
            prop_assert!(few.is_none());
            let meets = |i: usize, j: usize| meet(edge(i), edge(j)) != Meeting::Apart && owner(i) != owner(j);
            let found = edge_bvh.meeting(usize::MAX, |i, j, out| out.extend(meets(i, j).then_some((i, j))));
            let mut found = found.unwrap_or_default();
            found.sort_unstable();
            let all = (0..offs.len()).flat_map(|i| (i + 1..offs.len()).map(move |j| (i, j)));
            let expected: Vec<(usize, usize)> = all.filter(|&(i, j)| meets(i, j)).collect();
            let most = expected.len().saturating_sub(1);
            prop_assert_eq!(found, expected);
            prop_assert!(most == 0 || edge_bvh.meeting(most, |i, j, out| out.push((i, j))).is_none());
        }
    }
}

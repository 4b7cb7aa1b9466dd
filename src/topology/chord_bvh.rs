//! Bounding-volume hierarchy in space: finds the nearest pieces of two outlines.

/// Pieces per leaf, and children per inner node.
const FAN: usize = 8;

use super::chord::Point;

/// Lower and upper corner of a box in geocentric coordinates.
pub(super) type Box3 = [Point; 2];

/// An item with a bounding box in geocentric coordinates, in metres.
pub(super) trait InSpace {
    /// Its bounding box.
    fn bounds(&self) -> Box3;
}

/// Pieces in line order under a hierarchy of bounding boxes over consecutive pieces: neighbours along a line are
/// neighbours in space.
pub(super) struct ChordBvh<T> {
    pieces: Vec<T>,
    levels: Vec<Vec<Box3>>,
}

/// A node of the tree: its level and its index there. The children of level 0 are pieces.
type Node = (usize, usize);

impl<T: InSpace> ChordBvh<T> {
    /// Builds the tree. Linear in the number of pieces.
    pub fn new(pieces: Vec<T>) -> Self {
        let over = |run: &[Box3]| run.iter().copied().fold(NOTHING, join);
        let mut levels = vec![pieces.chunks(FAN).map(|run| run.iter().map(T::bounds).fold(NOTHING, join)).collect()];
        while levels.last().is_some_and(|level: &Vec<Box3>| level.len() > 1) {
            levels.push(levels[levels.len() - 1].chunks(FAN).map(over).collect());
        }
        ChordBvh { pieces, levels }
    }

    /// The bounding box of all pieces.
    pub fn bounds(&self) -> Box3 {
        self.levels.last().and_then(|top| top.first()).copied().unwrap_or(NOTHING)
    }

    /// Calls `distance_m` for every pair of pieces of two trees that may be nearest, and nearer than a limit in metres.
    ///
    /// `distance_m` receives two pieces and the least distance so far; it returns their distance if it is less. Of two
    /// nodes the larger is expanded, nearest pairs first (branch and bound); pairs that cannot be nearer are pruned.
    pub fn nearest<'t>(
        &'t self,
        other: &'t Self,
        limit_m: f64,
        mut distance_m: impl FnMut(&'t T, &'t T, f64) -> Option<f64>,
    ) {
        if [self, other].iter().any(|tree| tree.levels.iter().all(Vec::is_empty)) {
            return;
        }
        let mut best = limit_m;
        let top = |tree: &Self| (tree.levels.len() - 1, 0);
        let mut waiting: Vec<(f64, Node, Node)> = vec![(0.0, top(self), top(other))];
        while let Some((least, a, b)) = waiting.pop() {
            if least >= best * best {
                continue;
            }
            if (a.0, b.0) == (0, 0) {
                self.nearest_in_leaves(other, (a.1, b.1), &mut best, &mut distance_m);
                continue;
            }
            let (box_a, box_b) = (self.levels[a.0][a.1], other.levels[b.0][b.1]);
            let first = waiting.len();
            if b.0 == 0 || (a.0 > 0 && extent(box_a) > extent(box_b)) {
                let children = children(a, &self.levels);
                waiting.extend(children.map(|child| (apart(self.levels[child.0][child.1], box_b), child, b)));
            } else {
                let children = children(b, &other.levels);
                waiting.extend(children.map(|child| (apart(box_a, other.levels[child.0][child.1]), a, child)));
            }
            // The nearest pair is visited next.
            waiting[first..].sort_by(|p, q| q.0.total_cmp(&p.0));
        }
    }

    fn nearest_in_leaves<'t>(
        &'t self,
        other: &'t Self,
        (a, b): (usize, usize),
        best: &mut f64,
        distance_m: &mut impl FnMut(&'t T, &'t T, f64) -> Option<f64>,
    ) {
        let run = |tree: &'_ Self, leaf: usize| leaf * FAN..((leaf + 1) * FAN).min(tree.pieces.len());
        let far = other.levels[0][b];
        for mine in &self.pieces[run(self, a)] {
            let own = mine.bounds();
            if apart(own, far) >= *best * *best {
                continue;
            }
            for theirs in &other.pieces[run(other, b)] {
                if apart(own, theirs.bounds()) < *best * *best {
                    *best = distance_m(mine, theirs, *best).map_or(*best, |found| found.min(*best));
                }
            }
        }
    }
}

fn children((level, node): Node, levels: &[Vec<Box3>]) -> impl Iterator<Item = Node> {
    let last = ((node + 1) * FAN).min(levels[level - 1].len());
    (node * FAN..last).map(move |child| (level - 1, child))
}

const NOTHING: Box3 = [[f64::INFINITY; 3], [f64::NEG_INFINITY; 3]];

#[inline]
fn zip(a: Point, b: Point, f: impl Fn(f64, f64) -> f64) -> Point {
    [f(a[0], b[0]), f(a[1], b[1]), f(a[2], b[2])]
}

#[inline]
fn join(a: Box3, b: Box3) -> Box3 {
    [zip(a[0], b[0], f64::min), zip(a[1], b[1], f64::max)]
}

/// Sum of the sides of a box.
#[inline]
fn extent([low, high]: Box3) -> f64 {
    (high[0] - low[0]) + (high[1] - low[1]) + (high[2] - low[2])
}

/// Least squared distance between two boxes.
#[inline]
fn apart(a: Box3, b: Box3) -> f64 {
    let off = |axis: usize| (a[0][axis] - b[1][axis]).max(b[0][axis] - a[1][axis]).max(0.0);
    let (x, y, z) = (off(0), off(1), off(2));
    x * x + y * y + z * z
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    impl InSpace for Box3 {
        fn bounds(&self) -> Box3 {
            *self
        }
    }

    /// Boxes along a random walk.
    fn walk() -> impl Strategy<Value = Vec<Box3>> {
        let step = (-90.0..90.0_f64, -90.0..90.0_f64, -9.0..9.0_f64);
        ((-900.0..900.0_f64, -900.0..900.0_f64), prop::collection::vec(step, 1..120)).prop_map(|(start, steps)| {
            let mut at = [start.0, start.1, 0.0];
            let mut piece = |(x, y, z): (f64, f64, f64)| {
                let from = at;
                at = [from[0] + x, from[1] + y, from[2] + z];
                [zip(from, at, f64::min), zip(from, at, f64::max)]
            };
            steps.into_iter().map(&mut piece).collect()
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(128) })]

        #[test]
        fn no_pair_is_nearer(a in walk(), b in walk()) {
            let least = a.iter().flat_map(|p| b.iter().map(|q| apart(*p, *q).sqrt())).fold(f64::INFINITY, f64::min);
            let mut found = f64::INFINITY;
            ChordBvh::new(a.clone()).nearest(&ChordBvh::new(b.clone()), f64::INFINITY, |p, q, best| {
                let distance_m = apart(*p, *q).sqrt();
                found = found.min(distance_m);
                (distance_m < best).then_some(distance_m)
            });
            prop_assert_eq!(found, least);
        }
    }
}

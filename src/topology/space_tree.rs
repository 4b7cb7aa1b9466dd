//! Which chords of two outlines are nearest to each other?

use super::gap::squared_between;

/// Chords in one leaf box, and boxes in the box above.
const FAN: usize = 8;

pub(super) type Point = [f64; 3];

/// Two opposite corners of a box in space, the lower one first.
pub(super) type Box3 = [Point; 2];

/// Chords in the order of their lines, under a tree of boxes over runs of them: neighbours along a line are neighbours
/// in space.
pub(super) struct SpaceTree {
    chords: Vec<[Point; 2]>,
    levels: Vec<Vec<Box3>>,
}

/// A box of a tree: its level, and its place there. Below level 0 stand chords.
type Node = (usize, usize);

impl SpaceTree {
    /// Puts boxes over chords, in metres. Linear in their number.
    pub fn new(chords: Vec<[Point; 2]>) -> Self {
        let around = |chord: &[Point; 2]| [zip(chord[0], chord[1], f64::min), zip(chord[0], chord[1], f64::max)];
        let mut levels = vec![chords.chunks(FAN).map(|run| run.iter().map(around).fold(NOTHING, join)).collect()];
        while levels.last().is_some_and(|level: &Vec<Box3>| level.len() > 1) {
            let below = &levels[levels.len() - 1];
            levels.push(below.chunks(FAN).map(|run| run.iter().copied().fold(NOTHING, join)).collect());
        }
        SpaceTree { chords, levels }
    }

    /// The chords, in the order given.
    pub fn chords(&self) -> &[[Point; 2]] {
        &self.chords
    }

    /// The box around all chords.
    pub fn bounds(&self) -> Box3 {
        self.levels.last().and_then(|top| top.first()).copied().unwrap_or(NOTHING)
    }

    /// Places of the nearest chords of two trees, none of which is empty.
    ///
    /// Of two boxes the larger is taken apart, nearer ones first; what cannot hold a nearer pair is left out.
    pub fn nearest_pair(&self, other: &SpaceTree) -> (usize, usize) {
        let (mut best, mut pair) = (f64::INFINITY, (0, 0));
        let top = |tree: &SpaceTree| (tree.levels.len() - 1, 0);
        let mut waiting: Vec<(f64, Node, Node)> = vec![(0.0, top(self), top(other))];
        while let Some((least, a, b)) = waiting.pop() {
            if least >= best {
                continue;
            }
            if (a.0, b.0) == (0, 0) {
                self.nearest_in_leaves(other, (a.1, b.1), &mut best, &mut pair);
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
            // The nearest comes next.
            waiting[first..].sort_by(|p, q| q.0.total_cmp(&p.0));
        }
        pair
    }

    fn nearest_in_leaves(&self, other: &SpaceTree, (a, b): (usize, usize), best: &mut f64, pair: &mut (usize, usize)) {
        let around = |chord: [Point; 2]| [zip(chord[0], chord[1], f64::min), zip(chord[0], chord[1], f64::max)];
        let theirs = b * FAN..((b + 1) * FAN).min(other.chords.len());
        let far = other.levels[0][b];
        for i in a * FAN..((a + 1) * FAN).min(self.chords.len()) {
            let own = around(self.chords[i]);
            if apart(own, far) >= *best {
                continue;
            }
            for j in theirs.clone() {
                if apart(own, around(other.chords[j])) < *best {
                    let found = squared_between(self.chords[i], other.chords[j]);
                    if found < *best {
                        (*best, *pair) = (found, (i, j));
                    }
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

    fn walk() -> impl Strategy<Value = Vec<[Point; 2]>> {
        let step = (-90.0..90.0_f64, -90.0..90.0_f64, -9.0..9.0_f64);
        ((-900.0..900.0_f64, -900.0..900.0_f64), prop::collection::vec(step, 1..120)).prop_map(|(start, steps)| {
            let mut at = [start.0, start.1, 0.0];
            let mut chord = |(x, y, z): (f64, f64, f64)| {
                let from = at;
                at = [from[0] + x, from[1] + y, from[2] + z];
                [from, at]
            };
            steps.into_iter().map(&mut chord).collect()
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(128) })]

        #[test]
        fn no_pair_is_nearer(a in walk(), b in walk()) {
            let least = a.iter().flat_map(|p| b.iter().map(|q| squared_between(*p, *q))).fold(f64::INFINITY, f64::min);
            let (i, j) = SpaceTree::new(a.clone()).nearest_pair(&SpaceTree::new(b.clone()));
            prop_assert_eq!(squared_between(a[i], b[j]), least);
        }
    }
}

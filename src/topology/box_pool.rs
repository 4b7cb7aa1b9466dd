//! Boxes that are taken out as they are found.

use super::edge_box::{join, touch};
use super::edge_bvh::along_curve;
use crate::model::Corners;

/// Children per node, as a power of two.
const FAN_BITS: usize = 3;

/// A packed tree of boxes, each with a number chosen by the caller. Taking a box out leaves the tree as it is, with a
/// box less under each node above it.
pub(super) struct BoxPool {
    numbers: Vec<u32>,
    /// Boxes of the nodes, from the leaves, each one box, to the root.
    levels: Vec<Vec<Corners>>,
    /// How many boxes are left under each node.
    left: Vec<Vec<u32>>,
}

impl BoxPool {
    /// Packs boxes along a Hilbert curve through their centres. O(n log n).
    pub fn new(boxes: impl IntoIterator<Item = (Corners, u32)>) -> Self {
        let boxes: Vec<(Corners, u32)> = boxes.into_iter().collect();
        let four = |(low, high): Corners| [low.x, low.y, high.x, high.y];
        let whole = boxes.iter().map(|(outline, _)| *outline).reduce(join).unwrap_or_default();
        let along = |(outline, _): &(Corners, u32)| along_curve(&four(*outline), &four(whole));
        let mut order: Vec<(u32, u32)> = boxes.iter().map(along).zip(0..).collect();
        order.sort_unstable();
        let sorted = || order.iter().map(|(_, place)| boxes[*place as usize]);
        let mut levels: Vec<Vec<Corners>> = vec![sorted().map(|(outline, _)| outline).collect()];
        let mut left = vec![vec![1; boxes.len()]];
        while levels[levels.len() - 1].len() > 1 {
            let (below, left_below) = (&levels[levels.len() - 1], &left[left.len() - 1]);
            let joined = |some: &[Corners]| some[1..].iter().fold(some[0], |all, outline| join(all, *outline));
            let above = below.chunks(1 << FAN_BITS).map(joined).collect();
            let left_above = left_below.chunks(1 << FAN_BITS).map(|some: &[u32]| some.iter().sum()).collect();
            levels.push(above);
            left.push(left_above);
        }
        BoxPool { numbers: sorted().map(|(_, number)| number).collect(), levels, left }
    }

    /// Takes out the boxes that touch a box; adds their numbers to a list.
    pub fn take_touching(&mut self, wanted: Corners, taken: &mut Vec<u32>) {
        let mut waiting = vec![(self.levels.len() - 1, 0)];
        while let Some((level, node)) = waiting.pop() {
            if !self.holds(level, node, wanted) {
                continue;
            }
            if level > 0 {
                waiting.extend(self.children(level, node));
                continue;
            }
            taken.push(self.numbers[node]);
            self.left.iter_mut().enumerate().for_each(|(level, left)| left[node >> (FAN_BITS * level)] -= 1);
        }
    }

    /// Whether any box left touches a box.
    pub fn touches(&self, wanted: Corners) -> bool {
        let mut waiting = vec![(self.levels.len() - 1, 0)];
        while let Some((level, node)) = waiting.pop() {
            if self.holds(level, node, wanted) {
                if level == 0 {
                    return true;
                }
                waiting.extend(self.children(level, node));
            }
        }
        false
    }

    /// Whether a box is left under a node, and the box of all that ever were touches another.
    fn holds(&self, level: usize, node: usize, wanted: Corners) -> bool {
        self.left[level].get(node).is_some_and(|left| *left > 0) && touch(self.levels[level][node], wanted)
    }

    fn children(&self, level: usize, node: usize) -> impl Iterator<Item = (usize, usize)> + use<> {
        (0..1 << FAN_BITS).map(move |child| (level - 1, (node << FAN_BITS) + child))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo::Coord;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(64) })]

        #[test]
        fn each_box_is_taken_once(
            corners in prop::collection::vec((-9.0..9.0_f64, -9.0..9.0_f64, 0.0..3.0_f64, 0.0..3.0_f64), 0..120),
            asked in prop::collection::vec((-9.0..9.0_f64, -9.0..9.0_f64, 0.0..4.0_f64), 1..9),
        ) {
            let boxed = |&(x, y, dx, dy): &(f64, f64, f64, f64)| (Coord { x, y }, Coord { x: x + dx, y: y + dy });
            let mut boxes: Vec<(Corners, u32)> = corners.iter().map(boxed).zip(0..).collect();
            let mut pool = BoxPool::new(boxes.iter().copied());
            for (x, y, size) in asked {
                let wanted = (Coord { x, y }, Coord { x: x + size, y: y + size });
                let expected: Vec<u32> = boxes.iter().filter(|(b, _)| touch(*b, wanted)).map(|(_, n)| *n).collect();
                prop_assert_eq!(pool.touches(wanted), !expected.is_empty());
                let mut taken = Vec::new();
                pool.take_touching(wanted, &mut taken);
                taken.sort_unstable();
                prop_assert_eq!(taken, expected);
                boxes.retain(|(b, _)| !touch(*b, wanted));
            }
        }
    }
}

//! Uses of edges by rings or polygons (directed half-edges), sorted by edge.

use rayon::prelude::*;
use std::ops::Range;

/// One ring's or polygon's use of an edge between two numbered positions. Uses are ordered by edge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Use {
    pub low: u32,
    pub high: u32,
    /// Number of the ring or polygon; the highest bit is the direction.
    side: u32,
}

const FORWARD: u32 = 1 << 31;

impl Use {
    /// The use of an edge from one position to another; `None` if they are equal.
    pub fn new(from: u32, to: u32, owner: u32) -> Option<Self> {
        let forward = if from < to { FORWARD } else { 0 };
        (from != to).then(|| Use { low: from.min(to), high: from.max(to), side: forward | owner })
    }

    /// The same use with another owner.
    pub fn of(self, owner: u32) -> Self {
        Use { side: self.side & FORWARD | owner, ..self }
    }

    /// Whether the interior lies on the left going from `low` to `high`.
    pub fn forward(&self) -> bool {
        self.side & FORWARD != 0
    }

    /// Number of the ring or polygon.
    pub fn owner(&self) -> u32 {
        self.side & !FORWARD
    }
}

/// Whether two uses are of the same edge.
pub(super) fn same_edge(a: &Use, b: &Use) -> bool {
    (a.low, a.high) == (b.low, b.high)
}

/// Splits the list between edges into ranges of about equal length.
pub(super) fn stretches(uses: &[Use]) -> Vec<Range<usize>> {
    let mut stretches = Vec::with_capacity(uses.len() / BLOCK + 1);
    let mut start = 0;
    while start < uses.len() {
        let mut end = (start + BLOCK).min(uses.len());
        while end < uses.len() && same_edge(&uses[end - 1], &uses[end]) {
            end += 1;
        }
        stretches.push(start..end);
        start = end;
    }
    stretches
}

/// Calls `each` for every edge, in parallel, with the index of its first use, its uses and the output; results keep the
/// order of the edges.
pub(super) fn of_edges<T: Send>(uses: &[Use], each: impl Fn(u32, &[Use], &mut Vec<T>) + Sync) -> Vec<T> {
    let of_stretch = |stretch: Range<usize>| {
        let (mut out, mut start) = (Vec::new(), stretch.start);
        while start < stretch.end {
            let mut end = start + 1;
            while end < stretch.end && same_edge(&uses[start], &uses[end]) {
                end += 1;
            }
            each(start as u32, &uses[start..end], &mut out);
            start = end;
        }
        out
    };
    let found: Vec<Vec<T>> = stretches(uses).into_par_iter().map(of_stretch).collect();
    let mut all = Vec::with_capacity(found.iter().map(Vec::len).sum());
    found.into_iter().for_each(|some| all.extend(some));
    all
}

/// Rings without their closing position, concatenated, as numbers of positions.
pub(super) struct Rings {
    pub numbers: Vec<u32>,
    /// First index of each ring, then the end of the last one.
    pub starts: Vec<usize>,
}

/// Edges per parallel task.
const BLOCK: usize = 1 << 16;

impl Rings {
    /// The uses of all edges by rings, sorted.
    ///
    /// # Method
    /// Numbers are given in the order of the rings: an edge from a position with a new number on to one with a higher
    /// number is in order already. The others, those that close rings or that other rings have too, are sorted and merged
    /// with these.
    pub fn sorted(&self) -> Vec<Use> {
        let blocks = self.blocks();
        let greatest = |rings: &Range<usize>| {
            let places = self.starts[rings.start]..self.starts[rings.end];
            self.numbers[places].iter().copied().max().map_or(0, |number| number + 1)
        };
        let after: Vec<u32> = blocks.par_iter().map(greatest).collect();
        let new = after.iter().scan(0, |new, after| {
            let before = *new;
            *new = before.max(*after);
            Some(before)
        });
        let new: Vec<u32> = new.collect();
        let of_block = |(rings, &new): (&Range<usize>, &u32)| {
            let (mut uses, mut others) = (Vec::new(), Vec::new());
            uses.reserve_exact(self.starts[rings.end] - self.starts[rings.start]);
            let mut new = new;
            for ring in rings.clone() {
                for (from, to) in self.steps(ring) {
                    let is_in_order = from >= new && to > from;
                    new = new.max(from + 1);
                    if is_in_order { &mut uses } else { &mut others }.extend(Use::new(from, to, ring as u32));
                }
            }
            (uses, others)
        };
        let (mut of_blocks, others): (Vec<Vec<Use>>, Vec<Vec<Use>>) = blocks.par_iter().zip(&new).map(of_block).unzip();
        let mut others = others.concat();
        others.par_sort_unstable();
        // Each block takes the others up to the first edge of the next one.
        let ends = new.iter().skip(1).map(|&new| others.partition_point(|other| other.low < new));
        let ends: Vec<usize> = ends.chain([others.len()]).collect();
        of_blocks.par_iter_mut().enumerate().for_each(|(block, uses)| {
            let start = if block == 0 { 0 } else { ends[block - 1] };
            merge(uses, &others[start..ends[block]]);
        });
        // Junctions add some: no second allocation then.
        let count: usize = of_blocks.iter().map(Vec::len).sum();
        let mut uses = Vec::with_capacity(count + count / 64);
        of_blocks.into_iter().for_each(|of_block| uses.extend(of_block));
        uses
    }

    /// Consecutive rings with about as many positions as a task takes.
    fn blocks(&self) -> Vec<Range<usize>> {
        let (mut blocks, mut start) = (Vec::new(), 0);
        for end in 1..self.starts.len() {
            if self.starts[end] - self.starts[start] >= BLOCK || end + 1 == self.starts.len() {
                blocks.push(start..end);
                start = end;
            }
        }
        blocks
    }

    /// The indices of a ring's positions in the list.
    pub fn places(&self, ring: usize) -> Range<usize> {
        self.starts[ring]..self.starts[ring + 1]
    }

    /// The edges of a ring, in its order.
    pub fn edges(&self, ring: usize) -> impl Iterator<Item = Use> {
        self.steps(ring).filter_map(move |(from, to)| Use::new(from, to, ring as u32))
    }

    /// The numbers of consecutive positions of a ring, up to the first one again.
    fn steps(&self, ring: usize) -> impl Iterator<Item = (u32, u32)> {
        let numbers = &self.numbers[self.places(ring)];
        numbers.iter().copied().zip(numbers.iter().skip(1).chain(numbers.first()).copied())
    }
}

/// Merges sorted uses into a sorted list, from the back.
pub(super) fn merge(uses: &mut Vec<Use>, others: &[Use]) {
    let mut have = uses.len();
    uses.extend_from_slice(others);
    for (before, other) in others.iter().enumerate().rev() {
        let greater = greater_at_end(&uses[..have], other);
        uses.copy_within(have - greater..have, have - greater + before + 1);
        have -= greater;
        uses[have + before] = *other;
    }
}

/// How many uses of a sorted list come after another one; exponential search from the end.
fn greater_at_end(uses: &[Use], other: &Use) -> usize {
    let mut reach = 1;
    while reach <= uses.len() && uses[uses.len() - reach] > *other {
        reach *= 2;
    }
    let end = &uses[uses.len().saturating_sub(reach)..];
    end.len() - end.partition_point(|u| u <= other)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(16) })]

        #[test]
        fn rings_are_sorted(
            rings in prop::collection::vec(prop::collection::vec(0..40_000_u32, 3..400), 0..60), copies in 1..12_usize,
        ) {
            let rings: Vec<Vec<u32>> = rings.into_iter().cycle().take(60 * copies).collect();
            let starts = rings.iter().scan(0, |end, ring| { *end += ring.len(); Some(*end) });
            let starts: Vec<usize> = std::iter::once(0).chain(starts).collect();
            let mut expected: Vec<Use> = rings
                .iter()
                .enumerate()
                .flat_map(|(number, ring)| {
                    (0..ring.len()).filter_map(move |i| Use::new(ring[i], ring[(i + 1) % ring.len()], number as u32))
                })
                .collect();
            expected.sort_unstable();
            let found = Rings { numbers: rings.concat(), starts }.sorted();
            prop_assert_eq!(found, expected);
        }
    }
}

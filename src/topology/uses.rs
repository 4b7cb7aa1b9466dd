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
const NO_USE: Use = Use { low: 0, high: 0, side: 0 };

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
/// Consecutive position numbers whose edges are sorted together, within a core's cache.
const RANGE: usize = 1 << 13;

impl Rings {
    /// The uses of all edges by rings, sorted, in parallel.
    ///
    /// # Method
    /// Counting sort in two passes: position numbers are dense, and few edges start at each. Blocks of the list are
    /// sorted by ranges of numbers; then each range, which has its own place in the result, by number.
    pub fn sorted(&self, positions: usize) -> Vec<Use> {
        let edges = self.numbers.len();
        let blocks: Vec<Block> = (0..edges.div_ceil(BLOCK))
            .into_par_iter()
            .map(|block| Block::of(&self.uses(block * BLOCK..edges.min((block + 1) * BLOCK)).collect::<Vec<_>>()))
            .collect();
        let mut out = vec![NO_USE; blocks.iter().map(|block| block.uses.len()).sum()];
        let (mut places, mut rest) = (Vec::new(), out.as_mut_slice());
        for range in 0..positions.div_ceil(RANGE) {
            let count = blocks.iter().map(|block| block.of_range(range).len()).sum();
            let (place, behind) = rest.split_at_mut(count);
            places.push((range, place));
            rest = behind;
        }
        places.into_par_iter().for_each(|(range, place)| {
            let of_range = || blocks.iter().flat_map(|block| block.of_range(range)).copied();
            by_counting(of_range, RANGE, |u| u.low as usize % RANGE, place);
            place.chunk_by_mut(|a, b| a.low == b.low).filter(|edges| edges.len() > 1).for_each(<[Use]>::sort_unstable);
        });
        out
    }

    /// The uses of the edges that start at these indices in the list.
    fn uses(&self, places: Range<usize>) -> impl Iterator<Item = Use> {
        let first = self.starts.partition_point(|start| *start <= places.start) - 1;
        let rings = self.starts.windows(2).enumerate().skip(first);
        let rings = rings.take_while({
            let end = places.end;
            move |(_, ring)| ring[0] < end
        });
        rings.flat_map(move |(number, ring)| {
            let (start, end) = (ring[0], ring[1]);
            (start.max(places.start)..end.min(places.end)).filter_map(move |at| {
                let next = if at + 1 == end { start } else { at + 1 };
                Use::new(self.numbers[at], self.numbers[next], number as u32)
            })
        })
    }

    /// The indices of a ring's positions in the list.
    pub fn places(&self, ring: usize) -> Range<usize> {
        self.starts[ring]..self.starts[ring + 1]
    }

    /// The edges of a ring, in its order.
    pub fn edges(&self, ring: usize) -> impl Iterator<Item = Use> {
        self.uses(self.places(ring))
    }
}

/// The uses of a block of the list, grouped by range.
struct Block {
    uses: Vec<Use>,
    first_range: usize,
    /// End of the uses of each range.
    ends: Vec<usize>,
}

impl Block {
    fn of(uses: &[Use]) -> Block {
        let ranges = uses.iter().map(|u| u.low as usize / RANGE);
        let (first, last) = ranges.fold((usize::MAX, 0), |(first, last), range| (first.min(range), last.max(range)));
        let first = first.min(last);
        let mut sorted = vec![NO_USE; uses.len()];
        let of_range = |u: &Use| u.low as usize / RANGE - first;
        let ends = by_counting(|| uses.iter().copied(), last + 1 - first, of_range, &mut sorted);
        Block { uses: sorted, first_range: first, ends }
    }

    fn of_range(&self, range: usize) -> &[Use] {
        let Some(at) = range.checked_sub(self.first_range).filter(|at| *at < self.ends.len()) else { return &[] };
        &self.uses[if at == 0 { 0 } else { self.ends[at - 1] }..self.ends[at]]
    }
}

/// Stable counting sort of uses by small keys; returns the end of each key's uses.
fn by_counting<U: Iterator<Item = Use>>(
    uses: impl Fn() -> U,
    keys: usize,
    key: impl Fn(&Use) -> usize,
    out: &mut [Use],
) -> Vec<usize> {
    let mut ends = vec![0; keys + 1];
    uses().for_each(|u| ends[key(&u) + 1] += 1);
    for i in 1..ends.len() {
        ends[i] += ends[i - 1];
    }
    uses().for_each(|u| {
        let at = &mut ends[key(&u)];
        out[*at] = u;
        *at += 1;
    });
    ends.pop();
    ends
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(16) })]

        #[test]
        fn by_ranges_is_by_sorting(
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
            let found = Rings { numbers: rings.concat(), starts }.sorted(40_000);
            prop_assert_eq!(found, expected);
        }
    }
}

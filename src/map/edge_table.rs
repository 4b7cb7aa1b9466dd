//! Tables of edges with the territories that have them.

use super::mesh::key;
use geo::Coord;
use rustc_hash::FxHashMap;

/// The ends of an edge, in an order independent of its direction.
pub(super) type Edge = (u64, u64);

/// Positions in units of 1e-7°, two 32-bit values packed into one number. 180° west equals 180° east.
pub(super) fn keys(line: &[Coord]) -> Vec<u64> {
    let packed = |p: &Coord| {
        let (x, y) = key(*p);
        let x = if x == -ANTIMERIDIAN { ANTIMERIDIAN } else { x };
        u64::from(x as u32) << 32 | u64::from(y as u32)
    };
    line.iter().map(packed).collect()
}

/// 180° in the units of [`keys`].
const ANTIMERIDIAN: i64 = 1_800_000_000;

/// The edges of a line, given its keys.
pub(super) fn edges(keys: &[u64]) -> impl Iterator<Item = Edge> {
    keys.windows(2).map(|w| (w[0].min(w[1]), w[0].max(w[1])))
}

/// The same with their directions: whether they run from the lesser key to the greater.
pub(super) fn directed(keys: &[u64]) -> impl Iterator<Item = (Edge, bool)> {
    keys.windows(2).map(|w| ((w[0].min(w[1]), w[0].max(w[1])), w[0] < w[1]))
}

/// No territory.
pub(super) const NONE: u32 = u32::MAX;

/// A region with an edge: its index, and whether its ring runs from the lesser end of the edge to the greater. Rings have their
/// interior on the left, so that two regions on either side of an edge run along it in opposite directions.
pub(super) fn owner(region: u32, is_forward: bool) -> u32 {
    region << 1 | u32::from(is_forward)
}

/// The owners of an edge.
#[derive(Clone, Copy)]
pub(super) struct Known {
    /// The first two regions with this edge, in their order; nearly always there are no more. See [`owner`].
    pub owners: [u32; 2],
    /// Whether a line layer has it.
    pub given: bool,
}

impl Known {
    pub const NOT: Known = Known { owners: [NONE; 2], given: false };
}

/// Tables of edges, which are filled in parallel.
pub(super) const TABLES: usize = 8;

/// The table of an edge.
pub(super) fn table_of(edge: &Edge) -> usize {
    let mixed = (edge.0 ^ edge.1.rotate_left(32)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    (mixed >> 61) as usize
}

/// The owners of some of the edges.
#[derive(Default)]
pub(super) struct Table {
    pub known: FxHashMap<Edge, Known>,
    /// The third and further owners.
    pub crowded: FxHashMap<Edge, Vec<u32>>,
}

impl Table {
    pub fn add(&mut self, own: u32, (edge, is_forward): (Edge, bool)) {
        let known = self.known.entry(edge).or_insert(Known::NOT);
        if known.owners.iter().any(|known| known >> 1 == own) {
            return;
        }
        match known.owners.iter_mut().find(|owner| **owner == NONE) {
            Some(free) => *free = owner(own, is_forward),
            None => {
                let more = self.crowded.entry(edge).or_default();
                if !more.iter().any(|known| known >> 1 == own) {
                    more.push(owner(own, is_forward));
                }
            }
        }
    }
}

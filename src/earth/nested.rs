//! Assigns rings as holes to the rings that contain them.

use geo::Coord;

/// A vertex that may carry attributes besides its position.
pub(crate) trait Vertex: Copy {
    /// Longitude and latitude in degrees.
    fn at(&self) -> Coord;
    /// The same vertex at another position.
    fn put(self, at: Coord) -> Self;
    /// The vertex at `at`, interpolated between two at a share (0 to 1) of the edge.
    fn between(a: &Self, b: &Self, share: f64, at: Coord) -> Self;
}

impl Vertex for Coord {
    fn at(&self) -> Coord {
        *self
    }

    fn put(self, at: Coord) -> Self {
        at
    }

    fn between(_: &Self, _: &Self, _: f64, at: Coord) -> Self {
        at
    }
}

/// West, south, east, north.
type Extent = [f64; 4];

/// Items per leaf, and children per inner node.
const FAN: usize = 8;

/// Assembles non-crossing rings into polygons: assigns each hole to the ring that contains it.
///
/// # Limitations and cost
/// Near-linear in the number of positions.
pub(crate) fn nested<V: Vertex>(rings: Vec<Vec<V>>) -> Vec<Vec<Vec<V>>> {
    assembled(rings, |_| None)
}

/// The same for rings whose orientation says what they are: clockwise rings are shells, counter-clockwise rings are holes of
/// the smallest shell that contains them; a hole in no shell is a shell.
#[cfg(feature = "formats")]
pub(crate) fn assembled_by_winding<V: Vertex>(rings: Vec<Vec<V>>) -> Vec<Vec<Vec<V>>> {
    assembled(rings, |ring| Some(twice_area(ring) > 0.0))
}

/// `is_hole` may say of a ring whether it is a hole, wherever it lies.
fn assembled<V: Vertex>(rings: Vec<Vec<V>>, is_hole: impl Fn(&[V]) -> Option<bool>) -> Vec<Vec<Vec<V>>> {
    let mut order: Vec<(f64, Vec<V>)> = rings.into_iter().map(|ring| (twice_area(&ring).abs(), ring)).collect();
    order.retain(|(area, _)| *area > 0.0);
    if order.len() < 2 {
        return order.into_iter().map(|(_, ring)| vec![ring]).collect();
    }
    // Larger rings first: the ring that directly contains a ring is the last one before it that contains it.
    let mut number: Vec<usize> = (0..order.len()).collect();
    number.sort_by(|a, b| order[*b].0.total_cmp(&order[*a].0).then(a.cmp(b)));
    let boxes: Vec<Extent> = number.iter().map(|ring| bounds(order[*ring].1.iter().map(Vertex::at))).collect();
    let index = Ranked::new(&boxes);
    let mut edges: Vec<Option<Edges<'_, V>>> = order.iter().map(|_| None).collect();
    let mut holes: Vec<Vec<usize>> = vec![Vec::new(); order.len()];
    let mut depth = vec![0_usize; order.len()];
    let said: Vec<Option<bool>> = order.iter().map(|(_, ring)| is_hole(ring)).collect();
    let mut shells = Vec::new();
    for (rank, &ring) in number.iter().enumerate() {
        let parent = index.last_before(rank, &boxes[rank], |outer| {
            let outer = number[outer];
            said[outer] != Some(true)
                && edges[outer].get_or_insert_with(|| Edges::new(&order[outer].1)).hold(&order[ring].1)
        });
        let parent = parent.map(|rank| number[rank]);
        depth[ring] = parent.map_or(0, |parent| depth[parent] + 1);
        match parent.filter(|_| said[ring].unwrap_or(depth[ring] % 2 == 1)) {
            Some(parent) => holes[parent].push(ring),
            None => shells.push(ring),
        }
    }
    drop(edges);
    shells.sort_unstable();
    let mut rings: Vec<Option<Vec<V>>> = order.into_iter().map(|(_, ring)| Some(ring)).collect();
    let mut take = |ring: usize| rings[ring].take().unwrap_or_default();
    shells
        .into_iter()
        .map(|shell| {
            holes[shell].sort_unstable();
            std::iter::once(shell).chain(std::mem::take(&mut holes[shell])).map(&mut take).collect()
        })
        .collect()
}

/// Twice the planar area of a closed ring, positive if counter-clockwise.
pub(crate) fn twice_area<V: Vertex>(ring: &[V]) -> f64 {
    let Some(first) = ring.first() else { return 0.0 };
    let origin = first.at();
    ring.windows(2)
        .map(|edge| {
            let (a, b) = (edge[0].at() - origin, edge[1].at() - origin);
            a.x * b.y - b.x * a.y
        })
        .sum()
}

const NOTHING: Extent = [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];

fn bounds(positions: impl Iterator<Item = Coord>) -> Extent {
    positions.fold(NOTHING, |b, at| [b[0].min(at.x), b[1].min(at.y), b[2].max(at.x), b[3].max(at.y)])
}

fn join(a: Extent, b: Extent) -> Extent {
    [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])]
}

fn holds(outer: &Extent, inner: &Extent) -> bool {
    outer[0] <= inner[0] && outer[1] <= inner[1] && outer[2] >= inner[2] && outer[3] >= inner[3]
}

/// Bounding-volume hierarchy over boxes (west, south, east, north), queried by their index in the list.
pub(crate) struct Ranked {
    /// Indices of the boxes in Z-order of their centres.
    ranks: Vec<usize>,
    /// For each node, its box and the least and greatest index below it.
    levels: Vec<Vec<(Extent, usize, usize)>>,
}

impl Ranked {
    pub fn new(boxes: &[Extent]) -> Self {
        let whole = boxes.iter().copied().fold(NOTHING, join);
        let mut keyed: Vec<(u64, usize)> = boxes.iter().map(|b| along_curve(b, &whole)).zip(0..).collect();
        keyed.sort_unstable();
        let ranks: Vec<usize> = keyed.into_iter().map(|(_, rank)| rank).collect();
        let over = |a: (Extent, usize, usize), b: &(Extent, usize, usize)| (join(a.0, b.0), a.1.min(b.1), a.2.max(b.2));
        let mut levels = vec![ranks.iter().map(|&rank| (boxes[rank], rank, rank)).collect::<Vec<_>>()];
        while levels[levels.len() - 1].len() > 1 {
            let below = &levels[levels.len() - 1];
            levels.push(below.chunks(FAN).map(|nodes| nodes.iter().fold((NOTHING, usize::MAX, 0), over)).collect());
        }
        Ranked { ranks, levels }
    }

    /// The last index before `rank` whose box contains a box and for which `is_true` holds.
    pub fn last_before(&self, rank: usize, inner: &Extent, mut is_true: impl FnMut(usize) -> bool) -> Option<usize> {
        let mut best = None;
        let mut waiting = vec![(self.levels.len() - 1, 0)];
        while let Some((level, node)) = waiting.pop() {
            let (outline, least, greatest) = &self.levels[level][node];
            if *least >= rank || best.is_some_and(|best| *greatest <= best) || !holds(outline, inner) {
                continue;
            }
            if level == 0 {
                let found = self.ranks[node];
                best = if is_true(found) { Some(found) } else { best };
                continue;
            }
            let first = waiting.len();
            let below = node * FAN..((node + 1) * FAN).min(self.levels[level - 1].len());
            waiting.extend(below.map(|child| (level - 1, child)));
            // The node that may contain the greatest index is visited next.
            waiting[first..].sort_by_key(|&(level, node)| self.levels[level][node].2.min(rank));
        }
        best
    }
}

/// Position of the centre of a box on a Z-order (Morton) curve through another box.
fn along_curve(outline: &Extent, whole: &Extent) -> u64 {
    let spread = |axis: usize| {
        let (middle, extent) = ((outline[axis] + outline[axis + 2]) / 2.0, whole[axis + 2] - whole[axis]);
        let mut bits = ((middle - whole[axis]) / extent.max(f64::MIN_POSITIVE) * 65_535.0) as u64;
        for (shift, mask) in [(8, 0x00ff_00ff), (4, 0x0f0f_0f0f), (2, 0x3333_3333), (1, 0x5555_5555)] {
            bits = (bits | (bits << shift)) & mask;
        }
        bits
    };
    spread(0) | (spread(1) << 1)
}

/// The edges of a ring under a bounding-volume hierarchy over runs of edges.
struct Edges<'r, V> {
    ring: &'r [V],
    levels: Vec<Vec<Extent>>,
}

impl<'r, V: Vertex> Edges<'r, V> {
    fn new(ring: &'r [V]) -> Self {
        let run = |first: usize| bounds(ring[first..ring.len().min(first + FAN + 1)].iter().map(Vertex::at));
        let mut levels = vec![(0..ring.len().saturating_sub(1)).step_by(FAN).map(run).collect::<Vec<_>>()];
        while levels[levels.len() - 1].len() > 1 {
            let below = &levels[levels.len() - 1];
            levels.push(below.chunks(FAN).map(|boxes| boxes.iter().copied().fold(NOTHING, join)).collect());
        }
        Edges { ring, levels }
    }

    /// Whether a ring lies inside this one, which it does not cross: decided by its first vertex off the outline, else
    /// by an edge midpoint.
    fn hold(&self, inner: &[V]) -> bool {
        let middles = inner.windows(2).map(|edge| (edge[0].at() + edge[1].at()) / 2.0);
        inner.iter().map(Vertex::at).chain(middles).find_map(|at| self.side(at)).unwrap_or(false)
    }

    /// Whether a position is inside; `None` if it is on an edge.
    fn side(&self, at: Coord) -> Option<bool> {
        let mut inside = false;
        let mut waiting = vec![(self.levels.len() - 1, 0)];
        while let Some((level, node)) = waiting.pop() {
            let [_, south, east, north] = self.levels[level].get(node)?;
            // Ray casting to the east.
            if *south > at.y || *north < at.y || *east < at.x {
                continue;
            }
            if level > 0 {
                let below = node * FAN..((node + 1) * FAN).min(self.levels[level - 1].len());
                waiting.extend(below.map(|child| (level - 1, child)));
                continue;
            }
            for edge in self.ring[node * FAN..self.ring.len().min((node + 1) * FAN + 1)].windows(2) {
                let (a, b) = (edge[0].at(), edge[1].at());
                if a == at || b == at {
                    return None;
                }
                if (a.y > at.y) != (b.y > at.y) {
                    let turn = (b.x - a.x) * (at.y - a.y) - (at.x - a.x) * (b.y - a.y);
                    if turn == 0.0 {
                        return None;
                    }
                    inside ^= (turn > 0.0) == (b.y > a.y);
                } else if a.y == at.y && b.y == at.y && (a.x - at.x) * (b.x - at.x) <= 0.0 {
                    return None;
                }
            }
        }
        Some(inside)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn square(x: i32, y: i32, half: i32) -> Vec<Coord> {
        let at = |dx: i32, dy: i32| Coord { x: f64::from(x + dx * half), y: f64::from(y + dy * half) };
        vec![at(-1, -1), at(1, -1), at(1, 1), at(-1, 1), at(-1, -1)]
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(128) })]

        /// Nested squares on a grid, in any order: those at an odd depth are holes of the next larger one.
        #[test]
        fn a_ring_at_an_odd_depth_is_a_hole(
            stacks in prop::collection::btree_map((0..9_i32, 0..9_i32), 1..12_i32, 1..30), around in prop::bool::ANY,
            turn in 0..300_usize,
        ) {
            let mut rings: Vec<(usize, Vec<Coord>)> = Vec::new();
            for (&(x, y), &depth) in &stacks {
                rings.extend((0..depth).map(|d| (d as usize, square(100 * x, 100 * y, 40 - 2 * d))));
            }
            if around {
                rings.iter_mut().for_each(|(depth, _)| *depth += 1);
                rings.push((0, square(400, 400, 900)));
            }
            let turn = turn % rings.len();
            rings.rotate_left(turn);
            let polygons = nested(rings.iter().map(|(_, ring)| ring.clone()).collect());
            let shells = rings.iter().filter(|(depth, _)| depth % 2 == 0).count();
            prop_assert_eq!(polygons.len(), shells);
            let extent = |ring: &[Coord]| twice_area(ring).abs();
            for rings in polygons.iter().filter(|rings| extent(&rings[0]) < 1e5) {
                // Each square of a stack has the next one as its hole.
                prop_assert!(rings.len() <= 2);
                prop_assert!(rings[1..].iter().all(|hole| (hole[0].x - rings[0][0].x - 2.0).abs() < 1e-9));
            }
        }
    }
}

//! Pairs of edges that meet, whatever their lengths and directions: a segment tree over longitude.

use geo::Coord;
use rayon::prelude::*;
use std::cell::Cell;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

/// Greatest number of edges of a slab that are tested pairwise.
const FEW: usize = 8;
/// Number of edges from which work is split over two cores.
const SHARED: usize = 1 << 11;
/// Children per inner node.
const FAN: usize = 4;

/// Numbers of two edges, the lower one first.
type Pair = (u32, u32);
/// Lower and upper bound of a latitude; equal where it is exact.
type Range = [f64; 2];

/// Returns every pair of edges (lon, lat in degrees) that meet in a position other than a common end, in ascending
/// order, and few other pairs; `None` where there are more than `most`.
///
/// # Method
/// Slabs of longitude are halved at the median of the ends in them. An edge that spans a slab is tested against those
/// that pass through the slab and is not passed on to its halves; it is thus in about 2 log n slabs. Edges that span a
/// slab are sorted from south to north under a tree of trapezoids: if no two of them cross, a query edge visits only
/// those that it meets. Meetings exactly on the line between two slabs are found along that line. Rounded latitudes are
/// intervals that contain the exact value.
///
/// # Limitations and cost
/// n log² n, plus log n for each pair found. For short edges a bounding-volume hierarchy is several times as fast.
pub(crate) fn meeting_pairs(edges: impl IntoIterator<Item = [Coord; 2]>, most: usize) -> Option<Vec<Pair>> {
    let eastward = |[a, b]: [Coord; 2]| if (a.x, a.y) <= (b.x, b.y) { [a, b] } else { [b, a] };
    let edges: Vec<[Coord; 2]> = edges.into_iter().map(eastward).collect();
    let highest = edges.iter().flatten().fold(0.0, |highest, end| f64::max(highest, end.y.abs()));
    let all = (0..edges.len() as u32).collect();
    let slabs =
        Slabs { edges, slack: 32.0 * f64::EPSILON * highest, found: Budget { most, tried: AtomicUsize::new(0) } };
    let mut pairs = slabs.search([f64::NEG_INFINITY, f64::INFINITY], all);
    pairs.par_sort_unstable();
    pairs.dedup();
    (!slabs.found.is_exceeded()).then_some(pairs)
}

/// Pairs of edges with a common end.
pub(crate) fn pairs_with_a_common_end(edges: &[[Coord; 2]]) -> Vec<Pair> {
    let key = |at: Coord| [at.x + 0.0, at.y + 0.0].map(f64::to_bits);
    let numbered = edges.iter().enumerate().flat_map(|(number, ends)| ends.map(|end| (key(end), number as u32)));
    let mut ends: Vec<([u64; 2], u32)> = numbered.collect();
    ends.par_sort_unstable();
    ends.dedup();
    let mut pairs = Vec::new();
    for same in ends.chunk_by(|a, b| a.0 == b.0) {
        for (i, (_, a)) in same.iter().enumerate() {
            pairs.extend(same[i + 1..].iter().map(|(_, b)| (*a, *b)));
        }
    }
    pairs
}

/// Number of pairs of boxes that a search may test before [`meeting_pairs`] is faster.
pub(crate) struct Budget {
    most: usize,
    tried: AtomicUsize,
}

/// Number of pairs that one task has tested.
pub(crate) struct Spent<'b> {
    budget: &'b Budget,
    own: Cell<usize>,
}

impl Budget {
    /// A budget without limit.
    pub fn unlimited() -> Self {
        Budget { most: usize::MAX, tried: AtomicUsize::new(0) }
    }

    /// A budget of `most` pairs, plus a small constant.
    pub fn new(most: usize) -> Self {
        Budget { most: most + (1 << 10), tried: AtomicUsize::new(0) }
    }

    /// The counter of one task; `None` if the budget is exceeded.
    pub fn share(&self) -> Option<Spent<'_>> {
        (!self.is_exceeded()).then(|| Spent { budget: self, own: Cell::new(0) })
    }

    /// Whether the limit was exceeded; independent of the number of threads once all tasks have ended.
    pub fn is_exceeded(&self) -> bool {
        self.tried.load(Relaxed) > self.most
    }
}

impl Spent<'_> {
    /// Counts one pair; returns whether the search may continue.
    pub fn go_on(&self) -> bool {
        const EVERY: usize = 32;
        self.own.set(self.own.get() + 1);
        if self.own.get() < EVERY {
            return true;
        }
        self.budget.tried.fetch_add(self.own.take(), Relaxed);
        !self.budget.is_exceeded()
    }
}

impl Drop for Spent<'_> {
    fn drop(&mut self) {
        self.budget.tried.fetch_add(self.own.get(), Relaxed);
    }
}

struct Slabs {
    /// Western end first; for edges along a meridian, the southern end.
    edges: Vec<[Coord; 2]>,
    /// Upper bound of the rounding error of a latitude on an edge.
    slack: f64,
    /// Limit on the number of pairs found.
    found: Budget,
}

/// An edge that meets a line of constant longitude.
struct Passing {
    lat: Range,
    edge: u32,
    /// Whether the edge ends there, in a single position.
    is_end: bool,
}

impl Slabs {
    fn west(&self, edge: u32) -> Coord {
        self.edges[edge as usize][0]
    }

    fn east(&self, edge: u32) -> Coord {
        self.edges[edge as usize][1]
    }

    /// The latitude at a longitude of an edge that is not along a meridian.
    fn at(&self, edge: u32, lon: f64) -> Range {
        let [west, east] = self.edges[edge as usize];
        if lon == west.x || west.y == east.y {
            [west.y; 2]
        } else if lon == east.x {
            [east.y; 2]
        } else {
            let lat = west.y + (lon - west.x) / (east.x - west.x) * (east.y - west.y);
            [lat - self.slack, lat + self.slack]
        }
    }

    /// The pairs that meet inside a slab, among edges that pass through it.
    fn search(&self, slab: [f64; 2], edges: Vec<u32>) -> Vec<Pair> {
        if self.found.is_exceeded() {
            return Vec::new();
        }
        let (long, short): (Vec<u32>, Vec<u32>) =
            edges.into_iter().partition(|&edge| self.west(edge).x <= slab[0] && self.east(edge).x >= slab[1]);
        let mut pairs = Vec::new();
        let mut note = |a: u32, b: u32| pairs.push((a.min(b), a.max(b)));
        if !long.is_empty() {
            let spanning = Spanning::new(self, slab, long);
            spanning.within(spanning.levels.len() - 1, 0, &mut note);
            short.iter().for_each(|&edge| spanning.met_by(edge, &mut note));
        }
        if short.len() <= FEW {
            for (i, &a) in short.iter().enumerate() {
                short[i + 1..].iter().filter(|&&b| self.boxes_touch(a, b)).for_each(|&b| note(a, b));
            }
            self.found.tried.fetch_add(pairs.len(), Relaxed);
            return pairs;
        }
        let inner = |lon: &f64| slab[0] < *lon && *lon < slab[1];
        let mut ends: Vec<f64> =
            short.iter().flat_map(|&edge| [self.west(edge).x, self.east(edge).x]).filter(inner).collect();
        let middle = ends.len() / 2;
        let (_, &mut lon, _) = ends.select_nth_unstable_by(middle, f64::total_cmp);
        drop(ends);
        self.on_line(lon, &short, &mut note);
        self.found.tried.fetch_add(pairs.len(), Relaxed);
        let west: Vec<u32> = short.iter().copied().filter(|&edge| self.west(edge).x < lon).collect();
        let mut east = short;
        east.retain(|&edge| self.east(edge).x > lon);
        let is_shared = west.len().min(east.len()) > SHARED;
        let (of_west, of_east) = (|| self.search([slab[0], lon], west), || self.search([lon, slab[1]], east));
        let (of_west, of_east) = if is_shared { rayon::join(of_west, of_east) } else { (of_west(), of_east()) };
        pairs.extend(of_west);
        pairs.extend(of_east);
        pairs
    }

    fn boxes_touch(&self, a: u32, b: u32) -> bool {
        let ([aw, ae], [bw, be]) = (self.edges[a as usize], self.edges[b as usize]);
        aw.x <= be.x && bw.x <= ae.x && aw.y.min(ae.y) <= bw.y.max(be.y) && bw.y.min(be.y) <= aw.y.max(ae.y)
    }

    /// The pairs that meet on a line of constant longitude, except those that only share an end.
    fn on_line(&self, lon: f64, edges: &[u32], note: &mut impl FnMut(u32, u32)) {
        let passing = |&edge: &u32| {
            let [west, east] = self.edges[edge as usize];
            let is_meridian = west.x == east.x;
            let lat = if is_meridian { [west.y, east.y] } else { self.at(edge, lon) };
            Passing { lat, edge, is_end: !is_meridian && (lon == west.x || lon == east.x) }
        };
        let reaches = |edge: &&u32| self.west(**edge).x <= lon && lon <= self.east(**edge).x;
        let mut all: Vec<Passing> = edges.iter().filter(reaches).map(passing).collect();
        all.sort_unstable_by(|a, b| {
            a.lat[0].total_cmp(&b.lat[0]).then(a.is_end.cmp(&b.is_end)).then(a.edge.cmp(&b.edge))
        });
        // The earlier edges that extend at least as far north as the start of the next. Edges ending in one position
        // form a group.
        let mut before: Vec<&[Passing]> = Vec::new();
        for here in all.chunk_by(|a, b| a.is_end && b.is_end && a.lat == b.lat) {
            let lat = here[0].lat;
            before.retain(|other| other[0].lat[1] >= lat[0]);
            for other in &before {
                // Edges along the line, or ending on it, that meet in a common end.
                let along =
                    |passing: &Passing| passing.is_end || self.west(passing.edge).x == self.east(passing.edge).x;
                let in_an_end = other[0].lat[1] == lat[0] || (here[0].is_end && other[0].lat[0] == lat[0]);
                if !(in_an_end && along(&other[0]) && along(&here[0])) {
                    here.iter().for_each(|a| other.iter().for_each(|b| note(a.edge, b.edge)));
                }
            }
            before.push(here);
        }
    }
}

/// A trapezoid: its latitude ranges at the western and the eastern side of a slab.
#[derive(Clone, Copy)]
struct Band {
    west: Range,
    east: Range,
}

impl Band {
    const NOTHING: Band = Band { west: [f64::INFINITY, f64::NEG_INFINITY], east: [f64::INFINITY, f64::NEG_INFINITY] };

    fn join(self, other: Band) -> Band {
        let join = |a: Range, b: Range| [a[0].min(b[0]), a[1].max(b[1])];
        Band { west: join(self.west, other.west), east: join(self.east, other.east) }
    }

    /// Whether it is south of another trapezoid inside the slab.
    fn is_south_of(&self, other: &Band) -> bool {
        let (at_west, at_east) = (other.west[0] - self.west[1], other.east[0] - self.east[1]);
        at_west >= 0.0 && at_east >= 0.0 && (at_west > 0.0 || at_east > 0.0)
    }
}

/// The edges that span a slab, sorted from south to north, under a tree of trapezoids.
struct Spanning<'a> {
    slabs: &'a Slabs,
    slab: [f64; 2],
    edges: Vec<u32>,
    levels: Vec<Vec<Band>>,
}

impl<'a> Spanning<'a> {
    fn new(slabs: &'a Slabs, slab: [f64; 2], edges: Vec<u32>) -> Self {
        let band = |edge: u32| Band { west: slabs.at(edge, slab[0]), east: slabs.at(edge, slab[1]) };
        let mut banded: Vec<(Band, u32)> = edges.into_iter().map(|edge| (band(edge), edge)).collect();
        banded.sort_unstable_by(|(a, one), (b, other)| {
            let middle = |range: Range| range[0] + range[1];
            let at_west = middle(a.west).total_cmp(&middle(b.west));
            at_west.then(middle(a.east).total_cmp(&middle(b.east))).then(one.cmp(other))
        });
        let (bands, edges): (Vec<Band>, Vec<u32>) = banded.into_iter().unzip();
        let mut levels = vec![bands];
        while levels[levels.len() - 1].len() > 1 {
            let below = &levels[levels.len() - 1];
            levels.push(below.chunks(FAN).map(|bands| bands.iter().copied().fold(Band::NOTHING, Band::join)).collect());
        }
        Spanning { slabs, slab, edges, levels }
    }

    fn children(&self, level: usize, node: usize) -> std::ops::Range<usize> {
        node * FAN..((node + 1) * FAN).min(self.levels[level - 1].len())
    }

    /// Pairs of edges under a node that may meet in the slab.
    fn within(&self, level: usize, node: usize, note: &mut impl FnMut(u32, u32)) {
        if level == 0 {
            return;
        }
        let children = self.children(level, node);
        for a in children.clone() {
            self.within(level - 1, a, note);
            (a + 1..children.end).for_each(|b| self.between(level - 1, a, b, note));
        }
    }

    fn between(&self, level: usize, a: usize, b: usize, note: &mut impl FnMut(u32, u32)) {
        let (south, north) = (&self.levels[level][a], &self.levels[level][b]);
        if south.is_south_of(north) || north.is_south_of(south) {
            return;
        }
        if level == 0 {
            return note(self.edges[a], self.edges[b]);
        }
        for a in self.children(level, a) {
            self.children(level, b).for_each(|b| self.between(level - 1, a, b, note));
        }
    }

    /// Pairs of an edge that ends in the slab with edges that span it.
    fn met_by(&self, edge: u32, note: &mut impl FnMut(u32, u32)) {
        let [west, east] = self.slabs.edges[edge as usize];
        let begins = if west.x > self.slab[0] { (west.x, [west.y; 2]) } else { self.side(0, edge) };
        let ends = if east.x < self.slab[1] { (east.x, [east.y; 2]) } else { self.side(1, edge) };
        let mut waiting = vec![(self.levels.len() - 1, 0)];
        while let Some((level, node)) = waiting.pop() {
            let band = &self.levels[level][node];
            let beyond = |bound: usize, sign: f64| {
                [begins, ends].into_iter().all(|(lon, lat)| {
                    let inner = self.slab[0] < lon && lon < self.slab[1];
                    let off = sign * (lat[1 - bound] - self.bound(band, bound, lon));
                    if inner { off > self.slabs.slack } else { off >= 0.0 }
                })
            };
            if beyond(1, 1.0) || beyond(0, -1.0) {
                continue;
            }
            match level {
                0 => note(edge, self.edges[node]),
                _ => waiting.extend(self.children(level, node).map(|child| (level - 1, child))),
            }
        }
    }

    fn side(&self, side: usize, edge: u32) -> (f64, Range) {
        (self.slab[side], self.slabs.at(edge, self.slab[side]))
    }

    /// The southern (0) or northern (1) bound of a trapezoid.
    fn bound(&self, band: &Band, bound: usize, lon: f64) -> f64 {
        let (west, east) = (band.west[bound], band.east[bound]);
        if lon == self.slab[0] {
            west
        } else if lon == self.slab[1] {
            east
        } else {
            west + (lon - self.slab[0]) / (self.slab[1] - self.slab[0]) * (east - west)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo::Line;
    use geo::algorithm::line_intersection::{LineIntersection, line_intersection};
    use proptest::prelude::*;

    fn edges(ends: &[(i32, i32, i32, i32)], turn: f64) -> Vec<[Coord; 2]> {
        // Coarse coordinates give common ends, overlaps and touches; rotated, they are rounded.
        let (sin, cos) = turn.sin_cos();
        let at = |x: i32, y: i32| {
            let (x, y) = (f64::from(x), f64::from(y));
            Coord { x: x * cos - y * sin, y: x * sin + y * cos }
        };
        let edges = ends.iter().map(|&(ax, ay, bx, by)| [at(ax, ay), at(bx, by)]);
        edges.filter(|[a, b]| a != b).collect()
    }

    /// Whether edges meet other than in a common end.
    fn meet_elsewhere(a: [Coord; 2], b: [Coord; 2]) -> bool {
        match line_intersection(Line::new(a[0], a[1]), Line::new(b[0], b[1])) {
            None => false,
            Some(LineIntersection::Collinear { intersection }) => intersection.start != intersection.end,
            Some(LineIntersection::SinglePoint { is_proper, .. }) => is_proper || !a.iter().any(|end| b.contains(end)),
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(256) })]

        #[test]
        fn every_pair_that_meets_is_found(
            ends in prop::collection::vec((0..12_i32, 0..12_i32, 0..12_i32, 0..12_i32), 0..90),
            turn in prop::sample::select(vec![0.0, 0.3, 1.0]),
        ) {
            let edges = edges(&ends, turn);
            let found = meeting_pairs(edges.iter().copied(), usize::MAX).unwrap();
            for i in 0..edges.len() {
                for j in (i + 1..edges.len()).filter(|j| meet_elsewhere(edges[i], edges[*j])) {
                    prop_assert!(found.binary_search(&(i as u32, j as u32)).is_ok(), "{:?} {:?}", edges[i], edges[j]);
                }
            }
        }
    }

    #[test]
    fn a_star_a_fan_and_parallels_have_few_pairs() {
        let circle = |share: f64, radius: f64| {
            let (sin, cos) = (share * std::f64::consts::TAU).sin_cos();
            Coord { x: 40.0 + radius * cos, y: 40.0 + radius * sin }
        };
        let count = 3000;
        let share = |i: usize| i as f64 / f64::from(count);
        let spikes = |i: usize| [circle(share(i), [0.01, 4.0][i % 2]), circle(share(i + 1), [4.0, 0.01][i % 2])];
        let rays = |i: usize| [circle(0.0, 0.0), circle(share(i), 4.0)];
        let diagonals = |i: usize| {
            let off = i as f64 * 1e-4;
            [Coord { x: 40.0 + off, y: 40.0 }, Coord { x: 45.0 + off, y: 44.0 }]
        };
        let all = 0..count as usize;
        let shapes: [Vec<[Coord; 2]>; 3] =
            [all.clone().map(spikes).collect(), all.clone().map(rays).collect(), all.map(diagonals).collect()];
        for edges in shapes {
            let found = meeting_pairs(edges, 20 * count as usize).map_or(usize::MAX, |found| found.len());
            assert!(found < 20 * count as usize, "{found}");
        }
    }
}

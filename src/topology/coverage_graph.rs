//! Coverage graph: every edge of all territories once, with the parts on its left and right.

use super::COINCIDENT_M;
use super::intern::{number_all, plain};
use super::node::{self, CancelledEdge};
use super::seam::{self, Seam, seams};
use super::uses::{Rings, Use, of_edges, same_edge};
use crate::earth::LocalPlane;
use crate::model::{Corners, DisjointSets, Memo, Territory};
use geo::{Coord, Polygon};
use rayon::prelude::*;
use rustc_hash::FxHashSet;
use std::borrow::Borrow;
use std::cmp::Ordering;

/// A part of a territory: polygons that share an edge are one part.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// Index of its territory in the input list.
    pub territory: usize,
    /// Number within the territory, from 1, in file order.
    pub number: usize,
    /// Indices of its polygons in the territory's list.
    pub polygons: Vec<usize>,
    /// South-west and north-east corners (lon, lat in degrees).
    pub bounds: (Coord, Coord),
}

/// An edge with one part on its left and one on its right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SharedEdge {
    /// Number of its first position.
    pub from: u32,
    /// Number of its last position.
    pub to: u32,
    /// Index of the part on the left.
    pub left: u32,
    /// Index of the part on the right.
    pub right: u32,
}

/// The coverage graph of a list of territories: their edges, matched where they coincide.
///
/// # Method
/// Positions are numbered by hashing their bits; edges are sorted by the numbers of their ends, so that equal edges
/// become adjacent: linear except for the sort. Edges that one polygon uses in both directions (a spike, or an edge
/// common to two of its holes) bound no land and are removed. Unmatched edges are cut at vertices within
/// [`COINCIDENT_M`] of them (T-junction noding) and sorted again. Edges along +180° and −180° over the same latitudes
/// are matched.
pub struct CoverageGraph {
    /// Positions by number, (lon, lat) in degrees.
    pub positions: Vec<Coord>,
    /// Parts, territory by territory.
    pub parts: Vec<Part>,
    /// Part of each polygon.
    part_of: Vec<u32>,
    /// By position: whether several rings pass it, or one ring several times.
    pub(super) several: Vec<bool>,
    /// Uses of edges by polygons, sorted by edge.
    pub(super) uses: Vec<Use>,
    /// Indices of the first uses of edges with more than one.
    repeated: Vec<u32>,
    /// Stretches of ±180° with a polygon on either side.
    seams: Vec<Seam>,
    /// Numbers of the positions at ±180°, in ascending order.
    at_180: Vec<u32>,
    /// Edges that bounded no land, and the polygon of each ring.
    folded: Vec<CancelledEdge>,
    polygon_of: Vec<u32>,
    /// By position: whether unpartnered edges that end there may meet unpartnered edges of another territory; empty if
    /// unknown.
    pub(super) near_other_territory: Vec<bool>,
    /// Index of the first polygon of each territory in the list of all polygons.
    pub(super) first_polygon: Vec<usize>,
    pub(super) territory_of: Vec<u32>,
    /// Cached result of [`unmatched_edges`](Self::unmatched_edges).
    open: Memo<Vec<(u32, u32, u32)>>,
}

impl CoverageGraph {
    /// Builds the graph. Parts of one territory must not share land: see [`clean`](super::clean()).
    pub fn new<T: Borrow<Territory>>(territories: &[T]) -> Self {
        let polygons: Vec<(usize, &Polygon)> = territories
            .iter()
            .map(Borrow::borrow)
            .enumerate()
            .flat_map(|(number, t)| t.parts().iter().map(move |part| (number, part)))
            .collect();
        let territory_of: Vec<u32> = polygons.iter().map(|(number, _)| *number as u32).collect();
        let first_polygon = territories
            .iter()
            .map(|t| t.borrow().parts().len())
            .scan(0, |next, parts| Some(std::mem::replace(next, *next + parts)));
        let first_polygon = first_polygon.collect();
        let (mut starts, mut polygon_of) = (vec![0], Vec::new());
        for (polygon, (_, part)) in polygons.iter().enumerate() {
            for ring in rings(part) {
                starts.push(starts[starts.len() - 1] + ring.len() - 1);
                polygon_of.push(polygon as u32);
            }
        }
        // Rings without the closing position; collected in one piece, as copies would take longer than the cores save.
        let mut corners: Vec<Coord> = Vec::with_capacity(starts[starts.len() - 1]);
        for ring in polygons.iter().flat_map(|(_, part)| rings(part)) {
            corners.extend(ring[..ring.len() - 1].iter().map(|&position| plain(position)));
        }
        let (numbers, mut positions) = number_all(corners);
        let mut several = come_again(&numbers, positions.len());
        let rings = Rings { numbers, starts };
        let mut uses = rings.sorted();
        let nodes =
            node::at_junctions(&positions, &mut uses, &rings, (&polygon_of, &territory_of), &several, COINCIDENT_M);
        drop(rings);
        nodes.junctions.iter().for_each(|&junction| several[junction as usize] = true);
        let mut at_180 = seam::at_180(&positions);
        seam::at_junctions(&mut positions, &mut uses, &mut at_180);
        several.resize(positions.len(), true);
        let mut near_other_territory = nodes.near_other_territory;
        if !near_other_territory.is_empty() {
            near_other_territory.resize(positions.len(), true);
        }
        uses.par_iter_mut().for_each(|u| *u = u.of(polygon_of[u.owner() as usize]));
        let repeated = of_edges(&uses, |start, edge, out| out.extend((edge.len() > 1).then_some(start)));
        let seams = seams(&positions, &uses, &at_180);
        let (parts, part_of, folded) = (Vec::new(), Vec::new(), nodes.folded);
        let mut graph = CoverageGraph {
            positions,
            parts,
            part_of,
            several,
            uses,
            repeated,
            seams,
            at_180,
            folded,
            polygon_of,
            near_other_territory,
            first_polygon,
            territory_of,
            open: Memo::new(),
        };
        graph.join_parts(territories.iter().flat_map(|territory| territory.borrow().corners()));
        graph
    }

    /// The uses of each edge.
    pub(super) fn edges(&self) -> impl Iterator<Item = &[Use]> {
        self.uses.chunk_by(same_edge)
    }

    /// The same, in parallel.
    pub(super) fn par_edges(&self) -> impl ParallelIterator<Item = &[Use]> {
        self.uses.par_chunk_by(same_edge)
    }

    /// Calls `each` for every edge with more than one use, in parallel; results are in the order of the edges.
    pub(super) fn of_repeated<T: Send>(&self, each: impl Fn(&[Use], &mut Vec<T>) + Sync) -> Vec<T> {
        /// Edges per parallel task.
        const BLOCK: usize = 1 << 14;
        let of_block = |starts: &[u32]| {
            let mut out = Vec::new();
            for &start in starts {
                let rest = &self.uses[start as usize..];
                each(&rest[..rest.iter().take_while(|u| same_edge(u, &rest[0])).count()], &mut out);
            }
            out
        };
        let found: Vec<Vec<T>> = self.repeated.par_chunks(BLOCK).map(of_block).collect();
        found.into_iter().flatten().collect()
    }

    /// Joins polygons of one territory on both sides of an edge into one part; the edge becomes interior.
    fn join_parts<'t>(&mut self, outlines: impl Iterator<Item = &'t Corners>) {
        let mut sets = DisjointSets::new(self.territory_of.len());
        let neighbours: Vec<(u32, u32)> = self.of_repeated(|edge, out| self.inner(edge, out));
        for (a, b) in neighbours {
            sets.unite(a, b);
        }
        for Seam { west: a, east: b, .. } in &self.seams {
            if self.territory_of[*a as usize] == self.territory_of[*b as usize] {
                sets.unite(*a, *b);
            }
        }
        self.part_of = vec![0; sets.len()];
        for (polygon, &outline) in outlines.enumerate() {
            let territory = self.territory_of[polygon] as usize;
            let own = polygon - self.first_polygon[territory];
            let first = sets.root(polygon as u32) as usize;
            if first == polygon {
                let number = self.parts.last().filter(|p| p.territory == territory).map_or(0, |p| p.number) + 1;
                self.part_of[polygon] = self.parts.len() as u32;
                self.parts.push(Part { territory, number, polygons: vec![own], bounds: outline });
            } else {
                self.part_of[polygon] = self.part_of[first];
                let part = &mut self.parts[self.part_of[first] as usize];
                part.polygons.push(own);
                let (low, high) = part.bounds;
                part.bounds = (
                    Coord { x: low.x.min(outline.0.x), y: low.y.min(outline.0.y) },
                    Coord { x: high.x.max(outline.1.x), y: high.y.max(outline.1.y) },
                );
            }
        }
    }

    /// Pairs of polygons of one territory on both sides of an edge: just enough to join them all.
    fn inner(&self, edge: &[Use], pairs: &mut Vec<(u32, u32)>) {
        let territory = |u: &Use| self.territory_of[u.owner() as usize];
        if edge.len() == 2 && territory(&edge[0]) != territory(&edge[1]) {
            return;
        }
        let (back, forth) = edge.split_at(edge.partition_point(|u| !u.forward()));
        for own in back.chunk_by(|a, b| territory(a) == territory(b)) {
            let across = forth.partition_point(|u| territory(u) < territory(&own[0]));
            let across = forth[across..].iter().take_while(|u| territory(u) == territory(&own[0]));
            // The first one with all across, and the first across with all.
            pairs.extend(across.clone().map(|u| (own[0].owner(), u.owner())));
            pairs.extend(across.take(1).flat_map(|u| own.iter().map(|v| (v.owner(), u.owner()))));
        }
    }

    /// Edges that two territories share, once for each pair of parts; `left` belongs to the earlier territory.
    pub fn shared_edges(&self) -> Vec<SharedEdge> {
        let territory = |u: &Use| self.territory_of[u.owner() as usize];
        let part = |u: &Use| self.part_of[u.owner() as usize];
        let between = |forward: &Use, backward: &Use| {
            let (low, high) = (forward.low, forward.high);
            match territory(forward).cmp(&territory(backward)) {
                Ordering::Less => Some(SharedEdge { from: low, to: high, left: part(forward), right: part(backward) }),
                Ordering::Greater => {
                    Some(SharedEdge { from: high, to: low, left: part(backward), right: part(forward) })
                }
                Ordering::Equal => None,
            }
        };
        let mut shared: Vec<SharedEdge> = self.of_repeated(|edge, out| match edge {
            // Backward uses come first.
            [back, forth] => out.extend(if back.forward() == forth.forward() { None } else { between(forth, back) }),
            _ => out.extend(self.outer_pairs(edge).filter_map(|(forth, back)| between(forth, back))),
        });
        for seam in self.outer_seams() {
            let [west, east] = [seam.west, seam.east].map(|polygon| self.part_of[polygon as usize]);
            let territory = |part: u32| self.parts[part as usize].territory;
            // Going north, the western land is on the left.
            match territory(west).cmp(&territory(east)) {
                Ordering::Less => shared.push(SharedEdge { from: seam.south, to: seam.north, left: west, right: east }),
                Ordering::Greater => {
                    shared.push(SharedEdge { from: seam.north, to: seam.south, left: east, right: west })
                }
                Ordering::Equal => {}
            }
        }
        // Edges of a pair are in order already, in long runs.
        shared.par_sort_by_key(|e| (e.left, e.right, e.from, e.to));
        shared.dedup();
        shared
    }

    /// Pairs of opposite uses of an edge, without those of territories with land on both sides of it.
    fn outer_pairs<'a>(&'a self, edge: &'a [Use]) -> impl Iterator<Item = (&'a Use, &'a Use)> {
        let (back, forth) = edge.split_at(edge.partition_point(|u| !u.forward()));
        let outer = |u: &&Use, across: &[Use]| {
            let territory = self.territory_of_use(u);
            across.binary_search_by_key(&territory, |v| self.territory_of_use(v)).is_err()
        };
        let backward: Vec<&Use> = back.iter().filter(|u| outer(u, forth)).collect();
        let forward = forth.iter().filter(move |u| outer(u, back));
        forward.flat_map(move |f| backward.clone().into_iter().map(move |b| (f, b)))
    }

    /// Stretches of the antimeridian between two different territories, neither of which has land on the other side.
    fn outer_seams(&self) -> impl Iterator<Item = &Seam> {
        let territory = |polygon: u32| self.territory_of[polygon as usize];
        self.seams.chunk_by(|a, b| (a.south, a.north) == (b.south, b.north)).flat_map(move |stretch| {
            let inner = stretch.iter().map(|seam| [territory(seam.west), territory(seam.east)]);
            let inner: FxHashSet<u32> = inner.filter(|[west, east]| west == east).map(|[west, _]| west).collect();
            stretch.iter().filter(move |seam| {
                let inside = |polygon: u32| inner.contains(&territory(polygon));
                !inside(seam.west) && !inside(seam.east)
            })
        })
    }

    /// The outline of every part, as (part, from, to): directed edges, interior on the left, without interior edges.
    pub fn outlines(&self) -> impl Iterator<Item = (u32, u32, u32)> {
        self.edges().flat_map(move |edge| {
            let (back, forth) = edge.split_at(edge.partition_point(|u| !u.forward()));
            edge.iter().filter_map(move |u| {
                let (territory, part) = (self.territory_of_use(u), self.part_of_use(u));
                let across = if u.forward() { back } else { forth };
                let first = across.partition_point(|v| self.territory_of_use(v) < territory);
                let mut same = across[first..].iter().take_while(|v| self.territory_of_use(v) == territory);
                let inner = same.any(|v| self.part_of_use(v) == part);
                (!inner).then_some(if u.forward() { (part, u.low, u.high) } else { (part, u.high, u.low) })
            })
        })
    }

    /// Stretches of the antimeridian inside a part, as (part, south, north). [`outlines`](Self::outlines) contains them
    /// twice, once from each side.
    pub fn inner_seams(&self) -> impl Iterator<Item = (u32, u32, u32)> {
        self.seams.iter().filter_map(|seam| {
            let [west, east] = [seam.west, seam.east].map(|polygon| self.part_of[polygon as usize]);
            (west == east).then_some((west, seam.south, seam.north))
        })
    }

    /// Neighbours across the antimeridian, as (part, latitudes from south to north, part on the other side); each
    /// stretch once from each side.
    pub(super) fn across_seams(&self) -> impl Iterator<Item = (u32, [f64; 2], u32)> {
        self.seams.iter().flat_map(|seam| {
            let [west, east] = [seam.west, seam.east].map(|polygon| self.part_of[polygon as usize]);
            let latitudes = [seam.south, seam.north].map(|end| self.position(end).y);
            [(west, latitudes, east), (east, latitudes, west)]
        })
    }

    /// Edges with no partner on the other side, nor across ±180°, as (part, from, to), interior on the left.
    pub fn unmatched_edges(&self) -> &[(u32, u32, u32)] {
        self.open.get(|| self.find_unmatched_edges())
    }

    fn find_unmatched_edges(&self) -> Vec<(u32, u32, u32)> {
        let unmatched = self.unmatched();
        of_edges(&self.uses, |_, edge, out| {
            if unmatched.holds(edge) {
                out.extend(edge.iter().map(|u| self.directed(u)));
            }
        })
    }

    /// The test for edges with no partner on the other side, nor across ±180°.
    pub(super) fn unmatched(&self) -> Unmatched<'_> {
        let latitudes = self.seams.iter().map(|seam| latitudes(&self.positions, seam.south, seam.north));
        Unmatched { positions: &self.positions, seams: latitudes.collect() }
    }

    /// Number of uses of unmatched edges.
    pub(super) fn count_of_unmatched(&self) -> usize {
        let (unmatched, along) = (self.unmatched(), seam::along(&self.positions, &self.uses, &self.at_180));
        let matched = |edge: &[Use], out: &mut Vec<usize>| out.extend((!is_one_sided(edge)).then_some(edge.len()));
        let matched: usize = self.of_repeated(matched).into_iter().sum();
        let along: Vec<Use> = along.into_iter().map(|(_, u)| u).collect();
        let across = along.chunk_by(same_edge).filter(|edge| is_one_sided(edge) && !unmatched.holds(edge));
        self.uses.len() - matched - across.map(<[Use]>::len).sum::<usize>()
    }

    /// The part and the direction of a use, interior on the left.
    pub(super) fn directed(&self, u: &Use) -> (u32, u32, u32) {
        let part = self.part_of_use(u);
        if u.forward() { (part, u.low, u.high) } else { (part, u.high, u.low) }
    }

    /// Territory of the polygon of a use.
    pub(super) fn territory_of_use(&self, u: &Use) -> u32 {
        self.territory_of[u.owner() as usize]
    }

    /// Territories of the two parts of a shared edge.
    pub(super) fn territories_of(&self, edge: &SharedEdge) -> [u32; 2] {
        [edge.left, edge.right].map(|part| self.parts[part as usize].territory as u32)
    }

    /// Territories whose outlines contain a spike (an edge used in both directions by one ring), in ascending order.
    /// Spikes shorter than twice [`COINCIDENT_M`] are ignored: they result from noding.
    pub fn spiked(&self) -> Vec<usize> {
        let spikes = self.folded.iter().filter(|f| f.rings[0] == f.rings[1] && self.is_long(f.ends[0], f.ends[1]));
        let territory = |ring: u32| self.territory_of[self.polygon_of[ring as usize] as usize] as usize;
        let mut found: Vec<usize> = spikes.map(|f| territory(f.rings[0])).collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    /// Whether two positions are farther apart than twice [`COINCIDENT_M`], the most for vertices meant to be the same
    /// point.
    pub(super) fn is_long(&self, from: u32, to: u32) -> bool {
        /// Lower bound of the length of a degree of latitude.
        const LEAST_M: f64 = 110_500.0;
        let (from, to) = (self.position(from), self.position(to));
        if (to.y - from.y).abs() * LEAST_M > 2.0 * COINCIDENT_M {
            return true;
        }
        let d = LocalPlane::at(from).to_m(to);
        d.x.hypot(d.y) > 2.0 * COINCIDENT_M
    }

    /// Pairs of rings of one polygon with a common edge, which bounds no land: (polygon in the list of all, ring, other
    /// ring); the shell is ring 0.
    pub(super) fn walls(&self) -> impl Iterator<Item = (usize, usize, usize)> {
        let walls = self.folded.iter().map(|f| f.rings).filter(|[ring, other]| ring != other);
        walls.map(|[ring, other]| {
            let polygon = self.polygon_of[ring as usize];
            let first = self.polygon_of.partition_point(|p| *p < polygon);
            (polygon as usize, ring as usize - first, other as usize - first)
        })
    }

    /// The position (lon, lat in degrees) with this number.
    pub fn position(&self, number: u32) -> Coord {
        self.positions[number as usize]
    }

    /// Part of the polygon of a use.
    pub(super) fn part_of_use(&self, u: &Use) -> u32 {
        self.part_of[u.owner() as usize]
    }

    /// Part of a polygon, given the indices of its territory and of the polygon in the territory's list.
    pub fn part_of_polygon(&self, territory: usize, polygon: usize) -> usize {
        self.part_of[self.first_polygon[territory] + polygon] as usize
    }
}

/// Tells edges with no partner on the other side, nor across ±180°.
pub(super) struct Unmatched<'a> {
    positions: &'a [Coord],
    /// Latitudes of stretches of ±180° with land on either side.
    seams: FxHashSet<[u64; 2]>,
}

impl Unmatched<'_> {
    /// Whether an edge, given by all its uses, is unmatched.
    pub fn holds(&self, edge: &[Use]) -> bool {
        is_one_sided(edge) && (self.seams.is_empty() || !self.is_on_seam(&edge[0]))
    }

    fn is_on_seam(&self, u: &Use) -> bool {
        let [a, b] = [u.low, u.high].map(|end| self.positions[end as usize].x);
        a.abs() == 180.0 && a == b && self.seams.contains(&latitudes(self.positions, u.low, u.high))
    }
}

/// Whether all uses of an edge have their land on one side.
fn is_one_sided(edge: &[Use]) -> bool {
    // Backward uses come first.
    edge[0].forward() == edge[edge.len() - 1].forward()
}

/// The latitudes of two positions, the southern one first, as bits.
fn latitudes(positions: &[Coord], from: u32, to: u32) -> [u64; 2] {
    let (a, b) = (positions[from as usize].y, positions[to as usize].y);
    [a.min(b), a.max(b)].map(f64::to_bits)
}

/// Marks numbers that occur more than once in a list that introduces them in ascending order.
fn come_again(numbers: &[u32], count: usize) -> Vec<bool> {
    let (mut again, mut next) = (vec![false; count], 0);
    for &number in numbers {
        if number == next {
            next += 1;
        } else {
            again[number as usize] = true;
        }
    }
    again
}

/// The non-empty rings of a polygon.
fn rings(part: &Polygon) -> impl Iterator<Item = &Vec<Coord>> {
    std::iter::once(part.exterior()).chain(part.interiors()).map(|ring| &ring.0).filter(|ring| !ring.is_empty())
}

//! Nesting of parts inside other territories: enclaves and their hosts.

use super::BoxIndex;
use super::coverage_graph::{CoverageGraph, SharedEdge};
use super::surroundings::{Hole, Surroundings, middle, shell};
use crate::earth::Ranked;
use crate::model::{EdgeTree, Location, Territory};
use geo::{Area, Coord, Point};
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use std::borrow::Borrow;
use std::collections::{BTreeMap, BTreeSet};

/// Share of a hole that parts of one territory must fill to count as surrounded by the hole's owner although the
/// outlines do not coincide.
const FILLED: f64 = 0.98;

/// The position of a part relative to the others.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Nesting {
    /// Territories with which it shares an edge, and its hosts.
    pub neighbours: BTreeSet<usize>,
    /// The part of another territory that wholly surrounds it, if any; if several territories claim the land around it,
    /// one part of each.
    pub hosts: Vec<usize>,
    /// Whether the host's polygon has no hole for it, so that both cover the land.
    pub overlaps_host: bool,
    /// Whether it fills the host's hole only approximately: the two outlines do not coincide.
    pub gap_to_host: bool,
}

/// Returns the position of each part of the coverage graph relative to the others.
///
/// # Method
/// A part is surrounded by another territory if its whole outer outline consists of edges shared with that territory
/// (also across the antimeridian); or if it lies in the land of a part that has no hole for it; or if it fills a hole
/// of that part to 98 % of the hole's planar area, alone or with other parts of its own territory and whatever lies in
/// their holes. If several territories claim the land around it, none of them inside another, each of them surrounds
/// it.
///
/// # Panics
/// Panics if the graph or the shared edges were not derived from these territories.
///
/// # Examples
/// ```
/// use merestone::geo::{Rect, coord};
/// use merestone::model::{InvalidGeometry, Territory};
/// use merestone::topology::{CoverageGraph, nest};
/// # let square = |id: &str, west: f64| {
/// #     Territory::new(id, [Rect::new(coord! { x: west, y: 45.0 }, coord! { x: west + 1.0, y: 46.0 }).to_polygon()])
/// # };
/// let territories = [square("a", 10.0)?, square("b", 11.0)?];
/// let graph = CoverageGraph::new(&territories);
/// let nesting = nest(&territories, &graph, &graph.shared_edges());
/// assert!(nesting[0].neighbours.contains(&1) && nesting[0].hosts.is_empty());
/// # Ok::<(), InvalidGeometry>(())
/// ```
pub fn nest<T: Borrow<Territory>>(territories: &[T], graph: &CoverageGraph, shared: &[SharedEdge]) -> Vec<Nesting> {
    let territories: &[&Territory] = &territories.iter().map(Borrow::borrow).collect::<Vec<_>>();
    let mut nesting = vec![Nesting::default(); graph.parts.len()];
    for edge in shared {
        let (left, right) = (&graph.parts[edge.left as usize], &graph.parts[edge.right as usize]);
        nesting[edge.left as usize].neighbours.insert(right.territory);
        nesting[edge.right as usize].neighbours.insert(left.territory);
    }
    by_edges(territories, graph, shared, &mut nesting);
    let index = BoxIndex::new(graph.parts.iter().enumerate().map(|(i, part)| (part.bounds, i as u32)));
    let around = Surroundings::new(territories, graph);
    let host_around = |part: usize, by_size: Option<&BySize>| land_around(graph, &index, &around, part, by_size);
    let open = (0..graph.parts.len()).into_par_iter().filter(|&part| nesting[part].hosts.is_empty());
    let inside: Vec<(usize, Option<Vec<usize>>)> = open.map(|part| (part, host_around(part, None))).collect();
    let by_size = inside.iter().any(|(_, hosts)| hosts.is_none()).then(|| BySize::new(graph));
    let inside: Vec<(usize, Vec<usize>)> = inside
        .into_par_iter()
        .map(|(part, hosts)| (part, hosts.or_else(|| host_around(part, by_size.as_ref())).unwrap_or_default()))
        .collect();
    for (part, hosts) in inside.into_iter().filter(|(_, hosts)| !hosts.is_empty()) {
        nesting[part].overlaps_host = true;
        settle(graph, &mut nesting, part, hosts);
    }
    for (part, host) in in_holes(graph, &index, &around, &nesting) {
        nesting[part].gap_to_host = true;
        settle(graph, &mut nesting, part, vec![host]);
    }
    nesting
}

/// Adds hosts to a part; part and host become neighbours.
fn settle(graph: &CoverageGraph, nesting: &mut [Nesting], part: usize, hosts: Vec<usize>) {
    for &host in &hosts {
        nesting[part].neighbours.insert(graph.parts[host].territory);
        nesting[host].neighbours.insert(graph.parts[part].territory);
    }
    nesting[part].hosts.extend(hosts);
}

/// An edge of a part, and the part on its other side.
type Across = ((u32, u32), u32);

/// Finds parts whose outer outline is shared with one other territory, edge by edge.
fn by_edges(territories: &[&Territory], graph: &CoverageGraph, shared: &[SharedEdge], nesting: &mut [Nesting]) {
    let mut across: BTreeMap<u32, Vec<Across>> = BTreeMap::new();
    for e in shared {
        across.entry(e.left).or_default().push(((e.from, e.to), e.right));
        across.entry(e.right).or_default().push(((e.to, e.from), e.left));
    }
    let mut seams: BTreeMap<u32, Vec<([f64; 2], u32)>> = BTreeMap::new();
    for (part, latitudes, other) in graph.across_seams() {
        seams.entry(part).or_default().push((latitudes, other));
    }
    seams.values_mut().for_each(|stretches| stretches.sort_by(|a, b| a.0[0].total_cmp(&b.0[0])));
    let mut outer: BTreeMap<u32, Vec<(u32, u32)>> = BTreeMap::new();
    for (part, from, to) in graph.outlines().filter(|(part, ..)| !nesting[*part as usize].neighbours.is_empty()) {
        outer.entry(part).or_default().push((from, to));
    }
    let territory = |p: &u32| graph.parts[*p as usize].territory;
    for (part, edges) in outer {
        let Some(partners) = across.get_mut(&part) else { continue };
        partners.sort_unstable();
        let partners = partners.as_slice();
        // The parts across an edge of the outline; `None` without a neighbour.
        let opposite = |edge: (u32, u32)| -> Option<Vec<u32>> {
            let at = partners.partition_point(|(e, _)| *e < edge);
            let here: Vec<u32> = partners[at..].iter().take_while(|(e, _)| *e == edge).map(|(_, p)| *p).collect();
            if !here.is_empty() {
                return Some(here);
            }
            let beyond = beyond_seam(graph, edge, seams.get(&part)?)?;
            // Consecutive stretches of the antimeridian: one territory must hold all of them.
            beyond.windows(2).all(|two| territory(&two[0]) == territory(&two[1])).then_some(beyond)
        };
        let own = graph.parts[part as usize].territory;
        let (mut parts, mut surrounding): (Vec<u32>, Option<BTreeSet<usize>>) = (Vec::new(), None);
        for edge in rim(territories, graph, part as usize, edges) {
            let here = opposite(edge).unwrap_or_default();
            // The part's own land across the antimeridian: not part of its outline.
            if !here.is_empty() && here.iter().all(|p| territory(p) == own) {
                continue;
            }
            let holders: BTreeSet<usize> = here.iter().map(territory).collect();
            surrounding = Some(surrounding.map_or(holders.clone(), |before| &before & &holders));
            if surrounding.as_ref().is_some_and(BTreeSet::is_empty) {
                break;
            }
            parts.extend(here);
        }
        let most = |t: usize| mode(parts.iter().filter(|p| territory(p) == t));
        nesting[part as usize].hosts = surrounding.into_iter().flatten().filter_map(most).collect();
    }
}

/// The parts across the antimeridian from an edge along it, if they leave no gap; stretches are ordered from south to
/// north, and end where either side has a vertex.
fn beyond_seam(graph: &CoverageGraph, (from, to): (u32, u32), stretches: &[([f64; 2], u32)]) -> Option<Vec<u32>> {
    let (a, b) = (graph.position(from), graph.position(to));
    if a.x.abs() != 180.0 || a.x != b.x {
        return None;
    }
    let (mut reached, north) = (a.y.min(b.y), a.y.max(b.y));
    let mut parts = Vec::new();
    for ([south, end], part) in stretches {
        if *south <= reached && *end > reached && reached < north {
            reached = *end;
            parts.push(*part);
        }
    }
    (reached >= north).then_some(parts)
}

/// The outer edges of a part, without those of its holes.
fn rim(territories: &[&Territory], graph: &CoverageGraph, part: usize, edges: Vec<(u32, u32)>) -> Vec<(u32, u32)> {
    let holes: BTreeSet<(u64, u64)> = super::surroundings::polygons(territories, graph, part)
        .flat_map(|p| p.interiors())
        .flat_map(|hole| hole.0.iter().map(|c| (c.x.to_bits(), c.y.to_bits())))
        .collect();
    if holes.is_empty() && graph.parts[part].polygons.len() == 1 {
        return edges;
    }
    // Classifies rings by orientation: outer ones are counter-clockwise.
    let lines = super::chain(&edges, &graph.positions);
    let mut numbers: BTreeMap<(u64, u64), u32> = BTreeMap::new();
    for &(from, to) in &edges {
        for n in [from, to] {
            let c = graph.position(n);
            numbers.insert((c.x.to_bits(), c.y.to_bits()), n);
        }
    }
    let sense = |line: &[Coord]| {
        line.windows(2)
            .map(|e| (e[0].x - line[0].x) * (e[1].y - line[0].y) - (e[1].x - line[0].x) * (e[0].y - line[0].y))
            .sum::<f64>()
    };
    lines
        .iter()
        .filter(|line| line.first() != line.last() || sense(line) > 0.0)
        .flat_map(|line| line.windows(2).map(|e| (e[0], e[1])))
        .map(|(a, b)| (numbers[&(a.x.to_bits(), a.y.to_bits())], numbers[&(b.x.to_bits(), b.y.to_bits())]))
        .collect()
}

/// The most frequent part.
fn mode<'a>(parts: impl Iterator<Item = &'a u32>) -> Option<usize> {
    let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
    parts.for_each(|part| *counts.entry(*part).or_default() += 1);
    counts.into_iter().max_by_key(|(part, count)| (*count, std::cmp::Reverse(*part))).map(|(part, _)| part as usize)
}

/// The smallest part of another territory in whose land this part lies, and parts of further territories that also
/// cover the land around it, unless they wholly contain the smallest.
///
/// If many boxes contain that of the part, parts with equal outlines are grouped, and a single host is tried first: that
/// takes `by_size`, without which the result is `None`.
fn land_around(
    graph: &CoverageGraph,
    index: &BoxIndex,
    around: &Surroundings,
    part: usize,
    by_size: Option<&BySize>,
) -> Option<Vec<usize>> {
    /// Up to this many boxes are tried one by one.
    const FEW: usize = 64;
    let this = &graph.parts[part];
    let size = |p: usize| size(graph.parts[p].bounds);
    let containing = index.containing(this.bounds.0, this.bounds.1).map(|i| i as usize);
    let of_others = containing.filter(|p| graph.parts[*p].territory != this.territory);
    let mut candidates: Vec<Vec<usize>> = of_others.take(FEW + 1).map(|p| vec![p]).collect();
    if candidates.len() > FEW {
        let by_size = by_size?;
        if let Some(hosts) = by_size.alone_around(around, part) {
            return Some(hosts);
        }
        candidates = by_size.boxes_around(part);
    }
    candidates.sort_by(|a, b| size(a[0]).total_cmp(&size(b[0])).then(a[0].cmp(&b[0])));
    let mut hosts: Vec<usize> = Vec::new();
    for alike in candidates {
        let is_new = |p: &usize| hosts.iter().all(|&host| graph.parts[host].territory != graph.parts[*p].territory);
        let new: Vec<usize> = alike.iter().copied().filter(is_new).collect();
        // The box test first: most hosts lie far inside other land that contains them.
        let p = alike[0];
        let surrounds_host = || hosts.iter().any(|&host| around.holds_box_of(p, host) || around.holds(p, host));
        if !new.is_empty() && around.holds(p, part) && !surrounds_host() {
            hosts.extend(new);
        }
    }
    Some(hosts)
}

/// Area of a box in square degrees.
fn size((low, high): (Coord, Coord)) -> f64 {
    (high.x - low.x) * (high.y - low.y)
}

/// Parts by the size of their boxes, the largest first; parts with equal outlines are grouped.
struct BySize<'a> {
    graph: &'a CoverageGraph,
    /// For each outline, the parts that have it, the earliest first.
    alike: Vec<Vec<usize>>,
    /// Outline of each part.
    outline: Vec<u32>,
    /// Outlines, the largest box first.
    order: Vec<usize>,
    ranked: Ranked,
    index: BoxIndex,
    /// For each outline, whether it meets others.
    meets: Vec<bool>,
}

impl<'a> BySize<'a> {
    fn new(graph: &'a CoverageGraph) -> Self {
        let (outline, alike) = outlines(graph);
        let bounds = |number: usize| graph.parts[alike[number][0]].bounds;
        let mut order: Vec<usize> = (0..alike.len()).collect();
        order.sort_by(|a, b| size(bounds(*b)).total_cmp(&size(bounds(*a))).then(b.cmp(a)));
        let ranked = Ranked::new(&order.iter().map(|&number| four(bounds(number))).collect::<Vec<_>>());
        let index = BoxIndex::new((0..alike.len()).map(|number| (bounds(number), number as u32)));
        let crossing = graph.crossing_pairs();
        let mut crosses = vec![crossing.is_none(); graph.first_polygon.len()];
        crossing.into_iter().flatten().for_each(|(a, b)| (crosses[a], crosses[b]) = (true, true));
        let crosses_any = |parts: &Vec<usize>| parts.iter().any(|part| crosses[graph.parts[*part].territory]);
        let mut meets: Vec<bool> = alike.iter().map(crosses_any).collect();
        // The first outline at each position; further outlines there meet it.
        let mut owner = vec![u32::MAX; graph.positions.len()];
        for u in &graph.uses {
            let outline = outline[graph.part_of_use(u) as usize];
            for end in [u.low, u.high] {
                let first = &mut owner[end as usize];
                if *first == u32::MAX {
                    *first = outline;
                } else if *first != outline {
                    (meets[*first as usize], meets[outline as usize]) = (true, true);
                }
            }
        }
        BySize { graph, alike, outline, order, ranked, index, meets }
    }

    /// Parts with an outline that are not of this territory, one for each territory.
    fn of_others(&self, number: usize, territory: usize) -> Vec<usize> {
        let mut seen = BTreeSet::from([territory]);
        self.alike[number].iter().copied().filter(|part| seen.insert(self.graph.parts[*part].territory)).collect()
    }

    /// The parts with the smallest outline of other territories that contains this part, if that outline meets no
    /// other: whatever else covers the land around then contains all of it.
    fn alone_around(&self, around: &Surroundings, part: usize) -> Option<Vec<usize>> {
        let this = &self.graph.parts[part];
        let own = size(this.bounds);
        let bounds = |number: usize| self.graph.parts[self.alike[number][0]].bounds;
        let from = self.order.partition_point(|number| size(bounds(*number)) >= own);
        let other = |number: usize| {
            let of_another = |p: &&usize| self.graph.parts[**p].territory != this.territory;
            if number == self.outline[part] as usize { None } else { self.alike[number].iter().find(of_another) }
        };
        let is_host = |rank: usize| other(self.order[rank]).is_some_and(|&host| around.holds(host, part));
        let host = self.ranked.last_before(from, &four(this.bounds), is_host).map(|rank| self.order[rank])?;
        let goes_on = self.alike[host].iter().any(|part| around.goes_on(*part));
        (!self.meets[host] && !goes_on).then(|| self.of_others(host, this.territory))
    }

    /// Parts of other territories, grouped by outline, whose boxes contain that of a part; its own outline is excluded.
    fn boxes_around(&self, part: usize) -> Vec<Vec<usize>> {
        let this = &self.graph.parts[part];
        let found = self.index.containing(this.bounds.0, this.bounds.1).map(|number| number as usize);
        let found = found.filter(|number| *number != self.outline[part] as usize);
        found.map(|number| self.of_others(number, this.territory)).filter(|parts| !parts.is_empty()).collect()
    }
}

/// Groups parts by outline (equal sets of edges): the outline of each part, and the parts of each outline.
fn outlines(graph: &CoverageGraph) -> (Vec<u32>, Vec<Vec<usize>>) {
    let mut sums: Vec<[u64; 2]> = vec![[0; 2]; graph.parts.len()];
    for u in &graph.uses {
        let edge = u64::from(u.low) << 32 | u64::from(u.high);
        // A commutative hash: independent of the order of edges.
        let mixed = (edge ^ edge >> 31).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let mixed = (mixed ^ mixed >> 29).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let [sum, count] = &mut sums[graph.part_of_use(u) as usize];
        (*sum, *count) = (sum.wrapping_add(mixed ^ mixed >> 32), *count + 1);
    }
    let mut numbers: FxHashMap<([u64; 2], [u64; 4]), u32> = FxHashMap::default();
    let mut alike: Vec<Vec<usize>> = Vec::new();
    let number = |(part, sums): (usize, [u64; 2])| {
        let number =
            *numbers.entry((sums, four(graph.parts[part].bounds).map(f64::to_bits))).or_insert(alike.len() as u32);
        if number as usize == alike.len() {
            alike.push(Vec::new());
        }
        alike[number as usize].push(part);
        number
    };
    let outline = sums.into_iter().enumerate().map(number).collect();
    (outline, alike)
}

/// West, south, east, north.
fn four((low, high): (Coord, Coord)) -> [f64; 4] {
    [low.x, low.y, high.x, high.y]
}

/// Parts that approximately fill a hole of another territory's part, each with that part.
fn in_holes(
    graph: &CoverageGraph,
    index: &BoxIndex,
    around: &Surroundings,
    nesting: &[Nesting],
) -> Vec<(usize, usize)> {
    let territory = |p: usize| graph.parts[p].territory;
    let parts = |which: &dyn Fn(usize) -> bool| {
        BoxIndex::new((0..graph.parts.len()).filter(|&i| which(i)).map(|i| (graph.parts[i].bounds, i as u32)))
    };
    let without_host = parts(&|part| nesting[part].hosts.is_empty());
    let filling = |(host, hole): (usize, Hole)| -> Vec<(usize, usize)> {
        let is_in = |p: &usize| {
            territory(*p) != territory(host) && around.polygons(*p).all(|polygon| hole.holds_middle_of(polygon))
        };
        // Most holes are filled exactly, edge by edge, by parts that have a host already.
        if !hole.candidates(&without_host).iter().any(is_in) {
            return Vec::new();
        }
        let mut inside: Vec<usize> = hole.candidates(index);
        inside.retain(is_in);
        // A part inside the hole of another part in here fills nothing, whatever its territory. The largest come first.
        let mut by_size = inside.clone();
        by_size.sort_by(|a, b| {
            let size = |p: usize| size(graph.parts[p].bounds);
            size(*b).total_cmp(&size(*a)).then(a.cmp(b))
        });
        let mut outermost: Vec<usize> = Vec::new();
        let mut shells: Vec<EdgeTree> = Vec::new();
        for p in by_size {
            let in_shell = |at: Point| shells.iter().any(|shell| shell.locate(at.0) == Location::Inside);
            let hosted = nesting[p].hosts.iter().any(|host| inside.binary_search(host).is_ok());
            if !hosted && !around.polygons(p).filter_map(middle).all(in_shell) {
                outermost.push(p);
                shells.extend(around.polygons(p).map(|polygon| EdgeTree::new([polygon.exterior().0.as_slice()])));
            }
        }
        outermost.sort_unstable();
        let is_alike = |&p: &usize| nesting[p].hosts.is_empty() && territory(p) == territory(outermost[0]);
        let filled =
            || outermost.iter().flat_map(|&p| around.polygons(p)).map(|p| shell(p).unsigned_area()).sum::<f64>();
        if outermost.iter().all(is_alike) && filled() >= FILLED * hole.area() {
            return outermost.into_iter().map(|p| (p, host)).collect();
        }
        Vec::new()
    };
    around.holes().into_par_iter().flat_map_iter(filling).collect()
}

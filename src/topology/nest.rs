//! Which parts lie inside other territories?

use super::clean::{bands_of, root};
use super::fabric::{Fabric, SharedEdge};
use super::{BoxIndex, union};
use crate::model::{Bands, Territory, Whereabouts};
use geo::{Centroid, Coord, InteriorPoint, LineString, Polygon};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

/// How a part lies among the others.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Nesting {
    /// Territories it shares an edge with.
    pub neighbours: BTreeSet<usize>,
    /// The part of another territory that surrounds it wholly, if one does.
    pub host: Option<usize>,
    /// Whether the host's polygon has no hole for it: both hold the land.
    pub overlaps_host: bool,
    /// Whether it fills the host's hole only nearly: the two outlines do not coincide.
    pub gap_to_host: bool,
}

/// Share of a hole that parts of one territory must fill to be surrounded by the hole's owner although the
/// outlines do not coincide.
const FILLED: f64 = 0.98;

/// Returns for each part of the fabric how it lies among the others.
///
/// # Method
/// A part is surrounded by another territory where its whole outer outline is edges shared with that one territory, across
/// the antimeridian too;
/// or where it lies in the land of a part that has no hole for it; or where it, with other parts of its own territory
/// alone, fills a hole of that part to 98 % of its (planar) area.
pub fn nest(territories: &[Territory], fabric: &Fabric, shared: &[SharedEdge]) -> Vec<Nesting> {
    let mut nesting = vec![Nesting::default(); fabric.parts.len()];
    for edge in shared {
        let (left, right) = (&fabric.parts[edge.left as usize], &fabric.parts[edge.right as usize]);
        nesting[edge.left as usize].neighbours.insert(right.territory);
        nesting[edge.right as usize].neighbours.insert(left.territory);
    }
    by_edges(territories, fabric, shared, &mut nesting);
    let index = BoxIndex::new(fabric.parts.iter().enumerate().map(|(i, part)| (part.bounds, i as u32)));
    let bands: Vec<OnceLock<Vec<Bands>>> = (0..fabric.parts.len()).map(|_| OnceLock::new()).collect();
    let land = |part: usize| bands[part].get_or_init(|| polygons(territories, fabric, part).map(bands_of).collect());
    let inside: Vec<(usize, usize)> = (0..fabric.parts.len())
        .into_par_iter()
        .filter(|&part| nesting[part].host.is_none())
        .filter_map(|part| Some((part, land_around(territories, fabric, &index, &land, part)?)))
        .collect();
    for (part, host) in inside {
        nesting[part].host = Some(host);
        nesting[part].overlaps_host = true;
        nesting[part].neighbours.insert(fabric.parts[host].territory);
    }
    in_holes(territories, fabric, &index, &mut nesting);
    nesting
}

fn polygons<'a>(territories: &'a [Territory], fabric: &'a Fabric, part: usize) -> impl Iterator<Item = &'a Polygon> {
    let part = &fabric.parts[part];
    part.polygons.iter().map(|&polygon| &territories[part.territory].parts[polygon])
}

/// An edge of a part, and the part on its other side.
type Across = ((u32, u32), u32);

/// Parts whose outer outline is shared with one other territory, edge by edge.
fn by_edges(territories: &[Territory], fabric: &Fabric, shared: &[SharedEdge], nesting: &mut [Nesting]) {
    let mut across: BTreeMap<u32, Vec<Across>> = BTreeMap::new();
    for e in shared {
        across.entry(e.left).or_default().push(((e.from, e.to), e.right));
        across.entry(e.right).or_default().push(((e.to, e.from), e.left));
    }
    let mut seams: BTreeMap<u32, Vec<([f64; 2], u32)>> = BTreeMap::new();
    for (part, latitudes, other) in fabric.across_seams() {
        seams.entry(part).or_default().push((latitudes, other));
    }
    seams.values_mut().for_each(|stretches| stretches.sort_by(|a, b| a.0[0].total_cmp(&b.0[0])));
    let mut outer: BTreeMap<u32, Vec<(u32, u32)>> = BTreeMap::new();
    for (part, from, to) in fabric.outlines().filter(|(part, ..)| !nesting[*part as usize].neighbours.is_empty()) {
        outer.entry(part).or_default().push((from, to));
    }
    for (part, edges) in outer {
        let Some(partners) = across.get_mut(&part) else { continue };
        partners.sort_unstable();
        let rim = rim(territories, fabric, part as usize, edges);
        let mut hosts: Vec<u32> = Vec::new();
        let closed = rim.iter().all(|edge| {
            let at = partners.partition_point(|(e, _)| e < edge);
            let found = partners[at..].iter().take_while(|(e, _)| e == edge).map(|(_, p)| *p);
            let before = hosts.len();
            hosts.extend(found);
            hosts.len() > before
                || seams.get(&part).and_then(|stretches| beyond_seam(fabric, *edge, stretches)).is_some_and(|parts| {
                    hosts.extend(parts.into_iter().filter(|other| *other != part));
                    true
                })
        });
        let territory = |p: &u32| fabric.parts[*p as usize].territory;
        if closed && !hosts.is_empty() && hosts.iter().all(|p| territory(p) == territory(&hosts[0])) {
            nesting[part as usize].host = mode(&hosts).map(|p| p as usize);
        }
    }
}

/// The parts across the antimeridian from an edge along it, where they leave no gap; stretches go from south to north, and
/// end where either side has a vertex.
fn beyond_seam(fabric: &Fabric, (from, to): (u32, u32), stretches: &[([f64; 2], u32)]) -> Option<Vec<u32>> {
    let (a, b) = (fabric.position(from), fabric.position(to));
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

/// The outer edges of a part: those not of a hole.
fn rim(territories: &[Territory], fabric: &Fabric, part: usize, edges: Vec<(u32, u32)>) -> Vec<(u32, u32)> {
    let holes: BTreeSet<(u64, u64)> = polygons(territories, fabric, part)
        .flat_map(|p| p.interiors())
        .flat_map(|hole| hole.0.iter().map(|c| (c.x.to_bits(), c.y.to_bits())))
        .collect();
    if holes.is_empty() && fabric.parts[part].polygons.len() == 1 {
        return edges;
    }
    // Rings by their sense: the outer ones run counter-clockwise.
    let lines = super::chain(&edges, &fabric.positions);
    let mut numbers: BTreeMap<(u64, u64), u32> = BTreeMap::new();
    for &(from, to) in &edges {
        for n in [from, to] {
            let c = fabric.position(n);
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

fn mode(hosts: &[u32]) -> Option<u32> {
    let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
    hosts.iter().for_each(|host| *counts.entry(*host).or_default() += 1);
    counts.into_iter().max_by_key(|(host, count)| (*count, std::cmp::Reverse(*host))).map(|(host, _)| host)
}

fn holds(outer: (Coord, Coord), inner: (Coord, Coord)) -> bool {
    outer.0.x <= inner.0.x && outer.0.y <= inner.0.y && outer.1.x >= inner.1.x && outer.1.y >= inner.1.y
}

/// The smallest part of another territory whose land holds every vertex of this part.
fn land_around<'a>(
    territories: &[Territory],
    fabric: &Fabric,
    index: &BoxIndex,
    land: &(impl Fn(usize) -> &'a Vec<Bands> + Sync),
    part: usize,
) -> Option<usize> {
    let this = &fabric.parts[part];
    let size = |p: usize| {
        let (low, high) = fabric.parts[p].bounds;
        (high.x - low.x) * (high.y - low.y)
    };
    let candidates = index.touching(this.bounds.0, this.bounds.1).into_iter().map(|i| i as usize);
    candidates
        .filter(|&other| {
            fabric.parts[other].territory != this.territory && holds(fabric.parts[other].bounds, this.bounds)
        })
        .filter(|&other| polygons(territories, fabric, part).all(|p| strictly_inside(p, land(other))))
        .min_by(|&a, &b| size(a).total_cmp(&size(b)))
}

/// Whether a polygon lies in the land of these bands and touches their lines in single vertices at most.
///
/// An outline that runs along the other's is not surrounded by it there: two territories then hold the same land.
fn strictly_inside(polygon: &Polygon, land: &[Bands]) -> bool {
    let place = |c: Coord| {
        let mut places = land.iter().map(|bands| bands.locate(c));
        places.find(|place| *place != Whereabouts::Outside).unwrap_or(Whereabouts::Outside)
    };
    let mut before = Whereabouts::Inside;
    polygon.exterior().0.iter().all(|&c| {
        let now = place(c);
        let fine = now == Whereabouts::Inside || (now == Whereabouts::OnLine && before == Whereabouts::Inside);
        before = now;
        fine
    })
}

/// A position inside a polygon: its centroid where that is inside.
fn middle(polygon: &Polygon) -> Option<Coord> {
    let centroid = polygon.centroid().filter(|c| bands_of(polygon).locate(c.0) == Whereabouts::Inside);
    centroid.or_else(|| polygon.interior_point()).map(|p| p.0)
}

/// The holes of all parts, each with the number of its part. Holes with an edge in common are one; a hole that has one with
/// its shell is open to the outside and is none.
fn all_holes(territories: &[Territory], fabric: &Fabric) -> Vec<(usize, Polygon)> {
    let mut walls: BTreeMap<usize, Vec<[usize; 2]>> = BTreeMap::new();
    for (polygon, ring, other) in fabric.walls() {
        walls.entry(polygon).or_default().push([ring, other]);
    }
    let mut found = Vec::new();
    for (number, part) in fabric.parts.iter().enumerate() {
        for &polygon in &part.polygons {
            let rings = territories[part.territory].parts[polygon].interiors();
            let alone = |hole: &LineString| Polygon::new(hole.clone(), vec![]);
            let Some(walls) = walls.get(&(fabric.first_polygon[part.territory] + polygon)) else {
                found.extend(rings.iter().map(|hole| (number, alone(hole))));
                continue;
            };
            let mut group: Vec<usize> = (0..=rings.len()).collect();
            for &[ring, other] in walls {
                let (a, b) = (root(&mut group, ring), root(&mut group, other));
                group[a.max(b)] = a.min(b);
            }
            let mut together: BTreeMap<usize, Vec<Polygon>> = BTreeMap::new();
            for (i, hole) in rings.iter().enumerate() {
                together.entry(root(&mut group, i + 1)).or_default().push(alone(hole));
            }
            together.remove(&0);
            let whole = |holes: Vec<Polygon>| if holes.len() == 1 { holes } else { union(&holes) };
            found.extend(together.into_values().flat_map(whole).map(|hole| (number, hole)));
        }
    }
    found
}

/// Parts that fill a hole of another territory nearly.
fn in_holes(territories: &[Territory], fabric: &Fabric, index: &BoxIndex, nesting: &mut [Nesting]) {
    use geo::Area;
    for (host, hole) in all_holes(territories, fabric) {
        let part = &fabric.parts[host];
        let (low, high) = super::clean::bounds(&hole);
        // Outlines that do not coincide may stick out a little.
        let slack = Coord { x: 0.02 * (high.x - low.x), y: 0.02 * (high.y - low.y) };
        let mut inside: Vec<usize> = index.touching(low, high).into_iter().map(|i| i as usize).collect();
        inside.retain(|&p| fabric.parts[p].territory != part.territory);
        inside.retain(|&p| holds((low - slack, high + slack), fabric.parts[p].bounds));
        // Most holes are filled edge by edge, and their parts have a host already.
        if inside.is_empty() || inside.iter().any(|&p| nesting[p].host.is_some()) {
            continue;
        }
        let bands = bands_of(&hole);
        let is_inside = |q: &Polygon| middle(q).is_some_and(|m| bands.locate(m) == Whereabouts::Inside);
        inside.retain(|&p| polygons(territories, fabric, p).all(is_inside));
        if inside.is_empty() {
            continue;
        }
        let territory = fabric.parts[inside[0]].territory;
        let filled: f64 =
            inside.iter().flat_map(|&p| polygons(territories, fabric, p)).map(|p| p.unsigned_area()).sum();
        if inside.iter().all(|&p| fabric.parts[p].territory == territory) && filled >= FILLED * hole.unsigned_area() {
            for p in inside {
                nesting[p].host = Some(host);
                nesting[p].gap_to_host = true;
                nesting[p].neighbours.insert(part.territory);
            }
        }
    }
}

//! Connected components of a network, and the gaps between them.

use super::flat::{Flat, Hit, NetworkLocation};
use super::network::Link;
use crate::earth::antimeridian::turns;
use crate::earth::{LocalPlane, distance_m};
use crate::model::DisjointSets;
use crate::topology::{BoxIndex, Nearest, box_of};
use geo::Coord;
use rayon::prelude::*;
use rustc_hash::FxHashMap;
#[cfg(feature = "schema")]
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::hash_map::Entry;

/// Default greatest width in metres of listed gaps.
pub const DEFAULT_GAP_M: f64 = 30.0;
/// Greatest width in metres of gaps that are searched between components which a route would connect.
const WIDEST_M: f64 = 5000.0;
/// Limit on candidate positions near loose ends, at which the search is abandoned.
const MOST_HITS: usize = 20_000_000;

/// A gap between two components of a network.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
pub struct NetworkGap {
    /// Its width in metres.
    pub width_m: f64,
    /// Longitude and latitude in degrees of the loose end.
    pub position: [f64; 2],
    /// Longitude and latitude in degrees of the nearest point on the other side.
    pub end: [f64; 2],
    /// Id of the way that ends there.
    pub from_way: String,
    /// Id of the way on the other side.
    pub to_way: String,
    /// Whether it is bridged.
    pub bridged: bool,
}

/// Connected components of a network: of each vertex the representative of those joined by ways or links, ignoring direction.
pub(super) struct Parts(Vec<u32>);

impl Parts {
    pub fn none() -> Self {
        Parts(Vec::new())
    }

    pub fn of(flat: &Flat, links: &[Link]) -> Self {
        let mut sets = DisjointSets::new(flat.places.len());
        for run in &flat.runs {
            flat.vertices_of(*run).windows(2).for_each(|pair| _ = sets.unite(pair[0], pair[1]));
        }
        links.iter().for_each(|link| _ = sets.unite(link.from, flat.vertex(link.to)));
        Parts(sets.roots())
    }

    /// The component of a vertex.
    pub fn part(&self, vertex: u32) -> u32 {
        self.0[vertex as usize]
    }

    /// Each component with its number of positions on ways.
    pub fn sizes(&self, flat: &Flat) -> FxHashMap<u32, usize> {
        let mut sizes = FxHashMap::default();
        flat.vertices.iter().for_each(|vertex| *sizes.entry(self.part(*vertex)).or_default() += 1);
        sizes
    }
}

/// For each of these vertices the nearest place of the network, within a distance, on a segment that is allowed for it;
/// none where too many places are near. Inside of a way of another level (`levels`, by way) is no place for it: it passes
/// above or below, and only where such a way ends may they have been meant to meet.
pub(super) fn nearest_of(
    flat: &Flat,
    ends: &[u32],
    within_m: f64,
    allowed: impl Fn(u32, u32) -> bool + Sync,
    levels: &[i8],
) -> Option<Vec<(u32, Hit)>> {
    let place = |end: u32| flat.places[end as usize];
    // Across ±180° too.
    let around = |(number, &end): (usize, &u32)| {
        let wide = LocalPlane::at(place(end)).degrees(1.01 * within_m);
        let (low, high) = (place(end) - wide, place(end) + wide);
        let moved = |corner: Coord, turn: f64| Coord { x: corner.x + turn, ..corner };
        turns(low.x, high.x).map(move |turn| ((moved(low, turn), moved(high, turn)), number as u32))
    };
    let boxes = BoxIndex::new(ends.iter().enumerate().flat_map(around));
    let hits = std::sync::atomic::AtomicUsize::new(0);
    let search = |mut best: FxHashMap<u32, Hit>, run: &super::flat::WayRun| {
        for segment in run.first..run.end - 1 {
            let [a, b] = flat.segment(segment);
            let (low, high) = box_of([a, b]);
            if hits.load(std::sync::atomic::Ordering::Relaxed) > MOST_HITS {
                break;
            }
            for number in boxes.touching_lazily(low, high) {
                hits.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
                let end = ends[number as usize];
                if !allowed(end, segment) {
                    continue;
                }
                let level = |run: super::flat::WayRun| levels.get(run.way as usize);
                let passes = flat.position_of(end).is_some_and(|at| level(flat.run_of(at)) != level(*run));
                let hit = if passes {
                    flat.hit_of_end(place(end), *run, segment)
                } else {
                    Some(flat.hit(place(end), segment))
                };
                let Some(hit) = hit else { continue };
                if hit.distance_m <= within_m {
                    let nearest = best.get(&number).copied();
                    best.extend(Hit::nearest(nearest, Some(hit)).map(|hit| (number, hit)));
                }
            }
        }
        best
    };
    let merge = |mut a: FxHashMap<u32, Hit>, b: FxHashMap<u32, Hit>| {
        for (number, hit) in b {
            let nearest = a.get(&number).copied();
            a.extend(Hit::nearest(nearest, Some(hit)).map(|hit| (number, hit)));
        }
        a
    };
    let best =
        flat.runs.par_iter().with_min_len(1024).fold(FxHashMap::default, search).reduce(FxHashMap::default, merge);
    let mut found: Vec<(u32, Hit)> = best.into_iter().collect();
    found.sort_unstable_by_key(|(number, _)| *number);
    let complete = hits.into_inner() <= MOST_HITS;
    complete.then(|| found.into_iter().map(|(number, hit)| (ends[number as usize], hit)).collect())
}

/// The gaps between parts up to a width: from each loose end, and from all of a smaller part that has none, to the nearest
/// place of another part. Of a gap with ends on both sides it is one.
pub(super) fn between_parts(flat: &Flat, parts: &Parts, levels: &[i8], within_m: f64) -> Option<Vec<(Link, f64)>> {
    let sizes = parts.sizes(flat);
    if sizes.len() < 2 {
        return Some(Vec::new());
    }
    let largest = sizes.iter().max_by_key(|(part, size)| (**size, u32::MAX - **part)).map(|(part, _)| *part);
    let mut ends = flat.loose_ends();
    let with_ends: rustc_hash::FxHashSet<u32> = ends.iter().map(|end| parts.part(*end)).collect();
    let closed = |vertex: &u32| {
        let part = parts.part(*vertex);
        Some(part) != largest && !with_ends.contains(&part)
    };
    ends.extend(flat.vertices.iter().copied().filter(closed));
    ends.sort_unstable();
    ends.dedup();
    let other = |end: u32, segment: u32| parts.part(end) != parts.part(flat.vertices[segment as usize]);
    let mut gaps: Vec<(Link, f64)> = nearest_of(flat, &ends, within_m, other, levels)?
        .into_iter()
        .map(|(end, hit)| {
            let to = flat.spot(hit);
            let width_m = distance_m(flat.places[end as usize], flat.place(to));
            (Link { from: end, to, bridged: true }, width_m)
        })
        .collect();
    gaps.sort_by(|a, b| a.1.total_cmp(&b.1).then(a.0.from.cmp(&b.0.from)));
    let mut seen = rustc_hash::FxHashSet::default();
    gaps.retain(|(link, _)| match link.to {
        NetworkLocation::Vertex(to) => seen.insert((link.from.min(to), link.from.max(to))),
        NetworkLocation::Inside { .. } => true,
    });
    Some(gaps)
}

/// The gaps that a route from one part to another would have to bridge, the widest of them as narrow as possible; where one
/// would be wider than [`WIDEST_M`], only the nearest positions of the two parts.
pub(super) fn on_the_way(flat: &Flat, parts: &Parts, levels: &[i8], from: u32, to: u32) -> Vec<(Link, f64)> {
    let mut within_m = DEFAULT_GAP_M;
    while within_m <= WIDEST_M {
        let Some(gaps) = between_parts(flat, parts, levels, within_m) else { break };
        // Kruskal: gaps join parts from the narrowest on, until the two are one.
        let mut trees = DisjointSets::new(flat.places.len());
        let mut joined: Vec<(u32, u32, usize)> = Vec::new();
        for (number, (link, _)) in gaps.iter().enumerate() {
            let ends = [link.from, flat.vertex(link.to)].map(|vertex| parts.part(vertex));
            if trees.unite(ends[0], ends[1]) {
                joined.push((ends[0], ends[1], number));
                if trees.root(from) == trees.root(to) {
                    return path(&joined, from, to).into_iter().map(|number| gaps[number].clone()).collect();
                }
            }
        }
        within_m *= 4.0;
    }
    nearest_positions(flat, parts, from, to).into_iter().collect()
}

/// From the loose end of one part that is nearest to another part, or from its nearest vertex if it has none.
fn nearest_positions(flat: &Flat, parts: &Parts, from: u32, to: u32) -> Option<(Link, f64)> {
    let there = || flat.runs.iter().filter(|run| parts.part(flat.vertices[run.first as usize]) == to);
    let lines = Nearest::new(there().map(|run| &flat.positions[run.first as usize..run.end as usize]))?;
    let mut ends: Vec<u32> = flat.loose_ends().into_iter().filter(|end| parts.part(*end) == from).collect();
    if ends.is_empty() {
        ends = (0..flat.places.len() as u32).filter(|vertex| parts.part(*vertex) == from).collect();
    }
    let away_m = |end: u32| (lines.nearest_edge(flat.places[end as usize]).1, end);
    let nearer = |a: (f64, u32), b: (f64, u32)| if (b.0, b.1) < (a.0, a.1) { b } else { a };
    let (_, end) = ends.par_iter().map(|end| away_m(*end)).reduce_with(nearer)?;
    let place = flat.places[end as usize];
    let hits = there().flat_map(|run| run.first..run.end - 1).map(|segment| Some(flat.hit(place, segment)));
    let spot = flat.spot(hits.fold(None, Hit::nearest)?);
    Some((Link { from: end, to: spot, bridged: false }, distance_m(place, flat.place(spot))))
}

/// Numbers of the gaps along the path through a spanning tree of components.
fn path(joined: &[(u32, u32, usize)], from: u32, to: u32) -> Vec<usize> {
    let mut beside: FxHashMap<u32, Vec<(u32, usize)>> = FxHashMap::default();
    for &(a, b, number) in joined {
        beside.entry(a).or_default().push((b, number));
        beside.entry(b).or_default().push((a, number));
    }
    let (mut came, mut next) = (FxHashMap::from_iter([(from, None)]), vec![from]);
    while let Some(part) = next.pop() {
        for &(other, number) in beside.get(&part).into_iter().flatten() {
            if let Entry::Vacant(vacant) = came.entry(other) {
                vacant.insert(Some((part, number)));
                next.push(other);
            }
        }
    }
    let (mut at, mut numbers) = (to, Vec::new());
    while let Some(Some((part, number))) = came.get(&at) {
        numbers.push(*number);
        at = *part;
    }
    numbers.reverse();
    numbers
}

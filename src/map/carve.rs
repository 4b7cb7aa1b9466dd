//! Land that data draw twice: as a part of one territory, and again within another that has no hole there.

use super::content::{Level, LonLat, Region};
use super::derive::Edges;
use super::edge_table::{edges, keys};
use super::paper::Bounds;
use crate::model::{EdgeTree, Location};
use crate::topology::BoxIndex;
use geo::Coord;
use std::collections::{BTreeMap, BTreeSet};

/// Territories whose land the data draw as that of another one, too, by their indices.
#[derive(Debug, Clone, Default)]
pub(crate) struct DrawnTwice {
    pub whole: BTreeSet<usize>,
    /// Those of which only some parts are.
    pub in_part: BTreeSet<usize>,
}

/// Cuts parts of territories out of the territories of their layer that surround them, so that the enclave is seen and has a
/// boundary. Only parts of which no edge is shared are examined, between territories of the same kind and level; each is cut out
/// of the innermost part around it.
pub(super) fn cut_out(regions: &mut [Region], all: &mut Edges) -> DrawnTwice {
    let is_base = |region: &Region| region.level == Level::Base && region.filled;
    let mut parts: Vec<(usize, usize)> = Vec::new();
    for (i, region) in regions.iter().enumerate().filter(|(_, region)| is_base(region)) {
        parts.extend((0..region.parts.len()).map(|part| (i, part)));
    }
    let shell = |(region, part): (usize, usize)| &regions[region].parts[part][0];
    let corners =
        |at: (usize, usize)| Bounds::of(shell(at)).map(|b| (Coord { x: b.x0, y: b.y0 }, Coord { x: b.x1, y: b.y1 }));
    let boxes: Vec<((Coord, Coord), u32)> =
        parts.iter().zip(0u32..).filter_map(|(at, number)| Some((corners(*at)?, number))).collect();
    let index = BoxIndex::new(boxes.iter().copied());
    let sizes: BTreeMap<u32, f64> = boxes.iter().map(|((low, high), number)| (*number, area(*low, *high))).collect();
    let mut trees: BTreeMap<u32, EdgeTree> = BTreeMap::new();
    let mut found: Vec<(usize, usize)> = Vec::new();
    for &((low, high), inner) in &boxes {
        let own = parts[inner as usize].0;
        let of_other = |outer: &u32| {
            let other = parts[*outer as usize].0;
            other != own && is_alike(&regions[own], &regions[other])
        };
        let mut around: Vec<u32> = index.containing(low, high).filter(of_other).collect();
        let shell = shell(parts[inner as usize]);
        if around.is_empty() || !edges(&keys(shell)).all(|edge| all.is_alone(&edge, own)) {
            continue;
        }
        around.sort_unstable_by(|a, b| sizes[a].total_cmp(&sizes[b]).then(a.cmp(b)));
        let surrounds = |outer: &u32| {
            let (region, part) = parts[*outer as usize];
            let of_part = || EdgeTree::new(regions[region].parts[part].iter().map(Vec::as_slice));
            let tree = trees.entry(*outer).or_insert_with(of_part);
            shell.iter().all(|at| tree.locate(*at) != Location::Outside)
        };
        if let Some(outer) = around.into_iter().find(surrounds) {
            found.push((inner as usize, outer as usize));
        }
    }
    drop(trees);
    let mut cut: BTreeMap<usize, usize> = BTreeMap::new();
    found.iter().for_each(|(inner, _)| *cut.entry(parts[*inner].0).or_default() += 1);
    let (whole, in_part) = cut.into_iter().partition(|(region, count)| regions[*region].parts.len() == *count);
    let regions_of = |cut: BTreeMap<usize, usize>| cut.into_keys().collect();
    let twice = DrawnTwice { whole: regions_of(whole), in_part: regions_of(in_part) };
    // As they were before any was cut out of another.
    let rings: Vec<Vec<LonLat>> =
        found.iter().map(|(inner, _)| regions[parts[*inner].0].parts[parts[*inner].1].clone()).collect();
    for (&(_, outer), rings) in found.iter().zip(rings) {
        let (host, host_part) = parts[outer];
        for (i, mut ring) in rings.into_iter().enumerate() {
            ring.reverse();
            all.add(host, &ring);
            match i {
                0 => regions[host].parts[host_part].push(ring),
                // What the enclave leaves out remains with the territory around it.
                _ => regions[host].parts.push(vec![ring]),
            }
        }
    }
    twice
}

fn area(low: Coord, high: Coord) -> f64 {
    (high.x - low.x) * (high.y - low.y)
}

/// Whether two territories are of one layer, kind and level: a province lies within its state and is no enclave in it.
fn is_alike(a: &Region, b: &Region) -> bool {
    a.layer == b.layer && a.kind == b.kind && a.meta.level() == b.meta.level() && a.meta.parent == b.meta.parent
}

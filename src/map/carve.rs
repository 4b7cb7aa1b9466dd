//! Land that data draw twice: as a part of one territory, and again within another that has no hole there.

use super::content::{Level, LonLat, Region};
use super::derive::{Edges, edges, keys};
use super::paper::Bounds;
use crate::topology::BoxIndex;
use geo::Coord;
use std::collections::BTreeMap;

/// Cuts parts of territories out of the territories of their layer that surround them, so that the enclave is seen and has a
/// boundary. Only parts of which no edge is shared are examined, between territories of the same kind and level. Returns whether any
/// was cut out.
pub(super) fn cut_out(regions: &mut [Region], all: &Edges) -> bool {
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
    let mut rows: BTreeMap<usize, Rows> = BTreeMap::new();
    let mut found: Vec<(usize, usize)> = Vec::new();
    for &((low, high), inner) in &boxes {
        let inner = inner as usize;
        let own = parts[inner].0;
        let mut around: Vec<usize> = index.containing(low, high).map(|outer| outer as usize).collect();
        around.retain(|outer| is_alike(&regions[own], &regions[parts[*outer].0]) && parts[*outer].0 != own);
        if around.is_empty() || !edges(&keys(shell(parts[inner]))).all(|edge| all.is_alone(&edge, own)) {
            continue;
        }
        around.sort_unstable();
        let surrounds = |outer: &usize| {
            let (region, part) = parts[*outer];
            let rows = rows.entry(*outer).or_insert_with(|| Rows::of(&regions[region].parts[part]));
            shell(parts[inner]).iter().all(|p| rows.holds(*p))
        };
        if let Some(outer) = around.into_iter().find(surrounds) {
            found.push((inner, outer));
        }
    }
    for &(inner, outer) in &found {
        let ((region, part), (host, host_part)) = (parts[inner], parts[outer]);
        let rings = regions[region].parts[part].clone();
        for (i, mut ring) in rings.into_iter().enumerate() {
            ring.reverse();
            match i {
                0 => regions[host].parts[host_part].push(ring),
                // What the enclave leaves out remains with the territory around it.
                _ => regions[host].parts.push(vec![ring]),
            }
        }
    }
    !found.is_empty()
}

/// Whether two territories are of one layer, kind and level: a province lies within its state and is no enclave in it.
fn is_alike(a: &Region, b: &Region) -> bool {
    a.layer == b.layer && a.kind == b.kind && a.meta.level() == b.meta.level() && a.meta.parent == b.meta.parent
}

/// The edges of a part by rows of latitude, for many questions whether a position is inside.
struct Rows {
    bounds: Bounds,
    height: f64,
    edges: Vec<Vec<[Coord; 2]>>,
}

impl Rows {
    fn of(part: &[LonLat]) -> Self {
        let bounds = Bounds::of(part.iter().flatten()).expect("a part has positions");
        let all = || part.iter().flat_map(|ring| ring.windows(2)).map(|edge| [edge[0], edge[1]]);
        let count = (all().count() as f64).sqrt().ceil().clamp(1.0, 2000.0);
        let height = (bounds.height() / count).max(1e-12);
        let mut rows = Rows { bounds, height, edges: vec![Vec::new(); count as usize + 1] };
        for edge in all() {
            let (low, high) = (rows.row(edge[0].y.min(edge[1].y)), rows.row(edge[0].y.max(edge[1].y)));
            rows.edges[low..=high].iter_mut().for_each(|row| row.push(edge));
        }
        rows
    }

    fn row(&self, y: f64) -> usize {
        (((y - self.bounds.y0) / self.height).max(0.0) as usize).min(self.edges.len() - 1)
    }

    /// Even-odd rule.
    fn holds(&self, p: Coord) -> bool {
        let crosses = |e: &&[Coord; 2]| {
            (e[0].y > p.y) != (e[1].y > p.y) && p.x < (e[1].x - e[0].x) * (p.y - e[0].y) / (e[1].y - e[0].y) + e[0].x
        };
        self.bounds.contains(p) && self.edges[self.row(p.y)].iter().filter(crosses).count() % 2 == 1
    }
}

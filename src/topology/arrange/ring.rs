//! Traced outlines become polygons.

use crate::model::{Bands, Whereabouts};
use crate::topology::clean::bounds;
use crate::topology::{BoxIndex, in_order};
use geo::{Area, Coord, LineString, Polygon};
use rayon::prelude::*;
use rustc_hash::FxHashMap;

/// Cuts a closed walk at positions that it passes more than once, and hands over the loops.
pub(super) fn simple_loops(walk: &[u32], mut found: impl FnMut(&[u32])) {
    if passes_each_once(walk) {
        return if walk.len() > 2 {
            found(walk)
        };
    }
    let mut path = Vec::<u32>::new();
    let mut at: FxHashMap<u32, usize> = FxHashMap::default();
    for &node in walk {
        if let Some(&start) = at.get(&node) {
            path[start..].iter().for_each(|n| {
                at.remove(n);
            });
            if path.len() - start > 2 {
                found(&path[start..]);
            }
            path.truncate(start);
        }
        at.insert(node, path.len());
        path.push(node);
    }
    if path.len() > 2 {
        found(&path);
    }
}

fn passes_each_once(walk: &[u32]) -> bool {
    if walk.len() <= 16 {
        return walk.iter().enumerate().all(|(i, node)| !walk[..i].contains(node));
    }
    let mut sorted = walk.to_vec();
    sorted.sort_unstable();
    sorted.windows(2).all(|pair| pair[0] != pair[1])
}

/// Open rings, shells counter-clockwise and holes clockwise, as polygons.
pub(super) fn polygons(rings: Vec<Vec<Coord>>) -> Vec<Polygon> {
    let closed = |ring: Vec<Coord>| Polygon::new(LineString(ring), Vec::new());
    let (shells, holes): (Vec<Polygon>, Vec<Polygon>) =
        rings.into_iter().map(closed).partition(|ring| ring.signed_area() > 0.0);
    let mut out: Vec<(f64, Polygon, Option<Bands>)> =
        shells.into_iter().map(|shell| (shell.unsigned_area(), shell, None)).collect();
    let index = BoxIndex::new(out.iter().enumerate().map(|(i, (_, shell, _))| (bounds(shell), i as u32)));
    for hole in holes.into_iter().filter(|hole| hole.signed_area() < 0.0) {
        let (low, high) = bounds(&hole);
        let mut around: Vec<usize> = index.touching(low, high).into_iter().map(|i| i as usize).collect();
        around.sort_by(|&a, &b| out[a].0.total_cmp(&out[b].0));
        let host = around.into_iter().find(|&shell| {
            let (_, polygon, bands) = &mut out[shell];
            let bands = bands.get_or_insert_with(|| Bands::new([polygon.exterior().0.as_slice()]));
            holds(bands, &hole.exterior().0)
        });
        if let Some(host) = host {
            out[host].1.interiors_push(hole.exterior().clone());
        }
    }
    // From west to east; the corner of each is found once.
    let corner = |(i, (_, polygon, _)): (usize, &(f64, Polygon, Option<Bands>))| (bounds(polygon).0, i);
    let mut order: Vec<(Coord, usize)> = out.par_iter().enumerate().map(corner).collect();
    order.par_sort_unstable_by(|(p, i), (q, j)| p.x.total_cmp(&q.x).then(p.y.total_cmp(&q.y)).then(i.cmp(j)));
    let polygons = out.into_iter().map(|(_, polygon, _)| polygon).collect();
    in_order(polygons, order.into_iter().map(|(_, i)| i))
}

/// Whether a hole that may touch the shell lies in it: by the first position, or else middle, that is not on its line.
fn holds(shell: &Bands, hole: &[Coord]) -> bool {
    let middles = hole.windows(2).map(|e| (e[0] + e[1]) / 2.0);
    let decisive = hole.iter().copied().chain(middles).map(|p| shell.locate(p)).find(|w| *w != Whereabouts::OnLine);
    decisive == Some(Whereabouts::Inside)
}

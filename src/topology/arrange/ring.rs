//! Builds polygons from traced outlines.

use crate::model::{EdgeTree, Location, corners_of};
use crate::topology::{BoxIndex, in_order};
use geo::{Area, Coord, LineString, Polygon};
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use std::cmp::Ordering;

/// Assembles polygons from closed rings: shells counter-clockwise, holes clockwise.
pub(super) fn polygons(rings: Vec<Vec<Coord>>) -> Vec<Polygon> {
    let measured = |ring: Vec<Coord>| {
        let ring = from_the_west(ring);
        let polygon = Polygon::new(LineString(ring), Vec::new());
        (polygon.signed_area(), polygon)
    };
    let rings: Vec<(f64, Polygon)> = rings.into_par_iter().map(measured).collect();
    let (mut shells, others): (Vec<_>, Vec<_>) = rings.into_iter().partition(|(area, _)| *area > 0.0);
    let mut holes: Vec<Polygon> = others.into_iter().filter(|(area, _)| *area < 0.0).map(|(_, hole)| hole).collect();
    holes.par_sort_unstable_by(by_course);
    let mut edges: FxHashMap<usize, EdgeTree> = FxHashMap::default();
    let mut is_in = |hole: &Polygon, shell: usize| {
        let edges = edges.entry(shell).or_insert_with(|| EdgeTree::of(&shells[shell].1));
        holds(edges, &hole.exterior().0)
    };
    let around = around(&holes, &shells).into_iter().zip(&holes);
    let hosts: Vec<Option<usize>> =
        around.map(|(around, hole)| around.into_iter().find(|shell| is_in(hole, *shell))).collect();
    for (hole, host) in holes.into_iter().zip(hosts) {
        if let Some(host) = host {
            shells[host].1.interiors_push(hole.into_inner().0);
        }
    }
    // From west to east; each corner is computed once.
    let corner = |(i, (_, polygon)): (usize, &(f64, Polygon))| (corners_of(polygon).0, i);
    let mut order: Vec<(Coord, usize)> = shells.par_iter().enumerate().map(corner).collect();
    let by_shell = |i: &usize, j: &usize| by_course(&shells[*i].1, &shells[*j].1);
    order.par_sort_unstable_by(|(p, i), (q, j)| by_place(p, q).then_with(|| by_shell(i, j)));
    let polygons = shells.into_iter().map(|(_, polygon)| polygon).collect();
    in_order(polygons, order.into_iter().map(|(_, i)| i))
}

/// The polygon of a shell and its holes, closed rings, in the form that [`polygons`] gives them.
pub fn assembled(shell: Vec<Coord>, holes: Vec<Vec<Coord>>) -> Polygon {
    let ring = |ring: Vec<Coord>| LineString(from_the_west(ring));
    let mut holes: Vec<LineString> = holes.into_iter().map(ring).collect();
    holes.sort_unstable_by(by_ring);
    Polygon::new(ring(shell), holes)
}

/// A closed ring that starts at its westernmost (then southernmost) position, whatever the order of the layers.
fn from_the_west(mut ring: Vec<Coord>) -> Vec<Coord> {
    let open = ring.len() - 1;
    let first = (0..open).min_by(|i, j| by_place(&ring[*i], &ring[*j])).unwrap_or(0);
    ring.truncate(open);
    ring.rotate_left(first);
    ring.push(ring[0]);
    ring
}

fn by_place(p: &Coord, q: &Coord) -> Ordering {
    p.x.total_cmp(&q.x).then(p.y.total_cmp(&q.y))
}

/// Compares the positions of shells in order.
fn by_course(a: &Polygon, b: &Polygon) -> Ordering {
    by_ring(a.exterior(), b.exterior())
}

fn by_ring(a: &LineString, b: &LineString) -> Ordering {
    let pairs = a.0.iter().zip(&b.0);
    pairs.map(|(p, q)| by_place(p, q)).find(|order| order.is_ne()).unwrap_or(Ordering::Equal)
}

/// For each hole, the shells whose boxes touch its box, the smallest first; `shells` come with their signed areas.
fn around(holes: &[Polygon], shells: &[(f64, Polygon)]) -> Vec<Vec<usize>> {
    let mut around: Vec<Vec<usize>> = vec![Vec::new(); holes.len()];
    if holes.is_empty() {
        return around;
    }
    // Holes are few, shells may be many: index the holes.
    let index = BoxIndex::new(holes.iter().enumerate().map(|(i, hole)| (corners_of(hole), i as u32)));
    let near = |(shell, (_, polygon)): (usize, &(f64, Polygon))| {
        let (low, high) = corners_of(polygon);
        index.touching(low, high).into_iter().map(move |hole| (hole as usize, shell))
    };
    let pairs: Vec<(usize, usize)> = shells.par_iter().enumerate().flat_map_iter(near).collect();
    pairs.into_iter().for_each(|(hole, shell)| around[hole].push(shell));
    around.iter_mut().for_each(|shells_of| shells_of.sort_by(|&a, &b| shells[a].0.total_cmp(&shells[b].0)));
    around
}

/// Whether a hole lies in a shell that it may touch: decided by its first position, else edge midpoint, off the
/// outline.
fn holds(shell: &EdgeTree, hole: &[Coord]) -> bool {
    let middles = hole.windows(2).map(|e| (e[0] + e[1]) / 2.0);
    let decisive = hole.iter().copied().chain(middles).map(|p| shell.locate(p)).find(|w| *w != Location::OnLine);
    decisive == Some(Location::Inside)
}

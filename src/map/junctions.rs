//! T-junctions: a vertex of one territory on an edge of another, where the two share no edge.

use super::content::{Level, LonLat, Region};
use super::derive::{Crowd, Edges};
use super::edge_table::{Edge, edges, keys};
use super::mesh::key;
use crate::earth::LocalPlane;
use crate::topology::COINCIDENT_M;
use geo::Coord;
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

/// Cell of the grid of a [`Crowd`].
type Cell = (i64, i64);

/// A vertex on an edge of another territory.
struct Junction {
    /// Indices of the region, its part, the ring and the edge in it.
    at: [usize; 4],
    /// Position along the edge, from 0 to 1.
    share: f64,
    vertex: Coord,
}

/// Inserts the vertices of neighbours into edges on which they lie, so that coincident stretches become common edges.
/// Only edges that belong to one region alone and to no line layer are examined. Returns the edges that were divided.
pub(super) fn put_in(regions: &mut [Region], all: &Edges, crowd: &Crowd) -> Vec<Edge> {
    let mut found = find(regions, all, crowd);
    found.sort_by(|a, b| a.at.cmp(&b.at).then(a.share.total_cmp(&b.share)));
    found.dedup_by_key(|j| (j.at, key(j.vertex)));
    let mut divided = Vec::new();
    // From the last on: indices before a junction remain valid.
    for Junction { at: [region, part, ring, edge], vertex, .. } in found.into_iter().rev() {
        let ring = &mut regions[region].parts[part][ring];
        divided.extend(edges(&keys(&ring[edge..=edge + 1])));
        ring.insert(edge + 1, vertex);
    }
    divided
}

fn find(regions: &[Region], all: &Edges, crowd: &Crowd) -> Vec<Junction> {
    let contested = crowd.contested();
    if contested.is_empty() {
        return Vec::new();
    }
    let alone = alone(regions, all, crowd, &contested);
    let vertices = vertices(&alone, crowd, &contested);
    let on_edge = |(at, ends): &([usize; 4], [Coord; 2])| {
        let mut found = Vec::new();
        for cell in cells_of(*ends, crowd.cell) {
            for (vertex, _) in vertices.get(&cell).into_iter().flatten().filter(|(_, owner)| *owner != at[0]) {
                if ends.iter().any(|end| key(*end) == key(*vertex)) {
                    continue;
                }
                let (share, off_m) = LocalPlane::at(*vertex).nearest_on_edge(*vertex, ends[0], ends[1]);
                if off_m <= COINCIDENT_M && share > 0.0 && share < 1.0 {
                    found.push(Junction { at: *at, share, vertex: *vertex });
                }
            }
        }
        found
    };
    alone.par_iter().flat_map_iter(on_edge).collect()
}

/// Ends of unshared edges in contested cells, by the grid cells within the coincidence distance of them.
fn vertices(
    alone: &[([usize; 4], [Coord; 2])],
    crowd: &Crowd,
    contested: &FxHashSet<Cell>,
) -> FxHashMap<Cell, Vec<(Coord, usize)>> {
    let mut vertices: FxHashMap<Cell, Vec<(Coord, usize)>> = FxHashMap::default();
    for (at, ends) in alone {
        for vertex in ends.iter().copied().filter(|p| contested.contains(&cell_of(*p, crowd.cell))) {
            let near = LocalPlane::at(vertex).degrees(COINCIDENT_M);
            let (low, high) = (cell_of(vertex - near, crowd.cell), cell_of(vertex + near, crowd.cell));
            for cell in (low.0..=high.0).flat_map(|x| (low.1..=high.1).map(move |y| (x, y))) {
                let there = vertices.entry(cell).or_default();
                if there.last() != Some(&(vertex, at[0])) {
                    there.push((vertex, at[0]));
                }
            }
        }
    }
    vertices
}

/// Every unshared edge of a territory, not in a line layer, that may pass through a contested cell: its indices and its
/// ends.
fn alone(regions: &[Region], all: &Edges, crowd: &Crowd, contested: &FxHashSet<Cell>) -> Vec<([usize; 4], [Coord; 2])> {
    let is_near = |ends: &[Coord]| {
        let (a, b) = (cell_of(ends[0], crowd.cell), cell_of(ends[1], crowd.cell));
        a != b || contested.contains(&a)
    };
    let base = regions.iter().enumerate().filter(|(_, region)| region.level == Level::Base);
    let parts = base.flat_map(|(r, region)| region.parts.iter().enumerate().map(move |(p, part)| (r, p, part)));
    let rings = parts.flat_map(|(r, p, part)| part.iter().enumerate().map(move |(i, ring)| ([r, p, i], ring)));
    let rings: Vec<([usize; 3], &LonLat)> = rings.collect();
    let of_ring = |([r, p, i], ring): &([usize; 3], &LonLat)| {
        let mut found = Vec::new();
        for (number, (edge, ends)) in edges(&keys(ring)).zip(ring.windows(2)).enumerate() {
            if is_near(ends) && all.is_alone(&edge, *r) {
                found.push(([*r, *p, *i, number], [ends[0], ends[1]]));
            }
        }
        found
    };
    rings.par_iter().flat_map_iter(of_ring).collect()
}

fn cell_of(p: Coord, side: f64) -> Cell {
    ((p.x / side).floor() as i64, (p.y / side).floor() as i64)
}

/// Every cell through which an edge runs, column by column.
fn cells_of(ends: [Coord; 2], side: f64) -> impl Iterator<Item = Cell> {
    let (a, b) = if ends[0].x <= ends[1].x { (ends[0], ends[1]) } else { (ends[1], ends[0]) };
    let (first, last) = (cell_of(a, side).0, cell_of(b, side).0);
    (first..=last).flat_map(move |column| {
        let y_at = |x: f64| {
            let share = if b.x > a.x { ((x - a.x) / (b.x - a.x)).clamp(0.0, 1.0) } else { 0.0 };
            a.y + (b.y - a.y) * share
        };
        let (y0, y1) = match b.x > a.x {
            true => (y_at(column as f64 * side), y_at((column + 1) as f64 * side)),
            false => (a.y, b.y),
        };
        let row = |y: f64| (y / side).floor() as i64;
        (row(y0.min(y1))..=row(y0.max(y1))).map(move |row| (column, row))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_edge_runs_through_its_cells() {
        let c = |x: f64, y: f64| Coord { x, y };
        let cells = |a, b| cells_of([a, b], 1.0).collect::<Vec<_>>();
        assert_eq!(cells(c(0.5, 0.5), c(2.5, 0.6)), [(0, 0), (1, 0), (2, 0)]);
        assert_eq!(cells(c(0.5, 2.5), c(0.5, 0.5)), [(0, 0), (0, 1), (0, 2)]);
        assert_eq!(cells(c(2.1, 0.1), c(0.1, 1.1)), [(0, 0), (0, 1), (1, 0), (2, 0)]);
    }
}

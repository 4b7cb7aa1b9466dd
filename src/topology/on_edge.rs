//! Finds vertices that lie on edges.

use super::cells::{CellGrid, Margins};
use crate::earth::LocalPlane;
use geo::Coord;
use rayon::prelude::*;
use rustc_hash::FxHashMap;

/// Vertices that are tested one by one against the edges near them.
const LEAF: usize = 12;
/// Vertices of one cell that are tested one by one against an edge.
const MANY: usize = 32;
/// Least number of vertices for which work is split over two cores.
const SHARED: usize = 1 << 12;
/// Edges per parallel task.
const BLOCK: usize = 1 << 14;

/// A vertex within the tolerance of an edge that does not end there.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Hit {
    /// Index of the edge in the input list.
    pub edge: u32,
    /// Number of the vertex.
    pub vertex: u32,
    /// Share of the edge (0 to 1) at which it is nearest.
    pub share: f64,
    /// Distance in metres.
    pub distance_m: f64,
}

impl Hit {
    /// Whether the nearest position is strictly between the ends of the edge.
    pub fn is_inside(&self) -> bool {
        self.share > 0.0 && self.share < 1.0
    }
}

#[derive(Clone, Copy)]
struct Segment {
    ends: [Coord; 2],
    numbers: [u32; 2],
}

/// Returns every hit strictly between the ends of the edge, ordered by edge and vertex.
pub(super) fn vertices_on_edges(
    positions: &[Coord],
    vertices: &[u32],
    edges: &[[u32; 2]],
    tolerance_m: f64,
) -> Vec<Hit> {
    let mut hits = vertices_near_edges(positions, vertices, edges, tolerance_m);
    hits.retain(Hit::is_inside);
    hits
}

/// Returns every hit, ordered by edge and vertex.
///
/// # Method
/// Vertices are assigned to grid cells, and each edge is tested against those in the cells that it passes. In a crowded
/// cell, and for an edge that passes many cells, vertices are split at the median, by longitude or latitude (k-d tree),
/// and each half is tested with the edges that pass through its box, widened by the tolerance. Near-linear except for
/// the pairs found, unless many long edges run through the same dense vertices.
pub(super) fn vertices_near_edges(
    positions: &[Coord],
    vertices: &[u32],
    edges: &[[u32; 2]],
    tolerance_m: f64,
) -> Vec<Hit> {
    let at = |number: u32| positions[number as usize];
    let segments: Vec<Segment> = edges.par_iter().map(|&numbers| Segment { ends: numbers.map(at), numbers }).collect();
    let search = Search { segments: &segments, margins: Margins::new(tolerance_m), tolerance_m };
    let side = ((vertices.len() as f64).sqrt() * FINE).min(MOST_CELLS) as u32;
    let grid = CellGrid::over(vertices.iter().map(|&number| at(number)), side).filter(|_| vertices.len() >= SHARED);
    let mut hits = match grid {
        Some(grid) => search.by_cells(&grid, vertices, at),
        None => {
            let mut vertices: Vec<(Coord, u32)> = vertices.iter().map(|&number| (at(number), number)).collect();
            search.among(&mut vertices, &(0..segments.len() as u32).collect::<Vec<_>>())
        }
    };
    hits.par_sort_unstable_by_key(|hit| (hit.edge, hit.vertex));
    hits
}

/// CellGrid cells along a side per square root of the number of vertices, so that few vertices along a line share a cell.
const FINE: f64 = 16.0;
/// Greatest number of cells along a side; there are fewer than 2³² cells then.
const MOST_CELLS: f64 = 32_768.0;
/// Stands for no cell.
const NO_CELL: u32 = u32::MAX;
/// Rows and columns that an edge may pass; a longer edge is tested against all vertices.
const FEW: u32 = 64;

/// A search for vertices on segments.
struct Search<'a> {
    segments: &'a [Segment],
    margins: Margins,
    tolerance_m: f64,
}

impl Search<'_> {
    fn by_cells(&self, grid: &CellGrid, vertices: &[u32], at: impl Fn(u32) -> Coord + Sync) -> Vec<Hit> {
        let mut by_cell: Vec<(u32, u32)> = vertices.par_iter().map(|&number| (grid.cell(at(number)), number)).collect();
        by_cell.par_sort_unstable();
        let mut cells: FxHashMap<u32, std::ops::Range<usize>> = FxHashMap::default();
        let mut start = 0;
        for cell in by_cell.chunk_by(|a, b| a.0 == b.0) {
            cells.insert(cell[0].0, start..start + cell.len());
            start += cell.len();
        }
        let places_in = |cell: u32| cells.get(&cell).cloned().unwrap_or_default();
        let of_block = |(block, segments): (usize, &[Segment])| {
            let (mut hits, mut crowded, mut long) = (Vec::new(), Vec::new(), Vec::new());
            // Consecutive edges lie in the same few cells.
            let mut known: [(u32, std::ops::Range<usize>); 64] = std::array::from_fn(|_| (NO_CELL, 0..0));
            for (place, segment) in segments.iter().enumerate() {
                let number = (block * BLOCK + place) as u32;
                let (low, high) = super::edge_box::box_of(segment.ends);
                let margin = self.margins.around(low, high);
                let is_followed = grid.cells_along(segment.ends, margin, FEW, |cell| {
                    let (known_cell, places) = &mut known[cell as usize % 64];
                    if *known_cell != cell {
                        (*known_cell, *places) = (cell, places_in(cell));
                    }
                    let vertices = &by_cell[places.clone()];
                    if vertices.len() > MANY {
                        crowded.push((cell, number));
                    } else {
                        let vertices = vertices.iter().map(|&(_, number)| (at(number), number));
                        self.on_segment(number, vertices, &mut hits);
                    }
                });
                if !is_followed {
                    long.push(number);
                }
            }
            (hits, crowded, long)
        };
        let found: Vec<_> = self.segments.par_chunks(BLOCK).enumerate().map(of_block).collect();
        let (mut hits, mut crowded, mut long) = (Vec::new(), Vec::new(), Vec::new());
        for (some_hits, some_crowded, some_long) in found {
            hits.extend(some_hits);
            crowded.extend(some_crowded);
            long.extend(some_long);
        }
        if !long.is_empty() {
            hits.extend(
                self.among(&mut vertices.iter().map(|&number| (at(number), number)).collect::<Vec<_>>(), &long),
            );
        }
        crowded.par_sort_unstable();
        let in_cell = |edges: &[(u32, u32)]| {
            let mut vertices: Vec<(Coord, u32)> =
                by_cell[places_in(edges[0].0)].iter().map(|&(_, number)| (at(number), number)).collect();
            self.among(&mut vertices, &edges.iter().map(|(_, edge)| *edge).collect::<Vec<_>>())
        };
        hits.par_extend(crowded.par_chunk_by(|a, b| a.0 == b.0).flat_map_iter(in_cell));
        hits
    }

    /// The given vertices that lie on a segment.
    fn on_segment(&self, edge: u32, vertices: impl Iterator<Item = (Coord, u32)>, out: &mut Vec<Hit>) {
        let Segment { ends, numbers } = self.segments[edge as usize];
        let (low, high) = super::edge_box::box_of(ends);
        let margin = self.margins.around(low, high);
        let (low, high) = (low - margin, high + margin);
        for (at, vertex) in vertices {
            let is_in_box = low.x <= at.x && at.x <= high.x && low.y <= at.y && at.y <= high.y;
            if is_in_box && !numbers.contains(&vertex) {
                out.extend(hit(edge, ends, (at, vertex), margin, self.tolerance_m));
            }
        }
    }

    /// The hits among these vertices and the numbered segments.
    fn among(&self, vertices: &mut [(Coord, u32)], numbers: &[u32]) -> Vec<Hit> {
        let Some(&(first, _)) = vertices.first() else { return Vec::new() };
        let (low, high) = vertices.iter().map(|&(at, _)| (at, at)).fold((first, first), super::edge_box::join);
        let margin = self.margins.around(low, high);
        let (centre, half) = ((low + high) / 2.0, (high - low) / 2.0 + margin);
        let ends = |number: u32| self.segments[number as usize].ends;
        let near: Vec<u32> = numbers.iter().copied().filter(|&number| passes(ends(number), centre, half)).collect();
        if near.is_empty() {
            return Vec::new();
        }
        if vertices.len() <= LEAF {
            let mut found = Vec::new();
            near.iter().for_each(|&edge| self.on_segment(edge, vertices.iter().copied(), &mut found));
            return found;
        }
        let middle = vertices.len() / 2;
        if high.x - low.x > high.y - low.y {
            vertices.select_nth_unstable_by(middle, |a, b| a.0.x.total_cmp(&b.0.x));
        } else {
            vertices.select_nth_unstable_by(middle, |a, b| a.0.y.total_cmp(&b.0.y));
        }
        let shared = vertices.len() > SHARED;
        let (one, other) = vertices.split_at_mut(middle);
        let (one, other) = if shared {
            rayon::join(|| self.among(one, &near), || self.among(other, &near))
        } else {
            (self.among(one, &near), self.among(other, &near))
        };
        if other.is_empty() { one } else { [one, other].concat() }
    }
}

/// Tests a vertex against an edge; `margin` is the tolerance, or more, in degrees.
pub(super) fn hit(
    edge: u32,
    ends: [Coord; 2],
    (at, vertex): (Coord, u32),
    margin: Coord,
    tolerance_m: f64,
) -> Option<Hit> {
    if !passes(ends, at, margin) {
        return None;
    }
    let (share, distance_m) = LocalPlane::at(at).nearest_on_edge(at, ends[0], ends[1]);
    (distance_m <= tolerance_m).then_some(Hit { edge, vertex, share, distance_m })
}

/// Whether a segment passes through a box.
#[inline]
fn passes([a, b]: [Coord; 2], centre: Coord, half: Coord) -> bool {
    let (p, q) = (a - centre, b - centre);
    if p.x.min(q.x) > half.x || p.x.max(q.x) < -half.x || p.y.min(q.y) > half.y || p.y.max(q.y) < -half.y {
        return false;
    }
    let d = q - p;
    // Separating-axis test with a relative allowance for rounding.
    let (off, reach) = (d.x * p.y - d.y * p.x, d.x.abs() * half.y + d.y.abs() * half.x);
    off.abs() <= reach * (1.0 + 1e-9)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(64) })]

        #[test]
        fn every_vertex_on_an_edge_and_no_other(
            points in prop::collection::vec((0..20_i32, 0..20_i32), 2..80),
            ends in prop::collection::vec((0..80_usize, 0..80_usize), 1..80),
        ) {
            let at = |&(x, y): &(i32, i32)| Coord { x: 20.0 + f64::from(x) * 1e-3, y: 50.0 + f64::from(y) * 1e-3 };
            let mut points = points;
            points.sort_unstable();
            points.dedup();
            let positions: Vec<Coord> = points.iter().map(at).collect();
            let number = |i: usize| (i % positions.len()) as u32;
            let edges: Vec<[u32; 2]> =
                ends.iter().map(|&(a, b)| [number(a), number(b)]).filter(|[a, b]| a != b).collect();
            let vertices: Vec<u32> = (0..positions.len() as u32).collect();
            let found: Vec<(u32, u32)> =
                vertices_on_edges(&positions, &vertices, &edges, 0.16).iter().map(|hit| (hit.edge, hit.vertex)).collect();
            let mut expected = Vec::new();
            for (place, [a, b]) in edges.iter().enumerate() {
                for v in &vertices {
                    let ((px, py), (ax, ay), (bx, by)) = (points[*v as usize], points[*a as usize], points[*b as usize]);
                    let across = (bx - ax) * (py - ay) - (by - ay) * (px - ax);
                    let along = (px - ax) * (bx - ax) + (py - ay) * (by - ay);
                    let whole = (bx - ax).pow(2) + (by - ay).pow(2);
                    if across == 0 && along > 0 && along < whole {
                        expected.push((place as u32, *v));
                    }
                }
            }
            prop_assert_eq!(found, expected);
        }
    }
}

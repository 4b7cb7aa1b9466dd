//! Which vertices lie on which edges?

use crate::earth::LocalPlane;
use geo::Coord;
use rayon::prelude::*;

/// Vertices that are held one by one against the edges near them.
const LEAF: usize = 12;
/// Vertices from which on two cores share the work.
const SHARED: usize = 1 << 12;

/// A vertex within the tolerance of an edge that does not end there.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Hit {
    /// Place of the edge in the list.
    pub edge: u32,
    /// Number of the vertex.
    pub vertex: u32,
    /// Share of the edge, from 0 to 1, at which it is nearest.
    pub share: f64,
    /// Distance in metres.
    pub distance_m: f64,
}

#[derive(Clone, Copy)]
struct Segment {
    ends: [Coord; 2],
    numbers: [u32; 2],
}

/// Returns every such pair in which the vertex is beside the inside of the edge, in order of the edges and vertices.
pub(super) fn vertices_on_edges(
    positions: &[Coord],
    vertices: &[u32],
    edges: &[[u32; 2]],
    tolerance_m: f64,
) -> Vec<Hit> {
    let mut hits = vertices_near_edges(positions, vertices, edges, tolerance_m);
    hits.retain(|hit| hit.share > 0.0 && hit.share < 1.0);
    hits
}

/// Returns every such pair, in order of the edges and vertices.
///
/// # Method
/// Vertices are halved at their median, east and west or south and north, and with each half go the edges that pass through
/// its box, widened by the tolerance. An edge is followed where vertices are, however long it is and however many others
/// run beside it or end where it ends. Near-linear but for the pairs found, unless many long edges run through the same
/// dense vertices.
pub(super) fn vertices_near_edges(
    positions: &[Coord],
    vertices: &[u32],
    edges: &[[u32; 2]],
    tolerance_m: f64,
) -> Vec<Hit> {
    let at = |number: u32| positions[number as usize];
    let segment = |&numbers: &[u32; 2]| Segment { ends: numbers.map(at), numbers };
    let segments: Vec<Segment> = edges.par_iter().map(segment).collect();
    let mut vertices: Vec<(Coord, u32)> = vertices.iter().map(|&number| (at(number), number)).collect();
    let mut hits = match Grid::over(&vertices) {
        Some(grid) => grid.search(&mut vertices, &segments, tolerance_m),
        None => search(&mut vertices, &segments, &(0..segments.len() as u32).collect::<Vec<_>>(), tolerance_m),
    };
    hits.par_sort_unstable_by_key(|hit| (hit.edge, hit.vertex));
    hits
}

/// Cells in longitude and latitude into which many vertices are sorted first, with the short edges beside them: halving then
/// begins where few are left.
struct Grid {
    low: Coord,
    cells_per_deg: f64,
}

/// Cells along a side of the grid.
const SIDE: u32 = 2048;
/// Cells that an edge may touch; one that touches more is looked for among all vertices.
const FEW: u32 = 4;

impl Grid {
    fn over(vertices: &[(Coord, u32)]) -> Option<Self> {
        if vertices.len() < SHARED {
            return None;
        }
        let (low, high) = vertices.iter().fold((vertices[0].0, vertices[0].0), |(low, high), &(at, _)| {
            (Coord { x: low.x.min(at.x), y: low.y.min(at.y) }, Coord { x: high.x.max(at.x), y: high.y.max(at.y) })
        });
        let side = (high.x - low.x).max(high.y - low.y);
        (side > 0.0).then(|| Grid { low, cells_per_deg: f64::from(SIDE) / side })
    }

    fn place(&self, at: Coord) -> [u32; 2] {
        let place = |value: f64| (value * self.cells_per_deg).clamp(0.0, f64::from(SIDE - 1)) as u32;
        [place(at.x - self.low.x), place(at.y - self.low.y)]
    }

    fn search(&self, vertices: &mut [(Coord, u32)], all: &[Segment], tolerance_m: f64) -> Vec<Hit> {
        let cell = |[x, y]: [u32; 2]| y * SIDE + x;
        let reach = |s: &Segment| {
            let (low, high) = super::company::box_of(s.ends);
            let wide = LocalPlane::at(if -low.y > high.y { low } else { high }).degrees(2.0 * tolerance_m);
            [self.place(low - wide), self.place(high + wide)]
        };
        let is_short = |[low, high]: &[[u32; 2]; 2]| (high[0] - low[0] + 1) * (high[1] - low[1] + 1) <= FEW;
        let numbered = || all.par_iter().enumerate().map(|(number, segment)| (number as u32, reach(segment)));
        let mut beside: Vec<(u32, u32)> = numbered()
            .filter(|(_, reach)| is_short(reach))
            .flat_map_iter(|(number, [low, high])| {
                (low[1]..=high[1]).flat_map(move |y| (low[0]..=high[0]).map(move |x| (cell([x, y]), number)))
            })
            .collect();
        beside.par_sort_unstable();
        let long: Vec<u32> = numbered().filter(|(_, reach)| !is_short(reach)).map(|(number, _)| number).collect();
        let mut hits = if long.is_empty() { Vec::new() } else { search(vertices, all, &long, tolerance_m) };
        vertices.par_sort_unstable_by_key(|&(at, number)| (cell(self.place(at)), number));
        let of_cell = |vertices: &mut [(Coord, u32)]| {
            let cell = cell(self.place(vertices[0].0));
            let (from, to) = (beside.partition_point(|(c, _)| *c < cell), beside.partition_point(|(c, _)| *c <= cell));
            let near: Vec<u32> = beside[from..to].iter().map(|(_, number)| *number).collect();
            search(vertices, all, &near, tolerance_m)
        };
        let same = |a: &(Coord, u32), b: &(Coord, u32)| self.place(a.0) == self.place(b.0);
        hits.par_extend(vertices.par_chunk_by_mut(same).flat_map_iter(of_cell));
        hits
    }
}

/// The pairs among these vertices and those of all segments that are numbered.
fn search(vertices: &mut [(Coord, u32)], all: &[Segment], numbers: &[u32], tolerance_m: f64) -> Vec<Hit> {
    let Some(&(first, _)) = vertices.first() else { return Vec::new() };
    let (low, high) = vertices.iter().fold((first, first), |(low, high), &(at, _)| {
        (Coord { x: low.x.min(at.x), y: low.y.min(at.y) }, Coord { x: high.x.max(at.x), y: high.y.max(at.y) })
    });
    let farthest = if -low.y > high.y { low } else { high };
    let wide = LocalPlane::at(farthest).degrees(2.0 * tolerance_m);
    let (centre, half) = ((low + high) / 2.0, (high - low) / 2.0 + wide);
    let near: Vec<u32> =
        numbers.iter().copied().filter(|&number| passes(all[number as usize].ends, centre, half)).collect();
    if near.is_empty() {
        return Vec::new();
    }
    if vertices.len() <= LEAF {
        return vertices.iter().flat_map(|&vertex| one_by_one(vertex, all, &near, wide, tolerance_m)).collect();
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
        rayon::join(|| search(one, all, &near, tolerance_m), || search(other, all, &near, tolerance_m))
    } else {
        (search(one, all, &near, tolerance_m), search(other, all, &near, tolerance_m))
    };
    if other.is_empty() { one } else { [one, other].concat() }
}

/// Whether a segment passes through a box.
#[inline]
fn passes([a, b]: [Coord; 2], centre: Coord, half: Coord) -> bool {
    let (p, q) = (a - centre, b - centre);
    if p.x.min(q.x) > half.x || p.x.max(q.x) < -half.x || p.y.min(q.y) > half.y || p.y.max(q.y) < -half.y {
        return false;
    }
    let d = q - p;
    // All corners on one side of its line; what rounding may take away is given.
    let (off, reach) = (d.x * p.y - d.y * p.x, d.x.abs() * half.y + d.y.abs() * half.x);
    off.abs() <= reach * (1.0 + 1e-9)
}

fn one_by_one<'a>(
    (at, vertex): (Coord, u32),
    all: &'a [Segment],
    numbers: &'a [u32],
    wide: Coord,
    tolerance_m: f64,
) -> impl Iterator<Item = Hit> + 'a {
    let segments = numbers.iter().map(move |&number| (number, &all[number as usize]));
    let near = segments.filter(move |(_, s)| !s.numbers.contains(&vertex) && passes(s.ends, at, wide));
    near.filter_map(move |(edge, s)| {
        let (share, distance_m) = LocalPlane::at(at).nearest_on_edge(at, s.ends[0], s.ends[1]);
        (distance_m <= tolerance_m).then_some(Hit { edge, vertex, share, distance_m })
    })
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

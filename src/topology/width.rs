//! How wide is a piece of land at its widest?

use super::clean::bands_of;
use super::index::SpaceIndex;
use crate::earth::{LocalPlane, point_along, to_space_m};
use crate::model::Whereabouts;
use geo::{BoundingRect, Coord, Polygon};
use std::collections::BinaryHeap;

/// Share of the width, and metres, to which it is found.
const PRECISION: (f64, f64) = (0.01, 0.01);
/// Cells after which the best so far is the answer.
const MOST_CELLS: usize = 20_000;

/// Returns the diameter in metres of the largest circle that fits into a polygon, to 1 %, and its centre.
///
/// # Method
/// Branch and bound on cells of longitude and latitude, as Mapbox's *polylabel*: a cell is halved while its middle's
/// distance to the outline, in space, and the cell's own radius leave room for a larger circle. From each middle that
/// is the best so far the search climbs to the widest place near by.
///
/// # Limitations and cost
/// Grows with length over width. Of a piece a thousand times as long as it is wide, the width is that of the widest
/// place found in 20 000 cells, which can fall short of the widest.
pub fn widest_place(polygon: &Polygon) -> (f64, Coord) {
    let Some(bounds) = polygon.bounding_rect() else { return (0.0, Coord::zero()) };
    let (low, high) = (bounds.min(), bounds.max());
    let rings = || std::iter::once(polygon.exterior()).chain(polygon.interiors());
    let edges: Vec<[[f64; 3]; 2]> = rings()
        .flat_map(|ring| ring.0.windows(2))
        .filter(|edge| edge[0] != edge[1])
        .flat_map(|edge| chords(edge[0], edge[1]))
        .collect();
    if edges.is_empty() {
        return (0.0, low);
    }
    let (index, bands) = (SpaceIndex::new(&edges), bands_of(polygon));
    let signed_m = |at: Coord| {
        let distance_m = index.nearest(to_space_m(at)).0.sqrt();
        if bands.locate(at) == Whereabouts::Inside { distance_m } else { -distance_m }
    };
    let cell = |middle: Coord, half: Coord| {
        let corner = LocalPlane::at(Coord { x: middle.x, y: middle.y.abs() - half.y })
            .to_m(Coord { x: middle.x + half.x, y: middle.y.abs() });
        let radius_m = (corner.x * corner.x + corner.y * corner.y).sqrt() * 1.001;
        let signed_m = signed_m(middle);
        Cell { most_m: signed_m + radius_m, signed_m, middle, half }
    };
    // Square cells on the ground to begin with.
    let plane = LocalPlane::at(Coord { x: (low.x + high.x) / 2.0, y: (low.y + high.y) / 2.0 });
    let size = plane.to_m(high) - plane.to_m(low);
    let side = size.x.min(size.y).max(size.x.max(size.y) / 64.0);
    let count = |extent: f64| ((extent / side).ceil() as usize).clamp(1, 64);
    let (columns, rows) = (count(size.x), count(size.y));
    let half = Coord { x: (high.x - low.x) / columns as f64 / 2.0, y: (high.y - low.y) / rows as f64 / 2.0 };
    let mut heap = BinaryHeap::new();
    for column in 0..columns {
        for row in 0..rows {
            let (i, j) = ((2 * column + 1) as f64, (2 * row + 1) as f64);
            heap.push(cell(Coord { x: low.x + i * half.x, y: low.y + j * half.y }, half));
        }
    }
    let mut best = (0.0, low);
    let mut tried = 0;
    while let Some(widest) = heap.pop() {
        if widest.signed_m > best.0 {
            best = climb(&signed_m, widest.middle, widest.half, widest.signed_m);
        }
        tried += 1;
        if widest.most_m - best.0 <= (best.0 * PRECISION.0).max(PRECISION.1) || tried > MOST_CELLS {
            break;
        }
        let half = widest.half / 2.0;
        for (dx, dy) in [(-1.0, -1.0), (-1.0, 1.0), (1.0, -1.0), (1.0, 1.0)] {
            let middle = Coord { x: widest.middle.x + dx * half.x, y: widest.middle.y + dy * half.y };
            let smaller = cell(middle, half);
            if smaller.most_m > best.0 {
                heap.push(smaller);
            }
        }
    }
    (2.0 * best.0, best.1)
}

/// Returns the greatest width of a polygon in metres: see [`widest_place`].
pub fn greatest_width_m(polygon: &Polygon) -> f64 {
    widest_place(polygon).0
}

/// The widest place that is reached from another in steps that get smaller.
fn climb(signed_m: &impl Fn(Coord) -> f64, from: Coord, step: Coord, from_m: f64) -> (f64, Coord) {
    let (mut best, mut step) = ((from_m, from), step);
    for _ in 0..60 {
        let around =
            [(-1.0, 0.0), (1.0, 0.0), (0.0, -1.0), (0.0, 1.0), (-0.7, -0.7), (0.7, 0.7), (-0.7, 0.7), (0.7, -0.7)];
        let found = around
            .map(|(x, y)| Coord { x: best.1.x + x * step.x, y: best.1.y + y * step.y })
            .map(|at| (signed_m(at), at))
            .into_iter()
            .max_by(|a, b| a.0.total_cmp(&b.0))
            .filter(|found| found.0 > best.0);
        match found {
            Some(found) => best = found,
            None if step.y < 1e-9 => break,
            None => step = step / 2.0,
        }
    }
    best
}

/// An edge as chords in space, so short that they lie within centimetres of it.
fn chords(from: Coord, to: Coord) -> impl Iterator<Item = [[f64; 3]; 2]> {
    const LONGEST_DEG: f64 = 0.01;
    let pieces = (((to.x - from.x).abs().max((to.y - from.y).abs()) / LONGEST_DEG).ceil() as usize).clamp(1, 4000);
    let at = move |i: usize| match i {
        0 => to_space_m(from),
        i if i == pieces => to_space_m(to),
        i => to_space_m(point_along(from, to, i as f64 / pieces as f64)),
    };
    (0..pieces).map(move |i| [at(i), at(i + 1)])
}

/// A rectangle of longitude and latitude with the most that its circles can measure.
struct Cell {
    most_m: f64,
    signed_m: f64,
    middle: Coord,
    half: Coord,
}

impl PartialEq for Cell {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}
impl Eq for Cell {}
impl PartialOrd for Cell {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for Cell {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        let place = |c: &Cell| (c.middle.x, c.middle.y);
        let by_place = place(self).partial_cmp(&place(other)).unwrap_or(std::cmp::Ordering::Equal);
        self.most_m.total_cmp(&other.most_m).then(by_place)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo::polygon;

    #[test]
    fn a_strip_is_as_wide_as_it_is_wide() {
        // 0.001° of latitude at 40° N is 111.04 m (GeographicLib); 0.1° of longitude is 8.5 km.
        let strip = polygon![(x: 45.0, y: 40.0), (x: 45.1, y: 40.0), (x: 45.1, y: 40.001), (x: 45.0, y: 40.001)];
        let (width_m, centre) = widest_place(&strip);
        assert!((width_m - 111.04).abs() < 0.6, "{width_m}");
        assert!((centre.y - 40.0005).abs() < 1e-5);
    }

    #[test]
    fn long_edges_and_thin_ends() {
        let long = polygon![(x: 45.0, y: 40.0), (x: 46.0, y: 40.0), (x: 46.0, y: 40.0002), (x: 45.0, y: 40.0002)];
        assert!((widest_place(&long).0 - 22.2).abs() < 0.3, "{:?}", widest_place(&long));
        let triangle = polygon![(x: 45.0, y: 40.0), (x: 45.1, y: 40.0), (x: 45.0, y: 40.0001)];
        assert!(widest_place(&triangle).0 < 11.2);
    }

    #[test]
    fn a_hole_takes_width_away() {
        let holed = polygon!(
            exterior: [(x: 45.0, y: 40.0), (x: 45.02, y: 40.0), (x: 45.02, y: 40.02), (x: 45.0, y: 40.02)],
            interiors: [[(x: 45.001, y: 40.001), (x: 45.019, y: 40.001), (x: 45.019, y: 40.019), (x: 45.001, y: 40.019)]],
        );
        assert!(widest_place(&holed).0 < 130.0);
    }
}

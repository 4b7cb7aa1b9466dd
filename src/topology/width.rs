//! How wide is a piece of land at its widest?

use crate::earth::LocalPlane;
use crate::model::{Bands, Whereabouts};
use geo::{BoundingRect, Coord, Polygon};
use std::collections::BinaryHeap;

/// A square of the search, by the greatest distance from the outline that a place in it can have.
struct Square {
    at_most: f64,
    centre: Coord,
    half: f64,
    edges: Vec<u32>,
}

impl PartialEq for Square {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}
impl Eq for Square {}
impl PartialOrd for Square {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for Square {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.at_most.total_cmp(&other.at_most)
    }
}

/// Returns the greatest width of a polygon in metres, the diameter of the largest circle inside it, and its centre
/// (lon, lat in degrees).
///
/// # Method
/// In a plane that touches the ellipsoid at the middle of the polygon's box, squares are halved, the most promising
/// first, until no place can be 1 % (or 0.5 m) farther from the outline than the best one found (Garcia-Castellanos &
/// Lombardo 2007; the search as in Mapbox's polylabel).
///
/// # Limitations and cost
/// Right to 1 % or 1 m, whichever is more, for land of up to some hundred kilometres. The number of vertices times some tens to hundreds.
pub fn widest_place(polygon: &Polygon) -> (f64, Coord) {
    let Some(rect) = polygon.bounding_rect() else { return (0.0, Coord::zero()) };
    let plane = LocalPlane::at(rect.center());
    let rings = || std::iter::once(polygon.exterior()).chain(polygon.interiors()).map(|ring| ring.0.as_slice());
    let land = Outlined {
        plane,
        bands: Bands::new(rings().collect::<Vec<_>>()),
        edges: rings().flat_map(|ring| ring.windows(2)).map(|e| [plane.to_m(e[0]), plane.to_m(e[1])]).collect(),
    };
    let (low, high) = (plane.to_m(rect.min()), plane.to_m(rect.max()));
    let side = (high.x - low.x).min(high.y - low.y);
    if side <= 0.0 {
        return (0.0, rect.center());
    }
    let steps = |from: f64, to: f64| (((to - from) / side).ceil() as usize).clamp(1, 64);
    let (columns, rows) = (steps(low.x, high.x), steps(low.y, high.y));
    // A long box in few squares: they grow to cover it.
    let half = (side / 2.0).max((high.x - low.x) / columns as f64 / 2.0).max((high.y - low.y) / rows as f64 / 2.0);
    let everything: Vec<u32> = (0..land.edges.len() as u32).collect();
    let (mut best, mut waiting) = ((0.0, rect.center()), BinaryHeap::new());
    for i in 0..columns * rows {
        let (column, row) = ((i % columns) as f64, (i / columns) as f64);
        let centre = Coord { x: low.x + (2.0 * column + 1.0) * half, y: low.y + (2.0 * row + 1.0) * half };
        waiting.push(land.square(centre, half, &everything, &mut best));
    }
    while let Some(next) = waiting.pop() {
        if !worthwhile(&next, best.0) {
            break;
        }
        let half = next.half / 2.0;
        for (x, y) in [(-half, -half), (half, -half), (-half, half), (half, half)] {
            let centre = next.centre + Coord { x, y };
            let square = land.square(centre, half, &next.edges, &mut best);
            if worthwhile(&square, best.0) {
                waiting.push(square);
            }
        }
    }
    (2.0 * best.0, best.1)
}

/// Returns the greatest width of a polygon in metres; see [`widest_place`].
pub fn greatest_width_m(polygon: &Polygon) -> f64 {
    widest_place(polygon).0
}

/// Whether a place in the square can be so much deeper inside than the best one found that it matters.
fn worthwhile(square: &Square, best: f64) -> bool {
    square.at_most > best * 1.01 && square.at_most > best + 0.5
}

struct Outlined {
    plane: LocalPlane,
    bands: Bands,
    edges: Vec<[Coord; 2]>,
}

impl Outlined {
    /// A square of the search; `near` holds every edge that can be the nearest to a place in it.
    fn square(&self, centre: Coord, half: f64, near: &[u32], best: &mut (f64, Coord)) -> Square {
        let distances: Vec<f64> = near.iter().map(|&i| distance(self.edges[i as usize], centre)).collect();
        let nearest = distances.iter().copied().fold(f64::INFINITY, f64::min);
        let radius = half * std::f64::consts::SQRT_2;
        let reach = nearest + 2.0 * radius;
        let edges = near.iter().zip(&distances).filter(|(_, d)| **d <= reach).map(|(i, _)| *i).collect();
        let inside = self.bands.locate(self.plane.to_degrees(centre)) == Whereabouts::Inside;
        let depth = if inside { nearest } else { -nearest };
        if depth > best.0 {
            *best = (depth, self.plane.to_degrees(centre));
        }
        Square { at_most: depth + radius, centre, half, edges }
    }
}

fn distance([a, b]: [Coord; 2], p: Coord) -> f64 {
    let (d, w) = (b - a, p - a);
    let length = d.x * d.x + d.y * d.y;
    let share = if length > 0.0 { ((w.x * d.x + w.y * d.y) / length).clamp(0.0, 1.0) } else { 0.0 };
    let off = w - d * share;
    (off.x * off.x + off.y * off.y).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo::polygon;

    #[test]
    fn a_strip_is_as_wide_as_it_is() {
        // 0.001° of latitude at 40° N is 111.03 m.
        let strip = polygon![(x: 45.0, y: 40.0), (x: 45.5, y: 40.0), (x: 45.5, y: 40.001), (x: 45.0, y: 40.001)];
        assert!((greatest_width_m(&strip) - 111.03).abs() < 1.5, "{}", greatest_width_m(&strip));
        let triangle = polygon![(x: 45.0, y: 40.0), (x: 45.1, y: 40.0), (x: 45.0, y: 40.0001)];
        assert!(greatest_width_m(&triangle) < 11.2);
    }
}

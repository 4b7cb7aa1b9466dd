//! How wide is a piece of land at its widest?

use crate::earth::LocalPlane;
use geo::{BoundingRect, Coord, Polygon};
use std::collections::BinaryHeap;

/// A square of the search, by the greatest distance from the outline that a place in it can have.
struct Square {
    at_most: f64,
    centre: Coord,
    half: f64,
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

/// Returns the greatest width of a polygon in metres: the diameter of the largest circle inside it.
///
/// # Method
/// In a plane that touches the ellipsoid at the middle of the polygon's box, squares are halved, the most promising
/// first, until no place can be 1 % (or 0.1 m) farther from the outline than the best one found (Garcia-Castellanos &
/// Lombardo 2007; the search as in Mapbox's polylabel).
///
/// # Limitations and cost
/// Right to 1 % for land of up to some hundred kilometres. The number of vertices times some tens to hundreds.
pub fn greatest_width_m(polygon: &Polygon) -> f64 {
    let Some(rect) = polygon.bounding_rect() else { return 0.0 };
    let plane = LocalPlane::at(rect.center());
    let rings: Vec<Vec<Coord>> = std::iter::once(polygon.exterior())
        .chain(polygon.interiors())
        .map(|ring| ring.0.iter().map(|c| plane.to_m(*c)).collect())
        .collect();
    let (low, high) = (plane.to_m(rect.min()), plane.to_m(rect.max()));
    let side = (high.x - low.x).min(high.y - low.y);
    if side <= 0.0 {
        return 0.0;
    }
    let square = |centre: Coord, half: f64| {
        let inside = depth(&rings, centre);
        (inside, Square { at_most: inside + half * std::f64::consts::SQRT_2, centre, half })
    };
    let (mut best, mut waiting) = (0.0f64, BinaryHeap::new());
    let half = side / 2.0;
    let steps = |from: f64, to: f64| (((to - from) / side).ceil() as usize).clamp(1, 64);
    let (columns, rows) = (steps(low.x, high.x), steps(low.y, high.y));
    // A long box in few squares: they grow to cover it.
    let half = half.max((high.x - low.x) / columns as f64 / 2.0).max((high.y - low.y) / rows as f64 / 2.0);
    for i in 0..columns * rows {
        let (column, row) = ((i % columns) as f64, (i / columns) as f64);
        let centre = Coord { x: low.x + (2.0 * column + 1.0) * half, y: low.y + (2.0 * row + 1.0) * half };
        let (inside, found) = square(centre, half);
        best = best.max(inside);
        waiting.push(found);
    }
    while let Some(next) = waiting.pop() {
        if next.at_most <= best * 1.01 || next.at_most <= best + 0.05 {
            break;
        }
        let half = next.half / 2.0;
        for (x, y) in [(-half, -half), (half, -half), (-half, half), (half, half)] {
            let (inside, found) = square(next.centre + Coord { x, y }, half);
            best = best.max(inside);
            waiting.push(found);
        }
    }
    2.0 * best
}

/// Distance from the outline, negative outside.
fn depth(rings: &[Vec<Coord>], p: Coord) -> f64 {
    let (mut squared, mut inside) = (f64::INFINITY, false);
    for edge in rings.iter().flat_map(|ring| ring.windows(2)) {
        let (a, b) = (edge[0], edge[1]);
        if (a.y > p.y) != (b.y > p.y) && p.x < (b.x - a.x) * (p.y - a.y) / (b.y - a.y) + a.x {
            inside = !inside;
        }
        let (d, w) = (b - a, p - a);
        let length = d.x * d.x + d.y * d.y;
        let share = if length > 0.0 { ((w.x * d.x + w.y * d.y) / length).clamp(0.0, 1.0) } else { 0.0 };
        let off = w - d * share;
        squared = squared.min(off.x * off.x + off.y * off.y);
    }
    if inside { squared.sqrt() } else { -squared.sqrt() }
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

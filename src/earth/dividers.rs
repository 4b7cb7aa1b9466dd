//! Richardson divider length: the length of a line at a given step.

use super::{LocalPlane, line_length_m, point_along};
use geo::Coord;

/// Returns the positions that dividers of a given opening touch along a line, and the end of the line.
///
/// The length of that chain is the Richardson divider length: the wider the opening, the shorter the line.
///
/// # Earth and units
/// Positions (lon, lat) in degrees; the opening in metres, met within a relative error of 1e-4 up to some kilometres.
///
/// # Method
/// The next touch is the position at which the line first leaves the circle of radius `opening_m` around the last one.
/// The rest of the line is the last chord. A ring starts at its first position; a ring that fits in the circle has
/// length 0.
///
/// # References
/// Richardson 1961, *The problem of contiguity*; Mandelbrot 1967, *How long is the coast of Britain?*, Science 156.
///
/// # Examples
/// A degree of the equator (111.319 km) in steps of 10 km: 11 steps and the rest.
/// ```
/// use geo::Coord;
/// let equator = [Coord { x: 45.0, y: 0.0 }, Coord { x: 46.0, y: 0.0 }];
/// assert_eq!(merestone::earth::divider_points(&equator, 10_000.0).len(), 13);
/// ```
pub fn divider_points(line: &[Coord], opening_m: f64) -> Vec<Coord> {
    let Some(&first) = line.first() else { return Vec::new() };
    let mut touched = vec![first];
    let (mut at, mut plane) = (first, LocalPlane::at(first));
    for edge in line.windows(2) {
        let mut from = edge[0];
        while let Some(share) = leaves(&plane, from, edge[1], opening_m) {
            at = point_along(from, edge[1], share);
            touched.push(at);
            (from, plane) = (at, LocalPlane::at(at));
        }
    }
    touched.extend(line.last().filter(|last| **last != at));
    touched
}

/// Returns the Richardson divider length of a line in metres, independent of its direction.
///
/// # Earth and units
/// Positions (lon, lat) in degrees; ellipsoidal length (WGS 84) of the chain of [`divider_points`].
///
/// # Method
/// The mean of the lengths of [`divider_points`] from either end. For a ring: the mean over both directions from the vertex
/// farthest from the centre of its bounding box; among equally far vertices, those nearest to the equator, averaged.
///
/// # Guarantees
/// Reversing the line, mirroring it east–west or north–south, or rotating the start of a ring does not change the
/// result.
///
/// # Examples
/// A straight line has the same length at every opening: one degree of the equator is a · π/180.
/// ```
/// use geo::Coord;
/// let equator = [Coord { x: 45.0, y: 0.0 }, Coord { x: 46.0, y: 0.0 }];
/// assert!((merestone::earth::divider_length_m(&equator, 10_000.0) - 111_319.491).abs() < 0.001);
/// ```
pub fn divider_length_m(line: &[Coord], opening_m: f64) -> f64 {
    let both_ways_m = |mut line: Vec<Coord>| {
        let one_way_m = line_length_m(&divider_points(&line, opening_m));
        line.reverse();
        (one_way_m + line_length_m(&divider_points(&line, opening_m))) / 2.0
    };
    if line.len() < 4 || line.first() != line.last() {
        return both_ways_m(line.to_vec());
    }
    let ring = &line[1..];
    let starts = starts(ring);
    let from = |&start: &usize| {
        let turned = ring[start..].iter().chain(&ring[..=start]).copied().collect();
        both_ways_m(turned)
    };
    starts.iter().map(from).sum::<f64>() / starts.len() as f64
}

/// Start vertices of a ring, independent of its direction: nearly always one, at most four.
fn starts(ring: &[Coord]) -> Vec<usize> {
    const ALIKE: f64 = 1e-9;
    let (low, high) = ring.iter().fold((ring[0], ring[0]), |(low, high), at| {
        (Coord { x: low.x.min(at.x), y: low.y.min(at.y) }, Coord { x: high.x.max(at.x), y: high.y.max(at.y) })
    });
    let middle = (low + high) / 2.0;
    let off = |i: usize| (ring[i].x - middle.x).hypot(ring[i].y - middle.y);
    let farthest = (0..ring.len()).map(off).fold(0.0, f64::max);
    let mut starts: Vec<usize> = (0..ring.len()).filter(|&i| off(i) >= farthest * (1.0 - ALIKE)).collect();
    let lowest = starts.iter().map(|&i| ring[i].y.abs()).fold(f64::INFINITY, f64::min);
    starts.retain(|&i| ring[i].y.abs() <= lowest + ALIKE);
    starts.truncate(4);
    starts
}

/// The share of an edge at which it leaves the circle around the plane's origin; its start is inside the circle.
fn leaves(plane: &LocalPlane, from: Coord, to: Coord, radius_m: f64) -> Option<f64> {
    let (a, b) = (plane.to_m(from), plane.to_m(to));
    let d = b - a;
    if b.x * b.x + b.y * b.y < radius_m * radius_m {
        return None;
    }
    // Solves |a + share d|² = radius² for the greater root.
    let (dd, ad) = (d.x * d.x + d.y * d.y, a.x * d.x + a.y * d.y);
    let room = (radius_m * radius_m - a.x * a.x - a.y * a.y).max(0.0);
    let share = (-ad + (ad * ad + dd * room).sqrt()) / dd;
    (share.is_finite() && share < 1.0).then_some(share.max(0.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::earth::distance_m;

    fn zigzag() -> Vec<Coord> {
        (0..400).map(|i| Coord { x: 45.0 + f64::from(i) * 1e-3, y: 40.0 + f64::from(i % 2) * 1e-3 }).collect()
    }

    #[test]
    fn every_piece_but_the_last_is_as_long_as_the_opening() {
        let touched = divider_points(&zigzag(), 1000.0);
        for pair in touched.windows(2).rev().skip(1) {
            assert!((distance_m(pair[0], pair[1]) - 1000.0).abs() < 0.1);
        }
        assert_eq!(touched.last(), zigzag().last());
    }

    #[test]
    fn straight_line_keeps_its_length_and_zigzag_shortens() {
        let straight = [Coord { x: 45.0, y: 40.0 }, Coord { x: 45.0, y: 40.5 }];
        assert!((line_length_m(&divider_points(&straight, 700.0)) - line_length_m(&straight)).abs() < 1e-6);
        let (fine, coarse) =
            (line_length_m(&divider_points(&zigzag(), 20.0)), line_length_m(&divider_points(&zigzag(), 1000.0)));
        assert!(coarse < 0.65 * line_length_m(&zigzag()) && fine > 0.98 * line_length_m(&zigzag()));
    }

    #[test]
    fn a_ring_inside_the_circle_has_no_length() {
        let ring = [(45.0, 40.0), (45.001, 40.0), (45.0, 40.001), (45.0, 40.0)].map(|(x, y)| Coord { x, y });
        assert_eq!(line_length_m(&divider_points(&ring, 500.0)), 0.0);
    }
}

//! How sure is an area?

use super::{distance_m, to_space_m};
use geo::{Coord, Polygon};

/// What reports say of the ± of an area.
pub const AREA_ERROR: &str = "one standard error: vertices err independently by the stated accuracy in each coordinate, \
     those closer together than it as one; a shift common to all changes no area";

/// Returns the standard error of the area of polygons, in m², that follows from the accuracy of their positions.
///
/// # Earth and units
/// WGS 84; positions (lon, lat) in degrees; `accuracy_m` in metres is taken as the standard error of each coordinate of
/// a vertex. Where the source means the whole position by it, the answer is √2 too cautious.
///
/// # Method
/// A vertex that moves by d changes a ring's area by half of d times the chord between its two neighbours, across. With
/// independent errors σ the variances add: σ_A = ½ σ √Σ c², c being those chords. Vertices that stand closer together
/// than σ cannot err independently, else the line would zigzag: they are thinned to a spacing of σ first, so that a
/// denser drawing makes no area surer. Rings and parts add in quadrature.
///
/// # Guarantees
/// Proportional to the accuracy as long as no vertices are thinned; turning or reversing a ring changes nothing where
/// none are. A Monte Carlo run agrees (test).
///
/// # Limitations
/// An error common to all vertices (a datum operation's) changes no area and counts nothing; errors outward everywhere
/// would change it by perimeter × accuracy. Whether the line itself is the right one is no part of this.
///
/// # References
/// Chrisman and Yandell 1988, *Effects of point error on area calculations*, Surveying and Mapping 48.
pub fn area_error_m2(polygons: &[Polygon], accuracy_m: f64) -> f64 {
    let rings = polygons.iter().flat_map(|p| std::iter::once(p.exterior()).chain(p.interiors()));
    rings.map(|ring| ring_variance(&ring.0, accuracy_m)).sum::<f64>().sqrt()
}

fn ring_variance(ring: &[Coord], accuracy_m: f64) -> f64 {
    let open = &ring[..ring.len().saturating_sub(1)];
    let thinned = thinned(open, accuracy_m);
    // A ring no wider than its accuracy keeps its vertices.
    let corners = if thinned.len() < 3 { open } else { &thinned };
    let n = corners.len();
    let chord_m = |i: usize| distance_m(corners[(i + n - 1) % n], corners[(i + 1) % n]);
    (accuracy_m / 2.0).powi(2) * (0..n).map(|i| chord_m(i).powi(2)).sum::<f64>()
}

/// Corners of a ring, each at least so far from the one kept before it.
fn thinned(open: &[Coord], spacing_m: f64) -> Vec<Coord> {
    let mut kept: Vec<Coord> = Vec::with_capacity(open.len());
    let mut last_in_space = None;
    for &corner in open {
        let here = to_space_m(corner);
        let last = kept.last().zip(last_in_space);
        if last.is_none_or(|(&last, there)| is_as_far((last, there), (corner, here), spacing_m)) {
            kept.push(corner);
            last_in_space = Some(here);
        }
    }
    kept
}

/// Whether two positions, each with its place in space, are at least so far apart.
///
/// The straight distance decides where it can: a geodesic is no shorter, and up to 1 000 km less than 0.2 % longer.
fn is_as_far((a, from): (Coord, [f64; 3]), (b, to): (Coord, [f64; 3]), spacing_m: f64) -> bool {
    let straight_m = (0..3).map(|axis| (to[axis] - from[axis]).powi(2)).sum::<f64>().sqrt();
    if straight_m > spacing_m + 1e-3 {
        true
    } else if straight_m < 1e6 && straight_m * 1.002 < spacing_m - 1e-3 {
        false
    } else {
        distance_m(a, b) >= spacing_m
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::earth::{LocalPlane, polygon_area_m2};
    use geo::LineString;

    fn polygon(corners: usize, radius_m: f64) -> Polygon {
        let plane = LocalPlane::at(Coord { x: 45.5, y: 40.6 });
        let corner = |i: usize| {
            let (sin, cos) = (i as f64 / corners as f64 * std::f64::consts::TAU).sin_cos();
            let r = radius_m * (1.0 + 0.3 * (5.0 * sin).cos());
            plane.to_degrees(Coord { x: r * cos, y: r * sin })
        };
        Polygon::new(LineString((0..=corners).map(|i| corner(i % corners)).collect()), vec![])
    }

    /// Normal deviates out of a fixed sequence (Box–Muller over a linear congruential generator).
    fn normal(state: &mut u64) -> f64 {
        let mut uniform = || {
            *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            ((*state >> 11) as f64 + 0.5) / (1_u64 << 53) as f64
        };
        (-2.0 * uniform().ln()).sqrt() * (std::f64::consts::TAU * uniform()).cos()
    }

    #[test]
    fn moving_the_vertices_at_random_scatters_the_area_as_stated() {
        let (shape, sigma_m, mut state) = (polygon(60, 3500.0), 100.0, 7);
        let stated = area_error_m2(std::slice::from_ref(&shape), sigma_m);
        let plane = LocalPlane::at(Coord { x: 45.5, y: 40.6 });
        let area = polygon_area_m2(&shape);
        let runs = 4000;
        let mut sum = 0.0;
        for _ in 0..runs {
            let mut ring: Vec<Coord> = shape.exterior().0[1..]
                .iter()
                .map(|&c| {
                    let m = plane.to_m(c);
                    let (east, north) = (normal(&mut state), normal(&mut state));
                    plane.to_degrees(Coord { x: m.x + sigma_m * east, y: m.y + sigma_m * north })
                })
                .collect();
            ring.push(ring[0]);
            sum += (polygon_area_m2(&Polygon::new(LineString(ring), vec![])) - area).powi(2);
        }
        let found = (sum / f64::from(runs)).sqrt();
        assert!((found / stated - 1.0).abs() < 0.05, "{found} m² found, {stated} m² stated");
    }

    #[test]
    fn a_denser_drawing_makes_no_area_surer() {
        let [coarse, dense] = [600, 6000].map(|corners| area_error_m2(&[polygon(corners, 3500.0)], 300.0));
        assert!((dense / coarse - 1.0).abs() < 0.1, "{dense} {coarse}");
    }

    #[test]
    fn thinning_goes_by_the_geodesic() {
        let mut state = 3;
        let mut at = Coord { x: 45.5, y: 40.6 };
        let open: Vec<Coord> = (0..3000)
            .map(|_| {
                at = at + Coord { x: normal(&mut state) * 4e-4, y: normal(&mut state) * 4e-4 };
                at
            })
            .collect();
        for spacing_m in [1.0, distance_m(open[0], open[1]), 50.0, 400.0, 5000.0] {
            let mut kept = vec![open[0]];
            for &corner in &open[1..] {
                if distance_m(kept[kept.len() - 1], corner) >= spacing_m {
                    kept.push(corner);
                }
            }
            assert_eq!(thinned(&open, spacing_m), kept);
        }
    }

    #[test]
    fn a_field_narrower_than_its_accuracy_still_has_an_error() {
        assert!(area_error_m2(&[polygon(4, 10.0)], 100.0) > 1000.0);
    }
}

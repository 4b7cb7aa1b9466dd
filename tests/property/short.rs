//! Short forms of lengths and areas are within their documented bounds.

use geo::{Coord, Destination, Distance, Geodesic, Point};
use merestone::earth::{distance_m, edge_length_m, point_along, ring_area_m2};
use proptest::prelude::*;

/// Greatest extent of a short edge, in degrees.
const SHORT_DEG: f64 = 1.0 / 32.0;

/// An edge in any direction, from centimetres to the longest short one, up to a latitude.
fn short_edge(farthest: f64) -> impl Strategy<Value = (Coord, Coord)> {
    let span = (-7.0..0.0_f64, -1.0..1.0_f64, -1.0..1.0_f64);
    (-179.0..179.0_f64, -farthest..farthest, span).prop_map(|(x, y, (size, dx, dy))| {
        let size = SHORT_DEG * 10_f64.powf(size);
        (Coord { x, y }, Coord { x: x + dx * size, y: y + dy * size })
    })
}

/// WGS 84, for values computed here independently of the crate.
const A: f64 = 6_378_137.0;
const E2: f64 = 1.0 / 298.257_223_563 * (2.0 - 1.0 / 298.257_223_563);

/// Mean over a short edge by Simpson's rule on 64 intervals.
fn mean(from: f64, to: f64, f: impl Fn(f64) -> f64) -> f64 {
    const N: usize = 64;
    let at = |i: usize| f((from + (to - from) * i as f64 / N as f64).to_radians());
    let inner: f64 = (1..N).map(|i| at(i) * if i % 2 == 1 { 4.0 } else { 2.0 }).sum();
    (at(0) + inner + at(N)) / (3 * N) as f64
}

/// Length of an edge straight in lon/lat, from the radii of curvature (Bomford 1980, §2.02).
fn by_simpson_m(a: Coord, b: Coord) -> f64 {
    let (d_lat, d_lon) = ((b.y - a.y).to_radians(), (b.x - a.x).to_radians());
    mean(a.y, b.y, |lat| {
        let w = (1.0 - E2 * lat.sin().powi(2)).sqrt();
        (A * (1.0 - E2) / w.powi(3) * d_lat).hypot(A / w * lat.cos() * d_lon)
    })
}

/// Area from the equator per radian of longitude, in closed form (Snyder 1987, eq. 3-12).
fn zone_m2(lat: f64) -> f64 {
    let (e, s) = (E2.sqrt(), lat.sin());
    A * A * (1.0 - E2) / 2.0 * (s / (1.0 - E2 * s * s) + (e * s).atanh() / e)
}

proptest! {
    #![proptest_config(super::cases(512))]

    /// 1e-12 of the length, plus rounding of coordinates near 180.
    #[test]
    fn a_short_edge_is_as_long_as_its_curve((a, b) in short_edge(80.0)) {
        let (short, fine) = (edge_length_m(a, b), by_simpson_m(a, b));
        prop_assert!((short - fine).abs() <= 1e-12 * fine + 1e-9, "{} {}", short, fine);
        prop_assert_eq!(short.to_bits(), edge_length_m(b, a).to_bits());
    }

    /// GeographicLib (`geographiclib-rs`), within 15 nm; the short form within 20 nm up to 10 km and at its limit.
    #[test]
    fn a_short_distance_is_the_geodesic(x in -180.0..180.0_f64, y in -86.0..86.0_f64, size in -3.0..4.2_f64, turn in 0.0..360.0_f64) {
        let length_m = 10_f64.powf(size);
        let from = Point::new(x, y);
        let to = Geodesic.destination(from, turn, length_m);
        let exact = Geodesic.distance(from, to);
        let short = distance_m(from.0, to.0);
        prop_assert!((short - exact).abs() <= 35e-9, "{} {}", short, exact);
    }

    /// GeographicLib's geodesics between 64 positions of the curve; each is within 20 nm, and shorter than the curve by
    /// the relative (s tan φ / R)² / 24: 1e-11 for 50 m at 60°.
    #[test]
    fn a_short_edge_is_as_long_as_geodesics_along_it((a, b) in short_edge(60.0)) {
        let at = |i: usize| if i == 64 { b } else { point_along(a, b, i as f64 / 64.0) };
        let chain: f64 = (0..64).map(|i| distance_m(at(i), at(i + 1))).sum();
        let short = edge_length_m(a, b);
        prop_assert!((short - chain).abs() <= 2e-11 * chain + 64.0 * 20e-9, "{} {}", short, chain);
    }

    /// 0.002 m² per radian of longitude for each of the three edges.
    #[test]
    fn a_short_edge_bounds_the_area_under_its_curve((a, b) in short_edge(89.9), down in 0.0..1.0_f64) {
        let c = Coord { x: a.x + (b.x - a.x) * down, y: a.y };
        let ring = [a, c, b, a];
        let edges = ring.windows(2).map(|e| {
            -mean(e[0].y, e[1].y, |lat| zone_m2(lat) - zone_m2(a.y.to_radians())) * (e[1].x - e[0].x).to_radians()
        });
        let (short, fine) = (ring_area_m2(&ring), edges.sum::<f64>());
        let d_lon = (b.x - a.x).abs().to_radians();
        // The closed form has a rounding error in its sixteenth digit.
        prop_assert!((short - fine).abs() <= (3.0 * 0.002 + 0.05) * d_lon + 1e-12 * fine.abs(), "{} {}", short, fine);
    }
}

//! Lengths and areas: symmetric, additive, and independent of extra vertices.

use super::figures::{position, star};
use geo::{Coord, LineString, Polygon};
use merestone::earth::{densify, distance_m, edge_length_m, line_length_m, point_along, polygon_area_m2, ring_area_m2};
use merestone::model::Edges;
use proptest::prelude::*;

/// A position anywhere on the earth.
fn anywhere() -> impl Strategy<Value = Coord> {
    (-180.0..180.0_f64, -90.0..90.0_f64).prop_map(|(x, y)| Coord { x, y })
}

proptest! {
    #![proptest_config(super::cases(256))]

    #[test]
    fn an_edge_is_as_long_from_either_end(a in anywhere(), b in anywhere()) {
        prop_assert_eq!(edge_length_m(a, b).to_bits(), edge_length_m(b, a).to_bits());
        prop_assert!((distance_m(a, b) - distance_m(b, a)).abs() < 1e-6);
        // The geodesic is the shortest: no edge is shorter.
        prop_assert!(edge_length_m(a, b) >= distance_m(a, b) - 1e-6);
    }

    #[test]
    fn extra_vertices_on_an_edge_change_nothing(a in position(), b in position(), shares in prop::collection::vec(0.0..1.0_f64, 1..9)) {
        let mut shares = shares;
        shares.sort_by(f64::total_cmp);
        let inner = shares.iter().map(|&share| point_along(a, b, share));
        let line: Vec<Coord> = std::iter::once(a).chain(inner).chain([b]).collect();
        let length_m = edge_length_m(a, b);
        prop_assert!((line_length_m(&line) - length_m).abs() <= 1e-9 * length_m + 1e-6);
    }

    #[test]
    fn extra_vertices_on_a_ring_change_no_area(polygon in star(), share in 0.01..0.99_f64) {
        let ring = &polygon.exterior().0;
        let dense: Vec<Coord> = ring.windows(2).flat_map(|e| [e[0], point_along(e[0], e[1], share)]).chain([ring[0]]).collect();
        let area_m2 = ring_area_m2(ring);
        prop_assert!((ring_area_m2(&dense) - area_m2).abs() <= 1e-9 * area_m2.abs() + 0.01);
    }

    #[test]
    fn start_and_sense_of_a_ring_change_no_area(polygon in star(), turn in 0..20_usize) {
        let mut ring = polygon.exterior().0.clone();
        let area_m2 = ring_area_m2(&ring);
        ring.pop();
        let at = turn % ring.len();
        ring.rotate_left(at);
        ring.push(ring[0]);
        prop_assert!((ring_area_m2(&ring) - area_m2).abs() <= 1e-11 * area_m2.abs() + 1e-4);
        ring.reverse();
        prop_assert!((ring_area_m2(&ring) + area_m2).abs() <= 1e-11 * area_m2.abs() + 1e-4);
    }

    /// A polygon split by a diagonal is the sum of its two pieces.
    #[test]
    fn pieces_add_up(polygon in star(), cut in 1..12_usize) {
        let ring = &polygon.exterior().0[..polygon.exterior().0.len() - 1];
        prop_assume!(ring.len() >= 4);
        let at = 2 + cut % (ring.len() - 2);
        prop_assume!(at < ring.len());
        let closed = |corners: Vec<Coord>| -> Vec<Coord> { corners.iter().chain(corners.first()).copied().collect() };
        let one = closed(ring[..=at].to_vec());
        let other = closed(ring[at..].iter().chain(&ring[..1]).copied().collect());
        let whole = ring_area_m2(&polygon.exterior().0);
        let sum = ring_area_m2(&one) + ring_area_m2(&other);
        prop_assert!((sum - whole).abs() <= 1e-9 * whole.abs() + 0.01, "{} {}", sum, whole);
    }

    #[test]
    fn a_hole_takes_its_area_away(polygon in star(), shrink in 0.1..0.9_f64) {
        let ring = &polygon.exterior().0;
        let n = (ring.len() - 1) as f64;
        let middle = ring[1..].iter().fold(Coord { x: 0.0, y: 0.0 }, |sum, &c| sum + c) / n;
        let hole: Vec<Coord> = ring.iter().rev().map(|&c| middle + (c - middle) * shrink).collect();
        let holed = Polygon::new(polygon.exterior().clone(), vec![LineString(hole.clone())]);
        let expected = ring_area_m2(ring).abs() - ring_area_m2(&hole).abs();
        prop_assert!((polygon_area_m2(&holed) - expected).abs() < 1e-3);
    }

    /// The chain of a geodesic is not shorter, and hardly longer.
    #[test]
    fn chains_are_as_long_as_geodesics(a in position(), b in position()) {
        let (chain, straight) = (line_length_m(&densify(&[a, b], Edges::Geodesic)), distance_m(a, b));
        prop_assert!(chain >= straight - 1e-6 && chain <= straight * (1.0 + 1e-9) + 1e-6, "{} {}", chain, straight);
    }
}

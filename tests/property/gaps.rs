//! Shortest distance between two outlines, against all pairs of sampled positions.

use super::figures::{rectangle, star};
use geo::{Coord, Polygon, Translate};
use merestone::earth::{distance_m, point_along};
use merestone::topology::Outline;
use proptest::prelude::*;

/// Positions sampled along a ring, some hundreds of metres apart.
fn walked(polygon: &Polygon, pieces: usize) -> Vec<Coord> {
    let edges = polygon.exterior().0.windows(2);
    edges
        .flat_map(|e| (0..pieces).map(|i| point_along(e[0], e[1], i as f64 / pieces as f64)).collect::<Vec<_>>())
        .collect()
}

fn outline(polygon: &Polygon) -> Outline {
    Outline::new([polygon.exterior().0.as_slice()])
}

proptest! {
    #![proptest_config(super::cases(24))]

    #[test]
    fn no_two_positions_are_nearer_than_the_gap(a in star(), b in star(), east in 1.1..3.0_f64) {
        let there = b.exterior().0[0];
        let here = a.exterior().0[0];
        let b = b.translate(here.x - there.x + east, here.y - there.y);
        let gap = outline(&a).gap_to(&outline(&b)).expect("neither is empty");
        prop_assert!((distance_m(gap.from, gap.to) - gap.distance_m).abs() < 1e-6);
        let (p, q) = (walked(&a, 40), walked(&b, 40));
        let least = p.iter().flat_map(|&x| q.iter().map(move |&y| distance_m(x, y))).fold(f64::INFINITY, f64::min);
        prop_assert!(gap.distance_m <= least * (1.0 + 1e-8) + 2e-3, "{} but {}", gap.distance_m, least);
        prop_assert!(gap.distance_m >= 0.95 * least - 1000.0, "{} but {}", gap.distance_m, least);
    }

    #[test]
    fn the_gap_is_the_same_from_either_side(a in star(), b in star()) {
        let (one, other) = (outline(&a), outline(&b));
        let (there, back) = (one.gap_to(&other).expect("a gap"), other.gap_to(&one).expect("a gap"));
        prop_assert!((there.distance_m - back.distance_m).abs() < 1e-6);
    }

    /// Boxes at the same latitude: the gap is the distance of their facing edges.
    #[test]
    fn boxes_beside_each_other(south in 38.0..42.0_f64, side in 0.01..0.3_f64, apart in 0.001..0.5_f64) {
        let a = rectangle(45.0, south, 45.0 + side, south + side);
        let b = rectangle(45.0 + side + apart, south, 45.0 + 2.0 * side + apart, south + side);
        let gap = outline(&a).gap_to(&outline(&b)).expect("a gap");
        // Nearest in the north, where meridians converge.
        let (p, q) = (Coord { x: 45.0 + side, y: south + side }, Coord { x: 45.0 + side + apart, y: south + side });
        prop_assert!((gap.distance_m - distance_m(p, q)).abs() < 1e-3, "{} {}", gap.distance_m, distance_m(p, q));
    }
}

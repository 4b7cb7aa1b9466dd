//! Borders and enclaves do not depend on the encoding of the file.

use super::figures::{altered, brickwork, ring, territory};
use geo::{Coord, LineString, Polygon};
use merestone::earth::line_length_m;
use merestone::model::Territory;
use merestone::question::{BorderOptions, BorderReport, EnclaveOptions, EnclaveRow, borders, enclaves};
use proptest::prelude::*;

fn report(territories: Vec<Territory>) -> BorderReport {
    borders(&territories, &BorderOptions::default()).report
}

/// Boxes as territories, some with several parts.
fn territories(boxes: Vec<Polygon>, number: usize) -> Vec<Territory> {
    let mut parts: Vec<Vec<Polygon>> = vec![Vec::new(); number];
    for (i, each) in boxes.into_iter().enumerate() {
        parts[i % number].push(each);
    }
    let named = parts.into_iter().enumerate().filter(|(_, parts)| !parts.is_empty());
    named.map(|(i, parts)| territory(format!("t{i:03}"), parts)).collect()
}

/// The same land: rings started elsewhere, polygons and territories reordered.
fn rewritten(territories: Vec<Territory>, turn: usize) -> Vec<Territory> {
    let rewrite = |parts: &mut Vec<Polygon>| {
        for part in &mut *parts {
            let mut ring = part.exterior().0.clone();
            ring.pop();
            let at = turn % ring.len();
            ring.rotate_left(at);
            ring.push(ring[0]);
            *part = Polygon::new(LineString(ring), part.interiors().to_vec());
        }
        parts.reverse();
    };
    let mut territories: Vec<Territory> = territories.iter().map(|each| altered(each, rewrite)).collect();
    let at = turn % territories.len();
    territories.rotate_left(at);
    territories
}

/// Whether two parts are equal; sums in another order differ by rounding.
fn same_part(a: &EnclaveRow, b: &EnclaveRow) -> bool {
    let gaps = a.gap_to_parent_m.zip(b.gap_to_parent_m).map_or(0.0, |(p, q)| p - q);
    (&a.territory, &a.enclave_in, a.order, &a.neighbours) == (&b.territory, &b.enclave_in, b.order, &b.neighbours)
        && (a.area_km2 - b.area_km2).abs() < 1e-9 * a.area_km2
        && (a.perimeter_m - b.perimeter_m).abs() < 1e-6
        && a.gap_to_parent_m.is_some() == b.gap_to_parent_m.is_some()
        && gaps.abs() < 1e-3
}

fn perimeter_m(polygon: &Polygon) -> f64 {
    line_length_m(&polygon.exterior().0)
}

proptest! {
    #![proptest_config(super::cases(128))]

    /// Every edge is the border of two boxes or the outer outline; corners meet edges everywhere.
    #[test]
    fn borders_twice_plus_outline_equal_all_perimeters(boxes in brickwork()) {
        let perimeters: f64 = boxes.iter().map(perimeter_m).sum();
        let outline = line_length_m(&ring(45.0, 39.0, 45.0 + 60.0 / 32.0, 39.0 + 60.0 / 32.0));
        let number = boxes.len();
        let rows = report(territories(boxes, number)).rows;
        let shared: f64 = rows.iter().map(|row| row.length_m).sum();
        let found = 2.0 * shared + outline;
        prop_assert!((found - perimeters).abs() < 1e-3, "{} + {} instead of {}", 2.0 * shared, outline, perimeters);
    }

    #[test]
    fn ring_start_and_order_change_no_border(boxes in brickwork(), number in 2..6_usize, turn in 0..1000_usize) {
        let given = territories(boxes, number);
        let (first, second) = (report(given.clone()), report(rewritten(given, turn)));
        prop_assert_eq!(first.rows.len(), second.rows.len());
        for (a, b) in first.rows.iter().zip(&second.rows) {
            prop_assert_eq!((&a.a, &a.b), (&b.a, &b.b));
            prop_assert!((a.length_m - b.length_m).abs() < 1e-6, "{}–{}: {} {}", a.a, a.b, a.length_m, b.length_m);
            let (mut p, mut q) = (a.points.clone(), b.points.clone());
            p.sort_by(|x, y| x.partial_cmp(y).expect("numbers"));
            q.sort_by(|x, y| x.partial_cmp(y).expect("numbers"));
            prop_assert_eq!(p, q);
        }
    }

    #[test]
    fn ring_start_and_order_change_no_enclave(boxes in brickwork(), number in 2..6_usize, turn in 0..1000_usize) {
        let given = territories(boxes, number);
        let parts = |territories| enclaves(territories, &EnclaveOptions::default()).report.rows;
        let (first, mut second) = (parts(&given.clone()), parts(&rewritten(given, turn)));
        prop_assert_eq!(first.len(), second.len());
        for a in &first {
            let same = second.iter().position(|b| same_part(a, b));
            let Some(same) = same else { return Err(TestCaseError::fail(format!("nothing like {a:?} among {second:?}"))) };
            second.swap_remove(same);
        }
    }

    /// Concentric squares A, B, A …: the n-th is an enclave of order n - 1.
    #[test]
    fn nested_squares_count_their_order(depth in 2..9_u32) {
        let square = |k: u32| {
            let inset = 0.05 * f64::from(k);
            ring(45.0 + inset, 39.0 + inset, 46.0 - inset, 40.0 - inset)
        };
        let part = |k: u32| {
            let hole = (k + 1 < depth).then(|| { let mut hole = square(k + 1); hole.reverse(); LineString(hole) });
            Polygon::new(LineString(square(k)), hole.into_iter().collect())
        };
        let of = |parity: u32| (0..depth).filter(|k| k % 2 == parity).map(part).collect::<Vec<_>>();
        let found = enclaves(&[territory("a", of(0)), territory("b", of(1))], &EnclaveOptions::default()).report;
        let mut orders: Vec<u32> = found.rows.iter().filter_map(|row| row.order).collect();
        orders.sort_unstable();
        prop_assert_eq!(orders, (1..depth).collect::<Vec<_>>());
        let rows = report(vec![territory("a", of(0)), territory("b", of(1))]).rows;
        let rings: f64 = (1..depth).map(|k| line_length_m(&square(k))).sum();
        prop_assert!(rows[0].components.iter().all(|c| c.ring));
        prop_assert!((rows[0].length_m - rings).abs() < 1e-6);
    }
}

#[test]
fn a_corner_is_a_point_of_contact() {
    let boxes = [(45.0, 39.0), (46.0, 40.0)].map(|(x, y)| super::figures::rectangle(x, y, x + 1.0, y + 1.0));
    let rows = report(territories(boxes.to_vec(), 2)).rows;
    assert_eq!(rows.len(), 1);
    assert_eq!((rows[0].length_m, rows[0].points.as_slice()), (0.0, &[[46.0, 40.0]][..]));
    assert_eq!(Coord { x: 46.0, y: 40.0 }, boxes[1].exterior().0[0]);
}

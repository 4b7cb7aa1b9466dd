//! Enclosure of parts: holes filled within a tolerance, bars across notches, land without a hole, overlapping claims,
//! the antimeridian. Expected results by construction.

use super::figures::{rectangle, territory};
use geo::orient::Direction;
use geo::{Area, BooleanOps, Coord, LineString, Orient, Polygon, unary_union};
use merestone::model::{Answer, Territory, WarningCode};
use merestone::question::{EnclaveOptions, EnclaveRow, PartKind, enclaves};
use proptest::prelude::*;

fn rows(territories: Vec<Territory>) -> Vec<EnclaveRow> {
    enclaves(&territories, &EnclaveOptions::default()).report.rows
}

/// Asserts the same rows in every order of the territories; returns them.
fn rows_in_any_order(territories: Vec<Territory>) -> Vec<EnclaveRow> {
    // Sums of lengths may differ in the last digit.
    let whole = |metres: f64| (metres * 1000.0).round();
    let said = |territories: Vec<Territory>| {
        let mut rows = rows(territories);
        rows.sort_by(|a, b| (&a.territory, a.part).cmp(&(&b.territory, b.part)));
        for row in &mut rows {
            row.perimeter_m = whole(row.perimeter_m);
            row.gap_to_parent_m = row.gap_to_parent_m.map(whole);
            row.gap_to_main_m = row.gap_to_main_m.map(whole);
        }
        rows
    };
    let expected = said(territories.clone());
    for turned in 1..territories.len() {
        let mut order = territories.clone();
        order.rotate_left(turned);
        assert_eq!(said(order), expected);
    }
    expected
}

fn row<'a>(rows: &'a [EnclaveRow], territory: &str, part: usize) -> &'a EnclaveRow {
    rows.iter().find(|row| row.territory == territory && row.part == part).expect("there is such a part")
}

/// A box with rectangular holes, each as west, south, east, north.
fn with_holes(outer: [f64; 4], holes: &[[f64; 4]]) -> Polygon {
    let ring = |[w, s, e, n]: [f64; 4]| rectangle(w, s, e, n).exterior().clone();
    let hole = |hole: &[f64; 4]| LineString(ring(*hole).0.into_iter().rev().collect());
    Polygon::new(ring(outer), holes.iter().map(hole).collect())
}

/// A polygon with a counter-clockwise shell.
fn polygon(corners: &[(f64, f64)]) -> Polygon {
    let ring = LineString(corners.iter().map(|&(x, y)| Coord { x, y }).collect());
    Polygon::new(ring, Vec::new()).orient(Direction::Default)
}

#[test]
fn hole_nearly_filled_by_a_part_with_holes() {
    let host = || with_holes([40.0, 40.0, 50.0, 50.0], &[[44.0, 44.0, 46.0, 46.0]]);
    // The filler ends 2 m short of the hole, and has a counter-enclave, third-party land and a lake.
    let filler = with_holes(
        [44.000_02, 44.000_02, 45.999_98, 45.999_98],
        &[[44.2, 44.2, 44.9, 44.9], [45.0, 45.0, 45.5, 45.5], [45.6, 44.2, 45.8, 44.8]],
    );
    let a = territory("a", vec![host(), rectangle(44.2, 44.2, 44.9, 44.9)]);
    let b = territory("b", vec![filler]);
    let c = territory("c", vec![rectangle(45.0, 45.0, 45.5, 45.5)]);
    let rows = rows_in_any_order(vec![a, b, c]);
    let filler = row(&rows, "b", 1);
    assert_eq!((filler.kind, filler.enclave_in.as_deref(), filler.order), (PartKind::Enclave, Some("a"), Some(1)));
    assert_eq!((row(&rows, "a", 2).enclave_in.as_deref(), row(&rows, "a", 2).order), (Some("b"), Some(2)));
    assert_eq!((row(&rows, "c", 1).enclave_in.as_deref(), row(&rows, "c", 1).order), (Some("b"), Some(2)));
    assert_eq!(row(&rows, "a", 1).neighbours, ["b"]);
}

#[test]
fn nested_nearly_filled_holes() {
    let ring = |i: usize| {
        let (out, inner) = (i as f64 * 0.5 + 0.000_01, (i + 1) as f64 * 0.5 - 0.000_01);
        with_holes(
            [40.0 + out, 40.0 + out, 50.0 - out, 50.0 - out],
            &[[40.0 + inner, 40.0 + inner, 50.0 - inner, 50.0 - inner]],
        )
    };
    let names = ["a", "b", "c", "d"];
    let rows = rows_in_any_order((0..4).map(|i| territory(names[i], vec![ring(i)])).collect());
    for (i, name) in names.iter().enumerate().skip(1) {
        let row = row(&rows, name, 1);
        assert_eq!((row.enclave_in.as_deref(), row.order), (Some(names[i - 1]), Some(i as u32)), "{name}");
    }
}

#[test]
fn a_hole_filled_by_two_territories_holds_no_enclave() {
    let a = territory("a", vec![with_holes([40.0, 40.0, 50.0, 50.0], &[[44.0, 44.0, 46.0, 46.0]])]);
    let b = territory("b", vec![rectangle(44.000_02, 44.000_02, 45.0, 45.999_98)]);
    let c = territory("c", vec![rectangle(45.0, 44.000_02, 45.999_98, 45.999_98)]);
    assert!(rows_in_any_order(vec![a, b, c]).iter().all(|row| row.enclave_in.is_none()));
}

#[test]
fn a_bar_across_a_notch_is_no_enclave() {
    // All its corners are in the arms of the U, a third of it in the notch.
    let u = [
        (40.0, 40.0),
        (46.0, 40.0),
        (46.0, 46.0),
        (44.0, 46.0),
        (44.0, 42.0),
        (42.0, 42.0),
        (42.0, 46.0),
        (40.0, 46.0),
        (40.0, 40.0),
    ];
    let bar = territory("bar", vec![rectangle(41.0, 43.0, 45.0, 44.0)]);
    let rows = rows_in_any_order(vec![territory("u", vec![polygon(&u)]), bar]);
    assert_eq!(row(&rows, "bar", 1).enclave_in, None);
    // Two adjacent claims, one of them along the whole edge of the other.
    let over = territory("over", vec![rectangle(40.0, 40.0, 42.0, 41.0)]);
    assert_eq!(row(&rows_in_any_order(vec![territory("u", vec![polygon(&u)]), over]), "over", 1).enclave_in, None);
}

#[test]
fn land_without_a_hole_borders_what_lies_in_it() {
    let rows = rows_in_any_order(vec![
        territory("host", vec![rectangle(40.0, 40.0, 50.0, 50.0)]),
        territory("guest", vec![rectangle(44.0, 44.0, 46.0, 46.0)]),
    ]);
    assert_eq!(row(&rows, "guest", 1).enclave_in.as_deref(), Some("host"));
    assert_eq!(
        (row(&rows, "host", 1).neighbours.as_slice(), row(&rows, "guest", 1).neighbours.as_slice()),
        (&["guest".to_owned()][..], &["host".to_owned()][..])
    );
}

#[test]
fn land_claimed_twice_surrounds_for_both_claimants() {
    let guest = || territory("guest", vec![rectangle(44.0, 44.0, 46.0, 46.0)]);
    // Both claim the same or overlapping land, without and with holes.
    for (one, other) in [
        (rectangle(40.0, 40.0, 50.0, 50.0), rectangle(40.0, 40.0, 50.0, 50.0)),
        (rectangle(40.0, 40.0, 50.0, 50.0), rectangle(42.0, 42.0, 55.0, 48.0)),
        (
            with_holes([40.0, 40.0, 50.0, 50.0], &[[44.0, 44.0, 46.0, 46.0]]),
            with_holes([40.0, 40.0, 50.0, 50.0], &[[44.0, 44.0, 46.0, 46.0]]),
        ),
    ] {
        let rows = rows_in_any_order(vec![territory("p", vec![one]), territory("q", vec![other]), guest()]);
        let guest = row(&rows, "guest", 1);
        assert_eq!((guest.kind, guest.enclave_in.as_deref()), (PartKind::Enclave, Some("p + q")));
        assert_eq!(guest.neighbours, ["p", "q"]);
    }
    // One is inside the other: the inner one surrounds it.
    let outer = territory("p", vec![rectangle(30.0, 30.0, 60.0, 60.0)]);
    let inner = territory("q", vec![rectangle(40.0, 40.0, 50.0, 50.0)]);
    let rows = rows_in_any_order(vec![outer, inner, guest()]);
    assert_eq!((row(&rows, "guest", 1).enclave_in.as_deref(), row(&rows, "guest", 1).order), (Some("q"), Some(2)));
}

/// A host around a guest, with or without a hole, across ±180° and 20° farther west.
#[test]
fn the_antimeridian_changes_nothing() {
    type Box4 = [f64; 4];
    let guest: Box4 = [178.0, 62.0, 182.0, 64.0];
    let nearly: Box4 = [178.000_02, 62.000_02, 181.999_98, 63.999_98];
    for (what, hole, guest) in
        [("no hole", None, guest), ("filled", Some(guest), guest), ("nearly", Some(guest), nearly)]
    {
        let host: Box4 = [170.0, 60.0, 190.0, 70.0];
        let [across, west] =
            [split(host, hole), vec![with_holes(moved(host), &hole.map(moved).into_iter().collect::<Vec<_>>())]];
        let [guest_across, guest_west] = [split(guest, None), vec![with_holes(moved(guest), &[])]];
        let said = |host, guest| {
            let rows = rows_in_any_order(vec![territory("host", host), territory("guest", guest)]);
            rows.into_iter().map(|r| (r.territory, r.kind, r.enclave_in, r.order, r.neighbours)).collect::<Vec<_>>()
        };
        let expected = said(west, guest_west);
        assert_eq!(expected[0].1, PartKind::Enclave, "{what}");
        assert_eq!(said(across, guest_across), expected, "{what}");
    }
}

fn moved([w, s, e, n]: [f64; 4]) -> [f64; 4] {
    [w - 20.0, s, e - 20.0, n]
}

/// A box across 180° with a hole, as two polygons that end there (RFC 7946, 3.1.9).
fn split([w, s, e, n]: [f64; 4], hole: Option<[f64; 4]>) -> Vec<Polygon> {
    let half = |outer: f64, inner: Option<f64>, meridian: f64| {
        let mut ring = vec![(meridian, n), (outer, n), (outer, s), (meridian, s)];
        if let (Some(inner), Some([_, hole_s, _, hole_n])) = (inner, hole) {
            ring.extend([(meridian, hole_s), (inner, hole_s), (inner, hole_n), (meridian, hole_n)]);
        }
        ring.push(ring[0]);
        polygon(&ring)
    };
    vec![half(w, hole.map(|h| h[0]), 180.0), half(e - 360.0, hole.map(|h| h[2] - 360.0), -180.0)]
}

#[test]
fn of_parts_equally_large_each_is_the_main_part() {
    let parts =
        [rectangle(40.0, 40.0, 41.0, 41.0), rectangle(45.0, 40.0, 46.0, 41.0), rectangle(48.0, 40.0, 48.5, 40.5)];
    let beside = || territory("beside", vec![rectangle(41.0, 40.0, 45.0, 41.0)]);
    for order in [[0, 1, 2], [1, 0, 2], [2, 1, 0]] {
        let two = territory("two", order.map(|i: usize| parts[i].clone()).to_vec());
        let Answer { report, warnings, .. } = enclaves(&[two, beside()], &EnclaveOptions::default());
        let of_two: Vec<_> = report.rows.iter().filter(|row| row.territory == "two").collect();
        assert_eq!(of_two.iter().filter(|row| row.is_main && row.kind == PartKind::Main).count(), 2);
        let small = of_two.iter().find(|row| !row.is_main).expect("the third part");
        // To the nearer of the two, 2° along 40.5° N as a geodesic (GeographicLib, 40.5 46 to 40.5 48).
        assert!((small.gap_to_main_m.expect("a gap") - 169_519.0).abs() < 500.0, "{small:?}");
        assert_eq!(warnings.iter().filter(|w| w.code == WarningCode::EqualParts).count(), 1);
    }
}

/// A rectangle with corners on a grid of 12 by 12, with up to two vertices more on its southern edge, and up to one
/// hole.
fn part() -> impl Strategy<Value = Polygon> {
    let side = || (0..11_u8).prop_flat_map(|low| (Just(low), low + 1..=12));
    (side(), side(), 0..3_u8, any::<bool>()).prop_map(|((west, east), (south, north), more, is_hollow)| {
        let [w, e, s, n] = [west, east, south, north].map(f64::from);
        let holes =
            if is_hollow && e - w >= 3.0 && n - s >= 3.0 { vec![[w + 1.0, s + 1.0, e - 1.0, n - 1.0]] } else { vec![] };
        let (mut shell, holes) = with_holes([w, s, e, n], &holes).into_inner();
        for i in 0..more {
            shell.0.insert(1 + usize::from(i), Coord { x: w + (e - w) * f64::from(i + 1) / 4.0, y: s });
        }
        Polygon::new(shell, holes)
    })
}

proptest! {
    #![proptest_config(super::cases(512))]

    /// Parts inside parts, in holes, across one another, beside one another and equal; the union by `geo`.
    #[test]
    fn merged_parts_have_the_land_of_all_and_share_none(parts in prop::collection::vec(part(), 1..9)) {
        let territory = territory("a", parts.clone());
        let cleaned = merestone::topology::clean(&[territory]).territories[0].parts().to_vec();
        let area = |parts: &[Polygon]| parts.iter().map(Area::unsigned_area).sum::<f64>();
        let whole = unary_union(&parts);
        prop_assert!((area(&cleaned) - whole.unsigned_area()).abs() < 1e-9);
        for part in &cleaned {
            prop_assert!(part.difference(&whole).unsigned_area() < 1e-9);
        }
    }
}

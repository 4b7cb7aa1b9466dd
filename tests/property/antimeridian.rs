//! Land that meets at ±180°, and parts of one territory that meet between vertices.

use super::figures::{rectangle as land, ring, territory};
use geo::{Coord, LineString, Polygon};
use merestone::earth::line_length_m;
use merestone::model::Territory;
use merestone::question::{BorderOptions, EnclaveOptions, EnclaveRow, PartKind, borders, enclaves};

fn rows(territories: Vec<Territory>) -> Vec<EnclaveRow> {
    enclaves(&territories, &EnclaveOptions::default()).report.rows
}

/// Meridian lengths by PROJ 9.5.1 (`Geod.line_length`); parallels and the area with their edges in short steps.
const FROM_60_TO_70_M: f64 = 1_114_907.908;
const FROM_62_TO_68_M: f64 = 668_951.730;
const TWICE_10_DEGREES_AT_60_M: f64 = 1_116_000.031;
const TWICE_10_DEGREES_AT_70_M: f64 = 2.0 * 381_865.413;
const TEN_DEGREES_KM2: f64 = 525_264.162;

#[test]
fn a_territory_on_both_sides_is_one_part() {
    let both = territory("both", vec![land(170.0, 60.0, 180.0, 70.0), land(-180.0, 60.0, -170.0, 70.0)]);
    let beside = territory("beside", vec![land(160.0, 60.0, 170.0, 70.0)]);
    let rows = rows(vec![both, beside]);
    assert_eq!(rows.len(), 2, "{rows:#?}");
    let both = &rows[0];
    assert_eq!((both.kind, both.is_exclave, both.part), (PartKind::Main, false, 1));
    assert!((both.area_km2 - 2.0 * TEN_DEGREES_KM2).abs() < 0.01, "{}", both.area_km2);
    // The meridian of 180° is interior; those of 170° E and 170° W are outline.
    let expected = 2.0 * FROM_60_TO_70_M + TWICE_10_DEGREES_AT_60_M + TWICE_10_DEGREES_AT_70_M;
    assert!((both.perimeter_m - expected).abs() < 0.1, "{} instead of {expected}", both.perimeter_m);
}

#[test]
fn a_border_along_it_is_found_whatever_the_vertices() {
    // The eastern one has a smaller latitude range; its ends are not vertices of the western one.
    for (south, north, expected_m) in [(60.0, 70.0, FROM_60_TO_70_M), (62.0, 68.0, FROM_62_TO_68_M)] {
        let west = || territory("west", vec![land(170.0, 60.0, 180.0, 70.0)]);
        let east = || territory("east", vec![land(-180.0, south, -170.0, north)]);
        for territories in [vec![west(), east()], vec![east(), west()]] {
            let rows = borders(&territories, &BorderOptions::default()).report.rows;
            assert_eq!(rows.len(), 1, "{rows:#?}");
            assert_eq!((rows[0].a.as_str(), rows[0].b.as_str(), rows[0].components.len()), ("east", "west", 1));
            assert!((rows[0].length_m - expected_m).abs() < 0.01, "{} instead of {expected_m}", rows[0].length_m);
            // Southward along it, the east is on the left.
            let course = &rows[0].components[0].courses[0];
            assert!(course[0].y > course[course.len() - 1].y && course.iter().all(|at| at.x == 180.0), "{course:?}");
        }
    }
}

#[test]
fn land_at_other_latitudes_of_180_meets_in_the_corner_only() {
    let west = territory("west", vec![land(170.0, 60.0, 180.0, 64.0)]);
    let east = territory("east", vec![land(-180.0, 64.0, -170.0, 70.0)]);
    let rows = borders(&[west, east], &BorderOptions::default()).report.rows;
    assert_eq!((rows.len(), rows[0].length_m, rows[0].points.as_slice()), (1, 0.0, &[[180.0, 64.0]][..]));
}

#[test]
fn parts_that_meet_between_vertices_are_one() {
    // Each part has vertices on the common edge that the other lacks.
    let corner = |x: f64, y: f64| Coord { x, y };
    let west = [(45.0, 39.0), (46.0, 39.0), (46.0, 39.25), (46.0, 40.0), (45.0, 40.0), (45.0, 39.0)];
    let east = [(46.0, 39.0), (47.0, 39.0), (47.0, 40.0), (46.0, 40.0), (46.0, 39.5), (46.0, 39.0)];
    let polygon =
        |ring: [(f64, f64); 6]| Polygon::new(LineString(ring.iter().map(|&(x, y)| corner(x, y)).collect()), Vec::new());
    let one = territory("one", vec![polygon(west), polygon(east)]);
    let found = rows(vec![one]);
    assert_eq!((found.len(), found[0].kind), (1, PartKind::Main), "{found:#?}");
    let around = line_length_m(&ring(45.0, 39.0, 47.0, 40.0));
    assert!((found[0].perimeter_m - around).abs() < 1e-3, "{} instead of {around}", found[0].perimeter_m);
}

/// A territory that ends at ±180° inside another on both sides: alone on one side, or as two parts that meet there.
#[test]
fn enclave_across_180_is_found_whatever_the_vertices() {
    let bay = |sign: f64| {
        let corners = [(170.0, 60.0), (180.0, 60.0), (180.0, 62.0), (175.0, 62.0), (175.0, 68.0), (180.0, 68.0)];
        let corners = corners.into_iter().chain([(180.0, 70.0), (170.0, 70.0), (170.0, 60.0)]);
        let mut ring: Vec<Coord> = corners.map(|(x, y)| Coord { x: sign * x, y }).collect();
        if sign < 0.0 {
            ring.reverse();
        }
        Polygon::new(LineString(ring), Vec::new())
    };
    let side = |sign: f64, near: f64, south: f64, north: f64| {
        land((sign * near).min(sign * 180.0), south, (sign * near).max(sign * 180.0), north)
    };
    for sign in [1.0, -1.0] {
        // Opposite the enclave: its own vertex, none, or the same vertices; in one piece or two.
        let whole = vec![side(-sign, 170.0, 60.0, 70.0)];
        let halves = vec![side(-sign, 170.0, 60.0, 65.0), side(-sign, 170.0, 65.0, 70.0)];
        for across in [whole, halves] {
            let host = territory("host", [vec![bay(sign)], across].concat());
            let inner = territory("inner", vec![side(sign, 175.0, 62.0, 68.0)]);
            for territories in [vec![host.clone(), inner.clone()], vec![inner, host]] {
                let rows = rows(territories);
                let inner = rows.iter().find(|row| row.territory == "inner").expect("it is there");
                assert_eq!(inner.enclave_in.as_deref(), Some("host"), "{rows:#?}");
            }
        }
        // Land missing opposite it: not an enclave.
        let host = territory("host", vec![bay(sign), side(-sign, 170.0, 60.0, 64.0), side(-sign, 170.0, 65.0, 70.0)]);
        let found = rows(vec![host, territory("inner", vec![side(sign, 175.0, 62.0, 68.0)])]);
        assert!(found.iter().all(|row| row.enclave_in.is_none()), "{found:#?}");
    }
    let host = territory("host", vec![bay(1.0), bay(-1.0)]);
    let inner = territory("inner", vec![land(175.0, 62.0, 180.0, 68.0), land(-180.0, 62.0, -175.0, 68.0)]);
    let found = rows(vec![host, inner]);
    let inner: Vec<_> = found.iter().filter(|row| row.territory == "inner").collect();
    assert_eq!((inner.len(), inner[0].enclave_in.as_deref()), (1, Some("host")), "{found:#?}");
}

//! Borders that were once wrong, each on the smallest input. Lengths of meridians and parallels by GeographicLib.

use super::figures::{rectangle, ring, territory};
use geo::{Coord, LineString, Polygon};
use merestone::model::{Answer, Territory, WarningCode};
use merestone::question::{BorderOptions, BorderRow, EnclaveOptions, borders, enclaves};

fn coords(corners: &[(f64, f64)]) -> LineString {
    LineString(corners.iter().map(|&(x, y)| Coord { x, y }).collect())
}

fn rows(territories: Vec<Territory>) -> Vec<BorderRow> {
    borders(&territories, &BorderOptions::default()).report.rows
}

fn pairs(rows: &[BorderRow]) -> Vec<(&str, &str, f64, usize)> {
    let km = |row: &BorderRow| row.length_m.round() / 1000.0;
    rows.iter().map(|row| (row.a.as_str(), row.b.as_str(), km(row), row.points.len())).collect()
}

/// A box as a clockwise hole.
fn hole(west: f64, south: f64, east: f64, north: f64) -> LineString {
    LineString(ring(west, south, east, north).into_iter().rev().collect())
}

#[test]
fn two_holes_that_share_an_edge_are_one_hole() {
    let host = |holes| Polygon::new(LineString(ring(9.0, 45.0, 10.0, 46.0)), holes);
    let apart = host(vec![hole(9.2, 45.2, 9.4, 45.4), hole(9.4, 45.2, 9.6, 45.4)]);
    let merged = host(vec![hole(9.2, 45.2, 9.6, 45.4)]);
    let land = |host: Polygon| {
        let x = territory("x", vec![rectangle(9.2, 45.2, 9.4, 45.4)]);
        vec![territory("host", vec![host]), x, territory("y", vec![rectangle(9.4, 45.2, 9.6, 45.4)])]
    };
    let Answer { report, warnings, .. } = borders(&land(apart.clone()), &BorderOptions::default());
    assert!(warnings.iter().all(|w| w.code != WarningCode::Overlap), "{warnings:?}");
    let expected = rows(land(merged));
    // The meridian from 45.2° to 45.4° N is 22.228 km; each neighbour shares the rest of its outline with the host.
    assert_eq!(pairs(&report.rows), pairs(&expected));
    assert_eq!(pairs(&expected)[2], ("x", "y", 22228.0 / 1000.0, 0));
    let parts = enclaves(&land(apart), &EnclaveOptions::default()).report.rows;
    assert!(parts.iter().all(|part| part.enclave_in.is_none()), "each touches two territories");
}

#[test]
fn a_hole_that_touches_its_shell_between_vertices_leaves_the_border_whole() {
    let touching = coords(&[(46.0, 39.5), (45.5, 39.3), (45.5, 39.7), (46.0, 39.5)]);
    let a = territory("a", vec![Polygon::new(LineString(ring(45.0, 39.0, 46.0, 40.0)), vec![touching])]);
    let b = territory("b", vec![rectangle(46.0, 39.0, 47.0, 40.0)]);
    // The meridian from 39° to 40° N.
    let rows = rows(vec![a, b]);
    assert_eq!((rows.len(), rows[0].points.len()), (1, 0));
    assert!((rows[0].length_m - 111_025.046).abs() < 0.01, "{}", rows[0].length_m);
}

#[test]
fn filler_of_a_hole_touches_the_neighbour_in_a_point() {
    let triangle = [(46.0, 39.5), (45.5, 39.3), (45.5, 39.7), (46.0, 39.5)];
    let back: Vec<(f64, f64)> = triangle.iter().rev().copied().collect();
    let a = territory("a", vec![Polygon::new(LineString(ring(45.0, 39.0, 46.0, 40.0)), vec![coords(&triangle)])]);
    let c = territory("c", vec![Polygon::new(coords(&back), vec![])]);
    let rows = rows(vec![a, territory("b", vec![rectangle(46.0, 39.0, 47.0, 40.0)]), c]);
    let between = |a: &str, b: &str| rows.iter().find(|row| row.a == a && row.b == b).expect("they touch");
    assert_eq!((between("b", "c").length_m, between("b", "c").points.as_slice()), (0.0, &[[46.0, 39.5]][..]));
    assert!((between("a", "b").length_m - 111_025.046).abs() < 0.01);
}

#[test]
fn an_edge_out_and_back_bounds_no_land() {
    let spiked = coords(&[
        (20.0, 45.1),
        (20.1, 45.1),
        (20.1, 45.09),
        (20.1, 45.1),
        (20.2, 45.1),
        (20.2, 45.2),
        (20.0, 45.2),
        (20.0, 45.1),
    ]);
    let land = vec![
        territory("west", vec![rectangle(20.0, 45.0, 20.1, 45.1)]),
        territory("east", vec![rectangle(20.1, 45.0, 20.2, 45.1)]),
        territory("north", vec![Polygon::new(spiked, vec![])]),
    ];
    let Answer { report, warnings, .. } = borders(&land, &BorderOptions::default());
    // The parallel of 45.1° N over 0.1° is 7.871 km, the meridian from 45° to 45.1° N 11.113 km.
    assert_eq!(
        pairs(&report.rows),
        [("east", "north", 7.871, 0), ("east", "west", 11.113, 0), ("north", "west", 7.871, 0)]
    );
    assert!(warnings.iter().all(|w| w.code != WarningCode::Overlap), "{warnings:?}");
}

#[test]
fn land_held_twice_is_no_border_and_no_points() {
    let land = vec![
        territory("kingdom", vec![rectangle(4.0, 51.0, 5.0, 52.0)]),
        territory("realm", vec![rectangle(4.0, 51.2, 5.0, 51.6)]),
    ];
    let Answer { report, warnings, .. } = borders(&land, &BorderOptions::default());
    assert!(report.rows.is_empty(), "{:?}", report.rows);
    assert!(warnings.iter().any(|w| w.code == WarningCode::Overlap));
}

#[test]
fn sectors_around_a_pole_touch_at_the_pole() {
    let sector = |id: &str, west: f64| territory(id, vec![rectangle(west, 80.0, west + 40.0, 90.0)]);
    let rows = rows(vec![sector("a", 0.0), sector("b", 90.0)]);
    assert_eq!((rows.len(), rows[0].length_m, rows[0].points.len()), (1, 0.0, 1), "{rows:?}");
}

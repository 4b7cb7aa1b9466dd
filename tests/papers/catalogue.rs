//! Columns of the catalogue against PROJ and GeographicLib.

use super::{number, reference};
use geo::Coord;
use merestone::document::{CatalogueOptions, CoordinateColumns, Course, TurningPoint, catalogue};
use merestone::earth::{Axis, Operation, distance_m, parse_angle};
use merestone::model::Answer;

fn course(positions: impl Iterator<Item = Coord>) -> Course {
    let point =
        |position| TurningPoint { position, number: None, name: None, height_m: None, source: None, given: None };
    Course { id: "line".into(), points: positions.map(point).collect() }
}

fn options(dms_decimals: u8) -> CatalogueOptions {
    let mut options = CatalogueOptions::default();
    options.positions = CoordinateColumns::Wgs84;
    options.dms_decimals = dms_decimals;
    options.operation = Operation::default();
    options
}

#[test]
fn every_column_agrees_with_proj_and_geographiclib() {
    let rows = reference("rows");
    let positions = rows.iter().map(|r| Coord { x: number(r, "lon") / 360_000.0, y: number(r, "lat") / 360_000.0 });
    // To 1e-6″ (30 µm), so that only the columns are compared.
    let Answer { report, warnings, .. } = catalogue(&[course(positions)], &options(6));
    assert!(warnings.is_empty());
    for (ours, theirs) in report.points.iter().zip(&rows) {
        let close = |what: &str, is: f64, wanted: f64, tolerance: f64| {
            assert!((is - wanted).abs() <= tolerance, "{} {what}: {is}, the oracle says {wanted}", ours.number);
        };
        let angle = |text: &str, axis| parse_angle(text, Some(axis)).expect("what is printed is read").degrees;
        close("latitude", angle(&ours.wgs84_latitude, Axis::Latitude) * 360_000.0, number(theirs, "lat"), 1e-6);
        close("longitude", angle(&ours.wgs84_longitude, Axis::Longitude) * 360_000.0, number(theirs, "lon"), 1e-6);
        // PROJ's inverse transposes the rotations and starts at height 0 in WGS 84; ours is the exact inverse: 0.1 mm.
        let pulkovo = |text: &str, axis, key: &str| close(key, angle(text, axis), number(theirs, key), 2e-9);
        pulkovo(&ours.pulkovo_1942_latitude, Axis::Latitude, "pulkovo_lat");
        pulkovo(&ours.pulkovo_1942_longitude, Axis::Longitude, "pulkovo_lon");
        assert_eq!(ours.gk_zone, 8);
        assert_eq!(ours.utm_zone.as_deref(), Some("38N"));
        close("x", ours.gk_x_m, number(theirs, "gk_x_m"), 2e-4);
        close("y", ours.gk_y_m, number(theirs, "gk_y_m"), 2e-4);
        close("easting", ours.utm_easting_m.expect("in a zone"), number(theirs, "utm_easting_m"), 1e-4);
        close("northing", ours.utm_northing_m.expect("in a zone"), number(theirs, "utm_northing_m"), 1e-4);
        let Some(azimuth) = &ours.azimuth else { continue };
        let distance = number(theirs, "distance_m");
        close("distance", ours.distance_m.expect("a next point"), distance, 1e-6);
        // 1 nm across the line, and half a unit of the printed digit.
        let tolerance = (1e-6 / distance).to_degrees() + 0.6e-5 / 3600.0;
        close("azimuth", angle(azimuth, Axis::Azimuth), number(theirs, "azimuth_deg"), tolerance);
    }
}

#[test]
fn rounding_loss_is_the_displacement_by_rounding() {
    let positions = [(45.123_456_7, 40.765_432_1), (45.2, 40.8), (45.300_001_4, 40.9)];
    let course = course(positions.into_iter().map(|(x, y)| Coord { x, y }));
    let report = catalogue(std::slice::from_ref(&course), &options(2)).report;
    let losses: Vec<f64> =
        course.points.iter().zip(&report.points).map(|(p, row)| distance_m(p.position, row.position)).collect();
    assert_eq!(report.rounding_loss_m, losses.iter().copied().fold(0.0, f64::max));
    // Half of 0.01″ is 0.154 m of latitude and 0.117 m of longitude there.
    assert!(report.rounding_loss_m > 0.0 && report.rounding_loss_m < 0.154_f64.hypot(0.118));
    assert!(catalogue(&[course], &options(9)).report.rounding_loss_m < 1e-7);
}

#[test]
fn two_points_with_one_printed_position_are_reported() {
    let positions = [(45.0, 40.0), (45.000_000_1, 40.0), (45.1, 40.1)];
    let Answer { report, warnings, .. } =
        catalogue(&[course(positions.into_iter().map(|(x, y)| Coord { x, y }))], &options(2));
    assert_eq!(warnings.len(), 1, "{warnings:?}");
    assert_eq!((report.points[0].azimuth.as_deref(), report.points[0].distance_m), (None, Some(0.0)));
}

//! Equal Earth against PROJ: committed values (equal_earth.py).

use super::agree;
use geo::Coord;
use merestone::earth::projection::{EqualEarth, Projection};

#[test]
fn equal_earth_agrees_with_proj() {
    let mut rows = 0;
    for line in include_str!("equal_earth.csv").lines() {
        let numbers: Vec<f64> = line.split(',').map(|cell| cell.parse().expect("a number")).collect();
        let [meridian, lon, lat, east, north, parallel, shorter, longer, convergence] = numbers[..] else {
            panic!("nine numbers: {line}")
        };
        let projection = Projection::EqualEarth(EqualEarth::wgs84(meridian));
        let (lonlat, xy) = (Coord { x: lon, y: lat }, projection.forward(Coord { x: lon, y: lat }));
        agree(&format!("easting: {line}"), xy.x, east, 1e-4, 0.0);
        agree(&format!("northing: {line}"), xy.y, north, 1e-4, 0.0);
        // PROJ computes these by finite differences.
        agree(&format!("scale along the parallel: {line}"), projection.scale_factor(lonlat), parallel, 0.0, 1e-7);
        let (least, greatest) = projection.scale_range(lonlat);
        agree(&format!("least scale: {line}"), least, shorter, 0.0, 2e-5);
        agree(&format!("greatest scale: {line}"), greatest, longer, 0.0, 2e-5);
        agree(&format!("convergence: {line}"), projection.convergence_deg(lonlat), convergence, 2e-4, 0.0);
        rows += 1;
    }
    assert!(rows > 40);
}

/// Round trip on the earth; no position outside the outline.
#[test]
fn equal_earth_round_trips() {
    for meridian in [0.0, 45.0, -160.0] {
        let projection = Projection::EqualEarth(EqualEarth::wgs84(meridian));
        for (east, lat) in (-9..=9).flat_map(|i| (-9..=9).map(move |j| (f64::from(i) * 19.9, f64::from(j) * 9.99))) {
            let xy = projection.forward(Coord { x: meridian + east, y: lat });
            let back = projection.inverse(xy);
            agree("longitude", back.x, meridian + east, 1e-9, 0.0);
            agree("latitude", back.y, lat, 1e-9, 0.0);
            assert!(projection.holds(xy) && !projection.holds(xy + Coord { x: 4e7, y: 0.0 }), "{east} {lat}");
        }
        assert!(!projection.holds(Coord { x: 0.0, y: 8.5e6 }));
    }
}

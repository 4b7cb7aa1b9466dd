//! Lambert azimuthal equal-area against PROJ: committed values (azimuthal.py).

use super::agree;
use geo::Coord;
use merestone::earth::projection::{LambertAzimuthal, Projection};

#[test]
fn lambert_azimuthal_agrees_with_proj() {
    let mut rows = 0;
    for line in include_str!("azimuthal.csv").lines() {
        let numbers: Vec<f64> = line.split(',').map(|cell| cell.parse().expect("a number")).collect();
        let [x, y, lon, lat, east, north, parallel, shorter, longer, convergence] = numbers[..] else {
            panic!("ten numbers: {line}")
        };
        let projection = Projection::Azimuthal(LambertAzimuthal::wgs84(Coord { x, y }));
        let (lonlat, xy) = (Coord { x: lon, y: lat }, projection.forward(Coord { x: lon, y: lat }));
        agree(&format!("easting: {line}"), xy.x, east, 1e-4, 0.0);
        agree(&format!("northing: {line}"), xy.y, north, 1e-4, 0.0);
        let back = projection.inverse(xy);
        agree(&format!("longitude: {line}"), back.x, lon, 1e-9, 0.0);
        agree(&format!("latitude: {line}"), back.y, lat, 1e-9, 0.0);
        assert!(projection.holds(xy));
        // PROJ computes these by finite differences.
        agree(&format!("scale along the parallel: {line}"), projection.scale_factor(lonlat), parallel, 0.0, 1e-6);
        let (least, greatest) = projection.scale_range(lonlat);
        agree(&format!("least scale: {line}"), least, shorter, 0.0, 2e-5);
        agree(&format!("greatest scale: {line}"), greatest, longer, 0.0, 2e-5);
        agree(&format!("convergence: {line}"), projection.convergence_deg(lonlat), convergence, 2e-4, 0.0);
        rows += 1;
    }
    assert!(rows > 50);
}

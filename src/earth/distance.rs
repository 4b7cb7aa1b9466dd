//! How far, and in which direction, is one point from another?

use super::ellipsoid::{meridian_radius_m, normal_radius_m};
use super::to_space_m;
use geo::{Bearing, Coord, Distance, Geodesic, Point};

/// Returns the length of the shortest line between two positions on the ellipsoid, in metres.
///
/// # Method
/// Up to 10 km and 85° of latitude the chord c in space, bent by the normal curvature κ in its direction at the middle
/// (Euler's formula): s = c (1 + q/24 + 3q²/640), q = (cκ)²; within 20 nm. Up to 30 m, where the chord would lose digits,
/// the flat distance at the middle latitude. Beyond, Karney 2013 (crate
/// `geographiclib-rs`, through `geo`), good to 15 nm.
pub fn distance_m(from: Coord, to: Coord) -> f64 {
    short_distance_m(from, to).unwrap_or_else(|| Geodesic.distance(Point(from), Point(to)))
}

/// Greatest distance in metres that is taken as flat: the earth bends it by less than 1e-9 of itself.
const FLAT_M: f64 = 30.0;
/// Greatest chord in metres for which the short form is taken.
const SHORT_M: f64 = 10_000.0;

fn short_distance_m(from: Coord, to: Coord) -> Option<f64> {
    let d_lat = to.y - from.y;
    if d_lat.abs() > 0.1 || from.y.abs().max(to.y.abs()) > 85.0 {
        return None;
    }
    let (sin, cos) = ((from.y + to.y) / 2.0).to_radians().sin_cos();
    let (meridian_m, normal_m) = (meridian_radius_m(sin), normal_radius_m(sin));
    let d_lon = (to.x - from.x) - 360.0 * ((to.x - from.x) / 360.0).round();
    let flat_m = (meridian_m * d_lat.to_radians()).hypot(normal_m * cos * d_lon.to_radians());
    if flat_m <= FLAT_M && d_lon.abs() <= 0.01 {
        return Some(flat_m);
    }
    let (a, b) = (to_space_m(from), to_space_m(to));
    let squared = (0..3).map(|axis| (b[axis] - a[axis]).powi(2)).sum::<f64>();
    if squared > SHORT_M * SHORT_M {
        return None;
    }
    // Whatever of the chord does not run along the meridian runs across it.
    let north = ((meridian_m * d_lat.to_radians()).powi(2) / squared).min(1.0);
    let curvature = north / meridian_m + (1.0 - north) / normal_m;
    let q = squared * curvature * curvature;
    Some(squared.sqrt() * (1.0 + q / 24.0 + 3.0 * q * q / 640.0))
}

/// Returns the azimuth at `from` of the shortest line to `to`, clockwise from north, 0 to 360 degrees.
pub fn azimuth_deg(from: Coord, to: Coord) -> f64 {
    Geodesic.bearing(Point(from), Point(to))
}

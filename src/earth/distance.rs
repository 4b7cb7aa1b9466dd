//! Geodesic distance and azimuth between two positions.

use super::ellipsoid::{meridian_radius_m, normal_radius_m};
use super::to_geocentric_m;
use geo::{Bearing, Coord, Distance, Geodesic, Point};

/// Returns the geodesic distance between two positions, in metres.
///
/// # Earth and units
/// WGS 84; positions (lon, lat) in degrees. Longitudes may differ by whole turns.
///
/// # Method
/// - Up to 30 m: planar distance at the mid-latitude, because a chord would lose digits.
/// - Up to 10 km and 85° of latitude: s = c (1 + q/24 + 3q²/640), q = (cκ)², where c is the chord in space and κ the
///   normal curvature in its direction at the midpoint (Euler's formula); within 20 nm.
/// - Beyond: Karney 2013 (crate `geographiclib-rs`, through `geo`), within 15 nm.
///
/// # References
/// Karney 2013, *Algorithms for geodesics*, J. Geodesy 87.
///
/// # Examples
/// JFK to Singapore Changi, the example of GeographicLib's `GeodSolve` (15 347 628 m, azimuth 3°18′29.9″):
/// ```
/// use geo::Coord;
/// let jfk = Coord { x: -(73.0 + 46.0 / 60.0 + 44.0 / 3600.0), y: 40.0 + 38.0 / 60.0 + 23.0 / 3600.0 };
/// let changi = Coord { x: 103.0 + 59.0 / 60.0 + 22.0 / 3600.0, y: 1.0 + 21.0 / 60.0 + 33.0 / 3600.0 };
/// assert!((merestone::earth::distance_m(jfk, changi) - 15_347_628.0).abs() < 0.5);
/// ```
pub fn distance_m(from: Coord, to: Coord) -> f64 {
    short_distance_m(from, to).unwrap_or_else(|| Geodesic.distance(Point(from), Point(to)))
}

/// Greatest distance in metres treated as planar: the relative error is below 1e-9.
const FLAT_M: f64 = 30.0;
/// Greatest chord in metres for which the chord formula is used.
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
    let (a, b) = (to_geocentric_m(from), to_geocentric_m(to));
    let squared = (0..3).map(|axis| (b[axis] - a[axis]).powi(2)).sum::<f64>();
    if squared > SHORT_M * SHORT_M {
        return None;
    }
    // The part of the squared chord that is not along the meridian is along the prime vertical.
    let north = ((meridian_m * d_lat.to_radians()).powi(2) / squared).min(1.0);
    let curvature = north / meridian_m + (1.0 - north) / normal_m;
    let q = squared * curvature * curvature;
    Some(squared.sqrt() * (1.0 + q / 24.0 + 3.0 * q * q / 640.0))
}

/// Returns the azimuth at `from` of the geodesic to `to`: degrees clockwise from north, 0 to 360.
///
/// # Earth and units
/// WGS 84; positions (lon, lat) in degrees.
///
/// # Method
/// Karney 2013 (crate `geographiclib-rs`, through `geo`).
///
/// # Examples
/// The same two airports (GeographicLib's `GeodSolve`: 3°18′29.9″):
/// ```
/// use geo::Coord;
/// let jfk = Coord { x: -(73.0 + 46.0 / 60.0 + 44.0 / 3600.0), y: 40.0 + 38.0 / 60.0 + 23.0 / 3600.0 };
/// let changi = Coord { x: 103.0 + 59.0 / 60.0 + 22.0 / 3600.0, y: 1.0 + 21.0 / 60.0 + 33.0 / 3600.0 };
/// assert!((merestone::earth::azimuth_deg(jfk, changi) - 3.308_31).abs() < 1e-5);
/// ```
pub fn azimuth_deg(from: Coord, to: Coord) -> f64 {
    Geodesic.bearing(Point(from), Point(to))
}

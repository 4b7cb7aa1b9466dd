//! Positions in space, for nearness over any distance.

use super::ellipsoid::{E2, normal_radius_m};
use geo::Coord;

/// Returns earth-centred coordinates in metres (EPSG method 9602) of a position (lon, lat in degrees) on the ellipsoid.
///
/// Straight distances in space grow with distances on the ground, so what is nearest here is nearest there, to the
/// flattening's 0.3 %; they do not jump at ±180°.
pub fn to_space_m(position: Coord) -> [f64; 3] {
    let (sin_lat, cos_lat) = position.y.to_radians().sin_cos();
    let (sin_lon, cos_lon) = position.x.to_radians().sin_cos();
    let n = normal_radius_m(sin_lat);
    [n * cos_lat * cos_lon, n * cos_lat * sin_lon, n * (1.0 - E2) * sin_lat]
}

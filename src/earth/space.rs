//! Positions in space: for nearness over any distance, and for operations between datums.

use super::projection::Ellipsoid;
use geo::Coord;

/// Returns earth-centred coordinates in metres (EPSG method 9602) of a position (lon, lat in degrees) on the WGS 84 ellipsoid.
///
/// Straight distances in space grow with distances on the ground, so what is nearest here is nearest there, to the
/// flattening's 0.3 %; they do not jump at ±180°.
pub fn to_space_m(position: Coord) -> [f64; 3] {
    Ellipsoid::WGS84.to_space_m(position)
}

impl Ellipsoid {
    /// Earth-centred coordinates in metres (EPSG method 9602) of a position (lon, lat in degrees) on this ellipsoid.
    pub(super) fn to_space_m(self, position: Coord) -> [f64; 3] {
        let e2 = self.e2();
        let (sin_lat, cos_lat) = position.y.to_radians().sin_cos();
        let (sin_lon, cos_lon) = position.x.to_radians().sin_cos();
        let n = self.a / (1.0 - e2 * sin_lat * sin_lat).sqrt();
        [n * cos_lat * cos_lon, n * cos_lat * sin_lon, n * (1.0 - e2) * sin_lat]
    }

    /// Longitude and latitude in degrees of earth-centred coordinates, the height left out.
    ///
    /// Bowring's formula (*Survey Review* 23, 1976), three times over: to rounding, within thousands of kilometres of the ground.
    pub(super) fn to_lonlat(self, [x, y, z]: [f64; 3]) -> Coord {
        let e2 = self.e2();
        let b = self.a * (1.0 - self.f);
        let p = x.hypot(y);
        let mut reduced = z.atan2(p * (1.0 - self.f));
        let mut lat = reduced;
        for _ in 0..3 {
            let (sin, cos) = reduced.sin_cos();
            lat = (z + e2 / (1.0 - e2) * b * sin.powi(3)).atan2(p - e2 * self.a * cos.powi(3));
            reduced = ((1.0 - self.f) * lat.sin()).atan2(lat.cos());
        }
        Coord { x: y.atan2(x).to_degrees(), y: lat.to_degrees() }
    }
}

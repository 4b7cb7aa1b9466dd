//! Geocentric (earth-centred, earth-fixed) coordinates.

use super::projection::Ellipsoid;
use geo::Coord;

/// Returns the geocentric coordinates in metres (EPSG method 9602) of a position (lon, lat in degrees) on WGS 84, at
/// height 0.
///
/// Use them for nearest-neighbour search over any distance: chord length grows with distance on the ground, up to the
/// flattening's 0.3 %, and has no jump at ±180°.
///
/// # Examples
/// The equator at Greenwich and the North Pole are one semi-axis from the centre (NIMA TR8350.2).
/// ```
/// use geo::Coord;
/// let [x, ..] = merestone::earth::to_geocentric_m(Coord { x: 0.0, y: 0.0 });
/// let [.., z] = merestone::earth::to_geocentric_m(Coord { x: 0.0, y: 90.0 });
/// assert!((x - 6_378_137.0).abs() < 1e-6 && (z - 6_356_752.314).abs() < 1e-3);
/// ```
pub fn to_geocentric_m(position: Coord) -> [f64; 3] {
    Ellipsoid::WGS84.to_geocentric_m(position)
}

impl Ellipsoid {
    /// Geocentric coordinates in metres (EPSG method 9602) of a position (lon, lat in degrees) on this ellipsoid.
    pub(super) fn to_geocentric_m(self, position: Coord) -> [f64; 3] {
        let e2 = self.e2();
        let (sin_lat, cos_lat) = position.y.to_radians().sin_cos();
        let (sin_lon, cos_lon) = position.x.to_radians().sin_cos();
        let n = self.a / (1.0 - e2 * sin_lat * sin_lat).sqrt();
        [n * cos_lat * cos_lon, n * cos_lat * sin_lon, n * (1.0 - e2) * sin_lat]
    }

    /// Longitude and latitude in degrees of geocentric coordinates; the height is dropped.
    ///
    /// Bowring's formula (*Survey Review* 23, 1976), three iterations: exact to rounding within thousands of kilometres
    /// of the surface.
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

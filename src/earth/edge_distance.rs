//! Distance between a position and an edge that is straight in longitude and latitude.

use super::ellipsoid::{meridian_radius_m, normal_radius_m};
use super::{LocalPlane, distance_m, point_along, to_geocentric_m};
use geo::Coord;

/// Iterations for the nearest position; each multiplies the error by distance × curvature.
const STEPS: usize = 3;

/// Returns the distance in metres from a position to the nearest position of an edge straight in longitude and
/// latitude, and the share (0 to 1) along the edge of the latter.
///
/// Use it where a distance is reported or decides; [`LocalPlane::nearest_on_edge`] is faster and accurate to 1e-4
/// within some kilometres.
///
/// # Earth and units
/// WGS 84; positions (lon, lat) in degrees with continuous longitudes: across ±180°, shift one side by 360°.
///
/// # Method
/// Gauss–Newton iteration on the straight-line distance in space, starting at the nearest position in the tangent
/// plane; then the geodesic between the two, [`distance_m`]. An error of the position enters the distance squared: for
/// distances up to 100 km and latitudes up to 80°, the relative error is below 1e-9.
///
/// # Examples
/// From 39° N to the edge along 40° N, due north: 111 025.046 m of meridian (GeographicLib).
/// ```
/// use geo::Coord;
/// let edge = [Coord { x: 44.0, y: 40.0 }, Coord { x: 46.0, y: 40.0 }];
/// let (distance, share) = merestone::earth::edge_distance_m(Coord { x: 45.0, y: 39.0 }, edge[0], edge[1]);
/// assert!((distance - 111_025.046).abs() < 0.001 && (share - 0.5).abs() < 1e-9);
/// ```
pub fn edge_distance_m(at: Coord, from: Coord, to: Coord) -> (f64, f64) {
    let (mut share, _) = LocalPlane::at(at).nearest_on_edge(at, from, to);
    let (d_lon, d_lat) = ((to.x - from.x).to_radians(), (to.y - from.y).to_radians());
    let p = to_geocentric_m(at);
    for _ in 0..STEPS {
        let on_edge = point_along(from, to, share);
        let ((sin_lat, cos_lat), (sin_lon, cos_lon)) =
            (on_edge.y.to_radians().sin_cos(), on_edge.x.to_radians().sin_cos());
        let (meridian_m, normal_m) = (meridian_radius_m(sin_lat), normal_radius_m(sin_lat));
        let (north_m, east_m) = (meridian_m * d_lat, normal_m * cos_lat * d_lon);
        let squared = north_m * north_m + east_m * east_m;
        if squared == 0.0 {
            break;
        }
        let q = to_geocentric_m(on_edge);
        let d = [p[0] - q[0], p[1] - q[1], p[2] - q[2]];
        let east = cos_lon * d[1] - sin_lon * d[0];
        let north = cos_lat * d[2] - sin_lat * (cos_lon * d[0] + sin_lon * d[1]);
        let next = (share + (east * east_m + north * north_m) / squared).clamp(0.0, 1.0);
        if next == share {
            break;
        }
        share = next;
    }
    let nearest = if share == 1.0 { to } else { point_along(from, to, share) };
    (distance_m(at, nearest), share)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// No densely sampled position of the edge is nearer.
    #[test]
    fn it_is_the_least_of_the_distances() {
        let at = |x: f64, y: f64| Coord { x, y };
        for (from, to) in [
            (at(45.0, 40.0), at(46.5, 40.7)),
            (at(40.0, 60.0), at(50.0, 60.0)),
            (at(45.0, 40.0), at(45.01, 40.0)),
            (at(45.0, 40.0), at(45.0, 40.0)),
            (at(10.0, -79.0), at(20.0, -78.0)),
        ] {
            let middle = point_along(from, to, 0.5);
            for (east, north) in [(0.0, 0.01), (0.02, -0.005), (0.3, 0.3), (-0.2, 0.6), (1.5, -0.1)] {
                let p = at(middle.x + east, middle.y + north);
                let (found, share) = edge_distance_m(p, from, to);
                let near = |i: i32| (share + f64::from(i) * 1e-6).clamp(0.0, 1.0);
                let all = (0..=2000).map(|i| f64::from(i) / 2000.0).chain((-20..=20).map(near));
                let least = all.map(|s| distance_m(p, point_along(from, to, s))).fold(f64::INFINITY, f64::min);
                assert!(found <= least + 1e-9 * least + 2e-8, "{from:?} {to:?} {p:?}: {found} {least}");
                assert!(found >= least - 1e-3, "{found} {least}");
            }
        }
    }
}

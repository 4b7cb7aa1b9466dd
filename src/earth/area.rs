//! Ellipsoidal area of rings and polygons whose edges are straight in longitude and latitude.

use super::ellipsoid::{E2, GAUSS, SEMI_MAJOR_M, SHORT_DEG, pieces, turned};
use geo::{Coord, Polygon};

/// The semi-minor axis squared, in m².
const B2: f64 = SEMI_MAJOR_M * SEMI_MAJOR_M * (1.0 - E2);

/// Authalic zone function: ellipsoidal area in m² between the equator and the latitude with this sine, per radian of
/// longitude (Snyder 1987, eq. 3-12, up to a constant factor).
///
/// The integral of M N cos φ as the series Σ (k+1) e²ᵏ sin²ᵏ⁺¹φ / (2k+1), truncated below 1e-18.
pub(super) fn zone_m2_per_rad(sin: f64) -> f64 {
    let x = E2 * sin * sin;
    let series = [9.0 / 17.0, 8.0 / 15.0, 7.0 / 13.0, 6.0 / 11.0, 5.0 / 9.0, 4.0 / 7.0, 3.0 / 5.0, 2.0 / 3.0, 1.0];
    B2 * sin * series.iter().fold(0.0, |sum, factor| sum * x + factor)
}

/// Returns the signed ellipsoidal area inside a closed ring in m², positive where the ring runs counter-clockwise.
///
/// # Earth and units
/// WGS 84; positions (lon, lat) in degrees, first equal to last; edges straight in longitude and latitude.
///
/// # Method
/// Green's theorem: −∮ Q(φ) dλ, where Q is the zone function (ellipsoidal area from the equator per radian of
/// longitude). Gauss–Legendre quadrature integrates it along each edge, as in [`edge_length_m`](super::edge_length_m).
/// A ring around a pole is right if it has edges along ±180° and along the pole (RFC 7946, §3.1.9).
///
/// Edges of at most 1/32° of latitude use the midpoint value and the second derivative there; the remainder is below
/// 0.002 m² per radian of longitude (1e-6 m² on an edge of 3 km).
///
/// # Guarantees
/// Reversing the ring changes the sign only. Rotating its start changes the result by rounding only (1e-6 m² per 1 000
/// km²).
///
/// # References
/// Karney 2013, *Algorithms for geodesics*, eq. 59–60, with the latitude along the straight edge in place of the
/// geodesic's.
///
/// # Examples
/// The whole ellipsoid (GeographicLib `Planimeter`: 510 065 621 724 088 m²):
/// ```
/// use geo::Coord;
/// let world = [(-180.0, -90.0), (180.0, -90.0), (180.0, 90.0), (-180.0, 90.0), (-180.0, -90.0)].map(Coord::from);
/// assert!((merestone::earth::ring_area_m2(&world) - 510_065_621_724_088.5).abs() < 10.0);
/// ```
pub fn ring_area_m2(ring: &[Coord]) -> f64 {
    let Some(first) = ring.first() else { return 0.0 };
    // Areas relative to the first latitude: no cancellation on small rings.
    let mut anchor = Anchor::at(first.y);
    let base = zone_m2_per_rad(anchor.sin_cos.0);
    let edge = |edge: &[Coord]| {
        let (d_lon, d_lat) = (edge[1].x - edge[0].x, edge[1].y - edge[0].y);
        if d_lat.abs() <= SHORT_DEG {
            let middle = anchor.sin_cos_at((edge[0].y + edge[1].y) / 2.0);
            short_zone_m2_per_rad(middle, d_lat.to_radians(), base) * d_lon.to_radians()
        } else {
            edge_zone_m2(edge[0], edge[1], base)
        }
    };
    -ring.windows(2).map(edge).sum::<f64>()
}

/// A latitude with its sine and cosine, from which [`turned`] derives those of nearby latitudes.
struct Anchor {
    lat_deg: f64,
    sin_cos: (f64, f64),
}

impl Anchor {
    /// Greatest offset in degrees at which [`turned`] has full double precision.
    const REACH_DEG: f64 = 0.5;

    fn at(lat_deg: f64) -> Self {
        Anchor { lat_deg, sin_cos: lat_deg.to_radians().sin_cos() }
    }

    #[inline]
    fn sin_cos_at(&mut self, lat_deg: f64) -> (f64, f64) {
        if (lat_deg - self.lat_deg).abs() > Self::REACH_DEG {
            *self = Anchor::at(lat_deg);
        }
        turned(self.sin_cos, (lat_deg - self.lat_deg).to_radians())
    }
}

/// Mean of the zone function along a short edge, from the sine and cosine of its mid-latitude and its latitude extent.
///
/// Q(φ) + h²/24 Q″(φ), where Q′ = b² cos φ / w² and w = 1 − e² sin² φ; the first omitted term is h⁴/1920 Q⁗.
#[inline]
fn short_zone_m2_per_rad((sin, cos): (f64, f64), d_lat: f64, base: f64) -> f64 {
    let w = 1.0 - E2 * sin * sin;
    let bent = B2 * sin * (4.0 * E2 * cos * cos - w) / (w * w * w);
    zone_m2_per_rad(sin) - base + d_lat * d_lat / 24.0 * bent
}

fn edge_zone_m2(from: Coord, to: Coord, base: f64) -> f64 {
    let (d_lon, d_lat) = (to.x - from.x, to.y - from.y);
    if d_lon == 0.0 {
        return 0.0;
    }
    let n = pieces(0.0, d_lat, 0.0);
    let half_lat = d_lat.to_radians() / n as f64 / 2.0;
    let mut mean = 0.0;
    for i in 0..n {
        let share = (2 * i + 1) as f64 / (2 * n) as f64;
        let middle = (from.y * (1.0 - share) + to.y * share).to_radians().sin_cos();
        for (node, weight) in GAUSS {
            mean += weight * (zone_m2_per_rad(turned(middle, (2.0 * node - 1.0) * half_lat).0) - base);
        }
    }
    mean / n as f64 * d_lon.to_radians()
}

/// Returns the ellipsoidal area of a polygon without its holes, in m²; ring orientation does not matter.
///
/// # Earth and units
/// WGS 84; positions (lon, lat) in degrees; edges straight in longitude and latitude. See [`ring_area_m2`] for the
/// method.
///
/// # Examples
/// A one-degree cell between 39° N and 40° N (closed form: Snyder 1987, eq. 3-12):
/// ```
/// use geo::polygon;
/// let square = polygon![(x: 45.0, y: 39.0), (x: 46.0, y: 39.0), (x: 46.0, y: 40.0), (x: 45.0, y: 40.0)];
/// let area_m2 = merestone::earth::polygon_area_m2(&square);
/// assert!((area_m2 - 9_549_520_094.03).abs() < 0.1);
/// ```
pub fn polygon_area_m2(polygon: &Polygon) -> f64 {
    let shell = ring_area_m2(&polygon.exterior().0).abs();
    shell - polygon.interiors().iter().map(|hole| ring_area_m2(&hole.0).abs()).sum::<f64>()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ring(points: &[(f64, f64)]) -> Vec<Coord> {
        points.iter().chain(points.first()).map(|&(x, y)| Coord { x, y }).collect()
    }

    #[test]
    fn world_ring_has_the_area_of_the_ellipsoid() {
        let world = ring(&[(-180.0, -90.0), (180.0, -90.0), (180.0, 90.0), (-180.0, 90.0)]);
        // 510 065 621 724 088.5 m²: area of the WGS 84 ellipsoid (GeographicLib `Planimeter`).
        assert!((ring_area_m2(&world) - 510_065_621_724_088.5).abs() < 10.0);
    }

    #[test]
    fn polar_cap_with_edges_along_the_antimeridian() {
        let cap = ring(&[(-180.0, 80.0), (180.0, 80.0), (180.0, 90.0), (-180.0, 90.0)]);
        assert!((ring_area_m2(&cap) - 3_908_572_761_836.56).abs() < 1.0);
    }

    #[test]
    fn reversal_changes_the_sign_only() {
        let mut triangle = ring(&[(45.5, 40.6), (45.6, 40.62), (45.55, 40.7)]);
        let forward = ring_area_m2(&triangle);
        triangle.reverse();
        assert!((forward + ring_area_m2(&triangle)).abs() < 1e-5);
        assert!(forward > 0.0);
    }
}

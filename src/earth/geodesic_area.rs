//! Ellipsoidal area of rings whose edges are geodesics.

use geo::{Coord, GeodesicArea, LineString, Polygon};

/// Returns the signed ellipsoidal area inside a closed ring whose edges are geodesics, in m², positive where the ring
/// runs counter-clockwise.
///
/// For edges straight in longitude and latitude use [`ring_area_m2`](super::ring_area_m2), for edges read from data
/// [`ring_area_as`](super::ring_area_as).
///
/// # Earth and units
/// WGS 84; positions (lon, lat) in degrees, first equal to last; m².
///
/// # Method
/// Karney 2013, eq. 58–63 (crate `geographiclib-rs`, through `geo`): the area between each geodesic and the equator,
/// plus the area of the hemisphere where the ring encircles a pole.
///
/// # Guarantees
/// Within 0.1 m² of GeographicLib's table for each edge.
///
/// # References
/// Karney 2013, *Algorithms for geodesics*.
///
/// # Examples
/// The cap within 1° of the North Pole, with vertices on four meridians (Planimeter0 of GeographicLib's tests):
/// ```
/// use geo::Coord;
/// let ring = [0.0, 90.0, 180.0, 270.0, 0.0].map(|x| Coord { x, y: 89.0 });
/// assert!((merestone::earth::geodesic_ring_area_m2(&ring) - 24_952_305_678.0).abs() < 1.0); // m²
/// ```
pub fn geodesic_ring_area_m2(ring: &[Coord]) -> f64 {
    Polygon::new(LineString(ring.to_vec()), Vec::new()).geodesic_area_signed()
}

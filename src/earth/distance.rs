//! How far, and in which direction, is one point from another?

use geo::{Bearing, Coord, Distance, Geodesic, Point};

/// Returns the length of the shortest line between two positions on the ellipsoid, in metres.
///
/// # Method
/// Karney 2013 (crate `geographiclib-rs`, through `geo`), good to 15 nm.
pub fn distance_m(from: Coord, to: Coord) -> f64 {
    Geodesic.distance(Point(from), Point(to))
}

/// Returns the azimuth at `from` of the shortest line to `to`, clockwise from north, 0 to 360 degrees.
pub fn azimuth_deg(from: Coord, to: Coord) -> f64 {
    Geodesic.bearing(Point(from), Point(to))
}

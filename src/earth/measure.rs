//! Length and area of edges as the data define them: straight in lon/lat, geodesics or rhumb lines.

use super::area::{polygon_area_m2, ring_area_m2};
use super::distance::distance_m;
use super::geodesic_area::geodesic_ring_area_m2;
use super::length::edge_length_m;
use super::point_along;
use super::rhumb::{rhumb_length_m, rhumb_ring_area_m2};
use crate::model::Edges;
use geo::{Coord, Polygon};

/// Returns the ellipsoidal length of an edge in metres: straight in lon/lat ([`edge_length_m`]), a geodesic
/// ([`distance_m`]) or a rhumb line ([`rhumb_length_m`]).
///
/// Positions (lon, lat) in degrees, WGS 84. Inserting positions on the edge does not change its length.
///
/// # Examples
/// One degree along 40° N: the parallel, and the shorter geodesic (GeographicLib: 85 393.409 m).
/// ```
/// use geo::Coord;
/// use merestone::{earth::edge_length_as, model::Edges};
/// let (from, to) = (Coord { x: 45.0, y: 40.0 }, Coord { x: 46.0, y: 40.0 });
/// assert!((edge_length_as(from, to, Edges::Lonlat) - 85_393.857).abs() < 0.001);
/// assert!((edge_length_as(from, to, Edges::Rhumb) - 85_393.857).abs() < 0.001);
/// assert!((edge_length_as(from, to, Edges::Geodesic) - 85_393.409).abs() < 0.001);
/// ```
pub fn edge_length_as(from: Coord, to: Coord, edges: Edges) -> f64 {
    match edges {
        Edges::Lonlat => edge_length_m(from, to),
        Edges::Geodesic => distance_m(from, to),
        Edges::Rhumb => rhumb_length_m(from, to),
    }
}

/// The share in degrees of an edge at which so much of its length lies behind: a degree of longitude is shorter toward the
/// poles, so the share of the length is another. What is missing is added until nothing is: each time it shrinks by the
/// relative change of that length over the edge.
pub(crate) fn share_along(from: Coord, to: Coord, wanted_m: f64, edge_m: f64, edges: Edges) -> f64 {
    let mut share = (wanted_m / edge_m).clamp(0.0, 1.0);
    for _ in 0..30 {
        let behind_m = edge_length_as(from, point_along(from, to, share), edges);
        let missing = (wanted_m - behind_m) / edge_m;
        share = (share + missing).clamp(0.0, 1.0);
        if missing.abs() < 1e-12 {
            break;
        }
    }
    share
}

/// Returns the length of a line in metres: the sum of [`edge_length_as`] over its edges.
///
/// # Examples
/// ```
/// use merestone::{earth::line_length_as, geo::Coord, model::Edges};
/// let line = [(45.0, 40.0), (46.0, 40.0)].map(Coord::from);
/// assert!((line_length_as(&line, Edges::Geodesic) - 85_393.409).abs() < 0.001);
/// ```
pub fn line_length_as(line: &[Coord], edges: Edges) -> f64 {
    line.windows(2).map(|edge| edge_length_as(edge[0], edge[1], edges)).sum()
}

/// Returns the signed ellipsoidal area inside a closed ring in m², positive where the ring runs counter-clockwise:
/// [`ring_area_m2`], [`geodesic_ring_area_m2`] or [`rhumb_ring_area_m2`].
///
/// # Examples
/// A one-degree cell between 39° N and 40° N: bounded by parallels (closed form: Snyder 1987, eq. 3-12), and by
/// geodesics (GeographicLib).
/// ```
/// use geo::Coord;
/// use merestone::{earth::ring_area_as, model::Edges};
/// let cell = [(45.0, 39.0), (46.0, 39.0), (46.0, 40.0), (45.0, 40.0), (45.0, 39.0)].map(Coord::from);
/// assert!((ring_area_as(&cell, Edges::Lonlat) - 9_549_520_094.03).abs() < 0.1);
/// assert!((ring_area_as(&cell, Edges::Rhumb) - 9_549_520_094.03).abs() < 0.1);
/// assert!((ring_area_as(&cell, Edges::Geodesic) - 9_549_468_853.92).abs() < 0.1);
/// ```
pub fn ring_area_as(ring: &[Coord], edges: Edges) -> f64 {
    match edges {
        Edges::Lonlat => ring_area_m2(ring),
        Edges::Geodesic => geodesic_ring_area_m2(ring),
        Edges::Rhumb => rhumb_ring_area_m2(ring),
    }
}

/// Returns the ellipsoidal area of a polygon without its holes, in m²; ring orientation does not matter. See
/// [`ring_area_as`].
///
/// # Examples
/// ```
/// use merestone::{earth::polygon_area_as, geo::{Rect, coord}, model::Edges};
/// let cell = Rect::new(coord! { x: 45.0, y: 39.0 }, coord! { x: 46.0, y: 40.0 }).to_polygon();
/// assert!((polygon_area_as(&cell, Edges::Geodesic) - 9_549_468_853.92).abs() < 0.1);
/// ```
pub fn polygon_area_as(polygon: &Polygon, edges: Edges) -> f64 {
    if edges == Edges::Lonlat {
        return polygon_area_m2(polygon);
    }
    let area_m2 = |ring: &[Coord]| ring_area_as(ring, edges).abs();
    area_m2(&polygon.exterior().0) - polygon.interiors().iter().map(|hole| area_m2(&hole.0)).sum::<f64>()
}

//! How long and how large, as edges are read.

use super::area::{polygon_area_m2, ring_area_m2};
use super::distance::distance_m;
use super::geodesic_area::geodesic_ring_area_m2;
use super::length::edge_length_m;
use super::rhumb::{rhumb_length_m, rhumb_ring_area_m2};
use crate::model::Edges;
use geo::{Coord, Polygon};

/// Returns the ellipsoidal length of an edge, in metres: straight in lon/lat ([`edge_length_m`]), the geodesic
/// ([`distance_m`]) or the rhumb line ([`rhumb_length_m`]).
///
/// A chain of positions on an edge is as long as the edge itself, however dense it is.
pub fn edge_length_as(from: Coord, to: Coord, edges: Edges) -> f64 {
    match edges {
        Edges::Lonlat => edge_length_m(from, to),
        Edges::Geodesic => distance_m(from, to),
        Edges::Rhumb => rhumb_length_m(from, to),
    }
}

/// Returns the length of a line of such edges, in metres.
pub fn line_length_as(line: &[Coord], edges: Edges) -> f64 {
    line.windows(2).map(|edge| edge_length_as(edge[0], edge[1], edges)).sum()
}

/// Returns the signed ellipsoidal area inside a closed ring of such edges, in m², positive where it runs
/// counter-clockwise: [`ring_area_m2`], [`geodesic_ring_area_m2`] or [`rhumb_ring_area_m2`].
pub fn ring_area_as(ring: &[Coord], edges: Edges) -> f64 {
    match edges {
        Edges::Lonlat => ring_area_m2(ring),
        Edges::Geodesic => geodesic_ring_area_m2(ring),
        Edges::Rhumb => rhumb_ring_area_m2(ring),
    }
}

/// Returns the ellipsoidal area of a polygon of such edges, its holes taken away, in m²; winding does not matter.
pub fn polygon_area_as(polygon: &Polygon, edges: Edges) -> f64 {
    if edges == Edges::Lonlat {
        return polygon_area_m2(polygon);
    }
    let area_m2 = |ring: &[Coord]| ring_area_as(ring, edges).abs();
    area_m2(&polygon.exterior().0) - polygon.interiors().iter().map(|hole| area_m2(&hole.0)).sum::<f64>()
}

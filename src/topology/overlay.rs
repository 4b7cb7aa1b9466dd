//! Polygon overlay. The one door to the overlay engine (crate `i_overlay`, through `geo`).

use geo::{MultiPolygon, Polygon};

/// Returns the union of polygons, in planar longitude and latitude.
///
/// # Method
/// The engine works on a grid of 2³⁰ steps over the bounds of what it is given: 0.6 mm for the South Caucasus, 4 cm
/// for the world. So give it the polygons concerned, never a whole layer.
pub fn union(polygons: &[Polygon]) -> Vec<Polygon> {
    let MultiPolygon(union) = geo::algorithm::bool_ops::unary_union(polygons);
    union
}

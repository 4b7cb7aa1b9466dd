//! A position inside a polygon.

use super::{EdgeTree, Location};
use geo::algorithm::line_intersection::{LineIntersection, line_intersection};
use geo::{BoundingRect, Coord, CoordsIter, Line, LinesIter, Polygon};

/// Returns a position inside a polygon (lon, lat in degrees) and the length in degrees of the stretch of its parallel
/// of which it is the middle; for a polygon without area, a position on it and 0.
///
/// # Method
/// As `geo::InteriorPoint`: the middle of the longest stretch inside along the parallel midway between south and north,
/// or a parallel near it if that passes through a vertex. Linear, except for sorting the stretches.
pub(crate) fn interior_point(polygon: &Polygon) -> Option<(Coord, f64)> {
    let bounds = polygon.bounding_rect()?;
    let (low, high) = (bounds.min(), bounds.max());
    let middle = (low.y + high.y) / 2.0;
    let mut lat = middle;
    if polygon.coords_iter().any(|at| at.y == middle) {
        let others = polygon.coords_iter().map(|at| at.y).filter(|y| *y != middle);
        let nearest = others.min_by(|a, b| (a - middle).abs().total_cmp(&(b - middle).abs()));
        lat = nearest.map_or(middle, |nearest| (middle + nearest) / 2.0);
    }
    let parallel = Line::new(Coord { x: low.x, y: lat }, Coord { x: high.x, y: lat });
    let mut met = Vec::new();
    for edge in
        polygon.lines_iter().filter(|edge| edge.start.y.min(edge.end.y) <= lat && lat <= edge.start.y.max(edge.end.y))
    {
        // The western end first: the same result as `geo`, to the last bit.
        let is_first = edge.start.x.min(edge.end.x) <= low.x;
        match if is_first { line_intersection(edge, parallel) } else { line_intersection(parallel, edge) } {
            Some(LineIntersection::Collinear { intersection }) => {
                met.extend([intersection.start.x, intersection.end.x]);
            }
            Some(LineIntersection::SinglePoint { intersection, .. }) => met.push(intersection.x),
            None => {}
        }
    }
    met.sort_by(f64::total_cmp);
    let stretch = |ends: &[f64]| (Coord { x: (ends[0] + ends[1]) / 2.0, y: lat }, ends[1] - ends[0]);
    let mut stretches: Vec<(Coord, f64)> = met.windows(2).map(stretch).collect();
    stretches.sort_by(|a, b| b.1.total_cmp(&a.1));
    let tree = EdgeTree::of(polygon);
    let inside = stretches.into_iter().find_map(|(at, length)| match tree.locate(at) {
        Location::Inside => Some((at, length)),
        Location::OnLine => Some((at, 0.0)),
        Location::Outside => None,
    });
    inside.or_else(|| polygon.coords_iter().next().map(|at| (at, 0.0)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo::{InteriorPoint, LineString};
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(256) })]

        #[test]
        fn it_is_that_of_geo(
            radii in prop::collection::vec(0.05..1.0_f64, 3..40), hole in prop::bool::ANY, coarse in prop::bool::ANY,
        ) {
            let ring = |scale: f64| {
                let at = |(i, radius): (usize, &f64)| {
                    let (sin, cos) = (i as f64 / radii.len() as f64 * std::f64::consts::TAU).sin_cos();
                    let [x, y] = [45.0 + scale * radius * cos, 40.0 + scale * radius * sin];
                    if coarse { Coord { x: (x * 50.0).round() / 50.0, y: (y * 50.0).round() / 50.0 } } else { Coord { x, y } }
                };
                LineString(radii.iter().enumerate().map(at).collect::<Vec<_>>())
            };
            let polygon = Polygon::new(ring(1.0), if hole { vec![ring(0.3)] } else { vec![] });
            // Rounding may make a ring cross itself; `geo` then differs.
            if !coarse {
                prop_assert_eq!(interior_point(&polygon).map(|(at, _)| at), polygon.interior_point().map(|p| p.0));
            } else if let Some((at, length)) = interior_point(&polygon) {
                prop_assert!(length == 0.0 || EdgeTree::of(&polygon).locate(at) == Location::Inside);
            }
        }
    }

    #[test]
    fn of_no_land_it_is_on_it() {
        let ring = |points: &[(f64, f64)]| Polygon::new(LineString(points.iter().map(|&p| p.into()).collect()), vec![]);
        for flat in [ring(&[(1.0, 2.0), (3.0, 2.0), (1.0, 2.0)]), ring(&[(1.0, 2.0), (1.0, 4.0), (1.0, 2.0)])] {
            assert_eq!(interior_point(&flat).map(|(at, _)| at), flat.interior_point().map(|p| p.0), "{flat:?}");
        }
    }
}

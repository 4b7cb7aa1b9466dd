//! The largest circle inscribed in a polygon (greatest width).

mod cell;
mod distance_field;
mod ground;
mod place;

use crate::earth::{LocalConic, LocalPlane, edge_length_m, polygon_area_m2};
use cell::Cell;
use distance_field::{DistanceField, Few, Many, NONE};
use geo::{BoundingRect, Coord, Polygon};
use ground::is_flat;
use place::{Bounded, Quadrilateral, around, slices};
use std::collections::BinaryHeap;

/// Relative accuracy of the width in its metric coordinates, whose own error is slightly less.
const PRECISION: f64 = 0.0005;
/// Places after which the search stops with the best so far.
const MOST: usize = 20_000;
/// Greatest number of edges that are searched without an index, on a plane and as chords on a cone.
const FEW: usize = 200;
const FEW_CHORDS: usize = 1000;
/// Greatest deviation in metres of chords from their edge, or this share of the width where that is more.
const OFF_M: f64 = 0.02;
const OFF_SHARE: f64 = 0.0001;
/// Extent in metres up to which a tangent plane of the ellipsoid is accurate enough.
const NEAR_M: f64 = 20_000.0;
/// Extent in degrees of latitude up to which a cone is accurate to 0.035 %.
const CONE_DEG: f64 = 3.0;

/// Returns the diameter in metres of the largest circle inscribed in a polygon, to 0.1 % or `precision_m` metres, and
/// its centre (lon, lat in degrees), which is inside.
///
/// A triangle has a closed form, its incircle. Otherwise branch and bound, as Mapbox's *polylabel*, but on
/// quadrilaterals aligned with the land: slices cut across its length at every vertex, or one quadrilateral around land
/// with many edges. A quadrilateral is halved while a larger circle may be centred in it. The distance from an edge is
/// convex. Therefore no such radius exceeds the largest distance of the corners from any one edge, nor that of any
/// weighted mean of the distances from several edges. Where the weights cancel the gradients of three edges on all
/// sides, the mean is equal at all corners. So neither elongated land nor a sharp maximum needs many quadrilaterals.
///
/// At most 20 000 quadrilaterals; beyond, the widest place found so far. About 20 for a sliver of six edges. Land of up
/// to 200 edges and 20 km is searched on one plane, whose scale along parallels has an error of at most 0.04 % at its
/// northern and southern ends. Other land of up to 1 000 edges within 3° of latitude is searched on a cone tangent to
/// the ellipsoid there, with an error of at most 0.035 %. Chords of curved edges are within 2 cm of them, or within
/// 0.01 % of twice the area over the perimeter, a lower bound of the width.
pub fn widest_place(polygon: &Polygon, precision_m: f64) -> (f64, Coord) {
    let Some(bounds) = polygon.bounding_rect() else { return (0.0, Coord::zero()) };
    let (low, high) = (bounds.min(), bounds.max());
    let plane = LocalPlane::at((low + high) / 2.0);
    let rings = std::iter::once(polygon.exterior()).chain(polygon.interiors());
    let edges = rings.flat_map(|ring| ring.0.windows(2)).filter(|edge| edge[0] != edge[1]);
    let mut edges: Vec<[Coord; 2]> = edges.map(|edge| [edge[0], edge[1]]).collect();
    if edges.is_empty() {
        return (0.0, low);
    }
    if edges.len() <= FEW && is_flat(&plane, low, high) {
        edges.iter_mut().flatten().for_each(|end| *end = plane.to_m(*end));
        let (width_m, centre) = on_plane(&edges, precision_m);
        return (width_m, plane.to_degrees(centre));
    }
    let off_m = off_m(polygon, &edges);
    let cone = LocalConic::for_area(low, high).filter(|_| high.y - low.y <= CONE_DEG);
    if let Some((cone, chords)) = cone.and_then(|cone| Some((cone, on_cone(&edges, &cone, off_m)?))) {
        let (width_m, centre) = on_plane(&chords, precision_m);
        return (width_m, cone.to_degrees(centre));
    }
    let cover = if edges.len() <= FEW { far_slices(&edges, &plane, low, high) } else { whole(&edges, &plane) };
    search(&Many::new(edges, polygon, off_m / OFF_M), cover, precision_m)
}

/// Greatest deviation in metres of chords from the edges of a polygon.
fn off_m(polygon: &Polygon, edges: &[[Coord; 2]]) -> f64 {
    let perimeter_m: f64 = edges.iter().map(|edge| edge_length_m(edge[0], edge[1])).sum();
    (OFF_SHARE * 2.0 * polygon_area_m2(polygon).abs() / perimeter_m).max(OFF_M)
}

/// A single place around all edges.
fn whole(edges: &[[Coord; 2]], plane: &LocalPlane) -> Vec<Bounded> {
    vec![(f64::INFINITY, around(edges.iter().map(|edge| edge[0]), plane))]
}

/// [`slices`] of edges in degrees that are too far apart for one plane: their bounds are scaled up by the largest ratio
/// of the lengths of a degree of longitude.
fn far_slices(edges: &[[Coord; 2]], plane: &LocalPlane, low: Coord, high: Coord) -> Vec<Bounded> {
    /// A degree of latitude grows by 1 % from the equator to the poles.
    const LONGER: f64 = 1.011;
    let nearest = if low.y * high.y < 0.0 { 0.0 } else { low.y.abs().min(high.y.abs()) };
    let degree = Coord { x: 1.0, y: 0.0 };
    let east_m = |plane: &LocalPlane, at: Coord| (plane.to_m(at + degree) - plane.to_m(at)).x;
    let widest = LocalPlane::at(Coord { x: 0.0, y: nearest });
    let longer = LONGER * (east_m(&widest, Coord::zero()) / east_m(plane, Coord::zero())).max(1.0);
    let in_metres: Vec<[Coord; 2]> = edges.iter().map(|edge| edge.map(|end| plane.to_m(end))).collect();
    let slices = slices(&in_metres).into_iter();
    slices
        .map(|(most_m, place)| (longer * most_m, Quadrilateral(place.0.map(|corner| plane.to_degrees(corner)))))
        .collect()
}

/// Edges as chords on a cone, in metres; `None` if there would be too many.
fn on_cone(edges: &[[Coord; 2]], cone: &LocalConic, off_m: f64) -> Option<Vec<[Coord; 2]>> {
    if edges.len() > FEW_CHORDS {
        return None;
    }
    let chords = || edges.iter().map(|&[from, to]| (from, to, cone.chords(from, to, off_m).min(FEW_CHORDS + 1)));
    if chords().map(|(.., chords)| chords).sum::<usize>() > FEW_CHORDS {
        return None;
    }
    let ends = chords().flat_map(|(from, to, chords)| cone.along(from, to, chords));
    // Edges along a pole have no length.
    Some(ends.filter(|chord| chord[0] != chord[1]).collect()).filter(|chords: &Vec<_>| !chords.is_empty())
}

/// The widest place between edges, in metres on a plane.
fn on_plane(edges: &[[Coord; 2]], precision_m: f64) -> (f64, Coord) {
    match edges {
        [a, b, c] => in_triangle([a[0], b[0], c[0]]),
        _ => search(&Few::new(edges), slices(edges), precision_m),
    }
}

/// Best-first branch and bound: halves the place with the largest upper bound until no place can contain the centre of
/// a circle larger by the precision asked.
fn search<R: DistanceField>(distance_field: &R, cover: Vec<Bounded>, precision_m: f64) -> (f64, Coord) {
    let mut best = (0.0, cover.first().map_or(Coord::zero(), |(_, place)| place.middle()));
    let mut tried = 0;
    let (mut cover, mut heap) = (cover.into_iter().peekable(), BinaryHeap::<Cell>::new());
    loop {
        // Adds places of the cover while they may hold more than the best cell.
        let least_m = heap.peek().map_or(best.0, |widest| widest.most_m);
        if let Some((most_m, place)) = cover.next_if(|(most_m, _)| *most_m > least_m) {
            tried += 1;
            heap.push(Cell::new(distance_field, place, [NONE; 4]).at_most(most_m));
            continue;
        }
        let Some(widest) = heap.pop() else { break };
        let summit = widest.summit.map(|at| (distance_field.nearest(at).0, at));
        for found in [(widest.signed_m, widest.middle)].into_iter().chain(summit) {
            if found.0 > best.0 {
                best = found;
            }
        }
        if widest.most_m - best.0 <= (best.0 * PRECISION).max(precision_m / 2.0) || tried > MOST {
            break;
        }
        tried += 2;
        let halves = widest.place.halves(widest.across_length);
        let halves = halves.map(|half| Cell::new(distance_field, half, widest.edges).at_most(widest.most_m));
        heap.extend(halves.into_iter().filter(|half| half.most_m > best.0));
    }
    (2.0 * best.0, best.1)
}

/// The incircle of a triangle: its diameter and centre.
fn in_triangle(p: [Coord; 3]) -> (f64, Coord) {
    let side = |i: usize| {
        let d = p[(i + 2) % 3] - p[(i + 1) % 3];
        d.x.hypot(d.y)
    };
    let (u, v) = (p[1] - p[0], p[2] - p[0]);
    let around = side(0) + side(1) + side(2);
    let centre = (p[0] * side(0) + p[1] * side(1) + p[2] * side(2)) / around;
    (2.0 * (u.x * v.y - u.y * v.x).abs() / around, centre)
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo::polygon;

    #[test]
    fn a_strip_is_as_wide_as_it_is_wide() {
        // 0.001° of latitude at 40° N is 111.04 m (GeographicLib); 0.1° of longitude is 8.5 km.
        let strip = polygon![(x: 45.0, y: 40.0), (x: 45.1, y: 40.0), (x: 45.1, y: 40.001), (x: 45.0, y: 40.001)];
        let (width_m, centre) = widest_place(&strip, 0.01);
        assert!((width_m - 111.04).abs() < 0.6, "{width_m}");
        assert!((centre.y - 40.0005).abs() < 1e-5);
    }

    #[test]
    fn long_edges_and_thin_ends() {
        let long = polygon![(x: 45.0, y: 40.0), (x: 46.0, y: 40.0), (x: 46.0, y: 40.0002), (x: 45.0, y: 40.0002)];
        assert!((widest_place(&long, 0.01).0 - 22.2).abs() < 0.3, "{:?}", widest_place(&long, 0.01));
        let triangle = polygon![(x: 45.0, y: 40.0), (x: 45.1, y: 40.0), (x: 45.0, y: 40.0001)];
        assert!(widest_place(&triangle, 0.01).0 < 11.2);
        // 0.001° of latitude at 60° N is 111.41 m (GeographicLib); 4° of longitude are 223 km, 1.9 km off a straight line.
        let far = polygon![(x: 20.0, y: 60.0), (x: 24.0, y: 60.0), (x: 24.0, y: 60.001), (x: 20.0, y: 60.001)];
        assert!((widest_place(&far, 0.01).0 - 111.41).abs() < 0.12, "{:?}", widest_place(&far, 0.01));
    }

    #[test]
    fn rings_of_even_width_are_no_narrower_with_fewer_chords() {
        // Between two squares of longitude and latitude, 1/60 of a degree apart; at 35° N that is 1 849.0 m to the north
        // and 1 521.5 m to the east (GeographicLib). The widest circle touches the outer sides and the inner corner:
        // r = a + b - √(2ab) of the sides a, b of the corner.
        let square = |low: f64, size: f64| {
            let high = low + size;
            vec![(low, low), (high, low), (high, high), (low, high), (low, low)]
        };
        let (a, b) = (1849.0_f64, 1521.5_f64);
        let asked_m = 2.0 * (a + b - (2.0 * a * b).sqrt());
        for size in [1.0, 10.0] {
            let ring =
                Polygon::new(square(35.0, size).into(), vec![square(35.0 + 1.0 / 60.0, size - 2.0 / 60.0).into()]);
            let width_m = widest_place(&ring, 0.01).0;
            assert!((width_m / asked_m - 1.0).abs() < 0.001, "{size}°: {width_m} m, {asked_m} m asked");
        }
    }

    #[test]
    fn a_hole_takes_width_away() {
        let holed = polygon!(
            exterior: [(x: 45.0, y: 40.0), (x: 45.02, y: 40.0), (x: 45.02, y: 40.02), (x: 45.0, y: 40.02)],
            interiors: [[(x: 45.001, y: 40.001), (x: 45.019, y: 40.001), (x: 45.019, y: 40.019), (x: 45.001, y: 40.019)]],
        );
        assert!(widest_place(&holed, 0.01).0 < 130.0);
    }
}

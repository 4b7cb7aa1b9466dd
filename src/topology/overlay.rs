//! Polygon overlay. The only module that uses the overlay engines.
//!
//! Intersection, difference and union of two sets of polygons use [`Arrangement`], our own engine: it computes in
//! doubles (an ulp is 0.8 nm at 45° E) with exact predicates, so that no snapping and no shift of the origin is needed.
//! Where it does not converge (no known case), the engine behind `geo` (crate `i_overlay`) is used, which snaps to a
//! grid of 2³⁰ steps over the bounds of the pair, shifted to its centre: 0.6 mm for the South Caucasus. Measured on
//! `shared/data/cases/overlay`: see `tests/overlay.rs`.

use super::arrange::{Arrangement, LabelledEdge, edges};
use super::{COINCIDENT_M, unwrap_land};
use crate::earth::LocalPlane;
use crate::model::EdgeTree;
use geo::{BooleanOps, BoundingRect, Coord, LineString, MapCoords, MultiPolygon, Polygon};
use rustc_hash::{FxHashMap, FxHashSet};
use std::borrow::Cow;

/// Intersection, differences and union of two sets of polygons `a` and `b`.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Overlay {
    /// Intersection: land of both.
    pub both: Vec<Polygon>,
    /// Difference: land of `a` only.
    pub only_a: Vec<Polygon>,
    /// Difference: land of `b` only.
    pub only_b: Vec<Polygon>,
    /// Union: land of either.
    pub either: Vec<Polygon>,
}

/// Overlays two sets of polygons in planar longitude and latitude.
///
/// Polygons of one set must share no land: land that an even number of them cover counts as outside.
///
/// # Guarantees
/// Shells run counter-clockwise and holes clockwise; polygons of one answer share points at most; areas of `both`
/// and `only_a` add up to that of `a`.
///
/// # Examples
/// ```
/// use merestone::geo::{Rect, coord};
/// # let square = |low: f64, high: f64| Rect::new(coord! { x: low, y: 45.0 }, coord! { x: high, y: 46.0 }).to_polygon();
/// use merestone::topology::overlay;
/// let found = overlay(&[square(10.0, 12.0)], &[square(11.0, 13.0)]);
/// assert_eq!(found.both, [square(11.0, 12.0)].map(|p| merestone::topology::union(&[p]).remove(0)));
/// assert_eq!((found.only_a.len(), found.only_b.len(), found.either.len()), (1, 1, 1));
/// ```
pub fn overlay(a: &[Polygon], b: &[Polygon]) -> Overlay {
    let edges: Vec<LabelledEdge> = edges(a, 0).chain(edges(b, 1)).collect();
    let Ok(arrangement) = Arrangement::new(&edges, |_, _| false, |_| true) else {
        return by_grid(a, b);
    };
    let pick = |wanted: fn(&[u32]) -> bool| {
        let land = arrangement.land(|labels| wanted(labels).then_some(()));
        land.into_values().next().unwrap_or_default()
    };
    Overlay {
        both: pick(|labels| labels == [0, 1]),
        only_a: pick(|labels| labels == [0]),
        only_b: pick(|labels| labels == [1]),
        either: pick(|labels| !labels.is_empty()),
    }
}

/// Returns the land enclosed by an odd number of the polygons' rings (even-odd rule), in planar longitude and latitude;
/// an outline that crosses itself is split into its loops.
///
/// # Examples
/// ```
/// use merestone::geo::polygon;
/// let bow_tie = polygon![(x: 0.0, y: 0.0), (x: 1.0, y: 1.0), (x: 1.0, y: 0.0), (x: 0.0, y: 1.0)];
/// assert_eq!(merestone::topology::enclosed(&[bow_tie]).len(), 2);
/// ```
pub fn enclosed(polygons: &[Polygon]) -> Vec<Polygon> {
    let edges: Vec<LabelledEdge> = edges(polygons, 0).collect();
    let Ok(arrangement) = Arrangement::new(&edges, |_, _| false, |_| true) else {
        return by_grid(polygons, &[]).either;
    };
    let land = arrangement.land(|labels| (!labels.is_empty()).then_some(()));
    land.into_values().next().unwrap_or_default()
}

fn by_grid(a: &[Polygon], b: &[Polygon]) -> Overlay {
    let (a, b) = (MultiPolygon(a.to_vec()), MultiPolygon(b.to_vec()));
    let middle = |m: &MultiPolygon| m.bounding_rect().map(|r| r.center()).unwrap_or_default();
    let centre = (middle(&a) + middle(&b)) / 2.0;
    let (a, b) = (a.map_coords(|c| c - centre), b.map_coords(|c| c - centre));
    let back = |m: MultiPolygon| m.map_coords(|c: Coord| c + centre).0;
    Overlay {
        both: back(a.intersection(&b)),
        only_a: back(a.difference(&b)),
        only_b: back(b.difference(&a)),
        either: back(a.union(&b)),
    }
}

/// Dissolves the edges between polygons: returns them unchanged if no two share an edge, else their union.
///
/// Land on both sides of ±180° is first moved to continuous longitudes, which may exceed 180°. Edges that overlap only
/// in part are detected along parallels and meridians, where alone they are exactly collinear.
pub fn dissolved(polygons: &[Polygon]) -> Cow<'_, [Polygon]> {
    if polygons.len() < 2 {
        return Cow::Borrowed(polygons);
    }
    let at_180 = |polygon: &Polygon| polygon.exterior().0.iter().any(|at| at.x.abs() >= 180.0);
    if polygons.iter().filter(|polygon| at_180(polygon)).count() > 1 {
        let mut together = polygons.to_vec();
        unwrap_land(&mut together, 0.0);
        return Cow::Owned(if share_an_edge(&together) { union(&together) } else { together });
    }
    if share_an_edge(polygons) { Cow::Owned(union(polygons)) } else { Cow::Borrowed(polygons) }
}

/// Nodes polygons: inserts a vertex wherever a vertex of another polygon lies within [`COINCIDENT_M`] of an edge, so
/// that shared stretches coincide exactly.
///
/// Edges that are straight in a projected system are densified in lon/lat, with vertices that depend on their length:
/// where one edge is part of another, the two differ by millimetres.
pub fn noded(polygons: &[Polygon]) -> Cow<'_, [Polygon]> {
    if polygons.len() < 2 {
        return Cow::Borrowed(polygons);
    }
    let rings = || polygons.iter().flat_map(|polygon| std::iter::once(polygon.exterior()).chain(polygon.interiors()));
    let tree = EdgeTree::new(rings().map(|ring| ring.0.as_slice()));
    let bits = |at: Coord| [at.x.to_bits(), at.y.to_bits()];
    let key = |[a, b]: [Coord; 2]| [bits(a), bits(b)];
    let mut on_edges: FxHashMap<[[u64; 2]; 2], Vec<(f64, Coord)>> = FxHashMap::default();
    for &at in rings().flat_map(|ring| ring.0.iter().skip(1)) {
        let plane = LocalPlane::at(at);
        tree.near(at, COINCIDENT_M, &mut |edge| {
            let ends_m = edge.map(|end| plane.to_m(end));
            if ends_m.iter().all(|end| (*end - plane.to_m(at)).x.hypot((*end - plane.to_m(at)).y) > COINCIDENT_M) {
                let share = plane.nearest_on_edge(at, edge[0], edge[1]).0;
                on_edges.entry(key(edge)).or_default().push((share, at));
            }
        });
    }
    if on_edges.is_empty() {
        return Cow::Borrowed(polygons);
    }
    for vertices in on_edges.values_mut() {
        vertices.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.x.total_cmp(&b.1.x)).then(a.1.y.total_cmp(&b.1.y)));
        vertices.dedup();
    }
    let ring = |ring: &LineString| {
        let mut out: Vec<Coord> = ring.0.first().copied().into_iter().collect();
        for edge in ring.0.windows(2) {
            out.extend(on_edges.get(&key([edge[0], edge[1]])).into_iter().flatten().map(|(_, at)| *at));
            out.push(edge[1]);
        }
        LineString(out)
    };
    let whole =
        |polygon: &Polygon| Polygon::new(ring(polygon.exterior()), polygon.interiors().iter().map(ring).collect());
    Cow::Owned(polygons.iter().map(whole).collect())
}

/// Whether two rings share an edge, or overlap along a parallel or a meridian.
fn share_an_edge(polygons: &[Polygon]) -> bool {
    let mut seen: FxHashSet<[[u64; 2]; 2]> = FxHashSet::default();
    // Adding 0 turns -0 into 0.
    let bits = |at: Coord| [(at.x + 0.0).to_bits(), (at.y + 0.0).to_bits()];
    let mut straight: Vec<(bool, f64, f64, f64)> = Vec::new();
    let mut is_repeated = |edge: &[Coord]| {
        let (a, b) = (edge[0], edge[1]);
        if a.x == b.x && a.y != b.y {
            straight.push((true, a.x, a.y.min(b.y), a.y.max(b.y)));
        } else if a.y == b.y && a.x != b.x {
            straight.push((false, a.y, a.x.min(b.x), a.x.max(b.x)));
        }
        let (a, b) = (bits(a), bits(b));
        a != b && !seen.insert([a.min(b), a.max(b)])
    };
    let rings = polygons.iter().flat_map(|polygon| std::iter::once(polygon.exterior()).chain(polygon.interiors()));
    if rings.flat_map(|ring| ring.0.windows(2)).any(&mut is_repeated) {
        return true;
    }
    straight.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)).then(a.2.total_cmp(&b.2)));
    straight.windows(2).any(|two| (two[0].0, two[0].1) == (two[1].0, two[1].1) && two[1].2 < two[0].3)
}

/// Returns the union of polygons, in planar longitude and latitude; its vertices are input positions and crossings.
///
/// # Examples
/// ```
/// use merestone::geo::{Rect, coord};
/// # let square = |low: f64, high: f64| Rect::new(coord! { x: low, y: 45.0 }, coord! { x: high, y: 46.0 }).to_polygon();
/// use merestone::topology::union;
/// assert_eq!(union(&[square(10.0, 12.0), square(11.0, 13.0)]).len(), 1);
/// assert_eq!(union(&[square(10.0, 11.0), square(12.0, 13.0)]).len(), 2);
/// ```
pub fn union(polygons: &[Polygon]) -> Vec<Polygon> {
    // One label per polygon, so that land covered by several does not cancel.
    let edges: Vec<LabelledEdge> =
        (0..).zip(polygons).flat_map(|(number, polygon)| edges(std::slice::from_ref(polygon), number)).collect();
    let Ok(arrangement) = Arrangement::new(&edges, |_, _| false, |_| true) else {
        let MultiPolygon(union) = geo::algorithm::bool_ops::unary_union(polygons);
        return union;
    };
    let land = arrangement.land(|labels| (!labels.is_empty()).then_some(()));
    land.into_values().next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::earth::area_error_m2;
    use geo::Rect;

    fn land(west: f64, south: f64, east: f64, north: f64) -> Polygon {
        Rect::new(Coord { x: west, y: south }, Coord { x: east, y: north }).to_polygon()
    }

    #[test]
    fn edges_of_different_lengths_and_across_180_are_between_polygons() {
        let land = |w, s, e, n| Rect::new(Coord { x: w, y: s }, Coord { x: e, y: n }).to_polygon();
        let long_and_short = [land(45.0, 39.0, 46.0, 40.0), land(45.5, 40.0, 45.75, 40.5)];
        assert_eq!(dissolved(&long_and_short).len(), 1);
        let in_line = [land(45.0, 39.0, 46.0, 40.0), land(46.0, 40.0, 47.0, 41.0), land(48.0, 39.0, 49.0, 40.0)];
        assert!(matches!(dissolved(&in_line), Cow::Borrowed(_)));
        let [across, whole] = [
            [land(179.0, 39.0, 180.0, 40.0), land(-180.0, 39.0, -179.0, 40.0)].to_vec(),
            vec![land(-1.0, 39.0, 1.0, 40.0)],
        ];
        let error = |land: &[Polygon]| area_error_m2(&dissolved(land), 100.0);
        assert!((error(&across) / error(&whole) - 1.0).abs() < 1e-6, "{} {}", error(&across), error(&whole));
    }

    #[test]
    fn edges_between_polygons_are_no_outline() {
        let halves = [land(45.0, 39.0, 45.5, 40.0), land(45.5, 39.0, 46.0, 40.0)];
        let (halved, whole) =
            (area_error_m2(&dissolved(&halves), 100.0), area_error_m2(&[land(45.0, 39.0, 46.0, 40.0)], 100.0));
        assert!((halved - whole).abs() < 1e-6 * whole, "{halved} {whole}");
        assert!(area_error_m2(&halves, 100.0) > 1.05 * whole);
        let apart = [land(45.0, 39.0, 45.5, 40.0), land(45.6, 39.0, 46.0, 40.0)];
        assert!(matches!(dissolved(&apart), Cow::Borrowed(_)));
    }
}

//! Reads longitudes beyond ±180°, and cuts geometries that continue across the antimeridian.

use super::RawGeometry;
pub(super) use crate::earth::antimeridian::{Vertex, is_beyond, line, nested, on_globe, point, polygon, twice_area};
use crate::earth::densify;
use crate::model::Edges;
use geo::Coord;
use std::collections::HashSet;

/// Cuts a geometry at ±180° if it continues beyond; returns whether it does.
pub(super) fn settle(geometry: &mut RawGeometry) -> bool {
    let ring = |ring: &Vec<Coord>| ring.iter().any(|at| is_beyond(at.x));
    let beyond = geometry.points.iter().any(|at| is_beyond(at.x))
        || geometry.lines.iter().any(ring)
        || geometry.polygons.iter().flatten().any(ring);
    if !beyond {
        return false;
    }
    let uncut =
        RawGeometry { lines: geometry.lines.clone(), polygons: geometry.polygons.clone(), ..RawGeometry::default() };
    geometry.uncut = Some(Box::new(uncut));
    geometry.points.iter_mut().for_each(|at| *at = point(*at));
    geometry.lines = geometry.lines.iter().flat_map(|run| line(run)).collect();
    let one = geometry.polygons.len() == 1;
    geometry.polygons = geometry.polygons.iter().flat_map(|rings| polygon(rings)).collect();
    if one && geometry.polygons.len() > 1 && geometry.type_name == "Polygon" {
        geometry.type_name = "MultiPolygon";
    }
    true
}

/// Cuts again, at ±180°, a geometry that was cut there along edges straight in longitude and latitude, if its edges are
/// of another kind: to within the tolerance of [`densify`].
pub(super) fn recut(geometry: &mut RawGeometry, edges: Edges) {
    let Some(uncut) = geometry.uncut.take().filter(|_| edges != Edges::Lonlat) else { return };
    let bits = |at: Coord| (at.x.to_bits(), at.y.to_bits());
    let vertices = uncut.lines.iter().chain(uncut.polygons.iter().flatten()).flatten();
    let vertices: HashSet<(u64, u64)> = vertices.map(|at| bits(point(*at))).collect();
    // Of the chains that replace edges, only the vertices on ±180° are kept.
    let kept = |mut run: Vec<Coord>| {
        run.retain(|at| at.x.abs() == 180.0 || vertices.contains(&bits(*at)));
        run
    };
    geometry.lines = uncut.lines.iter().flat_map(|run| line(&densify(run, edges))).map(kept).collect();
    let cut = |rings: &Vec<Vec<Coord>>| {
        let rings: Vec<Vec<Coord>> = rings.iter().map(|ring| densify(ring, edges)).collect();
        polygon(&rings).into_iter().map(|rings| rings.into_iter().map(kept).collect::<Vec<_>>())
    };
    geometry.polygons = uncut.polygons.iter().flat_map(cut).collect();
}

/// Unwraps rings with edges of more than half the globe, so that each edge takes the shorter way; holes are shifted to
/// their shell. Rings that are not closed then surround a pole and stay unchanged, as do those with an edge along all
/// 360°.
#[cfg(feature = "formats")]
pub(super) fn unwrap_rings<V: Vertex>(rings: &mut [Vec<V>]) {
    let is_wide = |pair: &[V]| (pair[1].at().x - pair[0].at().x).abs() > 180.0;
    if !rings.iter().any(|ring| ring.windows(2).any(is_wide)) {
        return;
    }
    let shifted = |vertex: V, by: f64| vertex.put(Coord { x: vertex.at().x + by, ..vertex.at() });
    let follow = |ring: &[V]| -> Option<Vec<V>> {
        let mut by = 0.0;
        let mut out = Vec::with_capacity(ring.len());
        let mut before = ring.first()?.at().x;
        for &vertex in ring {
            let step = vertex.at().x - before;
            before = vertex.at().x;
            if step.abs() >= 360.0 {
                return None;
            }
            by -= if step.abs() > 180.0 { 360.0_f64.copysign(step) } else { 0.0 };
            out.push(shifted(vertex, by));
        }
        (by == 0.0).then_some(out)
    };
    let Some(all) = rings.iter().map(|ring| follow(ring)).collect::<Option<Vec<_>>>() else { return };
    let shell = all.first().into_iter().flatten().map(|vertex| vertex.at().x);
    let (low, high) = shell.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), x| (low.min(x), high.max(x)));
    for (ring, drawn) in rings.iter_mut().zip(all) {
        let first = drawn.first().map_or(low, |vertex| vertex.at().x);
        let by = [0.0, 360.0, -360.0].into_iter().find(|by| (low..=high).contains(&(first + by))).unwrap_or(0.0);
        *ring = drawn.into_iter().map(|vertex| shifted(vertex, by)).collect();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounding_is_put_right_and_no_more() {
        let at = |x, y| on_globe(Coord { x, y });
        assert_eq!(at(180.000_000_000_000_06, 60.0), Some(Coord { x: 180.0, y: 60.0 }));
        assert_eq!(at(-180.000_000_000_000_06, -90.000_000_000_000_01), Some(Coord { x: -180.0, y: -90.0 }));
        assert_eq!(at(180.000_000_1, 60.0), Some(Coord { x: 180.000_000_1, y: 60.0 }));
        assert_eq!((at(360.1, 0.0), at(0.0, 90.1), at(f64::NAN, 0.0)), (None, None, None));
    }

    #[test]
    #[cfg(feature = "formats")]
    fn rings_whose_edges_go_the_shorter_way() {
        let ring =
            |xs: &[f64], ys: [f64; 5]| -> Vec<Coord> { xs.iter().zip(ys).map(|(&x, y)| Coord { x, y }).collect() };
        let xs = |rings: &[Vec<Coord>]| -> Vec<Vec<f64>> {
            rings.iter().map(|ring| ring.iter().map(|at| at.x).collect()).collect()
        };
        let ys = [0.0, 0.0, 9.0, 9.0, 0.0];
        let mut rings = vec![
            ring(&[175.0, -175.0, -175.0, 175.0, 175.0], ys),
            ring(&[-179.0, -178.0, -178.0, -179.0, -179.0], [1.0, 1.0, 2.0, 2.0, 1.0]),
        ];
        unwrap_rings(&mut rings);
        assert_eq!(xs(&rings), [[175.0, 185.0, 185.0, 175.0, 175.0], [181.0, 182.0, 182.0, 181.0, 181.0]]);
        // Around a pole, along a whole parallel, and without long edges: unchanged.
        for plain in
            [[-170.0, -50.0, 70.0, 170.0, -170.0], [-180.0, 180.0, 180.0, -180.0, -180.0], [0.0, 9.0, 9.0, 0.0, 0.0]]
        {
            let mut rings = vec![ring(&plain, ys)];
            unwrap_rings(&mut rings);
            assert_eq!(xs(&rings), [plain]);
        }
    }
}

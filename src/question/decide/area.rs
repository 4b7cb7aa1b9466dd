//! The area of land near lines.

use crate::earth::{LocalPlane, edge_length_m, point_along, polygon_area_m2};
use crate::topology::{overlay, union};
use geo::{Coord, LineString, Polygon};
use std::f64::consts::PI;

/// Greatest length in metres of an edge that is treated as straight in one plane: its strip is 1e-4 of itself too wide or
/// narrow at most.
const STRAIGHT_M: f64 = 1000.0;
/// Corners of half a circle: its area is 0.64 % too small.
const CORNERS: usize = 16;

/// Returns the ellipsoidal area in m² of the land within a distance of lines, and the rest of the land.
///
/// # Method
/// The union of strips around all edges, with half circles (of 16 corners) at their ends, in planes tangent at their middles;
/// strips far from the land are left out, and strips across ±180° from it are not. Unions are made of halves, so that inner edges vanish early.
pub(super) fn near_area_m2(land: &[Polygon], runs: &[Vec<Coord>], within_m: f64) -> (f64, Vec<Polygon>) {
    let Some((low, high)) = corners(land) else { return (0.0, land.to_vec()) };
    if within_m <= 0.0 {
        return (0.0, land.to_vec());
    }
    let reach = reach_of(low, high, within_m);
    let is_far = |[a, b]: [Coord; 2]| {
        a.x.max(b.x) < low.x - reach.x
            || a.x.min(b.x) > high.x + reach.x
            || a.y.max(b.y) < low.y - reach.y
            || a.y.min(b.y) > high.y + reach.y
    };
    let mut strips = Vec::new();
    // Land is cut along ±180°, which is no line; lines beyond it come near in continuous longitudes.
    let on_seam = |edge: &[Coord; 2]| edge.iter().all(|at| at.x.abs() == 180.0);
    let edges = runs.iter().flat_map(|run| run.windows(2)).map(|edge| [edge[0], edge[1]]);
    let edges = edges.filter(|edge| edge[0] != edge[1] && !on_seam(edge));
    let turned = |edge: [Coord; 2], turn: f64| edge.map(|at| Coord { x: at.x + turn, ..at });
    let edges = edges.flat_map(|edge| [0.0, 360.0, -360.0].map(|turn| turned(edge, turn)));
    for edge in edges.filter(|edge| !is_far(*edge)) {
        let count = (edge_length_m(edge[0], edge[1]) / STRAIGHT_M).ceil().max(1.0) as usize;
        let at = |i: usize| if i == count { edge[1] } else { point_along(edge[0], edge[1], i as f64 / count as f64) };
        strips.extend((0..count).map(|i| [at(i), at(i + 1)]).filter(|piece| !is_far(*piece)));
    }
    let near = united(&strips, within_m);
    let parted = overlay(land, &near);
    // What is beyond is what the land has not near the lines: both add up.
    (parted.both.iter().map(polygon_area_m2).sum(), parted.only_a)
}

/// South-west and north-east corners of land; none of no land.
pub(super) fn corners(land: &[Polygon]) -> Option<(Coord, Coord)> {
    let positions = || land.iter().flat_map(|part| part.exterior().0.iter().copied());
    let low = positions().reduce(|a, b| Coord { x: a.x.min(b.x), y: a.y.min(b.y) })?;
    let high = positions().reduce(|a, b| Coord { x: a.x.max(b.x), y: a.y.max(b.y) })?;
    Some((low, high))
}

/// How far in degrees beyond the corners of land edges may matter to it.
pub(super) fn reach_of(low: Coord, high: Coord, within_m: f64) -> Coord {
    let wide = |at: Coord| LocalPlane::at(at).degrees(1.1 * within_m + STRAIGHT_M);
    Coord { x: wide(low).x.max(wide(high).x), y: wide(low).y.max(wide(high).y) }
}

fn united(strips: &[[Coord; 2]], within_m: f64) -> Vec<Polygon> {
    /// Strips united at once.
    const FEW: usize = 4;
    if strips.len() <= FEW {
        let all: Vec<Polygon> = strips.iter().map(|edge| strip(*edge, within_m)).collect();
        return union(&all);
    }
    let (a, b) = strips.split_at(strips.len() / 2);
    let (mut a, b) = rayon::join(|| united(a, within_m), || united(b, within_m));
    a.extend(b);
    union(&a)
}

/// The land within a distance of a short edge.
fn strip([a, b]: [Coord; 2], within_m: f64) -> Polygon {
    let plane = LocalPlane::at((a + b) / 2.0);
    let [from, to] = [a, b].map(|at| plane.to_m(at));
    let along = (to.y - from.y).atan2(to.x - from.x);
    let half = |at: Coord, start: f64| {
        (0..=CORNERS).map(move |i| {
            let angle = start + PI * i as f64 / CORNERS as f64;
            Coord { x: at.x + within_m * angle.cos(), y: at.y + within_m * angle.sin() }
        })
    };
    let outline = half(to, along - PI / 2.0).chain(half(from, along + PI / 2.0));
    let mut ring: Vec<Coord> = outline.map(|at| plane.to_degrees(at)).collect();
    ring.push(ring[0]);
    Polygon::new(LineString(ring), Vec::new())
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo::Rect;

    /// 0.2° by 0.1° at 45° N; 500 m on its outline: GEOS (shapely 2.0, buffer with 64 segments to a quarter) on the UTM zone
    /// of its middle.
    #[test]
    fn the_strip_inside_a_rectangle() {
        let land = [Rect::new(Coord { x: 9.0, y: 45.0 }, Coord { x: 9.2, y: 45.1 }).to_polygon()];
        let runs = [land[0].exterior().0.clone()];
        let whole: f64 = polygon_area_m2(&land[0]);
        let (near, core) = near_area_m2(&land, &runs, 500.0);
        let rest: f64 = core.iter().map(polygon_area_m2).sum();
        assert!((near + rest - whole).abs() < 1.0, "{near} + {rest} = {whole}");
        // A rectangle eroded by 500 m, by its sides on the ellipsoid.
        let sides = [(9.0, 45.05, 9.2, 45.05), (9.1, 45.0, 9.1, 45.1)]
            .map(|(x, y, u, v)| edge_length_m(Coord { x, y }, Coord { x: u, y: v }));
        let expected = (sides[0] - 1000.0) * (sides[1] - 1000.0);
        assert!((rest - expected).abs() < 2e-4 * expected, "{rest} {expected}");
        assert_eq!(near_area_m2(&land, &runs, 0.0).0, 0.0);
        // Wider than the land: nothing is left.
        let (all, none) = near_area_m2(&land, &runs, 6000.0);
        assert!(none.is_empty() && (all - whole).abs() < 1.0);
    }

    /// A line on the other side of ±180° is as near as the same line at 0°.
    #[test]
    fn a_line_across_180_is_near() {
        let near_m2 = |west: f64, line: f64| {
            let land = [Rect::new(Coord { x: west, y: 45.0 }, Coord { x: west + 0.02, y: 45.1 }).to_polygon()];
            let run = vec![Coord { x: line, y: 44.9 }, Coord { x: line, y: 45.2 }];
            near_area_m2(&land, &[run], 1000.0).0
        };
        let at_0 = near_m2(-0.02, 0.001);
        assert!(at_0 > 1e6);
        for there in [near_m2(179.98, 180.001), near_m2(179.98, -179.999)] {
            assert!((there - at_0).abs() < 1.0, "{there} {at_0}");
        }
    }
}

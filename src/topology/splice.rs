//! Joins polygons that meet along a meridian by splicing their rings: linear, unlike an overlay of all their edges.

use super::arrange::assembled;
use super::intern::plain;
use geo::{Area, Coord, LineString, Polygon};
use rustc_hash::FxHashMap;

/// The union of polygons that share no land but meet along the meridian `lon`; `None` where that is not one polygon that
/// follows from their order along the meridian alone: where a ring only touches it, or touches it where other land
/// borders on it, or land on one side covers it twice. Rings away from the meridian stay as they are.
///
/// # Method
/// The rings are opened at their edges along the meridian. These are cut at each other's ends; stretches with land on
/// both sides vanish, and the others are ring edges again. Where a run ends exactly one continues.
pub(super) fn spliced(polygons: &[Polygon], lon: f64) -> Option<Polygon> {
    let (mut opened, mut holes) = (Opened::default(), Vec::new());
    for polygon in polygons {
        if !opened.add(polygon.exterior(), lon)? {
            return None;
        }
        for hole in polygon.interiors() {
            if !opened.add(hole, lon)? {
                holes.push(hole.0.iter().copied().map(plain).collect());
            }
        }
    }
    if opened.touches_land() {
        return None;
    }
    let Opened { mut runs, along, .. } = opened;
    runs.extend(one_sided(&along)?.into_iter().map(|ends| ends.map(|y| Coord { x: lon, y }).to_vec()));
    let mut shell = None;
    for ring in closed(runs)? {
        let ring = Polygon::new(LineString(ring), Vec::new());
        if ring.signed_area() <= 0.0 {
            holes.push(ring.into_inner().0.0);
        } else if shell.replace(ring.into_inner().0.0).is_some() {
            return None;
        }
    }
    shell.map(|shell| assembled(shell, holes))
}

/// Rings opened at their edges along a meridian.
#[derive(Default)]
struct Opened {
    /// The rings between these edges.
    runs: Vec<Vec<Coord>>,
    /// The latitudes of the edges.
    along: Vec<[f64; 2]>,
    /// The latitudes at which runs touch the meridian.
    touches: Vec<f64>,
}

impl Opened {
    /// Adds a ring; returns whether it has edges along the meridian, or `None` where it only touches it.
    fn add(&mut self, ring: &LineString, lon: f64) -> Option<bool> {
        let open = &ring.0[..ring.0.len().saturating_sub(1)];
        let count = open.len();
        let is_along = |i: usize| open[i % count].x == lon && open[(i + 1) % count].x == lon;
        let Some(first) = (0..count).find(|&i| is_along(i)) else {
            return open.iter().all(|at| at.x != lon).then_some(false);
        };
        let mut run: Vec<Coord> = Vec::new();
        for i in first..first + count {
            let [from, to] = [open[i % count], open[(i + 1) % count]].map(plain);
            if is_along(i) {
                self.along.push([from.y, to.y]);
                continue;
            }
            if run.is_empty() {
                run.push(from);
            }
            run.push(to);
            if to.x == lon {
                if is_along(i + 1) {
                    self.runs.push(std::mem::take(&mut run));
                } else {
                    self.touches.push(to.y);
                }
            }
        }
        Some(true)
    }

    /// Whether a run touches the meridian at an edge along it, or where another one touches it.
    fn touches_land(&self) -> bool {
        let mut touches = self.touches.clone();
        touches.sort_by(f64::total_cmp);
        let meets = |[from, to]: &[f64; 2]| {
            let first = touches.partition_point(|y| *y < from.min(*to));
            touches.get(first).is_some_and(|y| *y <= from.max(*to))
        };
        touches.windows(2).any(|two| two[0] == two[1]) || self.along.iter().any(meets)
    }
}

/// The stretches of edges along a meridian with land on one side only; `None` where one side covers a stretch twice.
fn one_sided(along: &[[f64; 2]]) -> Option<Vec<[f64; 2]>> {
    let mut ends: Vec<f64> = along.iter().flatten().copied().collect();
    ends.sort_by(f64::total_cmp);
    ends.dedup();
    let place = |y: f64| ends.partition_point(|end| *end < y);
    // By stretch: whether an edge runs along it to the north, and to the south.
    let mut covered = vec![[false; 2]; ends.len()];
    for &[from, to] in along {
        for stretch in &mut covered[place(from.min(to))..place(from.max(to))] {
            if std::mem::replace(&mut stretch[usize::from(to < from)], true) {
                return None;
            }
        }
    }
    let stretches = covered.into_iter().zip(ends.windows(2));
    let directed = stretches.filter_map(|(covered, ends)| match covered {
        [true, false] => Some([ends[0], ends[1]]),
        [false, true] => Some([ends[1], ends[0]]),
        _ => None,
    });
    Some(directed.collect())
}

/// The closed rings that runs form; `None` where several runs begin in one position, or
/// none where one ends.
fn closed(runs: Vec<Vec<Coord>>) -> Option<Vec<Vec<Coord>>> {
    let mut from: FxHashMap<u64, Vec<Coord>> = FxHashMap::default();
    let mut starts = Vec::with_capacity(runs.len());
    for run in runs {
        starts.push(run[0].y.to_bits());
        if from.insert(run[0].y.to_bits(), run).is_some() {
            return None;
        }
    }
    let mut rings = Vec::new();
    for start in starts {
        let Some(mut ring) = from.remove(&start) else { continue };
        while ring[0] != ring[ring.len() - 1] {
            let next = from.remove(&ring[ring.len() - 1].y.to_bits())?;
            ring.extend_from_slice(&next[1..]);
        }
        rings.push(ring);
    }
    Some(rings)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::topology::enclosed;
    use geo::polygon;
    use proptest::prelude::*;

    /// A ring around a position through corners at these distances from it, in the directions of equal angles.
    fn star(centre: Coord, distances: &[f64]) -> Vec<Coord> {
        let corner = |i: usize| {
            let (sin, cos) = (i as f64 / distances.len() as f64 * std::f64::consts::TAU).sin_cos();
            Coord { x: centre.x + distances[i] * cos, y: centre.y + distances[i] * sin }
        };
        (0..distances.len()).chain([0]).map(corner).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(256) })]

        /// Land with lakes, cut along 180°, with more vertices there on one side: spliced, it is what the overlay of all
        /// edges gives.
        #[test]
        fn rings_are_those_of_the_overlay(
            off in -2.0..2.0_f64, distances in prop::collection::vec(1.0..4.0_f64, 5..24),
            lakes in prop::collection::vec((-0.8..0.8_f64, -0.5..0.5_f64, 0.05..0.3_f64), 0..3),
            more in prop::collection::vec(-4.0..4.0_f64, 0..4),
        ) {
            let lake = |&(x, y, size): &(f64, f64, f64)| {
                LineString(star(Coord { x: 180.0 + off + x, y: 10.0 + y }, &[size, size, size, size, size]))
            };
            let shell = LineString(star(Coord { x: 180.0 + off, y: 10.0 }, &distances));
            let whole = enclosed(&[Polygon::new(shell, lakes.iter().map(lake).collect())]);
            let half = |west: f64| geo::Rect::new((west, -90.0), (west + 10.0, 90.0)).to_polygon();
            let [west, east] = [170.0, 180.0].map(|west| crate::topology::overlay(&whole, &[half(west)]).both);
            let refined = |ring: &LineString| {
                let mut out: Vec<Coord> = Vec::new();
                for edge in ring.0.windows(2) {
                    out.push(edge[0]);
                    if edge[0].x == 180.0 && edge[1].x == 180.0 {
                        let inner = |y: &f64| (*y - edge[0].y) * (*y - edge[1].y) < 0.0;
                        let mut inner: Vec<f64> = more.iter().map(|y| 10.0 + y).filter(inner).collect();
                        inner.sort_by(|a, b| (a - edge[0].y).abs().total_cmp(&(b - edge[0].y).abs()));
                        out.extend(inner.into_iter().map(|y| Coord { x: 180.0, y }));
                    }
                }
                LineString(out)
            };
            let refined = |p: &Polygon| Polygon::new(refined(p.exterior()), p.interiors().iter().map(refined).collect());
            let group: Vec<Polygon> = west.into_iter().chain(east.iter().map(refined)).collect();
            let expected = enclosed(&group);
            match spliced(&group, 180.0) {
                Some(found) => prop_assert_eq!(vec![found], expected),
                // Parts that do not reach 180°, or several pieces of land.
                None => prop_assert!(expected.len() > 1 || group.len() > 2 || group.iter().any(|p| p.exterior().0.iter().all(|at| at.x != 180.0))),
            }
        }
    }

    #[test]
    fn two_rectangles_that_meet_in_a_part_of_their_sides() {
        let land = |w: f64, s: f64, e: f64, n: f64| geo::Rect::new((w, s), (e, n)).to_polygon();
        let group = [land(179.0, 0.0, 180.0, 2.0), land(180.0, 1.0, 181.0, 3.0)];
        assert_eq!(spliced(&group, 180.0), Some(enclosed(&group).remove(0)));
        // Apart, over each other on one side, or touching the meridian in a point.
        let kite = polygon![(x: 178.0, y: 0.0), (x: 180.0, y: 1.0), (x: 178.0, y: 2.0)];
        assert_eq!(spliced(&[land(179.0, 0.0, 180.0, 1.0), land(180.0, 2.0, 181.0, 3.0)], 180.0), None);
        assert_eq!(spliced(&[land(179.0, 0.0, 180.0, 1.0), land(178.0, 0.0, 180.0, 1.0)], 180.0), None);
        assert_eq!(spliced(&[kite, land(180.0, 0.0, 181.0, 2.0)], 180.0), None);
        // Touching the meridian in a point too: beside other land, or away from it.
        let cape = polygon![
            (x: 178.0, y: 0.0), (x: 180.0, y: 0.0), (x: 180.0, y: 2.0), (x: 179.0, y: 3.0), (x: 180.0, y: 4.0),
            (x: 178.0, y: 5.0)
        ];
        let away = [cape.clone(), land(180.0, 0.0, 181.0, 3.0)];
        assert_eq!(spliced(&away, 180.0), Some(enclosed(&away).remove(0)));
        assert_eq!(spliced(&[cape, land(180.0, 0.0, 181.0, 4.0)], 180.0), None);
    }
}

//! Densification of edges that are straight in one system, for use in another.

use super::super::Problem;
use super::CrsTransform;
use crate::earth::{approximate_curve, distance_to_lonlat_edge_m, point_along};
use geo::Coord;
use std::cell::Cell;

/// Greatest distance in metres between an edge straight in a file's system and its chain.
pub(in crate::io) const COURSE_TOLERANCE_M: f64 = 0.01;
/// Edges up to this length are not tested: in no projection used for such work do they deviate by the
/// tolerance (a grid line bends by less than 2 tan φ / R, and so does a line straight in longitude and latitude).
const SHORT_M: f64 = 150.0;
const SHORT_DEG: f64 = 0.0015;
/// Latitude in degrees beyond which all edges are tested.
const HIGH_DEG: f64 = 80.0;
/// Least share of an edge that is bisected.
const SHORTEST: f64 = 1.0 / 262_144.0;

/// Statistics on the densification of edges.
#[derive(Debug, Default)]
pub(in crate::io) struct DensifyStats {
    cut: Cell<usize>,
    added: Cell<usize>,
    /// Greatest deviation in metres of an edge that was not densified.
    off_m: Cell<f64>,
}

impl DensifyStats {
    /// Note for reports on densified edges.
    pub fn note(&self, system: &str) -> Option<String> {
        let (cut, added) = (self.cut.get(), self.added.get());
        (cut > 0).then(|| {
            let edges = if cut == 1 { "1 edge is".to_owned() } else { format!("{cut} edges are") };
            format!("{edges} straight in {system}, followed within {COURSE_TOLERANCE_M} m by {added} positions more")
        })
    }

    /// Bound in metres on the relative displacement of positions and edges: by rounding, or by the
    /// tolerance of two chains.
    pub fn noise_m(&self) -> f64 {
        if self.cut.get() > 0 { 2.0 * COURSE_TOLERANCE_M } else { 1e-6 }
    }

    /// Greatest deviation in metres, if edges were left undensified.
    pub fn off_m(&self) -> Option<f64> {
        Some(self.off_m.get()).filter(|off_m| *off_m > COURSE_TOLERANCE_M)
    }
}

/// A position in both systems.
#[derive(Clone, Copy)]
struct Both {
    here: Coord,
    there: Coord,
}

impl CrsTransform {
    /// Transforms a line or a ring; passes on each position with the number of its edge and its share
    /// (0 to 1) along that edge.
    ///
    /// **Method**: an edge is straight in the first system. It is bisected there until its pieces are within
    /// [`COURSE_TOLERANCE_M`] of straight edges in the second ([`approximate_curve`]); the same in either direction,
    /// so that neighbours share every vertex. Edges within the tolerance keep only their ends.
    ///
    /// # Errors
    /// A vertex is impossible in the first system, or PROJ cannot transform it.
    pub fn course(&self, line: &[Coord], mut put: impl FnMut(usize, f64, Coord)) -> Result<(), Problem> {
        let mut before: Option<Both> = None;
        for (number, &here) in line.iter().enumerate() {
            let at = Both { here, there: self.apply(here)? };
            if let Some(from) = before.filter(|from| !self.is_short(*from, at)) {
                let forward = (from.here.x, from.here.y) <= (here.x, here.y);
                let mut inner = self.inner(if forward { [from, at] } else { [at, from] });
                if !forward {
                    inner.reverse();
                    inner.iter_mut().for_each(|(share, _)| *share = 1.0 - *share);
                }
                if !inner.is_empty() {
                    self.courses.cut.set(self.courses.cut.get() + 1);
                    self.courses.added.set(self.courses.added.get() + inner.len());
                }
                inner.into_iter().for_each(|(share, there)| put(number - 1, share, there));
            }
            put(number, 0.0, at.there);
            before = Some(at);
        }
        Ok(())
    }

    /// Positions of a line or a ring in the second system: see [`course`](Self::course).
    #[cfg(any(feature = "formats", test))]
    pub fn line(&self, line: &[Coord]) -> Result<Vec<Coord>, Problem> {
        let mut out = Vec::with_capacity(line.len());
        self.course(line, |_, _, at| out.push(at))?;
        Ok(out)
    }

    fn is_short(&self, from: Both, to: Both) -> bool {
        let span = |a: Coord, b: Coord| (a.x - b.x).abs().max((a.y - b.y).abs());
        let low = |ends: [Coord; 2]| ends.iter().all(|at| at.y.abs() < HIGH_DEG);
        let within = |in_degrees: Option<bool>, a: Coord, b: Coord| match in_degrees {
            Some(true) => span(a, b) <= SHORT_DEG && low([a, b]),
            Some(false) => span(a, b) <= SHORT_M,
            None => false,
        };
        from.here == to.here
            || (within(self.starts_in_degrees(), from.here, to.here)
                && within(self.ends_in_degrees(), from.there, to.there))
    }

    /// Positions between the ends of an edge that runs from west to east, or from south to north.
    fn inner(&self, [a, b]: [Both; 2]) -> Vec<(f64, Coord)> {
        // Positions outside the projection between two valid ends are skipped.
        let at = |share: f64| self.apply(point_along(a.here, b.here, share)).ok();
        let off_m = |at: Coord, a: Coord, b: Coord| self.off_m(at, a, b);
        if self.vertices_only {
            let off_m = [0.25, 0.5, 0.75].into_iter().filter_map(at).map(|at| off_m(at, a.there, b.there));
            self.courses.off_m.set(off_m.fold(self.courses.off_m.get(), f64::max));
            return Vec::new();
        }
        approximate_curve([a.there, b.there], &at, &off_m, COURSE_TOLERANCE_M, SHORTEST)
    }

    /// Distance in metres of a position of the second system from the straight edge between two others.
    fn off_m(&self, at: Coord, a: Coord, b: Coord) -> f64 {
        if self.ends_in_degrees() == Some(true) {
            return distance_to_lonlat_edge_m(at, a, b);
        }
        let (edge, offset) = (b - a, at - a);
        let length = edge.x.hypot(edge.y);
        if length > 0.0 { (edge.x * offset.y - edge.y * offset.x).abs() / length } else { offset.x.hypot(offset.y) }
    }
}

#[cfg(test)]
mod tests {
    use super::super::System;
    use super::*;
    use crate::earth::Crs;
    use crate::io::SourceCrs;

    fn way(from: &str, to: &str) -> CrsTransform {
        CrsTransform::between(&SourceCrs::default(), System::parse(from), System::parse(to)).expect("both are ours")
    }

    #[test]
    fn an_edge_straight_in_utm_is_followed_whichever_way_it_runs() {
        let way = way("EPSG:32640", "EPSG:4326");
        let edge = [Coord { x: 300_000.0, y: 2_500_000.0 }, Coord { x: 700_000.0, y: 2_500_000.0 }];
        let there = way.line(&edge).unwrap();
        let mut back = way.line(&[edge[1], edge[0]]).unwrap();
        back.reverse();
        assert_eq!(there, back);
        // Between two of its positions the chain keeps northing 2 500 000.
        let utm = Crs::parse("EPSG:32640").unwrap();
        for pair in there.windows(2) {
            let middle = utm.forward((pair[0] + pair[1]) / 2.0);
            assert!((middle.y - 2_500_000.0).abs() <= COURSE_TOLERANCE_M, "{middle:?}");
        }
        assert!(there.len() < 600, "{}", there.len());
    }

    #[test]
    fn short_edges_are_not_cut() {
        let way = way("EPSG:32638", "EPSG:4326");
        let line: Vec<Coord> =
            (0..200).map(|i| Coord { x: 5e5 + 300.0 * f64::from(i), y: 4.4e6 + 200.0 * f64::from(i % 2) }).collect();
        assert_eq!(way.line(&line).unwrap().len(), line.len());
        assert_eq!(way.courses.note("x"), None);
    }

    #[test]
    fn an_edge_over_the_equator_that_bends_both_ways_is_cut() {
        // Straight in longitude and latitude, symmetric about the equator: its middle is on the chord, its quarters are not.
        let way = way("EPSG:4326", "EPSG:32638");
        let line = [Coord { x: 42.0, y: -20.0 }, Coord { x: 48.0, y: 20.0 }];
        assert!(way.line(&line).unwrap().len() > 100);
    }

    #[test]
    fn vertices_alone_tell_how_far_the_edges_are_off() {
        let frame = SourceCrs { vertices_only: true, ..SourceCrs::default() };
        let to = System::parse("EPSG:32613");
        let way = CrsTransform::between(&frame, System::parse("EPSG:4326"), to).expect("both are ours");
        let parallel = [Coord { x: -110.0, y: 49.0 }, Coord { x: -104.0, y: 49.0 }];
        assert_eq!(way.line(&parallel).unwrap().len(), 2);
        // pyproj: the chord reaches 4 341 m north of the parallel at its middle.
        let off_m = way.courses.off_m().expect("it is off");
        assert!((off_m - 4341.0).abs() < 5.0, "{off_m}");
    }
}

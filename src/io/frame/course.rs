//! Edges that are straight in one system, followed in another.

use super::super::Problem;
use super::Way;
use crate::earth::LocalPlane;
use geo::Coord;
use std::cell::Cell;

/// Greatest distance in metres between an edge that is straight in a file's system and the chain that stands for it.
pub(in crate::io) const COURSE_TOLERANCE_M: f64 = 0.01;
/// Edges up to these are not looked at: in no projection in use for such work do they leave the straight edge by the
/// tolerance (a grid line bends by less than 2 tan φ / R, and so does a line straight in longitude and latitude).
const SHORT_M: f64 = 150.0;
const SHORT_DEG: f64 = 0.0015;
/// Latitude (degrees) beyond which all are looked at.
const HIGH_DEG: f64 = 80.0;
/// How often an edge is halved at most.
const DEEPEST: u32 = 18;

/// What became of edges on a way.
#[derive(Debug, Default)]
pub(in crate::io) struct Courses {
    cut: Cell<usize>,
    added: Cell<usize>,
    /// How far, in metres, an edge is off its course that was not cut.
    off_m: Cell<f64>,
}

impl Courses {
    /// What reports say of edges that were cut.
    pub fn note(&self, system: &str) -> Option<String> {
        let (cut, added) = (self.cut.get(), self.added.get());
        (cut > 0).then(|| {
            let edges = if cut == 1 { "1 edge is".to_owned() } else { format!("{cut} edges are") };
            format!("{edges} straight in {system}, followed within {COURSE_TOLERANCE_M} m by {added} positions more")
        })
    }

    /// How far, in metres, the worst edge is off its course, where edges were left uncut.
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

impl Way {
    /// Takes a line or a ring the way; hands over each position with the number of the edge it lies on and its share
    /// (0 to 1) along that.
    ///
    /// **Method**: an edge is straight in the first system. It is halved there until its pieces lie within
    /// [`COURSE_TOLERANCE_M`] of the straight edges of the second, at their middles and quarters; from the same end
    /// whichever way it runs, so that neighbours still share it vertex for vertex. Edges that need no cut keep their ends
    /// alone.
    ///
    /// # Errors
    /// A vertex cannot belong to the first system, or PROJ cannot transform it.
    pub fn course(&self, line: &[Coord], mut put: impl FnMut(usize, f64, Coord)) -> Result<(), Problem> {
        let mut before: Option<Both> = None;
        for (number, &here) in line.iter().enumerate() {
            let at = Both { here, there: self.apply(here)? };
            if let Some(from) = before.filter(|from| !self.is_short(*from, at)) {
                let forward = (from.here.x, from.here.y) <= (here.x, here.y);
                let mut inner = Vec::new();
                self.halve(if forward { [from, at] } else { [at, from] }, (0.0, 1.0), None, DEEPEST, &mut inner);
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

    /// Cuts the piece of an edge between two of its positions, where it must be.
    fn halve(
        &self,
        [a, b]: [Both; 2],
        (from, to): (f64, f64),
        middle: Option<Both>,
        deeper: u32,
        out: &mut Vec<(f64, Coord)>,
    ) {
        let between = |p: Both, q: Both| {
            let here = Coord { x: (p.here.x + q.here.x) / 2.0, y: (p.here.y + q.here.y) / 2.0 };
            // What lies beyond the projection between two good ends is left as it is.
            self.apply(here).ok().map(|there| Both { here, there })
        };
        let Some(middle) = middle.or_else(|| between(a, b)) else { return };
        let (Some(first), Some(third)) = (between(a, middle), between(middle, b)) else { return };
        let off = |at: Both| self.off_m(at.there, a.there, b.there);
        let off_m = off(middle).max(off(first)).max(off(third));
        if self.vertices_only {
            return self.courses.off_m.set(self.courses.off_m.get().max(off_m));
        }
        if off_m <= COURSE_TOLERANCE_M || deeper == 0 {
            return;
        }
        let half = (from + to) / 2.0;
        self.halve([a, middle], (from, half), Some(first), deeper - 1, out);
        out.push((half, middle.there));
        self.halve([middle, b], (half, to), Some(third), deeper - 1, out);
    }

    /// How far, in metres, a position of the second system is from the straight edge between two others.
    fn off_m(&self, at: Coord, a: Coord, b: Coord) -> f64 {
        if self.ends_in_degrees() == Some(true) {
            let beside = |c: Coord| Coord { x: c.x - 360.0 * ((c.x - at.x) / 360.0).round(), y: c.y };
            return LocalPlane::at(at).nearest_on_edge(at, beside(a), beside(b)).1;
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
    use crate::io::Frame;

    fn way(from: &str, to: &str) -> Way {
        Way::between(&Frame::default(), System::parse(from), System::parse(to)).expect("both are ours")
    }

    #[test]
    fn an_edge_straight_in_utm_is_followed_whichever_way_it_runs() {
        let way = way("EPSG:32640", "EPSG:4326");
        let edge = [Coord { x: 300_000.0, y: 2_500_000.0 }, Coord { x: 700_000.0, y: 2_500_000.0 }];
        let there = way.line(&edge).unwrap();
        let mut back = way.line(&[edge[1], edge[0]]).unwrap();
        back.reverse();
        assert_eq!(there, back);
        // What is drawn between two of its positions keeps northing 2 500 000.
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
        let frame = Frame { vertices_only: true, ..Frame::default() };
        let to = System::parse("EPSG:32613");
        let way = Way::between(&frame, System::parse("EPSG:4326"), to).expect("both are ours");
        let parallel = [Coord { x: -110.0, y: 49.0 }, Coord { x: -104.0, y: 49.0 }];
        assert_eq!(way.line(&parallel).unwrap().len(), 2);
        // pyproj: the chord reaches 4 341 m north of the parallel at its middle.
        let off_m = way.courses.off_m().expect("it is off");
        assert!((off_m - 4341.0).abs() < 5.0, "{off_m}");
    }
}

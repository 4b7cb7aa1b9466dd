//! Ways that are known less well than the line can follow: where the line certainly crosses them.
//!
//! A crossing is certain if the way passes from one side of the line to the other, from farther than twice the error of
//! both to farther than that: somewhere between, it crosses.

use super::course::{Path, Sides};
use super::sector::words_in_english;
use crate::document::description::{Decimal, Landmark, LengthUnit, PointRef, StatedLength, UndeterminedMeeting};
use crate::earth::distance_m;
use crate::model::{Warning, WarningCode};
use geo::Coord;

/// Errors of positions are smaller than so many standard deviations.
const SURE: f64 = 2.0;
/// Greatest number of positions along one way.
const MOST_POSITIONS: usize = 200_000;

/// A way with positions less accurate than the tolerance.
#[derive(Debug)]
pub(super) struct UncertainWay {
    pub landmark: Landmark,
    pub accuracy_m: f64,
    pub runs: Vec<Vec<Coord>>,
    /// Whether it is the outline of an area.
    pub is_outline: bool,
}

impl UncertainWay {
    /// The statement that the place where the line meets it is undetermined.
    pub(super) fn undetermined(&self, between: Option<[PointRef; 2]>) -> UndeterminedMeeting {
        let value = Decimal::rounded(self.accuracy_m, usize::from(self.accuracy_m < 10.0));
        let accuracy = StatedLength { value, unit: LengthUnit::Metre, kind: None, approx: false };
        UndeterminedMeeting { what: self.landmark.clone(), accuracy, between }
    }
}

/// A certain crossing, on one of several consecutive edges of a sector.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct CertainCrossing {
    pub way: usize,
    pub sector: usize,
    /// The first and the last edge on which it may be.
    pub edges: [usize; 2],
}

/// Where the line meets the ways.
#[derive(Debug, Default)]
pub(super) struct Meetings {
    pub crossings: Vec<CertainCrossing>,
    /// Ways within their accuracy of the line of which it is not certain whether the line crosses or follows them.
    pub undetermined: Vec<usize>,
}

impl Meetings {
    /// The certain crossings of a sector, each with the first and last leg on which it may be; legs are given by their
    /// first and last vertices.
    pub(super) fn of_legs(&self, sector: usize, legs: &[[usize; 2]]) -> Vec<(usize, [usize; 2])> {
        let leg_of = |edge: usize| legs.partition_point(|[_, to]| *to <= edge);
        let of_sector = self.crossings.iter().filter(|one| one.sector == sector);
        of_sector.map(|one| (one.way, one.edges.map(leg_of))).collect()
    }
}

/// A warning that names the objects of which a place is undetermined.
pub(super) fn warning(all: &[UndeterminedMeeting], tolerance_m: f64) -> Option<Warning> {
    let mut names: Vec<String> = all
        .iter()
        .map(|one| words_in_english(&one.what).trim_start_matches('(').trim_end_matches(')').to_owned())
        .collect();
    names.sort();
    names.dedup();
    let message = format!(
        "known less well than the {tolerance_m} m within which the line follows an object; the text says what is not \
         determined: {}",
        names.join(", ")
    );
    (!names.is_empty()).then_some(Warning { code: WarningCode::Note, message, feature: None })
}

/// Finds the meetings of the sectors with ways, from the accuracy of the line.
pub(super) fn meetings(ways: &[UncertainWay], paths: &[Path], sides: &Sides<'_>, accuracy_m: f64) -> Meetings {
    let mut out = Meetings::default();
    for (number, way) in ways.iter().enumerate() {
        let within_m = SURE * accuracy_m.hypot(way.accuracy_m);
        let mut is_undetermined = false;
        for run in &way.runs {
            for contact in contacts(&positions(run, within_m / 2.0), sides, within_m) {
                let found = contact.crossing(paths, sides, within_m).filter(|_| !way.is_outline);
                match found {
                    Some((sector, edges)) => out.crossings.push(CertainCrossing { way: number, sector, edges }),
                    None => is_undetermined = true,
                }
            }
        }
        if is_undetermined {
            out.undetermined.push(number);
        }
    }
    out.crossings.sort_by_key(|one| (one.sector, one.edges, one.way));
    out.crossings.dedup();
    out
}

/// Positions along a run, at most `step_m` metres apart.
fn positions(run: &[Coord], step_m: f64) -> Vec<Coord> {
    let mut out: Vec<Coord> = run.first().copied().into_iter().collect();
    for edge in run.windows(2) {
        let count = (distance_m(edge[0], edge[1]) / step_m).ceil().max(1.0);
        let count = (count as usize).min(MOST_POSITIONS.saturating_sub(out.len()).max(1));
        out.extend((1..=count).map(|i| edge[0] + (edge[1] - edge[0]) * (i as f64 / count as f64)));
    }
    out
}

/// Consecutive positions of a way near the line, with the positions before and after.
struct Contact {
    before: Option<Coord>,
    near: Vec<Coord>,
    after: Option<Coord>,
}

fn contacts(positions: &[Coord], sides: &Sides<'_>, within_m: f64) -> Vec<Contact> {
    let mut out: Vec<Contact> = Vec::new();
    let mut last: Option<Coord> = None;
    let mut is_open = false;
    for &at in positions {
        if sides.is_within(at, within_m) {
            if !is_open {
                out.push(Contact { before: last, near: Vec::new(), after: None });
                is_open = true;
            }
            out.last_mut().expect("one is open").near.push(at);
        } else {
            if let Some(contact) = out.last_mut().filter(|_| is_open) {
                contact.after = Some(at);
            }
            is_open = false;
        }
        last = Some(at);
    }
    out
}

impl Contact {
    /// The sector and edges on which the way certainly crosses from one side to the other.
    fn crossing(&self, paths: &[Path], sides: &Sides<'_>, within_m: f64) -> Option<(usize, [usize; 2])> {
        // Positions are at most half of the distance apart.
        let nearest = |at: Coord| sides.nearest(at, 2.0 * within_m);
        let (before, after) = (nearest(self.before?)?, nearest(self.after?)?);
        if before.left == after.left || before.sector != after.sector {
            return None;
        }
        let (sector, path) = (before.sector, &paths[before.sector]);
        let (mut first, mut last) = (usize::MAX, 0);
        for at in &self.near {
            for (other, edge) in sides.edges_within(*at, within_m) {
                if other != sector {
                    return None;
                }
                (first, last) = (first.min(edge), last.max(edge));
            }
        }
        // Beyond an end of the line, the way may pass around it.
        let ends = [path.points[0], path.points[path.points.len() - 1]];
        let is_at_end = self.near.iter().any(|at| ends.iter().any(|end| distance_m(*at, *end) <= within_m));
        (first <= last && !is_at_end).then_some((sector, [first, last]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::description::{Landmark, LandmarkClass};
    use crate::model::Edges;

    /// A line along a parallel, 10 edges of about 786 m, and a river through the given positions.
    fn found(river: &[(f64, f64)], accuracy_m: f64) -> Meetings {
        let line: Vec<Coord> = (0..=10).map(|i| Coord { x: 10.0 + 0.01 * f64::from(i), y: 45.0 }).collect();
        let paths = [Path::new(line, Edges::Lonlat)];
        let way = UncertainWay {
            landmark: Landmark::of_class(LandmarkClass::River),
            accuracy_m,
            runs: vec![river.iter().map(|&at| Coord::from(at)).collect()],
            is_outline: false,
        };
        meetings(&[way], &paths, &Sides::new(&paths), 5.0)
    }

    #[test]
    fn a_way_from_far_on_one_side_to_far_on_the_other_crosses() {
        let across = found(&[(10.045, 45.03), (10.045, 44.97)], 500.0);
        // Within 1 km of 10.045 lie the edges from 10.03 to 10.06.
        assert_eq!(across.crossings, [CertainCrossing { way: 0, sector: 0, edges: [3, 5] }]);
        assert!(across.undetermined.is_empty());
        // At 100 m, one edge.
        assert_eq!(found(&[(10.045, 45.03), (10.045, 44.97)], 100.0).crossings[0].edges, [4, 4]);
    }

    #[test]
    fn a_way_that_ends_or_returns_within_its_accuracy_is_undetermined() {
        for river in [
            &[(10.045, 45.03), (10.045, 44.997)][..],            // ends near the line
            &[(10.04, 45.03), (10.045, 44.999), (10.05, 45.03)], // returns
            &[(10.02, 45.001), (10.08, 45.001)],                 // runs along
            &[(10.101, 45.03), (10.101, 44.97)],                 // passes the end of the line
        ] {
            let met = found(river, 500.0);
            assert!(met.crossings.is_empty() && met.undetermined == [0], "{river:?}: {met:?}");
        }
        let far = found(&[(10.02, 45.02), (10.08, 45.02)], 500.0);
        assert!(far.crossings.is_empty() && far.undetermined.is_empty());
    }
}

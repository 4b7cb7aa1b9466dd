//! Intersections of a line with a route.

use super::RouteCut;
use crate::earth::{edge_length_as, point_along};
use crate::model::Edges;
use crate::question::pieces::Course;
use crate::topology::{Meeting, SegmentIndex, around, meet};
use geo::Coord;
use std::cmp::Ordering;

/// A stretch of an edge of the route between two meetings with the line. Longitudes are continuous beyond ±180°.
struct Step {
    from: Coord,
    to: Coord,
    from_m: f64,
    to_m: f64,
    /// Whether it coincides with the line.
    along: bool,
    /// The shift of its longitudes in degrees.
    turn: f64,
}

/// A stretch of the route on the line, and the sides of the line from which the route may have joined it.
struct Ride {
    left: bool,
    right: bool,
    first: usize,
}

/// Returns where the line cuts the route, ordered by chainage.
///
/// # Method
/// A proper crossing of an edge with an edge of the line is a cut. Where the route touches the line or runs on it for a
/// while, the line's edges divide the neighbourhood into sectors: the route is cut if it arrives in another sector than
/// it leaves in. It is not cut where it turns back to the side from which it came, where it starts or ends on the line,
/// or where it passes the line's own end. All decisions are exact. A cut by a stretch on the line is placed at the
/// middle of the stretch.
pub(super) fn cuts(course: &Course<'_>, edges: Edges, lines: &SegmentIndex) -> Vec<RouteCut> {
    let (mut cuts, mut chainage_m) = (Vec::new(), 0.0);
    if lines.is_empty() {
        return cuts;
    }
    for line in &course.lines {
        let (mut steps, mut turn) = (Vec::<Step>::new(), 0.0);
        for run in line {
            let joins = steps.last().map(|step| step.to.x - run[0].x);
            turn = joins.map_or(turn, |off| 360.0 * (off / 360.0).round());
            for edge in run.windows(2).map(|e| [e[0], e[1]]).filter(|e| e[0] != e[1]) {
                steps_of((edge, edges), turn, chainage_m, lines, &mut steps, &mut cuts);
                chainage_m += edge_length_as(edge[0], edge[1], edges);
            }
        }
        touches(&steps, edges, lines, &mut cuts);
    }
    cuts.sort_by(|a, b| a.chainage_m.total_cmp(&b.chainage_m));
    cuts
}

/// Splits an edge where it meets the line, and records proper crossings.
fn steps_of(
    (edge, edges): ([Coord; 2], Edges),
    turn: f64,
    start_m: f64,
    lines: &SegmentIndex,
    steps: &mut Vec<Step>,
    cuts: &mut Vec<RouteCut>,
) {
    let (mut crossings, mut stops, mut along) = (Vec::new(), vec![(0.0, edge[0]), (1.0, edge[1])], Vec::new());
    let exact = |share: f64, other: [Coord; 2]| {
        let at = point_along(edge[0], edge[1], share);
        let off = |p: &Coord| (p.x - at.x).abs() + (p.y - at.y).abs();
        match share {
            0.0 => edge[0],
            1.0 => edge[1],
            _ if off(&other[0]) <= off(&other[1]) => other[0],
            _ => other[1],
        }
    };
    let (low, high) = corners(edge);
    // Along the antimeridian the line may have the opposite sign of longitude.
    let twin = (edge[0].x.abs() == 180.0 && edge[0].x == edge[1].x).then_some(-2.0 * edge[0].x);
    for moved in [0.0].into_iter().chain(twin) {
        let shifted = |p: Coord, by: f64| Coord { x: p.x + by, ..p };
        for (other, _) in lines.touching(shifted(low, moved), shifted(high, moved)) {
            let other = other.map(|p| shifted(p, -moved));
            match meet(edge, other) {
                Meeting::Apart => {}
                Meeting::At { share, proper: true } => crossings.push(share),
                Meeting::At { share, proper: false } => stops.push((share, exact(share, other))),
                Meeting::Along { from, to } => {
                    stops.extend([(from, exact(from, other)), (to, exact(to, other))]);
                    along.push((from, to));
                }
            }
        }
    }
    crossings.sort_by(f64::total_cmp);
    crossings.dedup();
    cuts.extend(crossings.into_iter().map(|share| {
        let at = point_along(edge[0], edge[1], share);
        RouteCut { chainage_m: start_m + edge_length_as(edge[0], at, edges), position: [at.x, at.y] }
    }));
    stops.sort_by(|a, b| a.0.total_cmp(&b.0));
    stops.dedup_by(|a, b| a.0 == b.0);
    let beyond = |p: Coord| Coord { x: p.x + turn, ..p };
    steps.extend(stops.windows(2).map(|pair| {
        let ((from_share, from), (to_share, to)) = (pair[0], pair[1]);
        Step {
            from: beyond(from),
            to: beyond(to),
            from_m: start_m + edge_length_as(edge[0], from, edges),
            to_m: start_m + edge_length_as(edge[0], to, edges),
            along: along.iter().any(|&(a, b)| a <= from_share && to_share <= b),
            turn,
        }
    }));
}

pub(super) fn corners([a, b]: [Coord; 2]) -> (Coord, Coord) {
    (Coord { x: a.x.min(b.x), y: a.y.min(b.y) }, Coord { x: a.x.max(b.x), y: a.y.max(b.y) })
}

/// Adds the cuts at vertices where consecutive steps meet on the line.
fn touches(steps: &[Step], edges: Edges, lines: &SegmentIndex, cuts: &mut Vec<RouteCut>) {
    let mut ride: Option<Ride> = None;
    for (i, pair) in steps.windows(2).enumerate() {
        let (before, after) = (&pair[0], &pair[1]);
        let place = Place::at(after.from, after.turn, lines);
        let parts = place.branches.len();
        if parts == 0 {
            continue;
        }
        let (back, on) = (before.from, after.to);
        match (before.along, after.along) {
            (false, false) => {
                if place.part(back) != place.part(on) {
                    cuts.push(RouteCut {
                        chainage_m: after.from_m,
                        position: [after.from.x - after.turn, after.from.y],
                    });
                }
            }
            (false, true) => {
                let (part, branch) = (place.part(back), place.branch(on));
                ride = Some(Ride { left: part == (branch + 1) % parts, right: part == branch, first: i + 1 });
            }
            (true, true) => {
                let (came, goes) = (place.branch(back), place.branch(on));
                if let Some(ride) = &mut ride {
                    if came == goes {
                        std::mem::swap(&mut ride.left, &mut ride.right);
                    } else {
                        ride.left &= (came + parts - goes - 1).is_multiple_of(parts);
                        ride.right &= (goes + parts - came - 1).is_multiple_of(parts);
                    }
                }
            }
            (true, false) => {
                let (part, branch) = (place.part(on), place.branch(back));
                let goes_back =
                    |ride: &Ride| (ride.left && part == branch) || (ride.right && part == (branch + 1) % parts);
                cuts.extend(
                    ride.take().filter(|ride| !goes_back(ride)).map(|ride| middle(&steps[ride.first..=i], edges)),
                );
            }
        }
    }
}

/// A cut at the middle of a stretch.
fn middle(steps: &[Step], edges: Edges) -> RouteCut {
    let middle_m = (steps[0].from_m + steps[steps.len() - 1].to_m) / 2.0;
    let step = &steps[steps.partition_point(|step| step.to_m < middle_m).min(steps.len() - 1)];
    let share = (middle_m - step.from_m) / (step.to_m - step.from_m);
    let at = point_along(step.from, step.to, share);
    RouteCut { chainage_m: step.from_m + edge_length_as(step.from, at, edges), position: [at.x - step.turn, at.y] }
}

/// A position on the line, with the far ends of the line's edges there, counter-clockwise.
struct Place {
    at: Coord,
    branches: Vec<Coord>,
}

impl Place {
    fn at(at: Coord, turn: f64, lines: &SegmentIndex) -> Self {
        let here = Coord { x: at.x - turn, ..at };
        let twin = (here.x.abs() == 180.0).then_some(Coord { x: -here.x, ..here });
        let mut branches = Vec::new();
        for p in [here].into_iter().chain(twin) {
            let beyond = |end: Coord| Coord { x: end.x + at.x - p.x, ..end };
            for (edge, _) in lines.touching(p, p) {
                // Both ends of an edge that passes through; the other end of one that starts or ends here.
                if matches!(meet([edge[0], edge[1]], [p, p]), Meeting::At { .. }) {
                    branches.extend(edge.into_iter().filter(|end| *end != p).map(beyond));
                }
            }
        }
        branches.sort_by(|a, b| around(at, *a, *b));
        branches.dedup_by(|a, b| around(at, *a, *b) == Ordering::Equal);
        Place { at, branches }
    }

    /// The sector that contains a direction: the one before the branch of the same number.
    fn part(&self, towards: Coord) -> usize {
        self.branches.iter().filter(|branch| around(self.at, **branch, towards).is_lt()).count() % self.branches.len()
    }

    /// The branch with a direction.
    fn branch(&self, towards: Coord) -> usize {
        let same = |branch: &Coord| around(self.at, *branch, towards) == Ordering::Equal;
        self.branches.iter().position(same).unwrap_or_else(|| self.part(towards))
    }
}

//! Positions where a line crosses others.

use super::{Meeting, SegmentIndex, around, box_of, meet};
use crate::earth::{edge_length_as, point_along};
use crate::model::Edges;
use geo::Coord;
use std::cmp::Ordering;

/// A position where a line crosses others.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LineCrossing {
    /// Chainage along the line in metres.
    pub chainage_m: f64,
    /// Longitude and latitude in degrees.
    pub position: Coord,
    /// Where it is not in the interior of two edges: the position at which the line leaves the others, and the next of
    /// its vertices or of the places where it meets them.
    pub leaves: Option<[Coord; 2]>,
}

/// A stretch of an edge of the line between two meetings with the others. Longitudes are continuous beyond ±180°.
struct Step {
    from: Coord,
    to: Coord,
    from_m: f64,
    to_m: f64,
    /// Whether it coincides with one of the others.
    along: bool,
    /// The shift of its longitudes in degrees.
    turn: f64,
}

/// A stretch on the others, and the sides of them from which the line may have joined it.
struct Ride {
    left: bool,
    right: bool,
    first: usize,
}

/// Returns where a line, given by its runs from end to end, crosses others, ordered by chainage; that of its start is
/// `from_m`. Runs may join across ±180°.
///
/// # Method
/// An edge that crosses an edge of the others in the interior of both is a crossing. Where the line touches the others
/// or runs on them for a while, their edges divide the neighbourhood into sectors: the line crosses if it arrives in
/// another sector than it leaves in. It does not cross where it turns back to the side from which it came, where it
/// starts or ends on them, or where it passes the end of one. All decisions are exact. A crossing by a stretch on the
/// others is placed at the middle of the stretch.
///
/// # Examples
/// ```
/// use merestone::{geo::Coord, model::Edges, topology::{SegmentIndex, line_crossings}};
/// let [a, b, south, at, north] = [(0.0, 0.0), (2.0, 0.0), (1.0, -1.0), (1.0, 0.0), (1.0, 1.0)].map(Coord::from);
/// // The line crosses the road at a vertex of the road.
/// let road = SegmentIndex::new([([south, at], 0), ([at, north], 0)]);
/// let crossings = line_crossings([&[a, b][..]], Edges::Lonlat, &road, 0.0);
/// assert_eq!(crossings.len(), 1);
/// assert_eq!(crossings[0].position, at);
/// ```
pub fn line_crossings<'r>(
    runs: impl IntoIterator<Item = &'r [Coord]>,
    edges: Edges,
    others: &SegmentIndex,
    from_m: f64,
) -> Vec<LineCrossing> {
    let (mut found, mut chainage_m) = (Vec::new(), from_m);
    let (mut steps, mut turn) = (Vec::<Step>::new(), 0.0);
    for run in runs.into_iter().filter(|run| !run.is_empty()) {
        let joins = steps.last().map(|step| step.to.x - run[0].x);
        turn = joins.map_or(turn, |off| 360.0 * (off / 360.0).round());
        for edge in run.windows(2).map(|e| [e[0], e[1]]).filter(|e| e[0] != e[1]) {
            steps_of((edge, edges), turn, chainage_m, others, &mut steps, &mut found);
            chainage_m += edge_length_as(edge[0], edge[1], edges);
        }
    }
    touches(&steps, edges, others, &mut found);
    found.sort_by(|a, b| a.chainage_m.total_cmp(&b.chainage_m));
    found
}

/// Splits an edge where it meets the others, and records proper crossings.
fn steps_of(
    (edge, edges): ([Coord; 2], Edges),
    turn: f64,
    start_m: f64,
    others: &SegmentIndex,
    steps: &mut Vec<Step>,
    found: &mut Vec<LineCrossing>,
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
    let (low, high) = box_of(edge);
    // Along the antimeridian the others may have the opposite sign of longitude.
    let twin = (edge[0].x.abs() == 180.0 && edge[0].x == edge[1].x).then_some(-2.0 * edge[0].x);
    for moved in [0.0].into_iter().chain(twin) {
        let shifted = |p: Coord, by: f64| Coord { x: p.x + by, ..p };
        for (other, _) in others.touching(shifted(low, moved), shifted(high, moved)) {
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
    found.extend(crossings.into_iter().map(|share| {
        let at = point_along(edge[0], edge[1], share);
        LineCrossing { chainage_m: start_m + edge_length_as(edge[0], at, edges), position: at, leaves: None }
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

/// Adds the crossings at vertices where consecutive steps meet on the others.
fn touches(steps: &[Step], edges: Edges, others: &SegmentIndex, found: &mut Vec<LineCrossing>) {
    let mut ride: Option<Ride> = None;
    for (i, pair) in steps.windows(2).enumerate() {
        let (before, after) = (&pair[0], &pair[1]);
        let place = CrossingPosition::at(after.from, after.turn, others);
        let parts = place.branches.len();
        if parts == 0 {
            continue;
        }
        let (back, on) = (before.from, after.to);
        match (before.along, after.along) {
            (false, false) => {
                if place.part(back) != place.part(on) {
                    let position = Coord { x: after.from.x - after.turn, ..after.from };
                    let leaves = Some([after.from, after.to]);
                    found.push(LineCrossing { chainage_m: after.from_m, position, leaves });
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
                let crosses = ride.take().filter(|ride| !goes_back(ride));
                found.extend(crosses.map(|ride| {
                    let (chainage_m, position) = middle(&steps[ride.first..=i], edges);
                    LineCrossing { chainage_m, position, leaves: Some([after.from, after.to]) }
                }));
            }
        }
    }
}

/// The chainage and the position of the middle of a stretch.
fn middle(steps: &[Step], edges: Edges) -> (f64, Coord) {
    let middle_m = (steps[0].from_m + steps[steps.len() - 1].to_m) / 2.0;
    let step = &steps[steps.partition_point(|step| step.to_m < middle_m).min(steps.len() - 1)];
    let share = (middle_m - step.from_m) / (step.to_m - step.from_m);
    let at = point_along(step.from, step.to, share);
    (step.from_m + edge_length_as(step.from, at, edges), Coord { x: at.x - step.turn, ..at })
}

/// A position on the others, with the far ends of their edges there, counter-clockwise.
struct CrossingPosition {
    at: Coord,
    branches: Vec<Coord>,
}

impl CrossingPosition {
    fn at(at: Coord, turn: f64, others: &SegmentIndex) -> Self {
        let here = Coord { x: at.x - turn, ..at };
        let twin = (here.x.abs() == 180.0).then_some(Coord { x: -here.x, ..here });
        let mut branches = Vec::new();
        for p in [here].into_iter().chain(twin) {
            let beyond = |end: Coord| Coord { x: end.x + at.x - p.x, ..end };
            for (edge, _) in others.touching(p, p) {
                // Both ends of an edge that passes through; the other end of one that starts or ends here.
                if matches!(meet([edge[0], edge[1]], [p, p]), Meeting::At { .. }) {
                    branches.extend(edge.into_iter().filter(|end| *end != p).map(beyond));
                }
            }
        }
        branches.sort_by(|a, b| around(at, *a, *b));
        branches.dedup_by(|a, b| around(at, *a, *b) == Ordering::Equal);
        CrossingPosition { at, branches }
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

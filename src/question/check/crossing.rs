//! How the rings of a feature meet: crossings, shared edges, touches.

use super::geometry::{Notes, Ring};
use crate::earth::{LocalPlane, edge_length_m, point_along};
use crate::model::{EdgeTree, FindingCode as Code, Severity, TreeEdge};
use crate::topology::{Meeting, meet};
use geo::Coord;
use geo::algorithm::kernels::{Kernel, Orientation, RobustKernel};
use std::collections::{BTreeMap, BTreeSet};

/// Pairs of rings, by their numbers.
pub(super) type Pairs = BTreeSet<(usize, usize)>;
/// Pairs of rings that share an edge, with a position on the first ring.
pub(super) type Shared = BTreeMap<(usize, usize), Coord>;

/// Meetings of the rings of a feature, by their numbers.
pub(super) struct Met {
    pub crossing: Pairs,
    pub shared: Shared,
    /// Rings of one polygon that touch in a position, in edge order.
    pub touches: Vec<((usize, usize), Coord)>,
}

/// Reports invalid crossings and touches of more than `noise_m` metres; returns all meetings.
pub(super) fn crossings(rings: &[Ring<'_>], noise_m: f64, notes: &mut Notes<'_>) -> Met {
    let tree = EdgeTree::new(rings.iter().map(|ring| &*ring.line));
    let met = Met { crossing: Pairs::new(), shared: Shared::new(), touches: Vec::new() };
    let mut found = CrossingSearch { rings, noise_m, notes, met };
    for (a, b, meeting) in tree.pairs(|a, b| meeting(rings, a, b)) {
        let proper = matches!(meeting, Meeting::At { proper: true, .. });
        if !(proper && noise_m > 0.0 && barely(a.ends, b.ends, noise_m)) {
            found.pair(a, b, meeting);
        }
    }
    found.met
}

struct CrossingSearch<'a, 'b> {
    rings: &'a [Ring<'a>],
    noise_m: f64,
    notes: &'a mut Notes<'b>,
    met: Met,
}

impl CrossingSearch<'_, '_> {
    fn pair(&mut self, at: TreeEdge, other: TreeEdge, meeting: Meeting) {
        let (a, b) = (at.ends, other.ends);
        match meeting {
            Meeting::Apart => {}
            Meeting::Along { .. } if beside(self.rings, at, other) => {
                let tip = if other.number == at.number + 1 { a[1] } else { a[0] };
                let ring = &self.rings[at.line];
                let message = "the ring runs back along the edge that it came by".into();
                self.notes.note(Severity::Warning, Code::Spike, &ring.pointer, tip, message);
            }
            // Where slightly crossing edges are cut, as at ±180°, they overlap over at most that distance.
            Meeting::Along { from, to } if self.noise_m > 0.0 && stretch_m(a, [from, to]) <= self.noise_m => {}
            Meeting::Along { from, .. } => self.along(point_along(a[0], a[1], from), a, at.line, b, other.line),
            Meeting::At { share, proper: true } => self.cross(point_along(a[0], a[1], share), at.line, other.line),
            Meeting::At { share, .. } => self.touch(at, other, share),
        }
    }

    fn cross(&mut self, position: Coord, a: usize, b: usize) {
        let (ring, other) = (&self.rings[a], &self.rings[b]);
        let (code, message) = if a == b {
            (Code::SelfIntersection, "the ring crosses itself")
        } else if ring.polygon != other.polygon {
            (Code::PartsOverlap, "two parts cross")
        } else if ring.number == 0 {
            (Code::HoleCrosses, "a hole crosses its shell")
        } else {
            (Code::HolesOverlap, "two holes cross")
        };
        self.met.crossing.insert((a, b));
        self.notes.note(Severity::Error, code, &other.pointer, position, message.into());
    }

    /// Handles two edges that overlap.
    fn along(&mut self, position: Coord, u: [Coord; 2], a: usize, v: [Coord; 2], b: usize) {
        if a == b {
            let message = "the ring runs along itself".into();
            let pointer = &self.rings[a].pointer;
            return self.notes.note(Severity::Error, Code::SelfIntersection, pointer, position, message);
        }
        let (ring, other) = (&self.rings[a], &self.rings[b]);
        let (d, e) = (u[1] - u[0], v[1] - v[0]);
        let same_way = (d.x * e.x + d.y * e.y > 0.0) == (ring.forward == other.forward);
        if !same_way {
            self.met.shared.entry((a, b)).or_insert(position);
        } else if self.met.crossing.insert((a, b)) {
            let (code, message) = if ring.polygon != other.polygon {
                (Code::PartsOverlap, "two parts hold the same land along an edge")
            } else if ring.number == 0 {
                (Code::HoleCrosses, "a hole leaves its shell along an edge")
            } else {
                (Code::HolesOverlap, "two holes share land along an edge")
            };
            self.notes.note(Severity::Error, code, &other.pointer, position, message.into());
        }
    }

    /// Handles two edges that touch in a position that is a vertex of at least one of them.
    fn touch(&mut self, at: TreeEdge, other: TreeEdge, share: f64) {
        let (a, b) = (at.ends, other.ends);
        let position = match share {
            0.0 => a[0],
            1.0 => a[1],
            _ => {
                let near = point_along(a[0], a[1], share);
                let off = |c: Coord| (c.x - near.x).abs() + (c.y - near.y).abs();
                if off(b[0]) <= off(b[1]) { b[0] } else { b[1] }
            }
        };
        // Reported by the edge that starts there.
        if position == a[1] || position == b[1] {
            return;
        }
        let before = |at: TreeEdge| {
            let line = &self.rings[at.line].line;
            if position != at.ends[0] {
                at.ends[0]
            } else if at.number == 0 {
                line[line.len() - 2]
            } else {
                line[at.number - 1]
            }
        };
        let (first, second) = ([before(at), position, a[1]], [before(other), position, b[1]]);
        match passes(position, [first[0], a[1]], [second[0], b[1]]) {
            Some(true) if self.noise_m > 0.0 && barely_passes(first, second, self.noise_m) => {}
            Some(true) => self.cross(position, at.line, other.line),
            Some(false) if at.line == other.line => {
                let message = "the ring touches itself".into();
                self.notes.note(Severity::Warning, Code::SelfTouch, &self.rings[at.line].pointer, position, message);
            }
            Some(false) if self.rings[at.line].polygon == self.rings[other.line].polygon => {
                self.met.touches.push(((at.line, other.line), position));
            }
            _ => {}
        }
    }
}

/// Length in metres of an edge between two shares.
fn stretch_m([from, to]: [Coord; 2], shares: [f64; 2]) -> f64 {
    let [a, b] = shares.map(|share| point_along(from, to, share));
    edge_length_m(a, b)
}

/// Whether two crossing edges cross by at most this many metres: an end of one is that near to the other.
fn barely(a: [Coord; 2], b: [Coord; 2], noise_m: f64) -> bool {
    let near = |at: Coord, [from, to]: [Coord; 2]| LocalPlane::at(at).nearest_on_edge(at, from, to).1 <= noise_m;
    near(a[0], b) || near(a[1], b) || near(b[0], a) || near(b[1], a)
}

/// The same for two paths through a position.
fn barely_passes(a: [Coord; 3], b: [Coord; 3], noise_m: f64) -> bool {
    let near = |at: Coord, [from, through, to]: [Coord; 3]| {
        let plane = LocalPlane::at(at);
        plane.nearest_on_edge(at, from, through).1 <= noise_m || plane.nearest_on_edge(at, through, to).1 <= noise_m
    };
    near(a[0], b) || near(a[2], b) || near(b[0], a) || near(b[2], a)
}

/// Whether two edges are consecutive along the same ring.
fn beside(rings: &[Ring<'_>], at: TreeEdge, other: TreeEdge) -> bool {
    let count = rings[at.line].line.len() - 1;
    at.line == other.line && (other.number == at.number + 1 || (at.number == 0 && other.number == count - 1))
}

/// The meeting of two edges, unless it is that of consecutive edges of any ring.
fn meeting(rings: &[Ring<'_>], at: TreeEdge, other: TreeEdge) -> Option<(TreeEdge, TreeEdge, Meeting)> {
    let (d, e) = (at.ends[1] - at.ends[0], other.ends[1] - other.ends[0]);
    let beside = beside(rings, at, other);
    // The usual case: consecutive edges. Only edges that turn back can overlap.
    if beside && d.x * e.x + d.y * e.y >= 0.0 {
        return None;
    }
    match meet(at.ends, other.ends) {
        Meeting::Apart => None,
        Meeting::At { .. } if beside => None,
        meeting => Some((at, other, meeting)),
    }
}

/// Whether two paths through a position cross there; `None` if they share an edge.
fn passes(at: Coord, a: [Coord; 2], b: [Coord; 2]) -> Option<bool> {
    let turn = |p: Coord, q: Coord, r: Coord| RobustKernel::orient2d(p, q, r);
    let same_way = |p: Coord, q: Coord| {
        let (d, e) = (p - at, q - at);
        turn(at, p, q) == Orientation::Collinear && d.x * e.x + d.y * e.y > 0.0
    };
    if a.iter().any(|&p| b.iter().any(|&q| same_way(p, q))) {
        return None;
    }
    let left = |q: Coord| {
        let (first, second) = (turn(a[0], at, q), turn(at, a[1], q));
        let is_left = |o: Orientation| o == Orientation::CounterClockwise;
        match turn(a[0], at, a[1]) {
            Orientation::CounterClockwise => is_left(first) && is_left(second),
            Orientation::Clockwise => is_left(first) || is_left(second),
            Orientation::Collinear => is_left(first),
        }
    };
    Some(left(b[0]) != left(b[1]))
}

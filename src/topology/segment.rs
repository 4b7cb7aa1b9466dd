//! Intersection of two edges.

use geo::Coord;
use geo::algorithm::kernels::{Kernel, Orientation, RobustKernel};

/// How two edges meet, with shares (0 to 1) along the first.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Meeting {
    /// They do not meet.
    Apart,
    /// In one position.
    At {
        /// Share along the first edge.
        share: f64,
        /// Whether the position is strictly inside both edges (a proper crossing).
        proper: bool,
    },
    /// They overlap along a stretch of the first edge.
    Along {
        /// Share at which it starts.
        from: f64,
        /// Share at which it ends; greater than `from`.
        to: f64,
    },
}

/// Returns how the edge `a` meets the edge `b`, in planar longitude and latitude.
///
/// The case is decided exactly (Shewchuk's predicates). The share of a proper crossing is rounded, but identical to the
/// last bit for either direction of `b`, since neighbours use a shared edge in opposite directions.
///
/// # Examples
/// ```
/// use merestone::{geo::Coord, topology::{Meeting, meet}};
/// let edge = |from: (f64, f64), to: (f64, f64)| [Coord::from(from), Coord::from(to)];
/// let crossing = meet(edge((0.0, 0.0), (4.0, 0.0)), edge((1.0, -1.0), (1.0, 1.0)));
/// assert_eq!(crossing, Meeting::At { share: 0.25, proper: true });
/// ```
pub fn meet(a: [Coord; 2], b: [Coord; 2]) -> Meeting {
    let b = if (b[0].x, b[0].y) <= (b[1].x, b[1].y) { b } else { [b[1], b[0]] };
    if apart(a[0].x, a[1].x, b[0].x, b[1].x) || apart(a[0].y, a[1].y, b[0].y, b[1].y) {
        return Meeting::Apart;
    }
    let side = |line: [Coord; 2], p: Coord| RobustKernel::orient2d(line[0], line[1], p);
    let (b0, b1) = (side(a, b[0]), side(a, b[1]));
    if b0 == Orientation::Collinear && b1 == Orientation::Collinear {
        return along(a, b);
    }
    if b0 == b1 {
        return Meeting::Apart;
    }
    let (a0, a1) = (side(b, a[0]), side(b, a[1]));
    if a0 == a1 && a0 != Orientation::Collinear {
        return Meeting::Apart;
    }
    for (end, share) in [(a0, 0.0), (a1, 1.0)] {
        if end == Orientation::Collinear {
            return Meeting::At { share, proper: false };
        }
    }
    for (end, position) in [(b0, b[0]), (b1, b[1])] {
        if end == Orientation::Collinear {
            return Meeting::At { share: share_of(a, position), proper: false };
        }
    }
    let (u, v) = (a[1] - a[0], b[1] - b[0]);
    let w = b[0] - a[0];
    let share = (w.x * v.y - w.y * v.x) / (u.x * v.y - u.y * v.x);
    Meeting::At { share: share.clamp(0.0, 1.0), proper: true }
}

fn apart(a0: f64, a1: f64, b0: f64, b1: f64) -> bool {
    a0.max(a1) < b0.min(b1) || b0.max(b1) < a0.min(a1)
}

/// Share along the edge of a position on it.
fn share_of(edge: [Coord; 2], position: Coord) -> f64 {
    let d = edge[1] - edge[0];
    let share = if d.x.abs() >= d.y.abs() { (position.x - edge[0].x) / d.x } else { (position.y - edge[0].y) / d.y };
    share.clamp(0.0, 1.0)
}

fn along(a: [Coord; 2], b: [Coord; 2]) -> Meeting {
    let raw = |p: Coord| {
        let d = a[1] - a[0];
        if d.x.abs() >= d.y.abs() { (p.x - a[0].x) / d.x } else { (p.y - a[0].y) / d.y }
    };
    if a[0] == a[1] {
        return Meeting::At { share: 0.0, proper: false };
    }
    let (s, t) = (raw(b[0]), raw(b[1]));
    let (from, to) = (s.min(t).max(0.0), s.max(t).min(1.0));
    if from < to {
        Meeting::Along { from, to }
    } else if from == to {
        Meeting::At { share: from, proper: false }
    } else {
        Meeting::Apart
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edge(a: (f64, f64), b: (f64, f64)) -> [Coord; 2] {
        [Coord { x: a.0, y: a.1 }, Coord { x: b.0, y: b.1 }]
    }

    #[test]
    fn every_way_of_meeting() {
        let a = edge((0.0, 0.0), (4.0, 0.0));
        assert_eq!(meet(a, edge((1.0, -1.0), (1.0, 1.0))), Meeting::At { share: 0.25, proper: true });
        assert_eq!(meet(a, edge((1.0, 0.0), (1.0, 1.0))), Meeting::At { share: 0.25, proper: false });
        assert_eq!(meet(a, edge((4.0, 0.0), (5.0, 1.0))), Meeting::At { share: 1.0, proper: false });
        assert_eq!(meet(a, edge((3.0, 0.0), (1.0, 0.0))), Meeting::Along { from: 0.25, to: 0.75 });
        assert_eq!(meet(a, edge((4.0, 0.0), (9.0, 0.0))), Meeting::At { share: 1.0, proper: false });
        assert_eq!(meet(a, edge((0.0, 1.0), (4.0, 1.0))), Meeting::Apart);
        assert_eq!(meet(a, edge((5.0, -1.0), (5.0, 1.0))), Meeting::Apart);
    }
}

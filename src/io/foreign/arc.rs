//! Circular arcs, densified to chains.

use crate::io::antimeridian::Vertex;
use crate::io::convert::Position;
use geo::Coord;
use std::f64::consts::{FRAC_PI_2, PI, TAU};

/// Greatest distance between an arc and its chain, in the units of its system: metres, or degrees if
/// all coordinates could be degrees (1e-7° are about 0.01 m).
const TOLERANCE_M: f64 = 0.01;
const TOLERANCE_DEG: f64 = 1e-7;
/// The tolerance as text.
pub(in crate::io) const TOLERANCE: &str = "0.01 m, or 1e-7° in degrees";
/// Greatest number of pieces of an arc.
const MOST: f64 = 100_000.0;

impl Vertex for Position {
    fn at(&self) -> Coord {
        self.at
    }

    fn put(self, at: Coord) -> Self {
        Position { at, ..self }
    }

    fn between(a: &Self, b: &Self, share: f64, at: Coord) -> Self {
        Position { at, z: a.z.zip(b.z).map(|(from, to)| from + (to - from) * share) }
    }
}

/// Appends the vertices of arcs to `chain`: each arc runs from an even vertex of `points` through an odd one to the
/// next even one (ISO 19125, CircularString). An arc that ends at its start is a circle, with the middle vertex
/// opposite.
pub(in crate::io) fn string(points: &[Position], chain: &mut Vec<Position>) {
    chain.extend(points.first());
    for arc in points.windows(3).step_by(2) {
        let [from, through, to] = [arc[0], arc[1], arc[2]];
        if from.at == to.at {
            let centre = (from.at + through.at) / 2.0;
            around(from, through, centre, PI, chain);
            around(through, to, centre, PI, chain);
        } else {
            one(from, through, to, chain);
        }
    }
}

/// Densifies the arc from one vertex through another to a third, without the first; the same in either direction, so
/// that neighbours share every vertex.
fn one(from: Position, through: Position, to: Position, chain: &mut Vec<Position>) {
    if (from.at.x, from.at.y) > (to.at.x, to.at.y) {
        let mut back = Vec::new();
        one(to, through, from, &mut back);
        back.pop();
        back.reverse();
        chain.extend(back);
        return chain.push(to);
    }
    let (b, c) = (through.at - from.at, to.at - from.at);
    let doubled = 2.0 * (b.x * c.y - b.y * c.x);
    let (bb, cc) = (b.x * b.x + b.y * b.y, c.x * c.x + c.y * c.y);
    let offset = Coord { x: (c.y * bb - b.y * cc) / doubled, y: (b.x * cc - c.x * bb) / doubled };
    if !(offset.x.is_finite() && offset.y.is_finite()) {
        return chain.extend([through, to]);
    }
    let centre = from.at + offset;
    let angle = |at: Coord| (at.y - centre.y).atan2(at.x - centre.x);
    let turned = |at: Coord| (angle(at) - angle(from.at)).rem_euclid(TAU);
    let (middle, end) = (turned(through.at), turned(to.at));
    around(from, to, centre, if middle <= end { end } else { end - TAU }, chain);
}

/// Vertices of a circular arc after its first, up to its last; `sweep` in radians, positive counter-clockwise.
fn around(from: Position, to: Position, centre: Coord, sweep: f64, chain: &mut Vec<Position>) {
    let spoke = from.at - centre;
    let radius = spoke.x.hypot(spoke.y);
    let in_degrees = [from.at, to.at].iter().all(|at| at.x.abs() <= 360.0 && at.y.abs() <= 90.0);
    let tolerance: f64 = if in_degrees { TOLERANCE_DEG } else { TOLERANCE_M };
    // A chord over the angle a deviates from its arc by r (1 − cos a/2).
    let step = (2.0 * (1.0 - (tolerance / radius).min(1.0)).acos()).min(FRAC_PI_2);
    let pieces = (sweep.abs() / step).ceil().clamp(1.0, MOST) as usize;
    for piece in 1..pieces {
        let share = piece as f64 / pieces as f64;
        let (sin, cos) = (sweep * share).sin_cos();
        let at = centre + Coord { x: spoke.x * cos - spoke.y * sin, y: spoke.x * sin + spoke.y * cos };
        chain.push(Position::between(&from, &to, share, at));
    }
    chain.push(to);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::io::antimeridian::twice_area;

    fn position((x, y): (f64, f64)) -> Position {
        Position { at: Coord { x, y }, z: None }
    }

    fn stroked(points: &[(f64, f64)]) -> Vec<Position> {
        let mut chain = Vec::new();
        string(&points.iter().copied().map(position).collect::<Vec<_>>(), &mut chain);
        chain
    }

    #[test]
    fn a_half_disc_has_its_area_and_stays_within_the_tolerance() {
        let mut ring = stroked(&[(5e5, 5e6), (5.1e5, 5.01e6), (5.2e5, 5e6)]);
        for edge in ring.windows(2) {
            let middle = (edge[0].at + edge[1].at) / 2.0 - Coord { x: 5.1e5, y: 5e6 };
            assert!((middle.x.hypot(middle.y) - 1e4).abs() <= TOLERANCE_M);
        }
        ring.push(ring[0]);
        // π r² / 2 of radius 10 km.
        assert!((twice_area(&ring).abs() / 2.0 / 1e6 - 157.0796).abs() < 0.001);
    }

    #[test]
    fn an_arc_is_the_same_from_either_end() {
        let forth = stroked(&[(1.0, 2.0), (3.0, 5.0), (7.0, 2.5)]);
        let mut back = stroked(&[(7.0, 2.5), (3.0, 5.0), (1.0, 2.0)]);
        back.reverse();
        assert_eq!(forth, back);
        assert!(forth.len() > 100);
    }

    #[test]
    fn circles_long_arcs_and_arcs_that_are_straight() {
        let mut circle = stroked(&[(0.0, 0.0), (2000.0, 0.0), (0.0, 0.0)]);
        assert_eq!(circle.first(), circle.last());
        assert!((twice_area(&circle).abs() / 2.0 - std::f64::consts::PI * 1e6).abs() < 100.0);
        circle = stroked(&[(1000.0, 0.0), (-1000.0, 0.0), (0.0, -1000.0)]);
        assert!(circle.iter().any(|p| (p.at.x - 0.0).abs() < 30.0 && p.at.y > 990.0), "the long way round");
        assert_eq!(stroked(&[(0.0, 0.0), (1.0, 1.0), (2.0, 2.0)]).len(), 3);
    }
}

//! Rotated rectangles and their overlap test.

use crate::map::paper::Bounds;
use geo::Coord;

/// A rectangle that may be rotated.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Quad {
    pub corners: [Coord; 4],
    pub bounds: Bounds,
}

impl Quad {
    /// A strip of some width along a straight line.
    pub(crate) fn along((from, to): (Coord, Coord), width: f64) -> Self {
        let d = to - from;
        Quad::new((from + to) / 2.0, d.x.hypot(d.y), width, d.y.atan2(d.x).to_degrees())
    }

    pub(crate) fn new(centre: Coord, width: f64, height: f64, angle_deg: f64) -> Self {
        let (sin, cos) = angle_deg.to_radians().sin_cos();
        let corner = |sx: f64, sy: f64| {
            let (x, y) = (sx * width / 2.0, sy * height / 2.0);
            Coord { x: centre.x + x * cos - y * sin, y: centre.y + x * sin + y * cos }
        };
        let corners = [corner(-1.0, -1.0), corner(1.0, -1.0), corner(1.0, 1.0), corner(-1.0, 1.0)];
        let bounds = Bounds::of(&corners).expect("four corners");
        Quad { corners, bounds }
    }

    pub(crate) fn of(bounds: Bounds) -> Self {
        Quad::new(bounds.centre(), bounds.width(), bounds.height(), 0.0)
    }

    /// Whether two rectangles overlap (separating axis theorem).
    pub(crate) fn overlaps(&self, other: &Quad) -> bool {
        self.bounds.overlaps(&other.bounds) && !self.separates(other) && !other.separates(self)
    }

    fn separates(&self, other: &Quad) -> bool {
        (0..2).any(|i| {
            let axis = self.corners[i + 1] - self.corners[i];
            let span = |q: &Quad| {
                let along = q.corners.map(|c| c.x * axis.x + c.y * axis.y);
                (along.into_iter().fold(f64::MAX, f64::min), along.into_iter().fold(f64::MIN, f64::max))
            };
            let ((a0, a1), (b0, b1)) = (span(self), span(other));
            a1 <= b0 || b1 <= a0
        })
    }

    /// Whether its sides are horizontal and vertical.
    pub(crate) fn is_level(&self) -> bool {
        let side = self.corners[1] - self.corners[0];
        side.x.abs() < 1e-6 || side.y.abs() < 1e-6
    }

    /// Distance from a position to the rectangle; zero inside.
    pub(crate) fn distance(&self, p: Coord) -> f64 {
        let (right, down) = (self.corners[1] - self.corners[0], self.corners[3] - self.corners[0]);
        let beyond = |axis: Coord| {
            let length = axis.x.hypot(axis.y).max(1e-9);
            let along = ((p - self.corners[0]).x * axis.x + (p - self.corners[0]).y * axis.y) / length;
            (-along).max(along - length).max(0.0)
        };
        beyond(right).hypot(beyond(down))
    }

    /// Enlarged by the given micrometres on every side.
    pub(crate) fn grown(&self, by: f64) -> Self {
        let (right, down) = (self.corners[1] - self.corners[0], self.corners[3] - self.corners[0]);
        let centre = (self.corners[0] + self.corners[2]) / 2.0;
        let (width, height) = (right.x.hypot(right.y), down.x.hypot(down.y));
        Quad::new(centre, width + 2.0 * by, height + 2.0 * by, right.y.atan2(right.x).to_degrees())
    }

    /// Points spread over the rectangle, about `step` apart.
    pub(crate) fn samples(&self, step: f64) -> impl Iterator<Item = Coord> + '_ {
        let (right, down) = (self.corners[1] - self.corners[0], self.corners[3] - self.corners[0]);
        let count = |v: Coord| (v.x.hypot(v.y) / step).ceil().max(1.0) as i32;
        let (nx, ny) = (count(right), count(down));
        (0..=nx).flat_map(move |i| (0..=ny).map(move |j| (i, j))).map(move |(i, j)| {
            self.corners[0] + right * (f64::from(i) / f64::from(nx)) + down * (f64::from(j) / f64::from(ny))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn turned_rectangles_overlap_only_where_they_do() {
        let c = |x, y| Coord { x, y };
        let flat = Quad::new(c(0.0, 0.0), 10.0, 2.0, 0.0);
        let upright = Quad::new(c(0.0, 0.0), 10.0, 2.0, 90.0);
        assert!(flat.overlaps(&upright));
        // The bounds overlap, the rectangles do not.
        let diagonal = Quad::new(c(5.5, 4.0), 10.0, 1.0, -45.0);
        assert!(flat.bounds.overlaps(&diagonal.bounds) && !flat.overlaps(&diagonal));
    }
}

//! Local metric coordinates: a tangent plane per place, or one plane for a whole polygon.

use super::NEAR_M;
use super::place::Quadrilateral;
use crate::earth::LocalPlane;
use geo::Coord;

/// Metres east and north of an origin.
pub(super) trait LocalFrame {
    /// The frame at an origin, in the units of the edges.
    fn at(origin: Coord) -> Self;
    fn to_m(&self, place: Coord) -> Coord;
    fn place_at(&self, metres: Coord) -> Coord;
    /// Upper bound of the distance from the middle to the corners of a place, given that distance in this frame; and
    /// whether this frame is accurate for all of the place.
    fn reach(&self, place: &Quadrilateral, corners_m: f64) -> (f64, bool);
}

/// Positions in degrees, with one tangent plane each.
impl LocalFrame for LocalPlane {
    fn at(origin: Coord) -> Self {
        LocalPlane::at(origin)
    }

    fn to_m(&self, place: Coord) -> Coord {
        LocalPlane::to_m(self, place)
    }

    fn place_at(&self, metres: Coord) -> Coord {
        self.to_degrees(metres)
    }

    fn reach(&self, place: &Quadrilateral, corners_m: f64) -> (f64, bool) {
        // Allows for the error of the plane.
        let radius_m = corners_m * 1.001;
        if radius_m <= NEAR_M { (radius_m, true) } else { (place.far_radius_m(), false) }
    }
}

/// Positions in metres on one plane.
pub(super) struct Flat(Coord);

impl LocalFrame for Flat {
    fn at(origin: Coord) -> Self {
        Flat(origin)
    }

    fn to_m(&self, place: Coord) -> Coord {
        place - self.0
    }

    fn place_at(&self, metres: Coord) -> Coord {
        self.0 + metres
    }

    fn reach(&self, _: &Quadrilateral, corners_m: f64) -> (f64, bool) {
        (corners_m, true)
    }
}

/// Whether one plane is accurate enough for land between two corners (degrees): the error of the scale along parallels
/// is at most 0.04 %, at its northern and southern ends.
pub(super) fn is_flat(plane: &LocalPlane, low: Coord, high: Coord) -> bool {
    const CHANGE: f64 = 0.0004;
    let size = plane.to_m(high) - plane.to_m(low);
    let (middle, half) = ((low.y + high.y) / 2.0, (high.y - low.y).to_radians() / 2.0);
    size.x.hypot(size.y) < super::NEAR_M && half * middle.to_radians().tan().abs() < CHANGE
}

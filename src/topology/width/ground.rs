//! Metres around a place: on the round Earth, or on one plane for all of some land.

use super::NEAR_M;
use super::place::Place;
use crate::earth::LocalPlane;
use geo::Coord;

/// Metres east and north of a place.
pub(super) trait Ground {
    /// Around a place, in the units of the edges.
    fn at(origin: Coord) -> Self;
    fn to_m(&self, place: Coord) -> Coord;
    fn place_at(&self, metres: Coord) -> Coord;
    /// How far the corners of a place are from its middle at most, their distance on this ground being given; and whether
    /// metres on this ground measure all of it.
    fn reach(&self, place: &Place, corners_m: f64) -> (f64, bool);
}

/// Places in degrees, a plane for each.
impl Ground for LocalPlane {
    fn at(origin: Coord) -> Self {
        LocalPlane::at(origin)
    }

    fn to_m(&self, place: Coord) -> Coord {
        LocalPlane::to_m(self, place)
    }

    fn place_at(&self, metres: Coord) -> Coord {
        self.to_degrees(metres)
    }

    fn reach(&self, place: &Place, corners_m: f64) -> (f64, bool) {
        // The plane is off by a little.
        let radius_m = corners_m * 1.001;
        if radius_m <= NEAR_M { (radius_m, true) } else { (place.far_radius_m(), false) }
    }
}

/// Places in metres on one plane.
pub(super) struct Flat(Coord);

impl Ground for Flat {
    fn at(origin: Coord) -> Self {
        Flat(origin)
    }

    fn to_m(&self, place: Coord) -> Coord {
        place - self.0
    }

    fn place_at(&self, metres: Coord) -> Coord {
        self.0 + metres
    }

    fn reach(&self, _: &Place, corners_m: f64) -> (f64, bool) {
        (corners_m, true)
    }
}

/// Whether one plane measures land between two corners (degrees) as well as is asked: the scale along parallels is off
/// by 0.04 % at most, at its northern and southern ends.
pub(super) fn is_flat(plane: &LocalPlane, low: Coord, high: Coord) -> bool {
    const CHANGE: f64 = 0.0004;
    let size = plane.to_m(high) - plane.to_m(low);
    let (middle, half) = ((low.y + high.y) / 2.0, (high.y - low.y).to_radians() / 2.0);
    size.x.hypot(size.y) < super::NEAR_M && half * middle.to_radians().tan().abs() < CHANGE
}

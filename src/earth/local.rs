//! A plane that touches the ellipsoid, for nearness within some tens of kilometres.

use super::ellipsoid::{meridian_radius_m, normal_radius_m};
use geo::Coord;

/// Metres east and north of an origin, scaled by the radii of curvature there.
///
/// Distances a few kilometres from the origin are right to about 1e-4; use them to find what is
/// nearest or within a tolerance, and measure the answer with [`distance_m`](super::distance_m).
#[derive(Debug, Clone, Copy)]
pub struct LocalPlane {
    origin: Coord,
    east_m_per_deg: f64,
    north_m_per_deg: f64,
}

impl LocalPlane {
    /// The plane at a position (lon, lat in degrees).
    pub fn at(origin: Coord) -> Self {
        let (sin, cos) = origin.y.clamp(-89.999, 89.999).to_radians().sin_cos();
        LocalPlane {
            origin,
            east_m_per_deg: (normal_radius_m(sin) * cos).to_radians(),
            north_m_per_deg: meridian_radius_m(sin).to_radians(),
        }
    }

    /// Metres east and north of the origin.
    pub fn to_m(&self, position: Coord) -> Coord {
        Coord {
            x: (position.x - self.origin.x) * self.east_m_per_deg,
            y: (position.y - self.origin.y) * self.north_m_per_deg,
        }
    }

    /// The position (lon, lat in degrees) so many metres east and north of the origin; the inverse of [`to_m`](Self::to_m).
    pub fn to_degrees(&self, metres: Coord) -> Coord {
        Coord { x: self.origin.x + metres.x / self.east_m_per_deg, y: self.origin.y + metres.y / self.north_m_per_deg }
    }

    /// Degrees of longitude and latitude that span this many metres.
    pub fn degrees(&self, metres: f64) -> Coord {
        Coord { x: metres / self.east_m_per_deg, y: metres / self.north_m_per_deg }
    }

    /// Share (0 to 1) along an edge of the point nearest to `position`, and its distance in metres.
    pub fn nearest_on_edge(&self, position: Coord, from: Coord, to: Coord) -> (f64, f64) {
        let (p, a, b) = (self.to_m(position), self.to_m(from), self.to_m(to));
        let (edge, offset) = (b - a, p - a);
        let squared = edge.x * edge.x + edge.y * edge.y;
        let share =
            if squared > 0.0 { ((offset.x * edge.x + offset.y * edge.y) / squared).clamp(0.0, 1.0) } else { 0.0 };
        let (dx, dy) = (offset.x - share * edge.x, offset.y - share * edge.y);
        (share, (dx * dx + dy * dy).sqrt())
    }
}

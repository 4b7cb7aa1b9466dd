//! Local tangent plane, for distances within some tens of kilometres.

use super::ellipsoid::{meridian_radius_m, normal_radius_m};
use geo::Coord;

/// Local tangent plane: metres east and north of an origin, scaled by the radii of curvature M and N there.
///
/// The relative error of distances is about 1e-4 some kilometres from the origin. Use it to find the nearest candidate
/// or to test a tolerance; measure the result with [`distance_m`](super::distance_m).
#[derive(Debug, Clone, Copy)]
pub struct LocalPlane {
    origin: Coord,
    east_m_per_deg: f64,
    north_m_per_deg: f64,
}

impl LocalPlane {
    /// Returns the plane at an origin (lon, lat in degrees).
    ///
    /// # Examples
    /// 0.001° on the equator at the prime meridian: 111.319 m east (a · π/180 000), 110.574 m north (a (1 − e²) · π/180
    /// 000).
    /// ```
    /// use geo::Coord;
    /// let at = merestone::earth::LocalPlane::at(Coord { x: 0.0, y: 0.0 }).to_m(Coord { x: 0.001, y: 0.001 });
    /// assert!((at.x - 111.319).abs() < 0.001 && (at.y - 110.574).abs() < 0.001);
    /// ```
    pub fn at(origin: Coord) -> Self {
        let (sin, cos) = origin.y.clamp(-89.999, 89.999).to_radians().sin_cos();
        LocalPlane {
            origin,
            east_m_per_deg: (normal_radius_m(sin) * cos).to_radians(),
            north_m_per_deg: meridian_radius_m(sin).to_radians(),
        }
    }

    /// Metres east and north of the origin of a position (lon, lat in degrees).
    pub fn to_m(&self, position: Coord) -> Coord {
        Coord {
            x: (position.x - self.origin.x) * self.east_m_per_deg,
            y: (position.y - self.origin.y) * self.north_m_per_deg,
        }
    }

    /// Returns the position (lon, lat in degrees) at metres east and north of the origin; the inverse of
    /// [`to_m`](Self::to_m).
    pub fn to_degrees(&self, metres: Coord) -> Coord {
        Coord { x: self.origin.x + metres.x / self.east_m_per_deg, y: self.origin.y + metres.y / self.north_m_per_deg }
    }

    /// Returns the degrees of longitude (`x`) and latitude (`y`) that span this many metres.
    pub fn degrees(&self, metres: f64) -> Coord {
        Coord { x: metres / self.east_m_per_deg, y: metres / self.north_m_per_deg }
    }

    /// Projects `position` onto an edge: returns the share (0 to 1) along the edge of the nearest point and its
    /// distance in metres.
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

//! Longitudes beyond ±180°: which are read, and land that is drawn on across the antimeridian, which is cut there.

use super::RawGeometry;
pub(super) use crate::earth::antimeridian::{Vertex, is_beyond, line, nested, point, polygon, twice_area};
use geo::Coord;

/// How far, in degrees, a position may lie beyond ±180° or ±90° by rounding (0.1 µm).
const ROUNDING_DEG: f64 = 1e-12;
/// Greatest longitude in degrees, east or west, that is followed round the globe.
const MOST_DEG: f64 = 360.0;

/// A position (lon, lat in degrees) on the globe, one that lies beyond ±180° or ±90° by rounding put there; nothing where
/// it is none. Longitudes to ±360° come as they are.
pub(super) fn on_globe(at: Coord) -> Option<Coord> {
    let near = |value: f64, most: f64| {
        if value.abs() > most && value.abs() <= most + ROUNDING_DEG { most.copysign(value) } else { value }
    };
    let at = Coord { x: near(near(at.x, 180.0), MOST_DEG), y: near(at.y, 90.0) };
    (at.x.abs() <= MOST_DEG && at.y.abs() <= 90.0).then_some(at)
}

/// Cuts a geometry at ±180° where it goes on beyond; returns whether it does.
pub(super) fn settle(geometry: &mut RawGeometry) -> bool {
    let ring = |ring: &Vec<Coord>| ring.iter().any(|at| is_beyond(at.x));
    let beyond = geometry.points.iter().any(|at| is_beyond(at.x))
        || geometry.lines.iter().any(ring)
        || geometry.polygons.iter().flatten().any(ring);
    if !beyond {
        return false;
    }
    geometry.points.iter_mut().for_each(|at| *at = point(*at));
    geometry.lines = geometry.lines.iter().flat_map(|run| line(run)).collect();
    let one = geometry.polygons.len() == 1;
    geometry.polygons = geometry.polygons.iter().flat_map(|rings| polygon(rings)).collect();
    if one && geometry.polygons.len() > 1 && geometry.type_name == "Polygon" {
        geometry.type_name = "MultiPolygon";
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounding_is_put_right_and_no_more() {
        let at = |x, y| on_globe(Coord { x, y });
        assert_eq!(at(180.000_000_000_000_06, 60.0), Some(Coord { x: 180.0, y: 60.0 }));
        assert_eq!(at(-180.000_000_000_000_06, -90.000_000_000_000_01), Some(Coord { x: -180.0, y: -90.0 }));
        assert_eq!(at(180.000_000_1, 60.0), Some(Coord { x: 180.000_000_1, y: 60.0 }));
        assert_eq!((at(360.1, 0.0), at(0.0, 90.1), at(f64::NAN, 0.0)), (None, None, None));
    }
}

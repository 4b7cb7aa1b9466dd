//! Edges read as geodesics or rhumb lines become chains that are straight in lon/lat.

use super::distance::{azimuth_deg, distance_m};
use super::ellipsoid::isometric_latitude;
use crate::model::Edges;
use geo::{Coord, Geodesic, InterpolatePoint, Point};

/// Greatest distance in metres between an edge and the chain that stands for it.
pub const DENSIFY_TOLERANCE_M: f64 = 0.001;
/// Length from which a geodesic is asked how high it rises; a shorter one rises by less than 0.1° below 80°.
const LONG_M: f64 = 100_000.0;
/// Latitude beyond which pieces grow no shorter.
const HIGHEST_DEG: f64 = 89.0;

/// Returns the line with every edge replaced by a chain of straight lon/lat edges that keeps within
/// [`DENSIFY_TOLERANCE_M`] of the edge as `edges` reads it. With [`Edges::Lonlat`] nothing changes.
///
/// # Method
/// The greatest distance of a geodesic or rhumb line of length s from the straight lon/lat edge is close
/// to s² tan φ / 8R; the edge is cut into as many equal pieces as bring that below the tolerance. Positions
/// on a geodesic are Karney's; on a rhumb line longitude grows with the isometric latitude. An edge is cut
/// from the same end whichever way it runs, so neighbours still share it vertex for vertex.
///
/// # Limitations and cost
/// A piece every 200 to 300 m at 40° of latitude. An edge across ±180° follows the shorter way round. Within 1° of a
/// pole pieces grow no shorter, and the chain may be 1 cm off the edge at 89.9°, 10 cm at 89.99°.
pub fn as_lonlat(line: &[Coord], edges: Edges) -> Vec<Coord> {
    if edges == Edges::Lonlat {
        return line.to_vec();
    }
    let mut out: Vec<Coord> = line.first().copied().into_iter().collect();
    for edge in line.windows(2) {
        let forward = (edge[0].x, edge[0].y) <= (edge[1].x, edge[1].y);
        let (from, to) = if forward { (edge[0], edge[1]) } else { (edge[1], edge[0]) };
        let mut inner = interior(from, to, edges);
        if !forward {
            inner.reverse();
        }
        out.extend(inner);
        out.push(edge[1]);
    }
    out
}

fn interior(from: Coord, to: Coord, edges: Edges) -> Vec<Coord> {
    let length_m = distance_m(from, to);
    let steepest = highest_deg(from, to, length_m, edges).min(HIGHEST_DEG).to_radians().tan().max(0.02);
    let bow_m = length_m * length_m * steepest / (8.0 * 6_371_000.0);
    let pieces = (bow_m / DENSIFY_TOLERANCE_M).sqrt().ceil() as usize;
    (1..pieces)
        .map(|i| {
            let share = i as f64 / pieces as f64;
            match edges {
                Edges::Rhumb => on_rhumb(from, to, share),
                _ => {
                    let p = Geodesic.point_at_ratio_between(Point(from), Point(to), share).0;
                    Coord { x: beside(p.x, from.x), y: p.y }
                }
            }
        })
        .collect()
}

/// The greatest distance from the equator that an edge reaches, in degrees of latitude.
///
/// A long geodesic may rise above both its ends; how far, Clairaut's relation says (on the sphere: near enough here).
fn highest_deg(from: Coord, to: Coord, length_m: f64, edges: Edges) -> f64 {
    let ends = from.y.abs().max(to.y.abs());
    if edges != Edges::Geodesic || length_m < LONG_M {
        return ends;
    }
    let (out, back) = (azimuth_deg(from, to).to_radians(), azimuth_deg(to, from).to_radians());
    // It turns on the way where it heads for the same pole from either end.
    if out.cos() * back.cos() <= 0.0 {
        return ends;
    }
    ends.max((out.sin().abs() * from.y.to_radians().cos()).acos().to_degrees())
}

/// The longitude brought to within half a turn of `near`, so that chains do not jump at ±180°.
fn beside(lon: f64, near: f64) -> f64 {
    lon - 360.0 * ((lon - near) / 360.0).round()
}

fn on_rhumb(from: Coord, to: Coord, share: f64) -> Coord {
    let lat = from.y + (to.y - from.y) * share;
    let iso = |degrees: f64| isometric_latitude(degrees.clamp(-89.999_999, 89.999_999).to_radians());
    let span = iso(to.y) - iso(from.y);
    let lon_share = if span.abs() < 1e-9 { share } else { (iso(lat) - iso(from.y)) / span };
    Coord { x: from.x + (to.x - from.x) * lon_share, y: lat }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::earth::line_length_m;

    #[test]
    fn a_dense_geodesic_is_as_long_as_the_geodesic() {
        let (a, b) = (Coord { x: 20.0, y: 40.0 }, Coord { x: 80.0, y: 40.0 });
        let length = line_length_m(&as_lonlat(&[a, b], Edges::Geodesic));
        assert!((length - distance_m(a, b)).abs() < 0.001, "{length}");
        // The parallel is kilometres longer.
        assert!(line_length_m(&[a, b]) - length > 10_000.0);
    }

    #[test]
    fn a_rhumb_line_has_the_published_length() {
        // GeographicLib's RhumbSolve documentation: JFK (40:38:23N 073:46:44W) to Singapore (01:21:33N 103:59:22E)
        // is 18 523 563 m at azimuth 103.58°, the short way east.
        let jfk = Coord { x: -(73.0 + 46.0 / 60.0 + 44.0 / 3600.0), y: 40.0 + 38.0 / 60.0 + 23.0 / 3600.0 };
        let sin = Coord { x: 103.0 + 59.0 / 60.0 + 22.0 / 3600.0, y: 1.0 + 21.0 / 60.0 + 33.0 / 3600.0 };
        let length = line_length_m(&as_lonlat(&[jfk, sin], Edges::Rhumb));
        assert!((length - 18_523_563.0).abs() < 1.0, "{length}");
    }

    #[test]
    fn both_directions_give_the_same_vertices() {
        let line = [Coord { x: 45.0, y: 39.0 }, Coord { x: 46.0, y: 40.0 }];
        let mut back = as_lonlat(&[line[1], line[0]], Edges::Geodesic);
        back.reverse();
        assert_eq!(as_lonlat(&line, Edges::Geodesic), back);
    }
}

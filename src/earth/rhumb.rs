//! Rhumb lines (loxodromes): length, interpolation and area.

use super::area::zone_m2_per_rad;
use super::ellipsoid::{E2, GAUSS, isometric_latitude, meridian_radius_m, normal_radius_m, turned};
use super::length::edge_length_m;
use geo::Coord;

/// A position within this many degrees of a pole is the pole: 1 µm.
const POLE_DEG: f64 = 1e-11;
/// Greatest latitude extent in degrees up to which the mean over a rhumb line is one piece of quadrature; the poles
/// must be thirty-two times as far.
const SHORT_DEG: f64 = 0.25;

/// Returns the length in metres of the rhumb line between two positions, the shorter way round.
///
/// # Earth and units
/// WGS 84; positions (lon, lat) in degrees.
///
/// # Method
/// s = √(m² + (Δλ m/Δψ)²), where Δψ is the difference of the isometric latitudes and m the meridian arc; along a
/// parallel m/Δψ is the radius of the parallel. Δψ is computed directly, without cancellation between near latitudes.
///
/// # Guarantees
/// Within 15 nm of GeographicLib's published examples and of quadrature with 40 digits.
///
/// # Examples
/// JFK to Singapore Changi, the example of GeographicLib's `RhumbSolve`: 18 523 563 m.
/// ```
/// use geo::Coord;
/// let jfk = Coord { x: -(73.0 + 46.0 / 60.0 + 44.0 / 3600.0), y: 40.0 + 38.0 / 60.0 + 23.0 / 3600.0 };
/// let changi = Coord { x: 103.0 + 59.0 / 60.0 + 22.0 / 3600.0, y: 1.0 + 21.0 / 60.0 + 33.0 / 3600.0 };
/// assert!((merestone::earth::rhumb_length_m(jfk, changi) - 18_523_563.0).abs() < 0.5);
/// ```
///
/// # References
/// Karney 2024, *The area of rhumb polygons*, Stud. Geophys. Geod. 68, eq. 1–9; Bennett 1996, *Practical rhumb line
/// calculations on the spheroid*.
pub fn rhumb_length_m(from: Coord, to: Coord) -> f64 {
    let (d_lon, d_lat) = (turn(from, to), to.y - from.y);
    if d_lat == 0.0 {
        let (sin, cos) = sin_cos_deg(from.y);
        return normal_radius_m(sin) * cos * d_lon.to_radians().abs();
    }
    let meridian_m = edge_length_m(Coord { x: 0.0, y: from.y }, Coord { x: 0.0, y: to.y });
    meridian_m * 1.0_f64.hypot(d_lon.to_radians() / isometric_difference(from.y, to.y))
}

/// Interpolates a rhumb line at a share (0 to 1) of its latitude extent, or of its longitude extent along a parallel.
pub(super) fn rhumb_at(from: Coord, to: Coord, share: f64) -> Coord {
    let (d_lon, d_lat) = (turn(from, to), to.y - from.y);
    let lat = from.y + d_lat * share;
    let whole = isometric_difference(from.y, to.y);
    let lon_share = match isometric_difference(from.y, lat) / whole {
        part if part.is_finite() => part,
        _ => share,
    };
    Coord { x: from.x + d_lon * lon_share, y: lat }
}

/// Returns the signed area in m² inside a closed ring whose edges are rhumb lines, positive where the ring runs
/// counter-clockwise, at most half the ellipsoid.
///
/// # Earth and units
/// WGS 84; positions (lon, lat) in degrees, first equal to last.
///
/// # Method
/// The area between an edge and the equator is Δλ times the mean of the zone function over isometric latitude. Over a
/// short edge Gauss–Legendre quadrature gives the mean. Over a longer edge it is the sum of the mean of b² sin χ (χ the
/// conformal latitude; closed form with ln cosh ψ) and of the remainder, which is smooth up to the poles. A ring around
/// a pole adds the area of the hemisphere.
///
/// # Guarantees
/// Within 0.1 m² of quadrature with 40 digits for each edge; reversing the ring changes the sign only.
///
/// # Examples
/// Meridians and parallels are rhumb lines: a cell between 39° N and 40° N (closed form: Snyder 1987, eq. 3-12).
/// ```
/// use geo::Coord;
/// let cell = [(45.0, 39.0), (46.0, 39.0), (46.0, 40.0), (45.0, 40.0), (45.0, 39.0)].map(Coord::from);
/// assert!((merestone::earth::rhumb_ring_area_m2(&cell) - 9_549_520_094.03).abs() < 0.1);
/// ```
///
/// # References
/// Karney 2024, *The area of rhumb polygons*, eq. 11–22.
pub fn rhumb_ring_area_m2(ring: &[Coord]) -> f64 {
    let half_m2 = std::f64::consts::TAU * zone_m2_per_rad(1.0);
    let (mut sum, mut turned_deg) = (0.0, 0.0);
    for edge in ring.windows(2) {
        let d_lon = turn(edge[0], edge[1]);
        sum -= d_lon.to_radians() * mean_zone_m2(edge[0].y, edge[1].y);
        turned_deg += d_lon;
    }
    let area_m2 = sum + (turned_deg / 360.0).round() * half_m2;
    area_m2 - 2.0 * half_m2 * (area_m2 / (2.0 * half_m2)).round()
}

/// Difference of longitude in degrees, the shorter way round.
fn turn(from: Coord, to: Coord) -> f64 {
    let d_lon = to.x - from.x;
    d_lon - 360.0 * (d_lon / 360.0).round()
}

/// Sine and cosine of a latitude in degrees; the cosine has full precision near the poles.
fn sin_cos_deg(lat: f64) -> (f64, f64) {
    let (from_pole, cos) = (90.0 - lat.abs()).to_radians().sin_cos();
    if lat.abs() > 45.0 { (cos.copysign(lat), from_pole) } else { lat.to_radians().sin_cos() }
}

/// Difference of the isometric latitudes of two latitudes in degrees: infinite to a pole.
///
/// gd⁻¹ φ₂ − gd⁻¹ φ₁ = 2 artanh(sin ½Δφ / cos φₘ), and artanh x − artanh y = artanh((x − y)/(1 − x y)).
fn isometric_difference(from: f64, to: f64) -> f64 {
    if (90.0 - from.abs()).min(90.0 - to.abs()) < POLE_DEG {
        return (to - from) * f64::INFINITY;
    }
    let half = ((to - from) / 2.0).to_radians().sin();
    let (_, cos_middle) = sin_cos_deg((from + to) / 2.0);
    let ((sin_a, _), (sin_b, _)) = (sin_cos_deg(from), sin_cos_deg(to));
    let e = E2.sqrt();
    let bend = e * 2.0 * cos_middle * half / (1.0 - E2 * sin_a * sin_b);
    2.0 * (half / cos_middle).atanh() - e * bend.atanh()
}

/// Mean of the zone function over isometric latitude between two latitudes in degrees, in m² per radian.
fn mean_zone_m2(from: f64, to: f64) -> f64 {
    let (low, high) = (from.min(to), from.max(to));
    let (to_pole, extent) = (90.0 - low.abs().max(high.abs()), high - low);
    if to_pole < POLE_DEG {
        // At the pole isometric latitude is infinite, so the pole's value is the mean.
        return zone_m2_per_rad(if high.abs() >= low.abs() { high } else { low }.signum());
    }
    // dψ/dφ
    let isometric = |sin: f64, cos: f64| meridian_radius_m(sin) / (normal_radius_m(sin) * cos);
    if extent <= SHORT_DEG.min(to_pole / 32.0) {
        let middle = sin_cos_deg((low + high) / 2.0);
        let (mut sum, mut weights) = (0.0, 0.0);
        for (node, weight) in GAUSS {
            let (sin, cos) = turned(middle, (node - 0.5) * extent.to_radians());
            let weight = weight * isometric(sin, cos);
            sum += weight * zone_m2_per_rad(sin);
            weights += weight;
        }
        return sum / weights;
    }
    let polar_m2 = zone_m2_per_rad(1.0);
    let [a, b] = [low, high].map(|lat| isometric_latitude(lat.to_radians()));
    // ln(cosh b / cosh a)
    let conformal = (2.0 * ((a + b) / 2.0).sinh() * ((b - a) / 2.0).sinh() / a.cosh()).ln_1p();
    let pieces = (extent / SHORT_DEG).ceil() as usize;
    let step = extent / pieces as f64;
    let mut rest = 0.0;
    for piece in 0..pieces {
        for (node, weight) in GAUSS {
            let lat = low + (piece as f64 + node) * step;
            let (sin, cos) = sin_cos_deg(lat);
            let sin_conformal = isometric_latitude(lat.to_radians()).tanh();
            rest += weight * (zone_m2_per_rad(sin) - polar_m2 * sin_conformal) * isometric(sin, cos);
        }
    }
    (polar_m2 * conformal + rest * step.to_radians()) / (b - a)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::earth::SEMI_MAJOR_M;

    /// Half the ellipsoid's surface (GeographicLib's Planimeter).
    const HALF_M2: f64 = 510_065_621_724_088.5 / 2.0;

    fn ring(points: &[(f64, f64)]) -> Vec<Coord> {
        points.iter().chain(points.first()).map(|&(x, y)| Coord { x, y }).collect()
    }

    #[test]
    fn a_rhumb_line_has_the_published_length() {
        // GeographicLib's RhumbSolve documentation: JFK (40:38:23N 073:46:44W) to Singapore (01:21:33N 103:59:22E)
        // is 18 523 563 m at azimuth 103.58°, the short way east.
        let jfk = Coord { x: -(73.0 + 46.0 / 60.0 + 44.0 / 3600.0), y: 40.0 + 38.0 / 60.0 + 23.0 / 3600.0 };
        let sin = Coord { x: 103.0 + 59.0 / 60.0 + 22.0 / 3600.0, y: 1.0 + 21.0 / 60.0 + 33.0 / 3600.0 };
        assert!((rhumb_length_m(jfk, sin) - 18_523_563.0).abs() < 0.5, "{}", rhumb_length_m(jfk, sin));
        // Along the equator, and along a meridian to the pole.
        let at = |x, y| Coord { x, y };
        assert!((rhumb_length_m(at(0.0, 0.0), at(1.0, 0.0)) - SEMI_MAJOR_M.to_radians()).abs() < 1e-8);
        assert!((rhumb_length_m(at(20.0, 0.0), at(50.0, 90.0)) - 10_001_965.729_3).abs() < 1e-3);
    }

    #[test]
    fn zones_and_caps_are_those_between_parallels() {
        for lat in [-89.5_f64, -60.0, -0.25, 10.0, 45.0, 89.0] {
            let cap = ring(&[(0.0, lat), (90.0, lat), (180.0, lat), (-90.0, lat)]);
            let zone = std::f64::consts::TAU * zone_m2_per_rad(lat.to_radians().sin());
            // Counter-clockwise around the nearer pole, the smaller side.
            let expected = if lat > 0.0 { HALF_M2 - zone } else { -(HALF_M2 + zone) };
            assert!(
                (rhumb_ring_area_m2(&cap) - expected).abs() < 1.0,
                "{lat}: {} {expected}",
                rhumb_ring_area_m2(&cap)
            );
        }
    }

    #[test]
    fn short_and_long_forms_agree() {
        for lat in [-75.0, -1.0, 0.0, 40.0, 79.0, 88.0, 89.9] {
            let extent = SHORT_DEG.min((90.0_f64 - f64::abs(lat)) / 33.0);
            let edges: Vec<f64> =
                (0..=8).map(|i| lat + extent * f64::from(i) / 8.0 * if lat < 0.0 { -1.0 } else { 1.0 } * 0.9).collect();
            // The mean over the whole is the mean over the pieces, weighted by their isometric extents.
            let whole = mean_zone_m2(edges[0], edges[8]);
            let parts: f64 =
                edges.windows(2).map(|e| mean_zone_m2(e[0], e[1]) * isometric_difference(e[0], e[1])).sum();
            let parts = parts / isometric_difference(edges[0], edges[8]);
            assert!((whole / parts - 1.0).abs() < 2e-15 || (whole - parts).abs() < 1.0, "{lat}: {whole} {parts}");
        }
    }

    #[test]
    fn reversal_changes_the_sign_only() {
        let mut land = ring(&[(170.0, 10.0), (-170.0, 12.0), (-160.0, 70.0), (160.0, 60.0)]);
        let area_m2 = rhumb_ring_area_m2(&land);
        land.reverse();
        assert!(area_m2 > 0.0 && (area_m2 + rhumb_ring_area_m2(&land)).abs() < 0.5);
    }
}

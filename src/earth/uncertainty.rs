//! Standard error of an area from the accuracy of its positions.

use super::{edge_length_m, point_along, to_geocentric_m};
use geo::{Coord, Polygon};

/// The assumptions of the standard error of an area, as every report states them.
pub const AREA_ERROR: &str = "one standard error (two areas of three lie within it, 19 of 20 within twice as much), on these \
     assumptions: an outline is as sure as one that is straight between places 1.5 km apart along it, or as far apart \
     as the accuracy where that is more; these err independently of each other, by the stated accuracy to the east and \
     as much to the north; a shift common to all changes no area. \"undetermined\": the error is half of the area or more";

/// Correlation length in metres: positions this far apart along an outline have independent errors.
///
/// Errors of lines digitised from maps are correlated over 0.5 to 5 km; this is the geometric mean.
pub const CORRELATION_M: f64 = 1500.0;

/// Fewest independent positions of a ring.
const FEWEST: usize = 3;
/// Longest edge in metres that its chord through the ellipsoid replaces: the chord is 1e-7 shorter.
const LONGEST_M: f64 = 10_000.0;

/// Returns the standard error in m² of the area of polygons, from the accuracy of their positions.
///
/// # Earth and units
/// WGS 84; positions (lon, lat) in degrees; `accuracy_m` in metres is the standard error of each coordinate of a
/// position. Where the source states it for the two-dimensional position, the result is √2 too large; where it states a
/// circle of 90 % or 95 % (CE90, CE95), 2.1 or 2.4 times too large.
///
/// # Method
/// Positions [`CORRELATION_M`] apart along an outline, or `accuracy_m` where that is more, have independent errors; the
/// outline is as accurate as the polygon of these n (at least three) positions, whatever its number of vertices. Moving
/// one position by d changes the area by half the chord c between its two neighbours times the component of d across
/// it; moving two neighbours adds half the product of their displacements. With independent errors σ the variance is
/// exactly ¼ σ² Σ c² + ½ n σ⁴; the mean of c² over all positions of the ring is integrated exactly. Detail between the
/// positions moves with them, which adds up to a tenth. Rings and parts add in quadrature.
///
/// # Guarantees
/// Independent of the density of vertices, of the start and of the direction of a ring, to rounding. In Monte Carlo tests, areas of
/// randomly displaced outlines lie within one and two standard errors as often as a normal variable does.
///
/// # Limitations
/// An error common to all positions (of a datum operation) changes no area and is not counted. A systematic outward
/// error would change it by perimeter × accuracy. For surveyed outlines with few corners the error may be larger: with
/// sides of length s, by about √(s / 1.5 km). Where the error is not small against the area it is not an interval: see
/// [`is_undetermined`]. Whether the boundary is the right one is outside the model.
///
/// # References
/// Chrisman and Yandell 1988, *Effects of point error on area calculations*, Surveying and Mapping 48, for the
/// variance.
///
/// # Examples
/// A circle of radius 3.5 km with σ = 100 m: n = 14 positions, c = 2r sin(2π/n), so 0.569 km² by the closed form.
/// ```
/// use geo::{Coord, LineString, Polygon};
/// use merestone::earth::{LocalPlane, area_error_m2};
/// let plane = LocalPlane::at(Coord { x: 45.5, y: 40.6 });
/// let at = |i: usize| (i as f64 / 360.0 * std::f64::consts::TAU).sin_cos();
/// let ring = (0..=360).map(|i| at(i % 360)).map(|(sin, cos)| Coord { x: 3500.0 * cos, y: 3500.0 * sin });
/// let disc = Polygon::new(LineString(ring.map(|c| plane.to_degrees(c)).collect()), vec![]);
/// assert!((area_error_m2(&[disc], 100.0) / 568_821.0 - 1.0).abs() < 0.01);
/// ```
pub fn area_error_m2(polygons: &[Polygon], accuracy_m: f64) -> f64 {
    let rings = polygons.iter().flat_map(|p| std::iter::once(p.exterior()).chain(p.interiors()));
    rings.map(|ring| ring_variance(&ring.0, accuracy_m)).sum::<f64>().sqrt()
}

/// Whether the error is half of the area or more, so that ± is meaningless. Both in the same unit.
///
/// # Examples
/// ```
/// use merestone::earth::is_undetermined;
/// assert!(is_undetermined(2.0, 1.0) && !is_undetermined(2.0, 0.9));
/// ```
pub fn is_undetermined(area: f64, error: f64) -> bool {
    error >= area / 2.0
}

fn ring_variance(ring: &[Coord], accuracy_m: f64) -> f64 {
    if ring.is_empty() {
        return 0.0;
    }
    let outline = Outline::new(ring);
    // Rounding of the length must not decide about a position.
    let n = ((outline.length_m() / CORRELATION_M.max(accuracy_m) + 1e-9) as usize).max(FEWEST);
    let chord_m2 = outline.mean_squared_chord(2.0 * outline.length_m() / n as f64);
    let variance_m2 = accuracy_m * accuracy_m;
    n as f64 * variance_m2 * (chord_m2 / 4.0 + variance_m2 / 2.0)
}

/// A closed ring in geocentric coordinates, by the distance along it.
struct Outline {
    /// The vertices, the first again at the end.
    places: Vec<[f64; 3]>,
    /// Distance in metres along the ring to each vertex.
    passed_m: Vec<f64>,
}

impl Outline {
    fn new(ring: &[Coord]) -> Self {
        let first = to_geocentric_m(ring[0]);
        let (mut places, mut passed_m, mut whole_m) = (vec![first], vec![0.0], 0.0);
        for edge in ring.windows(2) {
            let length_m = edge_length_m(edge[0], edge[1]);
            let pieces = (length_m / LONGEST_M).ceil().max(1.0);
            for piece in 1..=pieces as usize {
                let share = piece as f64 / pieces;
                let at = if share < 1.0 { point_along(edge[0], edge[1], share) } else { edge[1] };
                places.push(to_geocentric_m(at));
                passed_m.push(whole_m + share * length_m);
            }
            whole_m += length_m;
        }
        Outline { places, passed_m }
    }

    fn length_m(&self) -> f64 {
        self.passed_m[self.passed_m.len() - 1]
    }

    fn edges(&self) -> usize {
        self.places.len() - 1
    }

    /// The place at a distance along the ring, which an edge holds.
    fn on_edge(&self, edge: usize, at_m: f64) -> [f64; 3] {
        let length_m = self.passed_m[edge + 1] - self.passed_m[edge];
        let share = if length_m > 0.0 { ((at_m - self.passed_m[edge]) / length_m).clamp(0.0, 1.0) } else { 0.0 };
        let (from, to) = (self.places[edge], self.places[edge + 1]);
        std::array::from_fn(|axis| from[axis] + (to[axis] - from[axis]) * share)
    }

    /// The mean, over all places of the ring, of the squared chord in m² to the place `ahead_m` further on.
    ///
    /// The chord's components are linear between the places where one of its ends is at a vertex, so its square is
    /// integrated exactly.
    fn mean_squared_chord(&self, ahead_m: f64) -> f64 {
        let whole_m = self.length_m();
        if self.edges() == 0 || whole_m <= 0.0 {
            return 0.0;
        }
        let chord = |back: usize, at_m: f64, front: usize, front_m: f64| -> [f64; 3] {
            let (a, b) = (self.on_edge(back, at_m), self.on_edge(front, front_m));
            std::array::from_fn(|axis| b[axis] - a[axis])
        };
        let dot = |a: [f64; 3], b: [f64; 3]| (0..3).map(|axis| a[axis] * b[axis]).sum::<f64>();
        let mut front = self.passed_m.partition_point(|passed_m| *passed_m <= ahead_m).clamp(1, self.edges()) - 1;
        let (mut back, mut at_m, mut turned_m, mut sum) = (0, 0.0, 0.0, 0.0);
        while back < self.edges() {
            let front_m = at_m + ahead_m - turned_m;
            let [left_m, front_left_m] = [self.passed_m[back + 1] - at_m, self.passed_m[front + 1] - front_m];
            let step_m = left_m.min(front_left_m).max(0.0);
            let (start, end) = (chord(back, at_m, front, front_m), chord(back, at_m + step_m, front, front_m + step_m));
            sum += step_m * (dot(start, start) + dot(start, end) + dot(end, end)) / 3.0;
            at_m += step_m;
            if left_m <= front_left_m {
                back += 1;
                at_m = self.passed_m[back];
            } else {
                front += 1;
                if front == self.edges() {
                    (front, turned_m) = (0, turned_m + whole_m);
                }
            }
        }
        sum / whole_m
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::earth::{LocalPlane, polygon_area_m2};
    use geo::LineString;

    const PLACE: Coord = Coord { x: 45.5, y: 40.6 };

    /// An irregular closed ring around the origin in metres, with this many vertices.
    fn ring(corners: usize, radius_m: f64) -> Vec<Coord> {
        let corner = |i: usize| {
            let (sin, cos) = (i as f64 / corners as f64 * std::f64::consts::TAU).sin_cos();
            let r = radius_m * (1.0 + 0.3 * (5.0 * sin).cos());
            Coord { x: r * cos, y: r * sin }
        };
        (0..=corners).map(|i| corner(i % corners)).collect()
    }

    fn polygon(metres: &[Coord]) -> Polygon {
        let plane = LocalPlane::at(PLACE);
        Polygon::new(LineString(metres.iter().map(|&c| plane.to_degrees(c)).collect()), vec![])
    }

    fn square(side_m: f64, pieces: usize) -> Vec<Coord> {
        let corners =
            [(0.0, 0.0), (side_m, 0.0), (side_m, side_m), (0.0, side_m), (0.0, 0.0)].map(|(x, y)| Coord { x, y });
        let side =
            |edge: &[Coord]| (0..pieces).map(|i| point_along(edge[0], edge[1], i as f64 / pieces as f64)).collect();
        let sides: Vec<Vec<Coord>> = corners.windows(2).map(side).collect();
        sides.concat().into_iter().chain([corners[0]]).collect()
    }

    /// Normal deviates from a fixed sequence (Box–Muller transform of a linear congruential generator).
    fn normal(state: &mut u64) -> f64 {
        let mut uniform = || uniform(state);
        (-2.0 * uniform().ln()).sqrt() * (std::f64::consts::TAU * uniform()).cos()
    }

    fn uniform(state: &mut u64) -> f64 {
        *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((*state >> 11) as f64 + 0.5) / (1_u64 << 53) as f64
    }

    /// Area differences of a ring (metres) displaced at random: independent positions as in [`AREA_ERROR`], from a
    /// random phase, each displaced by `sigma_m` per coordinate, joined by straight edges; with `detail`, the vertices
    /// between them are displaced with them.
    fn moved_areas(ring: &[Coord], sigma_m: f64, detail: bool) -> Vec<f64> {
        let lengths: Vec<f64> = ring.windows(2).map(|e| (e[1] - e[0]).x.hypot((e[1] - e[0]).y)).collect();
        let whole: f64 = lengths.iter().sum();
        let n = ((whole / CORRELATION_M.max(sigma_m)) as usize).max(3);
        let pieces = if detail { 8 * n } else { n };
        let at = |share: f64| {
            let (mut left, mut edge) = (share.fract() * whole, 0);
            while edge + 1 < lengths.len() && left > lengths[edge] {
                left -= lengths[edge];
                edge += 1;
            }
            point_along(ring[edge], ring[edge + 1], left / lengths[edge])
        };
        let area = |metres: Vec<Coord>| {
            let plane = LocalPlane::at(PLACE);
            let mut degrees: Vec<Coord> = metres.into_iter().map(|c| plane.to_degrees(c)).collect();
            degrees.push(degrees[0]);
            // Signed: an inverted outline has a negative area.
            crate::earth::ring_area_m2(&degrees)
        };
        let mut state = 7;
        let difference = |_| {
            let moves: Vec<Coord> =
                (0..n).map(|_| Coord { x: sigma_m * normal(&mut state), y: sigma_m * normal(&mut state) }).collect();
            let phase = uniform(&mut state);
            let place = |i: usize| at((i as f64 / pieces as f64) + phase);
            let moved = |i: usize| {
                let along = i as f64 / pieces as f64 * n as f64;
                let (before, share) = (along as usize, along.fract());
                place(i) + moves[before % n] * (1.0 - share) + moves[(before + 1) % n] * share
            };
            area((0..pieces).map(moved).collect()) - area((0..pieces).map(place).collect())
        };
        (0..RUNS).map(difference).collect()
    }

    const RUNS: usize = 4000;

    fn root_mean_square(values: &[f64]) -> f64 {
        (values.iter().map(|value| value * value).sum::<f64>() / values.len() as f64).sqrt()
    }

    #[test]
    fn monte_carlo_areas_match_the_standard_error() {
        for (ring, sigma_m) in [
            (ring(600, 3500.0), 100.0),
            (ring(60, 9000.0), 300.0),
            (square(14_000.0, 1), 100.0),
            (square(6_000.0, 1), 50.0),
        ] {
            let stated = area_error_m2(&[polygon(&ring)], sigma_m);
            for (detail, percent) in [(false, 3.0), (true, 5.0)] {
                let areas = moved_areas(&ring, sigma_m, detail);
                let within = |times: f64| {
                    100.0 * areas.iter().filter(|area| area.abs() <= times * stated).count() as f64 / RUNS as f64
                };
                assert!((within(1.0) - 68.3).abs() < percent, "{} % of 68.3 %", within(1.0));
                assert!((within(2.0) - 95.4).abs() < percent / 2.0, "{} % of 95.4 %", within(2.0));
                let found = root_mean_square(&areas);
                assert!(detail || (found / stated - 1.0).abs() < 0.04, "{found} m² found, {stated} m² stated");
            }
        }
    }

    #[test]
    fn large_errors_include_the_second_order_term() {
        // A disc of 8.4 km² with σ = 1 500 m: ¼σ²Σc² alone gives 5.2 km², with ½nσ⁴ 6.5 km²; 20 000 draws give 6.48
        // km².
        let disc: Vec<Coord> = (0..=36)
            .map(|i| (f64::from(i % 36) * 10.0).to_radians().sin_cos())
            .map(|(sin, cos)| Coord { x: 1639.0 * cos, y: 1639.0 * sin })
            .collect();
        let stated = area_error_m2(&[polygon(&disc)], 1500.0);
        assert!((stated - 6.5e6).abs() < 0.2e6, "{stated}");
        let found = root_mean_square(&moved_areas(&disc, 1500.0, false));
        assert!((found / stated - 1.0).abs() < 0.04, "{found} m² found, {stated} m² stated");
        assert!(is_undetermined(8.4e6, stated) && !is_undetermined(39.4e6, 0.6e6));
    }

    #[test]
    fn vertex_density_start_and_direction_change_no_error() {
        let errors = [1, 7, 64, 1000].map(|pieces| area_error_m2(&[polygon(&square(14_000.0, pieces))], 100.0));
        assert!(errors.iter().all(|error| (error / errors[0] - 1.0).abs() < 1e-6), "{errors:?}");
        let dense = ring(6000, 3500.0);
        let [mut turned, mut reversed] = [dense.clone(), dense.clone()];
        turned.pop();
        turned.rotate_left(1234);
        turned.push(turned[0]);
        reversed.reverse();
        let same = [dense, turned, reversed].map(|ring| area_error_m2(&[polygon(&ring)], 300.0));
        assert!(same.iter().all(|error| (error / same[0] - 1.0).abs() < 1e-12), "{same:?}");
        let coarse = area_error_m2(&[polygon(&ring(600, 3500.0))], 300.0);
        assert!((coarse / same[0] - 1.0).abs() < 0.001, "{coarse} {same:?}");
        // An L of which the corners are not at equal distances, begun at each of them.
        let corners = [(0.0, 0.0), (3100.0, 0.0), (3100.0, 900.0), (1300.0, 900.0), (1300.0, 2700.0), (0.0, 2700.0)];
        let begun = |start: usize| {
            let corner = |i: usize| corners[(start + i) % corners.len()];
            let ring: Vec<Coord> = (0..=corners.len()).map(corner).map(|(x, y)| Coord { x, y }).collect();
            area_error_m2(&[polygon(&ring)], 100.0)
        };
        assert!((0..6).all(|start| (begun(start) / begun(0) - 1.0).abs() < 1e-9));
    }

    #[test]
    fn a_field_narrower_than_its_accuracy_is_undetermined() {
        let field = polygon(&ring(4, 10.0));
        let error = area_error_m2(std::slice::from_ref(&field), 100.0);
        assert!(error > 1000.0 && is_undetermined(polygon_area_m2(&field), error));
        assert_eq!(area_error_m2(&[Polygon::new(LineString(vec![PLACE; 4]), vec![])], 0.0), 0.0);
    }
}

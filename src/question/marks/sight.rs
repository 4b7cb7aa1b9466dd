//! Does one mark see the next?

use super::MarkOptions;
use crate::earth::{distance_m, point_along};
use crate::question::HeightAt;
use geo::Coord;

/// Mean radius of the earth in metres, for the drop of the ground below the line of sight.
const RADIUS_M: f64 = 6_371_000.0;
/// Coefficient of refraction: by so much of the earth's curvature a ray is bent.
const REFRACTION: f64 = 0.13;

/// Whether the ground nowhere rises above the line from eye to eye; nothing where a height on the way is not known.
///
/// At d of the way D the earth rises d (D − d) (1 − k) / 2R above the chord.
pub(super) fn sees(from: Coord, to: Coord, height: HeightAt<'_>, options: &MarkOptions) -> Option<bool> {
    let whole_m = distance_m(from, to);
    let count = (whole_m / options.sight_step_m).ceil().max(1.0) as usize;
    let [eye_m, target_m] = [height(from)? + options.eye_m, height(to)? + options.eye_m];
    let mut seen = true;
    for step in 1..count {
        let share = step as f64 / count as f64;
        let rise_m = whole_m * whole_m * share * (1.0 - share) * (1.0 - REFRACTION) / (2.0 * RADIUS_M);
        seen &= height(point_along(from, to, share))? + rise_m <= eye_m + (target_m - eye_m) * share;
    }
    Some(seen)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sea_hides_a_mark_at_the_distance_that_the_books_state() {
        // Two eyes 2 m above the sea see each other over 2 × 3.57 √h km without refraction, some 7 % more with k = 0.13.
        let options = MarkOptions { sight_step_m: 50.0, ..MarkOptions::default() };
        let sea = |_: Coord| Some(0.0);
        let at = |metres: f64| Coord { x: 0.0, y: metres / 110_574.0 };
        let limit_m = 2.0 * (2.0 * RADIUS_M / (1.0 - REFRACTION) * 2.0).sqrt();
        assert!((limit_m / (2.0 * 3570.0 * 2.0_f64.sqrt()) - 1.07).abs() < 0.005);
        assert_eq!(sees(at(0.0), at(limit_m * 0.99), &sea, &options), Some(true));
        assert_eq!(sees(at(0.0), at(limit_m * 1.01), &sea, &options), Some(false));
    }

    #[test]
    fn a_hill_between_hides_and_an_unknown_height_says_nothing() {
        let options = MarkOptions::default();
        let hill = |at: Coord| Some(if (at.x - 0.005).abs() < 0.001 { 5.0 } else { 0.0 });
        let (west, east) = (Coord { x: 0.0, y: 0.0 }, Coord { x: 0.01, y: 0.0 });
        assert_eq!(sees(west, east, &hill, &options), Some(false));
        assert_eq!(sees(west, Coord { x: 0.003, y: 0.0 }, &hill, &options), Some(true));
        let gap = |at: Coord| (at.x != 0.01).then_some(0.0);
        assert_eq!(sees(west, east, &gap, &options), None);
    }
}

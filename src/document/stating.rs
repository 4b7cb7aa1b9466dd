//! Rules for stating directions and lengths of a leg, and their tolerances, shared by the writer and the audit of
//! descriptions.

/// Greatest ratio of path to chord at which a leg has a general direction.
pub(super) const WINDING: f64 = 1.5;

/// Greatest angle in degrees between the halves of a leg with a general direction.
const HALVES_DEG: f64 = 90.0;

/// The signed angle from one azimuth to another, −180° to 180°.
pub(super) fn turned_deg(from: f64, to: f64) -> f64 {
    (to - from + 540.0).rem_euclid(360.0) - 180.0
}

/// Uncertainty in degrees of the azimuth between two positions, from their accuracy.
pub(super) fn doubt_deg(accuracy_m: f64, chord_m: f64) -> f64 {
    (std::f64::consts::SQRT_2 * accuracy_m / chord_m.max(f64::MIN_POSITIVE)).atan().to_degrees()
}

/// Whether a leg that is not straight has a general direction: it winds little, and its halves do not face away from
/// each other.
pub(super) fn has_general_direction(path_m: f64, chord_m: f64, halves_deg: Option<(f64, f64)>) -> bool {
    path_m <= WINDING * chord_m && halves_deg.is_none_or(|(a, b)| turned_deg(a, b).abs() <= HALVES_DEG)
}

/// The stated length of a leg: at least its chord.
pub(super) fn stated_length_m(path_m: f64, chord_m: f64) -> f64 {
    path_m.max(chord_m)
}

/// Uncertainty in metres of a length, from the accuracy of both ends.
pub(super) fn length_doubt_m(accuracy_m: f64) -> f64 {
    2.0 * accuracy_m
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn angles_turn_the_shorter_way() {
        assert!((turned_deg(350.0, 10.0) - 20.0).abs() < 1e-12);
        assert!((turned_deg(10.0, 350.0) + 20.0).abs() < 1e-12);
    }

    #[test]
    fn what_winds_or_turns_back_has_no_general_direction() {
        assert!(has_general_direction(1400.0, 1000.0, Some((350.0, 70.0))));
        assert!(!has_general_direction(1600.0, 1000.0, None));
        assert!(!has_general_direction(1400.0, 1000.0, Some((0.0, 91.0))));
    }
}

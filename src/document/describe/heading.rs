//! Directions as stated in a text.

use super::course::Path;
use crate::document::description::{Decimal, Direction, Heading, StatedAngle, StatedBearing, Wind, WindCount};
use crate::document::stating::{doubt_deg, has_general_direction, turned_deg};

/// Style of directions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Compass {
    /// Winds of a rose.
    Winds(WindCount),
    /// As azimuths in degrees, minutes and seconds.
    Degrees,
}

impl Compass {
    /// The width of the sector of a wind in degrees.
    pub(super) fn sector_deg(self) -> Option<f64> {
        match self {
            Compass::Winds(winds) => Some(winds.sector_deg()),
            Compass::Degrees => None,
        }
    }
}

/// An azimuth to the precision that its error allows: degrees, minutes or seconds.
pub(super) fn bearing(azimuth_deg: f64, error_m: f64, length_m: f64) -> StatedBearing {
    let error_deg = (error_m / length_m.max(f64::MIN_POSITIVE)).atan().to_degrees();
    // Rounded in units of the last part, so that 59.9′ carries over to the next degree.
    let per_degree = match error_deg {
        e if e <= 1.0 / 360.0 => 3600_u64,
        e if e <= 1.0 / 6.0 => 60,
        _ => 1,
    };
    let units = (azimuth_deg.rem_euclid(360.0) * per_degree as f64).round() as u64 % (360 * per_degree);
    let decimal = |n: u64| Decimal::rounded(n as f64, 0);
    let angle = match per_degree {
        3600 => StatedAngle {
            degrees: decimal(units / 3600),
            minutes: Some(decimal(units / 60 % 60)),
            seconds: Some(decimal(units % 60)),
        },
        60 => StatedAngle { degrees: decimal(units / 60), minutes: Some(decimal(units % 60)), seconds: None },
        _ => StatedAngle { degrees: decimal(units), minutes: None, seconds: None },
    };
    // North is a convention of the whole document.
    StatedBearing { angle, quadrant: None, reference: None }
}

/// A stated direction and its reliability.
pub(super) struct Stated {
    pub direction: Direction,
    /// Whether the accuracy of the ends leaves the wind undecided.
    pub is_doubtful: bool,
}

/// The direction of a leg between two vertices: exact if straight, else general, if it has one.
pub(super) fn direction(
    path: &Path,
    [from, to]: [usize; 2],
    is_straight: bool,
    compass: Compass,
    accuracy_m: f64,
) -> Option<Stated> {
    let azimuth_deg = path.azimuth_deg(from, to)?;
    let chord_m = path.chord_m(from, to);
    if !is_straight {
        let half = path.vertex_near((path.chainage[from] + path.chainage[to]) / 2.0, from, to);
        let halves = half.and_then(|half| Some((path.azimuth_deg(from, half)?, path.azimuth_deg(half, to)?)));
        if !has_general_direction(path.between_m(from, to), chord_m, halves) {
            return None;
        }
    }
    // Both ends have an error.
    let error_m = accuracy_m * std::f64::consts::SQRT_2;
    let (heading, is_doubtful) = match compass {
        Compass::Degrees => (Heading::Bearing(bearing(azimuth_deg, error_m, chord_m)), chord_m < 5.0 * accuracy_m),
        Compass::Winds(winds) => {
            let wind = Wind::nearest(azimuth_deg, winds);
            let off_deg = turned_deg(wind.azimuth_deg(), azimuth_deg).abs();
            (Heading::Wind(wind), off_deg + doubt_deg(accuracy_m, chord_m) > winds.sector_deg() / 2.0)
        }
    };
    Some(Stated { direction: Direction { heading, general: !is_straight, approx: false }, is_doubtful })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(azimuth_deg: f64, error_m: f64) -> String {
        let angle = bearing(azimuth_deg, error_m, 1000.0).angle;
        let part = |part: &Option<Decimal>| part.as_ref().map_or(String::new(), |n| format!(" {n}"));
        format!("{}{}{}", angle.degrees, part(&angle.minutes), part(&angle.seconds))
    }

    #[test]
    fn azimuths_carry_over_and_follow_their_error() {
        assert_eq!(text(157.533_333, 0.01), "157 32 0");
        assert_eq!(text(157.533_333, 1.0), "157 32");
        assert_eq!(text(157.999_9, 1.0), "158 0");
        assert_eq!(text(359.999_99, 1.0), "0 0");
        assert_eq!(text(157.533_333, 50.0), "158");
    }
}

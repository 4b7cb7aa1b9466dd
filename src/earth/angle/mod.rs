//! Angles in degrees, minutes and seconds.

mod letters;
mod metres;
mod parse;

pub use metres::{Metres, parse_metres};
pub use parse::{Angle, AngleError, parse_angle};

/// Greatest number of decimals of a second in input and output: 1e-7″ is 3 µm on the ground.
pub const MOST_DECIMALS: u8 = 9;

/// The axis of an angle; it determines the letters and the range.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Axis {
    /// North or south of the equator, at most 90°.
    Latitude,
    /// East or west of Greenwich, at most 180°.
    Longitude,
    /// Clockwise from north, 0° to 360°.
    Azimuth,
}

impl Axis {
    /// The word used in messages.
    pub const fn word(self) -> &'static str {
        match self {
            Axis::Latitude => "latitude",
            Axis::Longitude => "longitude",
            Axis::Azimuth => "azimuth",
        }
    }

    /// Greatest absolute value in degrees.
    pub(crate) const fn most_deg(self) -> f64 {
        match self {
            Axis::Latitude => 90.0,
            Axis::Longitude => 180.0,
            Axis::Azimuth => 360.0,
        }
    }
}

/// An angle in degrees, minutes and seconds, stored as an integer number of units of the last decimal of the seconds.
///
/// **Method**: exact integer multiplication of the double and one rounding, halves away from zero; 60 seconds carry
/// into the minutes. [`degrees`](Self::degrees) is the double nearest to the printed angle.
///
/// **Guarantees**: `Dms::of(dms.degrees(), dms.decimals()) == dms` for every angle and up to 9 decimals; the printed
/// text parses to the same angle.
///
/// **Example**
/// ```
/// use merestone::earth::{Axis, Dms};
/// // To 0.01″ (0.3 m); the seconds of the second value round to 60.
/// assert_eq!(Dms::of(40.6331, 2).written(Axis::Latitude), "40°37′59.16″N");
/// assert_eq!(Dms::of(44.999_999_9, 2).written(Axis::Longitude), "45°00′00.00″E");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Dms {
    units: i64,
    decimals: u8,
}

impl Dms {
    /// Rounds degrees (at most 360 in absolute value) to `decimals` decimals of a second (at most [`MOST_DECIMALS`]).
    pub fn of(degrees: f64, decimals: u8) -> Self {
        let decimals = decimals.min(MOST_DECIMALS);
        Dms { units: exactly_rounded(degrees, per_degree(decimals)), decimals }
    }

    /// Decimals of the seconds.
    pub fn decimals(self) -> u8 {
        self.decimals
    }

    /// The double nearest to the angle, in degrees.
    pub fn degrees(self) -> f64 {
        // Both are integers below 2⁵³, so the quotient is rounded once.
        self.units as f64 / per_degree(self.decimals) as f64
    }

    /// Formats the angle: `40°37′59.16″N`, `45°30′56.88″E`; an azimuth has no letter: `7°05′00.0″`.
    pub fn written(self, axis: Axis) -> String {
        let per_degree = per_degree(self.decimals);
        let circle = 360 * per_degree;
        let units = match axis {
            Axis::Azimuth => self.units.rem_euclid(circle),
            // Normalised to ±180°; 180° keeps its letter.
            Axis::Longitude if self.units.abs() > circle / 2 => {
                (self.units + circle / 2).rem_euclid(circle) - circle / 2
            }
            _ => self.units,
        };
        let size = units.unsigned_abs();
        let (degrees, rest) = (size / per_degree as u64, size % per_degree as u64);
        let (minutes, rest) = (rest / (per_degree as u64 / 60), rest % (per_degree as u64 / 60));
        let per_second = per_degree as u64 / 3600;
        let (seconds, fraction) = (rest / per_second, rest % per_second);
        let point = if self.decimals > 0 {
            format!(".{fraction:0width$}", width = usize::from(self.decimals))
        } else {
            String::new()
        };
        let letter = match (axis, units < 0) {
            (Axis::Latitude, false) => "N",
            (Axis::Latitude, true) => "S",
            (Axis::Longitude, false) => "E",
            (Axis::Longitude, true) => "W",
            (Axis::Azimuth, _) => "",
        };
        format!("{degrees}°{minutes:02}′{seconds:02}{point}″{letter}")
    }
}

/// Units of the last decimal of a second per degree.
fn per_degree(decimals: u8) -> i64 {
    3600 * 10_i64.pow(u32::from(decimals))
}

/// The integer nearest to `value × factor`, halves away from zero, with a single rounding.
fn exactly_rounded(value: f64, factor: i64) -> i64 {
    let bits = value.abs().to_bits();
    let (exponent, fraction) = ((bits >> 52) as i32, (bits & ((1 << 52) - 1)) as i128);
    // value = mantissa × 2^power
    let (mantissa, power) = if exponent == 0 { (fraction, -1074) } else { (fraction | (1 << 52), exponent - 1075) };
    let product = mantissa * i128::from(factor);
    let size = match power {
        0.. => product << power.min(20),
        // Below half a unit for every mantissa.
        ..=-126 => 0,
        _ => (product + (1 << (-power - 1))) >> -power,
    };
    let size = i64::try_from(size).unwrap_or(i64::MAX);
    if value < 0.0 { -size } else { size }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn latitude(degrees: f64, decimals: u8) -> String {
        Dms::of(degrees, decimals).written(Axis::Latitude)
    }

    #[test]
    fn sixty_seconds_carry() {
        assert_eq!(latitude(39.999_999_999, 2), "40°00′00.00″N");
        assert_eq!(latitude(40.0 + 37.0 / 60.0 + 59.996 / 3600.0, 2), "40°38′00.00″N");
        assert_eq!(Dms::of(359.999_999_9, 1).written(Axis::Azimuth), "0°00′00.0″");
        assert_eq!(Dms::of(-179.999_999_999_9, 3).written(Axis::Longitude), "180°00′00.000″W");
    }

    #[test]
    fn longitudes_are_normalised_to_180_degrees() {
        assert_eq!(Dms::of(180.003_322_2, 2).written(Axis::Longitude), "179°59′48.04″W");
        assert_eq!(Dms::of(-180.003_322_2, 2).written(Axis::Longitude), "179°59′48.04″E");
        assert_eq!(Dms::of(180.0, 0).written(Axis::Longitude), "180°00′00″E");
        assert_eq!(Dms::of(-180.0, 0).written(Axis::Longitude), "180°00′00″W");
    }

    #[test]
    fn small_angles_south_and_west_keep_their_letter() {
        assert_eq!(latitude(-0.000_01, 2), "0°00′00.04″S");
        assert_eq!(latitude(-1e-12, 2), "0°00′00.00″N");
        assert_eq!(latitude(-0.0, 0), "0°00′00″N");
    }

    #[test]
    fn halves_round_away_from_zero_exactly() {
        // 1/32° is 112.5″, exactly representable.
        assert_eq!(exactly_rounded(0.031_25, 3600), 113);
        assert_eq!(exactly_rounded(0.031_25_f64.next_down(), 3600), 112);
        assert_eq!(exactly_rounded(0.5, 1), 1);
        assert_eq!(exactly_rounded(-2.5, 1), -3);
        assert_eq!(exactly_rounded(f64::MIN_POSITIVE, 3600), 0);
    }
}

//! Lengths and areas as printed in a text.

use crate::document::description::{AreaUnit, Decimal, LengthKind, LengthUnit, StatedArea, StatedLength};

/// Rounding of lengths.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Rounding {
    unit: LengthUnit,
    decimals: usize,
}

/// Decimals of kilometres and of metres if the source states no accuracy: 10 m, as is usual in descriptions.
const USUAL: [usize; 2] = [2, 0];
/// Greatest number of decimals of kilometres and of metres derived from an accuracy.
const MOST: [usize; 2] = [5, 2];

/// The exponent of the power of ten that is at least half of a value.
fn exponent(value: f64) -> i32 {
    // Half of the accuracy: at 10 m, kilometres have two decimals.
    (value / 2.0).max(1e-9).log10().ceil() as i32
}

impl Rounding {
    /// Rounds to the power of ten of the unit that is at least half of the accuracy, or to the given number of
    /// decimals.
    pub(super) fn new(unit: LengthUnit, accuracy_m: Option<f64>, decimals: Option<u8>) -> Self {
        let is_km = unit == LengthUnit::Kilometre;
        let column = usize::from(!is_km);
        let of_accuracy = |accuracy: f64| {
            let places = if is_km { 3 - exponent(accuracy) } else { -exponent(accuracy) };
            usize::try_from(places).unwrap_or(0).min(MOST[column])
        };
        let decimals = decimals.map(usize::from).or(accuracy_m.map(of_accuracy)).unwrap_or(USUAL[column]);
        Rounding { unit: if is_km { unit } else { LengthUnit::Metre }, decimals }
    }

    /// The rounding for an object with another accuracy.
    pub(super) fn for_accuracy(self, accuracy_m: f64) -> Self {
        let coarser = Rounding::new(self.unit, Some(accuracy_m), None);
        Rounding { decimals: coarser.decimals.min(self.decimals), ..self }
    }

    /// Rounds a length half away from zero, once. A positive length is never printed as zero.
    pub(super) fn length(self, metres: f64, kind: LengthKind, approx: bool) -> StatedLength {
        let mut decimals = self.decimals;
        let steps = |decimals: usize| {
            // Multiplied before dividing: 1005 m are 100.5 steps of 10 m exactly.
            let tens = 10f64.powi(i32::try_from(decimals).unwrap_or(0));
            (metres * tens / self.unit.metres()).round()
        };
        while steps(decimals) == 0.0 && metres > 0.0 && decimals < 9 {
            decimals += 1;
        }
        let value = steps(decimals) / 10f64.powi(i32::try_from(decimals).unwrap_or(0));
        StatedLength { value: Decimal::rounded(value, decimals), unit: self.unit, kind: Some(kind), approx }
    }

    /// Half a unit of the last digit in metres.
    pub(super) fn half_unit_m(self) -> f64 {
        0.5 * self.unit.metres() / 10f64.powi(i32::try_from(self.decimals).unwrap_or(0))
    }

    pub(super) fn along(self, metres: f64) -> StatedLength {
        self.length(metres, LengthKind::Along, false)
    }
}

/// An area in hectares, rounded to the power of ten that is at least half of its error.
pub(super) fn hectares(area_m2: f64, error_m2: Option<f64>) -> StatedArea {
    let decimals = error_m2.map_or(2, |error| usize::try_from(4 - exponent(error)).unwrap_or(0).min(4));
    StatedArea { value: Decimal::rounded(area_m2 / 1e4, decimals), unit: AreaUnit::Hectare, approx: false }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn km(accuracy_m: f64, metres: f64) -> String {
        let rounding = Rounding::new(LengthUnit::Kilometre, Some(accuracy_m), None);
        rounding.along(metres).value.digits().to_owned()
    }

    #[test]
    fn decimals_are_those_of_the_accuracy() {
        assert_eq!(km(0.1, 1234.56), "1.2346");
        assert_eq!(km(1.0, 1234.56), "1.235");
        assert_eq!(km(10.0, 1234.56), "1.23");
        assert_eq!(km(15.0, 1100.0), "1.10");
        assert_eq!(km(100.0, 1234.56), "1.2");
        assert_eq!(km(1000.0, 12_345.0), "12");
    }

    #[test]
    fn half_goes_away_from_zero_and_nothing_but_nothing_is_zero() {
        assert_eq!(km(10.0, 1005.0), "1.01");
        assert_eq!(km(10.0, 165.2), "0.17");
        assert_eq!(km(10.0, 165.0), "0.17");
        assert_eq!(km(10.0, 164.9), "0.16");
        assert_eq!(km(1000.0, 320.0), "0.3");
        assert_eq!(km(1000.0, 0.0), "0");
    }

    #[test]
    fn metres_have_no_finer_digits_than_their_accuracy() {
        let metres = |accuracy_m: f64| Rounding::new(LengthUnit::Metre, Some(accuracy_m), None).along(412.634);
        assert_eq!(metres(0.1).value.digits(), "412.6");
        assert_eq!(metres(0.01).value.digits(), "412.63");
        assert_eq!(metres(30.0).value.digits(), "413");
        assert_eq!(Rounding::new(LengthUnit::Metre, None, None).along(412.634).value.digits(), "413");
    }

    #[test]
    fn hectares_follow_the_error() {
        assert_eq!(hectares(8_404_321.0, Some(90_000.0)).value.digits(), "840");
        assert_eq!(hectares(8_404_321.0, Some(90.0)).value.digits(), "840.43");
        assert_eq!(hectares(8_404_321.0, None).value.digits(), "840.43");
    }
}

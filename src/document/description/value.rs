//! Values as stated in a text: with their digits, units and kinds.

#[cfg(feature = "schema")]
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::fmt;
use thiserror::Error;

/// A number with the printed digits: `1.10` and `1.1` are different statements of precision.
///
/// The decimal mark is a point, there are no thousands separators, and zero has no sign. In JSON it is a string.
///
/// # Examples
/// ```
/// use merestone::document::description::Decimal;
/// let stated = Decimal::rounded(1.1049, 2);
/// assert_eq!(stated.digits(), "1.10");
/// assert_eq!((stated.value(), stated.half_unit()), (1.10, 0.005));
/// assert_eq!("13.20".parse::<Decimal>()?.decimals(), 2);
/// # Ok::<(), merestone::document::description::NotDecimal>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(try_from = "String", into = "String")]
#[cfg_attr(feature = "schema", schemars(with = "String"))]
pub struct Decimal(String);

/// A text that is not a decimal number.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("\"{0}\" is no decimal number with a point")]
pub struct NotDecimal(String);

impl Decimal {
    /// Rounds a finite value, halves away from zero, to this many decimals.
    pub fn rounded(value: f64, decimals: usize) -> Self {
        let scale = 10f64.powi(i32::try_from(decimals).unwrap_or(i32::MAX));
        let scaled = value * scale;
        // Beyond 2^52 every double is an integer.
        let whole = if scaled.abs() < 4.5e15 { scaled.round() / scale } else { value };
        let text = format!("{whole:.decimals$}");
        let is_zero = text.bytes().all(|b| matches!(b, b'-' | b'0' | b'.'));
        Decimal(if is_zero { text.trim_start_matches('-').to_owned() } else { text })
    }

    /// The digits, with a point before the decimals.
    pub fn digits(&self) -> &str {
        &self.0
    }

    /// The number of decimals.
    pub fn decimals(&self) -> usize {
        self.0.split_once('.').map_or(0, |(_, decimals)| decimals.len())
    }

    /// The value.
    pub fn value(&self) -> f64 {
        self.0.parse().unwrap_or(f64::NAN)
    }

    /// Half a unit of the last digit: the greatest rounding error.
    pub fn half_unit(&self) -> f64 {
        0.5 / 10f64.powi(i32::try_from(self.decimals()).unwrap_or(i32::MAX))
    }
}

impl std::str::FromStr for Decimal {
    type Err = NotDecimal;

    fn from_str(text: &str) -> Result<Self, NotDecimal> {
        let unsigned = text.strip_prefix('-').unwrap_or(text);
        let (whole, decimals) = unsigned.split_once('.').unwrap_or((unsigned, "0"));
        let are_digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        if are_digits(whole) && are_digits(decimals) {
            Ok(Decimal(text.to_owned()))
        } else {
            Err(NotDecimal(text.to_owned()))
        }
    }
}

impl TryFrom<String> for Decimal {
    type Error = NotDecimal;

    fn try_from(text: String) -> Result<Self, NotDecimal> {
        text.parse()
    }
}

impl From<Decimal> for String {
    fn from(decimal: Decimal) -> String {
        decimal.0
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A unit of length.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum LengthUnit {
    /// 1000 m.
    Kilometre,
    /// The metre.
    Metre,
    /// International foot, 0.3048 m.
    Foot,
    /// United States survey foot, 1200/3937 m.
    SurveyFoot,
    /// International yard, 0.9144 m.
    Yard,
    /// Gunter's chain, 66 feet.
    Chain,
    /// Link, 1/100 chain.
    Link,
    /// Rod, pole or perch, 16.5 feet.
    Rod,
    /// International mile, 1609.344 m.
    Mile,
    /// Nautical mile, 1852 m.
    NauticalMile,
    /// Versta, 500 sazhens.
    Verst,
    /// Sazhen, 7 feet.
    Sazhen,
    /// Arshin, 28 inches.
    Arshin,
}

impl LengthUnit {
    /// Metres in one unit.
    pub const fn metres(self) -> f64 {
        match self {
            LengthUnit::Kilometre => 1000.0,
            LengthUnit::Metre => 1.0,
            LengthUnit::Foot => 0.3048,
            LengthUnit::SurveyFoot => 1200.0 / 3937.0,
            LengthUnit::Yard => 0.9144,
            LengthUnit::Chain => 20.1168,
            LengthUnit::Link => 0.201_168,
            LengthUnit::Rod => 5.0292,
            LengthUnit::Mile => 1609.344,
            LengthUnit::NauticalMile => 1852.0,
            LengthUnit::Verst => 1066.8,
            LengthUnit::Sazhen => 2.1336,
            LengthUnit::Arshin => 0.7112,
        }
    }
}

/// The measurement that a length is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum LengthKind {
    /// Along the line: "for 1.03 km".
    Along,
    /// Straight between the ends: "at a distance of 1.03 km".
    Straight,
}

/// A length as stated.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
pub struct StatedLength {
    /// The number.
    pub value: Decimal,
    /// The unit.
    pub unit: LengthUnit,
    /// Whether it is along the line or straight, if stated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<LengthKind>,
    /// Whether the text states "about".
    #[serde(default, skip_serializing_if = "is_false")]
    pub approx: bool,
}

impl StatedLength {
    /// The length in metres.
    ///
    /// # Examples
    /// ```
    /// use merestone::document::description::{LengthUnit, StatedLength};
    /// let stated = StatedLength { value: "6.60".parse()?, unit: LengthUnit::Chain, kind: None, approx: true };
    /// assert!((stated.metres() - 132.77).abs() < 0.005);
    /// # Ok::<(), merestone::document::description::NotDecimal>(())
    /// ```
    pub fn metres(&self) -> f64 {
        self.value.value() * self.unit.metres()
    }

    /// Half a unit of the last digit, in metres.
    pub fn half_unit_m(&self) -> f64 {
        self.value.half_unit() * self.unit.metres()
    }
}

/// A unit of area.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum AreaUnit {
    /// 10 000 m².
    Hectare,
    /// 1 000 000 m².
    SquareKilometre,
    /// The square metre.
    SquareMetre,
    /// International acre, 4046.8564224 m².
    Acre,
}

impl AreaUnit {
    /// Square metres in one unit.
    pub const fn square_metres(self) -> f64 {
        match self {
            AreaUnit::Hectare => 1e4,
            AreaUnit::SquareKilometre => 1e6,
            AreaUnit::SquareMetre => 1.0,
            AreaUnit::Acre => 4_046.856_422_4,
        }
    }
}

/// An area as stated.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
pub struct StatedArea {
    /// The number.
    pub value: Decimal,
    /// The unit.
    pub unit: AreaUnit,
    /// Whether the text states "about" or "more or less".
    #[serde(default, skip_serializing_if = "is_false")]
    pub approx: bool,
}

impl StatedArea {
    /// The area in square metres.
    pub fn square_metres(&self) -> f64 {
        self.value.value() * self.unit.square_metres()
    }

    /// Half a unit of the last digit, in square metres.
    pub fn half_unit_m2(&self) -> f64 {
        self.value.half_unit() * self.unit.square_metres()
    }
}

/// An angle with the printed parts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
pub struct StatedAngle {
    /// Degrees.
    pub degrees: Decimal,
    /// Minutes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minutes: Option<Decimal>,
    /// Seconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seconds: Option<Decimal>,
}

impl StatedAngle {
    /// The angle in degrees.
    ///
    /// # Examples
    /// ```
    /// use merestone::document::description::StatedAngle;
    /// let angle = StatedAngle { degrees: "308".parse()?, minutes: Some("18".parse()?), seconds: None };
    /// assert!((angle.value_deg() - 308.3).abs() < 1e-12);
    /// # Ok::<(), merestone::document::description::NotDecimal>(())
    /// ```
    pub fn value_deg(&self) -> f64 {
        let part = |part: &Option<Decimal>, size: f64| part.as_ref().map_or(0.0, |part| part.value() / size);
        let size = self.degrees.value().abs() + part(&self.minutes, 60.0) + part(&self.seconds, 3600.0);
        if self.degrees.digits().starts_with('-') { -size } else { size }
    }

    /// Half a unit of the last digit, in degrees.
    pub fn half_unit_deg(&self) -> f64 {
        match (&self.seconds, &self.minutes) {
            (Some(seconds), _) => seconds.half_unit() / 3600.0,
            (None, Some(minutes)) => minutes.half_unit() / 60.0,
            (None, None) => self.degrees.half_unit(),
        }
    }
}

pub(super) fn is_false(value: &bool) -> bool {
    !value
}

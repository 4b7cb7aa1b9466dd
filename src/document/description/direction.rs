//! Directions as stated in a text.

use super::value::is_false;
use super::{StatedAngle, Words};
#[cfg(feature = "schema")]
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One of the sixteen winds, clockwise from north.
///
/// # Examples
/// ```
/// use merestone::document::description::{Wind, WindCount};
/// assert_eq!(Wind::nearest(150.0, WindCount::Sixteen), Wind::SSE);
/// assert_eq!(Wind::nearest(150.0, WindCount::Eight), Wind::SE);
/// assert_eq!((Wind::SSE.azimuth_deg(), Wind::SSE.opposite()), (157.5, Wind::NNW));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[expect(missing_docs, reason = "the letters say it")]
pub enum Wind {
    N,
    NNE,
    NE,
    ENE,
    E,
    ESE,
    SE,
    SSE,
    S,
    SSW,
    SW,
    WSW,
    W,
    WNW,
    NW,
    NNW,
}

impl Wind {
    /// All winds, clockwise from north.
    pub const ALL: [Wind; 16] = [
        Wind::N,
        Wind::NNE,
        Wind::NE,
        Wind::ENE,
        Wind::E,
        Wind::ESE,
        Wind::SE,
        Wind::SSE,
        Wind::S,
        Wind::SSW,
        Wind::SW,
        Wind::WSW,
        Wind::W,
        Wind::WNW,
        Wind::NW,
        Wind::NNW,
    ];

    /// Its azimuth in degrees.
    pub fn azimuth_deg(self) -> f64 {
        self as u8 as f64 * 22.5
    }

    /// The wind of a rose nearest to an azimuth in degrees; of two equally near ones, the clockwise one.
    pub fn nearest(azimuth_deg: f64, winds: WindCount) -> Wind {
        let turned = azimuth_deg.rem_euclid(360.0);
        // With quadrants, cardinal names are used only very close to the cardinal directions.
        if winds == WindCount::Quadrants {
            let near = Wind::nearest(turned, WindCount::Four);
            let off = (turned - near.azimuth_deg() + 180.0).rem_euclid(360.0) - 180.0;
            return if off.abs() < QUADRANT_CARDINAL_DEG {
                near
            } else {
                Wind::ALL[2 + 4 * ((turned / 90.0) as usize % 4)]
            };
        }
        let step = 16 / winds.number();
        let sector = (turned / winds.sector_deg() + 0.5).floor() as usize;
        Wind::ALL[sector * step % 16]
    }

    /// The opposite wind.
    pub fn opposite(self) -> Wind {
        Wind::ALL[(self as usize + 8) % 16]
    }
}

/// With quadrants, a cardinal word means an azimuth this close to the cardinal one, in degrees.
const QUADRANT_CARDINAL_DEG: f64 = 5.0;

/// The wind rose that a document uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum WindCount {
    /// Four winds, sectors of 90°.
    Four,
    /// Quadrants: an oblique word for each of the four; a cardinal word only for almost exactly cardinal directions.
    Quadrants,
    /// Eight winds, sectors of 45°.
    Eight,
    /// Sixteen winds, sectors of 22.5°.
    Sixteen,
}

impl WindCount {
    /// The number of equal sectors; four for quadrants.
    pub const fn number(self) -> usize {
        match self {
            WindCount::Four | WindCount::Quadrants => 4,
            WindCount::Eight => 8,
            WindCount::Sixteen => 16,
        }
    }

    /// The width of a sector in degrees.
    pub fn sector_deg(self) -> f64 {
        360.0 / self.number() as f64
    }
}

/// The north to which bearings refer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum BearingReference {
    /// Geographic north.
    True,
    /// North of a map grid.
    Grid,
    /// Magnetic north.
    Magnetic,
}

/// A bearing: an azimuth clockwise from north, or an angle within a quadrant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
pub struct StatedBearing {
    /// The angle.
    pub angle: StatedAngle,
    /// The quadrant, as in S 47° E; without one the angle is an azimuth.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quadrant: Option<Quadrant>,
    /// The north, if the clause states it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<BearingReference>,
}

impl StatedBearing {
    /// The azimuth in degrees, clockwise from the stated north.
    ///
    /// # Examples
    /// ```
    /// use merestone::document::description::{Quadrant, StatedAngle, StatedBearing};
    /// let angle = StatedAngle { degrees: "47".parse()?, minutes: None, seconds: None };
    /// let bearing = StatedBearing { angle, quadrant: Some(Quadrant::SE), reference: None };
    /// assert_eq!(bearing.azimuth_deg(), 133.0);
    /// # Ok::<(), merestone::document::description::NotDecimal>(())
    /// ```
    pub fn azimuth_deg(&self) -> f64 {
        let angle = self.angle.value_deg();
        match self.quadrant {
            None => angle,
            Some(Quadrant::NE) => angle,
            Some(Quadrant::SE) => 180.0 - angle,
            Some(Quadrant::SW) => 180.0 + angle,
            Some(Quadrant::NW) => (360.0 - angle).rem_euclid(360.0),
        }
    }
}

/// A quadrant of bearings: from north or south toward east or west.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[expect(missing_docs, reason = "the letters say it")]
pub enum Quadrant {
    NE,
    SE,
    SW,
    NW,
}

/// A side, looking along the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Hand {
    /// To the left.
    Left,
    /// To the right.
    Right,
}

/// The form of a direction.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Heading {
    /// One wind.
    Wind(Wind),
    /// Several: "south and south-westerly".
    Winds(Vec<Wind>),
    /// A range in degrees, clockwise from the first, with its wording: "slightly to the south of west".
    Range {
        /// Its counter-clockwise end.
        from_deg: f64,
        /// Its clockwise end.
        to_deg: f64,
        /// The words.
        text: Words,
    },
    /// A bearing.
    Bearing(StatedBearing),
    /// A turn of the line by an angle.
    Turn {
        /// The angle; a right angle is 90.
        angle: StatedAngle,
        /// The side to which it turns.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        hand: Option<Hand>,
    },
    /// The direction of the previous leg.
    Same,
    /// Words without an angle.
    Text(Words),
}

/// A direction of a leg or of a tie.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
pub struct Direction {
    /// The direction.
    pub heading: Heading,
    /// Whether it is the general direction of a winding line.
    #[serde(default, skip_serializing_if = "is_false")]
    pub general: bool,
    /// Whether the text states "almost" or "about".
    #[serde(default, skip_serializing_if = "is_false")]
    pub approx: bool,
}

impl Direction {
    /// A single wind.
    pub fn wind(wind: Wind) -> Self {
        Direction { heading: Heading::Wind(wind), general: false, approx: false }
    }
}

//! Objects named in a description, and locations of its points.

use super::value::is_false;
use super::{Direction, StatedAngle, StatedLength, Words};
#[cfg(feature = "schema")]
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The class of an object.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum LandmarkClass {
    // Water
    River,
    Stream,
    IntermittentStream,
    RiverBranch,
    Canal,
    Ditch,
    Lake,
    Pond,
    Reservoir,
    Backwater,
    Sea,
    Marsh,
    Island,
    Spring,
    Well,
    Mouth,
    Source,
    Confluence,
    Waterfall,
    Bank,
    Shore,
    Thalweg,
    // Relief
    Summit,
    Height,
    Hill,
    Mountain,
    Range,
    Ridge,
    Watershed,
    Spur,
    Slope,
    SlopeFoot,
    Saddle,
    Pass,
    Gully,
    GullyHead,
    Ravine,
    Gorge,
    Valley,
    Escarpment,
    Contour,
    Mound,
    Rock,
    Cave,
    Glacier,
    // Ways
    Road,
    Highway,
    DirtRoad,
    ImprovedDirtRoad,
    CountryRoad,
    FieldRoad,
    ForestRoad,
    Street,
    Track,
    Path,
    Railway,
    RightOfWay,
    Fork,
    Crossroads,
    Bridge,
    Culvert,
    Ford,
    Tunnel,
    Station,
    // Cover
    Forest,
    ForestEdge,
    ForestCut,
    ForestBlock,
    Shelterbelt,
    Scrub,
    Field,
    Farmland,
    FieldDivision,
    Tree,
    Quarry,
    // Places and structures
    City,
    Town,
    Village,
    Settlement,
    Locality,
    Building,
    Refuge,
    Church,
    Monastery,
    Cemetery,
    CattleBurialGround,
    SummerCamp,
    Farm,
    Dam,
    Sluice,
    Embankment,
    Pipeline,
    PowerLine,
    Pylon,
    TurningPylon,
    Tower,
    Mast,
    Fence,
    Wall,
    GeodeticPoint,
    ShoreSignal,
    BoundaryMark,
    Post,
    Cairn,
    // Lines and areas of administration
    Boundary,
    Parcel,
    // Parts of an object
    Axis,
    Corner,
    Edge,
    Turn,
    Tip,
    Centre,
    Top,
    Side,
    Intersection,
    // Known only from the wording
    Point,
    Other,
}

/// Selects among several similar objects.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Which {
    /// By its number along the line, from 1.
    Ordinal(u32),
    /// All of them.
    All,
    /// Those not named before.
    Remaining,
    /// The first of the two named before.
    Former,
    /// The second of the two named before.
    Latter,
}

/// An object named in the text: followed, crossed, left on one side, or used for a tie.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(default)]
pub struct Landmark {
    /// Its class.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub class: Option<LandmarkClass>,
    /// Its name; the wording of the text if that gives no class.
    #[serde(skip_serializing_if = "Words::is_empty")]
    pub name: Words,
    /// Its other names, in text order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<Words>,
    /// Whether the text states that it has no name.
    #[serde(skip_serializing_if = "is_false")]
    pub unnamed: bool,
    /// The objects to which it belongs: the roads of a fork, the river of a mouth, the objects that meet.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub of: Vec<Landmark>,
    /// The wind of the side or corner meant.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub side: Option<super::Wind>,
    /// Height above sea level of a spot height, a contour or a water level.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub height: Option<StatedLength>,
    /// Its own height above the ground, as of a mound.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tall: Option<StatedLength>,
    /// The territory in which it is.
    #[serde(skip_serializing_if = "Words::is_empty")]
    pub territory: Words,
    /// Its selection among several.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub which: Option<Which>,
    /// Their number: "two unnamed streams".
    #[serde(skip_serializing_if = "Option::is_none")]
    pub count: Option<u32>,
    /// Whether the text refers back to an object named before: "this river".
    #[serde(skip_serializing_if = "is_false")]
    pub anaphora: bool,
}

impl Landmark {
    /// An object of a class.
    pub fn of_class(class: LandmarkClass) -> Self {
        Landmark { class: Some(class), ..Landmark::default() }
    }

    /// The same with a name.
    pub fn named(mut self, name: Words) -> Self {
        self.name = name;
        self
    }
}

/// The line of a water body or a way that is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum FeatureLine {
    /// The middle.
    Middle,
    /// The median line.
    Median,
    /// The line of the greatest depths.
    Thalweg,
    /// The middle of the main fairway.
    MainFairway,
    /// The middle of the main branch or channel.
    MainBranchMiddle,
    /// The bed, without a line in it.
    Bed,
    /// The axis.
    Axis,
    /// The centre line.
    Centre,
    /// An edge or side.
    Edge,
    /// The bank or shore.
    Bank,
    /// Mean high water.
    MeanHighWater,
}

/// A bank, looking downstream.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum BankSide {
    /// The left bank.
    Left,
    /// The right bank.
    Right,
}

/// A tie: the location of a point by distance and direction *from* an object.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
pub struct Tie {
    /// The distance.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub distance: Option<StatedLength>,
    /// The direction from the object to the point.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub direction: Option<Direction>,
    /// The object.
    pub from: Landmark,
}

/// A line or object on which a point lies.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(default)]
pub struct LiesOn {
    /// The object.
    pub landmark: Landmark,
    /// The line of the object, if stated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<FeatureLine>,
    /// The bank of the object, if stated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bank: Option<BankSide>,
}

/// The location of a point.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(default)]
pub struct PointLocation {
    /// The lines on which it lies.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub on: Vec<LiesOn>,
    /// The objects at which it lies: a confluence, a bridge, a summit.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub at: Vec<Landmark>,
    /// Objects near, opposite or in which it lies, without a distance.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub near: Vec<Landmark>,
    /// Its coordinates.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub positions: Vec<StatedPosition>,
    /// Its height above sea level.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub height: Option<StatedLength>,
    /// Its ties.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub ties: Vec<Tie>,
    /// Whether the text leaves its location undetermined.
    #[serde(skip_serializing_if = "is_false")]
    pub undetermined: bool,
}

impl PointLocation {
    /// Whether nothing is stated.
    pub fn is_empty(&self) -> bool {
        *self == PointLocation::default()
    }
}

/// A hemisphere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[expect(missing_docs, reason = "the letters say it")]
pub enum Hemisphere {
    N,
    S,
    E,
    W,
}

/// A latitude or longitude as stated.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
pub struct StatedCoordinate {
    /// The angle.
    pub angle: StatedAngle,
    /// The hemisphere, where stated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hemisphere: Option<Hemisphere>,
    /// A length in addition to the angle: "79° 32′ plus 342.6 metres".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plus: Option<StatedLength>,
}

impl StatedCoordinate {
    /// The angle in degrees, negative in the south and west, without the additional length.
    pub fn value_deg(&self) -> f64 {
        let angle = self.angle.value_deg();
        match self.hemisphere {
            Some(Hemisphere::S | Hemisphere::W) => -angle,
            _ => angle,
        }
    }
}

/// The coordinates of a point as stated.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum StatedPosition {
    /// Latitude and longitude.
    Geographic {
        /// The latitude.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        latitude: Option<StatedCoordinate>,
        /// The longitude.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        longitude: Option<StatedCoordinate>,
        /// Whether the text states the longitude first.
        #[serde(default, skip_serializing_if = "is_false")]
        longitude_first: bool,
        /// Whether the text states "about".
        #[serde(default, skip_serializing_if = "is_false")]
        approx: bool,
    },
    /// Plane coordinates.
    Plane {
        /// The northing in metres.
        northing: super::Decimal,
        /// The easting in metres.
        easting: super::Decimal,
    },
    /// A reference to a map grid.
    Grid {
        /// The reference as printed.
        reference: String,
        /// The unit of its digits in metres, if known.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        unit_m: Option<f64>,
    },
}

//! Objects that a description names, and where its points lie.

use super::value::is_false;
use super::{Direction, StatedAngle, StatedLength, Words};
#[cfg(feature = "schema")]
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What an object is.
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
    // What the words alone tell
    Point,
    Other,
}

/// Which of several like objects.
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

/// An object that the text names: followed, crossed, left on a side, or that a point is tied to.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(default)]
pub struct Landmark {
    /// What it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub class: Option<LandmarkClass>,
    /// Its name; the words of the text where they give no class.
    #[serde(skip_serializing_if = "Words::is_empty")]
    pub name: Words,
    /// Its other names, in the order of the text.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<Words>,
    /// Whether the text calls it nameless.
    #[serde(skip_serializing_if = "is_false")]
    pub unnamed: bool,
    /// What it belongs to: the roads of a fork, the river of a mouth, the objects that meet.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub of: Vec<Landmark>,
    /// The wind of the side or corner meant.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub side: Option<super::Wind>,
    /// Height above sea level, as a spot height, a contour or a water level has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub height: Option<StatedLength>,
    /// Own height above the ground, as that of a mound.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tall: Option<StatedLength>,
    /// The territory in which it stands.
    #[serde(skip_serializing_if = "Words::is_empty")]
    pub territory: Words,
    /// Which of several.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub which: Option<Which>,
    /// How many there are: "two unnamed streams".
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

/// The line of a body of water or of a way that is meant.
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

/// A tie: the point lies at this distance and in this direction *from* the object.
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
    /// The line of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<FeatureLine>,
    /// The bank of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bank: Option<BankSide>,
}

/// Where a point lies.
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
    /// Objects near which, opposite which or in which it lies, without a distance.
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
    /// Whether the text leaves the place to be determined.
    #[serde(skip_serializing_if = "is_false")]
    pub undetermined: bool,
}

impl PointLocation {
    /// Whether nothing is said.
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
    /// A length on top of the angle: "79° 32′ plus 342.6 metres".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plus: Option<StatedLength>,
}

impl StatedCoordinate {
    /// The angle in degrees, negative in the south and west, without the length on top of it.
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
        /// Whether the text has the longitude first.
        #[serde(default, skip_serializing_if = "is_false")]
        longitude_first: bool,
        /// Whether the text says "about".
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
        /// The unit of its digits in metres, where known.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        unit_m: Option<f64>,
    },
}

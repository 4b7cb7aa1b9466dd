//! Clauses: the statements of a description, leg by leg.

use super::value::is_false;
use super::{
    Authority, BankSide, Decimal, Direction, FeatureLine, Hand, Landmark, PointLocation, StatedAngle, StatedArea,
    StatedLength, Tie, Wind, Words,
};
#[cfg(feature = "schema")]
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The kind of a point of a description.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum PointKind {
    /// A point.
    Point,
    /// A turning point.
    Turning,
    /// A node, where three boundaries meet.
    Node,
    /// A boundary mark.
    Mark,
    /// A point where the lines of three states meet.
    Tripoint,
    /// The first point of the description, to which a ring returns.
    Start,
    /// The last point of the description.
    End,
}

/// A point by its kind and number.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
pub struct PointRef {
    /// The kind that the text states.
    pub kind: PointKind,
    /// Its number or letter as printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
}

impl PointRef {
    /// A numbered point.
    pub fn new(kind: PointKind, id: impl Into<String>) -> Self {
        PointRef { kind, id: Some(id.into()) }
    }
}

/// The feature that a leg or a part of it follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Follow {
    /// A straight line.
    Straight,
    /// A river or stream.
    River,
    /// The bank of a river or the shore of a lake.
    Bank,
    /// A lake.
    Lake,
    /// A marsh.
    Marsh,
    /// The windings of a river.
    Meander,
    /// A canal or ditch.
    Canal,
    /// A watershed.
    Watershed,
    /// A ridge or crest.
    Ridge,
    /// A spur.
    Spur,
    /// A slope.
    Slope,
    /// The foot of a slope.
    SlopeFoot,
    /// A contour.
    Contour,
    /// A gully.
    Gully,
    /// A ravine or gorge.
    Ravine,
    /// A road, track or path.
    Road,
    /// A railway.
    Railway,
    /// The edge of a forest.
    ForestEdge,
    /// A cut through a forest.
    ForestCut,
    /// The limit of forest blocks.
    ForestBlock,
    /// A shelterbelt.
    Shelterbelt,
    /// The edge of scrub.
    ScrubEdge,
    /// The division of fields.
    FieldDivision,
    /// Farmland.
    Farmland,
    /// A dam or embankment.
    Dam,
    /// A fence or wall.
    Fence,
    /// The edge of a parcel.
    ParcelEdge,
    /// Another boundary.
    OtherBoundary,
    /// A parallel of latitude.
    Parallel,
    /// A meridian.
    Meridian,
    /// An arc of a circle.
    Arc,
    /// A curve without radius.
    Curve,
    /// A line at a constant distance from an object.
    Offset,
    /// A line midway between objects.
    Midway,
    /// A line at equal distances from coasts.
    Equidistance,
    /// A line along the outside of an object.
    Skirt,
    /// A row of marks, cairns or posts.
    Marks,
    /// Straight lines through the numbered points.
    Points,
    /// A line of a map.
    MapLine,
    /// A list of coordinates in an annex.
    CoordinateList,
    /// A line to be fixed on the ground.
    ToBeFixed,
    /// An object of another kind.
    Other,
}

/// Direction along a river.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Stream {
    /// Against the current.
    Up,
    /// With the current.
    Down,
}

/// The curve that "straight" means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum StraightEdge {
    /// The geodesic of the ellipsoid.
    Geodesic,
    /// The rhumb line.
    Rhumb,
    /// A parallel of latitude.
    Parallel,
    /// Straight in longitude and latitude.
    Lonlat,
    /// Straight in the plane of a map projection.
    Grid,
}

/// A feature that the line crosses.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
pub struct ClauseCrossing {
    /// The feature crossed.
    pub what: Landmark,
    /// Location of the crossing.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ties: Vec<Tie>,
    /// Whether the text states that it is *not* crossed.
    #[serde(default, skip_serializing_if = "is_false")]
    pub not: bool,
}

/// A feature that the line leaves on one side.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(default)]
pub struct LeftOnSide {
    /// The feature.
    pub what: Landmark,
    /// The territory in which it remains.
    #[serde(skip_serializing_if = "Words::is_empty")]
    pub territory: Words,
    /// The side of the line on which it remains, as a wind.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to_the: Option<Wind>,
    /// The side on which it remains, looking along the line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hand: Option<Hand>,
    /// Whether both states use it jointly.
    #[serde(skip_serializing_if = "is_false")]
    pub shared: bool,
}

/// A feature that the line passes.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(default)]
pub struct Passing {
    /// The feature; all features for "between".
    pub what: Vec<Landmark>,
    /// The side of the feature on which the line passes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub side: Option<Wind>,
    /// The distance at which the line passes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub distance: Option<StatedLength>,
}

/// A point through which a leg runs without ending there.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(default)]
pub struct Via {
    /// A numbered point.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub point: Option<PointRef>,
    /// An object: a pass, a summit, a height.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub landmark: Option<Landmark>,
}

/// An arc of a circle.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
pub struct StatedArc {
    /// The side to which it turns.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hand: Option<Hand>,
    /// Its radius.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub radius: Option<StatedLength>,
    /// Its central angle.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub central_angle: Option<StatedAngle>,
}

/// A part of a leg: the feature that the line follows, and those that it meets, in text order.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(default)]
pub struct ClausePart {
    /// The feature followed; absent if the text does not state it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub follow: Option<Follow>,
    /// The objects followed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub along: Vec<Landmark>,
    /// The objects between which it runs.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub between: Vec<Landmark>,
    /// Which line of the object.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<FeatureLine>,
    /// Which bank of the object.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bank: Option<BankSide>,
    /// Which side of the object, by its wind.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub side: Option<Wind>,
    /// Direction along the river.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stream: Option<Stream>,
    /// The curve that "straight" means.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub edge: Option<StraightEdge>,
    /// The latitude of a parallel or longitude of a meridian, in degrees.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub degrees: Option<StatedAngle>,
    /// The arc.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub arc: Option<StatedArc>,
    /// The distance from the object.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub offset: Option<StatedLength>,
    /// Whether the text states that the line is not straight.
    #[serde(skip_serializing_if = "is_false")]
    pub not_straight: bool,
    /// The map or plan whose line it follows.
    #[serde(skip_serializing_if = "Words::is_empty")]
    pub map: Words,
    /// Whether the text states "roughly" or "as far as possible".
    #[serde(skip_serializing_if = "is_false")]
    pub approx: bool,
    /// Directions of the part, if they differ from those of the leg.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub directions: Vec<Direction>,
    /// Its own length.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub length: Option<StatedLength>,
    /// Points through which it runs, in order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub via: Vec<Via>,
    /// Features that it crosses, in order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub crosses: Vec<ClauseCrossing>,
    /// Features that it leaves on one side.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub leaves: Vec<LeftOnSide>,
    /// Features that it passes.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub passes: Vec<Passing>,
    /// Words on the profile: "descends steeply".
    #[serde(skip_serializing_if = "Words::is_empty")]
    pub profile: Words,
}

/// A leg: from a point to a point, in one or several parts that share direction and length.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(default)]
pub struct Clause {
    /// Its start; absent if the text states only "thence".
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<PointRef>,
    /// Location of the start.
    #[serde(skip_serializing_if = "PointLocation::is_empty")]
    pub from_location: PointLocation,
    /// Its parts.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<ClausePart>,
    /// Its directions; both the wind and the bearing if both are stated.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub directions: Vec<Direction>,
    /// The length of the whole leg along the line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub length: Option<StatedLength>,
    /// The straight-line distance between its ends, if stated besides the length.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub chord: Option<StatedLength>,
    /// Its end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<PointRef>,
    /// Location of the end.
    #[serde(skip_serializing_if = "PointLocation::is_empty")]
    pub to_location: PointLocation,
    /// The territories left and right of the leg, looking along it, where stated.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sides: Vec<SideStatement>,
    /// What the text leaves undetermined.
    #[serde(skip_serializing_if = "Words::is_empty")]
    pub unresolved: Words,
}

/// What lies on one side of a leg.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(default)]
pub struct SideStatement {
    /// The side, looking along the leg.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hand: Option<Hand>,
    /// The side, as a wind.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wind: Option<Wind>,
    /// The territory.
    #[serde(skip_serializing_if = "Words::is_empty")]
    pub territory: Words,
    /// Features on that side.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub what: Vec<Landmark>,
}

/// A location of a point stated on its own: the start of a description, a tripoint, a mark.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
pub struct PointClause {
    /// The point.
    pub point: PointRef,
    /// Whether the description starts there.
    #[serde(default, skip_serializing_if = "is_false")]
    pub start: bool,
    /// The territories that meet there.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub meeting: Vec<Words>,
    /// Whether a separate treaty of the three states determines it.
    #[serde(default, skip_serializing_if = "is_false")]
    pub by_separate_treaty: bool,
    /// Its location.
    #[serde(default, skip_serializing_if = "PointLocation::is_empty")]
    pub location: PointLocation,
}

/// A rule of a description.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Rule {
    /// The border is a line and the vertical surface through it.
    LineAndSurface,
    /// The border is defined by the description and the map.
    DescriptionAndMap,
    /// Order of precedence if documents differ, the strongest first.
    Precedence(Vec<Authority>),
    /// The line does not move if the water does.
    WaterFixed,
    /// The line follows natural changes of water.
    WaterMobile,
    /// On navigable rivers the main fairway or thalweg, on others the middle line.
    WaterMiddle,
    /// On lakes the straight line between the points where the line meets the shores.
    LakeStraight,
    /// Left and right bank are defined looking downstream.
    BanksDownstream,
    /// The joint commission adjusts the line.
    Adjustment {
        /// Interval in years.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        years: Option<u32>,
    },
    /// A strip on both sides is kept clear.
    ClearStrip {
        /// Its whole width.
        width: StatedLength,
        /// The width on each side.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        each_side: Option<StatedLength>,
    },
    /// A lost mark is recovered from its neighbours.
    LostMark,
    /// The list of points of a ring ends with its first.
    ClosedRing,
    /// Points are numbered in one series.
    ThroughNumbering,
    /// Lengths are along the line.
    LengthsAlong,
    /// The accuracy of an object does not determine where the line meets it.
    Undetermined(Box<UndeterminedMeeting>),
    /// Another rule, as text.
    Other(Words),
}

/// An object of which the accuracy does not determine where the line meets it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
pub struct UndeterminedMeeting {
    /// The object.
    pub what: Landmark,
    /// The accuracy of its positions.
    pub accuracy: StatedLength,
    /// The points between which the line certainly crosses it; `None` if even that is not determined.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub between: Option<[PointRef; 2]>,
}

/// A total, with the quantity that it counts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Total {
    /// The length of the line.
    Length(StatedLength),
    /// The length on land.
    Land(StatedLength),
    /// The length along rivers.
    Rivers(StatedLength),
    /// The length across lakes.
    Lakes(StatedLength),
    /// The area that a ring encloses.
    Area(StatedArea),
    /// The length of a ring.
    Perimeter(StatedLength),
    /// The sum of the lengths of the legs as printed, where it differs from the rounded length.
    SumOfLegs(StatedLength),
    /// The number of points.
    Points(Decimal),
    /// The number of marks.
    Marks(Decimal),
}

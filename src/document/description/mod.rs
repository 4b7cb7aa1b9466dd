//! The protocol-description of a line as one syntax tree, printed by every writer and built by every parser.
//!
//! Two texts have the same meaning if their trees are equal. Values keep their digits, units and kinds, so that
//! printing a tree and parsing the text restores the tree. An absent field is one that the text does not state.

mod authority;
mod clause;
mod direction;
mod each_words;
mod landmark;
mod value;
mod words;

pub use authority::Authority;
pub use clause::{
    Clause, ClauseCrossing, ClausePart, Follow, LeftOnSide, Passing, PointClause, PointKind, PointRef, Rule,
    SideStatement, StatedArc, StraightEdge, Stream, Total, UndeterminedMeeting, Via,
};
pub use direction::{BearingReference, Direction, Hand, Heading, Quadrant, StatedBearing, Wind, WindCount};
pub use landmark::{
    BankSide, FeatureLine, Hemisphere, Landmark, LandmarkClass, LiesOn, PointLocation, StatedCoordinate,
    StatedPosition, Tie, Which,
};
pub use value::{AreaUnit, Decimal, LengthKind, LengthUnit, NotDecimal, StatedAngle, StatedArea, StatedLength};
pub use words::Words;

#[cfg(feature = "plates")]
pub use super::write::{
    Block, DescriptionPaper, Picture, Unconfirmed, description_languages, paper, territory_form, unconfirmed, written,
};

#[cfg(feature = "schema")]
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Version of the tree, used as the id of its JSON Schema.
pub const DESCRIPTION_SCHEMA: &str = "merestone/description/1";

/// The description of a line.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(default)]
pub struct Description {
    /// Its title.
    #[serde(skip_serializing_if = "Words::is_empty")]
    pub title: Words,
    /// The parties, in the order in which the text names them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub parties: Vec<Words>,
    /// Place and date, and number of the sitting.
    #[serde(skip_serializing_if = "Words::is_empty")]
    pub place_and_date: Words,
    /// The treaties and minutes on which it is based.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub basis: Vec<Words>,
    /// How its numbers and words are to be interpreted.
    #[serde(skip_serializing_if = "Conventions::is_empty")]
    pub conventions: Conventions,
    /// The maps and surveys on which it is based.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<DescriptionSource>,
    /// Definitions and rules, including the precedence of documents.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub rules: Vec<Rule>,
    /// The line, sector by sector.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sections: Vec<Section>,
    /// Totals of the whole.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub totals: Vec<Total>,
    /// The annexed catalogue of coordinates.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub catalogue: Vec<CatalogueEntry>,
    /// The annexed list of map sheets.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sheets: Vec<String>,
    /// The clause on originals and languages.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub originals: Option<Originals>,
}

/// How the numbers and words of a document are to be interpreted.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(default)]
pub struct Conventions {
    /// The wind rose.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub winds: Option<WindCount>,
    /// The unit of lengths.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<LengthUnit>,
    /// The north to which directions refer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub north: Option<BearingReference>,
    /// The reference system of coordinates.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub datum: Option<String>,
    /// The curve that a straight line means.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub edge: Option<StraightEdge>,
    /// The accuracy of positions.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub accuracy: Option<StatedLength>,
}

impl Conventions {
    /// Whether nothing is stated.
    pub fn is_empty(&self) -> bool {
        *self == Conventions::default()
    }
}

/// A map or survey on which a description is based.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(default)]
pub struct DescriptionSource {
    /// Its name, with scale, year and sheets.
    pub name: Words,
    /// Its date.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
}

/// A sector of the line.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(default)]
pub struct Section {
    /// Its heading, without number and length.
    #[serde(skip_serializing_if = "Words::is_empty")]
    pub heading: Words,
    /// Its length as stated in the heading.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub length: Option<StatedLength>,
    /// Its statements, in order.
    pub statements: Vec<Statement>,
}

/// A paragraph of a section.
#[expect(clippy::large_enum_variant, reason = "a tree has few statements, and most of them are legs")]
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Statement {
    /// The location of a point.
    Point(PointClause),
    /// A leg.
    Leg(Clause),
    /// A rule.
    Rule(Rule),
    /// Totals.
    Totals(Vec<Total>),
    /// Other text, kept unchanged.
    Text(Words),
}

/// A row of the annexed catalogue.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
pub struct CatalogueEntry {
    /// The point.
    pub point: String,
    /// Its position.
    pub position: StatedPosition,
    /// Its height.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub height: Option<StatedLength>,
}

/// Number of originals and languages of a description.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
pub struct Originals {
    /// The number of originals.
    pub number: u32,
    /// Their languages, by code.
    pub languages: Vec<String>,
    /// The language that prevails in a dispute.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prevails: Option<String>,
}

impl Description {
    /// The legs in order, each with its indices: section and statement, from 0.
    pub fn legs(&self) -> impl Iterator<Item = ([usize; 2], &Clause)> {
        self.sections.iter().enumerate().flat_map(|(s, section)| {
            section.statements.iter().enumerate().filter_map(move |(i, statement)| match statement {
                Statement::Leg(leg) => Some(([s, i], leg)),
                _ => None,
            })
        })
    }

    /// The points stated on their own, in order, each with its indices.
    pub fn points(&self) -> impl Iterator<Item = ([usize; 2], &PointClause)> {
        self.sections.iter().enumerate().flat_map(|(s, section)| {
            section.statements.iter().enumerate().filter_map(move |(i, statement)| match statement {
                Statement::Point(point) => Some(([s, i], point)),
                _ => None,
            })
        })
    }
}

//! Formats a description as text, in one or several parallel languages.

mod clause;
mod form;
mod localizer;
mod object;
mod paper;
mod place;

pub(in crate::document) use form::{Form, FormLeg, FormPoint};
pub use localizer::territory_form;
pub(in crate::document) use localizer::{Case, territory_name};
pub(in crate::document) use object::{class_form, class_plural};
pub use paper::{Block, DescriptionPaper, Picture, paper};
pub(in crate::document) use paper::{last_of_stretch, usual_title};

use super::description::Statement;
use crate::text;
use localizer::Localizer;

/// Returns the languages in which descriptions are written, by code (ISO 639-1).
pub fn description_languages() -> Vec<&'static str> {
    text::paper_languages().collect()
}

/// A message that a native speaker must confirm before a paper with it is signed.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Unconfirmed {
    /// Code of the language.
    pub language: &'static str,
    /// Name of the message.
    pub message: &'static str,
    /// The message, as in its Fluent file.
    pub text: String,
}

/// Returns the messages that a native speaker must confirm, in the order of their files.
///
/// # Examples
/// ```
/// use merestone::document::description::unconfirmed;
/// assert!(unconfirmed().iter().any(|one| one.language == "hy" && one.message == "line-thalweg"));
/// ```
pub fn unconfirmed() -> Vec<Unconfirmed> {
    text::unconfirmed().map(|(language, message, text)| Unconfirmed { language, message, text }).collect()
}

/// The name of an object in a language, with its class.
pub(in crate::document) fn landmark_name(landmark: &super::description::Landmark, language: &str) -> String {
    Localizer::of(language).map_or_else(String::new, |voice| voice.object(landmark, Case::Nominative))
}

/// Returns a statement as one paragraph in a language; `None` for languages without texts and for statements without
/// content in it.
///
/// Spaces before units and in point numbers are no-break spaces (U+00A0).
///
/// # Examples
/// ```
/// use merestone::document::description::{
///     Clause, ClausePart, Decimal, Direction, Follow, LengthUnit, PointKind, PointRef, Statement, StatedLength, Wind, written,
/// };
/// let leg = Clause {
///     from: Some(PointRef::new(PointKind::Point, "3")),
///     to: Some(PointRef::new(PointKind::Point, "4")),
///     parts: vec![ClausePart { follow: Some(Follow::Straight), ..ClausePart::default() }],
///     directions: vec![Direction::wind(Wind::SSE)],
///     length: Some(StatedLength {
///         value: Decimal::rounded(0.93, 2),
///         unit: LengthUnit::Kilometre,
///         kind: None,
///         approx: false,
///     }),
///     ..Clause::default()
/// };
/// let text = written(&Statement::Leg(leg), "ru").unwrap_or_default().replace('\u{a0}', " ");
/// assert_eq!(
///     text,
///     "От точки 3 граница идет по прямой в юго-юго-восточном направлении на протяжении 0,93 км до точки 4."
/// );
/// ```
pub fn written(statement: &Statement, language: &str) -> Option<String> {
    let localizer = Localizer::of(language)?;
    match statement {
        Statement::Leg(leg) => Some(localizer.leg(leg)),
        Statement::Point(point) => Some(localizer.point_clause(point)),
        Statement::Rule(rule) => localizer.rule(rule),
        Statement::Totals(totals) => Some(localizer.totals(totals).join(" ")).filter(|text| !text.is_empty()),
        Statement::Text(words) => Some(localizer.name(words)).filter(|text| !text.is_empty()),
    }
}

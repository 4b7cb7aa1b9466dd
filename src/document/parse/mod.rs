//! Reads the text of a description into its syntax tree.
//!
//! A lexicon per language says what words mean; two grammars, one for languages that put an object after its preposition
//! and one for those that put it before, build clauses from the meanings. Each field of a clause has the span of bytes
//! it was read from; words that no rule understands are kept as text.

mod angle;
mod conventions;
mod course;
mod ends;
mod gather;
mod items;
mod landmark;
mod leg;
mod lexicon;
mod measure;
mod met;
mod name;
mod number;
mod place;
mod postposed;
mod postposed_object;
mod reader;
mod rule;
mod segment;
mod series;
#[cfg(feature = "plates")]
mod template;
mod token;
mod way;
mod wind;

use super::description::{Description, Statement, WindCount};
use gather::Gathered;
#[cfg(feature = "schema")]
use schemars::JsonSchema;
use serde::Serialize;
use std::ops::Range;
use thiserror::Error;

/// How a text is to be read.
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct ParseOptions {
    /// Its language, by its code (ISO 639-1); by default each paragraph is recognised.
    pub language: Option<String>,
    /// Its rose of winds; by default it is inferred.
    pub winds: Option<WindCount>,
}

/// What a paragraph or clause says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum ClauseKind {
    /// A leg of the line.
    Leg,
    /// Where a point lies.
    Point,
    /// A rule.
    Rule,
    /// Totals.
    Totals,
    /// A heading.
    Heading,
    /// Numbers of a table.
    Table,
    /// Words that no rule understands.
    Text,
}

/// A field of a clause as it was read.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
pub struct ParsedField {
    /// What it is: `from`, `to`, `follow`, `wind`, `length`, `tie`, …
    pub field: String,
    /// Its value in one word or number; lengths in metres, angles in degrees.
    pub value: String,
    /// First byte and byte after the last, in the text.
    pub span: [usize; 2],
    /// The words that it was read from.
    pub text: String,
    /// How sure the reading is, from 0 to 1: 0.9 and more by an explicit form, 0.5 and less by a repair of a damaged one.
    pub confidence: f64,
}

/// Words that no rule understands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
pub struct UnparsedText {
    /// First byte and byte after the last, in the text.
    pub span: [usize; 2],
    /// The words.
    pub text: String,
}

/// A clause with what was read from it.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
pub struct ParsedClause {
    /// Its number, from 1.
    pub clause: usize,
    /// The line of the text on which it begins, from 1.
    pub line: usize,
    /// First byte and byte after the last, in the text.
    pub span: [usize; 2],
    /// Its language, by its code.
    pub language: String,
    /// What it says.
    pub kind: ClauseKind,
    /// Section and statement of the tree, from 0; of a heading, the first statement after it.
    pub place: [usize; 2],
    /// Where a leg begins that says only "thence": the end of the leg before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub starts_at: Option<String>,
    /// Its words.
    pub text: String,
    /// What was read.
    pub fields: Vec<ParsedField>,
    /// What was not.
    pub unparsed: Vec<UnparsedText>,
}

/// A fact about a whole document, and what it follows from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
pub struct InferredFact {
    /// What it is about: `winds`, `unit`, `datum`, `north`, `decimal-mark`, `series`, `language`.
    pub about: String,
    /// The fact.
    pub value: String,
    /// What it follows from.
    pub evidence: String,
    /// Whether the text states it in words.
    pub stated: bool,
}

/// A text, read.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[non_exhaustive]
pub struct ParsedText {
    /// The file that it was read from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// Languages of its clauses, by their codes, in alphabetical order.
    pub languages: Vec<String>,
    /// Facts about the whole.
    pub facts: Vec<InferredFact>,
    /// Clauses with at least one field.
    pub understood: usize,
    /// Clauses that no rule understands.
    pub not_understood: usize,
    /// The clauses in order.
    pub clauses: Vec<ParsedClause>,
    /// The tree.
    pub description: Description,
}

/// Texts that were read.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[non_exhaustive]
pub struct ParseReport {
    /// The texts in order.
    pub texts: Vec<ParsedText>,
}

impl ParseReport {
    /// Adds a text that was read from a file.
    pub fn add(&mut self, path: &str, text: ParsedText) {
        self.texts.push(ParsedText { path: Some(path.to_owned()), ..text });
    }
}

/// An object in one line.
pub(crate) fn describe_landmark(landmark: &super::description::Landmark) -> String {
    place::describe(landmark)
}

/// Metres to the millimetre, without zeros at the end.
pub(crate) fn plain_metres(metres: f64) -> String {
    place::metric(metres)
}

/// A length as a text prints it, with the symbol of its unit.
pub(crate) fn length_text(length: &super::description::StatedLength) -> String {
    use super::description::LengthUnit;
    let unit = match length.unit {
        LengthUnit::Kilometre => "km".to_owned(),
        LengthUnit::Metre => "m".to_owned(),
        LengthUnit::Foot | LengthUnit::SurveyFoot => "ft".to_owned(),
        other => word_of(&other),
    };
    format!("{} {unit}", length.value)
}

/// The word of a value in JSON.
pub(crate) fn word_of<T: Serialize>(value: &T) -> String {
    place::word(value)
}

/// The word of a kind.
pub(crate) fn kind_word(kind: ClauseKind) -> String {
    place::word(&kind)
}

/// Why a text is no description.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum NoDescription {
    /// There is nothing in it.
    #[error("there is no text in it")]
    Empty,
    /// None of its sentences says where a line runs or a point lies.
    #[error("none of its {0} sentences says where a line runs, where a point lies, or by which rule")]
    NoClause(usize),
    /// The language is none of those that are read.
    #[error("\"{0}\" is no language that descriptions are read in: {1}")]
    Language(String, String),
}

/// Codes of the languages that are read.
pub fn parse_languages() -> Vec<&'static str> {
    lexicon::all().iter().map(|lexicon| lexicon.language).collect()
}

/// Reads a description.
///
/// # Method
/// Sentences that this program writes are read by the messages that they were written with, and written again to be sure.
/// Paragraphs and sentences are recognised by language, split into legs at their connectives, and read word by word.
/// Facts of the whole (rose of winds, unit, datum, north) follow from all clauses. Time is linear in the text.
///
/// # Errors
/// The text is empty, or fewer than one sentence in fifty is a clause of a description.
///
/// # Examples
/// ```
/// use merestone::document::parse::{ParseOptions, parse};
/// let text = "From point 3 the boundary runs in a straight line in a south-easterly direction for 0.93 km to point 4.";
/// let read = parse(text, &ParseOptions::default())?;
/// let (_, leg) = read.description.legs().next().expect("a leg");
/// assert_eq!(leg.to.as_ref().and_then(|to| to.id.as_deref()), Some("4"));
/// assert_eq!(leg.length.as_ref().map(|length| length.metres()), Some(930.0));
/// # Ok::<(), merestone::document::parse::NoDescription>(())
/// ```
pub fn parse(text: &str, options: &ParseOptions) -> Result<ParsedText, NoDescription> {
    if text.trim().is_empty() {
        return Err(NoDescription::Empty);
    }
    let wanted = match &options.language {
        None => None,
        Some(code) => {
            Some(lexicon::of(code).ok_or_else(|| NoDescription::Language(code.clone(), parse_languages().join(", ")))?)
        }
    };
    let paragraphs = segment::paragraphs(text, wanted);
    let styles = conventions::Styles::of(text, &paragraphs);
    let mut out = Gathered::default();
    let mut before = reader::Before::default();
    for paragraph in &paragraphs {
        if out.written(text, paragraph, &mut before) {
            continue;
        }
        let style = styles.of_language(paragraph.lexicon);
        for sentence in segment::sentences(text, paragraph) {
            out.sentences += 1;
            let mut made = reader::read(text, sentence.clone(), paragraph.lexicon, style, &mut before);
            let cell = sentence == paragraph.span && segment::is_cell(&text[sentence.clone()]);
            let is_point = |one: &Made| matches!(&one.statement, Statement::Point(point) if point.point.id.is_some());
            if cell && !made.iter().any(is_point) {
                made = vec![Made::table(text, sentence)];
            } else if let [only] = made.as_mut_slice()
                && segment::is_heading(&text[sentence.clone()], sentence == paragraph.span)
            {
                only.head();
            }
            out.add(text, made, paragraph);
        }
    }
    out.finish(text, options)
}

/// A statement with its clause.
struct Made {
    statement: Statement,
    span: Range<usize>,
    fields: Vec<ParsedField>,
    unparsed: Vec<UnparsedText>,
    starts_at: Option<String>,
    heading: bool,
}

impl Made {
    /// Numbers of a table, kept as text.
    fn table(text: &str, span: Range<usize>) -> Self {
        let printed = text[span.clone()].to_owned();
        let bytes = [span.start, span.end];
        let field = ParsedField {
            field: "table".to_owned(),
            value: printed.clone(),
            text: printed,
            span: bytes,
            confidence: 0.6,
        };
        let statement = Statement::Text(super::description::Words::default());
        Made { statement, span, fields: vec![field], unparsed: Vec::new(), starts_at: None, heading: true }
    }

    /// Takes a text that no rule understands as a heading.
    fn head(&mut self) {
        if let (Statement::Text(words), true) = (&self.statement, self.fields.is_empty()) {
            let value = words.0.values().next().cloned().unwrap_or_default();
            let printed = self.unparsed.first().map_or_else(|| value.clone(), |rest| rest.text.clone());
            let span = [self.span.start, self.span.end];
            self.fields.push(ParsedField { field: "heading".to_owned(), text: printed, value, span, confidence: 0.6 });
            self.unparsed.clear();
            self.heading = true;
        }
    }
}

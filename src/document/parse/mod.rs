//! Parses the text of a description into its syntax tree.
//!
//! A lexicon per language has the meanings of words; two grammars, for prepositional and for postpositional languages,
//! build clauses from the meanings. Each field of a clause has the byte span from which it was read; words that match
//! no rule are kept as text.

mod angle;
mod annex;
mod arc;
mod bears;
mod belongs;
mod classes;
mod conventions;
mod course;
mod ends;
mod gather;
mod items;
mod label;
mod landmark;
mod leads;
mod leg;
mod lexicon;
mod listed;
mod measure;
mod met;
mod name;
mod negation;
mod number;
mod place;
mod postposed;
mod postposed_object;
mod postposed_verb;
mod reader;
mod rule;
mod schedule;
mod segment;
mod series;
mod side;
#[cfg(feature = "plates")]
mod template;
mod token;
mod totals;
mod verbs;
mod way;
mod wind;

pub(crate) use annex::{AnnexRow, annexed};

use super::description::{Description, Statement, WindCount};
use gather::TreeBuilder;
#[cfg(feature = "schema")]
use schemars::JsonSchema;
use segment::Paragraph;
use serde::Serialize;
use std::ops::Range;
use thiserror::Error;

/// Options for parsing a text.
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct ParseOptions {
    /// Its language, by its code (ISO 639-1); by default the language of each paragraph is detected.
    pub language: Option<String>,
    /// Its rose of winds; by default inferred.
    pub winds: Option<WindCount>,
}

/// The kind of a paragraph or clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum ClauseKind {
    /// A leg of the line.
    Leg,
    /// The location of a point.
    Point,
    /// A rule.
    Rule,
    /// Totals.
    Totals,
    /// A heading.
    Heading,
    /// Numbers of a table.
    Table,
    /// Words that match no rule.
    Text,
}

/// A parsed field of a clause.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
pub struct ParsedField {
    /// Name: `from`, `to`, `follow`, `wind`, `length`, `tie`, …
    pub field: String,
    /// Its value as one word or number; lengths in metres, angles in degrees.
    pub value: String,
    /// Byte range in the text: first byte, and byte after the last.
    pub span: [usize; 2],
    /// The words from which it was read.
    pub text: String,
    /// Confidence from 0 to 1: at least 0.9 for an explicit form, at most 0.5 for a repaired damaged form.
    pub confidence: f64,
}

/// Words that match no rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
pub struct UnparsedText {
    /// Byte range in the text: first byte, and byte after the last.
    pub span: [usize; 2],
    /// The words.
    pub text: String,
}

/// A parsed clause.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
pub struct ParsedClause {
    /// Its number, from 1.
    pub clause: usize,
    /// The line of the text on which it starts, from 1.
    pub line: usize,
    /// Byte range in the text: first byte, and byte after the last.
    pub span: [usize; 2],
    /// Its language, by its code.
    pub language: String,
    /// Its kind.
    pub kind: ClauseKind,
    /// Section and statement of the tree, from 0; for a heading, the first statement after it.
    pub place: [usize; 2],
    /// The start of a leg that states only "thence": the end of the previous leg.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub starts_at: Option<String>,
    /// Its words.
    pub text: String,
    /// Parsed fields.
    pub fields: Vec<ParsedField>,
    /// Unparsed words.
    pub unparsed: Vec<UnparsedText>,
}

/// A convention of a whole document, and the evidence for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
pub struct InferredFact {
    /// What it is about: `winds`, `unit`, `datum`, `north`, `decimal-mark`, `series`, `language`.
    pub about: String,
    /// The value.
    pub value: String,
    /// The evidence.
    pub evidence: String,
    /// Whether the text states it in words.
    pub stated: bool,
}

/// A parsed text.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[non_exhaustive]
pub struct ParsedText {
    /// The file of the text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// Languages of its clauses, by their codes, in alphabetical order.
    pub languages: Vec<String>,
    /// Conventions of the whole text.
    pub facts: Vec<InferredFact>,
    /// Clauses with at least one field.
    pub understood: usize,
    /// Clauses that match no rule.
    pub not_understood: usize,
    /// The clauses in order.
    pub clauses: Vec<ParsedClause>,
    /// The tree.
    pub description: Description,
}

/// Parsed texts.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[non_exhaustive]
pub struct ParseReport {
    /// The texts in order.
    pub texts: Vec<ParsedText>,
}

impl ParseReport {
    /// Adds a text parsed from a file.
    pub fn add(&mut self, path: &str, text: ParsedText) {
        self.texts.push(ParsedText { path: Some(path.to_owned()), ..text });
    }
}

/// An object in one line.
pub(crate) fn describe_landmark(landmark: &super::description::Landmark) -> String {
    place::describe(landmark)
}

/// Metres to the millimetre, without trailing zeros.
pub(crate) fn plain_metres(metres: f64) -> String {
    place::metric(metres)
}

/// A length as printed in a text, with its unit symbol.
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

/// The name of a value in JSON.
pub(crate) fn word_of<T: Serialize>(value: &T) -> String {
    place::word(value)
}

/// The name of a kind.
pub(crate) fn kind_word(kind: ClauseKind) -> String {
    place::word(&kind)
}

/// The reason why a text is not a description.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum NoDescription {
    /// It is empty.
    #[error("there is no text in it")]
    Empty,
    /// No sentence describes a line or locates a point.
    #[error("none of its {0} sentences says where a line runs, where a point lies, or by which rule")]
    NoClause(usize),
    /// The language is not supported.
    #[error("\"{0}\" is no language that descriptions are read in: {1}")]
    Language(String, String),
}

/// Codes of the supported languages.
pub fn parse_languages() -> Vec<&'static str> {
    lexicon::all().iter().map(|lexicon| lexicon.language).collect()
}

/// Parses a description.
///
/// # Method
/// Sentences written by this program are parsed with the messages that produced them, and written again for
/// verification. Other text is divided into paragraphs and sentences by language, split into legs at connectives, and
/// parsed word by word. Conventions of the whole (rose of winds, unit, datum, north) are inferred from all clauses.
/// Time is linear in the text.
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
    let mut out = TreeBuilder::default();
    let mut before = reader::Before::default();
    let mut schedules = schedule::schedules(text, &paragraphs, &styles).into_iter().peekable();
    let mut end = 0;
    for (number, (paragraph, told)) in paragraphs.iter().zip(gather::told(text, &paragraphs)).enumerate() {
        if let Some(schedule) = schedules.next_if(|schedule| schedule.paragraphs.start == number) {
            end = schedule.paragraphs.end;
            out.sentences += schedule.made.len();
            before.end = schedule.end;
            out.add(text, schedule.made, &Paragraph { span: paragraph.span.clone(), lexicon: schedule.lexicon });
        }
        if number < end {
            continue;
        }
        if out.written(text, paragraph, told, &mut before) {
            continue;
        }
        let style = styles.of_language(paragraph.lexicon);
        let mut sentences = segment::sentences(text, paragraph);
        if let Some((heading, count)) = heading(text, &sentences, paragraph, style) {
            out.sentences += 1;
            out.add(text, vec![Made::heading(text, heading, paragraph.lexicon.language)], paragraph);
            sentences.drain(..count);
        }
        for sentence in sentences {
            // The whole paragraph has been tried.
            let told = if sentence == paragraph.span {
                None
            } else {
                gather::told_in(text, sentence.clone(), paragraph.lexicon)
            };
            if let Some(told) = told {
                out.told(text, paragraph, sentence, told, &mut before);
                continue;
            }
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

/// The name of a part of a paper at the start of a paragraph, with the number of its sentences: the number of the part,
/// and the sentence after it if that names its ends alone ("Section II. From mark 9 to mark 12.").
fn heading(
    text: &str,
    sentences: &[Range<usize>],
    paragraph: &Paragraph,
    style: number::NumberStyle,
) -> Option<(Range<usize>, usize)> {
    /// Fields of the ends of a leg.
    const ENDS: [&str; 6] = ["from", "to", "point-kind", "from-at", "to-on", "anaphora"];
    let first = sentences.first().filter(|first| paragraph.lexicon.is_division(&text[(*first).clone()]))?;
    let Some(second) = sentences.get(1).filter(|_| sentences.len() == 2) else { return Some((first.clone(), 1)) };
    let read = reader::read(text, second.clone(), paragraph.lexicon, style, &mut reader::Before::default());
    let names_ends = read.iter().all(|made| made.fields.iter().all(|field| ENDS.contains(&field.field.as_str())));
    if names_ends { Some((first.start..second.end, 2)) } else { Some((first.clone(), 1)) }
}

/// A statement and its clause.
struct Made {
    statement: Statement,
    span: Range<usize>,
    fields: Vec<ParsedField>,
    unparsed: Vec<UnparsedText>,
    starts_at: Option<String>,
    heading: bool,
}

impl Made {
    fn of(statement: Statement, span: Range<usize>, fields: Vec<ParsedField>) -> Self {
        Made { statement, span, fields, unparsed: Vec::new(), starts_at: None, heading: false }
    }

    /// Numbers of a table, kept as text.
    fn table(text: &str, span: Range<usize>) -> Self {
        Made::kept("table", text, span)
    }

    /// A heading.
    fn heading(text: &str, span: Range<usize>, language: &str) -> Self {
        let words = super::description::Words::of(language, text[span.clone()].trim());
        Made { statement: Statement::Text(words), ..Made::kept("heading", text, span) }
    }

    fn kept(field: &str, text: &str, span: Range<usize>) -> Self {
        let printed = text[span.clone()].to_owned();
        let bytes = [span.start, span.end];
        let field = ParsedField {
            field: field.to_owned(),
            value: printed.clone(),
            text: printed,
            span: bytes,
            confidence: 0.6,
        };
        let statement = Statement::Text(super::description::Words::default());
        Made { statement, span, fields: vec![field], unparsed: Vec::new(), starts_at: None, heading: true }
    }

    /// Treats a text that matches no rule as a heading.
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

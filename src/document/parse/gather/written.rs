//! Paragraphs written by this program.

use super::{ClauseKind, Made, Paragraph, ParsedField, Section, Statement, Told, TreeBuilder, reader};
use crate::document::description::{DescriptionSource, Words};
use crate::document::parse::annex;
use crate::document::parse::lexicon::Lexicon;
use crate::document::parse::template::{self, HeadPart, Read};
use std::ops::Range;

/// Separator of the languages of a heading.
const APART: &str = " / ";
/// Column headings.
const LANGUAGES: [&str; 4] = ["English", "Русский", "Հայերեն", "Azərbaycanca"];
/// Greatest number of words of a party, a basis or a source.
const MOST_WORDS: usize = 60;

/// The current part of the paper.
#[derive(Default)]
pub(in crate::document::parse) struct Place {
    part: Option<HeadPart>,
    /// The languages of its heading, in the order of the columns.
    languages: Vec<&'static str>,
    /// Number of its entries.
    count: usize,
    /// The row of the catalogue.
    row: annex::Row,
}

impl TreeBuilder {
    /// Reads a paragraph written by this program; `false` for others.
    pub fn written(
        &mut self,
        text: &str,
        paragraph: &Paragraph,
        told: Option<Told>,
        before: &mut reader::Before,
    ) -> bool {
        let (span, lexicon) = (paragraph.span.clone(), paragraph.lexicon);
        if told.is_none() && self.head(text, span.clone(), lexicon) {
            return true;
        }
        if let Some(told) = told {
            self.part.part = None;
            self.told(text, paragraph, span, told, before);
            return true;
        }
        self.entry(text, span, lexicon)
    }

    /// A heading, a rule, conventions or totals; a heading may be in several languages.
    fn head(&mut self, text: &str, span: Range<usize>, lexicon: &'static Lexicon) -> bool {
        let Some(read) = headings(text, &pieces(text, span.clone()), lexicon) else { return false };
        let language = read[0].0.language;
        let languages: Vec<&'static str> = read.iter().map(|(lexicon, ..)| lexicon.language).collect();
        let fields: Vec<ParsedField> = read.iter().flat_map(|(.., fields)| fields.clone()).collect();
        let is_first = self.clauses.is_empty();
        let mut kind = ClauseKind::Heading;
        let mut sector: Option<Section> = None;
        for (_, one, _) in read {
            match one {
                Read::Title(title) if is_first => self.tree.title.0.extend(title.0),
                Read::Title(_) => return false,
                Read::Heading(part) => {
                    self.part = Place { part: Some(part), languages: languages.clone(), ..Place::default() };
                }
                Read::Sector(heading, length) => {
                    self.part = Place { languages: languages.clone(), ..Place::default() };
                    let section = sector.get_or_insert_with(Section::default);
                    section.heading.0.extend(heading.0);
                    section.length = length;
                }
                Read::Conventions(read) => {
                    kind = ClauseKind::Rule;
                    let known = &mut self.tree.conventions;
                    known.winds = known.winds.or(read.winds);
                    known.unit = known.unit.or(read.unit);
                    known.north = known.north.or(read.north);
                    known.datum = known.datum.take().or(read.datum);
                    known.edge = known.edge.or(read.edge);
                    known.accuracy = known.accuracy.take().or(read.accuracy);
                }
                Read::Rule(rule) => {
                    kind = ClauseKind::Rule;
                    if !self.tree.rules.contains(&rule) {
                        self.tree.rules.push(rule);
                    }
                }
                Read::Totals(totals) => {
                    kind = ClauseKind::Totals;
                    if self.tree.totals != totals {
                        self.tree.totals.extend(totals);
                    }
                }
            }
        }
        self.tree.sections.extend(sector);
        self.sentences += 1;
        self.without_statement(text, span, fields, kind, language);
        true
    }

    /// An entry of the current part of the paper: a party, a source, a row of an annex.
    fn entry(&mut self, text: &str, span: Range<usize>, lexicon: &'static Lexicon) -> bool {
        let printed = text[span.clone()].split_whitespace().collect::<Vec<_>>().join(" ").replace('\u{2011}', "-");
        let is_heading = LANGUAGES.contains(&printed.as_str());
        // The columns of a sector have headings too.
        let part = match self.part.part {
            Some(part) => part,
            None if is_heading => HeadPart::Signatures,
            None => return false,
        };
        if printed.split(' ').count() > MOST_WORDS {
            return false;
        }
        let mut language = lexicon.language;
        let mut nth = 0;
        if !is_heading && !self.part.languages.is_empty() {
            // Entries alternate between columns: the first in each language, then the second.
            let columns = self.part.languages.len();
            (nth, language) = (self.part.count / columns, self.part.languages[self.part.count % columns]);
            self.part.count += 1;
        }
        let field = match part {
            _ if is_heading => "table",
            HeadPart::Parties | HeadPart::Basis => {
                let list = if part == HeadPart::Parties { &mut self.tree.parties } else { &mut self.tree.basis };
                match list.get_mut(nth) {
                    Some(words) => {
                        words.0.insert(language.to_owned(), printed.clone());
                    }
                    None => list.push(Words::of(language, printed.clone())),
                }
                if part == HeadPart::Parties { "party" } else { "basis" }
            }
            HeadPart::Sources => {
                let (name, date) = template::source(&printed, language);
                match self.tree.sources.get_mut(nth) {
                    Some(source) => {
                        source.name.0.insert(language.to_owned(), name);
                    }
                    None => {
                        let name = Words::of(language, name);
                        self.tree.sources.push(DescriptionSource { name, date });
                    }
                }
                "source"
            }
            HeadPart::Sheets => {
                self.tree.sheets = printed.split(',').map(|sheet| sheet.trim().to_owned()).collect();
                "sheets"
            }
            HeadPart::Catalogue => self.catalogued(&printed),
            HeadPart::Signatures => "table",
            HeadPart::Definitions | HeadPart::Rules | HeadPart::Totals => return false,
        };
        let bytes = [span.start, span.end];
        let field = ParsedField {
            field: field.to_owned(),
            value: printed,
            span: bytes,
            text: text[span.clone()].to_owned(),
            confidence: 0.9,
        };
        let is_table = matches!(part, HeadPart::Catalogue | HeadPart::Signatures) || field.field == "table";
        let kind = if is_table { ClauseKind::Table } else { ClauseKind::Heading };
        self.without_statement(text, span, vec![field], kind, language);
        true
    }

    /// The place of a statement in the tree if it is that of the column beside it, whose words it then joins.
    pub(super) fn beside(&mut self, statement: &Statement, language: &str) -> Option<[usize; 2]> {
        let languages = &self.part.languages;
        let at = languages.iter().position(|known| *known == language).filter(|at| *at > 0)?;
        let before = self.clauses.last().filter(|before| languages[..at].contains(&before.language.as_str()))?;
        let [section, place] = before.place;
        let joined = self.tree.sections.get_mut(section)?.statements.get_mut(place)?.join(statement);
        joined.then_some([section, place])
    }

    /// The field of a cell of the annexed catalogue; a latitude shows that the cell before it is a point.
    fn catalogued(&mut self, printed: &str) -> &'static str {
        let (field, entry) = self.part.row.cell(printed);
        self.tree.catalogue.extend(entry);
        if field == Some(annex::LATITUDE)
            && let Some(before) = self.clauses.last_mut().and_then(|clause| clause.fields.first_mut())
        {
            before.field = annex::POINT.to_owned();
        }
        field.unwrap_or("table")
    }

    fn without_statement(
        &mut self,
        text: &str,
        span: Range<usize>,
        fields: Vec<ParsedField>,
        kind: ClauseKind,
        language: &str,
    ) {
        let section = self.tree.sections.len().saturating_sub(1);
        let place = [section, self.tree.sections.get(section).map_or(0, |section| section.statements.len())];
        self.clause(text, Made::of(Statement::Text(Words::default()), span, fields), kind, language, place);
    }

    /// Removes a title that only repeats the parties and sectors.
    pub(super) fn untitled(&mut self, languages: &[String]) {
        let title = std::mem::take(&mut self.tree.title);
        let usual = |language: &String| crate::document::write::usual_title(&self.tree, language);
        let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ").replace('\u{2011}', "-");
        let all: Vec<String> = languages.iter().map(usual).collect();
        let is_usual = title.0.values().all(|text| {
            let printed = words(text);
            printed.split(APART).all(|part| all.iter().any(|usual| words(usual) == part))
        });
        if !is_usual {
            self.tree.title = title;
        }
    }
}

/// A paragraph of the head or the end of a paper, with the lexicon of its language.
type HeadParagraph = (&'static Lexicon, Read, Vec<ParsedField>);

/// Greatest number of pieces of a heading.
const MOST_PIECES: usize = 16;

/// Reads the pieces of a heading, one for each language; a name may contain the separator.
fn headings(text: &str, pieces: &[Range<usize>], lexicon: &'static Lexicon) -> Option<Vec<HeadParagraph>> {
    let least = if pieces.len() > MOST_PIECES { pieces.len() } else { 1 };
    for count in least..=pieces.len() {
        let (this, rest) = pieces.split_at(count);
        let Some(one) = of_paper(text, this[0].start..this[count - 1].end, lexicon) else { continue };
        if rest.is_empty() {
            return Some(vec![one]);
        }
        if is_heading(&one.1)
            && let Some(more) = headings(text, rest, lexicon)
            && more.iter().all(|(_, other, _)| is_heading(other))
        {
            return Some([vec![one], more].concat());
        }
    }
    None
}

fn is_heading(one: &Read) -> bool {
    matches!(one, Read::Title(_) | Read::Heading(_) | Read::Sector(..))
}

/// Reads a piece in this language, else in another: that of a short heading may be ambiguous.
fn of_paper(text: &str, piece: Range<usize>, lexicon: &'static Lexicon) -> Option<HeadParagraph> {
    let others = crate::document::parse::lexicon::all().iter().filter(|other| !std::ptr::eq(*other, lexicon));
    let sentence = template::Sentence::new(text, piece);
    std::iter::once(lexicon).chain(others).find_map(|lexicon| {
        let (one, fields) = template::of_paper(&sentence, lexicon)?;
        Some((lexicon, one, fields))
    })
}

/// The languages of a heading, in order.
fn pieces(text: &str, span: Range<usize>) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut start = span.start;
    for (at, mark) in text[span.clone()].match_indices(APART) {
        out.push(start..span.start + at);
        start = span.start + at + mark.len();
    }
    out.push(start..span.end);
    out
}

//! Assembles the statements of a text into its tree.

use super::lexicon::{self, Lexicon, Tag};
use super::segment::Paragraph;
use super::token::tokens;
use super::{
    ClauseKind, Made, NoDescription, ParseOptions, ParsedClause, ParsedField, ParsedText, UnparsedText, conventions,
    reader,
};
use crate::document::description::{Description, PointKind, Section, Statement};
use std::ops::Range;

/// The tree under construction.
#[derive(Default)]
pub(super) struct Gathered {
    pub(super) tree: Description,
    pub sentences: usize,
    pub(super) clauses: Vec<ParsedClause>,
    line: usize,
    counted: usize,
    #[cfg(feature = "plates")]
    part: written::Place,
}

/// A statement in the words of this program, with its fields and the words that match no rule.
pub(super) type Told = (Statement, Vec<ParsedField>, Vec<UnparsedText>);

/// The statement of each paragraph that this program wrote. Paragraphs do not depend on each other.
pub(super) fn told(text: &str, paragraphs: &[Paragraph]) -> Vec<Option<Told>> {
    use rayon::prelude::*;
    paragraphs.par_iter().map(|one| told_in(text, one.span.clone(), one.lexicon)).collect()
}

/// The statement of a sentence that this program wrote, even if words of it were changed since.
#[cfg(feature = "plates")]
pub(super) fn told_in(text: &str, span: Range<usize>, lexicon: &Lexicon) -> Option<Told> {
    let exact = super::template::statement(text, span.clone(), lexicon);
    let exact = exact.map(|(statement, fields)| (statement, fields, Vec::new()));
    exact.or_else(|| super::template::edited(text, span, lexicon))
}

#[cfg(not(feature = "plates"))]
pub(super) fn told_in(_: &str, _: Range<usize>, _: &Lexicon) -> Option<Told> {
    None
}

/// Fields that occur only in descriptions of lines.
const SURE: [&str; 6] = ["bearing", "chord", "closes", "convention", "meeting", "rule"];

/// Fields that other texts have too ("a road of 30 km", "north of the village"), but not two of them in a sentence about a
/// boundary.
const LIKELY: [&str; 15] = [
    "from",
    "to",
    "follow",
    "wind",
    "winds",
    "direction",
    "stream",
    "line",
    "bank",
    "length",
    "not-straight",
    "leaves",
    "crosses",
    "via",
    "total-length",
];

/// Whether a clause has fields that occur only in descriptions: narratives also mention roads to villages.
fn is_sure(clause: &ParsedClause) -> bool {
    if matches!(clause.kind, ClauseKind::Heading | ClauseKind::Table | ClauseKind::Text) {
        return false;
    }
    let says = |field: &ParsedField| {
        SURE.contains(&field.field.as_str()) || field.field.ends_with("-tie") || field.field.ends_with("-position")
    };
    if clause.fields.iter().any(says) {
        return true;
    }
    let is_numbered = |field: &&ParsedField| {
        ["from", "to", "point"].contains(&field.field.as_str())
            && (field.value.chars().any(|c| c.is_ascii_digit()) || field.value.chars().count() <= 3)
    };
    let is_likely = |field: &&ParsedField| LIKELY.contains(&field.field.as_str());
    let mut likely: Vec<&str> = clause.fields.iter().filter(is_likely).map(|field| field.field.as_str()).collect();
    likely.sort_unstable();
    likely.dedup();
    let is_numbered = clause.fields.iter().any(|field| is_numbered(&field));
    is_numbered && (likely.len() >= 2 || clause.kind == ClauseKind::Point)
        || likely.len() >= 2 && names_boundary(clause)
}

/// Whether a clause names the boundary, or starts where the previous one ends.
fn names_boundary(clause: &ParsedClause) -> bool {
    let Some(lexicon) = lexicon::of(&clause.language) else { return false };
    let words = tokens(&clause.text, 0..clause.text.len());
    (0..words.len()).any(|at| matches!(lexicon.meaning(&words[at..]), Some((Tag::Subject | Tag::Here, _))))
}

impl Gathered {
    pub fn add(&mut self, text: &str, made: Vec<Made>, paragraph: &Paragraph) {
        for one in made {
            let kind = match &one.statement {
                Statement::Text(words) if one.heading && words.is_empty() => ClauseKind::Table,
                _ if one.heading => ClauseKind::Heading,
                Statement::Leg(_) => ClauseKind::Leg,
                Statement::Point(_) => ClauseKind::Point,
                Statement::Rule(_) => ClauseKind::Rule,
                Statement::Totals(_) => ClauseKind::Totals,
                Statement::Text(_) => ClauseKind::Text,
            };
            let heads = match (&one.statement, one.heading) {
                (Statement::Text(words), true) if !words.is_empty() => Some(words.clone()),
                _ => None,
            };
            match heads {
                // The first is the title of the whole; later ones start sections.
                Some(words) if self.clauses.is_empty() => self.tree.title = words,
                Some(heading) => self.tree.sections.push(Section { heading, ..Section::default() }),
                None => {}
            }
            let place = self.place();
            let is_heading = one.heading;
            let statement = self.clause(text, one, kind, paragraph.lexicon.language, place);
            if !is_heading {
                self.tree.sections[place[0]].statements.push(statement);
            }
        }
    }

    /// Adds a statement in the words of this program.
    pub fn told(
        &mut self,
        text: &str,
        paragraph: &Paragraph,
        span: Range<usize>,
        (statement, fields, unparsed): Told,
        before: &mut reader::Before,
    ) {
        self.sentences += 1;
        let end = match &statement {
            Statement::Leg(leg) => leg.to.as_ref(),
            Statement::Point(point) => Some(&point.point),
            _ => None,
        };
        let named = |kind: PointKind| (kind != PointKind::Point).then(|| super::word_of(&kind));
        before.end = end.and_then(|end| end.id.clone().or_else(|| named(end.kind)));
        self.add(text, vec![Made { unparsed, ..Made::of(statement, span, fields) }], paragraph);
    }

    /// Section and index of the next statement.
    fn place(&mut self) -> [usize; 2] {
        if self.tree.sections.is_empty() {
            self.tree.sections.push(Section::default());
        }
        let section = self.tree.sections.len() - 1;
        [section, self.tree.sections[section].statements.len()]
    }

    /// Adds a clause, and returns its statement.
    fn clause(&mut self, text: &str, one: Made, kind: ClauseKind, language: &str, place: [usize; 2]) -> Statement {
        self.line += text[self.counted..one.span.start].bytes().filter(|byte| *byte == b'\n').count();
        self.counted = one.span.start;
        self.clauses.push(ParsedClause {
            clause: self.clauses.len() + 1,
            line: self.line + 1,
            span: [one.span.start, one.span.end],
            language: language.to_owned(),
            kind,
            place,
            starts_at: one.starts_at,
            text: text[one.span].to_owned(),
            fields: one.fields,
            unparsed: one.unparsed,
        });
        one.statement
    }

    pub fn finish(mut self, text: &str, options: &ParseOptions) -> Result<ParsedText, NoDescription> {
        let of = |kind: ClauseKind| self.clauses.iter().filter(|clause| clause.kind == kind).count();
        let not_understood = of(ClauseKind::Text);
        let understood = self.clauses.len() - not_understood;
        let clauses = self.clauses.iter().filter(|clause| is_sure(clause)).count();
        if clauses * 50 < self.clauses.len() - of(ClauseKind::Table) || understood == 0 {
            return Err(NoDescription::NoClause(self.sentences));
        }
        let mut languages: Vec<String> = self
            .clauses
            .iter()
            .filter(|clause| clause.kind != ClauseKind::Text)
            .map(|clause| clause.language.clone())
            .collect();
        languages.sort();
        languages.dedup();
        #[cfg(feature = "plates")]
        self.untitled(&languages);
        let mut facts = conventions::infer(text, &self.clauses, &mut self.tree, options);
        facts.extend(self.name_ends_of_rows());
        Ok(ParsedText {
            path: None,
            languages,
            facts,
            understood,
            not_understood,
            clauses: self.clauses,
            description: self.tree,
        })
    }

    #[cfg(not(feature = "plates"))]
    pub fn written(&mut self, _: &str, _: &Paragraph, _: Option<Told>, _: &mut reader::Before) -> bool {
        false
    }
}

/// Paragraphs written by this program.
#[cfg(feature = "plates")]
mod written {
    use super::{ClauseKind, Gathered, Made, Paragraph, ParsedField, Section, Statement, Told, reader};
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

    impl Gathered {
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
                        self.part = Place::default();
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
            let Some(part) = self.part.part else { return false };
            let printed = text[span.clone()].split_whitespace().collect::<Vec<_>>().join(" ").replace('\u{2011}', "-");
            if printed.split(' ').count() > MOST_WORDS {
                return false;
            }
            let mut language = lexicon.language;
            let is_heading = LANGUAGES.contains(&printed.as_str());
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
    type Found = (&'static Lexicon, Read, Vec<ParsedField>);

    /// Greatest number of pieces of a heading.
    const MOST_PIECES: usize = 16;

    /// Reads the pieces of a heading, one for each language; a name may contain the separator.
    fn headings(text: &str, pieces: &[Range<usize>], lexicon: &'static Lexicon) -> Option<Vec<Found>> {
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
    fn of_paper(text: &str, piece: Range<usize>, lexicon: &'static Lexicon) -> Option<Found> {
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
}

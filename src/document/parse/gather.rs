//! Assembles the statements of a text into its tree.

#[cfg(feature = "plates")]
mod written;

use super::lexicon::{self, Lexicon, Tag};
use super::segment::Paragraph;
use super::token::tokens;
use super::{
    ClauseKind, Made, NoDescription, ParseOptions, ParsedClause, ParsedField, ParsedText, UnparsedText, conventions,
    reader,
};
use crate::document::description::{Clause, Description, PointKind, Section, Statement};
use std::ops::Range;

/// The tree under construction.
#[derive(Default)]
pub(super) struct TreeBuilder {
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
const SURE: [&str; 9] =
    ["bearing", "chord", "closes", "convention", "meeting", "rule", "total-land", "total-rivers", "total-lakes"];

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
    let says = |field: &ParsedField| SURE.contains(&field.field.as_str()) || field.field.ends_with("-position");
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
    // Narratives have distances from places too.
    let is_tied = clause.fields.iter().any(|field| field.field.ends_with("-tie"));
    is_tied && (is_numbered || names_boundary(clause))
        || is_numbered && (likely.len() >= 2 || clause.kind == ClauseKind::Point)
        || likely.len() >= 2 && names_boundary(clause)
}

/// Whether a clause names the boundary, or starts where the previous one ends.
fn names_boundary(clause: &ParsedClause) -> bool {
    let Some(lexicon) = lexicon::of(&clause.language) else { return false };
    let words = tokens(&clause.text, 0..clause.text.len());
    (0..words.len()).any(|at| matches!(lexicon.meaning(&words[at..]), Some((Tag::Subject | Tag::Here, _))))
}

impl TreeBuilder {
    pub fn add(&mut self, text: &str, made: Vec<Made>, paragraph: &Paragraph) {
        for one in made {
            let Some(one) = self.with_length(text, one, paragraph) else { continue };
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

    /// "The length of this section is …" after a leg of the same paragraph without a length: that of the leg.
    fn with_length(&mut self, text: &str, one: Made, paragraph: &Paragraph) -> Option<Made> {
        let Statement::Leg(leg) = &one.statement else { return Some(one) };
        let length = leg.length.clone().filter(|_| *leg == Clause { length: leg.length.clone(), ..Clause::default() });
        let Some(before) = self.clauses.last_mut() else { return Some(one) };
        let is_near = before.kind == ClauseKind::Leg && before.span[0] >= paragraph.span.start;
        let [section, place] = before.place;
        let statements = self.tree.sections.get_mut(section).map(|section| &mut section.statements);
        let open = match statements.and_then(|all| all.get_mut(place)) {
            Some(Statement::Leg(open)) if is_near && open.length.is_none() && !one.heading => open,
            _ => return Some(one),
        };
        let (Some(length), true) = (length, open.to.is_some()) else { return Some(one) };
        open.length = Some(length);
        before.span[1] = one.span.end;
        before.text = text[before.span[0]..before.span[1]].to_owned();
        before.fields.extend(one.fields);
        before.unparsed.extend(one.unparsed);
        None
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
        #[cfg(feature = "plates")]
        if let Some(place) = self.beside(&statement, paragraph.lexicon.language) {
            let kind = self.clauses.last().map_or(ClauseKind::Text, |before| before.kind);
            let made = Made { unparsed, ..Made::of(statement, span, fields) };
            self.clause(text, made, kind, paragraph.lexicon.language, place);
            return;
        }
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

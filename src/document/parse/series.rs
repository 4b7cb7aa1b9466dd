//! Schedules of courses between consecutive points: each row is one course, whose numbers stand in columns at its end.

use super::gather::TreeBuilder;
use super::{InferredFact, ParsedClause, ParsedField, conventions};
use crate::document::description::{PointKind, PointRef, Statement};

/// How sure a number is that follows from those before and after it.
const CONFIDENCE: f64 = 0.5;
/// So many rows show by themselves that points follow each other by ones.
const LEAST_ROWS: usize = 2;

/// A row: its clauses, and the numbers of the points at its ends.
struct Row {
    first: usize,
    last: usize,
    from: Option<u32>,
    to: Option<u32>,
    /// Whether the text says where it begins.
    says_from: bool,
}

fn number(field: &ParsedField) -> Option<u32> {
    field.value.parse().ok()
}

/// The rows of a text, each up to the clause with the columns.
fn rows(clauses: &[ParsedClause]) -> Vec<Row> {
    let mut out: Vec<Row> = Vec::new();
    let mut first = 0;
    for (last, clause) in clauses.iter().enumerate() {
        let has = |name: &str| clause.fields.iter().any(|field| field.field == name && field.text.len() < 12);
        if !(has("chord") && has("bearing")) {
            continue;
        }
        let all = || clauses[first..=last].iter().flat_map(|clause| &clause.fields);
        let stated = all().find(|field| field.field == "from").and_then(number);
        let begins = || clauses[first..=last].iter().find_map(|clause| clause.starts_at.as_ref()?.parse().ok());
        let to = all().filter(|field| field.field == "to" || field.field == "point").filter_map(number).next_back();
        out.push(Row { first, last, from: stated.or_else(begins), to, says_from: stated.is_some() });
        first = last + 1;
    }
    out
}

impl TreeBuilder {
    /// Names the ends that rows leave to their neighbours: where points follow each other by ones, a row that ends at one
    /// begins at the one before it, and one that begins at one ends at the next.
    pub(super) fn name_ends_of_rows(&mut self) -> Option<InferredFact> {
        let rows = rows(&self.clauses);
        let follows = |row: &&Row| row.from.zip(row.to).is_some_and(|(from, to)| from + 1 == to);
        let agree = rows.iter().filter(follows).count();
        let differ = rows.iter().filter(|row| row.says_from && row.to.is_some() && !follows(row)).count();
        if agree < LEAST_ROWS || differ >= agree {
            return None;
        }
        for row in &rows {
            if let (Some(to), false) = (row.to, row.says_from)
                && to > 0
            {
                self.clauses[row.first].starts_at = Some((to - 1).to_string());
            }
            if let (None, Some(from)) = (row.to, row.from) {
                self.end_row(row, (from + 1).to_string());
            }
        }
        let evidence = format!("{agree} of {} rows of the schedule run from a point to the next", rows.len());
        Some(conventions::fact("series", "points follow each other by ones", evidence, false))
    }

    fn end_row(&mut self, row: &Row, id: String) {
        let clause = &mut self.clauses[row.last];
        let [section, place] = clause.place;
        let statements = self.tree.sections.get_mut(section).map(|section| &mut section.statements);
        let Some(Statement::Leg(leg)) = statements.and_then(|all| all.get_mut(place)) else { return };
        if leg.to.is_some() {
            return;
        }
        leg.to = Some(PointRef::new(PointKind::Mark, id.clone()));
        // It is read from the columns, at the end of the row.
        let columns = clause.fields.iter().rfind(|field| field.field == "chord").cloned();
        clause.fields.extend(columns.map(|columns| ParsedField {
            field: "to".to_owned(),
            value: id,
            confidence: CONFIDENCE,
            ..columns
        }));
    }
}

//! The ledger of a proposal: the land that passes from one territory to another, and who proposes it.

use super::Column;
use crate::earth::polygon_area_m2;
use crate::map::canvas::{Align, Text};
use crate::map::content::Content;
use crate::map::naming::check_text;
use crate::map::palette::{GREY_INK, PROPOSAL};
use crate::map::paper::mm;
use crate::map::parties::Parties;
use crate::map::requests::area_error_km2;
use crate::map::{MapError, words};
use crate::model::Name;
use std::collections::{BTreeMap, BTreeSet};

/// The land of a proposal, piece by piece.
pub(crate) struct Ledger {
    rows: Vec<Row>,
    /// The proposers; `None` for land without a stated proposer.
    proposed_by: BTreeSet<Option<String>>,
}

struct Row {
    name: Name,
    id: String,
    from: String,
    to: String,
    held_by: Option<String>,
    km2: f64,
    /// Standard error of the area, if known.
    error_km2: Option<f64>,
}

const ROW_MM: f64 = 2.9;

/// From which territory land passes to which, or with which it stays.
pub(crate) fn passage(from: &str, to: &str, language: &str) -> String {
    if from == to {
        return words::STAYS.with(language, &[("from", from)]);
    }
    words::PASSES.with(language, &[("from", from), ("to", to)])
}

fn capitalised(text: &str) -> String {
    let mut rest = text.chars();
    rest.next().map_or_else(String::new, |first| first.to_uppercase().chain(rest).collect())
}

impl Ledger {
    pub(crate) fn of(content: &Content) -> Self {
        let mut ledger = Ledger { rows: Vec::new(), proposed_by: BTreeSet::new() };
        for (piece, layer) in &content.pieces {
            let by = piece.proposed_by.clone().or_else(|| layer.info.proposed_by.clone());
            ledger.proposed_by.insert(by);
            ledger.rows.push(Row {
                name: piece.meta.name.clone(),
                id: piece.meta.id.clone(),
                from: piece.from.clone().unwrap_or_else(|| "?".to_owned()),
                to: piece.to.clone().unwrap_or_else(|| "?".to_owned()),
                held_by: piece.meta.controlled_by.clone(),
                km2: piece.parts.iter().map(polygon_area_m2).sum::<f64>() / 1e6,
                error_km2: area_error_km2(&piece.parts, &piece.meta),
            });
        }
        ledger
    }

    /// Area of the land that passes, by direction.
    fn totals(&self) -> BTreeMap<(&str, &str), (f64, Option<f64>)> {
        let mut totals: BTreeMap<(&str, &str), (f64, Option<f64>)> = BTreeMap::new();
        for row in self.rows.iter().filter(|r| r.from != r.to) {
            let (km2, error) = totals.entry((row.from.as_str(), row.to.as_str())).or_insert((0.0, Some(0.0)));
            *km2 += row.km2;
            *error = error.zip(row.error_km2).map(|(a, b)| a.hypot(b));
        }
        totals
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    fn note(&self, language: &str, illustration: bool) -> Text {
        if illustration {
            return Text::new(words::LEDGER_ILLUSTRATION.get(language), 5.2).color(PROPOSAL);
        }
        let not_stated = words::NOT_STATED.get(language);
        let by: Vec<&str> = self.proposed_by.iter().map(|by| by.as_deref().unwrap_or(&not_stated)).collect();
        Text::new(words::LEDGER_NOTE.with(language, &[("name", &by.join("; "))]), 5.2).color(PROPOSAL)
    }

    /// Draws the land with its sovereign and its administering territory, before and after; then the sums by direction.
    pub(crate) fn draw(
        &self,
        column: &mut Column,
        language: &str,
        parties: &Parties,
        illustration: bool,
    ) -> Result<(), MapError> {
        column.sheet.open("ledger");
        let right = column.x_mm + column.width_mm;
        let heads =
            [words::ADMINISTRATION, words::SOVEREIGNTY].map(|m| Text::new(m.get(language), 5.2).color(GREY_INK));
        // Each column is as wide as its widest entry.
        let change = |from: &str, to: &str| if from == to { from.to_owned() } else { format!("{from} → {to}") };
        let not_stated = words::NOT_STATED.get(language);
        let cells = |row: &Row| {
            let holder = row.held_by.as_deref().unwrap_or(&not_stated);
            [change(holder, &row.to), change(&row.from, &row.to)].map(|text| Text::new(text, 5.2))
        };
        let wide = |i: usize| self.rows.iter().map(|row| cells(row)[i].width_mm()).fold(heads[i].width_mm(), f64::max);
        let first = right - 14.0;
        let at = [first, first - wide(0) - 2.5];
        column.y_mm += ROW_MM;
        for (head, at) in heads.iter().zip(at) {
            column.sheet.text(mm(at, column.y_mm), head, Align::End, 0.0);
        }
        for row in &self.rows {
            column.y_mm += ROW_MM;
            let name = row.name.best(&[language.to_owned()]).unwrap_or(&row.id);
            let name = Text::new(name, 5.6);
            check_text(&name, &row.id)?;
            column.sheet.text(mm(column.x_mm, column.y_mm), &name, Align::Start, 0.0);
            for (cell, at) in cells(row).iter().zip(at) {
                column.sheet.text(mm(at, column.y_mm), cell, Align::End, 0.0);
            }
            let area = Text::new(words::area(row.km2, row.error_km2, language), 5.6);
            column.sheet.text(mm(right, column.y_mm), &area, Align::End, 0.0);
        }
        let mut totals: Vec<_> = self.totals().into_iter().collect();
        totals.sort_by_key(|((from, _), _)| parties.rank(from));
        for ((from, to), (km2, error)) in &totals {
            column.y_mm += ROW_MM;
            let text = Text::new(capitalised(&passage(from, to, language)), 5.6).bold();
            column.sheet.text(mm(column.x_mm, column.y_mm), &text, Align::Start, 0.0);
            let sum = Text::new(words::area(*km2, *error, language), 5.6).bold();
            column.sheet.text(mm(right, column.y_mm), &sum, Align::End, 0.0);
        }
        if totals.is_empty() {
            column.y_mm += ROW_MM;
            let text = Text::new(words::NOTHING_PASSES.get(language), 5.6).bold();
            column.sheet.text(mm(column.x_mm, column.y_mm), &text, Align::Start, 0.0);
        }
        column.y_mm += 0.6;
        let note = self.note(language, illustration);
        check_text(&note, "the ledger")?;
        column.paragraph(&note, 1.22);
        column.sheet.close();
        Ok(())
    }
}

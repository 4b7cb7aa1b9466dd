//! The ledger of a proposal: the land that passes from one territory to another, and who proposes it.

use super::Column;
use crate::earth::polygon_area_m2;
use crate::map::canvas::{Align, Text};
use crate::map::content::Content;
use crate::map::fonts::LEAST_PT;
use crate::map::naming::check_text;
use crate::map::palette::{GREY_INK, PROPOSAL};
use crate::map::paper::mm;
use crate::map::parties::Parties;
use crate::map::requests::area_error_km2;
use crate::map::{MapError, words};
use crate::model::Name;
use crate::text::Voice;
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

/// Distance between rows, and between the lines of one row, in millimetres.
const ROW_MM: f64 = 2.9;
const UNDER_MM: f64 = 2.3;

/// From which territory land passes to which, or with which it stays: codes, the same in every language.
pub(crate) fn passage(from: &str, to: &str) -> String {
    if from == to { from.to_owned() } else { format!("{from} → {to}") }
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

    fn note(&self, voice: Voice, illustration: bool) -> Option<Text> {
        let not_stated = words::NOT_STATED.get(voice.language());
        let by: Vec<&str> = self.proposed_by.iter().map(|by| by.as_deref().unwrap_or(&not_stated)).collect();
        let text = match illustration {
            true => voice.say(words::LEDGER_ILLUSTRATION, &[]),
            false => voice.say(words::LEDGER_NOTE, &[("name", &by.join("; "))]),
        };
        text.map(|text| Text::new(text, 5.2).color(PROPOSAL).lang(voice.language()))
    }

    /// Draws the land with its sovereign and its administering territory, before and after; then the sums by direction. Words
    /// and names are in the first language, and below it in the others.
    pub(crate) fn draw(
        &self,
        column: &mut Column,
        voices: &[Voice],
        parties: &Parties,
        illustration: bool,
    ) -> Result<(), MapError> {
        let Some(language) = voices.first().map(|voice| voice.language()) else { return Ok(()) };
        column.sheet.open("ledger");
        let right = column.x_mm + column.width_mm;
        let head = |voice: &Voice, message| voice.say(message, &[]).map(|text| Text::new(text, 5.2).color(GREY_INK));
        let heads: Vec<[Option<Text>; 2]> = voices
            .iter()
            .map(|voice| [words::ADMINISTRATION, words::SOVEREIGNTY].map(|message| head(voice, message)))
            .collect();
        // Each column is as wide as its widest entry.
        let not_stated = words::NOT_STATED.get(language);
        let cells = |row: &Row| {
            let holder = row.held_by.as_deref().unwrap_or(&not_stated);
            [passage(holder, &row.to), passage(&row.from, &row.to)].map(|text| Text::new(text, 5.2))
        };
        let wide = |i: usize| {
            let all = heads.iter().filter_map(|head| head[i].as_ref().map(Text::width_mm));
            all.chain(self.rows.iter().map(|row| cells(row)[i].width_mm())).fold(0.0, f64::max)
        };
        let first = right - 14.0;
        let at = [first, first - wide(0) - 2.5];
        column.y_mm += ROW_MM - UNDER_MM;
        for head in heads.iter().filter(|head| head.iter().any(Option::is_some)) {
            column.y_mm += UNDER_MM;
            for (head, at) in head.iter().zip(at) {
                column.sheet.text(mm(at, column.y_mm), head.as_ref().unwrap_or(&Text::new("", 5.2)), Align::End, 0.0);
            }
        }
        let room_mm = at[1] - wide(1) - 1.5 - column.x_mm;
        for row in &self.rows {
            column.y_mm += ROW_MM;
            let in_language = |language: &str| row.name.best(&[language.to_owned()]).unwrap_or(&row.id).to_owned();
            let mut names: Vec<String> = Vec::new();
            for name in voices.iter().map(|voice| in_language(voice.language())) {
                if !names.contains(&name) {
                    names.push(name);
                }
            }
            let name = Text::new(&names[0], 5.6).within(room_mm);
            check_text(&name, &row.id)?;
            column.sheet.text(mm(column.x_mm, column.y_mm), &name, Align::Start, 0.0);
            for (cell, at) in cells(row).iter().zip(at) {
                column.sheet.text(mm(at, column.y_mm), cell, Align::End, 0.0);
            }
            let area = Text::new(words::area(row.km2, row.error_km2, language), 5.6);
            column.sheet.text(mm(right, column.y_mm), &area, Align::End, 0.0);
            if names.len() > 1 {
                column.y_mm += UNDER_MM;
                let others = Text::new(names[1..].join(" · "), LEAST_PT).color(GREY_INK);
                check_text(&others, &row.id)?;
                column.sheet.text(mm(column.x_mm, column.y_mm), &others, Align::Start, 0.0);
            }
        }
        let mut totals: Vec<_> = self.totals().into_iter().collect();
        totals.sort_by_key(|((from, _), _)| parties.rank(from));
        for ((from, to), (km2, error)) in &totals {
            column.y_mm += ROW_MM;
            let text = Text::new(passage(from, to), 5.6).bold();
            column.sheet.text(mm(column.x_mm, column.y_mm), &text, Align::Start, 0.0);
            let sum = Text::new(words::area(*km2, *error, language), 5.6).bold();
            column.sheet.text(mm(right, column.y_mm), &sum, Align::End, 0.0);
        }
        if totals.is_empty() {
            let said = voices.iter().filter_map(|voice| voice.say(words::NOTHING_PASSES, &[])).collect::<Vec<_>>();
            column.y_mm += 0.4;
            column.paragraph(&Text::new(said.join(" · "), 5.6).bold(), 1.22);
        }
        column.y_mm += 0.6;
        for note in voices.iter().filter_map(|voice| self.note(*voice, illustration)) {
            check_text(&note, "the ledger")?;
            column.paragraph(&note, 1.22);
        }
        column.sheet.close();
        Ok(())
    }
}

//! The list of crossings: number, chainage, the territories from which and to which, and whether the crossing is
//! certain.

use super::Column;
use crate::map::canvas::{Align, Text};
use crate::map::crossings::{Numbered, Numbers};
use crate::map::palette::GREY_INK;
use crate::map::paper::mm;
use crate::map::symbol;
use crate::map::words::{self, CROSSINGS_UNCERTAIN, OUTSIDE};

const ROW_MM: f64 = 2.55;

/// The texts of a row: number, chainage, passage.
fn row(numbered: &Numbered, language: &str) -> [Text; 3] {
    let km = numbered.crossing.chainage_m / 1000.0;
    // Chainages along a chain of waypoints are not known to better than a hundred metres.
    let km = words::km(km, if numbered.indicative { 1 } else { 3 }, language);
    let side = |id: &Option<String>| id.clone().unwrap_or_else(|| OUTSIDE.get(language));
    let passage = format!("{} → {}", side(&numbered.crossing.from), side(&numbered.crossing.to));
    let small = |text: String| Text::new(text, 5.2);
    [small(numbered.label.clone()).bold(), small(km), small(passage).color(GREY_INK)]
}

/// Greatest widths in millimetres of the three texts.
fn widths(numbers: &Numbers, language: &str) -> [f64; 3] {
    let mut widest = [0.0f64; 3];
    for numbered in &numbers.crossings {
        let row = row(numbered, language);
        widest.iter_mut().zip(&row).for_each(|(most, text)| *most = most.max(text.width_mm()));
    }
    widest
}

fn columns(numbers: &Numbers, width_mm: f64, language: &str) -> usize {
    let row_mm = widths(numbers, language).iter().sum::<f64>() + 7.4;
    ((width_mm / row_mm).floor() as usize).clamp(1, 4)
}

fn note(numbers: &Numbers, language: &str) -> Option<Text> {
    let uncertain = numbers.crossings.iter().any(|n| n.crossing.is_uncertain());
    uncertain.then(|| Text::new(CROSSINGS_UNCERTAIN.get(language), 5.0).color(GREY_INK))
}

/// Draws the list, column by column.
pub(crate) fn draw(column: &mut Column, numbers: &Numbers, language: &str) {
    let columns = columns(numbers, column.width_mm, language);
    let rows = numbers.crossings.len().div_ceil(columns).max(1);
    let (top, width) = (column.y_mm, column.width_mm / columns as f64);
    let [label_mm, km_mm, _] = widths(numbers, language);
    column.sheet.open("crossings");
    for (i, numbered) in numbers.crossings.iter().enumerate() {
        let x = column.x_mm + (i / rows) as f64 * width;
        let y = top + (i % rows + 1) as f64 * ROW_MM - 0.5;
        let [label, km, passage] = row(numbered, language);
        symbol::crossing(column.sheet, mm(x + 0.9, y - label.cap_mm() / 2.0), numbered.crossing.is_uncertain());
        column.sheet.text(mm(x + 2.4, y), &label, Align::Start, 0.0);
        let right = x + 2.4 + label_mm + 1.6 + km_mm;
        column.sheet.text(mm(right, y), &km, Align::End, 0.0);
        column.sheet.text(mm(right + 1.4, y), &passage, Align::Start, 0.0);
    }
    column.y_mm = top + if numbers.crossings.is_empty() { 0.0 } else { rows as f64 * ROW_MM };
    if let Some(text) = note(numbers, language) {
        column.y_mm += 0.6;
        column.paragraph(&text, 1.2);
    }
    column.sheet.close();
}

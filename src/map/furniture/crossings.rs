//! The list of crossings: number, chainage, from which territory to which, and whether that is certain.

use super::Column;
use crate::map::canvas::{Align, Text};
use crate::map::crossings::Numbers;
use crate::map::palette::GREY_INK;
use crate::map::paper::mm;
use crate::map::symbol;
use crate::map::words::{CROSSINGS_UNCERTAIN, OUTSIDE};

const ROW_MM: f64 = 2.55;
/// Width that a row needs, in millimetres.
const LEAST_MM: f64 = 36.0;

fn columns(width_mm: f64) -> usize {
    ((width_mm / LEAST_MM).floor() as usize).max(1)
}

fn note(numbers: &Numbers, language: &str) -> Option<Text> {
    let uncertain = numbers.crossings.iter().any(|n| n.crossing.uncertain);
    uncertain.then(|| Text::new(CROSSINGS_UNCERTAIN.get(language), 5.0).color(GREY_INK))
}

/// Height of the list in millimetres, without its heading.
pub(crate) fn height_mm(numbers: &Numbers, width_mm: f64, language: &str) -> f64 {
    let rows = numbers.crossings.len().div_ceil(columns(width_mm));
    let note = note(numbers, language).map_or(0.0, |text| super::paragraph_height_mm(&text, width_mm, 1.2) + 0.6);
    rows as f64 * ROW_MM + note
}

/// Draws the list, column by column.
pub(crate) fn draw(column: &mut Column, numbers: &Numbers, language: &str) {
    let columns = columns(column.width_mm);
    let rows = numbers.crossings.len().div_ceil(columns);
    let (top, width) = (column.y_mm, column.width_mm / columns as f64);
    column.sheet.open("crossings");
    for (i, numbered) in numbers.crossings.iter().enumerate() {
        let x = column.x_mm + (i / rows) as f64 * width;
        let y = top + (i % rows + 1) as f64 * ROW_MM - 0.5;
        let crossing = numbered.crossing;
        let small = |text: String| Text::new(text, 5.2);
        let middle = small(String::new()).cap_mm() / 2.0;
        symbol::crossing(column.sheet, mm(x + 0.9, y - middle), crossing.uncertain);
        column.sheet.text(mm(x + 2.4, y), &small(numbered.label.clone()).bold(), Align::Start, 0.0);
        let km = crossing.chainage_m / 1000.0;
        // A chain of waypoints says nothing finer than a hundred metres.
        let km = if numbered.indicative { format!("{km:.1} km") } else { format!("{km:.3} km") };
        column.sheet.text(mm(x + width * 0.5, y), &small(km), Align::End, 0.0);
        let side = |id: &Option<String>| id.clone().unwrap_or_else(|| OUTSIDE.get(language).to_owned());
        let passage = format!("{} → {}", side(&crossing.from), side(&crossing.to));
        column.sheet.text(mm(x + width * 0.5 + 1.6, y), &small(passage).color(GREY_INK), Align::Start, 0.0);
    }
    column.y_mm = top + rows as f64 * ROW_MM;
    if let Some(text) = note(numbers, language) {
        column.y_mm += 0.6;
        column.paragraph(&text, 1.2);
    }
    column.sheet.close();
}

//! The legend: the symbols drawn, and nothing else.

use super::Column;
use crate::map::canvas::{Align, Text};
use crate::map::content::Content;
use crate::map::fonts::wrap;
use crate::map::palette::GREY_INK;
use crate::map::paint::Drawn;
use crate::map::paper::{Bounds, mm};
use crate::map::symbol::Symbol;
use crate::map::words::{self, INDICATIVE_MARK};

const SAMPLE_MM: f64 = 12.0;
const TEXT_AT_MM: f64 = 14.5;

/// An entry: the symbol with its words, the first in the language of the furniture.
struct Entry<'d> {
    symbol: &'d Symbol,
    first: Vec<String>,
    others: Vec<String>,
}

/// The words of a symbol in one language.
pub(crate) fn words_of(symbol: &Symbol, content: &Content, language: &str) -> String {
    match symbol {
        Symbol::Region { id, .. } => {
            let region = content.regions.iter().find(|r| r.meta.id == *id);
            let name = region.and_then(|r| r.meta.name.best(&[language.to_owned()]));
            name.unwrap_or(id).to_owned()
        }
        Symbol::Route(_, _, true) => {
            format!("{}, {}", words::symbol(symbol).get(language), INDICATIVE_MARK.get(language))
        }
        other => words::symbol(other).get(language).to_owned(),
    }
}

/// Draws the legend; the other languages stand under each entry when `room_mm` allows.
pub(crate) fn draw(column: &mut Column, drawn: &Drawn, content: &Content, language: &str, others: &[String], room_mm: f64) {
    let width = column.width_mm - TEXT_AT_MM;
    let main = Text::new("", 6.4);
    let small = Text::new("", 5.0).color(GREY_INK);
    let entries = |others: &[String]| -> Vec<Entry> {
        let entry = |symbol| {
            let first = wrap(&words_of(symbol, content, language), main.face, main.size_mm, width);
            let texts: Vec<String> = others.iter().map(|l| words_of(symbol, content, l)).collect();
            Entry { symbol, first, others: wrap(&texts.join(" · "), small.face, small.size_mm, width) }
        };
        drawn.iter().map(entry).collect()
    };
    let height = |e: &Entry| e.first.len() as f64 * 2.7 + e.others.len() as f64 * 2.1 + 1.5;
    let full = entries(others);
    let fits = full.iter().map(height).sum::<f64>() <= room_mm;
    let list = if fits { full } else { entries(&[]) };
    column.sheet.open("legend");
    for entry in &list {
        let rows = height(entry);
        let middle = column.y_mm + 1.75;
        column.sheet.open_symbol(&entry.symbol.class());
        let cell = Bounds::mm(column.x_mm, middle - 1.45, column.x_mm + SAMPLE_MM, middle + 1.45);
        entry.symbol.sample(column.sheet, cell);
        column.sheet.close();
        let mut y = middle + main.cap_mm() / 2.0;
        for line in &entry.first {
            let text = Text { text: line.clone(), ..main.clone() };
            column.sheet.text(mm(column.x_mm + TEXT_AT_MM, y), &text, Align::Start, 0.0);
            y += 2.7;
        }
        y -= 0.45;
        for line in &entry.others {
            let text = Text { text: line.clone(), ..small.clone() };
            column.sheet.text(mm(column.x_mm + TEXT_AT_MM, y), &text, Align::Start, 0.0);
            y += 2.1;
        }
        column.y_mm += rows;
    }
    column.sheet.close();
}

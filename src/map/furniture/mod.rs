//! The elements around the map: frame and graticule, scale, north arrow, legend, sources, margin.

pub(crate) mod crossings;
mod disclaimer;
pub(crate) mod frame;
pub(crate) mod grid;
pub(crate) mod imprint;
pub(crate) mod ledger;
pub(crate) mod legend;
pub(crate) mod margin;
pub(crate) mod north;
mod notes;
pub(crate) mod panel;
pub(crate) mod scale;
pub(crate) mod way;
pub(crate) mod world;

use super::canvas::{Align, Sheet, Text};
use super::fonts::wrap;
use super::paper::{Bounds, MM, mm};

/// A column of text and furniture, filled from the top.
pub(crate) struct Column<'s> {
    pub sheet: &'s mut Sheet,
    pub x_mm: f64,
    pub width_mm: f64,
    pub y_mm: f64,
}

impl Column<'_> {
    /// Writes a paragraph wrapped to the column; the line spacing is `leading` times the type size.
    pub(crate) fn paragraph(&mut self, text: &Text, leading: f64) {
        for line in wrap(&text.text, text.face, text.size_mm, self.width_mm) {
            self.y_mm += text.size_mm * leading;
            self.sheet.text(mm(self.x_mm, self.y_mm), &Text { text: line, ..text.clone() }, Align::Start, 0.0);
        }
    }

    /// Continues at the top of another column, if there is one.
    pub(crate) fn go_to(&mut self, next: Option<Bounds>) -> bool {
        if let Some(b) = next {
            (self.x_mm, self.y_mm) = (b.x0 / MM, b.y0 / MM);
        }
        next.is_some()
    }

    /// A thin rule across the column, with space above and below.
    pub(crate) fn rule(&mut self) {
        self.y_mm += 2.6;
        let line = vec![mm(self.x_mm, self.y_mm), mm(self.x_mm + self.width_mm, self.y_mm)];
        self.sheet.stroke(&[line], &super::canvas::Stroke::new(0x8a8a8a, 0.15));
        self.y_mm += 1.4;
    }
}

/// Height in millimetres of a paragraph.
pub(crate) fn paragraph_height_mm(text: &Text, width_mm: f64, leading: f64) -> f64 {
    wrap(&text.text, text.face, text.size_mm, width_mm).len() as f64 * text.size_mm * leading
}

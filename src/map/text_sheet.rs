//! A sheet without a map: a chart, or a page of text.

use super::canvas::{Align, Canvas, Text};
use super::error::MapError;
use super::naming::check_text;
use super::palette::PAPER;
use super::paper::{Bounds, mm};
use super::plate::Plate;

/// A sheet under construction.
pub(super) struct TextSheet {
    pub canvas: Canvas,
    pub width_mm: f64,
    pub height_mm: f64,
    title: String,
    /// What is drawn, for errors.
    subject: &'static str,
}

impl TextSheet {
    pub fn new((width_mm, height_mm): (f64, f64), title: &str, subject: &'static str) -> Self {
        let canvas = Canvas::new(width_mm, height_mm, title, super::PROGRAM);
        canvas.sheet().fill(&[Bounds::mm(0.0, 0.0, width_mm, height_mm).ring()], PAPER);
        TextSheet { canvas, width_mm, height_mm, title: title.to_owned(), subject }
    }

    /// Writes a line of text with its baseline at a position in millimetres.
    pub fn write(&self, x_mm: f64, y_mm: f64, text: &Text, align: Align) -> Result<(), MapError> {
        check_text(text, self.subject)?;
        self.canvas.sheet().text(mm(x_mm, y_mm), text, align, 0.0);
        Ok(())
    }

    pub fn finish(self) -> Plate {
        Plate::strip(self.canvas.finish(), self.title, self.width_mm, self.height_mm)
    }
}

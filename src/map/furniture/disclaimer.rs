//! The disclaimer: in a box, in black, with a column for each language.

use crate::map::MapError;
use crate::map::canvas::{Align, Sheet, Stroke, Text};
use crate::map::fonts::{is_joined, wrap};
use crate::map::naming::check_text;
use crate::map::palette::INK;
use crate::map::paper::{Bounds, mm};

/// Space between the frame and the text, between columns, least width of a column, and line spacing, in millimetres.
const PAD_MM: f64 = 1.5;
const GAP_MM: f64 = 4.0;
const LEAST_MM: f64 = 24.0;
const LINE_MM: f64 = 2.5;

/// The disclaimer laid out for a width.
pub(super) struct Boxed {
    width_mm: f64,
    column_mm: f64,
    /// Rows of columns of lines: one row, unless the columns would be too narrow.
    rows: Vec<Vec<Vec<Text>>>,
}

impl Boxed {
    /// Lays out one text for each language in a box of the given width.
    pub(super) fn of(texts: &[Text], width_mm: f64) -> Self {
        let inner_mm = width_mm - 2.0 * PAD_MM;
        let most = ((inner_mm + GAP_MM) / (LEAST_MM + GAP_MM)).floor().max(1.0) as usize;
        let columns = texts.len().clamp(1, most);
        let column_mm = (inner_mm + GAP_MM) / columns as f64 - GAP_MM;
        let lines = |text: &Text| -> Vec<Text> {
            let lines = wrap(&text.text, text.face, text.size_mm, column_mm).into_iter();
            lines.map(|line| Text { text: line, ..text.clone() }).collect()
        };
        let rows = texts.chunks(columns).map(|row| row.iter().map(lines).collect()).collect();
        Boxed { width_mm, column_mm, rows }
    }

    /// Its height with the frame, in millimetres; nothing if there is no text.
    pub(super) fn height_mm(&self) -> f64 {
        let rows: f64 = self.rows.iter().map(|row| Self::row_mm(row)).sum();
        if self.rows.is_empty() { 0.0 } else { rows + 2.0 * PAD_MM - 0.4 }
    }

    fn row_mm(row: &[Vec<Text>]) -> f64 {
        row.iter().map(Vec::len).max().unwrap_or(0) as f64 * LINE_MM
    }

    /// Draws it with its upper left corner at a position in millimetres.
    pub(super) fn draw(&self, sheet: &mut Sheet, x_mm: f64, top_mm: f64) -> Result<(), MapError> {
        if self.rows.is_empty() {
            return Ok(());
        }
        sheet.open("disclaimer");
        let frame = Bounds::mm(x_mm, top_mm, x_mm + self.width_mm, top_mm + self.height_mm());
        sheet.stroke(&[frame.ring()], &Stroke::new(INK, 0.25));
        let mut row_mm = top_mm + PAD_MM - 0.4;
        for row in &self.rows {
            for (i, lines) in row.iter().enumerate() {
                let left_mm = x_mm + PAD_MM + i as f64 * (self.column_mm + GAP_MM);
                for (k, line) in lines.iter().enumerate() {
                    check_text(line, "the disclaimer")?;
                    // Scripts that run to the left begin at the right edge of their column.
                    let (at_mm, align) = match is_joined(&line.text) {
                        true => (left_mm + self.column_mm, Align::End),
                        false => (left_mm, Align::Start),
                    };
                    sheet.text(mm(at_mm, row_mm + (k + 1) as f64 * LINE_MM - 0.3), line, align, 0.0);
                }
            }
            row_mm += Self::row_mm(row);
        }
        sheet.close();
        Ok(())
    }
}

//! The foot of sheets without a map: notes in small print, one above the other.

use super::canvas::{Align, Text};
use super::error::MapError;
use super::fonts::{LEAST_PT, wrap};
use super::palette::GREY_INK;

/// Writes a line of text with its baseline at a position in millimetres.
pub(super) type Write<'w> = dyn Fn(f64, f64, Text, Align) -> Result<(), MapError> + 'w;

const LINE_MM: f64 = 2.6;

/// Writes notes upwards from the lower edge of a sheet, between equal margins of `left_mm`.
pub(super) fn foot(
    write: &Write,
    notes: &[String],
    (width_mm, height_mm): (f64, f64),
    left_mm: f64,
) -> Result<(), MapError> {
    let small = Text::new("", LEAST_PT).color(GREY_INK);
    let lines = notes.iter().flat_map(|note| wrap(note, small.face, small.size_mm, width_mm - 2.0 * left_mm));
    let lines: Vec<String> = lines.collect();
    let first_mm = height_mm - 5.0 - LINE_MM * (lines.len() as f64 - 1.0);
    for (i, line) in lines.into_iter().enumerate() {
        write(left_mm, first_mm + LINE_MM * i as f64, Text { text: line, ..small.clone() }, Align::Start)?;
    }
    Ok(())
}

/// The first digits of a hash, enough to distinguish files.
pub(super) fn short(sha256: &str) -> String {
    sha256.chars().take(12).collect()
}

//! The foot of sheets without a map: notes, smallest print, one above the other.

use super::canvas::{Align, Text};
use super::error::MapError;
use super::palette::GREY_INK;

/// Writes a line of text with its baseline at a place in millimetres.
pub(super) type Write<'w> = dyn Fn(f64, f64, Text, Align) -> Result<(), MapError> + 'w;

const LINE_MM: f64 = 2.6;

/// Writes notes up from the lower edge of a sheet, from `left_mm` to as far from its right edge.
pub(super) fn foot(
    write: &Write,
    notes: &[String],
    (width_mm, height_mm): (f64, f64),
    left_mm: f64,
) -> Result<(), MapError> {
    let mut y = height_mm - 5.0 - LINE_MM * (notes.len() as f64 - 1.0);
    for note in notes {
        write(left_mm, y, Text::new(note, 5.0).color(GREY_INK).within(width_mm - 2.0 * left_mm), Align::Start)?;
        y += LINE_MM;
    }
    Ok(())
}

/// The first digits of a hash, enough to tell files apart.
pub(super) fn short(sha256: &str) -> String {
    sha256.chars().take(12).collect()
}

//! Comma-separated values (RFC 4180).

use super::{Cell, Rendering};
use crate::model::Envelope;
use rayon::prelude::*;

/// Rows per parallel chunk.
const ROWS: usize = 1 << 14;

/// Returns the first table of an answer as CSV with a heading row and numbers in full precision.
///
/// Text that a spreadsheet would take for a formula gets a leading apostrophe.
pub fn csv<R: Rendering>(answer: &Envelope<R>) -> String {
    let mut text = String::new();
    if let Some(long) = answer.results.long_table() {
        text.push_str(&records([long.columns]));
        // A batch of chunks at a time bounds the memory.
        let chunks: Vec<usize> = (0..long.count).step_by(ROWS).collect();
        for some in chunks.chunks(4 * rayon::current_num_threads()) {
            let chunk = |&from: &usize| {
                let rows = from..long.count.min(from + ROWS);
                records(rows.map(|row| (long.row)(row).iter().map(written).collect::<Vec<_>>()))
            };
            let written: Vec<String> = some.par_iter().map(chunk).collect();
            written.iter().for_each(|chunk| text.push_str(chunk));
        }
    } else if let Some(table) = answer.results.tables().first() {
        text.push_str(&records([&table.columns]));
        text.push_str(&records(table.rows.iter().map(|row| row.iter().map(written).collect::<Vec<_>>())));
    }
    text
}

fn records<I: IntoIterator<Item: AsRef<[u8]>>>(rows: impl IntoIterator<Item = I>) -> String {
    let mut writer = ::csv::WriterBuilder::new().from_writer(Vec::new());
    let memory = "memory takes every byte";
    for row in rows {
        writer.write_record(row).expect(memory);
    }
    String::from_utf8(writer.into_inner().expect(memory)).expect("cells are text")
}

fn written(cell: &Cell) -> String {
    if cell.is_number() { cell.exact() } else { defused(cell.exact()) }
}

fn defused(text: String) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text }
}

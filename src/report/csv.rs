//! Comma-separated values (RFC 4180).

use super::Rendering;
use crate::model::Envelope;

/// Returns the first table of an answer as CSV with a heading row; numbers are whole, not rounded.
///
/// Text that a spreadsheet would take for a formula gets an apostrophe before it.
pub fn csv<R: Rendering>(answer: &Envelope<R>) -> String {
    let tables = answer.results.tables();
    let mut writer = ::csv::WriterBuilder::new().from_writer(Vec::new());
    let Some(table) = tables.first() else { return String::new() };
    let memory = "memory takes every byte";
    writer.write_record(&table.columns).expect(memory);
    for row in &table.rows {
        let cells = row.iter().map(|cell| if cell.is_number() { cell.exact() } else { defused(cell.exact()) });
        writer.write_record(cells).expect(memory);
    }
    String::from_utf8(writer.into_inner().expect(memory)).expect("cells are text")
}

fn defused(text: String) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text }
}

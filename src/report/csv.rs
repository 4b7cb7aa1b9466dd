//! Comma-separated values (RFC 4180).

use super::{Records, Rendering};
use crate::model::Envelope;
use rayon::prelude::*;
use serde_json::Value;

/// Rows per parallel chunk.
const ROWS: usize = 1 << 14;

/// Returns the first list of an answer as CSV: a header row with the names of the JSON answer, numbers in full
/// precision and in its units, Booleans as `true` and `false`.
///
/// Text that a spreadsheet would read as a formula gets a leading apostrophe.
pub fn csv<R: Rendering>(answer: &Envelope<R>) -> String {
    answer.results.records().first().map(csv_of).unwrap_or_default()
}

/// Returns every list of an answer as CSV, by name.
pub fn csv_files<R: Rendering>(answer: &Envelope<R>) -> Vec<(String, String)> {
    answer.results.records().iter().map(|records| (records.name.to_string(), csv_of(records))).collect()
}

fn csv_of(records: &Records<'_>) -> String {
    let mut text = lines([records.columns()]);
    // Processing a batch of chunks at a time limits the memory.
    let chunks: Vec<usize> = (0..records.len()).step_by(ROWS).collect();
    for some in chunks.chunks(4 * rayon::current_num_threads()) {
        let chunk = |&from: &usize| {
            let rows = from..records.len().min(from + ROWS);
            lines(rows.map(|at| {
                let row = records.row(at);
                records
                    .columns()
                    .iter()
                    .map(|column| row.get(column).map(written).unwrap_or_default())
                    .collect::<Vec<_>>()
            }))
        };
        let written: Vec<String> = some.par_iter().map(chunk).collect();
        written.iter().for_each(|chunk| text.push_str(chunk));
    }
    text
}

fn lines<I: IntoIterator<Item: AsRef<[u8]>>>(rows: impl IntoIterator<Item = I>) -> String {
    let mut writer = ::csv::WriterBuilder::new().from_writer(Vec::new());
    let memory = "memory takes every byte";
    for row in rows {
        writer.write_record(row).expect(memory);
    }
    String::from_utf8(writer.into_inner().expect(memory)).expect("cells are text")
}

fn written(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Bool(holds) => holds.to_string(),
        // Zero has no sign, and an integer no decimals.
        Value::Number(number) => match (number.as_i64(), number.as_f64()) {
            (None, Some(value)) => (value + 0.0).to_string(),
            _ => number.to_string(),
        },
        Value::String(text) => defused(text),
        nested => nested.to_string(),
    }
}

fn defused(text: &str) -> String {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']) && text.parse::<f64>().is_err();
    if formula { format!("'{text}") } else { text.to_owned() }
}

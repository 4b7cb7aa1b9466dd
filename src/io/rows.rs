//! Tables of text: comma, semicolon or tab separated.

use super::bytes::{read_bytes, sha256};
use super::{Problem, ReadError};
use crate::model::Input;

/// A table as a file has it.
#[derive(Debug, Clone, PartialEq)]
pub struct Rows {
    /// The file.
    pub input: Input,
    /// Names of its columns.
    pub headings: Vec<String>,
    /// Its rows, each with its number; the heading is row 1.
    pub rows: Vec<(usize, Vec<String>)>,
}

/// Reads a table with a heading; what separates its columns is what its heading has most of: commas, semicolons, tabs.
///
/// # Errors
/// The file cannot be read, is empty, is not UTF-8, or a quotation mark is not closed.
pub fn read_rows(path: &str) -> Result<Rows, ReadError> {
    let wrong = |problem| ReadError::new(path, problem);
    let bytes = read_bytes(path)?;
    let text = std::str::from_utf8(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes)).map_err(|error| {
        let line = bytes[..error.valid_up_to()].iter().filter(|byte| **byte == b'\n').count() + 1;
        wrong(Problem::NotTable(format!("line {line} holds bytes that are not UTF-8")))
    })?;
    if text.trim().is_empty() {
        return Err(wrong(Problem::Empty));
    }
    let heading = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(separator(heading))
        .flexible(true)
        .has_headers(false)
        .from_reader(text.as_bytes());
    let mut rows = Vec::new();
    for (i, record) in reader.records().enumerate() {
        let record = record.map_err(|error| wrong(Problem::NotTable(error.to_string())))?;
        rows.push((i + 1, record.iter().map(str::to_owned).collect::<Vec<_>>()));
    }
    let (_, headings) = rows.remove(0);
    // A quotation mark that opens and never closes swallows the rows after it.
    let swallowed = |cells: &[String]| cells.len() < headings.len() && cells.iter().any(|cell| cell.contains('\n'));
    if let Some((row, _)) = rows.iter().find(|(_, cells)| swallowed(cells)) {
        return Err(wrong(Problem::NotTable(format!("a quotation mark opens in row {row} and is not closed"))));
    }
    let long = rows
        .iter()
        .find(|(_, cells)| cells.len() > headings.len() && cells[headings.len()..].iter().any(|c| !c.is_empty()));
    if let Some((row, cells)) = long {
        let why =
            format!("row {row} has {} cells under {} headings; quote cells with commas", cells.len(), headings.len());
        return Err(wrong(Problem::NotTable(why)));
    }
    let input = Input { features: rows.len(), ..Input::new(path, sha256(&bytes)) };
    Ok(Rows { input, headings, rows })
}

/// What separates the columns of a table: what its heading has most of, of commas, semicolons and tabs.
pub(super) fn separator(heading: &str) -> u8 {
    let count = |separator: &u8| heading.bytes().filter(|byte| byte == separator).count();
    [b'\t', b';', b','].into_iter().max_by_key(count).unwrap_or(b',')
}

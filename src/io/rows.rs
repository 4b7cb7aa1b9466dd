//! Text tables separated by commas, semicolons, tabs or bars.

use super::bytes::{read_bytes, sha256};
use super::text::{in_utf8, narrowed};
use super::{Encoding, Limits, Problem, ReadError};
use crate::model::Input;

/// A table as in a file.
#[derive(Debug, Clone, PartialEq)]
pub struct Rows {
    /// The file.
    pub input: Input,
    /// Names of its columns.
    pub headings: Vec<String>,
    /// Its rows, each with its number; the heading is row 1.
    pub rows: Vec<(usize, Vec<String>)>,
}

/// Reads a table with a heading, in the given encoding, else UTF-8; the separator is the most frequent one in its
/// heading of comma, semicolon, tab and bar. Degrees, minutes and seconds in three columns are combined into one.
///
/// # Errors
/// The file cannot be read, is empty, is not text in that encoding, or a quotation mark is not closed.
pub fn read_rows(path: &str, encoding: Option<Encoding>, limits: Limits) -> Result<Rows, ReadError> {
    rows_of(path, &read_bytes(path, limits)?, encoding)
}

/// The same from the file's bytes.
pub(super) fn rows_of(path: &str, bytes: &[u8], encoding: Option<Encoding>) -> Result<Rows, ReadError> {
    let wrong = |problem| ReadError::new(path, problem);
    let utf8 = in_utf8(bytes, path, encoding)?;
    let utf8 = narrowed(&utf8, path)?;
    let plain = utf8.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&utf8);
    let text = std::str::from_utf8(plain).map_err(|error| {
        let line = plain[..error.valid_up_to()].iter().filter(|byte| **byte == b'\n').count() + 1;
        wrong(Problem::NotTable(format!("line {line} holds bytes that are not UTF-8")))
    })?;
    if text.trim().is_empty() {
        return Err(wrong(Problem::Empty));
    }
    let mut reader = reader(text, true);
    let mut rows = Vec::new();
    for (i, record) in reader.records().enumerate() {
        let record = record.map_err(|error| wrong(Problem::NotTable(error.to_string())))?;
        rows.push((i + 1, record.iter().map(str::to_owned).collect::<Vec<_>>()));
    }
    let (_, mut headings) = rows.remove(0);
    // An unclosed quotation mark swallows the following rows.
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
    join_degrees(&mut headings, rows.iter_mut().map(|(_, cells)| cells));
    let input = Input { features: rows.len(), ..Input::new(path, sha256(bytes)) };
    Ok(Rows { input, headings, rows })
}

/// The cells of a text table.
pub(super) struct Cells {
    /// Names of its columns.
    pub headings: Vec<String>,
    /// Its rows, all with the same number of cells.
    pub rows: Vec<Vec<String>>,
}

impl Cells {
    /// The cells of a column.
    pub fn column(&self, column: usize) -> impl Iterator<Item = &str> {
        self.rows.iter().filter_map(move |row| row.get(column)).map(String::as_str)
    }
}

/// Reads the cells of a text; every row must have as many as the heading.
///
/// # Errors
/// As text, with the line.
pub(super) fn cells(text: &str) -> Result<Cells, String> {
    let mut reader = reader(text, false);
    let mut records = reader.records();
    let mut next = || records.next().transpose().map_err(|error| error.to_string());
    let first = next()?.unwrap_or_default();
    let mut headings: Vec<String> = first.iter().map(|heading| heading.trim().to_owned()).collect();
    let mut rows = Vec::new();
    while let Some(record) = next()? {
        rows.push(record.iter().map(str::to_owned).collect::<Vec<_>>());
    }
    join_degrees(&mut headings, rows.iter_mut());
    Ok(Cells { headings, rows })
}

/// A CSV reader whose separator is the most frequent one in the heading of comma, semicolon, tab and bar,
/// or the one in a first line `sep=;`, as written by Excel.
fn reader(text: &str, flexible: bool) -> csv::Reader<&[u8]> {
    let said = text.split_once('\n').and_then(|(first, rest)| {
        let (word, separator) = first.trim_end().split_at_checked(4)?;
        let is_said = word.eq_ignore_ascii_case("sep=") && separator.len() == 1;
        is_said.then(|| (separator.as_bytes()[0], rest))
    });
    let heading = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let count = |separator: &u8| heading.bytes().filter(|byte| byte == separator).count();
    let (separator, text) = said.unwrap_or_else(|| {
        let most = [b'|', b'\t', b';', b','].into_iter().max_by_key(count);
        (most.unwrap_or(b','), text)
    });
    let mut builder = csv::ReaderBuilder::new();
    builder.delimiter(separator).flexible(flexible).has_headers(false).from_reader(text.as_bytes())
}

/// Heading suffixes of degrees, minutes, seconds and hemisphere in separate columns.
const PARTS: [&[&str]; 4] = [
    &["deg", "degrees", "degree", "d"],
    &["min", "minutes", "minute", "m"],
    &["sec", "seconds", "second", "s"],
    &["hem", "hemisphere", "dir", "direction", "side", "h"],
];
/// Heading prefixes, and the heading of the combined column.
const AXES: [(&str, &str); 6] = [
    ("latitude", "latitude"),
    ("longitude", "longitude"),
    ("lat", "latitude"),
    ("long", "longitude"),
    ("lon", "longitude"),
    ("lng", "longitude"),
];

/// Combines three columns (four with the hemisphere) of degrees, minutes and seconds into one.
fn join_degrees<'r>(headings: &mut Vec<String>, rows: impl Iterator<Item = &'r mut Vec<String>>) {
    let part = |heading: &str, axis: &str, endings: &[&str]| {
        let rest = heading
            .to_lowercase()
            .strip_prefix(axis)
            .map(|rest| rest.trim_start_matches(['_', ' ', '-', '.']).to_owned());
        rest.is_some_and(|rest| endings.contains(&rest.as_str()))
    };
    let mut joins: Vec<([Option<usize>; 4], &str)> = Vec::new();
    for (axis, name) in AXES {
        let columns = PARTS.map(|endings| headings.iter().position(|heading| part(heading, axis, endings)));
        let is_new =
            joins.iter().all(|(_, taken)| *taken != name) && !headings.iter().any(|h| h.eq_ignore_ascii_case(name));
        if columns[0].is_some() && columns[1].is_some() && is_new {
            joins.push((columns, name));
        }
    }
    if joins.is_empty() {
        return;
    }
    let first = |columns: &[Option<usize>; 4]| columns[0].unwrap_or_default();
    let gone: Vec<usize> = joins.iter().flat_map(|(columns, _)| columns[1..].iter().flatten().copied()).collect();
    let kept = |cells: &[String]| -> Vec<String> {
        cells.iter().enumerate().filter(|(at, _)| !gone.contains(at)).map(|(_, cell)| cell.clone()).collect()
    };
    for cells in rows {
        for (columns, _) in &joins {
            let parts = columns.iter().flatten().filter_map(|at| cells.get(*at)).map(|cell| cell.trim());
            let joined = parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
            if let Some(cell) = cells.get_mut(first(columns)) {
                *cell = joined;
            }
        }
        *cells = kept(cells);
    }
    for (columns, name) in &joins {
        headings[first(columns)] = (*name).to_owned();
    }
    *headings = kept(headings);
}

//! Lists of a report as rows of scalars, for CSV, GeoPackage and other machine-readable tables.

use super::{Cell, Table, flat};
use serde::Serialize;
use serde_json::{Map, Value};
use std::borrow::Cow;

/// A row: scalars by name, in column order.
pub type Record = Map<String, Value>;

/// A list of a report as rows of scalars, with the names and units of the JSON answer.
pub struct Records<'a> {
    /// Name of the list, used for its file, layer or table.
    pub name: Cow<'static, str>,
    count: usize,
    row: Box<dyn Fn(usize) -> Record + Sync + 'a>,
    columns: Vec<String>,
}

impl<'a> Records<'a> {
    /// The rows of serialisable values.
    pub fn of<T: Serialize>(name: impl Into<Cow<'static, str>>, values: impl IntoIterator<Item = T>) -> Self {
        Self::rows(name, values.into_iter().map(|value| flat::row(&value)).collect())
    }

    /// A list from existing rows.
    pub fn rows(name: impl Into<Cow<'static, str>>, rows: Vec<Record>) -> Self {
        let columns = columns_of(&rows);
        let count = rows.len();
        Self { name: name.into(), count, row: Box::new(move |at| rows[at].clone()), columns }
    }

    /// The rows of a table; numbers with fixed decimals remain text.
    pub fn of_table(name: impl Into<Cow<'static, str>>, table: &Table) -> Self {
        let value = |cell: &Cell| match cell {
            Cell::Empty => Value::Null,
            Cell::Number(number, _) | Cell::Undetermined(number) => (number + 0.0).into(),
            Cell::Text(_) | Cell::Fixed(..) => cell.exact().into(),
        };
        let row =
            |cells: &Vec<Cell>| table.columns.iter().map(|c| (*c).to_owned()).zip(cells.iter().map(value)).collect();
        Self::rows(name, table.rows.iter().map(row).collect()).with_columns(&table.columns)
    }

    /// Rows computed on demand, all with the columns of the first.
    pub fn on_demand(
        name: impl Into<Cow<'static, str>>,
        count: usize,
        row: impl Fn(usize) -> Record + Sync + 'a,
    ) -> Self {
        let columns = if count > 0 { row(0).keys().cloned().collect() } else { Vec::new() };
        Self { name: name.into(), count, row: Box::new(row), columns }
    }

    /// Sets the columns of a list that may be empty: a table without rows keeps its heading.
    pub fn with_columns(mut self, columns: &[&str]) -> Self {
        for (place, column) in columns.iter().enumerate() {
            if !self.columns.iter().any(|known| known == column) {
                self.columns.insert(place.min(self.columns.len()), (*column).to_owned());
            }
        }
        self
    }

    /// Number of rows.
    pub fn len(&self) -> usize {
        self.count
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Names of the columns, in order.
    pub fn columns(&self) -> &[String] {
        &self.columns
    }

    /// The row with this index; columns missing in it have no value.
    ///
    /// # Panics
    /// If `at` is not below [`len`](Self::len).
    pub fn row(&self, at: usize) -> Record {
        (self.row)(at)
    }
}

/// The union of the columns of rows: a new one is inserted after its predecessor in its row.
pub(super) fn columns_of(rows: &[Record]) -> Vec<String> {
    let mut columns: Vec<String> = Vec::new();
    for row in rows {
        // Nearly every row has the same columns as the previous one.
        if row.len() == columns.len() && row.keys().zip(&columns).all(|(key, column)| key == column) {
            continue;
        }
        let mut after = 0;
        for key in row.keys() {
            match columns.iter().position(|column| column == key) {
                Some(place) => after = place + 1,
                None => {
                    columns.insert(after, key.clone());
                    after += 1;
                }
            }
        }
    }
    columns
}

/// The top-level lists of objects of a serialised report; the report itself if it is a list.
pub(super) fn lists_of<T: Serialize>(report: &T, name: &'static str) -> Vec<Records<'static>> {
    let rows = |list: &[Value]| list.iter().map(flat::row).collect();
    match serde_json::to_value(report) {
        Ok(Value::Array(list)) => vec![Records::rows(name, rows(&list))],
        Ok(Value::Object(fields)) => {
            let list = |value: &Value| value.as_array().filter(|list| list.iter().any(Value::is_object)).cloned();
            let lists = fields.iter().filter_map(|(key, value)| Some((key.clone(), list(value)?)));
            let mut out: Vec<Records<'static>> = lists.map(|(key, list)| Records::rows(key, rows(&list))).collect();
            if out.is_empty() {
                out.push(Records::rows(name, vec![flat::row(&fields)]));
            }
            out
        }
        _ => Vec::new(),
    }
}

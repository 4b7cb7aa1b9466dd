//! Tables for a reader: aligned text or Markdown.

use super::{Cell, Rendering, Table};
use crate::model::{self, Envelope};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Layout of tables.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct TableOptions {
    /// Columns of the terminal: text wraps within them, and columns that do not fit are omitted with a remark. `None`:
    /// no limit.
    pub width: Option<usize>,
    /// Greatest number of rows of each table; the number of omitted rows is stated.
    pub limit: Option<usize>,
}

impl TableOptions {
    /// The rows to show, and the number of omitted rows.
    pub(super) fn rows<'a>(&self, table: &'a Table) -> (&'a [Vec<Cell>], usize) {
        let shown = self.limit.unwrap_or(usize::MAX).min(table.rows.len());
        (&table.rows[..shown], table.rows.len() - shown)
    }
}

/// Returns an answer as aligned columns, with a line about the method.
pub fn table<R: Rendering>(answer: &Envelope<R>, options: &TableOptions) -> String {
    let tables: Vec<String> = answer.results.tables().iter().map(|table| aligned(table, options)).collect();
    let mut text = tables.join("\n");
    text.push('\n');
    text.push_str(&wrapped(&provenance(answer), options.width).join("\n"));
    text
}

/// Returns an answer as Markdown tables, with method, inputs and warnings.
pub fn markdown<R: Rendering>(answer: &Envelope<R>, options: &TableOptions) -> String {
    let tables: Vec<String> = answer.results.tables().iter().map(|table| as_markdown(table, options)).collect();
    let mut text = tables.join("\n");
    text.push('\n');
    text.push_str(&provenance(answer));
    for input in &answer.inputs {
        text.push_str(&format!("\nInput: `{}`, {} features, SHA-256 `{}`\n", input.path, input.features, input.sha256));
    }
    for warning in &answer.warnings {
        text.push_str(&format!("\n> {}\n", marked(&model::sanitize(&warning.message).replace('\n', " "))));
    }
    text
}

pub(super) fn provenance<R: Rendering>(answer: &Envelope<R>) -> String {
    let method = &answer.method;
    let mut line = format!("{}; edges: {}", method.earth, method.edges);
    if let Some(territories) = &method.territories {
        line.push_str(&format!("; territories: {territories}"));
    }
    if let Some(tolerance_m) = method.tolerance_m {
        line.push_str(&format!("; tolerance: {tolerance_m} m"));
    }
    if let Some(ids) = method.ids.as_ref().filter(|_| answer.inputs.iter().any(|i| !i.is_embedded)) {
        line.push_str(&format!("; ids: {ids}"));
    }
    line.push_str(&format!("; datum: {}", method.datum_operation));
    if let Some(selection) = &method.selection {
        line.push_str(&format!("; selection: {selection}"));
    }
    if let Some(incomplete) = &method.incomplete {
        line.push_str(&format!("; incomplete: {incomplete}"));
    }
    if method.accuracy.position_accuracy_m.is_some() {
        line.push_str(&format!("; position accuracy: {}", method.accuracy));
    }
    if let Some(uncertain) = &method.uncertain {
        line.push_str(&format!("; uncertain: {uncertain}"));
    }
    if let Some(area_error) = &method.area_error {
        line.push_str(&format!("; area errors: {area_error}"));
    }
    format!("{}.\n", model::sanitize(&line))
}

fn width(text: &str) -> usize {
    text.width()
}

/// Spaces between columns.
const BETWEEN: usize = 2;
/// A column of text is not narrowed below this, nor below its longest word up to [`LONGEST_WORD`].
const NARROWEST: usize = 10;
const LONGEST_WORD: usize = 16;
/// Columns of sentences, each with the width below which it is not narrowed.
const SENTENCES: [(&str, usize); 4] = [("message", 30), ("rule", 24), ("stated", 12), ("expected", 12)];
/// Columns that are omitted first where a table is too wide, in this order.
const FIRST_OMITTED: [&str; 17] = [
    "pointer",
    "on_border_m",
    "stretches",
    "indicative",
    "within_m",
    "schematic_share",
    "share",
    "mode",
    "status",
    "from_m",
    "to_m",
    "other",
    "area_error_km2",
    "area_error_m2",
    "components",
    "points",
    "data",
];
/// Columns that are omitted last.
const LAST_OMITTED: [&str; 9] =
    ["message", "length_m", "area_m2", "area_km2", "distance_m", "chainage_m", "name", "verdict", "territory"];

fn aligned(table: &Table, options: &TableOptions) -> String {
    let (rows, left_out) = options.rows(table);
    let shown: Vec<Vec<String>> = rows.iter().map(|row| row.iter().map(one_line).collect()).collect();
    let columns: Vec<PrintedColumn> = (0..table.columns.len())
        .map(|c| PrintedColumn {
            at: c,
            name: table.columns[c],
            width: shown.iter().map(|row| width(&row[c])).max().unwrap_or(0).max(width(table.columns[c])),
            content: shown.iter().map(|row| width(&row[c])).max().unwrap_or(0),
            word: shown.iter().flat_map(|row| words(&row[c])).map(|word| width(word.trim_end())).max().unwrap_or(0),
            right: rows.iter().any(|row| row[c].is_number()),
        })
        .collect();
    let fitted = fitted(columns, options.width, !rows.is_empty());
    let mut text = String::new();
    for line in wrapped(&model::sanitize(&table.title), options.width).iter().filter(|line| !line.is_empty()) {
        text.push_str(&format!("{line}\n"));
    }
    let mut put = |cells: Vec<&str>| {
        let lines: Vec<Vec<String>> =
            cells.iter().zip(&fitted.columns).map(|(cell, column)| wrapped(cell, Some(column.width))).collect();
        for number in 0..lines.iter().map(Vec::len).max().unwrap_or(0) {
            let mut line = String::new();
            for (column, cell) in fitted.columns.iter().zip(&lines) {
                let cell = cell.get(number).map_or("", String::as_str);
                let pad = " ".repeat(column.width.saturating_sub(width(cell)));
                line.push_str(&if column.right { format!("{pad}{cell}") } else { format!("{cell}{pad}") });
                line.push_str(&" ".repeat(BETWEEN));
            }
            text.push_str(&format!("{}\n", line.trim_end()));
        }
    };
    put(fitted.columns.iter().map(|column| column.name).collect());
    let rules: Vec<String> = fitted.columns.iter().map(|column| "─".repeat(column.width)).collect();
    put(rules.iter().map(String::as_str).collect());
    for row in &shown {
        put(fitted.columns.iter().map(|column| row[column.at].as_str()).collect());
    }
    if left_out > 0 {
        text.push_str(&format!("… {left_out} more rows\n"));
    }
    for (what, names) in [
        ("Columns without a value", &fitted.empty),
        ("Columns that do not fit (CSV and JSON have them)", &fitted.omitted),
    ] {
        if !names.is_empty() {
            let note = format!("{what}: {}.", names.join(", "));
            wrapped(&note, options.width).iter().for_each(|line| text.push_str(&format!("{line}\n")));
        }
    }
    text
}

/// A column of a printed table.
struct PrintedColumn {
    /// Its place in the table.
    at: usize,
    name: &'static str,
    width: usize,
    /// Width of its widest cell.
    content: usize,
    /// Width of its longest word.
    word: usize,
    /// Whether it is right-aligned.
    right: bool,
}

impl PrintedColumn {
    /// The width to which it can be narrowed: its name breaks behind underscores, and its text wraps.
    fn least(&self) -> usize {
        let name = self.name.split_inclusive('_').map(width).max().unwrap_or(0);
        let sentence = SENTENCES.iter().find(|(name, _)| *name == self.name).map(|(_, narrowest)| *narrowest);
        let text = sentence.unwrap_or(NARROWEST.max(self.word.min(LONGEST_WORD)));
        name.max(if self.right { self.content } else { self.content.min(text) })
    }
}

/// Columns that fit, names of those without a value, and names of those that do not fit.
#[derive(Default)]
struct Fitted {
    columns: Vec<PrintedColumn>,
    empty: Vec<&'static str>,
    omitted: Vec<&'static str>,
}

/// The index of the column to omit next: never the first one.
fn next_omitted(columns: &[PrintedColumn]) -> usize {
    let among =
        |names: &[&str], column: &PrintedColumn| names.contains(&column.name) || column.name.starts_with("published_");
    let first = FIRST_OMITTED.iter().find_map(|name| columns.iter().skip(1).position(|column| column.name == *name));
    let last = || columns.iter().skip(1).rposition(|column| !among(&LAST_OMITTED, column));
    first.or_else(last).map_or(columns.len() - 1, |at| at + 1)
}

/// Makes columns fit: those without a value are omitted, then the widest are narrowed, then columns are omitted.
fn fitted(columns: Vec<PrintedColumn>, width_of_all: Option<usize>, any_row: bool) -> Fitted {
    let (mut out, mut omitted) = (Fitted { columns, ..Fitted::default() }, Vec::<PrintedColumn>::new());
    let Some(most) = width_of_all else { return out };
    let sum = |columns: &[PrintedColumn]| {
        columns.iter().map(|column| column.width).sum::<usize>() + BETWEEN * columns.len().saturating_sub(1)
    };
    if any_row && sum(&out.columns) > most {
        let (filled, empty): (Vec<_>, Vec<_>) = out.columns.into_iter().partition(|column| column.content > 0);
        out = Fitted { columns: filled, empty: empty.iter().map(|column| column.name).collect(), ..Fitted::default() };
    }
    let least = |columns: &[PrintedColumn]| {
        columns.iter().map(PrintedColumn::least).sum::<usize>() + BETWEEN * columns.len().saturating_sub(1)
    };
    while out.columns.len() > 1 && least(&out.columns) > most {
        let column = out.columns.remove(next_omitted(&out.columns));
        // A latitude without its longitude is no position.
        let longitude = column.name.strip_suffix("lat").map(|of| format!("{of}lon"));
        let longitude = longitude.and_then(|name| out.columns.iter().position(|column| column.name == name));
        omitted.extend(longitude.map(|at| out.columns.remove(at)));
        omitted.push(column);
    }
    omitted.sort_unstable_by_key(|column| column.at);
    out.omitted = omitted.iter().map(|column| column.name).collect();
    if let [only] = out.columns.as_mut_slice() {
        only.width = only.width.min(most.max(1));
    }
    loop {
        let over = sum(&out.columns).saturating_sub(most);
        let widest = out.columns.iter_mut().filter(|column| column.width > column.least()).max_by_key(|c| c.width);
        match widest.filter(|_| over > 0) {
            // At most a quarter, so that columns of equal width shrink together.
            Some(column) => {
                column.width = (column.width - over.min((column.width / 4).max(1))).max(column.least());
            }
            None => return out,
        }
    }
}

/// The pieces of a text between which a line may break.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split_inclusive([' ', '-', '–', '_', '/', ';'])
}

/// Wraps a text at spaces to lines of at most `most` columns; longer words are broken.
fn wrapped(text: &str, most: Option<usize>) -> Vec<String> {
    let Some(most) = most.filter(|most| width(text) > *most) else { return vec![text.to_owned()] };
    let (mut lines, mut line) = (Vec::new(), String::new());
    // A word that is too long for a line breaks behind a hyphen or the like, before it breaks anywhere.
    let parts = |word: &'_ str| -> Vec<String> {
        let split = |word: &str| word.split_inclusive(['-', '–', '_', '/', ';']).map(str::to_owned).collect();
        if width(word.trim_end()) > most { split(word) } else { vec![word.to_owned()] }
    };
    for word in text.split_inclusive(' ').flat_map(parts) {
        if !line.is_empty() && width(&line) + width(word.trim_end()) > most {
            lines.push(std::mem::take(&mut line).trim_end().to_owned());
        }
        for c in word.chars() {
            if !line.is_empty() && width(&line) + c.width().unwrap_or(0) > most && c != ' ' {
                lines.push(std::mem::take(&mut line));
            }
            line.push(c);
        }
    }
    lines.push(line);
    lines
}

fn one_line(cell: &Cell) -> String {
    model::sanitize(&cell.formatted()).replace(['\n', '\t'], " ")
}

fn as_markdown(table: &Table, options: &TableOptions) -> String {
    let (rows, left_out) = options.rows(table);
    let cell = |cell: &Cell| marked(&one_line(cell));
    let mut text =
        if table.title.is_empty() { String::new() } else { format!("{}\n\n", marked(&model::sanitize(&table.title))) };
    text.push_str(&format!("| {} |\n", table.columns.join(" | ")));
    let right = |c: usize| rows.iter().any(|row| row[c].is_number());
    let marks: Vec<&str> = (0..table.columns.len()).map(|c| if right(c) { "---:" } else { "---" }).collect();
    text.push_str(&format!("| {} |\n", marks.join(" | ")));
    for row in rows {
        text.push_str(&format!("| {} |\n", row.iter().map(cell).collect::<Vec<_>>().join(" | ")));
    }
    if left_out > 0 {
        text.push_str(&format!("\n… {left_out} more rows\n"));
    }
    text
}

/// Escapes Markdown and HTML syntax.
fn marked(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '\\' | '|' | '`' | '*' | '[' | ']' => out.extend(['\\', c]),
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{Cell, Table, TableOptions, aligned, wrapped};

    #[test]
    fn a_table_that_is_too_wide_omits_what_is_empty_then_narrows_then_omits_by_importance() {
        let table = Table {
            title: String::new(),
            columns: vec!["route", "on_border_m", "length_m", "note", "published_min_km"],
            rows: vec![vec![
                Cell::text("southern-railway"),
                Cell::metres(0.0),
                Cell::metres(304_742.0),
                Cell::Empty,
                Cell::number(338.4, 1),
            ]],
        };
        let at = |width| aligned(&table, &TableOptions { width, limit: None });
        assert!(at(None).starts_with("route             on_border_m  length_m  note  published_min_km\n"));
        let fits = "route             on_border_m  length_m  published_min_km\n";
        assert!(at(Some(58)).starts_with(fits) && at(Some(58)).ends_with("Columns without a value: note.\n"));
        let narrow = at(Some(36));
        assert!(narrow.lines().all(|line| line.chars().count() <= 36), "{narrow}");
        assert!(narrow.starts_with("route         length_m    published_\n"), "{narrow}");
        assert!(narrow.contains("southern-      304") && narrow.contains("on_border_m."), "{narrow}");
    }

    #[test]
    fn long_words_break_behind_a_hyphen_and_else_where_they_must() {
        assert_eq!(wrapped("southern-railway", Some(12)), ["southern-", "railway"]);
        assert_eq!(wrapped("may cross", Some(5)), ["may", "cross"]);
        assert_eq!(wrapped("undivided", Some(5)), ["undiv", "ided"]);
        assert_eq!(wrapped("southern-railway", None), ["southern-railway"]);
    }
}

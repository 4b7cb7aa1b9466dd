//! Tables for a reader: aligned text or Markdown.

use super::{Cell, EMBEDDED, Rendering, Table};
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
    fn rows<'a>(&self, table: &'a Table) -> (&'a [Vec<Cell>], usize) {
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

fn provenance<R: Rendering>(answer: &Envelope<R>) -> String {
    let method = &answer.method;
    let mut line = format!("{}; edges: {}", method.earth, method.edges);
    if let Some(territories) = &method.territories {
        line.push_str(&format!("; territories: {territories}"));
    }
    if let Some(tolerance_m) = method.tolerance_m {
        line.push_str(&format!("; tolerance: {tolerance_m} m"));
    }
    if let Some(ids) = method.ids.as_ref().filter(|_| answer.inputs.iter().any(|i| !i.path.starts_with(EMBEDDED))) {
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
/// A column of text is not narrowed below this.
const NARROWEST: usize = 12;

fn aligned(table: &Table, options: &TableOptions) -> String {
    let (rows, left_out) = options.rows(table);
    let shown: Vec<Vec<String>> = rows.iter().map(|row| row.iter().map(one_line).collect()).collect();
    let natural: Vec<usize> = (0..table.columns.len())
        .map(|c| shown.iter().map(|row| width(&row[c])).max().unwrap_or(0).max(width(table.columns[c])))
        .collect();
    let right: Vec<bool> = (0..table.columns.len()).map(|c| rows.iter().any(|row| row[c].is_number())).collect();
    let widths = fitted(&table.columns, natural, &right, options.width);
    let mut text = String::new();
    for line in wrapped(&model::sanitize(&table.title), options.width).iter().filter(|line| !line.is_empty()) {
        text.push_str(&format!("{line}\n"));
    }
    let mut put = |cells: Vec<&str>| {
        let lines: Vec<Vec<String>> =
            cells.iter().zip(&widths).map(|(cell, width)| wrapped(cell, Some(*width))).collect();
        for number in 0..lines.iter().map(Vec::len).max().unwrap_or(0) {
            let mut line = String::new();
            for (c, cell) in lines.iter().enumerate() {
                let cell = cell.get(number).map_or("", String::as_str);
                let pad = " ".repeat(widths[c].saturating_sub(width(cell)));
                line.push_str(&if right[c] { format!("{pad}{cell}") } else { format!("{cell}{pad}") });
                line.push_str(&" ".repeat(BETWEEN));
            }
            text.push_str(&format!("{}\n", line.trim_end()));
        }
    };
    put(table.columns.iter().take(widths.len()).copied().collect());
    let rules: Vec<String> = widths.iter().map(|w| "─".repeat(*w)).collect();
    put(rules.iter().map(String::as_str).collect());
    for row in &shown {
        put(row.iter().take(widths.len()).map(String::as_str).collect());
    }
    if left_out > 0 {
        text.push_str(&format!("… {left_out} more rows\n"));
    }
    let dropped = &table.columns[widths.len()..];
    if !dropped.is_empty() {
        let note = format!("Columns that do not fit: {}. CSV and JSON have them.", dropped.join(", "));
        wrapped(&note, options.width).iter().for_each(|line| text.push_str(&format!("{line}\n")));
    }
    text
}

/// Widths of the columns that fit: the widest text columns are narrowed first, then the last columns are omitted.
fn fitted(columns: &[&str], mut widths: Vec<usize>, right: &[bool], width_of_all: Option<usize>) -> Vec<usize> {
    let Some(most) = width_of_all else { return widths };
    loop {
        let sum = widths.iter().sum::<usize>() + BETWEEN * widths.len().saturating_sub(1);
        if sum <= most || widths.len() <= 1 {
            if let [only] = widths.as_mut_slice() {
                *only = (*only).min(most.max(1));
            }
            return widths;
        }
        let least = |c: usize| NARROWEST.max(width(columns[c]));
        let widest = (0..widths.len()).filter(|&c| !right[c] && widths[c] > least(c)).max_by_key(|&c| widths[c]);
        match widest {
            // At most down to the next widest, so that columns of equal width shrink together.
            Some(c) => widths[c] = (widths[c] - (sum - most).min((widths[c] / 4).max(1))).max(least(c)),
            None => {
                widths.pop();
            }
        }
    }
}

/// Wraps a text at spaces to lines of at most `most` columns; longer words are broken.
fn wrapped(text: &str, most: Option<usize>) -> Vec<String> {
    let Some(most) = most.filter(|most| width(text) > *most) else { return vec![text.to_owned()] };
    let (mut lines, mut line) = (Vec::new(), String::new());
    // A word that is too long for a line breaks behind a hyphen or the like, before it breaks anywhere.
    let parts = |word: &'_ str| -> Vec<String> {
        let split = |word: &str| word.split_inclusive(['-', '_', '/', ';']).map(str::to_owned).collect();
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
    use super::wrapped;

    #[test]
    fn long_words_break_behind_a_hyphen_and_else_where_they_must() {
        assert_eq!(wrapped("southern-railway", Some(12)), ["southern-", "railway"]);
        assert_eq!(wrapped("may cross", Some(5)), ["may", "cross"]);
        assert_eq!(wrapped("undivided", Some(5)), ["undiv", "ided"]);
        assert_eq!(wrapped("southern-railway", None), ["southern-railway"]);
    }
}

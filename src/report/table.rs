//! Tables for a reader: aligned text or Markdown.

use super::{Cell, EMBEDDED, Rendering, Table};
use crate::model::{self, Envelope};
use unicode_width::UnicodeWidthStr;

/// Returns an answer as aligned columns, with a line on the method.
pub fn table<R: Rendering>(answer: &Envelope<R>) -> String {
    let mut text: String = answer.results.tables().iter().map(aligned).collect::<Vec<_>>().join("\n");
    text.push('\n');
    text.push_str(&provenance(answer));
    text
}

/// Returns an answer as Markdown tables, with method, inputs and warnings.
pub fn markdown<R: Rendering>(answer: &Envelope<R>) -> String {
    let mut text: String = answer.results.tables().iter().map(as_markdown).collect::<Vec<_>>().join("\n");
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

fn aligned(table: &Table) -> String {
    let shown: Vec<Vec<String>> = table.rows.iter().map(|row| row.iter().map(one_line).collect()).collect();
    let widths: Vec<usize> = (0..table.columns.len())
        .map(|c| shown.iter().map(|row| width(&row[c])).max().unwrap_or(0).max(width(table.columns[c])))
        .collect();
    let right: Vec<bool> = (0..table.columns.len()).map(|c| table.rows.iter().any(|row| row[c].is_number())).collect();
    let mut text = if table.title.is_empty() { String::new() } else { format!("{}\n", model::sanitize(&table.title)) };
    let line = |cells: Vec<&str>| {
        let mut line = String::new();
        for (c, cell) in cells.iter().enumerate() {
            let pad = " ".repeat(widths[c] - width(cell));
            line.push_str(&if right[c] { format!("{pad}{cell}") } else { format!("{cell}{pad}") });
            line.push_str("  ");
        }
        format!("{}\n", line.trim_end())
    };
    text.push_str(&line(table.columns.clone()));
    let rules: Vec<String> = widths.iter().map(|w| "─".repeat(*w)).collect();
    text.push_str(&line(rules.iter().map(String::as_str).collect()));
    for row in &shown {
        text.push_str(&line(row.iter().map(String::as_str).collect()));
    }
    text
}

fn one_line(cell: &Cell) -> String {
    model::sanitize(&cell.formatted()).replace(['\n', '\t'], " ")
}

fn as_markdown(table: &Table) -> String {
    let cell = |cell: &Cell| marked(&one_line(cell));
    let mut text =
        if table.title.is_empty() { String::new() } else { format!("{}\n\n", marked(&model::sanitize(&table.title))) };
    text.push_str(&format!("| {} |\n", table.columns.join(" | ")));
    let right = |c: usize| table.rows.iter().any(|row| row[c].is_number());
    let marks: Vec<&str> = (0..table.columns.len()).map(|c| if right(c) { "---:" } else { "---" }).collect();
    text.push_str(&format!("| {} |\n", marks.join(" | ")));
    for row in &table.rows {
        text.push_str(&format!("| {} |\n", row.iter().map(cell).collect::<Vec<_>>().join(" | ")));
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

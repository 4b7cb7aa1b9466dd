//! An answer as a fragment of HTML, for a notebook or a page.

use super::{Cell, Rendering, Table, TableOptions};
use crate::model::{Envelope, sanitize};

/// Returns an answer as tables of HTML, with the method and the warnings below them: a fragment without style, script
/// or document around it. Text from files is escaped.
///
/// # Examples
/// ```
/// use merestone::geo::coord;
/// use merestone::model::{Content, Place};
/// use merestone::question::{InfoOptions, info};
/// use merestone::report::{TableOptions, envelope, html};
/// let place = Place::new("<place>", coord! { x: 37.6, y: 55.7 })?;
/// let answer = envelope(info(&[Content::Places(vec![place])], &InfoOptions::default()));
/// assert!(html(&answer, &TableOptions::default()).contains("<td>&lt;place&gt;</td>"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn html<R: Rendering>(answer: &Envelope<R>, options: &TableOptions) -> String {
    let mut html = String::from("<div class=\"merestone\">\n");
    answer.results.tables().iter().for_each(|one| table(&mut html, one, options));
    html.push_str(&format!("<p>{}</p>\n", escaped(super::table::provenance(answer).trim_end())));
    if !answer.warnings.is_empty() {
        let items: String =
            answer.warnings.iter().map(|warning| format!("<li>{}</li>\n", escaped(&warning.message))).collect();
        html.push_str(&format!("<ul>\n{items}</ul>\n"));
    }
    html.push_str("</div>\n");
    html
}

fn table(html: &mut String, table: &Table, options: &TableOptions) {
    let (rows, left_out) = options.rows(table);
    html.push_str("<table>\n");
    if !table.title.is_empty() {
        html.push_str(&format!("<caption>{}</caption>\n", escaped(&table.title)));
    }
    let headings: String =
        table.columns.iter().map(|name| format!("<th scope=\"col\">{}</th>", escaped(name))).collect();
    html.push_str(&format!("<thead><tr>{headings}</tr></thead>\n<tbody>\n"));
    for row in rows {
        let cells: String = row.iter().map(cell).collect();
        html.push_str(&format!("<tr>{cells}</tr>\n"));
    }
    if left_out > 0 {
        html.push_str(&format!("<tr><td colspan=\"{}\">… and {left_out} more rows</td></tr>\n", table.columns.len()));
    }
    html.push_str("</tbody>\n</table>\n");
}

fn cell(cell: &Cell) -> String {
    let text = escaped(&cell.formatted());
    if cell.is_number() { format!("<td style=\"text-align: right\">{text}</td>") } else { format!("<td>{text}</td>") }
}

/// Text escaped for HTML, without control characters.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in sanitize(text).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

//! A paper as Markdown.

use super::language_name;
use crate::document::description::{Block, DescriptionPaper};

/// Returns a paper as Markdown; texts in several languages as rows of a table with a column for each.
pub fn paper_markdown(paper: &DescriptionPaper) -> String {
    let mut out = String::new();
    let mut in_table = false;
    for block in &paper.blocks {
        let is_row = matches!(block, Block::Paragraph(_)) && paper.languages.len() > 1;
        if in_table && !is_row {
            out.push('\n');
        }
        match block {
            Block::Title(texts) => out.push_str(&format!("# {}\n\n", joined(texts))),
            Block::Heading(texts) => out.push_str(&format!("## {}\n\n", joined(texts))),
            Block::Paragraph(texts) if is_row => {
                if !in_table {
                    let names: Vec<&str> = paper.languages.iter().map(|code| language_name(code)).collect();
                    out.push_str(&format!("| {} |\n|{}\n", names.join(" | "), "---|".repeat(names.len())));
                }
                let cells: Vec<String> = texts.iter().map(|text| plain(text)).collect();
                out.push_str(&format!("| {} |\n", cells.join(" | ")));
            }
            Block::Paragraph(texts) => out.push_str(&format!("{}\n\n", plain(&texts.join(" ")))),
            Block::Table { headings, rows } => {
                let heads: Vec<String> = headings.iter().map(|texts| joined(texts)).collect();
                out.push_str(&format!("| {} |\n|{}\n", heads.join(" | "), "---|".repeat(heads.len())));
                for row in rows {
                    let cells: Vec<String> = row.iter().map(|cell| plain(cell)).collect();
                    out.push_str(&format!("| {} |\n", cells.join(" | ")));
                }
                out.push('\n');
            }
            Block::Form { headings, rows, .. } => {
                let columns = headings.len().max(rows.first().map_or(1, Vec::len));
                let heads: Vec<String> =
                    (0..columns).map(|i| headings.get(i).map_or_else(String::new, |h| joined(h))).collect();
                out.push_str(&format!("| {} |\n|{}\n", heads.join(" | "), "---|".repeat(columns)));
                for row in rows {
                    let cells: Vec<String> = row.iter().map(|texts| joined(texts)).collect();
                    out.push_str(&format!("| {} |\n", cells.join(" | ")));
                }
                out.push('\n');
            }
            Block::Note(texts) => out.push_str(&format!("{}\n\n", joined(texts))),
            Block::Picture(picture) => out.push_str(&format!("({})\n\n", joined(&picture.texts))),
            Block::NextPage => out.push_str("---\n\n"),
            Block::Signatures(names) => {
                for texts in names {
                    out.push_str(&format!("{}: ____________________\n\n", joined(texts)));
                }
            }
        }
        in_table = is_row;
    }
    format!("{}\n", out.trim_end())
}

fn joined(texts: &[String]) -> String {
    let mut unique: Vec<String> = Vec::new();
    for text in texts.iter().map(|text| plain(text)) {
        if !text.is_empty() && !unique.contains(&text) {
            unique.push(text);
        }
    }
    unique.join(" / ")
}

/// Text with Markdown syntax escaped.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | '*' | '_' | '`' | '|' | '<' | '[' | ']' => out.extend(['\\', c]),
            '\n' | '\r' => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

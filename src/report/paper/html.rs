//! A paper as one self-contained HTML page, with a print style sheet.

use super::escaped;
use crate::document::description::{Block, DescriptionPaper};

const STYLE: &str = "\
@page { size: A4SHEET; margin: 20mm 18mm; }
body { font: 11pt/1.45 'Noto Serif', 'Times New Roman', Sylfaen, serif; color: #111; max-width: WIDTHem; margin: 2em auto; padding: 0 1em; overflow-wrap: anywhere; }
h1 { font-size: 1.4em; text-align: center; margin: 0 0 1em; }
h2 { font-size: 1.1em; margin: 1.4em 0 .5em; break-after: avoid; }
.row { display: grid; grid-template-columns: repeat(COLUMNS, minmax(0, 1fr)); column-gap: 1.5em; }
p { margin: 0 0 .6em; text-align: ALIGN; }
table { border-collapse: collapse; width: 100%; font-size: .85em; font-variant-numeric: tabular-nums; }
th, td { border: 1px solid #888; padding: .15em .4em; text-align: left; }
thead { display: table-header-group; }
tr, .row { break-inside: avoid; }
.signature { margin-top: 2.5em; border-top: 1px solid #111; padding-top: .3em; width: 45%; display: inline-block; margin-right: 4%; }
@media print { body { max-width: none; margin: 0; padding: 0; } }
@media (max-width: 40em) { .row { grid-template-columns: 1fr; } }
";

/// Returns a paper as a self-contained HTML page.
pub fn paper_html(paper: &DescriptionPaper) -> String {
    let title = paper.blocks.iter().find_map(|block| match block {
        Block::Title(texts) => texts.first(),
        _ => None,
    });
    let language = paper.languages.first().map_or("en", String::as_str);
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" \
         content=\"width=device-width\">\n<title>{}</title>\n<style>\n{}</style>\n</head>\n<body>\n",
        escaped(language),
        escaped(title.map_or("", String::as_str)),
        style(paper.languages.len().max(1))
    );
    for block in &paper.blocks {
        match block {
            Block::Title(texts) => row(&mut out, paper, "h1", texts),
            Block::Heading(texts) => row(&mut out, paper, "h2", texts),
            Block::Paragraph(texts) => row(&mut out, paper, "p", texts),
            Block::Table { headings, rows } => {
                let heads: String = headings.iter().map(|texts| format!("<th>{}</th>", spread(paper, texts))).collect();
                out.push_str(&format!("<table>\n<thead><tr>{heads}</tr></thead>\n<tbody>\n"));
                for cells in rows {
                    let cells: String = cells.iter().map(|cell| format!("<td>{}</td>", escaped(cell))).collect();
                    out.push_str(&format!("<tr>{cells}</tr>\n"));
                }
                out.push_str("</tbody>\n</table>\n");
            }
            Block::Signatures(names) => {
                for texts in names {
                    out.push_str(&format!("<div class=\"signature\">{}</div>\n", spread(paper, texts)));
                }
            }
        }
    }
    out.push_str("</body>\n</html>\n");
    out
}

/// The style for a number of columns: three or more in landscape, and narrow ones not justified.
fn style(columns: usize) -> String {
    let [sheet, width, align] = match columns {
        1 => ["", "60", "justify"],
        2 => ["", "66", "left"],
        _ => [" landscape", "92", "left"],
    };
    let style = STYLE.replace("COLUMNS", &columns.to_string()).replace("SHEET", sheet);
    style.replace("WIDTH", width).replace("ALIGN", align)
}

/// A text in all languages, side by side.
fn row(out: &mut String, paper: &DescriptionPaper, tag: &str, texts: &[String]) {
    let cell =
        |(code, text): (&String, &String)| format!("<{tag} lang=\"{}\">{}</{tag}>", escaped(code), escaped(text));
    let cells: String = paper.languages.iter().zip(texts).map(cell).collect();
    match paper.languages.len() {
        1 => out.push_str(&format!("{cells}\n")),
        _ => out.push_str(&format!("<div class=\"row\">{cells}</div>\n")),
    }
}

/// A text in all languages, one after the other.
fn spread(paper: &DescriptionPaper, texts: &[String]) -> String {
    let each = paper.languages.iter().zip(texts);
    let span = |(code, text): (&String, &String)| format!("<span lang=\"{}\">{}</span>", escaped(code), escaped(text));
    each.map(span).collect::<Vec<_>>().join("<br>")
}

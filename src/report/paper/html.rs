//! A paper as one self-contained HTML page, with a print style sheet.

use super::{escaped, unlike};
use crate::document::description::{Block, DescriptionPaper, Picture};

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

/// A form has a page for itself in print.
const FORM_STYLE: &str = "\
@page { margin: 12mm 18mm; }
body { font-size: 9pt; line-height: 1.3; }
h1 { font-size: 1.2em; margin: 0 0 .2em; }
small p { margin: 0 0 .2em; line-height: 1.15; }
table { margin: 0 0 .6em; table-layout: fixed; font-size: .95em; }
th, td { padding: .04em .4em; }
th { font-weight: normal; color: #333; }
figure { margin: 0 0 .4em; break-inside: avoid; }
figure img { max-width: 100%; height: auto; }
.signature { margin-top: 1.8em; margin-bottom: .5em; }
.next { border-top: 1px dashed #888; margin: 2em 0; }
@media print { .next { border: 0; margin: 0; break-after: page; } }
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
        style(paper)
    );
    for block in &paper.blocks {
        match block {
            Block::Title(texts) => row(&mut out, paper, "h1", texts),
            Block::Heading(texts) => row(&mut out, paper, "h2", texts),
            Block::Paragraph(texts) => row(&mut out, paper, "p", texts),
            Block::Note(texts) => out.push_str(&format!("<small>{}</small>\n", stacked(paper, "p", texts))),
            Block::Table { headings, rows } => {
                let heads: String = headings.iter().map(|texts| format!("<th>{}</th>", spread(paper, texts))).collect();
                out.push_str(&format!("<table>\n<thead><tr>{heads}</tr></thead>\n<tbody>\n"));
                for cells in rows {
                    let cells: String = cells.iter().map(|cell| format!("<td>{}</td>", escaped(cell))).collect();
                    out.push_str(&format!("<tr>{cells}</tr>\n"));
                }
                out.push_str("</tbody>\n</table>\n");
            }
            Block::Form { shares, headings, rows } => form(&mut out, paper, shares, (headings, rows)),
            Block::Picture(picture) => out.push_str(&figure(picture)),
            Block::Signatures(names) => {
                for texts in names {
                    out.push_str(&format!("<div class=\"signature\">{}</div>\n", spread(paper, texts)));
                }
            }
            Block::NextPage => out.push_str("<div class=\"next\"></div>\n"),
        }
    }
    out.push_str("</body>\n</html>\n");
    out
}

/// The style for a number of columns: three or more in landscape, and narrow ones not justified; forms have one.
fn style(paper: &DescriptionPaper) -> String {
    let columns = if paper.is_form { 1 } else { paper.languages.len().max(1) };
    let [sheet, width, align] = match columns {
        _ if paper.is_form => ["", "60", "left"],
        1 => ["", "60", "justify"],
        2 => ["", "66", "left"],
        _ => [" landscape", "92", "left"],
    };
    let style = STYLE.replace("COLUMNS", &columns.to_string()).replace("SHEET", sheet);
    let style = style.replace("WIDTH", width).replace("ALIGN", align);
    if paper.is_form { style + FORM_STYLE } else { style }
}

/// A text in all languages, side by side.
fn row(out: &mut String, paper: &DescriptionPaper, tag: &str, texts: &[String]) {
    let cell =
        |(code, text): (&String, &String)| format!("<{tag} lang=\"{}\">{}</{tag}>", escaped(code), escaped(text));
    let cells: String = paper.languages.iter().zip(texts).map(cell).collect();
    match paper.languages.len() {
        _ if paper.is_form => out.push_str(&stacked(paper, tag, texts)),
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

/// A text in all languages, one below the other; what is the same in several, or in all, once.
fn stacked(paper: &DescriptionPaper, tag: &str, texts: &[String]) -> String {
    let lines = unlike(&paper.languages, texts);
    lines.into_iter().map(|(code, text)| format!("<{tag}{}>{}</{tag}>\n", lang(code), escaped(text))).collect()
}

/// A table whose cells have texts in all languages.
fn form(
    out: &mut String,
    paper: &DescriptionPaper,
    shares: &[usize],
    (headings, rows): (&[Vec<String>], &[Vec<Vec<String>>]),
) {
    let cell = |tag: &str, texts: &Vec<String>| {
        let texts = unlike(&paper.languages, texts).into_iter();
        let spans: Vec<String> =
            texts.map(|(code, text)| format!("<span{}>{}</span>", lang(code), escaped(text))).collect();
        format!("<{tag}>{}</{tag}>", spans.join(" · "))
    };
    let whole: usize = shares.iter().sum();
    let column = |share: &usize| format!("<col style=\"width:{:.1}%\">", 100.0 * *share as f64 / whole.max(1) as f64);
    let columns: String = shares.iter().map(column).collect();
    out.push_str(&format!("<table>\n<colgroup>{columns}</colgroup>\n"));
    if !headings.is_empty() {
        let heads: String = headings.iter().map(|texts| cell("th", texts)).collect();
        out.push_str(&format!("<thead><tr>{heads}</tr></thead>\n"));
    }
    out.push_str("<tbody>\n");
    for row in rows {
        let is_named = |i: usize| headings.is_empty() && i == 0;
        let cells: String =
            row.iter().enumerate().map(|(i, texts)| cell(if is_named(i) { "th" } else { "td" }, texts)).collect();
        out.push_str(&format!("<tr>{cells}</tr>\n"));
    }
    out.push_str("</tbody>\n</table>\n");
}

fn lang(code: Option<&String>) -> String {
    code.map_or_else(String::new, |code| format!(" lang=\"{}\"", escaped(code)))
}

/// A picture apart from the page, so that the names in it do not meet those of other pictures.
fn figure(picture: &Picture) -> String {
    let mut data = String::with_capacity(picture.svg.len() * 5 / 4);
    for byte in picture.svg.bytes() {
        match byte {
            b' ' | b'!' | b'\''..=b'/' | b'0'..=b';' | b'=' | b'A'..=b'Z' | b'_' | b'a'..=b'z' => {
                data.push(char::from(byte))
            }
            byte => data.push_str(&format!("%{byte:02X}")),
        }
    }
    let text = picture.texts.first().map_or("", String::as_str);
    let width_mm = picture.size_mm[0];
    format!(
        "<figure><img alt=\"{}\" style=\"width:{width_mm}mm\" src=\"data:image/svg+xml,{data}\"></figure>\n",
        escaped(text)
    )
}

//! The HTML of a dossier.

use super::{Dossier, DossierSection, shapes};
use crate::io::gzipped;
use crate::model::{Role, Status};
use crate::report::html::escaped;
use crate::report::{Cell, Table};
use crate::text::{Message, columns};
use base64::Engine;
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// Headings and labels, by the keys that the page uses.
const TEXTS: [(&str, Message); 15] = [
    ("summary", Message("dossier-summary")),
    ("map", Message("dossier-map")),
    ("map-note", Message("dossier-map-note")),
    ("answers", Message("dossier-answers")),
    ("plates", Message("dossier-plates")),
    ("files", Message("dossier-files")),
    ("commands", Message("dossier-commands")),
    ("layers", Message("dossier-layers")),
    ("statuses", Message("dossier-statuses")),
    ("language", Message("dossier-language")),
    ("find", Message("dossier-find")),
    ("zoom-in", Message("dossier-zoom-in")),
    ("zoom-out", Message("dossier-zoom-out")),
    ("whole", Message("dossier-whole")),
    ("choose", Message("dossier-choose")),
];

/// Names of statuses.
const STATUSES: [(Status, Message); 9] = [
    (Status::Demarcated, Message("dossier-demarcated")),
    (Status::Delimited, Message("dossier-delimited")),
    (Status::Agreed, Message("dossier-agreed")),
    (Status::Undefined, Message("dossier-undefined")),
    (Status::Disputed, Message("dossier-disputed")),
    (Status::ControlLine, Message("dossier-control-line")),
    (Status::Historical, Message("dossier-historical")),
    (Status::Proposed, Message("dossier-proposed")),
    (Status::Unspecified, Message("dossier-unspecified")),
];

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// The page.
pub(super) fn written(dossier: &Dossier) -> String {
    let languages = if dossier.languages.is_empty() { vec!["en".to_owned()] } else { dossier.languages.clone() };
    let first = languages[0].as_str();
    let say = |key: &str| TEXTS.iter().find(|(name, _)| *name == key).map_or(String::new(), |(_, m)| m.get(first));
    let heading = |level: u8, key: &str, id: &str| {
        format!("<h{level} id=\"{id}\" data-text=\"{key}\">{}</h{level}>\n", escaped(&say(key)))
    };
    let title = escaped(&dossier.title);
    let mut html = format!(
        "<!doctype html>\n<html lang=\"{first}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; \
         script-src 'unsafe-inline'; img-src blob: data:\">\n\
         <meta name=\"generator\" content=\"{} {}\">\n<title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n",
        env!("CARGO_PKG_NAME"),
        env!("CARGO_PKG_VERSION"),
    );
    html.push_str(&format!("<header>\n<h1>{title}</h1>\n{}</header>\n<main>\n", chooser(&languages, &say("language"))));
    if !dossier.summary.is_empty() {
        html.push_str(&heading(2, "summary", "summary"));
        html.push_str("<ul>\n");
        dossier.summary.iter().for_each(|line| put(&mut html, format_args!("<li>{}</li>\n", escaped(line))));
        html.push_str("</ul>\n");
    }
    if !dossier.layers.is_empty() {
        html.push_str(&heading(2, "map", "map-heading"));
        html.push_str(&map(dossier, &say));
    }
    if !dossier.sections.is_empty() {
        html.push_str(&heading(2, "answers", "answers"));
        dossier.sections.iter().for_each(|one| section(&mut html, one));
    }
    if !dossier.plates.is_empty() {
        html.push_str(&heading(2, "plates", "plates"));
        for plate in &dossier.plates {
            let packed = base64::engine::general_purpose::STANDARD.encode(gzipped(plate.svg.as_bytes()));
            let title = escaped(&plate.title);
            put(
                &mut html,
                format_args!(
                    "<figure data-plate=\"{packed}\">\n<img alt=\"{title}\">\n<figcaption>{title}</figcaption>\n</figure>\n"
                ),
            );
        }
    }
    html.push_str(&heading(2, "files", "files"));
    files(&mut html, dossier);
    if !dossier.commands.is_empty() {
        html.push_str(&heading(3, "commands", "commands"));
        html.push_str("<ul>\n");
        dossier
            .commands
            .iter()
            .for_each(|line| put(&mut html, format_args!("<li><code>{}</code></li>\n", escaped(line))));
        html.push_str("</ul>\n");
    }
    html.push_str("</main>\n<script type=\"application/json\" id=\"data\">");
    html.push_str(&data(dossier, &languages).to_string().replace("</", "<\\/").replace("<!--", "<\\u0021--"));
    html.push_str(&format!("</script>\n<script>\n{SCRIPT}</script>\n</body>\n</html>\n"));
    html
}

fn put(html: &mut String, text: std::fmt::Arguments<'_>) {
    html.write_fmt(text).expect("a String takes everything");
}

/// The language selector, if there are several languages.
fn chooser(languages: &[String], label: &str) -> String {
    if languages.len() < 2 {
        return String::new();
    }
    let options: String =
        languages.iter().map(|code| format!("<option value=\"{0}\">{0}</option>", escaped(code))).collect();
    format!(
        "<p class=\"top\"><label><span data-text=\"language\">{}</span> <select id=\"language\">{options}</select></label></p>\n",
        escaped(label)
    )
}

/// The map with its tools, its layers and the properties of the selected feature.
fn map(dossier: &Dossier, say: &impl Fn(&str) -> String) -> String {
    let mut html = String::from("<div class=\"atlas\">\n<div class=\"map\">\n");
    let tool = |id: &str, key: &str, sign: &str| {
        let label = escaped(&say(key));
        format!("<button type=\"button\" id=\"{id}\" aria-label=\"{label}\" data-label=\"{key}\">{sign}</button>")
    };
    let tools = [("zoom-in", "zoom-in", "+"), ("zoom-out", "zoom-out", "−"), ("zoom-whole", "whole", "⤢")];
    let tools: String = tools.iter().map(|(id, key, sign)| tool(id, key, sign)).collect();
    put(
        &mut html,
        format_args!(
            "<svg id=\"map\" role=\"application\" tabindex=\"0\" aria-label=\"{}\" data-label=\"map\" \
             preserveAspectRatio=\"xMidYMid meet\"></svg>\n<div class=\"tools\">{tools}</div>\n</div>\n\
             <div class=\"side\" tabindex=\"0\" role=\"region\" aria-labelledby=\"chosen\">\n",
            escaped(&say("map"))
        ),
    );
    put(
        &mut html,
        format_args!(
            "<p class=\"find\"><label><span data-text=\"find\">{}</span><br><input id=\"find\" list=\"names\"></label>\
             <datalist id=\"names\"></datalist></p>\n",
            escaped(&say("find"))
        ),
    );
    let boxes = |html: &mut String, key: &str, attribute: &str, words: &[(String, String, bool)]| {
        put(html, format_args!("<fieldset><legend data-text=\"{key}\">{}</legend>\n", escaped(&say(key))));
        for (value, word, is_on) in words {
            let (value, checked) = (escaped(value), if *is_on { " checked" } else { "" });
            put(
                html,
                format_args!(
                    "<label><input type=\"checkbox\" {attribute}=\"{value}\"{checked}> {}</label>\n",
                    word.as_str()
                ),
            );
        }
        html.push_str("</fieldset>\n");
    };
    // Of several editions of the same land, the first is shown and the others on request.
    let mut territories = 0;
    let layers = dossier.layers.iter().map(|layer| {
        let is_territory = layer.info.role == Role::Territory;
        territories += usize::from(is_territory);
        (layer.info.id.clone(), escaped(&layer.info.id), !is_territory || territories == 1)
    });
    boxes(&mut html, "layers", "data-layer", &layers.collect::<Vec<_>>());
    let shown = statuses(dossier);
    if !shown.is_empty() {
        let words = STATUSES.iter().filter(|(status, _)| shown.contains(status.word()));
        let words: Vec<_> = words
            .map(|(status, message)| {
                let word = escaped(&message.get(dossier.languages.first().map_or("en", String::as_str)));
                let word = format!("<span data-text=\"{}\">{word}</span>", status.word());
                (status.word().to_owned(), word, true)
            })
            .collect();
        boxes(&mut html, "statuses", "data-status", &words);
    }
    put(
        &mut html,
        format_args!(
            "<h3 id=\"chosen\" data-text=\"choose\">{}</h3>\n<dl id=\"facts\"></dl>\n</div>\n</div>\n\
             <p data-text=\"map-note\">{}</p>\n",
            escaped(&say("choose")),
            escaped(&say("map-note"))
        ),
    );
    html
}

fn statuses(dossier: &Dossier) -> BTreeSet<&'static str> {
    use crate::model::Content;
    let of_layer = |layer: &crate::model::Layer| match &layer.content {
        Content::Lines(lines) if layer.info.role != Role::River => {
            lines.iter().map(|line| line.status.word()).collect::<Vec<_>>()
        }
        Content::Pieces(pieces) if !pieces.is_empty() => vec![Status::Proposed.word()],
        _ => Vec::new(),
    };
    dossier.layers.iter().flat_map(of_layer).collect()
}

fn section(html: &mut String, section: &DossierSection) {
    put(html, format_args!("<h3>{}</h3>\n", escaped(&section.title)));
    section.tables.iter().filter(|table| !table.rows.is_empty()).for_each(|one| table(html, one, &section.title));
    if !section.warnings.is_empty() {
        html.push_str("<ul class=\"warnings\" lang=\"en\">\n");
        section.warnings.iter().for_each(|warning| put(html, format_args!("<li>{}</li>\n", escaped(warning))));
        html.push_str("</ul>\n");
    }
    let method: Vec<String> = section.method.iter().map(|(term, value)| format!("{term}: {value}")).collect();
    put(html, format_args!("<p class=\"warnings\" lang=\"en\">{}.</p>\n", escaped(&method.join(". "))));
}

fn table(html: &mut String, table: &Table, section: &str) {
    let caption = if table.title.is_empty() { section } else { &table.title };
    // Regions of a page have names of their own; captions come again in other sections.
    let label = if caption == section { section.to_owned() } else { format!("{section}: {caption}") };
    put(
        html,
        format_args!(
            "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{1}\">\n<table>\n<caption>{0}</caption>\n<thead><tr>",
            escaped(caption),
            escaped(&label)
        ),
    );
    for (i, column) in table.columns.iter().enumerate() {
        let is_number = table.rows.iter().any(|row| row[i].is_number());
        let class = if is_number { " class=\"number\"" } else { "" };
        put(
            html,
            format_args!(
                "<th scope=\"col\"{class}><button type=\"button\" data-column=\"{0}\">{0}</button></th>",
                escaped(column)
            ),
        );
    }
    html.push_str("</tr></thead>\n<tbody>\n");
    for row in &table.rows {
        html.push_str("<tr>");
        for cell in row {
            match cell {
                Cell::Number(number, _) | Cell::Fixed(number, _) | Cell::Undetermined(number) => put(
                    html,
                    format_args!(
                        "<td class=\"number\" data-value=\"{}\">{}</td>",
                        number + 0.0,
                        escaped(&cell.formatted())
                    ),
                ),
                _ => put(html, format_args!("<td>{}</td>", escaped(&cell.formatted()))),
            }
        }
        html.push_str("</tr>\n");
    }
    html.push_str("</tbody>\n</table>\n</div>\n");
}

/// Sources and hashes of all layers and inputs, without duplicates.
fn files(html: &mut String, dossier: &Dossier) {
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    let mut known = BTreeSet::new();
    for layer in &dossier.layers {
        known.insert((layer.input.path.clone(), layer.input.sha256.clone()));
        let info = &layer.info;
        rows.push(vec![
            Cell::text(&layer.input.path),
            Cell::text(&info.source),
            Cell::text(&info.licence),
            Cell::text(&info.attribution),
            Cell::text(&info.date),
            Cell::number(info.position_accuracy_m, 0),
            Cell::text(&layer.input.sha256),
        ]);
    }
    for input in dossier.sections.iter().flat_map(|section| &section.inputs) {
        if known.insert((input.path.clone(), input.sha256.clone())) {
            let mut row = vec![Cell::Empty; 7];
            (row[0], row[6]) = (Cell::text(&input.path), Cell::text(&input.sha256));
            rows.push(row);
        }
    }
    let columns = vec!["file", "source", "licence", "attribution", "date", "position_accuracy_m", "sha256"];
    table(html, &Table { title: "Files".to_owned(), columns, rows }, "Files");
}

/// The data of the script.
fn data(dossier: &Dossier, languages: &[String]) -> Value {
    let texts: Map<String, Value> = languages
        .iter()
        .map(String::as_str)
        .chain(std::iter::once("en"))
        .map(|language| {
            let headings = TEXTS.iter().map(|(key, message)| ((*key).to_owned(), message.get(language).into()));
            let words =
                STATUSES.iter().map(|(status, message)| (status.word().to_owned(), message.get(language).into()));
            (language.to_owned(), Value::Object(headings.chain(words).collect()))
        })
        .collect();
    let of = |language: &String| {
        let headings = columns(language).into_iter().map(|(name, heading)| (name.to_owned(), heading.into()));
        (language.clone(), Value::Object(headings.collect()))
    };
    let headings: Map<String, Value> = languages.iter().map(of).collect();
    let layers = shapes::layers(&dossier.layers);
    json!({ "languages": languages, "texts": texts, "columns": headings, "layers": layers })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_from_files_is_text_in_the_page() {
        let (title, summary) = ("</title><script>alert(1)</script>".to_owned(), vec!["a & b \"c\"".to_owned()]);
        let dossier = Dossier { title, summary, ..Dossier::default() };
        let page = written(&dossier);
        assert!(!page.contains("<script>alert") && page.contains("a &amp; b &quot;c&quot;"), "{page}");
    }

    #[test]
    fn the_page_loads_nothing() {
        let page = written(&Dossier::default());
        for word in ["src=\"http", "href=", "url(", "@import", "fetch("] {
            assert!(!page.contains(word), "{word}");
        }
    }
}

//! Rendering of parsed descriptions.

use super::{Cell, Record, Records, Rendering, Table};
use crate::document::description::{PointLocation, StatedPosition, Statement};
use crate::document::parse::{ClauseKind, ParseReport, ParsedClause, ParsedText};
use crate::io::{feature, point_geometry};
use geo::Coord;
use serde::Serialize;
use serde_json::Value;

impl Rendering for ParseReport {
    const COMMAND: &'static str = "parse";

    fn tables(&self) -> Vec<Table> {
        self.texts
            .iter()
            .flat_map(|text| [text.fact_table(), text.clause_table(), text.unparsed_table()])
            .filter(|table| !table.rows.is_empty())
            .collect()
    }

    fn records(&self) -> Vec<Records<'_>> {
        let mut fields = Vec::new();
        let mut unparsed = Vec::new();
        for text in &self.texts {
            for clause in &text.clauses {
                let labelled = |mut row: Record| {
                    let mut out = Record::new();
                    out.insert("path".into(), text.path.clone().into());
                    out.insert("clause".into(), clause.clause.into());
                    out.append(&mut row);
                    out
                };
                fields.extend(clause.fields.iter().map(|field| labelled(spanned(field))));
                unparsed.extend(clause.unparsed.iter().map(|rest| labelled(spanned(rest))));
            }
        }
        let columns = ["path", "clause", "field", "value", "span", "text", "confidence"];
        vec![
            Records::rows("fields", fields).with_columns(&columns),
            Records::rows("unparsed", unparsed).with_columns(&["path", "clause", "span", "text"]),
        ]
    }

    /// The points with latitude and longitude stated in a text.
    fn features(&self) -> Vec<Value> {
        let mut out = Vec::new();
        for (at, text) in self.texts.iter().enumerate() {
            let stated = |clause: &&ParsedClause| matches!(clause.kind, ClauseKind::Leg | ClauseKind::Point);
            for clause in text.clauses.iter().filter(stated) {
                let [section, statement] = clause.place;
                let found =
                    text.description.sections.get(section).and_then(|section| section.statements.get(statement));
                for (end, location) in found.into_iter().flat_map(locations) {
                    for position in location.positions.iter().filter_map(coord) {
                        let id = format!("{}/{}/{}", at + 1, clause.clause, out.len() + 1);
                        let properties = Record::from_iter([
                            ("path".to_owned(), text.path.clone().into()),
                            ("clause".to_owned(), clause.clause.into()),
                            ("end".to_owned(), end.into()),
                            ("text".to_owned(), clause.text.clone().into()),
                        ]);
                        out.push(feature(Some(id), point_geometry(position), properties));
                    }
                }
            }
        }
        out
    }
}

/// The fields of a value as a row; its span is one text, because a list of two numbers would be read as a position.
pub(super) fn spanned<T: Serialize>(value: &T) -> Record {
    let mut row = super::properties(value);
    let span = serde_json::to_value(value).ok().and_then(|value| {
        let bytes: Vec<u64> = value.get("span")?.as_array()?.iter().filter_map(Value::as_u64).collect();
        Some(format!("{}-{}", bytes.first()?, bytes.get(1)?))
    });
    for name in ["span", "span_lon", "span_lat"] {
        row.shift_remove(name);
    }
    row.insert("span".to_owned(), span.into());
    row
}

fn locations(statement: &Statement) -> Vec<(&'static str, &PointLocation)> {
    match statement {
        Statement::Leg(leg) => vec![("from", &leg.from_location), ("to", &leg.to_location)],
        Statement::Point(point) => vec![("point", &point.location)],
        _ => Vec::new(),
    }
}

fn coord(position: &StatedPosition) -> Option<Coord> {
    match position {
        StatedPosition::Geographic { latitude: Some(latitude), longitude: Some(longitude), .. } => {
            Some(Coord { x: longitude.value_deg(), y: latitude.value_deg() })
        }
        _ => None,
    }
}

impl ParsedText {
    fn title(&self, what: &str) -> String {
        match &self.path {
            Some(path) => format!("{path}: {what}"),
            None => what.to_owned(),
        }
    }

    fn fact_table(&self) -> Table {
        let rows = self.facts.iter().map(|fact| {
            let how = if fact.stated { "stated" } else { "inferred" };
            vec![Cell::text(&fact.about), Cell::text(&fact.value), Cell::text(how), Cell::text(&fact.evidence)]
        });
        Table {
            title: self.title("the whole"),
            columns: vec!["about", "value", "how", "evidence"],
            rows: rows.collect(),
        }
    }

    fn clause_table(&self) -> Table {
        let rows = self.clauses.iter().filter(|clause| clause.kind != ClauseKind::Text).map(row);
        let columns = vec!["clause", "line", "kind", "from", "to", "follow", "direction", "length_m", "other"];
        Table { title: self.title("clauses"), columns, rows: rows.collect() }
    }

    fn unparsed_table(&self) -> Table {
        let whole = |clause: &ParsedClause| clause.kind == ClauseKind::Text;
        let rows = self.clauses.iter().flat_map(|clause| {
            clause.unparsed.iter().map(move |rest| {
                let what = if whole(clause) { "clause" } else { "words" };
                vec![
                    Cell::number(clause.clause as f64, 0),
                    Cell::number(clause.line as f64, 0),
                    Cell::text(what),
                    Cell::text(shortened(&rest.text)),
                ]
            })
        });
        Table {
            title: self.title("not understood"),
            columns: vec!["clause", "line", "what", "text"],
            rows: rows.collect(),
        }
    }
}

/// Greatest number of characters of a text in a table.
const WIDEST: usize = 90;

fn shortened(text: &str) -> String {
    let one_line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match one_line.char_indices().nth(WIDEST) {
        Some((end, _)) => format!("{}…", &one_line[..end]),
        None => one_line,
    }
}

fn row(clause: &ParsedClause) -> Vec<Cell> {
    let all = |names: &[&str]| -> String {
        let found = clause.fields.iter().filter(|field| names.contains(&field.field.as_str()));
        found.map(|field| field.value.clone()).collect::<Vec<_>>().join(", ")
    };
    const SHOWN: [&str; 12] = [
        "from",
        "to",
        "point",
        "follow",
        "wind",
        "winds",
        "bearing",
        "direction",
        "turn",
        "direction-kind",
        "length",
        "chord",
    ];
    let others = clause.fields.iter().filter(|field| !SHOWN.contains(&field.field.as_str()));
    let other: Vec<String> = others.map(|field| format!("{} {}", field.field, field.value)).collect();
    let from = match (all(&["from"]), &clause.starts_at) {
        (from, Some(start)) if from.is_empty() => format!("({start})"),
        (from, _) => from,
    };
    let length = all(&["length", "chord", "total-length"]).split(", ").next().and_then(|text| text.parse::<f64>().ok());
    vec![
        Cell::number(clause.clause as f64, 0),
        Cell::number(clause.line as f64, 0),
        Cell::text(crate::document::parse::kind_word(clause.kind)),
        Cell::text(from),
        Cell::text(shortened(&all(&["to", "point"]))),
        Cell::text(all(&["follow"])),
        Cell::text(all(&["wind", "winds", "bearing", "direction"])),
        Cell::number(length, 1),
        Cell::text(shortened(&other.join("; "))),
    ]
}

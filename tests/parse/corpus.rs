//! The clauses of real documents, parsed by hand: the share of correct fields, by language.

use super::compare::compare;
use super::score::Read;
use merestone::document::parse::{ParseOptions, parse};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// Achieved by each language, in per cent of the stated fields; an invented one counts double.
const REACHED: [(&str, f64); 10] = [
    ("az", 86.0),
    ("de", 87.0),
    ("en", 95.0),
    ("es", 80.0),
    ("fr", 94.0),
    ("hy", 100.0),
    ("it", 100.0),
    ("ru", 95.0),
    ("sr", 84.0),
    ("uk", 99.0),
];

fn corpus() -> Option<Vec<Value>> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/data/cases/clauses/corpus.jsonl");
    let text = std::fs::read_to_string(path).ok()?;
    Some(text.lines().map(|line| serde_json::from_str(line).expect("a clause")).collect())
}

/// Clauses of one document and language are parsed as one text, in document order.
fn documents(clauses: Vec<Value>) -> Vec<Vec<Value>> {
    let mut out: Vec<(String, Vec<Value>)> = Vec::new();
    for clause in clauses {
        let id = clause["id"].as_str().expect("an id");
        let document = format!("{} {}", id.rsplit_once('-').map_or(id, |(start, _)| start), clause["lang"]);
        match out.iter_mut().find(|(known, _)| *known == document) {
            Some((_, list)) => list.push(clause),
            None => out.push((document, vec![clause])),
        }
    }
    out.into_iter().map(|(_, list)| list).collect()
}

#[test]
fn clauses_of_real_documents_are_read_as_by_hand() {
    let Some(clauses) = corpus() else {
        eprintln!("skipped: the clauses lie beside the repository, in ../shared");
        return;
    };
    assert_eq!(clauses.len(), 148);
    let mut shares: BTreeMap<String, (f64, f64)> = BTreeMap::new();
    for list in documents(clauses) {
        let mut text = String::new();
        let mut spans = Vec::new();
        for clause in &list {
            let start = text.len();
            text.push_str(clause["text"].as_str().expect("a text"));
            spans.push(start..text.len());
            text.push_str("\n\n");
        }
        let parsed = match parse(&text, &ParseOptions::default()) {
            Ok(read) => serde_json::to_value(read).expect("JSON"),
            // No clause was recognised: every field found by hand is missing.
            Err(_) => serde_json::json!({ "clauses": [], "facts": [] }),
        };
        let winds = match parsed["description"]["conventions"]["winds"].as_str() {
            Some("sixteen") => 16.0,
            Some("four") => 4.0,
            _ => 8.0,
        };
        let at = |value: &Value| value.as_u64().expect("a number") as usize;
        for (entry, span) in list.iter().zip(spans) {
            let all = parsed["clauses"].as_array().expect("clauses");
            let clauses: Vec<&Value> = all.iter().filter(|clause| span.contains(&at(&clause["span"][0]))).collect();
            let statement = |clause: &&Value| {
                let [section, place] = [0, 1].map(|i| at(&clause["place"][i]));
                &parsed["description"]["sections"][section]["statements"][place]
            };
            let statements = clauses.iter().map(statement).collect();
            let facts = parsed["facts"].as_array().expect("facts");
            let marks = compare(entry, &Read { clauses, statements, winds, facts });
            let (right, all) = shares.entry(entry["lang"].as_str().expect("a language").to_owned()).or_default();
            for mark in marks {
                *all += if mark.invented { 2.0 } else { 1.0 };
                *right += if mark.right { 1.0 } else { 0.0 };
                if !mark.right && std::env::var_os("MERESTONE_MARKS").is_some() {
                    eprintln!("{}: {}: {:?}, not {:?}", entry["id"], mark.field, mark.found, mark.expected);
                }
            }
        }
    }
    for (language, reached) in REACHED {
        let (right, all) = shares[language];
        eprintln!("{language}: {right} of {all} = {:.1} %", 100.0 * right / all);
        assert!(100.0 * right / all >= reached, "{language}: {:.1} %, was {reached}", 100.0 * right / all);
    }
}

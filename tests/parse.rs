//! Parsing descriptions: real clauses parsed by hand, every class of clause, every hazard, and texts that are not
//! descriptions.

#[path = "parse/compare.rs"]
mod compare;
#[path = "parse/corpus.rs"]
mod corpus;
#[path = "parse/fields.rs"]
mod fields;
#[path = "parse/general.rs"]
mod general;
#[path = "parse/hazards.rs"]
mod hazards;
#[path = "parse/score.rs"]
mod score;
mod several;
#[path = "parse/variations.rs"]
mod variations;

use merestone::document::description::{Clause, Statement};
use merestone::document::parse::{ParseOptions, ParsedText, parse};

/// Parses a text.
fn read(text: &str) -> ParsedText {
    parse(text, &ParseOptions::default()).unwrap_or_else(|error| panic!("{error}: {text}"))
}

/// The only leg of a text.
fn leg(text: &str) -> Clause {
    let read = read(text);
    let legs: Vec<Clause> = read.description.legs().map(|(_, leg)| leg.clone()).collect();
    assert_eq!(legs.len(), 1, "{legs:#?}");
    legs.into_iter().next().expect("one")
}

/// The statements of a text.
fn statements(text: &str) -> Vec<Statement> {
    read(text).description.sections.into_iter().flat_map(|section| section.statements).collect()
}

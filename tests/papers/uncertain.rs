//! Rivers known less well than the line: crossed on a leg, between points, or undetermined.

use merestone::document::description::{Description, Rule, Words, description_languages, paper};
use merestone::document::parse::{ParseOptions, parse};
use merestone::document::{DescribeOptions, DescriptionContext, DescriptionLine, DescriptionReport, describe};
use merestone::geo::{Coord, LineString};
use merestone::model::{Content, Line, Name, Warning};
use serde_json::json;

fn degrees((x, y): (f64, f64)) -> Coord {
    // Metres of a degree at 45° N: Snyder 1987, table 11.
    Coord { x: 10.0 + x / 78_847.0, y: 45.0 + y / 111_132.0 }
}

/// A line eastwards with points 1 to 5 every 4 km, and a river accurate to 500 m.
fn described(river: &[(f64, f64)]) -> (DescriptionReport, Vec<Warning>) {
    let points = (0..5).map(|i| degrees((4000.0 * f64::from(i), 0.0))).collect();
    let mut line = DescriptionLine::new("line", points);
    (line.left, line.right) = (Some(Words::of("en", "Northland")), Some(Words::of("en", "Southland")));
    line.accuracy_m = Some(20.0);
    let mut way = Line::new("r", [LineString(river.iter().copied().map(degrees).collect())]).expect("a line");
    way.meta.name = Name::plain("Mere");
    way.meta.evidence.position_accuracy_m = Some(500.0);
    way.meta.properties = json!({ "kind": "river" }).as_object().expect("an object").clone();
    let mut context = DescriptionContext::default();
    context.rivers = vec![Content::Lines(vec![way])];
    let answer = describe(&[line], &context, &DescribeOptions::default()).expect("a line");
    (answer.report, answer.warnings)
}

fn undetermined(description: &Description) -> Vec<Option<[String; 2]>> {
    let ends = |rule: &Rule| match rule {
        Rule::Undetermined(one) => Some(one.between.clone().map(|ends| ends.map(|end| end.id.expect("a number")))),
        _ => None,
    };
    description.rules.iter().filter_map(ends).collect()
}

/// The legs that cross something, by their first points.
fn crossed(description: &Description) -> Vec<String> {
    let crosses =
        |leg: &&merestone::document::description::Clause| leg.parts.iter().any(|part| !part.crosses.is_empty());
    let legs = description.legs().map(|(_, leg)| leg).filter(crosses);
    legs.map(|leg| leg.from.as_ref().and_then(|from| from.id.clone()).expect("a number")).collect()
}

#[test]
fn a_crossing_is_on_the_leg_that_contains_all_places_where_it_may_be() {
    let (report, warnings) = described(&[(6000.0, 3000.0), (6000.0, -3000.0)]);
    assert_eq!(crossed(&report.description), ["2"]);
    assert!(undetermined(&report.description).is_empty());
    assert!(!warnings.iter().any(|warning| warning.message.contains("Mere")), "{warnings:?}");
}

#[test]
fn a_crossing_near_a_point_is_between_its_neighbours() {
    let (report, warnings) = described(&[(7800.0, 3000.0), (7800.0, -3000.0)]);
    assert!(crossed(&report.description).is_empty());
    assert_eq!(undetermined(&report.description), [Some(["2".to_owned(), "4".to_owned()])]);
    assert!(warnings.iter().any(|warning| warning.message.contains("Mere")), "{warnings:?}");
}

#[test]
fn a_river_within_its_accuracy_is_not_said_to_be_crossed() {
    // The geometry crosses twice; 100 m beyond the line is less than the accuracy.
    let (report, _) = described(&[(4000.0, 3000.0), (6000.0, -100.0), (8000.0, 3000.0)]);
    assert!(crossed(&report.description).is_empty());
    assert_eq!(undetermined(&report.description), [None]);
    let (far, warnings) = described(&[(4000.0, 2500.0), (8000.0, 2500.0)]);
    assert!(undetermined(&far.description).is_empty());
    assert!(!warnings.iter().any(|warning| warning.message.contains("Mere")), "{warnings:?}");
}

#[test]
fn every_language_says_so_and_is_read_back() {
    for river in [&[(7800.0, 3000.0), (7800.0, -3000.0)][..], &[(4000.0, 3000.0), (6000.0, -100.0), (8000.0, 3000.0)]] {
        let (report, _) = described(river);
        for language in description_languages() {
            let whole = paper(&report.description, &[language.to_owned()], None);
            let text = merestone::report::paper_markdown(&whole);
            assert!(text.contains("500"), "{text}");
            let read = parse(&text, &ParseOptions::default()).expect("a description");
            let rules = |description: &Description| {
                let all = description.rules.iter().filter(|rule| matches!(rule, Rule::Undetermined(_)));
                // The name of the file has no language.
                all.map(|rule| format!("{rule:?}").replace(&format!("\"{language}\""), "\"und\"")).collect::<Vec<_>>()
            };
            assert_eq!(rules(&read.description), rules(&report.description), "{language}: {text}");
        }
    }
}

//! Lakes that the line passes through, islands in the river that it follows, and the first point on a river.

use merestone::document::description::{
    Description, LandmarkClass, Statement, Total, Words, description_languages, paper,
};
use merestone::document::parse::{ParseOptions, parse};
use merestone::document::{DescribeOptions, DescriptionContext, DescriptionLine, DescriptionReport, describe};
use merestone::geo::{Coord, LineString, Polygon};
use merestone::model::{Content, Line, Name, Place, Territory};
use serde_json::{Value, json};

fn degrees((x, y): (f64, f64)) -> Coord {
    // Metres of a degree at 45° N: Snyder 1987, table 11.
    Coord { x: 10.0 + x / 78_847.0, y: 45.0 + y / 111_132.0 }
}

fn properties(value: &Value) -> serde_json::Map<String, Value> {
    value.as_object().expect("an object").clone()
}

/// A line of 10 km eastwards with points every 2 km.
fn described(context: &DescriptionContext) -> DescriptionReport {
    let points = (0..6).map(|i| degrees((2000.0 * f64::from(i), 0.0))).collect();
    let mut line = DescriptionLine::new("line", points);
    (line.left, line.right) = (Some(Words::of("en", "Northland")), Some(Words::of("en", "Southland")));
    line.accuracy_m = Some(5.0);
    describe(&[line], context, &DescribeOptions::default()).expect("a line").report
}

fn rectangle([west, east]: [f64; 2], [south, north]: [f64; 2], kind: &str, name: &str) -> Content {
    let corners = [(west, south), (east, south), (east, north), (west, north), (west, south)];
    let outline = LineString(corners.into_iter().map(degrees).collect());
    let mut lake = Territory::new(name, [Polygon::new(outline, Vec::new())]).expect("a polygon");
    lake.meta.name = Name::plain(name);
    lake.meta.properties = properties(&json!({ "kind": kind }));
    Content::Territories(vec![lake])
}

/// The objects crossed by each leg, by its first point.
fn crossed(description: &Description) -> Vec<(String, String)> {
    let mut out = Vec::new();
    for (_, leg) in description.legs() {
        let from = leg.from.as_ref().and_then(|from| from.id.clone()).expect("a number");
        for one in leg.parts.iter().flat_map(|part| &part.crosses) {
            out.push((from.clone(), one.what.name.0.values().next().cloned().unwrap_or_default()));
        }
    }
    out
}

#[test]
fn a_lake_is_crossed_on_the_leg_that_passes_from_shore_to_shore() {
    let mut context = DescriptionContext::default();
    context.rivers = vec![
        rectangle([2300.0, 3800.0], [-900.0, 900.0], "lake", "Blue"),
        // From one leg into the next: neither leg crosses it.
        rectangle([5500.0, 6400.0], [-300.0, 300.0], "reservoir", "Deep"),
        // The area of a river is no lake.
        rectangle([8200.0, 8400.0], [-300.0, 300.0], "river", "Mere"),
    ];
    let report = described(&context);
    assert_eq!(crossed(&report.description), [("2".to_owned(), "Blue".to_owned())]);
    let of = |which: fn(&Total) -> Option<f64>| report.description.totals.iter().find_map(which);
    let lakes = of(|total| if let Total::Lakes(length) = total { Some(length.metres()) } else { None });
    let land = of(|total| if let Total::Land(length) = total { Some(length.metres()) } else { None });
    // 1500 m and 900 m; the rest of 10 km.
    assert_eq!((lakes, land), (Some(2400.0), Some(7600.0)));
}

#[test]
fn islands_of_the_followed_river_are_allotted_without_a_name() {
    let mut river = Line::new("r", [LineString((0..6).map(|i| degrees((2000.0 * f64::from(i), 0.0))).collect())]);
    let river_line = river.as_mut().expect("a line");
    river_line.meta.name = Name::plain("Mere");
    river_line.meta.properties = properties(&json!({ "kind": "river", "width_m": 300 }));
    let island = |id: &str, x: f64, y: f64| {
        let mut island = Place::new(id, degrees((x, y))).expect("a place");
        island.meta.properties = properties(&json!({ "kind": "island" }));
        island
    };
    let mut context = DescriptionContext::default();
    context.rivers = vec![Content::Lines(vec![river.expect("a line")])];
    context.places = vec![Content::Places(vec![island("a", 1000.0, 80.0), island("b", 5000.0, -60.0)])];
    let report = described(&context);
    let allotted: Vec<_> = report
        .description
        .legs()
        .flat_map(|(_, leg)| leg.parts.iter().flat_map(|part| &part.leaves))
        .map(|left| (left.what.class, left.what.unnamed, left.territory.get("en").unwrap_or_default().to_owned()))
        .collect();
    let expected = |territory: &str| (Some(LandmarkClass::Island), true, territory.to_owned());
    assert_eq!(allotted, [expected("Northland"), expected("Southland")]);
    // No sentence before the first has named the river.
    let Statement::Point(start) = &report.description.sections[0].statements[0] else { panic!("{report:?}") };
    let on = &start.location.on[0].landmark;
    assert!(!on.anaphora && on.name.get("en") == Some("Mere"), "{on:?}");
    for language in description_languages() {
        let whole = paper(&report.description, &[language.to_owned()], None);
        let text = merestone::report::paper_markdown(&whole);
        let read = parse(&text, &ParseOptions::default()).expect("a description");
        let islands = read.description.legs().flat_map(|(_, leg)| leg.parts.iter().flat_map(|part| &part.leaves));
        assert_eq!(islands.filter(|left| left.what.class == Some(LandmarkClass::Island)).count(), 2, "{text}");
    }
}

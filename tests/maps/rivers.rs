//! Rivers: under every line that a plate is about, named, in the legend; from a user's file too.

use super::odd::bare;
use super::preset;
use super::user_data::{layer, square, territory};
use geo::{Coord, LineString, Polygon};
use merestone::model::{Content, Line, Name, Role};

#[test]
fn rivers_lie_under_lakes_routes_and_boundaries() {
    let svg = preset("overview").svg().to_owned();
    let at = |what: &str| svg.find(what).unwrap_or_else(|| panic!("{what} is drawn"));
    for above in ["class=\"water\"", "class=\"route-", "class=\"boundary-"] {
        assert!(at("class=\"river\"") < at(above), "{above}");
    }
    assert!(preset("overview").legend.iter().any(|entry| entry.symbol == "river"));
    for name in ["Araz", "Kür"] {
        assert!(svg.contains(name), "{name}");
    }
}

#[test]
fn a_river_of_a_file_divides_nothing() {
    let land = territory("land", vec![Polygon::new(square(10.0, 50.0, 1.0), vec![])]);
    let course = vec![Coord { x: 10.1, y: 50.5 }, Coord { x: 10.5, y: 50.45 }, Coord { x: 10.9, y: 50.52 }];
    let mut river = Line::new("alda", [LineString(course)]).expect("a line");
    river.meta.name = Name::plain("Alda");
    let sheet = bare(&[
        layer("mine", Role::Territory, Content::Territories(vec![land])),
        layer("streams", Role::River, Content::Lines(vec![river])),
    ]);
    let symbols: Vec<&str> = sheet.legend.iter().map(|entry| entry.symbol.as_str()).collect();
    assert!(symbols.contains(&"river"), "{symbols:?}");
    let shown = sheet.svg().split("<g class=\"river\">").nth(1).expect("it is drawn");
    assert!(shown.split("</g>").next().is_some_and(|group| group.contains("<p")), "with a path");
    assert!(sheet.svg().contains("Alda"), "its name stands along it");
    assert!(!symbols.iter().any(|symbol| symbol.starts_with("boundary-state-proposed")), "{symbols:?}");
}

//! Decisions against pyproj and shapely, on real data, and their invariants.

use crate::chance::Chance;
use merestone::geo::{Coord, LineString, Polygon};
use merestone::model::{Content, Line, Place, Route, Territory};
use merestone::question::{
    DecideAgainst, DecideOptions, DecideReport, Decision, DecisionVerdict, RouteOptions, decide, routes,
};
use serde_json::Value;

fn reference() -> Value {
    serde_json::from_str(include_str!("../reference/decide.json")).expect("decide.py writes JSON")
}

fn coord(value: &Value) -> Coord {
    Coord { x: value[0].as_f64().expect("a number"), y: value[1].as_f64().expect("a number") }
}

fn course(value: &Value) -> Vec<Coord> {
    value.as_array().expect("positions").iter().map(coord).collect()
}

/// The line of the reference, and the two territories beside it.
fn line_and_sides() -> (Line, Vec<Territory>) {
    let points = course(&reference()["line"]);
    let mut line = Line::new("line", [LineString(points.clone())]).expect("a line");
    (line.left, line.right) = (Some("west".to_owned()), Some("east".to_owned()));
    line.meta.evidence.position_accuracy_m = Some(3.0);
    let side = |id: &str, x: f64| {
        let mut ring = points.clone();
        ring.extend([Coord { x, y: 46.0 }, Coord { x, y: 44.0 }, points[0]]);
        let mut territory = Territory::new(id, [Polygon::new(LineString(ring), Vec::new())]).expect("a territory");
        territory.meta.evidence.position_accuracy_m = Some(3.0);
        territory
    };
    (line, vec![side("west", 9.0), side("east", 11.0)])
}

fn place(id: &str, at: Coord, accuracy_m: f64) -> Place {
    let mut place = Place::new(id, at).expect("a place");
    place.meta.evidence.position_accuracy_m = Some(accuracy_m);
    place
}

fn ask(contents: Vec<Content>, against: &DecideAgainst, options: &DecideOptions) -> DecideReport {
    decide(&contents, against, options).report
}

fn one(content: Content, against: &DecideAgainst) -> Decision {
    ask(vec![content], against, &DecideOptions::default()).features.remove(0)
}

#[test]
fn points_are_as_far_from_the_line_and_on_the_side_that_pyproj_and_shapely_say() {
    let (line, sides) = line_and_sides();
    for against in [DecideAgainst::Lines(vec![line]), DecideAgainst::Territories(sides)] {
        for row in reference()["points"].as_array().expect("rows") {
            let expected = row["distance_m"].as_f64().expect("a number");
            for own_m in [0.5 * expected, 0.999 * expected, 1.001 * expected] {
                let own_m = (own_m * own_m - 9.0).max(0.0).sqrt();
                let found = one(Content::Places(vec![place("p", coord(&row["at"]), own_m)]), &against);
                let distance_m = found.distance_m.expect("there is a line");
                assert!((distance_m - expected).abs() < 2e-4 * expected, "{row}: {distance_m}");
                assert!((found.accuracy_m - own_m.hypot(3.0)).abs() < 1e-9, "{row}: {}", found.accuracy_m);
                let inside = own_m.hypot(3.0) < expected;
                let verdict = if inside { DecisionVerdict::Inside } else { DecisionVerdict::Undecidable };
                assert_eq!((found.verdict, found.territory.as_deref()), (verdict, row["in"].as_str()), "{row}");
                assert_eq!(found.open.is_empty(), inside, "{row}: {:?}", found.open);
                // What would decide it does, and a little more does not.
                if let Some(deciding_m) = found.own_deciding_m {
                    for (share, verdict) in [(0.999, DecisionVerdict::Inside), (1.001, DecisionVerdict::Undecidable)] {
                        let again = place("p", coord(&row["at"]), share * deciding_m);
                        assert_eq!(one(Content::Places(vec![again]), &against).verdict, verdict, "{row}");
                    }
                }
            }
        }
    }
}

#[test]
fn without_errors_lengths_are_the_exact_ones() {
    let (mut line, mut sides) = line_and_sides();
    line.meta.evidence.position_accuracy_m = Some(0.0);
    sides.iter_mut().for_each(|side| side.meta.evidence.position_accuracy_m = Some(0.0));
    for against in [DecideAgainst::Lines(vec![line]), DecideAgainst::Territories(sides)] {
        for row in reference()["courses"].as_array().expect("rows") {
            let mut road = Route::new("road", [LineString(course(&row["course"]))]).expect("a route");
            road.meta.evidence.position_accuracy_m = Some(0.0);
            let found = one(Content::Routes(vec![road]), &against);
            assert_eq!(found.undecidable_m, Some(0.0), "{row}");
            for side in ["west", "east"] {
                let expected = row[side].as_f64().expect("a number");
                let length_m: f64 =
                    found.lengths.iter().filter(|l| l.territory.as_deref() == Some(side)).map(|l| l.length_m).sum();
                // Edges are straight in longitude and latitude here, geodesics there.
                assert!((length_m - expected).abs() < 1e-5 * expected + 0.05, "{row}: {side}: {length_m}");
            }
            let both = ["west", "east"].iter().all(|side| row[side].as_f64() > Some(0.0));
            let verdict = if both { DecisionVerdict::Divided } else { DecisionVerdict::Inside };
            assert_eq!(found.verdict, verdict, "{row}");
        }
    }
}

/// Features of all shapes near the line.
fn features(chance: &mut Chance, accuracy_m: f64) -> Vec<Content> {
    let mut at = || Coord { x: 9.97 + 0.09 * chance.share(), y: 44.95 + 0.5 * chance.share() };
    let mut out = Vec::new();
    for id in 0..30 {
        let (a, b) = (at(), at());
        let near = |p: Coord, x: f64, y: f64| Coord { x: p.x + x, y: p.y + y };
        let mut road = Route::new(format!("r{id}"), [LineString(vec![a, near(a, 0.01, 0.003), b])]).expect("a route");
        road.meta.evidence.position_accuracy_m = Some(accuracy_m);
        let ring = vec![b, near(b, 0.004, 0.0), near(b, 0.003, 0.004), b];
        let mut field =
            Territory::new(format!("f{id}"), [Polygon::new(LineString(ring), Vec::new())]).expect("an area");
        field.meta.evidence.position_accuracy_m = Some(accuracy_m);
        out.push(Content::Places(vec![place(&format!("p{id}"), a, accuracy_m)]));
        out.push(Content::Routes(vec![road]));
        out.push(Content::Territories(vec![field]));
    }
    out
}

#[test]
fn a_better_accuracy_never_changes_what_is_decided() {
    let (line, sides) = line_and_sides();
    for against in [DecideAgainst::Lines(vec![line]), DecideAgainst::Territories(sides)] {
        let mut before: Option<DecideReport> = None;
        for accuracy_m in [2000.0, 500.0, 100.0, 20.0, 1.0, 0.0] {
            let report = ask(features(&mut Chance(5), accuracy_m), &against, &DecideOptions::default());
            for (old, new) in before.iter().flat_map(|old| old.features.iter().zip(&report.features)) {
                if matches!(old.verdict, DecisionVerdict::Inside | DecisionVerdict::Divided) {
                    assert_eq!((old.verdict, &old.territory), (new.verdict, &new.territory), "{}", old.id);
                }
                assert!(old.undecidable_m.unwrap_or(0.0) >= new.undecidable_m.unwrap_or(0.0) - 1e-6, "{}", old.id);
            }
            let sum = |d: &Decision| d.lengths.iter().map(|l| l.length_m).sum::<f64>();
            for one in report.features.iter().filter(|d| d.length_m.is_some()) {
                assert!((sum(one) - one.length_m.unwrap_or(0.0)).abs() < 1e-6, "{}", one.id);
            }
            before = Some(report);
        }
    }
}

#[test]
fn every_point_in_the_band_of_a_map_is_undecidable_and_none_between_marks() {
    let (mut line, _) = line_and_sides();
    line.meta.evidence.position_accuracy_m = Some(0.1);
    let against = DecideAgainst::Lines(vec![line]);
    let rows = reference();
    let rows = rows["points"].as_array().expect("rows");
    let points: Vec<Content> =
        rows.iter().map(|row| Content::Places(vec![place("p", coord(&row["at"]), 0.1)])).collect();
    let marks = ask(points.clone(), &against, &DecideOptions::default());
    assert_eq!((marks.counts.inside, marks.counts.undecidable), (200, 0));
    let mut options = DecideOptions::default();
    options.scale = Some(100_000);
    let map = ask(points, &against, &options);
    // 0.5 mm on 1:100 000.
    let band_m = 0.1_f64.hypot(0.1).hypot(50.0);
    for (row, found) in rows.iter().zip(&map.features) {
        let in_band = row["distance_m"].as_f64().expect("a number") <= band_m;
        assert_eq!(found.verdict == DecisionVerdict::Undecidable, in_band, "{row}: {}", found.formula);
        assert!((found.band_m - band_m).abs() < 1e-9);
    }
    assert!(map.counts.undecidable > 0);
}

#[test]
fn an_area_around_a_territory_is_divided_and_one_inside_it_is_not() {
    let square = |id: &str, low: f64, high: f64| {
        let at = |x: f64, y: f64| Coord { x: 10.0 + x, y: 45.0 + y };
        let ring = vec![at(low, low), at(high, low), at(high, high), at(low, high), at(low, low)];
        Territory::new(id, [Polygon::new(LineString(ring), Vec::new())]).expect("a territory")
    };
    let mut options = DecideOptions::default();
    let against = DecideAgainst::Territories(vec![square("enclave", 0.4, 0.6)]);
    let verdict = |low: f64, high: f64, options: &DecideOptions| {
        let report = ask(vec![Content::Territories(vec![square("field", low, high)])], &against, options);
        report.features[0].verdict
    };
    assert_eq!(verdict(0.0, 1.0, &options), DecisionVerdict::Unknown);
    options.accuracy_m = Some(10.0);
    assert_eq!(verdict(0.0, 1.0, &options), DecisionVerdict::Divided);
    assert_eq!(verdict(0.45, 0.55, &options), DecisionVerdict::Inside);
    assert_eq!(verdict(0.1, 0.2, &options), DecisionVerdict::Inside);
    options.accuracy_m = Some(100_000.0);
    assert_eq!(verdict(0.45, 0.55, &options), DecisionVerdict::Undecidable);
}

#[test]
fn a_route_is_decided_as_route_says() {
    let (routes_of, states) = (super::routes(), super::states());
    let against = DecideAgainst::Territories(states.clone());
    let decided = ask(vec![Content::Routes(routes_of.clone())], &against, &DecideOptions::default());
    let reports = routes(&routes_of, &states, &RouteOptions::default()).report;
    for (decision, report) in decided.features.iter().zip(&reports) {
        assert_eq!(decision.id, report.route);
        assert!((decision.length_m.unwrap_or(0.0) - report.length_m).abs() < 0.01, "{}", report.route);
        // What stays certain in a territory is no longer than what lies in it.
        for certain in decision.lengths.iter().filter(|l| l.certain) {
            let whole: f64 = report
                .parts
                .iter()
                .filter(|part| Some(part.territory.as_str()) == certain.territory.as_deref())
                .map(|part| part.length_m)
                .sum();
            let whole = if certain.territory.is_none() { report.outside_m } else { whole };
            assert!(certain.length_m <= whole + 0.01, "{}: {certain:?}, {whole}", report.route);
        }
        // Every crossing that is uncertain lies in what is undecidable.
        if report.indicative {
            assert_eq!(decision.verdict, DecisionVerdict::Undecidable, "{}", report.route);
        } else if report.crossings.iter().any(|crossing| crossing.is_uncertain()) {
            assert!(decision.undecidable_m > Some(0.0), "{}", report.route);
        }
    }
}

/// All of the outline is undecidable, and one place inside tells of one territory only: what lies beyond the bands decides.
#[test]
fn an_area_between_lines_is_divided_where_its_land_certainly_has_several_holders() {
    let land = |id: &str, [w, s, e, n]: [f64; 4]| {
        let (low, high) = (Coord { x: w, y: s }, Coord { x: e, y: n });
        let mut land = Territory::new(id, [merestone::geo::Rect::new(low, high).to_polygon()]).expect("a territory");
        land.meta.evidence.position_accuracy_m = Some(700.0);
        land
    };
    let claim = land("claim", [10.5, 45.0, 11.3, 45.5]);
    let (west, east) = (land("west", [10.0, 44.0, 11.0, 47.0]), land("east", [11.0, 44.0, 12.0, 47.0]));
    let verdict = |area: &Territory, against: &[&Territory]| {
        let against = DecideAgainst::Territories(against.iter().copied().cloned().collect());
        one(Content::Territories(vec![area.clone()]), &against).verdict
    };
    assert_eq!(verdict(&claim, &[&west, &east, &claim]), DecisionVerdict::Divided);
    // Without the line between them, one holder is certain.
    let both = land("both", [10.0, 44.0, 12.0, 47.0]);
    assert_eq!(verdict(&claim, &[&both, &claim]), DecisionVerdict::Undecidable);
    // As narrow as the band on its eastern side: nothing is certain there.
    let narrow = land("narrow", [10.5, 45.0, 11.02, 45.5]);
    assert_eq!(verdict(&narrow, &[&west, &east, &narrow]), DecisionVerdict::Undecidable);
}

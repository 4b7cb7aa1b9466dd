//! What is certain of lengths and areas, against buffers of GEOS in a projection of PROJ, and its invariants.

use crate::chance::Chance;
use merestone::geo::{Coord, LineString, Polygon};
use merestone::model::{Content, Place, Route, Territory};
use merestone::question::{
    Asked, CertainPart, DecideOptions, EnclaveOptions, RouteOptions, RouteReport, SeveranceOptions, Subject,
    certain_areas, certain_lengths, certain_sides, enclaves, routes, severance,
};
use serde_json::Value;

fn reference() -> Value {
    serde_json::from_str(include_str!("../reference/certainty.json")).expect("certainty.py writes JSON")
}

fn positions(value: &Value) -> Vec<Coord> {
    let number = |value: &Value| value.as_f64().expect("a number");
    let at = |value: &Value| Coord { x: number(&value[0]), y: number(&value[1]) };
    value.as_array().expect("positions").iter().map(at).collect()
}

/// The isle, and the land around it, with this accuracy.
fn lands(accuracy_m: f64) -> Vec<Territory> {
    let reference = reference();
    let ring = |name: &str| {
        let mut ring = positions(&reference[name]);
        ring.push(ring[0]);
        LineString(ring)
    };
    let land = |id: &str, part: Polygon| {
        let mut land = Territory::new(id, [part]).expect("a territory");
        land.meta.evidence.position_accuracy_m = Some(accuracy_m);
        land
    };
    vec![
        land("isle", Polygon::new(ring("isle"), Vec::new())),
        land("main", Polygon::new(ring("main"), vec![ring("isle")])),
    ]
}

fn road(course: Vec<Coord>, accuracy_m: f64) -> Route {
    let mut road = Route::new("road", [LineString(course)]).expect("a route");
    road.meta.evidence.position_accuracy_m = Some(accuracy_m);
    road
}

fn ask(road: &Route, lands: Vec<Territory>) -> RouteReport {
    let roads = [road.clone()];
    let mut reports = routes(&roads, &lands.clone(), &RouteOptions::default()).report;
    certain_lengths(&mut reports, &roads, &lands, &DecideOptions::default());
    reports.remove(0)
}

fn parts(report: &RouteReport) -> &[CertainPart] {
    &report.certainty.as_ref().expect("it was asked for").parts
}

fn certain_m(report: &RouteReport, territory: &str) -> f64 {
    let of = |part: &&CertainPart| part.certain == Some(true) && part.territory.as_deref() == Some(territory);
    parts(report).iter().filter(of).filter_map(|part| part.length_m).sum()
}

#[test]
fn lengths_beyond_the_band_are_those_of_buffers() {
    for row in reference()["courses"].as_array().expect("rows") {
        let band_m = row["band_m"].as_f64().expect("a number");
        // Both together are as accurate as the band is wide.
        let report = ask(&road(positions(&row["course"]), 0.6 * band_m), lands(0.8 * band_m));
        for part in parts(&report) {
            assert!((part.band_m - band_m).abs() < 1e-9, "{} {}", part.band_m, part.formula);
        }
        for territory in ["isle", "main"] {
            let expected = row[territory].as_f64().expect("a number");
            let found = certain_m(&report, territory);
            assert!((found - expected).abs() < 2e-5 * report.length_m + 1e-3 * band_m + 0.5, "{row}: {found}");
        }
        let all: f64 = parts(&report).iter().filter_map(|part| part.length_m).sum();
        assert!((all - report.length_m).abs() < 1e-3, "{all} {}", report.length_m);
        if band_m == 0.0 {
            // Without errors they are the exact lengths.
            for part in &report.parts {
                assert!((certain_m(&report, &part.territory) - part.length_m).abs() < 1e-3, "{row}");
            }
            assert!(parts(&report).iter().all(|part| part.certain == Some(true)));
        }
    }
}

#[test]
fn areas_beyond_the_band_are_those_of_buffers() {
    for row in reference()["areas"].as_array().expect("rows") {
        let number = |name: &str| row[name].as_f64().expect("a number");
        let mut report = enclaves(&lands(number("band_m")), &EnclaveOptions::default()).report;
        certain_areas(&mut report, &DecideOptions::default());
        let isle = report.rows.iter().find(|row| row.territory == "isle").expect("a part");
        let (certain, open) = (isle.certain_area_km2.expect("asked"), isle.undecided_area_km2.expect("asked"));
        assert!((certain + open - isle.area_km2).abs() < 1e-6, "{row}");
        let slack = 1e-6 * number("whole_m2") + 1e-3 * (number("whole_m2") - number("certain_m2"));
        assert!((certain * 1e6 - number("certain_m2")).abs() < slack, "{row}: {certain}");
        assert!((isle.area_km2 * 1e6 - number("whole_m2")).abs() < 1e-4 * number("whole_m2"), "{row}");
        assert_eq!(isle.band_m, Some(number("band_m")));
    }
}

/// A better accuracy never takes from what is certain, metre by metre: the certain stretches of the worse one are certain.
#[test]
fn a_certain_metre_stays_certain() {
    let mut chance = Chance(5);
    for _ in 0..20 {
        let mut at = || Coord { x: 9.85 + 0.4 * chance.share(), y: 44.93 + 0.3 * chance.share() };
        let course = vec![at(), at(), at()];
        let mut before: Option<RouteReport> = None;
        for accuracy_m in [2000.0, 700.0, 90.0, 5.0, 0.0] {
            let report = ask(&road(course.clone(), 0.0), lands(accuracy_m));
            if let Some(before) = &before {
                for territory in ["isle", "main"] {
                    let (worse, better) = (certain_m(before, territory), certain_m(&report, territory));
                    assert!(better > worse - 1e-3, "{accuracy_m} m, {territory}: {worse} {better}");
                }
                // The middles of stretches that were certain are in certain stretches of the same territory.
                for part in parts(before).iter().filter(|part| part.certain == Some(true)) {
                    for middle in part.courses.iter().flat_map(|course| course.windows(2)).map(|e| (e[0] + e[1]) / 2.0)
                    {
                        let holds = |now: &CertainPart| {
                            now.certain == Some(true) && now.territory == part.territory && runs_by(now, middle)
                        };
                        assert!(parts(&report).iter().any(holds), "{accuracy_m} m: {middle:?}");
                    }
                }
            }
            before = Some(report);
        }
    }
}

/// Whether a stretch runs through a position, to 1e-9°.
fn runs_by(part: &CertainPart, at: Coord) -> bool {
    part.courses.iter().flat_map(|course| course.windows(2)).any(|edge| {
        let (along, to) = (edge[1] - edge[0], at - edge[0]);
        let square = along.x * along.x + along.y * along.y;
        let share = ((to.x * along.x + to.y * along.y) / square.max(f64::MIN_POSITIVE)).clamp(0.0, 1.0);
        (to.x - share * along.x).hypot(to.y - share * along.y) < 1e-9
    })
}

#[test]
fn features_by_a_line_are_certain_beyond_the_band_and_else_not() {
    let outline = lands(100.0).remove(0);
    let subject = Subject::Line(vec![Content::Territories(vec![outline])]);
    let place = |id: &str, x: f64| {
        let mut place = Place::new(id, Coord { x, y: 45.03 }).expect("a place");
        place.meta.evidence.position_accuracy_m = Some(0.0);
        place
    };
    // The western side of the isle at 45.03° N is at 9.99° E: 79 m to 0.001°.
    let places = vec![place("near", 9.991), place("far", 9.995), place("away", 9.9)];
    let way = road(vec![Coord { x: 9.9, y: 45.03 }, Coord { x: 10.05, y: 45.03 }], 0.0);
    let asked =
        [Asked::new("places", Content::Places(places)), Asked::new("roads", Content::Routes(vec![way.clone()]))];
    let mut report = severance("line", &subject, &[], &asked, &SeveranceOptions::default()).report;
    certain_sides(&mut report, &subject, &asked, &DecideOptions::default());
    let found = report.certainty.expect("it was asked for").parts;
    let verdict = |id: &str| found.iter().find(|part| part.id == id).map(|part| part.certain);
    assert_eq!((verdict("near"), verdict("far"), verdict("away")), (Some(Some(false)), Some(Some(true)), None));
    let lengths: Vec<(bool, f64)> = found
        .iter()
        .filter(|part| part.id == "road")
        .map(|part| (part.certain == Some(true), part.length_m.expect("a length")))
        .collect();
    let whole: f64 = lengths.iter().map(|(_, metres)| metres).sum();
    assert!((whole - merestone::earth::line_length_m(&way.runs[0].0)).abs() < 1e-3);
    let open = lengths.iter().find(|(certain, _)| !certain).expect("some cannot be told").1;
    // A strip of 2 × 100 m, crossed at the angle of the side: (0.02°, 0.06°) at 45.03° N.
    let angle = (0.06 * 111_143.0_f64).atan2(-0.02 * 78_804.0);
    assert!((open - 200.0 / angle.sin()).abs() < 0.5, "{open}");
}

#[test]
fn what_states_no_accuracy_is_not_called_certain() {
    let mut lands = lands(10.0);
    lands.iter_mut().for_each(|land| land.meta.evidence.position_accuracy_m = None);
    let report = ask(&road(vec![Coord { x: 9.85, y: 45.0 }, Coord { x: 9.9, y: 45.2 }], 10.0), lands);
    assert!(parts(&report).iter().all(|part| part.certain.is_none()), "{:?}", report.certainty);
}

//! Routes on lines, in several runs, and within the accuracy of positions.

use super::{polygon, territory};
use geo::{Coord, LineString};
use merestone::model::{Answer, Evidence, Meta, Route, Territory, WarningCode};
use merestone::question::{RouteOptions, RouteReport, route, routes};

fn square(west: f64, south: f64, side: f64) -> geo::Polygon {
    let (east, north) = (west + side, south + side);
    polygon(&[(west, south), (east, south), (east, north), (west, north), (west, south)])
}

fn two() -> Vec<Territory> {
    vec![territory("A", vec![square(45.0, 40.0, 1.0)]), territory("B", vec![square(46.0, 40.0, 1.0)])]
}

fn of(runs: &[&[(f64, f64)]]) -> Route {
    let run = |points: &&[(f64, f64)]| LineString(points.iter().map(|&(x, y)| Coord { x, y }).collect());
    let meta = Meta { id: "r".into(), ..Meta::default() };
    Route { meta, mode: None, status: None, runs: runs.iter().map(run).collect(), published_length_km: None }
}

fn ask(runs: &[&[(f64, f64)]], territories: &[Territory]) -> RouteReport {
    route(&of(runs), territories, &Default::default()).report
}

fn stating(metres: f64) -> Evidence {
    Evidence { position_accuracy_m: Some(metres), ..Evidence::default() }
}

/// Uncertainty with the accuracies of the route and of A and B, in metres.
fn with_accuracies(
    runs: &[&[(f64, f64)]],
    own: Option<f64>,
    theirs: [Option<f64>; 2],
    otherwise: Option<f64>,
) -> RouteReport {
    let (mut asked, mut territories) = (of(runs), two());
    asked.meta.evidence = own.map_or_else(Evidence::default, stating);
    for (territory, metres) in territories.iter_mut().zip(theirs) {
        territory.meta.evidence = metres.map_or_else(Evidence::default, stating);
    }
    let mut options = RouteOptions::default();
    options.accuracy_m = otherwise;
    routes(&[asked], &territories, &options).report.remove(0)
}

fn length_m(report: &RouteReport, id: &str) -> f64 {
    report.parts.iter().find(|part| part.territory == id).map_or(0.0, |part| part.length_m)
}

fn passages(report: &RouteReport) -> Vec<(Option<&str>, Option<&str>)> {
    report.crossings.iter().map(|c| (c.from.as_deref(), c.to.as_deref())).collect()
}

/// The meridian from 40.2° N to 40.6° N (PROJ).
const ON_LINE_M: f64 = 44_416.932;

#[test]
fn run_on_a_line_does_not_shorten_the_next_run() {
    let (on_line, in_a, in_b): (&[_], &[_], &[_]) =
        (&[(46.0, 40.2), (46.0, 40.6)], &[(45.2, 40.2), (45.4, 40.4)], &[(46.2, 40.2), (46.4, 40.4)]);
    for other in [in_a, in_b] {
        for runs in [[on_line, other], [other, on_line]] {
            let report = ask(&runs, &two());
            assert!((report.on_border_m - ON_LINE_M).abs() < 1e-2, "{}", report.on_border_m);
            let stretch = &report.on_border[0];
            // Northward, A is on the left.
            assert_eq!((stretch.territories.join(" "), stretch.counts_for.join(" ")), ("A B".into(), "A".into()));
            assert!(length_m(&report, "A") >= ON_LINE_M - 1e-2);
            assert!(report.gaps.is_empty(), "on the line it is at home on both sides: {:?}", report.gaps);
        }
    }
}

#[test]
fn what_is_on_a_line_is_the_same_length_in_either_direction() {
    let there = [(45.5, 40.2), (46.0, 40.2), (46.0, 40.6), (46.5, 40.6)];
    let back: Vec<_> = there.iter().rev().copied().collect();
    for (way, side) in [(&there[..], "A"), (&back, "B")] {
        let report = ask(&[way], &two());
        assert!((report.on_border_m - ON_LINE_M).abs() < 1e-2);
        assert_eq!(report.on_border[0].counts_for, [side], "for the side that it came from");
        let of_parts: f64 = report.parts.iter().map(|part| part.on_border_m).sum();
        assert!((of_parts - report.on_border_m).abs() < 1e-6);
        assert_eq!(report.crossings.len(), 1);
    }
}

#[test]
fn runs_that_join_end_to_end_are_one_line() {
    let (first, second): ([_; 2], [_; 2]) = ([(45.5, 40.5), (46.0, 40.5)], [(46.0, 40.5), (46.5, 40.5)]);
    let turned = [second[1], second[0]];
    let whole = ask(&[&[first[0], first[1], second[1]]], &two());
    for runs in [[&first, &second], [&second, &first], [&first, &turned]] {
        let report = ask(&[&runs[0][..], runs[1]], &two());
        assert_eq!(passages(&report), [(Some("A"), Some("B"))]);
        assert!((report.crossings[0].chainage_m - whole.crossings[0].chainage_m).abs() < 1e-6);
        assert!(report.gaps.is_empty());
    }
    let warnings = route(&of(&[&first, &turned]), &two(), &Default::default()).warnings;
    assert!(warnings.iter().any(|w| w.code == WarningCode::Note), "the chainage is that of the line, not the file's");
}

#[test]
fn across_the_antimeridian_runs_join_and_lines_have_two_sides() {
    let territories = [
        territory(
            "E",
            vec![polygon(&[(-180.0, 60.0), (-179.0, 60.0), (-179.0, 61.0), (-180.0, 61.0), (-180.0, 60.0)])],
        ),
        territory("W", vec![polygon(&[(179.0, 60.0), (180.0, 60.0), (180.0, 61.0), (179.0, 61.0), (179.0, 60.0)])]),
    ];
    let across = ask(&[&[(179.5, 60.5), (180.0, 60.5)], &[(-180.0, 60.5), (-179.5, 60.5)]], &territories);
    assert_eq!(passages(&across), [(Some("W"), Some("E"))]);
    assert_eq!(across.crossings[0].position[0].abs(), 180.0);
    for meridian in [180.0, -180.0] {
        let along = ask(&[&[(meridian, 60.2), (meridian, 60.6)]], &territories);
        assert_eq!(along.on_border[0].territories, ["E", "W"]);
        assert_eq!((along.on_border[0].counts_for.join(" "), along.outside_m), ("W".to_owned(), 0.0));
    }
    // One territory on both sides: no line there.
    let both = territory("T", territories.iter().flat_map(|t| t.parts().to_vec()).collect());
    let inside = ask(&[&[(180.0, 60.2), (180.0, 60.6)]], &[both]);
    assert_eq!((inside.on_border_m, inside.parts.len()), (0.0, 1));
}

#[test]
fn territory_change_in_a_gap_is_reported() {
    let asked = of(&[&[(45.8, 40.5), (45.9, 40.5)], &[(46.1, 40.5), (46.2, 40.5)], &[(46.3, 40.5), (46.4, 40.5)]]);
    let Answer { report, warnings, .. } = route(&asked, &two(), &Default::default());
    assert!(report.crossings.is_empty());
    let [gap] = report.gaps.as_slice() else { panic!("{:?}", report.gaps) };
    assert_eq!((gap.from.as_deref(), gap.to.as_deref()), (Some("A"), Some("B")));
    // 0.2° along 40.5° N as a geodesic (PROJ).
    assert!((gap.width_m - 16_955.0).abs() < 5.0, "{}", gap.width_m);
    assert!(warnings.iter().any(|w| w.code == WarningCode::Gap));
}

#[test]
fn on_a_line_in_land_of_a_third_both_hold_it() {
    let mut territories = two();
    territories.push(territory("C", vec![square(45.5, 40.0, 1.0)]));
    for way in [[(46.0, 40.2), (46.0, 40.6)], [(46.0, 40.6), (46.0, 40.2)]] {
        let report = ask(&[&way], &territories);
        let expected = if way[0].1 < way[1].1 { "A" } else { "B" };
        assert_eq!(report.on_border[0].counts_for, [expected, "C"]);
        assert_eq!(report.on_border[0].territories, ["A", "B"]);
    }
    // Two holders on the same side of a line both hold a stretch along it, whichever edge begins earlier.
    for west in [44.9, 45.1] {
        let over = [polygon(&[(west, 40.0), (46.0, 40.0), (46.0, 41.0), (west, 41.0), (west, 40.0)])];
        let territories = [two(), vec![territory("D", over.to_vec())]].concat();
        let report = ask(&[&[(46.0, 40.2), (46.0, 40.6)]], &territories);
        assert_eq!(report.on_border[0].counts_for, ["A", "D"]);
    }
}

/// 426 m across the line and back.
const A_LITTLE_OVER: &[(f64, f64)] = &[(45.5, 40.5), (46.005, 40.5), (45.5, 40.5)];

#[test]
fn uncertain_has_three_values() {
    let values = |own, theirs, otherwise| -> Vec<Option<bool>> {
        with_accuracies(&[A_LITTLE_OVER], own, theirs, otherwise).crossings.iter().map(|c| c.uncertain).collect()
    };
    let all = |value| vec![value; 2];
    assert_eq!(values(Some(10.0), [Some(10.0); 2], None), all(Some(false)));
    assert_eq!(values(Some(10.0), [Some(5000.0); 2], None), all(Some(true)));
    assert_eq!(values(Some(10.0), [Some(10.0), Some(5000.0)], None), all(Some(true)));
    assert_eq!(values(None, [Some(5000.0); 2], None), all(Some(true)), "what is stated is a lower bound");
    assert_eq!(values(Some(5000.0), [None; 2], None), all(Some(true)));
    assert_eq!(values(None, [Some(10.0); 2], None), all(None));
    assert_eq!(values(Some(10.0), [Some(10.0), None], None), all(None));
    assert_eq!(values(None, [None; 2], None), all(None));
    assert_eq!(values(None, [None; 2], Some(10.0)), all(Some(false)));
    assert_eq!(values(None, [None; 2], Some(500.0)), all(Some(true)));
}

#[test]
fn a_territory_far_away_or_not_concerned_makes_nothing_uncertain() {
    let mut territories = two();
    territories.iter_mut().for_each(|t| t.meta.evidence = stating(10.0));
    let mut asked = of(&[A_LITTLE_OVER]);
    asked.meta.evidence = stating(10.0);
    for place in [(100.0, 40.0), (45.9, 41.0)] {
        let mut third = territory("Z", vec![square(place.0, place.1, 1.0)]);
        third.meta.evidence = stating(5000.0);
        let report = route(&asked, &[territories.clone(), vec![third]].concat(), &Default::default()).report;
        assert!(report.crossings.iter().all(|c| c.uncertain == Some(false)), "{:?}", report.crossings);
    }
}

#[test]
fn extra_vertex_on_a_line_changes_no_certainty() {
    // Its edge in B is 43 km from the line at both ends; only a point between has that distance from the whole line.
    let (ends, more) = (
        [(45.5, 40.5), (46.5, 40.1), (46.5, 40.9)],
        [(45.5, 40.5), (46.0, 40.3), (46.5, 40.1), (46.5, 40.7), (46.5, 40.9)],
    );
    let mut island = territory("C", vec![square(46.49, 40.49, 0.02)]);
    island.meta.evidence = stating(100.0);
    for way in [&ends[..], &more] {
        let mut territories = two();
        territories.iter_mut().for_each(|t| t.meta.evidence = stating(100.0));
        territories.push(island.clone());
        let mut asked = of(&[way]);
        asked.meta.evidence = stating(100.0);
        let report = route(&asked, &territories, &Default::default()).report;
        let over = report.crossings.iter().find(|c| c.from.as_deref() == Some("A")).unwrap();
        assert_eq!(over.uncertain, Some(false));
    }
}

#[test]
fn along_a_line_nothing_is_certain_and_beside_it_a_route_may_cross() {
    // Alternating 3 m to either side, over 0.04° of longitude.
    let noise: Vec<(f64, f64)> =
        (0..=60).map(|i| (46.0 + if i % 2 == 0 { 3.5e-5 } else { -3.5e-5 }, 40.5 + f64::from(i) / 1500.0)).collect();
    let report = with_accuracies(&[&noise], None, [None; 2], Some(10.0));
    assert!(report.crossings.len() == 60 && report.crossings.iter().all(|c| c.uncertain == Some(true)));
    let [along] = report.near_lines.as_slice() else { panic!("{:?}", report.near_lines) };
    assert_eq!((along.territories.join(" "), along.crossings, along.within_m), ("A B".to_owned(), 60, 10.0));
    assert!((along.length_m - report.length_m).abs() < 1e-6);
    // 4.2 m from the line: it may cross.
    let beside = [(45.9, 40.2), (45.999_95, 40.4), (45.999_95, 40.5), (45.9, 40.8)];
    let report = with_accuracies(&[&beside], None, [None; 2], Some(10.0));
    assert!(report.crossings.is_empty());
    let [may] = report.near_lines.as_slice() else { panic!("{:?}", report.near_lines) };
    assert!(may.crossings == 0 && may.length_m > 11_100.0 && may.length_m < 11_200.0, "{may:?}");
    // A simple crossing has no such stretch.
    let report = with_accuracies(&[&[(45.5, 40.5), (46.5, 40.5)]], None, [None; 2], Some(10.0));
    assert!(report.near_lines.is_empty(), "{:?}", report.near_lines);
}

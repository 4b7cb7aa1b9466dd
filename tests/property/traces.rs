//! Routes along a network: the same in both directions, outside avoided territories, the sum of their parts.

use merestone::construct::{Network, NetworkOptions, Trace, TraceError, TraceOptions, ViaPoint, Weight, trace};
use merestone::earth::line_length_m;
use merestone::geo::{Coord, LineString, Rect, coord};
use merestone::model::{Route, Territory};
use merestone::question::{RouteOptions, TracedAs, routes, traced};
use merestone::topology::{Meeting, meet};
use proptest::prelude::*;

/// Junctions of a grid that is bent by these shifts.
fn grid(side: usize, shifts: &[(f64, f64)]) -> Vec<Coord> {
    let at = |n: usize| {
        let (dx, dy) = shifts[n % shifts.len()];
        coord! { x: 10.0 + 0.01 * ((n / side) as f64 + dx), y: 45.0 + 0.01 * ((n % side) as f64 + dy) }
    };
    (0..side * side).map(at).collect()
}

/// The streets of a grid: one line for each row and column, without their last edges where `cut` is set.
fn streets(side: usize, places: &[Coord], cut: &[bool]) -> Vec<Route> {
    let street = |number: usize| {
        let nodes = (0..side).map(|k| if number < side { number * side + k } else { k * side + number - side });
        let mut run: Vec<Coord> = nodes.map(|n| places[n]).collect();
        if cut[number % cut.len()] && run.len() > 2 {
            run.pop();
        }
        Route::new(format!("w{number}"), [LineString(run)]).expect("a line of positions")
    };
    (0..2 * side).map(street).collect()
}

fn ask(ways: &[Route], vias: &[Coord], land: &[Territory], options: &TraceOptions) -> Result<Trace, TraceError> {
    let (network, _) = Network::new(ways.to_vec(), &NetworkOptions::default());
    let vias: Vec<ViaPoint> = vias.iter().map(|&position| ViaPoint { name: "place".into(), position }).collect();
    trace(&network, &vias, land, options)
}

fn touches(line: &LineString, land: &Territory) -> bool {
    let rings = || land.parts().iter().map(|part| part.exterior());
    let inside = |p: &Coord| {
        let (low, high) = (rings().next().expect("a ring").0[0], rings().next().expect("a ring").0[2]);
        let between = |v: f64, a: f64, b: f64| a.min(b) <= v && v <= a.max(b);
        between(p.x, low.x, high.x) && between(p.y, low.y, high.y)
    };
    let crosses = |edge: &[Coord]| {
        rings().any(|ring| ring.0.windows(2).any(|o| meet([edge[0], edge[1]], [o[0], o[1]]) != Meeting::Apart))
    };
    line.0.iter().any(inside) || line.0.windows(2).any(crosses)
}

prop_compose! {
    fn network()(side in 3_usize..7)(
        shifts in prop::collection::vec((-0.4..0.4, -0.4..0.4), side * side),
        cut in prop::collection::vec(any::<bool>(), 2 * side),
        side in Just(side),
        ends in prop::collection::vec((0.0..1.0_f64, 0.0..1.0_f64), 3),
    ) -> (Vec<Route>, Vec<Coord>) {
        let places = grid(side, &shifts);
        let reach = 0.01 * (side - 1) as f64;
        let vias = ends.into_iter().map(|(x, y)| coord! { x: 10.0 + reach * x, y: 45.0 + reach * y }).collect();
        (streets(side, &places, &cut), vias)
    }
}

proptest! {
    #![proptest_config(super::cases(48))]

    #[test]
    fn the_way_back_costs_the_same((ways, vias) in network(), by_time in any::<bool>()) {
        let mut options = TraceOptions::default();
        options.weight = if by_time { Weight::Time } else { Weight::Length };
        let there = ask(&ways, &vias, &[], &options);
        let back = ask(&ways, &vias.iter().rev().copied().collect::<Vec<_>>(), &[], &options);
        match (there, back) {
            (Ok(there), Ok(back)) => prop_assert!((there.cost - back.cost).abs() <= 1e-9 * there.cost),
            (there, back) => prop_assert_eq!(there.is_err(), back.is_err()),
        }
    }

    #[test]
    fn a_route_stays_out_of_what_it_avoids(
        (ways, vias) in network(), (x, y) in (0.0..0.05, 0.0..0.05), (wide, high) in (0.001..0.03, 0.001..0.03),
    ) {
        let (low, high) = (coord! { x: 10.0 + x, y: 45.0 + y }, coord! { x: 10.0 + x + wide, y: 45.0 + y + high });
        let land = Territory::new("block", [Rect::new(low, high).to_polygon()]).expect("a rectangle");
        let mut options = TraceOptions::default();
        let free = ask(&ways, &vias, &[], &options);
        options.avoid = vec!["block".into()];
        match (free, ask(&ways, &vias, std::slice::from_ref(&land), &options)) {
            (Ok(free), Ok(route)) => {
                prop_assert!(!route.runs.iter().any(|run| touches(run, &land)));
                prop_assert!(route.length_m >= free.length_m - 1e-6);
                if !free.runs.iter().any(|run| touches(run, &land)) {
                    prop_assert!((route.length_m - free.length_m).abs() < 1e-6);
                }
            }
            (Ok(free), Err(error)) => {
                prop_assert!(free.runs.iter().any(|run| touches(run, &land)), "{error}");
            }
            (Err(_), avoiding) => prop_assert!(avoiding.is_err()),
        }
    }

    #[test]
    fn its_parts_are_the_whole((ways, vias) in network(), split in 0.0..0.05) {
        let (network, _) = Network::new(ways, &NetworkOptions::default());
        let called: Vec<ViaPoint> = vias.iter().map(|&position| ViaPoint { name: "place".into(), position }).collect();
        let Ok(route) = trace(&network, &called, &[], &TraceOptions::default()) else { return Ok(()) };
        let length_m: f64 = route.runs.iter().map(|run| line_length_m(&run.0)).sum();
        prop_assert!((length_m - route.length_m).abs() < 1e-3);
        let ways: f64 = route.ways.iter().map(|way| way.length_m).sum();
        let links: f64 = route.links.iter().map(|link| link.width_m).sum();
        prop_assert!((ways + links - route.length_m).abs() < 1e-3);
        let side = |id: &str, west: f64, east: f64| {
            let (low, high) = (coord! { x: west, y: 44.0 }, coord! { x: east, y: 46.0 });
            Territory::new(id, [Rect::new(low, high).to_polygon()]).expect("a rectangle")
        };
        let land = vec![side("west", 9.0, 10.0 + split), side("east", 10.0 + split, 11.0)];
        let whole = route.length_m;
        let report = traced(&network, &route, &TracedAs::default(), &TraceOptions::default(), &land.clone(), &RouteOptions::default()).report;
        let parts: f64 = report.territories.parts.iter().map(|part| part.length_m).sum();
        prop_assert!((parts + report.territories.outside_m - whole).abs() < 1e-3);
        // The same question on the route itself.
        let again = routes(&[report.course], &land, &RouteOptions::default()).report;
        prop_assert_eq!(&again[0], &report.territories);
    }
}

/// Found by the oracle: of two ways with the same course, the slower was kept and the faster dropped.
#[test]
fn the_faster_of_two_ways_of_one_course_is_used() {
    let way = |id: &str, class: &str| {
        let run = LineString(vec![coord! { x: 10.0, y: 45.0 }, coord! { x: 10.1, y: 45.0 }]);
        let mut way = Route::new(id, [run]).expect("a line of positions");
        way.meta.properties.insert("highway".into(), class.into());
        way
    };
    let mut options = TraceOptions::default();
    options.weight = Weight::Time;
    let ends = [coord! { x: 10.0, y: 45.0 }, coord! { x: 10.1, y: 45.0 }];
    for ways in [[way("slow", "track"), way("fast", "primary")], [way("fast", "primary"), way("slow", "track")]] {
        let route = ask(&ways, &ends, &[], &options).expect("a route");
        assert_eq!(route.ways[0].way, "fast");
        let expected_s = route.length_m * 3.6 / 75.0;
        assert!((route.time_s.expect("by time") - expected_s).abs() < 1e-6);
    }
}

/// Found by the oracle: a loop begins at one position in both directions, and its twin the other way round was taken for
/// the same direction of a one-way road.
#[test]
fn a_one_way_loop_given_in_both_directions_goes_both_ways() {
    let corners = [(10.0, 45.0), (10.1, 45.0), (10.05, 45.1), (10.0, 45.0)].map(Coord::from);
    let way = |id: &str, reversed: bool| {
        let mut run = corners.to_vec();
        if reversed {
            run.reverse();
        }
        let mut way = Route::new(id, [LineString(run)]).expect("a line of positions");
        way.meta.properties.insert("highway".into(), "primary".into());
        way.meta.properties.insert("oneway".into(), "yes".into());
        way
    };
    let ends = [corners[1], corners[0]];
    let along = |ways: &[Route]| ask(ways, &ends, &[], &TraceOptions::default()).expect("a route").length_m;
    let [round, direct] = [along(&[way("a", false)]), along(&[way("a", false), way("b", true)])];
    // 0.1° of longitude at 45° north, in place of the two other sides.
    assert!((direct - 7_884.9).abs() < 0.5 && round > 23_000.0, "{direct} {round}");
}

/// Gaps have a position and a width, and are bridged only on request.
#[test]
fn a_gap_is_told_and_bridged() {
    let way = |id: &str, west: f64, east: f64| {
        Route::new(id, [LineString(vec![coord! { x: west, y: 45.0 }, coord! { x: east, y: 45.0 }])]).expect("a line")
    };
    let ways = [way("a", 10.0, 10.1), way("b", 10.1001, 10.2)];
    let ends = [coord! { x: 10.0, y: 45.0 }, coord! { x: 10.2, y: 45.0 }];
    let Err(TraceError::Apart { gaps, .. }) = ask(&ways, &ends, &[], &TraceOptions::default()) else {
        panic!("there is no way across the gap")
    };
    assert_eq!(gaps.len(), 1);
    assert!((gaps[0].width_m - 7.885).abs() < 0.001, "{}", gaps[0].width_m); // 0.0001° of longitude at 45° north
    let mut options = NetworkOptions::default();
    options.bridge_m = Some(10.0);
    let (network, _) = Network::new(ways, &options);
    let vias = ends.map(|position| ViaPoint { name: "place".into(), position });
    let route = trace(&network, &vias, &[], &TraceOptions::default()).expect("a route over the bridge");
    assert_eq!((route.links.len(), route.links[0].bridged), (1, true));
}

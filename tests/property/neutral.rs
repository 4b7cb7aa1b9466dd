//! Neutrality: ids, the order of features and runs, the hemisphere and the longitude do not change a result.

use super::figures::{brickwork, change_parts, meta, rectangle, territory};
use geo::{Coord, LineString, Polygon};
use merestone::model::{Content, Evidence, Line, Place, Route, Status, Territory};
use merestone::question::{Asked, RouteReport, SeveranceOptions, SeveranceReport, Subject, route, severance};
use proptest::prelude::*;
use std::collections::BTreeMap;

type Steps = Vec<(u32, u32)>;

fn steps() -> impl Strategy<Value = Vec<Steps>> {
    prop::collection::vec(prop::collection::vec((0..61_u32, 0..61_u32), 2..6), 1..4)
}

/// Runs on the grid of the boxes, with a vertex wherever they cross 46° E.
fn runs(steps: &[Steps]) -> Vec<Vec<Coord>> {
    let at = |&(x, y): &(u32, u32)| Coord { x: 45.0 + f64::from(x) / 32.0, y: 39.0 + f64::from(y) / 32.0 };
    let run = |steps: &Steps| {
        let mut out: Vec<Coord> = Vec::new();
        for next in steps.iter().map(at) {
            if let Some(&last) = out.last()
                && (last.x - 46.0) * (next.x - 46.0) < 0.0
            {
                let share = (46.0 - last.x) / (next.x - last.x);
                out.push(Coord { x: 46.0, y: last.y + (next.y - last.y) * share });
            }
            out.push(next);
        }
        out
    };
    steps.iter().map(run).collect()
}

fn way(runs: Vec<Vec<Coord>>) -> Route {
    let meta = meta("r");
    let runs = runs.into_iter().map(LineString).collect();
    Route { meta, mode: None, status: None, runs, published_length_km: None }
}

fn territories(boxes: &[Polygon]) -> Vec<Territory> {
    let evidence = Evidence { position_accuracy_m: Some(700.0), ..Evidence::default() };
    let one = |(i, part): (usize, &Polygon)| {
        let mut one = territory(format!("t{i:03}"), vec![part.clone()]);
        one.meta.evidence = evidence.clone();
        one
    };
    boxes.iter().enumerate().map(one).collect()
}

fn close(a: &BTreeMap<String, f64>, b: &BTreeMap<String, f64>) -> bool {
    a.keys().eq(b.keys()) && a.iter().all(|(id, m)| (m - b[id]).abs() < 1e-3)
}

/// Lengths by territory; optionally without stretches exactly on a line.
fn lengths(report: &RouteReport, with_lines: bool) -> BTreeMap<String, f64> {
    let parts = report.parts.iter().map(|part| {
        let off_m = if with_lines { 0.0 } else { part.on_border_m };
        (part.territory.clone(), part.length_m - off_m)
    });
    parts.chain([("outside".to_owned(), report.outside_m)]).filter(|(_, m)| *m > 1e-6).collect()
}

type Passage = (Option<String>, Option<String>, Option<bool>);

fn passages(report: &RouteReport) -> Vec<Passage> {
    report.crossings.iter().map(|c| (c.from.clone(), c.to.clone(), c.uncertain)).collect()
}

/// Whether as much of two routes runs near lines, to 1e-6 of it.
fn same_near(a: &RouteReport, b: &RouteReport) -> bool {
    let [a, b] = [a, b].map(|report| report.near_lines.iter().map(|near| near.length_m).sum::<f64>());
    (a - b).abs() < 1e-3 + 1e-6 * a
}

/// Features in another order, ids permuted, and all of it moved onto the antimeridian give the same answer.
fn names_order_and_the_antimeridian(boxes: &[Polygon], steps: &[Steps]) -> Result<(), TestCaseError> {
    let runs = runs(steps);
    let plain = route(&way(runs.clone()), &territories(boxes), &Default::default()).report;
    let same = |other: &RouteReport| {
        close(&lengths(&plain, true), &lengths(other, true))
            && (plain.on_border_m - other.on_border_m).abs() < 1e-3
            && passages(&plain) == passages(other)
            && same_near(&plain, other)
    };
    // Features in another order.
    let mut reversed = territories(boxes);
    reversed.reverse();
    prop_assert!(same(&route(&way(runs.clone()), &reversed, &Default::default()).report));
    // Ids permuted, and mapped back.
    let count = boxes.len();
    let other =
        |id: &str| id[1..].parse::<usize>().map_or_else(|_| id.to_owned(), |i| format!("t{:03}", count - 1 - i));
    let mut exchanged = territories(boxes);
    exchanged.iter_mut().for_each(|t| t.meta.id = other(&t.meta.id));
    let mut back = route(&way(runs.clone()), &exchanged, &Default::default()).report;
    back.parts.iter_mut().for_each(|part| part.territory = other(&part.territory));
    back.crossings
        .iter_mut()
        .for_each(|c| [&mut c.from, &mut c.to].into_iter().flatten().for_each(|id| *id = other(id)));
    prop_assert!(same(&back), "{:?}\n{:?}", plain, back);
    // 134° farther east, so that 46° E becomes the antimeridian: land and runs are split there.
    let turned = |p: Coord, west: bool| Coord { x: p.x + if west { 134.0 } else { -226.0 }, ..p };
    let moved: Vec<Territory> = territories(boxes)
        .into_iter()
        .map(|t| {
            let corners = &t.parts()[0].exterior().0;
            let (low, high) = (corners[0], corners[2]);
            let half = |from: f64, to: f64, west: bool| {
                (from < to).then(|| {
                    let (a, b) = (turned(Coord { x: from, y: low.y }, west), turned(Coord { x: to, y: high.y }, west));
                    rectangle(a.x, a.y, b.x, b.y)
                })
            };
            let halves = [half(low.x, high.x.min(46.0), true), half(low.x.max(46.0), high.x, false)];
            Territory::from_parts_unchecked(t.meta, halves.into_iter().flatten().collect())
        })
        .collect();
    let cut: Vec<Vec<Coord>> = runs
        .iter()
        .flat_map(|run| {
            let mut pieces: Vec<(bool, Vec<Coord>)> = Vec::new();
            for edge in run.windows(2) {
                let west = edge[0].x.min(edge[1].x) < 46.0;
                match pieces.last_mut() {
                    Some((of, piece)) if *of == west => piece.push(edge[1]),
                    _ => pieces.push((west, edge.to_vec())),
                }
            }
            pieces
                .into_iter()
                .map(|(west, piece)| piece.into_iter().map(|p| turned(p, west)).collect())
                .collect::<Vec<_>>()
        })
        .collect();
    // A run of zero length is dropped; runs may join or separate.
    prop_assume!(runs.len() == 1);
    prop_assert!(same(&route(&way(cut), &moved, &Default::default()).report));
    Ok(())
}

/// Nearness was taken in a plane at the middle of each edge: other vertices, another length.
#[test]
fn a_route_of_one_long_edge_beside_the_sides_of_four_boxes() {
    let boxes = [
        rectangle(45.0, 39.0, 45.15625, 39.09375),
        rectangle(45.15625, 39.0, 46.875, 39.09375),
        rectangle(45.0, 39.09375, 45.1875, 40.875),
        rectangle(45.1875, 39.09375, 46.875, 40.875),
    ];
    names_order_and_the_antimeridian(&boxes, &[vec![(6, 2), (36, 57)]]).expect("the same");
}

proptest! {
    #![proptest_config(super::cases(96))]

    #[test]
    fn names_order_and_the_antimeridian_change_nothing(boxes in brickwork(), steps in steps()) {
        names_order_and_the_antimeridian(&boxes, &steps)?;
    }

    #[test]
    fn turned_round_mirrored_or_with_more_vertices_only_sides_of_lines_change(boxes in brickwork(), steps in steps()) {
        let runs = runs(&steps);
        let plain = route(&way(runs.clone()), &territories(&boxes), &Default::default()).report;
        let same = |other: &RouteReport| {
            close(&lengths(&plain, false), &lengths(other, false))
                && (plain.length_m - other.length_m).abs() < 1e-3
                && (plain.on_border_m - other.on_border_m).abs() < 1e-3
                && same_near(&plain, other)
        };
        let back: Vec<Vec<Coord>> = runs.iter().rev().map(|run| run.iter().rev().copied().collect()).collect();
        prop_assert!(same(&route(&way(back), &territories(&boxes), &Default::default()).report));
        let reordered: Vec<Vec<Coord>> = runs.iter().rev().cloned().collect();
        prop_assert!(same(&route(&way(reordered), &territories(&boxes), &Default::default()).report));
        let mirrored = |p: &Coord| Coord { x: -p.x, ..*p };
        let mut other = territories(&boxes);
        change_parts(&mut other, |part| {
            *part = Polygon::new(LineString(part.exterior().0.iter().rev().map(mirrored).collect()), vec![]);
        });
        let there: Vec<Vec<Coord>> = runs.iter().map(|run| run.iter().map(mirrored).collect()).collect();
        prop_assert!(same(&route(&way(there), &other, &Default::default()).report));
        // A vertex at the midpoint of every edge; exactly on it on this grid.
        let more: Vec<Vec<Coord>> = runs.iter().map(|run| {
            let first = run.iter().take(1).copied();
            first.chain(run.windows(2).flat_map(|e| [(e[0] + e[1]) / 2.0, e[1]])).collect()
        }).collect();
        if runs.iter().flatten().all(|p| (p.y * 32.0).fract() == 0.0) {
            let denser = route(&way(more), &territories(&boxes), &Default::default()).report;
            prop_assert!(same(&denser) && passages(&plain) == passages(&denser));
        }
    }

    /// A line on the grid, and routes that touch it, run along it, end on it and cross it.
    #[test]
    fn what_cuts_a_route_cuts_it_in_either_direction(
        heights in prop::collection::vec(0..4_i32, 4..9),
        steps in prop::collection::vec((0..9_i32, -2..6_i32), 2..9),
    ) {
        let at = |x: i32, y: i32| Coord { x: 45.0 + f64::from(x) / 64.0, y: 40.0 + f64::from(y) / 64.0 };
        let line: Vec<Coord> = heights.iter().enumerate().map(|(x, y)| at(x as i32, *y)).collect();
        let mut way: Vec<Coord> = steps.iter().map(|&(x, y)| at(x, y)).collect();
        way.dedup();
        prop_assume!(way.len() > 1);
        let asked = |line: &[Coord], way: Vec<Coord>| cuts(&cut_by(vec![LineString(line.to_vec())], way));
        let plain = asked(&line, way.clone());
        let total: f64 = merestone::earth::line_length_m(&way);
        let back = asked(&line, way.iter().rev().copied().collect());
        let turned: Vec<f64> = back.iter().rev().map(|m| total - m).collect();
        let alike = |a: &[f64], b: &[f64]| a.len() == b.len() && a.iter().zip(b).all(|(x, y)| (x - y).abs() < 0.2);
        prop_assert!(alike(&plain, &turned), "{:?} {:?}", plain, turned);
        let other_way: Vec<Coord> = line.iter().rev().copied().collect();
        prop_assert!(alike(&plain, &asked(&other_way, way.clone())));
        let mirrored = |p: &Coord| Coord { x: -p.x, ..*p };
        let there = asked(&line.iter().map(mirrored).collect::<Vec<_>>(), way.iter().map(mirrored).collect());
        prop_assert!(alike(&plain, &there));
        // In one piece, edge by edge, or edge by edge twice.
        let edges: Vec<LineString> = line.windows(2).map(|e| LineString(e.to_vec())).collect();
        prop_assert!(alike(&plain, &cuts(&cut_by(edges.clone(), way.clone()))));
        prop_assert!(alike(&plain, &cuts(&cut_by([edges.clone(), edges].concat(), way))));
    }
}

fn options() -> SeveranceOptions {
    let mut options = SeveranceOptions::default();
    options.within_m = 100.0;
    options.reach_m = 100.0;
    options.surroundings_m = 100.0;
    options.tolerance_m = 0.1;
    options.languages = Vec::new();
    options
}

fn cut_by(runs: Vec<LineString>, by: Vec<Coord>) -> SeveranceReport {
    let line =
        Line { meta: meta("line"), left: None, right: None, status: Status::Proposed, runs, published_length_km: None };
    let asked = [Asked::new("routes", Content::Routes(vec![way(vec![by])]))];
    severance("line", &Subject::Line(vec![Content::Lines(vec![line])]), &[], &asked, &options()).report
}

fn cuts(report: &SeveranceReport) -> Vec<f64> {
    report.routes.iter().flat_map(|route| &route.cuts).map(|cut| cut.chainage_m).collect()
}

#[test]
fn villages_in_land_that_two_hold_change_alike_whichever_stands_first() {
    let claims = [
        territory("A", vec![rectangle(45.0, 40.0, 46.2, 41.0)]),
        territory("B", vec![rectangle(45.8, 40.0, 47.0, 41.0)]),
    ];
    let line = Line {
        meta: meta("line"),
        left: Some("A".into()),
        right: Some("B".into()),
        status: Status::Proposed,
        runs: vec![LineString(vec![Coord { x: 46.0, y: 40.0 }, Coord { x: 46.0, y: 41.0 }])],
        published_length_km: None,
    };
    let place = |id: &str, x: f64| Place { meta: meta(id), position: Coord { x, y: 40.5 }, rank: 4 };
    let places = vec![place("east", 46.1), place("far-east", 46.5), place("far-west", 45.5), place("west", 45.9)];
    let asked = [Asked::new("places", Content::Places(places))];
    let subject = Subject::Line(vec![Content::Lines(vec![line])]);
    let mut backwards = claims.clone();
    backwards.reverse();
    for territories in [claims, backwards] {
        let report = severance("line", &subject, &territories, &asked, &options()).report;
        let mut moved: Vec<_> = report
            .settlements
            .iter()
            .map(|s| (s.id.as_str(), s.from.as_deref().unwrap_or(""), s.to.as_deref().unwrap_or("")))
            .collect();
        moved.sort();
        assert_eq!(moved, [("east", "A + B", "B"), ("west", "A + B", "A")]);
    }
}

//! The parts of a route add up to the whole, in either direction.

use super::figures::{brickwork, position, route as route_of, territory};
use merestone::io::{Dataset, ReadOptions, Reference};
use merestone::model::Territory;
use merestone::question::{RoutePiece, RouteReport, route};
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::sync::LazyLock;

static STATES: LazyLock<Vec<Territory>> = LazyLock::new(|| {
    let selected = Dataset::embedded().select(&Reference::parse("states"), &ReadOptions::default());
    selected.expect("the dataset has states").features
});

fn parts_m(report: &RouteReport) -> BTreeMap<String, f64> {
    report.parts.iter().map(|part| (part.territory.clone(), part.length_m)).collect()
}

/// Whether parts and outside add up to the whole, counting overlapping land for each holder.
fn is_partition(report: &RouteReport) -> bool {
    let twice = |piece: &RoutePiece| {
        let holders = piece.territory.as_ref().map_or(1, |ids| ids.split(" + ").count());
        (holders - 1) as f64 * (piece.stretch.to_m - piece.stretch.from_m)
    };
    let sum: f64 = report.parts.iter().map(|part| part.length_m).sum::<f64>() + report.outside_m
        - report.pieces.iter().map(twice).sum::<f64>();
    let mut at = 0.0;
    let joined = report.pieces.iter().all(|piece| {
        let joins = (piece.stretch.from_m - at).abs() < 1e-6 && piece.stretch.to_m >= piece.stretch.from_m;
        at = piece.stretch.to_m;
        joins
    });
    (sum - report.length_m).abs() < 1e-3 && joined && (at - report.length_m).abs() < 1e-6
}

proptest! {
    #![proptest_config(super::cases(16))]

    #[test]
    fn parts_and_outside_are_the_whole(line in prop::collection::vec(position(), 2..8)) {
        let report = route(&route_of(line), &STATES, &Default::default()).report;
        prop_assert!(is_partition(&report), "{:?}", report.parts);
    }

    #[test]
    fn reverse_route_has_the_same_lengths(line in prop::collection::vec(position(), 2..8)) {
        let there = route(&route_of(line.clone()), &STATES, &Default::default()).report;
        let back = route(&route_of(line.into_iter().rev().collect()), &STATES, &Default::default()).report;
        prop_assert!((there.length_m - back.length_m).abs() < 1e-6);
        let (there_m, back_m) = (parts_m(&there), parts_m(&back));
        prop_assert_eq!(there_m.keys().collect::<Vec<_>>(), back_m.keys().collect::<Vec<_>>());
        for (id, length_m) in &there_m {
            prop_assert!((length_m - back_m[id]).abs() < 1e-3, "{}: {} and {}", id, length_m, back_m[id]);
        }
        prop_assert_eq!(there.crossings.len(), back.crossings.len());
    }
}

proptest! {
    #![proptest_config(super::cases(128))]

    /// On a grid, so that routes often run along edges and through corners.
    #[test]
    fn along_walls_and_through_corners(
        boxes in brickwork(),
        steps in prop::collection::vec((0..61_u32, 0..61_u32), 2..7),
    ) {
        let territories: Vec<Territory> =
            boxes.into_iter().enumerate().map(|(i, part)| territory(format!("t{i:03}"), vec![part])).collect();
        let line = steps.iter().map(|&(x, y)| geo::Coord { x: 45.0 + f64::from(x) / 32.0, y: 39.0 + f64::from(y) / 32.0 });
        let report = route(&route_of(line.collect()), &territories, &Default::default()).report;
        prop_assert!(is_partition(&report), "{:?} + {} of {}", report.parts, report.outside_m, report.length_m);
        prop_assert_eq!(report.outside_m, 0.0, "everywhere is somebody's, outlines included");
    }
}

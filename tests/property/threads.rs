//! The number of threads does not change a byte of an answer.

use super::figures::{brickwork, star, territory};
use geo::{Coord, MapCoords, Polygon};
use merestone::io::{ReadOptions, Scan, feature, feature_collection, polygon_geometry};
use merestone::model::{Answer, Territory};
use merestone::question::{CheckOptions, LedgerOptions, check, ledger};
use proptest::prelude::*;
use serde_json::Map;

/// The result of a function on a number of threads.
fn on<T: Send>(threads: usize, answer: impl FnOnce() -> T + Send) -> T {
    rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap().install(answer)
}

/// Boxes distributed over five territories, each displaced by its number: gaps and overlaps everywhere.
fn loose(boxes: &[Polygon], by: f64) -> Vec<Territory> {
    let moved = |(i, polygon): (usize, &Polygon)| {
        let d = by * f64::from((i * 7 % 11) as u8) / 11.0;
        (i % 5, polygon.map_coords(|c| Coord { x: c.x + d, y: c.y - d / 2.0 }))
    };
    let mut parts: Vec<Vec<Polygon>> = vec![Vec::new(); 5];
    for (owner, polygon) in boxes.iter().enumerate().map(moved) {
        parts[owner].push(polygon);
    }
    let named = parts.into_iter().enumerate().filter(|(_, parts)| !parts.is_empty());
    named.map(|(owner, parts)| territory(format!("T{owner}"), parts)).collect()
}

fn file(territories: &[Territory]) -> Vec<u8> {
    let one = |t: &Territory| feature(Some(t.meta.id.clone()), polygon_geometry(t.parts()), Map::new());
    feature_collection(&territories.iter().map(one).collect::<Vec<_>>(), &Map::new()).into_bytes()
}

proptest! {
    #![proptest_config(super::cases(6))]

    #[test]
    fn check_says_the_same_on_any_number_of_threads(boxes in brickwork(), more in star(), by in 0.0..0.02_f64) {
        let mut territories = loose(&boxes, by);
        territories.push(territory("star", vec![more]));
        let bytes = file(&territories);
        let findings = || {
            let Answer { report, warnings, .. } = check(vec![Scan::bytes("f", bytes.clone(), &ReadOptions::default())], &CheckOptions::default()).unwrap();
            (serde_json::to_string(&report).unwrap(), warnings.len())
        };
        let one = on(1, findings);
        prop_assert_eq!(&one, &on(2, findings));
        prop_assert_eq!(&one, &on(5, findings));
    }

    #[test]
    fn ledgers_say_the_same_on_any_number_of_threads(boxes in brickwork(), by in 0.0..0.02_f64) {
        let answer = || {
            let (before, after) = (loose(&boxes, 0.0), loose(&boxes, by));
            let report = ledger(&before, &after, &LedgerOptions::default()).unwrap().report;
            (serde_json::to_string(&report).unwrap(), report.balance.balanced)
        };
        let one = on(1, answer);
        prop_assert!(one.1, "{}", one.0);
        prop_assert_eq!(&one, &on(2, answer));
        prop_assert_eq!(&one, &on(5, answer));
    }
}

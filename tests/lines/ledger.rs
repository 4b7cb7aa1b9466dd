//! Which land passes from whom to whom?

use super::{editions_2026, pieces, places, polygon, routes, select, states, territory};
use geo::{Coord, Polygon};
use merestone::model::Territory;
use merestone::question::{LedgerOptions, LedgerPiece, LedgerReport, ledger, ledger_of_proposal};
use proptest::prelude::*;

fn options() -> LedgerOptions {
    LedgerOptions {
        places: places(),
        routes: routes(),
        named: select("enclaves"),
        languages: vec!["az".into()],
        sliver_width_m: None,
    }
}

fn piece<'a>(report: &'a LedgerReport, name: &str) -> &'a LedgerPiece {
    report.pieces.iter().find(|p| p.name.as_deref() == Some(name)).unwrap_or_else(|| panic!("no {name}"))
}

fn passes(piece: &LedgerPiece, from: &str, to: &str, area_km2: f64) -> bool {
    piece.from.as_deref() == Some(from)
        && piece.to.as_deref() == Some(to)
        && !piece.sliver
        && (piece.area_km2 - area_km2).abs() < 0.05
}

#[test]
fn the_edition_of_2026_moves_three_enclaves() {
    let Some(after) = editions_2026() else { return };
    let (report, _) = ledger(states(), after, &options()).unwrap();
    assert!(passes(piece(&report, "Başkənd"), "ARM", "AZE", 39.43));
    assert!(passes(piece(&report, "Yuxarı Əskipara"), "AZE", "ARM", 32.38));
    assert!(passes(piece(&report, "Barxudarlı–Sofulu"), "AZE", "ARM", 9.87));
    assert!(report.balance.balanced, "{:?}", report.balance);
    assert!(report.balance.greatest_residual_m2.unwrap() < 1.0);
}

#[test]
fn enclaves_as_held() {
    let (report, _) = ledger_of_proposal(states(), &pieces("enclaves-as-held"), &options()).unwrap();
    assert_eq!(report.pieces.len(), 4);
    assert!(passes(piece(&report, "Başkənd"), "ARM", "AZE", 39.43));
    assert!(report.pieces.iter().filter(|p| p.from.as_deref() == Some("AZE")).count() == 3);
    assert!(report.balance.balanced);
    let armenia = report.territories.iter().find(|t| t.territory == "ARM").unwrap();
    assert!((armenia.difference_km2 - 11.22).abs() < 0.05, "{}", armenia.difference_km2);
    let railway = &piece(&report, "Barxudarlı–Sofulu").routes[0];
    assert_eq!(railway.route, "ijevan-qazax-railway");
    assert!(railway.indicative);
}

#[test]
fn enclaves_restored_moves_nothing() {
    let (report, _) = ledger_of_proposal(states(), &pieces("enclaves-restored"), &options()).unwrap();
    assert!(report.pieces.is_empty());
    assert_eq!(report.unchanged.len(), 6);
    let other: f64 = report.unchanged.iter().filter(|u| u.under_other_control).map(|u| u.area_km2).sum();
    // Artsvashen, Yuxarı Əskipara, Barxudarlı–Sofulu and Karki: 39.43 + 32.38 + 9.87 + 8.40 km².
    assert!((other - 90.08).abs() < 0.05, "{other}");
    assert!(report.balance.balanced);
}

#[test]
fn the_same_edition_moves_nothing() {
    let (report, _) = ledger(states(), states(), &LedgerOptions::default()).unwrap();
    assert!(report.pieces.is_empty() && report.balance.balanced);
}

#[test]
fn neighbours_that_change_places_along_the_same_edges() {
    let (west, east) = (
        polygon(&[(45.0, 40.0), (45.1, 40.0), (45.1, 40.1), (45.0, 40.1)]),
        polygon(&[(45.1, 40.0), (45.2, 40.0), (45.2, 40.1), (45.1, 40.1)]),
    );
    let before = vec![territory("A", vec![west.clone()]), territory("B", vec![east.clone()])];
    let after = vec![territory("A", vec![east]), territory("B", vec![west])];
    let (report, _) = ledger(before, after, &LedgerOptions::default()).unwrap();
    assert_eq!(report.pieces.len(), 2);
    assert!(report.balance.balanced);
}

#[test]
fn an_outline_that_crosses_itself_is_balanced_and_said() {
    // The loop beyond the north side runs clockwise: signed it takes land away, and an odd number of rings enclose it.
    let corners =
        [(45.0, 40.0), (45.1, 40.0), (45.1, 40.1), (45.04, 40.1), (45.06, 40.11), (45.06, 40.09), (45.0, 40.1)];
    let plain = [(45.0, 40.0), (45.1, 40.0), (45.1, 40.1), (45.0, 40.1)];
    let [before, after] = [&corners[..], &plain[..]].map(|ring| vec![territory("A", vec![polygon(ring)])]);
    let (report, warnings) = ledger(before, after, &LedgerOptions::default()).unwrap();
    assert!(report.balance.balanced, "{:?}", report.balance);
    assert!(warnings.iter().any(|w| w.message.starts_with("A: an outline that crosses itself")), "{warnings:?}");
    assert!(report.pieces.iter().any(|piece| piece.from.as_deref() == Some("A") && piece.to.is_none()));
}

/// A strip cut in two by a line of so many steps, some of them moved.
fn strip(heights: &[f64]) -> Vec<Territory> {
    let x = |i: usize| 45.0 + 0.01 * i as f64;
    let line: Vec<(f64, f64)> = heights.iter().enumerate().map(|(i, h)| (x(i), 40.5 + h)).collect();
    let last = x(heights.len() - 1);
    let mut south = vec![(last, 40.0), (45.0, 40.0)];
    south.extend(&line);
    south.rotate_left(1);
    let mut north = vec![(45.0, 41.0), (last, 41.0)];
    north.extend(line.iter().rev());
    let turned = |mut ring: Vec<(f64, f64)>| {
        let polygon = polygon(&ring);
        if geo::Area::signed_area(&polygon) < 0.0 {
            ring.reverse();
        }
        crate::polygon(&ring)
    };
    vec![territory("S", vec![turned(south)]), territory("N", vec![turned(north)])]
}

/// Every edge cut in so many pieces that cannot leave it by more than rounding.
fn denser(polygon: &Polygon) -> Polygon {
    let ring = &polygon.exterior().0;
    let points = ring.windows(2).flat_map(|e| [e[0], (e[0] + e[1]) / 2.0]);
    Polygon::new(points.collect::<Vec<Coord>>().into(), Vec::new())
}

fn difference(report: &LedgerReport, id: &str) -> f64 {
    report.territories.iter().find(|t| t.territory == id).map_or(0.0, |t| t.difference_m2)
}

fn heights() -> impl Strategy<Value = Vec<f64>> {
    prop::collection::vec(-0.2f64..0.2, 3..30)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn it_balances_and_is_antisymmetric(old in heights(), moves in prop::collection::vec(-0.01f64..0.01, 30)) {
        let new: Vec<f64> = old.iter().zip(&moves).map(|(h, m)| if *m > 0.0 { h + m } else { *h }).collect();
        let o = LedgerOptions::default();
        let (there, _) = ledger(strip(&old), strip(&new), &o).unwrap();
        let (back, _) = ledger(strip(&new), strip(&old), &o).unwrap();
        prop_assert!(there.balance.balanced, "{:?}", there.balance);
        prop_assert_eq!(there.pieces.len(), back.pieces.len());
        prop_assert!((difference(&there, "S") + difference(&back, "S")).abs() < 1e-3);
        prop_assert!((difference(&there, "S") + difference(&there, "N")).abs() < 1e-3);
    }

    #[test]
    fn densifying_and_turning_rings_changes_nothing(old in heights(), new in heights(), turn in 0usize..20) {
        let count = old.len().min(new.len());
        let (old, new) = (strip(&old[..count]), strip(&new[..count]));
        let o = LedgerOptions::default();
        let (plain, _) = ledger(old.clone(), new.clone(), &o).unwrap();
        let changed: Vec<Territory> = new
            .into_iter()
            .map(|mut t| {
                let mut ring = denser(&t.parts[0]).exterior().0.clone();
                ring.pop();
                let turn = turn % ring.len();
                ring.rotate_left(turn);
                t.parts = vec![Polygon::new(ring.into(), Vec::new())];
                t
            })
            .collect();
        let (other, _) = ledger(old, changed, &o).unwrap();
        // Middles of edges are rounded: the line moves by less than a nanometre.
        prop_assert!((difference(&plain, "S") - difference(&other, "S")).abs() < 1e-2);
    }
}

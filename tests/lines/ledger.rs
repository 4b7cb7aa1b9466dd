//! Ledgers of land that changes hands.

use super::{editions_2026, pieces, places, polygon, routes, select, states, territory};
use geo::{Coord, Polygon};
use merestone::model::{Answer, Territory};
use merestone::question::{LedgerOptions, LedgerPiece, LedgerReport, ledger, ledger_of_proposal};
use proptest::prelude::*;

fn options() -> LedgerOptions {
    let mut options = LedgerOptions::default();
    options.places = places();
    options.routes = routes();
    options.named = select("enclaves");
    options.languages = vec!["az".into()];
    options.sliver_width_m = None;
    options
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
    let report = ledger(&states(), &after, &options()).unwrap().report;
    assert!(passes(piece(&report, "Başkənd"), "ARM", "AZE", 39.43));
    assert!(passes(piece(&report, "Yuxarı Əskipara"), "AZE", "ARM", 32.38));
    assert!(passes(piece(&report, "Barxudarlı–Sofulu"), "AZE", "ARM", 9.87));
    assert!(report.balance.balanced, "{:?}", report.balance);
    assert!(report.balance.greatest_residual_m2.unwrap() < 1.0);
}

#[test]
fn enclaves_as_held() {
    let report = ledger_of_proposal(&states(), &pieces("enclaves-as-held"), &options()).unwrap().report;
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
    let report = ledger_of_proposal(&states(), &pieces("enclaves-restored"), &options()).unwrap().report;
    assert!(report.pieces.is_empty());
    assert_eq!(report.unchanged.len(), 6);
    let other: f64 = report.unchanged.iter().filter(|u| u.under_other_control).map(|u| u.area_km2).sum();
    // Artsvashen, Yuxarı Əskipara, Barxudarlı–Sofulu and Karki: 39.43 + 32.38 + 9.87 + 8.40 km².
    assert!((other - 90.08).abs() < 0.05, "{other}");
    assert!(report.balance.balanced);
}

#[test]
fn the_same_edition_moves_nothing() {
    let report = ledger(&states(), &states(), &LedgerOptions::default()).unwrap().report;
    assert!(report.pieces.is_empty() && report.balance.balanced);
}

#[test]
fn neighbours_that_swap_land_along_the_same_edges() {
    let (west, east) = (
        polygon(&[(45.0, 40.0), (45.1, 40.0), (45.1, 40.1), (45.0, 40.1)]),
        polygon(&[(45.1, 40.0), (45.2, 40.0), (45.2, 40.1), (45.1, 40.1)]),
    );
    let before = vec![territory("A", vec![west.clone()]), territory("B", vec![east.clone()])];
    let after = vec![territory("A", vec![east]), territory("B", vec![west])];
    let report = ledger(&before, &after, &LedgerOptions::default()).unwrap().report;
    assert_eq!(report.pieces.len(), 2);
    assert!(report.balance.balanced);
}

#[test]
fn self_crossing_outline_balances_with_a_warning() {
    // The loop beyond the north side is clockwise: its signed area is negative, but the even-odd rule encloses it.
    let corners =
        [(45.0, 40.0), (45.1, 40.0), (45.1, 40.1), (45.04, 40.1), (45.06, 40.11), (45.06, 40.09), (45.0, 40.1)];
    let plain = [(45.0, 40.0), (45.1, 40.0), (45.1, 40.1), (45.0, 40.1)];
    let [before, after] = [&corners[..], &plain[..]].map(|ring| vec![territory("A", vec![polygon(ring)])]);
    let Answer { report, warnings, .. } = ledger(&before, &after, &LedgerOptions::default()).unwrap();
    assert!(report.balance.balanced, "{:?}", report.balance);
    assert!(warnings.iter().any(|w| w.message.starts_with("A: an outline that crosses itself")), "{warnings:?}");
    assert!(report.pieces.iter().any(|piece| piece.from.as_deref() == Some("A") && piece.to.is_none()));
}

/// A strip split in two by a line of steps.
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
        super::polygon(&ring)
    };
    vec![territory("S", vec![turned(south)]), territory("N", vec![turned(north)])]
}

/// Every edge split into pieces that leave it only by rounding.
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
        let there = ledger(&strip(&old), &strip(&new), &o).unwrap().report;
        let back = ledger(&strip(&new), &strip(&old), &o).unwrap().report;
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
        let plain = ledger(&old.clone(), &new.clone(), &o).unwrap().report;
        let changed: Vec<Territory> = new
            .into_iter()
            .map(|t| {
                let mut ring = denser(&t.parts()[0]).exterior().0.clone();
                ring.pop();
                let turn = turn % ring.len();
                ring.rotate_left(turn);
                Territory::from_parts_unchecked(t.meta, vec![Polygon::new(ring.into(), Vec::new())])
            })
            .collect();
        let other = ledger(&old, &changed, &o).unwrap().report;
        // Midpoints of edges are rounded: the line moves by less than 1 nm.
        prop_assert!((difference(&plain, "S") - difference(&other, "S")).abs() < 1e-2);
    }
}

/// Land between meridians and parallels (lon, lat in degrees), in m²: exact.
fn zone_m2(west: f64, south: f64, east: f64, north: f64) -> f64 {
    let (a, f) = (6_378_137.0_f64, 1.0 / 298.257_223_563_f64);
    let e = (f * (2.0 - f)).sqrt();
    let q = |lat: f64| {
        let sin = lat.to_radians().sin();
        sin / (1.0 - (e * sin).powi(2)) + (e * sin).atanh() / e
    };
    a * a * (1.0 - e * e) / 2.0 * (east - west).to_radians() * (q(north) - q(south))
}

/// A rectangle with a vertex every tenth of a degree.
fn cut(west: f64, south: f64, east: f64, north: f64) -> Polygon {
    let steps = |from: f64, to: f64| {
        let count = ((to - from).abs() * 10.0).round() as i32;
        (0..count).map(move |i| ((from * 10.0).round() + f64::from(i) * (to - from).signum()) / 10.0)
    };
    let south_side = steps(west, east).map(|x| (x, south));
    let east_side = steps(south, north).map(|y| (east, y));
    let north_side = steps(east, west).map(|x| (x, north));
    let west_side = steps(north, south).map(|y| (west, y));
    polygon(&south_side.chain(east_side).chain(north_side).chain(west_side).collect::<Vec<_>>())
}

fn pair_m2(report: &LedgerReport, from: Option<&str>, to: Option<&str>) -> f64 {
    let all = report.pairs.iter().filter(|pair| (pair.from.as_deref(), pair.to.as_deref()) == (from, to));
    all.map(|pair| pair.area_m2 + pair.sliver_area_m2).sum()
}

#[test]
fn a_claim_over_a_border_that_has_vertices_inside_it() {
    // C and D share a border on 46° E. A gives up a claim over both, which contains the whole border.
    let neighbours =
        || vec![territory("C", vec![cut(45.0, 40.0, 46.0, 41.0)]), territory("D", vec![cut(46.0, 40.0, 47.0, 41.0)])];
    let mut before = neighbours();
    before.push(territory("A", vec![cut(45.7, 40.2, 46.4, 40.8)]));
    let mut after = neighbours();
    after.push(territory("A", vec![cut(45.0, 41.0, 45.5, 41.5)]));
    let Answer { report, warnings, .. } = ledger(&before, &after, &LedgerOptions::default()).unwrap();
    for (from, to, expected_m2) in
        [("A + C", "C", zone_m2(45.7, 40.2, 46.0, 40.8)), ("A + D", "D", zone_m2(46.0, 40.2, 46.4, 40.8))]
    {
        let found_m2 = pair_m2(&report, Some(from), Some(to));
        assert!((found_m2 - expected_m2).abs() < 1.0, "{from} → {to}: {found_m2} instead of {expected_m2}");
    }
    assert!(report.balance.balanced && report.pairs.iter().filter(|p| p.residual_m2.is_some()).count() == 2);
    let shared =
        |ids: &str| warnings.iter().any(|w| w.feature.as_deref() == Some(ids) && w.message.starts_with("BEFORE"));
    assert!(shared("A + C") && shared("A + D"), "{warnings:?}");
}

#[test]
fn claim_over_an_isolated_unchanged_enclave() {
    let holed = Polygon::new(
        cut(45.0, 40.0, 46.0, 41.0).exterior().clone(),
        vec![cut(45.4, 40.4, 45.6, 40.6).exterior().clone()],
    );
    let neighbours = || vec![territory("C", vec![holed.clone()]), territory("D", vec![cut(45.4, 40.4, 45.6, 40.6)])];
    let (mut before, mut after) = (neighbours(), neighbours());
    before.push(territory("A", vec![cut(44.0, 40.0, 45.0, 41.0)]));
    after.push(territory("A", vec![cut(44.0, 40.0, 45.0, 41.0), cut(45.2, 40.2, 45.8, 40.8)]));
    let report = ledger(&before, &after, &LedgerOptions::default()).unwrap().report;
    let enclave_m2 = zone_m2(45.4, 40.4, 45.6, 40.6);
    let found_m2 = pair_m2(&report, Some("D"), Some("A + D"));
    assert!((found_m2 - enclave_m2).abs() < 1.0, "{found_m2} instead of {enclave_m2}");
    let around_m2 = zone_m2(45.2, 40.2, 45.8, 40.8) - enclave_m2;
    assert!((pair_m2(&report, Some("C"), Some("A + C")) - around_m2).abs() < 1.0);
}

#[test]
fn parts_of_a_proposal_that_overlap_count_once() {
    let before = vec![territory("A", vec![cut(45.0, 40.0, 46.0, 41.0)])];
    let whole = territory("p", vec![cut(45.1, 40.1, 45.5, 40.5), cut(45.3, 40.3, 45.7, 40.7)]);
    let piece = merestone::model::Piece {
        meta: whole.meta.clone(),
        from: Some("A".into()),
        to: Some("B".into()),
        proposed_by: None,
        parts: whole.into_parts(),
    };
    let Answer { report, warnings, .. } = ledger_of_proposal(&before, &[piece], &LedgerOptions::default()).unwrap();
    let expected_m2 =
        zone_m2(45.1, 40.1, 45.5, 40.5) + zone_m2(45.3, 40.3, 45.7, 40.7) - zone_m2(45.3, 40.3, 45.5, 40.5);
    let found_m2 = pair_m2(&report, Some("A"), Some("B"));
    assert!((found_m2 - expected_m2).abs() < 1.0, "{found_m2} instead of {expected_m2}");
    assert!(warnings.iter().any(|w| w.message.contains("count as one")), "{warnings:?}");
}

#[test]
fn a_settlement_on_an_outline_is_on_neither_side_of_it() {
    let place = |id: &str, x: f64, y: f64| merestone::model::Place {
        meta: merestone::model::Meta { id: id.into(), kind: Some("village".into()), ..Default::default() },
        position: Coord { x, y },
        rank: 1,
    };
    let mut options = LedgerOptions::default();
    options.places = vec![place("between", 45.5, 40.5), place("inside", 45.2, 40.5), place("at-180", 180.0, 40.5)];
    let (west, east) = (|| cut(45.0, 40.0, 45.5, 41.0), || cut(45.5, 40.0, 46.0, 41.0));
    // A third exchange is on both sides of 180°.
    let both = || vec![cut(179.5, 40.0, 180.0, 41.0), cut(-180.0, 40.0, -179.5, 41.0)];
    let with = |mut parts: Vec<Polygon>, more: Vec<Polygon>| {
        parts.extend(more);
        parts
    };
    let before = vec![territory("A", with(vec![west()], both())), territory("B", vec![east()])];
    let after = vec![territory("A", vec![east()]), territory("B", with(vec![west()], both()))];
    let Answer { report, warnings, .. } = ledger(&before, &after, &options).unwrap();
    let listed: Vec<&str> = report.pieces.iter().flat_map(|p| &p.settlements).map(|s| s.id.as_str()).collect();
    assert_eq!(report.pieces.len(), 3, "{:?}", report.pieces);
    assert!(listed.len() == 2 && listed.contains(&"inside") && listed.contains(&"at-180"), "{listed:?}");
    assert!(warnings.iter().any(|w| w.feature.as_deref() == Some("between")), "{warnings:?}");
}

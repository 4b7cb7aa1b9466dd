//! Ledgers of overlapping claims, against a count of grid cells.

use super::cases;
use super::figures::territory;
use geo::{Coord, LineString, Polygon};
use merestone::earth::polygon_area_m2;
use merestone::model::{Answer, Meta, Piece, Territory};
use merestone::question::{LedgerOptions, LedgerReport, ledger, ledger_of_proposal};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// Grid lines in degrees from its corner, unevenly spaced, so that all cells differ.
const LINES: [f64; 7] = [0.0, 0.31, 0.57, 1.02, 1.26, 1.83, 2.11];

/// A rectangle between grid lines: west, south, east, north.
type Rectangle = [usize; 4];
/// The rectangles of each territory.
type Edition = Vec<Vec<Rectangle>>;
/// Areas in m² by holders before and after.
type Areas = BTreeMap<(BTreeSet<usize>, BTreeSet<usize>), f64>;

/// Position and orientation of the grid.
#[derive(Clone, Copy)]
struct Frame {
    west: f64,
    south: f64,
    mirrored: bool,
}

const PLAIN: Frame = Frame { west: 45.0, south: 40.0, mirrored: false };

impl Frame {
    fn x(&self, line: usize) -> f64 {
        self.west + if self.mirrored { -LINES[line] } else { LINES[line] }
    }

    /// The rectangle, its sides split at the other grid lines if `cut`; two polygons across 180°.
    fn polygons(&self, [w, s, e, n]: Rectangle, cut: bool) -> Vec<Polygon> {
        let (a, b) = (self.x(w), self.x(e));
        let (west, east) = (a.min(b), a.max(b));
        let stretch = |from: f64, to: f64, turn: f64| {
            let mut inner: Vec<f64> = (0..7).map(|line| self.x(line)).filter(|x| *x > from && *x < to && cut).collect();
            inner.sort_by(f64::total_cmp);
            let (south, north) = (self.south + LINES[s], self.south + LINES[n]);
            let xs: Vec<f64> = [from].into_iter().chain(inner).chain([to]).collect();
            let below = xs.iter().map(|x| Coord { x: x + turn, y: south });
            let above = xs.iter().rev().map(|x| Coord { x: x + turn, y: north });
            Polygon::new(LineString(below.chain(above).collect()), vec![])
        };
        if west < 180.0 && east > 180.0 {
            return vec![stretch(west, 180.0, 0.0), stretch(180.0, east, -360.0)];
        }
        vec![stretch(west, east, if west >= 180.0 { -360.0 } else { 0.0 })]
    }

    fn territories(&self, edition: &Edition, names: &[&str], cut: bool) -> Vec<Territory> {
        let of = |rectangles: &Vec<Rectangle>| rectangles.iter().flat_map(|r| self.polygons(*r, cut)).collect();
        names.iter().zip(edition).map(|(name, rectangles)| territory(*name, of(rectangles))).collect()
    }
}

/// Holders of a cell.
fn holders(edition: &Edition, column: usize, row: usize) -> BTreeSet<usize> {
    let holds = |[w, s, e, n]: &Rectangle| (*w..*e).contains(&column) && (*s..*n).contains(&row);
    (0..edition.len()).filter(|i| edition[*i].iter().any(holds)).collect()
}

/// Cells whose holders differ, measured individually.
fn counted(before: &Edition, after: &Edition) -> Areas {
    let mut areas = Areas::new();
    for (column, row) in (0..6).flat_map(|column| (0..6).map(move |row| (column, row))) {
        let (from, to) = (holders(before, column, row), holders(after, column, row));
        if from != to {
            let cell = &PLAIN.polygons([column, row, column + 1, row + 1], false)[0];
            *areas.entry((from, to)).or_default() += polygon_area_m2(cell);
        }
    }
    areas
}

/// Areas of a ledger, by the numbers of territories.
fn said(report: &LedgerReport, names: &[&str]) -> Areas {
    let numbers = |ids: Option<&str>| -> BTreeSet<usize> {
        let all = ids.into_iter().flat_map(|ids| ids.split(" + "));
        all.map(|id| names.iter().position(|name| *name == id).expect("a name that was given")).collect()
    };
    let mut areas = Areas::new();
    for pair in &report.pairs {
        let key = (numbers(pair.from.as_deref()), numbers(pair.to.as_deref()));
        *areas.entry(key).or_default() += pair.area_m2 + pair.sliver_area_m2;
    }
    areas
}

fn agree(a: &Areas, b: &Areas) -> bool {
    a.keys().eq(b.keys()) && a.iter().all(|(key, area_m2)| (area_m2 - b[key]).abs() < 0.1)
}

/// Results independent of names and order.
fn shapes(report: &LedgerReport) -> Vec<(u64, u64)> {
    let mut all: Vec<(u64, u64)> =
        report.pieces.iter().map(|piece| (piece.area_m2.round() as u64, piece.width_m.round() as u64)).collect();
    all.sort_unstable();
    all
}

fn same_shapes(a: &LedgerReport, b: &LedgerReport) -> bool {
    let (a, b) = (shapes(a), shapes(b));
    // Areas to 1 m², widths to their stated tolerance.
    a.len() == b.len()
        && a.iter().zip(&b).all(|(p, q)| p.0.abs_diff(q.0) <= 1 && p.1.abs_diff(q.1) as f64 <= 3.0 + 2e-3 * p.1 as f64)
}

fn edition() -> impl Strategy<Value = Edition> {
    let side = || (0_usize..6, 1_usize..6).prop_map(|(from, wide)| (from, (from + wide).min(6)));
    let rectangle = (side(), side()).prop_map(|((w, e), (s, n))| [w, s, e, n]);
    prop::collection::vec(prop::collection::vec(rectangle, 1..3), 4..5)
}

/// Two editions with some equal territories.
fn editions() -> impl Strategy<Value = (Edition, Edition)> {
    (edition(), edition(), prop::collection::vec(any::<bool>(), 4)).prop_map(|(before, other, changes)| {
        let after = (0..4).map(|i| if changes[i] { other[i].clone() } else { before[i].clone() }).collect();
        (before, after)
    })
}

const NAMES: [&str; 4] = ["A", "B", "C", "D"];

proptest! {
    #![proptest_config(cases(40))]

    #[test]
    fn claims_are_counted_cell_by_cell((before, after) in editions(), cut in any::<[bool; 2]>()) {
        let expected = counted(&before, &after);
        let sides = |names| (PLAIN.territories(&before, names, cut[0]), PLAIN.territories(&after, names, cut[1]));
        let (b, a) = sides(&NAMES);
        let report = ledger(&b.clone(), &a.clone(), &LedgerOptions::default()).unwrap().report;
        prop_assert!(agree(&said(&report, &NAMES), &expected), "{:?} {expected:?}", report.pairs);
        prop_assert!(report.balance.balanced, "{:?}", report.balance);
        // The pieces of a territory are the difference of its areas.
        for (number, total) in report.territories.iter().enumerate() {
            let area_m2 = |edition: &Edition| -> f64 {
                let mine = |(column, row): &(usize, usize)| holders(edition, *column, *row).contains(&number);
                let cells = (0..6).flat_map(|column| (0..6).map(move |row| (column, row))).filter(mine);
                cells.map(|(c, r)| polygon_area_m2(&PLAIN.polygons([c, r, c + 1, r + 1], false)[0])).sum()
            };
            prop_assert!((total.difference_m2 - (area_m2(&after) - area_m2(&before))).abs() < 0.1, "{total:?}");
        }
        // The features reversed.
        let turned = |all: &[Territory]| all.iter().rev().cloned().collect::<Vec<_>>();
        let other = ledger(&turned(&b), &turned(&a), &LedgerOptions::default()).unwrap().report;
        prop_assert_eq!(&other, &report);
        // The editions swapped.
        let back = ledger(&a, &b, &LedgerOptions::default()).unwrap().report;
        let expected_back = counted(&after, &before);
        prop_assert!(agree(&said(&back, &NAMES), &expected_back), "{:?}", back.pairs);
        prop_assert!(same_shapes(&back, &report));
        // Other names, in another order.
        let names = ["Z", "Y", "X", "W"];
        let (b, a) = sides(&names);
        let other = ledger(&b, &a, &LedgerOptions::default()).unwrap().report;
        prop_assert!(agree(&said(&other, &names), &expected), "{:?}", other.pairs);
        prop_assert!(same_shapes(&other, &report));
        // Mirrored, and moved to ±180°, where grid lines and cells are on either side.
        for frame in [Frame { mirrored: true, ..PLAIN }, Frame { west: 179.0, ..PLAIN }, Frame { west: 180.0 - LINES[3], ..PLAIN }] {
            let (b, a) = (frame.territories(&before, &NAMES, cut[0]), frame.territories(&after, &NAMES, cut[1]));
            let other = ledger(&b, &a, &LedgerOptions::default()).unwrap().report;
            prop_assert!(agree(&said(&other, &NAMES), &expected), "{} {:?} {expected:?}", frame.west, other.pairs);
            prop_assert!(other.balance.balanced, "{:?}", other.balance);
            prop_assert!(same_shapes(&other, &report), "{} {:?} {:?}", frame.west, shapes(&other), shapes(&report));
        }
    }

    #[test]
    fn land_that_several_proposals_name((before, pieces) in (edition(), edition()), turned in any::<bool>()) {
        // Each piece passes to the territory of its number; the last to none.
        let to = |number: usize| (number < 3).then(|| NAMES[number].to_owned());
        let mut proposal: Vec<Piece> = pieces.iter().enumerate().map(|(number, rectangles)| Piece {
            meta: Meta { id: format!("p{number}"), ..Meta::default() },
            from: None,
            to: to(number),
            proposed_by: None,
            parts: rectangles.iter().flat_map(|r| PLAIN.polygons(*r, false)).collect(),
        }).collect();
        if turned {
            proposal.reverse();
        }
        let mut expected = Areas::new();
        let mut named_twice = false;
        for (column, row) in (0..6).flat_map(|column| (0..6).map(move |row| (column, row))) {
            let (from, named) = (holders(&before, column, row), holders(&pieces, column, row));
            named_twice |= named.len() > 1;
            let then: BTreeSet<usize> = named.iter().copied().filter(|number| *number < 3).collect();
            if !named.is_empty() && from != then {
                let cell = &PLAIN.polygons([column, row, column + 1, row + 1], false)[0];
                *expected.entry((from, then)).or_default() += polygon_area_m2(cell);
            }
        }
        let territories = PLAIN.territories(&before, &NAMES, false);
        let Answer { report, warnings, .. } = ledger_of_proposal(&territories, &proposal, &LedgerOptions::default()).unwrap();
        prop_assert!(agree(&said(&report, &NAMES), &expected), "{:?} {expected:?}", report.pairs);
        prop_assert!(report.balance.balanced, "{:?}", report.balance);
        let warned = warnings.iter().any(|w| w.code == merestone::model::WarningCode::OverlappingProposals);
        prop_assert_eq!(warned, named_twice);
    }
}

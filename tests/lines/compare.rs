//! Comparison of two versions of a line.

use super::{editions_2026, lines, select, states};
use geo::Coord;
use merestone::model::{Answer, Line, Territory};
use merestone::question::{BorderOptions, CompareOptions, CompareReport, Side, Version, borders, compare};
use proptest::prelude::*;

fn version(label: &str, lines: &[Line]) -> Version {
    Version::new(label, lines.iter().flat_map(|l| &l.runs).map(|r| r.0.clone()).collect())
}

fn of(runs: Vec<Vec<Coord>>) -> Version {
    Version::new("line", runs)
}

fn border(territories: Vec<Territory>) -> Version {
    let mut options = BorderOptions::default();
    options.pair = Some(["ARM".into(), "AZE".into()]);
    let report = borders(&territories, &options).report;
    of(report.rows.iter().flat_map(|r| &r.components).filter(|c| !c.ring).flat_map(|c| c.courses.clone()).collect())
}

#[test]
fn the_border_in_two_editions() {
    let Some(after) = editions_2026() else { return };
    let report = compare(&border(states()), &border(after), &CompareOptions::within(100.0)).unwrap().report;
    assert!((report.length_a_m / 1000.0 - 904.8).abs() < 0.2, "{}", report.length_a_m);
    assert!((report.length_b_m / 1000.0 - 929.1).abs() < 0.2, "{}", report.length_b_m);
    assert!((0.85..0.95).contains(&report.agree_share), "{}", report.agree_share);
    assert!((report.hausdorff_m - 2035.4).abs() < 1.0, "{}", report.hausdorff_m);
    assert!(report.runs.iter().any(|run| run.line == Side::A && run.agree_share == 0.0 && run.greatest_m > 1000.0));
    let covered: f64 = report.runs.iter().filter(|r| r.line == Side::B).map(|r| r.to_m - r.from_m).sum();
    assert!((covered - report.length_b_m).abs() < 0.01);
}

#[test]
fn lines_of_another_source() {
    let Some(folder) = crate::support::shared::shared("wof") else { return };
    let read = |name: &str| select::<Line>(&folder.join(name).display().to_string());
    let ours = version("ours", &lines("lines/arm-aze-naxcivan"));
    let theirs = version("theirs", &read("wof_am_az_border_nakhchivan.json"));
    let report = compare(&ours, &theirs, &CompareOptions::within(100.0)).unwrap().report;
    assert!((report.length_b_m / 1000.0 - 250.60).abs() < 0.01);
    assert!(report.hausdorff_m < 1000.0 && report.agree_share > 0.95);
    let main = version("theirs", &read("wof_am_az_border_main.json"));
    let mut all = lines("lines/arm-aze-main");
    all.extend(lines("lines/arm-aze-2024"));
    let Answer { report, warnings, .. } =
        compare(&version("ours", &all), &main, &CompareOptions::within(100.0)).unwrap();
    assert!((report.length_b_m / 1000.0 - 681.69).abs() < 0.01);
    assert!(report.unmatched.is_empty(), "{warnings:?}");
    assert!(report.frechet_m.unwrap() < 2500.0, "{:?}", report.frechet_m);
}

#[test]
fn an_offset_line_has_its_offset() {
    let at = |y: f64| vec![Coord { x: 45.0, y }, Coord { x: 45.0 + 0.3, y }];
    // 0.001° of latitude at 40° N is 111.035 m.
    let report = compare(&of(vec![at(40.0)]), &of(vec![at(40.001)]), &CompareOptions::within(50.0)).unwrap().report;
    for measured in [report.hausdorff_m, report.mean_offset_m, report.frechet_m.unwrap()] {
        assert!((measured - 111.035).abs() < 0.1, "{measured}");
    }
    assert_eq!(report.agree_share, 0.0);
    let report = compare(&of(vec![at(40.0)]), &of(vec![at(40.001)]), &CompareOptions::within(112.0)).unwrap().report;
    assert_eq!(report.agree_share, 1.0);
}

/// A line along the equator, and a zigzag across it: 10 m to either side, a vertex every 45 m.
fn zigzag() -> [Vec<Coord>; 2] {
    // 1° of the equator is 111 319.49 m; 1° of the meridian there 110 574.28 m.
    let (east, north) = (45.0 / 111_319.49, 10.0 / 110_574.28);
    let across = (0..=200).map(|i| Coord { x: f64::from(i) * east, y: if i % 2 == 0 { north } else { -north } });
    [vec![Coord { x: 0.0, y: 0.0 }, Coord { x: 200.0 * east, y: 0.0 }], across.collect()]
}

#[test]
fn the_mean_offset_of_a_zigzag_is_half_of_its_height() {
    // Linear from 10 m to zero and back: mean 5 m, 90 % within 9 m.
    let [straight, zigzag] = zigzag();
    for scale in [1, 3] {
        let cut = |i: usize| (0..scale).map(move |k| (i, f64::from(k) / f64::from(scale)));
        let mut fine: Vec<Coord> = (0..zigzag.len() - 1)
            .flat_map(cut)
            .map(|(i, share)| zigzag[i] + (zigzag[i + 1] - zigzag[i]) * share)
            .collect();
        fine.extend(zigzag.last());
        let report =
            compare(&of(vec![straight.clone()]), &of(vec![fine]), &CompareOptions::within(9.0)).unwrap().report;
        let of_b: Vec<_> = report.per_10_km.iter().filter(|bin| bin.line == Side::B).collect();
        assert!((of_b[0].mean_m - 5.0).abs() < 1e-3, "{}", of_b[0].mean_m);
        assert!((of_b[0].agree_share - 0.9).abs() < 1e-4, "{}", of_b[0].agree_share);
        assert!((report.hausdorff_m - 10.0).abs() < 1e-3, "{}", report.hausdorff_m);
    }
}

#[test]
fn loose_lines_and_islands_have_their_counterparts_in_any_order() {
    let squares = |shift: f64| -> Vec<Vec<Coord>> {
        let corner = |x: f64, y: f64| move |(dx, dy): (f64, f64)| Coord { x: x + dx + shift, y: y + dy };
        let ring = [(0.0, 0.0), (0.006, 0.0), (0.006, 0.006), (0.0, 0.006), (0.0, 0.0)];
        (0..900)
            .map(|i| ring.map(corner(20.0 + 0.01 * f64::from(i % 30), 20.0 + 0.01 * f64::from(i / 30))).to_vec())
            .collect()
    };
    let mut moved = squares(0.0001);
    let plain = compare(&of(squares(0.0)), &of(moved.clone()), &CompareOptions::within(5.0)).unwrap().report;
    // 0.0001° along 20° N: 10.46 m.
    assert!((plain.frechet_m.unwrap() - 10.464).abs() < 0.01, "{:?}", plain.frechet_m);
    assert!(plain.unmatched.is_empty());
    moved.reverse();
    moved.iter_mut().for_each(|ring| {
        ring.pop();
        ring.rotate_left(2);
        ring.push(ring[0]);
        ring.reverse();
    });
    let other = compare(&of(moved), &of(squares(0.0)), &CompareOptions::within(5.0)).unwrap().report;
    assert_eq!(other.frechet_m, plain.frechet_m);
    assert!((other.mean_offset_m - plain.mean_offset_m).abs() < 1e-9);
}

#[test]
fn a_line_without_length_cannot_be_compared() {
    let point = Coord { x: 45.0, y: 40.0 };
    assert!(
        compare(&of(vec![vec![point, point]]), &of(vec![vec![point, point]]), &CompareOptions::within(1.0)).is_err()
    );
    assert!(compare(&of(vec![]), &of(vec![]), &CompareOptions::within(1.0)).is_err());
}

fn symmetric(ab: &CompareReport, ba: &CompareReport) -> bool {
    let near = |a: f64, b: f64| (a - b).abs() < 0.02;
    near(ab.length_a_m, ba.length_b_m)
        && near(ab.hausdorff_m, ba.hausdorff_m)
        && near(ab.mean_offset_m, ba.mean_offset_m)
        && (ab.agree_share - ba.agree_share).abs() < 1e-6
        && near(ab.frechet_m.unwrap_or(0.0), ba.frechet_m.unwrap_or(0.0))
        && ab.runs.len() == ba.runs.len()
}

fn walks() -> impl Strategy<Value = Vec<Coord>> {
    prop::collection::vec((0.001f64..0.02, -0.02f64..0.02), 2..30).prop_map(|steps| {
        let mut at = Coord { x: 45.0, y: 40.0 };
        let mut line = vec![at];
        for (x, y) in steps {
            at = at + Coord { x, y };
            line.push(at);
        }
        line
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn a_line_agrees_with_itself(line in walks()) {
        let report = compare(&of(vec![line.clone()]), &of(vec![line]), &CompareOptions::within(1.0)).unwrap().report;
        prop_assert_eq!(report.hausdorff_m, 0.0);
        prop_assert_eq!(report.mean_offset_m, 0.0);
        prop_assert_eq!(report.frechet_m, Some(0.0));
        prop_assert_eq!(report.agree_share, 1.0);
        prop_assert_eq!(report.runs.len(), 2);
    }

    #[test]
    fn swapping_swaps_the_columns(a in walks(), b in walks()) {
        let (a, b) = (of(vec![a]), of(vec![b]));
        let (ab, ba) = (compare(&a, &b, &CompareOptions::within(300.0)).unwrap().report, compare(&b, &a, &CompareOptions::within(300.0)).unwrap().report);
        prop_assert!(symmetric(&ab, &ba));
        prop_assert!(ab.frechet_m.unwrap() + ab.frechet_step_m.unwrap() >= ab.hausdorff_m - 0.02);
    }

    #[test]
    fn reversing_and_cutting_change_nothing(a in walks(), b in walks()) {
        let plain = compare(&of(vec![a.clone()]), &of(vec![b.clone()]), &CompareOptions::within(300.0)).unwrap().report;
        let middle = b.len() / 2;
        let mut head = b[..=middle].to_vec();
        head.reverse();
        let cut = compare(&of(vec![a]), &of(vec![b[middle..].to_vec(), head]), &CompareOptions::within(300.0)).unwrap().report;
        prop_assert!((plain.hausdorff_m - cut.hausdorff_m).abs() < 0.02);
        prop_assert!((plain.mean_offset_m - cut.mean_offset_m).abs() < 0.02);
        prop_assert!((plain.frechet_m.unwrap() - cut.frechet_m.unwrap()).abs() < 0.02);
    }
}

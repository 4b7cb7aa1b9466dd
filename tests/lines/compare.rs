//! Do two versions of a line agree?

use super::{editions_2026, lines, select, shared, states};
use geo::Coord;
use merestone::model::{Line, Territory};
use merestone::question::{BorderOptions, CompareReport, Side, Version, borders, compare};
use proptest::prelude::*;

fn version(label: &str, lines: &[Line]) -> Version {
    Version { label: label.into(), runs: lines.iter().flat_map(|l| &l.runs).map(|r| r.0.clone()).collect() }
}

fn of(runs: Vec<Vec<Coord>>) -> Version {
    Version { label: "line".into(), runs }
}

fn border(territories: Vec<Territory>) -> Version {
    let options = BorderOptions { pair: Some(["ARM".into(), "AZE".into()]), ..BorderOptions::default() };
    let (report, _) = borders(territories, &options);
    of(report.rows.iter().flat_map(|r| &r.components).filter(|c| !c.ring).flat_map(|c| c.courses.clone()).collect())
}

#[test]
fn the_border_in_two_editions() {
    let Some(after) = editions_2026() else { return };
    let (report, _) = compare(&border(states()), &border(after), 100.0).unwrap();
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
    let Some(folder) = shared::shared("wof") else { return };
    let read = |name: &str| select::<Line>(&folder.join(name).display().to_string());
    let ours = version("ours", &lines("lines/arm-aze-naxcivan"));
    let theirs = version("theirs", &read("wof_am_az_border_nakhchivan.json"));
    let (report, _) = compare(&ours, &theirs, 100.0).unwrap();
    assert!((report.length_b_m / 1000.0 - 250.60).abs() < 0.01);
    assert!(report.hausdorff_m < 1000.0 && report.agree_share > 0.95);
    let main = version("theirs", &read("wof_am_az_border_main.json"));
    let mut all = lines("lines/arm-aze-main");
    all.extend(lines("lines/arm-aze-2024"));
    let (report, warnings) = compare(&version("ours", &all), &main, 100.0).unwrap();
    assert!((report.length_b_m / 1000.0 - 681.69).abs() < 0.01);
    assert!(report.unmatched.is_empty(), "{warnings:?}");
    assert!(report.frechet_m.unwrap() < 2500.0, "{:?}", report.frechet_m);
}

#[test]
fn an_offset_line_has_its_offset() {
    let at = |y: f64| vec![Coord { x: 45.0, y }, Coord { x: 45.0 + 0.3, y }];
    // 0.001° of latitude at 40° N is 111.035 m.
    let (report, _) = compare(&of(vec![at(40.0)]), &of(vec![at(40.001)]), 50.0).unwrap();
    for measured in [report.hausdorff_m, report.mean_offset_m, report.frechet_m.unwrap()] {
        assert!((measured - 111.035).abs() < 0.1, "{measured}");
    }
    assert_eq!(report.agree_share, 0.0);
    let (report, _) = compare(&of(vec![at(40.0)]), &of(vec![at(40.001)]), 112.0).unwrap();
    assert_eq!(report.agree_share, 1.0);
}

#[test]
fn a_line_without_length_cannot_be_compared() {
    let point = Coord { x: 45.0, y: 40.0 };
    assert!(compare(&of(vec![vec![point, point]]), &of(vec![vec![point, point]]), 1.0).is_none());
    assert!(compare(&of(vec![]), &of(vec![]), 1.0).is_none());
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
        let (report, _) = compare(&of(vec![line.clone()]), &of(vec![line]), 1.0).unwrap();
        prop_assert_eq!(report.hausdorff_m, 0.0);
        prop_assert_eq!(report.mean_offset_m, 0.0);
        prop_assert_eq!(report.frechet_m, Some(0.0));
        prop_assert_eq!(report.agree_share, 1.0);
        prop_assert_eq!(report.runs.len(), 2);
    }

    #[test]
    fn swapping_swaps_the_columns(a in walks(), b in walks()) {
        let (a, b) = (of(vec![a]), of(vec![b]));
        let (ab, ba) = (compare(&a, &b, 300.0).unwrap().0, compare(&b, &a, 300.0).unwrap().0);
        prop_assert!(symmetric(&ab, &ba));
        prop_assert!(ab.frechet_m.unwrap() + ab.frechet_step_m.unwrap() >= ab.hausdorff_m - 0.02);
    }

    #[test]
    fn reversing_and_cutting_change_nothing(a in walks(), b in walks()) {
        let plain = compare(&of(vec![a.clone()]), &of(vec![b.clone()]), 300.0).unwrap().0;
        let middle = b.len() / 2;
        let mut head = b[..=middle].to_vec();
        head.reverse();
        let cut = compare(&of(vec![a]), &of(vec![b[middle..].to_vec(), head]), 300.0).unwrap().0;
        prop_assert!((plain.hausdorff_m - cut.hausdorff_m).abs() < 0.02);
        prop_assert!((plain.mean_offset_m - cut.mean_offset_m).abs() < 0.02);
        prop_assert!((plain.frechet_m.unwrap() - cut.frechet_m.unwrap()).abs() < 0.02);
    }
}

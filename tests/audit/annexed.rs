//! The annexed catalogue, the length of a sector and the area of a ring are tested against the line.

use super::{AuditOptions, audit, contradictions, course, of, on, read};
use merestone::document::audit::{AuditResult, Verdict};

/// Three points 0.01° of latitude apart at 45° N: 1111.32 m each (GeographicLib).
const POINTS: [(&str, f64, f64); 3] = [("1", 10.0, 45.0), ("2", 10.0, 45.01), ("3", 10.0, 45.02)];

const PAPER: &str = "\
Sector 1. Upper sector (length 2.22 km)

From point 1 the boundary runs in a straight line in a northerly direction for 1.11 km to point 2.

From point 2 the boundary runs in a straight line in a northerly direction for 1.11 km to point 3.

Totals

The length of the line is 2.22 km. Points: 3.

Annex. Catalogue of coordinates

Point
Latitude
Longitude
Azimuth to the next point
Distance to the next point, m
1
45°00′00.00″N
10°00′00.00″E
0°00′00.0″
1111.32
2
45°00′36.00″N
10°00′00.00″E
0°00′00.0″
1111.32
3
45°01′12.00″N
10°00′00.00″E
";

fn heard(text: &str) -> Vec<AuditResult> {
    audit(&[read(text)], &on(course(&POINTS)), &AuditOptions::default()).report.results
}

#[test]
fn a_true_catalogue_agrees() {
    let text = read(PAPER);
    let points: Vec<&str> = text.description.catalogue.iter().map(|entry| entry.point.as_str()).collect();
    assert_eq!(points, ["1", "2", "3"]);
    let report = audit(&[text], &on(course(&POINTS)), &AuditOptions::default()).report;
    assert_eq!(contradictions(&report), Vec::<&AuditResult>::new());
    // Three positions, two azimuths, two distances.
    assert_eq!(of(&report, "catalogue").iter().filter(|one| one.verdict == Verdict::Agree).count(), 7);
}

#[test]
fn a_changed_value_of_the_catalogue_is_found_in_its_cell_alone() {
    for (right, wrong, nth) in [
        ("45°00′36.00″N", "45°02′36.00″N", 0),
        ("45°01′12.00″N\n10°00′00.00″E", "45°01′12.00″N\n10°00′10.00″E", 1),
        ("36.00″N\n10°00′00.00″E\n0°00′00.0″", "36.00″N\n10°00′00.00″E\n5°00′00.0″", 2),
        ("1111.32\n2", "1117.32\n2", 0),
    ] {
        let changed = PAPER.replacen(right, wrong, 1);
        assert_ne!(changed, PAPER);
        let cell = wrong.lines().nth(nth).expect("a cell").to_owned();
        let all = heard(&changed);
        let found: Vec<&AuditResult> = all.iter().filter(|one| one.verdict == Verdict::Contradict).collect();
        let [one] = found.as_slice() else { panic!("{wrong}: {found:#?}") };
        assert_eq!((one.field.as_str(), &changed[one.span[0]..one.span[1]]), ("catalogue", cell.as_str()));
    }
}

#[test]
fn a_point_of_the_catalogue_that_the_text_does_not_name_is_found() {
    let all = heard(&PAPER.replacen("1111.32\n2\n", "1111.32\n7\n", 1));
    let found: Vec<(&str, &str)> = all
        .iter()
        .filter(|one| one.verdict == Verdict::Contradict)
        .map(|one| (one.field.as_str(), one.stated.as_str()))
        .collect();
    assert_eq!(found, [("mark", "7")]);
}

#[test]
fn the_length_of_a_sector_and_the_total_are_held_against_the_line() {
    for (right, wrong) in [("(length 2.22 km)", "(length 2.24 km)"), ("line is 2.22 km", "line is 2.24 km")] {
        let all = heard(&PAPER.replacen(right, wrong, 1));
        let found: Vec<&AuditResult> = all.iter().filter(|one| one.verdict == Verdict::Contradict).collect();
        let [one] = found.as_slice() else { panic!("{wrong}: {found:#?}") };
        assert_eq!((one.field.as_str(), one.stated.as_str()), ("total", "2240 m"));
    }
}

#[test]
fn the_area_of_a_ring_is_held_against_the_line() {
    // 876 163 m² and 3799 m (GeographicLib).
    let ring = [("1", 10.0, 45.0), ("2", 10.01, 45.0), ("3", 10.01, 45.01), ("4", 10.0, 45.01), ("", 10.0, 45.0)];
    let legs = "From point 1 the boundary runs in a straight line in an easterly direction for 0.79 km to point 2.\n\n\
        From point 2 the boundary runs in a straight line in a northerly direction for 1.11 km to point 3.\n\n\
        From point 3 the boundary runs in a straight line in a westerly direction for 0.79 km to point 4.\n\n\
        From point 4 the boundary runs in a straight line in a southerly direction for 1.11 km to the starting point 1.\n\n\
        Totals\n\n";
    for (area, verdict) in [("88", Verdict::Agree), ("87", Verdict::Contradict), ("98", Verdict::Contradict)] {
        let text = format!("{legs}The line encloses {area} ha and is 3.80 km long. Points: 4.\n");
        let report = audit(&[read(&text)], &on(course(&ring)), &AuditOptions::default()).report;
        let found: Vec<Verdict> = of(&report, "area").iter().map(|one| one.verdict).collect();
        assert_eq!(found, [verdict], "{area}: {:#?}", report.results);
    }
}

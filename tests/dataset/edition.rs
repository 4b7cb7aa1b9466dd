//! The 2026 edition of the two states compared with that of 2018.

use super::{near, select};
use merestone::io::Dataset;
use merestone::model::{Line, Territory};
use merestone::question::{BorderOptions, CompareOptions, Side, Version, borders, compare};

fn version(label: &str, runs: Vec<Vec<geo::Coord>>) -> Version {
    Version::new(label, runs)
}

#[test]
fn a_bare_id_names_the_layer_that_the_edition_is_of() {
    let dataset = Dataset::embedded();
    let (info, id) = dataset.layer_of::<Territory>("ARM").unwrap_or_else(|error| panic!("{error}"));
    assert_eq!((info.id.as_str(), id.as_str()), ("states", "ARM"));
    let (info, _) = dataset.layer_of::<Territory>("states-2026/ARM").unwrap_or_else(|error| panic!("{error}"));
    assert_eq!((info.id.as_str(), info.edition_of.as_deref()), ("states-2026", Some("states")));
    let ids: Vec<String> = select::<Territory>("states-2026").into_iter().map(|t| t.meta.id).collect();
    assert_eq!(ids, ["ARM", "AZE"]);
}

/// Figures: data/verify.py and shapely in UTM zone 38N.
#[test]
fn the_border_of_2026_and_its_distance_from_that_of_2018() {
    let report = borders(&select("states-2026"), &BorderOptions::default()).report;
    let row = report.rows.iter().find(|row| row.a == "ARM" && row.b == "AZE").expect("they touch");
    near("common line", row.length_m / 1000.0, 929.1, 0.1);
    assert_eq!(row.components.len(), 2, "the main line and Naxçıvan's, no enclave");
    let after = row.components.iter().flat_map(|component| component.courses.clone()).collect();
    let main = ["lines/arm-aze-main", "lines/arm-aze-2024"].into_iter().flat_map(select::<Line>);
    let before = main.flat_map(|line| line.runs).map(|run| run.0).collect();
    let report = compare(&version("2018", before), &version("2026", after), &CompareOptions::within(100.0))
        .expect("lines")
        .report;
    let of_2018 = report.runs.iter().filter(|run| run.line == Side::A);
    let far_m: f64 = of_2018.clone().map(|run| (run.to_m - run.from_m) * (1.0 - run.agree_share)).sum();
    near("share of the main line of 2018 beyond 100 m", far_m / report.length_a_m, 0.126, 0.006);
    let greatest_m = of_2018.map(|run| run.greatest_m).fold(0.0, f64::max);
    near("greatest distance", greatest_m, 1120.0, 20.0);
}

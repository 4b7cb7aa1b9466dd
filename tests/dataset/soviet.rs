//! The NKAO of 1988: area, test points, neighbours.

use super::{files, near, select, territory};
use geo::Coord;
use merestone::earth::polygon_area_m2;
use merestone::model::{Answer, Location, Territory, YBandIndex};
use merestone::question::{BorderOptions, borders};

#[test]
fn nkao_has_the_published_area() {
    let nkao = territory("soviet", "nkao");
    let area_km2 = nkao.parts().iter().map(polygon_area_m2).sum::<f64>() / 1e6;
    near("NKAO", area_km2, 4400.0, 0.03 * 4400.0);
    assert_eq!(nkao.meta.evidence.position_accuracy_m, Some(2000.0));
    assert!(nkao.meta.valid_from.is_some() && nkao.meta.valid_to.is_some(), "it is dated");
}

#[test]
fn points_known_to_be_inside_are_and_those_outside_are_not() {
    let nkao = territory("soviet", "nkao");
    let rings = nkao.parts().iter().flat_map(|p| std::iter::once(p.exterior()).chain(p.interiors()));
    let bands = YBandIndex::new(rings.map(|ring| ring.0.as_slice()).collect::<Vec<_>>());
    let mut counts = [0, 0];
    let text = files::text("data/waypoints.csv");
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let headings = reader.headers().expect("headings").clone();
    for row in reader.records() {
        let row = row.expect("CSV");
        let cell = |name: &str| &row[headings.iter().position(|h| h == name).expect("the column is there")];
        let (which, expected) = match cell("kind") {
            "test_inside_nkao_1988" => (0, Location::Inside),
            "test_outside_nkao_1988" => (1, Location::Outside),
            _ => continue,
        };
        let degrees = |name: &str| cell(name).parse::<f64>().expect("degrees");
        let found = bands.locate(Coord { x: degrees("lon"), y: degrees("lat") });
        assert_eq!(found, expected, "{} {}", cell("id"), cell("name"));
        counts[which] += 1;
    }
    assert!(counts[0] >= 5 && counts[1] >= 5, "{counts:?}");
}

#[test]
fn nkao_touches_the_armenian_ssr_nowhere() {
    let pair: Vec<Territory> = vec![territory("soviet", "nkao"), territory("soviet", "armenian-ssr")];
    let mut options = BorderOptions::default();
    options.tolerance_m = Some(100.0);
    let Answer { report, warnings, .. } = borders(&pair, &options);
    assert!(report.rows.is_empty(), "{:?}", report.rows);
    assert!(warnings.iter().all(|w| w.code != merestone::model::WarningCode::Overlap), "{warnings:?}");
}

#[test]
fn the_nkao_lies_inside_the_azerbaijan_ssr() {
    let nkao = territory("soviet", "nkao");
    assert_eq!(nkao.meta.parent.as_deref(), Some("azerbaijan-ssr"));
    for layer in select::<Territory>("soviet") {
        for language in ["ru", "hy", "az", "en"] {
            assert!(layer.meta.name.get(language).is_some(), "{} has an official name in {language}", layer.meta.id);
        }
    }
}

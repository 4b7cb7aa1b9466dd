//! What parts are called: the unit or the enclave that they are.

use super::select;
use geo::{Coord, LineString, Polygon};
use merestone::model::{Name, Territory};
use merestone::question::{BorderOptions, EnclaveOptions, borders, enclaves};

fn options() -> EnclaveOptions {
    let mut options = EnclaveOptions::default();
    options.named = select("enclaves");
    options.units = select("provinces");
    options.languages = vec!["az".into()];
    options
}

#[test]
fn a_part_that_is_a_whole_unit_has_its_name() {
    for layer in ["states", "states-2026"] {
        let report = enclaves(&select(layer), &options()).report;
        let of_aze: Vec<_> = report.rows.iter().filter(|row| row.territory == "AZE" && row.is_exclave).collect();
        let largest = of_aze.iter().max_by(|a, b| a.area_km2.total_cmp(&b.area_km2)).expect("there is one");
        assert_eq!(largest.name.as_deref(), Some("Naxçıvan"), "{layer}");
        // A unit lends its name, not its accuracy.
        assert_eq!(largest.position_accuracy_m, Some(100.0), "{layer}");
        // "Armenia outside Syunik" is no whole part.
        let main = report.rows.iter().find(|row| row.territory == "ARM" && row.is_main).expect("there is one");
        assert_eq!(main.name, None, "{layer}");
    }
}

#[test]
fn borders_name_the_parts_on_both_sides() {
    let mut of = BorderOptions::default();
    (of.named, of.units, of.languages) = (options().named, options().units, options().languages);
    let report = borders(&select("states"), &of).report;
    let row = report.rows.iter().find(|row| (row.a.as_str(), row.b.as_str()) == ("ARM", "AZE")).expect("they touch");
    let mut names: Vec<_> = row.components.iter().map(|c| (c.a_part_name.clone(), c.b_part_name.clone())).collect();
    names.sort();
    let some = |name: &str| Some(name.to_owned());
    let expected = [
        (None, None),
        (None, some("Barxudarlı–Sofulu")),
        (None, some("Kərki")),
        (None, some("Naxçıvan")),
        (None, some("Yaradullu 1")),
        (None, some("Yaradullu 2")),
        (None, some("Yuxarı Əskipara")),
        (some("Başkənd"), None),
    ];
    assert_eq!(names, expected);
}

fn square(id: &str, parent: Option<&str>, lon: f64, side: f64) -> Territory {
    let at = |x: f64, y: f64| Coord { x: lon + x * side, y: 50.0 + y * side };
    let ring = LineString(vec![at(0.0, 0.0), at(1.0, 0.0), at(1.0, 1.0), at(0.0, 1.0), at(0.0, 0.0)]);
    let mut out = Territory::new(id, vec![Polygon::new(ring, vec![])]).expect("a square");
    out.meta.name = Name::plain(id);
    out.meta.parent = parent.map(str::to_owned);
    out
}

#[test]
fn a_unit_names_no_part_of_another_territory_and_none_that_it_fills_in_part() {
    let named = |unit: Territory| {
        let mut options = EnclaveOptions::default();
        options.units = vec![unit];
        let (west, island) = (square("west", None, 10.0, 1.0), square("island", None, 14.0, 0.5));
        let parts = [west.parts(), island.parts()].concat();
        let land = Territory::from_parts_unchecked(west.meta, parts);
        let report = enclaves(&[land], &options).report;
        report.rows.into_iter().filter_map(|row| row.name).collect::<Vec<_>>()
    };
    assert_eq!(named(square("Isle", Some("west"), 14.0, 0.5)), ["Isle"]);
    // 0.9 % more land: another source's outline.
    assert_eq!(named(square("Isle", Some("west"), 13.999, 0.5022)), ["Isle"]);
    assert!(named(square("Isle", Some("east"), 14.0, 0.5)).is_empty(), "a unit of another");
    assert!(named(square("Isle", None, 14.0, 0.5)).is_empty(), "a unit of nobody");
    assert!(named(square("Half", Some("west"), 14.0, 0.4)).is_empty(), "64 % of the part");
}

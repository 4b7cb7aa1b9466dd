//! Routes, borders, parts and gaps of the embedded dataset against PROJ and GEOS.

use super::{agree, expected, number, text};
use merestone::io::{Dataset, ReadOptions, Reference, Shape};
use merestone::model::{Route, Territory};
use merestone::question::{BorderOptions, EnclaveOptions, borders, enclaves, route};

fn select<T: Shape>(reference: &str) -> Vec<T> {
    let selected = Dataset::embedded().select(&Reference::parse(reference), &ReadOptions::default());
    selected.unwrap_or_else(|error| panic!("{error}")).features
}

#[test]
fn routes_by_territory() {
    let routes: Vec<Route> = select("routes");
    let layers = ["states", "provinces"].map(|layer| (layer, select::<Territory>(layer)));
    let rows = expected("routes");
    assert_eq!(rows.len(), layers.len() * routes.len());
    for row in rows {
        let (id, layer) = (text(&row, "route"), text(&row, "layer"));
        let territories = &layers.iter().find(|(name, _)| *name == layer).expect("a layer of the dataset").1;
        let asked = routes.iter().find(|r| r.meta.id == id).expect("a route of the dataset");
        let report = route(asked, territories, &Default::default()).report;
        agree(id, report.length_m, number(&row, "length_m"), 1e-3, 1e-9);
        let parts = row["parts"].as_object().expect("parts");
        for (territory, length) in parts {
            let part = report.parts.iter().find(|part| part.territory == *territory);
            let part = part.unwrap_or_else(|| panic!("{id} runs through {territory}"));
            agree(&format!("{id} in {territory}"), part.length_m, length.as_f64().expect("metres"), 1e-3, 1e-9);
        }
        for part in report.parts.iter().filter(|part| part.length_m > 0.001) {
            assert!(parts.contains_key(&part.territory), "{id}: GEOS does not find it in {}", part.territory);
        }
    }
}

#[test]
fn borders_of_every_pair() {
    let rows = expected("borders");
    for layer in ["states", "provinces"] {
        let report = borders(&select(layer), &BorderOptions::default()).report;
        let of_layer = rows.iter().filter(|row| row["layer"] == layer);
        assert_eq!(of_layer.clone().count(), report.rows.iter().filter(|row| row.length_m > 0.0).count(), "{layer}");
        for row in of_layer {
            let (a, b) = (text(row, "a"), text(row, "b"));
            let found = report.rows.iter().find(|row| row.a == a && row.b == b);
            let found = found.unwrap_or_else(|| panic!("{a} and {b} touch"));
            agree(&format!("{a}–{b}"), found.length_m, number(row, "length_m"), 1e-3, 1e-9);
        }
    }
}

#[test]
fn parts_with_their_areas_perimeters_and_gaps() {
    let report = enclaves(&select("states"), &EnclaveOptions::default()).report;
    let rows = expected("parts");
    for state in ["ARM", "AZE"] {
        let ours = report.rows.iter().filter(|row| row.territory == state).count();
        assert_eq!(ours, rows.iter().filter(|row| row["territory"] == state).count(), "{state}");
    }
    for row in &rows {
        let (state, part) = (text(row, "territory"), number(row, "part") as usize);
        let found = report.rows.iter().find(|row| row.territory == state && row.part == part).expect("the same parts");
        let what = format!("{state} part {part}");
        agree(&what, found.area_km2 * 1e6, number(row, "area_m2"), 0.02, 1e-9);
        agree(&what, found.perimeter_m, number(row, "perimeter_m"), 1e-3, 1e-9);
        match row.get("gap_to_main_m") {
            // The reference computes the gap in a plane accurate to 1 mm there; ours is between the chords of the edges
            // in space, which are up to some millimetres off edges of a few kilometres.
            Some(gap) => agree(&what, found.gap_to_main_m.expect("a gap"), gap.as_f64().expect("metres"), 0.1, 1e-6),
            None => assert!(found.is_main && found.gap_to_main_m.is_none(), "{what}"),
        }
    }
}

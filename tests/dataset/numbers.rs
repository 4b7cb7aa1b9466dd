//! Reference figures of the dataset, row by row. WGS 84, ellipsoidal.

use super::{near, select, territory};
use merestone::earth::polygon_area_m2;
use merestone::model::{Published, Route, Territory};
use merestone::question::{
    BorderOptions, BorderReport, EnclaveOptions, EnclaveRow, PartKind, RouteOptions, borders, enclaves, routes,
};

fn border_report(layer: &str) -> BorderReport {
    borders(&select(layer), &BorderOptions::default()).report
}

fn length_km(report: &BorderReport, a: &str, b: &str) -> f64 {
    report.rows.iter().find(|row| row.a == a && row.b == b).map_or(0.0, |row| row.length_m / 1000.0)
}

fn parts() -> Vec<EnclaveRow> {
    let mut options = EnclaveOptions::default();
    options.named = select("enclaves");
    options.languages = vec!["en".into()];
    enclaves(&select("states"), &options).report.rows
}

fn area_km2(territory: &Territory) -> f64 {
    territory.parts().iter().map(polygon_area_m2).sum::<f64>() / 1e6
}

#[test]
fn armenia_azerbaijan_border() {
    let report = border_report("states");
    let row = report.rows.iter().find(|row| row.a == "ARM" && row.b == "AZE").expect("they touch");
    let open: Vec<_> = row.components.iter().filter(|c| !c.ring).collect();
    near("without the enclave rings", open.iter().map(|c| c.length_m / 1000.0).sum(), 904.8, 0.5);
    let mut lengths: Vec<f64> = open.iter().map(|c| c.length_m / 1000.0).collect();
    lengths.sort_by(f64::total_cmp);
    assert_eq!(lengths.len(), 2, "a main line and Naxçıvan's: {lengths:?}");
    near("main line", lengths[1], 656.9, 0.5);
    near("Naxçıvan's line", lengths[0], 247.8, 0.5);
    assert_eq!(row.components.iter().filter(|c| c.ring).count(), 6, "a ring for every enclave");
}

#[test]
fn border_length_is_the_same_from_either_side() {
    // Parties are in alphabetical order by id: with the ids swapped, the other one is on the left.
    let mut turned: Vec<Territory> = select("states");
    for territory in &mut turned {
        match territory.meta.id.as_str() {
            "ARM" => territory.meta.id = "Z-ARM".into(),
            "AZE" => territory.meta.id = "A-AZE".into(),
            _ => {}
        }
    }
    let there = length_km(&border_report("states"), "ARM", "AZE");
    let back = length_km(&borders(&turned, &BorderOptions::default()).report, "A-AZE", "Z-ARM");
    near("ARM–AZE from both sides", there, back, 1e-9);
}

#[test]
fn neighbours_share_their_arcs_vertex_for_vertex() {
    use std::collections::HashSet;
    let states: Vec<Territory> = select("states");
    let edges = |id: &str| -> HashSet<[u64; 4]> {
        let rings = states.iter().filter(|t| t.meta.id == id).flat_map(|t| t.parts());
        let rings = rings.flat_map(|p| std::iter::once(p.exterior()).chain(p.interiors()));
        let bits = |e: &[geo::Coord]| [e[0].x.to_bits(), e[0].y.to_bits(), e[1].x.to_bits(), e[1].y.to_bits()];
        rings.flat_map(|ring| ring.0.windows(2).map(bits).collect::<Vec<_>>()).collect()
    };
    let length_km = |e: &[u64; 4]| {
        let [x0, y0, x1, y1] = e.map(f64::from_bits);
        merestone::earth::edge_length_m(geo::Coord { x: x0, y: y0 }, geo::Coord { x: x1, y: y1 }) / 1000.0
    };
    // Bit for bit, without a tolerance: each shared edge is the reverse of the other's.
    let (arm, aze) = (edges("ARM"), edges("AZE"));
    let shared: f64 = arm.iter().filter(|e| aze.contains(&[e[2], e[3], e[0], e[1]])).map(length_km).sum();
    let report = border_report("states");
    near("exactly equal edges", shared, self::length_km(&report, "ARM", "AZE"), 1e-6);
}

#[test]
fn enclaves_have_the_expected_measures() {
    let parts = parts();
    // Name in English, area and tolerance in km², perimeter in km, owner, host.
    let expected = [
        ("Artsvashen / Bashkend", 39.43, 0.05, Some(27.5), "ARM", "AZE"),
        ("Verin Voskepar / Yukhari Askipara", 32.38, 0.05, Some(23.7), "AZE", "ARM"),
        ("Barkhudarli–Sofulu", 9.87, 0.05, Some(14.4), "AZE", "ARM"),
        ("Tigranashen / Karki", 8.4, 0.42, None, "AZE", "ARM"),
        ("Yaradullu 1", 0.10, 0.005, None, "AZE", "ARM"),
        ("Yaradullu 2", 0.04, 0.002, None, "AZE", "ARM"),
    ];
    for (name, area_km2, tolerance, perimeter_km, owner, host) in expected {
        let found = parts.iter().find(|row| row.name.as_deref() == Some(name));
        let row = found.unwrap_or_else(|| panic!("no part is called {name}"));
        near(name, row.area_km2, area_km2, tolerance);
        if let Some(perimeter_km) = perimeter_km {
            near(name, row.perimeter_m / 1000.0, perimeter_km, 0.1);
        }
        assert_eq!(row.kind, PartKind::Enclave, "{name}");
        assert_eq!((row.territory.as_str(), row.enclave_in.as_deref()), (owner, Some(host)), "{name}");
        assert_eq!(row.order, Some(1), "{name}");
        assert!(row.is_exclave && row.gap_to_main_m.is_some_and(|gap| gap > 0.0), "{name}");
        assert_eq!(row.neighbours, [host], "{name}");
    }
    assert_eq!(parts.iter().filter(|row| row.kind == PartKind::Enclave).count(), expected.len());
}

#[test]
fn naxcivan_is_an_exclave_and_no_enclave() {
    let parts = parts();
    let exclaves: Vec<_> = parts.iter().filter(|row| row.kind == PartKind::Exclave && row.territory == "AZE").collect();
    let [naxcivan] = exclaves.as_slice() else { panic!("one exclave of AZE, not {}", exclaves.len()) };
    near("Naxçıvan without Karki", naxcivan.area_km2, 5317.0, 5.0);
    assert_eq!(naxcivan.neighbours, ["ARM", "IRN", "TUR"]);
    assert_eq!(naxcivan.enclave_in, None);
}

#[test]
fn areas_of_states_and_provinces() {
    // With Artsvashen, without the land carved out for Azerbaijan's enclaves.
    near("Armenia", area_km2(&territory("states", "ARM")), 29_723.5, 5.0);
    near("Naxçıvan", area_km2(&territory("provinces", "naxcivan")), 5317.0, 5.0);
    let syunik = territory("provinces", "syunik");
    near("Syunik", area_km2(&syunik), 4481.0, 30.0);
    let published = syunik.published_area_km2.expect("Syunik's area is published");
    assert!(published.low <= 4506.0 && 4506.0 <= published.high, "{published}");
}

#[test]
fn syunik_touches_vayots_dzor() {
    let report = border_report("provinces");
    near("Syunik–Vayots Dzor", length_km(&report, "armenia-outside-syunik", "syunik"), 35.0, 3.0);
}

#[test]
fn the_southern_railway_inside_syunik() {
    let railway: Vec<Route> = select("southern-railway");
    let syunik = vec![territory("provinces", "syunik")];
    let reports = routes(&railway, &syunik, &RouteOptions::default()).report;
    near("inside Syunik", reports[0].parts[0].length_m / 1000.0, 43.0, 2.0);
    let reports = routes(&railway, &select("states"), &RouteOptions::default()).report;
    assert!(reports[0].parts.iter().all(|part| part.territory != "IRN"), "nowhere in Iran");
}

#[test]
fn askipara_states_differing_published_areas() {
    let named = territory("enclaves", "yuxari-eskipara");
    let Some(Published { low, high, .. }) = named.published_area_km2 else { panic!("its area is published") };
    assert!(low >= 26.0 && high <= 28.5, "{low} to {high} km²");
    assert!(named.meta.note.is_some(), "a note goes with every output that shows it");
}

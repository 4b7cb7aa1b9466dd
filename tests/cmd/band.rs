//! `--band`: what is certain, in every format and on plates.
#![cfg(unix)]

use crate::files::{refused, run};
use serde_json::Value;
use std::path::Path;

fn text(arguments: &[&str]) -> String {
    let output = run(Path::new("."), &[arguments, &["--quiet"]].concat());
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("it is text")
}

fn json(arguments: &[&str]) -> Value {
    serde_json::from_str(&text(&[arguments, &["--format", "json"]].concat())).expect("it is JSON")
}

const ROUTE: [&str; 5] = ["route", "lachin-road", "--through", "syunik", "--band"];

fn parts(answer: &Value) -> Vec<Value> {
    answer["results"][0]["certainty"]["parts"].as_array().expect("parts").clone()
}

fn metres(parts: &[Value], certain: bool) -> f64 {
    parts.iter().filter(|part| part["certain"] == certain).map(|part| part["length_m"].as_f64().expect("metres")).sum()
}

#[test]
fn certain_and_uncertain_lengths_add_up_and_a_coarse_map_makes_fewer_certain() {
    let answer = json(&ROUTE);
    let found = parts(&answer);
    let whole = answer["results"][0]["length_m"].as_f64().expect("metres");
    assert!((metres(&found, true) + metres(&found, false) - whole).abs() < 1e-3, "{found:#?}");
    assert!(metres(&found, true) > 0.0 && metres(&found, false) > 0.0, "{found:#?}");
    let mapped = parts(&json(&[&ROUTE[..], &["--scale", "1000000", "--line-width", "0.6", "--sigmas", "2"]].concat()));
    assert!(metres(&mapped, true) < metres(&found, true), "{mapped:#?}");
    let formula = mapped[0]["formula"].as_str().expect("a formula");
    assert!(formula.contains("map 1:1000000, 0.5 mm") && formula.contains("drawn line 0.6 mm wide"), "{formula}");
    let band = |part: &Value| part["band_m"].as_f64().expect("metres") / part["accuracy_m"].as_f64().expect("metres");
    assert!((band(&mapped[0]) - 2.0).abs() < 1e-9 && (band(&found[0]) - 1.0).abs() < 1e-9);
    // Without the option nothing is added.
    assert!(json(&ROUTE[..4])["results"][0].get("certainty").is_none());
}

#[test]
fn every_format_has_what_is_certain() {
    assert!(text(&ROUTE).contains("Certain, and what cannot be told"));
    let csv = text(&[&ROUTE[..], &["--format", "csv"]].concat());
    assert!(csv.starts_with("id,shape,territory,certain,length_m,"), "{csv}");
    let map: Value = serde_json::from_str(&text(&[&ROUTE[..], &["--format", "geojson"]].concat())).expect("GeoJSON");
    let features = map["features"].as_array().expect("features");
    let of = |certain: bool| {
        let is = |f: &&Value| f["properties"]["what"] == "certainty" && f["properties"]["certain"] == certain;
        features.iter().filter(is).count()
    };
    assert!(of(true) > 0 && of(false) == 1, "{} {}", of(true), of(false));
    let enclaves = text(&["enclaves", "--kind", "enclave", "--band", "--format", "csv"]);
    assert!(
        enclaves.lines().next().expect("a head").contains("certain_area_km2,undecided_area_km2,band_m,band_formula")
    );
    let sides = text(&["severance", "lines/ring-karki", "--band", "--format", "csv"]);
    assert!(sides.starts_with("id,shape,territory,certain,") && sides.contains(",point,"), "{sides}");
}

/// The enclaves: both areas add up; Karki is large, Yaradullu 2 (0.04 km²) is narrower than its band of 2 × 100 m.
#[test]
fn areas_of_enclaves_add_up() {
    let answer = json(&["enclaves", "--kind", "enclave", "--band"]);
    for row in answer["results"].as_array().expect("rows") {
        let number = |name: &str| row[name].as_f64().expect("a number");
        let sum = number("certain_area_km2") + number("undecided_area_km2");
        assert!((sum - number("area_km2")).abs() < 1e-6, "{row}");
        // A strip along the outline is at most as large as perimeter times width.
        assert!(number("undecided_area_km2") <= number("perimeter_m") * number("band_m") / 1e6, "{row}");
        if number("area_km2") < 0.05 {
            assert!(number("certain_area_km2") < 0.1 * number("area_km2"), "{row}");
        }
    }
    let exact = json(&["enclaves", "tests/cmd/answers.in/enclave.geojson", "--band=0"]);
    for row in exact["results"].as_array().expect("rows") {
        assert_eq!((&row["certain_area_km2"], &row["undecided_area_km2"]), (&row["area_km2"], &0.0.into()), "{row}");
    }
}

#[test]
fn what_is_no_band_is_refused() {
    for (arguments, why) in [
        (&["route", "m2", "--band=-5"][..], "give metres, from 0 to 50000"),
        (&["route", "m2", "--band=wide"], "give metres, from 0 to 50000"),
        (&["enclaves", "--band=nan"], "give metres, from 0 to 50000"),
        (&["severance", "lines/ring-karki", "--scale", "100000"], "--band"),
        (&["enclaves", "--band", "--line-width", "1"], "--scale"),
        (&["enclaves", "--band", "--sigmas", "0"], "more than 0 and at most 10"),
        (&["enclaves", "--band", "--scale", "10"], "10 is not in 100..=100000000"),
        (&["map", "tavush", "--band=-1", "-o", "never.svg"], "give metres, from 0 to 50000"),
        (&["map", "tavush", "--source-scale", "100000", "-o", "never.svg"], "--band"),
    ] {
        refused(&run(Path::new("."), arguments), why);
    }
}

#[cfg(feature = "plates")]
#[test]
fn a_plate_draws_the_band_as_wide_as_its_legend_says() {
    let folder = tempfile::TempDir::new().expect("a folder");
    let file = folder.path().join("t.svg");
    let name = file.to_str().expect("a path");
    text(&["map", "tavush", "--band", "--source-scale", "100000", "--live-text", "-o", name]);
    let svg = std::fs::read_to_string(&file).expect("it was written");
    // √(100² + 50²) m at 1:150 000.
    let group = svg.split("<g class=\"accuracy-band-111803-mm\">").nth(1).expect("the band of the lines of 100 m");
    let width = group.split("stroke-width=\"").nth(1).and_then(|rest| rest.split('"').next());
    let width: f64 = width.expect("a stroke").parse().expect("millimetres");
    assert!((width - 2.0 * 111.803 / 150.0).abs() < 0.01, "{width}");
    assert!(svg.contains("than 112 m (") && svg.contains("map 1:100000, 0.5 mm"), "the legend says why");
}

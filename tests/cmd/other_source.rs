//! Enclaves in another source, through the command line.

use crate::support::shared::shared;
use serde_json::Value;

/// Runs a question and returns the `results` of its answer.
fn ask(arguments: &[&str]) -> Value {
    let run = assert_cmd::Command::cargo_bin("merestone")
        .expect("the program is built")
        .args(arguments)
        .args(["--format", "json"])
        .assert()
        .success();
    let answer: Value = serde_json::from_slice(&run.get_output().stdout).expect("an answer is JSON");
    answer["results"].clone()
}

fn near(value: &Value, expected: f64, tolerance: f64, what: &str) {
    let found = value.as_f64().unwrap_or_else(|| panic!("{what}: {value} is no number"));
    assert!((found - expected).abs() <= tolerance, "{what}: {found} instead of {expected}");
}

/// Enclave; lengths in km in both sources and Hausdorff distance in m; km² in ours only and in theirs only. shapely 2.1
/// and pyproj 3.7: overlay planar in lon/lat, areas and lengths by `Geod`, the distance in an azimuthal equidistant
/// projection around the enclave, rings densified to 5 m.
const ENCLAVES: [(&str, [f64; 2], f64, [f64; 2]); 6] = [
    ("artsvashen", [27.518, 27.202], 537.44, [1.7521, 0.3663]),
    ("barxudarli-sofulu", [14.393, 14.651], 344.54, [0.2827, 0.5553]),
    ("karki", [11.269, 11.294], 19.44, [0.0114, 0.0364]),
    ("yaradullu-1", [1.200, 1.200], 0.0, [0.0, 0.0]),
    ("yaradullu-2", [0.820, 0.820], 0.0, [0.0, 0.0]),
    ("yuxari-eskipara", [23.666, 21.504], 1417.83, [7.0999, 0.2452]),
];

#[test]
fn enclave_rings_of_another_source_their_offsets_and_the_land_between() {
    let Some(file) = shared("wof/wof_enclaves.json") else { return };
    for (id, [ours_km, theirs_km], hausdorff_m, [ours_km2, theirs_km2]) in ENCLAVES {
        let (ours, theirs) = (format!("enclaves/{id}"), format!("{}#{}", file.display(), id.replace('-', "_")));
        let compared = ask(&["compare", &ours, &theirs]);
        near(&compared["length_a_m"], 1000.0 * ours_km, 1.0, id);
        near(&compared["length_b_m"], 1000.0 * theirs_km, 1.0, id);
        near(&compared["hausdorff_m"], hausdorff_m, 0.2, id);
        near(&compared["worst"]["offset_m"], hausdorff_m, 0.2, id);
        // The land between, slivers included, and the balance of the ledger.
        let ledger = ask(&["ledger", &ours, &theirs]);
        near(&ledger["territories"][0]["from_it_m2"], 1e6 * ours_km2, 60.0, id);
        near(&ledger["territories"][0]["to_it_m2"], 1e6 * theirs_km2, 60.0, id);
        assert_eq!(ledger["balance"]["balanced"], true, "{id}");
        assert!(ledger["balance"]["greatest_residual_m2"].as_f64().expect("it is whole on both sides") < 1.0, "{id}");
    }
}

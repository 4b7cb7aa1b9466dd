//! The enclaves as another source draws them, through the commands that a user types.

use crate::support::shared::shared;
use serde_json::Value;

/// Asks, and returns the answer's `results`.
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

/// Enclave; lengths in km here and there and Hausdorff distance in m; km² of ours alone and of theirs alone. shapely
/// 2.1 and pyproj 3.7: overlay planar in lon/lat, areas and lengths `Geod`, the distance in an azimuthal equidistant
/// projection about the enclave, rings densified to 5 m.
const ENCLAVES: [(&str, [f64; 2], f64, [f64; 2]); 6] = [
    ("artsvashen", [27.518, 27.202], 537.44, [1.7521, 0.3663]),
    ("barxudarli-sofulu", [14.393, 14.651], 344.54, [0.2827, 0.5553]),
    ("karki", [10.287, 11.294], 557.12, [1.1266, 1.1221]),
    ("yaradullu-1", [1.122, 1.200], 52.68, [0.0148, 0.0146]),
    ("yaradullu-2", [0.710, 0.820], 46.03, [0.0091, 0.0103]),
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
        // The land between, slivers included, and the proof of it.
        let ledger = ask(&["ledger", &ours, &theirs]);
        near(&ledger["territories"][0]["from_it_m2"], 1e6 * ours_km2, 60.0, id);
        near(&ledger["territories"][0]["to_it_m2"], 1e6 * theirs_km2, 60.0, id);
        assert_eq!(ledger["balance"]["balanced"], true, "{id}");
        assert!(ledger["balance"]["greatest_residual_m2"].as_f64().expect("it is whole on both sides") < 1.0, "{id}");
    }
}

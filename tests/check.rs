//! `merestone check`: finds every seeded fault, and nothing else.

#[path = "check/kinds.rs"]
mod kinds;
#[path = "check/part.rs"]
mod part;
#[path = "check/refused.rs"]
mod refused;

use merestone::io::{ReadOptions, Scan};
use merestone::model::Role;
use serde_json::{Value, json};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Exit code and findings of `check` on these arguments, `input` being standard input.
fn check(arguments: &[&str], input: Option<&str>) -> (i32, Vec<Value>) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_merestone"));
    command.args(["check", "--format", "json", "--quiet"]).args(arguments);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    child.stdin.take().unwrap().write_all(input.unwrap_or_default().as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    let answer: Value = serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|e| panic!("{arguments:?}: {e}: {}", String::from_utf8_lossy(&output.stderr)));
    assert_eq!(answer["schema"], "merestone/check/1");
    (output.status.code().unwrap(), answer["results"].as_array().unwrap().clone())
}

fn codes(findings: &[Value]) -> Vec<&str> {
    findings.iter().map(|finding| finding["code"].as_str().unwrap()).collect()
}

/// Findings of `check` on a text, without the reference layer.
fn of_text(text: &str) -> (i32, Vec<Value>) {
    check(&["-", "--no-reference"], Some(text))
}

fn feature(id: &str, coordinates: Value) -> Value {
    json!({"type": "Feature", "id": id, "properties": {}, "geometry": {"type": "Polygon", "coordinates": coordinates}})
}

fn collection(features: Vec<Value>) -> String {
    json!({"type": "FeatureCollection", "features": features}).to_string()
}

fn ring(points: &[(f64, f64)]) -> Value {
    points.iter().chain(points.first()).map(|(x, y)| json!([x, y])).collect()
}

fn square(x: f64, y: f64, side: f64) -> Value {
    ring(&[(x, y), (x + side, y), (x + side, y + side), (x, y + side)])
}

fn hole(x: f64, y: f64, side: f64) -> Value {
    ring(&[(x, y), (x, y + side), (x + side, y + side), (x + side, y)])
}

/// Compares the findings of the streamed and the in-memory check; `Err` describes a difference.
fn same_both_ways(path: &str) -> Result<(), String> {
    use merestone::question::{CheckOptions, CoverageOf, FeatureChecks, check, check_rest};
    let large = std::fs::metadata(path).is_ok_and(|about| about.len() > 1 << 20);
    for coverage in [CoverageOf::Nothing, CoverageOf::Auto].into_iter().take(if large { 1 } else { 2 }) {
        let mut options = CheckOptions::default();
        options.coverage = coverage;
        options.role = Some(Role::Territory);
        let (scan, known) = Scan::file(path, &ReadOptions::default(), &FeatureChecks::new(&options));
        let whole = Scan::bytes(path, std::fs::read(path).unwrap(), &ReadOptions::default());
        let shown = |scan: &Scan| format!("{:?} {:?}", scan.input, scan.failure);
        let (input, expected_input) = (shown(&scan), shown(&whole));
        let (found, expected) = (check_rest(&mut [(scan, known)], &options), check(vec![whole], &options));
        if format!("{found:?} {input}") != format!("{expected:?} {expected_input}") {
            return Err(format!("{path}:\n{found:?} {input}\n{expected:?} {expected_input}"));
        }
    }
    Ok(())
}

#[test]
fn streamed_and_in_memory_checks_agree() {
    let folder = tempfile::tempdir().unwrap();
    let same = |name: &str, text: &str| {
        let path = folder.path().join(name).display().to_string();
        std::fs::write(&path, text).unwrap();
        same_both_ways(&path).unwrap();
    };
    let odd = [
        feature("a", json!([square(45.0, 39.0, 1.0), hole(45.2, 39.2, 0.1)])),
        feature("a", json!([ring(&[(45.0, 39.0), (46.0, 40.0), (46.0, 39.0), (45.0, 41.0)])])),
        json!({"type": "Feature", "id": [], "properties": 7, "geometry": {"type": "Point", "coordinates": [1]}}),
        json!({"type": "feature", "geometry": null}),
        json!(7),
        feature("b", json!([hole(45.5, 39.0, 1.0)])),
    ];
    let text = collection(odd.to_vec());
    same("in.geojson", &text);
    same("in.geojson", &text.replace("\"properties\":{}", "\"properties\":{\"x\":NaN}"));
    same("in.geojson", &text.replace("\"a\"", "\"\\ud800\""));
    same("in.geojson", &text.replacen("\"features\"", "\"features\":[],\"crs\":null,\"features\"", 1));
    same("in.geojson", &(text.clone() + "x"));
    same("in.geojson", &text.replace("39.2", "39.2.1"));
    let records: Vec<String> = odd.iter().map(Value::to_string).collect();
    same("in.geojsonl", &records.join("\n"));
    same("in.geojsonl", &(records.join("\n") + "\n{\"a\""));
    same("in.geojson", &format!("\u{1e}{}\n", records.join("\n\u{1e}")));
    // Several chunks: a long property makes the features large.
    let note = "x".repeat(20_000);
    let long = |(number, one): (usize, &Value)| {
        one.to_string().replacen(
            "\"properties\":{}",
            &format!("\"properties\":{{\"n\":{number},\"note\":\"{note}\"}}"),
            1,
        )
    };
    let large: Vec<String> = odd.iter().cycle().take(3000).enumerate().map(long).collect();
    same("in.geojson", &format!("{{\"type\":\"FeatureCollection\",\"features\":[{}]}}", large.join(",")));
    let Some(cases) = cases() else { return };
    let wrong: Vec<String> = std::fs::read_dir(cases)
        .unwrap()
        .flatten()
        .filter_map(|file| same_both_ways(&file.path().display().to_string()).err())
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn valid_files_have_no_findings() {
    for rings in [
        json!([square(45.0, 39.0, 1.0)]),
        json!([square(45.0, 39.0, 1.0), hole(45.2, 39.2, 0.1)]),
        // A hole that touches its shell in one position is valid.
        json!([square(45.0, 39.0, 1.0), ring(&[(45.0, 39.5), (45.2, 39.6), (45.2, 39.4)])]),
    ] {
        let found = of_text(&collection(vec![feature("a", rings)]));
        assert_eq!(found, (0, vec![]));
    }
}

/// A polygon with one fault: code, coordinates, JSON pointer within them, position, and the exit code.
type Case<'a> = (&'a str, Value, &'a str, Option<[f64; 2]>, i32);

#[test]
fn every_fault_of_a_polygon_is_found_and_no_other() {
    let shell = || square(45.0, 39.0, 1.0);
    let bow_tie = ring(&[(45.0, 39.0), (46.0, 40.0), (46.0, 39.0), (45.0, 41.0)]);
    let through_vertex = ring(&[(45.0, 39.0), (45.5, 39.5), (46.0, 40.0), (46.0, 39.0), (45.5, 39.5), (45.0, 41.0)]);
    let spike =
        ring(&[(45.0, 39.0), (46.0, 39.0), (46.0, 40.0), (45.5, 40.0), (45.5, 40.5), (45.5, 40.0), (45.0, 40.0)]);
    let touch = ring(&[(45.0, 39.0), (46.0, 39.0), (46.0, 40.0), (45.5, 39.0), (45.0, 40.0)]);
    let mut repeated = shell().as_array().unwrap().clone();
    repeated.insert(2, repeated[1].clone());
    let mut open = shell().as_array().unwrap().clone();
    open.pop();
    let cases: Vec<Case> = vec![
        ("self-intersection", json!([bow_tie]), "/0", Some([45.0 + 2.0 / 3.0, 39.0 + 2.0 / 3.0]), 1),
        ("self-intersection", json!([through_vertex]), "/0", Some([45.5, 39.5]), 1),
        ("self-touch", json!([touch]), "/0", Some([45.5, 39.0]), 0),
        ("spike", json!([spike]), "/0", Some([45.5, 40.5]), 0),
        ("repeated-point", json!([repeated]), "/0/2", Some([46.0, 39.0]), 0),
        ("open-ring", json!([open]), "/0", Some([45.0, 40.0]), 1),
        ("short-ring", json!([[[45, 39], [46, 39], [45, 39]]]), "/0", None, 1),
        ("winding", json!([hole(45.0, 39.0, 1.0)]), "/0", Some([45.0, 39.0]), 0),
        ("winding", json!([shell(), square(45.2, 39.2, 0.1)]), "/1", Some([45.2, 39.2]), 0),
        ("zero-area", json!([ring(&[(45.0, 39.0), (46.0, 39.0), (45.5, 39.0)])]), "/0", Some([45.0, 39.0]), 0),
        ("hole-outside", json!([shell(), hole(47.0, 39.0, 0.5)]), "/1", Some([47.0, 39.0]), 1),
        ("hole-outside", json!([shell(), hole(45.0, 39.0, 1.0)]), "/1", Some([45.0, 39.0]), 1),
        ("hole-outside", json!([shell(), hole(44.0, 38.0, 3.0)]), "/1", Some([44.0, 38.0]), 1),
        ("holes-overlap", json!([shell(), hole(45.2, 39.2, 0.2), hole(45.25, 39.25, 0.1)]), "/2", None, 1),
        ("holes-overlap", json!([shell(), hole(45.2, 39.2, 0.2), hole(45.2, 39.2, 0.2)]), "/2", None, 1),
        ("holes-overlap", json!([shell(), hole(45.2, 39.2, 0.2), hole(45.3, 39.2, 0.2)]), "/2", None, 1),
        ("shared-edge", json!([shell(), hole(45.2, 39.2, 0.25), hole(45.45, 39.2, 0.25)]), "/2", None, 0),
        ("position-length", json!([[[45, 39], [46, 39, 0, 7], [46, 40], [45, 39]]]), "/0/1", Some([46.0, 39.0]), 0),
        ("swapped-axes", json!([[[45, 39], [46, 139], [46, 40], [45, 39]]]), "/0/1", Some([46.0, 139.0]), 1),
        ("out-of-range", json!([[[45, 39], [370, 39], [46, 40], [45, 39]]]), "/0/1", Some([370.0, 39.0]), 1),
        ("antimeridian", json!([[[145, 39], [190, 39], [146, 40], [145, 39]]]), "/0/1", Some([-170.0, 39.0]), 0),
        (
            "projected",
            json!([[[8500000, 4400000], [8600000, 4400000], [8600000, 4500000], [8500000, 4400000]]]),
            "/0/0",
            None,
            1,
        ),
        ("position", json!([[[45, 39], [46], [46, 40], [45, 39]]]), "/0/1", None, 1),
        ("position", json!([[[45, 39], ["46", 39], [46, 40], [45, 39]]]), "/0/1/0", None, 1),
        ("coordinate-depth", json!([[[[45, 39], [46, 39], [46, 40], [45, 39]]]]), "/0", None, 1),
        ("coordinate-depth", json!([[45, 39], [46, 39], [46, 40], [45, 39]]), "/0", None, 1),
        ("member-type", json!({"a": 1}), "", None, 1),
    ];
    for (code, coordinates, place, position, exit) in cases {
        let text = collection(vec![feature("a", coordinates)]);
        let (found_exit, findings) = of_text(&text);
        assert_eq!(codes(&findings), [code], "{text}");
        let finding = &findings[0];
        assert_eq!(finding["pointer"], format!("/features/0/geometry/coordinates{place}"), "{text}");
        assert_eq!(finding["feature"], "a");
        if let Some([x, y]) = position {
            let found = [0, 1].map(|i| finding["position"][i].as_f64().unwrap());
            assert!((found[0] - x).abs() < 1e-12 && (found[1] - y).abs() < 1e-12, "{text}: {found:?}");
        }
        assert_eq!(
            (found_exit, finding["severity"].as_str()),
            (exit, Some(["warning", "error"][exit as usize])),
            "{text}"
        );
    }
}

#[test]
fn hole_crossing_its_shell_has_a_position() {
    let (exit, findings) =
        of_text(&collection(vec![feature("a", json!([square(45.0, 39.0, 1.0), hole(45.9, 39.4, 0.2)]))]));
    assert_eq!((exit, codes(&findings)), (1, vec!["hole-crosses", "hole-crosses"]));
    assert_eq!(findings[0]["position"][0], 46.0);
}

#[test]
fn parts_of_one_feature() {
    let parts = |parts: Value| {
        let geometry = json!({"type": "MultiPolygon", "coordinates": parts});
        collection(vec![json!({"type": "Feature", "id": "a", "properties": {}, "geometry": geometry})])
    };
    for (other, expected) in [
        (json!([square(45.2, 39.2, 0.5)]), vec!["nested-shell"]),
        (json!([square(45.0, 39.0, 1.0)]), vec!["parts-overlap"]),
        (json!([square(46.0, 39.0, 1.0)]), vec!["shared-edge"]),
        (json!([square(46.0, 40.0, 1.0)]), vec![]),
        (json!([square(45.5, 39.5, 1.0)]), vec!["parts-overlap", "parts-overlap"]),
    ] {
        let (_, findings) = of_text(&parts(json!([[square(45.0, 39.0, 1.0)], other])));
        assert_eq!(codes(&findings), expected, "{other}");
    }
}

#[test]
fn faults_of_the_document() {
    let sound = feature("a", json!([square(45.0, 39.0, 1.0)])).to_string();
    for (text, code, pointer, exit) in [
        (
            sound.replace("\"properties\":{}", "\"properties\":{\"n~/\":1,\"n~/\":2}"),
            "duplicate-key",
            "/properties/n~0~1",
            0,
        ),
        (sound.replace("[45.0,39.0]", "[1e400,39.0]"), "not-finite", "/geometry/coordinates/0/0/0", 1),
        (sound.replace("\"properties\":{}", "\"properties\":7"), "member-type", "/properties", 1),
        (sound.replace("\"id\":\"a\"", "\"id\":[]"), "id-type", "/id", 1),
        (sound.replace("\"id\":\"a\"", "\"bbox\":[1,2,3]"), "bbox", "/bbox", 0),
        (sound.replace("\"id\":\"a\"", "\"coordinates\":[]"), "misplaced-member", "/coordinates", 0),
        (sound.replace("\"Feature\"", "\"feature\""), "type", "/type", 1),
        (sound.replace("\"Polygon\"", "\"polygon\""), "type", "/geometry/type", 1),
        (sound.replace("\"id\":\"a\"", "\"crs\":{\"properties\":{\"name\":\"EPSG:28408\"}}"), "crs", "/crs", 1),
        (sound.replace("\"id\":\"a\"", "\"crs\":{\"properties\":{\"name\":\"CRS84\"}}"), "crs", "/crs", 0),
        ("[]".into(), "root", "", 1),
        ("{}".into(), "missing-member", "", 1),
        ("{\"type\":\"FeatureCollection\"}".into(), "missing-member", "", 1),
        ("{\"type\":\"FeatureCollection\",\"features\":[]}".into(), "no-features", "/features", 0),
        (
            format!(
                "{{\"type\":\"Feature\",\"properties\":{{\"a\":{}1{}}},\"geometry\":null}}",
                "[".repeat(5000),
                "]".repeat(5000)
            ),
            "nesting",
            "",
            1,
        ),
    ] {
        let (found, findings) = of_text(&text);
        let finding =
            findings.iter().find(|f| f["code"] == code).unwrap_or_else(|| panic!("{text:.200}: {findings:?}"));
        if code != "nesting" {
            assert_eq!((findings.len(), finding["pointer"].as_str()), (1, Some(pointer)), "{text:.200}");
        }
        assert_eq!(found, exit, "{text:.200}");
    }
    for text in ["", "{", "{\"type\":\"Feature\"} x", "{\"type\":NaN}", "\u{0}"] {
        let (exit, findings) = of_text(text);
        assert!(exit == 2 && codes(&findings).contains(&"not-json"), "{text}: {findings:?}");
    }
}

#[test]
fn several_faults_are_all_listed() {
    let (exit, findings) = of_text(&collection(vec![
        feature("a", json!([ring(&[(45.0, 39.0), (46.0, 40.0), (46.0, 39.0), (45.0, 41.0)])])),
        json!(null),
        feature("a", json!([hole(47.0, 39.0, 1.0)])),
    ]));
    let mut found = codes(&findings);
    found.sort_unstable();
    assert_eq!((exit, found), (1, vec!["duplicate-id", "member-type", "self-intersection", "winding"]), "{findings:?}");
}

#[test]
fn gaps_and_overlaps_are_measured_and_classed() {
    let (west, east) = (square(45.0, 39.0, 1.0), square(46.0, 39.0, 1.0));
    let coverage = |a: Value, b: Value| of_text(&collection(vec![feature("a", a), feature("b", b)])).1;
    assert_eq!(coverage(json!([west]), json!([east])), Vec::<Value>::new());
    // 0.1° of 86 km wide, and an overlap of 0.0002° (17 m).
    let findings = coverage(json!([west]), json!([square(45.9, 39.0, 1.0)]));
    assert_eq!(codes(&findings), ["overlap"]);
    assert!((findings[0]["measure"]["width_m"].as_f64().unwrap() - 8_600.0).abs() < 100.0);
    assert_eq!((&findings[0]["feature"], &findings[0]["other"]), (&json!("a"), &json!("b")));
    let findings = coverage(json!([west]), json!([square(45.9998, 39.0, 1.0)]));
    assert_eq!(codes(&findings), ["sliver", "not-coincident"]);
    assert_eq!(findings[0]["measure"]["of"], "overlap");
    // A gap that both enclose: 0.2° by 0.2°.
    let bay = ring(&[
        (46.0, 39.0),
        (47.0, 39.0),
        (47.0, 40.0),
        (46.0, 40.0),
        (46.0, 39.6),
        (46.2, 39.6),
        (46.2, 39.4),
        (46.0, 39.4),
    ]);
    let findings = coverage(json!([west]), json!([bay]));
    assert_eq!(codes(&findings), ["gap"]);
    // 381.97 km²: 0.2° by 0.2° at 39.5° N, 0.04 of the area that the index of cases has for the square.
    let area_km2 = findings[0]["measure"]["area_m2"].as_f64().unwrap() / 1e6;
    assert!((area_km2 - 9_549.52 * 0.04).abs() < 0.5, "{area_km2}");
    // Not subtracted, subtracted, and subtracted except for a margin of 17 m.
    let inner = square(45.4, 39.4, 0.1);
    let findings = coverage(json!([west]), json!([inner]));
    assert_eq!(codes(&findings), ["enclave-not-cut"]);
    assert_eq!((&findings[0]["feature"], &findings[0]["other"]), (&json!("b"), &json!("a")));
    assert_eq!(coverage(json!([west, hole(45.4, 39.4, 0.1)]), json!([inner])), Vec::<Value>::new());
    let findings = coverage(json!([west, hole(45.3998, 39.3998, 0.1004)]), json!([inner]));
    assert_eq!(codes(&findings), ["sliver", "not-coincident"]);
    assert_eq!(findings[0]["measure"]["of"], "gap");
}

#[test]
fn several_files_form_one_coverage() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, x: f64| {
        let path = folder.path().join(name).display().to_string();
        std::fs::write(&path, collection(vec![feature(name, json!([square(x, 39.0, 1.0)]))])).unwrap();
        path
    };
    let (a, b, c) = (file("a.geojson", 45.0), file("b.geojson", 45.95), file("c.geojson", 45.1));
    let run = |files: &[&str]| check(&[&["--no-reference"], files].concat(), None).1;
    assert_eq!(codes(&run(&[&a, &b])), ["overlap"]);
    // The same polygon twice is another edition.
    assert_eq!(run(&[&a, &c]), Vec::<Value>::new());
    assert_eq!(codes(&run(&[&a, &c, "--coverage", "all"])), ["overlap"]);
    assert_eq!(run(&[&a, &b, "--coverage", "none"]), Vec::<Value>::new());
    assert_eq!(check(&[&a, "missing.geojson"], None).0, 2);
}

/// The embedded layer `states` with every position changed.
fn states(change: impl Fn(f64, f64) -> [f64; 2]) -> String {
    let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("data/states.geojson")).unwrap();
    let mut file: Value = serde_json::from_str(&text).unwrap();
    fn walk(value: &mut Value, change: &impl Fn(f64, f64) -> [f64; 2]) {
        let Some(items) = value.as_array_mut() else { return };
        if let [x, y] = items.as_mut_slice()
            && let (Some(lon), Some(lat)) = (x.as_f64(), y.as_f64())
        {
            [*x, *y] = change(lon, lat).map(Value::from);
            return;
        }
        items.iter_mut().for_each(|item| walk(item, change));
    }
    for feature in file["features"].as_array_mut().unwrap() {
        walk(&mut feature["geometry"]["coordinates"], &change);
    }
    file.to_string()
}

fn geography(text: &str) -> Vec<Value> {
    check(&["-", "--coverage", "none"], Some(text)).1
}

#[test]
fn swapped_shifted_and_misnamed_files() {
    assert_eq!(geography(&states(|x, y| [x, y])), Vec::<Value>::new());
    let swapped = geography(&states(|x, y| [y, x]));
    assert!(codes(&swapped).contains(&"swapped-axes"), "{swapped:?}");
    // SK-42 coordinates taken as WGS 84: 103 m east and 12 m north at 40° N.
    let shifted = geography(&states(|x, y| [x + 103.0 / 85_394.0, y + 12.0 / 111_035.0]));
    assert_eq!(codes(&shifted), ["datum-shift"]);
    let measure = &shifted[0]["measure"];
    assert!((measure["east_m"].as_f64().unwrap() - 103.0).abs() < 5.0, "{measure}");
    assert!((measure["north_m"].as_f64().unwrap() - 12.0).abs() < 5.0, "{measure}");
    assert!(shifted[0]["message"].as_str().unwrap().contains("SK-42"));
    let named = |name: &str, x: f64, y: f64| {
        let mut one = feature("x", json!([square(x, y, 0.02)]));
        one["properties"]["name"] = name.into();
        geography(&collection(vec![one]))
    };
    assert_eq!(named("Artsvashen", 45.52, 40.64), Vec::<Value>::new());
    assert_eq!(codes(&named("Artsvashen", 46.2, 38.9)), ["misplaced-name"]);
    assert_eq!(codes(&named("Azerbaijan", 44.5, 40.2)), ["misplaced-name"]);
    assert_eq!(named("Nowhere in particular", 44.5, 40.2), Vec::<Value>::new());
}

/// As in the source package, which contains the land of the enclaves twice: as a part of the owner and inside the host.
#[test]
fn enclaves_without_their_holes_are_not_cut() {
    let mut file: Value = serde_json::from_str(&states(|x, y| [x, y])).unwrap();
    let features = file["features"].as_array_mut().unwrap();
    features.retain(|feature| ["ARM", "AZE"].iter().any(|id| feature["id"] == *id));
    for part in features.iter_mut().flat_map(|f| f["geometry"]["coordinates"].as_array_mut().unwrap()) {
        part.as_array_mut().unwrap().truncate(1);
    }
    let (exit, findings) = check(&["-"], Some(&file.to_string()));
    assert_eq!(exit, 1);
    let uncut = || findings.iter().filter(|f| f["code"] == "enclave-not-cut");
    // Artsvashen, Yuxarı Əskipara, Barxudarlı–Sofulu; and the small ones that the package lacks.
    for (owner, expected_km2) in [("ARM", 39.43), ("AZE", 32.38), ("AZE", 9.87)] {
        let near = |f: &&Value| (f["measure"]["area_m2"].as_f64().unwrap() / 1e6 - expected_km2).abs() < 0.005;
        let found: Vec<&Value> = uncut().filter(near).collect();
        assert!(found.len() == 1 && found[0]["feature"] == owner, "{expected_km2}: {findings:?}");
    }
    assert_eq!(uncut().count(), 6);
}

/// The two sides of every border are identical (data/moved.csv): GEOS finds neither a gap nor an overlap in the same
/// layer.
#[test]
fn states_leave_no_gap_and_overlap_nowhere() {
    let (exit, findings) = check(&["states"], None);
    assert_eq!((exit, codes(&findings)), (0, vec![]), "{findings:?}");
    // To show that the check can fail: the two editions of the states overlap.
    let (_, findings) = check(&["states", "states-2026", "--coverage", "all"], None);
    assert!(findings.iter().any(|f| f["code"] == "overlap"), "{:?}", codes(&findings));
}

#[test]
fn written_files_have_no_errors() {
    let folder = tempfile::tempdir().unwrap();
    for arguments in [
        &["borders"][..],
        &["borders", "--tolerance", "200"],
        &["enclaves"],
        &["route", "routes"],
        &["check", "states", "states-2026", "--coverage", "all"],
        &["info", "states"],
    ] {
        let path = folder.path().join("out.geojson").display().to_string();
        let done = Command::new(env!("CARGO_BIN_EXE_merestone"))
            .args(arguments)
            .args(["--format", "geojson", "--quiet", "--output", &path])
            .output()
            .unwrap();
        assert!(done.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&done.stderr));
        let (exit, findings) = check(&[&path, "--coverage", "none"], None);
        assert_eq!((exit, codes(&findings)), (0, vec![]), "{arguments:?}: {findings:?}");
    }
}

fn cases() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/cases/badgeojson");
    if !folder.is_dir() {
        eprintln!("skipped: {} is absent", folder.display());
    }
    folder.is_dir().then_some(folder)
}

#[test]
fn bad_files_are_listed() {
    let Some(folder) = cases() else { return };
    let mut index = csv::Reader::from_path(folder.join("index.csv")).unwrap();
    let mut wrong = Vec::new();
    for row in index.records().map(Result::unwrap) {
        let (file, category, role, expect) = (&row[0], &row[1], &row[2], &row[5]);
        let path = folder.join(file).display().to_string();
        // A point or a polygon is wrong only where another type is required.
        let role = if role == "route" { "route" } else { "territory" };
        let (exit, findings) = check(&[&path, "--no-reference", "--role", role], None);
        let as_expected = match expect {
            "reject" => exit > 0 && (category != "ring" || exit == 1) && !findings.is_empty(),
            "warn" => exit == 0 && !findings.is_empty(),
            "accept" => exit == 0 && (category != "control" || findings.is_empty()),
            _ => (0..=2).contains(&exit),
        };
        if !as_expected {
            wrong.push(format!("{file} ({expect}): exit {exit}, {:?}", codes(&findings)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

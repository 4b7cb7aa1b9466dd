//! `--skip-invalid`: a fault of one feature, in any format, does not prevent reading the others. Expected results are
//! by construction.

use serde_json::{Value, json};
use std::process::{Command, Output, Stdio};

struct Folder(tempfile::TempDir);

impl Folder {
    fn with(name: &str, text: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder can be made");
        std::fs::write(folder.path().join(name), text).expect("a file can be written");
        Folder(folder)
    }

    fn run(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(assert_cmd::cargo::cargo_bin("merestone"));
        command.current_dir(self.0.path()).args(arguments).stdin(Stdio::null());
        command.output().expect("it starts")
    }

    fn said(output: &Output) -> String {
        String::from_utf8_lossy(&output.stderr).into_owned()
    }

    fn answer(&self, arguments: &[&str]) -> (Value, String) {
        let output = self.run(&[arguments, &["--format", "json"]].concat());
        let said = Self::said(&output);
        (serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{arguments:?}: {said}")), said)
    }

    /// West and East are neighbours; the third feature is refused, or omitted and listed, or reported by `check`, which
    /// continues to the spike of the last.
    fn holds(&self, file: &str, why: &str, more: &[&str]) {
        let asked = |command: &'static str, rest: &[&'static str]| [&[command, file], rest, more].concat();
        let refused = self.run(&asked("borders", &[]));
        let said = Self::said(&refused);
        assert_eq!(refused.status.code(), Some(2), "{file}: {said}");
        assert!(said.contains(why) && said.contains("feature 2"), "{file}: {said}");
        assert!(said.contains("1 of 4 features is affected") && said.contains("--skip-invalid"), "{file}: {said}");
        let (answer, said) = self.answer(&asked("borders", &["--skip-invalid"]));
        assert_eq!(said.matches("is left out").count(), 1, "{file}: {said}");
        assert!(said.contains(why), "{file}: {said}");
        let rows = answer["results"].as_array().expect("borders are a list");
        let of_two: Vec<_> = rows.iter().map(|r| (r["a"].as_str(), r["b"].as_str())).collect();
        assert_eq!(of_two, [(Some("East"), Some("West"))], "{file}");
        assert_eq!(answer["inputs"][0]["left_out"], 1, "{file}");
        let (answer, _) = self.answer(&asked("info", &["--skip-invalid"]));
        let names: Vec<_> =
            answer["results"]["features"].as_array().expect("a list").iter().map(|f| &f["id"]).collect();
        assert_eq!(names, ["West", "East", "Spiked"], "{file}");
        let findings = self.answer(&asked("check", &["--no-reference"])).0;
        let findings = findings["results"].as_array().expect("findings are a list").clone();
        let of = |name: &str| findings.iter().filter(|f| f["feature"] == name).collect::<Vec<_>>();
        assert!(of("Junk").iter().any(|f| f["severity"] == "error"), "{file}: {findings:?}");
        assert!(of("Spiked").iter().any(|f| f["code"] == "spike"), "{file}: {findings:?}");
        assert!(of("West").is_empty() && of("East").is_empty(), "{file}: {findings:?}");
    }
}

fn feature(name: &str, geometry: &Value) -> Value {
    json!({"type": "Feature", "properties": {"name": name}, "geometry": geometry})
}

/// Rings of West, East and Spiked; `at` converts steps of 0.1° to the file's system.
fn rings(at: &dyn Fn(f64, f64) -> [f64; 2]) -> [Value; 3] {
    let ring = |corners: &[(f64, f64)]| json!(corners.iter().map(|&(x, y)| at(x, y)).collect::<Vec<_>>());
    [
        ring(&[(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0), (0.0, 0.0)]),
        ring(&[(1.0, 0.0), (2.0, 0.0), (2.0, 1.0), (1.0, 1.0), (1.0, 0.0)]),
        ring(&[(5.0, 0.0), (6.0, 0.0), (7.0, 0.0), (6.0, 0.0), (6.0, 1.0), (5.0, 0.0)]),
    ]
}

fn degrees(x: f64, y: f64) -> [f64; 2] {
    [20.0 + x / 10.0, 45.0 + y / 10.0]
}

fn metres(x: f64, y: f64) -> [f64; 2] {
    [500_000.0 + 10_000.0 * x, 4_900_000.0 + 10_000.0 * y]
}

fn features(at: &dyn Fn(f64, f64) -> [f64; 2], junk: &Value) -> Vec<Value> {
    let [west, east, spiked] = rings(at).map(|ring| json!({"type": "Polygon", "coordinates": [ring]}));
    vec![feature("West", &west), feature("East", &east), feature("Junk", junk), feature("Spiked", &spiked)]
}

/// Faults of a GeoJSON geometry, with their messages.
fn wrong(at: &dyn Fn(f64, f64) -> [f64; 2]) -> Vec<(Value, &'static str)> {
    let [a, b, c] = [(3.0, 0.0), (4.0, 0.0), (4.0, 1.0)].map(|(x, y)| at(x, y));
    let polygon = |coordinates: Value| json!({"type": "Polygon", "coordinates": coordinates});
    vec![
        (
            polygon(json!([a, b, c, a])),
            "/features/2/geometry/coordinates/0/0: is not GeoJSON: a position (a list of numbers) is needed",
        ),
        (
            polygon(json!([[a, b, [c], a]])),
            "/features/2/geometry/coordinates/0/2/0: is not GeoJSON: a number is needed, and this is a list",
        ),
        (
            polygon(json!([[a, b, [c[0], "x"], a]])),
            "/features/2/geometry/coordinates/0/2/1: is not GeoJSON: a number is needed, and this is a text",
        ),
        (
            polygon(json!([[a, b, [c[0], null], a]])),
            "/features/2/geometry/coordinates/0/2/1: is not GeoJSON: a number is needed, and this is null",
        ),
        (polygon(json!([[a, b, [], a]])), "a position needs two numbers"),
        (polygon(json!([[a, b, a]])), "a ring needs four positions"),
        (json!({"type": "Polygone", "coordinates": [[a, b, c, a]]}), "\"Polygone\" is no type of geometry"),
        (json!({"type": "Polygon"}), "the Polygon has no \"coordinates\""),
        (json!([a, b]), "a geometry (an object) or null is needed"),
    ]
}

#[test]
fn a_malformed_geometry_of_geojson() {
    let far = (
        json!({"type": "Polygon", "coordinates": [[[20.3, 45], [20.4, 195.5], [20.4, 45.1], [20.3, 45]]]}),
        "out of range",
    );
    for (junk, why) in wrong(&degrees).into_iter().chain([far]) {
        let features = features(&degrees, &junk);
        let collection = json!({"type": "FeatureCollection", "features": features}).to_string();
        Folder::with("f.geojson", &collection).holds("f.geojson", why, &[]);
        let records: Vec<String> = features.iter().map(Value::to_string).collect();
        Folder::with("f.geojsonl", &records.join("\n")).holds("f.geojsonl", why, &[]);
    }
}

#[test]
fn a_malformed_geometry_of_geojson_in_a_projected_system() {
    let junk = json!({"type": "Polygon", "coordinates": [[metres(3.0, 0.0), metres(4.0, 0.0), [5e8, 4.9e6], metres(3.0, 0.0)]]});
    for (junk, why) in wrong(&metres).into_iter().chain([(junk, "out of range for")]) {
        let features = features(&metres, &junk);
        let plain = json!({"type": "FeatureCollection", "features": features}).to_string();
        Folder::with("f.geojson", &plain).holds("f.geojson", why, &["--from", "EPSG:32634"]);
        let crs = json!({"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::32634"}});
        let said = json!({"type": "FeatureCollection", "crs": crs, "features": features}).to_string();
        let folder = Folder::with("f.geojson", &said);
        let output = folder.run(&["borders", "f.geojson", "--skip-invalid"]);
        assert!(output.status.success() && Folder::said(&output).contains(why), "{}", Folder::said(&output));
    }
}

/// A table of well-known text.
fn table(at: &dyn Fn(f64, f64) -> [f64; 2], junk: &str) -> String {
    let text = |ring: &Value| {
        let positions = ring.as_array().expect("a ring").iter();
        let positions: Vec<String> = positions.map(|at| format!("{} {}", at[0], at[1])).collect();
        format!("POLYGON (({}))", positions.join(", "))
    };
    let [west, east, spiked] = rings(at).map(|ring| text(&ring));
    format!("name,geom\nWest,\"{west}\"\nEast,\"{east}\"\nJunk,\"{junk}\"\nSpiked,\"{spiked}\"\n")
}

#[test]
fn an_invalid_row_of_a_table() {
    for (junk, why) in [
        ("POLYGON ((20.3 45, 20.4 195.5, 20.4 45.1, 20.3 45))", "out of range"),
        ("POLYGON ((20.3 45, 20.4 45, 20.4 x, 20.3 45))", "no well-known text"),
        ("POLYGON ((20.3 45, 20.4 45", "no well-known text"),
    ] {
        Folder::with("f.csv", &table(&degrees, junk)).holds("f.csv", why, &[]);
    }
    let far = "POLYGON ((530000 4900000, 500000000 4900000, 540000 4910000, 530000 4900000))";
    Folder::with("f.csv", &table(&metres, far)).holds("f.csv", "out of range for", &["--from", "EPSG:32634"]);
}

#[cfg(feature = "gdal")]
#[test]
fn an_invalid_feature_of_a_format_of_ogr() {
    let member = |name: &str, ring: &Value| {
        let positions = ring.as_array().expect("a ring").iter();
        let positions: Vec<String> = positions.map(|at| format!("{},{}", at[0], at[1])).collect();
        format!(
            "<gml:featureMember><ogr:f fid=\"{name}\"><ogr:geometryProperty><gml:Polygon srsName=\"EPSG:32634\">\
             <gml:outerBoundaryIs><gml:LinearRing><gml:coordinates>{}</gml:coordinates></gml:LinearRing>\
             </gml:outerBoundaryIs></gml:Polygon></ogr:geometryProperty><ogr:name>{name}</ogr:name></ogr:f>\
             </gml:featureMember>",
            positions.join(" ")
        )
    };
    let [west, east, spiked] = rings(&metres);
    let junk = json!([metres(3.0, 0.0), metres(4.0, 0.0), [5e8, 4.9e6], metres(3.0, 0.0)]);
    let members: String = [("West", west), ("East", east), ("Junk", junk), ("Spiked", spiked)]
        .iter()
        .map(|(name, ring)| member(name, ring))
        .collect();
    let text = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?><ogr:FeatureCollection xmlns:ogr=\"http://ogr.maptools.org/\" \
         xmlns:gml=\"http://www.opengis.net/gml\">{members}</ogr:FeatureCollection>"
    );
    Folder::with("f.gml", &text).holds("f.gml", "out of range for", &["--id-field", "name"]);
}

/// If all features fail, the stated or declared system is wrong, and no feature is named.
#[test]
fn what_is_wrong_with_all_features_is_wrong_with_the_file() {
    let text = json!({"type": "FeatureCollection", "features": features(&metres, &json!(null))[..2]}).to_string();
    let output = Folder::with("f.geojson", &text).run(&["borders", "f.geojson"]);
    let said = Folder::said(&output);
    assert!(
        output.status.code() == Some(2) && said.contains("looks projected") && !said.contains("affected"),
        "{said}"
    );
    let text = json!({"type": "FeatureCollection", "features": features(&degrees, &json!(null))[..2]}).to_string();
    let output = Folder::with("f.geojson", &text).run(&["borders", "f.geojson", "--from", "EPSG:32634"]);
    let said = Folder::said(&output);
    assert!(
        output.status.code() == Some(2) && said.contains("looks like degrees") && !said.contains("affected"),
        "{said}"
    );
}

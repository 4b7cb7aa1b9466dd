//! Feature identifiers, several files as one layer, invalid features left out. Expected values by construction or from
//! the standards named.

use serde_json::{Value, json};
use std::path::Path;
use std::process::{Command, Output, Stdio};

pub(crate) struct Folder(tempfile::TempDir);

impl Folder {
    pub(crate) fn new() -> Self {
        Folder(tempfile::tempdir().expect("a folder can be made"))
    }

    pub(crate) fn file(&self, name: &str, text: &str) -> &Self {
        std::fs::write(self.0.path().join(name), text).expect("a file can be written");
        self
    }

    /// Writes squares of 0.1°: west longitude, properties.
    fn squares(&self, name: &str, all: &[(f64, Value)]) -> &Self {
        self.file(name, &collection(all.iter().map(|(west, properties)| square(*west, properties)).collect()))
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Output {
        command(self.0.path(), arguments).output().expect("it starts")
    }

    /// The answer as JSON, and standard error.
    pub(crate) fn ask(&self, arguments: &[&str]) -> (Value, String) {
        let output = self.run(&[arguments, &["--format", "json"]].concat());
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        (serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{arguments:?}: {said}")), said)
    }

    pub(crate) fn text(&self, name: &str) -> String {
        std::fs::read_to_string(self.0.path().join(name)).expect("a file can be read")
    }

    /// The answer as GeoJSON.
    pub(crate) fn geojson(&self, arguments: &[&str]) -> Value {
        let output = self.run(&[arguments, &["--format", "geojson"]].concat());
        serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{arguments:?}: {error}"))
    }

    /// The error of a refused command.
    pub(crate) fn refused(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {said}");
        said
    }
}

fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin("merestone"));
    command.current_dir(folder).args(arguments);
    command
}

fn square(west: f64, properties: &Value) -> Value {
    // The double nearest to 20.1 and 20.2, not to 20.1 + 0.1.
    let east = ((west + 0.1) * 10.0).round() / 10.0;
    let ring = json!([[west, 45.0], [east, 45.0], [east, 45.1], [west, 45.1], [west, 45.0]]);
    json!({"type": "Feature", "properties": properties, "geometry": {"type": "Polygon", "coordinates": [ring]}})
}

fn collection(features: Vec<Value>) -> String {
    json!({"type": "FeatureCollection", "features": features}).to_string()
}

/// Pairs of adjacent territories with the lengths of their borders in metres.
fn borders(answer: &Value) -> Vec<(String, String, i64)> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let rows = answer["results"].as_array().expect("borders are a list");
    rows.iter().map(|r| (text(&r["a"]), text(&r["b"]), r["length_m"].as_f64().unwrap_or(0.0).round() as i64)).collect()
}

fn border(a: &str, b: &str) -> Vec<(String, String, i64)> {
    // 0.1° of latitude from 45° N.
    vec![(a.into(), b.into(), 11_113)]
}

#[test]
fn editions_are_never_matched_by_row_numbers() {
    let folder = Folder::new();
    folder.squares("a.geojson", &[(20.0, json!({"NAME": "Alba"})), (20.1, json!({"NAME": "Bora"}))]);
    folder.squares("b.geojson", &[(20.1, json!({"NAME": "Bora"})), (20.0, json!({"NAME": "Alba"}))]);
    let (answer, _) = folder.ask(&["ledger", "a.geojson", "b.geojson"]);
    assert_eq!(answer["results"]["pieces"], json!([]));
    assert_eq!(answer["method"]["ids"], "NAME");
    // A common but unusual field serves too.
    folder.squares("c.geojson", &[(20.0, json!({"Kraj": "Alba"})), (20.1, json!({"Kraj": "Bora"}))]);
    let (answer, said) = folder.ask(&["ledger", "c.geojson", "b.geojson"]);
    assert_eq!(answer["results"]["pieces"], json!([]));
    assert!(said.contains("called by Kraj"), "{said}");
    assert_eq!(answer["method"]["ids"], "c.geojson: Kraj; b.geojson: NAME");
    // No common field: refused, with candidates.
    folder.squares("d.geojson", &[(20.0, json!({"n": 1.5})), (20.1, json!({"n": 2.5}))]);
    let said = folder.refused(&["ledger", "d.geojson", "b.geojson"]);
    assert!(said.contains("row numbers") && said.contains("--id-field BEFORE="), "{said}");
    // The number of a feature without a name is not an id in the other edition.
    let none = json!({"NAME": null});
    let named = |name: &str| json!({ "NAME": name });
    folder.squares("e.geojson", &[(20.0, named("Alba")), (20.1, named("Bora")), (20.2, none.clone())]);
    folder.squares("f.geojson", &[(20.0, named("Alba")), (20.1, named("Bora")), (20.3, none)]);
    let (answer, _) = folder.ask(&["ledger", "e.geojson", "f.geojson"]);
    let text = answer["results"].to_string();
    assert!(text.contains("e.geojson:2") && !text.contains("\"2\""), "{text}");
}

#[test]
fn features_of_one_id_are_one_territory() {
    let folder = Folder::new();
    let of = |country: &str, name: &str| json!({"COUNTRY": country, "NAME_1": name});
    folder.squares("p.geojson", &[(20.0, of("AAA", "p")), (20.1, of("AAA", "q")), (20.2, of("BBB", "r"))]);
    let (answer, said) = folder.ask(&["borders", "p.geojson", "--id-field", "COUNTRY"]);
    assert_eq!(borders(&answer), border("AAA", "BBB"));
    assert!(said.contains("2 features have the id AAA (0, 1)"), "{said}");
    // The same land in one feature and in two: nothing changes, and the ledger balances.
    let wide = json!([[20.0, 45.0], [20.2, 45.0], [20.2, 45.1], [20.0, 45.1], [20.0, 45.0]]);
    let wide = json!({"type": "Feature", "properties": {"COUNTRY": "AAA"}, "geometry": {"type": "Polygon", "coordinates": [wide]}});
    folder.file("q.geojson", &collection(vec![wide, square(20.2, &json!({"COUNTRY": "BBB"}))]));
    for pair in [["p.geojson", "q.geojson"], ["q.geojson", "p.geojson"]] {
        let (answer, _) = folder.ask(&["ledger", pair[0], pair[1], "--id-field", "COUNTRY"]);
        assert_eq!(
            (&answer["results"]["pieces"], &answer["results"]["balance"]["balanced"]),
            (&json!([]), &json!(true))
        );
    }
}

#[test]
fn an_id_on_two_features_is_a_finding() {
    let folder = Folder::new();
    let town = |name: &str| json!({"id": "46021", "name": name});
    folder.squares("m.geojson", &[(4.0, town("Sint-Niklaas")), (4.1, town("Saint-Nicolas"))]);
    let (answer, _) = folder.ask(&["check", "m.geojson", "--no-reference"]);
    let finding = &answer["results"][0];
    assert_eq!((&finding["code"], &finding["feature"]), (&json!("duplicate-id"), &json!("46021")));
    assert!(finding["message"].to_string().contains("features: 0, 1"), "{finding}");
    // The shared `id` member is reported too, although it does not distinguish the features.
    let own = |west: f64| {
        let mut feature = square(west, &json!({}));
        feature["id"] = json!(7);
        feature
    };
    folder.file("o.geojson", &collection(vec![own(4.0), own(4.1), own(4.2)]));
    let (answer, _) = folder.ask(&["check", "o.geojson", "--no-reference"]);
    assert_eq!(
        (&answer["results"][0]["code"], &answer["results"][0]["pointer"]),
        (&json!("duplicate-id"), &json!("/features/1/id"))
    );
}

#[test]
fn one_feature_without_the_field_is_called_by_its_number() {
    let folder = Folder::new();
    let named = |name: Value| json!({ "NAME": name });
    let all = [(20.0, named(json!("Alba"))), (20.1, named(json!("Bora"))), (20.2, named(json!("-99")))];
    folder.squares("a.geojson", &all);
    let (answer, said) = folder.ask(&["borders", "a.geojson", "--id-field", "NAME"]);
    let found = borders(&answer);
    assert_eq!(found.len(), 2);
    assert!(found.iter().any(|(a, b, _)| (a.as_str(), b.as_str()) == ("2", "Bora")), "{found:?}");
    assert!(said.contains("1 feature has no NAME"), "{said}");
    let said = folder.refused(&["borders", "a.geojson", "--id-field", "ISO"]);
    assert!(said.contains("no feature has a property \"ISO\"") && said.contains("--id-field NAME"), "{said}");
}

#[test]
fn rows_without_identifiers_are_numbered_with_a_warning() {
    let folder = Folder::new();
    folder.squares("a.geojson", &[(20.0, json!({"LAND": "x"})), (20.1, json!({"LAND": "y"}))]);
    let (answer, said) = folder.ask(&["borders", "a.geojson"]);
    assert_eq!(borders(&answer), border("0", "1"));
    assert!(
        said.contains("properties that could: LAND (2 values on 2 of 2 features)") && said.contains("hint: --id-field"),
        "{said}"
    );
    assert_eq!(answer["warnings"][0]["code"], "numbered");
    assert_eq!(answer["method"]["ids"], "number in the file from 0");
}

#[test]
fn two_sources_name_their_ids_differently() {
    let folder = Folder::new();
    folder.squares("a.geojson", &[(20.0, json!({"shapeISO": "AAA"})), (20.1, json!({"shapeISO": "BBB"}))]);
    let moved = |west: f64, properties: Value| square(west, &properties);
    // The border is 0.0002° farther east: 15.77 m at 45° N.
    let mut west = moved(20.0, json!({"LAND": "AAA", "pop": 5}));
    let mut east = moved(20.1, json!({"LAND": "BBB", "pop": 6}));
    west["geometry"]["coordinates"][0] =
        json!([[20.0, 45.0], [20.1002, 45.0], [20.1002, 45.1], [20.0, 45.1], [20.0, 45.0]]);
    east["geometry"]["coordinates"][0] =
        json!([[20.1002, 45.0], [20.2, 45.0], [20.2, 45.1], [20.1002, 45.1], [20.1002, 45.0]]);
    folder.file("b.geojson", &collection(vec![west, east]));
    let each = ["--id-field", "A=shapeISO,B=LAND"];
    for more in [&[][..], &each, &["--id-field", "a.geojson=shapeISO,b.geojson=LAND"]] {
        let (answer, _) = folder.ask(&[&["compare", "--pair", "AAA,BBB", "a.geojson", "b.geojson"], more].concat());
        let hausdorff_m = answer["results"]["hausdorff_m"].as_f64().expect("it is a number");
        assert!((hausdorff_m - 15.77).abs() < 0.01, "{hausdorff_m}");
    }
    for more in [&[][..], &["--id-field", "BEFORE=shapeISO,AFTER=LAND"]] {
        let (answer, _) = folder.ask(&[&["ledger", "a.geojson", "b.geojson"], more].concat());
        let pieces = answer["results"]["pieces"].as_array().expect("pieces are a list");
        assert_eq!((pieces.len(), &pieces[0]["from"], &pieces[0]["to"]), (1, &json!("BBB"), &json!("AAA")));
    }
    let said = folder.refused(&["ledger", "a.geojson", "b.geojson", "--id-field", "BEFOR=x,AFTER=y"]);
    assert!(said.contains("\"BEFOR\" is no input"), "{said}");
}

#[test]
fn ids_differ_by_more_than_their_type() {
    let folder = Folder::new();
    folder.squares("a.geojson", &[(20.0, json!({"code": 1})), (20.1, json!({"code": 2.0}))]);
    folder.squares("b.geojson", &[(20.1, json!({"code": "2"})), (20.0, json!({"code": "1"}))]);
    let (answer, _) = folder.ask(&["ledger", "a.geojson", "b.geojson"]);
    assert_eq!(answer["results"]["pieces"], json!([]));
}

#[test]
fn several_files_are_one_layer() {
    let folder = Folder::new();
    folder.squares("west.geojson", &[(20.0, json!({"iso_a3": "W"}))]);
    folder.squares("east.geojson", &[(20.1, json!({"NAME": "E"}))]);
    let (answer, _) = folder.ask(&["borders", "west.geojson", "east.geojson"]);
    assert_eq!(borders(&answer), border("E", "W"));
    let inputs = answer["inputs"].as_array().expect("inputs are a list");
    assert!(
        inputs.len() == 2 && inputs.iter().all(|input| input["sha256"].as_str().is_some_and(|hash| hash.len() == 64))
    );
    assert_eq!(answer["method"]["ids"], "west.geojson: iso_a3; east.geojson: NAME");
    assert_eq!(borders(&folder.ask(&["borders", "west.geojson+east.geojson"]).0), border("E", "W"));
    // In either order.
    assert_eq!(borders(&folder.ask(&["borders", "east.geojson", "west.geojson"]).0), border("E", "W"));
    let (answer, _) = folder.ask(&["info", "west.geojson", "east.geojson"]);
    assert_eq!(answer["results"]["layers"].as_array().map(Vec::len), Some(2));
    folder.squares("both.geojson", &[(20.0, json!({"NAME": "W"})), (20.1, json!({"NAME": "E"}))]);
    let (answer, _) = folder.ask(&["ledger", "west.geojson+east.geojson", "both.geojson"]);
    assert_eq!((&answer["results"]["pieces"], &answer["results"]["balance"]["balanced"]), (&json!([]), &json!(true)));
    let road = json!({"type": "Feature", "id": "r", "properties": {}, "geometry": {"type": "LineString", "coordinates": [[20.05, 45.05], [20.15, 45.05]]}});
    folder.file("road.geojson", &road.to_string());
    let both = ["--territories", "west.geojson", "--territories", "east.geojson"];
    let (answer, _) = folder.ask(&[&["route", "road.geojson"][..], &both].concat());
    assert_eq!(answer["results"][0]["crossings"].as_array().map(Vec::len), Some(1));
    // A row number is not an id in another file; an id in two files is one territory, with a warning.
    folder.squares("x.geojson", &[(20.0, json!({}))]).squares("y.geojson", &[(20.1, json!({}))]);
    assert_eq!(borders(&folder.ask(&["borders", "x.geojson", "y.geojson"]).0), border("x.geojson:0", "y.geojson:0"));
    folder.squares("w2.geojson", &[(20.1, json!({"iso_a3": "W"}))]);
    let (answer, said) = folder.ask(&["borders", "west.geojson", "w2.geojson"]);
    assert!(borders(&answer).is_empty() && said.contains("W is in west.geojson and w2.geojson"), "{said}");
}

#[test]
fn a_sequence_comes_by_standard_input() {
    let folder = Folder::new();
    let lines = format!("{}\n{}\n", square(20.0, &json!({"id": "W"})), square(20.1, &json!({"id": "E"})));
    for text in [lines.clone(), lines.replace('\n', "\r\n")] {
        let mut child = command(folder.0.path(), &["borders", "-", "--format", "json"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("it starts");
        std::io::Write::write_all(&mut child.stdin.take().expect("it is piped"), text.as_bytes()).expect("it reads");
        let output = child.wait_with_output().expect("it ends");
        let answer = serde_json::from_slice(&output.stdout).expect("it answers");
        assert_eq!(borders(&answer), border("E", "W"));
    }
}

#[test]
fn invalid_features_are_omitted_on_request_and_reported() {
    let folder = Folder::new();
    let mut open = square(20.2, &json!({"id": "c"}));
    open["geometry"]["coordinates"][0].as_array_mut().expect("a ring").pop();
    let mut short = square(20.3, &json!({"id": "d"}));
    short["geometry"]["coordinates"][0] = json!([[20.3, 45.0], [20.4, 45.0], [20.3, 45.0]]);
    let sound = [square(20.0, &json!({"id": "a"})), square(20.1, &json!({"id": "b"}))];
    folder.file("f.geojson", &collection([&sound[..], &[open, short]].concat()));
    let said = folder.refused(&["borders", "f.geojson"]);
    assert!(
        said.contains("feature 2 (c)") && said.contains("2 of 4 features are affected: `merestone check f.geojson`"),
        "{said}"
    );
    let (answer, said) = folder.ask(&["borders", "f.geojson", "--skip-invalid"]);
    assert_eq!(borders(&answer), border("a", "b"));
    assert_eq!(said.matches("is left out").count(), 2);
    assert_eq!(answer["method"]["incomplete"], "2 of 4 features of f.geojson are left out");
    assert_eq!(answer["inputs"][0]["left_out"], 2);
    let table = folder.run(&["borders", "f.geojson", "--skip-invalid"]);
    assert!(String::from_utf8_lossy(&table.stdout).contains("; incomplete: 2 of 4 features of f.geojson are left out"));
}

#[cfg(feature = "gdal")]
#[test]
fn findings_identify_features_alike_in_every_format() {
    let folder = Folder::new();
    let bow = json!([[20.1, 45.0], [20.2, 45.1], [20.2, 45.0], [20.1, 45.15], [20.1, 45.0]]);
    let mut crossed = square(20.1, &json!({"NAME": "q"}));
    crossed["geometry"]["coordinates"][0] = bow;
    folder.file("a.geojson", &collection(vec![square(20.0, &json!({"NAME": "p"})), crossed]));
    assert!(folder.run(&["convert", "a.geojson", "a.shp"]).status.success());
    for file in ["a.geojson", "a.shp"] {
        let (answer, _) = folder.ask(&["check", file, "--no-reference"]);
        let findings = answer["results"].as_array().expect("findings are a list");
        assert!(
            findings.iter().any(|f| f["code"] == "self-intersection" && f["feature"] == "q"),
            "{file}: {findings:?}"
        );
        assert!(findings.iter().all(|f| f["feature"] != "1" && f["feature"] != "0"), "{file}: {findings:?}");
    }
}

#[cfg(feature = "gdal")]
#[test]
fn a_track_is_read_of_the_layers_of_gpx() {
    let folder = Folder::new();
    let point = |lon: f64| format!(r#"<trkpt lat="45.05" lon="{lon}"><ele>1</ele></trkpt>"#);
    let track = format!("<trk><name>Ride</name><trkseg>{}{}</trkseg></trk>", point(20.05), point(20.15));
    let gpx = |inside: &str| {
        format!(
            r#"<?xml version="1.0"?><gpx version="1.1" creator="x" xmlns="http://www.topografix.com/GPX/1/1">{inside}</gpx>"#
        )
    };
    folder.file("ride.gpx", &gpx(&track)).file("none.gpx", &gpx(""));
    let stop = r#"<wpt lat="45.05" lon="20.1"><name>Stop</name></wpt>"#;
    folder.file("both.gpx", &gpx(&format!("{stop}{track}")));
    folder.squares("t.geojson", &[(20.0, json!({"id": "W"})), (20.1, json!({"id": "E"}))]);
    for file in ["ride.gpx", "both.gpx"] {
        let (answer, _) = folder.ask(&["route", file, "--territories", "t.geojson"]);
        assert_eq!(answer["results"][0]["crossings"].as_array().map(Vec::len), Some(1), "{file}");
        let (answer, _) = folder.ask(&["info", file]);
        assert_eq!(answer["results"]["layers"][0]["features"], if file == "ride.gpx" { 1 } else { 2 });
    }
    let (answer, _) = folder.ask(&["check", "none.gpx", "--no-reference"]);
    assert_eq!(answer["results"][0]["code"], "no-features");
    let (_, said) = folder.ask(&["info", "none.gpx"]);
    assert!(said.contains("no feature with coordinates is read"), "{said}");
}

#[test]
fn negative_coordinates_are_not_parsed_as_options() {
    let folder = Folder::new();
    // I-19-99 extends from 71° to 70°30′ W; options may come in any position.
    for words in [&["-70.6,33.2"][..], &["-70.6", "33.2"], &["--letters", "latin", "-70.6,33.2", "--scale", "100000"]] {
        let (answer, _) = folder.ask(&[&["sheets"], words].concat());
        assert!(answer["results"].to_string().contains("\"I-19-99\""), "{words:?}");
    }
    let said = folder.refused(&["route", "-70.5,33.2"]);
    assert!(said.contains("behind `--`"), "{said}");
    let said = folder.refused(&["sheets", "-70.5,33.2", "--scal", "25000"]);
    assert!(said.contains("'--scal'"), "{said}");
}

/// RFC 7946, 5.2: west is greater than east in a box that spans ±180°.
#[test]
fn bounds_span_180_where_the_land_does() {
    let folder = Folder::new();
    let ring =
        |west: f64, east: f64| json!([[west, -18.0], [east, -18.0], [east, -16.0], [west, -16.0], [west, -18.0]]);
    let fiji = json!({"type": "Feature", "id": "FJI", "properties": {}, "geometry": {"type": "MultiPolygon", "coordinates": [[ring(177.0, 180.0)], [ring(-180.0, -178.0)]]}});
    folder.file("fiji.geojson", &collection(vec![fiji]));
    let (answer, _) = folder.ask(&["info", "fiji.geojson"]);
    let bounds = json!([177.0, -18.0, -178.0, -16.0]);
    assert_eq!(
        (&answer["results"]["features"][0]["bounds"], &answer["results"]["layers"][0]["bounds"]),
        (&bounds, &bounds)
    );
    let output = folder.run(&["info", "fiji.geojson", "--format", "geojson"]);
    let drawn: Value = serde_json::from_slice(&output.stdout).expect("it is GeoJSON");
    assert_eq!(drawn["features"][0]["geometry"]["coordinates"].as_array().map(Vec::len), Some(2));
}

#[test]
fn lines_of_other_sources_say_their_status_and_sides() {
    let folder = Folder::new();
    let line = |south: f64, properties: Value| json!({"type": "Feature", "properties": properties, "geometry": {"type": "LineString", "coordinates": [[20.1, south], [20.1, south + 0.1]]}});
    let natural = |class: &str| json!({"FEATURECLA": class, "ADM0_A3_L": "AAA", "ADM0_A3_R": "BBB"});
    let other = json!({"FEATURECLA": "International boundary (verify)", "ADM0_A3_L": "AAA", "ADM0_A3_R": "CCC"});
    let all = vec![
        line(45.0, natural("International boundary (verify)")),
        line(45.1, natural("Disputed (please verify)")),
        line(45.2, other),
    ];
    folder.file("ne.geojson", &collection(all));
    let lsib = |cc2: &str| json!({"STATUS": "International Boundary", "CC1": "AA", "CC2": cc2});
    folder.file("lsib.geojson", &collection(vec![line(45.0, lsib("BB")), line(45.1, lsib("CC"))]));
    for map in [
        &[][..],
        &["--map-field", "natural-earth"],
        &["--map-field", "status=featurecla,left=adm0_a3_l,right=adm0_a3_r"],
    ] {
        let between = ["evidence", "ne.geojson", "--between", "BBB,AAA"];
        let (answer, _) = folder.ask(&[&between[..], map].concat());
        let rows = answer["results"]["rows"].as_array().expect("rows are a list");
        let mut told: Vec<_> = rows.iter().map(|r| (r["status"].as_str(), r["status_in_source"].as_str())).collect();
        told.sort_unstable();
        let disputed = (Some("disputed"), Some("Disputed (please verify)"));
        assert_eq!(told, [disputed, (Some("unspecified"), Some("International boundary (verify)"))]);
        assert!((answer["results"]["length_m"].as_f64().unwrap_or(0.0) - 22_226.7).abs() < 0.1);
    }
    let (answer, _) = folder.ask(&["evidence", "lsib.geojson", "--between", "AA,BB"]);
    assert_eq!(answer["results"]["stretches"], 1);
    folder.refused(&["evidence", "ne.geojson", "--map-field", "none", "--between", "AAA,BBB"]);
}

#[test]
fn three_features_of_one_id_are_one_territory() {
    let folder = Folder::new();
    let all = |id: Value| (0..3).map(|i| (20.0 + 0.1 * f64::from(i), json!({"id": id}))).collect::<Vec<_>>();
    folder.squares("a.geojson", &all(json!(1))).squares("b.geojson", &all(json!("x")));
    for file in ["a.geojson", "b.geojson"] {
        let (answer, said) = folder.ask(&["borders", file]);
        assert_eq!(borders(&answer), [], "{file}");
        assert!(said.contains("3 features have the id") && !said.contains("no field identifies"), "{said}");
    }
    // A second file by the same id is the same land.
    let (ledger, _) = folder.ask(&["ledger", "a.geojson", "a.geojson"]);
    assert_eq!(ledger["results"]["pieces"].as_array().map(Vec::len), Some(0), "{ledger}");
}

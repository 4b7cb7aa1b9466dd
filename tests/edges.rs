//! Edges: straight in the system of a file, geodesics, rhumb lines, and across ±180°.

use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn run(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_merestone")).args(args).output().expect("the program runs")
}

fn answer(args: &[&str]) -> Value {
    let output = run(&[args, &["--format", "json"]].concat());
    assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("an answer is JSON")
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or_else(|| panic!("{value} is no number"))
}

/// The length of a route in a territory, in metres.
fn length_in(route: &Value, territory: &str) -> f64 {
    let parts = route["parts"].as_array().expect("parts");
    parts.iter().find(|part| part["territory"] == territory).map_or(0.0, |part| number(&part["length_m"]))
}

fn feature(id: &str, kind: &str, coordinates: Value) -> Value {
    json!({"type": "Feature", "properties": {"id": id}, "geometry": {"type": kind, "coordinates": coordinates}})
}

fn rectangle(id: &str, west: f64, south: f64, east: f64, north: f64) -> Value {
    feature(id, "Polygon", json!([[[west, south], [east, south], [east, north], [west, north], [west, south]]]))
}

struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Self {
        Folder(tempfile::tempdir().expect("a folder"))
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Writes a file of features; returns its path.
    fn file(&self, name: &str, features: &[Value]) -> String {
        let path = self.path(name);
        std::fs::write(&path, json!({"type": "FeatureCollection", "features": features}).to_string()).expect("written");
        shown(&path)
    }
}

fn shown(path: &Path) -> String {
    path.to_str().expect("UTF-8").to_owned()
}

/// Two states whose border is northing 2 500 000 of UTM zone 40, 400 km long.
fn utm_states() -> [Value; 2] {
    [rectangle("north", 3e5, 2.5e6, 7e5, 2.7e6), rectangle("south", 3e5, 2.3e6, 7e5, 2.5e6)]
}

#[test]
fn a_border_straight_in_utm_is_measured_where_it_runs() {
    let folder = Folder::new();
    let states = folder.file("states.geojson", &utm_states());
    let road = folder.file("road.geojson", &[feature("road", "LineString", json!([[5e5, 2.499e6], [5e5, 2.501e6]]))]);
    let route = &answer(&["route", &road, "--territories", &states, "--from", "EPSG:32640"])["results"][0];
    // By construction; the chord in longitude and latitude deviates by 1 305 m, and the road is north of it.
    let half_m = number(&route["length_m"]) / 2.0;
    assert!((length_in(route, "south") - half_m).abs() < 0.02 && (length_in(route, "north") - half_m).abs() < 0.02);
    assert_eq!(route["crossings"].as_array().map(Vec::len), Some(1));
    let info = answer(&["info", &states, "--from", "EPSG:32640"]);
    // pyproj: geodesic area with every edge split at 500 m in EPSG:32640; the vertices alone give 80 015.4 km².
    for state in info["results"]["features"].as_array().expect("features") {
        assert!((number(&state["area_km2"]) - 80_037.666).abs() < 0.01, "{state}");
    }
    let edges = info["method"]["edges"].as_str().expect("words");
    assert!(edges.contains("8 edges are straight in EPSG:32640") && edges.contains("within 0.01 m"), "{edges}");
}

#[test]
fn neighbours_with_t_junctions_share_the_whole_edge() {
    let folder = Folder::new();
    // One long edge in the north, two in the south that meet on it between its vertices; also reversed and reordered.
    let south = [rectangle("west", 3e5, 2.3e6, 5.31e5, 2.5e6), rectangle("east", 5.31e5, 2.3e6, 7e5, 2.5e6)];
    let all = [&utm_states()[..1], &south].concat();
    let turned = all.iter().rev().map(|state| {
        let mut ring = state["geometry"]["coordinates"][0].as_array().expect("a ring").clone();
        ring.reverse();
        feature(state["properties"]["id"].as_str().expect("an id"), "Polygon", json!([ring]))
    });
    let turned: Vec<Value> = turned.collect();
    let whole = folder.file("whole.geojson", &utm_states());
    let lengths = |file: &str| -> Vec<f64> {
        let answer = answer(&["borders", file, "--from", "EPSG:32640"]);
        answer["results"].as_array().expect("rows").iter().map(|row| number(&row["length_m"])).collect()
    };
    let expected = lengths(&whole)[0];
    for file in [folder.file("all.geojson", &all), folder.file("turned.geojson", &turned)] {
        let found = lengths(&file);
        // The north with each of the two, and these with each other.
        assert_eq!(found.len(), 3, "{found:?}");
        let sum: f64 = found.iter().sum();
        assert!((sum - expected - border_of_west_and_east(&folder)).abs() < 0.01, "{found:?} {expected}");
    }
}

fn border_of_west_and_east(folder: &Folder) -> f64 {
    let line = feature("line", "LineString", json!([[5.31e5, 2.3e6], [5.31e5, 2.5e6]]));
    let file = folder.file("line.geojson", &[line]);
    number(&answer(&["info", &file, "--from", "EPSG:32640"])["results"]["features"][0]["length_m"])
}

/// 107° W 49° N in EPSG:32613, by pyproj.
const MIDDLE: (f64, f64) = (353719.0539, 5429382.9841);

#[test]
fn parallel_stays_a_parallel_in_a_projection() {
    let folder = Folder::new();
    let line = folder.file("line.geojson", &[feature("p", "LineString", json!([[-110, 49, 100], [-104, 49, 200]]))]);
    let convert = |name: &str, more: &[&str]| {
        let out = shown(&folder.path(name));
        let output = run(&[&["convert", &line, &out, "--to", "EPSG:32613"], more].concat());
        assert!(output.status.success());
        let text = std::fs::read_to_string(&out).expect("written");
        let inner = text.split_once('(').and_then(|(_, rest)| rest.split_once(')')).expect("WKT").0;
        let numbers = |at: &str| at.split_whitespace().map(|number| number.parse().expect("a number")).collect();
        let positions: Vec<Vec<f64>> = inner.split(',').map(numbers).collect();
        (positions, String::from_utf8(output.stderr).expect("UTF-8"))
    };
    let (positions, told) = convert("cut.csv", &[]);
    assert!(told.contains("1 edge is straight in OGC:CRS84") && !told.contains("loss: edges"), "{told}");
    assert!((600..1100).contains(&positions.len()), "{}", positions.len());
    // The midpoint of the line is on the parallel by EPSG's formulas (pyproj), at 107° W.
    let middle = &positions[positions.len() / 2];
    let [x, y, z] = [middle[0], middle[1], middle[2]];
    assert!((x - MIDDLE.0).abs() < 0.001 && (y - MIDDLE.1).abs() < 0.001 && (z - 150.0).abs() < 1e-9, "{middle:?}");
    let (positions, told) = convert("kept.csv", &["--keep-vertices"]);
    assert_eq!(positions.len(), 2);
    // pyproj: the chord in EPSG:32613 is up to 4 341 m north of the parallel.
    assert!(told.contains("loss: edges straight in") && told.contains("up to 434"), "{told}");
}

#[test]
fn densification_adds_no_turning_points() {
    let folder = Folder::new();
    let line = folder.file("line.geojson", &[feature("l", "LineString", json!([[3e5, 2.5e6], [7e5, 2.5e6]]))]);
    let list = answer(&["catalogue", &line, "--from", "EPSG:32640"]);
    assert_eq!(list["results"]["points"].as_array().map(Vec::len), Some(2), "{list}");
    let points = folder.file("points.geojson", &[feature("p", "MultiPoint", json!([[3e5, 2.5e6], [7e5, 2.5e6]]))]);
    let out = shown(&folder.path("points-out.geojson"));
    assert!(run(&["convert", &points, &out, "--from", "EPSG:32640"]).status.success());
    let text = std::fs::read_to_string(out).expect("written");
    let file: Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(file["features"][0]["geometry"]["coordinates"].as_array().map(Vec::len), Some(2));
}

#[test]
fn dense_file_gets_no_vertices() {
    let folder = Folder::new();
    let zigzag: Vec<[f64; 2]> =
        (0..2000).map(|i| [4e5 + 100.0 * f64::from(i), 4.4e6 + 80.0 * f64::from(i % 3)]).collect();
    let line = folder.file("line.geojson", &[feature("l", "LineString", json!(zigzag))]);
    let info = answer(&["info", &line, "--from", "EPSG:32638"]);
    assert_eq!(info["results"]["features"][0]["positions"], 2000);
    assert_eq!(info["method"]["edges"], "lonlat");
}

#[test]
fn geodesic_lengths_and_areas_agree_with_geographiclib() {
    let folder = Folder::new();
    // JFK to Singapore Changi by pyproj, and the octant of GeographicLib's Planimeter3.
    let line = folder.file("line.geojson", &[feature("l", "LineString", json!([[-73.78, 40.64], [103.99, 1.36]]))]);
    let octant = json!([[[0, 90], [0, 0], [90, 0], [0, 90]]]);
    let land = folder.file("land.geojson", &[feature("octant", "Polygon", octant)]);
    let found = |file: &str, what: &str| {
        number(&answer(&["info", file, "--edges", "geodesic"])["results"]["features"][0][what])
    };
    assert!((found(&line, "length_m") - 15_347_512.940_512_9).abs() < 1e-6, "{}", found(&line, "length_m"));
    assert!((found(&land, "area_km2") - 63_758_202.715_511).abs() < 1e-5);
    // mpmath with 40 digits (tests/reference/rhumb.py).
    let rhumb = answer(&["info", &line, "--edges", "rhumb"]);
    assert!((number(&rhumb["results"]["features"][0]["length_m"]) - 18_523_654.923_513_95).abs() < 1e-7);
}

#[test]
fn parts_of_a_geodesic_add_up_to_the_geodesic() {
    let folder = Folder::new();
    let land =
        folder.file("land.geojson", &[rectangle("w", 0.0, 30.0, 20.0, 60.0), rectangle("e", 20.0, 30.0, 50.0, 60.0)]);
    let line = folder.file("line.geojson", &[feature("l", "LineString", json!([[-30, 35], [110, 50]]))]);
    for edges in ["geodesic", "rhumb"] {
        let direct = number(&answer(&["info", &line, "--edges", edges])["results"]["features"][0]["length_m"]);
        let route = &answer(&["route", &line, "--territories", &land, "--edges", edges])["results"][0];
        let sum = length_in(route, "w") + length_in(route, "e") + number(&route["outside_m"]);
        assert!((sum - number(&route["length_m"])).abs() < 1e-6 && (sum - direct).abs() < 1e-5, "{sum} {direct}");
    }
}

#[test]
fn geodesics_go_the_shorter_way_over_the_antimeridian() {
    let folder = Folder::new();
    let land = folder.file(
        "land.geojson",
        &[rectangle("w", 179.0, -20.0, 180.0, -10.0), rectangle("e", -180.0, -20.0, -179.0, -10.0)],
    );
    let line = folder.file("line.geojson", &[feature("l", "LineString", json!([[179.5, -15.0], [-179.5, -15.2]]))]);
    let route = &answer(&["route", &line, "--territories", &land, "--edges", "geodesic"])["results"][0];
    // pyproj.
    assert!((number(&route["length_m"]) - 109754.378410).abs() < 1e-5, "{}", route["length_m"]);
    let sum = length_in(route, "w") + length_in(route, "e");
    assert!((sum - number(&route["length_m"])).abs() < 1e-6 && number(&route["outside_m"]) < 1e-6, "{route}");
    // By RFC 7946 the straight edge takes the long way round.
    let output = run(&["route", &line, "--territories", &land]);
    assert!(String::from_utf8_lossy(&output.stderr).contains("more than half the globe"));
}

#[cfg(feature = "gdal")]
#[test]
fn a_track_of_gpx_goes_the_shorter_way_over_the_antimeridian() {
    let folder = Folder::new();
    let gpx = r#"<gpx version="1.1" creator="t" xmlns="http://www.topografix.com/GPX/1/1"><trk><name>s</name><trkseg>
        <trkpt lat="-17" lon="179.95"/><trkpt lat="-17" lon="-179.95"/></trkseg></trk></gpx>"#;
    let path = folder.path("track.gpx");
    std::fs::write(&path, gpx).expect("written");
    let info = answer(&["info", &format!("{}#tracks", shown(&path))]);
    // A tenth of a degree along the parallel of 17° S.
    assert!((number(&info["results"]["features"][0]["length_m"]) - 10_648.7).abs() < 1.0, "{info}");
}

#[test]
fn rings_touching_in_the_file_system_are_valid() {
    let folder = Folder::new();
    // A hole that touches the slanted side of its shell between vertices, and two such holes, in UTM: (x, y) is on the
    // side by construction; all valid (shapely).
    let (x, y) = (5e5, 4.4e6);
    let shell = [[x, y], [x + 4e4, y + 1.6e4], [x + 4e4, y + 6e4], [x, y + 6e4], [x, y]];
    let touching = [[x + 1e4, y + 4e3], [x + 1e4, y + 9e3], [x + 1.5e4, y + 9e3], [x + 1e4, y + 4e3]];
    let beside = [[x + 2e4, y + 3e4], [x + 2e4, y + 4e4], [x + 3e4, y + 4e4], [x + 3e4, y + 3e4], [x + 2e4, y + 3e4]];
    let third = [[x + 3e4, y + 35_123.4], [x + 3.5e4, y + 3.6e4], [x + 3.5e4, y + 3.3e4], [x + 3e4, y + 35_123.4]];
    let land = feature("a", "Polygon", json!([shell, touching, beside, third]));
    // A ring with two vertices 2 nm apart.
    let w = x - 5e3;
    let near = [[w, y], [w + 1e3, y], [w + 1e3 + 2e-9, y + 1e-9], [w + 500.0, y + 700.0], [w, y]];
    let file = folder.file("land.geojson", &[land, feature("b", "Polygon", json!([near]))]);
    let found = answer(&["check", &file, "--from", "EPSG:32638", "--no-reference"]);
    let errors = found["results"].as_array().expect("findings").iter().filter(|f| f["severity"] == "error").count();
    assert_eq!(errors, 0, "{found}");
    for command in ["info", "borders", "enclaves"] {
        assert!(run(&[command, &file, "--from", "EPSG:32638"]).status.success(), "{command}");
    }
    // A self-crossing in UTM remains one.
    let bow = [[x, y], [x + 100.0, y + 100.0], [x + 100.0, y], [x, y + 130.0], [x, y]];
    let file = folder.file("bow.geojson", &[feature("a", "Polygon", json!([bow]))]);
    assert_eq!(run(&["check", &file, "--from", "EPSG:32638", "--no-reference"]).status.code(), Some(1));
}

#[test]
fn area_error_in_a_ledger_equals_that_of_info() {
    let folder = Folder::new();
    let stated = |mut feature: Value| {
        feature["properties"]["position_accuracy_m"] = json!(100);
        feature
    };
    let host = |hole: bool| {
        let shell = json!([[45.0, 40.0], [46.0, 40.0], [46.0, 41.0], [45.0, 41.0], [45.0, 40.0]]);
        let inner = json!([[45.4, 40.4], [45.42, 40.46], [45.48, 40.47], [45.5, 40.42], [45.45, 40.39], [45.4, 40.4]]);
        stated(feature("A", "Polygon", if hole { json!([shell, inner]) } else { json!([shell]) }))
    };
    let inner = json!([[[45.4, 40.4], [45.45, 40.39], [45.5, 40.42], [45.48, 40.47], [45.42, 40.46], [45.4, 40.4]]]);
    let enclave = stated(feature("B", "Polygon", inner));
    let before = folder.file("before.geojson", &[host(true), enclave]);
    let after = folder.file("after.geojson", &[host(false), stated(rectangle("B", 48.0, 40.0, 48.1, 40.1))]);
    let rows = answer(&["enclaves", &before, "--axes", "xy"]);
    let row = rows["results"].as_array().expect("rows").iter().find(|row| row["kind"] == "enclave").expect("one");
    let ledger = answer(&["ledger", &before, &after, "--axes", "xy"]);
    let pieces = ledger["results"]["pieces"].as_array().expect("pieces");
    let piece = pieces.iter().find(|piece| piece["from"] == "B" && piece["to"] == "A").expect("the enclave passes");
    let (own, passing) = (number(&row["area_error_km2"]), number(&piece["area_error_m2"]) / 1e6);
    assert!((own / passing - 1.0).abs() < 1e-3, "{own} {passing}");
}

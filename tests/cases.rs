//! Invalid and adversarial inputs of `../shared/data/cases/badgeojson`: each is refused, warned about or answered as
//! its index states; where the index has an area or a length, the answer must match.

use crate::support::shared::shared;
use assert_cmd::Command;
use serde_json::Value;
use std::path::{Path, PathBuf};

/// A row of the index.
struct Case {
    file: String,
    path: PathBuf,
    expect: String,
    is_route: bool,
    /// Area in m² or length in m with straight lon/lat edges, and with geodesic edges.
    area_m2: [Option<f64>; 2],
    length_m: [Option<f64>; 2],
}

/// Output of the program.
struct Said {
    code: Option<i32>,
    out: String,
    err: String,
}

fn cases() -> Option<(PathBuf, Vec<Case>)> {
    let folder = shared("cases/badgeojson")?;
    let mut reader = csv::Reader::from_path(folder.join("index.csv")).expect("the index is there");
    let headings = reader.headers().expect("the index has headings").clone();
    let cases = reader.records().map(|row| {
        let row = row.expect("the index is CSV");
        let cell = |name: &str| {
            let at = headings.iter().position(|h| h == name).unwrap_or_else(|| panic!("no column {name}"));
            row[at].to_owned()
        };
        let number = |name: &str| cell(name).parse::<f64>().ok();
        Case {
            path: folder.join(cell("file")),
            file: cell("file"),
            expect: cell("expect"),
            is_route: cell("role") == "route",
            area_m2: [number("area_m2_lonlat_edges"), number("area_m2_geodesic_edges")],
            length_m: [number("length_m_lonlat_curve"), number("length_m_geodesic_vertices")],
        }
    });
    Some((folder.clone(), cases.collect()))
}

fn run(arguments: &[&str]) -> Said {
    let output = Command::cargo_bin("merestone")
        .expect("the program is built")
        .args(arguments)
        .timeout(std::time::Duration::from_secs(60))
        .output()
        .expect("it runs");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    Said { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
}

/// The commands that run on a case.
fn commands<'a>(case: &'a Case, square: &'a str) -> Vec<Vec<&'a str>> {
    let path = case.path.to_str().expect("UTF-8");
    if case.is_route {
        vec![vec!["route", path, "--territories", square]]
    } else {
        vec![vec!["borders", path], vec!["enclaves", path]]
    }
}

/// Cases with a rule different from the index: a declared `crs` is applied with a named operation, and UTF-16 is read
/// with a warning.
const OTHER_RULE: [(&str, &str); 5] = [
    ("03_utf16be_bom.geojson", "warn"),
    ("03_utf16le_nobom.geojson", "warn"),
    ("07_crs_epsg28408_metres.geojson", "accept"),
    ("07_crs_epsg3395_metres.geojson", "accept"),
    ("07_crs_epsg3857_metres.geojson", "accept"),
];

fn judge(case: &Case, said: &Said) -> Result<(), String> {
    let warned = said.err.lines().any(|line| line.starts_with("warning: "));
    let other = OTHER_RULE.iter().find(|(file, _)| *file == case.file).map(|(_, expect)| *expect);
    match (other.unwrap_or(case.expect.as_str()), said.code) {
        (_, Some(2)) if case.expect != "accept" && other.is_none() => refused(&case.file, said),
        ("accept", Some(0)) => Ok(()),
        ("warn" | "either", Some(0)) if warned => Ok(()),
        ("warn" | "either", Some(0)) => Err("answered without a warning".into()),
        (expect, code) => Err(format!("expected {expect}, ended with {code:?}: {}", said.err)),
    }
}

/// Asserts one `error:` line that names the file, a `hint:` line, and no result.
fn refused(file: &str, said: &Said) -> Result<(), String> {
    let lines: Vec<&str> = said.err.lines().collect();
    let errors: Vec<_> = lines.iter().filter(|line| line.starts_with("error: ")).collect();
    match errors.as_slice() {
        [error] if !error.contains(file) => Err(format!("the error does not name the file: {error}")),
        [_] if !lines.iter().any(|line| line.starts_with("hint: ") && line.len() > 10) => Err("no hint".into()),
        [_] if !said.out.is_empty() => Err("something on standard output".into()),
        [_] => Ok(()),
        _ => Err(format!("not one error line: {}", said.err)),
    }
}

#[test]
fn each_is_refused_warned_of_or_answered() {
    let Some((folder, cases)) = cases() else { return };
    let square = folder.join("00_control_square.geojson").display().to_string();
    let mut wrong = Vec::new();
    for case in &cases {
        for command in commands(case, &square) {
            if let Err(why) = judge(case, &run(&command)) {
                wrong.push(format!("{} {}: {why}", command[0], case.file));
            }
        }
    }
    assert!(cases.len() > 100, "the index has {} rows", cases.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn areas_and_lengths_are_those_of_the_index() {
    let Some((folder, cases)) = cases() else { return };
    let square = folder.join("00_control_square.geojson").display().to_string();
    let (mut wrong, mut compared) = (Vec::new(), 0);
    for case in &cases {
        // The index has GeographicLib's geodesic figures; ours use a chain within 1 mm of each edge.
        for (edges, which, tolerance) in [("lonlat", 0, 1e-9), ("geodesic", 1, 1e-7)] {
            let (expected, field) = match (case.area_m2[which], case.length_m[which]) {
                (Some(area_m2), _) => (area_m2, "area_km2"),
                (_, Some(length_m)) => (length_m, "length_m"),
                _ => continue,
            };
            let mut command = commands(case, &square).pop().expect("there is one");
            command.extend(["--format", "json", "--quiet", "--edges", edges]);
            let said = run(&command);
            // Refusal of an optional case was checked above.
            if case.expect != "accept" && said.code == Some(2) {
                continue;
            }
            let answer: Value =
                serde_json::from_str(&said.out).unwrap_or_else(|_| panic!("{}: {}", case.file, said.err));
            let rows = answer["results"].as_array().expect("there are results");
            let unit = if field == "area_km2" { 1e6 } else { 1.0 };
            let found: f64 = rows.iter().map(|row| row[field].as_f64().expect("a number") * unit).sum();
            compared += 1;
            if (found - expected).abs() > tolerance * expected {
                wrong.push(format!("{} ({edges}): {found} instead of {expected}", case.file));
            }
        }
    }
    assert!(compared > 50, "only {compared} figures");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The results of a question on a case, as JSON.
fn answer(folder: &Path, arguments: &[&str], file: &str) -> Value {
    let path = folder.join(file).display().to_string();
    let said = run(&[&[arguments[0], path.as_str()], &arguments[1..], &["--format", "json"]].concat());
    serde_json::from_str(&said.out).unwrap_or_else(|error| panic!("{file}: {error}: {}", said.err))
}

#[test]
fn shared_edges_and_contacts_match_the_case_notes() {
    let Some(folder) = shared("cases/badgeojson") else { return };
    // 13_t_junction: A meets B from 39° to 39.5° and C from 39.5° to 40° along 46° E, without a vertex between.
    let rows = answer(&folder, &["borders"], "13_t_junction.geojson")["results"].clone();
    let length_m = |a: &str, b: &str| {
        let row = rows.as_array().expect("rows").iter().find(|row| row["a"] == a && row["b"] == b);
        row.unwrap_or_else(|| panic!("{a} and {b} touch"))["length_m"].as_f64().expect("a number")
    };
    // Half a degree of the meridian from 39° and from 39.5° N: PROJ 9.5.1 (`Geod.inv`), 0.01 m for its T-junction.
    assert!((length_m("A", "B") - 55_510.129).abs() < 0.01, "{}", length_m("A", "B"));
    assert!((length_m("A", "C") - 55_514.917).abs() < 0.01, "{}", length_m("A", "C"));
    // 13_corner_only: contact in a point only.
    let rows = answer(&folder, &["borders"], "13_corner_only.geojson")["results"].clone();
    assert_eq!(rows[0]["length_m"], 0.0);
    assert_eq!(rows[0]["points"].as_array().expect("points").len(), 1);
    // 13_counter_enclave: A inside B inside A; the border is both rings.
    let rows = answer(&folder, &["borders"], "13_counter_enclave.geojson")["results"].clone();
    let rings = rows[0]["components"].as_array().expect("components").iter().filter(|c| c["ring"] == true).count();
    assert_eq!(rings, 2);
    let rows = answer(&folder, &["enclaves"], "13_counter_enclave.geojson")["results"].clone();
    let orders: Vec<_> = rows.as_array().expect("rows").iter().filter_map(|row| row["order"].as_u64()).collect();
    assert!(orders.contains(&1) && orders.contains(&2), "{orders:?}");
    // 12_route_touch_vertex: nothing inside. 12_route_along_border: 39° to 40° N counts as inside.
    let square = folder.join("00_control_square.geojson").display().to_string();
    let inside_m = |file: &str| {
        let rows = answer(&folder, &["route", "--territories", &square], file)["results"].clone();
        let parts = rows[0]["parts"].as_array().expect("parts").clone();
        parts.iter().map(|part| part["length_m"].as_f64().expect("a number")).sum::<f64>()
    };
    assert_eq!(inside_m("12_route_touch_vertex.geojson"), 0.0);
    assert!((inside_m("12_route_along_border.geojson") - 111_025.046).abs() < 0.01);
}

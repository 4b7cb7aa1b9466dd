//! Documents that are JSON and cannot be read: nested too deep, or with a coordinate out of range.

use super::check;
use std::process::Command;

/// The error of `info` and the finding of `check`.
fn both(name: &str, text: &str) -> (String, serde_json::Value) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join(name).display().to_string();
    std::fs::write(&path, text).expect("it can be written");
    let mut info = Command::new(env!("CARGO_BIN_EXE_merestone"));
    let output = info.args(["info", &path]).output().expect("it starts");
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    let (status, findings) = check(&[&path, "--no-reference"], None);
    assert!(status != 0 && findings.len() == 1, "{findings:?}");
    (said, findings[0].clone())
}

#[test]
fn foreign_json_that_is_refused_is_not_called_geojson() {
    let nested = |open: &str, close: &str| format!("{}{}", open.repeat(200), close.repeat(200));
    let collections = nested(r#"{"type": "GeometryCollection", "geometries": ["#, "]}");
    let esri = |x: &str, more: &str| {
        format!(
            r#"{{"geometryType": "esriGeometryPoint", "features": [{{"attributes": {{"a": {more}}}, "geometry": {{"x": {x}, "y": 1}}}}]}}"#
        )
    };
    let deep = [
        ("deep.topojson", format!(r#"{{"type": "Topology", "arcs": [], "objects": {{"a": {collections}}}}}"#)),
        ("deep.json", esri("1", &nested("[", "]"))),
    ];
    for (name, text) in &deep {
        let (said, finding) = both(name, text);
        assert!(said.contains("nested deeper than 127 levels") && said.contains("--max-depth"), "{name}: {said}");
        assert_eq!(
            (finding["code"].as_str(), finding["severity"].as_str()),
            (Some("nesting"), Some("error")),
            "{finding}"
        );
    }
    let arcs = |x: &str| {
        format!(
            r#"{{"type": "Topology", "arcs": [[[1, 1], [{x}, 2]]], "objects": {{"a": {{"type": "LineString", "arcs": [0]}}}}}}"#
        )
    };
    let line = r#"{"type": "Feature", "properties": {}, "geometry": {"type": "LineString", "coordinates": [[1, 1], [1e400, 2]]}}"#;
    for (name, text, pointer) in [
        ("far.topojson", arcs("1e400"), "/arcs/0/1/0"),
        ("far.json", esri("-1e400", "1"), "/features/0/geometry/x"),
        ("far.geojson", line.to_owned(), "/geometry/coordinates/1/0"),
    ] {
        let (said, finding) = both(name, &text);
        assert!(said.contains("a coordinate is not a finite number") && said.contains(pointer), "{name}: {said}");
        assert!(!said.contains("not GeoJSON"), "{said}");
        assert_eq!(
            (finding["code"].as_str(), finding["pointer"].as_str()),
            (Some("not-finite"), Some(pointer)),
            "{finding}"
        );
    }
    // A number of properties is no coordinate.
    let (said, _) = both("population.json", &esri("1", "1e400"));
    assert!(said.contains("number out of range") && !said.contains("coordinate"), "{said}");
}

#[test]
fn a_system_without_a_name_has_a_hint_that_can_be_followed() {
    let text = r#"{"type": "FeatureCollection", "crs": {"type": "link", "properties": {"href": "http://example.com/crs", "type": "proj4"}},
        "features": [{"type": "Feature", "properties": {}, "geometry": {"type": "Point", "coordinates": [1, 1]}}]}"#;
    let (said, _) = both("link.geojson", text);
    assert!(said.contains("--from EPSG:CODE") && !said.contains("--from without a name"), "{said}");
}

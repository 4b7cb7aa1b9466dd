//! GeoParquet as GeoPandas writes it (`tests/formats/geoparquet.py`): the same answers as from GeoJSON, or one clear error.

use super::{read, refused, run};
use merestone::io::{Dataset, ReadOptions, Reference};
use serde_json::{Value, json};
use std::path::Path;

fn formats() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/formats"))
}

fn file(name: &str) -> Vec<u8> {
    std::fs::read(formats().join(name)).expect("a file of the project")
}

#[test]
fn borders_of_every_encoding_are_those_of_geojson() {
    // The meridian arc from 45° to 45.1° N, by GeographicLib's meridian distance.
    const BORDER_M: f64 = 11_113.2;
    for name in ["wkb.parquet", "covering.parquet", "geoarrow.parquet", "utm.parquet"] {
        let (out, _) = run(formats(), &["borders", name, "--json"]);
        let answer: Value = serde_json::from_str(&out).expect("it is JSON");
        let row = &answer["results"][0];
        assert_eq!((&row["a"], &row["b"]), (&json!("e"), &json!("w")), "{name}: {row}");
        assert!((row["length_m"].as_f64().expect("metres") - BORDER_M).abs() < 0.1, "{name}: {row}");
    }
}

#[test]
fn columns_are_properties_and_the_covering_is_none() {
    let folder = tempfile::tempdir().expect("a folder");
    for name in ["wkb.parquet", "covering.parquet"] {
        let path = formats().join(name).display().to_string();
        let out = format!("{name}.geojson");
        run(folder.path(), &["convert", &path, "-o", &out]);
        let out = read(folder.path(), &out);
        let of = |feature: usize| out["features"][feature]["properties"].clone();
        let expected = json!({"id": "w", "count": 7, "share": 0.1, "seen": "2021-02-03T04:05:06", "flag": true,
            "kind": "state", "notes": ["a", "b"]});
        assert_eq!(of(0), expected, "{name}");
        assert_eq!((&of(1)["count"], &of(1)["seen"], &of(1)["notes"]), (&Value::Null, &Value::Null, &Value::Null));
        assert_eq!(out["features"][1]["geometry"]["type"], "Polygon");
    }
}

#[test]
fn an_unknown_system_is_asked_for() {
    let error = refused(formats(), &["borders", "no-system.parquet"]);
    assert!(error.contains("no-system.parquet: states that the coordinate reference system"), "{error}");
    assert!(error.contains("--from EPSG:4326"), "{error}");
    let (out, _) = run(formats(), &["borders", "no-system.parquet", "--from", "EPSG:4326", "--json"]);
    assert!(out.contains("\"length_m\": 11113.2"), "{out}");
}

#[test]
fn what_is_not_geoparquet_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let put = |name: &str, bytes: &[u8]| std::fs::write(folder.path().join(name), bytes).expect("it is written");
    let whole = file("wkb.parquet");
    put("half.parquet", &whole[..whole.len() / 2]);
    put("table.parquet", &file("table.parquet"));
    // The metadata of the file are behind the data: the length of the footer, then "PAR1".
    let mut footer = whole.clone();
    let end = footer.len();
    footer[end - 8..end - 4].copy_from_slice(&u32::MAX.to_le_bytes());
    put("footer.parquet", &footer);
    for (name, reason) in
        [("half.parquet", "footer"), ("footer.parquet", ""), ("table.parquet", "its columns are id, n")]
    {
        let error = refused(folder.path(), &["info", name]);
        assert!(
            error.contains(&format!("{name}: is no GeoParquet that is read: ")) && error.contains(reason),
            "{error}"
        );
    }
}

/// Bytes changed here and there: an error or an answer, in bounded memory.
#[test]
fn damaged_files_do_not_panic() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("damaged.parquet");
    let mut state = 1_u64;
    let mut next = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    for name in ["wkb.parquet", "covering.parquet", "geoarrow.parquet", "no-system.parquet"] {
        for _ in 0..60 {
            let mut bytes = file(name);
            for _ in 0..=next(12) {
                let at = 4 + next(bytes.len() - 8);
                bytes[at] = next(256) as u8;
            }
            std::fs::write(&path, &bytes).expect("it is written");
            let reference = Reference::File { path: path.display().to_string(), fragment: None };
            _ = Dataset::embedded().select_any(&reference, &ReadOptions::default());
        }
    }
}

#[test]
fn what_is_written_comes_back_with_its_boxes() {
    const LAYER: &str = r#"{"type": "FeatureCollection", "features": [
        {"type": "Feature", "id": 7, "properties": {"name": "Ə ա", "n": 3, "x": 0.5, "is": true, "list": [1, "b"], "bbox": "own"},
         "geometry": {"type": "MultiPolygon", "coordinates": [[[[20,45],[21,45],[21,46],[20,46],[20,45]]], [[[22,45],[23,45],[23,46],[22,45]]]]}},
        {"type": "Feature", "properties": {"name": null}, "geometry": {"type": "LineString", "coordinates": [[20,45,7],[21,47,8.5]]}},
        {"type": "Feature", "properties": {}, "geometry": null}]}"#;
    let (folder, _) = super::folder_with("layer.geojson", LAYER);
    let (_, said) = run(folder.path(), &["convert", "layer.geojson", "-o", "layer.parquet"]);
    assert!(said.contains("field bbox is called bbox_field") && said.contains("as JSON text"), "{said}");
    run(folder.path(), &["convert", "layer.geojson", "-o", "again.parquet"]);
    let bytes = |name: &str| std::fs::read(folder.path().join(name)).expect("it is written");
    assert_eq!(bytes("layer.parquet"), bytes("again.parquet"));
    run(folder.path(), &["convert", "layer.parquet", "-o", "back.geojson"]);
    let (given, back) = (read(folder.path(), "layer.geojson"), read(folder.path(), "back.geojson"));
    for feature in 0..3 {
        let of = |document: &Value| document["features"][feature]["geometry"].to_string().replace(".0", "");
        assert_eq!(of(&back), of(&given));
    }
    let properties = &back["features"][0]["properties"];
    let expected =
        json!({"id": 7, "name": "Ə ա", "n": 3, "x": 0.5, "is": true, "list": "[1,\"b\"]", "bbox_field": "own"});
    assert_eq!(*properties, expected);
    // Only longitude and latitude on WGS 84, which need no description of the system.
    let error = refused(folder.path(), &["convert", "layer.geojson", "--to", "EPSG:32634", "-o", "utm.parquet"]);
    assert!(error.contains("GeoParquet"), "{error}");
    assert!(!folder.path().join("utm.parquet").exists());
}

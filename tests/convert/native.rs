//! Formats of every build: GeoJSON, GeoJSON sequences, CSV.

use super::{collection, first, folder_with, read, refused, run};

#[test]
fn sequences_and_tables_keep_names_and_shapes() {
    let kinds = ["Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon"];
    let (folder, _) = folder_with("in.geojson", &collection(&kinds));
    let before = read(folder.path(), "in.geojson");
    for file in ["out.geojsonl", "out.csv", "again.geojson"] {
        run(folder.path(), &["convert", "in.geojson", file, "--quiet"]);
        run(folder.path(), &["convert", file, "back.geojson", "--quiet"]);
        let after = read(folder.path(), "back.geojson");
        for (a, b) in
            before["features"].as_array().expect("list").iter().zip(after["features"].as_array().expect("list"))
        {
            assert_eq!(a["geometry"], b["geometry"], "{file}");
            assert_eq!(a["properties"], b["properties"], "{file}");
        }
    }
    let gz = flate2(&std::fs::read(folder.path().join("in.geojson")).expect("read"));
    std::fs::write(folder.path().join("in.geojson.gz"), gz).expect("written");
    run(folder.path(), &["convert", "in.geojson.gz", "unpacked.geojsonl", "--quiet"]);
    let (a, b) = ("out.geojsonl", "unpacked.geojsonl");
    assert_eq!(std::fs::read(folder.path().join(a)).expect(a), std::fs::read(folder.path().join(b)).expect(b));
}

/// Bytes as stored (uncompressed) gzip.
fn flate2(bytes: &[u8]) -> Vec<u8> {
    let mut gzip = std::process::Command::new("gzip")
        .arg("-c")
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .spawn()
        .expect("gzip is on every system that builds this");
    let mut stdin = gzip.stdin.take().expect("piped");
    let bytes = bytes.to_vec();
    std::thread::spawn(move || std::io::Write::write_all(&mut stdin, &bytes));
    gzip.wait_with_output().expect("it ends").stdout
}

#[test]
fn tables_of_columns_become_points() {
    let text = "№;name;easting;northing;height\n1;Մեղրի;8607949.305;4308492.539;612.5\n007;Mehri;8607950;4308500;\n";
    let (folder, _) = folder_with("points.csv", text);
    run(folder.path(), &["convert", "points.csv", "out.geojson", "--from", "EPSG:28408", "--quiet"]);
    let out = read(folder.path(), "out.geojson");
    let at = first(&out);
    assert!((at[0] - 46.2432158591).abs() < 1e-8 && at[2] == 612.5, "{at:?}");
    let properties = &out["features"][1]["properties"];
    assert_eq!((&properties["№"], &properties["name"]), (&"007".into(), &"Mehri".into()));
    assert_eq!(out["features"][1]["geometry"]["coordinates"].as_array().map(Vec::len), Some(2));
}

#[test]
fn invalid_tables_are_refused() {
    for (text, word) in [
        ("a,b\n1,2\n", "its columns are a, b"),
        ("lon,lat\n45,forty\n", "\"forty\" is no coordinate"),
        ("WKT\nPOINT (45)\n", "well-known text"),
        ("lon,lat\n45,40,7\n", "record 1"),
        ("lon,lat\n40,145\n", "axes swapped"),
        ("lon,lat\n8607949,4308492\n", "projected (metres)"),
        ("", "is empty"),
    ] {
        let (folder, _) = folder_with("in.csv", text);
        let error = refused(folder.path(), &["convert", "in.csv", "out.geojson"]);
        assert!(error.contains(word), "{word} in {error}");
        assert!(!folder.path().join("out.geojson").exists());
    }
}

#[test]
fn invalid_geometries_are_refused_by_feature() {
    for (geometry, word) in [
        (r#"{"type":"Point","coordinates":[45]}"#, "two numbers or more"),
        (r#"{"type":"LineString","coordinates":[[45,40]]}"#, "two positions or more"),
        (r#"{"type":"Polygon","coordinates":[[[45,40],[46,40],[46,41],[45,41]]]}"#, "not closed"),
        (r#"{"type":"Circle","coordinates":[45,40]}"#, "no type of geometry"),
        (r#"{"type":"Point","coordinates":["45",40]}"#, "not a finite number"),
    ] {
        let text = format!(r#"{{"type":"Feature","id":"x","properties":{{}},"geometry":{geometry}}}"#);
        let (folder, _) = folder_with("in.geojson", &text);
        let error = refused(folder.path(), &["convert", "in.geojson", "out.geojson"]);
        assert!(error.contains("feature 0 (x)") && error.contains(word), "{word} in {error}");
    }
}

#[test]
fn rings_are_turned_by_the_right_hand_rule_and_heights_stay() {
    let ring = "[[45,40,1],[45,41,2],[46,41,3],[45,40,1]]";
    let text = format!(r#"{{"type":"Polygon","coordinates":[{ring}]}}"#);
    let (folder, _) = folder_with("in.geojson", &text);
    run(folder.path(), &["convert", "in.geojson", "out.geojson", "--quiet"]);
    let out = read(folder.path(), "out.geojson");
    let expected = serde_json::json!([[[45, 40, 1], [46, 41, 3], [45, 41, 2], [45, 40, 1]]]);
    let numbers = |value: &serde_json::Value| value.to_string().replace(".0", "");
    assert_eq!(numbers(&out["features"][0]["geometry"]["coordinates"]), numbers(&expected));
}

#[test]
fn projected_coordinates_are_not_written_to_geojson() {
    let (folder, _) = folder_with("in.geojson", &collection(&["Point"]));
    let error = refused(folder.path(), &["convert", "in.geojson", "out.geojson", "--to", "EPSG:28408"]);
    assert!(error.contains("WGS 84 longitude and latitude only") && error.contains(".gpkg"), "{error}");
    run(folder.path(), &["convert", "in.geojson", "out.csv", "--to", "EPSG:28408", "--quiet"]);
    let text = std::fs::read_to_string(folder.path().join("out.csv")).expect("read");
    assert!(text.starts_with("easting,northing,id,"), "{text}");
    run(folder.path(), &["convert", "out.csv", "back.geojson", "--from", "EPSG:28408", "--quiet"]);
    let back = first(&read(folder.path(), "back.geojson"));
    // The round trip with small-angle rotations: 1 mm is 1e-8°.
    assert!((back[0] - 45.1234567891).abs() < 1e-8 && (back[1] - 40.5).abs() < 1e-8, "{back:?}");
}

#[cfg(not(feature = "gdal"))]
#[test]
fn formats_that_need_gdal_are_refused_without_it() {
    let (folder, _) = folder_with("in.geojson", &collection(&["Point"]));
    let error = refused(folder.path(), &["convert", "in.geojson", "out.gpkg"]);
    assert!(error.contains("out.gpkg: a GeoPackage is written through GDAL"), "{error}");
}

#[cfg(feature = "dataset")]
#[test]
fn an_embedded_raster_is_said_to_be_one() {
    let folder = tempfile::tempdir().expect("a folder");
    let error = refused(folder.path(), &["convert", "relief", "relief.gpkg"]);
    assert!(error.contains("relief is an embedded raster of heights"), "{error}");
    assert!(error.contains("convert --list") && error.contains("merestone info relief"), "{error}");
    assert!(!folder.path().join("relief.gpkg").exists());
}

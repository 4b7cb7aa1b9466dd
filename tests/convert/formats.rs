//! OGR formats: round trips, reproducible bytes, limits of each; verified with GDAL.

use super::{collection, first, folder_with, read, refused, run};
use gdal::vector::LayerAccess;
use serde_json::Value;

const ALL: [&str; 6] = ["Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon"];

/// Converts into a format and back; returns both documents and the reported losses.
fn there_and_back(kinds: &[&str], file: &str) -> (Value, Value, String) {
    let (folder, _) = folder_with("in.geojson", &collection(kinds));
    let (_, losses) = run(folder.path(), &["convert", "in.geojson", file]);
    run(folder.path(), &["convert", file, "back.geojson", "--quiet"]);
    (read(folder.path(), "in.geojson"), read(folder.path(), "back.geojson"), losses)
}

/// Asserts equal geometries: type, up to multi, and positions to 1e-9°.
#[track_caller]
fn same_geometry(a: &Value, b: &Value, file: &str) {
    let plain = |g: &Value| g["type"].as_str().expect("a type").trim_start_matches("Multi").to_owned();
    let (a, b) = (&a["geometry"], &b["geometry"]);
    assert_eq!(plain(a), plain(b), "{file}");
    let numbers = |g: &Value| {
        let mut out = Vec::new();
        gather(&g["coordinates"], &mut out);
        out
    };
    // Rings may differ in start and orientation, not in vertices.
    let (mut a, mut b) = (numbers(a), numbers(b));
    for list in [&mut a, &mut b] {
        list.sort_by(|p, q| p.partial_cmp(q).expect("numbers"));
    }
    assert_eq!(a.len(), b.len(), "{file}");
    for (p, q) in a.iter().zip(&b) {
        assert!((p.0 - q.0).abs() < 1e-9 && (p.1 - q.1).abs() < 1e-9, "{file}: {p:?} {q:?}");
    }
}

fn gather(value: &Value, out: &mut Vec<(f64, f64)>) {
    match value.as_array() {
        Some(items) if items.first().is_some_and(Value::is_number) => {
            out.push((items[0].as_f64().expect("x"), items[1].as_f64().expect("y")));
        }
        Some(items) => items.iter().for_each(|item| gather(item, out)),
        None => panic!("no coordinates: {value}"),
    }
}

fn features(document: &Value) -> &Vec<Value> {
    document["features"].as_array().expect("features")
}

#[test]
fn geopackage_keeps_everything() {
    let (before, after, losses) = there_and_back(&ALL, "out.gpkg");
    assert!(!losses.contains("loss:"), "{losses}");
    assert_eq!(features(&after).len(), ALL.len());
    for (a, b) in features(&before).iter().zip(features(&after)) {
        same_geometry(a, b, "out.gpkg");
        assert_eq!(a["geometry"]["type"], b["geometry"]["type"]);
        assert_eq!(a["properties"], b["properties"]);
    }
}

#[test]
fn flatgeobuf_keeps_all_but_the_order() {
    let (before, after, losses) = there_and_back(&ALL, "out.fgb");
    assert!(losses.contains("spatial index"), "{losses}");
    for a in features(&before) {
        let b = features(&after).iter().find(|b| b["properties"]["id"] == a["properties"]["id"]).expect("it is there");
        same_geometry(a, b, "out.fgb");
        for key in ["name", "count", "share"] {
            assert_eq!(a["properties"][key], b["properties"][key]);
        }
    }
}

#[test]
fn shapefiles_keep_names_and_parts_of_one_kind() {
    for kinds in [&ALL[..1], &ALL[1..2], &ALL[2..4], &ALL[4..]] {
        let (before, after, _) = there_and_back(kinds, "out.shp");
        for (a, b) in features(&before).iter().zip(features(&after)) {
            same_geometry(a, b, "out.shp");
            for key in ["id", "name", "count", "share", "none"] {
                assert_eq!(a["properties"][key], b["properties"][key], "{key}");
            }
        }
    }
}

#[test]
fn kml_and_gpx_keep_names_and_positions() {
    let (before, after, _) = there_and_back(&ALL, "out.kml");
    for (a, b) in features(&before).iter().zip(features(&after)) {
        same_geometry(a, b, "out.kml");
        for key in ["id", "name", "count", "share"] {
            assert_eq!(a["properties"][key], b["properties"][key]);
        }
    }
    for kinds in [&["Point"][..], &["LineString", "MultiLineString"]] {
        let (before, after, losses) = there_and_back(kinds, "out.gpx");
        assert!(losses.contains("extensions"), "{losses}");
        for (a, b) in features(&before).iter().zip(features(&after)) {
            same_geometry(a, b, "out.gpx");
            assert_eq!(a["properties"]["name"], b["properties"]["name"]);
            assert_eq!(a["properties"]["id"], b["properties"]["id"]);
        }
    }
    let (_, after, losses) = there_and_back(&["Polygon"], "out.gpx");
    assert!(losses.contains("1 features with polygons are written as tracks"), "{losses}");
    assert_eq!(after["features"][0]["geometry"]["type"], "MultiLineString");
}

#[test]
fn dxf_keeps_shapes_and_reports_lost_fields() {
    let (_, after, losses) = there_and_back(&["Point", "LineString"], "out.dxf");
    assert!(losses.contains("DXF holds no fields: id, name, count, share, none are left out"), "{losses}");
    assert!(losses.contains("does not say its coordinate reference system"), "{losses}");
    assert_eq!(features(&after).len(), 2);
    assert_eq!(first(&after)[..2], [45.1234567891, 40.5]);
}

#[test]
fn lossy_conversions_to_shapefile_are_reported_or_refused() {
    let long = "ա".repeat(200);
    let text = format!(
        r#"{{"type":"Feature","id":7,"geometry":{{"type":"Point","coordinates":[45,40,1250.5]}},"properties":
        {{"position_accuracy_m":5,"position_accuracy_km":6,"note":"{long}","flag":true,"names":{{"hy":"Մեղրի"}}}}}}"#
    );
    let (folder, _) = folder_with("in.geojson", &text);
    let (_, losses) = run(folder.path(), &["convert", "in.geojson", "out.shp"]);
    for loss in [
        "field position_accuracy_m is called position_a",
        "field position_accuracy_km is called position_2",
        "field note: 1 texts are cut at 254 bytes",
        "field flag: true and false are written as 1 and 0",
        "field names: lists and objects are written as JSON text",
    ] {
        assert!(losses.contains(loss), "{loss} in {losses}");
    }
    run(folder.path(), &["convert", "out.shp", "back.geojson", "--quiet"]);
    let back = read(folder.path(), "back.geojson");
    assert_eq!(first(&back), [45.0, 40.0, 1250.5]);
    let properties = &back["features"][0]["properties"];
    assert_eq!(properties["id"], 7);
    assert_eq!(properties["note"], "ա".repeat(127));
    assert_eq!(properties["names"]["hy"], "Մեղրի");

    let (folder, _) = folder_with("in.geojson", &collection(&ALL));
    let error = refused(folder.path(), &["convert", "in.geojson", "out.shp"]);
    assert!(error.contains("points and lines and polygons") && error.contains("--only"), "{error}");
    let left: Vec<_> = std::fs::read_dir(folder.path()).expect("the folder").flatten().collect();
    assert_eq!(left.len(), 1, "{left:?}");
    run(folder.path(), &["convert", "in.geojson", "out.shp", "--only", "lines", "--quiet"]);
    let names = ["out.cpg", "out.dbf", "out.prj", "out.shp", "out.shx"];
    assert!(names.iter().all(|name| folder.path().join(name).is_file()));
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let (folder, _) = folder_with("in.geojson", &collection(&ALL[..1]));
    for file in ["a.gpkg", "a.shp", "a.kml", "a.fgb", "a.gpx", "a.dxf"] {
        let bytes = || {
            run(folder.path(), &["convert", "in.geojson", file, "--quiet"]);
            let part = if file.ends_with("shp") { "a.dbf" } else { file };
            let bytes = std::fs::read(folder.path().join(part)).expect(part);
            std::fs::remove_file(folder.path().join(part)).expect("it can go");
            bytes
        };
        let one = bytes();
        // Whole seconds, to detect a written timestamp.
        std::thread::sleep(std::time::Duration::from_millis(1100));
        assert!(one == bytes(), "{file}");
    }
}

#[test]
fn gdal_reads_crs_and_fields_of_written_files() {
    let (folder, _) = folder_with("in.geojson", &collection(&["Polygon", "MultiPolygon"]));
    for file in ["out.gpkg", "out.shp", "out.fgb"] {
        run(folder.path(), &["convert", "in.geojson", file, "--to", "EPSG:28408", "--quiet"]);
        let dataset = gdal::Dataset::open(folder.path().join(file)).expect("GDAL opens it");
        let mut layer = dataset.layer(0).expect("a layer");
        let system = layer.spatial_ref().expect("a system");
        assert_eq!(system.auth_code().ok(), Some(28408), "{file}");
        assert_eq!(layer.feature_count(), 2);
        let envelope = layer.features().next().and_then(|f| f.geometry().map(|g| g.envelope())).expect("a shape");
        assert!(envelope.MinX > 8.4e6 && envelope.MaxX < 8.8e6 && envelope.MinY > 4.4e6, "{file}: {envelope:?}");
    }
}

#[test]
fn layers_are_chosen_by_name() {
    let (folder, _) = folder_with("in.geojson", &collection(&ALL[..4]));
    run(folder.path(), &["convert", "in.geojson", "both.gpx", "--quiet"]);
    let error = refused(folder.path(), &["convert", "both.gpx", "out.geojson"]);
    assert!(error.contains("waypoints, tracks") && error.contains("--layer"), "{error}");
    run(folder.path(), &["convert", "both.gpx", "out.geojson", "--layer", "tracks", "--quiet"]);
    assert_eq!(features(&read(folder.path(), "out.geojson")).len(), 2);
    let error = refused(folder.path(), &["convert", "both.gpx", "out.geojson", "--layer", "roads"]);
    assert!(error.contains("no layer \"roads\""), "{error}");
    run(folder.path(), &["convert", "both.gpx", "out.gpkg", "--quiet"]);
    let dataset = gdal::Dataset::open(folder.path().join("out.gpkg")).expect("GDAL opens it");
    assert!(dataset.layer_by_name("waypoints").is_ok() && dataset.layer_by_name("tracks").is_ok());
}

#[test]
fn openstreetmap_extracts_are_read_whole() {
    for file in ["364066", "364110", "28699"] {
        let Some(path) = crate::support::shared::shared(&format!("osm/{file}.osm.gz")) else { return };
        let folder = tempfile::tempdir().expect("a folder");
        let path = path.display().to_string();
        run(folder.path(), &["convert", &path, "out.gpkg", "--quiet"]);
        let dataset = gdal::Dataset::open(folder.path().join("out.gpkg")).expect("GDAL opens it");
        let count = |name: &str| dataset.layer_by_name(name).map_or(0, |layer| layer.feature_count());
        // OGR's own count in the file, layer by layer.
        let source = || gdal::Dataset::open(format!("/vsigzip/{path}")).expect("GDAL opens it");
        for (index, name) in ["points", "lines", "multilinestrings", "multipolygons"].iter().enumerate() {
            let found = source().layer(index).expect(name).features().count() as u64;
            // By default GDAL skips a point whose only tag is, for instance, `source`; merestone reads it.
            let whole = if *name == "points" { count(name) >= found } else { count(name) == found };
            assert!(whole, "{file} {name}: {} of {found}", count(name));
        }
        assert!(count("lines") > 100, "{file}: {} lines", count("lines"));
    }
}

#[test]
fn a_geopackage_keeps_booleans_and_json_as_such() {
    let text = r#"{"type":"FeatureCollection","features":[
        {"type":"Feature","geometry":{"type":"Point","coordinates":[45,40]},"properties":{"flag":true,"list":[1,"a"],
         "names":{"hy":"Մեղրի"},"mixed":[1],"fid":7,"geom":"g","o'clock \"x\"":false,"count":3,"share":0.5,"day":"x"}},
        {"type":"Feature","geometry":{"type":"Point","coordinates":[46,40]},"properties":{"flag":false,"list":null,
         "names":{},"mixed":"text","fid":8,"geom":"h","o'clock \"x\"":null,"count":null,"share":1.5,"day":"y"}}]}"#;
    let (folder, _) = folder_with("it's.geojson", text);
    let (_, losses) = run(folder.path(), &["convert", "it's.geojson", "it's.gpkg"]);
    assert!(!losses.contains("written as 1 and 0"), "{losses}");
    let dataset = gdal::Dataset::open(folder.path().join("it's.gpkg")).expect("GDAL opens it");
    let mut layer = dataset.layer(0).expect("a layer");
    assert_eq!(layer.name(), "it's");
    let flags: Vec<_> = layer.features().map(|feature| feature.field_as_integer(0).ok().flatten()).collect();
    assert_eq!(flags, [Some(1), Some(0)]);
    // The same file with fields of every name comes back.
    run(folder.path(), &["convert", "it's.gpkg", "back.geojson", "--quiet"]);
    let (before, after) = (read(folder.path(), "it's.geojson"), read(folder.path(), "back.geojson"));
    for (a, b) in features(&before).iter().zip(features(&after)) {
        for key in ["list", "names", "mixed", "fid", "geom", "count", "share", "day"] {
            assert_eq!(a["properties"][key], b["properties"][key], "{key}");
        }
    }
    let Ok(told) =
        std::process::Command::new("ogrinfo").args(["-so", "-al"]).arg(folder.path().join("it's.gpkg")).output()
    else {
        eprintln!("skipped: ogrinfo is not installed");
        return;
    };
    let told = String::from_utf8_lossy(&told.stdout).into_owned();
    for line in
        ["flag: Integer(Boolean)", r#"o'clock "x": Integer(Boolean)"#, "list: String(JSON)", "names: String(JSON)"]
    {
        assert!(told.contains(line), "{line} in {told}");
    }
    assert!(told.contains("mixed: String (0.0)") && told.contains("count: Integer64"), "{told}");
}

/// `ogrinfo`, if installed (`gdal-bin`); `tests/reference/geopandas_opens.py` uses GeoPandas.
#[test]
fn ogrinfo_opens_written_files() {
    let (folder, _) = folder_with("in.geojson", &collection(&["Point", "Point", "Point"]));
    for file in
        ["out.gpkg", "out.shp", "out.kml", "out.fgb", "out.gpx", "out.dxf", "out.geojson", "out.geojsonl", "out.csv"]
    {
        run(folder.path(), &["convert", "in.geojson", file, "--quiet"]);
        let Ok(out) = std::process::Command::new("ogrinfo").args(["-al", file]).current_dir(folder.path()).output()
        else {
            eprintln!("skipped: ogrinfo is not there");
            return;
        };
        let text = String::from_utf8_lossy(&out.stdout);
        assert!(out.status.success() && text.contains("Feature Count: 3"), "{file}: {text}");
        let named = ["Արծվաշեն", "Başkənd; Əskipara", "Башкенд, «Ёлка»"].iter().all(|name| text.contains(name));
        assert!(named || file == "out.dxf", "{file}: {text}");
        let knows = ["out.dxf", "out.csv"].contains(&file) || text.contains("WGS 84");
        assert!(knows, "{file}: {text}");
    }
}

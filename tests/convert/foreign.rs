//! Foreign formats that were once refused, or read with an unreported loss, in every command.

use super::{command, folder_with, read, refused, run};
use serde_json::{Value, json};
#[cfg(feature = "gdal")]
use std::path::Path;

/// Two adjacent squares of 0.1°, `w` and `e`: their border is the meridian arc from 45° to 45.1° N.
const SQUARES: &str = r#"{"type": "FeatureCollection", "features": [
    {"type": "Feature", "properties": {"id": "w"}, "geometry": {"type": "Polygon", "coordinates": [[[20,45],[20.1,45],[20.1,45.1],[20,45.1],[20,45]]]}},
    {"type": "Feature", "properties": {"id": "e"}, "geometry": {"type": "Polygon", "coordinates": [[[20.1,45],[20.2,45],[20.2,45.1],[20.1,45.1],[20.1,45]]]}}]}"#;

/// The length of that arc in kilometres, by GeographicLib's meridian distance.
const BORDER_M: &str = "11113.2";

/// The same squares in foreign formats.
pub fn in_other_formats() -> Vec<(&'static str, Vec<u8>)> {
    let (w, e) =
        ("POLYGON((20 45,20.1 45,20.1 45.1,20 45.1,20 45))", "POLYGON((20.1 45,20.2 45,20.2 45.1,20.1 45.1,20.1 45))");
    let topology = r#"{"type": "Topology", "transform": {"scale": [0.1, 0.1], "translate": [20, 45]}, "objects": {"states": {
        "type": "GeometryCollection", "geometries": [{"type": "Polygon", "id": "w", "arcs": [[0, 1]]},
        {"type": "Polygon", "id": "e", "arcs": [[-1, 2]]}]}},
        "arcs": [[[1, 0], [0, 1]], [[1, 1], [-1, 0], [0, -1], [1, 0]], [[1, 0], [1, 0], [0, 1], [-1, 0]]]}"#;
    let esri = r#"{"geometryType": "esriGeometryPolygon", "spatialReference": {"wkid": 4326}, "features": [
        {"attributes": {"id": "w"}, "geometry": {"rings": [[[20,45],[20,45.1],[20.1,45.1],[20.1,45],[20,45]]]}},
        {"attributes": {"id": "e"}, "geometry": {"rings": [[[20.1,45],[20.1,45.1],[20.2,45.1],[20.2,45],[20.1,45]]]}}]}"#;
    let utf16 = |big: bool| -> Vec<u8> {
        let units = format!("\u{feff}{SQUARES}");
        units.encode_utf16().flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
    };
    vec![
        ("plain.geojson", SQUARES.into()),
        ("geom.csv", format!("id,geom\nw,\"{w}\"\ne,\"{e}\"\n").into()),
        ("clipboard.tsv", format!("wkt_geom\tid\n{w}\tw\n{e}\te\n").into()),
        ("semicolons.csv", format!("id;shape\nw;\"SRID=4326;{w}\"\ne;\"SRID=4326;{e}\"\n").into()),
        ("table.txt", format!("id,the_geom\nw,\"{w}\"\ne,\"{e}\"\n").into()),
        ("states.topojson", topology.into()),
        ("topology.json", topology.into()),
        ("query.json", esri.into()),
        ("little.geojson", utf16(false)),
        ("big.geojson", utf16(true)),
        ("packed.zip", zip(&[("readme.txt", b"none"), ("folder/states.geojson", SQUARES.as_bytes())])),
    ]
}

/// An archive with stored (uncompressed) files.
pub fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let (mut out, mut list) = (Vec::new(), Vec::new());
    for (name, bytes) in files {
        let mut crc = flate2::Crc::new();
        crc.update(bytes);
        let size = (bytes.len() as u32).to_le_bytes();
        let start = (out.len() as u32).to_le_bytes();
        let about = [&[20, 0, 0, 0, 0, 0, 0, 0, 33, 40][..], &crc.sum().to_le_bytes(), &size, &size].concat();
        let length = (name.len() as u16).to_le_bytes();
        out.extend([b"PK\x03\x04", &about[..], &length, &[0, 0], name.as_bytes(), bytes].concat());
        let zeros = [0; 12];
        list.extend([b"PK\x01\x02\x14\x00", &about[..], &length, &zeros[..12], &start, name.as_bytes()].concat());
    }
    let (count, size, start) = (files.len() as u16, list.len() as u32, out.len() as u32);
    out.extend(&list);
    let counts = [count.to_le_bytes(), count.to_le_bytes()].concat();
    out.extend([&b"PK\x05\x06\0\0\0\0"[..], &counts, &size.to_le_bytes(), &start.to_le_bytes(), &[0, 0]].concat());
    out
}

fn written(files: &[(&str, Vec<u8>)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    files.iter().for_each(|(name, bytes)| std::fs::write(folder.path().join(name), bytes).expect("it is written"));
    folder
}

#[test]
fn every_command_reads_foreign_formats_like_geojson() {
    let files = in_other_formats();
    let folder = written(&files);
    for (name, _) in &files {
        let (answer, said) = run(folder.path(), &["borders", name, "--format", "csv"]);
        assert!(answer.contains(BORDER_M) && answer.contains("e,w"), "{name}: {answer}{said}");
        let (answer, _) = run(folder.path(), &["info", name, "--format", "csv", "-q"]);
        assert!(answer.lines().any(|line| line.starts_with("w,")), "{name}: {answer}");
        run(folder.path(), &["enclaves", name, "-q"]);
        run(folder.path(), &["convert", name, "out.geojson", "-q"]);
        let out = read(folder.path(), "out.geojson");
        assert_eq!(out["features"].as_array().map(Vec::len), Some(2), "{name}");
        run(folder.path(), &["map", "--layer", name, "-o", "plate.svg", "-q"]);
        let checked = command(folder.path(), &["check", name, "--format", "json", "-q"]).output().expect("it runs");
        let checked: Value = serde_json::from_slice(&checked.stdout).expect("it is JSON");
        let findings = checked["results"].as_array().expect("a list").clone();
        let expected = if name.ends_with("le.geojson") || name.starts_with("big") { 1 } else { 0 };
        assert_eq!(findings.len(), expected, "{name}: {findings:?}");
    }
}

#[test]
fn objects_of_a_topology_and_files_of_an_archive_are_layers() {
    let line = SQUARES.replace("\"w\"", "\"west\"");
    let archive = zip(&[("a.geojson", SQUARES.as_bytes()), ("b.geojson", line.as_bytes())]);
    let topology = json!({"type": "Topology", "arcs": [], "objects": {
        "towns": {"type": "Point", "coordinates": [20, 45], "properties": {"id": "t"}},
        "more": {"type": "MultiPoint", "coordinates": [[21, 45]], "properties": {"id": "m"}}}});
    let folder = written(&[("two.zip", archive), ("two.topojson", topology.to_string().into())]);
    let (_, said) = run(folder.path(), &["info", "two.zip"]);
    assert!(said.contains("holds 2 files (a, b); \"a\" is read"), "{said}");
    let (answer, _) = run(folder.path(), &["borders", "two.zip#b", "--format", "csv"]);
    assert!(answer.contains("e,west"), "{answer}");
    let (answer, said) = run(folder.path(), &["info", "two.topojson#more", "--format", "csv"]);
    assert!(answer.contains("\nm,") && !answer.contains("\nt,"), "{answer}{said}");
    let said = refused(folder.path(), &["info", "two.zip#c"]);
    assert!(said.contains("no layer \"c\"; it has a, b"), "{said}");
}

#[test]
fn declared_crs_of_geojson_is_honoured_and_named() {
    let (folder, _) = folder_with(
        "there.geojson",
        &SQUARES.replacen(
            '{',
            r#"{"crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::28404"}}, "#,
            1,
        ),
    );
    let said = refused(folder.path(), &["borders", "there.geojson"]);
    assert!(said.contains("looks like degrees"), "{said}");
    let metres = r#"{"type": "Point", "coordinates": [8607949.305, 4308492.539]}"#;
    let crs = r#""crs": {"type": "name", "properties": {"name": "EPSG:28408"}}"#;
    std::fs::write(folder.path().join("point.geojson"), metres.replacen('{', &format!("{{{crs}, "), 1))
        .expect("written");
    let (answer, _) = run(folder.path(), &["info", "point.geojson", "--format", "json"]);
    let answer: Value = serde_json::from_str(&answer).expect("it is JSON");
    let datum = &answer["inputs"][0]["datum"];
    assert!(datum["operation"].as_str().is_some_and(|text| text.starts_with("EPSG:15865")), "{datum}");
    // pyproj, EPSG:15865: 46.243216 E 38.902384 N.
    let west = answer["results"]["features"][0]["bounds"][0].as_f64().expect("a number");
    assert!((west - 46.243_216).abs() < 1e-6, "{west}");
    let (answer, _) = run(folder.path(), &["info", "point.geojson", "--format", "json", "--from", "EPSG:28408"]);
    assert!(answer.contains("46.2432"), "{answer}");
    for name in [
        "OGC:CRS84",
        "urn:ogc:def:crs:OGC:1.3:CRS84",
        "EPSG:4326",
        "urn:ogc:def:crs:EPSG::4326",
        "urn:ogc:def:crs:EPSG:6.6:4326",
        "http://www.opengis.net/def/crs/OGC/1.3/CRS84",
    ] {
        let text =
            SQUARES.replacen('{', &format!(r#"{{"crs": {{"type": "name", "properties": {{"name": "{name}"}}}}, "#), 1);
        std::fs::write(folder.path().join("same.geojson"), text).expect("written");
        let (answer, _) = run(folder.path(), &["borders", "same.geojson", "--format", "csv"]);
        assert!(answer.contains(BORDER_M), "{name}: {answer}");
    }
}

#[test]
fn geometry_beyond_180_keeps_its_area() {
    let fiji = |east: [f64; 2], west: f64| {
        let square = |id: &str, from: f64, to: f64| {
            json!({"type": "Feature", "properties": {"id": id}, "geometry": {"type": "Polygon",
                "coordinates": [[[from, -18], [to, -18], [to, -16], [from, -16], [from, -18]]]}})
        };
        json!({"type": "FeatureCollection", "features": [square("west", west, 180.0), square("east", east[0], east[1])]})
    };
    let folder = written(&[
        ("within.geojson", fiji([-180.0, -178.0], 178.0).to_string().into()),
        ("beyond.geojson", fiji([180.0, 182.0], 178.0).to_string().into()),
        ("hair.geojson", fiji([-180.000_000_000_000_06, -178.0], 178.0).to_string().into()),
        ("across.geojson", fiji([179.0, 182.0], 178.0).to_string().into()),
    ]);
    let km = |file: &str| run(folder.path(), &["borders", file, "--format", "csv", "-q"]).0;
    assert!(km("within.geojson").contains("221338."), "{}", km("within.geojson"));
    assert_eq!(km("within.geojson"), km("beyond.geojson"));
    assert_eq!(km("within.geojson"), km("hair.geojson"));
    let (_, said) = run(folder.path(), &["info", "beyond.geojson"]);
    assert!(said.contains("lies beyond ±180°"), "{said}");
    run(folder.path(), &["convert", "across.geojson", "out.geojson"]);
    let out = read(folder.path(), "out.geojson");
    let across = &out["features"][1]["geometry"];
    assert_eq!(
        (across["type"].as_str(), across["coordinates"].as_array().map(Vec::len)),
        (Some("MultiPolygon"), Some(2))
    );
    let (answer, _) = run(folder.path(), &["info", "across.geojson", "--format", "csv", "-q"]);
    let (again, _) = run(folder.path(), &["info", "out.geojson", "--format", "csv", "-q"]);
    assert_eq!(answer.replace("across.geojson", "out.geojson"), again);
}

#[test]
fn tables_with_dms_and_grid_coordinates_are_read() {
    let folder = written(&[
        ("commas.csv", b"Nr;X;Y\n1;5 540 123,45;5 430 234,10\n".to_vec()),
        ("plain.csv", b"Nr,X,Y\n1,5540123.45,5430234.10\n".to_vec()),
        ("three.csv", b"P,LATDEG,LATMIN,LATSEC,LONGDEG,LONGMIN,LONGSEC\n1,-31,20,15.5,168,12,30.25\n".to_vec()),
    ]);
    let convert = |file: &str| {
        run(folder.path(), &["convert", file, "out.geojson", "--from", "EPSG:28405", "--axes", "yx", "-q"]);
        super::first(&read(folder.path(), "out.geojson"))
    };
    assert_eq!(convert("commas.csv"), convert("plain.csv"));
    run(folder.path(), &["convert", "three.csv", "out.geojson", "-q"]);
    let at = super::first(&read(folder.path(), "out.geojson"));
    assert!(
        (at[0] - (168.0 + 12.0 / 60.0 + 30.25 / 3600.0)).abs() < 1e-12
            && (at[1] + 31.0 + 20.0 / 60.0 + 15.5 / 3600.0).abs() < 1e-12
    );
}

#[test]
fn unknown_format_gets_a_specific_hint() {
    let folder = written(&[
        ("land.parquet", b"PAR1\0\0\0\0PAR1".to_vec()),
        ("land.js", b"var land = {\"type\": \"FeatureCollection\", \"features\": []};".to_vec()),
        ("land.shp", b"<!DOCTYPE html><html></html>".to_vec()),
        ("none.zip", zip(&[("readme.txt", b"none")])),
        ("names.csv", b"id,name\n1,a\n".to_vec()),
        (
            "cp1251.geojson",
            [&b"{\"type\": \"FeatureCollection\", \"features\": [], \"name\": \""[..], b"\xcf\xf1\xea\xee\xe2", b"\"}"]
                .concat(),
        ),
    ]);
    for (file, hint) in
        [("land.js", "between the first {"), ("names.csv", "WKT"), ("cp1251.geojson", "--encoding CP1251")]
    {
        let said = refused(folder.path(), &["info", file]);
        assert!(said.contains(hint) && !said.contains("--allow-network"), "{file}: {said}");
    }
    if cfg!(feature = "gdal") {
        for (file, hint) in
            [("land.parquet", "Parquet"), ("land.shp", "download the file itself"), ("none.zip", "unpack")]
        {
            let said = refused(folder.path(), &["info", file]);
            assert!(said.contains(hint) && !said.contains("--allow-network"), "{file}: {said}");
        }
    }
}

#[test]
fn stated_encoding_of_geojson_and_tables_is_used() {
    let name = b"\xcf\xf1\xea\xee\xe2";
    let geojson = [
        &br#"{"type": "Feature", "geometry": {"type": "Point", "coordinates": [28, 57]}, "properties": {"name": ""#[..],
        name,
        b"\"}}",
    ]
    .concat();
    let table = [&b"lon,lat,name\n28,57,"[..], name, b"\n"].concat();
    let folder = written(&[("t.geojson", geojson), ("t.csv", table)]);
    for file in ["t.geojson", "t.csv"] {
        run(folder.path(), &["convert", file, "out.geojson", "--encoding", "CP1251", "-q"]);
        assert_eq!(read(folder.path(), "out.geojson")["features"][0]["properties"]["name"], "Псков", "{file}");
        assert!(refused(folder.path(), &["convert", file, "out.geojson"]).contains("--encoding"));
        let (answer, _) = run(folder.path(), &["info", file, "--encoding", "windows-1251", "--format", "csv", "-q"]);
        assert!(answer.contains("Псков"), "{answer}");
    }
    let said = command(folder.path(), &["info", "t.csv", "--encoding", "CP999"]).output().expect("it runs");
    assert!(String::from_utf8_lossy(&said.stderr).contains("no encoding that is known"));
}

#[cfg(feature = "gdal")]
mod by_gdal {
    use super::*;
    use gdal::DriverManager;
    use gdal::vector::{
        Feature, FieldDefn, Geometry, LayerAccess, LayerOptions, OGRFieldType, OGRwkbGeometryType as Wkb,
    };

    const NAMES: [&str; 2] = ["Ленинградская", "Псковская"];

    /// A table of points with Cyrillic names, as GDAL writes it.
    fn table(path: &Path, driver: &str, encoding: &str) {
        let driver = DriverManager::get_driver_by_name(driver).expect("GDAL has it");
        let mut dataset = driver.create_vector_only(path).expect("it can be written");
        let option = format!("ENCODING={encoding}");
        let srs = gdal::spatial_ref::SpatialRef::from_epsg(4326).expect("PROJ knows it");
        let options = LayerOptions { name: "t", srs: Some(&srs), ty: Wkb::wkbPoint, options: Some(&[&option]) };
        let layer = dataset.create_layer(options).expect("a layer");
        FieldDefn::new("name", OGRFieldType::OFTString).and_then(|field| field.add_to_layer(&layer)).expect("a field");
        for name in NAMES {
            let mut feature = Feature::new(layer.defn()).expect("a feature");
            feature.set_field_string(layer.defn().field_index("name").expect("it is there"), name).expect("a text");
            feature.set_geometry(Geometry::from_wkt("POINT (30 58)").expect("a point")).expect("it is one");
            feature.create(&layer).expect("it is written");
        }
        dataset.flush_cache().expect("it is written");
    }

    fn names(folder: &Path, arguments: &[&str]) -> (Vec<String>, String) {
        let (_, said) = run(folder, &[&["convert"], arguments].concat());
        let out = read(folder, "out.geojson");
        let names = out["features"].as_array().expect("a list").iter();
        (names.map(|f| f["properties"]["name"].as_str().expect("a text").to_owned()).collect(), said)
    }

    /// The same bytes, decoded as Latin-1.
    fn latin(name: &str) -> String {
        let byte = |c: char| char::from_u32(u32::from(c) - 0x410 + 0xc0).expect("a Cyrillic letter");
        name.chars().map(byte).collect()
    }

    #[test]
    fn cyrillic_in_shapefiles_is_preserved() {
        let (folder, _) = folder_with("none", "");
        let path = folder.path().join("t.shp");
        table(&path, "ESRI Shapefile", "CP1251");
        let (found, said) = names(folder.path(), &["t.shp", "out.geojson"]);
        assert!(found == NAMES && !said.contains("encoding"), "declared: {found:?} {said}");
        let dbf = std::fs::read(folder.path().join("t.dbf")).expect("it is there");
        // No declaration; the system encoding declared; UTF-8 declared, wrongly.
        for (language, cpg) in [(0, None), (87, None), (0, Some("UTF-8"))] {
            let mut bytes = dbf.clone();
            bytes[29] = language;
            std::fs::write(folder.path().join("t.dbf"), bytes).expect("it is written");
            match cpg {
                Some(cpg) => std::fs::write(folder.path().join("t.cpg"), cpg).expect("it is written"),
                None => drop(std::fs::remove_file(folder.path().join("t.cpg"))),
            }
            let (found, said) = names(folder.path(), &["t.shp", "out.geojson"]);
            assert_eq!(found, NAMES.map(latin), "{language} {cpg:?}");
            assert!(said.contains("--encoding CP1251"), "{said}");
            let (found, said) = names(folder.path(), &["t.shp", "out.geojson", "--encoding", "CP1251"]);
            assert!(found == NAMES && !said.contains("encoding"), "{found:?} {said}");
            let (_, said) = run(folder.path(), &["info", "t.shp"]);
            assert!(said.contains("--encoding CP1251"), "{said}");
            let (answer, _) =
                run(folder.path(), &["info", "t.shp", "--id-field", "name", "--encoding", "cp1251", "-q"]);
            assert!(answer.contains(NAMES[0]), "{answer}");
        }
    }

    #[test]
    fn undeclared_utf_8_in_shapefiles_is_detected() {
        let (folder, _) = folder_with("none", "");
        table(&folder.path().join("t.shp"), "ESRI Shapefile", "UTF-8");
        std::fs::remove_file(folder.path().join("t.cpg")).expect("it is there");
        for language in [0, 87] {
            let mut dbf = std::fs::read(folder.path().join("t.dbf")).expect("it is there");
            dbf[29] = language;
            std::fs::write(folder.path().join("t.dbf"), dbf).expect("it is written");
            let (found, said) = names(folder.path(), &["t.shp", "out.geojson"]);
            assert!(found == NAMES && !said.contains("encoding"), "{found:?} {said}");
        }
    }

    #[test]
    fn mapinfo_with_a_wrong_charset_declaration() {
        let (folder, _) = folder_with("none", "");
        for file in ["t.mif", "t.tab"] {
            table(&folder.path().join(file), "MapInfo File", "CP1251");
            let text = std::fs::read(folder.path().join(file)).expect("it is there");
            let start = text.windows(15).position(|part| part == b"WindowsCyrillic").expect("it says so");
            let other = [&text[..start], b"Neutral", &text[start + 15..]].concat();
            std::fs::write(folder.path().join(file), other).expect("it is written");
            let (found, said) = names(folder.path(), &[file, "out.geojson"]);
            assert_eq!(found, NAMES.map(latin), "{file}");
            assert!(said.contains("--encoding CP1251"), "{said}");
            let (found, _) = names(folder.path(), &[file, "out.geojson", "--encoding", "CP1251"]);
            assert_eq!(found, NAMES, "{file}");
        }
    }

    #[test]
    fn heights_survive_where_points_and_lines_are_together() {
        let both = json!({"type": "FeatureCollection", "features": [
            {"type": "Feature", "properties": {"id": "p"}, "geometry": {"type": "Point", "coordinates": [20.1, 45.1, 512.25]}},
            {"type": "Feature", "properties": {"id": "l"}, "geometry": {"type": "LineString", "coordinates": [[20.1, 45.1, 1.0], [20.2, 45.2, 2.0]]}}]});
        let (folder, _) = folder_with("both.geojson", &both.to_string());
        for file in ["out.fgb", "out.gpkg", "out.kml", "out.dxf"] {
            run(folder.path(), &["convert", "both.geojson", file, "-q"]);
            let from: &[&str] = if file.ends_with("dxf") { &["--from", "EPSG:4326"] } else { &[] };
            run(folder.path(), &[&["convert", file, "back.geojson", "-q"], from].concat());
            let back = read(folder.path(), "back.geojson").to_string();
            assert!(back.contains("512.25") && back.contains("45.2,2.0"), "{file}: {back}");
        }
    }

    #[test]
    fn geopackage_curves_have_the_area_of_their_arcs() {
        let (folder, _) = folder_with("none", "");
        let wkt = "CURVEPOLYGON (COMPOUNDCURVE (CIRCULARSTRING (500000 5000000,510000 5010000,520000 5000000),(520000 5000000,500000 5000000)))";
        let driver = DriverManager::get_driver_by_name("GPKG").expect("GDAL has it");
        let mut dataset = driver.create_vector_only(folder.path().join("half.gpkg")).expect("it can be written");
        let srs = gdal::spatial_ref::SpatialRef::from_epsg(32634).expect("PROJ knows it");
        let options = LayerOptions { name: "half", srs: Some(&srs), ty: Wkb::wkbCurvePolygon, options: None };
        let layer = dataset.create_layer(options).expect("a layer");
        let mut feature = Feature::new(layer.defn()).expect("a feature");
        feature.set_geometry(Geometry::from_wkt(wkt).expect("a curve")).expect("it is one");
        feature.create(&layer).expect("it is written");
        drop(feature);
        dataset.close().expect("it is written");
        std::fs::write(folder.path().join("half.csv"), format!("id,g\n1,\"SRID=32634;{wkt}\"\n"))
            .expect("it is written");
        for file in ["half.gpkg", "half.csv"] {
            let (answer, said) = run(folder.path(), &["info", file, "--format", "json"]);
            let answer: Value = serde_json::from_str(&answer).expect("it is JSON");
            let area = answer["results"]["features"][0]["area_km2"].as_f64().expect("an area");
            // π·10²/2 km² in the plane, over the square of UTM's scale there (0.99960, pyproj): 157.205 km².
            assert!((area - 157.205).abs() < 0.002, "{file}: {area}");
            assert!(said.contains("1 arcs are followed by chains within 0.01 m"), "{said}");
            let (_, said) = run(folder.path(), &["convert", file, "out.geojson"]);
            assert!(said.contains("loss: layer half: 1 arcs become chains"), "{said}");
        }
    }

    #[test]
    fn a_zipped_shapefile_is_read_by_its_own_name() {
        let (folder, _) = folder_with("plain.geojson", SQUARES);
        run(folder.path(), &["convert", "plain.geojson", "states.shp", "-q"]);
        let files: Vec<(String, Vec<u8>)> = ["shp", "shx", "dbf", "prj", "cpg"]
            .iter()
            .map(|end| format!("states.{end}"))
            .map(|name| (name.clone(), std::fs::read(folder.path().join(name)).expect("it is there")))
            .collect();
        let files: Vec<(&str, &[u8])> = files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
        std::fs::write(folder.path().join("states.zip"), zip(&files)).expect("it is written");
        run(folder.path(), &["convert", "plain.geojson", "doc.kml", "-q"]);
        let kml = std::fs::read(folder.path().join("doc.kml")).expect("it is there");
        std::fs::write(folder.path().join("states.kmz"), zip(&[("doc.kml", &kml)])).expect("it is written");
        for file in ["states.zip", "states.kmz", "/vsizip/states.zip"] {
            let (answer, said) = run(folder.path(), &["borders", file, "--format", "csv"]);
            assert!(answer.contains(BORDER_M), "{file}: {answer}{said}");
        }
    }

    #[test]
    fn frames_within_a_metre_of_wgs_84_are_accepted_with_that_accuracy() {
        let (folder, _) = folder_with("t.csv", "id,x,y\n1,110,35\n");
        run(folder.path(), &["convert", "t.csv", "out.geojson", "--from", "EPSG:4490", "-q"]);
        assert_eq!(super::super::first(&read(folder.path(), "out.geojson")), [110.0, 35.0]);
        let (answer, _) = run(folder.path(), &["info", "t.csv", "--from", "EPSG:4490", "--format", "json"]);
        let answer: Value = serde_json::from_str(&answer).expect("it is JSON");
        assert_eq!(answer["inputs"][0]["datum"]["accuracy_m"], 1.0, "{answer}");
        // An old datum without a relation to WGS 84 is still refused.
        let said = refused(folder.path(), &["info", "t.csv", "--from", "+proj=longlat +ellps=krass +no_defs"]);
        assert!(said.contains("ballpark"), "{said}");
    }
}

#[test]
fn what_is_wrong_with_one_feature_of_a_table_or_topology_stops_no_other() {
    let polygon =
        |ring: &str| format!("\"POLYGON (({}))\"", ring.replace(',', ";").replace(' ', ",").replace(';', " "));
    let table = format!(
        "name,geom\nWest,{}\nEast,{}\nJunk,\"POLYGON ((1 2,3\"\n",
        polygon("20,45 20.1,45 20.1,45.1 20,45.1 20,45"),
        polygon("20.1,45 20.2,45 20.2,45.1 20.1,45.1 20.1,45")
    );
    let topology = r#"{"type": "Topology", "arcs": [[[20.1, 45], [20.1, 45.1]], [[20.1, 45.1], [20, 45.1], [20, 45], [20.1, 45]],
        [[20.1, 45], [20.2, 45], [20.2, 45.1], [20.1, 45.1]]], "objects": {"s": {"type": "GeometryCollection", "geometries": [
        {"type": "Polygon", "arcs": [[0, 1]], "properties": {"name": "West"}},
        {"type": "Polygon", "arcs": [[2, -1]], "properties": {"name": "East"}},
        {"type": "Polygon", "arcs": [[9]], "properties": {"name": "Junk"}}]}}}"#;
    for (name, text) in [("t.csv", table.as_str()), ("t.topojson", topology)] {
        let folder = written(&[(name, text.into())]);
        let said = refused(folder.path(), &["borders", name]);
        assert!(said.contains("(Junk)") && said.contains("1 of 3 features is affected"), "{said}");
        let (answer, said) = run(folder.path(), &["borders", name, "--skip-invalid", "--format", "csv"]);
        assert!(answer.contains(BORDER_M) && said.contains("the feature is left out"), "{answer}{said}");
        assert!(refused(folder.path(), &["convert", name, "out.geojson"]).contains("(Junk)"));
    }
}

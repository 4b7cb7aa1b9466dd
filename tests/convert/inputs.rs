//! Forms of input: XML in any encoding, archives with any name, every format on standard input.

use super::{command, refused, run};
use std::path::Path;

/// Two squares of 0.1° side by side; the border between them is a meridian's arc of 11.113 km (GeographicLib).
const WEST: &str = "20,45 20.1,45 20.1,45.1 20,45.1 20,45";
const EAST: &str = "20.1,45 20.2,45 20.2,45.1 20.1,45.1 20.1,45";
const BORDER: &str = "Восток,Запад,11113.2";
const BORDER_GEOJSON: &str = r#"{"type": "FeatureCollection", "features": [
    {"type": "Feature", "properties": {"name": "Запад"}, "geometry": {"type": "Polygon", "coordinates": [[[20,45],[20.1,45],[20.1,45.1],[20,45.1],[20,45]]]}},
    {"type": "Feature", "properties": {"name": "Восток"}, "geometry": {"type": "Polygon", "coordinates": [[[20.1,45],[20.2,45],[20.2,45.1],[20.1,45.1],[20.1,45]]]}}]}"#;

/// Text in Windows-1251; only Cyrillic letters that are in the same order as in Unicode.
fn in_cp1251(text: &str) -> Vec<u8> {
    let byte = |c: char| match u32::from(c) {
        code @ 0x410..=0x44f => (code - 0x410 + 0xc0) as u8,
        code => u8::try_from(code).expect("it is ASCII"),
    };
    text.chars().map(byte).collect()
}

fn kml(declaration: &str) -> String {
    let place = |name: &str, ring: &str| {
        let ring = format!("<LinearRing><coordinates>{ring}</coordinates></LinearRing>");
        format!(
            "<Placemark><name>{name}</name><Polygon><outerBoundaryIs>{ring}</outerBoundaryIs></Polygon></Placemark>"
        )
    };
    let places = [place("Запад", WEST), place("Восток", EAST)].concat();
    format!("{declaration}<kml xmlns=\"http://www.opengis.net/kml/2.2\"><Document>{places}</Document></kml>")
}

const CP1251: &str = "<?xml version=\"1.0\" encoding=\"windows-1251\"?>";
const UTF8: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";

/// A folder with one file.
fn with(name: &str, bytes: &[u8]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join(name), bytes).expect("it is written");
    folder
}

fn borders(folder: &Path, arguments: &[&str]) -> (String, String) {
    run(folder, &[&["borders", "--format", "csv"], arguments].concat())
}

/// The answer of `borders -` to these bytes.
fn borders_of(stdin: Vec<u8>) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    let out = command(folder.path(), &["borders", "-", "--format", "csv", "-q"]).write_stdin(stdin).output();
    let out = out.expect("it runs");
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    String::from_utf8_lossy(&out.stdout).into_owned()
}

#[test]
fn xml_is_read_in_the_encoding_that_it_declares_or_the_user_says() {
    let declared = with("a.kml", &in_cp1251(&kml(CP1251)));
    assert!(borders(declared.path(), &["a.kml"]).0.contains(BORDER));
    let undeclared = with("a.kml", &in_cp1251(&kml("")));
    assert!(borders(undeclared.path(), &["a.kml", "--encoding", "CP1251"]).0.contains(BORDER));
    assert!(refused(undeclared.path(), &["borders", "a.kml"]).contains("--encoding CP1251"));
    let wrong = with("a.kml", kml(CP1251).as_bytes());
    let (answer, said) = borders(wrong.path(), &["a.kml"]);
    assert!(answer.contains(BORDER) && said.contains("declares windows-1251, and is UTF-8"), "{said}");
    for folder in [&declared, &wrong] {
        let (answer, _) = run(folder.path(), &["convert", "a.kml", "-", "-q"]);
        assert!(answer.contains("Запад"), "{answer}");
        run(folder.path(), &["check", "a.kml", "--no-reference", "-q"]);
    }
}

/// GDAL's driver LIBKML ends the process at a track of several pieces (GDAL 3.6); such a file is read without it.
#[test]
fn kml_with_a_track_of_several_pieces_is_read() {
    let track = |coords: [&str; 2]| {
        let coords = coords.map(|at| format!("<gx:coord>{at}</gx:coord>")).concat();
        format!("<gx:Track><when>2020-01-01T00:00:00Z</when>{coords}</gx:Track>")
    };
    let tracks = [track(["20.05 45.05 0", "20.15 45.05 0"]), track(["20.15 45.06 0", "20.05 45.06 0"])].concat();
    let ride = format!("<Placemark><name>ride</name><gx:MultiTrack>{tracks}</gx:MultiTrack></Placemark>");
    let text = format!(
        "{UTF8}<kml xmlns=\"http://www.opengis.net/kml/2.2\" xmlns:gx=\"http://www.google.com/kml/ext/2.2\">\
         <Document>{ride}</Document></kml>"
    );
    let folder = with("ride.kml", text.as_bytes());
    std::fs::write(folder.path().join("land.geojson"), BORDER_GEOJSON).expect("it is written");
    let (answer, _) =
        run(folder.path(), &["route", "ride.kml", "--territories", "land.geojson", "--format", "csv", "-q"]);
    assert!(answer.contains("Восток") && answer.contains("Запад"), "{answer}");
    run(folder.path(), &["info", "ride.kml", "-q"]);
    run(folder.path(), &["check", "ride.kml", "--no-reference", "-q"]);
    let (answer, _) = run(folder.path(), &["convert", "ride.kml", "-", "-q"]);
    assert!(answer.contains("MultiLineString") && answer.contains("ride"), "{answer}");
    std::fs::write(folder.path().join("ride.kmz"), super::foreign::zip(&[("doc.kml", text.as_bytes())]))
        .expect("it is written");
    run(folder.path(), &["info", "ride.kmz", "-q"]);
}

#[test]
fn a_shapefile_that_is_utf_8_and_declares_another_encoding_is_read_as_utf_8() {
    let folder = with("in.geojson", BORDER_GEOJSON.as_bytes());
    run(folder.path(), &["convert", "in.geojson", "s.shp", "-q"]);
    for (cpg, noted) in [("UTF-8", false), ("1251", true), ("ISO-8859-1", true)] {
        std::fs::write(folder.path().join("s.cpg"), cpg).expect("it is written");
        let (answer, said) = borders(folder.path(), &["s.shp"]);
        assert!(answer.contains(BORDER), "{cpg}: {answer}");
        assert_eq!(said.contains("and is UTF-8; it is read as that"), noted, "{cpg}: {said}");
    }
}

#[test]
fn standard_input_takes_every_format() {
    let folder = with("in.geojson", BORDER_GEOJSON.as_bytes());
    for name in ["out.gpkg", "out.fgb", "out.kml"] {
        run(folder.path(), &["convert", "in.geojson", name, "-q"]);
        let bytes = std::fs::read(folder.path().join(name)).expect("it is written");
        assert!(borders_of(bytes.clone()).contains(BORDER), "{name}");
        let checked = command(folder.path(), &["check", "-", "--no-reference", "-q"]).write_stdin(bytes).output();
        assert!(checked.is_ok_and(|out| out.status.success()), "{name}");
    }
    assert!(borders_of(in_cp1251(&kml(CP1251))).contains(BORDER));
    let hint = command(folder.path(), &["borders", "-"]).write_stdin("\u{1}\u{2}").output().expect("it runs");
    assert_eq!(hint.status.code(), Some(2));
    assert!(!String::from_utf8_lossy(&hint.stderr).contains("standard input takes GeoJSON only"));
}

#[test]
fn archives_are_known_by_their_bytes_and_not_by_their_names() {
    let archive = super::foreign::zip(&[("folder/doc.kml", &in_cp1251(&kml(CP1251)))]);
    for name in ["a.zip", "a.kmz", "download", "a.shz"] {
        let folder = with(name, &archive);
        assert!(borders(folder.path(), &[name]).0.contains(BORDER), "{name}");
    }
    assert!(borders_of(archive).contains(BORDER));
    // Formats that only OGR reads are read from the archive by OGR.
    let folder = with("in.geojson", BORDER_GEOJSON.as_bytes());
    run(folder.path(), &["convert", "in.geojson", "s.shp", "-q"]);
    let parts =
        ["shp", "shx", "dbf", "cpg"].map(|end| (format!("deep/s.{end}"), folder.path().join(format!("s.{end}"))));
    let parts = parts.map(|(name, path)| (name, std::fs::read(path).expect("it is there")));
    let parts: Vec<(&str, &[u8])> = parts.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    let archive = super::foreign::zip(&parts);
    for name in ["s.zip", "s.shz", "s.download"] {
        assert!(borders(with(name, &archive).path(), &[name]).0.contains(BORDER), "{name}");
    }
    assert!(borders_of(archive).contains(BORDER));
}

#[test]
fn a_recorded_piece_of_one_position_is_left_out_and_told() {
    let point = |lon: f64| format!("<trkpt lat=\"45.05\" lon=\"{lon}\"/>");
    let (short, long) = (point(20.01), [point(20.05), point(20.15)].concat());
    let track = format!("<trk><name>T</name><trkseg>{short}</trkseg><trkseg/><trkseg>{long}</trkseg></trk>");
    let gpx =
        format!("{UTF8}<gpx version=\"1.1\" creator=\"t\" xmlns=\"http://www.topografix.com/GPX/1/1\">{track}</gpx>");
    let folder = with("t.gpx", gpx.as_bytes());
    std::fs::write(folder.path().join("t.geojson"), BORDER_GEOJSON).expect("it is written");
    let (answer, said) = run(folder.path(), &["route", "t.gpx", "--territories", "t.geojson", "--format", "csv"]);
    // 0.1° of the parallel at 45.05° N, by GeographicLib.
    assert!(answer.contains("T,total,7877.8"), "{answer}");
    assert!(said.contains("2 recorded pieces of fewer than two positions are left out"), "{said}");
    let (_, said) = run(folder.path(), &["convert", "t.gpx", "out.geojson"]);
    assert!(said.contains("loss: layer tracks: 2 recorded pieces"), "{said}");
}

#[test]
fn a_polygon_of_kml_goes_the_shorter_way_at_180() {
    let kml = kml(UTF8).replace(WEST, "178,10 179.5,10 179.5,11 178,11 178,10");
    let kml = kml.replace(EAST, "179.5,10 -178,10 -178,11 179.5,11 179.5,10");
    let folder = with("a.kml", kml.as_bytes());
    let (answer, _) = borders(folder.path(), &["a.kml"]);
    // The meridian arc from 10° to 11° N, by GeographicLib; otherwise the whole zone between the two.
    assert!(answer.contains("Восток,Запад,110611."), "{answer}");
    let (answer, _) = run(folder.path(), &["convert", "a.kml", "-", "-q"]);
    assert!(answer.contains("[-178.0,11.0]") && answer.contains("[180.0,10.0]"), "{answer}");
}

#[test]
fn a_folder_is_read_only_where_it_is_a_database() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::create_dir(folder.path().join("empty.gdb")).expect("it is made");
    std::fs::create_dir(folder.path().join("plain.dir")).expect("it is made");
    assert!(refused(folder.path(), &["borders", "empty.gdb"]).contains("empty.gdb"));
    assert!(refused(folder.path(), &["borders", "plain.dir"]).contains("folder"));
}

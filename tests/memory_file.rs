//! A file in memory gives the answers, warnings and errors of the file itself.

use crate::convert::collection;
use crate::convert::foreign::{in_other_formats, zip};
use merestone::io::{
    Conversion, ConvertOptions, Dataset, Encoding, Inspector, MemoryFile, ReadOptions, Reference, Scan, ScanFeature,
    Shape,
};
use merestone::model::{Content, Line, Place, Territory};
use merestone::question::{BorderOptions, borders};
use std::fmt::Debug;
use std::io::{Cursor, Write};
use std::path::Path;

/// Keeps every feature.
struct All;

impl Inspector for All {
    type Seen = ();
    type Known = ();

    fn look(&self, _: &str, _: &ScanFeature) {}

    fn take(&self, (): &mut (), _: &mut ScanFeature, (): ()) {}
}

/// Everything that a reader returns for a file, as text.
fn nouns(select: &dyn Fn(&str) -> String) -> Vec<String> {
    ["territories", "lines", "places", "any", "as drawn"].map(|what| format!("{what}: {}", select(what))).to_vec()
}

fn text_of<T: Debug, E: Debug + std::fmt::Display>(read: Result<T, E>) -> String {
    read.map_or_else(|error| format!("{error}: {error:?}"), |read| format!("{read:?}"))
}

fn scanned(scan: &Scan) -> String {
    format!("{:?} {:?} {:?} {:?} {:?}", scan.input, scan.info, scan.features, scan.findings, scan.failure)
}

fn converted(conversion: Result<Conversion, merestone::io::ReadError>) -> String {
    match conversion {
        Err(error) => format!("{error}: {error:?}"),
        Ok(conversion) => {
            let mut out = Vec::new();
            conversion.write_geojson(&mut out, &serde_json::Map::new()).expect("a vector takes it");
            let (report, out) = (conversion.report(), String::from_utf8_lossy(&out).into_owned());
            format!("{report:?} {:?} {:?} {:?} {out}", conversion.input, conversion.warnings, conversion.unsure)
        }
    }
}

/// The result of reading a path.
fn from_file(path: &str, part: Option<&str>, options: &ReadOptions) -> Vec<String> {
    let reference = Reference::File { path: path.to_owned(), fragment: part.map(str::to_owned) };
    let dataset = Dataset::empty();
    let mut all = nouns(&|what| match what {
        "territories" => text_of(dataset.select::<Territory>(&reference, options)),
        "lines" => text_of(dataset.select::<Line>(&reference, options)),
        "places" => text_of(dataset.select::<Place>(&reference, options)),
        "any" => text_of(dataset.select_any(&reference, options)),
        _ => text_of(dataset.select_as_drawn(&reference, options)),
    });
    all.push(scanned(&Scan::file(path, options, &All).0));
    all.push(converted(Conversion::read(path, &conversion_of(part, options), &|_, _, _| ())));
    all
}

/// The result of reading the same file from memory.
fn from_memory(file: &MemoryFile<'_>, part: Option<&str>, options: &ReadOptions) -> Vec<String> {
    let mut all = nouns(&|what| match what {
        "territories" => text_of(file.select::<Territory>(part, options)),
        "lines" => text_of(file.select::<Line>(part, options)),
        "places" => text_of(file.select::<Place>(part, options)),
        "any" => text_of(file.select_any(part, options)),
        _ => text_of(file.select_as_drawn(part, options)),
    });
    all.push(scanned(&file.scan(options, &All).0));
    all.push(converted(file.convert(&conversion_of(part, options), &|_, _, _| ())));
    all
}

fn conversion_of(part: Option<&str>, options: &ReadOptions) -> ConvertOptions {
    let mut conversion = ConvertOptions::default();
    conversion.frame = options.frame.clone();
    conversion.layer = part.map(str::to_owned);
    conversion
}

/// Reads a file from its path, then, after its deletion, from memory under the same name; both results must be equal.
#[track_caller]
fn same(name: &str, bytes: &[u8], part: Option<&str>, options: &ReadOptions) -> Vec<String> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).expect("it is written");
    let path = path.to_string_lossy().into_owned();
    let expected = from_file(&path, part, options);
    drop(folder);
    assert!(!Path::new(&path).exists());
    let borrowed = from_memory(&MemoryFile::new(path.as_str(), bytes), part, options);
    for (memory, file) in borrowed.iter().zip(&expected) {
        let same =
            memory.char_indices().zip(file.chars()).find(|((_, a), b)| a != b).map_or(memory.len(), |((at, _), _)| at);
        let from = (0..=same.saturating_sub(80)).rev().find(|at| memory.is_char_boundary(*at)).unwrap_or_default();
        assert_eq!(memory.get(from..), file.get(from..), "{name} {part:?}");
    }
    borrowed
}

fn gzipped(bytes: &[u8]) -> Vec<u8> {
    let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    out.write_all(bytes).expect("a vector takes it");
    out.finish().expect("a vector takes it")
}

#[test]
fn every_format_that_is_read_here() {
    let options = ReadOptions::default();
    for (name, bytes) in in_other_formats() {
        let read = same(name, &bytes, None, &options);
        assert!(read[0].starts_with("territories: Selected"), "{name}: {}", read[0]);
        same(&format!("{name}.gz"), &gzipped(&bytes), None, &options);
        same(name, &bytes, Some("e"), &options);
        same(name, &bytes, Some("states"), &options);
        same(name, &bytes[..bytes.len() / 2], None, &options);
    }
    let all = collection(&["Point", "LineString", "Polygon", "MultiPolygon"]);
    let sequence: String = serde_json::from_str::<serde_json::Value>(&all).expect("it is JSON")["features"]
        .as_array()
        .expect("features")
        .iter()
        .map(|feature| format!("\u{1e}{feature}\n"))
        .collect();
    for (name, text) in [
        ("all.geojson", all.clone()),
        ("all", all.clone()),
        ("all.geojsons", sequence.clone()),
        ("all.json", sequence),
        ("marked.geojson", format!("\u{feff}{all}")),
        ("other.geojson", all.replacen('{', r#"{"crs":{"type":"name","properties":{"name":"EPSG:4284"}},"#, 1)),
        ("open.geojson", all.replace("[[45.0,40.0],[46.0,40.0]", "[[45.5,40.0],[46.0,40.0]")),
        ("empty.geojson", String::new()),
        ("page.geojson", "<!doctype html><p>not found</p>".to_owned()),
        ("odd.bin", "\u{1}\u{2}".to_owned()),
        ("none.zip", String::from_utf8_lossy(&zip(&[("readme.txt", b"none")])).into_owned()),
    ] {
        same(name, text.as_bytes(), None, &options);
    }
    let two = zip(&[("one.geojson", all.as_bytes()), ("two.csv", b"id,lat,lon\nx,45,10\n")]);
    for part in [None, Some("two"), Some("one"), Some("three")] {
        same("two.zip", &two, part, &options);
    }
}

#[test]
fn the_options_of_a_file() {
    let mut options = ReadOptions::default();
    options.frame.encoding = Encoding::parse("CP1251").ok();
    let table = [b"id,name,lat,lon\n1,\xc7\xe0\xef\xe0\xe4,45,10\n".as_slice()].concat();
    assert!(same("places.csv", &table, None, &options)[2].contains("Запад"));
    options.frame.encoding = None;
    options.frame.from = Some("EPSG:28408".to_owned());
    let metres = "id,x,y\np,8500000,5000000\n";
    assert!(same("metres.csv", metres.as_bytes(), None, &options)[2].contains("EPSG:15865"));
    options.skip_invalid = true;
    options.frame.from = None;
    let open = collection(&["Polygon", "MultiPolygon"]).replacen("[46.0,41.0],[45.0,40.0]", "[46.0,41.0]", 1);
    assert!(same("open.geojson", open.as_bytes(), None, &options)[0].contains("is left out"));
    options.limits.max_gib = 0;
    same("large.geojson", open.as_bytes(), None, &options);
}

#[test]
#[cfg(feature = "gdal")]
fn every_format_of_ogr() {
    use merestone::io::{Format, silence_gdal};
    silence_gdal();
    let options = ReadOptions::default();
    let written = |name: &str| {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join(name);
        let kinds = if name.ends_with(".shp") { &["Polygon", "MultiPolygon"][..] } else { &["Polygon", "LineString"] };
        let source = collection(kinds);
        let mut into = ConvertOptions::default();
        into.into = Format::of(name);
        assert!(into.into.is_some(), "{name}");
        let conversion = MemoryFile::new("in.geojson", source.as_bytes()).convert(&into, &|_, _, _| ());
        let mut conversion = conversion.unwrap_or_else(|error| panic!("{name}: {error}"));
        conversion.fit(name).unwrap_or_else(|error| panic!("{name}: {error}"));
        conversion.write(&path, &serde_json::Map::new(), &|_, _, _| ()).unwrap_or_else(|error| panic!("{error}"));
        let mut files: Vec<(String, Vec<u8>)> = Vec::new();
        for entry in std::fs::read_dir(folder.path()).expect("it is there").flatten() {
            let bytes = std::fs::read(entry.path()).expect("it is there");
            files.push((entry.file_name().to_string_lossy().into_owned(), bytes));
        }
        files.sort();
        files
    };
    for name in ["a.gpkg", "a.fgb", "a.kml", "a.dxf"] {
        let files = written(name);
        let (_, bytes) = files.iter().find(|(file, _)| file == name).expect("it is written");
        let read = same(name, bytes, None, &options);
        assert!(read[3].starts_with("any: Found"), "{name}: {}", read[3]);
        let packed: Vec<(&str, &[u8])> = files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
        same("a.zip", &zip(&packed), None, &options);
        same("a.download", &zip(&packed), None, &options);
        same(name, &bytes[..bytes.len() / 2], None, &options);
        same("a.bin", bytes, None, &options);
        same(&format!("{name}.gz"), &gzipped(bytes), None, &options);
    }
    let mif = "Version 300\nCharset \"Neutral\"\nDelimiter \",\"\nCoordSys Earth Projection 1, 104\nColumns 1\n  name Char(40)\n\
        Data\n\nRegion 1\n  4\n10 45\n11 45\n11 46\n10 45\n";
    let mif = vec![("a.mid".to_owned(), "\"Արծվաշեն\"\n".into()), ("a.mif".to_owned(), mif.into())];
    for (name, files) in [("a.shp", written("a.shp")), ("a.mif", mif)] {
        let packed: Vec<(&str, &[u8])> = files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
        let archive = zip(&packed);
        let read = same("a.zip", &archive, None, &options);
        assert!(read[3].starts_with("any: Found") && read[3].contains("name"), "{name}: {}", read[3]);
        same("a.zip", &archive, Some("a"), &options);
        same("a.zip", &archive, Some("b"), &options);
        let (_, alone) = files.iter().find(|(file, _)| file == name).expect("it is written");
        same(name, alone, None, &options);
    }
    let kml = String::from_utf8(written("a.kml").remove(0).1).expect("it is UTF-8");
    let declared = kml.replacen("UTF-8", "ISO-8859-5", 1);
    same("declared.kml", declared.as_bytes(), None, &options);
    assert!(same("a.kmz", &zip(&[("doc.kml", kml.as_bytes())]), None, &options)[3].starts_with("any: Found"));
    let gml = "<?xml version=\"1.0\"?><ogr:FeatureCollection xmlns:ogr=\"http://ogr.maptools.org/\" \
        xmlns:gml=\"http://www.opengis.net/gml\"><gml:featureMember><ogr:mark fid=\"m.1\"><ogr:g><gml:Point \
        srsName=\"EPSG:4326\"><gml:coordinates>10,45</gml:coordinates></gml:Point></ogr:g><ogr:name>m</ogr:name>\
        </ogr:mark></gml:featureMember></ogr:FeatureCollection>";
    // GML's driver writes the detected schema beside a file, and reads it the next time.
    for _ in 0..2 {
        assert!(same("a.gml", gml.as_bytes(), None, &options)[3].starts_with("any: Found"));
    }
    let gpx = "<?xml version=\"1.0\"?><gpx version=\"1.1\" creator=\"t\" xmlns=\"http://www.topografix.com/GPX/1/1\">\
        <wpt lat=\"45\" lon=\"10\"><name>w</name></wpt><trk><name>t</name><trkseg><trkpt lat=\"45\" lon=\"10\"/>\
        <trkpt lat=\"45\" lon=\"11\"/></trkseg></trk></gpx>";
    same("a.gpx", gpx.as_bytes(), None, &options);
    let osm = "<?xml version=\"1.0\"?><osm version=\"0.6\"><node id=\"1\" lat=\"45\" lon=\"10\"><tag k=\"name\" v=\"n\"/></node>\
        <node id=\"2\" lat=\"45\" lon=\"11\"/><way id=\"3\"><nd ref=\"1\"/><nd ref=\"2\"/><tag k=\"highway\" v=\"track\"/></way></osm>";
    same("a.osm", osm.as_bytes(), None, &options);
    same("a.osm.gz", &gzipped(osm.as_bytes()), None, &options);
    same("osm.zip", &zip(&[("a.osm", osm.as_bytes())]), None, &options);
    // References to other files are not followed.
    let vrt = "<OGRVRTDataSource><OGRVRTLayer name=\"x\"><SrcDataSource>/etc/passwd</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>";
    assert!(!same("a.vrt", vrt.as_bytes(), None, &options)[3].contains("Found"));
}

#[test]
fn a_name_that_leads_elsewhere_is_a_name() {
    let options = ReadOptions::default();
    let text = collection(&["Polygon"]);
    for name in ["/vsicurl/https://host.invalid/a.geojson", "/etc/passwd", "-", "", "../a.geojson", "a#b.geojson"] {
        let file = MemoryFile::from_reader(name, Cursor::new(&text), options.limits).expect("it is read");
        let read = file.select::<Territory>(None, &options).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!((read.label.as_str(), read.features.len()), (name, 1));
        let Content::Territories(all) = &file.select_any(None, &options).expect("it is read").contents[0] else {
            panic!("{name}: of another kind")
        };
        assert_eq!(*all, read.features);
    }
}

#[test]
fn what_cannot_be_read_to_its_end_is_an_error() {
    struct Broken;
    impl std::io::Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
            Err(std::io::Error::other("the line is cut"))
        }
    }
    let limits = ReadOptions::default().limits;
    let error = MemoryFile::from_reader("a.geojson", Broken, limits).expect_err("nothing comes");
    assert!(error.to_string().contains("a.geojson") && error.to_string().contains("the line is cut"), "{error}");
    let mut narrow = limits;
    narrow.max_gib = 0;
    let error = MemoryFile::from_reader("a.geojson", Cursor::new("{}"), narrow).expect_err("it is too large");
    assert!(error.to_string().contains("GiB"), "{error}");
}

#[test]
fn tables_and_parameters() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("t.csv").to_string_lossy().into_owned();
    let table = "sep=;\nid;lat_deg;lat_min;lon_deg;lon_min\na;45;30;10;15\n";
    std::fs::write(&path, table).expect("it is written");
    let limits = ReadOptions::default().limits;
    let expected = merestone::io::read_rows(&path, None, limits).expect("it is a table");
    assert_eq!(MemoryFile::new(path.as_str(), table.as_bytes()).rows(None).expect("it is a table"), expected);
    assert_eq!(expected.headings, ["id", "latitude", "longitude"]);
    let own = "convention = \"position-vector\"\ntranslation_m = [25, -141, -78.5]\n";
    assert!(merestone::io::parse_operation(own, "own").is_ok());
    let error = merestone::io::parse_operation("", "own").expect_err("it says nothing");
    assert!(error.to_string().starts_with("own"), "{error}");
}

#[test]
fn the_answer_from_memory_is_the_answer() {
    let (_, table) = in_other_formats().swap_remove(1);
    let squares = MemoryFile::new("geom.csv", table).select::<Territory>(None, &ReadOptions::default());
    let report = borders(&squares.expect("it is read").features, &BorderOptions::default()).report;
    // The meridian's arc from 45° to 45.1° N by GeographicLib.
    assert_eq!(format!("{:.3}", report.rows[0].length_m / 1000.0), "11.113");
    assert_eq!(<Territory as Shape>::WANTED, "territories (polygons)");
}

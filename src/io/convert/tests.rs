//! Streaming gives the same output as reading at once.

use super::*;
use crate::earth::Axes;

const QUIET: Progress<'_> = &|_, _, _| {};

/// The bytes and report of an output, and whether the input was streamed.
fn converted(of: Result<Conversion, ReadError>, path: &str) -> Result<(Vec<u8>, String), String> {
    let mut conversion = of.map_err(|error| error.to_string())?;
    conversion.fit(path).map_err(|error| error.to_string())?;
    let mut out = Vec::new();
    let members = Map::from_iter([("merestone".to_owned(), serde_json::to_value(conversion.report()).expect("JSON"))]);
    let format = conversion.into.expect("there is an output");
    conversion.write_native(&mut out, format, &members, QUIET).expect("memory takes every byte");
    let Conversion { input, warnings, unsure, report, .. } = conversion;
    Ok((out, format!("{input:?} {warnings:?} {unsure:?} {report:?}")))
}

/// Converts a file both ways; `true` if it was streamed.
fn same_both_ways(name: &str, text: &str, options: &ConvertOptions) -> bool {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let path = folder.path().join(name).display().to_string();
    std::fs::write(&path, text).expect("a file can be written");
    let mut gone_through = None;
    for into in [Format::GeoJson, Format::GeoJsonSeq, Format::Csv] {
        let options = ConvertOptions { into: Some(into), ..options.clone() };
        let whole = read::read(&path, options.layer.as_deref(), options.frame.within(options.limits), QUIET)
            .and_then(|read| Conversion::of(read, &path, &options, QUIET));
        let read = Conversion::read(&path, &options, QUIET);
        let streamed = matches!(&read, Ok(Conversion { layers: Layers::Streamed(_), .. }));
        assert_eq!(*gone_through.get_or_insert(streamed), streamed);
        let (held, read) = (converted(whole, &path), converted(read, &path));
        let shown = |(bytes, told): (Vec<u8>, String)| (String::from_utf8(bytes).expect("text"), told);
        assert_eq!(read.map(shown), held.map(shown), "{into:?}: {text}");
    }
    gone_through == Some(true)
}

fn collection(features: &[&str]) -> String {
    format!("{{\"type\":\"FeatureCollection\",\"features\":[{}]}}", features.join(",\n"))
}

const SQUARE: &str = r#"{"type":"Feature","id":7,"properties":{"a":1,"b":{"c":[1,null]}},"geometry":{"type":"Polygon","coordinates":[[[45,40],[46,40,5.5],[46,41],[45,41],[45,40]]]}}"#;
const POINT: &str = r#"{"type":"Feature","properties":{"name":"Մեղրի, \"x\"","a":null},"bbox":[1,2,3,4],"geometry":{"type":"Point","coordinates":[45.5,40.25,700]}}"#;
const LINE: &str = r#"{"id":"l","geometry":{"coordinates":[[45,40],[46,41],[-0.0,1e-7]],"type":"LineString"},"properties":null,"type":"Feature"}"#;
const ODD: [&str; 6] = [
    r#"{"type":"Feature","properties":{"a":1,"a":2},"geometry":null}"#,
    r#"{"type":"Feature","properties":{"Id":"own"},"note":7,"geometry":{"type":"MultiPoint","coordinates":[]}}"#,
    r#"{"type":"Feature","id":null,"properties":[],"geometry":{"type":"Point","coordinates":[45,40,1,2]}}"#,
    r#"{"type":"Feature","id":{"x":1},"geometry":{"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[45,40]},{"type":"LineString","coordinates":[[1,2],[3,4,5]]}]}}"#,
    r#"{"type":"Feature","properties":{"lon":1},"geometry":{"type":"MultiPolygon","coordinates":[[[[1,1],[1,9],[9,9],[1,1]]],[[[21,1],[29,9],[21,9],[21,1]]]]}}"#,
    r#"{"type":"Feature","properties":{"datum_operation":"by hand"},"geometry":{"type":"MultiLineString","coordinates":[[[1,2],[3,4]],[[5,6],[7,8]]]}}"#,
];

#[test]
fn collections_and_sequences() {
    let plain = ConvertOptions::default();
    let all: Vec<&str> = [SQUARE, POINT, LINE].into_iter().chain(ODD).collect();
    assert!(same_both_ways("in.geojson", &collection(&all), &plain));
    assert!(same_both_ways("in.geojson", &collection(&[POINT, POINT]), &plain));
    assert!(same_both_ways("in.geojsonl", &all.join("\n"), &plain));
    assert!(same_both_ways("in.json", &format!("\u{1e}{}\n", all.join("\n\u{1e}")), &plain));
    for one in &all {
        assert!(same_both_ways("in.geojson", &collection(&[one, SQUARE]), &plain));
        assert!(same_both_ways("in.geojson", one, &plain));
    }
    let geometry = r#"{"type":"Point","coordinates":[45,40]}"#;
    assert!(
        same_both_ways("in.geojson", geometry, &plain)
            && same_both_ways("in.ndjson", &[geometry, SQUARE].join(" "), &plain)
    );
    // Further members before or after the features.
    for (before, behind) in [(r#""name":"x","bbox":[1,2,3,4],"#, ""), ("", r#","note":[{"features":[]}]"#)] {
        let text = collection(&all).replacen("\"features\"", &format!("{before}\"features\""), 1);
        assert!(same_both_ways("in.geojson", &format!("{}{behind}}}", &text[..text.len() - 1]), &plain));
    }
}

#[test]
fn options_hold_either_way() {
    let text = collection(&[SQUARE, POINT, LINE, ODD[3], ODD[5]]);
    for only in [GeometryDimension::Points, GeometryDimension::Lines, GeometryDimension::Polygons] {
        assert!(same_both_ways("in.geojson", &text, &ConvertOptions { only: Some(only), ..ConvertOptions::default() }));
    }
    let layer = |name: &str| ConvertOptions { layer: Some(name.into()), ..ConvertOptions::default() };
    assert!(same_both_ways("in.geojson", &text, &layer("in")) && !same_both_ways("in.geojson", &text, &layer("out")));
    let near = collection(&[SQUARE, POINT]);
    let frame = SourceCrs { from: Some("EPSG:4284".into()), axes: Some(Axes::EastNorth), ..SourceCrs::default() };
    assert!(same_both_ways("in.geojson", &near, &ConvertOptions { frame, ..ConvertOptions::default() }));
    let metres =
        r#"{"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":[8607949.305,4308492.539]}}"#;
    let crs = |name: &str| format!(r#""crs":{{"type":"name","properties":{{"name":"{name}"}}}}"#);
    let declared = collection(&[metres]).replacen("\"features\"", &format!("{},\"features\"", crs("EPSG:28408")), 1);
    assert!(same_both_ways("in.geojson", &declared, &ConvertOptions::default()));
    // A `crs` member after the features comes too late for streaming.
    let plain = collection(&[POINT]);
    let late = format!("{},{}}}", &plain[..plain.len() - 1], crs("EPSG:4326"));
    assert!(!same_both_ways("in.geojson", &late, &ConvertOptions::default()));
}

#[test]
fn what_is_wrong_is_told_with_its_place() {
    let open = SQUARE.replace(",[45,40]]]", "]]");
    for text in [
        collection(&[POINT, &open]),
        collection(&[POINT, &POINT.replace("45.5", "145.5").replace("40.25", "140")]),
        collection(&[POINT, "7"]),
        collection(&[POINT, r#"{"type":"Feature","properties":{},"geometry":{"type":"Circle"}}"#]),
        collection(&[POINT]) + " x",
        collection(&[]),
        format!("\u{feff}{}", collection(&[POINT])),
        collection(&[POINT]).replace("FeatureCollection", "Collection"),
        collection(&[POINT]).replacen('{', r#"{"features":[],"#, 1),
        collection(&[POINT, LINE]).replace("[46,41]", "[46,41"),
    ] {
        assert!(!same_both_ways("in.geojson", &text, &ConvertOptions::default()), "{text}");
    }
}

#[test]
fn many_stretches() {
    let ring: Vec<String> = (0..=4000)
        .map(|i| i % 4000)
        .map(|i| f64::from(i) * std::f64::consts::TAU / 4000.0)
        .map(|a| format!("[{:.12},{:.12},{}]", 45.0 + a.cos(), 40.0 + a.sin(), a.floor()))
        .collect();
    let large = format!(
        r#"{{"type":"Feature","properties":{{"n":1}},"geometry":{{"type":"Polygon","coordinates":[[{}]]}}}}"#,
        ring.join(",")
    );
    let all: Vec<&str> = [large.as_str(), SQUARE, POINT].into_iter().cycle().take(240).collect();
    assert!(same_both_ways("in.geojson", &collection(&all), &ConvertOptions::default()));
    assert!(same_both_ways("in.geojsonl", &all.join("\n"), &ConvertOptions::default()));
}

#[test]
fn a_file_that_changes_is_noticed() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let path = folder.path().join("in.geojson").display().to_string();
    std::fs::write(&path, collection(&[SQUARE, POINT])).expect("a file can be written");
    let options = ConvertOptions { into: Some(Format::GeoJson), ..ConvertOptions::default() };
    let conversion = Conversion::read(&path, &options, QUIET).expect("it is read");
    std::fs::write(&path, collection(&[SQUARE])).expect("a file can be written");
    let out = folder.path().join("out.geojson");
    let error = conversion.write(&out, &Map::new(), QUIET).expect_err("it changed").to_string();
    assert!(error.contains("changed while it was read") && !out.exists(), "{error}");
}

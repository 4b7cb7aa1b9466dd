//! The fast reader gives the same results as the `geojson` crate.

use super::super::Limits;
use super::super::geojson::read_by_crate;
use super::super::geometry_issue::issues;
use super::super::{RawFeature, RawLayer, ReadError};
use crate::model::{Input, WarningCode};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::path::Path;

fn input() -> Input {
    Input::new("x.geojson", "")
}

fn slowly(text: &str) -> Result<RawLayer, ReadError> {
    let mut layer = read_by_crate(text, input(), Limits::DEFAULT)?;
    for sentence in issues(text, Limits::DEFAULT) {
        layer.warn(WarningCode::Member, None, sentence);
    }
    Ok(layer)
}

/// A text in chunks of this many bytes.
struct Rest<'t> {
    text: &'t [u8],
    stretch: usize,
}

impl super::Next for Rest<'_> {
    fn next(&mut self, gathered: &mut Vec<u8>, least: usize) -> Option<usize> {
        let (now, later) = self.text.split_at(self.stretch.max(least).min(self.text.len()));
        gathered.extend_from_slice(now);
        self.text = later;
        Some(now.len())
    }
}

/// Reads a text in chunks of this many bytes.
fn in_stretches(text: &str, stretch: usize) -> Option<RawLayer> {
    let mut rest = Rest { text: text.as_bytes(), stretch };
    let take = |feature: &mut RawFeature| Some(std::mem::take(&mut feature.geometry));
    let mut kept = Vec::new();
    let took = |_: &mut RawLayer, geometry| {
        kept.push(geometry);
        Some(())
    };
    let mut layer = super::stream(&mut rest, &input(), take, took)?;
    for (feature, geometry) in layer.features.iter_mut().zip(kept) {
        feature.geometry = geometry;
    }
    Some(layer)
}

/// Asserts that a text gives the same result when it is read in chunks.
fn same_in_stretches(text: &str, whole: &RawLayer) {
    let start = text.find("\"features\"").unwrap_or_default() + 200;
    for stretch in [text.len() / 30, text.len() / 2, text.len() + 1].map(|stretch| stretch.max(start)) {
        let mut streamed =
            in_stretches(text, stretch).unwrap_or_else(|| panic!("not in stretches of {stretch}: {text}"));
        // Without errors, pointers are not needed.
        streamed.features.iter_mut().zip(&whole.features).for_each(|(f, w)| f.pointer.clone_from(&w.pointer));
        assert_eq!(format!("{streamed:?}"), format!("{whole:?}"), "{stretch}: {text}");
    }
}

/// Reads a text both ways; `true` if the fast reader accepted it. It must not accept an error.
fn same_both_ways(text: &str) -> bool {
    match (super::read(text.as_bytes(), &input(), false), slowly(text)) {
        (Some(direct), Ok(slow)) => {
            // Bit for bit: `==` alone treats -0.0 and 0.0 as equal.
            assert_eq!(format!("{direct:?}"), format!("{slow:?}"), "{text}");
            same_in_stretches(text, &direct);
            true
        }
        (Some(_), Err(error)) => panic!("read, where the crate says: {error}\n{text}"),
        (None, _) => {
            let stretch = text.len() / 2 + 1;
            assert!(in_stretches(text, stretch).is_none(), "in stretches, not at once: {text}");
            false
        }
    }
}

fn collection(features: &[Value]) -> Value {
    json!({ "type": "FeatureCollection", "name": "a layer", "features": features })
}

#[test]
fn the_bad_and_the_nasty() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/cases/badgeojson");
    let Ok(files) = std::fs::read_dir(&folder) else {
        eprintln!("skipped: {} is not there", folder.display());
        return;
    };
    let (mut texts, mut direct) = (0, 0);
    for bytes in files.flatten().filter_map(|file| std::fs::read(file.path()).ok()) {
        if let Ok(text) = std::str::from_utf8(&bytes) {
            texts += 1;
            direct += usize::from(same_both_ways(text));
        } else {
            assert!(super::read(&bytes, &input(), false).is_none());
        }
    }
    assert!(texts > 90 && direct > 30, "{direct} of {texts}");
}

#[test]
fn every_layer_of_the_dataset_is_read_directly() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
    for layer in crate::io::Dataset::open(&folder).expect("the manifest is there").layers() {
        let text = std::fs::read_to_string(folder.join(&layer.file)).expect("the layer is there");
        assert!(same_both_ways(&text), "{}", layer.id);
    }
}

#[test]
fn the_ordinary_and_the_rest() {
    let ring = json!([[45, 40], [46.5, 40], [46, 41.25, 300.5], [45, 40]]);
    let polygon = json!({ "type": "Polygon", "coordinates": [ring, ring] });
    let feature = json!({ "type": "Feature", "id": 7, "properties": { "a": { "b": [1, 2.5, "\u{1}\"x"] } }, "geometry": polygon });
    let odd = [
        json!({ "type": "Feature", "properties": null, "geometry": null }),
        json!({ "type": "Feature", "properties": {}, "geometry": { "type": "GeometryCollection", "geometries": [] } }),
        json!({ "type": "Feature", "properties": {}, "geometry": { "type": "MultiPolygon", "coordinates": [[], [ring]] } }),
        json!({ "type": "Feature", "properties": {}, "geometry": { "type": "Point", "coordinates": [1, 2, 3, 4] } }),
        json!({ "type": "Feature", "properties": {}, "coordinates": 1, "bbox": [1, 2, 3], "geometry": { "type": "Point", "coordinates": [1, 2] } }),
    ];
    let all: Vec<Value> = odd.iter().flat_map(|other| [feature.clone(), other.clone()]).collect();
    assert!(same_both_ways(&collection(&all[..2]).to_string()));
    for other in &odd {
        same_both_ways(&collection(&[feature.clone(), other.clone()]).to_string());
    }
    same_both_ways(&serde_json::to_string_pretty(&collection(&all)).expect("values are JSON"));
    let twice = collection(&[feature]).to_string().replace(r#""a":"#, r#""a": 1, "a":"#);
    assert!(same_both_ways(&twice));
    // An invalid feature is recorded as such, and the others are read.
    let beyond =
        json!({ "type": "Feature", "properties": {}, "geometry": { "type": "Point", "coordinates": [361, 0] } });
    assert!(same_both_ways(&collection(&[beyond, all[0].clone()]).to_string()));
    for text in [
        r#"{"type": "FeatureCollection", "crs": {"type": "name", "properties": {"name": "EPSG:3857"}}, "features": [{"type": "Feature", "properties": {}, "geometry": {"type": "Point", "coordinates": [1, 0]}}]}"#,
        r#"{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {}, "geometry": {"type": "Point", "coordinates": [1, 0]}}]} x"#,
        r#"{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {}, "geometry": {"type": "Point", "coordinates": [1, 0]}},]}"#,
    ] {
        assert!(!same_both_ways(text), "{text}");
    }
}

/// A position with numbers in the formats of actual files.
fn position() -> impl Strategy<Value = String> {
    (-180.0..180.0_f64, -90.0..90.0_f64, 0..18_usize, prop::bool::ANY).prop_map(|(x, y, digits, high)| {
        let height = if high { ", 12.5e1" } else { "" };
        format!("[{x:.digits$} ,{y:.digits$}{height}]")
    })
}

fn feature_text() -> impl Strategy<Value = String> {
    let ring = prop::collection::vec(position(), 4..9).prop_map(|positions| format!("[{}]", positions.join(",")));
    let geometry = (0..7_u8, prop::collection::vec(ring, 1..4)).prop_map(|(kind, rings)| {
        let (kind, coordinates) = match kind {
            0 => ("Point", "[ 45.25, -40 ]".to_owned()),
            1 => ("MultiPoint", rings[0].clone()),
            2 => ("LineString", rings[0].clone()),
            3 => ("MultiLineString", format!("[{}]", rings.join(" , "))),
            4 => ("Polygon", format!("[{}]", rings.join(","))),
            5 => ("MultiPolygon", format!("[[{}],[{}]]", rings.join(","), rings[0])),
            _ => ("GeometryCollection", "[]".to_owned()),
        };
        let member = if kind == "GeometryCollection" { "geometries" } else { "coordinates" };
        [
            format!(r#"{{"type":"{kind}","{member}":{coordinates}}}"#),
            format!(r#"{{"{member}" : {coordinates},"type": "{kind}"}}"#),
        ]
    });
    ("\\PC{0,12}", geometry, 0..6_u8).prop_map(|(text, [before, behind], shape)| {
        let text = Value::from(text);
        match shape {
            0 => format!(r#"{{"type":"Feature","properties":{{"name":{text}}},"geometry":{before}}}"#),
            1 => format!(r#"{{"geometry":{behind},"type":"Feature","id":{text},"properties":null}}"#),
            2 => format!(r#"{{"type":"Feature","id":1.50,"geometry":{before},"properties":{{"{{":[{text},"]"]}}}}"#),
            3 => format!(r#"{{"type":"Feature","properties":{{"a":{text},"a":2}},"geometry":{before}}}"#),
            4 => format!(r#"{{"type":"Feature","properties":{{}},"note":{text},"geometry":{before}}}"#),
            _ => format!(r#"{{"type" : "Feature","bbox":[1,2,3,4],"geometry":{behind},"properties":{{}}}}"#),
        }
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(256) })]

    #[test]
    fn whatever_a_file_holds(features in prop::collection::vec(feature_text(), 1..6), space in "[ \n\t]{0,3}") {
        let text = format!(r#"{{"type":"FeatureCollection",{space}"features":[{space}{}{space}]}}"#, features.join(&format!("{space},{space}")));
        prop_assert!(same_both_ways(&text));
    }

    /// A text with one changed byte is read equally by both, or left to the crate.
    #[test]
    fn whatever_becomes_of_it(features in prop::collection::vec(feature_text(), 1..3), at in 0..10_000_usize, byte in 32..127_u8) {
        let mut bytes = format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, features.join(",")).into_bytes();
        let at = at % bytes.len();
        bytes[at] = byte;
        if let Ok(text) = std::str::from_utf8(&bytes) {
            same_both_ways(text);
        }
    }

    /// Pieces are split at feature starts, wherever the split points fall and whatever strings contain.
    #[test]
    fn large_collections_in_pieces(features in prop::collection::vec(feature_text(), 3..5), decoy in prop::bool::ANY) {
        let mut many: Vec<&str> = features.iter().map(String::as_str).cycle().take(2_000).collect();
        let trap = r#"{"type":"Feature","properties":{"trap":"{\"type\":\"Feature\"","x":[{"type":"Feature","a":1}]},"geometry":{"type":"Point","coordinates":[1,2]}}"#;
        if decoy {
            many.iter_mut().step_by(3).for_each(|feature| *feature = trap);
        }
        let text = format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, many.join(","));
        let (direct, slow) = (super::read(text.as_bytes(), &input(), false), slowly(&text).expect("the crate reads it"));
        let same = |direct: RawLayer| format!("{direct:?}") == format!("{slow:?}");
        prop_assert!(direct.is_none_or(same));
    }
}

#[test]
fn polygons_in_pieces_are_those_of_the_list() {
    let square = |i: usize| {
        let (x, y) = ((i % 300) as f64 * 0.5 - 90.0, (i / 300) as f64 * 0.25 - 70.0);
        let (a, b, c, d) = (x + 0.01, y + 0.01, x + 0.02, y + 0.02);
        let hole = format!(",[[{a},{b}],[{c},{b}],[{c},{d}],[{a},{b}]]");
        let hole = if i.is_multiple_of(7) { hole.as_str() } else { "" };
        format!("[[[{x},{y}],[{},{y}],[{x},{}],[{x},{y}]]{hole}]", x + 0.25, y + 0.125)
    };
    let squares: Vec<String> = (0..26_000).map(square).collect();
    let text = |polygons: &str, behind: &str| {
        format!(
            r#"{{"type":"FeatureCollection","features":[{{"type":"Feature","properties":{{}},"geometry":{{"coordinates": [{polygons}]{behind},"type":"MultiPolygon"}}}}]}}"#
        )
    };
    let whole = squares.join(",");
    assert!(whole.len() > 3 * super::position::PIECE, "{}", whole.len());
    let direct = |text: &str| match super::read(text.as_bytes(), &input(), false) {
        Some(layer) => layer.features[0].geometry.polygons.clone(),
        None => Vec::new(),
    };
    let expected = slowly(&text(&whole, "")).expect("it is sound").features[0].geometry.polygons.clone();
    assert_eq!(expected.len(), squares.len());
    assert_eq!(direct(&text(&whole, "")), expected);
    assert_eq!(direct(&text(&format!(" {} ", squares.join(" , ")), " ")), expected);
    let mixed = format!("{},\n{}", squares[..9000].join(","), squares[9000..].join(","));
    assert_eq!(direct(&text(&mixed, "")), expected);
    for wrong in ["]", "[", ",", "[[", "]]],[[["] {
        let broken = format!("{},{wrong}{}", squares[..15_000].join(","), squares[15_000..].join(","));
        assert!(super::read(text(&broken, "").as_bytes(), &input(), false).is_none(), "{wrong}");
    }
}

//! Writing and reading round-trip.

use super::figures::star;
use geo::Polygon;
use merestone::io::{Dataset, ReadOptions, Reference, feature, feature_collection, polygon_geometry, write_file};
use merestone::model::Territory;
use proptest::prelude::*;
use serde_json::{Map, Value, json};
use tempfile::TempDir;

fn written_and_read(parts: &[Polygon], id: &str, name: &str) -> Vec<Territory> {
    let folder = TempDir::new().expect("a folder");
    let path = folder.path().join("out.geojson");
    let properties = Map::from_iter([("name".to_owned(), Value::from(name))]);
    let text = feature_collection(&[feature(Some(id.to_owned()), polygon_geometry(parts), properties)], &Map::new());
    write_file(&path, text.as_bytes()).expect("it can be written");
    let reference = Reference::File { path: path.display().to_string(), fragment: None };
    let read = Dataset::embedded().select::<Territory>(&reference, &ReadOptions::default());
    read.unwrap_or_else(|error| panic!("{error}")).features
}

proptest! {
    #![proptest_config(super::cases(64))]

    /// Bit for bit: positions are written with all digits.
    #[test]
    fn polygons_round_trip_bit_for_bit(parts in prop::collection::vec(star(), 1..4), id in "[a-z]{1,8}", name in "\\PC{1,20}") {
        let read = written_and_read(&parts, &id, &name);
        prop_assert_eq!(read.len(), 1);
        prop_assert_eq!(read[0].parts(), &parts);
        prop_assert_eq!(&read[0].meta.id, &id);
        prop_assert_eq!(read[0].meta.name.get("en"), Some(name.as_str()));
    }

    /// Any text in a property round-trips, and so do foreign members.
    #[test]
    fn collections_are_json(text in "\\PC{0,40}", key in "\\PC{1,10}") {
        prop_assume!(!["type", "features", "bbox"].contains(&key.as_str()));
        let members = Map::from_iter([(key.clone(), json!({ "note": text }))]);
        let back: Value = serde_json::from_str(&feature_collection(&[], &members)).expect("it is JSON");
        prop_assert_eq!(back[&key]["note"].as_str(), Some(text.as_str()));
        prop_assert_eq!(back["type"].as_str(), Some("FeatureCollection"));
        prop_assert_eq!(back["features"].as_array().map(Vec::len), Some(0));
    }
}

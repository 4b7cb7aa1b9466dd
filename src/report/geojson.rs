//! GeoJSON output: a FeatureCollection with the provenance of the answer in its foreign member `merestone`.

use super::Rendering;
use crate::io::feature_collection;
use crate::model::{Bounds, Envelope, bounds_of, bounds_of_positions};
use geo::Coord;
use serde_json::{Map, Value, json};

/// Returns the answer as GeoJSON (RFC 7946): every feature has an `id`, a `bbox` and properties that are scalars.
///
/// The member `merestone` is the JSON answer without the content of the features.
pub fn geojson<R: Rendering>(answer: &Envelope<R>) -> String {
    let statement =
        serde_json::to_value(answer.without_results()).expect("reports have string keys and finite numbers");
    let Value::Object(mut statement) = statement else { unreachable!("an envelope is an object") };
    match answer.results.summary() {
        Value::Null => statement.shift_remove("results"),
        summary => statement.insert("results".to_owned(), summary),
    };
    let mut features = answer.results.features();
    let mut members = Map::new();
    let boxes: Vec<Bounds> = features.iter_mut().filter_map(with_bounds).collect();
    if let Some(bbox) = bounds_of(boxes) {
        members.insert("bbox".to_owned(), json!(bbox));
    }
    members.insert("merestone".to_owned(), statement.into());
    feature_collection(&features, &members)
}

/// Adds its `bbox` to a feature.
fn with_bounds(feature: &mut Value) -> Option<Bounds> {
    let mut boxes = Vec::new();
    gather(&feature["geometry"]["coordinates"], &mut boxes);
    let bounds = bounds_of(boxes)?;
    feature.as_object_mut()?.insert("bbox".to_owned(), json!(bounds));
    Some(bounds)
}

/// Collects the bounding box of each line, ring or point of a geometry; none of them crosses ±180°.
fn gather(coordinates: &Value, boxes: &mut Vec<Bounds>) {
    let Some(list) = coordinates.as_array() else { return };
    match position(coordinates) {
        Some(at) => boxes.extend(bounds_of_positions([at])),
        None if list.first().is_some_and(|first| position(first).is_some()) => {
            boxes.extend(bounds_of_positions(list.iter().filter_map(position)));
        }
        None => list.iter().for_each(|inner| gather(inner, boxes)),
    }
}

fn position(value: &Value) -> Option<Coord> {
    let list = value.as_array()?;
    Some(Coord { x: list.first()?.as_f64()?, y: list.get(1)?.as_f64()? })
}

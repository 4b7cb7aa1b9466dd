//! The answer as a FeatureCollection, with its envelope as the foreign member `merestone`.

use super::Rendering;
use crate::io::feature_collection;
use crate::model::Envelope;
use serde_json::Map;

/// Returns the answer as RFC 7946 GeoJSON.
pub fn geojson<R: Rendering>(answer: &Envelope<R>) -> String {
    let envelope = serde_json::to_value(answer).expect("reports have string keys and finite numbers");
    let members = Map::from_iter([("merestone".to_owned(), envelope)]);
    feature_collection(&answer.results.features(), &members)
}

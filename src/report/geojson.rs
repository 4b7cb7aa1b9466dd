//! GeoJSON output: a FeatureCollection with the envelope as foreign member `merestone`.

use super::Rendering;
use crate::io::feature_collection;
use crate::model::Envelope;
use serde_json::Map;

/// Returns the answer as GeoJSON (RFC 7946).
pub fn geojson<R: Rendering>(answer: &Envelope<R>) -> String {
    let envelope = serde_json::to_value(answer).expect("reports have string keys and finite numbers");
    let members = Map::from_iter([("merestone".to_owned(), envelope)]);
    feature_collection(&answer.results.features(), &members)
}

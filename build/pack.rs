//! Packs the features of a FeatureCollection: coordinates as delta-encoded variable-length integers.
//! `src/io/embedded.rs` decodes it.

use serde_json::Value;
use std::fmt::Write as _;

/// The features of a layer.
pub struct Packed {
    /// Divisor of the integers that gives degrees: a power of ten.
    pub scale: f64,
    /// Coordinates, feature by feature: at every nesting level the number of elements, then the positions, each as two
    /// differences from the previous one (longitude, latitude). All integers are LEB128 (seven bits per byte, least
    /// significant first); differences are zigzag-encoded (0, -1, 1, -2 …).
    pub coordinates: Vec<u8>,
    /// The other members of each feature, as elements of a Rust array.
    pub heads: String,
}

impl Packed {
    /// Packs features; panics on a feature that the packed form cannot represent.
    pub fn new(features: &[Value]) -> Self {
        let mut all = Vec::new();
        features.iter().for_each(|feature| numbers(&feature["geometry"]["coordinates"], &mut all));
        // The nearest double to the decimal is the integer divided by a power of ten, as a parser computes it.
        let exact = |scale: &f64| all.iter().all(|n| ((n * scale).round() / scale).to_bits() == n.to_bits());
        let scale =
            (0..=9).map(|digits| 10_f64.powi(digits)).find(exact).expect("coordinates have nine digits at most");
        let mut packed = Packed { scale, coordinates: Vec::new(), heads: String::new() };
        let mut last = [0, 0];
        for feature in features {
            packed.head(feature);
            packed.coordinates(&feature["geometry"]["coordinates"], &mut last);
        }
        packed
    }

    fn head(&mut self, feature: &Value) {
        let members = feature.as_object().expect("a feature is an object");
        let known = members.keys().all(|key| ["type", "id", "properties", "geometry"].contains(&key.as_str()));
        let plain = feature["geometry"].as_object().is_some_and(|geometry| geometry.len() == 2);
        assert!(known && plain, "a feature has a member that would be lost: {:?}", feature["id"]);
        let id = feature.get("id").map(|id| id.as_str().expect("an id is a string"));
        let kind = feature["geometry"]["type"].as_str().expect("a geometry has a type");
        let properties = feature["properties"].to_string();
        writeln!(self.heads, "EmbeddedFeature {{ id: {id:?}, kind: {kind:?}, properties: {properties:?} }},")
            .expect("a String takes everything");
    }

    fn coordinates(&mut self, value: &Value, last: &mut [i64; 2]) {
        let items = value.as_array().expect("coordinates are arrays");
        if items[0].is_number() {
            assert_eq!(items.len(), 2, "a position has two numbers");
            for (number, last) in items.iter().zip(last) {
                let whole = (number.as_f64().expect("checked") * self.scale).round() as i64;
                let step = whole - std::mem::replace(last, whole);
                self.number(((step << 1) ^ (step >> 63)) as u64);
            }
        } else {
            self.number(items.len() as u64);
            items.iter().for_each(|item| self.coordinates(item, last));
        }
    }

    fn number(&mut self, mut rest: u64) {
        while rest > 0x7f {
            self.coordinates.push(rest as u8 | 0x80);
            rest >>= 7;
        }
        self.coordinates.push(rest as u8);
    }
}

/// Collects all numbers of the coordinates.
fn numbers(value: &Value, all: &mut Vec<f64>) {
    match value.as_array() {
        Some(items) => items.iter().for_each(|item| numbers(item, all)),
        None => all.push(value.as_f64().expect("coordinates are numbers")),
    }
}

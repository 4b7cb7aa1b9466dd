//! Irregularities of a JSON text that parsing hides: duplicate members, invalid bounding boxes.

use super::Limits;
use super::parse::reader;
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

/// Returns a sentence for each irregularity of a text known to be GeoJSON, in text order.
pub(super) fn issues(text: &str, limits: Limits) -> Vec<String> {
    let mut found = Vec::new();
    let walk = IssueWalk { found: &mut found, pointer: "", free: false };
    // The text has been parsed before; errors were reported there.
    let _ = reader(text, limits).and_then(|mut reader| walk.deserialize(&mut reader));
    found
}

/// Whether a feature's properties have no duplicate members, at any depth.
pub(super) fn members_once(properties: &str) -> bool {
    let mut found = Vec::new();
    let walk = IssueWalk { found: &mut found, pointer: "", free: true };
    reader(properties, Limits::DEFAULT).and_then(|mut reader| walk.deserialize(&mut reader)).is_ok() && found.is_empty()
}

/// A value of the text at a JSON pointer; `free` inside user-defined members.
struct IssueWalk<'a> {
    found: &'a mut Vec<String>,
    pointer: &'a str,
    free: bool,
}

impl<'de> DeserializeSeed<'de> for IssueWalk<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for IssueWalk<'_> {
    type Value = ();

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("any value")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let mut seen: Vec<String> = Vec::new();
        while let Some(key) = map.next_key::<String>()? {
            let pointer = || format!("{}/{}", self.pointer, key.replace('~', "~0").replace('/', "~1"));
            if seen.contains(&key) {
                self.found.push(format!("{}: the member stands twice; the last one counts", pointer()));
            }
            match key.as_str() {
                "coordinates" if !self.free => {
                    map.next_value::<IgnoredAny>()?;
                }
                "bbox" if !self.free => {
                    if !is_box(&map.next_value()?) {
                        self.found.push(format!("{}: it is no bounding box; it is ignored", pointer()));
                    }
                }
                name => {
                    let free = self.free || name == "properties";
                    map.next_value_seed(IssueWalk { found: self.found, pointer: &pointer(), free })?;
                }
            }
            seen.push(key);
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<(), A::Error> {
        let mut index = 0;
        loop {
            let pointer = format!("{}/{index}", self.pointer);
            let walk = IssueWalk { found: self.found, pointer: &pointer, free: self.free };
            if sequence.next_element_seed(walk)?.is_none() {
                return Ok(());
            }
            index += 1;
        }
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_str<E>(self, _: &str) -> Result<(), E> {
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }
}

/// Whether a value is a bounding box: four or six numbers (RFC 7946, section 5).
fn is_box(value: &Value) -> bool {
    value.as_array().is_some_and(|numbers| matches!(numbers.len(), 4 | 6) && numbers.iter().all(Value::is_number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_twice_and_boxes_that_are_none() {
        let text = r#"{"type": "Feature", "bbox": [1, 2, 3], "properties": {"a": 1, "bbox": 7, "a/b": {"x": 1, "x": 2},
            "a": null}, "geometry": {"type": "Point", "coordinates": [45, 40], "bbox": [45, 40, 45, 40]}, "id": 1.5}"#;
        let found = issues(text, Limits::DEFAULT);
        let at: Vec<&str> = found.iter().map(|sentence| sentence.split(':').next().unwrap()).collect();
        assert_eq!(at, ["/bbox", "/properties/a~1b/x", "/properties/a"]);
        assert!(issues(r#"{"type": "Point", "coordinates": [45, 40]}"#, Limits::DEFAULT).is_empty());
    }
}

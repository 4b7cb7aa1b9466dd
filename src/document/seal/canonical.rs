//! A canonical form of GeoJSON: files that say the same have one hash.

use super::digest::sha256_hex;
use serde_json::{Map, Value};
use std::cmp::Ordering;

/// The types of GeoJSON (RFC 7946, section 7).
const TYPES: [&str; 9] = [
    "Feature",
    "FeatureCollection",
    "GeometryCollection",
    "LineString",
    "MultiLineString",
    "MultiPoint",
    "MultiPolygon",
    "Point",
    "Polygon",
];

/// Returns the SHA-256 of the canonical form of GeoJSON, in hexadecimal; `None` for anything else, also for JSON nested
/// deeper than 127 levels.
///
/// **Method.** White space is dropped, members are ordered by their names, numbers are written by their value as binary64
/// (1, 1.0 and 1e0 are one number; −0 is 0). A ring begins at its least position (by longitude, then latitude) and runs so
/// that the least sequence of positions follows; its interior rings are in order. All else keeps its order: features,
/// parts, positions of lines, whose direction has a meaning where they have a left and a right.
///
/// # Example
/// ```
/// use merestone::document::seal::canonical_sha256;
///
/// let a = br#"{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,0]]]}"#;
/// let b = br#"{"coordinates": [[[1.0,1],[1,0],[0,0],[1,1]]], "type": "Polygon"}"#; // begun elsewhere, turned round
/// assert_eq!(canonical_sha256(a), canonical_sha256(b));
/// let moved = br#"{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1.0000001],[0,0]]]}"#;
/// assert_ne!(canonical_sha256(a), canonical_sha256(moved));
/// ```
pub fn canonical_sha256(bytes: &[u8]) -> Option<String> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if bytes.iter().find(|byte| !byte.is_ascii_whitespace()) != Some(&b'{') {
        return None;
    }
    let value: Value = serde_json::from_slice(bytes).ok()?;
    let is_type = |word: &str| TYPES.contains(&word);
    if !value.get("type").and_then(Value::as_str).is_some_and(is_type) {
        return None;
    }
    let mut out = String::new();
    write(&value, &mut out);
    Some(sha256_hex(out.as_bytes()))
}

fn write(value: &Value, out: &mut String) {
    match value {
        Value::Object(members) => write_object(members, out),
        Value::Array(items) => write_list(items, out, write),
        Value::Number(number) => out.push_str(&spelled(number)),
        other => out.push_str(&other.to_string()),
    }
}

fn write_list(items: &[Value], out: &mut String, mut item: impl FnMut(&Value, &mut String)) {
    out.push('[');
    for (index, value) in items.iter().enumerate() {
        if index > 0 {
            out.push(',');
        }
        item(value, out);
    }
    out.push(']');
}

fn write_object(members: &Map<String, Value>, out: &mut String) {
    let kind = members.get("type").and_then(Value::as_str);
    let mut names: Vec<&String> = members.keys().collect();
    names.sort();
    out.push('{');
    for (index, name) in names.into_iter().enumerate() {
        if index > 0 {
            out.push(',');
        }
        out.push_str(&Value::from(name.as_str()).to_string());
        out.push(':');
        match (kind, &members[name]) {
            (Some("Polygon"), Value::Array(rings)) if name == "coordinates" => write_polygon(rings, out),
            (Some("MultiPolygon"), Value::Array(parts)) if name == "coordinates" => {
                write_list(parts, out, |part, out| match part {
                    Value::Array(rings) => write_polygon(rings, out),
                    other => write(other, out),
                });
            }
            (_, value) => write(value, out),
        }
    }
    out.push('}');
}

/// A number by its value; an integer beyond 2⁵³ keeps its digits.
fn spelled(number: &serde_json::Number) -> String {
    const EXACT: u64 = 1 << 53;
    let beyond = number.as_i64().map(i64::unsigned_abs).or(number.as_u64()).is_some_and(|size| size > EXACT);
    match number.as_f64() {
        Some(value) if !beyond => (value + 0.0).to_string(),
        _ => number.to_string(),
    }
}

fn write_polygon(rings: &[Value], out: &mut String) {
    let mut texts: Vec<String> = rings.iter().map(ring).collect();
    if let Some((_, holes)) = texts.split_first_mut() {
        holes.sort();
    }
    out.push('[');
    out.push_str(&texts.join(","));
    out.push(']');
}

/// A ring in canonical order; what is no closed ring of positions is left as it is.
fn ring(value: &Value) -> String {
    let mut out = String::new();
    let positions = value.as_array().and_then(|items| items.iter().map(position).collect::<Option<Vec<_>>>());
    let closed = positions.filter(|all| all.len() > 3 && all.first() == all.last());
    let Some(mut open) = closed else {
        write(value, &mut out);
        return out;
    };
    open.pop();
    let forward = rotated(&open);
    open.reverse();
    let backward = rotated(&open);
    let least = match order(&forward, &backward) {
        Ordering::Greater => backward,
        _ => forward,
    };
    out.push('[');
    for position in least.iter().chain(least.first()) {
        let numbers: Vec<String> = position.iter().map(f64::to_string).collect();
        out.push_str(&format!("[{}],", numbers.join(",")));
    }
    out.pop();
    out.push(']');
    out
}

fn position(value: &Value) -> Option<Vec<f64>> {
    let numbers = value.as_array()?.iter().map(|number| number.as_f64().map(|number| number + 0.0));
    numbers.collect::<Option<Vec<f64>>>().filter(|position| position.len() >= 2)
}

fn order(a: &[Vec<f64>], b: &[Vec<f64>]) -> Ordering {
    a.iter()
        .flatten()
        .zip(b.iter().flatten())
        .map(|(a, b)| a.total_cmp(b))
        .find(|o| o.is_ne())
        .unwrap_or(Ordering::Equal)
}

/// The least rotation of a cyclic sequence, in linear time (two candidates, Shiloach 1981).
fn rotated(ring: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let n = ring.len();
    let (mut a, mut b, mut same) = (0, 1, 0);
    while a < n && b < n && same < n {
        let (x, y) = (&ring[(a + same) % n], &ring[(b + same) % n]);
        match order(std::slice::from_ref(x), std::slice::from_ref(y)) {
            Ordering::Equal => {
                same += 1;
                continue;
            }
            Ordering::Greater => a += same + 1,
            Ordering::Less => b += same + 1,
        }
        if a == b {
            b += 1;
        }
        same = 0;
    }
    let start = a.min(b);
    ring[start..].iter().chain(&ring[..start]).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hash(text: &str) -> Option<String> {
        canonical_sha256(text.as_bytes())
    }

    #[test]
    fn the_same_content_has_one_hash() {
        let one = hash(
            r#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"b":1,"a":"x"},"geometry":
               {"type":"Polygon","coordinates":[[[0,0],[9,0],[9,9],[0,9],[0,0]],[[1,1],[2,1],[2,2],[1,1]],[[5,5],[6,5],[6,6],[5,5]]]}}]}"#,
        );
        let other = hash(
            r#"{"features":[{"geometry":{"coordinates":[[[9,9],[9,0],[-0.0,0],[0,9.0],[9,9]],[[5,5],[6,6],[6,5],[5,5]],
               [[2,1],[2,2],[1,1e0],[2,1]]],"type":"Polygon"},"type":"Feature","properties":{"a":"\u0078","b":1.0}}],
               "type":"FeatureCollection"}"#,
        );
        assert!(one.is_some());
        assert_eq!(one, other);
    }

    #[test]
    fn other_content_has_another() {
        let line = r#"{"type":"LineString","coordinates":[[0,0],[1,1]]}"#;
        assert_ne!(hash(line), hash(r#"{"type":"LineString","coordinates":[[1,1],[0,0]]}"#));
        assert_ne!(hash(line), hash(r#"{"type":"LineString","coordinates":[[0,0],[1,1.0000000000000002]]}"#));
        assert_eq!(hash("{}"), None);
        assert_eq!(hash("[1]"), None);
        assert_eq!(hash(&"[".repeat(100_000)), None);
        assert_eq!(hash(&r#"{"type":"Point","a":"#.repeat(100_000)), None);
    }

    #[test]
    fn pinched_and_periodic_rings_have_one_least_rotation() {
        let points = |text: &str| -> Vec<Vec<f64>> { text.chars().map(|c| vec![f64::from(c as u32), 0.0]).collect() };
        for (text, least) in
            [("abab", "abab"), ("baba", "abab"), ("cabacab", "abacabc"), ("aaab", "aaab"), ("aaaa", "aaaa")]
        {
            assert_eq!(rotated(&points(text)), points(least), "{text}");
        }
    }
}

//! Rows of scalars for CSV, GeoPackage and the properties of GeoJSON.
//!
//! Other tools reject or lose nested values. A row has the names and units of the JSON answer; only nested values are
//! renamed:
//!
//! | JSON | row |
//! |---|---|
//! | `position: [lon, lat]` | `lon`, `lat` |
//! | `centre: [lon, lat]`, and any other position | `centre_lon`, `centre_lat` |
//! | `bounds: [west, south, east, north]` | `west`, `south`, `east`, `north` |
//! | `published_area_km2: 26` or `[26, 28]` | `published_min_km2`, `published_max_km2` |
//! | `nearest_route: {route, distance_m}` | `nearest_route`, `nearest_route_m` |
//! | `measure: {…}` | its members |
//! | any other object | its members, prefixed with the name of the object |
//! | a list of scalars | one text, joined by `; ` |
//! | a list of objects | their names or ids, joined by `; ` |

use serde::Serialize;
use serde_json::{Map, Number, Value};

/// Decimals of computed positions in rows: 1 cm.
const POSITION_DECIMALS: i32 = 7;
/// Members that name an object; in a list, the first of them represents it.
const LABELS: [&str; 7] = ["name", "id", "route", "territory", "feature", "line", "word"];
/// Objects whose members enter the row without the object's name as prefix.
const HOISTED: [&str; 1] = ["measure"];

/// The serialisable fields of a value as a row of scalars.
pub(super) fn row<T: Serialize>(value: &T) -> Map<String, Value> {
    let mut row = Map::new();
    if let Ok(Value::Object(fields)) = serde_json::to_value(value) {
        for (key, value) in fields {
            put(&mut row, &key, value);
        }
    }
    row
}

/// Rounds a computed coordinate in degrees to the decimals of a row; zero has no sign.
pub(super) fn degrees(value: f64) -> f64 {
    let scale = 10f64.powi(POSITION_DECIMALS);
    let rounded = (value * scale).round() / scale + 0.0;
    if rounded.is_finite() { rounded } else { value }
}

/// Adds a value to a row, under one or several names.
pub(super) fn put(row: &mut Map<String, Value>, key: &str, value: Value) {
    match value {
        Value::Array(list) => put_list(row, key, list),
        Value::Object(fields) => put_object(row, key, fields),
        Value::Number(number) => {
            if let Some([low, high]) = published(key) {
                row.insert(low, number.clone().into());
                row.insert(high, number.into());
            } else {
                row.insert(key.to_owned(), unsigned_zero(number));
            }
        }
        Value::Null => {
            for name in names(key) {
                row.insert(name, Value::Null);
            }
        }
        scalar => {
            row.insert(key.to_owned(), scalar);
        }
    }
}

/// The column names of a key whose value is missing.
fn names(key: &str) -> Vec<String> {
    if let Some(pair) = published(key) {
        return pair.into();
    }
    match key {
        "position" => vec!["lon".into(), "lat".into()],
        "centre" | "nearest" | "end" | "left_post" | "right_post" => vec![format!("{key}_lon"), format!("{key}_lat")],
        "bounds" => ["west", "south", "east", "north"].map(String::from).into(),
        "nearest_route" => vec![key.to_owned(), format!("{key}_m")],
        _ if HOISTED.contains(&key) => Vec::new(),
        _ => vec![key.to_owned()],
    }
}

/// For `published_area_km2` and similar keys: the names of the smallest and the largest figure.
fn published(key: &str) -> Option<[String; 2]> {
    let unit = key.strip_prefix("published_")?.rsplit_once('_').map(|(_, unit)| unit)?;
    let is_unit = matches!(unit, "km" | "km2" | "m" | "m2" | "ha");
    is_unit.then(|| [format!("published_min_{unit}"), format!("published_max_{unit}")])
}

fn put_list(row: &mut Map<String, Value>, key: &str, list: Vec<Value>) {
    let numbers: Option<Vec<f64>> = list.iter().map(Value::as_f64).collect();
    match (numbers.as_deref(), published(key)) {
        (Some(&[low, high]), Some(names)) => {
            for (name, figure) in names.into_iter().zip([low, high]) {
                row.insert(name, number(figure));
            }
        }
        (Some(&[lon, lat]), None) => {
            let prefix = if key == "position" { String::new() } else { format!("{key}_") };
            row.insert(format!("{prefix}lon"), number(degrees(lon)));
            row.insert(format!("{prefix}lat"), number(degrees(lat)));
        }
        (Some(bounds @ &[_, _, _, _]), None) => {
            let prefix = key.split("bounds").next().unwrap_or_default();
            for (side, value) in ["west", "south", "east", "north"].iter().zip(bounds) {
                row.insert(format!("{prefix}{side}"), number(degrees(*value)));
            }
        }
        _ => {
            let words: Vec<String> = list.iter().map(word).filter(|word| !word.is_empty()).collect();
            let text = if words.is_empty() { Value::Null } else { words.join("; ").into() };
            row.insert(key.to_owned(), text);
        }
    }
}

fn put_object(row: &mut Map<String, Value>, key: &str, fields: Map<String, Value>) {
    for (inner, value) in fields {
        let name = match (key, inner.as_str()) {
            (key, inner) if HOISTED.contains(&key) => inner.to_owned(),
            // `nearest_route: {route, distance_m}`: a member named as the last word of the object's name takes the
            // object's name.
            (key, inner) if key.rsplit('_').next() == Some(inner) => key.to_owned(),
            (key, "distance_m") => format!("{key}_m"),
            (key, "position") => {
                if let Some([lon, lat]) = pair(&value) {
                    row.insert(format!("{key}_lon"), number(degrees(lon)));
                    row.insert(format!("{key}_lat"), number(degrees(lat)));
                    continue;
                }
                format!("{key}_position")
            }
            (key, inner) => format!("{key}_{inner}"),
        };
        put(row, &name, value);
    }
}

fn pair(value: &Value) -> Option<[f64; 2]> {
    match value.as_array()?.as_slice() {
        [a, b] => Some([a.as_f64()?, b.as_f64()?]),
        _ => None,
    }
}

/// A member of a list as text.
fn word(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        Value::Object(fields) => {
            let label = LABELS.iter().find_map(|label| fields.get(*label).filter(|value| !value.is_null()));
            // A stretch of a line is written from–to, with the unit of its member names.
            let stretch = || Some((fields.get("from_m")?.as_f64()?, fields.get("to_m")?.as_f64()?));
            match (label, stretch()) {
                (Some(label), _) => word(label),
                (None, Some((from, to))) => format!("{from}–{to}"),
                (None, None) => match fields.get("chainage_m") {
                    Some(chainage) => word(chainage),
                    None => Value::Object(fields.clone()).to_string(),
                },
            }
        }
        Value::Array(list) => list.iter().map(word).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    }
}

fn number(value: f64) -> Value {
    Number::from_f64(value + 0.0).map_or(Value::Null, Value::Number)
}

fn unsigned_zero(number: Number) -> Value {
    match number.as_f64() {
        Some(value) if value == 0.0 && value.is_sign_negative() => 0.0.into(),
        _ => Value::Number(number),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn flat(value: Value) -> Value {
        Value::Object(row(&value))
    }

    #[test]
    fn nested_values_become_scalars_with_stated_names() {
        assert_eq!(
            flat(json!({"position": [45.123456789, -0.0], "centre": [1.0, 2.0], "bounds": [1.0, 2.0, 3.0, 4.0]})),
            json!({"lon": 45.1234568, "lat": 0.0, "centre_lon": 1.0, "centre_lat": 2.0,
                   "west": 1.0, "south": 2.0, "east": 3.0, "north": 4.0})
        );
        assert_eq!(
            flat(json!({"published_area_km2": [26.0, 28.0], "published_length_km": 384.3, "published_source": "x"})),
            json!({"published_min_km2": 26.0, "published_max_km2": 28.0,
                   "published_min_km": 384.3, "published_max_km": 384.3, "published_source": "x"})
        );
        assert_eq!(
            flat(
                json!({"nearest_route": {"route": "m2", "distance_m": 5.0}, "measure": {"area_m2": 1.5}, "neighbours": ["A", "B"],
                "settlements": [{"id": "a", "name": null}, {"id": "b", "name": "Bee"}], "cuts": [{"chainage_m": 1.0, "position": [0, 0]}],
                "excursions": [{"from_m": 1.0, "to_m": 2.5}], "none": [], "length_m": -0.0})
            ),
            json!({"nearest_route": "m2", "nearest_route_m": 5.0, "area_m2": 1.5, "neighbours": "A; B",
                "settlements": "a; Bee", "cuts": "1.0", "excursions": "1–2.5", "none": null, "length_m": 0.0})
        );
    }

    #[test]
    fn a_missing_value_has_the_names_of_a_present_one() {
        assert_eq!(
            flat(
                json!({"position": null, "published_area_km2": null, "nearest_route": null, "measure": null, "name": null})
            ),
            json!({"lon": null, "lat": null, "published_min_km2": null, "published_max_km2": null,
                   "nearest_route": null, "nearest_route_m": null, "name": null})
        );
    }
}

//! Properties of two editions of a feature, compared by value and not by spelling.

use super::Scalar;
use crate::io::ID_FIELDS;
use crate::model::Meta;
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};

/// Properties by name; members of objects are named `object:member`, as OpenStreetMap names `name:en`.
pub(super) type Flat = BTreeMap<String, Value>;

/// A property whose values differ.
pub(super) struct Differing {
    pub field: String,
    pub old: Option<Scalar>,
    pub new: Option<Scalar>,
}

/// The properties of a feature without nesting.
pub(super) fn flat(properties: &Map<String, Value>) -> Flat {
    let mut out = Flat::new();
    properties.iter().for_each(|(key, value)| put(&mut out, language_of(key).as_deref().unwrap_or(key), value));
    // Beside texts by language, a table has one of them as the name.
    let is_language = |key: &String| key.starts_with("name:");
    let repeated = out.get("name").is_some_and(|name| out.iter().any(|(key, text)| is_language(key) && text == name));
    if repeated {
        out.remove("name");
    }
    out
}

/// `name:xx` for the column `name_xx` of a table, where `xx` looks like a code of a language.
fn language_of(key: &str) -> Option<String> {
    let code = key.strip_prefix("name_")?;
    let is_code = (2..=3).contains(&code.len()) && code.bytes().all(|byte| byte.is_ascii_lowercase());
    is_code.then(|| format!("name:{code}"))
}

fn put(out: &mut Flat, key: &str, value: &Value) {
    match value {
        Value::Null => {}
        Value::String(text) if text.is_empty() => {}
        // Formats without nested values hold them as JSON text.
        Value::String(text) if text.starts_with(['{', '[']) => match serde_json::from_str::<Value>(text) {
            Ok(nested @ (Value::Object(_) | Value::Array(_))) => put(out, key, &nested),
            _ => drop(out.insert(key.to_owned(), value.clone())),
        },
        Value::Object(members) => members.iter().for_each(|(inner, value)| put(out, &format!("{key}:{inner}"), value)),
        Value::Array(list) if list.is_empty() => {}
        other => drop(out.insert(key.to_owned(), other.clone())),
    }
}

/// Properties whose values differ; `renamed` are pairs of an old and a new name of one property.
pub(super) fn differing(old: (&Meta, &Flat), new: (&Meta, &Flat), exchanged: &[(&str, &str)]) -> Vec<Differing> {
    let ((old_meta, old), (new_meta, new)) = (old, new);
    let other_name = |field: &str| exchanged.iter().find(|(from, _)| *from == field).map_or("", |(_, to)| *to);
    let fields: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    let mut out = Vec::new();
    for field in fields {
        let renamed = other_name(field);
        let (before, after) = (old.get(field), new.get(if renamed.is_empty() { field.as_str() } else { renamed }));
        if alike(before, after) || identifies(field, before, old_meta) && identifies(field, after, new_meta) {
            continue;
        }
        let scalar = |value: Option<&Value>| value.map(Scalar::of);
        out.push(Differing { field: field.clone(), old: scalar(before), new: scalar(after) });
    }
    out
}

/// Whether a property is the identifier of its feature, or absent: the id itself is compared.
fn identifies(field: &str, value: Option<&Value>, meta: &Meta) -> bool {
    // A name that identifies is a name all the same.
    let may = field == "id" || ID_FIELDS.contains(&field) && field != "name";
    may && value.is_none_or(|value| Scalar::of(value).to_string() == meta.id)
}

fn alike(a: Option<&Value>, b: Option<&Value>) -> bool {
    match (a, b) {
        (None, None) => true,
        (Some(a), Some(b)) => same(a, b),
        _ => false,
    }
}

/// Whether two values mean the same: numbers by value, also where one format holds a number or truth as text.
fn same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Number(x), Value::Number(y)) => {
            let whole = |n: &serde_json::Number| n.as_i64().map(i128::from).or(n.as_u64().map(i128::from));
            match (whole(x), whole(y)) {
                (Some(x), Some(y)) => x == y,
                _ => x.as_f64() == y.as_f64(),
            }
        }
        (Value::Number(number), Value::String(text)) | (Value::String(text), Value::Number(number)) => {
            text.trim().parse::<f64>().is_ok_and(|value| Some(value) == number.as_f64())
        }
        (Value::Bool(truth), Value::String(text)) | (Value::String(text), Value::Bool(truth)) => {
            text.trim().eq_ignore_ascii_case(if *truth { "true" } else { "false" })
        }
        (Value::Bool(truth), Value::Number(number)) | (Value::Number(number), Value::Bool(truth)) => {
            number.as_f64() == Some(if *truth { 1.0 } else { 0.0 })
        }
        (Value::Array(a), Value::Array(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b)),
        (Value::Object(a), Value::Object(b)) => {
            a.len() == b.len() && a.iter().all(|(key, value)| b.get(key).is_some_and(|other| same(value, other)))
        }
        (Value::String(a), Value::String(b)) => a == b,
        (a, b) => a == b,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn of(value: Value) -> Flat {
        flat(value.as_object().unwrap())
    }

    fn names(old: Value, new: Value) -> Vec<String> {
        let meta = |id: &str| Meta { id: id.into(), ..Meta::default() };
        let all = differing((&meta("x"), &of(old)), (&meta("x"), &of(new)), &[]);
        all.into_iter().map(|differing| differing.field).collect()
    }

    #[test]
    fn other_spellings_are_no_difference() {
        let json = json!({"a": 1, "b": 0.5, "c": true, "name": {"en": "X", "de": null}, "list": [1, 2], "none": null, "z": -0.0});
        let table = json!({"id": "x", "z": 0, "list": "[1.0,2]", "name": "{\"en\":\"X\"}", "c": "true", "b": "0.50", "a": 1.0, "none": ""});
        assert_eq!(names(json.clone(), table), Vec::<String>::new());
        let columns =
            json!({"a": 1, "b": 0.5, "c": true, "name": "X", "name_en": "X", "name_de": "", "list": [1, 2], "z": 0});
        assert_eq!(names(json.clone(), columns), Vec::<String>::new());
        let columns = json!({"a": 1e0, "b": 0.5, "c": 1, "name:en": "X", "list": [1, 2]});
        assert_eq!(names(json, columns), ["z"]);
    }

    #[test]
    fn other_values_are_differences() {
        assert_eq!(names(json!({"code": "007"}), json!({"code": "7"})), ["code"]);
        assert_eq!(names(json!({"n": 9007199254740993_u64}), json!({"n": 9007199254740992_u64})), ["n"]);
        assert_eq!(names(json!({"name": {"en": "A"}}), json!({"name": {"en": "B"}})), ["name:en"]);
        assert_eq!(names(json!({"id": "x", "name": "x"}), json!({"id": "x", "name": "y"})), ["name"]);
    }
}

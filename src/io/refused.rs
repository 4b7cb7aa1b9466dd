//! Documents that `serde_json` refuses although they are JSON: nested too deep, or with a number out of range.

use super::parse::is_depth;
use super::scan::json::Json;
use super::scan::node::Node;
use super::{Limits, Problem, ReadError};
use serde_json::{Map, Value};

/// The document; `None` if it was refused for another reason.
fn tolerant<'t>(text: &'t str, error: &serde_json::Error, limits: Limits) -> Option<Node<'t>> {
    if !is_depth(error) && !error.to_string().starts_with("number out of range") {
        return None;
    }
    Json::new(text, limits).value(0).ok()
}

/// The members of the document, without the values that are refused.
pub(super) fn outline(text: &str, error: &serde_json::Error, limits: Limits) -> Option<Map<String, Value>> {
    match tolerant(text, error, limits)?.to_value() {
        Value::Object(members) => Some(members),
        _ => None,
    }
}

/// The error for the document, with the JSON pointer to a number out of range; `None` if it is refused for another reason, or the
/// number belongs to properties.
pub(super) fn fault(path: &str, text: &str, error: &serde_json::Error, limits: Limits) -> Option<ReadError> {
    let document = tolerant(text, error, limits)?;
    let (pointer, value) = first(&document, &mut String::new())?;
    let problem = match value {
        // Its pointer would have as many members as levels.
        Node::Deep(_) => return Some(ReadError::new(path, Problem::TooDeep(limits.max_depth))),
        _ if pointer.split('/').any(|name| matches!(name, "properties" | "attributes")) => return None,
        _ => Problem::NotFinite,
    };
    Some(ReadError { pointer: Some(pointer), ..ReadError::new(path, problem) })
}

/// The first value that is refused, and its JSON pointer.
fn first<'n, 't>(node: &'n Node<'t>, at: &mut String) -> Option<(String, &'n Node<'t>)> {
    let mut inside = |name: &str, value: &'n Node<'t>| {
        let length = at.len();
        at.push('/');
        at.push_str(&name.replace('~', "~0").replace('/', "~1"));
        let found = first(value, at);
        at.truncate(length);
        found
    };
    match node {
        Node::NotFinite | Node::Deep(_) => Some((at.clone(), node)),
        Node::Array(items) => items.iter().enumerate().find_map(|(i, item)| inside(&i.to_string(), item)),
        Node::Object(members) => members.iter().find_map(|(key, value)| inside(key, value)),
        _ => None,
    }
}

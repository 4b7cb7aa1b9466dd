//! Locates the fault in a value that is not a GeoJSON feature, or a text that is not JSON.

use super::parse::is_depth;
use super::refused;
use super::{Limits, Problem, ReadError};
use serde_json::Value;

/// In place of the name of a declared system that has none, as `crs` by a link.
pub const UNNAMED_CRS: &str = "without a name";

/// The position (JSON pointer) and reason of a deviation of a feature from RFC 7946, sections 3.1 and 3.2; `None` if
/// none is found.
pub(super) fn fault(feature: &Value) -> Option<(String, String)> {
    let Value::Object(members) = feature else { return Some(wrong("", "a feature (an object)", feature)) };
    match members.get("type") {
        Some(Value::String(word)) if word == "Feature" => {}
        Some(Value::String(word)) => {
            return Some(("/type".into(), format!("\"{word}\" stands where \"Feature\" must")));
        }
        Some(other) => return Some(wrong("/type", "\"Feature\"", other)),
        None => return Some((String::new(), "the feature has no \"type\"".into())),
    }
    match members.get("properties") {
        None | Some(Value::Null | Value::Object(_)) => {}
        Some(other) => return Some(wrong("/properties", "an object or null", other)),
    }
    match members.get("geometry") {
        None | Some(Value::Null) => None,
        Some(geometry) => of_geometry(geometry, "/geometry"),
    }
}

fn of_geometry(geometry: &Value, at: &str) -> Option<(String, String)> {
    let Value::Object(members) = geometry else { return Some(wrong(at, "a geometry (an object) or null", geometry)) };
    let kind = match members.get("type") {
        Some(Value::String(word)) => word.as_str(),
        Some(other) => return Some(wrong(&format!("{at}/type"), "the type of a geometry", other)),
        None => return Some((at.into(), "the geometry has no \"type\"".into())),
    };
    if kind == "GeometryCollection" {
        return match members.get("geometries") {
            Some(Value::Array(all)) => {
                all.iter().enumerate().find_map(|(i, one)| of_geometry(one, &format!("{at}/geometries/{i}")))
            }
            Some(other) => Some(wrong(&format!("{at}/geometries"), "a list of geometries", other)),
            None => Some((at.into(), "the GeometryCollection has no \"geometries\"".into())),
        };
    }
    let depth = match kind {
        "Point" => 1,
        "MultiPoint" | "LineString" => 2,
        "MultiLineString" | "Polygon" => 3,
        "MultiPolygon" => 4,
        other => return Some((format!("{at}/type"), format!("\"{other}\" is no type of geometry"))),
    };
    match members.get("coordinates") {
        Some(coordinates) => of_coordinates(coordinates, depth, &mut format!("{at}/coordinates")),
        None => Some((at.into(), format!("the {kind} has no \"coordinates\""))),
    }
}

fn of_coordinates(value: &Value, depth: usize, at: &mut String) -> Option<(String, String)> {
    let needed = [
        "a number",
        "a position (a list of numbers)",
        "a list of positions",
        "a list of rings or lines",
        "a list of polygons",
    ];
    match value {
        Value::Number(_) if depth == 0 => None,
        Value::Array(items) if depth > 0 => items.iter().enumerate().find_map(|(i, item)| {
            let length = at.len();
            at.push_str(&format!("/{i}"));
            let found = of_coordinates(item, depth - 1, at);
            at.truncate(length);
            found
        }),
        other => Some(wrong(at, needed[depth], other)),
    }
}

fn wrong(at: &str, needed: &str, found: &Value) -> (String, String) {
    let found = match found {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    };
    (at.into(), format!("{needed} is needed, and this is {found}"))
}

/// Converts a parser error: distinguishes texts that are not JSON, with the position; `(line, column)` is the offset of
/// the text in its file.
pub(super) fn explain(
    text: &str,
    path: &str,
    (cause, before): (&serde_json::Error, (usize, usize)),
    limits: Limits,
) -> ReadError {
    let place = |error: &serde_json::Error| {
        let columns = if error.line() == 1 { before.1 } else { 0 };
        (before.0 + error.line(), columns + error.column())
    };
    let (line, column) = place(cause);
    let reason = cause.to_string();
    let reason = reason.split(" at line ").next().unwrap_or_default().to_owned();
    if cause.is_eof() {
        return ReadError::new(path, Problem::BreaksOff { line, column });
    }
    if let Some(error) = refused::fault(path, text, cause, limits).filter(|_| !is_depth(cause)) {
        return error;
    }
    // Distinguishes JSON that is not GeoJSON, by a cheap parse.
    match serde_json::from_str::<serde::de::IgnoredAny>(text) {
        Ok(_) if is_depth(cause) => ReadError::new(path, Problem::TooDeep(limits.max_depth)),
        Ok(_) => ReadError {
            pointer: None,
            ..ReadError::new(path, Problem::NotGeojson { reason: format!("{reason} at line {line} column {column}") })
        },
        Err(syntax) => no_json(path, &syntax, place(&syntax)),
    }
}

/// The error for a text that is not JSON.
pub(super) fn no_json(path: &str, syntax: &serde_json::Error, (line, column): (usize, usize)) -> ReadError {
    if syntax.is_eof() {
        return ReadError::new(path, Problem::BreaksOff { line, column });
    }
    let reason = syntax.to_string();
    let reason = reason.split(" at line ").next().unwrap_or_default().to_owned();
    ReadError::new(path, Problem::NotJson { reason, line, column })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn found(geometry: Value) -> String {
        let (at, why) = fault(&json!({"type": "Feature", "geometry": geometry})).unwrap_or_default();
        format!("{at}: {why}")
    }

    #[test]
    fn the_first_place_that_is_wrong() {
        let ring = json!([[0, 0], [1, 0], [1, "x"], [0, 0]]);
        assert_eq!(
            found(json!({"type": "Polygon", "coordinates": [ring]})),
            "/geometry/coordinates/0/2/1: a number is needed, and this is a text"
        );
        assert_eq!(
            found(json!({"type": "Polygon", "coordinates": [[0, 0], [1, 0]]})),
            "/geometry/coordinates/0/0: a position (a list of numbers) is needed, and this is a number"
        );
        assert_eq!(
            found(json!({"type": "GeometryCollection", "geometries": [{"type": "Point", "coordinates": [[1, 2]]}]})),
            "/geometry/geometries/0/coordinates/0: a number is needed, and this is a list"
        );
        assert_eq!(found(json!({"type": "Circle"})), "/geometry/type: \"Circle\" is no type of geometry");
        assert_eq!(found(json!({"type": "Point"})), "/geometry: the Point has no \"coordinates\"");
        assert_eq!(fault(&json!({"type": "Feature", "geometry": null})), None);
        assert_eq!(fault(&json!({"type": "Feature", "geometry": {"type": "Point", "coordinates": [1, 2]}})), None);
    }
}

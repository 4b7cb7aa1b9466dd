//! GeoJSON in another system than WGS 84, or with its axes exchanged, becomes the GeoJSON that RFC 7946 knows.

use super::super::id_fields::named;
use super::super::parse::parse;
use super::super::{FeatureLabel, Limits, Problem, ReadError};
use super::Way;
use geo::Coord;
use serde_json::{Map, Number, Value};

/// A GeoJSON text in WGS 84.
pub(in crate::io) struct Rewritten {
    pub text: String,
    /// What is wrong with positions of features, the first of each; these have no geometry in the text.
    pub invalid: Vec<ReadError>,
}

/// Takes every position of a GeoJSON text the way to WGS 84; the `crs` member and bounding boxes go. What is no position
/// is left for the reader to complain about. Nothing where the text is no JSON.
///
/// # Errors
/// A position of what is no feature of a collection, or of every one, does not fit the system.
pub(in crate::io) fn rewrite(
    text: &str,
    path: &str,
    way: &Way,
    limits: Limits,
) -> Result<Option<Rewritten>, ReadError> {
    // A text that is no JSON is the reader's to explain.
    let Ok(mut document) = parse::<Value>(text, limits) else { return Ok(None) };
    let mut invalid = Vec::new();
    if let Value::Object(members) = &mut document {
        members.shift_remove("crs");
        members.shift_remove("bbox");
        let walk = |label| Walk { way, path, label };
        let mut sound = false;
        if let Some(Value::Array(features)) = members.get_mut("features") {
            for (index, feature) in features.iter_mut().enumerate() {
                let Value::Object(members) = feature else { continue };
                let id = members.get("id").map(|id| id.as_str().map_or_else(|| id.to_string(), str::to_owned));
                let name = || named(members.get("properties")?.as_object()?);
                let walk = walk(Some(FeatureLabel { index, id: id.or_else(name) }));
                match walk.object(members, &format!("/features/{index}")) {
                    Ok(()) => sound |= members.get("geometry").is_some_and(Value::is_object),
                    Err(error) => {
                        members.insert("geometry".into(), Value::Null);
                        invalid.push(error);
                    }
                }
            }
        }
        if !sound && !invalid.is_empty() {
            // Nothing is wrong with any one of them: the system does not fit.
            return Err(invalid.swap_remove(0));
        }
        walk(None).object(members, "")?;
    }
    Ok(Some(Rewritten { text: document.to_string(), invalid }))
}

struct Walk<'a> {
    way: &'a Way,
    path: &'a str,
    label: Option<FeatureLabel>,
}

impl Walk<'_> {
    /// A feature or a geometry, also one that is the document.
    fn object(&self, members: &mut Map<String, Value>, pointer: &str) -> Result<(), ReadError> {
        members.shift_remove("bbox");
        if let Some(Value::Object(geometry)) = members.get_mut("geometry") {
            self.object(geometry, &format!("{pointer}/geometry"))?;
        }
        if let Some(Value::Array(geometries)) = members.get_mut("geometries") {
            for (index, geometry) in geometries.iter_mut().enumerate() {
                if let Value::Object(members) = geometry {
                    self.object(members, &format!("{pointer}/geometries/{index}"))?;
                }
            }
        }
        // How many positions a line needs to have edges: what has fewer is left for the reader to complain about.
        let least = match members.get("type").and_then(Value::as_str) {
            Some("Point" | "MultiPoint") => usize::MAX,
            Some("Polygon" | "MultiPolygon") => 4,
            _ => 2,
        };
        match members.get_mut("coordinates") {
            Some(Value::Array(items)) => self.coordinates(items, least, &mut vec![format!("{pointer}/coordinates")]),
            _ => Ok(()),
        }
    }

    fn coordinates(&self, items: &mut Vec<Value>, least: usize, steps: &mut Vec<String>) -> Result<(), ReadError> {
        if let [Value::Number(x), Value::Number(y), ..] = items.as_slice() {
            let (Some(x), Some(y)) = (x.as_f64(), y.as_f64()) else { return Ok(()) };
            let there = self.way.apply(Coord { x, y }).map_err(|problem| self.wrong(steps, problem))?;
            for (item, value) in items.iter_mut().zip([there.x, there.y]) {
                *item = Number::from_f64(value).map_or(Value::Null, Value::Number);
            }
            return Ok(());
        }
        let line: Option<Vec<Coord>> = items.iter().map(plain_position).collect();
        if let Some(line) = line.filter(|line| line.len() >= least) {
            let before = std::mem::take(items);
            let put = |edge: usize, share: f64, at: Coord| items.push(position(at, &before[edge..], share));
            // Where it fails, each position is asked which is wrong.
            if self.way.course(&line, put).is_ok() {
                return Ok(());
            }
            *items = before;
        }
        for (index, item) in items.iter_mut().enumerate() {
            if let Value::Array(inner) = item {
                steps.push(format!("/{index}"));
                self.coordinates(inner, least, steps)?;
                steps.pop();
            }
        }
        Ok(())
    }

    fn wrong(&self, steps: &[String], problem: Problem) -> ReadError {
        let pointer = Some(steps.concat());
        ReadError { feature: self.label.clone(), pointer, ..ReadError::new(self.path, problem) }
    }
}

/// A position of numbers: its first two.
fn plain_position(value: &Value) -> Option<Coord> {
    let [x, y, ..] = value.as_array()?.as_slice() else { return None };
    Some(Coord { x: x.as_f64()?, y: y.as_f64()? })
}

/// A position on the edge between the first two of `ends`, its height between theirs; what else the first carries stays
/// with that alone.
fn position(at: Coord, ends: &[Value], share: f64) -> Value {
    let number = |value: f64| Number::from_f64(value).map_or(Value::Null, Value::Number);
    let rest =
        |end: Option<&Value>| end.and_then(Value::as_array).and_then(|end| end.get(2..)).unwrap_or_default().to_vec();
    let mut out = vec![number(at.x), number(at.y)];
    let (from, to) = (rest(ends.first()), rest(ends.get(1)));
    if share == 0.0 {
        out.extend(from);
    } else if let (Some(from), Some(to)) = (from.first().and_then(Value::as_f64), to.first().and_then(Value::as_f64)) {
        out.push(number(from + (to - from) * share));
    }
    Value::Array(out)
}

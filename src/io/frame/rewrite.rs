//! Rewrites GeoJSON in another system, or with swapped axes, as RFC 7946 GeoJSON in WGS 84.

use super::super::id_fields::named;
use super::super::parse::parse;
use super::super::{FeatureLabel, Limits, Problem, ReadError};
use super::CrsTransform;
use geo::Coord;
use serde_json::{Map, Number, Value};

/// A GeoJSON text in WGS 84.
pub(in crate::io) struct Rewritten {
    pub text: String,
    /// Errors of invalid positions, the first of each feature; these features have no geometry in the text.
    pub invalid: Vec<ReadError>,
}

/// Transforms every position of a GeoJSON text to WGS 84; removes the `crs` member and bounding boxes. Invalid
/// positions are left for the reader to report. `None` if the text is not JSON.
///
/// # Errors
/// A position outside the features of a collection, or of every feature, is impossible in the system.
pub(in crate::io) fn rewrite(
    text: &str,
    path: &str,
    way: &CrsTransform,
    limits: Limits,
) -> Result<Option<Rewritten>, ReadError> {
    // The reader reports a text that is not JSON.
    let Ok(mut document) = parse::<Value>(text, limits) else { return Ok(None) };
    let mut invalid = Vec::new();
    if let Value::Object(members) = &mut document {
        members.shift_remove("crs");
        members.shift_remove("bbox");
        let walk = |label| RewriteWalk { way, path, label };
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
            // All features are invalid: the system is wrong, not a single feature.
            return Err(invalid.swap_remove(0));
        }
        walk(None).object(members, "")?;
    }
    Ok(Some(Rewritten { text: document.to_string(), invalid }))
}

struct RewriteWalk<'a> {
    way: &'a CrsTransform,
    path: &'a str,
    label: Option<FeatureLabel>,
}

impl RewriteWalk<'_> {
    /// A feature or a geometry, possibly the whole document.
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
        // Least number of positions for a line with edges: shorter ones are left for the reader to report.
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
            // On failure, tests each position to find the invalid one.
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

/// The first two numbers of a position.
fn plain_position(value: &Value) -> Option<Coord> {
    let [x, y, ..] = value.as_array()?.as_slice() else { return None };
    Some(Coord { x: x.as_f64()?, y: y.as_f64()? })
}

/// A position on the edge between the first two of `ends`, with an interpolated height; further numbers of the first
/// are kept only at the first.
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

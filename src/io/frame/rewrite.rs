//! GeoJSON in another system than WGS 84, or with its axes exchanged, becomes the GeoJSON that RFC 7946 knows.

use super::super::parse::parse;
use super::super::{FeatureLabel, Problem, ReadError};
use super::Way;
use geo::Coord;
use serde_json::{Map, Number, Value};

/// Takes every position of a GeoJSON text the way to WGS 84; the `crs` member and bounding boxes go. What is no position
/// is left for the reader to complain about.
pub(in crate::io) fn rewrite(text: &str, path: &str, way: &Way) -> Result<Option<String>, ReadError> {
    // A text that is no JSON is the reader's to explain.
    let Ok(mut document) = parse::<Value>(text) else { return Ok(None) };
    let mut walk = Walk { way, path, label: None };
    if let Value::Object(members) = &mut document {
        members.shift_remove("crs");
        walk.object(members, "")?;
    }
    Ok(Some(document.to_string()))
}

struct Walk<'a> {
    way: &'a Way,
    path: &'a str,
    label: Option<FeatureLabel>,
}

impl Walk<'_> {
    fn object(&mut self, members: &mut Map<String, Value>, pointer: &str) -> Result<(), ReadError> {
        members.shift_remove("bbox");
        if let Some(Value::Array(features)) = members.get_mut("features") {
            for (index, feature) in features.iter_mut().enumerate() {
                if let Value::Object(members) = feature {
                    let id = members.get("id").map(|id| id.as_str().map_or_else(|| id.to_string(), str::to_owned));
                    self.label = Some(FeatureLabel { index, id });
                    self.object(members, &format!("{pointer}/features/{index}"))?;
                }
            }
        }
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
        match members.get_mut("coordinates") {
            Some(Value::Array(items)) => self.coordinates(items, &mut vec![format!("{pointer}/coordinates")]),
            _ => Ok(()),
        }
    }

    fn coordinates(&self, items: &mut [Value], steps: &mut Vec<String>) -> Result<(), ReadError> {
        if let [Value::Number(x), Value::Number(y), ..] = items {
            let (Some(x), Some(y)) = (x.as_f64(), y.as_f64()) else { return Ok(()) };
            let there = self.way.apply(Coord { x, y }).map_err(|problem| self.wrong(steps, problem))?;
            for (item, value) in items.iter_mut().zip([there.x, there.y]) {
                *item = Number::from_f64(value).map_or(Value::Null, Value::Number);
            }
            return Ok(());
        }
        for (index, item) in items.iter_mut().enumerate() {
            if let Value::Array(inner) = item {
                steps.push(format!("/{index}"));
                self.coordinates(inner, steps)?;
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

//! Layers of any format during conversion, with every property and height preserved.

use geo::Coord;
use rustc_hash::FxHashMap;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// A position, with its height if it has one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::io) struct Position {
    /// East and north.
    pub at: Coord,
    pub z: Option<f64>,
}

/// A geometry (RFC 7946, section 3.1).
#[derive(Debug, Clone, PartialEq)]
pub(in crate::io) enum Shape {
    Point(Position),
    MultiPoint(Vec<Position>),
    Line(Vec<Position>),
    MultiLine(Vec<Vec<Position>>),
    Polygon(Vec<Vec<Position>>),
    MultiPolygon(Vec<Vec<Vec<Position>>>),
    Collection(Vec<Shape>),
}

/// GeometryDimension of geometry, by dimension.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum GeometryDimension {
    /// Points and multi-points.
    Points,
    /// Lines and multi-lines.
    Lines,
    /// Polygons and multi-polygons.
    Polygons,
}

impl Shape {
    /// Visits every position, in order.
    pub fn each<E>(&mut self, visit: &mut impl FnMut(&mut Position) -> Result<(), E>) -> Result<(), E> {
        match self {
            Shape::Point(position) => visit(position),
            Shape::MultiPoint(line) | Shape::Line(line) => line.iter_mut().try_for_each(visit),
            Shape::MultiLine(rings) | Shape::Polygon(rings) => rings.iter_mut().flatten().try_for_each(visit),
            Shape::MultiPolygon(polygons) => polygons.iter_mut().flatten().flatten().try_for_each(visit),
            Shape::Collection(shapes) => shapes.iter_mut().try_for_each(|shape| shape.each(visit)),
        }
    }

    /// Number of positions.
    pub fn positions(&self) -> usize {
        match self {
            Shape::Point(_) => 1,
            Shape::MultiPoint(line) | Shape::Line(line) => line.len(),
            Shape::MultiLine(rings) | Shape::Polygon(rings) => rings.iter().map(Vec::len).sum(),
            Shape::MultiPolygon(polygons) => polygons.iter().flatten().map(Vec::len).sum(),
            Shape::Collection(shapes) => shapes.iter().map(Shape::positions).sum(),
        }
    }

    /// Number of positions without a height.
    pub fn without_height(&self) -> usize {
        let flat = |line: &[Position]| line.iter().filter(|position| position.z.is_none()).count();
        match self {
            Shape::Point(position) => usize::from(position.z.is_none()),
            Shape::MultiPoint(line) | Shape::Line(line) => flat(line),
            Shape::MultiLine(rings) | Shape::Polygon(rings) => rings.iter().map(|ring| flat(ring)).sum(),
            Shape::MultiPolygon(polygons) => polygons.iter().flatten().map(|ring| flat(ring)).sum(),
            Shape::Collection(shapes) => shapes.iter().map(Shape::without_height).sum(),
        }
    }

    /// The kinds of geometry that it contains.
    pub fn kinds(&self) -> Vec<GeometryDimension> {
        match self {
            Shape::Point(_) | Shape::MultiPoint(_) => vec![GeometryDimension::Points],
            Shape::Line(_) | Shape::MultiLine(_) => vec![GeometryDimension::Lines],
            Shape::Polygon(_) | Shape::MultiPolygon(_) => vec![GeometryDimension::Polygons],
            Shape::Collection(shapes) => {
                let mut kinds: Vec<GeometryDimension> = shapes.iter().flat_map(Shape::kinds).collect();
                kinds.sort_unstable();
                kinds.dedup();
                kinds
            }
        }
    }

    /// Its geometry of one kind, as a single geometry.
    pub fn only(&self, kind: GeometryDimension) -> Option<Shape> {
        match self {
            Shape::Collection(_) => {
                let mut parts = Vec::new();
                self.simple(&mut parts);
                parts.retain(|part| part.kinds() == [kind]);
                joined(parts)
            }
            _ => (self.kinds() == [kind]).then(|| self.clone()),
        }
    }

    /// Splits multi-geometries and collections into simple geometries.
    pub fn simple(&self, out: &mut Vec<Shape>) {
        match self {
            Shape::MultiPoint(points) => out.extend(points.iter().map(|p| Shape::Point(*p))),
            Shape::MultiLine(lines) => out.extend(lines.iter().cloned().map(Shape::Line)),
            Shape::MultiPolygon(polygons) => out.extend(polygons.iter().cloned().map(Shape::Polygon)),
            Shape::Collection(shapes) => shapes.iter().for_each(|shape| shape.simple(out)),
            single => out.push(single.clone()),
        }
    }

    /// The geometry as a multi-geometry.
    pub fn multi(self) -> Shape {
        match self {
            Shape::Point(position) => Shape::MultiPoint(vec![position]),
            Shape::Line(line) => Shape::MultiLine(vec![line]),
            Shape::Polygon(rings) => Shape::MultiPolygon(vec![rings]),
            other => other,
        }
    }

    /// Whether a position has a height.
    pub fn has_z(&self) -> bool {
        let first = |line: &[Position]| line.iter().any(|position| position.z.is_some());
        match self {
            Shape::Point(position) => position.z.is_some(),
            Shape::MultiPoint(line) | Shape::Line(line) => first(line),
            Shape::MultiLine(rings) | Shape::Polygon(rings) => rings.iter().any(|ring| first(ring)),
            Shape::MultiPolygon(polygons) => polygons.iter().flatten().any(|ring| first(ring)),
            Shape::Collection(shapes) => shapes.iter().any(Shape::has_z),
        }
    }
}

/// Combines simple geometries of one kind into one geometry.
fn joined(mut parts: Vec<Shape>) -> Option<Shape> {
    if parts.len() < 2 {
        return parts.pop();
    }
    let mut out = parts.remove(0).multi();
    for part in parts {
        match (&mut out, part) {
            (Shape::MultiPoint(all), Shape::Point(position)) => all.push(position),
            (Shape::MultiLine(all), Shape::Line(line)) => all.push(line),
            (Shape::MultiPolygon(all), Shape::Polygon(rings)) => all.push(rings),
            _ => {}
        }
    }
    Some(out)
}

/// The type of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(not(feature = "gdal"), allow(dead_code, reason = "only the schemas of OGR's formats tell dates from text"))]
pub(in crate::io) enum FieldKind {
    Bool,
    Integer,
    Real,
    Text,
    Date,
    DateTime,
    /// Lists and objects.
    Nested,
}

/// A feature.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::io) struct Row {
    /// The feature's own `id` member.
    pub id: Option<Value>,
    pub shape: Option<Shape>,
    pub properties: Map<String, Value>,
}

/// A layer.
#[derive(Debug, Clone, Default, PartialEq)]
pub(in crate::io) struct Table {
    pub name: String,
    pub rows: Vec<Row>,
    /// Fields whose type is known from the file's own schema, not from values alone.
    pub known: BTreeMap<String, FieldKind>,
}

impl Table {
    /// Its fields in order of first occurrence, each with the type that holds all its values.
    pub fn fields(&self) -> Vec<(String, FieldKind)> {
        let mut fields = Fields::default();
        self.rows.iter().for_each(|row| fields.take(&row.properties));
        let kind =
            |key: &str, kind: Option<FieldKind>| self.known.get(key).copied().or(kind).unwrap_or(FieldKind::Text);
        fields.all().map(|(key, of)| (key.to_owned(), kind(key, of))).collect()
    }
}

/// Collects the fields of features.
#[derive(Debug, Clone, Default)]
pub(in crate::io) struct Fields {
    order: Vec<String>,
    kinds: FxHashMap<String, Option<FieldKind>>,
}

impl Fields {
    /// Adds a feature with these properties.
    pub fn take(&mut self, properties: &Map<String, Value>) {
        for (key, value) in properties {
            let kind = kind_of(value);
            match self.kinds.get_mut(key) {
                Some(before) => *before = widened(*before, kind),
                None => {
                    self.order.push(key.clone());
                    self.kinds.insert(key.clone(), kind);
                }
            }
        }
    }

    /// Number of fields so far.
    pub fn count(&self) -> usize {
        self.order.len()
    }

    /// The fields in order of first occurrence, each with the type that holds all its values, if it has values.
    pub fn all(&self) -> impl Iterator<Item = (&str, Option<FieldKind>)> {
        self.order.iter().map(|key| (key.as_str(), self.kinds[key]))
    }
}

pub(super) fn kind_of(value: &Value) -> Option<FieldKind> {
    match value {
        Value::Null => None,
        Value::Bool(_) => Some(FieldKind::Bool),
        Value::Number(number) if number.is_i64() => Some(FieldKind::Integer),
        Value::Number(_) => Some(FieldKind::Real),
        Value::String(_) => Some(FieldKind::Text),
        Value::Array(_) | Value::Object(_) => Some(FieldKind::Nested),
    }
}

pub(super) fn widened(a: Option<FieldKind>, b: Option<FieldKind>) -> Option<FieldKind> {
    use FieldKind::{Integer, Nested, Real, Text};
    match (a, b) {
        (None, kind) | (kind, None) => kind,
        (Some(a), Some(b)) if a == b => Some(a),
        (Some(Integer | Real), Some(Integer | Real)) => Some(Real),
        (Some(Nested), _) | (_, Some(Nested)) => Some(Nested),
        _ => Some(Text),
    }
}

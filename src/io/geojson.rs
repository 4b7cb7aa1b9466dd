//! Reads and writes GeoJSON (RFC 7946). The only module that uses the `geojson` crate.

use super::antimeridian;
use super::direct;
use super::geometry_issue::issues;
use super::id_fields::{digits, named};
use super::malformed::{self, UNNAMED_CRS, explain, no_json};
use super::parse::{is_depth, parse};
use super::plain::json_line;
use super::sequence;
use super::{FeatureLabel, Limits, Problem, RawFeature, RawGeometry, RawLayer, ReadError};
use crate::earth::{Crs, Datum};
use crate::model::{Input, WarningCode};
use ::geojson::feature::Id;
use ::geojson::{Feature, FeatureCollection, GeoJson, Geometry, GeometryValue, Position};
use geo::Coord;
use serde::Deserialize;
use serde_json::{Map, Value};

/// Reads the bytes of a GeoJSON file, or of a GeoJSON sequence if `may_be_sequence`; `input` names it in messages.
///
/// # Errors
/// With the position in the bytes or the feature at which it is not GeoJSON in WGS 84.
pub(super) fn read(bytes: &[u8], input: Input, may_be_sequence: bool, limits: Limits) -> Result<RawLayer, ReadError> {
    if let Some(layer) = direct::read(bytes, &input, may_be_sequence) {
        return Ok(layer);
    }
    let text = text(bytes, &input.path)?;
    if may_be_sequence && sequence::is_one(text) {
        return read_records(&sequence::spaced(text), input, limits);
    }
    let mut layer = read_by_crate(text, input, limits)?;
    for sentence in issues(text, limits) {
        layer.warn(WarningCode::Member, None, sentence);
    }
    Ok(layer)
}

/// Reads the records of a GeoJSON sequence, which are all features. Pointers number them as features of a collection.
fn read_records(text: &str, input: Input, limits: Limits) -> Result<RawLayer, ReadError> {
    let mut layer = RawLayer::empty(input);
    let path = layer.input.path.clone();
    for (index, record) in sequence::records(text).enumerate() {
        let record = record.map_err(|error| no_json(&path, &error, (error.line(), error.column())))?;
        match parse::<Feature>(record.text, limits) {
            Ok(feature) => {
                check_crs(feature.foreign_members.as_ref(), &mut layer)?;
                push_feature(&mut layer, feature, &geometry_pointer(index));
            }
            Err(error) => match parse::<Value>(record.text, limits).ok().filter(|_| !is_depth(&error)) {
                Some(value) => push_malformed(&mut layer, value, &error),
                None => return Err(explain(record.text, &path, (&error, record.begin()), limits)),
            },
        }
        for sentence in issues(record.text, limits) {
            layer.warn(WarningCode::Member, None, format!("/features/{index}{sentence}"));
        }
    }
    layer.input.features = layer.features.len();
    Ok(layer)
}

/// The bytes as text.
pub(super) fn text<'b>(bytes: &'b [u8], path: &str) -> Result<&'b str, ReadError> {
    std::str::from_utf8(bytes).map_err(|error| not_utf8(bytes, path, error.valid_up_to()))
}

fn not_utf8(bytes: &[u8], path: &str, at: usize) -> ReadError {
    let before = &bytes[..at];
    let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
    let column = before.len() - before.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1) + 1;
    ReadError::new(path, Problem::JsonNotUtf8 { line, column })
}

/// Reads any text by the crate.
pub(super) fn read_by_crate(text: &str, input: Input, limits: Limits) -> Result<RawLayer, ReadError> {
    if text.trim().is_empty() {
        return Err(ReadError::new(input.path, Problem::Empty));
    }
    let parsed: GeoJson = match parse(text, limits) {
        Ok(parsed) => parsed,
        Err(error) => {
            let one_by_one = if is_depth(&error) { None } else { read_one_by_one(text, &input, limits) };
            return one_by_one.unwrap_or_else(|| Err(explain(text, &input.path, (&error, (0, 0)), limits)));
        }
    };
    let mut layer = RawLayer::empty(input);
    let members = match &parsed {
        GeoJson::FeatureCollection(collection) => collection.foreign_members.as_ref(),
        GeoJson::Feature(feature) => feature.foreign_members.as_ref(),
        GeoJson::Geometry(geometry) => geometry.foreign_members.as_ref(),
    };
    check_crs(members, &mut layer)?;
    match parsed {
        GeoJson::FeatureCollection(collection) => {
            layer.features.reserve(collection.features.len());
            for (index, feature) in collection.features.into_iter().enumerate() {
                push_feature(&mut layer, feature, &geometry_pointer(index));
            }
        }
        GeoJson::Feature(feature) => push_feature(&mut layer, feature, "/geometry"),
        GeoJson::Geometry(geometry) => {
            let geometry = read_geometry(&mut layer, 0, None, geometry, "")?;
            layer.features.push(RawFeature { id: None, properties: Map::new(), geometry, pointer: String::new() });
        }
    }
    layer.input.features = layer.features.len();
    Ok(layer)
}

/// Reads a collection with malformed features, each of which is invalid; `None` if that is not the fault.
fn read_one_by_one(text: &str, input: &Input, limits: Limits) -> Option<Result<RawLayer, ReadError>> {
    let Ok(Value::Object(mut members)) = parse(text, limits) else { return None };
    let Some(Value::Array(features)) = members.shift_remove("features") else { return None };
    if members.get("type").and_then(Value::as_str) != Some("FeatureCollection") {
        return None;
    }
    let mut layer = RawLayer::empty(input.clone());
    if let Err(error) = check_crs(Some(&members), &mut layer) {
        return Some(Err(error));
    }
    for (index, value) in features.into_iter().enumerate() {
        match Feature::deserialize(&value) {
            Ok(feature) => push_feature(&mut layer, feature, &geometry_pointer(index)),
            Err(error) => push_malformed(&mut layer, value, &error),
        }
    }
    layer.input.features = layer.features.len();
    (!layer.invalid.is_empty()).then_some(Ok(layer))
}

/// Adds a value that is not a feature: its error, and a feature without coordinates.
fn push_malformed(layer: &mut RawLayer, value: Value, error: &serde_json::Error) {
    let index = layer.gone_by();
    let (at, reason) = malformed::fault(&value).unwrap_or_else(|| (String::new(), error.to_string()));
    let id = match value.get("id") {
        Some(Value::String(text)) => Some(text.clone()),
        Some(Value::Number(number)) => Some(digits(number)),
        _ => None,
    };
    let properties = value.get("properties").and_then(Value::as_object).cloned().unwrap_or_default();
    let label = FeatureLabel { index, id: id.clone().or_else(|| named(&properties)) };
    let pointer = Some(format!("/features/{index}{at}"));
    let problem = Problem::NotGeojson { reason };
    layer.invalid.push(ReadError { feature: Some(label), pointer, ..ReadError::new(&layer.input.path, problem) });
    let pointer = format!("{}/coordinates", geometry_pointer(index));
    layer.features.push(RawFeature { id, properties, geometry: without_coordinates(), pointer });
}

fn without_coordinates() -> RawGeometry {
    RawGeometry { type_name: "feature without geometry", ..RawGeometry::default() }
}

/// The name in the obsolete `crs` member of a GeoJSON text, if it has one.
pub(super) fn declared_crs(text: &str, limits: Limits) -> Option<String> {
    #[derive(serde::Deserialize)]
    struct Document {
        crs: Option<Value>,
    }
    let document: Document = parse(text, limits).ok()?;
    crs_name(&document.crs?)
}

/// The name of a system in a `crs` member (GeoJSON 2008, section 3), or its code in an older form.
pub(super) fn crs_name(crs: &Value) -> Option<String> {
    let of = crs.get("properties")?;
    if let Some(name) = of.get("name").and_then(Value::as_str) {
        return Some(name.to_owned());
    }
    let code = of.get("code")?;
    let code = code.as_u64().map(|code| code.to_string()).or_else(|| code.as_str().map(str::to_owned))?;
    let authority = crs.get("type").and_then(Value::as_str).filter(|word| *word != "name").unwrap_or("EPSG");
    Some(if code.contains(':') { code } else { format!("{authority}:{code}") })
}

/// Whether a name denotes WGS 84 longitude and latitude.
pub(super) fn is_wgs84(name: &str) -> bool {
    Crs::parse(name).is_ok_and(|crs| crs.is_geographic() && crs.datum() == Datum::Wgs84)
}

/// JSON pointer to the geometry of a feature of a collection.
pub(crate) fn geometry_pointer(index: usize) -> String {
    format!("/features/{index}/geometry")
}

/// A feature of a collection, parsed by the crate from its own text.
pub(super) struct CrateFeature(Feature);

impl CrateFeature {
    /// Parses the text of a feature, if it is one, declares no system of its own and is within the default nesting
    /// limit.
    pub fn read(text: &str) -> Option<Self> {
        let plain = |feature: &Feature| feature.foreign_members.as_ref().is_none_or(|all| !all.contains_key("crs"));
        parse(text, Limits::DEFAULT).ok().filter(plain).map(CrateFeature)
    }

    /// Adds it to its layer.
    pub fn push(self, layer: &mut RawLayer) {
        let pointer = geometry_pointer(layer.gone_by());
        push_feature(layer, self.0, &pointer);
    }
}

fn check_crs(members: Option<&Map<String, Value>>, layer: &mut RawLayer) -> Result<(), ReadError> {
    let Some(crs) = members.and_then(|m| m.get("crs")).filter(|crs| !crs.is_null()) else { return Ok(()) };
    let name = crs_name(crs);
    let name = name.as_deref().unwrap_or(UNNAMED_CRS);
    if is_wgs84(name) {
        if name.ends_with("4326") {
            let message = format!("the file declares {name}; its positions are read as longitude, latitude");
            layer.warn(WarningCode::Member, None, message);
        }
        return Ok(());
    }
    Err(ReadError { pointer: Some("/crs".into()), ..ReadError::new(&layer.input.path, Problem::OtherCrs(name.into())) })
}

/// Adds a feature with a geometry from another reader, or that reader's error.
#[cfg(feature = "formats")]
pub(super) fn push_geometry(
    layer: &mut RawLayer,
    properties: Map<String, Value>,
    geometry: Result<Option<geo::Geometry>, Problem>,
) {
    match geometry {
        Ok(geometry) => {
            let geometry = geometry.map(|g| Geometry::new(GeometryValue::from(&g)));
            let properties = Some(properties);
            let feature = Feature { bbox: None, geometry, id: None, properties, foreign_members: None };
            push_feature(layer, feature, NO_POINTER);
        }
        Err(problem) => {
            let feature = Some(FeatureLabel { index: layer.gone_by(), id: named(&properties) });
            layer.invalid.push(ReadError { feature, ..ReadError::new(&layer.input.path, problem) });
            let geometry = without_coordinates();
            layer.features.push(RawFeature { id: None, properties, geometry, pointer: String::new() });
        }
    }
}

/// In place of a JSON pointer if the file is not JSON.
const NO_POINTER: &str = "\u{0}";

fn push_feature(layer: &mut RawLayer, feature: Feature, pointer: &str) {
    let index = layer.gone_by();
    let id = feature.id.map(|id| match id {
        Id::String(text) => text,
        Id::Number(number) => digits(&number),
    });
    let shown = || id.clone().or_else(|| named(feature.properties.as_ref()?));
    let invalid = layer.invalid.len();
    let geometry = match feature.geometry {
        Some(geometry) => read_geometry(layer, index, shown(), geometry, pointer).unwrap_or_else(|error| {
            layer.invalid.push(error);
            without_coordinates()
        }),
        None => without_coordinates(),
    };
    let label = || index.to_string();
    if layer.invalid.len() > invalid {
        // Reported with all invalid features.
    } else if geometry.points.is_empty() && geometry.lines.is_empty() && geometry.polygons.is_empty() {
        layer.warn(WarningCode::NoGeometry, Some(label()), format!("feature {index} has no coordinates"));
    }
    if feature
        .foreign_members
        .as_ref()
        .is_some_and(|m| ["coordinates", "geometries", "features"].iter().any(|k| m.contains_key(*k)))
    {
        let message = format!("feature {index} has a member that belongs to geometries or collections; it is ignored");
        layer.warn(WarningCode::Member, Some(label()), message);
    }
    let properties = feature.properties.unwrap_or_default();
    let pointer = if pointer == NO_POINTER { String::new() } else { format!("{pointer}/coordinates") };
    layer.features.push(RawFeature { id, properties, geometry, pointer });
}

/// Visitor of a geometry; on an error, the indices collected on the way up form the JSON pointer.
struct GeometryWalk {
    geometry: RawGeometry,
    /// Positions with more than three numbers.
    extra: usize,
    /// Polygons without a ring.
    empty: usize,
}

type Fault = (Vec<String>, Problem);

fn read_geometry(
    layer: &mut RawLayer,
    index: usize,
    id: Option<String>,
    geometry: Geometry,
    pointer: &str,
) -> Result<RawGeometry, ReadError> {
    let typed = RawGeometry { type_name: geometry.value.type_name(), ..RawGeometry::default() };
    let mut walk = GeometryWalk { geometry: typed, extra: 0, empty: 0 };
    walk.value(geometry.value).map_err(|(mut steps, problem)| {
        steps.reverse();
        let path = steps.iter().map(|step| format!("/{step}")).collect::<String>();
        ReadError {
            feature: Some(FeatureLabel { index, id: id.clone() }),
            pointer: (pointer != NO_POINTER).then(|| format!("{pointer}{path}")),
            ..ReadError::new(&layer.input.path, problem)
        }
    })?;
    if antimeridian::settle(&mut walk.geometry) {
        let message = format!(
            "feature {index} lies beyond ±180°; what does is read 360° further, and cut at ±180° where it goes across"
        );
        layer.warn(WarningCode::Antimeridian, id.clone(), message);
    }
    if walk.extra > 0 {
        let message =
            format!("{} positions of feature {index} have more than three numbers; the rest is ignored", walk.extra);
        layer.warn(WarningCode::ExtraCoordinates, Some(index.to_string()), message);
    }
    if walk.empty > 0 && !walk.geometry.polygons.is_empty() {
        let message = format!("{} polygons of feature {index} have no ring; they were left out", walk.empty);
        layer.warn(WarningCode::Ring, Some(index.to_string()), message);
    }
    Ok(walk.geometry)
}

fn inside<T>(step: impl ToString, result: Result<T, Fault>) -> Result<T, Fault> {
    result.map_err(|(mut steps, problem)| {
        steps.push(step.to_string());
        (steps, problem)
    })
}

impl GeometryWalk {
    fn value(&mut self, value: GeometryValue) -> Result<(), Fault> {
        use GeometryValue::*;
        match value {
            GeometryCollection { geometries } => {
                for (i, geometry) in geometries.into_iter().enumerate() {
                    inside("geometries", inside(i, self.value(geometry.value)))?;
                }
                Ok(())
            }
            other => inside("coordinates", self.coordinates(other)),
        }
    }

    fn coordinates(&mut self, value: GeometryValue) -> Result<(), Fault> {
        use GeometryValue::*;
        match value {
            Point { coordinates } => {
                let position = self.position(&coordinates)?;
                self.geometry.points.push(position);
            }
            MultiPoint { coordinates } => self.geometry.points = self.positions(&coordinates)?,
            LineString { coordinates } => self.line(&coordinates)?,
            MultiLineString { coordinates } => {
                for (i, line) in coordinates.iter().enumerate() {
                    inside(i, self.line(line))?;
                }
            }
            Polygon { coordinates } => self.polygon(&coordinates)?,
            MultiPolygon { coordinates } => {
                self.geometry.polygons.reserve(coordinates.len());
                for (i, polygon) in coordinates.iter().enumerate() {
                    inside(i, self.polygon(polygon))?;
                }
            }
            GeometryCollection { .. } => unreachable!("`value` takes collections apart"),
        }
        Ok(())
    }

    fn position(&mut self, position: &Position) -> Result<Coord, Fault> {
        let numbers = position.as_slice();
        self.extra += usize::from(numbers.len() > 3);
        let [lon, lat, ..] = *numbers else {
            return Err((Vec::new(), Problem::ShortPosition(numbers.len())));
        };
        let problem = if !numbers.iter().all(|n| n.is_finite()) {
            Problem::NotFinite
        } else if let Some(at) = antimeridian::on_globe(Coord { x: lon, y: lat }) {
            return Ok(at);
        } else if lon.abs() <= 90.0 && lat.abs() <= 180.0 {
            Problem::Swapped { lon, lat }
        } else if lon.abs() > 540.0 || lat.abs() > 540.0 {
            Problem::Projected { lon, lat }
        } else {
            Problem::OutOfRange { lon, lat }
        };
        Err((Vec::new(), problem))
    }

    fn positions(&mut self, positions: &[Position]) -> Result<Vec<Coord>, Fault> {
        let mut out = Vec::with_capacity(positions.len());
        for (i, position) in positions.iter().enumerate() {
            out.push(inside(i, self.position(position))?);
        }
        Ok(out)
    }

    fn line(&mut self, positions: &[Position]) -> Result<(), Fault> {
        if positions.len() < 2 {
            return Err((Vec::new(), Problem::ShortLine(positions.len())));
        }
        let line = self.positions(positions)?;
        self.geometry.lines.push(line);
        Ok(())
    }

    fn polygon(&mut self, rings: &[Vec<Position>]) -> Result<(), Fault> {
        let mut polygon = Vec::with_capacity(rings.len());
        for (i, ring) in rings.iter().enumerate() {
            if ring.len() < 4 {
                return Err((vec![i.to_string()], Problem::ShortRing(ring.len())));
            }
            polygon.push(inside(i, self.positions(ring))?);
        }
        if polygon.is_empty() {
            self.empty += 1;
        } else {
            self.geometry.polygons.push(polygon);
        }
        Ok(())
    }
}

fn position(coord: &Coord) -> Position {
    Position::from([coord.x, coord.y])
}

/// A GeoJSON Point.
pub fn point_geometry(at: Coord) -> Value {
    to_value(GeometryValue::new_point(position(&at)))
}

/// A GeoJSON LineString, or a MultiLineString for several runs; consecutive duplicates are removed.
pub fn line_geometry(runs: &[Vec<Coord>]) -> Value {
    let once = |run: &Vec<Coord>| {
        let mut once = run.clone();
        once.dedup();
        if once.len() < 2 { run.iter().map(position).collect() } else { once.iter().map(position).collect() }
    };
    let lines: Vec<Vec<Position>> = runs.iter().map(once).collect();
    to_value(match <[_; 1]>::try_from(lines) {
        Ok([line]) => GeometryValue::LineString { coordinates: line },
        Err(coordinates) => GeometryValue::MultiLineString { coordinates },
    })
}

/// A GeoJSON Polygon, or a MultiPolygon for several parts.
pub fn polygon_geometry(parts: &[geo::Polygon]) -> Value {
    let ring = |ring: &geo::LineString| ring.0.iter().map(position).collect::<Vec<_>>();
    let polygons: Vec<Vec<Vec<Position>>> =
        parts.iter().map(|part| std::iter::once(part.exterior()).chain(part.interiors()).map(ring).collect()).collect();
    to_value(match <[_; 1]>::try_from(polygons) {
        Ok([polygon]) => GeometryValue::Polygon { coordinates: polygon },
        Err(coordinates) => GeometryValue::MultiPolygon { coordinates },
    })
}

fn to_value(value: GeometryValue) -> Value {
    serde_json::to_value(Geometry::new(value)).expect("a geometry is plain JSON")
}

/// A GeoJSON Feature.
pub fn feature(id: Option<String>, geometry: Value, properties: Map<String, Value>) -> Value {
    let geometry = serde_json::from_value::<Geometry>(geometry).expect("the functions above made it");
    let feature = Feature {
        bbox: None,
        geometry: Some(geometry),
        id: id.map(Id::String),
        properties: Some(properties),
        foreign_members: None,
    };
    serde_json::to_value(feature).expect("a feature is plain JSON")
}

/// A FeatureCollection with foreign members, one feature per line, as text.
pub fn feature_collection(features: &[Value], members: &Map<String, Value>) -> String {
    let features = features.iter().map(json_line).collect::<Vec<_>>().join(BETWEEN);
    collection_head(members) + &features + COLLECTION_END
}

/// Separator between the features of a written collection.
pub(super) const BETWEEN: &str = ",\n";
/// Text after the last feature.
pub(super) const COLLECTION_END: &str = "\n]}\n";

/// Text before the first feature of a written collection.
pub(super) fn collection_head(members: &Map<String, Value>) -> String {
    let empty = FeatureCollection { bbox: None, features: Vec::new(), foreign_members: Some(members.clone()) };
    let head = serde_json::to_value(empty).expect("a collection is plain JSON");
    let mut text = String::from("{\n");
    for (key, value) in head.as_object().into_iter().flatten().filter(|(key, _)| *key != "features") {
        text.push_str(&format!("{}: {},\n", Value::String(key.clone()), json_line(value)));
    }
    text.push_str("\"features\": [\n");
    text
}

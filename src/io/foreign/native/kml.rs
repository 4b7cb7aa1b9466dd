//! KML 2.3 (OGC 12-007r2) and its tracks: folders as layers, placemarks as features. Not read: ground overlays, models,
//! and what network links lead to.

use super::super::{ForeignLayer, layer};
use super::time;
use super::xml::{Document, Element};
use crate::io::antimeridian::unwrap_rings;
use crate::io::convert::{Position, Shape};
use crate::io::frame::System;
use crate::io::id_fields::named;
use crate::io::{Encoding, FeatureLabel, Limits, Problem, ReadError};
use geo::Coord;
use rustc_hash::{FxHashMap, FxHashSet};
use serde_json::{Map, Value};

/// Kinds of elements that hold features.
const CONTAINERS: [&str; 2] = ["Document", "Folder"];

/// Types of the fields of a schema, by the schema's id and the field's name.
type FieldTypes<'d> = FxHashMap<(&'d str, &'d str), &'d str>;

/// Reads a document: one layer for each folder, named after it; `name` is that of the file.
///
/// # Errors
/// It is not well-formed XML, or holds no features.
pub(super) fn read(
    bytes: &[u8],
    (path, name): (&str, &str),
    said: Option<Encoding>,
    limits: Limits,
) -> Result<Vec<ForeignLayer>, ReadError> {
    let document = Document::parse(bytes, path, said, limits)?;
    let root = &document.root;
    // A document may also consist of one feature.
    let top = if root.name() == "kml" {
        root.children().find(|child| child.name() == "Placemark" || CONTAINERS.contains(&child.name()))
    } else {
        Some(root)
    };
    let Some(top) = top else { return Err(ReadError::new(path, Problem::Nothing("features"))) };
    let mut reader = KmlReader {
        document: &document,
        path,
        types: FieldTypes::default(),
        layers: Vec::new(),
        taken: FxHashSet::default(),
        numbers: FxHashMap::default(),
    };
    reader.schemas(root);
    if top.name() == "Placemark" {
        reader.layer(name.to_owned(), std::iter::once(top));
    } else {
        if top.child("Placemark").is_some() {
            let own = top.child("name").map_or_else(|| name.to_owned(), |name| name.text().into_owned());
            reader.layer(own, top.all("Placemark"));
        }
        reader.folders(top);
    }
    let mut layers = reader.layers;
    if let Some(first) = layers.first_mut() {
        first.notes.extend(document.note);
    }
    Ok(layers)
}

struct KmlReader<'d> {
    document: &'d Document,
    path: &'d str,
    types: FieldTypes<'d>,
    layers: Vec<ForeignLayer>,
    /// Names of the layers, and the last number given to each name.
    taken: FxHashSet<String>,
    numbers: FxHashMap<String, usize>,
}

impl<'d> KmlReader<'d> {
    /// Collects the schemas of an element and of those in it.
    fn schemas(&mut self, of: &'d Element) {
        for child in of.children() {
            if child.name() == "Schema" {
                let id = child.attribute("id").or_else(|| child.attribute("name")).unwrap_or_default();
                for field in child.all("SimpleField") {
                    let (name, kind) = (field.attribute("name"), field.attribute("type"));
                    self.types.insert((id, name.unwrap_or_default()), kind.unwrap_or("string"));
                }
            } else if CONTAINERS.contains(&child.name()) {
                self.schemas(child);
            }
        }
    }

    /// Reads the folders of a container, and those in them.
    fn folders(&mut self, of: &'d Element) {
        let is_feature = |child: &&Element| child.name() == "Placemark" || CONTAINERS.contains(&child.name());
        for (number, folder) in of.children().filter(is_feature).enumerate() {
            if CONTAINERS.contains(&folder.name()) {
                let name = folder.child("name").map_or_else(|| format!("Layer{number}"), |n| n.text().into_owned());
                self.layer(name, folder.all("Placemark"));
                self.folders(folder);
            }
        }
    }

    /// A name that no layer has yet: this one, or with the next number.
    fn unique(&mut self, name: String) -> String {
        let mut unique = name.clone();
        while !self.taken.insert(unique.clone()) {
            let last = self.numbers.entry(name.clone()).or_insert(1);
            *last += 1;
            unique = format!("{name} (#{last})");
        }
        unique
    }

    fn layer(&mut self, name: String, placemarks: impl Iterator<Item = &'d Element>) {
        let unique = self.unique(name);
        let mut layer = layer(&unique);
        layer.declared = Some(System::parse("EPSG:4326"));
        for (index, placemark) in placemarks.enumerate() {
            let mut properties = Map::new();
            for (element, property) in [("name", "name"), ("description", "description")] {
                if let Some(text) = placemark.text_of(element) {
                    properties.insert(property.to_owned(), text.into_owned().into());
                }
            }
            let geometry = placemark.children().find(|child| is_geometry(child.name()));
            self.times(placemark, geometry, &mut properties);
            self.drawing(placemark, geometry, &mut properties);
            self.data(placemark, &mut properties);
            let shape = geometry.map_or(Ok(None), |geometry| self.shape(geometry)).map_err(|problem| ReadError {
                feature: Some(FeatureLabel { index, id: named(&properties) }),
                ..ReadError::new(self.path, problem)
            });
            layer.push(None, properties, shape);
        }
        self.layers.push(layer);
    }

    /// The time of a feature, or the first and last time of its track.
    fn times(&self, placemark: &Element, geometry: Option<&Element>, properties: &mut Map<String, Value>) {
        let moment = |of: Option<&Element>, name: &str| of.and_then(|of| of.text_of(name)).and_then(|text| time(&text));
        let span = placemark.child("TimeSpan");
        let mut whens = Vec::new();
        geometry.into_iter().for_each(|geometry| collect_whens(geometry, &mut whens));
        let track = |when: Option<&&Element>| when.and_then(|when| time(&when.text()));
        for (property, found) in [
            ("timestamp", moment(placemark.child("TimeStamp"), "when")),
            ("begin", moment(span, "begin").or_else(|| track(whens.first()))),
            ("end", moment(span, "end").or_else(|| track(whens.last()))),
        ] {
            found.into_iter().for_each(|text| drop(properties.insert(property.to_owned(), text.into())));
        }
    }

    /// How the feature is drawn, as far as it is stated.
    fn drawing(&self, placemark: &Element, geometry: Option<&Element>, properties: &mut Map<String, Value>) {
        let of_geometry = |name: &str| geometry.and_then(|geometry| stated(geometry, name));
        if let Some(mode) = of_geometry("altitudeMode") {
            properties.insert("altitudeMode".to_owned(), mode.trim().into());
        }
        let flag = |text: String| i64::from(matches!(text.trim(), "1" | "true"));
        for (name, found, default) in [
            ("tessellate", of_geometry("tessellate"), -1),
            ("extrude", of_geometry("extrude"), 0),
            ("visibility", placemark.text_of("visibility").map(|text| text.into_owned()), -1),
        ] {
            if let Some(value) = found.map(flag).filter(|value| *value != default) {
                properties.insert(name.to_owned(), value.into());
            }
        }
    }

    /// The data that a feature carries: typed by a schema, or untyped.
    fn data(&self, placemark: &Element, properties: &mut Map<String, Value>) {
        let extended = placemark.child("ExtendedData");
        for data in extended.into_iter().flat_map(|extended| extended.all("SchemaData")) {
            let schema = data.attribute("schemaUrl").unwrap_or_default();
            let id = schema.rsplit_once('#').map_or(schema, |(_, id)| id);
            for field in data.all("SimpleData") {
                let name = field.attribute("name").unwrap_or_default();
                // A field that no schema declares has no type.
                let Some(kind) = self.types.get(&(id, name)) else { continue };
                if let Some(value) = typed(&field.text(), kind) {
                    properties.insert(name.to_owned(), value);
                }
            }
        }
        for data in extended.into_iter().flat_map(|extended| extended.all("Data")) {
            let name = data.attribute("name").filter(|name| !name.is_empty());
            if let Some((name, value)) = name.zip(data.text_of("value")) {
                properties.insert(name.to_owned(), super::nested(&value));
            }
        }
        if let Some(text) = placemark.text_of("Snippet").or_else(|| placemark.text_of("snippet")) {
            properties.insert("snippet".to_owned(), text.into_owned().into());
        }
    }

    fn shape(&self, geometry: &Element) -> Result<Option<Shape>, Problem> {
        let mut shape = self.raw_shape(geometry)?;
        if let Some(shape) = &mut shape {
            super::with_heights(shape);
            match shape {
                Shape::Polygon(rings) => unwrap_rings(rings),
                Shape::MultiPolygon(all) => all.iter_mut().for_each(|rings| unwrap_rings(rings)),
                _ => {}
            }
        }
        Ok(shape)
    }

    /// A geometry; `None` if it is empty.
    fn raw_shape(&self, geometry: &Element) -> Result<Option<Shape>, Problem> {
        let positions = |of: &Element| self.positions(of);
        let filled = |line: Vec<Position>| Some(line).filter(|line| !line.is_empty());
        Ok(match geometry.name() {
            "Point" => positions(geometry)?.first().copied().map(Shape::Point),
            "LineString" | "LinearRing" => filled(positions(geometry)?).map(Shape::Line),
            "Track" => filled(self.track(geometry)?).map(Shape::Line),
            "MultiTrack" => {
                let tracks: Vec<_> = geometry.all("Track").map(|track| self.track(track)).collect::<Result<_, _>>()?;
                Some(tracks).filter(|tracks| !tracks.is_empty()).map(Shape::MultiLine)
            }
            "Polygon" => {
                let mut rings = Vec::new();
                for boundary in geometry.all("outerBoundaryIs").chain(geometry.all("innerBoundaryIs")) {
                    for ring in boundary.all("LinearRing") {
                        rings.push(positions(ring)?);
                    }
                }
                Some(rings).filter(|rings| rings.first().is_some_and(|shell| !shell.is_empty())).map(Shape::Polygon)
            }
            "MultiGeometry" => {
                let parts = geometry.children().filter(|child| is_geometry(child.name()));
                let parts = parts.map(|part| self.raw_shape(part)).collect::<Result<Vec<_>, _>>()?;
                super::together(parts.into_iter().flatten().collect())
            }
            _ => None,
        })
    }

    /// The positions of an element `coordinates`: numbers of a position are joined by commas, positions separated by
    /// white space, as is also accepted around commas.
    fn positions(&self, of: &Element) -> Result<Vec<Position>, Problem> {
        let Some(element) = of.child("coordinates") else { return Ok(Vec::new()) };
        let text = element.text();
        let mut out: Vec<Position> = Vec::new();
        let mut numbers: Vec<f64> = Vec::new();
        let mut joined = true;
        let close = |numbers: &mut Vec<f64>, out: &mut Vec<Position>| {
            if let [x, y, rest @ ..] = numbers.as_slice() {
                out.push(Position { at: Coord { x: *x, y: *y }, z: rest.first().copied() });
            } else if !numbers.is_empty() {
                return Err(self.document.fault(element, format!("the position {} has one number only", numbers[0])));
            }
            numbers.clear();
            Ok(())
        };
        for word in text.split_inclusive([',', ' ', '\t', '\r', '\n']) {
            let number = word.trim_end_matches([',', ' ', '\t', '\r', '\n']);
            if !number.is_empty() {
                if !joined {
                    close(&mut numbers, &mut out)?;
                }
                let value = number.parse().ok().filter(|value: &f64| value.is_finite());
                let refused = || format!("the coordinate \"{number}\" is not a finite number");
                numbers.push(value.ok_or_else(|| self.document.fault(element, refused()))?);
                joined = false;
            }
            joined |= word.ends_with(',');
        }
        close(&mut numbers, &mut out)?;
        Ok(out)
    }

    /// The positions of a track: its elements `gx:coord`.
    fn track(&self, track: &Element) -> Result<Vec<Position>, Problem> {
        let mut out = Vec::new();
        for coord in track.all("coord").filter(|coord| !coord.text().trim().is_empty()) {
            let text = coord.text();
            let numbers: Option<Vec<f64>> = text.split_whitespace().map(|number| number.parse().ok()).collect();
            match numbers.as_deref() {
                Some([x, y, rest @ ..]) => out.push(Position { at: Coord { x: *x, y: *y }, z: rest.first().copied() }),
                _ => return Err(self.document.fault(coord, format!("\"{}\" is no position", text.trim()))),
            }
        }
        Ok(out)
    }
}

fn is_geometry(name: &str) -> bool {
    matches!(name, "Point" | "LineString" | "LinearRing" | "Polygon" | "MultiGeometry" | "Track" | "MultiTrack")
}

/// What a geometry, or the first of its parts that does, states of how it is drawn.
fn stated(geometry: &Element, name: &str) -> Option<String> {
    let own = geometry.text_of(name).map(|text| text.into_owned());
    own.or_else(|| geometry.children().filter(|child| is_geometry(child.name())).find_map(|part| stated(part, name)))
}

fn collect_whens<'d>(geometry: &'d Element, whens: &mut Vec<&'d Element>) {
    whens.extend(geometry.all("when"));
    geometry.children().filter(|child| is_geometry(child.name())).for_each(|part| collect_whens(part, whens));
}

/// A value of a schema's type; `None` if it is empty.
fn typed(text: &str, kind: &str) -> Option<Value> {
    let trimmed = text.trim();
    match kind {
        _ if text.is_empty() => None,
        "int" | "uint" | "short" | "ushort" => trimmed.parse::<i64>().ok().map(Value::from),
        "float" | "double" => trimmed.parse::<f64>().ok().map(Value::from),
        "bool" | "boolean" => Some(i64::from(matches!(trimmed, "1" | "true")).into()),
        _ => Some(super::nested(text)),
    }
}

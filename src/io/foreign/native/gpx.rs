//! GPX 1.0 and 1.1 (Topografix): waypoints, routes and tracks as three layers.

use super::super::{ForeignLayer, layer};
use super::time;
use super::xml::{Document, Element};
use crate::io::convert::{Position, Shape};
use crate::io::frame::{Reading, System};
use crate::io::id_fields::named;
use crate::io::{FeatureLabel, Problem, ReadError};
use geo::Coord;
use rustc_hash::FxHashMap;
use serde_json::{Map, Value};

/// The fields of a waypoint in the order of the format.
const OF_POINT: [(&str, Kind); 20] = [
    ("ele", Kind::Real),
    ("time", Kind::Time),
    ("magvar", Kind::Real),
    ("geoidheight", Kind::Real),
    ("name", Kind::Text),
    ("cmt", Kind::Text),
    ("desc", Kind::Text),
    ("src", Kind::Text),
    ("url", Kind::Text),
    ("urlname", Kind::Text),
    ("link", Kind::Link),
    ("sym", Kind::Text),
    ("type", Kind::Text),
    ("fix", Kind::Text),
    ("sat", Kind::Whole),
    ("hdop", Kind::Real),
    ("vdop", Kind::Real),
    ("pdop", Kind::Real),
    ("ageofdgpsdata", Kind::Real),
    ("dgpsid", Kind::Whole),
];

/// The fields of a route or a track.
const OF_LINE: [(&str, Kind); 9] = [
    ("name", Kind::Text),
    ("cmt", Kind::Text),
    ("desc", Kind::Text),
    ("src", Kind::Text),
    ("url", Kind::Text),
    ("urlname", Kind::Text),
    ("link", Kind::Link),
    ("number", Kind::Whole),
    ("type", Kind::Text),
];

/// Number of links of a feature that are read, as in OGR.
const LINKS: usize = 2;

#[derive(Clone, Copy)]
enum Kind {
    Text,
    Whole,
    Real,
    Time,
    Link,
}

/// Reads a document.
///
/// # Errors
/// It is not well-formed XML.
pub(super) fn read(
    bytes: &[u8],
    path: &str,
    wanted: Option<&str>,
    frame: Reading<'_>,
) -> Result<Vec<ForeignLayer>, ReadError> {
    let document = Document::parse(bytes, path, frame.encoding, frame.limits)?;
    let reader = GpxReader { document: &document, path };
    let all = |name: &str| -> Vec<Numbered<'_>> {
        document.root.children().filter(|child| child.name() == name).map(|element| (vec![], element)).collect()
    };
    let mut layers = vec![
        reader.layer("waypoints", &all("wpt"), &OF_POINT, |point| reader.position(point).map(Shape::Point).map(Some)),
        reader.layer("routes", &all("rte"), &OF_LINE, |route| {
            let line = route.all("rtept").map(|point| reader.position(point)).collect::<Result<Vec<_>, _>>()?;
            Ok(Some(line).filter(|line| !line.is_empty()).map(Shape::Line))
        }),
        reader.layer("tracks", &all("trk"), &OF_LINE, |track| {
            let piece = |piece: &Element| piece.all("trkpt").map(|point| reader.position(point)).collect();
            let pieces = track.all("trkseg").map(piece).collect::<Result<Vec<Vec<_>>, _>>()?;
            Ok(Some(pieces).filter(|pieces| !pieces.iter().all(Vec::is_empty)).map(Shape::MultiLine))
        }),
    ];
    for (name, points) in
        [("route_points", route_points(&document.root)), ("track_points", track_points(&document.root))]
    {
        let points = if wanted == Some(name) { points } else { Vec::new() };
        layers.push(reader.layer(name, &points, &OF_POINT, |point| reader.position(point).map(Shape::Point).map(Some)));
    }
    for layer in &mut layers {
        // Receivers start a piece at each start, even if no second position follows.
        for row in &mut layer.table.rows {
            if let Some(Shape::MultiLine(pieces)) = &mut row.shape {
                let all = pieces.len();
                pieces.retain(|piece| piece.len() > 1);
                layer.short += all - pieces.len();
            }
        }
    }
    layers[0].notes.extend(document.note);
    Ok(layers)
}

/// An element, with the numbers that say where it is in its route or track.
type Numbered<'d> = (Vec<(&'static str, usize)>, &'d Element);

/// The points of all routes.
fn route_points(root: &Element) -> Vec<Numbered<'_>> {
    let points = |(number, route): (usize, _)| {
        let numbered = move |(point, element)| (vec![("route_fid", number), ("route_point_id", point)], element);
        Element::all(route, "rtept").enumerate().map(numbered)
    };
    root.all("rte").enumerate().flat_map(points).collect()
}

/// The points of all tracks.
fn track_points(root: &Element) -> Vec<Numbered<'_>> {
    let mut out = Vec::new();
    for (number, track) in root.all("trk").enumerate() {
        for (piece, segment) in track.all("trkseg").enumerate() {
            for (point, element) in segment.all("trkpt").enumerate() {
                let place = vec![("track_fid", number), ("track_seg_id", piece), ("track_seg_point_id", point)];
                out.push((place, element));
            }
        }
    }
    out
}

struct GpxReader<'d> {
    document: &'d Document,
    path: &'d str,
}

impl GpxReader<'_> {
    fn layer(
        &self,
        name: &str,
        features: &[Numbered<'_>],
        fields: &[(&str, Kind)],
        shape: impl Fn(&Element) -> Result<Option<Shape>, Problem>,
    ) -> ForeignLayer {
        let mut layer = layer(name);
        layer.declared = Some(System::parse("EPSG:4326"));
        let extensions = Extensions::of(features);
        for (index, (place, feature)) in features.iter().enumerate() {
            let mut properties: Map<String, Value> =
                place.iter().map(|(name, number)| ((*name).to_owned(), (*number).into())).collect();
            fields.iter().for_each(|(name, kind)| put(&mut properties, feature, name, *kind));
            extensions.put(&mut properties, feature);
            let shape = shape(feature).map(|shape| {
                shape.map(|mut shape| {
                    super::with_heights(&mut shape);
                    shape
                })
            });
            let shape = shape.map_err(|problem| ReadError {
                feature: Some(FeatureLabel { index, id: named(&properties) }),
                ..ReadError::new(self.path, problem)
            });
            layer.push(None, properties, shape);
        }
        layer
    }

    fn position(&self, point: &Element) -> Result<Position, Problem> {
        let number = |name: &str| -> Result<f64, Problem> {
            let text = point.attribute(name);
            let value = text.and_then(|text| text.trim().parse().ok()).filter(|value: &f64| value.is_finite());
            value.ok_or_else(|| {
                let reason = match text {
                    Some(text) => format!("{name} \"{text}\" of <{}> is not a finite number", point.name()),
                    None => format!("<{}> has no {name}", point.name()),
                };
                self.document.fault(point, reason)
            })
        };
        let z = point.text_of("ele").and_then(|text| text.trim().parse().ok());
        Ok(Position { at: Coord { x: number("lon")?, y: number("lat")? }, z })
    }
}

fn put(properties: &mut Map<String, Value>, feature: &Element, name: &str, kind: Kind) {
    if let Kind::Link = kind {
        for (number, link) in feature.all("link").take(LINKS).enumerate() {
            let number = number + 1;
            let href = link.attribute("href").filter(|href| !href.is_empty());
            href.into_iter().for_each(|href| drop(properties.insert(format!("link{number}_href"), href.into())));
            for part in ["text", "type"] {
                if let Some(text) = link.text_of(part) {
                    properties.insert(format!("link{number}_{part}"), text.into_owned().into());
                }
            }
        }
        return;
    }
    let Some(text) = feature.text_of(name) else { return };
    let value = match kind {
        Kind::Whole => text.trim().parse::<i64>().ok().map(Value::from),
        Kind::Real => text.trim().parse::<f64>().ok().map(Value::from),
        Kind::Time => time(&text).map(Value::from),
        Kind::Text | Kind::Link => Some(super::nested(&text)),
    };
    value.into_iter().for_each(|value| drop(properties.insert(name.to_owned(), value)));
}

/// Types of the extensions of a layer's features: a number only where all features have one.
struct Extensions(FxHashMap<String, ExtensionKind>);

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum ExtensionKind {
    Whole,
    Real,
    Text,
}

impl Extensions {
    fn of(features: &[Numbered<'_>]) -> Self {
        let mut kinds = FxHashMap::default();
        for (name, text) in features.iter().flat_map(|(_, feature)| extensions(feature)) {
            let text = text.trim();
            let kind = match () {
                () if text.parse::<i32>().is_ok() => ExtensionKind::Whole,
                () if text.parse::<f64>().is_ok_and(f64::is_finite) => ExtensionKind::Real,
                () => ExtensionKind::Text,
            };
            let known = kinds.entry(name).or_insert(kind);
            *known = kind.max(*known);
        }
        Extensions(kinds)
    }

    fn put(&self, properties: &mut Map<String, Value>, feature: &Element) {
        for (name, text) in extensions(feature) {
            let value = match self.0.get(&name) {
                Some(ExtensionKind::Whole) => text.trim().parse::<i32>().map(Value::from).ok(),
                Some(ExtensionKind::Real) => text.trim().parse::<f64>().map(Value::from).ok(),
                _ => Some(super::nested(&text)),
            };
            value.into_iter().for_each(|value| drop(properties.insert(name.clone(), value)));
        }
    }
}

/// The extensions of a feature, by name, with their contents.
fn extensions(feature: &Element) -> impl Iterator<Item = (String, String)> {
    let all = feature.child("extensions").into_iter().flat_map(Element::children);
    all.filter_map(|element| {
        let mut text = String::new();
        if element.children().next().is_some() {
            element.markup(&mut text);
        } else {
            text.push_str(&element.text());
        }
        (!text.is_empty()).then(|| (element.qualified().replace(':', "_"), text))
    })
}

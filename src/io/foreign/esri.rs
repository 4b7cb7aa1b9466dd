//! Esri JSON, as written by ArcGIS (ArcGIS REST API, "Feature object", "Geometry objects").

use super::{ForeignLayer, arc, layer};
use crate::io::antimeridian::{nested, twice_area};
use crate::io::convert::{Position, Shape, shape_of_json};
use crate::io::frame::System;
use crate::io::{FeatureLabel, Problem, ReadError};
use geo::Coord;
use serde_json::{Map, Value, json};

/// Whether a document's members are those of a feature set.
pub(super) fn is_one(members: &Map<String, Value>) -> bool {
    let has = |name: &str| members.contains_key(name);
    let is_set = has("geometryType") || has("spatialReference") || has("objectIdFieldName") || has("fields");
    let attributes = members.get("features").and_then(Value::as_array).and_then(|all| all.first());
    let plain = attributes.is_some_and(|first| first.get("attributes").is_some() && first.get("type").is_none());
    !has("type") && has("features") && (is_set || plain) || (has("error") && !has("type") && members.len() == 1)
}

/// Reads the features of a set.
///
/// # Errors
/// With the position of the fault (JSON pointer).
pub(super) fn read(document: &Value, path: &str, name: &str) -> Result<Vec<ForeignLayer>, ReadError> {
    let wrong =
        |pointer: &str, problem| ReadError { pointer: Some(pointer.to_owned()), ..ReadError::new(path, problem) };
    if let Some(error) = document.get("error") {
        let said = error.get("message").and_then(Value::as_str).unwrap_or("no reason");
        let reason = format!("it is the server's refusal: {said}");
        return Err(wrong("/error", Problem::NotEsri { reason }));
    }
    let features = document.get("features").and_then(Value::as_array);
    let features = features.ok_or_else(|| wrong("/features", reason("a list is expected")))?;
    let mut layer = layer(name);
    layer.declared = system(document);
    let grid =
        document.get("transform").map(Quantization::of).transpose().map_err(|problem| wrong("/transform", problem))?;
    for (index, feature) in features.iter().enumerate() {
        let attributes = feature.get("attributes").and_then(Value::as_object).cloned().unwrap_or_default();
        let geometry = feature.get("geometry").filter(|geometry| !geometry.is_null());
        let read = geometry.map_or(Ok(None), |geometry| shape(geometry, grid, &mut layer.arcs)).map_err(
            |(member, problem)| {
                let id = crate::io::id_fields::named(&attributes);
                let pointer = Some(format!("/features/{index}/geometry{member}"));
                ReadError { feature: Some(FeatureLabel { index, id }), pointer, ..ReadError::new(path, problem) }
            },
        );
        let own = geometry.and_then(system);
        if layer.declared.is_none() {
            layer.declared = own;
        } else if own.is_some() && own != layer.declared {
            let pointer = format!("/features/{index}/geometry/spatialReference");
            return Err(wrong(&pointer, reason("it differs from that of the features before")));
        }
        layer.push(None, attributes, read);
    }
    Ok(vec![layer])
}

fn reason(reason: &str) -> Problem {
    Problem::NotEsri { reason: reason.to_owned() }
}

/// The system of a `spatialReference`.
fn system(of: &Value) -> Option<System> {
    let reference = of.get("spatialReference")?;
    let number = ["latestWkid", "wkid"].iter().find_map(|name| reference.get(*name)?.as_u64());
    match number {
        // Esri's codes of Web Mercator before EPSG defined one.
        Some(102_100 | 102_113 | 900_913) => Some(System::parse("EPSG:3857")),
        // Codes from 37001 on are Esri's own.
        Some(number) if number > 37_000 => Some(System::parse(&format!("ESRI:{number}"))),
        Some(number) => Some(System::parse(&format!("EPSG:{number}"))),
        None => {
            let text = ["wkt2", "wkt"].iter().find_map(|name| reference.get(*name)?.as_str())?;
            Some(System::Other { name: "the system of its spatialReference".to_owned(), definition: text.to_owned() })
        }
    }
}

/// The quantisation grid of a server (`quantizationParameters`): in each list the first position is relative to the
/// grid's corner, the others to the previous position.
#[derive(Clone, Copy)]
struct Quantization {
    scale: [f64; 2],
    translate: [f64; 2],
}

impl Quantization {
    fn of(transform: &Value) -> Result<Self, Problem> {
        let pair = |name: &str| {
            let all = transform.get(name).and_then(Value::as_array).map(Vec::as_slice);
            let pair = all.and_then(|all| if let [x, y, ..] = all { x.as_f64().zip(y.as_f64()) } else { None });
            pair.map(|(x, y)| [x, y]).ok_or_else(|| reason(&format!("{name}: two numbers are expected")))
        };
        let (scale, translate) = (pair("scale")?, pair("translate")?);
        // Rows are counted southwards from the upper corner by default.
        let upward = transform.get("originPosition").and_then(Value::as_str) == Some("lowerLeft");
        Ok(Quantization { scale: [scale[0], if upward { scale[1] } else { -scale[1] }], translate })
    }

    fn place(self, at: Coord) -> Coord {
        let [x, y] = [at.x * self.scale[0] + self.translate[0], at.y * self.scale[1] + self.translate[1]];
        Coord { x, y }
    }

    /// Decodes a list of quantised positions.
    fn unfold(self, list: &mut [Position]) {
        let mut sum = Coord { x: 0.0, y: 0.0 };
        for position in list {
            sum = sum + position.at;
            position.at = self.place(sum);
        }
    }
}

type Fault = (String, Problem);

fn shape(geometry: &Value, grid: Option<Quantization>, arcs: &mut usize) -> Result<Option<Shape>, Fault> {
    let flag = |name: &str| geometry.get(name).and_then(Value::as_bool) == Some(true);
    let (m, z) = (flag("hasM"), flag("hasZ"));
    let only_m = m && !z;
    if geometry.get("x").is_some() {
        let (Some(x), Some(y)) = (geometry["x"].as_f64(), geometry.get("y").and_then(Value::as_f64)) else {
            // "NaN" or null: no point.
            return Ok(None);
        };
        let at = grid.map_or(Coord { x, y }, |grid| grid.place(Coord { x, y }));
        return Ok(Some(Shape::Point(Position { at, z: geometry.get("z").and_then(Value::as_f64) })));
    }
    let list = |name: &str| geometry.get(name).and_then(Value::as_array);
    if let Some(points) = list("points") {
        let mut curve = Curve { only_m, grid, arcs };
        let mut points = curve.each(points, |_, value| position(value, only_m)).map_err(under("points"))?;
        grid.into_iter().for_each(|grid| grid.unfold(&mut points));
        return Ok(Some(points).filter(|points| !points.is_empty()).map(Shape::MultiPoint));
    }
    let mut curve = Curve { only_m, grid, arcs };
    for name in ["paths", "curvePaths"] {
        if let Some(paths) = list(name) {
            let paths = curve.each(paths, Curve::chain).map_err(under(name))?;
            let paths: Vec<_> = paths.into_iter().filter(|path| path.len() > 1).collect();
            return Ok(Some(paths).filter(|paths| !paths.is_empty()).map(Shape::MultiLine));
        }
    }
    for name in ["rings", "curveRings"] {
        if let Some(rings) = list(name) {
            let rings = curve.each(rings, Curve::ring).map_err(under(name))?;
            let mut polygons = nested(rings.into_iter().filter(|ring| twice_area(ring) != 0.0).collect());
            return Ok(match polygons.len() {
                0 => None,
                1 => polygons.pop().map(Shape::Polygon),
                _ => Some(Shape::MultiPolygon(polygons)),
            });
        }
    }
    let edges = ["xmin", "ymin", "xmax", "ymax"].map(|name| geometry.get(name).and_then(Value::as_f64));
    if let [Some(west), Some(south), Some(east), Some(north)] = edges {
        let corners = [(west, south), (east, south), (east, north), (west, north), (west, south)];
        let ring = corners.map(|(x, y)| Position { at: Coord { x, y }, z: None }).to_vec();
        return Ok(Some(Shape::Polygon(vec![ring])));
    }
    match geometry.as_object() {
        Some(members) if members.is_empty() => Ok(None),
        _ => Err((String::new(), reason("it has neither x and y, points, paths, rings nor an extent"))),
    }
}

fn under(name: &str) -> impl Fn(Fault) -> Fault {
    move |(pointer, problem)| (format!("/{name}{pointer}"), problem)
}

fn position(value: &Value, only_m: bool) -> Result<Position, Fault> {
    match shape_of_json(&json!({"type": "Point", "coordinates": value})) {
        Ok(Shape::Point(position)) => Ok(Position { z: position.z.filter(|_| !only_m), ..position }),
        Ok(_) => Err((String::new(), reason("a position is expected"))),
        Err(problem) => Err((String::new(), problem)),
    }
}

struct Curve<'a> {
    only_m: bool,
    grid: Option<Quantization>,
    arcs: &'a mut usize,
}

impl Curve<'_> {
    fn each<T>(
        &mut self,
        items: &[Value],
        read: impl Fn(&mut Self, &Value) -> Result<T, Fault>,
    ) -> Result<Vec<T>, Fault> {
        let mut out = Vec::with_capacity(items.len());
        for (index, item) in items.iter().enumerate() {
            out.push(read(self, item).map_err(under(&index.to_string()))?);
        }
        Ok(out)
    }

    /// Positions, and arcs `{"c": [end, through]}` between them.
    fn chain(&mut self, value: &Value) -> Result<Vec<Position>, Fault> {
        let items = value.as_array().ok_or_else(|| (String::new(), reason("a list is expected")))?;
        let mut chain: Vec<Position> = Vec::with_capacity(items.len());
        for (index, item) in items.iter().enumerate() {
            let step = index.to_string();
            let here = under(&step);
            let Some(curve) = item.as_object() else {
                chain.push(position(item, self.only_m).map_err(here)?);
                continue;
            };
            if self.grid.is_some() {
                return Err(here((String::new(), reason("a curve on a grid (\"transform\") is not read"))));
            }
            let points = curve.get("c").and_then(Value::as_array).map(Vec::as_slice);
            let (Some([end, through]), Some(&from)) = (points, chain.last()) else {
                return Err(here((String::new(), reason("of curves only circular arcs (\"c\") are read"))));
            };
            let ends = [through, end].map(|value| position(value, self.only_m));
            let [through, end] = ends;
            let (through, end) = (through.map_err(&here)?, end.map_err(&here)?);
            chain.pop();
            *self.arcs += 1;
            arc::string(&[from, through, end], &mut chain);
        }
        self.grid.into_iter().for_each(|grid| grid.unfold(&mut chain));
        Ok(chain)
    }

    fn ring(&mut self, value: &Value) -> Result<Vec<Position>, Fault> {
        let mut ring = self.chain(value)?;
        // Old servers do not close rings.
        if let (Some(&first), Some(&last)) = (ring.first(), ring.last())
            && first.at != last.at
        {
            ring.push(first);
        }
        Ok(ring)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn layers(text: &str) -> Result<Vec<ForeignLayer>, ReadError> {
        read(&serde_json::from_str(text).expect("it is JSON"), "q.json", "q")
    }

    fn one(geometry: &str) -> Option<Shape> {
        let text = format!(r#"{{"features": [{{"attributes": {{"A": 1}}, "geometry": {geometry}}}]}}"#);
        layers(&text).unwrap_or_else(|error| panic!("{error}"))[0].table.rows[0].shape.clone()
    }

    #[test]
    fn holes_go_to_the_shell_they_lie_in_whatever_their_order() {
        let rings =
            "[[3,3],[6,3],[6,6],[3,6],[3,3]],[[0,0],[0,9],[9,9],[9,0],[0,0]],[[20,0],[20,9],[29,9],[29,0],[20,0]],
            [[4,4],[4,5],[5,5],[5,4],[4,4]]";
        let Some(Shape::MultiPolygon(polygons)) = one(&format!(r#"{{"rings": [{rings}]}}"#)) else {
            panic!("polygons")
        };
        // A hole, its shell, another shell, and land in the hole.
        assert_eq!(polygons.iter().map(Vec::len).collect::<Vec<_>>(), [2, 1, 1]);
    }

    #[test]
    fn every_kind_of_geometry() {
        assert!(matches!(one(r#"{"x": 1, "y": 2, "z": 3}"#), Some(Shape::Point(p)) if p.z == Some(3.0)));
        assert!(
            matches!(one(r#"{"hasM": true, "points": [[1, 2, 7]]}"#), Some(Shape::MultiPoint(p)) if p[0].z.is_none())
        );
        assert!(matches!(one(r#"{"paths": [[[1, 2], [3, 4]]]}"#), Some(Shape::MultiLine(_))));
        assert!(matches!(one(r#"{"xmin": 0, "ymin": 0, "xmax": 1, "ymax": 2}"#), Some(Shape::Polygon(_))));
        assert_eq!((one(r#"{"rings": []}"#), one(r#"{"x": "NaN", "y": "NaN"}"#)), (None, None));
        let arc = one(r#"{"curveRings": [[[0, 0], {"c": [[0, 2], [1, 1]]}, [0, 0]]]}"#);
        assert!(matches!(arc, Some(Shape::Polygon(rings)) if rings[0].len() > 100));
    }

    #[test]
    fn systems_by_their_numbers() {
        let declared = |reference: &str| {
            layers(&format!(r#"{{"spatialReference": {reference}, "features": []}}"#))
                .map(|mut all| all.remove(0).declared)
        };
        for (reference, name) in [
            (r#"{"wkid": 4326}"#, "EPSG:4326"),
            (r#"{"wkid": 102100, "latestWkid": 3857}"#, "EPSG:3857"),
            (r#"{"wkid": 102100}"#, "EPSG:3857"),
            (r#"{"wkid": 102012}"#, "ESRI:102012"),
        ] {
            assert_eq!(declared(reference).expect(name), Some(System::parse(name)));
        }
    }

    #[test]
    fn positions_on_a_servers_grid_come_to_their_places() {
        // ArcGIS REST API, "Query (Feature Service)", quantizationParameters: steps from one position to the next.
        let set = |origin: &str, rings: &str| {
            let grid = format!(r#"{{{origin} "scale": [0.5, 0.25], "translate": [20, 45]}}"#);
            let feature = format!(r#"{{"attributes": {{}}, "geometry": {{"rings": {rings}}}}}"#);
            layers(&format!(r#"{{"transform": {grid}, "features": [{feature}]}}"#)).expect("it is one")
        };
        let at = |layers: Vec<ForeignLayer>| match &layers[0].table.rows[0].shape {
            Some(Shape::Polygon(rings)) => rings[0].iter().map(|p| (p.at.x, p.at.y)).collect::<Vec<_>>(),
            other => panic!("{other:?}"),
        };
        let steps = "[[[0, 0], [2, 0], [0, 4], [-2, 0], [0, -4]]]";
        let upper = [(20.0, 45.0), (21.0, 45.0), (21.0, 44.0), (20.0, 44.0), (20.0, 45.0)];
        assert_eq!(at(set(r#""originPosition": "upperLeft","#, steps)), upper);
        assert_eq!(at(set("", steps)), upper);
        assert_eq!(at(set(r#""originPosition": "lowerLeft","#, steps))[2], (21.0, 46.0));
    }

    #[test]
    fn what_is_wrong_has_its_place() {
        let error = |text: &str| match layers(text) {
            Ok(mut layers) => layers.remove(0).invalid.remove(0).to_string(),
            Err(error) => error.to_string(),
        };
        let said = error(r#"{"features": [{"attributes": {"id": "w"}, "geometry": {"rings": [[[0, 0], [1, "x"]]]}}]}"#);
        assert!(said.contains("feature 0 (w), /features/0/geometry/rings/0/1: a coordinate is not"), "{said}");
        assert!(error(r#"{"error": {"code": 400, "message": "Invalid URL"}}"#).contains("Invalid URL"));
    }
}

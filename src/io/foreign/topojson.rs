//! TopoJSON (github.com/topojson/topojson-specification, 1.0): an arc shared by neighbours is decoded once, so that
//! their border is identical to the bit.

use super::{ForeignLayer, layer};
use crate::io::convert::{Position, Shape, shape_of_json};
use crate::io::id_fields::{named, own_id};
use crate::io::{FeatureLabel, Problem, ReadError};
use geo::Coord;
use serde_json::{Map, Value, json};

/// The layers of a topology: its objects, in their order.
///
/// # Errors
/// With the position of the fault (JSON pointer) if it is not a topology.
pub(super) fn read(document: &Value, path: &str) -> Result<Vec<ForeignLayer>, ReadError> {
    let here = |fault: Fault| fault.at(path, None);
    let topology = Topology::of(document).map_err(here)?;
    let objects = document.get("objects").and_then(Value::as_object);
    let objects = objects.ok_or_else(|| here(Fault::new("it has no \"objects\"")))?;
    objects
        .iter()
        .map(|(name, object)| {
            let mut table = layer(name);
            let collection = object.get("type").and_then(Value::as_str) == Some("GeometryCollection");
            let below = |fault: Fault, index: usize, feature: &Value| {
                let step = if collection { format!("/{index}").inside("/geometries") } else { String::new() };
                let own = feature.get("id").map(own_id);
                let id = own.or_else(|| named(feature.get("properties")?.as_object()?));
                fault.under(&format!("/objects/{}{step}", escaped(name))).at(path, Some(FeatureLabel { index, id }))
            };
            let one = std::slice::from_ref(object);
            let features = match object.get("geometries").and_then(Value::as_array) {
                Some(geometries) if collection => geometries,
                _ => one,
            };
            for (index, feature) in features.iter().enumerate() {
                let shape = topology.shape(feature).map_err(|fault| below(fault, index, feature));
                let properties = feature.get("properties").and_then(Value::as_object).cloned();
                let id = feature.get("id").filter(|id| id.is_string() || id.is_number()).cloned();
                table.push(id, properties.unwrap_or_default(), shape);
            }
            Ok(table)
        })
        .collect()
}

trait Inside {
    fn inside(self, outer: &str) -> String;
}

impl Inside for String {
    fn inside(self, outer: &str) -> String {
        format!("{outer}{self}")
    }
}

fn escaped(step: &str) -> String {
    step.replace('~', "~0").replace('/', "~1")
}

/// A fault, with its position below the value being read.
struct Fault {
    pointer: String,
    problem: Problem,
}

impl Fault {
    fn new(reason: impl Into<String>) -> Self {
        Problem::NotTopology { reason: reason.into() }.into()
    }

    fn under(mut self, outer: &str) -> Self {
        self.pointer.insert_str(0, outer);
        self
    }

    fn at(self, path: &str, feature: Option<FeatureLabel>) -> ReadError {
        let pointer = Some(self.pointer).filter(|pointer| !pointer.is_empty());
        ReadError { feature, pointer, ..ReadError::new(path, self.problem) }
    }
}

impl From<Problem> for Fault {
    fn from(problem: Problem) -> Self {
        Fault { pointer: String::new(), problem }
    }
}

/// Reads each item of a list; a fault's pointer includes the index of its item.
fn each<'v, T>(value: &'v Value, read: impl Fn(&'v Value) -> Result<T, Fault>) -> Result<Vec<T>, Fault> {
    let items = value.as_array().ok_or_else(|| Fault::new("a list is expected"))?;
    let one = |(index, item)| read(item).map_err(|fault: Fault| fault.under(&format!("/{index}")));
    items.iter().enumerate().map(one).collect()
}

struct Topology {
    arcs: Vec<Vec<Position>>,
    transform: Option<Transform>,
}

#[derive(Clone, Copy)]
struct Transform {
    scale: [f64; 2],
    translate: [f64; 2],
}

impl Transform {
    fn of(value: &Value) -> Result<Self, Fault> {
        let pair = |name: &str| {
            let numbers = value.get(name).and_then(Value::as_array).map(Vec::as_slice);
            let pair = numbers.and_then(|n| if let [x, y, ..] = n { x.as_f64().zip(y.as_f64()) } else { None });
            pair.map(|(x, y)| [x, y])
                .ok_or_else(|| Fault::new("two numbers are expected").under(&format!("/transform/{name}")))
        };
        Ok(Transform { scale: pair("scale")?, translate: pair("translate")? })
    }

    fn apply(self, at: Coord) -> Coord {
        let [x, y] = [at.x * self.scale[0] + self.translate[0], at.y * self.scale[1] + self.translate[1]];
        Coord { x, y }
    }
}

fn position(value: &Value) -> Result<Position, Fault> {
    match shape_of_json(&json!({"type": "Point", "coordinates": value}))? {
        Shape::Point(position) => Ok(position),
        _ => Err(Fault::new("a position is expected")),
    }
}

impl Topology {
    fn of(document: &Value) -> Result<Self, Fault> {
        let transform = document.get("transform").filter(|value| !value.is_null()).map(Transform::of).transpose()?;
        let arc = |arc: &Value| -> Result<Vec<Position>, Fault> {
            let mut sum = Coord { x: 0.0, y: 0.0 };
            let positions = each(arc, position)?.into_iter().map(|position| match transform {
                None => position,
                Some(transform) => {
                    sum = sum + position.at;
                    Position { at: transform.apply(sum), ..position }
                }
            });
            Ok(positions.collect())
        };
        let none = Value::Array(Vec::new());
        let arcs = each(document.get("arcs").unwrap_or(&none), arc).map_err(|fault| fault.under("/arcs"))?;
        Ok(Topology { arcs, transform })
    }

    /// Reads a geometry object; `None` if its type is null.
    fn shape(&self, object: &Value) -> Result<Option<Shape>, Fault> {
        let kind = match object.get("type") {
            None => return Err(Fault::new("the geometry has no \"type\"")),
            Some(Value::Null) => return Ok(None),
            Some(kind) => kind.as_str().unwrap_or_default(),
        };
        let member =
            |name: &'static str| object.get(name).ok_or_else(|| Fault::new(format!("the {kind} has no \"{name}\"")));
        let points = |value| self.point(value).map_err(|fault| fault.under("/coordinates"));
        let arcs = |fault: Fault| fault.under("/arcs");
        Ok(Some(match kind {
            "Point" => Shape::Point(points(member("coordinates")?)?),
            "MultiPoint" => {
                let all = each(member("coordinates")?, |value| self.point(value));
                Shape::MultiPoint(all.map_err(|fault| fault.under("/coordinates"))?)
            }
            "LineString" => Shape::Line(self.line(member("arcs")?).map_err(arcs)?),
            "MultiLineString" => Shape::MultiLine(each(member("arcs")?, |line| self.line(line)).map_err(arcs)?),
            "Polygon" => Shape::Polygon(self.rings(member("arcs")?).map_err(arcs)?),
            "MultiPolygon" => Shape::MultiPolygon(each(member("arcs")?, |rings| self.rings(rings)).map_err(arcs)?),
            "GeometryCollection" => {
                let all = each(member("geometries")?, |part| self.shape(part));
                let all = all.map_err(|fault| fault.under("/geometries"))?;
                Shape::Collection(all.into_iter().flatten().collect())
            }
            other => return Err(Fault::new(format!("\"{other}\" is no type of geometry"))),
        }))
    }

    fn point(&self, value: &Value) -> Result<Position, Fault> {
        let read = position(value)?;
        Ok(self.transform.map_or(read, |transform| Position { at: transform.apply(read.at), ..read }))
    }

    /// Concatenates arcs, those with a negative index reversed.
    fn chain(&self, value: &Value) -> Result<Vec<Position>, Fault> {
        let arcs = each(value, |number| {
            let index = number.as_i64().ok_or_else(|| Fault::new("the number of an arc is expected"))?;
            let (at, backwards) = if index < 0 { (!index, true) } else { (index, false) };
            let arc = usize::try_from(at).ok().and_then(|at| self.arcs.get(at));
            let none = || Fault::new(format!("there is no arc {index}; the topology has {}", self.arcs.len()));
            Ok((arc.ok_or_else(none)?, backwards))
        })?;
        let mut chain: Vec<Position> = Vec::new();
        for (arc, backwards) in arcs {
            let first = if backwards { arc.last() } else { arc.first() };
            let again = usize::from(first.zip(chain.last()).is_some_and(|(first, last)| first.at == last.at));
            if backwards {
                chain.extend(arc.iter().rev().skip(again));
            } else {
                chain.extend(arc.iter().skip(again));
            }
        }
        Ok(chain)
    }

    /// A line; if quantisation left a single position, that position twice, as in the reference implementation.
    fn line(&self, value: &Value) -> Result<Vec<Position>, Fault> {
        let mut line = self.chain(value)?;
        if let (1, Some(&only)) = (line.len(), line.first()) {
            line.push(only);
        }
        if line.is_empty() { Err(Problem::ShortLine(0).into()) } else { Ok(line) }
    }

    /// Rings; if quantisation left fewer than four positions, the first is repeated: such a ring has no area.
    fn rings(&self, value: &Value) -> Result<Vec<Vec<Position>>, Fault> {
        let rings = each(value, |arcs| {
            let mut ring = self.chain(arcs)?;
            let (Some(&first), Some(&last)) = (ring.first(), ring.last()) else {
                return Err(Problem::ShortRing(0).into());
            };
            if first.at != last.at {
                let pair = |at: Coord| (at.x, at.y);
                return Err(Problem::OpenRing { first: pair(first.at), last: pair(last.at) }.into());
            }
            while ring.len() < 4 {
                ring.push(first);
            }
            Ok(ring)
        });
        rings.map(band)
    }
}

/// Land between two rings of which each goes all round the globe, such as Antarctica between its coast and the pole, as one
/// ring that is cut at ±180°. Topologies drop that cut where they stitch land together.
fn band(mut rings: Vec<Vec<Position>>) -> Vec<Vec<Position>> {
    let round: Vec<(usize, Vec<Position>)> =
        rings.iter().enumerate().filter_map(|(number, ring)| Some((number, eastward(ring)?))).collect();
    let [(first, one), (second, other)] = round.as_slice() else { return rings };
    let mut joined: Vec<Position> = one.iter().chain(other.iter().rev()).copied().collect();
    joined.push(one[0]);
    rings.remove(*second);
    rings.remove(*first);
    rings.insert(0, joined);
    rings
}

/// A ring with one edge across ±180° from there to there again, eastwards; none for any other ring.
fn eastward(ring: &[Position]) -> Option<Vec<Position>> {
    let is_wide = |at: &usize| (ring[at + 1].at.x - ring[*at].at.x).abs() > 180.0;
    let count = ring.len() - 1;
    let wide: Vec<usize> = (0..count).filter(is_wide).collect();
    let [across] = wide.as_slice() else { return None };
    let mut open: Vec<Position> = (1..=count).map(|step| ring[(across + step) % count]).collect();
    if open[0].at.x > open[count - 1].at.x {
        open.reverse();
    }
    let (west, east) = (open[0], open[count - 1]);
    let share = (180.0 - east.at.x) / (west.at.x + 360.0 - east.at.x).max(f64::MIN_POSITIVE);
    let y = east.at.y + (west.at.y - east.at.y) * share;
    let cut = |x: f64, of: Position| Position { at: Coord { x, y }, ..of };
    if west.at.x > -180.0 {
        open.insert(0, cut(-180.0, west));
    }
    if east.at.x < 180.0 {
        open.push(cut(180.0, east));
    }
    Some(open)
}

/// Members of a document that hold properties.
pub(super) fn is_one(members: &Map<String, Value>) -> bool {
    members.get("type").and_then(Value::as_str) == Some("Topology")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn topology(objects: &str, rest: &str) -> Value {
        serde_json::from_str(&format!(r#"{{"type": "Topology", "objects": {objects}, {rest}}}"#)).expect("it is JSON")
    }

    const ARCS: &str = r#""arcs": [[[0,0],[0,9]],[[0,9],[-9,0],[0,0]],[[0,9],[9,0],[0,0]]]"#;

    #[test]
    fn neighbours_share_an_arc_forwards_and_backwards() {
        let text = r#"{"l": {"type": "GeometryCollection", "geometries": [
            {"type": "Polygon", "id": "w", "arcs": [[0, 1]], "properties": {"n": 1}}, {"type": "Polygon", "arcs": [[-3, -1]]},
            {"type": null}]}, "p": {"type": "Point", "coordinates": [1, 2]}}"#;
        let layers = read(&topology(text, ARCS), "t.json").expect("it is one");
        assert_eq!(
            layers.iter().map(|l| (l.table.name.as_str(), l.table.rows.len())).collect::<Vec<_>>(),
            [("l", 3), ("p", 1)]
        );
        let ring = |row: usize| match &layers[0].table.rows[row].shape {
            Some(Shape::Polygon(rings)) => rings[0].iter().map(|p| (p.at.x, p.at.y)).collect::<Vec<_>>(),
            other => panic!("{other:?}"),
        };
        assert_eq!(ring(0), [(0.0, 0.0), (0.0, 9.0), (-9.0, 0.0), (0.0, 0.0)]);
        assert_eq!(ring(1), [(0.0, 0.0), (9.0, 0.0), (0.0, 9.0), (0.0, 0.0)]);
        assert_eq!(
            (layers[0].table.rows[0].id.clone(), layers[0].table.rows[2].shape.clone()),
            (Some("w".into()), None)
        );
    }

    #[test]
    fn quantised_arcs_are_steps_from_a_place() {
        let text = r#"{"l": {"type": "MultiLineString", "arcs": [[0], [-1]]}, "p": {"type": "MultiPoint", "coordinates": [[10, 20]]}}"#;
        let rest =
            r#""transform": {"scale": [0.5, 0.25], "translate": [100, 10]}, "arcs": [[[10, 20], [2, 4], [-1, 0]]]"#;
        let layers = read(&topology(text, rest), "t.json").expect("it is one");
        let Some(Shape::MultiLine(lines)) = &layers[0].table.rows[0].shape else { panic!("lines") };
        let at = |line: usize| lines[line].iter().map(|p| (p.at.x, p.at.y)).collect::<Vec<_>>();
        assert_eq!(at(0), [(105.0, 15.0), (106.0, 16.0), (105.5, 16.0)]);
        assert_eq!(at(1), at(0).into_iter().rev().collect::<Vec<_>>());
        let Some(Shape::MultiPoint(points)) = &layers[1].table.rows[0].shape else { panic!("points") };
        assert_eq!(points[0].at, Coord { x: 105.0, y: 15.0 });
    }

    #[test]
    fn land_between_two_rings_round_the_globe_is_cut_at_its_edge() {
        let text = r#"{"l": {"type": "Polygon", "arcs": [[0], [1], [2]]}}"#;
        let rest = r#""arcs": [
            [[-180, -90], [170, -90], [0, -90], [-180, -90]],
            [[-180, -80], [-60, -70], [60, -70], [170, -79], [-180, -80]],
            [[10, -85], [20, -85], [20, -84], [10, -85]]]"#;
        let layers = read(&topology(text, rest), "t.json").expect("it is one");
        let Some(Shape::Polygon(rings)) = &layers[0].table.rows[0].shape else { panic!("a polygon") };
        let at: Vec<Vec<(f64, f64)>> =
            rings.iter().map(|ring| ring.iter().map(|p| (p.at.x, p.at.y)).collect()).collect();
        let pole = [(-180.0, -90.0), (0.0, -90.0), (170.0, -90.0), (180.0, -90.0)];
        let coast = [(180.0, -80.0), (170.0, -79.0), (60.0, -70.0), (-60.0, -70.0), (-180.0, -80.0)];
        assert_eq!(at[0], [&pole[..], &coast, &[(-180.0, -90.0)]].concat());
        assert_eq!((at.len(), at[1].len()), (2, 4), "the hole stays");
    }

    #[test]
    fn rings_that_quantising_left_nothing_of_enclose_nothing() {
        let text = r#"{"l": {"type": "Polygon", "arcs": [[0]]}}"#;
        let layers = read(&topology(text, r#""arcs": [[[1,1],[1,1]]]"#), "t.json").expect("it is one");
        assert!(matches!(&layers[0].table.rows[0].shape, Some(Shape::Polygon(rings)) if rings[0].len() == 4));
    }

    #[test]
    fn what_is_wrong_has_its_place() {
        for (objects, rest, place, why) in [
            (r#"{"l": {"type": "Polygon", "arcs": [[0, 7]]}}"#, ARCS, "/objects/l/arcs/0/1", "no arc 7"),
            (r#"{"l": {"type": "Polygon", "arcs": [[0, -9]]}}"#, ARCS, "/objects/l/arcs/0/1", "no arc -9"),
            (r#"{"l": {"type": "Polygon", "arcs": [[0]]}}"#, ARCS, "/objects/l/arcs/0", "not closed"),
            (
                r#"{"l": {"type": "GeometryCollection", "geometries": [{"type": "Sphere"}]}}"#,
                ARCS,
                "/objects/l/geometries/0",
                "Sphere",
            ),
            (r#"{"a/b": {"type": "Point"}}"#, ARCS, "/objects/a~1b", "coordinates"),
            (r#"{"l": {"type": "Point", "coordinates": [1, 2]}}"#, r#""arcs": [[[0, "x"]]]"#, "/arcs/0/0", "finite"),
            (r#"{}"#, r#""transform": {"scale": [1]}"#, "/transform/scale", "two numbers"),
        ] {
            let error = match read(&topology(objects, rest), "t.json") {
                Ok(mut layers) => layers.remove(0).invalid.remove(0).to_string(),
                Err(error) => error.to_string(),
            };
            assert!(error.contains(place) && error.contains(why), "{error}");
        }
    }
}

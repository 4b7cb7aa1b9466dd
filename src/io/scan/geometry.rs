//! Checks geometries against RFC 7946, section 3.1.

use super::node::Node;
use super::walk::FeatureWalk;
use super::{Form, ScanShape};
use crate::io::antimeridian;
use crate::model::FindingCode as Code;
use geo::Coord;
use std::borrow::Cow;

/// Greatest gap in degrees between equal positions that differ by rounding (0.1 mm).
const CLOSING_GAP_DEG: f64 = 1e-9;

/// The geometry types of RFC 7946, section 1.4.
pub(super) const TYPES: [&str; 7] =
    ["Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon", "GeometryCollection"];

impl FeatureWalk<'_> {
    /// Checks the geometry object at the walk's pointer and keeps its valid geometries.
    pub fn geometry(&mut self, node: &Node<'_>, in_collection: bool) {
        let Node::Object(_) = node else {
            return self.error(Code::MemberType, format!("the geometry is {}, where an object is needed", node.word()));
        };
        self.misplaced(node, &["geometry", "properties", "features"], "a geometry");
        let (bbox, since) = (self.bbox(node), self.shapes.len());
        self.shapes_of(node, in_collection);
        self.held(bbox, since);
    }

    fn shapes_of(&mut self, node: &Node<'_>, in_collection: bool) {
        let Some(kind) = self.type_of(node, &TYPES, "a geometry") else { return };
        if kind == "GeometryCollection" {
            return self.collection(node, in_collection);
        }
        let Some(coordinates) = node.get("coordinates") else {
            return self.error(Code::MissingMember, format!("the {kind} has no \"coordinates\""));
        };
        self.inside("coordinates", |walk| match kind {
            "Point" => {
                if let Some(position) = walk.position(coordinates) {
                    walk.keep(Form::Point(position));
                }
            }
            "MultiPoint" => walk.each(coordinates, |walk, item| {
                if let Some(position) = walk.position(item) {
                    walk.keep(Form::Point(position));
                }
            }),
            "LineString" => walk.line(coordinates),
            "MultiLineString" => walk.each(coordinates, FeatureWalk::line),
            "Polygon" => walk.polygon(coordinates),
            _ => walk.each(coordinates, FeatureWalk::polygon),
        });
    }

    fn collection(&mut self, node: &Node<'_>, in_collection: bool) {
        if in_collection {
            self.warning(Code::NestedCollection, "a GeometryCollection stands in another (RFC 7946, 3.1.8)".into());
        }
        let Some(geometries) = node.get("geometries") else {
            return self.error(Code::MissingMember, "the GeometryCollection has no \"geometries\"".into());
        };
        self.inside("geometries", |walk| match geometries {
            Node::Array(items) if items.is_empty() => {
                walk.warning(Code::NoGeometry, "the GeometryCollection is empty".into());
            }
            Node::Array(items) => {
                for (i, item) in items.iter().enumerate() {
                    walk.inside(i, |walk| walk.geometry(item, true));
                }
            }
            Node::Pairs(pairs) => {
                for (i, pair) in pairs.iter().enumerate() {
                    walk.inside(i, |walk| walk.geometry(&Node::of(pair), true));
                }
            }
            other => {
                walk.error(Code::MemberType, format!("\"geometries\" is {}, where an array is needed", other.word()))
            }
        });
    }

    fn keep(&mut self, form: Form) {
        let mut keep = |form| self.shapes.push(ScanShape { pointer: self.pointer.clone(), form });
        let beyond = |line: &Vec<Coord>| line.iter().any(|at| antimeridian::is_beyond(at.x));
        match form {
            Form::Point(at) => keep(Form::Point(antimeridian::point(at))),
            Form::Line(line) if beyond(&line) => antimeridian::line(&line).into_iter().map(Form::Line).for_each(keep),
            Form::Polygon(rings) if rings.iter().any(beyond) => {
                antimeridian::polygon(&rings).into_iter().map(Form::Polygon).for_each(keep);
            }
            form => keep(form),
        }
    }

    /// The items of an array of coordinates.
    fn items<'n, 'a>(&mut self, node: &'n Node<'a>) -> Option<Cow<'n, [Node<'a>]>> {
        match node {
            Node::Array(items) => return Some(Cow::Borrowed(items)),
            Node::Pairs(pairs) => return Some(pairs.iter().map(Node::of).collect()),
            Node::Pair(_) => {
                self.error(Code::CoordinateDepth, "the coordinates are not nested deep enough for their type".into());
            }
            other => {
                self.error(Code::MemberType, format!("coordinates are {}, where an array is needed", other.word()));
            }
        }
        None
    }

    fn each<'a>(&mut self, node: &Node<'a>, mut check: impl FnMut(&mut Self, &Node<'a>)) {
        let Some(items) = self.items(node) else { return };
        if items.is_empty() {
            self.warning(Code::NoGeometry, "the geometry has no coordinates".into());
        }
        for (i, item) in items.iter().enumerate() {
            self.inside(i, |walk| check(walk, item));
        }
    }

    fn line(&mut self, node: &Node<'_>) {
        let line = match within(node) {
            Some(line) => Some(line),
            None => {
                let Some(items) = self.items(node) else { return };
                if items.len() < 2 {
                    let message = format!("a line needs two positions or more, this one has {}", items.len());
                    return self.error(Code::ShortLine, message);
                }
                self.positions(&items)
            }
        };
        if let Some(line) = line {
            self.wide_edges(&line);
            self.keep(Form::Line(line));
        }
    }

    fn polygon(&mut self, node: &Node<'_>) {
        let Some(items) = self.items(node) else { return };
        if items.is_empty() {
            return self.warning(Code::NoGeometry, "the polygon has no rings".into());
        }
        let mut rings = Vec::with_capacity(items.len());
        for (i, item) in items.iter().enumerate() {
            rings.extend(self.inside(i, |walk| walk.ring(item, i == 0)));
        }
        if rings.len() == items.len() {
            self.keep(Form::Polygon(rings));
        }
    }

    fn ring(&mut self, node: &Node<'_>, shell: bool) -> Option<Vec<Coord>> {
        let mut ring = match within(node).filter(|ring| ring.len() >= 4) {
            Some(ring) => ring,
            None => self.ring_positions(node)?,
        };
        let (first, last) = (ring[0], ring[ring.len() - 1]);
        if first != last {
            let (dx, dy) = ((first.x - last.x).abs(), (first.y - last.y).abs());
            let words = format!("the ring starts at [{}, {}] and ends at [{}, {}]", first.x, first.y, last.x, last.y);
            if dx > CLOSING_GAP_DEG || dy > CLOSING_GAP_DEG {
                self.placed(Code::OpenRing, true, last, format!("{words}: it is not closed"));
                return None;
            }
            self.placed(Code::OpenRing, false, last, format!("{words}: it is closed but for rounding"));
            let end = ring.len() - 1;
            ring[end] = first;
        }
        self.wide_edges(&ring);
        let sense = doubled_area_deg2(&ring);
        if sense != 0.0 && (sense > 0.0) != shell {
            let (what, way) = if shell { ("shell", "clockwise") } else { ("hole", "counter-clockwise") };
            let message = format!("the {what} runs {way}, against the right-hand rule (RFC 7946, 3.1.6)");
            self.placed(Code::Winding, false, first, message);
        }
        Some(ring)
    }

    /// The positions of an expected ring.
    fn ring_positions(&mut self, node: &Node<'_>) -> Option<Vec<Coord>> {
        let items = self.items(node)?;
        let deeper = match items.first() {
            Some(Node::Array(inner)) => matches!(inner.first(), Some(Node::Pair(_) | Node::Pairs(_) | Node::Array(_))),
            Some(Node::Pairs(_)) => true,
            _ => false,
        };
        if deeper {
            self.error(Code::CoordinateDepth, "the coordinates are nested too deep for their type".into());
            return None;
        }
        if items.len() < 4 && items.iter().all(|item| !matches!(item, Node::Number(_))) {
            let message = format!("a ring needs four positions or more, this one has {}", items.len());
            self.error(Code::ShortRing, message);
            return None;
        }
        self.positions(&items)
    }

    fn positions(&mut self, items: &[Node<'_>]) -> Option<Vec<Coord>> {
        let mut out = Vec::with_capacity(items.len());
        for (i, item) in items.iter().enumerate() {
            match item {
                Node::Pair([x, y]) if x.abs() <= 180.0 && y.abs() <= 90.0 => out.push(Coord { x: *x, y: *y }),
                _ => out.extend(self.inside(i, |walk| walk.position(item))),
            }
        }
        (out.len() == items.len()).then_some(out)
    }

    fn position(&mut self, node: &Node<'_>) -> Option<Coord> {
        let items = match node {
            Node::Pair([x, y]) => return self.in_range(*x, *y),
            Node::Array(items) => items,
            Node::Pairs(_) => {
                self.error(Code::CoordinateDepth, "the coordinates are nested too deep for their type".into());
                return None;
            }
            other => {
                self.error(
                    Code::Position,
                    format!("a position is {}, where an array of numbers is needed", other.word()),
                );
                return None;
            }
        };
        if items.iter().any(|item| matches!(item, Node::Pair(_) | Node::Pairs(_) | Node::Array(_))) {
            self.error(Code::CoordinateDepth, "the coordinates are nested too deep for their type".into());
            return None;
        }
        for (i, item) in items.iter().enumerate() {
            let (code, message) = match item {
                Node::Number(_) => continue,
                Node::NotFinite => (Code::NotFinite, "a coordinate is not a finite number".to_owned()),
                Node::String(_) => (Code::Position, "a coordinate is a number written as a string".to_owned()),
                other => (Code::Position, format!("a coordinate is {}, where a number is needed", other.word())),
            };
            self.inside(i, |walk| walk.error(code, message));
            return None;
        }
        let (Some(Node::Number(x)), Some(Node::Number(y))) = (items.first(), items.get(1)) else {
            let message = format!("a position needs longitude and latitude, this one has {} numbers", items.len());
            self.error(Code::Position, message);
            return None;
        };
        let coord = self.in_range(*x, *y);
        if items.len() > 3 {
            let at = Coord { x: *x, y: *y };
            let message = format!("a position has {} numbers; what follows the third is ignored", items.len());
            self.placed(Code::PositionLength, false, at, message);
        }
        coord
    }

    fn in_range(&mut self, lon: f64, lat: f64) -> Option<Coord> {
        let at = Coord { x: lon, y: lat };
        let words = format!("position [{lon}, {lat}]");
        let (code, message) = if lon.abs() <= 180.0 && lat.abs() <= 90.0 {
            return Some(at);
        } else if let Some(there) = antimeridian::on_globe(at) {
            let how = if antimeridian::is_beyond(there.x) {
                "lies beyond ±180°: it is read 360° further, and what crosses ±180° is to be cut there (RFC 7946, 3.1.9)"
            } else {
                "lies beyond ±180° or ±90° by rounding; it is read as if it lay there"
            };
            self.placed(Code::Antimeridian, false, antimeridian::point(there), format!("{words} {how}"));
            return Some(there);
        } else if lon.abs() <= 90.0 && lat.abs() <= 180.0 {
            (Code::SwappedAxes, format!("{words} is out of range; its axes look swapped"))
        } else if lon.abs().min(lat.abs()) > 1e8 && lon.abs() <= 1.8e9 && lat.abs() <= 1.8e9 && lat.fract() == 0.0 {
            (Code::Projected, format!("{words} looks like degrees multiplied by 10 000 000"))
        } else if lon.abs() > 540.0 || lat.abs() > 540.0 {
            (Code::Projected, format!("{words} looks projected (metres), not degrees"))
        } else {
            (Code::OutOfRange, format!("{words} is out of range: longitude within ±180, latitude within ±90"))
        };
        self.placed(code, true, at, message);
        None
    }

    fn wide_edges(&mut self, line: &[Coord]) {
        let wide = |e: &[Coord]| {
            let span = (e[1].x - e[0].x).abs();
            span > 180.0 && span < 360.0 && e[0].y.abs() < 90.0
        };
        if let Some(edge) = line.windows(2).find(|edge| wide(edge)) {
            let message = format!(
                "the edge from [{}, {}] to [{}, {}] spans more than half the globe; cut it at ±180° (RFC 7946, 3.1.9)",
                edge[0].x, edge[0].y, edge[1].x, edge[1].y
            );
            self.placed(Code::Antimeridian, false, edge[0], message);
        }
    }
}

/// Positions, if all are within ±180°, ±90° and have two numbers each.
fn within(node: &Node<'_>) -> Option<Vec<Coord>> {
    let Node::Pairs(pairs) = node else { return None };
    pairs.iter().all(|at| at.x.abs() <= 180.0 && at.y.abs() <= 90.0).then(|| pairs.clone())
}

/// Twice the planar area in square degrees, only for the orientation of a ring.
pub(super) fn doubled_area_deg2(ring: &[Coord]) -> f64 {
    let Some(&o) = ring.first() else { return 0.0 };
    ring.windows(2).map(|e| (e[0].x - o.x) * (e[1].y - o.y) - (e[1].x - o.x) * (e[0].y - o.y)).sum()
}

//! State of a document walk: current position and findings.

use super::ScanShape;
use super::node::Node;
use crate::io::geojson;
use crate::model::{Finding, FindingCode as Code, Measure, Severity};
use geo::Coord;
use std::collections::BTreeMap;
use std::fmt::Write;

/// A bounding box of RFC 7946, section 5, in degrees; if east is less than west it crosses the antimeridian.
#[derive(Debug, Clone, Copy)]
pub(super) struct BoundingBox {
    west: f64,
    south: f64,
    east: f64,
    north: f64,
}

impl BoundingBox {
    fn holds(&self, p: Coord) -> bool {
        // Computed boxes may differ in the last digit.
        const ROUNDING_DEG: f64 = 1e-9;
        let after_west = p.x >= self.west - ROUNDING_DEG;
        let before_east = p.x <= self.east + ROUNDING_DEG;
        let between = if self.west > self.east { after_west || before_east } else { after_west && before_east };
        between && p.y >= self.south - ROUNDING_DEG && p.y <= self.north + ROUNDING_DEG
    }

    /// A corner of another box that is outside this one.
    pub fn corner_outside(&self, (low, high): (Coord, Coord)) -> Option<Coord> {
        [low, high].into_iter().find(|corner| !self.holds(*corner))
    }

    pub fn misses(&self, at: Coord) -> String {
        let BoundingBox { west, south, east, north } = self;
        format!("\"bbox\" [{west}, {south}, {east}, {north}] does not hold {}, {} (RFC 7946, 5)", at.x, at.y)
    }
}

/// A walk over one feature, or over the text around the features.
pub(super) struct FeatureWalk<'f> {
    file: &'f str,
    pub pointer: String,
    /// The feature's name in findings.
    pub feature: Option<String>,
    pub findings: Vec<Finding>,
    pub shapes: Vec<ScanShape>,
    /// For each code and severity, the index of the first finding on the feature, and the count.
    seen: BTreeMap<(Code, Severity), (usize, usize)>,
}

impl<'f> FeatureWalk<'f> {
    pub fn new(file: &'f str, pointer: String, feature: Option<String>) -> Self {
        FeatureWalk { file, pointer, feature, findings: Vec::new(), shapes: Vec::new(), seen: BTreeMap::new() }
    }

    /// Extends the pointer by one step during `visit`.
    pub fn inside<T>(&mut self, step: impl std::fmt::Display, visit: impl FnOnce(&mut Self) -> T) -> T {
        let before = self.pointer.len();
        // Writing to a string cannot fail.
        let _ = write!(self.pointer, "/{step}");
        if self.pointer[before + 1..].contains(['~', '/']) {
            let step = self.pointer.split_off(before + 1);
            self.pointer.push_str(&step.replace('~', "~0").replace('/', "~1"));
        }
        let result = visit(self);
        self.pointer.truncate(before);
        result
    }

    pub fn error(&mut self, code: Code, message: String) {
        self.found(code, Severity::Error, None, message);
    }

    pub fn warning(&mut self, code: Code, message: String) {
        self.found(code, Severity::Warning, None, message);
    }

    /// Adds a finding with a position.
    pub fn placed(&mut self, code: Code, error: bool, at: Coord, message: String) {
        let severity = if error { Severity::Error } else { Severity::Warning };
        self.found(code, severity, Some(at), message);
    }

    /// Adds a finding; if the feature already has one of this kind, increments its count.
    fn found(&mut self, code: Code, severity: Severity, at: Option<Coord>, message: String) {
        let repeats =
            !matches!(code, Code::MissingMember | Code::MemberType | Code::MisplacedMember | Code::DuplicateKey);
        if let Some((_, count)) = self.seen.get_mut(&(code, severity)).filter(|_| repeats) {
            *count += 1;
            return;
        }
        self.seen.insert((code, severity), (self.findings.len(), 1));
        let mut finding = Finding::new(self.file, severity, code, message).at(self.pointer.clone());
        finding.feature.clone_from(&self.feature);
        self.findings.push(match at {
            Some(at) => finding.on(at),
            None => finding,
        });
    }

    /// The findings, with their counts.
    pub fn finish(mut self) -> (Vec<Finding>, Vec<ScanShape>) {
        for (index, count) in self.seen.into_values().filter(|(_, count)| *count > 1) {
            let finding = &mut self.findings[index];
            finding.measure = Some(Measure { count: Some(count), ..Measure::default() });
            let rest = count - 1;
            finding.message.push_str(&format!(" ({rest} more in this feature)"));
        }
        (self.findings, self.shapes)
    }

    /// The object's `type`, if it is one of `known`.
    pub fn type_of(&mut self, node: &Node<'_>, known: &[&'static str], what: &str) -> Option<&'static str> {
        let Some(value) = node.get("type") else {
            self.error(Code::MissingMember, format!("{what} has no \"type\""));
            return None;
        };
        let found = value.text().and_then(|text| known.iter().find(|k| **k == text));
        if found.is_none() {
            let is = value.text().map_or_else(|| value.word().to_owned(), |text| format!("{text:?}"));
            let near = value.text().and_then(|t| known.iter().find(|k| k.eq_ignore_ascii_case(t.trim())));
            let hint = near.map_or(String::new(), |k| format!("; {k:?} was meant?"));
            self.inside("type", |walk| walk.error(Code::Type, format!("{what} has the type {is}{hint}")));
        }
        found.copied()
    }

    /// Reports members that RFC 7946, 7.1 forbids here, and a `crs`.
    pub fn misplaced(&mut self, node: &Node<'_>, forbidden: &[&str], what: &str) {
        for key in forbidden.iter().filter(|key| node.get(key).is_some()) {
            let message =
                format!("{what} has a member \"{key}\", which belongs elsewhere (RFC 7946, 7.1); it is ignored");
            self.inside(key, |walk| walk.warning(Code::MisplacedMember, message));
        }
        self.crs(node);
    }

    fn crs(&mut self, node: &Node<'_>) {
        let Some(crs) = node.get("crs") else { return };
        let name = geojson::crs_name(&crs.to_value());
        let named = name.as_deref().unwrap_or(crate::io::UNNAMED_CRS);
        let fits = *crs == Node::Null || name.as_deref().is_some_and(geojson::is_wgs84);
        self.inside("crs", |walk| {
            if fits {
                let message = format!("the member \"crs\" ({named}) is redundant: GeoJSON is WGS 84 (RFC 7946, 4)");
                walk.warning(Code::Crs, message);
            } else {
                let message = format!(
                    "declares the coordinate system {named}, and RFC 7946 knows WGS 84 longitude and latitude only"
                );
                walk.error(Code::Crs, message);
            }
        });
    }

    /// Checks a bounding box (RFC 7946, 5), and returns it if valid.
    pub fn bbox(&mut self, node: &Node<'_>) -> Option<BoundingBox> {
        let numbers = match node.get("bbox") {
            None => return None,
            Some(Node::Pair(pair)) => Some(pair.to_vec()),
            Some(Node::Array(items)) => {
                items.iter().map(|item| if let Node::Number(n) = item { Some(*n) } else { None }).collect()
            }
            Some(Node::Null) => {
                self.inside("bbox", |walk| walk.warning(Code::Bbox, "\"bbox\" is null".into()));
                return None;
            }
            Some(_) => None,
        };
        self.inside("bbox", |walk| match numbers {
            None => {
                walk.error(Code::Bbox, "\"bbox\" is not an array of numbers (RFC 7946, 5)".into());
                None
            }
            Some(n) if n.len() != 4 && n.len() != 6 => {
                walk.warning(
                    Code::Bbox,
                    format!("\"bbox\" has {} numbers, where 4 or 6 are needed (RFC 7946, 5)", n.len()),
                );
                None
            }
            Some(n) if n[1] > n[n.len() / 2 + 1] => {
                walk.warning(Code::Bbox, "\"bbox\" has its south above its north (RFC 7946, 5)".into());
                None
            }
            Some(n) => Some(BoundingBox { west: n[0], south: n[1], east: n[n.len() / 2], north: n[n.len() / 2 + 1] }),
        })
    }

    /// Reports a position outside a bounding box, among the geometries from index `since` on.
    pub fn held(&mut self, bbox: Option<BoundingBox>, since: usize) {
        let Some(bbox) = bbox else { return };
        let outside = self.shapes[since..].iter().flat_map(ScanShape::positions).find(|p| !bbox.holds(**p)).copied();
        if let Some(at) = outside {
            self.inside("bbox", |walk| walk.placed(Code::Bbox, false, at, bbox.misses(at)));
        }
    }

    /// Reports duplicate keys, at any depth.
    pub fn duplicates(&mut self, node: &Node<'_>) {
        match node {
            Node::Array(items) => {
                for (i, item) in items.iter().enumerate().filter(|(_, item)| may_hold_objects(item)) {
                    self.inside(i, |walk| walk.duplicates(item));
                }
            }
            Node::Object(members) => {
                let mut keys = std::collections::HashSet::with_capacity(members.len());
                for (key, value) in members {
                    if !keys.insert(key.as_ref()) {
                        self.duplicate(key);
                    }
                    if may_hold_objects(value) {
                        self.inside(key, |walk| walk.duplicates(value));
                    }
                }
            }
            Node::Deep(levels) => {
                self.error(Code::Nesting, format!("values are nested deeper than {levels} levels"));
            }
            _ => {}
        }
    }

    pub fn duplicate(&mut self, key: &str) {
        let message = format!("the key {key:?} stands twice in one object; the last one counts");
        self.inside(key, |walk| walk.warning(Code::DuplicateKey, message));
    }
}

fn may_hold_objects(node: &Node<'_>) -> bool {
    match node {
        Node::Array(items) => !matches!(items.first(), Some(Node::Number(_) | Node::Pair(_) | Node::Pairs(_))),
        Node::Object(_) | Node::Deep(_) => true,
        _ => false,
    }
}

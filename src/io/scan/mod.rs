//! A file as it is, with everything that is wrong with it; nothing is repaired.
//!
//! The questions read strictly and stop at the first error ([`Dataset::select`](super::Dataset::select)); this reads on.

mod ahead;
mod document;
mod geometry;
mod json;
mod node;
mod stream;
mod territory;
mod walk;

use super::bytes::{PACKED, read_bytes, sha256, unpack};
use super::dataset::{looks_like_json, read_file};
use super::frame::rewrite;
use super::{Frame, Problem, RawLayer, ReadError, sequence};
use crate::model::{Finding, FindingCode as Code, Input, LayerInfo};
use geo::Coord;
use rayon::prelude::*;
use serde_json::{Map, Value};

/// A shape of a feature.
#[derive(Debug, Clone, PartialEq)]
pub enum Form {
    /// A position.
    Point(Coord),
    /// A line of two positions or more.
    Line(Vec<Coord>),
    /// Closed rings of four positions or more, as the file winds them; the first is the shell.
    Polygon(Vec<Vec<Coord>>),
}

/// A shape of a feature whose coordinates are sound one by one.
#[derive(Debug, Clone, PartialEq)]
pub struct ScanShape {
    /// JSON pointer to its coordinates; empty where the file is not JSON.
    pub pointer: String,
    /// Its coordinates, (lon, lat) in degrees.
    pub form: Form,
}

impl ScanShape {
    /// Its positions, ring by ring.
    pub fn positions(&self) -> impl Iterator<Item = &Coord> {
        let (one, rings): (&[Coord], &[Vec<Coord>]) = match &self.form {
            Form::Point(at) => (std::slice::from_ref(at), &[]),
            Form::Line(line) => (line, &[]),
            Form::Polygon(rings) => (&[], rings),
        };
        one.iter().chain(rings.iter().flatten())
    }
}

/// A feature of a file.
#[derive(Debug, Clone, PartialEq)]
pub struct ScanFeature {
    /// Its own `id` member.
    pub id: Option<String>,
    /// What findings call it: its id, an identifying property, or its position in the file.
    pub label: String,
    /// JSON pointer to it.
    pub pointer: String,
    /// Its properties.
    pub properties: Map<String, Value>,
    /// Its sound shapes.
    pub shapes: Vec<ScanShape>,
    /// Whether outlines of it cross themselves, as far as anybody looked.
    pub is_crossed: bool,
}

/// A file with its features and what is wrong with them by the rules of JSON and RFC 7946.
#[derive(Debug)]
pub struct Scan {
    /// The file.
    pub input: Input,
    /// What the dataset's manifest says of it, for a layer of a dataset.
    pub info: Option<LayerInfo>,
    /// Its features.
    pub features: Vec<ScanFeature>,
    /// What is wrong, in the order of the file.
    pub findings: Vec<Finding>,
    /// Why it cannot be read at all, if so; `findings` say it too.
    pub failure: Option<ReadError>,
    /// Number of items of the `features` array.
    count: usize,
    /// South-west and north-east corners of what lies west and what lies east of Greenwich.
    extents: [Option<(Coord, Coord)>; 2],
}

/// Who looks at the features of a file as they come.
pub trait Inspector: Sync {
    /// What is seen of a feature.
    type Seen: Send;
    /// What is known of all of them.
    type Known: Default;
    /// Looks at a feature of the file named; several are looked at at once.
    fn look(&self, file: &str, feature: &ScanFeature) -> Self::Seen;
    /// Takes what was seen of a feature, one after the other in their order, and takes from it what need not be kept.
    fn take(&self, known: &mut Self::Known, feature: &mut ScanFeature, seen: Self::Seen);
}

impl Scan {
    fn new(path: &str, sha256: String) -> Self {
        let input = Input { path: path.to_owned(), sha256, features: 0, datum: None };
        Scan {
            input,
            info: None,
            features: Vec::new(),
            findings: Vec::new(),
            failure: None,
            count: 0,
            extents: [None; 2],
        }
    }

    /// Reads a file or standard input (`-`), in the system that `frame` says, and notes everything that breaks RFC 8259 or RFC 7946.
    ///
    /// Collections and sequences of GeoJSON in WGS 84 go by in stretches: of their features stays in memory what the
    /// inspector leaves. A file that is no JSON, and any other, is read as a whole.
    ///
    /// Never fails: a file that cannot be read is a finding, and [`failure`](Self::failure) says why.
    pub fn file<I: Inspector>(path: &str, frame: &Frame, inspector: &I) -> (Self, I::Known) {
        #[cfg(feature = "gdal")]
        if super::ogr::is_remote(path) {
            let scan = Scan::new(path, super::ogr::remote(path).sha256).other_format(path, frame);
            return scan.inspected(inspector);
        }
        let streamed = frame.is_plain().then(|| stream::read(path, inspector)).flatten();
        streamed.unwrap_or_else(|| {
            let scan = match read_bytes(path) {
                Ok(bytes) => Scan::bytes(path, bytes, frame),
                Err(error) => Scan::new(path, sha256(b"")).failed(error),
            };
            scan.inspected(inspector)
        })
    }

    /// The same, its features looked at.
    pub fn inspected<I: Inspector>(mut self, inspector: &I) -> (Self, I::Known) {
        let file = self.input.path.as_str();
        let seen: Vec<I::Seen> = self.features.par_iter().map(|feature| inspector.look(file, feature)).collect();
        let mut known = I::Known::default();
        self.features.iter_mut().zip(seen).for_each(|(feature, seen)| inspector.take(&mut known, feature, seen));
        (self, known)
    }

    /// The same of bytes, named `path` in messages.
    pub fn bytes(path: &str, bytes: Vec<u8>, frame: &Frame) -> Self {
        let mut scan = Scan::new(path, sha256(&bytes));
        let bytes = if bytes.starts_with(&PACKED) {
            match unpack(&bytes) {
                Ok(bytes) => bytes,
                Err(problem) => return scan.failed(ReadError::new(path, problem)),
            }
        } else {
            bytes
        };
        let plain = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
        if plain.len() < bytes.len() {
            let message = "the file begins with a byte order mark (RFC 8259, 8.1)";
            scan.findings.push(Finding::warning(path, Code::ByteOrderMark, message));
        }
        let first = plain.iter().find(|byte| !byte.is_ascii_whitespace());
        let may_be_sequence = sequence::may_be(path, plain);
        if first.is_some_and(|first| *first != b'{' && !may_be_sequence && !looks_like_json(*first, plain)) {
            return scan.other_format(path, frame);
        }
        let read = |text: &str, scan: &mut Scan| {
            if may_be_sequence && sequence::is_one(text) {
                document::read_sequence(&sequence::spaced(text), scan);
            } else {
                document::read(text, scan);
            }
        };
        match std::str::from_utf8(plain) {
            Ok(text) if frame.is_plain() => read(text, &mut scan),
            // In the system that the user says, it is looked at where it comes to lie.
            Ok(text) => match frame.to_wgs84(path, None).and_then(|way| {
                scan.input.datum = way.note();
                rewrite(&sequence::collected(text, may_be_sequence), path, &way)
            }) {
                Ok(rewritten) => read(rewritten.as_deref().unwrap_or(text), &mut scan),
                Err(error) => return scan.failed(error),
            },
            Err(error) => {
                read(&String::from_utf8_lossy(plain), &mut scan);
                let (line, column) = json::line_column(plain, error.valid_up_to());
                let message = format!("bytes that are not UTF-8 at line {line} column {column} (RFC 8259, 8.1)");
                scan.findings.insert(0, Finding::error(path, Code::NotUtf8, message));
                let reason = "bytes that are not UTF-8".to_owned();
                scan.failure = Some(ReadError::new(path, Problem::NotJson { reason, line, column }));
            }
        }
        scan
    }

    fn take(&mut self, (feature, findings): (ScanFeature, Vec<Finding>)) {
        for &p in feature.shapes.iter().flat_map(ScanShape::positions) {
            let (low, high) = self.extents[usize::from(p.x >= 0.0)].get_or_insert((p, p));
            (low.x, low.y) = (low.x.min(p.x), low.y.min(p.y));
            (high.x, high.y) = (high.x.max(p.x), high.y.max(p.y));
        }
        self.features.push(feature);
        self.findings.extend(findings);
    }

    /// What the strict reader makes of a format that is not JSON.
    fn other_format(self, path: &str, frame: &Frame) -> Self {
        match read_file(path, None, None, frame) {
            Ok(raw) => self.with_raw(raw),
            Err(error) => self.failed(error),
        }
    }

    fn failed(mut self, error: ReadError) -> Self {
        let code = match error.problem {
            Problem::NotJson { .. } | Problem::BreaksOff { .. } | Problem::OtherFormat(_) | Problem::Empty => {
                Code::NotJson
            }
            _ => Code::Unreadable,
        };
        self.findings.push(Finding::error(&self.input.path, code, error.problem.to_string()));
        self.failure = Some(error);
        self
    }

    fn with_raw(mut self, raw: RawLayer) -> Self {
        self.input = raw.input;
        for (index, feature) in raw.features.into_iter().enumerate() {
            let g = feature.geometry;
            let forms = g.points.into_iter().map(Form::Point).chain(g.lines.into_iter().map(Form::Line));
            let forms = forms.chain(g.polygons.into_iter().map(Form::Polygon));
            let shapes = forms.map(|form| ScanShape { pointer: String::new(), form }).collect();
            let label = feature.id.clone().unwrap_or_else(|| index.to_string());
            let pointer = String::new();
            self.features.push(ScanFeature {
                id: feature.id,
                label,
                pointer,
                properties: feature.properties,
                shapes,
                is_crossed: false,
            });
        }
        self
    }
}

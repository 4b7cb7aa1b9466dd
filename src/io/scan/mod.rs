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
use super::dataset::read_file;
use super::frame::{System, rewrite};
use super::source::{self, Source};
use super::text::wide_name;
use super::{Frame, Problem, RawLayer, ReadError, geojson, sequence};
use crate::model::{Finding, FindingCode as Code, Input, LayerInfo, WarningCode};
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
    /// How far, in metres, what touches in the file may be apart or across here, by the way to WGS 84.
    pub noise_m: f64,
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
        Scan { input, info: None, features: Vec::new(), findings: Vec::new(), failure: None, count: 0 }
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
        let unpacked = if bytes.starts_with(&PACKED) {
            match unpack(&bytes) {
                Ok(bytes) => bytes,
                Err(problem) => return scan.failed(ReadError::new(path, problem)),
            }
        } else {
            bytes
        };
        if unpacked.starts_with(b"\xef\xbb\xbf") {
            let message = "the file begins with a byte order mark (RFC 8259, 8.1)";
            scan.findings.push(Finding::warning(path, Code::ByteOrderMark, message));
        }
        if let Some(wide) = wide_name(&unpacked).filter(|_| !path.ends_with(".shp")) {
            let message = format!("the file is text in {wide}, where UTF-8 is needed (RFC 8259, 8.1)");
            scan.findings.push(Finding::error(path, Code::NotUtf8, message));
        }
        if source::members(path, &unpacked).is_ok_and(|members| !members.is_empty()) {
            return scan.other_format(path, frame);
        }
        let source = match Source::of(path.into(), unpacked.into(), frame) {
            Ok(source) => source,
            Err(error) => return scan.failed(error),
        };
        if source.form != source::Form::Json {
            return scan.other_format(path, frame);
        }
        let may_be_sequence = sequence::may_be(path, &source.bytes);
        match std::str::from_utf8(&source.bytes) {
            Ok(text) => {
                let collected = sequence::collected(text, may_be_sequence);
                let declared = geojson::declared_crs(&collected).filter(|name| !geojson::is_wgs84(name));
                if frame.is_plain() && declared.is_none() {
                    read(text, may_be_sequence, &mut scan);
                } else if let Err(error) = scan.read_there(text, &collected, declared.as_deref(), frame) {
                    if !frame.is_plain() {
                        return scan.failed(error);
                    }
                    // What it declares does not fit; as it stands, that is what is wrong with it.
                    read(text, may_be_sequence, &mut scan);
                }
            }
            Err(error) => {
                read(&String::from_utf8_lossy(&source.bytes), may_be_sequence, &mut scan);
                let (line, column) = json::line_column(&source.bytes, error.valid_up_to());
                let message = format!("bytes that are not UTF-8 at line {line} column {column} (RFC 8259, 8.1)");
                scan.findings.insert(0, Finding::error(path, Code::NotUtf8, message));
                let reason = geojson::NOT_UTF8.to_owned();
                scan.failure = Some(ReadError::new(path, Problem::NotJson { reason, line, column }));
            }
        }
        scan
    }

    /// A text in the system that the user says, or else that it declares, is looked at where it comes to lie.
    fn read_there(
        &mut self,
        text: &str,
        collected: &str,
        declared: Option<&str>,
        frame: &Frame,
    ) -> Result<(), ReadError> {
        let path = self.input.path.clone();
        let way = frame.to_wgs84(&path, declared.map(System::parse).as_ref())?;
        let rewritten = rewrite(collected, &path, &way)?;
        self.input.datum = way.note();
        if let Some(name) = declared {
            let message =
                format!("declares the coordinate system {name}, and RFC 7946 knows WGS 84 longitude and latitude only");
            self.findings.push(Finding::error(&path, Code::Crs, message).at("/crs"));
        }
        read(
            rewritten.as_deref().unwrap_or(text),
            rewritten.is_none() && sequence::may_be(&path, text.as_bytes()),
            self,
        );
        self.features.iter_mut().for_each(|feature| feature.noise_m = way.noise_m());
        Ok(())
    }

    fn take(&mut self, (feature, findings): (ScanFeature, Vec<Finding>)) {
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
        for warning in raw.warnings {
            let code = match warning.code {
                WarningCode::Encoding => Code::NotUtf8,
                WarningCode::Antimeridian => Code::Antimeridian,
                _ => continue,
            };
            let finding = Finding::warning(&self.input.path, code, warning.message);
            self.findings.push(Finding { feature: warning.feature, ..finding });
        }
        for (index, feature) in raw.features.into_iter().enumerate() {
            let g = feature.geometry;
            let forms = g.points.into_iter().map(Form::Point).chain(g.lines.into_iter().map(Form::Line));
            let forms = forms.chain(g.polygons.into_iter().map(Form::Polygon));
            let shapes = forms.map(|form| ScanShape { pointer: String::new(), form }).collect();
            let label = feature.id.clone().unwrap_or_else(|| index.to_string());
            let pointer = String::new();
            let (id, properties) = (feature.id, feature.properties);
            self.features.push(ScanFeature { id, label, pointer, properties, shapes, noise_m: raw.noise_m });
        }
        self
    }
}

/// Reads a text as a document or, where it may be one, as a sequence.
fn read(text: &str, may_be_sequence: bool, scan: &mut Scan) {
    if may_be_sequence && sequence::is_one(text) {
        document::read_sequence(&sequence::spaced(text), scan);
    } else {
        document::read(text, scan);
    }
}

//! Scans a file unchanged and reports all its faults; nothing is repaired.
//!
//! Queries read strictly and stop at the first error ([`Dataset::select`](super::Dataset::select)); a scan continues.

mod ahead;
mod document;
mod geometry;
pub(super) mod json;
pub(super) mod node;
mod part;
mod stream;
mod territory;
mod walk;

use super::bytes::{PACKED, read_bytes, sha256, unpack};
#[cfg(feature = "gdal")]
use super::file::read_file;
use super::file::read_format;
use super::frame::{Reading, System, rewrite};
use super::identity::{Identity, Says, shared};
use super::source::{self, Source};
use super::text::wide_name;
use super::{Limits, MemoryFile, Problem, RawLayer, ReadError, ReadOptions, geojson, sequence};
use crate::model::{Finding, FindingCode as Code, Input, LayerInfo, Measure, Warning, WarningCode};
use geo::Coord;
use rayon::prelude::*;
use serde_json::{Map, Value};
use std::borrow::Cow;

/// A geometry of a feature.
#[derive(Debug, Clone, PartialEq)]
pub enum Form {
    /// A line of at least two positions.
    Point(Coord),
    /// A line of two positions or more.
    Line(Vec<Coord>),
    /// Closed rings of at least four positions, oriented as in the file; the first is the shell.
    Polygon(Vec<Vec<Coord>>),
}

/// A geometry of a feature with individually valid coordinates.
#[derive(Debug, Clone, PartialEq)]
pub struct ScanShape {
    /// JSON pointer to its coordinates; empty if the file is not JSON.
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
    /// Its name in findings: its number in the file; after [`Scan::identify`], its id.
    pub label: String,
    /// JSON pointer to it.
    pub pointer: String,
    /// Its properties.
    pub properties: Map<String, Value>,
    /// Its valid geometries.
    pub shapes: Vec<ScanShape>,
    /// Bound in metres on gaps or overlaps of geometries that touch in the file, from the transformation to WGS 84.
    pub noise_m: f64,
    /// Whether its outlines cross themselves, as far as checked.
    pub is_crossed: bool,
}

/// A file with its features and its findings under the rules of JSON and RFC 7946.
#[derive(Debug)]
pub struct Scan {
    /// The file.
    pub input: Input,
    /// The manifest entry, for a layer of a dataset.
    pub info: Option<LayerInfo>,
    /// Its features.
    pub features: Vec<ScanFeature>,
    /// Findings, in file order.
    pub findings: Vec<Finding>,
    /// Why it cannot be read at all, if so; also in `findings`.
    pub failure: Option<ReadError>,
    limits: Limits,
    /// The layer of a file of several layers that was read.
    layer: Option<String>,
    /// Number of items of the `features` array.
    count: usize,
    /// South-west and north-east corners of the positions west and east of Greenwich.
    extents: [Option<(Coord, Coord)>; 2],
}

/// Examines the features of a file while they are read.
pub trait Inspector: Sync {
    /// The result for a feature.
    type Seen: Send;
    /// The accumulated results.
    type Known: Default;
    /// Examines a feature of the named file; called in parallel.
    fn look(&self, file: &str, feature: &ScanFeature) -> Self::Seen;
    /// Accumulates the result of a feature, in file order, and removes from the feature what need not be kept.
    fn take(&self, known: &mut Self::Known, feature: &mut ScanFeature, seen: Self::Seen);
}

impl Scan {
    fn new(path: &str, sha256: String, limits: Limits) -> Self {
        let input = Input::new(path, sha256);
        Scan {
            input,
            info: None,
            features: Vec::new(),
            findings: Vec::new(),
            failure: None,
            limits,
            layer: None,
            count: 0,
            extents: [None; 2],
        }
    }

    /// Reads a file or standard input (`-`), with the system and limits of the options, and reports all violations of
    /// RFC 8259 and RFC 7946.
    ///
    /// GeoJSON collections and sequences in WGS 84 are streamed in chunks: of their features only what the
    /// inspector leaves stays in memory. Any other file is read as a whole.
    ///
    /// Never fails: a file that cannot be read is a finding, and [`failure`](Self::failure) holds the reason.
    pub fn file<I: Inspector>(path: &str, options: &ReadOptions, inspector: &I) -> (Self, I::Known) {
        Self::read(path, options.reading(), inspector)
    }

    pub(super) fn read<I: Inspector>(path: &str, frame: Reading<'_>, inspector: &I) -> (Self, I::Known) {
        let limits = frame.limits;
        #[cfg(feature = "gdal")]
        if super::ogr::is_remote(path) {
            let scan = Scan::new(path, super::ogr::remote(path).sha256, limits);
            let scan = scan.of_raw(read_file(path, None, None, frame));
            return scan.inspected(inspector);
        }
        let streamed = frame.is_plain().then(|| stream::read(path, limits, inspector)).flatten();
        streamed.unwrap_or_else(|| {
            let scan = match read_bytes(path, limits) {
                Ok(bytes) => Scan::of_bytes(path, bytes.into(), None, frame.at(path)),
                Err(error) => Scan::new(path, sha256(b""), limits).failed(error),
            };
            scan.inspected(inspector)
        })
    }

    /// The same, after an inspector has examined its features.
    pub fn inspected<I: Inspector>(mut self, inspector: &I) -> (Self, I::Known) {
        let file = self.input.path.as_str();
        let seen: Vec<I::Seen> = self.features.par_iter().map(|feature| inspector.look(file, feature)).collect();
        let mut known = I::Known::default();
        self.features.iter_mut().zip(seen).for_each(|(feature, seen)| inspector.take(&mut known, feature, seen));
        (self, known)
    }

    /// The same for bytes, named `path` in messages.
    pub fn bytes(path: &str, bytes: Vec<u8>, options: &ReadOptions) -> Self {
        Self::held(&MemoryFile::new(path, bytes), options)
    }

    /// The same for a file in memory.
    pub(super) fn held(file: &MemoryFile<'_>, options: &ReadOptions) -> Self {
        match file.within(options.limits) {
            Ok(_) => Self::of_bytes(file.name(), file.bytes().into(), None, options.reading().in_memory(file.name())),
            Err(error) => Scan::new(file.name(), sha256(b""), options.limits).failed(error),
        }
    }

    pub(super) fn of_bytes(path: &str, bytes: Cow<'_, [u8]>, layer: Option<&str>, frame: Reading<'_>) -> Self {
        let mut scan = Scan::new(path, sha256(&bytes), frame.limits);
        let unpacked = if bytes.starts_with(&PACKED) {
            match unpack(&bytes, frame.limits) {
                Ok(bytes) => Cow::Owned(bytes),
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
        if source::members(path, &unpacked, frame).is_ok_and(|members| !members.is_empty()) {
            return scan.other_format(path, &unpacked, layer, frame);
        }
        let source = match Source::of(path.into(), (&*unpacked).into(), frame) {
            Ok(source) => source,
            Err(error) => return scan.failed(error),
        };
        if source.form != source::Form::Json {
            return scan.other_format(path, &unpacked, layer, frame);
        }
        let may_be_sequence = sequence::may_be(path, &source.bytes);
        match std::str::from_utf8(&source.bytes) {
            Ok(text) => {
                let collected = sequence::collected(text, may_be_sequence);
                let declared = geojson::declared_crs(&collected, frame.limits).filter(|name| !geojson::is_wgs84(name));
                if frame.is_plain() && declared.is_none() {
                    read(text, may_be_sequence, &mut scan);
                } else if let Err(error) = scan.read_there(text, &collected, declared.as_deref(), frame) {
                    if !frame.is_plain() {
                        return scan.failed(error);
                    }
                    // The declared system is wrong; the positions are checked as they are.
                    read(text, may_be_sequence, &mut scan);
                }
            }
            Err(error) => {
                read(&String::from_utf8_lossy(&source.bytes), may_be_sequence, &mut scan);
                let (line, column) = json::line_column(&source.bytes, error.valid_up_to());
                let message = format!("bytes that are not UTF-8 at line {line} column {column} (RFC 8259, 8.1)");
                scan.findings.insert(0, Finding::error(path, Code::NotUtf8, message));
                scan.failure = Some(ReadError::new(path, Problem::JsonNotUtf8 { line, column }));
            }
        }
        scan
    }

    /// Checks a text in the system given by the user, or else declared, after transformation to WGS 84.
    fn read_there(
        &mut self,
        text: &str,
        collected: &str,
        declared: Option<&str>,
        frame: Reading<'_>,
    ) -> Result<(), ReadError> {
        let path = self.input.path.clone();
        let way = frame.to_wgs84(&path, declared.map(System::parse).as_ref())?;
        let rewritten = rewrite(collected, &path, &way, frame.limits)?;
        self.input.datum = way.note();
        if let Some(name) = declared {
            let message =
                format!("declares the coordinate system {name}, and RFC 7946 knows WGS 84 longitude and latitude only");
            self.findings.push(Finding::error(&path, Code::Crs, message).at("/crs"));
        }
        match rewritten {
            Some(rewritten) => {
                read(&rewritten.text, false, self);
                let numbers: Vec<Option<String>> =
                    rewritten.invalid.iter().map(|error| Some(error.feature.as_ref()?.index.to_string())).collect();
                // Its missing geometry results from our own transformation.
                self.findings.retain(|f| f.code != Code::NoGeometry || !numbers.contains(&f.feature));
                rewritten.invalid.into_iter().for_each(|error| self.invalid(error));
            }
            None => read(text, sequence::may_be(&path, text.as_bytes()), self),
        }
        self.features.iter_mut().for_each(|feature| feature.noise_m = way.noise_m());
        Ok(())
    }

    /// Gives every feature its id, by the same rule as queries ([`Dataset::select`](super::Dataset::select)), also in
    /// its findings, here and in `more`; shared ids become findings. Warnings report features that are
    /// identified by number, with the file's name if it is one of several.
    ///
    /// # Errors
    /// No feature has the requested field.
    pub fn identify<'f>(
        &mut self,
        field: Option<&str>,
        is_one_of_several: bool,
        more: impl Iterator<Item = &'f mut Finding>,
    ) -> Result<Vec<Warning>, ReadError> {
        let path = &self.input.path;
        let field = field.filter(|_| self.info.is_none());
        let says: Vec<Says<'_>> = self.features.iter().map(|f| (f.id.as_deref(), &f.properties)).collect();
        let mut identity = Identity::of(path, &says, field)?;
        let mut found: Vec<Finding> =
            identity.shared().iter().map(|shared| self.shared(shared, &identity.rule)).collect();
        if found.is_empty() {
            // An `id` shared by all features is one, although it does not distinguish them.
            let own = self.features.iter().enumerate().filter_map(|(i, feature)| Some((i, feature.id.as_deref()?)));
            found.extend(shared(own).iter().map(|shared| self.shared(shared, "id")));
        }
        if is_one_of_several {
            for (id, _) in identity.ids.iter_mut().zip(&identity.numbered).filter(|(_, numbered)| **numbered) {
                *id = format!("{path}:{id}");
            }
        }
        let label = |finding: &mut Finding| {
            let index = finding.feature.as_ref().and_then(|number| number.parse::<usize>().ok());
            if let Some(id) = index.and_then(|index| identity.ids.get(index)) {
                finding.feature = Some(id.clone());
            }
        };
        self.findings.iter_mut().for_each(label);
        more.for_each(label);
        self.findings.extend(found);
        self.features.iter_mut().zip(identity.ids).for_each(|(feature, id)| feature.label = id);
        self.input.ids = Some(identity.rule);
        // Shared ids are reported as findings.
        identity.warnings.retain(|warning| warning.code != WarningCode::DuplicateId);
        Ok(identity.warnings)
    }

    /// A finding on a shared id.
    fn shared(&self, (id, indices): &(&str, Vec<usize>), rule: &str) -> Finding {
        const MOST: usize = 10;
        let listed = indices.iter().take(MOST).map(usize::to_string).collect::<Vec<_>>().join(", ");
        let more = if indices.len() > MOST { " …" } else { "" };
        let message = format!(
            "the id {id:?} ({rule}) is on {} features: {listed}{more}; where territories are asked for they are one",
            indices.len()
        );
        let again = &self.features[indices[1]];
        let finding = Finding::warning(&self.input.path, Code::DuplicateId, message).of(*id);
        let finding = finding.measured(Measure { count: Some(indices.len()), ..Measure::default() });
        let member = if again.id.is_some() { "/id" } else { "" };
        if again.pointer.is_empty() { finding } else { finding.at(format!("{}{member}", again.pointer)) }
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

    /// The strict reader's result for bytes in a format other than JSON.
    fn other_format(self, path: &str, bytes: &[u8], layer: Option<&str>, frame: Reading<'_>) -> Self {
        let sha256 = self.input.sha256.clone();
        let raw = read_format(path, bytes, (layer, None), frame);
        self.of_raw(raw.map(|raw| RawLayer { input: Input { sha256, ..raw.input }, ..raw }))
    }

    fn of_raw(self, raw: Result<RawLayer, ReadError>) -> Self {
        match raw {
            Ok(raw) => self.with_raw(raw),
            Err(error) => self.failed(error),
        }
    }

    /// Records the fault of an invalid feature.
    fn invalid(&mut self, error: ReadError) {
        use Problem::*;
        let code = match &error.problem {
            OutOfRange { .. } | Misfit { .. } | NoTransform { .. } => Code::OutOfRange,
            Swapped { .. } => Code::SwappedAxes,
            Projected { .. } => Code::Projected,
            NotFinite => Code::NotFinite,
            ShortPosition(_) => Code::Position,
            ShortLine(_) => Code::ShortLine,
            ShortRing(_) => Code::ShortRing,
            _ => Code::Unreadable,
        };
        let finding = Finding::error(&self.input.path, code, error.problem.to_string());
        let finding = Finding { feature: error.feature.map(|feature| feature.index.to_string()), ..finding };
        self.findings.push(Finding { pointer: error.pointer, ..finding });
    }

    fn failed(mut self, error: ReadError) -> Self {
        let code = match error.problem {
            Problem::NotJson { .. } | Problem::BreaksOff { .. } | Problem::Empty => Code::NotJson,
            Problem::TooDeep(_) => Code::Nesting,
            Problem::NotFinite => Code::NotFinite,
            // Without a file name the intended format is unknown.
            Problem::UnknownFormat(None) | Problem::NeedsGdal if self.input.path == "-" => Code::NotJson,
            _ => Code::Unreadable,
        };
        let finding = Finding::error(&self.input.path, code, error.problem.to_string());
        self.findings.push(Finding { pointer: error.pointer.clone(), ..finding });
        self.failure = Some(error);
        self
    }

    fn with_raw(mut self, mut raw: RawLayer) -> Self {
        // A fault of one feature does not stop the check of others; one of all features is a fault of the file.
        let (mut invalid, is_of_file) = raw.take_invalid();
        if is_of_file {
            return self.failed(invalid.swap_remove(0));
        }
        (self.input, self.layer) = (raw.input, raw.layer.take());
        invalid.into_iter().for_each(|error| self.invalid(error));
        if raw.features.is_empty() {
            let message = "the file holds no features: nothing is checked";
            self.findings.push(Finding::warning(&self.input.path, Code::NoFeatures, message));
        }
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
            let label = index.to_string();
            let pointer = String::new();
            let (id, properties) = (feature.id, feature.properties);
            self.features.push(ScanFeature {
                id,
                label,
                pointer,
                properties,
                shapes,
                noise_m: raw.noise_m,
                is_crossed: false,
            });
        }
        self
    }
}

/// Reads a text as a document or, if it may be one, as a sequence.
fn read(text: &str, may_be_sequence: bool, scan: &mut Scan) {
    if may_be_sequence && sequence::is_one(text) {
        document::read_sequence(&sequence::spaced(text), scan);
    } else {
        document::read(text, scan);
    }
}

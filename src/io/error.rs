//! Errors of inputs. The command line adds the remedies.

use super::GeometryDimension;
use super::unknown::UnreadFormat;
use crate::earth::Misfit;
use thiserror::Error;

fn misfit_text(x: f64, y: f64, crs: &str, misfit: &Misfit) -> String {
    let why = match misfit {
        Misfit::Swapped => format!("fits {crs} only with its axes swapped"),
        Misfit::Zone(other) => format!("does not fit {crs}; it fits {other}"),
        Misfit::Metres => format!("looks projected (metres), and {crs} is in degrees"),
        Misfit::Degrees => format!("looks like degrees, and {crs} is in metres"),
        Misfit::OutOfRange => format!("is out of range for {crs}"),
    };
    format!("position [{x}, {y}] {why}")
}

fn no_common_id(by_number: bool, ids: &[String]) -> String {
    let other = ids.join(", ");
    match by_number {
        true => format!(
            "no field identifies its features, and editions are not matched by row numbers; the other has {other}"
        ),
        false => format!("its features have no id in common with the other edition, which has {other}"),
    }
}

fn kind_words(kinds: &[GeometryDimension]) -> String {
    kinds.iter().map(|kind| format!("{kind:?}").to_lowercase()).collect::<Vec<_>>().join(" and ")
}

/// The feature that an error concerns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeatureLabel {
    /// Position in the file, from 0.
    pub index: usize,
    /// Its identifier, if it has one.
    pub id: Option<String>,
}

impl std::fmt::Display for FeatureLabel {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.id {
            Some(id) => write!(f, "feature {} ({id})", self.index),
            None => write!(f, "feature {}", self.index),
        }
    }
}

/// An invalid input: file, feature, position and problem.
#[derive(Debug, Error)]
#[error("{}", self.sentence())]
#[non_exhaustive]
pub struct ReadError {
    /// The path as the user gave it.
    pub path: String,
    /// The feature concerned, if any.
    pub feature: Option<FeatureLabel>,
    /// JSON pointer (RFC 6901) to the fault, if there is one.
    pub pointer: Option<String>,
    /// For an invalid feature: the number of invalid features, and of all.
    pub affected: Option<(usize, usize)>,
    /// The problem.
    #[source]
    pub problem: Problem,
}

impl ReadError {
    /// An error about a whole file or reference.
    pub fn new(path: impl Into<String>, problem: Problem) -> Self {
        ReadError { path: path.into(), feature: None, pointer: None, affected: None, problem }
    }

    fn sentence(&self) -> String {
        let mut words = self.path.clone();
        for part in [self.feature.as_ref().map(|f| f.to_string()), self.pointer.clone()].into_iter().flatten() {
            words.push_str(if words == self.path { ": " } else { ", " });
            words.push_str(&part);
        }
        format!("{words}: {}", self.problem)
    }
}

/// The problem of an input.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum Problem {
    /// It cannot be opened or read.
    #[error("cannot be read: {0}")]
    Unreadable(#[source] std::io::Error),
    /// It is a folder.
    #[error("is a folder, not a file")]
    Folder,
    /// It exceeds the size limit.
    #[error("is larger than {0} GiB, unpacked")]
    TooLarge(u32),
    /// Its JSON exceeds the nesting limit.
    #[error("is nested deeper than {0} levels")]
    TooDeep(u32),
    /// A manifest or a specification names a file outside its folder.
    #[error("layer \"{layer}\": the file \"{file}\" lies outside the folder that names it")]
    Outside {
        /// The layer.
        layer: String,
        /// The file, as the manifest names it.
        file: String,
    },
    /// No feature passes the filter.
    #[error("no feature passes {filter}")]
    NonePasses {
        /// The filter.
        filter: String,
    },
    /// A layer is not valid on the requested day.
    #[error("is not valid on {day}, but from {from} to {to}")]
    NotThen {
        /// The day.
        day: String,
        /// The first day or year of its validity.
        from: String,
        /// The last.
        to: String,
    },
    /// No party has this code.
    #[error("has no party \"{party}\", only {}", known.join(", "))]
    UnknownParty {
        /// The code.
        party: String,
        /// The known ones.
        known: Vec<String>,
    },
    /// It contains only white space.
    #[error("is empty")]
    Empty,
    /// It is not JSON.
    #[error("is not JSON: {reason} at line {line} column {column}")]
    NotJson {
        /// What the parser expected.
        reason: String,
        /// Line, from 1.
        line: usize,
        /// Column, from 1.
        column: usize,
    },
    /// It is JSON except for bytes that are not UTF-8.
    #[error("is not JSON: bytes that are not UTF-8 at line {line} column {column}")]
    JsonNotUtf8 {
        /// Line, from 1.
        line: usize,
        /// Column, from 1.
        column: usize,
    },
    /// The JSON is truncated.
    #[error("breaks off at line {line} column {column}")]
    BreaksOff {
        /// Line, from 1.
        line: usize,
        /// Column, from 1.
        column: usize,
    },
    /// It is not a text table.
    #[error("is no table: {0}")]
    NotTable(String),
    /// It is invalid TopoJSON.
    #[error("is no topology: {reason}")]
    NotTopology {
        /// What is missing or wrong.
        reason: String,
    },
    /// It is invalid Esri JSON.
    #[error("is no Esri JSON that is read: {reason}")]
    NotEsri {
        /// What is missing or wrong.
        reason: String,
    },
    /// It is invalid XML, or an element of it has no valid value.
    #[error("is no XML that is read: line {line}, column {column}: {reason}")]
    NotXml {
        /// What is wrong.
        reason: String,
        /// Line, from 1.
        line: usize,
        /// Column in characters, from 1.
        column: usize,
    },
    /// A part of a Shapefile is invalid.
    #[error("is no Shapefile that is read: byte {byte} of the .{part}: {reason}")]
    NotShapefile {
        /// The extension of the part: `shp`, `dbf`.
        part: &'static str,
        /// What is wrong.
        reason: String,
        /// Position in that part, from 0.
        byte: usize,
    },
    /// It is corrupt, or not GeoParquet.
    #[error("is no GeoParquet that is read: {reason}")]
    NotParquet {
        /// What is missing or wrong.
        reason: String,
    },
    /// It states that its coordinate reference system is unknown.
    #[error("states that the coordinate reference system of its column {column} is unknown (\"crs\": null)")]
    UnstatedCrs {
        /// The column of geometries.
        column: String,
    },
    /// Its bytes are not text in the stated encoding.
    #[error("is no text in {0}")]
    WrongEncoding(&'static str),
    /// An archive cannot be read.
    #[error("is an archive, and {0}")]
    Archive(&'static str),
    /// An archive contains no file of a supported format.
    #[error("is an archive that holds no layers")]
    EmptyArchive,
    /// The format is not supported; with the apparent format, if recognised.
    #[error("is of no format that is known here{}", .0.map_or(String::new(), |what| format!("; it looks like {what}")))]
    UnknownFormat(Option<UnreadFormat>),
    /// It is JSON but not GeoJSON.
    #[error("is not GeoJSON: {reason}")]
    NotGeojson {
        /// What is missing or wrong.
        reason: String,
    },
    /// A coordinate system other than WGS 84 is declared.
    #[error("declares the coordinate system {0}, and RFC 7946 knows WGS 84 longitude and latitude only")]
    OtherCrs(String),
    /// A position is outside ±180°, ±90°.
    #[error("position [{lon}, {lat}] is out of range")]
    OutOfRange {
        /// First number.
        lon: f64,
        /// Second number.
        lat: f64,
    },
    /// A position is plausible only with its numbers exchanged.
    #[error("position [{lon}, {lat}] is out of range; its axes look swapped")]
    Swapped {
        /// First number.
        lon: f64,
        /// Second number.
        lat: f64,
    },
    /// A position looks like metres.
    #[error("position [{lon}, {lat}] looks projected (metres), not degrees")]
    Projected {
        /// First number.
        lon: f64,
        /// Second number.
        lat: f64,
    },
    /// A position is impossible in its stated system.
    #[error("{}", misfit_text(*.x, *.y, .crs, .misfit))]
    Misfit {
        /// East, as the file has it.
        x: f64,
        /// North, as the file has it.
        y: f64,
        /// The system.
        crs: String,
        /// The reason.
        misfit: Misfit,
    },
    /// PROJ cannot transform a position.
    #[error("PROJ cannot transform the position [{x}, {y}] of {crs}")]
    NoTransform {
        /// East, as the file has it.
        x: f64,
        /// North, as the file has it.
        y: f64,
        /// The system.
        crs: String,
    },
    /// No operation relates the datum to WGS 84.
    #[error(
        "is in {0}, and PROJ knows no operation to WGS 84 but a ballpark one, which passes over the difference of datums"
    )]
    Ballpark(String),
    /// The coordinate system is geocentric.
    #[error("is in the coordinate system {0}, whose positions have three axes X, Y and Z; here they have two")]
    ThreeAxes(String),
    /// PROJ does not know the coordinate system.
    #[error("is in the coordinate system {0}, which PROJ does not know")]
    UnknownCrs(String),
    /// The coordinate system requires PROJ, which this build lacks.
    #[error("is in the coordinate system {0}, which this build does not compute itself")]
    CrsNeedsGdal(String),
    /// Bytes are not UTF-8.
    #[error("is not UTF-8 from byte {byte} on")]
    NotUtf8 {
        /// Position of the first bad byte, from 0.
        byte: usize,
    },
    /// A table of comma-separated values, or a cell of it, cannot be read.
    #[error("{0}")]
    Csv(String),
    /// A table has no coordinate columns.
    #[error("has no column of geometries and no pair of coordinates; its columns are {}", .0.join(", "))]
    NoPlace(Vec<String>),
    /// A format supports only one layer.
    #[error("{format} holds one layer, and the input has {}: {}", .layers.len(), .layers.join(", "))]
    SeveralLayers {
        /// The format.
        format: &'static str,
        /// The layers of the input.
        layers: Vec<String>,
    },
    /// A format supports only one kind of geometry.
    #[error("{format} holds one kind of geometry, and the input has {}", kind_words(.kinds))]
    MixedKinds {
        /// The format.
        format: &'static str,
        /// The kinds of the input.
        kinds: Vec<GeometryDimension>,
    },
    /// A format supports only WGS 84.
    #[error("{format} holds WGS 84 longitude and latitude only, not {to}")]
    Wgs84Only {
        /// The format.
        format: &'static str,
        /// The requested system.
        to: String,
    },
    /// A datum operation is invalid or does not apply.
    #[error("datum operation: {0}")]
    Operation(String),
    /// A number of a position is not finite.
    #[error("a coordinate is not a finite number")]
    NotFinite,
    /// A position has fewer than two numbers.
    #[error("a position needs two numbers or more, longitude and latitude; this one has {0}")]
    ShortPosition(usize),
    /// A line has fewer than two positions.
    #[error("a line needs two positions or more, this one has {0}")]
    ShortLine(usize),
    /// A ring has fewer than four positions.
    #[error("a ring needs four positions or more, this one has {0}")]
    ShortRing(usize),
    /// A ring whose loops have equal areas of opposite sign.
    #[error("the ring crosses itself at {0:?}, and its loops cancel each other: it has no area that could be told")]
    LoopsCancel((f64, f64)),
    /// A ring that does not end where it starts.
    #[error("the ring is not closed: it starts at {first:?} and ends at {last:?}")]
    OpenRing {
        /// First position.
        first: (f64, f64),
        /// Last position.
        last: (f64, f64),
    },
    /// A hole is not inside its shell.
    #[error("the hole with a vertex at {0:?} is not inside its shell")]
    HoleOutside((f64, f64)),
    /// Two holes overlap.
    #[error("two holes share land near {0:?}")]
    HolesOverlap((f64, f64)),
    /// The geometry type does not fit the query.
    #[error("is a {found}, where {wanted} is needed")]
    WrongShape {
        /// The required type.
        wanted: &'static str,
        /// The actual type.
        found: String,
    },
    /// No feature is usable.
    #[error("holds no {0}")]
    Nothing(&'static str),
    /// No feature has that identifier.
    #[error("holds no feature \"{id}\"")]
    UnknownId {
        /// The requested identifier.
        id: String,
        /// The most similar identifier, if any.
        nearest: Option<String>,
    },
    /// Several layers hold that identifier.
    #[error("\"{id}\" is in several layers: {}", .layers.join(", "))]
    Ambiguous {
        /// The requested identifier.
        id: String,
        /// The layers that hold it.
        layers: Vec<String>,
    },
    /// No feature has a value of the requested identifying property.
    #[error("no feature has a property \"{field}\" to be called by")]
    NoIdField {
        /// The property.
        field: String,
        /// Properties that could serve.
        candidates: Vec<String>,
    },
    /// Features of two editions have no id in common.
    #[error("{}", no_common_id(*.by_number, .ids))]
    NoCommonId {
        /// Whether the features of this edition are identified by their numbers.
        by_number: bool,
        /// Some ids of the other edition.
        ids: Vec<String>,
        /// Properties that could serve.
        candidates: Vec<String>,
    },
    /// No layer has that identifier.
    #[error("has no layer \"{id}\"; it has {}", .layers.join(", "))]
    UnknownLayer {
        /// The requested layer.
        id: String,
        /// The available layers.
        layers: Vec<String>,
    },
    /// A reference to a dataset without a loaded dataset.
    #[error("names no file, and there is no dataset to hold a layer or feature of that name")]
    NoDataset,
    /// The manifest of a dataset is invalid.
    #[error("{0}")]
    Manifest(String),
    /// The format needs GDAL, and this build has none.
    #[error("is of a format that this build does not read: it has no GDAL")]
    NeedsGdal,
    /// The format is written through GDAL, and this build has none.
    #[error("{0} is written through GDAL, and this build writes GeoJSON, GeoJSON sequences and CSV only")]
    WriteNeedsGdal(&'static str),
    /// GDAL could not read it.
    #[error("OGR cannot read it: {0}")]
    Ogr(String),
    /// Reading it requires a disabled capability.
    #[error("{0}")]
    NeedsNetwork(&'static str),
}

//! From any format to another, the datum operation named and every loss told.

mod csv;
mod fit;
mod format;
mod json;
mod place;
mod read;
mod table;
mod wkt;

pub use format::Format;
pub use table::Kind;

#[cfg(feature = "gdal")]
pub(super) use json::shape as shape_of_json;
#[cfg(feature = "gdal")]
pub(super) use table::{FieldKind, Position, Row};
pub(super) use table::{Shape, Table};

use super::frame::{System, Way};
use super::raw::doubtful_axes;
use super::{FeatureLabel, Frame, Problem, ReadError, WriteError};
use crate::earth::{ChainStep, Crs};
use crate::model::{Input, Warning, WarningCode};
use geo::Coord;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Map, Value};
use std::path::Path;

/// The property, and the field of tables, that carries the datum operation of a converted feature.
const DATUM_FIELD: &str = "datum_operation";

/// What is to be converted, and into what.
#[derive(Debug, Clone, Default)]
pub struct ConvertOptions {
    /// In which system the input is.
    pub frame: Frame,
    /// The system of the output; without it WGS 84.
    pub to: Option<String>,
    /// The layer to read; without it all that hold anything.
    pub layer: Option<String>,
    /// The kind of geometry to keep; without it all.
    pub only: Option<Kind>,
}

/// A layer of a conversion.
#[derive(Debug, Clone, PartialEq, JsonSchema, Serialize)]
pub struct ConvertLayer {
    /// Its name.
    pub name: String,
    /// Number of features.
    pub features: usize,
    /// Number of positions.
    pub positions: usize,
}

/// What becomes of the position in the middle.
#[derive(Debug, Clone, Copy, PartialEq, JsonSchema, Serialize)]
pub struct MiddlePoint {
    /// The position as the file has it.
    pub from: [f64; 2],
    /// The position in the output: east, north.
    pub to: [f64; 2],
    /// How far the datum operation moves it: what forgetting it would cost.
    pub moved_m: Option<f64>,
    /// In which azimuth.
    pub azimuth_deg: Option<f64>,
}

/// How a conversion went.
#[derive(Debug, Clone, PartialEq, JsonSchema, Serialize)]
pub struct ConvertReport {
    /// The system of the input.
    pub from: String,
    /// The system of the output.
    pub to: String,
    /// The layers.
    pub layers: Vec<ConvertLayer>,
    /// The way between the systems.
    pub steps: Vec<ChainStep>,
    /// The position in the middle of the input.
    pub middle: Option<MiddlePoint>,
    /// What the output's format cannot hold.
    pub losses: Vec<String>,
}

/// Layers that have been read and brought to the output's system.
pub struct Conversion {
    tables: Vec<Table>,
    to: System,
    geographic: bool,
    /// The input, with how its coordinates were taken.
    pub input: Input,
    /// What was noticed on the way in.
    pub warnings: Vec<Warning>,
    /// Positions (lon, lat in degrees) spread over the input, where it is in degrees whose order nobody said.
    pub unsure: Vec<Coord>,
    report: ConvertReport,
}

/// Takes how many features are done, and of how many, where that is known.
pub type Progress<'a> = &'a dyn Fn(&str, u64, Option<u64>);

impl Conversion {
    /// Reads the layers of a file and brings them to the system asked for.
    ///
    /// # Errors
    /// The file cannot be read, a position does not fit the system, or nothing but a ballpark leads to the other.
    pub fn read(path: &str, options: &ConvertOptions, progress: Progress<'_>) -> Result<Self, ReadError> {
        let mut read = read::read(path, options.layer.as_deref(), &options.frame, progress)?;
        let to = options.to.as_deref().map_or_else(|| System::Ours(Crs::wgs84()), System::parse);
        let wrong = |problem| ReadError::new(path, problem);
        let (mut sources, mut unsure): (Vec<String>, Vec<Coord>) = Default::default();
        let (mut steps, mut middle, mut overruled) = (Vec::new(), None, Vec::new());
        for (table, declared) in read.tables.iter_mut().zip(&read.declared) {
            let from = options.frame.system(declared.as_ref());
            let way = Way::between(&options.frame, from.clone(), to.clone()).map_err(wrong)?;
            overruled.extend(options.frame.overruled(path, declared.as_ref()));
            if !sources.contains(&from.name()) {
                sources.push(from.name());
                steps.extend(way.steps());
            }
            if options.frame.axes.is_none() && matches!(&from, System::Ours(crs) if crs.is_geographic()) {
                unsure.extend(sample(table));
            }
            let extent = go(table, &way, path, progress)?;
            middle = middle.or_else(|| extent.map(|at| middle_point(&way, at)).transpose().ok().flatten());
            read.warnings.extend(way.warnings(path));
            read.input.datum = read.input.datum.take().or_else(|| way.note());
            if way.chain().operation().is_some() || way.by_proj() {
                sign(table, &way);
            }
        }
        overruled.dedup();
        overruled.into_iter().for_each(|message| read.warn(WarningCode::Datum, message));
        if let Some(message) = doubtful_axes(path, unsure.iter().copied()) {
            read.warn(WarningCode::Axes, message);
        }
        if let Some(kind) = options.only {
            keep(&mut read.tables, kind);
        }
        let layers = read.tables.iter().map(|table| ConvertLayer {
            name: table.name.clone(),
            features: table.rows.len(),
            positions: table.rows.iter().filter_map(|row| row.shape.as_ref()).map(|shape| shape.positions()).sum(),
        });
        let report = ConvertReport {
            from: sources.join("; "),
            to: to.name(),
            layers: layers.collect(),
            steps,
            middle,
            losses: read.losses,
        };
        read.input.features = report.layers.iter().map(|layer| layer.features).sum();
        let geographic = matches!(&to, System::Ours(crs) if crs.is_geographic());
        Ok(Conversion {
            tables: read.tables,
            to,
            geographic,
            input: read.input,
            warnings: read.warnings,
            unsure,
            report,
        })
    }

    /// How it goes so far.
    pub fn report(&self) -> &ConvertReport {
        &self.report
    }

    /// Makes the layers fit the output's format; what it cannot hold goes to the report's losses.
    ///
    /// # Errors
    /// The layers do not go into the format at all.
    pub fn fit(&mut self, path: &str, format: Format) -> Result<(), ReadError> {
        let wrong = |problem| ReadError::new(path, problem);
        let wgs84 =
            matches!(&self.to, System::Ours(crs) if crs.is_geographic() && crs.datum() == crate::earth::Datum::Wgs84);
        if format.wgs84_only() && !wgs84 {
            return Err(wrong(Problem::Wgs84Only { format: format.name(), to: self.to.name() }));
        }
        if cfg!(not(feature = "gdal")) && !format.is_native() {
            return Err(wrong(Problem::WriteNeedsGdal(format.name())));
        }
        self.report.losses.extend(fit::fit(&mut self.tables, format).map_err(wrong)?);
        Ok(())
    }

    /// The layers as the bytes of a native format; GeoJSON carries `members` besides its features.
    fn bytes(&self, format: Format, members: &Map<String, Value>) -> Option<Vec<u8>> {
        let text = match format {
            Format::GeoJson => json::write(&self.tables, members),
            Format::GeoJsonSeq => json::write_sequence(&self.tables),
            Format::Csv => csv::write(self.tables.first()?, self.geographic),
            _ => return None,
        };
        Some(text.into_bytes())
    }

    /// The output as GeoJSON, for standard output.
    pub fn geojson(&self, members: &Map<String, Value>) -> String {
        json::write(&self.tables, members)
    }

    /// Writes the output beside its place and moves it there when it is whole, all its files.
    ///
    /// # Errors
    /// It cannot be written; nothing is left behind, and what was there before is still there.
    pub fn write(
        &self,
        path: &Path,
        format: Format,
        members: &Map<String, Value>,
        progress: Progress<'_>,
    ) -> Result<(), WriteError> {
        match self.bytes(format, members) {
            Some(bytes) => super::write_file(path, &bytes),
            None => place::write_files(path, |there| self.write_by_ogr(there, format, progress)),
        }
    }

    #[cfg(feature = "gdal")]
    fn write_by_ogr(&self, path: &Path, format: Format, progress: Progress<'_>) -> Result<(), String> {
        let total = self.tables.iter().map(|table| table.rows.len() as u64).sum();
        let tell = |done| progress("writing", done, Some(total));
        super::ogr::write(path, format, &self.tables, &self.to, &tell).map_err(|error| error.to_string())
    }

    #[cfg(not(feature = "gdal"))]
    fn write_by_ogr(&self, _: &Path, format: Format, _: Progress<'_>) -> Result<(), String> {
        Err(format!("{} needs a build with the `gdal` feature", format.name()))
    }
}

/// Positions spread over a layer.
fn sample(table: &mut Table) -> Vec<Coord> {
    /// Enough to see where a layer lies.
    const MOST: usize = 2000;
    let count: usize = table.rows.iter().filter_map(|row| row.shape.as_ref()).map(Shape::positions).sum();
    let step = count.div_ceil(MOST).max(1);
    let (mut out, mut number) = (Vec::new(), 0);
    for shape in table.rows.iter_mut().filter_map(|row| row.shape.as_mut()) {
        let done: Result<(), std::convert::Infallible> = shape.each(&mut |position| {
            if number % step == 0 {
                out.push(position.at);
            }
            number += 1;
            Ok(())
        });
        let Ok(()) = done;
    }
    out
}

/// Brings every position of a layer to the other system; returns the middle of what the file had.
fn go(table: &mut Table, way: &Way, path: &str, progress: Progress<'_>) -> Result<Option<Coord>, ReadError> {
    let (mut low, mut high) = (Coord { x: f64::MAX, y: f64::MAX }, Coord { x: f64::MIN, y: f64::MIN });
    let total = table.rows.len() as u64;
    for (index, row) in table.rows.iter_mut().enumerate() {
        let Some(shape) = &mut row.shape else { continue };
        let moved = shape.each(&mut |position: &mut table::Position| {
            let at = position.at;
            (low, high) =
                (Coord { x: low.x.min(at.x), y: low.y.min(at.y) }, Coord { x: high.x.max(at.x), y: high.y.max(at.y) });
            position.at = way.apply(at)?;
            Ok(())
        });
        moved.map_err(|problem| {
            let id = row.id.as_ref().map(|id| id.as_str().map_or_else(|| id.to_string(), str::to_owned));
            let id = id.or_else(|| super::raw::named(&row.properties));
            ReadError { feature: Some(FeatureLabel { index, id }), ..ReadError::new(path, problem) }
        })?;
        if index % 1000 == 0 {
            progress("transforming", index as u64, Some(total));
        }
    }
    Ok((low.x <= high.x).then(|| (low + high) / 2.0))
}

fn middle_point(way: &Way, at: Coord) -> Result<MiddlePoint, Problem> {
    let there = way.apply(at)?;
    let moves = way.moves(at);
    Ok(MiddlePoint {
        from: [at.x, at.y],
        to: [there.x, there.y],
        moved_m: moves.map(|(metres, _)| metres),
        azimuth_deg: moves.map(|(_, azimuth)| azimuth),
    })
}

/// Writes the datum operation into every feature; one that a feature carries already stays before it.
fn sign(table: &mut Table, way: &Way) {
    let Some(note) = way.note() else { return };
    for row in &mut table.rows {
        let before = row.properties.get(DATUM_FIELD).and_then(Value::as_str).filter(|text| !text.is_empty());
        let text = before.map_or_else(|| note.operation.clone(), |before| format!("{before}; {}", note.operation));
        row.properties.insert(DATUM_FIELD.to_owned(), Value::String(text));
    }
}

/// Keeps what is of one kind.
fn keep(tables: &mut Vec<Table>, kind: Kind) {
    for table in tables.iter_mut() {
        for row in &mut table.rows {
            row.shape = row.shape.take().and_then(|shape| shape.only(kind));
        }
        table.rows.retain(|row| row.shape.is_some());
    }
    if tables.iter().any(|table| !table.rows.is_empty()) {
        tables.retain(|table| !table.rows.is_empty());
    }
}

//! Conversion between formats and reference systems; the datum operation is named, and lossy conversions are reported.

mod csv;
mod fit;
mod format;
mod json;
mod native;
mod pipeline;
mod place;
mod read;
mod streamed;
mod survey;
mod table;
mod wkt;

pub use format::Format;
pub use table::GeometryDimension;

pub(super) use json::{shape as shape_of_json, write as feature_text};
pub(super) use pipeline::{FeaturePipeline, Seen};
#[cfg(feature = "gdal")]
pub(super) use table::FieldKind;
pub(super) use table::{Position, Row, Shape, Table};

use super::frame::{CrsTransform, System};
use super::id_fields::own_id;
use super::write::write_through;
use super::{FeatureLabel, Filter, Limits, MemoryFile, Problem, ReadError, SourceCrs, WriteError};
use crate::earth::{ChainStep, Crs};
use crate::model::{Answer, DatumBasis, EdgeModel, Input, Provenance, Warning, WarningCode};
use geo::Coord;
use read::ReadLayers;
#[cfg(feature = "schema")]
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Map, Value};
use std::io::Write;
use std::path::Path;
use streamed::Streamed;
use survey::Survey;

/// The property, and the field of tables, that carries the datum operation of a converted feature.
const DATUM_FIELD: &str = "datum_operation";

/// Options of a conversion.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct ConvertOptions {
    /// The system of the input.
    pub frame: SourceCrs,
    /// Limits of reading.
    pub limits: Limits,
    /// The system of the output; by default WGS 84.
    pub to: Option<String>,
    /// The layer to read; by default all layers with features.
    pub layer: Option<String>,
    /// The features to keep.
    pub filter: Filter,
    /// Languages of names, best first: a multilingual name is converted to the fields `name` and `name_LANGUAGE`; in
    /// GeoJSON only if languages are given.
    pub languages: Vec<String>,
    /// The kind of geometry to keep; by default all.
    pub only: Option<GeometryDimension>,
    /// The output format, if any. GeoJSON into one of this program's own formats is streamed
    /// feature by feature instead of being held in memory.
    pub into: Option<Format>,
}

impl ConvertOptions {
    fn name_languages(&self) -> Option<&[String]> {
        let nests = matches!(self.into, None | Some(Format::GeoJson | Format::GeoJsonSeq));
        (!nests || !self.languages.is_empty()).then_some(&self.languages)
    }
}

/// A layer of a conversion.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
pub struct ConvertLayer {
    /// Its name.
    pub name: String,
    /// Number of features.
    pub features: usize,
    /// Number of positions.
    pub positions: usize,
}

/// The transformation of the middle position.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
pub struct MiddlePoint {
    /// The position as in the file.
    pub from: [f64; 2],
    /// The position in the output: east, north.
    pub to: [f64; 2],
    /// Displacement in metres by the datum operation: the error if it were omitted.
    pub moved_m: Option<f64>,
    /// Azimuth of the displacement in degrees.
    pub azimuth_deg: Option<f64>,
}

/// The report of a conversion.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[non_exhaustive]
pub struct ConvertReport {
    /// The system of the input.
    pub from: String,
    /// The system of the output.
    pub to: String,
    /// The layers.
    pub layers: Vec<ConvertLayer>,
    /// The steps of the transformation, in order.
    pub steps: Vec<ChainStep>,
    /// The transformation of the middle position of the input.
    pub middle: Option<MiddlePoint>,
    /// What is lost in the output's format.
    pub losses: Vec<String>,
}

/// Layers that have been read and transformed to the output's system.
pub struct Conversion {
    layers: Layers,
    to: System,
    geographic: bool,
    into: Option<Format>,
    /// The input file, with its datum note.
    pub input: Input,
    /// Warnings of reading.
    pub warnings: Vec<Warning>,
    /// Sample of positions (lon, lat in degrees) of the input, if it is in degrees and its axis order is not stated.
    pub unsure: Vec<Coord>,
    report: ConvertReport,
}

/// Storage of the layers.
enum Layers {
    Held(Vec<Table>),
    /// A single layer, in its file.
    Streamed(Box<Streamed>),
}

/// Receives a stage, the number of features done, and the total if known.
pub type Progress<'a> = &'a dyn Fn(&str, u64, Option<u64>);

impl Conversion {
    /// Reads the layers of a file and transforms them to the requested system.
    ///
    /// # Errors
    /// The file cannot be read, a position is impossible in its system, or only a ballpark transformation leads to the
    /// target.
    pub fn read(path: &str, options: &ConvertOptions, progress: Progress<'_>) -> Result<Self, ReadError> {
        let native = options.into.is_none_or(Format::is_native) && options.frame.encoding.is_none();
        let streamed = native.then(|| Streamed::open(path, options.layer.as_deref(), options.limits)).flatten();
        // If streaming fails, reading at once reports why.
        match streamed.map(|file| Self::of(ReadLayers::streamed(path, file), path, options, progress)) {
            Some(Ok(conversion)) => Ok(conversion),
            _ => {
                let frame = options.frame.within(options.limits);
                let read = read::read(path, options.layer.as_deref(), frame, progress)?;
                Self::of(read, path, options, progress)
            }
        }
    }

    /// The same for a file in memory.
    pub(super) fn of_memory(
        file: &MemoryFile<'_>,
        options: &ConvertOptions,
        progress: Progress<'_>,
    ) -> Result<Self, ReadError> {
        let frame = options.frame.within(options.limits).in_memory(file.name());
        let read = read::read_held(file.name(), file.bytes().into(), options.layer.as_deref(), frame, progress)?;
        Self::of(read, file.name(), options, progress)
    }

    fn of(
        mut read: ReadLayers,
        path: &str,
        options: &ConvertOptions,
        progress: Progress<'_>,
    ) -> Result<Self, ReadError> {
        let to = options.to.as_deref().map_or_else(|| System::Ours(Crs::wgs84()), System::parse);
        let wrong = |problem| ReadError::new(path, problem);
        let (mut sources, mut unsure): (Vec<String>, Vec<Coord>) = Default::default();
        let (mut steps, mut middle, mut overruled) = (Vec::new(), None, Vec::new());
        for number in 0..read.declared.len() {
            let declared = read.declared[number].as_ref();
            let from = options.frame.system(declared);
            let way = CrsTransform::between(&options.frame, from.clone(), to.clone()).map_err(wrong)?;
            overruled.extend(options.frame.overruled(path, declared));
            let (mut seen, pipeline) = (
                Seen::new(),
                FeaturePipeline::new(way, options.only).selecting(&options.filter, options.name_languages()),
            );
            let held;
            let pipeline = match &mut read.layers {
                Layers::Held(tables) => {
                    go(&mut tables[number], &pipeline, path, &mut seen, progress)?;
                    held = pipeline;
                    &held
                }
                Layers::Streamed(file) => {
                    let whole = || wrong(Problem::Unreadable(std::io::Error::other("it must be read as a whole")));
                    read.input.sha256 = file.survey(pipeline, &mut seen, progress).ok_or_else(whole)?;
                    file.pipeline().ok_or_else(whole)?
                }
            };
            if options.frame.axes.is_none() && matches!(&from, System::Ours(crs) if crs.is_geographic()) {
                unsure.extend(seen.sample.positions());
            }
            let way = &pipeline.way;
            if !sources.contains(&from.name()) {
                sources.push(from.name());
                steps.extend(way.steps());
            }
            middle = middle.or_else(|| seen.middle().map(|at| middle_point(way, at)).transpose().ok().flatten());
            read.losses.extend(way.courses.off_m().map(|off_m| {
                let (from, to) = (from.name(), to.name());
                format!("edges straight in {from} are straight in {to} now, up to {off_m:.2} m off their course")
            }));
            read.warnings.extend(way.warnings(path));
            read.warnings.extend(seen.told(path));
            read.input.datum = read.input.datum.take().or_else(|| way.note());
        }
        overruled.dedup();
        overruled.into_iter().for_each(|message| read.warn(WarningCode::Datum, message));
        let layers = read.layers.of(options.only);
        let report =
            ConvertReport { from: sources.join("; "), to: to.name(), layers, steps, middle, losses: read.losses };
        read.input.features = report.layers.iter().map(|layer| layer.features).sum();
        if read.input.features == 0 && !options.filter.is_empty() {
            return Err(wrong(Problem::NonePasses { filter: options.filter.to_string() }));
        }
        let geographic = matches!(&to, System::Ours(crs) if crs.is_geographic());
        let ReadLayers { layers, input, warnings, .. } = read;
        Ok(Conversion { layers, to, geographic, into: options.into, input, warnings, unsure, report })
    }

    /// The answer so far: the report, the file, and how it was transformed.
    pub fn answer(&self) -> Answer<ConvertReport> {
        let mut provenance = Provenance::default();
        (provenance.edges, provenance.datum) = (EdgeModel::InputSystem, DatumBasis::OneDatum);
        provenance.inputs.push(self.input.clone());
        Answer::new(self.report.clone(), provenance, self.warnings.clone())
    }

    /// The report so far.
    pub fn report(&self) -> &ConvertReport {
        &self.report
    }

    /// Adapts the layers to the output's format, written to `path`; losses are added to the report.
    ///
    /// # Errors
    /// The format cannot hold the layers.
    pub fn fit(&mut self, path: &str) -> Result<(), ReadError> {
        let Some(format) = self.into else { return Ok(()) };
        let wrong = |problem| ReadError::new(path, problem);
        let wgs84 =
            matches!(&self.to, System::Ours(crs) if crs.is_geographic() && crs.datum() == crate::earth::Datum::Wgs84);
        if format.wgs84_only() && !wgs84 {
            return Err(wrong(Problem::Wgs84Only { format: format.name(), to: self.to.name() }));
        }
        if cfg!(not(feature = "gdal")) && !format.is_native() && format != Format::GeoParquet {
            return Err(wrong(Problem::WriteNeedsGdal(format.name())));
        }
        let names: Vec<String> = self.report.layers.iter().map(|layer| layer.name.clone()).collect();
        if names.len() > 1 && !format.holds_layers() && format != Format::Gpx && format != Format::Dxf {
            return Err(wrong(Problem::SeveralLayers { format: format.name(), layers: names }));
        }
        let losses = match &mut self.layers {
            Layers::Held(tables) if !format.is_native() => fit::fit(tables, format).map_err(wrong)?,
            _ => names.iter().flat_map(|name| fit::native(name, &self.survey(), format)).collect(),
        };
        self.report.losses.extend(losses);
        Ok(())
    }

    /// A survey of all features.
    fn survey(&self) -> Survey {
        match &self.layers {
            Layers::Held(tables) => Survey::of(tables),
            Layers::Streamed(file) => file.survey.clone(),
        }
    }

    /// Passes all features to `take`.
    fn rows(&self, take: native::Take<'_>) -> std::io::Result<()> {
        match &self.layers {
            Layers::Held(tables) => tables.iter().try_for_each(|table| take(&table.rows)),
            Layers::Streamed(file) => file.again(take),
        }
    }

    /// Writes the layer as GeoJSON with further `members`, for standard output.
    ///
    /// # Errors
    /// It cannot be written, or the input has changed.
    pub fn write_geojson(&self, out: &mut dyn Write, members: &Map<String, Value>) -> std::io::Result<()> {
        self.write_native(out, Format::GeoJson, members, &|_, _, _| {})
    }

    fn write_native(
        &self,
        out: &mut dyn Write,
        format: Format,
        members: &Map<String, Value>,
        progress: Progress<'_>,
    ) -> std::io::Result<()> {
        let (survey, mut done) = (self.survey(), 0);
        let total = survey.features as u64;
        native::write(out, (format, members), (&survey, self.geographic), |take| {
            self.rows(&mut |rows| {
                done += rows.len() as u64;
                progress("writing", done, Some(total));
                take(rows)
            })
        })
    }

    /// Writes the output to a temporary location and renames all its files when they are complete.
    ///
    /// # Errors
    /// It cannot be written; no partial output remains, and existing files are unchanged.
    pub fn write(&self, path: &Path, members: &Map<String, Value>, progress: Progress<'_>) -> Result<(), WriteError> {
        let format = self.into.unwrap_or(Format::GeoJson);
        match &self.layers {
            #[cfg(feature = "parquet")]
            Layers::Held(tables) if format == Format::GeoParquet => {
                let bytes = super::foreign::geoparquet_of(&tables[0]).map_err(std::io::Error::other);
                write_through(path, |out| out.write_all(&bytes?))
            }
            Layers::Held(tables) if !format.is_native() => {
                place::write_files(path, |there| write_by_ogr(there, format, (tables, &self.to), progress))
            }
            _ => write_through(path, |out| self.write_native(out, format, members, progress)),
        }
    }
}

#[cfg(feature = "gdal")]
fn write_by_ogr(
    path: &Path,
    format: Format,
    (tables, to): (&[Table], &System),
    progress: Progress<'_>,
) -> Result<(), String> {
    let total = tables.iter().map(|table| table.rows.len() as u64).sum();
    let tell = |done| progress("writing", done, Some(total));
    super::ogr::write(path, format, tables, to, &tell).map_err(|error| error.to_string())
}

#[cfg(not(feature = "gdal"))]
fn write_by_ogr(_: &Path, format: Format, _: (&[Table], &System), _: Progress<'_>) -> Result<(), String> {
    Err(format!("{} needs a build with the `gdal` feature", format.name()))
}

/// Transforms every feature of a layer to the output's system.
fn go(
    table: &mut Table,
    pipeline: &FeaturePipeline,
    path: &str,
    seen: &mut Seen,
    progress: Progress<'_>,
) -> Result<(), ReadError> {
    let total = table.rows.len() as u64;
    let rows = std::mem::take(&mut table.rows);
    for (index, row) in rows.into_iter().enumerate() {
        let id = row.id.as_ref().map(own_id);
        let id = id.or_else(|| super::id_fields::named(&row.properties));
        let gone = pipeline.go(row, seen).map_err(|problem| ReadError {
            feature: Some(FeatureLabel { index, id }),
            ..ReadError::new(path, problem)
        })?;
        table.rows.extend(gone);
        if index % 1000 == 0 {
            progress("transforming", index as u64, Some(total));
        }
    }
    Ok(())
}

impl Layers {
    /// Summaries of the layers; of several, those without geometry of the requested kind are removed.
    fn of(&mut self, only: Option<GeometryDimension>) -> Vec<ConvertLayer> {
        let tables = match self {
            Layers::Held(tables) => tables,
            Layers::Streamed(file) => {
                let (name, survey) = (file.name.clone(), &file.survey);
                return vec![ConvertLayer { name, features: survey.features, positions: survey.positions }];
            }
        };
        if only.is_some() && tables.iter().any(|table| !table.rows.is_empty()) {
            tables.retain(|table| !table.rows.is_empty());
        }
        let layer = |table: &Table| ConvertLayer {
            name: table.name.clone(),
            features: table.rows.len(),
            positions: table.rows.iter().filter_map(|row| row.shape.as_ref()).map(Shape::positions).sum(),
        };
        tables.iter().map(layer).collect()
    }
}

fn middle_point(way: &CrsTransform, at: Coord) -> Result<MiddlePoint, Problem> {
    let there = way.apply(at)?;
    let moves = way.moves(at);
    Ok(MiddlePoint {
        from: [at.x, at.y],
        to: [there.x, there.y],
        moved_m: moves.map(|(metres, _)| metres),
        azimuth_deg: moves.map(|(_, azimuth)| azimuth),
    })
}

#[cfg(test)]
mod tests;

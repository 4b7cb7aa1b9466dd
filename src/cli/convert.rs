//! `merestone convert`

use super::answer::{advise, folded, terminal_width};
use super::axes::refuse_against;
use super::common::{Format as ReportFormat, filter, print, print_by, rendered, tell, warn};
use super::datum::Datum;
use super::error::CliError;
use super::limits::LimitArgs;
use super::progress::Bar;
use clap::{Args, ValueEnum};
use merestone::io::{
    Conversion, ConvertOptions, Filter, Format, GeometryDimension, ReadOptions, Reference, SourceCrs, check_target,
};
use merestone::model::Territory;
use merestone::report;
use serde_json::{Map, Value};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// From any format to another, the datum operation named and nothing lost in silence.
///
/// Reads GeoJSON, GeoJSON sequences and CSV itself, everything else through OGR (GeoPackage, Shapefile, KML, GPX,
/// FlatGeobuf, DXF, OpenStreetMap XML and PBF, MapInfo …) or, GeoParquet, itself; writes .geojson, .geojsonl, .csv, .gpkg,
/// .shp, .kml, .fgb, .gpx, .dxf and .parquet. Coordinates go to WGS 84 unless --to says otherwise. From Pulkovo 1942 (SK-42, SK-63) they go by EPSG:15865
/// unless --operation says otherwise; the operation is written into every feature (`datum_operation`). Heights stay as
/// they are. Edges of lines and outlines keep their course: where the way between two systems bends them by more than 1 cm
/// they get positions in between. What the output cannot hold is listed on standard error. A file of GeoJSON that goes into .geojson, .geojsonl or
/// .csv may be larger than memory.
#[derive(Args)]
#[command(after_help = "Examples:
  merestone convert survey.shp survey.geojson
  merestone convert survey.shp survey.geojson --from EPSG:28408 --operation EPSG:1808
  merestone convert survey.shp --explain
  merestone convert line.geojson line.gpkg --to EPSG:28408
  merestone convert armenia.osm.gz settlements.gpkg --layer points
  merestone convert states states.gpkg
  merestone convert places towns.csv --where kind=town --lang hy,az,en
  merestone convert points.csv points.gpx --from EPSG:2498 --axes yx")]
pub struct Convert {
    /// File to read, `-` for GeoJSON on standard input, or a layer of the embedded dataset
    #[arg(value_name = "IN", required_unless_present = "list")]
    input: Option<String>,
    /// File to write, its format by its extension, or `-` for GeoJSON on standard output; never half-written
    #[arg(value_name = "OUT", required_unless_present_any = ["explain", "list", "to_file"])]
    output: Option<String>,
    /// The same as OUT
    #[arg(short = 'o', long = "output", value_name = "FILE", conflicts_with = "output")]
    to_file: Option<String>,
    /// List the layers of the embedded dataset
    #[arg(long, conflicts_with_all = ["input", "output", "to_file", "explain"])]
    list: bool,
    /// Coordinate reference system of the output [default: WGS 84]
    #[arg(long, value_name = "CRS")]
    to: Option<String>,
    /// Layer to read [default: all that hold anything]
    #[arg(long, value_name = "NAME")]
    layer: Option<String>,
    /// Keep only the features that pass, such as "admin_level = 8" or "kind in (town, city)"
    #[arg(long = "where", value_name = "CONDITION", value_parser = filter)]
    filter: Option<Filter>,
    /// Languages of names, best first: a name in several becomes the fields `name` and `name_LANG`, as it does in every
    /// format but GeoJSON
    #[arg(long, value_name = "LANG,…", value_delimiter = ',')]
    lang: Vec<String>,
    /// Keep only this kind of geometry
    #[arg(long, value_enum)]
    only: Option<OnlyArg>,
    /// Territories that the input must meet: where it does so only with its axes exchanged, it is refused
    #[arg(long, value_name = "REF")]
    reference: Option<String>,
    /// Keep the positions of lines and outlines as they are, and add none: by default an edge that is straight in the
    /// input's system is cut where it would leave its course in the output's by more than 1 cm
    #[arg(long)]
    keep_vertices: bool,
    /// Print the steps from one system to the other with their accuracy, and how far the point in the middle moves
    #[arg(long)]
    explain: bool,
    /// How to print the explanation
    #[arg(short, long, value_enum, default_value_t, requires = "explain")]
    format: ReportFormat,
    /// No warnings, losses and progress on standard error
    #[arg(short, long)]
    quiet: bool,
    #[command(flatten)]
    datum: Datum,
    #[command(flatten)]
    limits: LimitArgs,
}

#[derive(Clone, Copy, ValueEnum)]
enum OnlyArg {
    /// Points and multi-points
    Points,
    /// Lines and multi-lines
    Lines,
    /// Polygons and multi-polygons
    Polygons,
}

impl Convert {
    pub fn run(&self) -> Result<ExitCode, CliError> {
        if self.list {
            return list();
        }
        let input = self.input.as_deref().unwrap_or("-");
        let output = self.output()?;
        let mut options = ConvertOptions::default();
        options.frame = SourceCrs { vertices_only: self.keep_vertices, ..self.datum.frame() };
        options.limits = self.limits.limits();
        options.to = self.to.clone();
        options.filter = self.filter.clone().unwrap_or_default().and(&self.datum.perspective.filter());
        options.languages = self.lang.clone();
        options.layer = self.layer.clone();
        options.into = output.as_ref().map(|(_, format)| *format);
        options.only = self.only.map(|only| match only {
            OnlyArg::Points => GeometryDimension::Points,
            OnlyArg::Lines => GeometryDimension::Lines,
            OnlyArg::Polygons => GeometryDimension::Polygons,
        });
        let bar = Bar::new(self.quiet);
        let progress = |stage: &str, done: u64, total: Option<u64>| bar.tell(stage, done, total);
        let dataset = (!Path::new(input).exists()).then(super::builtin::dataset);
        if dataset.as_ref().is_some_and(|dataset| dataset.reliefs().iter().any(|relief| relief.id == input)) {
            let message = format!("{input} is an embedded raster of heights; convert writes layers of features");
            let hint =
                format!("layers that it writes: merestone convert --list; of the raster: merestone info {input}");
            return Err(CliError::usage(message, hint));
        }
        let embedded = dataset.and_then(|dataset| dataset.layer_file(input));
        let mut conversion = match embedded {
            Some(file) => file.convert(&options, &progress)?,
            None => Conversion::read(input, &options, &progress)?,
        };
        self.hold_against_reference(input, &conversion)?;
        if let Some((path, _)) = &output {
            conversion.fit(path)?;
        }
        let envelope = report::envelope(conversion.answer());
        if let Some((path, _)) = &output {
            let envelope = serde_json::to_value(&envelope).unwrap_or(Value::Null);
            let members = Map::from_iter([("merestone".to_owned(), envelope)]);
            match path.as_str() {
                "-" => print_by(|out| conversion.write_geojson(out, &members))?,
                path => conversion.write(Path::new(path), &members, &progress)?,
            }
        }
        bar.finish();
        if !self.quiet {
            warn(&envelope.warnings);
            advise("convert", &envelope.warnings);
            if let Some(note) = &conversion.input.datum {
                tell("datum", &format!("{} → {}: {}", note.crs, envelope.results.to, note.operation));
                note.edges.iter().for_each(|edges| tell("edges", edges));
            }
            for loss in &envelope.results.losses {
                tell("loss", loss);
            }
        }
        if self.explain {
            let mut options = report::TableOptions::default();
            options.width = terminal_width();
            print(&rendered(self.format, &envelope, &options)?)?;
        }
        Ok(ExitCode::SUCCESS)
    }

    fn hold_against_reference(&self, input: &str, conversion: &Conversion) -> Result<(), CliError> {
        let Some(reference) = &self.reference else { return Ok(()) };
        let mut options = ReadOptions::default();
        options.limits = self.limits.limits();
        let found = super::builtin::dataset().select::<Territory>(&Reference::parse(reference), &options)?;
        refuse_against(input, &conversion.unsure, reference, &found.features)
    }

    /// The output and its format, checked before the work begins.
    fn output(&self) -> Result<Option<(String, Format)>, CliError> {
        let Some(path) = self.output.as_ref().or(self.to_file.as_ref()) else { return Ok(None) };
        if path == "-" && self.explain {
            let hint = "write the output to a file, or leave it out";
            return Err(CliError::usage("--explain and the output cannot both go to standard output", hint));
        }
        let format = Format::of(path).ok_or_else(|| {
            let hint = "end its name in .geojson, .geojsonl, .csv, .gpkg, .shp, .kml, .fgb, .gpx, .dxf or .parquet";
            CliError::usage(format!("{path}: no format is known by that extension"), hint)
        })?;
        if path != "-" {
            check_target(&PathBuf::from(path))?;
        }
        Ok(Some((path.clone(), format)))
    }
}

/// Prints the layers of the embedded dataset.
fn list() -> Result<ExitCode, CliError> {
    let dataset = super::builtin::dataset();
    let mut text = String::new();
    for layer in dataset.layers() {
        let role = format!("{:?}", layer.role).to_lowercase();
        let start = format!("{:<20} {role:<10} ", layer.id);
        let room = terminal_width().map(|width| width.saturating_sub(start.chars().count()).max(20));
        let source = folded(&layer.source, room).join(&format!("\n{}", " ".repeat(start.chars().count())));
        text.push_str(&format!("{start}{source}\n"));
    }
    print(text.as_bytes())?;
    Ok(ExitCode::SUCCESS)
}

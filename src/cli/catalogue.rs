//! `merestone catalogue`

use super::common::Common;
use super::error::CliError;
use super::levels;
use clap::{Args, ValueEnum};
use merestone::document::{self, CatalogueOptions, CoordinateColumns, Course, Disagreement};
use merestone::earth::Operation;
use merestone::io::{Problem, ReadError, Reference, check_target, read_rows, write_file};
use merestone::model::{Accuracy, Content, DatumBasis, Edges, Sources};
use merestone::report::{self, gpx};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// The turning points of a line as a table, and a table back into the line.
///
/// Latitude and longitude in WGS 84 and in Pulkovo 1942, Gauss–Krüger x (north) and y (east), UTM, azimuth and distance
/// to the next point, chainage. The positions are rounded once, in the columns that --positions names; every other
/// column follows from them as printed, so that list to line to list gives the same bytes. How far rounding moved the
/// points is said.
///
/// --read takes a table back: angles with any signs, decimal commas, letters N S E W in Latin or Cyrillic, or metres.
/// The columns of position that stand first count. Rows whose distance, azimuth or other positions contradict them are
/// named. GeoJSON output holds the line, ready for a plate, and keeps names and heights.
#[derive(Args)]
#[command(after_help = "Examples:
  merestone catalogue lines/ring-karki
  merestone catalogue line.geojson --format csv --output line.csv --gpx line.gpx
  merestone catalogue line.geojson --positions pulkovo --dms-decimals 3 --format markdown
  merestone catalogue --read line.csv --format geojson --output line.geojson
  merestone catalogue --read paper.csv --positions gauss-kruger --operation EPSG:5044")]
pub struct Catalogue {
    /// Lines; of territories, the outlines
    #[arg(value_name = "LINE", required_unless_present = "read", conflicts_with = "read")]
    line: Option<String>,
    /// Read this table of turning points (CSV, semicolons or tabs) instead of a line
    #[arg(long, value_name = "FILE")]
    read: Option<PathBuf>,
    /// Which columns hold the positions [default: as the line or table has them, else wgs84]
    #[arg(long, value_enum)]
    positions: Option<PositionsArg>,
    /// Decimals of seconds, 0 to 9; metres get as many [default: as the line or table has them, else 2: 0.3 m]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(0..=9))]
    dms_decimals: Option<u8>,
    /// Write the points and lines as GPX 1.1 too
    #[arg(long, value_name = "FILE")]
    gpx: Option<PathBuf>,
    #[command(flatten)]
    common: Common,
}

#[derive(Clone, Copy, ValueEnum)]
enum PositionsArg {
    /// Latitude and longitude in WGS 84
    Wgs84,
    /// Latitude and longitude in Pulkovo 1942
    Pulkovo,
    /// Gauss–Krüger x and y in Pulkovo 1942
    GaussKruger,
    /// UTM easting and northing in WGS 84
    Utm,
}

impl From<PositionsArg> for CoordinateColumns {
    fn from(positions: PositionsArg) -> Self {
        match positions {
            PositionsArg::Wgs84 => CoordinateColumns::Wgs84,
            PositionsArg::Pulkovo => CoordinateColumns::Pulkovo,
            PositionsArg::GaussKruger => CoordinateColumns::GaussKruger,
            PositionsArg::Utm => CoordinateColumns::Utm,
        }
    }
}

/// Input lines of the table, with their metadata.
struct Source {
    courses: Vec<Course>,
    /// The options with which they were printed before.
    options: CatalogueOptions,
    disagreements: Vec<Disagreement>,
    sources: Sources,
}

impl Catalogue {
    pub fn run(&self) -> Result<ExitCode, CliError> {
        self.common.check_output()?;
        if let Some(path) = &self.gpx {
            check_target(path)?;
        }
        let source = match (&self.read, &self.line) {
            (Some(path), _) => self.table(path)?,
            (None, line) => self.line(line.as_deref().unwrap_or_default())?,
        };
        let options = self.printed(source.options)?;
        let mut answer = document::catalogue(&source.courses, &options).of_sources(source.sources);
        answer.report.disagreements = source.disagreements;
        if let Some(path) = &self.gpx {
            write_file(path, gpx(&answer.report).as_bytes())?;
        }
        self.common.emit(&report::envelope(answer))?;
        Ok(ExitCode::SUCCESS)
    }

    /// The requested options, else those of the source.
    fn printed(&self, kept: CatalogueOptions) -> Result<CatalogueOptions, CliError> {
        let positions = self.positions.map_or(kept.positions, CoordinateColumns::from);
        let mut options = CatalogueOptions::default();
        options.positions = positions;
        options.dms_decimals = self.dms_decimals.unwrap_or(kept.dms_decimals);
        options.operation = self.common.operation()?.unwrap_or(kept.operation);
        Ok(options)
    }

    fn line(&self, line: &str) -> Result<Source, CliError> {
        let dataset = self.common.dataset()?;
        // Turning points are the vertices of the file; geodesic or transformed edges would add vertices.
        let mut read = self.common.options();
        read.edges = Some(Edges::Lonlat);
        read.frame.vertices_only = true;
        let mut found = dataset.select_any(&Reference::parse(line), &read)?;
        levels::refuse_in(&found.label, &found.contents, line, self.common.filter.as_ref())?;
        found.contents.retain(|content| !matches!(content, Content::Places(_)));
        let courses = document::courses_of(&found.contents);
        if courses.is_empty() {
            return Err(ReadError::new(found.label, Problem::Nothing("lines")).into());
        }
        let operation = self.common.operation()?;
        let kept = CatalogueOptions::kept(&found.contents, operation.as_ref())
            .map_err(|error| CliError::usage(error.to_string(), "give it again: --operation EPSG:n or FILE"))?;
        Ok(Source {
            options: kept.unwrap_or_else(plain),
            courses,
            disagreements: Vec::new(),
            sources: Sources::new([found.input])
                .with_warnings(found.warnings)
                .of_layer(found.info.as_ref())
                .accurate_to(Accuracy::stated_m(found.contents.iter().flat_map(Content::metas))),
        })
    }

    fn table(&self, path: &Path) -> Result<Source, CliError> {
        if self.common.datum.from.is_some() || self.common.datum.axes.is_some() {
            let hint = "say --positions pulkovo or --positions gauss-kruger; headings say which column is which";
            return Err(CliError::usage("--from and --axes say nothing of a table that --read reads", hint));
        }
        let shown = path.display().to_string();
        let rows = read_rows(&shown, self.common.datum.encoding, self.common.limits.limits())?;
        let id = path.file_stem().map_or_else(|| "line".to_owned(), |stem| stem.to_string_lossy().into_owned());
        let operation: Operation = self.common.operation()?.unwrap_or_default();
        let positions = self.positions.map(CoordinateColumns::from);
        let read = document::from_table(&id, &rows.headings, &rows.rows, positions, &operation)
            .map_err(|error| CliError::Catalogue { path: shown, error })?;
        let datum = match read.positions {
            CoordinateColumns::Pulkovo | CoordinateColumns::GaussKruger => DatumBasis::ReadAsPulkovo1942,
            _ => DatumBasis::ReadAsWgs84,
        };
        let mut options = CatalogueOptions::default();
        options.positions = read.positions;
        options.dms_decimals = read.dms_decimals;
        options.operation = operation;
        Ok(Source {
            courses: read.courses,
            options,
            disagreements: read.disagreements,
            sources: Sources::new([rows.input]).with_warnings(read.warnings).in_datum(datum),
        })
    }
}

fn plain() -> CatalogueOptions {
    CatalogueOptions::default()
}

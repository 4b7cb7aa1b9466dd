//! `merestone marks`

#[cfg(feature = "plates")]
mod protocol;

use super::common::{AnswerInputs, Common, metres};
use super::error::CliError;
use clap::{Args, ValueEnum};
use geo::Coord;
use merestone::document::{CatalogueOptions, Course, TurningPoint, catalogue};
use merestone::io::{Heights, Problem, ReadError, check_target, write_file};
use merestone::model::{Content, Place, Warning, WarningCode, bounds_of_positions};
use merestone::question::{self, MarkBasis, MarkOptions, MarkReport, Numbering};
use merestone::report::{self, csv, gpx};
#[cfg(feature = "plates")]
use protocol::ProtocolArgs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// A grid of heights with wider cells, in metres, says little of sight between marks.
const COARSE_M: f64 = 100.0;

/// Where do boundary marks stand along a line, what are they called, and does each see the next?
///
/// Marks stand at ends, sharp turnings, junctions of three lines and crossings of roads and rivers, and between them so that
/// no length of line exceeds --max-spacing. Where the line follows a river, a mark is a pair of posts on the banks. GeoJSON
/// holds the marks as points; given back as --existing they keep place and number. --protocol writes a page for each mark: what
/// it is, coordinates, azimuth and distance to the next marks and to permanent objects, a sketch, room for signatures.
#[derive(Args)]
#[command(after_help = "Examples:
  merestone marks lines/ring-karki
  merestone marks line.geojson --turn 20 --max-spacing 500 --numbering intermediate
  merestone marks north.geojson --rivers rivers.geojson --output marks.geojson
  merestone marks line.geojson --existing standing.geojson --gpx marks.gpx --catalogue marks.csv
  merestone marks line.geojson --existing standing.geojson --measured measured.geojson
  merestone marks line.geojson --places places.geojson --lang en,ru --protocol protocols.docx
  merestone marks lines/ring-karki --lang az,hy --protocol protocols/ --sketch-scale 1000 --alternat AZE")]
pub struct Marks {
    /// Lines; of territories, the outlines
    #[arg(value_name = "LINE", required = true)]
    lines: Vec<String>,
    /// A turning sharper than so many degrees gets a mark
    #[arg(long, value_name = "DEGREES", default_value = "30", value_parser = degrees)]
    turn: f64,
    /// The greatest length of line between two marks
    #[arg(long, value_name = "METRES", value_parser = metres, default_value = "1000")]
    max_spacing: f64,
    /// How marks are numbered
    #[arg(long, value_enum, default_value = "plain")]
    numbering: NumberingArg,
    /// Roads and other routes whose crossings get a mark (repeatable)
    #[arg(long, value_name = "REF")]
    roads: Vec<String>,
    /// Rivers: their crossings get a mark, and where the line follows one, marks are pairs on the banks (repeatable)
    #[arg(long, value_name = "REF")]
    rivers: Vec<String>,
    /// The line follows a river within so many metres of it
    #[arg(long, value_name = "METRES", value_parser = metres, default_value = "50")]
    river_within: f64,
    /// Posts on banks stand so far from the line, and half of the river's `width_m` farther
    #[arg(long, value_name = "METRES", value_parser = metres, default_value = "10")]
    setback: f64,
    /// Places where three lines meet
    #[arg(long, value_name = "REF")]
    junctions: Option<String>,
    /// Marks that stand; of those with `status` lost or destroyed the number alone is kept, and not used again
    #[arg(long, value_name = "REF")]
    existing: Option<String>,
    /// An existing mark or a junction within so many metres of the line is on it
    #[arg(long, value_name = "METRES", value_parser = metres, default_value = "10")]
    within: f64,
    /// Heights (GeoTIFF, .hgt …; a relief of the dataset is too coarse): marks without sight of the next get one between
    #[arg(long, value_name = "FILE")]
    relief: Option<String>,
    /// Height of eye and of target above the ground
    #[arg(long, value_name = "METRES", value_parser = metres, default_value = "2")]
    eye: f64,
    /// Measured places, compared with the planned ones by number
    #[arg(long, value_name = "REF")]
    measured: Option<String>,
    /// Write the marks as GPX 1.1 too, for the field
    #[arg(long, value_name = "FILE")]
    gpx: Option<PathBuf>,
    /// Write the marks as a catalogue of coordinates (CSV) too
    #[arg(long, value_name = "FILE")]
    catalogue: Option<PathBuf>,
    #[cfg(feature = "plates")]
    #[command(flatten)]
    protocols: ProtocolArgs,
    #[command(flatten)]
    common: Common,
}

#[derive(Clone, Copy, ValueEnum)]
enum NumberingArg {
    /// 1, 2, 3 … through all lines
    Plain,
    /// Number of the line and serial on it: 1-01, 1-02, 2-01
    Sector,
    /// Intermediate marks after the one before them: 12, 12/1, 12/2, 13
    Intermediate,
}

fn degrees(text: &str) -> Result<f64, String> {
    let number: f64 = text.parse().map_err(|_| "it is no number of degrees".to_owned())?;
    if (0.0..180.0).contains(&number) { Ok(number) } else { Err("turnings are from 0 to 180 degrees".into()) }
}

impl Marks {
    pub fn run(&self) -> Result<ExitCode, CliError> {
        self.common.check_output()?;
        for path in self.gpx.iter().chain(&self.catalogue) {
            check_target(path)?;
        }
        if self.max_spacing <= 0.0 {
            return Err(CliError::usage(
                "--max-spacing 0 leaves no room between marks",
                "give metres: --max-spacing 1000",
            ));
        }
        let dataset = self.common.dataset()?;
        let mut gathered = AnswerInputs::default();
        let mut contents = |references: &[String]| -> Result<Vec<Content>, CliError> {
            let mut out = Vec::new();
            for reference in references {
                let mut found = gathered.outlines_of(None, &self.common, &dataset, reference)?;
                found.contents.retain(|content| !matches!(content, Content::Places(_)));
                if found.contents.is_empty() {
                    return Err(ReadError::new(found.label, Problem::Nothing("lines")).into());
                }
                out.append(&mut found.contents);
            }
            Ok(out)
        };
        let (lines, roads, rivers) = (contents(&self.lines)?, contents(&self.roads)?, contents(&self.rivers)?);
        #[cfg(feature = "plates")]
        let (mut lines, around) = (lines, (rivers.as_slice(), roads.as_slice()));
        #[cfg(feature = "plates")]
        let protocols = self.protocols.prepared(&self.common, &dataset, &mut gathered, &mut lines, around)?;
        let mut places = |reference: &Option<String>| -> Result<Vec<Place>, CliError> {
            let Some(reference) = reference else { return Ok(Vec::new()) };
            Ok(gathered.select::<Place>(&self.common, &dataset, reference)?.features)
        };
        let (junctions, existing, measured) =
            (places(&self.junctions)?, places(&self.existing)?, places(&self.measured)?);
        let positions = || lines.iter().flat_map(Content::courses).flat_map(|(_, runs)| runs).flatten().copied();
        let bounds = bounds_of_positions(positions());
        let heights = match &self.relief {
            // A layer of the dataset by its name, unless there is a file of that name.
            Some(name) => match dataset.reliefs().iter().find(|info| info.id == *name && !Path::new(name).exists()) {
                Some(info) => Some(dataset.heights_of(info, bounds)?),
                None => Some(Heights::read(name, bounds, self.common.limits.limits())?),
            },
            None => None,
        };
        if let (Some(heights), Some(path)) = (&heights, &self.relief) {
            gathered.files.push(heights.input().clone());
            gathered.warnings.extend(self.coarse(heights, path, positions()));
        }
        let at = heights.as_ref().map(|heights| move |at: Coord| heights.height_m(at.x, at.y));
        let mut basis = MarkBasis::default();
        (basis.roads, basis.rivers) = (&roads, &rivers);
        (basis.junctions, basis.existing) = (&junctions, &existing);
        basis.heights = at.as_ref().map(|at| at as question::HeightAt<'_>);
        let mut answer = question::marks(&lines, &basis, &self.options(heights.as_ref(), positions()))?;
        gathered.warnings.append(&mut answer.warnings);
        let report = &mut answer.report;
        if self.measured.is_some() {
            report.compare(&measured);
        }
        #[cfg(feature = "plates")]
        if let Some(protocols) = protocols {
            let with = (&self.common, &dataset);
            self.protocols.write(protocols, report, &lines, with, &mut gathered)?;
        }
        self.write(report)?;
        self.common.emit(&report::envelope(answer.of_sources(gathered.sources())))?;
        Ok(ExitCode::SUCCESS)
    }

    fn options(&self, heights: Option<&Heights>, mut positions: impl Iterator<Item = Coord>) -> MarkOptions {
        let mut options = MarkOptions::default();
        (options.turn_deg, options.max_spacing_m) = (self.turn, self.max_spacing);
        options.numbering = match self.numbering {
            NumberingArg::Plain => Numbering::Plain,
            NumberingArg::Sector => Numbering::Sector,
            NumberingArg::Intermediate => Numbering::Intermediate,
        };
        (options.within_m, options.river_within_m) = (self.within, self.river_within);
        (options.setback_m, options.eye_m) = (self.setback, self.eye);
        if let (Some(heights), Some(first)) = (heights, positions.next()) {
            let (across_m, down_m) = heights.cell_m(first.y);
            options.sight_step_m = (across_m.min(down_m) / 2.0).max(1.0);
        }
        options
    }

    /// What is said of heights that are too coarse, or cover nothing.
    fn coarse(&self, heights: &Heights, path: &str, mut positions: impl Iterator<Item = Coord>) -> Option<Warning> {
        let first = positions.next()?;
        let (across_m, down_m) = heights.cell_m(first.y);
        let cell_m = across_m.max(down_m);
        let known =
            heights.height_m(first.x, first.y).is_some() || positions.any(|at| heights.height_m(at.x, at.y).is_some());
        let message = match (known, cell_m > COARSE_M) {
            (false, _) => format!("{path} has no height on the line: nothing is said of sight"),
            (true, true) => {
                format!("{path} has cells of {cell_m:.0} m: too coarse for sight between marks, which is indicative")
            }
            (true, false) => return None,
        };
        Some(Warning { code: WarningCode::Note, message, feature: None })
    }

    /// Writes the marks for the field and as a catalogue.
    fn write(&self, report: &MarkReport) -> Result<(), CliError> {
        if self.gpx.is_none() && self.catalogue.is_none() {
            return Ok(());
        }
        let mut courses: Vec<Course> = Vec::new();
        for mark in &report.marks {
            let number = Some(mark.number.clone());
            let posts = [(mark.left_post, " left"), (mark.right_post, " right")];
            let of_pair = posts.into_iter().filter_map(|(at, side)| Some((at?, format!("{}{side}", mark.number))));
            let mut points: Vec<([f64; 2], String)> = of_pair.collect();
            if points.is_empty() {
                points.push((mark.position, mark.number.clone()));
            }
            if courses.last().is_none_or(|course| course.id != mark.line) {
                courses.push(Course { id: mark.line.clone(), points: Vec::new() });
            }
            let Some(course) = courses.last_mut() else { continue };
            course.points.extend(points.into_iter().map(|([x, y], point)| TurningPoint {
                position: Coord { x, y },
                number: Some(point).or(number.clone()),
                name: Some(mark.kind.word().to_owned()),
                height_m: mark.height_m.map(|m| format!("{m:.1}")),
                source: None,
                given: None,
            }));
        }
        let mut options = CatalogueOptions::default();
        options.dms_decimals = 4;
        options.operation = self.common.operation()?.unwrap_or_default();
        let table = catalogue(&courses, &options);
        if let Some(path) = &self.gpx {
            write_file(path, gpx(&table.report).as_bytes())?;
        }
        if let Some(path) = &self.catalogue {
            write_file(path, csv(&report::envelope(table)).as_bytes())?;
        }
        Ok(())
    }
}

//! `merestone compare`

use super::axes::{refuse_apart, refuse_beside, sample};
use super::common::{AnswerInputs, Common, metres};
use super::error::CliError;
use super::id_field;
#[cfg(feature = "plates")]
use super::picture::Picture;
use clap::Args;
use merestone::inputs::{LineVersion, border_of, lines_of, tolerance_m};
use merestone::io::{Dataset, Problem, ReadError, Reference, call_by};
#[cfg(feature = "plates")]
use merestone::map::{ChartNotes, offset_chart};
#[cfg(feature = "plates")]
use merestone::model::LayerInfo;
use merestone::question::{self, CompareOptions};
use merestone::report;
#[cfg(feature = "plates")]
use std::path::PathBuf;
use std::process::ExitCode;

/// Do two versions of a line agree: how far are they apart, where, and where are they the same?
///
/// Lines are LineStrings, the outlines of polygons, or with --pair the border of two territories in two editions
/// (without the rings around enclaves, unless --rings). Swapping the two swaps the columns and nothing else.
#[derive(Args)]
#[command(after_help = "Examples:
  merestone compare lines/arm-aze-main survey.geojson
  merestone compare old.geojson new.geojson --tolerance 25 --within 100
  merestone compare --pair ARM,AZE states armenia.osm.gz azerbaijan.osm.gz
  merestone compare enclaves/karki karki.geojson --format geojson --output runs.geojson
  merestone compare old.geojson new.geojson --chart offsets.svg")]
pub struct Compare {
    /// The first version
    #[arg(value_name = "LINE_A")]
    a: String,
    /// The second version, from one or several files
    #[arg(value_name = "LINE_B", required = true)]
    b: Vec<String>,
    /// Compare the border of these two territories; LINE_A and LINE_B hold territories
    #[arg(long, value_name = "A,B", value_delimiter = ',', num_args = 1)]
    pair: Vec<String>,
    /// With --pair, the rings around enclaves too
    #[arg(long, requires = "pair")]
    rings: bool,
    /// Offsets up to so many metres count as agreement [default: the accuracy that the data state, else 100]
    #[arg(long, value_name = "METRES", value_parser = metres)]
    tolerance: Option<f64>,
    /// Exit 1 if the Hausdorff distance is greater than this
    #[arg(long, value_name = "METRES", value_parser = metres)]
    within: Option<f64>,
    /// Draw the offsets by chainage to FILE.svg, FILE.png or FILE.pdf
    #[cfg(feature = "plates")]
    #[arg(long, value_name = "FILE")]
    chart: Option<PathBuf>,
    #[command(flatten)]
    common: Common,
}

/// How charts are written.
#[cfg(feature = "plates")]
const CHART: Picture = Picture { dpi: 200.0, live_text: false };

impl Compare {
    pub fn run(&self) -> Result<ExitCode, CliError> {
        self.common.check_output()?;
        #[cfg(feature = "plates")]
        self.chart.as_deref().map_or(Ok(()), Picture::check)?;
        let dataset = self.common.dataset()?;
        let mut gathered = AnswerInputs::default();
        let list = |references: &[String]| references.iter().flat_map(|r| Reference::list(r)).collect::<Vec<_>>();
        let a = self.side("A", &dataset, &list(std::slice::from_ref(&self.a)), &mut gathered)?;
        let b = self.side("B", &dataset, &list(&self.b), &mut gathered)?;
        if self.common.datum.axes.is_none() {
            let there = |side: &LineVersion| sample(side.version.runs.iter().map(Vec::as_slice));
            refuse_beside(&gathered.files)?;
            refuse_apart((&a.version.label, there(&a)), (&b.version.label, there(&b)))?;
        }
        let mut options = CompareOptions::default();
        options.tolerance_m = self.tolerance.unwrap_or_else(|| tolerance_m(&a.version, &b.version));
        let answer = question::compare(&a.version, &b.version, &options)
            .map_err(|_| ReadError::new(format!("{}, {}", a.version.label, b.version.label), NO_LENGTH))?;
        let mut sources = a.sources;
        (sources.inputs, sources.warnings) = (gathered.files, gathered.warnings);
        let mut answer = answer.of_sources(sources);
        let report = &mut answer.report;
        report.within_m = self.within;
        report.within = self.within.map(|within_m| report.hausdorff_m <= within_m);
        let met = report.within != Some(false);
        #[cfg(feature = "plates")]
        if let Some(path) = &self.chart {
            let sources: Vec<LayerInfo> = a.info.into_iter().chain(b.info).collect();
            let language = self.common.lang.first().map_or("en", String::as_str);
            let provenance = &answer.provenance;
            let notes = ChartNotes { sources: &sources, inputs: &provenance.inputs, provenance, language };
            let plate = offset_chart(&answer.report, &notes)?;
            CHART.write(&plate, path)?;
        }
        self.common.emit(&report::envelope(answer))?;
        Ok(if met { ExitCode::SUCCESS } else { ExitCode::from(1) })
    }

    fn side(
        &self,
        side: id_field::InputRole,
        dataset: &Dataset,
        references: &[String],
        gathered: &mut AnswerInputs,
    ) -> Result<LineVersion, CliError> {
        let label = references.join(" + ");
        match self.pair.as_slice() {
            [] => self.lines(side, dataset, references, label, gathered),
            [p, q] if p != q => self.border(side, [p.clone(), q.clone()], dataset, references, label, gathered),
            _ => Err(CliError::usage("--pair takes two different territories", "write them as --pair A,B")),
        }
    }

    /// The border of a pair of territories.
    fn border(
        &self,
        side: id_field::InputRole,
        pair: [String; 2],
        dataset: &Dataset,
        references: &[String],
        label: String,
        gathered: &mut AnswerInputs,
    ) -> Result<LineVersion, CliError> {
        let mut all = gathered.territories_of(Some(side), &self.common, dataset, references)?;
        if !self.common.ids_are_given(side, references) {
            let pair = pair.each_ref().map(String::as_str);
            gathered.renamed(call_by(&all.label, &mut all.features, &pair));
        }
        let (line, warnings) = border_of(label, all, &pair, (self.rings, "; --rings takes them in"))?
            .map_err(|none| CliError::usage(none.to_string(), "ask `merestone borders` which territories touch"))?;
        gathered.warnings.extend(warnings);
        Ok(line)
    }

    /// Lines unchanged, and outlines of polygons.
    fn lines(
        &self,
        side: id_field::InputRole,
        dataset: &Dataset,
        references: &[String],
        label: String,
        gathered: &mut AnswerInputs,
    ) -> Result<LineVersion, CliError> {
        let found = references.iter().map(|of| gathered.outlines_of(Some(side), &self.common, dataset, of));
        Ok(lines_of(label, found.collect::<Result<Vec<_>, _>>()?)?)
    }
}

const NO_LENGTH: Problem = Problem::Nothing("line of any length");

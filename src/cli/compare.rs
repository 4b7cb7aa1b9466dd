//! `merestone compare`

use super::axes::{refuse_apart, refuse_beside, sample};
use super::common::{AnswerInputs, Common, metres};
use super::error::CliError;
use super::id_field;
#[cfg(feature = "plates")]
use super::picture::Picture;
use clap::Args;
use geo::Coord;
use merestone::io::{Dataset, Problem, ReadError, Reference, call_by};
#[cfg(feature = "plates")]
use merestone::map::{ChartNotes, offset_chart};
use merestone::model::{Accuracy, Content, LayerInfo, Sources, Warning, WarningCode};
use merestone::question::{self, BorderOptions, CompareOptions, Version};
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

/// A version with its sources.
struct InputRole {
    version: Version,
    /// What its reader knows, besides the files.
    sources: Sources,
    /// Manifest entries of its layers, printed on charts.
    #[cfg_attr(not(feature = "plates"), expect(dead_code))]
    info: Vec<LayerInfo>,
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
            let there = |side: &InputRole| sample(side.version.runs.iter().map(Vec::as_slice));
            refuse_beside(&gathered.files)?;
            refuse_apart((&a.version.label, there(&a)), (&b.version.label, there(&b)))?;
        }
        let stated = match (a.version.position_accuracy_m, b.version.position_accuracy_m) {
            (Some(a), Some(b)) => Some(a.hypot(b)),
            (one, other) => one.or(other),
        };
        let mut options = CompareOptions::default();
        options.tolerance_m = self.tolerance.or(stated).unwrap_or(options.tolerance_m);
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
    ) -> Result<InputRole, CliError> {
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
    ) -> Result<InputRole, CliError> {
        let mut all = gathered.territories_of(Some(side), &self.common, dataset, references)?;
        let info: Vec<LayerInfo> = all.info.clone().into_iter().collect();
        if !self.common.ids_are_given(side, references) {
            let pair = pair.each_ref().map(String::as_str);
            gathered.renamed(call_by(&all.label, &mut all.features, &pair));
        }
        let (whole, left_out) = question::top_level(std::mem::take(&mut all.features));
        all.features = whole;
        gathered.warnings.extend(left_out);
        let which: Vec<usize> = pair.iter().map(|id| all.find(id)).collect::<Result<_, _>>()?;
        let metas = which.iter().map(|&i| &all.features[i].meta);
        let position_accuracy_m = Accuracy::stated_m(metas);
        let sources = Sources::default().of_layer(all.info.as_ref()).against(format!("{}: {}", label, pair.join("–")));
        let mut options = BorderOptions::default();
        options.pair = Some(pair.clone());
        let found = question::borders(&all.features, &options);
        gathered.warnings.extend(found.warnings.into_iter().filter(|w| w.code != WarningCode::Note));
        let components = || found.report.rows.iter().flat_map(|row| &row.components);
        let rings_m: f64 = components().filter(|c| c.ring).map(|c| c.length_m).sum();
        if rings_m > 0.0 && !self.rings {
            let message = format!(
                "{label}: {} rings around enclaves ({:.1} km) are left out; --rings takes them in",
                components().filter(|c| c.ring).count(),
                rings_m / 1000.0
            );
            gathered.warnings.push(Warning { code: WarningCode::Note, message, feature: None });
        }
        let runs: Vec<Vec<Coord>> =
            components().filter(|c| self.rings || !c.ring).flat_map(|c| c.courses.clone()).collect();
        if runs.is_empty() {
            return Err(CliError::usage(
                format!("{label}: {} have no line in common", pair.join(" and ")),
                "ask `merestone borders` which territories touch",
            ));
        }
        let mut version = Version::new(label, runs);
        (version.edges, version.position_accuracy_m) = (all.edges, position_accuracy_m);
        Ok(InputRole { version, sources, info })
    }

    /// Lines unchanged, and outlines of polygons.
    fn lines(
        &self,
        side: id_field::InputRole,
        dataset: &Dataset,
        references: &[String],
        label: String,
        gathered: &mut AnswerInputs,
    ) -> Result<InputRole, CliError> {
        let mut version = Version::new(label, Vec::new());
        let (mut info, mut first) = (Vec::new(), None::<Sources>);
        for reference in references {
            let found = gathered.outlines_of(Some(side), &self.common, dataset, reference)?;
            let before = version.runs.len();
            for (meta, lines) in found.contents.iter().flat_map(Content::courses) {
                version.edges = if version.runs.is_empty() { meta.edges } else { version.edges };
                version.runs.extend(lines.into_iter().map(<[Coord]>::to_vec));
                let stated_m = [version.position_accuracy_m, meta.evidence.position_accuracy_m];
                version.position_accuracy_m = stated_m.into_iter().flatten().reduce(f64::max);
            }
            if version.runs.len() == before {
                return Err(ReadError::new(found.label, Problem::Nothing("lines")).into());
            }
            first.get_or_insert_with(|| Sources::default().of_layer(found.info.as_ref()));
            info.extend(found.info);
        }
        Ok(InputRole { version, sources: first.unwrap_or_default(), info })
    }
}

const NO_LENGTH: Problem = Problem::Nothing("line of any length");

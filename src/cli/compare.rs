//! `merestone compare`

use super::axes::{refuse_apart, refuse_beside, sample};
use super::common::{Common, Gathered, inputs, method, metres};
use super::error::CliError;
use super::id_field;
#[cfg(feature = "plates")]
use super::picture::Picture;
use clap::Args;
use geo::Coord;
use merestone::io::{Dataset, Problem, ReadError, Reference, call_by};
#[cfg(feature = "plates")]
use merestone::map::{ChartNotes, offset_chart};
use merestone::model::{Accuracy, Content, LayerInfo, MethodNote, Warning, WarningCode};
use merestone::question::{self, BorderOptions, Version};
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
struct Side {
    version: Version,
    accuracy_m: Option<f64>,
    method: MethodNote,
    /// Manifest entries of its layers, printed on charts.
    #[cfg_attr(not(feature = "plates"), expect(dead_code))]
    info: Vec<LayerInfo>,
}

/// Default tolerance if neither version states its accuracy.
const TOLERANCE_M: f64 = 100.0;
/// How charts are written.
#[cfg(feature = "plates")]
const CHART: Picture = Picture { dpi: 200.0, live_text: false };

impl Compare {
    pub fn run(&self) -> Result<ExitCode, CliError> {
        self.common.check_output()?;
        #[cfg(feature = "plates")]
        self.chart.as_deref().map_or(Ok(()), Picture::check)?;
        let dataset = self.common.dataset()?;
        let mut gathered = Gathered::default();
        let list = |references: &[String]| references.iter().flat_map(|r| Reference::list(r)).collect::<Vec<_>>();
        let a = self.side("A", &dataset, &list(std::slice::from_ref(&self.a)), &mut gathered)?;
        let b = self.side("B", &dataset, &list(&self.b), &mut gathered)?;
        if self.common.datum.axes.is_none() {
            let there = |side: &Side| sample(side.version.runs.iter().map(Vec::as_slice));
            refuse_beside(&gathered.files)?;
            refuse_apart((&a.version.label, there(&a)), (&b.version.label, there(&b)))?;
        }
        let stated = match (a.accuracy_m, b.accuracy_m) {
            (Some(a), Some(b)) => Some(a.hypot(b)),
            (one, other) => one.or(other),
        };
        let tolerance_m = self.tolerance.or(stated).unwrap_or(TOLERANCE_M);
        let (mut answer, more) = question::compare(&a.version, &b.version, tolerance_m)
            .ok_or_else(|| ReadError::new(format!("{}, {}", a.version.label, b.version.label), NO_LENGTH))?;
        answer.within_m = self.within;
        answer.within = self.within.map(|within_m| answer.hausdorff_m <= within_m);
        gathered.warnings.extend(more);
        let accuracy = Accuracy::of([a.accuracy_m, b.accuracy_m].into_iter().flatten().reduce(f64::max), None);
        let method = MethodNote { tolerance_m: Some(tolerance_m), accuracy, ..a.method };
        let met = answer.within != Some(false);
        let files = inputs(gathered.files);
        #[cfg(feature = "plates")]
        if let Some(path) = &self.chart {
            let sources: Vec<LayerInfo> = a.info.into_iter().chain(b.info).collect();
            let language = self.common.lang.first().map_or("en", String::as_str);
            let notes = ChartNotes { sources: &sources, inputs: &files, method: &method, language };
            let plate = offset_chart(&answer, &notes)?;
            CHART.write(&plate, path)?;
        }
        self.common.emit(&report::envelope(answer, files, method, gathered.warnings))?;
        Ok(if met { ExitCode::SUCCESS } else { ExitCode::from(1) })
    }

    fn side(
        &self,
        side: id_field::Side,
        dataset: &Dataset,
        references: &[String],
        gathered: &mut Gathered,
    ) -> Result<Side, CliError> {
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
        side: id_field::Side,
        pair: [String; 2],
        dataset: &Dataset,
        references: &[String],
        label: String,
        gathered: &mut Gathered,
    ) -> Result<Side, CliError> {
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
        let accuracy_m =
            which.iter().filter_map(|&i| all.features[i].meta.evidence.position_accuracy_m).reduce(f64::max);
        let method = method(&all, Some(&format!("{}: {}", label, pair.join("–"))), None);
        let mut options = BorderOptions::default();
        options.pair = Some(pair.clone());
        let (found, more) = question::borders(all.features, &options);
        gathered.warnings.extend(more.into_iter().filter(|w| w.code != WarningCode::Note));
        let components = || found.rows.iter().flat_map(|row| &row.components);
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
        Ok(Side { version: Version { label, runs }, accuracy_m, method, info })
    }

    /// Lines unchanged, and outlines of polygons.
    fn lines(
        &self,
        side: id_field::Side,
        dataset: &Dataset,
        references: &[String],
        label: String,
        gathered: &mut Gathered,
    ) -> Result<Side, CliError> {
        let (mut runs, mut accuracy_m, mut info, mut note) = (Vec::new(), None::<f64>, Vec::new(), None);
        for reference in references {
            let found = gathered.outlines_of(Some(side), &self.common, dataset, reference)?;
            let before = runs.len();
            for (meta, lines) in found.contents.iter().flat_map(Content::courses) {
                runs.extend(lines.into_iter().map(<[Coord]>::to_vec));
                accuracy_m = [accuracy_m, meta.evidence.position_accuracy_m].into_iter().flatten().reduce(f64::max);
            }
            if runs.len() == before {
                return Err(ReadError::new(found.label, Problem::Nothing("lines")).into());
            }
            let metas = found.contents.iter().flat_map(Content::metas);
            note.get_or_insert_with(|| self.common.note(found.info.as_ref(), metas));
            info.extend(found.info);
        }
        let method = note.unwrap_or_else(|| self.common.note(None, []));
        Ok(Side { version: Version { label, runs }, accuracy_m, method, info })
    }
}

const NO_LENGTH: Problem = Problem::Nothing("line of any length");

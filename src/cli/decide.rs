//! `merestone decide`

use super::common::{AnswerInputs, Common, metres};
use super::error::CliError;
use super::home;
use super::levels;
use clap::Args;
use merestone::io::{Dataset, Problem, ReadError};
use merestone::model::Line;
use merestone::question::{DecideAgainst, DecideOptions, MAP_ACCURACY_MM};
use merestone::{question, report};
use std::process::ExitCode;

/// Is a point, line or area certainly inside a territory, or does the accuracy not tell?
///
/// The accuracies of the feature, of the line, of the map it is from, of the line drawn on it and of datum operations are
/// combined in quadrature; the formula stands in the answer. Within that distance of the line nothing is decided. Each row
/// has its distance from the line and the accuracy that would decide it.
#[derive(Args)]
#[command(after_help = "Examples:
  merestone decide v-kirants v-berkaber --scale 100000
  merestone decide v-karki --line lines/ring-karki --scale 50000 --line-width 0.6
  merestone decide road.geojson --territories countries.geojson --accuracy 100
  merestone decide m2 --format geojson -o decided.geojson")]
pub struct Decide {
    /// Points, lines or areas (repeatable)
    #[arg(value_name = "REF", required = true)]
    features: Vec<String>,
    /// Territories to decide against (repeatable: several files are one layer) [default: states of the dataset]
    #[arg(long, value_name = "REF", conflicts_with = "line")]
    territories: Vec<String>,
    /// Lines to decide against, with who lies on their left and right
    #[arg(long, value_name = "REF")]
    line: Option<String>,
    /// The territory on the left of the line, where the file does not say it
    #[arg(long, value_name = "ID", requires = "line")]
    left: Option<String>,
    /// The territory on its right
    #[arg(long, value_name = "ID", requires = "line")]
    right: Option<String>,
    /// Accuracy (1 sigma) of what the files state none of: of the feature, of the line, or of both together
    #[arg(long, value_name = "METRES", value_parser = metres)]
    accuracy: Option<f64>,
    /// Scale of the map that the line is from: 100000 for 1:100 000
    #[arg(long, value_name = "DENOMINATOR", value_parser = clap::value_parser!(u32).range(100..=100_000_000))]
    scale: Option<u32>,
    /// Accuracy of that map on its paper
    #[arg(long, value_name = "MM", value_parser = millimetres, requires = "scale", default_value_t = MAP_ACCURACY_MM)]
    map_accuracy: f64,
    /// Width of the line drawn on that map
    #[arg(long, value_name = "MM", value_parser = millimetres, requires = "scale")]
    line_width: Option<f64>,
    /// Decide beyond so many sigmas
    #[arg(long, value_name = "K", value_parser = sigmas, default_value = "1")]
    sigmas: f64,
    #[command(flatten)]
    common: Common,
}

pub(super) fn millimetres(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(mm) if mm > 0.0 && mm <= 100.0 => Ok(mm),
        _ => Err("give millimetres, more than 0 and at most 100".into()),
    }
}

pub(super) fn sigmas(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(sigmas) if sigmas > 0.0 && sigmas <= 10.0 => Ok(sigmas),
        _ => Err("give a number, more than 0 and at most 10".into()),
    }
}

impl Decide {
    pub fn run(&self) -> Result<ExitCode, CliError> {
        self.common.check_output()?;
        let dataset = self.common.dataset()?;
        let mut gathered = AnswerInputs::default();
        let mut contents = Vec::new();
        let mut info = None;
        for reference in &self.features {
            let found = gathered.any(&self.common, &dataset, reference)?;
            gathered.warnings.extend(levels::stated(&found.label, &found.contents));
            info = info.or(found.info);
            contents.extend(found.contents);
        }
        let (against, label) = self.against(&dataset, &mut gathered)?;
        let mut options = DecideOptions::default();
        options.accuracy_m = self.accuracy;
        options.scale = self.scale;
        options.map_accuracy_mm = self.map_accuracy;
        options.line_width_mm = self.line_width;
        options.sigmas = self.sigmas;
        options.languages = self.common.lang.clone();
        let answer = question::decide(&contents, &against, &options);
        let sources = gathered.sources().of_layer(info.as_ref()).against(label);
        self.common.emit(&report::envelope(answer.of_sources(sources)))?;
        Ok(ExitCode::SUCCESS)
    }

    fn against(&self, dataset: &Dataset, gathered: &mut AnswerInputs) -> Result<(DecideAgainst, String), CliError> {
        let Some(reference) = &self.line else {
            let references = match self.territories.as_slice() {
                [] if dataset.layers().iter().all(|layer| layer.id != home::STATES) => {
                    let hint = "name them: --territories FILE, or a line: --line FILE";
                    return Err(CliError::usage("no territories are named", hint));
                }
                [] => vec![home::STATES.to_owned()],
                all => all.to_vec(),
            };
            let selected = gathered.territories(&self.common, dataset, &references)?;
            return Ok((DecideAgainst::Territories(selected.features), selected.label));
        };
        let mut selected = gathered.select::<Line>(&self.common, dataset, reference)?;
        for line in &mut selected.features {
            line.left = self.left.clone().or(line.left.take());
            line.right = self.right.clone().or(line.right.take());
            if line.left.is_none() || line.right.is_none() {
                let message = format!("{reference}: line {} does not say who lies on its left and right", line.meta.id);
                let hint = "name them, looking along the line: --left ID --right ID; or give the line properties `left` and \
                            `right`";
                return Err(CliError::usage(message, hint));
            }
        }
        if selected.features.is_empty() {
            return Err(ReadError::new(selected.label, Problem::Nothing("lines")).into());
        }
        Ok((DecideAgainst::Lines(selected.features), selected.label))
    }
}

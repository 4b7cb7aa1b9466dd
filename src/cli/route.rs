//! `merestone route`

use super::axes::refuse_against;
use super::band::BandArgs;
use super::common::{AnswerInputs, Common, metres};
use super::error::CliError;
use super::home;
use clap::Args;
use geo::Coord;
use merestone::io::{Dataset, Problem, ReadError, Reference, Selected};
use merestone::model::{Route as ModelRoute, Sources, Territory};
use merestone::question::RouteOptions;
use merestone::{question, report};
use std::process::ExitCode;

/// How long is a route, in which territory, and where does it cross?
///
/// A stretch that runs exactly along a shared line counts for one side: for the territory the route came from, else
/// the one it goes on into, else the one on its left. How much that is stands in `on_border`.
///
/// A crossing is uncertain where the route gets no farther beyond the line than the accuracy of both (1 sigma), and
/// unknown where an accuracy is not stated and what is stated does not decide. Stretches that stay nearer to a line than
/// that are listed: the route may cross there.
#[derive(Args)]
#[command(after_help = "Examples:
  merestone route southern-railway
  merestone route southern-railway --through syunik
  merestone route m2 lachin-road --format csv
  merestone route m2 --through syunik --band --scale 100000
  merestone route road.geojson --territories countries.geojson --id-field ISO_A3")]
pub struct Route {
    /// Routes: ids of the dataset, layers, or files
    #[arg(value_name = "REF", required = true)]
    routes: Vec<String>,
    /// Territories to ask against (repeatable: several files are one layer) [default: states of the dataset, where the routes lie within their bounds]
    #[arg(long, value_name = "REF")]
    territories: Vec<String>,
    /// Only this territory (repeatable); without --territories, of the layer that holds it
    #[arg(long, value_name = "ID")]
    through: Vec<String>,
    /// Accuracy (1 sigma) of what the files state none of: of the route, of the line, or of both together
    #[arg(long, value_name = "METRES", value_parser = metres)]
    accuracy: Option<f64>,
    #[command(flatten)]
    band: BandArgs,
    #[command(flatten)]
    common: Common,
}

impl Route {
    pub fn run(&self) -> Result<ExitCode, CliError> {
        self.common.check_output()?;
        let dataset = self.common.dataset()?;
        let mut selected: Vec<Selected<ModelRoute>> = Vec::new();
        for reference in &self.routes {
            selected.push(self.route(&dataset, reference)?);
        }
        let mut gathered = AnswerInputs::default();
        let territories = self.territories(&dataset, &mut gathered)?;
        let routes: Vec<ModelRoute> = selected.iter().flat_map(|s| s.features.clone()).collect();
        let axes_stated = self.common.datum.axes.is_some();
        let by_default = self.territories.is_empty() && self.through.is_empty();
        for of in selected.iter().filter(|of| of.info.is_none()) {
            if by_default {
                home::refuse_beyond(&of.label, &of.features, &territories, axes_stated)?;
            } else if !axes_stated {
                let positions: Vec<Coord> = home::of_routes(&of.features).collect();
                refuse_against(&of.label, &positions, &territories.label, &territories.features)?;
            }
        }
        let label = match self.through.as_slice() {
            [] => territories.label.clone(),
            ids => format!("{}: {}", territories.label, ids.join(", ")),
        };
        let info = selected[0].info.clone();
        let mut sources = Sources::new([]).of_layer(info.as_ref()).against(label);
        for of in selected {
            sources.inputs.push(of.input);
            sources.warnings.extend(of.warnings);
        }
        sources.inputs.extend(gathered.files);
        sources.warnings.extend(gathered.warnings);
        let mut options = RouteOptions::default();
        options.accuracy_m = self.accuracy;
        let mut answer = question::routes(&routes, &territories.features, &options).of_sources(sources);
        if let Some(band) = self.band.options(self.accuracy) {
            // Its warnings about the territories are those of the lengths.
            question::certain_lengths(&mut answer.report, &routes, &territories.features, &band);
        }
        let mut envelope = report::envelope(answer);
        if let (Some(m), Some(uncertain)) = (self.accuracy, &mut envelope.method.uncertain) {
            uncertain.push_str(&format!("; --accuracy {m} m where a file states none"));
        }
        self.common.emit(&envelope)?;
        Ok(ExitCode::SUCCESS)
    }

    /// Routes of a reference; `--id-field` may refer to the territories alone.
    fn route(&self, dataset: &Dataset, reference: &str) -> Result<Selected<ModelRoute>, CliError> {
        match self.common.select(dataset, reference) {
            Err(CliError::Read(ReadError { problem: Problem::NoIdField { .. }, .. }))
                if !self.territories.is_empty() =>
            {
                let mut options = self.common.options();
                options.id_field = None;
                Ok(dataset.select(&Reference::parse(reference), &options)?)
            }
            selected => selected,
        }
    }

    fn territories(&self, dataset: &Dataset, gathered: &mut AnswerInputs) -> Result<Selected<Territory>, CliError> {
        let layers = match (self.territories.as_slice(), self.through.first()) {
            ([], Some(id)) => vec![dataset.layer_of::<Territory>(id)?.0.id.clone()],
            ([], None) if dataset.layers().iter().all(|layer| layer.id != home::STATES) => {
                return Err(CliError::usage("no territories are named", "name them: --territories FILE"));
            }
            ([], None) => vec![home::STATES.to_owned()],
            (references, _) => references.to_vec(),
        };
        let mut selected = gathered.territories(&self.common, dataset, &layers)?;
        if !self.through.is_empty() {
            selected.keep(self.through.iter().map(|id| id.rsplit('/').next().unwrap_or(id)))?;
        }
        Ok(selected)
    }
}

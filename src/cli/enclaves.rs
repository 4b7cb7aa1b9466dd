//! `merestone enclaves`

use super::band::BandArgs;
use super::common::{AnswerInputs, Common};
use super::error::CliError;
use super::home;
use clap::Args;
use merestone::model::{Role, Route};
use merestone::question::{self, EnclaveOptions};
use merestone::report;
use std::process::ExitCode;

/// Which parts are enclaves, exclaves or counter-enclaves, in whom, how large, and how far from their own?
///
/// A part inside another territory counts as an enclave whether that one has a hole for it or not.
#[derive(Args)]
#[command(after_help = "Examples:
  merestone enclaves
  merestone enclaves --format geojson --output enclaves.geojson
  merestone enclaves countries.geojson --id-field A3 --kind enclave
  merestone enclaves --kind enclave --band --format csv")]
pub struct Enclaves {
    /// Territories to ask about; several files are one layer
    #[arg(value_name = "REF", default_value = "states")]
    territories: Vec<String>,
    /// Routes to measure the distance to [default: those of the dataset, for territories of the dataset]
    #[arg(long, value_name = "REF")]
    routes: Option<String>,
    /// Only parts of this kind (repeatable)
    #[arg(long, value_name = "KIND", value_parser = ["enclave", "exclave", "island", "main"])]
    kind: Vec<String>,
    #[command(flatten)]
    band: BandArgs,
    #[command(flatten)]
    common: Common,
}

impl Enclaves {
    pub fn run(&self) -> Result<ExitCode, CliError> {
        self.common.check_output()?;
        let dataset = self.common.dataset()?;
        let mut gathered = AnswerInputs::default();
        let territories = gathered.territories(&self.common, &dataset, &self.territories)?;
        let of_dataset = territories.info.is_some();
        let layer =
            |role: Role, id: &str| dataset.layers().iter().any(|l| l.role == role && l.id == id).then(|| id.to_owned());
        let routes = self.routes.clone().or_else(|| layer(Role::Route, home::ROUTES).filter(|_| of_dataset));
        let routes =
            routes.map(|reference| gathered.select::<Route>(&self.common, &dataset, &reference)).transpose()?;
        let names = home::PartNames::of(&territories, &self.common, &dataset, &mut gathered)?;
        let mut options = EnclaveOptions::default();
        options.routes = routes.map(|s| s.features).unwrap_or_default();
        (options.named, options.units) = (names.apart, names.units);
        options.languages = self.common.lang.clone();
        let mut answer = question::enclaves(&territories.features, &options);
        answer.report.rows.retain(|row| self.kind.is_empty() || self.kind.iter().any(|kind| kind == row.kind.word()));
        if let Some(band) = self.band.options(None) {
            question::certain_areas(&mut answer.report, &band);
        }
        let sources = gathered.sources().of_layer(territories.info.as_ref()).against(territories.label);
        self.common.emit(&report::envelope(answer.of_sources(sources)))?;
        // The process ends here: to free each polygon would only take time.
        std::mem::forget(territories.features);
        Ok(ExitCode::SUCCESS)
    }
}

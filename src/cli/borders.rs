//! `merestone borders`

use super::common::{AnswerInputs, Common, metres};
use super::error::CliError;
use super::home;
use clap::Args;
use merestone::io::call_by;
use merestone::question::{self, BorderOptions};
use merestone::report;
use std::process::ExitCode;

/// Which territories touch, along which lines, and how long are they?
///
/// Rings around enclaves are components of their own, so that lengths with and without them both come out. GeoJSON
/// output holds the lines, `left` and `right` as seen along their direction.
#[derive(Args)]
#[command(after_help = "Examples:
  merestone borders
  merestone borders --pair ARM,AZE
  merestone borders --pair ARM,IRN --tolerance 200
  merestone borders --pair ARM,AZE --by-scale
  merestone borders armenia.geojson azerbaijan.geojson
  merestone borders countries.geojson --format geojson --output lines.geojson")]
pub struct Borders {
    /// Territories to ask about; several files are one layer
    #[arg(value_name = "REF", default_value = "states")]
    territories: Vec<String>,
    /// Only these two territories
    #[arg(long, value_name = "A,B", value_delimiter = ',', num_args = 1)]
    pair: Vec<String>,
    /// Also find lines whose two sides do not coincide but run within so many metres of each other
    #[arg(long, value_name = "METRES", value_parser = metres, allow_negative_numbers = true)]
    tolerance: Option<f64>,
    /// Also give each length at the spacing of vertices of 1:1 000 000, 1:200 000 and 1:100 000 (2 mm on the map)
    #[arg(long)]
    by_scale: bool,
    #[command(flatten)]
    common: Common,
}

impl Borders {
    pub fn run(&self) -> Result<ExitCode, CliError> {
        self.common.check_output()?;
        let dataset = self.common.dataset()?;
        let mut gathered = AnswerInputs::default();
        let mut territories = gathered.territories(&self.common, &dataset, &self.territories)?;
        if let ([a, b], None) = (self.pair.as_slice(), &self.common.id_field) {
            gathered.renamed(call_by(&territories.label, &mut territories.features, &[a, b]));
        }
        let pair = match self.pair.as_slice() {
            [] => None,
            [a, b] if a != b => {
                territories.find(a)?;
                territories.find(b)?;
                Some([a.clone(), b.clone()])
            }
            _ => return Err(CliError::usage("--pair takes two different territories", "write them as --pair A,B")),
        };
        let mut options = BorderOptions::default();
        options.tolerance_m = self.tolerance;
        options.pair = pair;
        options.by_scale = self.by_scale;
        let names = home::PartNames::of(&territories, &self.common, &dataset, &mut gathered)?;
        (options.named, options.units) = (names.apart, names.units);
        options.languages = self.common.lang.clone();
        let answer = question::borders(&territories.features, &options);
        let sources = gathered.sources().of_layer(territories.info.as_ref()).against(territories.label);
        self.common.emit(&report::envelope(answer.of_sources(sources)))?;
        // The process ends here: to free each polygon would only take time.
        std::mem::forget(territories.features);
        Ok(ExitCode::SUCCESS)
    }
}

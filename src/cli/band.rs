//! The band of accuracy around lines: options of `route`, `severance` and `enclaves`.

use super::decide::{millimetres, sigmas};
use clap::Args;
use merestone::question::{DecideOptions, MAP_ACCURACY_MM};

/// Options that ask what is certain at the accuracy of positions.
#[derive(Args)]
#[command(next_help_heading = "Accuracy")]
pub struct BandArgs {
    /// Also say what is certain, and what the accuracy does not tell: within the accuracy of both (1 sigma) of a line nothing is
    /// decided, as of `decide`; --band=METRES is the accuracy of what the files state none of
    #[arg(long, value_name = "METRES", num_args = 0..=1, require_equals = true, default_missing_value = "stated", value_parser = band)]
    band: Option<Stated>,
    /// Scale of the map that the line is from: 100000 for 1:100 000
    #[arg(long, value_name = "DENOMINATOR", value_parser = clap::value_parser!(u32).range(100..=100_000_000), requires = "band")]
    scale: Option<u32>,
    /// Accuracy of that map on its paper
    #[arg(long, value_name = "MM", value_parser = millimetres, requires = "scale", default_value_t = MAP_ACCURACY_MM)]
    map_accuracy: f64,
    /// Width of the line drawn on that map
    #[arg(long, value_name = "MM", value_parser = millimetres, requires = "scale")]
    line_width: Option<f64>,
    /// Decide beyond so many sigmas
    #[arg(long, value_name = "K", value_parser = sigmas, default_value = "1", requires = "band")]
    sigmas: f64,
}

/// The accuracy of what files state none of, if given.
#[derive(Debug, Clone, Copy)]
pub struct Stated(pub Option<f64>);

impl BandArgs {
    /// The options of the band, if it is asked for; `otherwise` is the accuracy that another option gives.
    pub fn options(&self, otherwise: Option<f64>) -> Option<DecideOptions> {
        let Stated(given) = self.band?;
        let mut options = DecideOptions::default();
        options.accuracy_m = given.or(otherwise);
        options.scale = self.scale;
        options.map_accuracy_mm = self.map_accuracy;
        options.line_width_mm = self.line_width;
        options.sigmas = self.sigmas;
        Some(options)
    }
}

pub fn band(text: &str) -> Result<Stated, String> {
    match text.parse::<f64>() {
        _ if text == "stated" => Ok(Stated(None)),
        Ok(metres) if (0.0..=50_000.0).contains(&metres) => Ok(Stated(Some(metres))),
        _ => Err("give metres, from 0 to 50000".into()),
    }
}

//! Inputs that only the exchange of their axes brings to where they are asked about: refused, never answered.

use super::error::CliError;
use geo::Coord;
use merestone::model::{Input, Territory, Warning, WarningCode};
use merestone::question;

const HINT: &str =
    "if the file has latitude before longitude, say so: --axes yx; if it is meant as it stands: --axes xy";

/// Refuses an input that doubts about axes were raised of, where the embedded dataset takes part in the question: none of
/// it meets that dataset's region as it stands, and all does exchanged. Alone it may lie where it says.
pub fn refuse_beside_embedded(inputs: &[Input], warnings: &[Warning]) -> Result<(), CliError> {
    let embedded = inputs.iter().any(|input| input.path.starts_with("embedded:"));
    match warnings.iter().find(|warning| embedded && warning.code == WarningCode::Axes) {
        None => Ok(()),
        Some(warning) => {
            let what = warning.message.split(';').next().unwrap_or_default();
            Err(CliError::usage(format!("{what}, as the dataset that it is held against does"), HINT))
        }
    }
}

/// Refuses an input none of whose positions (lon, lat) meets the territories as it stands, and nearly all exchanged.
pub fn refuse_against(
    input: &str,
    positions: &[Coord],
    reference: &str,
    territories: &[Territory],
) -> Result<(), CliError> {
    match question::swapped_axes(positions, territories) {
        None => Ok(()),
        Some(count) => {
            let (all, what) = (positions.len(), format!("{input}: no position meets {reference} as it stands"));
            Err(CliError::usage(format!("{what}, and {count} of {all} do with their axes exchanged"), HINT))
        }
    }
}

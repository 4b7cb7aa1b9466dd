//! Inputs that only the exchange of their axes brings to where they are asked about: refused, never answered.

use super::error::CliError;
use geo::Coord;
use merestone::model::{Input, Sample, Territory, Warning, WarningCode};
use merestone::question;

const HINT: &str =
    "if the file has latitude before longitude, say so: --axes yx; if it is meant as it stands: --axes xy";

const HINT_OF_TWO: &str = "--axes holds for both: bring the one that has latitude before longitude into order first \
                           (merestone convert IN OUT --axes yx); if both are meant as they stand: --axes xy";

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

/// A side of a question on two versions: what it is called, and where it lies (lon, lat).
pub type Side<'a> = (&'a str, Sample);

/// Positions spread over runs of them.
pub fn sample<'a>(runs: impl Iterator<Item = &'a [Coord]>) -> Sample {
    let mut sample = Sample::new(4000);
    runs.for_each(|run| sample.take(run));
    sample
}

/// Refuses two versions of the same that lie beside each other only with the axes of one exchanged.
pub fn refuse_apart((a, of_a): Side<'_>, (b, of_b): Side<'_>) -> Result<(), CliError> {
    let (a_there, b_there) = (of_a.positions(), of_b.positions());
    let found = question::meet_exchanged(b_there, a_there).map(|count| (b, a, count));
    match found.or_else(|| question::meet_exchanged(a_there, b_there).map(|count| (a, b, count))) {
        None => Ok(()),
        Some((which, other, count)) => {
            let what = format!("{which}: no position lies beside {other} as it stands");
            let how = format!("and {count} of {count} looked at do with the axes of one of the two exchanged");
            Err(CliError::usage(format!("{what}, {how}"), HINT_OF_TWO))
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

//! Detects inputs with exchanged axes, by comparison with other data, and refuses them.

use super::error::CliError;
use geo::Coord;
use merestone::model::{Input, Sample, Territory, Warning, WarningCode};
use merestone::question;

const HINT: &str =
    "if the file has latitude before longitude, say so: --axes yx; if it is meant as it stands: --axes xy";

const HINT_OF_TWO: &str = "--axes holds for both: bring the one that has latitude before longitude into order first \
                           (merestone convert IN OUT --axes yx); if both are meant as they stand: --axes xy";

/// Refuses an input without stated axis order that is at the location of inputs with a stated one (layers of the
/// dataset, or files in a declared system) only with its axes exchanged.
pub fn refuse_beside(inputs: &[Input]) -> Result<(), CliError> {
    match question::exchanged_beside(inputs) {
        None => Ok(()),
        Some(found) => Err(CliError::usage(format!("{found}, as what it is held against does"), HINT)),
    }
}

/// Warns of inputs that are at the location of the other inputs only with their axes exchanged.
pub fn doubts(inputs: &[Input]) -> Vec<Warning> {
    let doubt = |found: String| {
        let message = format!(
            "{found}, as the other inputs do; if it has latitude first, bring it into order \
             (merestone convert IN OUT --axes yx)"
        );
        Warning { code: WarningCode::Axes, message, feature: None }
    };
    question::exchanged_inputs(inputs).into_iter().map(doubt).collect()
}

/// One of two compared versions: its label, and a sample of its positions (lon, lat).
pub type VersionSample<'a> = (&'a str, Sample);

/// A sample of positions from several runs.
pub fn sample<'a>(runs: impl Iterator<Item = &'a [Coord]>) -> Sample {
    let mut sample = Sample::new(4000);
    runs.for_each(|run| sample.take(run));
    sample
}

/// Refuses two versions of the same line that are at the same location only with the axes of one exchanged.
pub fn refuse_apart((a, of_a): VersionSample<'_>, (b, of_b): VersionSample<'_>) -> Result<(), CliError> {
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

/// Refuses an input if none of its positions (lon, lat) meets the territories, but nearly all do with exchanged axes.
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

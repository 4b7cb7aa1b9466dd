//! Inputs that only the exchange of their axes brings to where they are asked about: refused, never answered.

use super::error::CliError;
use geo::Coord;
use merestone::model::{Bounds, Input, Sample, Territory, Warning, WarningCode, bounds_of};
use merestone::question;

const HINT: &str =
    "if the file has latitude before longitude, say so: --axes yx; if it is meant as it stands: --axes xy";

const HINT_OF_TWO: &str = "--axes holds for both: bring the one that has latitude before longitude into order first \
                           (merestone convert IN OUT --axes yx); if both are meant as they stand: --axes xy";

/// Refuses an input that says nothing of its axes and lies where those do that something vouches for only with its axes
/// exchanged: layers of the dataset, or files in a system of their own.
pub fn refuse_beside(inputs: &[Input]) -> Result<(), CliError> {
    let known: Vec<Bounds> = inputs.iter().filter(|input| input.axes_stated).filter_map(|input| input.bounds).collect();
    let told = |input: &Input| Some(format!("{}, as what it is held against does", elsewhere(input, &known)?));
    match inputs.iter().filter(|input| !input.axes_stated).find_map(told) {
        None => Ok(()),
        Some(message) => Err(CliError::usage(message, HINT)),
    }
}

/// Warns of inputs that lie where the other inputs do only with their axes exchanged.
pub fn doubts(inputs: &[Input]) -> Vec<Warning> {
    let others = |one: usize| {
        inputs.iter().enumerate().filter(move |(number, _)| *number != one).filter_map(|(_, input)| input.bounds)
    };
    let doubt = |(number, input): (usize, &Input)| {
        let found = elsewhere(input, &others(number).collect::<Vec<_>>())?;
        let message = format!(
            "{found}, as the other inputs do; if it has latitude first, bring it into order \
             (merestone convert IN OUT --axes yx)"
        );
        Some(Warning { code: WarningCode::Axes, message, feature: None })
    };
    inputs.iter().enumerate().filter(|(_, input)| !input.axes_stated).filter_map(doubt).collect()
}

/// What to say of an input that lies in what others span only with its axes exchanged.
fn elsewhere(input: &Input, others: &[Bounds]) -> Option<String> {
    let bounds = input.bounds.filter(|bounds| question::lies_exchanged(*bounds, others))?;
    let [west, south, east, north] = bounds_of(others.iter().copied())?;
    let degrees = |value: f64, [positive, negative]: [&str; 2]| {
        format!("{:.1}° {}", value.abs(), if value < 0.0 { negative } else { positive })
    };
    let (x, y) = (["E", "W"], ["N", "S"]);
    let span = |low, high, axis| format!("{} and {}", degrees(low, axis), degrees(high, axis));
    Some(format!(
        "{}: no position lies near {}, {} as it stands ([{}, {}] is its south-western corner), and all do with latitude \
         and longitude exchanged",
        input.path,
        span(west, east, x),
        span(south, north, y),
        bounds[0],
        bounds[1]
    ))
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

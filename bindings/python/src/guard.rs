//! What makes an answer worthless, refused before it is given: exchanged axes, and several levels of administration.

use crate::fault::{Class, Fault, Result};
use crate::layer::Layer;
use library::geo::Coord;
use library::model::{Content, Input, Meta, Sample, Territory, Warning, WarningCode};
use library::question::{exchanged_beside, exchanged_inputs, meet_exchanged, several_levels, swapped_axes};

fn exchanged(message: String) -> Fault {
    let hint =
        "if latitude comes first, say so: merestone.layer(data, axes=\"yx\"); if it is meant as it stands: axes=\"xy\"";
    Fault::new(Class::Crs, "exchanged-axes", message, hint)
}

/// Refuses an answer one of whose inputs lies where the others lie only with its axes exchanged.
pub fn of_inputs(inputs: &[Input]) -> Result<()> {
    match exchanged_beside(inputs) {
        None => Ok(()),
        Some(found) => Err(exchanged(format!("{found}, as what it is held against does"))),
    }
}

/// Warnings of inputs that lie where the others lie only with their axes exchanged.
pub fn doubts(inputs: &[Input]) -> Vec<Warning> {
    let doubt = |found: String| {
        let message =
            format!("{found}, as the other inputs do; if it has latitude first: merestone.layer(data, axes=\"yx\")");
        Warning { code: WarningCode::Axes, message, feature: None }
    };
    exchanged_inputs(inputs).into_iter().map(doubt).collect()
}

/// A sample of positions from several runs.
pub fn sample<'a>(runs: impl Iterator<Item = &'a [Coord]>) -> Sample {
    let mut sample = Sample::new(4000);
    runs.for_each(|run| sample.take(run));
    sample
}

/// Whether the order of axes of some of this data is stated.
fn is_stated(data: &[&Layer]) -> bool {
    data.iter().any(|data| data.options().frame.axes.is_some())
}

/// Refuses two versions of one line or land that meet only with the axes of one exchanged.
pub fn of_versions(data: [&Layer; 2], [a, b]: [Sample; 2]) -> Result<()> {
    if is_stated(&data) {
        return Ok(());
    }
    let (labels, a, b) = (data.map(Layer::label), a.positions(), b.positions());
    let found =
        meet_exchanged(b, a).map(|count| (1, 0, count)).or_else(|| meet_exchanged(a, b).map(|count| (0, 1, count)));
    found.map_or(Ok(()), |(which, other, count)| {
        let what = format!("{}: no position lies beside {} as it stands", labels[which], labels[other]);
        Err(exchanged(format!("{what}, and {count} of {count} looked at do with the axes of one of the two exchanged")))
    })
}

/// Refuses positions of files none of which meets the territories, while nearly all do with their axes exchanged.
pub fn of_positions(data: &Layer, positions: &[Coord], against: &str, territories: &[Territory]) -> Result<()> {
    if is_stated(&[data]) {
        return Ok(());
    }
    swapped_axes(positions, territories).map_or(Ok(()), |count| {
        let (label, all) = (data.label(), positions.len());
        let what = format!("{label}: no position meets {against} as it stands");
        Err(exchanged(format!("{what}, and {count} of {all} do with their axes exchanged")))
    })
}

/// Refuses territories of several levels of administration, unless a filter of the data names the property.
pub fn of_levels<'m>(data: &Layer, label: &str, territories: impl IntoIterator<Item = &'m Meta>) -> Result<()> {
    let found = several_levels(territories.into_iter().filter_map(Meta::level));
    let Some(several) = found.into_iter().find(|several| !data.is_filtered_by(several.property)) else { return Ok(()) };
    let (property, level) = (several.property, several.counts.keys().next_back().map_or("", String::as_str));
    let hint = format!("select one: merestone.layer(data, where=\"{property} = {level}\"); all: where=\"{property}\"");
    Err(Fault::new(Class::Input, "several-levels", format!("{label}: {several}"), hint))
}

/// What is said of territories of several levels that are answered one by one.
pub fn levels_stated(label: &str, contents: &[Content]) -> Option<Warning> {
    let several = several_levels(territories(contents).filter_map(Meta::level)).into_iter().next()?;
    let message = format!("{label}: {several}; each is answered by itself");
    Some(Warning { code: WarningCode::Note, message, feature: None })
}

/// The territories among features.
pub fn territories(contents: &[Content]) -> impl Iterator<Item = &Meta> {
    let all = contents.iter().filter_map(|content| match content {
        Content::Territories(all) => Some(all),
        _ => None,
    });
    all.flatten().map(|territory| &territory.meta)
}

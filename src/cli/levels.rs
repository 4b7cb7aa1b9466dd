//! Territories of several administrative levels: refused, or stated.

use super::error::CliError;
use merestone::io::{Filter, Reference};
use merestone::model::{Content, Meta, Warning, WarningCode};
use merestone::question::several_levels;

/// Refuses territories of several administrative levels: one contains another, which is neither an enclave in it nor
/// its neighbour, and their outlines have the same stretches.
///
/// # Errors
/// There are several levels, and no filter uses them; `hint` says how to select one.
pub fn refuse<'a>(
    label: &str,
    territories: impl IntoIterator<Item = &'a Meta>,
    filters: &[&Filter],
    hint: impl Fn(&str, &str) -> String,
) -> Result<(), CliError> {
    for several in several_levels(territories.into_iter().filter_map(Meta::level)) {
        if filters.iter().any(|filter| filter.names(several.property)) {
            continue;
        }
        let level = several.counts.keys().next_back().map_or("", String::as_str);
        return Err(CliError::usage(format!("{label}: {several}"), hint(several.property, level)));
    }
    Ok(())
}

/// As `refuse`, for the territories among the features of a reference, whose outlines are asked about.
///
/// # Errors
/// There are several levels, and neither the reference nor `filter` uses them.
pub fn refuse_in(label: &str, contents: &[Content], reference: &str, filter: Option<&Filter>) -> Result<(), CliError> {
    let own = Reference::parse(reference).filter();
    let filters: Vec<&Filter> = own.iter().chain(filter).collect();
    refuse(label, territories(contents), &filters, by_option)
}

/// How to select a level in a command that has `--where`.
pub fn by_option(property: &str, level: &str) -> String {
    format!("select one: --where \"{property} = {level}\"; all of them: --where {property}")
}

/// How to select a level in a command that has no `--where`.
#[cfg(feature = "plates")]
pub fn by_reference(property: &str, level: &str) -> String {
    format!("select one: FILE[{property}={level}]; all of them: FILE[{property}]")
}

/// States that territories which are answered one by one are of several levels.
pub fn stated(label: &str, contents: &[Content]) -> Option<Warning> {
    stated_of_levels(label, territories(contents).filter_map(Meta::level))
}

/// As `stated`, from the levels of the territories: property and level.
pub fn stated_of_levels(label: &str, levels: impl IntoIterator<Item = (&'static str, String)>) -> Option<Warning> {
    let several = several_levels(levels).into_iter().next()?;
    let message = format!("{label}: {several}; each is answered by itself");
    Some(Warning { code: WarningCode::Note, message, feature: None })
}

fn territories(contents: &[Content]) -> impl Iterator<Item = &Meta> {
    let all = contents.iter().filter_map(|content| match content {
        Content::Territories(all) => Some(all),
        _ => None,
    });
    all.flatten().map(|territory| &territory.meta)
}

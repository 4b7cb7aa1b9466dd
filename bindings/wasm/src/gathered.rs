//! Inputs of an answer, and what makes an answer worthless: exchanged axes, several levels of administration.

use crate::fault::Fault;
use crate::files::Files;
use crate::options::Reading;
use library::geo::Coord;
use library::io::{Filter, Found, ReadOptions, Renamed, Selected, Shape, joined};
use library::model::{Content, Input, Meta, Sample, Sources, Territory, Warning, WarningCode};
use library::question::{exchanged_inputs, meet_exchanged, several_levels};

/// The inputs of an answer, collected while they are read.
#[derive(Default)]
pub struct Gathered {
    pub files: Vec<Input>,
    pub warnings: Vec<Warning>,
}

impl Gathered {
    pub fn sources(self) -> Sources {
        Sources::new(self.files).with_warnings(self.warnings)
    }

    pub fn select<T: Shape>(&mut self, files: &Files, of: &str, options: &ReadOptions) -> Result<Selected<T>, Fault> {
        let mut selected = files.select(of, options)?;
        self.files.push(selected.input.clone());
        self.warnings.append(&mut selected.warnings);
        Ok(selected)
    }

    pub fn any(&mut self, files: &Files, of: &str, options: &ReadOptions) -> Result<Found, Fault> {
        let mut found = files.any(of, options)?;
        self.files.push(found.input.clone());
        self.warnings.append(&mut found.warnings);
        Ok(found)
    }

    pub fn territories(
        &mut self,
        files: &Files,
        of: &[String],
        reading: &Reading,
    ) -> Result<Selected<Territory>, Fault> {
        let (options, held) = (reading.options()?, self.files.len());
        let mut layers = Vec::with_capacity(of.len());
        for reference in of {
            let layer: Selected<Territory> = files.select(reference, &options)?;
            self.files.push(layer.input.clone());
            layers.push(layer);
        }
        let none = || Fault::option("no territories are chosen", "choose a file with polygons");
        let mut layer = joined(layers).ok_or_else(none)?;
        self.warnings.append(&mut layer.warnings);
        let doubt = |found: String| {
            let message = format!("{found}, as the other inputs do; if it has latitude first, set its order of axes");
            Warning { code: WarningCode::Axes, message, feature: None }
        };
        self.warnings.extend(exchanged_inputs(&self.files[held..]).into_iter().map(doubt));
        refuse_levels(&layer.label, layer.features.iter().map(Shape::meta), reading.filter())?;
        Ok(layer)
    }

    pub fn renamed(&mut self, all: impl IntoIterator<Item = Renamed>) {
        for Renamed { label, field, warning, .. } in all {
            self.warnings.push(warning);
            let of_layer = |path: &str| label.split(" + ").any(|part| part.split('#').next() == Some(path));
            for file in self.files.iter_mut().filter(|file| of_layer(&file.path)) {
                file.ids = Some(field.clone());
            }
        }
    }
}

/// Refuses territories of several levels of administration, unless a filter names the property.
pub fn refuse_levels<'m>(
    label: &str,
    territories: impl Iterator<Item = &'m Meta>,
    filter: Option<Filter>,
) -> Result<(), Fault> {
    for several in several_levels(territories.filter_map(Meta::level)) {
        let property = several.property;
        if filter.as_ref().is_some_and(|filter| filter.names(property)) {
            continue;
        }
        let level = several.counts.keys().next_back().map_or("", String::as_str);
        let hint = format!("select one by the condition {property} = {level}; all of them: {property}");
        return Err(Fault::levels(format!("{label}: {several}"), hint));
    }
    Ok(())
}

pub fn sample<'a>(runs: impl Iterator<Item = &'a [Coord]>) -> Sample {
    let mut sample = Sample::new(4000);
    runs.for_each(|run| sample.take(run));
    sample
}

/// Refuses two versions that are at the same location only with the axes of one exchanged.
pub fn refuse_apart((a, of_a): (&str, Sample), (b, of_b): (&str, Sample)) -> Result<(), Fault> {
    let (a_there, b_there) = (of_a.positions(), of_b.positions());
    let found = meet_exchanged(b_there, a_there).map(|count| (b, a, count));
    match found.or_else(|| meet_exchanged(a_there, b_there).map(|count| (a, b, count))) {
        None => Ok(()),
        Some((which, other, count)) => Err(Fault::axes(format!(
            "{which}: no position lies beside {other} as it stands, and {count} of {count} looked at do with the axes of \
             one of the two exchanged"
        ))),
    }
}

/// The territories among features.
pub fn territories(contents: &[Content]) -> impl Iterator<Item = &Meta> {
    let all = contents.iter().filter_map(|content| match content {
        Content::Territories(all) => Some(all),
        _ => None,
    });
    all.flatten().map(|territory| &territory.meta)
}

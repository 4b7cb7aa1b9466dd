//! `merestone diff`

use super::axes::{refuse_apart, refuse_beside, sample};
#[cfg(feature = "plates")]
use super::common::tell;
use super::common::{AnswerInputs, Common, metres};
use super::error::CliError;
#[cfg(feature = "plates")]
use super::picture::{self, Picture};
use clap::Args;
use merestone::io::{Dataset, Filter, Found, Problem, ReadError, Reference, View};
use merestone::model::{Content, Input, LayerInfo};
use merestone::question::{self, DiffEdition, DiffLayer, DiffOptions};
use merestone::report;
use std::collections::BTreeMap;
use std::path::Path;
use std::process::ExitCode;

/// What differs between two editions of a dataset, a layer or a file, by meaning?
///
/// With --views, where do the views of two parties part?
///
/// Features added, gone, renamed, with another status or another property; lines and outlines with the metres that they
/// moved, points with their distance, and between territories the land that passes. Order, direction, the start of a ring,
/// the spelling of a number and the format of the file are no difference. Exit code 0: no difference; 1: there are
/// differences.
#[derive(Args)]
#[command(after_help = "Examples:
  merestone diff old.geojson new.geojson
  merestone diff before.geojson after.geojson --format csv
  merestone diff states[id=ARM] states-2026[id=ARM] --tolerance 100 -o changes.json
  merestone diff old.geojson new.geojson -o changes.geojson
  merestone diff old.geojson new.geojson -o changes.svg
  merestone diff claims.geojson --views A,B -o parting.svg")]
pub struct Diff {
    /// The old edition: a folder with dataset.toml, a layer, or a file
    #[arg(value_name = "OLD")]
    old: String,
    /// The new edition
    #[arg(value_name = "NEW", required_unless_present = "views")]
    new: Option<String>,
    /// Compare two views of OLD: what each of two parties asserts, accepts or does not dispute; neutral is what nobody disputes
    /// and no party alone asserts
    #[arg(long, value_name = "PARTY,PARTY", value_parser = two_views, conflicts_with_all = ["new", "view"])]
    views: Option<[View; 2]>,
    /// Positions that moved by no more are the same [default: rounding alone]
    #[arg(long, value_name = "METRES", value_parser = metres)]
    tolerance: Option<f64>,
    #[command(flatten)]
    common: Common,
}

fn two_views(text: &str) -> Result<[View; 2], String> {
    let views: Vec<View> = text.split(',').filter_map(View::of).collect();
    let [a, b]: [View; 2] =
        views.try_into().map_err(|_| "give two views by the codes of parties, as A,B; or A,neutral")?;
    if a.name().eq_ignore_ascii_case(b.name()) {
        return Err("the two views are the same".into());
    }
    Ok([a, b])
}

/// An edition as read.
struct EditionRead {
    label: String,
    dataset: Option<Dataset>,
    layers: Vec<DiffLayer>,
    heights: BTreeMap<String, String>,
    /// Manifest entry and file of each layer, for a plate.
    #[cfg_attr(not(feature = "plates"), expect(dead_code))]
    sources: Vec<(Option<LayerInfo>, Input)>,
}

impl Diff {
    pub fn run(mut self) -> Result<ExitCode, CliError> {
        #[cfg(feature = "plates")]
        let plate = picture::taken_from(&mut self.common.answer)?;
        self.common.check_output()?;
        let mut gathered = AnswerInputs::default();
        let (old, new) = match self.views.clone() {
            Some([a, b]) => (self.seen("BEFORE", a, &mut gathered)?, self.seen("AFTER", b, &mut gathered)?),
            None => {
                let dataset = self.common.dataset()?;
                let new = self.new.as_deref().unwrap_or(&self.old);
                let old = self.read("BEFORE", &self.old, &dataset, &mut gathered)?;
                (old, self.read("AFTER", new, &dataset, &mut gathered)?)
            }
        };
        if old.dataset.is_some() != new.dataset.is_some() {
            let message = format!("{} and {}: one is a dataset, the other a layer or a file", old.label, new.label);
            return Err(CliError::usage(message, "give two folders with dataset.toml, or two layers or files"));
        }
        if self.common.datum.axes.is_none() {
            refuse_beside(&gathered.files)?;
            let there = |read: &EditionRead| {
                let courses = read.layers.iter().flat_map(|layer| &layer.contents).flat_map(Content::courses);
                let runs: Vec<_> = courses.flat_map(|(_, runs)| runs).collect();
                sample(runs.into_iter())
            };
            refuse_apart((&old.label, there(&old)), (&new.label, there(&new)))?;
        }
        let info = old.layers.iter().chain(&new.layers).find_map(|layer| layer.info.as_ref());
        let mut options = DiffOptions::default();
        options.tolerance_m = self.tolerance.unwrap_or_default();
        options.languages = self.common.lang.clone();
        options.alone = self.views.is_some();
        let answer = question::diff(&old.edition(), &new.edition(), &options)?;
        let answer = answer.of_sources(gathered.sources().of_layer(info));
        #[cfg(feature = "plates")]
        if let Some(path) = plate {
            match super::diff_plate::plate(
                &answer.report,
                &old.sources,
                &new.sources,
                &self.common.lang,
                self.views.is_some(),
            )? {
                Some(plate) => Picture { dpi: 300.0, live_text: false }.write(&plate, &path)?,
                None if self.common.quiet => {}
                None => tell("note", &format!("nothing on the ground differs: {} is not written", path.display())),
            }
        }
        let same = answer.report.same;
        self.common.emit(&report::envelope(answer))?;
        Ok(if same { ExitCode::SUCCESS } else { ExitCode::from(1) })
    }

    /// The edition in a view.
    fn seen(&mut self, side: &'static str, view: View, gathered: &mut AnswerInputs) -> Result<EditionRead, CliError> {
        let label = view.to_string();
        self.common.datum.perspective.view = Some(view);
        let dataset = self.common.dataset()?;
        Ok(EditionRead { label, ..self.read(side, &self.old, &dataset, gathered)? })
    }

    /// The features of a reference; in a view there may be none.
    fn found(
        &self,
        side: &'static str,
        reference: &str,
        dataset: &Dataset,
        gathered: &mut AnswerInputs,
    ) -> Result<Found, CliError> {
        match gathered.any_of(Some(side), &self.common, dataset, reference) {
            Err(CliError::Read(ReadError {
                problem: Problem::NonePasses { .. } | Problem::UnknownId { .. }, ..
            })) if self.views.is_some() => {
                let mut options = self.common.options_of(Some(side), reference);
                options.filter = Filter::default();
                let whole = dataset.clone().selected_by(Filter::default());
                let mut found = whole.select_any(&Reference::parse(reference), &options)?;
                found.contents.clear();
                found.input.selection = Some(self.common.datum.perspective.filter().to_string());
                gathered.files.push(found.input.clone());
                Ok(found)
            }
            found => found,
        }
    }

    fn read(
        &self,
        side: &'static str,
        reference: &str,
        dataset: &Dataset,
        gathered: &mut AnswerInputs,
    ) -> Result<EditionRead, CliError> {
        if !Path::new(reference).is_dir() {
            let found = self.found(side, reference, dataset, gathered)?;
            if found.contents.is_empty() && self.views.is_none() {
                return Err(ReadError::new(found.label, Problem::Nothing("features")).into());
            }
            let sources = vec![(found.info.clone(), found.input)];
            let layers = vec![DiffLayer::new(found.info, found.contents)];
            return Ok(EditionRead { label: found.label, dataset: None, layers, heights: BTreeMap::new(), sources });
        }
        let own = self.common.limits.dataset(Some(Path::new(reference)), &self.common.datum)?;
        let (mut layers, mut heights, mut sources) = (Vec::new(), BTreeMap::new(), Vec::new());
        for info in own.layers() {
            let found = self.found(side, &info.id, &own, gathered)?;
            sources.push((Some(info.clone()), found.input));
            layers.push(DiffLayer::new(Some(info.clone()), found.contents));
        }
        for info in own.reliefs() {
            let grid = own.heights_of(info, None)?;
            let input: &Input = grid.input();
            heights.insert(info.id.clone(), input.sha256.clone());
            gathered.files.push(input.clone());
        }
        Ok(EditionRead { label: reference.to_owned(), dataset: Some(own), layers, heights, sources })
    }
}

impl EditionRead {
    fn edition(&self) -> DiffEdition<'_> {
        match &self.dataset {
            Some(dataset) => DiffEdition::of_dataset(&self.label, dataset, &self.layers, self.heights.clone()),
            None => DiffEdition::of_layers(&self.label, &self.layers),
        }
    }
}

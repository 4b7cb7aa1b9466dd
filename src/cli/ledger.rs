//! `merestone ledger`

use super::axes::{refuse_apart, refuse_beside, sample};
use super::common::{AnswerInputs, Common, metres};
use super::error::CliError;
use super::home;
use clap::Args;
use geo::Polygon;
use merestone::inputs::{After, AfterSide, one_for_one};
use merestone::io::{Dataset, Edition, ReadOptions, Reference, match_editions, number_by_file};
use merestone::model::{
    Input, Place, Role, Route, Sample, Sources, Territory, Warning, WarningCode, bounds_of_positions,
};
use merestone::question::{self, LedgerOptions};
use merestone::report;
use std::process::ExitCode;

/// What land passes from whom to whom: between two editions, or under a proposal?
///
/// Every piece of land whose holder differs is listed with its area, its name, and the settlements and routes on it;
/// pieces nowhere wider than the stated accuracy count apart, as slivers (JSON and GeoJSON list them too). What all
/// receive equals what all cede, and each territory's own area proves it. A territory alone on either side is one
/// territory in two editions, whatever its id.
#[derive(Args)]
#[command(after_help = "Examples:
  merestone ledger states enclaves-as-held
  merestone ledger states enclaves-restored --format json
  merestone ledger before.geojson after.geojson --format geojson --output pieces.geojson
  merestone ledger states armenia.osm.gz azerbaijan.osm.gz --sliver 100")]
pub struct Ledger {
    /// Territories as they are; several files are joined by +
    #[arg(value_name = "BEFORE")]
    before: String,
    /// Territories as they are to be, from one or several files; or a proposal, whose features say `from` and `to`
    #[arg(value_name = "AFTER", required = true)]
    after: Vec<String>,
    /// Settlements to name [default: places of the dataset, where the land lies within its bounds]
    #[arg(long, value_name = "REF")]
    places: Option<String>,
    /// Routes to measure [default: routes of the dataset, as for places]
    #[arg(long, value_name = "REF")]
    routes: Option<String>,
    /// Greatest width of a sliver [default: the accuracy that the data state]
    #[arg(long, value_name = "METRES", value_parser = metres)]
    sliver: Option<f64>,
    #[command(flatten)]
    common: Common,
}

/// A sample of positions from the outlines of the second side.
fn sample_of(after: &After) -> Sample {
    let parts: Vec<&Polygon> = match after {
        After::Edition(all) => all.iter().flat_map(|territory| territory.parts()).collect(),
        After::Proposal(all) => all.iter().flat_map(|piece| &piece.parts).collect(),
    };
    sample(parts.into_iter().map(|part| part.exterior().0.as_slice()))
}

impl Ledger {
    pub fn run(&self) -> Result<ExitCode, CliError> {
        self.common.check_output()?;
        let dataset = self.common.dataset()?;
        let mut gathered = AnswerInputs::default();
        let held = std::slice::from_ref(&self.before);
        let mut before = gathered.territories_of(Some("BEFORE"), &self.common, &dataset, held)?;
        number_by_file(&before.label, &mut before.features);
        let (whole, left_out) = question::top_level(std::mem::take(&mut before.features));
        before.features = whole;
        gathered.warnings.extend(left_out);
        let mut after = self.after(&dataset, &mut gathered)?;
        if let After::Edition(after) = &mut after {
            gathered.warnings.extend(one_for_one(&before.features, after));
            let given = |side, references: &[String]| self.common.ids_are_given(side, references);
            let is_given = [given("BEFORE", held), given("AFTER", &self.after)];
            let after = Edition { label: &self.after.join(" + "), territories: after, is_given: is_given[1] };
            let (label, territories) = (before.label.as_str(), &mut before.features);
            let before = Edition { label, territories, is_given: is_given[0] };
            gathered.renamed(match_editions(before, after)?);
        }
        let label = format!("{} → {}", before.label, self.after.join(", "));
        if self.common.datum.axes.is_none() {
            refuse_beside(&gathered.files)?;
            let held = sample(before.features.iter().flat_map(|t| t.parts()).map(|part| part.exterior().0.as_slice()));
            refuse_apart((&before.label, held), (&self.after.join(", "), sample_of(&after)))?;
        }
        let AnswerInputs { mut files, mut warnings } = gathered;
        let is_home = before.info.is_some() || lies_home(&dataset, &before.features, &after)?;
        let options = self.options(&dataset, &before.features, is_home, &mut files)?;
        if !is_home && self.places.is_none() && self.routes.is_none() && !dataset.layers().is_empty() {
            let message = "the land lies outside the bounds of the dataset: its places and routes are not asked about; name \
                           others with --places and --routes";
            warnings.push(Warning { code: WarningCode::Note, message: message.to_owned(), feature: None });
        }
        let answer = match &after {
            After::Edition(after) => question::ledger(&before.features, after, &options),
            After::Proposal(pieces) => question::ledger_of_proposal(&before.features, pieces, &options),
        }?;
        let sources = Sources::new(files).with_warnings(warnings).of_layer(before.info.as_ref()).against(label);
        self.common.emit(&report::envelope(answer.of_sources(sources)))?;
        Ok(ExitCode::SUCCESS)
    }

    fn after(&self, dataset: &Dataset, gathered: &mut AnswerInputs) -> Result<After, CliError> {
        let mut side = AfterSide::default();
        for reference in self.after.iter().flat_map(|reference| Reference::list(reference)) {
            let found = gathered.any_of(Some("AFTER"), &self.common, dataset, &reference)?;
            gathered.warnings.extend(side.add(found)?);
        }
        side.finish().map_err(|_| {
            CliError::usage(
                "AFTER mixes an edition with a proposal",
                "give either territories, or features that say `from` and `to`",
            )
        })
    }

    fn options(
        &self,
        dataset: &Dataset,
        territories: &[Territory],
        is_home: bool,
        files: &mut Vec<Input>,
    ) -> Result<LedgerOptions, CliError> {
        let layer = |role: Role, id: &str| {
            let known = is_home && dataset.layers().iter().any(|l| l.role == role && l.id == id);
            known.then(|| id.to_owned())
        };
        let places = self.places.clone().or_else(|| layer(Role::Place, home::PLACES));
        let places = places.map(|r| self.common.select::<Place>(dataset, &r)).transpose()?;
        let routes = self.routes.clone().or_else(|| layer(Role::Route, home::ROUTES));
        let routes = routes.map(|r| self.common.select::<Route>(dataset, &r)).transpose()?;
        files.extend(places.as_ref().map(|s| s.input.clone()));
        files.extend(routes.as_ref().map(|s| s.input.clone()));
        let mut options = LedgerOptions::default();
        options.places = places.map(|s| s.features).unwrap_or_default();
        options.routes = routes.map(|s| s.features).unwrap_or_default();
        if is_home {
            let mut gathered = AnswerInputs::default();
            let names = home::PartNames::of_layer("", territories, &self.common, dataset, &mut gathered)?;
            files.append(&mut gathered.files);
            (options.named, options.units) = (names.apart, names.units);
        }
        options.languages = self.common.lang.clone();
        options.sliver_width_m = self.sliver;
        Ok(options)
    }
}

/// Whether both sides are within the bounds of the dataset's states.
fn lies_home(dataset: &Dataset, before: &[Territory], after: &After) -> Result<bool, CliError> {
    if dataset.layers().iter().all(|layer| layer.id != home::STATES || layer.role != Role::Territory) {
        return Ok(false);
    }
    let states = dataset.select::<Territory>(&Reference::parse(home::STATES), &ReadOptions::default())?;
    let Some(bounds) = bounds_of_positions(home::of_territories(&states.features)) else { return Ok(false) };
    let of_after = match after {
        After::Edition(all) => bounds_of_positions(home::of_territories(all)),
        After::Proposal(pieces) => {
            let parts = pieces.iter().flat_map(|piece| &piece.parts);
            bounds_of_positions(parts.flat_map(|part| part.exterior().0.iter().copied()))
        }
    };
    let of_before = bounds_of_positions(home::of_territories(before));
    Ok([of_before, of_after].into_iter().flatten().all(|inner| home::is_within(inner, bounds)))
}

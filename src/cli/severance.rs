//! `merestone severance`

use super::axes::doubts;
use super::band::BandArgs;
use super::common::{AnswerInputs, Common, metres};
use super::error::CliError;
use super::home;
use clap::Args;
use merestone::io::{Dataset, Positions, Problem, ReadError, Selected};
use merestone::model::{Content, Place, Role, Route, Territory, Warning, WarningCode, bounds_of, bounds_of_positions};
use merestone::question::{self, Asked, SeveranceOptions, Subject, Surroundings};
use merestone::report;
use merestone::topology::COINCIDENT_M;
use std::process::ExitCode;

/// What does a line, or a proposal, cut off: settlements, routes, land?
///
/// Works on any points, lines and polygons: buildings, parcels, pipes. It reports and does not plead: each row says by
/// which distance and which data. A route that touches the line, or runs along it, and goes back is not cut; land along
/// the line, no wider than 0.1 m, is not cut off.
#[derive(Args)]
#[command(after_help = "Examples:
  merestone severance enclaves-restored
  merestone severance enclaves-as-held --format json
  merestone severance lines/ring-karki --near 500
  merestone severance lines/ring-karki --band --sigmas 2 --format csv
  merestone severance new-line.geojson --features buildings.gpkg --features parcels.geojson")]
pub struct Severance {
    /// A line, or a proposal
    #[arg(value_name = "LINE|PROPOSAL")]
    subject: String,
    /// Settlements and other points [default: places of the dataset, where the line lies within its bounds]
    #[arg(long, value_name = "REF")]
    places: Option<String>,
    /// Routes [default: routes of the dataset, as for places]
    #[arg(long, value_name = "REF")]
    routes: Option<String>,
    /// More points, lines or polygons to count (repeatable)
    #[arg(long, value_name = "REF")]
    features: Vec<String>,
    /// Who holds what before (repeatable: several files are one layer) [default: states of the dataset, as for places]
    #[arg(long, value_name = "REF")]
    territories: Vec<String>,
    /// What lies or runs within so many metres of the line is near it
    #[arg(long, value_name = "METRES", value_parser = metres, default_value = "1000")]
    near: f64,
    /// A route within so many metres of a settlement serves it
    #[arg(long, value_name = "METRES", value_parser = metres, default_value = "2000")]
    reach: f64,
    /// Radius of a settlement's surroundings
    #[arg(long, value_name = "METRES", value_parser = metres, default_value = "2000")]
    surroundings: f64,
    #[command(flatten)]
    band: BandArgs,
    #[command(flatten)]
    common: Common,
}

impl Severance {
    pub fn run(&self) -> Result<ExitCode, CliError> {
        self.common.check_output()?;
        let dataset = self.common.dataset()?;
        let mut gathered = AnswerInputs::default();
        let found = gathered.any(&self.common, &dataset, &self.subject)?;
        let info = found.info.clone();
        let none = || ReadError::new(&found.label, Problem::Nothing("lines or land of a proposal"));
        let subject = Subject::of(found.contents).ok_or_else(none)?;
        let defaults = self.defaults(&dataset, &subject, &mut gathered)?;
        let territories = match self.territories.as_slice() {
            [] => defaults.territories.map_or(Vec::new(), |s| s.features),
            references => gathered.territories(&self.common, &dataset, references)?.features,
        };
        let mut asked = Vec::new();
        let places = match &self.places {
            Some(reference) => Some(gathered.select::<Place>(&self.common, &dataset, reference)?),
            None => defaults.places,
        };
        asked.extend(places.map(|s| Asked::new(s.label, Content::Places(s.features))));
        let routes = match &self.routes {
            Some(reference) => Some(gathered.select::<Route>(&self.common, &dataset, reference)?),
            None => defaults.routes,
        };
        asked.extend(routes.map(|s| Asked::new(s.label, Content::Routes(s.features))));
        let surroundings = Surroundings::new(&subject, self.near);
        let band = self.band.options(None);
        for reference in &self.features {
            if band.is_some() {
                // The band of a feature is as wide as what it states: none is only counted.
                let found = gathered.any(&self.common, &dataset, reference)?;
                asked.extend(found.contents.into_iter().map(|content| Asked::new(found.label.clone(), content)));
                continue;
            }
            let reach = |positions: Positions<'_>| surroundings.reach(positions);
            let more = gathered.any_where(&self.common, &dataset, reference, reach)?;
            let data = more.label;
            let layers = more.contents.into_iter();
            asked.extend(layers.map(|(content, beyond)| Asked { data: data.clone(), content, beyond }));
        }
        let mut options = SeveranceOptions::default();
        options.within_m = self.near;
        options.reach_m = self.reach;
        options.surroundings_m = self.surroundings;
        options.tolerance_m = COINCIDENT_M;
        options.languages = self.common.lang.clone();
        let mut answer = question::severance(&self.subject, &subject, &territories, &asked, &options);
        if let Some(band) = &band {
            question::certain_sides(&mut answer.report, &subject, &asked, band);
        }
        let doubts = doubts(&gathered.files);
        let mut answer = answer.of_sources(gathered.sources().of_layer(info.as_ref()));
        let doubts: Vec<_> = doubts.into_iter().filter(|doubt| !answer.warnings.contains(doubt)).collect();
        answer.warnings.extend(doubts);
        self.common.emit(&report::envelope(answer))?;
        Ok(ExitCode::SUCCESS)
    }
}

/// Layers of the dataset used by default.
#[derive(Default)]
struct Defaults {
    territories: Option<Selected<Territory>>,
    places: Option<Selected<Place>>,
    routes: Option<Selected<Route>>,
}

impl Severance {
    /// Adds default layers of the dataset for those not named, if the line is within its bounds.
    fn defaults(
        &self,
        dataset: &Dataset,
        subject: &Subject,
        gathered: &mut AnswerInputs,
    ) -> Result<Defaults, CliError> {
        let has = |role: Role, id: &str| dataset.layers().iter().any(|l| l.role == role && l.id == id);
        let mut found = Defaults::default();
        if self.territories.is_empty() && has(Role::Territory, home::STATES) {
            found.territories = Some(self.common.select(dataset, home::STATES)?);
        }
        if self.places.is_none() && has(Role::Place, home::PLACES) {
            found.places = Some(self.common.select(dataset, home::PLACES)?);
        }
        if self.routes.is_none() && has(Role::Route, home::ROUTES) {
            found.routes = Some(self.common.select(dataset, home::ROUTES)?);
        }
        let boxes = [
            found.territories.as_ref().and_then(|s| bounds_of_positions(home::of_territories(&s.features))),
            found.places.as_ref().and_then(|s| bounds_of_positions(s.features.iter().map(|place| place.position))),
            found.routes.as_ref().and_then(|s| bounds_of_positions(home::of_routes(&s.features))),
        ];
        let Some(home) = bounds_of(boxes.into_iter().flatten()) else { return Ok(found) };
        let of_subject = match subject {
            Subject::Line(contents) => {
                let runs = contents.iter().flat_map(Content::courses).flat_map(|(_, runs)| runs);
                bounds_of_positions(runs.flatten().copied())
            }
            Subject::Proposal(pieces) => {
                let parts = pieces.iter().flat_map(|piece| &piece.parts);
                bounds_of_positions(parts.flat_map(|part| part.exterior().0.iter().copied()))
            }
        }
        .unwrap_or(home);
        if home::is_within(of_subject, home) {
            let Defaults { territories, places, routes } = &mut found;
            gathered.files.extend(territories.iter().map(|s| s.input.clone()));
            gathered.files.extend(places.iter().map(|s| s.input.clone()));
            gathered.files.extend(routes.iter().map(|s| s.input.clone()));
            gathered.warnings.extend(territories.iter_mut().flat_map(|s| std::mem::take(&mut s.warnings)));
            gathered.warnings.extend(places.iter_mut().flat_map(|s| std::mem::take(&mut s.warnings)));
            gathered.warnings.extend(routes.iter_mut().flat_map(|s| std::mem::take(&mut s.warnings)));
            return Ok(found);
        }
        // The dataset was not named: that the line would be in it with exchanged axes is no reason to refuse the line.
        let stated = gathered.files.iter().all(|file| file.axes_stated);
        let exchanged = !stated && question::lies_exchanged(of_subject, &[home]);
        let axes = if exchanged { "; if the file has latitude before longitude: --axes yx" } else { "" };
        let message = format!(
            "the line lies outside the bounds of the dataset: its states, places and routes are not asked about; \
             name others with --territories, --places and --routes{axes}"
        );
        gathered.warnings.push(Warning { code: WarningCode::Note, message, feature: None });
        Ok(Defaults::default())
    }
}

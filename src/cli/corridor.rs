//! `merestone corridor`

use super::axes::refuse_against;
use super::common::{AnswerInputs, Common, metres};
use super::error::CliError;
use super::home;
#[cfg(feature = "plates")]
use super::picture::Picture;
use clap::Args;
use geo::Coord;
use merestone::io::{Dataset, Heights, Selected};
#[cfg(feature = "plates")]
use merestone::map::{ChartNotes, corridor_chart};
#[cfg(feature = "plates")]
use merestone::model::{LayerInfo, Name};
use merestone::model::{Place, Role, Route as ModelRoute, Territory, bounds_of_positions};
use merestone::question::{self, CorridorOptions, RANKS};
use merestone::report;
#[cfg(feature = "plates")]
use std::collections::BTreeMap;
#[cfg(feature = "plates")]
use std::path::PathBuf;
use std::process::ExitCode;

/// How charts are written.
#[cfg(feature = "plates")]
const CHART: Picture = Picture { dpi: 200.0, live_text: false };

/// How do alternative routes compare: whose land, which crossings, how steep, whom do they pass, what do they share?
///
/// It puts routes side by side and ranks them by one figure that you name. It recommends none.
#[derive(Args)]
#[command(after_help = "Examples:
  merestone corridor m2 tatev-bypass kapan-tsav-meghri
  merestone corridor m2 tatev-bypass --rank population --descending --format csv
  merestone corridor southern-railway aras-iran --rank ARM --chart strips.svg
  merestone corridor ways.geojson --territories land.geojson --heights none")]
pub struct Corridor {
    /// Routes: ids of the dataset, layers, or files (two routes or more)
    #[arg(value_name = "REF", required = true)]
    routes: Vec<String>,
    /// What to rank by: length, in_enclaves, outside, crossings, uncertain, climb, descent, lowest, highest, steepest,
    /// settlements, population, near_line, shared, schematic, or a territory for the length in it
    #[arg(long, value_name = "FIGURE", default_value = "length")]
    rank: String,
    /// The greatest first
    #[arg(long)]
    descending: bool,
    /// Territories to ask against (repeatable: several files are one layer) [default: states of the dataset, where the routes lie within their bounds]
    #[arg(long, value_name = "REF")]
    territories: Vec<String>,
    /// Settlements [default: places of the dataset, where the territories are its own]
    #[arg(long, value_name = "REF")]
    places: Option<String>,
    /// Heights: a file (GeoTIFF, .hgt …), or `none` [default: the relief of the dataset, where it has one]
    #[arg(long, value_name = "FILE")]
    heights: Option<String>,
    /// Distance between the places whose heights are read
    #[arg(long, value_name = "METRES", value_parser = metres, default_value = "1000")]
    step: f64,
    /// A settlement within so many metres of a route counts
    #[arg(long, value_name = "METRES", value_parser = metres, default_value = "5000")]
    settlements: f64,
    /// A route within so many metres of a line between territories counts as near it
    #[arg(long, value_name = "METRES", value_parser = metres, default_value = "1000")]
    near: f64,
    /// Routes within so many metres of each other share a stretch
    #[arg(long, value_name = "METRES", value_parser = metres, default_value = "50")]
    shared: f64,
    /// Draw a strip for each, all at one scale, into FILE (.svg, .png, .pdf)
    #[cfg(feature = "plates")]
    #[arg(long, value_name = "FILE")]
    chart: Option<PathBuf>,
    /// Accuracy (1 sigma) of what the files state none of: of the routes, of the lines, or of both together
    #[arg(long, value_name = "METRES", value_parser = metres)]
    accuracy: Option<f64>,
    #[command(flatten)]
    common: Common,
}

impl Corridor {
    pub fn run(&self) -> Result<ExitCode, CliError> {
        self.common.check_output()?;
        #[cfg(feature = "plates")]
        self.chart.as_deref().map_or(Ok(()), Picture::check)?;
        let dataset = self.common.dataset()?;
        let mut gathered = AnswerInputs::default();
        let mut selected: Vec<Selected<ModelRoute>> = Vec::new();
        for reference in &self.routes {
            selected.push(gathered.select(&self.common, &dataset, reference)?);
        }
        let territories = self.territories(&dataset, &selected, &mut gathered)?;
        let info = selected[0].info.clone();
        let places = self.places(&dataset, &mut gathered)?;
        #[cfg(feature = "plates")]
        let (names, mut sources) = (names(&selected, &territories), sources(&selected, &territories));
        let routes: Vec<ModelRoute> = selected.into_iter().flat_map(|one| one.features).collect();
        let heights = self.heights(&dataset, &routes)?;
        gathered.files.extend(heights.as_ref().map(|heights| heights.input().clone()));
        #[cfg(feature = "plates")]
        sources.extend(heights.as_ref().and_then(|heights| heights.info().cloned()));
        let at = heights.as_ref().map(|heights| move |at: Coord| heights.height_m(at.x, at.y));
        let at = at.as_ref().map(|at| at as question::HeightAt<'_>);
        let mut options = self.options();
        options.height_accuracy_m = heights.as_ref().and_then(Heights::vertical_accuracy_m);
        let answer = question::corridor(&routes, &territories.features, &places, at, &options)?;
        let answer = answer.of_sources(gathered.sources().of_layer(info.as_ref()).against(territories.label));
        #[cfg(feature = "plates")]
        if let Some(path) = &self.chart {
            let language = self.common.lang.first().map_or("en", String::as_str);
            let provenance = &answer.provenance;
            let notes = ChartNotes { sources: &sources, inputs: &provenance.inputs, provenance, language };
            CHART.write(&corridor_chart(&answer.report, &names, &notes)?, path)?;
        }
        self.common.emit(&report::envelope(answer))?;
        Ok(ExitCode::SUCCESS)
    }

    fn options(&self) -> CorridorOptions {
        let mut options = CorridorOptions::default();
        (options.settlements_within_m, options.line_within_m) = (self.settlements, self.near);
        (options.shared_within_m, options.height_step_m) = (self.shared, self.step);
        options.rank = figure(&self.rank);
        options.descending = self.descending;
        options.languages = self.common.lang.clone();
        options.route.accuracy_m = self.accuracy;
        options
    }

    fn territories(
        &self,
        dataset: &Dataset,
        selected: &[Selected<ModelRoute>],
        gathered: &mut AnswerInputs,
    ) -> Result<Selected<Territory>, CliError> {
        let stated = self.common.datum.axes.is_some();
        let has = dataset.layers().iter().any(|layer| layer.id == home::STATES);
        let references = match self.territories.as_slice() {
            [] if !has => return Err(CliError::usage("no territories are named", "name them: --territories FILE")),
            [] => vec![home::STATES.to_owned()],
            references => references.to_vec(),
        };
        let territories = gathered.territories(&self.common, dataset, &references)?;
        for of in selected.iter().filter(|of| of.info.is_none()) {
            if self.territories.is_empty() {
                home::refuse_beyond(&of.label, &of.features, &territories, stated)?;
            } else if !stated {
                let positions: Vec<Coord> = home::of_routes(&of.features).collect();
                refuse_against(&of.label, &positions, &territories.label, &territories.features)?;
            }
        }
        Ok(territories)
    }

    fn places(&self, dataset: &Dataset, gathered: &mut AnswerInputs) -> Result<Vec<Place>, CliError> {
        let has = || dataset.layers().iter().any(|layer| layer.id == home::PLACES && layer.role == Role::Place);
        let reference = match &self.places {
            Some(reference) => reference.as_str(),
            None if self.territories.is_empty() && has() => home::PLACES,
            None => return Ok(Vec::new()),
        };
        Ok(gathered.select::<Place>(&self.common, dataset, reference)?.features)
    }

    /// The heights to use; none if not wanted, or if the dataset has none.
    fn heights(&self, dataset: &Dataset, routes: &[ModelRoute]) -> Result<Option<Heights>, CliError> {
        let Some(bounds) = bounds_of_positions(home::of_routes(routes)) else { return Ok(None) };
        Ok(match self.heights.as_deref() {
            Some("none") => None,
            Some(path) => Some(Heights::read(path, Some(bounds), self.common.limits.limits())?),
            // The default relief is ignored silently where it does not extend.
            None => dataset
                .heights(Some(bounds))?
                .filter(|heights| home::of_routes(routes).any(|at| heights.height_m(at.x, at.y).is_some())),
        })
    }
}

/// Names of routes and territories by id.
#[cfg(feature = "plates")]
fn names(selected: &[Selected<ModelRoute>], territories: &Selected<Territory>) -> BTreeMap<String, Name> {
    let of_routes = selected.iter().flat_map(|one| one.features.iter().map(|route| &route.meta));
    let metas = of_routes.chain(territories.features.iter().map(|territory| &territory.meta));
    metas.map(|meta| (meta.id.clone(), meta.name.clone())).collect()
}

/// Manifest entries of the layers.
#[cfg(feature = "plates")]
fn sources(selected: &[Selected<ModelRoute>], territories: &Selected<Territory>) -> Vec<LayerInfo> {
    selected.iter().filter_map(|one| one.info.clone()).chain(territories.info.clone()).collect()
}

/// The name of a figure, without the unit that table columns and JSON members include.
fn figure(name: &str) -> String {
    let bare = ["_km", "_m", "_percent", "_share"].into_iter().find_map(|unit| name.strip_suffix(unit));
    bare.filter(|bare| RANKS.contains(bare)).unwrap_or(name).to_owned()
}

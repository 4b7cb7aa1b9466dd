//! `merestone trace`

use super::axes::refuse_against;
use super::common::{AnswerInputs, Common, metres, reading};
use super::error::CliError;
use super::home;
use super::sheets::position;
use super::usage::MINUS;
use clap::{Args, ValueEnum};
use geo::Coord;
use merestone::construct::{self, Mode, Network, NetworkOptions, TraceOptions, ViaPoint, Weight};
use merestone::earth::{edge_length_as, point_along};
use merestone::io::{Dataset, Reference, Selected, Shape};
use merestone::model::{Accuracy, Content, Role, Route, Territory, Warning, WarningCode, bounds_of_positions};
use merestone::question::{self, RouteOptions, TracedAs};
use merestone::report;
use merestone::topology::widest_place;
use std::process::ExitCode;

/// What is the shortest or fastest route along a network of roads or railways, and in whose land does it run?
///
/// The network is an OpenStreetMap extract (PBF or XML) or any layer of lines; lines meet where they have a position in
/// common. The answer has the length in each territory, the crossings, the ways that the route uses, the gaps of the
/// network, and as GeoJSON the route itself, for `route` and the other questions.
#[derive(Args)]
#[command(after_help = "Examples:
  merestone trace --network roads.geojson --territories land.geojson --via places.geojson#west --via 10.2,45
  merestone trace --network roads.geojson --territories land.geojson --via 10,45 --via 10.2,45 --avoid b
  merestone trace --network roads.geojson --via 10.15,45 --via 10.25,45 --bridge 10 --output route.geojson
  merestone trace --network railways.geojson --mode rail --via 10,45 --via 10.1,45 --weight time")]
pub struct Trace {
    /// The lines to go along: a file, or a layer of the dataset
    #[arg(long, value_name = "REF")]
    network: String,
    /// A place to go through (two or more): a place, another feature, or a position
    #[arg(long, value_name = "REF|LON,LAT", required = true)]
    via: Vec<String>,
    /// Which ways to use
    #[arg(long, value_enum, default_value = "road")]
    mode: ModeArg,
    /// What to have least of: length, or time at a speed by class of way
    #[arg(long, value_enum, default_value = "length")]
    weight: WeightArg,
    /// A territory never to touch (repeatable)
    #[arg(long, value_name = "TERRITORY")]
    avoid: Vec<String>,
    /// A territory to keep to (repeatable): a metre outside of them counts twice
    #[arg(long, value_name = "TERRITORY")]
    prefer: Vec<String>,
    /// Join loose ends of lines to a line within so many metres
    #[arg(long, value_name = "METRES", value_parser = metres)]
    snap: Option<f64>,
    /// Bridge gaps up to so many metres between parts of the network, and say where
    #[arg(long, value_name = "METRES", value_parser = metres)]
    bridge: Option<f64>,
    /// How far a place to go through may be from a way
    #[arg(long, value_name = "METRES", value_parser = metres, default_value = "5000")]
    within: f64,
    /// Territories to ask against (repeatable: several files are one layer) [default: those that hold --avoid or --prefer, else
    /// states of the dataset, where the network lies within their bounds]
    #[arg(long, value_name = "REF")]
    territories: Vec<String>,
    /// Accuracy (1 sigma) of what the files state none of: of the network, of the territories, or of both together
    #[arg(long, value_name = "METRES", value_parser = metres)]
    accuracy: Option<f64>,
    /// Id of the route in the answer
    #[arg(long, value_name = "ID", default_value = "traced")]
    id: String,
    #[command(flatten)]
    common: Common,
}

#[derive(Clone, Copy, ValueEnum)]
enum ModeArg {
    /// Railways in use
    Rail,
    /// Roads and tracks for motor vehicles; one-way roads in their direction
    Road,
}

#[derive(Clone, Copy, ValueEnum)]
enum WeightArg {
    Length,
    Time,
}

impl Trace {
    pub fn run(&self) -> Result<ExitCode, CliError> {
        self.common.check_output()?;
        let dataset = self.common.dataset()?;
        let mut gathered = AnswerInputs::default();
        let mut vias = Vec::new();
        for text in &self.via {
            vias.push(self.via(&dataset, text, &mut gathered)?);
        }
        let mut lines = self.lines(&dataset)?;
        gathered.files.push(lines.input.clone());
        gathered.warnings.append(&mut lines.warnings);
        let territories = self.territories(&dataset, &lines, &mut gathered)?;
        let stated_m = Accuracy::stated_m(lines.features.iter().map(Shape::meta));
        let mut called = TracedAs::default();
        called.id = self.id.clone();
        called.source = Some(lines.info.as_ref().map_or(lines.label.clone(), |info| info.source.clone()));
        called.date = lines.info.as_ref().map(|info| info.date.clone());
        let (network, more) = Network::new(lines.features, &self.network_options());
        gathered.warnings.extend(more);
        let (label, territories) = territories.map(|selected| (selected.label, selected.features)).unzip();
        let territories: Vec<Territory> = territories.unwrap_or_default();
        let options = self.trace_options();
        let trace = construct::trace(&network, &vias, &territories, &options)?;
        let mut route_options = RouteOptions::default();
        route_options.accuracy_m = self.accuracy;
        let answer = question::traced(&network, &trace, &called, &options, &territories, &route_options);
        let mut sources = gathered.sources().of_layer(lines.info.as_ref()).accurate_to(stated_m);
        sources.territories = label;
        self.common.emit(&report::envelope(answer.of_sources(sources)))?;
        Ok(ExitCode::SUCCESS)
    }

    fn network_options(&self) -> NetworkOptions {
        let mut options = NetworkOptions::default();
        options.mode = match self.mode {
            ModeArg::Rail => Mode::Rail,
            ModeArg::Road => Mode::Road,
        };
        (options.snap_m, options.bridge_m) = (self.snap, self.bridge);
        options
    }

    fn trace_options(&self) -> TraceOptions {
        let ids = |all: &[String]| all.iter().map(|id| last(id).to_owned()).collect();
        let mut options = TraceOptions::default();
        options.weight = match self.weight {
            WeightArg::Length => Weight::Length,
            WeightArg::Time => Weight::Time,
        };
        (options.avoid, options.prefer) = (ids(&self.avoid), ids(&self.prefer));
        options.within_m = self.within;
        options
    }

    /// The lines of the network; `--id-field` and `--where` apply to the territories if these are named.
    fn lines(&self, dataset: &Dataset) -> Result<Selected<Route>, CliError> {
        let mut options = self.common.options_of(None, &self.network);
        if !self.territories.is_empty() {
            (options.filter, options.id_field) = (self.common.datum.perspective.filter(), None);
        }
        Ok(reading(&self.network, || dataset.select(&Reference::parse(&self.network), &options))?)
    }

    /// The territories to ask against; none where none are named and the network lies elsewhere than the dataset.
    fn territories(
        &self,
        dataset: &Dataset,
        lines: &Selected<Route>,
        gathered: &mut AnswerInputs,
    ) -> Result<Option<Selected<Territory>>, CliError> {
        let named = self.avoid.iter().chain(&self.prefer);
        let bounds = bounds_of_positions(home::of_routes(&lines.features));
        let layers = match (self.territories.as_slice(), named.clone().next()) {
            ([], Some(id)) => vec![dataset.layer_of::<Territory>(id)?.0.id.clone()],
            ([], None) => {
                let has =
                    |id: &str| dataset.layers().iter().any(|layer| layer.id == id && layer.role == Role::Territory);
                let states = has(home::STATES).then(|| self.common.select::<Territory>(dataset, home::STATES));
                let Some(states) = states.transpose()? else { return Ok(None) };
                let home = bounds_of_positions(home::of_territories(&states.features));
                if lines.info.is_none() && !bounds.zip(home).is_some_and(|(inner, home)| home::is_within(inner, home)) {
                    let message = format!(
                        "{} does not lie within the bounds of the dataset: no territories are asked against; name them with \
                         --territories",
                        lines.label
                    );
                    gathered.warnings.push(Warning { code: WarningCode::Note, message, feature: None });
                    return Ok(None);
                }
                vec![home::STATES.to_owned()]
            }
            (references, _) => references.to_vec(),
        };
        let selected = gathered.territories(&self.common, dataset, &layers)?;
        for id in named {
            selected.find(last(id))?;
        }
        if lines.info.is_none() && self.common.datum.axes.is_none() {
            let positions: Vec<Coord> = home::of_routes(&lines.features).collect();
            refuse_against(&lines.label, &positions, &selected.label, &selected.features)?;
        }
        Ok(Some(selected))
    }

    /// A via point: a position; a place; the midpoint of a line; the widest place of a polygon.
    fn via(&self, dataset: &Dataset, text: &str, gathered: &mut AnswerInputs) -> Result<ViaPoint, CliError> {
        let text = text.replace(MINUS, "-");
        if let Some(position) = position(&text)? {
            return Ok(ViaPoint { name: text, position });
        }
        let mut options = self.common.options_of(None, &text);
        options.filter = self.common.datum.perspective.filter();
        let mut found = dataset.select_any(&Reference::parse(&text), &options)?;
        let several = found.contents.iter().map(|content| content.metas().len()).sum::<usize>();
        let one = found.contents.first().filter(|_| several == 1).and_then(middle);
        let Some((id, position)) = one else {
            let message = format!("--via {text}: it names {several} features");
            return Err(CliError::usage(
                message,
                "name one of them, like FILE#ID, or give a position: --via 45.2,39.6",
            ));
        };
        gathered.files.push(found.input);
        gathered.warnings.append(&mut found.warnings);
        Ok(ViaPoint { name: id, position })
    }
}

/// The id in `layer/id`.
fn last(reference: &str) -> &str {
    reference.rsplit('/').next().unwrap_or(reference)
}

/// The position that represents a feature, with its id.
fn middle(content: &Content) -> Option<(String, Coord)> {
    let id = content.metas().first()?.id.clone();
    let position = match content {
        Content::Places(places) => places.first()?.position,
        Content::Territories(territories) => {
            let parts = &territories.first()?.parts();
            widest_place(parts.first()?, 1.0).1
        }
        Content::Pieces(pieces) => widest_place(pieces.first()?.parts.first()?, 1.0).1,
        other => half_way(other)?,
    };
    Some((id, position))
}

/// The midpoint of the first run of a line.
fn half_way(content: &Content) -> Option<Coord> {
    let courses = content.courses();
    let (meta, runs) = courses.first()?;
    let run = runs.first()?;
    let length = |edge: &[Coord]| edge_length_as(edge[0], edge[1], meta.edges);
    let mut left_m = run.windows(2).map(length).sum::<f64>() / 2.0;
    for edge in run.windows(2) {
        let edge_m = length(edge);
        if left_m <= edge_m && edge_m > 0.0 {
            return Some(point_along(edge[0], edge[1], left_m / edge_m));
        }
        left_m -= edge_m;
    }
    run.last().copied()
}

//! Questions about routes.

use super::{PLACES, STATES, heights, languages, or_layer, word};
use crate::answer::{Answer, Chart, ask, ask_drawn};
use crate::band::{self, Band};
use crate::fault::{Fault, Result};
use crate::guard;
use crate::layer::{Gathered, Input, Layer};
use library::construct::{self, Mode, Network, NetworkOptions, TraceOptions, ViaPoint, Weight};
use library::geo::Coord;
use library::io::{Heights, Selected};
use library::map::{ChartNotes, corridor_chart};
use library::model::{Accuracy, Content, LayerInfo, Name, Place, Route, Territory, bounds_of_positions};
use library::question::{self, CorridorOptions, RouteOptions, TracedAs};
use library::report::envelope;
use pyo3::prelude::*;
use std::collections::BTreeMap;

/// The territories to ask against: those of the dataset only for routes of the dataset.
fn against(data: Option<Input>, info: Option<&LayerInfo>) -> Result<Layer> {
    match data {
        None if info.is_none() => Err(Fault::argument("no territories are named", "name them: territories=…")),
        data => Ok(or_layer(data, STATES)),
    }
}

fn positions(routes: &[Route]) -> impl Iterator<Item = Coord> {
    routes.iter().flat_map(|route| &route.runs).flat_map(|run| run.0.iter().copied())
}

/// How long is a route, in which territory, and where does it cross?
#[pyfunction]
#[pyo3(signature = (routes, territories=None, *, through=None, accuracy_m=None, band=None))]
pub fn routes(
    py: Python<'_>,
    routes: Input,
    territories: Option<Input>,
    through: Option<Vec<String>>,
    accuracy_m: Option<f64>,
    band: Option<Band>,
) -> PyResult<Answer> {
    ask(py, || {
        let mut gathered = Gathered::default();
        let data = routes.0;
        let routes = gathered.select::<Route>(&data)?;
        let info = gathered.info.clone();
        let mut territories = gathered.territories(&against(territories, info.as_ref())?)?;
        held_against(&data, info.as_ref(), &routes, &territories)?;
        let mut label = territories.label.clone();
        if let Some(ids) = &through {
            territories.keep(ids.iter().map(String::as_str))?;
            label = format!("{label}: {}", ids.join(", "));
        }
        let mut options = RouteOptions::default();
        options.accuracy_m = accuracy_m;
        let answer = question::routes(&routes, &territories.features, &options);
        let sources = gathered.sources().of_layer(info.as_ref()).against(label);
        let mut answer = answer.of_sources(sources);
        if let Some(band) = band::options(band, accuracy_m)? {
            question::certain_lengths(&mut answer.report, &routes, &territories.features, &band);
        }
        let mut answer = envelope(answer);
        if let (Some(m), Some(uncertain)) = (accuracy_m, &mut answer.method.uncertain) {
            uncertain.push_str(&format!("; accuracy {m} m where a file states none"));
        }
        Ok(answer)
    })
}

/// How do alternative routes compare: whose land, which crossings, how steep, whom do they pass?
#[pyfunction]
#[pyo3(signature = (routes, territories=None, *, places=None, relief=None, rank="length", descending=false, step_m=1000.0,
    settlements_m=5000.0, near_m=1000.0, shared_m=50.0, accuracy_m=None, lang=None))]
#[expect(clippy::too_many_arguments, reason = "each is an argument of the Python function")]
pub fn corridor(
    py: Python<'_>,
    routes: Input,
    territories: Option<Input>,
    places: Option<Input>,
    relief: Option<String>,
    rank: &str,
    descending: bool,
    step_m: f64,
    settlements_m: f64,
    near_m: f64,
    shared_m: f64,
    accuracy_m: Option<f64>,
    lang: Option<Vec<String>>,
) -> PyResult<Answer> {
    let rank = rank.to_owned();
    ask_drawn(py, move || {
        let mut gathered = Gathered::default();
        let given = routes.0;
        let routes = gathered.select::<Route>(&given)?;
        let info = gathered.info.clone();
        let is_home = territories.is_none();
        let data = against(territories, info.as_ref())?;
        let territories = gathered.territories(&data)?;
        held_against(&given, info.as_ref(), &routes, &territories)?;
        let places = match places {
            Some(places) => gathered.select::<Place>(&places.0)?,
            None if is_home => gathered.select::<Place>(&Layer::named(PLACES))?,
            None => Vec::new(),
        };
        let bounds = bounds_of_positions(positions(&routes));
        let heights = match relief {
            Some(path) => Some(heights(&path, bounds)?),
            None => data.dataset().heights(bounds)?,
        };
        let heights = heights.filter(|heights| positions(&routes).any(|at| heights.height_m(at.x, at.y).is_some()));
        gathered.files.extend(heights.as_ref().map(|heights| heights.input().clone()));
        let at = heights.as_ref().map(|heights| move |at: Coord| heights.height_m(at.x, at.y));
        let at = at.as_ref().map(|at| at as question::HeightAt<'_>);
        let mut options = CorridorOptions::default();
        (options.settlements_within_m, options.line_within_m) = (settlements_m, near_m);
        (options.shared_within_m, options.height_step_m) = (shared_m, step_m);
        options.height_accuracy_m = heights.as_ref().and_then(Heights::vertical_accuracy_m);
        (options.rank, options.descending) = (rank, descending);
        options.languages = languages(lang);
        options.route.accuracy_m = accuracy_m;
        let answer =
            question::corridor(&routes, &territories.features, &places, at, &options).map_err(Fault::question)?;
        let metas = routes.iter().map(|route| &route.meta).chain(territories.features.iter().map(|one| &one.meta));
        let names: BTreeMap<String, Name> = metas.map(|meta| (meta.id.clone(), meta.name.clone())).collect();
        let layers = [info.clone(), territories.info, heights.as_ref().and_then(|heights| heights.info().cloned())];
        let layers: Vec<LayerInfo> = layers.into_iter().flatten().collect();
        let sources = gathered.sources().of_layer(info.as_ref()).against(territories.label);
        let answer = answer.of_sources(sources);
        let (report, provenance) = (answer.report.clone(), answer.provenance.clone());
        let chart: Chart = Box::new(move |language| {
            let inputs = &provenance.inputs;
            corridor_chart(&report, &names, &ChartNotes { sources: &layers, inputs, provenance: &provenance, language })
        });
        Ok((envelope(answer), Some(chart)))
    })
}

/// Refuses routes of files that meet the territories only with their axes exchanged.
fn held_against(
    data: &Layer,
    info: Option<&LayerInfo>,
    routes: &[Route],
    territories: &Selected<Territory>,
) -> Result<()> {
    match info {
        Some(_) => Ok(()),
        None => {
            let positions: Vec<Coord> = positions(routes).collect();
            guard::of_positions(data, &positions, &territories.label, &territories.features)
        }
    }
}

/// A via point: longitude and latitude, or data with one point.
#[derive(FromPyObject)]
#[expect(clippy::large_enum_variant, reason = "there are a few, read once")]
pub enum Via {
    At(f64, f64),
    Of(Input),
}

impl Via {
    fn point(&self, gathered: &mut Gathered) -> Result<ViaPoint> {
        let data = match self {
            Via::At(x, y) => return Ok(ViaPoint { name: format!("{x},{y}"), position: Coord { x: *x, y: *y } }),
            Via::Of(data) => &data.0,
        };
        match gathered.select::<Place>(data)?.as_slice() {
            [place] => Ok(ViaPoint { name: place.meta.id.clone(), position: place.position }),
            several => {
                let message = format!("via {}: it names {} points", data.label(), several.len());
                Err(Fault::argument(message, "give one of them, or a position: via=[(45.2, 39.6), …]"))
            }
        }
    }
}

/// What is the shortest or fastest route along a network through given points?
#[pyfunction]
#[pyo3(signature = (network, via, territories=None, *, mode="road", weight="length", avoid=None, prefer=None, within_m=None,
    snap_m=None, bridge_m=None, accuracy_m=None, id="trace"))]
#[expect(clippy::too_many_arguments, reason = "each is an argument of the Python function")]
pub fn trace(
    py: Python<'_>,
    network: Input,
    via: Vec<Via>,
    territories: Option<Input>,
    mode: &str,
    weight: &str,
    avoid: Option<Vec<String>>,
    prefer: Option<Vec<String>>,
    within_m: Option<f64>,
    snap_m: Option<f64>,
    bridge_m: Option<f64>,
    accuracy_m: Option<f64>,
    id: &str,
) -> PyResult<Answer> {
    let mode = word("the mode", mode, &[("road", Mode::Road), ("rail", Mode::Rail)])?;
    let weight = word("the weight", weight, &[("length", Weight::Length), ("time", Weight::Time)])?;
    let id = id.to_owned();
    ask(py, move || {
        let mut gathered = Gathered::default();
        let vias = via.iter().map(|via| via.point(&mut gathered)).collect::<Result<Vec<_>>>()?;
        gathered.info = None;
        let data = network.0;
        let lines = gathered.select::<Route>(&data)?;
        let info = gathered.info.clone();
        let territories = match territories {
            None if info.is_none() => None,
            given => Some(gathered.territories(&or_layer(given, STATES))?),
        };
        if let Some(territories) = &territories {
            held_against(&data, info.as_ref(), &lines, territories)?;
        }
        let stated_m = Accuracy::stated_m(Content::Routes(lines.clone()).metas());
        let mut called = TracedAs::default();
        called.id = id;
        called.source = Some(info.as_ref().map_or_else(|| data.label(), |info| info.source.clone()));
        called.date = info.as_ref().map(|info| info.date.clone());
        let mut options = NetworkOptions::default();
        (options.mode, options.snap_m, options.bridge_m) = (mode, snap_m, bridge_m);
        let (network, more) = Network::new(lines, &options);
        gathered.warnings.extend(more);
        let (label, land) = territories.map(|selected| (selected.label, selected.features)).unzip();
        let land: Vec<Territory> = land.unwrap_or_default();
        let mut options = TraceOptions::default();
        options.weight = weight;
        (options.avoid, options.prefer) = (avoid.unwrap_or_default(), prefer.unwrap_or_default());
        options.within_m = within_m.unwrap_or(options.within_m);
        let trace = construct::trace(&network, &vias, &land, &options).map_err(Fault::question)?;
        let mut route_options = RouteOptions::default();
        route_options.accuracy_m = accuracy_m;
        let answer = question::traced(&network, &trace, &called, &options, &land, &route_options);
        let mut sources = gathered.sources().of_layer(info.as_ref()).accurate_to(stated_m);
        sources.territories = label;
        Ok(envelope(answer.of_sources(sources)))
    })
}

//! Plates: invariants of every sheet.

#[path = "maps/album.rs"]
mod album;
#[path = "maps/cartography.rs"]
mod cartography;
#[path = "maps/committed.rs"]
mod committed;
#[path = "maps/crossings.rs"]
mod crossings;
#[path = "maps/foreign.rs"]
mod foreign;
#[path = "maps/furniture.rs"]
mod furniture;
#[path = "maps/layout.rs"]
mod layout;
#[path = "maps/line_names.rs"]
mod line_names;
#[path = "maps/lint.rs"]
mod lint;
#[path = "maps/odd.rs"]
mod odd;
#[path = "maps/opinion.rs"]
mod opinion;
#[path = "maps/other_borders.rs"]
mod other_borders;
#[path = "maps/pdf.rs"]
mod pdf;
#[path = "maps/presets.rs"]
mod presets;
#[path = "maps/relief.rs"]
mod relief;
#[path = "maps/reported.rs"]
mod reported;
#[path = "maps/rivers.rs"]
mod rivers;
#[path = "maps/roles.rs"]
mod roles;
#[path = "maps/sacred.rs"]
mod sacred;
#[path = "maps/truth.rs"]
mod truth;
#[path = "maps/user_data.rs"]
mod user_data;
#[path = "maps/world.rs"]
mod world;

use merestone::io::{Dataset, ReadOptions, Reference};
use merestone::map::{Plate, PlateOptions, PlateSpec, ReliefGrid, WorldOutline, draw};
use merestone::model::{Content, Layer, Territory};
use merestone::question::{RouteOptions, RouteReport, routes};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock};

/// The layers of the embedded dataset that a specification names.
fn layers(spec: &PlateSpec) -> Vec<Layer> {
    let data = Dataset::embedded();
    spec.layers_needed().iter().map(|id| data.layer(id, None).expect("the dataset has it").0).collect()
}

/// The reports of the routes whose crossings or profile a specification shows.
fn reports(spec: &PlateSpec, layers: &[Layer]) -> Vec<RouteReport> {
    let Some((territories, _)) = spec.routes_needed() else { return Vec::new() };
    let reference = Reference::parse(territories);
    let territories =
        Dataset::embedded().select::<Territory>(&reference, &ReadOptions::default()).expect("the dataset has it");
    let all = layers.iter().find_map(|l| if let Content::Routes(all) = &l.content { Some(all) } else { None });
    routes(all.expect("the plate has routes"), &territories.features, &RouteOptions::default()).report
}

/// The default options of a plate.
fn options(spec: &PlateSpec, layers: &[Layer]) -> PlateOptions {
    let parties = Dataset::embedded().parties().to_vec();
    let mut options = PlateOptions::default();
    options.routes = reports(spec, layers);
    options.parties = parties;
    options.world = Some(WorldOutline::embedded());
    options.relief = spec.relief.is_some().then(embedded_relief);
    options
}

/// The heights of the embedded dataset.
fn embedded_relief() -> ReliefGrid {
    let heights = Dataset::embedded().heights(None).expect("it is read").expect("the dataset has a relief");
    let ([west, _, _, north], (across, down)) = (heights.bounds(), heights.step_deg());
    let node = |column: usize, row: usize| heights.node_m(column, row);
    let mut grid = ReliefGrid::of_nodes([west, north], [across, down], heights.size(), node);
    let info = heights.info().expect("the manifest speaks of it");
    let bare = |text: &str| text.trim_end_matches('.').to_owned();
    let [source, attribution, licence] = [&info.source, &info.attribution, &info.licence].map(|text| bare(text));
    grid.credit = format!("{source} ({}). {attribution}. {licence}.", info.date);
    grid.id = info.id.clone();
    grid.sha256 = heights.input().sha256.clone();
    grid.accuracy_m = heights.vertical_accuracy_m();
    grid
}

/// A preset as the program draws it, shared by all tests.
fn preset(name: &str) -> Arc<Plate> {
    type Sheets = BTreeMap<String, Arc<OnceLock<Arc<Plate>>>>;
    static SHEETS: Mutex<Sheets> = Mutex::new(BTreeMap::new());
    let sheet = Arc::clone(SHEETS.lock().expect("no test failed here").entry(name.to_owned()).or_default());
    Arc::clone(sheet.get_or_init(|| Arc::new(plate(&PlateSpec::preset(name).expect("listed")))))
}

fn plate(spec: &PlateSpec) -> Plate {
    let layers = layers(spec);
    draw(spec, &layers, &options(spec, &layers)).expect("it draws")
}

//! What a plate is drawn from: its layers, read from the dataset or from files, and the reports on its routes.

use super::axes::{doubts, refuse_beside};
use super::common::warn;
use super::error::CliError;
use super::home;
use merestone::io::{Dataset, Found, Problem, ReadError, ReadOptions, Reference, Selected, Shape};
use merestone::map::{LayerSpec, PlateSpec};
use merestone::model::{Content, Input, Layer, LayerInfo, Line, Party, Piece, Place, Role, Route, Territory, Warning};
use merestone::question::{self, RouteOptions, RouteReport};
use std::path::Path;

/// Reads the layers that a specification names, files from its own folder first.
pub fn layers(
    spec: &PlateSpec,
    folder: Option<&Path>,
    dataset: &Dataset,
    options: &ReadOptions,
    quiet: bool,
) -> Result<Vec<Layer>, CliError> {
    let (mut layers, mut noticed) = (Vec::new(), Vec::new());
    for wanted in spec.layers_shown() {
        let Some(file) = &wanted.file else {
            let (layer, warnings) = dataset.layer(&wanted.id, options.edges)?;
            noticed.extend(warnings);
            layers.push(layer);
            continue;
        };
        let file = beside(file, folder);
        if let (Some(folder), Reference::File { path, .. }) = (folder, &file)
            && !options.limits.may_name(folder, Path::new(path))
        {
            let problem = Problem::Outside { layer: wanted.id.clone(), file: path.clone() };
            return Err(ReadError::new("the specification", problem).into());
        }
        let found = found(&wanted, &file, dataset, options)?;
        noticed.extend(found.warnings.iter().cloned());
        let layer = |layer: Layer| Layer { info: stated(layer.info, &wanted), ..layer };
        layers.extend(as_layers(found, 0).into_iter().map(layer));
    }
    together(layers, &noticed, quiet)
}

/// Layers that one plate shows, with what was noticed of them; refused where one lies elsewhere by its axes alone.
pub fn together(layers: Vec<Layer>, noticed: &[Warning], quiet: bool) -> Result<Vec<Layer>, CliError> {
    let inputs: Vec<Input> = layers.iter().map(|layer| layer.input.clone()).collect();
    refuse_beside(&inputs)?;
    if !quiet {
        warn(noticed);
        warn(&doubts(&inputs));
    }
    Ok(layers)
}

/// The parties of the dataset, where one of the layers is from it.
pub fn parties(layers: &[Layer], dataset: &Dataset) -> Vec<Party> {
    let of_dataset = |layer: &Layer| dataset.layers().contains(&layer.info);
    if layers.iter().any(of_dataset) { dataset.parties().to_vec() } else { Vec::new() }
}

/// The reports on the routes of whose crossings or profile the plate speaks.
pub fn reports(
    spec: &PlateSpec,
    layers: &[Layer],
    dataset: &Dataset,
    options: &ReadOptions,
) -> Result<Vec<RouteReport>, CliError> {
    let Some((territories, ids)) = spec.routes_needed() else { return Ok(Vec::new()) };
    let all =
        layers.iter().filter_map(|l| if let Content::Routes(routes) = &l.content { Some((l, routes)) } else { None });
    let wanted = |route: &&Route| ids.is_empty() || ids.contains(&route.meta.id.as_str());
    let mut routes: Vec<Route> = Vec::new();
    let mut of_files: Vec<Route> = Vec::new();
    for (layer, all) in all {
        let found: Vec<Route> = all.iter().filter(wanted).cloned().collect();
        if !dataset.layers().contains(&layer.info) {
            of_files.extend(found.iter().cloned());
        }
        routes.extend(found);
    }
    // A layer of the plate, else what the reference names.
    let own = layers.iter().filter(|layer| layer.info.id == territories);
    let mut own =
        own.filter_map(|l| if let Content::Territories(all) = &l.content { Some(all) } else { None }).peekable();
    let territories = match own.peek() {
        Some(_) => own.flatten().cloned().collect(),
        None => {
            let mut plain = ReadOptions::default();
            plain.limits = options.limits;
            let named = dataset.select::<Territory>(&Reference::parse(territories), &plain)?;
            if named.info.is_some() {
                home::refuse_beyond("a route of the plate", &of_files, &named, options.frame.axes.is_some())?;
            }
            named.features
        }
    };
    Ok(question::routes(&routes, territories, &RouteOptions::default()).0)
}

/// A reference to a file beside the specification, where there is one.
fn beside(file: &str, folder: Option<&Path>) -> Reference {
    placed(Reference::parse(file), folder)
}

fn placed(reference: Reference, folder: Option<&Path>) -> Reference {
    match (reference, folder) {
        (Reference::Where { of, filter }, folder) => Reference::Where { of: Box::new(placed(*of, folder)), filter },
        (Reference::File { path, fragment }, Some(folder)) if folder.join(&path).exists() => {
            Reference::File { path: folder.join(&path).display().to_string(), fragment }
        }
        (reference, _) => reference,
    }
}

/// The features of a file, in the role that the specification gives them.
fn found(spec: &LayerSpec, of: &Reference, dataset: &Dataset, options: &ReadOptions) -> Result<Found, CliError> {
    fn as_found<T: Shape>(all: Selected<T>, content: impl Fn(Vec<T>) -> Content) -> Found {
        let Selected { label, features, input, info, warnings, .. } = all;
        Found { label, contents: vec![content(features)], input, info, warnings }
    }
    Ok(match spec.role {
        None => dataset.select_any(of, options)?,
        Some(Role::Territory | Role::Water) => {
            as_found(dataset.select::<Territory>(of, options)?, Content::Territories)
        }
        Some(Role::Line) => as_found(dataset.select::<Line>(of, options)?, Content::Lines),
        Some(Role::Route) => as_found(dataset.select::<Route>(of, options)?, Content::Routes),
        Some(Role::Place | Role::Mark) => as_found(dataset.select::<Place>(of, options)?, Content::Places),
        Some(Role::Proposal) => as_found(dataset.select::<Piece>(of, options)?, Content::Pieces),
    })
}

/// What the specification states of a file's data.
fn stated(info: LayerInfo, spec: &LayerSpec) -> LayerInfo {
    let or = |stated: &Option<String>, known: String| stated.clone().unwrap_or(known);
    LayerInfo {
        id: spec.id.clone(),
        role: spec.role.unwrap_or(info.role),
        source: or(&spec.source, info.source),
        licence: or(&spec.licence, info.licence),
        attribution: or(&spec.attribution, info.attribution),
        date: or(&spec.date, info.date),
        ..info
    }
}

/// Features of a reference as layers, one for each noun.
pub fn as_layers(found: Found, taken: usize) -> Vec<Layer> {
    let label = found.label;
    let info = found.info;
    let input = found.input;
    let layer = |(i, content): (usize, Content)| {
        let role = match &content {
            Content::Territories(_) => Role::Territory,
            Content::Lines(_) => Role::Line,
            Content::Routes(_) => Role::Route,
            Content::Places(_) => Role::Place,
            Content::Pieces(_) => Role::Proposal,
        };
        // Of a file its name: where it lies on somebody's disk is no source.
        let file =
            Path::new(&label).file_name().map_or_else(|| label.clone(), |name| name.to_string_lossy().into_owned());
        let given = info.clone().unwrap_or_else(|| LayerInfo::bare("", role, &file));
        let id = if given.id.is_empty() { format!("layer {}", taken + i + 1) } else { given.id.clone() };
        Layer { info: LayerInfo { id, ..given }, input: input.clone(), content }
    };
    found.contents.into_iter().enumerate().map(layer).collect()
}

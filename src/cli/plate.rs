//! Inputs of a plate: its layers, read from the dataset or from files, and the reports on its routes.

use super::answer::advise;
use super::axes::{doubts, refuse_beside};
use super::builtin;
use super::common::warn;
use super::error::CliError;
use super::home;
use merestone::inputs::{as_layers, stated_by};
use merestone::io::{
    Dataset, Day, Found, Heights, Problem, ReadError, ReadOptions, Reference, Selected, Shape, nearest,
};
use merestone::map::{LayerSpec, PlateSpec, ReliefGrid, ReliefSpec};
use merestone::model::{
    Content, Input, Layer, LayerInfo, Line, Meta, Party, Piece, Place, Role, Route, Territory, Warning, WarningCode,
};
use merestone::question::{self, RouteOptions, RouteReport};
use std::path::Path;

/// The plate of a preset or of a specification, with its layers.
pub fn specified(
    plate: &str,
    dataset: &Dataset,
    options: &ReadOptions,
    quiet: bool,
) -> Result<(PlateSpec, Vec<Layer>), CliError> {
    let spec = match builtin::preset(plate) {
        Some(spec) => spec,
        None if Path::new(plate).extension().is_none() && !Path::new(plate).exists() => {
            return Err(unknown_preset(plate));
        }
        None if is_data(Path::new(plate)) => {
            return Err(CliError::usage(
                format!("{plate}: this is not a specification of a plate"),
                format!("merestone map --layer {plate} -o plate.svg draws data without one"),
            ));
        }
        None => {
            let text = std::fs::read_to_string(plate).map_err(|error| {
                CliError::usage(
                    format!("{plate}: {error}"),
                    "give a specification in TOML, or a preset: --list names them",
                )
            })?;
            PlateSpec::parse(&text, plate)?
        }
    };
    let folder = Path::new(plate).parent();
    let layers = layers(&spec, folder, dataset, options, quiet)?;
    Ok((spec, layers))
}

/// Whether a file that exists has an extension other than that of a specification.
fn is_data(path: &Path) -> bool {
    let is_toml = |extension: &std::ffi::OsStr| extension.eq_ignore_ascii_case("toml");
    path.exists() && path.extension().is_some_and(|extension| !is_toml(extension))
}

pub fn unknown_preset(name: &str) -> CliError {
    let names: Vec<String> = builtin::presets().iter().map(|(known, _)| (*known).to_owned()).collect();
    if names.is_empty() {
        let hint = "name a specification, a .toml file; presets come with the dataset, which this build does not embed";
        return CliError::usage(format!("there is no preset \"{name}\""), hint);
    }
    let meant = nearest(name, &names).map_or(String::new(), |known| format!("did you mean `{known}`? "));
    CliError::usage(
        format!("there is no preset \"{name}\""),
        format!("{meant}Presets are: {}; a specification is a .toml file", names.join(", ")),
    )
}

/// Reads the layers of a specification; files relative to its folder are preferred.
pub fn layers(
    spec: &PlateSpec,
    folder: Option<&Path>,
    dataset: &Dataset,
    options: &ReadOptions,
    quiet: bool,
) -> Result<Vec<Layer>, CliError> {
    let (mut layers, mut noticed) = (Vec::new(), Vec::new());
    let shown = spec.layers_shown();
    for wanted in &shown {
        let Some(file) = &wanted.file else {
            // Several entries may select features of one layer.
            if layers.iter().any(|layer: &Layer| layer.info.id == wanted.id) {
                continue;
            }
            if let Some((rest, warnings)) = dataset.rest_of(&wanted.id, options.edges)? {
                noticed.extend(warnings);
                layers.push(rest);
                if dataset.stand_in(&wanted.id).is_some_and(|other| shown.iter().any(|layer| layer.id == other)) {
                    continue;
                }
            }
            let (mut layer, warnings) = dataset.layer(&wanted.id, options.edges)?;
            noticed.extend(warnings);
            noticed.extend(without_younger(&mut layer, options));
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
        let found = found(wanted, &file, dataset, options)?;
        noticed.extend(found.warnings.iter().cloned());
        for layer in as_layers(found, 0) {
            let mut layer = Layer { info: stated_by(wanted, layer.info), ..layer };
            noticed.extend(without_younger(&mut layer, options));
            layers.push(layer);
        }
    }
    together(layers, &noticed, quiet)
}

/// Takes from a plate the texts on what is younger than its day.
pub fn without_younger_texts(spec: &mut PlateSpec, options: &ReadOptions) {
    let from = spec.texts_from.as_deref().and_then(Day::first_of);
    if from.zip(options.filter.day()).is_some_and(|(from, day)| day < from) {
        spec.subtitle.clear();
        spec.remark.clear();
        spec.notes.clear();
    }
}

/// Takes from a layer what is younger than the day of the plate: features whose data are of a later date, if nothing says
/// since when they are valid. Water, rivers and settlements are taken as older than their data.
pub fn without_younger(layer: &mut Layer, options: &ReadOptions) -> Option<Warning> {
    let day = options.filter.day()?;
    if !matches!(layer.info.role, Role::Territory | Role::Line | Role::Route | Role::Mark | Role::Proposal) {
        return None;
    }
    let of_layer = layer.info.date.clone();
    let is_older = |meta: &Meta| {
        let date = meta.evidence.date.as_deref().unwrap_or(&of_layer);
        meta.valid_from.is_some() || Day::first_of(date).is_none_or(|date| date <= day)
    };
    let before = layer.content.metas().len();
    match &mut layer.content {
        Content::Territories(all) => all.retain(|one| is_older(&one.meta)),
        Content::Lines(all) => all.retain(|one| is_older(&one.meta)),
        Content::Routes(all) => all.retain(|one| is_older(&one.meta)),
        Content::Places(all) => all.retain(|one| is_older(&one.meta)),
        Content::Pieces(all) => all.retain(|one| is_older(&one.meta)),
    }
    let count = before - layer.content.metas().len();
    let message = format!("{}: {count} features are not drawn: their data are of a date after {day}", layer.info.id);
    (count > 0).then_some(Warning { code: WarningCode::LeftOut, message, feature: None })
}

/// The heights for the relief of a specification: from its file, else from the dataset.
pub fn relief(
    spec: &PlateSpec,
    folder: Option<&Path>,
    dataset: &Dataset,
    options: &ReadOptions,
) -> Result<Option<ReliefGrid>, CliError> {
    let Some(spec) = &spec.relief else { return Ok(None) };
    let heights = match &spec.file {
        Some(file) => Some(heights_of(file, folder, options)?),
        None => dataset.heights(None)?,
    };
    let no_heights =
        || CliError::usage("the dataset has no heights for the relief", "name a file: [relief] file = \"FILE\"");
    Ok(Some(as_relief(&heights.ok_or_else(no_heights)?, spec)))
}

fn heights_of(file: &str, folder: Option<&Path>, options: &ReadOptions) -> Result<Heights, CliError> {
    let beside = folder.map(|folder| folder.join(file)).filter(|path| path.exists());
    if let (Some(folder), Some(path)) = (folder, &beside)
        && !options.limits.may_name(folder, path)
    {
        let problem = Problem::Outside { layer: "relief".to_owned(), file: file.to_owned() };
        return Err(ReadError::new("the specification", problem).into());
    }
    let path = beside.map_or_else(|| file.to_owned(), |path| path.display().to_string());
    Ok(Heights::read(&path, None, options.limits)?)
}

/// Heights for a plate, with the statements on their source.
pub fn as_relief(heights: &Heights, spec: &ReliefSpec) -> ReliefGrid {
    let ([west, _, _, north], (across, down)) = (heights.bounds(), heights.step_deg());
    let mut grid =
        ReliefGrid::of_nodes([west, north], [across, down], heights.size(), |column, row| heights.node_m(column, row));
    let path = &heights.input().path;
    let file = Path::new(path).file_name().map_or_else(|| path.clone(), |name| name.to_string_lossy().into_owned());
    let bare = LayerInfo::bare("relief", Role::Relief, &file);
    let info = heights.info().cloned().unwrap_or(bare);
    let or = |stated: &Option<String>, known: &str| stated.as_deref().unwrap_or(known).trim_end_matches('.').to_owned();
    let (source, date) = (or(&spec.source, &info.source), or(&spec.date, &info.date));
    let (attribution, licence) = (or(&spec.attribution, &info.attribution), or(&spec.licence, &info.licence));
    grid.credit = format!("{source} ({date}). {attribution}. {licence}.");
    grid.id = info.id.clone();
    grid.sha256 = heights.input().sha256.clone();
    grid.accuracy_m = heights.vertical_accuracy_m();
    grid
}

/// Layers of one plate, with their warnings; refused if the location of one differs only by exchanged axes.
pub fn together(layers: Vec<Layer>, noticed: &[Warning], quiet: bool) -> Result<Vec<Layer>, CliError> {
    let inputs: Vec<Input> = layers.iter().map(|layer| layer.input.clone()).collect();
    refuse_beside(&inputs)?;
    if !quiet {
        warn(noticed);
        warn(&doubts(&inputs));
        advise("map", noticed);
    }
    Ok(layers)
}

/// The parties of the dataset, if one of the layers is from it.
pub fn parties(layers: &[Layer], dataset: &Dataset) -> Vec<Party> {
    let of_dataset = |layer: &Layer| dataset.layers().contains(&layer.info);
    if layers.iter().any(of_dataset) { dataset.parties().to_vec() } else { Vec::new() }
}

/// The reports on the routes in the plate's crossings or profile.
pub fn reports(
    spec: &PlateSpec,
    layers: &[Layer],
    dataset: &Dataset,
    options: &ReadOptions,
) -> Result<Vec<RouteReport>, CliError> {
    let Some((territories, ids)) = spec.routes_needed() else { return Ok(Vec::new()) };
    let wanted = |route: &Route| ids.is_empty() || ids.contains(&route.meta.id.as_str());
    let mut routes: Vec<Route> = Vec::new();
    let mut of_files: Vec<Route> = Vec::new();
    for layer in layers {
        let found = match &layer.content {
            Content::Routes(all) => all.iter().filter(|route| wanted(route)).cloned().collect(),
            Content::Lines(all) => all.iter().filter_map(as_route).filter(wanted).collect(),
            _ => Vec::new(),
        };
        if !dataset.layers().contains(&layer.info) {
            of_files.extend(found.iter().cloned());
        }
        routes.extend(found);
    }
    // A layer of the plate, else the features of the reference.
    let is_there = layers.iter().any(|layer| layer.info.id == territories);
    // For a plate of user files without named territories, crossings are those of its own territories.
    let of_own = !is_there && territories == home::STATES && routes.len() == of_files.len();
    let own =
        layers.iter().filter(|layer| layer.info.id == territories || of_own && !dataset.layers().contains(&layer.info));
    let mut own =
        own.filter_map(|l| if let Content::Territories(all) = &l.content { Some(all) } else { None }).peekable();
    let territories = match own.peek() {
        Some(_) => own.flatten().cloned().collect::<Vec<_>>(),
        None => {
            let mut plain = ReadOptions::default();
            plain.limits = options.limits;
            plain.filter = options.filter.clone();
            let named = dataset.select::<Territory>(&Reference::parse(territories), &plain)?;
            if named.info.is_some() {
                home::refuse_beyond("a route of the plate", &of_files, &named, options.frame.axes.is_some())?;
            }
            named.features
        }
    };
    Ok(question::routes(&routes, &territories, &RouteOptions::default()).report)
}

/// A line identified as a route by its `mode`.
fn as_route(line: &Line) -> Option<Route> {
    let text = |property: &str| line.meta.properties.get(property).and_then(|v| v.as_str()).map(str::to_owned);
    let mode = text("mode")?;
    Some(Route {
        meta: line.meta.clone(),
        mode: Some(mode),
        status: text("status"),
        runs: line.runs.clone(),
        published_length_km: line.published_length_km.clone(),
    })
}

/// Splits `REF:role=route` into the reference and the role, if given.
pub fn with_role(text: &str) -> Result<(&str, Option<Role>), CliError> {
    let Some((reference, word)) = text.rsplit_once(":role=") else { return Ok((text, None)) };
    let role = ROLES.iter().find(|(known, _)| *known == word).map(|(_, role)| *role);
    let words: Vec<&str> = ROLES.iter().map(|(word, _)| *word).collect();
    let unknown =
        || CliError::usage(format!("{text}: there is no role \"{word}\""), format!("roles are: {}", words.join(", ")));
    Ok((reference, Some(role.ok_or_else(unknown)?)))
}

/// The roles of layers by their words.
const ROLES: [(&str, Role); 8] = [
    ("territory", Role::Territory),
    ("line", Role::Line),
    ("route", Role::Route),
    ("place", Role::Place),
    ("mark", Role::Mark),
    ("water", Role::Water),
    ("river", Role::River),
    ("proposal", Role::Proposal),
];

/// The features of a reference on the command line, with the given role.
pub fn bare(text: &str, dataset: &Dataset, options: &ReadOptions) -> Result<(Found, Option<Role>), CliError> {
    let (reference, role) = with_role(text)?;
    let spec = LayerSpec { role, ..LayerSpec::of("") };
    Ok((found(&spec, &Reference::parse(reference), dataset, options)?, role))
}

/// A reference to a file relative to the specification, if it exists.
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

/// The features of a file, with the role in the specification.
fn found(spec: &LayerSpec, of: &Reference, dataset: &Dataset, options: &ReadOptions) -> Result<Found, CliError> {
    fn as_found<T: Shape>(all: Selected<T>, content: impl Fn(Vec<T>) -> Content) -> Found {
        let Selected { label, features, input, info, warnings, .. } = all;
        Found { label, contents: vec![content(features)], input, info, warnings }
    }
    Ok(match spec.role {
        None | Some(Role::Relief) => dataset.select_any(of, options)?,
        Some(Role::Territory | Role::Water) => {
            as_found(dataset.select::<Territory>(of, options)?, Content::Territories)
        }
        Some(Role::Line | Role::River) => as_found(dataset.select::<Line>(of, options)?, Content::Lines),
        Some(Role::Route) => as_found(dataset.select::<Route>(of, options)?, Content::Routes),
        Some(Role::Place | Role::Mark) => as_found(dataset.select::<Place>(of, options)?, Content::Places),
        Some(Role::Proposal) => as_found(dataset.select::<Piece>(of, options)?, Content::Pieces),
    })
}

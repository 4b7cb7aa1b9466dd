//! Plates, as pictures.

use crate::fault::{Fault, Result};
use crate::layer::{Input, Layer as Data, embedded};
use library::io::{Found, Heights, Problem, ReadError, Reference, Selected, Shape, nearest};
use library::map::{
    InsetSpec, LayerSpec, LintCode, MapError, Plate as Sheet, PlateOptions, PlateSpec, ReliefGrid, WorldOutline, draw,
};
use library::model::{Content, Layer, LayerInfo, Line, Piece, Place, Role, Route, Territory};
use library::question::{self, RouteOptions, RouteReport};
use pyo3::prelude::*;
use pyo3::types::PyBytes;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// A plate: one map sheet.
#[pyclass(frozen, module = "merestone")]
pub struct Plate(Sheet);

/// Resolution of a picture in a notebook, in dots per inch.
const NOTEBOOK_DPI: f64 = 110.0;

#[pymethods]
impl Plate {
    /// The title, in the language of the furniture.
    #[getter]
    fn title(&self) -> &str {
        &self.0.title
    }

    /// The denominator of the scale.
    #[getter]
    fn scale(&self) -> f64 {
        self.0.scale
    }

    /// Width and height of the paper in millimetres.
    #[getter]
    fn size_mm(&self) -> (f64, f64) {
        (self.0.width_mm, self.0.height_mm)
    }

    /// The texts of the legend.
    #[getter]
    fn legend(&self) -> Vec<String> {
        self.0.legend.iter().map(|entry| entry.text.clone()).collect()
    }

    /// What is doubtful about the plate.
    #[getter]
    fn findings(&self) -> Vec<String> {
        self.0.findings.iter().map(ToString::to_string).collect()
    }

    /// The plate as SVG, its text as outlines, or with `live_text` as text with embedded fonts.
    #[pyo3(signature = (*, live_text=false))]
    fn svg(&self, py: Python<'_>, live_text: bool) -> String {
        py.detach(|| if live_text { self.0.live_svg() } else { self.0.outline_svg() })
    }

    /// The plate as PNG.
    #[pyo3(signature = (*, dpi=200.0))]
    fn png<'py>(&self, py: Python<'py>, dpi: f64) -> PyResult<Bound<'py, PyBytes>> {
        let bytes = py.detach(|| self.0.png(dpi)).map_err(undrawn)?;
        Ok(PyBytes::new(py, &bytes))
    }

    /// The plate as PDF.
    fn pdf<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyBytes>> {
        let bytes = py.detach(|| self.0.pdf()).map_err(undrawn)?;
        Ok(PyBytes::new(py, &bytes))
    }

    /// Writes the plate to a file, in the format of its ending: .svg, .png, .pdf; never half-written.
    #[pyo3(signature = (path, *, dpi=200.0))]
    fn save(&self, py: Python<'_>, path: PathBuf, dpi: f64) -> PyResult<()> {
        let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default();
        let saved = py.detach(|| -> Result<()> {
            let bytes = match ending.as_str() {
                "svg" => self.0.outline_svg().into_bytes(),
                "png" => self.0.png(dpi).map_err(undrawn)?,
                "pdf" => self.0.pdf().map_err(undrawn)?,
                _ => {
                    let message = format!("{}: no format of a plate has that ending", path.display());
                    return Err(Fault::argument(message, "end the name with .svg, .png or .pdf"));
                }
            };
            library::io::write_file(&path, &bytes)
                .map_err(|error| Fault::argument(error.to_string(), "choose another path"))
        });
        Ok(saved?)
    }

    fn _repr_svg_(&self, py: Python<'_>) -> String {
        self.svg(py, false)
    }

    fn _repr_png_<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyBytes>> {
        self.png(py, NOTEBOOK_DPI)
    }

    fn __repr__(&self) -> String {
        format!("<merestone.Plate \"{}\" 1:{:.0}>", self.0.title, self.0.scale)
    }
}

impl Plate {
    pub fn of(sheet: Sheet) -> Self {
        Plate(sheet)
    }
}

fn undrawn(error: MapError) -> Fault {
    Fault::plate(error, "")
}

/// A specification: a preset, a file of TOML, the text of one; or none, for bare layers.
#[derive(FromPyObject)]
pub enum Spec {
    Text(String),
    Path(PathBuf),
}

impl Spec {
    fn read(self) -> Result<(PlateSpec, Option<PathBuf>)> {
        let refused = |error: library::map::SpecError| Fault::plate(error, "docs/map.md describes specifications");
        match self {
            Spec::Text(text) if text.contains('\n') => {
                Ok((PlateSpec::parse(&text, "specification").map_err(refused)?, None))
            }
            Spec::Text(text) if !text.ends_with(".toml") => match PlateSpec::preset(&text) {
                Some(spec) => Ok((spec, None)),
                None => {
                    let names: Vec<String> = PlateSpec::preset_names().into_iter().map(str::to_owned).collect();
                    let meant = nearest(&text, &names).map_or(String::new(), |known| format!("did you mean {known}? "));
                    let hint = format!("{meant}merestone.presets() lists them; a specification is TOML");
                    Err(Fault::plate(format!("there is no preset \"{text}\""), &hint))
                }
            },
            Spec::Text(path) => Spec::Path(PathBuf::from(path)).read(),
            Spec::Path(path) => {
                let text = std::fs::read_to_string(&path)
                    .map_err(|error| Fault::plate(format!("{}: {error}", path.display()), "check the path"))?;
                let spec = PlateSpec::parse(&text, &path.display().to_string()).map_err(refused)?;
                Ok((spec, path.parent().map(Path::to_owned)))
            }
        }
    }
}

/// Draws a plate from a preset or a specification; `layers` are data by the ids that it names, or for a plate without a
/// specification all that it shows.
#[pyfunction]
#[pyo3(signature = (spec=None, layers=None, *, title=None, lang=None, alternat=None, allow=None))]
pub fn plate(
    py: Python<'_>,
    spec: Option<Spec>,
    layers: Option<BTreeMap<String, Input>>,
    title: Option<String>,
    lang: Option<Vec<String>>,
    alternat: Option<String>,
    allow: Option<Vec<String>>,
) -> PyResult<Plate> {
    crate::answer::in_one_process()?;
    let given = layers.unwrap_or_default();
    let drawn = py.detach(move || -> Result<Sheet> {
        let (mut spec, folder) = match spec {
            Some(spec) => spec.read()?,
            None if given.is_empty() => {
                return Err(Fault::plate(
                    "there is nothing to draw",
                    "give a preset, or layers: layers={\"name\": data}",
                ));
            }
            None => (bare(&given), None),
        };
        if let Some(title) = title {
            spec.title = [("und".to_owned(), title)].into();
        }
        let layers = layers_of(&spec, folder.as_deref(), &given)?;
        let mut options = PlateOptions::default();
        options.world = Some(WorldOutline::embedded());
        options.languages = lang.unwrap_or_default();
        let of_dataset = |layer: &Layer| embedded().layers().contains(&layer.info);
        if layers.iter().any(of_dataset) {
            options.parties = embedded().parties().to_vec();
        }
        options.alternat = alternat;
        options.allow = allow.unwrap_or_default().iter().map(|code| lint_code(code)).collect::<Result<_>>()?;
        options.routes = reports(&spec, &layers)?;
        options.relief = relief(&spec, folder.as_deref())?;
        draw(&spec, &layers, &options).map_err(undrawn)
    })?;
    Ok(Plate(drawn))
}

fn lint_code(code: &str) -> Result<LintCode> {
    let found = LintCode::from_word(code);
    found.ok_or_else(|| Fault::argument(format!("there is no finding \"{code}\""), "Plate.findings names them"))
}

/// The specification of a plate that shows layers and nothing else.
fn bare(given: &BTreeMap<String, Input>) -> PlateSpec {
    let names: Vec<&str> = given.keys().map(String::as_str).collect();
    let title = [("und".to_owned(), names.join(", "))].into();
    let insets = InsetSpec { locator: true, ..InsetSpec::default() };
    PlateSpec { title, layers: names.into_iter().map(LayerSpec::of).collect(), insets, ..PlateSpec::default() }
}

fn layers_of(spec: &PlateSpec, folder: Option<&Path>, given: &BTreeMap<String, Input>) -> Result<Vec<Layer>> {
    let mut layers: Vec<Layer> = Vec::new();
    for wanted in spec.layers_shown() {
        if layers.iter().any(|layer| layer.info.id == wanted.id) && wanted.file.is_none() {
            continue;
        }
        let data = match (given.get(&wanted.id), &wanted.file) {
            (Some(data), _) => data.0.clone(),
            (None, Some(file)) => {
                let beside = folder.map(|folder| folder.join(file)).filter(|path| path.exists());
                Data::named(&beside.map_or_else(|| file.clone(), |path| path.display().to_string()))
            }
            (None, None) => {
                if let Some((rest, _)) = embedded().rest_of(&wanted.id, None)? {
                    layers.push(rest);
                    let shown = spec.layers_shown();
                    let other = embedded().stand_in(&wanted.id);
                    if other.is_some_and(|other| shown.iter().any(|layer| layer.id == other)) {
                        continue;
                    }
                }
                layers.push(embedded().layer(&wanted.id, None)?.0);
                continue;
            }
        };
        for found in found(&wanted, &data)? {
            layers.extend(as_layers(found, &wanted));
        }
    }
    Ok(layers)
}

/// The features of data, with the role in the specification.
fn found(spec: &LayerSpec, data: &Data) -> Result<Vec<Found>> {
    fn each<T: Shape>(data: &Data, content: impl Fn(Vec<T>) -> Content) -> Result<Vec<Found>> {
        let one = |Selected { label, features, input, info, warnings, .. }| Found {
            label,
            contents: vec![content(features)],
            input,
            info,
            warnings,
        };
        Ok(data.each::<T>()?.into_iter().map(one).collect())
    }
    match spec.role {
        None | Some(Role::Relief) => data.found(),
        Some(Role::Territory | Role::Water) => each::<Territory>(data, Content::Territories),
        Some(Role::Line | Role::River) => each::<Line>(data, Content::Lines),
        Some(Role::Route) => each::<Route>(data, Content::Routes),
        Some(Role::Place | Role::Mark) => each::<Place>(data, Content::Places),
        Some(Role::Proposal) => each::<Piece>(data, Content::Pieces),
    }
}

fn as_layers(found: Found, spec: &LayerSpec) -> Vec<Layer> {
    let Found { label, contents, input, info, .. } = found;
    let layer = |content: Content| {
        let role = spec.role.unwrap_or(match &content {
            Content::Territories(_) => Role::Territory,
            Content::Lines(_) => Role::Line,
            Content::Routes(_) => Role::Route,
            Content::Places(_) => Role::Place,
            Content::Pieces(_) => Role::Proposal,
        });
        let file =
            Path::new(&label).file_name().map_or_else(|| label.clone(), |name| name.to_string_lossy().into_owned());
        let known = info.clone().unwrap_or_else(|| LayerInfo::bare(&spec.id, role, &file));
        let or = |stated: &Option<String>, known: String| stated.clone().unwrap_or(known);
        let info = LayerInfo {
            id: spec.id.clone(),
            role,
            source: or(&spec.source, known.source.clone()),
            licence: or(&spec.licence, known.licence.clone()),
            attribution: or(&spec.attribution, known.attribution.clone()),
            date: or(&spec.date, known.date.clone()),
            ..known
        };
        Layer { info, input: input.clone(), content }
    };
    contents.into_iter().map(layer).collect()
}

/// The reports on the routes in the plate's crossings or profile.
fn reports(spec: &PlateSpec, layers: &[Layer]) -> Result<Vec<RouteReport>> {
    let Some((territories, ids)) = spec.routes_needed() else { return Ok(Vec::new()) };
    let wanted = |route: &&Route| ids.is_empty() || ids.contains(&route.meta.id.as_str());
    let of_layer = |layer: &Layer| match &layer.content {
        Content::Routes(all) => all.iter().filter(wanted).cloned().collect(),
        _ => Vec::new(),
    };
    let routes: Vec<Route> = layers.iter().flat_map(of_layer).collect();
    let land = match layers.iter().find(|layer| layer.info.id == territories) {
        Some(Layer { content: Content::Territories(all), .. }) => all.clone(),
        _ => embedded().select::<Territory>(&Reference::parse(territories), &Default::default())?.features,
    };
    if routes.is_empty() {
        return Err(ReadError::new("the specification", Problem::Nothing("routes of its crossings")).into());
    }
    Ok(question::routes(&routes, &land, &RouteOptions::default()).report)
}

/// The heights for the relief of a specification.
fn relief(spec: &PlateSpec, folder: Option<&Path>) -> Result<Option<ReliefGrid>> {
    let Some(spec) = &spec.relief else { return Ok(None) };
    let heights: Option<Heights> = match &spec.file {
        Some(file) => {
            let beside = folder.map(|folder| folder.join(file)).filter(|path| path.exists());
            let path = beside.map_or_else(|| file.clone(), |path| path.display().to_string());
            Some(crate::question::heights(&path, None)?)
        }
        None => embedded().heights(None)?,
    };
    let none = || Fault::plate("the dataset has no heights for the relief", "name a file: [relief] file = \"FILE\"");
    let heights = heights.ok_or_else(none)?;
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
    Ok(Some(grid))
}

/// The names of the presets.
#[pyfunction]
pub fn presets() -> Vec<&'static str> {
    PlateSpec::preset_names()
}

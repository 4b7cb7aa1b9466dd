//! Questions about files.

use super::{STATES, languages, operation, word};
use crate::answer::{Answer, ask};
use crate::fault::{Fault, Result};
use crate::layer::{Input, Layer, embedded};
use library::earth::{Letters, SheetScale};
use library::io::{Conversion, ConvertOptions, Dataset, Format, GeometryDimension, Reference, Scan};
use library::model::{Accuracy, Content, EdgeModel, LayerInfo, Provenance, Role, Sources};
use library::question::{
    self, CheckOptions, CheckReference, CoverageOf, DEFAULT_LISTED, FeatureChecks, FeatureFindings, FeatureInfo,
    InfoReport, NamedPlace, SheetOptions,
};
use library::report::envelope;
use pyo3::prelude::*;
use serde_json::{Map, Value};
use std::path::PathBuf;

/// What do the features contain: number, kinds, bounds, length, area, sources?
#[pyfunction]
#[pyo3(signature = (data, *, lang=None))]
pub fn info(py: Python<'_>, data: Input, lang: Option<Vec<String>>) -> PyResult<Answer> {
    ask(py, || {
        let (mut report, mut sources) = (InfoReport::default(), Sources::default());
        let lang = languages(lang);
        for found in data.0.as_drawn()? {
            let rows = |content: &Content| question::info_features(content, &lang);
            let features: Vec<FeatureInfo> = found.contents.iter().flat_map(rows).collect();
            let stated_m = Accuracy::stated_m(found.contents.iter().flat_map(Content::metas));
            let one = InfoReport::of_features(found.label, found.info.as_ref(), features);
            report.layers.extend(one.layers);
            report.features.extend(one.features);
            sources.inputs.push(found.input);
            sources.warnings.extend(found.warnings);
            sources.position_accuracy_m =
                [sources.position_accuracy_m, stated_m].into_iter().flatten().reduce(f64::max);
        }
        let mut provenance = Provenance::default();
        provenance.edges = EdgeModel::Kind(data.0.options().edges.unwrap_or_default());
        provenance.area_error = true;
        Ok(envelope(library::model::Answer::new(report, provenance, Vec::new()).of_sources(sources)))
    })
}

/// What is wrong with files: syntax, geometry, coverage, axes?
#[pyfunction]
#[pyo3(signature = (data, *, coverage="auto", accuracy_m=None, role=None, listed=None, reference=None,
    no_reference=false))]
#[expect(clippy::too_many_arguments, reason = "each is an argument of the Python function")]
pub fn check(
    py: Python<'_>,
    data: Input,
    coverage: &str,
    accuracy_m: Option<f64>,
    role: Option<&str>,
    listed: Option<usize>,
    reference: Option<Input>,
    no_reference: bool,
) -> PyResult<Answer> {
    const COVERAGES: [(&str, CoverageOf); 4] = [
        ("auto", CoverageOf::Auto),
        ("each", CoverageOf::Each),
        ("all", CoverageOf::All),
        ("none", CoverageOf::Nothing),
    ];
    const ROLES: [(&str, Role); 4] =
        [("territory", Role::Territory), ("line", Role::Line), ("route", Role::Route), ("place", Role::Place)];
    let mut options = CheckOptions::default();
    options.coverage = word("the coverage", coverage, &COVERAGES)?;
    options.role = role.map(|role| word("the role", role, &ROLES)).transpose()?;
    (options.accuracy_m, options.listed) = (accuracy_m, Some(listed.unwrap_or(DEFAULT_LISTED)));
    ask(py, move || {
        options.edges = data.0.options().edges.unwrap_or_default();
        options.id_field = data.0.options().id_field.clone();
        options.reference = match reference {
            _ if no_reference => None,
            Some(reference) => Some(held_against(&reference.0)?),
            None => Some(known(data.0.dataset())?),
        };
        let checks = FeatureChecks::new(&options);
        let mut files = data.0.apart().map(|one| scan(&one, &checks)).collect::<Result<Vec<_>>>()?;
        Ok(envelope(question::check_rest(&mut files, &options)?))
    })
}

fn scan(data: &Layer, checks: &FeatureChecks<'_>) -> Result<(Scan, FeatureFindings)> {
    let options = data.options();
    Ok(match data.single()? {
        (_, Some(file)) => file.scan(options, checks),
        (Some(Reference::Named(name)), _) => data.dataset().scan(name, checks)?,
        (Some(Reference::File { path, fragment: Some(part) }), _) => Scan::part(path, part, options, checks)?,
        (Some(Reference::File { path, .. }), _) => Scan::file(path, options, checks),
        _ => Scan::file(&data.label(), options, checks),
    })
}

fn held_against(data: &Layer) -> Result<CheckReference> {
    let territories = crate::layer::Gathered::default().territories(data)?;
    let names = territories.features.iter().filter_map(NamedPlace::of).collect();
    Ok(CheckReference { label: territories.label, territories: territories.features, asked: true, names })
}

/// What a dataset knows of where things are.
fn known(dataset: &Dataset) -> Result<CheckReference> {
    let mut known = CheckReference { label: format!("the dataset {}", dataset.id()), ..CheckReference::default() };
    let known_by = |l: &&LayerInfo| matches!(l.role, Role::Territory | Role::Place) && l.edition_of.is_none();
    for layer in dataset.layers().iter().filter(known_by) {
        match dataset.layer(&layer.id, None)?.0.content {
            Content::Territories(territories) => {
                known.names.extend(territories.iter().filter_map(NamedPlace::of));
                if layer.id == STATES {
                    known.territories = territories;
                }
            }
            Content::Places(places) => known.names.extend(places.into_iter().map(|place| NamedPlace {
                id: place.meta.id,
                name: place.meta.name,
                parts: Vec::new(),
                centre: place.position,
                clipped: false,
            })),
            _ => {}
        }
    }
    Ok(known)
}

/// Which map sheets do features touch?
#[pyfunction]
#[pyo3(signature = (data, *, scale=100_000, letters="cyrillic", operation=None))]
pub fn sheets(py: Python<'_>, data: Input, scale: u32, letters: &str, operation: Option<&str>) -> PyResult<Answer> {
    let mut options = SheetOptions::default();
    options.letters = word("the letters", letters, &[("cyrillic", Letters::Cyrillic), ("latin", Letters::Latin)])?;
    options.operation = self::operation(operation)?.unwrap_or_default();
    options.scale = SheetScale::of_denominator(scale).ok_or_else(|| {
        let all = SheetScale::ALL.map(|scale| scale.denominator().to_string()).join(", ");
        Fault::argument(format!("there are no sheets of 1:{scale}"), format!("scales are {all}"))
    })?;
    ask(py, move || {
        let mut gathered = crate::layer::Gathered::default();
        let contents: Vec<Content> = gathered.outlines(&data.0)?.into_iter().flat_map(|one| one.contents).collect();
        let info = gathered.info.take();
        let answer = question::sheets(&contents, &options).map_err(Fault::question)?;
        Ok(envelope(answer.of_sources(gathered.sources().of_layer(info.as_ref()))))
    })
}

/// Writes data in another format or reference system; the answer says by which operation, and what was lost.
#[pyfunction]
#[pyo3(signature = (data, path, *, to=None, layer=None, only=None, lang=None, keep_vertices=false))]
#[expect(clippy::too_many_arguments, reason = "each is an argument of the Python function")]
pub fn convert(
    py: Python<'_>,
    data: Input,
    path: PathBuf,
    to: Option<String>,
    layer: Option<String>,
    only: Option<&str>,
    lang: Option<Vec<String>>,
    keep_vertices: bool,
) -> PyResult<Answer> {
    const KINDS: [(&str, GeometryDimension); 3] = [
        ("points", GeometryDimension::Points),
        ("lines", GeometryDimension::Lines),
        ("polygons", GeometryDimension::Polygons),
    ];
    let only = only.map(|only| word("the kind", only, &KINDS)).transpose()?;
    ask(py, move || {
        let shown = path.display().to_string();
        let read = data.0.options();
        let mut options = ConvertOptions::default();
        options.frame = read.frame.clone();
        options.frame.vertices_only = keep_vertices;
        (options.limits, options.filter) = (read.limits, read.filter.clone());
        (options.to, options.layer, options.only) = (to, layer, only);
        options.languages = lang.unwrap_or_default();
        options.into = Some(Format::of(&shown).ok_or_else(|| {
            Fault::argument(
                format!("{shown}: no format is known by that extension"),
                "end it in .geojson, .geojsonl or .csv",
            )
        })?);
        let progress = |_: &str, _: u64, _: Option<u64>| ();
        let mut conversion = match data.0.single()? {
            (_, Some(file)) => file.convert(&options, &progress)?,
            (Some(Reference::Named(name)), _) => {
                let file = embedded().layer_file(name);
                let none = || Fault::argument(format!("\"{name}\" is no layer"), "merestone.datasets() lists them");
                file.ok_or_else(none)?.convert(&options, &progress)?
            }
            (Some(Reference::File { path, .. }), _) => Conversion::read(path, &options, &progress)?,
            _ => Conversion::read(&data.0.label(), &options, &progress)?,
        };
        conversion.fit(&shown)?;
        let answer = envelope(conversion.answer());
        let note = serde_json::to_value(&answer).unwrap_or(Value::Null);
        let members = Map::from_iter([("merestone".to_owned(), note)]);
        let unwritten = |error: library::io::WriteError| Fault::argument(error.to_string(), "choose another path");
        conversion.write(&path, &members, &progress).map_err(unwritten)?;
        Ok(answer)
    })
}

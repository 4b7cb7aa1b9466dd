//! Questions about lines.

use super::territory::called;
use super::{PLACES, ROUTES, STATES, heights, languages, or_layer, pair, rows, word};
use crate::answer::{Answer, Chart, ask, ask_drawn};
use crate::band::{self, Band};
use crate::fault::{Fault, Result};
use crate::guard;
use crate::layer::{Gathered, Input, Layer};
use library::geo::Coord;
use library::inputs;
use library::io::{Found, Problem, ReadError, Shape};
use library::map::{ChartNotes, offset_chart, status_chart};
use library::model::{
    Content, LayerInfo, Line, Place, Route, Sources, Status, Territory, Warning, WarningCode, bounds_of_positions,
};
use library::question::{
    self, Asked, CompareOptions, DecideAgainst, DecideOptions, FieldMap, MAP_ACCURACY_MM, MarkBasis, MarkOptions,
    Numbering, SeveranceOptions, StatusLog, StatusOptions, Subject, Surroundings, Version,
};
use library::report::envelope;
use pyo3::prelude::*;
use std::collections::HashSet;

/// How far are two versions of a line apart, where, and where are they the same?
#[pyfunction]
#[pyo3(signature = (a, b, *, tolerance_m=None, within_m=None, pair=None, rings=false))]
pub fn compare(
    py: Python<'_>,
    a: Input,
    b: Input,
    tolerance_m: Option<f64>,
    within_m: Option<f64>,
    pair: Option<(String, String)>,
    rings: bool,
) -> PyResult<Answer> {
    ask_drawn(py, || {
        let pair = self::pair(pair)?;
        let mut gathered = Gathered::default();
        let mut side = |data: &Layer| match &pair {
            None => lines_of(data, &mut gathered),
            Some(pair) => border_of(data, pair, rings, &mut gathered),
        };
        let data = (a.0, b.0);
        let ((a, sources), (b, _)) = (side(&data.0)?, side(&data.1)?);
        let of = |version: &Version| guard::sample(version.runs.iter().map(Vec::as_slice));
        guard::of_versions([&data.0, &data.1], [of(&a), of(&b)])?;
        let mut options = CompareOptions::default();
        options.tolerance_m = tolerance_m.unwrap_or_else(|| inputs::tolerance_m(&a, &b));
        let no_length = |_| ReadError::new(format!("{}, {}", a.label, b.label), Problem::Nothing("line of any length"));
        let answer = question::compare(&a, &b, &options).map_err(no_length)?;
        let mut sources = sources;
        (sources.inputs, sources.warnings) = (gathered.files, gathered.warnings);
        let mut answer = answer.of_sources(sources);
        answer.report.within_m = within_m;
        answer.report.within = within_m.map(|within_m| answer.report.hausdorff_m <= within_m);
        let (report, provenance) = (answer.report.clone(), answer.provenance.clone());
        let layers: Vec<LayerInfo> = gathered.info.into_iter().collect();
        let chart: Chart = Box::new(move |language| {
            let inputs = &provenance.inputs;
            offset_chart(&report, &ChartNotes { sources: &layers, inputs, provenance: &provenance, language })
        });
        Ok((envelope(answer), Some(chart)))
    })
}

/// Lines unchanged, and outlines of polygons.
fn lines_of(data: &Layer, gathered: &mut Gathered) -> Result<(Version, Sources)> {
    let line = inputs::lines_of(data.label(), gathered.outlines(data)?)?;
    Ok((line.version, line.sources))
}

/// The border of a pair of territories.
fn border_of(data: &Layer, pair: &[String; 2], rings: bool, gathered: &mut Gathered) -> Result<(Version, Sources)> {
    let mut all = gathered.territories(data)?;
    if data.options().id_field.is_none() && all.info.is_none() {
        called(gathered, &mut all, pair.each_ref().map(String::as_str));
    }
    let (line, warnings) = inputs::border_of(data.label(), all, pair, (rings, ""))?
        .map_err(|none| Fault::argument(none.to_string(), "merestone.borders(data) says which territories touch"))?;
    gathered.warnings.extend(warnings);
    Ok((line.version, line.sources))
}

/// What does a line, or a proposal, cut off: settlements, routes, land?
#[pyfunction]
#[pyo3(signature = (subject, *, places=None, routes=None, features=None, territories=None, near_m=1000.0, reach_m=2000.0,
    surroundings_m=2000.0, band=None, lang=None))]
#[expect(clippy::too_many_arguments, reason = "each is an argument of the Python function")]
pub fn severance(
    py: Python<'_>,
    subject: Input,
    places: Option<Input>,
    routes: Option<Input>,
    features: Option<Input>,
    territories: Option<Input>,
    near_m: f64,
    reach_m: f64,
    surroundings_m: f64,
    band: Option<Band>,
    lang: Option<Vec<String>>,
) -> PyResult<Answer> {
    ask(py, || {
        let mut gathered = Gathered::default();
        let label = subject.0.label();
        let contents: Vec<Content> = gathered.any(&subject.0)?.into_iter().flat_map(|one| one.contents).collect();
        let info = gathered.info.clone();
        let none = || ReadError::new(&label, Problem::Nothing("lines or land of a proposal"));
        let subject = Subject::of(contents).ok_or_else(none)?;
        let of = |given: Option<Input>, name: &str| match given {
            Some(given) => Some(given.0),
            None => info.is_some().then(|| Layer::named(name)),
        };
        let territories: Vec<Territory> = match of(territories, STATES) {
            Some(data) => gathered.territories(&data)?.features,
            None => Vec::new(),
        };
        let mut asked = Vec::new();
        if let Some(data) = of(places, PLACES) {
            asked.push(Asked::new(data.label(), Content::Places(gathered.select::<Place>(&data)?)));
        }
        if let Some(data) = of(routes, ROUTES) {
            asked.push(Asked::new(data.label(), Content::Routes(gathered.select::<Route>(&data)?)));
        }
        let (surroundings, band) = (Surroundings::new(&subject, near_m), band::options(band, None)?);
        for data in features.iter().flat_map(|features| features.0.apart()) {
            match data.single()? {
                // The band of a feature is as wide as what it states: none is only counted.
                (Some(reference), _) if band.is_none() => {
                    let reach = |positions: &mut dyn Iterator<Item = &Coord>| surroundings.reach(positions);
                    let more = data.dataset().select_where(reference, data.options(), reach)?;
                    gathered.files.push(more.input);
                    gathered.warnings.extend(more.warnings);
                    let label = more.label;
                    let layers = more.contents.into_iter();
                    asked.extend(layers.map(|(content, beyond)| Asked { data: label.clone(), content, beyond }));
                }
                _ => {
                    for found in gathered.any(&data)? {
                        let label = found.label;
                        asked.extend(found.contents.into_iter().map(|content| Asked::new(label.clone(), content)));
                    }
                }
            }
        }
        let mut options = SeveranceOptions::default();
        (options.within_m, options.reach_m, options.surroundings_m) = (near_m, reach_m, surroundings_m);
        options.languages = languages(lang);
        let mut answer = question::severance(&label, &subject, &territories, &asked, &options);
        if let Some(band) = &band {
            question::certain_sides(&mut answer.report, &subject, &asked, band);
        }
        let doubts = guard::doubts(&gathered.files);
        let mut answer = answer.of_sources(gathered.sources().of_layer(info.as_ref()));
        let doubts: Vec<_> = doubts.into_iter().filter(|doubt| !answer.warnings.contains(doubt)).collect();
        answer.warnings.extend(doubts);
        Ok(envelope(answer))
    })
}

/// Is a feature certainly inside a territory, or does the accuracy not tell?
#[pyfunction]
#[pyo3(signature = (features, *, territories=None, line=None, left=None, right=None, accuracy_m=None, scale=None,
    map_accuracy_mm=None, line_width_mm=None, sigmas=1.0, lang=None))]
#[expect(clippy::too_many_arguments, reason = "each is an argument of the Python function")]
pub fn decide(
    py: Python<'_>,
    features: Input,
    territories: Option<Input>,
    line: Option<Input>,
    left: Option<String>,
    right: Option<String>,
    accuracy_m: Option<f64>,
    scale: Option<u32>,
    map_accuracy_mm: Option<f64>,
    line_width_mm: Option<f64>,
    sigmas: f64,
    lang: Option<Vec<String>>,
) -> PyResult<Answer> {
    ask(py, || {
        let mut gathered = Gathered::default();
        let mut contents = Vec::new();
        for found in gathered.any(&features.0)? {
            gathered.warnings.extend(guard::levels_stated(&found.label, &found.contents));
            contents.extend(found.contents);
        }
        let info = gathered.info.clone();
        let (against, label) = match line {
            Some(data) => (lines_with_sides(&data.0, (left, right), &mut gathered)?, data.0.label()),
            None => {
                let selected = gathered.territories(&or_layer(territories, STATES))?;
                (DecideAgainst::Territories(selected.features), selected.label)
            }
        };
        let mut options = DecideOptions::default();
        (options.accuracy_m, options.scale) = (accuracy_m, scale);
        (options.map_accuracy_mm, options.line_width_mm) = (map_accuracy_mm.unwrap_or(MAP_ACCURACY_MM), line_width_mm);
        (options.sigmas, options.languages) = (sigmas, languages(lang));
        let answer = question::decide(&contents, &against, &options);
        let sources = gathered.sources().of_layer(info.as_ref()).against(label);
        Ok(envelope(answer.of_sources(sources)))
    })
}

fn lines_with_sides(
    data: &Layer,
    (left, right): (Option<String>, Option<String>),
    gathered: &mut Gathered,
) -> Result<DecideAgainst> {
    let mut lines = gathered.select::<Line>(data)?;
    for line in &mut lines {
        line.left = left.clone().or(line.left.take());
        line.right = right.clone().or(line.right.take());
        if line.left.is_none() || line.right.is_none() {
            let message = format!("{}: line {} does not say who lies on its sides", data.label(), line.meta.id);
            return Err(Fault::argument(message, "name them, looking along the line: left=…, right=…"));
        }
    }
    match lines.is_empty() {
        true => Err(ReadError::new(data.label(), Problem::Nothing("lines")).into()),
        false => Ok(DecideAgainst::Lines(lines)),
    }
}

/// What do lines rest on: length by source, status, accuracy and date?
#[pyfunction]
#[pyo3(signature = (lines=None, *, shared=None, between=None, map_field=None))]
pub fn evidence(
    py: Python<'_>,
    lines: Option<Input>,
    shared: Option<Input>,
    between: Option<(String, String)>,
    map_field: Option<Vec<String>>,
) -> PyResult<Answer> {
    ask(py, || {
        let data = or_layer(lines, "lines");
        let mut gathered = Gathered::default();
        let mut found = evidence_of(&data, &mut gathered)?;
        if let Some(other) = shared {
            let other = evidence_of(&other.0, &mut gathered)?;
            let ids: HashSet<String> = other.iter().flat_map(Content::metas).map(|meta| meta.id.clone()).collect();
            found.iter_mut().for_each(|content| keep(content, &|id| ids.contains(id)));
        }
        let given: Option<Vec<FieldMap>> = map_field
            .map(|all| all.iter().map(|text| text.parse()).collect::<std::result::Result<_, _>>())
            .transpose()
            .map_err(|error: question::FieldMapError| {
                Fault::argument(error.to_string(), "status=FIELD, left=FIELD …")
            })?;
        let map = match given.as_deref().and_then(<[FieldMap]>::split_first) {
            Some((first, rest)) => rest.iter().fold(first.clone(), |map, more| map.and(more.clone())),
            None => known_fields(&data, &found, &mut gathered),
        };
        if let Some([a, b]) = pair(between)? {
            found.retain(|content| matches!(content, Content::Lines(_)));
            for content in &mut found {
                if let Content::Lines(lines) = content {
                    lines.retain(|line| map.is_between(line, &a, &b));
                }
            }
        }
        if found.iter().all(|content| content.courses().is_empty()) {
            return Err(ReadError::new(data.label(), Problem::Nothing("such lines")).into());
        }
        let info = gathered.info.take();
        let answer = question::evidence(&found, &map);
        Ok(envelope(answer.of_sources(gathered.sources().of_layer(info.as_ref()))))
    })
}

/// The fields of a known source, where the lines have them.
fn known_fields(data: &Layer, found: &[Content], gathered: &mut Gathered) -> FieldMap {
    let Some((preset, map)) = FieldMap::known(found).filter(|_| gathered.info.is_none()) else {
        return FieldMap::default();
    };
    let words = map.words();
    let message = format!("{}: read as {preset} has it: {words} (map_field=[\"none\"]: as it stands)", data.label());
    gathered.warnings.push(Warning { code: WarningCode::Note, message, feature: None });
    map
}

/// The lines of a file; of polygons or mixed features, the outlines count too.
fn evidence_of(data: &Layer, gathered: &mut Gathered) -> Result<Vec<Content>> {
    let mut out = Vec::new();
    for one in data.apart() {
        let is_file = one.single()?.0.is_none_or(library::io::Reference::is_file);
        match is_file.then(|| one.each::<Line>()) {
            Some(Ok(all)) => {
                for selected in all {
                    gathered.files.push(selected.input);
                    gathered.warnings.extend(selected.warnings);
                    out.push(Content::Lines(selected.features));
                }
            }
            _ => out.extend(gathered.outlines(&one)?.into_iter().flat_map(|found: Found| found.contents)),
        }
    }
    Ok(out)
}

fn keep(content: &mut Content, wanted: &dyn Fn(&str) -> bool) {
    fn those<T: Shape>(all: &mut Vec<T>, wanted: &dyn Fn(&str) -> bool) {
        all.retain(|one| wanted(&one.meta().id));
    }
    match content {
        Content::Lines(all) => those(all, wanted),
        Content::Routes(all) => those(all, wanted),
        Content::Territories(all) => those(all, wanted),
        Content::Places(all) => those(all, wanted),
        Content::Pieces(all) => those(all, wanted),
    }
}

/// How long are lines by status, meeting by meeting?
#[pyfunction]
#[pyo3(signature = (lines, log, *, initial=None, snap_m=1000.0))]
pub fn status(py: Python<'_>, lines: Input, log: Input, initial: Option<String>, snap_m: f64) -> PyResult<Answer> {
    ask_drawn(py, || {
        let mut gathered = Gathered::default();
        let lines = gathered.select::<Line>(&lines.0)?;
        let rows = rows(&log.0)?;
        gathered.files.push(rows.input.clone());
        let log = StatusLog::of(rows).map_err(Fault::question)?;
        let mut options = StatusOptions::default();
        options.initial =
            initial.map(|text| word("the status", &text, &Status::ALL.map(|s| (s.word(), s)))).transpose()?;
        options.snap_m = snap_m;
        let answer = question::status(&lines, &log, &options).map_err(Fault::question)?;
        let info = gathered.info.take();
        let answer = answer.of_sources(gathered.sources().of_layer(info.as_ref()));
        let (report, provenance) = (answer.report.clone(), answer.provenance.clone());
        let layers: Vec<LayerInfo> = info.into_iter().collect();
        let chart: Chart = Box::new(move |language| {
            let inputs = &provenance.inputs;
            status_chart(&report, &ChartNotes { sources: &layers, inputs, provenance: &provenance, language })
        });
        Ok((envelope(answer), Some(chart)))
    })
}

/// Where do boundary marks stand, and what are they called?
#[pyfunction]
#[pyo3(signature = (lines, *, roads=None, rivers=None, junctions=None, existing=None, measured=None, relief=None,
    turn_deg=None, max_spacing_m=None, numbering="plain", within_m=None, river_within_m=None, setback_m=None))]
#[expect(clippy::too_many_arguments, reason = "each is an argument of the Python function")]
pub fn marks(
    py: Python<'_>,
    lines: Input,
    roads: Option<Input>,
    rivers: Option<Input>,
    junctions: Option<Input>,
    existing: Option<Input>,
    measured: Option<Input>,
    relief: Option<String>,
    turn_deg: Option<f64>,
    max_spacing_m: Option<f64>,
    numbering: &str,
    within_m: Option<f64>,
    river_within_m: Option<f64>,
    setback_m: Option<f64>,
) -> PyResult<Answer> {
    const NUMBERINGS: [(&str, Numbering); 3] =
        [("plain", Numbering::Plain), ("sector", Numbering::Sector), ("intermediate", Numbering::Intermediate)];
    let numbering = word("the numbering", numbering, &NUMBERINGS)?;
    ask(py, move || {
        let mut gathered = Gathered::default();
        let mut courses = |data: Option<&Input>| -> Result<Vec<Content>> {
            let found = data.map_or(Ok(Vec::new()), |data| gathered.outlines(&data.0))?;
            Ok(found.into_iter().flat_map(|one| one.contents).filter(|c| !matches!(c, Content::Places(_))).collect())
        };
        let (of_lines, roads, rivers) = (courses(Some(&lines))?, courses(roads.as_ref())?, courses(rivers.as_ref())?);
        if of_lines.is_empty() {
            return Err(ReadError::new(lines.0.label(), Problem::Nothing("lines")).into());
        }
        let (junctions, existing): (Vec<Place>, Vec<Place>) =
            (gathered.maybe(junctions.as_ref())?, gathered.maybe(existing.as_ref())?);
        let positions = || of_lines.iter().flat_map(Content::courses).flat_map(|(_, runs)| runs).flatten().copied();
        let heights = relief.map(|path| heights(&path, bounds_of_positions(positions()))).transpose()?;
        gathered.files.extend(heights.as_ref().map(|heights| heights.input().clone()));
        let at = heights.as_ref().map(|heights| move |at: Coord| heights.height_m(at.x, at.y));
        let mut basis = MarkBasis::default();
        (basis.roads, basis.rivers) = (&roads, &rivers);
        (basis.junctions, basis.existing) = (&junctions, &existing);
        basis.heights = at.as_ref().map(|at| at as question::HeightAt<'_>);
        let mut options = MarkOptions::default();
        options.numbering = numbering;
        options.turn_deg = turn_deg.unwrap_or(options.turn_deg);
        options.max_spacing_m = max_spacing_m.unwrap_or(options.max_spacing_m);
        options.within_m = within_m.unwrap_or(options.within_m);
        options.river_within_m = river_within_m.unwrap_or(options.river_within_m);
        options.setback_m = setback_m.unwrap_or(options.setback_m);
        if let (Some(heights), Some(first)) = (&heights, positions().next()) {
            let (across_m, down_m) = heights.cell_m(first.y);
            options.sight_step_m = (across_m.min(down_m) / 2.0).max(1.0);
        }
        let mut answer = question::marks(&of_lines, &basis, &options).map_err(Fault::question)?;
        gathered.warnings.append(&mut answer.warnings);
        if let Some(measured) = &measured {
            answer.report.compare(&gathered.select::<Place>(&measured.0)?);
        }
        Ok(envelope(answer.of_sources(gathered.sources())))
    })
}

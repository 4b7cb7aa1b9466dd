//! The questions, one function each.

use crate::fault::Fault;
use crate::files::Files;
use crate::gathered::{Gathered, refuse_apart, refuse_levels, sample, territories};
use crate::options::{Reading, metres, pair, parse, word};
use library::geo::Coord;
use library::inputs::{After, AfterSide, LineVersion, border_of, lines_of, one_for_one, tolerance_m};
use library::io::{Edition, Problem, ReadError, Selected, call_by, match_editions, number_by_file};
use library::model::{self, Place, Role, Route, Sources};
use library::question::{
    self, BorderOptions, CheckOptions, CheckReference, CompareOptions, CoverageOf, EnclaveOptions, FeatureChecks,
    LedgerOptions, NamedPlace, RouteOptions, exchanged_beside, swapped_axes, top_level,
};
use library::report::{self, Rendering, TableOptions};
use serde::Deserialize;
use wasm_bindgen::prelude::wasm_bindgen;

/// An answer, in every form that is asked for.
#[wasm_bindgen]
pub struct Answer {
    json: String,
    html: String,
    csv: String,
    geojson: String,
    warnings: Vec<String>,
}

#[wasm_bindgen]
impl Answer {
    /// The answer as JSON, byte for byte as the program prints it with `--format json`.
    #[wasm_bindgen(getter)]
    pub fn json(&self) -> String {
        self.json.clone()
    }

    /// Its tables as a fragment of HTML; text of files is escaped.
    #[wasm_bindgen(getter)]
    pub fn html(&self) -> String {
        self.html.clone()
    }

    /// Its first list as CSV.
    #[wasm_bindgen(getter)]
    pub fn csv(&self) -> String {
        self.csv.clone()
    }

    /// Its geometry as GeoJSON.
    #[wasm_bindgen(getter)]
    pub fn geojson(&self) -> String {
        self.geojson.clone()
    }

    /// Its warnings.
    #[wasm_bindgen(getter)]
    pub fn warnings(&self) -> Vec<String> {
        self.warnings.clone()
    }
}

/// Rows of each table that are shown as HTML: a page with more is slow, and the files have all.
const SHOWN: usize = 500;

fn answered<R: Rendering>(answer: model::Answer<R>) -> Result<Answer, Fault> {
    rendered(report::envelope(answer))
}

fn rendered<R: Rendering>(envelope: model::Envelope<R>) -> Result<Answer, Fault> {
    if let Some(found) = exchanged_beside(&envelope.inputs) {
        return Err(Fault::axes(format!("{found}, as what it is held against does")));
    }
    let mut options = TableOptions::default();
    options.limit = Some(SHOWN);
    Ok(Answer {
        json: report::json(&envelope),
        html: report::html(&envelope, &options),
        csv: report::csv(&envelope),
        geojson: report::geojson(&envelope),
        warnings: envelope.warnings.iter().map(|warning| warning.message.clone()).collect(),
    })
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct BordersOptions {
    #[serde(flatten)]
    reading: Reading,
    territories: Vec<String>,
    pair: Vec<String>,
    tolerance_m: Option<f64>,
    by_scale: bool,
}

/// Which territories touch, along which lines, how long? Options: `territories` (files), `pair`, `toleranceM`,
/// `byScale`.
#[wasm_bindgen]
pub fn borders(files: &Files, options: &str) -> Result<Answer, Fault> {
    let given: BordersOptions = parse(options)?;
    let mut gathered = Gathered::default();
    let mut territories = gathered.territories(files, &given.territories, &given.reading)?;
    let mut options = BorderOptions::default();
    options.pair = pair(&given.pair)?;
    if let Some([a, b]) = &options.pair {
        if !given.reading.has_ids() {
            gathered.renamed(call_by(&territories.label, &mut territories.features, &[a.as_str(), b.as_str()]));
        }
        territories.find(a)?;
        territories.find(b)?;
    }
    options.tolerance_m = metres("the tolerance", given.tolerance_m)?;
    (options.by_scale, options.languages) = (given.by_scale, given.reading.languages());
    let answer = question::borders(&territories.features, &options);
    answered(answer.of_sources(gathered.sources().of_layer(None).against(territories.label)))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct EnclavesOptions {
    #[serde(flatten)]
    reading: Reading,
    territories: Vec<String>,
    routes: Option<String>,
    kind: Vec<String>,
}

/// Which parts are enclaves, exclaves or counter-enclaves, in whom, how large? Options: `territories` (files), `routes` (a
/// file), `kind` (`enclave`, `exclave`, `island`, `main`).
#[wasm_bindgen]
pub fn enclaves(files: &Files, options: &str) -> Result<Answer, Fault> {
    const KINDS: [(&str, ()); 4] = [("enclave", ()), ("exclave", ()), ("island", ()), ("main", ())];
    let given: EnclavesOptions = parse(options)?;
    for kind in &given.kind {
        word("the kind", &Some(kind.clone()), &KINDS)?;
    }
    let mut gathered = Gathered::default();
    let territories = gathered.territories(files, &given.territories, &given.reading)?;
    let mut options = EnclaveOptions::default();
    if let Some(routes) = &given.routes {
        options.routes = gathered.select::<Route>(files, routes, &given.reading.options()?)?.features;
    }
    options.languages = given.reading.languages();
    let mut answer = question::enclaves(&territories.features, &options);
    answer.report.rows.retain(|row| given.kind.is_empty() || given.kind.iter().any(|kind| kind == row.kind.word()));
    answered(answer.of_sources(gathered.sources().of_layer(None).against(territories.label)))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct RoutesOptions {
    #[serde(flatten)]
    reading: Reading,
    routes: Vec<String>,
    territories: Vec<String>,
    accuracy_m: Option<f64>,
}

/// How long is a route, in which territory, and where does it cross? Options: `routes` and `territories` (files),
/// `accuracyM`.
#[wasm_bindgen]
pub fn route(files: &Files, options: &str) -> Result<Answer, Fault> {
    let given: RoutesOptions = parse(options)?;
    let mut selected: Vec<Selected<Route>> = Vec::new();
    for reference in &given.routes {
        let options = given.reading.options()?;
        let read = match files.select(reference, &options) {
            // The field may be one of the territories alone.
            Err(fault) if fault.kind() == "no-id-field" => {
                let mut options = options;
                options.id_field = None;
                files.select(reference, &options)
            }
            read => read,
        };
        selected.push(read?);
    }
    if selected.is_empty() {
        return Err(Fault::option("no routes are chosen", "choose a file with lines"));
    }
    let mut gathered = Gathered::default();
    let territories = gathered.territories(files, &given.territories, &given.reading)?;
    let routes: Vec<Route> = selected.iter().flat_map(|of| of.features.clone()).collect();
    for of in selected.iter().filter(|_| !given.reading.has_axes()) {
        let runs = of.features.iter().flat_map(|route| &route.runs);
        let positions: Vec<Coord> = runs.flat_map(|run| run.0.iter().copied()).collect();
        if let Some(count) = swapped_axes(&positions, &territories.features) {
            let what = format!("{}: no position meets {} as it stands", of.label, territories.label);
            return Err(Fault::axes(format!(
                "{what}, and {count} of {} do with their axes exchanged",
                positions.len()
            )));
        }
    }
    let mut sources = Sources::new([]).of_layer(None).against(territories.label);
    for of in selected {
        sources.inputs.push(of.input);
        sources.warnings.extend(of.warnings);
    }
    sources.inputs.extend(gathered.files);
    sources.warnings.extend(gathered.warnings);
    let mut options = RouteOptions::default();
    options.accuracy_m = metres("the accuracy", given.accuracy_m)?;
    let answer = question::routes(&routes, &territories.features, &options).of_sources(sources);
    let mut envelope = report::envelope(answer);
    // As the program says it, whose option it is.
    if let (Some(m), Some(uncertain)) = (options.accuracy_m, &mut envelope.method.uncertain) {
        uncertain.push_str(&format!("; --accuracy {m} m where a file states none"));
    }
    rendered(envelope)
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct CheckedOptions {
    #[serde(flatten)]
    reading: Reading,
    files: Vec<String>,
    coverage: Option<String>,
    accuracy_m: Option<f64>,
    role: Option<String>,
    listed: Option<usize>,
    reference: Option<String>,
}

/// What is wrong with files? Options: `files`, `coverage` (`auto`, `each`, `all`, `none`), `accuracyM`, `role`
/// (`territory`, `line`, `route`, `place`), `listed`, `reference` (a file with territories to hold them against).
#[wasm_bindgen]
pub fn check(files: &Files, options: &str) -> Result<Answer, Fault> {
    const COVERAGES: [(&str, CoverageOf); 4] = [
        ("auto", CoverageOf::Auto),
        ("each", CoverageOf::Each),
        ("all", CoverageOf::All),
        ("none", CoverageOf::Nothing),
    ];
    const ROLES: [(&str, Role); 4] =
        [("territory", Role::Territory), ("line", Role::Line), ("route", Role::Route), ("place", Role::Place)];
    let given: CheckedOptions = parse(options)?;
    let reading = given.reading.options()?;
    if given.reading.filter().is_some() {
        return Err(Fault::option("check looks at whole files", "leave the condition out"));
    }
    let mut options = CheckOptions::default();
    options.coverage = word("the coverage", &given.coverage, &COVERAGES)?.unwrap_or(CoverageOf::Auto);
    options.role = word("the role", &given.role, &ROLES)?;
    options.accuracy_m = metres("the accuracy", given.accuracy_m)?;
    options.listed = Some(given.listed.unwrap_or(question::DEFAULT_LISTED));
    (options.edges, options.id_field) = (reading.edges.unwrap_or_default(), reading.id_field.clone());
    if let Some(reference) = given.reference.filter(|reference| !reference.is_empty()) {
        let found = Gathered::default().territories(files, &[reference], &given.reading)?;
        let names = found.features.iter().filter_map(NamedPlace::of).collect();
        options.reference =
            Some(CheckReference { label: found.label, territories: found.features, asked: true, names });
    }
    let checks = FeatureChecks::new(&options);
    let mut scans =
        given.files.iter().map(|file| files.scan(file, &reading, &checks)).collect::<Result<Vec<_>, _>>()?;
    if scans.is_empty() {
        return Err(Fault::option("no files are chosen", "choose the files to check"));
    }
    answered(question::check_rest(&mut scans, &options)?)
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct LedgersOptions {
    #[serde(flatten)]
    reading: Reading,
    before: Vec<String>,
    after: Vec<String>,
    places: Option<String>,
    routes: Option<String>,
    sliver_width_m: Option<f64>,
}

/// What land passes from whom to whom: between two editions, or under a proposal? Options: `before`, `after` (files),
/// `places`, `routes` (a file each), `sliverWidthM`.
#[wasm_bindgen]
pub fn ledger(files: &Files, options: &str) -> Result<Answer, Fault> {
    let given: LedgersOptions = parse(options)?;
    let reading = given.reading.options()?;
    let mut gathered = Gathered::default();
    let mut before = gathered.territories(files, &given.before, &given.reading)?;
    number_by_file(&before.label, &mut before.features);
    let (whole, left_out) = top_level(std::mem::take(&mut before.features));
    before.features = whole;
    gathered.warnings.extend(left_out);
    let mut side = AfterSide::default();
    for reference in &given.after {
        let found = gathered.any(files, reference, &reading)?;
        gathered.warnings.extend(side.add(found)?);
    }
    let mut after = side.finish()?;
    if let After::Edition(after) = &mut after {
        gathered.warnings.extend(one_for_one(&before.features, after));
        let is_given = given.reading.has_ids();
        let label = given.after.join(" + ");
        let after = Edition { label: &label, territories: after, is_given };
        let before = Edition { label: &before.label, territories: &mut before.features, is_given };
        gathered.renamed(match_editions(before, after)?);
    }
    let after_label = given.after.join(", ");
    if !given.reading.has_axes() {
        let of_parts = |parts: Vec<&library::geo::Polygon>| sample(parts.iter().map(|p| p.exterior().0.as_slice()));
        let of_after = match &after {
            After::Edition(all) => of_parts(all.iter().flat_map(|one| one.parts()).collect()),
            After::Proposal(all) => of_parts(all.iter().flat_map(|one| &one.parts).collect()),
        };
        let of_before = of_parts(before.features.iter().flat_map(|one| one.parts()).collect());
        refuse_apart((&before.label, of_before), (&after_label, of_after))?;
    }
    let label = format!("{} → {after_label}", before.label);
    let Gathered { files: mut inputs, warnings } = gathered;
    let mut options = LedgerOptions::default();
    if let Some(places) = &given.places {
        let places: Selected<Place> = files.select(places, &reading)?;
        inputs.push(places.input);
        options.places = places.features;
    }
    if let Some(routes) = &given.routes {
        let routes: Selected<Route> = files.select(routes, &reading)?;
        inputs.push(routes.input);
        options.routes = routes.features;
    }
    options.languages = given.reading.languages();
    options.sliver_width_m = metres("the width of slivers", given.sliver_width_m)?;
    let answer = match &after {
        After::Edition(after) => question::ledger(&before.features, after, &options),
        After::Proposal(pieces) => question::ledger_of_proposal(&before.features, pieces, &options),
    };
    let sources = Sources::new(inputs).with_warnings(warnings).of_layer(None).against(label);
    answered(answer.map_err(Fault::question)?.of_sources(sources))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct ComparedOptions {
    #[serde(flatten)]
    reading: Reading,
    a: Vec<String>,
    b: Vec<String>,
    pair: Vec<String>,
    rings: bool,
    tolerance_m: Option<f64>,
    within_m: Option<f64>,
}

/// How far are two versions of a line apart, where, and where are they the same? Options: `a`, `b` (files), `pair` (the
/// border of two territories), `rings`, `toleranceM`, `withinM`.
#[wasm_bindgen]
pub fn compare(files: &Files, options: &str) -> Result<Answer, Fault> {
    let given: ComparedOptions = parse(options)?;
    let pair = pair(&given.pair)?;
    let mut gathered = Gathered::default();
    let mut side = |of: &[String]| -> Result<LineVersion, Fault> {
        if of.is_empty() {
            return Err(Fault::option("a version of the line is missing", "choose a file for each of the two"));
        }
        let label = of.join(" + ");
        let Some(pair) = &pair else {
            let mut all = Vec::with_capacity(of.len());
            for reference in of {
                let found = gathered.any(files, reference, &given.reading.options()?)?;
                refuse_levels(&found.label, territories(&found.contents), given.reading.filter())?;
                all.push(found);
            }
            return Ok(lines_of(label, all)?);
        };
        let mut all = gathered.territories(files, of, &given.reading)?;
        if !given.reading.has_ids() {
            let pair = pair.each_ref().map(String::as_str);
            gathered.renamed(call_by(&all.label, &mut all.features, &pair));
        }
        let (line, warnings) = border_of(label, all, pair, (given.rings, ""))??;
        gathered.warnings.extend(warnings);
        Ok(line)
    };
    let (a, b) = (side(&given.a)?, side(&given.b)?);
    if !given.reading.has_axes() {
        let of = |line: &LineVersion| sample(line.version.runs.iter().map(Vec::as_slice));
        refuse_apart((&a.version.label, of(&a)), (&b.version.label, of(&b)))?;
    }
    let mut options = CompareOptions::default();
    let asked = metres("the tolerance", given.tolerance_m)?;
    options.tolerance_m = asked.unwrap_or_else(|| tolerance_m(&a.version, &b.version));
    let no_length = |_| {
        let label = format!("{}, {}", a.version.label, b.version.label);
        ReadError::new(label, Problem::Nothing("line of any length"))
    };
    let answer = question::compare(&a.version, &b.version, &options).map_err(no_length)?;
    let mut sources = a.sources;
    (sources.inputs, sources.warnings) = (gathered.files, gathered.warnings);
    let mut answer = answer.of_sources(sources);
    let report = &mut answer.report;
    report.within_m = metres("the distance", given.within_m)?;
    report.within = report.within_m.map(|within_m| report.hausdorff_m <= within_m);
    answered(answer)
}

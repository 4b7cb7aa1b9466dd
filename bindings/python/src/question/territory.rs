//! Questions about territories.

use super::{PLACES, ROUTES, STATES, languages, or_layer, pair, part_names};
use crate::answer::{Answer, ask};
use crate::band::{self, Band};
use crate::fault::{Fault, Result};
use crate::guard;
use crate::layer::{Gathered, Input, Layer};
use library::inputs::{After, AfterSide, one_for_one};
use library::io::{Edition, Problem, ReadError, Selected, call_by, match_editions, number_by_file};
use library::model::{Content, Piece, Territory};
use library::question::{
    self, BorderOptions, DiffEdition, DiffLayer, DiffOptions, EnclaveOptions, LedgerOptions, top_level,
};
use library::report::envelope;
use pyo3::prelude::*;

/// Which territories touch, along which lines, how long?
#[pyfunction]
#[pyo3(signature = (territories=None, *, pair=None, tolerance_m=None, by_scale=false, lang=None))]
pub fn borders(
    py: Python<'_>,
    territories: Option<Input>,
    pair: Option<(String, String)>,
    tolerance_m: Option<f64>,
    by_scale: bool,
    lang: Option<Vec<String>>,
) -> PyResult<Answer> {
    ask(py, || {
        let data = or_layer(territories, STATES);
        let mut gathered = Gathered::default();
        let mut territories = gathered.territories(&data)?;
        let mut options = BorderOptions::default();
        options.pair = self::pair(pair)?;
        if let Some([a, b]) = &options.pair {
            if data.options().id_field.is_none() {
                called(&mut gathered, &mut territories, [a, b]);
            }
            territories.find(a)?;
            territories.find(b)?;
        }
        (options.tolerance_m, options.by_scale) = (tolerance_m, by_scale);
        (options.named, options.units) = part_names(&data, &territories, &mut gathered)?;
        options.languages = languages(lang);
        let answer = question::borders(&territories.features, &options);
        let sources = gathered.sources().of_layer(territories.info.as_ref()).against(territories.label);
        Ok(envelope(answer.of_sources(sources)))
    })
}

/// Calls territories by the field that holds these names, if another than the one read does.
pub(super) fn called(gathered: &mut Gathered, territories: &mut Selected<Territory>, names: [&str; 2]) {
    renamed(gathered, call_by(&territories.label, &mut territories.features, &names));
}

fn renamed(gathered: &mut Gathered, all: impl IntoIterator<Item = library::io::Renamed>) {
    for one in all {
        gathered.warnings.push(one.warning);
        let of_layer = |path: &str| one.label.split(" + ").any(|part| part.split('#').next() == Some(path));
        for file in gathered.files.iter_mut().filter(|file| of_layer(&file.path)) {
            file.ids = Some(one.field.clone());
        }
    }
}

/// Which parts are enclaves, exclaves or counter-enclaves, in whom, how large?
#[pyfunction]
#[pyo3(signature = (territories=None, *, routes=None, kind=None, band=None, lang=None))]
pub fn enclaves(
    py: Python<'_>,
    territories: Option<Input>,
    routes: Option<Input>,
    kind: Option<Vec<String>>,
    band: Option<Band>,
    lang: Option<Vec<String>>,
) -> PyResult<Answer> {
    ask(py, || {
        const KINDS: [(&str, ()); 4] = [("enclave", ()), ("exclave", ()), ("island", ()), ("main", ())];
        kind.iter().flatten().try_for_each(|kind| super::word("the kind", kind, &KINDS))?;
        let data = or_layer(territories, STATES);
        let mut gathered = Gathered::default();
        let territories = gathered.territories(&data)?;
        let known = |id: &str| data.dataset().layers().iter().any(|layer| layer.id == id);
        let routes = match routes {
            Some(routes) => Some(routes.0),
            None => (territories.info.is_some() && known(ROUTES)).then(|| Layer::named(ROUTES)),
        };
        let mut options = EnclaveOptions::default();
        options.routes = routes.map_or(Ok(Vec::new()), |routes| gathered.select(&routes))?;
        (options.named, options.units) = part_names(&data, &territories, &mut gathered)?;
        options.languages = languages(lang);
        let mut answer = question::enclaves(&territories.features, &options);
        if let Some(kinds) = kind {
            answer.report.rows.retain(|row| kinds.iter().any(|kind| kind == row.kind.word()));
        }
        if let Some(band) = band::options(band, None)? {
            question::certain_areas(&mut answer.report, &band);
        }
        let sources = gathered.sources().of_layer(territories.info.as_ref()).against(territories.label);
        Ok(envelope(answer.of_sources(sources)))
    })
}

/// What differs between two editions, feature by feature?
#[pyfunction]
#[pyo3(signature = (before, after, *, tolerance_m=0.0, lang=None))]
pub fn diff(
    py: Python<'_>,
    before: Input,
    after: Input,
    tolerance_m: f64,
    lang: Option<Vec<String>>,
) -> PyResult<Answer> {
    ask(py, || {
        let mut gathered = Gathered::default();
        let mut read = |data: &Layer| -> Result<(String, Vec<DiffLayer>)> {
            let found = gathered.any(data)?;
            if found.iter().all(|one| one.contents.is_empty()) {
                return Err(ReadError::new(data.label(), Problem::Nothing("features")).into());
            }
            let label = found.iter().map(|one| one.label.clone()).collect::<Vec<_>>().join(" + ");
            Ok((label, found.into_iter().map(|one| DiffLayer::new(one.info, one.contents)).collect()))
        };
        let (old, new) = (read(&before.0)?, read(&after.0)?);
        let of = |layers: &[DiffLayer]| {
            let courses = layers.iter().flat_map(|layer| &layer.contents).flat_map(Content::courses);
            let runs: Vec<_> = courses.flat_map(|(_, runs)| runs).collect();
            guard::sample(runs.into_iter())
        };
        guard::of_versions([&before.0, &after.0], [of(&old.1), of(&new.1)])?;
        let mut options = DiffOptions::default();
        (options.tolerance_m, options.languages) = (tolerance_m, languages(lang));
        let (of_old, of_new) = (DiffEdition::of_layers(&old.0, &old.1), DiffEdition::of_layers(&new.0, &new.1));
        let answer = question::diff(&of_old, &of_new, &options).map_err(Fault::question)?;
        let info = gathered.info.take();
        Ok(envelope(answer.of_sources(gathered.sources().of_layer(info.as_ref()))))
    })
}

/// What land passes from whom to whom, between two editions or under a proposal?
#[pyfunction]
#[pyo3(signature = (before, after, *, places=None, routes=None, sliver_width_m=None, lang=None))]
pub fn ledger(
    py: Python<'_>,
    before: Input,
    after: Input,
    places: Option<Input>,
    routes: Option<Input>,
    sliver_width_m: Option<f64>,
    lang: Option<Vec<String>>,
) -> PyResult<Answer> {
    ask(py, || {
        let (data, other) = (before.0, after.0);
        let mut gathered = Gathered::default();
        let mut before = gathered.territories(&data)?;
        number_by_file(&before.label, &mut before.features);
        let (whole, left_out) = top_level(std::mem::take(&mut before.features));
        before.features = whole;
        gathered.warnings.extend(left_out);
        let (mut territories, pieces) = after_of(&other, &mut gathered)?;
        if pieces.is_empty() {
            gathered.warnings.extend(one_for_one(&before.features, &mut territories));
            let given = |data: &Layer| data.options().id_field.is_some();
            let (is_given, label) = ([given(&data) || before.info.is_some(), given(&other)], other.label());
            let after = Edition { label: &label, territories: &mut territories, is_given: is_given[1] };
            let before = Edition { label: &before.label, territories: &mut before.features, is_given: is_given[0] };
            let all = match_editions(before, after)?;
            renamed(&mut gathered, all);
        }
        let land = |all: &[Territory]| {
            let shells = all.iter().flat_map(|one| one.parts()).map(|part| part.exterior().0.as_slice());
            guard::sample(shells)
        };
        let of_after = match pieces.as_slice() {
            [] => land(&territories),
            all => guard::sample(all.iter().flat_map(|one| &one.parts).map(|part| part.exterior().0.as_slice())),
        };
        guard::of_versions([&data, &other], [land(&before.features), of_after])?;
        let label = format!("{} → {}", before.label, other.label());
        let is_home = before.info.is_some();
        let mut options = LedgerOptions::default();
        let of = |given: Option<Input>, name: &str| match given {
            Some(given) => Some(given.0),
            None => is_home.then(|| Layer::named(name)),
        };
        // Their remarks are no warnings of a ledger.
        let warnings = std::mem::take(&mut gathered.warnings);
        options.places = of(places, PLACES).map_or(Ok(Vec::new()), |data| gathered.select(&data))?;
        options.routes = of(routes, ROUTES).map_or(Ok(Vec::new()), |data| gathered.select(&data))?;
        gathered.warnings = warnings;
        if is_home {
            let names = data.dataset().part_names("", &before.features, data.options())?;
            gathered.files.extend(names.inputs);
            (options.named, options.units) = (names.apart, names.units);
        }
        (options.languages, options.sliver_width_m) = (languages(lang), sliver_width_m);
        let answer = ledger_by(&before.features, &territories, &pieces, &options)?;
        let sources = gathered.sources().of_layer(before.info.as_ref()).against(label);
        Ok(envelope(answer.of_sources(sources)))
    })
}

/// The ledger of an edition, or of a proposal where there are pieces.
fn ledger_by(
    before: &[Territory],
    after: &[Territory],
    pieces: &[Piece],
    options: &LedgerOptions,
) -> Result<library::model::Answer<question::LedgerReport>> {
    match pieces {
        [] => question::ledger(before, after, options),
        pieces => question::ledger_of_proposal(before, pieces, options),
    }
    .map_err(Fault::question)
}

/// The territories of the edition after, or the pieces of the proposal.
fn after_of(data: &Layer, gathered: &mut Gathered) -> Result<(Vec<Territory>, Vec<Piece>)> {
    let mut side = AfterSide::default();
    for found in gathered.any(data)? {
        gathered.warnings.extend(side.add(found)?);
    }
    match side.finish() {
        Ok(After::Edition(territories)) => Ok((territories, Vec::new())),
        Ok(After::Proposal(pieces)) => Ok((Vec::new(), pieces)),
        Err(_) => Err(Fault::argument(
            "`after` mixes an edition with a proposal",
            "give either territories, or features that say `from` and `to`",
        )),
    }
}

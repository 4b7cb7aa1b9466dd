//! `merestone dossier`

use super::builtin;
use super::common::{tell, warn};
use super::datum::Datum;
use super::error::CliError;
use super::home;
use super::levels;
use super::limits::LimitArgs;
use super::plate;
use super::progress;
use clap::Args;
use merestone::io::{Dataset, PartNames, ReadOptions, check_target, write_file};
use merestone::map::{PlateOptions, PlateSpec, draw};
use merestone::model::{
    Answer, Content, DatumBasis, Input, Layer, Line, Piece, Place, Role, Route, Sources, Territory,
};
use merestone::question::{
    self, Asked, BorderOptions, EnclaveOptions, LedgerOptions, RouteOptions, SeveranceOptions, Subject,
};
use merestone::report::{Dossier, DossierPlate, DossierSection, Rendering, dossier, envelope};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Writes one self-contained page: an interactive map, every table, the plates, sources and hashes.
#[derive(Args)]
#[command(after_help = "Examples:
  merestone dossier -o dossier.html
  merestone dossier -o dossier.html --lang hy,az --plate overview
  merestone dossier dataset -o dossier.html
  merestone dossier plate.toml -o dossier.html")]
pub struct DossierCommand {
    /// The folder of a dataset, or a specification of a plate in TOML [default: the embedded dataset]
    #[arg(value_name = "DATASET|SPEC.toml")]
    of: Option<PathBuf>,
    /// The page, FILE.html
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
    /// Title of the page [default: that of the dataset or of the plate]
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,
    /// Languages of names and headings, the first one shown first [default: those of the names that the data have]
    #[arg(long, value_name = "LANG,…", value_delimiter = ',')]
    lang: Vec<String>,
    /// A preset plate in the page (repeatable) [default: every preset of the embedded dataset]
    #[arg(long, value_name = "PRESET")]
    plate: Vec<String>,
    /// No warnings and no progress on standard error
    #[arg(short, long)]
    quiet: bool,
    #[command(flatten)]
    limits: LimitArgs,
    #[command(flatten)]
    datum: Datum,
}

impl DossierCommand {
    pub fn run(&self) -> Result<ExitCode, CliError> {
        let is_page = self.output.extension().is_some_and(|end| end == "html" || end == "htm");
        if !is_page {
            let message = format!("{}: a dossier is one page of HTML", self.output.display());
            return Err(CliError::usage(message, "give the file the ending .html"));
        }
        check_target(&self.output)?;
        progress::begin(self.quiet, false);
        let mut options = ReadOptions::default();
        (options.frame, options.limits) = (self.datum.frame(), self.limits.limits());
        options.filter = self.datum.perspective.filter();
        let spec = self.of.as_deref().filter(|path| path.extension().is_some_and(|end| end == "toml"));
        let mut contents = match (spec, &self.of) {
            (Some(path), _) => self.of_spec(path, &options)?,
            (None, Some(folder)) => {
                let dataset = self.limits.dataset(Some(folder), &self.datum)?;
                of_dataset(&dataset, Some(folder), &self.lang)?
            }
            (None, None) => of_dataset(&self.limits.dataset(None, &self.datum)?, None, &self.lang)?,
        };
        contents.plates.extend(self.plates(&options)?);
        if let Some(title) = &self.title {
            contents.title.clone_from(title);
        }
        progress::stage("writing");
        write_file(&self.output, dossier(&contents).as_bytes())?;
        progress::end();
        if !self.quiet {
            let count = contents.sections.iter().map(|section| section.warnings.len()).sum::<usize>();
            if count > 0 {
                tell("warning", &format!("{count} warnings stand beside the answers in the page"));
            }
        }
        Ok(ExitCode::SUCCESS)
    }

    /// The requested presets; for the embedded dataset, by default all of them.
    fn plates(&self, options: &ReadOptions) -> Result<Vec<DossierPlate>, CliError> {
        let all = builtin::presets().into_iter().map(|(name, _)| name.to_owned());
        let names: Vec<String> = match (self.plate.is_empty(), &self.of) {
            (false, _) => self.plate.clone(),
            (true, None) => all.collect(),
            (true, Some(_)) => Vec::new(),
        };
        let dataset = builtin::dataset().selected_by(options.filter.clone());
        let one = |name: &String| {
            let unknown =
                || CliError::usage(format!("there is no preset \"{name}\""), "`merestone map --list` names them");
            let spec = builtin::preset(name).ok_or_else(unknown)?;
            progress::stage(format!("plate {name}"));
            Ok(picture(&spec, None, &dataset, options, name)?.0)
        };
        names.iter().map(one).collect()
    }

    /// The layers of a specification as a dataset, with its plate.
    fn of_spec(&self, path: &Path, options: &ReadOptions) -> Result<Dossier, CliError> {
        let label = path.display().to_string();
        let wrong = |cause| merestone::io::ReadError::new(&label, merestone::io::Problem::Unreadable(cause));
        let text = std::fs::read_to_string(path).map_err(wrong)?;
        let spec = PlateSpec::parse(&text, &label)?;
        let dataset = self.limits.dataset(None, &self.datum)?;
        let folder = path.parent();
        let (plate, layers) = picture(&spec, folder, &dataset, options, &label)?;
        let title = plate.title.clone();
        let mut contents = of_layers(title, layers, &self.lang)?;
        contents.commands = vec![format!("merestone map {label} -o plate.svg")];
        contents.plates.push(plate);
        Ok(contents)
    }
}

/// A plate for the page, and the layers from which it was drawn.
fn picture(
    spec: &PlateSpec,
    folder: Option<&Path>,
    dataset: &Dataset,
    options: &ReadOptions,
    name: &str,
) -> Result<(DossierPlate, Vec<Layer>), CliError> {
    let layers = plate::layers(spec, folder, dataset, options, true)?;
    let mut spec = spec.clone();
    plate::without_younger_texts(&mut spec, options);
    let spec = &spec;
    let mut plate_options = PlateOptions::default();
    plate_options.world = builtin::world();
    plate_options.routes = plate::reports(spec, &layers, dataset, options)?;
    plate_options.parties = plate::parties(&layers, dataset);
    plate_options.as_of = options.filter.day().map(|day| day.to_string());
    plate_options.view = options.filter.view().map(|view| view.name().to_owned());
    plate_options.relief = plate::relief(spec, folder, dataset, options)?;
    let drawn = draw(spec, &layers, &plate_options)?;
    let title = spec.title.get("en").or_else(|| spec.title.values().next()).cloned();
    let title = title.filter(|title| !title.is_empty()).unwrap_or_else(|| name.to_owned());
    Ok((DossierPlate::new(title, drawn.svg()), layers))
}

/// The layers of a dataset with every applicable answer.
pub(super) fn of_dataset(dataset: &Dataset, folder: Option<&Path>, languages: &[String]) -> Result<Dossier, CliError> {
    let (mut layers, mut noticed) = (Vec::new(), Vec::new());
    for info in dataset.layers() {
        let (layer, more) = dataset.layer(&info.id, None)?;
        layers.push(layer);
        noticed.extend(more);
    }
    warn(&noticed);
    let title = format!("{} ({} {})", dataset.title(), dataset.id(), dataset.version());
    let mut contents = of_layers(title, layers, languages)?;
    let place = folder.map_or(String::new(), |folder| format!(" --dataset {}", folder.display()));
    let commands: BTreeSet<String> =
        contents.commands.iter().map(|command| format!("merestone {command}{place} --format json")).collect();
    contents.commands = commands.into_iter().collect();
    Ok(contents)
}

/// The features of layers, by kind.
#[derive(Default)]
struct DossierFeatures {
    /// The layer of territories for the questions: `states`, else the first.
    territories: Option<(Vec<Territory>, Input, String)>,
    named: Vec<Territory>,
    units: Vec<Territory>,
    lines: Vec<(Vec<Line>, Input, String)>,
    routes: Vec<(Vec<Route>, Input, String)>,
    places: Vec<Place>,
    place_inputs: Vec<Input>,
    proposals: Vec<(Vec<Piece>, Input, String)>,
}

impl DossierFeatures {
    fn of(layers: &[Layer]) -> Self {
        let mut found = DossierFeatures::default();
        let is_main = |layer: &&Layer| layer.info.role == Role::Territory && layer.info.id == home::STATES;
        let main = layers.iter().find(is_main).or_else(|| layers.iter().find(|l| l.info.role == Role::Territory));
        for layer in layers {
            let (input, id) = (layer.input.clone(), layer.info.id.clone());
            match &layer.content {
                Content::Territories(all) if main.is_some_and(|main| std::ptr::eq(main, layer)) => {
                    found.territories = Some((all.clone(), input, id));
                }
                Content::Territories(all) if id == PartNames::ENCLAVES => found.named.extend(all.iter().cloned()),
                Content::Territories(all) if PartNames::may_be_units(&layer.info) => {
                    found.units.extend(all.iter().filter(|t| PartNames::is_unit(t)).cloned());
                }
                Content::Territories(_) => {}
                // What lies around the lines is no line that is asked about.
                Content::Lines(_) if layer.info.role == Role::River => {}
                Content::Lines(all) => found.lines.push((all.clone(), input, id)),
                Content::Routes(all) => found.routes.push((all.clone(), input, id)),
                Content::Places(all) => {
                    found.places.extend(all.iter().cloned());
                    found.place_inputs.push(input);
                }
                Content::Pieces(all) => found.proposals.push((all.clone(), input, id)),
            }
        }
        found
    }

    /// Units of these territories.
    fn units_of(&self, territories: &[Territory]) -> Vec<Territory> {
        self.units.iter().filter(|unit| PartNames::is_of(unit, territories)).cloned().collect()
    }
}

/// Every answer applicable to the layers.
fn of_layers(title: String, layers: Vec<Layer>, languages: &[String]) -> Result<Dossier, CliError> {
    let mut contents = Dossier::default();
    let found = DossierFeatures::of(&layers);
    contents.languages = if languages.is_empty() { languages_of(&layers) } else { languages.to_vec() };
    let mut page = Page { contents, languages: Vec::new() };
    page.languages.clone_from(&page.contents.languages);
    let answer = question::info_dataset(&title, &layers);
    page.add("Layers", "info".to_owned(), as_published(answer, None, Vec::new()));
    if let Some((territories, input, label)) = &found.territories {
        levels::refuse(label, territories.iter().map(|t| &t.meta), &[], levels::by_reference)?;
        page.borders(territories, input, label, &found);
        page.enclaves(territories, input, label, &found);
        for (routes, of, id) in &found.routes {
            let answer = question::routes(routes, territories, &RouteOptions::default());
            let answer = as_published(answer, Some(label), vec![of.clone(), input.clone()]);
            page.add(&format!("Routes: {id}"), format!("route {id} --territories {label}"), answer);
        }
        for (pieces, of, id) in &found.proposals {
            page.ledger(territories, input, label, (pieces, of, id), &found)?;
        }
        for (pieces, of, id) in &found.proposals {
            page.severance(territories, input, (pieces, of, id), &found);
        }
    }
    for (lines, of, id) in &found.lines {
        let answer = question::evidence(&[Content::Lines(lines.clone())], &question::FieldMap::default());
        page.add(&format!("Evidence: {id}"), format!("evidence {id}"), as_published(answer, None, vec![of.clone()]));
    }
    let mut contents = page.contents;
    (contents.title, contents.layers) = (title, layers);
    Ok(contents)
}

/// Languages of the names in the data, English first; only English if no name states a language.
fn languages_of(layers: &[Layer]) -> Vec<String> {
    let metas = layers.iter().flat_map(|layer| layer.content.metas());
    let codes: BTreeSet<String> = metas.flat_map(|meta| meta.name.texts.keys().cloned()).collect();
    let others = codes.into_iter().filter(|code| code != "en" && code != merestone::model::UNDETERMINED);
    std::iter::once("en".to_owned()).chain(others).collect()
}

/// An answer on layers of a dataset, whose positions are WGS 84 as published.
pub(super) fn as_published<R>(mut answer: Answer<R>, territories: Option<&str>, files: Vec<Input>) -> Answer<R> {
    let provenance = &mut answer.provenance;
    (provenance.tolerance_m, provenance.uncertain) = (Some(merestone::topology::COINCIDENT_M), None);
    let sources = Sources::new(files).in_datum(DatumBasis::PublishedAsWgs84);
    answer.of_sources(territories.iter().fold(sources, |sources, label| sources.against(*label)))
}

/// A page under construction.
struct Page {
    contents: Dossier,
    languages: Vec<String>,
}

impl Page {
    fn add<R: Rendering>(&mut self, title: &str, command: String, answer: Answer<R>) {
        self.contents.sections.push(DossierSection::of(title, &envelope(answer)));
        self.contents.commands.push(command);
    }

    fn borders(&mut self, territories: &[Territory], input: &Input, label: &str, found: &DossierFeatures) {
        let mut options = BorderOptions::default();
        options.named.clone_from(&found.named);
        options.units = found.units_of(territories);
        options.languages.clone_from(&self.languages);
        let answer = question::borders(territories, &options);
        let mut rows: Vec<_> = answer.report.rows.iter().filter(|row| row.length_m > 0.0 && !row.incomplete).collect();
        rows.sort_by(|a, b| b.length_m.total_cmp(&a.length_m).then_with(|| a.a.cmp(&b.a)));
        for row in rows.iter().take(5) {
            self.contents.summary.push(format!("{}–{}: {:.1} km of common line", row.a, row.b, row.length_m / 1000.0));
        }
        let answer = as_published(answer, Some(label), vec![input.clone()]);
        self.add("Borders", format!("borders {label}"), answer);
    }

    fn enclaves(&mut self, territories: &[Territory], input: &Input, label: &str, found: &DossierFeatures) {
        let mut options = EnclaveOptions::default();
        options.routes = found.routes.iter().flat_map(|(routes, ..)| routes.iter().cloned()).collect();
        options.named.clone_from(&found.named);
        options.units = found.units_of(territories);
        options.languages.clone_from(&self.languages);
        let answer = question::enclaves(territories, &options);
        let count = |is: fn(&question::EnclaveRow) -> bool| answer.report.rows.iter().filter(|row| is(row)).count();
        let enclaves = count(|row| row.enclave_in.is_some() && !row.incomplete);
        let exclaves = count(|row| row.is_exclave && !row.incomplete);
        self.contents.summary.push(format!("{enclaves} parts are enclaves, {exclaves} are exclaves"));
        let mut files = vec![input.clone()];
        files.extend(found.routes.iter().map(|(_, input, _)| input.clone()));
        let answer = as_published(answer, Some(label), files);
        self.add("Enclaves and exclaves", format!("enclaves {label}"), answer);
    }

    fn ledger(
        &mut self,
        territories: &[Territory],
        input: &Input,
        label: &str,
        (pieces, of, id): (&[Piece], &Input, &str),
        found: &DossierFeatures,
    ) -> Result<(), CliError> {
        let mut options = LedgerOptions::default();
        options.places.clone_from(&found.places);
        options.routes = found.routes.iter().flat_map(|(routes, ..)| routes.iter().cloned()).collect();
        options.named.clone_from(&found.named);
        options.units = found.units_of(territories);
        options.languages.clone_from(&self.languages);
        let answer = question::ledger_of_proposal(territories, pieces, &options)?;
        let mut files = vec![input.clone(), of.clone()];
        files.extend(found.place_inputs.iter().cloned());
        let answer = as_published(answer, Some(&format!("{label} → {id}")), files);
        self.add(&format!("Ledger: {id}"), format!("ledger {label} {id}"), answer);
        Ok(())
    }

    fn severance(
        &mut self,
        territories: &[Territory],
        input: &Input,
        (pieces, of, id): (&[Piece], &Input, &str),
        found: &DossierFeatures,
    ) {
        let mut asked = vec![Asked::new("places".to_owned(), Content::Places(found.places.clone()))];
        let routes = found.routes.iter();
        asked.extend(routes.map(|(routes, _, id)| Asked::new(id.clone(), Content::Routes(routes.clone()))));
        let mut options = SeveranceOptions::default();
        options.languages.clone_from(&self.languages);
        let subject = Subject::Proposal(pieces.to_vec());
        let answer = question::severance(id, &subject, territories, &asked, &options);
        let mut files = vec![of.clone(), input.clone()];
        files.extend(found.place_inputs.iter().cloned());
        let answer = as_published(answer, None, files);
        self.add(&format!("Severance: {id}"), format!("severance {id}"), answer);
    }
}

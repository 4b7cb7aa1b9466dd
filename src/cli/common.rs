//! Options and helpers common to all questions.

use super::answer::{AnswerArgs, advise, warn_of_kinds};
pub use super::answer::{Format, print, print_by, rendered, tell, warn};
use super::axes::{doubts, refuse_beside};
use super::datum::Datum;
use super::error::CliError;
use super::id_field::{IdField, InputRole};
use super::levels;
use super::limits::LimitArgs;
use super::progress;
use clap::{Args, ValueEnum};
use merestone::earth::{OPERATIONS, Operation};
use merestone::io::{
    Choice, Dataset, Filter, FilteredFeatures, Found, Positions, Problem, ReadError, ReadOptions, Reference, Renamed,
    Selected, Shape, joined,
};
use merestone::model::{Edges, Envelope, Input, Sources, Territory, Warning};
use merestone::report::Rendering;
use std::path::PathBuf;

/// How the edge between two positions runs.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum EdgesArg {
    /// Straight in longitude and latitude (RFC 7946)
    Lonlat,
    /// Shortest on the ellipsoid
    Geodesic,
    /// Constant azimuth
    Rhumb,
}

/// Which warnings are printed.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum WarningsArg {
    /// Of more than three of one kind the first, and the number of the others
    Summary,
    /// Every warning, as with --verbose
    All,
}

impl From<EdgesArg> for Edges {
    fn from(edges: EdgesArg) -> Self {
        match edges {
            EdgesArg::Lonlat => Edges::Lonlat,
            EdgesArg::Geodesic => Edges::Geodesic,
            EdgesArg::Rhumb => Edges::Rhumb,
        }
    }
}

/// Options of every question.
#[derive(Args)]
#[command(next_help_heading = "Input and output")]
pub struct Common {
    #[command(flatten)]
    pub answer: AnswerArgs,
    /// A folder with dataset.toml, in place of the embedded dataset
    #[arg(hide_short_help = true, long, value_name = "DIR")]
    pub dataset: Option<PathBuf>,
    /// Languages of names, best first
    #[arg(long, value_name = "LANG,…", value_delimiter = ',', default_value = "en")]
    pub lang: Vec<String>,
    /// How edges run between positions [default: as the data say, else lonlat]
    #[arg(hide_short_help = true, long, value_enum)]
    pub edges: Option<EdgesArg>,
    /// Property that identifies the features of files, of several (ISO_A3,NAME) the first that a feature has;
    /// BEFORE=NAME,AFTER=ISO (of compare: A=NAME,B=ISO) or FILE=NAME where inputs differ [default: the first of the commonest that all have and no two share]
    #[arg(hide_short_help = true, long, value_name = "NAME")]
    pub id_field: Option<IdField>,
    /// Read only the features of files that pass, such as "admin_level = 8" or "kind in (town, city) and population > 500";
    /// FILE[admin_level=8] selects of one file alone
    #[arg(hide_short_help = true, long = "where", value_name = "CONDITION", value_parser = filter)]
    pub filter: Option<Filter>,
    /// Leave out features that are invalid, and say so in the answer, rather than refuse their file
    #[arg(hide_short_help = true, long)]
    pub skip_invalid: bool,
    /// No warnings and no progress on standard error
    #[arg(short, long)]
    pub quiet: bool,
    /// Show on standard error what is under way once a second, also where that is no terminal
    #[arg(hide_short_help = true, long, conflicts_with = "quiet")]
    pub progress: bool,
    /// Print every warning; by default, of more than three of one kind, the first and the number of the others
    #[arg(short, long, conflicts_with = "quiet")]
    pub verbose: bool,
    /// Which warnings are printed
    #[arg(hide_short_help = true, long, value_name = "WHICH", value_enum, conflicts_with_all = ["quiet", "verbose"])]
    pub warnings: Option<WarningsArg>,
    #[command(flatten)]
    pub limits: LimitArgs,
    #[command(flatten)]
    pub datum: Datum,
}

impl Common {
    /// The dataset that references without a file name.
    pub fn dataset(&self) -> Result<Dataset, CliError> {
        self.limits.dataset(self.dataset.as_deref(), &self.datum)
    }

    /// The options for reading features.
    pub fn options(&self) -> ReadOptions {
        let frame = self.datum.frame();
        let id_field = self.id_field.as_ref().and_then(|field| field.of(None, "")).map(str::to_owned);
        let mut options = ReadOptions::default();
        options.edges = self.edges.map(Edges::from);
        options.id_field = id_field;
        options.frame = frame;
        options.skip_invalid = self.skip_invalid;
        options.filter = self.filter.clone().unwrap_or_default().and(&self.datum.perspective.filter());
        options.limits = self.limits.limits();
        options
    }

    /// The options for reading the features of an input.
    pub fn options_of(&self, side: Option<InputRole>, reference: &str) -> ReadOptions {
        let id_field = self.id_field.as_ref().and_then(|field| field.of(side, reference)).map(str::to_owned);
        let mut options = self.options();
        options.id_field = id_field;
        options
    }

    /// Whether the ids of inputs are explicit: from a field chosen by the user, or from their dataset.
    pub fn ids_are_given(&self, side: InputRole, references: &[String]) -> bool {
        let is_given = |reference: &String| {
            let of_dataset = || matches!(Reference::parse(reference), Reference::Named(_));
            self.options_of(Some(side), reference).id_field.is_some() || of_dataset()
        };
        references.iter().flat_map(|reference| Reference::list(reference)).all(|reference| is_given(&reference))
    }

    /// The features named by a reference on the command line.
    pub fn select<T: Shape>(&self, dataset: &Dataset, reference: &str) -> Result<Selected<T>, CliError> {
        Ok(dataset.select(&Reference::parse(reference), &self.options_of(None, reference))?)
    }

    /// The requested datum operation between Pulkovo 1942 and WGS 84.
    pub fn operation(&self) -> Result<Option<Operation>, CliError> {
        match &self.datum.operation {
            None | Some(Choice::Default) => Ok(None),
            Some(Choice::Ours(operation)) => Ok(Some(operation.clone())),
            Some(Choice::Other(code)) => {
                let known: Vec<String> = OPERATIONS.iter().map(Operation::id).collect();
                let hint = format!("the table has {}; own parameters go in a file", known.join(", "));
                Err(CliError::usage(format!("EPSG:{code} is no operation of the table"), hint))
            }
        }
    }

    /// Checks, before the work begins, the target of the answer.
    pub fn check_output(&self) -> Result<(), CliError> {
        self.answer.check()?;
        progress::begin(self.quiet, self.progress);
        Ok(())
    }

    /// Prints an answer in the requested format, then its warnings on standard error.
    pub fn emit<R: Rendering>(&self, answer: &Envelope<R>) -> Result<(), CliError> {
        refuse_beside(&answer.inputs)?;
        progress::stage("writing");
        self.answer.write(answer)?;
        progress::end();
        self.warn_of(answer);
        Ok(())
    }

    /// Prints the warnings of an answer, and hints.
    pub fn warn_of<R>(&self, answer: &Envelope<R>) {
        match (self.quiet, self.verbose || self.warnings == Some(WarningsArg::All)) {
            (true, _) => {}
            (false, true) => warn(&answer.warnings),
            (false, false) => warn_of_kinds(&answer.warnings),
        }
        if !self.quiet {
            advise(&answer.command, &answer.warnings);
        }
    }
}

/// The inputs of an answer, collected from its references.
#[derive(Default)]
pub struct AnswerInputs {
    /// The files.
    pub files: Vec<Input>,
    /// Warnings of reading.
    pub warnings: Vec<Warning>,
}

impl AnswerInputs {
    /// The sources of an answer: its files and the warnings of reading.
    pub fn sources(self) -> Sources {
        Sources::new(self.files).with_warnings(self.warnings)
    }

    /// The features named by a reference, as the requested kind.
    pub fn select<T: Shape>(
        &mut self,
        common: &Common,
        dataset: &Dataset,
        reference: &str,
    ) -> Result<Selected<T>, CliError> {
        let mut selected = reading(reference, || common.select(dataset, reference))?;
        self.files.push(selected.input.clone());
        self.warnings.append(&mut selected.warnings);
        Ok(selected)
    }

    /// The features named by a reference, of any kind.
    pub fn any(&mut self, common: &Common, dataset: &Dataset, reference: &str) -> Result<Found, CliError> {
        self.any_of(None, common, dataset, reference)
    }

    /// As `any`, for one side of a question on two inputs.
    pub fn any_of(
        &mut self,
        side: Option<InputRole>,
        common: &Common,
        dataset: &Dataset,
        reference: &str,
    ) -> Result<Found, CliError> {
        let options = common.options_of(side, reference);
        let mut found = reading(reference, || dataset.select_any(&Reference::parse(reference), &options))?;
        self.files.push(found.input.clone());
        self.warnings.append(&mut found.warnings);
        Ok(found)
    }

    /// As `any_of`; of territories, the outlines are asked about: they are of one administrative level.
    pub fn outlines_of(
        &mut self,
        side: Option<InputRole>,
        common: &Common,
        dataset: &Dataset,
        reference: &str,
    ) -> Result<Found, CliError> {
        let found = self.any_of(side, common, dataset, reference)?;
        levels::refuse_in(&found.label, &found.contents, reference, common.filter.as_ref())?;
        Ok(found)
    }

    /// The features named by a reference, of any kind; lines and polygons that are not `wanted` are only counted.
    pub fn any_where(
        &mut self,
        common: &Common,
        dataset: &Dataset,
        reference: &str,
        wanted: impl Fn(Positions<'_>) -> bool + Sync,
    ) -> Result<FilteredFeatures, CliError> {
        let options = common.options_of(None, reference);
        let mut found = reading(reference, || dataset.select_where(&Reference::parse(reference), &options, wanted))?;
        self.files.push(found.input.clone());
        self.warnings.append(&mut found.warnings);
        Ok(found)
    }

    /// Records the ids by which territories are named.
    pub fn renamed(&mut self, all: impl IntoIterator<Item = Renamed>) {
        for Renamed { label, field, warning } in all {
            self.warnings.push(warning);
            let of_layer = |path: &str| label.split(" + ").any(|part| part.split('#').next() == Some(path));
            for file in self.files.iter_mut().filter(|file| of_layer(&file.path)) {
                file.ids = Some(field.clone());
            }
        }
    }

    /// The territories of one or several references as one layer: features with the same id are one territory.
    pub fn territories(
        &mut self,
        common: &Common,
        dataset: &Dataset,
        references: &[String],
    ) -> Result<Selected<Territory>, CliError> {
        self.territories_of(None, common, dataset, references)
    }

    /// As `territories`, for one side of a question on two inputs.
    pub fn territories_of(
        &mut self,
        side: Option<InputRole>,
        common: &Common,
        dataset: &Dataset,
        references: &[String],
    ) -> Result<Selected<Territory>, CliError> {
        let (mut layers, held): (Vec<Selected<Territory>>, _) = (Vec::new(), self.files.len());
        for reference in references.iter().flat_map(|reference| Reference::list(reference)) {
            let options = common.options_of(side, &reference);
            layers.push(reading(&reference, || dataset.select(&Reference::parse(&reference), &options))?);
            self.files.extend(layers.last().map(|layer| layer.input.clone()));
        }
        let none = || ReadError::new(references.join(" + "), Problem::Nothing("territories"));
        let mut layer = joined(layers).ok_or_else(none)?;
        self.warnings.append(&mut layer.warnings);
        self.warnings.extend(doubts(&self.files[held..]));
        let filters: Vec<Filter> = references
            .iter()
            .flat_map(|all| Reference::list(all))
            .filter_map(|one| Reference::parse(&one).filter())
            .collect();
        let filters: Vec<&Filter> = filters.iter().chain(&common.filter).collect();
        levels::refuse(&layer.label, layer.features.iter().map(Shape::meta), &filters, levels::by_option)?;
        Ok(layer)
    }
}

/// Shows the reading stage during `read`, then the stage of the question.
pub fn reading<T>(reference: &str, read: impl FnOnce() -> T) -> T {
    progress::stage(format!("reading {reference}"));
    let result = read();
    progress::stage("working");
    result
}

/// A filter on the command line.
pub fn filter(text: &str) -> Result<Filter, String> {
    Filter::parse(text).map_err(|error| format!("{error}: write it like \"admin_level = 8 and name != x\""))
}

/// A distance on the command line.
pub fn metres(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(metres) if metres > 0.0 && metres <= 50_000.0 => Ok(metres),
        _ => Err("give metres, more than 0 and at most 50000".into()),
    }
}

//! `merestone check`

use super::common::{AnswerInputs, Common, metres, tell};
use super::error::CliError;
use clap::{Args, ValueEnum};
use merestone::io::{Dataset, Reference, Scan};
use merestone::model::{Content, Edges, FindingCode, LayerInfo, Role, Severity};
use merestone::question::{CheckOptions, CheckReference, CoverageOf, FeatureChecks, FeatureFindings, NamedPlace};
use merestone::{question, report};
use std::process::ExitCode;

/// Everything wrong with the files; nothing is repaired.
///
/// Four layers: JSON and RFC 7946; the geometry of each feature; its place on the earth (axes, metres, datum, name)
/// against a reference; gaps and overlaps between polygons. Exit code 1 when there is an error, 0 with warnings alone.
/// GeoJSON output holds the places of the findings.
#[derive(Args)]
#[command(after_help = "Examples:
  merestone check border.geojson
  merestone check armenia.geojson azerbaijan.geojson --accuracy 50
  merestone check states --format geojson --output findings.geojson
  merestone check route.geojson --role route --reference states.geojson")]
pub struct Check {
    /// Files, layers or features of files (FILE#NAME), `-`, or layers or features of the dataset
    #[arg(value_name = "FILE", required = true)]
    files: Vec<String>,
    /// Accuracy of the positions: narrower gaps and overlaps are slivers [default: as the data say, else 100]
    #[arg(long, value_name = "METRES", value_parser = metres)]
    accuracy: Option<f64>,
    /// Which files are one coverage
    #[arg(long, value_enum, default_value_t)]
    coverage: CoverageArg,
    /// Territories to hold the files against [default: the layer `states` of the dataset, with all its names]
    #[arg(long, value_name = "REF")]
    reference: Option<String>,
    /// Hold the files against no reference
    #[arg(long, conflicts_with = "reference")]
    no_reference: bool,
    /// What every feature must be
    #[arg(long, value_enum)]
    role: Option<RoleArg>,
    /// Most findings of one kind in one file that are listed; the rest are counted
    #[arg(long, value_name = "NUMBER", default_value_t = question::DEFAULT_LISTED)]
    list: usize,
    #[command(flatten)]
    common: Common,
}

#[derive(Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum CoverageArg {
    /// Files that lie beside each other together, files over the same land apart
    #[default]
    Auto,
    /// Each file alone
    Each,
    /// All files together
    All,
    /// None: then files of any size are checked in the same memory
    None,
}

#[derive(Clone, Copy, ValueEnum)]
enum RoleArg {
    /// Polygons
    Territory,
    /// Lines
    Line,
    /// Lines
    Route,
    /// Points
    Place,
}

impl Check {
    pub fn run(&self) -> Result<ExitCode, CliError> {
        self.common.check_output()?;
        let filtered = |file: &&String| matches!(Reference::parse(file), Reference::Where { .. });
        let perspective = &self.common.datum.perspective;
        let selects = perspective.as_of.is_some() || perspective.view.is_some();
        if self.common.filter.is_some() || selects || self.files.iter().any(|file| filtered(&file)) {
            let hint = "select the features first: merestone convert IN OUT --where CONDITION";
            return Err(CliError::usage("check looks at whole files", hint));
        }
        let dataset = self.common.dataset()?;
        let options = self.options(&dataset)?;
        let checks = FeatureChecks::new(&options);
        let mut files =
            self.files.iter().map(|file| self.scan(&dataset, file, &checks)).collect::<Result<Vec<_>, _>>()?;
        let answer = question::check_rest(&mut files, &options)?;
        let scans: Vec<Scan> = files.into_iter().map(|(scan, _)| scan).collect();
        let errors = answer.report.count(Severity::Error);
        let envelope = report::envelope(answer);
        self.common.emit(&envelope)?;
        if !self.common.quiet && envelope.results.findings.iter().any(|finding| finding.code == FindingCode::NotListed)
        {
            tell("hint", "--list N lists N findings of each kind");
        }
        match scans.into_iter().find_map(|scan| scan.failure) {
            Some(failure) => Err(failure.into()),
            None => Ok(if errors > 0 { ExitCode::from(1) } else { ExitCode::SUCCESS }),
        }
    }

    fn scan(
        &self,
        dataset: &Dataset,
        file: &str,
        checks: &FeatureChecks<'_>,
    ) -> Result<(Scan, FeatureFindings), CliError> {
        let options = self.common.options();
        Ok(match Reference::parse(file) {
            Reference::Named(name) => match in_dataset(dataset, &name) {
                Some(known) => dataset.scan(&known, checks)?,
                None => Scan::file(file, &options, checks),
            },
            Reference::Stdin { fragment: None } => Scan::file("-", &options, checks),
            Reference::Stdin { fragment: Some(part) } => Scan::part("-", &part, &options, checks)?,
            Reference::File { path, fragment: None } => Scan::file(&path, &options, checks),
            Reference::File { path, fragment: Some(part) } => Scan::part(&path, &part, &options, checks)?,
            _ => Scan::file(file, &options, checks),
        })
    }

    fn options(&self, dataset: &Dataset) -> Result<CheckOptions, CliError> {
        let coverage = match self.coverage {
            CoverageArg::Auto => CoverageOf::Auto,
            CoverageArg::Each => CoverageOf::Each,
            CoverageArg::All => CoverageOf::All,
            CoverageArg::None => CoverageOf::Nothing,
        };
        let role = self.role.map(|role| match role {
            RoleArg::Territory => Role::Territory,
            RoleArg::Line => Role::Line,
            RoleArg::Route => Role::Route,
            RoleArg::Place => Role::Place,
        });
        let mut options = CheckOptions::default();
        options.accuracy_m = self.accuracy;
        options.coverage = coverage;
        options.edges = self.common.edges.map(Edges::from).unwrap_or_default();
        options.id_field = self.common.options().id_field;
        options.role = role;
        options.listed = Some(self.list);
        options.reference = self.reference(dataset)?;
        Ok(options)
    }

    fn reference(&self, dataset: &Dataset) -> Result<Option<CheckReference>, CliError> {
        if self.no_reference {
            return Ok(None);
        }
        if let Some(reference) = &self.reference {
            let found = AnswerInputs::default().territories(&self.common, dataset, std::slice::from_ref(reference))?;
            let names = found.features.iter().filter_map(NamedPlace::of).collect();
            return Ok(Some(CheckReference { label: found.label, territories: found.features, asked: true, names }));
        }
        if dataset.layers().is_empty() {
            return Ok(None);
        }
        let mut known = CheckReference { label: format!("the dataset {}", dataset.id()), ..CheckReference::default() };
        let known_by = |l: &&LayerInfo| matches!(l.role, Role::Territory | Role::Place) && l.edition_of.is_none();
        for layer in dataset.layers().iter().filter(known_by) {
            match dataset.layer(&layer.id, None)?.0.content {
                Content::Territories(territories) => {
                    known.names.extend(territories.iter().filter_map(NamedPlace::of));
                    if layer.id == "states" {
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
        Ok(Some(known))
    }
}

/// A layer or feature of the dataset, as `layer` or `layer/id`.
fn in_dataset(dataset: &Dataset, name: &str) -> Option<String> {
    let layer = name.split_once('/').map_or(name, |(layer, _)| layer);
    if dataset.layers().iter().any(|known| known.id == layer) {
        return Some(name.to_owned());
    }
    let holds = |layer: &&LayerInfo| dataset.feature_ids(&layer.id).is_ok_and(|ids| ids.iter().any(|id| id == name));
    dataset.layers().iter().find(holds).map(|layer| format!("{}/{name}", layer.id))
}

//! `merestone severance`

use super::common::{Common, Gathered, inputs, metres};
use super::error::CliError;
use clap::Args;
use merestone::io::{Found, Problem, ReadError};
use merestone::model::{Content, Place, Role, Route};
use merestone::question::{self, Asked, SeveranceOptions, Subject};
use merestone::report;
use std::process::ExitCode;

/// What does a line, or a proposal, cut off: settlements, routes, land?
///
/// Works on any points, lines and polygons: buildings, parcels, pipes. It reports and does not plead: each row says by
/// which distance and which data.
#[derive(Args)]
#[command(after_help = "Examples:
  merestone severance enclaves-restored
  merestone severance enclaves-as-held --format json
  merestone severance lines/ring-karki --near 500
  merestone severance new-line.geojson --features buildings.gpkg --features parcels.geojson")]
pub struct Severance {
    /// A line, or a proposal
    #[arg(value_name = "LINE|PROPOSAL")]
    subject: String,
    /// Settlements and other points [default: places of the dataset]
    #[arg(long, value_name = "REF")]
    places: Option<String>,
    /// Routes [default: routes of the dataset]
    #[arg(long, value_name = "REF")]
    routes: Option<String>,
    /// More points, lines or polygons to count (repeatable)
    #[arg(long, value_name = "REF")]
    features: Vec<String>,
    /// Who holds what before (repeatable: several files are one layer) [default: states of the dataset]
    #[arg(long, value_name = "REF")]
    territories: Vec<String>,
    /// What lies or runs within so many metres of the line is near it
    #[arg(long, value_name = "METRES", value_parser = metres, default_value = "1000")]
    near: f64,
    /// A route within so many metres of a settlement serves it
    #[arg(long, value_name = "METRES", value_parser = metres, default_value = "2000")]
    reach: f64,
    /// Radius of a settlement's surroundings
    #[arg(long, value_name = "METRES", value_parser = metres, default_value = "2000")]
    surroundings: f64,
    #[command(flatten)]
    common: Common,
}

impl Severance {
    pub fn run(&self) -> Result<ExitCode, CliError> {
        self.common.check_output()?;
        let dataset = self.common.dataset()?;
        let mut gathered = Gathered::default();
        let found = gathered.any(&self.common, &dataset, &self.subject)?;
        let (method, label) = (
            self.common.note(found.info.as_ref(), found.contents.iter().flat_map(Content::metas)),
            self.subject.clone(),
        );
        let subject = subject(found)?;
        let layer =
            |role: Role, id: &str| dataset.layers().iter().any(|l| l.role == role && l.id == id).then(|| id.to_owned());
        let mut territories = Vec::new();
        let held = match self.territories.as_slice() {
            [] => layer(Role::Territory, "states").into_iter().collect(),
            references => references.to_vec(),
        };
        if !held.is_empty() {
            territories = gathered.territories(&self.common, &dataset, &held)?.features;
        }
        let mut asked = Vec::new();
        if let Some(reference) = self.places.clone().or_else(|| layer(Role::Place, "places")) {
            let s = gathered.select::<Place>(&self.common, &dataset, &reference)?;
            asked.push(Asked { data: s.label, content: Content::Places(s.features) });
        }
        if let Some(reference) = self.routes.clone().or_else(|| layer(Role::Route, "routes")) {
            let s = gathered.select::<Route>(&self.common, &dataset, &reference)?;
            asked.push(Asked { data: s.label, content: Content::Routes(s.features) });
        }
        for reference in &self.features {
            let more = gathered.any(&self.common, &dataset, reference)?;
            let data = more.label;
            asked.extend(more.contents.into_iter().map(|content| Asked { data: data.clone(), content }));
        }
        let options = SeveranceOptions {
            within_m: self.near,
            reach_m: self.reach,
            surroundings_m: self.surroundings,
            languages: self.common.lang.clone(),
        };
        let (answer, more) = question::severance(label, &subject, &territories, &asked, &options);
        gathered.warnings.extend(more);
        self.common.emit(&report::envelope(answer, inputs(gathered.files), method, gathered.warnings))?;
        Ok(ExitCode::SUCCESS)
    }
}

/// Polygons whose features say `to` are a proposal; of other polygons the outline is the line.
fn subject(found: Found) -> Result<Subject, CliError> {
    let (mut pieces, mut lines) = (Vec::new(), Vec::new());
    for content in found.contents {
        match content {
            Content::Pieces(all) => pieces.extend(all),
            Content::Territories(all) if all.iter().all(|t| t.meta.properties.contains_key("to")) => {
                pieces.extend(all.into_iter().map(super::ledger::as_piece));
            }
            Content::Places(_) => {}
            other => lines.push(other),
        }
    }
    match (pieces.is_empty(), lines.is_empty()) {
        (true, true) => Err(ReadError::new(found.label, Problem::Nothing("lines or land of a proposal")).into()),
        (true, false) => Ok(Subject::Line(lines)),
        _ => Ok(Subject::Proposal(pieces)),
    }
}

//! The context of the line, and the names of territories.

use super::super::common::Gathered;
use super::super::error::CliError;
use super::super::home;
use super::Describe;
use super::subject::Subject;
use merestone::document::DescriptionContext;
use merestone::document::description::Words;
use merestone::io::Dataset;
use merestone::model::{Content, Route, Territory, Warning, WarningCode, bounds_of_positions};

/// Names of territories by their ids.
#[derive(Default)]
pub struct Names(Vec<(String, Words)>);

impl Names {
    pub fn add(&mut self, territories: &[Territory]) {
        for territory in territories {
            let name = Words::from(&territory.meta.name);
            let is_new = !self.0.iter().any(|(id, _)| *id == territory.meta.id);
            if is_new && !name.is_empty() {
                self.0.push((territory.meta.id.clone(), name));
            }
        }
    }

    /// The name of a territory by its id.
    pub fn get(&self, id: &str) -> Option<Words> {
        self.0.iter().find(|(known, _)| known.eq_ignore_ascii_case(id)).map(|(_, name)| name.clone())
    }

    /// The id of a territory by its name.
    pub fn code(&self, name: &Words) -> Option<String> {
        self.0.iter().find(|(_, known)| known == name).map(|(id, _)| id.clone())
    }

    /// Names of a territory as given by the user or a file: an id, names by language, or a name.
    pub fn called(&self, text: &str) -> Words {
        let of_language = |part: &str| {
            let (language, name) = part.split_once('=')?;
            let [language, name] = [language.trim(), name.trim()];
            (language.len() == 2 && !name.is_empty()).then(|| (language.to_lowercase(), name.to_owned()))
        };
        let parts: Option<Vec<(String, String)>> = text.split(';').map(of_language).collect();
        match parts {
            Some(parts) => Words(parts.into_iter().collect()),
            None => self.get(text).unwrap_or_else(|| Words::of("en", text.trim())),
        }
    }
}

/// The context, with warnings.
pub struct Named {
    pub context: DescriptionContext,
    pub warnings: Vec<Warning>,
}

/// Default layers of the dataset.
const RIVERS: &str = "rivers";
const RIDGES: &str = "ridges";

impl Describe {
    pub(super) fn context(
        &self,
        dataset: &Dataset,
        gathered: &mut Gathered,
        subject: &mut Subject,
    ) -> Result<Named, CliError> {
        let mut context = DescriptionContext::default();
        let mut warnings = Vec::new();
        let is_home = subject.is_home;
        let mut layer = |references: &[String], default: Option<&str>| -> Result<Vec<Content>, CliError> {
            let of_dataset = default.filter(|id| is_home && dataset.layers().iter().any(|layer| layer.id == **id));
            let named: Vec<String> = match (references.is_empty(), of_dataset) {
                (true, Some(id)) => vec![id.to_owned()],
                _ => references.to_vec(),
            };
            let mut out = Vec::new();
            for reference in named {
                for content in gathered.any(&self.common, dataset, &reference)?.contents {
                    out.push(surveyed(content, &reference, &mut warnings));
                }
            }
            Ok(out)
        };
        context.rivers = layer(&self.rivers, Some(RIVERS))?;
        context.roads = layer(&self.roads, None)?;
        context.ridges = layer(&self.ridges, Some(RIDGES))?;
        context.parcels = layer(&self.parcels, None)?;
        context.places = layer(&self.places, Some(home::PLACES))?;
        context.territories = std::mem::take(&mut subject.territories);
        Ok(Named { context, warnings })
    }

    /// The named territories, else those of the dataset if the line is within its bounds.
    pub(super) fn known_territories(
        &self,
        dataset: &Dataset,
        gathered: &mut Gathered,
        positions: impl IntoIterator<Item = geo::Coord>,
    ) -> Result<(Vec<Territory>, bool), CliError> {
        let mut of_dataset = Vec::new();
        if dataset.layers().iter().any(|layer| layer.id == home::STATES) {
            let states = self.common.select::<Territory>(dataset, home::STATES)?;
            let bounds = bounds_of_positions(home::of_territories(&states.features));
            if let (Some(line), Some(bounds)) = (bounds_of_positions(positions), bounds)
                && home::is_within(line, bounds)
            {
                if self.territories.is_empty() {
                    gathered.files.push(states.input.clone());
                }
                of_dataset = states.features;
            }
        }
        let is_home = !of_dataset.is_empty();
        match self.territories.as_slice() {
            [] => Ok((of_dataset, is_home)),
            named => Ok((gathered.territories(&self.common, dataset, named)?.features, is_home)),
        }
    }
}

/// A layer without chains of waypoints, because their course is not known.
fn surveyed(content: Content, reference: &str, warnings: &mut Vec<Warning>) -> Content {
    let Content::Routes(routes) = content else { return content };
    let (indicative, surveyed): (Vec<Route>, Vec<Route>) = routes.into_iter().partition(Route::is_indicative);
    if !indicative.is_empty() {
        let message =
            format!("{reference}: {} routes are chains of waypoints and are not asked about", indicative.len());
        warnings.push(Warning { code: WarningCode::Indicative, message, feature: None });
    }
    Content::Routes(surveyed)
}

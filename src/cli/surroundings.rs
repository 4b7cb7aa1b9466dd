//! What lies around lines, and the names of territories: for descriptions and for protocols of marks.

use super::common::{AnswerInputs, Common};
use super::error::CliError;
use super::home;
use merestone::document::DescriptionContext;
use merestone::document::description::{Words, description_languages};
use merestone::io::{Dataset, nearest};
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

    /// Names a territory that has none of its own.
    pub fn call(&mut self, id: &str, name: Words) {
        self.0.retain(|(known, _)| known != id);
        self.0.push((id.to_owned(), name));
    }

    /// The names by id.
    pub fn all(&self) -> &[(String, Words)] {
        &self.0
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

/// References to the layers around a line.
pub struct Layers<'a> {
    pub rivers: &'a [String],
    pub roads: &'a [String],
    pub ridges: &'a [String],
    pub parcels: &'a [String],
    pub places: &'a [String],
}

impl Layers<'_> {
    /// What they hold; for a line within the dataset, its layers where none is named.
    pub fn read(
        &self,
        common: &Common,
        dataset: &Dataset,
        gathered: &mut AnswerInputs,
        is_home: bool,
    ) -> Result<Named, CliError> {
        let mut context = DescriptionContext::default();
        let mut warnings = Vec::new();
        let mut layer = |references: &[String], default: Option<&str>| -> Result<Vec<Content>, CliError> {
            let of_dataset = default.filter(|id| is_home && dataset.layers().iter().any(|layer| layer.id == **id));
            let named: Vec<String> = match (references.is_empty(), of_dataset) {
                (true, Some(id)) => vec![id.to_owned()],
                _ => references.to_vec(),
            };
            let mut out = Vec::new();
            for reference in named {
                for content in gathered.any(common, dataset, &reference)?.contents {
                    out.push(surveyed(content, &reference, &mut warnings));
                }
            }
            Ok(out)
        };
        context.rivers = layer(self.rivers, Some(RIVERS))?;
        context.roads = layer(self.roads, None)?;
        context.ridges = layer(self.ridges, Some(RIDGES))?;
        context.parcels = layer(self.parcels, None)?;
        context.places = layer(self.places, Some(home::PLACES))?;
        Ok(Named { context, warnings })
    }
}

/// The named territories, else those of the dataset if the line is within its bounds; and whether it is.
pub fn known_territories(
    common: &Common,
    dataset: &Dataset,
    gathered: &mut AnswerInputs,
    named: &[String],
    positions: impl IntoIterator<Item = geo::Coord>,
) -> Result<(Vec<Territory>, bool), CliError> {
    let mut of_dataset = Vec::new();
    if dataset.layers().iter().any(|layer| layer.id == home::STATES) {
        let states = common.select::<Territory>(dataset, home::STATES)?;
        let bounds = bounds_of_positions(home::of_territories(&states.features));
        if let (Some(line), Some(bounds)) = (bounds_of_positions(positions), bounds)
            && home::is_within(line, bounds)
        {
            if named.is_empty() {
                gathered.files.push(states.input.clone());
            }
            of_dataset = states.features;
        }
    }
    let is_home = !of_dataset.is_empty();
    match named {
        [] => Ok((of_dataset, is_home)),
        named => Ok((gathered.territories(common, dataset, named)?.features, is_home)),
    }
}

/// The requested languages, each once.
pub fn languages(asked: &[String]) -> Result<Vec<String>, CliError> {
    let known: Vec<String> = description_languages().into_iter().map(str::to_owned).collect();
    let mut out: Vec<String> = Vec::new();
    for language in asked {
        let code = language.trim().to_lowercase();
        if !known.contains(&code) {
            let meant = nearest(&code, &known).map_or(String::new(), |meant| format!("did you mean `{meant}`? "));
            let message = format!("no text in the language \"{language}\"");
            return Err(CliError::usage(message, format!("{meant}there are texts in {}", known.join(", "))));
        }
        if !out.contains(&code) {
            out.push(code);
        }
    }
    Ok(out)
}

/// The order of parties and languages: in an original, its keeper comes first.
pub fn alternat(
    code: Option<&str>,
    dataset: &Dataset,
    names: &Names,
    mut languages: Vec<String>,
    parties: &mut [Words],
) -> Result<Vec<String>, CliError> {
    let Some(code) = code else { return Ok(languages) };
    let is_called = |party: &Words| {
        names.get(code).is_some_and(|name| name == *party)
            || party.0.values().any(|text| text.eq_ignore_ascii_case(code))
    };
    let Some(place) = parties.iter().position(is_called) else {
        let known: Vec<String> = parties.iter().filter_map(|party| names.code(party)).collect();
        let hint = match known.is_empty() {
            true => "name a party as --left or --right does".to_owned(),
            false => format!("the parties are {}", known.join(", ")),
        };
        return Err(CliError::usage(format!("no party \"{code}\" is on either side of the line"), hint));
    };
    parties[..=place].rotate_right(1);
    let party = dataset.parties().iter().find(|party| party.id.eq_ignore_ascii_case(code));
    let own = party.and_then(|party| party.languages.iter().find_map(|own| languages.iter().position(|l| l == own)));
    if let Some(own) = own {
        languages[..=own].rotate_right(1);
    }
    Ok(languages)
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

//! Default layers of the dataset: used only if the input is within their bounds.

use super::common::{AnswerInputs, Common};
use super::error::CliError;
use geo::Coord;
use merestone::io::{Dataset, Selected};
use merestone::model::{Bounds, Route, Territory, bounds_of_positions};
use merestone::question;

/// The layer of territories.
pub const STATES: &str = "states";
/// The layer of settlements.
pub const PLACES: &str = "places";
/// The layer of routes.
pub const ROUTES: &str = "routes";

/// Positions of the shells of territories.
pub fn of_territories(territories: &[Territory]) -> impl Iterator<Item = Coord> {
    territories.iter().flat_map(|t| t.parts()).flat_map(|part| part.exterior().0.iter().copied())
}

/// Positions of routes.
pub fn of_routes(routes: &[Route]) -> impl Iterator<Item = Coord> {
    routes.iter().flat_map(|route| &route.runs).flat_map(|run| run.0.iter().copied())
}

/// By what parts of territories of the dataset are known.
#[derive(Default)]
pub struct PartNames {
    /// Features of the layer of what lies in others.
    pub apart: Vec<Territory>,
    /// Units of the territories.
    pub units: Vec<Territory>,
}

impl PartNames {
    /// What the dataset has for territories of a layer of it; nothing for those of files.
    pub fn of(
        territories: &Selected<Territory>,
        common: &Common,
        dataset: &Dataset,
        gathered: &mut AnswerInputs,
    ) -> Result<Self, CliError> {
        match territories.info.is_some() {
            true => Self::of_layer(&territories.label, &territories.features, common, dataset, gathered),
            false => Ok(PartNames::default()),
        }
    }

    /// The same for territories of the layer `label`.
    pub fn of_layer(
        label: &str,
        territories: &[Territory],
        common: &Common,
        dataset: &Dataset,
        gathered: &mut AnswerInputs,
    ) -> Result<Self, CliError> {
        let names = dataset.part_names(label, territories, &common.options())?;
        gathered.files.extend(names.inputs);
        Ok(PartNames { apart: names.apart, units: names.units })
    }
}

/// Whether a box lies within another.
pub fn is_within(inner: Bounds, home: Bounds) -> bool {
    inner[0] >= home[0] && inner[1] >= home[1] && inner[2] <= home[2] && inner[3] <= home[3]
}

/// Refuses routes beyond the bounds of the dataset's territories, which are used by default. The hint states if the
/// routes would be within them with exchanged axes, unless the user has stated the axis order.
pub fn refuse_beyond(
    label: &str,
    routes: &[Route],
    territories: &Selected<Territory>,
    axes_stated: bool,
) -> Result<(), CliError> {
    let Some(home) = bounds_of_positions(of_territories(&territories.features)) else { return Ok(()) };
    match bounds_of_positions(of_routes(routes)) {
        Some(inner) if !is_within(inner, home) => {
            let shown = |[west, south, east, north]: Bounds| format!("[{west:.1}, {south:.1}, {east:.1}, {north:.1}]");
            let message = format!(
                "{label} ({}) does not lie within the bounds of the dataset's layer `{}` ({})",
                shown(inner),
                territories.label,
                shown(home)
            );
            let exchanged = !axes_stated && question::lies_exchanged(inner, &[home]);
            let axes = if exchanged { "; if the file has latitude before longitude: --axes yx" } else { "" };
            Err(CliError::usage(message, format!("name the territories there: --territories FILE{axes}")))
        }
        _ => Ok(()),
    }
}

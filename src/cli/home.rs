//! Layers of the dataset that a question asks about where none is named: only if its input lies within their bounds.

use super::error::CliError;
use geo::Coord;
use merestone::io::Selected;
use merestone::model::{Bounds, Route, Territory, bounds_of_positions};
use merestone::question;

/// The layer of territories.
pub const STATES: &str = "states";
/// The layer of settlements.
pub const PLACES: &str = "places";
/// The layer of routes.
pub const ROUTES: &str = "routes";
/// The layer of territories that lie in others.
pub const ENCLAVES: &str = "enclaves";

/// Positions of the shells of territories.
pub fn of_territories(territories: &[Territory]) -> impl Iterator<Item = Coord> {
    territories.iter().flat_map(|t| &t.parts).flat_map(|part| part.exterior().0.iter().copied())
}

/// Positions of routes.
pub fn of_routes(routes: &[Route]) -> impl Iterator<Item = Coord> {
    routes.iter().flat_map(|route| &route.runs).flat_map(|run| run.0.iter().copied())
}

/// Whether a box lies within another.
pub fn is_within(inner: Bounds, home: Bounds) -> bool {
    inner[0] >= home[0] && inner[1] >= home[1] && inner[2] <= home[2] && inner[3] <= home[3]
}

/// Refuses routes that are held against territories of the dataset which nobody named, and reach beyond their bounds. That
/// they would lie there with their axes exchanged, unless the user has stated these, is part of the hint.
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

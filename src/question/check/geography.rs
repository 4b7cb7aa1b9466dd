//! Compares the location of a file with a reference.

use super::super::axes::swapped_axes;
use super::features::FeatureFindings;
use super::shift;
use crate::io::Scan;
use crate::model::{Finding, FindingCode as Code, Measure, Name, Territory, interior_point};
use geo::{Coord, Polygon};

/// A reference for checks: known places.
#[derive(Debug, Clone, Default)]
pub struct CheckReference {
    /// Its name in messages.
    pub label: String,
    /// Territories whose outlines and land are taken as correct.
    pub territories: Vec<Territory>,
    /// Whether the user named it. A default reference is not used for files that name none of its places.
    pub asked: bool,
    /// Names and their locations.
    pub names: Vec<NamedPlace>,
}

/// A name and its location.
#[derive(Debug, Clone)]
pub struct NamedPlace {
    /// The feature's identifier.
    pub id: String,
    /// Its names.
    pub name: Name,
    /// Its land; empty for a point.
    pub parts: Vec<Polygon>,
    /// A position inside it (lon, lat in degrees).
    pub centre: Coord,
    /// Whether its land continues beyond the frame of the reference.
    pub clipped: bool,
}

impl NamedPlace {
    /// Returns a territory by its names, with a position inside its largest part.
    pub fn of(territory: &Territory) -> Option<Self> {
        let largest = territory.parts().iter().max_by_key(|part| part.exterior().0.len())?;
        Some(NamedPlace {
            id: territory.meta.id.clone(),
            name: territory.meta.name.clone(),
            parts: territory.parts().to_vec(),
            centre: interior_point(largest)?.0,
            clipped: territory.meta.clipped,
        })
    }
}

/// Returns findings on apparently swapped axes, shifts and misplaced names.
pub(super) fn check(scan: &Scan, reference: &CheckReference, found: &FeatureFindings) -> Vec<Finding> {
    let positions = found.sample.positions();
    let swapped = swapped(scan, reference, positions).filter(|_| reference.asked || found.is_of_reference);
    if swapped.is_some() {
        // Swapped axes would also cause findings of the other two checks.
        return swapped.into_iter().collect();
    }
    shift::check(scan, reference, positions).into_iter().chain(found.name.iter().cloned()).collect()
}

/// Finds apparently swapped axes: no position meets the reference as given, nearly all do when exchanged.
fn swapped(scan: &Scan, reference: &CheckReference, positions: &[Coord]) -> Option<Finding> {
    let count = swapped_axes(positions, &reference.territories)?;
    let message = format!(
        "no position meets {} as it stands, and {count} of {} looked at do with their axes swapped",
        reference.label,
        positions.len()
    );
    let measure = Measure { count: Some(count), ..Measure::default() };
    Some(Finding::warning(&scan.input.path, Code::SwappedAxes, message).on(positions[0]).measured(measure))
}

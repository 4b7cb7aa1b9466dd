//! Does a file lie where its own words and a reference say?

use super::super::axes::swapped_axes;
use super::features::FeatureFindings;
use super::shift;
use crate::io::Scan;
use crate::model::{Finding, FindingCode as Code, Measure, Name, Territory, interior_point};
use geo::{Coord, Polygon};

/// Known places.
#[derive(Debug, Clone, Default)]
pub struct CheckReference {
    /// What messages call it.
    pub label: String,
    /// Territories whose outlines and land are taken for right.
    pub territories: Vec<Territory>,
    /// Whether somebody named them. What stands in by default says nothing of a file that names none of its places.
    pub asked: bool,
    /// Names and where they belong.
    pub names: Vec<NamedPlace>,
}

/// A name and where it belongs.
#[derive(Debug, Clone)]
pub struct NamedPlace {
    /// The feature's identifier.
    pub id: String,
    /// Its names.
    pub name: Name,
    /// Its land; empty for a point.
    pub parts: Vec<Polygon>,
    /// A position in it.
    pub centre: Coord,
    /// Whether its land goes on beyond the frame of the reference.
    pub clipped: bool,
}

impl NamedPlace {
    /// A territory by its names; its largest part holds the position.
    pub fn of(territory: &Territory) -> Option<Self> {
        let largest = territory.parts.iter().max_by_key(|part| part.exterior().0.len())?;
        Some(NamedPlace {
            id: territory.meta.id.clone(),
            name: territory.meta.name.clone(),
            parts: territory.parts.clone(),
            centre: interior_point(largest)?.0,
            clipped: territory.meta.clipped,
        })
    }
}

/// Returns what looks swapped, shifted or misnamed.
pub(super) fn check(scan: &Scan, reference: &CheckReference, found: &FeatureFindings) -> Vec<Finding> {
    let positions = found.sample.positions();
    let swapped = swapped(scan, reference, positions).filter(|_| reference.asked || found.is_of_reference);
    if swapped.is_some() {
        // The other two would only say so again.
        return swapped.into_iter().collect();
    }
    shift::check(scan, reference, positions).into_iter().chain(found.name.iter().cloned()).collect()
}

/// Axes that look swapped: no position meets the reference as it is, nearly all meet it when swapped.
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

//! Permanent objects to which positions are tied.

use super::context::{Around, DescriptionContext};
use super::course::{Path, Sides};
use super::follow;
use super::heading::{Compass, bearing};
use super::line::DescriptionLine;
use super::number::Rounding;
use super::place::{Places, territories};
use crate::document::description::{Landmark, LengthKind, LengthUnit, StatedAngle, StatedLength};
use crate::earth::edges::beside;
use geo::Coord;
use rayon::prelude::*;

/// The tie of a position to a permanent object.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::document) struct Reference {
    pub landmark: Landmark,
    /// Longitude and latitude of the object in degrees.
    pub position: Coord,
    /// Length of the geodesic to the position in metres, with the digits that the accuracy allows.
    pub distance: StatedLength,
    /// Its azimuth at the object, with the parts that the accuracy allows.
    pub azimuth: StatedAngle,
}

/// Returns at most `most` references of each position near the lines, at most `reach_m` metres away, by the rule for the ties
/// of a description.
pub(in crate::document) fn references(
    lines: &[DescriptionLine],
    context: &DescriptionContext,
    positions: &[Coord],
    (most, reach_m): (usize, f64),
) -> Vec<Vec<Reference>> {
    let paths: Vec<Path> = lines.iter().map(|line| Path::new(line.points.clone(), line.edges)).collect();
    if paths.is_empty() || most == 0 {
        return vec![Vec::new(); positions.len()];
    }
    let sides = Sides::new(&paths);
    let accuracy_m = lines.iter().filter_map(|line| line.accuracy_m).reduce(f64::max).unwrap_or(0.0);
    let points = DescriptionContext { places: context.places.clone(), ..DescriptionContext::default() };
    let around = Around::new(&points, follow::bounds(&paths, 1.05 * reach_m), 0.0);
    let places = Places {
        around: &around,
        sides: &sides,
        lines,
        rounding: Rounding::new(LengthUnit::Metre, Some(accuracy_m), None),
        compass: Compass::Degrees,
        tolerance_m: 0.0,
        accuracy_m,
        most_ties: most,
        reach_m,
        leave_m: 0.0,
        territories: territories(&around, &sides, lines, 2.0 * reach_m),
    };
    let of = |at: &Coord| {
        let (chosen, _) = places.chosen(beside(*at, paths[0].points[0]));
        let reference = |one: super::place::Candidate<'_>| Reference {
            landmark: one.spot.landmark.clone(),
            position: one.spot.position,
            distance: places.rounding.for_accuracy(one.error_m).length(one.distance_m, LengthKind::Straight, false),
            azimuth: bearing(one.azimuth_deg(), one.error_m, one.distance_m).angle,
        };
        chosen.into_iter().map(reference).collect()
    };
    positions.par_iter().map(of).collect()
}

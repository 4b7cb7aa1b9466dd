//! What was measured against what is planned.

use super::number::of_place;
use super::{BoundaryMarkKind, Mark};
use crate::earth::{LocalPlane, distance_m};
use crate::model::Place;
use geo::Coord;
use rustc_hash::FxHashMap;
#[cfg(feature = "schema")]
use schemars::JsonSchema;
use serde::Serialize;

/// So many residuals or more have outliers.
const FEWEST: usize = 5;
/// The median of the absolute values of normal residuals times this is their standard deviation.
const MEDIAN_TO_SIGMA: f64 = 1.4826;

/// Measured marks against planned ones.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[non_exhaustive]
pub struct MeasuredMarks {
    /// Mark by mark, in the order of the plan.
    pub residuals: Vec<MarkResidual>,
    /// Root of the mean square of the distances in metres; null where no mark was measured.
    pub rms_m: Option<f64>,
    /// Mean of the residuals to the east in metres: a common shift.
    pub mean_east_m: Option<f64>,
    /// Mean of the residuals to the north in metres.
    pub mean_north_m: Option<f64>,
    /// The greatest distance in metres.
    pub greatest_m: Option<f64>,
    /// Planned marks that were not measured.
    pub not_measured: Vec<String>,
    /// Measured places that no planned mark has the number of.
    pub not_planned: Vec<String>,
}

/// A measured mark.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
pub struct MarkResidual {
    /// Its number; of a post on a bank with the side.
    pub number: String,
    /// Measured minus planned in metres, to the east.
    pub east_m: f64,
    /// Measured minus planned in metres, to the north.
    pub north_m: f64,
    /// Distance in metres between the two.
    pub distance_m: f64,
    /// Whether it is farther off than the others let expect.
    pub outlier: bool,
}

pub(super) fn compare(marks: &[Mark], places: &[Place]) -> MeasuredMarks {
    let mut measured: FxHashMap<String, Coord> = FxHashMap::default();
    let mut order = Vec::new();
    for place in places {
        let number = of_place(place);
        order.push(number.clone());
        measured.insert(number, place.position);
    }
    let (mut residuals, mut not_measured) = (Vec::new(), Vec::new());
    for (number, at) in marks.iter().flat_map(posts) {
        let Some(place) = measured.remove(&number) else {
            not_measured.push(number);
            continue;
        };
        let planned = Coord { x: at[0], y: at[1] };
        let off = LocalPlane::at(planned).to_m(place);
        let away_m = distance_m(planned, place);
        residuals.push(MarkResidual { number, east_m: off.x, north_m: off.y, distance_m: away_m, outlier: false });
    }
    let mut distances: Vec<f64> = residuals.iter().map(|residual| residual.distance_m).collect();
    distances.sort_by(f64::total_cmp);
    let count = distances.len();
    if count >= FEWEST {
        let median = (distances[(count - 1) / 2] + distances[count / 2]) / 2.0;
        let limit_m = 3.0 * MEDIAN_TO_SIGMA * median;
        residuals.iter_mut().for_each(|residual| residual.outlier = residual.distance_m > limit_m);
    }
    let mean =
        |of: &dyn Fn(&MarkResidual) -> f64| (count > 0).then(|| residuals.iter().map(of).sum::<f64>() / count as f64);
    MeasuredMarks {
        rms_m: mean(&|residual| residual.distance_m.powi(2)).map(f64::sqrt),
        mean_east_m: mean(&|residual| residual.east_m),
        mean_north_m: mean(&|residual| residual.north_m),
        greatest_m: distances.last().copied(),
        not_measured,
        not_planned: order.into_iter().filter(|number| measured.contains_key(number)).collect(),
        residuals,
    }
}

/// What stands of a mark: itself, or the posts of a pair, with their positions.
pub(crate) fn posts(mark: &Mark) -> Vec<(String, [f64; 2])> {
    match (mark.kind, mark.left_post, mark.right_post) {
        (BoundaryMarkKind::RiverPair, Some(left), Some(right)) => {
            vec![(format!("{} left", mark.number), left), (format!("{} right", mark.number), right)]
        }
        _ => vec![(mark.number.clone(), mark.position)],
    }
}

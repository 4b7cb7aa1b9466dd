//! How far the geometry of a feature moved.

use super::canonical::Geometry;
use crate::earth::{distance_m, polygon_area_m2};
use crate::question::Side;
use crate::question::compare::profile::{Profile, profile};
use crate::topology::{NONE_M, Nearest, join_runs, wrapped};
use geo::{Coord, Polygon};
#[cfg(feature = "schema")]
use schemars::JsonSchema;
use serde::Serialize;

/// How far a geometry moved: a line, the outline of an area, or a point.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
pub struct Moved {
    /// Greatest distance in metres of a position of either edition from the other (Hausdorff distance).
    pub greatest_m: f64,
    /// Mean distance in metres, over both lengths.
    pub mean_m: f64,
    /// The position (lon, lat in degrees) of the greatest distance.
    pub position: [f64; 2],
    /// The nearest position of the other edition.
    pub nearest: [f64; 2],
    /// Length of the old line or outline in metres; of points there is none.
    pub old_length_m: Option<f64>,
    /// Length of the new one.
    pub new_length_m: Option<f64>,
    /// Length of the stretches of the old one that are farther from the new one than the tolerance.
    pub old_differs_m: Option<f64>,
    /// Length of the stretches of the new one that are farther from the old one than the tolerance.
    pub new_differs_m: Option<f64>,
    /// Area of the old land in km².
    pub old_area_km2: Option<f64>,
    /// Area of the new land in km².
    pub new_area_km2: Option<f64>,
    /// The stretches that differ, of the old and of the new edition.
    #[serde(skip)]
    pub stretches: [Vec<Vec<Coord>>; 2],
}

/// An area that changed by less, in m², did not.
const SAME_M2: f64 = 1.0;

/// Compares two geometries; `None` if they are the same within the tolerance.
pub(super) fn moved(old: Geometry<'_>, new: Geometry<'_>, tolerance_m: f64) -> Option<Moved> {
    let tolerance_m = tolerance_m.max(NONE_M);
    if let (Geometry::Point(old), Geometry::Point(new)) = (old, new) {
        let far_m = distance_m(old, new);
        return (far_m > tolerance_m).then(|| apart(old, new, far_m));
    }
    let runs = [old, new].map(|geometry| join_runs(&geometry.courses()));
    let near = |runs: &[Vec<Coord>]| Nearest::new(runs.iter().map(Vec::as_slice));
    let (Some(near_old), Some(near_new)) = (near(&runs[0]), near(&runs[1])) else {
        let first = |runs: &[Vec<Coord>]| runs.first().and_then(|run| run.first()).copied();
        let (old, new) = first(&runs[0]).zip(first(&runs[1]))?;
        let far_m = distance_m(old, new);
        return (far_m > tolerance_m).then(|| apart(old, new, far_m));
    };
    let (before, after) = rayon::join(
        || profile(&runs[0], &near_new, tolerance_m, Side::A),
        || profile(&runs[1], &near_old, tolerance_m, Side::B),
    );
    let areas = [old, new].map(|geometry| match geometry {
        Geometry::Area(parts) => Some(parts.iter().map(polygon_area_m2).sum::<f64>()),
        _ => None,
    });
    let worst = if after.worst.offset_m > before.worst.offset_m { after.worst } else { before.worst };
    let area_changed = areas[0].zip(areas[1]).is_some_and(|(old, new)| (old - new).abs() > SAME_M2);
    // A tolerance is one of positions: an area may change by it along the whole outline.
    if worst.offset_m <= tolerance_m && !(area_changed && tolerance_m <= NONE_M) {
        return None;
    }
    let differing = |profile: &Profile| -> Vec<Vec<Coord>> {
        profile.runs.iter().filter(|run| run.agree_share == 0.0).flat_map(|run| run.courses.clone()).collect()
    };
    Some(Moved {
        greatest_m: worst.offset_m,
        mean_m: (before.integral + after.integral) / (before.length_m + after.length_m),
        position: worst.position,
        nearest: worst.nearest,
        old_length_m: Some(before.length_m),
        new_length_m: Some(after.length_m),
        old_differs_m: Some(before.apart_m),
        new_differs_m: Some(after.apart_m),
        old_area_km2: areas[0].map(|m2| m2 / 1e6),
        new_area_km2: areas[1].map(|m2| m2 / 1e6),
        stretches: [differing(&before), differing(&after)],
    })
}

/// How a line or outline that one edition alone has parts from all courses of the other; `None` for a point.
pub(super) fn alone(geometry: Geometry<'_>, others: &Nearest, tolerance_m: f64, side: Side) -> Option<Moved> {
    if matches!(geometry, Geometry::Point(_)) {
        return None;
    }
    let runs = join_runs(&geometry.courses());
    let found = runs.first().map(|_| profile(&runs, others, tolerance_m.max(NONE_M), side))?;
    let stretches =
        found.runs.iter().filter(|run| run.agree_share == 0.0).flat_map(|run| run.courses.clone()).collect();
    let area_km2 = match geometry {
        Geometry::Area(parts) => Some(parts.iter().map(polygon_area_m2).sum::<f64>() / 1e6),
        _ => None,
    };
    let mut out = Moved {
        greatest_m: found.worst.offset_m,
        mean_m: found.integral / found.length_m,
        position: found.worst.position,
        nearest: found.worst.nearest,
        old_length_m: Some(found.length_m),
        new_length_m: None,
        old_differs_m: Some(found.apart_m),
        new_differs_m: None,
        old_area_km2: area_km2,
        new_area_km2: None,
        stretches: [stretches, Vec::new()],
    };
    if side == Side::B {
        std::mem::swap(&mut out.old_length_m, &mut out.new_length_m);
        std::mem::swap(&mut out.old_differs_m, &mut out.new_differs_m);
        std::mem::swap(&mut out.old_area_km2, &mut out.new_area_km2);
        out.stretches.swap(0, 1);
    }
    Some(out)
}

/// The courses of features, to measure distances from.
pub(super) fn courses<'g>(all: impl Iterator<Item = Geometry<'g>>) -> Option<Nearest> {
    let courses: Vec<Vec<Coord>> =
        all.filter(|geometry| !matches!(geometry, Geometry::Point(_))).flat_map(Geometry::courses).collect();
    Nearest::new(courses.iter().map(Vec::as_slice))
}

fn apart(old: Coord, new: Coord, far_m: f64) -> Moved {
    let at = |position: Coord| wrapped(position).into();
    Moved {
        greatest_m: far_m,
        mean_m: far_m,
        position: at(new),
        nearest: at(old),
        old_length_m: None,
        new_length_m: None,
        old_differs_m: None,
        new_differs_m: None,
        old_area_km2: None,
        new_area_km2: None,
        stretches: [Vec::new(), Vec::new()],
    }
}

/// The land of an area.
pub(super) fn land(geometry: Geometry<'_>) -> Vec<Polygon> {
    if let Geometry::Area(parts) = geometry { parts.to_vec() } else { Vec::new() }
}

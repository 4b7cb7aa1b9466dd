//! One question per file; each returns a plain report struct, printed elsewhere.
//!
//! To add a question: write its file here, name it in this list, and give it a rendering in `report/` and a command
//! in `cli/`.

mod border;
mod check;
mod enclave;
mod info;
mod pieces;
mod route;

pub use border::{BorderComponent, BorderReport, BorderRow, borders};
pub use check::{CheckOptions, CheckReference, CheckReport, CoverageOf, DEFAULT_ACCURACY_M, NamedPlace, check};
pub use enclave::{EnclaveOptions, EnclaveReport, EnclaveRow, Kind, NearestRoute, enclaves};
pub use info::{FeatureInfo, InfoReport, LayerSummary, info_dataset, info_features};
pub use route::{Crossing, RoutePart, RoutePiece, RouteReport, Stretch, route, routes};

use crate::model::{Meta, Territory, Warning, WarningCode};
use geo::{BoundingRect, Coord};

/// Warnings that a feature's own properties ask for.
fn feature_warnings(meta: &Meta) -> impl Iterator<Item = Warning> {
    let note = meta.note.as_ref().map(|note| Warning {
        code: WarningCode::Note,
        message: format!("{}: {note}", meta.id),
        feature: Some(meta.id.clone()),
    });
    note.into_iter()
}

/// The frame at which clipped territories end: south-west and north-east corners.
fn clip_frame(territories: &[Territory]) -> Option<(Coord, Coord)> {
    let rects = territories.iter().filter(|t| t.meta.clipped).flat_map(|t| &t.parts).filter_map(|p| p.bounding_rect());
    rects.map(|r| (r.min(), r.max())).reduce(|a, b| {
        let low = Coord { x: a.0.x.min(b.0.x), y: a.0.y.min(b.0.y) };
        (low, Coord { x: a.1.x.max(b.1.x), y: a.1.y.max(b.1.y) })
    })
}

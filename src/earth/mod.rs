//! Ellipsoidal measures on WGS 84, coordinate reference systems, datum operations, map projections and map sheets.
//!
//! Coordinates are longitude and latitude in degrees, in that order. Radians do not leave this module, and all
//! trigonometry of the crate is here.

mod angle;
pub(crate) mod antimeridian;
mod area;
mod chain;
mod crs;
mod datum;
mod distance;
mod dividers;
mod edge_distance;
pub(crate) mod edges;
mod ellipsoid;
mod geocentric;
mod geodesic_area;
mod length;
mod local;
mod local_conic;
mod measure;
mod nested;
pub mod projection;
mod rhumb;
mod sheet;
mod uncertainty;

pub use angle::{Angle, AngleError, Axis, Dms, MOST_DECIMALS, Metres, parse_angle, parse_metres};
pub use antimeridian::{normalize_position, shortest_runs};
pub use area::{polygon_area_m2, ring_area_m2};
pub use chain::{Chain, ChainStep};
pub use crs::{Axes, Crs, Misfit, UnknownCrs};
pub use datum::{DEFAULT_OPERATION, Datum, Helmert, HelmertMethod, OPERATIONS, Operation};
pub use distance::{azimuth_deg, distance_m};
pub use dividers::{divider_length_m, divider_points};
pub use edge_distance::edge_distance_m;
pub use edges::{DENSIFY_TOLERANCE_M, approximate_curve, densify, densify_and_split, distance_to_lonlat_edge_m};
pub use ellipsoid::{FLATTENING, SEMI_MAJOR_M};
pub use geocentric::to_geocentric_m;
pub use geodesic_area::geodesic_ring_area_m2;
pub use length::{edge_length_m, line_length_m, point_along};
pub use local::LocalPlane;
pub use local_conic::LocalConic;
pub(crate) use measure::share_along;
pub use measure::{edge_length_as, line_length_as, polygon_area_as, ring_area_as};
pub(crate) use nested::Ranked;
#[cfg(feature = "formats")]
pub(crate) use nested::assembled_by_winding;
pub use rhumb::{rhumb_length_m, rhumb_ring_area_m2};
pub(crate) use sheet::on_sheet_edge;
pub use sheet::{Letters, Sheet, SheetError, SheetScale};
pub use uncertainty::{AREA_ERROR, CORRELATION_M, area_error_m2, is_undetermined};

/// The earth model, as every report states it.
pub const EARTH: &str = "WGS 84 ellipsoid; lengths and areas ellipsoidal, by quadrature along each edge";

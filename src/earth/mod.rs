//! Measures on the WGS 84 ellipsoid. All trigonometry of the program lives here.
//!
//! Coordinates are longitude and latitude in degrees, in that order; radians stay inside.

mod angle;
mod area;
mod chain;
mod cone;
mod crs;
mod datum;
mod distance;
mod dividers;
mod edges;
mod ellipsoid;
mod geodesic_area;
mod length;
mod local;
pub mod projection;
mod sheet;
mod space;
mod uncertainty;

pub use angle::{Angle, AngleError, Axis, Dms, MOST_DECIMALS, parse_angle};
pub use area::{polygon_area_m2, ring_area_m2};
pub use chain::{Chain, ChainStep};
pub use cone::LocalCone;
pub use crs::{Axes, Crs, Misfit, UnknownCrs};
pub use datum::{DEFAULT_OPERATION, Datum, Helmert, Method, OPERATIONS, Operation};
pub use distance::{azimuth_deg, distance_m};
pub use dividers::walked;
pub use edges::{DENSIFY_TOLERANCE_M, as_lonlat};
pub use ellipsoid::{FLATTENING, SEMI_MAJOR_M};
pub use geodesic_area::geodesic_ring_area_m2;
pub use length::{edge_length_m, line_length_m, point_along};
pub use local::LocalPlane;
pub(crate) use sheet::on_frame;
pub use sheet::{Letters, Sheet, SheetError, SheetScale};
pub use space::to_space_m;
pub use uncertainty::{AREA_ERROR, area_error_m2};

/// What reports say of the earth model.
pub const EARTH: &str = "WGS 84 ellipsoid; lengths and areas ellipsoidal, by quadrature along each edge";

//! Topology of territories: shared edges, coverage, overlay, nesting, widths.
//!
//! Topology is planar in longitude and latitude, where its answers are the same as on the ellipsoid;
//! all reported measures come from [`earth`](crate::earth).

mod antimeridian;
mod arrange;
mod box_pool;
mod cells;
mod chain;
pub(crate) mod chord;
mod chord_bvh;
mod clean;
mod contact;
mod coverage;
mod coverage_graph;
mod cross;
pub(crate) mod edge_box;
mod edge_bvh;
mod edge_runs;
mod envelope;
mod face;
mod gap;
mod half_edges;
mod index;
mod intern;
mod join;
mod land_index;
mod line_crossing;
mod near;
mod nest;
mod node;
mod offset;
mod on_edge;
mod overlay;
mod parent;
mod seam;
mod segment;
mod span;
mod splice;
mod surroundings;
mod unwrap_longitudes;
mod uses;
mod width;
mod within;

pub use antimeridian::{AcrossAntimeridian, across_antimeridian};
pub use arrange::{Arrangement, LabelledEdge, NodingError, edges, split};
pub use chain::chain;
pub use clean::{Cleaned, clean, clean_parts};
pub use contact::{Contacts, MOST_IN_A_POINT};
pub use coverage::{Coverage, MOST_NAMED, Region};
pub use coverage_graph::{CoverageGraph, Part, SharedEdge};
pub use cross::SameSide;
pub(crate) use edge_box::box_of;
pub use envelope::Arc;
pub use gap::{Gap, Outline};
pub use half_edges::around;
pub use index::{BoxIndex, NearPoints, SegmentIndex};
#[cfg(any(feature = "network", feature = "plates"))]
pub(crate) use intern::number_all;
pub use join::{Leg, join_runs, joined_at_antimeridian, joined_legs, legs, without_cuts};
pub use land_index::LandIndex;
pub use line_crossing::{LineCrossing, line_crossings};
pub use near::{NearRun, near_runs, undisputed_near_runs};
pub use nest::{Nesting, nest};
pub(crate) use offset::{NONE_M, chord_m};
pub use offset::{Nearest, RouteHit, RouteIndex};
pub(crate) use overlay::noded;
pub use overlay::{Overlay, dissolved, enclosed, overlay, union};
pub use parent::{PartDistances, part_distances};
pub use segment::{Meeting, meet};
pub use unwrap_longitudes::{unwrap_land, unwrap_longitudes, wrapped, wrapped_land, wrapped_lines};
pub use width::widest_place;
pub use within::Measured;

/// Distance in metres within which a vertex counts as lying on another side's edge. Rounding to six decimals moves a
/// position by up to 0.0787 m: together 0.157 m for the vertex and the edge.
pub const COINCIDENT_M: f64 = 0.16;

/// Returns the items at these indices, each index at most once, in this order. Items are moved, not cloned.
///
/// # Panics
/// Panics if an index is out of range.
///
/// # Examples
/// ```
/// assert_eq!(merestone::topology::in_order(vec!["a", "b", "c"], [2, 0].into_iter()), ["c", "a"]);
/// ```
pub fn in_order<T>(things: Vec<T>, order: impl Iterator<Item = usize>) -> Vec<T> {
    let mut things: Vec<Option<T>> = things.into_iter().map(Some).collect();
    order.filter_map(|place| things[place].take()).collect()
}

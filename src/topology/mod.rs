//! Topology of territories: shared edges, coverage, overlay, nesting, widths.
//!
//! Topology is planar in longitude and latitude, where its answers are the same as on the ellipsoid;
//! all reported measures come from [`earth`](crate::earth).

mod antimeridian;
mod arrange;
mod cells;
mod chain;
mod claim;
mod clean;
mod contact;
mod coverage;
mod cross;
mod edge_box;
mod edge_runs;
mod envelope;
mod fabric;
mod face;
mod gap;
mod group;
mod index;
mod intern;
mod join;
mod near;
mod nest;
mod node;
mod offset;
mod on_edge;
mod order;
mod overlay;
mod packed;
mod parent;
mod seam;
mod segment;
mod space_tree;
mod span;
mod surroundings;
mod unroll;
mod uses;
mod width;
mod within;

pub use antimeridian::{AcrossAntimeridian, across_antimeridian};
pub use arrange::{Arrangement, LabelledEdge, Unsettled, around, edges, split};
pub use chain::chain;
pub use claim::Claims;
pub use clean::{Cleaned, clean, clean_parts};
pub use contact::{Contacts, MOST_IN_A_POINT};
pub use coverage::{Coverage, MOST_NAMED, Region};
pub use cross::SameSide;
pub use envelope::Arc;
pub use fabric::{Fabric, Part, SharedEdge};
pub use gap::{Gap, Outline};
pub use index::{BoxIndex, NearPoints, SegmentIndex};
pub use join::{Leg, join_runs, legs};
pub use near::{NearRun, near_runs, undisputed_near_runs};
pub use nest::{Nesting, nest};
pub(crate) use offset::{NONE_M, chord_m};
pub use offset::{Nearest, OnWay, Ways};
pub use order::in_order;
pub(crate) use overlay::noded;
pub use overlay::{Overlay, dissolved, enclosed, overlay, union};
pub use parent::{PartGaps, part_gaps};
pub use segment::{Meeting, meet};
pub use unroll::{rolled, rolled_land, rolled_lines, unroll, unroll_land};
pub use width::widest_place;
pub use within::Measured;

/// Distance in metres within which a vertex counts as lying on another side's edge. Rounding to six decimals moves a
/// position by up to 0.0787 m: together 0.157 m for the vertex and the edge.
pub const COINCIDENT_M: f64 = 0.16;

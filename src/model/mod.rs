//! Model values of land borders: features, layers, evidence, findings; point-in-polygon and edge indexes on them.
//!
//! Positions are WGS 84 longitude and latitude in degrees, in that order, unless a name says otherwise.

mod accuracy;
mod answer;
mod bounds;
mod construct;
mod disjoint_sets;
mod edge_tree;
mod evidence;
mod feature;
mod finding;
mod flat;
mod grid_index;
mod interior;
mod layer;
mod memo;
mod name;
mod party;
mod provenance;
mod report;
mod sample;
mod sanitize;
mod slabs;
mod status;
mod y_band_index;

pub use accuracy::{Accuracy, RelativeAccuracy};
pub use answer::Answer;
pub use bounds::{Bounds, as_polygons, bounds_of, bounds_of_positions};
pub(crate) use bounds::{Corners, corners_of};
pub use construct::InvalidGeometry;
pub(crate) use disjoint_sets::DisjointSets;
pub use edge_tree::{EdgeTree, TreeEdge};
pub use evidence::{Evidence, Method, Published};
pub use feature::{Line, Meta, Piece, Place, Route, Territory};
pub use finding::{Finding, FindingCode, FindingGeometry, Measure, Severity};
pub use flat::{encloses_nothing, self_intersection};
pub(crate) use grid_index::{GridIndex, bounds};
pub(crate) use interior::interior_point;
pub use layer::{Content, DatumNote, Edges, Input, Layer, LayerInfo, Role};
pub(crate) use memo::Memo;
pub(crate) use name::edits;
pub use name::{Name, UNDETERMINED};
pub use party::{Hue, Party};
pub use provenance::{
    AppliedOperation, DatumBasis, EarthModel, EdgeModel, OperationPurpose, Provenance, Sources, UncertainRule,
};
pub use report::{Envelope, MethodNote, SCHEMA_VERSION, Warning, WarningCode};
pub use sample::Sample;
pub use sanitize::sanitize;
pub(crate) use slabs::{Budget, meeting_pairs};
pub use status::Status;
pub use y_band_index::{Location, Sides, YBandIndex};

//! Demarcation documents: the catalogue of coordinates of turning points, the description of a line, and its
//! parsing and audit.

pub mod audit;
mod catalogue;
mod describe;
pub mod description;
pub mod parse;
#[cfg(feature = "plates")]
mod protocol;
mod resolve;
#[cfg(feature = "seal")]
pub mod seal;
mod stating;
#[cfg(feature = "plates")]
mod write;

pub use describe::{
    Compass, DescribeError, DescribeOptions, DescribedLeg, DescriptionContext, DescriptionLine, DescriptionReport,
    describe,
};

pub use catalogue::{
    Catalogue, CatalogueError, CatalogueLine, CatalogueOptions, CatalogueRow, CoordinateColumns, Course, Disagreement,
    FromTable, Given, KeptOperation, RowError, RowProblem, TurningPoint, Zone, catalogue, courses_of, from_table,
};

#[cfg(feature = "plates")]
pub use protocol::{MarkProtocols, ProtocolBasis, ProtocolOptions, mark_protocols};
pub use resolve::{
    MapLine, PrevailingCount, RejectedPosition, ResolveError, ResolveOptions, ResolveReport, ResolveSources,
    ResolvedPoint, SilentDocument, resolve,
};

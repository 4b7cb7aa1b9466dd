//! Demarcation documents: the catalogue of coordinates of turning points, and the description of a line.

mod catalogue;
mod describe;
pub mod description;
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

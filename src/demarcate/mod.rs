//! Demarcation documents: the catalogue of coordinates of turning points.

mod catalogue;

pub use catalogue::{
    Catalogue, CatalogueError, CatalogueLine, CatalogueOptions, CatalogueRow, Course, Disagreement, FromTable, Given,
    KeptOperation, Positions, RowError, RowProblem, TurningPoint, Zone, catalogue, courses_of, from_table,
};

//! Papers of a demarcation: so far the catalogue of coordinates.

mod catalogue;

pub use catalogue::{
    Catalogue, CatalogueError, CatalogueLine, CatalogueOptions, CatalogueRow, Course, Disagreement, FromTable,
    KeptOperation, Positions, RowError, RowProblem, TurningPoint, catalogue, courses_of, from_table,
};

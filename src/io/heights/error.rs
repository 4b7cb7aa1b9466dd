//! Errors of height grids.

use crate::io::ReadError;
use thiserror::Error;

/// A grid of heights that cannot be read.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum HeightsError {
    /// The file itself cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// The file contains no usable heights.
    #[error("{path}: {problem}")]
    Grid {
        /// The path as the user gave it.
        path: String,
        /// The problem.
        problem: HeightsProblem,
    },
}

/// The problem of a height grid.
#[derive(Debug, Clone, PartialEq, Error)]
#[non_exhaustive]
pub enum HeightsProblem {
    /// It is not a raster of a supported format.
    #[error("is no grid of heights that is read here: {0}")]
    Format(String),
    /// A build without GDAL supports a single format.
    #[error("is no grid that this build reads, which has no GDAL: {0}")]
    NeedsGdal(&'static str),
    /// It is in a system other than WGS 84 longitude and latitude.
    #[error("is in {0}, and heights are read in WGS 84 longitude and latitude only")]
    System(String),
    /// It has no georeference, or its rows do not run from north to south along parallels.
    #[error(
        "states no place for its rows and columns, or they do not run along parallels and meridians from the north-west"
    )]
    NotNorthUp,
    /// Its heights are not in metres.
    #[error("has its heights in \"{0}\", not in metres")]
    Unit(String),
    /// It has too few nodes for interpolation.
    #[error("has {columns} columns and {rows} rows of heights there, and two of each are needed")]
    TooSmall {
        /// Columns.
        columns: usize,
        /// Rows.
        rows: usize,
    },
    /// It exceeds the size limit.
    #[error("has {0} heights, more than are read at once")]
    TooLarge(u64),
}

impl HeightsProblem {
    pub(super) fn of(self, path: &str) -> HeightsError {
        HeightsError::Grid { path: path.to_owned(), problem: self }
    }
}

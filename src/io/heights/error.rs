//! What can be wrong with a grid of heights.

use crate::io::ReadError;
use thiserror::Error;

/// A grid of heights that cannot be read.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum HeightsError {
    /// The file itself cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// The file holds no heights that serve.
    #[error("{path}: {problem}")]
    Grid {
        /// The path as the user gave it.
        path: String,
        /// What is wrong.
        problem: HeightsProblem,
    },
}

/// What is wrong with a grid of heights.
#[derive(Debug, Clone, PartialEq, Error)]
#[non_exhaustive]
pub enum HeightsProblem {
    /// It is no raster of a format that is read.
    #[error("is no grid of heights that is read here: {0}")]
    Format(String),
    /// A build without GDAL reads one kind of file.
    #[error("is no grid that this build reads, which has no GDAL: {0}")]
    NeedsGdal(&'static str),
    /// It is in a system other than WGS 84 longitude and latitude.
    #[error("is in {0}, and heights are read in WGS 84 longitude and latitude only")]
    System(String),
    /// It states no position, or its rows do not run from north to south along parallels.
    #[error(
        "states no place for its rows and columns, or they do not run along parallels and meridians from the north-west"
    )]
    NotNorthUp,
    /// Its heights are not in metres.
    #[error("has its heights in \"{0}\", not in metres")]
    Unit(String),
    /// It has too few nodes to lie between.
    #[error("has {columns} columns and {rows} rows of heights there, and two of each are needed")]
    TooSmall {
        /// Columns.
        columns: usize,
        /// Rows.
        rows: usize,
    },
    /// It is larger than may be read.
    #[error("has {0} heights, more than are read at once")]
    TooLarge(u64),
}

impl HeightsProblem {
    pub(super) fn of(self, path: &str) -> HeightsError {
        HeightsError::Grid { path: path.to_owned(), problem: self }
    }
}

//! What the program says when it cannot answer.

use merestone::document::{CatalogueError, RowError, RowProblem};
use merestone::io::{ReadError, WriteError};
#[cfg(feature = "plates")]
use merestone::map::{MapError, SpecError};
use thiserror::Error;

/// An error with a remedy; the program ends with exit code 2.
#[derive(Debug, Error)]
pub enum CliError {
    /// An input cannot serve.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// An output cannot be written.
    #[error(transparent)]
    Write(#[from] WriteError),
    /// A plate specification is wrong.
    #[cfg(feature = "plates")]
    #[error(transparent)]
    Spec(#[from] SpecError),
    /// A plate cannot be drawn.
    #[cfg(feature = "plates")]
    #[error(transparent)]
    Map(#[from] MapError),
    /// Lines of an overlay cannot be told apart.
    #[error(transparent)]
    Overlay(#[from] merestone::topology::Unsettled),
    /// A table of turning points makes no line.
    #[error("{path}: {error}")]
    Catalogue {
        /// The table.
        path: String,
        /// What is wrong with it.
        error: CatalogueError,
    },
    /// A name of a map sheet is none.
    #[error(transparent)]
    Sheet(#[from] merestone::earth::SheetError),
    /// A feature lies on no map sheet.
    #[error(transparent)]
    NoSheet(#[from] merestone::question::NoSheet),
    /// A GeoPackage cannot be made.
    #[cfg(feature = "gdal")]
    #[error(transparent)]
    GeoPackage(#[from] merestone::report::GeoPackageError),
    /// Standard output cannot be written.
    #[error("standard output: {0}")]
    Stdout(std::io::Error),
    /// Arguments that do not go together.
    #[error("{message}")]
    Usage {
        /// What is wrong.
        message: String,
        /// What to type.
        hint: String,
    },
}

impl CliError {
    /// What the user can type or do next.
    pub fn hint(&self) -> String {
        match self {
            CliError::Read(error) => error.hint(),
            CliError::Write(error) => error.hint(),
            #[cfg(feature = "plates")]
            CliError::Spec(error) => error.hint(),
            #[cfg(feature = "plates")]
            CliError::Map(error) => error.hint(),
            #[cfg(feature = "gdal")]
            CliError::GeoPackage(_) => "this is a fault of the program: send the files to its makers".into(),
            CliError::Overlay(_) => "this is a fault of the program: send the files to its makers".into(),
            CliError::Catalogue { error, .. } => catalogue_hint(error).into(),
            CliError::Sheet(merestone::earth::SheetError::Joined(_, name)) => format!("ask for {name}"),
            CliError::Sheet(_) => {
                "sheets are named like K-38, K-38-В, K-38-XXVII, K-38-103, K-38-103-В, K-38-103-В-а".into()
            }
            CliError::NoSheet(_) => "ask with --scale 1000000, or about the part up to 88° of latitude".into(),
            CliError::Stdout(_) => "write to a file instead: --output FILE".into(),
            CliError::Usage { hint, .. } => hint.clone(),
        }
    }

    /// Arguments that do not go together.
    pub fn usage(message: impl Into<String>, hint: impl Into<String>) -> Self {
        CliError::Usage { message: message.into(), hint: hint.into() }
    }
}

fn catalogue_hint(error: &CatalogueError) -> &'static str {
    match error {
        CatalogueError::NoPositions(..) => {
            "name them like latitude, longitude; pulkovo_1942_latitude, pulkovo_1942_longitude; gk_x_m, gk_y_m; utm_zone, \
             utm_easting_m, utm_northing_m; Northing and Easting with --positions gauss-kruger"
        }
        CatalogueError::Twice(..) => "keep one of them, or rename it",
        CatalogueError::OnePoint(..) => "rows of one line stand together, with the same word in the column line",
        CatalogueError::NoRows => "a heading and a row for each turning point are needed",
        CatalogueError::Cell(RowError { problem, .. }) => match problem {
            RowProblem::Angle(_) => "write angles like 40°37′59.16″N, 40 37 59,16 or 40.6331",
            RowProblem::NotMetres => "write metres like 4498901.23 or 4 498 901,23",
            RowProblem::NoZone => "write y with its zone in front (8 543 601.20), or add a column gk_zone",
            RowProblem::OtherZone(..) | RowProblem::OffGrid => {
                "x is the northing, y the easting with the zone in front"
            }
            RowProblem::BadZone(_) => "zone 8 of Gauss–Krüger and zone 38N of UTM reach from 42° to 48° E",
            _ => TABLE_HINT,
        },
        _ => TABLE_HINT,
    }
}

/// For what is wrong with a table of turning points in a way that has no hint of its own.
const TABLE_HINT: &str = "merestone catalogue --help says what a table of turning points needs";

//! What the program says when it cannot answer.

use super::hints::Hint;
use merestone::document::CatalogueError;
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
    /// A grid of heights cannot serve.
    #[error(transparent)]
    Heights(#[from] merestone::io::HeightsError),
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
    /// A file holds no running text.
    #[error(transparent)]
    Prose(#[from] merestone::io::ProseError),
    /// A text is no description.
    #[error("{path}: {error}")]
    NoDescription {
        /// The file.
        path: String,
        /// Why.
        error: merestone::document::parse::NoDescription,
    },
    /// A name of a map sheet is none.
    #[error(transparent)]
    Sheet(#[from] merestone::earth::SheetError),
    /// A feature lies on no map sheet.
    #[error(transparent)]
    NoSheet(#[from] merestone::question::NoSheet),
    /// There is no route along a network.
    #[error(transparent)]
    Trace(#[from] merestone::construct::TraceError),
    /// Routes cannot be put side by side.
    #[error(transparent)]
    Corridor(#[from] merestone::question::CorridorError),
    /// Marks cannot be placed.
    #[error(transparent)]
    Mark(#[from] merestone::question::MarkError),
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
            CliError::Heights(error) => error.hint(),
            CliError::Write(error) => error.hint(),
            #[cfg(feature = "plates")]
            CliError::Spec(error) => error.hint(),
            #[cfg(feature = "plates")]
            CliError::Map(error) => error.hint(),
            #[cfg(feature = "gdal")]
            CliError::GeoPackage(_) => REPORT.into(),
            CliError::Overlay(_) => REPORT.into(),
            CliError::Catalogue { error, .. } => error.hint(),
            CliError::Sheet(error) => error.hint(),
            CliError::Prose(error) => error.hint(),
            CliError::NoDescription { error, .. } => error.hint(),
            CliError::NoSheet(_) => "ask with --scale 1000000, or about the part up to 88° of latitude".into(),
            CliError::Trace(error) => error.hint(),
            CliError::Corridor(error) => error.hint(),
            CliError::Mark(error) => error.hint(),
            CliError::Stdout(_) => "write to a file instead: --output FILE".into(),
            CliError::Usage { hint, .. } => hint.clone(),
        }
    }

    /// Arguments that do not go together.
    pub fn usage(message: impl Into<String>, hint: impl Into<String>) -> Self {
        CliError::Usage { message: message.into(), hint: hint.into() }
    }
}

/// For errors that no input should cause.
const REPORT: &str = "this is a fault of the program: send the files to its makers";

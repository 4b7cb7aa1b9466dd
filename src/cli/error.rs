//! Errors of the program.

use super::hints::Hint;
use merestone::document::CatalogueError;
use merestone::io::{ReadError, WriteError};
#[cfg(feature = "plates")]
use merestone::map::{MapError, SpecError};
use thiserror::Error;

/// An error with a hint; the program ends with exit code 2.
#[derive(Debug, Error)]
pub enum CliError {
    /// An input cannot be used.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// A grid of heights cannot be used.
    #[error(transparent)]
    Heights(#[from] merestone::io::HeightsError),
    /// An output cannot be written.
    #[error(transparent)]
    Write(#[from] WriteError),
    /// A plate specification is invalid.
    #[cfg(feature = "plates")]
    #[error(transparent)]
    Spec(#[from] SpecError),
    /// A plate cannot be drawn.
    #[cfg(feature = "plates")]
    #[error(transparent)]
    Map(#[from] MapError),
    /// Lines of an overlay cannot be distinguished.
    #[error(transparent)]
    Overlay(#[from] merestone::topology::NodingError),
    /// A table of turning points cannot be read as a line.
    #[error("{path}: {error}")]
    Catalogue {
        /// The table.
        path: String,
        /// The problem.
        error: CatalogueError,
    },
    /// A file contains no running text.
    #[error(transparent)]
    Prose(#[from] merestone::io::ProseError),
    /// A text is not a description.
    #[error("{path}: {error}")]
    NoDescription {
        /// The file.
        path: String,
        /// The reason.
        error: merestone::document::parse::NoDescription,
    },
    /// The name of a map sheet is invalid.
    #[error(transparent)]
    Sheet(#[from] merestone::earth::SheetError),
    /// A feature is on no map sheet.
    #[error(transparent)]
    NoSheet(#[from] merestone::question::NoSheet),
    /// There is no route along a network.
    #[error(transparent)]
    Trace(#[from] merestone::construct::TraceError),
    /// Routes cannot be compared.
    #[error(transparent)]
    Corridor(#[from] merestone::question::CorridorError),
    /// A log of statuses cannot be read, or does not fit its lines.
    #[error(transparent)]
    Status(#[from] merestone::question::StatusLogError),
    /// Documents cannot be put in an order.
    #[error(transparent)]
    Resolve(#[from] merestone::document::ResolveError),
    /// Marks cannot be placed.
    #[error(transparent)]
    Mark(#[from] merestone::question::MarkError),
    /// A bundle cannot be made, opened or signed.
    #[error(transparent)]
    Seal(#[from] super::seal::SealFault),
    /// A GeoPackage cannot be made.
    #[cfg(feature = "gdal")]
    #[error(transparent)]
    GeoPackage(#[from] merestone::report::GeoPackageError),
    /// Standard output cannot be written.
    #[error("standard output: {0}")]
    Stdout(std::io::Error),
    /// Arguments that cannot be combined.
    #[error("{message}")]
    Usage {
        /// The problem.
        message: String,
        /// What to type.
        hint: String,
    },
}

impl CliError {
    /// The hint: what the user can type or do next.
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
            CliError::Seal(error) => error.hint(),
            CliError::Resolve(error) => error.hint(),
            CliError::Status(error) => error.hint(),
            CliError::Stdout(_) => "write to a file instead: --output FILE".into(),
            CliError::Usage { hint, .. } => hint.clone(),
        }
    }

    /// An error for arguments that cannot be combined.
    pub fn usage(message: impl Into<String>, hint: impl Into<String>) -> Self {
        CliError::Usage { message: message.into(), hint: hint.into() }
    }
}

/// For errors that no input should cause.
const REPORT: &str = "this is a fault of the program: send the files to its makers";

//! What the program says when it cannot answer.

use merestone::io::{ReadError, WriteError};
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
    #[error(transparent)]
    Spec(#[from] SpecError),
    /// A plate cannot be drawn.
    #[error(transparent)]
    Map(#[from] MapError),
    /// Lines of an overlay cannot be told apart.
    #[error(transparent)]
    Overlay(#[from] merestone::topology::Unsettled),
    /// A name of a map sheet is none.
    #[error(transparent)]
    Sheet(#[from] merestone::earth::SheetError),
    /// A feature lies on no map sheet.
    #[error(transparent)]
    NoSheet(#[from] merestone::question::NoSheet),
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
            CliError::Spec(error) => error.hint(),
            CliError::Map(error) => error.hint(),
            CliError::Overlay(_) => "this is a fault of the program: send the files to its makers".into(),
            CliError::Sheet(_) => {
                "sheets are named like K-38, K-38-В, K-38-XXVII, K-38-103, K-38-103-В, K-38-103-В-а".into()
            }
            CliError::NoSheet(_) => "ask about the part between the equator and 60° N".into(),
            CliError::Stdout(_) => "write to a file instead: --output FILE".into(),
            CliError::Usage { hint, .. } => hint.clone(),
        }
    }

    /// Arguments that do not go together.
    pub fn usage(message: impl Into<String>, hint: impl Into<String>) -> Self {
        CliError::Usage { message: message.into(), hint: hint.into() }
    }
}

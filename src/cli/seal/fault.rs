//! Why a bundle is not made, opened, signed or rebuilt.

use crate::cli::hints::Hint;
use merestone::document::seal::{BundleError, CommandError, KeyError, SignersError};
use merestone::io::ArchiveError;
use thiserror::Error;

/// An error of `seal`.
#[derive(Debug, Error)]
pub enum SealFault {
    /// An archive is refused.
    #[error("{path}: {error}")]
    Archive {
        /// The archive.
        path: String,
        /// The reason.
        error: ArchiveError,
    },
    /// An archive is no bundle.
    #[error("{path}: {error}")]
    Bundle {
        /// The archive.
        path: String,
        /// The reason.
        error: BundleError,
    },
    /// A key cannot be used.
    #[error("{path}: {error}")]
    Key {
        /// The file of the key.
        path: String,
        /// The reason.
        error: KeyError,
    },
    /// A list of allowed signers cannot be used.
    #[error("{path}: {error}")]
    Signers {
        /// The list.
        path: String,
        /// The reason.
        error: SignersError,
    },
    /// A signer has no line in the list.
    #[error("{path}: no line names the signer \"{name}\"")]
    NoSigner {
        /// The list.
        path: String,
        /// The signer.
        name: String,
    },
    /// A command line is not permitted.
    #[error("{place}: {error}: {line}")]
    Line {
        /// Where it stands.
        place: String,
        /// The reason.
        error: CommandError,
        /// The line.
        line: String,
    },
    /// A command failed.
    #[error("the command failed: {line}: {said}")]
    Failed {
        /// The command line.
        line: String,
        /// What it said.
        said: String,
    },
    /// A command wrote no file.
    #[error("the command writes no file: {0}")]
    NoOutput(String),
    /// Two commands write one file.
    #[error("{path} is written by two commands: {first}; {second}")]
    TwoWriters {
        /// The file.
        path: String,
        /// The first command line.
        first: String,
        /// The second.
        second: String,
    },
    /// A file of the folder has a name that an archive must not have.
    #[error("{folder}: {error}")]
    Name {
        /// The folder.
        folder: String,
        /// The reason, with the file.
        error: ArchiveError,
    },
    /// A file of the folder is a link.
    #[error("{0} is a link or a device, not a file")]
    Link(String),
    /// A file of the folder is a private key.
    #[error("{0} is a private key: it must not be in a bundle")]
    PrivateKey(String),
    /// The folder has no files.
    #[error("{0} has no files")]
    Empty(String),
    /// The subject is a file where a folder is wanted.
    #[error("{0} is no folder")]
    NoFolder(String),
    /// No output was named.
    #[error("a bundle is a file, and none is named")]
    Unnamed,
    /// The output has another ending.
    #[error("{0}: a bundle is a zip archive")]
    Ending(String),
    /// The bundle would be written into the folder that it holds.
    #[error("{0} is in the folder that is sealed")]
    Within(String),
    /// A file is there already, with other content.
    #[error("{0} is there already, and is no signature by this key")]
    There(String),
    /// Reading would exceed the limit.
    #[error("{path} and what stands before it have more than {gib} GiB")]
    TooLarge {
        /// The file at which the limit was reached.
        path: String,
        /// The limit.
        gib: u64,
    },
    /// The temporary folder cannot be used.
    #[error("the temporary folder cannot be used: {0}")]
    Temporary(std::io::Error),
}

impl Hint for SealFault {
    fn hint(&self) -> String {
        match self {
            SealFault::Archive { error, .. } => error.hint(),
            SealFault::Bundle { error, .. } => error.hint(),
            SealFault::Key { error, .. } => error.hint(),
            SealFault::Signers { error, .. } => error.hint(),
            SealFault::NoSigner { .. } => {
                "--signed-by takes names at the beginning of the lines of --allowed-signers".into()
            }
            SealFault::Line { error, .. } => error.hint(),
            SealFault::Failed { .. } => "run it in the folder; its paths are relative to the folder".into(),
            SealFault::NoOutput(_) => "end it with -o FILE".into(),
            SealFault::TwoWriters { .. } => "give each command an output of its own".into(),
            SealFault::Name { .. } => {
                "rename the file: without \\ : * ? \" < > | and without spaces at its ends".into()
            }
            SealFault::Link(_) => "put the file itself into the folder".into(),
            SealFault::PrivateKey(_) => "move the key out of the folder; signers keep theirs".into(),
            SealFault::Empty(_) => "name a folder with data, plates or papers".into(),
            SealFault::NoFolder(_) => "name the folder; --verify, --sign KEY and --rebuild take a bundle".into(),
            SealFault::Unnamed | SealFault::Ending(_) => "name it: --output bundle.zip".into(),
            SealFault::Within(_) => "write it beside the folder: --output ../bundle.zip".into(),
            SealFault::There(_) => "name another file: --output FILE.sig".into(),
            SealFault::TooLarge { .. } => "--max-size GIB raises the limit, to 4 at most".into(),
            SealFault::Temporary(_) => "set TMPDIR to a folder with room".into(),
        }
    }
}

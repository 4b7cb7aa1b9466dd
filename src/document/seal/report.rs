//! Reports on seals.

use super::command::joined_command;
use super::digest::sha256_hex;
use super::manifest::{Manifest, ManifestFile};
#[cfg(feature = "schema")]
use schemars::JsonSchema;
use serde::Serialize;

/// What was done with a bundle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum SealAction {
    /// It was made.
    Made,
    /// It was signed.
    Signed,
    /// Its files and signatures were verified.
    Verified,
    /// Its outputs were made again and compared.
    Rebuilt,
}

/// A bundle: its hash, files, commands and signatures.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[non_exhaustive]
pub struct SealReport {
    /// What was done.
    pub action: SealAction,
    /// The hash of the whole, which parties sign: the SHA-256 of the manifest, in hexadecimal.
    pub hash: String,
    /// The version of the program that made the bundle.
    pub made_by_version: String,
    /// Whether nothing has changed, every signature holds, and every requested signer has signed.
    pub holds: bool,
    /// The files, ordered by path.
    pub files: Vec<SealedFile>,
    /// The command lines that make outputs, in order.
    pub commands: Vec<SealedCommand>,
    /// The signatures, ordered by the names of their files.
    pub signatures: Vec<SealSignature>,
    /// Requested signers of whom no signature holds.
    pub unsigned_by: Vec<String>,
}

/// A file of a bundle.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[non_exhaustive]
pub struct SealedFile {
    /// Its path.
    pub path: String,
    /// Whether it is as sealed.
    pub state: SealFileState,
    /// The number of the command that makes it, from 1; none for data.
    pub command: Option<usize>,
    /// Its size in bytes, as sealed.
    pub bytes: Option<u64>,
    /// The SHA-256 of its bytes, as sealed.
    pub sha256: Option<String>,
    /// For GeoJSON, the SHA-256 of its canonical form, as sealed.
    pub canonical_sha256: Option<String>,
    /// The SHA-256 of the bytes that were found, if they differ.
    pub found_sha256: Option<String>,
}

/// Whether a file is as sealed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum SealFileState {
    /// It has the sealed bytes.
    Unchanged,
    /// It has other bytes.
    Changed,
    /// It is sealed, but not there.
    Missing,
    /// It is there, but not sealed.
    Added,
}

impl SealFileState {
    /// The word in reports.
    pub const fn word(self) -> &'static str {
        match self {
            SealFileState::Unchanged => "unchanged",
            SealFileState::Changed => "changed",
            SealFileState::Missing => "missing",
            SealFileState::Added => "added",
        }
    }
}

/// A command line that makes outputs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[non_exhaustive]
pub struct SealedCommand {
    /// Its number, from 1.
    pub number: usize,
    /// The line, as it is typed after the name of the program.
    pub command: String,
    /// How many files it makes.
    pub outputs: usize,
    /// Where outputs were made again, whether all of them are the same, byte for byte.
    pub same: Option<bool>,
    /// Why it failed.
    pub failure: Option<String>,
}

/// A signature of the hash.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[non_exhaustive]
pub struct SealSignature {
    /// The file of the signature.
    pub file: String,
    /// The fingerprint of its key.
    pub key: Option<String>,
    /// Names of the signers who have this key, if a list of allowed signers was given.
    pub signers: Vec<String>,
    /// Whether the signature holds for the hash.
    pub holds: bool,
    /// Why it does not count, or what was not tested.
    pub note: Option<String>,
}

impl SealedFile {
    pub(super) fn listed(file: &ManifestFile, state: SealFileState) -> Self {
        SealedFile {
            path: file.path.clone(),
            state,
            command: file.command,
            bytes: Some(file.bytes),
            sha256: Some(file.sha256.clone()),
            canonical_sha256: file.canonical_sha256.clone(),
            found_sha256: None,
        }
    }

    pub(super) fn added(path: &str, bytes: Option<&[u8]>) -> Self {
        SealedFile {
            path: path.to_owned(),
            state: SealFileState::Added,
            command: None,
            bytes: None,
            sha256: None,
            canonical_sha256: None,
            found_sha256: bytes.map(sha256_hex),
        }
    }
}

impl SealReport {
    /// A report on a bundle with these files, without signatures; it holds if no file differs.
    pub fn new(action: SealAction, manifest: &Manifest, files: Vec<SealedFile>) -> Self {
        let commands = manifest.commands.iter().enumerate().map(|(index, words)| SealedCommand {
            number: index + 1,
            command: joined_command(words),
            outputs: manifest.files.iter().filter(|file| file.command == Some(index + 1)).count(),
            same: None,
            failure: None,
        });
        SealReport {
            action,
            hash: manifest.hash(),
            made_by_version: manifest.version.clone(),
            holds: files.iter().all(|file| file.state == SealFileState::Unchanged),
            commands: commands.collect(),
            files,
            signatures: Vec::new(),
            unsigned_by: Vec::new(),
        }
    }
}

//! The list of a bundle's files, with their hashes and the commands that make them.

use super::canonical::canonical_sha256;
use super::digest::sha256_hex;
use serde::{Deserialize, Serialize};

/// Name and version of the form of manifests.
pub const MANIFEST_SCHEMA: &str = "merestone/seal-manifest/1";

/// The list of a bundle's files. Its bytes are what parties sign, and their SHA-256 is the hash of the whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Manifest {
    /// [`MANIFEST_SCHEMA`].
    pub schema: String,
    /// The program.
    pub tool: String,
    /// Its version.
    pub version: String,
    /// Command lines that make the outputs, in the order in which they run, each as its words.
    pub commands: Vec<Vec<String>>,
    /// The files, ordered by the bytes of their paths.
    pub files: Vec<ManifestFile>,
}

/// A file of a bundle.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct ManifestFile {
    /// Its path, with `/` between folders.
    pub path: String,
    /// Its size in bytes.
    pub bytes: u64,
    /// The SHA-256 of its bytes.
    pub sha256: String,
    /// For GeoJSON, the SHA-256 of its canonical form ([`canonical_sha256`]).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub canonical_sha256: Option<String>,
    /// The number of the command that makes it, from 1; none for data.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub command: Option<usize>,
}

/// Text that is no manifest.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ManifestError {
    /// The text is no JSON of this form.
    #[error("manifest.json cannot be read: {0}")]
    Form(String),
    /// The form has another version.
    #[error("manifest.json is of the form \"{0}\", not \"{MANIFEST_SCHEMA}\"")]
    Schema(String),
    /// The text is not what the program writes for the same content: one content has one hash.
    #[error("manifest.json is not in its canonical form")]
    Canonical,
    /// A file is listed out of order or twice, or names a command that is not there.
    #[error("manifest.json lists \"{0}\" out of order, twice, or with a command that is not there")]
    File(String),
}

impl ManifestFile {
    /// The entry of a file; `command` is the number of the command that makes it.
    pub fn new(path: impl Into<String>, bytes: &[u8], command: Option<usize>) -> Self {
        ManifestFile {
            path: path.into(),
            bytes: bytes.len() as u64,
            sha256: sha256_hex(bytes),
            canonical_sha256: canonical_sha256(bytes),
            command,
        }
    }
}

impl Manifest {
    /// The manifest of these files, made by this version of the program.
    pub fn new(version: &str, commands: Vec<Vec<String>>, mut files: Vec<ManifestFile>) -> Self {
        files.sort_by(|a, b| a.path.cmp(&b.path));
        Manifest {
            schema: MANIFEST_SCHEMA.to_owned(),
            tool: env!("CARGO_PKG_NAME").to_owned(),
            version: version.to_owned(),
            commands,
            files,
        }
    }

    /// Its bytes: indented JSON with a final line feed.
    pub fn text(&self) -> String {
        serde_json::to_string_pretty(self).expect("the keys are text") + "\n"
    }

    /// The hash of the whole: the SHA-256 of its bytes, in hexadecimal.
    pub fn hash(&self) -> String {
        sha256_hex(self.text().as_bytes())
    }

    /// Parses the bytes of a manifest.
    ///
    /// # Errors
    /// They are not the bytes that [`text`](Self::text) gives for some manifest.
    pub fn parse(bytes: &[u8]) -> Result<Self, ManifestError> {
        let manifest: Manifest =
            serde_json::from_slice(bytes).map_err(|error| ManifestError::Form(error.to_string()))?;
        if manifest.schema != MANIFEST_SCHEMA {
            return Err(ManifestError::Schema(manifest.schema));
        }
        if manifest.text().as_bytes() != bytes {
            return Err(ManifestError::Canonical);
        }
        if let Some(pair) = manifest.files.windows(2).find(|pair| pair[0].path >= pair[1].path) {
            return Err(ManifestError::File(pair[1].path.clone()));
        }
        let has_command =
            |file: &&ManifestFile| file.command.is_none_or(|n| (1..=manifest.commands.len()).contains(&n));
        match manifest.files.iter().find(|file| !has_command(file)) {
            Some(file) => Err(ManifestError::File(file.path.clone())),
            None => Ok(manifest),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_canonical_bytes_are_read() {
        let files = vec![ManifestFile::new("b", b"2", None), ManifestFile::new("a", b"1", Some(1))];
        let manifest = Manifest::new("1.0.0", vec![vec!["info".into()]], files);
        let text = manifest.text();
        assert_eq!(Manifest::parse(text.as_bytes()), Ok(manifest.clone()));
        assert_eq!(manifest.files[0].path, "a");
        for (from, to) in [("  \"tool\"", "\"tool\""), ("\"path\": \"b\"", "\"path\": \"A\"")] {
            assert!(Manifest::parse(text.replacen(from, to, 1).as_bytes()).is_err());
        }
        let other = text.replacen("\"command\": 1", "\"command\": 2", 1);
        assert_eq!(Manifest::parse(other.as_bytes()), Err(ManifestError::File("a".into())));
        let unknown = text.replacen("\"tool\"", "\"tools\"", 1);
        assert!(matches!(Manifest::parse(unknown.as_bytes()), Err(ManifestError::Form(_))));
    }
}

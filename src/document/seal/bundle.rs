//! A bundle: a manifest and its files, and what of them has changed.

use super::digest::sha256_hex;
use super::manifest::{Manifest, ManifestError, ManifestFile};
use super::report::{SealFileState, SealedFile};
use std::collections::BTreeMap;

/// The path of the manifest in an archive.
pub const MANIFEST_PATH: &str = "manifest.json";
/// The folder of the files in an archive.
pub const CONTENT_FOLDER: &str = "content/";

/// A manifest and the files of an archive. The files may differ from the manifest: [`files`](Self::files) tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bundle {
    /// The manifest.
    pub manifest: Manifest,
    /// The files by their paths.
    pub contents: BTreeMap<String, Vec<u8>>,
    /// Paths of the archive that are neither the manifest nor in the folder of the files.
    pub others: Vec<String>,
}

/// An archive that is no bundle.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum BundleError {
    /// There is no manifest.
    #[error("it has no {MANIFEST_PATH}: it is no bundle")]
    NoManifest,
    /// The manifest is invalid.
    #[error("{0}")]
    Manifest(#[from] ManifestError),
}

impl Bundle {
    /// A bundle of files, each with the number of the command that makes it, from 1.
    ///
    /// # Example
    /// ```
    /// use merestone::document::seal::{Bundle, SealFileState};
    ///
    /// let bundle = Bundle::new("1.0.0", Vec::new(), [("line.geojson".to_owned(), b"{}".to_vec(), None)]);
    /// let mut changed = bundle.clone();
    /// changed.contents.insert("line.geojson".to_owned(), b"{ }".to_vec());
    /// assert_eq!(changed.files()[0].state, SealFileState::Changed);
    /// ```
    pub fn new(
        version: &str,
        commands: Vec<Vec<String>>,
        files: impl IntoIterator<Item = (String, Vec<u8>, Option<usize>)>,
    ) -> Self {
        let (mut listed, mut contents) = (Vec::new(), BTreeMap::new());
        for (path, bytes, command) in files {
            listed.push(ManifestFile::new(path.clone(), &bytes, command));
            contents.insert(path, bytes);
        }
        Bundle { manifest: Manifest::new(version, commands, listed), contents, others: Vec::new() }
    }

    /// The bundle in the files of an archive.
    ///
    /// # Errors
    /// There is no manifest, or it is invalid.
    pub fn open(files: impl IntoIterator<Item = (String, Vec<u8>)>) -> Result<Self, BundleError> {
        let (mut manifest, mut contents, mut others) = (None, BTreeMap::new(), Vec::new());
        for (path, bytes) in files {
            match path.strip_prefix(CONTENT_FOLDER) {
                Some(inner) => drop(contents.insert(inner.to_owned(), bytes)),
                None if path == MANIFEST_PATH => manifest = Some(Manifest::parse(&bytes)?),
                None => others.push(path),
            }
        }
        Ok(Bundle { manifest: manifest.ok_or(BundleError::NoManifest)?, contents, others })
    }

    /// Paths and bytes of the archive, in order; `manifest` is the manifest's text.
    pub fn archive_files<'a>(&'a self, manifest: &'a str) -> Vec<(String, &'a [u8])> {
        let contents = self.contents.iter().map(|(path, bytes)| (format!("{CONTENT_FOLDER}{path}"), bytes.as_slice()));
        contents.chain([(MANIFEST_PATH.to_owned(), manifest.as_bytes())]).collect()
    }

    /// The state of each file against the manifest, ordered by path.
    pub fn files(&self) -> Vec<SealedFile> {
        let mut rows = compared(&self.manifest, &self.contents);
        rows.extend(self.others.iter().map(|path| SealedFile::added(path, None)));
        rows
    }
}

/// The files of a manifest against others: unchanged, changed, missing or added.
pub fn compared(manifest: &Manifest, contents: &BTreeMap<String, Vec<u8>>) -> Vec<SealedFile> {
    let mut rows: Vec<SealedFile> = Vec::new();
    for file in &manifest.files {
        let found = contents.get(&file.path).map(|bytes| sha256_hex(bytes));
        let state = match &found {
            None => SealFileState::Missing,
            Some(hash) if *hash == file.sha256 => SealFileState::Unchanged,
            Some(_) => SealFileState::Changed,
        };
        let found_sha256 = found.filter(|_| state == SealFileState::Changed);
        rows.push(SealedFile { found_sha256, ..SealedFile::listed(file, state) });
    }
    for (path, bytes) in contents {
        if manifest.files.binary_search_by(|file| file.path.cmp(path)).is_err() {
            rows.push(SealedFile::added(path, Some(bytes)));
        }
    }
    rows.sort_by(|a, b| a.path.cmp(&b.path));
    rows
}

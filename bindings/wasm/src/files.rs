//! The files that questions are asked about.

use crate::fault::Fault;
use library::io::{Found, MemoryFile, Problem, ReadError, ReadOptions, Scan, Selected, Shape};
use library::question::{FeatureChecks, FeatureFindings};
use wasm_bindgen::prelude::wasm_bindgen;

/// Files in memory, each with its name.
#[wasm_bindgen]
#[derive(Default)]
pub struct Files(Vec<MemoryFile<'static>>);

#[wasm_bindgen]
impl Files {
    /// No files.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Self {
        Files::default()
    }

    /// Adds a file, in place of one of the same name. The name decides its format where the bytes do not.
    pub fn add(&mut self, name: String, bytes: Vec<u8>) {
        self.remove(&name);
        self.0.push(MemoryFile::new(name, bytes));
    }

    /// Removes a file.
    pub fn remove(&mut self, name: &str) {
        self.0.retain(|file| file.name() != name);
    }

    /// The names of the files, in order.
    pub fn names(&self) -> Vec<String> {
        self.0.iter().map(|file| file.name().to_owned()).collect()
    }
}

impl Files {
    /// The file of a reference, and the part of it that the reference names: `FILE`, or `FILE#PART`.
    fn find<'r>(&self, reference: &'r str) -> Result<(&MemoryFile<'static>, Option<&'r str>), Fault> {
        let named = |name: &str| self.0.iter().find(|file| file.name() == name);
        if let Some(file) = named(reference) {
            return Ok((file, None));
        }
        let part = reference.rsplit_once('#').and_then(|(name, part)| Some((named(name)?, Some(part))));
        part.ok_or_else(|| Fault::option(format!("there is no file \"{reference}\""), "add the file first"))
    }

    pub fn select<T: Shape>(&self, reference: &str, options: &ReadOptions) -> Result<Selected<T>, Fault> {
        let (file, part) = self.find(reference)?;
        Ok(file.select(part, options)?)
    }

    pub fn any(&self, reference: &str, options: &ReadOptions) -> Result<Found, Fault> {
        let (file, part) = self.find(reference)?;
        Ok(file.select_any(part, options)?)
    }

    pub fn scan(
        &self,
        reference: &str,
        options: &ReadOptions,
        checks: &FeatureChecks<'_>,
    ) -> Result<(Scan, FeatureFindings), Fault> {
        match self.find(reference)? {
            (file, None) => Ok(file.scan(options, checks)),
            _ => Err(ReadError::new(reference, Problem::Nothing("file of that name; whole files are checked")).into()),
        }
    }
}

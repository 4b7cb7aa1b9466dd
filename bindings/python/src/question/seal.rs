//! Questions about sealed bundles.

use crate::answer::{Answer, ask};
use crate::fault::{Class, Fault, Result};
use library::document::seal::{Bundle, SealAction, SealReport, parse_signers, sha256_hex, verify_signatures};
use library::io::{ArchiveLimits, read_archive};
use library::model::{Input as File, Provenance, Sources, Warning, WarningCode};
use library::report::envelope;
use pyo3::prelude::*;
use std::path::{Path, PathBuf};

fn read(path: &Path) -> Result<Vec<u8>> {
    let refused = |error: std::io::Error| {
        Fault::new(Class::Input, "unreadable", format!("{}: {error}", path.display()), "check the path")
    };
    std::fs::read(path).map_err(refused)
}

fn text(path: &Path) -> Result<String> {
    String::from_utf8(read(path)?).map_err(|_| {
        Fault::new(
            Class::Input,
            "not-utf8",
            format!("{}: is no text", path.display()),
            "give a file of signatures or keys",
        )
    })
}

/// What is in a bundle, is it as sealed, and whose signatures hold?
#[pyfunction]
#[pyo3(signature = (bundle, *, signatures=None, signers=None, at=None, signed_by=None))]
pub fn verify(
    py: Python<'_>,
    bundle: PathBuf,
    signatures: Option<Vec<PathBuf>>,
    signers: Option<PathBuf>,
    at: Option<String>,
    signed_by: Option<Vec<String>>,
) -> PyResult<Answer> {
    ask(py, move || {
        let shown = bundle.display().to_string();
        let refused = |error: &dyn std::fmt::Display| {
            Fault::new(Class::Input, "bundle", format!("{shown}: {error}"), "merestone seal makes bundles")
        };
        let allowed = match &signers {
            Some(path) => {
                let wrong =
                    |error| Fault::argument(format!("{}: {error}", path.display()), "as ssh-keygen's allowed_signers");
                Some(parse_signers(&text(path)?, at.as_deref()).map_err(wrong)?)
            }
            None => None,
        };
        let bytes = read(&bundle)?;
        let files = read_archive(&bytes, &ArchiveLimits::default()).map_err(|error| refused(&error))?;
        let opened =
            Bundle::open(files.into_iter().map(|file| (file.path, file.bytes))).map_err(|error| refused(&error))?;
        let mut inputs = vec![File::new(&shown, sha256_hex(&bytes))];
        inputs[0].features = opened.contents.len();
        let mut read_signatures = Vec::new();
        for path in signatures.iter().flatten() {
            let (name, signature) = (path.display().to_string(), text(path)?);
            inputs.push(File::new(&name, sha256_hex(signature.as_bytes())));
            read_signatures.push((name, signature));
        }
        let mut report = SealReport::new(SealAction::Verified, &opened.manifest, opened.files());
        let required = signed_by.unwrap_or_default();
        verify_signatures(&mut report, &opened.manifest, &read_signatures, allowed.as_deref(), &required);
        let message = format!("{shown}: no signature is given");
        let none = Warning { code: WarningCode::Note, message, feature: None };
        let warnings = if read_signatures.is_empty() { vec![none] } else { Vec::new() };
        let answer = library::model::Answer::new(report, Provenance::of_bytes(), warnings);
        Ok(envelope(answer.of_sources(Sources::new(inputs))))
    })
}

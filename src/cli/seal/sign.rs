//! Signs a bundle, and verifies files and signatures.

use super::gather;
use super::{Seal, SealFault};
use crate::cli::error::CliError;
use merestone::document::seal::{
    AllowedSigner, PrivateKey, SealAction, SealReport, Signature, parse_signers, sha256_hex, verify_signatures,
};
use merestone::io::{Problem, ReadError, check_target, write_file};
use merestone::model::{Input, Warning, WarningCode};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Keys, signatures and lists of signers are small.
const MAX_BYTES: u64 = 1 << 20;

/// The text of a small file.
fn text(path: &Path) -> Result<String, CliError> {
    let bytes = gather::file(path, MAX_BYTES)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

impl Seal {
    pub(super) fn sign(&self, key: &Path) -> Result<ExitCode, CliError> {
        let private = PrivateKey::parse(&text(key)?)
            .map_err(|error| SealFault::Key { path: key.display().to_string(), error })?;
        let opened = self.open()?;
        if let Some(code) = self.refuse_changed(&opened, SealAction::Signed)? {
            return Ok(code);
        }
        let manifest = &opened.bundle.manifest;
        let signature = Signature::sign(&private, manifest.text().as_bytes()).text();
        let target = self.output.clone().unwrap_or_else(|| {
            let mut name = opened.path.clone().into_os_string();
            name.push(format!(".{}.sig", private.public().short_id()));
            PathBuf::from(name)
        });
        check_target(&target)?;
        let old = text(&target).ok().and_then(|old| Signature::parse(&old).ok());
        if target.is_file() && old.is_none_or(|old| old.key != private.public()) {
            return Err(SealFault::There(target.display().to_string()).into());
        }
        write_file(&target, signature.as_bytes())?;
        let mut report = SealReport::new(SealAction::Signed, manifest, opened.bundle.files());
        let made = (target.display().to_string(), signature);
        verify_signatures(&mut report, manifest, &[made], None, &[]);
        report.signatures.iter_mut().for_each(|signature| signature.note = None);
        self.say(report, vec![opened.input], Vec::new(), None)?;
        Ok(ExitCode::SUCCESS)
    }

    pub(super) fn verify(&self) -> Result<ExitCode, CliError> {
        self.answer(self.answer_file()).check()?;
        let allowed = self.allowed()?;
        let opened = self.open()?;
        let manifest = &opened.bundle.manifest;
        let mut report = SealReport::new(SealAction::Verified, manifest, opened.bundle.files());
        let mut inputs = vec![opened.input.clone()];
        let mut signatures = Vec::new();
        for path in beside(&opened.path)?.iter().chain(&self.signature) {
            let shown = path.display().to_string();
            if signatures.iter().any(|(other, _)| *other == shown) {
                continue;
            }
            let text = text(path)?;
            inputs.push(Input::new(&shown, sha256_hex(text.as_bytes())));
            signatures.push((shown, text));
        }
        verify_signatures(&mut report, manifest, &signatures, allowed.as_deref(), &self.signed_by);
        let mut warnings = Vec::new();
        if signatures.is_empty() {
            let message = format!("{}: no signature stands beside it", opened.path.display());
            warnings.push(Warning { code: WarningCode::Note, message, feature: None });
        }
        let holds = report.holds;
        self.say(report, inputs, warnings, self.answer_file())?;
        Ok(if holds { ExitCode::SUCCESS } else { ExitCode::from(1) })
    }

    /// The list of allowed signers, in which every requested one must be named.
    fn allowed(&self) -> Result<Option<Vec<AllowedSigner>>, CliError> {
        let Some(path) = &self.allowed_signers else { return Ok(None) };
        let shown = path.display().to_string();
        let text = text(path)?;
        let signers = parse_signers(&text, self.at.as_deref())
            .map_err(|error| SealFault::Signers { path: shown.clone(), error })?;
        // A signer whose key is not accepted is named all the same.
        let is_named = |name: &String| text.lines().any(|line| names(line).any(|one| one == name));
        if let Some(name) = self.signed_by.iter().find(|name| !is_named(name)) {
            return Err(SealFault::NoSigner { path: shown, name: name.clone() }.into());
        }
        Ok(Some(signers))
    }
}

/// Names at the beginning of a line.
fn names(line: &str) -> impl Iterator<Item = &str> {
    let line = line.trim_start();
    let first = match line.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next(),
        None => line.split_whitespace().next(),
    };
    first.unwrap_or_default().split(',').map(str::trim)
}

/// Signatures beside a bundle: files with its name, anything, and `.sig`.
fn beside(bundle: &Path) -> Result<Vec<PathBuf>, CliError> {
    let folder = bundle.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let start = format!("{}.", bundle.file_name().unwrap_or_default().to_string_lossy());
    let entries = std::fs::read_dir(folder)
        .map_err(|cause| ReadError::new(folder.display().to_string(), Problem::Unreadable(cause)))?;
    let names = entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned());
    let mut names: Vec<String> = names.filter(|name| name.starts_with(&start) && name.ends_with(".sig")).collect();
    names.sort();
    Ok(names.into_iter().map(|name| bundle.with_file_name(name)).collect())
}

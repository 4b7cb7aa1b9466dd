//! Signatures of a bundle, held against its manifest and against allowed signers.

use super::manifest::Manifest;
use super::report::{SealReport, SealSignature};
use super::signature::Signature;
use super::signers::AllowedSigner;

/// Adds signatures to a report: the name and the text of each file. With a list of allowed signers, a signature by
/// another key does not count; of each name in `required`, a signature must hold.
///
/// # Example
/// ```
/// use merestone::document::seal::{Bundle, SealAction, SealReport, verify_signatures};
///
/// let bundle = Bundle::new("1.0.0", Vec::new(), []);
/// let mut report = SealReport::new(SealAction::Verified, &bundle.manifest, bundle.files());
/// verify_signatures(&mut report, &bundle.manifest, &[("a.sig".into(), "no signature".into())], None, &["a".into()]);
/// assert!(!report.holds && !report.signatures[0].holds);
/// assert_eq!(report.unsigned_by, ["a"]);
/// ```
pub fn verify_signatures(
    report: &mut SealReport,
    manifest: &Manifest,
    signatures: &[(String, String)],
    allowed: Option<&[AllowedSigner]>,
    required: &[String],
) {
    let message = manifest.text();
    for (file, text) in signatures {
        report.signatures.push(verified(file, text, message.as_bytes(), allowed));
    }
    report.signatures.sort_by(|a, b| a.file.cmp(&b.file));
    let has_signed = |name: &&String| report.signatures.iter().any(|one| one.holds && one.signers.contains(name));
    report.unsigned_by = required.iter().filter(|name| !has_signed(name)).cloned().collect();
    report.holds &= report.unsigned_by.is_empty() && report.signatures.iter().all(|signature| signature.holds);
}

fn verified(file: &str, text: &str, message: &[u8], allowed: Option<&[AllowedSigner]>) -> SealSignature {
    let mut row = SealSignature { file: file.to_owned(), key: None, signers: Vec::new(), holds: false, note: None };
    let signature = match Signature::parse(text) {
        Ok(signature) => signature,
        Err(error) => return SealSignature { note: Some(error.to_string()), ..row },
    };
    row.key = Some(signature.key.fingerprint());
    if !signature.holds(message) {
        row.note = Some("it does not sign this hash: it was made for other content, or it is forged".to_owned());
        return row;
    }
    let Some(allowed) = allowed else {
        row.holds = true;
        row.note = Some("the signer is not identified: no list of allowed signers was given".to_owned());
        return row;
    };
    let of_key = allowed.iter().filter(|signer| signer.key == signature.key);
    row.signers = of_key.flat_map(|signer| signer.names.clone()).collect();
    row.signers.sort();
    row.signers.dedup();
    row.holds = !row.signers.is_empty();
    row.note = (!row.holds).then(|| "its key is not that of an allowed signer".to_owned());
    row
}

//! Base64 between lines `-----BEGIN …-----` and `-----END …-----`.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD};

/// Characters of a line, as `ssh-keygen` writes them.
const LINE: usize = 70;

/// Bytes in base64, without padding, as in fingerprints.
pub(super) fn unpadded(bytes: &[u8]) -> String {
    STANDARD_NO_PAD.encode(bytes)
}

/// Bytes in base64.
pub(super) fn encoded(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

/// The bytes of base64 text; `None` if it is none.
pub(super) fn decoded(text: &str) -> Option<Vec<u8>> {
    STANDARD.decode(text).ok()
}

/// Bytes with a header and a footer.
pub(super) fn armored(label: &str, bytes: &[u8]) -> String {
    let text = encoded(bytes);
    let mut out = format!("-----BEGIN {label}-----\n");
    // Base64 is ASCII.
    for line in text.as_bytes().chunks(LINE) {
        out.push_str(&String::from_utf8_lossy(line));
        out.push('\n');
    }
    out + &format!("-----END {label}-----\n")
}

/// The bytes between header and footer; `None` without them, or if the text between them is no base64.
pub(super) fn unarmored(label: &str, text: &str) -> Option<Vec<u8>> {
    let (header, footer) = (format!("-----BEGIN {label}-----"), format!("-----END {label}-----"));
    let (_, rest) = text.split_once(&header)?;
    let (body, _) = rest.split_once(&footer)?;
    decoded(&body.split_whitespace().collect::<String>())
}

//! Hashes. With `io/bytes.rs` the only module that uses `sha2`.

use sha2::{Digest, Sha256, Sha512};

/// The SHA-256 of bytes (FIPS 180-4).
pub(super) fn sha256(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

/// The SHA-512 of bytes.
pub(super) fn sha512(bytes: &[u8]) -> [u8; 64] {
    Sha512::digest(bytes).into()
}

/// Returns the SHA-256 of bytes in hexadecimal.
///
/// # Example
/// ```
/// use merestone::document::seal::sha256_hex;
///
/// assert!(sha256_hex(b"").starts_with("e3b0c44298fc1c14"));
/// ```
pub fn sha256_hex(bytes: &[u8]) -> String {
    sha256(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

//! Keys of Ed25519 in the formats of OpenSSH: `PROTOCOL.key` (private keys) and RFC 8709 (public keys).

use super::armor::{decoded, unarmored, unpadded};
use super::digest::{sha256, sha256_hex};
use super::wire::{WireReader, put};
use ed25519_dalek::SigningKey;

/// The name of the algorithm.
pub(super) const ALGORITHM: &str = "ssh-ed25519";

/// The label of private keys in the format of OpenSSH.
const LABEL: &str = "OPENSSH PRIVATE KEY";

/// A key that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum KeyError {
    /// The text has no key in the format of OpenSSH.
    #[error("it is no private key in the format of OpenSSH")]
    NoKey,
    /// The text is a public key.
    #[error("it is a public key; the private one signs")]
    Public,
    /// The key is protected by a passphrase.
    #[error("the key is encrypted ({0})")]
    Encrypted(String),
    /// The key is of another algorithm.
    #[error("the key is of the algorithm \"{0}\", not {ALGORITHM}")]
    Algorithm(String),
    /// The key is damaged.
    #[error("the key is damaged")]
    Damaged,
}

/// A public key of Ed25519.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PublicKey(pub(super) [u8; 32]);

impl PublicKey {
    /// Parses the two words of a public key, `ssh-ed25519 AAAA…`; a comment may follow.
    ///
    /// # Errors
    /// The algorithm is another one, or the key is damaged.
    ///
    /// # Example
    /// ```
    /// use merestone::document::seal::PublicKey;
    ///
    /// let line = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAINdamAGCsQq31Uv+08lkBzoO4XLz2qYjJa8CGmj3B1Ea a";
    /// assert!(PublicKey::parse(line)?.fingerprint().starts_with("SHA256:"));
    /// # Ok::<(), merestone::document::seal::KeyError>(())
    /// ```
    pub fn parse(text: &str) -> Result<Self, KeyError> {
        let mut words = text.split_whitespace();
        match words.next() {
            Some(ALGORITHM) => {}
            Some(other) => return Err(KeyError::Algorithm(other.to_owned())),
            None => return Err(KeyError::NoKey),
        }
        let blob = words.next().and_then(decoded).ok_or(KeyError::Damaged)?;
        Self::of_blob(&blob)
    }

    /// The key in the wire format.
    pub(super) fn of_blob(blob: &[u8]) -> Result<Self, KeyError> {
        let mut wire = WireReader(blob);
        let algorithm = wire.text().ok_or(KeyError::Damaged)?;
        if algorithm != ALGORITHM {
            return Err(KeyError::Algorithm(algorithm.to_owned()));
        }
        let key = wire.string().and_then(|key| key.try_into().ok()).ok_or(KeyError::Damaged)?;
        if wire.is_empty() { Ok(PublicKey(key)) } else { Err(KeyError::Damaged) }
    }

    pub(super) fn blob(&self) -> Vec<u8> {
        let mut out = Vec::new();
        put(&mut out, ALGORITHM.as_bytes());
        put(&mut out, &self.0);
        out
    }

    /// The fingerprint as `ssh-keygen -l` prints it: `SHA256:` and the hash in base64.
    pub fn fingerprint(&self) -> String {
        format!("SHA256:{}", unpadded(&sha256(&self.blob())))
    }

    /// The first twelve hexadecimal digits of the hash of the key, for names of files.
    pub fn short_id(&self) -> String {
        sha256_hex(&self.blob())[..12].to_owned()
    }
}

/// A private key of Ed25519, erased from memory when it is dropped.
pub struct PrivateKey(pub(super) SigningKey);

impl std::fmt::Debug for PrivateKey {
    /// Shows the public half only.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "PrivateKey({})", self.public().fingerprint())
    }
}

impl PrivateKey {
    /// Parses an unencrypted private key in the format of OpenSSH.
    ///
    /// # Errors
    /// The text has none, or it is encrypted, of another algorithm, or damaged.
    pub fn parse(text: &str) -> Result<Self, KeyError> {
        if text.trim_start().starts_with("ssh-") {
            return Err(KeyError::Public);
        }
        let bytes = unarmored(LABEL, text).ok_or(KeyError::NoKey)?;
        let mut wire = WireReader(bytes.strip_prefix(b"openssh-key-v1\0").ok_or(KeyError::NoKey)?);
        let cipher = wire.text().ok_or(KeyError::Damaged)?;
        if cipher != "none" {
            return Err(KeyError::Encrypted(cipher.to_owned()));
        }
        let _derivation = (wire.string(), wire.string());
        let count = wire.number();
        let public = wire.string().ok_or(KeyError::Damaged)?;
        let inner = wire.string().filter(|_| count == Some(1) && wire.is_empty()).ok_or(KeyError::Damaged)?;
        let public = PublicKey::of_blob(public)?;
        let mut wire = WireReader(inner);
        if wire.number().zip(wire.number()).is_none_or(|(a, b)| a != b) || wire.text() != Some(ALGORITHM) {
            return Err(KeyError::Damaged);
        }
        let named = wire.string();
        let pair: [u8; 64] = wire.string().and_then(|pair| pair.try_into().ok()).ok_or(KeyError::Damaged)?;
        let key = SigningKey::from_keypair_bytes(&pair).map_err(|_| KeyError::Damaged)?;
        if named != Some(&public.0) || key.verifying_key().to_bytes() != public.0 {
            return Err(KeyError::Damaged);
        }
        Ok(PrivateKey(key))
    }

    /// The public key of it.
    pub fn public(&self) -> PublicKey {
        PublicKey(self.0.verifying_key().to_bytes())
    }
}

/// Whether bytes are those of a private key, of any algorithm and in any common text format.
pub fn is_private_key(bytes: &[u8]) -> bool {
    // A key is short, and its header is at its start.
    let start = &bytes[..bytes.len().min(4096)];
    let begins = |at: usize| start[at..].starts_with(b"-----BEGIN ");
    let header = (0..start.len()).find(|&at| begins(at)).map(|at| &start[at..]);
    let line = header.and_then(|header| header.split(|byte| *byte == b'\n').next());
    line.is_some_and(|line| line.windows(11).any(|window| window == b"PRIVATE KEY"))
        || start.starts_with(b"PuTTY-User-Key-File")
        || start.starts_with(b"untrusted comment: minisign encrypted secret key")
}

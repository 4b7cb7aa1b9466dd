//! Signatures in the format of OpenSSH (`PROTOCOL.sshsig`), as `ssh-keygen -Y sign` writes and `-Y verify` reads them.

use super::armor::{armored, unarmored};
use super::digest::{sha256, sha512};
use super::key::{ALGORITHM, KeyError, PrivateKey, PublicKey};
use super::wire::{WireReader, put};
use ed25519_dalek::{Signature as Ed25519Signature, Signer, VerifyingKey};

/// The namespace of signatures of a seal: a signature of something else cannot pass for one.
pub const NAMESPACE: &str = "merestone-seal";

const LABEL: &str = "SSH SIGNATURE";
const MAGIC: &[u8; 6] = b"SSHSIG";

/// A file that is no usable signature.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SignatureError {
    /// The text has no signature in the format of OpenSSH.
    #[error("it is no signature in the format of OpenSSH")]
    NoSignature,
    /// The signature is damaged.
    #[error("the signature is damaged")]
    Damaged,
    /// The key of the signature cannot be used.
    #[error("{0}")]
    Key(#[from] KeyError),
    /// The signature was made for another purpose.
    #[error("the signature is for the purpose \"{0}\", not \"{NAMESPACE}\"")]
    Namespace(String),
    /// The message was hashed by an unknown function.
    #[error("the signature is of a hash by \"{0}\", neither sha256 nor sha512")]
    Hash(String),
}

/// A signature with its key; whether it holds for a message, [`holds`](Self::holds) tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// The key that made it.
    pub key: PublicKey,
    hash: HashKind,
    bytes: [u8; 64],
}

/// The function that hashes the message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum HashKind {
    Sha256,
    Sha512,
}

impl HashKind {
    const fn word(self) -> &'static str {
        match self {
            HashKind::Sha256 => "sha256",
            HashKind::Sha512 => "sha512",
        }
    }

    fn of(self, message: &[u8]) -> Vec<u8> {
        match self {
            HashKind::Sha256 => sha256(message).to_vec(),
            HashKind::Sha512 => sha512(message).to_vec(),
        }
    }
}

/// The bytes that the key signs.
fn signed(hash: HashKind, message: &[u8]) -> Vec<u8> {
    let mut out = MAGIC.to_vec();
    for part in [NAMESPACE.as_bytes(), b"", hash.word().as_bytes(), &hash.of(message)] {
        put(&mut out, part);
    }
    out
}

impl Signature {
    /// Signs a message: the SHA-256 of it, in the namespace of seals. The same key and message give the same signature
    /// (RFC 8032).
    pub fn sign(key: &PrivateKey, message: &[u8]) -> Self {
        let hash = HashKind::Sha256;
        Signature { key: key.public(), hash, bytes: key.0.sign(&signed(hash, message)).to_bytes() }
    }

    /// Parses a signature.
    ///
    /// # Errors
    /// The text has none, or it is damaged, or by an algorithm other than Ed25519, or for another purpose.
    pub fn parse(text: &str) -> Result<Self, SignatureError> {
        let bytes = unarmored(LABEL, text).ok_or(SignatureError::NoSignature)?;
        let mut wire = WireReader(bytes.strip_prefix(MAGIC).ok_or(SignatureError::NoSignature)?);
        let damaged = || SignatureError::Damaged;
        if wire.number() != Some(1) {
            return Err(damaged());
        }
        let key = PublicKey::of_blob(wire.string().ok_or_else(damaged)?)?;
        let namespace = wire.text().ok_or_else(damaged)?;
        if namespace != NAMESPACE {
            return Err(SignatureError::Namespace(namespace.to_owned()));
        }
        let _reserved = wire.string();
        let hash = match wire.text().ok_or_else(damaged)? {
            "sha256" => HashKind::Sha256,
            "sha512" => HashKind::Sha512,
            other => return Err(SignatureError::Hash(other.to_owned())),
        };
        let inner = wire.string().filter(|_| wire.is_empty()).ok_or_else(damaged)?;
        let mut wire = WireReader(inner);
        if wire.text() != Some(ALGORITHM) {
            return Err(damaged());
        }
        let bytes = wire.string().and_then(|bytes| bytes.try_into().ok()).filter(|_| wire.is_empty());
        Ok(Signature { key, hash, bytes: bytes.ok_or_else(damaged)? })
    }

    /// The text of the signature's file.
    pub fn text(&self) -> String {
        let mut out = MAGIC.to_vec();
        out.extend(1_u32.to_be_bytes());
        let mut inner = Vec::new();
        put(&mut inner, ALGORITHM.as_bytes());
        put(&mut inner, &self.bytes);
        for part in [&self.key.blob()[..], NAMESPACE.as_bytes(), b"", self.hash.word().as_bytes(), &inner] {
            put(&mut out, part);
        }
        armored(LABEL, &out)
    }

    /// Whether the key signed this message. Weak keys and signatures of several spellings do not hold.
    pub fn holds(&self, message: &[u8]) -> bool {
        let signature = Ed25519Signature::from_bytes(&self.bytes);
        VerifyingKey::from_bytes(&self.key.0)
            .is_ok_and(|key| key.verify_strict(&signed(self.hash, message), &signature).is_ok())
    }
}

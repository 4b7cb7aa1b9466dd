//! Seals: a bundle of data, plates and papers with one hash that parties sign.
//!
//! A [`Bundle`] holds files and a [`Manifest`], which lists the SHA-256 of each file and the command lines that make the
//! outputs. Its bytes are the same wherever it is made. The SHA-256 of the manifest is the hash of the whole. Files are
//! kept byte for byte, because a signature must cover what the parties have seen, not a reading of it; for GeoJSON, the
//! manifest also has the hash of its canonical form ([`canonical_sha256`]), so that files that say the same are recognised.
//!
//! [`Signature`] is Ed25519 in the format of OpenSSH: `ssh-keygen -Y sign` and `-Y verify` read and write the same, with
//! the manifest as the message and [`NAMESPACE`] as the namespace. Signatures are files beside the bundle, so a bundle
//! does not change when it is signed. Not implemented: encrypted keys, certificates, algorithms other than Ed25519.
//!
//! Nothing here reads or writes files; `io::read_archive` reads archives.

mod armor;
mod bundle;
mod canonical;
mod command;
mod digest;
mod key;
mod manifest;
mod report;
mod signature;
mod signers;
mod verify;
mod wire;

pub use bundle::{Bundle, BundleError, CONTENT_FOLDER, MANIFEST_PATH, compared};
pub use canonical::canonical_sha256;
pub use command::{CommandError, CommandRules, check_command, joined_command, split_command};
pub use digest::sha256_hex;
pub use key::{KeyError, PrivateKey, PublicKey, is_private_key};
pub use manifest::{MANIFEST_SCHEMA, Manifest, ManifestError, ManifestFile};
pub use report::{SealAction, SealFileState, SealReport, SealSignature, SealedCommand, SealedFile};
pub use signature::{NAMESPACE, Signature, SignatureError};
pub use signers::{AllowedSigner, SignersError, SignersProblem, parse_signers};
pub use verify::verify_signatures;

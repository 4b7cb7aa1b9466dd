//! Hints for bundles, keys, signers and command lines.

use super::Hint;
use merestone::document::seal::{BundleError, CommandError, KeyError, SignersError, SignersProblem};
use merestone::io::{ArchiveError, ArchiveProblem};

impl Hint for ArchiveError {
    fn hint(&self) -> String {
        match self.problem {
            ArchiveProblem::NotArchive => "name a bundle as `merestone seal FOLDER -o bundle.zip` writes it",
            ArchiveProblem::Truncated => "fetch or copy the archive again",
            ArchiveProblem::TooLarge(..) => "--max-size GIB raises the limit, to 4 at most",
            ArchiveProblem::TooMany(..) => "seal parts of the folder in bundles of their own",
            ArchiveProblem::Nested => "unpack the inner archive, and seal its files",
            ArchiveProblem::Portable(_) | ArchiveProblem::Case(_) | ArchiveProblem::Name => {
                "rename the file: names that differ in more than case, without \\ : * ? \" < > |"
            }
            ArchiveProblem::Method(_) | ArchiveProblem::Unsupported(_) | ArchiveProblem::Encrypted => {
                "pack the files again without encryption, stored or with Deflate"
            }
            _ => "do not unpack it: `merestone seal` writes no such archive; ask its sender for the bundle",
        }
        .into()
    }
}

impl Hint for BundleError {
    fn hint(&self) -> String {
        match self {
            BundleError::NoManifest => "name a bundle as `merestone seal FOLDER -o bundle.zip` writes it",
            _ => "the manifest was edited or is of another version: ask its sender for the bundle",
        }
        .into()
    }
}

impl Hint for KeyError {
    fn hint(&self) -> String {
        match self {
            KeyError::Public => "name the file without .pub",
            KeyError::Encrypted(_) => {
                "sign with OpenSSH: unzip -p BUNDLE manifest.json > manifest.json; \
                 ssh-keygen -Y sign -n merestone-seal -f KEY manifest.json; mv manifest.json.sig BUNDLE.mine.sig"
            }
            _ => "make a key: ssh-keygen -t ed25519 -N \"\" -f my.key",
        }
        .into()
    }
}

impl Hint for SignersError {
    fn hint(&self) -> String {
        match self.problem {
            SignersProblem::Undated => "--at 20260131 gives the day on which the keys must be valid",
            SignersProblem::Date(_) => "write dates as 20260131 or 202601311530",
            _ => "write a line for each signer: NAME ssh-ed25519 AAAA…, with the two words of the public key",
        }
        .into()
    }
}

impl Hint for CommandError {
    fn hint(&self) -> String {
        match self {
            CommandError::Shell(_) | CommandError::Quote => {
                "write one command a line, texts with spaces in quotation marks, the output behind -o"
            }
            CommandError::Outside(_) => "name files of the folder by paths from the folder, without ..",
            CommandError::Option(_) => "leave the option out: a bundle has all that its commands read",
            CommandError::Command(_) => {
                "use a question, map, catalogue, describe or convert, without `merestone`: borders land.geojson -o borders.csv"
            }
            _ => "write it like: borders land.geojson -o borders.csv",
        }
        .into()
    }
}

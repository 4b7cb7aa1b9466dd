//! Recognises unsupported formats, for error messages.

/// The apparent format of an unsupported file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum UnreadFormat {
    /// Apache Parquet, with a build without the feature `parquet` and a GDAL without its driver.
    Parquet,
    /// JavaScript that holds the data.
    Script,
    /// A web page about the file.
    Page,
    /// An archive of an unsupported kind.
    Archive,
    /// XML that OGR does not support.
    Xml,
}

impl std::fmt::Display for UnreadFormat {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            UnreadFormat::Parquet => "Parquet",
            UnreadFormat::Script => "JavaScript",
            UnreadFormat::Page => "a web page",
            UnreadFormat::Archive => "a file packed by 7z, rar, xz, bzip2 or zstd",
            UnreadFormat::Xml => "XML",
        })
    }
}

/// The apparent format of an unsupported file.
pub(super) fn looks_like(bytes: &[u8]) -> Option<UnreadFormat> {
    let start = bytes.trim_ascii_start();
    let begins = |words: &[&[u8]]| {
        words.iter().any(|word| start.len() >= word.len() && start[..word.len()].eq_ignore_ascii_case(word))
    };
    Some(match () {
        () if bytes.starts_with(b"PAR1") => UnreadFormat::Parquet,
        () if begins(&[b"var ", b"let ", b"const ", b"window.", b"(function", b"export ", b"module."]) => {
            UnreadFormat::Script
        }
        () if begins(&[b"<!doctype html", b"<html"]) => UnreadFormat::Page,
        () if begins(&[b"7z\xbc\xaf", b"Rar!", b"\xfd7zXZ", b"BZh", b"\x28\xb5\x2f\xfd"]) => UnreadFormat::Archive,
        () if begins(&[b"<"]) => UnreadFormat::Xml,
        () => return None,
    })
}

/// Whether no build of the program supports this format.
#[cfg(not(feature = "gdal"))]
pub(super) fn is_for_nobody(what: UnreadFormat) -> bool {
    [UnreadFormat::Script, UnreadFormat::Page, UnreadFormat::Archive].contains(&what)
}

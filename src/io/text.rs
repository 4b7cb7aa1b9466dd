//! Text in other encodings than UTF-8. The one door to `encoding_rs`, which the feature `formats` brings.

use super::{Problem, ReadError};
use std::borrow::Cow;
use thiserror::Error;

/// An encoding of text, by one of its names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Encoding(known::Known);

/// A name of an encoding that is none.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error(
    "\"{0}\" is no encoding that is known; try CP1251, CP866, KOI8-R, CP1252, ISO-8859-2, GBK, Shift_JIS or UTF-16"
)]
pub struct UnknownEncoding(pub String);

impl Encoding {
    /// Reads `CP1251`, `windows-1251`, `ANSI 1251`, `1251`, and every name of the WHATWG Encoding Standard.
    ///
    /// # Errors
    /// It is no name of an encoding.
    pub fn parse(text: &str) -> Result<Self, UnknownEncoding> {
        let lower = text.trim().to_lowercase().replace('_', "-");
        let bare = ["ansi", "windows", "win", "cp", "ibm", "oem"].iter().find_map(|start| lower.strip_prefix(start));
        let number = bare.unwrap_or(&lower).trim_start_matches([' ', '-']);
        let page = format!("windows-{number}");
        let latin = lower.replace("latin-", "latin");
        let found = [lower.as_str(), latin.as_str(), number, page.as_str()].iter().find_map(|label| known::find(label));
        found.map(Encoding).ok_or_else(|| UnknownEncoding(text.to_owned()))
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        known::name(self.0)
    }

    /// The text that bytes stand for; nothing where some of them stand for none.
    pub(super) fn decode(self, bytes: &[u8]) -> Option<Cow<'_, str>> {
        known::decode(self.0, bytes)
    }
}

#[cfg(feature = "formats")]
mod known {
    use std::borrow::Cow;

    pub type Known = &'static encoding_rs::Encoding;

    pub fn find(label: &str) -> Option<Known> {
        encoding_rs::Encoding::for_label_no_replacement(label.as_bytes())
    }

    pub fn name(of: Known) -> &'static str {
        of.name()
    }

    pub fn decode(of: Known, bytes: &[u8]) -> Option<Cow<'_, str>> {
        let (text, malformed) = of.decode_without_bom_handling(bytes);
        (!malformed).then_some(text)
    }
}

/// UTF-8 alone.
#[cfg(not(feature = "formats"))]
mod known {
    use std::borrow::Cow;

    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub struct Known;

    pub fn find(label: &str) -> Option<Known> {
        matches!(label, "utf-8" | "utf8").then_some(Known)
    }

    pub fn name(_: Known) -> &'static str {
        "UTF-8"
    }

    pub fn decode(_: Known, bytes: &[u8]) -> Option<Cow<'_, str>> {
        std::str::from_utf8(bytes).ok().map(Cow::Borrowed)
    }
}

/// How UTF-16 and UTF-32 are told from other bytes: a byte order mark, or the zeros around an ASCII character.
const WIDE: [(&[u8], Wide); 8] = [
    (b"\xff\xfe\0\0", Wide { unit: 4, big: false }),
    (b"\0\0\xfe\xff", Wide { unit: 4, big: true }),
    (b"\xff\xfe", Wide { unit: 2, big: false }),
    (b"\xfe\xff", Wide { unit: 2, big: true }),
    (b"{\0\0\0", Wide { unit: 4, big: false }),
    (b"\0\0\0{", Wide { unit: 4, big: true }),
    (b"{\0", Wide { unit: 2, big: false }),
    (b"\0{", Wide { unit: 2, big: true }),
];

#[derive(Clone, Copy)]
struct Wide {
    unit: usize,
    big: bool,
}

/// The name of the encoding of bytes that are text in UTF-16 or UTF-32.
pub(super) fn wide_name(bytes: &[u8]) -> Option<&'static str> {
    wide(bytes).map(|wide| if wide.unit == 2 { "UTF-16" } else { "UTF-32" })
}

fn wide(bytes: &[u8]) -> Option<Wide> {
    WIDE.iter().find(|(start, _)| bytes.starts_with(start)).map(|(_, wide)| *wide)
}

/// Text in UTF-16 or UTF-32 as UTF-8; any other bytes as they are.
///
/// # Errors
/// A unit of it stands for no character.
pub(super) fn narrowed<'b>(bytes: &'b [u8], path: &str) -> Result<Cow<'b, [u8]>, ReadError> {
    let Some(Wide { unit, big }) = wide(bytes) else { return Ok(Cow::Borrowed(bytes)) };
    let number = |unit: &[u8]| {
        let step = |sum: u32, byte: &u8| sum << 8 | u32::from(*byte);
        if big { unit.iter().fold(0, step) } else { unit.iter().rev().fold(0, step) }
    };
    let units = bytes.chunks_exact(unit).map(number);
    let text: Option<String> = match unit {
        2 => char::decode_utf16(units.map(|unit| unit as u16)).map(Result::ok).collect(),
        _ => units.map(char::from_u32).collect(),
    };
    let text = text.filter(|_| bytes.len().is_multiple_of(unit)).ok_or_else(|| {
        let encoding = if unit == 2 { "UTF-16" } else { "UTF-32" };
        ReadError::new(path, Problem::WrongEncoding(encoding))
    })?;
    Ok(Cow::Owned(text.strip_prefix('\u{feff}').unwrap_or(&text).to_owned().into_bytes()))
}

/// Bytes of text in an encoding, where one is said, as UTF-8; else as they are.
///
/// # Errors
/// Some of them stand for nothing in that encoding.
pub(super) fn in_utf8<'b>(bytes: &'b [u8], path: &str, said: Option<Encoding>) -> Result<Cow<'b, [u8]>, ReadError> {
    let Some(encoding) = said else { return Ok(Cow::Borrowed(bytes)) };
    let text = encoding.decode(bytes).ok_or_else(|| ReadError::new(path, Problem::WrongEncoding(encoding.name())))?;
    Ok(match text {
        Cow::Borrowed(text) => Cow::Borrowed(text.as_bytes()),
        Cow::Owned(text) => Cow::Owned(text.into_bytes()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_encodings() {
        for (text, name) in [
            ("CP1251", "windows-1251"),
            ("windows-1251", "windows-1251"),
            ("ANSI 1251", "windows-1251"),
            ("1251", "windows-1251"),
            ("win1251", "windows-1251"),
            ("CP866", "IBM866"),
            ("866", "IBM866"),
            ("koi8-r", "KOI8-R"),
            ("Latin-1", "windows-1252"),
            ("ISO-8859-2", "ISO-8859-2"),
            ("iso_8859-5", "ISO-8859-5"),
            ("utf8", "UTF-8"),
            ("GBK", "GBK"),
        ] {
            assert_eq!(Encoding::parse(text).map(Encoding::name), Ok(name), "{text}");
        }
        assert!(Encoding::parse("CP999").is_err() && Encoding::parse("").is_err());
    }

    #[test]
    fn wide_text_of_every_kind_is_the_same_text() {
        let text = "{\"name\": \"Псков 😀\"}";
        let units = |big: bool, mark: bool| -> Vec<u8> {
            let text = if mark { format!("\u{feff}{text}") } else { text.to_owned() };
            text.encode_utf16().flat_map(|u| if big { u.to_be_bytes() } else { u.to_le_bytes() }).collect()
        };
        let points = |big: bool| -> Vec<u8> {
            text.chars().flat_map(|c| if big { (c as u32).to_be_bytes() } else { (c as u32).to_le_bytes() }).collect()
        };
        for bytes in [
            units(true, true),
            units(false, true),
            units(true, false),
            units(false, false),
            points(true),
            points(false),
        ] {
            assert_eq!(narrowed(&bytes, "x").unwrap().as_ref(), text.as_bytes());
            assert!(narrowed(&bytes[..bytes.len() - 1], "x").is_err());
        }
        assert_eq!(narrowed(text.as_bytes(), "x").unwrap().as_ref(), text.as_bytes());
    }
}

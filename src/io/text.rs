//! Text in encodings other than UTF-8. The only module that uses `encoding_rs`, which the feature `formats` enables.

use super::{Problem, ReadError};
use std::borrow::Cow;
use thiserror::Error;

/// A text encoding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Encoding(known::TextEncoding);

/// A text that does not name an encoding.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error(
    "\"{0}\" is no encoding that is known; try CP1251, CP866, KOI8-R, CP1252, ISO-8859-2, GBK, Shift_JIS or UTF-16"
)]
#[non_exhaustive]
pub struct UnknownEncoding(pub String);

impl Encoding {
    /// Parses `CP1251`, `windows-1251`, `ANSI 1251`, `1251`, and every label of the WHATWG Encoding Standard.
    ///
    /// # Errors
    /// It does not name an encoding.
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

    /// Decodes bytes; `None` if some of them are invalid.
    pub(super) fn decode(self, bytes: &[u8]) -> Option<Cow<'_, str>> {
        known::decode(self.0, bytes)
    }
}

#[cfg(feature = "formats")]
mod known {
    use std::borrow::Cow;

    pub type TextEncoding = &'static encoding_rs::Encoding;

    pub fn find(label: &str) -> Option<TextEncoding> {
        encoding_rs::Encoding::for_label_no_replacement(label.as_bytes())
    }

    pub fn name(of: TextEncoding) -> &'static str {
        of.name()
    }

    pub fn decode(of: TextEncoding, bytes: &[u8]) -> Option<Cow<'_, str>> {
        let (text, malformed) = of.decode_without_bom_handling(bytes);
        (!malformed).then_some(text)
    }
}

/// UTF-8 alone.
#[cfg(not(feature = "formats"))]
mod known {
    use std::borrow::Cow;

    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub struct TextEncoding;

    pub fn find(label: &str) -> Option<TextEncoding> {
        matches!(label, "utf-8" | "utf8").then_some(TextEncoding)
    }

    pub fn name(_: TextEncoding) -> &'static str {
        "UTF-8"
    }

    pub fn decode(_: TextEncoding, bytes: &[u8]) -> Option<Cow<'_, str>> {
        std::str::from_utf8(bytes).ok().map(Cow::Borrowed)
    }
}

/// Signatures of UTF-16 and UTF-32: a byte order mark, or the zeros around an ASCII character.
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

/// Converts UTF-16 or UTF-32 to UTF-8; returns other bytes unchanged.
///
/// # Errors
/// A code unit is invalid.
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

/// Converts bytes in the given encoding, if any, to UTF-8; otherwise returns them unchanged.
///
/// # Errors
/// Some of them are invalid in that encoding.
pub(super) fn in_utf8<'b>(bytes: &'b [u8], path: &str, said: Option<Encoding>) -> Result<Cow<'b, [u8]>, ReadError> {
    let Some(encoding) = said else { return Ok(Cow::Borrowed(bytes)) };
    let text = encoding.decode(bytes).ok_or_else(|| ReadError::new(path, Problem::WrongEncoding(encoding.name())))?;
    Ok(match text {
        Cow::Borrowed(text) => Cow::Borrowed(text.as_bytes()),
        Cow::Owned(text) => Cow::Owned(text.into_bytes()),
    })
}

/// XML as UTF-8, with a warning about its encoding.
#[cfg(feature = "formats")]
pub(super) struct Xml {
    pub text: Vec<u8>,
    pub note: Option<String>,
}

/// Converts XML to UTF-8, with an adapted declaration, if it is in an encoding that parsers need not support (XML 1.0,
/// 4.3.3), if the user gives the encoding, or if the declaration of UTF-8 is wrong. `None` if the bytes are not XML, or
/// XML that every parser reads.
///
/// # Errors
/// It is not text in the given or declared encoding.
#[cfg(feature = "formats")]
pub(super) fn xml_in_utf8(bytes: &[u8], path: &str, said: Option<Encoding>) -> Result<Option<Xml>, ReadError> {
    let start = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    if !start.starts_with(b"<") {
        return Ok(None);
    }
    let declaration = start.strip_prefix(b"<?xml").and_then(|rest| rest.split(|byte| *byte == b'>').next());
    let declaration = declaration.map(String::from_utf8_lossy).unwrap_or_default();
    let value = declaration.split_once("encoding").and_then(|(_, rest)| rest.split(['"', '\'']).nth(1));
    let declared = value.unwrap_or("UTF-8");
    let known = Encoding::parse(declared).ok();
    let is_utf8 = |encoding: Encoding| encoding.name() == "UTF-8";
    let utf8 = std::str::from_utf8(start);
    let mut note = None;
    let text = match (said, known, utf8) {
        // Every parser reads these, Expat (GDAL's) among them.
        (None, _, _) if ["iso-8859-1", "us-ascii"].contains(&declared.to_lowercase().as_str()) => return Ok(None),
        (None, Some(known), Ok(_)) if is_utf8(known) => return Ok(None),
        (None, Some(known), Err(error)) if is_utf8(known) => {
            return Err(ReadError::new(path, Problem::NotUtf8 { byte: error.valid_up_to() }));
        }
        (None, None, _) => return Ok(None),
        (None, Some(_), Ok(text)) => {
            let said = format!("{path} declares {declared}, and is UTF-8; it is read as that");
            // UTF-16 was converted to UTF-8 before.
            note = (!text.is_ascii() && !declared.to_lowercase().starts_with("utf-16")).then_some(said);
            Cow::Borrowed(text)
        }
        (Some(encoding), ..) | (None, Some(encoding), Err(_)) => {
            let wrong = || ReadError::new(path, Problem::WrongEncoding(encoding.name()));
            encoding.decode(start).ok_or_else(wrong)?
        }
    };
    let body = text.strip_prefix("<?xml").and_then(|rest| rest.split_once("?>")).map_or(&*text, |(_, body)| body);
    Ok(Some(Xml { text: format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>{body}").into_bytes(), note }))
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
    #[cfg(feature = "formats")]
    fn xml_says_its_encoding_or_the_user_does() {
        let read = |declared: &str, bytes: &[u8], said: Option<&str>| {
            let document = [format!("<?xml version='1.0' {declared}?>\n<a>").as_bytes(), bytes, b"</a>"].concat();
            let said = said.map(|said| Encoding::parse(said).unwrap());
            let read = xml_in_utf8(&document, "a.kml", said).map_err(|error| error.problem);
            read.map(|xml| xml.map(|xml| (String::from_utf8(xml.text).unwrap(), xml.note.is_some())))
        };
        let good = |noted| Ok(Some(("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<a>Запад</a>".to_owned(), noted)));
        let (cp1251, utf8) = (b"\xc7\xe0\xef\xe0\xe4".as_slice(), "Запад".as_bytes());
        let same = |got: &Result<_, Problem>, want: &Result<_, Problem>| format!("{got:?}") == format!("{want:?}");
        assert!(same(&read("encoding='windows-1251'", cp1251, None), &good(false)));
        assert!(same(&read("", cp1251, Some("CP1251")), &good(false)));
        assert!(same(&read("encoding=\"UTF-8\"", cp1251, Some("CP1251")), &good(false)));
        assert!(same(&read("encoding='windows-1251'", utf8, None), &good(true)));
        assert!(matches!(read("", cp1251, None), Err(Problem::NotUtf8 { .. })));
        assert!(matches!(read("encoding='UTF-8'", utf8, None), Ok(None)));
        assert!(xml_in_utf8(b"{}", "a.json", None).unwrap().is_none());
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

//! Text of attribute tables: in the declared encoding if the bytes are valid in it, else byte by byte.

use super::Encoding;
use serde_json::{Map, Value};

/// How text was read.
#[cfg(feature = "gdal")]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum How {
    /// As the file declares.
    Declared,
    /// Each byte as the character with its code (ISO 8859-1), without loss.
    Bytes,
}

/// Result of decoding a layer's text.
pub(super) enum Settled {
    /// It is text, with warnings about its encoding.
    As(Vec<String>),
    /// Some of it is not in the declared encoding, and its raw bytes are available.
    #[cfg(feature = "gdal")]
    Again,
}

impl Settled {
    /// The warnings, if all raw bytes were read.
    pub fn notes(self) -> Vec<String> {
        match self {
            Settled::As(notes) => notes,
            #[cfg(feature = "gdal")]
            Settled::Again => Vec::new(),
        }
    }
}

/// The text encoding of a file.
pub(super) struct FieldTexts {
    #[cfg(feature = "gdal")]
    pub how: How,
    /// The encoding that the user gives.
    pub said: Option<Encoding>,
    /// The encoding, other than UTF-8, that a Shapefile declares.
    pub declared: Option<Encoding>,
    /// Whether its raw bytes can be read.
    #[cfg(feature = "gdal")]
    pub has_bytes: bool,
    /// The name of its format.
    #[cfg(feature = "gdal")]
    pub driver: String,
}

impl FieldTexts {
    /// The text of an attribute table of a Shapefile that was read byte by byte.
    pub fn of_table(said: Option<Encoding>, declared: Option<Encoding>) -> Self {
        FieldTexts {
            #[cfg(feature = "gdal")]
            how: How::Bytes,
            said,
            declared: declared.filter(|encoding| encoding.name() != "UTF-8"),
            #[cfg(feature = "gdal")]
            has_bytes: true,
            #[cfg(feature = "gdal")]
            driver: "ESRI Shapefile".to_owned(),
        }
    }

    /// Decodes the text read from a layer.
    pub fn settle<'m>(&self, path: &str, maps: impl Iterator<Item = &'m mut Map<String, Value>>) -> Settled {
        let mut maps: Vec<&mut Map<String, Value>> = maps.collect();
        let mut notes = Vec::new();
        #[cfg(feature = "gdal")]
        if self.how == How::Declared {
            let broken = maps.iter().filter(|map| any(map, &|text| text.contains(char::REPLACEMENT_CHARACTER))).count();
            if broken > 0 && self.has_bytes {
                return Settled::Again;
            }
            if broken > 0 {
                notes.push(format!("{path}: text of {broken} features holds bytes that are no UTF-8; they are lost"));
            }
            if let Some(encoding) = self.said {
                let (name, driver) = (encoding.name(), &self.driver);
                notes.push(format!("{path}: the format {driver} declares its own encoding; {name} is not used"));
            }
            return Settled::As(notes);
        }
        let decoded: fn(Encoding, &str) -> Option<String> = |encoding, text| {
            let bytes: Option<Vec<u8>> = text.chars().map(|c| u8::try_from(u32::from(c)).ok()).collect();
            // A table field may be truncated inside a character.
            let bytes = bytes?;
            let whole = encoding.decode(&bytes).map(|text| text.into_owned());
            whole.or_else(|| {
                (1..4).find_map(|cut| Some(encoding.decode(bytes.get(..bytes.len().checked_sub(cut)?)?)?.into_owned()))
            })
        };
        let fits = |encoding, maps: &[&mut Map<String, Value>]| {
            !maps.iter().any(|map| any(map, &|text| !text.is_ascii() && decoded(encoding, text).is_none()))
        };
        let plain = !maps.iter().any(|map| any(map, &|text| !text.is_ascii()));
        // Text in another encoding is hardly ever valid UTF-8 throughout.
        let utf8 = Encoding::parse("UTF-8").ok().filter(|utf8| fits(*utf8, &maps));
        let encoding = self.said.or(utf8).or(self.declared.filter(|declared| fits(*declared, &maps)));
        match encoding {
            _ if plain => {}
            Some(encoding) if fits(encoding, &maps) => {
                if let (None, Some(declared), true) = (self.said, self.declared, encoding.name() == "UTF-8") {
                    notes.push(format!("{path} declares {}, and is UTF-8; it is read as that", declared.name()));
                }
                let text = |text: &str| decoded(encoding, text).unwrap_or_else(|| text.to_owned());
                maps.iter_mut().for_each(|map| change(map, &text));
            }
            Some(encoding) => notes.push(format!(
                "{path}: its text is not in {}; each byte is read as one character (ISO 8859-1)",
                encoding.name()
            )),
            None => notes.push(format!(
                "{path}: its text is neither UTF-8 nor in an encoding that the file declares rightly; each byte is read as one \
                 character (ISO 8859-1)"
            )),
        }
        Settled::As(notes)
    }
}

/// Whether any text among properties and their names satisfies a predicate.
fn any(map: &Map<String, Value>, is: &impl Fn(&str) -> bool) -> bool {
    map.iter().any(|(key, value)| is(key) || any_in(value, is))
}

fn any_in(value: &Value, is: &impl Fn(&str) -> bool) -> bool {
    match value {
        Value::String(text) => is(text),
        Value::Array(items) => items.iter().any(|item| any_in(item, is)),
        Value::Object(members) => any(members, is),
        _ => false,
    }
}

/// Converts all texts among properties, and their names.
fn change(map: &mut Map<String, Value>, text: &impl Fn(&str) -> String) {
    *map = std::mem::take(map)
        .into_iter()
        .map(|(key, mut value)| {
            change_in(&mut value, text);
            (text(&key), value)
        })
        .collect();
}

fn change_in(value: &mut Value, text: &impl Fn(&str) -> String) {
    match value {
        Value::String(own) => *own = text(own),
        Value::Array(items) => items.iter_mut().for_each(|item| change_in(item, text)),
        Value::Object(members) => change(members, text),
        _ => {}
    }
}

//! Text of OGR's formats: in the declared encoding if the bytes are valid in it, else byte by byte.

use super::settings::Settings;
use super::{mapinfo, open, open_osm};
use crate::io::{Encoding, Limits};
use gdal::{Dataset, Metadata};
use serde_json::{Map, Value};

/// How OGR decodes text.
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
    Again,
}

/// The text encoding of a dataset.
pub(super) struct Texts {
    pub how: How,
    said: Option<Encoding>,
    /// The encoding, other than UTF-8, that a Shapefile declares.
    declared: Option<Encoding>,
    /// Whether its driver can return raw bytes.
    has_bytes: bool,
    driver: String,
}

/// Drivers that accept an encoding.
const DRIVERS: [&str; 3] = ["ESRI Shapefile", "MapInfo File", "DXF"];

impl Texts {
    /// Opens a dataset.
    pub fn open(path: &str, how: How, is_osm: bool, limits: Limits) -> gdal::errors::Result<Dataset> {
        match how {
            _ if is_osm => open_osm(path, limits),
            How::Declared => open(path, None, limits),
            How::Bytes => {
                // The MapInfo driver has no option for it.
                let _settings = Settings::dxf_bytes()?;
                match mapinfo::in_latin_1(path) {
                    Some(path) => open(&path, None, limits),
                    None => open(path, Some(&["ENCODING=ISO-8859-1"]), limits),
                }
            }
        }
    }

    /// Selects how to read a dataset: as bytes if the user gives the encoding, or if a Shapefile declares none or one
    /// that its bytes may contradict.
    pub fn new(dataset: &Dataset, said: Option<Encoding>) -> Self {
        let driver = dataset.driver().short_name();
        let has_bytes = DRIVERS.contains(&driver.as_str());
        let of_layer = |key: &str| {
            let layer = dataset.layers().next()?;
            layer.metadata_item(key, "SHAPEFILE").filter(|value| !value.is_empty())
        };
        // Language byte 87 means "the machine's own encoding", which is unknown; GDAL assumes ISO 8859-1.
        let is_said = of_layer("ENCODING_FROM_CPG").is_some() || of_layer("LDID_VALUE").is_none_or(|id| id != "87");
        let is_shapefile = driver == DRIVERS[0];
        let undeclared = is_shapefile && !is_said;
        let declared = of_layer("SOURCE_ENCODING").and_then(|name| Encoding::parse(&name).ok());
        let declared = declared.filter(|encoding| is_shapefile && is_said && encoding.name() != "UTF-8");
        let by_bytes = has_bytes && (said.is_some() || undeclared || declared.is_some());
        Texts { how: if by_bytes { How::Bytes } else { How::Declared }, said, declared, has_bytes, driver }
    }

    /// Decodes the text read from a layer.
    pub fn settle<'m>(&self, path: &str, maps: impl Iterator<Item = &'m mut Map<String, Value>>) -> Settled {
        let mut maps: Vec<&mut Map<String, Value>> = maps.collect();
        let mut notes = Vec::new();
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

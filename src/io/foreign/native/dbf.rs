//! Tables of attributes in the format of dBASE (Esri, ESRI Shapefile Technical Description, July 1998).

use crate::io::text_fields::FieldTexts;
use crate::io::{Encoding, Problem, ReadError};
use serde_json::{Map, Value};

/// A table, its text decoded.
pub(super) struct AttributeTable {
    /// For each record, its attributes; `None` for a deleted record.
    pub rows: Vec<Option<Map<String, Value>>>,
    /// Notes on its encoding.
    pub notes: Vec<String>,
}

struct Field {
    name: String,
    kind: u8,
    start: usize,
    width: usize,
    decimals: u8,
}

/// Encodings by the language byte of the header (Esri's and dBASE's code page marks, as GDAL has them).
const LANGUAGES: [(u8, &str); 50] = [
    (1, "CP437"),
    (2, "CP850"),
    (3, "CP1252"),
    (8, "CP865"),
    (10, "CP850"),
    (11, "CP437"),
    (13, "CP437"),
    (14, "CP850"),
    (15, "CP437"),
    (16, "CP850"),
    (17, "CP437"),
    (18, "CP850"),
    (19, "CP932"),
    (20, "CP850"),
    (21, "CP437"),
    (22, "CP850"),
    (23, "CP865"),
    (24, "CP437"),
    (25, "CP437"),
    (26, "CP850"),
    (27, "CP437"),
    (28, "CP863"),
    (29, "CP850"),
    (31, "CP852"),
    (34, "CP852"),
    (35, "CP852"),
    (36, "CP860"),
    (37, "CP850"),
    (38, "CP866"),
    (55, "CP850"),
    (64, "CP852"),
    (77, "GBK"),
    (78, "CP949"),
    (79, "Big5"),
    (80, "CP874"),
    (88, "CP1252"),
    (89, "CP1252"),
    (100, "CP852"),
    (101, "CP866"),
    (102, "CP865"),
    (103, "CP861"),
    (120, "Big5"),
    (122, "GBK"),
    (123, "Shift_JIS"),
    (124, "CP874"),
    (200, "CP1250"),
    (201, "CP1251"),
    (202, "CP1254"),
    (203, "CP1253"),
    (204, "CP1257"),
];

/// The language byte that means "the machine's own encoding", which is unknown.
const OWN: u8 = 87;

/// Reads a table; `code_page` is the text of the file `.cpg`.
///
/// # Errors
/// Its header contradicts its size.
pub(super) fn read(
    bytes: &[u8],
    path: &str,
    code_page: Option<&str>,
    said: Option<Encoding>,
) -> Result<AttributeTable, ReadError> {
    let broken = |byte: usize, reason: &str| {
        ReadError::new(path, Problem::NotShapefile { part: "dbf", reason: reason.to_owned(), byte })
    };
    let number = |at: usize, size: usize| {
        let part = bytes.get(at..at + size)?;
        Some(part.iter().rev().fold(0_usize, |sum, byte| sum << 8 | usize::from(*byte)))
    };
    let header = || Some((number(4, 4)?, number(8, 2)?, number(10, 2)?, *bytes.get(29)?));
    let (count, start, width, language) = header().ok_or_else(|| broken(bytes.len(), "its header breaks off"))?;
    let fields = fields(bytes, start).ok_or_else(|| broken(32, "its list of fields is damaged"))?;
    let last = fields.last().map_or(1, |field| field.start + field.width);
    if width == 0 || last > width {
        return Err(broken(10, "its fields are wider than its records"));
    }
    let records = bytes.get(start..).unwrap_or_default().chunks(width);
    let records: Vec<&[u8]> = records.take(count).filter(|record| record.len() >= last).collect();
    if records.len() < count {
        return Err(broken(start + records.len() * width, &format!("it has {} of {count} records", records.len())));
    }
    let mut rows: Vec<Option<Map<String, Value>>> =
        records.into_iter().map(|record| (record[0] != b'*').then(|| attributes(record, &fields))).collect();
    let code_page = code_page.map(str::trim).filter(|page| !page.is_empty());
    let named = code_page.map(|page| match page.get(..4) {
        Some("8859") => format!("ISO-8859-{}", page[4..].trim_start_matches(['_', '-'])),
        _ => page.to_owned(),
    });
    let by_language = || LANGUAGES.iter().find(|(byte, _)| *byte == language).map(|(_, name)| (*name).to_owned());
    let declared = match named {
        Some(name) => Some(name),
        None if language == OWN => None,
        None => by_language(),
    };
    let texts = FieldTexts::of_table(said, declared.and_then(|name| Encoding::parse(&name).ok()));
    let notes = texts.settle(path, rows.iter_mut().flatten()).notes();
    for value in rows.iter_mut().flatten().flat_map(|row| row.values_mut()) {
        if let Value::String(text) = value {
            *value = super::nested(text);
        }
    }
    Ok(AttributeTable { rows, notes })
}

fn fields(bytes: &[u8], start: usize) -> Option<Vec<Field>> {
    let mut fields = Vec::new();
    let mut place = 1;
    for header in bytes.get(32..start.min(bytes.len()))?.chunks_exact(32) {
        if header[0] == b'\r' {
            break;
        }
        let name = header[..11].split(|byte| *byte == 0).next().unwrap_or_default();
        let (kind, mut width, mut decimals) = (header[11], usize::from(header[16]), header[17]);
        if kind == b'C' {
            // Text may be wider than 255 bytes: the second byte of its width is where numbers have their decimals.
            width += usize::from(decimals) << 8;
            decimals = 0;
        }
        fields.push(Field { name: one_to_one(name).trim_end().to_owned(), kind, start: place, width, decimals });
        place += width;
    }
    Some(fields)
}

/// Bytes as characters with their codes (ISO 8859-1), without loss.
fn one_to_one(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| *byte as char).collect()
}

fn attributes(record: &[u8], fields: &[Field]) -> Map<String, Value> {
    let mut out = Map::new();
    for field in fields {
        let cell = &record[field.start..field.start + field.width];
        let cell = cell.split(|byte| *byte == 0).next().unwrap_or_default();
        if let Some(value) = value(one_to_one(cell).trim_matches(' '), field) {
            out.insert(field.name.clone(), value);
        }
    }
    out
}

/// The value of a cell; `None` if it is not set.
fn value(text: &str, field: &Field) -> Option<Value> {
    /// Widest numbers without decimals that are read as integers.
    const WHOLE: usize = 18;
    Some(match field.kind {
        b'N' | b'F' if text.is_empty() || text.starts_with('*') => Value::Null,
        b'N' | b'F' if field.decimals == 0 && field.width <= WHOLE => {
            // What follows a number is no part of it.
            let end = text.find(|c: char| !c.is_ascii_digit() && !matches!(c, '-' | '+')).unwrap_or(text.len());
            text[..end].parse::<i64>().unwrap_or(0).into()
        }
        b'N' | b'F' => text.replace(',', ".").parse::<f64>().ok().filter(|n| n.is_finite()).unwrap_or(0.0).into(),
        b'D' if text.is_empty() => return None,
        b'D' => date(text).map_or(Value::Null, Value::from),
        _ if text.is_empty() => Value::Null,
        _ => text.into(),
    })
}

/// A date `20200131` or `2020/01/31` as `2020-01-31`.
fn date(text: &str) -> Option<String> {
    let digits: String = text.chars().filter(|c| *c != '/' && *c != '-').collect();
    let is_date = digits.len() == 8 && digits.bytes().all(|byte| byte.is_ascii_digit()) && digits != "00000000";
    is_date.then(|| format!("{}-{}-{}", &digits[..4], &digits[4..6], &digits[6..]))
}

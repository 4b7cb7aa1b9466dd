//! GeoJSON sequences: concatenated features, each a JSON text (RFC 8142, or one per line).

use super::Format;
use serde::de::IgnoredAny;
use std::borrow::Cow;

/// Record separator of RFC 8142.
pub(super) const SEPARATOR: u8 = 0x1e;

/// Whether a file that is not a single JSON text may be a sequence: by its name, by its beginning, or, for
/// standard input, which has no name, by an object that follows another on a new line.
pub(super) fn may_be(path: &str, bytes: &[u8]) -> bool {
    let lines = || bytes.windows(3).any(|three| three == b"}\n{") || bytes.windows(4).any(|four| four == b"}\r\n{");
    if path == "-" && lines() {
        return true;
    }
    let named = Format::of(path.strip_suffix(".gz").unwrap_or(path)) == Some(Format::GeoJsonSeq);
    named || bytes.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&SEPARATOR)
}

/// Whether a text that may be a sequence is one: not a single JSON text.
pub(super) fn is_one(text: &str) -> bool {
    !text.trim().is_empty() && serde_json::from_str::<IgnoredAny>(text).is_err()
}

/// The text with record separators replaced by spaces, which preserves offsets.
pub(super) fn spaced(text: &str) -> Cow<'_, str> {
    if text.contains(char::from(SEPARATOR)) {
        Cow::Owned(text.replace(char::from(SEPARATOR), " "))
    } else {
        Cow::Borrowed(text)
    }
}

/// A record of a sequence.
pub(super) struct Record<'t> {
    pub text: &'t str,
    before: &'t str,
}

impl Record<'_> {
    /// Number of lines before it, and of columns before it on its first line.
    pub fn begin(&self) -> (usize, usize) {
        let line = self.before.rfind('\n').map_or(0, |at| at + 1);
        (self.before.matches('\n').count(), self.before.len() - line)
    }
}

/// The records of a sequence without separators; nothing after a record that is not JSON.
pub(super) fn records(text: &str) -> impl Iterator<Item = serde_json::Result<Record<'_>>> {
    // The stream's only own error is the nesting limit, which is checked for each record separately.
    let mut stream = serde_json::Deserializer::from_str(text).into_iter::<IgnoredAny>();
    let mut from = 0;
    std::iter::from_fn(move || {
        let read = stream.next()?;
        let all = &text[from..stream.byte_offset()];
        let start = from + all.len() - all.trim_start().len();
        from = stream.byte_offset();
        Some(read.map(|_| Record { text: &text[start..from], before: &text[..start] }))
    })
}

/// A sequence as a collection of its records, with line numbers preserved; any other text unchanged.
pub(super) fn collected(text: &str, may_be_sequence: bool) -> Cow<'_, str> {
    if !may_be_sequence || !is_one(text) {
        return Cow::Borrowed(text);
    }
    let text = spaced(text);
    let mut collection = String::from("{\"type\":\"FeatureCollection\",\"features\":[");
    let mut end = 0;
    for record in records(&text) {
        // A record that is not JSON is kept, for the reader to report.
        let Ok(record) = record else { return Cow::Owned(text.to_string()) };
        if end > 0 {
            collection.push(',');
        }
        collection.push_str(&text[end..record.before.len()]);
        collection.push_str(record.text);
        end = record.before.len() + record.text.len();
    }
    collection.push_str("]}");
    Cow::Owned(collection)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_stand_where_they_stood() {
        let text = "\u{1e}{\"a\": 1}\n\u{1e}{\"b\":\n[2]}\n  {\"c\": 3}";
        let spaced = spaced(text);
        let found: Vec<_> =
            records(&spaced).map(|record| record.unwrap()).map(|r| (r.text.to_owned(), r.begin())).collect();
        let all = [("{\"a\": 1}", (0, 1)), ("{\"b\":\n[2]}", (1, 1)), ("{\"c\": 3}", (3, 2))];
        assert_eq!(found, all.map(|(text, begin)| (text.to_owned(), begin)));
        let collection = collected(text, true);
        let value: serde_json::Value = serde_json::from_str(&collection).unwrap();
        assert_eq!(value["features"].as_array().map(Vec::len), Some(3));
        assert_eq!(collection.matches('\n').count(), text.matches('\n').count());
        assert_eq!(collected("{\"a\": 1}", true), "{\"a\": 1}");
    }

    #[test]
    fn what_is_a_sequence() {
        assert!(may_be("x.geojsonl", b"{}") && may_be("x.ndjson.gz", b"{}") && may_be("x.geojson", b"\n\x1e{}"));
        assert!(!may_be("x.geojson", b"{}\n{}") && !may_be("-", b"{}"));
        assert!(may_be("-", b"{}\n{}") && may_be("-", b"{}\r\n{}") && !may_be("-", b"[{},\n{}]"));
        assert!(is_one("{} {}") && is_one("{") && !is_one("{}") && !is_one(" "));
    }
}

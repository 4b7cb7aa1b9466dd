//! JSON text without negative zeros.

use serde::Serialize;
use serde_json::ser::{CompactFormatter, Formatter, PrettyFormatter, Serializer};
use std::io::{Result, Write};

/// Returns a value as JSON text on one line.
///
/// # Panics
/// If a map has keys that are not text, or a number is not finite.
pub fn json_line<T: Serialize + ?Sized>(value: &T) -> String {
    text(value, CompactFormatter)
}

/// Returns a value as indented JSON text.
///
/// # Panics
/// If a map has keys that are not text, or a number is not finite.
pub fn json_indented<T: Serialize + ?Sized>(value: &T) -> String {
    text(value, PrettyFormatter::new())
}

fn text<T: Serialize + ?Sized>(value: &T, formatter: impl Formatter) -> String {
    let mut bytes = Vec::new();
    let mut serializer = Serializer::with_formatter(&mut bytes, Plain(formatter));
    value.serialize(&mut serializer).expect("answers have keys of text and finite numbers");
    String::from_utf8(bytes).expect("JSON is text")
}

/// A formatter that writes -0.0 (which can result from a difference of equal sums) as 0.0.
struct Plain<F>(F);

impl<F: Formatter> Formatter for Plain<F> {
    fn write_f64<W: ?Sized + Write>(&mut self, writer: &mut W, value: f64) -> Result<()> {
        self.0.write_f64(writer, value + 0.0)
    }

    fn begin_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> Result<()> {
        self.0.begin_array(writer)
    }

    fn end_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> Result<()> {
        self.0.end_array(writer)
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, writer: &mut W, first: bool) -> Result<()> {
        self.0.begin_array_value(writer, first)
    }

    fn end_array_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> Result<()> {
        self.0.end_array_value(writer)
    }

    fn begin_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> Result<()> {
        self.0.begin_object(writer)
    }

    fn end_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> Result<()> {
        self.0.end_object(writer)
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, writer: &mut W, first: bool) -> Result<()> {
        self.0.begin_object_key(writer, first)
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> Result<()> {
        self.0.begin_object_value(writer)
    }

    fn end_object_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> Result<()> {
        self.0.end_object_value(writer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn no_number_is_a_negative_zero() {
        let value = json!({"a": [-0.0, -1e-300, -5, 0.5], "b": {"c": -0.0, "d": "-0.0"}});
        assert_eq!(json_line(&value), r#"{"a":[0.0,-1e-300,-5,0.5],"b":{"c":0.0,"d":"-0.0"}}"#);
        assert_eq!(json_indented(&value), serde_json::to_string_pretty(&value).unwrap().replace("-0.0,", "0.0,"));
    }
}

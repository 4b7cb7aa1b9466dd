//! A tolerant JSON reader (RFC 8259): keeps order, duplicates and offsets, and continues after errors where possible.

use super::node::Node;
use crate::io::{Limits, direct};
use geo::Coord;
use std::borrow::Cow;

/// A JSON syntax error and its position.
#[derive(Debug, Clone, PartialEq)]
pub struct Syntax {
    pub reason: &'static str,
    /// Offset in bytes.
    pub at: usize,
}

/// A violation of RFC 8259 after which reading can continue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Slip {
    /// A literal such as `NaN`.
    Literal,
    /// A control character in a string.
    Control,
    /// An unpaired surrogate in a string: JSON, but not valid text.
    Surrogate,
}

/// Reads values one by one, so that a long array need not be held in memory.
pub struct Json<'a> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
    /// Greatest nesting depth; deeper values are skipped and reported.
    deepest: usize,
    pub slips: Vec<(Slip, usize)>,
}

type JsonResult<T> = Result<T, Syntax>;

impl<'a> Json<'a> {
    pub fn new(text: &'a str, limits: Limits) -> Self {
        let deepest = limits.max_depth as usize;
        Json { text, bytes: text.as_bytes(), at: 0, deepest, slips: Vec::new() }
    }

    /// A reader of the same text from another offset.
    pub fn from(&self, at: usize) -> Self {
        Json { at, slips: Vec::new(), ..*self }
    }

    /// Offset in bytes of the next value.
    pub fn at(&self) -> usize {
        self.at
    }

    /// Moves to an offset.
    pub fn go_to(&mut self, at: usize) {
        self.at = at;
    }

    /// Offset past the next object or array, by its brackets alone.
    pub fn past(&mut self) -> Option<usize> {
        self.peek().filter(|first| matches!(first, b'{' | b'['))?;
        let (mut at, mut open) = (self.at, 0usize);
        loop {
            match self.bytes.get(at)? {
                b'{' | b'[' => open += 1,
                b'}' | b']' => open -= 1,
                b'"' => {
                    at += 1;
                    while *self.bytes.get(at)? != b'"' {
                        at += 1 + usize::from(self.bytes[at] == b'\\');
                    }
                }
                _ => {}
            }
            at += 1;
            if open == 0 {
                return Some(at);
            }
        }
    }

    /// The next byte that is not white space.
    pub fn peek(&mut self) -> Option<u8> {
        while let Some(b' ' | b'\t' | b'\n' | b'\r') = self.bytes.get(self.at) {
            self.at += 1;
        }
        self.bytes.get(self.at).copied()
    }

    pub fn fail<T>(&self, reason: &'static str) -> JsonResult<T> {
        Err(Syntax { reason: if self.at >= self.bytes.len() { ENDS } else { reason }, at: self.at })
    }

    /// Consumes the next byte if it is this one.
    pub fn take(&mut self, byte: u8) -> bool {
        let there = self.peek() == Some(byte);
        self.at += usize::from(there);
        there
    }

    pub fn expect(&mut self, byte: u8, reason: &'static str) -> JsonResult<()> {
        if self.take(byte) { Ok(()) } else { self.fail(reason) }
    }

    /// Reads a key and its colon.
    pub fn key(&mut self) -> JsonResult<Cow<'a, str>> {
        if self.peek() != Some(b'"') {
            return self.fail("a key in double quotes is expected");
        }
        let key = self.string()?;
        self.expect(b':', "a colon is expected after the key")?;
        Ok(key)
    }

    /// After a value: whether another follows in the list closed by `close`.
    pub fn more(&mut self, close: u8) -> JsonResult<bool> {
        if self.take(close) {
            return Ok(false);
        }
        self.expect(b',', if close == b']' { "a comma or ] is expected" } else { "a comma or } is expected" })?;
        if self.peek() == Some(close) {
            return self.fail("a comma stands before the end");
        }
        Ok(true)
    }

    pub fn value(&mut self, depth: usize) -> JsonResult<Node<'a>> {
        match self.peek() {
            Some(b'{' | b'[') if depth >= self.deepest => self.skip().map(|()| Node::Deep(self.deepest)),
            Some(b'{') => self.object(depth),
            Some(b'[') => self.array(depth),
            Some(b'"') => self.string().map(Node::String),
            Some(b'-' | b'0'..=b'9') => self.number(),
            Some(_) => self.literal(),
            None => self.fail(ENDS),
        }
    }

    fn object(&mut self, depth: usize) -> JsonResult<Node<'a>> {
        self.at += 1;
        let mut members = Vec::new();
        if !self.take(b'}') {
            loop {
                let key = self.key()?;
                members.push((key, self.value(depth + 1)?));
                if !self.more(b'}')? {
                    break;
                }
            }
        }
        Ok(Node::Object(members))
    }

    fn array(&mut self, depth: usize) -> JsonResult<Node<'a>> {
        self.at += 1;
        if self.take(b']') {
            return Ok(Node::Array(Vec::new()));
        }
        let first = self.value(depth + 1)?;
        if !self.more(b']')? {
            return Ok(Node::Array(vec![first]));
        }
        let second = self.value(depth + 1)?;
        let mut more = self.more(b']')?;
        if let (false, Node::Number(x), Node::Number(y)) = (more, &first, &second) {
            return Ok(Node::Pair([*x, *y]));
        }
        let mut items = match (&first, &second) {
            (Node::Pair([x, y]), Node::Pair([u, v])) => {
                let mut pairs = vec![Coord { x: *x, y: *y }, Coord { x: *u, y: *v }];
                while more {
                    let Some(pair) = self.pair() else { break };
                    pairs.push(pair);
                    more = self.more(b']')?;
                }
                if !more {
                    return Ok(Node::Pairs(pairs));
                }
                pairs.iter().map(Node::of).collect()
            }
            _ => vec![first, second],
        };
        while more {
            items.push(self.value(depth + 1)?);
            more = self.more(b']')?;
        }
        // Pairs, of which one was in an unusual notation.
        let pair = |item: &Node<'_>| if let Node::Pair([x, y]) = *item { Some(Coord { x, y }) } else { None };
        Ok(items.iter().map(pair).collect::<Option<_>>().map_or_else(|| Node::Array(items), Node::Pairs))
    }

    /// An array of two numbers in plain notation; otherwise nothing is consumed.
    #[inline]
    fn pair(&mut self) -> Option<Coord> {
        let (pair, end) = direct::pair(self.bytes, self.at)?;
        self.at = end;
        Some(pair)
    }

    fn number(&mut self) -> JsonResult<Node<'a>> {
        let start = self.at;
        let bytes = self.bytes;
        let digits = |from: usize| from + bytes[from..].iter().take_while(|b| b.is_ascii_digit()).count();
        let mut end = start + usize::from(bytes[start] == b'-');
        let whole = digits(end);
        if bytes[end..].starts_with(b"Infinity") || (whole == end && bytes[end..].starts_with(b"inf")) {
            return self.literal();
        }
        if whole == end || (bytes[end] == b'0' && whole > end + 1) {
            self.at = end;
            return self.fail("a number is written wrong");
        }
        end = whole;
        if bytes.get(end) == Some(&b'.') {
            end = digits(end + 1);
            if end == whole + 1 {
                self.at = end;
                return self.fail("a digit is expected after the decimal point");
            }
        }
        if let Some(b'e' | b'E') = bytes.get(end) {
            let sign = usize::from(matches!(bytes.get(end + 1), Some(b'+' | b'-')));
            let exponent = end + 1 + sign;
            end = if exponent <= bytes.len() { digits(exponent) } else { exponent };
            if end <= exponent {
                self.at = exponent.min(bytes.len());
                return self.fail("a digit is expected in the exponent");
            }
        }
        self.at = end;
        if let Some(b'.' | b'_' | b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z') = bytes.get(end) {
            return self.fail("a number is written wrong");
        }
        let text = &self.text[start..end];
        let number = short_decimal(text.as_bytes()).unwrap_or_else(|| text.parse().unwrap_or(f64::INFINITY));
        Ok(if number.is_finite() { Node::Number(number) } else { Node::NotFinite })
    }

    fn literal(&mut self) -> JsonResult<Node<'a>> {
        let rest = &self.bytes[self.at..];
        for (word, node) in [("null", Node::Null), ("true", Node::Bool(true)), ("false", Node::Bool(false))] {
            if rest.starts_with(word.as_bytes()) {
                self.at += word.len();
                return Ok(node);
            }
        }
        for word in ["NaN", "nan", "Infinity", "-Infinity", "+Infinity", "inf", "-inf", "-NaN", "-nan"] {
            if rest.starts_with(word.as_bytes()) {
                self.slips.push((Slip::Literal, self.at));
                self.at += word.len();
                return Ok(Node::NotFinite);
            }
        }
        self.fail("a value is expected")
    }

    fn string(&mut self) -> JsonResult<Cow<'a, str>> {
        let start = self.at + 1;
        let mut at = start;
        loop {
            match self.bytes.get(at) {
                Some(b'"') => break,
                Some(b'\\') => return self.escaped(start, at),
                Some(0..0x20) => self.slips.push((Slip::Control, at)),
                Some(_) => {}
                None => {
                    self.at = at;
                    return self.fail(ENDS);
                }
            }
            at += 1;
        }
        self.at = at + 1;
        Ok(Cow::Borrowed(&self.text[start..at]))
    }

    /// The rest of a string, from its first backslash.
    fn escaped(&mut self, start: usize, backslash: usize) -> JsonResult<Cow<'a, str>> {
        let mut out = self.text[start..backslash].to_owned();
        self.at = backslash;
        loop {
            let from = self.at;
            while !matches!(self.bytes.get(self.at), None | Some(b'"' | b'\\')) {
                if self.bytes[self.at] < 0x20 {
                    self.slips.push((Slip::Control, self.at));
                }
                self.at += 1;
            }
            out.push_str(&self.text[from..self.at]);
            match self.bytes.get(self.at) {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(Cow::Owned(out));
                }
                Some(_) => out.push(self.escape()?),
                None => return self.fail(ENDS),
            }
        }
    }

    fn escape(&mut self) -> JsonResult<char> {
        let plain = match self.bytes.get(self.at + 1) {
            Some(c @ (b'"' | b'\\' | b'/')) => char::from(*c),
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => return self.unicode(),
            _ => return self.fail("an escape is written wrong"),
        };
        self.at += 2;
        Ok(plain)
    }

    fn unicode(&mut self) -> JsonResult<char> {
        let unit = |at: usize| {
            let digits = self.bytes.get(at + 2..at + 6).filter(|d| d.iter().all(u8::is_ascii_hexdigit))?;
            u32::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
        };
        let Some(first) = unit(self.at) else { return self.fail("an escape is written wrong") };
        let second = self.bytes[self.at + 6..].starts_with(b"\\u").then(|| unit(self.at + 6)).flatten();
        let at = self.at;
        self.at += 6;
        if let (0xD800..0xDC00, Some(second @ 0xDC00..0xE000)) = (first, second) {
            self.at += 6;
            let joined = 0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00);
            return Ok(char::from_u32(joined).unwrap_or(char::REPLACEMENT_CHARACTER));
        }
        Ok(char::from_u32(first).unwrap_or_else(|| {
            self.slips.push((Slip::Surrogate, at));
            char::REPLACEMENT_CHARACTER
        }))
    }

    /// Skips a value of any depth, without recursion.
    fn skip(&mut self) -> JsonResult<()> {
        let mut open: Vec<u8> = Vec::new();
        loop {
            match self.peek() {
                Some(b @ (b'{' | b'[')) => {
                    self.at += 1;
                    open.push(b + 2);
                }
                Some(b @ (b'}' | b']')) => {
                    if open.pop() != Some(b) {
                        return self.fail("a bracket does not match");
                    }
                    self.at += 1;
                    if open.is_empty() {
                        return Ok(());
                    }
                }
                Some(b',' | b':') => self.at += 1,
                Some(b'"') => drop(self.string()?),
                Some(b'-' | b'0'..=b'9') => drop(self.number()?),
                Some(_) => drop(self.literal()?),
                None => return self.fail(ENDS),
            }
        }
    }
}

/// A number without an exponent whose digits and power of ten are exact doubles: a single division is then correctly
/// rounded (IEEE 754; Clinger 1990, *How to read floating point numbers accurately*).
fn short_decimal(text: &[u8]) -> Option<f64> {
    const POWERS: [f64; 19] =
        [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18];
    if text.len() > 18 {
        return None;
    }
    let (mut digits, mut point) = (0u64, text.len());
    for (i, byte) in text.iter().enumerate() {
        match byte {
            b'0'..=b'9' => digits = digits * 10 + u64::from(byte - b'0'),
            b'.' => point = i + 1,
            b'-' => {}
            _ => return None,
        }
    }
    let number = digits as f64 / POWERS[text.len() - point];
    (digits < 1 << 53).then_some(if text[0] == b'-' { -number } else { number })
}

/// The reason for truncated input.
pub const ENDS: &str = "the file breaks off";

/// Line and column, from 1, of an offset.
pub fn line_column(bytes: &[u8], at: usize) -> (usize, usize) {
    Lines::of(bytes).at(at)
}

/// Line starts of a text, for the lines and columns of many offsets.
pub struct Lines {
    starts: Vec<usize>,
    length: usize,
}

impl Lines {
    pub fn of(bytes: &[u8]) -> Self {
        let ends = bytes.iter().enumerate().filter(|(_, byte)| **byte == b'\n').map(|(at, _)| at + 1);
        Lines { starts: std::iter::once(0).chain(ends).collect(), length: bytes.len() }
    }

    /// Line and column, from 1, of an offset.
    pub fn at(&self, at: usize) -> (usize, usize) {
        let at = at.min(self.length);
        let line = self.starts.partition_point(|start| *start <= at);
        (line, at - self.starts[line - 1] + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> JsonResult<Node<'_>> {
        Json::new(text, Limits::DEFAULT).value(0)
    }

    #[test]
    fn values() {
        assert_eq!(read("[1, -2.5e1]"), Ok(Node::Pair([1.0, -25.0])));
        assert_eq!(read("[1]"), Ok(Node::Array(vec![Node::Number(1.0)])));
        assert_eq!(read("1e400"), Ok(Node::NotFinite));
        assert_eq!(read(r#""a\u0041\n\ud83d\ude00""#), Ok(Node::String("aA\n😀".into())));
        let Ok(Node::Object(members)) = read(r#"{"a": 1, "a": null}"#) else { panic!("an object") };
        assert_eq!(members.len(), 2);
    }

    #[test]
    fn what_is_no_json() {
        for text in ["", "{", "[1,]", "01", "1.", "1e", "--1", "4_5", "tru", "\"a", "{\"a\" 1}", "{1:2}", "[1 2]"] {
            assert!(read(text).is_err(), "{text}");
        }
    }

    #[test]
    fn slips_do_not_stop() {
        let mut json = Json::new("[NaN, -Infinity, \"a\tb\", \"\\ud800\"]", Limits::DEFAULT);
        assert!(json.value(0).is_ok());
        assert_eq!(
            json.slips.iter().map(|s| s.0).collect::<Vec<_>>(),
            [Slip::Literal, Slip::Literal, Slip::Control, Slip::Surrogate]
        );
    }

    #[test]
    fn depth_is_no_stack() {
        let deep = "[".repeat(100_000) + &"]".repeat(100_000);
        assert!(read(&deep).is_ok());
        assert!(read(&"[".repeat(100_000)).is_err());
    }
}

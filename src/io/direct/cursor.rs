//! Byte cursor over a JSON text.

/// Something that the fast reader leaves to the `geojson` crate, which also reports errors.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::io) struct Fallback;

/// Greatest nesting that is skipped here; deeper values are left to the crate.
const DEEPEST: usize = 64;

/// A position in a text.
pub(in crate::io) struct Cursor<'a> {
    pub bytes: &'a [u8],
    pub at: usize,
}

impl<'a> Cursor<'a> {
    pub fn new(bytes: &'a [u8], at: usize) -> Self {
        Cursor { bytes, at }
    }

    /// The current byte; 0 at the end.
    #[inline]
    pub fn peek(&self) -> u8 {
        self.bytes.get(self.at).copied().unwrap_or(0)
    }

    /// Skips white space.
    #[inline]
    pub fn space(&mut self) {
        while matches!(self.peek(), b' ' | b'\n' | b'\r' | b'\t') {
            self.at += 1;
        }
    }

    /// Skips separators between the records of a GeoJSON sequence: white space and record separators (RFC 8142).
    pub fn separators(&mut self) {
        while matches!(self.peek(), b' ' | b'\n' | b'\r' | b'\t' | 0x1e) {
            self.at += 1;
        }
    }

    /// Skips white space, and consumes this byte if it is next.
    #[inline]
    pub fn take(&mut self, byte: u8) -> bool {
        self.space();
        let here = self.peek() == byte;
        self.at += usize::from(here);
        here
    }

    /// Skips white space and consumes this byte.
    #[inline]
    pub fn expect(&mut self, byte: u8) -> Result<(), Fallback> {
        if self.take(byte) { Ok(()) } else { Err(Fallback) }
    }

    /// After a list item: `true` if another follows, `false` after the closing byte.
    #[inline]
    pub fn more(&mut self, close: u8) -> Result<bool, Fallback> {
        self.space();
        let byte = self.peek();
        self.at += 1;
        match byte {
            b',' => Ok(true),
            byte if byte == close => Ok(false),
            _ => Err(Fallback),
        }
    }

    /// A string without escapes, without its quotes.
    pub fn string(&mut self) -> Result<&'a [u8], Fallback> {
        self.expect(b'"')?;
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let end = rest.iter().position(|byte| matches!(byte, b'"' | b'\\' | 0..=31)).ok_or(Fallback)?;
        self.at += end + 1;
        if rest[end] == b'"' { Ok(&rest[..end]) } else { Err(Fallback) }
    }

    /// The key of a member, and the colon after it.
    pub fn key(&mut self) -> Result<&'a [u8], Fallback> {
        let key = self.string()?;
        self.expect(b':')?;
        Ok(key)
    }

    /// The bytes of the next value, delimited by brackets and quotes only: the caller must parse them.
    pub fn value(&mut self) -> Result<&'a [u8], Fallback> {
        self.space();
        let start = self.at;
        let mut depth = 0;
        loop {
            match self.peek() {
                b'{' | b'[' if depth < DEEPEST => depth += 1,
                b'}' | b']' if depth > 0 => {
                    depth -= 1;
                    if depth == 0 {
                        self.at += 1;
                        return Ok(&self.bytes[start..self.at]);
                    }
                }
                b'"' => {
                    self.quoted()?;
                    if depth == 0 {
                        return Ok(&self.bytes[start..self.at]);
                    }
                    continue;
                }
                b',' | b'}' | b']' | b' ' | b'\n' | b'\r' | b'\t' if depth == 0 && self.at > start => {
                    return Ok(&self.bytes[start..self.at]);
                }
                0 | b'{' | b'[' | b'}' | b']' => return Err(Fallback),
                _ => {}
            }
            self.at += 1;
        }
    }

    /// Skips a string, including escapes.
    fn quoted(&mut self) -> Result<(), Fallback> {
        self.at += 1;
        loop {
            match self.peek() {
                b'"' => break,
                b'\\' => self.at += 2,
                0 => return Err(Fallback),
                _ => self.at += 1,
            }
        }
        self.at += 1;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_end_where_their_brackets_do() {
        let text = br#" {"a": "}\"]", "b": [1, {"c": []}]} , 12 ] "x\\" "#;
        let mut cursor = Cursor::new(text, 0);
        assert_eq!(cursor.value(), Ok(br#"{"a": "}\"]", "b": [1, {"c": []}]}"#.as_slice()));
        assert_eq!(cursor.more(b']'), Ok(true));
        assert_eq!(cursor.value(), Ok(b"12".as_slice()));
        assert_eq!(cursor.more(b']'), Ok(false));
        assert_eq!(cursor.value(), Ok(br#""x\\""#.as_slice()));
        assert_eq!(cursor.value(), Err(Fallback));
        let deep = "[".repeat(1_000_000);
        assert_eq!(Cursor::new(deep.as_bytes(), 0).value(), Err(Fallback));
    }
}

//! JSON numbers, correctly rounded.

use super::cursor::{Cursor, Fallback};
use geo::Coord;

/// The array of two numbers at an offset, and its end; `None` if there is something else.
#[inline]
pub(in crate::io) fn pair(bytes: &[u8], at: usize) -> Option<(Coord, usize)> {
    let mut cursor = Cursor::new(bytes, at);
    cursor.expect(b'[').ok()?;
    let pair = cursor.two_numbers().ok()?;
    cursor.expect(b']').ok()?;
    Some((pair, cursor.at))
}

/// Greatest number of integer digits for the fast path.
const SHORT: usize = 7;
const ZEROS: u64 = 0x3030_3030_3030_3030;

impl Cursor<'_> {
    /// Two numbers separated by a comma.
    #[inline]
    pub fn two_numbers(&mut self) -> Result<Coord, Fallback> {
        self.space();
        let x = self.number()?;
        self.expect(b',')?;
        self.space();
        let y = self.number()?;
        Ok(Coord { x, y })
    }

    /// A number, as the nearest double.
    ///
    /// With up to seven digits before the point and eight after it, the number is an integer below 2⁵³ over 10⁸: both
    /// are exact, so that one division is correctly rounded (Clinger 1990). Other numbers go to the standard library's
    /// parser.
    #[inline]
    pub fn number(&mut self) -> Result<f64, Fallback> {
        let start = self.at;
        let negative = self.peek() == b'-';
        self.at += usize::from(negative);
        let first = self.at;
        let mut whole = 0;
        while let digit @ b'0'..=b'9' = self.peek() {
            whole = whole * 10 + u64::from(digit - b'0');
            self.at += 1;
            if self.at - first > SHORT {
                return self.long_number(start);
            }
        }
        if self.at == first || (self.at > first + 1 && self.bytes[first] == b'0') {
            return Err(Fallback);
        }
        let mut value = whole as f64;
        if self.peek() == b'.' {
            let Some((eight, length)) = self.fraction(self.at + 1) else { return self.long_number(start) };
            self.at += 1 + length;
            value = (whole * 100_000_000 + eight) as f64 / 1e8;
        }
        if matches!(self.peek(), b'0'..=b'9' | b'e' | b'E') {
            return self.long_number(start);
        }
        Ok(if negative { -value } else { value })
    }

    /// Up to eight digits at an offset, padded with zeros to eight, and their count.
    #[inline]
    fn fraction(&self, at: usize) -> Option<(u64, usize)> {
        let eight = u64::from_le_bytes(*self.bytes.get(at..)?.first_chunk::<8>()?) ^ ZEROS;
        // A byte above 9 sets its own high bit; carries affect only bytes after the first non-digit.
        let other = (eight.wrapping_add(0x7676_7676_7676_7676) | eight) & 0x8080_8080_8080_8080;
        let length = other.trailing_zeros() as usize / 8;
        if length == 0 {
            return None;
        }
        let digits = if length == 8 { eight } else { eight & ((1 << (8 * length)) - 1) };
        // Combines digits into pairs, pairs into fours, fours into eight digits.
        let pairs = digits.wrapping_mul(10).wrapping_add(digits >> 8);
        let outer = (pairs & 0x0000_00ff_0000_00ff).wrapping_mul(0x000f_4240_0000_0064);
        let inner = ((pairs >> 16) & 0x0000_00ff_0000_00ff).wrapping_mul(0x0000_2710_0000_0001);
        Some((outer.wrapping_add(inner) >> 32, length))
    }

    #[cold]
    fn long_number(&mut self, start: usize) -> Result<f64, Fallback> {
        self.at = start + usize::from(self.bytes[start] == b'-');
        let leading_zero = self.peek() == b'0';
        if self.digits()? > 1 && leading_zero {
            return Err(Fallback);
        }
        if self.peek() == b'.' {
            self.at += 1;
            self.digits()?;
        }
        if matches!(self.peek(), b'e' | b'E') {
            self.at += 1;
            self.at += usize::from(matches!(self.peek(), b'+' | b'-'));
            self.digits()?;
        }
        let text = std::str::from_utf8(&self.bytes[start..self.at]).map_err(|_| Fallback)?;
        text.parse::<f64>().ok().filter(|value| value.is_finite()).ok_or(Fallback)
    }

    /// Skips one or more digits.
    fn digits(&mut self) -> Result<usize, Fallback> {
        let start = self.at;
        while self.peek().is_ascii_digit() {
            self.at += 1;
        }
        if self.at > start { Ok(self.at - start) } else { Err(Fallback) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<f64, Fallback> {
        // With and without bytes after it: the fast path looks at eight bytes at a time.
        let alone = Cursor::new(text.as_bytes(), 0).number();
        for behind in [",[-170.25", "]]]]]}}}}", " \n", "ABCDEFGHI"] {
            let long = format!("{text}{behind}");
            let mut cursor = Cursor::new(long.as_bytes(), 0);
            let found = cursor.number();
            assert_eq!(found.map(f64::to_bits), alone.map(f64::to_bits), "{long}");
            assert!(found.is_err() || cursor.at == text.len(), "{long}");
        }
        alone
    }

    #[test]
    fn numbers_are_the_nearest_doubles() {
        for text in [
            "0",
            "-0",
            "-0.0",
            "7",
            "45.123456",
            "-179.99999999",
            "0.1",
            "0.12345678",
            "0.123456789",
            "9999999.99999999",
            "12345678.5",
            "1e2",
            "1.5E-3",
            "-2.25e+1",
            "123456789012345678901234567890",
            "0.30000000000000004",
            "1e-400",
            "179.9999999999999999999999999",
            "44.00000000000000000000000000000000000000000001",
            "9007199254740993",
        ] {
            let expected: f64 = text.parse().unwrap();
            assert_eq!(read(text).map(f64::to_bits), Ok(expected.to_bits()), "{text}");
        }
    }

    #[test]
    fn what_is_no_number_is_left_alone() {
        for text in
            ["", "-", "01", "-01", "1.", ".5", "+1", "1e", "1e+", "NaN", "Infinity", "0123456789", "1e400", "--1"]
        {
            assert_eq!(Cursor::new(text.as_bytes(), 0).number(), Err(Fallback), "{text}");
        }
    }

    #[test]
    fn every_length_of_fraction() {
        let digits = "98765432109876543210";
        for length in 1..digits.len() {
            let text = format!("-12.{}", &digits[..length]);
            assert_eq!(read(&text), Ok(text.parse().unwrap()), "{text}");
        }
    }
}

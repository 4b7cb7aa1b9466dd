//! Numbers in digits and in words.

use super::token::{Token, TokenKind};
use crate::document::description::Decimal;

/// Number format of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct NumberStyle {
    /// Whether a comma is the decimal separator; otherwise it separates thousands.
    pub comma_is_decimal: bool,
    /// Whether a point followed by three digits separates thousands of metres.
    pub point_is_thousands: bool,
}

impl NumberStyle {
    /// Parses printed digits; a metre value with one point may have a thousands separator.
    pub fn decimal(self, printed: &str, of_metres: bool) -> Option<Decimal> {
        let three = |mark: char| {
            let mut parts = printed.split(mark);
            let first = parts.next().is_some_and(|part| (1..=3).contains(&part.len()));
            first && printed.contains(mark) && parts.all(|part| part.len() == 3)
        };
        let commas = printed.matches(',').count();
        let plain = if three(',') && (commas > 1 || commas == 1 && !self.comma_is_decimal) {
            printed.replace(',', "")
        } else if printed.contains('.') && !printed.contains(',') && three('.') && of_metres && self.point_is_thousands
        {
            printed.replace('.', "")
        } else if printed.contains(',') && printed.contains('.') {
            let last = printed.rfind([',', '.'])?;
            format!("{}.{}", printed[..last].replace([',', '.'], ""), &printed[last + 1..])
        } else {
            printed.replace([',', '·'], ".")
        };
        plain.parse().ok()
    }

    /// Two groups of digits with a space as thousands separator, as one number.
    pub fn grouped(tokens: &[Token]) -> Option<(String, usize)> {
        let is_group = |token: &Token| {
            token.kind == TokenKind::Number
                && token.low.len() >= 3
                && token.low[..3].bytes().all(|b| b.is_ascii_digit())
                && !token.low[3..].starts_with(|c: char| c.is_ascii_digit())
        };
        let first = tokens.first().filter(|token| {
            token.kind == TokenKind::Number && token.low.len() <= 3 && token.low.bytes().all(|b| b.is_ascii_digit())
        })?;
        let mut printed = first.low.clone();
        let mut used = 1;
        let mut end = first.span.end;
        while let Some(next) =
            tokens.get(used).filter(|next| is_group(next) && next.span.start - end <= 3 && next.span.start > end)
        {
            printed.push_str(&next.low);
            end = next.span.end;
            used += 1;
            if printed.contains([',', '.']) {
                break;
            }
        }
        (used > 1).then_some((printed, used))
    }
}

const UNITS: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const TENS: [&str; 10] = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

fn simple(word: &str) -> Option<u32> {
    let at = |list: &[&str]| list.iter().position(|known| *known == word).map(|at| at as u32);
    match word {
        "no" => Some(0),
        _ => at(&UNITS).or_else(|| at(&TENS).map(|tens| tens * 10)),
    }
}

/// A whole number in English words, with the number of tokens: "one hundred and four", "sixty-seven".
pub(super) fn in_words(tokens: &[Token]) -> Option<(u32, usize)> {
    let (mut value, mut used, mut any) = (0_u32, 0, false);
    while let Some(token) = tokens.get(used).filter(|token| token.kind == TokenKind::Word) {
        if token.low == "and"
            && any
            && tokens.get(used + 1).is_some_and(|next| word_value(&next.low).is_some())
            && value >= 100
            && value % 100 == 0
        {
            used += 1;
            continue;
        }
        if token.low == "hundred" && any {
            value = value.checked_mul(100)?;
        } else if token.low == "thousand" && any {
            value = value.checked_mul(1000)?;
        } else if let Some(more) = word_value(&token.low).filter(|more| {
            !any || (value % 100 == 0 && *more < 100) || (value % 10 == 0 && value % 100 >= 20 && *more < 10)
        }) {
            value += more;
        } else {
            break;
        }
        any = true;
        used += 1;
    }
    any.then_some((value, used))
}

fn word_value(word: &str) -> Option<u32> {
    match word.split_once('-') {
        Some((tens, units)) => Some(simple(tens)? + simple(units)?),
        None => simple(word),
    }
}

/// The denominator of a decimal fraction in words: "tenths", "one-hundredths".
pub(super) fn decimals_in_words(word: &str) -> Option<usize> {
    match word.trim_start_matches("one-").trim_end_matches('s') {
        "tenth" => Some(1),
        "hundredth" => Some(2),
        "thousandth" => Some(3),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::token::tokens;
    use super::*;

    #[test]
    fn thousands_and_decimals_follow_the_document() {
        let point = NumberStyle { comma_is_decimal: false, point_is_thousands: false };
        let comma = NumberStyle { comma_is_decimal: true, point_is_thousands: true };
        let read = |style: NumberStyle, text: &str| style.decimal(text, true).map(|decimal| decimal.value());
        assert_eq!(read(point, "1,400"), Some(1400.0));
        assert_eq!(read(comma, "0,32"), Some(0.32));
        assert_eq!(read(comma, "1.112"), Some(1112.0));
        assert_eq!(read(point, "1.112"), Some(1.112));
        assert_eq!(read(comma, "9952,91"), Some(9952.91));
    }

    #[test]
    fn numbers_stand_in_words_too() {
        let read = |text: &str| in_words(&tokens(text, 0..text.len()));
        assert_eq!(read("one hundred and four feet"), Some((104, 4)));
        assert_eq!(read("twenty-one one-hundredths"), Some((21, 1)));
        assert_eq!(read("feet"), None);
    }
}

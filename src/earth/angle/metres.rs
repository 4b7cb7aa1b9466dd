//! Parser for metres as printed in coordinate lists.

/// A number with the number of its printed decimals.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Metres {
    /// The number.
    pub value: f64,
    /// Its decimals, at most nine.
    pub decimals: u8,
}

/// Parses `4498901.23`, `4 498 901,23`, `4,498,901.23`, `812.4 m`; `None` if the text is not a number.
///
/// Spaces and apostrophes separate thousands only: any other group than three digits may be degrees and minutes. A
/// single comma or full stop is the decimal mark. Of several of one kind, all separate thousands; of both kinds, the
/// last is the decimal mark.
///
/// **Example**
/// ```
/// use merestone::earth::{Metres, parse_metres};
/// assert_eq!(parse_metres("4 498 901,23"), Some(Metres { value: 4_498_901.23, decimals: 2 }));
/// assert_eq!(parse_metres("40 37 59"), None);
/// ```
pub fn parse_metres(text: &str) -> Option<Metres> {
    let parted = text.trim().trim_end_matches(['m', 'м']).trim_end();
    let mut groups = parted.split(|c: char| c.is_whitespace() || matches!(c, '\'' | '’' | '_')).skip(1);
    let thousands = |group: &str| {
        let digits = group.bytes().take_while(u8::is_ascii_digit).count();
        digits == 3 && group[digits..].chars().next().is_none_or(|after| matches!(after, ',' | '.'))
    };
    if !groups.all(thousands) {
        return None;
    }
    let plain: String = text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '\'' | '’' | '_')).collect();
    let plain = plain.trim_end_matches(['m', 'м']).replace('−', "-");
    let marks: Vec<(usize, char)> = plain.char_indices().filter(|(_, c)| matches!(c, ',' | '.')).collect();
    let decimal = match marks.as_slice() {
        [] => None,
        [(at, _)] => Some(*at),
        [.., (at, last)] => marks.iter().filter(|(_, c)| c == last).count().eq(&1).then_some(*at),
    };
    let (whole, fraction) = decimal.map_or((plain.as_str(), ""), |at| (&plain[..at], &plain[at + 1..]));
    let groups: Vec<&str> = whole.split([',', '.']).collect();
    let digits = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_digit());
    let first = groups[0].trim_start_matches(['-', '+']);
    let grouped = groups[1..].iter().all(|group| group.len() == 3 && digits(group));
    if !digits(first) || !grouped || decimal.is_some() && !digits(fraction) || groups[0].len() > first.len() + 1 {
        return None;
    }
    let value = format!("{}.{fraction}", groups.concat()).trim_end_matches('.').parse().ok()?;
    Some(Metres { value, decimals: fraction.len().min(9) as u8 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_notations_of_metres_are_parsed() {
        for text in [
            "4498901.25",
            "4 498 901,25",
            "4,498,901.25",
            "4.498.901,25",
            "4’498’901.25 m",
            "4\u{202f}498\u{a0}901,25 м",
        ] {
            assert_eq!(parse_metres(text), Some(Metres { value: 4_498_901.25, decimals: 2 }), "{text}");
        }
        assert_eq!(parse_metres("1,234,567"), Some(Metres { value: 1_234_567.0, decimals: 0 }));
        assert_eq!(parse_metres("−12.50"), Some(Metres { value: -12.5, decimals: 2 }));
        for text in ["31 20 15.5", "40 30", "1 2345", "", "m", "12..5", "1,23,4.5", "--4", "4e6", "12,", "x4"] {
            assert_eq!(parse_metres(text), None, "{text}");
        }
    }
}

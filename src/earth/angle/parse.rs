//! Parser for angles in degrees, minutes and seconds.

use super::letters::{Word, word};
use super::{Axis, MOST_DECIMALS};
use thiserror::Error;

/// A parsed angle.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Angle {
    /// Degrees, north and east positive.
    pub degrees: f64,
    /// Latitude or longitude, if a letter or word states it.
    pub axis: Option<Axis>,
    /// The unit of the last digit, in degrees.
    pub step_deg: f64,
    /// Decimals of a second that preserve every digit.
    pub decimals: u8,
}

/// Why a text is not an angle.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum AngleError {
    /// The text has no number.
    #[error("holds no number")]
    NoNumber,
    /// The text continues after the seconds.
    #[error("has more than degrees, minutes and seconds")]
    TooMany,
    /// An unknown word or sign.
    #[error("\"{0}\" says nothing here")]
    Unknown(String),
    /// An ambiguous letter.
    #[error("the Latin letter \"{0}\" could mean two directions")]
    Doubtful(String),
    /// Signs of degrees, minutes and seconds out of order, or repeated.
    #[error("the sign {0} stands in the wrong place")]
    Order(char),
    /// Decimals in the degrees or minutes, with a smaller unit after them.
    #[error("\"{0}\" has decimals, and more follows")]
    DecimalsInside(String),
    /// Minutes or seconds above 60.
    #[error("{0} minutes or seconds are more than 60")]
    AboveSixty(String),
    /// More digits than a double holds exactly.
    #[error("\"{0}\" has more digits than are held exactly (9 decimals)")]
    TooLong(String),
    /// Outside the range of its axis.
    #[error("{0}° is out of range for a {1}")]
    OutOfRange(String, &'static str),
    /// Both a minus sign and a letter for the hemisphere.
    #[error("has a minus sign and a letter for its side")]
    SignAndSide,
    /// Contradictory words.
    #[error("names two sides")]
    TwoSides,
    /// A letter of the other axis.
    #[error("is a {0}, where a {1} is wanted")]
    WrongAxis(&'static str, &'static str),
}

/// Parses an angle: `40°37′59.16″N`, `45 30 56,88 в.д.`, `N40:37:59.16`, `−45.5158`, `40°37.986′ с. ш.`
///
/// Accepts all common signs for degrees, minutes and seconds; decimal points and commas; spaces of every width, colons
/// and hyphens between the numbers; and the four directions as Latin and Cyrillic letters or Armenian and Azerbaijani
/// words, before or after the numbers. `axis` is the expected axis, if known.
///
/// **Guarantees**: the result is the double nearest to the text; the output of [`Dms::written`](super::Dms::written)
/// parses to the same angle.
///
/// **Errors**: [`AngleError`]; an ambiguous text is an error.
///
/// **Example**
/// ```
/// use merestone::earth::parse_angle;
/// let angle = parse_angle("40°37′59.16″S", None)?;
/// assert_eq!(angle.degrees, -40.6331); // −(40 + 37/60 + 59.16/3600)
/// assert_eq!(angle.decimals, 2);
/// # Ok::<(), merestone::earth::AngleError>(())
/// ```
pub fn parse_angle(text: &str, axis: Option<Axis>) -> Result<Angle, AngleError> {
    let mut found = AngleParser::default();
    let mut rest = text.trim();
    while let Some(first) = rest.chars().next() {
        rest = match first {
            '0'..='9' => found.number(rest)?,
            _ if is_letter(first) => found.word(rest)?,
            _ => found.sign(first, rest)?,
        };
    }
    found.angle(axis)
}

/// Parser state.
#[derive(Default)]
struct AngleParser {
    /// Digits before and after the decimal mark.
    numbers: Vec<(String, Option<String>)>,
    /// How many numbers have a sign: 1 after °, 2 after ′, 3 after ″.
    signs: usize,
    minus: bool,
    side: Option<(Axis, bool)>,
    axis: Option<Axis>,
}

impl AngleParser {
    fn number<'t>(&mut self, rest: &'t str) -> Result<&'t str, AngleError> {
        if self.numbers.len() == 3 {
            return Err(AngleError::TooMany);
        }
        if let Some((whole, Some(decimals))) = self.numbers.last() {
            return Err(AngleError::DecimalsInside(format!("{whole}.{decimals}")));
        }
        let (whole, rest) = digits(rest);
        let after = rest.strip_prefix(['.', ',']).map(digits).filter(|(decimals, _)| !decimals.is_empty());
        let (decimals, rest) = after.map_or((None, rest), |(decimals, rest)| (Some(decimals.to_owned()), rest));
        self.numbers.push((whole.to_owned(), decimals));
        Ok(rest)
    }

    fn word<'t>(&mut self, rest: &'t str) -> Result<&'t str, AngleError> {
        // "с.ш." and "հս. լ." contain full stops.
        let end = rest.find(|c: char| !is_letter(c) && c != '.').unwrap_or(rest.len());
        let (text, rest) = rest.split_at(end);
        match text.trim_end_matches('.').to_lowercase().as_str() {
            "deg" | "d" | "гр" | "град" | "o" if self.numbers.len() == 1 && self.signs == 0 => {
                self.signs = 1;
                return Ok(rest);
            }
            "min" | "m" | "мин" | "м" | "ր" if self.numbers.len() == 2 => return self.signed('′', 2, rest),
            "sec" | "сек" | "վ" if self.numbers.len() == 3 => return self.signed('″', 3, rest),
            _ => {}
        }
        match word(text) {
            Some(Word::Side(axis, negative)) => {
                if self.side.is_some_and(|side| side != (axis, negative)) {
                    return Err(AngleError::TwoSides);
                }
                self.side = Some((axis, negative));
                self.of(axis)?;
            }
            Some(Word::Of(axis)) => self.of(axis)?,
            Some(Word::Doubtful) => return Err(AngleError::Doubtful(text.to_owned())),
            None => return Err(AngleError::Unknown(text.to_owned())),
        }
        Ok(rest)
    }

    fn of(&mut self, axis: Axis) -> Result<(), AngleError> {
        if self.axis.is_some_and(|before| before != axis) {
            return Err(AngleError::TwoSides);
        }
        self.axis = Some(axis);
        Ok(())
    }

    fn sign<'t>(&mut self, first: char, rest: &'t str) -> Result<&'t str, AngleError> {
        let after = &rest[first.len_utf8()..];
        match first {
            '°' | 'º' | 'ª' | '˚' | '⁰' | '○' | '◦' | '∘' | '゜' => self.signed('°', 1, after),
            '′' | 'ʹ' | 'ʼ' | '\'' | '’' | '‘' | '‛' | '´' | '`' | '‵' | '＇' | '՚' | '՛' => {
                let mut more = after.chars();
                // Two minute signs are a second sign.
                match more.next() {
                    Some(second) if second == first => self.signed('″', 3, more.as_str()),
                    _ => self.signed('′', 2, after),
                }
            }
            '″' | 'ʺ' | '"' | '”' | '“' | '„' | '‟' | '˝' | '¨' | '＂' | '‶' | '»' => {
                self.signed('″', 3, after)
            }
            '-' | '−' | '–' | '‐' | '‑' if self.numbers.is_empty() && !self.minus => {
                self.minus = true;
                Ok(after)
            }
            '+' if self.numbers.is_empty() => Ok(after),
            ':' | '-' | '–' | '_' | '/' if !self.numbers.is_empty() => Ok(after),
            '=' | ',' | ';' | '(' | ')' => Ok(after),
            '.' if !after.starts_with(|c: char| c.is_ascii_digit()) => Ok(after),
            _ if first.is_whitespace() || matches!(first, '\u{feff}' | '\u{200b}' | '\u{200e}' | '\u{200f}') => {
                Ok(after)
            }
            _ => Err(AngleError::Unknown(first.to_string())),
        }
    }

    /// Records the sign after the number at this place; seconds must follow minutes.
    fn signed<'t>(&mut self, sign: char, place: usize, rest: &'t str) -> Result<&'t str, AngleError> {
        if self.numbers.len() != place || self.signs >= place {
            return Err(AngleError::Order(sign));
        }
        self.signs = place;
        Ok(rest)
    }

    fn angle(self, wanted: Option<Axis>) -> Result<Angle, AngleError> {
        let negative = match (self.minus, self.side) {
            (true, Some(_)) => return Err(AngleError::SignAndSide),
            (minus, side) => minus || side.is_some_and(|(_, negative)| negative),
        };
        if let (Some(is), Some(wanted)) = (self.axis, wanted)
            && is != wanted
        {
            return Err(AngleError::WrongAxis(is.word(), wanted.word()));
        }
        let (size, step_deg, decimals) = value(&self.numbers)?;
        let axis = self.axis.or(wanted);
        let most = axis.map_or(360.0, Axis::most_deg);
        if size > most {
            return Err(AngleError::OutOfRange(size.to_string(), axis.map_or("position", Axis::word)));
        }
        Ok(Angle { degrees: if negative { -size } else { size }, axis: self.axis, step_deg, decimals })
    }
}

/// Whether a character belongs to a word; Unicode classes some signs of degrees and minutes as letters.
fn is_letter(c: char) -> bool {
    c.is_alphabetic() && !matches!(c, 'º' | 'ª' | 'ʹ' | 'ʼ' | 'ʺ')
}

fn digits(text: &str) -> (&str, &str) {
    text.split_at(text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len()))
}

/// Returns degrees, the unit of the last digit, and the decimals of a second that preserve it.
fn value(numbers: &[(String, Option<String>)]) -> Result<(f64, f64, u8), AngleError> {
    let Some((last, decimals)) = numbers.last() else { return Err(AngleError::NoNumber) };
    let decimals = decimals.as_deref().unwrap_or("");
    let text = || format!("{last}.{decimals}");
    let count = decimals.len() as u32;
    // A double has no more digits than these.
    let step = 60_f64.powi(1 - numbers.len() as i32) * 10_f64.powi(-(count.min(15) as i32));
    if numbers.len() == 1 {
        let degrees: f64 = text().trim_end_matches('.').parse().map_err(|_| AngleError::TooLong(text()))?;
        // 0.0001° is 0.36″, 0.01′ is 0.6″.
        return Ok((degrees, step, count.saturating_sub(3).min(u32::from(MOST_DECIMALS)) as u8));
    }
    if count > u32::from(MOST_DECIMALS) {
        return Err(AngleError::TooLong(text()));
    }
    let whole = |text: &str| text.parse::<i64>().ok().filter(|n| *n <= 360).ok_or(AngleError::TooLong(text.to_owned()));
    let mut units = 0_i64;
    for (place, (number, _)) in numbers.iter().enumerate() {
        let number = whole(number)?;
        if place > 0 && (number > 60 || number == 60 && place + 1 == numbers.len() && decimals.contains(|c| c != '0')) {
            return Err(AngleError::AboveSixty(number.to_string()));
        }
        units = units * 60 + number;
    }
    let power = 10_i64.pow(count);
    let fraction = if decimals.is_empty() { 0 } else { decimals.parse().map_err(|_| AngleError::TooLong(text()))? };
    // Both are integers below 2⁵³, so the quotient is rounded once.
    let degrees = (units * power + fraction) as f64 / (60_i64.pow(numbers.len() as u32 - 1) * power) as f64;
    let decimals = if numbers.len() == 3 { count as u8 } else { count.saturating_sub(1) as u8 };
    Ok((degrees, step, decimals))
}

#[cfg(test)]
mod tests {
    use super::*;

    const LATITUDE_DEG: f64 = (40 * 360_000 + 37 * 6000 + 5916) as f64 / 360_000.0;

    #[test]
    fn common_notations_of_angles_are_parsed() {
        for text in [
            "40°37′59.16″N",
            "40°37'59.16\"N",
            "40˚37’59,16” с.ш.",
            "40 37 59.16",
            "N 40º 37´ 59.16´´",
            "с. ш. 40° 37' 59,16''",
            "40⁰37ʹ59.16ʺ С",
            "+40:37:59.16",
            "40-37-59.16N",
            "40 deg 37 min 59.16 sec north",
            "40°\u{a0}37′\u{2009}59,16″\u{202f}СШ",
            "հս. լ. 40°37′59.16″",
            "40°37′59.16″ şm. enliyi",
            "φ = 40°37′59.16″",
            "40o37m59.16N",
        ] {
            let angle = parse_angle(text, Some(Axis::Latitude)).unwrap_or_else(|error| panic!("{text}: {error}"));
            assert_eq!(angle.degrees, LATITUDE_DEG, "{text}");
            assert_eq!(angle.decimals, 2, "{text}");
        }
        assert_eq!(
            parse_angle("45°30′57″ з.д.", None).map(|a| (a.degrees, a.axis)),
            Ok((-45.515_833_333_333_33, Some(Axis::Longitude)))
        );
        assert_eq!(parse_angle("−45,5158", None).map(|a| (a.degrees, a.decimals)), Ok((-45.5158, 1)));
        assert_eq!(parse_angle("45.515812", None).map(|a| a.decimals), Ok(3));
        assert_eq!(parse_angle("40°37.986′", None).map(|a| (a.degrees, a.decimals)), Ok((40.6331, 2)));
        assert_eq!(parse_angle("39°59′60.00″", None).map(|a| a.degrees), Ok(40.0));
    }

    #[test]
    fn step_of_long_decimals_is_limited() {
        let text = format!("97.7{}", "5".repeat(1000));
        let angle = parse_angle(&text, Some(Axis::Longitude)).expect("it is a number");
        assert_eq!((angle.decimals, angle.step_deg), (9, 1e-15));
    }

    #[test]
    fn ambiguous_text_is_refused() {
        let refused = |text: &str, axis| parse_angle(text, axis).expect_err(text).to_string();
        assert_eq!(refused("40°37′59.16″C", None), "the Latin letter \"C\" could mean two directions");
        assert_eq!(refused("40°37′59.16″E", Some(Axis::Latitude)), "is a longitude, where a latitude is wanted");
        assert_eq!(refused("-40°37′N", None), "has a minus sign and a letter for its side");
        assert_eq!(refused("40°61′00″", None), "61 minutes or seconds are more than 60");
        assert_eq!(refused("40.5°37′", None), "\"40.5\" has decimals, and more follows");
        assert_eq!(refused("40′37°", None), "the sign ′ stands in the wrong place");
        assert_eq!(refused("91°", Some(Axis::Latitude)), "91° is out of range for a latitude");
        assert_eq!(refused("1 2 3 4", None), "has more than degrees, minutes and seconds");
        assert_eq!(refused("", None), "holds no number");
        assert_eq!(refused("40°N S", None), "names two sides");
        assert_eq!(
            refused("40°37′59.1234567891″", None),
            "\"59.1234567891\" has more digits than are held exactly (9 decimals)"
        );
        assert_eq!(refused("forty", None), "\"forty\" says nothing here");
    }
}

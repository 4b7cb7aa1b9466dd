//! Angles, bearings, coordinates and grid references.

use super::number::in_words;
use super::token::{Token, TokenKind};
use crate::document::description::{
    Decimal, Hemisphere, Quadrant, StatedAngle, StatedBearing, StatedCoordinate, StatedPosition,
};

/// A value read from the start of tokens, the number of tokens read, and the confidence.
pub(super) struct Got<T> {
    pub value: T,
    pub used: usize,
    pub confidence: f64,
}

fn mark(token: Option<&Token>, marks: &[char]) -> bool {
    token.is_some_and(|token| matches!(token.kind, TokenKind::Mark(c) if marks.contains(&c)))
}

fn word(token: Option<&Token>) -> Option<&str> {
    token.filter(|token| token.kind == TokenKind::Word).map(|token| token.low.as_str())
}

fn number(token: Option<&Token>) -> Option<Decimal> {
    token
        .filter(|token| token.kind == TokenKind::Number)
        .and_then(|token| token.low.replace([',', '·'], ".").parse().ok())
}

const DEGREE: [char; 4] = ['°', 'º', '˚', '\u{b0}'];
const MINUTE: [char; 6] = ['\'', '′', '’', '`', '‘', '´'];
const SECOND: [char; 5] = ['"', '″', '”', '“', '„'];

/// Whether a degree sign is among some words.
pub(super) fn has_degree_sign(text: &str) -> bool {
    text.contains(DEGREE)
}

/// Recognises a degree sign or word for degrees; returns the number of tokens.
fn degree_sign(tokens: &[Token], at: usize) -> Option<usize> {
    if mark(tokens.get(at), &DEGREE) {
        return Some(1);
    }
    match word(tokens.get(at))? {
        "град" => Some(if mark(tokens.get(at + 1), &['.']) { 2 } else { 1 }),
        "degrees" | "degree" | "deg" | "градусов" | "градуса" | "градус" | "градусів" | "dərəcə" => {
            Some(1)
        }
        _ => None,
    }
}

/// An angle with a degree sign.
pub(super) fn angle(tokens: &[Token]) -> Option<Got<StatedAngle>> {
    let mut confidence = 0.97;
    let (mut degrees, mut used) = match number(tokens.first()) {
        Some(degrees) => (degrees, 1),
        None => {
            let (whole, used) = in_words(tokens)?;
            degree_sign(tokens, used)?;
            (whole.to_string().parse().ok()?, used)
        }
    };
    match degree_sign(tokens, used) {
        Some(signs) => used += signs,
        // A seconds or minutes mark printed instead of the degree sign, before minutes; a degree sign printed as 0.
        None if mark(tokens.get(used), &SECOND) || mark(tokens.get(used), &MINUTE) => {
            let minutes = number(tokens.get(used + 1)).filter(|minutes| minutes.value() < 60.0)?;
            if minutes.decimals() > 0 || !mark(tokens.get(used + 2), &MINUTE) || degrees.decimals() > 0 {
                return None;
            }
            used += 1;
            confidence = 0.6;
        }
        None => {
            let minutes = number(tokens.get(used)).filter(|minutes| minutes.value() < 60.0 && minutes.decimals() == 0);
            let (true, Some(_)) = (mark(tokens.get(used + 1), &MINUTE), minutes) else { return None };
            let text = degrees.digits().to_owned();
            if let Some(bare) = text.strip_suffix('0').filter(|bare| bare.len() == 2 && text.len() == 3) {
                degrees = bare.parse().ok()?;
            } else if text.len() > 3 {
                return None;
            }
            confidence = 0.5;
        }
    }
    let mut out = StatedAngle { degrees, minutes: None, seconds: None };
    if let Some(minutes) = number(tokens.get(used)).filter(|minutes| minutes.value() < 60.0) {
        let signed = mark(tokens.get(used + 1), &MINUTE)
            || word(tokens.get(used + 1)).is_some_and(|w| w.starts_with("minute") || w.starts_with("минут"));
        let bare = number(tokens.get(used + 1)).is_some() && mark(tokens.get(used + 2), &SECOND);
        if signed || bare {
            used += if signed { 2 } else { 1 };
            out.minutes = Some(minutes);
            let twice = mark(tokens.get(used + 1), &MINUTE) && mark(tokens.get(used + 2), &MINUTE);
            if let Some(mut seconds) = number(tokens.get(used)).filter(|seconds| seconds.value() < 60.0)
                && (mark(tokens.get(used + 1), &SECOND) || twice)
            {
                used += if twice { 3 } else { 2 };
                // Decimals after the mark.
                let comma = usize::from(mark(tokens.get(used), &[',']));
                let tenths =
                    tokens.get(used + comma).filter(|token| token.kind == TokenKind::Number && token.low.len() == 1);
                let ends = |at: usize| {
                    tokens
                        .get(at)
                        .is_none_or(|token| !matches!(token.kind, TokenKind::Number) && !mark(Some(token), &DEGREE))
                };
                if let Some(tenths) = tenths.filter(|_| {
                    seconds.decimals() == 0 && ends(used + comma + 1) && word(tokens.get(used + comma + 1)).is_none()
                }) {
                    seconds = format!("{}.{}", seconds.digits(), tenths.low).parse().ok()?;
                    used += comma + 1;
                    confidence = 0.7;
                }
                out.seconds = Some(seconds);
            } else if number(tokens.get(used)).is_some_and(|seconds| seconds.value() < 60.0)
                && tokens.get(used + 1).is_none()
            {
                // A truncated text: the incomplete part is not included.
            }
        }
    } else if let Some((minutes, more)) = in_words(&tokens[used.min(tokens.len())..])
        && minutes < 60
        && word(tokens.get(used + more)).is_some_and(|word| word.starts_with("minute"))
    {
        out.minutes = minutes.to_string().parse().ok();
        used += more + 1;
    }
    Some(Got { value: out, used, confidence })
}

fn hemisphere_word(low: &str) -> Option<Hemisphere> {
    Some(match low {
        "n" | "north" | "northern" | "северной" | "північної" | "с" | "пн" => Hemisphere::N,
        "s" | "south" | "southern" | "южной" | "південної" | "ю" | "пд" => Hemisphere::S,
        "e" | "east" | "eastern" | "восточной" | "східної" | "в" | "сх" => Hemisphere::E,
        "w" | "west" | "western" | "западной" | "західної" | "з" | "зх" => Hemisphere::W,
        _ => return None,
    })
}

/// A hemisphere after an angle: a letter or word, alone or with "latitude".
fn hemisphere(tokens: &[Token], at: usize) -> Option<(Hemisphere, usize)> {
    let low = word(tokens.get(at))?;
    let found = hemisphere_word(low)?;
    let mut used = 1;
    let cyrillic = low.chars().all(|c| ('а'..='я').contains(&c) || "іїєґ".contains(c));
    if cyrillic && low.chars().count() <= 2 {
        // As in "с. ш.".
        used += usize::from(mark(tokens.get(at + used), &['.']));
        matches!(word(tokens.get(at + used)), Some("ш" | "д")).then_some(())?;
        used += 1;
        used += usize::from(mark(tokens.get(at + used), &['.']));
    } else {
        let axis = word(tokens.get(at + used));
        let named = matches!(axis, Some("широты" | "долготы" | "широти" | "довготи" | "latitude" | "longitude"));
        let abbreviated = low.len() == 1 && mark(tokens.get(at + used), &['.']) && word(tokens.get(at + 2)).is_none();
        used += usize::from(named || abbreviated);
    }
    Some((found, used))
}

fn is_latitude(hemisphere: Option<Hemisphere>) -> Option<bool> {
    hemisphere.map(|hemisphere| matches!(hemisphere, Hemisphere::N | Hemisphere::S))
}

/// A latitude or longitude, and whether it is the latitude if the text states it.
fn component(tokens: &[Token]) -> Option<Got<(StatedCoordinate, Option<bool>)>> {
    let mut at = 0;
    let (mut axis, mut before) = (None, None);
    let mut named = false;
    while let Some(low) = word(tokens.get(at)) {
        match low {
            "latitude" | "lat" | "parallel" | "широта" => axis = Some(true),
            "longitude" | "long" | "lon" | "length" | "долгота" => axis = Some(false),
            "greenwich" => {}
            _ => match hemisphere_word(low).filter(|_| low.is_ascii()) {
                Some(found) => before = Some(found),
                None => break,
            },
        }
        named |= axis.is_some();
        at += 1;
        at += usize::from(mark(tokens.get(at), &['.']));
        if at > 6 {
            return None;
        }
    }
    let rest = tokens.get(at..)?;
    let (angle, used, mut confidence) = match self::angle(rest) {
        Some(got) => (got.value, got.used, got.confidence),
        None => listed(rest, named)?,
    };
    at += used;
    let after = hemisphere(tokens, at);
    if let Some((_, used)) = after {
        at += used;
    }
    // "west of Peking" is counted from another meridian.
    if after.is_some() && word(tokens.get(at)) == Some("of") {
        if word(tokens.get(at + 1)) != Some("greenwich") {
            return None;
        }
        at += 2;
    }
    let hemisphere = after.map(|(found, _)| found).or(before);
    if hemisphere.is_none() && axis.is_none() {
        confidence *= 0.6;
    }
    let axis = is_latitude(hemisphere).or(axis);
    // Latitudes are at most 90°, longitudes at most 180°.
    let most = if axis == Some(true) { 90.0 } else { 180.0 };
    if angle.value_deg().abs() > most {
        return None;
    }
    Some(Got { value: (StatedCoordinate { angle, hemisphere, plus: None }, axis), used: at, confidence })
}

/// Degrees, minutes, seconds and decimals separated by commas: "16, 24, 14, 8", or in brackets from right to left.
fn listed(tokens: &[Token], named: bool) -> Option<(StatedAngle, usize, f64)> {
    let open = usize::from(mark(tokens.first(), &['(']));
    let mut numbers: Vec<String> = Vec::new();
    let mut at = open;
    while let Some(token) = tokens.get(at).filter(|token| token.kind == TokenKind::Number) {
        // Digits with commas and without spaces are one token.
        numbers.extend(token.low.split(',').map(str::to_owned));
        at += 1;
        let comma =
            mark(tokens.get(at), &[',']) && tokens.get(at + 1).is_some_and(|next| next.kind == TokenKind::Number);
        if !comma {
            break;
        }
        at += 1;
    }
    if !(3..=4).contains(&numbers.len()) || numbers.iter().any(|n| n.len() > 3 || n.contains('.')) {
        return None;
    }
    let closed = open == 1 && mark(tokens.get(at), &[')']);
    if open == 1 && !closed {
        return None;
    }
    at += usize::from(closed);
    let has_word = word(tokens.get(at)).and_then(hemisphere_word).is_some();
    if !has_word && !named {
        return None;
    }
    let value = |text: &str| text.parse::<u32>().ok();
    let fits = |list: &[String]| -> Option<StatedAngle> {
        let (degrees, minutes, seconds) = (value(&list[0])?, value(&list[1])?, value(&list[2])?);
        let tenths = list.get(3).filter(|tenths| tenths.len() == 1);
        if list.len() == 4 && tenths.is_none() || degrees > 180 || minutes >= 60 || seconds >= 60 {
            return None;
        }
        let seconds = tenths.map_or(list[2].clone(), |tenths| format!("{}.{tenths}", list[2]));
        Some(StatedAngle {
            degrees: list[0].parse().ok()?,
            minutes: list[1].parse().ok(),
            seconds: seconds.parse().ok(),
        })
    };
    let reversed: Vec<String> = numbers.iter().rev().cloned().collect();
    // From right to left: the decimals are first, or the list is in brackets.
    let backward = open == 1;
    let found =
        if backward { fits(&reversed).or_else(|| fits(&numbers)) } else { fits(&numbers).or_else(|| fits(&reversed)) };
    found.map(|angle| (angle, at, if backward { 0.6 } else { 0.75 }))
}

/// A position: latitude and longitude, a pair of metres, a reference to a map grid.
pub(super) fn position(tokens: &[Token], text: &str) -> Option<Got<StatedPosition>> {
    if let Some(got) = plane(tokens).or_else(|| grid(tokens, text)) {
        return Some(got);
    }
    let first = component(tokens)?;
    let (one, mut axis) = first.value;
    let mut at = first.used;
    let mut plus = None;
    if word(tokens.get(at)) == Some("plus") || mark(tokens.get(at), &[')']) && word(tokens.get(at + 1)) == Some("plus")
    {
        plus = super::measure::plus_length(&tokens[at..]);
    }
    let between = |token: Option<&Token>| {
        mark(token, &[',', ';', '/', ':']) || matches!(word(token), Some("and" | "и" | "і" | "та" | "և"))
    };
    let mut gap = 0;
    while gap < 2 && between(tokens.get(at + gap)) {
        gap += 1;
    }
    let second =
        tokens.get(at + gap..).and_then(component).filter(|second| second.value.1.is_none() || second.value.1 != axis);
    let both = second.is_some();
    let mut confidence = first.confidence;
    let (mut latitude, mut longitude) = (None, None);
    if one.hemisphere.is_none() && axis.is_none() {
        // Of two bare angles the first may be the latitude; a single one is only an angle.
        second.as_ref().filter(|second| second.value.1.is_some())?;
        axis = second.as_ref().and_then(|second| second.value.1).map(|other| !other);
    }
    let mut one = one;
    if let Some((length, used)) = plus {
        one.plus = Some(length);
        at += used;
    }
    if axis == Some(false) {
        longitude = Some(one)
    } else {
        latitude = Some(one)
    }
    if let Some(second) = second.filter(|_| plus_is_none(&latitude, &longitude)) {
        at += gap + second.used;
        confidence = confidence.min(second.confidence);
        if axis == Some(false) { latitude = Some(second.value.0) } else { longitude = Some(second.value.0) }
    }
    let longitude_first = axis == Some(false) && both;
    Some(Got {
        value: StatedPosition::Geographic { latitude, longitude, longitude_first, approx: false },
        used: at,
        confidence,
    })
}

fn plus_is_none(latitude: &Option<StatedCoordinate>, longitude: &Option<StatedCoordinate>) -> bool {
    [latitude, longitude].into_iter().flatten().all(|coordinate| coordinate.plus.is_none())
}

/// Northing and easting in brackets: "(657289.57; 304001.57)".
fn plane(tokens: &[Token]) -> Option<Got<StatedPosition>> {
    if !mark(tokens.first(), &['(']) || !mark(tokens.get(2), &[';']) || !mark(tokens.get(4), &[')']) {
        return None;
    }
    let (northing, easting) = (number(tokens.get(1))?, number(tokens.get(3))?);
    let large = |value: &Decimal| value.value() > 1000.0;
    (large(&northing) && large(&easting)).then_some(Got {
        value: StatedPosition::Plane { northing, easting },
        used: 5,
        confidence: 0.9,
    })
}

/// A lettered reference of six digits.
fn grid(tokens: &[Token], text: &str) -> Option<Got<StatedPosition>> {
    let first = tokens.first().filter(|token| token.kind == TokenKind::Word && token.capital)?;
    let printed = &text[first.span.clone()];
    let digits = printed.trim_start_matches(|c: char| c.is_ascii_uppercase());
    let letters = printed.len() - digits.len();
    let is_grid =
        (1..=2).contains(&letters) && matches!(digits.len(), 6 | 8 | 10) && digits.bytes().all(|b| b.is_ascii_digit());
    is_grid.then(|| Got {
        value: StatedPosition::Grid { reference: printed.to_owned(), unit_m: None },
        used: 1,
        confidence: 0.9,
    })
}

/// A bearing by quadrant: "S. 47° E.", "north five degrees no minutes east".
pub(super) fn bearing(tokens: &[Token]) -> Option<Got<StatedBearing>> {
    let pole = match word(tokens.first())? {
        "n" | "north" => true,
        "s" | "south" => false,
        _ => return None,
    };
    let mut at = 1 + usize::from(mark(tokens.get(1), &['.']));
    let got = angle(tokens.get(at..)?)?;
    if got.value.value_deg() > 90.0 {
        return None;
    }
    at += got.used;
    at += usize::from(mark(tokens.get(at), &[',']));
    let east = match word(tokens.get(at))? {
        "e" | "east" => true,
        "w" | "west" => false,
        _ => return None,
    };
    let letter = tokens[at].low.len() == 1;
    at += 1;
    at += usize::from(letter && mark(tokens.get(at), &['.']));
    let quadrant = match (pole, east) {
        (true, true) => Quadrant::NE,
        (false, true) => Quadrant::SE,
        (false, false) => Quadrant::SW,
        (true, false) => Quadrant::NW,
    };
    Some(Got {
        value: StatedBearing { angle: got.value, quadrant: Some(quadrant), reference: None },
        used: at,
        confidence: got.confidence,
    })
}

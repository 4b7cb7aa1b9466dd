//! Point numbers, and lengths with their units.

use super::items::Meaning;
use super::lexicon::Tag;
use super::number::{NumberStyle, decimals_in_words, in_words};
use super::reader::Reader;
use super::token::{Token, TokenKind, tokens};
use crate::document::description::{Decimal, LengthKind, LengthUnit, PointKind, PointRef, StatedLength};

/// A length with its position.
pub(super) struct Measure {
    pub length: StatedLength,
    pub next: usize,
    pub confidence: f64,
}

impl Reader<'_> {
    /// The number or letter of a point at an item, and the item after it.
    pub(super) fn id(&self, i: usize) -> Option<(String, usize)> {
        let mut at = i;
        if self.mark(at, &['№', '#'])
            || matches!(self.low(at), "n" | "no" | "nos" | "nr" | "номер")
                && self.items.get(at).is_some_and(|item| !matches!(item.meaning, Meaning::Tag(_)))
        {
            at += 1;
            at += usize::from(self.mark(at, &['.']));
        }
        let prefixed = at > i;
        let item = self.items.get(at)?;
        let quoted = self.mark(at, &['«', '"', '“', '„']);
        if quoted {
            let inner = self.items.get(at + 1)?;
            let closes = self.mark(at + 2, &['»', '"', '”', '“']);
            let short = self.text[inner.span.clone()].chars().count() <= 3;
            return (closes && short).then(|| (self.text[inner.span.clone()].to_owned(), at + 3));
        }
        let shown = &self.text[item.span.clone()];
        if matches!(item.meaning, Meaning::Position(_) | Meaning::Bearing(_))
            && (!shown.starts_with(|c: char| c.is_ascii_digit()) || super::angle::has_degree_sign(shown))
        {
            return None;
        }
        let start = item.span.start;
        let rest = &self.text[start..self.items.last()?.span.end];
        let end = id_end(rest)?;
        let printed = &rest[..end];
        let has_digit = printed.chars().any(|c| c.is_ascii_digit());
        let letter = printed.chars().count() <= 2 && printed.chars().all(|c| c.is_uppercase());
        if !(has_digit || letter || prefixed) {
            return None;
        }
        let mut next = at;
        while self.items.get(next).is_some_and(|item| item.span.start < start + end) {
            next += 1;
        }
        // A number with a unit is a length.
        (prefixed
            || !matches!(self.tag(next), Some(Tag::Unit(_) | Tag::DegreeUnit))
            || !matches!(item.meaning, Meaning::Number))
        .then(|| (printed.to_owned(), next))
    }

    /// A point by kind and id: "поворотной точки 38", "point B", "Pillar No. 4".
    pub(super) fn point(&self, i: usize) -> Option<(PointRef, usize)> {
        let mut at = i;
        while self.is_skip(at) || self.is(at, &Tag::This) && self.low(at) != "its" {
            at += 1;
        }
        if let Some(found) = self.point_by_ordinal(at) {
            return Some(found);
        }
        match self.tag(at)? {
            Tag::StartPoint => {
                let (id, next) = self.id(at + 1).map_or((None, at + 1), |(id, next)| (Some(id), next));
                Some((PointRef { kind: PointKind::Start, id }, next))
            }
            Tag::Point(kind) => {
                let kind = *kind;
                let mut next = at + 1;
                // "точки стыка 0303576 границ".
                if self.is(next, &Tag::TripointWord) {
                    next += 1;
                }
                // "т. 14", "B.P. 7".
                let is_short = self.items.get(at).is_some_and(|item| item.low.chars().count() <= 4);
                next += usize::from(is_short && self.mark(next, &['.']));
                let (id, next) = self.id(next)?;
                Some((PointRef::new(kind, id), next))
            }
            _ => None,
        }
    }

    /// A length with its unit.
    pub(super) fn measure(&self, i: usize) -> Option<Measure> {
        let item = self.items.get(i)?;
        let first = &self.tokens[item.token..];
        let mut confidence = 0.97;
        let (printed, mut next) = match item.meaning {
            Meaning::Number => match NumberStyle::grouped(first) {
                Some((printed, used)) => (printed, i + used),
                None => (item.low.clone(), i + 1),
            },
            // "a mile", "twenty feet".
            _ if self.lexicon.language == "en" => return self.measure_in_words(i),
            _ => return None,
        };
        let mut printed = printed;
        // A decimal mark altered by print or recognition: 90'64, 25-22; or a word inserted by it.
        if self.mark(next, &['\'', '’', '-', '–'])
            && matches!(self.meaning(next + 1), Some(Meaning::Number))
            && matches!(self.tag(next + 2), Some(Tag::Unit(_)))
            && !printed.contains(['.', ','])
        {
            let apart = self.items[next + 1].span.start - self.items[next - 1].span.end;
            if apart > 3 {
                return None;
            }
            printed = format!("{printed}.{}", self.items[next + 1].low);
            next += 2;
            confidence = 0.6;
        } else if matches!(self.meaning(next), Some(Meaning::Word))
            && matches!(self.tag(next + 1), Some(Tag::Unit(_)))
            && self.lexicon.language == "en"
        {
            next += 1;
            confidence = 0.6;
        }
        let Some(Tag::Unit(unit)) = self.tag(next) else { return None };
        let value = self.style.decimal(&printed, matches!(unit, LengthUnit::Metre | LengthUnit::Foot))?;
        let unit = *unit;
        next += 1;
        // The full stop of an abbreviation.
        if self.mark(next, &['.']) && self.low(next - 1).len() <= 4 && next + 1 < self.items.len() {
            next += 1;
        }
        let whole = StatedLength { value, unit, kind: None, approx: false };
        let (length, mut next) = self.with_smaller_unit(&whole, next).unwrap_or((whole, next));
        // "1.2 kilometres (0.75 mile)": the same length in another unit.
        if self.mark(next, &['('])
            && matches!(self.meaning(next + 1), Some(Meaning::Number))
            && matches!(self.tag(next + 2), Some(Tag::Unit(other)) if *other != length.unit)
            && self.mark(next + 3, &[')'])
        {
            next += 4;
        }
        Some(Measure { length, next, confidence })
    }

    /// "3 versts 200 sazhens", "16 chains 40 links": one length, in the smaller unit.
    fn with_smaller_unit(&self, whole: &StatedLength, i: usize) -> Option<(StatedLength, usize)> {
        use LengthUnit as U;
        const PAIRS: [(LengthUnit, LengthUnit, f64); 7] = [
            (U::Verst, U::Sazhen, 500.0),
            (U::Mile, U::Chain, 80.0),
            (U::Mile, U::Yard, 1760.0),
            (U::Mile, U::Foot, 5280.0),
            (U::Chain, U::Link, 100.0),
            (U::Yard, U::Foot, 3.0),
            (U::Sazhen, U::Arshin, 3.0),
        ];
        let at = i + usize::from(self.is(i, &Tag::And));
        let (Some(Meaning::Number), Some(Tag::Unit(unit))) = (self.meaning(at), self.tag(at + 1)) else { return None };
        let (.., ratio) = PAIRS.iter().find(|(large, small, _)| *large == whole.unit && small == unit)?;
        let more = self.style.decimal(self.low(at), false)?;
        let decimals = more.digits().split_once('.').map_or(0, |(_, after)| after.len());
        let is_part = more.value() < *ratio && whole.value.value().fract() == 0.0;
        let value = Decimal::rounded(whole.value.value() * ratio + more.value(), decimals);
        is_part.then(|| (StatedLength { value, unit: *unit, kind: None, approx: false }, at + 2))
    }

    pub(super) fn measure_in_words(&self, i: usize) -> Option<Measure> {
        let token = self.items[i].token;
        let rest = &self.tokens[token..];
        let (whole, used) = match (rest.first()?.low.as_str(), self.tag(i + 1)) {
            ("a" | "one", Some(Tag::Unit(_))) => (1, 1),
            ("half", _) => return None,
            _ => in_words(rest)?,
        };
        let item_at = |token: usize| (i..self.items.len()).find(|at| self.items[*at].token >= token);
        let mut next = item_at(token + used)?;
        let mut printed = whole.to_string();
        if let Some(decimals) = decimals_in_words(self.low(next)) {
            printed = format!("{:.decimals$}", f64::from(whole) / 10f64.powi(decimals as i32));
            next += 1;
        }
        // "fifty (50) meters".
        if self.mark(next, &['('])
            && matches!(self.meaning(next + 1), Some(Meaning::Number))
            && self.mark(next + 2, &[')'])
        {
            printed = self.items[next + 1].low.clone();
            next += 3;
        }
        let Some(Tag::Unit(unit)) = self.tag(next) else { return None };
        let unit = *unit;
        next += 1;
        // "… and seven-tenths of a foot".
        if self.is(next, &Tag::And) {
            let low = self.low(next + 1);
            let tenths = low.split_once('-').and_then(|(number, part)| {
                let number = in_words(&tokens(number, 0..number.len()))?.0;
                Some((number, decimals_in_words(part)?))
            });
            if let Some((number, decimals)) = tenths {
                printed = format!("{printed}.{number:0decimals$}");
                next += 2;
                while self.is(next, &Tag::Of) || self.is_skip(next) {
                    next += 1;
                }
                next += usize::from(matches!(self.tag(next), Some(Tag::Unit(_))));
            }
        }
        let value: Decimal = printed.parse().ok()?;
        Some(Measure { length: StatedLength { value, unit, kind: None, approx: false }, next, confidence: 0.9 })
    }

    /// Whether "about" is just before an item or just after another.
    pub(super) fn approx_around(&self, from: usize, to: usize) -> bool {
        let before = (1..=2).any(|back| {
            from.checked_sub(back).is_some_and(|at| {
                self.is(at, &Tag::Approx)
                    && (at + 1..from).all(|i| self.is_skip(i) || self.is(i, &Tag::On) || self.is(i, &Tag::At))
            })
        });
        let comma = usize::from(self.mark(to, &[',']));
        before || self.is(to + comma, &Tag::Approx) && self.low(to + comma) == "more"
    }
}

/// End of an id: letters and digits with `-./()` inside, without spaces.
fn id_end(rest: &str) -> Option<usize> {
    let mut end = 0;
    let mut depth = 0;
    for (at, c) in rest.char_indices() {
        let inner = match c {
            '(' => {
                let close = rest[at..].char_indices().take(8).find(|(_, c)| *c == ')').map(|(close, _)| close);
                let short = close
                    .is_some_and(|close| close <= 8 && rest[at + 1..at + close].chars().all(char::is_alphanumeric));
                depth += usize::from(short);
                at > 0 && short
            }
            ')' => {
                let open = depth > 0;
                depth = depth.saturating_sub(1);
                open
            }
            '-' | '.' | '/' => rest[at + 1..].starts_with(char::is_alphanumeric) && at > 0,
            c => c.is_alphanumeric(),
        };
        if !inner {
            break;
        }
        end = at + c.len_utf8();
    }
    (end > 0).then_some(end)
}

/// A length after "plus" among the first tokens: "plus 342.6 meters", "plus … (342.6) meters".
pub(super) fn plus_length(tokens: &[Token]) -> Option<(StatedLength, usize)> {
    let limit = tokens.len().min(16);
    let at = tokens[..limit].iter().position(|token| token.kind == TokenKind::Number)?;
    let unit = tokens[at + 1..limit].iter().position(|token| token.low.starts_with("met"))?;
    if unit > 1 {
        return None;
    }
    let value = tokens[at].low.replace(',', ".").parse().ok()?;
    Some((
        StatedLength { value, unit: LengthUnit::Metre, kind: Some(LengthKind::Straight), approx: false },
        at + unit + 2,
    ))
}

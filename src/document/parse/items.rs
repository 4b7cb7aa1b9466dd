//! Words of a clause with their meanings.

use super::angle::{bearing, position};
use super::lexicon::{Lexicon, Tag};
use super::token::{Token, TokenKind};
use super::wind;
use crate::document::description::{LandmarkClass, PointKind, StatedBearing, StatedPosition, Wind};
use std::ops::Range;

/// Grammatical form of a wind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum WindForm {
    /// "northern": a direction, or a side of an object.
    Adjective,
    /// "north".
    Noun,
    /// "further north than", before an object without a preposition.
    Comparative,
    /// "northwards", "northerly".
    Toward,
}

/// The meaning of an item.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Meaning {
    Tag(Tag),
    Wind(Wind, WindForm),
    Bearing(StatedBearing),
    Position(StatedPosition),
    Number,
    Word,
    Mark(char),
}

/// Tokens with one meaning.
#[derive(Debug, Clone)]
pub(super) struct Item {
    pub meaning: Meaning,
    pub span: Range<usize>,
    pub low: String,
    pub capital: bool,
    pub confidence: f64,
    /// Index of its first token.
    pub token: usize,
}

impl Item {
    pub fn is(&self, tag: &Tag) -> bool {
        matches!(&self.meaning, Meaning::Tag(found) if found == tag)
    }

    pub fn tag(&self) -> Option<&Tag> {
        match &self.meaning {
            Meaning::Tag(tag) => Some(tag),
            _ => None,
        }
    }
}

fn form(language: &str, low: &str) -> WindForm {
    let ends = |ends: &[&str]| ends.iter().any(|end| low.ends_with(end));
    match language {
        "ru" if ends(&["ее", "ней"]) => WindForm::Comparative,
        "ru" if ends(&["ный", "ная", "ное", "ную", "ной", "ном", "ного", "ному", "ным", "ных"]) => {
            WindForm::Adjective
        }
        "uk" if ends(&["іше", "нше"]) => WindForm::Comparative,
        "uk" if ends(&["ий", "ій", "ого", "ому", "им", "ою", "а", "ої"]) => WindForm::Adjective,
        "en" if ends(&["erly", "ward", "wards", "wardly"]) => WindForm::Toward,
        "en" if ends(&["ern", "ernmost"]) => WindForm::Adjective,
        "sr" if ends(&["ној", "не", "на", "ном"]) => WindForm::Adjective,
        // "östlich der Brücke".
        "de" if ends(&["lich"]) => WindForm::Comparative,
        "de" if ends(&["licher", "liche", "lichen"]) => WindForm::Adjective,
        "de" if ends(&["wärts"]) => WindForm::Toward,
        "it" if ends(&["ale", "ali"]) => WindForm::Adjective,
        _ => WindForm::Noun,
    }
}

/// Letters of a wind with full stops: "S.S.E.".
///
/// After a verb they may stand apart: "runs N. N. E.".
fn dotted(lexicon: &Lexicon, all: &[Token], at: usize, text: &str) -> Option<(Wind, usize)> {
    let (language, tokens) = (lexicon.language, &all[at..]);
    let before = at.checked_sub(1).and_then(|before| lexicon.meaning(&all[before..]));
    let gap = usize::from(matches!(before, Some((Tag::Run | Tag::Here | Tag::Then | Tag::Turns | Tag::General, _))));
    let adjoins = |end: usize, start: usize| start - end <= gap;
    let mut letters = String::new();
    let mut used = 0;
    while let [letter, stop, ..] = &tokens[used.min(tokens.len())..] {
        let is_letter = letter.kind == TokenKind::Word && letter.capital && letter.low.chars().count() == 1;
        let is_joined = used == 0 || adjoins(tokens[used - 1].span.end, letter.span.start);
        if !is_letter || !is_joined || stop.kind != TokenKind::Mark('.') || stop.span.start != letter.span.end {
            break;
        }
        letters.push_str(&text[letter.span.clone()]);
        used += 2;
    }
    // The full stop of the last letter may be missing.
    if let Some(last) = tokens.get(used).filter(|last| {
        used > 0 && last.capital && last.low.chars().count() == 1 && last.span.start == tokens[used - 1].span.end
    }) {
        letters.push_str(&text[last.span.clone()]);
        used += 1;
    }
    let wind = wind::abbreviated(language, &letters)?;
    Some((wind, used))
}

/// Shortened words of a wind: "сев.-сев.-вост.", "пн.-сх.", "ПнПнСх".
fn shortened(language: &str, tokens: &[Token]) -> Option<(Wind, usize)> {
    let (mut all, mut used, mut marks) = (Vec::new(), 0, 0);
    while let Some(word) = tokens.get(used).filter(|word| word.kind == TokenKind::Word) {
        let is_joined = used == 0 || tokens[used - 1].span.end == word.span.start;
        let Some(quarters) = wind::shortened_quarters(language, &word.low).filter(|_| is_joined) else { break };
        marks += word.low.matches('-').count() + usize::from(quarters.len() > 1 && language == "uk");
        all.extend(quarters);
        used += 1;
        for mark in ['.', '-'] {
            let follows = tokens
                .get(used)
                .is_some_and(|next| next.kind == TokenKind::Mark(mark) && next.span.start == tokens[used - 1].span.end);
            // The hyphen joins another word.
            let joins = mark == '.' || tokens.get(used + 1).is_some_and(|next| next.kind == TokenKind::Word);
            if follows && joins {
                used += 1;
                marks += 1;
            }
        }
    }
    let is_ordered = matches!(all.as_slice(), [.., 0 | 2, 1 | 3]) && all.len() <= 3;
    let wind = wind::wind(&all)?;
    (is_ordered && marks > 0).then_some((wind, used))
}

/// The letter of a cardinal wind where a direction is said: "runs E. for", "идет на В 1,2 км".
fn single(lexicon: &Lexicon, all: &[Token], at: usize, text: &str) -> Option<(Wind, usize)> {
    let token = all.get(at).filter(|token| token.capital && token.low.chars().count() == 1)?;
    let wind = wind::letter(lexicon.language, &text[token.span.clone()])?;
    let before = lexicon.meaning(&all[at.checked_sub(1)?..])?;
    let stop =
        all.get(at + 1).is_some_and(|next| next.kind == TokenKind::Mark('.') && next.span.start == token.span.end);
    let next = at + 1 + usize::from(stop);
    let follows = all.get(next).map(|next| next.kind);
    let is_said = match before.0 {
        Tag::Run | Tag::Here | Tag::Then | Tag::Turns => true,
        Tag::On => lexicon.language != "en" && follows == Some(TokenKind::Number),
        // "N.W. by W.".
        Tag::Along => at.checked_sub(2).is_some_and(|wind| {
            all[wind].kind == TokenKind::Mark('.') || all[wind].capital && all[wind].low.chars().count() <= 3
        }),
        _ => false,
    };
    // "N 45° E" is a bearing, "E. Smith" a name.
    let is_name = all.get(next).is_some_and(|next| next.kind == TokenKind::Word && next.capital);
    (is_said && !is_name).then(|| (wind, 1 + usize::from(stop && next < all.len())))
}

/// A wind of one or two words, such as "північний схід" and "north west", or its abbreviation.
fn wind_at(lexicon: &Lexicon, all_tokens: &[Token], at: usize, text: &str) -> Option<(Wind, WindForm, usize)> {
    let tokens = &all_tokens[at..];
    let language = lexicon.language;
    if let Some(wind) = wind::abbreviated(language, &text[tokens.first()?.span.clone()]) {
        return Some((wind, WindForm::Noun, 1));
    }
    if let Some((wind, used)) = dotted(lexicon, all_tokens, at, text).or_else(|| single(lexicon, all_tokens, at, text))
    {
        return Some((wind, WindForm::Noun, used));
    }
    if let Some((wind, used)) = shortened(language, tokens) {
        return Some((wind, WindForm::Noun, used));
    }
    let before = at.checked_sub(1).map_or("", |before| all_tokens[before].low.as_str());
    let quarters = |token: &Token| {
        let low = token.low.strip_prefix("l'").filter(|_| language == "fr").unwrap_or(&token.low);
        // A lone French "est" is a verb; capitalised inside a sentence it is a name.
        let pronoun = language == "es" && low == "este" && !matches!(before, "al" | "el" | "hacia");
        let verb = pronoun || language == "fr" && low == "est" && !token.low.contains('\'');
        (token.kind == TokenKind::Word && !verb).then(|| wind::quarters(language, low)).flatten()
    };
    let first = tokens.first()?;
    let mut all = quarters(first)?;
    if let Some(second) = tokens.get(1)
        && let Some(more) = quarters(second)
        && (language == "uk" || language == "ru" || (language == "en" && all.len() == 1 && !first.low.contains('-')))
    {
        let both: Vec<usize> = all.iter().chain(&more).copied().collect();
        if let Some(wind) =
            wind::wind(&both).filter(|_| form(language, &first.low) != WindForm::Noun || language == "en")
        {
            return Some((wind, form(language, &second.low), 2));
        }
    }
    all.truncate(3);
    Some((wind::wind(&all)?, form(language, &first.low), 1))
}

/// The items of tokens.
pub(super) fn items(lexicon: &Lexicon, tokens: &[Token], text: &str) -> Vec<Item> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let rest = &tokens[at..];
        let first = &rest[0];
        let known = lexicon.meaning(rest);
        let words = known.as_ref().map_or(0, |(_, count)| *count);
        // A capital letter is a unit only after a number.
        let letter =
            first.capital && first.low.chars().count() == 1 && at > 0 && tokens[at - 1].kind != TokenKind::Number;
        let known = known.filter(|(tag, _)| !(letter && matches!(tag, Tag::Unit(_) | Tag::AreaUnit(_))));
        let named = first.capital && at > 0 && words == 1 && lexicon.language != "en" && lexicon.language != "de";
        let named = named && single(lexicon, tokens, at, text).is_none();
        let mut confidence = 0.95;
        let (meaning, used) = if let Some(got) = bearing(rest) {
            confidence = got.confidence;
            (Meaning::Bearing(got.value), got.used)
        } else if let Some(got) = may_be_position(first).then(|| position(rest, text)).flatten() {
            confidence = got.confidence;
            (Meaning::Position(got.value), got.used)
        } else if words > 1 {
            known.map_or((Meaning::Word, 1), |(tag, used)| (Meaning::Tag(tag), used))
        } else if let Some((wind, form, used)) =
            wind_at(lexicon, tokens, at, text).filter(|_| !named && !of_name(lexicon, tokens, at))
        {
            (Meaning::Wind(wind, form), used)
        } else {
            match (first.kind, known) {
                (TokenKind::Word, Some((tag, used))) if !(named && is_noun(&tag)) => (Meaning::Tag(tag), used),
                (TokenKind::Word, _) => (Meaning::Word, 1),
                (TokenKind::Number, _) => (Meaning::Number, 1),
                (TokenKind::Mark(c), _) => (Meaning::Mark(c), 1),
            }
        };
        // "столб № 12" is a mark, "столб" an object.
        let is_numbered = rest.get(used).is_some_and(|next| next.kind == TokenKind::Mark('№'));
        let meaning = match meaning {
            Meaning::Tag(Tag::Obj(LandmarkClass::Post)) if is_numbered => Meaning::Tag(Tag::Point(PointKind::Mark)),
            other => other,
        };
        let span = first.span.start..rest[used - 1].span.end;
        out.push(Item { meaning, span, low: first.low.clone(), capital: first.capital, confidence, token: at });
        at += used;
    }
    out
}

/// Whether a capitalised wind is a part of a name: "West Africa".
fn of_name(lexicon: &Lexicon, tokens: &[Token], at: usize) -> bool {
    let capital = |at: usize| tokens.get(at).is_some_and(|token| token.capital && token.kind == TokenKind::Word);
    let apart =
        |at: usize| tokens.get(at).is_some_and(|token| lexicon.meaning(&tokens[at..]).is_none() && token.low.len() > 1);
    lexicon.language == "en" && at > 0 && capital(at) && capital(at + 1) && apart(at + 1)
}

/// Whether a word may be a part of a name despite its meaning.
fn is_noun(tag: &Tag) -> bool {
    matches!(
        tag,
        Tag::Obj(_) | Tag::Line(_) | Tag::Skip | Tag::Unnamed | Tag::Ordinal(_) | Tag::Which(_) | Tag::At | Tag::This
    )
}

/// Whether coordinates may start here.
fn may_be_position(token: &Token) -> bool {
    match token.kind {
        TokenKind::Number => true,
        TokenKind::Mark(c) => c == '(',
        TokenKind::Word => {
            token.capital && token.low.bytes().any(|byte| byte.is_ascii_digit())
                || matches!(
                    token.low.as_str(),
                    "latitude"
                        | "lat"
                        | "parallel"
                        | "longitude"
                        | "long"
                        | "lon"
                        | "north"
                        | "south"
                        | "east"
                        | "west"
                        | "n"
                        | "s"
                        | "e"
                        | "w"
                        | "greenwich"
                        | "широта"
                        | "долгота"
                )
        }
    }
}

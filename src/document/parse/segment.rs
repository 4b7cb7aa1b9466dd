//! Paragraphs, their languages, and sentences.

use super::lexicon::{Lexicon, Tag, all};
use super::token::{Token, TokenKind, tokens};
use rayon::prelude::*;
use std::ops::Range;

/// A paragraph in one language.
pub(super) struct Paragraph {
    pub span: Range<usize>,
    pub lexicon: &'static Lexicon,
}

/// The paragraphs of a text, each in the language with most of its words.
///
/// A line ends a paragraph if the next starts with a capital letter, a number or a mark; other line breaks are inside a
/// sentence.
pub(super) fn paragraphs(text: &str, wanted: Option<&'static Lexicon>) -> Vec<Paragraph> {
    let mut out: Vec<Paragraph> = Vec::new();
    let mut last: Option<&'static Lexicon> = None;
    let spans = lines_joined(text);
    let scores: Vec<Scores> = match wanted {
        Some(_) => vec![Scores::new(); spans.len()],
        None => spans.par_iter().map(|span| scores(&text[span.clone()])).collect(),
    };
    for (span, scores) in spans.into_iter().zip(scores) {
        let lexicon = wanted.or_else(|| language(&scores, last));
        let Some(lexicon) = lexicon.or(last).or_else(|| all().iter().find(|lexicon| lexicon.language == "en")) else {
            continue;
        };
        last = Some(lexicon);
        out.push(Paragraph { span, lexicon });
    }
    out
}

fn lines_joined(text: &str) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    let mut open = false;
    for line in text.split_inclusive('\n') {
        let trimmed = line.trim();
        let start = at + (line.len() - line.trim_start().len());
        let end = start + trimmed.len();
        at += line.len();
        if trimmed.is_empty() {
            open = false;
            continue;
        }
        let continues = open
            && trimmed.starts_with(|c: char| c.is_lowercase())
            && out
                .last()
                .is_some_and(|last| !text[last.clone()].trim_end().ends_with(['.', ';', ':', '։', '!', '?', '…']));
        match out.last_mut().filter(|_| continues) {
            Some(last) => last.end = end,
            None => out.push(start..end),
        }
        open = true;
    }
    out
}

/// Greatest number of letters used to detect a language.
const SAMPLE: usize = 4000;

/// Languages of the script of a text, each with the number of its words in the lexicon.
type Scores = Vec<(&'static Lexicon, f64)>;

/// Detects the language of a paragraph; at about equal scores, that of the previous one.
fn language(scores: &Scores, last: Option<&'static Lexicon>) -> Option<&'static Lexicon> {
    let is_last = |lexicon: &Lexicon| last.is_some_and(|last| last.language == lexicon.language);
    let stay = |lexicon: &Lexicon| if is_last(lexicon) { STAY } else { 0.0 };
    let staying = scores.iter().map(|(lexicon, score)| (*lexicon, score + stay(lexicon)));
    staying.filter(|(_, score)| *score > 0.0).max_by(|a, b| a.1.total_cmp(&b.1)).map(|(lexicon, _)| lexicon)
}

/// Weight of the language of the previous paragraph, in words.
const STAY: f64 = 0.3;

/// Scores the languages of a text: by its script, then by the number of its words in each lexicon of that script.
fn scores(text: &str) -> Scores {
    let mut end = text.len().min(SAMPLE);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let sample = &text[..end];
    let (mut armenian, mut cyrillic, mut latin) = (0, 0, 0);
    for c in sample.chars() {
        match c {
            '\u{530}'..='\u{58f}' => armenian += 1,
            '\u{400}'..='\u{52f}' => cyrillic += 1,
            c if c.is_alphabetic() => latin += 1,
            _ => {}
        }
    }
    let most = armenian.max(cyrillic).max(latin);
    if most == 0 {
        return Vec::new();
    }
    if most == armenian {
        return super::lexicon::of("hy").map(|lexicon| (lexicon, 1.0)).into_iter().collect();
    }
    let script: &[&str] = if most == cyrillic { &["ru", "sr", "uk"] } else { &["az", "de", "en", "es", "fr", "it"] };
    let words = tokens(sample, 0..sample.len());
    let own = |lexicon: &Lexicon| own_letters(lexicon.language, sample);
    all()
        .iter()
        .filter(|lexicon| script.contains(&lexicon.language))
        .map(|lexicon| {
            let (mut known, mut at) = (0.0, 0);
            while at < words.len() {
                match lexicon.meaning(&words[at..]) {
                    Some((tag, used)) => {
                        known += if tag == Tag::Skip { 0.6 } else { 1.0 } * used as f64;
                        at += used;
                    }
                    None => at += 1,
                }
            }
            (lexicon, known + 1.5 * own(lexicon) as f64)
        })
        .collect()
}

/// Number of letters used by only one language of a script.
fn own_letters(language: &str, text: &str) -> usize {
    let letters: &[char] = match language {
        "uk" => &['і', 'ї', 'є', 'ґ', 'І', 'Ї', 'Є'],
        "ru" => &['ы', 'э', 'ъ', 'ё'],
        "sr" => &['ј', 'љ', 'њ', 'ћ', 'ђ', 'џ', 'Ј'],
        "de" => &['ß', 'ä'],
        "es" => &['ñ'],
        "az" => &['ə', 'ı', 'ğ', 'ş', 'Ə'],
        _ => &[],
    };
    text.chars().filter(|c| letters.contains(c)).take(20).count()
}

/// Whether a paragraph consists of numbers and signs: a cell or a row of a table.
pub(super) fn is_cell(text: &str) -> bool {
    !text.split(|c: char| !c.is_alphabetic()).any(|word| word.chars().count() > 2)
}

/// Whether a paragraph is a heading: one line without a final mark.
pub(super) fn is_heading(text: &str, whole: bool) -> bool {
    let trimmed = text.trim_end();
    whole
        && trimmed.split_whitespace().count() <= 30
        && !trimmed.ends_with(['.', ';', ',', ':', '։', '!', '?', '…', ')'])
}

/// Abbreviations: their full stop does not end a sentence.
const ABBREVIATIONS: [&str; 74] = [
    "р",
    "г",
    "с",
    "д",
    "оз",
    "пос",
    "ул",
    "ст",
    "им",
    "св",
    "т",
    "п",
    "бол",
    "мал",
    "верх",
    "ниж",
    "град",
    "ш",
    "в",
    "см",
    "км",
    "м",
    "обл",
    "no",
    "nos",
    "mt",
    "cla",
    "lat",
    "long",
    "n",
    "s",
    "e",
    "w",
    "st",
    "chs",
    "ft",
    "yds",
    "fig",
    "art",
    "approx",
    "ch",
    "par",
    "и",
    "др",
    "г.г",
    "гг",
    "м.б",
    "i.e",
    "e.g",
    "viz",
    "nr",
    "inst",
    "bp",
    "bm",
    "выс",
    "отм",
    "ур",
    "погр",
    "прикорд",
    "km",
    "хут",
    "сев",
    "вост",
    "южн",
    "юж",
    "зап",
    "півн",
    "півд",
    "пн",
    "пд",
    "сх",
    "зх",
    "зах",
    "абс",
];

/// The sentences of a paragraph.
pub(super) fn sentences(text: &str, paragraph: &Paragraph) -> Vec<Range<usize>> {
    let all = tokens(text, paragraph.span.clone());
    let mut out = Vec::new();
    let mut start = paragraph.span.start;
    for (i, token) in all.iter().enumerate() {
        if !ends_sentence(&all, i, token) {
            continue;
        }
        let end = token.span.end;
        out.push(start..end);
        start = all.get(i + 1).map_or(paragraph.span.end, |next| next.span.start);
    }
    if start < paragraph.span.end && !text[start..paragraph.span.end].trim().is_empty() {
        out.push(start..paragraph.span.end);
    }
    joined(text, out)
}

/// A sentence that starts with a number alone is joined to the previous one: columns of a schedule. The label of a list
/// is joined to the next one.
fn joined(text: &str, sentences: Vec<Range<usize>>) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    let (mut labels, mut open): (Option<u32>, Option<usize>) = (None, None);
    let count = sentences.len();
    for (nth, mut sentence) in sentences.into_iter().enumerate() {
        let words = text[sentence.clone()].trim();
        // A list goes on with the next number.
        let label = super::label::alone(words).filter(|label| match labels {
            Some(before) => *label == before + 1,
            None => nth == 0,
        });
        if label.is_some() && nth + 1 < count {
            (labels, open) = (label, Some(sentence.start));
            continue;
        }
        let numbers_only =
            words.chars().all(|c| c.is_ascii_digit() || c.is_whitespace() || c == '.') && words.len() <= 16;
        sentence.start = open.take().unwrap_or(sentence.start);
        match out.last_mut().filter(|_| numbers_only) {
            Some(last) => last.end = sentence.end,
            None => out.push(sentence),
        }
    }
    out
}

fn ends_sentence(all: &[Token], i: usize, token: &Token) -> bool {
    let TokenKind::Mark(mark) = token.kind else { return false };
    let next = all.get(i + 1);
    match mark {
        '։' => true,
        '.' | '!' | '?' | ':' => {
            let Some(next) = next else { return true };
            if next.span.start == token.span.end {
                return false;
            }
            let before = i.checked_sub(1).and_then(|before| all.get(before));
            let abbreviation = before.is_some_and(|before| {
                before.kind == TokenKind::Word
                    && before.span.end == token.span.start
                    && (ABBREVIATIONS.contains(&before.low.as_str())
                        || before.low.chars().count() == 1
                        || before.capital && is_vowelless(&before.low))
            });
            let opens = next.kind == TokenKind::Word && next.capital;
            // A number with a point starts a row of a list.
            let row = next.kind == TokenKind::Number
                && matches!(all.get(i + 2).map(|token| token.kind), Some(TokenKind::Mark('.')));
            let numbers = next.kind == TokenKind::Number && mark == '.';
            mark != ':' && ((begins(next) || !abbreviation) && opens || row || numbers && !abbreviation)
        }
        _ => false,
    }
}

/// Whether a short word has no vowel, as abbreviations before names: "Kr. Jahrndorf", "Mt. Sabotino".
fn is_vowelless(low: &str) -> bool {
    low.chars().count() <= 3 && low.chars().all(|c| c.is_ascii_alphabetic() && !"aeiouy".contains(c))
}

/// Whether a word starts a sentence even after an abbreviation: "546 m. The line …".
fn begins(token: &Token) -> bool {
    matches!(
        token.low.as_str(),
        "the" | "from" | "thence" | "then" | "от" | "далее" | "затем" | "від" | "далі" | "it" | "at"
    )
}

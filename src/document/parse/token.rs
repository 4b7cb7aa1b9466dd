//! Words, numbers and marks of a text, each with its position.

use std::ops::Range;

/// The kind of a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TokenKind {
    Word,
    Number,
    Mark(char),
}

/// A word, a number or a mark.
#[derive(Debug, Clone)]
pub(super) struct Token {
    pub span: Range<usize>,
    pub kind: TokenKind,
    /// The word in lower case, with unified spelling of letters with variants; the digits of a number.
    pub low: String,
    /// Whether a word begins with a capital letter.
    pub capital: bool,
}

/// Combining sequences become one letter, apostrophes become one mark, a dotted capital I loses its second dot, and ё,
/// which is printed as е too, becomes е.
pub(super) fn folded(word: &str) -> String {
    let lower = word.to_lowercase();
    if lower.bytes().all(|byte| byte.is_ascii()) {
        return lower;
    }
    lower
        .replace('ё', "е")
        .replace("i\u{307}", "i")
        .replace("եւ", "և")
        .replace(['’', 'ʼ'], "'")
        .replace(['\u{2010}', '\u{2011}'], "-")
}

/// Characters allowed inside a word between two letters.
fn joins(c: char) -> bool {
    matches!(c, '-' | '\'' | '’' | 'ʼ' | '\u{2010}' | '\u{2011}')
}

/// Characters allowed inside a number between two digits.
fn separates(c: char) -> bool {
    matches!(c, '.' | ',' | '·')
}

/// The decimals of a fraction in one character.
fn fraction(c: char) -> Option<&'static str> {
    Some(match c {
        '¼' => ".25",
        '½' => ".5",
        '¾' => ".75",
        _ => return None,
    })
}

/// A number with its fraction as decimals: "2½" is "2.5".
fn with_fraction(printed: &str) -> String {
    match printed.char_indices().next_back().and_then(|(at, c)| Some((&printed[..at], fraction(c)?))) {
        Some((whole, decimals)) => format!("{}{decimals}", if whole.is_empty() { "0" } else { whole }),
        None => printed.to_owned(),
    }
}

/// Splits a part of a text; spans count bytes of the whole.
pub(super) fn tokens(text: &str, part: Range<usize>) -> Vec<Token> {
    let mut out = Vec::new();
    let chars: Vec<(usize, char)> = text[part.clone()].char_indices().map(|(at, c)| (at + part.start, c)).collect();
    let end_of = |i: usize| chars.get(i).map_or(part.end, |(at, _)| *at);
    let is = |i: usize, test: fn(char) -> bool| chars.get(i).is_some_and(|(_, c)| test(*c));
    let digit = |c: char| c.is_ascii_digit();
    let mut i = 0;
    while let Some(&(start, c)) = chars.get(i) {
        if c.is_whitespace() || c == '\u{ad}' || c == '\u{feff}' {
            i += 1;
            continue;
        }
        let (kind, next) = if digit(c) || fraction(c).is_some() {
            let mut next = i + 1;
            while digit(c) && (is(next, digit) || (is(next, separates) && is(next + 1, digit))) {
                next += 1;
            }
            // "2½".
            next += usize::from(digit(c) && is(next, |c| fraction(c).is_some()));
            (TokenKind::Number, next)
        } else if c.is_alphabetic() && !matches!(c, 'º' | 'ª') {
            let mut next = i + 1;
            let inner = |c: char| c.is_alphanumeric() || matches!(c, '\u{301}' | '\u{55b}' | '\u{55e}');
            while is(next, inner) || (is(next, joins) && is(next + 1, char::is_alphabetic)) {
                next += 1;
            }
            (TokenKind::Word, next)
        } else {
            (TokenKind::Mark(c), i + 1)
        };
        let span = start..end_of(next);
        let low = match kind {
            TokenKind::Word => folded(&text[span.clone()]),
            TokenKind::Number => with_fraction(&text[span.clone()]),
            _ => text[span.clone()].to_owned(),
        };
        // "d'Arpon" is a name.
        let after = low.find('\'').filter(|at| *at <= 4 && kind == TokenKind::Word);
        let named = after.is_some_and(|_| {
            text[span.clone()].chars().skip_while(|c| c.is_alphabetic()).nth(1).is_some_and(char::is_uppercase)
        });
        out.push(Token { span, kind, low, capital: c.is_uppercase() || named });
        i = next;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_numbers_and_marks_have_their_places() {
        let text = "Від точки 1 — 0,32 км, 344մ";
        let all = tokens(text, 0..text.len());
        let shown: Vec<&str> = all.iter().map(|token| &text[token.span.clone()]).collect();
        assert_eq!(shown, ["Від", "точки", "1", "—", "0,32", "км", ",", "344", "մ"]);
        assert!(all[0].capital && all[0].low == "від");
        assert_eq!(
            tokens("İğdır արեւելք", 0.."İğdır արեւելք".len()).iter().map(|t| t.low.as_str()).collect::<Vec<_>>(),
            ["iğdır", "արևելք"]
        );
    }
}

//! The messages of written papers as patterns of words and slots.

use crate::document::parse::token::folded;
use crate::text::Tongue;
use rustc_hash::FxHashMap;
use std::ops::Range;

/// A word of a text or a pattern: the characters between spaces, without surrounding marks.
#[derive(Debug, Clone)]
pub(super) struct Chunk {
    pub span: Range<usize>,
    pub low: String,
    /// Whether a mark that separates list members follows.
    pub parts: bool,
}

/// One word or phrase of a pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum PatternWord {
    Word(String),
    Slot(&'static str),
}

pub(super) type Pattern = Vec<PatternWord>;

/// Marks around words without a meaning of their own.
fn is_mark(c: char) -> bool {
    matches!(c, ',' | ';' | '.' | ':' | '՝' | '։')
}

/// The words of a range of a text.
pub(super) fn chunks(text: &str, part: Range<usize>) -> Vec<Chunk> {
    let mut out = Vec::new();
    let own = &text[part.clone()];
    let mut at = 0;
    for piece in own.split(char::is_whitespace) {
        let start = part.start + at;
        at += piece.len();
        at += own[at..].chars().next().map_or(0, char::len_utf8);
        let mut word = piece.trim_end_matches(is_mark);
        let parts = piece[word.len()..].contains([',', '՝']);
        // Brackets around several words; those within one word belong to it.
        if word.ends_with(')') && !word.contains('(') {
            word = word[..word.len() - 1].trim_end_matches(is_mark);
        }
        let opens = usize::from(word.starts_with('(') && !word.contains(')'));
        let word = &word[opens..];
        if !word.is_empty() {
            let span = start + opens..start + opens + word.len();
            out.push(Chunk { span, low: folded(word), parts });
        }
    }
    out
}

/// The messages of one language as patterns, in all their forms and for all values of their selectors.
pub(super) struct Grammar {
    patterns: FxHashMap<(&'static str, usize), Vec<Pattern>>,
}

/// Delimits the name of a slot, in a message formatted with names as values.
const OPEN: char = '\u{E000}';
const CLOSE: char = '\u{E001}';

/// Selector values of messages.
const CHOICES: [(&str, &[&str]); 4] = [
    ("gender", &["f", "m", "n"]),
    ("case", &["nom", "gen", "acc", "abl"]),
    ("article", &["a", "an"]),
    ("n", &["1", "2"]),
];

/// A message, its slots, and its selectors as indices into [`CHOICES`].
type MessageSlots = (&'static str, &'static [&'static str], &'static [usize]);

/// The greatest number of forms of a message.
const FORMS: usize = 3;

const MESSAGES: [MessageSlots; 89] = [
    ("point", &["id"], &[]),
    ("point-turning", &["id"], &[]),
    ("point-node", &["id"], &[]),
    ("point-mark", &["id"], &[]),
    ("point-start", &["id"], &[]),
    ("point-end", &["id"], &[]),
    ("leg-straight", &["from", "direction", "extras", "length", "length-river", "to"], &[]),
    ("leg-river", &["from", "along", "direction", "extras", "length", "length-river", "to"], &[]),
    ("leg-ridge", &["from", "along", "direction", "extras", "length", "length-river", "to"], &[]),
    ("leg-way", &["from", "along", "direction", "extras", "length", "length-river", "to"], &[]),
    ("leg-compound", &["from", "along", "direction", "length", "length-river", "to"], &[]),
    ("then", &["a", "b"], &[]),
    ("situated", &["point", "place"], &[0, 1]),
    ("situated-on", &["point", "place"], &[0, 1]),
    ("length", &["n", "unit"], &[]),
    ("length-river", &["n", "unit"], &[]),
    ("sides", &["leg", "left", "right"], &[]),
    ("straight", &[], &[]),
    ("along-river", &["line", "what", "stream"], &[]),
    ("along-river-part", &["line", "what", "stream"], &[]),
    ("along-bank", &["bank", "what", "stream"], &[]),
    ("along-shore", &["what"], &[]),
    ("along-ridge", &["what"], &[]),
    ("along-watershed", &["what"], &[]),
    ("along-way", &["what"], &[]),
    ("along-edge", &["what"], &[]),
    ("along-offset", &["what", "n", "unit"], &[]),
    ("along-list", &[], &[]),
    ("stream-up", &[], &[]),
    ("stream-down", &[], &[]),
    ("via", &["what"], &[]),
    ("heights", &["list"], &[3]),
    ("crossing", &["what"], &[]),
    ("leaving", &["what"], &[]),
    ("left-in", &["what", "territory"], &[]),
    ("it", &[], &[0]),
    ("direction", &["wind"], &[2]),
    ("direction-general", &["wind"], &[2]),
    ("direction-azimuth", &["angle"], &[]),
    ("direction-azimuth-general", &["angle"], &[]),
    ("tie", &["n", "unit", "wind", "what"], &[]),
    ("tie-approx", &["n", "unit", "wind", "what"], &[]),
    ("tie-azimuth", &["n", "unit", "angle", "what"], &[]),
    ("tie-azimuth-approx", &["n", "unit", "angle", "what"], &[]),
    ("at", &["what"], &[]),
    ("near", &["what"], &[]),
    ("on-line", &["line", "what"], &[]),
    ("on-bank", &["bank", "what"], &[]),
    ("on-ridge", &["what"], &[]),
    ("on-way", &["what"], &[]),
    ("in-territory", &["what", "territory"], &[]),
    ("start", &["point"], &[]),
    ("tripoint", &["point", "states"], &[]),
    ("tripoint-treaty", &["point", "states"], &[]),
    ("lies", &["point", "place"], &[0]),
    ("and", &["a", "b"], &[]),
    ("object", &["word"], &[]),
    ("object-named", &["word", "name"], &[]),
    ("object-unnamed", &["word"], &[0, 1]),
    ("object-that", &["word"], &[0]),
    ("object-of", &["what", "of"], &[]),
    ("objects-named", &["word", "names"], &[]),
    ("height", &["height"], &[1]),
    ("with-height", &["what", "height"], &[]),
    ("title", &["a", "b"], &[]),
    ("title-ring", &["name"], &[]),
    ("surface", &[], &[]),
    ("accuracy", &["n", "unit"], &[]),
    ("winds-8", &[], &[]),
    ("winds-16", &[], &[]),
    ("winds-degrees", &[], &[]),
    ("lengths", &["unit"], &[]),
    ("datum", &["datum"], &[]),
    ("edge-lonlat", &[], &[]),
    ("edge-geodesic", &[], &[]),
    ("edge-rhumb", &[], &[]),
    ("banks", &[], &[]),
    ("precedence", &["list"], &[]),
    ("met-between", &["from", "to", "what", "n", "unit"], &[]),
    ("met-undetermined", &["what", "n", "unit"], &[]),
    ("sector", &["n", "heading"], &[]),
    ("sector-length", &["sector", "length", "unit"], &[]),
    ("total-length", &["n", "unit"], &[]),
    ("total-sum", &["n", "unit"], &[]),
    ("total-land", &["n", "unit"], &[]),
    ("total-rivers", &["n", "unit"], &[]),
    ("total-lakes", &["n", "unit"], &[]),
    ("total-ring", &["area", "n", "unit"], &[]),
    ("total-points", &["n"], &[]),
];

impl Grammar {
    pub fn of(tongue: Tongue) -> Self {
        let mut patterns: FxHashMap<(&'static str, usize), Vec<Pattern>> = FxHashMap::default();
        for (message, slots, choices) in MESSAGES {
            let marked: Vec<String> = slots.iter().map(|slot| format!("{OPEN}{slot}{CLOSE}")).collect();
            for chosen in combined(choices) {
                // Values are passed under the slot names of the files.
                let mut values: Vec<(&'static str, &str)> =
                    slots.iter().zip(&marked).map(|(slot, text)| (named(slot), text.as_str())).collect();
                values.extend(chosen);
                let said = tongue.say(message, &values);
                for form in 0..FORMS {
                    let Some(text) = said.split('|').nth(form) else { break };
                    let pattern = compiled(text, slots);
                    let known = patterns.entry((message, form)).or_default();
                    if !known.contains(&pattern) {
                        known.push(pattern);
                    }
                }
            }
        }
        Grammar { patterns }
    }

    /// All words of the patterns.
    pub fn literals(&self) -> impl Iterator<Item = &String> {
        self.patterns.values().flatten().flatten().filter_map(|piece| match piece {
            PatternWord::Word(word) => Some(word),
            PatternWord::Slot(_) => None,
        })
    }

    /// The patterns of a message; if it has one form, that form is used for all.
    pub fn of_message(&self, message: &'static str, form: usize) -> &[Pattern] {
        let found = self.patterns.get(&(message, form)).or_else(|| self.patterns.get(&(message, 0)));
        found.map_or(&[], Vec::as_slice)
    }
}

/// The name of a slot in the files: several names use the slot of one.
fn named(slot: &'static str) -> &'static str {
    if slot == "names" { "name" } else { slot }
}

/// All combinations of selector values.
fn combined(choices: &[usize]) -> Vec<Vec<(&'static str, &'static str)>> {
    let mut out = vec![Vec::new()];
    for &place in choices {
        let (name, words) = CHOICES[place];
        let longer = |before: &Vec<(&'static str, &'static str)>| {
            let before = before.clone();
            words.iter().map(move |word| [before.as_slice(), &[(name, *word)]].concat()).collect::<Vec<_>>()
        };
        out = out.iter().flat_map(longer).collect();
    }
    out
}

fn compiled(text: &str, slots: &[&'static str]) -> Pattern {
    let mut out = Vec::new();
    for part in text.split(OPEN) {
        let words = match part.split_once(CLOSE) {
            Some((slot, words)) => {
                out.extend(slots.iter().find(|known| **known == slot).map(|known| PatternWord::Slot(known)));
                words
            }
            None => part,
        };
        out.extend(chunks(words, 0..words.len()).into_iter().map(|chunk| PatternWord::Word(chunk.low)));
    }
    out
}

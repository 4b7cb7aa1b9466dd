//! Parses text written by this program, by inverting the messages of papers.
//!
//! Each message is a pattern of words and slots for phrases; each phrase is a choice of messages. The parse of a
//! matching sentence is verified: it is written again, and accepted only if that gives the same sentence. Other
//! sentences are left to the grammars of real documents.

mod edited;
mod engine;
mod leg;
mod loose;
mod object;
mod paper;
mod pattern;
mod place;

pub(super) use edited::edited;
pub(super) use paper::{HeadPart, Read};

use super::ParsedField;
use super::lexicon::Lexicon;
use crate::document::description::Statement;
use crate::document::write::written;
use crate::text::Tongue;
use engine::{Engine, Got, Mark, Value};

pub(super) use engine::Sentence;
use pattern::Grammar;
use rustc_hash::{FxHashMap, FxHashSet};
use std::ops::Range;
use std::sync::LazyLock;

/// The languages of papers, with their patterns and words.
static TONGUES: LazyLock<FxHashMap<&'static str, Language>> = LazyLock::new(|| {
    let all = crate::text::paper_languages();
    all.filter_map(|code| Some((code, Language::of(Tongue::of(code)?)))).collect()
});

/// The tables for parsing a language.
struct Language {
    tongue: Tongue,
    grammar: Grammar,
    words: object::ClassWords,
    small: place::SmallWords,
    /// All words of messages: one of them follows a name.
    literals: FxHashSet<String>,
    /// Messages that are whole paragraphs, with their text and words.
    wholes: Vec<(&'static str, String, Vec<String>)>,
}

impl Language {
    fn of(tongue: Tongue) -> Self {
        let (grammar, words) = (Grammar::of(tongue), object::ClassWords::of(tongue));
        let small = place::SmallWords::of(tongue);
        let literals = grammar.literals().chain(words.words()).chain(small.words()).cloned().collect();
        let whole = |message: &'static str| {
            let said = tongue.say(message, &[]);
            let words = pattern::chunks(&said, 0..said.len()).into_iter().map(|chunk| chunk.low).collect();
            (message, said, words)
        };
        let wholes = paper::WHOLES.into_iter().map(whole).collect();
        Language { tongue, grammar, words, small, literals, wholes }
    }
}

/// A sentence normalised for comparison: single spaces, plain hyphens.
fn plain(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").replace('\u{2011}', "-")
}

/// Parses a statement from a sentence or paragraph written by this program.
pub(super) fn statement(text: &str, span: Range<usize>, lexicon: &Lexicon) -> Option<(Statement, Vec<ParsedField>)> {
    let language = TONGUES.get(lexicon.language)?;
    let sentence = Sentence::new(text, span.clone());
    let printed = plain(&text[span]);
    let read = |long_names: bool| {
        let mut engine = Engine::new(&sentence, language);
        engine.long_names = long_names;
        let mut found = engine.statements();
        // Readings with shorter names are tried first.
        found.sort_by_key(|got| got.cost);
        let right = found.into_iter().take(MOST_TRIED).find(|got| {
            let Value::Statement(statement) = &got.value else { return false };
            written(statement, lexicon.language).is_some_and(|again| plain(&again) == printed)
        })?;
        Some((engine.fields(&right), right))
    };
    // Names that contain words of messages make many readings: most sentences have none.
    let (mut fields, right) = read(false).or_else(|| read(true))?;
    // "that river" is the one followed by the leg.
    if let Value::Statement(statement) = &right.value
        && let Statement::Leg(leg) = &**statement
    {
        for field in fields.iter_mut().filter(|field| field.field == "anaphora") {
            let mut all = leg.parts.iter().flat_map(|part| &part.along);
            let meant = all.find(|one| one.class.is_some_and(|class| super::word_of(&class) == field.value));
            if let Some(meant) = meant {
                field.value = format!("{} = {}", field.value, super::describe_landmark(meant));
            }
        }
    }
    match right.value {
        Value::Statement(statement) => Some((*statement, fields)),
        _ => None,
    }
}

/// Greatest number of readings of a sentence that are written again.
const MOST_TRIED: usize = 40;

/// Parses a paragraph from the head or the end of a paper.
pub(super) fn of_paper(sentence: &Sentence<'_>, lexicon: &Lexicon) -> Option<(Read, Vec<ParsedField>)> {
    let language = TONGUES.get(lexicon.language)?;
    let mut engine = Engine::new(sentence, language);
    let (read, marks) = engine.of_paper()?;
    let fields = engine.fields(&Got { value: Value::Nothing, end: 0, cost: 0, marks });
    Some((read, fields))
}

/// The name of a source and its date.
pub(super) fn source(text: &str, language: &str) -> (String, Option<String>) {
    let marked =
        TONGUES.get(language).map(|language| language.tongue.say("source-line", &[("name", OPEN), ("date", OPEN)]));
    // "NAME. Date: DATE."
    let parts: Vec<&str> = marked.iter().flat_map(|said| said.split(OPEN)).collect();
    if let [before, between, after] = parts.as_slice()
        && let Some((name, date)) = text.strip_prefix(before).and_then(|rest| rest.rsplit_once(between))
    {
        return (name.to_owned(), Some(date.strip_suffix(after).unwrap_or(date).to_owned()));
    }
    (text.trim_end_matches(['.', '։']).to_owned(), None)
}

/// Placeholder of a value in a message.
const OPEN: &str = "\u{E000}";

impl Engine<'_> {
    /// The parsed fields, in text order.
    fn fields(&self, got: &Got) -> Vec<ParsedField> {
        let of = |mark: &Mark| {
            let first = self.chunks.get(mark.from)?.span.start;
            let last = self.chunks.get(mark.to.checked_sub(1)?)?.span.end.max(first);
            Some(ParsedField {
                field: mark.field.to_owned(),
                value: mark.value.clone(),
                span: [first, last],
                text: self.text[first..last].to_owned(),
                confidence: CONFIDENCE,
            })
        };
        let mut out: Vec<ParsedField> = got.marks.iter().filter_map(of).collect();
        out.sort_by_key(|field| field.span);
        out
    }
}

/// Confidence of a verified reading.
const CONFIDENCE: f64 = 0.99;

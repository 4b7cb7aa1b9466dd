//! Matches patterns to the words of a sentence.

use super::Language;
use super::loose::Meanings;
use super::pattern::{Chunk, Pattern, PatternWord, chunks};
use crate::document::description::{
    BankSide, ClauseCrossing, ClausePart, Decimal, Direction, FeatureLine, Landmark, LandmarkClass, LeftOnSide,
    LengthUnit, PointLocation, PointRef, StatedAngle, StatedLength, Statement, Stream, Via, Wind, Words,
};
use crate::document::write::Case;
use rustc_hash::FxHashMap;
use std::ops::Range;
use std::rc::Rc;

/// A phrase in a slot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Phrase {
    PointName(Case),
    Situated(Case),
    Place,
    /// One statement of a place.
    PlaceItem,
    Object(Case),
    /// An object without its territory.
    Bare(Case),
    /// An object without its territory and height.
    Plain(Case),
    /// An object without its territory, height and the objects to which it belongs.
    Simple(Case),
    /// An object to which others belong.
    Owned(Case),
    /// An object that locates a point; without a name, the one named before.
    Upon,
    Objects(Case),
    Together,
    /// The word of a class, by the number of the form in the file.
    Class(usize),
    Name,
    /// Words up to the end of the text.
    Heading,
    Names,
    Territory,
    States,
    Line(usize),
    Bank(usize),
    Stream,
    Number,
    Numbers,
    Unit,
    Wind(usize),
    Angle,
    Id,
    Direction,
    Along(bool),
    Parts,
    /// One part of a leg with what it meets.
    WholePart,
    Extras,
    Via,
    Left,
    It,
    Length(&'static str),
    Leg,
}

/// The value of a phrase.
#[derive(Debug, Clone)]
pub(super) enum Value {
    Nothing,
    Text(String),
    Point(PointRef, PointLocation),
    Location(PointLocation),
    Object(Landmark),
    Objects(Vec<Landmark>),
    Class(LandmarkClass),
    Words(Words),
    ManyWords(Vec<Words>),
    Line(FeatureLine),
    Bank(BankSide),
    Stream(Stream),
    Number(Decimal),
    Numbers(Vec<Decimal>),
    Unit(LengthUnit),
    Wind(Wind),
    Angle(StatedAngle),
    Direction(Direction),
    Part(Box<ClausePart>),
    Parts(Vec<ClausePart>),
    Extras(Vec<Via>, Vec<ClauseCrossing>, Vec<LeftOnSide>),
    Length(StatedLength),
    Statement(Box<Statement>),
}

/// A field with the words from which it was read.
#[derive(Debug, Clone)]
pub(super) struct Mark {
    pub field: &'static str,
    pub value: String,
    pub from: usize,
    pub to: usize,
}

/// A parsed phrase: its value, the index of the next word, and the number of words in names.
#[derive(Debug, Clone)]
pub(super) struct Got {
    pub value: Value,
    pub end: usize,
    pub cost: usize,
    pub marks: Vec<Mark>,
}

impl Got {
    pub fn new(value: Value, end: usize) -> Self {
        Got { value, end, cost: 0, marks: Vec::new() }
    }

    pub fn marked(mut self, field: &'static str, value: impl Into<String>, from: usize) -> Self {
        let to = self.end;
        self.marks.push(Mark { field, value: value.into(), from, to });
        self
    }
}

/// A matched pattern: its slots with their values, and the index of the next word.
#[derive(Debug, Clone)]
pub(super) struct Match {
    pub slots: Vec<(&'static str, Rc<Got>)>,
    pub end: usize,
}

impl Match {
    pub fn get(&self, slot: &str) -> Option<&Value> {
        self.slots.iter().find(|(name, _)| *name == slot).map(|(_, got)| &got.value)
    }

    /// The phrase of this match, with the cost and the fields of its slots.
    pub fn into_got(self, value: Value) -> Got {
        let cost = self.slots.iter().map(|(_, got)| got.cost).sum();
        let marks = self.slots.iter().flat_map(|(_, got)| &got.marks).cloned().collect();
        Got { value, end: self.end, cost, marks }
    }

    pub fn object(&self, slot: &str) -> Option<Landmark> {
        match self.get(slot)? {
            Value::Object(object) => Some(object.clone()),
            _ => None,
        }
    }

    pub fn objects(&self, slot: &str) -> Option<Vec<Landmark>> {
        match self.get(slot)? {
            Value::Objects(objects) => Some(objects.clone()),
            _ => None,
        }
    }

    pub fn words(&self, slot: &str) -> Option<Words> {
        match self.get(slot)? {
            Value::Words(words) => Some(words.clone()),
            _ => None,
        }
    }

    pub fn number(&self, slot: &str) -> Option<Decimal> {
        match self.get(slot)? {
            Value::Number(number) => Some(number.clone()),
            _ => None,
        }
    }

    pub fn unit(&self) -> Option<LengthUnit> {
        match self.get("unit")? {
            Value::Unit(unit) => Some(*unit),
            _ => None,
        }
    }

    pub fn angle(&self) -> Option<StatedAngle> {
        match self.get("angle")? {
            Value::Angle(angle) => Some(angle.clone()),
            _ => None,
        }
    }

    pub fn stream(&self) -> Option<Stream> {
        match self.get("stream")? {
            Value::Stream(stream) => Some(*stream),
            _ => None,
        }
    }
}

/// Greatest number of readings of one phrase at one word.
const MOST: usize = 400;
/// Most readings of one phrase that end at one word: those with the shortest names.
const MOST_TO_END: usize = 8;
/// Most readings of one pattern at one word.
const MOST_MATCHES: usize = 1500;

/// All readings of a phrase at one word.
pub(super) type Readings = Rc<Vec<Rc<Got>>>;

/// Of readings that end at one word those that take the fewest words for names, in the order in which they were found.
fn shortest(found: Vec<Got>) -> Vec<Rc<Got>> {
    let mut order: Vec<usize> = (0..found.len()).collect();
    order.sort_by_key(|&at| (found[at].end, found[at].cost));
    let mut is_kept = vec![false; found.len()];
    for group in order.chunk_by(|&a, &b| found[a].end == found[b].end) {
        group.iter().take(MOST_TO_END).for_each(|&at| is_kept[at] = true);
    }
    let kept = found.into_iter().zip(is_kept).filter(|(_, kept)| *kept);
    kept.take(MOST).map(|(got, _)| Rc::new(got)).collect()
}

/// The words of a sentence, each with the last place where it occurs.
pub(in crate::document::parse) struct Sentence<'t> {
    pub(super) text: &'t str,
    pub(super) chunks: Vec<Chunk>,
    last: FxHashMap<String, usize>,
}

impl<'t> Sentence<'t> {
    pub fn new(text: &'t str, span: Range<usize>) -> Self {
        let chunks = chunks(text, span);
        let last = chunks.iter().enumerate().map(|(at, chunk)| (chunk.low.clone(), at)).collect();
        Sentence { text, chunks, last }
    }
}

/// The state of reading a sentence.
pub(super) struct Engine<'t> {
    pub text: &'t str,
    pub chunks: &'t [Chunk],
    pub language: &'t Language,
    /// Whether a name may contain words of messages, as "Bridge of the Kings" does.
    pub long_names: bool,
    /// What words mean that no message has; empty for sentences in the words of messages alone.
    pub meanings: Meanings,
    last: &'t FxHashMap<String, usize>,
    known: FxHashMap<(Phrase, usize), Readings>,
}

impl<'t> Engine<'t> {
    pub fn new(sentence: &'t Sentence<'_>, language: &'t Language) -> Self {
        let Sentence { text, chunks, last } = sentence;
        let meanings = Meanings::default();
        Engine { text, chunks, language, long_names: true, meanings, last, known: FxHashMap::default() }
    }

    /// Whether a word occurs from an index on.
    fn occurs(&self, word: &str, at: usize) -> bool {
        self.last.get(word).is_some_and(|last| *last >= at)
    }

    pub fn code(&self) -> &'static str {
        self.language.tongue.language()
    }

    pub fn len(&self) -> usize {
        self.chunks.len()
    }

    pub fn low(&self, at: usize) -> &str {
        self.chunks.get(at).map_or("", |chunk| chunk.low.as_str())
    }

    /// Whether a punctuation mark separates the previous word from this one.
    pub fn parted(&self, at: usize) -> bool {
        at.checked_sub(1).and_then(|before| self.chunks.get(before)).is_some_and(|chunk| chunk.parts)
    }

    /// Whether there is any mark between the previous word and this one.
    pub fn marked_off(&self, at: usize) -> bool {
        match (at.checked_sub(1).and_then(|before| self.chunks.get(before)), self.chunks.get(at)) {
            (Some(before), Some(this)) => !self.text[before.span.end..this.span.start].trim().is_empty(),
            _ => true,
        }
    }

    /// Whether there is a bracket or a mark other than a full stop between the previous word and this one.
    pub fn bracketed_off(&self, at: usize) -> bool {
        match (at.checked_sub(1).and_then(|before| self.chunks.get(before)), self.chunks.get(at)) {
            (Some(before), Some(this)) => self.text[before.span.end..this.span.start].contains(['(', ')', ';', ':']),
            _ => true,
        }
    }

    /// The words of a range as printed, with plain spaces and hyphens.
    pub fn printed(&self, from: usize, to: usize) -> String {
        match (self.chunks.get(from), to.checked_sub(1).and_then(|last| self.chunks.get(last))) {
            (Some(first), Some(last)) if to > from => super::plain(&self.text[first.span.start..last.span.end]),
            _ => String::new(),
        }
    }

    /// All readings of a phrase at a word.
    pub fn phrase(&mut self, phrase: Phrase, at: usize) -> Readings {
        if let Some(known) = self.known.get(&(phrase, at)) {
            return known.clone();
        }
        let found = Rc::new(shortest(self.read(phrase, at)));
        self.known.insert((phrase, at), found.clone());
        found
    }

    /// All matches of a message in one of its forms at a word.
    pub fn message(
        &mut self,
        message: &'static str,
        form: usize,
        at: usize,
        slot: &dyn Fn(&str) -> Phrase,
    ) -> Vec<Match> {
        let language = self.language;
        let mut out = Vec::new();
        for pattern in language.grammar.of_message(message, form) {
            self.pattern(pattern, at, slot, &mut out);
        }
        out
    }

    /// The first match of a pattern at a word.
    pub fn fits(&mut self, pattern: &Pattern, at: usize, slot: &dyn Fn(&str) -> Phrase) -> Option<Match> {
        let mut out = Vec::new();
        self.pattern(pattern, at, slot, &mut out);
        out.into_iter().next()
    }

    /// All matches of a pattern at a word.
    pub fn pattern(&mut self, pattern: &Pattern, at: usize, slot: &dyn Fn(&str) -> Phrase, out: &mut Vec<Match>) {
        // If a word of the pattern does not occur from here on, there is no match.
        let mut words =
            pattern.iter().filter_map(|piece| if let PatternWord::Word(word) = piece { Some(word) } else { None });
        if !words.all(|word| self.occurs(word, at)) {
            return;
        }
        let mut open = vec![Match { slots: Vec::new(), end: at }];
        for (place, piece) in pattern.iter().enumerate() {
            // What stands behind a slot is looked at before the slot is filled.
            let behind = match pattern.get(place + 1) {
                Some(PatternWord::Word(word)) => Some(word.as_str()),
                _ => None,
            };
            let mut next: Vec<Match> = Vec::new();
            for begun in open {
                match piece {
                    PatternWord::Word(word) if self.low(begun.end) == word => {
                        next.push(Match { end: begun.end + 1, ..begun });
                    }
                    PatternWord::Word(_) => {}
                    PatternWord::Slot(name) => {
                        for got in self.phrase(slot(name), begun.end).iter() {
                            if behind.is_some_and(|word| self.low(got.end) != word) {
                                continue;
                            }
                            let mut slots = Vec::with_capacity(begun.slots.len() + 1);
                            slots.extend_from_slice(&begun.slots);
                            slots.push((*name, got.clone()));
                            next.push(Match { slots, end: got.end });
                        }
                    }
                }
            }
            next.truncate(MOST_MATCHES);
            open = next;
            if open.is_empty() {
                return;
            }
        }
        out.append(&mut open);
    }

    /// Members of a list: "a, b and c".
    pub fn list(&mut self, member: Phrase, at: usize) -> Vec<(Vec<Rc<Got>>, usize)> {
        let and = self.joint();
        let mut out: Vec<(Vec<Rc<Got>>, usize)> = Vec::new();
        let mut open: Vec<(Vec<Rc<Got>>, usize)> =
            self.phrase(member, at).iter().map(|got| (vec![got.clone()], got.end)).collect();
        out.extend(open.iter().cloned());
        while !open.is_empty() {
            let mut longer = Vec::new();
            for (before, end) in open {
                let last = and.iter().enumerate().all(|(i, word)| self.low(end + i) == word);
                let next = if last { end + and.len() } else { end };
                if !last && !self.parted(end) || next >= self.len() {
                    continue;
                }
                for got in self.phrase(member, next).iter() {
                    let mut all = before.clone();
                    all.push(got.clone());
                    if last {
                        out.push((all, got.end));
                    } else {
                        longer.push((all, got.end));
                    }
                }
            }
            longer.truncate(MOST);
            open = longer;
        }
        out.truncate(MOST);
        out
    }

    /// The words between the last two members of a list.
    pub fn joint(&self) -> Vec<String> {
        words_between(self.language.grammar.of_message("and", 0))
    }

    /// The words that separate two parts of a leg.
    pub fn then(&self) -> Vec<String> {
        words_between(self.language.grammar.of_message("then", 0))
    }
}

/// The words between the two slots of patterns.
fn words_between(patterns: &[Pattern]) -> Vec<String> {
    let words = patterns.first().into_iter().flatten();
    words.filter_map(|piece| if let PatternWord::Word(word) = piece { Some(word.clone()) } else { None }).collect()
}

//! Words of a sentence that no message has, by their meanings in the lexicon of the language.

use super::pattern::Chunk;
use crate::document::description::{LandmarkClass, LengthUnit, PointKind, Wind};
use crate::document::parse::items::{Item, Meaning, items};
use crate::document::parse::lexicon::{Lexicon, Tag};
use crate::document::parse::token::tokens;
use std::ops::Range;

/// What a word says outside the phrases of a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Weight {
    /// A verb of running, the subject, an article.
    Nothing,
    /// "situated": the place of a point follows, or precedes it.
    Located,
    /// "then": nothing before the end of the leg.
    Then,
    /// A word without a known meaning.
    Unknown,
    /// Something that a phrase must state.
    Content,
}

/// The meaning of each word of a sentence that starts one, and the next word.
#[derive(Debug, Default)]
pub(super) struct Meanings {
    starts: Vec<Option<(Meaning, usize)>>,
    weights: Vec<Weight>,
    /// Whether a word starts with a small letter.
    small: Vec<bool>,
    /// Whether points precede their numbers.
    prepositions: bool,
}

fn weight(item: &Item, is_first: bool, prepositions: bool) -> Weight {
    match &item.meaning {
        Meaning::Mark('(' | ')' | '"' | '«' | '»' | '“' | '”' | '№' | '°') => Weight::Content,
        Meaning::Mark(_) => Weight::Nothing,
        Meaning::Word if item.capital && !is_first => Weight::Content,
        Meaning::Word if item.low.chars().any(|c| c.is_ascii_digit()) => Weight::Content,
        Meaning::Word => Weight::Unknown,
        Meaning::Tag(Tag::Run | Tag::Subject | Tag::Skip | Tag::FollowVerb | Tag::InAll | Tag::Turns | Tag::And) => {
            Weight::Nothing
        }
        // The verb of the last point, which its case tells.
        Meaning::Tag(Tag::Reach) if !prepositions => Weight::Nothing,
        Meaning::Tag(Tag::Located) => Weight::Located,
        Meaning::Tag(Tag::Then) => Weight::Then,
        _ => Weight::Content,
    }
}

impl Meanings {
    pub fn of(text: &str, span: Range<usize>, chunks: &[Chunk], lexicon: &Lexicon) -> Self {
        let tokens = tokens(text, span);
        let mut out = Meanings {
            starts: vec![None; chunks.len()],
            weights: vec![Weight::Nothing; chunks.len()],
            small: chunks.iter().map(|chunk| text[chunk.span.clone()].starts_with(char::is_lowercase)).collect(),
            prepositions: !lexicon.postposed,
        };
        let mut at = 0;
        for (nth, item) in items(lexicon, &tokens, text).into_iter().enumerate() {
            while chunks.get(at).is_some_and(|chunk| chunk.span.end <= item.span.start) {
                at += 1;
            }
            let inside = chunks[at..].iter().take_while(|chunk| chunk.span.start < item.span.end).count();
            let weight = weight(&item, nth == 0, out.prepositions);
            for known in &mut out.weights[at..at + inside] {
                *known = (*known).max(weight);
            }
            let is_whole = inside > 0
                && chunks[at].span.start == item.span.start
                && chunks[at + inside - 1].span.end == item.span.end;
            if is_whole && !matches!(item.meaning, Meaning::Word | Meaning::Mark(_)) {
                out.starts[at] = Some((item.meaning, at + inside));
            }
        }
        out
    }

    fn at(&self, at: usize) -> Option<&(Meaning, usize)> {
        self.starts.get(at)?.as_ref()
    }

    fn tag(&self, at: usize) -> Option<(&Tag, usize)> {
        match self.at(at)? {
            (Meaning::Tag(tag), end) => Some((tag, *end)),
            _ => None,
        }
    }

    pub fn weight(&self, at: usize) -> Weight {
        self.weights.get(at).copied().unwrap_or(Weight::Content)
    }

    pub fn class(&self, at: usize) -> Option<(LandmarkClass, usize)> {
        match self.tag(at)? {
            (Tag::Obj(class), end) => Some((*class, end)),
            _ => None,
        }
    }

    pub fn unit(&self, at: usize) -> Option<(LengthUnit, usize)> {
        match self.tag(at)? {
            (Tag::Unit(unit), end) => Some((*unit, end)),
            _ => None,
        }
    }

    pub fn wind(&self, at: usize) -> Option<(Wind, usize)> {
        match self.at(at)? {
            (Meaning::Wind(wind, _), end) => Some((*wind, *end)),
            _ => None,
        }
    }

    /// A noun of points before a number.
    pub fn point(&self, at: usize) -> Option<(PointKind, usize)> {
        match self.tag(at)? {
            (Tag::Point(kind), end) if self.prepositions => Some((*kind, end)),
            _ => None,
        }
    }

    /// A preposition before the first or the last point of a leg, and the next word.
    pub fn preposition(&self, at: usize, of_end: bool) -> Option<usize> {
        match self.tag(at)? {
            (Tag::From, end) if self.prepositions && !of_end => Some(end),
            (Tag::To, end) if self.prepositions && of_end => Some(end),
            _ => None,
        }
    }

    /// Whether a word starts with a small letter: names end before it.
    pub fn is_small(&self, at: usize) -> bool {
        self.small.get(at).copied().unwrap_or_default()
    }

    /// Whether the sentence is in a language with prepositions.
    pub fn has_prepositions(&self) -> bool {
        self.prepositions
    }
}

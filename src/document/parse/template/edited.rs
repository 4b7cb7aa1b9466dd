//! Legs of written papers in which words were changed by hand: the phrases of the messages, each once and in any order,
//! with other words between them that state nothing.
//!
//! A sentence is accepted only if every word with a meaning is in one of the phrases: nothing is lost or guessed. Of
//! several readings the one with the fewest words outside phrases, then with the shortest names, is taken.

use super::engine::{Engine, Got, Mark, Match, Phrase, Sentence, Value};
use super::leg::extended;
use super::loose::{Meanings, Weight};
use super::pattern::PatternWord;
use super::place::{joined, of_end};
use super::{CONFIDENCE, TONGUES};
use crate::document::description::{
    Clause, ClausePart, Direction, Hand, PointLocation, PointRef, SideStatement, StatedLength, Statement, Words,
};
use crate::document::parse::lexicon::Lexicon;
use crate::document::parse::{ParsedField, UnparsedText};
use crate::document::write::Case;
use std::ops::Range;
use std::rc::Rc;

/// Greatest number of words of a sentence.
const MOST_WORDS: usize = 400;
/// Readings kept at each word.
const MOST_OPEN: usize = 24;
/// Greatest number of words without a known meaning.
const MOST_UNKNOWN: usize = 6;
/// The cost of a word outside the phrases, in words of names.
const OUTSIDE: usize = 3;
/// Share of the confidence in a sentence of the messages alone.
const SHARE: f64 = 0.95;

/// An end of a leg.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    From,
    To,
}

/// A phrase of a leg.
#[derive(Debug, Clone)]
enum Step {
    Point(End, PointRef, PointLocation),
    Place(PointLocation),
    Direction(Direction),
    Part(Box<ClausePart>),
    Met(Rc<Got>),
    Length(StatedLength),
    Sides(Words, Words),
    Then,
    /// A word outside the phrases.
    Outside(Weight),
}

/// A step with the next word and its cost.
struct Taken {
    step: Step,
    end: usize,
    cost: usize,
    marks: Vec<Mark>,
}

/// A leg read up to a word.
#[derive(Debug, Clone, Default)]
struct Open {
    clause: Clause,
    marks: Vec<Mark>,
    cost: usize,
    /// The end of which the place may follow.
    of: Option<End>,
    /// The place of the next point, in postpositional languages.
    place: Option<PointLocation>,
    /// "Then": another part follows.
    parted: bool,
    /// Words without a known meaning.
    unknown: Vec<usize>,
}

/// A leg, its fields, and the words without a meaning.
pub(in crate::document::parse) type Edited = (Statement, Vec<ParsedField>, Vec<UnparsedText>);

/// Parses a leg in which words of the messages were changed.
pub(in crate::document::parse) fn edited(text: &str, span: Range<usize>, lexicon: &Lexicon) -> Option<Edited> {
    let language = TONGUES.get(lexicon.language)?;
    let sentence = Sentence::new(text, span.clone());
    if sentence.chunks.len() > MOST_WORDS {
        return None;
    }
    let mut engine = Engine::new(&sentence, language);
    engine.long_names = false;
    engine.meanings = Meanings::of(text, span, &sentence.chunks, lexicon);
    let leg = engine.edited_leg()?;
    let unparsed = leg.unknown.iter().map(|at| {
        let span = sentence.chunks[*at].span.clone();
        UnparsedText { span: [span.start, span.end], text: text[span].to_owned() }
    });
    let unparsed = unparsed.collect();
    let got = Got { value: Value::Nothing, end: 0, cost: 0, marks: leg.marks };
    let mut fields = engine.fields(&got);
    fields.iter_mut().for_each(|field| field.confidence = (CONFIDENCE * SHARE * 100.0).round() / 100.0);
    Some((Statement::Leg(leg.clause), fields, unparsed))
}

impl Engine<'_> {
    fn edited_leg(&mut self) -> Option<Open> {
        let count = self.len();
        // A leg between two points: other sentences are left without looking at every word.
        let ends: Vec<[Vec<Taken>; 2]> =
            (0..count).map(|at| [self.point_of(End::From, at), self.point_of(End::To, at)]).collect();
        if ends.iter().all(|[from, _]| from.is_empty()) || ends.iter().all(|[_, to]| to.is_empty()) {
            return None;
        }
        let mut steps: Vec<Vec<Taken>> = Vec::with_capacity(count);
        for (at, [from, to]) in ends.into_iter().enumerate() {
            let mut all = self.steps(at);
            all.extend(from);
            all.extend(to);
            steps.push(all);
        }
        let mut covered = vec![false; count];
        for (at, all) in steps.iter().enumerate() {
            let end = all.iter().map(|taken| taken.end).max().unwrap_or(at);
            covered[at..end.max(at)].iter_mut().for_each(|known| *known = true);
        }
        if (0..count).any(|at| !covered[at] && self.meanings.weight(at) == Weight::Content) {
            return None;
        }
        let mut open: Vec<Vec<Open>> = vec![Vec::new(); count + 1];
        open[0].push(Open::default());
        for at in 0..count {
            let mut here = std::mem::take(&mut open[at]);
            here.sort_by_key(|leg| leg.cost);
            here.truncate(MOST_OPEN);
            for leg in &here {
                for taken in &steps[at] {
                    if let Some(longer) = leg.with(taken, at, self.meanings.has_prepositions()) {
                        open[taken.end].push(longer);
                    }
                }
                let weight = self.meanings.weight(at);
                if weight != Weight::Content {
                    let taken = Taken { step: Step::Outside(weight), end: at + 1, cost: OUTSIDE, marks: Vec::new() };
                    open[at + 1].extend(leg.with(&taken, at, self.meanings.has_prepositions()));
                }
            }
        }
        let whole = open.pop()?.into_iter().filter(|leg| {
            leg.clause.from.is_some()
                && leg.clause.to.is_some()
                && leg.place.is_none()
                && (!leg.clause.parts.is_empty() || !leg.clause.directions.is_empty() || leg.clause.length.is_some())
        });
        whole.min_by_key(|leg| leg.cost)
    }

    /// The word of a frame directly before one of its slots.
    fn word_before(&self, slot: &str) -> Option<&str> {
        let language = self.language;
        let frame = language.grammar.of_message("leg-straight", 0).first()?;
        let at = frame.iter().position(|piece| matches!(piece, PatternWord::Slot(name) if *name == slot))?;
        match frame.get(at.checked_sub(1)?)? {
            PatternWord::Word(word) => Some(word.as_str()),
            PatternWord::Slot(_) => None,
        }
    }

    /// The first or last point of a leg, with its preposition.
    fn point_of(&mut self, end: End, at: usize) -> Vec<Taken> {
        let (slot, case) = match end {
            End::From => ("from", Case::Ablative),
            End::To => ("to", Case::Dative),
        };
        let start = match self.word_before(slot) {
            // In postpositional languages the case tells which end it is.
            _ if !self.meanings.has_prepositions() => Some(at),
            Some(word) if word == self.low(at) => Some(at + 1),
            Some(_) => self.meanings.preposition(at, end == End::To),
            None => Some(at),
        };
        let Some(start) = start else { return Vec::new() };
        let found = self.phrase(Phrase::Situated(case), start);
        let of = |got: &Rc<Got>| match &got.value {
            Value::Point(point, location) => Some(Taken {
                step: Step::Point(end, point.clone(), location.clone()),
                end: got.end,
                cost: got.cost,
                marks: got.marks.clone(),
            }),
            _ => None,
        };
        found.iter().filter_map(of).collect()
    }

    /// The other phrases of a leg at a word.
    fn steps(&mut self, at: usize) -> Vec<Taken> {
        let mut out: Vec<Taken> = Vec::new();
        let plain = [
            Phrase::Place,
            Phrase::Direction,
            Phrase::Along(false),
            Phrase::Along(true),
            Phrase::Length("length"),
            Phrase::Length("length-river"),
        ];
        for phrase in plain {
            for got in self.phrase(phrase, at).iter().filter(|got| got.end > at) {
                let step = match &got.value {
                    Value::Location(location) => Step::Place(location.clone()),
                    Value::Direction(direction) => Step::Direction(direction.clone()),
                    Value::Part(part) => Step::Part(part.clone()),
                    Value::Length(length) => Step::Length(length.clone()),
                    _ => continue,
                };
                let is_known = |taken: &Taken| match (&taken.step, &step) {
                    (Step::Part(a), Step::Part(b)) => a == b && taken.end == got.end,
                    (Step::Length(a), Step::Length(b)) => a == b && taken.end == got.end,
                    _ => false,
                };
                if !out.iter().any(is_known) {
                    out.push(Taken { step, end: got.end, cost: got.cost, marks: got.marks.clone() });
                }
            }
        }
        out.extend(self.met(at));
        out.extend(self.sides_after(at));
        let then = self.then();
        if !then.is_empty() && then.iter().enumerate().all(|(i, word)| self.low(at + i) == word) {
            out.push(Taken { step: Step::Then, end: at + then.len(), cost: 0, marks: Vec::new() });
        }
        out
    }

    /// What a leg runs through, crosses, and leaves on one side.
    fn met(&mut self, at: usize) -> Vec<Taken> {
        let mut out = Vec::new();
        let nothing = Got::new(Value::Extras(Vec::new(), Vec::new(), Vec::new()), at);
        for (message, phrase, field) in [
            ("via", Phrase::Via, "via"),
            ("crossing", Phrase::Objects(Case::Accusative), "crosses"),
            ("leaving", Phrase::Left, "leaves"),
        ] {
            // Without a word of its own, a mark tells that an object is one on the way.
            let patterns = self.language.grammar.of_message(message, 0);
            let is_worded =
                patterns.iter().any(|pattern| pattern.iter().any(|piece| matches!(piece, PatternWord::Word(_))));
            if !is_worded && field == "via" && !self.has_stress(at) {
                continue;
            }
            for found in self.message(message, 0, at, &|_| phrase) {
                let Some(got) = extended(&nothing, found, field, at).filter(|got| got.end > at) else { continue };
                let (end, cost, marks) = (got.end, got.cost, got.marks.clone());
                out.push(Taken { step: Step::Met(Rc::new(got)), end, cost, marks });
            }
        }
        out
    }

    /// Whether the mark that introduces a complement separates the previous word from this one.
    fn has_stress(&self, at: usize) -> bool {
        match (at.checked_sub(1).and_then(|before| self.chunks.get(before)), self.chunks.get(at)) {
            (Some(before), Some(this)) => self.text[before.span.end..this.span.start].contains('՝'),
            _ => false,
        }
    }

    /// The territories on both sides, after the leg.
    fn sides_after(&mut self, at: usize) -> Vec<Taken> {
        let language = self.language;
        let mut out = Vec::new();
        for pattern in language.grammar.of_message("sides", 0) {
            let tail: super::pattern::Pattern =
                pattern.iter().filter(|piece| **piece != PatternWord::Slot("leg")).cloned().collect();
            let mut all = Vec::new();
            self.pattern(&tail, at, &|_| Phrase::Territory, &mut all);
            for found in all {
                if let (Some(left), Some(right)) = (found.words("left"), found.words("right")) {
                    out.push(sides(&found, left, right, at));
                }
            }
        }
        out
    }
}

fn sides(found: &Match, left: Words, right: Words, at: usize) -> Taken {
    let cost = found.slots.iter().map(|(_, got)| got.cost).sum();
    let shown = |words: &Words| words.0.values().next().cloned().unwrap_or_default();
    let mark = |hand: &str, words: &Words| Mark {
        field: "side",
        value: format!("{hand}: {}", shown(words)),
        from: at,
        to: found.end,
    };
    let marks = vec![mark("left", &left), mark("right", &right)];
    Taken { step: Step::Sides(left, right), end: found.end, cost, marks }
}

impl Open {
    /// The leg with one more phrase; `None` if it has such a phrase already.
    fn with(&self, taken: &Taken, at: usize, prepositions: bool) -> Option<Open> {
        let mut next = self.clone();
        next.cost += taken.cost;
        let mut marks = taken.marks.clone();
        let clause = &mut next.clause;
        let before = next.of.take();
        match &taken.step {
            Step::Point(end, point, location) => {
                let (own, place) = match end {
                    End::From => (&mut clause.from, &mut clause.from_location),
                    End::To => (&mut clause.to, &mut clause.to_location),
                };
                if own.is_some() || *end == End::To && clause_is_empty(&self.clause) {
                    return None;
                }
                *own = Some(point.clone());
                *place = location.clone();
                if let Some(more) = next.place.take() {
                    *place = together(&more, place)?;
                }
                next.of = Some(*end).filter(|_| prepositions);
            }
            Step::Place(location) if prepositions => {
                let (end, name) = before.map(|end| (end, if end == End::From { "from-" } else { "to-" }))?;
                let place = if end == End::From { &mut clause.from_location } else { &mut clause.to_location };
                *place = together(place, location)?;
                marks.iter_mut().for_each(|mark| mark.field = of_end(mark.field, name));
                next.of = Some(end);
            }
            Step::Place(location) => {
                if next.place.is_some() {
                    return None;
                }
                let name = if clause.from.is_some() { "to-" } else { "from-" };
                marks.iter_mut().for_each(|mark| mark.field = of_end(mark.field, name));
                next.place = Some(location.clone());
            }
            Step::Direction(direction) => {
                if !clause.directions.is_empty() {
                    return None;
                }
                clause.directions.push(direction.clone());
            }
            Step::Part(part) => {
                if !clause.parts.is_empty() && !next.parted {
                    return None;
                }
                clause.parts.push((**part).clone());
                next.parted = false;
            }
            Step::Met(got) => {
                let Value::Extras(via, crosses, leaves) = &got.value else { return None };
                if clause.parts.is_empty() {
                    clause.parts.push(ClausePart::default());
                }
                let part = clause.parts.last_mut()?;
                part.via.extend(via.iter().cloned());
                part.crosses.extend(crosses.iter().cloned());
                part.leaves.extend(leaves.iter().cloned());
            }
            Step::Length(length) => {
                if clause.length.is_some() {
                    return None;
                }
                clause.length = Some(length.clone());
            }
            Step::Sides(left, right) => {
                if !clause.sides.is_empty() || clause.to.is_none() {
                    return None;
                }
                let of = |hand: Hand, territory: &Words| SideStatement {
                    hand: Some(hand),
                    territory: territory.clone(),
                    ..SideStatement::default()
                };
                clause.sides = vec![of(Hand::Left, left), of(Hand::Right, right)];
            }
            Step::Then => {
                if clause.parts.is_empty() || next.parted {
                    return None;
                }
                next.parted = true;
            }
            Step::Outside(weight) => match weight {
                Weight::Then if clause.to.is_some() => return None,
                Weight::Located => next.of = before,
                Weight::Unknown => {
                    next.unknown.push(at);
                    if next.unknown.len() > MOST_UNKNOWN {
                        return None;
                    }
                }
                _ => {}
            },
        }
        next.marks.append(&mut marks);
        Some(next)
    }
}

fn clause_is_empty(clause: &Clause) -> bool {
    clause.from.is_none() && clause.parts.is_empty() && clause.directions.is_empty() && clause.length.is_none()
}

/// Two statements on one place.
fn together(a: &PointLocation, b: &PointLocation) -> Option<PointLocation> {
    let of = |location: &PointLocation| Got::new(Value::Location(location.clone()), 0);
    match joined(&of(a), &of(b))?.value {
        Value::Location(location) => Some(location),
        _ => None,
    }
}

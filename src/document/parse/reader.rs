//! The parser state of a sentence, shared by both grammars: point ids, lengths, names, fields.

use super::items::{Item, Meaning, items};
use super::lexicon::{Lexicon, Tag};
use super::number::NumberStyle;
use super::token::{Token, tokens};
use super::{Made, ParsedField, UnparsedText, rule};
use crate::document::description::{
    Clause, Landmark, PointClause, PointKind, PointLocation, PointRef, Statement, Words,
};
use std::ops::Range;

/// A clause under construction.
#[derive(Debug, Default)]
pub(super) struct Draft {
    pub clause: Clause,
    /// A point stated by itself.
    pub point: Option<PointClause>,
    pub fields: Vec<ParsedField>,
    /// Index of its first item.
    pub first: usize,
    /// Whether it starts at the end of the previous clause.
    pub here: bool,
    /// Whether both ends are named before the way.
    pub ends_first: bool,
    /// Whether its length is the distance between its ends.
    pub is_chord: bool,
}

/// The subject of the current words on a location.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Of {
    /// The leg itself.
    #[default]
    Leg,
    /// Its first point.
    From,
    /// Its last point.
    To,
    /// A point stated by itself.
    Point,
}

/// A sentence being parsed.
pub(super) struct Reader<'t> {
    pub text: &'t str,
    pub tokens: Vec<Token>,
    pub items: Vec<Item>,
    pub lexicon: &'static Lexicon,
    pub style: NumberStyle,
    pub draft: Draft,
    pub done: Vec<(Draft, usize)>,
    pub known: Vec<bool>,
    pub of: Of,
    /// Named objects, the latest last: candidates for "this river".
    pub recent: Vec<Landmark>,
    /// The point at which the previous sentence ended.
    pub before: Option<String>,
    /// The item after the last tie.
    pub tied: Option<usize>,
    /// Whether a verb says to whom something belongs.
    pub allots: bool,
}

impl<'t> Reader<'t> {
    fn new(text: &'t str, span: Range<usize>, lexicon: &'static Lexicon, style: NumberStyle) -> Self {
        let tokens = tokens(text, span);
        let items = items(lexicon, &tokens, text);
        let known = vec![false; items.len()];
        let allots = items.iter().any(|item| matches!(item.tag(), Some(Tag::Belongs | Tag::Remains)));
        Reader {
            text,
            tokens,
            items,
            lexicon,
            style,
            draft: Draft::default(),
            done: Vec::new(),
            known,
            of: Of::Leg,
            recent: Vec::new(),
            before: None,
            tied: None,
            allots,
        }
    }

    pub fn meaning(&self, i: usize) -> Option<&Meaning> {
        self.items.get(i).map(|item| &item.meaning)
    }

    pub fn tag(&self, i: usize) -> Option<&Tag> {
        self.items.get(i).and_then(Item::tag)
    }

    pub fn is(&self, i: usize, tag: &Tag) -> bool {
        self.items.get(i).is_some_and(|item| item.is(tag))
    }

    pub fn mark(&self, i: usize, marks: &[char]) -> bool {
        matches!(self.meaning(i), Some(Meaning::Mark(c)) if marks.contains(c))
    }

    pub fn low(&self, i: usize) -> &str {
        self.items.get(i).map_or("", |item| item.low.as_str())
    }

    /// Whether the language has articles between a preposition and its noun.
    pub fn has_articles(&self) -> bool {
        matches!(self.lexicon.language, "de" | "en" | "es" | "fr" | "it")
    }

    pub fn is_skip(&self, i: usize) -> bool {
        self.is(i, &Tag::Skip)
    }

    /// The words of items, as printed.
    pub fn printed(&self, from: usize, to: usize) -> &'t str {
        match (self.items.get(from), to.checked_sub(1).and_then(|last| self.items.get(last))) {
            (Some(first), Some(last)) if last.span.end >= first.span.start => {
                &self.text[first.span.start..last.span.end]
            }
            _ => "",
        }
    }

    pub fn words(&self, text: &str) -> Words {
        Words::of(self.lexicon.language, text.split_whitespace().collect::<Vec<_>>().join(" "))
    }

    /// Records a field stated by items `from..to`.
    pub fn note(&mut self, field: &str, value: impl Into<String>, from: usize, to: usize, confidence: f64) {
        let last = to.max(from + 1).min(self.items.len());
        let (Some(first), Some(end)) =
            (self.items.get(from), last.checked_sub(1).and_then(|last| self.items.get(last)))
        else {
            return;
        };
        let span = first.span.start..end.span.end.max(first.span.end);
        let least = self.items[from..last].iter().map(|item| item.confidence).fold(confidence, f64::min);
        self.draft.fields.push(ParsedField {
            field: field.to_owned(),
            value: value.into(),
            span: [span.start, span.end],
            text: self.text[span].to_owned(),
            confidence: (least * 100.0).round() / 100.0,
        });
        self.known[from..last].iter_mut().for_each(|known| *known = true);
    }

    /// Marks items as parsed.
    pub fn knows(&mut self, from: usize, to: usize) {
        let to = to.min(self.known.len());
        if from < to {
            self.known[from..to].iter_mut().for_each(|known| *known = true);
        }
    }

    /// An object in one line; a reference is resolved.
    pub fn described(&mut self, landmark: &Landmark) -> String {
        let said = super::place::describe(landmark);
        if !landmark.name.is_empty() || landmark.of.iter().any(|of| !of.name.is_empty()) {
            let named = landmark.of.iter().filter(|of| !of.name.is_empty()).cloned();
            self.recent.extend(named.chain([landmark.clone()]));
            let more = self.recent.len().saturating_sub(12);
            self.recent.drain(..more);
            return said;
        }
        if !landmark.anaphora {
            return said;
        }
        let meant = self.recent.iter().rev().find(|known| landmark.class.is_none() || known.class == landmark.class);
        meant.map_or(said.clone(), |known| format!("{said} = {}", super::place::describe(known)))
    }

    /// Ends the current clause and starts another at an item.
    pub fn flush(&mut self, next: usize) {
        let draft = std::mem::take(&mut self.draft);
        let something = !draft.fields.is_empty();
        if something {
            self.done.push((draft, next));
            self.draft.first = next;
        } else {
            self.draft = draft;
        }
        self.of = Of::Leg;
    }
}

/// The ordinal of a point in words, in languages that number points in that way.
pub(super) fn ordinal(language: &str, low: &str) -> Option<u32> {
    const RU: [&str; 20] = [
        "перв",
        "втор",
        "треть",
        "четверт",
        "пят",
        "шест",
        "седьм",
        "восьм",
        "девят",
        "десят",
        "одиннадцат",
        "двенадцат",
        "тринадцат",
        "четырнадцат",
        "пятнадцат",
        "шестнадцат",
        "семнадцат",
        "восемнадцат",
        "девятнадцат",
        "двадцат",
    ];
    if language != "ru" {
        return None;
    }
    let ends = ["ой", "ая", "ую", "ый", "ого", "ому", "ей", "ья"];
    RU.iter()
        .enumerate()
        .filter(|(_, root)| ends.iter().any(|end| low.strip_prefix(*root) == Some(end)))
        .map(|(at, _)| at as u32 + 1)
        .next_back()
}

/// The context from previous sentences.
#[derive(Default)]
pub(super) struct Before {
    /// The point at which the last leg ended.
    pub end: Option<String>,
    /// Named objects.
    pub recent: Vec<Landmark>,
}

/// Whether a clause describes a line or locates a point.
fn says_something(draft: &Draft) -> bool {
    let clause = &draft.clause;
    let named =
        |point: &Option<PointRef>| point.as_ref().is_some_and(|to| to.id.is_some() || to.kind != PointKind::Point);
    let way =
        !clause.parts.is_empty() || !clause.directions.is_empty() || clause.length.is_some() || clause.chord.is_some();
    let tied = !clause.to_location.ties.is_empty() || !clause.to_location.positions.is_empty();
    draft.point.is_some() || way || draft.here || named(&clause.from) || named(&clause.to) || tied
}

/// Turns a location without a leg from or to it into an independent statement on the point.
fn stands_alone(draft: &mut Draft) {
    let clause = &mut draft.clause;
    let has_way =
        !clause.parts.is_empty() || !clause.directions.is_empty() || clause.length.is_some() || clause.chord.is_some();
    let lies = |location: &PointLocation| !location.ties.is_empty() || !location.positions.is_empty();
    if draft.point.is_some() || draft.here || has_way || clause.to.is_some() {
        return;
    }
    let alone = |point: PointRef, start: bool, location: PointLocation| {
        Some(PointClause { point, start, meeting: Vec::new(), by_separate_treaty: false, location })
    };
    match clause.from.take() {
        Some(from) if from.id.is_none() && clause.to_location.is_empty() && lies(&clause.from_location) => {
            draft.point = alone(from, true, std::mem::take(&mut clause.from_location));
        }
        None if clause.from_location.is_empty() && lies(&clause.to_location) => {
            let point = PointRef { kind: PointKind::Point, id: None };
            draft.point = alone(point, false, std::mem::take(&mut clause.to_location));
        }
        from => clause.from = from,
    }
}

/// Parses a sentence into statements.
pub(super) fn read(
    text: &str,
    span: Range<usize>,
    lexicon: &'static Lexicon,
    style: NumberStyle,
    before: &mut Before,
) -> Vec<Made> {
    let mut reader = Reader::new(text, span.clone(), lexicon, style);
    reader.recent = std::mem::take(&mut before.recent);
    reader.before = before.end.clone();
    if let Some(made) = rule::read(&reader, span.clone()) {
        before.recent = std::mem::take(&mut reader.recent);
        return made;
    }
    if lexicon.postposed {
        reader.postposed();
    } else {
        reader.legs();
    }
    let end = reader.items.len();
    reader.flush(end);
    before.recent = std::mem::take(&mut reader.recent);
    reader.statements(span, &mut before.end)
}

impl Reader<'_> {
    fn statements(mut self, span: Range<usize>, before: &mut Option<String>) -> Vec<Made> {
        let mut done = std::mem::take(&mut self.done);
        done.iter_mut().for_each(|(draft, _)| stands_alone(draft));
        done.retain(|(draft, _)| says_something(draft));
        if done.is_empty() {
            return vec![self.as_text(span)];
        }
        let count = done.len();
        let mut out = Vec::new();
        for (i, (draft, next)) in done.into_iter().enumerate() {
            let from = if i == 0 { 0 } else { draft.first };
            let to = if i + 1 == count { self.items.len() } else { next };
            let start = self.items.get(from).map_or(span.start, |item| item.span.start);
            let end = to.checked_sub(1).and_then(|last| self.items.get(last)).map_or(span.end, |item| item.span.end);
            let unparsed = self.unparsed(from, to);
            // A leg that says only where it ends goes on from the end of the leg before.
            let ends_at = draft.clause.to.as_ref().and_then(|to| to.id.as_ref());
            let goes_on = draft.here || ends_at.is_some() && draft.clause.from_location.is_empty();
            let starts_at = before.clone().filter(|before| {
                goes_on && draft.clause.from.is_none() && draft.point.is_none() && ends_at != Some(before)
            });
            let to_id = draft.clause.to.as_ref().or(draft.point.as_ref().map(|point| &point.point));
            // A point without a number has no name for the start of the next leg.
            let of_kind = |to: &PointRef| (to.kind != PointKind::Point).then(|| super::place::word(&to.kind));
            if let Some(id) = to_id.and_then(|to| to.id.clone().or_else(|| of_kind(to))) {
                *before = Some(id);
            } else {
                *before = None;
            }
            let statement = match draft.point {
                Some(point) => Statement::Point(point),
                None => Statement::Leg(draft.clause),
            };
            out.push(Made {
                statement,
                span: start..end.max(start),
                fields: draft.fields,
                unparsed,
                starts_at,
                heading: false,
            });
        }
        out
    }

    fn as_text(&self, span: Range<usize>) -> Made {
        let printed = self.text[span.clone()].trim();
        let unparsed = vec![UnparsedText { span: [span.start, span.end], text: printed.to_owned() }];
        Made {
            statement: Statement::Text(self.words(printed)),
            span,
            fields: Vec::new(),
            unparsed,
            starts_at: None,
            heading: false,
        }
    }

    /// Runs of words that matched no rule.
    fn unparsed(&self, from: usize, to: usize) -> Vec<UnparsedText> {
        let mut out: Vec<UnparsedText> = Vec::new();
        let mut run: Option<(usize, usize)> = None;
        for i in from..=to {
            let open = i < to
                && !self.known[i]
                && matches!(
                    self.meaning(i),
                    Some(
                        Meaning::Word
                            | Meaning::Number
                            | Meaning::Position(_)
                            | Meaning::Bearing(_)
                            | Meaning::Wind(..)
                    ) | Some(Meaning::Tag(Tag::Obj(_)))
                );
            match (open, run) {
                (true, None) => run = Some((i, i + 1)),
                (true, Some((start, _))) => run = Some((start, i + 1)),
                (false, Some((start, end))) => {
                    let span = [self.items[start].span.start, self.items[end - 1].span.end];
                    out.push(UnparsedText { span, text: self.text[span[0]..span[1]].to_owned() });
                    run = None;
                }
                (false, None) => {}
            }
        }
        out
    }
}

//! The grammar of postpositional languages: "from the bridge 0.3 km north lying point 3".

use super::items::Meaning;
use super::lexicon::Tag;
use super::place::{describe, metric, word};
use super::reader::{Of, Reader};
use crate::document::description::{
    ClausePart, Direction, Follow, Heading, Landmark, LandmarkClass, LeftOnSide, LengthKind, LengthUnit, PointKind,
    PointRef, StatedLength, Tie, Via,
};

/// Grammatical role of a noun, from its ending.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Case {
    From,
    To,
    By,
    At,
    Of,
    Plain,
}

/// Noun endings, the longest first.
const ENDS: [(&str, Case); 29] = [
    ("երով", Case::By),
    ("ներով", Case::By),
    ("ից", Case::From),
    ("ուց", Case::From),
    ("ով", Case::By),
    ("ին", Case::To),
    ("ում", Case::At),
    ("ի", Case::Of),
    ("ու", Case::Of),
    ("sindən", Case::From),
    ("sından", Case::From),
    ("ndən", Case::From),
    ("ndan", Case::From),
    ("dən", Case::From),
    ("dan", Case::From),
    ("sinə", Case::To),
    ("sına", Case::To),
    ("nə", Case::To),
    ("na", Case::To),
    ("yə", Case::To),
    ("ya", Case::To),
    ("ndə", Case::At),
    ("nda", Case::At),
    ("də", Case::At),
    ("nin", Case::Of),
    ("nın", Case::Of),
    ("ın", Case::Of),
    ("ə", Case::To),
    ("a", Case::To),
];

pub(super) fn case(low: &str) -> Case {
    ENDS.iter()
        .filter(|(end, _)| low.ends_with(end))
        .max_by_key(|(end, _)| end.len())
        .map_or(Case::Plain, |(_, case)| *case)
}

/// The context set by the preceding words.
#[derive(Default)]
pub(super) struct State {
    /// The object from which the following distance is measured.
    pub reference: Option<(Landmark, usize)>,
    pub general: bool,
    /// The words describe the end of the leg.
    pub to: bool,
    /// Named objects without a role so far.
    pub named: Vec<(Landmark, Case, usize, usize)>,
    pub line: Option<(crate::document::description::FeatureLine, usize)>,
    pub located: bool,
    pub heights: Vec<(StatedLength, usize)>,
    /// The object that is left to the territory named next.
    pub left: Option<Landmark>,
    /// The leg has ended where the line leaves a feature: the next words begin another.
    pub quit: bool,
}

impl Reader<'_> {
    /// Parses the legs of a sentence.
    pub(super) fn postposed(&mut self) {
        let mut state = State::default();
        let mut i = self.after_label();
        self.knows(0, i);
        while i < self.items.len() {
            let next = self.post_step(i, &mut state);
            i = next.max(i + 1);
        }
        self.post_located();
    }

    /// The last word of an item, which is inflected.
    pub(super) fn inflected(&self, i: usize) -> String {
        let printed = self.printed(i, i + 1);
        super::token::folded(printed.split_whitespace().last().unwrap_or_default())
    }

    pub(super) fn post_step(&mut self, i: usize, state: &mut State) -> usize {
        match self.meaning(i).cloned() {
            Some(Meaning::Position(position)) => self.positioned(i, position),
            Some(Meaning::Wind(wind, _)) => {
                if state.to && state.reference.is_none() || self.is(i + 1, &Tag::Obj(LandmarkClass::Boundary)) {
                    return i + 1;
                }
                let next = i + 1 + usize::from(self.is(i + 1, &Tag::Direction));
                self.note("wind", format!("{wind:?}"), i, next, 0.95);
                if state.general {
                    self.note("direction-kind", "general", i, next, 0.95);
                }
                let direction = Direction {
                    heading: Heading::Wind(wind),
                    general: std::mem::take(&mut state.general),
                    approx: false,
                };
                if self.draft.clause.directions.is_empty() {
                    self.draft.clause.directions.push(direction);
                } else {
                    self.draft
                        .fields
                        .retain(|field| field.span[0] != self.items[i].span.start || field.field != "wind");
                }
                next
            }
            Some(Meaning::Number) => self.post_number(i, state),
            Some(Meaning::Tag(tag)) => self.post_tag(i, &tag, state),
            Some(Meaning::Word) => self.post_word(i, state),
            Some(Meaning::Mark('«')) => match self.id(i) {
                Some((id, next)) if matches!(self.tag(next), Some(Tag::Point(_))) => {
                    self.post_point(i, next, Some(id), state)
                }
                _ => i + 1,
            },
            _ => i + 1,
        }
    }

    pub(super) fn post_word(&mut self, i: usize, state: &mut State) -> usize {
        let Some((name, next)) = self.name(i) else { return i + 1 };
        match self.tag(next).cloned() {
            Some(Tag::Obj(_) | Tag::Line(_)) => i + 1,
            // "Kür boyunca": a name that the line follows.
            Some(Tag::Along) if !state.to => {
                let landmark = Landmark { name: self.words(&name), ..Landmark::default() };
                self.post_follow(landmark, None, i, next + 1);
                next + 1
            }
            _ if self.mark(next, &['(']) || self.mark(next, &[',']) => {
                // A name in a list before its noun: "Kino (8522 fut), Taşnaur … zirvələrinə".
                let mut landmark = Landmark { name: self.words(&name), ..Landmark::default() };
                let mut after = next;
                if self.mark(next, &['(']) {
                    if let Some(measure) = self.measure(next + 1) {
                        landmark.height = Some(measure.length);
                        after = (measure.next..self.items.len())
                            .find(|at| self.mark(*at, &[')']))
                            .map_or(measure.next, |at| at + 1);
                    } else {
                        return next;
                    }
                }
                state.named.push((landmark, Case::To, i, after));
                after
            }
            _ => next,
        }
    }

    pub(super) fn has_content(&self) -> bool {
        let clause = &self.draft.clause;
        !clause.parts.is_empty() || !clause.directions.is_empty() || clause.length.is_some() || self.draft.here
    }

    pub(super) fn post_number(&mut self, i: usize, state: &mut State) -> usize {
        // "3 nömrəli nöqtədən".
        if let Some((id, next)) = self.id(i)
            && self.is(next, &Tag::NumberPrefix)
            && matches!(self.tag(next + 1), Some(Tag::Point(_)))
        {
            return self.post_point(i, next + 1, Some(id), state);
        }
        // "12 nöqtəsindən": without a word for "number".
        if let Some((id, next)) = self.id(i)
            && matches!(self.tag(next), Some(Tag::Point(_)))
        {
            return self.post_point(i, next, Some(id), state);
        }
        if let Some(measure) = self.measure(i) {
            let approx = self.approx_around(i, measure.next);
            if let Some((landmark, start)) = state.reference.take() {
                let mut at = measure.next;
                while self.is(at, &Tag::Toward) || self.is_skip(at) {
                    at += 1;
                }
                let mut direction = None;
                if let Some(Meaning::Wind(wind, _)) = self.meaning(at) {
                    direction = Some(Direction { heading: Heading::Wind(*wind), general: false, approx: false });
                    at += 1;
                } else {
                    at = measure.next;
                }
                let wind = direction
                    .as_ref()
                    .and_then(super::place::wind_of)
                    .map_or("-".to_owned(), |wind| format!("{wind:?}"));
                let of = if self.draft.clause.from.is_some() || self.has_content() { Of::To } else { Of::From };
                self.of = of;
                let name = if of == Of::To { "to-tie" } else { "from-tie" };
                self.note(
                    name,
                    format!("{} m {wind} {}", metric(measure.length.metres()), describe(&landmark)),
                    start,
                    at,
                    0.9,
                );
                let distance = StatedLength { kind: Some(LengthKind::Straight), approx, ..measure.length };
                self.location().ties.push(Tie { distance: Some(distance), direction, from: landmark });
                self.of = Of::Leg;
                return at;
            }
            // "գագաթին (4090 մ)": a height.
            let in_brackets = self.mark(i.wrapping_sub(1), &['(']) && self.mark(measure.next, &[')']);
            if in_brackets && self.follows_name(i - 1) {
                return measure.next + 1;
            }
            if let Some(next) = self.of_unknown(i, measure.next) {
                return next;
            }
            if matches!(self.tag(measure.next), Some(Tag::Height)) || state.to {
                return measure.next;
            }
            if self.draft.clause.length.is_none() && self.has_part_lengths() {
                let along = StatedLength { kind: Some(LengthKind::Along), approx, ..measure.length };
                self.note("part-length", metric(along.metres()), i, measure.next, measure.confidence);
                self.part().length = Some(along);
            } else if self.draft.clause.length.is_none() {
                let along = StatedLength { kind: Some(LengthKind::Along), approx, ..measure.length };
                self.note("length", metric(along.metres()), i, measure.next, measure.confidence);
                self.draft.clause.length = Some(along);
            }
            return measure.next;
        }
        // Heights of summits: numbers before their word.
        let next = i + 1;
        let list = self.is(next, &Tag::And) && matches!(self.meaning(next + 1), Some(Meaning::Number));
        let height = |at: usize| matches!(self.tag(at), Some(Tag::Height | Tag::Obj(LandmarkClass::Height)));
        if (height(next) || list && height(next + 2))
            && let Some(value) = self.style.decimal(self.low(i), true)
        {
            state.heights.push((StatedLength { value, unit: LengthUnit::Metre, kind: None, approx: false }, i));
        }
        next
    }

    /// The item after a distance and a wind from an object with an unknown noun, "from the barn 0.3 km north": neither
    /// length nor direction of the leg.
    fn of_unknown(&self, i: usize, next: usize) -> Option<usize> {
        let before = i.checked_sub(1)?;
        let is_unknown =
            matches!(self.meaning(before), Some(Meaning::Word)) && case(&self.inflected(before)) == Case::From;
        let mut at = next;
        while self.is(at, &Tag::Toward) || self.is_skip(at) {
            at += 1;
        }
        (is_unknown && matches!(self.meaning(at), Some(Meaning::Wind(..)))).then_some(at + 1)
    }

    pub(super) fn post_tag(&mut self, i: usize, tag: &Tag, state: &mut State) -> usize {
        self.knows(i, i + 1);
        match tag {
            Tag::NumberPrefix => match self.id(i + 1) {
                Some((id, next)) if matches!(self.tag(next), Some(Tag::Point(_))) => {
                    self.post_point(i, next, Some(id), state)
                }
                _ => i + 1,
            },
            // "Sərhəd dirəyi № 7".
            Tag::Point(_) if self.mark(i + 1, &['№']) && self.id(i + 1).is_some() => {
                let (id, next) = self.id(i + 1).unzip();
                self.post_point(i, i, id, state);
                next.unwrap_or(i + 1)
            }
            Tag::Point(_) | Tag::StartPoint => {
                let named = if *tag == Tag::StartPoint { Some(PointKind::Start) } else { None };
                if let Some(kind) = named {
                    let start = PointRef { kind, id: None };
                    if case(&self.inflected(i)) == Case::From {
                        self.note("from", "start", i, i + 1, 0.9);
                        self.draft.clause.from = Some(start);
                    } else {
                        self.note("to", "start", i, i + 1, 0.9);
                        self.draft.clause.to = Some(start);
                    }
                }
                i + 1
            }
            Tag::Close => {
                self.note("to", "start", i, i + 1, 0.9);
                self.note("closes", "true", i, i + 1, 0.9);
                self.draft.clause.to = Some(PointRef { kind: PointKind::Start, id: None });
                i + 1
            }
            Tag::Here => {
                if self.has_content() || self.draft.clause.to.is_some() {
                    self.flush(i);
                    *state = State::default();
                }
                self.draft.here = true;
                self.note("anaphora", self.printed(i, i + 1), i, i + 1, 0.9);
                i + 1
            }
            Tag::Then => {
                if self.draft.clause.to.is_some() {
                    self.flush(i);
                    *state = State::default();
                    self.draft.here = true;
                } else {
                    self.post_part();
                }
                i + 1
            }
            Tag::And if state.quit => {
                self.post_quits();
                self.flush(i);
                *state = State::default();
                self.draft.here = true;
                i + 1
            }
            Tag::Quits => {
                state.quit = self.draft.clause.to.is_some();
                i + 1
            }
            Tag::Cross | Tag::NotCross if !state.to => self.post_crosses(i, *tag == Tag::NotCross),
            Tag::Reach => {
                let listed = std::mem::take(&mut state.named);
                let count = listed.len();
                for (at, (landmark, _, from, to)) in listed.into_iter().enumerate() {
                    if at + 1 == count && self.draft.clause.to.is_none() {
                        self.post_to_object(landmark, from, to);
                    } else {
                        self.note("via", describe(&landmark), from, to, 0.85);
                        self.part().via.push(Via { point: None, landmark: Some(landmark) });
                    }
                }
                state.to = true;
                i + 1
            }
            Tag::Run => {
                // A participle after the length: the end of the leg follows.
                if self.draft.clause.length.is_some()
                    && (self.low(i).ends_with("araq") || self.low(i).ends_with("ərək"))
                {
                    state.to = true;
                }
                i + 1
            }
            Tag::Located => {
                state.located = true;
                if self.draft.clause.to.is_some() {
                    state.to = true;
                }
                i + 1
            }
            Tag::General => {
                state.general = true;
                i + 1
            }
            Tag::Stream(stream) => {
                self.note("stream", word(stream), i, i + 1, 0.95);
                let part = self.part();
                part.stream = Some(*stream);
                // A bare name followed along a stream is a river.
                if part.follow == Some(Follow::Other) {
                    part.follow = Some(Follow::River);
                    for field in self.draft.fields.iter_mut().filter(|field| field.field == "follow") {
                        field.value = "river".to_owned();
                    }
                }
                i + 1
            }
            Tag::Follow(follow) => {
                if !state.to {
                    if self.draft.clause.parts.last().is_some_and(|part| part.follow.is_some()) {
                        self.draft.clause.parts.push(ClausePart::default());
                    }
                    self.note("follow", word(follow), i, i + 1, 0.95);
                    self.part().follow = Some(*follow);
                }
                i + 1
            }
            Tag::Line(line) if state.line.is_none() => {
                // A line whose object precedes, with words between: "axını məcrası".
                let lower = i > 0 && matches!(self.meaning(i - 1), Some(Meaning::Word)) && !self.items[i - 1].capital;
                let (mut landmark, start) = self.before_object(i - usize::from(lower));
                if !landmark.name.is_empty() && !state.to {
                    landmark.class = None;
                    self.post_follow(landmark, Some(*line), start, i + 1);
                }
                i + 1
            }
            Tag::Territory => {
                let mut first = i;
                while first > 0 && matches!(self.meaning(first - 1), Some(Meaning::Word)) {
                    first -= 1;
                }
                let leaves = (i + 1..i + 4).any(|at| self.is(at, &Tag::Leaves))
                    || (first.saturating_sub(3)..first).any(|at| self.is(at, &Tag::Leaves));
                if leaves && first < i {
                    let printed = self.printed(first, i);
                    let bare = printed.strip_suffix("-ի").unwrap_or(printed).to_owned();
                    let meant = self.draft.clause.parts.iter().rev().find_map(|part| part.along.last()).cloned();
                    let (meant, what) = match state.left.take() {
                        Some(left) => (Some(left.clone()), left),
                        None => (meant, Landmark { anaphora: true, ..Landmark::default() }),
                    };
                    let from = (first.saturating_sub(3)..first)
                        .find(|at| self.is(*at, &Tag::It) || self.is(*at, &Tag::Leaves))
                        .unwrap_or(first);
                    self.note("leaves", format!("{} | {bare}", describe(&meant.unwrap_or_default())), from, i + 1, 0.9);
                    let territory = self.words(&bare);
                    self.part().leaves.push(LeftOnSide { what, territory, ..LeftOnSide::default() });
                }
                i + 1
            }
            Tag::Obj(class) => self.post_object(i, *class, state),
            _ => i + 1,
        }
    }
}

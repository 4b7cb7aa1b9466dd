//! Objects: nouns with their names, heights and the objects to which they belong.

use super::classes::{is_way, joins, joins_names, stands_in};
use super::items::{Meaning, WindForm};
use super::lexicon::Tag;
use super::reader::Reader;
use crate::document::description::{BankSide, FeatureLine, Landmark, LandmarkClass, LengthUnit, StatedLength};

/// An object parsed from a phrase.
#[derive(Debug, Default)]
pub(super) struct Phrase {
    pub landmark: Landmark,
    pub line: Option<FeatureLine>,
    pub bank: Option<BankSide>,
    pub next: usize,
    /// The id of a point used as a name: "a hill top marked B".
    pub id: Option<String>,
    /// The second of two objects of one class: "the rivers A and B".
    pub more: Option<Landmark>,
    /// Whether it is the course of something.
    pub course: bool,
}

/// An object together with a line of it, as a part of the object.
pub(super) fn with_line(landmark: Landmark, line: Option<FeatureLine>) -> Landmark {
    let class = match line {
        None => return landmark,
        Some(FeatureLine::Axis) => LandmarkClass::Axis,
        Some(FeatureLine::Edge) => LandmarkClass::Side,
        Some(FeatureLine::Thalweg) => LandmarkClass::Thalweg,
        Some(FeatureLine::Bank) => LandmarkClass::Bank,
        Some(_) => LandmarkClass::Centre,
    };
    let side = landmark.side;
    Landmark { class: Some(class), side, of: vec![Landmark { side: None, ..landmark }], ..Landmark::default() }
}

impl Reader<'_> {
    /// Whether the noun of an object follows after a few adjectives.
    pub(super) fn noun_ahead(&self, i: usize) -> bool {
        let mut at = i;
        while at < i + 4 {
            match self.meaning(at) {
                Some(Meaning::Tag(Tag::Obj(_) | Tag::Bank(_))) => return true,
                Some(Meaning::Tag(Tag::Line(line)))
                    if at > i || self.lexicon.language != "en" || *line == FeatureLine::Edge =>
                {
                    return true;
                }
                Some(Meaning::Word) => at += 1,
                Some(Meaning::Wind(_, form)) if self.of_side(*form) => at += 1,
                Some(Meaning::Tag(Tag::Subject)) if self.is_boundary(at) => return true,
                Some(Meaning::Tag(
                    Tag::This | Tag::Unnamed | Tag::Skip | Tag::Ordinal(_) | Tag::Count(_) | Tag::Which(_),
                )) => at += 1,
                _ => return false,
            }
        }
        false
    }

    /// Whether a wind in this form may name a side of an object.
    pub(super) fn of_side(&self, form: WindForm) -> bool {
        form == WindForm::Adjective || form == WindForm::Noun && self.lexicon.language == "en"
    }

    /// Whether a word for the boundary, elsewhere the subject of sentences, is an object here: "the boundary between",
    /// "the frontier of".
    pub(super) fn is_boundary(&self, i: usize) -> bool {
        self.lexicon.language == "en"
            && matches!(self.low(i), "boundary" | "frontier" | "border")
            && matches!(self.tag(i + 1), Some(Tag::Of | Tag::Between))
    }

    /// A name in brackets, and the item after them.
    fn name_in_brackets(&self, i: usize) -> Option<(String, usize)> {
        let (name, next) = self.mark(i, &['(']).then(|| self.name(i + 1)).flatten()?;
        self.mark(next, &[')']).then_some((name, next + 1))
    }

    /// The object at an item.
    pub(super) fn phrase(&self, i: usize) -> Option<Phrase> {
        self.phrase_within(i, 0)
    }

    pub(super) fn phrase_within(&self, i: usize, depth: usize) -> Option<Phrase> {
        if depth > 4 {
            return None;
        }
        let mut out = Phrase { next: i, ..Phrase::default() };
        let english = self.lexicon.language == "en";
        let mut at = i;
        let mut head = None;
        let mut before_name: Option<String> = None;
        let mut ahead = String::new();
        while at < self.items.len() && at < i + 14 {
            match self.meaning(at)?.clone() {
                Meaning::Tag(Tag::Obj(class)) => {
                    // "Wind River", "Gya Peak": the noun is a part of the name.
                    if english
                        && self.items[at].capital
                        && before_name.is_some()
                        && !matches!(self.tag(at + 1), Some(Tag::Obj(_)))
                    {
                        before_name = before_name.map(|name| format!("{name} {}", self.printed(at, at + 1)));
                    }
                    head = Some(class);
                    at += 1;
                    break;
                }
                Meaning::Tag(Tag::Line(line)) => {
                    // "середине рукава", "the middle of the river"; a side is a part of an object.
                    out.line = out.line.or(Some(line));
                    at += 1;
                    let upon = self.is(at, &Tag::On) && line == FeatureLine::MeanHighWater;
                    at += usize::from(upon);
                    while self.is(at, &Tag::Of) || self.is_skip(at) || self.is_genitive(at) {
                        at += 1;
                    }
                }
                Meaning::Tag(Tag::Bank(bank)) => {
                    out.bank = Some(bank);
                    at += 1;
                    while self.is(at, &Tag::Of) || self.is_skip(at) || self.is_genitive(at) {
                        at += 1;
                    }
                }
                Meaning::Tag(Tag::Course) => {
                    out.course = true;
                    at += 1;
                }
                Meaning::Tag(Tag::This | Tag::It)
                    if self.noun_ahead(at + 1)
                        || out.line.is_some()
                        || self.low(at) == "its" && matches!(self.tag(at + 1), Some(Tag::Line(_))) =>
                {
                    // "its middle": that of the river named before.
                    let own_line = at == i && matches!(self.tag(at + 1), Some(Tag::Line(_)));
                    out.landmark.anaphora = own_line || !matches!(self.low(at), "its" | "впадающей" | "it");
                    at += 1;
                }
                Meaning::Tag(Tag::Unnamed) => {
                    out.landmark.unnamed = true;
                    at += 1;
                }
                Meaning::Tag(Tag::Ordinal(number)) if self.noun_ahead(at + 1) => {
                    out.landmark.which = Some(crate::document::description::Which::Ordinal(number));
                    at += 1;
                }
                Meaning::Tag(Tag::Which(which)) => {
                    out.landmark.which = Some(which);
                    at += 1;
                    if !self.noun_ahead(at) {
                        out.next = at;
                        return Some(out);
                    }
                }
                Meaning::Tag(Tag::Count(count)) if self.noun_ahead(at + 1) => {
                    out.landmark.count = Some(count);
                    at += 1;
                }
                Meaning::Tag(Tag::Subject) if self.is_boundary(at) => {
                    head = Some(LandmarkClass::Boundary);
                    at += 1;
                    break;
                }
                Meaning::Wind(wind, form)
                    if self.of_side(form) && self.noun_ahead(at + 1) && out.landmark.side.is_none() =>
                {
                    out.landmark.side = Some(wind);
                    at += 1;
                }
                // "находящейся на территории X высоты".
                Meaning::Tag(Tag::Located) if self.is(at + 1, &Tag::Territory) || self.is(at + 1, &Tag::On) => {
                    let start = at + 1 + usize::from(self.is(at + 1, &Tag::On));
                    let (territory, next) = self.territory(start)?;
                    out.landmark.territory = territory;
                    at = next;
                }
                Meaning::Tag(Tag::Skip) if at > i || self.noun_ahead(at + 1) || self.has_articles() => at += 1,
                Meaning::Tag(Tag::Height)
                    if head.is_none() && self.height(at).is_some() && !matches!(self.tag(at + 1), Some(Tag::Of)) =>
                {
                    head = Some(LandmarkClass::Height);
                    break;
                }
                Meaning::Word | Meaning::Mark('"' | '«' | '“' | '„') => {
                    if let Some((mut name, mut next)) = self.name(at) {
                        // "the Jordan and Yarmouk Rivers".
                        if english
                            && self.is(next, &Tag::And)
                            && let Some((second, after)) = self.name(next + 1).filter(|(_, after)| {
                                matches!(self.tag(after - 1), Some(Tag::Obj(_))) && *after > next + 2
                                    || matches!(self.tag(*after), Some(Tag::Obj(_)))
                            })
                        {
                            let bare = if matches!(self.tag(after - 1), Some(Tag::Obj(_))) {
                                self.printed(next + 1, after - 1).to_owned()
                            } else {
                                second
                            };
                            out.landmark.also.push(self.words(&bare));
                            before_name = Some(name);
                            at = if matches!(self.tag(after - 1), Some(Tag::Obj(_))) { after - 1 } else { after };
                            if let Some(Tag::Obj(class)) = self.tag(at) {
                                head = Some(*class);
                                at += 1;
                            }
                            break;
                        }
                        // A name that ends with its noun.
                        if let Some(Tag::Obj(class)) = self.tag(next - 1).filter(|_| english && next > at + 1) {
                            head = Some(*class);
                            before_name = Some(std::mem::take(&mut name));
                            at = std::mem::replace(&mut next, 0);
                            break;
                        }
                        // "the Isonzo (Soca) river".
                        if let Some((other, after)) = self.name_in_brackets(next)
                            && english
                            && matches!(self.tag(after), Some(Tag::Obj(_)))
                        {
                            out.landmark.also.push(self.words(&other));
                            next = after;
                        }
                        let follows = self.noun_ahead(next) && !self.mark(next, &[',']);
                        before_name = Some(name);
                        at = next;
                        if !follows || !english && !self.noun_ahead(next) {
                            break;
                        }
                    } else if self.noun_ahead(at + 1) && ahead.split(' ').count() < 4 {
                        ahead = format!("{ahead} {}", self.low(at));
                        at += 1;
                    } else {
                        return None;
                    }
                }
                _ => break,
            }
        }
        // "Massiste-Baches": the name and its noun in one word.
        if let (Some(_), Some(item), true) = (
            head,
            at.checked_sub(1).and_then(|last| self.items.get(last)),
            self.lexicon.language == "de" && before_name.is_none(),
        ) {
            before_name = self.text[item.span.clone()].rsplit_once('-').map(|(name, _)| name.to_owned());
        }
        let Some(class) = head else {
            // A line of an object that is only a reference, or a bare name.
            let named = before_name.is_some();
            if !(named || out.line.is_some() && out.landmark.anaphora) && out.bank.is_none() {
                return None;
            }
            if let Some(name) = before_name {
                out.landmark.name = self.words(&name);
            } else if out.bank.is_some() {
                out.landmark.class = None;
            }
            out.next = at;
            self.attributes(&mut out, depth);
            // A name followed by a height in brackets is that of a summit.
            if out.landmark.height.is_some() && named && out.line.is_none() {
                out.landmark.class = Some(LandmarkClass::Summit);
            }
            return Some(out);
        };
        out.landmark.class = Some(class);
        out.next = at;
        if let Some(name) = before_name {
            out.landmark.name = self.words(&name);
        }
        self.after_head(&mut out, class, depth);
        Some(out)
    }

    /// The complements of a noun: its name, objects, height and territory.
    pub(super) fn after_head(&self, out: &mut Phrase, class: LandmarkClass, depth: usize) {
        let english = self.lexicon.language == "en";
        let mut at = out.next;
        if english && class == LandmarkClass::Intersection && self.low(at - 1) == "point" {
            self.where_it_meets(out, depth);
            return;
        }
        if self.mark(at, &['.']) && at > 0 && self.low(at - 1).chars().count() <= 3 {
            at += 1;
        }
        if depth > 0
            && joins_names(class)
            && let Some((name, next)) = self.name(at)
            && self.is(next, &Tag::And)
            && let Some((second, after)) = self.name(next + 1)
        {
            // "the rivers A and B".
            out.landmark.name = self.words(&name);
            out.more = Some(Landmark { class: Some(class), name: self.words(&second), ..Landmark::default() });
            out.next = after;
            return;
        }
        if self.has_articles()
            && !english
            && matches!(self.low(at), "de" | "di" | "des" | "du" | "del" | "della" | "d'")
            && self.name(at + 1).is_some()
        {
            at += 1;
        }
        let numbered = |mut at: usize| {
            while class == LandmarkClass::Highway && self.is_skip(at) {
                at += 1;
            }
            at
        };
        // "ручей без названия".
        if self.is(at, &Tag::Unnamed) {
            out.landmark.unnamed = true;
            at += 1;
        }
        if let Some(measure) = self.height_after(class, at) {
            out.landmark.height = Some(StatedLength { kind: None, ..measure.length });
            at = measure.next;
        } else if matches!(class, LandmarkClass::Height | LandmarkClass::Hill)
            && matches!(self.meaning(at), Some(Meaning::Number))
            && !matches!(self.tag(at + 1), Some(Tag::Unit(_)))
            && let Some(value) = self.style.decimal(self.low(at), true)
        {
            out.landmark.height = Some(StatedLength { value, unit: LengthUnit::Metre, kind: None, approx: false });
            at += 1;
        } else if let Some((name, next)) = self.name(at).filter(|_| out.landmark.name.is_empty()) {
            // "Черноборского … сельских поселений": a name before its own noun.
            out.landmark.name = self.words(&name);
            at = next;
        } else if self.numbered(class)
            && let Some((number, next)) = self.id(numbered(at)).filter(|(id, _)| id.chars().any(|c| c.is_ascii_digit()))
        {
            out.landmark.name = self.words(&number);
            at = next;
            if self.is(at, &Tag::And) && matches!(self.meaning(at + 1), Some(Meaning::Number)) {
                out.landmark.also.push(self.words(self.low(at + 1)));
                at += 2;
            }
        }
        if english && out.landmark.name.is_empty() && at == out.next && at > 0 && self.items[at - 1].capital && at >= 2
        {
            let printed = self.printed(at - 1, at).to_owned();
            let own = printed.split(' ').count() > 1 || matches!(class, LandmarkClass::Building);
            if own {
                out.landmark.name = self.words(&printed);
            }
        }
        if is_way(class)
            && let Some(next) = self.both_ends_of_way(at)
        {
            at = next;
        }
        out.next = at;
        self.attributes(out, depth);
        at = out.next;
        // Objects to which it belongs.
        let mut objects = 0;
        loop {
            let mut start = at;
            let mut linked = false;
            if self.has_articles() && !english {
                while self.is_skip(start) {
                    start += 1;
                }
            }
            // "the bridge at Ormond".
            let stands = english
                && self.low(start) == "at"
                && stands_in(class)
                && self.name(start + 1).is_some()
                && self.point(start + 1).is_none();
            let of = stands
                || self.is(start, &Tag::Of)
                    && (english
                        || depth == 0 && self.lexicon.language != "ru" && self.lexicon.language != "uk"
                        || matches!(self.low(start), "с"));
            let with = joins(class)
                && objects > 0
                && (self.is(start, &Tag::And) || matches!(self.low(start), "with" | "с" | "з" | "зі"));
            let into = class == LandmarkClass::Mouth && matches!(self.low(start), "в" | "во" | "у" | "into");
            let onto = !english
                && (self.is(start, &Tag::On) || matches!(self.low(start), "через" | "між" | "между"))
                && matches!(
                    class,
                    LandmarkClass::Bridge
                        | LandmarkClass::GeodeticPoint
                        | LandmarkClass::ForestCut
                        | LandmarkClass::Culvert
                        | LandmarkClass::Fork
                );
            // "церкви в деревне X", "the church in the village of X".
            let inside = self.is(start, &Tag::On) && stands_in(class) && self.is_settlement(start + 1);
            let over = english
                && matches!(self.low(start), "over" | "across" | "under" | "beneath")
                && matches!(class, LandmarkClass::Bridge | LandmarkClass::Culvert | LandmarkClass::Tunnel);
            let with_first =
                joins(class) && objects == 0 && (matches!(self.low(start), "with" | "с" | "з" | "зі" | "between"));
            if of
                || with
                || into
                || onto
                || with_first
                || inside
                || over
                || (english
                    && self.is(start, &Tag::On)
                    && matches!(class, LandmarkClass::Bridge | LandmarkClass::BoundaryMark))
            {
                start += 1;
                linked = true;
                while self.is_skip(start) {
                    start += 1;
                }
                // "впадения в нее реки": the river into which it flows precedes.
                if into && self.is(start, &Tag::It) {
                    at = start + 1;
                    continue;
                }
            } else if english && !(joins(class) && objects > 0 && self.is(start, &Tag::And)) {
                break;
            } else if english {
                start += 1;
            }
            let may_follow = linked || english || self.genitive_ahead(start);
            let Some(phrase) = may_follow.then(|| self.phrase_within(start, depth + 1)).flatten() else { break };
            if objects >= 3 || phrase.next <= start {
                break;
            }
            objects += 1;
            at = phrase.next;
            let bare = phrase.landmark.class.is_none() && !phrase.landmark.name.is_empty();
            if bare && out.landmark.name.is_empty() && !joins(class) {
                out.landmark.name = phrase.landmark.name;
                out.landmark.also = phrase.landmark.also;
            } else {
                let mut object = with_line(phrase.landmark, phrase.line);
                // A height after the last object applies to the whole.
                if class == LandmarkClass::GeodeticPoint && object.height.is_some() {
                    out.landmark.height = object.height.take();
                }
                if out.landmark.territory.is_empty() && object.class.is_some() && !object.territory.is_empty() {
                    out.landmark.territory = std::mem::take(&mut object.territory);
                }
                out.landmark.of.push(object);
                if let Some(more) = phrase.more {
                    out.landmark.of.push(more);
                    break;
                }
            }
        }
        out.next = at;
        self.attributes(out, depth);
    }

    /// "the point where A meets B": the objects up to the end of the clause.
    fn where_it_meets(&self, out: &mut Phrase, depth: usize) {
        let ends = |at: usize| {
            self.mark(at, &[';', '('])
                || self.mark(at, &[',']) && !self.items.get(at + 1).is_some_and(|item| item.capital)
                || self.mark(at, &['.']) && at + 1 >= self.items.len()
                || matches!(self.meaning(at), Some(Meaning::Position(_)))
                || self.is(at, &Tag::And) && matches!(self.tag(at + 1), Some(Tag::Run | Tag::Turns | Tag::FollowVerb))
                || matches!(self.tag(at), Some(Tag::Located | Tag::Run))
        };
        let limit = self.items.len().min(out.next + 30);
        let stop = (out.next..limit).find(|at| ends(*at)).unwrap_or(limit);
        let mut at = out.next;
        while at < stop && out.landmark.of.len() < 3 {
            let found = self.phrase_within(at, depth + 1).filter(|phrase| phrase.next > at && phrase.next <= stop);
            match found {
                Some(phrase) => {
                    at = phrase.next;
                    out.landmark.of.push(phrase.landmark);
                }
                None => at += 1,
            }
        }
        out.next = stop.max(out.next);
    }

    /// Whether a noun in the genitive may follow: an object or adjectives before one.
    pub(super) fn genitive_ahead(&self, i: usize) -> bool {
        match self.meaning(i) {
            Some(Meaning::Tag(Tag::Obj(_) | Tag::Unnamed | Tag::Count(_) | Tag::Line(_) | Tag::Bank(_))) => true,
            Some(Meaning::Tag(Tag::This)) | Some(Meaning::Word) | Some(Meaning::Wind(_, WindForm::Adjective)) => {
                self.noun_ahead(i + 1)
            }
            _ => false,
        }
    }
}

//! Names, heights and territories of objects.

use super::items::Meaning;
use super::landmark::Phrase;
use super::lexicon::Tag;
use super::measure::Measure;
use super::reader::Reader;
use crate::document::description::{Landmark, LandmarkClass, LengthKind, LengthUnit, StatedLength, Words};

impl Reader<'_> {
    /// A name at an item (capitalised words, or quoted text), and the item after it.
    pub(super) fn name(&self, i: usize) -> Option<(String, usize)> {
        if self.mark(i, &['"', '«', '“', '„']) {
            let close = (i + 1..self.items.len().min(i + 8)).find(|at| self.mark(*at, &['"', '»', '”', '“']))?;
            return Some((self.printed(i + 1, close).to_owned(), close + 1));
        }
        let mut at = i;
        let english = self.lexicon.language == "en";
        let capital = |at: usize| {
            self.items.get(at).is_some_and(|item| {
                // The article of an Arabic name is lower case inside it.
                (item.capital || at > i && item.low.starts_with("al-"))
                    && match &item.meaning {
                        Meaning::Word => true,
                        Meaning::Tag(Tag::Obj(_)) => english,
                        Meaning::Tag(Tag::Line(_)) | Meaning::Wind(..) => false,
                        _ => false,
                    }
            })
        };
        if !capital(at) {
            return None;
        }
        while capital(at) {
            at += 1;
            let short = self.items[at - 1].span.len() <= 8 && self.printed(at - 1, at).chars().count() <= 4;
            let joined = self.mark(at, &['.']) && short || self.mark(at, &['-', '–', '—', '/']);
            let particle =
                !capital(at) && matches!(self.low(at), "d'" | "di" | "del" | "de" | "dell" | "da" | "des" | "van");
            at += usize::from((joined || particle) && capital(at + 1));
            // "М-4".
            let is_adjacent = |at: usize| self.items[at].span.start == self.items[at - 1].span.end;
            if self.mark(at, &['-', '‑'])
                && matches!(self.meaning(at + 1), Some(Meaning::Number))
                && is_adjacent(at)
                && is_adjacent(at + 1)
            {
                at += 2;
            }
        }
        Some((self.printed(i, at).to_owned(), at))
    }

    /// A territory after "in the territory of", and the item after it.
    pub(super) fn territory(&self, i: usize) -> Option<(Words, usize)> {
        let mut at = i;
        if self.is(at, &Tag::Territory) {
            at += 1;
            while self.is(at, &Tag::Of) || self.is_skip(at) {
                at += 1;
            }
            let start = at;
            // "in the territory of Lake Town": also words with meanings, after "of".
            let is_said = start > i + 1;
            while matches!(self.meaning(at), Some(Meaning::Word))
                || at == start && self.is_capital_wind(at)
                || at > start && self.low(at).starts_with("сторон")
                || (at > start || is_said)
                    && self
                        .items
                        .get(at)
                        .is_some_and(|item| item.capital && matches!(item.meaning, Meaning::Tag(_) | Meaning::Wind(..)))
            {
                at += 1;
            }
            return (at > start).then(|| (self.words(self.printed(start, at)), at));
        }
        // "in French territory".
        if self.is(at, &Tag::On) || self.is_skip(at) {
            at += 1;
        }
        let start = at;
        while matches!(self.meaning(at), Some(Meaning::Word)) && self.items[at].capital {
            at += 1;
        }
        (at > start && self.is(at, &Tag::Territory)).then(|| (self.words(self.printed(start, at)), at + 1))
    }

    /// Whether a wind with a capital letter is at an item: "Западной стороны".
    pub(super) fn is_capital_wind(&self, i: usize) -> bool {
        matches!(self.meaning(i), Some(Meaning::Wind(..))) && self.items[i].capital
    }

    /// Whether a settlement follows, after articles.
    pub(super) fn is_settlement(&self, i: usize) -> bool {
        use LandmarkClass as C;
        let mut at = i;
        while self.is_skip(at) {
            at += 1;
        }
        matches!(self.tag(at), Some(Tag::Obj(C::City | C::Town | C::Village | C::Settlement | C::Locality)))
    }

    /// A height after its noun: "contour 1900 m", "summit 2431 m", but not "the summit 300 m north of".
    pub(super) fn height_after(&self, class: LandmarkClass, i: usize) -> Option<Measure> {
        use LandmarkClass as C;
        let measure = self.measure(i)?;
        let is_high = matches!(class, C::Summit | C::Hill | C::Mountain | C::Saddle | C::Pass)
            && measure.length.unit == LengthUnit::Metre
            && !matches!(self.meaning(measure.next), Some(Meaning::Wind(..)))
            && !matches!(self.tag(measure.next), Some(Tag::Of | Tag::From | Tag::To | Tag::On));
        (is_high || matches!(class, C::Contour | C::Height)).then_some(measure)
    }

    /// Classes whose objects have numbers.
    pub(super) fn numbered(&self, class: LandmarkClass) -> bool {
        use LandmarkClass as C;
        matches!(
            class,
            C::Highway
                | C::Refuge
                | C::BoundaryMark
                | C::Contour
                | C::ForestBlock
                | C::Height
                | C::Post
                | C::Building
                | C::Cairn
        )
    }

    /// A height after "с отметкой".
    pub(super) fn height(&self, i: usize) -> Option<(StatedLength, usize)> {
        let mut at = i + 1;
        while self.is_skip(at) || self.is(at, &Tag::Of) {
            at += 1;
        }
        let Some(Meaning::Number) = self.meaning(at) else { return None };
        if let Some(measure) = self.measure(at) {
            return Some((StatedLength { kind: None, ..measure.length }, measure.next));
        }
        let value = self.style.decimal(self.low(at), true)?;
        Some((StatedLength { value, unit: LengthUnit::Metre, kind: None, approx: false }, at + 1))
    }

    /// Names in brackets, heights and territories after a noun and its name.
    pub(super) fn attributes(&self, out: &mut Phrase, depth: usize) {
        loop {
            let at = out.next;
            if self.mark(at, &['(']) {
                let Some(close) = (at + 1..self.items.len().min(at + 12)).find(|i| self.mark(*i, &[')'])) else {
                    break;
                };
                if let Some((found, next)) = self.bracket(at + 1, close, &mut out.landmark) {
                    out.landmark.also.extend(found);
                    out.next = next;
                    continue;
                }
                break;
            }
            if self.is(at, &Tag::Height)
                && let Some((height, next)) = self.height(at)
            {
                out.landmark.height = Some(height);
                out.next = next;
                continue;
            }
            if self.is(at, &Tag::Tall)
                && let Some(measure) = self.measure(at + 1)
            {
                out.landmark.tall = Some(measure.length);
                out.next = measure.next;
                continue;
            }
            // "the track connecting A and B".
            if matches!(self.low(at), "connecting" | "joining" | "linking")
                && out.landmark.class.is_some()
                && let Some((first, next)) = self.name(at + 1)
                && self.is(next, &Tag::And)
                && let Some((second, next)) = self.name(next + 1)
            {
                let named = |name: String| Landmark { name: self.words(&name), ..Landmark::default() };
                out.landmark.of.extend([named(first), named(second)]);
                out.next = next;
                continue;
            }
            let english_tall = self.lexicon.language == "en"
                && self.measure(at).is_some_and(|measure| self.is(measure.next, &Tag::Tall));
            if let Some(measure) = english_tall.then(|| self.measure(at)).flatten() {
                out.landmark.tall = Some(measure.length);
                out.next = measure.next + 1;
                continue;
            }
            if self.low(at) == "marked"
                && let Some((id, next)) = self.id(at + 1)
            {
                out.id = Some(id);
                out.next = next;
                continue;
            }
            if self.is(at, &Tag::Territory)
                && depth == 0
                && out.landmark.class.is_some()
                && out.landmark.territory.is_empty()
                && let Some((territory, next)) = self.territory(at)
            {
                out.landmark.territory = territory;
                out.next = next;
                continue;
            }
            // "the two islands below the bridge".
            if self.is(at, &Tag::Beyond)
                && depth == 0
                && out.landmark.class == Some(LandmarkClass::Island)
                && let Some(object) = self.phrase_within(at + 1, depth + 1)
            {
                out.next = object.next;
                continue;
            }
            if let Some(next) = self.apposition(at, depth) {
                out.next = next;
                continue;
            }
            // ", находящейся на территории X".
            let comma = usize::from(self.mark(at, &[',']));
            let mut verb = at + comma;
            while self.is_skip(verb) {
                verb += 1;
            }
            if self.is(verb, &Tag::Located)
                && (self.is(verb + 1, &Tag::Territory)
                    || self.is(verb + 1, &Tag::On) && self.is(verb + 2, &Tag::Territory))
                && out.landmark.territory.is_empty()
            {
                let start = verb + 1 + usize::from(self.is(verb + 1, &Tag::On));
                if let Some((territory, next)) = self.territory(start) {
                    out.landmark.territory = territory;
                    out.next = next;
                    continue;
                }
            }
            break;
        }
    }

    /// ", левого притока реки Сал", ", a left tributary of the river Chu": the item after it.
    fn apposition(&self, i: usize, depth: usize) -> Option<usize> {
        let mark = usize::from(self.mark(i, &[',', '-', '–', '—', '(']));
        let mut at = i + mark;
        while at < i + mark + 3 && !self.is(at, &Tag::Tributary) {
            let describes =
                matches!(self.meaning(at), Some(Meaning::Word | Meaning::Tag(Tag::Skip | Tag::Hand(_) | Tag::Leaves)))
                    || matches!(self.tag(at), Some(Tag::Bank(_)));
            if !describes {
                return None;
            }
            at += 1;
        }
        if mark == 0 || depth > 2 || !self.is(at, &Tag::Tributary) {
            return None;
        }
        at += 1;
        let of = at + usize::from(self.is(at, &Tag::Of));
        let river = self.phrase_within(of, depth + 1).filter(|river| river.next > of);
        let next = river.map_or(at, |river| river.next);
        Some(next + usize::from(self.mark(i, &['(']) && self.mark(next, &[')'])))
    }

    /// Other names and a height in brackets.
    pub(super) fn bracket(&self, from: usize, close: usize, landmark: &mut Landmark) -> Option<(Vec<Words>, usize)> {
        let mut names = Vec::new();
        let mut at = from;
        while at < close {
            if self.mark(at, &[',', ';']) || self.is_skip(at) {
                at += 1;
            } else if let Some((height, next)) =
                self.is(at, &Tag::Height).then(|| self.height(at)).flatten().filter(|(_, next)| *next <= close)
            {
                landmark.height = Some(height);
                at = next;
            } else if let Some((name, next)) = self.name(at).filter(|(_, next)| *next <= close) {
                names.push(self.words(&name));
                at = next;
            } else if matches!(self.meaning(at), Some(Meaning::Number))
                && at + 1 == close
                && matches!(landmark.class, Some(LandmarkClass::Mountain | LandmarkClass::Summit | LandmarkClass::Hill))
                && let Some(value) = self.style.decimal(self.low(at), true)
            {
                // "Mt. Sabotino (609)".
                landmark.height = Some(StatedLength { value, unit: LengthUnit::Metre, kind: None, approx: false });
                at = close;
            } else if let Some(measure) = self.measure(at).filter(|measure| measure.next <= close) {
                landmark.height = Some(StatedLength { kind: None::<LengthKind>, ..measure.length });
                at = measure.next;
            } else if let (Some(name), true) = (
                matches!(self.meaning(at), Some(Meaning::Tag(Tag::Obj(_)))).then(|| self.printed(at, close)),
                !landmark.name.is_empty(),
            ) {
                names.push(self.words(name));
                at = close;
            } else {
                return None;
            }
        }
        Some((names, close + 1))
    }
}

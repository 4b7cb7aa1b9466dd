//! Where roads lead: the places that a way joins are no ends of the leg.

use super::items::Meaning;
use super::lexicon::Tag;
use super::reader::Reader;

impl Reader<'_> {
    /// "the railway from Vac to Ipolysag", "the road to Bela": the item after the places that a crossed way joins.
    pub(super) fn ends_of_way(&self, i: usize) -> Option<usize> {
        let start = match self.low(i) {
            "from" | "between" => self.name(i + 1).map(|(_, next)| next)?,
            _ => i,
        };
        let leads = self.is(start, &Tag::To) || self.is(start, &Tag::And) && start > i;
        self.name(start + 1).filter(|_| leads && self.point(start + 1).is_none()).map(|(_, next)| next)
    }

    /// The same after the noun of a way anywhere: both places are named.
    pub(super) fn both_ends_of_way(&self, i: usize) -> Option<usize> {
        let is_english = self.lexicon.language == "en";
        self.ends_of_way(i).filter(|_| is_english && matches!(self.low(i), "from" | "between"))
    }

    /// Whether a word says where a road leads: "ведущей к", "що веде до".
    pub(super) fn leads(&self, i: usize) -> bool {
        let low = self.low(i);
        let leads = match self.lexicon.language {
            "ru" => low.starts_with("ведущ"),
            "uk" => low.starts_with("ведуч") || low == "веде" && i > 0 && !self.is(i - 1, &Tag::Subject),
            _ => false,
        };
        leads && matches!(self.tag(i + 1), Some(Tag::To | Tag::From | Tag::Of | Tag::On | Tag::At))
    }

    /// The item after the objects to which a road leads: they are neither the end of the leg nor on its way.
    pub(super) fn lead_end(&self, i: usize) -> usize {
        let mut at = i + 2;
        if let Some(phrase) = self.phrase(at) {
            return phrase.next.max(at);
        }
        while matches!(self.meaning(at), Some(Meaning::Word)) || self.is_skip(at) {
            at += 1;
        }
        at
    }
}

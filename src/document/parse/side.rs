//! Sides of the line on which objects are left: "to the east", "on the left", "in Hungary".

use super::items::Meaning;
use super::lexicon::Tag;
use super::reader::Reader;
use crate::document::description::{Hand, Wind};

/// A side of the line.
pub(super) enum LineSide {
    Wind(Wind),
    Hand(Hand),
}

impl Reader<'_> {
    /// The side of the line that is stated, and the item after it: "to the east", "on the left".
    pub(super) fn side(&self, i: usize) -> Option<(LineSide, usize)> {
        let mut at = i;
        while self.is(at, &Tag::To) || self.is_skip(at) || self.is(at, &Tag::On) {
            at += 1;
        }
        match self.meaning(at)? {
            Meaning::Wind(wind, _) => Some((LineSide::Wind(*wind), at + 1)),
            Meaning::Tag(Tag::Hand(hand)) => Some((LineSide::Hand(*hand), at + 1)),
            // By itself the word is a verb.
            Meaning::Tag(Tag::Leaves) if at > i && self.low(at) == "left" => Some((LineSide::Hand(Hand::Left), at + 1)),
            _ => None,
        }
    }

    /// Whether a comma is followed by more objects of a list that ends with their side or territory: ", Barton and Hill
    /// to the east".
    pub(super) fn is_list_of_objects(&self, mut at: usize) -> bool {
        if !self.mark(at, &[',']) {
            return false;
        }
        while self.mark(at, &[',']) || self.is(at, &Tag::And) {
            let Some(object) = self.phrase_or_point(at + 1).filter(|object| object.next > at + 1) else { return false };
            at = object.next;
        }
        self.side(at).is_some() || self.territory(at).is_some() || self.in_territory(at).is_some()
    }

    /// "in Hungary", at the end of what is said: the name, and the item after it.
    pub(super) fn in_territory(&self, i: usize) -> Option<(String, usize)> {
        if self.lexicon.language != "en" || self.low(i) != "in" {
            return None;
        }
        let ends =
            |next: usize| next >= self.items.len() || self.mark(next, &['.', ',', ';']) || self.is(next, &Tag::And);
        self.name(i + 1).filter(|(_, next)| ends(*next))
    }
}

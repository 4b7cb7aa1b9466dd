//! Negated verbs: what the line does not follow or cross.

use super::items::Meaning;
use super::leg::State;
use super::lexicon::Tag;
use super::reader::Reader;

impl Reader<'_> {
    /// "does not cross the railway" states a crossing that there is not; "does not follow the road", "идет не по реке"
    /// state nothing that the leg follows.
    pub(super) fn negated(&mut self, i: usize, state: &mut State) -> usize {
        let mut at = i + 1;
        while self.is_skip(at) || matches!(self.tag(at), Some(Tag::Run | Tag::FollowVerb | Tag::Along)) {
            at += 1;
        }
        let crosses = matches!(self.tag(at), Some(Tag::Cross | Tag::NotCross))
            || self.lexicon.language == "en" && matches!(self.low(at), "cross" | "cut");
        if crosses {
            self.knows(i, at + 1);
            return self.crosses(at, true, state);
        }
        if matches!(self.tag(at), Some(Tag::Follow(_))) {
            self.knows(i, at + 1);
            return at + 1;
        }
        // "не доходя 200 м до дороги": where the line does not go.
        if matches!(self.meaning(i + 1), Some(Meaning::Word)) {
            let to = self.measure(i + 2).map_or(i + 2, |measure| measure.next);
            if self.is(to, &Tag::To)
                && let Some(phrase) = self.phrase(to + 1).filter(|_| self.point(to + 1).is_none())
            {
                self.knows(i, phrase.next);
                return phrase.next;
            }
        }
        match self.phrase(at).filter(|phrase| at > i + 1 && phrase.next > at) {
            Some(phrase) => {
                self.knows(i, phrase.next);
                phrase.next
            }
            None => i + 1,
        }
    }

    /// Whether the sentence goes on with what the leg before does not cross: "…; it does not cross the railway".
    pub(super) fn denies(&self, i: usize) -> bool {
        let subject = matches!(self.tag(i), Some(Tag::It | Tag::Subject)) || self.is_skip(i);
        let at = i + usize::from(subject) + usize::from(subject && self.is(i + 1, &Tag::Subject));
        self.is(at, &Tag::Not) || self.is(at, &Tag::NotCross)
    }
}

//! Several verbs of one sentence in postpositional languages.

use super::items::Meaning;
use super::lexicon::Tag;
use super::place::describe;
use super::reader::Reader;
use crate::document::description::{ClauseCrossing, PointClause};

impl Reader<'_> {
    /// "1,2 km gedir, sonra …": a length before another verb is that of its own part.
    pub(super) fn post_part(&mut self) {
        if !self.draft.clause.parts.last().is_some_and(|part| part.follow.is_some() && part.length.is_none()) {
            return;
        }
        let Some(length) = self.draft.clause.length.take() else { return };
        self.part().length = Some(length);
        for field in self.draft.fields.iter_mut().rev().filter(|field| field.field == "length").take(1) {
            field.field = "part-length".to_owned();
        }
    }

    /// Whether a part states its own length.
    pub(super) fn has_part_lengths(&self) -> bool {
        self.draft.clause.parts.iter().any(|part| part.length.is_some())
    }

    /// "44 nömrəli nöqtədə çaydan ayrılır": the leg ends there, and the feature that it leaves locates nothing.
    pub(super) fn post_quits(&mut self) {
        let location = &mut self.draft.clause.to_location;
        location.on.clear();
        location.at.clear();
        self.draft.fields.retain(|field| !matches!(field.field.as_str(), "to-on" | "to-at" | "to-line"));
    }

    /// "հատում է ճանապարհը": the object after its verb.
    pub(super) fn post_crosses(&mut self, i: usize, not: bool) -> usize {
        let mut noun = i + 1;
        while matches!(self.meaning(noun), Some(Meaning::Word)) && noun < i + 4 {
            noun += 1;
        }
        let Some(Tag::Obj(class)) = self.tag(noun).cloned() else { return i + 1 };
        let (mut landmark, _) = self.before_object(noun);
        landmark.class = Some(class);
        self.note(if not { "crosses-not" } else { "crosses" }, describe(&landmark), i, noun + 1, 0.85);
        self.part().crosses.push(ClauseCrossing { what: landmark, ties: Vec::new(), not });
        noun + 1
    }

    /// "6 nömrəli nöqtə körpüdən 0,08 km şərqdə yerləşir": a point without a way to it is located by itself.
    pub(super) fn post_located(&mut self) {
        let clause = &self.draft.clause;
        let has_way = !clause.parts.is_empty() || !clause.directions.is_empty() || clause.length.is_some();
        let is_located = !clause.from_location.ties.is_empty() || !clause.from_location.positions.is_empty();
        if has_way || self.draft.here || clause.from.is_some() || !is_located || !clause.to_location.is_empty() {
            return;
        }
        let Some(point) = self.draft.clause.to.take_if(|to| to.id.is_some()) else { return };
        let location = std::mem::take(&mut self.draft.clause.from_location);
        for field in &mut self.draft.fields {
            let name = match field.field.as_str() {
                "to" => "point".to_owned(),
                other => other.strip_prefix("from-").map_or(other.to_owned(), |rest| format!("point-{rest}")),
            };
            field.field = name;
        }
        self.draft.point =
            Some(PointClause { point, start: false, meeting: Vec::new(), by_separate_treaty: false, location });
    }
}

//! Formats legs and points as sentences.

use super::localizer::{Case, Localizer};
use crate::document::description::{
    Clause, ClausePart, FeatureLine, Follow, Hand, Landmark, LandmarkClass, LeftOnSide, PointClause, Stream, Via,
};

/// The texts of a part that a sentence frame needs.
struct PartTexts {
    along: String,
    extras: String,
}

impl Localizer {
    /// A leg as one sentence.
    pub(super) fn leg(self, leg: &Clause) -> String {
        let from = leg.from.as_ref().map(|point| self.situated(point, &leg.from_location, Case::Ablative));
        let to = leg.to.as_ref().map(|point| self.situated(point, &leg.to_location, Case::Dative));
        let directions: Vec<String> = leg.directions.iter().map(|direction| self.direction(direction)).collect();
        let frame = match leg.parts.as_slice() {
            [one] => frame(one),
            [] => "leg-straight",
            _ => "leg-compound",
        };
        let parts: Vec<PartTexts> = leg.parts.iter().map(|part| self.part(part, leg.parts.len() > 1)).collect();
        let (along, extras) = match parts.as_slice() {
            [one] => (one.along.clone(), one.extras.clone()),
            all => {
                let each = all.iter().map(|part| format!("{} {}", part.along, part.extras));
                let whole = each.reduce(|a, b| self.say("then", &[("a", &a), ("b", &b)]));
                (whole.unwrap_or_default(), String::new())
            }
        };
        let length = |message: &str| {
            let [n, unit] = leg.length.as_ref().map(|length| self.length(length))?;
            Some(self.say(message, &[("n", &n), ("unit", &unit)]))
        };
        let sentence = self.say(
            frame,
            &[
                ("from", &from.unwrap_or_default()),
                ("to", &to.unwrap_or_default()),
                ("direction", &directions.join(" ")),
                ("along", &along),
                ("extras", &extras),
                ("length", &length("length").unwrap_or_default()),
                ("length-river", &length("length-river").unwrap_or_default()),
            ],
        );
        let side = |hand: Hand| leg.sides.iter().find(|side| side.hand == Some(hand)).map(|side| &side.territory);
        match (side(Hand::Left), side(Hand::Right)) {
            (Some(left), Some(right)) => {
                let [left, right] = [left, right].map(|words| match self.language() {
                    "en" | "az" => self.name(words),
                    _ => self.territory(words),
                });
                self.sentence(&self.say("sides", &[("leg", &sentence), ("left", &left), ("right", &right)]))
            }
            _ => self.sentence(&sentence),
        }
    }

    /// A part: the feature followed, then features passed through, crossed and left on one side.
    fn part(self, part: &ClausePart, is_compound: bool) -> PartTexts {
        let mut extras = self.via(&part.via);
        let crossed: Vec<String> =
            part.crosses.iter().filter(|one| !one.not).map(|one| self.object(&one.what, Case::Accusative)).collect();
        if !crossed.is_empty() {
            extras.push_str(&self.say("crossing", &[("what", &self.list(&crossed))]));
        }
        let left: Vec<String> = part.leaves.iter().map(|left| self.left(left, part)).collect();
        if !left.is_empty() {
            extras.push_str(&self.say("leaving", &[("what", &self.list(&left))]));
        }
        PartTexts { along: self.along(part, is_compound), extras }
    }

    fn along(self, part: &ClausePart, is_compound: bool) -> String {
        let along = |case: Case| {
            let each: Vec<String> = part.along.iter().map(|one| self.object(one, case)).collect();
            self.list(&each)
        };
        let genitive = along(Case::Genitive);
        let stream = match part.stream {
            Some(Stream::Up) => self.say("stream-up", &[]),
            Some(Stream::Down) => self.say("stream-down", &[]),
            None => String::new(),
        };
        match part.follow {
            Some(Follow::River | Follow::Canal | Follow::Lake) => {
                let line = self.form(part.line.unwrap_or(FeatureLine::Middle).message(), 0);
                let message = if is_compound { "along-river-part" } else { "along-river" };
                self.say(message, &[("line", &line), ("what", &genitive), ("stream", &stream)])
            }
            Some(Follow::Bank) => match part.bank {
                Some(bank) => {
                    let bank = self.form(bank.message(), 0);
                    self.say("along-bank", &[("bank", &bank), ("what", &genitive), ("stream", &stream)])
                }
                None => self.say("along-shore", &[("what", &genitive)]),
            },
            Some(Follow::Ridge) => self.say("along-ridge", &[("what", &genitive)]),
            Some(Follow::Watershed) => self.say("along-watershed", &[("what", &genitive)]),
            Some(Follow::ForestEdge | Follow::ParcelEdge) => self.say("along-edge", &[("what", &genitive)]),
            Some(Follow::Offset) => {
                let [n, unit] = part.offset.as_ref().map(|offset| self.length(offset)).unwrap_or_default();
                self.say("along-offset", &[("what", &genitive), ("n", &n), ("unit", &unit)])
            }
            Some(Follow::CoordinateList) => self.say("along-list", &[]),
            Some(Follow::Straight) | None if part.along.is_empty() => self.say("straight", &[]),
            _ => self.say("along-way", &[("what", &along(Case::Along))]),
        }
    }

    /// The via points of a part, in order; consecutive heights share one noun.
    fn via(self, via: &[Via]) -> String {
        let landmarks: Vec<&Landmark> = via.iter().filter_map(|via| via.landmark.as_ref()).collect();
        let case = if self.language() == "az" { Case::Ablative } else { Case::Accusative };
        let mut all: Vec<String> = Vec::new();
        let mut heights: Vec<String> = Vec::new();
        for (i, one) in landmarks.iter().enumerate() {
            match one.height.as_ref().filter(|_| is_bare_height(one)) {
                Some(height) => heights.push(self.number(&height.value)),
                None => all.push(self.object(one, case)),
            }
            if !heights.is_empty() && !landmarks.get(i + 1).is_some_and(|next| is_bare_height(next)) {
                let n = heights.len().to_string();
                all.push(self.say("heights", &[("n", &n), ("list", &self.list(&heights))]));
                heights.clear();
            }
        }
        match all.is_empty() {
            true => String::new(),
            false => self.say("via", &[("what", &self.list(&all))]),
        }
    }

    fn left(self, left: &LeftOnSide, part: &ClausePart) -> String {
        let what = match (left.what.anaphora, left.what.class) {
            (true, None) => {
                let followed = part.along.first().and_then(|one| one.class);
                self.say("it", &[("gender", self.gender(followed).word())])
            }
            _ => self.object(&left.what, Case::Accusative),
        };
        self.say("left-in", &[("what", &what), ("territory", &self.territory(&left.territory))])
    }

    /// A point stated on its own.
    pub(super) fn point_clause(self, clause: &PointClause) -> String {
        if !clause.meeting.is_empty() {
            let states: Vec<String> = clause.meeting.iter().map(|state| self.state(state)).collect();
            let point = self.point(&clause.point, Case::Nominative);
            let message = if clause.by_separate_treaty { "tripoint-treaty" } else { "tripoint" };
            return self.sentence(&self.say(message, &[("point", &point), ("states", &self.list(&states))]));
        }
        if clause.start {
            let point = self.situated(&clause.point, &clause.location, Case::Nominative);
            return self.sentence(&self.say("start", &[("point", &point)]));
        }
        let gender = self.gender_of_point(clause.point.kind).word();
        let point = self.point(&clause.point, Case::Nominative);
        let place = self.place(&clause.location);
        self.sentence(&self.say("lies", &[("point", &point), ("place", &place), ("gender", gender)]))
    }

    fn state(self, words: &crate::document::description::Words) -> String {
        match self.language() {
            "en" | "az" => self.name(words),
            _ => self.territory(words),
        }
    }
}

/// Whether an object is a height without any other designation.
fn is_bare_height(one: &Landmark) -> bool {
    one.class == Some(LandmarkClass::Height)
        && one.height.is_some()
        && one.name.is_empty()
        && one.territory.is_empty()
        && !one.unnamed
}

/// The sentence frame of a leg with one part.
fn frame(part: &ClausePart) -> &'static str {
    match part.follow {
        None => "leg-straight",
        Some(Follow::Straight) => "leg-straight",
        Some(Follow::River | Follow::Canal | Follow::Lake) => "leg-river",
        Some(Follow::Ridge | Follow::Watershed) => "leg-ridge",
        Some(_) => "leg-way",
    }
}

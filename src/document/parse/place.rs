//! Locations of points: lines and objects, ties, coordinates.

use super::classes::is_road;
use super::items::{Meaning, WindForm};
use super::landmark::Phrase;
use super::lexicon::Tag;
use super::reader::{Of, Reader};
use crate::document::description::{
    Direction, FeatureLine, Follow, Heading, Landmark, LandmarkClass, LengthKind, LiesOn, Passing, PointLocation,
    StatedLength, StatedPosition, Tie, Wind,
};

/// Whether a point is on an object of this class rather than at it.
pub(super) fn is_linear(class: Option<LandmarkClass>) -> bool {
    use LandmarkClass as C;
    class.is_some_and(|class| {
        is_road(class)
            || matches!(
                class,
                C::River
                    | C::Stream
                    | C::IntermittentStream
                    | C::RiverBranch
                    | C::Canal
                    | C::Ditch
                    | C::Lake
                    | C::Pond
                    | C::Reservoir
                    | C::Backwater
                    | C::Sea
                    | C::Marsh
                    | C::Range
                    | C::Ridge
                    | C::Watershed
                    | C::Spur
                    | C::Railway
                    | C::Shelterbelt
                    | C::ForestCut
                    | C::ForestEdge
                    | C::Boundary
                    | C::Gully
                    | C::Ravine
                    | C::Gorge
                    | C::Dam
                    | C::Bank
                    | C::Shore
            )
    })
}

/// A parsed tie or passage, and the item after it.
struct ParsedPlace {
    tie: Tie,
    next: usize,
    confidence: f64,
}

impl Reader<'_> {
    /// The location to which the current words belong.
    pub fn location(&mut self) -> &mut PointLocation {
        match self.place_of() {
            Of::From => &mut self.draft.clause.from_location,
            Of::Point => match &mut self.draft.point {
                Some(point) => &mut point.location,
                None => &mut self.draft.clause.to_location,
            },
            _ => &mut self.draft.clause.to_location,
        }
    }

    pub fn place_of(&self) -> Of {
        match self.of {
            Of::Leg if self.draft.point.is_some() => Of::Point,
            Of::Leg => {
                let clause = &self.draft.clause;
                let begun = clause.to.is_some()
                    || !clause.to_location.is_empty()
                    || !clause.parts.is_empty()
                    || !clause.directions.is_empty();
                if clause.from.is_some() && !begun { Of::From } else { Of::To }
            }
            of => of,
        }
    }

    fn field(&self, rest: &str) -> String {
        let of = match self.place_of() {
            Of::From => "from",
            Of::Point => "point",
            _ => "to",
        };
        format!("{of}-{rest}")
    }

    /// The field of a tie of the location.
    pub fn tie_field(&self) -> String {
        self.field("tie")
    }

    /// Adds an object to the location.
    pub fn lies(&mut self, phrase: Phrase, at: bool, near: bool, from: usize) {
        let field = self.field(if near {
            "near"
        } else if at {
            "at"
        } else {
            "on"
        });
        let value = self.described(&phrase.landmark);
        let next = phrase.next;
        if phrase.landmark.anaphora {
            self.note("anaphora", value.clone(), from, next, 0.9);
        }
        if let Some(line) = phrase.line {
            self.note(&self.field("line"), word(&line), from, next, 0.95);
        }
        if let Some(bank) = phrase.bank {
            self.note(&self.field("bank"), word(&bank), from, next, 0.95);
        }
        if let Some(height) = &phrase.landmark.height {
            self.note(&self.field("height"), height.value.digits(), from, next, 0.95);
        }
        self.note(&field, value, from, next, 0.9);
        let linear = is_linear(phrase.landmark.class) || phrase.line.is_some() || phrase.bank.is_some();
        let location = self.location();
        if near {
            location.near.push(phrase.landmark);
        } else if linear && !at {
            location.on.push(LiesOn { landmark: phrase.landmark, line: phrase.line, bank: phrase.bank });
        } else {
            location.at.push(phrase.landmark);
        }
    }

    /// "in midstream": a line of the river named before.
    pub fn lies_on_line(&mut self, line: FeatureLine, from: usize, to: usize) {
        self.note(&self.field("line"), word(&line), from, to, 0.85);
        let landmark = Landmark { anaphora: true, ..Landmark::of_class(LandmarkClass::River) };
        self.location().on.push(LiesOn { landmark, line: Some(line), bank: None });
    }

    /// The item after a tie that starts at an item.
    pub fn tie_end(&self, i: usize) -> Option<usize> {
        let start = i + usize::from(self.is(i, &Tag::Approx));
        let to_point = || {
            let at = self.measure(start)?.next;
            let from = matches!(self.tag(at), Some(Tag::From | Tag::Of));
            self.point(at + 1).filter(|_| from).map(|(_, next)| next)
        };
        self.tie_at(start, false).map(|found| found.next).or_else(to_point)
    }

    /// Coordinates at an item.
    pub fn positioned(&mut self, i: usize, position: StatedPosition) -> usize {
        // "a parallel of 49° north latitude", "the meridian 44°10′ E".
        let lines = match &position {
            StatedPosition::Geographic { latitude: Some(latitude), longitude: None, .. } => {
                Some((Follow::Parallel, "latitude", latitude))
            }
            StatedPosition::Geographic { latitude: None, longitude: Some(longitude), .. } => {
                Some((Follow::Meridian, "longitude", longitude))
            }
            _ => None,
        };
        if let Some((follow, name, coordinate)) = lines
            && let Some(part) = self.draft.clause.parts.last_mut()
            && part.follow == Some(follow)
            && part.degrees.is_none()
        {
            part.degrees = Some(coordinate.angle.clone());
            self.note(name, format!("{}", coordinate.value_deg()), i, i + 1, 0.95);
            return i + 1;
        }
        let field = self.field("position");
        let value = match &position {
            StatedPosition::Geographic { latitude, longitude, .. } => {
                let shown = |value: &Option<crate::document::description::StatedCoordinate>| {
                    value.as_ref().map_or("?".to_owned(), |value| format!("{:.7}", value.value_deg()))
                };
                format!("{} {}", shown(latitude), shown(longitude))
            }
            StatedPosition::Plane { northing, easting } => format!("{northing} {easting}"),
            StatedPosition::Grid { reference, .. } => reference.clone(),
        };
        let confidence = self.items[i].confidence;
        self.note(&field, value, i, i + 1, confidence);
        self.location().positions.push(position);
        i + 1
    }

    /// A tie that starts with a distance: "0,34 км на північно-північний захід від розвилки".
    fn tie_at(&self, i: usize, crossing: bool) -> Option<ParsedPlace> {
        let measure = self.measure(i)?;
        let mut at = measure.next;
        let mut direction = None;
        let mut looked = 0;
        let skippable = |at: usize| {
            matches!(self.tag(at), Some(Tag::On | Tag::To | Tag::Skip | Tag::At | Tag::Direction | Tag::Toward))
                && !matches!(self.low(at), "до")
                || self.low(at) == "in"
        };
        while looked < 4 && skippable(at) {
            at += 1;
            looked += 1;
        }
        let mut comparative = false;
        // "2 km upstream of the confluence".
        let mut stream = None;
        if let Some(Meaning::Wind(wind, form)) = self.meaning(at) {
            direction = Some(*wind);
            comparative = *form == WindForm::Comparative;
            at += 1;
            at += usize::from(self.is(at, &Tag::Direction));
        } else {
            at = measure.next;
            if matches!(self.tag(at), Some(Tag::Stream(_))) && matches!(self.tag(at + 1), Some(Tag::Of | Tag::From)) {
                stream = Some(Heading::Text(self.words(self.printed(at, at + 1))));
                at += 1;
            }
        }
        // "15 m above the bridge", along the stream.
        let is_beyond = |at: usize| self.is(at, &Tag::Beyond) && self.phrase(at + 1).is_some();
        let by_stream = direction.is_none() && stream.is_none() && self.of != Of::Leg && is_beyond(at);
        if by_stream {
            stream = Some(Heading::Text(self.words(self.printed(at, at + 1))));
            at += 1;
        }
        let of = matches!(self.tag(at), Some(Tag::Of | Tag::From)) && !matches!(self.low(at), "с" | "со")
            || direction.is_some() && self.is_genitive(at);
        if of {
            at += 1;
        } else if !comparative && !by_stream {
            return None;
        }
        // "3 km from point 5" may be the start of a leg.
        let begins = self.lexicon.language == "en" && self.point(at).is_some() && self.of == Of::Leg;
        if direction.is_none() && begins && !crossing {
            return None;
        }
        // "по прямой" between a comparative and its object.
        if matches!(self.tag(at), Some(Tag::Follow(_))) {
            at += 1;
        }
        let approx = self.approx_around(i, measure.next);
        let length = StatedLength { kind: Some(LengthKind::Straight), approx, ..measure.length };
        let (landmark, next) = match self.point(at) {
            Some((point, next)) => {
                let name = point.id.map(|id| self.words(&id)).unwrap_or_default();
                (Landmark::of_class(LandmarkClass::Point).named(name), next)
            }
            None => {
                match self.phrase(at) {
                    Some(phrase) => (super::landmark::with_line(phrase.landmark, phrase.line), phrase.next),
                    // A truncated text, or an object without a known noun.
                    None if direction.is_some() && self.of != Of::Leg && !self.is(at, &Tag::It) => {
                        (Landmark::default(), at)
                    }
                    None => return None,
                }
            }
        };
        let heading = direction.map(Heading::Wind).or(stream);
        let direction = heading.map(|heading| Direction { heading, general: false, approx: false });
        Some(ParsedPlace {
            tie: Tie { distance: Some(length), direction, from: landmark },
            next,
            confidence: measure.confidence,
        })
    }

    /// Whether a Romance preposition of the genitive stands at an item.
    pub(super) fn is_genitive(&self, i: usize) -> bool {
        matches!(self.lexicon.language, "es" | "fr" | "it")
            && matches!(
                self.low(i),
                "de" | "del" | "du" | "des" | "d'" | "di" | "della" | "dello" | "dell" | "dei" | "delle"
            )
    }

    /// Parses a tie, and adds it to its location or part.
    pub fn tie(&mut self, i: usize, passing: bool, crossing: bool) -> Option<usize> {
        let found = self.tie_at(i, crossing)?;
        let wind = found.tie.direction.as_ref().and_then(wind_of);
        let metres = found.tie.distance.as_ref().map_or(0.0, StatedLength::metres);
        let said = format!(
            "{} m {} {}",
            metric(metres),
            wind.map_or("-".to_owned(), |wind| format!("{wind:?}")),
            describe(&found.tie.from)
        );
        if found.tie.distance.as_ref().is_some_and(|distance| distance.approx) {
            self.note("approx", "about", i, found.next, 0.9);
        }
        // "along the railway at a distance of 50 m from its axis".
        if wind.is_none()
            && self.of == Of::Leg
            && !self.leg_ends()
            && found.tie.from.name.is_empty()
            && matches!(found.tie.from.class, Some(LandmarkClass::Axis | LandmarkClass::Centre | LandmarkClass::Side))
            && self.draft.clause.parts.last().is_some_and(|part| !part.along.is_empty() && part.offset.is_none())
        {
            self.note("offset", metric(metres), i, found.next, found.confidence);
            for field in self.draft.fields.iter_mut().filter(|field| field.field == "follow") {
                field.value = word(&Follow::Offset);
            }
            let part = self.part();
            part.offset = found.tie.distance;
            part.follow = Some(Follow::Offset);
            return Some(found.next);
        }
        if passing && wind.is_some() {
            self.note("passes", said, i, found.next, found.confidence);
            let part = self.part();
            part.passes.push(Passing { what: vec![found.tie.from], side: wind, distance: found.tie.distance });
            return Some(found.next);
        }
        if crossing {
            self.note("crossing-tie", said.clone(), i, found.next, found.confidence);
            let open = self.draft.clause.parts.iter_mut().rev().find_map(|part| part.crosses.last_mut());
            if let Some(crossing) = open {
                crossing.ties.push(found.tie);
                return Some(found.next);
            }
        }
        self.note(&self.field("tie"), said, i, found.next, found.confidence);
        if let Some(height) = &found.tie.from.height {
            self.note("tie-height", height.value.digits(), i, found.next, 0.95);
        }
        if !found.tie.from.territory.is_empty() {
            let territory = found.tie.from.territory.get(self.lexicon.language).unwrap_or_default().to_owned();
            self.note("tie-territory", territory, i, found.next, 0.95);
        }
        self.location().ties.push(found.tie);
        self.tied = Some(found.next);
        Some(found.next)
    }

    /// A tie by bearing: "South 41° 6' east, 25.22 feet from the corner".
    pub fn bearing_tie(&mut self, i: usize) -> Option<usize> {
        let Some(Meaning::Bearing(bearing)) = self.meaning(i).cloned() else { return None };
        let start = i + 1 + usize::from(self.mark(i + 1, &[',']));
        let measure = self.measure(start)?;
        if !matches!(self.tag(measure.next), Some(Tag::Of | Tag::From)) {
            return None;
        }
        let phrase = self.phrase(measure.next + 1)?;
        let said = format!(
            "{} m {:.4} {}",
            metric(measure.length.metres()),
            bearing.azimuth_deg(),
            describe(&phrase.landmark)
        );
        self.note(&self.field("tie"), said, i, phrase.next, measure.confidence);
        let length = StatedLength { kind: Some(LengthKind::Straight), ..measure.length };
        let direction = Direction { heading: Heading::Bearing(bearing), general: false, approx: false };
        let next = phrase.next;
        self.location().ties.push(Tie { distance: Some(length), direction: Some(direction), from: phrase.landmark });
        Some(next)
    }
}

/// Metres to the millimetre, without trailing zeros.
pub(super) fn metric(metres: f64) -> String {
    let text = format!("{metres:.3}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// The wind of a direction, if it is one.
pub(super) fn wind_of(direction: &Direction) -> Option<Wind> {
    match direction.heading {
        Heading::Wind(wind) => Some(wind),
        _ => None,
    }
}

/// The name of a value in JSON.
pub(super) fn word<T: serde::Serialize>(value: &T) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        Ok(other) => other.to_string(),
        Err(_) => String::new(),
    }
}

/// An object in one line: class, name, height, and the objects to which it belongs.
pub(super) fn describe(landmark: &Landmark) -> String {
    let mut out: Vec<String> = Vec::new();
    if let Some(crate::document::description::Which::Ordinal(number)) = landmark.which {
        out.push(format!("{number}."));
    } else if let Some(which) = &landmark.which {
        out.push(word(which));
    }
    if let Some(side) = landmark.side {
        out.push(format!("{side:?}"));
    }
    if landmark.unnamed {
        out.push("unnamed".to_owned());
    }
    out.extend(landmark.class.as_ref().map(word));
    out.extend(landmark.name.0.values().cloned());
    if !landmark.also.is_empty() {
        let also: Vec<String> = landmark.also.iter().flat_map(|words| words.0.values().cloned()).collect();
        out.push(format!("({})", also.join(", ")));
    }
    if !landmark.of.is_empty() {
        out.push(format!("of {}", landmark.of.iter().map(describe).collect::<Vec<_>>().join(" and ")));
    }
    if let Some(height) = &landmark.height {
        out.push(format!("at {} {}", height.value, word(&height.unit)));
    }
    out.join(" ")
}

//! Tests texts in several languages against each other: legs between the same points say the same.

use super::against::means;
use super::stated::{self, StatedLeg};
use super::{AuditResult, Finding, Verdict};
use crate::document::description::{
    ClausePart, Direction, Heading, Landmark, LeftOnSide, PointLocation, StatedLength, Tie, Via, Words,
};
use crate::document::parse::{ParsedText, plain_metres as metric, word_of};
use rustc_hash::FxHashMap;
use std::collections::HashMap;

/// Whose name it is: names of territories and of objects correspond each among themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Of {
    Object,
    Territory,
}

/// A statement of a leg: what it is about, the fields from which it was read, its content without names, and its names.
#[derive(Default)]
struct Said {
    about: &'static str,
    fields: &'static [&'static str],
    content: String,
    names: Vec<(Of, String)>,
}

impl Said {
    fn new(about: &'static str, fields: &'static [&'static str]) -> Self {
        Said { about, fields, ..Said::default() }
    }

    fn add(&mut self, words: &str) {
        if !words.is_empty() {
            if !self.content.is_empty() {
                self.content.push_str(", ");
            }
            self.content.push_str(words);
        }
    }

    fn name(&mut self, of: Of, words: &Words) -> bool {
        self.names.extend(words.0.values().next().map(|name| (of, name.clone())));
        !words.is_empty()
    }

    /// An object without its names, which are kept apart.
    fn object(&mut self, object: &Landmark) -> String {
        let mut words: Vec<String> = Vec::new();
        words.extend(object.count.map(|count| count.to_string()));
        if object.unnamed {
            words.push("unnamed".to_owned());
        }
        words.extend(object.side.map(|side| format!("{side:?}")));
        words.push(match &object.class {
            Some(class) => plain(&word_of(class)),
            None if object.anaphora => "it".to_owned(),
            None => "object".to_owned(),
        });
        if self.name(Of::Object, &object.name) {
            words.push("with a name".to_owned());
        }
        words.extend(object.height.as_ref().map(|height| format!("at {} m", metric(height.metres()))));
        let of: Vec<String> = object.of.iter().map(|of| self.object(of)).collect();
        if !of.is_empty() {
            words.push(format!("of {}", of.join(" and ")));
        }
        if self.name(Of::Territory, &object.territory) {
            words.push("in a territory".to_owned());
        }
        words.join(" ")
    }

    fn tie(&mut self, tie: &Tie) {
        let mut words: Vec<String> = tie.distance.as_ref().map(metres).into_iter().collect();
        words.extend(tie.direction.as_ref().map(heading).filter(|heading| !heading.is_empty()));
        let from = self.object(&tie.from);
        self.add(&format!("{} from the {from}", words.join(" ")));
    }

    fn place(&mut self, place: &PointLocation) {
        for on in &place.on {
            let line = on.line.as_ref().map(word_of).or(on.bank.as_ref().map(|bank| format!("{} bank", word_of(bank))));
            let object = self.object(&on.landmark);
            self.add(&format!(
                "on {}{object}",
                line.map_or(String::new(), |line| format!("the {} of the ", plain(&line)))
            ));
        }
        for (how, objects) in [("at", &place.at), ("near", &place.near)] {
            for object in objects {
                let object = self.object(object);
                self.add(&format!("{how} the {object}"));
            }
        }
        if let Some(height) = &place.height {
            self.add(&format!("at {} m", metric(height.metres())));
        }
    }
}

fn plain(word: &str) -> String {
    word.replace('-', " ")
}

fn metres(length: &StatedLength) -> String {
    format!("{} m", metric(length.metres()))
}

fn heading(direction: &Direction) -> String {
    let said = match &direction.heading {
        Heading::Wind(wind) => format!("{wind:?}"),
        Heading::Winds(winds) => winds.iter().map(|wind| format!("{wind:?}")).collect::<Vec<_>>().join(" and "),
        Heading::Bearing(bearing) => format!("{}°", metric(bearing.azimuth_deg())),
        Heading::Range { from_deg, to_deg, .. } => format!("{from_deg}° to {to_deg}°"),
        Heading::Turn { angle, .. } => format!("a turn of {}°", metric(angle.value_deg())),
        Heading::Same | Heading::Text(_) => return String::new(),
    };
    if direction.general { format!("in general {said}") } else { said }
}

fn followed(said: &mut Said, part: &ClausePart) {
    let Some(follow) = &part.follow else { return };
    let line = part.line.as_ref().map(|line| format!("{} of ", plain(&word_of(line))));
    let bank = part.bank.as_ref().map(|bank| format!("{} bank of ", word_of(bank)));
    let along: Vec<String> = part.along.iter().chain(&part.between).map(|one| said.object(one)).collect();
    let offset = part.offset.as_ref().map_or(String::new(), |offset| format!(" at {}", metres(offset)));
    let along = if along.is_empty() { plain(&word_of(follow)) } else { along.join(" and ") };
    said.add(&format!("{}{along}{offset}", line.or(bank).unwrap_or_default()));
}

fn passed(said: &mut Said, via: &Via) {
    let point = via.point.as_ref().and_then(|point| point.id.clone()).map(|id| format!("point {id}"));
    let object = via.landmark.as_ref().map(|object| said.object(object));
    said.add(&point.or(object).unwrap_or_default());
}

fn left(said: &mut Said, left: &LeftOnSide) {
    let what = said.object(&left.what);
    let side = left
        .to_the
        .map(|wind| format!(" to the {wind:?}"))
        .or(left.hand.map(|hand| format!(" to the {}", word_of(&hand))));
    let territory = if said.name(Of::Territory, &left.territory) { " in a territory" } else { "" };
    said.add(&format!("{what}{}{territory}", side.unwrap_or_default()));
}

/// The statements of a leg that must be equal in every language.
fn said(leg: &StatedLeg<'_>) -> Vec<Said> {
    let clause = leg.leg;
    let mut length = Said::new("length", &["length"]);
    let lengths = clause.length.iter().chain(clause.chord.iter());
    lengths.chain(clause.parts.iter().filter_map(|part| part.length.as_ref())).for_each(|one| length.add(&metres(one)));
    let mut wind = Said::new("direction", &["wind", "winds", "bearing", "direction"]);
    leg.directions().iter().for_each(|direction| wind.add(&heading(direction)));
    let mut stream = Said::new("stream", &["stream"]);
    let mut follow = Said::new("way", &["follow", "along"]);
    let mut via = Said::new("points on the way", &["via"]);
    let mut crossing = Said::new("crossings", &["crosses", "crosses-not"]);
    let mut leaving = Said::new("what is left on a side", &["leaves"]);
    for part in &clause.parts {
        if let Some(one) = &part.stream {
            stream.add(&format!("{}stream", word_of(one)));
        }
        followed(&mut follow, part);
        part.via.iter().for_each(|one| passed(&mut via, one));
        for one in &part.crosses {
            let what = crossing.object(&one.what);
            crossing.add(&format!("{}{what}", if one.not { "not " } else { "" }));
        }
        part.leaves.iter().for_each(|one| left(&mut leaving, one));
    }
    let mut begin = Said::new("place of the start", &["from-on", "from-at", "from-near", "from"]);
    begin.place(&clause.from_location);
    let mut end = Said::new("place of the end", &["to-on", "to-at", "to-near", "to"]);
    end.place(&clause.to_location);
    let mut first = Said::new("ties of the start", &["from-tie"]);
    clause.from_location.ties.iter().for_each(|tie| first.tie(tie));
    let mut ties = Said::new("ties of the end", &["to-tie"]);
    clause.to_location.ties.iter().for_each(|tie| ties.tie(tie));
    let mut sides = Said::new("sides", &["side"]);
    for side in &clause.sides {
        let hand = side.hand.map_or(String::new(), |hand| word_of(&hand));
        sides.name(Of::Territory, &side.territory);
        sides.add(&hand);
    }
    vec![length, wind, stream, follow, via, crossing, leaving, begin, end, first, ties, sides]
}

/// A leg of a text, with what it says.
struct Told<'a> {
    text: usize,
    leg: StatedLeg<'a>,
    said: Vec<Said>,
}

/// Names that correspond: the languages, whose name it is, and the names in both, with the number of places.
#[derive(Default)]
struct Names(FxHashMap<(String, String, Of), Pairs>);

/// Pairs of names, each with the number of places.
type Pairs = FxHashMap<(String, String), usize>;

impl Names {
    fn learn(&mut self, languages: (&str, &str), of: Of, theirs: &str, mine: &str) {
        let known = self.0.entry((languages.0.to_owned(), languages.1.to_owned(), of)).or_default();
        *known.entry((theirs.to_owned(), mine.to_owned())).or_default() += 1;
    }

    /// The name that should stand for another: that which more places, or equal letters, show.
    fn expected(&self, languages: (&str, &str), of: Of, theirs: &str, mine: &str) -> Option<String> {
        if theirs == mine {
            return None;
        }
        let known = self.0.get(&(languages.0.to_owned(), languages.1.to_owned(), of))?;
        let here = known.get(&(theirs.to_owned(), mine.to_owned())).copied().unwrap_or_default();
        let is_surer = |a: &str, b: &str, count: usize| count > here || count == here && b == a;
        let others = known.iter().filter(|((a, b), count)| a == theirs && !means(b, mine) && is_surer(a, b, **count));
        let usual = others.max_by(|a, b| a.1.cmp(b.1).then(b.0.cmp(a.0))).map(|((_, name), _)| name.clone());
        // Elsewhere this name stands for another of theirs.
        let stands =
            |((a, b), count): (&(String, String), &usize)| b == mine && !means(a, theirs) && is_surer(a, b, *count);
        usual.or_else(|| known.iter().any(stands).then(|| theirs.to_owned()))
    }
}

/// Tests that legs between the same points in several texts or languages agree.
pub(super) fn languages(texts: &[ParsedText]) -> Vec<AuditResult> {
    let mut told: Vec<Told<'_>> = Vec::new();
    for (text, one) in texts.iter().enumerate() {
        told.extend(stated::legs(one).into_iter().map(|leg| Told { text, said: said(&leg), leg }));
    }
    let mut first: HashMap<(&str, &str), usize> = HashMap::new();
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for (at, one) in told.iter().enumerate() {
        let (Some(from), Some(to)) = (one.leg.from.as_deref(), one.leg.to.as_deref()) else { continue };
        let before = *first.entry((from, to)).or_insert(at);
        let other = &told[before];
        if before != at && (other.text != one.text || other.leg.clause.language != one.leg.clause.language) {
            pairs.push((before, at));
        }
    }
    let languages = |(before, at): (usize, usize)| {
        (told[before].leg.clause.language.as_str(), told[at].leg.clause.language.as_str())
    };
    let mut names = Names::default();
    for &pair in &pairs {
        for (theirs, mine) in told[pair.0].said.iter().zip(&told[pair.1].said).filter(|(a, b)| a.content == b.content) {
            for ((of, theirs), (_, mine)) in theirs.names.iter().zip(&mine.names) {
                names.learn(languages(pair), *of, theirs, mine);
            }
        }
    }
    let mut out = Vec::new();
    for &pair in &pairs {
        let (other, this) = (&told[pair.0], &told[pair.1]);
        let (of, language) = languages(pair);
        let text = &texts[this.text];
        let mut add = |about: &str, fields: &[&str], verdict: Verdict, stated: String, expected: String| {
            let read = this.leg.clause.fields.iter().find(|known| fields.contains(&known.field.as_str()));
            let span = read.map_or(this.leg.clause.span, |known| known.span);
            let rule = match of == language {
                true => format!("{about}: both texts say the same"),
                false => format!("{about}: the texts in {of} and {language} say the same"),
            };
            let finding = Finding { verdict, stated, expected, tolerance: None, rule };
            let result = AuditResult::of(text, this.leg.clause, span, "language", finding);
            let (point_from, point_to) = (this.leg.from.clone(), this.leg.to.clone());
            out.push(AuditResult { point_from, point_to, ..result });
        };
        let shown = |content: &str| if content.is_empty() { "nothing".to_owned() } else { content.to_owned() };
        let mut differs = false;
        for (theirs, mine) in other.said.iter().zip(&this.said) {
            if theirs.content != mine.content {
                differs = true;
                add(mine.about, mine.fields, Verdict::Contradict, shown(&mine.content), shown(&theirs.content));
                continue;
            }
            for ((kind, theirs), (_, name)) in theirs.names.iter().zip(&mine.names) {
                if let Some(expected) = names.expected((of, language), *kind, theirs, name) {
                    differs = true;
                    let about = if *kind == Of::Territory { "territory" } else { "name" };
                    add(about, mine.fields, Verdict::Contradict, name.clone(), expected);
                }
            }
        }
        if !differs {
            add("leg", &[], Verdict::Agree, String::new(), String::new());
        }
    }
    out
}

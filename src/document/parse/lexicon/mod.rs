//! Words of each language and their meanings, read from one file per language.
//!
//! A line is `meaning: phrase | phrase`; a trailing `*` of a word matches any ending, a leading `*` any beginning; a line
//! `column NAME: phrase | phrase` has the headings of a column of a schedule. A native reader can correct the files
//! without knowing the program.

use super::token::{Token, TokenKind, tokens};
use crate::document::description::{
    AreaUnit, BankSide, BearingReference, FeatureLine, Follow, Hand, LandmarkClass, LengthUnit, PointKind, Stream,
    Which,
};
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// The meaning of a phrase in a clause.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Tag {
    From,
    To,
    /// From the end of the previous clause.
    Here,
    Then,
    And,
    Point(PointKind),
    StartPoint,
    Close,
    Located,
    Run,
    Turns,
    Subject,
    Follow(Follow),
    NotStraight,
    FollowVerb,
    Along,
    Adjoining,
    Ascend,
    Descend,
    Course,
    Line(FeatureLine),
    Bank(BankSide),
    Stream(Stream),
    General,
    Direction,
    For,
    Distance,
    InAll,
    Unit(LengthUnit),
    DegreeUnit,
    AreaUnit(AreaUnit),
    Approx,
    Leaves,
    Remains,
    Territory,
    Cross,
    NotCross,
    Not,
    Via,
    Into,
    This,
    It,
    Unnamed,
    Ordinal(u32),
    Which(Which),
    Count(u32),
    Height,
    Tall,
    On,
    At,
    Near,
    Of,
    Between,
    TurnAngle,
    RightAngle,
    Area,
    Total,
    Radius,
    CentralAngle,
    Hand(Hand),
    Plus,
    Rest,
    Obj(LandmarkClass),
    /// "towards" in languages with the direction before the wind.
    Toward,
    Reach,
    Until,
    NumberPrefix,
    Plan,
    Shared,
    TripointWord,
    /// The north of a bearing.
    North(BearingReference),
    /// "belongs to": the territory follows.
    Belongs,
    /// "departs from": the feature that the line leaves follows.
    Quits,
    /// "a tributary of": says which river an object is.
    Tributary,
    /// "above", "below": along the stream from an object.
    Beyond,
    Skip,
}

#[derive(Debug)]
enum Part {
    Whole(String),
    Start(String),
    End(String),
}

impl Part {
    fn of(word: &str) -> Self {
        match (word.strip_suffix('*'), word.strip_prefix('*')) {
            (Some(start), _) => Part::Start(start.to_owned()),
            (None, Some(end)) => Part::End(end.to_owned()),
            (None, None) => Part::Whole(word.to_owned()),
        }
    }

    fn fits(&self, word: &str) -> bool {
        match self {
            Part::Whole(whole) => word == whole,
            Part::Start(start) => word.starts_with(start.as_str()),
            Part::End(end) => word.ends_with(end.as_str()),
        }
    }

    /// Specificity of the match of a word.
    fn weight(&self) -> usize {
        match self {
            Part::Whole(word) => 2 * word.len() + 1,
            Part::Start(word) | Part::End(word) => 2 * word.len(),
        }
    }
}

#[derive(Debug)]
struct LexiconEntry {
    words: Vec<Part>,
    tag: Tag,
}

/// The words of a language.
#[derive(Debug)]
pub(super) struct Lexicon {
    /// Its code.
    pub language: &'static str,
    /// Whether the decimal separator is a comma.
    pub decimal_comma: bool,
    /// Whether objects precede their postpositions: "from the bridge 0.3 km north lying point 3".
    pub postposed: bool,
    entries: Vec<LexiconEntry>,
    /// Entries by the first letters of their first word.
    by_start: FxHashMap<String, Vec<usize>>,
    /// Entries whose first word has a leading `*`.
    by_end: Vec<usize>,
    /// Headings of the columns of a schedule.
    columns: Vec<(String, ScheduleColumn)>,
    /// What parts of a paper are called before their numbers.
    divisions: Vec<String>,
}

/// A column of a schedule of legs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ScheduleColumn {
    From,
    To,
    Direction,
    Length,
}

impl ScheduleColumn {
    fn of(word: &str) -> Option<ScheduleColumn> {
        Some(match word {
            "from" => ScheduleColumn::From,
            "to" => ScheduleColumn::To,
            "direction" => ScheduleColumn::Direction,
            "length" => ScheduleColumn::Length,
            _ => return None,
        })
    }
}

/// Greatest length of the index keys, in letters.
const KEY: usize = 3;

static ALL: LazyLock<Vec<Lexicon>> = LazyLock::new(|| {
    [
        include_str!("az.txt"),
        include_str!("de.txt"),
        include_str!("en.txt"),
        include_str!("es.txt"),
        include_str!("fr.txt"),
        include_str!("hy.txt"),
        include_str!("it.txt"),
        include_str!("ru.txt"),
        include_str!("sr.txt"),
        include_str!("uk.txt"),
    ]
    .into_iter()
    .map(Lexicon::of)
    .map(Lexicon::with_papers)
    .collect()
});

/// The lexicons of all languages.
pub(super) fn all() -> &'static [Lexicon] {
    &ALL
}

/// The lexicon of a language.
pub(super) fn of(language: &str) -> Option<&'static Lexicon> {
    all().iter().find(|lexicon| lexicon.language == language)
}

/// A value from its name in the tree's JSON.
fn value<T: serde::de::DeserializeOwned>(word: &str) -> Option<T> {
    serde_json::from_value(serde_json::Value::from(word)).ok()
}

fn tag(meaning: &str) -> Option<Tag> {
    let (word, argument) = meaning.split_once(' ').unwrap_or((meaning, ""));
    Some(match word {
        "from" => Tag::From,
        "to" => Tag::To,
        "here" => Tag::Here,
        "then" => Tag::Then,
        "and" => Tag::And,
        "point" => Tag::Point(value(argument)?),
        "start-id" => Tag::StartPoint,
        "close" => Tag::Close,
        "located" => Tag::Located,
        "run" => Tag::Run,
        "turns" => Tag::Turns,
        "subject" => Tag::Subject,
        "follow" => Tag::Follow(value(argument)?),
        "not-straight" => Tag::NotStraight,
        "follow-verb" => Tag::FollowVerb,
        "along" => Tag::Along,
        "adjoining" => Tag::Adjoining,
        "ascend" => Tag::Ascend,
        "descend" => Tag::Descend,
        "course" => Tag::Course,
        "line" => Tag::Line(value(argument)?),
        "bank" => Tag::Bank(value(argument)?),
        "bank-any" => Tag::Line(FeatureLine::Bank),
        "stream" => Tag::Stream(value(argument)?),
        "general" => Tag::General,
        "direction" => Tag::Direction,
        "for" => Tag::For,
        "distance" => Tag::Distance,
        "in-all" => Tag::InAll,
        "unit" if argument == "degree" => Tag::DegreeUnit,
        "unit" => value(argument).map(Tag::Unit).or_else(|| value(argument).map(Tag::AreaUnit))?,
        "approx" => Tag::Approx,
        "leaves" => Tag::Leaves,
        "departs" => Tag::From,
        "remains" => Tag::Remains,
        "territory" => Tag::Territory,
        "cross" => Tag::Cross,
        "not-cross" => Tag::NotCross,
        "not" => Tag::Not,
        "via" => Tag::Via,
        "into" => Tag::Into,
        "this" => Tag::This,
        "it" => Tag::It,
        "unnamed" => Tag::Unnamed,
        "ordinal" => Tag::Ordinal(argument.parse().ok()?),
        "which" => Tag::Which(value(argument)?),
        "count" => Tag::Count(argument.parse().ok()?),
        "height" => Tag::Height,
        "tall" => Tag::Tall,
        "on" => Tag::On,
        "at" => Tag::At,
        "near" => Tag::Near,
        "of" => Tag::Of,
        "between" => Tag::Between,
        "turn-angle" => Tag::TurnAngle,
        "right-angle" => Tag::RightAngle,
        "area" => Tag::Area,
        "total" => Tag::Total,
        "radius" => Tag::Radius,
        "central-angle" => Tag::CentralAngle,
        "right" => Tag::Hand(Hand::Right),
        "left" => Tag::Hand(Hand::Left),
        "plus" => Tag::Plus,
        "rest" => Tag::Rest,
        "obj" => Tag::Obj(value(argument)?),
        "toward" => Tag::Toward,
        "reach" => Tag::Reach,
        "until" => Tag::Until,
        "number-prefix" => Tag::NumberPrefix,
        "plan" => Tag::Plan,
        "shared" => Tag::Shared,
        "tripoint-word" => Tag::TripointWord,
        "north" => Tag::North(value(argument)?),
        "belongs" => Tag::Belongs,
        "quits" => Tag::Quits,
        "tributary" => Tag::Tributary,
        "beyond" => Tag::Beyond,
        "skip" => Tag::Skip,
        _ => return None,
    })
}

impl Lexicon {
    fn of(file: &'static str) -> Self {
        let mut lexicon = Lexicon {
            language: "",
            decimal_comma: false,
            postposed: false,
            entries: Vec::new(),
            by_start: FxHashMap::default(),
            by_end: Vec::new(),
            columns: Vec::new(),
            divisions: Vec::new(),
        };
        for line in file.lines() {
            if let Some(language) = line.strip_prefix("language ") {
                lexicon.language = language;
            } else if line == "decimal comma" {
                lexicon.decimal_comma = true;
            } else if line == "postposed" {
                lexicon.postposed = true;
            } else if let Some(words) = line.strip_prefix("division: ") {
                lexicon.divisions.extend(words.split('|').map(|word| super::token::folded(word.trim())));
            } else if let Some((column, phrases)) = line.strip_prefix("column ").and_then(|rest| rest.split_once(": "))
            {
                let Some(column) = ScheduleColumn::of(column) else { continue };
                lexicon.columns.extend(phrases.split('|').map(|phrase| (super::token::folded(phrase.trim()), column)));
            } else if let Some((meaning, phrases)) = line.split_once(": ") {
                let Some(tag) = tag(meaning) else { continue };
                for phrase in phrases.split('|').map(str::trim).filter(|phrase| !phrase.is_empty()) {
                    lexicon.add(phrase, tag.clone());
                }
            }
        }
        lexicon
    }

    /// Adds the nouns that papers in the language have, in all their forms, where the file has no meaning for them.
    #[cfg(feature = "plates")]
    fn with_papers(mut self) -> Self {
        let Some(tongue) = crate::text::Tongue::of(self.language) else { return self };
        for message in crate::text::paper_messages("class-") {
            let Some(class) = value(message.trim_start_matches("class-")) else { continue };
            for form in tongue.say(message, &[]).split('|').map(super::token::folded) {
                let mut words = tokens(&form, 0..form.len());
                // "island of": the noun alone.
                let ends_with_of = |words: &[Token]| {
                    let last = words.len().checked_sub(1).map(|last| &words[last..]);
                    words.len() > 1 && last.and_then(|last| self.meaning(last)).is_some_and(|(tag, _)| tag == Tag::Of)
                };
                while ends_with_of(&words) {
                    words.pop();
                }
                let known = self.meaning(&words).map_or(0, |(_, used)| used);
                // A single letter is the gender of the noun.
                let is_word = words.first().is_some_and(|word| word.low.chars().count() > 1);
                if is_word && known < words.len() {
                    let phrase: Vec<&str> = words.iter().map(|word| word.low.as_str()).collect();
                    self.add(&phrase.join(" "), Tag::Obj(class));
                }
            }
        }
        self
    }

    #[cfg(not(feature = "plates"))]
    fn with_papers(self) -> Self {
        self
    }

    fn add(&mut self, phrase: &str, tag: Tag) {
        let words: Vec<Part> = phrase.split_whitespace().map(Part::of).collect();
        let index = self.entries.len();
        match words.first() {
            Some(Part::Whole(word) | Part::Start(word)) => {
                let key: String = word.chars().take(KEY).collect();
                self.by_start.entry(key).or_default().push(index);
            }
            _ => self.by_end.push(index),
        }
        self.entries.push(LexiconEntry { words, tag });
    }

    /// Whether a sentence is the name of a part of a paper alone: "Section IV.", "Участок № 2.".
    pub fn is_division(&self, sentence: &str) -> bool {
        let folded = super::token::folded(sentence);
        let mut words = folded.split_whitespace();
        let is_named = words.next().is_some_and(|word| self.divisions.iter().any(|division| division == word));
        let is_number = |word: &str| {
            let word = word.trim_start_matches('№').trim_end_matches(['.', ':', '։']);
            let is_roman = word.chars().all(|c| "ivxlc".contains(c));
            word.len() <= 6 && (is_roman || word.bytes().all(|byte| byte.is_ascii_digit()))
        };
        let rest: Vec<&str> = words.collect();
        is_named && matches!(rest.len(), 1 | 2) && rest.iter().all(|word| is_number(word)) && rest.concat() != "№"
    }

    /// The column of a schedule with this heading, and the unit that it states: "Distance, m", "Length (km)".
    pub fn column(&self, heading: &str) -> Option<(ScheduleColumn, Option<LengthUnit>)> {
        /// Longer cells are no heading.
        const LONGEST: usize = 60;
        if heading.len() > LONGEST {
            return None;
        }
        let folded = super::token::folded(heading);
        let (words, rest) = folded.split_at(folded.find(['(', ',']).unwrap_or(folded.len()));
        let words = words.trim().trim_end_matches(['.', ':']);
        let column = self.columns.iter().find(|(phrase, _)| phrase == words).map(|(_, column)| *column)?;
        let rest = tokens(rest, 0..rest.len());
        let unit = rest.iter().enumerate().find_map(|(at, _)| match self.meaning(&rest[at..]) {
            Some((Tag::Unit(unit), _)) => Some(unit),
            _ => None,
        });
        Some((column, unit))
    }

    /// The meaning of the longest phrase that starts at a token, and the number of its tokens.
    pub fn meaning(&self, tokens: &[Token]) -> Option<(Tag, usize)> {
        let first = tokens.first().filter(|token| token.kind == TokenKind::Word)?;
        let low = first.low.as_str();
        let keys = low.char_indices().take(KEY).map(|(at, c)| &low[..at + c.len_utf8()]);
        let by_start = keys.filter_map(|key| self.by_start.get(key)).flatten();
        let mut best: Option<(usize, usize, usize)> = None;
        for &index in self.by_end.iter().chain(by_start) {
            let entry = &self.entries[index];
            let words = &entry.words;
            let Some(used) = used(words, tokens) else { continue };
            let weight = words.iter().map(Part::weight).sum();
            if best.is_none_or(|(count, heavy, _)| (used, weight) > (count, heavy)) {
                best = Some((used, weight, index));
            }
        }
        best.map(|(count, _, index)| (self.entries[index].tag.clone(), count))
    }
}

/// Number of tokens matched by a phrase, allowing commas between its words, and full stops of abbreviations.
fn used(words: &[Part], tokens: &[Token]) -> Option<usize> {
    let mut at = 0;
    for (i, part) in words.iter().enumerate() {
        let is_short = |at: usize| tokens.get(at).is_some_and(|token| token.low.chars().count() <= 4);
        let mark = if i > 0 { tokens.get(at).map(|token| token.kind) } else { None };
        let skips = mark == Some(TokenKind::Mark(',')) || mark == Some(TokenKind::Mark('.')) && is_short(at - 1);
        at += usize::from(skips);
        if !tokens.get(at).is_some_and(|token| part.fits(&token.low)) {
            return None;
        }
        at += 1;
    }
    Some(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_every_file_has_a_meaning() {
        for file in ["az", "de", "en", "es", "fr", "hy", "it", "ru", "sr", "uk"] {
            let path = format!("{}/src/document/parse/lexicon/{file}.txt", env!("CARGO_MANIFEST_DIR"));
            let text = std::fs::read_to_string(path).expect("a lexicon");
            for line in text.lines().filter(|line| line.contains(':')) {
                let meaning = line.split(':').next().unwrap_or_default();
                let column = meaning.strip_prefix("column ").and_then(ScheduleColumn::of);
                let is_known = tag(meaning).is_some() || column.is_some() || meaning == "division";
                assert!(is_known, "{file}: {line}");
            }
            assert!(of(file).is_some_and(|lexicon| lexicon.entries.len() > 50), "{file}");
        }
    }
}

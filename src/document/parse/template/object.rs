//! Objects with their names, heights, territories, and the objects to which they belong.

use super::engine::{Engine, Got, Phrase, Value};
use crate::document::description::{Landmark, LandmarkClass, LengthUnit, StatedLength, Words};
use crate::document::parse::lexicon::{self, Tag};
use crate::document::parse::token::{Token, folded, tokens};
use crate::document::write::{Case, class_form, class_plural, territory_name};
use crate::text::{Tongue, paper_messages};
use rustc_hash::FxHashMap;
use std::rc::Rc;

/// Greatest number of words of a name.
const MOST_WORDS: usize = 8;
/// Greatest number of forms of a class word.
const FORMS: usize = 10;

/// The class words in their forms, by form and first word.
pub(super) struct ClassWords(FxHashMap<(usize, String), Forms>);

/// Words with their class.
type Forms = Vec<(Vec<String>, LandmarkClass)>;

impl ClassWords {
    pub fn of(tongue: Tongue) -> Self {
        let mut out: FxHashMap<(usize, String), Forms> = FxHashMap::default();
        for message in paper_messages("class-") {
            let class = message.trim_start_matches("class-").to_owned();
            let Ok(class) = serde_json::from_value::<LandmarkClass>(class.into()) else { continue };
            let said = tongue.say(message, &[]);
            for (form, text) in said.split('|').enumerate().take(FORMS) {
                let words: Vec<String> = text.split_whitespace().map(folded).collect();
                if let Some(first) = words.first().cloned() {
                    out.entry((form, first)).or_default().push((words, class));
                }
            }
        }
        ClassWords(out)
    }

    /// All words.
    pub fn words(&self) -> impl Iterator<Item = &String> {
        self.0.values().flatten().flat_map(|(words, _)| words)
    }
}

/// A height in metres.
fn metres(value: crate::document::description::Decimal) -> StatedLength {
    StatedLength { value, unit: LengthUnit::Metre, kind: None, approx: false }
}

impl Engine<'_> {
    /// The readings of a phrase, as those of another.
    pub(super) fn phrased(&mut self, phrase: Phrase, at: usize) -> Vec<Got> {
        self.phrase(phrase, at).iter().map(|got| (**got).clone()).collect()
    }

    /// The word of a class in a form.
    pub(super) fn class(&self, form: usize, at: usize) -> Vec<Got> {
        let found = self.language.words.0.get(&(form, self.low(at).to_owned()));
        let fits = |words: &Vec<String>| words.iter().enumerate().all(|(i, word)| self.low(at + i) == word);
        let fitting = found.into_iter().flatten().filter(|(words, _)| fits(words));
        let mut out: Vec<Got> =
            fitting.map(|(words, class)| Got::new(Value::Class(*class), at + words.len())).collect();
        if let Some((class, end)) = self.meanings.class(at).filter(|(_, end)| out.iter().all(|got| got.end != *end)) {
            out.push(Got::new(Value::Class(class), end));
        }
        out
    }

    /// A name: up to `MOST_WORDS` words without a separating mark.
    pub(super) fn name(&self, at: usize) -> Vec<Got> {
        let mut out = Vec::new();
        // A lower-case word of a message cannot start a name: "the bridge of X".
        let printed = self.printed(at, at + 1);
        if self.language.literals.contains(self.low(at)) && printed.starts_with(char::is_lowercase) {
            return out;
        }
        if self.meanings.is_small(at) {
            return out;
        }
        for end in at + 1..=(at + MOST_WORDS).min(self.len()) {
            // A name is followed by a word of a message, a number, a mark, or the end.
            let next = self.low(end);
            let ends = next.is_empty()
                || next.starts_with(|c: char| c.is_ascii_digit())
                || self.language.literals.contains(next)
                || self.marked_off(end)
                || self.meanings.is_small(end);
            if ends && self.may_be_name(at, end) {
                let words = Words::of(self.code(), self.printed(at, end));
                out.push(Got { cost: end - at, ..Got::new(Value::Words(words), end) });
            }
            let is_of_message = || {
                let starts_low = self.printed(end, end + 1).starts_with(char::is_lowercase);
                starts_low && self.language.literals.contains(next)
            };
            if self.parted(end) || self.bracketed_off(end) || !self.long_names && is_of_message() {
                break;
            }
        }
        out
    }

    /// Whether words may be a name: without lower-case words for streams, directions, lengths or ends of legs, as in
    /// "the Mere against the current, 1.7 km".
    fn may_be_name(&self, at: usize, end: usize) -> bool {
        let is_low = |i: usize| self.printed(i, i + 1).starts_with(|c: char| c.is_lowercase() || c.is_ascii_digit());
        if !(at + 1..end).any(is_low) {
            return true;
        }
        let (Some(first), Some(last)) =
            (self.chunks.get(at), end.checked_sub(1).and_then(|last| self.chunks.get(last)))
        else {
            return false;
        };
        let Some(lexicon) = lexicon::of(self.code()) else { return true };
        let words = tokens(self.text, first.span.start..last.span.end);
        let grammatical = |(i, token): (usize, &Token)| {
            let meaning = lexicon.meaning(&words[i..]).filter(|_| !token.capital);
            matches!(
                meaning,
                Some((
                    Tag::Stream(_)
                        | Tag::Unit(_)
                        | Tag::For
                        | Tag::Distance
                        | Tag::To
                        | Tag::From
                        | Tag::Here
                        | Tag::Then
                        | Tag::Run
                        | Tag::Turns
                        | Tag::Located
                        | Tag::General
                        | Tag::Direction
                        | Tag::Follow(_)
                        | Tag::Cross
                        | Tag::NotCross
                        | Tag::Leaves
                        | Tag::Via
                        | Tag::Height
                        | Tag::Approx,
                    _
                ))
            )
        };
        !words.iter().enumerate().any(grammatical)
    }

    /// The name of a territory in its form in the text.
    pub(super) fn territory(&self, at: usize) -> Vec<Got> {
        let mut out = self.name(at);
        for got in &mut out {
            let form = self.printed(at, got.end);
            got.value = Value::Words(Words::of(self.code(), territory_name(self.code(), &form)));
        }
        out
    }

    /// Several names or territories.
    pub(super) fn names(&mut self, member: Phrase, at: usize) -> Vec<Got> {
        let lists = self.list(member, at);
        let of = |(members, end): (Vec<Rc<Got>>, usize)| {
            let cost = members.iter().map(|got| got.cost).sum();
            let words = members.iter().filter_map(|got| match &got.value {
                Value::Words(words) => Some(words.clone()),
                _ => None,
            });
            Got { cost, ..Got::new(Value::ManyWords(words.collect()), end) }
        };
        lists.into_iter().map(of).collect()
    }

    /// An object, with its territory if stated.
    pub(super) fn object(&mut self, case: Case, at: usize) -> Vec<Got> {
        let mut out = self.phrased(Phrase::Bare(case), at);
        let slot = |name: &str| if name == "territory" { Phrase::Territory } else { Phrase::Bare(case) };
        for found in self.message("in-territory", 0, at, &slot) {
            let (Some(object), Some(territory)) = (found.object("what"), found.words("territory")) else { continue };
            out.push(found.into_got(Value::Object(Landmark { territory, ..object })));
        }
        out
    }

    /// An object, with its height if stated.
    pub(super) fn bare(&mut self, case: Case, at: usize) -> Vec<Got> {
        let mut out = Vec::new();
        for found in self.message("height", 0, at, &|_| Phrase::Number) {
            let Some(height) = found.number("height").map(metres) else { continue };
            let object = Landmark { height: Some(height), ..Landmark::of_class(LandmarkClass::Height) };
            out.push(found.into_got(Value::Object(object)));
        }
        out.extend(self.phrased(Phrase::Plain(case), at));
        let slot = |name: &str| if name == "height" { Phrase::Number } else { Phrase::Plain(case) };
        for found in self.message("with-height", 0, at, &slot) {
            let (Some(object), Some(height)) = (found.object("what"), found.number("height").map(metres)) else {
                continue;
            };
            out.push(found.into_got(Value::Object(Landmark { height: Some(height), ..object })));
        }
        out
    }

    /// An object, with the objects to which it belongs if stated.
    pub(super) fn plain_object(&mut self, case: Case, at: usize) -> Vec<Got> {
        let mut out = self.phrased(Phrase::Simple(case), at);
        let slot = |name: &str| if name == "of" { Phrase::Together } else { Phrase::Owned(case) };
        for found in self.message("object-of", 0, at, &slot) {
            let (Some(object), Some(of)) = (found.object("what"), found.objects("of")) else { continue };
            out.push(found.into_got(Value::Object(Landmark { of, ..object })));
        }
        out
    }

    /// The object to which others belong: in English with its article, else in the form before a name.
    pub(super) fn owned(&mut self, case: Case, at: usize) -> Vec<Got> {
        let is_english = self.code() == "en";
        let [_, before_name] = class_form(self.code(), case);
        let found = match is_english {
            true => self.message("object", 0, at, &|_| Phrase::Class(0)),
            false => return self.classes(before_name, at),
        };
        found.into_iter().filter_map(|found| Some(of_class(found.get("word")?, found.end))).flatten().collect()
    }

    fn classes(&self, form: usize, at: usize) -> Vec<Got> {
        self.class(form, at).into_iter().filter_map(|got| of_class(&got.value, got.end)).collect()
    }

    /// An object by its class, with its name, or "unnamed".
    pub(super) fn simple(&mut self, case: Case, at: usize) -> Vec<Got> {
        let [alone, before_name] = class_form(self.code(), case);
        let mut out = Vec::new();
        let class = |value: Option<&Value>| if let Some(Value::Class(class)) = value { Some(*class) } else { None };
        for found in self.message("object", 0, at, &|_| Phrase::Class(alone)) {
            let Some(class) = class(found.get("word")) else { continue };
            out.push(found.into_got(Value::Object(Landmark::of_class(class))));
        }
        for found in self.message("object-unnamed", 0, at, &|_| Phrase::Class(alone)) {
            let Some(class) = class(found.get("word")) else { continue };
            out.push(found.into_got(Value::Object(Landmark { unnamed: true, ..Landmark::of_class(class) })));
        }
        let slot = |name: &str| if name == "name" { Phrase::Name } else { Phrase::Class(before_name) };
        for found in self.message("object-named", 0, at, &slot) {
            let (Some(class), Some(name)) = (class(found.get("word")), found.words("name")) else { continue };
            out.push(found.into_got(Value::Object(Landmark::of_class(class).named(name))));
        }
        out
    }

    /// An object that locates a point: "that river".
    pub(super) fn upon(&mut self, at: usize) -> Vec<Got> {
        let [alone, _] = class_form(self.code(), Case::Genitive);
        let mut out = Vec::new();
        for found in self.message("object-that", 0, at, &|_| Phrase::Class(alone)) {
            let Some(&Value::Class(class)) = found.get("word") else { continue };
            out.push(found.into_got(Value::Object(Landmark { anaphora: true, ..Landmark::of_class(class) })));
        }
        out.extend(self.phrased(Phrase::Object(Case::Genitive), at));
        out
    }

    /// The objects to which something belongs.
    pub(super) fn together(&mut self, at: usize) -> Vec<Got> {
        let [alone, before_names] = class_plural(self.code());
        let mut out = Vec::new();
        for found in self.message("object", 0, at, &|_| Phrase::Class(alone)) {
            let Some(&Value::Class(class)) = found.get("word") else { continue };
            out.push(found.into_got(Value::Objects(vec![Landmark::of_class(class)])));
        }
        let slot = |name: &str| if name == "names" { Phrase::Names } else { Phrase::Class(before_names) };
        for found in self.message("objects-named", 0, at, &slot) {
            let (Some(&Value::Class(class)), Some(Value::ManyWords(names))) = (found.get("word"), found.get("names"))
            else {
                continue;
            };
            let all = names.iter().map(|name| Landmark::of_class(class).named(name.clone())).collect();
            out.push(found.into_got(Value::Objects(all)));
        }
        out.extend(self.objects(Phrase::Simple(Case::Genitive), at));
        out
    }

    /// One or several objects.
    pub(super) fn objects(&mut self, member: Phrase, at: usize) -> Vec<Got> {
        let lists = self.list(member, at);
        let of = |(members, end): (Vec<Rc<Got>>, usize)| {
            let cost = members.iter().map(|got| got.cost).sum();
            let marks = members.iter().flat_map(|got| got.marks.clone()).collect();
            let all = members.iter().filter_map(|got| match &got.value {
                Value::Object(object) => Some(object.clone()),
                _ => None,
            });
            Got { value: Value::Objects(all.collect()), end, cost, marks }
        };
        lists.into_iter().map(of).collect()
    }
}

fn of_class(value: &Value, end: usize) -> Option<Got> {
    match value {
        Value::Class(class) => Some(Got::new(Value::Object(Landmark::of_class(*class)), end)),
        _ => None,
    }
}

//! Formats objects named in a text.

use super::localizer::{Case, Gender, Localizer};
use crate::document::description::{Landmark, LandmarkClass};

/// Index of a case's forms in the list of a class, alone and before a name.
pub(in crate::document) fn class_form(language: &str, case: Case) -> [usize; 2] {
    let of_case = |alone: usize| match language {
        "az" => [alone, alone + 4],
        _ => [alone, alone],
    };
    match (language, case) {
        ("en", _) => [0, 1],
        ("ru", Case::Accusative) => [2, 2],
        ("ru", _) => [1, 1],
        ("hy", Case::Nominative | Case::Accusative) => [0, 0],
        ("hy", Case::Ablative) => [2, 2],
        ("hy", _) => [1, 1],
        (_, Case::Nominative | Case::Along) => of_case(0),
        (_, Case::Genitive | Case::Dative) => of_case(1),
        (_, Case::Ablative) => of_case(2),
        (_, Case::Accusative) => of_case(3),
    }
}

/// Index of the plural, alone and before names.
pub(in crate::document) fn class_plural(language: &str) -> [usize; 2] {
    match language {
        "en" => [2, 2],
        "az" => [8, 9],
        _ => [3, 3],
    }
}

/// The selector value of a case in messages.
fn word_of(language: &str, case: Case) -> &'static str {
    match (language, case) {
        (_, Case::Accusative) if language == "ru" || language == "az" => "acc",
        ("ru", _) => "gen",
        (_, Case::Ablative) => "abl",
        (_, Case::Genitive | Case::Dative) => "gen",
        _ => "nom",
    }
}

/// The name of a class's message.
fn message(class: LandmarkClass) -> String {
    let mut name = "class".to_owned();
    for letter in format!("{class:?}").chars() {
        if letter.is_uppercase() {
            name.push('-');
        }
        name.extend(letter.to_lowercase());
    }
    name
}

impl Localizer {
    /// The grammatical gender of the noun of a class.
    pub(super) fn gender(self, class: Option<LandmarkClass>) -> Gender {
        if self.language() != "ru" {
            return Gender::Masculine;
        }
        match self.form(&message(self.known(class)), 0).as_str() {
            "f" => Gender::Feminine,
            "n" => Gender::Neuter,
            _ => Gender::Masculine,
        }
    }

    /// A class that has a noun in the language.
    fn known(self, class: Option<LandmarkClass>) -> LandmarkClass {
        class.filter(|&class| self.has(&message(class))).unwrap_or(LandmarkClass::Point)
    }

    /// An object in a case: "the river R", "the fork of the field roads", "the height 1204.3".
    pub(super) fn object(self, object: &Landmark, case: Case) -> String {
        let language = self.language();
        let height = object.height.as_ref().map(|height| self.number(&height.value));
        let case_word = word_of(language, case);
        let phrase = match (&height, object.class) {
            (Some(height), Some(LandmarkClass::Height)) if object.name.is_empty() => {
                self.say("height", &[("height", height), ("case", case_word)])
            }
            _ => {
                let plain = self.plain(object, case);
                match &height {
                    Some(height) => self.say("with-height", &[("what", &plain), ("height", height)]),
                    None => plain,
                }
            }
        };
        if object.territory.is_empty() {
            return phrase;
        }
        self.say("in-territory", &[("what", &phrase), ("territory", &self.territory(&object.territory))])
    }

    /// The same without height and territory.
    fn plain(self, object: &Landmark, case: Case) -> String {
        let class = message(self.known(object.class));
        let [alone, before_name] = class_form(self.language(), case);
        let gender = self.gender(object.class).word();
        let name = self.name(&object.name);
        if !object.of.is_empty() {
            let what = self.form(&class, before_name);
            let what =
                if self.language() == "en" { self.say("object", &[("word", &self.form(&class, 0))]) } else { what };
            return self.say("object-of", &[("what", &what), ("of", &self.together(&object.of))]);
        }
        if object.anaphora {
            let word = self.form(&class, alone);
            return match object.class {
                Some(_) => self.say("object-that", &[("word", &word), ("gender", gender)]),
                None => self.say("it", &[("gender", gender)]),
            };
        }
        if object.unnamed {
            let values = [("word", self.form(&class, alone)), ("gender", gender.to_owned())];
            let case = word_of(self.language(), case);
            return self.say("object-unnamed", &[("word", &values[0].1), ("gender", &values[1].1), ("case", case)]);
        }
        match name.is_empty() {
            true => self.say("object", &[("word", &self.form(&class, alone))]),
            false => self.say("object-named", &[("word", &self.form(&class, before_name)), ("name", &name)]),
        }
    }

    /// The objects to which something belongs: several of one class as a plural, others individually.
    fn together(self, all: &[Landmark]) -> String {
        let is_plain = |one: &Landmark| {
            one.class == all[0].class
                && one.of.is_empty()
                && one.height.is_none()
                && one.territory.is_empty()
                && !one.unnamed
                && !one.anaphora
        };
        let are_named = all.len() > 1 && all.iter().all(|one| !one.name.is_empty());
        let is_plural = all.iter().all(is_plain)
            && (are_named || (all.len() == 1 && all[0].name.is_empty() && is_way(all[0].class)));
        if !is_plural {
            let each: Vec<String> = all.iter().map(|one| self.object(one, Case::Genitive)).collect();
            return self.list(&each);
        }
        let class = message(self.known(all[0].class));
        let names: Vec<String> =
            all.iter().filter(|one| !one.name.is_empty()).map(|one| self.name(&one.name)).collect();
        let [alone, before_names] = class_plural(self.language());
        match names.is_empty() {
            true => self.say("object", &[("word", &self.form(&class, alone))]),
            false => {
                let word = self.form(&class, before_names);
                self.say("objects-named", &[("word", &word), ("name", &self.list(&names))])
            }
        }
    }
}

/// Whether unnamed roads of this class meet at a fork.
fn is_way(class: Option<LandmarkClass>) -> bool {
    use LandmarkClass as C;
    matches!(
        class,
        Some(C::Road | C::Highway | C::DirtRoad | C::FieldRoad | C::ForestRoad | C::Track | C::Path | C::Street)
    )
}

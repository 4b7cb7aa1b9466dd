//! Messages of one language, with its numbers, cases and lists.

use crate::document::description::{Decimal, LengthUnit, StatedAngle, StatedLength, Wind, Words};
use crate::text::Tongue;

/// Grammatical case of a phrase in a frame; languages without it use a substitute.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(in crate::document) enum Case {
    /// Subject.
    Nominative,
    /// Of something.
    Genitive,
    /// From something.
    Ablative,
    /// Object of a verb.
    Accusative,
    /// Along something.
    Along,
    /// To something.
    Dative,
}

/// Grammatical gender, in Russian.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gender {
    Feminine,
    Masculine,
    Neuter,
}

impl Gender {
    pub(super) const fn word(self) -> &'static str {
        match self {
            Gender::Feminine => "f",
            Gender::Masculine => "m",
            Gender::Neuter => "n",
        }
    }
}

/// Formats messages in one language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Localizer(Tongue);

impl Localizer {
    pub(super) fn of(language: &str) -> Option<Self> {
        Tongue::of(language).map(Localizer)
    }

    pub(super) fn language(self) -> &'static str {
        self.0.language()
    }

    pub(super) fn say(self, name: &str, values: &[(&'static str, &str)]) -> String {
        self.0.say(name, values)
    }

    pub(super) fn form(self, name: &str, form: usize) -> String {
        self.0.form(name, form, &[])
    }

    pub(super) fn form_with(self, name: &str, form: usize, values: &[(&'static str, &str)]) -> String {
        self.0.form(name, form, values)
    }

    pub(super) fn has(self, name: &str) -> bool {
        self.0.has(name)
    }

    /// A name in the form that a phrase needs.
    pub(super) fn name(self, words: &Words) -> String {
        words.get(self.language()).unwrap_or_default().replace('|', "/")
    }

    /// A number with the language's decimal mark.
    pub(super) fn number(self, number: &Decimal) -> String {
        match self.language() {
            "en" => number.digits().to_owned(),
            _ => number.digits().replace('.', ","),
        }
    }

    /// The number and unit of a length. Units of other systems were converted to metres when the tree was built.
    pub(super) fn length(self, length: &StatedLength) -> [String; 2] {
        let unit = if length.unit == LengthUnit::Kilometre { "km" } else { "m" };
        [self.number(&length.value), self.say(unit, &[])]
    }

    /// Degrees, minutes and seconds.
    pub(super) fn angle(self, angle: &StatedAngle) -> String {
        let mut text = format!("{}°", self.number(&angle.degrees));
        if let Some(minutes) = &angle.minutes {
            text.push_str(&format!("{:0>2}′", self.number(minutes)));
        }
        if let Some(seconds) = &angle.seconds {
            let whole = seconds.digits().split('.').next().map_or(0, str::len);
            text.push_str(&format!("{}{}″", "0".repeat(2_usize.saturating_sub(whole)), self.number(seconds)));
        }
        text
    }

    /// A wind in a direction.
    pub(super) fn wind(self, wind: Wind) -> String {
        self.form(&format!("wind-{wind:?}"), 0)
    }

    /// A wind as an attribute of an object.
    pub(super) fn wind_of(self, wind: Wind) -> String {
        self.form(&format!("wind-{wind:?}"), 1)
    }

    /// "a, b and c".
    pub(super) fn list(self, all: &[String]) -> String {
        match all {
            [] => String::new(),
            [one] => one.clone(),
            [before @ .., last] => self.say("and", &[("a", &before.join(", ")), ("b", last)]),
        }
    }

    /// A territory or party after "in the territory of", inflected as the language requires.
    pub(super) fn territory(self, words: &Words) -> String {
        territory_form(self.language(), &self.name(words))
    }

    /// Normalises a sentence: single spaces, none before a comma, a capital letter, and a full stop.
    pub(super) fn sentence(self, text: &str) -> String {
        let tidy = tidy(&self.say("sentence", &[("text", text)]));
        let mut letters = tidy.chars();
        match letters.next() {
            // The dotted i keeps its dot in Azerbaijani.
            Some('i') if self.language() == "az" => format!("İ{}", letters.as_str()),
            Some(first) => first.to_uppercase().chain(letters).collect(),
            None => tidy,
        }
    }
}

/// Returns the form of a territory's name after "in the territory of" in a language.
///
/// Russian declines it («Ruritania» in Cyrillic ends in -ия → -ии, a consonant takes -а), Armenian appends -ի or -յի,
/// and -ի with a hyphen to names in other letters. Other languages keep the name.
///
/// # Examples
/// ```
/// use merestone::document::description::territory_form;
/// assert_eq!(territory_form("ru", "Рурития"), "Руритии");
/// assert_eq!(territory_form("en", "Ruritania"), "Ruritania");
/// ```
pub fn territory_form(language: &str, name: &str) -> String {
    let ends = |with: &[char]| name.chars().next_back().is_some_and(|last| with.contains(&last));
    let cut = |letters: usize| {
        let end = name.char_indices().rev().nth(letters - 1).map_or(0, |(at, _)| at);
        &name[..end]
    };
    match language {
        "ru" if name.contains(' ') => match name.split_once(' ') {
            // In a title with a name, only the title is declined.
            Some((title, rest)) if !title.is_empty() => format!("{} {rest}", territory_form("ru", title)),
            _ => name.to_owned(),
        },
        "ru" if ends(&['я']) => format!("{}и", cut(1)),
        "ru" if ends(&['а']) => {
            let before = cut(1).chars().next_back();
            format!("{}{}", cut(1), if before.is_some_and(|c| "гкхжшчщ".contains(c)) { "и" } else { "ы" })
        }
        "ru" if ends(&['й']) => format!("{}я", cut(1)),
        "ru" if name.chars().next_back().is_some_and(|c| "бвгджзклмнпрстфхцчшщ".contains(c)) => {
            format!("{name}а")
        }
        "hy" if ends(&['ա', 'ո']) => format!("{name}յի"),
        "hy" if name.chars().next_back().is_some_and(|c| ('ա'..='ֆ').contains(&c)) => format!("{name}ի"),
        "hy" => format!("{name}-ի"),
        _ => name.to_owned(),
    }
}

/// The territory with this form after "in the territory of"; the form itself if none is known.
pub(in crate::document) fn territory_name(language: &str, form: &str) -> String {
    if language == "ru"
        && let Some((title, rest)) = form.split_once(' ')
    {
        return format!("{} {rest}", territory_name(language, title));
    }
    let cut = |end: &str, instead: &str| form.strip_suffix(end).map(|stem| format!("{stem}{instead}"));
    let before = form.chars().rev().nth(1);
    let before_is = |letters: &str| before.is_some_and(|letter| letters.contains(letter));
    let tried = match language {
        "ru" if before_is("гкхжшчщ") => cut("и", "а"),
        "ru" if before_is("аеёийоуыэюяь") => cut("и", "я"),
        "ru" => None,
        "hy" => cut("-ի", "").or_else(|| cut("յի", "")),
        _ => None,
    };
    let more = match language {
        "ru" => vec![cut("ы", "а"), cut("я", "й"), cut("а", "")],
        "hy" => vec![cut("ի", "")],
        _ => Vec::new(),
    };
    let fits = |name: &String| territory_form(language, name) == form;
    std::iter::once(tried).chain(more).flatten().find(fits).unwrap_or_else(|| form.to_owned())
}

/// Normalises spaces and commas: single spaces, none before a comma, no repeated commas.
fn tidy(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            ' ' if out.is_empty() || out.ends_with(' ') => {}
            ',' | ';' | '՝' | '.' | '։' => {
                while out.ends_with(' ') {
                    out.pop();
                }
                if out.ends_with(',') {
                    out.pop();
                }
                // Removes a repeated comma between the stem of a clause and its modifiers.
                if !(c == ',' && out.ends_with(['՝', ';'])) {
                    out.push(c);
                }
            }
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_stand_once() {
        assert_eq!(tidy(" a  b , ,  c , ."), "a b, c.");
        assert_eq!(tidy("a 1.5 b"), "a 1.5 b");
    }

    #[test]
    fn names_are_inflected_by_their_ends() {
        for (name, form) in [
            ("Альфия", "Альфии"),
            ("Гаммистан", "Гаммистана"),
            ("Бурга", "Бурги"),
            ("Дельта", "Дельты"),
            ("Китай", "Китая"),
            ("Республика Альфия", "Республики Альфия"),
            ("X", "X"),
            ("Чили", "Чили"),
        ] {
            assert_eq!(territory_form("ru", name), form);
        }
        for name in ["Альфия", "Гаммистан", "Бурга", "Дельта", "Китай", "Республика Альфия", "X", "Чили", "Корея"]
        {
            assert_eq!(territory_name("ru", &territory_form("ru", name)), name);
        }
        for name in ["Բետա", "Ալֆաստան", "X", "Մեքսիկո"] {
            assert_eq!(territory_name("hy", &territory_form("hy", name)), name);
        }
        assert_eq!(territory_form("hy", "Բետա"), "Բետայի");
        assert_eq!(territory_form("hy", "Ալֆաստան"), "Ալֆաստանի");
        assert_eq!(territory_form("hy", "X"), "X-ի");
        assert_eq!(territory_form("az", "X"), "X");
    }
}

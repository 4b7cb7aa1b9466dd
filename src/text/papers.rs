//! The messages of descriptions, in one file per language in the folder `papers`.
//!
//! Forms of a message are separated by `|`. A comment `# confirm` before a message marks wording that a native speaker
//! must confirm.

use super::{Values, bundle, said};
use fluent_bundle::FluentResource;
use fluent_bundle::concurrent::FluentBundle;
use std::sync::LazyLock;

/// The languages by their codes (ISO 639-1) with their messages.
const FILES: [(&str, &str); 4] = [
    ("en", include_str!("papers/en.ftl")),
    ("ru", include_str!("papers/ru.ftl")),
    ("hy", include_str!("papers/hy.ftl")),
    ("az", include_str!("papers/az.ftl")),
];

static BUNDLES: LazyLock<Vec<FluentBundle<FluentResource>>> = LazyLock::new(|| {
    let read = |(language, text): (&str, &str)| bundle(language, text).expect("a test reads every file");
    FILES.into_iter().map(read).collect()
});

/// The languages in which papers are written.
pub(crate) fn paper_languages() -> impl Iterator<Item = &'static str> {
    FILES.into_iter().map(|(language, _)| language)
}

/// The messages of papers in one language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Tongue(usize);

impl Tongue {
    /// The messages of a language, by its code.
    pub(crate) fn of(language: &str) -> Option<Self> {
        FILES.iter().position(|(known, _)| *known == language).map(Tongue)
    }

    /// The code of the language.
    pub(crate) fn language(self) -> &'static str {
        FILES[self.0].0
    }

    /// A message with its values; the name itself if there is no such message.
    pub(crate) fn say(self, name: &str, values: &Values) -> String {
        said(&BUNDLES[self.0], name, values).unwrap_or_else(|| name.to_owned())
    }

    /// A form of a message, counted from 0; the last form if there are fewer.
    pub(crate) fn form(self, name: &str, form: usize, values: &Values) -> String {
        let text = self.say(name, values);
        let nth = text.split('|').nth(form).or_else(|| text.rsplit('|').next());
        nth.unwrap_or_default().trim_matches(' ').to_owned()
    }

    /// Whether there is a message of this name.
    pub(crate) fn has(self, name: &str) -> bool {
        BUNDLES[self.0].has_message(name)
    }
}

/// The names of all messages with this prefix.
pub(crate) fn paper_messages(start: &str) -> impl Iterator<Item = &'static str> {
    let lines = FILES[0].1.lines().filter_map(|line| Some(line.split_once(" =")?.0));
    lines.filter(move |name| name.starts_with(start))
}

/// Messages that a native speaker must confirm: language, name and text as in the file.
pub(crate) fn unconfirmed() -> impl Iterator<Item = (&'static str, &'static str, String)> {
    FILES.into_iter().flat_map(|(language, text)| {
        let lines: Vec<&str> = text.lines().collect();
        let marked = (0..lines.len()).filter(|&i| lines[i] == "# confirm").collect::<Vec<_>>();
        marked.into_iter().filter_map(move |i| {
            let (name, first) = lines.get(i + 1)?.split_once(" =")?;
            let more = lines[i + 2..].iter().take_while(|line| line.starts_with(' ')).map(|line| line.trim());
            let text: Vec<&str> = std::iter::once(first.trim()).chain(more).collect();
            Some((language, name, text.join(" ")))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    /// The names of the messages of a file.
    fn names(text: &str) -> BTreeSet<&str> {
        let starts = |line: &&str| line.starts_with(|c: char| c.is_ascii_lowercase());
        let all: Vec<&str> = text.lines().filter(starts).filter_map(|line| Some(line.split_once(" =")?.0)).collect();
        let set: BTreeSet<&str> = all.iter().copied().collect();
        assert_eq!(set.len(), all.len(), "a message comes twice");
        set
    }

    #[test]
    fn every_message_is_in_every_language() {
        for (language, text) in FILES {
            FluentResource::try_new(text.to_owned()).unwrap_or_else(|(_, errors)| panic!("{language}: {errors:?}"));
            let (own, english) = (names(text), names(FILES[0].1));
            assert_eq!(own, english, "{language}");
        }
    }

    #[test]
    fn every_message_of_a_group_has_as_many_forms() {
        for (language, text) in FILES {
            for group in ["class-", "wind-"] {
                let of_group = text.lines().filter(|line| line.starts_with(group));
                let counts: BTreeSet<usize> = of_group.map(|line| line.matches('|').count() + 1).collect();
                assert_eq!(counts.len(), 1, "{language}: {group} has {counts:?} forms");
            }
        }
    }

    #[test]
    fn natives_are_asked_about_armenian_and_azerbaijani() {
        let asked: Vec<_> = unconfirmed().collect();
        let of = |language: &str| asked.iter().filter(|(code, ..)| *code == language).count();
        assert_eq!((of("en"), of("ru")), (0, 0));
        let marks = |language: &str| {
            let (_, text) = FILES.iter().find(|(code, _)| *code == language).expect("it is there");
            text.lines().filter(|line| *line == "# confirm").count()
        };
        assert_eq!((of("hy"), of("az")), (marks("hy"), marks("az")));
    }
}

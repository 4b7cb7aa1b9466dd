//! The messages of plates and papers, in one file per language in this folder.
//!
//! The files are Fluent (<https://projectfluent.org>): a native reader corrects them without knowing Rust. To add a
//! language, add a file and a line in [`FILES`].

mod capitals;
#[cfg(feature = "formats")]
mod columns;
mod papers;
#[cfg(test)]
mod tests;

pub(crate) use capitals::capitals;
#[cfg(feature = "formats")]
pub(crate) use columns::columns;
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
pub(crate) use papers::{Tongue, paper_languages, paper_messages, unconfirmed};
use std::sync::LazyLock;

/// The languages by their codes (ISO 639-1) with their messages; English is first, the fallback for missing messages.
const FILES: [(&str, &str); 4] = [
    ("en", include_str!("en.ftl")),
    ("az", include_str!("az.ftl")),
    ("hy", include_str!("hy.ftl")),
    ("ru", include_str!("ru.ftl")),
];

/// The fallback language for missing messages.
pub(crate) const ENGLISH: &str = FILES[0].0;

static BUNDLES: LazyLock<Vec<FluentBundle<FluentResource>>> = LazyLock::new(|| {
    let read = |(language, text): (&str, &str)| bundle(language, text).expect("a test reads every file");
    FILES.into_iter().map(read).collect()
});

/// The messages of one language.
fn bundle(language: &str, text: &str) -> Option<FluentBundle<FluentResource>> {
    let mut bundle = FluentBundle::new_concurrent(vec![language.parse().ok()?]);
    // Without directional isolation marks: they would be drawn.
    bundle.set_use_isolating(false);
    bundle.add_resource(FluentResource::try_new(text.to_owned()).ok()?).ok()?;
    Some(bundle)
}

/// A message, identified by its name in the files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Message(pub &'static str);

/// Values by placeholder name. A value that reads as a number is passed as one, so that a message can select a plural
/// form.
pub(crate) type Values<'v> = [(&'static str, &'v str)];

impl Message {
    /// The message in a language; in English if the language lacks it.
    pub(crate) fn get(self, language: &str) -> String {
        self.with(language, &[])
    }

    /// The same with values.
    pub(crate) fn with(self, language: &str, values: &Values) -> String {
        let english = || said(&BUNDLES[0], self.0, values);
        self.own(language, values).or_else(english).unwrap_or_else(|| self.0.to_owned())
    }

    /// The message in a language; `None` if the language lacks it.
    fn own(self, language: &str, values: &Values) -> Option<String> {
        let place = FILES.iter().position(|(known, _)| *known == language)?;
        said(&BUNDLES[place], self.0, values)
    }

    fn is_in(self, language: &str) -> bool {
        FILES.iter().zip(BUNDLES.iter()).any(|((known, _), bundle)| *known == language && bundle.has_message(self.0))
    }
}

/// A message of one language with its values.
fn said(bundle: &FluentBundle<FluentResource>, name: &str, values: &Values) -> Option<String> {
    let pattern = bundle.get_message(name)?.value()?;
    let mut args = FluentArgs::with_capacity(values.len());
    for (name, text) in values {
        args.set(*name, value(text));
    }
    Some(bundle.format_pattern(pattern, Some(&args), &mut Vec::new()).into_owned())
}

/// Parses a text as a number if the number formats back to the same text.
fn value(text: &str) -> FluentValue<'_> {
    match FluentValue::try_number(text) {
        FluentValue::Number(number) if number.as_string() == text => FluentValue::Number(number),
        _ => FluentValue::from(text),
    }
}

/// One of the languages of a sheet in several languages; the first always has a text for every message.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Voice<'l> {
    all: &'l [String],
    place: usize,
}

impl<'l> Voice<'l> {
    /// One value for each of the languages.
    pub(crate) fn each(all: &'l [String]) -> impl Iterator<Item = Voice<'l>> {
        (0..all.len()).map(move |place| Voice { all, place })
    }

    /// Its language.
    pub(crate) fn language(self) -> &'l str {
        &self.all[self.place]
    }

    /// Whether it is the first.
    pub(crate) fn is_first(self) -> bool {
        self.place == 0
    }

    /// The text of a message in this language; English, once, for all languages that lack the message. `None` if the
    /// English text is already given by another language.
    pub(crate) fn say(self, message: Message, values: &Values) -> Option<String> {
        let lacks = |language: &String| !message.is_in(language);
        let [before, rest] = [&self.all[..self.place], &self.all[self.place..]];
        let is_said = match lacks(&self.all[self.place]) {
            false => self.language() == ENGLISH && before.first().is_some_and(lacks),
            true => before.iter().any(lacks) || before.iter().chain(rest).any(|language| language == ENGLISH),
        };
        (self.is_first() || !is_said).then(|| message.with(self.language(), values))
    }
}

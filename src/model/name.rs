//! Names in several languages.

#[cfg(feature = "schema")]
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// The language key of a name whose language the source did not state (BCP 47 "undetermined").
pub const UNDETERMINED: &str = "und";

/// A name by language code (BCP 47, two letters as a rule), with the codes whose text is a transcription.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
pub struct Name {
    /// Language code to text. A source that gives one plain string stands under `und`.
    pub texts: BTreeMap<String, String>,
    /// Codes whose text is a transcription of another language's name, not a name in use.
    pub transliterated: BTreeSet<String>,
    /// Historical, renamed or the other party's forms: for search, not drawn unless asked.
    pub variants: Vec<String>,
}

impl Name {
    /// A name whose language is not stated.
    pub fn plain(text: impl Into<String>) -> Self {
        Name { texts: BTreeMap::from([(UNDETERMINED.to_owned(), text.into())]), ..Name::default() }
    }

    /// The text in exactly this language, or the undetermined one when it is the only text there is.
    pub fn get(&self, language: &str) -> Option<&str> {
        let alone = (self.texts.len() == 1).then(|| self.texts.get(UNDETERMINED)).flatten();
        self.texts.get(language).or(alone).map(String::as_str)
    }

    /// The text in the first of `languages` that has one, else the English, else the first there is.
    pub fn best<'a>(&'a self, languages: &[String]) -> Option<&'a str> {
        languages
            .iter()
            .find_map(|language| self.get(language))
            .or_else(|| self.get("en"))
            .or_else(|| self.texts.values().next().map(String::as_str))
    }

    /// Whether the text in this language is a transcription.
    pub fn is_transliterated(&self, language: &str) -> bool {
        self.transliterated.contains(language)
    }

    /// Whether there is no text at all.
    pub fn is_empty(&self) -> bool {
        self.texts.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plain_name_serves_every_language() {
        assert_eq!(Name::plain("Meghri").get("hy"), Some("Meghri"));
    }

    #[test]
    fn the_asked_order_decides_then_english() {
        let texts = [("en", "Karki"), ("hy", "Տիգրանաշեն"), ("az", "Kərki")];
        let name = Name { texts: texts.map(|(l, t)| (l.to_owned(), t.to_owned())).into(), ..Name::default() };
        assert_eq!(name.best(&["az".into(), "hy".into()]), Some("Kərki"));
        assert_eq!(name.best(&["ru".into()]), Some("Karki"));
    }
}

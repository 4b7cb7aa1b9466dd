//! Multilingual names.

#[cfg(feature = "schema")]
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// The language key of a name whose language is not stated (BCP 47 "undetermined").
pub const UNDETERMINED: &str = "und";

/// A name by language code (BCP 47, usually two letters), with the codes whose text is a transcription.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
pub struct Name {
    /// Text by language code. A source with one plain string is stored under `und`.
    pub texts: BTreeMap<String, String>,
    /// Codes whose text is a transcription of a name in another language, not a name in use.
    pub transliterated: BTreeSet<String>,
    /// Historical names and names used by another party: for search; drawn only on request.
    pub variants: Vec<String>,
}

impl Name {
    /// Returns a name whose language is not stated.
    ///
    /// # Examples
    /// ```
    /// assert_eq!(merestone::model::Name::plain("Chiasso").get("it"), Some("Chiasso"));
    /// ```
    pub fn plain(text: impl Into<String>) -> Self {
        Name { texts: BTreeMap::from([(UNDETERMINED.to_owned(), text.into())]), ..Name::default() }
    }

    /// Returns the text in exactly this language, or the undetermined one if it is the only text.
    pub fn get(&self, language: &str) -> Option<&str> {
        let alone = (self.texts.len() == 1).then(|| self.texts.get(UNDETERMINED)).flatten();
        self.texts.get(language).or(alone).map(String::as_str)
    }

    /// Returns the text in the first of `languages` that has one, else the English one, else that of undetermined
    /// language, which is the local one, else the first by code.
    pub fn best<'a>(&'a self, languages: &[String]) -> Option<&'a str> {
        languages
            .iter()
            .find_map(|language| self.get(language))
            .or_else(|| self.get("en"))
            .or_else(|| self.get(UNDETERMINED))
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

/// Optimal string alignment distance of two words: the least number of insertions, deletions, substitutions and swaps
/// of neighbouring characters.
pub(crate) fn edits(a: &str, b: &str) -> usize {
    strsim::osa_distance(a, b)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plain_name_serves_every_language() {
        assert_eq!(Name::plain("Chiasso").get("it"), Some("Chiasso"));
    }

    #[test]
    fn requested_order_decides_then_english() {
        let texts = [("en", "Geneva"), ("de", "Genf"), ("it", "Ginevra")];
        let name = Name { texts: texts.map(|(l, t)| (l.to_owned(), t.to_owned())).into(), ..Name::default() };
        assert_eq!(name.best(&["it".into(), "de".into()]), Some("Ginevra"));
        assert_eq!(name.best(&["rm".into()]), Some("Geneva"));
        let local = [("und", "Genève"), ("de", "Genf")].map(|(l, t)| (l.to_owned(), t.to_owned()));
        let name = Name { texts: local.into(), ..Name::default() };
        assert_eq!(name.best(&["rm".into()]), Some("Genève"));
    }
}

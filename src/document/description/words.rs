//! Texts of a description, by language.

#[cfg(feature = "schema")]
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A name or a sentence in one or several languages, by their codes (ISO 639-1).
///
/// # Examples
/// ```
/// use merestone::document::description::Words;
/// let river = Words::of("en", "Desna").and("uk", "Десна");
/// assert_eq!(river.only("uk"), Words::of("uk", "Десна"));
/// assert!(river.agrees(&Words::of("en", "Desna")) && !river.agrees(&Words::of("en", "Don")));
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(transparent)]
pub struct Words(pub BTreeMap<String, String>);

impl Words {
    /// Words in one language.
    pub fn of(language: impl Into<String>, text: impl Into<String>) -> Self {
        Words(BTreeMap::from([(language.into(), text.into())]))
    }

    /// Adds the words of a further language.
    pub fn and(mut self, language: impl Into<String>, text: impl Into<String>) -> Self {
        self.0.insert(language.into(), text.into());
        self
    }

    /// Whether there are no words.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The text in a language, else in English, else the first one.
    pub fn get(&self, language: &str) -> Option<&str> {
        self.0.get(language).or_else(|| self.0.get("en")).or_else(|| self.0.values().next()).map(String::as_str)
    }

    /// The words as a text in one language prints them.
    pub fn only(&self, language: &str) -> Self {
        self.get(language).map_or_else(Words::default, |text| Words::of(language, text))
    }

    /// Whether two may have the same meaning: equal in every language that both have.
    pub fn agrees(&self, other: &Self) -> bool {
        self.0.iter().all(|(language, text)| other.0.get(language).is_none_or(|theirs| theirs == text))
    }
}

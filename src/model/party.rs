//! Parties to borders, as stated in a dataset's manifest or a plate's specification.

use serde::Deserialize;

/// A party to the borders of a dataset or a plate.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Party {
    /// Its code, usually the id of its territory.
    pub id: String,
    /// Ids of its other territories, including former ones.
    #[serde(default)]
    pub territories: Vec<String>,
    /// Codes of its languages (BCP 47), the main one first.
    #[serde(default)]
    pub languages: Vec<String>,
    /// The hue of its territories on plates.
    #[serde(default)]
    pub hue: Option<Hue>,
}

impl Party {
    /// Returns the index of the party with this code, ignoring ASCII case.
    ///
    /// # Examples
    /// ```
    /// use merestone::model::Party;
    /// let parties = ["CHE", "ITA"].map(|id| Party { id: id.to_owned(), ..Party::default() });
    /// assert_eq!(Party::position(&parties, "ita"), Some(1));
    /// ```
    pub fn position(parties: &[Party], code: &str) -> Option<usize> {
        parties.iter().position(|party| party.id.eq_ignore_ascii_case(code))
    }

    /// Whether a territory with this id belongs to the party.
    pub fn holds(&self, territory: &str) -> bool {
        self.id == territory || self.territories.iter().any(|id| id == territory)
    }

    /// Returns a code that two of the parties share, or a territory that two of them list.
    pub fn shared(parties: &[Party]) -> Option<&str> {
        parties.iter().enumerate().find_map(|(at, party)| {
            let of_another =
                |id: &&String| parties[..at].iter().any(|other| other.id.eq_ignore_ascii_case(id) || other.holds(id));
            std::iter::once(&party.id).chain(&party.territories).find(of_another).map(String::as_str)
        })
    }
}

/// The hue of a territory on plates: a fill, a band along its boundaries and an ink for its name.
///
/// Softened from the set of Okabe and Ito (*Color Universal Design*, 2008), which stays distinct in the common colour
/// vision deficiencies; blue is kept for water.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Hue {
    /// Orange.
    Apricot,
    /// Bluish green.
    Jade,
    /// Reddish purple.
    Mauve,
    /// Yellow.
    Straw,
    /// Vermilion.
    Brick,
    /// Grey-violet.
    Slate,
    /// Olive.
    Olive,
    /// Rose.
    Rose,
    /// Grey-beige, for states that are not the subject of the plate.
    Neutral,
}

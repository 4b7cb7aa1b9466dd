//! The parties of a plate: those of its specification, else those of its dataset.

use super::error::MapError;
use super::palette::Hue;
use super::plate::PlateOptions;
use super::spec::PlateSpec;
use crate::model::Party;
use std::collections::BTreeMap;

/// The parties in order, and whether an alternat determines the first.
#[derive(Debug, Clone, Default)]
pub(crate) struct Parties {
    all: Vec<Party>,
    by_alternat: bool,
}

impl Parties {
    /// The parties of a plate; by alternat, the one whose original it is comes first.
    pub(crate) fn of(spec: &PlateSpec, options: &PlateOptions) -> Result<Self, MapError> {
        let stated = if spec.parties.is_empty() { &options.parties } else { &spec.parties };
        let mut all = stated.clone();
        let alternat = options.alternat.as_ref().or(spec.alternat.as_ref());
        if let Some(code) = alternat {
            let unknown = || MapError::UnknownParty {
                code: code.clone(),
                known: stated.iter().map(|party| party.id.clone()).collect(),
            };
            let place = Party::position(&all, code).ok_or_else(unknown)?;
            all[..=place].rotate_right(1);
        }
        Ok(Parties { all, by_alternat: alternat.is_some() })
    }

    /// The parties in their order.
    pub(crate) fn sides(&self) -> &[Party] {
        &self.all
    }

    /// Whether the plate is the original of one of them.
    pub(crate) fn by_alternat(&self) -> bool {
        self.by_alternat
    }

    /// Rank of the party of a territory; territories without a party come after all others.
    /// Whether a territory is one of a party.
    pub(crate) fn are_party(&self, territory: &str) -> bool {
        self.all.iter().any(|party| party.holds(territory))
    }

    pub(crate) fn rank(&self, territory: &str) -> usize {
        self.all.iter().position(|party| party.holds(territory)).unwrap_or(self.all.len())
    }

    /// The languages of the parties in their order, each once.
    pub(crate) fn languages(&self) -> Vec<String> {
        let mut languages: Vec<String> = Vec::new();
        for language in self.all.iter().flat_map(|party| &party.languages) {
            if !languages.contains(language) {
                languages.push(language.clone());
            }
        }
        languages
    }

    /// Moves the languages of the party whose original the plate is to the front.
    pub(crate) fn order(&self, languages: &mut [String]) {
        if let Some(first) = self.all.first().filter(|_| self.by_alternat) {
            languages.sort_by_key(|language| !first.languages.contains(language));
        }
    }

    /// Hues of the parties' territories by id.
    pub(crate) fn hues(&self) -> BTreeMap<String, Hue> {
        let of = |party: &Party| {
            let ids = std::iter::once(&party.id).chain(&party.territories);
            ids.filter_map(|id| Some((id.clone(), party.hue?))).collect::<Vec<_>>()
        };
        self.all.iter().flat_map(of).collect()
    }
}

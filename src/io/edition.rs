//! Which territory of one edition is which of another: by ids that both have, never by row numbers.

use super::identity::{Says, identifying};
use super::layer::merged;
use super::{Problem, ReadError};
use crate::model::{Territory, Warning, WarningCode};
use std::collections::HashSet;

/// Territories of an edition, on their way to be compared with another.
pub struct Edition<'e> {
    /// What messages call it.
    pub label: &'e str,
    /// Its territories.
    pub territories: &'e mut Vec<Territory>,
    /// Whether their ids are given: by a dataset, or by the user.
    pub is_given: bool,
}

/// Territories that go by another field than the one found when their file was read.
#[derive(Debug, Clone, PartialEq)]
pub struct Renamed {
    /// What messages call the territories' layer.
    pub label: String,
    /// The field.
    pub field: String,
    /// What the reader of an answer must know.
    pub warning: Warning,
}

/// A field with a value, or none, for every territory.
type Field = (String, Vec<Option<String>>);

impl Edition<'_> {
    fn ids(&self) -> HashSet<&str> {
        let identified = self.territories.iter().filter(|territory| !territory.meta.numbered);
        identified.map(|territory| territory.meta.id.as_str()).collect()
    }

    fn by_number(&self) -> bool {
        self.territories.len() > 1 && self.territories.iter().all(|territory| territory.meta.numbered)
    }

    fn says(&self) -> Vec<Says<'_>> {
        self.territories.iter().map(|territory| (None, &territory.meta.properties)).collect()
    }

    /// What its territories can be called by, their ids first.
    fn fields(&self) -> Vec<Field> {
        let id = |territory: &Territory| (!territory.meta.numbered).then(|| territory.meta.id.clone());
        let ids = (String::new(), self.territories.iter().map(id).collect());
        let more = if self.is_given { Vec::new() } else { identifying(&self.says()) };
        std::iter::once(ids).chain(more).collect()
    }

    fn call_by(&mut self, (field, values): Field) -> Option<Renamed> {
        if field.is_empty() {
            return None;
        }
        let mut without = 0;
        for (territory, value) in self.territories.iter_mut().zip(values) {
            match value {
                Some(value) => (territory.meta.id, territory.meta.numbered) = (value, false),
                None => without += 1,
            }
        }
        *self.territories = merged(std::mem::take(self.territories));
        let rest = if without > 0 { format!(", {without} without it as before") } else { String::new() };
        let message = format!("{}: territories are called by {field}, which both have in common{rest}", self.label);
        let warning = Warning { code: WarningCode::Note, message, feature: None };
        Some(Renamed { label: self.label.to_owned(), field, warning })
    }

    fn refused(&self, other: &Edition<'_>, by_number: bool) -> ReadError {
        let mut ids: Vec<String> = other.ids().into_iter().take(50).map(str::to_owned).collect();
        ids.sort_unstable();
        ids.truncate(5);
        let candidates = super::identity::candidates(&self.says());
        ReadError::new(self.label, Problem::NoCommonId { by_number, ids, candidates })
    }
}

/// Sees to it that two editions call their territories by the same ids.
///
/// # Method
/// Ids that both have in common stay. Where they have none, or one edition has only row numbers, the two are called by the
/// two fields whose values they have most of in common; of equals, by those that stand first in the order of ids. Each
/// change is a warning. One territory against one needs no id.
///
/// # Errors
/// Territories are known by their row numbers alone in one edition: a row is no territory.
pub fn match_editions(mut before: Edition<'_>, mut after: Edition<'_>) -> Result<Vec<Renamed>, ReadError> {
    if before.territories.len() == 1 && after.territories.len() == 1 {
        return Ok(Vec::new());
    }
    let in_common = before.ids().intersection(&after.ids()).count();
    if in_common > 0 {
        return Ok(Vec::new());
    }
    let (of_before, of_after) = (before.fields(), after.fields());
    let mut best: Option<(usize, usize, usize)> = None;
    let sets: Vec<HashSet<&str>> =
        of_after.iter().map(|(_, values)| values.iter().flatten().map(String::as_str).collect()).collect();
    for (i, (_, values)) in of_before.iter().enumerate() {
        for (j, others) in sets.iter().enumerate() {
            let count = values.iter().flatten().filter(|value| others.contains(value.as_str())).count();
            if count > best.map_or(0, |(most, ..)| most) {
                best = Some((count, i, j));
            }
        }
    }
    drop(sets);
    match best {
        Some((_, i, j)) => {
            let (mut of_before, mut of_after) = (of_before, of_after);
            let first = before.call_by(of_before.swap_remove(i));
            Ok(first.into_iter().chain(after.call_by(of_after.swap_remove(j))).collect())
        }
        None if before.by_number() => Err(before.refused(&after, true)),
        None if after.by_number() => Err(after.refused(&before, true)),
        None => Ok(Vec::new()),
    }
}

/// Calls territories by a field that holds all of these values, where their ids do not: for a user who names them by
/// another field than the one that was found first.
pub fn call_by(label: &str, territories: &mut Vec<Territory>, wanted: &[&str]) -> Option<Renamed> {
    let holds = |values: &[Option<String>]| wanted.iter().all(|id| values.iter().flatten().any(|value| value == id));
    let mut edition = Edition { label, territories, is_given: false };
    let mut fields = edition.fields();
    let at = fields.iter().position(|(_, values)| holds(values)).filter(|&at| at > 0)?;
    let field = fields.swap_remove(at);
    let renamed = edition.call_by(field)?;
    let message = format!("{label}: territories are called by {}, which holds {}", renamed.field, wanted.join(" and "));
    Some(Renamed { warning: Warning { code: WarningCode::Note, message, feature: None }, ..renamed })
}

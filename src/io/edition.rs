//! Matches the territories of two editions by common ids, never by row numbers.

use super::identity::{Says, identifying};
use super::layer::merged;
use super::{Problem, ReadError};
use crate::model::{Territory, Warning, WarningCode};
use std::collections::HashSet;

/// Territories of an edition to be compared with another.
pub struct Edition<'e> {
    /// Its name in messages.
    pub label: &'e str,
    /// Its territories.
    pub territories: &'e mut Vec<Territory>,
    /// Whether their ids are fixed by a dataset or by the user.
    pub is_given: bool,
}

/// Territories identified by another field than the one found when their file was read.
#[derive(Debug, Clone, PartialEq)]
pub struct Renamed {
    /// Name of the layer in messages.
    pub label: String,
    /// The field.
    pub field: String,
    /// The warning for the reader of a report.
    pub warning: Warning,
}

/// A field, with an optional value for every territory.
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

    /// Candidate fields for identifying its territories, their ids first.
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

/// Makes two editions identify their territories by the same ids.
///
/// # Method
/// Common ids are kept. If there are none, or one edition has only row numbers, the two are identified by the
/// two fields with the most values in common; of equal ones, by those first in the order of ids. Each
/// change is a warning. A single territory on each side needs no id.
///
/// # Errors
/// One edition has only row numbers, which do not identify territories.
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

/// Identifies territories by a field that contains all of these values, if their ids do not: for users who name them by
/// another field than the one found first.
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

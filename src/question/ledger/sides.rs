//! The two editions compared by a ledger.

use crate::model::{Piece, Territory, Warning, WarningCode};
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Holders of land: numbers of territories in ascending order, and their ids joined by ` + `.
#[derive(Debug, Clone, PartialEq)]
pub struct Holders {
    pub(super) numbers: Vec<u32>,
    pub(super) names: Option<Arc<str>>,
}

impl Holders {
    pub(super) fn name(&self) -> Option<&str> {
        self.names.as_deref()
    }
}

/// Two editions, with the ids of both and those that a proposal names.
pub(super) struct Sides<'a> {
    pub before: Vec<Cow<'a, Territory>>,
    pub after: Vec<Cow<'a, Territory>>,
    ids: Vec<String>,
    /// Index of each id in either edition.
    places: [Vec<Option<u32>>; 2],
}

impl<'a> Sides<'a> {
    pub fn new(before: Vec<Cow<'a, Territory>>, after: Vec<Cow<'a, Territory>>, proposal: &[Piece]) -> Self {
        let held = before.iter().chain(&after).map(|t| t.meta.id.as_str());
        let named = proposal.iter().filter_map(|piece| piece.to.as_deref());
        let ids: BTreeSet<&str> = held.chain(named).collect();
        let ids: Vec<String> = ids.into_iter().map(str::to_owned).collect();
        let places = [&before, &after].map(|edition| {
            let mut places = vec![None; ids.len()];
            for (place, territory) in edition.iter().enumerate() {
                if let Ok(number) = ids.binary_search(&territory.meta.id) {
                    places[number].get_or_insert(place as u32);
                }
            }
            places
        });
        Sides { before, after, ids, places }
    }

    /// Index of a territory id in alphabetical order.
    pub fn number(&self, id: &str) -> u32 {
        self.ids.binary_search_by(|other| other.as_str().cmp(id)).map_or(0, |i| i as u32)
    }

    pub fn id(&self, number: u32) -> &str {
        &self.ids[number as usize]
    }

    pub fn ids(&self) -> &[String] {
        &self.ids
    }

    /// A territory in an edition: 0 before, 1 after.
    pub fn territory(&self, edition: usize, number: u32) -> Option<&Territory> {
        let all = if edition == 0 { &self.before } else { &self.after };
        self.places[edition][number as usize].map(|place| &*all[place as usize])
    }

    pub fn holders(&self, numbers: Vec<u32>) -> Arc<Holders> {
        let ids: Vec<&str> = numbers.iter().map(|number| self.id(*number)).collect();
        let names = (!ids.is_empty()).then(|| ids.join(" + ").into());
        Arc::new(Holders { numbers, names })
    }

    pub fn warnings(&self) -> Vec<Warning> {
        let mut out = Vec::new();
        for (edition, name, other) in [(0, "BEFORE", "AFTER"), (1, "AFTER", "BEFORE")] {
            let lacks = |(_, place): &(&String, &Option<u32>)| place.is_none();
            let lacking = self.ids.iter().zip(&self.places[edition]).filter(lacks);
            let ids: Vec<&str> = lacking.map(|(id, _)| id.as_str()).collect();
            if !ids.is_empty() {
                let message = format!(
                    "{name} does not hold {}: what {other} alone gives them is not in the ledger, except where it \
                     passes from or to another territory; land that passes to them shows as held by nobody",
                    ids.join(", ")
                );
                out.push(Warning { code: WarningCode::Incomplete, message, feature: None });
            }
        }
        for (number, id) in (0..).zip(&self.ids) {
            let is_clipped = |edition| self.territory(edition, number).is_some_and(|t| t.meta.clipped);
            if is_clipped(0) || is_clipped(1) {
                let message =
                    format!("{id}: incomplete, it is cut at the frame of the data; land at the frame is left out");
                out.push(Warning { code: WarningCode::Incomplete, message, feature: Some(id.clone()) });
            }
        }
        out
    }
}

//! Context: which of its features a map shows at its scale.

use super::spec::ContextKind;
use super::symbol::Mode;
use crate::model::{Meta, Place};

/// The mode of the ways of a layer of context.
pub(crate) fn mode(kind: Option<ContextKind>) -> Option<Mode> {
    match kind? {
        ContextKind::Roads => Some(Mode::Road),
        ContextKind::Rail => Some(Mode::Rail),
        ContextKind::Rivers | ContextKind::Settlements => None,
    }
}

/// The class of a road or railway, from 1 for the most important to 5, by the tags of OpenStreetMap; 1 without tags.
pub(crate) fn class_of_way(meta: &Meta) -> u8 {
    let text = |key: &str| meta.properties.get(key).and_then(|value| value.as_str()).map(str::to_lowercase);
    let Some(highway) = text("highway") else {
        return if text("service").is_some() { 5 } else { 1 };
    };
    match highway.trim_end_matches("_link") {
        "motorway" | "trunk" => 1,
        "primary" => 2,
        "secondary" => 3,
        "tertiary" => 4,
        _ => 5,
    }
}

/// The class of a settlement, from 1 for the largest to 5, by its population, else by its rank.
pub(crate) fn class_of_place(place: &Place) -> u8 {
    let stated = place.meta.properties.get("population");
    let population = stated.and_then(|value| value.as_f64().or_else(|| value.as_str()?.trim().parse().ok()));
    match population {
        Some(people) if people >= 500_000.0 => 1,
        Some(people) if people >= 40_000.0 => 2,
        Some(people) if people >= 10_000.0 => 3,
        Some(people) if people >= 1_000.0 => 4,
        Some(_) => 5,
        None => place.rank.clamp(1, 5),
    }
}

/// The greatest class that a map shows at a scale.
pub(crate) fn most(scale: f64) -> u8 {
    [(4_000_000.0, 1), (1_500_000.0, 2), (600_000.0, 3), (200_000.0, 4)]
        .iter()
        .find(|(from, _)| scale >= *from)
        .map_or(5, |(_, class)| *class)
}

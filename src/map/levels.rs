//! The levels of territories, and the weight of the lines between them.

use super::content::Region;
use super::parties::Parties;
use super::symbol::Weight;

/// Whether data say that a territory is a state: by a property with a code of ISO 3166, by a level of OpenStreetMap, or because it is a
/// party of the plate.
fn is_state(region: &Region, parties: &Parties) -> bool {
    const CODES: [&str; 12] = [
        "ISO_A3",
        "ISO_A2",
        "iso_a3",
        "iso_a2",
        "ADM0_A3",
        "adm0_a3",
        "A3",
        "ISO3",
        "iso3",
        "ISO2",
        "ISO3166-1",
        "ISO3166-1:alpha3",
    ];
    let has_code = CODES.iter().any(|key| region.meta.properties.contains_key(*key));
    has_code || region.meta.level().is_some() || parties.are_party(&region.meta.id)
}

/// The weight of a line shared by two territories: of states if both are states, else of the level of both.
pub(super) fn between(a: &Region, b: &Region, parties: &Parties) -> Weight {
    // A kind that is stated says more than a level of OpenStreetMap, on which 2 is a state.
    let is_below_state = |region: &Region| {
        let level = region.meta.level();
        level.and_then(|(_, level)| level.trim().parse::<u8>().ok()).is_some_and(|level| level > 2)
    };
    let of = |region: &Region| match &region.kind {
        None if is_below_state(region) => Weight::Unit,
        None if !is_state(region, parties) => Weight::Territory,
        kind => Weight::of(kind.as_deref()),
    };
    let holds = |outer: &Region, inner: &Region| inner.meta.parent.as_ref() == Some(&outer.meta.id);
    match (&a.meta.parent, &b.meta.parent) {
        _ if of(a) == Weight::Sheet || of(b) == Weight::Sheet => Weight::Sheet,
        (Some(one), Some(other)) if one != other => Weight::State,
        (Some(_), Some(_)) if of(a) <= Weight::Territory && of(b) <= Weight::Territory => Weight::Unit,
        _ if holds(a, b) || holds(b, a) => of(a).max(of(b)).max(Weight::Unit),
        // The line between a unit and a state other than its own is the boundary of its state.
        _ => of(a).min(of(b)),
    }
}

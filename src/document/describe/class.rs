//! Classification of objects by the words of their sources.

use crate::document::description::LandmarkClass;
use serde_json::Value;

/// Words of common sources (OpenStreetMap, Natural Earth, GeoNames) that differ from those of the tree.
const WORDS: [(&str, LandmarkClass); 40] = [
    ("brook", LandmarkClass::Stream),
    ("drain", LandmarkClass::Ditch),
    ("water", LandmarkClass::Lake),
    ("peak", LandmarkClass::Summit),
    ("volcano", LandmarkClass::Summit),
    ("spot-height", LandmarkClass::Height),
    ("arete", LandmarkClass::Ridge),
    ("mountain-range", LandmarkClass::Range),
    ("mountain-pass", LandmarkClass::Pass),
    ("hamlet", LandmarkClass::Village),
    ("populated-place", LandmarkClass::Settlement),
    ("locality", LandmarkClass::Locality),
    ("motorway", LandmarkClass::Highway),
    ("trunk", LandmarkClass::Highway),
    ("primary", LandmarkClass::Highway),
    ("secondary", LandmarkClass::Road),
    ("tertiary", LandmarkClass::Road),
    ("unclassified", LandmarkClass::Road),
    ("service", LandmarkClass::Road),
    ("residential", LandmarkClass::Street),
    ("living-street", LandmarkClass::Street),
    ("footway", LandmarkClass::Path),
    ("bridleway", LandmarkClass::Path),
    ("rail", LandmarkClass::Railway),
    ("light-rail", LandmarkClass::Railway),
    ("narrow-gauge", LandmarkClass::Railway),
    ("halt", LandmarkClass::Station),
    ("wood", LandmarkClass::Forest),
    ("forest", LandmarkClass::Forest),
    ("weir", LandmarkClass::Dam),
    ("line", LandmarkClass::PowerLine),
    ("survey-point", LandmarkClass::GeodeticPoint),
    ("trig", LandmarkClass::GeodeticPoint),
    ("triangulation-point", LandmarkClass::GeodeticPoint),
    ("boundary-stone", LandmarkClass::BoundaryMark),
    ("house", LandmarkClass::Building),
    ("chapel", LandmarkClass::Church),
    ("place-of-worship", LandmarkClass::Church),
    ("water-well", LandmarkClass::Well),
    ("junction", LandmarkClass::Crossroads),
];

/// The class of a word; `None` for words without a class, and for lines and points of borders.
pub(super) fn class_of(word: &str) -> Option<LandmarkClass> {
    let word = word.trim().to_lowercase().replace(['_', ' '], "-");
    if let Some((_, class)) = WORDS.iter().find(|(known, _)| *known == word) {
        return Some(*class);
    }
    let class: LandmarkClass = serde_json::from_value(Value::String(word)).ok()?;
    (!matches!(class, LandmarkClass::Point | LandmarkClass::Other | LandmarkClass::Boundary)).then_some(class)
}

/// The nearest class for which descriptions have a word; `None` for classes that are neither followed nor used in ties.
pub(super) fn worded(class: LandmarkClass) -> Option<LandmarkClass> {
    use LandmarkClass as C;
    Some(match class {
        C::IntermittentStream => C::Stream,
        C::RiverBranch | C::Backwater => C::River,
        C::Pond => C::Lake,
        C::Range => C::Ridge,
        C::ImprovedDirtRoad => C::DirtRoad,
        C::CountryRoad => C::Road,
        C::Locality => C::Settlement,
        C::River | C::Stream | C::Canal | C::Ditch | C::Lake | C::Reservoir | C::Island | C::Ridge => class,
        C::Road | C::Highway | C::DirtRoad | C::FieldRoad | C::ForestRoad | C::Track | C::Path | C::Street => class,
        C::Railway | C::Pipeline | C::PowerLine | C::Forest | C::Field | C::Parcel | C::BoundaryMark => class,
        _ if permanence(class).is_some() => class,
        _ => return None,
    })
}

/// Rank of permanence of an object as a reference of ties, 0 the most permanent; `None` if it cannot be a reference.
pub(super) fn permanence(class: LandmarkClass) -> Option<u8> {
    use LandmarkClass as C;
    match class {
        C::GeodeticPoint => Some(0),
        C::Summit | C::Height | C::Hill | C::Mountain | C::Saddle | C::Pass | C::Mound | C::Rock => Some(1),
        C::Bridge | C::Tunnel | C::Dam => Some(2),
        C::Fork | C::Crossroads => Some(3),
        C::Confluence | C::Mouth | C::Source | C::Spring => Some(4),
        C::Church | C::Monastery | C::Cemetery | C::Building | C::Station | C::Tower | C::Mast | C::Pylon => Some(5),
        C::City | C::Town | C::Village | C::Settlement => Some(6),
        C::Well | C::Culvert | C::Quarry | C::Tree => Some(7),
        _ => None,
    }
}

/// Whether an object wholly on one side is named as left on that side.
pub(super) fn is_left(class: LandmarkClass) -> bool {
    use LandmarkClass as C;
    matches!(
        class,
        C::City
            | C::Town
            | C::Village
            | C::Settlement
            | C::Station
            | C::Church
            | C::Monastery
            | C::Cemetery
            | C::Building
            | C::Summit
            | C::Height
            | C::Hill
            | C::Mountain
            | C::Spring
            | C::Well
            | C::Island
    )
}

//! Classes of objects by what may stand beside their nouns.

use crate::document::description::LandmarkClass;

/// Classes of objects that meet or belong to several objects.
pub(super) fn joins(class: LandmarkClass) -> bool {
    use LandmarkClass as C;
    matches!(
        class,
        C::Fork
            | C::Crossroads
            | C::Confluence
            | C::Intersection
            | C::Mouth
            | C::Watershed
            | C::ForestCut
            | C::Boundary
    )
}

/// Classes of which a plural may name two objects.
pub(super) fn joins_names(class: LandmarkClass) -> bool {
    use LandmarkClass as C;
    matches!(class, C::River | C::Stream | C::Road | C::FieldRoad | C::Street)
}

/// Classes of objects that stand in settlements.
pub(super) fn stands_in(class: LandmarkClass) -> bool {
    use LandmarkClass as C;
    matches!(
        class,
        C::Church
            | C::Monastery
            | C::Cemetery
            | C::Building
            | C::Bridge
            | C::Station
            | C::Tower
            | C::Well
            | C::Crossroads
            | C::Farm
    )
}

/// Classes of roads, streets and paths.
pub(super) fn is_road(class: LandmarkClass) -> bool {
    use LandmarkClass as C;
    matches!(
        class,
        C::Road
            | C::Highway
            | C::DirtRoad
            | C::ImprovedDirtRoad
            | C::CountryRoad
            | C::FieldRoad
            | C::ForestRoad
            | C::Street
            | C::Track
            | C::Path
    )
}

/// Classes of ways between places.
pub(super) fn is_way(class: LandmarkClass) -> bool {
    is_road(class) || matches!(class, LandmarkClass::Railway | LandmarkClass::Pipeline | LandmarkClass::PowerLine)
}

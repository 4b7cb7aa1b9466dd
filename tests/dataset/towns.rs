//! Towns: both sides by one rule, by population alone.

use super::{near, select};
use merestone::earth::polygon_area_m2;
use merestone::model::{Place, Territory};
use std::collections::BTreeMap;

fn population(place: &Place) -> Option<u64> {
    place.meta.properties.get("population").and_then(serde_json::Value::as_u64)
}

fn settlements() -> Vec<Place> {
    let is_one = |place: &Place| place.meta.kind.as_deref().is_some_and(|kind| kind == "town" || kind == "village");
    select::<Place>("places").into_iter().filter(is_one).collect()
}

#[test]
fn the_rank_of_a_settlement_is_that_of_its_population() {
    for place in settlements() {
        let rank = match population(&place) {
            Some(500_000..) => 1,
            Some(40_000..) => 2,
            Some(15_000..) => 3,
            _ => 4,
        };
        assert_eq!(place.rank, rank, "{}: {:?}", place.meta.id, population(&place));
    }
}

#[test]
fn both_sides_have_as_many_places_of_a_class_on_a_thousand_square_kilometres() {
    let area_km2: BTreeMap<String, f64> = select::<Territory>("states")
        .into_iter()
        .map(|t| (t.meta.id.clone(), t.parts().iter().map(polygon_area_m2).sum::<f64>() / 1e6))
        .collect();
    for (least, below) in [(40_000, 500_000), (15_000, 40_000)] {
        let per_thousand = ["ARM", "AZE"].map(|party| {
            let of_class = settlements()
                .iter()
                .filter(|place| place.meta.parent.as_deref() == Some(party))
                .filter(|place| population(place).is_some_and(|people| (least..below).contains(&people)))
                .count();
            of_class as f64 / area_km2[party] * 1000.0
        });
        let [low, high] =
            if per_thousand[0] < per_thousand[1] { per_thousand } else { [per_thousand[1], per_thousand[0]] };
        assert!(low > 0.0 && high / low < 1.1, "{least} to {below} people: {per_thousand:?}");
    }
    let capitals: Vec<String> =
        settlements().into_iter().filter(|place| place.rank == 1).filter_map(|place| place.meta.parent).collect();
    assert_eq!(capitals, ["ARM", "AZE"], "each side's capital, and nothing else");
}

#[test]
fn towns_stand_where_they_are() {
    // Positions of city centres as maps give them, to a hundredth of a degree; GeoNames states no accuracy.
    let known = [
        ("Bakı", 49.87, 40.38),
        ("Gəncə", 46.36, 40.68),
        ("Gümri", 43.85, 40.79),
        ("Mingəçevir", 47.05, 40.77),
        ("Sumqayıt", 49.67, 40.59),
        ("Vanadzor", 44.49, 40.81),
        ("Xankəndi", 46.75, 39.82),
        ("Yerevan", 44.51, 40.18),
    ];
    let places = settlements();
    for (name, lon, lat) in known {
        let found: Vec<&Place> = places.iter().filter(|place| place.meta.name.get("az") == Some(name)).collect();
        let [place] = found.as_slice() else { panic!("{name}: {}", found.len()) };
        near(&format!("{name}, longitude"), place.position.x, lon, 0.03);
        near(&format!("{name}, latitude"), place.position.y, lat, 0.03);
        assert!(population(place).is_some(), "{name}");
    }
}

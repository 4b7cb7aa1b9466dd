//! Access, direction and speed of network ways, from OpenStreetMap tags.

#[cfg(feature = "schema")]
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Map, Value};
use std::borrow::Cow;

/// The mode of travel on a network.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Mode {
    /// Railways, in both directions.
    Rail,
    /// Roads and tracks for motor vehicles; one-way roads in their direction.
    #[default]
    Road,
}

impl Mode {
    /// The word in files and reports.
    pub const fn word(self) -> &'static str {
        match self {
            Mode::Rail => "rail",
            Mode::Road => "road",
        }
    }
}

/// Classes of roads (OpenStreetMap's `highway`), each with its assumed speed in km/h.
const ROADS: [(&str, f64); 16] = [
    ("motorway", 110.0),
    ("motorway_link", 60.0),
    ("trunk", 90.0),
    ("trunk_link", 50.0),
    ("primary", 75.0),
    ("primary_link", 45.0),
    ("secondary", 65.0),
    ("secondary_link", 40.0),
    ("tertiary", 55.0),
    ("tertiary_link", 35.0),
    ("unclassified", 45.0),
    ("road", 45.0),
    ("residential", 30.0),
    ("living_street", 10.0),
    ("service", 20.0),
    ("track", 15.0),
];
/// Classes of railways (OpenStreetMap's `railway`), each with its assumed speed in km/h.
const RAILWAYS: [(&str, f64); 4] = [("rail", 80.0), ("narrow_gauge", 50.0), ("light_rail", 50.0), ("preserved", 30.0)];
/// Speed in km/h of a way without a class.
const OTHER_KMH: f64 = 50.0;
/// The greatest speed of any class, in km/h.
pub(super) const FASTEST_KMH: f64 = 110.0;

/// Access rules of a way, from its properties.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Access {
    pub class: Option<Cow<'static, str>>,
    pub forward: bool,
    pub backward: bool,
    pub speed_kmh: f64,
    /// Above (bridges) or below (tunnels) the ground, where tags say so: ways of two levels that cross do not meet.
    pub level: i8,
}

/// Whether properties have OpenStreetMap tags of a road or a railway.
pub(super) fn is_tagged(properties: &Map<String, Value>) -> bool {
    text(properties, "highway").or(text(properties, "railway")).is_some()
}

/// The access rules of a way; `None` if the mode may not use it. If `tagged` (some features of the network have
/// OpenStreetMap tags), features without such tags are not ways.
pub(super) fn access(properties: &Map<String, Value>, mode: Mode, tagged: bool) -> Option<Access> {
    let (key, classes): (_, &[(&str, f64)]) = match mode {
        Mode::Rail => ("railway", &RAILWAYS),
        Mode::Road => ("highway", &ROADS),
    };
    let (class, speed_kmh) = if tagged {
        let class = text(properties, key)?;
        let (class, speed_kmh) = classes.iter().find(|(known, _)| *known == class)?;
        let is = |key: &str| text(properties, key) == Some("yes");
        let closed = match mode {
            Mode::Rail => is("disused") || is("abandoned"),
            Mode::Road => is_closed(properties),
        };
        if is("area") || closed {
            return None;
        }
        (Some(Cow::Borrowed(*class)), *speed_kmh)
    } else {
        if text(properties, "mode").is_some_and(|own| own != mode.word()) {
            return None;
        }
        (text(properties, "class").or(text(properties, "kind")).map(|class| class.to_owned().into()), OTHER_KMH)
    };
    let (forward, backward) = if mode == Mode::Road { directions(properties) } else { (true, true) };
    let level = if tagged { level(properties) } else { 0 };
    Some(Access { class, forward, backward, speed_kmh, level })
}

/// Values of OpenStreetMap's `access` tags that exclude the public.
const CLOSED: [&str; 8] = ["no", "private", "agricultural", "forestry", "military", "emergency", "psv", "bus"];

/// Whether public motor vehicles are excluded: by all values of the most specific tag.
fn is_closed(properties: &Map<String, Value>) -> bool {
    let tags = ["motorcar", "motor_vehicle", "vehicle", "access"];
    let stated = tags.into_iter().find_map(|tag| text(properties, tag));
    stated.is_some_and(|values| values.split(';').all(|value| CLOSED.contains(&value.trim())))
}

/// Whether a road may be used in the direction of its coordinates, and against it.
fn directions(properties: &Map<String, Value>) -> (bool, bool) {
    let one_way = match properties.get("oneway") {
        Some(Value::String(word)) => word.clone(),
        Some(Value::Bool(yes)) => yes.to_string(),
        Some(Value::Number(number)) => number.to_string(),
        _ => String::new(),
    };
    match one_way.to_lowercase().as_str() {
        "yes" | "true" | "1" => (true, false),
        "-1" | "reverse" => (false, true),
        // Other values state one-way, or the class implies it.
        "no" | "false" | "0" | "reversible" | "alternating" => (true, true),
        _ => {
            let round = matches!(text(properties, "junction"), Some("roundabout" | "circular"));
            (true, !(round || text(properties, "highway") == Some("motorway")))
        }
    }
}

/// The level of a way: OpenStreetMap's `layer`, without it 1 for a bridge and -1 for a tunnel.
fn level(properties: &Map<String, Value>) -> i8 {
    let layer = match properties.get("layer") {
        Some(Value::String(word)) => word.trim().parse().ok(),
        Some(Value::Number(number)) => number.as_f64(),
        _ => None,
    };
    let is = |key: &str| text(properties, key).is_some_and(|word| word != "no");
    match layer {
        Some(layer) => f64::round(layer) as i8,
        None if is("bridge") => 1,
        None if is("tunnel") => -1,
        None => 0,
    }
}

pub(super) fn text<'a>(properties: &'a Map<String, Value>, key: &str) -> Option<&'a str> {
    properties.get(key).and_then(Value::as_str).filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(tags: &[(&str, &str)], mode: Mode) -> Option<(bool, bool)> {
        let properties = tags.iter().map(|(key, value)| ((*key).to_owned(), (*value).into())).collect();
        access(&properties, mode, true).map(|access| (access.forward, access.backward))
    }

    #[test]
    fn tags_of_openstreetmap_say_who_may_go_where() {
        assert_eq!(of(&[("highway", "primary")], Mode::Road), Some((true, true)));
        assert_eq!(of(&[("highway", "primary"), ("oneway", "yes")], Mode::Road), Some((true, false)));
        assert_eq!(of(&[("highway", "primary"), ("oneway", "-1")], Mode::Road), Some((false, true)));
        assert_eq!(of(&[("highway", "motorway")], Mode::Road), Some((true, false)));
        assert_eq!(of(&[("highway", "motorway"), ("oneway", "no")], Mode::Road), Some((true, true)));
        assert_eq!(of(&[("highway", "residential"), ("junction", "roundabout")], Mode::Road), Some((true, false)));
        assert_eq!(of(&[("highway", "footway")], Mode::Road), None);
        assert_eq!(of(&[("highway", "service"), ("access", "no")], Mode::Road), None);
        assert_eq!(
            of(&[("highway", "service"), ("access", "no"), ("motor_vehicle", "yes")], Mode::Road),
            Some((true, true))
        );
        for word in ["private", "agricultural", "agricultural;forestry"] {
            assert_eq!(of(&[("highway", "track"), ("access", word)], Mode::Road), None, "{word}");
        }
        for word in ["yes", "permissive", "destination", "agricultural;destination"] {
            assert_eq!(of(&[("highway", "track"), ("access", word)], Mode::Road), Some((true, true)), "{word}");
        }
        for word in ["yes", "true", "1"] {
            assert_eq!(of(&[("highway", "primary"), ("oneway", word)], Mode::Road), Some((true, false)), "{word}");
        }
        for word in ["construction", "proposed", "abandoned"] {
            assert_eq!(of(&[("highway", word), (word, "primary")], Mode::Road), None, "{word}");
            assert_eq!(of(&[("railway", word), (word, "rail")], Mode::Rail), None, "{word}");
        }
        assert_eq!(of(&[("railway", "rail"), ("disused", "yes")], Mode::Rail), None);
        assert_eq!(of(&[("highway", "pedestrian"), ("area", "yes")], Mode::Road), None);
        assert_eq!(of(&[("railway", "rail"), ("oneway", "yes")], Mode::Rail), Some((true, true)));
        assert_eq!(of(&[("railway", "abandoned")], Mode::Rail), None);
        assert_eq!(of(&[("waterway", "river")], Mode::Road), None);
    }

    #[test]
    fn bridges_and_tunnels_have_levels() {
        let of = |tags: &[(&str, &str)]| {
            level(&tags.iter().map(|(key, value)| ((*key).to_owned(), (*value).into())).collect())
        };
        assert_eq!(of(&[("highway", "primary")]), 0);
        assert_eq!(of(&[("bridge", "yes")]), 1);
        assert_eq!(of(&[("bridge", "viaduct"), ("layer", "2")]), 2);
        assert_eq!(of(&[("bridge", "no")]), 0);
        assert_eq!(of(&[("tunnel", "yes")]), -1);
        assert_eq!(of(&[("tunnel", "yes"), ("layer", "x")]), -1);
    }

    #[test]
    fn no_class_is_faster_than_the_fastest() {
        assert!(ROADS.iter().chain(&RAILWAYS).all(|(_, kmh)| *kmh <= FASTEST_KMH) && OTHER_KMH <= FASTEST_KMH);
    }
}

//! Field map: which properties of a source hold the status, sides, source, date and accuracy of lines.

use crate::model::{Content, Line, Meta, Status};
use serde_json::Value;
use std::str::FromStr;
use thiserror::Error;

/// The quantities to which a property can be mapped.
const TARGETS: [&str; 6] = ["status", "left", "right", "source", "date", "accuracy"];

/// Names of properties, in any case, used where the program's own properties (`status`, `left`, `right`, `source`,
/// `date`, `position_accuracy_m`) are missing. Of several for one quantity, the first that a line has is used.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FieldMap {
    /// Delimitation status, in the source's own words.
    pub status: Vec<String>,
    /// Territory on its left; paired with [`right`](Self::right).
    pub left: Vec<String>,
    /// Territory on its right.
    pub right: Vec<String>,
    /// Source of the line.
    pub source: Vec<String>,
    /// Date of the data.
    pub date: Vec<String>,
    /// Accuracy of positions in metres.
    pub accuracy: Vec<String>,
}

/// A source with known properties.
struct Preset {
    name: &'static str,
    fields: &'static str,
    /// Properties that identify its lines: all of one of these lists.
    marks: &'static [&'static [&'static str]],
}

/// Natural Earth 5 (`ne_10m_admin_0_boundary_lines_land`), LSIB 11 (U.S. Department of State), and tags of OpenStreetMap.
const PRESETS: [Preset; 3] = [
    Preset {
        name: "natural-earth",
        fields: "status=FEATURECLA,left=ADM0_A3_L,right=ADM0_A3_R,left=ADM0_LEFT,right=ADM0_RIGHT",
        marks: &[&["FEATURECLA", "ADM0_A3_L", "ADM0_A3_R"], &["FEATURECLA", "ADM0_LEFT", "ADM0_RIGHT"]],
    },
    Preset {
        name: "lsib",
        fields: "status=STATUS,left=CC1_GENC3,right=CC2_GENC3,left=CC1,right=CC2,left=COUNTRY1,right=COUNTRY2",
        marks: &[&["STATUS", "CC1", "CC2"], &["STATUS", "COUNTRY1", "COUNTRY2"]],
    },
    Preset {
        name: "osm",
        fields: "status=boundary:status,status=border_status,status=disputed,status=boundary,left=left:country,right=right:country,source=source:geometry,\
                 source=source:boundary,date=source:date,date=survey:date",
        marks: &[&["boundary", "admin_level"]],
    },
];

/// Why a field map is invalid.
#[derive(Debug, Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum FieldMapError {
    /// Neither a preset nor `WHAT=FIELD`.
    #[error("\"{0}\" is no preset and names no field")]
    Word(String),
    /// The quantity is unknown.
    #[error("\"{0}\" is nothing that is asked of a line")]
    Target(String),
}

impl FieldMap {
    /// Names of the presets.
    pub fn presets() -> impl Iterator<Item = &'static str> {
        PRESETS.iter().map(|preset| preset.name)
    }
}

impl FromStr for FieldMap {
    type Err = FieldMapError;

    fn from_str(text: &str) -> Result<Self, FieldMapError> {
        let mut map = FieldMap::default();
        for part in text.split(',').map(str::trim).filter(|part| !part.is_empty()) {
            map.add(part)?;
        }
        Ok(map)
    }
}

impl FieldMap {
    fn add(&mut self, part: &str) -> Result<(), FieldMapError> {
        if part.eq_ignore_ascii_case("none") {
            return Ok(());
        }
        let Some((target, field)) = part.split_once('=') else {
            let preset = PRESETS.iter().find(|preset| preset.name.eq_ignore_ascii_case(part));
            let preset = preset.ok_or_else(|| FieldMapError::Word(part.to_owned()))?;
            return preset.fields.split(',').try_for_each(|part| self.add(part.trim()));
        };
        // Also accepts the program's own name of the quantity.
        let target = if target.trim() == "position_accuracy_m" { "accuracy" } else { target };
        let fields = match TARGETS.iter().position(|known| known.eq_ignore_ascii_case(target.trim())) {
            Some(0) => &mut self.status,
            Some(1) => &mut self.left,
            Some(2) => &mut self.right,
            Some(3) => &mut self.source,
            Some(4) => &mut self.date,
            Some(5) => &mut self.accuracy,
            _ => return Err(FieldMapError::Target(target.to_owned())),
        };
        fields.push(field.trim().to_owned());
        Ok(())
    }

    /// Combines two maps; for one quantity, the fields of this one come first.
    #[must_use]
    pub fn and(mut self, more: Self) -> Self {
        self.status.extend(more.status);
        self.left.extend(more.left);
        self.right.extend(more.right);
        self.source.extend(more.source);
        self.date.extend(more.date);
        self.accuracy.extend(more.accuracy);
        self
    }

    /// The preset whose properties the lines have, unless they have the program's own.
    pub fn known(contents: &[Content]) -> Option<(&'static str, Self)> {
        let mut metas = contents.iter().flat_map(Content::metas);
        let meta = metas.next()?;
        let has = |name: &str| meta.properties.keys().any(|key| key.eq_ignore_ascii_case(name));
        let own_status = meta.properties.get("status").and_then(Value::as_str).and_then(Status::from_word);
        let is_own = own_status.is_some() || meta.properties.contains_key("left");
        let is_of = |preset: &&Preset| preset.marks.iter().any(|marks| marks.iter().all(|mark| has(mark)));
        let preset = PRESETS.iter().find(is_of)?;
        (!is_own).then(|| (preset.name, preset.fields.parse().unwrap_or_default()))
    }

    /// The field map as text.
    pub fn words(&self) -> String {
        let lists = [&self.status, &self.left, &self.right, &self.source, &self.date, &self.accuracy];
        let filled = TARGETS.iter().zip(lists).filter(|(_, fields)| !fields.is_empty());
        filled.map(|(target, fields)| format!("{target} from {}", fields.join(" or "))).collect::<Vec<_>>().join(", ")
    }

    /// The source's own text for a line's status, and the status that it maps to.
    pub fn status(&self, meta: &Meta) -> Option<(String, Status)> {
        let mut stated = self.status.iter().filter_map(|field| stated(meta, field)).peekable();
        let plain = stated.peek().cloned()?;
        Some(stated.find(|(_, status)| *status != Status::Unspecified).unwrap_or(plain))
    }

    /// The status and side quantities whose fields no line has, with these fields.
    pub fn missing(&self, contents: &[Content]) -> Vec<(&'static str, String)> {
        let lists = [("status", &self.status), ("left", &self.left), ("right", &self.right)];
        let has = |field: &String| contents.iter().flat_map(Content::metas).any(|meta| text(meta, field).is_some());
        let lists = lists.into_iter().filter(|(_, fields)| !fields.is_empty() && !fields.iter().any(has));
        lists.map(|(target, fields)| (target, fields.join(", "))).collect()
    }

    /// Source of a line.
    pub fn source(&self, meta: &Meta) -> Option<String> {
        first(meta, &self.source)
    }

    /// Date of a line's data.
    pub fn date(&self, meta: &Meta) -> Option<String> {
        first(meta, &self.date)
    }

    /// Accuracy of a line's positions in metres.
    pub fn accuracy_m(&self, meta: &Meta) -> Option<f64> {
        first(meta, &self.accuracy)?.parse().ok().filter(|metres: &f64| metres.is_finite() && *metres > 0.0)
    }

    /// Whether these two territories are on the sides of a line, in either order, by its own properties or by mapped
    /// ones.
    pub fn is_between(&self, line: &Line, a: &str, b: &str) -> bool {
        let own = (line.left.clone(), line.right.clone());
        let mapped =
            self.left.iter().zip(&self.right).map(|(left, right)| (text(&line.meta, left), text(&line.meta, right)));
        std::iter::once(own).chain(mapped).any(|(left, right)| {
            let (left, right) = (left.as_deref(), right.as_deref());
            (left, right) == (Some(a), Some(b)) || (left, right) == (Some(b), Some(a))
        })
    }
}

/// A field's text for a line's status, and the status that it maps to. A boolean tag that is set (`disputed=yes`) is
/// given with its name; one that is not set, and `boundary=administrative`, give nothing.
fn stated(meta: &Meta, field: &str) -> Option<(String, Status)> {
    let value = text(meta, field)?;
    let said = match value.to_lowercase().as_str() {
        "yes" | "true" | "1" => format!("{field}={value}"),
        "no" | "false" | "0" | "administrative" => return None,
        _ => value,
    };
    let status = status_of(&said);
    Some((said, status))
}

/// The status that a source's text maps to; texts such as "international" state none.
fn status_of(stated: &str) -> Status {
    let words = stated.trim().to_lowercase();
    if let Some(status) = Status::from_word(&words) {
        return status;
    }
    let has = |parts: &[&str]| parts.iter().any(|part| words.contains(part));
    match () {
        () if has(&["disput", "claim", "unrecogni"]) => Status::Disputed,
        () if has(&["control", "cease", "armistice"]) => Status::ControlLine,
        () if has(&["indefinite", "indetermin", "undefined", "undemarcated", "undelimited"]) => Status::Undefined,
        () if has(&["demarcated"]) => Status::Demarcated,
        () if has(&["delimited"]) => Status::Delimited,
        () if has(&["histor", "former"]) => Status::Historical,
        () => Status::Unspecified,
    }
}

fn first(meta: &Meta, fields: &[String]) -> Option<String> {
    fields.iter().find_map(|field| text(meta, field))
}

fn text(meta: &Meta, field: &str) -> Option<String> {
    let value = meta
        .properties
        .get(field)
        .or_else(|| meta.properties.iter().find(|(key, _)| key.eq_ignore_ascii_case(field)).map(|(_, value)| value))?;
    match value {
        Value::String(text) if !text.trim().is_empty() => Some(text.trim().to_owned()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_sources() {
        for (words, status) in [
            ("International boundary (verify)", Status::Unspecified),
            ("Disputed (please verify)", Status::Disputed),
            ("Line of control (please verify)", Status::ControlLine),
            ("Indefinite (please verify)", Status::Undefined),
            ("International Boundary", Status::Unspecified),
            ("delimited", Status::Delimited),
        ] {
            assert_eq!(status_of(words), status, "{words}");
        }
    }

    #[test]
    fn tags_that_are_set_say_their_names() {
        let line = |properties: Value| Meta { properties: properties.as_object().cloned().unwrap(), ..Meta::default() };
        let osm: FieldMap = "osm".parse().unwrap();
        let status = |properties| osm.status(&line(properties)).map(|(_, status)| status);
        assert_eq!(
            status(serde_json::json!({"boundary": "administrative", "disputed": "yes"})),
            Some(Status::Disputed)
        );
        assert_eq!(status(serde_json::json!({"boundary": "disputed"})), Some(Status::Disputed));
        assert_eq!(status(serde_json::json!({"boundary": "administrative", "disputed": "no"})), None);
        let vague = serde_json::json!({"border_status": "see note", "disputed": "yes"});
        assert_eq!(status(vague), Some(Status::Disputed));
    }

    #[test]
    fn maps_are_presets_or_fields() {
        let map: FieldMap = "lsib,source=SRC".parse().unwrap();
        assert_eq!((map.left.len(), map.source.as_slice()), (3, ["SRC".to_owned()].as_slice()));
        assert_eq!("none".parse(), Ok(FieldMap::default()));
        assert_eq!("position_accuracy_m=A".parse::<FieldMap>(), "accuracy=A".parse());
        assert_eq!("x".parse::<FieldMap>(), Err(FieldMapError::Word("x".into())));
        assert_eq!("x=y".parse::<FieldMap>(), Err(FieldMapError::Target("x".into())));
    }
}

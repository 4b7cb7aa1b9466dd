//! Known identifying fields, and the values that do not count.

use serde_json::{Map, Number, Value};
use std::borrow::Cow;

/// Properties that identify features, in order of preference, ignoring case. Codes come before
/// names; of administrative levels the lowest comes first.
pub const FIELDS: [&str; 78] = [
    // geoBoundaries; Natural Earth; others who have codes of ISO 3166.
    "shapeISO",
    "ISO_A3",
    "ADM0_A3",
    "ISO_A3_EH",
    "A3",
    "iso_3166_1_alpha_3",
    "ISO3166-1:alpha3",
    "iso_a3_code",
    "iso3",
    "iso_3",
    "iso3cd",
    "iso3_code",
    "alpha3",
    "iso_code",
    "adm1_code",
    "iso_3166_2",
    "ISO3166-2",
    "ISO_A2",
    "iso2",
    "iso",
    "shapeID",
    // GADM 3 and 4; GADM 2.
    "GID_5",
    "GID_4",
    "GID_3",
    "GID_2",
    "GID_1",
    "GID_0",
    "ID_3",
    "ID_2",
    "ID_1",
    "ID_0",
    // Codes of statistical offices.
    "NUTS_ID",
    "GISCO_ID",
    "CNTR_ID",
    "LAU_ID",
    "GEOID",
    "AGS",
    "ARS",
    "insee",
    "code_insee",
    "adm2_pcode",
    "adm1_pcode",
    "adm0_pcode",
    "adm2_code",
    "adm0_code",
    "gwcode",
    "code",
    // Databases of features.
    "osm_id",
    "@id",
    "wikidata",
    "wof:id",
    // Names.
    "name",
    "shapeName",
    "NAME_5",
    "NAME_4",
    "NAME_3",
    "NAME_2",
    "NAME_1",
    "NAME_0",
    "ADMIN",
    "name_en",
    "name:en",
    "name_long",
    "nom",
    "nombre",
    "nome",
    "GEN",
    "adm2_en",
    "adm1_en",
    "adm0_en",
    "adm2_name",
    "adm1_name",
    "adm0_name",
    "name_engl",
    "cntr_name",
    "cntry_name",
    "country",
    "label",
];

/// Placeholder values, in lower case.
const PLACEHOLDERS: [&str; 13] =
    ["", "-", "--", "?", "-99", "-999", "-9999", "n/a", "#n/a", "nan", "null", "<null>", "none"];

/// Rank of a field in the order of preference.
pub(super) fn rank(name: &str) -> Option<usize> {
    if name.eq_ignore_ascii_case("id") {
        return Some(0);
    }
    FIELDS.iter().position(|field| field.eq_ignore_ascii_case(name)).map(|at| at + 1)
}

/// Whether a property is in the list of identifying fields.
pub fn may_identify(name: &str) -> bool {
    rank(name).is_some()
}

/// The identifying properties of a feature, best first.
pub(super) fn known_fields(properties: &Map<String, Value>) -> Vec<&str> {
    let mut known: Vec<(usize, &str)> =
        properties.keys().filter_map(|name| Some((rank(name)?, name.as_str()))).collect();
    known.sort_unstable();
    known.into_iter().map(|(_, name)| name).collect()
}

/// The name of a feature in messages before all features of its file are known.
pub(super) fn named(properties: &Map<String, Value>) -> Option<String> {
    known_fields(properties).into_iter().find_map(|name| plain(properties.get(name)?)).map(Cow::into_owned)
}

pub(super) fn is_placeholder(text: &str) -> bool {
    text.len() <= 6 && PLACEHOLDERS.contains(&text.trim().to_ascii_lowercase().as_str()) || text.trim().is_empty()
}

/// A number as an id: 1.0 and 1 are the same.
pub(super) fn digits(number: &Number) -> String {
    match number.as_f64() {
        Some(n) if number.is_f64() && n.fract() == 0.0 && n.abs() < 9e15 => format!("{n:.0}"),
        _ => number.to_string(),
    }
}

/// The `id` member of a feature as text.
pub(super) fn own_id(id: &Value) -> String {
    match id {
        Value::String(text) => text.clone(),
        Value::Number(number) => digits(number),
        other => other.to_string(),
    }
}

/// A value as an id: trimmed text, or a number as its digits.
pub(super) fn plain(value: &Value) -> Option<Cow<'_, str>> {
    let text = match value {
        Value::String(text) => Cow::Borrowed(text.trim()),
        Value::Number(number) => Cow::Owned(digits(number)),
        _ => return None,
    };
    (!is_placeholder(&text)).then_some(text)
}

//! The rule by which features of a file get their ids.
//!
//! | order | what identifies the features | where |
//! |---|---|---|
//! | 0 | the property that `--id-field` names, in any case; of several (`A,B`) the first that a feature has | asked for |
//! | 1 | their own `id` member, then the property `id`, where all have one; features may share it, if not all have the same | GeoJSON |
//! | 2 | the first of `id_fields::FIELDS`, in any case, that all have and no two share | codes, then names |
//! | 3 | the first of these that most have and no two share; the others are called by their numbers, with a warning | |
//! | 4 | the `id` that all, or most, have, although it is the same on all | GeoJSON |
//! | 5 | their numbers in the file, from 0, with a warning that lists fields to choose from | |
//!
//! Placeholder values (`-99`, `n/a` …) do not count. A number equals its digits as text. Features that
//! share an id are one territory.

use super::id_fields::{is_placeholder, known_fields, may_identify, plain, rank};
use super::{Problem, ReadError};
use crate::model::{Warning, WarningCode};
use serde_json::{Map, Value};
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

/// The identifying data of a feature: its own `id` member, and its properties.
pub(super) type Says<'a> = (Option<&'a str>, &'a Map<String, Value>);

/// The ids of a file's features.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Identity {
    /// Their ids, in order.
    pub ids: Vec<String>,
    /// For each feature, whether its id is its number in the file.
    pub numbered: Vec<bool>,
    /// Description of the ids, for reports.
    pub rule: String,
    /// Warnings for the reader of a report.
    pub warnings: Vec<Warning>,
}

/// The key that identifies features.
#[derive(Clone, Copy, PartialEq)]
enum Key<'k> {
    Own,
    Property(&'k str),
    /// The first of these that a feature has.
    First(&'k [String]),
}

impl Key<'_> {
    fn of<'a>(self, (own, properties): Says<'a>) -> Option<Cow<'a, str>> {
        match self {
            Key::Own => own.filter(|text| !is_placeholder(text)).map(Cow::Borrowed),
            Key::Property(name) => plain(properties.get(name)?),
            Key::First(names) => names.iter().find_map(|name| plain(properties.get(name)?)),
        }
    }

    fn word(self) -> String {
        match self {
            Key::Own => "id".to_owned(),
            Key::Property(name) => name.to_owned(),
            Key::First(names) => names.join(", else "),
        }
    }
}

/// Number of features with a value under a key, and of distinct values.
struct Tally {
    filled: usize,
    distinct: usize,
}

fn tally(features: &[Says<'_>], key: Key<'_>) -> Tally {
    let mut seen = HashSet::with_capacity(features.len());
    let mut filled = 0;
    for value in features.iter().filter_map(|says| key.of(*says)) {
        filled += 1;
        seen.insert(value);
    }
    Tally { filled, distinct: seen.len() }
}

/// Whether every feature has a distinct value under a key; stops at the first that has not.
fn tells_all_apart(features: &[Says<'_>], key: Key<'_>) -> bool {
    let mut seen = HashSet::with_capacity(features.len());
    features.iter().all(|says| key.of(*says).is_some_and(|value| seen.insert(value)))
}

impl Identity {
    /// Determines the ids of the features of file `path`: by `field` if requested.
    ///
    /// # Errors
    /// No feature has the requested field.
    pub fn of(path: &str, features: &[Says<'_>], field: Option<&str>) -> Result<Self, ReadError> {
        if let Some(field) = field {
            let names = all_spelled(features, field);
            if names.is_empty() {
                let (field, candidates) = (field.to_owned(), candidates(features));
                return Err(ReadError::new(path, Problem::NoIdField { field, candidates }));
            }
            return Ok(Self::by(path, features, Key::First(&names), false));
        }
        Ok(match key(features) {
            Some((key, apart)) => Self::by(path, features, key, apart),
            None => Self::numbers(path, features.len(), features.len(), candidates(features)),
        })
    }

    /// The ids under a key; `apart`: it is known that all features have one and no two share it.
    fn by(path: &str, features: &[Says<'_>], key: Key<'_>, apart: bool) -> Self {
        let mut ids: Vec<Option<String>> = features.iter().map(|says| key.of(*says).map(Cow::into_owned)).collect();
        let (mut numbered, mut warnings, mut rule) = (vec![false; ids.len()], Vec::new(), key.word());
        let without: Vec<usize> = (0..ids.len()).filter(|&i| ids[i].is_none()).collect();
        if !without.is_empty() {
            let taken: HashSet<String> = ids.iter().flatten().cloned().collect();
            for &i in &without {
                numbered[i] = true;
                ids[i] = Some(if taken.contains(&i.to_string()) { format!("#{i}") } else { i.to_string() });
            }
            let (count, word) = (without.len(), &rule);
            let message = format!(
                "{path}: {} no {word}: called by {} in the file, from 0 ({})",
                if count == 1 { "1 feature has".to_owned() } else { format!("{count} of {} features have", ids.len()) },
                if count == 1 { "its number" } else { "their numbers" },
                listed(&without)
            );
            warnings.push(Warning { code: WarningCode::Numbered, message, feature: None });
            rule.push_str(", else the number in the file from 0");
        }
        let mut identity = Identity { ids: ids.into_iter().flatten().collect(), numbered, rule, warnings };
        if !apart {
            identity.tell_shared(path);
        }
        identity
    }

    /// Ids by number: for the first `count` of `all` features of a file; `fields` could identify them.
    pub fn numbers(path: &str, count: usize, all: usize, fields: Vec<String>) -> Self {
        let mut warnings = Vec::new();
        if all > 1 {
            let could = if fields.is_empty() {
                String::new()
            } else {
                format!("; properties that could: {}", fields.join(", "))
            };
            let message =
                format!("{path}: no field identifies the features; they are called by their numbers, from 0{could}");
            warnings.push(Warning { code: WarningCode::Numbered, message, feature: None });
        }
        Identity {
            ids: (0..count).map(|i| i.to_string()).collect(),
            numbered: vec![true; count],
            rule: "number in the file from 0".to_owned(),
            warnings,
        }
    }

    /// Replaces ids that are numbers by the numbers in the file; `numbers` are those of the listed features.
    pub(super) fn number_by(&mut self, numbers: &[usize]) {
        for (place, number) in numbers.iter().enumerate() {
            if self.numbered[place] {
                self.ids[place] = number.to_string();
            }
        }
    }

    /// The ids shared by several features, each with their numbers, in file order.
    pub fn shared(&self) -> Vec<(&str, Vec<usize>)> {
        shared(self.ids.iter().map(String::as_str).enumerate())
    }

    fn tell_shared(&mut self, path: &str) {
        const MOST: usize = 5;
        let shared = self.shared();
        let mut warnings: Vec<Warning> = shared
            .iter()
            .take(MOST)
            .map(|(id, all)| {
                let message = format!(
                    "{path}: {} features have the id {id} ({}): they are one territory where territories are asked for",
                    all.len(),
                    listed(all)
                );
                Warning { code: WarningCode::DuplicateId, message, feature: Some((*id).to_owned()) }
            })
            .collect();
        if shared.len() > MOST {
            let features: usize = shared[MOST..].iter().map(|(_, all)| all.len()).sum();
            let message = format!("{path}: {} more ids are shared, by {features} features", shared.len() - MOST);
            warnings.push(Warning { code: WarningCode::DuplicateId, message, feature: None });
        }
        self.warnings.extend(warnings);
    }

    /// The name of a feature in messages, by its index in the list and its number in the file.
    pub fn label(&self, place: usize, number: usize) -> String {
        let id = &self.ids[place];
        if self.numbered[place] { format!("feature {number}") } else { format!("feature {number} ({id})") }
    }
}

/// Values shared by several features, each with their numbers, in order.
pub(super) fn shared<'a>(values: impl Iterator<Item = (usize, &'a str)> + Clone) -> Vec<(&'a str, Vec<usize>)> {
    let mut seen = HashSet::new();
    let again: HashSet<&str> = values.clone().map(|(_, value)| value).filter(|value| !seen.insert(*value)).collect();
    if again.is_empty() {
        return Vec::new();
    }
    let mut out: Vec<(&str, Vec<usize>)> = Vec::new();
    let mut places: HashMap<&str, usize> = HashMap::new();
    for (index, value) in values.filter(|(_, value)| again.contains(value)) {
        let at = *places.entry(value).or_insert_with(|| {
            out.push((value, Vec::new()));
            out.len() - 1
        });
        out[at].1.push(index);
    }
    out
}

/// The key of features without a requested field: see the table above; and whether all have one that no two share.
fn key<'a>(features: &[Says<'a>]) -> Option<(Key<'a>, bool)> {
    let (_, first) = features.first()?;
    let all = features.len();
    let is_id = |key: &Key<'_>| match key {
        Key::Own => true,
        Key::Property(name) => name.eq_ignore_ascii_case("id"),
        Key::First(_) => false,
    };
    let known = known_fields(first);
    let keys = || [Key::Own].into_iter().chain(known.iter().map(|name| Key::Property(name)));
    for key in keys() {
        if tells_all_apart(features, key) {
            return Some((key, true));
        }
        if is_id(&key) && is_shared_id(&tally(features, key), all, true) {
            return Some((key, false));
        }
    }
    let constant = |key: &Key<'_>, least: usize| {
        let tally = tally(features, *key);
        all > 1 && is_id(key) && tally.filled >= least && tally.distinct == 1
    };
    // An id that is the same on all features makes them one territory, as nothing else tells them apart.
    if let Some(key) = keys().find(|key| constant(key, all)) {
        return Some((key, false));
    }
    // Features without a value may lack the property; it need not be in the first feature.
    let mut fields: Vec<&str> = known;
    for (_, properties) in features {
        if properties.keys().any(|name| !first.contains_key(name)) {
            for name in known_fields(properties) {
                if !fields.contains(&name) {
                    fields.push(name);
                }
            }
        }
    }
    fields.sort_by_key(|name| rank(name));
    let keys = || [Key::Own].into_iter().chain(fields.iter().map(|name| Key::Property(name)));
    let of_most = keys().find(|key| {
        let tally = tally(features, *key);
        let most = 2 * tally.filled > all && tally.filled < all;
        most && (tally.distinct == tally.filled || is_id(key) && is_shared_id(&tally, all, false))
    });
    of_most.or_else(|| keys().find(|key| constant(key, all / 2 + 1))).map(|key| (key, false))
}

/// Whether an `id` that features share is an id, rather than the same value on three or more features.
fn is_shared_id(tally: &Tally, all: usize, complete: bool) -> bool {
    let many = tally.distinct > 1 || tally.filled <= 2;
    many && all > 1 && (!complete || tally.filled == all)
}

/// The spellings in the file of the requested fields: one, or several separated by commas.
fn all_spelled(features: &[Says<'_>], fields: &str) -> Vec<String> {
    match spelled(features, fields) {
        Some(name) => vec![name],
        None => fields.split(',').filter_map(|field| spelled(features, field.trim())).collect(),
    }
}

/// The spelling in the file of a requested field: exact, else ignoring case.
fn spelled(features: &[Says<'_>], field: &str) -> Option<String> {
    let filled = |name: &str| features.iter().any(|says| Key::Property(name).of(*says).is_some());
    if filled(field) {
        return Some(field.to_owned());
    }
    let lower = field.to_lowercase();
    let mut names: Vec<&str> = Vec::new();
    for (_, properties) in features {
        names.extend(properties.keys().map(String::as_str).filter(|name| name.to_lowercase() == lower));
        names.sort_unstable();
        names.dedup();
    }
    names.into_iter().find(|name| filled(name)).map(str::to_owned)
}

/// Fields that could identify features, those with most values first: distinct texts and whole numbers, with their
/// counts.
pub(super) fn candidates(features: &[Says<'_>]) -> Vec<String> {
    let mut names: Vec<&str> = Vec::new();
    for (_, properties) in features.iter().take(NAMED_BY) {
        for name in properties.keys() {
            if !names.contains(&name.as_str()) {
                names.push(name);
            }
        }
    }
    let whole = |name: &str| {
        let is_fraction = |value: &Value| value.as_f64().is_some_and(|n| n.fract() != 0.0);
        !features.iter().any(|(_, properties)| properties.get(name).is_some_and(is_fraction))
    };
    let found = names.into_iter().map(|name| (tally(features, Key::Property(name)), name));
    let found = found.filter(|(tally, name)| tally.distinct > 1 && whole(name));
    told(found.map(|(tally, name)| (tally.distinct, name, tally.filled)).collect(), features.len())
}

/// Number of features whose properties are considered as candidates.
pub(super) const NAMED_BY: usize = 100;

/// Fields (distinct values, name, features with a value) that could identify `count` features, best first.
pub(super) fn told(mut found: Vec<(usize, &str, usize)>, count: usize) -> Vec<String> {
    const MOST: usize = 5;
    found.retain(|(_, _, filled)| 2 * filled > count);
    found.sort_by(|a, b| (b.0.cmp(&a.0)).then_with(|| rank(a.1).unwrap_or(99).cmp(&rank(b.1).unwrap_or(99))));
    found
        .into_iter()
        .take(MOST)
        .map(|(distinct, name, filled)| format!("{name} ({distinct} values on {filled} of {count} features)"))
        .collect()
}

/// Fields with distinct values for all features, best first: those of the table, then
/// other texts; with the values in the order of the features.
pub(super) fn identifying(features: &[Says<'_>]) -> Vec<(String, Vec<Option<String>>)> {
    let mut names: Vec<&str> = Vec::new();
    let mut seen = HashSet::new();
    for (_, properties) in features {
        names.extend(properties.keys().map(String::as_str).filter(|name| seen.insert(*name)));
    }
    let is_text = |name: &str| features.iter().any(|(_, p)| p.get(name).is_some_and(Value::is_string));
    names.retain(|name| may_identify(name) || is_text(name));
    names.sort_by_key(|name| rank(name).unwrap_or(usize::MAX));
    let unique = |name: &&str| {
        let tally = tally(features, Key::Property(name));
        tally.distinct == tally.filled && 2 * tally.filled > features.len()
    };
    let values =
        |name: &str| features.iter().map(|says| Key::Property(name).of(*says).map(Cow::into_owned)).collect::<Vec<_>>();
    names.into_iter().filter(unique).map(|name| (name.to_owned(), values(name))).collect()
}

/// The first numbers of a list.
fn listed(numbers: &[usize]) -> String {
    const MOST: usize = 8;
    let shown = numbers.iter().take(MOST).map(usize::to_string).collect::<Vec<_>>().join(", ");
    if numbers.len() > MOST { format!("{shown} …") } else { shown }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn identity(rows: &[Value], field: Option<&str>) -> Identity {
        let maps: Vec<Map<String, Value>> = rows.iter().map(|row| row.as_object().cloned().unwrap()).collect();
        let says: Vec<Says<'_>> = maps.iter().map(|map| (None, map)).collect();
        Identity::of("x", &says, field).unwrap()
    }

    fn ids(rows: &[Value]) -> (Vec<String>, String) {
        let found = identity(rows, None);
        (found.ids, found.rule)
    }

    #[test]
    fn the_commonest_fields_are_known_in_any_case() {
        for (one, other, field) in [
            (
                json!({"ADM0_A3": "AAA", "ISO_A3": "-99", "NAME": "x"}),
                json!({"ADM0_A3": "BBB", "ISO_A3": "-99", "NAME": "y"}),
                "ADM0_A3",
            ),
            (json!({"code": "01", "nom": "Ain"}), json!({"code": "02", "nom": "Aisne"}), "code"),
            (json!({"GID_0": "A", "GID_1": "A.1"}), json!({"GID_0": "A", "GID_1": "A.2"}), "GID_1"),
            (json!({"Name": "x", "pop": 1}), json!({"Name": "y", "pop": 2}), "Name"),
            (json!({"iso_a3": "AAA"}), json!({"iso_a3": "BBB"}), "iso_a3"),
            (json!({"shapeName": "x"}), json!({"shapeName": "y"}), "shapeName"),
            (json!({"NAME_0": "S", "NAME_1": "x"}), json!({"NAME_0": "S", "NAME_1": "y"}), "NAME_1"),
        ] {
            assert_eq!(ids(&[one, other]).1, field);
        }
    }

    #[test]
    fn a_shared_id_is_an_id_and_a_shared_name_is_none() {
        let rows = [json!({"id": "a", "name": "x"}), json!({"id": "a", "name": "y"}), json!({"id": "b", "name": "z"})];
        let found = identity(&rows, None);
        assert_eq!((found.ids.join(" "), found.shared()), ("a a b".to_owned(), vec![("a", vec![0, 1])]));
        assert_eq!(found.warnings.len(), 1);
        // The same value on all features is no id where something else tells them apart.
        let flag: Vec<Value> = (0..6).map(|i| json!({"id": 1, "name": format!("n{i}")})).collect();
        assert_eq!(ids(&flag).1, "name");
        let names = [json!({"name": "x"}), json!({"name": "x"}), json!({"name": "y"})];
        assert_eq!(ids(&names).0, ["0", "1", "2"]);
        assert!(
            identity(&names, None).warnings[0]
                .message
                .contains("properties that could: name (2 values on 3 of 3 features)")
        );
    }

    /// One rule for the `id` member and the property `id`.
    #[test]
    fn features_that_share_an_id_are_called_by_it() {
        let called = |ids: &[Value], more: &dyn Fn(usize) -> Value, is_own: bool| {
            let maps: Vec<Map<String, Value>> = (0..ids.len())
                .map(|i| {
                    let mut map = more(i).as_object().cloned().unwrap_or_default();
                    if !is_own && !ids[i].is_null() {
                        map.insert("id".into(), ids[i].clone());
                    }
                    map
                })
                .collect();
            let own: Vec<Option<String>> =
                ids.iter().map(|id| (is_own && !id.is_null()).then(|| super::super::id_fields::own_id(id))).collect();
            let says: Vec<Says<'_>> = own.iter().zip(&maps).map(|(own, map)| (own.as_deref(), map)).collect();
            Identity::of("x", &says, None).unwrap().ids.join(" ")
        };
        let bare = |_: usize| json!({});
        let named = |i: usize| json!({"name": format!("n{i}")});
        let alike = |i: usize| json!({"name": if i == 2 { "y" } else { "x" }});
        for is_own in [false, true] {
            for (ids, more, expected) in [
                (json!([1, 1, 1]), &bare as &dyn Fn(usize) -> Value, "1 1 1"),
                (json!([1, 1.0]), &bare, "1 1"),
                (json!([1, 1, 2]), &bare, "1 1 2"),
                (json!([1, 1, 1, 1, 2]), &bare, "1 1 1 1 2"),
                (json!([1, 1, 1, 1, 2]), &named, "1 1 1 1 2"),
                (json!([1, 1, 1]), &named, "n0 n1 n2"),
                (json!([1, 1, 1]), &alike, "1 1 1"),
                (json!([1, 1]), &named, "1 1"),
                (json!([1, 1, 1, null]), &bare, "1 1 1 3"),
                (json!([1, 1, 3, null]), &bare, "1 1 3 #3"),
                (json!([1, null, null]), &bare, "0 1 2"),
            ] {
                let ids = ids.as_array().unwrap();
                assert_eq!(called(ids, more, is_own), expected, "{ids:?} {is_own}");
            }
        }
    }

    #[test]
    fn one_without_the_field_is_called_by_its_number() {
        let rows = [json!({"NAME": "Alba"}), json!({"NAME": "Bora"}), json!({"NAME": null})];
        for field in [None, Some("NAME"), Some("name")] {
            let found = identity(&rows, field);
            assert_eq!(found.ids, ["Alba", "Bora", "2"]);
            assert_eq!(found.numbered, [false, false, true]);
            assert_eq!(found.warnings.len(), 1);
        }
        // Its number is not another feature's id.
        let rows = [json!({"code": 1}), json!({"code": null}), json!({"code": "2.0"}), json!({"code": 7.0})];
        assert_eq!(identity(&rows, None).ids, ["1", "#1", "2.0", "7"]);
    }

    #[test]
    fn of_several_fields_each_feature_has_the_first_that_it_has() {
        let rows = [
            json!({"ISO_A3": "AAA", "ADM0_A3": "A1"}),
            json!({"ISO_A3": "-99", "ADM0_A3": "BBB"}),
            json!({"ISO_A3": null, "ADM0_A3": ""}),
        ];
        let found = identity(&rows, Some("iso_a3, shapeISO,ADM0_A3"));
        assert_eq!(found.ids, ["AAA", "BBB", "2"]);
        assert!(found.rule.starts_with("ISO_A3, else ADM0_A3"), "{}", found.rule);
        // A comma may belong to a name.
        let odd = [json!({"A,B": "x", "A": "1"}), json!({"A,B": "y", "A": "2"})];
        assert_eq!(identity(&odd, Some("A,B")).ids, ["x", "y"]);
    }

    #[test]
    fn a_field_that_nobody_has_is_refused_with_those_there_are() {
        let map = json!({"LAND": "x"}).as_object().cloned().unwrap();
        let other = json!({"LAND": "y"}).as_object().cloned().unwrap();
        let error = Identity::of("x", &[(None, &map), (None, &other)], Some("NAME")).unwrap_err();
        let Problem::NoIdField { candidates, .. } = &error.problem else { panic!("{error}") };
        assert!(candidates.iter().any(|field| field.contains("LAND")), "{candidates:?}");
    }
}

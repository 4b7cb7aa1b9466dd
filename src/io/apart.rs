//! Determines the identifying property of a file's features while they are streamed: the rule of `identity.rs`.

use super::id_fields::{is_placeholder, known_fields, plain};
use super::identity::{NAMED_BY, Says, told};
use rustc_hash::FxHashSet;

use std::borrow::Cow;
use std::hash::{DefaultHasher, Hash, Hasher};

/// The identification of a file's features.
#[derive(Debug, PartialEq)]
pub(super) enum IdKey {
    /// Their own `id` members, all distinct.
    Own,
    /// A property with distinct values.
    Property(String),
    /// Their numbers; these fields could identify them.
    Numbers(Vec<String>),
}

impl IdKey {
    /// The id of a feature; `None` if its number is used.
    pub fn of<'a>(&self, (own, properties): Says<'a>) -> Option<Cow<'a, str>> {
        match self {
            IdKey::Own => own.map(Cow::Borrowed),
            IdKey::Property(name) => plain(properties.get(name)?),
            IdKey::Numbers(_) => None,
        }
    }
}

/// The values of a key, by their hashes: a collision counts as equal values, and the file is then read as a whole.
#[derive(Default)]
struct Values {
    filled: usize,
    seen: FxHashSet<u64>,
    /// Whether two features had the same value.
    shared: bool,
}

impl Values {
    fn take(&mut self, value: &str) {
        let mut hasher = DefaultHasher::new();
        value.hash(&mut hasher);
        self.filled += 1;
        self.shared |= !self.seen.insert(hasher.finish());
    }
}

/// A field that is not in the list of known fields.
struct Field {
    name: String,
    values: Values,
    /// Whether one of its values is a number with a fraction.
    has_fraction: bool,
}

/// State while features are streamed.
pub(super) struct IdDetector<'a> {
    /// The requested field.
    asked: Option<&'a str>,
    count: usize,
    /// Candidate keys, best first: their own ids, and the known fields of the first feature.
    keys: Vec<(IdKey, Values)>,
    /// Other fields, while no feature has a known one.
    others: Option<Vec<Field>>,
    /// Whether the requested field has several spellings.
    is_ambiguous: bool,
}

impl<'a> IdDetector<'a> {
    pub fn new(asked: Option<&'a str>) -> Self {
        // With several requested fields, the one used differs by feature: the file is then read as a whole.
        let is_ambiguous = asked.is_some_and(|asked| asked.contains(','));
        IdDetector { asked, count: 0, keys: Vec::new(), others: asked.is_none().then(Vec::new), is_ambiguous }
    }

    /// Records a feature.
    pub fn take(&mut self, says: Says<'_>) {
        let (own, properties) = says;
        let is_asked = |name: &str| self.asked.is_some_and(|asked| name.to_lowercase() == asked.to_lowercase());
        if self.count == 0 {
            let names: Vec<&str> = match self.asked {
                Some(_) => properties.keys().map(String::as_str).filter(|name| is_asked(name)).collect(),
                None => known_fields(properties),
            };
            let own = self.asked.is_none().then_some(IdKey::Own);
            let names = names.into_iter().map(|name| IdKey::Property(name.to_owned()));
            self.keys = own.into_iter().chain(names).map(|key| (key, Values::default())).collect();
        }
        self.count += 1;
        if self.asked.is_some() {
            let spelled = |name: &String| self.keys.iter().any(|(key, _)| *key == IdKey::Property(name.clone()));
            self.is_ambiguous |= properties.keys().any(|name| is_asked(name) && !spelled(name));
        }
        // Once two features share a value, only the number of features with a value matters.
        for (key, values) in &mut self.keys {
            let value = key.of(says).filter(|value| *key != IdKey::Own || !is_placeholder(value));
            match value {
                Some(_) if values.shared => values.filled += 1,
                Some(value) => values.take(&value),
                None => {}
            }
        }
        let Some(others) = &mut self.others else { return };
        if own.is_some() || !known_fields(properties).is_empty() {
            self.others = None;
            return;
        }
        for (name, value) in properties {
            let at = others.iter().position(|field| field.name == *name);
            let at = at.or_else(|| {
                (self.count <= NAMED_BY).then(|| {
                    others.push(Field { name: name.clone(), values: Values::default(), has_fraction: false });
                    others.len() - 1
                })
            });
            let Some(field) = at.map(|at| &mut others[at]) else { continue };
            if value.as_f64().is_some_and(|n| n.fract() != 0.0) {
                field.has_fraction = true;
                field.values.seen = FxHashSet::default();
            }
            if let Some(value) = plain(value).filter(|_| !field.has_fraction) {
                field.values.take(&value);
            }
        }
    }

    /// The key with distinct values for all features, or that there is none; `None` if ids are shared or missing.
    pub fn called(self) -> Option<IdKey> {
        let count = self.count;
        if let Some(others) = &self.others {
            let found = others.iter().filter(|field| !field.has_fraction && field.values.seen.len() > 1);
            let found = found.map(|field| (field.values.seen.len(), field.name.as_str(), field.values.filled));
            return Some(IdKey::Numbers(told(found.collect(), count)));
        }
        if self.is_ambiguous || (self.asked.is_some() && self.keys.len() != 1) {
            return None;
        }
        for (key, values) in self.keys {
            let is_id = match &key {
                IdKey::Property(name) => name.eq_ignore_ascii_case("id"),
                _ => true,
            };
            match (values.filled == count, values.shared) {
                (true, false) => return Some(key),
                (true, true) if is_id => return None,
                _ => {}
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::super::identity::Identity;
    use super::*;
    use serde_json::{Map, Value, json};

    /// Asserts that streaming gives the same result as reading all features, or no result if `doubt`.
    fn same(rows: &[Value], asked: Option<&str>, doubt: bool) {
        let maps: Vec<(Option<String>, Map<String, Value>)> = rows
            .iter()
            .map(|row| {
                let mut map = row.as_object().cloned().expect("an object");
                let own = map.remove("own").and_then(|own| own.as_str().map(str::to_owned));
                (own, map)
            })
            .collect();
        let says: Vec<Says<'_>> = maps.iter().map(|(own, map)| (own.as_deref(), map)).collect();
        let mut apart = IdDetector::new(asked);
        says.iter().for_each(|says| apart.take(*says));
        let called = apart.called();
        assert_eq!(called.is_none(), doubt, "{rows:?}");
        let Some(called) = called else { return };
        let whole = Identity::of("x", &says, asked).expect("they are called something");
        let ids: Vec<String> = says
            .iter()
            .enumerate()
            .map(|(i, says)| called.of(*says).map_or_else(|| i.to_string(), Cow::into_owned))
            .collect();
        assert_eq!(ids, whole.ids, "{rows:?}");
        if let IdKey::Numbers(fields) = called {
            assert_eq!(Identity::numbers("x", rows.len(), rows.len(), fields), whole);
        }
    }

    #[test]
    fn features_are_called_the_same_while_they_go_by() {
        same(&[json!({"own": "a", "id": "x"}), json!({"own": "b", "id": "x"})], None, false);
        same(&[json!({"id": 1, "name": "x"}), json!({"id": 2, "name": "y"})], None, false);
        same(&[json!({"code": "q", "name": "x"}), json!({"code": "q", "name": "y"})], None, false);
        same(&[json!({"name": " x", "code": null}), json!({"code": 7, "name": "y"})], None, false);
        same(&[json!({"a": "u", "b": 1}), json!({"a": "v", "b": 1.5}), json!({"a": "v"})], None, false);
        same(&[json!({}), json!({"height": 3}), json!({"height": 4}), json!({"height": 4})], None, false);
        same(&[json!({"name": "x", "Code": "1"}), json!({"name": "x", "Code": "2"})], Some("code"), false);
        // Shared, missing or with two spellings: decidable only with all features.
        same(&[json!({"id": 1}), json!({"id": 1}), json!({"id": 2})], None, true);
        same(&[json!({"name": "x"}), json!({"name": "y"}), json!({"name": "x"})], None, true);
        same(&[json!({"name": "x"}), json!({"kind": "y"}), json!({"name": "z"})], None, true);
        same(&[json!({"name": "x"}), json!({"Name": "y"})], Some("NAME"), true);
        // With several requested fields, the one used differs by feature.
        same(&[json!({"a": "x"}), json!({"b": "y"})], Some("a,b"), true);
    }
}

//! Combines features of several files into one layer.

use super::Selected;
use crate::model::{Meta, Territory, Warning, WarningCode};
use std::collections::{BTreeSet, HashMap};

/// Combines territories of several references into one layer, with a warning for every id in several of them.
///
/// Features with the same id are one territory, whatever their file. Features identified by number get the
/// file name and the number as their id, so that these ids differ between files.
pub fn joined(mut layers: Vec<Selected<Territory>>) -> Option<Selected<Territory>> {
    if layers.len() < 2 {
        return layers.pop();
    }
    let label = layers.iter().map(|layer| layer.label.as_str()).collect::<Vec<_>>().join(" + ");
    let mut held: HashMap<String, Vec<&str>> = HashMap::new();
    for layer in &mut layers {
        number_by_file(&layer.label, &mut layer.features);
    }
    for layer in &layers {
        for id in layer.features.iter().map(|territory| &territory.meta.id) {
            held.entry(id.clone()).or_default().push(&layer.label);
        }
    }
    let mut several: Vec<(String, String)> =
        held.into_iter().filter(|(_, by)| by.len() > 1).map(|(id, by)| (id, by.join(" and "))).collect();
    several.sort_unstable();
    let mut layers = layers.into_iter();
    let mut all = layers.next()?;
    for layer in layers {
        all.features.extend(layer.features);
        all.warnings.extend(layer.warnings);
        all.info = all.info.filter(|info| layer.info.as_ref() == Some(info));
    }
    all.features = merged(all.features);
    all.warnings.extend(several.into_iter().map(|(id, by)| {
        let message = format!("{id} is in {by}: it counts as one territory");
        Warning { code: WarningCode::DuplicateId, message, feature: Some(id) }
    }));
    Some(Selected { label, ..all })
}

/// Prefixes the ids of territories that are identified only by number with their file.
pub fn number_by_file(file: &str, territories: &mut [Territory]) {
    for territory in territories.iter_mut().filter(|territory| territory.meta.numbered) {
        territory.meta.id = format!("{file}:{}", territory.meta.id);
    }
}

/// Merges territories with the same id: their parts are combined at the place of the first of
/// them. Differing attributes are combined or dropped; the worst accuracy is kept.
pub fn merged(territories: Vec<Territory>) -> Vec<Territory> {
    let distinct: BTreeSet<&str> = territories.iter().map(|territory| territory.meta.id.as_str()).collect();
    if distinct.len() == territories.len() {
        return territories;
    }
    let mut places: HashMap<String, usize> = HashMap::new();
    let mut out: Vec<(Territory, Texts)> = Vec::new();
    for territory in territories {
        match places.get(&territory.meta.id) {
            None => {
                places.insert(territory.meta.id.clone(), out.len());
                let texts = Texts::of(&territory);
                out.push((territory, texts));
            }
            Some(&at) => {
                let (one, texts) = &mut out[at];
                texts.add(Texts::of(&territory));
                join(one, territory);
            }
        }
    }
    out.into_iter().map(|(territory, texts)| texts.on(territory)).collect()
}

/// The different sources, dates and notes of features that are one territory, in their order.
struct Texts([Vec<String>; 3]);

impl Texts {
    fn of(territory: &Territory) -> Self {
        let Meta { evidence, note, .. } = &territory.meta;
        Texts([&evidence.source, &evidence.date, note].map(|text| text.iter().cloned().collect()))
    }

    fn add(&mut self, other: Texts) {
        for (mine, theirs) in self.0.iter_mut().zip(other.0) {
            mine.extend(theirs.into_iter().filter(|text| !mine.contains(text)).collect::<Vec<_>>());
        }
    }

    fn on(self, mut territory: Territory) -> Territory {
        let [source, date, note] = self.0.map(|texts| (!texts.is_empty()).then(|| texts.join("; ")));
        let Meta { evidence, note: of_all, .. } = &mut territory.meta;
        (evidence.source, evidence.date, *of_all) = (source, date, note);
        territory
    }
}

fn join(one: &mut Territory, other: Territory) {
    fn agree<T: PartialEq>(one: &mut Option<T>, other: &Option<T>) {
        if one != other {
            *one = None;
        }
    }
    one.change_parts(|mut parts| {
        parts.extend_from_slice(other.parts());
        parts
    });
    agree(&mut one.published_area_km2, &other.published_area_km2);
    let (meta, other) = (&mut one.meta, other.meta);
    for (mine, theirs) in [
        (&mut meta.kind, &other.kind),
        (&mut meta.parent, &other.parent),
        (&mut meta.host, &other.host),
        (&mut meta.controlled_by, &other.controlled_by),
        (&mut meta.valid_from, &other.valid_from),
        (&mut meta.valid_to, &other.valid_to),
        (&mut meta.evidence.asserted_by, &other.evidence.asserted_by),
    ] {
        agree(mine, theirs);
    }
    agree(&mut meta.evidence.method, &other.evidence.method);
    let accuracies = [meta.evidence.position_accuracy_m, other.evidence.position_accuracy_m];
    meta.evidence.position_accuracy_m = accuracies.into_iter().flatten().reduce(f64::max);
    meta.clipped |= other.clipped;
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo::{LineString, Polygon};

    fn territory(id: &str, accuracy_m: Option<f64>, source: &str) -> Territory {
        let mut meta = Meta { id: id.to_owned(), ..Meta::default() };
        meta.evidence.position_accuracy_m = accuracy_m;
        meta.evidence.source = Some(source.to_owned());
        let ring = LineString::from(vec![(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 0.0)]);
        Territory::from_parts_unchecked(meta, vec![Polygon::new(ring, Vec::new())])
    }

    #[test]
    fn features_of_one_id_are_one_territory() {
        let all = vec![
            territory("b", Some(10.0), "x"),
            territory("a", None, "y"),
            territory("b", Some(50.0), "z"),
            territory("b", None, "x"),
        ];
        let found = merged(all);
        let told: Vec<_> = found.iter().map(|t| (t.meta.id.as_str(), t.parts().len())).collect();
        assert_eq!(told, [("b", 3), ("a", 1)]);
        assert_eq!(found[0].meta.evidence.position_accuracy_m, Some(50.0));
        assert_eq!(found[0].meta.evidence.source.as_deref(), Some("x; z"));
    }
}

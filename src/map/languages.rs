//! The languages of a plate.

use super::content::Content;
use super::naming::Naming;
use super::parties::Parties;
use super::plate::PlateOptions;
use super::spec::PlateSpec;
use crate::model::{Name, UNDETERMINED};
use crate::text::ENGLISH;
use std::collections::BTreeSet;

/// The names of a plate: languages, their order, and where names are.
pub(super) fn naming(spec: &PlateSpec, options: &PlateOptions, parties: &Parties, content: &Content) -> Naming {
    let furniture = spec.language.clone().unwrap_or_else(|| ENGLISH.to_owned());
    let (languages, are_stated) = languages(spec, options, parties, content);
    let mut naming = Naming::new(languages, furniture);
    naming.are_stated = are_stated;
    (naming.sides, naming.by_alternat) = (parties.sides().to_vec(), parties.by_alternat());
    let is_sheet = options.sheet.as_ref().is_some_and(|sheet| sheet.facts.is_some());
    naming.along_lines = is_sheet || options.sheet.is_none() && !naming.sides.is_empty();
    naming
}

/// If the data have names in more languages than this, none of them is used for the plate.
const MOST_LANGUAGES: usize = 4;

/// Languages in the order of the names, and whether they are stated: those requested, else those of the specification,
/// of its parties or its title, else of the dataset's parties; else of the names in the data, or English.
fn languages(spec: &PlateSpec, options: &PlateOptions, parties: &Parties, content: &Content) -> (Vec<String>, bool) {
    let mut asked = options.languages.clone();
    asked.sort();
    let of_title = spec.title.keys().filter(|language| *language != UNDETERMINED).cloned().collect();
    let mut stated = [asked, spec.languages.clone(), parties.languages(), of_title];
    if spec.parties.is_empty() {
        stated.swap(2, 3);
    }
    let stated = stated.into_iter().find(|all| !all.is_empty());
    let are_stated = stated.is_some();
    let of_names = || Some(of_names(content)).filter(|found| (1..=MOST_LANGUAGES).contains(&found.len()));
    let mut languages = stated.or_else(of_names).unwrap_or_else(|| vec![ENGLISH.to_owned()]);
    languages.dedup();
    parties.order(&mut languages);
    (languages, are_stated)
}

/// The languages of the names of territories, or of other features if there are no territories, in alphabetical order.
fn of_names(content: &Content) -> Vec<String> {
    let of = |name: &Name| name.texts.keys().filter(|language| *language != UNDETERMINED).cloned().collect::<Vec<_>>();
    let regions = content.regions.iter().filter(|region| region.labels).map(|region| region.meta);
    let ways = content.ways.iter().filter(|way| way.labels).map(|way| way.meta);
    let places = content.places.iter().filter(|spot| spot.labels).map(|spot| &spot.place.meta);
    let of_regions: BTreeSet<String> = regions.flat_map(|meta| of(&meta.name)).collect();
    if !of_regions.is_empty() {
        return of_regions.into_iter().collect();
    }
    ways.chain(places).flat_map(|meta| of(&meta.name)).collect::<BTreeSet<String>>().into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Content as Features, Input, Layer, LayerInfo, Meta, Role, Territory};

    fn found(spec: &str, options: &PlateOptions, names: &[&[&str]]) -> Vec<String> {
        let spec = PlateSpec::parse(spec, "test.toml").unwrap_or_else(|error| panic!("{error}"));
        let territory = |(i, languages): (usize, &&[&str])| {
            let texts = languages.iter().map(|language| ((*language).to_owned(), format!("{language} {i}"))).collect();
            let name = Name { texts, ..Name::default() };
            Territory::from_parts_unchecked(Meta { id: i.to_string(), name, ..Meta::default() }, vec![])
        };
        let content = Features::Territories(names.iter().enumerate().map(territory).collect());
        let info = LayerInfo::bare("states", Role::Territory, "states.geojson");
        let layers = [Layer { info, input: Input::new("x", ""), content }];
        let parties = Parties::of(&spec, options).expect("the parties are there");
        let content = Content::of(&spec, &spec.layers_shown(), &layers, &parties).expect("the layer is there");
        languages(&spec, options, &parties, &content).0
    }

    const STATES: &str = "[[layers]]\nid = \"states\"\n";

    #[test]
    fn without_parties_the_languages_are_those_of_the_names() {
        let none = PlateOptions::default();
        assert_eq!(found(STATES, &none, &[]), ["en"]);
        assert_eq!(found(STATES, &none, &[&["und"]]), ["en"]);
        assert_eq!(found(STATES, &none, &[&["und", "fr", "de"], &["it", "de"]]), ["de", "fr", "it"]);
        assert_eq!(found(STATES, &none, &[&["a", "b", "c"], &["d", "e"]]), ["en"]);
        let titled = format!("title = {{ ka = \"ბაარლე\" }}\n{STATES}");
        assert_eq!(found(&titled, &none, &[&["de", "fr"]]), ["ka"]);
        let untitled = format!("title = {{ und = \"states\" }}\n{STATES}");
        assert_eq!(found(&untitled, &none, &[&["de", "fr"]]), ["de", "fr"]);
    }

    #[test]
    fn the_party_asked_for_stands_first() {
        let stated = format!(
            "{STATES}[[parties]]\nid = \"X\"\nlanguages = [\"fr\", \"de\"]\n[[parties]]\nid = \"Y\"\nlanguages = [\"it\"]\n"
        );
        let of = |alternat: Option<&str>, asked: &[&str]| {
            let languages = asked.iter().map(|language| (*language).to_owned()).collect();
            let options = PlateOptions { languages, alternat: alternat.map(str::to_owned), ..PlateOptions::default() };
            found(&stated, &options, &[&["rm"]])
        };
        assert_eq!(of(None, &[]), ["fr", "de", "it"]);
        assert_eq!(of(Some("y"), &[]), ["it", "fr", "de"]);
        assert_eq!(of(None, &["it", "en", "de"]), ["de", "en", "it"]);
        assert_eq!(of(Some("Y"), &["it", "en", "de"]), ["it", "de", "en"]);
        assert_eq!(of(Some("X"), &["it", "en", "de"]), ["de", "en", "it"]);
    }
}

//! OpenStreetMap extracts through GDAL's OSM driver: its configuration, and tags as properties.

use serde_json::{Map, Value};

/// Configuration of the driver; GDAL's default omits most tags.
pub(super) const CONFIGURATION: &str = include_str!("osmconf.ini");

/// Whether bytes are an OpenStreetMap extract in XML or PBF.
pub(super) fn is_osm(bytes: &[u8]) -> bool {
    let start = &bytes[..bytes.len().min(1024)];
    let holds = |word: &[u8]| start.windows(word.len()).any(|part| part == word);
    holds(b"<osm") || holds(b"OSMHeader")
}

/// Expands the tags (`"key"=>"value",…`, as in PostgreSQL's hstore) to properties, and gives the feature an `id`:
/// its three-letter or subdivision code (ISO 3166), else its number.
pub(super) fn spread(properties: &mut Map<String, Value>) {
    let Some(Value::String(tags)) = properties.remove("all_tags") else {
        name_it(properties);
        return;
    };
    for (key, value) in pairs(&tags) {
        properties.entry(key).or_insert(Value::String(value));
    }
    name_it(properties);
}

fn name_it(properties: &mut Map<String, Value>) {
    let filled = |key: &&str| properties.get(*key).and_then(Value::as_str).is_some_and(|text| !text.is_empty());
    let key = ["ISO3166-1:alpha3", "ISO3166-2", "osm_id", "osm_way_id"].into_iter().find(filled);
    if let Some(id) = key.and_then(|key| properties.get(key)).cloned() {
        properties.insert("id".into(), id);
    }
}

/// Pairs of quoted text; a backslash escapes the next character.
fn pairs(text: &str) -> Vec<(String, String)> {
    let (mut words, mut word, mut inside) = (Vec::new(), String::new(), false);
    let mut characters = text.chars();
    while let Some(c) = characters.next() {
        match (c, inside) {
            ('"', false) => inside = true,
            ('"', true) => {
                words.push(std::mem::take(&mut word));
                inside = false;
            }
            ('\\', true) => word.extend(characters.next()),
            (_, true) => word.push(c),
            _ => {}
        }
    }
    words.chunks_exact(2).map(|pair| (pair[0].clone(), pair[1].clone())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_with_quotes_and_commas() {
        let tags = r#""source"=>"Topographic map, 1:50 000","note"=>"a \"quoted\" \\ word","empty"=>"""#;
        let expected = [("source", "Topographic map, 1:50 000"), ("note", r#"a "quoted" \ word"#), ("empty", "")];
        assert_eq!(pairs(tags), expected.map(|(k, v)| (k.to_owned(), v.to_owned())));
    }

    #[test]
    fn states_have_their_code_and_names() {
        let tags = r#""ISO3166-1:alpha3"=>"CHE","name"=>"Schweiz/Suisse/Svizzera/Svizra","name:en"=>"Switzerland""#;
        let mut properties = Map::from_iter([("osm_id".to_owned(), "364066".into()), ("all_tags".into(), tags.into())]);
        spread(&mut properties);
        assert_eq!(properties["id"], "CHE");
        assert_eq!(properties["name:en"], "Switzerland");
    }
}

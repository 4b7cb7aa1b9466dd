//! Plates of other borders: nothing on them relates to the embedded dataset's parties.

use assert_cmd::Command;
use std::path::Path;
use tempfile::TempDir;

/// Names as OpenStreetMap has them: the local one, and `name:xx`.
const SWISS_ITALIAN: &str = r#"{"type": "FeatureCollection", "features": [
    {"type": "Feature", "properties": {"id": "CHE", "name": "Schweiz/Suisse/Svizzera", "name:de": "Schweiz",
        "name:fr": "Suisse", "name:it": "Svizzera", "name:etymology": "Schwyz"},
     "geometry": {"type": "Polygon", "coordinates": [[[7, 46], [9, 46], [9, 47], [7, 47], [7, 46]]]}},
    {"type": "Feature", "properties": {"id": "ITA", "name": "Italia", "name:it": "Italia", "name:de": "Italien"},
     "geometry": {"type": "Polygon", "coordinates": [[[7, 45], [9, 45], [9, 46], [7, 46], [7, 45]]]}}]}"#;

const GEORGIAN_TURKISH: &str = r#"{"type": "FeatureCollection", "features": [
    {"type": "Feature", "properties": {"id": "GEO", "name": "საქართველო", "name:ka": "საქართველო"},
     "geometry": {"type": "Polygon", "coordinates": [[[41.6, 41.5], [43.4, 41.2], [43.5, 42], [41.6, 42], [41.6, 41.5]]]}},
    {"type": "Feature", "properties": {"id": "TUR", "name": "Türkiye", "name:tr": "Türkiye"},
     "geometry": {"type": "Polygon", "coordinates": [[[41.6, 40.7], [43.4, 40.7], [43.4, 41.2], [41.6, 41.5], [41.6, 40.7]]]}}]}"#;

/// Fills of the hues in the order in which they are assigned.
const PALETTE: [&str; 8] = ["f6e7d8", "daeee2", "f4e5f4", "edead8", "fde4df", "e3e9fb", "e6ecda", "fce3e9"];

fn merestone(folder: &Path, arguments: &[&str]) -> assert_cmd::assert::Assert {
    Command::cargo_bin("merestone").expect("the program is built").current_dir(folder).args(arguments).assert()
}

/// The plate drawn from `states.geojson`, by the specification if there is one.
fn drawn(states: &str, specification: Option<&str>, more: &[&str]) -> String {
    let folder = TempDir::new().expect("a folder");
    std::fs::write(folder.path().join("states.geojson"), states).expect("it can be written");
    let mut arguments = vec!["map", "--live-text", "--output", "plate.svg"];
    match specification {
        Some(text) => {
            std::fs::write(folder.path().join("plate.toml"), text).expect("it can be written");
            arguments.push("plate.toml");
        }
        None => arguments.extend(["--layer", "states.geojson"]),
    }
    merestone(folder.path(), &[&arguments[..], more].concat()).success();
    std::fs::read_to_string(folder.path().join("plate.svg")).expect("it was written")
}

/// All texts of a plate.
fn texts(svg: &str) -> Vec<&str> {
    svg.split("</text>").filter_map(|before| before.rsplit_once('>')).map(|(_, text)| text).collect()
}

/// The fill of a territory.
fn fill<'s>(svg: &'s str, id: &str) -> &'s str {
    let (_, after) = svg.split_once(&format!("<g class=\"region-{id}\">")).expect("it is drawn");
    &after.split_once("fill=\"#").expect("it is filled").1[..6]
}

/// No texts in languages that the data do not have, and English texts once.
fn is_neutral(svg: &str) {
    let all = texts(svg);
    let armenian = |c: char| ('\u{530}'..='\u{58f}').contains(&c);
    let cyrillic = |c: char| ('\u{400}'..='\u{4ff}').contains(&c);
    let foreign: Vec<&&str> =
        all.iter().filter(|t| t.contains(armenian) || t.contains(cyrillic) || t.contains(['ə', 'Ə'])).collect();
    assert!(foreign.is_empty(), "{foreign:?}");
    assert_eq!(all.iter().filter(|text| text.contains("Legend")).count(), 1, "{all:?}");
    assert_eq!(all.iter().filter(|text| text.contains("imply no opinion")).count(), 1, "{all:?}");
}

#[test]
fn a_plate_of_the_swiss_italian_border() {
    let svg = drawn(SWISS_ITALIAN, None, &[]);
    is_neutral(&svg);
    let (all, at) = (texts(&svg), |name: &str| texts(&svg).iter().position(|text| *text == name));
    let order = [at("SCHWEIZ"), at("SUISSE"), at("SVIZZERA")];
    assert!(order.iter().all(Option::is_some) && order.is_sorted(), "{all:?}");
    assert!(at("ITALIEN").is_some() && at("ITALIEN") < at("ITALIA"), "{all:?}");
    assert!(!svg.contains("Schwyz"), "an etymology is no name");
    let hues = [fill(&svg, "CHE"), fill(&svg, "ITA")];
    assert!(hues[0] != hues[1] && hues.iter().all(|hue| PALETTE.contains(hue)), "{hues:?}");
}

#[test]
fn a_plate_of_the_georgian_turkish_border() {
    let svg = drawn(GEORGIAN_TURKISH, None, &[]);
    is_neutral(&svg);
    let all = texts(&svg);
    assert!(all.contains(&"საქართველო") && all.contains(&"TÜRKİYE"), "{all:?}");
    let hues = [fill(&svg, "GEO"), fill(&svg, "TUR")];
    assert!(hues[0] != hues[1] && hues.iter().all(|hue| PALETTE.contains(hue)), "{hues:?}");
}

/// Hues of parties that the palette would not assign in this order.
const PARTIES: &str = r#"
[[layers]]
id = "states"
file = "states.geojson"

[[parties]]
id = "CHE"
languages = ["de", "fr"]
hue = "slate"

[[parties]]
id = "ITA"
languages = ["it"]
hue = "brick"
"#;

/// Whether the first text precedes the second in a text that contains both.
fn before(text: &str, first: &str, second: &str) -> bool {
    let at = |word: &str| text.find(word).unwrap_or_else(|| panic!("no {word} in {text}"));
    at(first) < at(second)
}

#[test]
fn parties_and_the_alternat_come_from_the_specification() {
    let legend = |svg: &str| svg.split_once("<g id=\"legend\">").expect("a plate has a legend").1.to_owned();
    for (alternat, swiss_first) in [(None, true), (Some("CHE"), true), (Some("ITA"), false)] {
        let stated = alternat.map_or(String::new(), |code| format!("alternat = \"{code}\"\n"));
        let svg = drawn(SWISS_ITALIAN, Some(&format!("{stated}{PARTIES}")), &[]);
        is_neutral(&svg);
        assert_eq!([fill(&svg, "CHE"), fill(&svg, "ITA")], ["e3e9fb", "fde4df"]);
        assert_eq!(before(&legend(&svg), "region-CHE", "region-ITA"), swiss_first, "{alternat:?}");
        assert_eq!(before(&svg, ">SCHWEIZ<", ">SVIZZERA<"), swiss_first, "{alternat:?}");
        assert!(before(&svg, ">SCHWEIZ<", ">SUISSE<"), "the languages of a party keep their order");
        // The same requested on the command line.
        if let Some(code) = alternat {
            assert_eq!(drawn(SWISS_ITALIAN, Some(PARTIES), &["--alternat", code]), svg);
        }
    }
}

#[test]
fn an_alternat_of_no_party_is_an_error() {
    let folder = TempDir::new().expect("a folder");
    std::fs::write(folder.path().join("states.geojson"), SWISS_ITALIAN).expect("it can be written");
    std::fs::write(folder.path().join("plate.toml"), PARTIES).expect("it can be written");
    let refused = |arguments: &[&str]| {
        let run = merestone(folder.path(), arguments).code(2);
        String::from_utf8(run.get_output().stderr.clone()).expect("it is text")
    };
    let told = refused(&["map", "plate.toml", "--alternat", "FRA", "-o", "x.svg"]);
    assert_eq!(told, "error: \"FRA\" is no party of the plate\nhint: the parties are CHE, ITA\n");
    let told = refused(&["map", "--layer", "states.geojson", "--alternat", "CHE", "-o", "x.svg"]);
    assert!(told.contains("\"CHE\" is no party of the plate") && told.contains("[[parties]]"), "{told}");
    for (wrong, reason) in [
        ("alternat = \"FRA\"\n", "alternat = FRA cannot be"),
        ("[[parties]]\nid = \"che\"\n", "parties = che cannot be"),
    ] {
        let (head, tail) = if wrong.starts_with('[') { ("", wrong) } else { (wrong, "") };
        std::fs::write(folder.path().join("wrong.toml"), format!("{head}{PARTIES}{tail}")).expect("it can be written");
        let told = refused(&["map", "wrong.toml", "-o", "x.svg"]);
        assert!(told.contains(reason), "{told}");
    }
}

#[test]
fn furniture_is_in_the_language_of_the_plate_throughout() {
    let svg = drawn(SWISS_ITALIAN, Some(&format!("language = \"ru\"\n{PARTIES}")), &[]);
    let all = texts(&svg);
    assert!(all.contains(&"км") && !all.contains(&"km"), "{all:?}");
    assert!(all.iter().any(|text| text.contains("данные (SHA-256)")), "{all:?}");
    assert!(all.contains(&"Условные обозначения") && !svg.contains("data (SHA-256)"), "{all:?}");
    // German, French and Italian have no messages: English is used for them, once.
    assert_eq!(all.iter().filter(|text| text.contains("Legend")).count(), 1, "{all:?}");
}

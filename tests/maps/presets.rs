use super::{layers, plate};
use merestone::map::{Alternat, PlateOptions, PlateSpec, draw};

#[test]
fn the_same_inputs_give_the_same_bytes() {
    for name in PlateSpec::preset_names() {
        let spec = PlateSpec::preset(name).expect("listed");
        let (first, second) = (plate(&spec), plate(&spec));
        assert_eq!(first.svg(), second.svg(), "{name}");
    }
    let spec = PlateSpec::preset("syunik-routes").expect("listed");
    let sheet = plate(&spec);
    assert_eq!(sheet.png(60.0).expect("a picture"), sheet.png(60.0).expect("a picture"));
    assert_eq!(sheet.pdf().expect("a document"), sheet.pdf().expect("a document"));
}

#[test]
fn the_legend_is_what_is_drawn() {
    for name in PlateSpec::preset_names() {
        let sheet = plate(&PlateSpec::preset(name).expect("listed"));
        let svg = sheet.svg();
        let (before, rest) = svg.split_once("<g id=\"legend\">").expect("a plate has a legend");
        let after = rest.split_once("<g id=\"locator\">").map_or("", |(_, locator)| locator);
        let drawn = classes(before);
        let listed: Vec<String> = sheet.legend.iter().map(|entry| entry.symbol.clone()).collect();
        for symbol in &listed {
            let in_map = drawn.contains(symbol) || symbol == "water";
            assert!(in_map, "{name}: the legend lists {symbol}, which is not drawn");
        }
        for symbol in &drawn {
            assert!(listed.contains(symbol), "{name}: {symbol} is drawn and not in the legend");
        }
        let legend = &rest[..rest.len() - after.len()];
        assert!(listed.iter().all(|symbol| classes(legend).contains(symbol)), "{name}");
    }
}

/// Names of symbols under which something is drawn.
fn classes(svg: &str) -> Vec<String> {
    let groups = svg.split("<g class=\"").skip(1);
    let mut names: Vec<String> = groups
        .filter_map(|group| group.split_once("\">\n"))
        .filter(|(_, inside)| !inside.starts_with("</g>"))
        .map(|(name, _)| name.to_owned())
        .collect();
    names.sort();
    names.dedup();
    names
}

#[test]
fn a_plate_says_what_it_rests_on() {
    for name in PlateSpec::preset_names() {
        let sheet = plate(&PlateSpec::preset(name).expect("listed"));
        for words in ["OpenStreetMap", "ODbL", "SHA-256", "merestone", "no opinion", "WGS 84", "Scale 1:"] {
            assert!(sheet.svg().contains(words), "{name} does not say \"{words}\"");
        }
    }
}

#[test]
fn the_languages_asked_for_stand_in_the_order_asked_for() {
    let spec = PlateSpec::preset("syunik-routes").expect("listed");
    let layers = layers(&spec);
    let order = |options: &PlateOptions| {
        let sheet = draw(&spec, &layers, options).expect("it draws");
        (sheet.svg().find(">AZƏRBAYCAN<"), sheet.svg().find(">ԱԴՐԲԵՋԱՆ<"))
    };
    let languages = vec!["hy".to_owned(), "az".to_owned()];
    let (az, hy) = order(&PlateOptions { languages: languages.clone(), alternat: None });
    assert!(az.is_some() && az < hy);
    let (az, hy) = order(&PlateOptions { languages, alternat: Alternat::from_code("ARM") });
    assert!(hy.is_some() && hy < az);
}

#[test]
fn every_name_of_the_dataset_has_its_glyphs() {
    let mut spec = PlateSpec::preset("overview").expect("listed");
    for layer in &mut spec.layers {
        layer.max_rank = None;
    }
    for language in ["en", "hy", "az", "ru"] {
        let options = PlateOptions { languages: vec![language.to_owned()], alternat: None };
        draw(&spec, &layers(&spec), &options).expect("no glyph is missing");
    }
}

use super::{layers, options, plate, preset};
use merestone::map::{PlateOptions, PlateSpec, draw, lint};
use std::collections::BTreeSet;

#[test]
fn the_same_inputs_give_the_same_bytes() {
    for name in PlateSpec::preset_names() {
        let spec = PlateSpec::preset(name).expect("listed");
        let (first, second) = (preset(name), plate(&spec));
        assert_eq!(first.svg(), second.svg(), "{name}");
    }
    let sheet = preset("syunik-routes");
    assert_eq!(sheet.png(60.0).expect("a picture"), sheet.png(60.0).expect("a picture"));
    assert_eq!(sheet.pdf().expect("a document"), sheet.pdf().expect("a document"));
}

#[test]
fn the_legend_is_what_is_drawn() {
    for name in PlateSpec::preset_names() {
        let sheet = preset(name);
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

/// Names of symbols with a drawn element.
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
fn plate_states_its_sources() {
    for name in PlateSpec::preset_names() {
        let sheet = preset(name);
        for words in ["OpenStreetMap", "ODbL", "SHA-256", "merestone", "no opinion", "WGS 84", "Scale 1:"] {
            assert!(sheet.svg().contains(words), "{name} does not say \"{words}\"");
        }
    }
}

#[test]
fn the_languages_asked_for_stand_in_the_order_asked_for() {
    let spec = PlateSpec::preset("syunik-routes").expect("listed");
    let layers = layers(&spec);
    let PlateOptions { routes, parties, .. } = options(&spec, &layers);
    let order = |options: &PlateOptions| {
        let mut options = options.clone();
        options.routes = routes.clone();
        options.parties = parties.clone();
        let sheet = draw(&spec, &layers, &options).expect("it draws");
        (sheet.svg().find(">AZƏRBAYCAN<"), sheet.svg().find(">ԱԴՐԲԵՋԱՆ<"))
    };
    let languages = vec!["hy".to_owned(), "az".to_owned()];
    let mut options = PlateOptions::default();
    options.languages = languages;
    let (az, hy) = order(&options);
    assert!(az.is_some() && az < hy);
    options.alternat = Some("ARM".to_owned());
    let (az, hy) = order(&options);
    assert!(hy.is_some() && hy < az);
}

#[test]
fn every_name_of_the_dataset_has_its_glyphs() {
    let mut spec = PlateSpec::preset("overview").expect("listed");
    for layer in &mut spec.layers {
        layer.max_rank = None;
    }
    for language in ["en", "hy", "az", "ru"] {
        let mut options = PlateOptions::default();
        options.languages = vec![language.to_owned()];
        draw(&spec, &layers(&spec), &options).expect("no glyph is missing");
    }
}

#[test]
fn documented_specification_parses() {
    let page = include_str!("../../docs/map.md");
    let blocks: Vec<&str> = page.split("```toml\n").skip(1).filter_map(|b| b.split_once("```")).map(|b| b.0).collect();
    assert_eq!(blocks.len(), 1);
    let spec = PlateSpec::parse(blocks[0], "docs/map.md").unwrap_or_else(|error| panic!("{error}"));
    assert!(spec.layers.iter().any(|l| l.second_opinion) && spec.layers.iter().any(|l| !l.style.is_empty()));
}

#[test]
fn every_preset_passes_lint() {
    for name in PlateSpec::preset_names() {
        let spec = PlateSpec::preset(name).expect("listed");
        let findings = lint(&spec, &layers(&spec), &PlateOptions::default()).expect("it can be read");
        let errors: Vec<String> = findings.iter().filter(|f| f.is_error).map(ToString::to_string).collect();
        assert!(errors.is_empty(), "{name}: {errors:?}");
    }
}

#[test]
fn the_party_of_the_original_stands_first_in_legend_and_ledger() {
    let spec = PlateSpec::preset("illustration-a").expect("listed");
    let layers = layers(&spec);
    for (code, first, passage) in [("ARM", "region-ARM", "ARM → AZE"), ("AZE", "region-AZE", "AZE → ARM")] {
        let mut options = options(&spec, &layers);
        options.alternat = Some(code.to_owned());
        let sheet = draw(&spec, &layers, &options).expect("it draws");
        assert_eq!(sheet.legend[0].symbol, first);
        // The sums are after the pieces of land.
        let at = |text: &str| sheet.svg().rfind(&format!(">{text}<")).expect("the ledger sums it");
        let other = if code == "ARM" { "AZE → ARM" } else { "ARM → AZE" };
        assert!(at(passage) < at(other));
    }
}

#[test]
fn every_preset_draws_in_all_three_formats() {
    for name in PlateSpec::preset_names() {
        let sheet = preset(name);
        assert!(sheet.png(40.0).expect("a picture").starts_with(b"\x89PNG"), "{name}");
        assert!(sheet.pdf().expect("a document").starts_with(b"%PDF"), "{name}");
        assert!(!sheet.outline_svg().contains("<text"), "{name}: no live text is left");
    }
}

#[test]
fn type_has_eight_sizes_from_six_points_on() {
    for name in PlateSpec::preset_names() {
        let mut sizes = BTreeSet::new();
        for text in preset(name).svg().split("font-size=\"").skip(1) {
            let size_mm: f64 = text.split_once('"').expect("an attribute ends").0.parse().expect("a number");
            // Rounded to 0.001 mm.
            assert!(size_mm >= 6.0 * 25.4 / 72.0 - 0.0005, "{name}: {size_mm} mm in {}", &text[..120.min(text.len())]);
            sizes.insert((size_mm * 1000.0).round() as i64);
        }
        assert!(sizes.len() <= 8, "{name}: {sizes:?}");
    }
}

/// All text of a sheet, line by line.
fn words(sheet: &merestone::map::Plate) -> String {
    let texts = sheet.svg().split("</text>").filter_map(|t| t.rsplit_once('>'));
    texts.map(|(_, text)| format!("{text} ")).collect()
}

#[test]
fn furniture_is_in_every_language_of_the_plate() {
    for name in PlateSpec::preset_names() {
        let sheet = preset(name);
        assert!(sheet.left_out.is_empty(), "{name}: {:?}", sheet.left_out);
        let words = words(&sheet);
        for must in [
            // Scale, datum, disclaimer and legend; English first, then Azerbaijani and Armenian.
            ["Scale true at the centre", "Miqyas xəritənin mərkəzində dəqiqdir", "Մասշտաբը ճշգրիտ է"],
            ["Datum and ellipsoid", "Datum və ellipsoid", "Դատում և էլիպսոիդ"],
            ["imply no opinion", "mövqe bildirmir", "դիրքորոշում չեն արտահայտում"],
            ["State boundary, ", "Dövlət sərhədi, ", "Պետական սահման, "],
        ] {
            // Lines break anywhere: the first words of each sentence are all present or all absent.
            let there = must.map(|text| text.split(' ').all(|word| words.contains(word)));
            assert_eq!(there, [true; 3], "{name}: {must:?}");
        }
    }
    let soviet = words(&preset("soviet-1988"));
    assert!(soviet.contains("Масштаб точен") && soviet.contains("не выражают мнения"), "{soviet}");
}

/// Only legends and ledgers may differ in length.
#[test]
fn the_locators_of_the_equal_pair_are_equal() {
    let locator = |name: &str| -> String {
        let sheet = preset(name);
        let (_, from) = sheet.svg().split_once("<g id=\"locator\">").expect("it has a locator");
        let own = from.split("merestone").next().expect("the margin follows");
        // Clip ids are numbered over the whole sheet.
        own.lines().filter(|line| !line.contains("#c") && !line.contains("id=\"c")).collect()
    };
    assert_eq!(locator("illustration-a"), locator("illustration-b"));
}

/// A leader places them where there is no space beside them.
#[test]
fn the_section_of_2024_and_every_crossing_are_named() {
    assert!(!preset("tavush").unplaced.contains(&"arm-aze-2024".to_owned()));
    assert!(words(&preset("tavush")).contains("2024-cü il hissəsi"));
    let unplaced = &preset("syunik-routes").unplaced;
    assert!(!unplaced.iter().any(|name| name.starts_with("crossing")), "{unplaced:?}");
}

use super::{layers, plate};
use merestone::map::{Alternat, LintCode, PlateOptions, PlateSpec, draw, lint};
use merestone::model::{Content, Layer, Piece};

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
    let (az, hy) = order(&PlateOptions { languages: languages.clone(), ..PlateOptions::default() });
    assert!(az.is_some() && az < hy);
    let (az, hy) = order(&PlateOptions { languages, alternat: Alternat::from_code("ARM"), ..PlateOptions::default() });
    assert!(hy.is_some() && hy < az);
}

#[test]
fn every_name_of_the_dataset_has_its_glyphs() {
    let mut spec = PlateSpec::preset("overview").expect("listed");
    for layer in &mut spec.layers {
        layer.max_rank = None;
    }
    for language in ["en", "hy", "az", "ru"] {
        let options = PlateOptions { languages: vec![language.to_owned()], ..PlateOptions::default() };
        draw(&spec, &layers(&spec), &options).expect("no glyph is missing");
    }
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
fn each_finding_is_provoked_by_one_change() {
    let spec = PlateSpec::preset("enclaves-as-held").expect("listed");
    let codes = |spec: &PlateSpec, layers: &[Layer]| {
        let findings = lint(spec, layers, &PlateOptions::default()).expect("it can be read");
        let mut codes: Vec<LintCode> = findings.iter().filter(|f| f.is_error).map(|f| f.code).collect();
        codes.dedup();
        codes
    };
    let whole = layers(&spec);
    assert_eq!(codes(&spec, &whole), []);
    let changed = |change: &dyn Fn(&mut Vec<Layer>)| {
        let mut layers = whole.clone();
        change(&mut layers);
        codes(&spec, &layers)
    };
    let pieces = |layers: &mut Vec<Layer>, change: &dyn Fn(&mut Piece)| {
        let all = layers.iter_mut().find_map(|l| if let Content::Pieces(p) = &mut l.content { Some(p) } else { None });
        change(&mut all.expect("a proposal")[0]);
    };
    assert_eq!(changed(&|l| l[0].info.source.clear()), [LintCode::MissingSource]);
    assert_eq!(changed(&|l| l[0].info.attribution.clear()), [LintCode::MissingLicence]);
    assert_eq!(changed(&|l| pieces(l, &|p| drop(p.meta.name.texts.remove("hy")))), [LintCode::Naming]);
    assert_eq!(
        changed(&|l| pieces(l, &|p| drop(p.meta.name.texts.insert("hy".into(), "漢".into())))),
        [LintCode::MissingGlyph]
    );
    assert_eq!(
        changed(&|l| {
            pieces(l, &|p| p.proposed_by = None);
            l.iter_mut().for_each(|layer| layer.info.proposed_by = None);
        }),
        [LintCode::ProposedBy]
    );
    let mut silent = spec.clone();
    silent.disclaimer.insert("en".into(), String::new());
    assert_eq!(codes(&silent, &whole), [LintCode::MissingDisclaimer]);
    let stopped = draw(&silent, &whole, &PlateOptions::default()).unwrap_err();
    assert!(stopped.hint().contains("--allow missing-disclaimer"), "{}", stopped.hint());
    let allowed = PlateOptions { allow: vec![LintCode::MissingDisclaimer], ..PlateOptions::default() };
    assert!(draw(&silent, &whole, &allowed).expect("it draws").svg().contains("Allowed to pass"));
}

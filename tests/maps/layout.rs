//! Where the parts of a plate stand: its panel, its extent, its detail maps, its degrees.

use super::odd::{bare, box_of, territories};
use super::preset;
use super::reported::rectangle;
use super::user_data::territory;
use merestone::map::{PlateOptions, PlateSpec, draw};

/// The box of the group with an id, from its paths and texts: least and greatest ordinate in millimetres.
fn rows(svg: &str, class: &str) -> (f64, f64) {
    let group = svg.split_once(&format!("<g id=\"{class}\"")).expect("it has the group").1;
    let group = group.split_once("</g>").expect("it ends").0;
    let y = |text: &str| text.split_once(" y=\"")?.1.split_once('"')?.0.parse::<f64>().ok();
    group.split("<text ").filter_map(y).fold((f64::MAX, f64::MIN), |(low, high), y| (low.min(y), high.max(y)))
}

#[test]
fn an_upright_sheet_has_its_panel_under_the_map() {
    let mut spec = PlateSpec::parse(
        "title = { en = \"Two\" }\npaper = { size = \"A4\", orientation = \"portrait\" }\n[[layers]]\nid = \"land\"\n",
        "t.toml",
    )
    .expect("a specification");
    let layers = territories(vec![box_of("west", 10.0, 45.0, 12.0, 48.0), box_of("east", 12.0, 45.0, 14.0, 48.0)]);
    let upright = draw(&spec, &layers, &PlateOptions::default()).expect("it draws");
    let (degrees, panel) = (rows(upright.svg(), "frame"), rows(upright.svg(), "panel"));
    assert!(panel.0 > degrees.1 - 0.1, "the panel begins at {} mm, the map ends at {} mm", panel.0, degrees.1);
    spec.paper.orientation = Default::default();
    let wide = draw(&spec, &layers, &PlateOptions::default()).expect("it draws");
    let (degrees, panel) = (rows(wide.svg(), "frame"), rows(wide.svg(), "panel"));
    assert!(panel.0 < degrees.1, "beside it on a sheet that lies");
    assert!(upright.scale <= wide.scale, "1:{} upright, 1:{} lying", upright.scale, wide.scale);
}

#[test]
fn every_preset_has_its_title_and_subtitle_in_all_its_languages() {
    for name in PlateSpec::preset_names() {
        let spec = PlateSpec::preset(name).expect("it is listed");
        for language in spec.languages.iter().map(String::as_str).chain(["en"]) {
            for (what, texts) in [("title", &spec.title), ("subtitle", &spec.subtitle), ("remark", &spec.remark)] {
                assert!(texts.is_empty() || texts.contains_key(language), "{name}: no {what} in {language}");
            }
        }
    }
    let svg = preset("overview").svg().to_owned();
    assert!(svg.contains("Statusu üzrə sərhədlər") && svg.contains("Սահմաններն ըստ կարգավիճակի"));
}

#[test]
fn a_subtitle_without_a_language_is_drawn() {
    let text = "title = { und = \"A\" }\nsubtitle = { und = \"what it shows\" }\n[[layers]]\nid = \"land\"\n";
    let spec = PlateSpec::parse(text, "t.toml").expect("a specification");
    let layers = territories(vec![box_of("a", 10.0, 45.0, 12.0, 48.0)]);
    assert!(draw(&spec, &layers, &PlateOptions::default()).expect("it draws").svg().contains("what it shows"));
}

/// A continent of six, an island a fifth as far away as it is wide, and islets that lead farther away one by one.
#[test]
fn the_extent_is_that_of_the_main_cluster_and_boxes_show_the_rest() {
    let mut land: Vec<_> =
        (0..6).map(|i| box_of(&format!("c{i}"), f64::from(i), 40.0, f64::from(i + 1), 46.0)).collect();
    let alone = bare(&territories(land.clone()));
    land.push(box_of("Farland", 9.0, 43.0, 10.5, 44.5));
    land.push(territory(
        "Islets",
        (0..9).map(|i| rectangle(6.05 + f64::from(i) * 0.4, 41.0, 6.09 + f64::from(i) * 0.4, 41.03)).collect(),
    ));
    let with = bare(&territories(land));
    assert!(with.scale <= alone.scale * 1.26, "1:{} with far land, 1:{} without", with.scale, alone.scale);
    let boxes = super::reported::insets(with.svg()).len();
    assert!(boxes >= 1, "{boxes} boxes");
    assert!(with.svg().contains(">Farland<"), "a box has its title");
}

#[test]
fn single_parts_have_no_detail_map_and_every_detail_map_has_a_title() {
    let enclave = rectangle(7.0, 47.0, 7.01, 47.01);
    let owner = territory("owner", vec![rectangle(10.0, 45.8, 10.4, 47.8), enclave.clone()]);
    let host = territory("host", vec![rectangle(6.0, 45.8, 10.0, 47.8)]);
    let of_a_part = bare(&territories(vec![host.clone(), owner]));
    assert_eq!(super::reported::insets(of_a_part.svg()).len(), 0);
    let owner = territory("owner", vec![rectangle(10.0, 45.8, 10.4, 47.8)]);
    let long = "The Serene Commonwealth of Several Rather Small Islands";
    let whole = bare(&territories(vec![host, owner, territory(long, vec![enclave])]));
    assert_eq!(super::reported::insets(whole.svg()).len(), 1);
    let title: String = whole.svg().split(['<', '>']).filter(|text| long.contains(*text) && text.len() > 5).collect();
    assert!(title.len() + 4 >= long.len(), "the whole title in several lines: {title}");
}

#[test]
fn around_a_pole_every_edge_has_meridians_and_the_parallels_have_degrees() {
    let ice: Vec<_> = (0..12)
        .map(|i| box_of(&format!("s{i}"), f64::from(i) * 30.0 - 180.0, -90.0, f64::from(i) * 30.0 - 150.0, -68.0))
        .collect();
    let sheet = bare(&territories(ice));
    assert!(sheet.svg().contains("olar stereographic"));
    for degrees in ["90°W", "90°E", "0°"] {
        assert!(sheet.svg().contains(&format!(">{degrees}<")), "{degrees}");
    }
    let is_parallel = |text: &&str| text.ends_with("°S");
    assert!(sheet.svg().split(['<', '>']).any(|text| is_parallel(&text)), "a parallel has its degrees");
    assert!(!sheet.svg().contains("<g id=\"north\""), "no one direction is north");
}

/// The data end at a window: beyond it nothing is known, whatever the background is said to be.
#[test]
fn beyond_clipped_data_is_no_data() {
    let sheet = |clipped: bool| {
        let mut land = territory("land", vec![rectangle(44.0, 39.0, 46.0, 41.0)]);
        land.meta.clipped = clipped;
        let text = "background = \"water\"\n[frame]\nextent = [43, 38, 47, 42]\n[[layers]]\nid = \"land\"\n";
        let spec = PlateSpec::parse(text, "t.toml").expect("a specification");
        draw(&spec, &territories(vec![land]), &PlateOptions::default()).expect("it draws")
    };
    let has = |clipped: bool| sheet(clipped).legend.iter().any(|entry| entry.symbol == "nodata");
    assert!(has(true), "{:?}", sheet(true).legend);
    assert!(!has(false), "{:?}", sheet(false).legend);
}

#[test]
fn territories_of_a_stated_level_have_boundaries_of_that_level() {
    let of_level = |level: u8| {
        let mut land = vec![box_of("a", 9.0, 47.0, 9.2, 47.2), box_of("b", 9.2, 47.0, 9.4, 47.2)];
        land.iter_mut().for_each(|t| _ = t.meta.properties.insert("admin_level".to_owned(), level.into()));
        bare(&territories(land)).legend
    };
    let has = |level: u8, symbol: &str| of_level(level).iter().any(|entry| entry.symbol == symbol);
    assert!(has(8, "boundary-unit-unspecified"), "{:?}", of_level(8));
    assert!(has(2, "boundary-state-unspecified"), "{:?}", of_level(2));
}

#[test]
fn bands_of_different_widths_have_different_colours() {
    let mut land =
        vec![box_of("a", 9.0, 47.0, 9.2, 47.2), box_of("b", 9.2, 47.0, 9.4, 47.2), box_of("c", 9.4, 47.0, 9.6, 47.2)];
    for (territory, accuracy_m) in land.iter_mut().zip([100.0, 100.0, 900.0]) {
        territory.meta.evidence.position_accuracy_m = Some(accuracy_m);
    }
    let mut options = PlateOptions::default();
    options.accuracy = Some(merestone::question::DecideOptions::default());
    let spec = PlateSpec::parse("[[layers]]\nid = \"land\"\n", "t.toml").expect("a specification");
    let sheet = draw(&spec, &territories(land), &options).expect("it draws");
    let colour = |band: &str| {
        let group = sheet.svg().split_once(&format!("<g class=\"accuracy-band-{band}-mm\"")).expect("it is drawn").1;
        group.split_once("stroke=\"").expect("a stroke").1.split_once('"').expect("it ends").0.to_owned()
    };
    assert_ne!(colour("100000"), colour("900000"));
}

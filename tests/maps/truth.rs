//! The statements of a plate agree with the data.

use super::user_data::{layer, spec, square, territory};
use super::{layers, options, preset};
use geo::{Coord, Polygon};
use merestone::earth::{area_error_m2, polygon_area_m2};
use merestone::map::{PlateOptions, PlateSpec, draw};
use merestone::model::{Content, Name, Role, Territory};

/// Every closed square and circle on a plate belongs to a place, a crossing, a badge or the frame: none is part of a
/// line's pattern.
#[test]
fn no_pattern_of_a_line_has_squares_or_circles() {
    for name in PlateSpec::preset_names() {
        let sheet = preset(name);
        for group in sheet.svg().split("<g class=\"boundary-").skip(1) {
            let own = group.split_once("</g>").expect("it ends").0;
            assert!(
                !own.contains("<circle") && !own.contains("fill=\"#1a1a1a\""),
                "{name}: {}",
                &own[..80.min(own.len())]
            );
        }
    }
}

#[test]
fn the_plate_of_1988_has_three_symbols_for_three_kinds_of_lines_and_nothing_younger() {
    let sheet = preset("soviet-1988");
    let boundaries: Vec<(&str, &str)> = sheet
        .legend
        .iter()
        .filter(|e| e.symbol.starts_with("boundary"))
        .map(|e| (e.symbol.as_str(), e.text.as_str()))
        .collect();
    assert_eq!(
        boundaries,
        [
            ("boundary-state-historical", "State boundary, historical"),
            ("boundary-member-historical", "Boundary of union republics, historical"),
            ("boundary-unit-historical", "Historical boundary of a unit"),
        ]
    );
    assert!(sheet.legend.iter().any(|e| e.symbol == "othermember" && e.text == "Other union republic"));
    assert!(!sheet.svg().contains("Xudafərin"), "the reservoir of 2008");
}

#[test]
fn convergence_is_that_of_the_grid_that_is_drawn() {
    // 1.8° east of the central meridian of UTM zone 38: convergence = 1.8° × sin 50° = 1°22′44″ (first term of the series;
    // the next is below 1″ there).
    let land = vec![territory("land", vec![Polygon::new(square(46.75, 49.95, 0.1), vec![])])];
    let layers = [layer("land", Role::Territory, Content::Territories(land))];
    let text = "frame = { scale = 50_000, centre = [46.8, 50.0] }\n[[layers]]\nid = \"land\"\n";
    let spec = PlateSpec::parse(text, "t.toml").expect("a specification");
    let sheet = draw(&spec, &layers, &PlateOptions::default()).expect("it draws");
    assert!(
        sheet.svg().contains("UTM zone 38N") && sheet.svg().contains("1°23′ east of it"),
        "convergence of the grid"
    );
}

#[test]
fn each_panel_has_its_own_convergence() {
    let sheet = preset("enclaves");
    let said = sheet.svg().matches(">convergence ").count();
    assert_eq!(said, PlateSpec::preset("enclaves").expect("listed").panels.len());
}

#[test]
fn a_list_of_crossings_says_why_it_is_empty() {
    let land = vec![territory("land", vec![Polygon::new(square(10.0, 50.0, 1.0), vec![])])];
    let layers = [layer("land", Role::Territory, Content::Territories(land))];
    let spec = PlateSpec::parse("[crossings]\n[[layers]]\nid = \"land\"\n", "t.toml").expect("a specification");
    let sheet = draw(&spec, &layers, &PlateOptions::default()).expect("it draws");
    let texts: String =
        sheet.svg().split("</text>").filter_map(|t| t.rsplit_once('>')).map(|t| format!("{} ", t.1)).collect();
    assert!(texts.contains("No route shown here crosses a boundary within the frame."), "{texts}");
}

#[test]
fn an_area_is_no_finer_than_its_error() {
    let ring = |side: f64| Polygon::new(square(10.4, 50.4, side), vec![]);
    for (side, accuracy_m) in [(0.03, 1000.0), (0.03, 100.0), (0.03, 2.0), (0.2, 2000.0)] {
        let host = Polygon::new(square(10.0, 50.0, 1.0), vec![square(10.4, 50.4, side)]);
        let mut enclave = territory("guest", vec![ring(side)]);
        enclave.meta.host = Some("host".into());
        enclave.meta.evidence.position_accuracy_m = Some(accuracy_m);
        let layers = [
            layer("land", Role::Territory, Content::Territories(vec![territory("host", vec![host])])),
            layer("enclaves", Role::Territory, Content::Territories(vec![enclave])),
        ];
        let sheet = draw(&spec(&["land", "enclaves"]), &layers, &PlateOptions::default()).expect("it draws");
        let (km2, error) = (polygon_area_m2(&ring(side)).abs() / 1e6, area_error_m2(&[ring(side)], accuracy_m) / 1e6);
        let (_, said) =
            sheet.svg().split_once(" km²<").map(|(before, after)| (after, before)).expect("an area is stated");
        let said = said.rsplit_once('>').expect("a text begins").1;
        let last = 10f64.powi(-(said.split_once('.').map_or(0, |(_, digits)| digits.len()) as i32));
        let value: f64 = said.parse().expect("a number");
        // The unit of the last digit is that of the first digit of the error, and the value is rounded to it.
        let unit = 10f64.powf(error.log10().floor());
        assert!(last >= unit.min(1.0) * 0.999 && (value - km2).abs() <= unit / 2.0 + 1e-9, "{said}: {km2} ± {error}");
    }
}

#[test]
fn a_proposal_that_nobody_made_is_stamped_as_an_illustration() {
    for name in ["illustration-a", "illustration-b"] {
        let sheet = preset(name);
        assert!(sheet.svg().contains(">ILLUSTRATION") && !sheet.svg().contains("PROPOSAL – NOT AGREED"), "{name}");
        // Both columns of the ledger.
        assert!(sheet.svg().contains(">Sovereignty<") && sheet.svg().contains(">Administration<"), "{name}");
    }
    let mut spec = PlateSpec::preset("illustration-a").expect("listed");
    spec.illustration = false;
    let layers = layers(&spec);
    let sheet = draw(&spec, &layers, &options(&spec, &layers)).expect("it draws");
    assert!(sheet.svg().contains(">PROPOSAL – NOT AGREED<") && !sheet.svg().contains("ILLUSTRATION"));
}

fn named(texts: &[(&str, &str)]) -> Territory {
    let mut land = territory("land", vec![Polygon::new(square(40.0, 30.0, 2.0), vec![])]);
    let texts = texts.iter().map(|(language, text)| ((*language).to_owned(), (*text).to_owned())).collect();
    land.meta.name = Name { texts, ..Name::default() };
    land
}

/// Joined letters have no letter spacing, their halo is under them, and their lines are centred on one another.
#[test]
fn joined_scripts_are_set_without_spacing_over_their_halo() {
    let layers = [layer(
        "land",
        Role::Territory,
        Content::Territories(vec![named(&[("fa", "سرزمین شمالی"), ("ru", "Северная земля")])]),
    )];
    let sheet = draw(&spec(&["land"]), &layers, &PlateOptions::default()).expect("it draws");
    let label = |word: &str| sheet.svg().split("<text ").find(|t| t.contains(word)).expect("it is drawn").to_owned();
    let persian = label("سرزمین شمالی");
    let own = persian.split_once('>').expect("it ends").0;
    assert!(!own.contains("letter-spacing"), "{own}");
    assert!(label("СЕВЕРНАЯ").contains("letter-spacing"));
    // The halo of each line is translated to the start of its text, and both have the width of the outlines.
    let place = |text: &str| -> Coord {
        let of = |name: &str| {
            text.split_once(&format!("{name}=\"")).and_then(|(_, v)| v.split_once('"')).expect("a place").0
        };
        Coord { x: of("x").parse().expect("a number"), y: of(" y").parse().expect("a number") }
    };
    let at = place(&persian);
    let (before, _) = sheet.svg().split_once(&format!("<text {}", &persian[..20])).expect("it is there");
    let halo = before.rsplit_once("translate(").expect("a halo").1.split_once(')').expect("it ends").0;
    let halo: Vec<f64> = halo.split(' ').map(|n| n.parse().expect("a number")).collect();
    assert_eq!((halo[0], halo[1]), (at.x, at.y));
}

#[test]
fn georgian_names_have_no_mtavruli() {
    let names = [("az", "საქართველო"), ("ka", "საქართველო")];
    let layers = [layer("land", Role::Territory, Content::Territories(vec![named(&names)]))];
    let sheet = draw(&spec(&["land"]), &layers, &PlateOptions::default()).expect("it draws");
    assert!(sheet.svg().contains("საქართველო") && !sheet.svg().chars().any(|c| ('\u{1c90}'..='\u{1cbf}').contains(&c)));
}

/// On its own land each party's language comes first, in the same size and ink as the other.
#[test]
fn names_stand_in_the_order_of_the_land() {
    let sheet = preset("overview");
    let at = |word: &str| sheet.svg().find(&format!(">{word}<")).unwrap_or_else(|| panic!("{word}"));
    assert!(at("ՀԱՅԱՍՏԱՆ") < at("ERMƏNİSTAN") && at("AZƏRBAYCAN") < at("ԱԴՐԲԵՋԱՆ"));
    let style = |word: &str| {
        let before = &sheet.svg()[..at(word)];
        let own = &before[before.rfind("<text ").expect("a text")..];
        let of = |name: &str| {
            own.split_once(&format!("{name}=\"")).and_then(|(_, v)| v.split_once('"')).expect("a style").0.to_owned()
        };
        (of("font-size"), of("fill"), of("font-weight"))
    };
    assert_eq!(style("ՀԱՅԱՍՏԱՆ"), style("ERMƏNİSTAN"));
    assert_eq!(style("AZƏRBAYCAN"), style("ԱԴՐԲԵՋԱՆ"));
}

#[test]
fn a_route_has_one_number_on_every_sheet() {
    let number = |plate: &str, route: &str| -> Option<String> {
        let sheet = preset(plate);
        let list = sheet.svg().split_once("<g id=\"legend\">").expect("a legend").1;
        let before = &list[..list.find(route)?];
        Some(before.rsplit("<text ").nth(1)?.split_once('>')?.1.split_once('<')?.0.to_owned())
    };
    for route in ["Railway Yeraskh–Sadarak", "M2 Yerevan–Goris–Kapan–Meghri–Agarak"] {
        let (one, other) = (number("overview", route), number("syunik-routes", route));
        assert!(one.is_some() && one == other, "{route}: {one:?} and {other:?}");
    }
}
